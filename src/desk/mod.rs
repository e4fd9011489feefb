//! The desk: an office's work on its section in a browser, without YAML and without a terminal.
//!
//! Takes requests that the preview's own origin has let through, and the state of the site; gives pages, and changes
//! sources as a person could have: few bytes, readable in git, each in one step, each to be taken back. Steps of a
//! change (`part`): `sheet` opens the source, `change` makes edits of what was entered (and finds its place again where somebody
//! else has changed the file), `look` says what the program thinks of the result, `files` writes it. `edit` (with `form`),
//! `make`, `today`, `listing`, `begin`, `bring`, `give` are the pages. Must not write outside `content/`, never touch `content/private/` but through
//! the registry's and the reviews' own rooms, and never show a school's name that was not typed on the same page.

mod begin;
mod bring;
mod change;
mod edit;
mod files;
mod form;
mod give;
mod html;
mod label;
mod listing;
mod look;
mod make;
mod part;
mod sheet;
#[cfg(test)]
mod tests;
mod today;
mod wrong;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::diag::catalog::desk as words;
use crate::diag::{Findings, Lang};
use crate::pipeline::Loaded;
use crate::protection::{Ask, Guarding};
use crate::workdays::Day;
use wrong::Wrong;

/// Versions of files that forms were made of, so that a change can be laid over another's.
const KEPT: usize = 64;
/// How many changes can be taken back.
const UNDO: usize = 100;

/// The state of the site, as far as it is known.
pub struct Ground<'a> {
    /// Another number, another state.
    pub number: u64,
    pub loaded: Option<&'a Loaded>,
    pub guarding: Option<&'a Guarding>,
    /// Of the newest sources.
    pub findings: &'a Findings,
    /// The newest sources would not be published.
    pub broken: bool,
    /// Where readers' pages are shown.
    pub site: String,
}

impl Ground<'_> {
    fn mask(&self, text: &str) -> String {
        match self.guarding {
            Some(guarding) => guarding.mask(text),
            None => text.to_owned(),
        }
    }
}

/// What the desk works on.
pub struct Desk {
    root: PathBuf,
    registry: Option<PathBuf>,
    day: Day,
    lang: Lang,
    ask: Ask,
    session: Mutex<Session>,
    build: give::Build,
}

/// What is remembered while the window is open.
#[derive(Default)]
struct Session {
    /// Hash, path and text.
    seen: VecDeque<(String, String, String)>,
    done: Vec<Step>,
    /// A document that waits to be accepted, and its section.
    brought: Option<(bring::Dropped, String)>,
    /// What is to be said of published files, by path: as long as neither file nor guard has changed.
    looked: BTreeMap<String, (Stamp, String)>,
    /// What is to be done, for a state of the site and a day.
    duties: Option<((u64, NaiveDate), String)>,
}

/// Length and time of a file, and which guard has looked.
type Stamp = (u64, Option<SystemTime>, usize);

/// A change that can be taken back.
struct Step {
    what: String,
    files: Vec<Written>,
}

/// A file as it was, and how it is known now.
struct Written {
    path: String,
    before: Option<Vec<u8>>,
    after: String,
}

/// A page of the desk.
pub struct Page {
    pub status: u16,
    pub title: String,
    /// What stands in `main`.
    pub body: String,
}

/// What came of a request.
pub struct Done {
    pub status: u16,
    pub told: Value,
    /// Files that were written, below the root; none where it may be any. `None` where nothing was.
    pub written: Option<Vec<String>>,
}

/// A request of a page: what stands behind the `?`.
pub type Parameter<'p> = &'p dyn Fn(&str) -> Option<String>;

