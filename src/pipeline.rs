//! Calls the stages in order and collects what they find. The only room that knows them all.
//!
//! Steps: list and read sources, registry and theme; parse (in parallel); check what holds between documents; decide
//! which places are made coarser; disclose (in parallel); index; build, render, audit and stage each page (in parallel,
//! one page in memory at a time for each worker); swap. A finding that stops leaves what was published as it was.

mod guarding;
mod report;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::NaiveDate;
use rayon::prelude::*;

pub use guarding::{Ask, Guarding};

use crate::artifact::Artifact;
use crate::audit;
use crate::diag::catalog::{model as model_messages, render as messages};
use crate::diag::{Finding, Findings, Location};
use crate::disclosure::{self, Replacement};
use crate::model::read::{self, Read};
use crate::model::unread::{self, Unread};
use crate::model::{Kind, Model, check};
use crate::publish::{Published, Publisher};
use crate::render::{self, Renderer};
use crate::site::{self, Book, Page, Settings, data, pages};
use crate::source::{self, FileKind};
use crate::theme::{self, Theme};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    /// Holds `site/`, `tabs/`, `report/`; default `ROOT/output`.
    pub out: Option<PathBuf>,
    /// The only clock.
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    /// Warnings stop the publication too.
    pub strict: bool,
    /// Whether the result is published (`build`) or only checked.
    pub publish: bool,
    /// How a person is asked for the registry's passphrase.
    pub ask: Ask,
}

/// What a run did.
#[derive(Default)]
pub struct Outcome {
    pub findings: Findings,
    pub pages: usize,
    pub files: usize,
    pub published: Option<Published>,
    /// The first page to open.
    pub index: Option<PathBuf>,
    /// The guard of this run, to mask what is printed.
    pub guarding: Option<Guarding>,
}

/// Runs the whole way.
pub fn run(options: &Options) -> Outcome {
    let mut outcome = Outcome::default();
    let Some(loaded) = load(options, &mut outcome) else {
        outcome.findings.sort();
        return outcome;
    };
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| options.root.join("output"));
    let publisher = match open(options, &out, &mut outcome.findings) {
        Ok(publisher) => publisher,
        Err(()) => {
            outcome.findings.sort();
            return outcome;
        }
    };
    make(&loaded, publisher.as_ref(), &mut outcome);
    outcome.findings.extend(loaded.guarding.unused());
    if let Some(publisher) = publisher {
        if outcome.findings.stop(options.strict) {
            drop(publisher);
        } else {
            finish(&loaded, publisher, &out, &mut outcome);
        }
    }
    outcome.guarding = Some(loaded.guarding);
    outcome.findings.sort();
    outcome
}

/// Everything read, checked and made public.
pub struct Loaded {
    pub book: Book,
    pub theme: Theme,
    pub guarding: Guarding,
    pub replacements: Vec<Replacement>,
    /// What was decided about the places of schedules.
    pub places: Vec<crate::disclosure::coarsen::DocumentSmallest>,
    /// Places on pages that links name: (address, anchor) and the source that names them.
    pub anchors: BTreeSet<(String, String)>,
}

