//! What may stand in a source, as data: fields with their need, meaning and example.
//!
//! Takes nothing; gives [`Shape`]s, from which samples, schemas, the documentation and forms are made. The shapes are
//! written by [`super::fields`] beside the types that they describe. Must not read or write anything.

use chrono::NaiveDate;

use crate::document::decode::Names;

/// The fields of one map.
#[derive(Debug)]
pub struct Shape {
    /// The type's own name: one shape, one name.
    pub name: &'static str,
    pub fields: &'static [Field],
    /// The names of the fields, in the same order.
    pub names: Names,
    pub choose: Option<Choose>,
    /// What fields of other names hold, where it may have any.
    pub rest: Option<Type>,
}

/// Fields of which some must be there though none of them must.
#[derive(Debug, Clone, Copy)]
pub enum Choose {
    /// At least one.
    Any(&'static [&'static str]),
    /// Exactly one.
    One(&'static [&'static str]),
}

/// One field.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    /// A list; where [`Type::words`] may stand for an item, a single one may stand for the list.
    pub many: bool,
    /// Of a list: a single one may stand for it, words or not.
    pub alone: bool,
    pub is: Type,
    /// What it means, for people who write sources.
    pub means: &'static str,
    /// As it may be written, in YAML; of a list its items.
    pub example: &'static [&'static str],
    pub shown: Shown,
}

/// What a new source has of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The field with its example, which has to be replaced.
    Live,
    /// The field with its example, which may stay as it is.
    Keep,
    /// The same as a comment.
    Comment,
    /// Nothing; the documentation has it.
    Docs,
    /// Nothing, and the documentation neither: it is read because older sources have it.
    Never,
    /// What the fields below it have, or nothing where there are none and it need not be there.
    Plain,
}

impl Shown {
    /// Whether a new source has the field.
    pub const fn is_live(self) -> bool {
        matches!(self, Shown::Live | Shown::Keep)
    }

    /// By the word of a declaration.
    pub const fn of(word: &str) -> Self {
        match word.as_bytes() {
            b"live" => Shown::Live,
            b"keep" => Shown::Keep,
            b"eg" => Shown::Comment,
            b"docs" => Shown::Docs,
            b"never" => Shown::Never,
            _ => Shown::Plain,
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub enum Type {
    Words(Words),
    Map(fn() -> &'static Shape),
    /// Words, or a map that says more.
    Either(Words, fn() -> &'static Shape),
    /// Any names with values of one sort: what the names are, and the values.
    Pairs(Words, Words),
}

/// What sort of words.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    /// One line of text.
    Line,
    /// Text with simple Markdown.
    Markdown,
    /// Words of the document that mean a time.
    Period,
    /// LaTeX, without dollar signs.
    Formula,
    /// `2025-01-15`
    Date,
    Flag,
    Whole,
    Decimal,
    Year,
    /// Lower-case Latin letters, digits, hyphens.
    Id,
    /// A page's own address.
    Address,
    /// An id of a document, perhaps with its section.
    Document,
    /// A path of a source or file, or an address on the net.
    Link,
    /// The address of a site.
    Site,
    /// An id of the registry.
    School,
    /// The word of a kind.
    Kind,
    Choice(&'static [Choice]),
}

/// One of a fixed set of words.
#[derive(Debug)]
pub struct Choice {
    pub word: &'static str,
    /// Empty where the word says it.
    pub means: &'static str,
}

/// A value that a source may hold. It is described once for both stages.
pub trait Described {
    const TYPE: Type;
}

/// A map that a source may hold.
pub trait Shaped {
    const SHAPE: &'static Shape;

    fn shape() -> &'static Shape {
        Self::SHAPE
    }
}

impl Shape {
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.name == name)
    }
}

impl Type {
    pub fn words(self) -> Option<Words> {
        match self {
            Type::Words(words) | Type::Either(words, _) => Some(words),
            Type::Map(_) | Type::Pairs(..) => None,
        }
    }

    pub fn shape(self) -> Option<&'static Shape> {
        match self {
            Type::Map(shape) | Type::Either(_, shape) => Some(shape()),
            Type::Words(_) | Type::Pairs(..) => None,
        }
    }
}

/// Describes types that are words of one sort.
macro_rules! words {
    ($($ty:ty => $words:expr;)*) => {
        $(impl $crate::kinds::shape::Described for $ty {
            const TYPE: $crate::kinds::shape::Type = $crate::kinds::shape::Type::Words($words);
        })*
    };
}
pub(crate) use words;

words! {
    Box<str> => Words::Line;
    NaiveDate => Words::Date;
    bool => Words::Flag;
    u32 => Words::Whole;
    f64 => Words::Decimal;
}
