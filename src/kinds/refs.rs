//! References: to documents, to rows of a roadmap, to files and the net.
//!
//! Takes words; gives what they were written as and where. Their targets are found in `model::check`.

use std::marker::PhantomData;

use super::fields::{Reader, fields};
use super::ids::Id;
use super::shape::{Described, Type, Words, words};
use super::stage::{SchoolRef, Source, SourceNumber, Stage};
use super::{Kind, each_kind};
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

/// A reference to a document that must be of the kind `K`, one of [`to`].
#[derive(Debug, Clone)]
pub struct RefTo<S: Stage, K> {
    pub document: DocRef<S>,
    kind: PhantomData<K>,
}

/// A reference to a document that must be an order.
pub type OrderRef<S> = RefTo<S, to::Order>;

impl<S: Stage, K> From<DocRef<S>> for RefTo<S, K> {
    fn from(document: DocRef<S>) -> Self {
        RefTo {
            document,
            kind: PhantomData,
        }
    }
}

impl<S: Stage, K> std::ops::Deref for RefTo<S, K> {
    type Target = DocRef<S>;
    fn deref(&self) -> &DocRef<S> {
        &self.document
    }
}

/// A kind as a type.
pub trait OfKind {
    const KIND: Kind;
}

macro_rules! kinds {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        /// Each kind as a type, for references.
        pub mod to {
            use super::{Kind, OfKind};

            kinds!(each $($kind)* $($text)*);
        }
    };
    (each $($kind:ident)*) => {
        $(
            #[derive(Debug, Clone, Copy)]
            pub enum $kind {}

            impl OfKind for $kind {
                const KIND: Kind = Kind::$kind;
            }
        )*
    };
}
each_kind!(kinds);

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
    super::ids::Folder => Words::Id;
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
    Link => Words::Link;
}

impl<S: Stage, K> Described for RefTo<S, K> {
    const TYPE: Type = DocRef::<S>::TYPE;
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

impl<K> Decode for RefTo<Source, K> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        DocRef::decode(node, field, cx).map(RefTo::from)
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
            text: crate::text::loose(scalar(node, field, cx)?.text.trim()).into(),
            at: node.at,
        })
    }
}
