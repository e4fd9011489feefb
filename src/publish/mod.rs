//! Puts the cleared files where they are published: staged aside, then swapped in whole.
//!
//! Takes [`Audited`] artifacts (and the operator's reports); gives the folders `site/`, `report/` and `tabs/` of the
//! output folder. What was published stays as it was, to the byte, until the one step that replaces it; a kill at
//! any moment leaves the old tree or the new one, and the next run clears up. Must not publish anything else than
//! what it was given, and must not delete or replace a file that the program did not make.
//!
//! How a run goes (all records lie in `.glasno/` of the output folder):
//! 1. [`Publisher::open`] takes the lock, ends what an interrupted run began, and refuses foreign files;
//! 2. `stage` announces each file in the journal and writes it below `staging-N/`;
//! 3. [`Publisher::commit`] writes `AREA.manifest.next`, journals the swap, hands all to the disk, swaps, makes the
//!    new record the valid one, and removes the old tree.

mod ground;
mod journal;
mod manifest;
mod patience;
mod place;
mod recover;
mod swap;
mod tab;
mod tree;
mod trouble;

#[cfg(test)]
mod tests;
#[cfg(all(test, target_os = "linux"))]
mod tests_disk;
#[cfg(test)]
mod tests_kill;

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::artifact::SitePath;
use crate::audit::Audited;
use crate::diag::Finding;
use crate::diag::catalog::publish as say;
use crate::plain;
use ground::{Lock, begin, lock, place, record, refuse_foreign};
use journal::Journal;
use manifest::{Manifest, Mark};
use place::{Area, Place};
use swap::Swap;
pub use tab::{Desk, Made, Tabs};
use trouble::Trouble;

/// What a commit did to the site.
#[derive(Debug, Default)]
pub struct Published {
    /// Files of the site now, and their size.
    pub files: usize,
    pub bytes: u64,
    /// How many files are new, have other bytes, or are gone, against what was published before.
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// What had to be left in the working folder.
    pub warnings: Vec<Finding>,
}

/// The steps of a commit at which tests stop a run, as a kill would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Recorded,
    Journaled,
    Half(Area),
    Swapped,
    Promoted,
}

/// An output folder that this run alone may change. Dropping it without [`commit`](Self::commit) leaves
/// everything published as it was.
#[derive(Debug)]
pub struct Publisher {
    place: Place,
    number: u32,
    /// What was published when the run began.
    published: BTreeMap<Area, Manifest>,
    inner: Mutex<Inner>,
    /// Set when any file could not be staged: such a run must not be committed.
    broken: AtomicBool,
    warnings: Vec<Finding>,
    by_renames: bool,
    stop_at: Option<Step>,
    killed: AtomicBool,
    ended: bool,
    _lock: Lock,
}

#[derive(Debug)]
struct Inner {
    journal: Journal,
    files: BTreeMap<Area, BTreeMap<String, Mark>>,
    /// Folders of the new trees; `true` once they are on disk.
    folders: HashMap<String, bool>,
}

impl Publisher {
    /// Makes `out` ready for a run that replaces the site and the operator's reports.
    ///
    /// # Errors
    /// `system.*` when the folder holds foreign files, is in use, or the system refuses.
    pub fn open(out: &Path) -> Result<Self, Box<Finding>> {
        Self::open_areas(out, &[Area::Report, Area::Site])
    }

