//! Tables: how wide their columns are, how tall their rows.
//!
//! Takes a table and the width there is; gives rows of cells filled with pieces. Pages divide it between rows; heads
//! are repeated there.

use std::num::NonZeroU32;

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::{Around, Maker, Piece};
use crate::font::Fonts;
use crate::formula;
use crate::lines::{Colour, Style, Words};
use crate::tree::{Block, Cell, Inline, Row, Table, places};

/// Room within a cell, at its sides and above and below.
pub(crate) const SIDE: f32 = 4.0;
pub(crate) const EDGE: f32 = 3.0;
/// Cells that reach over more than this are set row by row, so that a page can divide them.
const TALL: f32 = 380.0;
/// Letters of tables beside those of text.
const SMALLER: f32 = 0.86;
/// No table is set smaller.
const LEAST: f32 = 7.0;
/// A column is content with this width, in sizes, whatever its longest word: words have hyphens.
const ENOUGH: f32 = 8.0;

#[derive(Debug)]
pub(crate) struct Laid {
    pub(crate) head: Vec<LaidRow>,
    pub(crate) rows: Vec<LaidRow>,
    /// Lines stand around its cells.
    pub(crate) grid: bool,
}

#[derive(Debug)]
pub(crate) struct LaidRow {
    pub(crate) cells: Vec<LaidCell>,
    pub(crate) height: f32,
    /// A cell reaches into the row below.
    pub(crate) joined: bool,
    /// It must not end a page.
    pub(crate) keep: bool,
}

#[derive(Debug)]
pub(crate) struct LaidCell {
    /// From the left edge of the table.
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) down: usize,
    pub(crate) fill: bool,
    pub(crate) pieces: Vec<Piece>,
}

/// What a cell holds, in height.
pub(crate) fn height(pieces: &[Piece]) -> f32 {
    let all: f32 = pieces.iter().map(|p| p.above + p.height).sum();
    all - pieces.first().map_or(0.0, |p| p.above)
}

/// Sets a table; none without a cell.
pub(crate) fn lay(maker: &mut Maker, table: &Table, around: Around) -> Option<Laid> {
    if table.head.is_empty() && table.rows.is_empty() {
        return None;
    }
    let count = table.width();
    let mut size = match table.plain {
        true => around.size,
        false => around.size * SMALLER,
    };
    let mut measured = measure(table, count, size, maker.fonts);
    while !table.plain && size > LEAST && least(&measured, size) > around.width {
        size = (size * 0.94).max(LEAST);
        measured = measure(table, count, size, maker.fonts);
    }
    let widths = widths(table, &measured, around.width, size);
    let around = Around { size, ..around };
    let tag = Tag::Table.with_summary(Some(table.summary.clone()).filter(|s| !s.is_empty()));
    let node = maker.node(around.node, tag);
    let head = match table.head.is_empty() {
        true => Vec::new(),
        false => {
            let part = maker.node(node, Tag::THead);
            rows(
                maker,
                table,
                &table.head,
                true,
                &widths,
                Around {
                    node: part,
                    ..around
                },
            )
        }
    };
    let body = match table.rows.is_empty() {
        true => Vec::new(),
        false => {
            let part = maker.node(node, Tag::TBody);
            rows(
                maker,
                table,
                &table.rows,
                false,
                &widths,
                Around {
                    node: part,
                    ..around
                },
            )
        }
    };
    Some(Laid {
        head,
        rows: body,
        grid: !table.plain,
    })
}

/// Whether a table wants a page that lies.
pub(crate) fn is_wide(table: &Table, width: f32, size: f32, fonts: &Fonts) -> bool {
    let count = table.width();
    let size = size * SMALLER;
    let wanted = |m: &Measured| m.natural.min(size * 14.0).max(m.widest.min(size * 10.0));
    let measured = measure(table, count, size, fonts);
    let all: f32 = measured.iter().map(|m| wanted(m) + 2.0 * SIDE).sum();
    count > 3 && all > width
}

/// What a column asks for.
#[derive(Debug, Clone, Copy, Default)]
struct Measured {
    /// Its longest line, its longest word, and all of its words.
    natural: f32,
    widest: f32,
    sum: f32,
}

fn least(measured: &[Measured], size: f32) -> f32 {
    let own = |m: &Measured| m.widest.min(size * ENOUGH) + 2.0 * SIDE;
    measured.iter().map(own).sum()
}

