//! Which files a site has, and how each of them is made and cleared.
//!
//! Takes what was loaded; gives [`Task`]s in a total order, the path of each, and its audited artifact. A publication
//! makes all of them; the preview makes the one that is asked for, so it also finds the task of a path. Must not write.

use std::collections::BTreeMap;

use super::{Cleared, Loaded};
use crate::artifact::{Artifact, SitePath};
use crate::audit::Audited;
use crate::diag::Finding;
use crate::diag::catalog::model as model_messages;
use crate::model::{DocIndex, Kind, address};
use crate::protection::{Guarding, clean_picture};
use crate::render::{self, Renderer};
use crate::site::{self, Book, Filter, Page, data, filter_address, pages};
use crate::source::{self, FileKind};

/// One file to be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    Page(Page),
    Json(DocIndex),
    Csv(DocIndex),
    /// News of a part.
    Feed(usize),
    /// Calendar of a part.
    Calendar(usize),
    Sitemap,
    Robots,
    Attachment(usize),
    /// A file of the theme by its name below `assets/`.
    Asset(String),
}

impl Task {
    pub fn is_page(&self) -> bool {
        matches!(self, Task::Page(_))
    }
}

/// Every file of the site.
pub fn all(loaded: &Loaded) -> Vec<Task> {
    let book = &loaded.book;
    let pages = site::all_pages(book);
    let mut tasks: Vec<Task> = pages.into_iter().map(Task::Page).collect();
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
    tasks.extend(loaded.attached.iter().copied().map(Task::Attachment));
    tasks.extend(loaded.theme.assets.keys().cloned().map(Task::Asset));
    tasks
}

/// The files that one document alone makes: its page, filtered views and data.
pub fn of_document(i: DocIndex, book: &Book) -> Vec<Task> {
    let mut tasks = vec![Task::Page(Page::Document(i))];
    if let (Some(part), Some(_)) = (book.part(i), book.roadmap(i)) {
        let filters = pages::all_filters(book, part, i);
        tasks.extend(
            filters
                .into_iter()
                .map(|f| Task::Page(Page::Filtered(i, f))),
        );
        tasks.extend([Task::Json(i), Task::Csv(i)]);
    }
    tasks
}

/// Where the file of a task lies.
pub fn path(task: &Task, book: &Book) -> Result<SitePath, Box<Finding>> {
    let below = |address: &str, name: &str| {
        render::site_path(&format!("{}{name}", address.trim_start_matches('/')))
    };
    let folder = |p: usize| book.parts.get(p).map_or("", |part| &*part.folder);
    match task {
        Task::Page(page) => render::page_path(&data::address(book, page)),
        Task::Json(i) => below(book.address(*i), "data.json"),
        Task::Csv(i) => below(book.address(*i), "data.csv"),
        Task::Feed(p) => below(folder(*p), "/news/feed.xml"),
        Task::Calendar(p) => below(folder(*p), "/calendar/events.ics"),
        Task::Sitemap => render::site_path("sitemap.xml"),
        Task::Robots => render::site_path("robots.txt"),
        Task::Attachment(i) => {
            let attachment = book.attachments.get(*i);
            render::site_path(attachment.map_or("", |a| &a.address))
        }
        Task::Asset(name) => render::site_path(&format!("assets/{}", name.to_lowercase())),
    }
}

/// Makes a file and asks the auditor. `None` with findings when it may not be published; `None` without any for a
/// document that has no page.
pub fn clear(
    task: &Task,
    loaded: &Loaded,
    renderer: &Renderer,
    guarding: &Guarding,
    cleared: &Cleared,
) -> (Option<Audited>, Vec<Finding>) {
    match produce(task, loaded, renderer, cleared) {
        Ok(Some(Produced::Known(audited))) => {
            let findings = anchors(loaded, audited.artifact());
            (Some(audited), findings)
        }
        Ok(Some(Produced::Made(artifact, recipe))) => {
            let mut findings = anchors(loaded, &artifact);
            let memory = &cleared.memory;
            let (audited, more) = memory.clear(artifact, recipe, guarding.auditor());
            findings.extend(more);
            (audited, findings)
        }
        Ok(None) => (None, Vec::new()),
        Err(finding) => (None, vec![*finding]),
    }
}

