//! What must hold between documents: ids, addresses, references, bodies, rows, files.
//!
//! Takes the documents that could be read and the list of attachments; gives the [`Model`] with every reference
//! resolved, and the findings. Must not read files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::address;
use super::common::{DocRef, Kind, Link, Responsible, RowRef, Target};
use super::links::{self, Lookup};
use super::section::{Site, spelling};
use super::stage::{SchoolRef, Source, SourceMarkup, SourceText};
use super::visit::{self, Visitor};
use super::{Body, DocIndex, Document, Model};
use crate::diag::catalog::model as messages;
use crate::diag::{Entry, Finding, Findings, Location, Span};
use crate::document::decode::nearest;
use crate::source::SourceFile;

/// Puts the documents together. `schools` are the ids of the registry.
pub fn check(
    site: Site,
    mut documents: Vec<Document<Source>>,
    files: &[SourceFile],
    schools: &BTreeSet<String>,
) -> (Model, Findings) {
    let mut findings = Findings::new();
    documents.sort_by(|a, b| a.head.path.cmp(&b.head.path));
    let drafts: BTreeSet<(Arc<str>, Box<str>)> = documents
        .iter()
        .filter(|d| d.head.draft)
        .map(|d| (d.head.section.clone(), d.head.id.clone()))
        .collect();
    let draft_paths: BTreeSet<Arc<str>> = documents
        .iter()
        .filter(|d| d.head.draft)
        .map(|d| d.head.path.clone())
        .collect();
    documents.retain(|d| !d.head.draft);

    let sections = sections(&site, &documents, &mut findings);
    let ids = ids(&documents, &mut findings);
    let addresses = address::addresses(&documents, &mut findings);
    let bodies = bodies(&documents, &mut findings);

    let mut model = Model {
        site,
        documents: Vec::new(),
        attachments: Vec::new(),
        sections,
        addresses,
        links: BTreeMap::new(),
        anchors: Vec::new(),
    };
    let index = Index {
        ids,
        drafts,
        bodies,
        kinds: documents.iter().map(|d| d.head.kind).collect(),
        roadmaps: roadmaps(&documents),
        schools,
    };
    let lookup = Lookup::new(&documents, &draft_paths, files);
    let mut used = BTreeMap::new();
    for (at, document) in documents.iter_mut().enumerate() {
        let path = document.head.path.clone();
        let section = document.head.section.clone();
        let mut resolver = Resolver {
            index: &index,
            lookup: &lookup,
            path: &path,
            section: &section,
            used: &mut used,
            links: &mut model.links,
            anchors: &mut model.anchors,
            document: at,
            findings: &mut findings,
        };
        visit::visit(document, &mut resolver);
    }
    model.attachments = links::attachments(
        &lookup,
        &used,
        &mut model.links,
        &mut documents,
        &mut findings,
    );
    links::unused(&lookup, &used, files, &mut findings);
    model.documents = documents;
    (model, findings)
}

/// The sections in the order in which they are shown: as listed, then the others by name.
fn sections(site: &Site, documents: &[Document<Source>], findings: &mut Findings) -> Vec<Arc<str>> {
    let site_file = "content/site.yaml";
    let mut homes: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    let mut folders: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    for document in documents {
        let head = &document.head;
        folders
            .entry(head.section.clone())
            .or_insert_with(|| head.path.clone());
        if head.kind == Kind::Section {
            if let Some(first) = homes.get(&head.section) {
                findings.push(
                    Finding::new(&messages::SECTION_TWICE, Location::file(head.path.clone()))
                        .arg("kind", head.kind.word())
                        .arg("first", first),
                );
            } else {
                homes.insert(head.section.clone(), head.path.clone());
            }
        }
    }
    for (folder, path) in &folders {
        if !homes.contains_key(folder) {
            findings.push(
                Finding::new(&messages::NO_SECTION, Location::file(path.clone()))
                    .arg("section", folder),
            );
        }
    }
    let mut order: Vec<Arc<str>> = Vec::new();
    for listed in &site.sections {
        match homes.get_key_value(&*listed.text) {
            Some((section, _)) if !order.contains(section) => order.push(section.clone()),
            Some(_) => {}
            None => findings.push(
                Finding::new(
                    &messages::SECTION_UNKNOWN,
                    Location::at(site_file, listed.at),
                )
                .arg("section", &listed.text),
            ),
        }
    }
    for (section, path) in homes {
        if !order.contains(&section) {
            findings.push(
                Finding::new(&messages::SECTION_UNLISTED, Location::file(path))
                    .arg("section", &section),
            );
            order.push(section);
        }
    }
    order
}

