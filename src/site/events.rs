//! What happens when: the events that documents give, in order.
//!
//! Takes the book; gives events with their days. Must not know which kinds have any.

use chrono::{Datelike, NaiveDate};

use super::book::{Book, Part};
use super::format;
use super::head::short_title;
use super::paged::{Event, Wanted, paged};
use super::view::{DayView, EventView, MonthView};
use crate::text::dates;

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

fn chosen(book: &Book, part: &Part, wanted: Wanted<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for (_, list) in part.kinds.iter().filter(|(kind, _)| kind.about().events) {
        for i in list {
            paged(&book.documents[*i]).events(book, *i, wanted, &mut events);
        }
    }
    events.sort_by(|a, b| {
        (a.from, a.to, &a.address, &a.title).cmp(&(b.from, b.to, &b.address, &b.title))
    });
    events
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
        anchor: None,
    }
}

/// Events by month; `past` chooses months that are over.
pub fn months(book: &Book, events: &[Event], root: &str) -> Vec<MonthView> {
    let mut months: Vec<MonthView> = Vec::new();
    for event in events {
        let title = dates::month_title(event.from.year(), event.from.month());
        let mut view = view(book, event, root, false);
        let same = months.last().is_some_and(|m| m.title == title);
        if !same {
            months.push(MonthView {
                title,
                anchor: format!("m-{:04}-{:02}", event.from.year(), event.from.month()),
                events: Vec::new(),
                weeks: weeks(book, event.from),
                past: true,
            });
        }
        if let Some(month) = months.last_mut() {
            month.past &= view.past;
            let anchor = format!("{}-{}", month.anchor, month.events.len() + 1);
            if event.dated {
                mark(month, event, &anchor);
                view.anchor = Some(anchor);
            }
            month.events.push(view);
        }
    }
    months
}

/// The weeks of the month in which a day lies.
fn weeks(book: &Book, day: NaiveDate) -> Vec<Vec<DayView>> {
    let mut weeks: Vec<Vec<DayView>> = Vec::new();
    let mut at = day.with_day(1);
    while let Some(day_of) = at.filter(|d| d.month() == day.month()) {
        let place = day_of.weekday().num_days_from_monday() as usize;
        if weeks.is_empty() || place == 0 {
            weeks.push(vec![DayView::default(); 7]);
        }
        if let Some(view) = weeks.last_mut().and_then(|week| week.get_mut(place)) {
            view.day = day_of.day();
            view.today = day_of == book.today;
        }
        at = day_of.succ_opt();
    }
    weeks
}

/// Marks an event on its days in the grid of the month in which it begins.
fn mark(month: &mut MonthView, event: &Event, anchor: &str) {
    let from = event.from.day();
    let to = match event
        .to
        .filter(|to| (to.year(), to.month()) == (event.from.year(), event.from.month()))
    {
        Some(to) => to.day(),
        None if event.to.is_some() => 31,
        None => from,
    };
    let days = month.weeks.iter_mut().flatten();
    for day in days.filter(|d| d.day > 0 && (from..=to).contains(&d.day)) {
        if day.href.is_none() {
            day.href = Some(format!("#{anchor}"));
        }
        if !day.words.is_empty() {
            day.words.push_str("; ");
        }
        day.words.push_str(&event.title);
    }
}
