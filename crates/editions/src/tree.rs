//! The tree that all three writers take.
//!
//! Must not know how a file is laid out: it says what the words are, never where they stand.

use std::fmt;

/// A document to be written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What a window and a catalogue call it.
    pub title: String,
    /// `ru` where empty.
    pub language: String,
    /// What it is about, for catalogues.
    pub subject: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where it is published; makes the identity of the file.
    pub address: String,
    /// Year, month and day that a PDF says it was made on; none leaves them out. Nothing else dates a file.
    pub date: Option<(u16, u8, u8)>,
    /// Printed at the foot of each page beside its number.
    pub foot: String,
    pub orientation: Orientation,
    pub blocks: Vec<Block>,
}

/// How a page stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Upright, unless a table is too wide for it.
    #[default]
    Fitting,
    Portrait,
    Landscape,
}

/// What stands below one another.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// `level` from 1.
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph(Vec<Inline>),
    /// In the middle of the line: letterheads.
    Centred(Vec<Inline>),
    List(Vec<Item>),
    Table(Table),
    /// A word and what it stands for: «Срок» — «до 31.01.2025».
    Pairs(Vec<(Vec<Inline>, Vec<Block>)>),
    /// Set off from the text around it: remarks, reasons.
    Note(Vec<Block>),
}

/// One item with its marker as printed: `1.`, `а)`, `–`. It may be empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    pub marker: String,
    pub blocks: Vec<Block>,
}

/// What stands within a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    Run(Run),
    /// A new line within the paragraph.
    Break,
    Formula(Formula),
}

/// Words in one hand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
    /// Raised or lowered: marks of footnotes, indices.
    pub script: Option<Script>,
    /// An absolute address.
    pub link: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    Raised,
    Lowered,
}

/// A formula by its parts.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    Row(Vec<Formula>),
    /// Letters, numbers, signs, words.
    Text(String),
    Fraction(Box<Formula>, Box<Formula>),
    /// A base with what stands below and above at its side; either may be none.
    Scripts(Box<Formula>, Option<Box<Formula>>, Option<Box<Formula>>),
    /// A base with what stands right below and above it: sums.
    Limits(Box<Formula>, Option<Box<Formula>>, Option<Box<Formula>>),
    Root(Box<Formula>),
}

/// A table. Rows may be shorter than `columns`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// The name of its sheet, and what assistive programs say of it. Not printed.
    pub summary: String,
    pub columns: Vec<Column>,
    /// Rows of heads above all others.
    pub head: Vec<Row>,
    pub rows: Vec<Row>,
    /// How many first columns name their row.
    pub row_heads: usize,
    /// Without lines: for pairs of words.
    pub plain: bool,
}

/// How wide a column is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Column {
    /// Its share of the width beside the others; 0 lets its words decide.
    pub share: f32,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub blocks: Vec<Block>,
    /// How many columns it takes; 0 stands for all that are left.
    pub columns: usize,
    /// How many rows it takes, its own with them.
    pub rows: usize,
    /// It names what stands below or beside it.
    pub head: bool,
}

/// Why a file cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// There is no table to put on a sheet.
    NoTable,
    /// The writer's own reason.
    Writer(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::NoTable => f.write_str("the document has no table"),
            Error::Writer(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Error {}

impl Document {
    pub(crate) fn language(&self) -> &str {
        match &*self.language {
            "" => "ru",
            language => language,
        }
    }

    /// Every table of the document, also those within other blocks, in their order.
    pub fn tables(&self) -> Vec<&Table> {
        let mut tables = Vec::new();
        collect(&self.blocks, &mut tables);
        tables
    }
}

fn collect<'d>(blocks: &'d [Block], tables: &mut Vec<&'d Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Note(blocks) => collect(blocks, tables),
            Block::List(items) => items.iter().for_each(|i| collect(&i.blocks, tables)),
            Block::Pairs(pairs) => pairs.iter().for_each(|(_, b)| collect(b, tables)),
            Block::Heading { .. } | Block::Paragraph(_) | Block::Centred(_) => {}
        }
    }
}

