//! Gives the points of a phrase the months and years they borrow, then their days.
//!
//! Takes a [`Phrase`]; gives a [`Period`] or the first fault in the order of the words, with the rest of the
//! period beside it. A year is borrowed from the next point that has one («апрель, октябрь 2025»), else from the
//! one before, else from the plan. Within one range time runs on: «декабрь – февраль 2025» begins in 2024.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use super::read::{Item, Join, Phrase, Point, Unit, YearMark};
use super::{Part, Period, PeriodError, PeriodErrorKind, PeriodKind, Plan};

type Span = (NaiveDate, NaiveDate);
type Fault = (PeriodErrorKind, Range<usize>);

pub(super) fn period(
    text: &str,
    mut phrase: Phrase,
    plan: Option<&Plan>,
) -> Result<Period, PeriodError> {
    let mut period = Period {
        text: text.to_owned(),
        kind: kind(&phrase),
        from: None,
        to: None,
        parts: Vec::new(),
        years: printed_years(&phrase.items),
        assumed: false,
    };
    let mut faults: Vec<Fault> = Vec::new();
    if let Err(fault) = borrow_nouns(&mut phrase.items) {
        return Err(PeriodError {
            kind: fault.0,
            at: fault.1,
            partial: None,
        });
    }
    // «ежегодно с 2023 года, май»: the years bound the rest.
    let mut bound: Option<Part> = None;
    if period.kind == PeriodKind::Yearly && phrase.items.len() > 1 {
        let mut years = phrase.items.iter().filter(|i| i.a.unit == Unit::Year);
        bound = years.next_back().and_then(plain);
        phrase.items.retain(|i| i.a.unit != Unit::Year);
    }
    if plan.is_some_and(of_school) {
        for point in points(&mut phrase.items).filter(|p| p.year.is_none()) {
            if let Unit::Half(n) = point.unit {
                point.unit = Unit::SchoolHalf(n);
            }
        }
    }
    school_years(&mut phrase.items);
    borrow_years(&mut phrase.items, plan);
    let mut before: Option<(i32, u32)> = None;
    let dated = phrase.items.iter().any(|i| i.a.year.is_some());
    for item in &mut phrase.items {
        if period.kind == PeriodKind::Yearly && !dated {
            match (yearly(item, plan), plan) {
                (Ok(parts), _) => {
                    let inside = |part: &Part| {
                        let day = part.from.or(part.to);
                        bound.is_none_or(|b| {
                            day.is_none_or(|d| {
                                b.from.is_none_or(|from| from <= d) && b.to.is_none_or(|to| d <= to)
                            })
                        })
                    };
                    period.parts.extend(parts.into_iter().filter(inside));
                }
                (Err(fault), _) => faults.push(fault),
            }
            continue;
        }
        match days(item, plan, &mut before, &mut period.assumed) {
            Ok(part) => period.parts.push(part),
            // «ежемесячно, сентябрь – май» needs no year: the words name no single period.
            Err((PeriodErrorKind::NoYear, _)) if period.kind.is_open() => {}
            Err(fault) => faults.push(fault),
        }
    }
    if let (true, Some(plan)) = (phrase.within, plan) {
        for part in &mut period.parts {
            if let (Some(from), Some(to)) = (part.from, part.to)
                && from <= plan.to
                && to >= plan.from
            {
                *part = Part {
                    from: Some(from.max(plan.from)),
                    to: Some(to.min(plan.to)),
                };
            }
        }
    }
    if let (true, Some((from, to))) = (phrase.lessons, plan.and_then(lessons)) {
        period.kind = PeriodKind::Year;
        period.parts.push(Part {
            from: Some(from),
            to: Some(to),
        });
    }
    bounds(&mut period, plan);
    match faults.into_iter().next() {
        None => Ok(period),
        Some((kind, at)) => Err(PeriodError {
            kind,
            at,
            partial: Some(period),
        }),
    }
}

