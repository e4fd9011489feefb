//! Worksheets: takes the XML of a workbook's parts, gives cells with their coordinates, in shown and hidden sheets
//! alike, with merged cells repeated, formulas, headers and footers. Strings that no cell uses are given too.

use std::collections::BTreeMap;

use super::super::cells::{number_format, print_codes};
use super::formula::{self, reference};
use super::walk::{attribute, worth};
use crate::ctx::{Ctx, Way};
use crate::decode::entities::{self, NONE};
use crate::decode::markup::{Attributes, Lexer, Token, local};
use crate::shape::Rows;
use glasno_passage::Role;

/// What sheets share.
#[derive(Default)]
pub(super) struct Book {
    strings: Vec<(String, bool)>,
    /// Sheet titles by relation id, and part names by relation id.
    titles: BTreeMap<String, String>,
    parts: BTreeMap<String, String>,
    /// What number formats say in words, and the format of each style.
    formats: BTreeMap<u32, Vec<String>>,
    styles: Vec<u32>,
    /// What the cells of the sheet that is read hold.
    known: Known,
}

impl Book {
    /// Reads the shared strings; pieces of rich text are joined.
    pub(super) fn shared(&mut self, source: &str) {
        let mut lexer = Lexer::new(source, false);
        let (mut current, mut inside, mut phonetic) = (String::new(), false, false);
        while let Some((_, token)) = lexer.next() {
            match token {
                Token::Start { name, empty, .. } => match local(name) {
                    "t" => inside = !empty,
                    "si" if empty => self.strings.push((String::new(), false)),
                    "rPh" => phonetic = !empty,
                    _ => {}
                },
                Token::End { name, .. } => match local(name) {
                    "t" => inside = false,
                    "rPh" => phonetic = false,
                    "si" => self.strings.push((std::mem::take(&mut current), false)),
                    _ => {}
                },
                Token::Text(raw) if inside => {
                    if phonetic {
                        current.push(' ');
                    }
                    entities::decode(raw, &mut current, true, &NONE);
                }
                Token::Cdata(raw) if inside => current.push_str(raw),
                _ => {}
            }
        }
        if !current.is_empty() {
            self.strings.push((current, false));
        }
    }

    pub(super) fn names(&mut self, source: &str) {
        let mut lexer = Lexer::new(source, false);
        while let Some((_, token)) = lexer.next() {
            if let Token::Start {
                name, attributes, ..
            } = token
                && local(name) == "sheet"
                && let (Some(id), Some(title)) =
                    (attribute_exact(attributes), attribute(attributes, "name"))
            {
                self.titles.insert(id, title);
            }
        }
    }

    pub(super) fn targets(&mut self, source: &str) {
        let mut lexer = Lexer::new(source, false);
        while let Some((_, token)) = lexer.next() {
            if let Token::Start { attributes, .. } = token
                && let (Some(id), Some(target)) =
                    (attribute(attributes, "Id"), attribute(attributes, "Target"))
            {
                let target = target
                    .trim_start_matches("/xl/")
                    .trim_start_matches('/')
                    .to_owned();
                self.parts.insert(target, id);
            }
        }
    }

    /// Number formats that hold words, and which style has which.
    pub(super) fn formats(&mut self, source: &str) {
        let mut lexer = Lexer::new(source, false);
        let mut cells = false;
        while let Some((_, token)) = lexer.next() {
            match token {
                Token::Start {
                    name, attributes, ..
                } => match local(name) {
                    "numFmt" => {
                        let id = attribute(attributes, "numFmtId").and_then(|i| i.parse().ok());
                        let code = attribute(attributes, "formatCode").unwrap_or_default();
                        let shown = number_format(&code);
                        if let Some(id) = id.filter(|_| !shown.is_empty()) {
                            self.formats.insert(id, shown);
                        }
                    }
                    "cellXfs" => cells = true,
                    "xf" if cells => {
                        let id = attribute(attributes, "numFmtId").and_then(|i| i.parse().ok());
                        self.styles.push(id.unwrap_or(0));
                    }
                    _ => {}
                },
                Token::End { name, .. } if local(name) == "cellXfs" => cells = false,
                _ => {}
            }
        }
    }

    /// How a number is shown in a style, in each section of its format that has words.
    fn shown(&self, style: &str, value: &str) -> Vec<String> {
        let format = style.parse::<usize>().ok().and_then(|i| self.styles.get(i));
        let sections = format.and_then(|f| self.formats.get(f));
        sections.map_or_else(Vec::new, |all| {
            all.iter().map(|s| s.replace('\0', value)).collect()
        })
    }

