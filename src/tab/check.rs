//! Checks a tab that is online, of whatever engine: what is missing, what is out of date, what cannot be read.
//!
//! Takes a saved page, or a folder with pages and files; gives findings. No network: what is not in the folder is
//! counted as not checked. Must not change anything.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use percent_encoding::percent_decode_str;
use walkdir::WalkDir;

use super::names::PERMITTED;
use super::page::{Page, PageLink};
use crate::carrier::{self, Limits};
use crate::diag::catalog::tab as messages;
use crate::diag::{Entry, Finding, Findings, Location};
use crate::passage::Role;
use crate::workdays::Calendar;
use crate::{plain, source};

/// Working days that may pass after a change.
const ALLOWED: u32 = 10;
/// Fewer letters than this are no text: a scanner's stamp.
const LETTERS: usize = 40;

/// What was looked at.
#[derive(Debug, Default)]
pub struct Outcome {
    pub findings: Findings,
    pub pages: usize,
    pub documents: usize,
}

/// A part that the orders ask for, and the words by which a reader finds it.
struct Part {
    title: &'static str,
    stems: &'static [&'static str],
    /// Whether its content changes, so that it must say when it was updated.
    dated: bool,
    /// Whether a tab without it says nothing: «отсутствует» is no answer.
    filled: bool,
}

const PARTS: &[Part] = &[
    Part {
        title: "О проекте",
        stems: &["о проекте", "проект 500", "проект «500"],
        dated: false,
        filled: false,
    },
    Part {
        title: "Роль школы",
        stems: &["роль школы", "роль в проекте", "участие школы"],
        dated: false,
        filled: false,
    },
    Part {
        title: "Нормативные документы",
        stems: &["нормативн"],
        dated: true,
        filled: false,
    },
    Part {
        title: "Документы школы",
        stems: &[
            "документы школы",
            "документы оо",
            "документы образовательной",
        ],
        dated: true,
        filled: true,
    },
    Part {
        title: "Дорожная карта",
        stems: &["дорожная карта", "дорожной карт"],
        dated: true,
        filled: false,
    },
    Part {
        title: "Мероприятия",
        stems: &["мероприятия", "события", "календарь"],
        dated: false,
        filled: false,
    },
    Part {
        title: "Новости",
        stems: &["новости"],
        dated: true,
        filled: false,
    },
    Part {
        title: "Куратор",
        stems: &["куратор"],
        dated: false,
        filled: true,
    },
    Part {
        title: "Контакты",
        stems: &["контакт"],
        dated: false,
        filled: false,
    },
    Part {
        title: "Полезные ссылки",
        stems: &["полезные ссылки", "ссылки"],
        dated: false,
        filled: false,
    },
];

/// Stages of a school's documents.
const STAGES: &[(&str, &[&str])] = &[
    ("Рисковый профиль", &["рисков"]),
    ("Концепция и программа", &["концепци", "программ"]),
    (
        "Мониторинг, первый этап",
        &["первый этап", "1 этап", "i этап", "этап 1"],
    ),
    (
        "Мониторинг, второй этап",
        &["второй этап", "2 этап", "ii этап", "этап 2"],
    ),
];

/// One page with the places of its parts.
struct Seen {
    path: PathBuf,
    shown: String,
    page: Page,
    /// (place, part) in the order of the page.
    marks: Vec<(usize, usize)>,
}

/// Checks a file or folder.
pub fn check(path: &Path, today: NaiveDate) -> Outcome {
    let mut outcome = Outcome::default();
    let mut pages = Vec::new();
    for file in html_files(path) {
        let shown = file.display().to_string();
        match plain::read(&file, source::MAX_ATTACHMENT) {
            Ok(bytes) => {
                let page = Page::read(&bytes);
                let marks = marks(&page);
                pages.push(Seen {
                    path: file,
                    shown,
                    page,
                    marks,
                });
            }
            Err(error) => outcome.findings.push(
                Finding::new(&messages::IO, Location::file(shown.clone()))
                    .arg("path", shown)
                    .arg("why", error),
            ),
        }
    }
    if pages.is_empty() {
        let shown = path.display().to_string();
        let at = Location::file(shown.clone());
        outcome
            .findings
            .push(Finding::new(&messages::CHECK_NOTHING, at).arg("path", shown));
        return outcome;
    }
    outcome.pages = pages.len();
    let shown = path.display().to_string();
    parts(&pages, &shown, &mut outcome.findings);
    let mut remote = 0;
    let mut documents = BTreeMap::new();
    for seen in &pages {
        events(seen, today, &mut outcome.findings);
        remote += links(seen, &mut documents, &mut outcome.findings);
    }
    if remote > 0 {
        let at = Location::file(shown);
        outcome
            .findings
            .push(Finding::new(&messages::REMOTE, at).arg("n", remote));
    }
    outcome.documents = documents.len();
    let mut changes = BTreeMap::new();
    for (full, name) in &documents {
        let changed = document(full, name, &mut outcome.findings);
        changes.insert(full.clone(), changed);
    }
    for seen in &pages {
        ages(seen, &changes, today, &mut outcome.findings);
    }
    outcome.findings.sort();
    outcome
}

