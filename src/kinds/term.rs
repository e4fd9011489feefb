//! Periods: the words of the original and what they mean.
//!
//! Takes what stands for a period in a source; gives a [`Term`], and findings where the words could not be understood or
//! lie outside the plan of the document (`Cx::plan`).

use chrono::{Datelike, NaiveDate};

use super::fields::{Formed, Reader, fields, formed};
use super::shape::{Described, Shaped, Type, Words};
use super::stage::{Source, SourceText, Stage};
use crate::diag::catalog::model as messages;
use crate::diag::{Entry, Span};
use crate::document::decode::{self, Cx, Decode, Read, scalar};
use crate::document::yaml::{Node, Style};
use crate::period::{self, PeriodErrorKind, PeriodKind, Plan};

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

fields! {
    /// How a period is written: the printed words, or a map that adds `sic` or dates given by hand.
    pub struct TermForm or Period in "text" {
        text: req Printed => "слова документа", live "к началу учебного года";
        from: opt NaiveDate => "первый день, если программа не понимает слов", live "2025-08-15";
        to: opt NaiveDate => "последний день, если программа не понимает слов", live "2025-09-01";
        sic: def bool => "в документе ошибка: слова публикуются как есть и помечаются", eg "true";
        note: opt Box<str> => "пояснение к ошибке", eg "так в документе";
    }
}

fields! {
    /// The first and last day of something.
    pub struct BoundsForm {
        from: req NaiveDate => "первый день", live "2025-01-01";
        to: req NaiveDate => "последний день", live "2025-12-31";
    }
}

formed! {
    Term { printed, kind, from, to, parts } by TermForm;
}

/// Deadlines of an act of this date are read by it: they have a year as a rule, and where one has none, the first such
/// day in the two years from the date is meant.
pub fn after(date: &Option<NaiveDate>, cx: &mut Cx<'_>) {
    cx.nearest = true;
    cx.plan = date.and_then(|from| {
        let to = from.checked_add_months(chrono::Months::new(24))?;
        Some(Plan { from, to })
    });
}

/// Words with all that is needed to point into them.
#[derive(Debug, Clone)]
pub struct Printed {
    text: Box<str>,
    at: Span,
    style: Style,
}

impl Described for Printed {
    const TYPE: Type = Type::Words(Words::Period);
}

impl Decode for Printed {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let scalar = scalar(node, field, cx)?;
        Some(Printed {
            text: crate::text::loose(scalar.text.trim()).into(),
            at: node.at,
            style: scalar.style,
        })
    }
}

impl Described for Plan {
    const TYPE: Type = Type::Map(BoundsForm::shape);
}

impl Formed for Plan {
    type Form = BoundsForm;

    fn build(form: BoundsForm, at: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let BoundsForm { from, to } = form;
        if from > to {
            cx.say(&messages::PERIOD_ORDER, at, |x| x);
            return None;
        }
        Some(Plan { from, to })
    }
}

/// Reads `{from: …, to: …}` as two days.
pub enum Bounds {}

impl Described for Bounds {
    const TYPE: Type = Plan::TYPE;
}

impl Reader<(NaiveDate, NaiveDate)> for Bounds {
    const READ: Read<(NaiveDate, NaiveDate)> = |node, field, cx| {
        let plan = Plan::decode(node, field, cx)?;
        Some((plan.from, plan.to))
    };
}

impl Formed for Term<Source> {
    type Form = TermForm;

    fn build(form: TermForm, _: Span, cx: &mut Cx<'_>) -> Option<Self> {
        let words = form.text;
        let printed = SourceText {
            text: words.text,
            at: words.at,
            sic: form.sic.then(|| form.note.unwrap_or_default()),
        };
        if let (Some(from), Some(to)) = (form.from, form.to)
            && from > to
        {
            cx.say(&messages::PERIOD_ORDER, printed.at, |f| f);
        }
        if form.from.is_some() || form.to.is_some() {
            let kind = match form.from {
                None => PeriodKind::Deadline,
                Some(_) => PeriodKind::Range,
            };
            return Some(Term {
                printed,
                kind: Some(kind),
                from: form.from,
                to: form.to,
                parts: Box::default(),
            });
        }
        Some(read(printed, words.style, cx))
    }
}

/// What printed words mean, in the stage or plan in which they stand.
pub fn read(printed: SourceText, style: Style, cx: &mut Cx<'_>) -> Term<Source> {
    let plan = cx.stage.or(cx.plan);
    let sic = printed.sic.is_some();
    let period = match period::parse(&printed.text, plan.as_ref()) {
        Ok(period) => Some(period),
        // Its mark says that somebody has looked: there is nothing to tell.
        Err(error) if sic => error.partial,
        Err(error) => {
            let at = decode::inside(printed.at, style, error.at.start, error.at.len());
            let words = excerpt(&printed.text, &error.at);
            let message = period_message(&error.kind);
            cx.say(message, at, |f| {
                let f = f.arg("value", words);
                match error.kind {
                    PeriodErrorKind::NoSuchDate { last_day, .. } => f.arg("last", last_day),
                    PeriodErrorKind::NoSuchPart { largest, .. } => f.arg("last", largest),
                    _ => f,
                }
            });
            None
        }
    };
    if let (Some(plan), Some(period), false) = (&plan, &period, sic) {
        // A stage bounds its rows less strictly than the plan: work of the summer before may stand in it.
        let bounds = cx.plan.unwrap_or(*plan);
        if period.outside(&bounds) {
            cx.say(&messages::PERIOD_OUTSIDE, printed.at, |f| {
                f.arg("value", &printed.text)
                    .arg("from", bounds.from.format("%d.%m.%Y"))
                    .arg("to", bounds.to.format("%d.%m.%Y"))
            });
        } else if let (true, Some(day)) = (period.assumed && !cx.nearest, period.from.or(period.to))
        {
            cx.say(&messages::PERIOD_ASSUMED, printed.at, |f| {
                f.arg("value", &printed.text).arg("year", day.year())
            });
        }
    }
    match period {
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
    }
}

/// A day written for programs, as documents print it.
pub fn in_words(mut term: Term<Source>) -> Term<Source> {
    if let Ok(day) = NaiveDate::parse_from_str(&term.printed.text, "%Y-%m-%d") {
        term.printed.text = day.format("%d.%m.%Y").to_string().into();
    }
    term
}

/// What beginning and end say together, where each stands in a column of its own.
pub fn between(
    start: Option<&Term<Source>>,
    finish: Option<&Term<Source>>,
    cx: &mut Cx<'_>,
) -> Option<Term<Source>> {
    let one = start.or(finish)?;
    let words: Vec<&str> = [start, finish]
        .into_iter()
        .flatten()
        .map(|term| &*term.printed.text)
        .collect();
    let from = start.and_then(|term| term.from.or(term.to));
    let mut to = finish.and_then(|term| term.to.or(term.from));
    if let (Some(first), Some(last)) = (from, to)
        && first > last
    {
        cx.say(&messages::PERIOD_ORDER, one.printed.at, |f| f);
        to = None;
    }
    let kind = match (from, to) {
        (None, None) => None,
        (None, Some(_)) => Some(PeriodKind::Deadline),
        (Some(_), _) => Some(PeriodKind::Range),
    };
    Some(Term {
        printed: SourceText {
            text: words.join(" – ").into(),
            at: one.printed.at,
            sic: None,
        },
        kind,
        from,
        to,
        parts: kind.map(|_| (from, to)).into_iter().collect(),
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
