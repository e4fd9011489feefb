//! The last wall: every artifact's final bytes and path are searched before anything is published.
//!
//! Takes artifacts and an [`Auditor`]; gives [`Audited`] or findings. Must not trust that redaction took place, and
//! must not let anything pass that it could not read.

pub mod exact;

use crate::artifact::Artifact;
use crate::diag::Finding;

/// An artifact that the audit has cleared. Only this module can make one, and `publish` takes nothing else.
#[derive(Debug)]
pub struct Audited(Artifact);

impl Audited {
    pub fn artifact(&self) -> &Artifact {
        &self.0
    }

    /// The artifact itself, to be shown in the preview.
    pub fn into_artifact(self) -> Artifact {
        self.0
    }
}

/// Searches final bytes for protected names.
pub trait Auditor: Sync {
    /// What is wrong with a file of this path and these bytes; nothing when it may be published.
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding>;
}

/// Clears an artifact, or says why not. Warnings come with it.
pub fn clear(artifact: Artifact, auditor: &dyn Auditor) -> (Option<Audited>, Vec<Finding>) {
    let findings = auditor.audit(artifact.path.as_str(), &artifact.bytes);
    let cleared = !findings.iter().any(Finding::is_error);
    (cleared.then_some(Audited(artifact)), findings)
}
