//! The files of an engine: what was read from each, without its text.
//!
//! Takes the list of files and the paths that may have changed; gives outlines, findings, and the documents just read.
//! A file that cannot be understood any more keeps its last outline: its findings stop the publication anyway, and
//! mending it then costs no more than any other change. Must not resolve anything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::diag::catalog::model as model_messages;
use crate::diag::{Finding, Findings, Location};
use crate::kinds::Places;
use crate::kinds::site::Site;
use crate::kinds::{Document, Kind, Source};
use crate::model::check::Outline;
use crate::model::read::{self, Read};
use crate::model::unread::Unread;
use crate::model::{Attachment, links};
use crate::pipeline::progress::{Progress, Step};
use crate::source::{self, FileKind, SourceFile};

/// So many documents are worked on together.
pub(super) const AT_ONCE: usize = 256;

/// Documents are handed on with their text as long as all of them have no more bytes; the rest are read again in turn.
const AT_HAND: u64 = 24 * 1024 * 1024;

/// One source.
pub(super) struct File {
    pub file: SourceFile,
    hash: blake3::Hash,
    pub outline: Option<Arc<Outline>>,
    site: Option<Box<Site>>,
    findings: Vec<Finding>,
    /// The last version could not be understood: what is known of it.
    broken: Option<Unread>,
    /// Kept where decisions on other documents need it.
    pub kept: Option<Box<Document<Source>>>,
}

/// What a reading brought.
#[derive(Default)]
pub(super) struct Fresh {
    /// Positions are given later: these are paths at first.
    pub paths: BTreeSet<Arc<str>>,
    pub sources: BTreeMap<Arc<str>, Document<Source>>,
    /// Other documents may notice.
    pub structural: bool,
}

pub(super) struct Files {
    /// The day for which the site is made.
    today: NaiveDate,
    /// Sections whose home waits for its day, so that all of them waits.
    waiting: BTreeSet<Arc<str>>,
    files: BTreeMap<Arc<str>, File>,
    attachments: Vec<Attachment>,
    slots: BTreeMap<Arc<str>, usize>,
    present: BTreeSet<Arc<str>>,
}

struct Parsed {
    file: SourceFile,
    hash: blake3::Hash,
    read: Read,
    findings: Vec<Finding>,
    outline: Option<Outline>,
    unread: Option<Unread>,
}

fn parse(file: &SourceFile, with_text: bool) -> Parsed {
    let none = blake3::hash(b"");
    let (hash, read, findings, unread) = match source::read_text(file) {
        Ok(text) => {
            let (read, findings) = read::read(file, &text);
            let unread = matches!(read, Read::Nothing).then(|| Unread::new(file, Some(&text)));
            (blake3::hash(text.as_bytes()), read, findings, unread)
        }
        Err(finding) => {
            let unread = Some(Unread::new(file, None));
            (none, Read::Nothing, vec![*finding], unread)
        }
    };
    let (outline, read) = match read {
        Read::Document(document) => {
            let outline = Outline::of(&document);
            let keep = with_text || is_kept(outline.kind);
            let read = if keep {
                Read::Document(document)
            } else {
                Read::Nothing
            };
            (Some(outline), read)
        }
        other => (None, other),
    };
    Parsed {
        file: file.clone(),
        hash,
        read,
        findings: quoted(findings, file),
        outline,
        unread,
    }
}

/// With the lines that they are about: read once, not again with every change of another file.
pub(super) fn quoted(findings: Vec<Finding>, file: &SourceFile) -> Vec<Finding> {
    if findings.is_empty() {
        return findings;
    }
    let mut findings: Findings = findings.into_iter().collect();
    source::quote(&mut findings, std::slice::from_ref(file));
    findings.into_iter().collect()
}

/// Places are decided for all documents together that have to do with them.
pub(super) fn is_kept(kind: Kind) -> bool {
    kind.about().places != Places::None
}

