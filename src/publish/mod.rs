//! Puts the cleared files where they are published: staged aside, then swapped in whole.
//!
//! Takes [`Audited`] artifacts (and the operator's reports); gives the folders `site/` and `report/` of the output
//! folder, and each school's in `tabs/`. What was published stays as it was, to the byte, until the one step that replaces it; a kill at
//! any moment leaves the old tree or the new one, and the next run clears up. Must not publish anything else than
//! what it was given, and must not delete or replace a file that the program did not make.
//!
//! Where the system can exchange two folders in one step, there is a whole site at every moment. Elsewhere two renames
//! take its place: a kill between them leaves none until [`recover()`], with which every command begins. A mix of old
//! and new pages, which would bridge that moment, is not made: nobody has cleared it.
//!
//! How a run goes (all records lie in `.glasno/` of the output folder):
//! 1. [`Publisher::open`] takes the lock, ends what an interrupted run began, and refuses foreign files;
//! 2. `stage` announces each file in the journal and writes it below `staging-N/`;
//! 3. [`Publisher::commit`] writes `AREA.manifest.next`, journals the swap, hands all to the disk, swaps, makes the
//!    new record the valid one, and removes the old tree.

mod disk;
#[cfg(test)]
mod fault;
mod ground;
mod journal;
mod manifest;
mod patience;
mod place;
mod recover;
mod reports;
mod swap;
mod tab;
mod tree;
mod trouble;

#[cfg(test)]
mod tests;
#[cfg(all(test, target_os = "linux"))]
mod tests_disk;
#[cfg(test)]
mod tests_fault;
#[cfg(test)]
mod tests_kill;
#[cfg(test)]
mod tests_tab;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::artifact::SitePath;
use crate::audit::Audited;
use crate::diag::Finding;
use crate::diag::catalog::publish as say;
use disk::Out;
use ground::{Lock, begin, lock, place, record};
use journal::Journal;
use manifest::{Manifest, Mark};
use place::{Area, Place};
pub use reports::{add_reports, put_reports};
pub use swap::outside;
pub use tab::{Desk, Made, Tabs};
use trouble::Trouble;

/// What a commit did to the site.
#[derive(Debug, Default)]
pub struct Published {
    /// Files of the site now, and their size.
    pub files: usize,
    pub bytes: u64,
    /// How many files are new, have other bytes or rights, or are gone, against what lay there before.
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
    /// What had to be left in the working folder.
    pub warnings: Vec<Finding>,
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
    /// The rights of a file that is newly made.
    mode: Option<u32>,
    ended: bool,
    _lock: Lock,
}

#[derive(Debug)]
struct Inner {
    journal: Journal,
    files: BTreeMap<Area, BTreeMap<String, Mark>>,
    /// Files that somebody has changed or removed where they are published, or whose rights are not what they were.
    repaired: BTreeSet<(Area, String)>,
    /// Folders of the new trees; `true` once they are on disk.
    folders: HashMap<String, bool>,
}

impl Publisher {
    /// Makes `out` ready for a run that replaces the site and the operator's reports.
    ///
    /// # Errors
    /// `system.*` when the folder holds foreign files, is in use, or the system refuses.
    pub fn open(out: &Path) -> Result<Self, Box<Finding>> {
        Publisher::of(out, &[Area::Report, Area::Site])
    }

