//! The states, with the words for scripts and for readers.

use serde::{Serialize, Serializer};

/// State of a measure, in the order in which pages list them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    Done,
    /// Only where progress is kept.
    Overdue,
    /// Its time has passed and nobody has recorded anything: neutral.
    NoRecord,
    DueSoon,
    UnderWay,
    Upcoming,
}

impl Status {
    pub const ALL: [Status; 6] = [
        Self::Done,
        Self::Overdue,
        Self::NoRecord,
        Self::DueSoon,
        Self::UnderWay,
        Self::Upcoming,
    ];

    /// Word for scripts and style classes.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Overdue => "overdue",
            Self::NoRecord => "no-record",
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
            Self::NoRecord => "нет записи",
            Self::DueSoon => "скоро срок",
            Self::UnderWay => "идёт",
            Self::Upcoming => "предстоит",
        }
    }

    /// Whether its time has passed without a record.
    pub fn is_missed(self) -> bool {
        matches!(self, Self::Overdue | Self::NoRecord)
    }
}

impl Serialize for Status {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
