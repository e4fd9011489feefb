//! What the tests of readers share: takes blocks, gives them as short texts to compare.

use super::{Block, Blocks, Cell, Grid, Limits, Noted, Paragraph, Part, blocks};

pub(super) fn read(name: &str, bytes: &[u8]) -> Blocks {
    blocks(name, bytes, &Limits::default()).unwrap()
}

/// A paragraph with its number and what it is, a table by rows.
pub(super) fn lines(blocks: &Blocks) -> Vec<String> {
    let mut out = Vec::new();
    for block in &blocks.blocks {
        match block {
            Block::Paragraph(p) => out.push(line(p)),
            Block::Table(grid) => out.extend(rows(grid)),
        }
    }
    out
}

pub(super) fn line(paragraph: &Paragraph) -> String {
    let mut out = match &paragraph.part {
        Part::Body => String::new(),
        Part::Box => "box: ".into(),
        Part::Running => "running: ".into(),
        Part::Footnote(mark) => format!("note {mark}: "),
    };
    if let Some(number) = &paragraph.number {
        out.push_str(number);
        out.push_str("> ");
    }
    out.push_str(&paragraph.text);
    out
}

/// Each row as `0: text | 2+2x3: text`: column, further columns, rows.
pub(super) fn rows(grid: &Grid) -> Vec<String> {
    let cell = |c: &Cell| {
        let mut out = c.column.to_string();
        if c.columns > 1 {
            out.push_str(&format!("+{}", c.columns - 1));
        }
        if c.rows > 1 {
            out.push_str(&format!("x{}", c.rows));
        }
        let lines: Vec<String> = c.paragraphs.iter().map(line).collect();
        format!("{out}: {}", lines.join(" / "))
    };
    grid.rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            format!("| {} |", cells.join(" | "))
        })
        .collect()
}

pub(super) fn table(blocks: &Blocks, index: usize) -> &Grid {
    let mut tables = blocks.blocks.iter().filter_map(|b| match b {
        Block::Table(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    tables.nth(index).unwrap()
}

pub(super) fn paragraph<'b>(blocks: &'b Blocks, text: &str) -> &'b Paragraph {
    let mut all = blocks.blocks.iter().filter_map(|b| match b {
        Block::Paragraph(p) => Some(p),
        Block::Table(_) => None,
    });
    all.find(|p| p.text.contains(text)).unwrap()
}

pub(super) fn notes(blocks: &Blocks) -> Vec<Noted> {
    let mut out: Vec<Noted> = Vec::new();
    for note in &blocks.notes {
        if !out.contains(&note.what) {
            out.push(note.what.clone());
        }
    }
    out
}
