//! Text that may be published. Nothing outside `disclosure` can make it.
//!
//! Takes text of the stage `Source`; gives text in which the guard's replacements have been made. Printing adds
//! typography; [`PublicText::raw`] is the text as in the original, for data files.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Disclose, Guarded};
use crate::diag::Span;
use crate::document::markdown::{self, Edit, Heading, Host};
use crate::model::{SchoolRef, SourceMarkup, SourceText};
use crate::text::{slug, typograph};

/// One line of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicText {
    text: Box<str>,
    sic: Option<Box<str>>,
}

impl PublicText {
    /// As written, for data files.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// With Russian typography, for pages.
    pub fn print(&self) -> String {
        typograph(&self.text).into_owned()
    }

    /// The note on a mistake of the original.
    pub fn sic(&self) -> Option<&str> {
        self.sic.as_deref()
    }
}

/// Text with markup. Addresses inside the site begin with `site:/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMarkup {
    html: Box<str>,
    plain: Box<str>,
    headings: Vec<Heading>,
    block: bool,
    sic: Option<Box<str>>,
}

impl PublicMarkup {
    /// Safe HTML with `site:/` addresses.
    pub fn html(&self) -> &str {
        &self.html
    }

    /// The words alone, for data files and descriptions.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    pub fn headings(&self) -> &[Heading] {
        &self.headings
    }

    pub fn block(&self) -> bool {
        self.block
    }

    pub fn sic(&self) -> Option<&str> {
        self.sic.as_deref()
    }
}

/// A school that may not be told from any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSchool {
    word: Box<str>,
}

impl PublicSchool {
    /// «школа-участница»
    pub fn word(&self) -> &str {
        &self.word
    }
}

impl Disclose for SourceText {
    type Out = PublicText;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicText {
        let edits = g.edits(&self.text, self.at);
        let sic = self.sic.as_deref().map(|note| {
            let edits = g.edits(note, self.at);
            markdown::apply(note, &edits).into()
        });
        PublicText {
            text: markdown::apply(&self.text, &edits).into(),
            sic,
        }
    }
}

impl Disclose for SourceMarkup {
    type Out = PublicMarkup;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicMarkup {
        let sic = self.sic.as_deref().map(|note| {
            let edits = g.edits(note, self.at);
            markdown::apply(note, &edits).into()
        });
        let mut host = Writing {
            guarded: g,
            at: self.at,
            anchors: BTreeMap::new(),
        };
        let written = markdown::html(&self.text, &mut host);
        PublicMarkup {
            html: written.html.into(),
            plain: written.plain.into(),
            headings: written.headings,
            block: written.block,
            sic,
        }
    }
}

impl Disclose for SchoolRef {
    type Out = PublicSchool;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicSchool {
        PublicSchool {
            word: g.redactor.school_word().into(),
        }
    }
}

struct Writing<'g, 'a> {
    guarded: &'g mut Guarded<'a>,
    at: Span,
    anchors: BTreeMap<String, usize>,
}

impl Host for Writing<'_, '_> {
    fn link(&mut self, destination: &str) -> Option<String> {
        self.guarded.link(destination)
    }

    fn edits(&mut self, text: &str) -> Vec<Edit> {
        self.guarded.edits(text, self.at)
    }

    fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        typograph(text)
    }

    fn anchor(&mut self, heading: &str) -> String {
        let base = match slug(heading) {
            s if s.is_empty() => "razdel".to_owned(),
            s => s,
        };
        let mut count = self.anchors.get(&base).copied().unwrap_or(0);
        // «Раздел» printed twice must not take the place of «Раздел 2».
        loop {
            count += 1;
            let anchor = match count {
                1 => base.clone(),
                n => format!("{base}-{n}"),
            };
            if count == 1 || !self.anchors.contains_key(&anchor) {
                self.anchors.insert(base, count);
                self.anchors.entry(anchor.clone()).or_insert(1);
                return anchor;
            }
        }
    }
}
