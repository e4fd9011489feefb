//! Finished documents become sources: an order in Word, a plan in Excel, the text of a scan.
//!
//! Takes files and the section they belong to; gives sources under `content/SECTION/`, schools of low-result lists for
//! the registry, and findings for all that was doubtful, with the place in the original and in the written file. Must
//! not overwrite, must not repair, must not write a listed school anywhere but into the registry. All is written at the
//! end, or nothing.
//!
//! Steps: `carrier::blocks` gives what is displayed; `flat` makes it even, `parts` finds order and annexes, `table` and
//! `columns` say what a table's columns hold; `found` asks `order`, `reader` (plans), `schedule`, `programme`, `group`, `list`,
//! `indicators` to read each kind; `original` sees whether the file itself may be shown; `make` with `act`, `roadmap`, `events`, `sources` writes sources and the directory of `bodies`; `registry` takes in schools; what was written is read back before it
//! is put on the disk.

mod act;
mod assign;
mod back;
mod bodies;
mod cells;
mod clauses;
mod columns;
mod doubt;
mod events;
mod fields;
mod flat;
mod found;
mod group;
mod head;
mod home;
mod indicator;
mod indicators;
mod letters;
mod line;
mod list;
mod listed;
mod make;
mod member;
mod names;
mod order;
mod original;
mod parts;
mod period;
mod plan;
mod programme;
mod protect;
mod reader;
pub(crate) mod registry;
mod roadmap;
mod rows;
mod schedule;
mod section;
mod sources;
mod table;
mod words;
mod yaml;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

pub use self::listed::{Listing, counted, list, none};
pub(crate) use self::yaml::quoted;

use chrono::NaiveDate;

use self::bodies::Directory;
use self::doubt::{Doubts, Written};
use self::flat::{Item, flat};
use self::found::{File, Found};
use self::line::Origin;
use self::list::School;
use self::make::Maker;
use self::names::Names;
use self::original::{Originals, Raw};
use self::yaml::{Fields, Node};
use crate::batch::{self as write, Over};
use crate::carrier::scan::Eye;
use crate::carrier::{Limits, Reason, blocks};
use crate::diag::catalog::{import as say, source as source_messages};
use crate::diag::{Finding, Findings, Location};
use crate::eye::Tesseract;
use crate::protection::Ask;

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
    /// Pages that are pictures are read by the recogniser that is installed.
    pub ocr: bool,
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
    /// The source itself.
    pub text: String,
}

