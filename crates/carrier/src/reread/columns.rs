//! Tables that plain text draws with blanks, tabs or bars: takes a paragraph, gives its cells as a table, beside the
//! text itself. A cell cut over several lines is put together, so that a name broken in its column is whole again.
//! Must not judge what a cell says; a paragraph that is no table gives nothing.

use std::collections::BTreeMap;

use crate::ctx::Ctx;
use crate::place::{Place, Table, Written};
use glasno_passage::Role;

/// Longer lines are no table that somebody drew.
const MAX_LINE: usize = 600;
const MAX_COLUMNS: usize = 40;

/// A piece of a line, and the character it begins at.
struct Piece<'a> {
    start: usize,
    text: &'a str,
}

/// One row, its cells by column; each cell holds the lines it was cut into.
type Cells<'a> = BTreeMap<usize, Vec<&'a str>>;

/// Gives the cells of a paragraph that is drawn as a table.
pub(super) fn drawn(ctx: &mut Ctx<'_>, part: &str, text: &str, place: Place<'_>) {
    let Some(rows) = barred(text).or_else(|| tabbed(text)).or_else(|| set(text)) else {
        return;
    };
    emit(ctx, part, &joined(rows), &Table::new(text, place));
}

fn emit(ctx: &mut Ctx<'_>, part: &str, rows: &[Cells<'_>], places: &Table<'_>) {
    let table = ctx.next_table();
    // A row with numbers in it is no head.
    let headed = rows.first().is_some_and(|cells| {
        !cells
            .values()
            .flatten()
            .any(|t| t.contains(|c: char| c.is_ascii_digit()))
    });
    for (n, cells) in rows.iter().enumerate() {
        let row = u32::try_from(n + usize::from(!headed)).unwrap_or(u32::MAX);
        for (column, lines) in cells {
            let role = Role::Cell {
                table,
                row,
                column: u32::try_from(*column).unwrap_or(u32::MAX),
                head: row == 0,
            };
            let mut cell = Written::default();
            for line in lines {
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.add(line, places.of(line).into());
            }
            ctx.emit(part, role, &cell.text, cell.stand());
        }
    }
}

fn is_bar(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║' | '¦')
}

/// A line that only draws: `+----+`, `├──┼──┤`, `---  ---`.
fn is_rule(line: &str) -> bool {
    let mut any = false;
    line.chars().all(|c| {
        let rule = matches!(
            c,
            '-' | '=' | '+' | ':' | '_' | '\u{2500}'..='\u{257f}' | '—' | '–'
        );
        any |= rule;
        rule || c.is_whitespace() || is_bar(c)
    }) && any
}

/// Columns between bars.
fn barred(text: &str) -> Option<Vec<Cells<'_>>> {
    if !text.contains(is_bar) {
        return None;
    }
    let lines: Vec<&str> = text
        .lines()
        .filter(|l| !is_rule(l) && l.len() <= MAX_LINE && l.contains(is_bar))
        .map(str::trim)
        .collect();
    // Without a frame the first bar of a line that begins with one parts an empty cell from the next.
    let framed = lines.iter().all(|l| l.starts_with(is_bar));
    let mut rows = Vec::new();
    for line in lines {
        let inner = line.strip_prefix(is_bar).filter(|_| framed);
        let line = inner.map_or(line, |l| l.strip_suffix(is_bar).unwrap_or(l));
        let cells: Cells<'_> = line
            .split(is_bar)
            .map(str::trim)
            .enumerate()
            .take(MAX_COLUMNS)
            .map(|(c, t)| (c, vec![t]))
            .collect();
        if cells.len() > 1 {
            rows.push(cells);
        }
    }
    (rows.len() > 1).then_some(rows)
}

/// Columns between tabs.
fn tabbed(text: &str) -> Option<Vec<Cells<'_>>> {
    if !text.contains('\t') {
        return None;
    }
    let mut rows: Vec<Cells<'_>> = Vec::new();
    for line in text.lines() {
        if line.len() > MAX_LINE || !line.trim().contains('\t') {
            continue;
        }
        let cells = line
            .split('\t')
            .map(str::trim)
            .enumerate()
            .take(MAX_COLUMNS)
            .map(|(c, t)| (c, vec![t]));
        rows.push(cells.collect());
    }
    (rows.len() > 1).then_some(rows)
}