fn html_files(path: &Path) -> Vec<PathBuf> {
    let html = |p: &Path| {
        p.extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| matches!(e.to_lowercase().as_str(), "html" | "htm"))
    };
    if path.is_file() {
        return vec![path.to_owned()];
    }
    WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file() && html(e.path()))
        .map(walkdir::DirEntry::into_path)
        .collect()
}

/// Where parts begin: headings and short lines that begin with a part's words.
fn marks(page: &Page) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, title) in &page.titles {
        let words = title
            .to_lowercase()
            .replace('ё', "е")
            .replace('\u{a0}', " ");
        let words = words.trim_start_matches(|c: char| !c.is_alphabetic());
        // A link of a menu is no part.
        let link = page
            .links
            .iter()
            .any(|l| l.at >= *at && l.at < at + title.len() && l.text.len() + 4 >= title.len());
        for (i, part) in PARTS.iter().enumerate() {
            if !link && part.stems.iter().any(|s| words.starts_with(s)) {
                found.push((*at, i));
                break;
            }
        }
    }
    found
}

/// Where the part that begins at mark `n` ends.
fn end(seen: &Seen, n: usize) -> usize {
    let Some((_, part)) = seen.marks.get(n) else {
        return seen.page.text.len();
    };
    seen.marks
        .iter()
        .skip(n + 1)
        .find(|(_, other)| other != part)
        .map_or(seen.page.text.len(), |(at, _)| *at)
}

fn parts(pages: &[Seen], shown: &str, findings: &mut Findings) {
    let mut all: BTreeSet<usize> = pages
        .iter()
        .flat_map(|s| s.marks.iter().map(|(_, part)| *part))
        .collect();
    // One heading may name two parts: «Куратор и контакты».
    for (i, part) in PARTS.iter().enumerate() {
        let inside = |title: &str| part.stems.iter().any(|s| title.contains(s));
        let marked = |s: &Seen| {
            s.marks.iter().any(|(at, _)| {
                let title = s.page.titles.iter().find(|(t, _)| t == at);
                title.is_some_and(|(_, words)| inside(&words.to_lowercase()))
            })
        };
        if pages.iter().any(marked) {
            all.insert(i);
        }
    }
    let at = || Location::file(shown.to_owned());
    for (i, part) in PARTS.iter().enumerate() {
        if !all.contains(&i) {
            findings.push(Finding::new(&messages::PART_MISSING, at()).arg("part", part.title));
        }
    }
    for (i, part) in PARTS.iter().enumerate().filter(|(_, part)| part.filled) {
        if all.contains(&i) && is_empty(pages, i) {
            findings.push(Finding::new(&messages::PART_EMPTY, at()).arg("part", part.title));
        }
    }
    let text: String = pages.iter().map(|s| s.page.text.to_lowercase()).collect();
    let participant = text.contains("участниц") && !text.contains("школа-наставник");
    for (title, stems) in STAGES {
        if participant && !stems.iter().any(|s| text.contains(s)) {
            findings.push(Finding::new(&messages::STAGE_MISSING, at()).arg("part", title));
        }
    }
}

/// Whether a part has nothing but its headings and «отсутствует», wherever it stands.
fn is_empty(pages: &[Seen], part: usize) -> bool {
    const FEWEST: usize = 12;
    let mut seen = false;
    for page in pages {
        for (n, (from, _)) in page
            .marks
            .iter()
            .enumerate()
            .filter(|(_, (_, p))| *p == part)
        {
            seen = true;
            let to = end(page, n);
            let within = |at: &usize| from <= at && *at < to;
            let document = |l: &PageLink| within(&l.at) && file_type(&l.href).is_some();
            let mut text = page.page.text.get(*from..to).unwrap_or("").to_lowercase();
            // Short lines are titles too, a name among them: only headings of parts and the line of the day say nothing.
            for (_, title) in page.page.titles.iter().filter(|(at, _)| within(at)) {
                let title = title.to_lowercase();
                let heading = PARTS
                    .iter()
                    .flat_map(|part| part.stems)
                    .chain(STAGES.iter().flat_map(|(_, stems)| *stems))
                    .chain(&["мониторинг", "статусы и даты"])
                    .any(|stem| title.starts_with(stem));
                if heading {
                    text = text.replacen(&title, "", 1);
                }
            }
            for words in ["отсутствует", "обновлено", "сегодня"] {
                text = text.replace(words, "");
            }
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            if letters >= FEWEST || page.page.links.iter().any(document) {
                return false;
            }
        }
    }
    seen
}

