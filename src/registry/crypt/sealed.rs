//! Encrypting and decrypting bytes with age: by passphrase (scrypt) or by key (X25519).
//!
//! Takes text or bytes and the means; gives bytes or text. Must not touch the registry's files: the only file read
//! here is an identity. An error of the library becomes one of our findings, its own words are dropped.

use std::io::{self, Read, Write};
use std::path::Path;

use age::secrecy::SecretString;
use age::{DecryptError, armor::ArmoredReader};
use age::{Decryptor, Encryptor, Identity, IdentityFile, Recipient, scrypt, x25519};
use zeroize::Zeroizing;

use super::{Keys, Lock, Passphrase, Text, Trouble};
use super::{about, finding, is_encrypted, read, text};
use crate::diag::catalog::vault as say;

/// Shorter passphrases are refused when encrypting.
const LEAST_PASSPHRASE: usize = 12;
/// The costliest file that is still read: 2^20 takes 1 GB.
const MAX_WORK: u8 = 20;

/// Encrypts the registry's text. `path` only names the file in findings.
///
/// # Errors
/// A finding when the passphrase is too short or a key cannot be read.
pub fn encrypt(plain: &str, lock: &Lock, path: &str) -> Result<Vec<u8>, Trouble> {
    let mut to: Vec<Box<dyn Recipient + Send>> = Vec::new();
    match lock {
        Lock::Passphrase(phrase, work) => {
            if phrase.0.chars().count() < LEAST_PASSPHRASE {
                let mut weak = finding(&say::WEAK_PASSPHRASE, path);
                weak.args.push(("least", LEAST_PASSPHRASE.to_string()));
                return Err(weak);
            }
            let mut recipient = scrypt::Recipient::new(secret(phrase));
            recipient.set_work_factor((*work).clamp(1, MAX_WORK));
            to.push(Box::new(recipient));
        }
        Lock::Recipients(keys) => {
            for (index, key) in keys.iter().enumerate() {
                let Ok(key) = key.trim().parse::<x25519::Recipient>() else {
                    let mut bad = finding(&say::BAD_RECIPIENT, path);
                    bad.args.push(("number", (index + 1).to_string()));
                    return Err(bad);
                };
                to.push(Box::new(key));
            }
        }
        Lock::Identity(file) => {
            to = identities(&read(file)?)
                .and_then(|keys| keys.to_recipients().ok())
                .ok_or_else(|| about(&say::BAD_IDENTITY, file))?;
        }
    }
    let to = to.iter().map(|r| &**r as &dyn Recipient);
    let encryptor = Encryptor::with_recipients(to).map_err(|_| finding(&say::NO_IDENTITY, path))?;
    let seal = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(plain.len() + 1024);
        let mut writer = encryptor.wrap_output(&mut bytes)?;
        writer.write_all(plain.as_bytes())?;
        writer.finish()?;
        Ok(bytes)
    };
    seal().map_err(|error| {
        let mut finding = finding(&say::UNWRITABLE, path);
        finding.args.push(("why", error.kind().to_string()));
        finding
    })
}

/// Decrypts an age file, binary or in ASCII armour. `path` only names the file in findings.
///
/// # Errors
/// A finding when there is nothing to open it with, when that does not fit, or when the file is damaged.
pub fn decrypt(bytes: &[u8], keys: &Keys<'_>, path: &str) -> Result<Text, Trouble> {
    text(open(bytes, keys, path)?, path)
}

/// Decrypts an age file to bytes.
fn open(bytes: &[u8], keys: &Keys<'_>, path: &str) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    if !is_encrypted(bytes) {
        return Err(finding(&say::NOT_ENCRYPTED, path));
    }
    let damaged = || finding(&say::DAMAGED, path);
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(bytes.trim_ascii_start()))
        .map_err(|_| damaged())?;
    let mut reader = if decryptor.is_scrypt() {
        let phrase = keys.phrase().ok_or_else(|| {
            let mut none = finding(&say::NO_PASSPHRASE, path);
            none.args
                .push(("variable", super::PASSPHRASE_VARIABLE.to_owned()));
            none
        })?;
        let mut identity = scrypt::Identity::new(secret(&phrase));
        identity.set_max_work_factor(MAX_WORK);
        let fits: [&dyn Identity; 1] = [&identity];
        decryptor.decrypt(fits.into_iter())
    } else {
        let file = keys
            .identity
            .as_deref()
            .ok_or_else(|| finding(&say::NO_IDENTITY, path))?;
        let fits = identity_file(file, keys)?;
        decryptor.decrypt(fits.iter().map(|i| &**i as &dyn Identity))
    }
    .map_err(|error| match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
            finding(&say::WRONG_PASSPHRASE, path)
        }
        DecryptError::NoMatchingKeys => finding(&say::WRONG_IDENTITY, path),
        DecryptError::ExcessiveWork { required, .. } => {
            let mut hard = finding(&say::TOO_HARD, path);
            hard.args.push(("work", required.to_string()));
            hard.args.push(("limit", MAX_WORK.to_string()));
            hard
        }
        _ => damaged(),
    })?;
    // The text is shorter than the file, so this never grows and leaves no copy behind.
    let mut plain = Zeroizing::new(Vec::with_capacity(bytes.len() + 64));
    reader.read_to_end(&mut plain).map_err(|_| damaged())?;
    Ok(plain)
}

/// The keys of an identity file, which may itself be encrypted with the passphrase.
fn identity_file(
    path: &Path,
    keys: &Keys<'_>,
) -> Result<Vec<Box<dyn Identity + Send + Sync>>, Trouble> {
    let mut bytes = read(path)?;
    if is_encrypted(&bytes) {
        let phrase_only = Keys {
            identity: None,
            ..keys.clone()
        };
        bytes = open(&bytes, &phrase_only, &super::shown(path))?;
    }
    identities(&bytes)
        .and_then(|keys| keys.into_identities().ok())
        .filter(|keys| !keys.is_empty())
        .ok_or_else(|| about(&say::BAD_IDENTITY, path))
}

fn identities(bytes: &[u8]) -> Option<IdentityFile<age::NoCallbacks>> {
    IdentityFile::from_buffer(bytes).ok()
}

fn secret(phrase: &Passphrase) -> SecretString {
    SecretString::from(phrase.0.as_str())
}
