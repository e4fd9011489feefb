//! How exactly a schedule may say where it takes place, so that no row gives a school away.
//!
//! Takes the model and the registry; gives a decision for each row, the smallest sets of schools for the operator's
//! report, and findings. Steps: gather what the rows say and what is known of municipalities (`gather`), merge those
//! with too few schools ([`cells`]), apply that to every row, then look whether other fields tell it after all
//! (`told`). Decisions depend on a row's municipality alone, never on the row: see [`cells`]. Must not print a
//! school's name, and must not take a number that nobody gave for known.

pub mod cells;
mod gather;
mod kinds;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_attack;
mod told;
mod watching;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::indirect::Watch;
use super::{Place, Places};
use crate::diag::catalog::coarsen as say;
use crate::diag::{Finding, Location};
use crate::kinds::DocIndex;
use crate::model::Model;
use crate::registry::Registry;
use cells::{Cells, Level};
use gather::{Gathered, Said, Site};

/// Why a row's place is coarser than written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The municipality has too few schools.
    FewSchools,
    /// Nobody said how many schools it has.
    NoCount,
    /// Rows of several schools together leave too few.
    Crowded,
    /// Another municipality could be found by subtraction.
    Complement,
    /// The row tells a kind of which there are too few.
    Kind,
    /// Row and registry disagree.
    Mismatch,
}

impl Reason {
    /// For scripts.
    pub fn key(self) -> &'static str {
        match self {
            Reason::FewSchools => "few-schools",
            Reason::NoCount => "no-count",
            Reason::Crowded => "crowded",
            Reason::Complement => "complement",
            Reason::Kind => "kind",
            Reason::Mismatch => "mismatch",
        }
    }
}

/// A row whose place is not printed as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoarsenedRow {
    /// 1-based, as in the source.
    pub row: usize,
    pub to: Place,
    pub reason: Reason,
}

/// The operator's figures for one schedule. A row's set counts the schools that it could mean, though the school of
/// every other row of all schedules were known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSmallest {
    pub document: DocIndex,
    pub path: Arc<str>,
    /// Were every place printed as written; `None` where a count is not known.
    pub before: Option<u32>,
    /// As printed; `None` where the document has no row of a school with a place, or nothing can be proven.
    pub after: Option<u32>,
    pub rows: Vec<CoarsenedRow>,
}

/// What was decided for the whole site.
#[derive(Debug, Default)]
pub struct Decision {
    /// Rows that are missing here are printed as written.
    pub places: Places,
    pub coarsened: BTreeSet<DocIndex>,
    /// Every schedule, in the order of documents.
    pub report: Vec<DocumentSmallest>,
    pub findings: Vec<Finding>,
    /// What other texts must not tell.
    pub watch: Watch,
}

/// Decides for every schedule of the site.
pub fn decide(model: &Model, registry: &Registry) -> Decision {
    let mut decision = Decision::default();
    if model.site.k < 2 {
        decision.findings.push(
            Finding::new(&say::SMALL_K, Location::file("content/site.yaml")).arg("k", model.site.k),
        );
    }
    let Gathered {
        site,
        rows,
        findings,
    } = gather::gather(model, registry);
    decision.findings.extend(findings);

    let k = i64::from(model.site.k.max(1));
    let cells = cells::cells(&site.units, &site.territories, site.only, k);
    let deciding = Deciding::new(model, &site, &cells, k);
    for document in &rows {
        deciding.document(document, &mut decision);
    }
    decision.watch = watching::watch(&deciding, &rows, registry);
    decision
}

struct Deciding<'a> {
    model: &'a Model,
    site: &'a Site<'a>,
    cells: &'a Cells,
    k: i64,
    /// For each municipality: the set of a row as written.
    before: Vec<Option<u32>>,
    /// Territories in which some municipality could not be merged: none of their merged rows prints anything, or the
    /// ones that do would tell the ones that do not.
    silent: BTreeSet<usize>,
}

