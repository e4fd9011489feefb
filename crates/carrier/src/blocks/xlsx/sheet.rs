//! One sheet: takes its part, gives its table. Rows keep the numbers a person sees beside them; where a merged cell
//! begins in something hidden, it is shown in what is left of it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::tree::{Element, Tree};
use super::super::{Align, At, Block, Blocks, Cell, Grid, Note, Noted, Paragraph, Part, Row};
use super::{Book, Style, format, words};

/// Columns beyond this many are cut off, so that empty cells between two do not fill the memory.
const MAX_COLUMNS: u32 = 300;
/// Steps that all merged cells together may take, by rows.
const MAX_MERGED: usize = 3_000_000;
/// Empty cells between others.
const MAX_FILLED: usize = 2_000_000;

/// A cell may hold 32,767 letters.
const MAX_BYTES: usize = 4 * 32_767;
/// All texts together: many cells may show one stored text.
const MAX_TEXT: usize = 64 << 20;

/// A cell as it is stored.
struct Stored {
    text: String,
    bold: bool,
    align: Align,
}

struct Merge {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
}

/// Reads a sheet.
pub(super) fn read(
    tree: &Tree<'_>,
    name: String,
    at: At,
    book: &Book,
    left: &mut u64,
    out: &mut Blocks,
) {
    let Some(root) = tree.root() else { return };
    let number = out
        .blocks
        .iter()
        .filter(|b| matches!(b, Block::Table(_)))
        .count()
        + 1;
    let at = At {
        table: u32::try_from(number).unwrap_or(u32::MAX),
        ..at
    };
    let mut sheet = Sheet {
        at,
        book,
        notes: Vec::new(),
        hidden_columns: hidden_columns(root),
        hidden_rows: BTreeSet::new(),
        rows: BTreeMap::new(),
        text: 0,
    };
    let zero = root
        .child("sheetFormatPr")
        .and_then(|f| f.attribute("zeroHeight"))
        .is_some_and(|z| z == "1" || z == "true");
    let data = root.child("sheetData").into_iter();
    let mut row = 0u32;
    for element in data
        .flat_map(Element::children)
        .filter(|e| e.name() == "row")
    {
        row = element.number("r").unwrap_or_else(|| row.saturating_add(1));
        sheet.row(element, row, zero, left);
        if sheet.text > MAX_TEXT {
            *left = 0;
        }
        if *left == 0 {
            sheet.note(Noted::Cut, row, 0);
            break;
        }
    }
    let merges: Vec<Merge> = root
        .child("mergeCells")
        .into_iter()
        .flat_map(Element::children)
        .filter_map(|m| area(&m.attribute("ref")?))
        .collect();
    let grid = sheet.grid(name, &merges);
    out.notes.append(&mut sheet.notes);
    if !grid.rows.is_empty() {
        out.blocks.push(Block::Table(grid));
    }
}

struct Sheet<'b> {
    at: At,
    book: &'b Book,
    notes: Vec<Note>,
    hidden_columns: Vec<(u32, u32)>,
    hidden_rows: BTreeSet<u32>,
    rows: BTreeMap<u32, BTreeMap<u32, Stored>>,
    /// Bytes of text so far.
    text: usize,
}

