//! What is found beside the fragments: the format, the pictures that only a person can clear, the parts that cannot
//! be read and why. Must not say it in words: that is for whoever prints it.

use crate::format::Format;

/// A picture that text cannot clear: it needs a review recorded by its content hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The part of the carrier it stands in; empty when the file itself is the picture.
    pub part: String,
    /// Of the picture's own bytes; for a page of a PDF, of the whole file.
    pub hash: blake3::Hash,
}

/// Why a part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No known format, and no text either.
    Unknown,
    /// A known format that nothing here reads (sound, film, databases, rarer archives).
    Unsupported,
    /// Protected by a password.
    Encrypted,
    /// Damaged, or written so that its parts contradict each other.
    Malformed,
    /// Larger than the limits allow.
    TooLarge,
    /// Inflates beyond the limits.
    Bomb,
    /// Nested deeper than the limits allow.
    TooDeep,
    /// More entries than the limits allow.
    TooManyEntries,
    /// More fragments than the limits allow.
    TooManyFragments,
    /// Entries of an archive share bytes.
    Overlap,
    /// Bytes that belong to no part of the format: something may be hidden there.
    Stowaway,
    /// Text whose letters cannot be told from its glyphs.
    Unmapped,
    /// A format of before 2007, of which only runs of letters can be seen.
    Legacy,
}

/// A part that cannot be read, and must therefore not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The part of the carrier; empty when it is the file itself.
    pub part: String,
    pub reason: Reason,
}

/// What was found beside the fragments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    pub format: Format,
    pub pictures: Vec<Picture>,
    pub unreadable: Vec<Unreadable>,
    /// Parts that are pictures and could not be recognised, where somebody was to recognise them.
    pub blind: Vec<String>,
    /// Some picture in it records where it was taken.
    pub location: bool,
}
