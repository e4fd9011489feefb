//! What the preview shows now, and who is looking.
//!
//! Takes a new [`View`] after each rebuild; gives it whole to every request, and tells the open pages. Must not let a
//! request see half of a change: a view is replaced in one step.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Instant;

use serde_json::json;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::doors::Doors;
use super::view::View;
use super::watch::Bell;
use super::{Options, tell};
use crate::desk::Desk;
use crate::diag::{Finding, Lang};
use crate::pipeline::Progress;
use crate::source;
use crate::workdays::Day;

/// An event for open pages: its name and its data, one line of JSON.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub name: &'static str,
    pub data: String,
}

/// So many events may wait for a page that does not read.
const QUEUE: usize = 32;

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
    pub day: Day,
    /// Where sources are changed; `None` where the site is only looked at.
    pub desk: Option<Desk>,
    /// Where the servers are.
    pub doors: Doors,
    /// How far a rebuild is.
    pub progress: Arc<Progress>,
    /// Wakes the one that rebuilds.
    pub bell: Bell,
    view: RwLock<Arc<View>>,
    /// When the sources were looked at that the view was made of.
    looked: Mutex<Option<Instant>>,
    clients: Mutex<Vec<Client>>,
}

impl Shared {
    pub(super) fn new(
        options: &Options,
        doors: Doors,
        progress: Arc<Progress>,
        bell: Bell,
    ) -> Self {
        Shared {
            root: options.root.clone(),
            lang: options.lang,
            editor: options.editor.clone(),
            strict: options.strict,
            day: options.day,
            desk: options.desk.then(|| {
                Desk::new(
                    options.root.clone(),
                    options.registry.clone(),
                    options.day,
                    options.lang,
                    options.ask,
                )
            }),
            doors,
            progress,
            bell,
            view: RwLock::default(),
            looked: Mutex::default(),
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

    /// The view shows whatever the sources said at this moment.
    pub(super) fn looked(&self, at: Instant) {
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some(at);
    }

    /// Whether the view shows whatever the sources said then.
    pub(super) fn shows(&self, moment: Instant) -> bool {
        let looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.is_some_and(|at| at >= moment)
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
        let (out, messages) = channel(QUEUE);
        let view = self.view();
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // A page that has gone away has dropped its receiver.
        let _ = out.try_send(self.state(&view));
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
        // One that reads nothing is let go: it comes back by itself, and hears the state then.
        clients.retain(|c| c.out.try_send(message.clone()).is_ok());
    }

    /// Asks every connection to prove that it is still there.
    pub(super) fn beat(&self) {
        self.send(&Message {
            name: "beat",
            data: "{}".into(),
        });
    }
}
