//! The preview: a server that shows the site as it would be published, and keeps it up with the sources.
//!
//! Steps: take a port; read everything; then wait for a change ([`watch`]), see what differs ([`tree`]), build the new
//! state, show it whole ([`state`]), and tell the open pages. A state with an error is not shown: the last good one
//! stays, with the findings over it. Must not write anything below ROOT, and must not show bytes that the audit has not
//! cleared.

mod inspect;
mod server;
mod snapshot;
mod state;
mod tell;
mod tree;
mod watch;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use server::PORT;

use crate::diag::catalog::preview as messages;
use crate::diag::{Finding, Findings, Lang, Location, print};
use crate::pipeline::making::{self, Task};
use crate::pipeline::{self, Engine, Outcome};
use snapshot::Snapshot;
use state::{Shared, View};
use tree::{Changes, Tree};
use watch::{Wake, Watch};

/// A save may leave a file out, or empty, for a moment: so long a change like that may take.
const GRACE: Duration = Duration::from_millis(150);

/// Pages of so many changed documents are made at once to see whether they are sound; the others when they are visited.
const VERIFIED: usize = 200;
/// No longer than this: the next change waits.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a preview is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    pub strict: bool,
    pub lang: Lang,
    pub port: Option<u16>,
    pub open: bool,
    pub poll: bool,
    pub editor: Option<String>,
}

/// Runs until it is stopped. `Err` holds why it could not begin.
pub fn run(options: &Options) -> Result<(), Box<Finding>> {
    if !options.root.is_dir() {
        let at = Location::file(options.root.display().to_string());
        let entry = &crate::diag::catalog::render::ROOT_MISSING;
        return Err(Box::new(
            Finding::new(entry, at).arg("root", options.root.display()),
        ));
    }
    // The system names changed files from its own root on; so are they named here.
    let options = &Options {
        root: std::path::absolute(&options.root).unwrap_or_else(|_| options.root.clone()),
        ..options.clone()
    };
    let (server, port) = server::bind(options.port)?;
    let address = format!("http://127.0.0.1:{port}/");
    let shared = Arc::new(Shared::new(
        options.root.clone(),
        options.lang,
        options.editor.clone(),
        options.strict,
    ));
    // Watching begins before reading, so that no change falls between them.
    let (mut watch, cannot) = Watch::new(&options.root, options.registry.as_deref(), options.poll);
    let stopper = watch.stopper();
    // Without it the process ends all the same, only less politely.
    let _ = ctrlc::set_handler(move || stopper.stop());
    let mut work = Work {
        tree: Tree::new(&options.root, options.registry.as_deref()),
        engine: Engine::new(&pipeline::Options {
            root: options.root.clone(),
            out: None,
            today: options.today,
            registry: options.registry.clone(),
            strict: options.strict,
            publish: false,
        }),
        options: options.clone(),
        shared: shared.clone(),
    };
    anstream::eprintln!("{}", messages::reading(options.lang));
    work.tree.look(&BTreeSet::new());
    work.rebuild(None);
    server::start(server, port, &shared);
    say(cannot.as_slice(), &shared);
    work.verify(Instant::now());
    say_all(&shared);
    anstream::println!("{}", messages::ready(&address, options.lang));
    if options.open
        && let Err(error) = open::that_detached(&address)
    {
        let at = Location::file(String::new());
        let finding = Finding::new(&messages::NOT_OPENED, at)
            .arg("what", &address)
            .arg("why", error);
        say(&[finding], &shared);
    }
    while let Wake::Look(hints) = watch.wait() {
        let begun = Instant::now();
        let changes = work.tree.look(&hints);
        if !changes.is_empty() {
            let changes = work.finished(changes);
            if !changes.is_empty() {
                work.rebuild(Some(&changes));
                let took = begun.elapsed();
                let pages = work.verify(Instant::now());
                work.line(&changes, pages, took);
            }
        }
    }
    anstream::println!("{}", messages::stopped(options.lang));
    Ok(())
}

/// The one who rebuilds.
struct Work {
    tree: Tree,
    engine: Engine,
    options: Options,
    shared: Arc<Shared>,
}

impl Work {
    /// Waits a little when the change looks like the middle of a save.
    fn finished(&mut self, first: Changes) -> Changes {
        let mut all = first;
        let begun = Instant::now();
        while all.unfinished() && begun.elapsed() < GRACE {
            std::thread::sleep(GRACE / 10);
            all = merged(all, self.tree.look(&BTreeSet::new()));
        }
        all
    }