impl Sheet<'_> {
    fn note(&mut self, what: Noted, row: u32, cell: u32) {
        let at = At {
            row,
            cell,
            ..self.at
        };
        if self.notes.len() < 5_000 {
            self.notes.push(Note { what, at });
        }
    }

    fn is_hidden(&self, column: u32) -> bool {
        self.hidden_columns
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&column))
    }

    fn row(&mut self, element: Element<'_>, row: u32, zero: bool, left: &mut u64) {
        let flag = |name: &str| element.attribute(name).map(|v| v == "1" || v == "true");
        let flat = element.number("ht").is_some_and(|h: f64| h == 0.0);
        let hidden = flag("hidden").unwrap_or(zero && flag("customHeight") != Some(true)) || flat;
        let mut cells = BTreeMap::new();
        let mut column = 0u32;
        for cell in element.children().filter(|e| e.name() == "c") {
            let own = cell.attribute("r").and_then(|r| reference(&r)).map(|r| r.1);
            column = own.unwrap_or_else(|| column.saturating_add(1));
            let Some(stored) = self.stored(cell, row, column, hidden) else {
                continue;
            };
            if column > MAX_COLUMNS {
                self.note(Noted::Cut, row, column);
                break;
            }
            *left = left.saturating_sub(1);
            self.text = self.text.saturating_add(stored.text.len());
            cells.insert(column, stored);
            if *left == 0 || self.text > MAX_TEXT {
                break;
            }
        }
        if hidden {
            self.hidden_rows.insert(row);
            if !cells.is_empty() {
                self.note(Noted::HiddenRow, row, 0);
            }
        }
        if !cells.is_empty() {
            self.rows.entry(row).or_default().append(&mut cells);
        }
    }

    /// What a cell shows; nothing when it shows nothing.
    fn stored(&mut self, cell: Element<'_>, row: u32, column: u32, hidden: bool) -> Option<Stored> {
        let book = self.book;
        let style = cell.number::<usize>("s").unwrap_or(0);
        let usual = Style::default();
        let style = book.styles.get(style).unwrap_or(&usual);
        let value = cell.child("v").map(Element::text).unwrap_or_default();
        let kind = cell.attribute("t").unwrap_or_default();
        let uncomputed = cell.child("f").is_some() && value.is_empty() && kind != "str";
        if uncomputed && !hidden && !self.is_hidden(column) {
            self.note(Noted::Uncomputed, row, column);
        }
        let mut bold = style.bold;
        let text = match kind.as_ref() {
            "s" => {
                let index: usize = value.trim().parse().ok()?;
                let words = book.strings.get(index)?;
                bold |= words.bold;
                format::show_text(first(&words.text), &style.format)
            }
            "inlineStr" => {
                let words = words(cell.child("is")?);
                bold |= words.bold;
                format::show_text(first(&words.text), &style.format)
            }
            "str" | "e" => super::unescaped(&value),
            "b" => match value.trim() {
                "1" | "true" => "ИСТИНА".to_owned(),
                _ => "ЛОЖЬ".to_owned(),
            },
            "d" => iso(&value),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => format::show(number, &style.format, book.early),
                Err(_) => value,
            },
        };
        let text = tidy(&text);
        (!text.is_empty()).then_some(Stored {
            text,
            bold,
            align: style.align,
        })
    }

    fn grid(&mut self, name: String, merges: &[Merge]) -> Grid {
        let shown = |column: u32, hidden: &[(u32, u32)]| {
            !hidden.iter().any(|(a, b)| (*a..=*b).contains(&column))
        };
        let rows: Vec<u32> = self
            .rows
            .keys()
            .copied()
            .filter(|r| !self.hidden_rows.contains(r))
            .filter(|r| {
                let cells = self.rows.get(r).into_iter().flat_map(BTreeMap::keys);
                cells.copied().any(|c| shown(c, &self.hidden_columns))
            })
            .collect();
        let all: BTreeSet<u32> = self.rows.values().flat_map(|c| c.keys().copied()).collect();
        let (used, hidden): (BTreeSet<u32>, BTreeSet<u32>) = all
            .into_iter()
            .partition(|c| shown(*c, &self.hidden_columns));
        for column in hidden {
            self.note(Noted::HiddenColumn, 0, column);
        }
        let (first, last) = match (used.first(), used.last()) {
            (Some(first), Some(last)) => (*first, *last),
            _ => return Grid::default(),
        };
        // A merged cell may reach further than what is written.
        let reach = merges.iter().filter(|m| m.left <= last && m.right >= first);
        let widest = reach.map(|m| m.right).max().unwrap_or(last).max(last);
        let end = widest.min(first.saturating_add(MAX_COLUMNS));
        let places: BTreeMap<u32, u32> = (first..=end)
            .filter(|c| shown(*c, &self.hidden_columns))
            .zip(0u32..)
            .collect();
        let (mut covered, complete) = covered(merges, &rows, &places);
        if !complete {
            self.note(Noted::Cut, 0, 0);
        }
        let mut grid = Grid {
            name: Some(name),
            columns: 0,
            at: At {
                row: rows.first().copied().unwrap_or(0),
                cell: first,
                ..self.at
            },
            ..Grid::default()
        };
        let titles = self.book.titles.get(&self.at.page).copied();
        let mut filled = 0usize;
        for row in rows {
            let spans = covered.remove(&row).unwrap_or_default();
            let cells = self.line(row, &places, &spans, merges, &mut filled);
            let at = At { row, ..self.at };
            let end = cells
                .last()
                .map_or(0, |c| c.column.saturating_add(c.columns));
            grid.columns = grid.columns.max(end);
            grid.rows.push(Row {
                cells,
                head: titles.is_some_and(|(a, b)| (a..=b).contains(&row)),
                new_page: false,
                at,
            });
        }
        grid
    }

    fn line(
        &mut self,
        row: u32,
        places: &BTreeMap<u32, u32>,
        spans: &[Span],
        merges: &[Merge],
        filled: &mut usize,
    ) -> Vec<Cell> {
        let mut texts = self.rows.remove(&row).unwrap_or_default();
        let mut cells: Vec<Cell> = Vec::new();
        let last = texts.keys().copied().max().unwrap_or(0);
        let reach = spans.iter().map(|s| s.right).max().unwrap_or(0).max(last);
        let mut empty: Vec<Cell> = Vec::new();
        let mut at_span = spans.iter().peekable();
        for (column, place) in places.range(..=reach) {
            let at = At {
                row,
                cell: *column,
                ..self.at
            };
            while at_span.next_if(|s| s.right < *column).is_some() {}
            let span = at_span.peek().filter(|s| s.left <= *column);
            let mut cell = Cell {
                column: *place,
                at,
                ..Cell::default()
            };
            let stored = match span {
                Some(span) if span.begins && span.first == *column => {
                    cell.columns = span.columns;
                    cell.rows = span.rows;
                    let merge = merges.get(span.merge);
                    merge.and_then(|m| {
                        if m.top == row {
                            texts.remove(&m.left)
                        } else {
                            self.rows.get_mut(&m.top)?.remove(&m.left)
                        }
                    })
                }
                Some(span) => {
                    let own = merges.get(span.merge).map(|m| (m.top, m.left));
                    if texts.contains_key(column) && own != Some((row, *column)) {
                        self.note(Noted::HiddenText, row, *column);
                    }
                    continue;
                }
                None => texts.remove(column),
            };
            match stored {
                Some(stored) => {
                    cells.append(&mut empty);
                    cell.paragraphs.push(Paragraph {
                        text: stored.text,
                        bold: stored.bold,
                        align: stored.align,
                        at,
                        ..Paragraph::default()
                    });
                    cells.push(cell);
                }
                None if cell.columns > 1 || cell.rows > 1 => {
                    cells.append(&mut empty);
                    cells.push(cell);
                }
                None if *filled < MAX_FILLED => {
                    *filled += 1;
                    empty.push(cell);
                }
                None => {}
            }
        }
        cells
    }
}

