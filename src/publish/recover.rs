//! Ends what an interrupted run began: restores the published folder, settles its record, clears the leftovers.
//!
//! Takes the locked output folder; gives warnings about what had to be left. Every step may itself be interrupted
//! and done again. Must not delete a file that no journal names.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{self, is_folder};
use super::journal::Told;
use super::manifest::{Manifest, Record};
use super::place::{Area, Place};
use super::swap::Swap;
use super::tree;
use super::trouble::{self, Trouble};
use crate::diag::catalog::publish as say;
use crate::diag::{Finding, Location};

/// Brings the output folder back to a settled state.
pub(super) fn recover(place: &Place) -> Result<Vec<Finding>, Trouble> {
    let mut warnings = Vec::new();
    let journals = journals(place)?;
    let mut told = Vec::new();
    for number in journals {
        let path = place.journal(number);
        let read = Told::read(&path).map_err(|e| trouble::io(&place.show(&path), &e))?;
        for area in &read.swaps {
            restore(place, number, *area)?;
        }
        take_back(place, number, &read.swaps)?;
        for area in &read.kept {
            warnings.extend(set_aside(place, number, *area)?);
        }
        told.push((number, read));
    }
    for area in Area::ALL {
        settle_record(place, area)?;
    }
    for (number, told) in told {
        warnings.extend(clear(place, number, &told)?);
    }
    Ok(warnings)
}

/// Whether a run was interrupted here, as far as can be seen without the lock.
pub(super) fn is_due(place: &Place) -> bool {
    journals(place).is_ok_and(|found| !found.is_empty())
}

