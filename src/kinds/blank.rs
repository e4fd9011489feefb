//! Source files as forms to fill in: what each kind's file is, where it lies, what a new one says.
//!
//! Takes nothing; gives the type [`Blank`]; all that there are stand in `kinds::blanks`.

use super::Kind;
use super::head::HeadForm;
use super::shape::{Field, Shape, Shaped};

/// What the place of a section's file begins with.
pub const SECTION: &str = "content/ПАПКА-РАЗДЕЛА/";

/// What free text of a new source stands in until somebody has replaced it.
pub const MARKS: (char, char) = ('‹', '›');

/// Text as a new source has it.
pub fn in_marks(text: &str) -> String {
    format!("{}{text}{}", MARKS.0, MARKS.1)
}

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
}
