//! Keeps between builds what the audit has cleared, so that a second build makes and searches only what changed.
//!
//! Takes the output folder and the guard; gives the [`Memory`] of the build before, and keeps that of this one. The
//! record lies in `.glasno/cleared` of the output folder and may be deleted at any time: it holds paths and hashes of
//! published files, sealed with a secret of 32 bytes that lies beside the registry, where nothing is ever published
//! from. The seal covers the registry and the program itself, so that another registry or another version of the
//! program remembers nothing. Must not fail a build: without a secret, or where the folder cannot be written, nothing
//! is remembered.

use std::fs;
use std::path::{Path, PathBuf};

use crate::audit::memory::{Key, Memory};
use crate::protection::Guarding;

/// Beside the registry.
const SECRET: &str = "cache.key";

/// Where a build's memory is kept.
pub(super) struct Store {
    record: PathBuf,
    key: Key,
    /// What was published last: its files are taken over where nothing changed.
    pub site: PathBuf,
}

impl Store {
    /// Finds the store of an output folder and what it remembers. Only a run that publishes may begin one.
    pub(super) fn open(
        out: &Path,
        private: &Path,
        guarding: &Guarding,
        begin: bool,
    ) -> Option<(Self, Memory)> {
        let secret = known(private).or_else(|| begin.then(|| new(private)).flatten())?;
        let program = fs::read(std::env::current_exe().ok()?).ok()?;
        let key = guarding.key(&secret, &blake3::hash(&program))?;
        let store = Store {
            record: out.join(".glasno").join("cleared"),
            key,
            site: out.join("site"),
        };
        let memory = Memory::open(&fs::read(&store.record).unwrap_or_default(), &key);
        Some((store, memory))
    }

    /// Keeps what a published build cleared. The record is replaced whole.
    pub(super) fn keep(&self, memory: Memory) {
        let half = self.record.with_extension("half");
        let kept =
            fs::write(&half, memory.seal(&self.key)).and_then(|()| fs::rename(&half, &self.record));
        if kept.is_err() {
            // The next build then searches everything, which is slower and not wrong.
            let _ = fs::remove_file(&half);
        }
    }
}

/// The secret beside the registry.
fn known(private: &Path) -> Option<Key> {
    Key::try_from(fs::read(private.join(SECRET)).ok()?).ok()
}

/// A secret for the builds to come.
fn new(private: &Path) -> Option<Key> {
    let mut secret = Key::default();
    getrandom::fill(&mut secret).ok()?;
    fs::write(private.join(SECRET), secret).ok()?;
    Some(secret)
}
