//! Columns of a table whose rows are drawn by hand: takes where each cell begins and ends in the table's own grid, gives
//! the columns a reader sees. Rows miss each other by a millimetre and still are one column to everybody.

use std::collections::{BTreeMap, BTreeSet};

/// Edges closer than this many twips (2.6 mm) are one, if no cell lies between them.
const SAME_EDGE: i64 = 150;

/// The edges of `cells` (first and one behind the last column of the grid), each with the column that begins there.
/// `widths` are those of the grid's columns in twips, as far as they are known.
pub(super) fn columns(cells: &BTreeSet<(u32, u32)>, widths: Option<&[i64]>) -> BTreeMap<u32, u32> {
    let used: BTreeSet<u32> = cells.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let last = used.last().copied().unwrap_or(0);
    let places = places(widths, last);
    let place = |edge: u32| {
        let index = usize::try_from(edge).ok()?;
        places.as_ref()?.get(index).copied()
    };
    let count = i64::try_from(used.len()).unwrap_or(1).max(1);
    let near = |a: u32, b: u32| match (place(a), place(b), place(last)) {
        (Some(a), Some(b), Some(end)) => b - a < SAME_EDGE.min(end / count / 4),
        _ => false,
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

/// Where each edge of the grid lies; none when the table does not say.
fn places(widths: Option<&[i64]>, last: u32) -> Option<Vec<i64>> {
    let mut places = vec![0i64];
    for width in widths? {
        if !(1..100_000).contains(width) {
            return None;
        }
        let before = places.last().copied().unwrap_or(0);
        places.push(before + width);
    }
    (places.len() > usize::try_from(last).ok()?).then_some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(cells: &[(u32, u32)], widths: &[i64]) -> Vec<(u32, u32)> {
        columns(&cells.iter().copied().collect(), Some(widths))
            .into_iter()
            .collect()
    }

    #[test]
    fn near_edges_are_one_unless_a_cell_lies_between() {
        assert_eq!(
            seen(&[(0, 1), (1, 3), (0, 2), (2, 3)], &[600, 60, 5000]),
            [(0, 0), (1, 1), (2, 1), (3, 2)]
        );
        assert_eq!(
            seen(&[(0, 1), (1, 2), (2, 3)], &[600, 60, 5000]),
            [(0, 0), (1, 1), (2, 2), (3, 3)]
        );
        // Equal widths are none that anybody measured.
        assert_eq!(
            seen(&[(0, 1), (1, 3), (0, 2), (2, 3)], &[100, 100, 100]),
            [(0, 0), (1, 1), (2, 2), (3, 3)]
        );
        assert_eq!(seen(&[(0, 2), (2, 3)], &[]), [(0, 0), (2, 1), (3, 2)]);
    }
}