/// Reads and checks the sources and makes them public. `None` when nothing can be shown at all.
pub fn load(options: &Options, outcome: &mut Outcome) -> Option<Loaded> {
    let root = &options.root;
    if !root.is_dir() {
        let at = Location::file(root.display().to_string());
        outcome
            .findings
            .push(Finding::new(&messages::ROOT_MISSING, at).arg("root", root.display()));
        return None;
    }
    let (files, findings) = match source::list(root) {
        Ok(listed) => listed,
        Err(finding) => {
            outcome.findings.push(*finding);
            return None;
        }
    };
    outcome.findings.extend(findings);
    let (guarding, findings) = Guarding::load(
        root,
        options.registry.as_deref(),
        options.today,
        options.ask,
    );
    outcome.findings.extend(findings);
    let texts: Vec<_> = files
        .iter()
        .filter(|f| f.kind != FileKind::Attachment)
        .collect();
    outcome.files = files.len();
    let results: Vec<(Read, Vec<Finding>, Option<Unread>)> = texts
        .par_iter()
        .map(|file| match source::read_text(file) {
            Ok(text) => {
                let (read, findings) = read::read(file, &text);
                let unread = matches!(read, Read::Nothing).then(|| Unread::new(file, Some(&text)));
                (read, findings, unread)
            }
            Err(finding) => {
                let unread = Some(Unread::new(file, None));
                (Read::Nothing, vec![*finding], unread)
            }
        })
        .collect();
    let mut site = None;
    let mut documents = Vec::new();
    let mut unread = Vec::new();
    for (read, findings, lost) in results {
        outcome.findings.extend(findings);
        unread.extend(lost);
        match read {
            Read::Site(s) => site = Some(*s),
            Read::Document(d) => documents.push(*d),
            Read::Nothing => {}
        }
    }
    if site.is_none() && !files.iter().any(|f| is_settings(&f.path)) {
        outcome.findings.push(Finding::new(
            &model_messages::NO_SITE,
            Location::file("content/site.yaml"),
        ));
    }
    // Without a registry or settings nothing is built, but what is wrong elsewhere is still told.
    let ids = guarding.as_ref().map(Guarding::ids).unwrap_or_default();
    let settled = site.is_some();
    let (model, findings) = check::check(site.unwrap_or_default(), documents, &files, &ids);
    let told = findings.into_iter().filter(|f| {
        let follows = f.code() == "school.unresolved" && guarding.is_none()
            || f.code() == "section.unlisted" && !settled;
        !follows && !unread::follows(f, &unread)
    });
    outcome.findings.extend(told);
    let Some(guarding) = guarding else {
        // What a line may hold cannot be known, so none is shown.
        return None;
    };
    source::quote(&mut outcome.findings, &files);
    if !settled {
        outcome.guarding = Some(guarding);
        return None;
    }
    let theme_name = model.site.theme.clone();
    let (theme, findings) = theme::load(root, theme_name.as_deref());
    outcome.findings.extend(findings);
    Some(disclose(options, model, theme, guarding, outcome))
}

fn is_settings(path: &str) -> bool {
    matches!(path, "content/site.yaml" | "content/site.yml")
}

fn disclose(
    options: &Options,
    mut model: Model,
    theme: Theme,
    guarding: Guarding,
    outcome: &mut Outcome,
) -> Loaded {
    let decision = guarding.places(&model);
    outcome.findings.extend(decision.findings);
    let (places, coarsened) = (decision.places, decision.coarsened);
    let guarding = guarding.with_wording(&model.site, &mut outcome.findings);
    let redactor = guarding.redactor();
    let documents = std::mem::take(&mut model.documents);
    let public: Vec<_> = documents
        .into_par_iter()
        .enumerate()
        .map(|(i, d)| disclosure::disclose(&d, i, &model, &places, redactor))
        .collect();
    let mut replacements = Vec::new();
    let mut documents = Vec::with_capacity(public.len());
    for (document, replaced) in public {
        documents.push(document);
        replacements.extend(replaced);
    }
    let settings = settings(&model, redactor);
    let anchors = model
        .links
        .values()
        .filter_map(|target| match target {
            crate::model::Target::Document(i, Some(anchor)) => {
                let address = model.addresses.get(*i)?.as_deref()?;
                Some((address.to_owned(), anchor.to_string()))
            }
            _ => None,
        })
        .collect();
    let mut book = Book::new(
        settings,
        documents,
        model.addresses,
        model.attachments,
        &model.sections,
        options.today,
        model.site.due_soon_days,
        coarsened,
    );
    book.wanted = theme.wanted();
    Loaded {
        book,
        theme,
        guarding,
        replacements,
        places: decision.report,
        anchors,
    }
}

