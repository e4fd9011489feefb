//! Documents are written once and exist in two stages: as read, and as they may be published.
//!
//! `Source` is defined here; `Public` in `disclosure`, the only room that can turn one into the other.

use std::fmt::Debug;
use std::ops::Deref;

use super::fields::{Reader, fields};
use super::shape::{Described, Shaped, Type, Words, words};
use crate::diag::Span;
use crate::document::decode::{Cx, Decode, Read, scalar};
use crate::document::yaml::{Node, Value};
use crate::text::loose;

/// What texts and schools are at a stage of the way.
pub trait Stage {
    /// One line of plain text.
    type Text: Debug + Clone + Send + Sync + Described;
    /// Text with Markdown in it: a cell, a clause, a whole page.
    type Markup: Debug + Clone + Send + Sync + Described;
    /// A school of the registry.
    type School: Debug + Clone + Send + Sync + Described;
    /// A number as printed: of a row, of a clause.
    type Number: Debug + Clone + Send + Sync + Described + Deref<Target = str>;
    /// How a reference was written: there to find its target and to be told in findings, and gone in public.
    type Written: Debug + Clone + Send + Sync;
}

/// As read: text with its place, schools as references into the registry.
#[derive(Debug, Clone, Copy)]
pub enum Source {}

impl Stage for Source {
    type Text = SourceText;
    type Markup = SourceMarkup;
    type School = SchoolRef;
    type Number = SourceNumber;
    type Written = Box<str>;
}

/// Text as written by the editor.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceText {
    pub text: Box<str>,
    /// Where the text begins; for a block scalar or a Markdown body, where the block begins.
    pub at: Span,
    /// The words are a mistake of the original and stay; the note that explains it, perhaps empty.
    pub sic: Option<Box<str>>,
}

/// Text that may hold Markdown: a type of its own, because it becomes something else in public.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SourceMarkup {
    pub words: SourceText,
    /// A text of its own, written as Markdown; otherwise a cell or clause, whose lines and markers stay as printed.
    pub prose: bool,
}

impl std::ops::Deref for SourceMarkup {
    type Target = SourceText;
    fn deref(&self) -> &SourceText {
        &self.words
    }
}

/// A school named by its id in the registry.
#[derive(Debug, Clone, PartialEq)]
pub struct SchoolRef {
    pub id: Box<str>,
    pub at: Span,
}

impl Described for SourceText {
    const TYPE: Type = Type::Either(Words::Line, TextForm::shape);
}

impl Described for SourceMarkup {
    const TYPE: Type = Type::Either(Words::Markdown, TextForm::shape);
}

words! {
    SchoolRef => Words::School;
    SourceNumber => Words::Line;
}

/// A printed number as written by the editor; it may hold more than a number.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceNumber {
    pub text: Box<str>,
    pub at: Span,
}

impl Deref for SourceNumber {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

fields! {
    /// Words of the original that are a mistake and stay.
    pub struct TextForm or Line in "text" {
        text: req At<Box<str>> => "слова документа", live "…";
        sic: def bool => "в документе ошибка: слова публикуются как есть и помечаются", live "true";
        note: opt Box<str> => "пояснение к ошибке", live "пояснение";
    }
}

/// A value with its place.
#[derive(Debug, Clone)]
pub struct At<T> {
    pub is: T,
    pub at: Span,
}

impl<T: Described> Described for At<T> {
    const TYPE: Type = T::TYPE;
}

impl<T: Decode> Decode for At<T> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(At {
            is: T::decode(node, field, cx)?,
            at: node.at,
        })
    }
}

impl Decode for SourceText {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        // Most texts are words alone.
        if !matches!(node.value, Value::Map(_)) {
            return Some(SourceText {
                text: loose(scalar(node, field, cx)?.text.trim_end()).into(),
                at: node.at,
                sic: None,
            });
        }
        let form = TextForm::decode(node, field, cx)?;
        Some(said(
            SourceText {
                text: loose(&form.text.is).into(),
                at: form.text.at,
                sic: None,
            },
            form.sic,
            form.note,
        ))
    }
}

/// The text, marked as a mistake of the original where it is one.
pub fn said(mut text: SourceText, sic: bool, note: Option<Box<str>>) -> SourceText {
    if sic {
        text.sic = Some(note.unwrap_or_default());
    }
    text
}

impl Decode for SourceMarkup {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        SourceText::decode(node, field, cx).map(SourceMarkup::from)
    }
}

impl From<SourceText> for SourceMarkup {
    fn from(text: SourceText) -> Self {
        SourceMarkup {
            words: text,
            prose: false,
        }
    }
}

/// Reads a text of several paragraphs as Markdown.
pub enum Prose {}

impl Described for Prose {
    const TYPE: Type = SourceMarkup::TYPE;
}

impl Reader<SourceMarkup> for Prose {
    const READ: Read<SourceMarkup> = |node, field, cx| {
        let text = SourceText::decode(node, field, cx)?;
        Some(SourceMarkup {
            words: text,
            prose: true,
        })
    };
}
