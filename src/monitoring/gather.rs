//! What each indicator is in each period, from the tables and its formula, and whether that may be published.
//!
//! Takes tables and public indicators; gives [`Counted`], for the operator and for the decision. A value is worked out
//! only where no school that has a line owes a number. Must not publish anything by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use glasno_tally::{Cell, Decision, Fault, Formula, Number, Set, decide as release};

use super::table::{Entered, Period, Table, Whose};
use super::{DECIMALS, Placed};
use crate::diag::catalog::monitoring as messages;
use crate::diag::{Entry, Finding, Location, Span};
use crate::disclosure::{Public, PublicMarkup, PublicText};
use crate::kinds::indicators::Indicator;
use crate::kinds::{Body, DocIndex, Document, Kind};

/// One indicator in one period.
#[derive(Debug)]
pub(super) struct Counted {
    /// Its document, and its place there.
    pub key: (DocIndex, usize),
    pub section: Arc<str>,
    pub name: String,
    path: Arc<str>,
    at: Span,
    pub period: Period,
    /// Columns of its formula's letters.
    pub columns: Vec<Box<str>>,
    pub schools: Vec<(Whose, Vec<Number>)>,
    pub totals: Vec<Number>,
    pub formula: Formula,
    /// Rounded; `None` where numbers are missing, or nothing can be divided.
    pub value: Option<Number>,
    pub decision: Option<Decision>,
}

impl Counted {
    pub(super) fn is_published(&self) -> bool {
        self.decision == Some(Decision::Published)
    }

    /// A value of these numbers, rounded as values are.
    pub(super) fn of(&self, numbers: &[Number]) -> Option<Number> {
        let decimals = if self.formula.divides() { DECIMALS } else { 2 };
        self.formula.value(numbers)?.rounded(decimals)
    }
}

/// The newest value of each school and column in a period, and where it stands.
type Values<'t> = BTreeMap<(&'t Whose, &'t str), (Option<NaiveDate>, Entered, Location)>;

/// Works out every indicator whose letters have columns.
pub(super) fn gather(
    tables: &[Table],
    documents: &[Placed<'_>],
    findings: &mut Vec<Finding>,
) -> Vec<Counted> {
    let mut all = Vec::new();
    let mut wanted: BTreeSet<(Option<&str>, &str)> = BTreeSet::new();
    let mut owed: BTreeMap<(Location, String), (Whose, Period)> = BTreeMap::new();
    for (i, document) in documents {
        let Body::Indicators(indicators) = &document.body else {
            continue;
        };
        let section = document.head.section.shared();
        let path = document.head.path.file();
        let own: Vec<&Table> = tables
            .iter()
            .filter(|t| t.section.as_deref().is_none_or(|s| *s == **section))
            .collect();
        for (n, indicator) in indicators.all().enumerate() {
            let columns: Vec<&str> = indicator
                .variables
                .iter()
                .filter_map(|v| Some(v.data.as_ref()?.raw().trim()))
                .collect();
            if columns.is_empty() {
                continue;
            }
            for name in &columns {
                wanted.insert((Some(section), name));
                wanted.insert((None, name));
            }
            let one = One {
                key: (*i, n),
                section,
                path,
                indicator,
                columns,
                tables: &own,
            };
            one.count(&mut all, &mut owed, findings);
        }
    }
    for ((at, value), (whose, period)) in owed {
        let mut finding = Finding::new(&messages::MISSING, at).arg("value", value);
        if let Whose::School(id) = whose {
            finding = finding.subject(&*id);
        }
        findings.push(finding.arg("period", &period.words));
    }
    for table in tables {
        for (name, at) in &table.columns {
            if !wanted.contains(&(table.section.as_deref(), &**name)) {
                let finding = Finding::new(&messages::NOT_USED, table.location(*at));
                findings.push(finding.arg("value", name));
            }
        }
    }
    all
}

/// One indicator with all that it needs.
struct One<'a> {
    key: (DocIndex, usize),
    section: &'a Arc<str>,
    path: &'a Arc<str>,
    indicator: &'a Indicator<Public>,
    columns: Vec<&'a str>,
    tables: &'a [&'a Table],
}

