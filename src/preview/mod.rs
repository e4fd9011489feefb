//! The preview: a server that shows the site as it would be published, and keeps it up with the sources.
//!
//! Steps: take a port and answer at once that the sources are being read; read everything; then wait for a change (`watch`), see what differs (`tree`), build the new
//! state, show it whole (`state`), and tell the open pages. A state with an error is not shown: the last good one
//! stays, with the findings over it. Must not write anything below ROOT itself (what a person changes is the desk's to
//! write, and a look that a person records is `protection::review`'s), and must not show bytes that the audit has not cleared.

mod doors;
mod inspect;
mod looks;
mod patient;
mod server;
mod site;
mod snapshot;
mod state;
mod tell;
mod tool;
mod view;
mod watch;
mod wire;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

pub use server::PORT;

use crate::child;
use crate::diag::catalog::preview as messages;
use crate::diag::catalog::source as reading;
use crate::diag::{Finding, Findings, Lang, Location, print};
use crate::kinds::DocIndex;
use crate::pipeline::making::{self, Task};
use crate::pipeline::progress::{self, Progress};
use crate::pipeline::{self, Engine, Outcome, unguarded};
use crate::tree::{Changes, Tree};
use crate::workdays::Day;
use doors::Doors;
use looks::Looks;
use snapshot::Snapshot;
use state::Shared;
use view::View;
use watch::{Bell, Wake, Watch};

/// A save may leave a file out, or empty, for a moment: so long a change like that may take.
const GRACE: Duration = Duration::from_millis(150);

/// So long a rebuild may go on after Ctrl+C.
const POLITE: Duration = Duration::from_millis(200);

/// More files than this at once come from a program and not from a person: the change is whole when it has rested so
/// long, or lasted as long as that.
const CROWD: usize = 20;
const REST: Duration = Duration::from_millis(120);
const LONGEST: Duration = Duration::from_secs(5);

/// Pages of so many changed documents are made at once to see whether they are sound; the others when they are visited.
const VERIFIED: usize = 200;

/// What a preview is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    pub day: Day,
    pub registry: Option<PathBuf>,
    pub strict: bool,
    pub lang: Lang,
    pub port: Option<u16>,
    pub open: bool,
    /// Whether sources may be changed from the browser.
    pub desk: bool,
    pub poll: bool,
    pub editor: Option<String>,
    /// How a person is asked for the registry's passphrase.
    pub ask: crate::protection::Ask,
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
    let bound = server::bind(options.port)?;
    let address = format!("http://127.0.0.1:{}/", bound.port);
    let progress = Arc::<Progress>::default();
    let doors = Doors::new(bound.port, bound.tool_port).map_err(|why| {
        let finding = Finding::new(&messages::PORT_TAKEN, Location::file(String::new()));
        Box::new(finding.arg("port", bound.port).arg("why", why))
    })?;
    let desk = options.desk.then(|| format!("{}/", doors.tool_origin()));
    // Watching begins before reading, so that no change falls between them.
    let (mut watch, cannot) = Watch::new(&options.root, options.registry.as_deref(), options.poll);
    let shared = Arc::new(Shared::new(options, doors, progress.clone(), watch.bell()));
    end_on_ctrl_c(watch.bell(), progress.clone(), options.lang);
    let today = options.day.now();
    let mut work = Work {
        tree: Tree::new(&options.root, options.registry.as_deref()),
        doubted: BTreeSet::new(),
        engine: engine(options, today, progress),
        today,
        verifier: verifier(shared.clone(), options.strict),
        options: options.clone(),
        shared: shared.clone(),
    };
    server::start(bound, &shared)?;
    anstream::println!("{}", messages::ready(&address, options.lang));
    if let Some(desk) = &desk {
        anstream::println!("{}", messages::desk(desk, options.lang));
    }
    let address = desk.unwrap_or(address);
    say(cannot.as_slice(), &shared);
    if options.open
        && let Err(error) = child::browse(&address)
    {
        let at = Location::file(String::new());
        let finding = Finding::new(&messages::NOT_OPENED, at)
            .arg("what", &address)
            .arg("why", error);
        say(&[finding], &shared);
    }
    let begun = Instant::now();
    work.tree.look(&BTreeSet::new());
    work.rebuild(None);
    shared.looked(begun);
    work.verify(None, Duration::ZERO);
    say_all(&shared);
    if shared.view().snapshot.is_some() {
        let (files, took) = (work.tree.len(), begun.elapsed().as_millis());
        anstream::println!("{}", messages::read(files, took, options.lang));
    }
    loop {
        let wake = watch.wait();
        let begun = Instant::now();
        work.doubt_what_was_unreadable();
        let changes = match wake {
            Wake::Look(hints) => work.tree.look(&hints),
            Wake::LookAtAll(hints) => work.tree.look_at_all(&hints),
            Wake::Stop => break,
        };
        if work.day_has_changed() {
            work.rebuild(None);
            work.verify(None, Duration::ZERO);
        } else if !changes.is_empty() {
            let changes = work.finished(changes);
            if !changes.is_empty() {
                work.rebuild(Some(&changes));
                work.verify(Some(changes), begun.elapsed());
            }
        }
        shared.looked(begun);
    }
    anstream::println!("{}", messages::stopped(options.lang));
    Ok(())
}