fn measure(table: &Table, count: usize, size: f32, fonts: &Fonts) -> Vec<Measured> {
    let mut columns = vec![Measured::default(); count];
    for (rows, head) in [(&table.head, true), (&table.rows, false)] {
        for (row, places) in rows.iter().zip(places(rows, count)) {
            for (cell, (at, taken, _)) in row.cells.iter().zip(places) {
                let Some(column) = columns.get_mut(at).filter(|_| taken == 1) else {
                    continue;
                };
                let bold = head || cell.head || at < table.row_heads;
                let (natural, widest) = blocks(&cell.blocks, size, bold, fonts);
                column.natural = column.natural.max(natural);
                column.widest = column.widest.max(widest);
                if !head {
                    column.sum += natural;
                }
            }
        }
    }
    columns
}

/// The longest line and the longest word of blocks.
fn blocks(list: &[Block], size: f32, bold: bool, fonts: &Fonts) -> (f32, f32) {
    let mut most = (0.0f32, 0.0f32);
    let mut add = |natural: f32, widest: f32| {
        most = (most.0.max(natural), most.1.max(widest));
    };
    for block in list {
        match block {
            Block::Heading { text, .. } | Block::Paragraph(text) | Block::Centred(text) => {
                let words = untagged(text, size, bold, fonts);
                add(words.natural(), words.widest());
            }
            Block::List(items) => {
                for item in items {
                    let hang = fonts.width(&item.marker, bold, size) + size * 0.6;
                    let (natural, widest) = blocks(&item.blocks, size, bold, fonts);
                    add(natural + hang, widest + hang);
                }
            }
            Block::Note(inner) => {
                let (natural, widest) = blocks(inner, size, bold, fonts);
                add(natural + 10.0, widest + 10.0);
            }
            Block::Table(table) => {
                for row in table.head.iter().chain(&table.rows) {
                    for cell in &row.cells {
                        let (natural, widest) = blocks(&cell.blocks, size, bold, fonts);
                        add(natural, widest);
                    }
                }
            }
            Block::Pairs(pairs) => {
                for (_, value) in pairs {
                    let (natural, widest) = blocks(value, size, bold, fonts);
                    add(natural, widest);
                }
            }
        }
    }
    most
}

/// Words to be measured alone.
fn untagged(text: &[Inline], size: f32, bold: bool, fonts: &Fonts) -> Words {
    let style = Style {
        bold,
        slant: false,
        size,
        rise: 0.0,
        colour: Colour::Ink,
        slot: 0,
        link: None,
    };
    let mut words = Words::default();
    for part in text {
        match part {
            Inline::Break => words.push_break(),
            Inline::Run(run) => {
                let bold = bold || run.bold;
                words.push(&run.text, Style { bold, ..style }, fonts);
            }
            Inline::Formula(formula) => {
                for boxed in formula::boxes(formula, style, fonts) {
                    words.push_box(boxed);
                }
            }
        }
    }
    words
}

/// The widths of the columns; together they fill `width`.
fn widths(table: &Table, measured: &[Measured], width: f32, size: f32) -> Vec<f32> {
    let share = |n: usize| table.columns.get(n).map_or(0.0, |c| c.share.max(0.0));
    let shares: f32 = (0..measured.len()).map(share).sum();
    let pad = 2.0 * SIDE;
    let mut widths: Vec<f32> = measured
        .iter()
        .map(|m| m.widest.min(size * ENOUGH) + pad)
        .collect();
    let least: f32 = widths.iter().sum();
    if least >= width {
        let scale = width / least.max(1.0);
        return widths.iter().map(|w| w * scale).collect();
    }
    let mut rest = width - least;
    if shares > 0.0 {
        // Columns without a share take what their words need, up to a part of the width.
        for (n, (own, m)) in widths.iter_mut().zip(measured).enumerate() {
            if share(n) == 0.0 {
                let wanted = (m.natural + pad).min(width * 0.2).max(*own);
                let more = (wanted - *own).min(rest);
                *own += more;
                rest -= more;
            }
        }
        let fixed: f32 = (0..widths.len())
            .filter(|n| share(*n) == 0.0)
            .filter_map(|n| widths.get(n))
            .sum();
        let open = width - fixed;
        let wanted = |n: usize| open * share(n) / shares;
        let lacking: f32 = widths
            .iter()
            .enumerate()
            .filter(|(n, _)| share(*n) > 0.0)
            .map(|(n, own)| (wanted(n) - own).max(0.0))
            .sum();
        for (n, own) in widths.iter_mut().enumerate() {
            if share(n) > 0.0 && lacking > 0.0 {
                *own += rest * (wanted(n) - *own).max(0.0) / lacking;
            }
        }
        return widths;
    }
    // Wide enough for its longest line is enough; what is left goes to those that have most to say.
    for _ in 0..4 {
        let open = |own: f32, m: &Measured| own + 0.5 < m.natural + pad;
        let weight = |m: &Measured| m.sum.max(m.natural).sqrt();
        let all: f32 = widths
            .iter()
            .zip(measured)
            .filter(|(own, m)| open(**own, m))
            .map(|(_, m)| weight(m))
            .sum();
        if all <= 0.0 || rest < 0.5 {
            break;
        }
        let given = rest;
        for (own, m) in widths.iter_mut().zip(measured) {
            if open(*own, m) {
                let more = (given * weight(m) / all).min(m.natural + pad - *own);
                *own += more;
                rest -= more;
            }
        }
    }
    let sum: f32 = widths.iter().sum();
    widths.iter().map(|w| w * width / sum.max(1.0)).collect()
}

