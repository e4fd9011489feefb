//! Which page lies where.
//!
//! Takes documents; gives the address of each document's page, and findings where two meet. Addresses are permanent:
//! they depend on the section, the kind and the id, or on `address:`, and on nothing else.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Document;
use super::common::Kind;
use super::stage::Stage;
use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Findings, Location, Span};

/// Folder of a kind's pages below its section, and of its index.
pub fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Section | Kind::Bodies | Kind::Page => "",
        Kind::Order => "orders",
        Kind::Roadmap => "roadmaps",
        Kind::Schedule => "schedules",
        Kind::Seminar => "seminars",
        Kind::Indicators => "indicators",
        Kind::Group => "groups",
        Kind::News => "news",
        Kind::Material => "materials",
        Kind::Document => "documents",
    }
}

/// Addresses that the program itself makes in a section.
const OWN: &[&str] = &["calendar", "files"];
/// Addresses that the program itself makes at the root.
const ROOT_OWN: &[&str] = &["assets", "sitemap"];

/// Address of one document's page.
pub fn address<S: Stage>(document: &Document<S>) -> Option<Box<str>> {
    let head = &document.head;
    if let Some(own) = &head.address {
        return Some((**own).into());
    }
    let (section, id) = (&head.section, &head.id);
    let text = match head.kind {
        Kind::Bodies => return None,
        Kind::Section => format!("/{section}/"),
        Kind::Page => format!("/{section}/{id}/"),
        Kind::Roadmap if &**id == "roadmap" => format!("/{section}/roadmap/"),
        Kind::Indicators if &**id == "indicators" => format!("/{section}/indicators/"),
        kind => format!("/{section}/{}/{id}/", folder(kind)),
    };
    Some(text.into())
}

/// A document by what its address may clash with.
pub struct Named<'a> {
    pub path: &'a Arc<str>,
    pub section: &'a Arc<str>,
    pub at: Span,
    pub is_text: bool,
    pub address: Option<&'a str>,
}

/// Two pages with one address are a finding.
pub fn clashes(documents: &[Named<'_>], findings: &mut Findings) {
    let mut taken: HashMap<Cow<'_, str>, &str> = HashMap::with_capacity(documents.len());
    // Whether a section has any document that is not a text: then it has indexes.
    let mut sections: BTreeMap<&str, bool> = BTreeMap::new();
    for document in documents {
        *sections.entry(document.section).or_default() |= !document.is_text;
    }
    for (section, indexed) in sections {
        for own in OWN {
            taken.insert(format!("/{section}/{own}/").into(), "glasno");
        }
        for (_, kind) in Kind::ALL.iter().filter(|_| indexed) {
            // An index of indicators exists only where no document takes its place.
            if *kind != Kind::Indicators && !folder(*kind).is_empty() {
                taken.insert(format!("/{section}/{}/", folder(*kind)).into(), "glasno");
            }
        }
    }
    for own in ROOT_OWN {
        taken.insert(format!("/{own}/").into(), "glasno");
    }
    for document in documents {
        let Some(address) = document.address else {
            continue;
        };
        if let Some(other) = taken.get(address) {
            let entry = if *other == "glasno" {
                &messages::ADDRESS_OWN
            } else {
                &messages::ADDRESS_TWICE
            };
            findings.push(
                Finding::new(entry, Location::at(document.path.clone(), document.at))
                    .arg("address", address)
                    .arg("other", other),
            );
        } else {
            taken.insert(address.into(), document.path);
        }
    }
}
