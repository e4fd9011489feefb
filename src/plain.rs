//! The one door through which files are read: ordinary files alone, and none larger than the caller can use.
//!
//! Takes a path and a limit; gives bytes, or at once why there are none. A pipe, a socket or a device is never waited
//! for, whatever lies in a file's place. A link is followed: whether it may lead there is for the caller to say. What
//! reads files otherwise is refused by clippy (`clippy.toml`).

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

/// What lies there is no file to be read. Shown as a word of the catalogue, so that an error that holds it reads well
/// in any finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refused {
    Folder,
    Special,
    TooLarge,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refused::Folder => "@folder",
            Refused::Special => "@special-file",
            Refused::TooLarge => "@too-large",
        })
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for io::Error {
    fn from(why: Refused) -> Self {
        io::Error::other(why)
    }
}

/// Opens an ordinary file and tells how long it is.
///
/// # Errors
/// The system's, or that a folder, a pipe, a socket or a device lies there.
pub fn open(path: &Path) -> io::Result<(File, u64)> {
    if is_device(path) {
        return Err(Refused::Special.into());
    }
    // Looked at before it is opened, for opening a device may move it; and again after, for it may have been replaced.
    ordinary(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        // A pipe that took the file's place a moment ago is not waited for either.
        let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    let meta = file.metadata()?;
    ordinary(&meta)?;
    Ok((file, meta.len()))
}

/// Reads an ordinary file whole.
///
/// # Errors
/// As [`open()`], and that the file is longer than `limit`, or became so while it was read.
pub fn read(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    read_into(path, limit, &mut bytes)?;
    Ok(bytes)
}

/// The same into a buffer that the caller wipes: sized before a byte is read, so that growing leaves no copy behind.
///
/// # Errors
/// As [`read`].
pub fn read_into(path: &Path, limit: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    let (file, len) = open(path)?;
    if len > limit {
        return Err(Refused::TooLarge.into());
    }
    bytes.reserve(usize::try_from(len).unwrap_or(0).saturating_add(64));
    let taken = file.take(limit.saturating_add(1)).read_to_end(bytes)?;
    if taken as u64 > limit {
        return Err(Refused::TooLarge.into());
    }
    Ok(())
}

/// Whether the error says that the file is larger than was asked for.
pub fn is_too_large(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|e| e.downcast_ref::<Refused>());
    inner == Some(&Refused::TooLarge)
}

fn ordinary(meta: &fs::Metadata) -> io::Result<()> {
    match (meta.is_file(), meta.is_dir()) {
        (true, _) => Ok(()),
        (_, true) => Err(Refused::Folder.into()),
        _ => Err(Refused::Special.into()),
    }
}

/// Windows answers for its devices and pipes as if they were files.
fn is_device(path: &Path) -> bool {
    if !cfg!(windows) {
        return false;
    }
    let text = path.to_string_lossy().replace('/', "\\");
    let device = text.starts_with("\\\\.\\")
        || text.starts_with("\\\\?\\GLOBALROOT")
        || text.to_ascii_lowercase().contains("\\pipe\\");
    let name = path.file_name().map(|n| n.to_string_lossy());
    let name = name.unwrap_or_default().to_ascii_lowercase();
    let stem = name.split(['.', ':']).next().unwrap_or("");
    device || crate::artifact::is_reserved(stem.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_file_of_the_right_size_is_read() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("a");
        fs::write(&file, "12345")?;
        assert_eq!(read(&file, 5)?, b"12345");
        let why = |result: io::Result<Vec<u8>>| result.map_err(|e| e.to_string());
        assert_eq!(why(read(&file, 4)), Err("@too-large".to_owned()));
        assert_eq!(why(read(folder.path(), 4)), Err("@folder".to_owned()));
        assert!(read(&folder.path().join("b"), 4).is_err());
        Ok(())
    }

    #[cfg(unix)]
    #[test]
    fn nothing_else_is_waited_for() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket)?;
        for path in [&socket, Path::new("/dev/zero"), Path::new("/dev/tty")] {
            if fs::metadata(path).is_ok() {
                let error = read(path, 10).err().map(|e| e.to_string());
                assert_eq!(error.as_deref(), Some("@special-file"), "{path:?}");
            }
        }
        Ok(())
    }
}
