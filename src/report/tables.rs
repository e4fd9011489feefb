//! The parts of a report, each a heading with its table; a part that has nothing to say says so in a line.

use std::collections::BTreeMap;

use glasno_editions::{Block, Cell, Column, Inline, Row, Table};

use super::{Asked, Service, plain};
use crate::disclosure::PublicText;
use crate::duties::{Item, ItemKind, Proof, State};
use crate::kinds::{Body, Kind};
use crate::progress::Status;
use crate::site::measured::shown;
use crate::site::{events, listed};
use crate::text::dates;
use crate::text::{format_decimal, format_signed};

/// Of tables that count: no head is broken, whatever the letters of the reader's machine.
const COUNTS: [f32; 6] = [2.9, 1.1, 1.7, 1.75, 1.25, 1.5];

fn part(title: &str, head: &[&str], shares: &[f32], rows: Vec<Row>, nothing: &str) -> Vec<Block> {
    let mut blocks = vec![Block::heading(2, title)];
    if rows.is_empty() {
        blocks.push(Block::text(nothing));
        return blocks;
    }
    blocks.push(Block::Table(Table {
        summary: title.to_owned(),
        columns: shares.iter().map(|s| Column::share(*s)).collect(),
        head: vec![Row::head(head.iter().copied())],
        rows,
        row_heads: 0,
        plain: false,
    }));
    blocks
}

/// How many of a list are in each state: done, late, without a record, still to come.
fn counts<'i>(items: impl Iterator<Item = &'i Item>) -> [usize; 5] {
    let mut counts = [0; 5];
    for item in items {
        counts[0] += 1;
        let at = match item.state {
            State::Done => 1,
            State::Late => 2,
            State::NoRecord => 3,
            State::Due | State::Upcoming => 4,
        };
        counts[at] += 1;
    }
    counts
}

fn words(counts: [usize; 5]) -> impl Iterator<Item = String> {
    counts.into_iter().map(|n| n.to_string())
}

/// How many there are in the period.
pub(super) fn totals(asked: &Asked<'_>) -> Vec<Block> {
    let [all, done, late, none, ahead] = counts(asked.items().into_iter());
    let pair = |name: &str, n: usize| (vec![Inline::text(name)], vec![Block::text(n.to_string())]);
    let mut pairs = vec![
        pair("Мероприятий и поручений", all),
        pair("Выполнено", done),
    ];
    if late > 0 {
        pairs.push(pair("Срок прошёл, не выполнено", late));
    }
    pairs.push(pair("Срок прошёл, записи нет", none));
    pairs.push(pair("Срок ещё не настал", ahead));
    vec![Block::heading(2, "Итоги периода"), Block::Pairs(pairs)]
}

/// How far each roadmap has come, by its sections: all rows, on the day of the report.
pub(super) fn roadmaps(asked: &Asked<'_>) -> Vec<Block> {
    let book = asked.book;
    let mut rows = Vec::new();
    for i in asked.part.of(Kind::Roadmap) {
        let (Some(roadmap), false) = (book.roadmap(*i), book.is_sample(*i)) else {
            continue;
        };
        let mut sections: BTreeMap<usize, [usize; 5]> = BTreeMap::new();
        for ((s, _), state) in roadmap.rows().zip(book.states(*i)) {
            let own = sections.entry(s).or_default();
            own[0] += 1;
            let at = match state {
                Some(Status::Done) => 1,
                Some(Status::Overdue) => 2,
                Some(Status::NoRecord) => 3,
                Some(Status::DueSoon | Status::UnderWay | Status::Upcoming) => 4,
                None => continue,
            };
            own[at] += 1;
        }
        rows.push(Row::across(plain(&book.title(*i))));
        for (s, own) in sections {
            let title = roadmap.sections.get(s).and_then(|s| s.title.as_ref());
            let title = title.map_or_else(|| "Без раздела".to_owned(), |t| plain(t.raw()));
            rows.push(Row::of([title].into_iter().chain(words(own))));
        }
    }
    part(
        "Дорожные карты по разделам",
        &[
            "Раздел",
            "Всего",
            "Выполнено",
            "Просрочено",
            "Нет записи",
            "Впереди",
        ],
        &COUNTS,
        rows,
        "Дорожных карт нет.",
    )
}