type Ids = BTreeMap<(Arc<str>, Box<str>), DocIndex>;

fn ids(documents: &[Document<Source>], findings: &mut Findings) -> Ids {
    let mut ids: Ids = BTreeMap::new();
    for (i, document) in documents.iter().enumerate() {
        let head = &document.head;
        if matches!(head.kind, Kind::Section | Kind::Bodies) {
            continue;
        }
        let key = (head.section.clone(), head.id.clone());
        if let Some(first) = ids.get(&key) {
            let first: DocIndex = *first;
            findings.push(
                Finding::new(
                    &messages::ID_TWICE,
                    Location::at(head.path.clone(), head.at),
                )
                .arg("id", &head.id)
                .arg("first", &documents[first].head.path),
            );
        } else {
            ids.insert(key, i);
        }
    }
    ids
}

/// Per section: spelling → position in its directory, and the spelling as written.
type Spellings = BTreeMap<Arc<str>, BTreeMap<String, (usize, Box<str>)>>;

fn bodies(documents: &[Document<Source>], findings: &mut Findings) -> Spellings {
    let mut all: Spellings = BTreeMap::new();
    for document in documents {
        let Body::Bodies(directory) = &document.body else {
            continue;
        };
        let head = &document.head;
        if all.contains_key(&head.section) {
            findings.push(
                Finding::new(&messages::SECTION_TWICE, Location::file(head.path.clone()))
                    .arg("kind", head.kind.word())
                    .arg("first", &head.section),
            );
            continue;
        }
        let mut spellings: BTreeMap<String, (usize, Box<str>)> = BTreeMap::new();
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for (i, body) in directory.bodies.iter().enumerate() {
            if let Some(line) = seen.insert(&body.id, body.at.line) {
                findings.push(
                    Finding::new(
                        &messages::BODY_ID_TWICE,
                        Location::at(head.path.clone(), body.at),
                    )
                    .arg("id", &body.id)
                    .arg("line", line),
                );
            }
            let mut texts: Vec<&SourceText> = vec![&body.name];
            texts.extend(&body.short);
            texts.extend(&body.aliases);
            for text in texts {
                let known = spellings.insert(spelling(&text.text), (i, text.text.clone()));
                if let Some((first, _)) = known.filter(|(first, _)| *first != i) {
                    findings.push(
                        Finding::new(
                            &messages::BODY_TWICE,
                            Location::at(head.path.clone(), text.at),
                        )
                        .arg("value", &text.text)
                        .arg("first", &directory.bodies[first].id)
                        .arg("second", &body.id),
                    );
                }
            }
        }
        all.insert(head.section.clone(), spellings);
    }
    all
}

/// One roadmap's rows by printed number without its full stop: position and 1-based section.
struct RoadmapRows {
    document: DocIndex,
    rows: BTreeMap<String, Vec<(usize, u32)>>,
    /// Some of the numbers in the printed order, for the advice.
    known: String,
}

/// The section's main roadmap: the one with the id `roadmap`, else the first.
fn roadmaps(documents: &[Document<Source>]) -> BTreeMap<Arc<str>, RoadmapRows> {
    let mut found: BTreeMap<Arc<str>, RoadmapRows> = BTreeMap::new();
    for (i, document) in documents.iter().enumerate() {
        let Body::Roadmap(roadmap) = &document.body else {
            continue;
        };
        let main = &*document.head.id == "roadmap";
        if main || !found.contains_key(&document.head.section) {
            let mut rows: BTreeMap<String, Vec<(usize, u32)>> = BTreeMap::new();
            let mut known = Vec::new();
            for (position, (section, row)) in roadmap.rows().enumerate() {
                let Some(no) = row.no.as_deref().map(plain_number) else {
                    continue;
                };
                let section = u32::try_from(section + 1).unwrap_or(u32::MAX);
                known.push(no.clone());
                rows.entry(no).or_default().push((position, section));
            }
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            found.insert(
                document.head.section.clone(),
                RoadmapRows {
                    document: i,
                    rows,
                    known: shortened(&known),
                },
            );
        }
    }
    found
}

