//! What becomes of a place where a school of the registry could be meant: it is named, it may be meant, or a reason of
//! the closed list clears it.
//!
//! Must not hold a name: ids, places and fixed words only.

use std::ops::Range;

use super::mention::{Certainty, Reason};
use super::rule::Rule;
use crate::registry::SchoolId;

/// Why a place where a school could be meant names it not. The list is closed: whatever no reason of it fits stays a
/// finding. All but [`ClearReason::AnotherPlace`] of a bare number must stand in the mention's own phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClearReason {
    AnotherNumber,
    NoSchool,
    AnotherKind,
    AnotherPlace,
    PublicSchool,
    AnotherPerson,
    SurnameAlone,
    AnotherName,
    ManySchools,
    EverydayWord,
    NoSchoolNear,
}

impl ClearReason {
    pub const ALL: [ClearReason; 11] = [
        ClearReason::AnotherNumber,
        ClearReason::NoSchool,
        ClearReason::AnotherKind,
        ClearReason::AnotherPlace,
        ClearReason::PublicSchool,
        ClearReason::AnotherPerson,
        ClearReason::SurnameAlone,
        ClearReason::AnotherName,
        ClearReason::ManySchools,
        ClearReason::EverydayWord,
        ClearReason::NoSchoolNear,
    ];

    /// Stable word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            ClearReason::AnotherNumber => "another-number",
            ClearReason::NoSchool => "no-school",
            ClearReason::AnotherKind => "another-kind",
            ClearReason::AnotherPlace => "another-place",
            ClearReason::PublicSchool => "public-school",
            ClearReason::AnotherPerson => "another-person",
            ClearReason::SurnameAlone => "surname-alone",
            ClearReason::AnotherName => "another-name",
            ClearReason::ManySchools => "many-schools",
            ClearReason::EverydayWord => "everyday-word",
            ClearReason::NoSchoolNear => "no-school-near",
        }
    }
}

/// How the guard judged one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    Named,
    Ambiguous(Reason),
    Cleared(ClearReason),
}

impl Verdict {
    /// Stable word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Named => "named",
            Verdict::Ambiguous(_) => "ambiguous",
            Verdict::Cleared(_) => "cleared",
        }
    }

    /// The reason's stable word; a name that leaves no doubt needs none.
    pub fn reason(self) -> Option<&'static str> {
        match self {
            Verdict::Named => None,
            Verdict::Ambiguous(reason) => Some(reason.as_str()),
            Verdict::Cleared(reason) => Some(reason.as_str()),
        }
    }
}

impl From<Certainty> for Verdict {
    fn from(certainty: Certainty) -> Self {
        match certainty {
            Certainty::Certain => Verdict::Named,
            Certainty::Ambiguous(reason) => Verdict::Ambiguous(reason),
        }
    }
}

/// One judged place, for `audit --explain`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Index into the fragments that were scanned.
    pub fragment: usize,
    /// Bytes of that fragment's text.
    pub span: Range<usize>,
    pub school: SchoolId,
    pub rule: Rule,
    /// Fixed words for what spoke for and against: `place:here`, `number:missing`.
    pub evidence: Vec<&'static str>,
    pub verdict: Verdict,
}
