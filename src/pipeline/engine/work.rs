//! Resolves and discloses documents, a few hundred at a time, so that few stand in memory with their text.
//!
//! Takes the positions to work on; leaves a [`Done`] for each. Sections and schedules come first: the places of all
//! schedules are decided together, before any is made public.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use super::Engine;
use super::files::{AT_ONCE, is_kept, quoted};
use crate::diag::{Finding, Findings, Location, Span};
use crate::disclosure::heard::Heard;
use crate::disclosure::indirect::Whose;
use crate::disclosure::{self, Disclosed, Place, Public, Replacement};
use crate::kinds::Places;
use crate::kinds::{Body, DocIndex, Document, Source};
use crate::model::check::{self, Reference, Resolved};
use crate::model::{Model, links};
use crate::pipeline::progress::Step;
use crate::protection::Guarding;

/// What is kept of a document.
pub(super) struct Done {
    pub public: Arc<Document<Public>>,
    pub replaced: Vec<Replacement>,
    /// Its texts, where they name a place.
    pub heard: Heard,
    /// The days that it is of.
    pub days: Vec<NaiveDate>,
    /// Of its references.
    pub findings: Vec<Finding>,
    pub used: BTreeMap<usize, Span>,
    pub anchors: Vec<(DocIndex, Box<str>, Location)>,
    pub references: Box<[Reference]>,
    pub probe: u64,
}

/// The days that a document is of: of the event, and of its publication where it is news.
fn days(document: &Document<Source>) -> Vec<NaiveDate> {
    let event = match &document.body {
        Body::Text(text) => text.date,
        Body::Seminar(seminar) => seminar.date.from,
        _ => return Vec::new(),
    };
    event.into_iter().chain(document.head.published).collect()
}

type Sources = BTreeMap<Arc<str>, Document<Source>>;

impl Engine {
    /// Works on the documents of `paths`; the files of `fresh` are not what they were, and `sources` holds those of them
    /// that are at hand.
    pub(super) fn work(
        &mut self,
        paths: BTreeSet<Arc<str>>,
        fresh: &BTreeSet<Arc<str>>,
        mut sources: Sources,
        decide: bool,
        guarding: &Guarding,
    ) {
        self.worked.clear();
        self.options.progress.begin(Step::Check, paths.len());
        let kind = |engine: &Engine, path: &Arc<str>| {
            engine.files.get(path)?.outline.as_ref().map(|o| o.kind)
        };
        let (first, rest): (Vec<_>, Vec<_>) = paths
            .into_iter()
            .partition(|path| kind(self, path).is_some_and(is_kept));
        let mut schedules = self.resolve(&first, &mut sources);
        for (_, document, _) in &schedules {
            self.files.keep(document.head.path.file(), document.clone());
        }
        let mut rest = rest;
        if decide || !first.is_empty() {
            let before = std::mem::take(&mut self.places);
            let heard = self.watch.clone();
            self.decide(guarding);
            if !self.watch.hears_as(&heard) {
                rest = self.unheard(&first);
            }
            let changed = self.moved(&before, &schedules);
            schedules.extend(self.resolve(&changed, &mut sources));
        }
        self.disclose(schedules, fresh, guarding);
        for chunk in rest.chunks(AT_ONCE) {
            let resolved = self.resolve(chunk, &mut sources);
            self.disclose(resolved, fresh, guarding);
        }
        if self.worked.len() >= AT_ONCE {
            self.pool.sweep();
        }
    }

    /// Resolves everything only to tell what is wrong with it: nothing may be made public.
    pub(super) fn survey(&mut self, mut sources: Sources) -> Findings {
        let mut found = std::mem::take(&mut self.between);
        let mut used = links::Used::new();
        let paths: Vec<Arc<str>> = self.files.live().cloned().collect();
        for chunk in paths.chunks(AT_ONCE) {
            for (_, document, resolved) in self.resolve(chunk, &mut sources) {
                found.extend(resolved.findings);
                for (file, span) in resolved.used {
                    let path = document.head.path.file().clone();
                    used.entry(file).or_insert((path, span));
                }
            }
        }
        if let Some(model) = &self.model {
            links::tell(&model.attachments, &used, &mut found);
        }
        // Nothing of this may be taken for known.
        self.index = None;
        self.owed.clear();
        found
    }

    fn resolve(
        &mut self,
        paths: &[Arc<str>],
        sources: &mut Sources,
    ) -> Vec<(DocIndex, Document<Source>, Resolved)> {
        let at_hand: Vec<(&Arc<str>, Option<Document<Source>>)> = paths
            .iter()
            .map(|path| (path, sources.remove(path)))
            .collect();
        let Some(index) = &self.index else {
            return Vec::new();
        };
        let (files, positions) = (&self.files, &self.positions);
        let resolved: Vec<_> = at_hand
            .into_par_iter()
            .filter_map(|(path, document)| {
                let position = *positions.get(path)?;
                let mut document = document.or_else(|| files.document(path))?;
                let resolved = check::resolve(&mut document, index);
                Some((position, document, resolved))
            })
            .collect();
        if resolved.len() < paths.len() {
            let there: BTreeSet<DocIndex> = resolved.iter().map(|(i, ..)| *i).collect();
            let owed = paths
                .iter()
                .filter(|p| positions.get(*p).is_none_or(|i| !there.contains(i)));
            self.owed.extend(owed.cloned());
        }
        if let Some(model) = &mut self.model {
            for (position, _, resolved) in &resolved {
                let old: Vec<_> = model
                    .links
                    .range((*position, Box::from(""))..(position + 1, Box::from("")))
                    .map(|(key, _)| key.clone())
                    .collect();
                for key in old {
                    model.links.remove(&key);
                }
                let links = resolved.links.iter();
                model
                    .links
                    .extend(links.map(|(text, to)| ((*position, text.clone()), to.clone())));
            }
        }
        resolved
    }

