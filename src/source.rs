//! Finds and reads the files below `content/`.
//!
//! Takes ROOT; gives every source file with its text (or bytes) and hash, in the order of their paths, and findings
//! for what cannot be read. Must not parse, must not follow a link out of the tree, must not look into
//! a folder named `private`, and must not pass over anything in silence but editors' own droppings.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use crate::diag::catalog::source as messages;
use crate::diag::{Finding, Findings, Location, Span};
use crate::plain;
use crate::text::control;

/// YAML and Markdown above this many bytes are refused: no person wrote them.
pub const MAX_TEXT: u64 = 16 * 1024 * 1024;
/// Attachments above this many bytes are refused.
pub const MAX_ATTACHMENT: u64 = 100 * 1024 * 1024;

/// What a file is, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Yaml,
    Markdown,
    /// Anything else: published only when a document refers to it.
    Attachment,
}

/// One file below `content/`, not yet read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Relative to ROOT, `/`-separated: `content/tula-2024/roadmap.yaml`.
    pub path: Arc<str>,
    pub full: PathBuf,
    pub kind: FileKind,
    pub len: u64,
    /// When it was written, to know it again; never printed.
    pub modified: Option<std::time::SystemTime>,
}

impl SourceFile {
    /// Folder of the section, or `None` for a file that lies in `content/` itself.
    pub fn section(&self) -> Option<&str> {
        let mut parts = self.path.split('/').skip(1);
        let first = parts.next()?;
        parts.next().map(|_| first)
    }

