//! Tables of a Word document: takes one, gives its grid. Where every cell begins and ends is settled before any is
//! read, since rows drawn by hand miss each other by a millimetre and still are one column to everybody.

use std::collections::{BTreeMap, BTreeSet};

use super::super::tree::Element;
use super::super::{At, Block, Cell, Grid, Noted, Paragraph, Row};
use super::flow::{Walk, chosen};
use super::styles::on;

/// Word allows 63 columns.
const MAX_COLUMNS: u32 = 200;
/// Edges closer than this many twips (2.6 mm) are one, if no cell lies between them.
const SAME_EDGE: i64 = 150;
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
        if self.inside > MAX_NESTED {
            self.note(Noted::Cut);
            return;
        }
        self.tables = self.tables.saturating_add(1);
        let at = At {
            page: self.pages.shown(),
            table: self.tables,
            ..At::default()
        };
        let mut rows = Vec::new();
        self.rows(table, at, &mut rows);
        let edges = edges(table, &rows);
        let columns = edges.values().copied().max().unwrap_or(0);
        let mut grid = Grid {
            columns,
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
            if self.left == 0 {
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
                        self.note_at(Noted::Revisions, at);
                    }
                    if property("del").is_some() {
                        continue;
                    }
                    if property("hidden").is_some_and(on) {
                        self.note_at(Noted::HiddenRow, at);
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
                    self.note_at(Noted::Revisions, at);
                    self.rows(element, at, out);
                }
                "del" | "moveFrom" => self.note_at(Noted::Revisions, at),
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
                        self.note_at(Noted::Revisions, at);
                    }
                    if property("cellDel").is_some() {
                        continue;
                    }
                    let wide = property("gridSpan").and_then(|g| g.number("val"));
                    let wide = wide.unwrap_or(1u32).clamp(1, MAX_COLUMNS);
                    if *column >= MAX_COLUMNS {
                        self.note_at(Noted::Cut, at);
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
        let before = self.pages;
        let mut furthest = self.pages;
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
            self.pages = before;
            if cell.merge == Merge::Further
                && let Some((row, place, wide)) = open.get(&column).copied()
                && wide == columns
            {
                if let Some(first) = above.get_mut(row).and_then(|r| r.cells.get_mut(place)) {
                    first.rows = first.rows.saturating_add(1);
                }
                if cell.element.holds(&["t"]) && !cell.element.text().trim().is_empty() {
                    self.note_at(Noted::HiddenText, at);
                }
                still.insert(column, (row, place, columns));
                continue;
            }
            if cell.merge == Merge::Further {
                self.note_at(Noted::Cells, at);
            }
            let mut paragraphs = self.cell(cell.element, at, nested);
            for joined in &cell.joined {
                paragraphs.extend(self.cell(*joined, at, nested));
            }
            if self.pages.number > furthest.number {
                furthest = self.pages;
            }
            furthest.fresh &= self.pages.fresh;
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
            self.left = self.left.saturating_sub(1);
        }
        *open = still;
        self.pages = furthest;
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
                    self.note_at(Noted::Nested, at);
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
    let used: BTreeSet<u32> = cells.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let places = places(table, used.last().copied().unwrap_or(0));
    let near = |a: u32, b: u32| {
        let place = |edge: u32| {
            let index = usize::try_from(edge).ok()?;
            places.as_ref()?.get(index).copied()
        };
        match (place(a), place(b), place(used.last().copied().unwrap_or(0))) {
            (Some(a), Some(b), Some(end)) => {
                let mean = end / i64::try_from(used.len()).unwrap_or(1).max(1);
                b - a < SAME_EDGE.min(mean / 4)
            }
            _ => false,
        }
    };
    let mut out = BTreeMap::new();
    let mut column = 0u32;
    // The edges that are one with the edge at hand.
    let mut group: Vec<u32> = Vec::new();
    for edge in used.iter().copied() {
        let apart = group.first().is_none_or(|first| !near(*first, edge))
            || group.iter().any(|before| cells.contains(&(*before, edge)));
        if apart {
            if !group.is_empty() {
                column = column.saturating_add(1);
            }
            group.clear();
        }
        group.push(edge);
        out.insert(edge, column);
    }
    out
}

/// Where each edge of the grid lies, in twips; none when the table does not say.
fn places(table: Element<'_>, last: u32) -> Option<Vec<i64>> {
    let widths: Vec<i64> = table
        .child("tblGrid")?
        .children()
        .filter(|c| c.name() == "gridCol")
        .map(|c| c.number("w").filter(|w| (1..100_000).contains(w)))
        .take(usize::try_from(MAX_COLUMNS).ok()?)
        .collect::<Option<_>>()?;
    let mut places = vec![0i64];
    for width in widths {
        let before = places.last().copied().unwrap_or(0);
        places.push(before + width);
    }
    (places.len() > usize::try_from(last).ok()?).then_some(places)
}
