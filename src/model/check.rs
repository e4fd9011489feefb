//! What must hold between documents: ids, addresses, references, bodies, rows, files.
//!
//! Takes the documents that could be read and the list of attachments; gives the [`Model`] with every reference
//! resolved, and the findings. Must not read files.

mod person;
mod resolve;

pub use person::is_person;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::address;
pub use resolve::resolve;

use super::Model;
use super::links::{self, Hidden, Lookup};
use chrono::NaiveDate;

use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Findings, Location, Span};
use crate::guard::spelling::spelling;
use crate::kinds::ids::Id;
use crate::kinds::roadmap::Row;
use crate::kinds::site::Site;
use crate::kinds::{Body, DocIndex, Document, Kind, PageAt, Source, SourceText, Target};
use crate::source::{FileKind, SourceFile};

/// What the check needs to know of a document that is not in hand.
#[derive(Debug, Clone)]
pub struct Outline {
    pub path: Arc<str>,
    pub section: Arc<str>,
    pub id: Id,
    pub kind: Kind,
    pub at: Span,
    pub draft: bool,
    /// The day from which it may be shown, where it says so.
    pub first_day: Option<NaiveDate>,
    /// Where an order has an annex that is withheld: the first of them.
    pub withheld: Option<Span>,
    address: Option<Box<str>>,
    rows: Box<[NumberedRow]>,
    bodies: Option<Arc<Spelled>>,
}

/// A roadmap's row: printed number without its full stop, and 1-based section.
type NumberedRow = (Option<Box<str>>, u32);

/// A directory of bodies by spelling.
#[derive(Debug, Default)]
struct Spelled {
    /// Position, and the spelling as written.
    positions: BTreeMap<String, (usize, Box<str>)>,
    findings: Vec<Finding>,
}

impl Outline {
    pub fn of(document: &Document<Source>) -> Self {
        let head = &document.head;
        let mut rows = Box::default();
        if let Body::Roadmap(roadmap) = &document.body {
            let row = |(section, row): (usize, &Row<Source>)| {
                let no = row.no.as_deref().map(|no| plain_number(no).into());
                (no, u32::try_from(section + 1).unwrap_or(u32::MAX))
            };
            rows = roadmap.rows().map(row).collect();
        }
        let withheld = match &document.body {
            Body::Order(order) => order.withheld(),
            _ => None,
        };
        Outline {
            withheld,
            path: head.path.file().clone(),
            section: head.section.shared().clone(),
            id: head.id.clone(),
            kind: head.kind,
            at: head.at,
            draft: head.draft,
            first_day: first_day(document),
            address: address::address(document),
            rows,
            bodies: spelled(document).map(Arc::new),
        }
    }

    /// Whether its own day is still to come.
    pub fn waits(&self, today: NaiveDate) -> bool {
        !self.draft && self.first_day.is_some_and(|day| day > today)
    }

    /// Whether another document would see no difference between the two.
    pub fn same(&self, other: &Outline) -> bool {
        let spellings = |o: &Outline| o.bodies.as_ref().map(|b| b.positions.clone());
        self.section == other.section
            && self.id == other.id
            && self.kind == other.kind
            && self.draft == other.draft
            && self.first_day == other.first_day
            && self.address == other.address
            && self.rows == other.rows
            && spellings(self) == spellings(other)
            // Findings of others may name the place of this one.
            && self.at == other.at
    }
}

/// The day from which a document may be shown: that of its publication, and of what says what has happened (news, an act,
/// minutes) its own. A seminar or a schedule tells of days ahead. What has no page is not shown at all.
fn first_day(document: &Document<Source>) -> Option<NaiveDate> {
    let about = document.head.kind.about();
    if about.page == PageAt::Nowhere {
        return None;
    }
    let own = match &document.body {
        Body::Text(text) if about.stream.is_some() => text.date,
        Body::Order(order) => Some(order.date),
        Body::Protocol(protocol) => Some(protocol.date),
        _ => None,
    };
    own.max(document.head.published)
}

/// What a document refers to, as written: enough to see whether it would be resolved as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    Document(Box<str>),
    Row(Box<str>, Option<u32>),
    Link(Box<str>),
}

