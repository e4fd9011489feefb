//! Whose tabs there are, and who may be named in each.
//!
//! Takes the registry, the portal and the names of the schools' folders; gives a list of [`Job`]s and what all of them
//! need. Of another school's folder only one flag is ever read: whether it agreed to be named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::folder::{self, Folder};
use super::options::Options;
use super::render::Renderer;
use super::shared::{self, Shared};
use super::source::{Role, SchoolFile};
use crate::artifact::SitePath;
use crate::diag::catalog::tab as messages;
use crate::diag::{Finding, Location};
use crate::pipeline;
use crate::protection::Guarding;
use crate::text::slug;

/// Where the operator keeps the schools' folders.
pub const FOLDERS: &str = "content/private/tabs";

/// One school to be done.
pub struct Job {
    pub id: String,
    pub folder: Option<PathBuf>,
    /// In findings.
    pub shown: String,
    pub protected: bool,
    pub public_name: Option<String>,
}

/// What all schools need.
pub struct Common<'a> {
    pub options: &'a Options,
    pub guarding: &'a Guarding,
    pub renderer: Renderer,
    pub shared: BTreeMap<String, Shared>,
    /// Folder of the section that is taken where nobody names another.
    pub first: Option<String>,
    pub file: Option<SchoolFile>,
    pub due_soon_days: u32,
    pub alone: bool,
    /// Without a registry nothing of other schools can be searched for.
    pub guarded: bool,
    pub protected: BTreeSet<String>,
    pub public: BTreeSet<String>,
}

/// Everything common, the schools, and warnings.
pub type Prepared<'a> = (Common<'a>, Vec<Job>, Vec<Finding>);

pub fn prepare<'a>(
    options: &'a Options,
    loaded: &'a pipeline::Loaded,
) -> Result<Prepared<'a>, Vec<Finding>> {
    let mut findings = Vec::new();
    let folders = options.root.join(FOLDERS);
    let path = folders.join("shared.yaml");
    let mut file = None;
    if std::fs::symlink_metadata(&path).is_ok() {
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
    let jobs = jobs(&folders, &loaded.guarding)?;
    let protected = loaded.guarding.ids();
    let named = jobs.iter().filter(|job| job.public_name.is_some());
    let public = named.map(|job| job.id.clone()).collect();
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
    Ok((common, jobs, findings))
}

/// All schools that may have a tab: of the registry, partners that may be named, and folders of their own.
pub fn jobs(folders: &Path, guarding: &Guarding) -> Result<Vec<Job>, Vec<Finding>> {
    let registry = guarding.registry();
    let protected = guarding.ids();
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
        jobs.insert(id.clone(), job(&id, false, Some(school.name.clone())));
    }
    if folders.is_dir() {
        let entries = std::fs::read_dir(folders).map_err(|e| vec![*io(FOLDERS, &e)])?;
        for entry in entries {
            let entry = entry.map_err(|e| vec![*io(FOLDERS, &e)])?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() && !name.starts_with('.') && !jobs.contains_key(&name) {
                jobs.insert(name.clone(), job(&name, false, None));
            }
        }
    }
    Ok(jobs.into_values().collect())
}

/// Who may be named in a tab.
pub struct Who {
    pub role: Role,
    pub named: bool,
    pub paired: bool,
    /// Ids of the registry that its rule lets pass.
    pub own: Vec<String>,
}

pub fn who(common: &Common<'_>, job: &Job, folder: Option<&Folder>) -> Result<Who, Vec<Finding>> {
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
    let role = file.role(default);
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
    if std::fs::symlink_metadata(path).is_err() {
        return default.names_itself();
    }
    let (file, _) = folder::school_file(path, &"school.yaml".into());
    file.is_some_and(|f| f.names_itself(default))
}

/// The registry's school of this name: a school alone does not know its id.
fn by_name(guarding: &Guarding, name: &str) -> Option<String> {
    let id = guarding.registry().called(name)?;
    Some(id.as_str().to_owned())
}

/// The views of the section that the school belongs to.
pub fn section<'c>(
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

pub fn place(folder: &str, name: &str) -> String {
    match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}

fn io(path: &str, error: &std::io::Error) -> Box<Finding> {
    Box::new(
        Finding::new(&messages::IO, Location::file(path.to_owned()))
            .arg("path", path)
            .arg("why", error),
    )
}
