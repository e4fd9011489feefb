//! The desk: an office's work on its section in a browser, without YAML and without a terminal.
//!
//! Takes requests that the preview's own origin has let through, and the state of the site; gives pages, and changes
//! sources as a person could have: few bytes, readable in git, each in one step, each to be taken back. Steps of a
//! change (`part`): `sheet` opens the source, `change` makes edits of what was entered (and finds its place again where somebody
//! else has changed the file), `look` says what the program thinks of the result, `files` writes it. `edit` (with `form`),
//! `make`, `today`, `begin`, `bring`, `give` are the pages. Must not write outside `content/`, never touch `content/private/` but through
//! the registry's and the reviews' own rooms, and never show a school's name that was not typed on the same page.

mod begin;
mod bring;
mod change;
mod edit;
mod files;
mod form;
mod give;
mod html;
mod look;
mod make;
mod part;
mod sheet;
#[cfg(test)]
mod tests;
mod today;
mod wrong;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::diag::catalog::desk as words;
use crate::diag::{Findings, Lang};
use crate::pipeline::Loaded;
use crate::protection::{Ask, Guarding};
use wrong::Wrong;

/// Versions of files that forms were made of, so that a change can be laid over another's.
const KEPT: usize = 64;
/// How many changes can be taken back.
const UNDO: usize = 100;

/// The state of the site, as far as it is known.
pub struct Ground<'a> {
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
    today: NaiveDate,
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
}

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

/// A request of a page: what stands behind the `?`.
pub type Parameter<'p> = &'p dyn Fn(&str) -> Option<String>;

impl Desk {
    pub fn new(
        root: PathBuf,
        registry: Option<PathBuf>,
        today: NaiveDate,
        lang: Lang,
        ask: Ask,
    ) -> Self {
        Desk {
            root,
            registry,
            today,
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
            "/documents" => Ok(self.documents(ground)),
            _ => return None,
        };
        Some(made.unwrap_or_else(|wrong| Page {
            status: wrong.status(),
            title: words::TITLE.of(self.lang).to_owned(),
            body: html::notice("error", &wrong.words(self.lang)),
        }))
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

    /// Does what a person has asked for. `true` where sources have changed.
    pub fn command(&self, name: &str, said: &Value, ground: &Ground<'_>) -> (u16, Value, bool) {
        let done = match name {
            "look" => self.look(said, ground).map(|told| (told, false)),
            "save" => self.save(said, ground).map(|told| (told, true)),
            "remove" => self.remove(said).map(|told| (told, true)),
            "move" => self.shift(said).map(|told| (told, true)),
            "undo" => self.undo().map(|told| (told, true)),
            "make" => self.make(said, ground).map(|told| (told, true)),
            "begin" => self.lay(said).map(|told| (told, true)),
            "review" => self.review(said, ground).map(|told| (told, true)),
            "accept" => self.accept(said).map(|told| (told, true)),
            "school" => self.school(said).map(|told| (told, true)),
            "build" => self.start_build(said).map(|told| (told, false)),
            "progress" => Ok((self.progress(), false)),
            "uploaded" => self.uploaded().map(|told| (told, false)),
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
    ) -> (u16, Value, bool) {
        let done = match name {
            "attach" => self.attach(parameter, bytes, ground).map(|t| (t, true)),
            "read" => self.read(parameter, bytes).map(|t| (t, false)),
            _ => Err(Wrong::Asked),
        };
        self.answer(done)
    }

    fn answer(&self, done: Result<(Value, bool), Wrong>) -> (u16, Value, bool) {
        match done {
            Ok((told, changed)) => (200, told, changed),
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
                (wrong.status(), told, false)
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
    fn undo(&self) -> Result<Value, Wrong> {
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
        Ok(json!({"undone": step.what}))
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
