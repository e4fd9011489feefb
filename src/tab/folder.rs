//! Reads one school's folder: `school.yaml`, `roadmap.yaml`, `news/*.md`, and the files that these name.
//!
//! Takes the folder; gives typed sources with every link resolved, and findings placed as the editor knows the files.
//! Must not reach outside the folder, by `..` or by a link of the file system.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::names;
use super::source::{self, SchoolFile};
use crate::diag::catalog::{source as reading, tab as messages};
use crate::diag::{Entry, Finding, Location, Span};
use crate::document::decode::Cx;
use crate::document::markdown;
use crate::document::yaml::{self, Origin};
use crate::kinds::common::Responsible;
use crate::kinds::ids::SourcePath;
use crate::kinds::refs::{DocRef, Link, RowRef};
use crate::kinds::visit::{self, Visitor};
use crate::kinds::{Body, Document, Kind, SchoolRef, Source, SourceMarkup, Target};
use crate::model::read::{self, Read};
use crate::plain;
use crate::source::{self as sources, FileKind, SourceFile, decode, read_text};

/// Where documents of a school's folder lie for the readers, which know sources below `content/` alone.
const VIRTUAL: &str = "content/school/";

/// One file of the folder that the tab refers to.
#[derive(Debug, Clone)]
pub struct Held {
    /// As shown in findings.
    pub path: Arc<str>,
    pub full: PathBuf,
    pub len: u64,
    /// Name without extension, for what has no title; lower-case extension.
    pub stem: String,
    pub extension: String,
}

/// Everything of one school.
#[derive(Debug)]
pub struct Folder {
    pub file: SchoolFile,
    pub roadmap: Option<Document<Source>>,
    /// Newest first.
    pub news: Vec<Document<Source>>,
    pub held: Vec<Held>,
    /// Links of Markdown: (document, as written) → target. The roadmap is document 0, news follow.
    pub links: BTreeMap<(usize, Box<str>), Target>,
    /// Targets of `normative` and of `documents`, in their order.
    pub normative: Vec<Option<Target>>,
    pub documents: Vec<Option<Target>>,
    pub findings: Vec<Finding>,
}

/// Reads `school.yaml` alone. The path is for findings.
pub fn school_file(full: &Path, shown: &Arc<str>) -> (Option<SchoolFile>, Vec<Finding>) {
    let bytes = match plain::read(full, sources::MAX_TEXT) {
        Ok(bytes) => bytes,
        Err(error) => return (None, vec![unreadable(shown, &sources::why(&error))]),
    };
    let text = match decode(bytes, shown) {
        Ok(text) => text,
        Err(finding) => return (None, vec![*finding]),
    };
    let origin = Origin {
        path: shown,
        text: &text,
        first_line: 0,
    };
    let (node, findings) = yaml::parse(origin);
    let mut cx = Cx::new(origin);
    cx.findings = findings;
    let file = node.and_then(|node| source::read(&node, &mut cx));
    (file, cx.findings)
}

