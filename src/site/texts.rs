//! What of a document a reader can search for: passages, each with its place on the page.
//!
//! Takes public values of a document, as its kind hands them over ([`super::paged::Paged::texts`]); gives passages of
//! plain text. Sees public values alone, so that no word comes in that a page would not show.

use glasno_search::Passage;

use super::book::Book;
use crate::disclosure::{Public, PublicMarkup, PublicNumber, PublicText};
use crate::kinds::DocIndex;
use crate::kinds::common::{Attached, Person, Responsible};
use crate::kinds::term::Term;

/// Something that has words.
pub trait Words {
    fn words(&self, out: &mut Vec<String>);
}

impl Words for str {
    fn words(&self, out: &mut Vec<String>) {
        if !self.trim().is_empty() {
            out.push(self.trim().to_owned());
        }
    }
}

impl Words for PublicText {
    fn words(&self, out: &mut Vec<String>) {
        self.raw().words(out);
    }
}

impl Words for PublicMarkup {
    fn words(&self, out: &mut Vec<String>) {
        let text: Vec<&str> = self.plain().split_whitespace().collect();
        text.join(" ").words(out);
    }
}

impl Words for PublicNumber {
    fn words(&self, out: &mut Vec<String>) {
        (**self).words(out);
    }
}

impl Words for Term<Public> {
    fn words(&self, out: &mut Vec<String>) {
        self.printed.words(out);
    }
}

impl Words for Responsible<Public> {
    fn words(&self, out: &mut Vec<String>) {
        self.printed.words(out);
        self.note.words(out);
    }
}

impl Words for Person<Public> {
    fn words(&self, out: &mut Vec<String>) {
        self.name.words(out);
        self.post.words(out);
        self.role.words(out);
        self.note.words(out);
    }
}

impl Words for Attached<Public> {
    fn words(&self, out: &mut Vec<String>) {
        self.title.words(out);
    }
}

impl<T: Words> Words for Option<T> {
    fn words(&self, out: &mut Vec<String>) {
        if let Some(value) = self {
            value.words(out);
        }
    }
}

impl<T: Words> Words for Vec<T> {
    fn words(&self, out: &mut Vec<String>) {
        self.iter().for_each(|value| value.words(out));
    }
}

/// The passages of one document, as its kind tells them.
#[derive(Debug, Default)]
pub struct Texts {
    pub passages: Vec<Passage>,
}

impl Texts {
    /// A passage at an anchor (empty where it has none): its parts in the order of the page.
    pub fn passage(&mut self, anchor: &str, parts: &[&dyn Words]) {
        let mut words = Vec::new();
        parts.iter().for_each(|part| part.words(&mut words));
        if !words.is_empty() {
            self.passages.push(Passage {
                anchor: anchor.to_owned(),
                text: words.join(" · "),
                also: String::new(),
            });
        }
    }

    /// Words by which the last passage is found too.
    pub fn also(&mut self, words: &str) {
        if let Some(passage) = self.passages.last_mut() {
            passage.also.push(' ');
            passage.also.push_str(words);
        }
    }

    /// A long text, each part of it under its heading.
    pub fn prose(&mut self, text: &PublicMarkup) {
        let (mut rest, mut anchor) = (text.plain(), "");
        let mut push = |anchor: &str, text: &str| {
            self.passages.push(Passage {
                anchor: anchor.to_owned(),
                text: text.trim().to_owned(),
                also: String::new(),
            });
        };
        for heading in text.headings() {
            // A heading that is not found word for word stays with the text above it.
            let Some(at) = rest.find(heading.title.trim()) else {
                continue;
            };
            let (above, below) = rest.split_at(at);
            push(anchor, above);
            (rest, anchor) = (below, &heading.anchor);
        }
        push(anchor, rest);
        self.passages.retain(|p| !p.text.is_empty());
    }

    /// The full names of those who answer, where they are printed short.
    pub fn bodies(&mut self, book: &Book, i: DocIndex, list: &[Responsible<Public>]) {
        let directory = book.part(i).and_then(|part| book.bodies(part));
        let Some(directory) = directory else { return };
        for body in list.iter().flat_map(Responsible::bodies) {
            if let Some(body) = directory.bodies.get(body) {
                self.also(body.name.raw());
                body.short.iter().for_each(|short| self.also(short.raw()));
            }
        }
    }
}
