//! Home of the portal, home of a section, the page for addresses that do not exist.

use chrono::NaiveDate;
use serde_json::json;

use super::{Full, Nothing, View};
use crate::disclosure::PublicText;
use crate::model::{Body, DocIndex, Kind};
use crate::site::book::{Book, Part};
use crate::site::cards;
use crate::site::events;
use crate::site::format;
use crate::site::head::{self, About};
use crate::site::texts;
use crate::site::view::{Card, ContactsView, EventView, HomeView, Link, SectionCard, SectionView};

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
    let mut news: Vec<DocIndex> = book
        .parts
        .iter()
        .flat_map(|p| p.kinds.get(&Kind::News).into_iter().flatten().copied())
        .collect();
    news.sort_by(|a, b| {
        let day = |i: &DocIndex| crate::site::book::day(&book.documents[*i]);
        day(b)
            .cmp(&day(a))
            .then_with(|| book.address(*a).cmp(book.address(*b)))
    });
    let view = HomeView {
        sections,
        next,
        news: news
            .iter()
            .take(NEWS)
            .map(|i| cards::card(book, *i, root))
            .collect(),
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
        ..About::default()
    };
    Full {
        site: head::site(book, root, None),
        page: head::page(book, None, about),
        view: View::Home(view),
    }
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
        ended: ended(book, section.and_then(|s| s.period)),
        owner: section
            .and_then(|s| s.owner.as_ref())
            .map(|r| cards::body(book, part.home, r).name),
        progress: part
            .roadmap
            .and_then(|i| book.roadmap(i))
            .map(|r| book.progress(r)),
    }
}

fn ended(book: &Book, period: Option<(NaiveDate, NaiveDate)>) -> bool {
    period.is_some_and(|(_, last)| last < book.today)
}

pub(super) fn section(book: &Book, i: DocIndex) -> Option<Full> {
    let part = book.part(i)?;
    let Body::Section(section) = &book.documents.get(i)?.body else {
        return None;
    };
    let address = book.address(i).to_owned();
    let root = format::root_of(&address);
    let next: Vec<EventView> = events::next(book, &[part], NEXT)
        .iter()
        .take(NEXT)
        .map(|e| events::view(book, e, &root, false))
        .collect();
    let roadmap = part.roadmap;
    let documents: Vec<Card> = [
        Kind::Order,
        Kind::Roadmap,
        Kind::Document,
        Kind::Indicators,
        Kind::Group,
    ]
    .iter()
    .flat_map(|k| part.kinds.get(k).into_iter().flatten())
    .take(6)
    .map(|d| cards::card(book, *d, &root))
    .collect();
    let news = part.kinds.get(&Kind::News).into_iter().flatten();
    let parts = [
        Kind::Schedule,
        Kind::Seminar,
        Kind::Material,
        Kind::Document,
        Kind::Page,
    ]
    .iter()
    .filter_map(|kind| {
        let list = part.kinds.get(kind)?;
        let page = *kind == Kind::Page;
        Some(if page {
            list.iter()
                .map(|d| (book.title(*d), book.address(*d).to_owned(), None))
                .collect()
        } else {
            vec![(
                texts::list_title(*kind).to_owned(),
                head::index_address(book, part, *kind),
                Some(list.len().to_string()),
            )]
        })
    })
    .flatten()
    .map(|(title, to, note)| Link {
        title,
        href: format::href(&root, &to),
        current: false,
        note,
    })
    .collect();
    let view = SectionView {
        title: book.title(i),
        territory: section.territory.print(),
        summary: section.summary.print(),
        about: section
            .about
            .as_ref()
            .map(|a| paragraph(a, &root))
            .unwrap_or_default(),
        period: section.period.map(|(a, b)| format::span(a, b)),
        ended: ended(book, section.period),
        calendar_href: format::href(&root, &format!("/{}/calendar/", part.folder)),
        owner: section.owner.as_ref().map(|r| cards::body(book, i, r)),
        operator: section.operator.as_ref().map(|r| cards::body(book, i, r)),
        coordinator: section.coordinator.as_ref().map(cards::person),
        progress: roadmap
            .and_then(|r| book.roadmap(r))
            .map(|r| book.progress(r)),
        roadmap: roadmap.map(|r| Link {
            title: book.title(r),
            href: format::href(&root, book.address(r)),
            ..Link::default()
        }),
        next,
        documents,
        news: news
            .take(NEWS)
            .map(|n| cards::card(book, *n, &root))
            .collect(),
        contacts: section.contacts.as_ref().map(|c| ContactsView {
            body: c.body.as_ref().map(|r| cards::body(book, i, r).name),
            note: format::print_opt(c.note.as_ref()),
            phone: format::print_opt(c.phone.as_ref()),
            phone_href: c.phone.as_ref().map(|p| phone_href(p.raw())),
            email: c.email.as_ref().map(|e| e.raw().to_owned()),
            site: c.site.as_ref().map(|s| s.raw().to_owned()),
            address: format::print_opt(c.address.as_ref()),
        }),
        parts,
    };
    let about = About {
        kind: "section",
        title: book.title(i),
        description: section.summary.print(),
        address,
        document: Some(i),
        data: Some(json!({
            "@type": "Project",
            "name": book.title(i),
            "description": section.summary.print(),
            "areaServed": section.territory.print(),
        })),
        alternates: feeds(book, part, &root),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Section(Box::new(view)),
    })
}

/// Markup as blocks, whatever it was written as.
pub(super) fn paragraph(markup: &crate::disclosure::PublicMarkup, root: &str) -> String {
    let html = format::local(&markup.html(), root);
    if markup.block() {
        html
    } else {
        format!("<p>{html}</p>")
    }
}

/// The section's news feed and calendar, for `<link rel="alternate">`.
pub(super) fn feeds(book: &Book, part: &Part, root: &str) -> Vec<Link> {
    let mut feeds = Vec::new();
    if part.kinds.contains_key(&Kind::News) {
        feeds.push(Link {
            title: "application/atom+xml".into(),
            href: format::href(root, &format!("/{}/news/feed.xml", part.folder)),
            current: false,
            note: Some(format!("Новости: {}", head::short_title(book, part))),
        });
    }
    feeds.push(Link {
        title: "text/calendar".into(),
        href: format::href(root, &format!("/{}/calendar/events.ics", part.folder)),
        current: false,
        note: Some(format!("Календарь: {}", head::short_title(book, part))),
    });
    feeds
}

/// `tel:` address of a phone as printed.
fn phone_href(phone: &str) -> String {
    let digits: String = phone.chars().filter(|c| c.is_ascii_digit()).collect();
    let digits = match digits.strip_prefix('8') {
        Some(rest) if digits.len() == 11 => format!("7{rest}"),
        _ => digits,
    };
    format!("tel:+{digits}")
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
        view: View::Nothing(Nothing {}),
    }
}
