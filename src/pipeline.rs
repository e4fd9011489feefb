//! Calls the stages in order and collects what they find. The only room that knows them all.
//!
//! Steps: list and read sources, registry and theme; parse (in parallel); check what holds between documents; decide
//! which places are made coarser; disclose (in parallel); index ([`engine`] does these, again and again for the
//! preview); build, render, audit and stage each page (in parallel,
//! one page in memory at a time for each worker); see that no source has changed meanwhile; swap. A finding that stops
//! leaves what was published as it was.

mod accepted;
pub mod engine;
pub mod making;
pub mod progress;
mod report;
mod store;
pub mod unguarded;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use engine::Engine;
pub use progress::Progress;

use crate::audit::memory::Memory;
use crate::diag::catalog::{publish as publishing, render as messages};
use crate::diag::{Finding, Findings, Location};
use crate::disclosure::indirect::Watch;
use crate::disclosure::{self, Replacement};
use crate::model::Model;
use crate::monitoring::Monitoring;
use crate::pipeline::progress::Step;
use crate::protection::{Ask, Guarding};
use crate::publish::{Published, Publisher};
use crate::render::Renderer;
use crate::site::book::{OpenData, OpenSet};
use crate::site::{Book, Settings, search};
use crate::source;
use crate::theme::Theme;
use crate::tree::Moment;
use store::Store;

/// So often a build begins anew because its sources changed meanwhile.
const AGAIN: usize = 2;

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    /// Holds `site/`, `tabs/`, `report/`; default `ROOT/output`.
    pub out: Option<PathBuf>,
    /// The only clock.
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    /// Warnings stop the publication too.
    pub strict: bool,
    /// Whether the result is published (`build`) or only checked.
    pub publish: bool,
    /// How a person is asked for the registry's passphrase.
    pub ask: Ask,
    /// Where the run counts how far it is.
    pub progress: Arc<Progress>,
}

/// What a run did.
#[derive(Default)]
pub struct Outcome {
    pub findings: Findings,
    pub pages: usize,
    pub files: usize,
    /// Files of the site that the audit has cleared in an earlier build.
    pub reused: usize,
    /// How often the build began anew, because sources changed while it ran.
    pub again: usize,
    pub published: Option<Published>,
    /// The first page to open.
    pub index: Option<PathBuf>,
    /// Sources that are drafts.
    pub drafts: Vec<Arc<str>>,
    /// The guard of this run, to mask what is printed.
    pub guarding: Option<Arc<Guarding>>,
}

/// Further reports for the operator, made of what was loaded: names below `output/report/` and bytes.
pub type Reports<'a> = &'a dyn Fn(&Loaded) -> Vec<(String, Vec<u8>)>;

/// Runs the whole way; `reports` are written with those of the run, where it publishes. What sources say must belong together: when one of them changes on the way, all that was made is
/// left and made anew.
pub fn run(options: &Options, reports: Reports<'_>) -> Outcome {
    let mut engine = Engine::new(options);
    let mut changed = None;
    let mut before = Moment::now(&options.root, options.registry.as_deref());
    let mut again = 0;
    loop {
        let mut outcome = Outcome {
            again,
            ..Outcome::default()
        };
        let made = attempt(options, &mut engine, changed.as_ref(), &mut outcome);
        let now = Moment::now(&options.root, options.registry.as_deref());
        let differ = now.since(&before);
        match differ.first() {
            None => {
                if let Some(made) = made {
                    made.publish(options, reports, &mut outcome);
                }
            }
            Some(_) if again < AGAIN => {
                (before, changed) = (now, Some(differ));
                again += 1;
                continue;
            }
            Some(first) => {
                let finding = Finding::new(&publishing::SOURCES_CHANGE, Location::file(&**first));
                outcome.findings.push(finding);
            }
        }
        outcome.findings.sort();
        return outcome;
    }
}

/// Everything made and staged, but not published yet.
struct Staged {
    loaded: Loaded,
    publisher: Option<Publisher>,
    store: Option<Store>,
    memory: Memory,
    out: PathBuf,
}

