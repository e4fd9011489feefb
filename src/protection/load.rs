//! Reads what protects a run: the registry, open or encrypted, and beside it exceptions and reviews.
//!
//! Takes the root, or the registry's own path; gives the protection and findings. Must not print a value of the
//! registry.

use std::path::Path;

use chrono::NaiveDate;

use super::Guarding;
use crate::audit::exceptions::Exceptions;
use crate::audit::review::Reviews;
use crate::diag::catalog::{disclosure as messages, model as model_messages, source as reading};
use crate::diag::{Finding, Location};
use crate::registry;
use crate::registry::crypt::{self, Keys};
use crate::{plain, source};

/// Asks a person for the passphrase of an encrypted registry; `None` where there is nobody to ask.
pub type Ask = fn() -> Option<String>;

impl Guarding {
    /// Reads the registry, open or encrypted, and what was reviewed; `None` with a finding when there is no registry.
    pub fn load(
        root: &Path,
        file: Option<&Path>,
        today: NaiveDate,
        ask: Ask,
    ) -> (Option<Self>, Vec<Finding>) {
        let private = root.join("content").join("private");
        let default = private.join("registry.yaml");
        let path = file.unwrap_or(&default);
        let shown = match file {
            Some(file) => file.display().to_string().replace('\\', "/"),
            None => "content/private/registry.yaml".to_owned(),
        };
        let sealed = crypt::sealed_beside(path);
        if !path.exists() && !sealed.exists() {
            let entry = match file {
                Some(_) => &messages::NO_REGISTRY_FILE,
                None => &model_messages::NO_REGISTRY,
            };
            let missing = Finding::new(entry, Location::file(shown.clone())).arg("path", shown);
            return (None, vec![missing]);
        }
        let identity = std::env::var_os(crypt::IDENTITY_VARIABLE).map(Into::into);
        let ask = || crypt::Passphrase::new(ask()?);
        let keys = Keys::new(identity, &|name| std::env::var(name).ok(), Some(&ask));
        let loaded = match crypt::load(path, &keys) {
            Ok(loaded) => loaded,
            Err(finding) => return (None, vec![*finding]),
        };
        let read = registry::read(&shown, &loaded.text);
        let mut findings = read.findings;
        let Some(registry) = read.registry else {
            return (None, findings);
        };
        let depth = registry::at_load(&registry);
        let mut guarding = Guarding::new(registry);
        findings.extend(guarding.prove(&shown, &read.places, depth));
        guarding.text = Some(blake3::hash(loaded.text.as_bytes()));
        let beside = match file {
            Some(file) => file.parent().unwrap_or(Path::new(".")).to_owned(),
            None => private,
        };
        let mut read = |name: &str| {
            let shown = format!("content/private/{name}");
            let bytes = match plain::read(&beside.join(name), source::MAX_TEXT) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
                Err(error) => {
                    let at = Location::file(shown);
                    let finding = Finding::new(&reading::UNREADABLE, at);
                    findings.push(finding.arg("why", source::why(&error)));
                    return None;
                }
            };
            match source::decode(bytes, &shown.as_str().into()) {
                Ok(text) => Some((shown, text)),
                Err(finding) => {
                    findings.push(*finding);
                    None
                }
            }
        };
        let (exceptions, reviews) = (read("exceptions.yaml"), read("reviews.yaml"));
        if let Some((shown, text)) = exceptions {
            let (exceptions, found) = Exceptions::parse(&shown, &text, today);
            guarding.reviewed.exceptions = exceptions;
            findings.extend(found);
        }
        if let Some((shown, text)) = reviews {
            let (reviews, found) = Reviews::parse(&shown, &text, today);
            guarding.reviewed.reviews = reviews;
            findings.extend(found);
        }
        (Some(guarding), findings)
    }
}
