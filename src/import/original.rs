//! The file that was imported, shown beside the source that was made of it: takes its bytes, gives its copy under an address
//! that words of the document make, and the reference to it. Must not show a file that names a listed school, that holds
//! what its pages do not show, or that nobody has looked at: that is told instead.

use std::path::Path;

use super::doubt::Doubts;
use super::found::{File, Found};
use super::line::Origin;
use super::names::Names;
use super::registry;
use super::yaml::Node;
use crate::audit::Auditor as _;
use crate::batch::{self as write, Over};
use crate::carrier::blocks::{At, Blocks, Noted};
use crate::diag::Finding;
use crate::diag::catalog::{carrier, disclosure, import as say};
use crate::protection::{Guarding, clean_picture};

/// Formats in which an office keeps what it has signed.
const SHOWN: [&str; 8] = ["pdf", "docx", "odt", "xlsx", "ods", "jpg", "jpeg", "png"];
/// The longest name of a copy, without its extension.
const LONGEST: usize = 60;

/// A file as it lies on the disk.
pub(super) struct Raw {
    bytes: Vec<u8>,
    extension: String,
    /// It holds what its pages do not show.
    conceals: bool,
}

impl Raw {
    /// `None` for what is no document to be shown: the text of a recogniser, a page of the web.
    pub(super) fn new(name: &str, bytes: Vec<u8>, blocks: &Blocks) -> Option<Raw> {
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        let conceals = blocks.notes.iter().any(|n| {
            matches!(
                n.what,
                Noted::Revisions
                    | Noted::Comments
                    | Noted::HiddenText
                    | Noted::HiddenRow
                    | Noted::HiddenColumn
                    | Noted::HiddenSheet(_)
            )
        });
        SHOWN.contains(&extension.as_str()).then_some(Raw {
            bytes,
            extension,
            conceals,
        })
    }
}

/// From where a file is referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The order that it is.
    Order,
    /// A source in the section's own folder.
    Beside,
    /// A source in a folder of its kind.
    Above,
}

/// The files of a run, and the copies that were made of them.
pub(super) struct Originals<'a> {
    pub root: &'a Path,
    /// By the file's place among those of the run; taken by the first source that is made of it.
    pub raw: Vec<Option<Raw>>,
    pub copies: Vec<write::File>,
}

/// Where it is shown, and who must not be named there.
pub(super) struct Where<'a> {
    pub section: &'a str,
    pub names: &'a Names,
    /// What the copy is called.
    pub wanted: &'a str,
    pub way: Way,
}

impl Originals<'_> {
    /// Copies the file beside its first source; gives the reference from there, nothing where it is not shown.
    pub(super) fn show(&mut self, file: &File, at: &Where<'_>, doubts: &mut Doubts) -> Node {
        let nothing = Node::Flow(Vec::new());
        let (field, up) = match at.way {
            Way::Order => ("original", "../"),
            Way::Beside => ("file", ""),
            Way::Above => ("file", "../"),
        };
        let Some(raw) = self.raw.get_mut(file.index).and_then(Option::take) else {
            return nothing;
        };
        let origin = Origin {
            file: file.index,
            at: At::default(),
        };
        let mut left = |why: &str| {
            let args = [("why", why), ("field", field)];
            doubts.add(&say::ORIGINAL_LEFT, origin, &args);
            Node::Flow(Vec::new())
        };
        if raw.conceals {
            return left("@original-conceals");
        }
        let unguarded;
        let guarding = match &at.names.guarding {
            Some(guarding) => guarding,
            None => {
                let empty = registry::empty(registry::NO_LIST);
                let (read, _) = crate::registry::parse(registry::PATH, &empty);
                let Some(read) = read else { return nothing };
                unguarded = Guarding::new(read);
                &unguarded
            }
        };
        if !guarding.registry().protected.is_empty() && has_places(file) {
            return left("@original-places");
        }
        let folder = format!("{}/files", at.section);
        let (name, known) = free(self.root, &folder, at.wanted, &raw, &self.copies);
        let published = format!("{folder}/{name}");
        let Ok(bytes) = clean_picture(&published, raw.bytes) else {
            return left("@original-unread");
        };
        if !crate::inert::inspect(&published, &bytes).is_empty() {
            return left("@original-runs");
        }
        let found = guarding.audit(&published, &bytes);
        let unseen = |f: &Finding| f.code() == carrier::PICTURE.code;
        if let Some(other) = found.iter().find(|f| !unseen(f)) {
            return left(match other.code() {
                code if code.starts_with("disclosure.") => "@original-names",
                code if code == disclosure::LOCATION.code => "@original-location",
                _ => "@original-unread",
            });
        }
        let path = format!("content/{published}");
        let reference = format!("{up}files/{name}");
        if !known {
            self.copies.push(write::File {
                path: path.clone(),
                bytes,
                over: Over::New,
            });
        }
        if found.is_empty() {
            return Node::Flow(vec![Node::text(reference)]);
        }
        let line = format!("{field}: [\"{reference}\"]");
        let args = [("path", path.as_str()), ("line", line.as_str())];
        doubts.add(&say::ORIGINAL_LOOK, origin, &args);
        nothing
    }
}

/// Whether the file says where something takes place: a schedule's places are published coarser than they are printed.
fn has_places(file: &File) -> bool {
    let found = file.segments.iter().flat_map(|s| &s.found);
    found
        .into_iter()
        .any(|f| matches!(f, Found::Schedule { .. } | Found::Programme { .. }))
}

/// A name in the folder that no other file has, and whether this very file lies there already.
fn free(
    root: &Path,
    folder: &str,
    wanted: &str,
    raw: &Raw,
    copies: &[write::File],
) -> (String, bool) {
    let mut stem = wanted.to_owned();
    stem.truncate(LONGEST);
    let stem = match stem.trim_end_matches('-') {
        "" => "dokument",
        stem => stem,
    };
    let mut number = 1;
    loop {
        let name = match number {
            1 => format!("{stem}.{}", raw.extension),
            _ => format!("{stem}-{number}.{}", raw.extension),
        };
        let path = format!("content/{folder}/{name}");
        let full = root.join(&path);
        let taken = copies.iter().any(|c| c.path == path);
        if !taken && !full.exists() {
            return (name, false);
        }
        let same = crate::plain::read(&full, crate::source::MAX_ATTACHMENT);
        if !taken && same.is_ok_and(|there| there == raw.bytes) {
            return (name, true);
        }
        number += 1;
    }
}
