//! Schedules by month.
//!
//! Must not show a day that a row does not have.

use chrono::Datelike;
use serde::Serialize;

use crate::disclosure::{Public, PublicSchool, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::schedule::{Schedule, ScheduleRow};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::format;
use crate::site::head::Full;
use crate::site::listed::Listed;
use crate::site::paged::{Event, Paged, Wanted, about};
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
    has_time: bool,
    has_place: bool,
    has_format: bool,
    /// Said when places were coarsened so that no school can be guessed.
    coarsened: Option<String>,
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
    past: bool,
    today: bool,
    anchor: String,
}

impl Listed for Schedule<Public> {
    fn word(&self) -> Option<&'static str> {
        Some(self.schedule_type.event())
    }

    fn group(&self) -> Option<String> {
        Some(self.schedule_type.word().to_owned())
    }
}

impl Paged for Schedule<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let mut rows: Vec<(usize, &ScheduleRow<Public>)> = self.rows.iter().enumerate().collect();
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
        let any = |has: fn(&ScheduleRow<Public>) -> bool| self.rows.iter().any(has);
        let view = ScheduleView {
            key: self.schedule_type.key().to_owned(),
            type_word: self.schedule_type.word().to_owned(),
            row: cards::row(book, book.documents[i].head.row.as_ref(), &root),
            months,
            has_time: any(|r| r.time.is_some()),
            has_place: any(|r| r.place.is_some()),
            has_format: any(|r| r.format.is_some()),
            coarsened: book.coarsened.contains(&i).then(|| {
                "Места показаны укрупнённо, чтобы по графику нельзя было узнать школу.".to_owned()
            }),
        };
        Some(Full::of(book, Some(part), about(book, i), view))
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
                title: typograph(row.theme.plain()).into_owned(),
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
            });
        }
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, u32)> {
        let lines = self.rows.iter().map(|row| row.at.line);
        lines
            .enumerate()
            .map(|(n, line)| (anchor(n), line))
            .collect()
    }
}

/// Anchor of the `n`-th row, from 0.
fn anchor(n: usize) -> String {
    format!("s-{}", n + 1)
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
        anchor: anchor(n),
    }
}
