//! Which values may be published, so that nobody can take one school's numbers out of them.
//!
//! Takes for each value the sums that it tells, each as the column that is summed and the schools that it is summed
//! over; gives a [`Decision`] for each, in the order given: what comes first was published first and cannot be taken
//! back. The rule: **no two published sums of one column may tell fewer than k schools from the others.** The schools of
//! a column fall into classes, those that stand in the same published sums; a sum is published only if each class keeps
//! k schools, so that whatever is added to or taken from whatever, the rest is nothing or k schools at least. That one
//! rule stands for the total that gives a district back, for years side by side when a school has joined or left, and
//! for a share whose denominator is known. A school that makes up nearly all of a sum is told by it all the same.
//! Must not look at what is published elsewhere: the caller gives all that is.

use std::collections::{BTreeMap, BTreeSet};

/// Schools, by their numbers.
pub type Set = BTreeSet<u32>;

/// A column of the tables: what is counted.
pub type Column = u32;

/// One value that somebody would like to publish.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The sums that it tells.
    pub sums: Vec<(Column, Set)>,
    /// The largest part that one school has in what it is divided by, in thousandths.
    pub largest: u32,
}

/// What was decided for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    Published,
    /// It stands on fewer than k schools.
    Few,
    /// Beside what is published already it would tell these schools, fewer than k, from the others.
    Tells(Set),
    /// One school has nearly all of it.
    Large,
}

/// A school may have so many thousandths of a sum.
const LARGEST: u32 = 800;

/// Decides for every value in turn.
pub fn decide(cells: &[Cell], k: usize) -> Vec<Decision> {
    let mut classes: BTreeMap<Column, Vec<Set>> = BTreeMap::new();
    cells
        .iter()
        .map(|cell| one(cell, k.max(1), &mut classes))
        .collect()
}

fn one(cell: &Cell, k: usize, classes: &mut BTreeMap<Column, Vec<Set>>) -> Decision {
    let few = cell.sums.iter().any(|(_, set)| set.len() < k);
    if few || cell.sums.is_empty() {
        return Decision::Few;
    }
    if cell.largest > LARGEST {
        return Decision::Large;
    }
    let mut refined = classes.clone();
    for (column, set) in &cell.sums {
        let known = refined.entry(*column).or_default();
        let mut next = Vec::new();
        let mut rest = set.clone();
        for class in known.iter() {
            let (inside, outside): (Set, Set) = class.iter().partition(|s| set.contains(s));
            rest.retain(|s| !class.contains(s));
            next.extend(
                [inside, outside]
                    .into_iter()
                    .filter(|part| !part.is_empty()),
            );
        }
        if !rest.is_empty() {
            next.push(rest);
        }
        if let Some(small) = next.iter().find(|class| class.len() < k) {
            return Decision::Tells(small.clone());
        }
        *known = next;
    }
    *classes = refined;
    Decision::Published
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(column: Column, schools: impl IntoIterator<Item = u32>) -> Cell {
        Cell {
            sums: vec![(column, schools.into_iter().collect())],
            largest: 0,
        }
    }

    #[test]
    fn a_school_that_joins_or_leaves_alone_is_told_by_the_difference() {
        let decided = decide(
            &[cell(0, 0..8), cell(0, 0..9), cell(0, 1..8), cell(0, 0..8)],
            5,
        );
        assert_eq!(decided[0], Decision::Published);
        assert_eq!(decided[1], Decision::Tells(Set::from([8])));
        assert_eq!(decided[2], Decision::Tells(Set::from([0])));
        assert_eq!(decided[3], Decision::Published);
    }

    #[test]
    fn a_total_does_not_give_a_small_district_back() {
        let decided = decide(&[cell(0, 0..8), cell(0, 0..5), cell(0, 5..8)], 5);
        assert_eq!(decided[1], Decision::Tells((5..8).collect()));
        assert_eq!(decided[2], Decision::Few);
        // Another thing is counted: nothing can be taken from anything.
        assert_eq!(
            decide(&[cell(0, 0..8), cell(1, 0..5)], 5)[1],
            Decision::Published
        );
    }

    #[test]
    fn what_is_not_published_takes_nothing_from_others() {
        let mut large = cell(0, 0..7);
        large.largest = 900;
        let decided = decide(&[large, cell(0, 0..6)], 5);
        assert_eq!(decided, [Decision::Large, Decision::Published]);
    }
}
