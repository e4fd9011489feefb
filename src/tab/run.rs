//! From school to school: reads, makes, audits, puts in place; one school in memory for each worker.
//!
//! Takes options; gives counts and findings. A school whose folder is broken is told and left as it was published
//! before; the others are finished. Must not keep anything of a school but its findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::content::{self, Sources};
use super::folder;
use super::forms;
use super::jobs::{Common, FOLDERS, Job, place, prepare, section, who};
use super::options::{Options, Which};
use super::render::Renderer;
use super::rule::Rule;
use super::shared::Shared;
use super::source::{Role, SchoolFile};
use crate::artifact::SitePath;
use crate::audit;
use crate::diag::catalog::tab as messages;
use crate::diag::{Finding, Findings, Location, Severity};
use crate::inert::Still;
use crate::pipeline;
use crate::protection::Guarding;
use crate::publish::{Made, Tabs};
use crate::registry::{ProtectedSchool, Registry};
use crate::theme;

/// The folder inside every archive, the same for all: its name tells nothing.
const TOP: &str = "vkladka-500";
/// The id of a school that works alone.
const ALONE: &str = "vkladka";

/// Told how far the run has come.
pub trait Watch: Sync {
    fn begin(&self, total: usize);
    fn done(&self, done: usize, total: usize);
}

#[derive(Default)]
pub struct Outcome {
    pub findings: Findings,
    pub made: usize,
    pub skipped: usize,
    pub removed: usize,
    pub files: usize,
    pub bytes: u64,
    pub packed: u64,
    /// The folder to open, when one tab was made.
    pub folder: Option<PathBuf>,
    pub guarding: Option<std::sync::Arc<Guarding>>,
}

/// Makes the tabs.
pub fn run(options: &Options, watch: &dyn Watch) -> Outcome {
    let mut outcome = Outcome::default();
    let alone = options.which == Which::Root && options.root.join("school.yaml").is_file();
    if alone {
        school_alone(options, watch, &mut outcome);
    } else if options.which == Which::Root {
        let at = Location::file(options.root.display().to_string());
        outcome.findings.push(Finding::new(&messages::NOTHING, at));
    } else {
        region(options, watch, &mut outcome);
    }
    outcome.findings.sort();
    outcome
}

fn school_alone(options: &Options, watch: &dyn Watch, outcome: &mut Outcome) {
    let shown = "school.yaml";
    // Read twice: who is protected must be known before anything else is looked at.
    let (file, _) = folder::school_file(&options.root.join(shown), &shown.into());
    let named = file
        .as_ref()
        .is_some_and(|f| f.names_itself(Role::Participant));
    let guarding = match &options.registry {
        Some(path) => {
            let (guarding, findings) =
                Guarding::load(&options.root, Some(path), options.today, options.ask);
            outcome.findings.extend(findings);
            let Some(guarding) = guarding else { return };
            guarding
        }
        None => {
            outcome
                .findings
                .push(Finding::new(&messages::NO_REGISTRY, Location::file(shown)));
            let own = file.as_ref().filter(|_| !named).and_then(own_school);
            Guarding::new(Registry::of(own))
        }
    };
    let (theme, findings) = theme::load(&options.root, None);
    outcome.findings.extend(findings);
    let renderer = match Renderer::new(&theme) {
        Ok(renderer) => renderer,
        Err(findings) => return outcome.findings.extend(findings),
    };
    let common = Common {
        options,
        guarding: &guarding,
        renderer,
        shared: BTreeMap::new(),
        first: None,
        file: None,
        due_soon_days: 30,
        alone: true,
        guarded: options.registry.is_some(),
        protected: guarding.ids(),
        public: BTreeSet::new(),
    };
    let job = Job {
        id: ALONE.to_owned(),
        folder: Some(options.root.clone()),
        shown: String::new(),
        protected: true,
        public_name: None,
    };
    all(&common, &[job], &BTreeSet::new(), watch, outcome);
    outcome.guarding = Some(std::sync::Arc::new(guarding));
}

