//! Links written as paths, resolved to documents and files.
//!
//! Takes the paths of all sources; gives the target of a link as an editor writes it: a path from the file that holds
//! it, or from the section's folder, or an address on the net. Anything else is a finding.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use percent_encoding::percent_decode_str;

use super::Attachment;
use crate::artifact::SitePath;
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Entry, Finding, Findings, Location, Span};
use crate::kinds::{DocIndex, Target};
use crate::source::{SourceFile, is_private};

/// Why a document is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    Draft,
    /// Its day is still to come.
    Waits,
}

impl Hidden {
    /// Of a document that is known to be hidden.
    pub fn of(draft: bool) -> Self {
        if draft { Hidden::Draft } else { Hidden::Waits }
    }

    /// What is said of a reference to it.
    pub fn entry(self) -> &'static Entry {
        match self {
            Hidden::Draft => &messages::REFERS_TO_DRAFT,
            Hidden::Waits => &messages::REFERS_AHEAD,
        }
    }
}

/// Finds what a link means.
pub struct Lookup {
    documents: BTreeMap<Arc<str>, DocIndex>,
    hidden: BTreeMap<Arc<str>, Hidden>,
    /// Attachments: path → position.
    files: BTreeMap<Arc<str>, usize>,
}

impl Lookup {
    pub fn new(
        documents: BTreeMap<Arc<str>, DocIndex>,
        hidden: BTreeMap<Arc<str>, Hidden>,
        files: BTreeMap<Arc<str>, usize>,
    ) -> Self {
        Lookup {
            documents,
            hidden,
            files,
        }
    }

    /// The target of `text` as written in the file `from`, or the message that fits.
    pub fn resolve(&self, from: &str, text: &str) -> Result<Target, &'static Entry> {
        let lower = text.to_lowercase();
        if ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|scheme| lower.starts_with(scheme))
        {
            let bad = text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"');
            return if bad {
                Err(&form::BAD_LINK)
            } else {
                Ok(Target::Web(text.into()))
            };
        }
        let (path, anchor) = match text.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (text, None),
        };
        let anchor: Option<Box<str>> = anchor.filter(|a| !a.is_empty()).map(Into::into);
        if path.is_empty() {
            let own = self
                .documents
                .get(from)
                .copied()
                .ok_or(&messages::NO_FILE)?;
            return Ok(Target::Document(own, anchor));
        }
        if path.contains(':') || path.starts_with("//") || path.contains('\\') {
            return Err(&form::BAD_LINK);
        }
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let section: String = from.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
        // `%20` and the like; what is no text stays as it is.
        let decoded = percent_decode_str(path)
            .decode_utf8()
            .unwrap_or(Cow::Borrowed(path));
        for base in [folder, &*section, "content"] {
            let Some(full) = join(base, &decoded) else {
                continue;
            };
            if !full.starts_with("content/") {
                continue;
            }
            if is_private(Path::new(&full)) {
                return Err(&messages::PRIVATE_FILE);
            }
            if let Some(document) = self.documents.get(&*full) {
                return Ok(Target::Document(*document, anchor));
            }
            if let Some(hidden) = self.hidden.get(&*full) {
                return Err(hidden.entry());
            }
            if let Some(file) = self.files.get(&*full) {
                return Ok(Target::Attachment(*file));
            }
        }
        Err(&messages::NO_FILE)
    }
}

/// `a/b` + `../c` = `a/c`; `None` above the root.
fn join(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Attachments that documents refer to, with the place where the first does.
pub type Used = BTreeMap<usize, (Arc<str>, Span)>;

/// A file as an attachment; it is published when a document refers to it.
pub fn attachment(file: &SourceFile) -> Attachment {
    Attachment {
        path: file.path.clone(),
        full: file.full.clone(),
        len: file.len,
        address: file
            .path
            .strip_prefix("content/")
            .unwrap_or(&file.path)
            .into(),
    }
}

/// Files that nothing refers to are not published, and the editor is told; neither are those whose names cannot stand
/// in an address.
pub fn tell(attachments: &[Attachment], used: &Used, findings: &mut Findings) {
    for (i, attachment) in attachments.iter().enumerate() {
        match used.get(&i) {
            None => findings.push(Finding::new(
                &messages::NOT_USED,
                Location::file(attachment.path.clone()),
            )),
            Some((path, at)) if SitePath::new(&attachment.address).is_none() => {
                let name = attachment.address.rsplit('/').next().unwrap_or("");
                findings.push(
                    Finding::new(&messages::BAD_FILE_NAME, Location::at(path.clone(), *at))
                        .arg("value", name),
                );
            }
            Some(_) => {}
        }
    }
}