fn settings(model: &Model, redactor: &dyn disclosure::Redactor) -> Settings {
    let site = &model.site;
    let open = |t: &crate::model::SourceText| disclosure::setting(t, model, redactor);
    Settings {
        title: open(&site.title),
        short_title: site.short_title.as_ref().map(open),
        description: site.description.as_ref().map(open),
        base_url: site.base_url.to_string(),
        publisher_name: site.publisher.name.as_ref().map(open),
        publisher_phone: site.publisher.phone.as_ref().map(open),
        publisher_email: site.publisher.email.as_ref().map(open),
        publisher_address: site.publisher.address.as_ref().map(open),
    }
}

fn open(options: &Options, out: &Path, findings: &mut Findings) -> Result<Option<Publisher>, ()> {
    if !options.publish {
        return Ok(None);
    }
    let inside = ["content", "themes"].iter().any(|folder| {
        let full = options.root.join(folder);
        match (absolute(out), absolute(&full)) {
            (Some(out), Some(full)) => out.starts_with(full),
            _ => false,
        }
    });
    if inside {
        let at = Location::file(out.display().to_string());
        findings.push(Finding::new(&messages::OUT_INSIDE, at).arg("out", out.display()));
        return Err(());
    }
    match Publisher::open(out) {
        Ok(publisher) => Ok(Some(publisher)),
        Err(finding) => {
            findings.push(*finding);
            Err(())
        }
    }
}

/// The path with links resolved as far as it exists.
fn absolute(path: &Path) -> Option<PathBuf> {
    let mut missing = Vec::new();
    let mut at = std::path::absolute(path).ok()?;
    loop {
        match at.canonicalize() {
            Ok(real) => return Some(missing.iter().rev().fold(real, |p, part| p.join(part))),
            Err(_) => {
                missing.push(at.file_name()?.to_owned());
                at = at.parent()?.to_owned();
            }
        }
    }
}

/// One file to be made.
enum Task<'a> {
    Page(&'a Page),
    Json(usize),
    Csv(usize),
    Feed(usize),
    Calendar(usize),
    Sitemap,
    Robots,
    Attachment(usize),
    Asset(&'a str),
}

/// Makes, audits and stages every file; findings of all of them are told.
pub fn make(loaded: &Loaded, publisher: Option<&Publisher>, outcome: &mut Outcome) {
    let renderer = match Renderer::new(&loaded.theme) {
        Ok(renderer) => renderer,
        Err(findings) => {
            outcome.findings.extend(findings);
            return;
        }
    };
    let book = &loaded.book;
    let all = site::all_pages(book);
    outcome.pages = all.len();
    let mut tasks: Vec<Task<'_>> = all.iter().map(Task::Page).collect();
    for (p, part) in book.parts.iter().enumerate() {
        for i in part.kinds.get(&Kind::Roadmap).into_iter().flatten() {
            tasks.extend([Task::Json(*i), Task::Csv(*i)]);
        }
        if part.kinds.contains_key(&Kind::News) {
            tasks.push(Task::Feed(p));
        }
        tasks.push(Task::Calendar(p));
    }
    tasks.extend([Task::Sitemap, Task::Robots]);
    tasks.extend((0..book.attachments.len()).map(Task::Attachment));
    tasks.extend(loaded.theme.assets.keys().map(|name| Task::Asset(name)));

    let findings = Mutex::new(Vec::new());
    let say = |more: Vec<Finding>| {
        if !more.is_empty() {
            let mut all = findings
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner);
            all.extend(more);
        }
    };
    tasks
        .par_iter()
        .for_each(|task| match produce(task, loaded, &renderer, &all) {
            Ok(Some(artifact)) => {
                let (audited, more) = audit::clear(artifact, loaded.guarding.auditor());
                say(more);
                if let (Some(audited), Some(publisher)) = (audited, publisher)
                    && let Err(finding) = publisher.stage(&audited)
                {
                    say(vec![*finding]);
                }
            }
            Ok(None) => {}
            Err(finding) => say(vec![*finding]),
        });
    let found = findings
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    outcome.findings.extend(found);
}

