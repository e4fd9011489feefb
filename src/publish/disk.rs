//! The one room through which publishing touches the disk: every call that can fail, or change anything, is made here.
//!
//! Takes paths and bytes; gives what the system answers. Tests let any single call fail, stop half-way or be the last
//! one of its run (`fault`); outside tests nothing stands between the caller and the system. Must not decide anything.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use super::patience::patiently;
use crate::plain;

#[cfg(test)]
use super::fault::{call, put, renames_alone, spared};

#[cfg(not(test))]
#[inline(always)]
fn call<T>(act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    act()
}

#[cfg(not(test))]
#[inline(always)]
fn put(file: &mut File, bytes: &[u8]) -> io::Result<usize> {
    file.write(bytes)
}

/// Whether folders must be swapped by renames though the system knows better.
#[cfg(not(test))]
#[inline(always)]
fn renames_alone() -> bool {
    false
}

/// Whether the disk is spared: a simulated loss is none of power.
#[cfg(not(test))]
#[inline(always)]
fn spared() -> bool {
    false
}

/// A file that is being written. One write that fails is the last: what would come after it is in the wrong place.
#[derive(Debug)]
pub(super) struct Out {
    file: File,
    broken: bool,
}

impl From<File> for Out {
    fn from(file: File) -> Self {
        Out {
            file,
            broken: false,
        }
    }
}

impl Out {
    /// Begins a file where there is none.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let mut options = File::options();
        options.append(true).create_new(true);
        call(|| options.open(path)).map(Out::from)
    }

    /// Begins a file of ours anew.
    pub(super) fn again(path: &Path) -> io::Result<Self> {
        call(|| File::create(path)).map(Out::from)
    }

    /// Hands it to the disk whole.
    pub(super) fn sync(&self) -> io::Result<()> {
        call(|| {
            if spared() {
                Ok(())
            } else {
                self.file.sync_all()
            }
        })
    }

    /// Hands it to the disk where the system has no call for a whole tree.
    ///
    /// On macOS this is the plain `fsync`: the full flush of the drive comes once, with the record.
    pub(super) fn settle(&self) -> io::Result<()> {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            Ok(())
        }
        #[cfg(all(unix, not(any(target_os = "linux", target_os = "android"))))]
        {
            call(|| Ok(rustix::fs::fsync(&self.file)?))
        }
        #[cfg(not(unix))]
        {
            call(|| self.file.sync_data())
        }
    }
}

impl Out {
    fn sound(&self) -> io::Result<()> {
        match self.broken {
            true => Err(io::Error::other("an earlier write failed")),
            false => Ok(()),
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sound()?;
        put(&mut self.file, bytes).inspect_err(|e| {
            self.broken = e.kind() != ErrorKind::Interrupted;
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sound()?;
        self.file.flush()
    }
}

impl io::Seek for Out {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.sound()?;
        self.file.seek(to)
    }
}

/// Takes the lock of a file, which is made when it is not there.
pub(super) fn lock(path: &Path) -> io::Result<Result<File, fs::TryLockError>> {
    let mut options = File::options();
    options.write(true).create(true).truncate(false);
    let file = call(|| options.open(path))?;
    Ok(file.try_lock().map(|()| file))
}

/// Reads a file of ours.
pub(super) fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    call(|| plain::read(path, limit))
}

/// The fingerprint and the length of a file.
pub(super) fn hash(path: &Path) -> io::Result<(blake3::Hash, u64)> {
    call(|| {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(plain::open(path)?.0)?;
        Ok((hasher.finalize(), hasher.count()))
    })
}

/// What stands at `path` itself, without following a link: a folder, nothing, or something else.
pub(super) fn is_folder(path: &Path) -> io::Result<Option<bool>> {
    call(|| match fs::symlink_metadata(path) {
        Ok(meta) => Ok(Some(meta.is_dir())),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e),
    })
}

/// Who may do what with a file, as far as the system tells: the rights, or whether it is read-only.
pub(super) fn mode(path: &Path) -> io::Result<u32> {
    call(|| {
        let rights = fs::symlink_metadata(path)?.permissions();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            Ok(rights.mode() & 0o7777)
        }
        #[cfg(not(unix))]
        {
            Ok(u32::from(rights.readonly()))
        }
    })
}

/// Asked before a folder is walked through.
pub(super) fn walk() -> io::Result<()> {
    call(|| Ok(()))
}

pub(super) fn create_folders(path: &Path) -> io::Result<()> {
    call(|| fs::create_dir_all(path))
}

pub(super) fn hard_link(from: &Path, to: &Path) -> io::Result<()> {
    call(|| fs::hard_link(from, to))
}

pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    patiently(|| call(|| fs::remove_file(path)))
}

pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    patiently(|| call(|| fs::remove_dir(path)))
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| call(|| fs::rename(from, to)))
}

/// Exchanges two folders in one step; `false` when the system or the file system cannot.
pub(super) fn exchange(a: &Path, b: &Path) -> io::Result<bool> {
    if renames_alone() {
        return Ok(false);
    }
    call(|| swapped(a, b))
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn swapped(a: &Path, b: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::NOSYS | Errno::INVAL | Errno::NOTSUP) => Ok(false),
        Err(e) => Err(e.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn swapped(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Hands a whole written tree to the disk. Delayed writes that failed are reported here.
pub(super) fn settle_tree(folder: &Path) -> io::Result<()> {
    call(|| {
        if spared() {
            return Ok(());
        }
        #[cfg(any(target_os = "linux", target_os = "android"))]
        {
            #[expect(clippy::disallowed_methods, reason = "a folder")]
            let folder = File::open(folder)?;
            match rustix::fs::syncfs(&folder) {
                Err(rustix::io::Errno::NOSYS) => rustix::fs::sync(),
                done => done?,
            }
        }
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let _ = folder;
        Ok(())
    })
}

/// Hands a folder's own entries (names, renames) to the disk. Windows keeps them in its journal by itself.
pub(super) fn settle_folder(folder: &Path) -> io::Result<()> {
    call(|| {
        if spared() {
            return Ok(());
        }
        #[cfg(unix)]
        {
            #[expect(clippy::disallowed_methods, reason = "a folder")]
            match File::open(folder)?.sync_all() {
                // Some network file systems have no such call for folders.
                Err(e) if e.kind() == ErrorKind::InvalidInput => Ok(()),
                done => done,
            }
        }
        #[cfg(not(unix))]
        {
            let _ = folder;
            Ok(())
        }
    })
}
