//! What the preview shows now, and who is looking.
//!
//! Takes a new [`View`] after each rebuild; gives it whole to every request, and tells the open pages. Must not let a
//! request see half of a change: a view is replaced in one step.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::json;

use super::snapshot::{Made, Snapshot};
use super::{Options, tell};
use crate::diag::{Finding, Findings, Lang};
use crate::pipeline::making::Task;
use crate::pipeline::{Guarding, Progress};
use crate::source;

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
            && !tell::discloses(&made.findings)
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

/// An event for open pages: its name and its data, one line of JSON.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub name: &'static str,
    pub data: String,
}

struct Client {
    page: String,
    out: Sender<Message>,
}

/// Shared by the server's threads and the one that rebuilds.
pub(super) struct Shared {
    pub root: PathBuf,
    pub lang: Lang,
    /// The command that opens a place in an editor, with `{path}`, `{line}`, `{column}`.
    pub editor: Option<String>,
    pub strict: bool,
    /// How far a rebuild is.
    pub progress: Arc<Progress>,
    view: RwLock<Arc<View>>,
    clients: Mutex<Vec<Client>>,
}

impl Shared {
    pub(super) fn new(options: &Options, progress: Arc<Progress>) -> Self {
        Shared {
            root: options.root.clone(),
            lang: options.lang,
            editor: options.editor.clone(),
            strict: options.strict,
            progress,
            view: RwLock::default(),
            clients: Mutex::default(),
        }
    }

    /// What is shown now.
    pub(super) fn view(&self) -> Arc<View> {
        self.view
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Shows a new view and tells the open pages.
    pub(super) fn show(&self, view: View) {
        let view = Arc::new(view);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view.clone();
        self.send(&self.state(&view));
    }

    /// Lets go of the state before the one that is shown: a change that makes most documents anew needs its room.
    pub(super) fn forget(&self) {
        let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
        *view = Arc::new(View {
            before: None,
            ..View::clone(&view)
        });
    }

    /// Adds what was found in pages of the view with this number, if it is still shown.
    pub(super) fn add(&self, number: u64, findings: Vec<Finding>) {
        let mut view = self.view.write().unwrap_or_else(PoisonError::into_inner);
        if view.number != number {
            return;
        }
        let mut all = view.findings.clone();
        all.extend(findings);
        if let Some(snapshot) = &view.snapshot {
            source::quote(&mut all, &snapshot.loaded.files);
            snapshot.loaded.theme.quote(&mut all);
        }
        all.sort();
        let more = Arc::new(View {
            broken: all.stop(self.strict),
            findings: all,
            ..View::clone(&view)
        });
        *view = more.clone();
        drop(view);
        self.send(&self.state(&more));
    }

    /// The state as open pages hear it: they load themselves again when the number is not theirs.
    pub(super) fn state(&self, view: &View) -> Message {
        let theme = view.snapshot.as_ref().map_or("", |s| &*s.theme_tag);
        let errors: Vec<_> = view
            .findings
            .iter()
            .filter(|f| f.is_error() || self.strict)
            .take(tell::SHOWN)
            .map(|f| tell::finding(f, self.lang, view))
            .collect();
        Message {
            name: "state",
            data: json!({
                "number": view.number,
                "theme": theme,
                "broken": view.broken,
                "errors": errors,
            })
            .to_string(),
        }
    }

    /// A page has opened; it hears everything from now on.
    pub(super) fn join(&self, page: String) -> Receiver<Message> {
        let (out, messages) = channel();
        let view = self.view();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // A page that has gone away has dropped its receiver.
        let _ = out.send(self.state(&view));
        clients.push(Client { page, out });
        messages
    }

    /// Addresses of the open pages.
    pub(super) fn open_pages(&self) -> Vec<String> {
        let clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pages: Vec<String> = clients.iter().map(|c| c.page.clone()).collect();
        pages.sort();
        pages.dedup();
        pages
    }

    fn send(&self, message: &Message) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain(|c| c.out.send(message.clone()).is_ok());
    }

    /// Asks every connection to prove that it is still there.
    pub(super) fn beat(&self) {
        self.send(&Message {
            name: "beat",
            data: "{}".into(),
        });
    }
}
