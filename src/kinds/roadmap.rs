//! Roadmaps and plans: sections or stages, rows, rows under rows.
//!
//! Takes the fields of a `roadmap`; gives [`Roadmap`] with rows in the printed order, each with its printed number.
//! Rows under rows stand flat behind their parent, with their depth.

use super::common::{Done, Responsible, Term, term};
use super::order::nodes;
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use crate::diag::Span;
use crate::diag::catalog::model as messages;
use crate::document::decode::{Cx, Decode, Fields};
use crate::document::yaml::{Node, Value};
use crate::period::Plan;

/// A column of the printed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Measure,
    Period,
    Indicator,
    Result,
    Responsible,
}

impl Column {
    pub const ALL: &'static [(&'static str, Column)] = &[
        ("measure", Column::Measure),
        ("period", Column::Period),
        ("indicator", Column::Indicator),
        ("result", Column::Result),
        ("responsible", Column::Responsible),
    ];

    pub fn key(self) -> &'static str {
        Column::ALL
            .iter()
            .find(|(_, c)| *c == self)
            .map_or("", |(k, _)| k)
    }
}

#[derive(Debug, Clone)]
pub struct Roadmap<S: Stage> {
    pub plan: Option<Plan>,
    /// In the printed order, with the printed headings.
    pub columns: Vec<(Column, S::Text)>,
    pub sections: Vec<RoadmapSection<S>>,
}

#[derive(Debug, Clone)]
pub struct RoadmapSection<S: Stage> {
    pub no: Option<S::Text>,
    /// `None` where the table has no sections.
    pub title: Option<S::Text>,
    pub rows: Vec<Row<S>>,
}

#[derive(Debug, Clone)]
pub struct Row<S: Stage> {
    /// As printed; `None` where the original has no number.
    pub no: Option<S::Number>,
    pub at: Span,
    /// 0 for a row, 1 for a row under it.
    pub depth: u8,
    pub measure: S::Markup,
    pub period: Option<Term<S>>,
    pub indicator: Option<S::Markup>,
    pub target: Option<S::Text>,
    pub result: Option<S::Markup>,
    pub responsible: Vec<Responsible<S>>,
    /// Apart, for few rows have it and many rows are kept.
    pub done: Option<Box<Done<S>>>,
}

impl<S: Stage> Roadmap<S> {
    /// Rows in the printed order with the index of their section.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &Row<S>)> {
        self.sections
            .iter()
            .enumerate()
            .flat_map(|(i, section)| section.rows.iter().map(move |row| (i, row)))
    }
}

/// Anchors of the rows in the printed order: `r-1-1`; where that is taken already, `r-1-1-2` and on.
pub fn anchors<S: Stage>(roadmap: &Roadmap<S>) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::<String>::new();
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    roadmap
        .rows()
        .map(|(_, row)| {
            let number: String = row
                .no
                .as_deref()
                .unwrap_or("")
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() {
                        c.to_ascii_lowercase()
                    } else {
                        '-'
                    }
                })
                .collect();
            let base = match number.trim_matches('-') {
                "" => "r-bez-nomera".to_owned(),
                number => format!("r-{number}"),
            };
            let count = counts.entry(base.clone()).or_insert(0);
            // «1» printed twice must not take the place of «1.2».
            loop {
                *count += 1;
                let anchor = match *count {
                    1 => base.clone(),
                    n => format!("{base}-{n}"),
                };
                if taken.insert(anchor.clone()) {
                    return anchor;
                }
            }
        })
        .collect()
}

