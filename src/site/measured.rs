//! Values of one indicator, period by period: what was planned, what was reached, the difference, whether the target is
//! met. Written values and those worked out of schools' numbers stand in one list.

use chrono::NaiveDate;

use crate::disclosure::{Public, PublicText};
use crate::kinds::indicators::{Indicator, Value};
use crate::monitoring;
use crate::text::format_decimal;

/// One period.
pub struct Shown<'a> {
    /// As printed.
    pub period: String,
    year: Option<u32>,
    pub planned: Option<&'a Value<Public>>,
    /// In words, as a reader sees it.
    pub value: Option<String>,
    pub number: Option<f64>,
    /// There is a value, and it stays private.
    pub withheld: bool,
    /// From the year before.
    pub difference: Option<f64>,
    pub met: Option<bool>,
}

impl Shown<'_> {
    /// It is of a year, and no «итого».
    pub fn is_dated(&self) -> bool {
        self.year.is_some()
    }

    /// The calendar year, or the first of a school year.
    pub fn year(&self) -> Option<u32> {
        self.year
    }
}

/// All periods in their order. A value of a year that has not begun by the day is not shown yet.
pub fn shown<'a>(
    x: &'a Indicator<Public>,
    measured: &[monitoring::Value],
    today: NaiveDate,
) -> Vec<Shown<'a>> {
    let blank = |period: String, year| Shown {
        period,
        year,
        planned: None,
        value: None,
        number: None,
        withheld: false,
        difference: None,
        met: None,
    };
    let mut all: Vec<Shown<'a>> = Vec::new();
    for value in x.values.iter().filter(|v| !v.is_ahead(today)) {
        all.push(Shown {
            value: Some(words(&value.value, value.number)),
            number: value.number,
            ..blank(value.period.print(), value.year)
        });
    }
    for value in measured {
        all.push(Shown {
            value: value.number().map(format_decimal),
            number: value.number(),
            withheld: value.number().is_none(),
            ..blank(value.period().to_owned(), Some(value.year()))
        });
    }
    for planned in &x.planned {
        let period = planned.period.print();
        match all.iter_mut().find(|own| own.period == period) {
            Some(own) => own.planned = Some(planned),
            None => all.push(Shown {
                planned: Some(planned),
                ..blank(period, planned.year)
            }),
        }
    }
    if all.iter().all(|own| own.year.is_some()) {
        all.sort_by_key(|own| own.year);
    }
    let target = x.target.as_ref().map(PublicText::raw);
    let mut before: Option<(Option<u32>, f64)> = None;
    for own in &mut all {
        let Some(number) = own.number else { continue };
        // The order's DD: this year's value less the one of the year before, both as printed.
        let follows = before.filter(|(year, _)| year.map(|y| y + 1) == own.year);
        let difference = follows.map(|(_, was)| ((number - was) * 1000.0).round() / 1000.0);
        own.difference = difference;
        own.met = target.and_then(|t| met(t, number, difference));
        before = Some((own.year, number));
    }
    all
}

/// A number as Russian readers write it; anything else as printed.
pub fn words(text: &PublicText, number: Option<f64>) -> String {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    match number {
        Some(number) if text.raw().chars().all(plain) => format_decimal(number),
        _ => text.print(),
    }
}

/// The one number in a target such as «не менее 75 %»; none where there are several.
pub fn number(target: &str) -> Option<f64> {
    let mut numbers = target
        .split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
        .filter_map(|s| s.trim_matches([',', '.']).replace(',', ".").parse().ok());
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

/// Whether a value meets a target; `None` where the target's words say something else.
fn met(target: &str, value: f64, difference: Option<f64>) -> Option<bool> {
    let low = target.to_lowercase();
    if low.contains("динамик") || low.contains("рост") || low.contains("увеличение")
    {
        return difference.map(|d| d > 0.0);
    }
    if low.contains("снижение") || low.contains("уменьшение") {
        return difference.map(|d| d < 0.0);
    }
    let wanted = number(target)?;
    let most = ["не более", "не выше", "не превышает", "≤"];
    if most.iter().any(|words| low.contains(words)) {
        return Some(value <= wanted);
    }
    let least = ["не менее", "не ниже", "≥"];
    let alone = low.chars().all(|c| !c.is_alphabetic());
    let least = alone || least.iter().any(|words| low.contains(words));
    least.then_some(value >= wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_met_as_their_words_say() {
        assert_eq!(met("не менее 75 %", 75.0, None), Some(true));
        assert_eq!(met("100 %", 99.9, None), Some(false));
        assert_eq!(met("не более 5", 4.0, None), Some(true));
        assert_eq!(
            met("Положительная динамика доли", 4.0, Some(0.0)),
            Some(false)
        );
        assert_eq!(met("Динамика доли", 4.0, None), None);
        assert_eq!(met("Отсутствие обращений", 0.0, None), None);
        assert_eq!(met("до 75 % к 2025 году", 80.0, None), None);
    }
}
