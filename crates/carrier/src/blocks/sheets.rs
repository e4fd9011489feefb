//! A sheet of cells as it is displayed, whatever program has written it: takes cells by their places and what is
//! hidden or merged, gives a table. Rows keep the numbers a person sees beside them; where a merged cell begins in
//! something hidden, it is shown in what is left of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{At, Block, Blocks, Cell, Grid, Note, Noted, Paragraph, Row};

/// Columns beyond this many are cut off, so that empty cells between two do not fill the memory.
pub(super) const MAX_COLUMNS: u32 = 300;
/// Steps that all merged cells together may take, by rows.
const MAX_MERGED: usize = 3_000_000;
/// Empty cells between others.
const MAX_FILLED: usize = 2_000_000;
/// All texts together: many cells may show one stored text.
const MAX_TEXT: usize = 64 << 20;
const MAX_NOTES: usize = 5_000;

/// An area from 1, both ends in it.
pub(super) struct Merge {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

/// A sheet while it is read; rows and columns count from 1.
#[derive(Default)]
pub(super) struct Sheet {
    pub name: String,
    pub at: At,
    pub notes: Vec<Note>,
    pub hidden_columns: Vec<(u32, u32)>,
    pub hidden_rows: BTreeSet<u32>,
    /// Rows that are repeated on each page.
    pub heads: Vec<(u32, u32)>,
    pub merges: Vec<Merge>,
    rows: BTreeMap<u32, BTreeMap<u32, Vec<Paragraph>>>,
    /// Bytes of text so far.
    text: usize,
}

impl Sheet {
    pub(super) fn new(name: String, at: At) -> Self {
        Sheet {
            name,
            at,
            ..Sheet::default()
        }
    }

    pub(super) fn note(&mut self, what: Noted, row: u32, cell: u32) {
        let at = At {
            row,
            cell,
            ..self.at
        };
        if self.notes.len() < MAX_NOTES {
            self.notes.push(Note { what, at });
        }
    }

    pub(super) fn is_hidden(&self, column: u32) -> bool {
        self.hidden_columns
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&column))
    }

    /// Puts what a cell shows in its place; false when there is no more room.
    pub(super) fn put(&mut self, row: u32, column: u32, paragraphs: Vec<Paragraph>) -> bool {
        if column > MAX_COLUMNS {
            self.note(Noted::Cut, row, column);
            return false;
        }
        let size: usize = paragraphs.iter().map(|p| p.text.len()).sum();
        self.text = self.text.saturating_add(size);
        self.rows.entry(row).or_default().insert(column, paragraphs);
        self.text <= MAX_TEXT
    }

    /// Whether there is no more room for texts.
    pub(super) fn full(&self) -> bool {
        self.text > MAX_TEXT
    }

    /// The table, unless nothing is shown.
    pub(super) fn finish(mut self, out: &mut Blocks) {
        for row in self.hidden_rows.clone() {
            if self.rows.contains_key(&row) {
                self.note(Noted::HiddenRow, row, 0);
            }
        }
        let grid = self.grid();
        out.notes.append(&mut self.notes);
        if !grid.rows.is_empty() {
            out.blocks.push(Block::Table(grid));
        }
    }

    fn grid(&mut self) -> Grid {
        let merges = std::mem::take(&mut self.merges);
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
        let (mut covered, complete) = covered(&merges, &rows, &places);
        if !complete {
            self.note(Noted::Cut, 0, 0);
        }
        let mut grid = Grid {
            name: Some(std::mem::take(&mut self.name)),
            columns: 0,
            at: At {
                row: rows.first().copied().unwrap_or(0),
                cell: first,
                ..self.at
            },
            ..Grid::default()
        };
        let mut filled = 0usize;
        for row in rows {
            let spans = covered.remove(&row).unwrap_or_default();
            let cells = self.line(row, &places, &spans, &merges, &mut filled);
            let at = At { row, ..self.at };
            let end = cells
                .last()
                .map_or(0, |c| c.column.saturating_add(c.columns));
            grid.columns = grid.columns.max(end);
            grid.rows.push(Row {
                cells,
                head: self.heads.iter().any(|(a, b)| (*a..=*b).contains(&row)),
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
                Some(mut paragraphs) => {
                    cells.append(&mut empty);
                    for paragraph in &mut paragraphs {
                        paragraph.at = at;
                    }
                    cell.paragraphs = paragraphs;
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
