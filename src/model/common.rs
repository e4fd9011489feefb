//! What documents of every kind share: heads, references, bodies answerable, periods with their printed words.
//!
//! Takes fields; gives typed values. References are read here and resolved in [`super::check`].

use std::sync::Arc;

use chrono::NaiveDate;

pub use crate::kinds::Kind;

use super::period::{self, PeriodErrorKind, PeriodKind, Plan};
use super::stage::{SchoolRef, Source, SourceMarkup, SourceText, Stage};
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Entry, Span};
use crate::document::decode::{self, Cx, Decode, Fields, scalar};
use crate::document::yaml::{Node, Value};

/// Position of a document in [`super::Model::documents`].
pub type DocIndex = usize;

/// What every document has.
#[derive(Debug, Clone)]
pub struct Head<S: Stage> {
    /// Path of the source, for findings and the operator's report; never printed on a page.
    pub path: Arc<str>,
    /// Folder of the section.
    pub section: Arc<str>,
    pub id: Box<str>,
    pub kind: Kind,
    /// Where the document begins.
    pub at: Span,
    pub title: Option<S::Text>,
    pub description: Option<S::Text>,
    pub published: Option<NaiveDate>,
    pub updated: Option<NaiveDate>,
    pub order: Option<DocRef>,
    pub annex: Option<S::Text>,
    pub row: Option<RowRef>,
    pub sample: bool,
    pub draft: bool,
    pub address: Option<Box<str>>,
}

/// A reference to a document: `1207-02` or `tula-2024/roadmap`.
#[derive(Debug, Clone, PartialEq)]
pub struct DocRef {
    pub text: Box<str>,
    pub at: Span,
    pub target: Option<DocIndex>,
}

/// A reference to a row of the section's roadmap by its printed number.
#[derive(Debug, Clone, PartialEq)]
pub struct RowRef {
    pub no: Box<str>,
    /// 1-based section of the roadmap, where a number stands twice.
    pub section: Option<u32>,
    pub at: Span,
    /// The roadmap and the position among its rows.
    pub target: Option<(DocIndex, usize)>,
}

/// Who answers, as printed.
#[derive(Debug, Clone)]
pub struct Responsible<S: Stage> {
    pub printed: S::Text,
    pub note: Option<S::Text>,
    /// Position in the section's directory of bodies.
    pub body: Option<usize>,
}

/// A period: the words of the original and what they mean.
#[derive(Debug, Clone)]
pub struct Term<S: Stage> {
    pub printed: S::Text,
    /// `None` when the words could not be understood.
    pub kind: Option<PeriodKind>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    /// The single stretches of a list: «апрель, октябрь 2025».
    pub parts: Box<[(Option<NaiveDate>, Option<NaiveDate>)]>,
}

/// Something is done, with what proves it.
#[derive(Debug, Clone)]
pub struct Done<S: Stage> {
    pub date: Option<NaiveDate>,
    pub text: Option<S::Text>,
    pub link: Option<Link>,
}

/// Where a link leads: another document, an attachment, another site.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    pub text: Box<str>,
    pub at: Span,
    pub target: Option<Target>,
}

/// A resolved link.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Document(DocIndex, Option<Box<str>>),
    /// Position in [`super::Model::attachments`].
    Attachment(usize),
    /// `https:`, `http:`, `mailto:`, `tel:`.
    Web(Box<str>),
}

/// A person with a post.
#[derive(Debug, Clone)]
pub struct Person<S: Stage> {
    pub name: S::Text,
    pub post: Option<S::Text>,
    pub role: Option<S::Text>,
    pub note: Option<S::Text>,
}

/// A file or page to read: of a seminar, of a material.
#[derive(Debug, Clone)]
pub struct Attached<S: Stage> {
    pub title: S::Text,
    pub link: Link,
}