enum Produced {
    /// With the hash of what it was made from, where that is asked for.
    Made(Artifact, Option<blake3::Hash>),
    /// As published and cleared before.
    Known(Audited),
}

/// Renders a page, unless the same view and templates made one that is still there.
fn page(
    full: &pages::Full,
    renderer: &Renderer,
    cleared: &Cleared,
) -> Result<Produced, Box<Finding>> {
    let site = cleared.site.as_ref().filter(|_| cleared.memory.remembers());
    let Some(site) = site else {
        return Ok(Produced::Made(renderer.page(full)?, None));
    };
    let Some(recipe) = renderer.recipe(full) else {
        return Ok(Produced::Made(renderer.page(full)?, None));
    };
    let path = render::page_path(&full.page.address)?;
    let published = || std::fs::read(site.join(path.as_str())).ok();
    Ok(match cleared.memory.made(&path, recipe, published) {
        Some(audited) => Produced::Known(audited),
        None => Produced::Made(renderer.page(full)?, Some(recipe)),
    })
}

fn produce(
    task: &Task,
    loaded: &Loaded,
    renderer: &Renderer,
    cleared: &Cleared,
) -> Result<Option<Produced>, Box<Finding>> {
    let book = &loaded.book;
    let bytes = match task {
        Task::Page(page) => {
            let Some(full) = pages::build(book, page) else {
                return Ok(None);
            };
            return self::page(&full, renderer, cleared).map(Some);
        }
        Task::Json(i) => data::roadmap_json(book, *i),
        Task::Csv(i) => data::roadmap_csv(book, *i),
        Task::Feed(p) => book
            .parts
            .get(*p)
            .and_then(|part| data::news_feed(book, part)),
        Task::Calendar(p) => book
            .parts
            .get(*p)
            .map(|part| data::calendar_ics(book, part)),
        Task::Sitemap => Some(data::sitemap_xml(book, &site::all_pages(book))),
        Task::Robots => Some(data::robots_txt(book)),
        Task::Attachment(i) => match book.attachments.get(*i) {
            Some(attachment) => {
                let source = source::SourceFile {
                    path: attachment.path.clone(),
                    full: attachment.full.clone(),
                    kind: FileKind::Attachment,
                    len: attachment.len,
                };
                let bytes = source::read_bytes(&source)?;
                Some(clean_picture(&attachment.path, bytes)?)
            }
            None => None,
        },
        Task::Asset(name) => loaded.theme.assets.get(name).map(|f| f.bytes.clone()),
    };
    Ok(match bytes {
        Some(bytes) => {
            let path = path(task, book)?;
            Some(Produced::Made(Artifact { path, bytes }, None))
        }
        None => None,
    })
}

/// A link to a place on this page must find it; where it does not, each link is told where it stands.
fn anchors(loaded: &Loaded, artifact: &Artifact) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(folder) = artifact.path.as_str().strip_suffix("index.html") else {
        return findings;
    };
    let address = format!("/{folder}");
    let from = (address.clone(), String::new());
    for ((page, anchor), places) in loaded.anchors.range(from..) {
        if *page != address {
            break;
        }
        let wanted = format!("id=\"{anchor}\"");
        if memchr::memmem::find(&artifact.bytes, wanted.as_bytes()).is_none() {
            findings.extend(places.iter().map(|at| {
                Finding::new(&model_messages::NO_ANCHOR, at.clone()).arg("value", anchor)
            }));
        }
    }
    findings
}

/// Finds the task that makes the file of a path, without going through all of them.
#[derive(Debug, Default)]
pub struct Finder {
    documents: BTreeMap<Box<str>, DocIndex>,
    attachments: BTreeMap<Box<str>, usize>,
    assets: BTreeMap<String, String>,
}

impl Finder {
    pub fn new(loaded: &Loaded) -> Self {
        let book = &loaded.book;
        let mut finder = Finder::default();
        for part in &book.parts {
            for (kind, list) in &part.kinds {
                if *kind == Kind::Bodies {
                    continue;
                }
                for i in list {
                    finder.documents.insert(book.address(*i).into(), *i);
                }
            }
        }
        for i in &loaded.attached {
            if let Some(attachment) = book.attachments.get(*i) {
                finder.attachments.insert(attachment.address.clone(), *i);
            }
        }
        for name in loaded.theme.assets.keys() {
            finder
                .assets
                .insert(format!("assets/{}", name.to_lowercase()), name.clone());
        }
        finder
    }

