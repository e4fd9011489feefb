//! The public documents with everything that pages need to find in them quickly.
//!
//! Takes public documents; gives indexes: by section and kind, rows with what refers to them, events, progress.
//! Must not see a value of the stage `Source` but addresses and settings that were made public first.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::format;
use super::view::Progress;
use crate::diag::message::plural;
use crate::disclosure::{Public, PublicText};
use crate::model::period::{Plan, Status};
use crate::model::roadmap::{Roadmap, anchors};
use crate::model::section::{Bodies, Section};
use crate::model::{Attachment, Body, DocIndex, Document, Kind, Target};

/// The portal's settings, made public.
#[derive(Debug, Clone)]
pub struct Settings {
    pub title: PublicText,
    pub short_title: Option<PublicText>,
    pub description: Option<PublicText>,
    pub base_url: String,
    pub publisher_name: Option<PublicText>,
    pub publisher_phone: Option<PublicText>,
    pub publisher_email: Option<PublicText>,
    pub publisher_address: Option<PublicText>,
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
    pub coarsened: std::collections::BTreeSet<DocIndex>,
}

impl Book {
    /// `order` holds the positions of the documents that there are, in the order of their paths.
    #[allow(clippy::too_many_arguments)]
    pub fn new(
        settings: Settings,
        documents: Vec<Arc<Document<Public>>>,
        order: &[DocIndex],
        addresses: Vec<Option<Box<str>>>,
        attachments: Vec<Attachment>,
        sections: &[Arc<str>],
        today: NaiveDate,
        due_soon_days: u32,
        coarsened: std::collections::BTreeSet<DocIndex>,
    ) -> Self {
        let mut by_section: BTreeMap<Arc<str>, Vec<DocIndex>> = BTreeMap::new();
        let mut on_rows: BTreeMap<(DocIndex, usize), Vec<DocIndex>> = BTreeMap::new();
        let mut on_orders: BTreeMap<DocIndex, Vec<DocIndex>> = BTreeMap::new();
        for i in order.iter().copied() {
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
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter_map(|i| match &documents.get(i)?.body {
                Body::Roadmap(roadmap) => Some((i, anchors(roadmap))),
                _ => None,
            })
            .collect();
        let parts: Vec<Part> = sections
            .iter()
            .filter_map(|folder| part(folder, by_section.get(folder)?, &documents))
            .collect();
        let part_of = parts
            .iter()
            .enumerate()
            .map(|(i, p)| (p.folder.clone(), i))
            .collect();
        Book {
            settings,
            documents,
            addresses,
            attachments,
            parts,
            today,
            due_soon_days,
            on_rows,
            on_orders,
            anchors: row_anchors,
            part_of,
            coarsened,
        }
    }

    pub fn part(&self, document: DocIndex) -> Option<&Part> {
        let folder = &self.documents.get(document)?.head.section;
        self.part_of
            .get(folder.shared())
            .and_then(|i| self.parts.get(*i))
    }

    pub fn section(&self, part: &Part) -> Option<&Section<Public>> {
        match &self.documents.get(part.home)?.body {
            Body::Section(section) => Some(section),
            _ => None,
        }
    }

    pub fn bodies(&self, part: &Part) -> Option<&Bodies<Public>> {
        match &self.documents.get(part.bodies?)?.body {
            Body::Bodies(bodies) => Some(bodies),
            _ => None,
        }
    }

    pub fn roadmap(&self, document: DocIndex) -> Option<&Roadmap<Public>> {
        match &self.documents.get(document)?.body {
            Body::Roadmap(roadmap) => Some(roadmap),
            _ => None,
        }
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
        let Some(d) = self.documents.get(document) else {
            return String::new();
        };
        if let Some(title) = &d.head.title {
            return title.print();
        }
        match &d.body {
            Body::Order(order) => super::texts::order_title(order),
            _ => d.head.id.to_string(),
        }
    }

    /// Status of every row of a roadmap, in the printed order.
    pub fn states(&self, roadmap: &Roadmap<Public>) -> Vec<Option<Status>> {
        let plan = roadmap.plan;
        roadmap
            .rows()
            .map(|(_, row)| {
                format::state(row.period.as_ref(), row.done.is_some(), plan.as_ref(), self)
            })
            .collect()
    }

    /// How far a roadmap has come.
    pub fn progress(&self, roadmap: &Roadmap<Public>) -> Progress {
        progress(&self.states(roadmap))
    }

    pub fn plan(&self, document: DocIndex) -> Option<Plan> {
        self.roadmap(document)?.plan
    }

    /// Anchor of a row of a roadmap.
    pub fn row_anchor(&self, roadmap: DocIndex, row: usize) -> Option<&str> {
        self.anchors.get(&roadmap)?.get(row).map(String::as_str)
    }
}

/// Counts states. A row without a period (one that only heads others) counts as under way.
pub fn progress(states: &[Option<Status>]) -> Progress {
    let count = |wanted| states.iter().filter(|s| **s == Some(wanted)).count();
    let total = states.len();
    let done = count(Status::Done);
    Progress {
        total,
        done,
        overdue: count(Status::Overdue),
        due_soon: count(Status::DueSoon),
        under_way: count(Status::UnderWay),
        upcoming: count(Status::Upcoming),
        percent: (done * 100).checked_div(total).unwrap_or(0),
        words: format!("выполнено {done} из {total}"),
    }
}

/// «25 мероприятий»
pub fn count_words(n: usize, forms: [&str; 3]) -> String {
    format!("{n}\u{a0}{}", plural(n as u64, &forms))
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
    for (kind, list) in &mut kinds {
        list.sort_by(|a, b| order_in_list(*kind, &documents[*a], &documents[*b]));
    }
    let home = *kinds.get(&Kind::Section)?.first()?;
    let roadmap = kinds.get(&Kind::Roadmap).and_then(|list| {
        list.iter()
            .find(|i| &*documents[**i].head.id == "roadmap")
            .or(list.first())
            .copied()
    });
    Some(Part {
        folder: folder.clone(),
        home,
        bodies: kinds.get(&Kind::Bodies).and_then(|l| l.first()).copied(),
        kinds,
        roadmap,
    })
}

/// The day by which a document stands in lists.
pub fn day(document: &Document<Public>) -> Option<NaiveDate> {
    match &document.body {
        Body::Order(order) => Some(order.date),
        Body::Text(text) => text.date.or(document.head.published),
        Body::Seminar(seminar) => seminar.date.from.or(seminar.date.to),
        _ => document.head.published,
    }
}

/// Newest first where there are days, then by id, so that the order is total.
fn order_in_list(kind: Kind, a: &Document<Public>, b: &Document<Public>) -> std::cmp::Ordering {
    let by_day = match kind {
        Kind::News | Kind::Order | Kind::Seminar => day(b).cmp(&day(a)),
        _ => std::cmp::Ordering::Equal,
    };
    by_day.then_with(|| a.head.id.cmp(&b.head.id))
}