/// What resolving one document gave, beside the targets in the document itself.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Links in Markdown: destination as written → target.
    pub links: Vec<(Box<str>, Target)>,
    /// Attachments that it refers to, with the place where it first does.
    pub used: BTreeMap<usize, Span>,
    /// Places on pages that its links name: page, anchor, where the link stands.
    pub anchors: Vec<(DocIndex, Box<str>, Location)>,
    pub references: Vec<Reference>,
    pub findings: Vec<Finding>,
}

/// Puts the documents together. `schools` are the ids of the registry.
pub fn check(
    site: Site,
    mut documents: Vec<Document<Source>>,
    files: &[SourceFile],
    schools: &BTreeSet<String>,
) -> (Model, Findings) {
    documents.sort_by(|a, b| a.head.path.cmp(&b.head.path));
    let outlines: Vec<Outline> = documents.iter().map(Outline::of).collect();
    documents.retain(|d| !d.head.draft);
    let (drafts, live): (Vec<&Outline>, Vec<&Outline>) = outlines.iter().partition(|o| o.draft);
    let live: Vec<(DocIndex, &Outline)> = live.into_iter().enumerate().collect();
    let attachments: Vec<&SourceFile> = files
        .iter()
        .filter(|f| f.kind == FileKind::Attachment)
        .collect();
    let slots = attachments
        .iter()
        .enumerate()
        .map(|(i, f)| (f.path.clone(), i))
        .collect();
    let mut findings = Findings::new();
    let index = Index::new(&site, &live, &drafts, slots, schools.clone(), &mut findings);
    let mut model = Model {
        site,
        documents: Vec::new(),
        attachments: links::attachments(&attachments)
            .into_iter()
            .map(|a| super::Attachment {
                pages: links::pages(&a),
                ..a
            })
            .collect(),
        sections: index.sections.clone(),
        addresses: index.addresses.clone(),
        links: BTreeMap::new(),
        anchors: Vec::new(),
    };
    let mut used = links::Used::new();
    for (at, document) in documents.iter_mut().enumerate() {
        let resolved = resolve(document, &index);
        for (file, span) in resolved.used {
            used.entry(file)
                .or_insert((document.head.path.file().clone(), span));
        }
        let links = resolved.links.into_iter();
        model.links.extend(links.map(|(text, to)| ((at, text), to)));
        model.anchors.extend(resolved.anchors);
        findings.extend(resolved.findings);
    }
    links::tell(&model.attachments, &used, &mut findings);
    model.documents = documents;
    (model, findings)
}

