//! Ends what an interrupted run began: restores the published folder, settles its record, clears the leftovers.
//!
//! Takes the locked output folder; gives warnings about what had to be left. Every step may itself be interrupted
//! and done again. Must not delete a file that no journal names.

use std::fs;
use std::path::{Path, PathBuf};

use super::journal::Told;
use super::manifest::Manifest;
use super::patience::patiently;
use super::place::{Area, Place};
use super::trouble::{self, Trouble};
use super::{swap, tree};
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

/// Numbers of the journals that are there, in order.
fn journals(place: &Place) -> Result<Vec<u32>, Trouble> {
    let state = place.state();
    let fail = |e: &std::io::Error| trouble::io(&place.show(&state), e);
    let mut numbers = Vec::new();
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

/// A run that died between two renames left nothing in place: the old tree goes back.
fn restore(place: &Place, number: u32, area: Area) -> Result<(), Trouble> {
    let published = place.area(area);
    let old = old_tree(&place.staging(number), area);
    let missing = |path: &Path| {
        tree::is_folder(path)
            .map(|kind| kind.is_none())
            .map_err(|e| trouble::io(&place.show(path), &e))
    };
    if missing(&published)? && !missing(&old)? {
        swap::rename(&old, &published)
            .and_then(|()| swap::settle_folder(&place.out))
            .map_err(|e| trouble::io(&place.show(&published), &e))?;
    }
    Ok(())
}

/// Finds out which of two records the published folder matches. Where it is neither (someone has edited a page),
/// both stay known, so that our own files never look foreign.
fn settle_record(place: &Place, area: Area) -> Result<(), Trouble> {
    let (current_path, next_path) = (place.manifest(area), place.next(area));
    // A record whose writing was interrupted says nothing.
    let _ = fs::remove_file(next_path.with_extension("half"));
    let Some(next) = Manifest::read(place, &next_path)? else {
        return Ok(());
    };
    let current = Manifest::read(place, &current_path)?.unwrap_or_default();
    let folder = place.area(area);
    let fail = |e: std::io::Error| trouble::io(&place.show(&next_path), &e);
    if next.fits(&current, &folder) {
        return swap::rename(&next_path, &current_path).map_err(fail);
    }
    if !current.fits(&next, &folder) {
        let mut both = current;
        both.0.extend(next.0);
        both.write(place, &current_path)?;
    }
    fs::remove_file(&next_path).map_err(fail)
}

/// Removes a run's working folder and, when nothing is left of it, its journal.
fn clear(place: &Place, number: u32, told: &Told) -> Result<Vec<Finding>, Trouble> {
    let staging = place.staging(number);
    for area in &told.swaps {
        // Never delete a tree that waits to be put back, whatever went wrong before.
        let published = tree::is_folder(&place.area(*area));
        let waiting = tree::is_folder(&old_tree(&staging, *area));
        if !matches!((published, waiting), (Ok(Some(_)), _) | (_, Ok(None))) {
            return Ok(Vec::new());
        }
    }
    let left = tree::remove(&staging, &mut |path| told.knows(path))
        .map_err(|e| trouble::io(&place.show(&staging), &e))?;
    if left.is_empty() {
        let journal = place.journal(number);
        patiently(|| fs::remove_file(&journal))
            .map_err(|e| trouble::io(&place.show(&journal), &e))?;
    }
    let folder = place.show(&staging);
    Ok(left
        .iter()
        .map(|path| {
            Finding::new(&say::LEFT_BEHIND, Location::file(place.show(path))).arg("folder", &folder)
        })
        .collect())
}
