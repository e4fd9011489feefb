//! The record of what the program published: one line per file with hash, length and path, sorted.
//!
//! Takes and gives text in `.glasno/<area>.manifest`. Its paths are the only files of a published folder that
//! may ever be replaced or deleted. Must not accept a record that is cut short: the last line counts the others.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

use super::disk::{self, Out};
use super::place::Place;
use super::tree;
use super::trouble::{self, Trouble};
use crate::artifact::SitePath;

const HEAD: &str = "glasno manifest 1";

/// The fingerprint of one published file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub hash: blake3::Hash,
    pub len: u64,
}

impl Mark {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Mark {
            hash: blake3::hash(bytes),
            len: bytes.len() as u64,
        }
    }
}

/// Published files by path below their area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(pub BTreeMap<String, Mark>);

/// What is found in a record's place.
#[derive(Debug)]
pub(super) enum Record {
    None,
    /// Cut short or spoilt: nobody knows any more which files are ours.
    Damaged,
    Whole(Manifest),
}

impl Record {
    /// What the record names for certain.
    pub(super) fn known(self) -> Manifest {
        match self {
            Record::Whole(manifest) => manifest,
            Record::None | Record::Damaged => Manifest::default(),
        }
    }
}

impl Manifest {
    pub(super) fn render(&self) -> String {
        let mut text = String::with_capacity(self.0.len() * 120 + 64);
        text.push_str(HEAD);
        text.push('\n');
        for (path, mark) in &self.0 {
            let _ = writeln!(text, "{} {} {path}", mark.hash.to_hex(), mark.len);
        }
        let _ = writeln!(text, "end {}", self.0.len());
        text
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines.by_ref() {
            if let Some(count) = line.strip_prefix("end ") {
                let whole = count.parse() == Ok(files.len()) && lines.next().is_none();
                return whole.then_some(Manifest(files));
            }
            let mut parts = line.splitn(3, ' ');
            let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
            let len = parts.next()?.parse().ok()?;
            let path = SitePath::new(parts.next()?)?;
            files.insert(path.as_str().to_owned(), Mark { hash, len });
        }
        None
    }

    /// Reads a record. A damaged one is no trouble of its own: what it named is neither ours nor foreign by guess.
    pub(super) fn read(place: &Place, path: &Path) -> Result<Record, Trouble> {
        let text = match disk::read(path, u64::MAX) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Record::None),
            Err(e) => return Err(trouble::io(&place.show(path), &e)),
        };
        let read = std::str::from_utf8(&text).ok().and_then(Manifest::parse);
        Ok(read.map_or(Record::Damaged, Record::Whole))
    }

    /// Writes the record whole: a kill leaves the previous one or this one.
    pub(super) fn write(&self, place: &Place, path: &Path) -> Result<(), Trouble> {
        let half = path.with_extension("half");
        let written = || {
            let mut out = Out::again(&half)?;
            out.write_all(self.render().as_bytes())?;
            out.sync()?;
            // Windows renames no file that is open.
            drop(out);
            disk::rename(&half, path)
        };
        written().map_err(|e| {
            let _ = disk::remove_file(&half);
            trouble::io(&place.show(path), &e)
        })
    }

    /// Whether `folder` holds exactly these files, byte for byte. Files unknown to `this` and `other` do not count.
    pub(super) fn fits(&self, other: &Manifest, folder: &Path) -> io::Result<bool> {
        self.stands(folder, &|path| other.0.contains_key(path))
    }

    /// Whether `folder` holds exactly these files and nothing else.
    pub(super) fn is_all(&self, folder: &Path) -> io::Result<bool> {
        self.stands(folder, &|_| true)
    }

    fn stands(&self, folder: &Path, alien: &dyn Fn(&str) -> bool) -> io::Result<bool> {
        let mut seen = 0;
        let found = tree::files(folder, &mut |path| {
            let ours = self.0.contains_key(path);
            seen += usize::from(ours);
            ours || !alien(path)
        })?;
        if !found || seen != self.0.len() {
            return Ok(false);
        }
        for (path, mark) in &self.0 {
            if disk::hash(&folder.join(path))? != (mark.hash, mark.len) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_and_a_cut_one_does_not() {
        let mut manifest = Manifest::default();
        for path in ["index.html", "a/b.css"] {
            manifest.0.insert(path.into(), Mark::of(path.as_bytes()));
        }
        let text = manifest.render();
        assert_eq!(Manifest::parse(&text), Some(manifest));
        for cut in 0..text.len() - 1 {
            assert_eq!(Manifest::parse(&text[..cut]), None, "cut at {cut}");
        }
        assert_eq!(Manifest::parse(&text.replace("a/b.css", "../b.css")), None);
    }
}
