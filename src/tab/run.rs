//! From school to school: reads, makes, audits, puts in place; one school in memory for each worker.
//!
//! Takes options; gives counts and findings. A school whose folder is broken is told and left as it was published
//! before; the others are finished. Must not keep anything of a school but its findings.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::content::{self, Sources};
use super::folder::{self, Folder};
use super::forms;
use super::render::Renderer;
use super::rule::Rule;
use super::shared::{self, Shared};
use super::source::{Role, SchoolFile};
use crate::artifact::SitePath;
use crate::audit;
use crate::diag::catalog::tab as messages;
use crate::diag::{Finding, Findings, Location, Severity};
use crate::pipeline::{self, Ask, Guarding};
use crate::publish::{Made, Tabs};
use crate::registry::{ProtectedSchool, Registry};
use crate::text::slug;
use crate::theme;

/// The folder inside every archive, the same for all: its name tells nothing.
const TOP: &str = "vkladka-500";
/// The id of a school that works alone.
const ALONE: &str = "vkladka";
/// Where the operator keeps the schools' folders.
const FOLDERS: &str = "content/private/tabs";

/// Whose tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    All,
    One(String),
    /// As the root tells: a school's own folder, or nobody.
    Root,
}

#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    pub out: Option<PathBuf>,
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    pub base: Option<String>,
    pub which: Which,
    /// For the passphrase of an encrypted registry.
    pub ask: Ask,
}

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
    pub guarding: Option<Guarding>,
}

/// One school to be done.
struct Job {
    id: String,
    folder: Option<PathBuf>,
    /// In findings.
    shown: String,
    protected: bool,
    public_name: Option<String>,
}

/// What all schools need.
struct Common<'a> {
    options: &'a Options,
    guarding: &'a Guarding,
    renderer: Renderer,
    shared: BTreeMap<String, Shared>,
    /// Folder of the section that is taken where nobody names another.
    first: Option<String>,
    file: Option<SchoolFile>,
    due_soon_days: u32,
    alone: bool,
    /// Without a registry nothing of other schools can be searched for.
    guarded: bool,
    protected: BTreeSet<String>,
    public: BTreeSet<String>,
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
    all(&common, &[job], watch, outcome);
    outcome.guarding = Some(guarding);
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
            match chosen(options, jobs) {
                Some(jobs) => all(&common, &jobs, watch, outcome),
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
        _ => Some(jobs),
    }
}

type Prepared<'a> = (Common<'a>, Vec<Job>, Vec<Finding>);

fn prepare<'a>(
    options: &'a Options,
    loaded: &'a pipeline::Loaded,
) -> Result<Prepared<'a>, Vec<Finding>> {
    let mut findings = Vec::new();
    let folders = options.root.join(FOLDERS);
    let path = folders.join("shared.yaml");
    let mut file = None;
    if path.is_file() {
        let shown = format!("{FOLDERS}/shared.yaml").into();
        let (read, found) = folder::school_file(&path, &shown);
        findings.extend(found);
        if let Some(read) = &read {
            let papers = read.normative.iter().map(|p| (p.is_file, p.at));
            let papers = papers.chain(read.documents.iter().map(|p| (p.is_file, p.at)));
            for (_, at) in papers.filter(|(is_file, _)| *is_file) {
                findings.push(Finding::new(
                    &messages::SHARED_FILE,
                    Location::at(std::sync::Arc::clone(&shown), at),
                ));
            }
        }
        file = read;
        if findings.iter().any(Finding::is_error) {
            return Err(findings);
        }
    }
    let registry = loaded.guarding.registry();
    let protected = loaded.guarding.ids();
    let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
    let folder_of = |id: &str| Some(folders.join(id)).filter(|f| f.is_dir());
    let job = |id: &str, protected, public_name| Job {
        id: id.to_owned(),
        folder: folder_of(id),
        shown: format!("{FOLDERS}/{id}"),
        protected,
        public_name,
    };
    for id in &protected {
        jobs.insert(id.clone(), job(id, true, None));
    }
    let mut public = BTreeSet::new();
    for school in &registry.public {
        let mut id = slug(&school.name);
        id.truncate(60);
        let base = id.trim_end_matches('-').to_owned();
        let mut id = base.clone();
        let mut n = 1;
        while jobs.contains_key(&id) {
            n += 1;
            id = format!("{base}-{n}");
        }
        public.insert(id.clone());
        jobs.insert(id.clone(), job(&id, false, Some(school.name.clone())));
    }
    if folders.is_dir() {
        let entries = std::fs::read_dir(&folders).map_err(|e| vec![*io(FOLDERS, &e)])?;
        for entry in entries {
            let entry = entry.map_err(|e| vec![*io(FOLDERS, &e)])?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && !name.starts_with('.') && !jobs.contains_key(&name) {
                jobs.insert(name.clone(), job(&name, false, None));
            }
        }
    }
    let renderer = Renderer::new(&loaded.theme)?;
    let common = Common {
        options,
        guarding: &loaded.guarding,
        renderer,
        shared: shared::all(&loaded.book),
        first: loaded.book.parts.first().map(|p| p.folder.to_string()),
        file,
        due_soon_days: loaded.book.due_soon_days,
        alone: false,
        guarded: true,
        protected,
        public,
    };
    Ok((common, jobs.into_values().collect(), findings))
}

