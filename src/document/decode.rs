//! Reads fields out of a YAML tree and collects every finding instead of stopping at the first.
//!
//! Takes a [`Node`]; gives typed values through [`Fields`]. A field that is wrong yields `None` and a finding with its
//! place; a field that nobody asked for yields a finding that names the nearest one there is. Must not know documents.

use chrono::NaiveDate;

use super::yaml::{Key, Node, Origin, Scalar, Style, Value};
use crate::diag::catalog::document as messages;
use crate::diag::{Entry, Finding, Span};

/// What is read from, and where findings go.
pub struct Cx<'a> {
    pub origin: Origin<'a>,
    pub findings: Vec<Finding>,
}

impl<'a> Cx<'a> {
    pub fn new(origin: Origin<'a>) -> Self {
        Cx {
            origin,
            findings: Vec::new(),
        }
    }

    /// Notes a finding at `at`; arguments follow by [`Finding::arg`] in `with`.
    pub fn say(&mut self, entry: &'static Entry, at: Span, with: impl FnOnce(Finding) -> Finding) {
        let finding = with(self.origin.finding(entry, at));
        self.findings.push(finding);
    }
}

/// A value that can be read from a node.
pub trait Decode: Sized {
    /// `field` names the value in findings.
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self>;
}

/// The fields of one map, each to be asked for once.
pub struct Fields<'n> {
    pub at: Span,
    entries: &'n [(Key, Node)],
    asked: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// `known` is shown when the node is no map at all.
    pub fn of(node: &'n Node, known: &str, cx: &mut Cx<'_>) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Fields {
                at: node.at,
                entries,
                asked: Vec::new(),
            }),
            other => {
                let got = describe(other);
                cx.say(&messages::NOT_A_MAP, node.at, |f| {
                    f.arg("got", got).arg("known", known)
                });
                None
            }
        }
    }

    /// The node of a field, if the field is there and not empty.
    pub fn node(&mut self, name: &'static str) -> Option<&'n Node> {
        self.asked.push(name);
        self.entries
            .iter()
            .find(|(key, _)| &*key.name == name)
            .map(|(_, node)| node)
            .filter(|node| !is_empty(&node.value))
    }

    /// A field that may be left out; an empty one counts as left out.
    pub fn opt<T: Decode>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Option<T> {
        let node = self.node(name)?;
        T::decode(node, name, cx)
    }

    /// A field that must be there.
    pub fn req<T: Decode>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Option<T> {
        self.asked.push(name);
        match self.entries.iter().find(|(key, _)| &*key.name == name) {
            Some((key, node)) if is_empty(&node.value) => {
                cx.say(&messages::EMPTY_FIELD, key.at, |f| f.arg("field", name));
                None
            }
            Some((_, node)) => T::decode(node, name, cx),
            None => {
                cx.say(&messages::MISSING_FIELD, self.at, |f| f.arg("field", name));
                None
            }
        }
    }

    /// A list, empty when left out. A single value stands for a list of one.
    pub fn list<T: Decode>(&mut self, name: &'static str, cx: &mut Cx<'_>) -> Vec<T> {
        let Some(node) = self.node(name) else {
            return Vec::new();
        };
        match &node.value {
            Value::List(items) => items
                .iter()
                .filter_map(|item| T::decode(item, name, cx))
                .collect(),
            Value::Scalar(_) => T::decode(node, name, cx).into_iter().collect(),
            other => {
                let got = describe(other);
                cx.say(&messages::NOT_A_LIST, node.at, |f| {
                    f.arg("field", name).arg("got", got)
                });
                Vec::new()
            }
        }
    }

    /// Says which fields were not known. Call it once all fields have been asked for.
    pub fn finish(self, cx: &mut Cx<'_>) {
        // A field may have been asked for twice, for its place and for its value.
        let mut known: Vec<&str> = Vec::with_capacity(self.asked.len());
        for name in &self.asked {
            if !known.contains(name) {
                known.push(name);
            }
        }
        for (key, _) in self.entries {
            if self.asked.contains(&&*key.name) {
                continue;
            }
            let known = known.join(", ");
            let near = nearest(&key.name, &self.asked);
            let entry = match near {
                Some(_) => &messages::UNKNOWN_FIELD_NEAR,
                None => &messages::UNKNOWN_FIELD,
            };
            cx.say(entry, key.at, |f| {
                f.arg("field", &key.name)
                    .arg("nearest", near.unwrap_or(""))
                    .arg("known", known)
            });
        }
    }
}