    /// The same for some areas: the others stay as they are.
    fn of(out: &Path, areas: &[Area]) -> Result<Self, Trouble> {
        let (place, lock) = lock(out)?;
        let warnings = recover::recover(&place)?;
        let mut published = BTreeMap::new();
        for area in areas {
            published.insert(*area, record(&place, *area)?.unwrap_or_default());
        }
        let (number, journal) = begin(&place)?;
        let mode = disk::mode(&place.journal(number)).ok();
        let publisher = Publisher {
            place,
            number,
            published,
            inner: Mutex::new(Inner {
                journal,
                files: areas.iter().map(|a| (*a, BTreeMap::new())).collect(),
                repaired: BTreeSet::new(),
                folders: HashMap::new(),
            }),
            broken: AtomicBool::new(false),
            warnings,
            mode,
            ended: false,
            _lock: lock,
        };
        for area in areas {
            let folder = publisher.staging().join(area.name());
            disk::create_folders(&folder).map_err(|e| publisher.fail(&folder, &e))?;
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

    /// Takes over the reports that a person asked for (see [`add_reports`]), as they stand: somebody may have gone on
    /// writing in one.
    ///
    /// # Errors
    /// As [`stage`](Self::stage).
    pub fn keep_reports(&self) -> Result<(), Box<Finding>> {
        let below = format!("{}/", reports::FOLDER);
        self.keep(&|path| path.starts_with(&below))
    }

    /// Takes over reports as they stand.
    fn keep(&self, wanted: &dyn Fn(&str) -> bool) -> Result<(), Trouble> {
        let published = self.published.get(&Area::Report);
        let paths = published.into_iter().flat_map(|m| m.0.keys());
        for path in paths.filter(|path| wanted(path)) {
            let file = self.place.area(Area::Report).join(path);
            match disk::read(&file, reports::LIMIT) {
                Ok(bytes) => self.put_named(Area::Report, path, &bytes)?,
                // Taken away by hand.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(self.fail(&file, &e)),
            }
        }
        Ok(())
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
                disk::create_folders(folder).map_err(|e| self.fail(folder, &e))?;
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
        let there = disk::read(&published, bytes.len() as u64);
        if there.is_ok_and(|there| there == bytes) && disk::mode(&published).ok() == self.mode {
            return disk::hard_link(&published, file).is_ok();
        }
        let repaired = (area, path.as_str().to_owned());
        self.inner().repaired.insert(repaired);
        false
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
        for (area, manifest) in &staged {
            let swap = recover::swap(&self.place, self.number, *area);
            if let Err(e) = swap.perform()
                // Network folders may call a step failed that was done.
                && !manifest.is_all(&swap.published).unwrap_or(false)
            {
                return Err(self.refused(&swap.published, &e));
            }
        }
        self.finish(&staged);
        Ok(published)
    }

    /// Everything before the first swap: checks, records, journal, disk.
    fn prepare(&self, staged: &[(Area, Manifest)]) -> Result<Published, Trouble> {
        let path = self.place.journal(self.number);
        let fail = |e: io::Error| self.fail(&path, &e);
        let mut published = Published::default();
        for (area, next) in staged {
            // A build takes time: someone may have put a file there meanwhile.
            let current = record(&self.place, *area)?;
            next.write(&self.place, &self.place.next(*area))?;
            let inner = &mut *self.inner();
            if current.is_none() {
                inner.journal.keep(*area).map_err(fail)?;
            }
            let current = current.unwrap_or_default();
            let journaled = inner.journal.swap(*area, current.0.keys());
            journaled.map_err(fail)?;
            if *area == Area::Site {
                published = compare(*area, &current, next, &inner.repaired);
            }
        }
        let settled = self.inner().journal.settle();
        settled.map_err(fail)?;
        let staging = self.staging();
        disk::settle_tree(&staging)
            .and_then(|()| disk::settle_folder(&self.place.state()))
            .map_err(|e| self.fail(&staging, &e))?;
        Ok(published)
    }

    /// Makes the new records the valid ones. All is swapped by now, so the system's refusals count no more: the
    /// end of this run, or the next, settles the records.
    fn finish(&self, staged: &[(Area, Manifest)]) {
        let _ = disk::settle_folder(&self.place.out);
        for (area, _) in staged {
            let _ = disk::rename(&self.place.next(*area), &self.place.manifest(*area));
        }
        let _ = disk::settle_folder(&self.place.state());
    }

    /// Clears up after a run, however it ended, just as the next run would.
    fn end(&mut self) -> Result<Vec<Finding>, Trouble> {
        if self.ended {
            return Ok(Vec::new());
        }
        self.ended = true;
        recover::recover(&self.place)
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

/// Ends what an interrupted run began in `out`, without a new run. Touches nothing where there is nothing to end.
///
/// # Errors
/// As [`Publisher::open`].
pub fn recover(out: &Path) -> Result<Vec<Finding>, Box<Finding>> {
    let place = place(out)?;
    let ours = matches!(disk::is_folder(&place.state()), Ok(Some(true)));
    let due = || recover::is_due(&place) || tab::interrupted(&place).is_ok_and(|i| !i.is_empty());
    if !ours || !due() {
        return Ok(Vec::new());
    }
    let (place, lock) = lock(out)?;
    let mut warnings = recover::recover(&place)?;
    let tabs = Tabs::of(place, lock);
    tabs.settle()?;
    warnings.extend(tabs.kept());
    Ok(warnings)
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
    let mut file = Out::new(path)?;
    file.write_all(bytes)?;
    file.settle()
}

fn compare(
    area: Area,
    old: &Manifest,
    new: &Manifest,
    repaired: &BTreeSet<(Area, String)>,
) -> Published {
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
            Some(_) => {
                published.changed += usize::from(repaired.contains(&(area, path.clone())));
            }
        }
    }
    published
}
