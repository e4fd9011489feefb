//! Tables of an OpenDocument text: takes one, gives its grid, and behind it those that stand in its cells.

use std::collections::BTreeSet;

use super::super::edges::columns;
use super::super::tree::Element;
use super::super::{At, Block, Cell, Grid, Noted, Paragraph, Row};
use super::flow::Walk;

const MAX_COLUMNS: u32 = 200;
/// Tables in tables in tables.
const MAX_NESTED: u32 = 8;
/// A row or a column that is said to repeat is written out so often.
const MAX_REPEATED: usize = 100;

struct PlannedRow<'t> {
    cells: Vec<PlannedCell<'t>>,
    head: bool,
    /// Pages that end before it.
    breaks: u32,
}

struct PlannedCell<'t> {
    element: Element<'t>,
    from: u32,
    to: u32,
    rows: u32,
}

impl Walk<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, table: Element<'_>, out: &mut Vec<Block>) {
        if self.gather.inside > MAX_NESTED {
            self.gather.note(Noted::Cut);
            return;
        }
        let name = table.attribute("style-name");
        let style = self.styles.get("table", name.as_deref());
        self.page_before(&style);
        let at = self.gather.table();
        let (mut rows, mut widths, mut breaks) = (Vec::new(), Vec::new(), 0);
        self.rows(table, false, &mut breaks, &mut rows);
        self.widths(table, &mut widths);
        let cells: BTreeSet<(u32, u32)> = rows
            .iter()
            .flat_map(|r| &r.cells)
            .map(|c| (c.from, c.to))
            .collect();
        let edges = columns(&cells, Some(&widths));
        let edge = |edge: u32| edges.get(&edge).copied().unwrap_or(0);
        let mut grid = Grid {
            columns: edges.values().copied().max().unwrap_or(0),
            at,
            ..Grid::default()
        };
        let mut nested = Vec::new();
        let height = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        for (planned, number) in rows.iter().zip(1u32..) {
            for _ in 0..planned.breaks {
                self.gather.pages.turn();
            }
            let at = At { row: number, ..at };
            let before = self.gather.pages;
            let mut furthest = before;
            let mut row = Row {
                head: planned.head,
                at,
                ..Row::default()
            };
            for cell in &planned.cells {
                let column = edge(cell.from);
                let at = At {
                    cell: column.saturating_add(1),
                    ..at
                };
                // A page may end in several cells of a row, and still is one page.
                self.gather.pages = before;
                let paragraphs = self.cell(cell.element, at, &mut nested);
                if self.gather.pages.number > furthest.number {
                    furthest = self.gather.pages;
                }
                furthest.fresh &= self.gather.pages.fresh;
                let page = paragraphs.first().map_or(before.shown(), |p| p.at.page);
                row.cells.push(Cell {
                    column,
                    columns: edge(cell.to).saturating_sub(column).max(1),
                    rows: cell.rows.min(height.saturating_sub(number - 1)).max(1),
                    paragraphs,
                    at: At { page, ..at },
                });
                self.gather.take();
            }
            self.gather.pages = furthest;
            row.new_page = before.fresh || furthest.number > before.number;
            row.at.page = before.shown();
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

    /// The rows, whatever groups they stand in.
    fn rows<'t>(
        &mut self,
        parent: Element<'t>,
        head: bool,
        breaks: &mut u32,
        out: &mut Vec<PlannedRow<'t>>,
    ) {
        for element in parent.children() {
            match element.name() {
                "table-header-rows" => self.rows(element, true, breaks, out),
                "table-rows" | "table-row-group" => self.rows(element, head, breaks, out),
                "soft-page-break" => *breaks = breaks.saturating_add(1),
                "table-row" => {
                    let shown = element.attribute("visibility");
                    if shown.is_some_and(|v| v != "visible") {
                        self.gather.note(Noted::HiddenRow);
                        continue;
                    }
                    let repeated = element.number("number-rows-repeated").unwrap_or(1usize);
                    for _ in 0..repeated.clamp(1, MAX_REPEATED) {
                        out.push(PlannedRow {
                            cells: cells(element),
                            head,
                            breaks: std::mem::take(breaks),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    fn widths(&self, parent: Element<'_>, out: &mut Vec<i64>) {
        for element in parent.children() {
            match element.name() {
                "table-columns" | "table-header-columns" | "table-column-group" => {
                    self.widths(element, out);
                }
                "table-column" => {
                    let name = element.attribute("style-name");
                    let style = self.styles.get("table-column", name.as_deref());
                    let repeated = element.number("number-columns-repeated").unwrap_or(1usize);
                    for _ in 0..repeated.clamp(1, MAX_REPEATED) {
                        out.push(style.width.unwrap_or(0));
                    }
                }
                _ => {}
            }
        }
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

fn cells(row: Element<'_>) -> Vec<PlannedCell<'_>> {
    let mut out = Vec::new();
    let mut column = 0u32;
    for element in row.children() {
        let covered = match element.name() {
            "table-cell" => false,
            "covered-table-cell" => true,
            _ => continue,
        };
        let number = |name: &str| element.number(name).unwrap_or(1u32);
        let repeated = number("number-columns-repeated").clamp(1, MAX_COLUMNS);
        for _ in 0..repeated {
            if column >= MAX_COLUMNS {
                return out;
            }
            if !covered {
                let wide = number("number-columns-spanned").clamp(1, MAX_COLUMNS - column);
                out.push(PlannedCell {
                    element,
                    from: column,
                    to: column + wide,
                    rows: number("number-rows-spanned").max(1),
                });
            }
            column += 1;
        }
    }
    out
}
