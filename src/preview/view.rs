//! One state of the preview, as every request sees it.
//!
//! Takes what a rebuild has made; gives files, and the older ones where the new state cannot make them. Must not change
//! once it is shown.

use std::sync::Arc;

use super::snapshot::{Made, Snapshot};
use crate::diag::{Finding, Findings};
use crate::pipeline::making::Task;
use crate::protection::Guarding;

/// Everything that a request may ask about.
#[derive(Clone, Default)]
pub(super) struct View {
    /// Grows with every change of what is shown; 0 until the sources have been read for the first time.
    pub number: u64,
    /// The last state without an error.
    pub snapshot: Option<Arc<Snapshot>>,
    /// The one before it: stands in for a page that the new state cannot make.
    pub before: Option<Arc<Snapshot>>,
    /// The newest guard, which may be newer than the state.
    pub guarding: Option<Arc<Guarding>>,
    /// Findings of the newest sources.
    pub findings: Findings,
    /// The newest sources would not be published.
    pub broken: bool,
    /// Sources that are drafts.
    pub drafts: Vec<Arc<str>>,
}

impl View {
    /// Makes a file; when that fails for want of a sound template, the last good one is taken.
    pub(super) fn make(&self, path: &str) -> Option<(Task, Arc<Made>)> {
        let (snapshot, guarding) = (self.snapshot.as_ref()?, self.guarding.as_ref()?);
        let task = snapshot.find(path)?;
        let made = snapshot.make(&task, guarding)?;
        if made.bytes.is_none()
            && !discloses(&made.findings)
            && let Some(before) = &self.before
            && let Some(old) = before.find(path).and_then(|t| before.make(&t, guarding))
            && old.bytes.is_some()
        {
            let made = Made {
                bytes: old.bytes.clone(),
                tag: old.tag.clone(),
                findings: made.findings.clone(),
            };
            return Some((task, Arc::new(made)));
        }
        Some((task, made))
    }

    /// Text without protected values.
    pub(super) fn mask(&self, text: &str) -> String {
        match &self.guarding {
            Some(guarding) => guarding.mask(text),
            None => text.to_owned(),
        }
    }
}

/// Whether the guard is what stops it: then no older version may stand in.
fn discloses(findings: &[Finding]) -> bool {
    findings.iter().any(|f| f.code().starts_with("disclosure."))
}
