//! Finished documents become sources: an order in Word, a plan in Excel, the text of a scan.
//!
//! Takes files and the section they belong to; gives sources under `content/SECTION/`, schools of low-result lists for
//! the registry, and findings for all that was doubtful, with the place in the original and in the written file. Must
//! not overwrite, must not repair, must not write a listed school anywhere but into the registry. All is written at the
//! end, or nothing.
//!
//! Steps: `carrier::blocks` gives what is displayed; `flat` makes it even, `parts` finds order and annexes, `table` and
//! `columns` say what a table's columns hold; `order`, `plan`, `group`, `list`, `indicators` read each kind; `make`
//! writes sources with the directory of `bodies`; `registry` takes in schools; what was written is read back before it
//! is put on the disk.

mod bodies;
mod columns;
mod doubt;
mod flat;
mod group;
mod indicators;
mod letters;
mod line;
mod list;
mod make;
mod names;
mod order;
mod parts;
mod period;
mod plan;
mod registry;
mod section;
mod table;
mod words;
mod write;
mod yaml;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use self::bodies::Directory;
use self::doubt::{Doubts, Written};
use self::flat::{Item, flat};
use self::line::Origin;
use self::list::School;
use self::make::{File, Found, Maker};
use self::names::Names;
use self::write::Over;
use self::yaml::{Fields, Node};
use crate::carrier::{Limits, Reason, blocks};
use crate::diag::catalog::{document, import as say, source as source_messages};
use crate::diag::{Finding, Findings, Location};
use crate::model::{self, Body};
use crate::protection::{Ask, Guarding};
use crate::source::{FileKind, SourceFile};

/// What an import is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub files: Vec<PathBuf>,
    pub root: PathBuf,
    pub section: String,
    pub registry: Option<PathBuf>,
    pub today: NaiveDate,
    /// Files that are there are replaced and kept beside.
    pub force: bool,
    /// Nothing is written.
    pub dry_run: bool,
    pub ask: Ask,
}

/// A source that was made.
#[derive(Debug, Clone)]
pub struct Made {
    pub kind: &'static str,
    pub path: String,
    pub file: String,
    pub page: Option<u32>,
    pub table: Option<u32>,
    pub rows: usize,
}

#[derive(Default)]
pub struct Outcome {
    pub documents: Vec<Made>,
    pub added: usize,
    pub known: usize,
    pub findings: Findings,
    /// Whether the files lie on the disk.
    pub written: bool,
    names: Names,
}

impl Outcome {
    /// A text without protected names, for what is printed.
    pub fn mask(&self, text: &str) -> String {
        self.names.mask(text)
    }
}

/// Imports.
pub fn run(options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(finding) = import(options, &mut outcome) {
        outcome.findings.push(*finding);
    }
    outcome.findings.sort();
    outcome
}

type Stopped = Box<Finding>;