/// A person who wants to end it does not wait for a long rebuild: nothing is written, so nothing can be left half done.
fn end_on_ctrl_c(bell: Bell, progress: Arc<Progress>, lang: Lang) {
    // Without it the process ends all the same, only less politely.
    let _ = ctrlc::set_handler(move || {
        bell.stop();
        progress.hush();
        std::thread::sleep(POLITE);
        anstream::println!("{}", messages::stopped(lang));
        std::process::exit(0);
    });
}

fn engine(options: &Options, today: NaiveDate, progress: Arc<Progress>) -> Engine {
    Engine::new(&pipeline::Options {
        root: options.root.clone(),
        out: None,
        today,
        registry: options.registry.clone(),
        strict: options.strict,
        publish: false,
        ask: options.ask,
        progress,
    })
}

/// The one who rebuilds.
struct Work {
    tree: Tree,
    /// The unreadable files of the view that was looked at last.
    doubted: BTreeSet<Arc<str>>,
    engine: Engine,
    /// What the engine counts from.
    today: NaiveDate,
    verifier: Sender<Job>,
    options: Options,
    shared: Arc<Shared>,
}

impl Work {
    /// Begins anew when midnight has passed: what is due today, and what waits for its day, is asked of nothing older.
    fn day_has_changed(&mut self) -> bool {
        let today = self.options.day.now();
        if today == self.today {
            return false;
        }
        self.today = today;
        self.engine = engine(&self.options, today, self.shared.progress.clone());
        true
    }

    /// A file that was away for a moment, when a page was made and not when the tree was looked at, is back without a
    /// change: what it broke would stay broken. Once for each file, for one that is too large is there all the time.
    fn doubt_what_was_unreadable(&mut self) {
        let view = self.shared.view();
        let unreadable = view
            .findings
            .iter()
            .filter(|f| f.code() == reading::UNREADABLE.code);
        let unreadable: BTreeSet<Arc<str>> = unreadable.map(|f| f.location.path.clone()).collect();
        for path in unreadable.difference(&self.doubted) {
            self.tree.doubt(path);
        }
        self.doubted = unreadable;
    }

    /// Waits a little when the change looks like the middle of a save.
    fn finished(&mut self, first: Changes) -> Changes {
        let mut all = first;
        let begun = Instant::now();
        while all.unfinished() && begun.elapsed() < GRACE {
            std::thread::sleep(GRACE / 10);
            all = merged(all, self.tree.look(&BTreeSet::new()));
        }
        // Another branch is checked out, a folder is copied: one rebuild when it is over, also where only looking tells.
        while all.len() > CROWD && begun.elapsed() < LONGEST {
            std::thread::sleep(REST);
            let more = self.tree.look(&BTreeSet::new());
            if more.is_empty() {
                break;
            }
            all = merged(all, more);
        }
        all
    }

