//! Tables that nothing is drawn round: takes printed lines in pieces, finds runs of them that keep white columns between
//! them, gives rows of cells. What it finds is a guess, and is noted as one by whoever asks.

use super::content::Rule;
use super::line::Line;

/// A white column is at least this wide, in points.
const WHITE: f32 = 5.0;

/// A table found between lines `from` and `to`: for each row, each column's lines.
pub(super) struct Spaced {
    pub from: usize,
    pub to: usize,
    pub rows: Vec<Vec<Vec<Line>>>,
    /// Where columns begin and end.
    pub edges: Vec<(f32, f32)>,
}

/// The tables among the lines of a page.
pub(super) fn tables(rows: &[Vec<Line>], rules: &[Rule]) -> Vec<Spaced> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        match run(rows, at) {
            Some((to, gutters)) => {
                out.push(build(rows, at, to, &gutters, rules));
                at = to;
            }
            None => at += 1,
        }
    }
    out
}

/// The run that begins with a line of three pieces: where it ends, and the white columns it keeps.
fn run(rows: &[Vec<Line>], from: usize) -> Option<(usize, Vec<(f32, f32)>)> {
    let first = rows.get(from).filter(|r| r.len() >= 3)?;
    let mut gutters: Vec<(f32, f32)> = first
        .windows(2)
        .filter_map(|w| match w {
            [a, b] => Some((a.x1, b.x0)),
            _ => None,
        })
        .collect();
    let mut to = from + 1;
    let mut full = 1;
    let mut across = 0;
    for (index, row) in rows.iter().enumerate().skip(from + 1) {
        let left: Vec<(f32, f32)> = gutters.iter().filter_map(|g| narrowed(*g, row)).collect();
        if left.len() < 2 || left.len() < gutters.len() && row.len() == 1 {
            // One line across may be a heading inside the table; two are the text below it.
            across += 1;
            if across > 1 || row.len() > 1 {
                break;
            }
            continue;
        }
        across = 0;
        gutters = left;
        to = index + 1;
        full += usize::from(row.len() >= 3);
    }
    (full >= 3 && gutters.len() >= 2).then_some((to, gutters))
}

/// A white column less what a line covers of it.
fn narrowed((from, to): (f32, f32), row: &[Line]) -> Option<(f32, f32)> {
    let (mut from, mut to) = (from, to);
    for piece in row {
        if piece.x1 <= from || piece.x0 >= to {
            continue;
        }
        // It covers the column from one side, or all of it.
        if piece.x0 <= from && piece.x1 >= to {
            return None;
        }
        if piece.x0 <= from {
            from = piece.x1;
        } else {
            to = piece.x0;
        }
    }
    (to - from >= WHITE).then_some((from, to))
}

fn build(
    rows: &[Vec<Line>],
    from: usize,
    to: usize,
    gutters: &[(f32, f32)],
    rules: &[Rule],
) -> Spaced {
    let part = rows.get(from..to).unwrap_or_default();
    let left = part.iter().flatten().map(|p| p.x0).fold(f32::MAX, f32::min);
    let right = part.iter().flatten().map(|p| p.x1).fold(f32::MIN, f32::max);
    let mut edges = Vec::new();
    let mut begin = left;
    for (a, b) in gutters {
        edges.push((begin, (a + b) / 2.0));
        begin = (a + b) / 2.0;
    }
    edges.push((begin, right));
    let column = |piece: &Line| {
        edges
            .iter()
            .rposition(|(a, _)| piece.x0 + 0.5 >= *a)
            .unwrap_or(0)
    };
    let width = right - left;
    // Lines between rows part them; else a number in a narrow first column, else a gap.
    let separators: Vec<f32> = rules
        .iter()
        .filter(|r| r.level && r.to - r.from > width * 0.6)
        .map(|r| r.at)
        .collect();
    let top = part.first().and_then(|r| r.first()).map_or(0.0, |l| l.y);
    let bottom = part.last().and_then(|r| r.first()).map_or(0.0, |l| l.y);
    let inside = separators
        .iter()
        .filter(|s| **s < top && **s > bottom)
        .count();
    let narrow = edges.first().is_some_and(|(a, b)| b - a < width * 0.14);
    let mut gaps: Vec<f32> = part
        .windows(2)
        .filter_map(|w| match w {
            [a, b] => Some(a.first()?.y - b.first()?.y),
            _ => None,
        })
        .collect();
    gaps.sort_by(f32::total_cmp);
    let leading = gaps.get(gaps.len() / 4).copied().unwrap_or(12.0);
    let mut out: Vec<Vec<Vec<Line>>> = Vec::new();
    let mut above: Option<f32> = None;
    for row in part {
        let y = row.first().map_or(0.0, |l| l.y);
        let parted = above.is_none_or(|a| {
            if inside >= 2 {
                return separators.iter().any(|s| *s < a && *s > y);
            }
            if narrow {
                return row.iter().any(|p| column(p) == 0);
            }
            a - y > leading * 1.35 || row.len() == edges.len()
        });
        if parted {
            out.push(vec![Vec::new(); edges.len()]);
        }
        above = Some(y);
        for piece in row {
            let at = column(piece);
            if let Some(cell) = out.last_mut().and_then(|r| r.get_mut(at)) {
                cell.push(piece.clone());
            }
        }
    }
    Spaced {
        from,
        to,
        rows: out,
        edges,
    }
}
