//! What every page has: title, description, canonical address, breadcrumbs, section menu, machine-readable data.
//!
//! Takes the book and what a page is; gives [`PageView`] and [`SiteView`], and puts them together with the page's own
//! view ([`Full`]).

use serde::Serialize;
use serde_json::{Value, json};

use super::book::{Book, Part};
use super::view::{Link, PageView, PublisherView, SectionNav, SiteView, View};
use super::{files, format};
use crate::disclosure::PublicText;
use crate::kinds::DocIndex;
use crate::kinds::{self, Kind};
use crate::model::address;

/// All that a template gets.
#[derive(Debug, Serialize)]
pub struct Full {
    pub site: SiteView,
    pub page: PageView,
    pub view: Box<dyn View>,
}

impl Full {
    /// A page of a section, or of the portal itself.
    pub fn of(book: &Book, part: Option<&Part>, about: About, view: impl View + 'static) -> Self {
        let root = format::root_of(&about.address);
        Full {
            site: site(book, &root, part),
            page: page(book, part, about),
            view: Box::new(view),
        }
    }
}

/// What the builder of a page says of it; the rest is the same for all.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Also the name of the template.
    pub kind: &'static str,
    pub title: String,
    pub description: String,
    /// From the root, with slashes at both ends.
    pub address: String,
    /// Where search engines are sent when that is another page.
    pub canonical: Option<String>,
    /// Pages between the section's home and this one: title, address.
    pub trail: Vec<(String, String)>,
    /// The document, where the page is of one.
    pub document: Option<DocIndex>,
    pub article: bool,
    pub alternates: Vec<Link>,
    pub noindex: bool,
    /// schema.org object beside breadcrumbs.
    pub data: Option<Value>,
}

/// The picture of a theme for links that people share.
pub const SHARE: &str = "share.png";

/// A portal with more sections lists them only on pages that belong to none: nobody reads a footer of hundreds.
const SECTIONS_EVERYWHERE: usize = 24;

/// Site-wide values for a page.
pub fn site(book: &Book, root: &str, current: Option<&Part>) -> SiteView {
    let s = &book.settings;
    SiteView {
        title: s.title.print(),
        short_title: s.short_title.as_ref().unwrap_or(&s.title).print(),
        description: s
            .description
            .as_ref()
            .map(PublicText::print)
            .unwrap_or_default(),
        publisher: publisher(book),
        root: root.to_owned(),
        sections: book
            .parts
            .iter()
            .filter(|_| current.is_none() || book.parts.len() <= SECTIONS_EVERYWHERE)
            .map(|part| Link {
                title: short_title(book, part),
                href: format::href(root, &format!("/{}/", part.folder)),
                current: current.is_some_and(|c| c.folder == part.folder),
                note: None,
            })
            .collect(),
        assets: book
            .versions
            .iter()
            .map(|(name, version)| {
                let place = format!("/assets/{version}");
                (name.clone(), format::href(root, &place))
            })
            .collect(),
        share: book
            .has_share
            .then(|| format!("{}assets/{SHARE}", s.base_url)),
        has_opendata: !book.sets.is_empty(),
        today: format::date(book.today),
    }
}

/// Who publishes the portal.
pub fn publisher(book: &Book) -> PublisherView {
    let s = &book.settings;
    let phone = s.publisher_phone.as_ref();
    PublisherView {
        name: s
            .publisher_name
            .as_ref()
            .map(PublicText::print)
            .unwrap_or_default(),
        phone: format::print_opt(phone),
        phone_href: phone.and_then(|p| format::phone(p.raw())),
        email: s.publisher_email.as_ref().map(|t| t.raw().to_owned()),
        address: format::print_opt(s.publisher_address.as_ref()),
    }
}

/// Short title of a section.
pub fn short_title(book: &Book, part: &Part) -> String {
    book.section(part)
        .and_then(|s| s.short_title.as_ref())
        .map_or_else(|| book.title(part.home), PublicText::print)
}

/// One entry of a section's menu.
#[derive(Debug, Clone)]
pub struct MenuEntry {
    pub title: String,
    pub address: String,
    /// The kind whose documents stand under it.
    pub kind: Option<Kind>,
}

