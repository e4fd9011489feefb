//! How often a term asks for something, and when each time is.
//!
//! Takes what is asked and the plan; gives the stretches in order, and a name for each. See the room's head for what was
//! decided.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Asked, Stretch};
use crate::period::{PeriodKind, Plan};
use crate::text::dates;

/// More times than this in one plan are a slip in its years.
const MOST: usize = 240;
/// A plan of up to so many days asks for what is yearly once.
const ONE_YEAR: i64 = 400;
/// Stretches that touch and are no longer than this are one.
const MONTH: i64 = 31;

/// One time: its first day where it has one, and its last.
pub(super) type Time = (Option<NaiveDate>, NaiveDate);

/// The times that are asked for; none where nothing recurs.
pub(super) fn times(asked: &Asked<'_>, plan: Option<&Plan>) -> Vec<Time> {
    if asked.sic {
        return Vec::new();
    }
    match asked.kind {
        Some(PeriodKind::Monthly) => every(1, asked, plan),
        Some(PeriodKind::Quarterly) => every(3, asked, plan),
        Some(PeriodKind::HalfYearly) => every(6, asked, plan),
        Some(PeriodKind::Yearly) if asked.parts.len() > 1 => listed(asked.parts),
        Some(PeriodKind::Yearly) => yearly(asked, plan),
        Some(PeriodKind::Months | PeriodKind::Dates | PeriodKind::Deadlines) => listed(asked.parts),
        _ => Vec::new(),
    }
}

/// The parts of a list; those that touch are one.
fn listed(parts: &[Stretch]) -> Vec<Time> {
    let mut times: Vec<Time> = Vec::with_capacity(parts.len());
    for (from, to) in parts {
        let Some(to) = *to else { return Vec::new() };
        times.push((*from, to));
    }
    times.sort_by_key(|(from, to)| (*to, *from));
    let mut joined: Vec<Time> = Vec::with_capacity(times.len());
    for (from, to) in times {
        if let (Some(last), Some(begin)) = (joined.last_mut(), from)
            && let Some(first) = last.0
            && last.1.succ_opt().is_some_and(|next| begin <= next)
            && (to - begin).num_days() < MONTH
            && (last.1 - first).num_days() < MONTH * 6
        {
            last.1 = last.1.max(to);
            continue;
        }
        joined.push((from, to));
    }
    if joined.len() > 1 { joined } else { Vec::new() }
}

/// The days within which something recurs: those that the words name, else the plan's.
fn bounds(asked: &Asked<'_>, plan: Option<&Plan>) -> Option<(NaiveDate, NaiveDate)> {
    let from = asked.from.or_else(|| plan.map(|p| p.from))?;
    let to = asked.to.or_else(|| plan.map(|p| p.to))?;
    (from <= to).then_some((from, to))
}

fn yearly(asked: &Asked<'_>, plan: Option<&Plan>) -> Vec<Time> {
    match bounds(asked, plan) {
        Some((from, to)) if (to - from).num_days() > ONE_YEAR => every(12, asked, plan),
        _ => Vec::new(),
    }
}

/// Runs of so many months of the calendar that lie within the bounds by half at least.
fn every(months: u32, asked: &Asked<'_>, plan: Option<&Plan>) -> Vec<Time> {
    let mut times = Vec::new();
    let Some((from, to)) = bounds(asked, plan) else {
        return times;
    };
    // A plan that begins with a school year goes by school years.
    let school = months == 12 && from.month() >= 7;
    let first = if school {
        from.month0()
    } else {
        from.month0() / months * months
    };
    let mut begin = NaiveDate::from_ymd_opt(from.year(), first + 1, 1);
    while let Some(start) = begin.filter(|start| *start <= to && times.len() < MOST) {
        let Some(next) = start.checked_add_months(Months::new(months)) else {
            break;
        };
        let end = next.pred_opt().unwrap_or(start);
        let (a, b) = (start.max(from), end.min(to));
        let (inside, whole) = ((b - a).num_days() + 1, (end - start).num_days() + 1);
        if inside * 2 >= whole {
            times.push((Some(a), b));
        }
        begin = Some(next);
    }
    times
}

/// What a time is called: «март 2025», «I квартал 2025», «первое полугодие 2025», «2025 год», «до 15 июня 2025».
pub fn label(from: Option<NaiveDate>, to: NaiveDate) -> String {
    let Some(from) = from else {
        return format!("до\u{a0}{}", short(to));
    };
    let whole = from.day() == 1
        && to
            .checked_add_days(Days::new(1))
            .is_some_and(|d| d.day() == 1);
    let months = (to.year() - from.year()) * 12 + to.month0() as i32 - from.month0() as i32 + 1;
    let year = from.year();
    let roman = ["I", "II", "III", "IV"];
    match (whole, months, from.month0()) {
        _ if from == to => short(from),
        (true, 1, month) => format!("{}\u{a0}{year}", dates::month_name(month + 1)),
        (true, 3, month) if month % 3 == 0 => {
            let no = roman.get((month / 3) as usize).copied().unwrap_or("");
            format!("{no}\u{a0}квартал\u{a0}{year}")
        }
        (true, 6, 0) => format!("первое полугодие {year}"),
        (true, 6, 6) => format!("второе полугодие {year}"),
        (true, 12, 0) => format!("{year}\u{a0}год"),
        _ if year == to.year() => format!("{}\u{a0}— {}", dates::day_month(from), short(to)),
        _ => format!("{}\u{a0}— {}", short(from), short(to)),
    }
}

fn short(day: NaiveDate) -> String {
    format!("{}\u{a0}{}", dates::day_month(day), day.year())
}
