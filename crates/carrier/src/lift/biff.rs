//! Worksheets of before 2007 (BIFF5 and BIFF8): takes the workbook's stream, gives cells with their coordinates,
//! numbers as they are shown, titles of sheets, headers and text boxes. Lengths in the file are never trusted.

use std::collections::BTreeMap;

use super::cells::{number_format, print_codes};
use crate::ctx::{Ctx, Way};
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::inside;
use crate::shape::Rows;
use glasno_passage::Role;

/// How much of a long string is repeated for cells after the first that show it.
const REPEATED: usize = 300;

/// A record, with the records that continue it.
struct Record<'a> {
    kind: u16,
    /// Where it stands in the stream.
    at: usize,
    chunks: Vec<&'a [u8]>,
}

/// A number of two bytes.
fn two(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?.first_chunk()?;
    Some(u16::from_le_bytes(*two))
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?.first_chunk()?;
    Some(u32::from_le_bytes(*four))
}

fn records(bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let (kind, start) = (two(bytes, at)?, at);
        let mut chunks = Vec::new();
        loop {
            let len = usize::from(two(bytes, at + 2)?);
            chunks.push(bytes.get(at + 4..at + 4 + len)?);
            at += 4 + len;
            if two(bytes, at) != Some(0x3c) {
                break;
            }
        }
        Some(Record {
            kind,
            at: start,
            chunks,
        })
    })
}

/// Reads strings that may go on in the next chunk, which then says anew how wide its letters are.
struct Cursor<'r, 'a> {
    chunks: &'r [&'a [u8]],
    at: usize,
}

impl<'a> Cursor<'_, 'a> {
    fn chunk(&mut self) -> Option<&'a [u8]> {
        loop {
            let chunk = *self.chunks.first()?;
            if self.at < chunk.len() {
                return chunk.get(self.at..);
            }
            self.at -= chunk.len();
            self.chunks = self.chunks.get(1..)?;
        }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.chunk()?.first()?;
        self.at += 1;
        Some(byte)
    }

    fn two(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    /// So many letters; what the record has no room for is not there.
    fn letters(&mut self, mut left: usize, mut wide: bool) -> String {
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            if self.chunk().is_none() {
                break;
            }
            let before = self.chunks.len();
            if !units.is_empty() && self.at == 0 {
                wide = self.byte().is_some_and(|f| f & 1 != 0);
            }
            let Some(rest) = self.chunk().filter(|_| self.chunks.len() == before) else {
                continue;
            };
            let size = if wide { 2 } else { 1 };
            let taken = (rest.len() / size).min(left);
            if taken == 0 {
                self.at += rest.len();
                continue;
            }
            let body = rest.get(..taken * size).unwrap_or_default();
            match wide {
                true => units.extend(body.chunks_exact(2).filter_map(|p| two(p, 0))),
                false => units.extend(body.iter().map(|b| u16::from(*b))),
            }
            self.at += taken * size;
            left -= taken;
        }
        String::from_utf16_lossy(&units)
    }

    /// A string with its length, flags, and what may stand between and behind them.
    fn string(&mut self) -> Option<String> {
        let (len, flags) = (usize::from(self.two()?), self.byte()?);
        let runs = if flags & 8 != 0 { self.two()? } else { 0 };
        let extended = if flags & 4 != 0 {
            u32::from(self.two()?) | (u32::from(self.two()?) << 16)
        } else {
            0
        };
        let text = self.letters(len, flags & 1 != 0);
        let skipped = usize::from(runs) * 4;
        self.at = self
            .at
            .saturating_add(skipped)
            .saturating_add(usize::try_from(extended).unwrap_or(usize::MAX));
        Some(text)
    }
}

#[derive(Default)]
struct Workbook {
    /// Letters are of one or two bytes, and not in a code page.
    unicode: bool,
    strings: Vec<(String, bool)>,
    /// By where their sheets begin.
    titles: BTreeMap<usize, String>,
    formats: BTreeMap<u16, Vec<String>>,
    styles: Vec<u16>,
}

