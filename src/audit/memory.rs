//! What the audit has cleared before: files in which nothing at all was found, by their path and the hash of their bytes.
//!
//! Takes the record of the run before; gives [`Audited`] for the same bytes at the same path without searching them
//! again, and the record for the next run. Only a file without any sighting, picture or unreadable part is remembered,
//! so no exception, review or day plays a part. A record counts only under the key it was sealed with, which stands
//! for the guard and the program that cleared the files: another registry, another version, a changed byte, and
//! nothing is remembered. Must not hold anything of the registry, nor clear bytes whose hash it does not hold.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Audited, Auditor};
use crate::artifact::{Artifact, SitePath};
use crate::diag::Finding;

const HEAD: &str = "glasno cleared 1";

/// Stands for the guard and the program: files cleared under one key are cleared under no other.
pub type Key = [u8; blake3::KEY_LEN];

/// What is known of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    /// Of all that its bytes were made from, where they need not be made to be known.
    recipe: Option<blake3::Hash>,
    bytes: blake3::Hash,
}

/// What the last run cleared, and what this one does. May be asked from many threads.
#[derive(Debug, Default)]
pub struct Memory {
    known: HashMap<Box<str>, Mark>,
    /// `None` where nothing is to be remembered.
    fresh: Option<Mutex<BTreeMap<Box<str>, Mark>>>,
    taken: AtomicUsize,
}

impl Memory {
    /// Remembers nothing, now or later.
    pub fn none() -> Self {
        Memory::default()
    }

    /// Begins with the record of the run before; one that is damaged or sealed with another key counts as none.
    pub fn open(record: &[u8], key: &Key) -> Self {
        Memory {
            known: read(record, key).unwrap_or_default(),
            fresh: Some(Mutex::default()),
            taken: AtomicUsize::new(0),
        }
    }

    /// How many files were cleared without being searched again.
    pub fn taken(&self) -> usize {
        self.taken.load(Ordering::Relaxed)
    }

    pub fn remembers(&self) -> bool {
        self.fresh.is_some()
    }

    /// The record for the next run.
    pub fn seal(self, key: &Key) -> Vec<u8> {
        let fresh = self
            .fresh
            .map(Mutex::into_inner)
            .unwrap_or_else(|| Ok(BTreeMap::new()));
        let fresh = fresh.unwrap_or_else(PoisonError::into_inner);
        let mut text = format!("{HEAD}\n");
        for (path, mark) in &fresh {
            match mark.recipe {
                Some(recipe) => text.push_str(&recipe.to_hex()),
                None => text.push('-'),
            }
            // Writing into a string does not fail.
            let _ = writeln!(text, " {} {path}", mark.bytes.to_hex());
        }
        let seal = blake3::keyed_hash(key, text.as_bytes());
        let _ = writeln!(text, "seal {}", seal.to_hex());
        text.into_bytes()
    }

