//! Source files as forms to fill in: what each kind's file is, where it lies, what a new one says.
//!
//! Takes nothing; gives a [`Blank`] for each kind, for the settings and for the registry.

use super::head::HeadForm;
use super::shape::{Field, Shape, Shaped};
use super::{Kind, each_kind, registry, site, text};

/// What the place of a section's file begins with.
pub const SECTION: &str = "content/ПАПКА-РАЗДЕЛА/";

/// A source file before it is written.
#[derive(Debug)]
pub struct Blank {
    /// What it is called on the command line; the word in `kind:`, where it has one.
    pub word: &'static str,
    /// What it is, in a phrase.
    pub about: &'static str,
    /// Where such a file may lie, below ROOT.
    pub file: &'static str,
    /// Fields of all documents that a new one has before its own: name and value; without a value, as a comment.
    pub head: &'static [(&'static str, &'static str)],
    /// Its own fields.
    pub shape: fn() -> &'static Shape,
    /// Which of them it has; otherwise all.
    pub own: Option<&'static [&'static str]>,
    pub published: Option<&'static str>,
    /// What stands below the fields of a Markdown file.
    pub text: Option<&'static str>,
    /// What its description needs to say beside its fields, in Markdown.
    pub notes: &'static str,
}

impl Blank {
    /// The kind that it is a blank of.
    pub fn kind(&self) -> Option<Kind> {
        Kind::of(self.word)
    }

    /// The fields that it may have: those of all documents, if it is one, and its own.
    pub fn fields(&self) -> impl Iterator<Item = &'static Field> {
        let shared: &[Field] = match self.kind() {
            Some(_) => HeadForm::SHAPE.fields,
            None => &[],
        };
        shared.iter().chain((self.shape)().fields)
    }

    /// The blank of a word.
    pub fn of(word: &str) -> Option<&'static Blank> {
        Blank::each().find(|blank| blank.word == word)
    }

    /// All blanks: of the settings, the registry, and the kinds in their order.
    pub fn each() -> impl Iterator<Item = &'static Blank> {
        [&site::BLANK, &registry::BLANK]
            .into_iter()
            .chain(Kind::each().map(Kind::blank))
    }
}

macro_rules! blanks {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        impl Kind {
            pub fn blank(self) -> &'static Blank {
                match self {
                    $(Kind::$kind => &super::$word::BLANK,)*
                    $(Kind::$text => &text::$text_about,)*
                }
            }
        }
    };
}
each_kind!(blanks);