    /// The task of `path`, relative to the site's root: `tula-2024/roadmap/index.html`.
    pub fn find(&self, path: &str, book: &Book) -> Option<Task> {
        match path {
            "index.html" => return Some(Task::Page(Page::Home)),
            "404.html" => return Some(Task::Page(Page::NotFound)),
            "sitemap/index.html" => return Some(Task::Page(Page::Sitemap)),
            "sitemap.xml" => return Some(Task::Sitemap),
            "robots.txt" => return Some(Task::Robots),
            _ => {}
        }
        if let Some(name) = self.assets.get(path) {
            return Some(Task::Asset(name.clone()));
        }
        if let Some(i) = self.attachments.get(path) {
            return Some(Task::Attachment(*i));
        }
        let (folder, name) = path.rsplit_once('/')?;
        let home = format!("/{folder}/");
        let found = match name {
            "index.html" => self.page(&home, book).map(Task::Page),
            "data.json" => self.roadmap(&home, book).map(Task::Json),
            "data.csv" => self.roadmap(&home, book).map(Task::Csv),
            _ => None,
        };
        found.or_else(|| {
            let (section, rest) = path.split_once('/')?;
            let p = book
                .parts
                .iter()
                .position(|part| &*part.folder == section)?;
            match rest {
                "news/feed.xml" => book.parts[p]
                    .kinds
                    .contains_key(&Kind::News)
                    .then_some(Task::Feed(p)),
                "calendar/events.ics" => Some(Task::Calendar(p)),
                _ => None,
            }
        })
    }

    /// The document whose page lies at an address.
    pub fn document(&self, address: &str) -> Option<DocIndex> {
        self.documents.get(address).copied()
    }

    fn roadmap(&self, home: &str, book: &Book) -> Option<DocIndex> {
        self.document(home).filter(|i| book.roadmap(*i).is_some())
    }

    fn page(&self, at: &str, book: &Book) -> Option<Page> {
        if let Some(i) = self.document(at) {
            return Some(Page::Document(i));
        }
        let (section, rest) = at.trim_matches('/').split_once('/')?;
        let p = book
            .parts
            .iter()
            .position(|part| &*part.folder == section)?;
        let part = book.parts.get(p)?;
        if rest == "calendar" {
            return Some(Page::Calendar(p));
        }
        let index = pages::INDEXED
            .iter()
            .find(|kind| part.kinds.contains_key(kind) && address::folder(**kind) == rest);
        if let Some(kind) = index {
            return Some(Page::Index(p, *kind));
        }
        // `<roadmap>/status/done/`: two parts below the roadmap's own page.
        let mut up = at.trim_end_matches('/').rsplitn(3, '/');
        let (_, _, home) = (up.next()?, up.next()?, up.next()?);
        let i = self.roadmap(&format!("{home}/"), book)?;
        let filters: Vec<Filter> = pages::all_filters(book, part, i);
        filters
            .into_iter()
            .find(|filter| filter_address(book.address(i), filter) == at)
            .map(|filter| Page::Filtered(i, filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Options, Outcome, load};

    #[test]
    fn every_file_is_found_by_its_path() {
        let options = Options {
            root: env!("CARGO_MANIFEST_DIR").into(),
            out: None,
            today: chrono::NaiveDate::from_ymd_opt(2025, 3, 10).unwrap_or_default(),
            registry: None,
            strict: false,
            publish: false,
            ask: || None,
            progress: std::sync::Arc::default(),
        };
        let Some(loaded) = load(&options, &mut Outcome::default()) else {
            panic!("the committed content loads");
        };
        let finder = Finder::new(&loaded);
        for task in all(&loaded) {
            let Ok(path) = path(&task, &loaded.book) else {
                panic!("{task:?} has a path");
            };
            assert_eq!(finder.find(path.as_str(), &loaded.book), Some(task));
        }
        for missing in [
            "",
            "no.html",
            "a/b/index.html",
            "assets",
            "tula-2024/data.json",
        ] {
            assert_eq!(finder.find(missing, &loaded.book), None, "{missing}");
        }
    }
}
