//! A document as a file to take away: PDF (tagged, PDF/UA-1), DOCX and XLSX.
//!
//! Takes a [`Document`]: a small tree of headings, paragraphs, lists with their printed markers, tables, pairs of words
//! and notes. Gives whole files, the same bytes for the same tree. Knows nothing of the program, reads no clock, no
//! file and no net. Must not change a word: what stands in the tree stands in the file, in the tree's order.
//!
//! ```
//! use glasno_editions::{Block, Cell, Column, Document, Row, Table, docx, pdf, xlsx};
//!
//! let document = Document {
//!     title: "Отчёт о ходе проекта".into(),
//!     publisher: "Управление образования".into(),
//!     date: Some((2025, 3, 10)),
//!     foot: "Отчёт на 10.03.2025".into(),
//!     blocks: vec![
//!         Block::heading(1, "Отчёт о ходе проекта"),
//!         Block::text("Выполнено 9 мероприятий из 25."),
//!         Block::Table(Table {
//!             columns: vec![Column::auto(), Column::share(3.0)],
//!             head: vec![Row::head(["№", "Мероприятие"])],
//!             rows: vec![Row::across("Раздел 1"), Row::of(["1.1", "Семинар"])],
//!             ..Table::default()
//!         }),
//!     ],
//!     ..Document::default()
//! };
//! let file: Vec<u8> = pdf(&document).unwrap();
//! let file: Vec<u8> = docx(&document).unwrap();
//! let file: Vec<u8> = xlsx(&document).unwrap();
//! ```
//!
//! - The first heading of level 1 is the document's title as readers see it; `title` is what a window and a catalogue
//!   say. Levels that skip are drawn together, so that the outline has no holes.
//! - [`Table::head`] is repeated on each page; its cells, those of [`Row::across`] and of the first
//!   [`Table::row_heads`] columns are heads for assistive programs too. A page stands upright unless a table is too
//!   wide for it ([`Orientation`]).
//! - [`xlsx()`] writes the tables alone, each on a sheet; a tree without a table has none and gives an error.
//! - A link leads to an absolute address (`https://…`, `mailto:…`); a link to anything else is printed as plain text.
//! - Fonts: Golos Text (the theme's) and, for signs that it lacks, DejaVu Sans. A character that neither has is shown
//!   as a box and keeps its place in the text.

mod docx;
mod flow;
mod font;
mod formula;
mod lines;
mod package;
mod pages;
mod pdf;
#[cfg(test)]
mod tests;
mod tree;
mod xlsx;
mod xml;

pub use docx::docx;

pub use pdf::pdf;
pub use tree::{
    Block, Cell, Column, Document, Error, Formula, Inline, Item, Orientation, Row, Run, Script,
    Table, plain,
};
pub use xlsx::xlsx;
