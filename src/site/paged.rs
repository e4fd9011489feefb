//! What a document gives to the site: its page, further views of it, data files, events.
//!
//! Takes the book and one document of it; gives whole pages and files. Kinds differ here by behaviour; where data
//! suffices, it stands in [`crate::kinds`].

use chrono::NaiveDate;

use super::book::{Book, Part};
use super::edition::{Edition, Format};
use super::filter::Filter;
use super::head::{About, Full, trail};
use super::listed;
use super::texts::Texts;
use crate::disclosure::Public;
use crate::kinds::Kind;
use crate::kinds::body::on_body;
use crate::kinds::{DocIndex, Document};

/// What differs between kinds: their bodies implement it in `site::kinds`.
pub trait Paged {
    /// Its page; `None` where the kind has none.
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full>;

    /// What it is about, in a sentence or two, where its description does not say it.
    fn summary(&self, _book: &Book) -> String {
        String::new()
    }

    /// What of it a reader can search for, in the order of its page.
    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts);

    /// Views with fewer rows, each at an address of its own, in the order of the page.
    fn filters(&self, _book: &Book, _part: &Part, _i: DocIndex) -> Vec<Filter> {
        Vec::new()
    }

    /// One of these views.
    fn filtered(&self, _book: &Book, _i: DocIndex, _filter: &Filter) -> Option<Full> {
        None
    }

    /// Names of the files for programs that lie beside its page.
    fn files(&self) -> &'static [&'static str] {
        &[]
    }

    /// One of these files.
    fn file(&self, _book: &Book, _i: DocIndex, _name: &str) -> Option<Vec<u8>> {
        None
    }

    /// Its table as open data; none where it has no table.
    fn open(&self, _book: &Book, _i: DocIndex) -> Option<OpenTable> {
        None
    }

    /// The formats in which it is taken away as a file.
    fn formats(&self) -> &'static [Format] {
        &[]
    }

    /// What these files hold.
    fn edition(&self, _book: &Book, _i: DocIndex) -> Option<Edition> {
        None
    }

    /// Adds the wanted ones of its events. Asked only where the kind gives any.
    fn events(&self, _book: &Book, _i: DocIndex, _wanted: Wanted<'_>, _events: &mut Vec<Event>) {}

    /// Anchors on its page with the places of the source from which they come. `headings` finds the lines of a text's
    /// headings in its source.
    fn places(&self, _headings: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        Vec::new()
    }
}

/// A table as open data: columns that programs can name, and the words of the document. It holds nothing that changes
/// with the day, for the day in the name of its file is that of its last change.
#[derive(Debug, Default)]
pub struct OpenTable {
    pub columns: Vec<OpenColumn>,
    pub rows: Vec<Vec<String>>,
}

/// A column of open data.
#[derive(Debug)]
pub struct OpenColumn {
    /// Latin letters and digits.
    pub name: String,
    pub english: String,
    pub russian: String,
    pub format: &'static str,
}

impl OpenColumn {
    pub fn text(name: &str, english: &str, russian: &str) -> Self {
        OpenColumn {
            name: name.to_owned(),
            english: english.to_owned(),
            russian: russian.to_owned(),
            format: "string",
        }
    }

    pub fn date(name: &str, english: &str, russian: &str) -> Self {
        let format = "date";
        OpenColumn {
            format,
            ..OpenColumn::text(name, english, russian)
        }
    }

    /// The `n`-th of the columns that only one document has, with its printed heading.
    pub fn further(n: usize, heading: &str) -> Self {
        let n = n + 1;
        OpenColumn::text(
            &format!("further{n}"),
            &format!("further column {n}"),
            heading,
        )
    }
}

/// Where in a source a block of its page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    Line(u32),
    /// A part of its own: `members.3`.
    Part(String),
    /// A line of the text below the fields.
    Body(u32),
    /// A field of the whole.
    Field(&'static str),
}

/// The items of a list, each with its anchor.
pub fn items(count: usize, anchor: &str, list: &str) -> Vec<(String, Spot)> {
    (0..count)
        .map(|n| {
            (
                format!("{anchor}-{}", n + 1),
                Spot::Part(format!("{list}.{n}")),
            )
        })
        .collect()
}

/// Blocks that stand for whole fields, by their anchors.
pub fn fields(blocks: &[(&str, &'static str)]) -> Vec<(String, Spot)> {
    blocks
        .iter()
        .map(|(anchor, field)| ((*anchor).to_owned(), Spot::Field(field)))
        .collect()
}

/// One event, before it is printed on a page.
#[derive(Debug, Clone)]
pub struct Event {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub time: Option<String>,
    pub title: String,
    /// From the root, with its anchor.
    pub address: String,
    pub kind_word: &'static str,
    pub kind: &'static str,
    pub place: Option<String>,
    pub sample: bool,
    pub document: DocIndex,
    /// Tells it from the other events of its document, whatever comes and goes.
    pub key: String,
    /// It has days of its own: «апрель» has none.
    pub dated: bool,
}

/// Whether an event that lasts from one day to another is wanted.
pub type Wanted<'a> = &'a mut dyn FnMut(NaiveDate, NaiveDate) -> bool;

/// A document by what it gives to the site.
pub fn paged(document: &Document<Public>) -> &dyn Paged {
    on_body!(&document.body, body => body)
}

/// What a document is about, in a sentence or two.
pub fn summary(book: &Book, i: DocIndex) -> String {
    let Some(document) = book.documents.get(i) else {
        return String::new();
    };
    if let Some(description) = &document.head.description {
        return description.print();
    }
    let text = paged(document).summary(book);
    if text.is_empty() {
        listed::title(document)
    } else {
        text
    }
}

/// The head of a document's page; builders change what is otherwise.
pub fn about(book: &Book, i: DocIndex) -> About {
    let kind = book.documents.get(i).map(|d| d.head.kind);
    About {
        kind: kind.map_or("", Kind::word),
        title: book.title(i),
        description: summary(book, i),
        address: book.address(i).to_owned(),
        trail: trail(book, i),
        document: Some(i),
        ..About::default()
    }
}

/// All filtered views of a document.
pub fn filters(book: &Book, i: DocIndex) -> Vec<Filter> {
    match (book.documents.get(i), book.part(i)) {
        (Some(document), Some(part)) => paged(document).filters(book, part, i),
        _ => Vec::new(),
    }
}
