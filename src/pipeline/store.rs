//! Keeps between builds what the audit has cleared, so that a second build makes and searches only what changed.
//!
//! Takes the output folder and the guard; gives the [`Memory`] of the build before, and keeps that of this one. The
//! record lies in `.glasno/cleared` of the output folder and may be deleted at any time: it holds paths and hashes of
//! published files, sealed with a secret of 32 bytes that lies beside the registry, where nothing is ever published
//! from. The seal covers the registry and the program itself, so that another registry or another version of the
//! program remembers nothing. Must not fail a build: without a secret, or where the folder cannot be written, nothing
//! is remembered; where something else lies in the place of either file, the operator is told.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::audit::memory::{Key, Memory};
use crate::diag::catalog::vault as say;
use crate::diag::{Finding, Findings, Location};
use crate::protection::Guarding;
use crate::{plain, source};

/// Beside the registry.
const SECRET: &str = "cache.key";
/// A file of this name that is longer than this is not ours.
const LARGEST_SECRET: u64 = 1024;

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
        findings: &mut Findings,
    ) -> Option<(Self, Memory)> {
        let mut tell = |finding: Box<Finding>| findings.push(*finding);
        let place = private.join(SECRET);
        let secret = read(&place, LARGEST_SECRET).map_err(&mut tell);
        let secret = secret.ok()?.and_then(|bytes| Key::try_from(bytes).ok());
        if secret.is_some() {
            close(&place);
        }
        let secret = secret.or_else(|| begin.then(|| new(private).ok()).flatten())?;
        let program = plain::read(&std::env::current_exe().ok()?, u64::MAX).ok()?;
        let key = guarding.key(&secret, &blake3::hash(&program))?;
        let store = Store {
            record: out.join(".glasno").join("cleared"),
            key,
            site: out.join("site"),
        };
        let record = read(&store.record, u64::MAX).map_err(&mut tell).ok()?;
        let memory = Memory::open(&record.unwrap_or_default(), &key);
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

/// The file's bytes, if there is one.
fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Box<Finding>> {
    match plain::read(path, limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => {
            let at = Location::file(path.display().to_string().replace('\\', "/"));
            let finding = Finding::new(&say::CACHE, at);
            Err(Box::new(finding.arg("why", source::why(&error))))
        }
    }
}

/// Takes away what rights others have to a secret of an earlier version. Windows gives a file the rights of its folder.
fn close(secret: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let wide = |meta: fs::Metadata| meta.permissions().mode() & 0o077 != 0;
        if fs::metadata(secret).is_ok_and(wide) {
            // Where that is not allowed, the file is another user's and stays as it is.
            let _ = fs::set_permissions(secret, fs::Permissions::from_mode(0o600));
        }
    }
    #[cfg(not(unix))]
    let _ = secret;
}

/// A secret for the builds to come, which nobody else on this machine may read. Put in place whole, so that a kill
/// leaves none that is empty.
fn new(private: &Path) -> io::Result<Key> {
    let mut secret = Key::default();
    getrandom::fill(&mut secret).map_err(io::Error::other)?;
    let half = private.join(format!("{SECRET}.new-{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&half)
        .and_then(|mut file| file.write_all(&secret))
        .and_then(|()| fs::rename(&half, private.join(SECRET)));
    if written.is_err() {
        let _ = fs::remove_file(&half);
    }
    written.map(|()| secret)
}
