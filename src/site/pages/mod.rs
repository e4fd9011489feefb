//! One builder for each kind of page.
//!
//! Takes the book and a [`Page`]; gives the page's head and its view. Must not write files and must not know templates.

mod home;
mod lists;
pub mod order;
mod roadmap;
mod schedule;
pub mod text;

pub use lists::INDEXED;
pub use roadmap::all_filters;
use serde::Serialize;

use super::book::Book;
use super::view::{PageView, SiteView};
use super::{Filter, Page};
use crate::model::{Body, Kind};

/// The view of one page, by kind.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum View {
    Home(super::view::HomeView),
    Section(Box<super::view::SectionView>),
    Order(Box<super::view::OrderView>),
    Roadmap(Box<super::view::RoadmapView>),
    Schedule(super::view::ScheduleView),
    Seminar(Box<super::view::SeminarView>),
    Calendar(super::view::CalendarView),
    Indicators(super::view::IndicatorsView),
    Group(super::view::GroupView),
    Text(Box<super::view::TextView>),
    List(super::view::ListView),
    Sitemap(super::view::SitemapView),
    Nothing(Nothing),
}

/// The empty view of 404.
#[derive(Debug, Clone, Serialize)]
pub struct Nothing {}

/// All that a template gets.
#[derive(Debug, Clone, Serialize)]
pub struct Full {
    pub site: SiteView,
    pub page: PageView,
    pub view: View,
}

/// Builds one page; `None` for a document that has none.
pub fn build(book: &Book, page: &Page) -> Option<Full> {
    match page {
        Page::Home => Some(home::home(book)),
        Page::NotFound => Some(home::not_found(book)),
        Page::Sitemap => Some(lists::sitemap(book)),
        Page::Calendar(part) => lists::calendar(book, book.parts.get(*part)?),
        Page::Index(part, kind) => lists::index(book, book.parts.get(*part)?, *kind),
        Page::Filtered(document, filter) => roadmap::roadmap(book, *document, Some(filter)),
        Page::Document(i) => match (&book.documents.get(*i)?.body, book.documents[*i].head.kind) {
            (Body::Section(_), _) => home::section(book, *i),
            (Body::Order(order), _) => order::order(book, *i, order),
            (Body::Roadmap(_), _) => roadmap::roadmap(book, *i, None::<&Filter>),
            (Body::Schedule(s), _) => schedule::schedule(book, *i, s),
            (Body::Seminar(s), _) => schedule::seminar(book, *i, s),
            (Body::Indicators(x), _) => text::indicators(book, *i, x),
            (Body::Group(g), _) => text::group(book, *i, g),
            (Body::Text(t), kind) => text::text(book, *i, t, kind),
            (Body::Bodies(_), _) => None,
        },
    }
}

/// The trail above a document: its kind's index, where there is one.
fn trail(book: &Book, i: usize) -> Vec<(String, String)> {
    let Some(part) = book.part(i) else {
        return Vec::new();
    };
    let kind = book.documents[i].head.kind;
    if matches!(kind, Kind::Section | Kind::Page | Kind::Bodies) {
        return Vec::new();
    }
    let index = super::head::index_address(book, part, kind);
    if index == book.address(i) {
        return Vec::new();
    }
    vec![(super::texts::list_title(kind).to_owned(), index)]
}