fn import(options: &Options, outcome: &mut Outcome) -> Result<(), Stopped> {
    if !model::is_slug(&options.section) || options.section == "private" {
        return Err(Box::new(
            Finding::new(&say::SECTION_NAME, Location::file("content"))
                .arg("value", &options.section),
        ));
    }
    let mut doubts = Doubts::default();
    let mut names: Vec<String> = Vec::new();
    let mut lined: Vec<bool> = Vec::new();
    let mut files: Vec<File> = Vec::new();
    let mut abbreviations = Vec::new();
    let mut low: Vec<(School, Origin)> = Vec::new();
    for (index, path) in options.files.iter().enumerate() {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        let (blocks, by_lines) = read(path, &name)?;
        let flat = flat(blocks, index, by_lines, &mut doubts);
        letters::look(&flat, index, by_lines, &mut doubts);
        for text in texts(&flat.items) {
            abbreviations.extend(bodies::abbreviations(text.0));
            for name in list::named_low(text.0) {
                low.push((
                    School {
                        name,
                        at: text.1,
                        ..School::default()
                    },
                    Origin {
                        file: index,
                        at: text.1,
                    },
                ));
            }
        }
        let file = make::read(
            parts::parts(flat.items),
            &flat.footnotes,
            &name,
            index,
            &mut doubts,
        );
        let empty = file.order.is_none() && file.segments.iter().all(|s| s.found.is_empty());
        names.push(name.clone());
        lined.push(by_lines);
        if empty {
            return Err(Box::new(
                Finding::new(&say::NOTHING, Location::file(name.clone())).arg("file", &name),
            ));
        }
        files.push(file);
    }
    let (registry, names_of) = guard(options, &files, low, lined, &mut doubts, outcome)?;
    outcome.names = names_of;
    let mut directory = Directory::default();
    for (short, long) in &abbreviations {
        directory.means(short, &outcome.names.hide(long, &[]).0);
    }
    let bodies_path = format!("content/{}/bodies.yaml", options.section);
    let old_bodies = std::fs::read_to_string(options.root.join(&bodies_path)).ok();
    let mut ids = Vec::new();
    if let Some(text) = &old_bodies {
        for (id, spellings) in known_bodies(&bodies_path, text) {
            ids.push(id);
            for spelled in spellings {
                directory.knows(&spelled);
            }
        }
    }
    let mut maker = Maker::new(
        &options.section,
        &outcome.names,
        directory,
        options.today,
        &mut doubts,
    );
    for file in &files {
        maker.file(file);
    }
    let (made, directory) = (maker.made, maker.directory);
    let mut out: Vec<write::File> = Vec::new();
    let mut written: Vec<Written> = Vec::new();
    for one in &made {
        written.push(Written {
            path: one.path.clone(),
            lines: one.text.lines.clone(),
        });
        out.push(write::File {
            path: one.path.clone(),
            text: one.text.text.clone(),
            over: Over::New,
        });
        let at = one.origin.at;
        outcome.documents.push(Made {
            kind: one.kind,
            path: one.path.clone(),
            file: names.get(one.origin.file).cloned().unwrap_or_default(),
            page: (at.page > 0).then_some(at.page),
            table: (at.table > 0).then_some(at.table),
            rows: one.rows,
        });
    }
    let mut grown: Vec<write::File> = Vec::new();
    if !directory.is_empty() {
        match &old_bodies {
            None => {
                let mut fields = Fields::new("bodies");
                fields.add("bodies", Node::List(directory.nodes(&[])));
                let text = yaml::yaml(&fields);
                written.push(Written {
                    path: bodies_path.clone(),
                    lines: text.lines,
                });
                out.push(write::File {
                    path: bodies_path,
                    text: text.text,
                    over: Over::New,
                });
            }
            Some(old) => {
                let fields = Fields(vec![("bodies", Node::List(directory.nodes(&ids)))]);
                let items = yaml::yaml(&fields).text;
                let items = items.strip_prefix("bodies:\n").unwrap_or(&items);
                grown.push(write::File {
                    path: bodies_path.clone(),
                    text: longer(old, items),
                    over: Over::Grown,
                });
                outcome.findings.push(
                    Finding::new(&say::BODIES_ADDED, Location::file(bodies_path))
                        .arg("n", directory.added),
                );
            }
        }
    }
    if let Some(file) = home(options, &files, &outcome.names) {
        outcome.findings.push(Finding::new(
            &say::TERRITORY,
            Location::file(file.path.clone()),
        ));
        out.push(file);
    }
    if let Some(file) = site(options, &files) {
        outcome.findings.push(Finding::new(
            &say::SITE_NEW,
            Location::file(file.path.clone()),
        ));
        out.push(file);
    }
    doubts.silence(|origin| {
        files
            .iter()
            .filter(|f| f.index == origin.file)
            .flat_map(|f| f.segments.iter().flat_map(|s| &s.found))
            .any(|found| match found {
                Found::Protected { schools, .. } => schools.iter().any(|s| {
                    s.at.table == origin.at.table
                        && (s.at.table != 0 || s.at.line == origin.at.line)
                }),
                _ => false,
            })
    });
    outcome.findings.extend(doubts.findings(&names, &written));
    for file in out.iter().chain(&grown) {
        check(file)?;
    }
    for file in &mut out {
        if options.root.join(&file.path).exists() {
            if options.force {
                file.over = Over::Keep;
            } else {
                outcome.findings.push(Finding::new(
                    &say::EXISTS,
                    Location::file(file.path.clone()),
                ));
            }
        }
    }
    out.extend(grown);
    if let Some(text) = registry {
        out.push(text);
    } else if outcome.names.guarding.is_none() && !registry_path(options).exists() {
        outcome.findings.push(Finding::new(
            &say::NO_REGISTRY,
            Location::file(registry::PATH),
        ));
    }
    if options.dry_run || outcome.findings.errors() > 0 {
        return Ok(());
    }
    write::write(&options.root, &out).map_err(|(path, error)| {
        Box::new(
            Finding::new(&say::NOT_WRITTEN, Location::file(path))
                .arg("why", crate::source::why(&error)),
        )
    })?;
    outcome.written = true;
    Ok(())
}

