//! A list of schools becomes the registry: takes files with tables or lines, enters every school that they name.
//!
//! What a table's columns hold, what a section row is, and how an entry is written are those of orders' annexes; here nothing else
//! is looked for, and every list is one of protected schools. Must not tell a word of a list, nor enter a school that is there.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::columns::{Role, is_school};
use super::doubt::Doubts;
use super::flat::{Item, flat};
use super::line::{Line, Origin, is_title, stamp_begins};
use super::list::{self, School};
use super::names::Names;
use super::protect::{self, Place};
use super::table::Table;
use super::words::{fold, marked};
use super::{Outcome, Stopped, read, registry};
use crate::batch as write;
use crate::diag::catalog::import as say;
use crate::diag::{Finding, Location, Severity};
use crate::protection::{Ask, Guarding};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Listing {
    pub files: Vec<PathBuf>,
    pub root: PathBuf,
    pub registry: Option<PathBuf>,
    pub today: NaiveDate,
    /// Nothing is written.
    pub dry_run: bool,
    pub ask: Ask,
}

/// Enters the schools of lists.
pub fn list(options: &Listing) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(finding) = enter(options, &mut outcome) {
        outcome.findings.push(*finding);
    }
    outcome.findings.sort();
    outcome
}

fn enter(options: &Listing, outcome: &mut Outcome) -> Result<(), Stopped> {
    let mut doubts = Doubts::default();
    let mut names = Vec::new();
    let mut schools: Vec<School> = Vec::new();
    for (index, path) in options.files.iter().enumerate() {
        let name = path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        );
        let (_, blocks, by_lines) = read(path, &name, None)?;
        let items = flat(blocks, index, by_lines, &mut doubts).items;
        let found = of_items(&items, index, &mut doubts);
        if found.is_empty() {
            let finding = Finding::new(&say::NO_SCHOOLS, Location::file(name.clone()));
            return Err(Box::new(finding.arg("file", name)));
        }
        schools.extend(found);
        names.push(name);
    }
    let place = Place {
        root: &options.root,
        registry: options.registry.as_deref(),
    };
    let path = place.path();
    let there = path.exists() || crate::registry::crypt::sealed_beside(&path).exists();
    let old = there.then(|| {
        let given = options.registry.as_deref();
        Guarding::load(&options.root, given, options.today, options.ask)
    });
    let sealed = crate::registry::crypt::sealed_beside(&path).exists();
    let old = match old {
        // Without its passphrase nobody knows what an encrypted registry holds.
        Some((None, findings)) if sealed => {
            let first = findings.into_iter().find(Finding::is_error);
            return Err(Box::new(first.unwrap_or_else(|| {
                Finding::new(&say::REGISTRY_SEALED, Location::file(place.shown()))
            })));
        }
        Some((guarding, _)) => guarding,
        None => None,
    };
    let entered = protect::enter(&place, old, &schools, &[])?;
    (outcome.added, outcome.known) = (entered.added, entered.known);
    outcome.names = Names {
        guarding: entered.guarding,
        lined: Vec::new(),
    };
    // Whatever a doubt quotes may be of the list.
    doubts.silence(|_| true);
    outcome.findings.extend(doubts.findings(&names, &[]));
    if let Some(file) = &entered.file {
        outcome.findings.extend(proved(file, &outcome.names));
    }
    if options.dry_run || outcome.findings.errors() > 0 {
        return Ok(());
    }
    if let Some(file) = entered.file {
        put(&place, file)?;
        outcome.written = true;
    }
    Ok(())
}

/// Writes into the registry how many schools a municipality has: by that it is decided how coarsely places are told.
///
/// # Errors
/// It cannot be read, is encrypted or has a form that is not edited; then nothing has changed.
pub fn counted(
    root: &Path,
    registry: Option<&Path>,
    name: &str,
    schools: u32,
) -> Result<(), Box<Finding>> {
    let place = Place { root, registry };
    let wrong = |entry| Box::new(Finding::new(entry, Location::file(place.shown())));
    let path = place.path();
    if crate::registry::crypt::sealed_beside(&path).exists() {
        return Err(wrong(&say::REGISTRY_SEALED));
    }
    let bytes = crate::plain::read(&path, crate::source::MAX_TEXT)
        .map_err(|e| not_written(place.shown(), &e))?;
    let old = crate::source::decode(bytes, &registry::PATH.into())?;
    let new = registry::counted(&old, name, schools).ok_or_else(|| wrong(&say::REGISTRY_SHAPE))?;
    if crate::registry::parse(registry::PATH, &new).0.is_none() {
        return Err(wrong(&say::REGISTRY_SHAPE));
    }
    put(
        &place,
        write::File::text(place.shown(), new, write::Over::Grown),
    )
}

/// Makes a registry of no school, because there is no list.
///
/// # Errors
/// There is one.
pub fn none(root: &Path, registry: Option<&Path>, why: &str) -> Result<(), Box<Finding>> {
    let place = Place { root, registry };
    let text = registry::empty(why);
    put(
        &place,
        write::File::text(place.shown(), text, write::Over::New),
    )
}

