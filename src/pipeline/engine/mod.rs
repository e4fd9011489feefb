//! From sources to public documents, and again when some of them have changed.
//!
//! Takes the list of files and the paths that may have changed; gives `Loaded` and the findings of all files. Steps:
//! read what changed (`files`); see whether other documents could notice (an `Outline` that is not the same, a file
//! that came or went): only then is the index made anew, and every document asked whether its references would be
//! resolved as before (`Index::probe`); resolve and disclose what changed or answered no (`work`); put the book
//! together. A run that begins with nothing reads everything: that is what `build` does, so that a later run cannot
//! give anything else. Documents keep their positions as long as the engine lives. Must not keep the text of a source:
//! a document that is needed again is read again, and its hash compared.

mod files;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::accepted;
use super::{Loaded, Options, Outcome, settings, unguarded};
use crate::artifact::SitePath;
use crate::diag::catalog::registry as registry_messages;
use crate::diag::catalog::{disclosure as disclosed, model as model_messages, render as messages};
use crate::diag::{Finding, Findings, Location};
use crate::disclosure::coarsen::DocumentSmallest;
use crate::disclosure::indirect::Watch;
use crate::disclosure::{Places, Pool, Public, Replacement};
use crate::kinds::group::Group;
use crate::kinds::ids::{Folder, Id, SourcePath};
use crate::kinds::site::{Neutral, Site};
use crate::kinds::{Body, DocIndex, Document, Source};
use crate::kinds::{Head, Kind};
use crate::model::check::{Index, Outline};
use crate::model::unread;
use crate::model::{Model, links};
use crate::monitoring;
use crate::protection::Guarding;
use crate::site::asked::Asked;
use crate::site::book::{Book, Contents};
use crate::site::head::SHARE;
use crate::source::{self, FileKind, Listed, SourceFile};
use crate::theme::{self, Theme};
use files::Files;
use work::Done;

/// The theme of a name, read, and what was wrong with it.
type Themed = (Option<Box<str>>, Arc<Theme>, Vec<Finding>);

/// Reads sources and keeps what it made of them.
pub struct Engine {
    options: Options,
    files: Files,
    site: Option<Site>,
    guard: Option<Guard>,
    theme: Option<Themed>,
    index: Option<Index>,
    /// Findings of the index.
    between: Findings,
    /// Path → position; a path that comes back has its old one.
    positions: BTreeMap<Arc<str>, DocIndex>,
    /// By position.
    done: Vec<Option<Done>>,
    model: Option<Model>,
    places: Places,
    coarsened: BTreeSet<DocIndex>,
    placing: Vec<Finding>,
    smallest: Vec<DocumentSmallest>,
    watch: Arc<Watch>,
    absent: Arc<Document<Public>>,
    /// Texts that documents share.
    pool: Pool,
    /// Documents that could not be read again when they were needed: their files were changing just then.
    owed: BTreeSet<Arc<str>>,
    /// Positions of the documents resolved and disclosed in the last run.
    pub worked: Vec<DocIndex>,
}

struct Guard {
    guarding: Arc<Guarding>,
    findings: Vec<Finding>,
    /// The words it was given, to see whether they are still the same.
    neutral: Neutral,
}

impl Engine {
    pub fn new(options: &Options) -> Self {
        Engine {
            options: options.clone(),
            files: Files::new(options.today),
            site: None,
            guard: None,
            theme: None,
            index: None,
            between: Findings::new(),
            positions: BTreeMap::new(),
            done: Vec::new(),
            model: None,
            places: Places::new(),
            coarsened: BTreeSet::new(),
            placing: Vec::new(),
            smallest: Vec::new(),
            watch: Arc::default(),
            absent: Arc::new(absent()),
            pool: Pool::default(),
            owed: BTreeSet::new(),
            worked: Vec::new(),
        }
    }

    /// Lists the files and reads what may have changed: `None` means everything.
    pub fn load(
        &mut self,
        changed: Option<&BTreeSet<String>>,
        outcome: &mut Outcome,
    ) -> Option<Loaded> {
        let root = &self.options.root;
        if !root.is_dir() {
            let at = Location::file(root.display().to_string());
            outcome
                .findings
                .push(Finding::new(&messages::ROOT_MISSING, at).arg("root", root.display()));
            return None;
        }
        match source::list(root) {
            Ok(listed) => self.update(listed, changed, outcome),
            Err(finding) => {
                outcome.findings.push(*finding);
                None
            }
        }
    }

