//! Periods as they are written out: takes the words of a cell and the bounds of its plan, gives the field, and a doubt
//! where the words are no period or leave their year open. Also finds the bounds of a plan in its words. Must not
//! change a word.

use chrono::{Datelike, NaiveDate};

use super::doubt::Doubts;
use super::line::Origin;
use super::words::{days, fold, one_line, years};
use super::yaml::Node;
use crate::diag::catalog::import as say;
use crate::period::{self, PeriodErrorKind, Plan};

/// Words of several lines as one: with a blank, or a comma where only that makes a period of them.
pub(super) fn joined(text: &str, plan: &Plan) -> String {
    let plain = one_line(text);
    if !text.contains('\n') || period::parse(&plain, Some(plan)).is_ok() {
        return plain;
    }
    let lines: Vec<&str> = text
        .split('\n')
        .map(|l| l.trim().trim_end_matches([',', ';']))
        .filter(|l| !l.is_empty())
        .collect();
    let listed = lines.join(", ");
    if lines.iter().all(|l| period::parse(l, Some(plan)).is_ok())
        && period::parse(&listed, Some(plan)).is_ok()
    {
        return listed;
    }
    plain
}

/// The field for a period.
pub(super) fn node(text: &str, plan: &Plan, origin: Origin, doubts: &mut Doubts) -> Node {
    let text = joined(text, plan);
    // The mark of a foot note is no part of a period.
    let bare: String = text
        .chars()
        .filter(|c| !"⁰¹²³⁴⁵⁶⁷⁸⁹*".contains(*c))
        .collect();
    let text = if bare != text && period::parse(&bare, Some(plan)).is_ok() {
        bare
    } else {
        text
    };
    match period::parse(&text, Some(plan)) {
        Ok(period) => {
            if period.assumed {
                doubts.add(&say::PERIOD_ASSUMED, origin, &[("value", &text)]);
            }
            Node::text(text).from(origin)
        }
        Err(_) if let Some((words, period)) = in_month(&text, plan) => {
            doubts.add(
                &say::PERIOD_MONTH,
                origin,
                &[("value", &text), ("as", &words)],
            );
            let iso = |d: NaiveDate| Node::Bare(crate::text::dates::iso(d));
            let mut fields = vec![("text", Node::text(text))];
            fields.extend(period.from.map(|d| ("from", iso(d))));
            fields.extend(period.to.map(|d| ("to", iso(d))));
            Node::map(fields).from(origin)
        }
        Err(error) => {
            doubts.add(&say::PERIOD, origin, &[("value", &text)]);
            let mut fields: Vec<(&'static str, Node)> = vec![
                ("text", Node::text(text)),
                ("sic", Node::Bare("true".into())),
            ];
            if matches!(
                error.kind,
                PeriodErrorKind::NoSuchDate { .. } | PeriodErrorKind::NoSuchMonth { .. }
            ) {
                fields.push((
                    "note",
                    Node::text("Так в документе: такого дня в календаре нет."),
                ));
            }
            Node::map(fields).from(origin)
        }
    }
}

/// A day or week without its month, under a heading that is one: «до 10» is «до 10 сентября 2025».
fn in_month(text: &str, window: &Plan) -> Option<(String, period::Period)> {
    let last = window.from.checked_add_months(chrono::Months::new(1))?;
    if window.from.day() != 1 || last.pred_opt() != Some(window.to) {
        return None;
    }
    if !text.contains(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V')) {
        return None;
    }
    let month = crate::text::dates::month_of(window.from.month());
    let year = window.from.year();
    let bare = text.trim_end_matches(['.', ' ']);
    let bare = bare.strip_suffix("числа").unwrap_or(bare).trim_end();
    [
        format!("{bare} {month} {year}"),
        format!("{bare} {month} {year} года"),
    ]
    .into_iter()
    .find_map(|words| {
        let period = period::parse(&words, Some(window)).ok()?;
        (period.from.is_some() || period.to.is_some()).then_some((words, period))
    })
}

