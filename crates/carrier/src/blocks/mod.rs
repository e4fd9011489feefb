//! A finished document as people see it: takes a name and bytes, gives paragraphs and tables in reading order, each
//! with the place a person would look for it, and notes of what was left out or is doubtful.
//!
//! Where [`crate::read`] hands out every letter in a file, hidden ones too, since any of them may disclose, this
//! gives what is displayed and nothing else: accepted changes, displayed numbers, visible rows. Knows nothing of
//! orders or plans. Must not guess: what is doubtful is given as it stands, with a [`Note`]. Bounded by [`Limits`].

mod docx;
mod edges;
mod gather;
mod html;
mod markup;
mod numbers;
mod odf;
mod package;
mod pdf;
mod sheets;
mod symbols;
#[cfg(test)]
mod testing;
mod text;
mod tree;
mod xlsx;

use crate::decode::encoding;
use crate::format::Format;
use crate::limits::Limits;
use crate::outcome::Reason;
use crate::scan::{Blind, Eye};
use crate::sniff::sniff;

/// A document in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocks {
    pub blocks: Vec<Block>,
    pub notes: Vec<Note>,
}

/// Where something stands in the document. Everything counts from 1; 0 says that it does not apply or is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct At {
    /// The page, or the sheet of a workbook.
    pub page: u32,
    /// The line of a text file, or the paragraph of a document outside its tables.
    pub line: u32,
    /// The table, in the order of the file.
    pub table: u32,
    /// The row of the table as displayed, hidden rows of a sheet counted (a person looks for its number).
    pub row: u32,
    /// The column in which the cell begins.
    pub cell: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    Paragraph(Paragraph),
    Table(Grid),
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Align {
    /// To the left, justified, or not known.
    #[default]
    Start,
    Center,
    End,
}

/// What a paragraph is to the page it stands on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Body,
    /// In a text box or a frame, such as «УТВЕРЖДЕНО приказом…»; stands where its anchor stands.
    Box,
    /// The head or foot of pages, once for each different text.
    Running,
    /// A foot or end note; its mark stands as `[^1]` in the text it belongs to.
    Footnote(String),
}

/// One paragraph, or one item of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    /// What is displayed, without markup: whole text of accepted changes, no soft hyphens, `\t` for tabs, `\n` for
    /// line breaks that somebody typed. Where a printed line ended in a hyphen and the format does not tell whether
    /// it belongs to the word, both stay: `образо-\nвательный`. A formula stands as `$…$` in LaTeX.
    pub text: String,
    /// The number or bullet that the program displays by itself, as displayed: `1.2.`, `а)`, `–`. Typed ones are in
    /// `text`.
    pub number: Option<String>,
    /// How deep an automatic number or bullet is nested, from 0.
    pub level: u8,
    /// 1 to 9 for a heading.
    pub heading: Option<u8>,
    pub align: Align,
    /// All of it is bold.
    pub bold: bool,
    pub part: Part,
    /// A page begins with it, as far as the format tells.
    pub new_page: bool,
    pub at: At,
}

/// One table. A table inside a cell is a block of its own after the outer one ([`Noted::Nested`]).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// A workbook's sheet, or a caption that the format marks as one.
    pub name: Option<String>,
    pub columns: u32,
    /// In order; a row may have no cells of its own when spans from above fill it.
    pub rows: Vec<Row>,
    pub at: At,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// By column, without those that a cell further up or left covers. Columns may be left out where there is no cell
    /// (before the first, after the last).
    pub cells: Vec<Cell>,
    /// The format marks it as a head that is repeated on each page.
    pub head: bool,
    /// A page begins inside or with it, as far as the format tells.
    pub new_page: bool,
    pub at: At,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The first column it covers, from 0.
    pub column: u32,
    /// How many columns it covers, at least 1.
    pub columns: u32,
    /// How many rows it covers, at least 1.
    pub rows: u32,
    pub paragraphs: Vec<Paragraph>,
    pub at: At,
}

impl Default for Cell {
    fn default() -> Self {
        Cell {
            column: 0,
            columns: 1,
            rows: 1,
            paragraphs: Vec::new(),
            at: At::default(),
        }
    }
}

