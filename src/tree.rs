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

use crate::source::Listed;
use crate::{plain, source};

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

    /// Stands for the content where that is not read.
    fn hash(self) -> blake3::Hash {
        let since = |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).ok();
        let modified = self.modified.and_then(since).map_or(0, |d| d.as_nanos());
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.len.to_le_bytes());
        hasher.update(&modified.to_le_bytes());
        #[cfg(unix)]
        hasher.update(&self.inode.to_le_bytes());
        hasher.finalize()
    }
}

/// What differs, by paths relative to ROOT.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changes {
    pub added: BTreeSet<String>,
    pub changed: BTreeSet<String>,
    pub removed: BTreeSet<String>,
    /// Among the added and changed: files without a byte, which are perhaps only begun.
    pub empty: BTreeSet<String>,
}

impl Changes {
    pub(crate) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    pub(crate) fn len(&self) -> usize {
        self.added.len() + self.changed.len() + self.removed.len()
    }

    /// Paths in order: changed first, for they are what an editor asks about.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.changed
            .iter()
            .chain(&self.added)
            .chain(&self.removed)
            .map(String::as_str)
    }

    pub(crate) fn all(&self) -> BTreeSet<String> {
        self.paths().map(str::to_owned).collect()
    }

    /// Whether most documents may have to be made anew.
    pub(crate) fn reach_far(&self) -> bool {
        const MANY: usize = 200;
        let everywhere = |path: &str| {
            path.starts_with("content/private/")
                || path.starts_with("content/site.")
                || !path.starts_with("content/") && !path.starts_with("themes/")
        };
        self.len() > MANY || self.paths().any(everywhere)
    }

    /// Whether it may be the middle of a save: a file is gone, or there is nothing in it yet.
    pub(crate) fn unfinished(&self) -> bool {
        !self.removed.is_empty() || !self.empty.is_empty()
    }
}

/// Every file that a site may depend on, as the system tells of it without reading it: whether anything was touched.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Moment(BTreeMap<String, Stamp>);

impl Moment {
    pub(crate) fn now(root: &Path, registry: Option<&Path>) -> Self {
        let files = source::list(root).map_or_else(|_| Vec::new(), |(list, _)| list);
        let stamp = |(name, full): (String, PathBuf)| {
            let meta = fs::metadata(full).ok().filter(Metadata::is_file)?;
            Some((name, Stamp::of(&meta)))
        };
        // What a build itself keeps beside the registry is no source.
        let own = |name: &str| name.starts_with("content/private/cache.key");
        let all = everything(root, registry, &files).into_iter();
        Moment(
            all.filter(|(name, _)| !own(name))
                .filter_map(stamp)
                .collect(),
        )
    }

    /// The paths that differ.
    pub(crate) fn since(&self, before: &Moment) -> BTreeSet<String> {
        let (now, was) = (&self.0, &before.0);
        let differ = |name: &&String| now.get(*name) != was.get(*name);
        now.keys()
            .chain(was.keys())
            .filter(differ)
            .cloned()
            .collect()
    }
}

/// Names and places of all files that count.
fn everything(
    root: &Path,
    registry: Option<&Path>,
    listed: &[source::SourceFile],
) -> BTreeMap<String, PathBuf> {
    let mut full: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in listed {
        full.insert(file.path.to_string(), file.full.clone());
    }
    for folder in ["content/private", "themes"] {
        for entry in WalkDir::new(root.join(folder)).into_iter().flatten() {
            if !entry.file_type().is_dir() {
                full.insert(name(entry.path(), root), entry.into_path());
            }
        }
    }
    if let Some(registry) = registry {
        full.insert(registry.display().to_string(), registry.to_owned());
    }
    full
}

/// The files of a site.
#[derive(Default)]
pub(crate) struct Tree {
    root: PathBuf,
    registry: Option<PathBuf>,
    files: BTreeMap<String, Seen>,
    listed: Option<Listed>,
}