impl Workbook {
    /// Text in one of the encodings a string without a mark may have.
    fn string(&self, record: &Record<'_>, at: usize, short: bool) -> String {
        let mut cursor = Cursor {
            chunks: &record.chunks,
            at,
        };
        let len = if short {
            cursor.byte().map(usize::from)
        } else {
            cursor.two().map(usize::from)
        };
        let Some(len) = len else {
            return String::new();
        };
        if self.unicode {
            let wide = cursor.byte().is_some_and(|f| f & 1 != 0);
            return cursor.letters(len, wide);
        }
        let rest = cursor.chunk().unwrap_or_default();
        let bytes = rest.get(..len).unwrap_or(rest);
        encoding::decode(bytes, None).text.into_owned()
    }

    /// How a number is shown in a style: as itself, and with the words of its format.
    fn shown(&self, style: u16, value: &str) -> Vec<String> {
        let format = self.styles.get(usize::from(style));
        let sections = format.and_then(|f| self.formats.get(f));
        let mut all = vec![value.to_owned()];
        if let Some(sections) = sections {
            all.extend(sections.iter().map(|s| s.replace('\0', value)));
        }
        all
    }

    /// What all sheets share.
    fn globals(&mut self, record: &Record<'_>) {
        let head = record.chunks.first().copied().unwrap_or_default();
        match record.kind {
            0x85 => {
                let at = four(head, 0).and_then(|p| usize::try_from(p).ok());
                let title = self.string(record, 6, true);
                self.titles.insert(at.unwrap_or(0), title);
            }
            0xfc => {
                let mut cursor = Cursor {
                    chunks: &record.chunks,
                    at: 8,
                };
                while let Some(text) = cursor.string() {
                    self.strings.push((text, false));
                }
            }
            0x41e => {
                let code = self.string(record, 2, !self.unicode);
                let shown = number_format(&code);
                if let Some(id) = two(head, 0).filter(|_| !shown.is_empty()) {
                    self.formats.insert(id, shown);
                }
            }
            0xe0 => self.styles.push(two(head, 2).unwrap_or(0)),
            _ => {}
        }
    }
}

/// Reads the stream of a workbook.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let mut book = Workbook::default();
    let mut sheet: Option<Sheet> = None;
    for record in records(bytes) {
        let head = record.chunks.first().copied().unwrap_or_default();
        match record.kind {
            0x809 => {
                book.unicode = two(head, 0) == Some(0x600);
                sheet = book.titles.get(&record.at).map(|title| {
                    ctx.emit(part, Role::Path, title, None);
                    Sheet {
                        part: inside(part, title),
                        table: ctx.next_table(),
                        rows: Rows::default(),
                        place: None,
                    }
                });
            }
            0x2f => ctx.unreadable(part, Reason::Encrypted),
            0x14 | 0x15 => {
                let text = book.string(&record, 0, !book.unicode);
                for piece in print_codes(&text) {
                    ctx.emit(part, Role::Text, piece.trim(), None);
                }
            }
            // A text box or a comment: its letters are all in the records that continue it.
            0x1b6 => {
                let mut cursor = Cursor {
                    chunks: record.chunks.get(1..).unwrap_or_default(),
                    at: 0,
                };
                let len = two(head, 10).map_or(0, usize::from);
                let wide = cursor.byte().is_some_and(|f| f & 1 != 0);
                let text = cursor.letters(len, wide);
                ctx.emit(part, Role::Text, text.trim(), None);
                ctx.again(Way::Encoded, part, text.trim(), None);
            }
            _ => match &mut sheet {
                Some(sheet) => sheet.cell(ctx, &mut book, &record),
                None => book.globals(&record),
            },
        }
    }
    let part = inside(part, "strings");
    for (text, _) in book.strings.iter().filter(|s| !s.1) {
        ctx.emit(&part, Role::Hidden, text, None);
    }
}

struct Sheet {
    part: String,
    table: u32,
    rows: Rows,
    /// The cell whose formula gives the text that follows.
    place: Option<(u16, u16)>,
}