/// What a merged cell takes of one row.
struct Span {
    left: u32,
    right: u32,
    /// Its first column that is shown, and how many are.
    first: u32,
    columns: u32,
    /// The row is the first of it that is shown.
    begins: bool,
    rows: u32,
    merge: usize,
}

/// What merged cells cover, by row; false when there is more than is looked at.
fn covered(
    merges: &[Merge],
    rows: &[u32],
    places: &BTreeMap<u32, u32>,
) -> (BTreeMap<u32, Vec<Span>>, bool) {
    let mut out: BTreeMap<u32, Vec<Span>> = BTreeMap::new();
    let mut steps = 0usize;
    for (index, merge) in merges.iter().enumerate() {
        let from = rows.partition_point(|r| *r < merge.top);
        let to = rows.partition_point(|r| *r <= merge.bottom);
        let inside = rows.get(from..to).unwrap_or_default();
        let mut columns = places.range(merge.left..=merge.right);
        let Some((first, _)) = columns.next() else {
            continue;
        };
        let wide = u32::try_from(columns.count())
            .unwrap_or(0)
            .saturating_add(1);
        steps += inside.len() + 1;
        if steps > MAX_MERGED {
            return (out, false);
        }
        for (row, begins) in inside
            .iter()
            .zip(std::iter::once(true).chain(std::iter::repeat(false)))
        {
            out.entry(*row).or_default().push(Span {
                left: merge.left,
                right: merge.right,
                first: *first,
                columns: wide,
                begins,
                rows: u32::try_from(inside.len()).unwrap_or(1),
                merge: index,
            });
        }
    }
    for spans in out.values_mut() {
        spans.sort_by_key(|s| s.left);
        // No program lets them overlap.
        let mut end = 0;
        spans.retain(|s| {
            let apart = s.left > end;
            if apart {
                end = s.right;
            }
            apart
        });
    }
    (out, true)
}

