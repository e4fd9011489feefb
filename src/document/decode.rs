//! Reads fields out of a YAML tree and collects every finding instead of stopping at the first.
//!
//! Takes a [`Node`]; gives typed values through [`Fields`]. A field that is wrong yields `None` and a finding with its
//! place; a field that nobody asked for yields a finding that names the nearest one there is. Must not know documents.

use chrono::NaiveDate;

use super::yaml::{Key, Node, Origin, Scalar, Style, Value};
use crate::diag::catalog::{document as messages, is_code};
use crate::diag::{Entry, Finding, Span};
use crate::period::Plan;

/// What is read from, and where findings go.
pub struct Cx<'a> {
    pub origin: Origin<'a>,
    pub findings: Vec<Finding>,
    /// The days within which periods of this file lie, once they are known.
    pub plan: Option<Plan>,
    /// The first day that fits is meant: acts speak so of what comes after them.
    pub nearest: bool,
    /// Those of the stage or heading that is being read, where it names any.
    pub stage: Option<Plan>,
    /// The stages around it, outermost first.
    pub around: Vec<Option<Plan>>,
    /// Columns that a table has besides those that are described.
    pub further: Vec<Further>,
}

/// A column that is not described.
#[derive(Debug, Clone)]
pub struct Further {
    /// By which rows call it.
    pub name: Box<str>,
    /// The printed heading.
    pub head: Box<str>,
    pub at: Span,
}

impl<'a> Cx<'a> {
    pub fn new(origin: Origin<'a>) -> Self {
        Cx {
            origin,
            findings: Vec::new(),
            plan: None,
            nearest: false,
            stage: None,
            around: Vec::new(),
            further: Vec::new(),
        }
    }

    /// Notes a finding at `at`; arguments follow by [`Finding::arg`] in `with`.
    pub fn say(&mut self, entry: &'static Entry, at: Span, with: impl FnOnce(Finding) -> Finding) {
        let finding = with(self.origin.finding(entry, at));
        self.findings.push(finding);
    }
}

/// A field that every map may have: codes of warnings that a person has acknowledged there.
pub const ACCEPTED: &str = "accepted";

/// A value that can be read from a node.
pub trait Decode: Sized {
    /// Whether words alone may stand for it: then a single one may stand for a list of one.
    const IN_WORDS: bool = true;

    /// `field` names the value in findings.
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self>;
}

/// How one value is read.
pub type Read<T> = fn(&Node, &str, &mut Cx<'_>) -> Option<T>;

/// Names of the fields that a map may have.
pub type Names = &'static [&'static str];

/// The fields of one map, or words that stand for one of them.
pub struct Fields<'n> {
    pub at: Span,
    given: Given<'n>,
    /// A document has the fields of all documents and those of its kind.
    known: [Names; 2],
    rest: Rest,
}

/// Which fields besides the described ones a map may have.
enum Rest {
    None,
    Any,
    Named(Vec<Box<str>>),
}

enum Given<'n> {
    Map(&'n [(Key, Node)]),
    /// Findings name them by the field in which they stand.
    Words {
        field: &'static str,
        said: &'n str,
        node: &'n Node,
    },
}