/// The lessons of the only school year that a plan holds.
fn lessons(plan: &Plan) -> Option<Span> {
    let years = plan.from.year()..=plan.to.year().min(plan.from.year().saturating_add(50));
    let mut held = years.filter_map(|year| {
        let (first, last) = (day(year, 9, 1).ok()?, day(year + 1, 5, 31).ok()?);
        // A plan may be approved in the first weeks.
        (plan.from <= later(first, 60) && plan.to >= last && plan.from < last)
            .then_some((first, last))
    });
    let one = held.next()?;
    held.next().is_none().then_some(one)
}

/// «2025–2026, 2026–2027 учебные годы»: the words stand with the last pair alone.
fn school_years(items: &mut [Item]) {
    let school = |item: &Item| matches!(item.a.year, Some(YearMark::School(_)));
    if !items.last().is_some_and(school) {
        return;
    }
    for item in items {
        if let (Some(YearMark::Calendar(first)), Some(b)) = (item.a.year, &item.b)
            && b.year == Some(YearMark::Calendar(first + 1))
            && (item.a.unit, b.unit) == (Unit::Year, Unit::Year)
        {
            item.a.year = Some(YearMark::School(first));
            item.b = None;
            item.join = Join::Single;
        }
    }
}

/// Whether the plan is that of one school year and of nothing more: its half-years are halves of the school year.
fn of_school(plan: &Plan) -> bool {
    let ends = day(plan.from.year() + 1, 8, 31);
    lessons(plan).is_some() && plan.from.month() >= 8 && ends.is_ok_and(|end| plan.to <= end)
}

/// The days of an item that has its own year.
pub(super) fn plain(item: &Item) -> Option<Part> {
    let mut items = [item.clone()];
    borrow_years(&mut items, None);
    let [item] = items;
    days(&item, None, &mut None, &mut false).ok()
}

fn bounds(period: &mut Period, plan: Option<&Plan>) {
    if period.kind == PeriodKind::Throughout && period.parts.is_empty() {
        if let Some(plan) = plan.filter(|p| p.from <= p.to) {
            period.from = Some(plan.from);
            period.to = Some(plan.to);
            period.parts.push(Part {
                from: period.from,
                to: period.to,
            });
        }
        return;
    }
    let unbounded = period.parts.iter().any(|p| p.to.is_none());
    period.to = if unbounded {
        None
    } else {
        period.parts.iter().filter_map(|p| p.to).max()
    };
    period.from = match period.kind {
        PeriodKind::Deadline | PeriodKind::Deadlines => None,
        _ => period.parts.iter().filter_map(|p| p.from).min(),
    };
    // «до 1 марта, с 5 мая»: a lone deadline may end before the first beginning.
    if let (Some(from), Some(to)) = (period.from, period.to)
        && from > to
    {
        period.from = None;
    }
}

fn kind(phrase: &Phrase) -> PeriodKind {
    if let Some(head) = phrase.head {
        return head;
    }
    let whole_months = |p: &Point| {
        matches!(
            p.unit,
            Unit::Month(_) | Unit::Quarter(_) | Unit::Half(_) | Unit::Term(_) | Unit::Season { .. }
        )
    };
    match phrase.items.as_slice() {
        [one] => match (one.join, one.a.unit) {
            (Join::Deadline, _) => PeriodKind::Deadline,
            (Join::Single, Unit::Day { .. }) => PeriodKind::Date,
            (Join::Single, Unit::Month(_)) => PeriodKind::Month,
            (Join::Single, Unit::Year) => PeriodKind::Year,
            _ => PeriodKind::Range,
        },
        items if items.iter().all(|i| i.join == Join::Deadline) => PeriodKind::Deadlines,
        items if items.iter().all(|i| i.a.unit == Unit::Year) => PeriodKind::Range,
        items
            if items.iter().all(|i| {
                i.join != Join::Deadline
                    && i.join != Join::From
                    && i.b.as_ref().is_none_or(whole_months)
                    && (whole_months(&i.a) || (matches!(i.a.unit, Unit::Bare(_)) && i.b.is_some()))
            }) =>
        {
            PeriodKind::Months
        }
        items if all_quarters(items) => PeriodKind::Months,
        _ => PeriodKind::Dates,
    }
}

