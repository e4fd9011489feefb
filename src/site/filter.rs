//! Views of a document with fewer rows, each at an address of its own.
//!
//! Takes a row and its state; says whether a view shows it. Must not build pages.

use super::book::{Book, Part};
use crate::disclosure::Public;
use crate::kinds::roadmap::{Roadmap, Row};
use crate::progress::Status;

/// Which rows a view shows.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    /// Section by position.
    Section(usize),
    /// Body by id.
    Body(String),
    Status(Status),
}

impl Filter {
    /// Whether a row passes.
    pub fn lets_in(
        &self,
        roadmap: &Roadmap<Public>,
        section: usize,
        row: &Row<Public>,
        state: Option<Status>,
        part: &Part,
        book: &Book,
    ) -> bool {
        match self {
            Filter::Section(s) => (*s..roadmap.end(*s)).contains(&section),
            Filter::Status(status) => state == Some(*status),
            Filter::Body(id) => book.bodies(part).is_some_and(|directory| {
                row.responsible
                    .iter()
                    .flat_map(|r| r.bodies())
                    .filter_map(|b| directory.bodies.get(b))
                    .any(|b| *b.id == **id)
            }),
        }
    }

    /// What it chooses by, as it stands in addresses.
    pub fn key(&self) -> &'static str {
        match self {
            Filter::Section(_) => "section",
            Filter::Body(_) => "responsible",
            Filter::Status(_) => "status",
        }
    }

    /// What it chooses, as it stands in addresses.
    pub fn value(&self) -> String {
        match self {
            Filter::Section(s) => (s + 1).to_string(),
            Filter::Body(id) => id.clone(),
            Filter::Status(status) => status.as_str().to_owned(),
        }
    }

    /// Address of the view below its document's page.
    pub fn address(&self, home: &str) -> String {
        format!("{home}{}/{}/", self.key(), self.value())
    }
}