    /// The title of the sheet in this part.
    pub(super) fn title(&self, part: &str) -> Option<&str> {
        let id = self.parts.get(part.trim_start_matches("xl/"))?;
        self.titles.get(id).map(String::as_str)
    }

    fn string(&mut self, index: usize) -> &str {
        match self.strings.get_mut(index) {
            // A long text that many cells show is whole in the first.
            Some((text, true)) => text.get(..text.floor_char_boundary(300)).unwrap_or(text),
            Some((text, used)) => {
                *used = true;
                text
            }
            None => "",
        }
    }

    /// Strings that no cell showed.
    pub(super) fn unused(&self, ctx: &mut Ctx<'_>, part: &str) {
        for (string, _) in self.strings.iter().filter(|s| !s.1) {
            ctx.emit(part, Role::Hidden, string, None);
            ctx.again(Way::Encoded, part, string, None);
        }
    }
}

/// `r:id` of a sheet: `sheetId` has the same ending and another meaning.
fn attribute_exact(attributes: &str) -> Option<String> {
    attribute(attributes, "id")
}

#[derive(Default)]
struct Cell {
    row: u32,
    column: u32,
    kind: String,
    style: String,
    value: String,
    inline: String,
    formula: String,
}

/// What cells hold that formulas may put together: short texts, and not without end.
#[derive(Default)]
struct Known(BTreeMap<(u32, u32), Box<str>>);

impl Known {
    fn note(&mut self, row: u32, column: u32, text: &str) {
        if text.len() <= 64 && self.0.len() < 20_000 {
            self.0.insert((row, column), text.into());
        }
    }

    fn get(&self, row: u32, column: u32) -> Option<String> {
        self.0.get(&(row, column)).map(|text| text.to_string())
    }
}

struct Merge {
    top: u32,
    left: u32,
    bottom: u32,
    right: u32,
    text: String,
}

/// Reads one sheet.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str, book: &mut Book) {
    let table = ctx.next_table();
    let mut merges = merges(source);
    let mut budget = 1usize << 20;
    let mut cell: Option<Cell> = None;
    let (mut row, mut column) = (0u32, 0u32);
    // The rows of each table: an empty row ends one, and the next has a head of its own.
    let mut rows = Rows::default();
    book.known = Known::default();
    let mut element = "";
    let mut lexer = Lexer::new(source, false);
    while let Some((_, token)) = lexer.next() {
        match token {
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                element = local(name);
                match element {
                    "row" => {
                        row = attribute(attributes, "r")
                            .and_then(|r| r.parse::<u32>().ok())
                            .map_or(row.saturating_add(1), |r| r.saturating_sub(1));
                        column = 0;
                    }
                    "c" => {
                        if let Some((r, c)) =
                            attribute(attributes, "r").as_deref().and_then(reference)
                        {
                            (row, column) = (r, c);
                        }
                        let kind = attribute(attributes, "t").unwrap_or_default();
                        let style = attribute(attributes, "s").unwrap_or_default();
                        cell = (!empty).then(|| Cell {
                            row,
                            column,
                            kind,
                            style,
                            ..Cell::default()
                        });
                        column = column.saturating_add(1);
                    }
                    _ => {}
                }
                // The values of the format's own elements are short and its own; what is longer may be anybody's.
                let own = match element {
                    "row" | "c" | "v" | "f" | "t" | "is" | "r" | "sheetData" | "mergeCell"
                    | "col" => 16,
                    _ => 3,
                };
                for (name, value) in Attributes(attributes) {
                    if !name.is_ascii() || name.len() > 24 {
                        ctx.emit(part, Role::Hidden, name, None);
                    }
                    if !value.is_ascii() || value.len() > own && worth(value) {
                        let value = entities::decoded(value, &NONE);
                        ctx.again(Way::Value, part, &value, None);
                    }
                }
            }
            Token::Text(raw) => {
                let value = entities::decoded(raw, &NONE);
                match (&mut cell, element) {
                    (Some(c), "v") => c.value.push_str(&value),
                    (Some(c), "f") => c.formula.push_str(&value),
                    (Some(c), _) => c.inline.push_str(&value),
                    (None, _) => {
                        if element.ends_with("Header") || element.ends_with("Footer") {
                            for piece in print_codes(&value) {
                                ctx.emit(part, Role::Text, piece.trim(), None);
                            }
                        }
                        if element.starts_with("formula")
                            && let Some(text) =
                                formula::constant(&value, &|r, c| book.known.get(r, c))
                        {
                            ctx.emit(part, Role::Hidden, &text, None);
                        }
                        ctx.emit(part, Role::Hidden, value.trim(), None);
                        ctx.again(Way::Encoded, part, value.trim(), None);
                    }
                }
            }
            Token::Cdata(raw) => match &mut cell {
                Some(c) => c.inline.push_str(raw),
                None => ctx.emit(part, Role::Hidden, raw, None),
            },
            Token::End { name, .. } => match local(name) {
                "c" => {
                    if let Some(c) = cell.take() {
                        let head = rows.head(c.row);
                        shown(ctx, part, table, head, c, book, &mut merges);
                    }
                }
                "row" => repeat(ctx, part, table, row, &merges, &mut budget),
                _ => element = "",
            },
            Token::Comment(raw) | Token::Instruction(raw) | Token::Declaration(raw) => {
                ctx.emit(part, Role::Hidden, raw, None)
            }
        }
    }
}

