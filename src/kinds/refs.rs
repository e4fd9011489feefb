//! References: to documents, to rows of a roadmap, to files and the net.
//!
//! Takes words; gives what they were written as and where. Their targets are found in `model::check`.

use super::fields::{Reader, fields};
use super::ids::Id;
use super::shape::{Described, Type, Words, words};
use super::stage::{SchoolRef, Source, SourceNumber, Stage};
use crate::diag::Span;
use crate::document::decode::{Cx, Decode, Read, scalar};
use crate::document::yaml::Node;

/// Position of a document in `Model::documents`.
pub type DocIndex = usize;

/// A reference to a document: `1207-02` or `tula-2024/roadmap`.
#[derive(Debug, Clone)]
pub struct DocRef<S: Stage> {
    pub text: S::Written,
    pub at: Span,
    pub target: Option<DocIndex>,
}

/// A reference to a document that must be an order.
#[derive(Debug, Clone)]
pub struct OrderRef<S: Stage>(pub DocRef<S>);

impl<S: Stage> std::ops::Deref for OrderRef<S> {
    type Target = DocRef<S>;
    fn deref(&self) -> &DocRef<S> {
        &self.0
    }
}

fields! {
    /// A reference to a row of the section's roadmap by its printed number.
    pub struct RowRef<S> with at or Line in "no" seen by row {
        no: req S::Written, by RowNumber => "номер строки, как напечатан", live "3.1.";
        section: opt u32 => "который по счёту раздел дорожной карты, если номер в ней повторяется", live "3";
    } later {
        /// The roadmap and the position among its rows.
        target: Option<(DocIndex, usize)>,
    }
}

/// Where a link leads: another document, an attachment, another site.
#[derive(Debug, Clone)]
pub struct Link<S: Stage> {
    pub text: S::Written,
    pub at: Span,
    pub target: Option<Target>,
}

/// A resolved link.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Document(DocIndex, Option<Box<str>>),
    /// Position in `Model::attachments`.
    Attachment(usize),
    /// `https:`, `http:`, `mailto:`, `tel:`.
    Web(Box<str>),
}

/// Reads the number of a row that is referred to.
pub enum RowNumber {}

impl Reader<Box<str>> for RowNumber {
    const READ: Read<Box<str>> = Box::<str>::decode;
}

words! {
    Id => Words::Id;
    RowNumber => Words::Line;
    super::ids::Address => Words::Address;
}

macro_rules! refers {
    ($($name:ident => $words:expr;)*) => {
        $(impl<S: Stage> Described for $name<S> {
            const TYPE: Type = Type::Words($words);
        })*
    };
}

refers! {
    DocRef => Words::Document;
    OrderRef => Words::Document;
    Link => Words::Link;
}

impl Decode for DocRef<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(DocRef {
            text: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
            target: None,
        })
    }
}

impl Decode for OrderRef<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        DocRef::decode(node, field, cx).map(OrderRef)
    }
}

impl Decode for Link<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(Link {
            text: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
            target: None,
        })
    }
}

impl Decode for SchoolRef {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(SchoolRef {
            id: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
        })
    }
}

impl Decode for SourceNumber {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(SourceNumber {
            text: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
        })
    }
}
