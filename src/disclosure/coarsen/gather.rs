//! What a reader of all schedules could put together, before anything is decided.
//!
//! Takes the model and the registry; gives municipalities with their candidates, groups and territories, and for each
//! row what its place says. Public schools are no candidates: their names are known. Must not decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use chrono::NaiveDate;

use super::cells::Unit;
use super::kinds::{self, Kinds};
use crate::diag::catalog::coarsen as say;
use crate::diag::{Finding, Location, Span};
use crate::guard::area::{Areas, Settlement};
use crate::guard::spelling::spelling;
use crate::kinds::schedule::{Schedule, ScheduleRow};
use crate::kinds::section::{Level as SectionLevel, Section};
use crate::kinds::{Body, DocIndex, Source};
use crate::model::Model;
use crate::registry::Registry;

/// Where the registry lies by default: it does not know its own path.
const REGISTRY: &str = "content/private/registry.yaml";

/// What the place of a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// Where a school is that must not be known.
    Area(usize),
    /// Where a school is that may be named, and nothing of any other.
    Public,
    /// The editor wrote a group or the territory, or nothing.
    Coarse,
    /// Something else than the registry.
    Mismatch,
}

/// One row of a schedule.
#[derive(Debug)]
pub(super) struct Row<'m> {
    /// 0-based.
    pub row: usize,
    pub said: Said,
    pub school: Option<&'m str>,
    pub written: &'m str,
    pub place_at: Span,
    /// First and last day of each stretch of its date.
    pub days: Vec<(NaiveDate, NaiveDate)>,
    /// Kinds of schools that its words tell.
    pub kinds: Vec<&'static str>,
}

/// The rows of one schedule.
#[derive(Debug)]
pub(super) struct DocumentRows<'m> {
    pub index: DocIndex,
    pub path: Arc<str>,
    pub territory: Option<usize>,
    /// The municipality that the whole section is about.
    pub alone: Option<usize>,
    pub rows: Vec<Row<'m>>,
}

/// What is known of the municipalities.
#[derive(Debug, Default)]
pub(super) struct Site<'m> {
    pub areas: Areas,
    pub units: Vec<Unit>,
    pub groups: Vec<&'m str>,
    /// For each territory the municipalities known to lie in it.
    pub territories: Vec<BTreeSet<usize>>,
    pub territory_words: Vec<&'m str>,
    /// The territory, where the whole site has but one, and it is a region.
    pub only: Option<usize>,
    /// In the registry's `municipalities`.
    pub listed: BTreeSet<usize>,
    /// Counts that cannot be right, told already.
    pub miscounted: BTreeSet<usize>,
    pub public: PublicPlaces,
    /// Protected school → its village.
    pub settlements: BTreeMap<&'m str, Settlement>,
    /// Protected school → its municipality.
    pub homes: BTreeMap<&'m str, usize>,
    pub kinds: Kinds,
    /// Section → its territory's name, and the municipality that it is about alone.
    pub sections: Vec<(&'m str, &'m str, Option<usize>)>,
}

impl<'m> Site<'m> {
    pub(super) fn group_of(&self, area: usize) -> Option<&'m str> {
        let group = self.units.get(area)?.group?;
        self.groups.get(group).copied()
    }
}

/// Everything gathered.
pub(super) struct Gathered<'m> {
    pub site: Site<'m>,
    pub rows: Vec<DocumentRows<'m>>,
    pub findings: Vec<Finding>,
}

/// Public schools found in the `place` of a row.
#[derive(Debug, Default)]
pub(super) struct PublicPlaces {
    finder: Option<AhoCorasick>,
    areas: Vec<Option<usize>>,
}

impl PublicPlaces {
    fn new(registry: &Registry, areas: &mut Areas) -> Self {
        let (mut names, mut at) = (Vec::new(), Vec::new());
        for school in &registry.public {
            let area = school.municipality.as_deref().map(|m| areas.find_or_add(m));
            let spellings = std::iter::once(&school.name)
                .chain(&school.full_name)
                .chain(&school.aliases);
            for text in spellings.map(|t| spelling(t)).filter(|t| !t.is_empty()) {
                names.push(text);
                at.push(area);
            }
        }
        PublicPlaces {
            // Too many names for an automaton: then no place is taken for a public school's, which is the safe side.
            finder: AhoCorasick::new(&names).ok(),
            areas: at,
        }
    }

