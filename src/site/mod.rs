//! Pages, addresses, menus and view values made from public documents.
//!
//! Takes public documents ([`Book`]); gives the list of [`Page`]s, and the view of each. Must not see a value of the
//! stage `Source`; must not know templates or write files.

pub mod book;
pub mod cards;
pub mod data;
pub mod events;
pub mod format;
pub mod head;
pub mod pages;
pub mod texts;
pub mod view;

pub use book::{Book, Settings};

use crate::disclosure::Public;
use crate::model::period::Status;
use crate::model::roadmap::Row;
use crate::model::{DocIndex, Kind};

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Home,
    NotFound,
    Sitemap,
    Document(DocIndex),
    /// Index of a kind in a section (by position among the parts).
    Index(usize, Kind),
    Calendar(usize),
    Filtered(DocIndex, Filter),
}

/// A view of a roadmap with fewer rows, at an address of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Filter {
    /// Section by position.
    Section(usize),
    /// Body by id.
    Body(String),
    Status(Status),
}

impl Filter {
    /// Whether a row passes; bodies are compared by [`Filter::lets_in`].
    pub fn lets(&self, section: usize, row: &Row<Public>, state: Option<Status>) -> bool {
        match self {
            Filter::Section(s) => *s == section,
            Filter::Status(status) => state == Some(*status),
            Filter::Body(_) => !row.responsible.is_empty(),
        }
    }

    /// Whether a row passes, with the section's directory at hand.
    pub fn lets_in(
        &self,
        section: usize,
        row: &Row<Public>,
        state: Option<Status>,
        part: &book::Part,
        book: &Book,
    ) -> bool {
        let Filter::Body(id) = self else {
            return self.lets(section, row, state);
        };
        let Some(directory) = book.bodies(part) else {
            return false;
        };
        row.responsible.iter().any(|r| {
            r.body
                .and_then(|b| directory.bodies.get(b))
                .is_some_and(|b| *b.id == **id)
        })
    }
}

/// Address of a filtered view below its roadmap.
pub fn filter_address(home: &str, filter: &Filter) -> String {
    match filter {
        Filter::Section(s) => format!("{home}section/{}/", s + 1),
        Filter::Body(id) => format!("{home}responsible/{id}/"),
        Filter::Status(status) => format!("{home}status/{}/", status.as_str()),
    }
}

/// Every page of the site, in a total order.
pub fn all_pages(book: &Book) -> Vec<Page> {
    let mut all = vec![Page::Home, Page::NotFound, Page::Sitemap];
    for (p, part) in book.parts.iter().enumerate() {
        all.push(Page::Calendar(p));
        for kind in pages::INDEXED {
            if part.kinds.contains_key(kind) {
                all.push(Page::Index(p, *kind));
            }
        }
        for (kind, list) in &part.kinds {
            if *kind == Kind::Bodies {
                continue;
            }
            for i in list {
                all.push(Page::Document(*i));
                let filters = pages::all_filters(book, part, *i);
                all.extend(filters.into_iter().map(|f| Page::Filtered(*i, f)));
            }
        }
    }
    all
}
