//! From sources to the folder that is uploaded: checking, building, what changed since the last upload, the whole as a zip.
//!
//! Takes the word to build; runs the pipeline as `glasno build` does, on a thread of its own. Must not upload anything.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use super::html::{esc, link, list, notice};
use super::today::card;
use super::wrong::Wrong;
use super::{Desk, Ground, Page, files};
use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::diag::message::fill;
use crate::pipeline::{self, Loaded, Options, Outcome, Progress};
use crate::plain;
use crate::source;
use crate::tab::lacks;

/// What was uploaded last: a hash and a path a line.
const UPLOADED: &str = ".glasno/uploaded.txt";

/// The build that is running, or the last one.
#[derive(Default)]
pub(super) struct Build(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    progress: Option<Arc<Progress>>,
    running: bool,
    /// Sentences, and whether it went well.
    told: Option<(bool, Vec<String>)>,
}

impl Desk {
    /// Begins to check or to build.
    pub(super) fn start_build(&self, said: &Value) -> Result<Value, Wrong> {
        let publish = said
            .get("publish")
            .and_then(Value::as_bool)
            .unwrap_or(false);
        let progress = Arc::<Progress>::default();
        {
            let mut state = self.build.0.lock().unwrap_or_else(PoisonError::into_inner);
            if state.running {
                return Ok(json!({"running": true}));
            }
            *state = State {
                progress: Some(progress.clone()),
                running: true,
                told: None,
            };
        }
        let options = Options {
            root: self.root.clone(),
            out: None,
            today: self.day.now(),
            registry: self.registry.clone(),
            strict: false,
            publish,
            ask: self.ask,
            progress,
        };
        let (state, lang) = (self.build.0.clone(), self.lang);
        std::thread::spawn(move || {
            let root = options.root.clone();
            let reports = |loaded: &Loaded| lacks::reports(&root, loaded);
            let outcome = pipeline::run(&options, &reports);
            let told = told(&outcome, publish, lang);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            state.running = false;
            state.told = Some(told);
        });
        Ok(json!({"running": true}))
    }

    /// How far it is, and what came of it.
    pub(super) fn progress(&self) -> Value {
        let state = self.build.0.lock().unwrap_or_else(PoisonError::into_inner);
        let far = state.progress.as_ref().and_then(|p| p.at());
        let (good, told) = match &state.told {
            Some((good, told)) => (Some(*good), told.clone()),
            None => (None, Vec::new()),
        };
        json!({
            "running": state.running,
            "words": far.map(|at| at.words(self.lang)),
            "good": good,
            "told": told,
        })
    }

    fn site(&self) -> PathBuf {
        self.root.join("output").join("site")
    }

    /// When the site was built last, and what is not uploaded yet.
    pub(super) fn published(&self) -> String {
        let lang = self.lang;
        let built = built(&self.site());
        let mut out = match built {
            Some(day) => notice("", &fill(words::BUILT.of(lang), &[("day", day)])),
            None => notice("", words::NOT_BUILT.of(lang)),
        };
        if let Some(day) = written(&self.root.join(UPLOADED)) {
            out.push_str(&notice(
                "",
                &fill(words::LAST_UPLOAD.of(lang), &[("day", day)]),
            ));
        }
        out.push_str(&format!(
            "<p class=\"buttons\">{}</p>",
            link("/give", words::GIVE.of(lang))
        ));
        card("built", words::GIVE.of(lang), &out)
    }

    /// The page from which the site is given away.
    pub(super) fn give(&self, ground: &Ground<'_>) -> Page {
        let lang = self.lang;
        let title = words::GIVE.of(lang).to_owned();
        let mut body = format!("<h1>{}</h1>", esc(&title));
        body.push_str(&notice("", words::GIVE_HINT.of(lang)));
        let (good, said) = {
            let state = self.build.0.lock().unwrap_or_else(PoisonError::into_inner);
            state.told.clone().unwrap_or_default()
        };
        let errors = ground.findings.errors();
        if errors > 0 {
            let said = fill(words::STOPPED_BY.of(lang), &[("n", errors.to_string())]);
            body.push_str(&notice("error", &said));
            body.push_str(&format!("<p>{}</p>", link("/", words::TODAY.of(lang))));
        }
        body.push_str(&format!(
            "<div data-build><p class=\"buttons\"><button type=\"button\" data-run=\"check\" class=\"quiet\">{}</button>\
             <button type=\"button\" data-run=\"build\">{}</button></p>\
             <p class=\"progress\" role=\"status\"></p><div class=\"outcome{}\" role=\"alert\" tabindex=\"-1\">{}</div></div>",
            esc(words::CHECK.of(lang)),
            esc(words::BUILD.of(lang)),
            if good { " good" } else { "" },
            esc(&said.join("\n")),
        ));
        if let Some(day) = built(&self.site()) {
            let folder = self.site().display().to_string();
            let args = [("day", day), ("folder", ground.mask(&folder))];
            let mut inner = notice("", &fill(words::FOLDER.of(lang), &args));
            inner.push_str(&format!(
                "<p class=\"buttons\"><a href=\"/site.zip\" download>{}</a>\
                 <button type=\"button\" class=\"quiet\" data-uploaded>{}</button></p>",
                esc(words::ZIP.of(lang)),
                esc(words::UPLOADED.of(lang)),
            ));
            inner.push_str(&self.since(ground));
            body.push_str(&card("upload", words::UPLOAD.of(lang), &inner));
        }
        Page {
            status: 200,
            title,
            body,
        }
    }

