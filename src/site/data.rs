//! Files for programs: feeds and calendar of a section, the site map for search engines.
//!
//! Takes the book; gives whole files. Texts stand as in the original, without typography.

use std::collections::BTreeMap;

use super::Page;
use super::book::{Book, Part};
use super::format::{self, iso};
use super::head::{PORTAL_FEED, feed_address, short_title};
use super::paged::Event;
use super::{events, listed, opendata, paged};
use crate::feed;
use crate::kinds::{DocIndex, Kind};
use crate::model::address;
use crate::text::clock;

/// How many entries a feed has.
const ENTRIES: usize = 50;
/// How many events the portal's calendar has: of hundreds of thousands, those that come next.
const EVENTS: usize = 1_000;

/// The Atom feed of a kind in a section.
pub fn feed(book: &Book, part: &Part, kind: Kind) -> Option<Vec<u8>> {
    kind.about().stream.as_ref()?;
    let title = format!("{}: {}", kind.about().words.list, short_title(book, part));
    let page = address::index(&part.folder, kind);
    atom(book, title, &page, &feed_address(part, kind), part.of(kind))
}

/// The Atom feed of the whole portal: what follows one another like news in any section.
pub fn portal_feed(book: &Book) -> Option<Vec<u8>> {
    let list = newest(book, book.parts.iter());
    atom(book, book.settings.title.print(), "/", PORTAL_FEED, &list)
}

/// What follows one another like news in these sections, newest first.
pub fn newest<'b>(book: &Book, parts: impl Iterator<Item = &'b Part>) -> Vec<DocIndex> {
    let lists = parts.flat_map(Part::streams);
    let mut news: Vec<DocIndex> = lists.flat_map(|(.., list)| list.iter().copied()).collect();
    let day = |i: &DocIndex| book.documents.get(*i).and_then(|d| listed::day(d));
    news.sort_by(|a, b| {
        let by_day = day(b).cmp(&day(a));
        by_day.then_with(|| book.address(*a).cmp(book.address(*b)))
    });
    news
}

fn atom(
    book: &Book,
    title: String,
    page: &str,
    address: &str,
    list: &[DocIndex],
) -> Option<Vec<u8>> {
    let base = &book.settings.base_url;
    let absolute = |address: &str| format!("{base}{}", address.trim_start_matches('/'));
    let entries: Vec<feed::Entry> = list
        .iter()
        .take(ENTRIES)
        .filter_map(|i| {
            let document = book.documents.get(*i)?;
            Some(feed::Entry {
                title: marked(book.title(*i), document.head.sample),
                address: absolute(book.address(*i)),
                published: listed::day(document)?,
                updated: document.head.updated,
                summary: format::shorten(&paged::summary(book, *i), 300),
                category: None,
            })
        })
        .collect();
    let updated = entries
        .iter()
        .map(|e| e.updated.unwrap_or(e.published))
        .max()?;
    let feed = feed::Feed {
        title,
        subtitle: None,
        author: book
            .settings
            .publisher_name
            .as_ref()
            .unwrap_or(&book.settings.title)
            .print(),
        page: absolute(page),
        address: absolute(address),
        updated,
        entries,
    };
    Some(feed::atom(&feed).into_bytes())
}

/// The calendar of a section for calendar programs.
pub fn calendar_ics(book: &Book, part: &Part) -> Vec<u8> {
    ics(
        book,
        &short_title(book, part),
        events::of_section(book, part),
    )
}

/// The calendar of the whole portal: what lies ahead.
pub fn portal_ics(book: &Book) -> Vec<u8> {
    let parts: Vec<&Part> = book.parts.iter().collect();
    let mut next = events::next(book, &parts, EVENTS);
    next.sort_by(|a, b| (a.from, &a.address, &a.key).cmp(&(b.from, &b.address, &b.key)));
    next.truncate(EVENTS);
    ics(book, &book.settings.title.print(), next)
}

fn ics(book: &Book, name: &str, events: Vec<Event>) -> Vec<u8> {
    let base = &book.settings.base_url;
    let mut taken = BTreeMap::<String, usize>::new();
    let events: Vec<feed::IcsEvent> = events
        .iter()
        // A month is no event of its first day.
        .filter(|e| e.dated)
        .filter_map(|e| {
            let part = book.part(e.document)?;
            let zone = book.section(part).and_then(|section| section.timezone);
            Some(feed::IcsEvent {
                uid: format!(
                    "{}@{}",
                    uid(book, part, e, &mut taken),
                    book.settings.host()
                ),
                date: e.from,
                end: e.to,
                time: e.time.as_deref().and_then(clock::times),
                zone: zone.map(|zone| feed::IcsZone {
                    name: zone.key(),
                    hours: zone.hours(),
                }),
                title: marked(format!("{}: {}", e.kind_word, e.title), e.sample),
                place: e.place.clone(),
                url: Some(format!("{base}{}", e.address.trim_start_matches('/'))),
                // The format wants a stamp; the only clock is the day of the build.
                stamp: book.today,
            })
        })
        .collect();
    feed::ics(name, &events).into_bytes()
}

/// A feed and a calendar have no place for a mark beside the title.
fn marked(title: String, sample: bool) -> String {
    let says = title.to_lowercase().contains("образец");
    if sample && !says {
        format!("Образец: {title}")
    } else {
        title
    }
}

/// Of the document and the row, so that an event keeps it when others come and go.
fn uid(book: &Book, part: &Part, e: &Event, taken: &mut BTreeMap<String, usize>) -> String {
    let id = book.documents.get(e.document).map_or("", |d| &d.head.id);
    let mut uid = format!("{}-{id}", part.folder);
    if !e.key.is_empty() {
        uid.push('-');
        uid.push_str(&e.key);
    }
    let count = taken.entry(uid.clone()).or_insert(0);
    *count += 1;
    match *count {
        1 => uid,
        n => format!("{uid}-{n}"),
    }
}

/// `sitemap.xml` with every page that search engines should know.
pub fn sitemap_xml(book: &Book, pages: &[Page]) -> Vec<u8> {
    let base = &book.settings.base_url;
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        if matches!(page, Page::NotFound | Page::Search | Page::Filtered(..)) {
            continue;
        }
        let address = self::address(book, page);
        let changed = match page {
            Page::Document(i) => {
                let head = &book.documents[*i].head;
                head.updated.or(head.published)
            }
            _ => None,
        };
        let location = crate::document::markdown::escape(&address).into_owned();
        xml.push_str(&format!(
            "<url><loc>{base}{}</loc>",
            location.trim_start_matches('/')
        ));
        if let Some(day) = changed {
            xml.push_str(&format!("<lastmod>{}</lastmod>", iso(day)));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml.into_bytes()
}

pub fn robots_txt(book: &Book) -> Vec<u8> {
    format!(
        "User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n",
        book.settings.base_url
    )
    .into_bytes()
}

/// Address of any page, from the root.
pub fn address(book: &Book, page: &Page) -> String {
    match page {
        Page::Home => "/".into(),
        Page::NotFound => "/404.html".into(),
        Page::Sitemap => "/sitemap/".into(),
        Page::Search => format!("/{}", address::SEARCH),
        Page::Document(i) => book.address(*i).to_owned(),
        Page::Index(p, kind) => address::index(&book.parts[*p].folder, *kind),
        Page::Calendar(p) => format!("/{}/calendar/", book.parts[*p].folder),
        Page::OpenData => format!("/{}", opendata::FOLDER),
        Page::Passport(n) => opendata::address(book, *n),
        Page::Filtered(i, filter) => filter.address(book.address(*i)),
    }
}
