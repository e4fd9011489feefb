//! Turns the open registry on disk into the encrypted one, and back.
//!
//! Takes the path and the means; leaves exactly one of the two files. The new file is written beside, synced, read
//! back and compared before the old one goes. Must not replace a file that is there.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Keys, Lock, Text, Trouble};
use super::{
    about, both, decrypt, encrypt, is_encrypted, missing, pair, read, shown, text, there,
    unreadable,
};
use crate::diag::Finding;
use crate::diag::catalog::vault as say;

/// Encrypts the registry and deletes the open file, once the encrypted one was read back and gave the same text.
/// To check a file encrypted for keys, one of the keys must be among `keys`.
///
/// # Errors
/// A finding; the open file is then still there.
pub fn encrypt_file(path: &Path, lock: &Lock, keys: &Keys<'_>) -> Result<Vec<Finding>, Trouble> {
    let (plain, sealed) = pair(path);
    only(&plain, &sealed)?;
    let bytes = read(&plain)?;
    if is_encrypted(&bytes) {
        return Err(about(&say::ENCRYPTED_ALREADY, &plain));
    }
    let open = text(bytes, &shown(&plain))?;
    let keys = means(lock, keys);
    let bytes = encrypt(&open, lock, &shown(&plain))?;
    let draft = Draft::write(&sealed, &bytes)?;
    let back = decrypt(&read(&draft.path)?, &keys, &shown(&sealed))?;
    if *back != *open {
        return Err(about(&say::NOT_VERIFIED, &sealed));
    }
    draft.keep(&sealed)?;
    remove(&plain)?;
    Ok(vec![*about(&say::OLD_COPIES, &plain)])
}

/// Decrypts the registry into the open file and deletes the encrypted one.
///
/// # Errors
/// A finding; the encrypted file is then still there.
pub fn decrypt_file(path: &Path, keys: &Keys<'_>) -> Result<Vec<Finding>, Trouble> {
    let (plain, sealed) = pair(path);
    only(&sealed, &plain)?;
    let open: Text = decrypt(&read(&sealed)?, keys, &shown(&sealed))?;
    let draft = Draft::write(&plain, open.as_bytes())?;
    if read(&draft.path)?.as_slice() != open.as_bytes() {
        return Err(about(&say::NOT_VERIFIED, &plain));
    }
    draft.keep(&plain)?;
    remove(&sealed)?;
    Ok(vec![*about(&say::LIES_OPEN, &plain)])
}

/// What opens again a file locked with `lock`.
fn means<'a>(lock: &Lock, keys: &Keys<'a>) -> Keys<'a> {
    let mut keys = keys.clone();
    match lock {
        Lock::Passphrase(phrase, _) => keys.passphrase = Some(phrase.clone()),
        Lock::Identity(file) => keys.identity = Some(file.clone()),
        Lock::Recipients(_) => {}
    }
    keys
}

/// Makes sure that `old` is an ordinary file and that `new` is not there.
fn only(old: &Path, new: &Path) -> Result<(), Trouble> {
    match (there(old)?, there(new)?) {
        (false, false) => return Err(missing(old)),
        (true, true) => return Err(both(old, new)),
        (false, true) => {
            let sealed = old.to_string_lossy().ends_with(super::ENDING);
            let entry = if sealed {
                &say::NOT_ENCRYPTED
            } else {
                &say::ENCRYPTED_ALREADY
            };
            return Err(about(entry, new));
        }
        (true, false) => {}
    }
    let meta = fs::symlink_metadata(old).map_err(|e| unreadable(old, &e))?;
    if meta.is_symlink() {
        return Err(about(&say::LINK, old));
    }
    Ok(())
}

/// A file written beside its place; deleted unless it is kept.
struct Draft {
    path: PathBuf,
    kept: bool,
}

impl Draft {
    fn write(target: &Path, bytes: &[u8]) -> Result<Self, Trouble> {
        let fail = |e: io::Error| unwritable(target, &e);
        let mut name = target.as_os_str().to_owned();
        name.push(format!(".new-{}", std::process::id()));
        let path = PathBuf::from(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(fail)?;
        let draft = Draft { path, kept: false };
        file.write_all(bytes).map_err(fail)?;
        file.sync_all().map_err(fail)?;
        Ok(draft)
    }

    fn keep(mut self, target: &Path) -> Result<(), Trouble> {
        fs::rename(&self.path, target).map_err(|e| unwritable(target, &e))?;
        self.kept = true;
        sync_folder(target).map_err(|e| unwritable(target, &e))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn remove(path: &Path) -> Result<(), Trouble> {
    fs::remove_file(path)
        .and_then(|()| sync_folder(path))
        .map_err(|e| unwritable(path, &e))
}

/// Makes a rename or removal last through a power cut; Windows keeps its folders by itself.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    #[expect(clippy::disallowed_methods, reason = "a folder")]
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn unwritable(path: &Path, error: &io::Error) -> Trouble {
    let mut finding = about(&say::UNWRITABLE, path);
    finding.args.push(("why", error.to_string()));
    finding
}