    /// The text folded, without the names of public schools.
    fn without(&self, text: &str) -> String {
        let mut folded = spelling(text);
        if let Some(finder) = &self.finder {
            let found: Vec<_> = finder.find_iter(&folded).map(|m| m.range()).collect();
            for range in found.into_iter().rev() {
                folded.replace_range(range, " ");
            }
        }
        folded
    }

    /// The municipalities of the public schools that a text names.
    pub(super) fn areas_in(&self, text: &str) -> BTreeSet<usize> {
        let folded = spelling(text);
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        self.finder
            .iter()
            .flat_map(|f| f.find_overlapping_iter(&folded))
            .filter(|m| {
                ends(folded.get(..m.start()).and_then(|s| s.chars().next_back()))
                    && ends(folded.get(m.end()..).and_then(|s| s.chars().next()))
            })
            .filter_map(|m| self.areas.get(m.pattern().as_usize()).copied().flatten())
            .collect()
    }
}

/// Reads the registry and all schedules.
pub(super) fn gather<'m>(model: &'m Model, registry: &'m Registry) -> Gathered<'m> {
    let mut gathering = Gathering {
        model,
        site: Site::default(),
        counts: BTreeMap::new(),
        homes: BTreeMap::new(),
        schools: BTreeMap::new(),
        nameless: BTreeMap::new(),
        known_public: BTreeMap::new(),
        occurs: Vec::new(),
        groups: BTreeMap::new(),
        wide: BTreeSet::new(),
        exposed: BTreeSet::new(),
        shown: BTreeMap::new(),
        findings: Vec::new(),
    };
    for m in &registry.municipalities {
        let area = gathering.site.areas.find_or_add(&m.name);
        gathering.site.listed.insert(area);
        if let Some(n) = m.schools {
            let count = gathering.counts.entry(area).or_insert(n);
            *count = n.min(*count);
        }
        gathering.kinds(area, &m.kinds);
    }
    for school in &registry.protected {
        let home = gathering.site.areas.home(school);
        gathering.homes.insert(school.id.as_str(), home);
        if let Some(s) = Settlement::of(school) {
            gathering.site.settlements.insert(school.id.as_str(), s);
        }
    }
    gathering.site.public = PublicPlaces::new(registry, &mut gathering.site.areas);
    gathering.public_schools(registry);
    gathering.without_public(registry);
    gathering.groups();
    let rows = gathering.documents();
    gathering.finish(rows)
}

fn days(row: &ScheduleRow<Source>) -> Vec<(NaiveDate, NaiveDate)> {
    let whole = [(row.date.from, row.date.to)];
    let stretches = if row.date.parts.is_empty() {
        &whole[..]
    } else {
        &row.date.parts
    };
    let both = stretches
        .iter()
        .filter_map(|(from, to)| Some((from.or(*to)?, to.or(*from)?)));
    both.collect()
}

struct Gathering<'m> {
    model: &'m Model,
    site: Site<'m>,
    counts: BTreeMap<usize, u32>,
    /// Protected school → its municipality.
    homes: BTreeMap<&'m str, Option<usize>>,
    /// Municipality → schools that rows speak of.
    schools: BTreeMap<usize, BTreeSet<&'m str>>,
    /// (municipality, day) → rows that do not say which school they concern.
    nameless: BTreeMap<(usize, String), u32>,
    /// Municipality → schools known to be public; those of `None` could be in any.
    known_public: BTreeMap<Option<usize>, BTreeSet<String>>,
    /// For each territory the municipalities that its rows name.
    occurs: Vec<BTreeSet<usize>>,
    /// Municipality → position in `site.groups`.
    groups: BTreeMap<usize, usize>,
    /// Spellings of groups and territories.
    wide: BTreeSet<String>,
    exposed: BTreeSet<usize>,
    /// Schools that rows tell the kind of; those that they do not name count as one.
    shown: BTreeMap<(usize, &'static str), BTreeSet<Option<&'m str>>>,
    findings: Vec<Finding>,
}

