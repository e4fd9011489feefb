//! One tab's own rule: its school may be named where it agreed, its pair where both did, everyone else as on the site.
//!
//! Takes the run's guard and the ids that may be named; gives a [`Redactor`] and an [`Auditor`]. Nothing is compiled
//! for a school: the whole guard looks, and what it says of the tab's own school is dropped.

use crate::audit::Auditor;
use crate::diag::catalog::tab as messages;
use crate::diag::{Finding, Location};
use crate::disclosure::{Redacted, Redactor};
use crate::protection::Guarding;

/// The guard of one tab.
pub struct Rule<'a> {
    guarding: &'a Guarding,
    own: Vec<&'a str>,
    /// There is a registry: what cannot be read is an error, for it could hold a name.
    strict: bool,
}

impl<'a> Rule<'a> {
    pub fn new(guarding: &'a Guarding, own: Vec<&'a str>, strict: bool) -> Self {
        Rule {
            guarding,
            own,
            strict,
        }
    }
}

impl Redactor for Rule<'_> {
    fn redact(&self, text: &str, around: &[&str]) -> Option<Redacted> {
        self.guarding.redact_except(text, around, &self.own)
    }

    fn school_word(&self) -> &str {
        self.guarding.school_word()
    }
}

impl Auditor for Rule<'_> {
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        let findings = self.guarding.audit_except(path, bytes, &self.own);
        if self.strict {
            return findings;
        }
        // A school alone knows no list to search for: a scan is for its own eyes, a name is still an error.
        findings
            .into_iter()
            .map(|finding| match finding.subject {
                Some(_) => finding,
                None => Finding::new(
                    &messages::UNREVIEWED,
                    Location::file(finding.location.path.clone()),
                )
                .arg("path", &finding.location.path),
            })
            .collect()
    }
}