    fn disclose(
        &mut self,
        resolved: Vec<(DocIndex, Document<Source>, Resolved)>,
        fresh: &BTreeSet<Arc<str>>,
        guarding: &Guarding,
    ) {
        let (Some(model), Some(index)) = (&self.model, &self.index) else {
            return;
        };
        let (places, before, files) = (&self.places, &self.done, &self.files);
        let done: Vec<(DocIndex, Done)> = resolved
            .into_par_iter()
            .map(|(position, document, resolved)| {
                let redactor = guarding.redactor();
                let watch = Some(&*self.watch);
                let Disclosed {
                    document: public,
                    replacements: replaced,
                    heard,
                } = disclosure::disclose(
                    &document, position, model, places, watch, redactor, &self.pool,
                );
                let head = &document.head;
                let probe = index.probe(
                    &resolved.references,
                    head.path.file(),
                    head.section.shared(),
                );
                // The same source, resolved in the same way, with nothing replaced then and now, is the same text:
                // another registry must not cost the memory of a second site.
                let old = before.get(position).and_then(Option::as_ref).filter(|old| {
                    old.probe == probe
                        && old.replaced.is_empty()
                        && replaced.is_empty()
                        && !fresh.contains(head.path.file())
                        && head.kind.about().places != Places::Rows
                });
                let done = Done {
                    probe,
                    public: old.map_or_else(|| Arc::new(public), |old| old.public.clone()),
                    replaced,
                    heard,
                    days: days(&document),
                    findings: match files.get(head.path.file()) {
                        Some(file) => quoted(resolved.findings, &file.file),
                        None => resolved.findings,
                    },
                    anchors: resolved.anchors,
                    used: resolved.used,
                    references: resolved.references.into(),
                };
                self.options.progress.one();
                (position, done)
            })
            .collect();
        for (position, done) in done {
            self.worked.push(position);
            if let Some(slot) = self.done.get_mut(position) {
                *slot = Some(done);
            }
        }
    }

    /// Decides the places of all schedules. The decision sees sections and schedules in the order of their paths, so
    /// that it does not depend on what was there before.
    fn decide(&mut self, guarding: &Guarding) {
        let Some(model) = &self.model else { return };
        let mut documents = Vec::new();
        let mut positions = Vec::new();
        for path in self.files.live() {
            let kept = self.files.get(path).and_then(|f| f.kept.as_deref());
            if let (Some(document), Some(position)) = (kept, self.positions.get(path)) {
                documents.push(document.clone());
                positions.push(*position);
            }
        }
        let addresses = positions
            .iter()
            .map(|i| model.addresses.get(*i).cloned().flatten())
            .collect();
        let asked = Model {
            site: model.site.clone(),
            documents,
            attachments: Vec::new(),
            sections: model.sections.clone(),
            addresses,
            links: BTreeMap::new(),
            anchors: Vec::new(),
        };
        let decision = guarding.places(&asked);
        let report = decision.report.into_iter().map(|mut smallest| {
            smallest.document = positions.get(smallest.document).copied().unwrap_or(0);
            smallest
        });
        self.smallest = report.collect();
        self.places = decision
            .places
            .into_iter()
            .filter_map(|((i, row), place)| Some(((*positions.get(i)?, row), place)))
            .collect();
        self.coarsened = decision
            .coarsened
            .into_iter()
            .filter_map(|i| positions.get(i).copied())
            .collect();
        self.placing = decision.findings;
        self.watch = Arc::new(decision.watch);
    }

    /// All documents but those of `first`: places that were never looked for may stand in any.
    fn unheard(&self, first: &[Arc<str>]) -> Vec<Arc<str>> {
        let live = self.files.live().filter(|path| !first.contains(path));
        let drafted = |path: &&Arc<str>| self.positions.contains_key(*path);
        live.filter(drafted).cloned().collect()
    }

    /// Places that texts tell though schedules do not print them.
    pub(super) fn told(&self, guarding: &Guarding) -> Vec<Finding> {
        let paths: Vec<&Arc<str>> = self.files.live().collect();
        let told = paths.par_iter().flat_map_iter(|path| {
            let position = self.positions.get(*path).copied();
            let done = position
                .and_then(|i| self.done.get(i))
                .and_then(Option::as_ref);
            done.map_or_else(Vec::new, |done| {
                let head = &done.public.head;
                let whose = Whose {
                    section: &head.section,
                    days: &done.days,
                    story: matches!(done.public.body, Body::Text(_)),
                };
                guarding.told(&self.watch, whose, path, &done.heard)
            })
        });
        told.collect()
    }

    /// Schedules whose places are not what they were, besides those in hand.
    fn moved(
        &self,
        before: &BTreeMap<(DocIndex, usize), Place>,
        in_hand: &[(DocIndex, Document<Source>, Resolved)],
    ) -> Vec<Arc<str>> {
        let differs = |key: &(DocIndex, usize)| before.get(key) != self.places.get(key);
        let changed: BTreeSet<DocIndex> = before
            .keys()
            .chain(self.places.keys())
            .filter(|key| differs(key))
            .map(|(i, _)| *i)
            .filter(|i| !in_hand.iter().any(|(known, ..)| known == i))
            .collect();
        self.positions
            .iter()
            .filter(|(path, i)| {
                changed.contains(i) && self.files.get(path).is_some_and(|f| f.kept.is_some())
            })
            .map(|(path, _)| path.clone())
            .collect()
    }
}
