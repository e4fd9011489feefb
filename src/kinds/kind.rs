//! The kinds of documents by name.

use super::shape::{Words, words};
use crate::document::decode::{Cx, Decode, choice};
use crate::document::yaml::Node;

/// The kinds of documents, in the order in which menus show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Section,
    Bodies,
    Order,
    Roadmap,
    Schedule,
    Seminar,
    Indicators,
    Group,
    News,
    Material,
    Document,
    Page,
}

impl Kind {
    pub const ALL: &'static [(&'static str, Kind)] = &[
        ("section", Kind::Section),
        ("bodies", Kind::Bodies),
        ("order", Kind::Order),
        ("roadmap", Kind::Roadmap),
        ("schedule", Kind::Schedule),
        ("seminar", Kind::Seminar),
        ("indicators", Kind::Indicators),
        ("group", Kind::Group),
        ("news", Kind::News),
        ("material", Kind::Material),
        ("document", Kind::Document),
        ("page", Kind::Page),
    ];

    /// The word in `kind:`.
    pub fn word(self) -> &'static str {
        Kind::ALL
            .iter()
            .find(|(_, k)| *k == self)
            .map_or("page", |(w, _)| w)
    }

    /// Whether documents of this kind are Markdown files.
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Kind::News | Kind::Material | Kind::Document | Kind::Page
        )
    }
}

words! {
    Kind => Words::Kind;
}

impl Decode for Kind {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        choice(node, field, Kind::ALL, cx)
    }
}
