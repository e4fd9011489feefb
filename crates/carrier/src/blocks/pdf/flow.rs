//! A page without structure: takes what is drawn, gives its tables and paragraphs from top to bottom. Tables are told by
//! the lines round them, else by white columns.

use super::super::gather::Gather;
use super::super::{Align, At, Block, Cell, Grid, Noted, Paragraph, Row};
use super::content::{Drawn, Letter};
use super::line::{self, Line, Prose, Words};
use super::ruled::Ruled;
use super::spaced::{self, Spaced};

/// A page, and the words of its document.
pub(super) struct Flow<'a> {
    pub drawn: &'a Drawn,
    pub words: &'a Words,
}

impl Flow<'_> {
    /// Reads a page.
    pub(super) fn read(&self, tables: &[Ruled], gather: &mut Gather, out: &mut Vec<Block>) {
        let drawn = self.drawn;
        let mut inside: Vec<Vec<Letter>> = vec![Vec::new(); tables.len()];
        let mut free: Vec<Letter> = Vec::new();
        for letter in &drawn.letters {
            let (x, y) = middle(letter);
            match tables
                .iter()
                .position(|t| x >= t.x0 && x <= t.x1 && y >= t.y0 && y <= t.y1)
            {
                Some(at) => inside.get_mut(at).into_iter().for_each(|t| t.push(*letter)),
                None => free.push(*letter),
            }
        }
        if free
            .iter()
            .any(|l| l.turn != 0 && !drawn.text(l).trim().is_empty())
        {
            gather.note(Noted::Layout);
            free.retain(|l| l.turn == 0);
        }
        let rows = line::pieces(drawn, &free);
        let left = rows.iter().flatten().map(|l| l.x0);
        let right = rows.iter().flatten().map(|l| l.x1);
        let left = tables
            .iter()
            .map(|t| t.x0)
            .chain(left)
            .fold(f32::MAX, f32::min);
        let right = tables
            .iter()
            .map(|t| t.x1)
            .chain(right)
            .fold(f32::MIN, f32::max);
        let spaced = spaced::tables(&rows, &drawn.rules);
        let mut order: Vec<usize> = (0..tables.len()).collect();
        order.sort_by(|a, b| {
            let top = |i: &usize| tables.get(*i).map_or(0.0, |t| t.y1);
            top(b).total_cmp(&top(a))
        });
        let mut order = order.into_iter().peekable();
        let mut spaced = spaced.into_iter().peekable();
        let mut pending: Vec<&Vec<Line>> = Vec::new();
        let mut index = 0;
        while index < rows.len() || order.peek().is_some() {
            let y = rows
                .get(index)
                .and_then(|r| r.first())
                .map_or(f32::MIN, |l| l.y);
            if let Some(at) = order.next_if(|i| tables.get(*i).is_some_and(|t| t.y1 > y)) {
                self.text(&std::mem::take(&mut pending), (left, right), gather, out);
                if let (Some(table), Some(letters)) = (tables.get(at), inside.get(at)) {
                    self.drawn_table(table, letters, gather, out);
                }
                continue;
            }
            if let Some(found) = spaced.next_if(|s| s.from == index) {
                self.text(&std::mem::take(&mut pending), (left, right), gather, out);
                index = found.to;
                self.spaced_table(&found, gather, out);
                continue;
            }
            pending.extend(rows.get(index));
            index += 1;
        }
        self.text(&pending, (left, right), gather, out);
    }

    /// Lines between tables.
    fn text(
        &self,
        rows: &[&Vec<Line>],
        (left, right): (f32, f32),
        gather: &mut Gather,
        out: &mut Vec<Block>,
    ) {
        let mut whole: Vec<Line> = Vec::new();
        let mut at = 0;
        while let Some(row) = rows.get(at) {
            // Two columns side by side, such as a letterhead beside a stamp: each is read downwards.
            let count = rows
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take_while(|r| beside(row, r))
                .count();
            if row.len() == 2 && count >= 3 {
                self.flush(&mut whole, (left, right), gather, out);
                let part = rows.get(at..at + count).unwrap_or_default();
                for column in 0..2 {
                    let lines: Vec<Line> =
                        part.iter().filter_map(|r| r.get(column).cloned()).collect();
                    let from = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
                    let to = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
                    for prose in line::prose(&lines, from, to, self.words) {
                        paragraph(&prose, (left, right), gather, out);
                    }
                }
                at += count;
                continue;
            }
            let mut joined = row.first().cloned().unwrap_or_default();
            for piece in row.iter().skip(1) {
                joined.text.push(' ');
                joined.text.push_str(&piece.text);
                joined.x1 = piece.x1;
                joined.end = piece.end;
                joined.bold &= piece.bold;
            }
            whole.push(joined);
            at += 1;
        }
        self.flush(&mut whole, (left, right), gather, out);
    }

    fn flush(
        &self,
        lines: &mut Vec<Line>,
        (left, right): (f32, f32),
        gather: &mut Gather,
        out: &mut Vec<Block>,
    ) {
        let lines = std::mem::take(lines);
        let end = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
        // Lines in the middle or at the right are titles and stamps: each stands for itself, unless it says that it goes on.
        let lone = |l: &Line| align(l.x0, l.x1, left, right) != Align::Start;
        let goes_on = |a: &Line, b: &Line| a.end == line::End::Blank && line::full(a, b, left, end);
        for part in
            lines.chunk_by(|a, b| a.bold == b.bold && (goes_on(a, b) || !lone(a) && !lone(b)))
        {
            for prose in line::prose(part, left, end, self.words) {
                paragraph(&prose, (left, right), gather, out);
            }
        }
    }

    /// A table whose cells are drawn.
    fn drawn_table(
        &self,
        table: &Ruled,
        letters: &[Letter],
        gather: &mut Gather,
        out: &mut Vec<Block>,
    ) {
        let mut texts: Vec<Vec<Letter>> = vec![Vec::new(); table.boxes.len()];
        for letter in letters {
            let (x, y) = middle(letter);
            let found = table
                .boxes
                .iter()
                .position(|b| x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1);
            if let Some(cell) = found.and_then(|at| texts.get_mut(at)) {
                cell.push(*letter);
            }
        }
        if texts.iter().all(Vec::is_empty) {
            return;
        }
        let at = gather.table();
        if table.odd {
            gather.note_at(Noted::Cells, at);
        }
        let mut rows: Vec<Row> = (0..table.rows)
            .map(|i| Row {
                at: At {
                    row: u32::try_from(i + 1).unwrap_or(u32::MAX),
                    ..at
                },
                ..Row::default()
            })
            .collect();
        for (cell, letters) in table.boxes.iter().zip(&texts) {
            let Some(row) = rows.get_mut(cell.row) else {
                continue;
            };
            let place = At {
                cell: number(cell.column + 1),
                ..row.at
            };
            let prose = self.prose(letters, cell.x0, cell.x1);
            gather.take();
            row.cells.push(Cell {
                column: number(cell.column),
                columns: number(cell.columns),
                rows: number(cell.rows),
                paragraphs: cell_paragraphs(&prose, (cell.x0, cell.x1), place),
                at: place,
            });
        }
        // What a frame across the table's end leaves empty is no row.
        while rows.last().is_some_and(|r| {
            r.cells
                .iter()
                .all(|c| c.paragraphs.is_empty() && c.rows == 1)
        }) && rows.len() > 1
        {
            rows.pop();
        }
        if let Some(first) = rows.first_mut() {
            first.new_page = gather.pages.read();
        }
        out.push(Block::Table(Grid {
            columns: number(table.columns),
            rows,
            at,
            ..Grid::default()
        }));
    }

    /// The paragraphs of a cell; turned text is read as if the head were turned.
    fn prose(&self, letters: &[Letter], x0: f32, x1: f32) -> Vec<Prose> {
        let turn = letters.first().map_or(0, |l| l.turn);
        if turn != 0 && letters.iter().all(|l| l.turn == turn) {
            let letters: Vec<Letter> = letters.iter().map(|l| l.straight()).collect();
            let lines = line::lines(self.drawn, &letters);
            let from = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
            let to = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
            return line::prose(&lines, from, to, self.words);
        }
        let lines = line::lines(self.drawn, letters);
        let (left, right) = line::inner(&lines, x0, x1);
        line::prose(&lines, left, right, self.words)
    }

    /// A table that white columns tell.
    fn spaced_table(&self, found: &Spaced, gather: &mut Gather, out: &mut Vec<Block>) {
        let at = gather.table();
        gather.note_at(Noted::Cells, at);
        let mut rows = Vec::new();
        for (index, row) in found.rows.iter().enumerate() {
            let row_at = At {
                row: number(index + 1),
                ..at
            };
            let mut made = Row {
                at: row_at,
                new_page: index == 0 && gather.pages.read(),
                ..Row::default()
            };
            for (column, (lines, edges)) in row.iter().zip(&found.edges).enumerate() {
                let place = At {
                    cell: number(column + 1),
                    ..row_at
                };
                let from = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
                let to = found
                    .rows
                    .iter()
                    .filter_map(|r| r.get(column))
                    .flatten()
                    .map(|l| l.x1)
                    .fold(f32::MIN, f32::max);
                let prose = line::prose(lines, from, to, self.words);
                gather.take();
                made.cells.push(Cell {
                    column: number(column),
                    paragraphs: cell_paragraphs(&prose, *edges, place),
                    at: place,
                    ..Cell::default()
                });
            }
            rows.push(made);
        }
        out.push(Block::Table(Grid {
            columns: number(found.edges.len()),
            rows,
            at,
            ..Grid::default()
        }));
    }
}