/// Reads the folder; `shown` is its path in findings, without a final slash, empty for the present one.
pub fn read(folder: &Path, shown: &str) -> Result<Folder, Vec<Finding>> {
    let known = |name: &str| -> Arc<str> {
        match shown {
            "" => name.into(),
            shown => format!("{shown}/{name}").into(),
        }
    };
    let path = known("school.yaml");
    let home = match folder.canonicalize() {
        Ok(home) => home,
        Err(error) => return Err(vec![unreadable(&path, &sources::why(&error))]),
    };
    let Some(full) = there(&home, "school.yaml", &path).map_err(|f| vec![*f])? else {
        let at = Location::file(path);
        return Err(vec![Finding::new(&messages::NO_SCHOOL, at)]);
    };
    let (file, mut findings) = school_file(&full, &path);
    let Some(file) = file else {
        return Err(findings);
    };
    let mut shelf = Shelf {
        home,
        shown: known(""),
        held: Vec::new(),
        places: BTreeMap::new(),
        links: BTreeMap::new(),
        findings: Vec::new(),
    };
    let mut roadmap = None;
    let mut news = Vec::new();
    for name in texts(&shelf.home, &known, &mut findings) {
        let Some(document) = document(&shelf.home, &name, &known, &mut findings) else {
            continue;
        };
        let at = Location::at(document.head.path.file().clone(), document.head.at);
        match document.head.kind {
            _ if document.head.draft => {}
            Kind::Roadmap if roadmap.is_none() => roadmap = Some(document),
            Kind::Roadmap => findings.push(Finding::new(&messages::TWO_ROADMAPS, at)),
            Kind::News => news.push(document),
            other => {
                findings.push(Finding::new(&messages::WRONG_KIND, at).arg("value", other.word()))
            }
        }
    }
    let day = |d: &Document<Source>| match &d.body {
        Body::Text(text) => text.date.or(d.head.published),
        _ => d.head.published,
    };
    news.sort_by(|a, b| day(b).cmp(&day(a)).then_with(|| a.head.id.cmp(&b.head.id)));
    for (i, document) in roadmap
        .iter_mut()
        .enumerate()
        .chain(news.iter_mut().enumerate().map(|(i, d)| (i + 1, d)))
    {
        let below = document
            .head
            .path
            .file()
            .strip_prefix(&*shelf.shown)
            .unwrap_or("");
        let folder = below.rsplit_once('/').map_or("", |(f, _)| f).to_owned();
        visit::visit(
            document,
            &mut Resolver {
                shelf: &mut shelf,
                document: i,
                path: document_path(&known, below),
                folder,
            },
        );
    }
    let target = |shelf: &mut Shelf, text: &crate::kinds::SourceText, is_file: bool| match shelf
        .resolve("", &text.text, is_file)
    {
        Ok(target) => Some(target),
        Err(entry) => {
            shelf.say(entry, &path, text.at, &text.text);
            None
        }
    };
    let normative = file
        .normative
        .iter()
        .map(|p| target(&mut shelf, &p.target, p.is_file))
        .collect();
    let documents = file
        .documents
        .iter()
        .map(|p| target(&mut shelf, &p.target, p.is_file))
        .collect();
    findings.append(&mut shelf.findings);
    Ok(Folder {
        file,
        roadmap,
        news,
        held: shelf.held,
        links: shelf.links,
        normative,
        documents,
        findings,
    })
}

fn document_path(known: &dyn Fn(&str) -> Arc<str>, below: &str) -> Arc<str> {
    known(below)
}

/// Names of the YAML and Markdown sources below the folder, in order.
fn texts(
    folder: &Path,
    known: &dyn Fn(&str) -> Arc<str>,
    findings: &mut Vec<Finding>,
) -> Vec<String> {
    let mut names: Vec<String> = ["roadmap.yaml", "roadmap.yml"]
        .into_iter()
        .filter(|name| fs::symlink_metadata(folder.join(name)).is_ok())
        .map(str::to_owned)
        .collect();
    let news = folder.join("news");
    match fs::read_dir(&news) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Ok(entries) => {
            let mut found: Vec<String> = entries
                .filter_map(Result::ok)
                .filter_map(|e| e.file_name().to_str().map(str::to_owned))
                .filter(|name| name.ends_with(".md") && !name.starts_with('.'))
                .map(|name| format!("news/{name}"))
                .collect();
            found.sort();
            names.append(&mut found);
        }
        Err(error) => findings.push(unreadable(&known("news"), &sources::why(&error))),
    }
    names
}

/// Reads one document; its findings and its head get the path that the editor knows.
fn document(
    folder: &Path,
    name: &str,
    known: &dyn Fn(&str) -> Arc<str>,
    findings: &mut Vec<Finding>,
) -> Option<Document<Source>> {
    let full = match there(folder, name, &known(name)) {
        Ok(full) => full?,
        Err(finding) => {
            findings.push(*finding);
            return None;
        }
    };
    let len = fs::metadata(&full).map_or(0, |m| m.len());
    let file = SourceFile {
        path: format!("{VIRTUAL}{name}").into(),
        kind: if name.ends_with(".md") {
            FileKind::Markdown
        } else {
            FileKind::Yaml
        },
        full,
        modified: None,
        len,
    };
    let (read, found) = match read_text(&file) {
        Ok(text) => read::read(&file, &text),
        Err(finding) => (Read::Nothing, vec![*finding]),
    };
    findings.extend(found.into_iter().map(|mut finding| {
        finding.location.path = known(name);
        finding
    }));
    match read {
        Read::Document(mut document) => {
            document.head.path = SourcePath::new(known(name));
            Some(*document)
        }
        _ => None,
    }
}

/// The files that the school's sources name.
struct Shelf {
    home: PathBuf,
    /// What paths in findings begin with.
    shown: Arc<str>,
    held: Vec<Held>,
    places: BTreeMap<PathBuf, usize>,
    links: BTreeMap<(usize, Box<str>), Target>,
    findings: Vec<Finding>,
}

impl Shelf {
    fn say(&mut self, entry: &'static Entry, path: &Arc<str>, at: Span, value: &str) {
        self.findings
            .push(Finding::new(entry, Location::at(path.clone(), at)).arg("value", value));
    }

