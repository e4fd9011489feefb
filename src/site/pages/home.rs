//! Home of the portal, the page for addresses that do not exist.

use serde::Serialize;

use crate::disclosure::PublicText;
use crate::site::book::{Book, Part};
use crate::site::cards;
use crate::site::data;
use crate::site::events;
use crate::site::format;
use crate::site::head::{self, About, Full};
use crate::site::view::{Card, EventView, Progress};

/// `home.html`
#[derive(Debug, Clone, Serialize)]
struct HomeView {
    sections: Vec<SectionCard>,
    next: Vec<EventView>,
    news: Vec<Card>,
    feed_href: Option<String>,
    ics_href: String,
    /// `webcal://…`, by which calendar programs follow it.
    webcal_href: String,
}

#[derive(Debug, Clone, Serialize)]
struct SectionCard {
    title: String,
    short_title: String,
    href: String,
    territory: String,
    summary: String,
    /// «25 декабря 2024 — 25 декабря 2025 года»
    period: Option<String>,
    /// The project's last day is past.
    ended: bool,
    owner: Option<String>,
    progress: Option<Progress>,
}

/// The empty view of 404.
#[derive(Debug, Serialize)]
struct Nothing {}

/// How many dates and news a home shows.
const NEXT: usize = 3;
const NEWS: usize = 3;

pub(super) fn home(book: &Book) -> Full {
    let root = "./";
    let sections = book
        .parts
        .iter()
        .map(|p| section_card(book, p, root))
        .collect();
    let parts: Vec<&Part> = book.parts.iter().collect();
    let mut all = events::next(book, &parts, NEXT);
    all.sort_by(|a, b| (a.from, &a.address).cmp(&(b.from, &b.address)));
    let next = all
        .iter()
        .take(NEXT)
        .map(|e| events::view(book, e, root, true))
        .collect();
    let news = data::newest(book, book.parts.iter());
    let view = HomeView {
        sections,
        next,
        news: news
            .iter()
            .take(NEWS)
            .map(|i| cards::card(book, *i, root))
            .collect(),
        feed_href: (!news.is_empty()).then(|| format::href(root, head::PORTAL_FEED)),
        ics_href: format::href(root, head::PORTAL_CALENDAR),
        webcal_href: head::webcal(book, head::PORTAL_CALENDAR),
    };
    let s = &book.settings;
    let about = About {
        kind: "home",
        title: s.title.print(),
        description: s
            .description
            .as_ref()
            .map(PublicText::print)
            .unwrap_or_else(|| s.title.print()),
        address: "/".into(),
        alternates: head::portal_feeds(book, root),
        ..About::default()
    };
    Full::of(book, None, about, view)
}

fn section_card(book: &Book, part: &Part, root: &str) -> SectionCard {
    let section = book.section(part);
    SectionCard {
        title: book.title(part.home),
        short_title: head::short_title(book, part),
        href: format::href(root, &format!("/{}/", part.folder)),
        territory: section.map(|s| s.territory.print()).unwrap_or_default(),
        summary: section.map(|s| s.summary.print()).unwrap_or_default(),
        period: section
            .and_then(|s| s.period)
            .map(|(a, b)| format::span(a, b)),
        ended: format::ended(section.and_then(|s| s.period), book),
        owner: section
            .and_then(|s| s.owner.as_ref())
            .map(|r| cards::body(book, part.home, r).name),
        progress: part.roadmap.map(|i| book.progress(i)),
    }
}

pub(super) fn not_found(book: &Book) -> Full {
    // The page is served at any address, so its links start at the site's own root.
    let base = &book.settings.base_url;
    let root = base
        .split_once("://")
        .and_then(|(_, rest)| rest.find('/').map(|i| rest[i..].to_owned()))
        .unwrap_or_else(|| "/".into());
    let about = About {
        kind: "404",
        title: "Страница не найдена".into(),
        description: "По этому адресу страницы нет.".into(),
        address: "/404.html".into(),
        noindex: true,
        ..About::default()
    };
    let mut page = head::page(book, None, about);
    for crumb in &mut page.breadcrumbs {
        crumb.href.clone_from(&root);
    }
    Full {
        site: head::site(book, &root, None),
        page,
        view: Box::new(Nothing {}),
    }
}
