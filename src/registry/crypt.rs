//! The registry at rest: `registry.yaml` in the open, or `registry.yaml.age` encrypted with age.
//!
//! Takes a path and the means to open it ([`Keys`]); gives the text in memory that is wiped when it is dropped, or
//! a finding. Must not write decrypted text anywhere but where [`decrypt_file`] is asked to, must not put a word
//! of the registry or of a passphrase into a finding, and must not pass on the wording of a library's error.

mod files;
#[cfg(feature = "encryption")]
mod sealed;
#[cfg(not(feature = "encryption"))]
#[path = "crypt/left_out.rs"]
mod sealed;
#[cfg(all(test, feature = "encryption"))]
mod tests;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use zeroize::{Zeroize, Zeroizing};

use crate::diag::catalog::{model, vault as say};
use crate::diag::{Entry, Finding, Location};
use crate::plain;

pub use files::{decrypt_file, encrypt_file};
pub use sealed::{decrypt, encrypt};

/// The environment variable from which the passphrase is taken.
pub const PASSPHRASE_VARIABLE: &str = "GLASNO_REGISTRY_PASSPHRASE";
/// The environment variable that names an identity file.
pub const IDENTITY_VARIABLE: &str = "GLASNO_REGISTRY_IDENTITY";
/// Ending of an encrypted registry's name.
pub const ENDING: &str = ".age";
/// No registry is larger; 5,000 schools take about 5 MB.
const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// scrypt's cost as a power of two: 2^18 takes 256 MB and about a second.
const WORK: u8 = 18;

/// Text that is wiped from memory when dropped.
pub type Text = Zeroizing<String>;
/// Why a registry could not be opened or written.
pub type Trouble = Box<Finding>;

/// A passphrase: wiped when dropped, shown to nobody.
#[derive(Clone)]
pub struct Passphrase(#[cfg_attr(not(feature = "encryption"), allow(dead_code))] Zeroizing<String>);

impl Passphrase {
    /// `None` for an empty one: that is no passphrase.
    pub fn new(phrase: String) -> Option<Self> {
        let phrase = Zeroizing::new(phrase);
        (!phrase.is_empty()).then_some(Passphrase(phrase))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase")
    }
}

/// What a registry is encrypted for.
#[derive(Debug, Clone)]
pub enum Lock {
    /// Whoever knows the phrase; the number is scrypt's cost as a power of two.
    Passphrase(Passphrase, u8),
    /// The holders of these public keys (`age1…`).
    Recipients(Vec<String>),
    /// The keys of this identity file.
    Identity(PathBuf),
}

impl Lock {
    /// A passphrase at the usual cost.
    pub fn passphrase(phrase: Passphrase) -> Self {
        Lock::Passphrase(phrase, WORK)
    }
}

/// Asks a person for the passphrase; `None` where there is nobody to ask.
pub type Prompt<'a> = &'a dyn Fn() -> Option<Passphrase>;

/// The means to open an encrypted registry. The file itself tells which of them it takes.
#[derive(Clone, Default)]
pub struct Keys<'a> {
    /// An identity file; it may itself be encrypted with the passphrase.
    pub identity: Option<PathBuf>,
    pub passphrase: Option<Passphrase>,
    pub prompt: Option<Prompt<'a>>,
}

impl<'a> Keys<'a> {
    /// Takes the passphrase from [`PASSPHRASE_VARIABLE`], read through `variable`.
    pub fn new(
        identity: Option<PathBuf>,
        variable: &dyn Fn(&str) -> Option<String>,
        prompt: Option<Prompt<'a>>,
    ) -> Self {
        Keys {
            identity,
            passphrase: variable(PASSPHRASE_VARIABLE).and_then(Passphrase::new),
            prompt,
        }
    }

    /// The passphrase that was given, else the one a person types.
    #[cfg_attr(not(feature = "encryption"), allow(dead_code))]
    fn phrase(&self) -> Option<Passphrase> {
        self.passphrase
            .clone()
            .or_else(|| self.prompt.and_then(|ask| ask()))
    }
}

/// Debug tells which means there are and nothing of them.
impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (identity, phrase) = (self.identity.is_some(), self.passphrase.is_some());
        write!(f, "Keys(identity: {identity}, passphrase: {phrase})")
    }
}

