//! Typed documents: what the sources mean.
//!
//! Takes parsed files; gives a [`Model`] of the whole site in the stage `Source`, with every reference resolved, and
//! all findings of all files. Steps: [`read`] one file at a time (in parallel), then [`check`] what holds between them.
//! Must not format anything for readers.

pub mod address;
pub mod check;
pub mod links;
pub mod read;
pub mod unread;

use std::sync::Arc;

pub use crate::kinds::{
    Body, DocIndex, Document, Head, Kind, SchoolRef, Source, SourceMarkup, SourceText, Stage,
    Target, common, indicators, is_slug, order, roadmap, stage, visit,
};
pub use crate::period;

/// Schedules and seminars.
pub mod events {
    pub use crate::kinds::schedule::{Schedule, ScheduleRow, ScheduleType};
    pub use crate::kinds::seminar::{AgendaItem, Seminar};
}

/// What a section is made of.
pub mod section {
    pub use crate::kinds::bodies::{Bodies, Body, spelling};
    pub use crate::kinds::group::Group;
    pub use crate::kinds::section::{Contacts, Level, Section};
    pub use crate::kinds::site::{Neutral, Publisher, Site};
    pub use crate::kinds::text::TextDocument;
}
/// A file that is published as it is.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Relative to ROOT.
    pub path: Arc<str>,
    pub full: std::path::PathBuf,
    pub len: u64,
    /// Below the site's root, without a leading slash.
    pub address: Box<str>,
}

/// Everything that was read, checked.
#[derive(Debug, Clone)]
pub struct Model {
    pub site: section::Site,
    /// In the order of their paths; drafts are gone.
    pub documents: Vec<Document<Source>>,
    pub attachments: Vec<Attachment>,
    /// Folders of the sections in the order in which they are shown.
    pub sections: Vec<Arc<str>>,
    /// Address of each document's page, `/tula-2024/roadmap/`; `None` for what has no page.
    pub addresses: Vec<Option<Box<str>>>,
    /// Links inside Markdown, resolved: (document, destination as written) → target.
    pub links: std::collections::BTreeMap<(DocIndex, Box<str>), Target>,
    /// Places on pages that links name, and where the links stand: checked when the pages are made.
    pub anchors: Vec<(DocIndex, Box<str>, crate::diag::Location)>,
}