/// Who had how much before them in the period.
pub(super) fn bodies(asked: &Asked<'_>) -> Vec<Block> {
    let mut all: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
    for item in asked.items() {
        for who in &item.who {
            let name = who.body.as_ref().map_or(&who.printed, |(_, name)| name);
            let own = all.entry(name).or_default();
            if own.last().is_none_or(|last| last.id != item.id) {
                own.push(item);
            }
        }
    }
    let rows = all.into_iter().map(|(name, items)| {
        let own = counts(items.into_iter());
        Row::of([plain(name)].into_iter().chain(words(own)))
    });
    part(
        "По исполнителям за период",
        &[
            "Исполнитель",
            "Всего",
            "Выполнено",
            "Просрочено",
            "Нет записи",
            "Впереди",
        ],
        &COUNTS,
        rows.collect(),
        "Ни одного мероприятия или поручения со сроком в этом периоде.",
    )
}

fn day(day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(|| "—".to_owned(), dates::short)
}

fn who(item: &Item) -> String {
    let names: Vec<String> = item.who.iter().map(|w| plain(&w.printed)).collect();
    names.join(", ")
}

fn proof(proof: &Proof) -> Block {
    let mut line = Vec::new();
    if let Some(day) = proof.date {
        line.push(Inline::text(format!("{}: ", dates::short(day))));
    }
    let text = plain(&proof.text);
    line.push(match &proof.link {
        Some(link) => Inline::link(text, link.clone()),
        None => Inline::text(text),
    });
    Block::Paragraph(line)
}

/// What was done, and by what that is shown.
pub(super) fn done(asked: &Asked<'_>) -> Vec<Block> {
    let items = asked.items().into_iter().filter(|i| i.state == State::Done);
    let rows = items.map(|item| {
        let shown = match item.proof.is_empty() {
            true => Cell::text("подтверждение не приложено"),
            false => Cell::of(item.proof.iter().map(proof).collect()),
        };
        let mut row = Row::of([day(item.due), plain(&item.what), who(item)]);
        row.cells.push(shown);
        row.cells.push(Cell::text(plain(&item.basis)));
        row
    });
    part(
        "Что сделано",
        &["Срок", "Что", "Кто", "Чем подтверждено", "Основание"],
        &[1.4, 3.2, 1.9, 2.4, 1.8],
        rows.collect(),
        "Записей о выполнении за этот период нет.",
    )
}

/// What is late, what has no record, what is still to come in the period.
pub(super) fn open(asked: &Asked<'_>) -> Vec<Block> {
    let parts = [
        ("Просрочено", &[State::Late][..], "Просроченного нет."),
        (
            "Срок прошёл, записи нет",
            &[State::NoRecord][..],
            "Таких нет.",
        ),
        (
            "Предстоит до конца периода",
            &[State::Due, State::Upcoming][..],
            "Ничего.",
        ),
    ];
    let mut blocks = Vec::new();
    for (title, states, nothing) in parts {
        let items = asked
            .items()
            .into_iter()
            .filter(|i| states.contains(&i.state));
        let rows = items.map(|item| {
            Row::of([
                day(item.due),
                plain(&item.what),
                who(item),
                plain(&item.basis),
            ])
        });
        let head = ["Срок", "Что", "Кто", "Основание"];
        blocks.extend(part(
            title,
            &head,
            &[1.4, 3.8, 2.2, 2.2],
            rows.collect(),
            nothing,
        ));
    }
    blocks
}

/// Values of the period's years and of the year before.
pub(super) fn indicators(asked: &Asked<'_>) -> Vec<Block> {
    use chrono::Datelike;
    let book = asked.book;
    let year = |day: chrono::NaiveDate| u32::try_from(day.year()).unwrap_or(0);
    let (first, last) = (
        year(asked.period.from).saturating_sub(1),
        year(asked.period.to),
    );
    let mut rows = Vec::new();
    for i in asked.part.of(Kind::Indicators) {
        let Some(document) = book.documents.get(*i).filter(|d| !d.head.sample) else {
            continue;
        };
        let Body::Indicators(indicators) = &document.body else {
            continue;
        };
        for (n, x) in indicators.all().enumerate() {
            let target = x
                .target
                .as_ref()
                .map_or_else(|| "—".to_owned(), |t| plain(t.raw()));
            let name = plain(x.name.raw());
            for own in shown(x, book.measured.of(*i, n), book.today) {
                let wanted = own.year().is_some_and(|y| first <= y && y <= last);
                if !wanted || (own.value.is_none() && !own.withheld) {
                    continue;
                }
                let unit = x.unit.as_ref().map(PublicText::raw).filter(|u| *u == "%");
                let value = match (own.value, own.number) {
                    (_, Some(number)) => {
                        let unit = unit.map(|u| format!(" {u}")).unwrap_or_default();
                        plain(&(format_decimal(number) + &unit))
                    }
                    (Some(words), None) => plain(&words),
                    (None, None) => "не публикуется".to_owned(),
                };
                let met = own.met.map_or("—", |met| if met { "да" } else { "нет" });
                rows.push(Row::of([
                    name.clone(),
                    plain(&own.period),
                    value,
                    own.difference.map_or_else(|| "—".to_owned(), format_signed),
                    target.clone(),
                    met.to_owned(),
                ]));
            }
        }
    }
    part(
        "Показатели",
        &[
            "Показатель",
            "Период",
            "Значение",
            "К прошлому году",
            "Цель",
            "Достигнута",
        ],
        &[3.2, 1.2, 1.4, 1.3, 2.2, 1.6],
        rows,
        "Значений показателей за этот период нет.",
    )
}