impl Block {
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Block::Heading {
            level,
            text: vec![Inline::text(text)],
        }
    }

    /// A paragraph of plain words.
    pub fn text(text: impl Into<String>) -> Self {
        Block::Paragraph(vec![Inline::text(text)])
    }
}

impl Inline {
    pub fn text(text: impl Into<String>) -> Self {
        Inline::Run(Run {
            text: text.into(),
            ..Run::default()
        })
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Inline::Run(Run {
            text: text.into(),
            bold: true,
            ..Run::default()
        })
    }

    pub fn link(text: impl Into<String>, address: impl Into<String>) -> Self {
        Inline::Run(Run {
            text: text.into(),
            link: Some(address.into()),
            ..Run::default()
        })
    }
}

impl Run {
    /// Where it leads, if a reader of the file can follow it there.
    pub(crate) fn target(&self) -> Option<&str> {
        let link = self.link.as_deref()?;
        let known = ["https://", "http://", "mailto:", "tel:"];
        known.iter().any(|k| link.starts_with(k)).then_some(link)
    }
}

impl Column {
    pub fn auto() -> Self {
        Column::default()
    }

    pub fn share(share: f32) -> Self {
        Column { share }
    }
}

impl Cell {
    pub fn of(blocks: Vec<Block>) -> Self {
        Cell {
            blocks,
            columns: 1,
            rows: 1,
            head: false,
        }
    }

    pub fn text(text: impl Into<String>) -> Self {
        let text: String = text.into();
        Cell::of(match text.is_empty() {
            true => Vec::new(),
            false => vec![Block::text(text)],
        })
    }

    pub fn head(text: impl Into<String>) -> Self {
        Cell {
            head: true,
            ..Cell::text(text)
        }
    }
}

impl From<Vec<Block>> for Cell {
    fn from(blocks: Vec<Block>) -> Self {
        Cell::of(blocks)
    }
}

impl Row {
    /// A row of plain words.
    pub fn of<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Self {
        Row {
            cells: cells.into_iter().map(Cell::text).collect(),
        }
    }

    /// A row of cells that hold blocks.
    pub fn filled(cells: impl IntoIterator<Item = Vec<Block>>) -> Self {
        Row {
            cells: cells.into_iter().map(Cell::of).collect(),
        }
    }

    /// A row of heads.
    pub fn head<T: Into<String>>(cells: impl IntoIterator<Item = T>) -> Self {
        Row {
            cells: cells.into_iter().map(Cell::head).collect(),
        }
    }

    /// One head across all columns, for what stands below it: the sections of a plan.
    pub fn across(text: impl Into<String>) -> Self {
        let head = Cell {
            columns: 0,
            ..Cell::head(text)
        };
        Row { cells: vec![head] }
    }
}

impl Table {
    /// How many columns it has in fact.
    pub(crate) fn width(&self) -> usize {
        let rows = self.head.iter().chain(&self.rows);
        let taken = |row: &Row| row.cells.iter().map(|c| c.columns.max(1)).sum();
        rows.map(taken)
            .max()
            .unwrap_or(0)
            .max(self.columns.len())
            .max(1)
    }

    /// Pairs of words as a table of two columns.
    pub(crate) fn of_pairs(pairs: &[(Vec<Inline>, Vec<Block>)]) -> Table {
        let row = |(name, value): &(Vec<Inline>, Vec<Block>)| Row {
            cells: vec![
                Cell::of(vec![Block::Paragraph(name.clone())]),
                Cell::of(value.clone()),
            ],
        };
        Table {
            columns: vec![Column::share(1.3), Column::share(2.6)],
            rows: pairs.iter().map(row).collect(),
            row_heads: 1,
            plain: true,
            ..Table::default()
        }
    }
}