fn produce(
    task: &Task<'_>,
    loaded: &Loaded,
    renderer: &Renderer,
    all: &[Page],
) -> Result<Option<Artifact>, Box<Finding>> {
    let book = &loaded.book;
    let below = |address: &str, name: &str| {
        render::site_path(&format!("{}{name}", address.trim_start_matches('/')))
    };
    let file = |path, bytes: Option<Vec<u8>>| bytes.map(|bytes| Artifact { path, bytes });
    Ok(match task {
        Task::Page(page) => {
            let Some(full) = pages::build(book, page) else {
                return Ok(None);
            };
            let artifact = renderer.page(&full)?;
            anchors(loaded, &full.page.address, &artifact)?;
            Some(artifact)
        }
        Task::Json(i) => file(
            below(book.address(*i), "data.json")?,
            data::roadmap_json(book, *i),
        ),
        Task::Csv(i) => file(
            below(book.address(*i), "data.csv")?,
            data::roadmap_csv(book, *i),
        ),
        Task::Feed(p) => {
            let part = &book.parts[*p];
            file(
                below(&part.folder, "/news/feed.xml")?,
                data::news_feed(book, part),
            )
        }
        Task::Calendar(p) => {
            let part = &book.parts[*p];
            file(
                below(&part.folder, "/calendar/events.ics")?,
                Some(data::calendar_ics(book, part)),
            )
        }
        Task::Sitemap => file(
            render::site_path("sitemap.xml")?,
            Some(data::sitemap_xml(book, all)),
        ),
        Task::Robots => file(
            render::site_path("robots.txt")?,
            Some(data::robots_txt(book)),
        ),
        Task::Attachment(i) => {
            let attachment = &book.attachments[*i];
            let source = source::SourceFile {
                path: attachment.path.clone(),
                full: attachment.full.clone(),
                kind: FileKind::Attachment,
                len: attachment.len,
            };
            let bytes = source::read_bytes(&source)?;
            let bytes = guarding::clean_picture(&attachment.path, bytes)?;
            file(render::site_path(&attachment.address)?, Some(bytes))
        }
        Task::Asset(name) => {
            let bytes = loaded.theme.assets.get(*name).map(|f| f.bytes.clone());
            file(
                render::site_path(&format!("assets/{}", name.to_lowercase()))?,
                bytes,
            )
        }
    })
}

/// A link to a place on this page must find it.
fn anchors(loaded: &Loaded, address: &str, artifact: &Artifact) -> Result<(), Box<Finding>> {
    let from = (address.to_owned(), String::new());
    for (page, anchor) in loaded.anchors.range(from..) {
        if page != address {
            break;
        }
        let wanted = format!("id=\"{anchor}\"");
        if memchr::memmem::find(&artifact.bytes, wanted.as_bytes()).is_none() {
            let at = Location::file(artifact.path.as_str().to_owned());
            return Err(Box::new(
                Finding::new(&messages::DEAD_LINK, at)
                    .arg("page", address)
                    .arg("href", format!("#{anchor}")),
            ));
        }
    }
    Ok(())
}

fn finish(loaded: &Loaded, publisher: Publisher, out: &Path, outcome: &mut Outcome) {
    for (name, bytes) in report::files(loaded) {
        if let Err(finding) = publisher.stage_report(name, &bytes) {
            outcome.findings.push(*finding);
            return;
        }
    }
    match publisher.commit() {
        Ok(mut published) => {
            outcome
                .findings
                .extend(std::mem::take(&mut published.warnings));
            outcome.index = Some(out.join("site").join("index.html"));
            outcome.published = Some(published);
        }
        Err(finding) => outcome.findings.push(*finding),
    }
}