impl Desk {
    pub fn new(root: PathBuf, registry: Option<PathBuf>, day: Day, lang: Lang, ask: Ask) -> Self {
        files::sweep(&root);
        Desk {
            root,
            registry,
            day,
            lang,
            ask,
            session: Mutex::default(),
            build: give::Build::default(),
        }
    }

    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A page; `None` where there is none of that path.
    pub fn page(&self, path: &str, parameter: Parameter<'_>, ground: &Ground<'_>) -> Option<Page> {
        let made = match path {
            "/" => match self.root.join("content").is_dir() {
                true => Ok(self.today(ground)),
                false => Ok(self.begin()),
            },
            "/edit" => self.edit(parameter, ground),
            "/new" => self.fresh(parameter, ground),
            "/begin" => Ok(self.begin()),
            "/bring" => Ok(self.bring(ground)),
            "/give" => Ok(self.give(ground)),
            "/documents" => Ok(self.documents(parameter, ground)),
            _ => return None,
        };
        Some(made.unwrap_or_else(|wrong| self.refused(&wrong, parameter, ground)))
    }

    /// A refusal as a page: with what is wrong in the file that was asked for, and the way back.
    fn refused(&self, wrong: &Wrong, parameter: Parameter<'_>, ground: &Ground<'_>) -> Page {
        let asked = parameter("path").unwrap_or_default();
        let own = ground
            .findings
            .iter()
            .filter(|f| *f.location.path == *asked);
        let items: String = own
            .map(|f| {
                let line = f.location.span.map_or(1, |s| s.line);
                let place = ground.mask(&format!("{asked}:{line}"));
                let told = look::told(f, ground, self.lang);
                format!(
                    "<li>{} <code>{}</code></li>",
                    html::esc(&told),
                    html::esc(&place)
                )
            })
            .collect();
        let mut body = html::notice("error", &wrong.words(self.lang));
        if !items.is_empty() {
            body.push_str(&format!("<ul>{items}</ul>"));
        }
        body.push_str(&format!(
            "<p>{}</p>",
            html::link("/", words::TODAY.of(self.lang))
        ));
        Page {
            status: wrong.status(),
            title: words::TITLE.of(self.lang).to_owned(),
            body,
        }
    }

    /// A file for the browser: its type, its bytes. Pictures are shown, everything else is saved.
    pub fn file(&self, path: &str, parameter: Parameter<'_>) -> Option<(&'static str, Vec<u8>)> {
        match path {
            "/site.zip" => Some(("application/zip", self.packed().ok()?)),
            "/file" => {
                let path = parameter("path")?;
                let full = files::place(&self.root, &path).ok()?;
                let bytes = files::bytes(&full).ok()??;
                let mime = bring::picture(&path).unwrap_or("application/octet-stream");
                Some((mime, bytes))
            }
            _ => None,
        }
    }

    /// Does what a person has asked for.
    pub fn command(&self, name: &str, said: &Value, ground: &Ground<'_>) -> Done {
        let own = || Some(vec![text(said, "path").to_owned()]);
        let any = || Some(Vec::new());
        let done = match name {
            "look" => self.look(said, ground).map(|told| (told, None)),
            "save" => self.save(said, ground).map(|told| (told, own())),
            "remove" => self.remove(said).map(|told| (told, own())),
            "move" => self.shift(said).map(|told| (told, own())),
            "undo" => self.undo().map(|(told, paths)| (told, Some(paths))),
            "make" => self.make(said, ground).map(|told| (told, any())),
            "begin" => self.lay(said).map(|told| (told, any())),
            "review" => self.review(said, ground).map(|told| (told, any())),
            "accept" => self.accept(said).map(|told| (told, any())),
            "school" => self.school(said).map(|told| (told, any())),
            "count" => self.count(said).map(|told| (told, any())),
            "none" => self.no_schools().map(|told| (told, any())),
            "build" => self.start_build(said).map(|told| (told, None)),
            "progress" => Ok((self.progress(), None)),
            "duties" => Ok((json!({"html": self.duties(ground, true)}), None)),
            "uploaded" => self.uploaded().map(|told| (told, None)),
            _ => Err(Wrong::Asked),
        };
        self.answer(done)
    }

    /// Takes a file that was dropped or chosen.
    pub fn upload(
        &self,
        name: &str,
        parameter: Parameter<'_>,
        bytes: Vec<u8>,
        ground: &Ground<'_>,
    ) -> Done {
        let any = Some(Vec::new());
        let done = match name {
            "attach" => self.attach(parameter, bytes, ground).map(|t| (t, any)),
            "read" => self.read(parameter, bytes).map(|t| (t, None)),
            _ => Err(Wrong::Asked),
        };
        self.answer(done)
    }