fn all(common: &Common<'_>, jobs: &[Job], watch: &dyn Watch, outcome: &mut Outcome) {
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
    if common.options.which == Which::All {
        let keep: BTreeSet<&str> = jobs.iter().map(|j| j.id.as_str()).collect();
        match tabs.withdraw(&|id| keep.contains(id)) {
            Ok(removed) => outcome.removed = removed,
            Err(finding) => outcome.findings.push(*finding),
        }
    }
}

fn place(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
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
        let (audited, found) = audit::clear(piece.artifact, &rule);
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

/// Who may be named in a tab.
struct Who {
    role: Role,
    named: bool,
    paired: bool,
    /// Ids of the registry that its rule lets pass.
    own: Vec<String>,
}

fn who(common: &Common<'_>, job: &Job, folder: Option<&Folder>) -> Result<Who, Vec<Finding>> {
    let default = default_role(job.protected);
    let Some(file) = folder.map(|f| &f.file) else {
        return Ok(Who {
            role: default,
            named: job.public_name.is_some(),
            paired: false,
            own: Vec::new(),
        });
    };
    let path = place(&job.shown, "school.yaml");
    let role = file.role.unwrap_or(default);
    let stranger = !common.alone && !job.protected && job.public_name.is_none();
    if stranger && role == Role::Participant {
        let at = Location::file(path);
        return Err(vec![Finding::new(&messages::STRANGER, at)]);
    }
    let named = file.names_itself(default);
    if named && file.name.is_none() && job.public_name.is_none() {
        let at = Location::at(path, file.at);
        return Err(vec![Finding::new(&messages::NAME_MISSING, at)]);
    }
    let mut own = Vec::new();
    if named {
        match (common.alone, &file.name) {
            (true, Some(name)) => own.extend(by_name(common.guarding, &name.text)),
            _ => own.extend(Some(job.id.clone()).filter(|_| job.protected)),
        }
    }
    let partner = file.partner.as_ref().filter(|_| named);
    let paired = partner.is_some_and(|partner| match &partner.id {
        _ if common.alone => partner.agreed,
        Some(id) => agreed(common, id),
        None => false,
    });
    if paired && let Some(id) = partner.and_then(|p| p.id.as_deref()) {
        own.extend(Some(id.to_owned()).filter(|id| common.protected.contains(id)));
    }
    Ok(Who {
        role,
        named,
        paired,
        own,
    })
}

fn default_role(protected: bool) -> Role {
    match protected {
        true => Role::Participant,
        false => Role::Mentor,
    }
}

/// Whether the other school of a pair agreed to be named. Of its folder only this flag is read.
fn agreed(common: &Common<'_>, id: &str) -> bool {
    let known = common.protected.contains(id) || common.public.contains(id);
    if !known || SitePath::new(id).is_none() || id.contains('/') {
        return false;
    }
    let default = default_role(common.protected.contains(id));
    let path: &Path = &common
        .options
        .root
        .join(FOLDERS)
        .join(id)
        .join("school.yaml");
    if !path.is_file() {
        return default.names_itself();
    }
    let (file, _) = folder::school_file(path, &"school.yaml".into());
    file.is_some_and(|f| f.names_itself(default))
}

/// The registry's school of this name: a school alone does not know its id.
fn by_name(guarding: &Guarding, name: &str) -> Option<String> {
    let plain = |s: &str| crate::model::section::spelling(s);
    guarding
        .registry()
        .protected
        .iter()
        .find(|s| plain(s.name.expose()) == plain(name))
        .map(|s| s.id.as_str().to_owned())
}

/// The views of the section that the school belongs to.
fn section<'c>(
    common: &'c Common<'_>,
    job: &Job,
    folder: Option<&Folder>,
) -> Result<Option<&'c Shared>, Vec<Finding>> {
    let own = folder.and_then(|f| f.file.section.as_ref());
    let given = own.or(common.file.as_ref().and_then(|f| f.section.as_ref()));
    let Some(given) = given.filter(|_| !common.alone) else {
        return Ok(common.first.as_ref().and_then(|f| common.shared.get(f)));
    };
    match common.shared.get(&*given.text) {
        Some(shared) => Ok(Some(shared)),
        None => {
            let path = match own {
                Some(_) => place(&job.shown, "school.yaml"),
                None => format!("{FOLDERS}/shared.yaml"),
            };
            let known: Vec<&str> = common.shared.keys().map(String::as_str).collect();
            Err(vec![
                Finding::new(&messages::SECTION, Location::at(path, given.at))
                    .arg("value", &given.text)
                    .arg("known", known.join(", ")),
            ])
        }
    }
}

fn io(path: &str, error: &std::io::Error) -> Box<Finding> {
    Box::new(
        Finding::new(&messages::IO, Location::file(path.to_owned()))
            .arg("path", path)
            .arg("why", error),
    )
}