/// Reads the fields that a roadmap has beside the common ones.
pub fn read(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Roadmap<Source>> {
    let plan = f.node("plan").and_then(|n| plan(n, cx));
    let columns = f.node("columns").map_or_else(Vec::new, |n| columns(n, cx));
    let mut sections: Vec<RoadmapSection<Source>> = nodes(f, "sections", cx)
        .iter()
        .filter_map(|n| section(n, plan.as_ref(), cx))
        .collect();
    let mut bare = Vec::new();
    for node in nodes(f, "rows", cx) {
        row(node, 0, plan.as_ref(), &mut bare, cx);
    }
    if !bare.is_empty() {
        sections.push(RoadmapSection {
            no: None,
            title: None,
            rows: bare,
        });
    }
    let roadmap = Roadmap {
        plan,
        columns,
        sections,
    };
    if roadmap.rows().next().is_none() {
        cx.say(&messages::NO_ROWS, f.at, |x| x);
    }
    check_columns(&roadmap, cx);
    check_numbers(&roadmap, cx);
    Some(roadmap)
}

fn plan(node: &Node, cx: &mut Cx<'_>) -> Option<Plan> {
    let mut f = Fields::of(node, "from, to", cx)?;
    let (from, to) = (f.req("from", cx), f.req("to", cx));
    f.finish(cx);
    let plan = Plan {
        from: from?,
        to: to?,
    };
    if plan.from > plan.to {
        cx.say(&messages::PERIOD_ORDER, node.at, |x| x);
        return None;
    }
    Some(plan)
}

fn columns(node: &Node, cx: &mut Cx<'_>) -> Vec<(Column, SourceText)> {
    let mut found = Vec::new();
    let Some(mut f) = Fields::of(node, "measure, period, indicator, result, responsible", cx)
    else {
        return found;
    };
    for (name, column) in Column::ALL {
        if let Some(node) = f.node(name)
            && let Some(text) = SourceText::decode(node, name, cx)
        {
            found.push((*column, text));
        }
    }
    f.finish(cx);
    if let Value::Map(entries) = &node.value {
        let place = |column: Column| entries.iter().position(|(k, _)| &*k.name == column.key());
        found.sort_by_key(|(column, _)| place(*column));
    }
    found
}

fn section(node: &Node, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Option<RoadmapSection<Source>> {
    let mut f = Fields::of(node, "no, title, rows", cx)?;
    let no = f.opt("no", cx);
    let title = f.req("title", cx);
    let mut rows = Vec::new();
    for node in nodes(&mut f, "rows", cx) {
        row(node, 0, plan, &mut rows, cx);
    }
    f.finish(cx);
    Some(RoadmapSection { no, title, rows })
}

fn row(node: &Node, depth: u8, plan: Option<&Plan>, rows: &mut Vec<Row<Source>>, cx: &mut Cx<'_>) {
    const KNOWN: &str = "no, measure, period, indicator, result, responsible, done, rows";
    let Some(mut f) = Fields::of(node, KNOWN, cx) else {
        return;
    };
    let no = f.opt("no", cx);
    let measure = f.req("measure", cx);
    let period = f.node("period").and_then(|n| term(n, "period", plan, cx));
    let (indicator, target) = f
        .node("indicator")
        .map_or((None, None), |n| indicator(n, cx));
    let result = f.opt("result", cx);
    let responsible = f.list("responsible", cx);
    let done: Option<Done<Source>> = f.opt("done", cx);
    let children = nodes(&mut f, "rows", cx);
    let at = f.at;
    f.finish(cx);
    if let Some(measure) = measure {
        rows.push(Row {
            no,
            at,
            depth,
            measure,
            period,
            indicator,
            target,
            result,
            responsible,
            done: done.map(Box::new),
        });
    }
    for child in children {
        row(child, depth.saturating_add(1), plan, rows, cx);
    }
}

fn indicator(node: &Node, cx: &mut Cx<'_>) -> (Option<SourceMarkup>, Option<SourceText>) {
    let is_target = matches!(&node.value, Value::Map(entries) if entries.iter().any(|(k, _)| &*k.name == "target"));
    if !is_target {
        return (SourceMarkup::decode(node, "indicator", cx), None);
    }
    let Some(mut f) = Fields::of(node, "text, target", cx) else {
        return (None, None);
    };
    let pair = (f.req("text", cx), f.opt("target", cx));
    f.finish(cx);
    pair
}

/// A value in a column that the table does not have would be lost on the page.
fn check_columns(roadmap: &Roadmap<Source>, cx: &mut Cx<'_>) {
    if roadmap.columns.is_empty() {
        return;
    }
    let has = |column| roadmap.columns.iter().any(|(c, _)| *c == column);
    for (_, row) in roadmap.rows() {
        let present = [
            (Column::Period, row.period.is_some()),
            (Column::Indicator, row.indicator.is_some()),
            (Column::Result, row.result.is_some()),
            (Column::Responsible, !row.responsible.is_empty()),
        ];
        for (column, there) in present {
            if there && !has(column) {
                cx.say(&messages::NO_COLUMN, row.at, |f| {
                    f.arg("field", column.key())
                });
            }
        }
    }
}

fn check_numbers(roadmap: &Roadmap<Source>, cx: &mut Cx<'_>) {
    let mut seen = std::collections::BTreeMap::new();
    for (_, row) in roadmap.rows() {
        let Some(no) = &row.no else { continue };
        let plain = no.trim_end_matches('.');
        if let Some(first) = seen.get(plain) {
            let first: u32 = *first;
            cx.say(&messages::ROW_TWICE, row.at, |f| {
                f.arg("value", &**no).arg("line", first)
            });
        } else {
            seen.insert(plain, row.at.line);
        }
    }
}
