//! Home of a section.

use serde::Serialize;
use serde_json::json;

use crate::disclosure::Public;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::kinds::section::Section;
use crate::model::address;
use crate::site::book::{Book, Part};
use crate::site::cards;
use crate::site::data;
use crate::site::events;
use crate::site::format;
use crate::site::head::{self, About, Full, feeds, short_title};
use crate::site::listed::Listed;
use crate::site::paged::{Paged, Spot, about, fields};
use crate::site::texts::Texts;
use crate::site::view::{BodyView, Card, EventView, Link, PersonView, Progress, PublisherView};

/// `section.html`
#[derive(Debug, Clone, Serialize)]
struct SectionView {
    title: String,
    territory: String,
    summary: String,
    about: String,
    period: Option<String>,
    /// The project's last day is past.
    ended: bool,
    /// It stands in the archive.
    archived: bool,
    /// The sections of the years before and after.
    years: Vec<Link>,
    /// Address of the section's calendar.
    calendar_href: String,
    owner: Option<BodyView>,
    operator: Option<BodyView>,
    coordinator: Option<PersonView>,
    progress: Option<Progress>,
    roadmap: Option<Link>,
    /// The next three dates.
    next: Vec<EventView>,
    documents: Vec<Card>,
    news: Vec<Card>,
    contacts: Option<ContactsView>,
    /// Everything else the section has: title, address, and in `note` how many.
    parts: Vec<Link>,
}

#[derive(Debug, Clone, Serialize)]
struct ContactsView {
    body: Option<String>,
    note: Option<String>,
    phone: Option<String>,
    phone_href: Option<String>,
    /// Who publishes the portal, where the section names neither phone nor e-mail.
    publisher: Option<PublisherView>,
    email: Option<String>,
    site: Option<String>,
    address: Option<String>,
}

/// How many dates, cards and news a home shows.
const NEXT: usize = 3;
const CARDS: usize = 6;
const NEWS: usize = 3;

impl Listed for Section<Public> {}

impl Paged for Section<Public> {
    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        fields(&[
            ("lead", "summary"),
            ("facts", "period"),
            ("about-title", "about"),
            ("contacts-title", "contacts"),
        ])
    }

    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let next = events::next(book, &[part], NEXT);
        let roadmap = part.roadmap;
        let view = SectionView {
            title: book.title(i),
            territory: self.territory.print(),
            summary: self.summary.print(),
            about: self
                .about
                .as_ref()
                .map(|a| format::paragraph(a, &root))
                .unwrap_or_default(),
            period: self.period.map(|(a, b)| format::span(a, b)),
            ended: format::ended(self.period, book),
            archived: self.archived,
            years: years(book, part, &root),
            calendar_href: format::href(&root, &format!("/{}/calendar/", part.folder)),
            owner: self.owner.as_ref().map(|r| cards::body(book, i, r)),
            operator: self.operator.as_ref().map(|r| cards::body(book, i, r)),
            coordinator: self.coordinator.as_ref().map(cards::person),
            progress: roadmap.map(|r| book.progress(r)),
            roadmap: roadmap.map(|r| Link {
                title: book.title(r),
                href: format::href(&root, book.address(r)),
                ..Link::default()
            }),
            next: next
                .iter()
                .take(NEXT)
                .map(|e| events::view(book, e, &root, false))
                .collect(),
            documents: first_cards(book, part, &root),
            news: news(book, part, &root),
            contacts: self.contacts.as_ref().map(|c| ContactsView {
                body: c.body.as_ref().map(|r| cards::body(book, i, r).name),
                note: format::print_opt(c.note.as_ref()),
                phone: format::print_opt(c.phone.as_ref()),
                publisher: (c.phone.is_none() && c.email.is_none()).then(|| head::publisher(book)),
                phone_href: c.phone.as_ref().and_then(|p| format::phone(p.raw())),
                email: c.email.as_ref().map(|e| e.raw().to_owned()),
                site: c.site.as_ref().map(|s| s.raw().to_owned()),
                address: format::print_opt(c.address.as_ref()),
            }),
            parts: parts(book, part, &root),
        };
        let about = about(book, i);
        let about = About {
            description: self.summary.print(),
            data: Some(json!({
                "@type": "Project",
                "name": about.title,
                "description": self.summary.print(),
                "areaServed": self.territory.print(),
            })),
            alternates: feeds(book, part, &root),
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts) {
        texts.passage("", &[&self.territory, &self.summary]);
        if let Some(about) = &self.about {
            texts.prose(about);
        }
        for of in [&self.owner, &self.operator].into_iter().flatten() {
            texts.passage("", &[of]);
            texts.bodies(book, i, std::slice::from_ref(of));
        }
        texts.passage("", &[&self.coordinator]);
        if let Some(c) = &self.contacts {
            texts.passage("", &[&c.body, &c.note, &c.phone, &c.email, &c.address]);
        }
    }

    fn summary(&self, _: &Book) -> String {
        self.summary.print()
    }
}

/// Documents of the kinds that stand first, kind by kind.
fn first_cards(book: &Book, part: &Part, root: &str) -> Vec<Card> {
    let mut kinds: Vec<(u8, Kind)> = part
        .kinds
        .keys()
        .filter_map(|kind| Some((kind.about().cards?, *kind)))
        .collect();
    kinds.sort_unstable();
    let documents = kinds.iter().flat_map(|(_, kind)| part.of(*kind));
    let first = documents.take(CARDS);
    first.map(|d| cards::card(book, *d, root)).collect()
}

/// The year before as this section says, and the years after as they say.
fn years(book: &Book, part: &Part, root: &str) -> Vec<Link> {
    let follows = |p: &Part| {
        let section = book.section(p)?;
        section.follows.as_ref().map(|f| f.shared().clone())
    };
    let link = |p: &Part, word: &str| Link {
        title: short_title(book, p),
        href: format::href(root, &format!("/{}/", p.folder)),
        current: false,
        note: Some(word.to_owned()),
    };
    let own = follows(part);
    let before = book
        .parts
        .iter()
        .filter(|p| Some(&p.folder) == own.as_ref());
    let after = book
        .parts
        .iter()
        .filter(|p| follows(p).is_some_and(|f| f == part.folder));
    before
        .map(|p| link(p, "Прошлый год"))
        .chain(after.map(|p| link(p, "Следующий год")))
        .collect()
}

fn news(book: &Book, part: &Part, root: &str) -> Vec<Card> {
    let news = data::newest(book, std::iter::once(part));
    let first = news.iter().take(NEWS);
    first.map(|n| cards::card(book, *n, root)).collect()
}

/// What else there is: the index of a kind with the number of its documents, or the documents themselves.
fn parts(book: &Book, part: &Part, root: &str) -> Vec<Link> {
    let mut kinds: Vec<Kind> = part.kinds.keys().copied().collect();
    kinds.retain(|kind| kind.about().more);
    kinds.sort_by_key(|kind| kind.about().menu.as_ref().map_or(u8::MAX, |m| m.place));
    let mut links = Vec::new();
    for kind in kinds {
        let (list, about) = (part.of(kind), kind.about());
        if about.index.is_some() {
            links.push(Link {
                title: about.words.list.to_owned(),
                href: format::href(root, &address::index(&part.folder, kind)),
                current: false,
                note: Some(list.len().to_string()),
            });
        } else {
            links.extend(list.iter().map(|d| Link {
                title: book.title(*d),
                href: format::href(root, book.address(*d)),
                ..Link::default()
            }));
        }
    }
    links
}