impl<'a> Deciding<'a> {
    fn new(model: &'a Model, site: &'a Site<'a>, cells: &'a Cells, k: i64) -> Self {
        let count = site.units.len();
        let before = (0..count)
            .map(|i| {
                let known = site.units.get(i).is_some_and(|u| u.candidates.is_some());
                known.then(|| size(cells::capacity(&site.units, [i])))?
            })
            .collect();
        let silent = site
            .territories
            .iter()
            .enumerate()
            .filter(|(_, members)| !members.is_disjoint(&cells.failed))
            .map(|(t, _)| t)
            .collect();
        Deciding {
            model,
            site,
            cells,
            k,
            before,
            silent,
        }
    }

    fn document(&self, document: &gather::DocumentRows<'a>, decision: &mut Decision) {
        let index = document.index;
        let mut report = DocumentSmallest {
            document: index,
            path: document.path.clone(),
            before: None,
            after: None,
            rows: Vec::new(),
        };
        let (mut before, mut after) = (Smallest::default(), Smallest::default());
        let mut noted: BTreeSet<usize> = BTreeSet::new();
        let mut merged: BTreeSet<usize> = BTreeSet::new();
        for row in &document.rows {
            decision
                .findings
                .extend(told::settlement(self.model, self.site, document, row));
            let (to, reason, area) = match row.said {
                Said::Public | Said::Coarse => continue,
                Said::Mismatch => {
                    decision.findings.push(self.mismatch(document, row));
                    (Place::Hidden, Reason::Mismatch, None)
                }
                Said::Area(area) => {
                    before.add(self.before.get(area).copied().flatten());
                    after.add(self.after(document, area));
                    if noted.insert(area) {
                        decision.findings.extend(self.notes(document, row, area));
                    }
                    let rare = self.rare(document, row, area);
                    if let Some((kind, left)) = rare {
                        after.add(left);
                        decision
                            .findings
                            .push(self.tells_kind(document, row, kind, left));
                    }
                    match self.place(area, document) {
                        _ if row.written.is_empty() => continue,
                        _ if rare.is_some() => (Place::Hidden, Reason::Kind, Some(area)),
                        Place::AsWritten => continue,
                        to => (to, self.reason(area), Some(area)),
                    }
                }
            };
            if let Some(area) = area {
                merged.insert(area);
                decision
                    .findings
                    .extend(told::row(self.model, self.site, document, row, area));
            }
            decision.coarsened.insert(index);
            decision.places.insert((index, row.row), to.clone());
            report.rows.push(CoarsenedRow {
                row: row.row + 1,
                to,
                reason,
            });
        }
        decision
            .findings
            .extend(told::document(self.model, self.site, document, &merged));
        report.before = before.get();
        report.after = after.get();
        decision.report.push(report);
    }

    fn place(&self, area: usize, document: &gather::DocumentRows<'_>) -> Place {
        match self.cells.levels.get(area) {
            Some(Level::AsWritten) => Place::AsWritten,
            // The territory is the municipality itself: naming it would look like a place printed as written.
            _ if document.alone == Some(area) => Place::Hidden,
            Some(Level::Group) => self
                .site
                .group_of(area)
                .map_or(Place::Hidden, |words| Place::Coarser(words.into())),
            Some(Level::Territory) | None => {
                let words = document
                    .territory
                    .filter(|t| !self.silent.contains(t))
                    .and_then(|t| self.site.territory_words.get(t).copied());
                words.map_or(Place::Hidden, |words| Place::Coarser(words.into()))
            }
        }
    }

    /// The set of a row as printed in this document.
    fn after(&self, document: &gather::DocumentRows<'_>, area: usize) -> Option<u32> {
        match document.territory {
            _ if document.alone == Some(area) => self.before.get(area).copied().flatten(),
            Some(territory) => {
                let (units, territories) = (&self.site.units, &self.site.territories);
                size(self.cells.least(units, territories, territory, area)?)
            }
            None => self.before.get(area).copied().flatten(),
        }
    }

