//! Pieces on pages.
//!
//! Takes pieces in their order; gives what is painted on each page and where. A heading stays with what it is over,
//! neither the first nor the last line of a paragraph stands alone, a row is divided only where a page is too short for
//! it, and the heads of a table stand on each of its pages.

use crate::flow::table::{EDGE, Laid, LaidRow, SIDE, height};
use crate::flow::{Body, Piece};
use crate::lines::{Frag, Line};

/// A sheet and its margins, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheet {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) side: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
}

const A4: (f32, f32) = (595.28, 841.89);

impl Sheet {
    pub(crate) fn portrait() -> Self {
        Sheet {
            width: A4.0,
            height: A4.1,
            side: 56.7,
            top: 51.0,
            bottom: 62.0,
        }
    }

    pub(crate) fn landscape() -> Self {
        Sheet {
            width: A4.1,
            height: A4.0,
            side: 42.5,
            top: 42.5,
            bottom: 51.0,
        }
    }

    /// How wide its lines are.
    pub(crate) fn measure(&self) -> f32 {
        self.width - 2.0 * self.side
    }

    fn end(&self) -> f32 {
        self.height - self.bottom
    }

    fn room(&self) -> f32 {
        self.end() - self.top
    }
}

/// What is painted; `y` is counted from the upper edge of the page.
#[derive(Debug)]
pub(crate) enum Op {
    Text {
        frag: Frag,
        x: f32,
        /// Of the base line.
        y: f32,
        /// It stood already on an earlier page.
        again: bool,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    Stroke {
        from: (f32, f32),
        to: (f32, f32),
        weight: f32,
        ink: bool,
    },
}

/// All pages, and where each heading came to stand.
#[derive(Debug)]
pub(crate) struct Pages {
    sheet: Sheet,
    pub(crate) pages: Vec<Vec<Op>>,
    /// Heading, page, height.
    pub(crate) marks: Vec<(usize, usize, f32)>,
    y: f32,
    fresh: bool,
}

impl Pages {
    pub(crate) fn new(sheet: Sheet) -> Self {
        Pages {
            sheet,
            pages: vec![Vec::new()],
            marks: Vec::new(),
            y: sheet.top,
            fresh: true,
        }
    }

    fn turn(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.sheet.top;
        self.fresh = true;
    }

    fn paint(&mut self, op: Op) {
        if let Some(page) = self.pages.last_mut() {
            page.push(op);
        }
    }

    /// Sets pieces below what is there.
    pub(crate) fn fill(&mut self, pieces: Vec<Piece>) {
        // How much stands together from each piece on, gathered from the end.
        let mut needs = vec![0.0f32; pieces.len()];
        let mut below = 0.0;
        for (need, piece) in needs.iter_mut().zip(&pieces).rev() {
            let own = piece.above
                + match &piece.body {
                    Body::Line(_) => piece.height,
                    Body::Table(laid) => first(laid),
                };
            below = own + if piece.keep { below } else { 0.0 };
            *need = below;
        }
        for (piece, need) in pieces.into_iter().zip(needs) {
            if !self.fresh && self.y + need > self.sheet.end() && need <= self.sheet.room() {
                self.turn();
            }
            let lone = !self.fresh && self.y + piece.above + piece.height > self.sheet.end();
            if lone {
                self.turn();
            }
            if !self.fresh {
                self.y += piece.above;
            }
            self.piece(piece);
        }
    }

    fn piece(&mut self, piece: Piece) {
        if let Some(mark) = piece.mark {
            self.marks.push((mark, self.pages.len() - 1, self.y));
        }
        match piece.body {
            Body::Line(line) => {
                if let Some(bar) = piece.bar {
                    let above = if self.fresh { 0.0 } else { piece.above };
                    self.paint(Op::Stroke {
                        from: (bar, self.y - above),
                        to: (bar, self.y + piece.height),
                        weight: 2.0,
                        ink: false,
                    });
                }
                self.line(line, piece.x, self.y, false);
                self.y += piece.height;
                self.fresh = false;
            }
            Body::Table(laid) => self.table(*laid, piece.x),
        }
    }

    fn line(&mut self, line: Line, x: f32, y: f32, again: bool) {
        let base = y + line.ascent;
        for stroke in line.strokes {
            let at = base - stroke.rise;
            self.paint(Op::Stroke {
                from: (x + stroke.x, at),
                to: (x + stroke.x + stroke.width, at),
                weight: 0.6,
                ink: true,
            });
        }
        for frag in line.frags {
            self.paint(Op::Text {
                x: x + frag.x,
                y: base - frag.style.rise,
                frag,
                again,
            });
        }
    }

    fn table(&mut self, laid: Laid, x: f32) {
        let Laid { head, rows, grid } = laid;
        let tall: f32 = head.iter().map(|r| r.height).sum();
        self.head(&head, x, grid, false);
        let mut rows = rows.into_iter().peekable();
        while let Some(row) = rows.next() {
            let mut group = vec![row];
            while group.last().is_some_and(|r| r.joined) {
                match rows.next() {
                    Some(row) => group.push(row),
                    None => break,
                }
            }
            let own: f32 = group.iter().map(|r| r.height).sum();
            let kept = group.last().is_some_and(|r| r.keep);
            let next = rows.peek().map_or(0.0, |r| r.height.min(120.0));
            let need = own + if kept { next } else { 0.0 };
            if self.y + need > self.sheet.end() && self.y > self.sheet.top + tall + 0.5 {
                let fits = need <= self.sheet.room() - tall;
                if fits || group.len() > 1 || self.sheet.end() - self.y < 60.0 {
                    self.turn();
                    self.head(&head, x, grid, true);
                }
            }
            let whole = self.y + own <= self.sheet.end() + 0.5;
            match (whole, group.len()) {
                (false, 1) => {
                    if let Some(row) = group.pop() {
                        self.divided(row, &head, x, grid);
                    }
                }
                _ => self.group(group, x, grid, false),
            }
        }
    }