/// What a file displays, and whether it is read line by line.
fn read(path: &Path, name: &str) -> Result<(blocks::Blocks, bool), Stopped> {
    let limits = Limits {
        max_bytes: 50 << 20,
        max_inflated: 200 << 20,
        max_fragments: 2_000_000,
        ..Limits::default()
    };
    let refused = |why: &str| {
        Box::new(
            Finding::new(&say::UNREADABLE, Location::file(name))
                .arg("file", name)
                .arg("why", why),
        )
    };
    let size = std::fs::metadata(path).map_err(|e| refused(&crate::source::why(&e)))?;
    if !size.is_file() {
        return Err(refused("@special-file"));
    }
    if size.len() == 0 {
        return Err(Box::new(Finding::new(
            &source_messages::EMPTY,
            Location::file(name),
        )));
    }
    if size.len() > limits.max_bytes {
        return Err(refused("@too-large"));
    }
    let bytes = std::fs::read(path).map_err(|e| refused(&crate::source::why(&e)))?;
    let read = blocks::blocks(name, &bytes, &limits).map_err(|reason| {
        refused(match reason {
            Reason::Encrypted => "@encrypted",
            Reason::Malformed | Reason::Overlap | Reason::Stowaway => "@damaged",
            Reason::TooLarge
            | Reason::Bomb
            | Reason::TooDeep
            | Reason::TooManyEntries
            | Reason::TooManyFragments => "@too-large",
            _ => "@format",
        })
    })?;
    let low = name.to_lowercase();
    let lined = [".txt", ".md", ".markdown", ".text", ".pdf"]
        .iter()
        .any(|e| low.ends_with(e))
        || !low.contains('.');
    Ok((read, lined))
}

/// Every text of a file with its place.
fn texts(items: &[Item]) -> Vec<(&str, blocks::At)> {
    let mut out = Vec::new();
    for item in items {
        match item {
            Item::Line(line) => out.push((line.text.as_str(), line.at)),
            Item::Table(table) => {
                for cell in table
                    .rows
                    .iter()
                    .flat_map(|r| &r.cells)
                    .filter(|c| c.cover == table::Cover::Own && !c.text.is_empty())
                {
                    out.push((cell.text.as_str(), cell.at));
                }
            }
        }
    }
    out
}

fn registry_path(options: &Options) -> PathBuf {
    options
        .registry
        .clone()
        .unwrap_or_else(|| options.root.join(registry::PATH))
}

