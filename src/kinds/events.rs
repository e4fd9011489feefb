//! What happens on a day: visit, internship and consultation schedules, seminars.
//!
//! Takes the fields of a `schedule` or `seminar`; gives typed rows. A school in a row is a reference into the
//! registry and nothing else; the public stage cannot hold it.

use super::common::{Attached, Person, Responsible, Term, term};
use super::order::nodes;
use super::stage::{Source, SourceMarkup, SourceText, Stage};
use crate::diag::Span;
use crate::document::decode::{Cx, Decode, Fields, choice};
use crate::document::yaml::{Node, Value};
use crate::period::Plan;

/// What a schedule is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScheduleType {
    /// «Методический десант»
    Visits,
    /// Internship sites.
    Internships,
    Consultations,
}

impl ScheduleType {
    const WORDS: &'static [(&'static str, ScheduleType)] = &[
        ("visits", ScheduleType::Visits),
        ("internships", ScheduleType::Internships),
        ("consultations", ScheduleType::Consultations),
    ];

    pub fn key(self) -> &'static str {
        match self {
            ScheduleType::Visits => "visits",
            ScheduleType::Internships => "internships",
            ScheduleType::Consultations => "consultations",
        }
    }

    /// The schedule's name on its page.
    pub fn word(self) -> &'static str {
        match self {
            ScheduleType::Visits => "График посещений «Методический десант»",
            ScheduleType::Internships => "График стажировочных площадок",
            ScheduleType::Consultations => "График консультаций",
        }
    }

    /// One row of it, in the calendar.
    pub fn event(self) -> &'static str {
        match self {
            ScheduleType::Visits => "Методический десант",
            ScheduleType::Internships => "Стажировка",
            ScheduleType::Consultations => "Консультация",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Schedule<S: Stage> {
    pub schedule_type: ScheduleType,
    pub rows: Vec<ScheduleRow<S>>,
}

#[derive(Debug, Clone)]
pub struct ScheduleRow<S: Stage> {
    pub at: Span,
    pub date: Term<S>,
    pub time: Option<S::Text>,
    pub municipality: Option<S::Text>,
    pub school: Option<S::School>,
    /// A place that may be named.
    pub place: Option<S::Text>,
    pub theme: S::Markup,
    pub specialists: Vec<S::Text>,
    pub format: Option<S::Text>,
}

#[derive(Debug, Clone)]
pub struct Seminar<S: Stage> {
    pub date: Term<S>,
    pub time: Option<S::Text>,
    pub place: Option<S::Text>,
    pub link: Option<super::common::Link<S>>,
    pub audience: Option<S::Text>,
    pub organizers: Vec<Responsible<S>>,
    pub about: Option<S::Markup>,
    pub agenda: Vec<AgendaItem<S>>,
    pub speakers: Vec<Person<S>>,
    pub materials: Vec<Attached<S>>,
}

#[derive(Debug, Clone)]
pub struct AgendaItem<S: Stage> {
    pub time: Option<S::Text>,
    pub title: S::Markup,
    pub speaker: Option<S::Text>,
    pub note: Option<S::Text>,
}

/// Reads the fields that a schedule has beside the common ones.
pub fn schedule(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Schedule<Source>> {
    let schedule_type = match f.node("type") {
        Some(node) => choice(node, "type", ScheduleType::WORDS, cx),
        None => f.req::<Box<str>>("type", cx).and(None),
    };
    let plan = f.node("plan").and_then(|n| bounds(n, cx));
    let rows = nodes(f, "rows", cx)
        .iter()
        .filter_map(|n| schedule_row(n, plan.as_ref(), cx))
        .collect();
    Some(Schedule {
        schedule_type: schedule_type?,
        rows,
    })
}

/// `{from: …, to: …}`
pub fn bounds(node: &Node, cx: &mut Cx<'_>) -> Option<Plan> {
    let mut f = Fields::of(node, "from, to", cx)?;
    let (from, to) = (f.req("from", cx), f.req("to", cx));
    f.finish(cx);
    let plan = Plan {
        from: from?,
        to: to?,
    };
    if plan.from > plan.to {
        cx.say(&crate::diag::catalog::model::PERIOD_ORDER, node.at, |x| x);
        return None;
    }
    Some(plan)
}

fn schedule_row(node: &Node, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Option<ScheduleRow<Source>> {
    const KNOWN: &str = "date, time, municipality, school, place, theme, specialists, format";
    let mut f = Fields::of(node, KNOWN, cx)?;
    let date = required_term(&mut f, plan, cx);
    let time = f.opt("time", cx);
    let municipality = f.opt("municipality", cx);
    let school = f.opt("school", cx);
    let place = f.opt("place", cx);
    let theme = f.req("theme", cx);
    let specialists = f.list("specialists", cx);
    let format = f.opt("format", cx);
    let at = f.at;
    f.finish(cx);
    Some(ScheduleRow {
        at,
        date: date?,
        time,
        municipality,
        school,
        place,
        theme: theme?,
        specialists,
        format,
    })
}

fn required_term(f: &mut Fields<'_>, plan: Option<&Plan>, cx: &mut Cx<'_>) -> Option<Term<Source>> {
    match f.node("date") {
        Some(node) => term(node, "date", plan, cx),
        None => f.req::<SourceText>("date", cx).and(None),
    }
}

/// Reads the fields that a seminar has beside the common ones.
pub fn seminar(f: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Seminar<Source>> {
    let date = required_term(f, None, cx);
    Some(Seminar {
        time: f.opt("time", cx),
        place: f.opt("place", cx),
        link: f.opt("link", cx),
        audience: f.opt("audience", cx),
        organizers: f.list("organizers", cx),
        about: f.opt("about", cx),
        agenda: f.list("agenda", cx),
        speakers: f.list("speakers", cx),
        materials: f.list("materials", cx),
        date: date?,
    })
}

impl Decode for AgendaItem<Source> {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(AgendaItem {
                time: None,
                title: SourceMarkup::decode(node, field, cx)?,
                speaker: None,
                note: None,
            });
        }
        let mut f = Fields::of(node, "time, title, speaker, note", cx)?;
        let time = f.opt("time", cx);
        let title = f.req("title", cx);
        let (speaker, note) = (f.opt("speaker", cx), f.opt("note", cx));
        f.finish(cx);
        Some(AgendaItem {
            time,
            title: title?,
            speaker,
            note,
        })
    }
}
