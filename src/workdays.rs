//! Working days: Monday to Friday without the days that are holidays every year, and what an official calendar moves.
//!
//! Takes days and, year by year, which days are moved; gives counts and days. A year whose moves are not given is
//! counted without them: [`Calendar::knows`] says so, and whoever tells a day by it tells that too.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day of a run: the one that was given, else the clock's, which goes on while a window stays open.
#[derive(Debug, Clone, Copy)]
pub enum Day {
    Given(NaiveDate),
    Clock(fn() -> NaiveDate),
}

impl Day {
    pub fn now(self) -> NaiveDate {
        match self {
            Day::Given(day) => day,
            Day::Clock(read) => read(),
        }
    }
}

/// (month, day): article 112 of the Labour Code.
const HOLIDAYS: &[(u32, u32)] = &[
    (1, 1),
    (1, 2),
    (1, 3),
    (1, 4),
    (1, 5),
    (1, 6),
    (1, 7),
    (1, 8),
    (2, 23),
    (3, 8),
    (5, 1),
    (5, 9),
    (6, 12),
    (11, 4),
];

/// The days that a year moves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// Days off besides the usual ones.
    pub off: BTreeSet<NaiveDate>,
    /// Saturdays and Sundays of work.
    pub on: BTreeSet<NaiveDate>,
}

/// The working calendar, as far as it is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i32, Moved>,
}

impl Calendar {
    pub fn new(years: BTreeMap<i32, Moved>) -> Self {
        Calendar { years }
    }

    /// Whether the moved days of a year are given.
    pub fn knows(&self, year: i32) -> bool {
        self.years.contains_key(&year)
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        if let Some(moved) = self.years.get(&day.year()) {
            if moved.off.contains(&day) {
                return false;
            }
            if moved.on.contains(&day) {
                return true;
            }
        }
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        !weekend && !HOLIDAYS.contains(&(day.month(), day.day()))
    }

    /// Working days after `from` up to and with `to`; 0 when `to` is not later.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        let count = days.filter(|day| self.is_working(*day)).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The last day of a term of so many working days after `from`.
    pub fn after(&self, from: NaiveDate, count: u32) -> NaiveDate {
        let working = from.iter_days().skip(1).filter(|day| self.is_working(*day));
        match count.checked_sub(1) {
            Some(nth) => working
                .take(count as usize)
                .nth(nth as usize)
                .unwrap_or(from),
            None => from,
        }
    }

    /// The last day of a term of so many days of the calendar.
    pub fn later(from: NaiveDate, count: u32) -> NaiveDate {
        from.checked_add_days(Days::new(count.into()))
            .unwrap_or(NaiveDate::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        let plain = Calendar::default();
        let between = |a, b| plain.between(a, b);
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 3)), 0);
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 10)), 5);
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 17)), 10);
        assert_eq!(between(day(2024, 12, 31), day(2025, 1, 9)), 1);
        assert_eq!(between(day(2025, 3, 10), day(2025, 3, 3)), 0);
        assert_eq!(plain.after(day(2025, 3, 3), 10), day(2025, 3, 17));
        assert_eq!(plain.after(day(2025, 3, 3), 0), day(2025, 3, 3));
    }

    #[test]
    fn moved_days_count_where_the_calendar_is_given() {
        let moved = Moved {
            off: [day(2025, 5, 2), day(2025, 5, 8)].into(),
            on: [day(2025, 11, 1)].into(),
        };
        let calendar = Calendar::new([(2025, moved)].into());
        assert!(calendar.knows(2025) && !calendar.knows(2026));
        assert_eq!(calendar.after(day(2025, 4, 30), 1), day(2025, 5, 5));
        assert_eq!(
            Calendar::default().after(day(2025, 4, 30), 1),
            day(2025, 5, 2)
        );
        assert_eq!(calendar.between(day(2025, 10, 31), day(2025, 11, 1)), 1);
    }
}
