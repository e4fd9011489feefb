//! The kinds of documents: their fields, and what all of them share.
//!
//! Takes parsed files; gives typed documents, generic over the stage. Must not know other documents than the one in
//! hand, nor pages.

pub mod bodies;
pub mod body;
pub mod common;
pub mod fields;
pub mod group;
pub mod head;
pub mod ids;
pub mod indicators;
pub mod kind;
pub mod order;
pub mod refs;
pub mod roadmap;
pub mod schedule;
pub mod section;
pub mod seminar;
pub mod shape;
pub mod site;
pub mod stage;
pub mod term;
pub mod text;
pub mod visit;

pub use body::Body;
pub use head::Head;
pub use ids::is_slug;
pub use kind::Kind;
pub use refs::{DocIndex, Target};
pub use stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};

/// One document of the site.
#[derive(Debug, Clone)]
pub struct Document<S: Stage> {
    pub head: Head<S>,
    pub body: Body<S>,
}
