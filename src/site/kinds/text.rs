//! Pages of text: news, materials, long documents, plain pages.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use crate::disclosure::Public;
use crate::kinds::text::TextDocument;
use crate::kinds::{DocIndex, Head};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::files;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Paged, Spot, about, fields};
use crate::site::texts::Texts;
use crate::site::view::{AttachmentView, DateView, Link};

/// `news.html`, `material.html`, `document.html`, `page.html`
#[derive(Debug, Clone, Serialize)]
struct TextView {
    body: String,
    /// Headings of the second and third level: title, `#anchor`, and in `note` the level.
    contents: Vec<Link>,
    date: Option<DateView>,
    category: Option<String>,
    row: Option<Link>,
    attachments: Vec<AttachmentView>,
    /// Older and newer news.
    previous: Option<Link>,
    next: Option<Link>,
}

impl Listed for TextDocument<Public> {
    fn day(&self, head: &Head<Public>) -> Option<NaiveDate> {
        self.date.or(head.published)
    }

    fn group(&self) -> Option<String> {
        format::print_opt(self.category.as_ref())
    }
}

impl Paged for TextDocument<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let head = &book.documents.get(i)?.head;
        let root = format::root_of(book.address(i));
        let stream = head.kind.about().stream.as_ref();
        let neighbours = stream.map_or(&[][..], |_| part.of(head.kind));
        let place = neighbours.iter().position(|d| *d == i);
        let neighbour = |at: Option<usize>| {
            let d = *neighbours.get(at?)?;
            Some(Link {
                title: book.title(d),
                href: format::href(&root, book.address(d)),
                ..Link::default()
            })
        };
        let contents = self.body.headings().iter().filter(|h| h.level <= 3);
        let attachments = self.attachments.iter();
        let view = TextView {
            body: format::paragraph(&self.body, &root),
            contents: contents
                .map(|h| Link {
                    title: h.title.clone(),
                    href: format!("#{}", h.anchor),
                    current: false,
                    note: Some(h.level.to_string()),
                })
                .collect(),
            date: self.date.map(format::date),
            category: format::print_opt(self.category.as_ref()),
            row: cards::row(book, head.row.as_ref(), &root),
            attachments: attachments
                .filter_map(|a| files::attachment(book, a, &root))
                .collect(),
            // Lists stand newest first.
            previous: neighbour(place.map(|p| p + 1)),
            next: neighbour(place.and_then(|p| p.checked_sub(1))),
        };
        let about = about(book, i);
        let day = self.date.map(format::iso);
        let data = stream
            .map(|s| json!({"@type": s.schema, "headline": about.title, "datePublished": day}));
        let about = About {
            article: true,
            data,
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn texts(&self, _: &Book, _: DocIndex, texts: &mut Texts) {
        texts.passage("", &[&self.category]);
        texts.prose(&self.body);
        texts.passage("", &[&self.attachments]);
    }

    fn summary(&self, _: &Book) -> String {
        crate::text::typograph(self.body.plain()).into_owned()
    }

    fn places(&self, headings: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let (lines, own) = (headings(), self.body.headings());
        let mut out = fields(&[
            ("text", "body"),
            ("row", "row"),
            ("files-title", "attachments"),
        ]);
        // A source that has changed, or headings that are written in another way: no line rather than a wrong one.
        if lines.len() == own.len() {
            let anchors = own.iter().map(|h| h.anchor.clone());
            out.splice(0..0, anchors.zip(lines.into_iter().map(Spot::Body)));
        }
        out
    }
}