    /// The same with a list at hand.
    pub fn update(
        &mut self,
        (list, findings): Listed,
        changed: Option<&BTreeSet<String>>,
        outcome: &mut Outcome,
    ) -> Option<Loaded> {
        outcome.files = list.len();
        outcome.findings.extend(findings);
        let mut fresh = self.files.read(&list, changed, &self.options.progress);
        let site = self.files.site().cloned();
        let new_site = self.site != site;
        let of = |start: &str| changed.is_none_or(|c| c.iter().any(|p| p.starts_with(start)));
        let registry = self.options.registry.as_ref();
        let own_registry = registry.is_some_and(|r| of(&r.display().to_string()));
        let neutral = site.as_ref().map(|s| s.neutral.clone()).unwrap_or_default();
        let new_guard = of("content/private/")
            || own_registry
            || self.guard.as_ref().is_none_or(|g| g.neutral != neutral);
        if new_guard {
            self.guard = self.load_guard(site.as_ref(), neutral, outcome);
        }
        let told = self.files.findings();
        outcome.findings.extend(told);
        outcome.findings.extend(self.files.ahead());
        outcome.drafts = self.files.drafts();
        if let Some(guard) = &self.guard {
            outcome.findings.extend(guard.findings.iter().cloned());
            outcome.guarding = Some(guard.guarding.clone());
        }
        self.site.clone_from(&site);
        if site.is_none() && !list.iter().any(|f| is_settings(&f.path)) {
            outcome.findings.push(Finding::new(
                &model_messages::NO_SITE,
                Location::file("content/site.yaml"),
            ));
        }
        let (Some(site), Some(guarding)) = (&site, outcome.guarding.clone()) else {
            self.unshown(site, &list, fresh.sources, outcome);
            return None;
        };
        let structural = self.index.is_none() || new_site || new_guard || fresh.structural;
        if structural {
            self.index_again(site, &list, guarding.ids());
        }
        // What could not be read again may have been anything since.
        fresh.paths.append(&mut self.owed);
        let mut again = fresh.paths.clone();
        if structural {
            again.extend(self.noticed(new_guard));
        }
        self.work(
            again,
            &fresh.paths,
            fresh.sources,
            structural || new_site,
            &guarding,
        );
        self.theme(site, of("themes/"));
        if guarding.registry().protected.is_empty() {
            outcome.findings.extend(self.lists_without_schools());
        }
        let loaded = self.loaded(site, &guarding, list, outcome);
        accepted::silence(&mut outcome.findings, &loaded.files);
        source::quote(&mut outcome.findings, &loaded.files);
        Some(loaded)
    }

    /// A withheld list with nobody in the registry: whoever says that there is nobody to guard is mistaken.
    fn lists_without_schools(&self) -> Option<Finding> {
        self.files
            .outlines()
            .filter(|(_, outline)| !outline.draft)
            .find_map(|(path, outline)| Some((path, outline.withheld?)))
            .map(|(path, at)| {
                let at = Location::at(path.clone(), at);
                Finding::new(&registry_messages::LIST_WITHOUT_SCHOOLS, at)
            })
    }

    /// Without a registry or settings nothing is built, but what is wrong elsewhere is still told.
    fn unshown(
        &mut self,
        site: Option<Site>,
        list: &[SourceFile],
        sources: BTreeMap<Arc<str>, Document<Source>>,
        outcome: &mut Outcome,
    ) {
        let settled = site.is_some();
        let guarding = outcome.guarding.clone();
        let ids = guarding.as_ref().map(|g| g.ids()).unwrap_or_default();
        self.index_again(&site.unwrap_or_default(), list, ids);
        let unread = self.files.unread();
        let told = self.survey(sources).into_iter().filter(|f| {
            let follows = f.code() == "school.unresolved" && guarding.is_none()
                || f.code() == "section.unlisted" && !settled;
            !follows && !unread::follows(f, &unread)
        });
        outcome.findings.extend(told);
        if guarding.is_some() {
            source::quote(&mut outcome.findings, list);
            return;
        }
        outcome.findings.iter_mut().for_each(unguarded::hide);
    }

    fn load_guard(
        &self,
        site: Option<&Site>,
        neutral: Neutral,
        outcome: &mut Outcome,
    ) -> Option<Guard> {
        let options = &self.options;
        // A person may be asked for the passphrase now.
        options.progress.hush();
        let (guarding, findings) = Guarding::load(
            &options.root,
            options.registry.as_deref(),
            options.today,
            options.ask,
        );
        let Some(guarding) = guarding else {
            outcome.findings.extend(findings);
            return None;
        };
        let guarding = match site {
            Some(site) => guarding.with_wording(site),
            None => guarding,
        };
        Some(Guard {
            guarding: Arc::new(guarding),
            findings,
            neutral,
        })
    }

