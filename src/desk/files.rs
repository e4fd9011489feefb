//! The sources that the desk may touch, and how they are written.
//!
//! Takes paths from requests; gives texts with their hashes, and writes whole files in one step. Must not leave
//! `content/`, follow a link out of it, or touch `content/private/`.

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use super::wrong::Wrong;
use crate::{plain, source};

/// How a file's name ends that is being written.
const BESIDE: &str = ".desk";

/// Where a path of a request lies, if it is one of a source or a file of a section.
pub(super) fn place(root: &Path, path: &str) -> Result<PathBuf, Wrong> {
    let plain = path
        .split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.ends_with(['.', ' ']));
    let odd = path.contains(['\\', ':', '\0']) || path.chars().any(char::is_control);
    if !plain || odd || !path.starts_with("content/") || source::is_private(Path::new(path)) {
        return Err(Wrong::Place);
    }
    let full = root.join(path);
    if !full
        .components()
        .all(|c| !matches!(c, Component::ParentDir))
    {
        return Err(Wrong::Place);
    }
    // Whatever of it is there must lie where it says: no link leads out, nor into what is private.
    let content = root.join("content");
    let known = full.ancestors().find(|a| a.exists()).unwrap_or(&content);
    if known.starts_with(&content) {
        let real = known.canonicalize().map_err(|e| Wrong::system(&e))?;
        let home = content.canonicalize().map_err(|e| Wrong::system(&e))?;
        let below = real.strip_prefix(&home).map_err(|_| Wrong::Place)?;
        if source::is_private(&Path::new("content").join(below)) {
            return Err(Wrong::Place);
        }
    }
    if fs::symlink_metadata(&full).is_ok_and(|m| m.file_type().is_symlink()) {
        return Err(Wrong::Place);
    }
    Ok(full)
}

/// The bytes of a file; `None` where there is none.
pub(super) fn bytes(full: &Path) -> Result<Option<Vec<u8>>, Wrong> {
    match plain::read(full, source::MAX_ATTACHMENT) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Wrong::system(&e)),
    }
}

/// The text of a source.
pub(super) fn text(full: &Path) -> Result<String, Wrong> {
    let bytes = plain::read(full, source::MAX_TEXT).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => Wrong::Gone,
        _ => Wrong::system(&e),
    })?;
    String::from_utf8(bytes).map_err(|_| Wrong::Encoding)
}

/// How a version of a file is known.
pub(super) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Puts a whole file in its place in one step: whoever reads it, or kills this, finds the old one or the new one.
pub(super) fn write(full: &Path, bytes: &[u8]) -> Result<(), Wrong> {
    write_watched(full, bytes, &|_| {})
}

/// Moments of a write at which it may end, for tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Moment {
    Begun,
    HalfWritten,
    Written,
    Renamed,
}

fn write_watched(full: &Path, bytes: &[u8], at: &dyn Fn(Moment)) -> Result<(), Wrong> {
    let folder = full.parent().ok_or(Wrong::Place)?;
    fs::create_dir_all(folder).map_err(|e| Wrong::system(&e))?;
    let name = full.file_name().ok_or(Wrong::Place)?.to_string_lossy();
    // Names that begin with a dot are no sources.
    let beside = folder.join(format!(".{name}{BESIDE}"));
    let written = (|| {
        let mut out = fs::File::create(&beside)?;
        at(Moment::Begun);
        let (one, other) = bytes.split_at(bytes.len() / 2);
        out.write_all(one)?;
        at(Moment::HalfWritten);
        out.write_all(other)?;
        out.sync_all()?;
        at(Moment::Written);
        if let Ok(old) = fs::metadata(full) {
            let _ = fs::set_permissions(&beside, old.permissions());
        }
        fs::rename(&beside, full)
    })();
    if let Err(error) = written {
        let _ = fs::remove_file(&beside);
        return Err(Wrong::system(&error));
    }
    at(Moment::Renamed);
    #[cfg(unix)]
    {
        #[expect(clippy::disallowed_methods, reason = "a folder")]
        let handle = fs::File::open(folder);
        // The name is as safe as the file where the system can say so.
        let _ = handle.and_then(|folder| folder.sync_all());
    }
    Ok(())
}

