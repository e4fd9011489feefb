//! A seminar's programme as a file.

use glasno_editions::{Block, Cell, Column, Inline, Item, Row, Table};

use super::{AgendaItemView, SeminarView, TalkView};
use crate::site::edition::{Edition, cell, files, link, pair, period, rich};
use crate::site::view::PersonView;

/// The blocks of the page; `title` is the page's.
pub(super) fn edition(view: &SeminarView, title: &str) -> Edition {
    let mut blocks = vec![Block::text("Семинар"), Block::heading(1, title)];
    let mut when = period(&view.period);
    if let Some(date) = &view.date
        && view.period.from == view.period.to
        && view.period.sic.is_none()
    {
        when = vec![Block::text(&*date.text)];
    }
    if let (Some(time), Some(Block::Paragraph(line))) = (&view.time, when.last_mut()) {
        line.push(Inline::text(format!(", {time}")));
    }
    let mut pairs = vec![(vec![Inline::text("Когда")], when)];
    pairs.extend(pair("Где", view.place.as_deref()));
    if let Some(at) = &view.link {
        let line = vec![link(at.trim_start_matches("https://"), Some(at))];
        pairs.push((
            vec![Inline::text("Подключиться")],
            vec![Block::Paragraph(line)],
        ));
    }
    pairs.extend(pair("Для кого", view.audience.as_deref()));
    let organizers: Vec<&str> = view.organizers.iter().map(|b| &*b.name).collect();
    pairs.extend(pair("Проводит", Some(&organizers.join("; "))));
    if let Some(row) = &view.row {
        let line = vec![link(&row.title, Some(&row.href))];
        pairs.push((
            vec![Inline::text("Мероприятие")],
            vec![Block::Paragraph(line)],
        ));
    }
    blocks.push(Block::Pairs(pairs));
    if let Some(body) = &view.body {
        blocks.extend(rich::blocks(body));
    }
    if !view.agenda.is_empty() {
        blocks.push(Block::heading(2, "Программа"));
        blocks.push(Block::Table(agenda(&view.agenda)));
    }
    if !view.speakers.is_empty() {
        blocks.push(Block::heading(2, "Ведущие"));
        blocks.push(Block::List(view.speakers.iter().map(person).collect()));
    }
    if !view.materials.is_empty() {
        blocks.push(Block::heading(2, "Материалы"));
        blocks.push(files(&view.materials));
    }
    Edition {
        blocks,
        table: None,
    }
}

fn agenda(list: &[AgendaItemView]) -> Table {
    let mut rows = Vec::new();
    for item in list {
        if let Some(day) = &item.day {
            rows.push(Row::across(&**day));
        }
        if item.time.is_none() && item.title.is_none() {
            continue;
        }
        let mut what = item.title.as_ref().map(cell).unwrap_or_default();
        what.extend(item.place.iter().map(|p| Block::text(&**p)));
        what.extend(item.lead.iter().map(|l| Block::text(format!("Ведёт: {l}"))));
        what.extend(item.speaker.iter().map(|s| Block::text(&**s)));
        if !item.talks.is_empty() {
            what.push(Block::List(item.talks.iter().map(talk).collect()));
        }
        what.extend(item.note.iter().map(|n| Block::text(&**n)));
        rows.push(Row {
            cells: vec![
                Cell::text(item.time.clone().unwrap_or_default()),
                Cell::of(what),
            ],
        });
    }
    Table {
        summary: "Программа".into(),
        columns: vec![Column::share(1.0), Column::share(5.0)],
        head: vec![Row::head(["Время", "Что и кто"])],
        rows,
        row_heads: 1,
        plain: false,
    }
}

fn talk(talk: &TalkView) -> Item {
    let mut line = Vec::new();
    if let Some(time) = &talk.time {
        line.push(Inline::text(format!("{time} ")));
    }
    if let Some(speaker) = &talk.speaker {
        line.push(Inline::bold(&**speaker));
        if talk.title.is_some() {
            line.push(Inline::text(". "));
        }
    }
    let mut blocks = talk.title.as_ref().map(cell).unwrap_or_default();
    match blocks.first_mut() {
        Some(Block::Paragraph(first)) => {
            first.splice(0..0, line);
        }
        _ => blocks.insert(0, Block::Paragraph(line)),
    }
    if let Some(note) = &talk.note {
        match blocks.last_mut() {
            Some(Block::Paragraph(last)) => last.push(Inline::text(format!(" ({note})"))),
            _ => blocks.push(Block::text(format!("({note})"))),
        }
    }
    Item {
        marker: talk.no.clone().unwrap_or_else(|| "•".into()),
        blocks,
    }
}

fn person(person: &PersonView) -> Item {
    let mut blocks = vec![Block::Paragraph(vec![Inline::bold(&*person.name)])];
    for text in [Some(&person.post), person.note.as_ref()]
        .into_iter()
        .flatten()
    {
        if !text.is_empty() {
            blocks.push(Block::text(&**text));
        }
    }
    Item {
        marker: "•".into(),
        blocks,
    }
}