/// Past events among those to come.
fn events(seen: &Seen, today: NaiveDate, findings: &mut Findings) {
    let title = |stems: &[&str]| {
        let found = seen.page.titles.iter().find(|(_, t)| {
            let lower = t.to_lowercase();
            stems.iter().any(|s| lower.starts_with(s))
        });
        found.map(|(at, _)| *at)
    };
    let Some(from) = title(&["предстоящ", "ближайшие"]) else {
        return;
    };
    let to = title(&["прошедш", "архив"]).filter(|at| *at > from);
    let next_part = seen.marks.iter().map(|(at, _)| *at).find(|at| *at > from);
    let rest = seen.page.text.get(from..).unwrap_or("");
    // The day of the page's states is no event's.
    let end = rest.find("Статусы и даты").unwrap_or(rest.len());
    let to = to.or(next_part).unwrap_or(from + end);
    for (at, day) in &seen.page.dates {
        if *at > from && *at < to && Calendar::default().between(*day, today) > ALLOWED {
            let value = day.format("%d.%m.%Y");
            findings.push(
                Finding::new(&messages::PAST_AS_NEXT, Location::file(seen.shown.clone()))
                    .arg("value", value),
            );
        }
    }
}

/// The type of the file a link leads to.
fn file_type(href: &str) -> Option<String> {
    let path = href.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let extension = extension.to_lowercase();
    let known = PERMITTED.contains(&extension.as_str())
        || matches!(extension.as_str(), "pptx" | "ppt" | "ods" | "odp" | "txt");
    known.then_some(extension)
}

/// Looks at every link; gives how many documents lie on the net.
fn links(seen: &Seen, documents: &mut BTreeMap<PathBuf, String>, findings: &mut Findings) -> usize {
    let mut remote = 0;
    let mut say = |entry: &'static Entry, value: &str| {
        findings.push(Finding::new(entry, Location::file(seen.shown.clone())).arg("value", value));
    };
    for link in &seen.page.links {
        let href = link.href.as_str();
        let extension = file_type(href);
        if extension.is_some() && !states_format(seen, link) {
            say(
                &messages::FORMAT,
                if link.text.is_empty() {
                    href
                } else {
                    &link.text
                },
            );
        }
        let outside = href.contains("://") || href.starts_with("//");
        let scheme = ["mailto:", "tel:", "javascript:", "data:", "#"];
        if scheme.iter().any(|s| href.starts_with(s)) || href.is_empty() {
            continue;
        }
        if outside {
            remote += usize::from(extension.is_some());
            continue;
        }
        let path = href.split(['?', '#']).next().unwrap_or("");
        let folder = seen.path.parent().unwrap_or(Path::new("."));
        let full = folder.join(&*percent(path));
        match full.canonicalize() {
            Ok(full) if full.is_file() && extension.is_some() => {
                documents.entry(full).or_insert_with(|| path.to_owned());
            }
            Ok(_) => {}
            // An address from the root of the site cannot be found in a folder.
            Err(_) if href.starts_with('/') => remote += usize::from(extension.is_some()),
            Err(_) => say(&messages::DEAD, href),
        }
    }
    remote
}

/// Whether format and size stand in the link's words or right after them.
fn states_format(seen: &Seen, link: &PageLink) -> bool {
    let next = seen
        .page
        .links
        .iter()
        .map(|l| l.at)
        .find(|at| *at >= link.end);
    let rest = seen
        .page
        .text
        .get(link.end..next.unwrap_or(seen.page.text.len()));
    let after: String = rest.unwrap_or("").chars().take(80).collect();
    let words = format!("{} {after}", link.text).to_lowercase();
    let format = PERMITTED.iter().any(|e| words.contains(e))
        || ["word", "excel", "ворд", "пдф"]
            .iter()
            .any(|w| words.contains(w));
    let units = ["кб", "мб", "kb", "mb", "байт", "кбайт"];
    let mut before = ' ';
    let mut size = false;
    for word in words.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ';')) {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let joined = unit.len() < word.len() && units.contains(&unit);
        size |= joined || (units.contains(&word) && before.is_ascii_digit());
        before = word.chars().next_back().unwrap_or(before);
    }
    format && size
}

fn percent(text: &str) -> Cow<'_, str> {
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