/// The lines of a page, cell by cell, and those between tables.
pub(super) fn lines(drawn: &Drawn, tables: &[Ruled]) -> Vec<Line> {
    let boxes: Vec<&super::ruled::Box> = tables.iter().flat_map(|t| &t.boxes).collect();
    let mut groups: Vec<Vec<Letter>> = vec![Vec::new(); boxes.len() + 1];
    for letter in &drawn.letters {
        let (x, y) = middle(letter);
        let at = boxes
            .iter()
            .position(|b| x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1)
            .unwrap_or(boxes.len());
        groups
            .get_mut(at)
            .into_iter()
            .for_each(|g| g.push(letter.straight()));
    }
    let mut out: Vec<Line> = Vec::new();
    for group in &groups {
        out.extend(line::pieces(drawn, group).into_iter().flatten());
    }
    out
}

/// Where a letter stands.
pub(super) fn middle(letter: &Letter) -> (f32, f32) {
    let (half, up) = ((letter.x1 - letter.x0) / 2.0, letter.size * 0.3);
    match letter.turn {
        1 => (letter.x0 - up, letter.y + half),
        2 => (letter.x0 - half, letter.y - up),
        3 => (letter.x0 + up, letter.y - half),
        _ => (letter.x0 + half, letter.y + up),
    }
}