impl Sheet {
    fn cell(&mut self, ctx: &mut Ctx<'_>, book: &mut Workbook, record: &Record<'_>) {
        let head = record.chunks.first().copied().unwrap_or_default();
        let (Some(row), Some(column)) = (two(head, 0), two(head, 2)) else {
            return;
        };
        let style = two(head, 4).unwrap_or(0);
        match record.kind {
            0xfd => {
                let index = four(head, 6).and_then(|i| usize::try_from(i).ok());
                let found = index.and_then(|i| book.strings.get_mut(i));
                let Some((text, used)) = found else { return };
                let end = if *used { REPEATED } else { text.len() };
                *used = true;
                let text = text.get(..text.floor_char_boundary(end)).unwrap_or(text);
                let text = text.to_owned();
                self.show(ctx, row, column, &text);
            }
            0x204 | 0xd6 => {
                let text = book.string(record, 6, false);
                self.show(ctx, row, column, &text);
            }
            0x203 => {
                let value = head.get(6..14).and_then(|v| v.first_chunk());
                let value = value.map(|v| number(f64::from_le_bytes(*v)));
                self.value(ctx, book, (row, column), style, value);
            }
            0x27e => {
                let value = four(head, 6).map(|v| number(packed(v)));
                self.value(ctx, book, (row, column), style, value);
            }
            0xbd => {
                let body = head.get(4..head.len().saturating_sub(2));
                for (i, cell) in (0u16..).zip(body.unwrap_or_default().chunks_exact(6)) {
                    let value = four(cell, 2).map(|v| number(packed(v)));
                    let place = (row, column.saturating_add(i));
                    self.value(ctx, book, place, two(cell, 0).unwrap_or(0), value);
                }
            }
            0x06 => {
                let joined = literals(head.get(20..).unwrap_or_default());
                ctx.emit(&self.part, Role::Hidden, &joined, None);
                let result = head.get(6..14).and_then(|v| v.first_chunk::<8>());
                match result {
                    Some([_, _, _, _, _, _, 0xff, 0xff]) => self.place = Some((row, column)),
                    Some(v) => {
                        let value = Some(number(f64::from_le_bytes(*v)));
                        self.value(ctx, book, (row, column), style, value);
                    }
                    None => {}
                }
            }
            0x207 => {
                if let Some((row, column)) = self.place.take() {
                    let text = book.string(record, 0, false);
                    self.show(ctx, row, column, &text);
                }
            }
            _ => {}
        }
    }

    fn value(
        &mut self,
        ctx: &mut Ctx<'_>,
        book: &Workbook,
        (row, column): (u16, u16),
        style: u16,
        value: Option<String>,
    ) {
        for text in value.iter().flat_map(|v| book.shown(style, v)) {
            self.show(ctx, row, column, &text);
        }
    }

    fn show(&mut self, ctx: &mut Ctx<'_>, row: u16, column: u16, text: &str) {
        let role = Role::Cell {
            table: self.table,
            row: u32::from(row),
            column: u32::from(column),
            head: self.rows.head(u32::from(row)),
        };
        ctx.emit(&self.part, role, text.trim(), None);
        ctx.again(Way::Encoded, &self.part, text.trim(), None);
    }
}

/// The texts in a formula's code, as if all of them were joined: what looks like one and is none does no harm.
fn literals(code: &[u8]) -> String {
    let mut all = String::new();
    let mut rest = code;
    while let Some(at) = memchr::memchr(0x17, rest) {
        let tail = rest.get(at + 1..).unwrap_or_default();
        let (len, wide) = match tail {
            [len, flags @ 0..=1, ..] => (usize::from(*len), *flags == 1),
            _ => (0, false),
        };
        let size = if wide { 2 } else { 1 };
        match tail.get(2..2 + len * size).filter(|b| !b.is_empty()) {
            Some(body) if wide => {
                all.push_str(&encoding::utf16(body, false));
                rest = tail.get(2 + body.len()..).unwrap_or_default();
            }
            Some(body) => {
                all.extend(body.iter().map(|b| char::from(*b)));
                rest = tail.get(2 + body.len()..).unwrap_or_default();
            }
            None => rest = tail,
        }
    }
    all
}

/// A number in four bytes: the top of a floating one, or an integer; either may stand for its hundredth.
fn packed(value: u32) -> f64 {
    let whole = if value & 2 != 0 {
        f64::from(value.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(value & !3) << 32)
    };
    if value & 1 != 0 { whole / 100.0 } else { whole }
}

fn number(value: f64) -> String {
    // Far longer than any number a cell shows.
    if value.is_finite() && value.abs() < 1e15 {
        format!("{value}")
    } else {
        String::new()
    }
}