    /// Gives new documents their positions and makes the index of all.
    fn index_again(&mut self, site: &Site, list: &[SourceFile], schools: BTreeSet<String>) {
        let mut live: Vec<(DocIndex, Arc<Outline>)> = Vec::new();
        let mut hidden = Vec::new();
        for (path, outline) in self.files.outlines() {
            if self.files.is_hidden(outline) {
                hidden.push(outline.clone());
                continue;
            }
            let next = self.positions.len();
            let position = *self.positions.entry(path.clone()).or_insert(next);
            live.push((position, outline.clone()));
        }
        self.done.resize_with(self.positions.len(), || None);
        let present: BTreeSet<DocIndex> = live.iter().map(|(i, _)| *i).collect();
        for (i, done) in self.done.iter_mut().enumerate() {
            if !present.contains(&i) {
                *done = None;
            }
        }
        let attachments: Vec<_> = list
            .iter()
            .filter(|f| f.kind == FileKind::Attachment)
            .collect();
        let slots = self.files.attachments(&attachments);
        let mut between = Findings::new();
        let live: Vec<(DocIndex, &Outline)> = live.iter().map(|(i, o)| (*i, &**o)).collect();
        let hidden: Vec<&Outline> = hidden.iter().map(|o| &**o).collect();
        let index = Index::new(site, &live, &hidden, slots, schools, &mut between);
        let mut addresses = index.addresses.clone();
        addresses.resize(self.positions.len(), None);
        let links = self.model.take().map_or_else(BTreeMap::new, |m| m.links);
        self.model = Some(Model {
            site: site.clone(),
            documents: Vec::new(),
            attachments: self.files.known_attachments().to_vec(),
            sections: index.sections.clone(),
            addresses,
            links: links
                .into_iter()
                .filter(|((i, _), _)| present.contains(i))
                .collect(),
            anchors: Vec::new(),
        });
        self.index = Some(index);
        self.between = between;
    }

    /// Documents that would be resolved in another way than they were.
    fn noticed(&self, all: bool) -> BTreeSet<Arc<str>> {
        let mut noticed = BTreeSet::new();
        let Some(index) = &self.index else {
            return noticed;
        };
        for (path, outline) in self.files.outlines() {
            let Some(position) = self
                .positions
                .get(path)
                .filter(|_| !self.files.is_hidden(outline))
            else {
                continue;
            };
            let known = self.done.get(*position).and_then(Option::as_ref);
            // What was not found is told with what there is, so it is told again when that changes.
            let same = known.is_some_and(|d| {
                d.findings.is_empty()
                    && d.probe == index.probe(&d.references, path, &outline.section)
            });
            if all || !same {
                noticed.insert(path.clone());
            }
        }
        noticed
    }

    fn theme(&mut self, site: &Site, touched: bool) {
        let known = self.theme.as_ref();
        if touched || known.is_none_or(|(name, ..)| *name != site.theme) {
            let (theme, findings) = theme::load(&self.options.root, site.theme.as_deref());
            self.theme = Some((site.theme.clone(), Arc::new(theme), findings));
        }
    }