/// The entries of a section's menu, in order.
pub fn menu(book: &Book, part: &Part) -> Vec<MenuEntry> {
    let entry = |title: &str, address: String, kind: Option<Kind>| MenuEntry {
        title: title.to_owned(),
        address,
        kind,
    };
    let calendar = entry("Календарь", format!("/{}/calendar/", part.folder), None);
    let mut entries = vec![
        (0, entry("О проекте", format!("/{}/", part.folder), None)),
        (kinds::CALENDAR, calendar),
    ];
    for (kind, list) in &part.kinds {
        let Some(menu) = &kind.about().menu else {
            continue;
        };
        let title = if list.len() > 1 { menu.many } else { menu.one };
        let address = index_address(book, part, *kind);
        entries.push((menu.place, entry(title, address, Some(*kind))));
    }
    entries.sort_by_key(|(place, _)| *place);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// Where a kind's menu entry leads: to the index, or to the only or main document.
pub fn index_address(book: &Book, part: &Part, kind: Kind) -> String {
    let (list, about) = (part.of(kind), kind.about());
    let straight = about.menu.as_ref().is_some_and(|menu| menu.straight);
    if about.index.is_some() && !(straight && list.len() == 1) {
        return address::index(&part.folder, kind);
    }
    let main = kind.main(list, |i| book.documents.get(*i).map_or("", |d| &d.head.id));
    main.map_or_else(|| "/".to_owned(), |i| book.address(*i).to_owned())
}

/// The trail above a document: its kind's index, or its main document.
pub fn trail(book: &Book, i: DocIndex) -> Vec<(String, String)> {
    let (Some(part), Some(document)) = (book.part(i), book.documents.get(i)) else {
        return Vec::new();
    };
    let about = document.head.kind.about();
    if about.menu.is_none() {
        return Vec::new();
    }
    let index = index_address(book, part, document.head.kind);
    if index == book.address(i) {
        return Vec::new();
    }
    vec![(about.words.list.to_owned(), index)]
}

/// Feeds and calendar of a section, for `<link rel="alternate">`.
pub fn feeds(book: &Book, part: &Part, root: &str) -> Vec<Link> {
    let feed = |mime: &str, address: String, title: &str| Link {
        title: mime.to_owned(),
        href: format::href(root, &address),
        current: false,
        note: Some(format!("{title}: {}", short_title(book, part))),
    };
    let mut feeds: Vec<Link> = part
        .streams()
        .map(|(kind, ..)| {
            let address = feed_address(part, kind);
            feed("application/atom+xml", address, kind.about().words.list)
        })
        .collect();
    let calendar = format!("/{}/calendar/events.ics", part.folder);
    feeds.push(feed("text/calendar", calendar, "Календарь"));
    feeds
}

/// Address of the portal's feed.
pub const PORTAL_FEED: &str = "/feed.xml";
/// Address of the portal's calendar.
pub const PORTAL_CALENDAR: &str = "/events.ics";

/// Feed and calendar of the portal.
pub fn portal_feeds(book: &Book, root: &str) -> Vec<Link> {
    let link = |mime: &str, address: &str, words: &str| Link {
        title: mime.to_owned(),
        href: format::href(root, address),
        current: false,
        note: Some(words.to_owned()),
    };
    let news = book.parts.iter().any(|p| p.streams().next().is_some());
    let feed = news.then(|| link("application/atom+xml", PORTAL_FEED, "Новости всех разделов"));
    let calendar = link("text/calendar", PORTAL_CALENDAR, "Календарь всех разделов");
    feed.into_iter().chain([calendar]).collect()
}

/// The address by which calendar programs follow a calendar: `webcal://host/…`.
pub fn webcal(book: &Book, address: &str) -> String {
    let base = &book.settings.base_url;
    let rest = base.split_once("://").map_or(&**base, |(_, rest)| rest);
    format!("webcal://{rest}{}", address.trim_start_matches('/'))
}

/// Address of the feed of a kind.
pub fn feed_address(part: &Part, kind: Kind) -> String {
    format!("{}feed.xml", address::index(&part.folder, kind))
}

/// Puts a page's head together.
pub fn page(book: &Book, part: Option<&Part>, about: About) -> PageView {
    let root = format::root_of(&about.address);
    let base = &book.settings.base_url;
    let absolute = |address: &str| format!("{base}{}", address.trim_start_matches('/'));
    let mut trail: Vec<(String, String)> = Vec::new();
    if about.kind != "home" {
        trail.push(("Главная".to_owned(), "/".to_owned()));
        if let Some(part) = part
            && about.kind != "section"
        {
            trail.push((short_title(book, part), format!("/{}/", part.folder)));
        }
        trail.extend(about.trail.iter().cloned());
    }
    let breadcrumbs: Vec<Link> = trail
        .iter()
        .map(|(title, address)| Link {
            title: title.clone(),
            href: format::href(&root, address),
            ..Link::default()
        })
        .collect();
    let canonical = absolute(about.canonical.as_deref().unwrap_or(&about.address));
    let head = about
        .document
        .and_then(|i| book.documents.get(i))
        .map(|d| &d.head);
    // The days of open data are those of the sets. A page that gathers others rests on the order of the section's roadmap, and is as old and new as they are.
    let order = match head {
        Some(head) => head.order.as_ref().and_then(|r| r.target),
        None => None,
    };
    let gathers = head.is_none_or(|h| h.kind == Kind::Section)
        && !matches!(about.kind, "404" | "opendata" | "search");
    let order = order.or_else(|| {
        let roadmap = part.filter(|_| gathers)?.roadmap?;
        book.documents.get(roadmap)?.head.order.as_ref()?.target
    });
    let source = order.filter(|i| Some(*i) != about.document).map(|i| Link {
        title: book.title(i),
        href: format::href(&root, book.address(i)),
        ..Link::default()
    });
    let (first, last) = if gathers {
        dates(book, part)
    } else {
        (None, None)
    };
    let published = head.and_then(|h| h.published).or(first);
    let updated = match head {
        Some(head) => head.updated.or(head.published).max(last),
        None => last,
    };
    let json_ld = json_ld(book, &about, &canonical, &trail, published, updated);
    PageView {
        kind: about.kind.to_owned(),
        description: format::shorten(&about.description, 200),
        canonical,
        breadcrumbs,
        section: part.map(|part| SectionNav {
            title: book.title(part.home),
            short_title: short_title(book, part),
            territory: book
                .section(part)
                .map(|s| s.territory.print())
                .unwrap_or_default(),
            href: format::href(&root, &format!("/{}/", part.folder)),
            menu: menu(book, part)
                .into_iter()
                .map(|entry| {
                    let here = entry.address == about.address;
                    let above = entry.kind.is_some()
                        && (entry.kind == head.map(|h| h.kind)
                            || about.address.starts_with(&entry.address));
                    Link {
                        current: here || above,
                        href: format::href(&root, &entry.address),
                        title: entry.title,
                        note: (here || above)
                            .then(|| if here { "page" } else { "true" }.to_owned()),
                    }
                })
                .collect(),
        }),
        published: published.map(format::date),
        updated: updated.map(format::date),
        source,
        sample: head.is_some_and(|h| h.sample),
        og_type: if about.article { "article" } else { "website" }.to_owned(),
        json_ld,
        files: head.map_or_else(Vec::new, |h| {
            files::originals(book, &h.file, &root, "Документ файлом")
        }),
        // Whoever makes the page knows how large they are.
        downloads: Vec::new(),
        alternates: about.alternates,
        noindex: about.noindex,
        title: about.title,
        address: about.address,
    }
}

/// The first publication and the last change of what a page gathers: a section, or the whole portal.
fn dates(
    book: &Book,
    part: Option<&Part>,
) -> (Option<chrono::NaiveDate>, Option<chrono::NaiveDate>) {
    let of_part = part
        .into_iter()
        .flat_map(|p| p.kinds.values().flatten().copied());
    let members: Vec<DocIndex> = match part {
        Some(_) => of_part.collect(),
        None => (0..book.documents.len()).collect(),
    };
    let heads = || {
        members
            .iter()
            .filter_map(|i| book.documents.get(*i))
            .map(|d| &d.head)
    };
    let first = heads().filter_map(|h| h.published).min();
    let last = heads().filter_map(|h| h.updated.or(h.published)).max();
    (first, last)
}

/// One `@graph` of schema.org objects, safe inside `<script>`.
fn json_ld(
    book: &Book,
    about: &About,
    canonical: &str,
    trail: &[(String, String)],
    published: Option<chrono::NaiveDate>,
    updated: Option<chrono::NaiveDate>,
) -> String {
    let base = &book.settings.base_url;
    let publisher = json!({
        "@type": "GovernmentOrganization",
        "name": book.settings.publisher_name.as_ref().map(PublicText::print),
        "url": base,
    });
    let mut page = json!({
        "@type": "WebPage",
        "@id": canonical,
        "url": canonical,
        "name": about.title,
        "description": format::shorten(&about.description, 200),
        "inLanguage": "ru",
        "publisher": publisher,
    });
    if let Some(map) = page.as_object_mut() {
        if let Some(day) = published {
            map.insert("datePublished".into(), Value::String(format::iso(day)));
        }
        if let Some(day) = updated {
            map.insert("dateModified".into(), Value::String(format::iso(day)));
        }
    }
    let mut graph = vec![page];
    if !trail.is_empty() {
        let mut items: Vec<Value> = trail
            .iter()
            .enumerate()
            .map(|(i, (title, address))| {
                json!({"@type": "ListItem", "position": i + 1, "name": title,
                       "item": format!("{base}{}", address.trim_start_matches('/'))})
            })
            .collect();
        items.push(json!({"@type": "ListItem", "position": items.len() + 1, "name": about.title}));
        graph.push(json!({"@type": "BreadcrumbList", "itemListElement": items}));
    }
    graph.extend(about.data.clone());
    let text = json!({"@context": "https://schema.org", "@graph": graph}).to_string();
    text.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}