/// The known word nearest to `given`, if any is near enough to be what was meant.
pub fn nearest<'k>(given: &str, known: &[&'k str]) -> Option<&'k str> {
    let given: Vec<char> = given.to_lowercase().chars().collect();
    if given.len() > 64 {
        return None;
    }
    known
        .iter()
        // Each letter more or less is an edit, so most names are out without being compared.
        .filter(|name| name.chars().count().abs_diff(given.len()) <= 1 + name.chars().count() / 3)
        .map(|name| {
            (
                distance(&given, &name.to_lowercase().chars().collect::<Vec<_>>()),
                *name,
            )
        })
        .filter(|(d, name)| *d <= 1 + name.chars().count() / 3)
        .min_by_key(|(d, _)| *d)
        .map(|(_, name)| name)
}

/// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// An empty value and an empty text are the same to an editor: nothing was given.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Scalar(scalar) => scalar.text.trim().is_empty(),
        Value::List(_) | Value::Map(_) => false,
    }
}

/// What stands there: a word of the catalogue.
pub fn describe(value: &Value) -> &'static str {
    match value {
        Value::Null => "@nothing",
        Value::Scalar(_) => "@text",
        Value::List(_) => "@list",
        Value::Map(_) => "@fields",
    }
}

/// The scalar of a node, or a finding.
pub fn scalar<'n>(node: &'n Node, field: &str, cx: &mut Cx<'_>) -> Option<&'n Scalar> {
    match &node.value {
        Value::Scalar(scalar) if scalar.text.trim().is_empty() => {
            cx.say(&messages::EMPTY_FIELD, node.at, |f| f.arg("field", field));
            None
        }
        Value::Scalar(scalar) => Some(scalar),
        other => {
            let got = describe(other);
            cx.say(&messages::NOT_TEXT, node.at, |f| {
                f.arg("field", field).arg("got", got)
            });
            None
        }
    }
}

/// The place of the character `offset` inside a scalar, as exactly as its style allows.
pub fn inside(node: &Node, offset: usize, width: usize) -> Span {
    let shift = match &node.value {
        Value::Scalar(s) if s.style == Style::Plain => 0,
        Value::Scalar(s) if s.style == Style::Quoted => 1,
        _ => return node.at,
    };
    Span::new(
        node.at.line,
        node.at.column + shift + u32::try_from(offset).unwrap_or(0),
        u32::try_from(width.max(1)).unwrap_or(1),
    )
}

/// `2025-02-14` or `14.02.2025`, a day that exists.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let text = text.trim();
    let (y, m, d) = if let [y, m, d] = text.split('-').collect::<Vec<_>>()[..] {
        (digits(y, 4) && digits(m, 2) && digits(d, 2)).then_some((y, m, d))?
    } else if let [d, m, y] = text.split('.').collect::<Vec<_>>()[..] {
        (digits(y, 4) && digits(m, 2) && digits(d, 2)).then_some((y, m, d))?
    } else {
        return None;
    };
    NaiveDate::from_ymd_opt(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
        .filter(|date| (1900..=2200).contains(&chrono::Datelike::year(date)))
}

impl Decode for Box<str> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        scalar(node, field, cx).map(|s| s.text.trim().into())
    }
}

impl Decode for NaiveDate {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = &scalar(node, field, cx)?.text;
        let date = parse_date(text);
        if date.is_none() {
            cx.say(&messages::BAD_DATE, node.at, |f| f.arg("value", text));
        }
        date
    }
}

impl Decode for bool {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = &scalar(node, field, cx)?.text;
        match &*text.to_lowercase() {
            "true" | "да" | "yes" => Some(true),
            "false" | "нет" | "no" => Some(false),
            _ => {
                cx.say(&messages::BAD_BOOL, node.at, |f| {
                    f.arg("field", field).arg("value", text)
                });
                None
            }
        }
    }
}

impl Decode for f64 {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = &scalar(node, field, cx)?.text;
        let number = text
            .replace(',', ".")
            .parse()
            .ok()
            .filter(|n: &f64| n.is_finite());
        if number.is_none() {
            cx.say(&messages::BAD_NUMBER, node.at, |f| {
                f.arg("field", field).arg("value", text)
            });
        }
        number
    }
}

impl Decode for u32 {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = &scalar(node, field, cx)?.text;
        let number = text.parse().ok();
        if number.is_none() {
            cx.say(&messages::BAD_NUMBER, node.at, |f| {
                f.arg("field", field).arg("value", text)
            });
        }
        number
    }
}

/// Reads one of a fixed set of words.
pub fn choice<T: Copy>(
    node: &Node,
    field: &str,
    choices: &[(&'static str, T)],
    cx: &mut Cx<'_>,
) -> Option<T> {
    let text = &scalar(node, field, cx)?.text;
    if let Some((_, value)) = choices.iter().find(|(name, _)| **name == **text) {
        return Some(*value);
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let near = nearest(text, &names);
    let entry = match near {
        Some(_) => &messages::BAD_CHOICE_NEAR,
        None => &messages::BAD_CHOICE,
    };
    cx.say(entry, node.at, |f| {
        f.arg("field", field)
            .arg("value", text)
            .arg("nearest", near.unwrap_or(""))
            .arg("known", names.join(", "))
    });
    None
}
