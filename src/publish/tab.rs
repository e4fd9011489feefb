//! Schools' tabs, each put in place by itself: a broken one leaves the others, and nothing grows with their number.
//!
//! Takes cleared artifacts of one school; gives `tabs/<id>/` and `tabs/<id>.zip`, swapped in together. The archive is
//! made of the staged files, one at a time. Must not delete or replace a file that the program did not make.
//!
//! Records lie in `.glasno/tabs/`: `<id>.manifest` names what is published; `<id>.new/` is being made; `<id>.old/`
//! waits to be removed. A run that dies leaves the old tab or the new one, and the next run clears up.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::disk::{self, Out, is_folder};
use super::ground::{Lock, lock};
use super::manifest::{Manifest, Mark, Record};
use super::place::{Area, Place};
use super::swap::Swap;
use super::trouble::{self, Trouble};
use super::{recover, tree};
use crate::artifact::SitePath;
use crate::audit::Audited;
use crate::diag::catalog::publish as say;
use crate::diag::{Finding, Location};
use crate::plain;

/// What is packed already is stored as it is.
const PACKED: &[&str] = &[
    "pdf", "docx", "xlsx", "odt", "zip", "jpg", "jpeg", "png", "pptx",
];

/// The output folder's tabs, which this run alone may change.
#[derive(Debug)]
pub struct Tabs {
    place: Place,
    /// What was found and set aside.
    kept: Mutex<Vec<Finding>>,
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
    pub fn open(out: &Path) -> Result<Self, Box<Finding>> {
        let (place, lock) = lock(out)?;
        recover::recover(&place)?;
        let tabs = Tabs::of(place, lock);
        for folder in [tabs.records(), tabs.place.area(Area::Tabs)] {
            disk::create_folders(&folder).map_err(|e| tabs.fail(&folder, &e))?;
        }
        tabs.settle()?;
        Ok(tabs)
    }

    pub(super) fn of(place: Place, lock: Lock) -> Self {
        Tabs {
            place,
            kept: Mutex::default(),
            _lock: lock,
        }
    }

    /// Ends what runs that died began, for every school.
    pub(super) fn settle(&self) -> Result<(), Trouble> {
        let records = self.records();
        let begun = interrupted(&self.place).map_err(|e| self.fail(&records, &e))?;
        begun.iter().try_for_each(|id| self.restore(id))
    }

