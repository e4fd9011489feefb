//! Tables of a Word document: takes one, gives its grid. Where every cell begins and ends is settled before any is
//! read, since rows drawn by hand miss each other by a millimetre and still are one column to everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::super::edges::columns;
use super::super::tree::Element;
use super::super::{At, Block, Cell, Grid, Noted, Paragraph, Row};
use super::flow::{Walk, chosen};
use super::styles::on;

/// Word allows 63 columns.
const MAX_COLUMNS: u32 = 200;
/// Tables in tables in tables.
const MAX_NESTED: u32 = 8;

#[derive(Clone, Copy, PartialEq)]
enum Merge {
    None,
    First,
    Further,
}

struct PlannedCell<'t> {
    element: Element<'t>,
    from: u32,
    to: u32,
    merge: Merge,
    /// Cells to the left of it that are merged into it the old way.
    joined: Vec<Element<'t>>,
}

struct PlannedRow<'t> {
    cells: Vec<PlannedCell<'t>>,
    head: bool,
}

impl Walk<'_> {
    /// Reads a table, and behind it those that stand in its cells.
    pub(super) fn table(&mut self, table: Element<'_>, out: &mut Vec<Block>) {
        if self.gather.inside > MAX_NESTED {
            self.gather.note(Noted::Cut);
            return;
        }
        let at = self.gather.table();
        let mut rows = Vec::new();
        self.rows(table, at, &mut rows);
        let edges = edges(table, &rows);
        let width = edges.values().copied().max().unwrap_or(0);
        let mut grid = Grid {
            columns: width,
            at,
            ..Grid::default()
        };
        let mut nested = Vec::new();
        // Where a merged cell begins, by its first column, as long as the row above belongs to it.
        let mut open: BTreeMap<u32, (usize, usize, u32)> = BTreeMap::new();
        for (planned, number) in rows.iter().zip(1u32..) {
            let at = At { row: number, ..at };
            let row = self.row(planned, at, &edges, &mut open, &mut grid.rows, &mut nested);
            grid.rows.push(row);
            if self.gather.left == 0 {
                break;
            }
        }
        if let Some(first) = grid.rows.first() {
            grid.at.page = first.at.page;
        }
        if !grid.rows.is_empty() {
            out.push(Block::Table(grid));
        }
        out.extend(nested);
    }

    /// The rows, whatever they are wrapped in.
    fn rows<'t>(&mut self, parent: Element<'t>, at: At, out: &mut Vec<PlannedRow<'t>>) {
        for element in parent.children() {
            let at = At {
                row: u32::try_from(out.len() + 1).unwrap_or(u32::MAX),
                ..at
            };
            match element.name() {
                "tr" => {
                    let properties = element.child("trPr");
                    let property = |name: &str| properties.and_then(|p| p.child(name));
                    if property("del").is_some() || property("ins").is_some() {
                        self.gather.note_at(Noted::Revisions, at);
                    }
                    if property("del").is_some() {
                        continue;
                    }
                    if property("hidden").is_some_and(on) {
                        self.gather.note_at(Noted::HiddenRow, at);
                        continue;
                    }
                    let before = property("gridBefore").and_then(|g| g.number("val"));
                    let mut row = PlannedRow {
                        cells: Vec::new(),
                        head: property("tblHeader").is_some_and(on),
                    };
                    let mut column = before.unwrap_or(0u32).min(MAX_COLUMNS);
                    self.cells(element, at, &mut column, &mut row.cells);
                    out.push(row);
                }
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.rows(content, at, out);
                    }
                }
                "customXml" | "smartTag" => self.rows(element, at, out),
                "ins" | "moveTo" => {
                    self.gather.note_at(Noted::Revisions, at);
                    self.rows(element, at, out);
                }
                "del" | "moveFrom" => self.gather.note_at(Noted::Revisions, at),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.rows(chosen, at, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn cells<'t>(
        &mut self,
        parent: Element<'t>,
        at: At,
        column: &mut u32,
        out: &mut Vec<PlannedCell<'t>>,
    ) {
        for element in parent.children() {
            match element.name() {
                "tc" => {
                    let properties = element.child("tcPr");
                    let property = |name: &str| properties.and_then(|p| p.child(name));
                    if property("cellDel").is_some() || property("cellIns").is_some() {
                        self.gather.note_at(Noted::Revisions, at);
                    }
                    if property("cellDel").is_some() {
                        continue;
                    }
                    let wide = property("gridSpan").and_then(|g| g.number("val"));
                    let wide = wide.unwrap_or(1u32).clamp(1, MAX_COLUMNS);
                    if *column >= MAX_COLUMNS {
                        self.gather.note_at(Noted::Cut, at);
                        return;
                    }
                    let from = *column;
                    *column = column.saturating_add(wide).min(MAX_COLUMNS);
                    let merge = |name: &str| match property(name) {
                        Some(m) if m.val().is_some_and(|v| v == "restart") => Merge::First,
                        Some(_) => Merge::Further,
                        None => Merge::None,
                    };
                    if merge("hMerge") == Merge::Further
                        && let Some(left) = out.last_mut()
                    {
                        left.to = *column;
                        left.joined.push(element);
                        continue;
                    }
                    out.push(PlannedCell {
                        element,
                        from,
                        to: *column,
                        merge: merge("vMerge"),
                        joined: Vec::new(),
                    });
                }
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.cells(content, at, column, out);
                    }
                }
                "customXml" | "smartTag" => self.cells(element, at, column, out),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.cells(chosen, at, column, out);
                    }
                }
                _ => {}
            }
        }
    }

    fn row(
        &mut self,
        planned: &PlannedRow<'_>,
        at: At,
        edges: &BTreeMap<u32, u32>,
        open: &mut BTreeMap<u32, (usize, usize, u32)>,
        above: &mut [Row],
        nested: &mut Vec<Block>,
    ) -> Row {
        let index = above.len();
        let mut row = Row {
            head: planned.head,
            at,
            ..Row::default()
        };
        let before = self.gather.pages;
        let mut furthest = self.gather.pages;
        let mut still: BTreeMap<u32, (usize, usize, u32)> = BTreeMap::new();
        for cell in &planned.cells {
            let edge = |edge: u32| edges.get(&edge).copied().unwrap_or(0);
            let column = edge(cell.from);
            let columns = edge(cell.to).saturating_sub(column).max(1);
            let at = At {
                cell: column.saturating_add(1),
                ..at
            };
            // A page may end in several cells of a row, and still is one page.
            self.gather.pages = before;
            if cell.merge == Merge::Further
                && let Some((row, place, wide)) = open.get(&column).copied()
                && wide == columns
            {
                if let Some(first) = above.get_mut(row).and_then(|r| r.cells.get_mut(place)) {
                    first.rows = first.rows.saturating_add(1);
                }
                if cell.element.holds(&["t"]) && !cell.element.text().trim().is_empty() {
                    self.gather.note_at(Noted::HiddenText, at);
                }
                still.insert(column, (row, place, columns));
                continue;
            }
            if cell.merge == Merge::Further {
                self.gather.note_at(Noted::Cells, at);
            }
            let mut paragraphs = self.cell(cell.element, at, nested);
            for joined in &cell.joined {
                paragraphs.extend(self.cell(*joined, at, nested));
            }
            if self.gather.pages.number > furthest.number {
                furthest = self.gather.pages;
            }
            furthest.fresh &= self.gather.pages.fresh;
            if cell.merge != Merge::None {
                still.insert(column, (index, row.cells.len(), columns));
            }
            let page = paragraphs.first().map_or(at.page, |p| p.at.page);
            row.cells.push(Cell {
                column,
                columns,
                rows: 1,
                paragraphs,
                at: At { page, ..at },
            });
            self.gather.take();
        }
        *open = still;
        self.gather.pages = furthest;
        row.new_page = before.fresh || furthest.number > before.number;
        row.at.page = row
            .cells
            .iter()
            .filter(|c| !c.paragraphs.is_empty())
            .map(|c| c.at.page)
            .min()
            .unwrap_or_else(|| before.shown());
        row
    }

    /// The paragraphs of a cell; tables in it go to `nested`.
    fn cell(&mut self, element: Element<'_>, at: At, nested: &mut Vec<Block>) -> Vec<Paragraph> {
        let mut all = Vec::new();
        self.aside(at, |walk| walk.flow(element, &mut all));
        let mut paragraphs = Vec::new();
        for block in all {
            match block {
                Block::Paragraph(paragraph) => paragraphs.push(paragraph),
                Block::Table(_) => {
                    self.gather.note_at(Noted::Nested, at);
                    nested.push(block);
                }
            }
        }
        paragraphs
    }
}

/// The edges of cells in use, each with the column that begins there.
fn edges(table: Element<'_>, rows: &[PlannedRow<'_>]) -> BTreeMap<u32, u32> {
    let cells: BTreeSet<(u32, u32)> = rows
        .iter()
        .flat_map(|r| &r.cells)
        .map(|c| (c.from, c.to))
        .collect();
    let widths: Vec<i64> = table
        .child("tblGrid")
        .into_iter()
        .flat_map(Element::children)
        .filter(|c| c.name() == "gridCol")
        .map(|c| c.number("w").unwrap_or(0))
        .collect();
    columns(&cells, Some(&widths))
}