impl<'n> Fields<'n> {
    pub fn of(node: &'n Node, known: Names, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return entries(node, &known.join(", "), cx).and(None);
        }
        Some(Fields::or_words(node, known, "", ""))
    }

    /// What is no map stands for the field `words`; `said` is the field in which it stands itself.
    pub fn or_words(node: &'n Node, known: Names, words: &'static str, said: &'n str) -> Self {
        let given = match &node.value {
            Value::Map(entries) => Given::Map(entries),
            _ => Given::Words {
                field: words,
                said,
                node,
            },
        };
        Fields {
            at: node.at,
            given,
            known: [known, &[]],
            rest: Rest::None,
        }
    }

    /// The map may have fields of any name besides.
    pub fn any(&mut self, _: &Cx<'_>) {
        self.rest = Rest::Any;
    }

    /// The map may have a field for each further column of its table.
    pub fn further(&mut self, cx: &Cx<'_>) {
        self.rest = Rest::Named(cx.further.iter().map(|f| f.name.clone()).collect());
    }

    fn is_rest(&self, name: &str) -> bool {
        let allowed = match &self.rest {
            Rest::None => false,
            Rest::Any => true,
            Rest::Named(names) => names.iter().any(|n| **n == *name),
        };
        allowed && !self.names().any(|known| known == name)
    }

    /// The fields besides the described ones, in the order in which they stand, each with the place of its name.
    pub fn rest<T: Decode>(&self, cx: &mut Cx<'_>) -> Vec<(Box<str>, Span, T)> {
        let Given::Map(entries) = self.given else {
            return Vec::new();
        };
        let there = entries
            .iter()
            .filter(|(key, node)| self.is_rest(&key.name) && !is_empty(&node.value));
        there
            .filter_map(|(key, node)| {
                let value = T::decode(node, &key.name, cx)?;
                Some((key.name.clone(), key.at, value))
            })
            .collect()
    }

    /// The map may have these fields too.
    pub fn and(&mut self, more: Names) {
        self.known[1] = more;
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.known.into_iter().flatten().copied()
    }

    /// The field's node, empty or not, and where its name stands.
    fn entry(&self, name: &str) -> Option<(Span, &'n Node)> {
        debug_assert!(self.names().any(|n| n == name), "{name} is not described");
        let Given::Map(entries) = self.given else {
            return None;
        };
        let (key, node) = entries.iter().find(|(key, _)| &*key.name == name)?;
        Some((key.at, node))
    }

    /// The node of a field, if the field is there and not empty.
    pub fn node(&self, name: &str) -> Option<&'n Node> {
        self.entry(name)
            .map(|(_, node)| node)
            .filter(|node| !is_empty(&node.value))
    }

    /// A field that may be left out; an empty one counts as left out.
    pub fn opt<T: Decode>(&self, name: &str, cx: &mut Cx<'_>) -> Option<T> {
        self.opt_by(name, cx, T::decode)
    }

    /// The same, read in a way of its own.
    pub fn opt_by<T>(&self, name: &str, cx: &mut Cx<'_>, read: Read<T>) -> Option<T> {
        read(self.node(name)?, name, cx)
    }

    /// A field that must be there.
    pub fn req<T: Decode>(&self, name: &str, cx: &mut Cx<'_>) -> Option<T> {
        self.req_by(name, cx, T::decode)
    }

    /// The same, read in a way of its own.
    pub fn req_by<T>(&self, name: &str, cx: &mut Cx<'_>, read: Read<T>) -> Option<T> {
        if let Given::Words { field, said, node } = self.given
            && field == name
        {
            return read(node, said, cx);
        }
        match self.entry(name) {
            Some((at, node)) if is_empty(&node.value) => {
                cx.say(&messages::EMPTY_FIELD, at, |f| f.arg("field", name));
                None
            }
            Some((_, node)) => read(node, name, cx),
            None => {
                cx.say(&messages::MISSING_FIELD, self.at, |f| f.arg("field", name));
                None
            }
        }
    }

    /// A list, empty when left out. A single value that is words stands for a list of one.
    pub fn list<T: Decode>(&self, name: &str, cx: &mut Cx<'_>) -> Vec<T> {
        let Some(node) = self.node(name) else {
            return Vec::new();
        };
        match &node.value {
            Value::List(items) => {
                let mut read = Vec::with_capacity(items.len());
                read.extend(items.iter().filter_map(|item| T::decode(item, name, cx)));
                read
            }
            Value::Scalar(_) if T::IN_WORDS => T::decode(node, name, cx).into_iter().collect(),
            other => {
                let got = describe(other);
                cx.say(&messages::NOT_A_LIST, node.at, |f| {
                    f.arg("field", name).arg("got", got)
                });
                Vec::new()
            }
        }
    }

    /// A list, or a single item of whatever sort that stands for a list of one.
    pub fn some<T: Decode>(&self, name: &str, cx: &mut Cx<'_>) -> Vec<T> {
        match self.node(name) {
            Some(node) if matches!(node.value, Value::Map(_)) => {
                T::decode(node, name, cx).into_iter().collect()
            }
            _ => self.list(name, cx),
        }
    }

    /// Says which fields are not known.
    pub fn finish(self, cx: &mut Cx<'_>) {
        let Given::Map(entries) = self.given else {
            return;
        };
        for (key, value) in entries {
            if self.names().any(|name| name == &*key.name) || self.is_rest(&key.name) {
                continue;
            }
            if &*key.name == ACCEPTED {
                codes(value, cx);
                continue;
            }
            let known: Vec<&str> = self.names().collect();
            let near = nearest(&key.name, &known);
            let entry = match near {
                Some(_) => &messages::UNKNOWN_FIELD_NEAR,
                None => &messages::UNKNOWN_FIELD,
            };
            cx.say(entry, key.at, |f| {
                f.arg("field", &key.name)
                    .arg("nearest", near.unwrap_or(""))
                    .arg("known", known.join(", "))
            });
        }
    }
}

/// Says which acknowledged codes there are none of.
fn codes(node: &Node, cx: &mut Cx<'_>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| codes(item, cx)),
        _ => {
            if let Some(code) = scalar(node, ACCEPTED, cx)
                && !is_code(code.text.trim())
            {
                cx.say(&messages::NO_SUCH_CODE, node.at, |f| {
                    f.arg("value", &code.text)
                });
            }
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

/// The entries of a map, or a finding that shows what they are `like`.
pub fn entries<'n>(node: &'n Node, like: &str, cx: &mut Cx<'_>) -> Option<&'n [(Key, Node)]> {
    match &node.value {
        Value::Map(entries) => Some(entries),
        other => {
            let got = describe(other);
            cx.say(&messages::NOT_A_MAP, node.at, |f| {
                f.arg("got", got).arg("known", like)
            });
            None
        }
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
pub fn inside(at: Span, style: Style, offset: usize, width: usize) -> Span {
    let shift = match style {
        Style::Plain => 0,
        Style::Quoted => 1,
        Style::Block => return at,
    };
    Span::new(
        at.line,
        at.column + shift + u32::try_from(offset).unwrap_or(0),
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