impl Files {
    pub(super) fn new(today: NaiveDate) -> Self {
        Files {
            today,
            waiting: BTreeSet::new(),
            files: BTreeMap::new(),
            attachments: Vec::new(),
            slots: BTreeMap::new(),
            present: BTreeSet::new(),
        }
    }

    /// Whether a document has no place in the site today: a draft, or its day is still to come.
    pub(super) fn is_hidden(&self, outline: &Outline) -> bool {
        outline.draft || outline.waits(self.today) || self.waiting.contains(&outline.section)
    }

    /// What waits for its day, each told once at its place: a section that waits stands for all that is in it.
    pub(super) fn ahead(&self) -> Vec<Finding> {
        let own = self.outlines().filter(|(_, o)| {
            o.waits(self.today) && (o.kind == Kind::Section || !self.waiting.contains(&o.section))
        });
        own.map(|(path, o)| {
            let day = o.first_day.unwrap_or(self.today).format("%d.%m.%Y");
            let at = Location::at(path.clone(), o.at);
            Finding::new(&model_messages::AHEAD, at).arg("day", day)
        })
        .collect()
    }

    /// Reads what may have changed and forgets what has gone.
    pub(super) fn read(
        &mut self,
        list: &[SourceFile],
        changed: Option<&BTreeSet<String>>,
        progress: &Progress,
    ) -> Fresh {
        let mut fresh = Fresh::default();
        let texts: BTreeMap<&Arc<str>, &SourceFile> = list
            .iter()
            .filter(|f| f.kind != FileKind::Attachment)
            .map(|f| (&f.path, f))
            .collect();
        let before = self.files.len();
        self.files.retain(|path, _| texts.contains_key(path));
        fresh.structural |= self.files.len() != before;
        let wanted: Vec<&SourceFile> = texts
            .values()
            .copied()
            .filter(|f| {
                changed.is_none_or(|c| c.contains(&*f.path)) || !self.files.contains_key(&f.path)
            })
            .collect();
        let mut bytes = 0;
        let wanted: Vec<(&SourceFile, bool)> = wanted
            .into_iter()
            .map(|file| {
                bytes += file.len;
                (file, bytes <= AT_HAND)
            })
            .collect();
        progress.begin(Step::Read, wanted.len());
        let parsed: Vec<Parsed> = wanted
            .par_iter()
            .map(|(file, with_text)| {
                let parsed = parse(file, *with_text);
                progress.one();
                parsed
            })
            .collect();
        for parsed in parsed {
            self.take(parsed, &mut fresh);
        }
        let homes = self.outlines().filter(|(_, o)| o.kind == Kind::Section);
        let waiting = homes.filter(|(_, o)| o.waits(self.today));
        self.waiting = waiting.map(|(_, o)| o.section.clone()).collect();
        // Only what is shown is worked on.
        let shown = |path: &Arc<str>| {
            let outline = self.files.get(path).and_then(|f| f.outline.as_ref());
            outline.is_some_and(|o| !self.is_hidden(o))
        };
        fresh.paths.retain(shown);
        let mut present = BTreeSet::new();
        for file in list.iter().filter(|f| f.kind == FileKind::Attachment) {
            present.insert(file.path.clone());
            let known = self.slots.get(&file.path).copied();
            fresh.structural |= known.and_then(|i| self.attachments.get(i)).is_none_or(|a| {
                a.len != file.len || a.full != file.full || a.modified != file.modified
            });
        }
        fresh.structural |= present != self.present;
        self.present = present;
        fresh
    }