/// Says whether a document has text; gives the day of its last change, as it states itself.
fn document(full: &Path, name: &str, findings: &mut Findings) -> Option<NaiveDate> {
    let shown = full.display().to_string();
    let mut say = |entry: &'static Entry| {
        findings.push(Finding::new(entry, Location::file(shown.clone())).arg("value", name));
    };
    let Ok(bytes) = plain::read(full, Limits::default().max_bytes) else {
        say(&messages::UNREADABLE);
        return None;
    };
    let mut letters = 0;
    let outcome = carrier::read(name, &bytes, &Limits::default(), &mut |fragment| {
        if matches!(
            fragment.role,
            Role::Text | Role::Heading(_) | Role::Cell { .. }
        ) {
            letters += fragment.text.chars().filter(|c| c.is_alphabetic()).count();
        }
    });
    if letters < LETTERS {
        if outcome.pictures.is_empty() && !outcome.unreadable.is_empty() {
            say(&messages::UNREADABLE);
        } else {
            say(&messages::SCAN);
        }
    }
    changed(&bytes)
}

/// The day a document says it was changed: PDF's `/ModDate`, the properties of office files.
fn changed(bytes: &[u8]) -> Option<NaiveDate> {
    if bytes.starts_with(b"%PDF") {
        let at = memchr::memmem::find(bytes, b"/ModDate")?;
        let text = String::from_utf8_lossy(bytes.get(at..at.saturating_add(40).min(bytes.len()))?);
        let digits: String = text.split_once("D:")?.1.chars().take(8).collect();
        return NaiveDate::parse_from_str(&digits, "%Y%m%d").ok();
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    for (part, tag) in [
        ("docProps/core.xml", "dcterms:modified"),
        ("meta.xml", "dc:date"),
    ] {
        let Ok(file) = zip.by_name(part) else {
            continue;
        };
        let mut text = String::new();
        let mut bounded = std::io::Read::take(file, 1 << 20);
        std::io::Read::read_to_string(&mut bounded, &mut text).ok()?;
        let after = text.split_once(&format!("<{tag}"))?.1.split_once('>')?.1;
        return crate::document::decode::parse_date(after.get(..10)?);
    }
    None
}

/// Parts that changed more than ten working days ago and have not been updated since.
fn ages(
    seen: &Seen,
    changes: &BTreeMap<PathBuf, Option<NaiveDate>>,
    today: NaiveDate,
    findings: &mut Findings,
) {
    let mut told = BTreeSet::new();
    for (n, (at, part)) in seen.marks.iter().enumerate() {
        let end = end(seen, n);
        let Some(known) = PARTS.get(*part).filter(|p| p.dated && !told.contains(part)) else {
            continue;
        };
        told.insert(*part);
        let text = seen.page.text.get(*at..end).unwrap_or("").to_lowercase();
        let updated = updated(seen, *at, end, &text);
        let folder = seen.path.parent().unwrap_or(Path::new("."));
        let links = seen.page.links.iter().filter(|l| l.at >= *at && l.at < end);
        let stated = |l: &PageLink| {
            let full = folder.join(&*percent(l.href.split(['?', '#']).next()?));
            let full = full.canonicalize().ok()?;
            changes.get(&full).copied().flatten()
        };
        let links: Vec<&PageLink> = links.collect();
        let changed = links
            .iter()
            .filter_map(|l| stated(l))
            .filter(|d| *d <= today)
            .max();
        let location = || Location::file(seen.shown.clone());
        match (updated, changed) {
            (None, _) if !links.is_empty() && !text.contains("отсутству") => {
                findings.push(Finding::new(&messages::NO_DATE, location()).arg("part", known.title))
            }
            _ => {}
        }
        let Some(changed) = changed else { continue };
        let passed = Calendar::default().between(changed, today);
        if passed > ALLOWED && updated.is_none_or(|u| u < changed) {
            let words =
                updated.map_or_else(|| "—".to_owned(), |u| u.format("%d.%m.%Y").to_string());
            findings.push(
                Finding::new(&messages::STALE, location())
                    .arg("part", known.title)
                    .arg("changed", changed.format("%d.%m.%Y"))
                    .arg("updated", words)
                    .arg("n", passed),
            );
        }
    }
}

/// The day after «обновлено» in a part.
fn updated(seen: &Seen, at: usize, end: usize, text: &str) -> Option<NaiveDate> {
    let word = at + text.find("обновлен")?;
    let near = word.saturating_add(80).min(end);
    seen.page
        .dates
        .iter()
        .find(|(place, _)| *place >= word && *place <= near)
        .map(|(_, day)| *day)
}