impl<'a> One<'a> {
    fn say(&self, entry: &'static Entry, at: Span) -> Finding {
        Finding::new(entry, Location::at(self.path.clone(), at))
    }

    fn count(
        &self,
        all: &mut Vec<Counted>,
        owed: &mut BTreeMap<(Location, String), (Whose, Period)>,
        findings: &mut Vec<Finding>,
    ) {
        let variables = &self.indicator.variables;
        let Some(printed) = &self.indicator.formula else {
            findings.push(self.say(&messages::NO_FORMULA, self.indicator.at));
            return;
        };
        if self.columns.len() < variables.len() {
            findings.push(self.say(&messages::PART, self.indicator.at));
            return;
        }
        let letters: Vec<&str> = variables.iter().map(|v| v.symbol.raw()).collect();
        let formula = match Formula::read(printed.raw(), &letters) {
            Ok(formula) => formula,
            Err(fault) => {
                let at = match fault {
                    Fault::Letter { word, .. } => word,
                    Fault::Sign { at } => (at + 1).to_string(),
                    Fault::End => printed.raw().chars().count().to_string(),
                };
                findings.push(
                    self.say(&messages::FORMULA, self.indicator.at)
                        .arg("at", at),
                );
                return;
            }
        };
        let known = |name: &str| {
            let mut columns = self.tables.iter().flat_map(|t| &t.columns);
            columns.any(|(column, _)| **column == *name)
        };
        for name in self.columns.iter().filter(|name| !known(name)) {
            let at = self.indicator.at;
            findings.push(self.say(&messages::NO_COLUMN, at).arg("value", name));
        }
        for (period, values) in self.values() {
            let schools: BTreeSet<&Whose> = values.keys().map(|(whose, _)| *whose).collect();
            let of = |name: &str| values.keys().any(|(_, column)| *column == name);
            if !self.columns.iter().all(|name| of(name)) {
                continue;
            }
            let mut whole = true;
            let mut lines = Vec::new();
            for whose in schools {
                let mut numbers = Vec::new();
                for name in &self.columns {
                    match values.get(&(whose, *name)) {
                        Some((_, Entered::Number(number), _)) => numbers.push(*number),
                        Some((_, Entered::Nothing, _)) => numbers.push(Number::ZERO),
                        Some((_, Entered::Wrong, _)) => whole = false,
                        Some((_, Entered::Missing, at)) => {
                            whole = false;
                            let key = (at.clone(), (*name).to_owned());
                            owed.insert(key, (whose.clone(), period.clone()));
                        }
                        // Its line is in a table without this column.
                        None => {
                            whole = false;
                            let other = values.iter().find(|((w, _), _)| *w == whose);
                            if let Some((_, (_, _, at))) = other {
                                let key = (at.clone(), (*name).to_owned());
                                owed.insert(key, (whose.clone(), period.clone()));
                            }
                        }
                    }
                }
                lines.push((whose.clone(), numbers));
            }
            let totals = whole.then(|| totals(&lines, self.columns.len())).flatten();
            let mut counted = Counted {
                key: self.key,
                section: self.section.clone(),
                name: self.indicator.name.raw().to_owned(),
                path: self.path.clone(),
                at: self.indicator.at,
                period: period.clone(),
                columns: self.columns.iter().map(|c| (*c).into()).collect(),
                schools: lines,
                totals: totals.unwrap_or_default(),
                formula: formula.clone(),
                value: None,
                decision: None,
            };
            counted.value = counted.of(&counted.totals);
            if whole && counted.value.is_none() {
                let finding = self.say(&messages::NOTHING_BELOW, self.indicator.at);
                findings.push(finding.arg("period", &period.words));
            }
            let written = self.indicator.values.iter();
            let mut written = written.filter(|v| v.year == Some(period.year));
            if counted.value.is_some() && written.next().is_some() {
                let finding = self.say(&messages::WRITTEN, self.indicator.at);
                findings.push(finding.arg("period", &period.words));
            }
            all.push(counted);
        }
    }