    /// Builds the new state and shows it, or shows why it cannot be shown.
    fn rebuild(&mut self, changes: Option<&Changes>) {
        let mut outcome = Outcome::default();
        let changed = changes.map(Changes::all);
        let progress = &self.shared.progress;
        let meter = progress::meter(progress, self.options.lang);
        if changes.is_some_and(Changes::reach_far) {
            self.shared.forget();
        }
        let loaded = match self.tree.listed() {
            Some(listed) => self.engine.update(listed, changed.as_ref(), &mut outcome),
            // The folder itself is gone, or there is none: that is told, too.
            None => self.engine.load(changed.as_ref(), &mut outcome),
        };
        drop(meter);
        progress.hush();
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
    /// is told now and not when they are visited; then prints the line. The next change does not wait for it.
    fn verify(&self, changes: Option<Changes>, took: Duration) {
        let job = Job {
            view: self.shared.view(),
            worked: self.engine.worked.iter().take(VERIFIED).copied().collect(),
            changes,
            took,
        };
        // The other end lives as long as the preview.
        let _ = self.verifier.send(job);
    }
}

/// What is left to do when a view is shown.
struct Job {
    view: Arc<View>,
    worked: Vec<DocIndex>,
    changes: Option<Changes>,
    took: Duration,
}

/// Starts the one thread that verifies: a view that has been replaced meanwhile is only told.
fn verifier(shared: Arc<Shared>, strict: bool) -> Sender<Job> {
    let (sender, jobs) = channel::<Job>();
    std::thread::spawn(move || {
        let mut looks = Looks::default();
        for job in jobs {
            let pages = verify(&shared, &job.view, &job.worked, &mut looks);
            if let Some(changes) = &job.changes {
                line(&shared, strict, changes, pages, job.took);
            }
        }
    });
    sender
}

/// Stops as soon as another view is shown. How many files were made.
fn verify(shared: &Shared, view: &View, worked: &[DocIndex], looks: &mut Looks) -> usize {
    let (Some(snapshot), Some(guarding)) = (&view.snapshot, &view.guarding) else {
        return 0;
    };
    if view.broken || shared.view().number != view.number {
        return 0;
    }
    let mut tasks: Vec<Task> = worked
        .iter()
        .flat_map(|i| making::of_document(*i, &snapshot.loaded.book))
        .collect();
    for page in shared.open_pages() {
        let below = page.trim_start_matches('/');
        let task = snapshot.find(&format!("{below}index.html"));
        tasks.extend(task.filter(|t| !tasks.contains(t)));
    }
    let mut made = 0;
    let mut findings = Vec::new();
    for task in &tasks {
        if shared.view().number != view.number {
            break;
        }
        if let Some(file) = snapshot.make(task, guarding) {
            made += 1;
            findings.extend(file.findings.iter().cloned());
        }
    }
    if shared.view().number == view.number {
        findings.extend(looks.findings(snapshot, guarding));
    }
    if !findings.is_empty() {
        shared.add(view.number, findings);
    }
    made
}

/// One quiet line, and the findings when there are errors.
fn line(shared: &Shared, strict: bool, changes: &Changes, pages: usize, took: Duration) {
    let view = shared.view();
    if view.broken {
        let findings = view.findings.iter();
        let told: Vec<Finding> = findings
            .filter(|f| f.is_error() || strict)
            .cloned()
            .collect();
        say(&told, shared);
    }
    let first = changes.paths().next().unwrap_or("");
    let first = match view.guarding {
        Some(_) => view.mask(first),
        None => unguarded::path(first),
    };
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
        shared.lang,
    );
    anstream::println!("{line}");
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
