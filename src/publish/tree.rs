//! Walks folders that hold our files: finds what is not ours, removes what is.
//!
//! Takes a folder and a judge of paths (`/`-separated, below the folder). Must not follow a link, and must not
//! delete anything the judge does not know.

use std::io;
use std::path::{MAIN_SEPARATOR, Path};

use walkdir::{DirEntry, WalkDir};

use super::disk::{self, is_folder};

/// The path below `root`; `None` when it is not UTF-8, for no file of ours is such.
fn below(root: &Path, path: &Path) -> Option<String> {
    let rest = path.strip_prefix(root).ok()?.to_str()?;
    Some(if MAIN_SEPARATOR == '/' {
        rest.to_owned()
    } else {
        rest.replace(MAIN_SEPARATOR, "/")
    })
}

fn is_ours(root: &Path, entry: &DirEntry, known: &mut dyn FnMut(&str) -> bool) -> bool {
    entry.file_type().is_file() && below(root, entry.path()).is_some_and(|path| known(&path))
}

/// Files, links and the like below `root` that `known` does not name, in order. Folders alone are no property
/// of anyone. The root must be a folder or absent.
pub(super) fn foreign(
    root: &Path,
    known: &mut dyn FnMut(&str) -> bool,
) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    if is_folder(root)?.is_none() {
        return Ok(found);
    }
    disk::walk()?;
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_dir() && !is_ours(root, &entry, known) {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// Shows every file below `root` to `see`, until it answers `false`; gives whether it saw them all.
pub(super) fn files(root: &Path, see: &mut dyn FnMut(&str) -> bool) -> io::Result<bool> {
    if is_folder(root)? != Some(true) {
        return Ok(true);
    }
    disk::walk()?;
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        let is_file = entry.file_type().is_file();
        if is_file && below(root, entry.path()).is_some_and(|path| !see(&path)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes the files below `root` that `known` names, then the folders that are empty; gives what is left.
pub(super) fn remove(
    root: &Path,
    known: &mut dyn FnMut(&str) -> bool,
) -> io::Result<Vec<std::path::PathBuf>> {
    let mut left = Vec::new();
    if is_folder(root)? != Some(true) {
        return Ok(left);
    }
    disk::walk()?;
    for entry in WalkDir::new(root).contents_first(true).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_dir() {
            match disk::remove_folder(entry.path()) {
                // What is left in it has been noted already.
                Err(e) if e.kind() != io::ErrorKind::DirectoryNotEmpty => {
                    left.push(entry.into_path());
                }
                _ => {}
            }
        } else if !is_ours(root, &entry, known) || disk::remove_file(entry.path()).is_err() {
            left.push(entry.into_path());
        }
    }
    Ok(left)
}
