//! The state of a whole and of each of its occurrences.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::occurrences::{Time, times};
use super::{Asked, Ground, Occurrence, Record, Standing, Status};
use crate::period::PeriodKind;

/// How what is asked stands. Without anything asked, or without a day to count from, only a record says something.
pub fn standing(
    asked: Option<&Asked<'_>>,
    records: &[Record],
    ground: &Ground<'_>,
) -> Option<Standing> {
    let recorded = records.iter().any(|r| r.counts(ground.today));
    let whole = |status| Standing {
        status,
        occurrences: Vec::new(),
        astray: Vec::new(),
    };
    let Some(asked) = asked else {
        return recorded.then(|| whole(Status::Done));
    };
    // What is counted from an event stands nowhere until the event has a day, and none may be invented.
    if asked.is_counted() && !recorded {
        return None;
    }
    let times = times(asked, ground.plan);
    if times.is_empty() {
        return Some(whole(single(asked, recorded, ground)));
    }
    let (held, astray) = share(&times, records, asked, ground.today);
    let occurrences: Vec<Occurrence> = times
        .iter()
        .zip(held)
        .map(|(time, records)| Occurrence {
            from: time.0,
            to: time.1,
            due: due(time.1, asked.day),
            status: state(time, !records.is_empty(), asked, ground),
            records,
        })
        .collect();
    Some(Standing {
        status: worst(&occurrences),
        occurrences,
        astray,
    })
}

/// Which records belong to which time, and which to none.
fn share(
    times: &[Time],
    records: &[Record],
    asked: &Asked<'_>,
    today: NaiveDate,
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut held = vec![Vec::new(); times.len()];
    let mut astray = Vec::new();
    for (n, record) in records.iter().enumerate() {
        let own = owners(times, record, asked.day);
        if own.is_empty() {
            astray.push(n);
        }
        if record.counts(today) {
            for at in own {
                if let Some(held) = held.get_mut(at) {
                    held.push(n);
                }
            }
        }
    }
    (held, astray)
}

/// The times that a record belongs to.
fn owners(times: &[Time], record: &Record, day: Option<u32>) -> Vec<usize> {
    if let Some((from, to)) = record.of {
        let covers = |time: &Time| match time.0 {
            None => from <= time.1 && time.1 <= to,
            Some(begin) => {
                let inside = (to.min(time.1) - from.max(begin)).num_days() + 1;
                inside > 0 && inside * 2 > (time.1 - begin).num_days()
            }
        };
        // «10 марта» names a day of the month of March that is asked for.
        let within = |time: &Time| time.0.is_some_and(|begin| begin <= from) && to <= time.1;
        let all = times.iter().enumerate();
        return all
            .filter(|(_, time)| covers(time) || within(time))
            .map(|(n, _)| n)
            .collect();
    }
    let Some(date) = record.date else {
        return Vec::new();
    };
    // Of deadlines the next one, else the last; of stretches the last that had begun, else the first.
    let deadline = day.is_some() || times.iter().any(|(from, _)| from.is_none());
    let at = if deadline {
        times
            .iter()
            .position(|(_, to)| date <= due(*to, day))
            .unwrap_or(times.len() - 1)
    } else {
        let begun = times
            .iter()
            .rposition(|(from, _)| from.is_some_and(|f| f <= date));
        begun.unwrap_or(0)
    };
    vec![at]
}

fn state(time: &Time, done: bool, asked: &Asked<'_>, ground: &Ground<'_>) -> Status {
    let (from, to) = *time;
    let due = due(to, asked.day);
    if done {
        return Status::Done;
    }
    if due < ground.today {
        return ground.missed(asked.sic);
    }
    // A month that comes every month is not «soon» from its first day on.
    let own = from.filter(|_| asked.kind.is_some_and(PeriodKind::is_open));
    let soon = match own.and_then(|from| u32::try_from((to - from).num_days() / 3).ok()) {
        Some(third) => ground.due_soon_days.min(third),
        None => ground.due_soon_days,
    };
    if due <= later(ground.today, soon) {
        return Status::DueSoon;
    }
    match from {
        Some(from) if from <= ground.today => Status::UnderWay,
        _ => Status::Upcoming,
    }
}

/// The last day of a time, or the day of the month after it.
fn due(to: NaiveDate, day: Option<u32>) -> NaiveDate {
    let Some(day) = day else { return to };
    let next = to
        .with_day(1)
        .and_then(|first| first.checked_add_months(Months::new(1)));
    // A month that has no such day ends earlier.
    let days = (0..4).filter_map(|less| next?.with_day(day.checked_sub(less)?));
    days.max().unwrap_or(to)
}

/// The whole by its occurrences.
fn worst(occurrences: &[Occurrence]) -> Status {
    let any = |status| occurrences.iter().any(|o| o.status == status);
    if occurrences.iter().all(|o| o.status == Status::Done) {
        return Status::Done;
    }
    for status in [
        Status::Overdue,
        Status::NoRecord,
        Status::DueSoon,
        Status::UnderWay,
    ] {
        if any(status) {
            return status;
        }
    }
    // Some are done and the others ahead: it goes on.
    if any(Status::Done) {
        Status::UnderWay
    } else {
        Status::Upcoming
    }
}

/// What is asked for once.
fn single(asked: &Asked<'_>, recorded: bool, ground: &Ground<'_>) -> Status {
    let (today, plan) = (ground.today, ground.plan);
    let lasts = matches!(
        asked.kind,
        Some(PeriodKind::Constant | PeriodKind::Daily | PeriodKind::Weekly | PeriodKind::AsNeeded)
    );
    let bounded = asked.to.is_some() || plan.is_some();
    let over = asked
        .to
        .or_else(|| plan.map(|p| p.to))
        .is_some_and(|last| last < today);
    if recorded && (!lasts || (bounded && over)) {
        return Status::Done;
    }
    // Words that name no day, or a day that is a mistake: the plan bounds them, and its end is no deadline of theirs.
    if asked.sic || (asked.from.is_none() && asked.to.is_none()) {
        return match plan {
            Some(plan) if today < plan.from => Status::Upcoming,
            // What is done as needed may never have been needed.
            Some(plan) if today > plan.to => {
                ground.missed(asked.sic || asked.kind == Some(PeriodKind::AsNeeded))
            }
            _ => Status::UnderWay,
        };
    }
    if asked.to.is_some_and(|to| to < today) {
        return ground.missed(false);
    }
    let parts = asked.parts.iter().filter_map(|(_, to)| *to);
    let next = parts.filter(|to| *to >= today).min().or(asked.to);
    if next.is_some_and(|to| to <= later(today, ground.due_soon_days)) {
        return Status::DueSoon;
    }
    // A deadline has no first day of its own: it stays ahead until it is near.
    match asked.from {
        Some(from) if from <= today => Status::UnderWay,
        _ => Status::Upcoming,
    }
}

/// The day `count` days after `day`, at the calendar's end the last there is.
fn later(day: NaiveDate, count: u32) -> NaiveDate {
    day.checked_add_days(Days::new(count.into()))
        .unwrap_or(NaiveDate::MAX)
}
