//! Indicators: groups, goals, formulas with their variables, targets, values by year.
//!
//! Takes the fields of an `indicators` document; gives [`Indicators`]. Formulas are checked here and drawn at rendering.

use super::stage::{Source, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::document as messages;
use crate::document::decode::{self, Cx, Decode, Fields};
use crate::document::formula;
use crate::document::yaml::{Node, Value};
use crate::math;

#[derive(Debug, Clone)]
pub struct Indicators<S: Stage> {
    pub groups: Vec<IndicatorGroup<S>>,
}

#[derive(Debug, Clone)]
pub struct IndicatorGroup<S: Stage> {
    pub title: S::Text,
    pub goals: Vec<IndicatorGoal<S>>,
}

#[derive(Debug, Clone)]
pub struct IndicatorGoal<S: Stage> {
    /// `None` for indicators that stand in their group without a goal.
    pub title: Option<S::Text>,
    pub indicators: Vec<Indicator<S>>,
}

#[derive(Debug, Clone)]
pub struct Indicator<S: Stage> {
    pub at: Span,
    pub name: S::Text,
    pub source: Option<S::Text>,
    pub frequency: Option<S::Text>,
    /// LaTeX, without dollar signs.
    pub formula: Option<S::Text>,
    pub dynamics: Option<S::Text>,
    pub variables: Vec<Variable<S>>,
    pub target: Option<S::Text>,
    pub responsible: Option<S::Text>,
    pub unit: Option<S::Text>,
    /// Year and value, by year.
    pub values: Vec<(u32, f64)>,
}

#[derive(Debug, Clone)]
pub struct Variable<S: Stage> {
    /// LaTeX.
    pub symbol: S::Text,
    pub meaning: S::Text,
    pub unit: Option<S::Text>,
}

/// Reads the fields that indicators have beside the common ones.
pub fn read(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Indicators<Source>> {
    Some(Indicators {
        groups: f.list("groups", cx),
    })
}

impl Decode for IndicatorGroup<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "title, goals, indicators", cx)?;
        let title = f.req("title", cx);
        let mut goals: Vec<IndicatorGoal<Source>> = f.list("goals", cx);
        let loose: Vec<Indicator<Source>> = f.list("indicators", cx);
        f.finish(cx);
        if !loose.is_empty() {
            goals.push(IndicatorGoal {
                title: None,
                indicators: loose,
            });
        }
        Some(IndicatorGroup {
            title: title?,
            goals,
        })
    }
}

impl Decode for IndicatorGoal<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "title, indicators", cx)?;
        let goal = IndicatorGoal {
            title: f.opt("title", cx),
            indicators: f.list("indicators", cx),
        };
        f.finish(cx);
        Some(goal)
    }
}

impl Decode for Indicator<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        const KNOWN: &str = "name, source, frequency, formula, dynamics, variables, target, responsible, unit, values";
        let mut f = Fields::of(node, KNOWN, cx)?;
        let name = f.req("name", cx);
        let indicator = Indicator {
            at: f.at,
            source: f.opt("source", cx),
            frequency: f.opt("frequency", cx),
            formula: formula(&mut f, "formula", cx),
            dynamics: formula(&mut f, "dynamics", cx),
            variables: f.list("variables", cx),
            target: f.opt("target", cx),
            responsible: f.opt("responsible", cx),
            unit: f.opt("unit", cx),
            values: f.node("values").map_or_else(Vec::new, |n| values(n, cx)),
            name: name?,
        };
        f.finish(cx);
        Some(indicator)
    }
}

impl Decode for Variable<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "symbol, meaning, unit", cx)?;
        let symbol = formula(&mut f, "symbol", cx);
        let (meaning, unit) = (f.req("meaning", cx), f.opt("unit", cx));
        let at = f.at;
        f.finish(cx);
        if symbol.is_none() {
            cx.say(&messages::MISSING_FIELD, at, |x| x.arg("field", "symbol"));
        }
        Some(Variable {
            symbol: symbol?,
            meaning: meaning?,
            unit,
        })
    }
}

fn formula(f: &mut Fields<'_>, name: &'static str, cx: &mut Cx<'_>) -> Option<SourceText> {
    let text: SourceText = f.opt(name, cx)?;
    if let Err(error) = math::mathml(&text.text, true) {
        let at = match f.node(name) {
            Some(node) => decode::inside(node, error.at.start, error.at.len()),
            None => text.at,
        };
        formula::say(&error, at, cx);
    }
    Some(text)
}

fn values(node: &Node, cx: &mut Cx<'_>) -> Vec<(u32, f64)> {
    let Value::Map(entries) = &node.value else {
        let _ = Fields::of(node, "2021: 71.4", cx);
        return Vec::new();
    };
    let mut values = Vec::new();
    for (key, value) in entries {
        let year = key.name.parse().ok().filter(|y| (1990..=2100).contains(y));
        let Some(year) = year else {
            cx.say(&messages::BAD_NUMBER, key.at, |x| {
                x.arg("field", "values").arg("value", &key.name)
            });
            continue;
        };
        if let Some(value) = f64::decode(value, "values", cx) {
            values.push((year, value));
        }
    }
    values.sort_by_key(|(year, _)| *year);
    values
}
