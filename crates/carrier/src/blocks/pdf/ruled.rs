//! Tables that lines are drawn round: takes ruling lines, gives tables of cells with their places, merged ones as one.
//! Must not look at letters.

use super::content::Rule;

/// Lines this near are one line; ends this near meet.
const NEAR: f32 = 3.0;
/// A shorter line parts nothing.
const SHORT: f32 = 5.0;
/// More lines each way than this are a drawing.
const MAX_LINES: usize = 600;

/// A cell and the lines round it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Box {
    pub column: usize,
    pub columns: usize,
    pub row: usize,
    pub rows: usize,
    pub x0: f32,
    pub x1: f32,
    pub y0: f32,
    pub y1: f32,
}

/// A table; rows count from the top.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ruled {
    pub boxes: Vec<Box>,
    pub columns: usize,
    pub rows: usize,
    pub x0: f32,
    pub x1: f32,
    pub y0: f32,
    pub y1: f32,
    /// Some cell is no rectangle.
    pub odd: bool,
}

/// The tables of a page.
pub(super) fn tables(rules: &[Rule]) -> Vec<Ruled> {
    let level = merged(rules, true);
    let upright = merged(rules, false);
    let mut out: Vec<Ruled> = groups(&level, &upright)
        .into_iter()
        .filter_map(|(level, upright)| table(&level, &upright))
        .collect();
    // What is drawn inside a cell of another table belongs to the larger one.
    let all = out.clone();
    out.retain(|t| {
        !all.iter().any(|o| {
            o != t
                && o.x0 <= t.x0 + NEAR
                && o.x1 >= t.x1 - NEAR
                && o.y0 <= t.y0 + NEAR
                && o.y1 >= t.y1 - NEAR
        })
    });
    out
}

/// Lines of one kind, those that lie on each other put together.
fn merged(rules: &[Rule], level: bool) -> Vec<Rule> {
    let mut all: Vec<Rule> = rules.iter().filter(|r| r.level == level).copied().collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    // First which place is one: the lines of a double or jagged border.
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in all {
        match groups.last_mut() {
            Some(group) if group.last().is_some_and(|l| rule.at - l.at < 1.2) => group.push(rule),
            _ => groups.push(vec![rule]),
        }
    }
    let mut out: Vec<Rule> = Vec::new();
    for mut group in groups {
        let at = group.iter().map(|r| r.at).sum::<f32>() / group.len() as f32;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let first = out.len();
        for rule in group {
            match out.get_mut(first..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.from <= last.to + NEAR => last.to = last.to.max(rule.to),
                _ => out.push(Rule { at, ..rule }),
            }
        }
    }
    out.retain(|r| r.to - r.from >= SHORT);
    out.truncate(MAX_LINES * 4);
    out
}

/// Lines that touch each other.
fn groups(level: &[Rule], upright: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let count = level.len() + upright.len();
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut at: usize) -> usize {
        while let Some(up) = parent.get(at).copied().filter(|p| *p != at) {
            let over = parent.get(up).copied().unwrap_or(up);
            if let Some(slot) = parent.get_mut(at) {
                *slot = over;
            }
            at = over;
        }
        at
    }
    for (i, l) in level.iter().enumerate() {
        for (j, u) in upright.iter().enumerate() {
            let meet = u.at >= l.from - NEAR
                && u.at <= l.to + NEAR
                && l.at >= u.from - NEAR
                && l.at <= u.to + NEAR;
            if meet {
                let (a, b) = (root(&mut parent, i), root(&mut parent, level.len() + j));
                if let Some(slot) = parent.get_mut(a) {
                    *slot = b;
                }
            }
        }
    }
    let mut out: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> =
        std::collections::BTreeMap::new();
    for (i, rule) in level.iter().enumerate() {
        let at = root(&mut parent, i);
        out.entry(at).or_default().0.push(*rule);
    }
    for (j, rule) in upright.iter().enumerate() {
        let at = root(&mut parent, level.len() + j);
        out.entry(at).or_default().1.push(*rule);
    }
    out.into_values().collect()
}

/// Places that are near each other as one, in order.
fn places(all: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut all: Vec<f32> = all.collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<(f32, f32)> = Vec::new();
    for at in all {
        match out.last_mut() {
            Some((_, last)) if at - *last < NEAR => *last = at,
            _ => out.push((at, at)),
        }
    }
    out.into_iter().map(|(a, b)| (a + b) / 2.0).collect()
}

