//! Links written as paths, resolved to documents and files.
//!
//! Takes the paths of all sources; gives the target of a link as an editor writes it: a path from the file that holds
//! it, or from the section's folder, or an address on the net. Anything else is a finding.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::Attachment;
use crate::artifact::{SitePath, is_reserved};
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Entry, Finding, Findings, Location, Span};
use crate::kinds::{DocIndex, Target};
use crate::source::{self, SourceFile, is_private};
use crate::text::slug;
use crate::{carrier, plain};

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
    /// The same by composed letters: systems write «й» in one piece or in two.
    composed: BTreeMap<String, usize>,
}

impl Lookup {
    pub fn new(
        documents: BTreeMap<Arc<str>, DocIndex>,
        hidden: BTreeMap<Arc<str>, Hidden>,
        files: BTreeMap<Arc<str>, usize>,
    ) -> Self {
        let composed = files
            .iter()
            .filter(|(path, _)| !path.is_ascii())
            .map(|(path, i)| (path.nfc().collect(), *i))
            .collect();
        Lookup {
            composed,
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
        // A file may be called «план #1 100%.xlsx».
        if let Some(found) = self.attachment(from, text) {
            return Ok(Target::Attachment(found));
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
        if let Some(found) = self.attachment(from, path) {
            return Ok(Target::Attachment(found));
        }
        for full in candidates(from, path) {
            if is_private(Path::new(&full)) {
                return Err(&messages::PRIVATE_FILE);
            }
            if let Some(document) = self.documents.get(&*full) {
                return Ok(Target::Document(*document, anchor));
            }
            if let Some(hidden) = self.hidden.get(&*full) {
                return Err(hidden.entry());
            }
        }
        Err(&messages::NO_FILE)
    }

    /// The file of this name, if there is one; it may lie where nothing is published from.
    fn attachment(&self, from: &str, path: &str) -> Option<usize> {
        for full in candidates(from, path) {
            if is_private(Path::new(&full)) {
                return None;
            }
            let known = || self.composed.get(&full.nfc().collect::<String>());
            if let Some(file) = self.files.get(&*full).or_else(known) {
                return Some(*file);
            }
        }
        None
    }
}

/// What a path may mean: from the file's folder, the section's, all of the content; as written, or with `%20` and the
/// like for what they stand for.
fn candidates(from: &str, path: &str) -> Vec<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let section: String = from.splitn(3, '/').take(2).collect::<Vec<_>>().join("/");
    // What is no text stays as it is.
    let decoded = percent_decode_str(path)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(path));
    let mut all = Vec::new();
    for path in [path, &*decoded] {
        for base in [folder, &*section, "content"] {
            all.extend(join(base, path).filter(|full| full.starts_with("content/")));
        }
    }
    all.dedup();
    all
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

/// Files as attachments, in the given order; they are published when a document refers to them.
pub fn attachments(files: &[&SourceFile]) -> Vec<Attachment> {
    addresses(files)
        .into_iter()
        .zip(files)
        .map(|(address, file)| Attachment {
            path: file.path.clone(),
            full: file.full.clone(),
            len: file.len,
            modified: file.modified,
            address,
            pages: None,
        })
        .collect()
}

/// How many pages a PDF has; `None` for any other file.
pub fn pages(attachment: &Attachment) -> Option<u32> {
    if !attachment.address.ends_with(".pdf") {
        return None;
    }
    let bytes = plain::read(&attachment.full, source::MAX_ATTACHMENT).ok()?;
    carrier::pdf_pages(&bytes)
}

/// Where files lie on the site: under their own names, or transliterated where these cannot stand in an address.
fn addresses(files: &[&SourceFile]) -> Vec<Box<str>> {
    let below: Vec<&str> = files
        .iter()
        .map(|f| f.path.strip_prefix("content/").unwrap_or(&f.path))
        .collect();
    let mut taken: BTreeSet<String> = below
        .iter()
        .filter(|path| SitePath::new(path).is_some())
        .map(|path| (*path).to_owned())
        .collect();
    let mut addresses = Vec::with_capacity(below.len());
    for path in below {
        if SitePath::new(path).is_some() {
            addresses.push(path.into());
            continue;
        }
        let (stem, extension) = transliterated(path);
        let mut address = format!("{stem}{extension}");
        if !taken.insert(address.clone()) {
            // By the file's own name, so that it stays when others come and go.
            let hash = blake3::hash(path.as_bytes()).to_hex();
            address = format!("{stem}-{}{extension}", hash.get(..6).unwrap_or(""));
            taken.insert(address.clone());
        }
        addresses.push(address.into());
    }
    addresses
}

/// The path in Latin letters without its extension, and the extension with its dot.
fn transliterated(path: &str) -> (String, String) {
    const MOST: usize = 60;
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let latin = |part: &str, otherwise: &str| {
        let mut slug = slug(part);
        slug.truncate(MOST);
        match slug.trim_end_matches('-') {
            "" => otherwise.to_owned(),
            slug if is_reserved(slug) => format!("{slug}-1"),
            slug => slug.to_owned(),
        }
    };
    let mut out = String::new();
    for part in folder.split('/').filter(|p| !p.is_empty()) {
        let kept = SitePath::new(part).map(|_| part.to_owned());
        out.push_str(&kept.unwrap_or_else(|| latin(part, "papka")));
        out.push('/');
    }
    out.push_str(&latin(stem, "fayl"));
    let extension = slug(extension);
    let dot = if extension.is_empty() { "" } else { "." };
    (out, format!("{dot}{extension}"))
}

/// Files that nothing refers to are not published, and the editor is told; neither are those that hold nothing.
pub fn tell(attachments: &[Attachment], used: &Used, findings: &mut Findings) {
    for (i, attachment) in attachments.iter().enumerate() {
        match used.get(&i) {
            None => findings.push(Finding::new(
                &messages::NOT_USED,
                Location::file(attachment.path.clone()),
            )),
            Some((path, at)) if attachment.len == 0 => {
                let name = attachment.path.rsplit('/').next().unwrap_or("");
                let at = Location::at(path.clone(), *at);
                findings.push(Finding::new(&messages::EMPTY_FILE, at).arg("value", name));
            }
            Some(_) => {}
        }
    }
}