/// Columns that begin at the same character line by line.
fn set(text: &str) -> Option<Vec<Cells<'_>>> {
    if !text.contains("  ") {
        return None;
    }
    let lines: Vec<Vec<Piece<'_>>> = text
        .lines()
        .filter(|l| l.len() <= MAX_LINE && !is_rule(l))
        .map(cut)
        .collect();
    let mut starts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut several = 0;
    for pieces in lines.iter().filter(|p| p.len() > 1) {
        several += 1;
        for p in pieces {
            *starts.entry(p.start).or_default() += 1;
        }
    }
    let columns: Vec<usize> = starts
        .into_iter()
        .filter(|(_, n)| *n > 1)
        .map(|(s, _)| s)
        .take(MAX_COLUMNS)
        .collect();
    if several < 2 || columns.len() < 2 {
        return None;
    }
    let first = lines.iter().position(|p| p.len() > 1)?;
    let last = lines.iter().rposition(|p| p.len() > 1)?;
    let rows = lines
        .into_iter()
        .take(last + 2)
        .skip(first)
        .filter(|p| !p.is_empty())
        .map(|pieces| {
            let mut cells = Cells::new();
            for p in pieces {
                // A number set to the right begins a little later, a title in the middle a little earlier.
                let column = columns.partition_point(|s| *s <= p.start + 1);
                cells
                    .entry(column.saturating_sub(1))
                    .or_default()
                    .push(p.text);
            }
            cells
        })
        .collect();
    Some(rows)
}

/// The pieces of a line that two blanks or more part.
fn cut(line: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let (mut column, mut rest) = (0, line);
    while !rest.is_empty() {
        let body = rest.trim_start_matches(' ');
        column += rest.len() - body.len();
        let end = body.find("  ").unwrap_or(body.len());
        let (text, tail) = body.split_at(end);
        if !text.trim().is_empty() && out.len() < MAX_COLUMNS {
            out.push(Piece {
                start: column,
                text: text.trim(),
            });
        }
        column += text.chars().count();
        rest = tail;
    }
    out
}

/// Rows with those lines put together that only go on with the row above: a word is broken at the end of a line, or
/// cells are left empty and the others begin small.
fn joined<'a>(rows: Vec<Cells<'a>>) -> Vec<Cells<'a>> {
    let mut out: Vec<Cells<'a>> = Vec::with_capacity(rows.len());
    for cells in rows {
        let goes_on = out.last().is_some_and(|above| continues(above, &cells));
        match out.last_mut().filter(|_| goes_on) {
            Some(above) => {
                for (column, lines) in cells {
                    let lines = lines.into_iter().filter(|l| !l.is_empty());
                    above.entry(column).or_default().extend(lines);
                }
            }
            None => out.push(cells),
        }
    }
    out
}

/// The last line of a cell that says something.
fn said<'a>(cells: &Cells<'a>, column: &usize) -> Option<&'a str> {
    let lines = cells.get(column)?;
    lines.iter().rev().find(|t| !t.is_empty()).copied()
}

fn continues(above: &Cells<'_>, below: &Cells<'_>) -> bool {
    let small = |t: &str| t.starts_with(|c: char| c.is_lowercase() || c == '(');
    let broken = below.iter().any(|(c, lines)| {
        lines.iter().any(|t| small(t))
            && said(above, c).is_some_and(|t| t.ends_with(['-', '‐', '\u{ad}', '¬']))
    });
    let filled = |cells: &Cells<'_>| cells.keys().filter(|c| said(cells, c).is_some()).count();
    let rest = filled(below) < filled(above)
        && filled(below) > 0
        && below
            .keys()
            .all(|c| said(below, c).is_none_or(|t| small(t) && said(above, c).is_some()));
    broken || rest
}
