//! The public documents with everything that pages need to find in them quickly.
//!
//! Takes public documents; gives indexes: by section and kind, rows with what refers to them, progress.
//! Must not see a value of the stage `Source` but addresses and settings that were made public first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::asked::Asked;
use super::listed;
use crate::diag::Span;
use crate::disclosure::{Public, PublicText};
use crate::kinds::bodies::Bodies;
use crate::kinds::roadmap::{Roadmap, anchors};
use crate::kinds::section::Section;
use crate::kinds::{Body, DocIndex, Document, Target};
use crate::kinds::{Kind, Stream};
use crate::model::Attachment;
use crate::monitoring::Released;
use crate::period::Plan;
use crate::workdays::Calendar;

/// The portal's settings, made public.
#[derive(Debug, Clone)]
pub struct Settings {
    pub title: PublicText,
    pub short_title: Option<PublicText>,
    pub description: Option<PublicText>,
    pub base_url: String,
    /// Whether documents are given out as PDF, DOCX and XLSX.
    pub downloads: bool,
    /// Days of work, for terms that count them.
    pub workdays: Calendar,
    pub publisher_name: Option<PublicText>,
    pub publisher_phone: Option<PublicText>,
    pub publisher_email: Option<PublicText>,
    pub publisher_address: Option<PublicText>,
    pub opendata: Option<OpenData>,
}

/// How tables are given out as open data, made public.
#[derive(Debug, Clone)]
pub struct OpenData {
    pub at: Span,
    pub inn: String,
    pub owner: Option<PublicText>,
    pub person: Option<PublicText>,
    pub phone: Option<PublicText>,
    pub email: Option<PublicText>,
    pub valid_days: u32,
    pub terms: Option<PublicText>,
    /// All tables where it is empty.
    pub sets: Vec<OpenSet>,
}

/// A set as the settings ask for it.
#[derive(Debug, Clone)]
pub struct OpenSet {
    pub at: Span,
    /// `section/id`
    pub of: String,
    pub name: Option<String>,
    pub title: Option<PublicText>,
    pub keywords: Vec<PublicText>,
    pub created: Option<NaiveDate>,
    pub structure: Option<NaiveDate>,
    pub change: Option<PublicText>,
}

/// A set that is published.
#[derive(Debug, Clone)]
pub struct Set {
    pub document: DocIndex,
    /// `7700000000-tula-2024-roadmap`
    pub id: String,
    pub title: String,
    pub keywords: Vec<String>,
    pub created: NaiveDate,
    pub modified: NaiveDate,
    pub structure: NaiveDate,
    pub valid: NaiveDate,
    /// What changed last.
    pub change: String,
}

impl Settings {
    /// Where the portal lies on the net, for ids of events.
    pub fn host(&self) -> &str {
        let rest = self.base_url.split("://").nth(1);
        rest.and_then(|r| r.split('/').next())
            .unwrap_or("localhost")
    }
}

/// One section of the portal.
#[derive(Debug, Clone)]
pub struct Part {
    pub folder: Arc<str>,
    /// The document of `section.yaml`.
    pub home: DocIndex,
    pub bodies: Option<DocIndex>,
    /// Documents by kind, in the order in which lists show them.
    pub kinds: BTreeMap<Kind, Vec<DocIndex>>,
    /// The roadmap shown first.
    pub roadmap: Option<DocIndex>,
}

impl Part {
    /// Documents of a kind.
    pub fn of(&self, kind: Kind) -> &[DocIndex] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// Documents that have a page.
    pub fn pages(&self) -> impl Iterator<Item = DocIndex> {
        let paged = self.kinds.iter().filter(|(kind, _)| kind.has_page());
        paged.flat_map(|(_, list)| list.iter().copied())
    }

    /// Kinds whose documents follow one another like news, and these documents.
    pub fn streams(&self) -> impl Iterator<Item = (Kind, &'static Stream, &[DocIndex])> {
        self.kinds
            .iter()
            .filter_map(|(kind, list)| Some((*kind, kind.about().stream.as_ref()?, &list[..])))
    }
}

/// Everything that is public.
#[derive(Debug)]
pub struct Book {
    pub settings: Settings,
    /// By their positions; one that has gone leaves a document without a section behind.
    pub documents: Vec<Arc<Document<Public>>>,
    pub addresses: Vec<Option<Box<str>>>,
    pub attachments: Vec<Attachment>,
    pub parts: Vec<Part>,
    pub today: NaiveDate,
    pub due_soon_days: u32,
    /// Documents that name a row: (roadmap, row) → documents.
    pub on_rows: BTreeMap<(DocIndex, usize), Vec<DocIndex>>,
    /// Documents that rest on an order.
    pub on_orders: BTreeMap<DocIndex, Vec<DocIndex>>,
    /// Anchors of the rows of roadmaps that others refer to.
    anchors: BTreeMap<DocIndex, Vec<String>>,
    /// Folder of a section → its part.
    part_of: BTreeMap<Arc<str>, usize>,
    /// Said on schedules whose places were made coarser.
    pub coarsened: BTreeSet<DocIndex>,
    /// Values of indicators out of schools' numbers.
    pub measured: Released,
    /// What the theme's templates ask for.
    pub asked: Asked,
    /// Names with a version of the theme's styles and scripts, by their own names.
    pub versions: BTreeMap<String, String>,
    /// The theme has a picture for links that people share.
    pub has_share: bool,
    /// What is published as open data, in the order of the register.
    pub sets: Vec<Set>,
}