    /// Begins a school's tab.
    ///
    /// # Errors
    /// `publish.name` when the id cannot be a folder; `system.*` when files that are not ours lie there.
    pub fn school(&self, id: &str) -> Result<Desk<'_>, Box<Finding>> {
        if SitePath::new(id).is_none() || id.contains('/') {
            return Err(trouble::about(&say::BAD_NAME, id));
        }
        let desk = Desk {
            tabs: self,
            id: id.to_owned(),
            files: BTreeMap::new(),
            done: false,
        };
        desk.known()?;
        Ok(desk)
    }

    /// What lay in the place of tabs whose records were damaged, and where it is kept.
    pub fn kept(&self) -> Vec<Finding> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *kept)
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
            let folder = self.folder(id);
            let Some(record) = self.record(id)? else {
                self.set_aside(id, &folder, id)?;
                self.set_aside(id, &self.archive(id), &format!("{id}.zip"))?;
                let path = self.manifest(id);
                disk::remove_file(&path).map_err(|e| self.fail(&path, &e))?;
                continue;
            };
            tree::remove(&folder, &mut |path| {
                record.0.contains_key(&format!("{id}/{path}"))
            })
            .map_err(|e| self.fail(&folder, &e))?;
            if record.0.contains_key(&format!("{id}.zip")) {
                let _ = disk::remove_file(&self.archive(id));
            }
            let path = self.manifest(id);
            disk::remove_file(&path).map_err(|e| self.fail(&path, &e))?;
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

    /// What the record of a tab names; `None` when it is damaged.
    fn record(&self, id: &str) -> Result<Option<Manifest>, Trouble> {
        Ok(match Manifest::read(&self.place, &self.manifest(id))? {
            Record::Damaged => None,
            record => Some(record.known()),
        })
    }

    /// Moves what may be anybody's to where its owner finds it.
    fn set_aside(&self, id: &str, from: &Path, name: &str) -> Result<(), Trouble> {
        let fail = |e: io::Error| self.fail(from, &e);
        if is_folder(from).map_err(fail)?.is_none() {
            return Ok(());
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let home = recover::free(&self.place, Area::Tabs).map_err(fail)?;
        disk::create_folders(&home).map_err(fail)?;
        disk::rename(from, &home.join(name)).map_err(fail)?;
        let record = Location::file(self.place.show(&self.manifest(id)));
        kept.push(Finding::new(&say::KEPT, record).arg("folder", self.place.show(&home)));
        Ok(())
    }

    /// Does away with the working folders of a tab: what waits there is ours, unless the record is damaged.
    fn dispose(&self, id: &str) -> Result<(), Trouble> {
        let (old, fresh) = (self.old(id), self.fresh(id));
        if self.record(id)?.is_none() {
            self.set_aside(id, &old, id)?;
            return self.set_aside(id, &fresh, id);
        }
        for left in [old, fresh] {
            clear(&left).map_err(|e| self.fail(&left, &e))?;
        }
        Ok(())
    }

    /// Ends what a run that died began.
    fn restore(&self, id: &str) -> Result<(), Trouble> {
        let (folder, old) = (self.folder(id), self.old(id));
        let stands = |path: &PathBuf| is_folder(path).map_err(|e| self.fail(path, &e));
        if stands(&folder)?.is_none() && stands(&old)?.is_some() {
            disk::rename(&old, &folder).map_err(|e| self.fail(&folder, &e))?;
        }
        self.dispose(id)
    }

    fn fail(&self, path: &Path, error: &io::Error) -> Trouble {
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
            file.parent().map_or(Ok(()), disk::create_folders)?;
            super::write(&file, &artifact.bytes)
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
        let before = self.known()?;
        let made = Made {
            files: self.files.len(),
            bytes: self.files.values().map(|m| m.len).sum(),
            packed: 0,
        };
        let zip = self.pack(top).map_err(|e| tabs.fail(&self.zip(), &e))?;
        self.files.insert(format!("{}.zip", self.id), zip);
        let (id, path) = (&self.id, tabs.manifest(&self.id));
        let known = before.is_some();
        // Until all is in place both the old and the new files count as ours, where it is known what is.
        if let Some(before) = before {
            let mut both = Manifest(before.0);
            both.0.extend(self.files.clone());
            both.write(&tabs.place, &path)?;
        } else {
            tabs.set_aside(id, &tabs.archive(id), &format!("{id}.zip"))?;
        }
        let swap = Swap {
            new: self.tree(),
            published: tabs.folder(id),
            old: tabs.old(id),
        };
        swap.perform()
            .and_then(|()| disk::rename(&self.zip(), &tabs.archive(id)))
            .map_err(|e| tabs.fail(&swap.published, &e))?;
        self.done = true;
        if known {
            Manifest(std::mem::take(&mut self.files)).write(&tabs.place, &path)?;
            tabs.dispose(id)?;
        } else {
            tabs.dispose(id)?;
            Manifest(std::mem::take(&mut self.files)).write(&tabs.place, &path)?;
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
        let mut zip = ZipWriter::new(io::BufWriter::new(Out::again(&path)?));
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
        let (hash, len) = disk::hash(&path)?;
        Ok(Mark { hash, len })
    }

    /// What is published of this tab, and nothing else lies there; `None` when nobody knows whose it is.
    fn known(&self) -> Result<Option<Manifest>, Trouble> {
        let tabs = self.tabs;
        let folder = tabs.folder(&self.id);
        let shown = tabs.place.show(&folder);
        let fail = |e: &io::Error| tabs.fail(&folder, e);
        if is_folder(&folder).map_err(|e| fail(&e))? == Some(false) {
            return Err(trouble::about(&say::NOT_FOLDER, &shown));
        }
        let Some(record) = tabs.record(&self.id)? else {
            return Ok(None);
        };
        let mut known = |path: &str| record.0.contains_key(&format!("{}/{path}", self.id));
        let mut found = tree::foreign(&folder, &mut known).map_err(|e| fail(&e))?;
        let archive = tabs.archive(&self.id);
        if is_folder(&archive).map_err(|e| fail(&e))?.is_some()
            && !record.0.contains_key(&format!("{}.zip", self.id))
        {
            found.push(archive);
        }
        match found.first() {
            None => Ok(Some(record)),
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

/// Schools at whose tabs a run died.
pub(super) fn interrupted(place: &Place) -> io::Result<BTreeSet<String>> {
    disk::walk()?;
    let entries = match fs::read_dir(place.state().join("tabs")) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries?,
    };
    let mut found = BTreeSet::new();
    for entry in entries {
        let name = entry?.file_name();
        let name = name.to_str().unwrap_or("");
        let id = name.strip_suffix(".old").or(name.strip_suffix(".new"));
        found.extend(id.map(str::to_owned));
    }
    Ok(found)
}

/// Removes a working folder of ours.
fn clear(folder: &Path) -> io::Result<()> {
    match tree::remove(folder, &mut |_| true)?.first() {
        None => Ok(()),
        Some(left) => Err(io::Error::other(left.display().to_string())),
    }
}
