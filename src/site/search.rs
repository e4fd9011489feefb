//! The index of the search over the whole portal.
//!
//! Takes the book; gives the files of its index. What of a document is text its kind says
//! ([`super::paged::Paged::texts`]).

use glasno_search::{Document, File};

use super::book::Book;
use super::head::short_title;
use super::paged::paged;
use super::texts::Texts;
use super::{format, listed};
use crate::model::address;

/// The files of the index.
pub fn files(book: &Book) -> Vec<File> {
    glasno_search::index(&documents(book))
}

fn documents(book: &Book) -> Vec<Document> {
    let mut all = Vec::new();
    for part in &book.parts {
        let section = short_title(book, part);
        for i in part.pages() {
            let Some(document) = book.documents.get(i) else {
                continue;
            };
            let mut texts = Texts::default();
            texts.passage("", &[&document.head.description]);
            paged(document).texts(book, i, &mut texts);
            all.push(Document {
                address: book.address(i).to_owned(),
                title: listed::card_title(document),
                section: section.clone(),
                word: listed::kind_word(document).to_owned(),
                date: listed::day(document).map(|day| format::date(day).text),
                passages: texts.passages,
            });
        }
        // Pages that gather others are found by their names.
        let lists = part
            .kinds
            .keys()
            .filter(|kind| kind.about().index.is_some());
        let lists =
            lists.map(|kind| (kind.about().words.list, address::index(&part.folder, *kind)));
        let calendar = ("Календарь", format!("/{}/calendar/", part.folder));
        all.extend(lists.chain([calendar]).map(|(title, address)| Document {
            address,
            title: title.to_owned(),
            section: section.clone(),
            ..Document::default()
        }));
    }
    all
}
