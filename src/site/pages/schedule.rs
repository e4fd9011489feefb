//! Schedules by month and seminar programmes.

use serde_json::json;

use super::{Full, View, trail};
use crate::disclosure::{Public, PublicSchool, PublicText};
use crate::model::DocIndex;
use crate::model::events::{Schedule, ScheduleRow, Seminar};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::format;
use crate::site::head::{self, About};
use crate::site::view::{
    AgendaItemView, ScheduleMonthView, ScheduleRowView, ScheduleView, SeminarView,
};
use crate::text::dates;

pub(super) fn schedule(book: &Book, i: DocIndex, schedule: &Schedule<Public>) -> Option<Full> {
    use chrono::Datelike;
    let part = book.part(i)?;
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let mut rows: Vec<(usize, &ScheduleRow<Public>)> = schedule.rows.iter().enumerate().collect();
    rows.sort_by_key(|(n, r)| (r.date.from.or(r.date.to), *n));
    let mut months: Vec<ScheduleMonthView> = Vec::new();
    for (n, row) in rows {
        let day = row.date.from.or(row.date.to);
        let title = day.map_or_else(
            || "Без даты".to_owned(),
            |d| dates::month_title(d.year(), d.month()),
        );
        let view = schedule_row(book, n, row, &root);
        if months.last().is_none_or(|m| m.title != title) {
            months.push(ScheduleMonthView {
                anchor: day.map_or_else(
                    || "m-0".to_owned(),
                    |d| format!("m-{:04}-{:02}", d.year(), d.month()),
                ),
                title,
                past: true,
                rows: Vec::new(),
            });
        }
        if let Some(month) = months.last_mut() {
            month.past &= view.past;
            month.rows.push(view);
        }
    }
    let any = |has: fn(&ScheduleRow<Public>) -> bool| schedule.rows.iter().any(has);
    let view = ScheduleView {
        key: schedule.schedule_type.key().to_owned(),
        type_word: schedule.schedule_type.word().to_owned(),
        row: cards::row(book, book.documents[i].head.row.as_ref(), &root),
        months,
        has_time: any(|r| r.time.is_some()),
        has_place: any(|r| r.place.is_some()),
        has_format: any(|r| r.format.is_some()),
        coarsened: book.coarsened.contains(&i).then(|| {
            "Места показаны укрупнённо, чтобы по графику нельзя было узнать школу.".to_owned()
        }),
    };
    let about = About {
        kind: "schedule",
        title: book.title(i),
        description: cards::summary(book, i),
        address,
        trail: trail(book, i),
        document: Some(i),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Schedule(view),
    })
}

fn schedule_row(book: &Book, n: usize, row: &ScheduleRow<Public>, root: &str) -> ScheduleRowView {
    let first = row.date.from.or(row.date.to);
    let last = row.date.to.or(row.date.from);
    ScheduleRowView {
        period: format::period(&row.date),
        time: format::print_opt(row.time.as_ref()),
        territory: format::print_opt(row.municipality.as_ref()),
        school: row
            .school
            .as_ref()
            .map(|s: &PublicSchool| s.word().to_owned()),
        place: format::print_opt(row.place.as_ref()),
        theme: format::cell(&row.theme, root),
        specialists: row.specialists.iter().map(PublicText::print).collect(),
        format: format::print_opt(row.format.as_ref()),
        past: last.is_some_and(|d| d < book.today),
        today: first.is_some_and(|d| d <= book.today) && last.is_some_and(|d| d >= book.today),
        anchor: format!("s-{}", n + 1),
    }
}

pub(super) fn seminar(book: &Book, i: DocIndex, seminar: &Seminar<Public>) -> Option<Full> {
    let part = book.part(i)?;
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let day = seminar.date.from.or(seminar.date.to);
    let last = seminar.date.to.or(seminar.date.from);
    let view = SeminarView {
        date: day.map(format::date),
        period: format::period(&seminar.date),
        time: format::print_opt(seminar.time.as_ref()),
        place: format::print_opt(seminar.place.as_ref()),
        link: seminar
            .link
            .as_ref()
            .and_then(|l| l.target.as_ref())
            .and_then(|t| book.target(t))
            .map(|a| format::local_href(&a, &root)),
        audience: format::print_opt(seminar.audience.as_ref()),
        organizers: seminar
            .organizers
            .iter()
            .map(|r| cards::body(book, i, r))
            .collect(),
        row: cards::row(book, book.documents[i].head.row.as_ref(), &root),
        agenda: seminar
            .agenda
            .iter()
            .map(|a| AgendaItemView {
                time: format::print_opt(a.time.as_ref()),
                title: format::cell(&a.title, &root),
                speaker: format::print_opt(a.speaker.as_ref()),
                note: format::print_opt(a.note.as_ref()),
            })
            .collect(),
        speakers: seminar.speakers.iter().map(cards::person).collect(),
        materials: seminar
            .materials
            .iter()
            .filter_map(|a| cards::attachment(book, a, &root))
            .collect(),
        past: last.is_some_and(|d| d < book.today),
        body: seminar
            .about
            .as_ref()
            .map(|a| super::home::paragraph(a, &root)),
    };
    let title = book.title(i);
    let mut event = json!({
        "@type": "EducationEvent",
        "name": title,
        "startDate": day.map(format::iso),
        "endDate": last.map(format::iso),
    });
    if let (Some(place), Some(map)) = (&view.place, event.as_object_mut()) {
        map.insert("location".into(), json!({"@type": "Place", "name": place}));
    }
    let about = About {
        kind: "seminar",
        title,
        description: cards::summary(book, i),
        address,
        trail: trail(book, i),
        document: Some(i),
        data: Some(event),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Seminar(Box::new(view)),
    })
}
