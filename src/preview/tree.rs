//! What lies in the folders now, and what differs from the last look.
//!
//! Takes ROOT and paths that may have changed; gives [`Changes`]. A file counts as changed when its content has another
//! hash: size and time only tell which files to read again. Must not parse.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rayon::prelude::*;
use walkdir::WalkDir;

/// One file as last seen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    full: PathBuf,
    stamp: Stamp,
    /// `None` when it could not be read.
    hash: Option<blake3::Hash>,
}

/// What the system tells of a file without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    len: u64,
    modified: Option<SystemTime>,
    #[cfg(unix)]
    inode: u64,
}

impl Stamp {
    fn of(meta: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt;
        Stamp {
            len: meta.len(),
            modified: meta.modified().ok(),
            #[cfg(unix)]
            inode: meta.ino(),
        }
    }
}

/// What differs, by paths relative to ROOT.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: BTreeSet<String>,
    pub changed: BTreeSet<String>,
    pub removed: BTreeSet<String>,
    /// Among the added and changed: files without a byte, which are perhaps only begun.
    pub empty: BTreeSet<String>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    pub fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// Paths in order: changed first, for they are what an editor asks about.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.changed
            .iter()
            .chain(&self.added)
            .chain(&self.removed)
            .map(String::as_str)
    }

    pub fn all(&self) -> BTreeSet<String> {
        self.paths().map(str::to_owned).collect()
    }

    /// Whether it may be the middle of a save: a file is gone, or there is nothing in it yet.
    pub fn unfinished(&self) -> bool {
        !self.removed.is_empty() || !self.empty.is_empty()
    }
}

/// The files of a site.
#[derive(Debug, Default)]
pub struct Tree {
    root: PathBuf,
    registry: Option<PathBuf>,
    files: BTreeMap<String, Seen>,
}

impl Tree {
    pub fn new(root: &Path, registry: Option<&Path>) -> Self {
        Tree {
            root: root.to_owned(),
            registry: registry.map(Path::to_owned),
            files: BTreeMap::new(),
        }
    }

    /// Looks at everything; `hints` are read even when size and time are as they were.
    pub fn look(&mut self, hints: &BTreeSet<PathBuf>) -> Changes {
        let mut now: BTreeMap<String, (PathBuf, Stamp)> = BTreeMap::new();
        for folder in ["content", "themes"] {
            for entry in WalkDir::new(self.root.join(folder))
                .follow_links(false)
                .into_iter()
                .flatten()
            {
                if entry.file_type().is_dir() {
                    continue;
                }
                let below = entry
                    .path()
                    .strip_prefix(&self.root)
                    .unwrap_or(entry.path());
                let name: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
                if let Ok(meta) = fs::metadata(entry.path())
                    && meta.is_file()
                {
                    now.insert(name.join("/"), (entry.into_path(), Stamp::of(&meta)));
                }
            }
        }
        if let Some(registry) = &self.registry
            && let Ok(meta) = fs::metadata(registry)
        {
            let name = registry.display().to_string();
            now.insert(name, (registry.clone(), Stamp::of(&meta)));
        }
        let read: Vec<(String, Seen)> = now
            .into_par_iter()
            .map(|(name, (full, stamp))| {
                let known = self.files.get(&name).filter(|seen| {
                    seen.stamp == stamp && seen.hash.is_some() && !hints.contains(&full)
                });
                let hash = match known {
                    Some(seen) => seen.hash,
                    None => fs::read(&full).ok().map(|bytes| blake3::hash(&bytes)),
                };
                (name, Seen { full, stamp, hash })
            })
            .collect();
        let files: BTreeMap<String, Seen> = read.into_iter().collect();
        let mut changes = Changes::default();
        for (name, seen) in &files {
            match self.files.get(name) {
                Some(old) if old.hash == seen.hash => continue,
                Some(_) => changes.changed.insert(name.clone()),
                None => changes.added.insert(name.clone()),
            };
            if seen.stamp.len == 0 {
                changes.empty.insert(name.clone());
            }
        }
        for name in self.files.keys() {
            if !files.contains_key(name) {
                changes.removed.insert(name.clone());
            }
        }
        self.files = files;
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_and_not_the_time() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let folder = root.path().join("content").join("a");
        fs::create_dir_all(&folder)?;
        let file = folder.join("b.yaml");
        fs::write(&file, "один")?;
        let mut tree = Tree::new(root.path(), None);
        assert_eq!(tree.look(&BTreeSet::new()).added.len(), 1);
        fs::write(&file, "один")?;
        assert!(tree.look(&BTreeSet::from([file.clone()])).is_empty());
        fs::write(&file, "два!")?;
        assert_eq!(tree.look(&BTreeSet::from([file.clone()])).changed.len(), 1);
        fs::rename(&file, folder.join("c.yaml"))?;
        let changes = tree.look(&BTreeSet::new());
        assert_eq!((changes.added.len(), changes.removed.len()), (1, 1));
        assert!(changes.unfinished());
        Ok(())
    }
}
