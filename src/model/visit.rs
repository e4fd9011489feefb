//! Walks over everything in a document that refers to something else.
//!
//! Takes a document and a [`Visitor`]; calls it for each reference. One place knows where references stand, so that
//! checking, disclosure and the inspector agree.

use super::common::{Attached, DocRef, Done, Kind, Link, Responsible, RowRef};
use super::events::{Schedule, Seminar};
use super::indicators::Indicators;
use super::order::{AnnexState, Clause, Order};
use super::roadmap::Roadmap;
use super::section::{Bodies, Group, Section, TextDocument};
use super::stage::{SchoolRef, Source, SourceMarkup};
use super::{Document, on_body};

/// What is done with each reference.
pub trait Visitor {
    fn document(&mut self, reference: &mut DocRef, expected: Option<Kind>);
    fn row(&mut self, reference: &mut RowRef);
    fn responsible(&mut self, responsible: &mut Responsible<Source>);
    fn school(&mut self, school: &mut SchoolRef);
    fn link(&mut self, link: &mut Link);
    fn markup(&mut self, text: &mut SourceMarkup);
}

/// Visits every reference of `document`, in the order of the text.
pub fn visit(document: &mut Document<Source>, v: &mut dyn Visitor) {
    let head = &mut document.head;
    if let Some(order) = &mut head.order {
        v.document(order, Some(Kind::Order));
    }
    if let Some(row) = &mut head.row {
        v.row(row);
    }
    on_body!(&mut document.body, body => body.visit(v));
}

/// The references of a kind's own fields.
pub trait References {
    /// Visits them in the order of the text.
    fn visit(&mut self, v: &mut dyn Visitor);
}

impl References for Section<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        for r in self.owner.iter_mut().chain(&mut self.operator) {
            v.responsible(r);
        }
        if let Some(contacts) = &mut self.contacts
            && let Some(body) = &mut contacts.body
        {
            v.responsible(body);
        }
        self.about.iter_mut().for_each(|t| v.markup(t));
    }
}

impl References for Bodies<Source> {
    fn visit(&mut self, _: &mut dyn Visitor) {}
}

impl References for Order<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        self.issuer.iter_mut().for_each(|r| v.responsible(r));
        self.basis.iter_mut().for_each(|t| v.markup(t));
        self.clauses.iter_mut().for_each(|c| clause(c, v));
        if let Some(control) = &mut self.control {
            control.text.iter_mut().for_each(|t| v.markup(t));
        }
        if let Some(by) = &mut self.status.by {
            v.document(by, Some(Kind::Order));
        }
        for annex in &mut self.annexes {
            if let AnnexState::Published(document) = &mut annex.state {
                v.document(document, None);
            }
        }
    }
}

impl References for Roadmap<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        for row in self.sections.iter_mut().flat_map(|s| &mut s.rows) {
            v.markup(&mut row.measure);
            row.indicator.iter_mut().for_each(|t| v.markup(t));
            row.result.iter_mut().for_each(|t| v.markup(t));
            row.responsible.iter_mut().for_each(|r| v.responsible(r));
            done(row.done.as_deref_mut(), v);
        }
    }
}

impl References for Schedule<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        for row in &mut self.rows {
            row.school.iter_mut().for_each(|s| v.school(s));
            v.markup(&mut row.theme);
        }
    }
}

impl References for Seminar<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        self.link.iter_mut().for_each(|l| v.link(l));
        self.organizers.iter_mut().for_each(|r| v.responsible(r));
        self.about.iter_mut().for_each(|t| v.markup(t));
        self.agenda.iter_mut().for_each(|a| v.markup(&mut a.title));
        attached(&mut self.materials, v);
    }
}

impl References for Indicators<Source> {
    fn visit(&mut self, _: &mut dyn Visitor) {}
}

impl References for Group<Source> {
    fn visit(&mut self, _: &mut dyn Visitor) {}
}

impl References for TextDocument<Source> {
    fn visit(&mut self, v: &mut dyn Visitor) {
        v.markup(&mut self.body);
        attached(&mut self.attachments, v);
    }
}

fn clause(clause: &mut Clause<Source>, v: &mut dyn Visitor) {
    v.markup(&mut clause.text);
    for assignment in &mut clause.assignments {
        v.responsible(&mut assignment.who);
        v.markup(&mut assignment.what);
        done(assignment.done.as_mut(), v);
    }
    for inner in &mut clause.clauses {
        self::clause(inner, v);
    }
}

fn done(done: Option<&mut Done<Source>>, v: &mut dyn Visitor) {
    if let Some(done) = done
        && let Some(link) = &mut done.link
    {
        v.link(link);
    }
}

fn attached(attached: &mut [Attached<Source>], v: &mut dyn Visitor) {
    for a in attached {
        v.link(&mut a.link);
    }
}
