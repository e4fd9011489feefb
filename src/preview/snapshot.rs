//! One state of the whole site, made page by page as pages are asked for.
//!
//! Takes what was loaded without an error; gives audited files by path. A state never changes, so that a page asked
//! for during a rebuild belongs to the last whole one. Must not give out bytes that the auditor in force has not
//! cleared: when the registry changed and the site could not be rebuilt with it, the new guard still reads every page.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::time::SystemTime;

use crate::diag::{Finding, Findings};

use crate::pipeline::making::{self, Finder, Task};
use crate::pipeline::{Cleared, Loaded};
use crate::protection::Guarding;
use crate::render::Renderer;

/// Made files are kept up to this many bytes.
const KEPT: usize = 48 * 1024 * 1024;

/// A file of the site, or why it may not be shown.
#[derive(Debug)]
pub(super) struct Made {
    pub bytes: Option<Vec<u8>>,
    /// Changes exactly when the bytes do.
    pub tag: String,
    pub findings: Vec<Finding>,
}

/// A whole site.
pub(super) struct Snapshot {
    pub loaded: Loaded,
    renderer: Arc<Renderer>,
    /// Made when the first page is asked for.
    finder: OnceLock<Finder>,
    /// Of the assets: a page that is the same must be loaded again when its style changed.
    pub theme_tag: String,
    made: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    slots: HashMap<Task, Arc<Mutex<Slot>>>,
    bytes: usize,
}

/// What is known of a file. Locked while it is made.
#[derive(Default)]
enum Slot {
    #[default]
    Empty,
    Kept(Arc<Made>),
    /// Of a file with this length and time.
    Held((u64, SystemTime), Weak<Made>),
}

impl Snapshot {
    /// The templates are compiled here, unless `before` has the same; what is wrong with them stops the state from
    /// being shown.
    pub(super) fn new(loaded: Loaded, before: Option<&Snapshot>) -> Result<Self, Vec<Finding>> {
        let same = before.filter(|b| Arc::ptr_eq(&b.loaded.theme, &loaded.theme));
        let (renderer, theme_tag) = match same {
            Some(before) => (before.renderer.clone(), before.theme_tag.clone()),
            None => {
                let mut hash = blake3::Hasher::new();
                for (name, file) in &loaded.theme.assets {
                    hash.update(name.as_bytes());
                    hash.update(&file.bytes);
                }
                let renderer = Renderer::new(&loaded.theme).map_err(|findings| {
                    let mut findings: Findings = findings.into_iter().collect();
                    loaded.theme.quote(&mut findings);
                    findings.into_iter().collect::<Vec<_>>()
                })?;
                (Arc::new(renderer), short(&hash.finalize()))
            }
        };
        Ok(Snapshot {
            finder: OnceLock::new(),
            theme_tag,
            loaded,
            renderer,
            made: Mutex::default(),
        })
    }

    /// The task of a path relative to the site's root.
    pub(super) fn find(&self, path: &str) -> Option<Task> {
        self.finder().find(path, &self.loaded)
    }

    fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(&self.loaded))
    }

    /// The file of a task, cleared by `guarding`. `None` where there is nothing to make. Whoever asks for the same file
    /// at the same time waits for the one who makes it, and all hold the same bytes.
    pub(super) fn make(&self, task: &Task, guarding: &Arc<Guarding>) -> Option<Arc<Made>> {
        if !Arc::ptr_eq(guarding, &self.loaded.guarding) {
            return self.made_anew(task, guarding);
        }
        let slot = {
            let mut kept = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            kept.slots.entry(task.clone()).or_default().clone()
        };
        let mut slot = slot.lock().unwrap_or_else(PoisonError::into_inner);
        // Attachments are read from their files, which may change without a new state. They may be large, too: one is
        // held as long as somebody reads it.
        if let Task::Attachment(i) = task {
            let file = self.loaded.book.attachments.get(*i);
            let stamp = file.and_then(|a| std::fs::metadata(&a.full).ok());
            let stamp = stamp.and_then(|m| Some((m.len(), m.modified().ok()?)));
            if let Slot::Held(known, made) = &*slot
                && stamp == Some(*known)
                && let Some(made) = made.upgrade()
            {
                return Some(made);
            }
            let made = self.made_anew(task, guarding)?;
            if let Some(stamp) = stamp {
                *slot = Slot::Held(stamp, Arc::downgrade(&made));
            }
            return Some(made);
        }
        if let Slot::Kept(made) = &*slot {
            return Some(made.clone());
        }
        let made = self.made_anew(task, guarding)?;
        *slot = Slot::Kept(made.clone());
        drop(slot);
        let size = made.bytes.as_ref().map_or(0, Vec::len);
        let mut kept = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += size;
        if kept.bytes > KEPT {
            *kept = Kept::default();
        }
        Some(made)
    }

    fn made_anew(&self, task: &Task, guarding: &Arc<Guarding>) -> Option<Arc<Made>> {
        let (audited, findings) = making::clear(
            task,
            &self.loaded,
            &self.renderer,
            guarding,
            &Cleared::default(),
        );
        let bytes = audited.map(|a| a.into_artifact().bytes);
        if bytes.is_none() && findings.is_empty() {
            return None;
        }
        Some(Arc::new(Made {
            tag: short(&blake3::hash(bytes.as_deref().unwrap_or_default())),
            bytes,
            findings,
        }))
    }
}

fn short(hash: &blake3::Hash) -> String {
    hash.to_hex().as_str().get(..16).unwrap_or("").to_owned()
}
