//! What the guard says: a mention of a protected school, without its name.

use std::ops::Range;

use super::morph::GrammaticalCase;
use crate::registry::SchoolId;

/// By what a school was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The adjective or own name of the school.
    Name,
    Number,
    Namesake,
    /// The settlement with a word for a school.
    Settlement,
    Person,
    Phone,
    Email,
    Site,
    Inn,
    Ogrn,
    Address,
}

impl Class {
    /// Stable word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::Name => "name",
            Class::Number => "number",
            Class::Namesake => "namesake",
            Class::Settlement => "settlement",
            Class::Person => "person",
            Class::Phone => "phone",
            Class::Email => "email",
            Class::Site => "site",
            Class::Inn => "inn",
            Class::Ogrn => "ogrn",
            Class::Address => "address",
        }
    }
}

/// Why the context could not decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No municipality in sight, and the wording fits schools of several.
    NoPlace,
    /// Several protected schools fit.
    SeveralSchools,
    /// A school that may be named fits as well.
    PublicNamesake,
    /// The school's name has a number that is not given here.
    NumberMissing,
    /// The name stands without a word for a school.
    NameAlone,
    /// A surname without initials beside a post.
    SurnameOnly,
    /// The kind of school differs from the registry's.
    OtherKind,
    /// The kind alone tells: the registry knows one such school in this place.
    SoleKind,
    /// The name is one slip of the hand away from the registry's.
    Misspelt,
    /// The name is the school's, but the text speaks of another place.
    OtherPlace,
    /// A number without its sign stands beside the name; it may be another school's.
    NumberBeside,
    /// Nothing but the stem of a name near a word for a school.
    StemNear,
    /// Another post stands beside the name of a school's head.
    OtherPost,
}

impl Reason {
    pub const ALL: [Reason; 13] = [
        Reason::NoPlace,
        Reason::SeveralSchools,
        Reason::PublicNamesake,
        Reason::NumberMissing,
        Reason::NameAlone,
        Reason::SurnameOnly,
        Reason::OtherKind,
        Reason::SoleKind,
        Reason::Misspelt,
        Reason::OtherPlace,
        Reason::NumberBeside,
        Reason::StemNear,
        Reason::OtherPost,
    ];

    /// Stable word for reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::NoPlace => "no-place",
            Reason::SeveralSchools => "several-schools",
            Reason::PublicNamesake => "public-namesake",
            Reason::NumberMissing => "number-missing",
            Reason::NameAlone => "name-alone",
            Reason::SurnameOnly => "surname-only",
            Reason::OtherKind => "other-kind",
            Reason::SoleKind => "sole-kind",
            Reason::Misspelt => "misspelt",
            Reason::OtherPlace => "other-place",
            Reason::NumberBeside => "number-beside",
            Reason::StemNear => "stem-near",
            Reason::OtherPost => "other-post",
        }
    }
}

/// How sure the guard is. Both are findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    Certain,
    Ambiguous(Reason),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Number {
    Singular,
    Plural,
}

/// A place in the text where a protected school can be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into the fragments that were scanned.
    pub fragment: usize,
    /// Bytes in that fragment's text: legal form, kind, quotes, number and namesake included.
    pub span: Range<usize>,
    /// The school; several where the context leaves more than one.
    pub schools: Vec<SchoolId>,
    pub class: Class,
    pub certainty: Certainty,
    /// The grammatical case in which it stands, where that is plain.
    pub case: Option<GrammaticalCase>,
    pub number: Number,
    /// The whole enumeration, when every member of it is protected: «школы № 3 и 14».
    pub whole: Option<Range<usize>>,
}

impl Mention {
    /// Whether another adds nothing to it: it stands inside it, of the same schools or less sure.
    pub(crate) fn covers(&self, other: &Mention) -> bool {
        self.fragment == other.fragment
            && self.span.start <= other.span.start
            && other.span.end <= self.span.end
            && (other.schools.iter().all(|s| self.schools.contains(s))
                || other.certainty >= self.certainty)
    }

    /// Whether it is of a school that may be named here. Words that fit several schools are read, in a school's own
    /// tab, as that school.
    pub fn is_of(&self, own: &[&str]) -> bool {
        let allowed = |id: &SchoolId| own.contains(&id.as_str());
        match self.certainty {
            Certainty::Certain => self.schools.iter().all(allowed),
            Certainty::Ambiguous(_) => self.schools.iter().any(allowed),
        }
    }
}