fn hidden_columns(root: Element<'_>) -> Vec<(u32, u32)> {
    root.children()
        .filter(|e| e.name() == "cols")
        .flat_map(Element::children)
        .filter(|c| {
            let hidden = c
                .attribute("hidden")
                .is_some_and(|h| h == "1" || h == "true");
            hidden || c.number("width").is_some_and(|w: f64| w == 0.0)
        })
        .filter_map(|c| Some((c.number("min")?, c.number("max")?)))
        .take(1000)
        .collect()
}

/// Text in boxes on the sheet, and whether a picture lies there.
pub(super) fn drawing(tree: &Tree<'_>, at: At, out: &mut Blocks) {
    let (blocks, notes) = (&mut out.blocks, &mut out.notes);
    let mut look = |element: Element<'_>| match element.name() {
        "sp" => {
            let hidden = element.child("nvSpPr").and_then(|p| p.child("cNvPr"));
            if hidden
                .and_then(|p| p.attribute("hidden"))
                .is_some_and(|h| h == "1" || h == "true")
            {
                return false;
            }
            let body = element.child("txBody").into_iter();
            for paragraph in body.flat_map(Element::children).filter(|e| e.name() == "p") {
                let mut text = String::new();
                paragraph.visit(&mut |e| {
                    match e.name() {
                        "t" => text.push_str(&e.text()),
                        "br" => text.push('\n'),
                        _ => {}
                    }
                    true
                });
                if !text.trim().is_empty() {
                    blocks.push(Block::Paragraph(Paragraph {
                        text: text.trim().to_owned(),
                        part: Part::Box,
                        at,
                        ..Paragraph::default()
                    }));
                }
            }
            false
        }
        "pic" | "graphicFrame" => {
            let note = Note {
                what: Noted::Picture,
                at,
            };
            if notes.last() != Some(&note) {
                notes.push(note);
            }
            false
        }
        "Fallback" => false,
        _ => true,
    };
    if let Some(root) = tree.root() {
        root.visit(&mut look);
    }
}

/// `2025-05-05T00:00:00` day first.
fn iso(value: &str) -> String {
    let (date, time) = value.split_once('T').unwrap_or((value, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return value.to_owned();
    };
    let clock = time.get(..5).filter(|t| *t != "00:00");
    match clock {
        Some(clock) => format!("{day}.{month}.{year} {clock}"),
        None => format!("{day}.{month}.{year}"),
    }
}

/// As much of a text as a cell may hold.
fn first(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_BYTES))
        .unwrap_or(text)
}

fn tidy(text: &str) -> String {
    let text = first(text).replace("\r\n", "\n").replace('\r', "\n");
    let shown: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}'))
        .collect();
    shown.trim().to_owned()
}

/// `B12` as row and column from 1.
fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    let column = letters.bytes().take(3).fold(0u32, |c, b| {
        c * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    Some((digits.parse().ok()?, column)).filter(|r| r.1 > 0)
}

fn area(text: &str) -> Option<Merge> {
    let (from, to) = text.split_once(':')?;
    let ((top, left), (bottom, right)) = (reference(from)?, reference(to)?);
    (top <= bottom && left <= right).then_some(Merge {
        top,
        left,
        bottom,
        right,
    })
}