impl Staged {
    fn publish(self, options: &Options, reports: Reports<'_>, outcome: &mut Outcome) {
        let Some(publisher) = self.publisher else {
            return;
        };
        if outcome.findings.stop(options.strict) {
            return;
        }
        finish(&self.loaded, publisher, &self.out, reports, outcome);
        if let (Some(store), true) = (self.store, outcome.published.is_some()) {
            store.keep(self.memory);
        }
    }
}

fn attempt(
    options: &Options,
    engine: &mut Engine,
    changed: Option<&BTreeSet<String>>,
    outcome: &mut Outcome,
) -> Option<Staged> {
    let loaded = engine.load(changed, outcome)?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| options.root.join("output"));
    let publisher = open(options, &out, &mut outcome.findings).ok()?;
    let private = options.registry.as_deref().and_then(Path::parent);
    let default = options.root.join("content").join("private");
    let stored = Store::open(
        &out,
        private.unwrap_or(&default),
        &loaded.guarding,
        options.publish,
        &mut outcome.findings,
    );
    let (store, memory) = stored.unzip();
    let cleared = Cleared {
        memory: memory.unwrap_or_default(),
        site: store.as_ref().map(|s| s.site.clone()),
        weighed: true,
    };
    make(
        &loaded,
        publisher.as_ref(),
        &cleared,
        &options.progress,
        outcome,
    );
    outcome.reused = cleared.memory.taken();
    outcome.findings.extend(loaded.guarding.unused());
    accepted::silence(&mut outcome.findings, &loaded.files);
    source::quote(&mut outcome.findings, &loaded.files);
    loaded.theme.quote(&mut outcome.findings);
    outcome.guarding = Some(loaded.guarding.clone());
    Some(Staged {
        loaded,
        publisher,
        store,
        memory: cleared.memory,
        out,
    })
}

/// What builds before this one cleared, and where it was published.
#[derive(Default)]
pub struct Cleared {
    pub memory: Memory,
    pub site: Option<PathBuf>,
    /// Pages say how large the files beside them are. A preview answers sooner than these can be made.
    pub weighed: bool,
}

/// Everything read, checked and made public.
pub struct Loaded {
    pub book: Book,
    /// Positions of the attachments that documents refer to: these are published.
    pub attached: Vec<usize>,
    pub theme: Arc<Theme>,
    pub guarding: Arc<Guarding>,
    pub replacements: Vec<Replacement>,
    /// What was decided about the places of schedules.
    pub places: Vec<crate::disclosure::coarsen::DocumentSmallest>,
    /// Schools' numbers, for the operator's reports.
    pub monitoring: Monitoring,
    /// What no file may tell of places.
    pub watch: Arc<Watch>,
    /// Places on pages that links name: address and anchor, and where the links stand.
    pub anchors: BTreeMap<(String, String), Vec<Location>>,
    /// All sources, to quote lines in findings.
    pub files: Vec<source::SourceFile>,
    /// Files to take away that a page has asked for before they are published.
    pub editions: making::Editions,
    /// Made when it is first asked for: nobody searches most of the states that a preview goes through.
    index: OnceLock<Vec<glasno_search::File>>,
}

impl Loaded {
    /// The files of the search's index.
    pub fn index(&self) -> &[glasno_search::File] {
        self.index.get_or_init(|| search::files(&self.book))
    }

    /// One of them, by its name.
    pub fn index_file(&self, name: &str) -> Option<&glasno_search::File> {
        self.index().iter().find(|file| file.name == name)
    }
}

/// Reads and checks the sources and makes them public. `None` when nothing can be shown at all.
pub fn load(options: &Options, outcome: &mut Outcome) -> Option<Loaded> {
    Engine::new(options).load(None, outcome)
}