/// «1, 2 кварталы»: the noun stands with the last number alone.
fn all_quarters(items: &[Item]) -> bool {
    let last = items.last().map(|i| i.b.as_ref().unwrap_or(&i.a).unit);
    matches!(
        last,
        Some(Unit::Quarter(_) | Unit::Half(_) | Unit::SchoolHalf(_) | Unit::Term(_))
    ) && items.iter().all(|i| {
        matches!(
            i.a.unit,
            Unit::Bare(_) | Unit::Quarter(_) | Unit::Half(_) | Unit::SchoolHalf(_) | Unit::Term(_)
        )
    })
}

fn points(items: &mut [Item]) -> impl DoubleEndedIterator<Item = &mut Point> {
    items
        .iter_mut()
        .flat_map(|item| std::iter::once(&mut item.a).chain(item.b.as_mut()))
}

fn printed_years(items: &[Item]) -> Option<(i32, i32)> {
    let mut years: Option<(i32, i32)> = None;
    for point in items
        .iter()
        .flat_map(|i| std::iter::once(&i.a).chain(i.b.as_ref()))
    {
        let (first, last) = match point.year {
            Some(YearMark::Calendar(y)) => (y, y),
            Some(YearMark::School(y)) => (y, y + 1),
            None => continue,
        };
        years = Some(years.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
    }
    years
}

fn borrow_nouns(items: &mut [Item]) -> Result<(), Fault> {
    let mut noun: Option<Unit> = None;
    for point in points(items).rev() {
        point.unit = match (point.unit, noun) {
            (Unit::Bare(n), Some(Unit::Day { month, .. })) => Unit::Day { day: n, month },
            (Unit::Bare(n), Some(Unit::Quarter(_))) => Unit::Quarter(n),
            (Unit::Bare(n), Some(Unit::Half(_))) => Unit::Half(n),
            (Unit::Bare(n), Some(Unit::SchoolHalf(_))) => Unit::SchoolHalf(n),
            (Unit::Bare(n), Some(Unit::Term(_))) => Unit::Term(n),
            (Unit::Bare(n), Some(Unit::Week { month, .. })) => Unit::Week { n, month },
            (Unit::Bare(n), Some(Unit::Decade { month, .. })) => Unit::Decade { n, month },
            (Unit::Bare(n), Some(Unit::MonthHalf { month, .. })) => Unit::MonthHalf { n, month },
            (Unit::Bare(_) | Unit::Decade { month: 0, .. } | Unit::Week { month: 0, .. }, _) => {
                return Err((PeriodErrorKind::NotUnderstood, point.at.clone()));
            }
            (unit, _) => unit,
        };
        noun = Some(point.unit);
    }
    Ok(())
}

/// Month and day on which a point begins, to see whether time runs on.
fn key(unit: Unit) -> (u32, u32) {
    match unit {
        Unit::Day { day, month } => (month, day),
        Unit::Month(month) => (month, 0),
        Unit::Decade { n, month } | Unit::MonthHalf { n, month } | Unit::Week { n, month } => {
            (month, n)
        }
        Unit::Term(n) => (TERMS.get(n as usize).map_or(0, |t| t.0), 0),
        Unit::Quarter(n) => (n.saturating_mul(3).saturating_sub(2), 0),
        Unit::Half(n) => (n.saturating_mul(6).saturating_sub(5), 0),
        Unit::SchoolHalf(n) => (if n == 1 { 9 } else { 1 }, 0),
        Unit::Season { first, .. } => (first, 0),
        Unit::YearThird(n) => (n.saturating_mul(4).saturating_sub(3), 0),
        Unit::Year | Unit::Bare(_) | Unit::PlanEnd => (0, 0),
    }
}

/// First and last month of each term of a school year.
const TERMS: [(u32, u32); 5] = [(0, 0), (9, 10), (11, 12), (1, 3), (4, 5)];

/// From right to left: the year that stands after belongs to what stands before.
fn borrow_years(items: &mut [Item], plan: Option<&Plan>) {
    let mut after: Option<YearMark> = None;
    for item in items.iter_mut().rev() {
        let end = item.b.as_ref().map(|b| b.unit);
        if let Some(b) = item.b.as_mut() {
            b.year = b.year.or(after);
            after = b.year;
        }
        if item.a.year.is_none() {
            let back = matches!((end, after), (Some(unit), Some(YearMark::Calendar(_))) if key(item.a.unit).0 > key(unit).0);
            item.a.year = match after {
                Some(YearMark::Calendar(y)) if back => Some(YearMark::Calendar(y - 1)),
                // «ноябрь, январь 2025» in a plan that begins in November 2024.
                Some(YearMark::Calendar(y))
                    if end.is_none() && fits_only_before(item.a.unit, y, plan) =>
                {
                    Some(YearMark::Calendar(y - 1))
                }
                other => other,
            };
        }
        after = item.a.year;
    }
}

fn fits_only_before(unit: Unit, year: i32, plan: Option<&Plan>) -> bool {
    let fits = |y: i32| {
        plan.is_some_and(|p| {
            span(unit, Some(YearMark::Calendar(y)), None).is_ok_and(|s| overlaps(s, p))
        })
    };
    !fits(year) && fits(year - 1)
}

fn overlaps(span: Span, plan: &Plan) -> bool {
    span.0 <= plan.to && span.1 >= plan.from
}

/// Days of one item; remembers its last point for an item that has no year of its own.
fn days(
    item: &Item,
    plan: Option<&Plan>,
    before: &mut Option<(i32, u32)>,
    assumed: &mut bool,
) -> Result<Part, Fault> {
    let ended = ends_within(item, plan, *before);
    let item = ended.as_ref().map_or(item, |(dated, several)| {
        *assumed |= several;
        dated
    });
    let first = with_year(&item.a, plan, *before, assumed)?;
    if let Ok(day) = &first.1 {
        *before = Some((day.0.year(), day.0.month()));
    }
    let a = first.1.map_err(|kind| (kind, item.a.at.clone()))?;
    let Some(b) = &item.b else {
        let (from, to) = (Some(a.0), Some(a.1));
        return Ok(match item.join {
            Join::Deadline => Part { from: None, to },
            Join::From => Part { from, to: None },
            Join::Single | Join::Range => Part { from, to },
        });
    };
    let b_days = if b.year.is_none() && !matches!(b.unit, Unit::PlanEnd) {
        let year = if key(b.unit).0 < key(item.a.unit).0 {
            first.0 + 1
        } else {
            first.0
        };
        span(b.unit, Some(YearMark::Calendar(year)), plan)
    } else {
        span(b.unit, b.year, plan)
    };
    let b_days = b_days.map_err(|kind| (kind, b.at.clone()))?;
    *before = Some((b_days.1.year(), b_days.1.month()));
    if a.0 > b_days.1 {
        return Err((
            PeriodErrorKind::EmptyRange {
                from: a.0,
                to: b_days.1,
            },
            item.a.at.start..b.at.end,
        ));
    }
    Ok(Part {
        from: Some(a.0),
        to: Some(b_days.1),
    })
}

/// «август – сентябрь» in a plan from September to August: the year in which the work ends within the plan; and whether
/// there are several.
fn ends_within(
    item: &Item,
    plan: Option<&Plan>,
    before: Option<(i32, u32)>,
) -> Option<(Item, bool)> {
    let (plan, b) = (plan.filter(|p| p.from <= p.to)?, item.b.as_ref()?);
    if before.is_some() || item.a.year.is_some() || b.year.is_some() {
        return None;
    }
    let years = plan.from.year()..=plan.to.year().min(plan.from.year().saturating_add(50));
    let fitting: Vec<(Item, bool)> = years
        .filter_map(|year| {
            let mut dated = item.clone();
            dated.a.year = Some(YearMark::Calendar(year));
            let part = days(&dated, None, &mut None, &mut false).ok()?;
            let (from, to) = (part.from?, part.to?);
            let fits = to <= plan.to && to >= plan.from && from <= plan.to;
            fits.then_some((dated, from >= plan.from))
        })
        .collect();
    let several = fitting.len() > 1;
    // What begins within the plan too is meant before what had begun earlier.
    let whole = fitting.iter().position(|(_, whole)| *whole).unwrap_or(0);
    let (chosen, _) = fitting.into_iter().nth(whole)?;
    Some((chosen, several))
}

type Dated = (i32, Result<Span, PeriodErrorKind>);

/// The point's days, and the year it was given.
fn with_year(
    point: &Point,
    plan: Option<&Plan>,
    before: Option<(i32, u32)>,
    assumed: &mut bool,
) -> Result<Dated, Fault> {
    if let Some(mark) = point.year {
        let days = span(point.unit, Some(mark), plan);
        let year = match (&days, mark) {
            (Ok(days), _) => days.0.year(),
            (_, YearMark::Calendar(y) | YearMark::School(y)) => y,
        };
        return Ok((year, days));
    }
    if point.unit == Unit::PlanEnd {
        let days = span(point.unit, None, plan);
        let year = days.as_ref().map_or(0, |d| d.0.year());
        return Ok((year, days));
    }
    let Some(plan) = plan.filter(|p| p.from <= p.to) else {
        let Some((year, month)) = before else {
            return Err((PeriodErrorKind::NoYear, point.at.clone()));
        };
        let year = if key(point.unit).0 < month {
            year + 1
        } else {
            year
        };
        return Ok((year, span(point.unit, Some(YearMark::Calendar(year)), None)));
    };
    let on = |y: i32| span(point.unit, Some(YearMark::Calendar(y)), Some(plan));
    // A plan of centuries is a slip elsewhere; looking further would only cost time.
    let years = plan.from.year()..=plan.to.year().min(plan.from.year().saturating_add(50));
    let fitting: Vec<i32> = years
        .clone()
        .filter(|y| on(*y).is_ok_and(|days| overlaps(days, plan)))
        .collect();
    let choice = match (fitting.as_slice(), before) {
        ([only], _) => *only,
        // After a point with a year, time runs on.
        (several, Some((year, month))) => {
            let next = if key(point.unit).0 < month {
                year + 1
            } else {
                year
            };
            *assumed |= !several.contains(&next);
            next
        }
        // A plan from the last days of December holds hardly anything of that year's second half.
        ([first, ..], None) => {
            *assumed = true;
            let held = |y: &i32| {
                on(*y).map_or(0, |(from, to)| {
                    (to.min(plan.to) - from.max(plan.from)).num_days()
                })
            };
            match point.unit {
                Unit::Day { .. } | Unit::Month(_) => *first,
                _ => fitting
                    .iter()
                    .find(|y| on(**y).is_ok_and(|s| s.0 >= plan.from && s.1 <= plan.to))
                    .or_else(|| fitting.iter().max_by_key(|y| held(y)))
                    .copied()
                    .unwrap_or(*first),
            }
        }
        ([], None) => {
            *assumed |= plan.from.year() != plan.to.year();
            let apart = |y: &i32| {
                on(*y).map_or(i64::MAX, |(from, to)| {
                    (from - plan.to).num_days().max((plan.from - to).num_days())
                })
            };
            years.min_by_key(apart).unwrap_or(plan.from.year())
        }
    };
    Ok((choice, on(choice)))
}

/// «ежегодно, до 1 октября»: the same days in each year of the plan.
fn yearly(item: &Item, plan: Option<&Plan>) -> Result<Vec<Part>, Fault> {
    let Some(plan) = plan else {
        return Ok(Vec::new());
    };
    let mut parts = Vec::new();
    for year in plan.from.year()..=plan.to.year().min(plan.from.year().saturating_add(50)) {
        let mut dated = item.clone();
        dated.a.year = Some(YearMark::Calendar(year));
        let part = days(&dated, Some(plan), &mut None, &mut false)?;
        let (first, last) = (part.from.or(part.to), part.to.or(part.from));
        if first.is_some_and(|d| d <= plan.to) && last.is_some_and(|d| d >= plan.from) {
            parts.push(part);
        }
    }
    Ok(parts)
}

fn last_day(year: i32, month: u32) -> u32 {
    let next = if month >= 12 {
        NaiveDate::from_ymd_opt(year.saturating_add(1), 1, 1)
    } else {
        NaiveDate::from_ymd_opt(year, month + 1, 1)
    };
    next.and_then(|d| d.pred_opt()).map_or(31, |d| d.day())
}

fn day(year: i32, month: u32, day: u32) -> Result<NaiveDate, PeriodErrorKind> {
    if !(1..=12).contains(&month) {
        return Err(PeriodErrorKind::NoSuchMonth { month });
    }
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| PeriodErrorKind::NoSuchDate {
        day,
        month,
        year,
        last_day: last_day(year, month),
    })
}