fn rows(
    maker: &mut Maker,
    table: &Table,
    list: &[Row],
    head: bool,
    widths: &[f32],
    around: Around,
) -> Vec<LaidRow> {
    let count = widths.len();
    let places = places(list, count);
    let mut laid: Vec<LaidRow> = Vec::with_capacity(list.len());
    for (row, own) in list.iter().zip(&places) {
        let node = maker.node(around.node, Tag::TR);
        let mut cells = Vec::with_capacity(own.len());
        for (cell, (at, taken, down)) in row.cells.iter().zip(own) {
            let x: f32 = widths.iter().take(*at).sum();
            let width: f32 = widths.iter().skip(*at).take(*taken).sum();
            let named = head || cell.head || *at < table.row_heads;
            let tag = tag(cell, head, named, *taken, *down, count);
            let node = maker.node(node, tag);
            let inner = Around {
                x: 0.0,
                width: (width - 2.0 * SIDE).max(10.0),
                bold: named,
                cell: true,
                node,
                ..around
            };
            let mut pieces = Vec::new();
            let empty = vec![Block::text(" ")];
            let filled = cell.blocks.iter().any(|b| !is_empty(b));
            // A tag that holds nothing would be left out, and with it the cell.
            maker.flow(
                if filled { &cell.blocks } else { &empty },
                inner,
                &mut pieces,
            );
            cells.push(LaidCell {
                x,
                width,
                down: *down,
                fill: named && !table.plain,
                pieces,
            });
        }
        // Places that no cell takes.
        let across = matches!(&own[..], [(_, taken, _)] if *taken == count);
        laid.push(LaidRow {
            cells,
            height: 0.0,
            joined: false,
            keep: !head && across && row.cells.first().is_some_and(|c| c.head),
        });
    }
    heights(&mut laid);
    laid
}

fn is_empty(block: &Block) -> bool {
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Centred(text) => text
            .iter()
            .all(|i| matches!(i, Inline::Run(r) if r.text.is_empty())),
        Block::List(items) => items.is_empty(),
        Block::Table(table) => table.head.is_empty() && table.rows.is_empty(),
        Block::Pairs(pairs) => pairs.is_empty(),
        Block::Note(blocks) => blocks.iter().all(is_empty),
    }
}

fn tag(cell: &Cell, head: bool, named: bool, taken: usize, down: usize, count: usize) -> TagKind {
    let more = |n: usize| {
        u32::try_from(n)
            .ok()
            .filter(|n| *n > 1)
            .and_then(NonZeroU32::new)
    };
    let (columns, rows) = (more(taken), more(down));
    if !named {
        return Tag::TD.with_col_span(columns).with_row_span(rows).into();
    }
    let scope = match () {
        () if head => TableHeaderScope::Column,
        () if cell.head && taken == count => TableHeaderScope::Both,
        () => TableHeaderScope::Row,
    };
    Tag::TH(scope)
        .with_col_span(columns)
        .with_row_span(rows)
        .into()
}

/// How tall the rows are; which of them a cell joins.
fn heights(rows: &mut [LaidRow]) {
    let own = |cell: &LaidCell| height(&cell.pieces) + 2.0 * EDGE;
    for row in rows.iter_mut() {
        let single = row.cells.iter().filter(|c| c.down == 1);
        row.height = single.map(own).fold(2.0 * EDGE, f32::max);
    }
    for r in 0..rows.len() {
        let Some(row) = rows.get(r) else { break };
        let reaching: Vec<(usize, usize, f32)> = row
            .cells
            .iter()
            .enumerate()
            .filter(|(_, c)| c.down > 1)
            .map(|(n, c)| (n, c.down, own(c)))
            .collect();
        for (n, down, needed) in reaching {
            let together: f32 = rows.iter().skip(r).take(down).map(|r| r.height).sum();
            if together.max(needed) > TALL {
                // Too tall to be kept together: it stands in its own row.
                if let Some(row) = rows.get_mut(r) {
                    row.height = row.height.max(needed);
                    if let Some(cell) = row.cells.get_mut(n) {
                        cell.down = 1;
                    }
                }
                continue;
            }
            if let Some(last) = rows.get_mut(r + down - 1) {
                last.height += (needed - together).max(0.0);
            }
            for row in rows.iter_mut().skip(r).take(down - 1) {
                row.joined = true;
            }
        }
    }
}
