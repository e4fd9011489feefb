//! Walks over everything in a document that refers to something else.
//!
//! Takes a document and a [`Visitor`]; calls it for each reference. One place knows where references stand, so that
//! checking, disclosure and the inspector agree.

use super::common::{Attached, DocRef, Done, Kind, Link, Responsible, RowRef};
use super::order::{AnnexState, Clause};
use super::stage::{SchoolRef, Source, SourceMarkup};
use super::{Body, Document};

/// What is done with each reference.
pub trait Visitor {
    fn document(&mut self, reference: &mut DocRef<Source>, expected: Option<Kind>);
    fn row(&mut self, reference: &mut RowRef<Source>);
    fn responsible(&mut self, responsible: &mut Responsible<Source>);
    fn school(&mut self, school: &mut SchoolRef);
    fn link(&mut self, link: &mut Link<Source>);
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
    match &mut document.body {
        Body::Section(section) => {
            for r in section.owner.iter_mut().chain(&mut section.operator) {
                v.responsible(r);
            }
            if let Some(contacts) = &mut section.contacts
                && let Some(body) = &mut contacts.body
            {
                v.responsible(body);
            }
            section.about.iter_mut().for_each(|t| v.markup(t));
        }
        Body::Order(order) => {
            order.issuer.iter_mut().for_each(|r| v.responsible(r));
            order.basis.iter_mut().for_each(|t| v.markup(t));
            order.clauses.iter_mut().for_each(|c| clause(c, v));
            if let Some(control) = &mut order.control {
                control.text.iter_mut().for_each(|t| v.markup(t));
            }
            if let Some(by) = &mut order.status.by {
                v.document(by, Some(Kind::Order));
            }
            for annex in &mut order.annexes {
                if let AnnexState::Published(document) = &mut annex.state {
                    v.document(document, None);
                }
            }
        }
        Body::Roadmap(roadmap) => {
            for row in roadmap.sections.iter_mut().flat_map(|s| &mut s.rows) {
                v.markup(&mut row.measure);
                row.indicator.iter_mut().for_each(|t| v.markup(t));
                row.result.iter_mut().for_each(|t| v.markup(t));
                row.responsible.iter_mut().for_each(|r| v.responsible(r));
                done(row.done.as_deref_mut(), v);
            }
        }
        Body::Schedule(schedule) => {
            for row in &mut schedule.rows {
                row.school.iter_mut().for_each(|s| v.school(s));
                v.markup(&mut row.theme);
            }
        }
        Body::Seminar(seminar) => {
            seminar.link.iter_mut().for_each(|l| v.link(l));
            seminar.organizers.iter_mut().for_each(|r| v.responsible(r));
            seminar.about.iter_mut().for_each(|t| v.markup(t));
            seminar
                .agenda
                .iter_mut()
                .for_each(|a| v.markup(&mut a.title));
            attached(&mut seminar.materials, v);
        }
        Body::Text(text) => {
            v.markup(&mut text.body);
            attached(&mut text.attachments, v);
        }
        Body::Bodies(_) | Body::Indicators(_) | Body::Group(_) => {}
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
