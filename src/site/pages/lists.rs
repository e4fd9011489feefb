//! Indexes of a kind, the calendar of a section, the site map.

use serde::Serialize;

use crate::kinds::DocIndex;
use crate::kinds::{Grouping, Kind};
use crate::model::address;
use crate::site::book::{Book, Part};
use crate::site::cards;
use crate::site::events;
use crate::site::format;
use crate::site::head::{About, Full, feed_address, feeds, short_title, webcal};
use crate::site::listed;
use crate::site::view::{Card, Link, MonthView};

/// `calendar.html`
#[derive(Debug, Clone, Serialize)]
struct CalendarView {
    months: Vec<MonthView>,
    past_months: Vec<MonthView>,
    ics_href: String,
    /// `webcal://…`, by which calendar programs follow it.
    webcal_href: String,
}

/// `list.html`: the index of a kind in a section (orders, news, schedules, seminars, materials, documents, groups).
#[derive(Debug, Clone, Serialize)]
struct ListView {
    /// `orders`, `news`, …
    key: String,
    intro: Option<String>,
    groups: Vec<ListGroupView>,
    feed_href: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct ListGroupView {
    /// Empty when the list has no groups.
    title: String,
    cards: Vec<Card>,
}

/// `sitemap.html`
#[derive(Debug, Clone, Serialize)]
struct SitemapView {
    sections: Vec<SitemapSectionView>,
}

#[derive(Debug, Clone, Serialize)]
struct SitemapSectionView {
    title: String,
    href: String,
    groups: Vec<SitemapGroupView>,
}

#[derive(Debug, Clone, Serialize)]
struct SitemapGroupView {
    title: String,
    links: Vec<Link>,
}

/// The index of a kind that has one.
pub(super) fn index(book: &Book, part: &Part, kind: Kind) -> Option<Full> {
    let description = kind.about();
    let (words, list) = (&description.words, part.kinds.get(&kind)?);
    let address = address::index(&part.folder, kind);
    let root = format::root_of(&address);
    let stream = description.stream.is_some();
    let view = ListView {
        key: description.folder.to_owned(),
        intro: Some(crate::text::typograph(words.intro).into_owned()),
        groups: groups(book, list, description.index?, &root),
        feed_href: stream.then(|| format::href(&root, &feed_address(part, kind))),
    };
    let about = About {
        kind: "list",
        title: words.list.to_owned(),
        description: format!(
            "{}: {}. {}",
            words.list,
            short_title(book, part),
            words.intro
        ),
        address,
        alternates: if stream {
            feeds(book, part, &root)
        } else {
            Vec::new()
        },
        ..About::default()
    };
    Some(Full::of(book, Some(part), about, view))
}

/// Cards under their headings, in the order in which these first occur.
fn groups(book: &Book, list: &[DocIndex], by: Grouping, root: &str) -> Vec<ListGroupView> {
    let mut groups: Vec<ListGroupView> = Vec::new();
    for i in list {
        let title = listed::group(&book.documents[*i], by);
        let card = cards::card(book, *i, root);
        match groups.iter_mut().find(|g| g.title == title) {
            Some(group) => group.cards.push(card),
            None => groups.push(ListGroupView {
                title,
                cards: vec![card],
            }),
        }
    }
    // Years go from the newest; what has none stands last.
    let is_year = |g: &ListGroupView| g.title.starts_with(|c: char| c.is_ascii_digit());
    if groups.iter().any(is_year) {
        groups.sort_by(|a, b| b.title.cmp(&a.title));
    }
    // A single heading says nothing that the page does not.
    if let ([only], Grouping::Own) = (groups.as_mut_slice(), by)
        && is_year(only)
    {
        only.title.clear();
    }
    groups
}

pub(super) fn calendar(book: &Book, part: &Part) -> Full {
    let address = format!("/{}/calendar/", part.folder);
    let root = format::root_of(&address);
    let events = events::of_section(book, part);
    let (mut past_months, months): (Vec<MonthView>, Vec<MonthView>) =
        events::months(book, &events, &root)
            .into_iter()
            .partition(|m| m.past);
    // What was last stands first among what is over.
    past_months.reverse();
    let view = CalendarView {
        months,
        past_months,
        ics_href: format::href(&root, &format!("{address}events.ics")),
        webcal_href: webcal(book, &format!("{address}events.ics")),
    };
    let about = About {
        kind: "calendar",
        title: "Календарь".into(),
        description: format!(
            "Семинары, посещения, стажировки, консультации и сроки: {}.",
            short_title(book, part)
        ),
        address,
        alternates: feeds(book, part, &root),
        ..About::default()
    };
    Full::of(book, Some(part), about, view)
}

/// `search.html`: its script finds, and without one it leads to the site map.
#[derive(Debug, Clone, Serialize)]
struct SearchView {
    /// Folder of the index.
    index: String,
}

pub(super) fn search(book: &Book) -> Full {
    let address = format!("/{}", address::SEARCH);
    let root = format::root_of(&address);
    let view = SearchView {
        index: format::href(&root, &address),
    };
    let about = About {
        kind: "search",
        title: "Поиск".into(),
        description: "Поиск по документам портала.".into(),
        address,
        noindex: true,
        ..About::default()
    };
    Full::of(book, None, about, view)
}

pub(super) fn sitemap(book: &Book) -> Full {
    let address = "/sitemap/";
    let root = format::root_of(address);
    let link = |title: String, to: &str| Link {
        title,
        href: format::href(&root, to),
        ..Link::default()
    };
    let sections = book
        .parts
        .iter()
        .map(|part| {
            let mut groups: Vec<SitemapGroupView> = part
                .kinds
                .iter()
                .filter(|(kind, _)| kind.about().on_map)
                .map(|(kind, list)| SitemapGroupView {
                    title: kind.about().words.list.to_owned(),
                    links: list
                        .iter()
                        .map(|i| link(book.title(*i), book.address(*i)))
                        .collect(),
                })
                .collect();
            groups.push(SitemapGroupView {
                title: "Календарь".into(),
                links: vec![link(
                    "Календарь событий".into(),
                    &format!("/{}/calendar/", part.folder),
                )],
            });
            SitemapSectionView {
                title: book.title(part.home),
                href: format::href(&root, &format!("/{}/", part.folder)),
                groups,
            }
        })
        .collect();
    let about = About {
        kind: "sitemap",
        title: "Карта сайта".into(),
        description: "Все страницы портала.".into(),
        address: address.into(),
        ..About::default()
    };
    Full::of(book, None, about, SitemapView { sections })
}