/// The bounds of a plan: from the order's own words, the plan's title, the years of its periods, the order's date.
pub(super) fn window(
    orders: &[&str],
    titles: &[&str],
    periods: &[&str],
    date: Option<NaiveDate>,
) -> Option<(Plan, bool)> {
    // «в период с 25.12.2024 по 25.12.2025»
    for text in orders {
        let folded = fold(text);
        if !(folded.contains("в период с ")
            || folded.contains("на период с ")
            || folded.contains("в срок с "))
        {
            continue;
        }
        if let [(a, from), (b, to), ..] = days(text).as_slice()
            && text
                .get(a.end..b.start)
                .is_some_and(|gap| fold(gap).contains("по"))
            && from < to
            && (*to - *from).num_days() > 80
        {
            return Some((
                Plan {
                    from: *from,
                    to: *to,
                },
                true,
            ));
        }
    }
    for title in titles {
        if let Some(plan) = by_years(title) {
            return Some((plan, true));
        }
    }
    let mut all: Vec<i32> = periods.iter().flat_map(|p| years(p)).collect();
    all.sort_unstable();
    if let (Some(first), Some(last)) = (all.first(), all.last()) {
        // A school year is told by months without a year beside it.
        return whole(*first, *last).map(|p| (p, true));
    }
    let year = date?.year();
    whole(year, year).map(|p| (p, false))
}

/// The years that periods name.
pub(super) fn around<'a>(periods: impl Iterator<Item = &'a str>) -> Option<Plan> {
    let all: Vec<i32> = periods.flat_map(years).collect();
    whole(*all.iter().min()?, *all.iter().max()?)
}

fn whole(first: i32, last: i32) -> Option<Plan> {
    Some(Plan {
        from: NaiveDate::from_ymd_opt(first, 1, 1)?,
        to: NaiveDate::from_ymd_opt(last, 12, 31)?,
    })
}

/// «на 2024 год», «на 2024-2025 год», «на 2024/2025 учебный год», «на 2021–2026 годы»
pub(super) fn by_years(title: &str) -> Option<Plan> {
    let folded = fold(title);
    let school = folded.contains("учебн")
        || folded.contains("уч. год")
        || folded.contains("уч.год")
        || folded.contains("уч. г")
        || folded.contains("уч.г");
    // The years that the words «год», «годы», «г.» follow, or that stand behind «на».
    let mut found: Option<(i32, i32)> = None;
    for (at, _) in folded.match_indices(|c: char| c.is_ascii_digit()) {
        if folded
            .get(..at)
            .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()))
        {
            continue;
        }
        let rest = folded.get(at..).unwrap_or_default();
        let run: String = rest
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | ' '))
            .collect();
        let all = years(&run);
        let behind = rest.get(run.len()..).unwrap_or_default().trim_start();
        let year = behind.starts_with("год")
            || behind.starts_with("г.")
            || behind.starts_with("гг")
            || behind.starts_with("уч")
            || behind.is_empty();
        let short = run
            .split(['-', '/'])
            .nth(1)
            .map(str::trim)
            .filter(|s| s.len() == 2)
            .and_then(|s| s.parse::<i32>().ok());
        let dated = folded.get(..at).is_some_and(|b| {
            b.trim_end().ends_with('.')
                && b.trim_end()
                    .trim_end_matches('.')
                    .ends_with(|c: char| c.is_ascii_digit())
        });
        if !year || dated {
            continue;
        }
        match all.as_slice() {
            [one] => {
                let last = short.map_or(*one, |s| one / 100 * 100 + s);
                let last = if school && last == *one {
                    one + 1
                } else {
                    last
                };
                found = found.or(Some((*one, last)));
            }
            [first, .., last] if first <= last => found = Some((*first, *last)),
            _ => {}
        }
    }
    let (first, last) = found?;
    if school && last > first {
        return Some(Plan {
            from: NaiveDate::from_ymd_opt(first, 9, 1)?,
            to: NaiveDate::from_ymd_opt(last, 8, 31)?,
        });
    }
    whole(first, last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_titles() {
        let window = |t: &str| {
            by_years(t)
                .map(|p| format!("{} {}", p.from, p.to))
                .unwrap_or_default()
        };
        assert_eq!(window("План на 2024 год"), "2024-01-01 2024-12-31");
        assert_eq!(window("План на 2020 – 2021 год"), "2020-01-01 2021-12-31");
        assert_eq!(
            window("План на 2024/2025 учебный год"),
            "2024-09-01 2025-08-31"
        );
        assert_eq!(
            window("План на 2024-25 учебный год"),
            "2024-09-01 2025-08-31"
        );
        assert_eq!(
            window("План мероприятий на 2021-2026 годы"),
            "2021-01-01 2026-12-31"
        );
        assert_eq!(window("План по приказу от 21.03.2023 № 91"), "");
    }
}
