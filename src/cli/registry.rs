//! `glasno registry check|encrypt|decrypt`; `import` is that of documents.
//!
//! Takes the project's folder or a registry's path; prints findings and what was done. Must not print a protected value.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::{Format, RegistryArgs, RegistryCommand, RegistryFile};
use super::{OK, status, words};
use crate::diag::{Findings, Lang, print};
use crate::protection::Guarding;
use crate::registry::crypt::{self, Keys, Lock, Passphrase};
use crate::registry::{self, Depth};

/// Runs one of them.
pub(super) fn registry(args: &RegistryArgs, lang: Lang) -> u8 {
    let (what, file) = match &args.what {
        RegistryCommand::Import(import) => return super::import::schools(import, lang),
        RegistryCommand::Check(file) => ("check", file),
        RegistryCommand::Encrypt(file) => ("encrypt", file),
        RegistryCommand::Decrypt(file) => ("decrypt", file),
    };
    let path = file.common.registry.clone().unwrap_or_else(|| {
        file.root
            .join("content")
            .join("private")
            .join("registry.yaml")
    });
    let ask = || Passphrase::new(super::ask_passphrase()?);
    let keys = Keys::new(
        file.identity.clone(),
        &|name| std::env::var(name).ok(),
        Some(&ask),
    );
    let mut findings = Findings::new();
    let mut schools = 0;
    let done = match what {
        "check" => check(&path, &keys, &mut findings).map(|n| schools = n),
        "encrypt" => encrypt(&path, file, &keys).map(|more| findings.extend(more)),
        _ => crypt::decrypt_file(&crypt::sealed_beside(&path), &keys)
            .map(|more| findings.extend(more)),
    };
    if let Err(finding) = done {
        findings.push(*finding);
    }
    findings.sort();
    let code = status(&findings, file.common.strict);
    // Findings about the registry hold no value of it, so there is nothing to mask.
    let plain = |text: &str| text.to_owned();
    if file.common.format == Format::Json {
        let summary = [
            ("errors", json!(findings.errors())),
            ("warnings", json!(findings.warnings())),
            ("protected", json!(schools)),
        ];
        let text = print::json(&findings, &summary, lang, &plain);
        println!("{}", text.trim_end());
        return code;
    }
    let _ = print::human(&findings, lang, &plain, &mut anstream::stderr());
    if code == OK {
        let shown = match what {
            "encrypt" => crypt::sealed_beside(&path),
            _ => path,
        };
        anstream::println!(
            "{}",
            words::registry_done(what, &shown.display().to_string(), schools, lang)
        );
    }
    code
}

type Trouble = Box<crate::diag::Finding>;

fn check(path: &Path, keys: &Keys<'_>, findings: &mut Findings) -> Result<usize, Trouble> {
    let loaded = crypt::load(path, keys)?;
    let shown = loaded.path.display().to_string().replace('\\', "/");
    let read = registry::read(&shown, &loaded.text);
    findings.extend(read.findings);
    let Some(registry) = read.registry else {
        return Ok(0);
    };
    let guarding = Guarding::new(registry);
    findings.extend(guarding.prove(&shown, &read.places, Depth::Sentences));
    Ok(guarding.registry().protected.len())
}

fn encrypt(
    path: &Path,
    file: &RegistryFile,
    keys: &Keys<'_>,
) -> Result<Vec<crate::diag::Finding>, Trouble> {
    let identity: Option<PathBuf> = file.identity.clone();
    let lock = match identity {
        Some(identity) => Some(Lock::Identity(identity)),
        None => keys
            .passphrase
            .clone()
            .or_else(|| keys.prompt.and_then(|ask| ask()))
            .map(Lock::passphrase),
    };
    let lock = lock.ok_or_else(|| crypt::no_passphrase(path))?;
    // What was typed once serves for the check of the result too.
    let mut keys = keys.clone();
    if let Lock::Passphrase(phrase, _) = &lock {
        keys.passphrase = Some(phrase.clone());
    }
    crypt::encrypt_file(path, &lock, &keys)
}