/// News and events of the period.
pub(super) fn happened(asked: &Asked<'_>) -> Vec<Block> {
    let book = asked.book;
    let mut news = Vec::new();
    for i in asked.part.of(Kind::News) {
        let Some(document) = book.documents.get(*i).filter(|d| !d.head.sample) else {
            continue;
        };
        let own = listed::day(document);
        if asked.period.holds(own) {
            news.push((own, plain(&book.title(*i))));
        }
    }
    news.sort();
    let news = news
        .into_iter()
        .map(|(own, title)| Row::of([day(own), title]));
    let mut blocks = part(
        "Новости",
        &["Дата", "Новость"],
        &[1.0, 6.0],
        news.collect(),
        "Новостей нет.",
    );
    let own = events::of_section(book, asked.part);
    let own = own
        .iter()
        .filter(|e| e.dated && !e.sample && asked.period.holds(Some(e.from)));
    let rows = own.map(|e| {
        let last = e.to.filter(|to| *to != e.from);
        let days = match last {
            Some(to) => format!("{} — {}", dates::short(e.from), dates::short(to)),
            None => dates::short(e.from),
        };
        Row::of([
            days,
            e.kind_word.to_owned(),
            plain(&e.title),
            e.place.as_deref().map(plain).unwrap_or_default(),
        ])
    });
    let head = ["Дата", "Что", "Название", "Место"];
    blocks.extend(part(
        "События",
        &head,
        &[1.6, 1.6, 4.0, 2.0],
        rows.collect(),
        "Событий нет.",
    ));
    blocks
}

/// What the operator owes by itself, and what is known school by school.
pub(super) fn service(asked: &Asked<'_>, service: &Service) -> Vec<Block> {
    let state = |item: &Item| match item.state {
        State::Done => "есть",
        State::Late => "нет, срок прошёл",
        State::NoRecord => "нет записи",
        State::Due | State::Upcoming => "срок не настал",
    };
    let owed = asked.of_kinds(&[ItemKind::News, ItemKind::Part, ItemKind::Update]);
    let rows = owed.into_iter().map(|i| {
        Row::of([
            day(i.due),
            plain(&i.what),
            plain(&i.basis),
            state(i).to_owned(),
        ])
    });
    let head = ["Срок", "Что", "Основание", "Есть ли"];
    let mut blocks = part(
        "Обязанности по публикации",
        &head,
        &[1.4, 3.8, 2.2, 1.4],
        rows.collect(),
        "Не записаны.",
    );
    let tabs = asked.of_kinds(&[ItemKind::Tab]);
    let rows = tabs.into_iter().map(|i| Row::of([plain(&i.what)]));
    blocks.extend(part(
        "Вкладки школ",
        &["Школа (id) и чего не хватает"],
        &[1.0],
        rows.collect(),
        "Вкладок нет.",
    ));
    let own = service
        .numbers
        .iter()
        .filter(|l| *l.section == *asked.part.folder);
    let rows = own.map(|l| {
        Row::of([
            plain(&l.indicator),
            l.period.clone(),
            l.school.clone(),
            plain(&l.numbers),
            plain(&l.value),
            l.state.clone(),
        ])
    });
    let head = [
        "Показатель",
        "Период",
        "Школа (id)",
        "Графы",
        "Значение",
        "Что с ним",
    ];
    blocks.extend(part(
        "Показатели по школам",
        &head,
        &[3.0, 1.0, 1.1, 2.4, 1.1, 1.6],
        rows.collect(),
        "Таблиц мониторинга нет.",
    ));
    blocks
}