fn shown(
    ctx: &mut Ctx<'_>,
    part: &str,
    table: u32,
    head: bool,
    cell: Cell,
    book: &mut Book,
    merges: &mut [Merge],
) {
    let role = Role::Cell {
        table,
        row: cell.row,
        column: cell.column,
        head,
    };
    let value = if cell.kind == "s" {
        book.string(cell.value.trim().parse().unwrap_or(usize::MAX))
            .to_owned()
    } else {
        cell.value
    };
    for one in [value.trim(), cell.inline.trim()] {
        ctx.emit(part, role, one, None);
        ctx.again(Way::Encoded, part, one, None);
    }
    for shown in book.shown(&cell.style, value.trim()) {
        ctx.emit(part, role, &shown, None);
    }
    // Sorted by their first cell.
    let merged = merges.binary_search_by_key(&(cell.row, cell.column), |m| (m.top, m.left));
    if let Some(merge) = merged.ok().and_then(|i| merges.get_mut(i)) {
        let text = if value.trim().is_empty() {
            &cell.inline
        } else {
            &value
        };
        merge.text = text
            .get(..text.floor_char_boundary(300))
            .unwrap_or_default()
            .to_owned();
    }
    if !cell.formula.is_empty() {
        let text = formula::constant(&cell.formula, &|row, column| book.known.get(row, column));
        if let Some(text) = text.filter(|t| *t != value) {
            ctx.emit(part, role, &text, None);
        }
    }
    book.known.note(
        cell.row,
        cell.column,
        if value.is_empty() {
            &cell.inline
        } else {
            &value
        },
    );
    if cell.formula.contains(['"', '\'', '&']) || !cell.formula.is_ascii() {
        ctx.again(Way::Script(Role::Hidden), part, &cell.formula, None);
    }
}

/// A merged cell's text holds in all of its rows and columns.
fn repeat(
    ctx: &mut Ctx<'_>,
    part: &str,
    table: u32,
    row: u32,
    merges: &[Merge],
    budget: &mut usize,
) {
    for m in merges
        .iter()
        .filter(|m| m.top <= row && row <= m.bottom && !m.text.is_empty())
    {
        for column in (m.left..=m.right).take(12) {
            if (row, column) == (m.top, m.left) {
                continue;
            }
            if m.text.len() > *budget {
                return;
            }
            *budget -= m.text.len();
            ctx.emit(
                part,
                Role::Cell {
                    table,
                    row,
                    column,
                    head: false,
                },
                &m.text,
                None,
            );
        }
    }
}

fn merges(source: &str) -> Vec<Merge> {
    let Some(from) = source
        .find("<mergeCells")
        .or_else(|| source.find(":mergeCells"))
    else {
        return Vec::new();
    };
    let mut lexer = Lexer::new(source.get(from..).unwrap_or_default(), false);
    let mut all = Vec::new();
    while let Some((_, token)) = lexer.next() {
        if let Token::Start {
            name, attributes, ..
        } = token
            && local(name) == "mergeCell"
            && let Some(area) = attribute(attributes, "ref")
            && let Some((a, b)) = area.split_once(':')
            && let (Some((top, left)), Some((bottom, right))) = (reference(a), reference(b))
        {
            all.push(Merge {
                top,
                left,
                bottom,
                right,
                text: String::new(),
            });
            // Each row looks at each merge.
            if all.len() >= 2000 {
                break;
            }
        }
    }
    all.sort_by_key(|m| (m.top, m.left));
    all
}