/// Numbers of the journals that are there, in order.
fn journals(place: &Place) -> Result<Vec<u32>, Trouble> {
    let state = place.state();
    let fail = |e: &io::Error| trouble::io(&place.show(&state), e);
    let mut numbers = Vec::new();
    disk::walk().map_err(|e| fail(&e))?;
    for entry in fs::read_dir(&state).map_err(|e| fail(&e))? {
        let entry = entry.map_err(|e| fail(&e))?;
        let name = entry.file_name();
        let number = name.to_str().and_then(|n| n.strip_prefix("journal-"));
        numbers.extend(number.and_then(|n| n.parse::<u32>().ok()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// Where the tree that was published waits between two renames.
pub(super) fn old_tree(staging: &Path, area: Area) -> PathBuf {
    staging.join(format!("{}.old", area.name()))
}

/// The places of an area's swap in a run.
pub(super) fn swap(place: &Place, number: u32, area: Area) -> Swap {
    let staging = place.staging(number);
    Swap {
        new: staging.join(area.name()),
        published: place.area(area),
        old: old_tree(&staging, area),
    }
}

/// A run that died between two renames left nothing in place: the old tree goes back.
fn restore(place: &Place, number: u32, area: Area) -> Result<(), Trouble> {
    let Swap { published, old, .. } = swap(place, number, area);
    let missing = |path: &Path| {
        is_folder(path)
            .map(|kind| kind.is_none())
            .map_err(|e| trouble::io(&place.show(path), &e))
    };
    if missing(&published)? && !missing(&old)? {
        disk::rename(&old, &published)
            .and_then(|()| disk::settle_folder(&place.out))
            .map_err(|e| trouble::io(&place.show(&published), &e))?;
    }
    Ok(())
}

/// Areas are swapped together: when the last one was not, those before it go back.
fn take_back(place: &Place, number: u32, swaps: &[Area]) -> Result<(), Trouble> {
    let Some((last, before)) = swaps.split_last().filter(|(_, before)| !before.is_empty()) else {
        return Ok(());
    };
    if is_new(place, *last)? != Some(false) {
        return Ok(());
    }
    for area in before.iter().rev() {
        if is_new(place, *area)? == Some(true) {
            let swap = swap(place, number, *area);
            swap.undo()
                .map_err(|e| trouble::io(&place.show(&swap.published), &e))?;
        }
    }
    Ok(())
}

/// Whether the tree that was to be published is in its place. `None` when nothing tells it from the one before, or
/// nothing is to be told any more: the record of a settled swap is the valid one.
fn is_new(place: &Place, area: Area) -> Result<Option<bool>, Trouble> {
    let Record::Whole(next) = Manifest::read(place, &place.next(area))? else {
        return Ok(None);
    };
    let current = Manifest::read(place, &place.manifest(area))?.known();
    let folder = place.area(area);
    let fits = next
        .fits(&current, &folder)
        .map_err(|e| trouble::io(&place.show(&folder), &e))?;
    Ok((next != current).then_some(fits))
}

/// Moves a tree of which nobody knows whose it is to where its owner finds it; gives what to tell.
fn set_aside(place: &Place, number: u32, area: Area) -> Result<Option<Finding>, Trouble> {
    let Swap { new, old, .. } = swap(place, number, area);
    let at = if is_folder(&old).ok().flatten().is_some() {
        old
    } else {
        new
    };
    let fail = |e: io::Error| trouble::io(&place.show(&at), &e);
    if is_folder(&at).map_err(fail)? != Some(true) {
        return Ok(None);
    }
    // What this run staged and did not publish is nobody else's.
    for record in [place.next(area), place.manifest(area)] {
        if let Record::Whole(made) = Manifest::read(place, &record)?
            && made.is_all(&at).map_err(fail)?
        {
            return Ok(None);
        }
    }
    if is_folder(&place.area(area)).map_err(fail)? != Some(true) {
        return Ok(None);
    }
    let kept = free(place, area).map_err(fail)?;
    disk::rename(&at, &kept).map_err(fail)?;
    let shown = place.show(&kept);
    let location = Location::file(place.show(&place.manifest(area)));
    Ok(Some(
        Finding::new(&say::KEPT, location).arg("folder", shown),
    ))
}

/// The first name for a kept tree that nothing has.
pub(super) fn free(place: &Place, area: Area) -> io::Result<PathBuf> {
    let mut number = 1;
    loop {
        let path = place.kept(area, number);
        if is_folder(&path)?.is_none() {
            return Ok(path);
        }
        number += 1;
    }
}

/// Finds out which of two records the published folder matches. Where it is neither (someone has edited a page),
/// both stay known, so that our own files never look foreign.
fn settle_record(place: &Place, area: Area) -> Result<(), Trouble> {
    let (current_path, next_path) = (place.manifest(area), place.next(area));
    // A record whose writing was interrupted says nothing.
    for half in [&current_path, &next_path].map(|path| path.with_extension("half")) {
        if is_folder(&half).ok().flatten().is_some() {
            let _ = disk::remove_file(&half);
        }
    }
    let fail = |e: io::Error| trouble::io(&place.show(&next_path), &e);
    let next = match Manifest::read(place, &next_path)? {
        Record::None => return Ok(()),
        Record::Damaged => return disk::remove_file(&next_path).map_err(fail),
        Record::Whole(next) => next,
    };
    let (current, damaged) = match Manifest::read(place, &current_path)? {
        Record::Damaged => (Manifest::default(), true),
        record => (record.known(), false),
    };
    let folder = place.area(area);
    if next.fits(&current, &folder).map_err(fail)? {
        return disk::rename(&next_path, &current_path).map_err(fail);
    }
    // A damaged record stays one: what lies there may be anybody's.
    if !damaged && !current.fits(&next, &folder).map_err(fail)? {
        let mut both = current;
        both.0.extend(next.0);
        both.write(place, &current_path)?;
    }
    disk::remove_file(&next_path).map_err(fail)
}

/// Removes a run's working folder and, when nothing is left of it, its journal.
fn clear(place: &Place, number: u32, told: &Told) -> Result<Vec<Finding>, Trouble> {
    let staging = place.staging(number);
    for area in &told.swaps {
        // Never delete a tree that waits to be put back, whatever went wrong before.
        let published = is_folder(&place.area(*area));
        let waiting = is_folder(&old_tree(&staging, *area));
        if !matches!((published, waiting), (Ok(Some(_)), _) | (_, Ok(None))) {
            return Ok(Vec::new());
        }
    }
    let left = tree::remove(&staging, &mut |path| told.knows(path))
        .map_err(|e| trouble::io(&place.show(&staging), &e))?;
    if left.is_empty() {
        let journal = place.journal(number);
        disk::remove_file(&journal).map_err(|e| trouble::io(&place.show(&journal), &e))?;
    }
    let folder = place.show(&staging);
    Ok(left
        .iter()
        .map(|path| {
            Finding::new(&say::LEFT_BEHIND, Location::file(place.show(path))).arg("folder", &folder)
        })
        .collect())
}
