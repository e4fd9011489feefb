//! How far things have come: the state of what a term asks for, and how many of each there are.
//!
//! Takes terms and the day; gives states and counts. Must not know a book.

use chrono::NaiveDate;

use super::view::Progress;
use crate::disclosure::Public;
use crate::kinds::term::Term;
use crate::period::{self, Part, Period, PeriodKind, Plan, Status};

/// State of what the term asks for, on a day.
pub fn state(
    term: Option<&Term<Public>>,
    done: bool,
    plan: Option<&Plan>,
    today: NaiveDate,
    due_soon_days: u32,
) -> Option<Status> {
    if done {
        return Some(Status::Done);
    }
    let term = term?;
    let period = Period {
        text: String::new(),
        kind: term.kind.unwrap_or(PeriodKind::Schedule),
        from: term.from,
        to: term.to,
        parts: term
            .parts
            .iter()
            .map(|(from, to)| Part {
                from: *from,
                to: *to,
            })
            .collect(),
        years: None,
        assumed: false,
    };
    Some(period::status(&period, false, today, plan, due_soon_days))
}

/// Counts states. A row without a period (one that only heads others) counts as under way.
pub fn progress(states: &[Option<Status>]) -> Progress {
    let count = |wanted| states.iter().filter(|s| **s == Some(wanted)).count();
    let total = states.len();
    let done = count(Status::Done);
    Progress {
        total,
        done,
        overdue: count(Status::Overdue),
        due_soon: count(Status::DueSoon),
        under_way: count(Status::UnderWay),
        upcoming: count(Status::Upcoming),
        percent: (done * 100).checked_div(total).unwrap_or(0),
        words: format!("выполнено {done} из {total}"),
    }
}
