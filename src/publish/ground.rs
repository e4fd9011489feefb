//! Makes an output folder ready to be worked on: the lock, the check for foreign files, the number of the run.
//!
//! Takes the `--out` folder; gives the locked [`Place`]. Must not write anything where foreign files lie, and must
//! not follow a link in place of a folder of ours.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use super::disk::{self, is_folder};
use super::journal::Journal;
use super::manifest::{Manifest, Record};
use super::place::{Area, Place};
use super::tree;
use super::trouble::{self, Trouble};
use crate::diag::catalog::publish as say;

/// The held lock of an output folder.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Closing alone would not do: a process being started just then holds a copy of the file for an instant, and
    /// the next run would find the folder in use.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

pub(super) fn place(out: &Path) -> Result<Place, Trouble> {
    Place::new(out).map_err(|e| trouble::io(&out.to_string_lossy(), &e))
}

/// Makes the output folder and its working folder, and takes the lock. Writes nothing where foreign files lie.
pub(super) fn lock(out: &Path) -> Result<(Place, Lock), Trouble> {
    let place = place(out)?;
    let fail = |path: &Path, e: &io::Error| trouble::io(&place.show(path), e);
    if place.out.metadata().is_ok_and(|m| !m.is_dir()) {
        return Err(trouble::about(&say::NOT_FOLDER, &place.show(&place.out)));
    }
    let state = place.state();
    match is_folder(&state).map_err(|e| fail(&state, &e))? {
        Some(true) => {}
        Some(false) => return Err(trouble::about(&say::NOT_FOLDER, &place.show(&state))),
        None => {
            for area in Area::ALL {
                refuse_foreign(&place, area, None)?;
            }
            disk::create_folders(&state).map_err(|e| fail(&state, &e))?;
        }
    }
    let path = place.lock();
    match disk::lock(&path).map_err(|e| fail(&path, &e))? {
        Ok(file) => Ok((place, Lock(file))),
        Err(TryLockError::WouldBlock) => Err(trouble::about(&say::BUSY, &place.show(&place.out))),
        Err(TryLockError::Error(e)) => Err(fail(&path, &e)),
    }
}

/// Refuses a link or a file in an area's place.
pub(super) fn refuse_other(place: &Place, area: Area) -> Result<(), Trouble> {
    let folder = place.area(area);
    let shown = place.show(&folder);
    match is_folder(&folder).map_err(|e| trouble::io(&shown, &e))? {
        Some(false) => Err(trouble::about(&say::NOT_FOLDER, &shown)),
        _ => Ok(()),
    }
}

/// Refuses an area that is no ordinary folder or holds anything that the record does not name.
pub(super) fn refuse_foreign(
    place: &Place,
    area: Area,
    record: Option<&Manifest>,
) -> Result<(), Trouble> {
    refuse_other(place, area)?;
    let folder = place.area(area);
    let shown = place.show(&folder);
    let mut known = |path: &str| record.is_some_and(|r| r.0.contains_key(path));
    let found = tree::foreign(&folder, &mut known).map_err(|e| trouble::io(&shown, &e))?;
    match found.first() {
        None => Ok(()),
        Some(first) => Err(Box::new(
            trouble::about(&say::FOREIGN, &place.show(first))
                .arg("folder", shown)
                .arg("n", found.len()),
        )),
    }
}

/// What the valid record names; `None` when it is damaged, so that whatever lies there may be anybody's. Where it is
/// whole, nothing else may lie there.
pub(super) fn record(place: &Place, area: Area) -> Result<Option<Manifest>, Trouble> {
    match Manifest::read(place, &place.manifest(area))? {
        Record::Damaged => refuse_other(place, area).map(|()| None),
        record => {
            let known = record.known();
            refuse_foreign(place, area, Some(&known)).map(|()| Some(known))
        }
    }
}

/// Starts the journal of a new run under the first number that is free of journals and folders.
pub(super) fn begin(place: &Place) -> Result<(u32, Journal), Trouble> {
    let mut number = 1;
    loop {
        let path = place.journal(number);
        let staging = place.staging(number);
        let taken = is_folder(&staging).map_err(|e| trouble::io(&place.show(&staging), &e))?;
        if taken.is_none() {
            match Journal::create(&path) {
                Ok(journal) => return Ok((number, journal)),
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
                Err(e) => return Err(trouble::io(&place.show(&path), &e)),
            }
        }
        number += 1;
    }
}