    /// Of each period, the newest values of its columns.
    fn values(&self) -> BTreeMap<Period, Values<'a>> {
        let mut all: BTreeMap<Period, Values<'a>> = BTreeMap::new();
        for table in self.tables {
            let columns: Vec<(usize, &str)> = table
                .columns
                .iter()
                .enumerate()
                .filter(|(_, (name, _))| self.columns.contains(&&**name))
                .map(|(n, (name, _))| (n, &**name))
                .collect();
            for line in &table.lines {
                for (n, name) in &columns {
                    let Some((value, at)) = line.cells.get(*n) else {
                        continue;
                    };
                    let values = all.entry(line.period.clone()).or_default();
                    let known = values.get(&(&line.whose, *name));
                    // A later day counts; an empty cell of it takes nothing away.
                    let newer = known.is_none_or(|(day, before, _)| match (before, value) {
                        (_, Entered::Missing) => false,
                        (Entered::Missing, _) => true,
                        _ => line.day >= *day,
                    });
                    if newer {
                        let at = table.location(*at);
                        values.insert((&line.whose, *name), (line.day, *value, at));
                    }
                }
            }
        }
        all
    }
}

fn totals(lines: &[(Whose, Vec<Number>)], columns: usize) -> Option<Vec<Number>> {
    (0..columns)
        .map(|n| {
            let mut numbers = lines.iter().filter_map(|(_, numbers)| numbers.get(n));
            numbers.try_fold(Number::ZERO, |sum, number| sum.plus(*number))
        })
        .collect()
}

/// Decides what of it may be published: earlier periods first, for what was published cannot be taken back; in a period
/// what stands on most schools, so that a total comes before its parts.
pub(super) fn decide(counted: &mut [Counted], k: usize, findings: &mut Vec<Finding>) {
    let schools: BTreeSet<Arc<str>> = counted
        .iter()
        .flat_map(|c| &c.schools)
        .filter_map(|(whose, _)| match whose {
            Whose::School(id) => Some(id.clone()),
            Whose::Others => None,
        })
        .collect();
    let names: Vec<&Arc<str>> = schools.iter().collect();
    let columns: BTreeSet<Box<str>> = counted.iter().flat_map(|c| c.columns.clone()).collect();
    let number = |whose: &Whose| match whose {
        Whose::School(id) => names
            .binary_search(&id)
            .ok()
            .and_then(|n| u32::try_from(n).ok()),
        Whose::Others => None,
    };
    let place = |name: &str| {
        let n = columns.iter().position(|c| **c == *name).unwrap_or(0);
        u32::try_from(n).unwrap_or(u32::MAX)
    };
    let mut order: Vec<usize> = (0..counted.len())
        .filter(|n| counted.get(*n).is_some_and(|c| c.value.is_some()))
        .collect();
    order.sort_by_key(|n| {
        let own = counted.get(*n);
        own.map(|c| (c.period.clone(), std::cmp::Reverse(c.schools.len()), c.key))
    });
    let cells: Vec<Cell> = order
        .iter()
        .filter_map(|n| Some(cell(counted.get(*n)?, &number, &place)))
        .collect();
    for (n, decision) in order.iter().zip(release(&cells, k)) {
        let Some(own) = counted.get_mut(*n) else {
            continue;
        };
        let at = Location::at(own.path.clone(), own.at);
        let finding = |entry| Finding::new(entry, at.clone()).arg("period", &own.period.words);
        match &decision {
            Decision::Published => {}
            Decision::Few => findings.push(finding(&messages::FEW).arg("k", k)),
            Decision::Large => findings.push(finding(&messages::LARGE)),
            Decision::Tells(few) => {
                let ids = few
                    .iter()
                    .filter_map(|s| names.get(usize::try_from(*s).ok()?));
                let ids: Vec<&str> = ids.map(|id| &***id).collect();
                let finding = finding(&messages::TELLS).arg("schools", ids.join(", "));
                findings.push(finding.arg("k", k));
            }
        }
        own.decision = Some(decision);
    }
}

