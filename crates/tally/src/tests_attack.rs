//! A reader with a pencil: everything that can be had by adding and taking away what was published.
//!
//! The attacker is given more than a page shows: the exact sums behind each share, who stands in which, and that no
//! school's numbers change from year to year. It shares no code with what it attacks: it tries every small combination
//! and looks how many schools are left in it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use crate::{Cell, Decision, Number, Set, decide};

const SCHOOLS: u32 = 24;

/// A site: years and districts of a few columns; schools join, leave, and have nothing to count.
fn site() -> impl Strategy<Value = Vec<Cell>> {
    let set = prop_oneof![
        // A year in which few schools joined or left.
        prop::collection::btree_set(0..SCHOOLS, 0..4)
            .prop_map(|out| { (0..SCHOOLS).filter(|s| !out.contains(s)).collect::<Set>() }),
        // A district.
        (0..SCHOOLS, 1..SCHOOLS)
            .prop_map(|(from, many)| (from..(from + many).min(SCHOOLS)).collect()),
        prop::collection::btree_set(0..SCHOOLS, 1..16),
    ];
    let sums = prop::collection::vec((0..2u32, set), 1..3);
    prop::collection::vec(sums, 1..9).prop_map(|cells| {
        let cell = |sums| Cell { sums, largest: 0 };
        cells.into_iter().map(cell).collect()
    })
}

/// The fewest schools that are left in a combination of published sums, and in nothing else.
fn least(sums: &[&Set]) -> usize {
    let mut least = usize::MAX;
    let many = 5usize.pow(u32::try_from(sums.len()).unwrap());
    for choice in 1..many {
        let mut left: BTreeMap<u32, i32> = BTreeMap::new();
        let mut rest = choice;
        for sum in sums {
            let factor = i32::try_from(rest % 5).unwrap() - 2;
            rest /= 5;
            for school in *sum {
                *left.entry(*school).or_default() += factor;
            }
        }
        let told = left.values().filter(|n| **n != 0).count();
        if told > 0 {
            least = least.min(told);
        }
    }
    least
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn no_combination_leaves_fewer_than_k(cells in site(), k in 2usize..6) {
        let decided = decide(&cells, k);
        let published = |column: u32| {
            let mut sums: Vec<&Set> = cells
                .iter()
                .zip(&decided)
                .filter(|(_, d)| **d == Decision::Published)
                .flat_map(|(c, _)| &c.sums)
                .filter(|(own, _)| *own == column)
                .map(|(_, set)| set)
                .collect();
            sums.sort();
            sums.dedup();
            sums.truncate(6);
            sums
        };
        for column in 0..2 {
            let sums = published(column);
            prop_assert!(sums.is_empty() || least(&sums) >= k, "{:?}", sums);
        }
    }

    /// With what is withheld the same attacker would have found a school: the rule withholds no value for nothing.
    #[test]
    fn a_withheld_value_would_have_told(cells in site(), k in 2usize..6) {
        let decided = decide(&cells, k);
        for (n, (cell, decision)) in cells.iter().zip(&decided).enumerate() {
            let Decision::Tells(few) = decision else { continue };
            prop_assert!(!few.is_empty() && few.len() < k);
            let before: Vec<&Set> = cells[..n]
                .iter()
                .zip(&decided)
                .filter(|(_, d)| **d == Decision::Published)
                .flat_map(|(c, _)| c.sums.iter())
                .chain(&cell.sums)
                .map(|(_, set)| set)
                .collect();
            // These few stand in the same sums, and nobody else does.
            let first = *few.iter().next().unwrap();
            let like: BTreeSet<u32> = (0..SCHOOLS)
                .filter(|s| before.iter().all(|set| set.contains(s) == set.contains(&first)))
                .collect();
            prop_assert!(like.is_subset(few));
        }
    }
}

#[test]
fn a_share_times_its_known_denominator_is_a_sum_over_k_schools() {
    // 70 % of 200 pupils in a year, 69 % of 210 in the next: 4.9 of the school that joined, were it told.
    let years: Vec<Cell> = [8, 9, 9, 13]
        .into_iter()
        .map(|n| Cell {
            sums: vec![(0, (0..n).collect()), (1, (0..n).collect())],
            largest: 0,
        })
        .collect();
    let decided = decide(&years, 5);
    let shown: Vec<usize> = decided
        .iter()
        .enumerate()
        .filter(|(_, d)| **d == Decision::Published)
        .map(|(n, _)| n)
        .collect();
    assert_eq!(shown, [0, 3]);
    let sums: Vec<&Set> = shown.iter().map(|n| &years[*n].sums[0].1).collect();
    assert_eq!(least(&sums), 5);
    // The pupils of the five together is all that the pencil finds.
    let found = Number::whole(210).minus(Number::whole(140));
    assert_eq!(found, Some(Number::whole(70)));
}
