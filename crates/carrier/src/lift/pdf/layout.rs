//! How a page looks: takes letters with their places, gives the lines a reader sees, whatever order they were drawn
//! in: words of spaced letters put together, and what stands far apart on one line as cells of a row.

use std::collections::BTreeSet;

use crate::ctx::Ctx;
use glasno_passage::Role;

/// Pages with more letters are read in the order of drawing only.
const MAX_LETTERS: usize = 200_000;
/// Gaps in sizes of the letters: between words, and between columns.
const WORD: f32 = 0.18;
const COLUMN: f32 = 1.8;
/// How many columns a page is looked at for, and how many bytes a line of running text has at least.
const MAX_COLUMNS: usize = 12;
const PROSE: usize = 16;

/// One letter, seen along the direction its line runs in.
struct Letter {
    /// In steps of five degrees.
    direction: i16,
    across: f32,
    from: f32,
    to: f32,
    size: f32,
    text: (usize, usize),
}

/// All letters of a page.
#[derive(Default)]
pub(super) struct Layout {
    letters: Vec<Letter>,
    text: String,
    /// What was handed on in the order of drawing: it is not said twice.
    said: BTreeSet<String>,
}

/// A line: pieces far apart, and how it stands.
struct Line {
    pieces: Vec<String>,
    direction: i16,
    across: f32,
    size: f32,
    /// Where each piece begins.
    starts: Vec<f32>,
}

