//! Templates and assets: the theme of the site over the built-in one, file by file.
//!
//! Takes ROOT and the name of a theme; gives the templates and assets in force with the source of each, for findings.
//! Must not render.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::diag::catalog::render as messages;
use crate::diag::{Finding, Findings, Location};

/// The built-in theme: path below the theme's folder, bytes.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// One file of the theme.
#[derive(Debug, Clone)]
pub struct ThemeFile {
    pub bytes: Vec<u8>,
    /// Where it came from, relative to ROOT, for findings; a built-in file has its name in the built-in theme.
    pub path: String,
}

/// The files in force.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// By name below `templates/`.
    pub templates: BTreeMap<String, ThemeFile>,
    /// By name below `assets/`.
    pub assets: BTreeMap<String, ThemeFile>,
    /// By name below `tab/`: templates and style of a school's tab.
    pub tab: BTreeMap<String, ThemeFile>,
    /// Folders that were looked into, for watching.
    pub folders: Vec<PathBuf>,
}

impl Theme {
    /// Quotes the line in every finding that has a place in a template.
    pub fn quote(&self, findings: &mut Findings) {
        for finding in findings.iter_mut() {
            let Some(span) = finding.location.span else {
                continue;
            };
            if finding.line_text.is_some() || finding.code().starts_with("disclosure.") {
                continue;
            }
            let template = self
                .templates
                .values()
                .find(|t| *t.path == *finding.location.path);
            let text = template.and_then(|t| std::str::from_utf8(&t.bytes).ok());
            let index = span.line.saturating_sub(1) as usize;
            finding.line_text = text.and_then(|t| t.lines().nth(index)).map(Into::into);
        }
    }
}

/// Reads the theme: built-in files, over them `themes/default`, over them `themes/<name>`.
pub fn load(root: &Path, name: Option<&str>) -> (Theme, Vec<Finding>) {
    let mut theme = Theme::default();
    let mut findings = Vec::new();
    for (file, bytes) in BUILT_IN {
        let file_of = ThemeFile {
            bytes: bytes.to_vec(),
            path: format!("themes/default/{file}"),
        };
        place(&mut theme, file, file_of);
    }
    let chosen = name.filter(|n| *n != "default");
    for name in ["default"].into_iter().chain(chosen) {
        let folder = root.join("themes").join(name);
        if folder.is_dir() {
            read_folder(&folder, name, &mut theme, &mut findings);
            theme.folders.push(folder);
        } else if Some(name) == chosen {
            findings.push(
                Finding::new(
                    &messages::NO_THEME,
                    Location::file(format!("themes/{name}")),
                )
                .arg("name", name),
            );
        }
    }
    (theme, findings)
}

fn read_folder(folder: &Path, name: &str, theme: &mut Theme, findings: &mut Vec<Finding>) {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let unreadable = |path: String, why: String| {
            Finding::new(
                &crate::diag::catalog::source::UNREADABLE,
                Location::file(path),
            )
            .arg("why", why)
        };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                findings.push(unreadable(format!("themes/{name}"), error.to_string()));
                continue;
            }
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let file: Vec<_> = below.iter().map(|c| c.to_string_lossy()).collect();
        let file = file.join("/");
        if file
            .split('/')
            .any(|part| part.starts_with('.') || part.ends_with('~'))
        {
            continue;
        }
        let path = format!("themes/{name}/{file}");
        match std::fs::read(entry.path()) {
            Ok(bytes) => place(theme, &file, ThemeFile { bytes, path }),
            Err(error) => findings.push(unreadable(path, error.to_string())),
        }
    }
}

fn place(theme: &mut Theme, file: &str, content: ThemeFile) {
    if let Some(name) = file.strip_prefix("templates/") {
        theme.templates.insert(name.to_owned(), content);
    } else if let Some(name) = file.strip_prefix("assets/") {
        theme.assets.insert(name.to_owned(), content);
    } else if let Some(name) = file.strip_prefix("tab/") {
        theme.tab.insert(name.to_owned(), content);
    }
}
