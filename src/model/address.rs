//! Which page lies where.
//!
//! Takes documents; gives the address of each document's page, and findings where two meet. Addresses are permanent:
//! they depend on the section, the kind and the id, or on `address:`, and on nothing else.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Findings, Location, Span};
use crate::kinds::{Document, Kind, PageAt, Stage};

/// Addresses that the program itself makes in a section.
const OWN: &[&str] = &["calendar", "files"];
/// Addresses that the program itself makes at the root.
const ROOT_OWN: &[&str] = &["assets", "opendata", "search", "sitemap"];

/// Folder of the search and its index, from the root.
pub const SEARCH: &str = "search/";

/// Address of one document's page.
pub fn address<S: Stage>(document: &Document<S>) -> Option<Box<str>> {
    let head = &document.head;
    if let Some(own) = &head.address {
        return Some((**own).into());
    }
    let (section, id, about) = (&head.section, &head.id, head.kind.about());
    let text = match about.page {
        PageAt::Nowhere => return None,
        PageAt::Section => format!("/{section}/"),
        PageAt::Folder if about.folder.is_empty() || about.main == Some(id) => {
            format!("/{section}/{id}/")
        }
        PageAt::Folder => format!("/{section}/{}/{id}/", about.folder),
    };
    Some(text.into())
}

/// Address of a kind's index in a section.
pub fn index(section: &str, kind: Kind) -> String {
    format!("/{section}/{}/", kind.about().folder)
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
        for kind in Kind::each().filter(|_| indexed) {
            let about = kind.about();
            // Where the main document lies at the folder itself, it takes the place of an index.
            if about.main != Some(about.folder) && !about.folder.is_empty() {
                taken.insert(index(section, kind).into(), "glasno");
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