    /// Builds the new state and shows it, or shows why it cannot be shown.
    fn rebuild(&mut self, changes: Option<&Changes>) {
        let mut outcome = Outcome::default();
        let changed = changes.map(Changes::all);
        let loaded = match self.tree.listed() {
            Some(listed) => self.engine.update(listed, changed.as_ref(), &mut outcome),
            // The folder itself is gone, or there is none: that is told, too.
            None => self.engine.load(changed.as_ref(), &mut outcome),
        };
        let old = self.shared.view();
        let mut view = View {
            number: old.number + 1,
            snapshot: old.snapshot.clone(),
            before: old.before.clone(),
            guarding: old.guarding.clone(),
            ..View::default()
        };
        if let Some(guarding) = &outcome.guarding {
            view.guarding = Some(guarding.clone());
        }
        if let Some(loaded) = loaded {
            view.guarding = Some(loaded.guarding.clone());
            if !outcome.findings.stop(self.options.strict) {
                match Snapshot::new(loaded, old.snapshot.as_deref()) {
                    Ok(snapshot) => {
                        view.before = old.snapshot.clone();
                        view.snapshot = Some(Arc::new(snapshot));
                    }
                    Err(findings) => outcome.findings.extend(findings),
                }
            }
        }
        outcome.findings.sort();
        view.broken = outcome.findings.stop(self.options.strict);
        view.findings = outcome.findings;
        view.drafts = outcome.drafts;
        self.shared.show(view);
    }

    /// Makes the pages of the documents that changed and those that somebody looks at, so that what is wrong with them
    /// is told now and not when they are visited. How many were made.
    fn verify(&self, begun: Instant) -> usize {
        let view = self.shared.view();
        let (Some(snapshot), Some(guarding)) = (&view.snapshot, &view.guarding) else {
            return 0;
        };
        if view.broken {
            return 0;
        }
        let open = self.shared.open_pages();
        let mut tasks: Vec<Task> = open
            .iter()
            .filter_map(|page| {
                let below = page.trim_start_matches('/');
                snapshot.find(&format!("{below}index.html"))
            })
            .collect();
        for i in self.engine.worked.iter().take(VERIFIED) {
            tasks.extend(making::of_document(*i, &snapshot.loaded.book));
        }
        tasks.sort();
        tasks.dedup();
        let mut made = 0;
        let mut findings = Vec::new();
        for chunk in tasks.chunks(32) {
            let chunk: Vec<_> = chunk
                .par_iter()
                .filter_map(|task| snapshot.make(task, guarding))
                .collect();
            made += chunk.len();
            findings.extend(chunk.iter().flat_map(|m| m.findings.iter().cloned()));
            if begun.elapsed() > PATIENCE {
                break;
            }
        }
        if !findings.is_empty() {
            self.shared.add(&findings);
        }
        made
    }

    /// One quiet line, and the findings when there are errors.
    fn line(&self, changes: &Changes, pages: usize, took: Duration) {
        let view = self.shared.view();
        if view.broken {
            let findings = view.findings.iter();
            let told: Vec<Finding> = findings
                .filter(|f| f.is_error() || self.options.strict)
                .cloned()
                .collect();
            say(&told, &self.shared);
        }
        let first = view.mask(changes.paths().next().unwrap_or(""));
        let line = messages::rebuilt(
            &messages::Rebuilt {
                first: &first,
                files: changes.len(),
                pages,
                milliseconds: took.as_millis(),
                errors: if view.broken {
                    view.findings.errors().max(1)
                } else {
                    0
                },
                warnings: view.findings.warnings(),
            },
            self.options.lang,
        );
        anstream::println!("{line}");
    }
}

/// Two looks as one change. What came and went between them is none.
fn merged(mut first: Changes, second: Changes) -> Changes {
    for path in second.removed {
        if !first.added.remove(&path) {
            first.changed.remove(&path);
            first.removed.insert(path.clone());
        }
        first.empty.remove(&path);
    }
    for path in second.added.iter().chain(&second.changed) {
        if first.removed.remove(path) {
            first.changed.insert(path.clone());
        } else if !first.added.contains(path) {
            if second.added.contains(path) {
                first.added.insert(path.clone());
            } else {
                first.changed.insert(path.clone());
            }
        }
        if second.empty.contains(path) {
            first.empty.insert(path.clone());
        } else {
            first.empty.remove(path);
        }
    }
    first
}

fn say_all(shared: &Shared) {
    let view = shared.view();
    say_these(&view.findings, &view, shared.lang);
}

fn say(findings: &[Finding], shared: &Shared) {
    let findings: Findings = findings.iter().cloned().collect();
    say_these(&findings, &shared.view(), shared.lang);
}

fn say_these(findings: &Findings, view: &View, lang: Lang) {
    let mut findings = findings.clone();
    if view.guarding.is_none() {
        findings = findings
            .into_iter()
            .map(|mut f| {
                f.line_text = None;
                f
            })
            .collect();
    }
    // A terminal that has gone away is no fault of the run.
    let _ = print::human(&findings, lang, &|t| view.mask(t), &mut anstream::stderr());
}
