//! Audits final bytes: both searches over everything that a file says, weighed with what people have reviewed.

use super::Guarding;
use crate::audit::explain::{self, Explained};
use crate::audit::inspect::{self, Inspection, Watching};
use crate::audit::{Auditor, Verdict, findings};
use crate::diag::Finding;

impl Guarding {
    /// Searches a file that need not be one of the site's.
    pub fn inspect(&self, path: &str, bytes: &[u8]) -> Inspection {
        self.inspect_except(path, bytes, &[])
    }

    /// Every place of a file where a school could be meant, with the verdict on it.
    pub fn explain(&self, path: &str, bytes: &[u8]) -> Vec<Explained> {
        explain::explain(path, bytes, &self.guard, &self.limits)
    }

    fn inspect_except(&self, path: &str, bytes: &[u8], own: &[&str]) -> Inspection {
        inspect::inspect(
            path,
            bytes,
            &self.guard,
            &self.limits,
            own,
            None,
            self.eye.as_deref(),
        )
    }
}

/// Audits a file of one section, which must not tell a place that its schedules do not print.
pub struct OfSection<'a> {
    pub guarding: &'a Guarding,
    pub watching: Watching<'a>,
}

impl Auditor for OfSection<'_> {
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        self.verdict(path, bytes).findings
    }

    fn verdict(&self, path: &str, bytes: &[u8]) -> Verdict {
        let Guarding {
            guard,
            limits,
            reviewed,
            ..
        } = self.guarding;
        let inspection = inspect::inspect(
            path,
            bytes,
            guard,
            limits,
            &[],
            Some(self.watching),
            self.guarding.eye.as_deref(),
        );
        Verdict {
            findings: findings(path, &inspection, reviewed),
            spotless: inspection.is_spotless(),
        }
    }

    fn basis(&self) -> Option<blake3::Hash> {
        self.watching.watch.key()
    }
}

impl Auditor for Guarding {
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        self.verdict(path, bytes).findings
    }

    fn verdict(&self, path: &str, bytes: &[u8]) -> Verdict {
        let inspection = self.inspect(path, bytes);
        Verdict {
            findings: findings(path, &inspection, &self.reviewed),
            spotless: inspection.is_spotless(),
        }
    }

    fn audit_except(&self, path: &str, bytes: &[u8], own: &[&str]) -> Vec<Finding> {
        findings(path, &self.inspect_except(path, bytes, own), &self.reviewed)
    }
}