    /// File name without its last extension.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or("");
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// What the file system says now: the files, and what could not be listed.
pub type Listed = (Vec<SourceFile>, Findings);

/// Lists the files below `root/content`. `Err` holds the finding that stops everything: there is no such folder.
pub fn list(root: &Path) -> Result<Listed, Box<Finding>> {
    let content = root.join("content");
    let missing = |_| {
        Box::new(
            Finding::new(&messages::NO_CONTENT, Location::file("content"))
                .arg("root", root.display()),
        )
    };
    let home = content.canonicalize().map_err(missing)?;
    if !home.is_dir() {
        return Err(missing(std::io::Error::other("not a folder")));
    }
    let mut files = Vec::new();
    let mut findings = Findings::new();
    let walk = WalkDir::new(&content).sort_by_file_name().into_iter();
    let wanted =
        |e: &DirEntry| !is_private(Path::new(e.file_name())) && (is_lock(e) || !is_dropping(e));
    for entry in walk.filter_entry(|e| e.depth() == 0 || wanted(e)) {
        let entry = match entry {
            Ok(entry) if mislaid(root, &entry, &mut findings) => continue,
            Ok(entry) => entry,
            Err(error) => {
                let at = error
                    .path()
                    .map_or_else(|| "content".into(), |p| relative(root, p));
                findings.push(unreadable(&at, &why_walk(&error)));
                continue;
            }
        };
        let path = relative(root, entry.path());
        let mut full = entry.path().to_owned();
        if entry.path_is_symlink() {
            match entry.path().canonicalize() {
                Ok(target) if !target.starts_with(&home) => {
                    findings.push(Finding::new(&messages::LINK_OUT, Location::file(path)));
                    continue;
                }
                Ok(target) if is_private(target.strip_prefix(&home).unwrap_or(&target)) => {
                    findings.push(Finding::new(&messages::LINK_PRIVATE, Location::file(path)));
                    continue;
                }
                Ok(target) if target.is_file() => full = target,
                Ok(_) => {
                    findings.push(Finding::new(&messages::LINK_FOLDER, Location::file(path)));
                    continue;
                }
                Err(error) => {
                    findings.push(unreadable(&path, &why_link(&error)));
                    continue;
                }
            }
        } else if !entry.file_type().is_file() {
            if !entry.file_type().is_dir() {
                findings.push(unreadable(&path, "@special-file"));
            } else if kind_of(&path) != FileKind::Attachment {
                findings.push(unreadable(&path, "@folder"));
            }
            continue;
        }
        if entry.path().to_str().is_none() {
            findings.push(Finding::new(
                &messages::NAME_NOT_UNICODE,
                Location::file(path),
            ));
            continue;
        }
        match fs::metadata(&full) {
            Ok(meta) => files.push(SourceFile {
                kind: kind_of(&path),
                path: path.into(),
                full,
                len: meta.len(),
                modified: meta.modified().ok(),
            }),
            Err(error) => findings.push(unreadable(&path, &why(&error))),
        }
    }
    Ok((files, findings))
}

/// The folder that holds `content/`, for a file below it; the nearest, where several do.
pub fn root_of(file: &Path) -> Option<&Path> {
    let mut folders = file.ancestors().skip(1);
    folders.find(|f| f.ends_with("content"))?.parent()
}

/// Whether a path below `content/` lies in a folder that is nobody's business: `private`, of the portal or of a section.
/// Some systems tell no case apart, so a word with capitals is that word.
pub fn is_private(below: &Path) -> bool {
    below
        .components()
        .any(|part| part.as_os_str().eq_ignore_ascii_case("private"))
}

/// Reads a text source: UTF-8 with LF line ends, the mark at its beginning dropped.
pub fn read_text(file: &SourceFile) -> Result<String, Box<Finding>> {
    let at = || Location::file(file.path.clone());
    if file.len > MAX_TEXT {
        return Err(Box::new(
            Finding::new(&messages::TOO_BIG, at())
                .arg("size", file.len / 1_048_576)
                .arg("limit", MAX_TEXT / 1_048_576),
        ));
    }
    let bytes = read(file, MAX_TEXT)?;
    decode(bytes, &file.path)
}

/// Reads an attachment whole.
pub fn read_bytes(file: &SourceFile) -> Result<Vec<u8>, Box<Finding>> {
    if file.len > MAX_ATTACHMENT {
        return Err(Box::new(
            Finding::new(&messages::TOO_BIG, Location::file(file.path.clone()))
                .arg("size", file.len / 1_048_576)
                .arg("limit", MAX_ATTACHMENT / 1_048_576),
        ));
    }
    read(file, MAX_ATTACHMENT)
}

fn read(file: &SourceFile, limit: u64) -> Result<Vec<u8>, Box<Finding>> {
    plain::read(&file.full, limit).map_err(|e| Box::new(unreadable(&file.path, &why(&e))))
}

/// Turns bytes into text, or says which encoding they seem to be in.
pub fn decode(bytes: Vec<u8>, path: &Arc<str>) -> Result<String, Box<Finding>> {
    let wrong = |encoding: &str, span: Option<Span>| {
        Box::new(
            Finding::new(
                &messages::NOT_UTF8,
                Location {
                    path: path.clone(),
                    span,
                },
            )
            .arg("encoding", encoding),
        )
    };
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(wrong("UTF-16", None));
    }
    let head = &bytes[..bytes.len().min(4096)];
    if memchr::memchr(0, head).is_some() {
        let zeros = memchr::memchr_iter(0, head).count();
        let guess = if zeros * 4 > head.len() {
            "UTF-16"
        } else {
            "@binary"
        };
        return Err(wrong(guess, None));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = memchr::memchr_iter(b'\n', &bytes[..valid]).count() + 1;
        let start = memchr::memrchr(b'\n', &bytes[..valid]).map_or(0, |i| i + 1);
        let column = String::from_utf8_lossy(&bytes[start..valid])
            .chars()
            .count()
            + 1;
        let cyrillic = bytes.iter().filter(|b| **b >= 0xc0).count();
        let high = bytes.iter().filter(|b| **b >= 0x80).count();
        let guess = if cyrillic * 10 >= high * 8 {
            "windows-1251"
        } else {
            "@unknown-encoding"
        };
        wrong(
            guess,
            Some(Span::new(
                u32::try_from(line).unwrap_or(u32::MAX),
                u32::try_from(column).unwrap_or(u32::MAX),
                1,
            )),
        )
    })?;
    let text = match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    let text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if let Some((at, character)) = control::first(&text) {
        let before = text.get(..at).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let span = Span::new(narrow(line), narrow(column), 1);
        let finding = Finding::new(&messages::CONTROL, Location::at(path.clone(), span));
        return Err(Box::new(
            finding.arg("character", control::named(character)),
        ));
    }
    if text.trim().is_empty() {
        return Err(Box::new(Finding::new(
            &messages::EMPTY,
            Location::file(path.clone()),
        )));
    }
    Ok(text)
}