    /// Makes `out` ready for a run that replaces the schools' tabs alone.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_tabs(out: &Path) -> Result<Self, Box<Finding>> {
        Self::open_areas(out, &[Area::Tabs])
    }

    fn open_areas(out: &Path, areas: &[Area]) -> Result<Self, Trouble> {
        let (place, lock) = lock(out)?;
        let warnings = recover::recover(&place)?;
        let mut published = BTreeMap::new();
        for area in areas {
            let record = record(&place, *area)?;
            refuse_foreign(&place, *area, Some(&record))?;
            published.insert(*area, record);
        }
        let (number, journal) = begin(&place)?;
        let publisher = Publisher {
            place,
            number,
            published,
            inner: Mutex::new(Inner {
                journal,
                files: areas.iter().map(|a| (*a, BTreeMap::new())).collect(),
                folders: HashMap::new(),
            }),
            broken: AtomicBool::new(false),
            warnings,
            by_renames: false,
            stop_at: None,
            killed: AtomicBool::new(false),
            ended: false,
            _lock: lock,
        };
        for area in areas {
            let folder = publisher.staging().join(area.name());
            fs::create_dir_all(&folder).map_err(|e| publisher.fail(&folder, &e))?;
        }
        Ok(publisher)
    }

    /// Writes a cleared artifact of the site to staging. May be called from many threads.
    ///
    /// # Errors
    /// `publish.same-path` when the address is taken, `system.*` when the file cannot be written. After any error
    /// the run cannot be committed.
    pub fn stage(&self, cleared: &Audited) -> Result<(), Box<Finding>> {
        let artifact = cleared.artifact();
        self.put(Area::Site, &artifact.path, &artifact.bytes)
    }

    /// Writes a file that only the operator reads to the staging of `report/`.
    ///
    /// # Errors
    /// As [`stage`](Self::stage), and `publish.name` when the name is not a site path.
    pub fn stage_report(&self, name: &str, bytes: &[u8]) -> Result<(), Box<Finding>> {
        self.put_named(Area::Report, name, bytes)
    }

    /// Writes a file of a school's tab (`r-01/index.html`, `r-01.zip`) to the staging of `tabs/`.
    ///
    /// # Errors
    /// As [`stage_report`](Self::stage_report).
    pub fn stage_tab(&self, name: &str, bytes: &[u8]) -> Result<(), Box<Finding>> {
        self.put_named(Area::Tabs, name, bytes)
    }

    /// Replaces what is published with what was staged.
    ///
    /// # Errors
    /// Whatever it returns, what was published before is still there, unless the system refused to put it back:
    /// then the next run does.
    pub fn commit(mut self) -> Result<Published, Box<Finding>> {
        let done = self.replace();
        let cleared = self.end();
        let mut published = done?;
        published.warnings.append(&mut self.warnings);
        match cleared {
            Ok(left) => published.warnings.extend(left),
            // The site is published: what could not be tidied up is no failure, and the next run tries again.
            Err(trouble) => published
                .warnings
                .push(trouble.severity(crate::diag::Severity::Warning)),
        }
        Ok(published)
    }

    fn put_named(&self, area: Area, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        match SitePath::new(name) {
            Some(path) => self.put(area, &path, bytes),
            None => {
                self.broken.store(true, Ordering::Relaxed);
                Err(trouble::about(&say::BAD_NAME, name))
            }
        }
    }

    fn put(&self, area: Area, path: &SitePath, bytes: &[u8]) -> Result<(), Trouble> {
        let done = self.claim(area, path, bytes).and_then(|known_folder| {
            let file = self.staging().join(area.name()).join(path.as_str());
            if !known_folder && let Some(folder) = file.parent() {
                fs::create_dir_all(folder).map_err(|e| self.fail(folder, &e))?;
                let key = folder_key(area, path.as_str());
                self.inner().folders.insert(key, true);
            }
            if self.link(area, path, bytes, &file) {
                return Ok(());
            }
            write(&file, bytes).map_err(|e| self.fail(&file, &e))
        });
        if done.is_err() {
            self.broken.store(true, Ordering::Relaxed);
        }
        done
    }

    /// Takes over the published file that has the same bytes: a second name for it costs the disk neither space nor
    /// time. Not every file system knows such names; then the file is written.
    fn link(&self, area: Area, path: &SitePath, bytes: &[u8], file: &Path) -> bool {
        let known = self
            .published
            .get(&area)
            .and_then(|m| m.0.get(path.as_str()));
        if known != Some(&Mark::of(bytes)) {
            return false;
        }
        let published = self.place.area(area).join(path.as_str());
        // Somebody may have changed the file since.
        plain::read(&published, bytes.len() as u64).is_ok_and(|there| there == bytes)
            && fs::hard_link(&published, file).is_ok()
    }

    /// Reserves the path and announces the file; gives whether its folder is there already.
    fn claim(&self, area: Area, path: &SitePath, bytes: &[u8]) -> Result<bool, Trouble> {
        let mark = Mark::of(bytes);
        let path = path.as_str();
        let inner = &mut *self.inner();
        let files = inner.files.entry(area).or_default();
        let is_folder = |key: &str| {
            inner
                .folders
                .contains_key(&format!("{}/{key}", area.name()))
        };
        let taken = files.contains_key(path)
            || is_folder(path)
            || ancestors(path).any(|folder| files.contains_key(folder));
        if taken {
            return Err(trouble::about(&say::SAME_PATH, path));
        }
        files.insert(path.to_owned(), mark);
        for folder in ancestors(path) {
            let key = format!("{}/{folder}", area.name());
            inner.folders.entry(key).or_insert(false);
        }
        let ready = inner.folders.get(&folder_key(area, path)).copied();
        let journal = self.place.journal(self.number);
        inner
            .journal
            .staged(area, path)
            .map_err(|e| self.fail(&journal, &e))?;
        Ok(ready.unwrap_or(false))
    }

    fn replace(&self) -> Result<Published, Trouble> {
        if self.broken.load(Ordering::Relaxed) {
            let out = self.place.show(&self.place.out);
            return Err(trouble::about(&say::INCOMPLETE, &out));
        }
        let staged: Vec<(Area, Manifest)> = std::mem::take(&mut self.inner().files)
            .into_iter()
            .map(|(area, files)| (area, Manifest(files)))
            .collect();
        if staged
            .iter()
            .any(|(a, m)| *a == Area::Site && m.0.is_empty())
        {
            let site = self.place.show(&self.place.area(Area::Site));
            return Err(trouble::about(&say::EMPTY, &site));
        }
        let published = self.prepare(&staged)?;
        let mut swapped: Vec<Swap> = Vec::new();
        for (area, _) in &staged {
            let swap = Swap {
                new: self.staging().join(area.name()),
                published: self.place.area(*area),
                old: recover::old_tree(&self.staging(), *area),
                by_renames: self.by_renames,
            };
            if let Err(e) = swap.perform(|| self.step(Step::Half(*area))) {
                let trouble = self.refused(&swap.published, &e);
                if self.killed.load(Ordering::Relaxed) {
                    return Err(trouble);
                }
                for done in swapped.iter().rev() {
                    done.undo().map_err(|e| self.fail(&done.published, &e))?;
                }
                return Err(trouble);
            }
            swapped.push(swap);
        }
        self.finish(&staged)
            .map_err(|e| self.fail(&self.place.out, &e))?;
        Ok(published)
    }

    /// Everything before the first swap: checks, records, journal, disk.
    fn prepare(&self, staged: &[(Area, Manifest)]) -> Result<Published, Trouble> {
        let path = self.place.journal(self.number);
        let fail = |e: io::Error| self.fail(&path, &e);
        let mut published = Published::default();
        for (area, next) in staged {
            let current = record(&self.place, *area)?;
            // A build takes time: someone may have put a file there meanwhile.
            refuse_foreign(&self.place, *area, Some(&current))?;
            next.write(&self.place, &self.place.next(*area))?;
            self.step(Step::Recorded).map_err(fail)?;
            let journaled = self.inner().journal.swap(*area, current.0.keys());
            journaled.map_err(fail)?;
            if matches!(area, Area::Site | Area::Tabs) {
                published = compare(&current, next);
            }
        }
        let settled = self.inner().journal.settle();
        settled.map_err(fail)?;
        let staging = self.staging();
        swap::settle_tree(&staging)
            .and_then(|()| swap::settle_folder(&self.place.state()))
            .map_err(|e| self.fail(&staging, &e))?;
        self.step(Step::Journaled).map_err(fail)?;
        Ok(published)
    }

    /// Makes the new records the valid ones. All is swapped by now, so the system's refusals count no more: the
    /// end of this run, or the next, settles the records. Only a stop by a test comes back.
    fn finish(&self, staged: &[(Area, Manifest)]) -> io::Result<()> {
        self.step(Step::Swapped)?;
        let _ = swap::settle_folder(&self.place.out);
        for (area, _) in staged {
            let _ = swap::rename(&self.place.next(*area), &self.place.manifest(*area));
        }
        let _ = swap::settle_folder(&self.place.state());
        self.step(Step::Promoted)
    }

    /// Clears up after a run, however it ended, just as the next run would.
    fn end(&mut self) -> Result<Vec<Finding>, Trouble> {
        if self.ended || self.killed.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        self.ended = true;
        recover::recover(&self.place)
    }

    fn step(&self, step: Step) -> io::Result<()> {
        if self.stop_at == Some(step) {
            self.killed.store(true, Ordering::Relaxed);
        }
        match self.killed.load(Ordering::Relaxed) {
            true => Err(io::Error::other("stopped by a test")),
            false => Ok(()),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn staging(&self) -> PathBuf {
        self.place.staging(self.number)
    }

    fn fail(&self, path: &Path, error: &io::Error) -> Trouble {
        trouble::io(&self.place.show(path), error)
    }

    /// The finding for a folder that could not be swapped: names the open file where there is one.
    fn refused(&self, folder: &Path, error: &io::Error) -> Trouble {
        let mounted = [io::ErrorKind::ResourceBusy, io::ErrorKind::CrossesDevices];
        match swap::locked_file(folder) {
            Some(file) => trouble::about(&say::LOCKED, &self.place.show(&file)),
            None if mounted.contains(&error.kind()) => {
                trouble::about(&say::MOUNT_POINT, &self.place.show(folder))
            }
            None => self.fail(folder, error),
        }
    }
}

impl Drop for Publisher {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes: the journal stays.
        let _ = self.end();
    }
}

/// Ends what an interrupted run began in `out`, without a new run. `glasno serve` and the like may call it first.
///
/// # Errors
/// As [`Publisher::open`].
pub fn recover(out: &Path) -> Result<Vec<Finding>, Box<Finding>> {
    let place = place(out)?;
    if !matches!(tree::is_folder(&place.state()), Ok(Some(true))) {
        return Ok(Vec::new());
    }
    let (place, _lock) = lock(out)?;
    recover::recover(&place)
}

/// The folders above a path, outermost first: `a`, `a/b` for `a/b/c`.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn folder_key(area: Area, path: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{}/{folder}", area.name()),
        None => area.name().to_owned(),
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    swap::settle_file(&file)
}

fn compare(old: &Manifest, new: &Manifest) -> Published {
    let mut published = Published {
        files: new.0.len(),
        bytes: new.0.values().map(|m| m.len).sum(),
        removed: old.0.keys().filter(|p| !new.0.contains_key(*p)).count(),
        ..Published::default()
    };
    for (path, mark) in &new.0 {
        match old.0.get(path) {
            None => published.added += 1,
            Some(was) if was != mark => published.changed += 1,
            Some(_) => {}
        }
    }
    published
}
