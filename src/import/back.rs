//! Reads back: what a directory of bodies that is there spells, and whether what will be written is read without an error.

use std::path::PathBuf;

use super::{Stopped, registry};
use crate::batch as write;
use crate::diag::catalog::{document, import as say};
use crate::diag::{Finding, Location};
use crate::kinds::Body;
use crate::model;
use crate::source::{FileKind, SourceFile};

/// The ids and spellings of a directory that is there.
pub(super) fn known_bodies(path: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let file = as_source(path);
    let (read, _) = model::read::read(&file, text);
    let model::read::Read::Document(document) = read else {
        return Vec::new();
    };
    let Body::Bodies(directory) = document.body else {
        return Vec::new();
    };
    directory
        .bodies
        .iter()
        .map(|b| {
            let spelled = std::iter::once(&b.name)
                .chain(&b.short)
                .chain(&b.aliases)
                .map(|t| t.text.to_string())
                .collect();
            (b.id.to_string(), spelled)
        })
        .collect()
}

/// A directory's text with more items at its end, as deep as those that are there.
pub(super) fn longer(old: &str, items: &str) -> String {
    let depth = old
        .lines()
        .find(|l| l.trim_start().starts_with("- "))
        .map_or(2, |l| l.len() - l.trim_start().len());
    let mut out = old.trim_end().to_owned();
    out.push('\n');
    for line in items.lines() {
        out.push_str(&" ".repeat(depth));
        out.push_str(line.strip_prefix("  ").unwrap_or(line));
        out.push('\n');
    }
    out
}

pub(super) fn as_source(path: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        full: PathBuf::from(path),
        kind: if path.ends_with(".md") {
            FileKind::Markdown
        } else {
            FileKind::Yaml
        },
        modified: None,
        len: 0,
    }
}

/// Reads back what will be written: a file that stops the build must not be left behind.
pub(super) fn check(file: &write::File) -> Result<(), Stopped> {
    if file.path == registry::PATH {
        return Ok(());
    }
    let (read, findings) = model::read::read(&as_source(&file.path), file.as_text());
    let error = findings.into_iter().find(Finding::is_error);
    match (error, read) {
        (Some(error), _) => Err(Box::new(
            Finding::new(&say::BROKEN, error.location.clone())
                .arg("why", error.message(crate::diag::Lang::Ru)),
        )),
        (None, model::read::Read::Nothing) => Err(Box::new(
            Finding::new(&say::BROKEN, Location::file(file.path.clone()))
                .arg("why", document::NOT_A_MAP.ru),
        )),
        _ => Ok(()),
    }
}
