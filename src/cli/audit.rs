//! `glasno audit`: looks for protected names in any files and folders.
//!
//! Takes paths; reads file by file, in parallel, and keeps only the findings, so that memory does not grow with the
//! number of files. Must not change anything.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use serde_json::json;
use walkdir::WalkDir;

use super::args::{AuditArgs, Format};
use super::explain::{self, Line};
use super::{OK, status, words};
use crate::audit::Auditor;
use crate::carrier::Limits;
use crate::diag::catalog::{carrier, disclosure as messages};
use crate::diag::{Finding, Findings, Lang, Location, Severity, print, sarif};
use crate::eye::Tesseract;
use crate::plain;
use crate::protection::Guarding;

/// One file to be read: where it is, and the path by which it is known to the audit.
struct Item {
    full: PathBuf,
    /// Below the argument, with the argument's own last name: names of folders above it are nobody's business.
    known: String,
    shown: String,
    folder: bool,
}

/// Runs the audit and prints what it found.
pub(super) fn audit(args: &AuditArgs, lang: Lang) -> u8 {
    let mut findings = Findings::new();
    let root = Path::new(".");
    let (guarding, found) = Guarding::load(
        root,
        args.common.registry.as_deref(),
        args.common.today(),
        super::ask_passphrase,
    );
    let mut guarding = guarding.map(Guarding::for_any_files);
    findings.extend(found);
    if args.ocr {
        match Tesseract::find() {
            Ok(eye) => guarding = guarding.map(|g| g.with_eye(Box::new(eye))),
            // Files are read all the same; what was asked for and not done is told.
            Err(finding) => findings.push(*finding),
        }
    }
    let files = AtomicUsize::new(0);
    let mut lines: Vec<Line> = Vec::new();
    if let Some(guarding) = &guarding {
        let items = args.paths.iter().flat_map(|path| items(path));
        // A bridge reads the folders as it goes: the list of a large tree is never held whole.
        let found: Vec<(Vec<Finding>, Vec<Line>)> = items
            .par_bridge()
            .map(|item| match item {
                Ok(item) => {
                    files.fetch_add(1, Ordering::Relaxed);
                    one(&item, guarding, args.explain)
                }
                Err(finding) => (vec![*finding], Vec::new()),
            })
            .filter(|(found, lines)| !(found.is_empty() && lines.is_empty()))
            .collect();
        for (found, explained) in found {
            findings.extend(found);
            lines.extend(explained);
        }
        // In each file they come in reading order.
        lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    findings.sort();
    let code = status(&findings, args.common.strict);
    let mask = |text: &str| match &guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    let files = files.into_inner();
    match args.common.format {
        Format::Sarif => {
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{}", sarif::sarif(&findings, lang, &mask).trim_end());
        }
        Format::Json => {
            let summary = [
                ("errors", json!(findings.errors())),
                ("warnings", json!(findings.warnings())),
                ("files", json!(files)),
            ];
            let values = args.explain.then(|| explain::values(&lines, &mask));
            let text = print::explained(&findings, values.as_deref(), &summary, lang, &mask);
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{}", text.trim_end());
        }
        Format::Text => {
            anstream::print!("{}", explain::text(&lines, lang, &mask));
            let _ = print::human(&findings, lang, &mask, &mut anstream::stderr());
            if code == OK {
                anstream::println!("{}", words::audited(files, lang));
            }
        }
    }
    code
}

/// The bytes of a regular file; `None` for one that is larger than any carrier is read. A link to a folder has only a
/// name here: what it leads to is found where it lies.
fn read(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    if fs::metadata(path)?.is_dir() {
        return Ok(Some(Vec::new()));
    }
    match plain::read(path, Limits::default().max_bytes) {
        Err(error) if plain::is_too_large(&error) => Ok(None),
        read => read.map(Some),
    }
}

type Found = Result<Item, Box<Finding>>;

/// The files of one argument; a folder's name is looked at too, even where it is empty.
fn items(argument: &Path) -> Box<dyn Iterator<Item = Found> + Send> {
    let shown = argument.display().to_string();
    if fs::symlink_metadata(argument).is_err() {
        let finding =
            Finding::new(&messages::NO_PATH, Location::file(shown.clone())).arg("path", shown);
        return Box::new(std::iter::once(Err(Box::new(finding))));
    }
    let own = argument
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let base = argument.to_owned();
    // The folders on the way to a single file may name a school as well as its own name.
    let own = if argument.is_file() {
        let steps: Vec<String> = argument
            .components()
            .filter_map(|c| match c {
                std::path::Component::Normal(step) => Some(step.to_string_lossy().into_owned()),
                _ => None,
            })
            .collect();
        steps.join("/")
    } else {
        own
    };
    Box::new(
        WalkDir::new(argument)
            .sort_by_file_name()
            .into_iter()
            .map(move |entry| {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) => {
                        let at = error.path().map_or_else(
                            || base.display().to_string(),
                            |p| p.display().to_string(),
                        );
                        let finding = Finding::new(&messages::UNREADABLE_FILE, Location::file(at))
                            .arg(
                                "why",
                                error
                                    .io_error()
                                    .map_or_else(|| error.to_string(), ToString::to_string),
                            );
                        return Err(Box::new(finding));
                    }
                };
                let below: Vec<String> = entry
                    .path()
                    .strip_prefix(&base)
                    .unwrap_or(entry.path())
                    .iter()
                    .map(|c| c.to_string_lossy().into_owned())
                    .collect();
                let known: Vec<&str> = std::iter::once(own.as_str())
                    .chain(below.iter().map(String::as_str))
                    .filter(|part| !part.is_empty())
                    .collect();
                Ok(Item {
                    known: known.join("/"),
                    shown: entry.path().display().to_string().replace('\\', "/"),
                    folder: entry.file_type().is_dir(),
                    full: entry.into_path(),
                })
            }),
    )
}

/// The findings of one file and, where asked for, what stands behind them.
fn one(item: &Item, guarding: &Guarding, explain: bool) -> (Vec<Finding>, Vec<Line>) {
    let at = || Location::file(item.shown.clone());
    let bytes = if item.folder {
        Vec::new()
    } else {
        match read(&item.full) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => {
                let part = item.known.rsplit('/').next().unwrap_or("");
                let finding = Finding::new(&carrier::TOO_LARGE, at()).arg("part", part);
                return (vec![finding], Vec::new());
            }
            Err(error) => {
                let finding = Finding::new(&messages::UNREADABLE_FILE, at()).arg("why", error);
                return (vec![finding], Vec::new());
            }
        }
    };
    let mut found = guarding.audit(&item.known, &bytes);
    for finding in &mut found {
        // Nothing is published here: a picture nobody has looked at is told, and stops only with --strict.
        if finding.code() == carrier::PICTURE.code {
            finding.severity = Severity::Warning;
        }
        let part = finding
            .location
            .path
            .strip_prefix(&*item.known)
            .unwrap_or("");
        finding.location.path = format!("{}{part}", item.shown).into();
    }
    let explained = match explain {
        true => guarding.explain(&item.known, &bytes),
        false => Vec::new(),
    };
    let shown = |part: &str| match part {
        "" => item.shown.clone(),
        part => format!("{}!{part}", item.shown),
    };
    let lines = explained.into_iter().map(|e| (shown(&e.part), e));
    (found, lines.collect())
}