/// The guard of the registry as it will be, and the registry's file where schools are new.
fn guard(
    options: &Options,
    files: &[File],
    low: Vec<(School, Origin)>,
    lined: Vec<bool>,
    doubts: &mut Doubts,
    outcome: &mut Outcome,
) -> Result<(Option<write::File>, Names), Stopped> {
    let path = registry_path(options);
    let sealed = crate::registry::crypt::sealed_beside(&path).exists();
    let territory = files.iter().find_map(|f| {
        let order = f.order.as_ref()?;
        section::territory(
            &[
                order.letterhead.as_deref().unwrap_or_default(),
                &order.subject,
            ],
            order.place.as_deref(),
        )
    });
    let here = territory.filter(|t| !t.region).map(|t| t.name);
    let mut schools: Vec<School> = Vec::new();
    let mut public: Vec<School> = Vec::new();
    let mut told: Vec<(Origin, usize)> = Vec::new();
    for file in files {
        for found in file.segments.iter().flat_map(|s| &s.found) {
            match found {
                Found::Protected {
                    schools: list,
                    title,
                } => {
                    told.push((
                        Origin {
                            file: file.index,
                            at: title.at,
                        },
                        list.len(),
                    ));
                    schools.extend(list.iter().cloned());
                }
                Found::Public { schools: list, .. } => public.extend(list.iter().cloned()),
                _ => {}
            }
        }
    }
    for school in schools.iter_mut().chain(&mut public) {
        if school.municipality.is_none() && !told.is_empty() {
            school.municipality.clone_from(&here);
        }
    }
    let load = || {
        Guarding::load(
            &options.root,
            options.registry.as_deref(),
            options.today,
            options.ask,
        )
    };
    let old_guard = (sealed || path.exists())
        .then(load)
        .and_then(|(guard, _)| guard);
    // The lists themselves may hold what a sentence calls by a shorter name.
    let listed = registry::merge("", None, &schools, &[])
        .ok()
        .and_then(|m| crate::registry::parse(registry::PATH, &m.text?).0)
        .map(Guarding::new);
    // What the registry knows already needs no guess.
    let mut named: Vec<(School, Origin)> = Vec::new();
    for (mut school, origin) in low {
        let known = [&old_guard, &listed]
            .into_iter()
            .flatten()
            .any(|g| g.mask(&school.name) != school.name);
        let twice = named.iter().any(|(s, _)| s.name == school.name)
            || schools
                .iter()
                .any(|s| words::letters(&s.name) == words::letters(&school.name));
        if !known && !twice {
            school.municipality.clone_from(&here);
            named.push((school, origin));
        }
    }
    schools.extend(named.iter().map(|(s, _)| s.clone()));
    if schools.is_empty() && public.is_empty() {
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    }
    if sealed {
        let registry = old_guard.as_ref().map(Guarding::registry);
        let merged = registry::merge("", registry, &schools, &[])?;
        outcome.known = merged.known;
        if merged.added > 0 {
            return Err(Box::new(Finding::new(
                &say::REGISTRY_SEALED,
                Location::file(registry::PATH),
            )));
        }
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    }
    let old = std::fs::read_to_string(&path).unwrap_or_default();
    let (read, _) = crate::registry::parse(registry::PATH, &old);
    let merged = registry::merge(&old, read.as_ref(), &schools, &public)?;
    outcome.added = merged.added;
    outcome.known = merged.known;
    let first = schools.len() - named.len();
    for ((_, origin), id) in named.iter().zip(merged.ids.iter().skip(first)) {
        if let Some(id) = id {
            doubts.add(&say::NAMED_LOW, *origin, &[("id", id)]);
        }
    }
    for (origin, count) in told {
        let count = count.to_string();
        doubts.add(&say::REGISTRY_ADDED, origin, &[("n", &count)]);
    }
    let Some(text) = merged.text else {
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    };
    let (read, findings) = crate::registry::parse(registry::PATH, &text);
    let Some(read) = read else {
        let finding = findings.into_iter().find(Finding::is_error);
        return Err(Box::new(finding.unwrap_or_else(|| {
            Finding::new(&say::REGISTRY_SHAPE, Location::file(registry::PATH))
        })));
    };
    let shown = match options.registry {
        Some(_) => path
            .strip_prefix(&options.root)
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .unwrap_or_else(|_| path.display().to_string()),
        None => registry::PATH.to_owned(),
    };
    let file = write::File {
        path: shown,
        text,
        over: Over::Grown,
    };
    Ok((
        Some(file),
        Names {
            guarding: Some(Guarding::new(read)),
            lined,
        },
    ))
}

/// The ids and spellings of a directory that is there.
fn known_bodies(path: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let file = as_source(path);
    let (read, _) = model::read::read(&file, text);
    let model::read::Read::Document(document) = read else {
        return Vec::new();
    };
    let Body::Bodies(directory) = document.body else {
        return Vec::new();
    };
    directory
        .bodies
        .iter()
        .map(|b| {
            let spelled = std::iter::once(&b.name)
                .chain(&b.short)
                .chain(&b.aliases)
                .map(|t| t.text.to_string())
                .collect();
            (b.id.to_string(), spelled)
        })
        .collect()
}