/// Whether two lines have a second piece that begins at the same place.
fn beside(first: &[Line], row: &[Line]) -> bool {
    match (first, row) {
        ([_, a], [_, b]) => (a.x0 - b.x0).abs() < 8.0,
        _ => false,
    }
}

fn paragraph(prose: &Prose, (left, right): (f32, f32), gather: &mut Gather, out: &mut Vec<Block>) {
    let new_page = gather.pages.read();
    gather.push(
        Paragraph {
            text: prose.text.clone(),
            bold: prose.bold,
            align: align(prose.x0, prose.x1, left, right),
            new_page,
            at: At {
                page: gather.pages.number,
                ..At::default()
            },
            ..Paragraph::default()
        },
        out,
    );
}

/// How text from `x0` to `x1` stands between the margins.
pub(super) fn align(x0: f32, x1: f32, left: f32, right: f32) -> Align {
    let width = right - left;
    if x0 - left > 12.0 && ((x0 - left) - (right - x1)).abs() < width * 0.04 {
        Align::Center
    } else if x0 - left > width * 0.42 {
        Align::End
    } else {
        Align::Start
    }
}

fn cell_paragraphs(prose: &[Prose], (x0, x1): (f32, f32), at: At) -> Vec<Paragraph> {
    prose
        .iter()
        .map(|p| Paragraph {
            text: p.text.clone(),
            bold: p.bold,
            align: align(p.x0, p.x1, x0, x1),
            at,
            ..Paragraph::default()
        })
        .collect()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
