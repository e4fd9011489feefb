//! Which files a site has, and how each of them is made and cleared.
//!
//! Takes what was loaded; gives [`Task`]s in a total order, the path of each, and its audited artifact. A publication
//! makes all of them; the preview makes the one that is asked for, so it also finds the task of a path. Must not write.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Cleared, Loaded};
use crate::artifact::{Artifact, SitePath};
use crate::audit::Audited;
use crate::audit::inspect::Watching;
use crate::diag::catalog::{model as model_messages, render as render_messages};
use crate::diag::{Finding, Location};
use crate::inert::Still;
use crate::kinds::DocIndex;
use crate::kinds::Kind;
use crate::model::address;
use crate::plain;
use crate::protection::{Guarding, OfSection, clean_picture};
use crate::render::{self, Renderer};
use crate::site::edition::Format;
use crate::site::head::{Full, PORTAL_CALENDAR, PORTAL_FEED, feed_address};
use crate::site::paged::{self, paged};
use crate::site::view::AttachmentView;
use crate::site::{self, Book, Page, away, data, opendata, pages};
use crate::source::{self, FileKind};

/// One file to be made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    Page(Page),
    /// A file for programs beside a document's page, by its name.
    Data(DocIndex, &'static str),
    /// A document as a file to take away.
    Edition(DocIndex, Format),
    /// Feed of a kind in a part.
    Feed(usize, Kind),
    /// Calendar of a part.
    Calendar(usize),
    /// Feed of the portal.
    PortalFeed,
    /// Calendar of the portal.
    PortalCalendar,
    /// A file of open data.
    Open(opendata::File),
    Sitemap,
    Robots,
    /// A file of the search's index by its name.
    Index(String),
    Attachment(usize),
    /// A file of the theme by its name below `assets/`.
    Asset(String),
    /// A style or script of the theme under the name that pages know it by.
    Version(String),
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
    // The files of a page beside it: what one has made the other takes soon.
    let mut tasks: Vec<Task> = Vec::with_capacity(pages.len());
    for page in pages {
        let own = match page {
            Page::Document(i) => Some(i),
            _ => None,
        };
        tasks.push(Task::Page(page));
        tasks.extend(own.into_iter().flat_map(|i| editions(i, book)));
    }
    for (p, part) in book.parts.iter().enumerate() {
        tasks.extend(part.pages().flat_map(|i| data_files(i, book)));
        tasks.extend(part.streams().map(|(kind, ..)| Task::Feed(p, kind)));
        tasks.push(Task::Calendar(p));
    }
    tasks.extend([Task::PortalCalendar, Task::Sitemap, Task::Robots]);
    if book.parts.iter().any(|p| p.streams().next().is_some()) {
        tasks.push(Task::PortalFeed);
    }
    tasks.extend(opendata::files(book).map(Task::Open));
    let index = loaded.index().iter();
    tasks.extend(index.map(|file| Task::Index(file.name.clone())));
    tasks.extend(loaded.attached.iter().copied().map(Task::Attachment));
    tasks.extend(loaded.theme.assets.keys().cloned().map(Task::Asset));
    tasks.extend(book.versions.keys().cloned().map(Task::Version));
    tasks
}

/// The files that one document alone makes: its page, filtered views and data.
pub fn of_document(i: DocIndex, book: &Book) -> Vec<Task> {
    let mut tasks = vec![Task::Page(Page::Document(i))];
    let filters = paged::filters(book, i);
    tasks.extend(
        filters
            .into_iter()
            .map(|f| Task::Page(Page::Filtered(i, f))),
    );
    tasks.extend(data_files(i, book));
    tasks.extend(editions(i, book));
    tasks
}

/// The files of a document to take away.
fn editions(i: DocIndex, book: &Book) -> impl Iterator<Item = Task> {
    let formats = away::formats(book, i).iter();
    formats.map(move |format| Task::Edition(i, *format))
}

/// The files for programs beside a document's page.
fn data_files(i: DocIndex, book: &Book) -> impl Iterator<Item = Task> {
    let names = book.documents.get(i).map_or(&[][..], |d| paged(d).files());
    names.iter().map(move |name| Task::Data(i, name))
}

