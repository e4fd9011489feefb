//! Finds what the references of one document mean.
//!
//! Takes a document and the [`Index`] of all; leaves the targets in the document, and gives links, attachments and
//! findings. One document at a time, so that they can be resolved in parallel and again one by one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Index, Reference, Resolved, person};
use crate::diag::catalog::model as messages;
use crate::diag::{Entry, Finding, Location, Span};
use crate::document::decode::nearest;
use crate::guard::spelling::spelling;
use crate::kinds::Document;
use crate::kinds::common::{Responsible, parts};
use crate::kinds::refs::{DocRef, Link, RowRef};
use crate::kinds::visit::{self, Visitor};
use crate::kinds::{Kind, Target};
use crate::kinds::{SchoolRef, Source, SourceMarkup};

/// Finds the targets of a document's references and puts them into it.
pub fn resolve(document: &mut Document<Source>, index: &Index) -> Resolved {
    let path = document.head.path.file().clone();
    let section = document.head.section.shared().clone();
    let mut resolver = Resolver {
        index,
        path: &path,
        section: &section,
        out: Resolved::default(),
    };
    visit::visit(document, &mut resolver);
    resolver.out
}

struct Resolver<'a> {
    index: &'a Index,
    path: &'a Arc<str>,
    section: &'a Arc<str>,
    out: Resolved,
}

impl Resolver<'_> {
    fn say(&mut self, entry: &'static Entry, at: Span, with: impl FnOnce(Finding) -> Finding) {
        let location = Location::at(self.path.clone(), at);
        self.out.findings.push(with(Finding::new(entry, location)));
    }
}

impl Resolver<'_> {
    /// Remembers what a link needs to exist: a file to publish, a place on a page.
    fn note(&mut self, target: &Target, at: Span) {
        match target {
            Target::Attachment(file) => {
                self.out.used.entry(*file).or_insert(at);
            }
            Target::Document(page, Some(anchor)) => {
                let place = Location::at(self.path.clone(), at);
                self.out.anchors.push((*page, anchor.clone(), place));
            }
            Target::Document(_, None) | Target::Web(_) => {}
        }
    }
}