fn months(year: i32, first: u32, last: u32) -> Result<Span, PeriodErrorKind> {
    Ok((day(year, first, 1)?, day(year, last, last_day(year, last))?))
}

fn up_to(number: u32, largest: u32) -> Result<u32, PeriodErrorKind> {
    if (1..=largest).contains(&number) {
        Ok(number)
    } else {
        Err(PeriodErrorKind::NoSuchPart { number, largest })
    }
}

fn span(unit: Unit, mark: Option<YearMark>, plan: Option<&Plan>) -> Result<Span, PeriodErrorKind> {
    if unit == Unit::PlanEnd && mark.is_none() {
        return plan.map(|p| (p.to, p.to)).ok_or(PeriodErrorKind::NoYear);
    }
    let Some(mark) = mark else {
        return Err(PeriodErrorKind::NoYear);
    };
    let year = match mark {
        YearMark::Calendar(year) => year,
        YearMark::School(start) => match unit {
            Unit::Year | Unit::YearThird(_) | Unit::PlanEnd => {
                return Ok((day(start, 9, 1)?, day(start + 1, 8, 31)?));
            }
            Unit::Half(n) => return span(Unit::SchoolHalf(n), Some(mark), plan),
            Unit::Season { first: 0, .. } => start + 1,
            _ if key(unit).0 >= 9 => start,
            _ => start + 1,
        },
    };
    match unit {
        Unit::Day { day: d, month } => day(year, month, d).map(|d| (d, d)),
        Unit::Month(month) => months(year, month, month),
        Unit::Decade { n, month } => {
            let n = up_to(n, 3)?;
            let last = if n == 3 {
                last_day(year, month)
            } else {
                n * 10
            };
            Ok((day(year, month, n * 10 - 9)?, day(year, month, last)?))
        }
        Unit::Term(n) => {
            let n = up_to(n, 4)?;
            let (first, last) = TERMS.get(n as usize).copied().unwrap_or((1, 12));
            months(year, first, last)
        }
        Unit::Week { n, month } => {
            let last = last_day(year, month);
            let (from, to) = match up_to(n.max(1), 5)? {
                _ if n == 0 => (last - 6, last),
                n => (n * 7 - 6, (n * 7).min(last)),
            };
            // February may have no fifth week.
            Ok((day(year, month, from.min(last))?, day(year, month, to)?))
        }
        Unit::MonthHalf { n, month } => match up_to(n, 2)? {
            1 => Ok((day(year, month, 1)?, day(year, month, 15)?)),
            _ => Ok((
                day(year, month, 16)?,
                day(year, month, last_day(year, month))?,
            )),
        },
        Unit::Quarter(n) => up_to(n, 4).and_then(|n| months(year, n * 3 - 2, n * 3)),
        Unit::Half(n) => up_to(n, 2).and_then(|n| months(year, n * 6 - 5, n * 6)),
        Unit::SchoolHalf(n) => match up_to(n, 2)? {
            1 => months(year, 9, 12),
            _ => months(year, 1, 5),
        },
        Unit::Season { first: 0, last } => {
            let end = months(year, last, last)?.1;
            Ok((day(year - 1, 12, 1)?, end))
        }
        Unit::Season { first, last } => months(year, first, last),
        Unit::YearThird(n) => up_to(n, 3).and_then(|n| months(year, n * 4 - 3, n * 4)),
        Unit::Year | Unit::PlanEnd => months(year, 1, 12),
        Unit::Bare(_) => Err(PeriodErrorKind::NotUnderstood),
    }
}

/// The day `count` days after `day`, at the calendar's end the last there is.
fn later(day: NaiveDate, count: u32) -> NaiveDate {
    day.checked_add_days(Days::new(count.into()))
        .unwrap_or(NaiveDate::MAX)
}
