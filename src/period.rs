//! Periods: «до 25.12.2024», «апрель, октябрь 2025», «в течение года» become typed values that keep their words.
//!
//! Takes the words of one cell and, where known, the bounds of the plan it stands in; gives a [`Period`], or a
//! [`PeriodError`] that points at the wrong characters and carries what could still be understood (for a mistake
//! of the original that is published as it is). Pure: no clock, no files. Must not guess silently: a year taken
//! from the plan where several fit sets [`Period::assumed`].
//!
//! Steps: `token` cuts the words, `read` finds how they are joined and `point` each day, month, quarter …,
//! `resolve` gives each its year and its days.
//!
//! What was decided where the words leave room:
//! - «до мая 2021» and «к маю 2021» run to the last day of May, «до конца 2025 года» to 31 December;
//! - «до начала ноября» runs to the first of the month, «по 25 мая» and «со дня подписания по 25 мая» to that day;
//! - in a plan of one school year «I полугодие» is September to December, «II полугодие» January to May;
//! - «2 раза в год» is half-yearly; a rhythm that no kind has («3 раза в год», «раз в две недели») is by a schedule;
//! - what comes after a half-year («по итогам I полугодия») has no days;
//! - a school year («2024/2025 учебный год») is 1 September to 31 August, its second half ends on 31 May;
//! - the start, middle and end of a month are its three decades; of a year, its first, middle and last four months;
//! - winter 2025 is December 2024 to February 2025;
//! - quarters, half-years, seasons and decades have the kind `range`;
//! - «в течение учебного года» is 1 September to 31 May where the plan holds one school year, else the plan;
//! - a school term («III четверть») is September and October, November and December, January to March, April and May;
//! - weeks of a month are its sevens of days, the last week its last seven;
//! - «в 2023–2024 годах» is the part of these years that lies in the plan;
//! - words in brackets, and what follows «далее», say how the work goes on and do not change the bounds;
//! - «ежегодно, до 1 октября» is `yearly`, with the 1st of October of each year of the plan as its parts; «ежегодно с 2023
//!   года» begins there.

mod heading;
mod point;
mod read;
mod resolve;
#[cfg(test)]
mod tests;
mod token;
mod words;

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

pub use heading::heading;
pub use words::day_after;

/// What sort of period the words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// One day.
    Date,
    /// Several days, or a list that mixes days with longer parts.
    Dates,
    /// «до …»: no beginning, the last day counts.
    Deadline,
    /// Several deadlines; `to` is the last.
    Deadlines,
    /// One month.
    Month,
    /// Several months, quarters or other runs of whole months.
    Months,
    /// From one point to another; also a quarter, a half-year, a season, a decade. Without `to`: «с 1 сентября».
    Range,
    /// A calendar or school year.
    Year,
    /// «в течение года»: the bounds of the plan.
    Throughout,
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
    /// «постоянно»
    Constant,
    /// By a schedule, a plan, an agreement that is not given here.
    Schedule,
    /// «по мере необходимости», «по просьбе учителя»
    AsNeeded,
    /// «в 10-дневный срок»: counted from an event that the words do not date.
    Duration,
}

impl PeriodKind {
    /// All kinds, for tests and the documentation.
    pub const ALL: [PeriodKind; 19] = [
        Self::Date,
        Self::Dates,
        Self::Deadline,
        Self::Deadlines,
        Self::Month,
        Self::Months,
        Self::Range,
        Self::Year,
        Self::Throughout,
        Self::Daily,
        Self::Weekly,
        Self::Monthly,
        Self::Quarterly,
        Self::HalfYearly,
        Self::Yearly,
        Self::Constant,
        Self::Schedule,
        Self::AsNeeded,
        Self::Duration,
    ];

    /// The word in `data.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Dates => "dates",
            Self::Deadline => "deadline",
            Self::Deadlines => "deadlines",
            Self::Month => "month",
            Self::Months => "months",
            Self::Range => "range",
            Self::Year => "year",
            Self::Throughout => "throughout",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::HalfYearly => "half-yearly",
            Self::Yearly => "yearly",
            Self::Constant => "constant",
            Self::Schedule => "schedule",
            Self::AsNeeded => "as-needed",
            Self::Duration => "duration",
        }
    }

    /// Whether the words name no day of their own, so that only the plan bounds them.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Throughout
                | Self::Daily
                | Self::Weekly
                | Self::Monthly
                | Self::Quarterly
                | Self::HalfYearly
                | Self::Yearly
                | Self::Constant
                | Self::Schedule
                | Self::AsNeeded
                | Self::Duration
        )
    }
}

impl Serialize for PeriodKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// The first and last day of the plan in which a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// One run of days; a deadline has no `from`, «с 1 сентября» no `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Part {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

/// A period as printed and as understood. `from` is never after `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Exactly as given.
    pub text: String,
    pub kind: PeriodKind,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// In the order of the words; empty where no day is named.
    pub parts: Vec<Part>,
    /// The first and last year printed in the words.
    pub years: Option<(i32, i32)>,
    /// The words name no year and more than one year of the plan fits: the first was taken.
    pub assumed: bool,
}

impl Period {
    /// Whether a part lies wholly outside the calendar years of the plan: most likely a slip in the year.
    pub fn outside(&self, plan: &Plan) -> bool {
        let (first, last) = (plan.from.year(), plan.to.year());
        self.parts.iter().any(|part| {
            part.from.is_some_and(|day| day.year() > last)
                || part.to.is_some_and(|day| day.year() < first)
                || (part.from.is_none() && part.to.is_some_and(|day| day.year() > last))
        })
    }
}

/// Why words are no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodErrorKind {
    /// `31.09.2025`
    NoSuchDate {
        day: u32,
        month: u32,
        year: i32,
        last_day: u32,
    },
    /// `15.13.2025`
    NoSuchMonth {
        month: u32,
    },
    /// «5 квартал», «3 полугодие»
    NoSuchPart {
        number: u32,
        largest: u32,
    },
    /// «с 15 по 1 марта 2025»
    EmptyRange {
        from: NaiveDate,
        to: NaiveDate,
    },
    /// A month or day without a year, and no plan to take it from.
    NoYear,
    /// No words at all.
    Empty,
    NotUnderstood,
}

/// What is wrong, where, and what could be understood all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodError {
    pub kind: PeriodErrorKind,
    /// In characters of the given text.
    pub at: Range<usize>,
    /// The rest of the period, for a mistake of the original that is published as printed.
    pub partial: Option<Period>,
}

/// Reads the words of one cell. Never panics, whatever the text.
pub fn parse(text: &str, plan: Option<&Plan>) -> Result<Period, PeriodError> {
    let tokens = token::tokens(text);
    let phrase = match read::phrase(&tokens) {
        Ok(phrase) => phrase,
        Err((kind, at)) => {
            let end = text.chars().count();
            return Err(PeriodError {
                kind,
                at: at.unwrap_or(0..end),
                partial: None,
            });
        }
    };
    resolve::period(text, phrase, plan)
}
