//! Links written as paths, resolved to documents and files.
//!
//! Takes the paths of all sources; gives the target of a link as an editor writes it: a path from the file that holds
//! it, or from the section's folder, or an address on the net. Anything else is a finding.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::common::Target;
use super::stage::Source;
use super::{Attachment, DocIndex, Document};
use crate::artifact::SitePath;
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Entry, Finding, Findings, Location, Span};
use crate::source::{FileKind, SourceFile};

/// Finds what a link means.
pub struct Lookup {
    documents: BTreeMap<Arc<str>, DocIndex>,
    drafts: BTreeSet<Arc<str>>,
    /// Path → position in `files`.
    files: BTreeMap<Arc<str>, usize>,
    list: Vec<(Arc<str>, PathBuf, u64)>,
}

impl Lookup {
    pub fn new(
        documents: &[Document<Source>],
        drafts: &BTreeSet<Arc<str>>,
        files: &[SourceFile],
    ) -> Self {
        let attachments = files.iter().filter(|f| f.kind == FileKind::Attachment);
        let list: Vec<_> = attachments
            .map(|f| (f.path.clone(), f.full.clone(), f.len))
            .collect();
        Lookup {
            documents: documents
                .iter()
                .enumerate()
                .map(|(i, d)| (d.head.path.clone(), i))
                .collect(),
            drafts: drafts.clone(),
            files: list
                .iter()
                .enumerate()
                .map(|(i, (path, ..))| (path.clone(), i))
                .collect(),
            list,
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
        let decoded = percent_decode(path);
        for base in [folder, &*section, "content"] {
            let Some(full) = join(base, &decoded) else {
                continue;
            };
            if !full.starts_with("content/") || full.starts_with("content/private/") {
                continue;
            }
            if let Some(document) = self.documents.get(&*full) {
                return Ok(Target::Document(*document, anchor));
            }
            if self.drafts.contains(&*full) {
                return Err(&messages::REFERS_TO_DRAFT);
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

/// `%20` and the like; what is not valid stays as it is.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = text
            .get(i + 1..i + 3)
            .filter(|_| bytes[i] == b'%')
            .and_then(|h| u8::from_str_radix(h, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                i += 3;
            }
            None => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The files that are referred to become attachments; targets are renumbered to them.
pub fn attachments(
    lookup: &Lookup,
    used: &BTreeMap<usize, (Arc<str>, Span)>,
    links: &mut BTreeMap<(DocIndex, Box<str>), Target>,
    documents: &mut [Document<Source>],
    findings: &mut Findings,
) -> Vec<Attachment> {
    let mut attachments = Vec::new();
    let mut renumbered = BTreeMap::new();
    for (file, (path, at)) in used {
        let Some((source, full, len)) = lookup.list.get(*file) else {
            continue;
        };
        let below = source.strip_prefix("content/").unwrap_or(source);
        let address = SitePath::new(below);
        if address.is_none() {
            findings.push(
                Finding::new(&messages::BAD_FILE_NAME, Location::at(path.clone(), *at))
                    .arg("value", below.rsplit('/').next().unwrap_or(below)),
            );
            continue;
        }
        renumbered.insert(*file, attachments.len());
        attachments.push(Attachment {
            path: source.clone(),
            full: full.clone(),
            len: *len,
            address: below.into(),
        });
    }
    let mut renumber = Renumber(&renumbered);
    for document in documents {
        super::visit::visit(document, &mut renumber);
    }
    for target in links.values_mut() {
        renumber.target(target);
    }
    attachments
}

struct Renumber<'a>(&'a BTreeMap<usize, usize>);

impl Renumber<'_> {
    fn target(&self, target: &mut Target) {
        if let Target::Attachment(file) = target
            && let Some(new) = self.0.get(file)
        {
            *file = *new;
        }
    }
}

impl super::visit::Visitor for Renumber<'_> {
    fn document(&mut self, _: &mut super::common::DocRef, _: Option<super::Kind>) {}
    fn row(&mut self, _: &mut super::common::RowRef) {}
    fn responsible(&mut self, _: &mut super::common::Responsible<Source>) {}
    fn school(&mut self, _: &mut super::SchoolRef) {}
    fn link(&mut self, link: &mut super::common::Link) {
        if let Some(target) = &mut link.target {
            self.target(target);
        }
    }
    fn markup(&mut self, _: &mut super::SourceMarkup) {}
}

/// Files that nothing refers to are not published, and the editor is told.
pub fn unused(
    lookup: &Lookup,
    used: &BTreeMap<usize, (Arc<str>, Span)>,
    files: &[SourceFile],
    findings: &mut Findings,
) {
    let _ = files;
    for (i, (path, ..)) in lookup.list.iter().enumerate() {
        if !used.contains_key(&i) {
            findings.push(Finding::new(
                &messages::NOT_USED,
                Location::file(path.clone()),
            ));
        }
    }
}