impl<'m> Gathering<'m> {
    fn public_schools(&mut self, registry: &Registry) {
        for school in &registry.public {
            let area = match &school.municipality {
                Some(m) => Some(self.site.areas.find_or_add(m)),
                None => {
                    self.findings.push(
                        Finding::new(&say::PUBLIC_NOWHERE, Location::file(REGISTRY))
                            .arg("value", &school.name),
                    );
                    None
                }
            };
            let known = self.known_public.entry(area).or_default();
            known.insert(spelling(&school.name));
        }
    }

    fn kinds(&mut self, area: usize, counts: &[(String, u32)]) {
        for (name, n) in counts {
            let called = spelling(name);
            let called = if called == "средняя" {
                "11 класс"
            } else {
                &called
            };
            match kinds::known().find(|kind| *kind == called) {
                Some(kind) => {
                    let count = self.site.kinds.counts.entry((area, kind)).or_insert(*n);
                    *count = (*n).min(*count);
                }
                None => self.findings.push(
                    Finding::new(&say::UNKNOWN_KIND, Location::file(REGISTRY))
                        .arg("value", name)
                        .arg("known", kinds::known().collect::<Vec<_>>().join(", ")),
                ),
            }
        }
    }

    /// Public schools are no candidates of their kind either.
    fn without_public(&mut self, registry: &Registry) {
        for school in &registry.public {
            let area = school
                .municipality
                .as_deref()
                .and_then(|m| self.site.areas.find(m));
            let names = [&school.name].into_iter().chain(&school.full_name);
            let of: BTreeSet<&str> = names.flat_map(|n| kinds::told(n)).collect();
            for ((at, kind), count) in &mut self.site.kinds.counts {
                if of.contains(kind) && area.is_none_or(|a| a == *at) {
                    *count = count.saturating_sub(1);
                }
            }
        }
    }

    fn groups(&mut self) {
        let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
        for (name, group) in &self.model.site.regions {
            let area = self.site.areas.find_or_add(name);
            // A group that is called like its district would hide nothing.
            if self.site.areas.find(&group.text) == Some(area) {
                continue;
            }
            let number = *numbers.entry(spelling(&group.text)).or_insert_with(|| {
                self.site.groups.push(&group.text);
                self.site.groups.len() - 1
            });
            self.groups.entry(area).or_insert(number);
        }
        self.wide = numbers.into_keys().collect();
    }

