//! Reports that a person asked for, beside those that a build makes: they stay where they are when the next build swaps
//! the folder.
//!
//! Takes the output folder, names and bytes; gives the folder. The folder of reports is swapped whole, as a build swaps it: a
//! run that fails or dies leaves the old reports or the new ones. In a folder of the operator's own each file is written
//! aside and renamed. Must not replace a file in the output folder that the record does not name.

use std::io::{self, Write as _};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::Publisher;
use super::disk::{self, Out};
use super::place::Area;
use super::trouble::{self, Trouble};

/// Where they lie, below `report/`.
pub(super) const FOLDER: &str = "signed";
/// No report is larger, whatever somebody has put into it since.
pub(super) const LIMIT: u64 = 1 << 30;

/// Puts files into `report/signed/`; the other reports stay as they are.
///
/// # Errors
/// `system.*` when the output folder is in use, holds what is not ours, or the system refuses.
pub fn add_reports(out: &Path, files: &[(String, Vec<u8>)]) -> Result<PathBuf, Trouble> {
    let publisher = Publisher::of(out, &[Area::Report])?;
    let below = |name: &str| format!("{FOLDER}/{name}");
    publisher.keep(&|path| files.iter().all(|(name, _)| below(name) != *path))?;
    for (name, bytes) in files {
        publisher.stage_report(&below(name), bytes)?;
    }
    publisher.commit()?;
    Ok(out.join(Area::Report.name()).join(FOLDER))
}

/// Writes files to a folder of the operator's own.
///
/// # Errors
/// `system.*` when the system refuses; then each file is the old one or the new one.
pub fn put_reports(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Trouble> {
    let fail = |path: &Path, e: &io::Error| {
        let shown = path.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        trouble::io(&shown, e)
    };
    disk::create_folders(folder).map_err(|e| fail(folder, &e))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        let half = folder.join(format!("{name}.half"));
        let written = || {
            let mut file = Out::again(&half)?;
            file.write_all(bytes)?;
            file.sync()?;
            // Windows renames no file that is open.
            drop(file);
            disk::rename(&half, &path)
        };
        written().map_err(|e| {
            let _ = disk::remove_file(&half);
            fail(&path, &e)
        })?;
    }
    Ok(())
}
