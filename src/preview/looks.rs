//! Attached files: what a publication would say of them, and the look that a person records.
//!
//! Takes a view; gives findings of every attachment that pages lead to, those of a file that has not changed from memory.
//! A command opens one of them with what the system opens it with, another records a review. Must not open or record
//! anything but an attachment of the site.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::snapshot::Snapshot;
use super::state::Shared;
use super::view::View;
use crate::child;
use crate::diag::catalog::carrier;
use crate::diag::{Finding, Location};
use crate::pipeline::making::Task;
use crate::protection::{Guarding, review};

type Stamp = (u64, Option<SystemTime>);

/// What was found in files, as long as neither they nor the guard change.
#[derive(Default)]
pub(super) struct Looks {
    guarding: Option<Arc<Guarding>>,
    known: BTreeMap<PathBuf, (Stamp, Vec<Finding>)>,
}

impl Looks {
    /// Findings of all attachments of a view.
    pub(super) fn findings(
        &mut self,
        snapshot: &Snapshot,
        guarding: &Arc<Guarding>,
    ) -> Vec<Finding> {
        let same = self
            .guarding
            .as_ref()
            .is_some_and(|g| Arc::ptr_eq(g, guarding));
        if !same {
            self.known.clear();
            self.guarding = Some(guarding.clone());
        }
        let mut all = Vec::new();
        for i in &snapshot.loaded.attached {
            let Some(file) = snapshot.loaded.book.attachments.get(*i) else {
                continue;
            };
            let stamp =
                std::fs::metadata(&file.full).map_or((0, None), |m| (m.len(), m.modified().ok()));
            if let Some((known, found)) = self.known.get(&file.full)
                && *known == stamp
            {
                all.extend(found.iter().cloned());
                continue;
            }
            let made = snapshot.make(&Task::Attachment(*i), guarding);
            let found = made.map_or_else(Vec::new, |m| m.findings.clone());
            all.extend(found.iter().cloned());
            self.known.insert(file.full.clone(), (stamp, found));
        }
        all
    }
}

/// Where the source of a published file lies, if pages lead to it; `at` may name a part of it.
fn file(at: &str, view: &View) -> Option<PathBuf> {
    let snapshot = view.snapshot.as_ref()?;
    let whole = at.split('!').next().unwrap_or(at);
    snapshot.loaded.attached.iter().find_map(|i| {
        let file = snapshot.loaded.book.attachments.get(*i)?;
        (*file.address == *whole || *file.path == *whole).then(|| file.full.clone())
    })
}

/// Opens a file for a person to look at. `Err` holds the status to answer with.
pub(super) fn open(at: &str, shared: &Shared) -> Result<(), u16> {
    let full = file(at, &shared.view()).ok_or(403u16)?;
    child::browse(&full.display().to_string()).map_err(|_| 500)
}

/// Records that somebody has looked at a file and found no school named in it. `Err` holds what is wrong.
pub(super) fn record(at: &str, who: &str, shared: &Shared) -> Result<(), Vec<Finding>> {
    let view = shared.view();
    let refused = || Finding::new(&carrier::UNKNOWN, Location::file(at.to_owned())).arg("part", at);
    let (Some(full), Some(guarding)) = (file(at, &view), &view.guarding) else {
        return Err(vec![refused()]);
    };
    let who = who.trim();
    if who.is_empty() || who.chars().count() > 200 {
        return Err(vec![refused()]);
    }
    let look = review::look(&full, &shared.root, guarding)?;
    if look.pictures == 0 || look.recorded {
        return Ok(());
    }
    review::record(&look, who, shared.day.now(), None)
}

/// Who recorded the last look here.
pub(super) fn last(shared: &Shared) -> Option<String> {
    review::last_reviewer(&shared.root)
}
