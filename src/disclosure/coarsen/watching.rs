//! What other texts must not tell once places are decided.
//!
//! Takes the decision on each municipality and all rows; gives a [`Watch`]: the municipalities that some row does not
//! print as written, those of protected schools that would not be, their villages, and the days of visits. Must not decide.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Level;
use super::gather::{DocumentRows, Said};
use super::{Deciding, Place};
use crate::disclosure::indirect::{Hidden, Known, Section, Watch};
use crate::registry::Registry;

pub(super) fn watch(
    deciding: &Deciding<'_>,
    rows: &[DocumentRows<'_>],
    registry: &Registry,
) -> Watch {
    let site = deciding.site;
    let mut hidden: BTreeMap<usize, Hidden> = BTreeMap::new();
    let level = |area: usize| deciding.cells.levels.get(area).copied();
    let merged = |area: &usize| level(*area) != Some(Level::AsWritten);
    for home in site.homes.values().copied().filter(merged) {
        hidden.entry(home).or_default();
    }
    for document in rows {
        for row in &document.rows {
            let home = row.school.and_then(|id| site.homes.get(id)).copied();
            let area = match row.said {
                Said::Area(area) => Some(area),
                Said::Coarse | Said::Mismatch => home.filter(merged),
                Said::Public => None,
            };
            let told = |a: &usize| deciding.place(*a, document) != Place::AsWritten;
            if let Some(area) = area.filter(told) {
                let days = row.days.iter().copied();
                hidden.entry(area).or_default().days.extend(days);
            }
        }
    }
    for (area, hidden) in &mut hidden {
        hidden.days.sort_unstable();
        hidden.days.dedup();
        if level(*area) == Some(Level::Group) {
            hidden.group = site.group_of(*area).map(Into::into);
        }
    }
    let section = |(folder, words, alone): &(&str, &str, Option<usize>)| {
        let section = Section {
            words: (*words).into(),
            alone: *alone,
        };
        (Box::from(*folder), section)
    };
    let villages = site.settlements.iter().filter_map(|(id, settlement)| {
        let home = site.homes.get(id)?;
        Some((*home, settlement.stems()))
    });
    let public = registry.public.iter().flat_map(|school| {
        let area = school
            .municipality
            .as_deref()
            .and_then(|m| site.areas.find(m));
        let names = [&school.name]
            .into_iter()
            .chain(&school.full_name)
            .chain(&school.aliases);
        names.map(move |name| (name.as_str(), area))
    });
    let homes: BTreeSet<usize> = site.homes.values().copied().collect();
    Watch::new(Known {
        areas: (0..site.areas.count())
            .map(|a| (a, site.areas.written(a)))
            .collect(),
        villages: villages.collect(),
        hidden,
        sections: site.sections.iter().map(section).collect(),
        public: public.collect(),
        others: site.listed.difference(&homes).copied().collect(),
    })
}
