//! An index of texts that the script of a page searches without a server: words and texts in small files, so that an
//! answer costs a few of them.
//!
//! Takes documents as plain passages that may be published; gives files of JSON ([`index`]). Steps: cut passages
//! into pieces (`cut`), count words as the script will ask for them ([`words`]), pack both (`pack`). Must not know
//! where texts come from, read files, or hold a word that no passage has.
//!
//! The twin of [`words`] is the theme's `search.js`: what is changed in one is changed in the other, and a test in a
//! browser looks for every word of every text.

mod cut;
mod pack;
pub mod words;

/// A document to be found.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// From the root, with slashes at both ends.
    pub address: String,
    pub title: String,
    /// What it belongs to, as a reader is told.
    pub section: String,
    /// What it is: «Приказ».
    pub word: String,
    /// Its day, in words.
    pub date: Option<String>,
    pub passages: Vec<Passage>,
}

/// A part of a document with a place of its own.
#[derive(Debug, Clone, Default)]
pub struct Passage {
    /// Anchor on the document's page; empty where it has none.
    pub anchor: String,
    pub text: String,
    /// By what else it is found: the full name of a body that is printed short.
    pub also: String,
}

/// One file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// `index.json`, `words-3.json`, `texts-12.json`
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The files of an index, in the order of their names.
pub fn index(documents: &[Document]) -> Vec<File> {
    pack::pack(documents)
}
