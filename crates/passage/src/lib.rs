//! Readable text lifted out of some carrier (a page, a document, a file name), with what stands round it.
//!
//! Takes nothing and decides nothing: this is the ground type on which `carrier` (which makes passages)
//! and `guard` (which reads them) meet without knowing each other.

use std::borrow::Cow;

/// What a fragment is in its carrier. Context rules need it: a district named in the heading above, or in
/// the cell beside, belongs to the school named in the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The path of the file or folder itself, or a name inside an archive.
    Path,
    /// The title of the whole document (`<title>`, `dc:title`, file properties).
    Title,
    /// A heading; 1 is the outermost level.
    Heading(u8),
    /// Running text: one paragraph, list item, line of plain text.
    Text,
    /// One cell of a table. `table` counts tables in the carrier, `row` and `column` count from 0;
    /// `head` marks a header cell (of a column or of a row).
    Cell {
        table: u32,
        row: u32,
        column: u32,
        head: bool,
    },
    /// The value of an attribute, property or key: `alt`, `title`, `href`, a JSON string, an EXIF field.
    Attribute,
    /// Text that a reader does not see: comments, `hidden`, `<template>`, hidden sheets, metadata.
    Hidden,
    /// An address: percent-decoded, punycode resolved.
    Address,
}

/// Where a fragment stands in its carrier, so that a person can find it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Locator {
    /// The part inside a container: `word/document.xml`, `Лист1`, `inner.zip/readme.txt`. Empty for a plain file.
    pub part: String,
    /// 1-based line in the carrier's own text, where it has lines.
    pub line: Option<u32>,
    /// 1-based column in characters on that line.
    pub column: Option<u32>,
}

/// One run of text a reader (person or machine) can get out of a carrier, decoded: entities, escapes and
/// encodings resolved, runs split inside a word joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment<'a> {
    pub text: Cow<'a, str>,
    pub role: Role,
    pub at: Locator,
}
