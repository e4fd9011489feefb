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

/// Where the text of a fragment goes on at another place of its carrier than behind the character before: at a line's
/// end, behind a tag or a reference, where pieces were put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// Byte of the fragment's text.
    pub offset: usize,
    pub line: u32,
    pub column: u32,
}

/// One run of text a reader (person or machine) can get out of a carrier, decoded: entities, escapes and
/// encodings resolved, runs split inside a word joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment<'a> {
    pub text: Cow<'a, str>,
    pub role: Role,
    /// Where the text begins.
    pub at: Locator,
    /// In rising order. A line break of the text that is none of the carrier's has none.
    pub turns: Cow<'a, [Turn]>,
}

impl Fragment<'_> {
    /// The place of a byte of the text, as far as the carrier has lines.
    pub fn place(&self, offset: usize) -> Locator {
        let mut at = self.at.clone();
        let Some(line) = at.line else { return at };
        let first = Turn {
            offset: 0,
            line,
            column: at.column.unwrap_or(1),
        };
        let before = self.turns.partition_point(|turn| turn.offset <= offset);
        let last = before.checked_sub(1).and_then(|n| self.turns.get(n));
        let turn = last.unwrap_or(&first);
        let since = self.text.get(turn.offset..offset).unwrap_or_default();
        at.line = Some(turn.line);
        if at.column.is_some() || last.is_some() {
            let steps = u32::try_from(since.chars().count()).unwrap_or(u32::MAX);
            at.column = Some(turn.column.saturating_add(steps));
        }
        at
    }
}