    fn answer(&self, done: Result<(Value, Option<Vec<String>>), Wrong>) -> Done {
        match done {
            Ok((told, written)) => Done {
                status: 200,
                told,
                written,
            },
            Err(wrong) => {
                let fields: Vec<Value> = wrong
                    .fields()
                    .iter()
                    .map(|(field, text)| json!({"field": field, "text": text}))
                    .collect();
                let changed = matches!(wrong, Wrong::Changed(_));
                let told = json!({
                    "error": wrong.words(self.lang),
                    "fields": fields,
                    "theirs": changed,
                });
                Done {
                    status: wrong.status(),
                    told,
                    written: None,
                }
            }
        }
    }

    /// Opens a source and remembers the version that a form is made of.
    fn open(&self, path: &str) -> Result<sheet::Sheet, Wrong> {
        let sheet = sheet::Sheet::open(&self.root, path)?;
        let mut session = self.session();
        if !session
            .seen
            .iter()
            .any(|(hash, at, _)| *hash == sheet.hash && at == path)
        {
            let version = (sheet.hash.clone(), path.to_owned(), sheet.text.clone());
            session.seen.push_back(version);
            if session.seen.len() > KEPT {
                session.seen.pop_front();
            }
        }
        Ok(sheet)
    }

    /// The version that a form was made of.
    fn seen(&self, path: &str, hash: &str) -> Result<sheet::Sheet, Wrong> {
        let text = {
            let session = self.session();
            let mut all = session.seen.iter();
            all.find(|(known, at, _)| known == hash && at == path)
                .map(|(_, _, text)| text.clone())
        };
        sheet::Sheet::of(path, text.ok_or_else(|| Wrong::Changed(Vec::new()))?)
    }

    /// Writes files, `None` for one that goes, and remembers how they were. Each is what it was when `known` was read.
    fn write(
        &self,
        what: String,
        new: Vec<(String, Option<String>, Option<Vec<u8>>)>,
    ) -> Result<(), Wrong> {
        let mut session = self.session();
        let mut files = Vec::new();
        for (path, known, bytes) in new {
            let full = files::place(&self.root, &path)?;
            let before = files::bytes(&full)?;
            if before.as_deref().map(files::hash) != known {
                return Err(match known {
                    Some(_) => Wrong::Changed(Vec::new()),
                    None => Wrong::There,
                });
            }
            match &bytes {
                Some(bytes) => files::write(&full, bytes)?,
                None => files::remove(&full)?,
            }
            files.push(Written {
                path,
                before,
                after: bytes.as_deref().map(files::hash).unwrap_or_default(),
            });
        }
        session.done.push(Step { what, files });
        if session.done.len() > UNDO {
            session.done.remove(0);
        }
        Ok(())
    }

    /// Takes the last change back, unless somebody else has changed the file since.
    fn undo(&self) -> Result<(Value, Vec<String>), Wrong> {
        let mut session = self.session();
        let step = session.done.pop().ok_or(Wrong::Nothing)?;
        let mut places = Vec::new();
        for file in &step.files {
            let full = files::place(&self.root, &file.path)?;
            let now = files::bytes(&full)?;
            if now.as_deref().map(files::hash).unwrap_or_default() != file.after {
                return Err(Wrong::Changed(Vec::new()));
            }
            places.push(full);
        }
        for (file, full) in step.files.iter().zip(places) {
            match &file.before {
                Some(bytes) => files::write(&full, bytes)?,
                None => files::remove(&full)?,
            }
        }
        let paths = step.files.into_iter().map(|file| file.path);
        Ok((json!({"undone": step.what}), paths.collect()))
    }

    /// What the last change was, for the button that takes it back.
    pub fn last(&self) -> Option<String> {
        self.session().done.last().map(|step| step.what.clone())
    }
}

/// A text of a request.
fn text<'v>(said: &'v Value, name: &str) -> &'v str {
    said.get(name).and_then(Value::as_str).unwrap_or("")
}