/// Where the file of a task lies.
pub fn path(task: &Task, book: &Book) -> Result<SitePath, Box<Finding>> {
    let below = |address: &str, name: &str| {
        render::site_path(&format!("{}{name}", address.trim_start_matches('/')))
    };
    let folder = |p: usize| book.parts.get(p).map_or("", |part| &*part.folder);
    match task {
        Task::Page(page) => render::page_path(&data::address(book, page)),
        Task::Data(i, name) => below(book.address(*i), name),
        Task::Edition(i, format) => below(book.address(*i), &format.name(book.address(*i))),
        Task::Feed(p, kind) => {
            let part = book.parts.get(*p);
            let feed = part.map_or_else(String::new, |part| feed_address(part, *kind));
            below(&feed, "")
        }
        Task::Calendar(p) => below(folder(*p), "/calendar/events.ics"),
        Task::PortalFeed => below(PORTAL_FEED, ""),
        Task::PortalCalendar => below(PORTAL_CALENDAR, ""),
        Task::Open(file) => below(&opendata::place(book, *file), ""),
        Task::Sitemap => render::site_path("sitemap.xml"),
        Task::Robots => render::site_path("robots.txt"),
        Task::Index(name) => below(address::SEARCH, name),
        Task::Attachment(i) => {
            let attachment = book.attachments.get(*i);
            render::site_path(attachment.map_or("", |a| &a.address))
        }
        Task::Version(name) => {
            let version = book.versions.get(name).map_or("", |v| v);
            render::site_path(&format!("assets/{version}"))
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
            let source = match task {
                Task::Attachment(i) => loaded.book.attachments.get(*i).map(|a| &a.path),
                _ => None,
            };
            let (audited, mut more) = match source {
                Some(path) => {
                    let section = path.split('/').nth(1).unwrap_or_default();
                    let watch = &loaded.watch;
                    let watching = Watching { watch, section };
                    let auditor = OfSection { guarding, watching };
                    memory.clear(artifact, recipe, &Still(&auditor))
                }
                None => memory.clear(artifact, recipe, guarding.auditor()),
            };
            // It is the author's own file that is to be mended.
            let mendable = more
                .iter_mut()
                .filter(|f| f.code().starts_with("attachment."));
            for (finding, source) in mendable.zip(source.into_iter().cycle()) {
                finding.location.path = source.clone();
            }
            findings.extend(more);
            (audited, findings)
        }
        Ok(None) => (None, Vec::new()),
        Err(finding) => (None, vec![*finding]),
    }
}

/// A file as it was made.
#[derive(Debug)]
enum Produced {
    /// With the hash of what it was made from, where that is asked for.
    Made(Artifact, Option<blake3::Hash>),
    /// As published and cleared before.
    Known(Audited),
}

impl Produced {
    fn artifact(&self) -> &Artifact {
        match self {
            Produced::Made(artifact, _) => artifact,
            Produced::Known(audited) => audited.artifact(),
        }
    }
}

/// Renders a page, unless the same view and templates made one that is still there.
fn page(full: &Full, renderer: &Renderer, cleared: &Cleared) -> Result<Produced, Box<Finding>> {
    let site = cleared.site.as_ref().filter(|_| cleared.memory.remembers());
    let Some(site) = site else {
        return Ok(Produced::Made(renderer.page(full)?, None));
    };
    let Some(recipe) = renderer.recipe(full) else {
        return Ok(Produced::Made(renderer.page(full)?, None));
    };
    let path = render::page_path(&full.page.address)?;
    let published = || plain::read(&site.join(path.as_str()), source::MAX_ATTACHMENT).ok();
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
            let Some(mut full) = pages::build(book, page) else {
                return Ok(None);
            };
            if let Page::Document(i) = page {
                full.page.downloads = downloads(*i, loaded, cleared)?;
            }
            return self::page(&full, renderer, cleared).map(Some);
        }
        Task::Data(i, name) => book
            .documents
            .get(*i)
            .and_then(|document| paged(document).file(book, *i, name)),
        Task::Edition(i, format) => {
            if let Some(kept) = loaded.editions.take(*i, *format) {
                return Ok(Some(kept));
            }
            let mut works = works(loaded, *i, &[*format])?;
            return match works.pop() {
                Some(work) => work.done(cleared).map(Some),
                None => Ok(None),
            };
        }
        Task::Feed(p, kind) => book
            .parts
            .get(*p)
            .and_then(|part| data::feed(book, part, *kind)),
        Task::Calendar(p) => book
            .parts
            .get(*p)
            .map(|part| data::calendar_ics(book, part)),
        Task::PortalFeed => data::portal_feed(book),
        Task::PortalCalendar => Some(data::portal_ics(book)),
        Task::Open(file) => opendata::bytes(book, *file),
        Task::Sitemap => Some(data::sitemap_xml(book, &site::all_pages(book))),
        Task::Robots => Some(data::robots_txt(book)),
        Task::Index(name) => {
            let file = loaded.index_file(name);
            file.map(|file| file.bytes.clone())
        }
        Task::Attachment(i) => match book.attachments.get(*i) {
            Some(attachment) => {
                let source = source::SourceFile {
                    path: attachment.path.clone(),
                    full: attachment.full.clone(),
                    kind: FileKind::Attachment,
                    modified: attachment.modified,
                    len: attachment.len,
                };
                let bytes = source::read_bytes(&source)?;
                Some(clean_picture(&attachment.path, bytes)?)
            }
            None => None,
        },
        Task::Asset(name) | Task::Version(name) => {
            loaded.theme.assets.get(name).map(|f| f.bytes.clone())
        }
    };
    Ok(match bytes {
        Some(bytes) => {
            let path = path(task, book)?;
            Some(Produced::Made(Artifact { path, bytes }, None))
        }
        None => None,
    })
}

