//! Days in running text: «14 октября», «14.10.2024», «18–19 ноября», «2024-10-14».
//!
//! Takes words; gives days, with a year where one is said. What is no day of the calendar is none.

use chrono::{Datelike, NaiveDate};

use super::text::Word;
use crate::text::dates::month_named;

/// A day that a text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    day: u32,
    month: u32,
    year: Option<i32>,
}

/// A visit that lasts longer than this tells no day.
const LONGEST: i64 = 10;

fn number(word: &str, least: u32, most: u32) -> Option<u32> {
    let digits = word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit());
    let n = word.parse().ok().filter(|_| digits)?;
    (least..=most).contains(&n).then_some(n)
}

fn year(word: &str) -> Option<i32> {
    let n = number(word, 0, 2100)?;
    let n = match word.len() {
        2 => 2000 + n,
        4 if n >= 1990 => n,
        _ => return None,
    };
    i32::try_from(n).ok()
}

/// Whether a visit takes place on a day, or the day before it: news come a day late.
pub(super) fn meets((from, to): (NaiveDate, NaiveDate), day: NaiveDate) -> bool {
    let short = (to - from).num_days() <= LONGEST;
    short && from <= day && day.pred_opt().is_none_or(|before| before <= to)
}

impl Day {
    /// Whether it is one of a visit's days; a text that says no year may mean any.
    pub(super) fn meets(self, (from, to): (NaiveDate, NaiveDate)) -> bool {
        if (to - from).num_days() > LONGEST {
            return false;
        }
        from.iter_days().take_while(|d| *d <= to).any(|d| {
            d.day() == self.day
                && d.month() == self.month
                && self.year.is_none_or(|y| y == d.year())
        })
    }
}

/// All days that a sentence says.
pub(super) fn said(words: &[Word]) -> Vec<Day> {
    let word = |i: usize| words.get(i).map_or("", |w| w.folded.as_str());
    let mut days = Vec::new();
    for at in 0..words.len() {
        // 2024-10-14
        if let (Some(year), Some(month), Some(day)) = (
            year(word(at)).filter(|_| word(at).len() == 4),
            number(word(at + 1), 1, 12),
            number(word(at + 2), 1, 31),
        ) && word(at + 1).len() == 2
        {
            days.push(Day {
                day,
                month,
                year: Some(year),
            });
            continue;
        }
        let Some(day) = number(word(at), 1, 31) else {
            continue;
        };
        // 14.10, 14.10.2024: the figures stand close together.
        let close = |i: usize| match (words.get(i), words.get(i + 1)) {
            (Some(a), Some(b)) => b.span.start - a.span.end == 1,
            _ => false,
        };
        if close(at)
            && word(at + 1).len() == 2
            && let Some(month) = number(word(at + 1), 1, 12)
        {
            let year = year(word(at + 2)).filter(|_| close(at + 1));
            days.push(Day { day, month, year });
        }
        // «14 октября», «14-го октября», «18–19 ноября», «18 и 19 ноября»
        let (mut next, mut last) = (at + 1, day);
        while next < at + 6 {
            match (number(word(next), 1, 31), word(next)) {
                // «14 и 16»: the days between are not meant.
                (_, "и") => last = 32,
                (None, "го" | "е" | "по") => {}
                (Some(n), _) if last < n => last = n,
                (Some(_), _) => {}
                (None, _) => break,
            }
            next += 1;
        }
        if let Some(month) = month_named(word(next)) {
            let year = year(word(next + 1)).filter(|_| word(next + 1).len() == 4);
            let last = if last > 31 { day } else { last };
            days.extend((day..=last).map(|day| Day { day, month, year }));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::super::text::{Piece, Text};
    use super::*;
    use crate::passage::Role;

    #[test]
    fn days_as_people_write_them() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2024, 10, d).expect("a day");
        for (text, first, last) in [
            ("14 октября", 14, 14),
            ("14-го октября 2024 года", 14, 14),
            ("14.10", 14, 14),
            ("14.10.2024", 14, 14),
            ("14.10.24", 14, 14),
            ("2024-10-14", 14, 14),
            ("13–15 октября", 13, 15),
            ("с 13 по 15 октября", 13, 15),
            ("14 и 16 октября", 14, 14),
        ] {
            let piece = Piece {
                text,
                role: Role::Text,
                record: 0,
            };
            let said = said(&Text::new(&[piece]).words);
            for d in first..=last {
                assert!(
                    said.iter().any(|s| s.meets((day(d), day(d)))),
                    "{text}: {d}"
                );
            }
            assert!(!said.iter().any(|s| s.meets((day(20), day(20)))), "{text}");
        }
        for text in ["14 октября 2023", "14 школ", "п. 14.1", "октябрь"] {
            let piece = Piece {
                text,
                role: Role::Text,
                record: 0,
            };
            let said = said(&Text::new(&[piece]).words);
            assert!(!said.iter().any(|s| s.meets((day(14), day(14)))), "{text}");
        }
    }
}
