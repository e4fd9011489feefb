//! Typed documents: what the sources mean.
//!
//! Takes parsed files; gives a [`Model`] of the whole site in the stage `Source`, with every reference resolved, and
//! all findings of all files. Steps: [`read`] one file at a time (in parallel), then [`check`] what holds between them.
//! Must not format anything for readers.

pub mod address;
pub mod check;
pub mod common;
pub mod events;
pub mod indicators;
pub mod links;
pub mod order;
pub mod period;
pub mod read;
pub mod roadmap;
pub mod section;
pub mod stage;
pub mod unread;
pub mod visit;

use std::sync::Arc;

use crate::kinds::*;
pub use common::{DocIndex, Head, Kind, Target};
pub use stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};

/// One document of the site.
#[derive(Debug, Clone)]
pub struct Document<S: Stage> {
    pub head: Head<S>,
    pub body: Body<S>,
}

impl<S: Stage> Document<S> {
    /// The body of a Markdown file.
    pub fn text(&self) -> Option<&section::TextDocument<S>> {
        let Body::Text(text) = &self.body else {
            return None;
        };
        Some(text)
    }
}

macro_rules! body {
    (
        $d:tt
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+, $($read:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        /// What a document is: one variant for each kind with fields of its own, one for all texts.
        #[derive(Debug, Clone)]
        pub enum Body<S: Stage> {
            $($kind($($body)::+<S>),)*
            Text(section::TextDocument<S>),
        }

        /// `on_body!(body, x => …)`: the same for the value of every kind.
        macro_rules! on_body {
            ($d body:expr, $d x:ident => $d then:expr) => {
                match $d body {
                    $($crate::model::Body::$kind($d x) => $d then,)*
                    $crate::model::Body::Text($d x) => $d then,
                }
            };
        }
    };
}
each_kind!(body, $);
pub(crate) use on_body;

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

/// Lower-case ASCII letters, digits and single hyphens, and no name that Windows keeps for itself: what may stand in
/// an address.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !crate::artifact::is_reserved(text)
}