/// Files to take away that pages have asked for, until they are published.
#[derive(Debug, Default)]
pub struct Editions(Mutex<BTreeMap<(DocIndex, Format), Produced>>);

impl Editions {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<(DocIndex, Format), Produced>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, i: DocIndex, format: Format, made: Produced) {
        self.lock().insert((i, format), made);
    }

    fn take(&self, i: DocIndex, format: Format) -> Option<Produced> {
        self.lock().remove(&(i, format))
    }
}

/// A file to take away before it is written.
struct Work {
    document: Arc<glasno_editions::Document>,
    format: Format,
    path: SitePath,
    /// Of all that the file is made from.
    recipe: blake3::Hash,
}

/// The files of a document in formats; none where it has nothing for one.
fn works(loaded: &Loaded, i: DocIndex, formats: &[Format]) -> Result<Vec<Work>, Box<Finding>> {
    let book = &loaded.book;
    let works = away::documents(book, i, formats).into_iter();
    let works = works.map(|(format, document)| {
        let mut recipe = Recipe(blake3::Hasher::new());
        (format, &document).hash(&mut recipe);
        Ok(Work {
            path: path(&Task::Edition(i, format), book)?,
            recipe: recipe.0.finalize(),
            document,
            format,
        })
    });
    works.collect()
}

/// Hashes a document as it lies in memory: a recipe counts for the program that made it alone.
struct Recipe(blake3::Hasher);

impl Hasher for Recipe {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The whole hash is taken elsewhere.
    fn finish(&self) -> u64 {
        0
    }
}

impl Work {
    /// The file as it was published and cleared before, or written.
    fn done(self, cleared: &Cleared) -> Result<Produced, Box<Finding>> {
        if let Some(audited) = self.known(cleared) {
            return Ok(Produced::Known(audited));
        }
        let bytes = away::write(&self.document, self.format).map_err(|why| {
            let at = Location::file(self.path.to_string());
            Box::new(Finding::new(&render_messages::NOT_WRITTEN, at).arg("why", why))
        })?;
        let artifact = Artifact {
            path: self.path,
            bytes,
        };
        Ok(Produced::Made(artifact, Some(self.recipe)))
    }

    fn known(&self, cleared: &Cleared) -> Option<Audited> {
        let site = cleared
            .site
            .as_ref()
            .filter(|_| cleared.memory.remembers())?;
        let published = || plain::read(&site.join(self.path.as_str()), source::MAX_ATTACHMENT).ok();
        cleared.memory.made(&self.path, self.recipe, published)
    }
}

/// What a document's page says of the files beside it.
fn downloads(
    i: DocIndex,
    loaded: &Loaded,
    cleared: &Cleared,
) -> Result<Vec<AttachmentView>, Box<Finding>> {
    let book = &loaded.book;
    let address = book.address(i);
    let mut offers = Vec::new();
    let formats = away::formats(book, i);
    let offer =
        |format: Format, len| away::offer(format.word(), &format.name(address), len, address);
    match cleared.weighed {
        true => {
            // How large a file is is known when it is made: it is kept until it is published.
            for work in works(loaded, i, formats)? {
                let format = work.format;
                let made = work.done(cleared)?;
                offers.push(offer(format, Some(made.artifact().bytes.len())));
                loaded.editions.keep(i, format, made);
            }
        }
        false => offers.extend(formats.iter().map(|format| offer(*format, None))),
    }
    let document = book.documents.get(i).map(|d| paged(d));
    for name in document.map_or(&[][..], |d| d.files()) {
        let word = match name.rsplit('.').next() {
            Some("csv") => "CSV для\u{a0}Excel",
            Some("json") => "JSON",
            _ => continue,
        };
        let len = match (cleared.weighed, document) {
            (true, Some(document)) => document.file(book, i, name).map(|bytes| bytes.len()),
            _ => None,
        };
        offers.push(away::offer(word, name, len, address));
    }
    Ok(offers)
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
    assets: BTreeMap<String, Task>,
}