/// The columns at which the cells of consecutive rows begin, with how many columns and rows each takes in fact: a cell
/// that reaches down pushes those of the rows below aside.
pub(crate) fn places(rows: &[Row], width: usize) -> Vec<Vec<(usize, usize, usize)>> {
    // How many further rows each column is taken for.
    let mut taken = vec![0usize; width];
    let mut all = Vec::with_capacity(rows.len());
    for (r, row) in rows.iter().enumerate() {
        let mut at = 0;
        let mut own = Vec::with_capacity(row.cells.len());
        let mut next = taken
            .iter()
            .map(|n| n.saturating_sub(1))
            .collect::<Vec<_>>();
        for cell in &row.cells {
            while taken.get(at).is_some_and(|n| *n > 0) {
                at += 1;
            }
            if at >= width {
                break;
            }
            let free = taken.iter().skip(at).take_while(|n| **n == 0).count();
            let columns = match cell.columns {
                0 => free,
                n => n.min(free),
            };
            let down = cell.rows.clamp(1, rows.len() - r);
            for column in next.iter_mut().skip(at).take(columns) {
                *column = down - 1;
            }
            own.push((at, columns, down));
            at += columns;
        }
        taken = next;
        all.push(own);
    }
    all
}

/// The words of blocks without any form: paragraphs by line.
pub fn plain(blocks: &[Block]) -> String {
    let mut out = String::new();
    plain_into(blocks, &mut out);
    out
}

fn plain_into(blocks: &[Block], out: &mut String) {
    let line = |out: &mut String| {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    };
    for block in blocks {
        line(out);
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Centred(text) => {
                inline_into(text, out);
            }
            Block::List(items) => {
                for item in items {
                    line(out);
                    out.push_str(&item.marker);
                    let mut body = String::new();
                    plain_into(&item.blocks, &mut body);
                    if !item.marker.is_empty() && !body.is_empty() {
                        out.push(' ');
                    }
                    out.push_str(&body);
                }
            }
            Block::Table(table) => {
                for row in table.head.iter().chain(&table.rows) {
                    line(out);
                    let cells: Vec<String> = row.cells.iter().map(|c| plain(&c.blocks)).collect();
                    out.push_str(&cells.join("\t"));
                }
            }
            Block::Pairs(pairs) => {
                for (name, value) in pairs {
                    line(out);
                    inline_into(name, out);
                    out.push_str(": ");
                    plain_into(value, out);
                }
            }
            Block::Note(blocks) => plain_into(blocks, out),
        }
    }
}

/// The words of a line without any form.
pub(crate) fn inline_into(inline: &[Inline], out: &mut String) {
    for part in inline {
        match part {
            Inline::Run(run) => out.push_str(&run.text),
            Inline::Break => out.push('\n'),
            Inline::Formula(formula) => formula.write(out),
        }
    }
}

impl Formula {
    /// In one line: `(а / б) × 100`.
    pub fn linear(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        let side = |part: &Formula, out: &mut String| {
            let words = part.linear();
            match words.chars().all(char::is_alphanumeric) {
                true => out.push_str(&words),
                false => {
                    out.push('(');
                    out.push_str(&words);
                    out.push(')');
                }
            }
        };
        match self {
            Formula::Row(parts) => parts.iter().for_each(|p| p.write(out)),
            Formula::Text(text) => out.push_str(text),
            Formula::Fraction(a, b) => {
                side(a, out);
                out.push_str(" / ");
                side(b, out);
            }
            Formula::Scripts(base, sub, sup) | Formula::Limits(base, sub, sup) => {
                base.write(out);
                for (sign, part) in [('_', sub), ('^', sup)] {
                    if let Some(part) = part {
                        out.push(sign);
                        side(part, out);
                    }
                }
            }
            Formula::Root(part) => {
                out.push('√');
                side(part, out);
            }
        }
    }
}