    fn documents(&mut self) -> Vec<DocumentRows<'m>> {
        let mut sections: BTreeMap<&str, &'m Section<Source>> = BTreeMap::new();
        for document in &self.model.documents {
            if let Body::Section(section) = &document.body {
                sections.insert(&document.head.section, section);
                self.wide.insert(spelling(&section.territory.text));
                let alone = (section.level == SectionLevel::Municipality)
                    .then(|| self.site.areas.find_or_add(&section.territory.text));
                let words = &*section.territory.text;
                self.site
                    .sections
                    .push((&document.head.section, words, alone));
            }
        }
        let mut territories: BTreeMap<String, usize> = BTreeMap::new();
        let mut places: BTreeMap<&'m str, Option<usize>> = BTreeMap::new();
        let mut documents = Vec::new();
        let mut regional = true;
        for (index, document) in self.model.documents.iter().enumerate() {
            let Body::Schedule(schedule) = &document.body else {
                continue;
            };
            let section = sections.get(&*document.head.section).copied();
            let territory = section.map(|s| {
                regional &= s.level == SectionLevel::Region;
                *territories
                    .entry(spelling(&s.territory.text))
                    .or_insert_with(|| {
                        self.site.territory_words.push(&s.territory.text);
                        self.occurs.push(BTreeSet::new());
                        self.occurs.len() - 1
                    })
            });
            let alone = section
                .filter(|s| s.level == SectionLevel::Municipality)
                .map(|s| self.site.areas.find_or_add(&s.territory.text));
            self.exposed.extend(alone);
            let head = [&document.head.title, &document.head.description];
            let head: Vec<&'static str> = head
                .into_iter()
                .flatten()
                .flat_map(|t| kinds::told(&self.site.public.without(&t.text)))
                .collect();
            let rows = self.rows(schedule, alone, &head, &mut places);
            // That a section about one municipality speaks of it is known without any row.
            if let Some(occurs) = territory.and_then(|t| self.occurs.get_mut(t)) {
                occurs.extend(rows.iter().filter_map(|r| match r.said {
                    Said::Area(area) if Some(area) != alone => Some(area),
                    _ => None,
                }));
            }
            documents.push(DocumentRows {
                index,
                path: document.head.path.file().clone(),
                territory,
                alone,
                rows,
            });
        }
        self.site.only = (regional && self.occurs.len() == 1).then_some(0);
        documents
    }

    fn rows(
        &mut self,
        schedule: &'m Schedule<Source>,
        alone: Option<usize>,
        head: &[&'static str],
        places: &mut BTreeMap<&'m str, Option<usize>>,
    ) -> Vec<Row<'m>> {
        let mut rows = Vec::with_capacity(schedule.rows.len());
        for (at, row) in schedule.rows.iter().enumerate() {
            let (written, place_at) = match &row.municipality {
                Some(m) => (&*m.text, m.at),
                None => ("", row.at),
            };
            let area = (!written.trim().is_empty())
                .then(|| *places.entry(written).or_insert_with(|| self.area(written)));
            let school = row.school.as_ref().map(|s| &*s.id);
            let said = self.said(row, area, alone, school);
            self.count(row, said, school);
            rows.push(Row {
                row: at,
                said,
                school,
                written,
                place_at,
                days: days(row),
                kinds: self.told(row, head, said, school),
            });
        }
        rows
    }

    /// The kinds of schools that a row tells, counted as shown where it lies in a municipality.
    fn told(
        &mut self,
        row: &ScheduleRow<Source>,
        head: &[&'static str],
        said: Said,
        school: Option<&'m str>,
    ) -> Vec<&'static str> {
        let words = [&*row.theme]
            .into_iter()
            .chain(&row.time)
            .chain(&row.format)
            .chain(&row.specialists);
        let public = &self.site.public;
        let own = words.flat_map(|text| kinds::told(&public.without(&text.text)));
        let mut all: Vec<&'static str> = own.chain(head.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        if let Said::Area(area) = said {
            for kind in &all {
                self.shown.entry((area, kind)).or_default().insert(school);
            }
        }
        all
    }

    /// The municipality that a row names; `None` for a group or a territory.
    fn area(&mut self, written: &str) -> Option<usize> {
        if self.site.areas.find(written).is_none() && self.wide.contains(&spelling(written)) {
            return None;
        }
        Some(self.site.areas.find_or_add(written))
    }

    fn said(
        &self,
        row: &ScheduleRow<Source>,
        area: Option<Option<usize>>,
        alone: Option<usize>,
        school: Option<&str>,
    ) -> Said {
        let home = school.and_then(|id| self.homes.get(id).copied().flatten());
        match (area, school) {
            // The editor said little: what the section says of the row is left, and what a school's other rows say.
            (None, Some(_)) => match home.or(alone) {
                Some(home) if alone == Some(home) => Said::Area(home),
                _ => Said::Coarse,
            },
            (Some(None), Some(_)) => home.or(alone).map_or(Said::Coarse, Said::Area),
            (None | Some(None), None) => Said::Coarse,
            (Some(Some(area)), Some(_)) => match home {
                Some(home) if home != area => Said::Mismatch,
                _ => Said::Area(area),
            },
            (Some(Some(area)), None) => {
                let named = row
                    .place
                    .as_ref()
                    .map(|p| self.site.public.areas_in(&p.text));
                match named {
                    Some(named) if named.contains(&area) => Said::Public,
                    _ => Said::Area(area),
                }
            }
        }
    }

    fn count(&mut self, row: &ScheduleRow<Source>, said: Said, school: Option<&'m str>) {
        match (said, school) {
            (Said::Area(area), Some(id)) => {
                self.schools.entry(area).or_default().insert(id);
            }
            (Said::Area(area), None) => {
                let day = match row.date.from.or(row.date.to) {
                    Some(day) => day.to_string(),
                    None => spelling(&row.date.printed.text),
                };
                *self.nameless.entry((area, day)).or_default() += 1;
                self.base_school(row, area);
            }
            (_, Some(id)) => {
                if let Some(home) = self.homes.get(id).copied().flatten() {
                    self.schools.entry(home).or_default().insert(id);
                }
            }
            (_, None) => {}
        }
    }

    /// A school that a row names as its place is not protected, though the registry does not list it as public.
    fn base_school(&mut self, row: &ScheduleRow<Source>, area: usize) {
        let Some(place) = &row.place else { return };
        let text = spelling(&place.text);
        let school = ["школ", "сош", "оош", "гимнази", "лице"]
            .iter()
            .any(|word| text.contains(word));
        if school {
            self.known_public
                .entry(Some(area))
                .or_default()
                .insert(text);
        }
    }

    fn finish(mut self, rows: Vec<DocumentRows<'m>>) -> Gathered<'m> {
        let nowhere = self.known_public.get(&None).map_or(0, BTreeSet::len);
        let mut protected: BTreeMap<usize, usize> = BTreeMap::new();
        for home in self.homes.values().flatten() {
            *protected.entry(*home).or_default() += 1;
        }
        let mut together: BTreeMap<usize, u32> = BTreeMap::new();
        for ((area, _), rows) in &self.nameless {
            let most = together.entry(*area).or_default();
            *most = (*most).max(*rows);
        }
        for area in 0..self.site.areas.count() {
            let named = self.known_public.get(&Some(area)).map_or(0, BTreeSet::len);
            let hidden = protected.get(&area).copied().unwrap_or(0);
            let mut candidates = None;
            if let Some(count) = self.counts.get(&area) {
                let count = usize::try_from(*count).unwrap_or(usize::MAX);
                if count < named + hidden {
                    self.site.miscounted.insert(area);
                    self.findings.push(
                        Finding::new(&say::COUNT_TOO_SMALL, Location::file(REGISTRY))
                            .arg("value", self.site.areas.written(area)),
                    );
                } else {
                    candidates = u32::try_from(count.saturating_sub(named + nowhere)).ok();
                }
            }
            let ids = self.schools.get(&area).map_or(0, BTreeSet::len);
            let ids = u32::try_from(ids).unwrap_or(u32::MAX);
            self.site.units.push(Unit {
                candidates,
                shown: ids.saturating_add(together.get(&area).copied().unwrap_or(0)),
                group: self.groups.get(&area).copied(),
                exposed: self.exposed.contains(&area),
            });
        }
        self.site.territories = self.territories();
        let shown = self.shown.iter();
        self.site.kinds.shown = shown
            .map(|(key, ids)| (*key, u32::try_from(ids.len()).unwrap_or(u32::MAX)))
            .collect();
        self.site.homes = self
            .homes
            .iter()
            .filter_map(|(id, home)| Some((*id, (*home)?)))
            .collect();
        Gathered {
            site: self.site,
            rows,
            findings: self.findings,
        }
    }

    /// The municipalities of each territory, with those of their groups: neighbours lie in one region.
    fn territories(&self) -> Vec<BTreeSet<usize>> {
        let mut members: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (area, group) in &self.groups {
            members.entry(*group).or_default().insert(*area);
        }
        self.occurs
            .iter()
            .map(|occurs| {
                let groups: BTreeSet<usize> = occurs
                    .iter()
                    .filter_map(|a| self.groups.get(a).copied())
                    .collect();
                groups
                    .iter()
                    .filter_map(|g| members.get(g))
                    .flatten()
                    .chain(occurs)
                    .copied()
                    .collect()
            })
            .collect()
    }
}
