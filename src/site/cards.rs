//! A document in a list.

use super::book::{Book, day};
use super::format;
use super::texts;
use super::view::{AttachmentView, BodyView, Card, Link, PersonView};
use crate::disclosure::{Public, PublicText};
use crate::model::common::{Attached, Person, Responsible, RowRef};
use crate::model::{Body, DocIndex, Target};

/// The card of a document for a page whose root prefix is `root`.
pub fn card(book: &Book, i: DocIndex, root: &str) -> Card {
    let document = &book.documents[i];
    Card {
        title: match &document.body {
            Body::Order(order) if document.head.title.is_none() => {
                format!(
                    "{} «{}»",
                    texts::order_title(order),
                    order.subject.print().trim_matches(['«', '»'])
                )
            }
            _ => book.title(i),
        },
        href: format::href(root, book.address(i)),
        kind_word: texts::kind_word(document).to_owned(),
        date: day(document).map(format::date),
        summary: format::shorten(&summary(book, i), 220),
        sample: document.head.sample,
    }
}

/// What a document is about, in a sentence or two.
pub fn summary(book: &Book, i: DocIndex) -> String {
    let document = &book.documents[i];
    if let Some(description) = &document.head.description {
        return description.print();
    }
    let text = match &document.body {
        Body::Order(order) => order.subject.print(),
        Body::Text(text) => crate::text::typograph(text.body.plain()).into_owned(),
        Body::Section(section) => section.summary.print(),
        Body::Seminar(seminar) => {
            let about = seminar.about.as_ref().map(|a| a.plain().to_owned());
            let audience = seminar
                .audience
                .as_ref()
                .map(|a| format!("Для кого: {}", a.print()));
            about.or(audience).unwrap_or_default()
        }
        Body::Roadmap(roadmap) => {
            let n = roadmap.rows().count();
            let count = super::book::count_words(n, ["мероприятие", "мероприятия", "мероприятий"]);
            format!("{count}, {}", book.progress(roadmap).words)
        }
        Body::Group(group) => {
            super::book::count_words(group.members.len(), ["участник", "участника", "участников"])
        }
        Body::Schedule(schedule) => {
            super::book::count_words(schedule.rows.len(), ["событие", "события", "событий"])
        }
        Body::Indicators(_) | Body::Bodies(_) => String::new(),
    };
    if text.is_empty() { book.title(i) } else { text }
}

/// A body answerable, with its full name from the directory.
pub fn body(book: &Book, document: DocIndex, r: &Responsible<Public>) -> BodyView {
    let found = book
        .part(document)
        .and_then(|part| book.bodies(part))
        .and_then(|d| d.bodies.get(r.body?));
    match found {
        Some(body) => BodyView {
            id: body.id.to_string(),
            name: body.name.print(),
            short: body.short.as_ref().unwrap_or(&body.name).print(),
            role: format::print_opt(body.role.as_ref()),
        },
        None => BodyView {
            name: r.printed.print(),
            short: r.printed.print(),
            ..BodyView::default()
        },
    }
}

pub fn person(p: &Person<Public>) -> PersonView {
    PersonView {
        name: p.name.print(),
        post: p.post.as_ref().map(PublicText::print).unwrap_or_default(),
        role: format::print_opt(p.role.as_ref()),
        note: format::print_opt(p.note.as_ref()),
    }
}

/// A link to a row of the roadmap: «Дорожная карта, строка 3.1».
pub fn row(book: &Book, r: Option<&RowRef<Public>>, root: &str) -> Option<Link> {
    let (roadmap, row) = r?.target?;
    let anchor = book.row_anchor(roadmap, row)?;
    let (_, referred) = book.roadmap(roadmap)?.rows().nth(row)?;
    let no = referred.no.as_deref()?.trim_end_matches('.');
    Some(Link {
        title: format!("Дорожная карта, строка\u{a0}{no}"),
        href: format::href(root, &format!("{}#{anchor}", book.address(roadmap))),
        ..Link::default()
    })
}

pub fn attachment(book: &Book, a: &Attached<Public>, root: &str) -> Option<AttachmentView> {
    let target = a.link.target.as_ref()?;
    let format = match target {
        Target::Attachment(i) => {
            let file = book.attachments.get(*i)?;
            let extension = file.address.rsplit('.').next().unwrap_or("").to_uppercase();
            Some(format!("{extension}, {}", crate::text::file_size(file.len)))
        }
        _ => None,
    };
    Some(AttachmentView {
        title: a.title.print(),
        href: format::local_href(&book.target(target)?, root),
        format,
    })
}