impl Decode for SourceText {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(SourceText {
                text: scalar(node, field, cx)?.text.trim_end().into(),
                at: node.at,
                sic: None,
            });
        }
        let mut f = Fields::of(node, "text, sic, note", cx)?;
        let inner = f.node("text");
        let text: Option<Box<str>> = f.req("text", cx);
        let sic: bool = f.opt("sic", cx).unwrap_or(false);
        let note: Option<Box<str>> = f.opt("note", cx);
        f.finish(cx);
        let at = inner.map_or(node.at, |n| n.at);
        if sic {
            cx.say(&messages::SIC, at, |x| x);
        }
        Some(SourceText {
            text: text?,
            at,
            sic: sic.then(|| note.unwrap_or_default()),
        })
    }
}

impl Decode for SourceMarkup {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        SourceText::decode(node, field, cx).map(SourceMarkup)
    }
}

impl Decode for SchoolRef {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(SchoolRef {
            id: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
        })
    }
}

impl Decode for DocRef {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(DocRef {
            text: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
            target: None,
        })
    }
}

impl Decode for Link {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        Some(Link {
            text: scalar(node, field, cx)?.text.trim().into(),
            at: node.at,
            target: None,
        })
    }
}

impl Decode for RowRef {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let (no, section) = if matches!(node.value, Value::Map(_)) {
            let mut f = Fields::of(node, "no, section", cx)?;
            let no: Option<Box<str>> = f.req("no", cx);
            let section = f.opt("section", cx);
            f.finish(cx);
            (no?, section)
        } else {
            (scalar(node, field, cx)?.text.trim().into(), None)
        };
        Some(RowRef {
            no,
            section,
            at: node.at,
            target: None,
        })
    }
}

impl Decode for Responsible<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Responsible {
                printed: SourceText::decode(node, field, cx)?,
                note: None,
                body: None,
            });
        }
        let mut f = Fields::of(node, "body, note", cx)?;
        let printed = f.req("body", cx);
        let note = f.opt("note", cx);
        f.finish(cx);
        Some(Responsible {
            printed: printed?,
            note,
            body: None,
        })
    }
}

impl Decode for Done<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "date, text, link", cx)?;
        let done = Done {
            date: f.opt("date", cx),
            text: f.opt("text", cx),
            link: f.opt("link", cx),
        };
        let at = f.at;
        f.finish(cx);
        if done.text.is_none() && done.link.is_none() {
            cx.say(&messages::NO_EVIDENCE, at, |x| x);
        }
        Some(done)
    }
}

impl Decode for Person<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Person {
                name: SourceText::decode(node, field, cx)?,
                post: None,
                role: None,
                note: None,
            });
        }
        let mut f = Fields::of(node, "name, post, role, note", cx)?;
        let name = f.req("name", cx);
        let person = (f.opt("post", cx), f.opt("role", cx), f.opt("note", cx));
        f.finish(cx);
        Some(Person {
            name: name?,
            post: person.0,
            role: person.1,
            note: person.2,
        })
    }
}

impl Decode for Attached<Source> {
    fn decode(node: &Node, _: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let mut f = Fields::of(node, "title, file, link", cx)?;
        let title = f.req("title", cx);
        let file: Option<Link> = f.opt("file", cx);
        let link: Option<Link> = f.opt("link", cx);
        let at = f.at;
        f.finish(cx);
        if file.is_none() && link.is_none() {
            cx.say(&form::MISSING_FIELD, at, |x| x.arg("field", "file"));
        }
        Some(Attached {
            title: title?,
            link: file.or(link)?,
        })
    }
}

