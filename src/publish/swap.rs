//! Puts one folder in another's place, and makes sure that what was written has reached the disk.
//!
//! Takes the new tree, the published one and a place for the old one; gives them swapped, in one atomic step where
//! the system can (Linux, macOS), else by two renames that [`super::recover()`] can undo. Must not delete anything.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::patience::patiently;
use super::tree::is_folder;

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// The three places of a swap.
pub(super) struct Swap {
    pub new: PathBuf,
    pub published: PathBuf,
    /// Where the old tree waits between two renames. After an exchange it lies at `new` instead.
    pub old: PathBuf,
    /// Forces the two renames, so that tests run them where the exchange works.
    pub by_renames: bool,
}

impl Swap {
    /// Puts the new tree in place. `between` is asked between the two renames whether to go on: tests stop there
    /// as a kill would. On any other error the published tree is as it was.
    pub(super) fn perform(&self, between: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        if is_folder(&self.published)?.is_none() {
            return rename(&self.new, &self.published);
        }
        if !self.by_renames && exchange(&self.new, &self.published)? {
            return Ok(());
        }
        rename(&self.published, &self.old)?;
        between()?;
        rename(&self.new, &self.published).inspect_err(|_| {
            // Should this fail too, the next run finds the old tree and puts it back.
            let _ = rename(&self.old, &self.published);
        })
    }

    /// Takes a performed swap back.
    pub(super) fn undo(&self) -> io::Result<()> {
        if is_folder(&self.old)?.is_some() {
            rename(&self.published, &self.new)?;
            rename(&self.old, &self.published)
        } else if is_folder(&self.new)?.is_some() {
            exchange(&self.new, &self.published).map(drop)
        } else {
            rename(&self.published, &self.new)
        }
    }
}

/// Exchanges two folders in one step; `false` when the system or the file system cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Hands one written file to the disk where the system has no call for a whole tree.
///
/// On macOS this is the plain `fsync`: the full flush of the drive comes once, with the record.
pub(super) fn settle_file(file: &fs::File) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        let _ = file;
        Ok(())
    }
    #[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
    {
        Ok(rustix::fs::fsync(file)?)
    }
    #[cfg(not(unix))]
    {
        file.sync_data()
    }
}

/// Hands a whole written tree to the disk. Delayed writes that failed are reported here.
pub(super) fn settle_tree(folder: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        #[expect(clippy::disallowed_methods, reason = "a folder")]
        let folder = fs::File::open(folder)?;
        match rustix::fs::syncfs(&folder) {
            Err(rustix::io::Errno::NOSYS) => rustix::fs::sync(),
            done => done?,
        }
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = folder;
    Ok(())
}

/// Hands a folder's own entries (names, renames) to the disk. Windows keeps them in its journal by itself.
pub(super) fn settle_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        #[expect(clippy::disallowed_methods, reason = "a folder")]
        match fs::File::open(folder)?.sync_all() {
            // Some network file systems have no such call for folders.
            Err(e) if e.kind() == io::ErrorKind::InvalidInput => Ok(()),
            done => done,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        Ok(())
    }
}

/// The first file below `folder` that another program keeps open, so that the finding can name it.
#[cfg(windows)]
pub(super) fn locked_file(folder: &Path) -> Option<PathBuf> {
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
            alone.is_err_and(|e| trouble::is_locked(&e))
        })
        .map(walkdir::DirEntry::into_path)
}

/// The first file below `folder` that another program keeps open: elsewhere open files do not stop a rename.
#[cfg(not(windows))]
pub(super) fn locked_file(_: &Path) -> Option<PathBuf> {
    None
}