    /// A kind that the row tells and that too few schools of its place are of, and how many schools it still means
    /// once the place is hidden: those of every municipality here whose rows of that kind would be hidden too.
    /// `None` for a number that cannot be known.
    fn rare(
        &self,
        document: &gather::DocumentRows<'_>,
        row: &gather::Row<'_>,
        area: usize,
    ) -> Option<(&'static str, Option<u32>)> {
        let (units, kinds) = (&self.site.units, &self.site.kinds);
        let alone = document.alone == Some(area);
        let printed = |a: usize| match self.cells.levels.get(a) {
            Some(Level::AsWritten) => BTreeSet::from([a]),
            _ if alone => BTreeSet::from([a]),
            _ => self.cells.cell(units, a),
        };
        let few = |kind, a: usize| kinds.capacity(kind, printed(a)).0 < self.k;
        let kind = row.kinds.iter().copied().find(|kind| few(kind, area))?;
        let here = document
            .territory
            .and_then(|t| self.site.territories.get(t));
        let hidden = here
            .into_iter()
            .flatten()
            .copied()
            .filter(|a| !alone && few(kind, *a));
        let hidden: BTreeSet<usize> = hidden.chain([area]).collect();
        let (left, known) = kinds.capacity(kind, hidden);
        Some((kind, size(left).filter(|_| known)))
    }

    fn tells_kind(
        &self,
        document: &gather::DocumentRows<'_>,
        row: &gather::Row<'_>,
        kind: &'static str,
        left: Option<u32>,
    ) -> Finding {
        let entry = match left {
            Some(n) if i64::from(n) < self.k => &say::KIND_TELLS,
            Some(_) => &say::KIND_HIDDEN,
            None => &say::KIND_UNKNOWN,
        };
        Finding::new(entry, Location::at(document.path.clone(), row.place_at))
            .arg("row", row.row + 1)
            .arg("kind", kind)
            .arg("k", self.k)
    }

    /// Though merged, still below the threshold: a neighbour of one that failed.
    fn too_small(&self, document: &gather::DocumentRows<'_>, area: usize) -> bool {
        let after = self.after(document, area);
        after.is_none_or(|n| i64::from(n) < self.k)
    }

    fn reason(&self, area: usize) -> Reason {
        let unit = self.site.units.get(area);
        match unit.and_then(|u| u.candidates) {
            None => Reason::NoCount,
            Some(n) if i64::from(n) < self.k => Reason::FewSchools,
            Some(_) if !cells::safe(&self.site.units, area, self.k) => Reason::Crowded,
            Some(_) => Reason::Complement,
        }
    }

    fn mismatch(&self, document: &gather::DocumentRows<'_>, row: &gather::Row<'_>) -> Finding {
        let id = row.school.unwrap_or_default();
        Finding::new(
            &say::MISMATCH,
            Location::at(document.path.clone(), row.place_at),
        )
        .arg("row", row.row + 1)
        .arg("id", id)
        .subject(id)
    }

    /// What the operator should know of a municipality that this document names.
    fn notes(
        &self,
        document: &gather::DocumentRows<'_>,
        row: &gather::Row<'_>,
        area: usize,
    ) -> Vec<Finding> {
        let at = || Location::at(document.path.clone(), row.place_at);
        let mut notes = Vec::new();
        let unit = self.site.units.get(area);
        if unit.is_none_or(|u| u.candidates.is_none()) && !self.site.miscounted.contains(&area) {
            let entry = if self.site.listed.contains(&area) {
                &say::NO_COUNT
            } else {
                &say::NOT_LISTED
            };
            notes.push(Finding::new(entry, at()).arg("value", row.written));
        }
        let alone = document.alone == Some(area);
        if alone && !cells::safe(&self.site.units, area, self.k) {
            notes.push(Finding::new(&say::SECTION_TELLS, at()));
        } else if !alone && (self.cells.failed.contains(&area) || self.too_small(document, area)) {
            notes.push(
                Finding::new(&say::TOO_FEW, at())
                    .arg("value", row.written)
                    .arg("k", self.k),
            );
        }
        notes
    }
}

fn size(schools: i64) -> Option<u32> {
    u32::try_from(schools.max(0)).ok()
}

/// The smallest of some sizes, of which one unknown makes the whole unknown.
#[derive(Default)]
struct Smallest {
    least: Option<u32>,
    unknown: bool,
}

impl Smallest {
    fn add(&mut self, size: Option<u32>) {
        match size {
            None => self.unknown = true,
            Some(n) => self.least = Some(self.least.map_or(n, |least| least.min(n))),
        }
    }

    fn get(&self) -> Option<u32> {
        if self.unknown { None } else { self.least }
    }
}
