//! Which municipalities are printed as they are, and which are merged with which.
//!
//! Takes numbers only: candidates, schools shown, groups, and who lies in which territory; gives a [`Level`] for each
//! municipality. The level belongs to the municipality and is the same in every document: all that a label tells is
//! the set of municipalities that share it, so rows that concern one school say no more together than one of them,
//! and no difference of totals gives a municipality back. Must not look at single rows.

use std::collections::{BTreeMap, BTreeSet};

/// One municipality.
#[derive(Debug, Clone, Default)]
pub struct Unit {
    /// Schools that it could be: all but those known to be public. `None` where no count is known.
    pub candidates: Option<u32>,
    /// How many different schools the rows of all documents speak of, at most.
    pub shown: u32,
    pub group: Option<usize>,
    /// Some section is about this municipality alone, so merging it hides little.
    pub exposed: bool,
}

/// How exactly a place may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    AsWritten,
    Group,
    Territory,
}

/// The levels of all municipalities, and what they are merged with.
#[derive(Debug, Default)]
pub struct Cells {
    pub levels: Vec<Level>,
    /// Municipalities that nothing could be merged with.
    pub failed: BTreeSet<usize>,
    /// Where a municipality's neighbours must lie to be taken for it by a reader of all its sections.
    common: Vec<BTreeSet<usize>>,
}

/// How many schools a row could mean, though all other rows of these municipalities were solved.
pub fn capacity(units: &[Unit], cell: impl IntoIterator<Item = usize>) -> i64 {
    let (mut candidates, mut shown) = (0i64, 0i64);
    for unit in cell.into_iter().filter_map(|i| units.get(i)) {
        candidates += i64::from(unit.candidates.unwrap_or(0));
        shown += i64::from(unit.shown);
    }
    candidates - (shown - 1).max(0)
}

fn good(units: &[Unit], cell: &BTreeSet<usize>, k: i64) -> bool {
    cell.len() >= 2 && capacity(units, cell.iter().copied()) >= k
}

/// Whether a municipality may be printed for its own sake.
pub fn safe(units: &[Unit], area: usize, k: i64) -> bool {
    units.get(area).is_some_and(|u| u.candidates.is_some()) && capacity(units, [area]) >= k
}

/// More territories than this that hold one municipality are not combined with one another.
const COMBINED: usize = 10;

/// The least loss first; then by number, so that two runs choose alike.
fn spare_order(units: &[Unit], area: usize) -> (bool, u32, usize) {
    units.get(area).map_or((true, 0, area), |u| {
        (u.exposed, u.candidates.unwrap_or(0), area)
    })
}

/// Merges. `territories` lists the municipalities known to lie in each territory. Where `only` names the site's single
/// territory, small municipalities that no row names take a neighbour along too: else the first row of one of them
/// would be seen by its neighbour's change. They hide nothing themselves, for they may lie elsewhere.
pub fn cells(
    units: &[Unit],
    territories: &[BTreeSet<usize>],
    only: Option<usize>,
    k: i64,
) -> Cells {
    let mut common = common(units.len(), territories);
    if let Some(members) = only
        .and_then(|t| territories.get(t))
        .filter(|m| !m.is_empty())
    {
        for (area, around) in common.iter_mut().enumerate() {
            if around.is_empty() && !safe(units, area, k) {
                around.extend(members);
                around.insert(area);
            }
        }
    }
    let mut cells = Cells {
        levels: vec![Level::AsWritten; units.len()],
        failed: BTreeSet::new(),
        common,
    };
    cells.merge_groups(units, k);
    cells.merge_territories(units, k);
    cells
}

/// For each municipality the ones that lie in every territory that it lies in.
fn common(count: usize, territories: &[BTreeSet<usize>]) -> Vec<BTreeSet<usize>> {
    let mut common: Vec<Option<BTreeSet<usize>>> = vec![None; count];
    let different: BTreeSet<&BTreeSet<usize>> = territories.iter().collect();
    for territory in different {
        for area in territory {
            let Some(slot) = common.get_mut(*area) else {
                continue;
            };
            match slot {
                None => *slot = Some(territory.clone()),
                Some(set) => set.retain(|x| territory.contains(x)),
            }
        }
    }
    common.into_iter().map(Option::unwrap_or_default).collect()
}

impl Cells {
    fn set(&mut self, area: usize, level: Level) {
        if let Some(slot) = self.levels.get_mut(area) {
            *slot = level;
        }
    }

    fn level(&self, area: usize) -> Level {
        self.levels.get(area).copied().unwrap_or(Level::Territory)
    }

