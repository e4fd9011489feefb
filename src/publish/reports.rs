//! Reports that a person asked for, beside those that a build makes: they stay where they are when the next build swaps
//! the folder.
//!
//! Takes the output folder, names and bytes; gives the folder. The record names a file before it is written, so a run
//! that dies leaves nothing that would be taken for somebody else's. Must not replace a file that the record does not
//! name.

use std::io::{self, Write as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::disk::{self, Out};
use super::ground::{lock, record};
use super::manifest::Mark;
use super::place::Area;
use super::recover;
use super::trouble::{self, Trouble};
use crate::artifact::SitePath;
use crate::diag::catalog::publish as say;

/// Where they lie, below `report/`.
pub(super) const FOLDER: &str = "signed";

/// Writes files to `report/signed/`.
///
/// # Errors
/// `system.*` when the output folder is in use, holds what is not ours, or the system refuses.
pub fn add_reports(out: &Path, files: &[(String, Vec<u8>)]) -> Result<PathBuf, Trouble> {
    let (place, _lock) = lock(out)?;
    recover::recover(&place)?;
    let mut known = record(&place, Area::Report)?.unwrap_or_default();
    for (name, bytes) in files {
        let path = SitePath::new(&format!("{FOLDER}/{name}"))
            .ok_or_else(|| trouble::about(&say::BAD_NAME, name))?;
        known.0.insert(path.as_str().to_owned(), Mark::of(bytes));
    }
    known.write(&place, &place.manifest(Area::Report))?;
    let folder = place.area(Area::Report).join(FOLDER);
    put(&folder, files, &|path, e| trouble::io(&place.show(path), e))?;
    Ok(out.join(Area::Report.name()).join(FOLDER))
}

/// Writes files to a folder of the operator's own.
///
/// # Errors
/// `system.*` when the system refuses.
pub fn put_reports(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Trouble> {
    let show = |path: &Path| path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
    put(folder, files, &|path, e| trouble::io(&show(path), e))
}

fn put(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    fail: &dyn Fn(&Path, &io::Error) -> Trouble,
) -> Result<(), Trouble> {
    disk::create_folders(folder).map_err(|e| fail(folder, &e))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        let written = || {
            let mut file = Out::again(&path)?;
            file.write_all(bytes)?;
            file.sync()
        };
        written().map_err(|e| fail(&path, &e))?;
    }
    Ok(())
}
