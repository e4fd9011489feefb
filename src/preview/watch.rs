//! Waits until something may have changed.
//!
//! Takes ROOT and the registry's place; gives [`Wake`]s with the paths that the system named. They are hints: what
//! changed is decided by [`crate::tree`], which also looks on its own every few seconds, for systems lose events
//! (an overflowing queue, a folder replaced by another). With `--poll`, and where the system cannot watch, looking is all.
//!
//! Why no debouncer: it pairs renames and holds each event for a fixed time. Here the tree decides, so pairing is of
//! no use, and waiting for a short quiet moment answers one save sooner and takes a thousand files as one change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::diag::catalog::preview as messages;
use crate::diag::{Finding, Location};

/// No event for so long, and the change is taken as whole.
const QUIET: Duration = Duration::from_millis(15);
/// The same when many files change at once: a checkout pauses between folders.
const QUIET_MANY: Duration = Duration::from_millis(120);
const MANY: usize = 20;
/// A change that never ends is taken after this time.
const LONGEST: Duration = Duration::from_secs(5);
/// How often the tree is looked at although nothing was heard.
const LOOK: Duration = Duration::from_secs(3);
/// How often it is looked at when nothing can be heard.
const POLL: Duration = Duration::from_millis(400);

/// Why the waiting ended.
#[derive(Debug)]
pub(super) enum Wake {
    /// These paths may have changed; perhaps none.
    Look(BTreeSet<PathBuf>),
    /// These and any others: the system lost some events, or a watched folder was replaced.
    LookAtAll(BTreeSet<PathBuf>),
    Stop,
}

enum Heard {
    Paths(Vec<PathBuf>),
    /// Somebody waits for these to be read, and nothing more will come.
    Now(Vec<PathBuf>),
    /// A watched folder may have been replaced.
    Again,
    Stop,
}

/// Ends the waiting from another thread.
#[derive(Clone)]
pub(super) struct Bell(Sender<Heard>);

impl Bell {
    pub(super) fn stop(&self) {
        let _ = self.0.send(Heard::Stop);
    }

    /// These files are written; without any, everything is to be looked at.
    pub(super) fn written(&self, paths: Vec<PathBuf>) {
        let _ = self.0.send(match paths.is_empty() {
            true => Heard::Again,
            false => Heard::Now(paths),
        });
    }
}

/// Watches the folders of a site.
pub(super) struct Watch {
    root: PathBuf,
    registry: Option<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    heard: Receiver<Heard>,
    sender: Sender<Heard>,
}

impl Watch {
    /// Starts watching; the finding says why it is done by looking instead.
    pub(super) fn new(root: &Path, registry: Option<&Path>, poll: bool) -> (Self, Option<Finding>) {
        let (sender, heard) = channel();
        let mut watch = Watch {
            root: root.to_owned(),
            registry: registry.map(Path::to_owned),
            watcher: None,
            heard,
            sender,
        };
        let failed = if poll { None } else { watch.begin().err() };
        let finding = failed.map(|why| {
            Finding::new(&messages::WATCH, Location::file(String::new())).arg("why", why)
        });
        (watch, finding)
    }

    pub(super) fn bell(&self) -> Bell {
        Bell(self.sender.clone())
    }

    fn begin(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        let folders: Vec<PathBuf> = self.folders();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let heard = match event {
                Ok(event) if is_change(&event.kind) => {
                    if event.need_rescan() || event.paths.iter().any(|p| folders.contains(p)) {
                        let _ = sender.send(Heard::Again);
                    }
                    Heard::Paths(event.paths)
                }
                Ok(event) if event.need_rescan() => Heard::Again,
                Ok(_) => return,
                Err(_) => Heard::Again,
            };
            // The receiver is gone when the preview ends.
            let _ = sender.send(heard);
        })?;
        self.watcher = Some(watcher);
        let begun = self.folders_again();
        if begun.is_err() {
            self.watcher = None;
        }
        begun
    }

    fn folders(&self) -> Vec<PathBuf> {
        ["content", "themes"]
            .iter()
            .map(|f| self.root.join(f))
            .collect()
    }

    /// Watches whatever is there now. A folder that was renamed away and back is a new one to the system.
    fn folders_again(&mut self) -> notify::Result<()> {
        let folders = self.folders();
        let Some(watcher) = &mut self.watcher else {
            return Ok(());
        };
        // The root itself, to hear of a `content` that comes back.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in folders {
            let _ = watcher.unwatch(&folder);
            if folder.is_dir() {
                watcher.watch(&folder, RecursiveMode::Recursive)?;
            }
        }
        // The folder and not the file: an atomic save puts another file in its place.
        if let Some(parent) = self.registry.as_deref().and_then(Path::parent) {
            let parent = if parent.as_os_str().is_empty() {
                Path::new(".")
            } else {
                parent
            };
            if parent.is_dir() && !parent.starts_with(&self.root) {
                watcher.watch(parent, RecursiveMode::NonRecursive)?;
            }
        }
        Ok(())
    }

    /// Waits for a change that has come to rest, or for the time to look.
    pub(super) fn wait(&mut self) -> Wake {
        let look = if self.watcher.is_some() { LOOK } else { POLL };
        let mut paths = BTreeSet::new();
        let mut again = false;
        match self.heard.recv_timeout(look) {
            Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
            Ok(Heard::Paths(first)) => paths.extend(first),
            Ok(Heard::Now(all)) => return Wake::Look(all.into_iter().collect()),
            Ok(Heard::Again) => again = true,
            Err(RecvTimeoutError::Timeout) => return Wake::Look(paths),
        }
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            let quiet = if paths.len() > MANY {
                QUIET_MANY
            } else {
                QUIET
            };
            match self.heard.recv_timeout(quiet) {
                Ok(Heard::Paths(more)) => paths.extend(more),
                Ok(Heard::Now(all)) => {
                    paths.extend(all);
                    break;
                }
                Ok(Heard::Again) => again = true,
                Ok(Heard::Stop) | Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
                Err(RecvTimeoutError::Timeout) => break,
            }
        }
        if !again {
            return Wake::Look(paths);
        }
        if self.folders_again().is_err() {
            self.watcher = None;
        }
        Wake::LookAtAll(paths)
    }
}

/// Reading a file is told as well; only what may change one counts.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}
