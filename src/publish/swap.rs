//! Puts one folder in another's place.
//!
//! Takes the new tree, the published one and a place for the old one; gives them swapped, in one atomic step where
//! the system can (Linux, macOS), else by two renames that [`super::recover()`] can undo. Between the two there is no
//! site: whoever wants to end the program has to wait for [`outside`]. Must not delete anything.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::disk::{exchange, is_folder, rename};

/// Held while there may be nothing in a published folder's place.
static BETWEEN: Mutex<()> = Mutex::new(());

/// Runs `act` when no swap is half done: for those who end the program.
pub fn outside<T>(act: impl FnOnce() -> T) -> T {
    let _waited = BETWEEN.lock().unwrap_or_else(PoisonError::into_inner);
    act()
}

/// The three places of a swap.
pub(super) struct Swap {
    pub new: PathBuf,
    pub published: PathBuf,
    /// Where the old tree waits between two renames. After an exchange it lies at `new` instead.
    pub old: PathBuf,
}

impl Swap {
    /// Puts the new tree in place. On an error the published tree is as it was, or there is none and the next run
    /// puts it back.
    pub(super) fn perform(&self) -> io::Result<()> {
        if is_folder(&self.published)?.is_none() {
            return rename(&self.new, &self.published);
        }
        if exchange(&self.new, &self.published)? {
            return Ok(());
        }
        outside(|| {
            rename(&self.published, &self.old)?;
            rename(&self.new, &self.published).inspect_err(|_| {
                // Should this fail too, the next run finds the old tree and puts it back.
                let _ = rename(&self.old, &self.published);
            })
        })
    }

    /// Takes a performed swap back.
    pub(super) fn undo(&self) -> io::Result<()> {
        if is_folder(&self.old)?.is_some() {
            outside(|| {
                rename(&self.published, &self.new)?;
                rename(&self.old, &self.published)
            })
        } else if is_folder(&self.new)?.is_some() {
            exchange(&self.new, &self.published).map(drop)
        } else {
            rename(&self.published, &self.new)
        }
    }
}

/// The first file below `folder` that another program keeps open, so that the finding can name it.
#[cfg(windows)]
pub(super) fn locked_file(folder: &Path) -> Option<PathBuf> {
    use std::fs;
    use std::os::windows::fs::OpenOptionsExt;
    walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file())
        .find(|e| {
            let alone = fs::OpenOptions::new()
                .read(true)
                .share_mode(0)
                .open(e.path());
            alone.is_err_and(|e| super::trouble::is_locked(&e))
        })
        .map(walkdir::DirEntry::into_path)
}

/// The first file below `folder` that another program keeps open: elsewhere open files do not stop a rename.
#[cfg(not(windows))]
pub(super) fn locked_file(_: &Path) -> Option<PathBuf> {
    None
}
