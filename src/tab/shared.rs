//! What all tabs of a section have in common: the project, its orders, the operator's roadmap, events, news.
//!
//! Takes public documents; gives views made once. The operator's rule has been applied to them, so they name no
//! protected school in anyone's tab.

use std::collections::BTreeMap;

use super::source::Level;
use super::view::{ContactView, EventView, PaperView, ProjectView, RegionView, RowView};
use crate::disclosure::PublicText;
use crate::kinds::Kind;
use crate::kinds::section::Level as SectionLevel;
use crate::progress::Status;
use crate::site::book::{Book, Part};
use crate::site::listed::day;
use crate::site::paged::Event;
use crate::site::view::DateView;
use crate::site::{cards, events, format};
use crate::text::typograph;

/// How many events to come, past events, news and rows a tab shows of the operator's.
const NEXT: usize = 8;
const PAST: usize = 5;
const NEWS: usize = 5;
const ROWS: usize = 6;

/// Views of one section.
#[derive(Debug, Default)]
pub struct Shared {
    pub project: ProjectView,
    pub orders: Vec<(Level, PaperView)>,
    pub region: Option<RegionView>,
    pub next: Vec<EventView>,
    pub past: Vec<EventView>,
    pub news: Vec<PaperView>,
    pub operator: Option<ContactView>,
    /// Newest day of the orders, and of the news.
    pub orders_day: Option<chrono::NaiveDate>,
    pub news_day: Option<chrono::NaiveDate>,
}

/// Views of every section, by folder.
pub fn all(book: &Book) -> BTreeMap<String, Shared> {
    book.parts
        .iter()
        .map(|part| (part.folder.to_string(), section(book, part)))
        .collect()
}

fn section(book: &Book, part: &Part) -> Shared {
    let root = book.settings.base_url.as_str();
    let of = |kind| part.of(kind).iter().copied();
    let mut shared = Shared {
        project: project(book, part, root),
        operator: operator(book, part),
        ..Shared::default()
    };
    let level = match book.section(part).map(|s| s.level) {
        Some(SectionLevel::Region) => Level::Regional,
        _ => Level::Municipal,
    };
    for i in of(Kind::Order) {
        let card = cards::card(book, i, root);
        shared.orders_day = shared.orders_day.max(day(&book.documents[i]));
        shared.orders.push((level, page(card, "страница портала")));
    }
    for i in of(Kind::News).take(NEWS) {
        shared.news_day = shared.news_day.max(day(&book.documents[i]));
        shared
            .news
            .push(page(cards::card(book, i, root), "страница портала"));
    }
    let all = events::of_section(book, part);
    let (past, next): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|e| e.to.unwrap_or(e.from) < book.today);
    let view = |e: &&Event| event(events::view(book, e, root, false));
    shared.next = next.iter().take(NEXT).map(view).collect();
    shared.past = past.iter().rev().take(PAST).map(view).collect();
    shared.region = region(book, part, root);
    shared
}

fn page(card: crate::site::view::Card, format: &str) -> PaperView {
    PaperView {
        title: card.title,
        href: Some(card.href),
        format: Some(format.to_owned()),
        date: card.date,
        note: None,
    }
}

fn event(e: crate::site::view::EventView) -> EventView {
    EventView {
        date: Some(e.date),
        until: e.until,
        time: e.time,
        title: e.title,
        href: Some(e.href),
        place: e.place,
        kind: Some(e.kind_word),
    }
}

fn project(book: &Book, part: &Part, root: &str) -> ProjectView {
    let Some(section) = book.section(part) else {
        return ProjectView::default();
    };
    let mut facts = vec![("Территория", section.territory.print())];
    if let Some((from, to)) = section.period {
        facts.push(("Срок", format::span(from, to)));
    }
    if let Some(owner) = &section.owner {
        facts.push(("Кто ведёт", cards::body(book, part.home, owner).name));
    }
    if let Some(operator) = &section.operator {
        facts.push(("Оператор", cards::body(book, part.home, operator).name));
    }
    ProjectView {
        title: book.title(part.home),
        summary: Some(section.summary.print()),
        html: section
            .about
            .as_ref()
            .map(|about| block(format::local(&about.html(), root), about.block())),
        facts,
        href: Some(format::href(root, book.address(part.home))),
    }
}

