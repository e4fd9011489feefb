//! The files of a document that people take away, beside its page.
//!
//! Takes the book; gives which formats there are, the documents to be written in them, and what the page says of them.

use std::sync::Arc;

use chrono::Datelike;
use glasno_editions::{self as editions, Block, Inline};
use serde_json::{Value, json};

use super::book::Book;
use super::edition::{Edition, Format};
use super::format;
use super::paged::{paged, summary};
use super::view::AttachmentView;
use crate::disclosure::PublicText;
use crate::kinds::DocIndex;

/// The formats that a document is given out in.
pub fn formats(book: &Book, i: DocIndex) -> &'static [Format] {
    match book.documents.get(i) {
        Some(document) if book.settings.downloads => paged(document).formats(),
        _ => &[],
    }
}

/// The documents to be written in formats: what is the same for several is made once.
pub fn documents(
    book: &Book,
    i: DocIndex,
    formats: &[Format],
) -> Vec<(Format, Arc<editions::Document>)> {
    let made = book.documents.get(i).filter(|_| !formats.is_empty());
    let Some(edition) = made.and_then(|document| paged(document).edition(book, i)) else {
        return Vec::new();
    };
    let Edition { blocks, table } = edition;
    let of = |format: &Format| *format == Format::Xlsx;
    let table = table.filter(|_| formats.iter().any(of));
    let sample = book.is_sample(i);
    let table = table.map(|table| {
        let table = super::edition::marked(table, sample);
        Arc::new(whole(book, i, vec![Block::Table(table)]))
    });
    let words = formats.iter().any(|format| !of(format));
    let words = words.then(|| Arc::new(whole(book, i, page(book, i, blocks))));
    let document = |format: &Format| match format {
        Format::Xlsx => Some((*format, table.clone()?)),
        Format::Pdf | Format::Docx => Some((*format, words.clone()?)),
    };
    formats.iter().filter_map(document).collect()
}

/// The words of a page with what is said around them.
fn page(book: &Book, i: DocIndex, own: Vec<Block>) -> Vec<Block> {
    let mut blocks = Vec::new();
    if book.is_sample(i) {
        blocks.push(Block::Note(vec![Block::Paragraph(vec![
            Inline::bold("Образец: сведения вымышлены."),
            Inline::text(" Файл показывает, как будет выглядеть публикация."),
        ])]));
    }
    blocks.extend(own);
    let address = absolute(book, i);
    blocks.push(Block::Paragraph(vec![
        Inline::text("Адрес страницы: "),
        Inline::link(address.clone(), address),
    ]));
    blocks
}

/// Address of a document's page on the net.
fn absolute(book: &Book, i: DocIndex) -> String {
    let base = &book.settings.base_url;
    format!("{base}{}", book.address(i).trim_start_matches('/'))
}

fn whole(book: &Book, i: DocIndex, blocks: Vec<Block>) -> editions::Document {
    let title = book.title(i);
    let head = book.documents.get(i).map(|d| &d.head);
    let day = head.and_then(|head| head.updated.or(head.published));
    let host = book.settings.host();
    editions::Document {
        subject: summary(book, i),
        publisher: book
            .settings
            .publisher_name
            .as_ref()
            .map(PublicText::print)
            .unwrap_or_default(),
        foot: format!("{title} — {host}"),
        title,
        address: absolute(book, i),
        date: day.and_then(|d| {
            let year = u16::try_from(d.year()).ok()?;
            Some((
                year,
                u8::try_from(d.month()).ok()?,
                u8::try_from(d.day()).ok()?,
            ))
        }),
        blocks,
        ..editions::Document::default()
    }
}

/// The file.
pub fn write(document: &editions::Document, format: Format) -> Result<Vec<u8>, editions::Error> {
    match format {
        Format::Pdf => editions::pdf(document),
        Format::Docx => editions::docx(document),
        Format::Xlsx => editions::xlsx(document),
    }
}

/// What search engines of data read: the table of a document, and the files that it is given out in.
pub fn dataset(book: &Book, i: DocIndex) -> Option<Value> {
    let document = book.documents.get(i)?;
    let base = &book.settings.base_url;
    let absolute = |below: &str| format!("{base}{}", below.trim_start_matches('/'));
    let address = book.address(i);
    let mut files: Vec<(String, &str)> = formats(book, i)
        .iter()
        .filter(|f| **f == Format::Xlsx)
        .map(|f| (f.name(address), f.mime()))
        .collect();
    for name in paged(document).files() {
        match name.rsplit('.').next() {
            Some("csv") => files.push(((*name).to_owned(), "text/csv")),
            Some("json") => files.push(((*name).to_owned(), "application/json")),
            _ => {}
        }
    }
    let distribution: Vec<Value> = files
        .into_iter()
        .map(|(name, mime)| {
            json!({"@type": "DataDownload", "encodingFormat": mime,
                   "contentUrl": absolute(&format!("{address}{name}"))})
        })
        .collect();
    let publisher = book.settings.publisher_name.as_ref();
    let head = &document.head;
    Some(json!({
        "@type": "Dataset",
        "name": book.title(i),
        "description": summary(book, i),
        "url": absolute(address),
        "inLanguage": "ru",
        "isAccessibleForFree": true,
        "creator": {"@type": "GovernmentOrganization", "name": publisher.map(PublicText::print), "url": base},
        "dateModified": head.updated.or(head.published).map(format::iso),
        "distribution": distribution,
    }))
}

/// «PDF, 120 КБ» for a file beside a page.
pub fn offer(word: &str, name: &str, len: Option<usize>, address: &str) -> AttachmentView {
    let size = len.map(|n| crate::text::file_size(n as u64));
    AttachmentView {
        title: match &size {
            Some(size) => format!("{word}, {size}"),
            None => word.to_owned(),
        },
        href: format::href(&format::root_of(address), &format!("{address}{name}")),
        format: None,
    }
}