fn table(level: &[Rule], upright: &[Rule]) -> Option<Ruled> {
    if level.len() < 2 || level.len() > MAX_LINES || upright.len() > MAX_LINES {
        return None;
    }
    // A table may be open at its sides: its lines end there all the same.
    let ends = |rules: &[Rule]| {
        let from = rules.iter().map(|r| r.from).fold(f32::MAX, f32::min);
        let to = rules.iter().map(|r| r.to).fold(f32::MIN, f32::max);
        [from, to]
    };
    let xs = places(upright.iter().map(|r| r.at).chain(ends(level)));
    let ys = places(level.iter().map(|r| r.at).chain(ends(upright)));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 || columns * rows < 2 || columns * rows > 100_000 {
        return None;
    }
    let x = |i: usize| xs.get(i).copied().unwrap_or(0.0);
    let y = |i: usize| ys.get(i).copied().unwrap_or(0.0);
    let covers = |rules: &[Rule], at: f32, middle: f32| {
        rules.iter().any(|r| {
            (r.at - at).abs() < NEAR + 0.5 && r.from - 1.0 <= middle && r.to + 1.0 >= middle
        })
    };
    // Cells that no line parts are one.
    let index = |row: usize, column: usize| row * columns + column;
    let mut group: Vec<Option<usize>> = vec![None; rows * columns];
    let mut count = 0;
    for start in 0..rows * columns {
        if group.get(start).is_none_or(Option::is_some) {
            continue;
        }
        let mut open = vec![start];
        if let Some(slot) = group.get_mut(start) {
            *slot = Some(count);
        }
        while let Some(at) = open.pop() {
            let (row, column) = (at / columns, at % columns);
            let middle = (
                (x(column) + x(column + 1)) / 2.0,
                (y(row) + y(row + 1)) / 2.0,
            );
            let mut next = Vec::new();
            if column + 1 < columns && !covers(upright, x(column + 1), middle.1) {
                next.push(index(row, column + 1));
            }
            if column > 0 && !covers(upright, x(column), middle.1) {
                next.push(index(row, column - 1));
            }
            if row + 1 < rows && !covers(level, y(row + 1), middle.0) {
                next.push(index(row + 1, column));
            }
            if row > 0 && !covers(level, y(row), middle.0) {
                next.push(index(row - 1, column));
            }
            for cell in next {
                if let Some(slot @ None) = group.get_mut(cell) {
                    *slot = Some(count);
                    open.push(cell);
                }
            }
        }
        count += 1;
    }
    let mut odd = false;
    let mut boxes: Vec<Box> = Vec::new();
    for number in 0..count {
        let cells: Vec<(usize, usize)> = (0..rows * columns)
            .filter(|i| group.get(*i) == Some(&Some(number)))
            .map(|i| (i / columns, i % columns))
            .collect();
        let (Some(r0), Some(r1)) = (
            cells.iter().map(|c| c.0).min(),
            cells.iter().map(|c| c.0).max(),
        ) else {
            continue;
        };
        let (Some(c0), Some(c1)) = (
            cells.iter().map(|c| c.1).min(),
            cells.iter().map(|c| c.1).max(),
        ) else {
            continue;
        };
        if cells.len() != (r1 - r0 + 1) * (c1 - c0 + 1) {
            odd = true;
        }
        boxes.push(Box {
            column: c0,
            columns: c1 - c0 + 1,
            // Rows are told from the top, places from the bottom.
            row: rows - 1 - r1,
            rows: r1 - r0 + 1,
            x0: x(c0),
            x1: x(c1 + 1),
            y0: y(r0),
            y1: y(r1 + 1),
        });
    }
    boxes.sort_by_key(|b| (b.row, b.column));
    (boxes.len() > 1).then(|| Ruled {
        boxes,
        columns,
        rows,
        x0: x(0),
        x1: x(columns),
        y0: y(0),
        y1: y(rows),
        odd,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            level: true,
            at,
            from,
            to,
        }
    }

    fn upright(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            level: false,
            at,
            from,
            to,
        }
    }

    #[test]
    fn cells_that_no_line_parts_are_one() {
        let rules = [
            level(0.0, 0.0, 200.0),
            level(50.0, 0.0, 100.0),
            level(100.0, 0.0, 200.0),
            level(130.0, 0.0, 200.0),
            upright(0.0, 0.0, 130.0),
            upright(100.0, 0.0, 100.0),
            upright(200.0, 0.0, 130.0),
        ];
        let tables = tables(&rules);
        let found: Vec<(usize, usize, usize, usize)> = tables[0]
            .boxes
            .iter()
            .map(|b| (b.row, b.column, b.rows, b.columns))
            .collect();
        assert_eq!(
            found,
            [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 2, 1), (2, 0, 1, 1)]
        );
        assert!(!tables[0].odd);
    }

    #[test]
    fn underlines_and_frames_are_no_tables() {
        assert!(tables(&[level(0.0, 0.0, 100.0), level(20.0, 0.0, 100.0)]).is_empty());
        let frame = [
            level(0.0, 0.0, 100.0),
            level(50.0, 0.0, 100.0),
            upright(0.0, 0.0, 50.0),
            upright(100.0, 0.0, 50.0),
        ];
        assert!(tables(&frame).is_empty());
    }
}
