//! Redacts for the disclosure: the guard's words in the place of names.

use super::Guarding;
use crate::disclosure::{Redacted, Redactor};

impl Redactor for Guarding {
    fn redact(&self, text: &str, around: &[&str]) -> Option<Redacted> {
        self.guard.redact(text, around, &[])
    }

    fn redact_except(&self, text: &str, around: &[&str], own: &[&str]) -> Option<Redacted> {
        self.guard.redact(text, around, own)
    }

    fn school_word(&self) -> &str {
        &self.guard.wording().school.nominative
    }
}