/// The school itself, to be guarded where it did not agree to be named.
fn own_school(file: &SchoolFile) -> Option<ProtectedSchool> {
    let mut school = ProtectedSchool::new("svoya-shkola", &file.name.as_ref()?.text);
    if let Some(full) = &file.full_name {
        school = school.full_name(&full.text);
    }
    if let Some(municipality) = &file.municipality {
        school = school.municipality(&municipality.text);
    }
    if let Some(head) = &file.head {
        school = school.person(&head.text);
    }
    Some(school)
}

fn region(options: &Options, watch: &dyn Watch, outcome: &mut Outcome) {
    let mut loading = pipeline::Outcome::default();
    let loaded = pipeline::load(
        &pipeline::Options {
            root: options.root.clone(),
            out: options.out.clone(),
            today: options.today,
            registry: options.registry.clone(),
            strict: false,
            publish: false,
            ask: options.ask,
            progress: std::sync::Arc::default(),
        },
        &mut loading,
    );
    // Warnings of the portal's sources are told when the portal is built.
    let stop = loading.findings.errors() > 0;
    outcome
        .findings
        .extend(loading.findings.into_iter().filter(Finding::is_error));
    let Some(loaded) = loaded else { return };
    if stop {
        outcome.guarding = Some(loaded.guarding);
        return;
    }
    match prepare(options, &loaded) {
        Ok((common, jobs, findings)) => {
            outcome.findings.extend(findings);
            let every: BTreeSet<String> = jobs.iter().map(|j| j.id.clone()).collect();
            match chosen(options, jobs) {
                Some(jobs) => all(&common, &jobs, &every, watch, outcome),
                None => {
                    let at = Location::file(FOLDERS);
                    outcome
                        .findings
                        .push(Finding::new(&messages::UNKNOWN_SCHOOL, at));
                }
            }
        }
        Err(findings) => outcome.findings.extend(findings),
    }
    outcome.guarding = Some(loaded.guarding);
}

fn chosen(options: &Options, jobs: Vec<Job>) -> Option<Vec<Job>> {
    match &options.which {
        Which::One(id) => jobs.into_iter().find(|j| j.id == *id).map(|j| vec![j]),
        Which::All(Some(shard)) => {
            let places = (0..).zip(jobs);
            let own = places.filter(|(place, _)| shard.takes(*place));
            Some(own.map(|(_, job)| job).collect())
        }
        _ => Some(jobs),
    }
}

/// Makes the tabs of `jobs`; those of no school of `every` are taken away.
fn all(
    common: &Common<'_>,
    jobs: &[Job],
    every: &BTreeSet<String>,
    watch: &dyn Watch,
    outcome: &mut Outcome,
) {
    let out = match &common.options.out {
        Some(out) => out.clone(),
        None => common.options.root.join("output"),
    };
    let tabs = match Tabs::open(&out) {
        Ok(tabs) => tabs,
        Err(finding) => return outcome.findings.push(*finding),
    };
    watch.begin(jobs.len());
    let done = AtomicUsize::new(0);
    let sum = Mutex::new((Vec::new(), Made::default(), 0usize, 0usize));
    jobs.par_iter().for_each(|job| {
        let mut findings = Vec::new();
        let made = one(common, job, &tabs, &mut findings);
        {
            let mut sum = sum
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            match made {
                Some(made) => {
                    sum.1.files += made.files;
                    sum.1.bytes += made.bytes;
                    sum.1.packed += made.packed;
                    sum.2 += 1;
                }
                None => {
                    sum.3 += 1;
                    let at = Location::file(place(&job.shown, "school.yaml"));
                    findings.push(Finding::new(&messages::SKIPPED, at).subject(job.id.clone()));
                }
            }
            sum.0.append(&mut findings);
        }
        watch.done(done.fetch_add(1, Ordering::Relaxed) + 1, jobs.len());
    });
    let (findings, made, good, skipped) = sum
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    outcome.findings.extend(findings);
    (outcome.made, outcome.skipped) = (good, skipped);
    (outcome.files, outcome.bytes, outcome.packed) = (made.files, made.bytes, made.packed);
    if let [job] = jobs
        && good == 1
    {
        outcome.folder = Some(out.join("tabs").join(&job.id));
    }
    if matches!(common.options.which, Which::All(_)) {
        match tabs.withdraw(&|id| every.contains(id)) {
            Ok(removed) => outcome.removed = removed,
            Err(finding) => outcome.findings.push(*finding),
        }
    }
    outcome.findings.extend(tabs.kept());
}