    fn merge_groups(&mut self, units: &[Unit], k: i64) {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, unit) in units.iter().enumerate() {
            match unit.group {
                Some(group) => groups.entry(group).or_default().push(i),
                None if !safe(units, i, k) => self.set(i, Level::Territory),
                None => {}
            }
        }
        for members in groups.into_values() {
            let (mut spare, small): (Vec<usize>, Vec<usize>) =
                members.into_iter().partition(|i| safe(units, *i, k));
            if small.is_empty() {
                continue;
            }
            spare.sort_by_key(|i| std::cmp::Reverse(spare_order(units, *i)));
            let mut cell: BTreeSet<usize> = small.iter().copied().collect();
            while !good(units, &cell, k) {
                let Some(next) = spare.pop() else { break };
                cell.insert(next);
            }
            if good(units, &cell, k) {
                cell.into_iter().for_each(|i| self.set(i, Level::Group));
            } else {
                small
                    .into_iter()
                    .for_each(|i| self.set(i, Level::Territory));
            }
        }
    }

    fn merge_territories(&mut self, units: &[Unit], k: i64) {
        let mut waiting: BTreeSet<usize> = (0..units.len())
            .filter(|i| self.level(*i) == Level::Territory)
            .collect();
        while let Some(area) = waiting.pop_first() {
            let around = self.common.get(area).cloned().unwrap_or_default();
            // No row names it and none can: there is nothing to hide.
            if around.is_empty() {
                continue;
            }
            let mut spare: Vec<usize> = around
                .iter()
                .copied()
                .filter(|i| self.level(*i) == Level::AsWritten)
                .collect();
            spare.sort_by_key(|i| std::cmp::Reverse(spare_order(units, *i)));
            while !good(units, &self.cell(units, area), k) {
                if let Some(next) = spare.pop() {
                    self.set(next, Level::Territory);
                } else if let Some(group) = self.smallest_group(units, &around) {
                    for i in group {
                        self.set(i, Level::Territory);
                        if !safe(units, i, k) {
                            waiting.insert(i);
                        }
                    }
                } else {
                    self.failed.insert(area);
                    break;
                }
            }
        }
    }

    /// A merged group that lies at least partly here; it is dissolved whole, or its rest would stand alone.
    fn smallest_group(&self, units: &[Unit], around: &BTreeSet<usize>) -> Option<Vec<usize>> {
        around
            .iter()
            .filter(|i| self.level(**i) == Level::Group)
            .map(|i| self.cell(units, *i).into_iter().collect::<Vec<_>>())
            .min_by_key(|cell| (capacity(units, cell.iter().copied()), cell.clone()))
    }

    /// How many schools a row of this municipality could mean to the reader of one territory's schedule who may know
    /// other rows of the same school, each from a schedule of any territory that holds the municipality. What such a
    /// reader is left with lies between [`Cells::cell`] and all that is merged in the territory; it need not be the
    /// smallest set that means the fewest schools, for a neighbour that failed may show more schools than it has.
    pub fn least(
        &self,
        units: &[Unit],
        territories: &[BTreeSet<usize>],
        territory: usize,
        area: usize,
    ) -> Option<i64> {
        let merged = |i: &usize| self.level(*i) == Level::Territory;
        let cell = self.cell(units, area);
        let own: BTreeSet<usize> = match territories.get(territory) {
            Some(members) if merged(&area) => members.iter().copied().filter(merged).collect(),
            _ => cell.clone(),
        };
        let mut sets = BTreeSet::from([own, cell]);
        let others: BTreeSet<&BTreeSet<usize>> = territories
            .iter()
            .filter(|t| merged(&area) && t.contains(&area))
            .collect();
        for other in others.into_iter().take(COMBINED) {
            let narrowed: Vec<BTreeSet<usize>> = sets
                .iter()
                .map(|s| s.intersection(other).copied().collect())
                .collect();
            sets.extend(narrowed);
        }
        let known = |i: &usize| units.get(*i).is_some_and(|u| u.candidates.is_some());
        sets.into_iter()
            .filter(|s| s.contains(&area))
            .map(|s| {
                s.iter()
                    .any(known)
                    .then(|| capacity(units, s.iter().copied()))
            })
            .min()
            .flatten()
    }

    /// The municipalities that a row of this one could lie in, as printed.
    pub fn cell(&self, units: &[Unit], area: usize) -> BTreeSet<usize> {
        match self.level(area) {
            Level::AsWritten => BTreeSet::from([area]),
            Level::Group => {
                let group = units.get(area).and_then(|u| u.group);
                (0..units.len())
                    .filter(|i| {
                        self.level(*i) == Level::Group
                            && units.get(*i).is_some_and(|u| u.group == group)
                    })
                    .collect()
            }
            Level::Territory => self
                .common
                .get(area)
                .into_iter()
                .flatten()
                .copied()
                .filter(|i| self.level(*i) == Level::Territory)
                .collect(),
        }
    }
}