impl Layout {
    /// Adds a letter that begins at the origin of `at` and is `width` wide there.
    pub(super) fn push(&mut self, at: &[f32; 6], width: f32, size: f32, text: &str) {
        let [a, b, _, _, x, y] = *at;
        let length = a.hypot(b);
        if text.is_empty() || self.letters.len() > MAX_LETTERS || !(length > 0.0 && size > 0.0) {
            return;
        }
        let (ux, uy) = (a / length, b / length);
        let (from, across) = (x * ux + y * uy, y * ux - x * uy);
        let to = from + width * length;
        if !(from.is_finite() && across.is_finite() && to.is_finite() && size.is_finite()) {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.letters.push(Letter {
            direction: (b.atan2(a).to_degrees() / 5.0).round() as i16,
            across,
            from,
            to,
            size,
            text: (start, self.text.len()),
        });
    }

    /// Notes what was read in the order of drawing.
    pub(super) fn said(&mut self, text: &str) {
        if self.letters.len() <= MAX_LETTERS {
            self.said.insert(text.to_owned());
        }
    }

    fn text(&self, letter: &Letter) -> &str {
        let (from, to) = letter.text;
        self.text.get(from..to).unwrap_or_default()
    }

    /// Hands on the lines, where they say more than the order of drawing does.
    pub(super) fn emit(self, ctx: &mut Ctx<'_>, part: &str) {
        if self.letters.len() < 2 || self.letters.len() > MAX_LETTERS {
            return;
        }
        let (lines, differs) = self.lines();
        if differs || lines.iter().any(|l| l.pieces.len() > 1) {
            hand_on(ctx, part, &lines, &self.said);
        }
    }

    /// The lines from top to bottom, and whether they were drawn in another order or with spaced letters.
    fn lines(&self) -> (Vec<Line>, bool) {
        let mut order: Vec<usize> = (0..self.letters.len()).collect();
        let letter = |i: &usize| self.letters.get(*i);
        order.sort_by(|a, b| match (letter(a), letter(b)) {
            (Some(a), Some(b)) => a
                .direction
                .cmp(&b.direction)
                .then(b.across.total_cmp(&a.across)),
            _ => a.cmp(b),
        });
        let (mut lines, mut differs, mut last) = (Vec::new(), false, 0);
        let mut rest = order.as_mut_slice();
        while let Some(first) = rest.first().and_then(letter) {
            let same = rest.iter().position(|i| {
                letter(i).is_some_and(|l| {
                    l.direction != first.direction
                        || first.across - l.across > 0.4 * first.size.min(l.size)
                })
            });
            let (line, tail) = rest.split_at_mut(same.unwrap_or(rest.len()).max(1));
            rest = tail;
            line.sort_by(|a, b| match (letter(a), letter(b)) {
                (Some(l), Some(r)) => l.from.total_cmp(&r.from).then(a.cmp(b)),
                _ => a.cmp(b),
            });
            for i in line.iter() {
                differs |= *i < last;
                last = *i;
            }
            let row: Vec<&Letter> = line.iter().filter_map(letter).collect();
            let (pieces, starts, spaced) = self.pieces(&row);
            differs |= spaced;
            lines.push(Line {
                pieces,
                starts,
                direction: first.direction,
                across: first.across,
                size: first.size,
            });
        }
        (lines, differs)
    }

    /// The pieces of a line, where they begin, and whether its letters were spaced out or drawn twice.
    fn pieces(&self, line: &[&Letter]) -> (Vec<String>, Vec<f32>, bool) {
        let inked: Vec<&Letter> = line
            .iter()
            .copied()
            .filter(|l| !self.text(l).trim().is_empty())
            .collect();
        let gap = |a: &Letter, b: &Letter| (b.from - a.to) / a.size.max(b.size);
        let mut gaps: Vec<f32> = inked
            .windows(2)
            .filter_map(|w| match w {
                [a, b] => Some(gap(a, b)),
                _ => None,
            })
            .collect();
        gaps.sort_by(f32::total_cmp);
        let middle = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
        let spaced = gaps.len() >= 3 && middle > WORD && middle < COLUMN;
        let word = if spaced { middle * 1.6 } else { WORD };
        let column = COLUMN.max(if spaced { middle * 6.0 } else { 0.0 });
        let mut pieces = vec![String::new()];
        let mut starts: Vec<f32> = inked.first().map(|l| l.from).into_iter().collect();
        let mut before: Option<&Letter> = None;
        let (mut blank, mut twice) = (false, false);
        for l in line {
            let text = self.text(l);
            if text.trim().is_empty() {
                blank = true;
                continue;
            }
            if let Some(b) = before {
                // Bold letters are drawn twice by some programs.
                if self.text(b) == text && (l.from - b.from).abs() < 0.15 * l.size {
                    twice = true;
                    continue;
                }
                let gap = gap(b, l);
                if gap > column {
                    pieces.push(String::new());
                    starts.push(l.from);
                } else if (gap > word || (blank && !spaced))
                    && let Some(piece) = pieces.last_mut()
                {
                    piece.push(' ');
                }
            }
            if let Some(piece) = pieces.last_mut() {
                piece.push_str(text);
            }
            before = Some(l);
            blank = false;
        }
        pieces.retain(|p| !p.is_empty());
        (pieces, starts, spaced || twice)
    }
}

/// Lines of one piece are text; others are rows of tables.
fn hand_on(ctx: &mut Ctx<'_>, part: &str, lines: &[Line], said: &BTreeSet<String>) {
    let mut text = String::new();
    let mut table: Option<(u32, u32)> = None;
    let mut before: Option<&Line> = None;
    for line in lines {
        let far = before.is_some_and(|b| {
            b.direction != line.direction || b.across - line.across > 2.5 * b.size.max(line.size)
        });
        if far || line.pieces.len() != 1 {
            block(ctx, part, &text, said);
            text.clear();
        }
        if far || line.pieces.len() == 1 {
            table = None;
        }
        before = Some(line);
        if let [piece] = line.pieces.as_slice() {
            text.push_str(piece);
            text.push('\n');
            continue;
        }
        let (id, row) = match table {
            Some((id, row)) => (id, row.saturating_add(1)),
            None => (ctx.next_table(), 0),
        };
        table = Some((id, row));
        for (column, piece) in (0u32..).zip(&line.pieces) {
            let role = Role::Cell {
                table: id,
                row,
                column,
                head: row == 0,
            };
            ctx.emit(part, role, piece, None);
        }
    }
    block(ctx, part, &text, said);
    let rows = lines.chunk_by(|a, b| {
        let both = a.pieces.len() > 1 && b.pieces.len() > 1 && a.direction == b.direction;
        both && a.across - b.across < 2.5 * a.size.max(b.size)
    });
    for rows in rows.filter(|r| r.len() > 1) {
        columns(ctx, part, rows, said);
    }
}

/// Columns of running text, of which each is read downwards: what is drawn line by line over all of them is no table.
fn columns(ctx: &mut Ctx<'_>, part: &str, rows: &[Line], said: &BTreeSet<String>) {
    let mut all: Vec<(f32, String, usize)> = Vec::new();
    for row in rows {
        for (start, piece) in row.starts.iter().zip(&row.pieces).take(MAX_COLUMNS) {
            let near = all.iter().position(|c| (c.0 - start).abs() < row.size);
            if let Some((_, text, lines)) = near.and_then(|i| all.get_mut(i)) {
                text.push('\n');
                text.push_str(piece);
                *lines += 1;
            } else if all.len() < MAX_COLUMNS {
                all.push((*start, piece.clone(), 1));
            }
        }
    }
    for (_, text, lines) in all {
        if lines > 1 && text.len() > lines * PROSE {
            block(ctx, part, &text, said);
        }
    }
}

fn block(ctx: &mut Ctx<'_>, part: &str, text: &str, said: &BTreeSet<String>) {
    if !said.contains(text.trim()) {
        ctx.emit(part, Role::Text, text.trim(), None);
    }
}