/// Markup as it stands in a part of a tab: a single paragraph gets its `<p>`, and headings become strong lines, for
/// the levels above them are another's.
pub fn block(html: String, is_block: bool) -> String {
    if html.is_empty() {
        return html;
    }
    if !is_block {
        return format!("<p>{html}</p>");
    }
    if !html.contains("<h") {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_str();
    let heading = |text: &str| {
        let level = text.as_bytes().get(1);
        text.starts_with('h') && level.is_some_and(u8::is_ascii_digit)
    };
    while let Some(open) = rest.find('<') {
        let Some(close) = rest.get(open..).and_then(|t| t.find('>')).map(|i| open + i) else {
            break;
        };
        out.push_str(rest.get(..open).unwrap_or(""));
        let tag = rest.get(open + 1..close).unwrap_or("");
        match tag.strip_prefix('/') {
            Some(name) if heading(name) => out.push_str("</strong></p>"),
            None if heading(tag) => out.push_str("<p><strong>"),
            _ => out.push_str(rest.get(open..=close).unwrap_or("")),
        }
        rest = rest.get(close + 1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

fn operator(book: &Book, part: &Part) -> Option<ContactView> {
    let section = book.section(part)?;
    let contacts = section.contacts.as_ref()?;
    let phone = format::print_opt(contacts.phone.as_ref()).map(|p| p.replace(' ', "\u{a0}"));
    Some(ContactView {
        name: section.coordinator.as_ref().map(|c| c.name.print()),
        post: section
            .coordinator
            .as_ref()
            .and_then(|c| c.post.as_ref().map(PublicText::print)),
        organisation: contacts
            .body
            .as_ref()
            .map(|b| cards::body(book, part.home, b).name),
        dial: phone.as_deref().and_then(dial),
        phone,
        email: format::print_opt(contacts.email.as_ref()),
        note: format::print_opt(contacts.note.as_ref()),
    })
}

/// Digits of a telephone number for its link; `None` where there are several numbers or none.
pub fn dial(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.len() {
        11 if digits.starts_with('8') => Some(format!("+7{}", digits.get(1..)?)),
        11 => Some(format!("+{digits}")),
        _ => None,
    }
}

fn region(book: &Book, part: &Part, root: &str) -> Option<RegionView> {
    let i = part.roadmap?;
    let roadmap = book.roadmap(i)?;
    let anchors = crate::kinds::roadmap::anchors(roadmap);
    let states = book.states(i);
    let rows = roadmap.rows().zip(&states).zip(anchors);
    let next = rows
        .filter(|((_, state), _)| {
            matches!(
                state,
                Some(Status::Overdue | Status::NoRecord | Status::DueSoon | Status::UnderWay)
            )
        })
        .take(ROWS)
        .map(|(((_, row), state), anchor)| RowView {
            no: row.no.as_deref().map(str::to_owned),
            html: crate::document::markdown::escape(&format::shorten(
                &typograph(row.measure.plain()),
                200,
            ))
            .into_owned(),
            period: row.period.as_ref().map(|p| p.printed.print()),
            status: state.map(Status::word),
            status_key: state.map(Status::as_str),
            evidence: Some(crate::site::view::EvidenceView {
                text: "Строка дорожной карты".to_owned(),
                href: Some(format!("{}#{anchor}", format::href(root, book.address(i)))),
                date: None,
                sample: false,
            }),
            ..RowView::default()
        })
        .collect();
    Some(RegionView {
        title: book.title(i),
        href: format::href(root, book.address(i)),
        progress: book.progress(i),
        next,
    })
}

/// Newest first, so that the newest day of a part is at hand.
pub fn newest(days: impl IntoIterator<Item = Option<chrono::NaiveDate>>) -> Option<DateView> {
    days.into_iter().flatten().max().map(format::date)
}