    /// The file that this recipe made before, if `bytes` (asked for only then) are what was cleared.
    pub fn made(
        &self,
        path: &SitePath,
        recipe: blake3::Hash,
        bytes: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Option<Audited> {
        let mark = self.known.get(path.as_str())?;
        if mark.recipe != Some(recipe) {
            return None;
        }
        let artifact = Artifact {
            path: path.clone(),
            bytes: bytes()?,
        };
        (blake3::hash(&artifact.bytes) == mark.bytes).then(|| self.again(artifact, *mark))
    }

    /// Clears an artifact, or says why not; searches it only where its bytes are not those that were cleared before.
    pub fn clear(
        &self,
        artifact: Artifact,
        recipe: Option<blake3::Hash>,
        auditor: &dyn Auditor,
    ) -> (Option<Audited>, Vec<Finding>) {
        if !self.remembers() {
            return super::clear(artifact, auditor);
        }
        let bytes = match auditor.basis() {
            Some(basis) => blake3::keyed_hash(basis.as_bytes(), &artifact.bytes),
            None => blake3::hash(&artifact.bytes),
        };
        let mark = Mark { recipe, bytes };
        let known = self.known.get(artifact.path.as_str());
        if known.is_some_and(|k| k.bytes == mark.bytes) {
            return (Some(self.again(artifact, mark)), Vec::new());
        }
        let verdict = auditor.verdict(artifact.path.as_str(), &artifact.bytes);
        if verdict.spotless && verdict.findings.is_empty() {
            return (Some(self.cleared(artifact, mark)), Vec::new());
        }
        let cleared = !verdict.findings.iter().any(Finding::is_error);
        (cleared.then_some(Audited(artifact)), verdict.findings)
    }

    fn again(&self, artifact: Artifact, mark: Mark) -> Audited {
        // Who makes a page may ask for a file beside it before that is published: it is still one file.
        if self.note(&artifact, mark) {
            self.taken.fetch_add(1, Ordering::Relaxed);
        }
        Audited(artifact)
    }

    fn cleared(&self, artifact: Artifact, mark: Mark) -> Audited {
        self.note(&artifact, mark);
        Audited(artifact)
    }

    /// Whether it was not noted before.
    fn note(&self, artifact: &Artifact, mark: Mark) -> bool {
        let Some(fresh) = &self.fresh else {
            return true;
        };
        let mut fresh = fresh.lock().unwrap_or_else(PoisonError::into_inner);
        fresh.insert(artifact.path.as_str().into(), mark).is_none()
    }
}

fn read(record: &[u8], key: &Key) -> Option<HashMap<Box<str>, Mark>> {
    let text = std::str::from_utf8(record).ok()?;
    let (body, seal) = text.strip_suffix('\n')?.rsplit_once("\nseal ")?;
    let whole = record.get(..body.len() + 1)?;
    // Compared in constant time, though nobody can ask twice.
    if blake3::keyed_hash(key, whole) != blake3::Hash::from_hex(seal).ok()? {
        return None;
    }
    let mut lines = body.lines();
    if lines.next() != Some(HEAD) {
        return None;
    }
    lines
        .map(|line| {
            let mut parts = line.splitn(3, ' ');
            let recipe = match parts.next()? {
                "-" => None,
                hex => Some(blake3::Hash::from_hex(hex).ok()?),
            };
            let bytes = blake3::Hash::from_hex(parts.next()?).ok()?;
            Some((parts.next()?.into(), Mark { recipe, bytes }))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::Verdict;
    use super::*;

    /// Finds nothing, and counts how often it was asked.
    #[derive(Default)]
    struct Counting {
        asked: AtomicUsize,
        spotless: bool,
    }

    impl Auditor for Counting {
        fn audit(&self, _: &str, _: &[u8]) -> Vec<Finding> {
            Vec::new()
        }
        fn verdict(&self, _: &str, _: &[u8]) -> Verdict {
            self.asked.fetch_add(1, Ordering::Relaxed);
            Verdict {
                findings: Vec::new(),
                spotless: self.spotless,
            }
        }
    }

    fn artifact(bytes: &str) -> Artifact {
        Artifact {
            path: SitePath::new("a/index.html").unwrap_or_else(|| unreachable!()),
            bytes: bytes.into(),
        }
    }

    fn next(memory: Memory, key: &Key) -> Memory {
        Memory::open(&memory.seal(key), key)
    }

    #[test]
    fn the_same_bytes_are_searched_once_and_others_always() {
        let key = [7; 32];
        let auditor = Counting {
            spotless: true,
            ..Counting::default()
        };
        let mut memory = Memory::open(b"", &key);
        for (bytes, asked) in [("один", 1), ("один", 1), ("два", 2), ("один", 3)] {
            assert!(memory.clear(artifact(bytes), None, &auditor).0.is_some());
            assert_eq!(auditor.asked.load(Ordering::Relaxed), asked, "{bytes}");
            memory = next(memory, &key);
        }
    }

    #[test]
    fn what_rests_on_an_exception_is_searched_each_time() {
        let key = [7; 32];
        let auditor = Counting::default();
        let memory = Memory::open(b"", &key);
        memory.clear(artifact("один"), None, &auditor);
        let memory = next(memory, &key);
        memory.clear(artifact("один"), None, &auditor);
        assert_eq!(auditor.asked.load(Ordering::Relaxed), 2);
    }

    #[test]
    fn a_record_counts_whole_and_under_its_key_alone() {
        let key = [7; 32];
        let recipe = blake3::hash(b"recipe");
        let auditor = Counting {
            spotless: true,
            ..Counting::default()
        };
        let memory = Memory::open(b"", &key);
        memory.clear(artifact("один"), Some(recipe), &auditor);
        let record = memory.seal(&key);
        let path = artifact("").path;
        let made = |record: &[u8], key: &Key, bytes: &str| {
            Memory::open(record, key)
                .made(&path, recipe, || Some(bytes.into()))
                .is_some()
        };
        assert!(made(&record, &key, "один"));
        assert!(!made(&record, &key, "подмена"));
        assert!(!made(&record, &[8; 32], "один"));
        for at in 0..record.len() {
            let mut changed = record.clone();
            changed[at] ^= 1;
            assert!(!made(&changed, &key, "один"), "byte {at}");
            assert!(!made(&record[..at], &key, "один"), "cut at {at}");
        }
        let other = Memory::open(&record, &key).made(&path, blake3::hash(b"other"), || None);
        assert!(other.is_none());
    }
}
