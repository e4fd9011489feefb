//! Dates in Russian words.
//!
//! Takes days; gives text with spaces that do not break where a line must not.

use chrono::{Datelike, NaiveDate, Weekday};

use super::NBSP;

const NAMES: [(&str, &str, &str); 12] = [
    ("январь", "января", "янв"),
    ("февраль", "февраля", "фев"),
    ("март", "марта", "мар"),
    ("апрель", "апреля", "апр"),
    ("май", "мая", "май"),
    ("июнь", "июня", "июн"),
    ("июль", "июля", "июл"),
    ("август", "августа", "авг"),
    ("сентябрь", "сентября", "сен"),
    ("октябрь", "октября", "окт"),
    ("ноябрь", "ноября", "ноя"),
    ("декабрь", "декабря", "дек"),
];

/// What a month's name begins with in every case.
const STEMS: [&str; 12] = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
];

/// Which month a word in small letters names, in whatever case: «январе», «маем» → 1, 5.
pub fn month_named(word: &str) -> Option<u32> {
    const ENDINGS: [&str; 11] = ["", "ь", "я", "а", "е", "й", "ю", "у", "ем", "ём", "ом"];
    let at = STEMS.iter().position(|stem| {
        let ending = word.strip_prefix(stem);
        ending.is_some_and(|end| match *stem {
            // «май» has no bare stem, and «мама» is no month.
            "ма" => ["й", "я", "е", "ю", "ем"].contains(&end),
            _ => ENDINGS.contains(&end),
        })
    })?;
    u32::try_from(at + 1).ok()
}

fn names(month: u32) -> (&'static str, &'static str, &'static str) {
    let index = usize::try_from(month.saturating_sub(1)).unwrap_or(0);
    NAMES.get(index).copied().unwrap_or(("", "", ""))
}

/// «декабрь»
pub fn month_name(month: u32) -> &'static str {
    names(month).0
}

/// «декабря»
pub fn month_of(month: u32) -> &'static str {
    names(month).1
}

/// «дек»
pub fn month_short(month: u32) -> &'static str {
    names(month).2
}

/// «Декабрь 2024»
pub fn month_title(year: i32, month: u32) -> String {
    let name = month_name(month);
    let mut letters = name.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    format!("{first}{}{NBSP}{year}", letters.as_str())
}

/// «25 декабря 2024 года»
pub fn long(day: NaiveDate) -> String {
    format!(
        "{}{NBSP}{} {}{NBSP}года",
        day.day(),
        month_of(day.month()),
        day.year()
    )
}

/// «25 декабря»
pub fn day_month(day: NaiveDate) -> String {
    format!("{}{NBSP}{}", day.day(), month_of(day.month()))
}

/// «25.12.2024»
pub fn short(day: NaiveDate) -> String {
    format!("{:02}.{:02}.{}", day.day(), day.month(), day.year())
}

/// «2024-12-25»
pub fn iso(day: NaiveDate) -> String {
    // A day prints itself so; a pattern would be read anew each time.
    day.to_string()
}

/// «пятница»
pub fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "понедельник",
        Weekday::Tue => "вторник",
        Weekday::Wed => "среда",
        Weekday::Thu => "четверг",
        Weekday::Fri => "пятница",
        Weekday::Sat => "суббота",
        Weekday::Sun => "воскресенье",
    }
}

/// «15–30 июня 2020 года», «28 апреля — 3 мая 2025 года», «25 декабря 2024 — 25 декабря 2025 года»; one day as [`long`].
/// Days in the wrong order are put right.
pub fn range(from: NaiveDate, to: NaiveDate) -> String {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    if from == to {
        return long(from);
    }
    if from.year() != to.year() {
        return format!("{} {}{NBSP}— {}", day_month(from), from.year(), long(to));
    }
    if from.month() != to.month() {
        return format!("{}{NBSP}— {}", day_month(from), long(to));
    }
    format!("{}–{}", from.day(), long(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_every_case() {
        for (word, month) in [
            ("январь", Some(1)),
            ("феврале", Some(2)),
            ("март", Some(3)),
            ("мая", Some(5)),
            ("маем", Some(5)),
            ("августом", Some(8)),
            ("декабрём", Some(12)),
            ("мама", None),
            ("ма", None),
            ("марта-апреля", None),
            ("мартовский", None),
        ] {
            assert_eq!(month_named(word), month, "{word}");
        }
    }

    fn d(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a test's own date")
    }

    #[test]
    fn days_are_said_in_russian() {
        let day = d(2024, 12, 5);
        assert_eq!(long(day), "5\u{a0}декабря 2024\u{a0}года");
        assert_eq!(
            (short(day), iso(day)),
            ("05.12.2024".into(), "2024-12-05".into())
        );
        assert_eq!(
            (month_title(2024, 12), month_short(5), weekday(day)),
            ("Декабрь\u{a0}2024".into(), "май", "четверг")
        );
        assert_eq!(month_name(13), "");
    }

    #[test]
    fn ranges_say_what_differs_once() {
        assert_eq!(
            range(d(2020, 6, 15), d(2020, 6, 30)),
            "15–30\u{a0}июня 2020\u{a0}года"
        );
        assert_eq!(
            range(d(2025, 5, 3), d(2025, 4, 28)),
            "28\u{a0}апреля\u{a0}— 3\u{a0}мая 2025\u{a0}года"
        );
        assert_eq!(
            range(d(2024, 12, 25), d(2025, 12, 25)),
            "25\u{a0}декабря 2024\u{a0}— 25\u{a0}декабря 2025\u{a0}года"
        );
        assert_eq!(
            range(d(2025, 1, 1), d(2025, 1, 1)),
            "1\u{a0}января 2025\u{a0}года"
        );
    }
}
