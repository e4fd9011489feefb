//! Sources that could not be read, and what follows from that.
//!
//! Takes the path and, where there is one, the text of such a file; tells which findings on other files only follow
//! from it: a reference to a document that exists but does not parse would be told twice, and wrongly. Must not hide
//! anything else.

use std::sync::Arc;

use crate::diag::Finding;
use crate::kinds::Kind;
use crate::source::SourceFile;

/// A file that gave no document; what it was meant to be is guessed from its lines and its name.
#[derive(Debug, Clone)]
pub struct Unread {
    path: Arc<str>,
    section: Box<str>,
    kind: Option<Kind>,
    id: Box<str>,
}

impl Unread {
    pub fn new(file: &SourceFile, text: Option<&str>) -> Self {
        let field = |name: &str| {
            text.unwrap_or("").lines().find_map(|line| {
                let value = line.strip_prefix(name)?.strip_prefix(':')?;
                let word = value.split('#').next().unwrap_or("").trim();
                Some(word.trim_matches(['"', '\'']).to_owned())
            })
        };
        let word = field("kind").unwrap_or_else(|| file.stem().to_owned());
        Unread {
            path: file.path.clone(),
            section: file.section().unwrap_or("").into(),
            kind: Kind::of(&word),
            id: field("id").unwrap_or_else(|| file.stem().to_owned()).into(),
        }
    }
}

/// Whether `finding` may only follow from one of `unread`.
pub fn follows(finding: &Finding, unread: &[Unread]) -> bool {
    let section = finding.location.path.split('/').nth(1).unwrap_or("");
    let arg = |name: &str| {
        finding
            .args
            .iter()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, value)| value.as_str())
    };
    let lost = |section: &str, kind: Kind| {
        unread
            .iter()
            .any(|u| &*u.section == section && u.kind == Some(kind))
    };
    match finding.code() {
        "body.unresolved" => lost(section, Kind::Bodies),
        "row.unresolved" | "row.ambiguous" => lost(section, Kind::Roadmap),
        "section.missing" | "section.unknown" => lost(arg("section"), Kind::Section),
        "reference.unresolved" => {
            let value = arg("value");
            let (section, id) = value.split_once('/').unwrap_or((section, value));
            unread
                .iter()
                .any(|u| &*u.section == section && &*u.id == id)
        }
        "file.unresolved" => {
            let path = arg("value").split('#').next().unwrap_or("");
            let name = path.rsplit('/').next().unwrap_or("");
            !name.is_empty()
                && unread
                    .iter()
                    .any(|u| u.path.rsplit('/').next() == Some(name))
        }
        // Only an unread document could have named the file.
        "file.unused" => unread.iter().any(|u| &*u.section == section),
        _ => false,
    }
}