fn settings(model: &Model, redactor: &dyn disclosure::Redactor) -> Settings {
    let site = &model.site;
    let open = |t: &crate::kinds::SourceText| disclosure::setting(t, model, redactor);
    let set = |set: &crate::kinds::site::OpenSet| OpenSet {
        at: set.at,
        // It is compared with addresses; what is printed of it is the identifier.
        of: set.of.text.to_string(),
        name: set.name.as_ref().map(ToString::to_string),
        title: set.title.as_ref().map(open),
        keywords: set.keywords.iter().map(open).collect(),
        created: set.created,
        structure: set.structure,
        change: set.change.as_ref().map(open),
    };
    Settings {
        title: open(&site.title),
        short_title: site.short_title.as_ref().map(open),
        description: site.description.as_ref().map(open),
        base_url: site.base_url.to_string(),
        downloads: site.downloads,
        workdays: site.workdays(),
        publisher_name: site.publisher.name.as_ref().map(open),
        publisher_phone: site.publisher.phone.as_ref().map(open),
        publisher_email: site.publisher.email.as_ref().map(open),
        publisher_address: site.publisher.address.as_ref().map(open),
        opendata: site.opendata.as_ref().map(|own| OpenData {
            at: own.at,
            inn: own.inn.to_string(),
            owner: own.owner.as_ref().map(open),
            person: own.person.as_ref().map(open),
            phone: own.phone.as_ref().map(open),
            email: own.email.as_ref().map(open),
            valid_days: own.valid_days,
            terms: own.terms.as_ref().map(open),
            sets: own.sets.iter().map(set).collect(),
        }),
    }
}

fn open(options: &Options, out: &Path, findings: &mut Findings) -> Result<Option<Publisher>, ()> {
    if !options.publish {
        return Ok(None);
    }
    let inside = ["content", "themes"].iter().any(|folder| {
        let full = options.root.join(folder);
        match (absolute(out), absolute(&full)) {
            (Some(out), Some(full)) => out.starts_with(full),
            _ => false,
        }
    });
    if inside {
        let at = Location::file(out.display().to_string());
        findings.push(Finding::new(&messages::OUT_INSIDE, at).arg("out", out.display()));
        return Err(());
    }
    match Publisher::open(out) {
        Ok(publisher) => Ok(Some(publisher)),
        Err(finding) => {
            findings.push(*finding);
            Err(())
        }
    }
}

/// The path with links resolved as far as it exists.
fn absolute(path: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut at = std::path::absolute(path).ok()?;
    loop {
        match at.canonicalize() {
            Ok(real) => return Some(missing.iter().rev().fold(real, |p, part| p.join(part))),
            Err(_) => {
                missing.push(at.file_name()?.to_owned());
                at = at.parent()?.to_owned();
            }
        }
    }
}

/// Makes, audits and stages every file; findings of all of them are told.
pub fn make(
    loaded: &Loaded,
    publisher: Option<&Publisher>,
    cleared: &Cleared,
    progress: &Progress,
    outcome: &mut Outcome,
) {
    let renderer = match Renderer::new(&loaded.theme) {
        Ok(renderer) => renderer,
        Err(findings) => {
            outcome.findings.extend(findings);
            return;
        }
    };
    let tasks = making::all(loaded);
    outcome.pages = tasks.iter().filter(|t| t.is_page()).count();
    let findings = Mutex::new(Vec::new());
    let say = |more: Vec<Finding>| {
        if !more.is_empty() {
            let mut all = findings
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            all.extend(more);
        }
    };
    progress.begin(Step::Make, tasks.len());
    tasks.par_iter().for_each(|task| {
        let (audited, more) = making::clear(task, loaded, &renderer, &loaded.guarding, cleared);
        say(more);
        if let (Some(audited), Some(publisher)) = (audited, publisher)
            && let Err(finding) = publisher.stage(&audited)
        {
            say(vec![*finding]);
        }
        progress.one();
    });
    let found = findings
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    outcome.findings.extend(found);
}

fn finish(
    loaded: &Loaded,
    publisher: Publisher,
    out: &Path,
    reports: Reports<'_>,
    outcome: &mut Outcome,
) {
    let own = report::files(loaded).into_iter();
    let own = own.map(|(name, bytes)| (name.to_owned(), bytes));
    for (name, bytes) in own.chain(reports(loaded)) {
        if let Err(finding) = publisher.stage_report(&name, &bytes) {
            outcome.findings.push(*finding);
            return;
        }
    }
    if let Err(finding) = publisher.keep_reports() {
        outcome.findings.push(*finding);
        return;
    }
    match publisher.commit() {
        Ok(mut published) => {
            outcome
                .findings
                .extend(std::mem::take(&mut published.warnings));
            outcome.index = Some(out.join("site").join("index.html"));
            outcome.published = Some(published);
        }
        Err(finding) => outcome.findings.push(*finding),
    }
}