/// What a book is made of.
pub struct Contents<'a> {
    pub settings: Settings,
    /// By their positions.
    pub documents: Vec<Arc<Document<Public>>>,
    /// Positions of the documents that there are, in the order of their paths.
    pub order: &'a [DocIndex],
    pub addresses: Vec<Option<Box<str>>>,
    pub attachments: Vec<Attachment>,
    /// Folders of the sections in the order in which they are shown.
    pub sections: &'a [Arc<str>],
    pub today: NaiveDate,
    pub due_soon_days: u32,
    /// Schedules whose places were made coarser.
    pub coarsened: BTreeSet<DocIndex>,
    pub measured: Released,
    pub asked: Asked,
    pub versions: BTreeMap<String, String>,
    pub has_share: bool,
}

impl Book {
    pub fn new(contents: Contents<'_>) -> Self {
        let documents = contents.documents;
        let mut by_section: BTreeMap<Arc<str>, Vec<DocIndex>> = BTreeMap::new();
        let mut on_rows: BTreeMap<(DocIndex, usize), Vec<DocIndex>> = BTreeMap::new();
        let mut on_orders: BTreeMap<DocIndex, Vec<DocIndex>> = BTreeMap::new();
        for i in contents.order.iter().copied() {
            let Some(document) = documents.get(i) else {
                continue;
            };
            by_section
                .entry(document.head.section.shared().clone())
                .or_default()
                .push(i);
            if let Some(row) = document.head.row.as_ref().and_then(|r| r.target) {
                on_rows.entry(row).or_default().push(i);
            }
            if let Some(order) = document.head.order.as_ref().and_then(|r| r.target) {
                on_orders.entry(order).or_default().push(i);
            }
        }
        // Only roadmaps that others refer to are asked for anchors one by one.
        let row_anchors = on_rows
            .keys()
            .map(|(roadmap, _)| *roadmap)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter_map(|i| {
                let Body::Roadmap(roadmap) = &documents.get(i)?.body else {
                    return None;
                };
                Some((i, anchors(roadmap)))
            })
            .collect();
        let parts: Vec<Part> = contents
            .sections
            .iter()
            .filter_map(|folder| part(folder, by_section.get(folder)?, &documents))
            .collect();
        let part_of = parts
            .iter()
            .enumerate()
            .map(|(i, p)| (p.folder.clone(), i))
            .collect();
        Book {
            settings: contents.settings,
            documents,
            addresses: contents.addresses,
            attachments: contents.attachments,
            parts,
            today: contents.today,
            due_soon_days: contents.due_soon_days,
            on_rows,
            on_orders,
            anchors: row_anchors,
            part_of,
            coarsened: contents.coarsened,
            measured: contents.measured,
            asked: contents.asked,
            versions: contents.versions,
            has_share: contents.has_share,
            sets: Vec::new(),
        }
    }

    pub fn part(&self, document: DocIndex) -> Option<&Part> {
        let folder = &self.documents.get(document)?.head.section;
        self.part_of
            .get(folder.shared())
            .and_then(|i| self.parts.get(*i))
    }

    pub fn section(&self, part: &Part) -> Option<&Section<Public>> {
        let Body::Section(section) = &self.documents.get(part.home)?.body else {
            return None;
        };
        Some(section)
    }

    pub fn bodies(&self, part: &Part) -> Option<&Bodies<Public>> {
        let Body::Bodies(bodies) = &self.documents.get(part.bodies?)?.body else {
            return None;
        };
        Some(bodies)
    }

    pub fn roadmap(&self, document: DocIndex) -> Option<&Roadmap<Public>> {
        let Body::Roadmap(roadmap) = &self.documents.get(document)?.body else {
            return None;
        };
        Some(roadmap)
    }

    pub fn address(&self, document: DocIndex) -> &str {
        self.addresses
            .get(document)
            .and_then(|a| a.as_deref())
            .unwrap_or("/")
    }

    /// `site:/…` or an address on the net.
    pub fn target(&self, target: &Target) -> Option<String> {
        match target {
            Target::Document(i, anchor) => {
                let page = self.addresses.get(*i)?.as_deref()?;
                Some(match anchor {
                    Some(anchor) => format!("site:{page}#{anchor}"),
                    None => format!("site:{page}"),
                })
            }
            Target::Attachment(i) => {
                let attachment = self.attachments.get(*i)?;
                Some(format!("site:/{}", attachment.address))
            }
            Target::Web(href) => Some(href.to_string()),
        }
    }

    /// Title of a document's page.
    pub fn title(&self, document: DocIndex) -> String {
        self.documents
            .get(document)
            .map_or_else(String::new, |d| listed::title(d))
    }

    pub fn plan(&self, document: DocIndex) -> Option<Plan> {
        self.roadmap(document)?.plan
    }

    /// Anchor of a row of a roadmap.
    pub fn row_anchor(&self, roadmap: DocIndex, row: usize) -> Option<&str> {
        self.anchors.get(&roadmap)?.get(row).map(String::as_str)
    }
}

fn part(
    folder: &Arc<str>,
    members: &[DocIndex],
    documents: &[Arc<Document<Public>>],
) -> Option<Part> {
    let mut kinds: BTreeMap<Kind, Vec<DocIndex>> = BTreeMap::new();
    for i in members {
        kinds.entry(documents[*i].head.kind).or_default().push(*i);
    }
    for list in kinds.values_mut() {
        list.sort_by(|a, b| listed::order(&documents[*a], &documents[*b]));
    }
    let home = *kinds.get(&Kind::Section)?.first()?;
    let roadmaps = kinds.get(&Kind::Roadmap).map_or(&[][..], Vec::as_slice);
    let roadmap = Kind::Roadmap.main(roadmaps, |i| &documents[*i].head.id);
    Some(Part {
        folder: folder.clone(),
        home,
        bodies: kinds.get(&Kind::Bodies).and_then(|l| l.first()).copied(),
        roadmap: roadmap.copied(),
        kinds,
    })
}