    fn head(&mut self, head: &[LaidRow], x: f32, grid: bool, again: bool) {
        if head.is_empty() {
            return;
        }
        let copies = head.iter().map(copy).collect();
        self.group(copies, x, grid, again);
    }

    /// Rows that stand together.
    fn group(&mut self, group: Vec<LaidRow>, x: f32, grid: bool, again: bool) {
        let heights: Vec<f32> = group.iter().map(|r| r.height).collect();
        for (n, row) in group.into_iter().enumerate() {
            let top = self.y;
            for cell in row.cells {
                let tall: f32 = heights.iter().skip(n).take(cell.down).sum();
                self.frame(x + cell.x, top, cell.width, tall, cell.fill, grid);
                let mut y = top + EDGE;
                for (n, piece) in cell.pieces.into_iter().enumerate() {
                    y += if n == 0 { 0.0 } else { piece.above };
                    let tall = piece.height;
                    if let Body::Line(line) = piece.body {
                        self.line(line, x + cell.x + SIDE + piece.x, y, again);
                    }
                    y += tall;
                }
            }
            self.y = top + row.height;
        }
        self.fresh = false;
    }

    /// A row that is taller than a page.
    fn divided(&mut self, row: LaidRow, head: &[LaidRow], x: f32, grid: bool) {
        let mut cells: Vec<_> = row
            .cells
            .into_iter()
            .map(|c| (c.x, c.width, c.fill, c.pieces.into_iter().peekable()))
            .collect();
        loop {
            let top = self.y;
            let end = self.sheet.end() - EDGE;
            let mut lowest = top + EDGE;
            let mut lines = Vec::new();
            for (at, _, _, pieces) in &mut cells {
                let mut y = top + EDGE;
                let mut first = true;
                while let Some(piece) = pieces.peek() {
                    let above = if first { 0.0 } else { piece.above };
                    // One at least, so that each page brings it on.
                    if !first && y + above + piece.height > end {
                        break;
                    }
                    let Some(piece) = pieces.next() else { break };
                    y += above;
                    first = false;
                    let tall = piece.height;
                    if let Body::Line(line) = piece.body {
                        lines.push((line, x + *at + SIDE + piece.x, y));
                    }
                    y += tall;
                }
                lowest = lowest.max(y);
            }
            let tall = lowest + EDGE - top;
            for (at, width, fill, _) in &cells {
                self.frame(x + at, top, *width, tall, *fill, grid);
            }
            for (line, x, y) in lines {
                self.line(line, x, y, false);
            }
            self.y = top + tall;
            self.fresh = false;
            if cells.iter_mut().all(|(.., pieces)| pieces.peek().is_none()) {
                return;
            }
            self.turn();
            self.head(head, x, grid, true);
        }
    }

    fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, fill: bool, grid: bool) {
        if fill {
            self.paint(Op::Fill {
                x,
                y,
                width,
                height,
            });
        }
        if !grid {
            return;
        }
        let (right, below) = (x + width, y + height);
        for (from, to) in [
            ((x, y), (right, y)),
            ((x, below), (right, below)),
            ((x, y), (x, below)),
            ((right, y), (right, below)),
        ] {
            self.paint(Op::Stroke {
                from,
                to,
                weight: 0.5,
                ink: false,
            });
        }
    }
}

/// What a table needs below it to begin: its heads and its first row.
fn first(laid: &Laid) -> f32 {
    let head: f32 = laid.head.iter().map(|r| r.height).sum();
    let mut rows = laid.rows.iter();
    let mut needed = 0.0;
    for row in rows.by_ref() {
        needed += row.height;
        if !row.keep && !row.joined {
            break;
        }
    }
    head + needed.min(160.0)
}

fn copy(row: &LaidRow) -> LaidRow {
    let cells = row.cells.iter().map(|cell| crate::flow::table::LaidCell {
        x: cell.x,
        width: cell.width,
        down: cell.down,
        fill: cell.fill,
        pieces: cell
            .pieces
            .iter()
            .map(|piece| Piece {
                above: piece.above,
                height: piece.height,
                keep: piece.keep,
                x: piece.x,
                bar: piece.bar,
                mark: None,
                body: match &piece.body {
                    Body::Line(line) => Body::Line(line.clone()),
                    Body::Table(_) => Body::Line(Line::default()),
                },
            })
            .collect(),
    });
    LaidRow {
        cells: cells.collect(),
        height: row.height.max(
            2.0 * EDGE
                + row
                    .cells
                    .iter()
                    .filter(|c| c.down == 1)
                    .map(|c| height(&c.pieces))
                    .fold(0.0, f32::max),
        ),
        joined: row.joined,
        keep: row.keep,
    }
}