/// Takes away what writes that were killed have left beside their files.
pub(super) fn sweep(root: &Path) {
    let all = walkdir::WalkDir::new(root.join("content")).into_iter();
    for entry in all.flatten().filter(|e| e.file_type().is_file()) {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with('.') && name.ends_with(BESIDE) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

pub(super) fn remove(full: &Path) -> Result<(), Wrong> {
    fs::remove_file(full).map_err(|e| Wrong::system(&e))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_or_into_what_is_private() {
        let root = tempfile::tempdir().expect("a folder");
        let content = root.path().join("content");
        fs::create_dir_all(content.join("private")).expect("a folder");
        fs::create_dir_all(content.join("a")).expect("a folder");
        for bad in [
            "",
            "content",
            "output/site/index.html",
            "content/../a.yaml",
            "content/a/../../b.yaml",
            "content//a.yaml",
            "content/./a.yaml",
            "content/private/registry.yaml",
            "content/PRIVATE/registry.yaml",
            "content/private",
            "content/a/.git",
            "content/a\\b.yaml",
            "content/a/b.yaml:x",
            "content/a/b.yaml.",
            "/content/a.yaml",
            "content/a/\u{7}.yaml",
        ] {
            assert!(place(root.path(), bad).is_err(), "{bad}");
        }
        assert!(place(root.path(), "content/a/b.yaml").is_ok());
        assert!(place(root.path(), "content/neu/b.yaml").is_ok());
        #[cfg(unix)]
        {
            use std::os::unix::fs::symlink;
            symlink(content.join("private"), content.join("b")).expect("a link");
            symlink("/etc", content.join("c")).expect("a link");
            symlink("/etc/hostname", content.join("a/d.yaml")).expect("a link");
            for bad in [
                "content/b/registry.yaml",
                "content/c/x.yaml",
                "content/a/d.yaml",
            ] {
                assert!(place(root.path(), bad).is_err(), "{bad}");
            }
        }
    }

    #[test]
    fn a_write_is_whole_and_leaves_nothing_beside() {
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("content/a/b.yaml");
        write(&file, b"a: 1\n").expect("written");
        write(&file, b"a: 2\n").expect("written");
        assert_eq!(bytes(&file).ok().flatten().as_deref(), Some(&b"a: 2\n"[..]));
        let there = fs::read_dir(root.path().join("content/a")).expect("a folder");
        assert_eq!(there.count(), 1);
    }

    /// As where the program is killed or the power fails, at each moment.
    #[test]
    fn whenever_a_write_ends_the_old_text_is_there_or_the_new_one() {
        use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
        let root = tempfile::tempdir().expect("a folder");
        let file = root.path().join("content/a/b.yaml");
        for (moment, new) in [
            (Moment::Begun, false),
            (Moment::HalfWritten, false),
            (Moment::Written, false),
            (Moment::Renamed, true),
        ] {
            write(&file, b"a: 1\n").expect("written");
            let killed = catch_unwind(AssertUnwindSafe(|| {
                write_watched(&file, b"a: 2\nb: 3\n", &|now| {
                    if now == moment {
                        resume_unwind(Box::new("killed"));
                    }
                })
            }));
            assert!(killed.is_err());
            let whole = if new { &b"a: 2\nb: 3\n"[..] } else { b"a: 1\n" };
            assert_eq!(
                bytes(&file).ok().flatten().as_deref(),
                Some(whole),
                "{moment:?}"
            );
            // The next start finds nothing of it.
            sweep(root.path());
            let there = fs::read_dir(root.path().join("content/a")).expect("a folder");
            assert_eq!(there.count(), 1, "{moment:?}");
        }
    }
}
