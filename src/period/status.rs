//! How a measure stands on a given day.
//!
//! Takes a period, whether the measure is done (with evidence, the caller's business), the day and the plan;
//! gives one [`Status`]. Must not read a clock.
//!
//! Where the words name no day of their own («ежеквартально», «по отдельному графику»), the plan bounds them:
//! before it the measure is ahead, within it under way, after its last day its time has passed. That last is a
//! statement about the plan, whose end is a known day, and not about anyone's work: neither «идёт» nor
//! «предстоит» would be true then, and an editor who has the evidence sets the row right with `done`. Such a
//! measure is never «скоро срок»: the end of the plan is not its deadline. Without a plan it is under way.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::resolve::later;
use super::{Period, Plan};

/// State of a measure, in the order in which pages list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    Done,
    Overdue,
    DueSoon,
    UnderWay,
    Upcoming,
}

impl Status {
    pub const ALL: [Status; 5] = [
        Self::Done,
        Self::Overdue,
        Self::DueSoon,
        Self::UnderWay,
        Self::Upcoming,
    ];

    /// Word for scripts and style classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::DueSoon => "due-soon",
            Self::UnderWay => "under-way",
            Self::Upcoming => "upcoming",
        }
    }

    /// The words a reader sees.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "выполнено",
            Self::Overdue => "срок прошёл",
            Self::DueSoon => "скоро срок",
            Self::UnderWay => "идёт",
            Self::Upcoming => "предстоит",
        }
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Computes the state on `today`. Of several deadlines or dates the next one counts; only after the last has
/// the time passed.
pub fn status(
    period: &Period,
    done: bool,
    today: NaiveDate,
    plan: Option<&Plan>,
    due_soon_days: u32,
) -> Status {
    if done {
        return Status::Done;
    }
    if period.from.is_none() && period.to.is_none() {
        return match plan {
            Some(plan) if today < plan.from => Status::Upcoming,
            Some(plan) if today > plan.to => Status::Overdue,
            _ => Status::UnderWay,
        };
    }
    if period.to.is_some_and(|to| to < today) {
        return Status::Overdue;
    }
    let next = period
        .parts
        .iter()
        .filter_map(|p| p.to)
        .filter(|to| *to >= today)
        .min();
    if next.is_some_and(|to| to <= later(today, due_soon_days)) {
        return Status::DueSoon;
    }
    // A deadline has no first day of its own: it stays ahead until it is near.
    match period.from {
        Some(from) if from <= today => Status::UnderWay,
        _ => Status::Upcoming,
    }
}
