//! Which page lies where.
//!
//! Takes documents; gives the address of each document's page and findings where two meet. Addresses are permanent:
//! they depend on the section, the kind and the id, or on `address:`, and on nothing else.

use std::collections::BTreeMap;

use super::common::Kind;
use super::stage::{Source, Stage};
use super::{Body, Document};
use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Findings, Location};

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
        return Some(own.clone());
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

/// Addresses of all documents; two pages with one address are a finding.
pub fn addresses(documents: &[Document<Source>], findings: &mut Findings) -> Vec<Option<Box<str>>> {
    let addresses: Vec<Option<Box<str>>> = documents.iter().map(address).collect();
    let mut taken: BTreeMap<Box<str>, String> = BTreeMap::new();
    for document in documents {
        let section = &document.head.section;
        for own in OWN {
            taken.insert(format!("/{section}/{own}/").into(), "glasno".into());
        }
        if let Body::Text(_) = document.body {
            continue;
        }
        for (_, kind) in Kind::ALL {
            // An index of indicators exists only where no document takes its place.
            if *kind != Kind::Indicators && !folder(*kind).is_empty() {
                let index = format!("/{section}/{}/", folder(*kind));
                taken.insert(index.into(), "glasno".into());
            }
        }
    }
    for own in ROOT_OWN {
        taken.insert(format!("/{own}/").into(), "glasno".into());
    }
    for (document, address) in documents.iter().zip(&addresses) {
        let Some(address) = address else { continue };
        let head = &document.head;
        if let Some(other) = taken.get(address) {
            let entry = if other == "glasno" {
                &messages::ADDRESS_OWN
            } else {
                &messages::ADDRESS_TWICE
            };
            findings.push(
                Finding::new(entry, Location::at(head.path.clone(), head.at))
                    .arg("address", address)
                    .arg("other", other),
            );
        } else {
            taken.insert(address.clone(), head.path.to_string());
        }
    }
    addresses
}
