//! Indexes of a kind, the calendar of a section, the site map.

use super::{Full, View};
use crate::model::{DocIndex, Kind};
use crate::site::book::{Book, Part, day};
use crate::site::cards;
use crate::site::events;
use crate::site::format;
use crate::site::head::{self, About, short_title};
use crate::site::texts;
use crate::site::view::{
    CalendarView, Link, ListGroupView, ListView, MonthView, SitemapGroupView, SitemapSectionView,
    SitemapView,
};

/// Kinds that have an index of their own in each section that has documents of them.
pub const INDEXED: &[Kind] = &[
    Kind::Order,
    Kind::Schedule,
    Kind::Seminar,
    Kind::Group,
    Kind::News,
    Kind::Material,
    Kind::Document,
];

pub(super) fn index(book: &Book, part: &Part, kind: Kind) -> Option<Full> {
    let list = part.kinds.get(&kind)?;
    let address = format!("/{}/{}/", part.folder, crate::model::address::folder(kind));
    let root = format::root_of(&address);
    let view = ListView {
        key: crate::model::address::folder(kind).to_owned(),
        intro: Some(crate::text::typograph(texts::list_intro(kind)).into_owned()),
        groups: groups(book, list, kind, &root),
        feed_href: (kind == Kind::News)
            .then(|| format::href(&root, &format!("/{}/news/feed.xml", part.folder))),
    };
    let title = texts::list_title(kind);
    let about = About {
        kind: "list",
        title: title.to_owned(),
        description: format!(
            "{title}: {}. {}",
            short_title(book, part),
            texts::list_intro(kind)
        ),
        address,
        alternates: if kind == Kind::News {
            super::home::feeds(book, part, &root)
        } else {
            Vec::new()
        },
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::List(view),
    })
}

/// News by year, materials by category, schedules by type; the rest in one group.
fn groups(book: &Book, list: &[DocIndex], kind: Kind, root: &str) -> Vec<ListGroupView> {
    use crate::model::Body;
    use chrono::Datelike;
    let mut groups: Vec<ListGroupView> = Vec::new();
    for i in list {
        let document = &book.documents[*i];
        let title = match (&document.body, kind) {
            (_, Kind::News) => day(document)
                .map(|d| d.year().to_string())
                .unwrap_or_default(),
            (Body::Text(t), Kind::Material) => {
                format::print_opt(t.category.as_ref()).unwrap_or_default()
            }
            (Body::Schedule(s), _) => s.schedule_type.word().to_owned(),
            _ => String::new(),
        };
        let card = cards::card(book, *i, root);
        match groups.iter_mut().find(|g| g.title == title) {
            Some(group) => group.cards.push(card),
            None => groups.push(ListGroupView {
                title,
                cards: vec![card],
            }),
        }
    }
    groups
}

pub(super) fn calendar(book: &Book, part: &Part) -> Option<Full> {
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
    };
    let about = About {
        kind: "calendar",
        title: "Календарь".into(),
        description: format!(
            "Семинары, посещения, стажировки, консультации и сроки: {}.",
            short_title(book, part)
        ),
        address,
        alternates: super::home::feeds(book, part, &root),
        ..About::default()
    };
    Some(Full {
        site: head::site(book, &root, Some(part)),
        page: head::page(book, Some(part), about),
        view: View::Calendar(view),
    })
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
                .filter(|(kind, _)| !matches!(kind, Kind::Section | Kind::Bodies))
                .map(|(kind, list)| SitemapGroupView {
                    title: texts::list_title(*kind).to_owned(),
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
    Full {
        site: head::site(book, &root, None),
        page: head::page(book, None, about),
        view: View::Sitemap(SitemapView { sections }),
    }
}