/// The sections in the order in which they are shown: as listed, then the others by name.
fn sections(
    site: &Site,
    documents: &Live<'_>,
    hidden: &[&Outline],
    findings: &mut Findings,
) -> Vec<Arc<str>> {
    let site_file = "content/site.yaml";
    let mut homes: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    let mut folders: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
    for (_, outline) in documents {
        if !folders.contains_key(&outline.section) {
            folders.insert(outline.section.clone(), outline.path.clone());
        }
        if outline.kind == Kind::Section {
            if let Some(first) = homes.get(&outline.section) {
                findings.push(
                    Finding::new(
                        &messages::SECTION_TWICE,
                        Location::file(outline.path.clone()),
                    )
                    .arg("kind", outline.kind.word())
                    .arg("first", first),
                );
            } else {
                homes.insert(outline.section.clone(), outline.path.clone());
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
            // It waits for its day; that is told once, at its place.
            None if hidden
                .iter()
                .any(|o| !o.draft && o.kind == Kind::Section && *o.section == *listed.text) => {}
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

/// Documents that have a place in the site, in the order of their paths.
type Live<'a> = [(DocIndex, &'a Outline)];

type Ids = BTreeMap<Arc<str>, BTreeMap<Id, DocIndex>>;

fn ids(documents: &Live<'_>, findings: &mut Findings) -> Ids {
    let mut ids: Ids = BTreeMap::new();
    let mut firsts: BTreeMap<DocIndex, &Arc<str>> = BTreeMap::new();
    for (i, outline) in documents {
        if outline.kind.about().single {
            continue;
        }
        if !ids.contains_key(&outline.section) {
            ids.insert(outline.section.clone(), BTreeMap::new());
        }
        let Some(own) = ids.get_mut(&outline.section) else {
            continue;
        };
        if let Some(first) = own.get(&outline.id) {
            let first = firsts.get(first).map_or("", |path| path);
            findings.push(
                Finding::new(
                    &messages::ID_TWICE,
                    Location::at(outline.path.clone(), outline.at),
                )
                .arg("id", &outline.id)
                .arg("first", first),
            );
        } else {
            own.insert(outline.id.clone(), *i);
            firsts.insert(*i, &outline.path);
        }
    }
    ids
}

/// A directory's spellings, with what is wrong among them.
fn spelled(document: &Document<Source>) -> Option<Spelled> {
    let Body::Bodies(directory) = &document.body else {
        return None;
    };
    let mut spelled = Spelled::default();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for (i, body) in directory.bodies.iter().enumerate() {
        if let Some(line) = seen.insert(&body.id, body.at.line) {
            spelled.findings.push(
                Finding::new(
                    &messages::BODY_ID_TWICE,
                    Location::at(document.head.path.file().clone(), body.at),
                )
                .arg("id", &body.id)
                .arg("line", line),
            );
        }
        let mut texts: Vec<&SourceText> = vec![&body.name];
        texts.extend(&body.short);
        texts.extend(&body.aliases);
        for text in texts {
            let written = (i, text.text.clone());
            let known = spelled.positions.insert(spelling(&text.text), written);
            if let Some((first, _)) = known.filter(|(first, _)| *first != i) {
                spelled.findings.push(
                    Finding::new(
                        &messages::BODY_TWICE,
                        Location::at(document.head.path.file().clone(), text.at),
                    )
                    .arg("value", &text.text)
                    .arg("first", &directory.bodies[first].id)
                    .arg("second", &body.id),
                );
            }
        }
    }
    Some(spelled)
}

fn bodies(documents: &Live<'_>, findings: &mut Findings) -> BTreeMap<Arc<str>, Arc<Spelled>> {
    let mut all: BTreeMap<Arc<str>, Arc<Spelled>> = BTreeMap::new();
    for (_, outline) in documents {
        let Some(spelled) = &outline.bodies else {
            continue;
        };
        if all.contains_key(&outline.section) {
            findings.push(
                Finding::new(
                    &messages::SECTION_TWICE,
                    Location::file(outline.path.clone()),
                )
                .arg("kind", outline.kind.word())
                .arg("first", &outline.section),
            );
            continue;
        }
        findings.extend(spelled.findings.iter().cloned());
        all.insert(outline.section.clone(), spelled.clone());
    }
    all
}

/// One roadmap's rows.
struct RoadmapRows {
    document: DocIndex,
    rows: Box<[NumberedRow]>,
}

/// The main roadmap of each section.
fn roadmaps(documents: &Live<'_>) -> BTreeMap<Arc<str>, RoadmapRows> {
    let mut found: BTreeMap<Arc<str>, Vec<(DocIndex, &Outline)>> = BTreeMap::new();
    for (i, outline) in documents {
        if outline.kind == Kind::Roadmap {
            let own = found.entry(outline.section.clone()).or_default();
            own.push((*i, outline));
        }
    }
    found
        .into_iter()
        .filter_map(|(section, own)| {
            let (document, outline) = Kind::Roadmap.main(&own, |(_, outline)| &outline.id)?;
            let rows = outline.rows.clone();
            Some((
                section,
                RoadmapRows {
                    document: *document,
                    rows,
                },
            ))
        })
        .collect()
}

fn plain_number(no: &str) -> String {
    no.trim().trim_end_matches('.').to_owned()
}

/// Everything that a reference may lead to.
pub struct Index {
    /// In the order in which they are shown.
    pub sections: Vec<Arc<str>>,
    /// Address of each document's page.
    pub addresses: Vec<Option<Box<str>>>,
    ids: Ids,
    /// Documents that are not shown: drafts, and those whose day is still to come.
    hidden: BTreeMap<(Arc<str>, Box<str>), Hidden>,
    /// Sections whose roadmap waits for its day.
    waiting: BTreeSet<Arc<str>>,
    bodies: BTreeMap<Arc<str>, Arc<Spelled>>,
    kinds: Vec<Kind>,
    roadmaps: BTreeMap<Arc<str>, RoadmapRows>,
    schools: BTreeSet<String>,
    lookup: Lookup,
}

impl Index {
    /// `files` are the attachments with their positions in [`Model::attachments`].
    pub fn new(
        site: &Site,
        live: &[(DocIndex, &Outline)],
        hidden: &[&Outline],
        files: BTreeMap<Arc<str>, usize>,
        schools: BTreeSet<String>,
        findings: &mut Findings,
    ) -> Self {
        let slots = live.iter().map(|(i, _)| i + 1).max().unwrap_or(0);
        let mut kinds = vec![Kind::Page; slots];
        let mut own = vec![None; slots];
        for (i, outline) in live {
            kinds[*i] = outline.kind;
            own[*i] = outline.address.clone();
        }
        let named: Vec<address::Named<'_>> = live
            .iter()
            .map(|(_, o)| address::Named {
                path: &o.path,
                section: &o.section,
                at: o.at,
                is_text: o.kind.is_text(),
                address: o.address.as_deref(),
            })
            .collect();
        let sections = sections(site, live, hidden, findings);
        let ids = ids(live, findings);
        address::clashes(&named, findings);
        Index {
            sections,
            addresses: own,
            ids,
            hidden: hidden
                .iter()
                .map(|o| ((o.section.clone(), Box::from(&*o.id)), Hidden::of(o.draft)))
                .collect(),
            waiting: hidden
                .iter()
                .filter(|o| !o.draft && o.kind == Kind::Roadmap)
                .map(|o| o.section.clone())
                .collect(),
            bodies: bodies(live, findings),
            kinds,
            roadmaps: roadmaps(live),
            schools,
            lookup: Lookup::new(
                live.iter().map(|(i, o)| (o.path.clone(), *i)).collect(),
                hidden
                    .iter()
                    .map(|o| (o.path.clone(), Hidden::of(o.draft)))
                    .collect(),
                files,
            ),
        }
    }

    /// How the references of a document would be resolved now. The same number means: as before.
    pub fn probe(&self, references: &[Reference], path: &str, section: &Arc<str>) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hash = DefaultHasher::new();
        if let Some(spelled) = self.bodies.get(section) {
            spelled.positions.hash(&mut hash);
        }
        for reference in references {
            match reference {
                Reference::Document(text) => {
                    let found = self.document(text, section);
                    found.hash(&mut hash);
                    found.and_then(|i| self.kinds.get(i)).hash(&mut hash);
                }
                Reference::Row(no, of) => {
                    let roadmap = self.roadmaps.get(section);
                    roadmap.map(|r| r.document).hash(&mut hash);
                    self.rows(no, *of, section).hash(&mut hash);
                }
                Reference::Link(text) => match self.lookup.resolve(path, text) {
                    Ok(Target::Document(i, _)) => {
                        i.hash(&mut hash);
                        self.addresses.get(i).hash(&mut hash);
                    }
                    Ok(Target::Attachment(file)) => file.hash(&mut hash),
                    Ok(Target::Web(_)) => {}
                    Err(entry) => entry.code.hash(&mut hash),
                },
            }
        }
        hash.finish()
    }

    fn document(&self, text: &str, own: &Arc<str>) -> Option<DocIndex> {
        let (section, id) = text.split_once('/').unwrap_or((own, text));
        self.ids.get(section)?.get(id).copied()
    }

    fn rows(&self, no: &str, of: Option<u32>, section: &Arc<str>) -> Vec<usize> {
        let wanted = plain_number(no);
        let rows = self.roadmaps.get(section).map_or(&[][..], |r| &r.rows);
        rows.iter()
            .enumerate()
            .filter(|(_, (no, section))| {
                no.as_deref() == Some(&*wanted) && of.is_none_or(|s| s == *section)
            })
            .map(|(i, _)| i)
            .collect()
    }
}
