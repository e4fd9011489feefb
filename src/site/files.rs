//! Files that pages lead to: attachments, signed scans, documents as they were handed in.
//!
//! Takes the book and what refers to a file; gives links with format, size and pages. Must not read a file.

use super::book::Book;
use super::format;
use super::view::AttachmentView;
use crate::diag::message::plural;
use crate::disclosure::Public;
use crate::kinds::Target;
use crate::kinds::common::{Attached, Original};

/// Something to read.
pub fn attachment(book: &Book, a: &Attached<Public>, root: &str) -> Option<AttachmentView> {
    let target = a.link.target.as_ref()?;
    Some(AttachmentView {
        title: a.title.print(),
        href: format::local_href(&book.target(target)?, root),
        format: facts(book, target),
    })
}

/// The scans or files of a document; `title` is what they are called where they say nothing of themselves.
pub fn originals(
    book: &Book,
    originals: &[Original<Public>],
    root: &str,
    title: &str,
) -> Vec<AttachmentView> {
    let several = originals.len() > 1;
    originals
        .iter()
        .enumerate()
        .filter_map(|(n, original)| {
            let target = original.file.target.as_ref()?;
            let title = match &original.title {
                Some(own) => own.print(),
                None if several => format!("{title}, {}", n + 1),
                None => title.to_owned(),
            };
            Some(AttachmentView {
                title,
                href: format::local_href(&book.target(target)?, root),
                format: facts(book, target),
            })
        })
        .collect()
}

/// «PDF, 240 КБ, 6 страниц»; none for what is no file of the site.
fn facts(book: &Book, target: &Target) -> Option<String> {
    let Target::Attachment(i) = target else {
        return None;
    };
    let file = book.attachments.get(*i)?;
    let extension = file.address.rsplit('.').next().unwrap_or("").to_uppercase();
    let size = crate::text::file_size(file.len);
    let pages = file.pages.map_or_else(String::new, |n| {
        let word = plural(u64::from(n), &["страница", "страницы", "страниц"]);
        format!(", {n}\u{a0}{word}")
    });
    Some(format!("{extension}, {size}{pages}"))
}
