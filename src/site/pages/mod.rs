//! The builder of each page.
//!
//! Takes the book and a [`Page`]; gives the page's head and its view. Documents' pages are made by their kinds; those
//! that gather others are made here. Must not write files and must not know templates.

mod home;
mod lists;

use super::Page;
use super::book::Book;
use super::head::Full;
use super::opendata;
use super::paged::paged;

/// Builds one page; `None` for a document that has none.
pub fn build(book: &Book, page: &Page) -> Option<Full> {
    match page {
        Page::Home => Some(home::home(book)),
        Page::NotFound => Some(home::not_found(book)),
        Page::Sitemap => Some(lists::sitemap(book)),
        Page::Search => Some(lists::search(book)),
        Page::Calendar(part) => Some(lists::calendar(book, book.parts.get(*part)?)),
        Page::Index(part, kind) => lists::index(book, book.parts.get(*part)?, *kind),
        Page::Document(i) => paged(book.documents.get(*i)?).page(book, *i),
        Page::OpenData => opendata::register(book),
        Page::Passport(n) => opendata::passport(book, *n),
        Page::Filtered(i, filter) => paged(book.documents.get(*i)?).filtered(book, *i, filter),
    }
}
