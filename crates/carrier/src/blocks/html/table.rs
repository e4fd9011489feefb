//! Tables of a page: takes one, gives its grid, and behind it those that stand in its cells. Cells take the first place
//! that no cell above or to the left covers, as browsers lay them out.

use std::collections::BTreeSet;

use super::super::{At, Block, Cell, Grid, Noted, Paragraph, Row};
use super::flow::{Context, Walk};

const MAX_COLUMNS: usize = 200;
/// Tables in tables in tables; pages laid out with tables have many.
const MAX_NESTED: u32 = 16;

struct Planned {
    index: usize,
    head: bool,
}

/// What a table is made of.
#[derive(Default)]
struct Plan {
    rows: Vec<Planned>,
    /// Columns that are not shown.
    hidden: BTreeSet<u32>,
    name: Option<String>,
}

impl Walk<'_> {
    /// Reads a table.
    pub(super) fn table(&mut self, index: usize, context: &Context, out: &mut Vec<Block>) {
        if self.gather.inside > MAX_NESTED {
            self.gather.note(Noted::Cut);
            return;
        }
        let at = self.gather.table();
        let mut plan = Plan::default();
        self.rows(index, false, at, &mut plan, 0);
        let mut grid = Grid {
            at,
            name: plan.name.take(),
            ..Grid::default()
        };
        let mut nested = Vec::new();
        // For each column, how many further rows a cell above covers.
        let mut taken: Vec<u32> = Vec::new();
        for (planned, number) in plan.rows.iter().zip(1u32..) {
            let at = At { row: number, ..at };
            let placed = self.places(planned, at, &plan, &mut taken);
            let row = self.row(planned, at, placed, context, &mut nested);
            let last = row.cells.last();
            let end = last.map_or(0, |c| c.column.saturating_add(c.columns));
            grid.columns = grid.columns.max(end);
            grid.rows.push(row);
            if self.gather.left == 0 {
                break;
            }
        }
        if !plan.hidden.is_empty() {
            compress(&mut grid, &plan.hidden);
        }
        if grid.rows.iter().any(|r| !r.cells.is_empty()) {
            out.push(Block::Table(grid));
        }
        out.extend(nested);
    }

    /// The rows, and columns that are not shown.
    fn rows(&mut self, index: usize, head: bool, at: At, out: &mut Plan, depth: u32) {
        let page = self.page;
        let Some(node) = page.node(index).filter(|_| depth < 4) else {
            return;
        };
        let mut column = 0u32;
        for child in &node.children {
            let Some(node) = page.node(*child) else {
                continue;
            };
            let unseen = self.sheet.look(node).hidden == Some(true);
            match node.name() {
                "tr" if unseen => {
                    let row = u32::try_from(out.rows.len() + 1).unwrap_or(u32::MAX);
                    if !page.text(*child).trim().is_empty() {
                        self.gather.note_at(Noted::HiddenRow, At { row, ..at });
                    }
                }
                "tr" => out.rows.push(Planned {
                    index: *child,
                    head,
                }),
                "thead" if !unseen => self.rows(*child, true, at, out, depth + 1),
                "tbody" | "tfoot" if !unseen => self.rows(*child, false, at, out, depth + 1),
                "colgroup" => {
                    // Its columns stand in it, or it counts them itself.
                    for inner in &node.children {
                        self.column(*inner, &mut column, &mut out.hidden, unseen);
                    }
                    if node.children.is_empty() {
                        self.column(*child, &mut column, &mut out.hidden, unseen);
                    }
                }
                "col" => self.column(*child, &mut column, &mut out.hidden, unseen),
                "caption" => {
                    let text = page.text(*child);
                    let words: Vec<&str> = text.split_whitespace().collect();
                    out.name = (!words.is_empty()).then(|| words.join(" "));
                }
                _ => {}
            }
        }
    }

    fn column(&self, index: usize, column: &mut u32, hidden: &mut BTreeSet<u32>, unseen: bool) {
        let Some(node) = self.page.node(index).filter(|n| !n.name().is_empty()) else {
            return;
        };
        let own = self.sheet.look(node).hidden == Some(true);
        let wide = node.number("span").unwrap_or(1).clamp(1, 200);
        for _ in 0..wide {
            if unseen || own {
                hidden.insert(*column);
            }
            *column = column.saturating_add(1);
        }
    }

    /// The cells of a row and what each covers.
    fn places(
        &mut self,
        planned: &Planned,
        at: At,
        plan: &Plan,
        taken: &mut Vec<u32>,
    ) -> Vec<(usize, Cell)> {
        let page = self.page;
        let mut out = Vec::new();
        let height = u32::try_from(plan.rows.len()).unwrap_or(u32::MAX);
        let left = height.saturating_sub(at.row.saturating_sub(1)).max(1);
        let mut column = 0usize;
        let mut next: Vec<u32> = taken.iter().map(|t| t.saturating_sub(1)).collect();
        let children = page.node(planned.index).map(|n| n.children.as_slice());
        for child in children.unwrap_or_default() {
            let Some(node) = page.node(*child) else {
                continue;
            };
            if !matches!(node.name(), "td" | "th") {
                continue;
            }
            while taken.get(column).is_some_and(|t| *t > 0) {
                column += 1;
            }
            if column >= MAX_COLUMNS {
                self.gather.note_at(Noted::Cut, at);
                break;
            }
            let wide = usize::try_from(node.number("colspan").unwrap_or(1))
                .unwrap_or(1)
                .clamp(1, MAX_COLUMNS - column);
            let high = match node.number("rowspan").unwrap_or(1) {
                // To the end of the table.
                0 => left,
                high => high.min(left),
            };
            if next.len() < column + wide {
                next.resize(column + wide, 0);
            }
            for place in next.iter_mut().skip(column).take(wide) {
                *place = (*place).max(high.saturating_sub(1));
            }
            let from = u32::try_from(column).unwrap_or(u32::MAX);
            let columns = u32::try_from(wide).unwrap_or(1);
            column += wide;
            let at = At {
                cell: from.saturating_add(1),
                ..at
            };
            let unseen = self.sheet.look(node).hidden == Some(true)
                || (from..from.saturating_add(columns)).all(|c| plan.hidden.contains(&c));
            if unseen {
                if !page.text(*child).trim().is_empty() {
                    self.gather.note_at(Noted::HiddenColumn, at);
                }
                continue;
            }
            let cell = Cell {
                column: from,
                columns,
                rows: high.max(1),
                at,
                ..Cell::default()
            };
            out.push((*child, cell));
        }
        *taken = next;
        out
    }

    fn row(
        &mut self,
        planned: &Planned,
        at: At,
        placed: Vec<(usize, Cell)>,
        context: &Context,
        nested: &mut Vec<Block>,
    ) -> Row {
        let page = self.page;
        let mut row = Row {
            head: planned.head,
            at,
            ..Row::default()
        };
        let Some(node) = page.node(planned.index) else {
            return row;
        };
        let look = self.sheet.look(node);
        if look.page == Some(true) {
            self.gather.pages.turn();
        }
        row.new_page = self.gather.pages.fresh;
        let context = self.within(&look, context);
        let mut heads = 0usize;
        for (index, mut cell) in placed {
            let Some(node) = page.node(index) else {
                continue;
            };
            heads += usize::from(node.name() == "th");
            let inner = self.within(&self.sheet.look(node), &context);
            cell.paragraphs = self.cell(index, &inner, cell.at, nested);
            row.cells.push(cell);
            self.gather.take();
        }
        row.head |= heads > 0 && heads == row.cells.len();
        row
    }

    /// The paragraphs of a cell; tables in it go to `nested`.
    fn cell(
        &mut self,
        index: usize,
        context: &Context,
        at: At,
        nested: &mut Vec<Block>,
    ) -> Vec<Paragraph> {
        let mut all = Vec::new();
        let place = self.gather.place.replace(at);
        self.gather.inside += 1;
        self.flow(index, context, &mut all);
        self.gather.inside -= 1;
        self.gather.place = place;
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

/// Takes the places of hidden columns away.
fn compress(grid: &mut Grid, hidden: &BTreeSet<u32>) {
    let before = |column: u32| u32::try_from(hidden.range(..column).count()).unwrap_or(0);
    grid.columns = grid.columns.saturating_sub(before(grid.columns));
    for cell in grid.rows.iter_mut().flat_map(|r| &mut r.cells) {
        let end = cell.column.saturating_add(cell.columns);
        let columns = end.saturating_sub(before(end));
        cell.column = cell.column.saturating_sub(before(cell.column));
        cell.columns = columns.saturating_sub(cell.column).max(1);
    }
}
