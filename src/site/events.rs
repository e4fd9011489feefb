//! What happens when: seminars, rows of schedules, deadlines of roadmaps.
//!
//! Takes the book; gives events with their days, in order. Must not show a day that a schedule's row does not have.

use chrono::NaiveDate;

use super::book::{Book, Part};
use super::format;
use super::head::short_title;
use super::view::{EventView, MonthView};
use crate::disclosure::PublicText;
use crate::model::period::PeriodKind;
use crate::model::roadmap::anchors;
use crate::model::{Body, DocIndex, Kind};
use crate::text::dates;

/// One event, before it is printed on a page.
#[derive(Debug, Clone)]
pub struct Event {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub time: Option<String>,
    pub title: String,
    /// From the root, with its anchor.
    pub address: String,
    pub kind_word: &'static str,
    pub kind: &'static str,
    pub place: Option<String>,
    pub sample: bool,
    pub document: DocIndex,
}

/// All events of a section by day, then by address, so that the order is total.
pub fn of_section(book: &Book, part: &Part) -> Vec<Event> {
    chosen(book, part, &mut |_, _| true)
}

/// The next events of several sections, section by section, at least `n` in all where there are so many: none that is
/// left out begins before one of the first `n`. A portal has hundreds of thousands, and shows three.
pub fn next(book: &Book, parts: &[&Part], n: usize) -> Vec<Event> {
    let mut days: Vec<NaiveDate> = Vec::new();
    for part in parts {
        // Nothing is made here: only days are looked at.
        chosen(book, part, &mut |from, last| {
            if last >= book.today {
                days.push(from);
            }
            false
        });
    }
    let latest = match n.checked_sub(1) {
        Some(nth) if nth < days.len() => Some(*days.select_nth_unstable(nth).1),
        _ => days.iter().max().copied(),
    };
    let mut wanted = |from: NaiveDate, last: NaiveDate| {
        last >= book.today && latest.is_some_and(|latest| from <= latest)
    };
    parts
        .iter()
        .flat_map(|part| chosen(book, part, &mut wanted))
        .collect()
}

/// Whether an event that lasts from one day to another is wanted.
type Wanted<'a> = &'a mut dyn FnMut(NaiveDate, NaiveDate) -> bool;

fn chosen(book: &Book, part: &Part, wanted: Wanted<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for i in part.kinds.get(&Kind::Seminar).into_iter().flatten() {
        seminar(book, *i, wanted, &mut events);
    }
    for i in part.kinds.get(&Kind::Schedule).into_iter().flatten() {
        schedule(book, *i, wanted, &mut events);
    }
    for i in part.kinds.get(&Kind::Roadmap).into_iter().flatten() {
        deadlines(book, *i, wanted, &mut events);
    }
    events.sort_by(|a, b| {
        (a.from, a.to, &a.address, &a.title).cmp(&(b.from, b.to, &b.address, &b.title))
    });
    events
}

fn seminar(book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
    let Body::Seminar(seminar) = &book.documents[i].body else {
        return;
    };
    let Some(from) = seminar.date.from.or(seminar.date.to) else {
        return;
    };
    if !wanted(from, seminar.date.to.unwrap_or(from)) {
        return;
    }
    events.push(Event {
        from,
        to: seminar.date.to.filter(|to| *to != from),
        time: format::print_opt(seminar.time.as_ref()),
        title: book.title(i),
        address: book.address(i).to_owned(),
        kind_word: "Семинар",
        kind: "seminar",
        place: format::print_opt(seminar.place.as_ref()),
        sample: book.documents[i].head.sample,
        document: i,
    });
}

fn schedule(book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
    let Body::Schedule(schedule) = &book.documents[i].body else {
        return;
    };
    for (n, row) in schedule.rows.iter().enumerate() {
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
            title: crate::text::typograph(row.theme.plain()).into_owned(),
            address: format!("{}#s-{}", book.address(i), n + 1),
            kind_word: schedule.schedule_type.event(),
            kind: schedule.schedule_type.key(),
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

/// Days by which a measure is due. A month or a year is no day to come to, so only deadlines and single days count.
fn deadlines(book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
    let Some(roadmap) = book.roadmap(i) else {
        return;
    };
    let mut all = None;
    for (n, (_, row)) in roadmap.rows().enumerate() {
        let Some(term) = &row.period else { continue };
        let day = match term.kind {
            Some(PeriodKind::Deadline | PeriodKind::Deadlines) => term.to,
            Some(PeriodKind::Date) => term.from,
            _ => None,
        };
        if let (Some(day), None) = (day, &row.done)
            && wanted(day, day)
        {
            let anchor = all
                .get_or_insert_with(|| anchors(roadmap))
                .get(n)
                .map_or("", String::as_str);
            events.push(Event {
                from: day,
                to: None,
                time: None,
                title: format::shorten(&crate::text::typograph(row.measure.plain()), 160),
                address: format!("{}#{anchor}", book.address(i)),
                kind_word: "Срок по дорожной карте",
                kind: "deadline",
                place: None,
                sample: false,
                document: i,
            });
        }
    }
}

/// An event as a page prints it.
pub fn view(book: &Book, event: &Event, root: &str, with_section: bool) -> EventView {
    let last = event.to.unwrap_or(event.from);
    EventView {
        date: format::date(event.from),
        until: event.to.map(format::date),
        time: event.time.clone(),
        title: event.title.clone(),
        href: format::href(root, &event.address),
        kind_word: event.kind_word.to_owned(),
        kind: event.kind.to_owned(),
        place: event.place.clone(),
        past: last < book.today,
        today: event.from <= book.today && book.today <= last,
        sample: event.sample,
        section: with_section
            .then(|| book.part(event.document).map(|p| short_title(book, p)))
            .flatten(),
    }
}

/// Events by month; `past` chooses months that are over.
pub fn months(book: &Book, events: &[Event], root: &str) -> Vec<MonthView> {
    use chrono::Datelike;
    let mut months: Vec<MonthView> = Vec::new();
    for event in events {
        let title = dates::month_title(event.from.year(), event.from.month());
        let view = view(book, event, root, false);
        let same = months.last().is_some_and(|m| m.title == title);
        if !same {
            months.push(MonthView {
                title,
                anchor: format!("m-{:04}-{:02}", event.from.year(), event.from.month()),
                events: Vec::new(),
                past: true,
            });
        }
        if let Some(month) = months.last_mut() {
            month.past &= view.past;
            month.events.push(view);
        }
    }
    months
}
