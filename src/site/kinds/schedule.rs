//! Schedules by month.
//!
//! Must not show a day that a row does not have.

mod edition;

use chrono::Datelike;
use serde::Serialize;

use crate::disclosure::{Public, PublicSchool, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::schedule::ScheduleColumn::{
    self, Date, Format, Further, Municipality, Place, Specialists, Theme, Time,
};
use crate::kinds::schedule::{Schedule, ScheduleRow};
use crate::site::away::dataset;
use crate::site::book::Book;
use crate::site::cards;
use crate::site::edition::{self as editions, CSV, Edition, TABLE, csv, marked, root};
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Event, OpenColumn, OpenTable, Paged, Spot, Wanted, about, fields};
use crate::site::texts::{Texts, Words};
use crate::site::view::{Cell, Link, PeriodView};
use crate::text::{dates, typograph};

/// `schedule.html`
#[derive(Debug, Clone, Serialize)]
struct ScheduleView {
    /// `visits`, `internships`, `consultations`.
    key: String,
    /// «График посещений» …
    type_word: String,
    row: Option<Link>,
    months: Vec<ScheduleMonthView>,
    columns: Vec<ColumnView>,
    /// What is printed under the table.
    note: Option<Cell>,
    /// Said when places were coarsened so that no school can be guessed.
    coarsened: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ColumnView {
    /// `date`, `time`, `territory`, `place`, `theme`, `specialists`, `format`, `further`.
    key: &'static str,
    title: String,
    /// Position among the further columns.
    further: usize,
}

#[derive(Debug, Clone, Serialize)]
struct ScheduleMonthView {
    title: String,
    anchor: String,
    past: bool,
    rows: Vec<ScheduleRowView>,
}

#[derive(Debug, Clone, Serialize)]
struct ScheduleRowView {
    period: PeriodView,
    time: Option<String>,
    territory: Option<String>,
    /// «школа-участница» where the row concerns one.
    school: Option<String>,
    place: Option<String>,
    theme: Cell,
    specialists: Vec<String>,
    format: Option<String>,
    /// By the position of the further column.
    cells: Vec<Option<Cell>>,
    past: bool,
    today: bool,
    anchor: String,
}

impl Listed for Schedule<Public> {
    fn word(&self) -> Option<&'static str> {
        Some(self.schedule_type.event())
    }

    fn group(&self) -> Option<String> {
        Some(type_word(self))
    }
}

impl Paged for Schedule<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let view = view(self, book, i, &root);
        let about = About {
            data: dataset(book, i),
            ..about(book, i)
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn files(&self) -> &'static [&'static str] {
        &[CSV]
    }

    fn file(&self, book: &Book, i: DocIndex, name: &str) -> Option<Vec<u8>> {
        let table = self.edition(book, i)?.table?;
        (name == CSV).then(|| csv(&marked(table, book.is_sample(i))))
    }

    fn formats(&self) -> &'static [editions::Format] {
        TABLE
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        let view = view(self, book, i, root(book));
        Some(edition::edition(&view, &book.title(i)))
    }

    fn open(&self, _: &Book, _: DocIndex) -> Option<OpenTable> {
        Some(open(self))
    }

    fn texts(&self, _: &Book, _: DocIndex, texts: &mut Texts) {
        for (n, row) in self.rows.iter().enumerate() {
            let cells: Vec<_> = row.cells.iter().map(|c| c.text.clone()).collect();
            let parts: [&dyn Words; 8] = [
                &row.date,
                &row.time,
                &row.municipality,
                &row.place,
                &row.theme,
                &row.specialists,
                &row.format,
                &cells,
            ];
            texts.passage(&anchor(n), &parts);
        }
        texts.passage("", &[&self.note]);
    }

    fn summary(&self, _: &Book) -> String {
        format::parts(Kind::Schedule, self.rows.len())
    }

    fn events(&self, book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
        for (n, row) in self.rows.iter().enumerate() {
            let Some(from) = row.date.from.or(row.date.to) else {
                continue;
            };
            if !wanted(from, row.date.to.unwrap_or(from)) {
                continue;
            }
            events.push(Event {
                from,
                to: row.date.to.filter(|to| *to != from),
                time: format::print_opt(row.time.as_ref()),
                title: typograph(what(row)).into_owned(),
                address: format!("{}#{}", book.address(i), anchor(n)),
                kind_word: self.schedule_type.event(),
                kind: self.schedule_type.key(),
                place: row
                    .municipality
                    .as_ref()
                    .or(row.place.as_ref())
                    .map(PublicText::print),
                sample: book.documents[i].head.sample,
                document: i,
                key: key(row),
                dated: format::is_dated(row.date.kind),
            });
        }
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let lines = self.rows.iter().map(|row| row.at.line);
        lines
            .enumerate()
            .map(|(n, line)| (anchor(n), Spot::Line(line)))
            .chain(fields(&[("row", "row"), ("note", "note")]))
            .collect()
    }
}

