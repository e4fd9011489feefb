//! A document in a list.

use super::book::Book;
use super::view::{AmendedView, BodyView, Card, Link, PersonView};
use super::{format, listed, paged};
use crate::disclosure::{Public, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::common::{Amended, Person, Responsible};
use crate::kinds::refs::RowRef;

/// The card of a document for a page whose root prefix is `root`.
pub fn card(book: &Book, i: DocIndex, root: &str) -> Card {
    let document = &book.documents[i];
    Card {
        title: listed::card_title(document),
        href: format::href(root, book.address(i)),
        kind_word: listed::kind_word(document).to_owned(),
        date: listed::day(document).map(format::date),
        summary: format::shorten(&paged::summary(book, i), 220),
        sample: document.head.sample,
    }
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

/// What was changed by another act, and what it was.
pub fn amended(book: &Book, a: &Amended<Public>, root: &str) -> AmendedView {
    let by = a.by.as_ref().and_then(|r| r.target);
    AmendedView {
        ahead: a.by.is_some() && by.is_none(),
        by: by.map(|i| Link {
            title: book.title(i),
            href: format::href(root, book.address(i)),
            ..Link::default()
        }),
        was: a.was.as_ref().map(|was| format::cell(was, root)),
        note: format::print_opt(a.note.as_ref()),
    }
}
