//! Indicators out of schools' numbers, which never leave `private/`.
//!
//! Takes the tables below `content/private/monitoring/` and `content/SECTION/private/monitoring/`, and the formulas of
//! public indicators; gives [`Released`]: values that may be published, and nothing by which a school could be told
//! (see [`glasno_tally`]); what only the operator reads; findings. [`Released`] has no constructor outside this room, and
//! it is all that pages get. Must not publish a sum, a count of schools, or a line.

mod gather;
pub mod service;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use glasno_tally::Number;

use crate::diag::catalog::monitoring as messages;
use crate::diag::{Finding, Location, Severity};
use crate::disclosure::Public;
use crate::kinds::{DocIndex, Document};
use crate::plain;
use gather::Counted;
use table::{Period, Table};

/// Where the tables lie, below a folder named `private`.
const FOLDER: &str = "monitoring";
/// No table of schools is larger.
const LIMIT: u64 = 16 * 1024 * 1024;
/// Decimals of a share.
const DECIMALS: u32 = 1;

/// A value of an indicator, as pages may show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    period: Period,
    number: Option<Number>,
}

impl Value {
    /// «2022», «2021/2022»
    pub fn period(&self) -> &str {
        &self.period.words
    }

    pub fn year(&self) -> u32 {
        self.period.year
    }

    /// Rounded; `None` where it would give a school away.
    pub fn number(&self) -> Option<f64> {
        self.number.map(Number::near)
    }
}

/// Values of indicators by document and place in it, from 0; in the order of periods.
#[derive(Debug, Clone, Default)]
pub struct Released {
    values: BTreeMap<(DocIndex, usize), Vec<Value>>,
}

impl Released {
    pub fn of(&self, document: DocIndex, indicator: usize) -> &[Value] {
        self.values
            .get(&(document, indicator))
            .map_or(&[], Vec::as_slice)
    }
}

/// What was worked out, for the operator's eyes: never an input of a page.
#[derive(Debug, Default)]
pub struct Monitoring {
    pub released: Released,
    pub findings: Vec<Finding>,
    counted: Vec<Counted>,
}

/// A document of the section with its place.
pub type Placed<'a> = (DocIndex, &'a Document<Public>);

/// Reads the tables of a project and works out what it can. `documents` are all that are public, `k` is the least
/// number of schools that a value may stand on.
pub fn measure(
    root: &Path,
    sections: &[Arc<str>],
    documents: &[Placed<'_>],
    schools: &BTreeSet<String>,
    k: usize,
    today: NaiveDate,
) -> Monitoring {
    let mut findings = Vec::new();
    let content = root.join("content");
    let mut tables = folder(&content, "private", None, schools, &mut findings);
    for section in sections {
        let below = format!("{section}/private");
        let own = Some(&**section);
        tables.extend(folder(&content, &below, own, schools, &mut findings));
    }
    if tables.is_empty() {
        return Monitoring {
            findings,
            ..Monitoring::default()
        };
    }
    for table in &mut tables {
        table.wait(today, &mut findings);
    }
    work(&tables, documents, k, findings)
}

/// From tables that were read.
fn work(
    tables: &[Table],
    documents: &[Placed<'_>],
    k: usize,
    mut findings: Vec<Finding>,
) -> Monitoring {
    table::doubles(tables, &mut findings);
    let mut counted = gather::gather(tables, documents, &mut findings);
    gather::decide(&mut counted, k, &mut findings);
    told(&counted, documents, &mut findings);
    let mut released = Released::default();
    for own in counted.iter().filter(|c| c.value.is_some()) {
        let list = released.values.entry(own.key).or_default();
        list.push(Value {
            period: own.period.clone(),
            number: own.value.filter(|_| own.is_published()),
        });
    }
    for list in released.values.values_mut() {
        list.sort_by(|a, b| a.period.cmp(&b.period));
    }
    Monitoring {
        released,
        findings,
        counted,
    }
}

/// The tables of one folder, by name.
fn folder(
    content: &Path,
    below: &str,
    section: Option<&str>,
    schools: &BTreeSet<String>,
    findings: &mut Vec<Finding>,
) -> Vec<Table> {
    let home = content.join(below).join(FOLDER);
    let Ok(entries) = std::fs::read_dir(&home) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with(['.', '~']))
        .collect();
    names.sort();
    let mut tables = Vec::new();
    for name in names {
        let path: Arc<str> = format!("content/{below}/{FOLDER}/{name}").into();
        let is_table = Path::new(&name).extension().is_some_and(|e| {
            ["csv", "yaml", "yml"]
                .iter()
                .any(|known| e.eq_ignore_ascii_case(known))
        });
        if !is_table {
            findings.push(Finding::new(&messages::OTHER_FILE, Location::file(path)));
            continue;
        }
        match plain::read(&home.join(&name), LIMIT) {
            Ok(bytes) => tables.extend(table::read(&path, section, &bytes, schools, findings)),
            Err(why) => findings
                .push(Finding::new(&messages::UNREADABLE, Location::file(path)).arg("why", why)),
        }
    }
    tables
}

/// Texts that tell a value which is not published, with its decimals. As a share («71,4 %») in a text of its own section it
/// stops the publication; else it may be another number.
fn told(counted: &[Counted], documents: &[Placed<'_>], findings: &mut Vec<Finding>) {
    let hidden = counted.iter().filter(|c| !c.is_published());
    let hidden: Vec<(&Counted, Number)> = hidden
        .filter_map(|own| Some((own, own.value?.rounded(DECIMALS)?)))
        .collect();
    if hidden.is_empty() {
        return;
    }
    for (_, document) in documents {
        for text in gather::texts(document) {
            let written = glasno_tally::written(&text.words);
            for (own, value) in &hidden {
                let near = document.head.section.shared() == &own.section;
                let told = written
                    .iter()
                    .filter_map(|w| telling(w, *value, near, &text));
                let Some(severity) = told.max() else { continue };
                let path = document.head.path.file().clone();
                let finding = Finding::new(&messages::TOLD, Location::at(path, text.at));
                let finding = finding.arg("period", &own.period.words);
                findings.push(finding.severity(severity));
            }
        }
    }
}

/// How far a written number tells a value. A round one is as likely another's, and a target is no result.
fn telling(
    written: &glasno_tally::Written,
    value: Number,
    near: bool,
    text: &gather::Text,
) -> Option<Severity> {
    if written.number.rounded(DECIMALS) != Some(value) {
        return None;
    }
    match (written.decimals, written.share) {
        (true, true) if near => Some(Severity::Error),
        (true, true) => Some(Severity::Warning),
        (true, false) if near && value.rounded(0) != Some(value) => Some(Severity::Warning),
        (false, true) if near && text.tells => Some(Severity::Warning),
        _ => None,
    }
}