impl Tree {
    pub(crate) fn new(root: &Path, registry: Option<&Path>) -> Self {
        Tree {
            root: root.to_owned(),
            registry: registry.map(Path::to_owned),
            ..Tree::default()
        }
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    /// The sources as last seen; `None` where they cannot be listed.
    pub(crate) fn listed(&self) -> Option<Listed> {
        self.listed.clone()
    }

    /// Somebody could not read this file after it was looked at: its content counts as unknown, so that one which is
    /// back with the same bytes is a change.
    pub(crate) fn doubt(&mut self, name: &str) {
        if let Some(seen) = self.files.get_mut(name) {
            seen.hash = None;
        }
    }

    /// Looks at `hints` alone when they are files that are known and still there, as after a save; else at everything.
    pub(crate) fn look(&mut self, hints: &BTreeSet<PathBuf>) -> Changes {
        match self.known(hints) {
            Some(names) if !names.is_empty() => self.look_at(&names),
            Some(_) if !hints.is_empty() => Changes::default(),
            _ => self.look_at_all(hints),
        }
    }

    /// The names of the hinted files. `None` when a hint says more than that known files have another content.
    fn known(&self, hints: &BTreeSet<PathBuf>) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        for hint in hints {
            let name = name(hint, &self.root);
            let there = fs::symlink_metadata(hint).ok();
            match (self.files.contains_key(&name), there) {
                (true, Some(meta)) if meta.is_file() => {
                    names.insert(name);
                }
                // A name that came and went: the other half of an atomic save.
                (false, None) => {
                    let below = format!("{name}/");
                    let inside = self.files.range(below.clone()..).next();
                    if inside.is_some_and(|(path, _)| path.starts_with(&below)) {
                        return None;
                    }
                }
                // The folder's own time changes with every file in it.
                (false, Some(meta)) if meta.is_dir() && hint == &self.root => {}
                _ => return None,
            }
        }
        Some(names)
    }

    fn look_at(&mut self, names: &BTreeSet<String>) -> Changes {
        let mut changes = Changes::default();
        for name in names {
            let Some(seen) = self.files.get_mut(name) else {
                continue;
            };
            let Ok(meta) = fs::metadata(&seen.full) else {
                continue;
            };
            let stamp = Stamp::of(&meta);
            let hash = hash(&seen.full, stamp);
            seen.stamp = stamp;
            if seen.hash == hash {
                continue;
            }
            seen.hash = hash;
            changes.changed.insert(name.clone());
            if stamp.len == 0 {
                changes.empty.insert(name.clone());
            }
            if let Some((list, _)) = &mut self.listed
                && let Ok(at) = list.binary_search_by(|f| (*f.path).cmp(name.as_str()))
                && let Some(file) = list.get_mut(at)
            {
                file.len = stamp.len;
            }
        }
        changes
    }

    /// Looks at every file; those of `hints` are read even when size and time are as they were.
    pub(crate) fn look_at_all(&mut self, hints: &BTreeSet<PathBuf>) -> Changes {
        self.listed = source::list(&self.root).ok().map(|(mut list, findings)| {
            // The walk orders by name within a folder; here a path is searched for.
            list.sort_by(|a, b| a.path.cmp(&b.path));
            (list, findings)
        });
        let listed = self.listed.as_ref().map_or(&[][..], |(list, _)| list);
        let full = everything(&self.root, self.registry.as_deref(), listed);
        let files: BTreeMap<String, Seen> = full
            .into_par_iter()
            .filter_map(|(name, full)| {
                let meta = fs::metadata(&full).ok().filter(Metadata::is_file)?;
                let stamp = Stamp::of(&meta);
                let known = self.files.get(&name).filter(|seen| {
                    seen.stamp == stamp && seen.hash.is_some() && !hints.contains(&full)
                });
                let hash = match known {
                    Some(seen) => seen.hash,
                    None => hash(&full, stamp),
                };
                Some((name, Seen { full, stamp, hash }))
            })
            .collect();
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

/// The path relative to ROOT, as findings print it.
fn name(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
    parts.join("/")
}

/// Of the content; a file too large for a source is told apart by size and time.
fn hash(path: &Path, stamp: Stamp) -> Option<blake3::Hash> {
    if stamp.len > source::MAX_TEXT {
        return Some(stamp.hash());
    }
    let bytes = plain::read(path, source::MAX_TEXT).ok()?;
    Some(blake3::hash(&bytes))
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
