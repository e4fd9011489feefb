//! Puts files on the disk, all of them or none: each is written beside its place under a name of its own, then all are
//! moved, and moved back where one cannot be. Must not replace a file unless told to, and keeps the old one then.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file to be written.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// From the root, with `/`.
    pub path: String,
    pub bytes: Vec<u8>,
    /// It takes the place of one that is there; the old one is kept unless the new one only adds to it.
    pub over: Over,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// There must be none.
    New,
    /// The old one is kept beside it.
    Keep,
    /// The new one has all that the old one had.
    Grown,
}

impl File {
    /// A source.
    pub(crate) fn text(path: impl Into<String>, text: impl Into<String>, over: Over) -> Self {
        File {
            path: path.into(),
            bytes: text.into().into_bytes(),
            over,
        }
    }

    /// What it says, where it is text.
    pub(crate) fn as_text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

/// Writes all files below `root`.
///
/// # Errors
/// The first refusal of the system, with the path it concerned; then nothing has changed.
pub(crate) fn write(root: &Path, files: &[File]) -> Result<(), (String, io::Error)> {
    let mut staged: Vec<(PathBuf, PathBuf)> = Vec::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    let done = stage(root, files, &mut staged, &mut folders).and_then(|()| swap(files, &staged));
    if done.is_err() {
        for (from, _) in &staged {
            let _ = fs::remove_file(from);
        }
        for folder in folders.iter().rev() {
            // Only an empty folder goes.
            let _ = fs::remove_dir(folder);
        }
    }
    done
}

type Refused = (String, io::Error);

fn stage(
    root: &Path,
    files: &[File],
    staged: &mut Vec<(PathBuf, PathBuf)>,
    folders: &mut Vec<PathBuf>,
) -> Result<(), Refused> {
    for file in files {
        let place = root.join(&file.path);
        let refused = |e: io::Error| (file.path.clone(), e);
        let folder = place.parent().unwrap_or(root).to_owned();
        let mut missing: Vec<PathBuf> = folder
            .ancestors()
            .take_while(|a| !a.exists())
            .map(Path::to_owned)
            .collect();
        missing.reverse();
        fs::create_dir_all(&folder).map_err(refused)?;
        folders.extend(missing);
        let name = place
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let beside = folder.join(format!(".{name}.import"));
        let mut out = fs::File::create(&beside).map_err(refused)?;
        staged.push((beside, place));
        out.write_all(&file.bytes).map_err(refused)?;
        out.sync_all().map_err(refused)?;
    }
    Ok(())
}

fn swap(files: &[File], staged: &[(PathBuf, PathBuf)]) -> Result<(), Refused> {
    let mut undo: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
    let mut away: Vec<PathBuf> = Vec::new();
    for (file, (from, to)) in files.iter().zip(staged) {
        let moved = (|| {
            let mut kept = None;
            if to.exists() {
                if file.over == Over::New {
                    return Err(io::Error::from(io::ErrorKind::AlreadyExists));
                }
                let old = free(to);
                fs::rename(to, &old)?;
                if file.over == Over::Grown {
                    away.push(old.clone());
                }
                kept = Some(old);
            }
            undo.push((to.clone(), kept));
            fs::rename(from, to)
        })();
        if let Err(error) = moved {
            for (to, kept) in undo.into_iter().rev() {
                let _ = fs::remove_file(&to);
                if let Some(kept) = kept {
                    let _ = fs::rename(kept, &to);
                }
            }
            return Err((file.path.clone(), error));
        }
    }
    for old in away {
        let _ = fs::remove_file(old);
    }
    Ok(())
}

/// A name beside `place` that nothing has: `roadmap.yaml.bak`, `roadmap.yaml.2.bak`. Backups are no sources.
fn free(place: &Path) -> PathBuf {
    let name = place
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let folder = place.parent().unwrap_or(Path::new("."));
    let mut number = 1;
    loop {
        let between = if number == 1 {
            String::new()
        } else {
            format!(".{number}")
        };
        let path = folder.join(format!("{name}{between}.bak"));
        if !path.exists() {
            return path;
        }
        number += 1;
    }
}
