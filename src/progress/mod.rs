//! How far things have come: what a term asks for occurrence by occurrence, what was recorded, the state on a day.
//!
//! Takes what is asked ([`Asked`]: a term without its words), the records of it ([`Record`]) and the ground on which a
//! state is told ([`Ground`]: the day, the plan, whether the section keeps progress); gives a [`Standing`]. Pages, data,
//! calendars, duties, tabs and reports all ask here, so they cannot disagree. Must not read a clock, know a document
//! kind's fields, or say a sentence.
//!
//! What was decided:
//! - After a deadline without a record the state is `no-record`: nobody said anything, and that is all that is known. It
//!   is `overdue` only where the section's operator undertakes to record what is done (`progress: kept`), and never for
//!   words that the document itself misprints: these bound nothing but by the plan.
//! - A record that is a sample, or dated after the day, is no record yet.
//! - «ежеквартально», «июнь, декабрь» ask for something each time: an occurrence each, with a state of its own. Months or
//!   days that touch («март, апрель») are one stretch; quarters and half-years are told apart. An occurrence of which
//!   more than half lies outside the plan is none.
//! - «ежеквартально до 10 числа» is due on the 10th of the month after each quarter: until then nothing is late.
//! - A record belongs to the occurrences that its `for` covers, else to the one that its date falls into or follows.
//! - The whole stands as its worst occurrence: missed before due soon before under way before ahead; done when all are.
//! - «в течение 5 рабочих дней со дня …» has no state until the event's day is given or something is recorded.
//! - «постоянно», «еженедельно» are under way until the plan ends, whatever is recorded; then a record makes them done.

mod occurrences;
mod standing;
mod status;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::disclosure::Public;
use crate::kinds::common::Done;
use crate::kinds::term::Term;
use crate::period::{PeriodKind, Plan, day_after};

pub use occurrences::label;
pub use standing::standing;
pub use status::Status;

/// The first and last day of a stretch; a deadline has no first.
pub type Stretch = (Option<NaiveDate>, Option<NaiveDate>);

/// What a term asks for, without its words.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub kind: Option<PeriodKind>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub parts: &'a [Stretch],
    /// The words are a mistake of the original.
    pub sic: bool,
    /// What recurs is due on this day of the month after each time.
    pub day: Option<u32>,
}

impl Asked<'_> {
    /// Whether it is counted from an event whose day nobody gave.
    pub fn is_counted(&self) -> bool {
        self.kind == Some(PeriodKind::Duration) && self.from.is_none() && self.to.is_none()
    }
}

impl<'a> From<&'a Term<Public>> for Asked<'a> {
    fn from(term: &'a Term<Public>) -> Self {
        Asked {
            kind: term.kind,
            from: term.from,
            to: term.to,
            parts: &term.parts,
            sic: term.printed.sic().is_some(),
            day: term
                .kind
                .filter(|kind| kind.is_open())
                .and_then(|_| day_after(term.printed.raw())),
        }
    }
}

/// A record without its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    pub date: Option<NaiveDate>,
    /// The days that it is for, where it says so.
    pub of: Option<(NaiveDate, NaiveDate)>,
    pub sample: bool,
}

impl From<&Done<Public>> for Record {
    fn from(done: &Done<Public>) -> Self {
        let of = done.of.as_ref();
        Record {
            date: done.date,
            of: of.and_then(|t| Some((t.from.or(t.to)?, t.to.or(t.from)?))),
            sample: done.sample,
        }
    }
}

impl Record {
    /// Whether it is to be seen on a day: what is dated later waits.
    pub fn is_shown(&self, today: NaiveDate) -> bool {
        self.date.is_none_or(|date| date <= today)
    }

    /// Whether it makes anything done on a day.
    pub fn counts(&self, today: NaiveDate) -> bool {
        !self.sample && self.is_shown(today)
    }
}

/// On what ground a state is told.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    pub today: NaiveDate,
    pub due_soon_days: u32,
    /// The section's operator undertakes to record what is done.
    pub kept: bool,
    pub plan: Option<&'a Plan>,
}

impl Ground<'_> {
    /// The state of what has passed without a record.
    fn missed(&self, sic: bool) -> Status {
        if self.kept && !sic {
            Status::Overdue
        } else {
            Status::NoRecord
        }
    }
}

/// How something stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub status: Status,
    /// In order; empty where nothing recurs.
    pub occurrences: Vec<Occurrence>,
    /// Records that should belong to an occurrence and belong to none.
    pub astray: Vec<usize>,
}

/// One time of what is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
    /// The last day on which it is in time: `to`, or later where the words say so.
    pub due: NaiveDate,
    pub status: Status,
    /// The records that make it done, by their places among those given.
    pub records: Vec<usize>,
}