fn plain_number(no: &str) -> String {
    no.trim().trim_end_matches('.').to_owned()
}

struct Index<'a> {
    ids: Ids,
    drafts: BTreeSet<(Arc<str>, Box<str>)>,
    bodies: Spellings,
    kinds: Vec<Kind>,
    roadmaps: BTreeMap<Arc<str>, RoadmapRows>,
    schools: &'a BTreeSet<String>,
}

struct Resolver<'a> {
    index: &'a Index<'a>,
    lookup: &'a Lookup,
    path: &'a Arc<str>,
    section: &'a Arc<str>,
    used: &'a mut BTreeMap<usize, (Arc<str>, Span)>,
    links: &'a mut BTreeMap<(DocIndex, Box<str>), Target>,
    anchors: &'a mut Vec<(DocIndex, Box<str>, Location)>,
    document: DocIndex,
    findings: &'a mut Findings,
}

impl Resolver<'_> {
    fn say(&mut self, entry: &'static Entry, at: Span, with: impl FnOnce(Finding) -> Finding) {
        let location = Location::at(self.path.clone(), at);
        self.findings.push(with(Finding::new(entry, location)));
    }
}

impl Resolver<'_> {
    /// Remembers what a link needs to exist: a file to publish, a place on a page.
    fn note(&mut self, target: &Target, at: Span) {
        match target {
            Target::Attachment(file) => {
                self.used.entry(*file).or_insert((self.path.clone(), at));
            }
            Target::Document(page, Some(anchor)) => {
                let place = Location::at(self.path.clone(), at);
                self.anchors.push((*page, anchor.clone(), place));
            }
            Target::Document(_, None) | Target::Web(_) => {}
        }
    }
}

impl Visitor for Resolver<'_> {
    fn document(&mut self, reference: &mut DocRef, expected: Option<Kind>) {
        let (section, id) = match reference.text.split_once('/') {
            Some((section, id)) => (Arc::from(section), id),
            None => (self.section.clone(), &*reference.text),
        };
        let key = (section.clone(), Box::from(id));
        let Some(target) = self.index.ids.get(&key).copied() else {
            if self.index.drafts.contains(&key) {
                let text = reference.text.clone();
                self.say(&messages::REFERS_TO_DRAFT, reference.at, |f| {
                    f.arg("value", text)
                });
                return;
            }
            let known: Vec<&str> = self
                .index
                .ids
                .iter()
                .filter(|((s, _), i)| {
                    *s == section && expected.is_none_or(|k| self.index.kinds[**i] == k)
                })
                .map(|((_, id), _)| &**id)
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
                    .arg("expected", format!("@kind-{}", expected.word()))
                    .arg("kind", expected.word())
            });
            return;
        }
        reference.target = Some(target);
    }

    fn row(&mut self, reference: &mut RowRef) {
        let wanted = plain_number(&reference.no);
        let Some(roadmap) = self.index.roadmaps.get(self.section) else {
            let no = reference.no.clone();
            self.say(&messages::NO_ROW, reference.at, |f| {
                f.arg("value", no).arg("known", "—")
            });
            return;
        };
        let found: Vec<usize> = roadmap
            .rows
            .get(&wanted)
            .into_iter()
            .flatten()
            .filter(|(_, section)| reference.section.is_none_or(|s| s == *section))
            .map(|(row, _)| *row)
            .collect();
        match found[..] {
            [row] => reference.target = Some((roadmap.document, row)),
            [] => {
                let (no, known) = (reference.no.clone(), roadmap.known.clone());
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
        let spellings = self.index.bodies.get(self.section).unwrap_or(&empty);
        let wanted = spelling(&responsible.printed.text);
        if let Some((body, _)) = spellings.get(&wanted) {
            responsible.body = Some(*body);
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

    fn link(&mut self, link: &mut Link) {
        let found = self.lookup.resolve(self.path, &link.text);
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
        let destinations = markdown::check(&text.text, text.at, &mut cx);
        self.findings.extend(cx.findings);
        for destination in destinations {
            let mut at = markdown::place(&text.text, destination.at, text.at);
            at.width = destination.width;
            match self.lookup.resolve(self.path, &destination.text) {
                Ok(target) => {
                    self.note(&target, at);
                    self.links
                        .insert((self.document, destination.text.into()), target);
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
