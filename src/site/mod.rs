//! Pages, addresses, menus and view values made from public documents.
//!
//! Takes public documents ([`Book`]); gives the list of [`Page`]s, and the view of each. Must not see a value of the
//! stage `Source`; must not know templates or write files.

pub mod asked;
pub mod away;
pub mod book;
pub mod cards;
pub mod data;
pub mod edition;
pub mod events;
pub mod files;
pub mod filter;
pub mod format;
pub mod head;
mod kinds;
pub mod listed;
pub mod measured;
pub mod opendata;
pub mod paged;
pub mod pages;
pub mod progress;
pub mod search;
pub mod texts;
pub mod told;
pub mod view;

pub use book::{Book, Settings};
pub use filter::Filter;

use crate::kinds::DocIndex;
use crate::kinds::Kind;

/// One page of the site.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    Home,
    NotFound,
    Sitemap,
    Search,
    Document(DocIndex),
    /// Index of a kind in a section (by position among the parts).
    Index(usize, Kind),
    Calendar(usize),
    /// The register of open data.
    OpenData,
    /// The passport of a set.
    Passport(usize),
    Filtered(DocIndex, Filter),
}

/// Every page of the site, in a total order.
pub fn all_pages(book: &Book) -> Vec<Page> {
    let mut all = vec![Page::Home, Page::NotFound, Page::Sitemap, Page::Search];
    if !book.sets.is_empty() {
        all.push(Page::OpenData);
        all.extend((0..book.sets.len()).map(Page::Passport));
    }
    for (p, part) in book.parts.iter().enumerate() {
        all.push(Page::Calendar(p));
        let indexed = part
            .kinds
            .keys()
            .filter(|kind| kind.about().index.is_some());
        all.extend(indexed.map(|kind| Page::Index(p, *kind)));
        for i in part.pages() {
            all.push(Page::Document(i));
            let filters = paged::filters(book, i);
            all.extend(filters.into_iter().map(|f| Page::Filtered(i, f)));
        }
    }
    all
}