fn put(place: &Place<'_>, file: write::File) -> Result<(), Box<Finding>> {
    let root = match Path::new(&file.path).is_absolute() {
        true => Path::new(""),
        false => place.root,
    };
    write::write(root, &[file]).map_err(|(path, error)| not_written(path, &error))
}

fn not_written(path: String, error: &std::io::Error) -> Box<Finding> {
    let finding = Finding::new(&say::NOT_WRITTEN, Location::file(path));
    Box::new(finding.arg("why", crate::source::why(error)))
}

/// What the registry says of itself, with the new schools in it. A build refuses what is an error there; here it is told, so
/// that the rest of a list is entered.
fn proved(file: &write::File, names: &Names) -> Vec<Finding> {
    let read = crate::registry::read(&file.path, file.as_text());
    let Some(guarding) = &names.guarding else {
        return read.findings;
    };
    let depth = crate::registry::at_load(guarding.registry());
    let found = guarding.prove(&file.path, &read.places, depth);
    let told = found.into_iter().map(|f| f.severity(Severity::Warning));
    told.collect()
}

/// The schools of a file: of its tables, and of the lines between them.
fn of_items(items: &[Item], file: usize, doubts: &mut Doubts) -> Vec<School> {
    let mut out = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut place: Option<String> = None;
    for item in items {
        match item {
            Item::Line(line) => lines.push(line.clone()),
            Item::Table(table) => {
                of_lines(&mut lines, file, &mut place, &mut out, doubts);
                of_table(table, file, place.as_ref(), &mut out, doubts);
            }
        }
    }
    of_lines(&mut lines, file, &mut place, &mut out, doubts);
    for school in &mut out {
        let (good, bad): (Vec<_>, Vec<_>) = std::mem::take(&mut school.identifiers)
            .into_iter()
            .partition(|(kind, value)| registry::guards(kind, value));
        school.identifiers = good;
        let origin = Origin {
            file,
            at: school.at,
        };
        for (kind, _) in bad {
            doubts.add(&say::WRONG_NUMBER, origin, &[("field", kind)]);
        }
    }
    out
}

fn of_table(
    table: &Table,
    file: usize,
    place: Option<&String>,
    out: &mut Vec<School>,
    doubts: &mut Doubts,
) {
    let head = table.head().unwrap_or_else(|| table.headless());
    let named = head.has(Role::School) || head.has(Role::FullName);
    if !named && !list::is_list(&head, table) {
        doubts.add(&say::NOT_SCHOOLS, Origin { file, at: table.at }, &[]);
        return;
    }
    let (schools, _) = list::schools(table, &head, file, doubts);
    for mut school in schools {
        if school.municipality.is_none() {
            school.municipality = place.cloned();
        }
        out.push(school);
    }
}

/// The schools of lines; `place` is the district that the last heading named.
fn of_lines(
    lines: &mut Vec<Line>,
    file: usize,
    place: &mut Option<String>,
    out: &mut Vec<School>,
    doubts: &mut Doubts,
) {
    for line in lines.drain(..) {
        let text = marked(&line.text)
            .map_or(line.text.as_str(), |m| m.rest)
            .trim();
        let folded = fold(text);
        if is_title(text) || stamp_begins(&line) {
            continue;
        }
        let territory = folded.contains("район")
            || folded.contains("округ")
            || folded.starts_with("город ")
            || folded.starts_with("г. ");
        if !is_school(text) {
            if territory && folded.chars().count() < 60 {
                *place = Some(text.trim_end_matches([':', '.', ',']).to_owned());
            }
            continue;
        }
        let (mut school, left) = list::parted(text.trim_end_matches([';', '.']), line.at);
        if !is_name(&school.name) {
            doubts.add(&say::LINE_LEFT, Origin { file, at: line.at }, &[]);
            continue;
        }
        if !left.is_empty() {
            doubts.add(&say::LINE_LEFT, Origin { file, at: line.at }, &[]);
        }
        if school.municipality.is_none() {
            school.municipality.clone_from(place);
        }
        out.push(school);
    }
}

/// Whether words name one school and are no sentence about schools: a number, quotes, an adjective of its own.
fn is_name(text: &str) -> bool {
    let own = |(at, word): (usize, &str)| {
        let small = word.chars().skip(1).any(char::is_lowercase);
        let large = word.chars().next().is_some_and(char::is_uppercase);
        let adjective = ["ая", "яя", "ий", "ый", "ое"];
        large && small && (at > 0 || adjective.iter().any(|end| word.ends_with(end)))
    };
    is_school(text)
        && text.chars().count() < 200
        && (text.contains(['№', '«', '"'])
            || text.chars().any(|c| c.is_ascii_digit())
            || text.split_whitespace().enumerate().any(own))
}