#[derive(Default)]
pub struct Outcome {
    pub documents: Vec<Made>,
    /// Imported files that are shown beside their sources.
    pub copied: Vec<String>,
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
    if !crate::kinds::is_slug(&options.section) || options.section == "private" {
        return Err(Box::new(
            Finding::new(&say::SECTION_NAME, Location::file("content"))
                .arg("value", &options.section),
        ));
    }
    let eye = match options.ocr {
        true => Some(Tesseract::find()?),
        false => None,
    };
    let eye = eye.as_ref().map(|e| e as &dyn Eye);
    let mut doubts = Doubts::default();
    let mut names: Vec<String> = Vec::new();
    let mut lined: Vec<bool> = Vec::new();
    let mut files: Vec<File> = Vec::new();
    let mut abbreviations = Vec::new();
    let mut low: Vec<(School, Origin)> = Vec::new();
    let mut raw: Vec<Option<Raw>> = Vec::new();
    for (index, path) in options.files.iter().enumerate() {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        let (bytes, blocks, by_lines) = read(path, &name, eye)?;
        let recognised = recognised(&blocks);
        raw.push(Raw::new(&name, bytes, &blocks));
        let flat = flat(blocks, index, by_lines, &mut doubts);
        doubtful(&flat.items, index, &recognised, &mut doubts);
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
        let file = found::read(
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
    let (registry, names_of) = protect::guard(options, &files, low, lined, &mut doubts, outcome)?;
    outcome.names = names_of;
    let mut directory = Directory::default();
    for (short, long) in &abbreviations {
        directory.means(short, &outcome.names.hide(long, &[]).0);
    }
    let bodies_path = format!("content/{}/bodies.yaml", options.section);
    let old_bodies = crate::plain::read(&options.root.join(&bodies_path), crate::source::MAX_TEXT)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let mut ids = Vec::new();
    if let Some(text) = &old_bodies {
        for (id, spellings) in back::known_bodies(&bodies_path, text) {
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
        Originals {
            root: &options.root,
            raw,
            copies: Vec::new(),
        },
        &mut doubts,
    );
    for file in &files {
        maker.file(file);
    }
    let (made, directory) = (maker.made, maker.directory);
    let copies = maker.originals.copies;
    let mut out: Vec<write::File> = Vec::new();
    let mut written: Vec<Written> = Vec::new();
    for one in &made {
        written.push(Written {
            path: one.path.clone(),
            lines: one.text.lines.clone(),
        });
        out.push(write::File::text(
            one.path.clone(),
            one.text.text.clone(),
            Over::New,
        ));
        let at = one.origin.at;
        outcome.documents.push(Made {
            kind: one.kind,
            path: one.path.clone(),
            file: names.get(one.origin.file).cloned().unwrap_or_default(),
            page: (at.page > 0).then_some(at.page),
            table: (at.table > 0).then_some(at.table),
            rows: one.rows,
            text: one.text.text.clone(),
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
                out.push(write::File::text(bodies_path, text.text, Over::New));
            }
            Some(old) => {
                let fields = Fields(vec![("bodies".into(), Node::List(directory.nodes(&ids)))]);
                let items = yaml::yaml(&fields).text;
                let items = items.strip_prefix("bodies:\n").unwrap_or(&items);
                grown.push(write::File::text(
                    bodies_path.clone(),
                    back::longer(old, items),
                    Over::Grown,
                ));
                outcome.findings.push(
                    Finding::new(&say::BODIES_ADDED, Location::file(bodies_path))
                        .arg("n", directory.added),
                );
            }
        }
    }
    if let Some(file) = home::home(options, &files, &outcome.names) {
        outcome.findings.push(Finding::new(
            &say::TERRITORY,
            Location::file(file.path.clone()),
        ));
        out.push(file);
    }
    if let Some(file) = home::site(options) {
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
        back::check(file)?;
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
    outcome.copied = copies.iter().map(|f| f.path.clone()).collect();
    out.extend(copies);
    if let Some(text) = registry {
        out.push(text);
    } else if outcome.names.guarding.is_none() && !protect::registry_path(options).exists() {
        outcome.findings.push(Finding::new(
            &say::NO_REGISTRY,
            Location::file(registry::PATH),
        ));
        if options.registry.is_none() {
            out.push(write::File::text(
                registry::PATH.to_owned(),
                registry::empty(registry::NO_LIST),
                Over::New,
            ));
        }
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

/// A file's bytes, what it displays, and whether it is read line by line.
fn read(
    path: &Path,
    name: &str,
    eye: Option<&dyn Eye>,
) -> Result<(Vec<u8>, blocks::Blocks, bool), Stopped> {
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
    let bytes = crate::plain::read(path, crate::source::MAX_ATTACHMENT)
        .map_err(|e| refused(&crate::source::why(&e)))?;
    let read = blocks::blocks_seen(name, &bytes, &limits, eye).map_err(|reason| {
        refused(match reason {
            Reason::Encrypted => "@encrypted",
            Reason::Malformed | Reason::Overlap | Reason::Stowaway => "@damaged",
            Reason::TooLarge
            | Reason::Bomb
            | Reason::TooDeep
            | Reason::TooManyEntries
            | Reason::TooManyFragments => "@too-large",
            Reason::Unsupported if is_picture(name) && eye.is_some() => "@ocr-blind",
            Reason::Unsupported if is_picture(name) => "@ocr-needed",
            _ => "@format",
        })
    })?;
    let low = name.to_lowercase();
    let lined = is_picture(name)
        || !recognised(&read).is_empty()
        || [".txt", ".md", ".markdown", ".text", ".pdf"]
            .iter()
            .any(|e| low.ends_with(e))
        || !low.contains('.');
    Ok((bytes, read, lined))
}

fn is_picture(name: &str) -> bool {
    let extension = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["jpg", "jpeg", "png", "tif", "tiff", "bmp", "gif", "webp"].contains(&extension.as_str())
}

/// The pages of a file that were recognised.
fn recognised(blocks: &blocks::Blocks) -> BTreeSet<u32> {
    let notes = blocks.notes.iter();
    let of = |n: &blocks::Note| matches!(n.what, blocks::Noted::Recognised(_)).then_some(n.at.page);
    notes.filter_map(of).collect()
}

/// Everything that a recogniser has read is to be read over: each line, each row of a table.
fn doubtful(items: &[Item], file: usize, pages: &BTreeSet<u32>, doubts: &mut Doubts) {
    if pages.is_empty() {
        return;
    }
    let mut tell = |at: blocks::At| {
        if pages.contains(&at.page) {
            doubts.add(&say::RECOGNISED, Origin { file, at }, &[]);
        }
    };
    for item in items {
        match item {
            Item::Line(line) => tell(line.at),
            Item::Table(table) => table.rows.iter().for_each(|row| tell(row.at)),
        }
    }
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
