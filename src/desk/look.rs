//! What the program says of a text before it is saved: how it reads it, what is wrong with it, what the guard makes of it.
//!
//! Takes the text as it would be and the fields of the form; gives a sentence beside each field. Must not write, and must
//! not say a protected name that was not in the form already.

use chrono::NaiveDate;

use super::Ground;
use super::change::{BODY, Values};
use super::label;
use super::sheet::{Sheet, below, words};
use crate::diag::catalog::desk as say;
use crate::diag::message::fill;
use crate::diag::{Finding, Lang};
use crate::document::decode::parse_date;
use crate::document::yaml::Value;
use crate::edit::{Step, Tree};
use crate::kinds::shape::Words;
use crate::model::read;
use crate::period::{self, Plan};
use crate::source;

/// One sentence beside a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// Empty where it is about the whole.
    pub field: String,
    /// `said`, `guard`, `warning`, `error`.
    pub sort: &'static str,
    pub text: String,
}

/// What a text says that its last version did not: its findings.
pub(super) fn findings(before: Option<&Sheet>, after: &Sheet) -> Vec<Finding> {
    let read = |sheet: &Sheet| -> Vec<Finding> {
        let path = sheet.path.as_str().into();
        match source::decode(sheet.text.clone().into_bytes(), &path) {
            Ok(text) => read::read(&sheet.file(), &text).1,
            Err(finding) => vec![*finding],
        }
    };
    let known: Vec<String> = before
        .map(|sheet| read(sheet).iter().map(key).collect())
        .unwrap_or_default();
    let mut new = read(after);
    new.retain(|f| !known.contains(&key(f)));
    new
}

fn key(finding: &Finding) -> String {
    format!("{} {}", finding.code(), finding.message(Lang::Ru))
}

/// The field of the part at `at` in which a finding stands.
pub(super) fn field_of(sheet: &Sheet, at: &[Step], finding: &Finding) -> String {
    let Some(line) = finding.location.span.map(|s| s.line) else {
        return String::new();
    };
    let Some(node) = sheet.node(at) else {
        return String::new();
    };
    let Value::Map(entries) = &node.value else {
        return String::new();
    };
    // What is not there, and has to be.
    let missing = finding.args.iter().find(|(name, _)| *name == "field");
    if let Some((_, name)) = missing
        && let Some(inside) = sheet.inside(at)
        && inside.fields.iter().any(|f| f.name == *name)
    {
        return name.clone();
    }
    // What a finding about the whole part names itself.
    let named = entries.iter().find(|(key, _)| {
        let mut args = finding.args.iter();
        args.any(|(_, value)| *value == *key.name)
    });
    if let Some((key, _)) = named {
        return key.name.to_string();
    }
    let before = entries.iter().rfind(|(key, _)| key.at.line <= line);
    let found = before.map(|(key, _)| key.name.to_string());
    match found {
        Some(name) => name,
        None => missing.map_or_else(String::new, |(_, field)| field.clone()),
    }
}

/// A finding in words, without what it quotes.
pub(super) fn told(finding: &Finding, ground: &Ground<'_>, lang: Lang) -> String {
    let message = ground.mask(&finding.message(lang));
    match finding.hint(lang).map(|h| in_forms(&h)) {
        Some(hint) if !hint.is_empty() => format!("{message} — {}", ground.mask(&hint)),
        _ => message,
    }
}

/// An advice without its clauses on how a file is written: a form has a field, or a box to tick, for that.
fn in_forms(hint: &str) -> String {
    let clauses = hint.split("; ").filter(|clause| !clause.contains('{'));
    clauses.collect::<Vec<_>>().join("; ")
}