fn view(schedule: &Schedule<Public>, book: &Book, i: DocIndex, root: &str) -> ScheduleView {
    let mut rows: Vec<(usize, &ScheduleRow<Public>)> = schedule.rows.iter().enumerate().collect();
    rows.sort_by_key(|(n, r)| (r.date.from.or(r.date.to), *n));
    let mut months: Vec<ScheduleMonthView> = Vec::new();
    for (n, row) in rows {
        let day = row.date.from.or(row.date.to);
        let title = day.map_or_else(
            || "Без даты".to_owned(),
            |d| dates::month_title(d.year(), d.month()),
        );
        let view = schedule_row(book, n, row, further(schedule), root);
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
    ScheduleView {
        key: schedule.schedule_type.key().to_owned(),
        type_word: type_word(schedule),
        row: cards::row(book, book.documents[i].head.row.as_ref(), root),
        months,
        columns: columns(schedule),
        note: schedule.note.as_ref().map(|n| format::cell(n, root)),
        coarsened: book.coarsened.contains(&i).then(|| {
            "Места показаны укрупнённо, чтобы по графику нельзя было узнать школу.".to_owned()
        }),
    }
}

/// The schedule as open data. Places stand as coarse as on the page.
fn open(schedule: &Schedule<Public>) -> OpenTable {
    let printed = |column: ScheduleColumn, else_: &'static str| {
        let found = schedule.columns.iter().find(|(c, _)| *c == column);
        found.map_or(else_, |(_, head)| head.raw())
    };
    let mut columns = vec![
        OpenColumn::text("date", "date as printed", printed(Date, "Дата")),
        OpenColumn::date("from", "first day", "Начало"),
        OpenColumn::date("to", "last day", "Окончание"),
        OpenColumn::text("time", "time", printed(Time, "Время")),
        OpenColumn::text("territory", "territory", printed(Municipality, "Где")),
        OpenColumn::text("place", "place", printed(Place, "Площадка")),
        OpenColumn::text("theme", "theme", printed(Theme, "Тема")),
        OpenColumn::text(
            "specialists",
            "specialists",
            printed(Specialists, "Специалисты"),
        ),
        OpenColumn::text("format", "format", printed(Format, "Формат")),
    ];
    for (column, head) in &schedule.columns {
        if let Further(n) = column {
            columns.push(OpenColumn::further(*n, head.raw()));
        }
    }
    let rows = schedule.rows.iter().map(|row| {
        let given =
            |text: &Option<PublicText>| text.as_ref().map_or("", PublicText::raw).to_owned();
        let specialists: Vec<&str> = row.specialists.iter().map(PublicText::raw).collect();
        let mut cells = vec![
            row.date.printed.raw().to_owned(),
            row.date.from.map(format::iso).unwrap_or_default(),
            row.date.to.map(format::iso).unwrap_or_default(),
            given(&row.time),
            given(&row.municipality),
            given(&row.place),
            row.theme.plain().to_owned(),
            specialists.join("; "),
            given(&row.format),
        ];
        for (column, _) in &schedule.columns {
            if let Further(n) = column {
                let cell = row.cells.iter().find(|cell| cell.column == *n);
                cells.push(cell.map_or("", |cell| cell.text.plain()).to_owned());
            }
        }
        cells
    });
    OpenTable {
        rows: rows.collect(),
        columns,
    }
}

