//! The kinds of documents: their fields, and what all of them share.
//!
//! Takes parsed files; gives typed documents, generic over the stage. Must not know other documents than the one in
//! hand, nor pages.

pub mod common;
pub mod events;
pub mod ids;
pub mod indicators;
pub mod order;
pub mod roadmap;
pub mod section;
pub mod stage;
pub mod visit;

pub use common::{DocIndex, Head, Kind, Target};
pub use ids::is_slug;
pub use stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};

/// One document of the site.
#[derive(Debug, Clone)]
pub struct Document<S: Stage> {
    pub head: Head<S>,
    pub body: Body<S>,
}

/// What a document is, by kind.
#[derive(Debug, Clone)]
pub enum Body<S: Stage> {
    Section(section::Section<S>),
    Bodies(section::Bodies<S>),
    Order(order::Order<S>),
    Roadmap(roadmap::Roadmap<S>),
    Schedule(events::Schedule<S>),
    Seminar(events::Seminar<S>),
    Indicators(indicators::Indicators<S>),
    Group(section::Group<S>),
    Text(section::TextDocument<S>),
}
