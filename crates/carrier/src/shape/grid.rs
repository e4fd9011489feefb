//! Where a table's cells stand: takes rows and spans as they come, gives coordinates, and repeats a spanned
//! cell's text where it also holds, since what is written once beside five rows belongs to each of them.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ctx::Ctx;
use crate::place::{Stand, Written};
use glasno_passage::Role;

/// How much of a spanned cell's text is repeated as context.
const CARRIED_BYTES: usize = 300;
const MAX_COLUMNS: u32 = 2000;

/// Which rows head what stands below them: the first, and one below a lone title; in a sheet also the first below
/// an empty row.
#[derive(Default)]
pub(crate) struct Rows {
    head: Option<u32>,
    last: u32,
    /// How many cells the last row has.
    cells: u32,
}

impl Rows {
    /// Whether a cell that stands in `row`, and is not empty, is in a head.
    pub(crate) fn head(&mut self, row: u32) -> bool {
        let Some(head) = self.head else {
            (self.head, self.last, self.cells) = (Some(row), row, 1);
            return true;
        };
        if row != self.last {
            let title = head == self.last && self.cells == 1 && row == head.saturating_add(1);
            if title || row > self.last.saturating_add(1) {
                self.head = Some(row);
            }
            (self.last, self.cells) = (row, 0);
        }
        self.cells = self.cells.saturating_add(1);
        self.head == Some(row)
    }
}

struct Carried {
    rows_left: u32,
    text: Rc<Written>,
    head: bool,
}

/// One table that is being read.
pub(crate) struct Grid {
    id: u32,
    row: u32,
    column: u32,
    started: bool,
    open: Option<Open>,
    carried: BTreeMap<u32, Carried>,
    /// How many more bytes may be repeated: a table of spans must not multiply its text without end.
    budget: usize,
}

struct Open {
    column: u32,
    columns: u32,
    rows: u32,
    head: bool,
    text: Written,
}

impl Grid {
    pub(crate) fn new(ctx: &mut Ctx<'_>) -> Self {
        Grid {
            id: ctx.next_table(),
            row: 0,
            column: 0,
            started: false,
            open: None,
            carried: BTreeMap::new(),
            budget: 4 << 20,
        }
    }

    fn role(&self, column: u32, head: bool) -> Role {
        Role::Cell {
            table: self.id,
            row: self.row,
            column,
            head,
        }
    }

    /// Begins a row; the rest of the row before is filled from spanned cells.
    pub(crate) fn row(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        self.end_cell(ctx, part);
        if !self.started {
            self.started = true;
            return;
        }
        let (row, from) = (self.row, self.column);
        let repeats: Vec<u32> = self.carried.range(from..).map(|(c, _)| *c).collect();
        for column in repeats {
            self.repeat(ctx, part, column);
        }
        // Spans count rows, those they begin in included.
        self.carried.retain(|_, c| {
            c.rows_left = c.rows_left.saturating_sub(1);
            c.rows_left > 0
        });
        self.row = row.saturating_add(1);
        self.column = 0;
    }

    fn repeat(&mut self, ctx: &mut Ctx<'_>, part: &str, column: u32) {
        let Some(c) = self.carried.get(&column) else {
            return;
        };
        // Each repetition costs something, so that empty rows without end do not.
        let cost = c.text.text.len() + 16;
        if cost > self.budget {
            self.budget = 0;
            self.carried.clear();
            return;
        }
        self.budget -= cost;
        let role = self.role(column, c.head);
        ctx.emit(part, role, &c.text.text, c.text.stand());
    }

    /// Begins a cell and gives its role.
    pub(crate) fn cell(
        &mut self,
        ctx: &mut Ctx<'_>,
        part: &str,
        columns: u32,
        rows: u32,
        head: bool,
    ) -> Role {
        self.started = true;
        self.end_cell(ctx, part);
        while self.carried.contains_key(&self.column) && self.column < MAX_COLUMNS {
            self.repeat(ctx, part, self.column);
            self.column += 1;
        }
        let column = self.column;
        let columns = columns.clamp(1, MAX_COLUMNS);
        self.column = column.saturating_add(columns).min(MAX_COLUMNS);
        self.open = Some(Open {
            column,
            columns,
            rows: rows.max(1),
            head,
            text: Written::default(),
        });
        self.role(column, head)
    }

    /// A cell whose text continues the one above it (`vMerge`).
    pub(crate) fn continued(&mut self, ctx: &mut Ctx<'_>, part: &str, columns: u32) {
        self.end_cell(ctx, part);
        self.repeat(ctx, part, self.column);
        self.column = self.column.saturating_add(columns.max(1)).min(MAX_COLUMNS);
    }

    /// Keeps a cell for rows below until another cell ends it.
    pub(crate) fn hold(&mut self) {
        if let Some(open) = &mut self.open {
            open.rows = u32::MAX;
        }
    }

    /// A new cell stands where one was held.
    pub(crate) fn release(&mut self, columns: u32) {
        for column in self.column..self.column.saturating_add(columns.clamp(1, 64)) {
            self.carried.remove(&column);
        }
    }

    /// Text that was handed on from the open cell.
    pub(crate) fn note<'s>(&mut self, text: &str, stand: impl Into<Stand<'s>>) {
        if let Some(open) = &mut self.open
            && (open.rows > 1 || open.columns > 1)
            && open.text.text.len() < CARRIED_BYTES
        {
            let carried = &mut open.text;
            if !carried.text.is_empty() {
                carried.text.push(' ');
            }
            let text = text.get(..text.floor_char_boundary(CARRIED_BYTES));
            carried.add(text.unwrap_or_default(), stand.into());
        }
    }

    /// The role of what stands in the open cell.
    pub(crate) fn open_role(&self) -> Option<Role> {
        self.open.as_ref().map(|o| self.role(o.column, o.head))
    }

    pub(crate) fn end_cell(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        let Some(open) = self.open.take() else { return };
        let text = &open.text.text;
        if text.is_empty() {
            return;
        }
        for column in (open.column + 1..open.column.saturating_add(open.columns)).take(12) {
            if text.len() <= self.budget {
                self.budget -= text.len();
                ctx.emit(part, self.role(column, open.head), text, open.text.stand());
            }
        }
        if open.rows > 1 {
            let text = Rc::new(open.text);
            for column in (open.column..open.column.saturating_add(open.columns)).take(64) {
                self.carried.insert(
                    column,
                    Carried {
                        rows_left: open.rows,
                        text: Rc::clone(&text),
                        head: open.head,
                    },
                );
            }
        }
    }

    /// Ends the table.
    pub(crate) fn end(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        self.row(ctx, part);
    }
}