impl Cell {
    /// Its text: paragraphs one a line, each after its number.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for paragraph in &self.paragraphs {
            if !out.is_empty() {
                out.push('\n');
            }
            if let Some(number) = &paragraph.number {
                out.push_str(number);
                out.push(' ');
            }
            out.push_str(&paragraph.text);
        }
        out
    }
}

/// Something about the document that whoever takes it over should be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    pub what: Noted,
    pub at: At,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Noted {
    /// Hidden text was left out.
    HiddenText,
    /// A hidden row was left out.
    HiddenRow,
    /// A hidden column was left out.
    HiddenColumn,
    /// A hidden sheet was left out; its name.
    HiddenSheet(String),
    /// Somebody's changes are neither accepted nor rejected: read as accepted.
    Revisions,
    /// Comments were left out.
    Comments,
    /// A picture stands here, which nobody has read.
    Picture,
    /// A page that is a picture: no text layer.
    NoText,
    /// A page was a picture and was recognised: the words of which the recogniser is unsure.
    Recognised(String),
    /// A picture could not be recognised.
    Blind(Blind),
    /// A table stood inside a cell.
    Nested,
    /// A cell holds a formula whose result is not in the file.
    Uncomputed,
    /// A formula that could not be written as LaTeX; it stands as its letters.
    Formula,
    /// Letters whose place or order on the page is uncertain (a page of columns, turned text, overlapping lines).
    Layout,
    /// Letters that the file's own tables do not explain.
    Unmapped,
    /// Where cells begin or end is uncertain.
    Cells,
    /// More than the limits allow was cut off.
    Cut,
    /// The encoding of a text was guessed.
    Encoding,
}

/// The document in `bytes`, by content first and by the name's extension where that leaves it open.
///
/// # Errors
/// Why there is nothing to take over: no document, encrypted, damaged, or larger than `limits` allow.
pub fn blocks(name: &str, bytes: &[u8], limits: &Limits) -> Result<Blocks, Reason> {
    blocks_seen(name, bytes, limits, None)
}

/// The same, where somebody reads the pictures that are pages.
///
/// # Errors
/// As [`blocks`].
pub fn blocks_seen(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    eye: Option<&dyn Eye>,
) -> Result<Blocks, Reason> {
    if bytes.len() as u64 > limits.max_bytes {
        return Err(Reason::TooLarge);
    }
    match sniff(name, bytes) {
        format @ (Format::Text | Format::Markdown | Format::Csv) => {
            let decoded = encoding::decode(bytes, encoding::declared(bytes, format));
            let mut blocks = text::read(&decoded.text, format, limits);
            if !decoded.alternatives.is_empty() {
                blocks.notes.push(Note {
                    what: Noted::Encoding,
                    at: At::default(),
                });
            }
            Ok(blocks)
        }
        Format::Docx => {
            let read = docx::read(bytes, limits)?;
            match eye {
                // Somebody has put a scan into a document.
                Some(eye) if read.blocks.iter().all(is_silent) => {
                    let pages = docx::pictures(bytes, limits, eye)?;
                    Ok(pdf::recognised(&pages, limits))
                }
                _ => Ok(read),
            }
        }
        Format::Xlsx => xlsx::read(bytes, limits),
        Format::Odf => odf::read(bytes, limits),
        Format::Pdf => pdf::read(bytes, limits, eye),
        Format::Png | Format::Jpeg | Format::Gif | Format::Webp | Format::Tiff | Format::Bitmap => {
            let eye = eye.ok_or(Reason::Unsupported)?;
            let pages = eye.look(bytes).map_err(|_| Reason::Unsupported)?;
            Ok(pdf::recognised(&pages, limits))
        }
        Format::Html => {
            let decoded = encoding::decode(bytes, encoding::declared(bytes, Format::Html));
            html::read(&decoded.text, limits)
        }
        // A locked document is wrapped into the container of the old formats.
        Format::Ole if memchr::memmem::find(bytes, &utf16("EncryptedPackage")).is_some() => {
            Err(Reason::Encrypted)
        }
        Format::Ole => Err(Reason::Legacy),
        Format::Unknown => Err(Reason::Unknown),
        _ => Err(Reason::Unsupported),
    }
}

/// Whether a block says next to nothing.
fn is_silent(block: &Block) -> bool {
    match block {
        Block::Paragraph(p) => p.text.chars().filter(|c| c.is_alphanumeric()).count() < 3,
        Block::Table(_) => false,
    }
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}