/// A registry's text, opened.
pub struct Loaded {
    /// The file it came from, for findings.
    pub path: PathBuf,
    pub text: Text,
    pub encrypted: bool,
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let encrypted = self.encrypted;
        write!(f, "Loaded({}, encrypted: {encrypted})", shown(&self.path))
    }
}

/// Where the encrypted twin of a registry lies.
pub fn sealed_beside(path: &Path) -> PathBuf {
    pair(path).1
}

/// Opens the registry at `path` or, where there is none, the encrypted one beside it. The path may also name the
/// encrypted file itself.
///
/// # Errors
/// A finding when there is no registry, when there are two, or when it cannot be opened.
pub fn load(path: &Path, keys: &Keys<'_>) -> Result<Loaded, Trouble> {
    let (plain, sealed) = pair(path);
    let path = match (there(&plain)?, there(&sealed)?) {
        (true, true) => return Err(both(&plain, &sealed)),
        (true, false) => plain,
        (false, true) => sealed,
        (false, false) => return Err(missing(path)),
    };
    let bytes = read(&path)?;
    // By content, for a file may have been renamed: an encrypted one must not be taken for broken YAML.
    let encrypted = is_encrypted(&bytes);
    let text = match (encrypted, path.to_string_lossy().ends_with(ENDING)) {
        (true, _) => decrypt(&bytes, keys, &shown(&path))?,
        (false, true) => return Err(about(&say::NOT_ENCRYPTED, &path)),
        (false, false) => text(bytes, &shown(&path))?,
    };
    Ok(Loaded {
        path,
        text,
        encrypted,
    })
}

/// The two names of a registry: open, encrypted.
fn pair(path: &Path) -> (PathBuf, PathBuf) {
    if path.extension().is_some_and(|e| e == "age") {
        return (path.with_extension(""), path.to_owned());
    }
    let mut sealed = path.as_os_str().to_owned();
    sealed.push(ENDING);
    (path.to_owned(), sealed.into())
}

/// Whether anything lies there, a broken link included. What cannot be looked at is not taken for missing.
fn there(path: &Path) -> Result<bool, Trouble> {
    match std::fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(e) => Err(unreadable(path, &e)),
    }
}

/// Whether the bytes are an age file, binary or in ASCII armour.
fn is_encrypted(bytes: &[u8]) -> bool {
    let start = bytes
        .iter()
        .position(|b| !b.is_ascii_whitespace())
        .unwrap_or(0);
    let bytes = bytes.get(start..).unwrap_or_default();
    bytes.starts_with(b"age-encryption.org/")
        || bytes.starts_with(b"-----BEGIN AGE ENCRYPTED FILE-----")
}

/// Reads a whole file into memory that is wiped.
fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let mut bytes = Zeroizing::new(Vec::new());
    match plain::read_into(path, MAX_BYTES, &mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) if plain::is_too_large(&error) => {
            let limit = MAX_BYTES / 1_048_576;
            let finding = Finding::new(&say::TOO_BIG, Location::file(shown(path)));
            Err(Box::new(finding.arg("limit", limit)))
        }
        Err(error) => Err(unreadable(path, &error)),
    }
}

/// The bytes as text, without a copy and without the mark at its beginning.
fn text(mut bytes: Zeroizing<Vec<u8>>, path: &str) -> Result<Text, Trouble> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => {
            let mut text = Zeroizing::new(text);
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            Ok(text)
        }
        Err(error) => {
            error.into_bytes().zeroize();
            Err(finding(&say::ENCODING, path))
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

fn finding(entry: &'static Entry, path: &str) -> Trouble {
    Box::new(Finding::new(entry, Location::file(path)))
}

fn about(entry: &'static Entry, path: &Path) -> Trouble {
    finding(entry, &shown(path))
}

/// The finding for a registry that nobody gave a passphrase for.
pub fn no_passphrase(path: &Path) -> Trouble {
    about(&say::NO_PASSPHRASE, path)
}

fn missing(path: &Path) -> Trouble {
    let mut finding = about(&model::NO_REGISTRY, path);
    finding.args.push(("path", shown(path)));
    finding
}

fn both(plain: &Path, sealed: &Path) -> Trouble {
    let mut finding = about(&say::BOTH, plain);
    finding.args.push(("other", shown(sealed)));
    finding
}

fn unreadable(path: &Path, error: &io::Error) -> Trouble {
    let mut finding = about(&say::UNREADABLE, path);
    finding.args.push(("why", error.to_string()));
    finding
}