/// Anchor of the `n`-th row, from 0.
fn anchor(n: usize) -> String {
    format!("s-{}", n + 1)
}

/// By what a row says, so that it stays when others come and go.
fn key(row: &ScheduleRow<Public>) -> String {
    let place = row.municipality.as_ref().or(row.place.as_ref());
    let time = row.time.as_ref().map_or("", PublicText::raw);
    let words = [
        row.date.printed.raw(),
        time,
        what(row),
        place.map_or("", PublicText::raw),
    ];
    let hash = blake3::hash(words.join("\n").as_bytes()).to_hex();
    hash.get(..12).unwrap_or("").to_owned()
}

/// What it is a schedule of.
fn type_word(schedule: &Schedule<Public>) -> String {
    let own = schedule.word.as_ref().map(PublicText::print);
    own.unwrap_or_else(|| schedule.schedule_type.word().to_owned())
}

/// What is done on a day, in words.
fn what(row: &ScheduleRow<Public>) -> &str {
    let theme = row.theme.plain();
    match row.cells.first() {
        Some(cell) if theme.is_empty() => cell.text.plain(),
        _ => theme,
    }
}

/// How many further columns there are.
fn further(schedule: &Schedule<Public>) -> usize {
    let columns = schedule.columns.iter();
    columns.filter(|(c, _)| matches!(c, Further(_))).count()
}

/// The columns as printed, or the usual ones; and whatever else the rows have.
fn columns(schedule: &Schedule<Public>) -> Vec<ColumnView> {
    let any = |has: fn(&ScheduleRow<Public>) -> bool| schedule.rows.iter().any(has);
    let bare = schedule.columns.is_empty();
    let usual = [
        (Date, "date", "Дата", true),
        (Time, "time", "Время", any(|r| r.time.is_some())),
        (
            Municipality,
            "territory",
            "Где",
            bare || any(|r| r.municipality.is_some() || r.school.is_some()),
        ),
        (Place, "place", "Площадка", any(|r| r.place.is_some())),
        (Theme, "theme", "Тема", any(|r| !r.theme.plain().is_empty())),
        (
            Specialists,
            "specialists",
            "Специалисты",
            bare || any(|r| !r.specialists.is_empty()),
        ),
        (Format, "format", "Формат", any(|r| r.format.is_some())),
    ];
    let key = |column: ScheduleColumn| {
        let known = usual.iter().find(|(c, ..)| *c == column);
        known.map_or("further", |(_, key, ..)| *key)
    };
    let mut columns: Vec<ColumnView> = schedule
        .columns
        .iter()
        .map(|(column, head)| ColumnView {
            key: key(*column),
            title: head.print(),
            further: match column {
                Further(n) => *n,
                _ => 0,
            },
        })
        .collect();
    for (column, key, title, there) in usual {
        if there && !schedule.columns.iter().any(|(c, _)| *c == column) {
            let view = ColumnView {
                key,
                title: title.to_owned(),
                further: 0,
            };
            match column {
                Date => columns.insert(0, view),
                _ => columns.push(view),
            }
        }
    }
    columns
}

fn schedule_row(
    book: &Book,
    n: usize,
    row: &ScheduleRow<Public>,
    further: usize,
    root: &str,
) -> ScheduleRowView {
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
        cells: (0..further)
            .map(|column| {
                let cell = row.cells.iter().find(|cell| cell.column == column)?;
                Some(format::cell(&cell.text, root))
            })
            .collect(),
        past: last.is_some_and(|d| d < book.today),
        today: first.is_some_and(|d| d <= book.today) && last.is_some_and(|d| d >= book.today),
        anchor: anchor(n),
    }
}