    fn take(&mut self, parsed: Parsed, fresh: &mut Fresh) {
        let path = parsed.file.path.clone();
        let old = self.files.remove(&path);
        let mut file = File {
            file: parsed.file,
            hash: parsed.hash,
            outline: parsed.outline.map(Arc::new),
            site: None,
            findings: parsed.findings,
            broken: parsed.unread,
            kept: None,
        };
        match parsed.read {
            Read::Site(site) => file.site = Some(site),
            Read::Document(document) => {
                if is_kept(document.head.kind) {
                    file.kept = Some(document);
                } else {
                    fresh.sources.insert(path.clone(), *document);
                }
            }
            Read::Nothing => {}
        }
        if let Some(old) = old {
            if file.broken.is_some() && (old.outline.is_some() || old.site.is_some()) {
                // The last good version stays what other documents see.
                file.outline = old.outline;
                file.site = old.site;
                file.kept = old.kept;
                file.hash = old.hash;
                self.files.insert(path, file);
                return;
            }
            let same = match (&old.outline, &file.outline) {
                (Some(old), Some(new)) => old.same(new),
                (None, None) => true,
                _ => false,
            };
            fresh.structural |= !same;
        } else {
            fresh.structural = true;
        }
        if file.outline.is_some() {
            fresh.paths.insert(path.clone());
        }
        self.files.insert(path, file);
    }

    /// The document of a path: as just read, as kept, or read again. `None` when the file is not what it was: then
    /// its own change is still to come.
    pub(super) fn document(&self, path: &str) -> Option<Document<Source>> {
        let file = self.files.get(path)?;
        if let Some(kept) = &file.kept {
            return Some((**kept).clone());
        }
        let text = source::read_text(&file.file).ok()?;
        if blake3::hash(text.as_bytes()) != file.hash {
            return None;
        }
        match read::read(&file.file, &text).0 {
            Read::Document(document) => Some(*document),
            _ => None,
        }
    }

    /// Positions of the attachments there are; a path keeps its position.
    pub(super) fn attachments(&mut self, list: &[&SourceFile]) -> BTreeMap<Arc<str>, usize> {
        let mut slots = BTreeMap::new();
        for (mut attachment, file) in links::attachments(list).into_iter().zip(list) {
            let slot = match self.slots.get(&file.path) {
                Some(slot) => *slot,
                None => {
                    self.slots.insert(file.path.clone(), self.attachments.len());
                    self.attachments.len()
                }
            };
            let known = self.attachments.get(slot).filter(|known| {
                known.full == attachment.full
                    && known.len == attachment.len
                    && known.modified == attachment.modified
            });
            attachment.pages = match known {
                Some(known) => known.pages,
                None => links::pages(&attachment),
            };
            match self.attachments.get_mut(slot) {
                Some(known) => *known = attachment,
                None => self.attachments.push(attachment),
            }
            slots.insert(file.path.clone(), slot);
        }
        slots
    }

    pub(super) fn known_attachments(&self) -> &[Attachment] {
        &self.attachments
    }

    pub(super) fn present_attachments(&self) -> &BTreeSet<Arc<str>> {
        &self.present
    }

    pub(super) fn get(&self, path: &str) -> Option<&File> {
        self.files.get(path)
    }

    pub(super) fn keep(&mut self, path: &str, document: Document<Source>) {
        if let Some(file) = self.files.get_mut(path)
            && is_kept(document.head.kind)
        {
            file.kept = Some(Box::new(document));
        }
    }

    pub(super) fn site(&self) -> Option<&Site> {
        self.files.values().rev().find_map(|f| f.site.as_deref())
    }

    /// Documents by path, drafts among them.
    pub(super) fn outlines(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<Outline>)> {
        self.files
            .iter()
            .filter_map(|(path, f)| Some((path, f.outline.as_ref()?)))
    }

    /// Paths of the documents that have a place in the site.
    pub(super) fn live(&self) -> impl Iterator<Item = &Arc<str>> {
        self.outlines()
            .filter(|(_, o)| !self.is_hidden(o))
            .map(|(path, _)| path)
    }

    pub(super) fn drafts(&self) -> Vec<Arc<str>> {
        self.outlines()
            .filter(|(_, o)| o.draft)
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Sources that could not be understood.
    pub(super) fn unread(&self) -> Vec<Unread> {
        self.files
            .values()
            .filter_map(|f| f.broken.clone())
            .collect()
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        self.files
            .values()
            .flat_map(|f| f.findings.iter().cloned())
            .collect()
    }
}