    /// What changed since the last upload.
    fn since(&self, ground: &Ground<'_>) -> String {
        let lang = self.lang;
        let before: BTreeMap<String, String> =
            match plain::read(&self.root.join(UPLOADED), source::MAX_TEXT) {
                Ok(bytes) => String::from_utf8_lossy(&bytes)
                    .lines()
                    .filter_map(|l| l.split_once(' '))
                    .map(|(hash, path)| (path.to_owned(), hash.to_owned()))
                    .collect(),
                Err(_) => return notice("", words::NEVER_UPLOADED.of(lang)),
            };
        let now = hashes(&self.site());
        let book = ground.loaded.map(|l| &l.book);
        let addresses: BTreeMap<&str, usize> = book
            .into_iter()
            .flat_map(|book| book.addresses.iter().enumerate())
            .filter_map(|(i, address)| Some((address.as_deref()?, i)))
            .collect();
        let title = |path: &str| {
            let address = format!("/{}", path.strip_suffix("index.html")?);
            Some(book?.title(*addresses.get(&*address)?)).filter(|title| !title.is_empty())
        };
        // Pages by their titles; what lies beside them by its path.
        let (mut pages, mut others) = (Vec::new(), Vec::new());
        let mut told = |word: words::Said, path: &str| {
            let title = title(path);
            let shown = match &title {
                Some(title) => format!("{title} ({path})"),
                None => path.to_owned(),
            };
            let line = format!("{} {}", esc(word.of(lang)), esc(&ground.mask(&shown)));
            match title {
                Some(_) => pages.push(line),
                None => others.push(line),
            }
        };
        for (path, hash) in &now {
            match before.get(path) {
                None => told(words::ADDED, path),
                Some(old) if old != hash => told(words::CHANGED, path),
                _ => {}
            }
        }
        for path in before.keys().filter(|p| !now.contains_key(*p)) {
            told(words::REMOVED, path);
        }
        let mut items = pages;
        items.append(&mut others);
        match items.is_empty() {
            true => notice("good", words::SAME.of(lang)),
            false => format!(
                "<h3>{}: {}</h3>{}",
                esc(words::SINCE.of(lang)),
                items.len(),
                list(&items, 20, words::MORE.of(lang))
            ),
        }
    }

    /// Records that the site as it is was uploaded.
    pub(super) fn uploaded(&self) -> Result<Value, Wrong> {
        let lines: String = hashes(&self.site())
            .iter()
            .map(|(path, hash)| format!("{hash} {path}\n"))
            .collect();
        files::write(&self.root.join(UPLOADED), lines.as_bytes())?;
        Ok(json!({"saved": true}))
    }

    /// The site as one file.
    pub(super) fn packed(&self) -> Result<Vec<u8>, Wrong> {
        let site = self.site();
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Deflated);
        let failed = |e: zip::result::ZipError| Wrong::System(e.to_string());
        for path in walked(&site) {
            let bytes = plain::read(&site.join(&path), source::MAX_ATTACHMENT)
                .map_err(|e| Wrong::system(&e))?;
            out.start_file(path, options).map_err(failed)?;
            out.write_all(&bytes).map_err(|e| Wrong::system(&e))?;
        }
        Ok(out.finish().map_err(failed)?.into_inner())
    }
}

/// What came of a build, in sentences.
fn told(outcome: &Outcome, publish: bool, lang: Lang) -> (bool, Vec<String>) {
    let mask = |text: &str| match &outcome.guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    let mut lines = Vec::new();
    let good = !outcome.findings.stop(false) && (!publish || outcome.published.is_some());
    let pages = ("pages", outcome.pages.to_string());
    match (&outcome.published, good) {
        (Some(published), true) => lines.push(fill(
            words::DID_BUILD.of(lang),
            &[
                pages,
                ("files", published.files.to_string()),
                ("added", published.added.to_string()),
                ("changed", published.changed.to_string()),
                ("removed", published.removed.to_string()),
            ],
        )),
        (_, true) => lines.push(fill(words::DID_CHECK.of(lang), &[pages])),
        (_, false) => lines.push(words::DID_STOP.of(lang).to_owned()),
    }
    let errors = outcome.findings.iter().filter(|f| f.is_error());
    lines.extend(errors.take(20).map(|f| {
        let place = match f.location.span {
            Some(span) => format!("{}:{}", f.location.path, span.line),
            None => f.location.path.to_string(),
        };
        mask(&format!("{place}: {}", f.message(lang)))
    }));
    (good, lines)
}

/// When the folder's first page was written.
fn built(site: &Path) -> Option<String> {
    written(&site.join("index.html"))
}

fn written(file: &Path) -> Option<String> {
    let written = std::fs::metadata(file).ok()?.modified().ok()?;
    let at: chrono::DateTime<chrono::Local> = written.into();
    Some(at.format("%d.%m.%Y %H:%M").to_string())
}

/// Paths of all files below a folder, in order, with `/`.
fn walked(folder: &Path) -> Vec<String> {
    let all = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter();
    all.flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let below = entry.path().strip_prefix(folder).ok()?;
            Some(below.to_string_lossy().replace('\\', "/"))
        })
        .collect()
}

fn hashes(site: &Path) -> BTreeMap<String, String> {
    walked(site)
        .into_iter()
        .filter_map(|path| {
            let bytes = plain::read(&site.join(&path), source::MAX_ATTACHMENT).ok()?;
            Some((path, files::hash(&bytes)))
        })
        .collect()
}
