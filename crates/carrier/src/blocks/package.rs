//! A zip with a document in it: takes bytes, gives the text of parts by name. Must not unpack more than the limits
//! allow, nor any part that nobody asks for.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::{Limits, Reason, encoding};
use crate::Format;

/// The largest part that is unpacked: a plan of a thousand rows takes five megabytes.
const MAX_PART: u64 = 192 << 20;

/// An opened package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by name in small letters: programs do not agree on them.
    names: BTreeMap<String, usize>,
    left: u64,
    ratio: u64,
}

impl<'a> Package<'a> {
    /// Opens it.
    ///
    /// # Errors
    /// It is no zip, or has more entries than the limits allow.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Reason> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Reason::Malformed)?;
        if archive.len() as u64 > limits.max_entries {
            return Err(Reason::TooManyEntries);
        }
        let names = archive.file_names_raw().map(|name| {
            let name = String::from_utf8_lossy(name).replace('\\', "/");
            name.trim_start_matches('/').to_lowercase()
        });
        let mut all = BTreeMap::new();
        for (index, name) in names.enumerate() {
            all.entry(name).or_insert(index);
        }
        Ok(Package {
            archive,
            names: all,
            left: limits.max_inflated,
            ratio: limits.max_ratio,
        })
    }

    /// The text of a part; none when there is no such part.
    ///
    /// # Errors
    /// It is encrypted, damaged, or unpacks to more than is allowed.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let text = |data: Vec<u8>| {
            let decoded = encoding::decode(&data, encoding::declared(&data, Format::Xml));
            decoded.text.into_owned()
        };
        Ok(self.bytes(name)?.map(text))
    }

    /// The names of the parts in a folder: by the numbers in them, as programs name pictures.
    pub(super) fn names_below(&self, folder: &str) -> Vec<String> {
        let mut all: Vec<String> = self.names.keys().cloned().collect();
        all.retain(|name| name.starts_with(folder));
        all.sort_by_key(|name| {
            let digits: String = name.chars().filter(char::is_ascii_digit).collect();
            (digits.parse::<u64>().unwrap_or(u64::MAX), name.clone())
        });
        all
    }

    /// The bytes of a part.
    ///
    /// # Errors
    /// As [`Package::part`].
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Reason> {
        let name = name.trim_start_matches('/').to_lowercase();
        let Some(index) = self.names.get(&name) else {
            return Ok(None);
        };
        let file = match self.archive.by_index(*index) {
            Ok(file) => file,
            Err(zip::result::ZipError::UnsupportedArchive(why)) if why.contains("assword") => {
                return Err(Reason::Encrypted);
            }
            Err(_) => return Err(Reason::Malformed),
        };
        if file.encrypted() {
            return Err(Reason::Encrypted);
        }
        let fair = file.compressed_size().saturating_mul(self.ratio);
        let allowed = self.left.min(MAX_PART).min(fair.max(1 << 20));
        let mut data = Vec::new();
        file.take(allowed.saturating_add(1))
            .read_to_end(&mut data)
            .map_err(|_| Reason::Malformed)?;
        if data.len() as u64 > allowed {
            return Err(if allowed == MAX_PART {
                Reason::TooLarge
            } else {
                Reason::Bomb
            });
        }
        self.left = self.left.saturating_sub(data.len() as u64);
        Ok(Some(data))
    }

    /// The same as [`Package::part`], where a part that cannot be read is as good as none.
    pub(super) fn optional(&mut self, name: &str) -> Option<String> {
        self.part(name).ok().flatten()
    }

    /// The relations of a part: id, the last word of the type, and the part it leads to.
    pub(super) fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if part.is_empty() {
            "_rels/.rels".to_owned()
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(source) = self.optional(&name) else {
            return Vec::new();
        };
        let Ok(tree) = super::tree::Tree::read(&source) else {
            return Vec::new();
        };
        tree.all()
            .filter(|e| {
                e.name() == "Relationship"
                    && e.attribute("TargetMode").is_none_or(|m| m != "External")
            })
            .filter_map(|e| {
                let kind = e.attribute("Type")?;
                let target = e.attribute("Target")?;
                Some(Relation {
                    id: e.attribute("Id")?.into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &target),
                })
            })
            .collect()
    }
}

/// How one part refers to another.
pub(super) struct Relation {
    pub id: String,
    pub kind: String,
    pub target: String,
}

/// A target as seen from the root of the package.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            step => parts.push(step),
        }
    }
    parts.join("/")
}
