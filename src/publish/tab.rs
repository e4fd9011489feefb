//! Schools' tabs, each put in place by itself: a broken one leaves the others, and nothing grows with their number.
//!
//! Takes cleared artifacts of one school; gives `tabs/<id>/` and `tabs/<id>.zip`, swapped in together. The archive is
//! made of the staged files, one at a time. Must not delete or replace a file that the program did not make.
//!
//! Records lie in `.glasno/tabs/`: `<id>.manifest` names what is published; `<id>.new/` is being made; `<id>.old/`
//! waits to be removed. A run that dies leaves the old tab or the new one, and the next run clears up.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::ground::{Lock, lock};
use super::manifest::{Manifest, Mark};
use super::place::{Area, Place};
use super::swap::{self, Swap};
use super::trouble::{self, Trouble};
use super::{recover, tree};
use crate::artifact::SitePath;
use crate::audit::Audited;
use crate::diag::Finding;
use crate::diag::catalog::publish as say;
use crate::plain;

/// What is packed already is stored as it is.
const PACKED: &[&str] = &[
    "pdf", "docx", "xlsx", "odt", "zip", "jpg", "jpeg", "png", "pptx",
];

/// The output folder's tabs, which this run alone may change.
#[derive(Debug)]
pub struct Tabs {
    place: Place,
    _lock: Lock,
}

/// What was put in place for one school.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    pub files: usize,
    /// Size of the folder, and of the archive.
    pub bytes: u64,
    pub packed: u64,
}

/// One school's tab in the making. Dropped without [`commit`](Desk::commit), it leaves what was there.
#[derive(Debug)]
pub struct Desk<'t> {
    tabs: &'t Tabs,
    id: String,
    files: BTreeMap<String, Mark>,
    done: bool,
}

impl Tabs {
    /// Takes the output folder's lock.
    ///
    /// # Errors
    /// `system.*` when the folder is in use, holds what is not ours, or the system refuses.
    pub fn open(out: &std::path::Path) -> Result<Self, Box<Finding>> {
        let (place, lock) = lock(out)?;
        recover::recover(&place)?;
        let tabs = Tabs { place, _lock: lock };
        for folder in [tabs.records(), tabs.place.area(Area::Tabs)] {
            fs::create_dir_all(&folder).map_err(|e| tabs.fail(&folder, &e))?;
        }
        Ok(tabs)
    }

    /// Begins a school's tab.
    ///
    /// # Errors
    /// `publish.name` when the id cannot be a folder; `system.*` when files that are not ours lie there.
    pub fn school(&self, id: &str) -> Result<Desk<'_>, Box<Finding>> {
        if SitePath::new(id).is_none() || id.contains('/') {
            return Err(trouble::about(&say::BAD_NAME, id));
        }
        self.restore(id)?;
        let desk = Desk {
            tabs: self,
            id: id.to_owned(),
            files: BTreeMap::new(),
            done: false,
        };
        desk.refuse_foreign(&self.record(id)?)?;
        Ok(desk)
    }

    /// Removes the tabs of schools that `keep` does not name; gives how many.
    ///
    /// # Errors
    /// The first folder that cannot be cleared.
    pub fn withdraw(&self, keep: &dyn Fn(&str) -> bool) -> Result<usize, Box<Finding>> {
        let records = self.records();
        let mut gone: Vec<String> = fs::read_dir(&records)
            .map_err(|e| self.fail(&records, &e))?
            .filter_map(Result::ok)
            .filter_map(|e| {
                Some(
                    e.file_name()
                        .to_str()?
                        .strip_suffix(".manifest")?
                        .to_owned(),
                )
            })
            .filter(|id| !keep(id))
            .collect();
        gone.sort();
        for id in &gone {
            let record = self.record(id)?;
            let folder = self.folder(id);
            tree::remove(&folder, &mut |path| {
                record.0.contains_key(&format!("{id}/{path}"))
            })
            .map_err(|e| self.fail(&folder, &e))?;
            if record.0.contains_key(&format!("{id}.zip")) {
                let _ = fs::remove_file(self.archive(id));
            }
            let path = self.manifest(id);
            fs::remove_file(&path).map_err(|e| self.fail(&path, &e))?;
        }
        Ok(gone.len())
    }

    /// Where a school's tab lies.
    pub fn folder(&self, id: &str) -> PathBuf {
        self.place.area(Area::Tabs).join(id)
    }

    fn archive(&self, id: &str) -> PathBuf {
        self.place.area(Area::Tabs).join(format!("{id}.zip"))
    }

    fn records(&self) -> PathBuf {
        self.place.state().join("tabs")
    }

    fn manifest(&self, id: &str) -> PathBuf {
        self.records().join(format!("{id}.manifest"))
    }

    fn fresh(&self, id: &str) -> PathBuf {
        self.records().join(format!("{id}.new"))
    }

    fn old(&self, id: &str) -> PathBuf {
        self.records().join(format!("{id}.old"))
    }

    fn record(&self, id: &str) -> Result<Manifest, Trouble> {
        Ok(Manifest::read(&self.place, &self.manifest(id))?.unwrap_or_default())
    }

    /// Ends what a run that died began.
    fn restore(&self, id: &str) -> Result<(), Trouble> {
        let (folder, old, fresh) = (self.folder(id), self.old(id), self.fresh(id));
        let stands = |path: &PathBuf| tree::is_folder(path).map_err(|e| self.fail(path, &e));
        if stands(&folder)?.is_none() && stands(&old)?.is_some() {
            swap::rename(&old, &folder).map_err(|e| self.fail(&folder, &e))?;
        }
        for left in [old, fresh] {
            clear(&left).map_err(|e| self.fail(&left, &e))?;
        }
        Ok(())
    }

    fn fail(&self, path: &std::path::Path, error: &io::Error) -> Trouble {
        trouble::io(&self.place.show(path), error)
    }
}