/// Everything that is to be said of what was entered.
pub(super) fn notes(
    before: Option<&Sheet>,
    after: &Sheet,
    at: &[Step],
    values: &Values,
    ground: &Ground<'_>,
    lang: Lang,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for finding in findings(before, after) {
        notes.push(Note {
            field: field_of(after, at, &finding),
            sort: if finding.is_error() {
                "error"
            } else {
                "warning"
            },
            text: told(&finding, ground, lang),
        });
    }
    let long = |day: NaiveDate| label::day(day, lang);
    for (name, value) in values {
        let texts: Vec<&str> = match value {
            serde_json::Value::String(text) => vec![text],
            serde_json::Value::Array(items) => items.iter().flat_map(spoken).collect(),
            serde_json::Value::Object(parts) => parts
                .values()
                .filter_map(serde_json::Value::as_str)
                .collect(),
            _ => continue,
        };
        for text in texts.iter().filter(|t| !t.trim().is_empty()) {
            let full = below(at, name);
            let sort = after.field(&full).and_then(|f| f.is.words());
            let said = match sort {
                Some(Words::Date) if name != BODY => parse_date(text).map(long),
                Some(Words::Period) if name != BODY => understood(after, at, text, lang),
                _ => None,
            };
            if let Some(said) = said {
                let args = [("value", said)];
                notes.push(Note {
                    field: name.clone(),
                    sort: "said",
                    text: fill(say::UNDERSTOOD.of(lang), &args),
                });
            }
            if let Some(redacted) = ground.guarding.and_then(|g| g.redactor().redact(text, &[])) {
                let shown = crate::text::excerpt(&redacted.text, 300);
                notes.push(Note {
                    field: name.clone(),
                    sort: "guard",
                    text: fill(say::GUARDED.of(lang), &[("value", shown)]),
                });
            }
        }
    }
    notes
}

/// The words of an item: of a pair, both.
fn spoken(item: &serde_json::Value) -> Vec<&str> {
    match item {
        serde_json::Value::Array(pair) => pair.iter().filter_map(|i| i.as_str()).collect(),
        one => one.as_str().into_iter().collect(),
    }
}

/// How a deadline is read, in words; nothing where it is not understood: then a finding says so.
fn understood(sheet: &Sheet, at: &[Step], text: &str, lang: Lang) -> Option<String> {
    let plan = plan(sheet, at);
    let period = period::parse(text, plan.as_ref()).ok()?;
    let recurs = match period.kind.as_str() {
        "daily" => "каждый день",
        "weekly" => "каждую неделю",
        "monthly" => "каждый месяц",
        "quarterly" => "каждый квартал",
        "half-yearly" => "каждое полугодие",
        "yearly" => "каждый год",
        "constant" => "постоянно",
        "throughout" => "в течение всего срока",
        "schedule" => "по отдельному графику",
        "as-needed" => "по необходимости",
        _ => "",
    };
    let recurs = match lang {
        Lang::En if !recurs.is_empty() => period.kind.as_str(),
        _ => recurs,
    };
    let many = period.parts.len() > 1;
    let mut stretches: Vec<String> = match many {
        true => period
            .parts
            .iter()
            .filter_map(|p| stretch(p.from, p.to, lang))
            .collect(),
        false => stretch(period.from, period.to, lang).into_iter().collect(),
    };
    if !recurs.is_empty() {
        stretches.insert(0, recurs.to_owned());
    }
    (!stretches.is_empty()).then(|| stretches.join(if many { "; " } else { ", " }))
}

fn stretch(from: Option<NaiveDate>, to: Option<NaiveDate>, lang: Lang) -> Option<String> {
    let long = |day: NaiveDate| label::day(day, lang);
    let said = |said: say::Said, day: NaiveDate| fill(said.of(lang), &[("day", long(day))]);
    Some(match (from, to) {
        (Some(from), Some(to)) if from == to => long(from),
        (Some(from), Some(to)) => format!("{} — {}", long(from), long(to)),
        (None, Some(to)) => said(say::UNTIL, to),
        (Some(from), None) => said(say::SINCE_DAY, from),
        (None, None) => return None,
    })
}

/// The days within which a deadline without a year is read: those of the plan, or those that a heading above names.
fn plan(sheet: &Sheet, at: &[Step]) -> Option<Plan> {
    let text = |place: &str| match sheet.at(&super::sheet::place(place)) {
        Some(Tree::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let day = |name: &str| parse_date(&text(&format!("plan.{name}"))?);
    let mut plan = day("from")
        .zip(day("to"))
        .map(|(from, to)| Plan { from, to });
    for n in 1..at.len() {
        let above = at.get(..n).map(words).unwrap_or_default();
        if let Some(title) = text(&format!("{above}.title")) {
            plan = period::heading(&title, plan.as_ref()).or(plan);
        }
    }
    plan
}
