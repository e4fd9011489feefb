//! Walks folders that hold our files: finds what is not ours, removes what is.
//!
//! Takes a folder and a judge of paths (`/`-separated, below the folder). Must not follow a link, and must not
//! delete anything the judge does not know.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path};

use walkdir::{DirEntry, WalkDir};

use super::patience::patiently;

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

/// What stands at `path` itself, without following a link: a folder, nothing, or something else.
pub(super) fn is_folder(path: &Path) -> io::Result<Option<bool>> {
    match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta.is_dir())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    }
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
    for entry in WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_dir() && !is_ours(root, &entry, known) {
            found.push(entry.into_path());
        }
    }
    Ok(found)
}

/// Shows every file below `root` to `see`, until it answers `false`; gives whether it saw them all.
pub(super) fn files(root: &Path, see: &mut dyn FnMut(&str) -> bool) -> bool {
    WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .all(|e| below(root, e.path()).is_none_or(|path| see(&path)))
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
    for entry in WalkDir::new(root).contents_first(true).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_dir() {
            // A folder with something left in it stays; what is left has been noted already.
            let _ = patiently(|| fs::remove_dir(entry.path()));
        } else if !is_ours(root, &entry, known)
            || patiently(|| fs::remove_file(entry.path())).is_err()
        {
            left.push(entry.into_path());
        }
    }
    Ok(left)
}
