//! Warnings that a person has acknowledged where they stand: `accepted: row.number-twice` in the document, or in the row.
//!
//! Takes the findings of a run and the sources; leaves out each warning inside a map of its file whose `accepted` names
//! its code. Errors and whatever the guard says cannot be acknowledged.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::diag::{Finding, Findings};
use crate::document::decode::ACCEPTED;
use crate::document::front;
use crate::document::yaml::{self, Node, Origin, Value};
use crate::source::{SourceFile, read_text};

/// Lines of a map, and the codes that are acknowledged in them.
type Accepted = Vec<(RangeInclusive<u32>, Box<str>)>;

/// Leaves out what was acknowledged.
pub(super) fn silence(findings: &mut Findings, files: &[SourceFile]) {
    let told = findings.iter().filter(|f| is_open(f));
    let told: BTreeMap<Arc<str>, ()> = told.map(|f| (f.location.path.clone(), ())).collect();
    let mut accepted: BTreeMap<&Arc<str>, Accepted> = BTreeMap::new();
    for file in files.iter().filter(|f| told.contains_key(&f.path)) {
        let Ok(text) = read_text(file) else { continue };
        if text.contains(ACCEPTED) {
            accepted.insert(&file.path, of(&file.path, &text));
        }
    }
    findings.retain(|f| {
        let line = f.location.span.map_or(1, |span| span.line);
        let own = accepted.get(&f.location.path).filter(|_| is_open(f));
        !own.is_some_and(|own| {
            own.iter()
                .any(|(lines, code)| **code == *f.code() && lines.contains(&line))
        })
    });
}

/// Whether a finding may be acknowledged at all.
fn is_open(f: &Finding) -> bool {
    !f.is_error() && !f.code().starts_with("disclosure.") && !f.code().starts_with("registry.")
}

/// What a source acknowledges.
fn of(path: &Arc<str>, text: &str) -> Accepted {
    let (text, first_line) = match path.ends_with(".md") {
        true => match front::split(path, text) {
            Ok(split) => (split.fields, split.fields_line),
            Err(_) => return Vec::new(),
        },
        false => (text, 0),
    };
    let origin = Origin {
        path,
        text,
        first_line,
    };
    let mut all = Vec::new();
    if let (Some(root), _) = yaml::parse(origin) {
        gather(&root, &mut all);
        // What is acknowledged for the document is so for its text, too.
        if let Value::Map(entries) = &root.value {
            let own = entries.iter().filter(|(key, _)| &*key.name == ACCEPTED);
            let codes = own.flat_map(|(_, node)| codes(node));
            all.extend(codes.map(|code| (1..=u32::MAX, code)));
        }
    }
    all
}

fn gather(node: &Node, all: &mut Accepted) {
    match &node.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                if &*key.name == ACCEPTED {
                    let lines = node.at.line..=last(node);
                    all.extend(codes(value).into_iter().map(|code| (lines.clone(), code)));
                } else {
                    gather(value, all);
                }
            }
        }
        Value::List(items) => items.iter().for_each(|item| gather(item, all)),
        Value::Null | Value::Scalar(_) => {}
    }
}

/// One code, or a list of them.
fn codes(node: &Node) -> Vec<Box<str>> {
    match &node.value {
        Value::Scalar(scalar) => vec![scalar.text.trim().into()],
        Value::List(items) => items.iter().flat_map(codes).collect(),
        Value::Null | Value::Map(_) => Vec::new(),
    }
}

/// The last line on which something of a value begins.
fn last(node: &Node) -> u32 {
    match &node.value {
        Value::Map(entries) => {
            let lines = entries
                .iter()
                .map(|(key, value)| key.at.line.max(last(value)));
            lines.max().unwrap_or(node.at.line)
        }
        Value::List(items) => items.iter().map(last).max().unwrap_or(node.at.line),
        Value::Scalar(scalar) => {
            let more = scalar.text.matches('\n').count();
            node.at
                .line
                .saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
        }
        Value::Null => node.at.line,
    }
}
