//! Templates and assets: the theme of the site over the built-in one, file by file.
//!
//! Takes ROOT and the name of a theme; gives the templates and assets in force with the source of each, for findings.
//! Must not render.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use walkdir::{DirEntry, WalkDir};

use crate::diag::catalog::{render as messages, source as reading};
use crate::diag::{Finding, Findings, Location};
use crate::kinds::site::is_theme;
use crate::{plain, source};

/// A template above this many bytes is refused: no person wrote it.
const MAX_TEMPLATE: u64 = 1024 * 1024;

/// The built-in theme: path below the theme's folder, bytes.
static BUILT_IN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme.rs"));

/// Whether bytes of this hash are a file of the built-in theme, whose fonts and marks were looked at when it was made.
pub fn is_built_in(hash: &blake3::Hash) -> bool {
    static HASHES: LazyLock<BTreeSet<[u8; 32]>> = LazyLock::new(|| {
        let all = BUILT_IN.iter();
        all.map(|(_, bytes)| *blake3::hash(bytes).as_bytes())
            .collect()
    });
    HASHES.contains(hash.as_bytes())
}

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
    /// Names for the styles and scripts that lie beside one another in `assets/`, each with its version in it
    /// (`style.1f2e3d4c.css`), by their own names: who has an old page keeps the old style, who has a new one never gets it.
    pub fn versions(&self) -> BTreeMap<String, String> {
        let versioned = |(name, file): (&String, &ThemeFile)| {
            let (stem, extension) = name.rsplit_once('.')?;
            let wanted = matches!(extension, "css" | "js") && !name.contains('/');
            let hash = blake3::hash(&file.bytes).to_hex();
            let version = hash.get(..8)?;
            let stem = stem.to_lowercase();
            wanted.then(|| (name.clone(), format!("{stem}.{version}.{extension}")))
        };
        self.assets.iter().filter_map(versioned).collect()
    }

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
        let themes = root.join("themes");
        let folder = themes.join(name);
        let at = || Location::file(format!("themes/{name}"));
        if is_theme(name) && folder.is_dir() {
            // Links are weighed against where the folder really lies.
            match (themes.canonicalize(), folder.canonicalize()) {
                (Ok(themes), Ok(real)) if real.parent() == Some(&*themes) => {
                    read_folder(&folder, &real, name, &mut theme, &mut findings);
                    theme.folders.push(folder);
                }
                (Ok(_), Ok(_)) => findings.push(Finding::new(&messages::THEME_LINK, at())),
                (Err(e), _) | (_, Err(e)) => findings.push(unreadable(at(), &source::why(&e))),
            }
        } else if Some(name) == chosen {
            findings.push(Finding::new(&messages::NO_THEME, at()).arg("name", name));
        }
    }
    (theme, findings)
}

fn read_folder(
    folder: &Path,
    real: &Path,
    name: &str,
    theme: &mut Theme,
    findings: &mut Vec<Finding>,
) {
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = Location::file(format!("themes/{name}"));
                findings.push(unreadable(at, &error.to_string()));
                continue;
            }
        };
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let file: Vec<_> = below.iter().map(|c| c.to_string_lossy()).collect();
        let file = file.join("/");
        let droppings = |part: &str| part.starts_with('.') || part.ends_with('~');
        if entry.file_type().is_dir() || file.split('/').any(droppings) {
            continue;
        }
        let path = format!("themes/{name}/{file}");
        match read_file(&entry, real, &file, &path) {
            Ok(bytes) => place(theme, &file, ThemeFile { bytes, path }),
            Err(finding) => findings.push(*finding),
        }
    }
}

/// One file of a theme. A link counts as the file it leads to, if that lies in the theme as well.
fn read_file(
    entry: &DirEntry,
    real: &Path,
    file: &str,
    path: &str,
) -> Result<Vec<u8>, Box<Finding>> {
    let at = || Location::file(path);
    if entry.path().to_str().is_none() {
        return Err(Box::new(Finding::new(&reading::NAME_NOT_UNICODE, at())));
    }
    let mut full = entry.path().to_owned();
    if entry.path_is_symlink() {
        let target = entry.path().canonicalize();
        let target = target.map_err(|e| Box::new(unreadable(at(), &source::why_link(&e))))?;
        if !target.starts_with(real) {
            return Err(Box::new(Finding::new(&messages::THEME_LINK, at())));
        }
        full = target;
    }
    let asset = file.starts_with("assets/");
    let limit = if asset {
        source::MAX_ATTACHMENT
    } else {
        MAX_TEMPLATE
    };
    plain::read(&full, limit).map_err(|e| Box::new(unreadable(at(), &source::why(&e))))
}

fn unreadable(at: Location, why: &str) -> Finding {
    Finding::new(&reading::UNREADABLE, at).arg("why", why)
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