impl Finder {
    pub fn new(loaded: &Loaded) -> Self {
        let book = &loaded.book;
        let mut finder = Finder::default();
        for part in &book.parts {
            let pages = part.pages().map(|i| (book.address(i).into(), i));
            finder.documents.extend(pages);
        }
        for i in &loaded.attached {
            if let Some(attachment) = book.attachments.get(*i) {
                finder.attachments.insert(attachment.address.clone(), *i);
            }
        }
        for name in loaded.theme.assets.keys() {
            let place = format!("assets/{}", name.to_lowercase());
            finder.assets.insert(place, Task::Asset(name.clone()));
        }
        for (name, version) in &book.versions {
            let place = format!("assets/{version}");
            finder.assets.insert(place, Task::Version(name.clone()));
        }
        finder
    }

    /// The task of `path`, relative to the site's root: `tula-2024/roadmap/index.html`.
    pub fn find(&self, path: &str, loaded: &Loaded) -> Option<Task> {
        let book = &loaded.book;
        match path {
            "index.html" => return Some(Task::Page(Page::Home)),
            "404.html" => return Some(Task::Page(Page::NotFound)),
            "search/index.html" => return Some(Task::Page(Page::Search)),
            "sitemap/index.html" => return Some(Task::Page(Page::Sitemap)),
            "events.ics" => return Some(Task::PortalCalendar),
            "feed.xml" => {
                let news = book.parts.iter().any(|p| p.streams().next().is_some());
                return news.then_some(Task::PortalFeed);
            }
            "sitemap.xml" => return Some(Task::Sitemap),
            "robots.txt" => return Some(Task::Robots),
            _ => {}
        }
        if let Some(name) = path.strip_prefix(address::SEARCH) {
            let file = loaded.index_file(name)?;
            return Some(Task::Index(file.name.clone()));
        }
        if path.starts_with(opendata::FOLDER) {
            let pages = (0..book.sets.len()).map(Page::Passport);
            let pages = [Page::OpenData].into_iter().chain(pages).map(Task::Page);
            let mut all = pages.chain(opendata::files(book).map(Task::Open));
            // A portal without sets has none of them.
            let there = !book.sets.is_empty();
            return all.find(|t| there && self::path(t, book).is_ok_and(|p| p.as_str() == path));
        }
        if let Some(asset) = self.assets.get(path) {
            return Some(asset.clone());
        }
        if let Some(i) = self.attachments.get(path) {
            return Some(Task::Attachment(*i));
        }
        let (folder, name) = path.rsplit_once('/')?;
        let home = format!("/{folder}/");
        let found = if name == "index.html" {
            self.page(&home, book).map(Task::Page)
        } else {
            self.data(&home, name, book)
        };
        found.or_else(|| {
            let (section, rest) = path.split_once('/')?;
            let p = book
                .parts
                .iter()
                .position(|part| &*part.folder == section)?;
            if rest == "calendar/events.ics" {
                return Some(Task::Calendar(p));
            }
            let mut streams = book.parts[p].streams();
            let (kind, ..) = streams
                .find(|(kind, ..)| rest.strip_suffix("/feed.xml") == Some(kind.about().folder))?;
            Some(Task::Feed(p, kind))
        })
    }

    /// The document whose page lies at an address.
    pub fn document(&self, address: &str) -> Option<DocIndex> {
        self.documents.get(address).copied()
    }

    fn data(&self, home: &str, name: &str, book: &Book) -> Option<Task> {
        let i = self.document(home)?;
        let own = away::formats(book, i).iter();
        if let Some(format) = own.copied().find(|f| f.name(book.address(i)) == name) {
            return Some(Task::Edition(i, format));
        }
        let known = paged(book.documents.get(i)?).files();
        let name = known.iter().find(|known| **known == name)?;
        Some(Task::Data(i, name))
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
        let index = part.kinds.keys().find(|kind| {
            let about = kind.about();
            about.index.is_some() && about.folder == rest
        });
        if let Some(kind) = index {
            return Some(Page::Index(p, *kind));
        }
        // `<roadmap>/status/done/`: two parts below the document's own page.
        let mut up = at.trim_end_matches('/').rsplitn(3, '/');
        let (_, _, home) = (up.next()?, up.next()?, up.next()?);
        let i = self.document(&format!("{home}/"))?;
        paged::filters(book, i)
            .into_iter()
            .find(|filter| filter.address(book.address(i)) == at)
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
            assert_eq!(finder.find(path.as_str(), &loaded), Some(task));
        }
        for missing in [
            "",
            "no.html",
            "a/b/index.html",
            "assets",
            "tula-2024/data.json",
        ] {
            assert_eq!(finder.find(missing, &loaded), None, "{missing}");
        }
    }
}
