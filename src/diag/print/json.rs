//! Findings as one JSON object: `{"findings":[…],"summary":{…}}`.
//!
//! Takes the same as the printer for people; gives one line of JSON. Must not leave out a key: what is not known is
//! `null`. The subject is an opaque id and is not masked, for scripts compare it.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use crate::diag::{Finding, Findings, Lang};

#[derive(serde::Serialize)]
struct Report<'a> {
    findings: Vec<Row<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explain: Option<&'a [Value]>,
    summary: Summary<'a>,
}

#[derive(serde::Serialize)]
struct Row<'a> {
    code: &'static str,
    severity: &'static str,
    path: String,
    line: Option<u32>,
    column: Option<u32>,
    message: String,
    hint: Option<String>,
    subject: Option<&'a str>,
}

/// Keeps the caller's order of keys.
struct Summary<'a>(Vec<(&'a str, Value)>);

impl Serialize for Summary<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// The whole report as one JSON object.
pub fn json(
    findings: &Findings,
    summary: &[(&str, Value)],
    lang: Lang,
    mask: &dyn Fn(&str) -> String,
) -> String {
    explained(findings, None, summary, lang, mask)
}

/// The same with the verdicts behind the findings: `"explain":[…]`, already masked.
pub fn explained(
    findings: &Findings,
    explain: Option<&[Value]>,
    summary: &[(&str, Value)],
    lang: Lang,
    mask: &dyn Fn(&str) -> String,
) -> String {
    let report = Report {
        findings: findings.iter().map(|f| row(f, lang, mask)).collect(),
        explain,
        summary: Summary(
            summary
                .iter()
                .map(|(key, value)| (*key, masked(value, mask)))
                .collect(),
        ),
    };
    // Strings, numbers and string keys always serialise; an empty report would hide findings, so say it is broken.
    serde_json::to_string(&report).unwrap_or_else(|e| {
        let error = Value::String(e.to_string());
        format!("{{\"findings\":null,\"summary\":{{\"error\":{error}}}}}")
    })
}

fn row<'a>(finding: &'a Finding, lang: Lang, mask: &dyn Fn(&str) -> String) -> Row<'a> {
    Row {
        code: finding.code(),
        severity: finding.severity.as_str(),
        path: mask(&finding.location.path),
        line: finding.location.span.map(|s| s.line),
        column: finding.location.span.map(|s| s.column),
        message: mask(&finding.message(lang)),
        hint: finding.hint(lang).map(|h| mask(&h)),
        subject: finding.subject.as_deref(),
    }
}

fn masked(value: &Value, mask: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(mask(text)),
        Value::Array(items) => items.iter().map(|v| masked(v, mask)).collect(),
        Value::Object(map) => map
            .iter()
            .map(|(key, v)| (mask(key), masked(v, mask)))
            .collect(),
        other => other.clone(),
    }
}