impl Desk<'_> {
    /// Writes a cleared file of the tab: `pages/index.html`.
    ///
    /// # Errors
    /// `publish.same-path` when the path is taken, `system.*` when it cannot be written.
    pub fn put(&mut self, cleared: &Audited) -> Result<(), Box<Finding>> {
        let artifact = cleared.artifact();
        let path = artifact.path.as_str();
        let key = format!("{}/{path}", self.id);
        if self.files.contains_key(&key) {
            return Err(trouble::about(&say::SAME_PATH, path));
        }
        let file = self.tree().join(path);
        let write = || {
            file.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::write(&file, &artifact.bytes)
        };
        write().map_err(|e| self.tabs.fail(&file, &e))?;
        self.files.insert(key, Mark::of(&artifact.bytes));
        Ok(())
    }

    /// Puts the tab and its archive in place. `top` is the folder inside the archive.
    ///
    /// # Errors
    /// What was there before is still there then.
    pub fn commit(mut self, top: &str) -> Result<Made, Box<Finding>> {
        let tabs = self.tabs;
        let before = tabs.record(&self.id)?;
        self.refuse_foreign(&before)?;
        let made = Made {
            files: self.files.len(),
            bytes: self.files.values().map(|m| m.len).sum(),
            packed: 0,
        };
        let zip = self.pack(top).map_err(|e| tabs.fail(&self.zip(), &e))?;
        self.files.insert(format!("{}.zip", self.id), zip);
        let (id, path) = (&self.id, tabs.manifest(&self.id));
        // Until all is in place both the old and the new files count as ours.
        let mut both = Manifest(before.0.clone());
        both.0.extend(self.files.clone());
        both.write(&tabs.place, &path)?;
        let swap = Swap {
            new: self.tree(),
            published: tabs.folder(id),
            old: tabs.old(id),
            by_renames: false,
        };
        swap.perform(|| Ok(()))
            .and_then(|()| swap::rename(&self.zip(), &tabs.archive(id)))
            .map_err(|e| tabs.fail(&swap.published, &e))?;
        Manifest(std::mem::take(&mut self.files)).write(&tabs.place, &path)?;
        self.done = true;
        for left in [tabs.old(id), tabs.fresh(id)] {
            clear(&left).map_err(|e| tabs.fail(&left, &e))?;
        }
        Ok(Made {
            packed: zip.len,
            ..made
        })
    }

    fn tree(&self) -> PathBuf {
        self.tabs.fresh(&self.id).join("tab")
    }

    fn zip(&self) -> PathBuf {
        self.tabs.fresh(&self.id).join("tab.zip")
    }

    /// Packs the staged files in the order of their paths; the same files give the same bytes.
    fn pack(&self, top: &str) -> io::Result<Mark> {
        let path = self.zip();
        let mut zip = ZipWriter::new(io::BufWriter::new(File::create(&path)?));
        let prefix = self.id.len() + 1;
        for key in self.files.keys() {
            let below = key.get(prefix..).unwrap_or(key);
            let extension = below.rsplit('.').next().unwrap_or("");
            let method = if PACKED.contains(&extension) {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(DateTime::default())
                .unix_permissions(0o644);
            zip.start_file(format!("{top}/{below}"), options)
                .map_err(io::Error::other)?;
            io::copy(&mut plain::open(&self.tree().join(below))?.0, &mut zip)?;
        }
        let mut out = zip.finish().map_err(io::Error::other)?;
        io::Write::flush(&mut out)?;
        drop(out);
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(plain::open(&path)?.0)?;
        Ok(Mark {
            hash: hasher.finalize(),
            len: hasher.count(),
        })
    }

    fn refuse_foreign(&self, record: &Manifest) -> Result<(), Trouble> {
        let tabs = self.tabs;
        let folder = tabs.folder(&self.id);
        let shown = tabs.place.show(&folder);
        let fail = |e: &io::Error| tabs.fail(&folder, e);
        if tree::is_folder(&folder).map_err(|e| fail(&e))? == Some(false) {
            return Err(trouble::about(&say::NOT_FOLDER, &shown));
        }
        let mut known = |path: &str| record.0.contains_key(&format!("{}/{path}", self.id));
        let mut found = tree::foreign(&folder, &mut known).map_err(|e| fail(&e))?;
        let archive = tabs.archive(&self.id);
        if fs::symlink_metadata(&archive).is_ok()
            && !record.0.contains_key(&format!("{}.zip", self.id))
        {
            found.push(archive);
        }
        match found.first() {
            None => Ok(()),
            Some(first) => Err(Box::new(
                trouble::about(&say::FOREIGN, &tabs.place.show(first))
                    .arg("folder", shown)
                    .arg("n", found.len()),
            )),
        }
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        if !self.done {
            // What cannot be removed now, the next run removes.
            let _ = clear(&self.tabs.fresh(&self.id));
        }
    }
}

/// Removes a working folder of ours.
fn clear(folder: &std::path::Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
