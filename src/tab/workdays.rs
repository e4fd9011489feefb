//! Working days: Monday to Friday without the days that are holidays every year.
//!
//! Days that the government moves from year to year are not known here; the count may differ by one or two then.

use chrono::{Datelike, Days, NaiveDate, Weekday};

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

/// Working days after `from` up to and with `to`; 0 when `to` is not later.
pub fn between(from: NaiveDate, to: NaiveDate) -> u32 {
    let mut day = from;
    let mut count = 0;
    while day < to {
        let Some(next) = day.checked_add_days(Days::new(1)) else {
            break;
        };
        day = next;
        let rest = matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            || HOLIDAYS.contains(&(day.month(), day.day()));
        count += u32::from(!rest);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 3)), 0);
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 10)), 5);
        assert_eq!(between(day(2025, 3, 3), day(2025, 3, 17)), 10);
        assert_eq!(between(day(2024, 12, 31), day(2025, 1, 9)), 1);
        assert_eq!(between(day(2025, 3, 10), day(2025, 3, 3)), 0);
    }
}