impl Visitor for Resolver<'_> {
    fn document(&mut self, reference: &mut DocRef<Source>, expected: Option<Kind>) {
        let noted = Reference::Document(reference.text.clone());
        self.out.references.push(noted);
        reference.target = None;
        let Some(target) = self.index.document(&reference.text, self.section) else {
            let (section, id) = match reference.text.split_once('/') {
                Some((section, id)) => (Arc::from(section), id),
                None => (self.section.clone(), &*reference.text),
            };
            let key = (section, Box::from(id));
            if let Some(hidden) = self.index.hidden.get(&key) {
                let text = reference.text.clone();
                self.say(hidden.entry(), reference.at, |f| f.arg("value", text));
                return;
            }
            let known: Vec<&str> = self
                .index
                .ids
                .get(&key.0)
                .into_iter()
                .flatten()
                .filter(|(_, i)| expected.is_none_or(|k| self.index.kinds[**i] == k))
                .map(|(id, _)| &**id)
                .collect();
            let near = nearest(id, &known);
            let entry = match near {
                Some(_) => &messages::NO_DOCUMENT_NEAR,
                None => &messages::NO_DOCUMENT,
            };
            let near = near.unwrap_or("").to_owned();
            let list = shortened(&known);
            let text = reference.text.clone();
            self.say(entry, reference.at, |f| {
                f.arg("value", text).arg("nearest", near).arg("known", list)
            });
            return;
        };
        if let Some(expected) = expected
            && self.index.kinds[target] != expected
        {
            let text = reference.text.clone();
            self.say(&messages::WRONG_KIND, reference.at, |f| {
                f.arg("value", text)
                    .said("expected", expected.about().words.needed)
                    .arg("kind", expected.word())
            });
            return;
        }
        reference.target = Some(target);
    }

    fn row(&mut self, reference: &mut RowRef<Source>) {
        let noted = Reference::Row(reference.no.clone(), reference.section);
        self.out.references.push(noted);
        reference.target = None;
        let Some(roadmap) = self.index.roadmaps.get(self.section) else {
            let no = reference.no.clone();
            let entry = match self.index.waiting.contains(self.section) {
                true => &messages::REFERS_AHEAD,
                false => &messages::NO_ROW,
            };
            self.say(entry, reference.at, |f| {
                f.arg("value", no).arg("known", "—")
            });
            return;
        };
        let found = self
            .index
            .rows(&reference.no, reference.section, self.section);
        match found[..] {
            [row] => reference.target = Some((roadmap.document, row)),
            [] => {
                let known: Vec<&str> = roadmap
                    .rows
                    .iter()
                    .filter_map(|(no, _)| no.as_deref())
                    .collect();
                let (no, known) = (reference.no.clone(), shortened(&known));
                self.say(&messages::NO_ROW, reference.at, |f| {
                    f.arg("value", no).arg("known", known)
                });
            }
            _ => {
                let no = reference.no.clone();
                self.say(&messages::ROW_AMBIGUOUS, reference.at, |f| {
                    f.arg("value", no)
                });
            }
        }
    }

    fn responsible(&mut self, responsible: &mut Responsible<Source>) {
        let empty = BTreeMap::new();
        let spelled = self.index.bodies.get(self.section);
        let spellings = spelled.map_or(&empty, |s| &s.positions);
        let wanted = spelling(&responsible.printed.text);
        responsible.body = spellings.get(&wanted).map(|(body, _)| *body);
        responsible.beside.clear();
        if responsible.body.is_some() || person::is_person(&responsible.printed.text) {
            return;
        }
        // «А/Б», «А; Б»: each of them is a body, a person or a post.
        let parts: Vec<Option<usize>> = parts(&responsible.printed.text)
            .map(|part| match spellings.get(&spelling(part)) {
                Some((body, _)) => Some(Some(*body)),
                None => person::is_person(part).then_some(None),
            })
            .collect::<Option<_>>()
            .unwrap_or_default();
        if parts.len() > 1 {
            let mut bodies = parts.into_iter().flatten();
            responsible.body = bodies.next();
            responsible.beside = bodies.collect();
            return;
        }
        let known: Vec<&str> = spellings.keys().map(String::as_str).collect();
        let near = nearest(&wanted, &known)
            .and_then(|near| spellings.get(near))
            .map(|(_, written)| written.clone());
        let entry = match near {
            Some(_) => &messages::NO_BODY_NEAR,
            None => &messages::NO_BODY,
        };
        let (text, at) = (responsible.printed.text.clone(), responsible.printed.at);
        self.say(entry, at, |f| {
            f.arg("value", text)
                .arg("nearest", near.unwrap_or_default())
        });
    }

    fn school(&mut self, school: &mut SchoolRef) {
        if !self.index.schools.contains(&*school.id) {
            // The value may be the very name that must not be printed, so the finding does not repeat it.
            self.say(&messages::NO_SCHOOL, school.at, |f| f);
        }
    }

    fn link(&mut self, link: &mut Link<Source>) {
        self.out.references.push(Reference::Link(link.text.clone()));
        link.target = None;
        let found = self.index.lookup.resolve(self.path, &link.text);
        match found {
            Ok(target) => {
                self.note(&target, link.at);
                link.target = Some(target);
            }
            Err(entry) => {
                let text = link.text.clone();
                self.say(entry, link.at, |f| f.arg("value", text));
            }
        }
    }

    fn markup(&mut self, text: &mut SourceMarkup) {
        use crate::document::{decode::Cx, markdown, yaml::Origin};
        if markdown::is_plain(&text.text) {
            return;
        }
        let mut cx = Cx::new(Origin {
            path: self.path,
            text: "",
            first_line: 0,
        });
        let destinations = markdown::check(&text.text, text.at, text.prose, &mut cx);
        self.out.findings.extend(cx.findings);
        for destination in destinations {
            let mut at = markdown::place(&text.text, destination.at, text.at);
            at.width = destination.width;
            let noted = Reference::Link(destination.text.as_str().into());
            self.out.references.push(noted);
            match self.index.lookup.resolve(self.path, &destination.text) {
                Ok(target) => {
                    self.note(&target, at);
                    self.out.links.push((destination.text.into(), target));
                }
                Err(entry) => self.say(entry, at, |f| f.arg("value", destination.text)),
            }
        }
    }
}

fn shortened(known: &[&str]) -> String {
    const MOST: usize = 12;
    let mut list = known
        .iter()
        .take(MOST)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    if known.len() > MOST {
        list.push_str(", …");
    }
    list
}