/// Reads a period: the printed words, or a map that adds `sic` or dates given by hand.
pub fn term(
    node: &Node,
    field: &str,
    plan: Option<&Plan>,
    cx: &mut Cx<'_>,
) -> Option<Term<Source>> {
    let (inner, mut printed, by_hand) = match &node.value {
        Value::Map(_) => {
            let mut f = Fields::of(node, "text, from, to, sic, note", cx)?;
            let inner = f.node("text");
            let text: Option<Box<str>> = f.req("text", cx);
            let from: Option<NaiveDate> = f.opt("from", cx);
            let to: Option<NaiveDate> = f.opt("to", cx);
            let sic: bool = f.opt("sic", cx).unwrap_or(false);
            let note: Option<Box<str>> = f.opt("note", cx);
            f.finish(cx);
            let inner = inner?;
            let text = SourceText {
                text: text?,
                at: inner.at,
                sic: sic.then(|| note.unwrap_or_default()),
            };
            (inner, text, (from, to))
        }
        _ => (node, SourceText::decode(node, field, cx)?, (None, None)),
    };
    printed.text = printed.text.trim().into();
    let sic = printed.sic.is_some();
    if let (Some(from), Some(to)) = by_hand
        && from > to
    {
        cx.say(&messages::PERIOD_ORDER, printed.at, |f| f);
    }
    if by_hand.0.is_some() || by_hand.1.is_some() {
        let kind = match by_hand {
            (None, _) => PeriodKind::Deadline,
            _ => PeriodKind::Range,
        };
        return Some(Term {
            printed,
            kind: Some(kind),
            from: by_hand.0,
            to: by_hand.1,
            parts: Box::default(),
        });
    }
    let period = match period::parse(&printed.text, plan) {
        Ok(period) => {
            if sic {
                cx.say(&messages::SIC, printed.at, |f| f);
            }
            Some(period)
        }
        Err(error) => {
            let at = decode::inside(inner, error.at.start, error.at.len());
            let words = excerpt(&printed.text, &error.at);
            let message = if sic {
                &messages::PERIOD_SIC
            } else {
                period_message(&error.kind)
            };
            cx.say(message, at, |f| {
                let f = f.arg("value", words);
                match error.kind {
                    PeriodErrorKind::NoSuchDate { last_day, .. } => f.arg("last", last_day),
                    PeriodErrorKind::NoSuchPart { largest, .. } => f.arg("last", largest),
                    _ => f,
                }
            });
            // The row stays, so that its other findings are told in the same run.
            error.partial.filter(|_| sic)
        }
    };
    if let (Some(plan), Some(period)) = (plan, &period)
        && period.outside(plan)
        && !sic
    {
        cx.say(&messages::PERIOD_OUTSIDE, printed.at, |f| {
            f.arg("value", &printed.text)
                .arg("from", plan.from.format("%d.%m.%Y"))
                .arg("to", plan.to.format("%d.%m.%Y"))
        });
    }
    Some(match period {
        Some(p) => Term {
            printed,
            kind: Some(p.kind),
            from: p.from,
            to: p.to,
            parts: p.parts.iter().map(|x| (x.from, x.to)).collect(),
        },
        None => Term {
            printed,
            kind: None,
            from: None,
            to: None,
            parts: Box::default(),
        },
    })
}

fn period_message(kind: &PeriodErrorKind) -> &'static Entry {
    match kind {
        PeriodErrorKind::NoSuchDate { .. } => &messages::PERIOD_NO_SUCH_DATE,
        PeriodErrorKind::NoSuchMonth { .. } => &messages::PERIOD_NO_SUCH_MONTH,
        PeriodErrorKind::NoSuchPart { .. } => &messages::PERIOD_NO_SUCH_PART,
        PeriodErrorKind::EmptyRange { .. } => &messages::PERIOD_ORDER,
        PeriodErrorKind::NoYear => &messages::PERIOD_NO_YEAR,
        PeriodErrorKind::Empty | PeriodErrorKind::NotUnderstood => &messages::PERIOD_INVALID,
    }
}

fn excerpt(text: &str, at: &std::ops::Range<usize>) -> String {
    let part: String = text.chars().skip(at.start).take(at.len()).collect();
    if part.is_empty() {
        text.to_owned()
    } else {
        part
    }
}
