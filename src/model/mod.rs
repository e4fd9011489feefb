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

use crate::kinds::site::Site;
use crate::kinds::{DocIndex, Document, Source, Target};

/// A file that is published as it is.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Relative to ROOT.
    pub path: Arc<str>,
    pub full: std::path::PathBuf,
    pub len: u64,
    /// When it was written, to know it again; never printed.
    pub modified: Option<std::time::SystemTime>,
    /// Below the site's root, without a leading slash.
    pub address: Box<str>,
    /// How many pages a PDF has.
    pub pages: Option<u32>,
}

/// Everything that was read, checked.
#[derive(Debug, Clone)]
pub struct Model {
    pub site: Site,
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
