//! What the tabs of the operator's schools lack, school by school: documents by stage, curator, contacts, dates.
//!
//! Takes the folders of `content/private/tabs`; gives ids and the names of what is missing, never a word of a school's
//! own. Where no folder of tabs is kept there is nothing to lack. Must not make a tab.

use std::path::Path;
use std::sync::Arc;

use super::folder;
use super::jobs::{FOLDERS, Job, jobs, place};
use super::source::{Role, SchoolFile, Stage};
use crate::duties::{self, TabLacks, Wanted};
use crate::pipeline::Loaded;

/// The documents that orders ask of a school, in their order.
pub const STAGES: [(Stage, &str); 4] = [
    (Stage::RiskProfile, "рисковый профиль"),
    (Stage::Programme, "концепция и программа"),
    (Stage::Monitoring1, "мониторинг, первый этап"),
    (Stage::Monitoring2, "мониторинг, второй этап"),
];

/// Where there is nothing at all.
const NO_FOLDER: &str = "папки школы с school.yaml";
const CURATOR: &str = "куратор";
const COORDINATOR: &str = "ответственный в школе";
const UPDATED: &str = "дата обновления";

/// What a build leaves for the operator beside its own reports: the duties, and what schools' tabs lack.
pub fn reports(root: &Path, loaded: &Loaded) -> Vec<(String, Vec<u8>)> {
    let tabs = all(root, loaded);
    let duties = duties::collect(&loaded.book, &tabs, &Wanted::default());
    let mut files = duties::print::files(&duties, loaded.book.settings.host());
    if !tabs.is_empty() {
        files.push(("tabs.csv".to_owned(), table(&tabs).into_bytes()));
    }
    files
}

/// What every school's tab lacks, by id.
pub fn all(root: &Path, loaded: &Loaded) -> Vec<TabLacks> {
    let folders = root.join(FOLDERS);
    if !folders.is_dir() {
        return Vec::new();
    }
    let jobs = jobs(&folders, &loaded.guarding).unwrap_or_default();
    jobs.iter().map(of).collect()
}

fn of(job: &Job) -> TabLacks {
    let path: Arc<str> = place(&job.shown, "school.yaml").into();
    let file = job
        .folder
        .as_ref()
        .and_then(|folder| folder::school_file(&folder.join("school.yaml"), &path).0);
    let lacks = match &file {
        None => vec![NO_FOLDER.to_owned()],
        Some(file) => missing(file, job.protected),
    };
    TabLacks {
        school: job.id.clone(),
        section: file.and_then(|f| f.section).map(|s| s.text.to_string()),
        lacks,
        path,
    }
}

/// The table of all schools: a line each, a column for each thing that a tab must have.
pub fn table(tabs: &[TabLacks]) -> String {
    let stages = STAGES.iter().map(|(_, words)| *words);
    let columns: Vec<&str> = stages.chain([CURATOR, COORDINATOR, UPDATED]).collect();
    let mut header = vec!["школа (id)"];
    header.extend(&columns);
    header.push("прочее");
    let rows: Vec<Vec<String>> = tabs
        .iter()
        .map(|tab| {
            let mut row = vec![tab.school.clone()];
            row.extend(columns.iter().map(|column| {
                let lacks = tab.lacks.iter().any(|l| l == column || l == NO_FOLDER);
                if lacks { "нет" } else { "" }.to_owned()
            }));
            let rest = tab.lacks.iter().filter(|l| !columns.contains(&l.as_str()));
            row.push(rest.cloned().collect::<Vec<_>>().join("; "));
            row
        })
        .collect();
    crate::feed::csv(&header, &rows)
}

/// Documents without which a participant's tab is not whole, then whom to turn to, then days.
fn missing(file: &SchoolFile, protected: bool) -> Vec<String> {
    let default = if protected {
        Role::Participant
    } else {
        Role::Mentor
    };
    let mut lacks = Vec::new();
    if file.role(default) == Role::Participant {
        for (stage, words) in STAGES {
            if !file.documents.iter().any(|d| d.kind == stage) {
                lacks.push(words.to_owned());
            }
        }
    }
    if file.curator.is_none() {
        lacks.push(CURATOR.to_owned());
    }
    if file.coordinator.is_none() {
        lacks.push(COORDINATOR.to_owned());
    }
    if file.updated.is_none() {
        lacks.push(UPDATED.to_owned());
    }
    let undated = file
        .documents
        .iter()
        .filter(|d| d.published.is_none())
        .count();
    if undated > 0 {
        lacks.push(format!("дата размещения документов ({undated})"));
    }
    lacks
}