/// A directory's text with more items at its end, as deep as those that are there.
fn longer(old: &str, items: &str) -> String {
    let depth = old
        .lines()
        .find(|l| l.trim_start().starts_with("- "))
        .map_or(2, |l| l.len() - l.trim_start().len());
    let mut out = old.trim_end().to_owned();
    out.push('\n');
    for line in items.lines() {
        out.push_str(&" ".repeat(depth));
        out.push_str(line.strip_prefix("  ").unwrap_or(line));
        out.push('\n');
    }
    out
}

fn as_source(path: &str) -> SourceFile {
    SourceFile {
        path: path.into(),
        full: PathBuf::from(path),
        kind: if path.ends_with(".md") {
            FileKind::Markdown
        } else {
            FileKind::Yaml
        },
        len: 0,
    }
}

/// Reads back what will be written: a file that stops the build must not be left behind.
fn check(file: &write::File) -> Result<(), Stopped> {
    if file.path == registry::PATH {
        return Ok(());
    }
    let (read, findings) = model::read::read(&as_source(&file.path), &file.text);
    let error = findings.into_iter().find(Finding::is_error);
    match (error, read) {
        (Some(error), _) => Err(Box::new(
            Finding::new(&say::BROKEN, error.location.clone())
                .arg("why", error.message(crate::diag::Lang::Ru)),
        )),
        (None, model::read::Read::Nothing) => Err(Box::new(
            Finding::new(&say::BROKEN, Location::file(file.path.clone()))
                .arg("why", document::NOT_A_MAP.ru),
        )),
        _ => Ok(()),
    }
}

/// `section.yaml`, where there is none.
fn home(options: &Options, files: &[File], names: &Names) -> Option<write::File> {
    let path = format!("content/{}/section.yaml", options.section);
    if options.root.join(&path).exists() {
        return None;
    }
    let order = files.iter().find_map(|f| f.order.as_ref());
    let titles: Vec<&str> = files
        .iter()
        .flat_map(|f| f.segments.iter().flat_map(|s| &s.found))
        .filter_map(|f| match f {
            Found::Plan { title, .. } => Some(title.text.as_str()),
            _ => None,
        })
        .filter(|t| !t.is_empty())
        .collect();
    let subject = order.map_or("", |o| o.subject.as_str());
    let letterhead = order
        .and_then(|o| o.letterhead.as_deref())
        .unwrap_or_default();
    let mut words = vec![letterhead, subject];
    words.extend(&titles);
    let territory = section::territory(&words, order.and_then(|o| o.place.as_deref()));
    let title = titles
        .first()
        .copied()
        .or(Some(subject).filter(|s| !s.is_empty()))
        .unwrap_or("Адресная помощь школам");
    let summary = if subject.is_empty() { title } else { subject };
    let hide = |t: &str| names.hide(&section::plain(t), &[]).0;
    let mut f = Fields::new("section");
    f.text("title", &hide(title));
    f.text(
        "territory",
        territory
            .as_ref()
            .map_or(options.section.as_str(), |t| &t.name),
    );
    let region = territory.as_ref().is_some_and(|t| t.region);
    f.add(
        "level",
        Node::Bare(if region { "region" } else { "municipality" }.to_owned()),
    );
    f.text("summary", &hide(summary));
    Some(write::File {
        path,
        text: yaml::yaml(&f).text,
        over: Over::New,
    })
}

/// `content/site.yaml`, where there is none.
fn site(options: &Options, files: &[File]) -> Option<write::File> {
    let content = options.root.join("content");
    if content.join("site.yaml").exists() || content.join("site.yml").exists() {
        return None;
    }
    let _ = files;
    let fields = Fields(vec![
        ("title", Node::text("Адресная помощь школам")),
        ("base_url", Node::text("http://localhost/")),
        (
            "sections",
            Node::List(vec![Node::Bare(options.section.clone())]),
        ),
    ]);
    Some(write::File {
        path: "content/site.yaml".to_owned(),
        text: yaml::yaml(&fields).text,
        over: Over::New,
    })
}