    /// Puts everything together; nothing here is kept.
    fn loaded(
        &self,
        site: &Site,
        guarding: &Arc<Guarding>,
        files: Vec<SourceFile>,
        outcome: &mut Outcome,
    ) -> Loaded {
        let mut found = self.between.clone();
        let mut used = links::Used::new();
        let mut order = Vec::new();
        let mut replacements = Vec::new();
        let mut anchors: BTreeMap<(String, String), Vec<Location>> = BTreeMap::new();
        for path in self.files.live() {
            let Some(position) = self.positions.get(path).copied() else {
                continue;
            };
            let Some(done) = self.done.get(position).and_then(Option::as_ref) else {
                continue;
            };
            order.push(position);
            found.extend(done.findings.iter().cloned());
            replacements.extend(done.replaced.iter().cloned());
            for (page, anchor, from) in &done.anchors {
                let model = self.model.as_ref();
                if let Some(Some(address)) = model.and_then(|m| m.addresses.get(*page)) {
                    let place = (address.to_string(), anchor.to_string());
                    anchors.entry(place).or_default().push(from.clone());
                }
            }
            for (file, span) in &done.used {
                used.entry(*file).or_insert((path.clone(), *span));
            }
        }
        let empty = Vec::new();
        let model = self.model.as_ref();
        let attachments = model.map_or(&empty, |m| &m.attachments);
        let present = self.files.present_attachments();
        let mut about = Findings::new();
        links::tell(attachments, &used, &mut about);
        // An attachment that has gone is known still, but there is nothing to tell of it.
        found.extend(about.into_iter().filter(|f| {
            f.code() != model_messages::NOT_USED.code || present.contains(&*f.location.path)
        }));
        let unread = self.files.unread();
        let told = found.into_iter().filter(|f| !unread::follows(f, &unread));
        outcome.findings.extend(told);
        outcome
            .findings
            .extend(replacements.iter().map(|r: &Replacement| {
                Finding::new(&disclosed::REPLACED, Location::at(r.path.clone(), r.at))
                    .arg("class", format!("@class-{}", r.class))
                    .subject(r.id.clone())
            }));
        outcome.findings.extend(self.placing.iter().cloned());
        outcome.findings.extend(self.told(guarding));
        let theme = match &self.theme {
            Some((_, theme, findings)) => {
                outcome.findings.extend(findings.iter().cloned());
                theme.clone()
            }
            None => Arc::default(),
        };
        let documents: Vec<_> = self
            .done
            .iter()
            .map(|d| d.as_ref().map_or(&self.absent, |d| &d.public).clone())
            .collect();
        let mut addresses = Vec::new();
        let mut sections = Vec::new();
        let mut shown = None;
        if let Some(model) = model {
            addresses = model.addresses.clone();
            sections = model.sections.clone();
            shown = Some(settings(model, guarding.redactor()));
        }
        let settings = shown.unwrap_or_else(|| unreachable_settings(site, guarding));
        let placed: Vec<_> = order
            .iter()
            .filter_map(|i| Some((*i, &**documents.get(*i)?)))
            .collect();
        let k = usize::try_from(site.k).unwrap_or(usize::MAX);
        let mut monitoring = monitoring::measure(
            &self.options.root,
            &sections,
            &placed,
            &guarding.ids(),
            k,
            self.options.today,
        );
        outcome
            .findings
            .extend(std::mem::take(&mut monitoring.findings));
        let mut book = Book::new(Contents {
            settings,
            documents,
            order: &order,
            addresses,
            attachments: attachments.clone(),
            sections: &sections,
            today: self.options.today,
            due_soon_days: site.due_soon_days,
            coarsened: self.coarsened.clone(),
            measured: monitoring.released.clone(),
            asked: Asked::of(theme.templates.values().map(|t| &*t.bytes)),
            versions: theme.versions(),
            has_share: theme.assets.contains_key(SHARE),
        });
        outcome.findings.extend(crate::site::told::records(&book));
        let (sets, told) = crate::site::opendata::sets(&book);
        book.sets = sets;
        outcome.findings.extend(told);
        Loaded {
            book,
            attached: used
                .into_keys()
                .filter(|i| {
                    let attachment = attachments.get(*i);
                    // A name that cannot stand in an address is told with the link, once.
                    attachment.is_some_and(|a| SitePath::new(&a.address).is_some())
                })
                .collect(),
            theme,
            guarding: guarding.clone(),
            replacements,
            places: self.smallest.clone(),
            monitoring,
            watch: self.watch.clone(),
            anchors,
            index: OnceLock::new(),
            files,
            editions: super::making::Editions::default(),
        }
    }
}

/// Settings of a site whose index was never made.
fn unreachable_settings(site: &Site, guarding: &Guarding) -> crate::site::Settings {
    let model = Model {
        site: site.clone(),
        documents: Vec::new(),
        attachments: Vec::new(),
        sections: Vec::new(),
        addresses: Vec::new(),
        links: BTreeMap::new(),
        anchors: Vec::new(),
    };
    settings(&model, guarding.redactor())
}

fn is_settings(path: &str) -> bool {
    matches!(path, "content/site.yaml" | "content/site.yml")
}

/// What stands at the position of a document that has gone: it belongs to no section, so no page shows it.
fn absent() -> Document<Public> {
    Document {
        head: Head {
            path: SourcePath::default(),
            section: Folder::default(),
            id: Id::default(),
            kind: Kind::Group,
            at: crate::diag::Span::default(),
            title: None,
            description: None,
            published: None,
            updated: None,
            order: None,
            annex: None,
            row: None,
            file: Vec::new(),
            sample: false,
            draft: false,
            address: None,
        },
        body: Body::Group(Group {
            columns: Vec::new(),
            members: Vec::new(),
            total: None,
            note: None,
        }),
    }
}