/// The sums that a value tells. A school counts where it has anything to count; in what is divided by, where it has any
/// of that.
fn cell(
    own: &Counted,
    number: &impl Fn(&Whose) -> Option<u32>,
    place: &impl Fn(&str) -> u32,
) -> Cell {
    let set = |counts: &dyn Fn(&[Number]) -> bool| -> Set {
        let with = own.schools.iter().filter(|(_, numbers)| counts(numbers));
        with.filter_map(|(whose, _)| number(whose)).collect()
    };
    let used = own.formula.letters();
    let any = |numbers: &[Number]| {
        let mut own = used.iter().filter_map(|n| numbers.get(*n));
        own.any(|number| !number.is_zero())
    };
    let whole = set(&any);
    let divisors = own.formula.divisors();
    let mut cell = Cell::default();
    for n in &used {
        let Some(column) = own.columns.get(*n) else {
            continue;
        };
        let sum = if divisors.contains(n) {
            set(&|numbers| numbers.get(*n).is_some_and(|number| !number.is_zero()))
        } else {
            whole.clone()
        };
        cell.sums.push((place(column), sum));
    }
    let weighed = if divisors.is_empty() {
        &used
    } else {
        &divisors
    };
    for n in weighed {
        let Some(total) = own.totals.get(*n).filter(|t| !t.is_zero()) else {
            continue;
        };
        let parts = own.schools.iter().filter(|(w, _)| *w != Whose::Others);
        for part in parts.filter_map(|(_, numbers)| numbers.get(*n)) {
            let share = part.times(Number::whole(1000)).and_then(|p| p.by(*total));
            let share = share
                .and_then(|s| s.rounded(0))
                .map_or(1000.0, Number::near);
            // A part of a whole lies between nothing and a thousand.
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let share = share.clamp(0.0, 1000.0) as u32;
            cell.largest = cell.largest.max(share);
        }
    }
    cell
}

/// A text in which people write as they like.
pub(super) struct Text {
    pub words: String,
    pub at: Span,
    /// It may tell what came out, and not only what is asked for.
    pub tells: bool,
}

/// Texts of a document in which people write as they like, with their places.
pub(super) fn texts(document: &Document<Public>) -> Vec<Text> {
    let head = &document.head;
    let asks = matches!(
        document.body,
        Body::Order(_) | Body::Roadmap(_) | Body::Indicators(_)
    ) || head.kind == Kind::Document;
    let told = |words: &str, at: Span, tells: bool| Text {
        words: words.to_owned(),
        at,
        tells,
    };
    let own = [&head.title, &head.description];
    let mut all: Vec<Text> = own
        .into_iter()
        .flatten()
        .map(|t: &PublicText| told(t.raw(), head.at, !asks))
        .collect();
    let mut put = |text: &PublicMarkup, at: Span| all.push(told(text.plain(), at, !asks));
    match &document.body {
        Body::Text(text) => put(&text.body, head.at),
        Body::Section(section) => {
            section.about.iter().for_each(|t| put(t, head.at));
            all.push(told(section.summary.raw(), head.at, true));
        }
        Body::Roadmap(roadmap) => {
            for (_, row) in roadmap.rows() {
                let cells = [
                    Some(&row.measure),
                    row.indicator.as_ref(),
                    row.result.as_ref(),
                ];
                cells.into_iter().flatten().for_each(|t| put(t, row.at));
            }
            let records = roadmap.rows().flat_map(|(_, row)| &row.done);
            all.extend(records.filter_map(|d| Some(told(d.text.as_ref()?.raw(), d.at, true))));
        }
        Body::Protocol(protocol) => {
            for point in &protocol.agenda {
                let said = point.heard.iter().chain(&point.spoke);
                said.for_each(|s| put(&s.text, point.at));
                point.decided.iter().for_each(|d| put(&d.what, d.at));
            }
        }
        Body::Order(order) => {
            let mut open: Vec<_> = order.clauses.iter().collect();
            while let Some(clause) = open.pop() {
                put(&clause.text, clause.at);
                open.extend(&clause.clauses);
            }
        }
        Body::Seminar(seminar) => seminar.about.iter().for_each(|t| put(t, head.at)),
        _ => {}
    }
    all
}