/// Quotes the line in every finding that has a place in one of `files`, so that it can be shown with a caret. Done
/// once for all findings: a file is read and its lines are counted once, whatever the number of findings in it.
pub fn quote(findings: &mut Findings, files: &[SourceFile]) {
    let mut by_path: BTreeMap<Arc<str>, Vec<(u32, &mut Finding)>> = BTreeMap::new();
    for finding in findings.iter_mut() {
        let quotable = finding.line_text.is_none() && !finding.code().starts_with("disclosure.");
        if let Some(span) = finding.location.span.filter(|_| quotable) {
            let path = finding.location.path.clone();
            by_path.entry(path).or_default().push((span.line, finding));
        }
    }
    for file in files {
        let Some(mut places) = by_path.remove(&file.path) else {
            continue;
        };
        let Ok(text) = read_text(file) else { continue };
        places.sort_by_key(|(line, _)| *line);
        let mut lines = (1u32..).zip(text.lines());
        let mut current: Option<(u32, Arc<str>)> = None;
        for (wanted, finding) in places {
            if current.as_ref().is_none_or(|(line, _)| *line != wanted) {
                current = lines
                    .find(|(line, _)| *line == wanted)
                    .map(|(line, text)| (line, text.into()));
            }
            finding.line_text = current.as_ref().map(|(_, text)| text.clone());
        }
    }
}

/// The system's refusal as a word of the catalogue, where it is a common one.
pub fn why(error: &std::io::Error) -> String {
    // The kind for a loop of links is not stable yet; the number is that of Linux and Android.
    let looped = cfg!(target_os = "linux") && error.raw_os_error() == Some(40)
        || cfg!(target_os = "macos") && error.raw_os_error() == Some(62);
    match error.kind() {
        _ if looped => "@link-loop".to_owned(),
        ErrorKind::NotFound => "@not-there".to_owned(),
        ErrorKind::PermissionDenied => "@no-right".to_owned(),
        _ => error.to_string(),
    }
}

/// Why a link cannot be followed.
pub fn why_link(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "@link-nowhere".to_owned(),
        _ => why(error),
    }
}

fn why_walk(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(error) => why(error),
        None => error.to_string(),
    }
}

fn unreadable(path: &str, why: &str) -> Finding {
    Finding::new(&messages::UNREADABLE, Location::file(path)).arg("why", why)
}

fn kind_of(path: &str) -> FileKind {
    let extension = path.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    match extension.as_str() {
        "yaml" | "yml" => FileKind::Yaml,
        "md" | "markdown" => FileKind::Markdown,
        _ => FileKind::Attachment,
    }
}

/// What office programs leave beside a file while it is open in them.
fn is_lock(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with("~$") || name.starts_with(".~lock.") && name.ends_with('#')
}

/// Says what to do about a file that is there by mistake; such a file is no source.
fn mislaid(root: &Path, entry: &DirEntry, findings: &mut Findings) -> bool {
    if entry.file_type().is_dir() {
        return false;
    }
    let name = entry.file_name().to_string_lossy();
    let lower = name.to_lowercase();
    let at = || Location::file(relative(root, entry.path()));
    if is_lock(entry) {
        findings.push(Finding::new(&messages::LOCK, at()));
        return true;
    }
    let right = [".yaml.txt", ".yml.txt", ".md.txt"]
        .iter()
        .find(|end| lower.ends_with(*end))
        .and_then(|_| name.get(..name.len().checked_sub(4)?));
    if let Some(right) = right {
        findings.push(Finding::new(&messages::TXT, at()).arg("value", right));
    }
    right.is_some()
}

/// What editors and systems leave behind: lock and backup files, folder settings.
fn is_dropping(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let lower = name.to_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || ["thumbs.db", "desktop.ini"].contains(&lower.as_str())
        || [".swp", ".swo", ".bak", ".tmp", ".orig", ".rej"]
            .iter()
            .any(|end| lower.ends_with(end))
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    parts.join("/")
}
