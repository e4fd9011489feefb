//! The files of a document that people take away, beside its page.
//!
//! Takes the book; gives which formats there are, the document to be written in each, and what the page says of them.

use chrono::Datelike;
use glasno_editions::{self as editions, Block, Inline};
use serde_json::{Value, json};

use super::book::Book;
use super::edition::Format;
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

/// The document to be written in a format.
pub fn document(book: &Book, i: DocIndex, format: Format) -> Option<editions::Document> {
    let document = book.documents.get(i)?;
    let edition = paged(document).edition(book, i)?;
    let title = book.title(i);
    let base = &book.settings.base_url;
    let address = format!("{base}{}", book.address(i).trim_start_matches('/'));
    let head = &document.head;
    let day = head.updated.or(head.published);
    let host = book.settings.host();
    let mut blocks = Vec::new();
    match format {
        Format::Xlsx => {
            let table = super::edition::marked(edition.table?, head.sample);
            blocks.push(Block::Table(table));
        }
        Format::Pdf | Format::Docx => {
            if head.sample {
                blocks.push(Block::Note(vec![Block::Paragraph(vec![
                    Inline::bold("Образец: сведения вымышлены."),
                    Inline::text(" Файл показывает, как будет выглядеть публикация."),
                ])]));
            }
            blocks.extend(edition.blocks);
            blocks.push(Block::Paragraph(vec![
                Inline::text("Адрес страницы: "),
                Inline::link(address.clone(), address.clone()),
            ]));
        }
    }
    Some(editions::Document {
        subject: summary(book, i),
        publisher: book
            .settings
            .publisher_name
            .as_ref()
            .map(PublicText::print)
            .unwrap_or_default(),
        foot: format!("{title} — {host}"),
        title,
        address,
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
    })
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