/// Makes one school's tab; `None` with an error among the findings when it could not be.
fn one(common: &Common<'_>, job: &Job, tabs: &Tabs, findings: &mut Vec<Finding>) -> Option<Made> {
    match attempt(common, job, tabs, findings) {
        Ok(made) => Some(made),
        Err(found) => {
            findings.extend(found);
            None
        }
    }
}

fn attempt(
    common: &Common<'_>,
    job: &Job,
    tabs: &Tabs,
    findings: &mut Vec<Finding>,
) -> Result<Made, Vec<Finding>> {
    let single = |f: Box<Finding>| vec![*f];
    if SitePath::new(&job.id).is_none() || job.id.contains('/') {
        let at = Location::file(job.shown.clone());
        return Err(vec![Finding::new(&messages::FOLDER_NAME, at)]);
    }
    let mut folder = match &job.folder {
        Some(path) => Some(folder::read(path, &job.shown)?),
        None => None,
    };
    if let Some(folder) = &mut folder {
        let found = std::mem::take(&mut folder.findings);
        if found.iter().any(Finding::is_error) {
            return Err(found);
        }
        findings.extend(found);
    }
    let who = who(common, job, folder.as_ref())?;
    let rule = Rule::new(
        common.guarding,
        who.own.iter().map(String::as_str).collect(),
        common.guarded,
    );
    let nothing = Shared::default();
    let sources = Sources {
        folder: folder.as_ref(),
        common: common.file.as_ref(),
        shared: section(common, job, folder.as_ref())?.unwrap_or(&nothing),
        role: who.role,
        public_name: job.public_name.as_deref().filter(|_| who.named),
        named: who.named,
        paired: who.paired,
        today: common.options.today,
        due_soon_days: common.due_soon_days,
    };
    let (view, files) = content::make(&sources, &rule);
    let given = folder.as_ref().and_then(|f| f.file.base.as_ref());
    let base = common.options.base.as_deref().or(given.map(|b| &*b.text));
    let mut desk = tabs.school(&job.id).map_err(single)?;
    let mut wrong = Vec::new();
    forms::write(&common.renderer, &view, &files, base, &mut |piece| {
        let mut sort = |found: Vec<Finding>| {
            for mut finding in found {
                let inside = finding.location.path.split_once('!').map(|(_, part)| part);
                finding.location.path = match (&piece.origin, inside) {
                    (Some(origin), Some(part)) => format!("{origin}!{part}").into(),
                    (Some(origin), None) => origin.clone(),
                    _ => format!("tabs/{}/{}", job.id, finding.location.path).into(),
                };
                match finding.severity {
                    Severity::Error => wrong.push(finding),
                    Severity::Warning => findings.push(finding),
                }
            }
        };
        // What a school hands in is looked at; what the program makes of it is its own.
        let (audited, found) = match piece.origin {
            Some(_) => audit::clear(piece.artifact, &Still(&rule)),
            None => audit::clear(piece.artifact, &rule),
        };
        sort(found);
        let Some(audited) = audited else {
            return Ok(());
        };
        desk.put(&audited)?;
        let Some(path) = piece.copy else {
            return Ok(());
        };
        let (copy, found) = audited.copy(path, &rule);
        sort(found);
        copy.map_or(Ok(()), |copy| desk.put(&copy))
    })
    .map_err(single)?;
    if !wrong.is_empty() {
        return Err(wrong);
    }
    desk.commit(TOP).map_err(single)
}