    /// The target of `text` as written in a file of `folder` (below the school's).
    fn resolve(
        &mut self,
        folder: &str,
        text: &str,
        file_only: bool,
    ) -> Result<Target, &'static Entry> {
        let text = text.trim();
        let lower = text.to_lowercase();
        let web = ["https://", "http://", "mailto:", "tel:"];
        if web.iter().any(|scheme| lower.starts_with(scheme)) && !file_only {
            let bad = text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"');
            return match bad {
                true => Err(&messages::BAD_LINK),
                false => Ok(Target::Web(text.into())),
            };
        }
        if text.contains(':') || text.contains('\\') || text.starts_with('/') || text.is_empty() {
            return Err(&messages::BAD_LINK);
        }
        let candidates = [
            self.home.join(folder).join(text),
            self.home.join(text),
            self.home.join("documents").join(text),
        ];
        let Some(full) = candidates.iter().find_map(|p| p.canonicalize().ok()) else {
            return Err(&messages::FILE_MISSING);
        };
        let Ok(below) = full.strip_prefix(&self.home) else {
            return Err(&messages::FILE_OUTSIDE);
        };
        if !full.is_file() {
            return Err(&messages::FILE_MISSING);
        }
        let below = below.to_string_lossy().replace('\\', "/");
        let name = below.rsplit('/').next().unwrap_or("");
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let extension = extension.to_lowercase();
        if !names::PERMITTED.contains(&extension.as_str()) {
            return Err(&messages::FILE_TYPE);
        }
        if let Some(place) = self.places.get(&full) {
            return Ok(Target::Attachment(*place));
        }
        let held = Held {
            path: format!("{}{below}", self.shown).into(),
            len: fs::metadata(&full).map_or(0, |m| m.len()),
            stem: stem.to_owned(),
            extension,
            full: full.clone(),
        };
        self.places.insert(full, self.held.len());
        self.held.push(held);
        Ok(Target::Attachment(self.held.len() - 1))
    }
}

struct Resolver<'s> {
    shelf: &'s mut Shelf,
    document: usize,
    path: Arc<str>,
    folder: String,
}

impl Visitor for Resolver<'_> {
    // A school's roadmap names the operator's orders and bodies in words; there is nothing here to find them in.
    fn document(&mut self, _: &mut DocRef<Source>, _: Option<Kind>) {}
    fn row(&mut self, _: &mut RowRef<Source>) {}
    fn responsible(&mut self, _: &mut Responsible<Source>) {}
    fn school(&mut self, _: &mut SchoolRef) {}

    fn link(&mut self, link: &mut Link<Source>) {
        match self.shelf.resolve(&self.folder, &link.text, false) {
            Ok(target) => link.target = Some(target),
            Err(entry) => self.shelf.say(entry, &self.path, link.at, &link.text),
        }
    }

    fn markup(&mut self, text: &mut SourceMarkup) {
        if markdown::is_plain(&text.text) {
            return;
        }
        let mut cx = Cx::new(Origin {
            path: &self.path,
            text: "",
            first_line: 0,
        });
        let destinations = markdown::check(&text.text, text.at, text.prose, &mut cx);
        self.shelf.findings.extend(cx.findings);
        for destination in destinations {
            let at = markdown::place(&text.text, destination.at, text.at);
            match self.shelf.resolve(&self.folder, &destination.text, false) {
                Ok(target) => {
                    let key = (self.document, destination.text.into());
                    self.shelf.links.insert(key, target);
                }
                Err(entry) => self.shelf.say(entry, &self.path, at, &destination.text),
            }
        }
    }
}

/// Where a source of the folder lies; `None` when nothing does. A link that leads out of `home` is refused.
fn there(home: &Path, name: &str, path: &Arc<str>) -> Result<Option<PathBuf>, Box<Finding>> {
    match home.join(name).canonicalize() {
        Ok(full) if full.starts_with(home) => Ok(Some(full)),
        Ok(_) => {
            let at = Location::file(path.clone());
            Err(Box::new(
                Finding::new(&messages::FILE_OUTSIDE, at).arg("value", name),
            ))
        }
        Err(error) if fs::symlink_metadata(home.join(name)).is_ok() => {
            Err(Box::new(unreadable(path, &sources::why_link(&error))))
        }
        Err(_) => Ok(None),
    }
}

fn unreadable(path: &Arc<str>, why: &str) -> Finding {
    Finding::new(&reading::UNREADABLE, Location::file(path.clone())).arg("why", why)
}
