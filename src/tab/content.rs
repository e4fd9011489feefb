//! One school's tab, made public and ready to print.
//!
//! Takes the school's sources, the shared views and the tab's rule; gives the [`TabView`] and the list of files that go
//! with it. Every text of the school passes through `disclosure` with the tab's rule; must not print a source value.

mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::folder::{Folder, Held};
use super::names::Names;
use super::rule::Rule;
use super::shared::{Shared, block, dial};
use super::source::{Contact, Level, Paper, Role, SchoolFile, Stage};
use super::view::{ContactView, EventView, GroupView, PaperView, ProjectView, SchoolView, TabView};
use crate::disclosure::{self, Redactor};
use crate::kinds::site::Site;
use crate::kinds::{SourceText, Target};
use crate::model::Model;
use crate::site::format;

/// A file of the tab: what it is, and the name under which it goes.
#[derive(Debug, Clone)]
pub struct TabFile {
    pub held: Held,
    pub name: String,
    /// For the checklist.
    pub title: String,
    pub part: &'static str,
}

/// What a school's tab is made of.
pub struct Sources<'a> {
    /// `None` for a school that has no folder.
    pub folder: Option<&'a Folder>,
    /// The operator's `shared.yaml`.
    pub common: Option<&'a SchoolFile>,
    pub shared: &'a Shared,
    pub role: Role,
    /// The name of a school that may be named and has no folder.
    pub public_name: Option<&'a str>,
    /// Whether its own name may stand in the tab.
    pub named: bool,
    pub paired: bool,
    pub today: NaiveDate,
    pub due_soon_days: u32,
}

const LEVELS: [(Level, &str, &str); 4] = [
    (Level::Federal, "federal", "Федеральный уровень"),
    (Level::Regional, "regional", "Региональный уровень"),
    (Level::Municipal, "municipal", "Муниципальный уровень"),
    (Level::School, "school", "Уровень школы"),
];

const STAGES: [(Stage, &str, &str); 5] = [
    (Stage::RiskProfile, "risk-profile", "Рисковый профиль школы"),
    (
        Stage::Programme,
        "programme",
        "Концепция развития и программа",
    ),
    (
        Stage::Monitoring1,
        "monitoring-1",
        "Мониторинг: первый этап",
    ),
    (
        Stage::Monitoring2,
        "monitoring-2",
        "Мониторинг: второй этап",
    ),
    (Stage::Other, "other", "Другие документы"),
];

struct Maker<'a> {
    sources: &'a Sources<'a>,
    rule: &'a Rule<'a>,
    model: Model,
    names: Names,
    files: Vec<TabFile>,
    /// Place in the folder's list → place in `files`.
    given: BTreeMap<usize, usize>,
}

/// Makes the tab's content.
pub fn make(sources: &Sources<'_>, rule: &Rule<'_>) -> (TabView, Vec<TabFile>) {
    let mut maker = Maker {
        sources,
        rule,
        model: empty_model(),
        names: Names::default(),
        files: Vec::new(),
        given: BTreeMap::new(),
    };
    let view = maker.view();
    (view, maker.files)
}

impl Maker<'_> {
    fn text(&self, text: &SourceText) -> String {
        disclosure::setting(text, &self.model, self.rule).print()
    }

    fn opt(&self, text: Option<&SourceText>) -> Option<String> {
        text.map(|t| self.text(t))
    }

    /// An address that names nobody, as it stands in an attribute.
    fn safe(&self, href: &str) -> Option<String> {
        self.rule
            .redact(href, &[])
            .is_none()
            .then(|| crate::document::markdown::escape(href).into_owned())
    }

    fn view(&mut self) -> TabView {
        let shared = self.sources.shared;
        let file = self.sources.folder.map(|f| &f.file);
        let common = self.sources.common;
        let today = self.sources.today;
        let mut view = TabView {
            title: "Проект 500+".to_owned(),
            school: self.school(),
            project: self.project(),
            region: shared.region.clone(),
            region_news: shared.news.clone(),
            curator: file
                .and_then(|f| f.curator.as_ref())
                .map(|c| self.contact(c)),
            coordinator: file
                .and_then(|f| f.coordinator.as_ref())
                .map(|c| self.contact(c)),
            operator: shared.operator.clone(),
            show_empty: file
                .and_then(|f| f.show_empty())
                .or(common.and_then(|f| f.show_empty()))
                .unwrap_or(true),
            today: Some(format::date(today)),
            ..TabView::default()
        };
        view.normative = self.normative();
        view.documents = self.documents();
        let (next, past) = self.events();
        (view.next, view.past) = (next, past);
        for source in [common, file].into_iter().flatten() {
            for link in &source.links {
                let href = disclosure::setting(&link.address, &self.model, self.rule);
                view.links.push(PaperView {
                    title: self.text(&link.title),
                    href: web(href.raw()).and_then(|h| self.safe(h)),
                    ..PaperView::default()
                });
            }
        }
        self.written(&mut view);
        view.parts = self.parts(&view);
        view
    }

    fn school(&self) -> SchoolView {
        let (role, role_text) = match self.sources.role {
            Role::Participant => (
                "школа-участница",
                "Школа выявляет свои трудности, составляет концепцию развития и программу, выполняет дорожную карту и отчитывается о результатах. Помогает ей куратор.",
            ),
            Role::Mentor => (
                "школа-наставник",
                "Школа делится опытом со школами — участницами проекта: принимает их учителей на своей площадке, консультирует, помогает выполнять дорожную карту.",
            ),
        };
        let mut school = SchoolView {
            role,
            role_text,
            name: self
                .sources
                .public_name
                .map(|n| crate::text::typograph(n).into_owned()),
            ..SchoolView::default()
        };
        let Some(file) = self.sources.folder.map(|f| &f.file) else {
            return school;
        };
        if self.sources.named {
            school.name = self.opt(file.name.as_ref()).or(school.name);
            school.full_name = self.opt(file.full_name.as_ref());
            let details = [
                ("Муниципалитет", &file.municipality),
                ("Директор", &file.head),
                ("Адрес", &file.address),
                ("Телефон", &file.phone),
                ("Электронная почта", &file.email),
                ("Сайт", &file.site),
            ];
            for (label, text) in details {
                if let Some(text) = text {
                    let text = self.text(text);
                    let text = if label == "Телефон" {
                        unbroken(&text)
                    } else {
                        text
                    };
                    school.details.push((label, text));
                }
            }
        }
        if self.sources.paired
            && let Some(partner) = &file.partner
        {
            let label = match self.sources.role {
                Role::Participant => "Школа-наставник",
                Role::Mentor => "Школа-участница",
            };
            school.pair = Some((label, self.text(&partner.name)));
        }
        school
    }

    fn project(&self) -> ProjectView {
        let own = self.sources.folder.and_then(|f| f.file.project.as_ref());
        let common = self.sources.common.and_then(|f| f.project.as_ref());
        let shared = &self.sources.shared.project;
        let given = match shared.title.is_empty() {
            true => own.or(common),
            false => None,
        };
        let Some(project) = given else {
            return shared.clone();
        };
        ProjectView {
            title: self.text(&project.title),
            summary: self.opt(project.summary.as_ref()),
            html: project.about.as_ref().map(|about| {
                let about = disclosure::setting(about, &self.model, self.rule);
                block(about.html().into_owned(), about.block())
            }),
            facts: Vec::new(),
            href: project
                .site
                .as_ref()
                .and_then(|s| web(&s.text))
                .and_then(|h| self.safe(h)),
        }
    }

    fn normative(&mut self) -> Vec<GroupView> {
        let sources = self.sources;
        let mut found: Vec<(Level, PaperView)> = sources.shared.orders.clone();
        if let Some(common) = sources.common {
            for paper in &common.normative {
                let target = web(&paper.target.text).map(|h| Target::Web(h.into()));
                let view = self.paper(paper, target.as_ref(), "Нормативные документы");
                found.push((paper.kind, view));
            }
        }
        if let Some(folder) = sources.folder {
            for (paper, target) in folder.file.normative.iter().zip(&folder.normative) {
                let view = self.paper(paper, target.as_ref(), "Нормативные документы");
                found.push((paper.kind, view));
            }
        }
        LEVELS
            .iter()
            .map(|(level, key, title)| GroupView {
                key,
                title,
                items: pick(&found, *level),
            })
            .collect()
    }

    fn documents(&mut self) -> Vec<GroupView> {
        let mut found: Vec<(Stage, PaperView)> = Vec::new();
        if let Some(folder) = self.sources.folder {
            for (paper, target) in folder.file.documents.iter().zip(&folder.documents) {
                let view = self.paper(paper, target.as_ref(), "Документы школы");
                found.push((paper.kind, view));
            }
        }
        STAGES
            .iter()
            .map(|(stage, key, title)| GroupView {
                key,
                title,
                items: pick(&found, *stage),
            })
            // A mentor has no risk profile to miss; «other» is never missed.
            .filter(|g| {
                !g.items.is_empty() || (g.key != "other" && self.sources.role == Role::Participant)
            })
            .collect()
    }

    fn paper<K>(
        &mut self,
        paper: &Paper<K>,
        target: Option<&Target>,
        part: &'static str,
    ) -> PaperView {
        let title = self.text(&paper.title);
        let shown = match &paper.number {
            Some(number) => format!("{title}, №\u{a0}{}", self.text(number)),
            None => title.clone(),
        };
        let (href, format) = self.target(target, &title, part);
        PaperView {
            title: shown,
            href,
            format,
            date: paper.date.map(format::date),
            note: self.opt(paper.note.as_ref()),
        }
    }

    /// Address and format of a target; a file gets its name here, from a title that is public.
    fn target(
        &mut self,
        target: Option<&Target>,
        title: &str,
        part: &'static str,
    ) -> (Option<String>, Option<String>) {
        match target {
            Some(Target::Web(href)) => {
                let file = extension_of(href).map(str::to_uppercase);
                (
                    self.safe(href),
                    Some(file.unwrap_or_else(|| "сайт".to_owned())),
                )
            }
            Some(Target::Attachment(i)) => match self.give(*i, title, part) {
                Some(file) => {
                    let format = format!(
                        "{}, {}",
                        file.held.extension.to_uppercase(),
                        crate::text::file_size(file.held.len)
                    );
                    (Some(format!("site:/files/{}", file.name)), Some(format))
                }
                None => (None, None),
            },
            _ => (None, None),
        }
    }

    fn give(&mut self, held: usize, title: &str, part: &'static str) -> Option<&TabFile> {
        if let Some(place) = self.given.get(&held) {
            return self.files.get(*place);
        }
        let file = self.sources.folder?.held.get(held)?.clone();
        let name = self.names.give(title, &file.extension);
        self.given.insert(held, self.files.len());
        self.files.push(TabFile {
            held: file,
            name,
            title: title.to_owned(),
            part,
        });
        self.files.last()
    }

    fn events(&self) -> (Vec<EventView>, Vec<EventView>) {
        let today = self.sources.today;
        let shared = self.sources.shared;
        let mut own: Vec<(NaiveDate, NaiveDate, EventView)> = Vec::new();
        let file = self.sources.folder.map(|f| &f.file);
        for source in [self.sources.common, file].into_iter().flatten() {
            for event in &source.events {
                own.push((
                    event.date,
                    event.until.unwrap_or(event.date),
                    EventView {
                        date: Some(format::date(event.date)),
                        until: event.until.map(format::date),
                        time: self.opt(event.time.as_ref()),
                        title: self.text(&event.title),
                        href: None,
                        place: self.opt(event.place.as_ref()),
                        kind: None,
                    },
                ));
            }
        }
        let (past, next): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|(_, last, _)| *last < today);
        let merge = |own: Vec<(NaiveDate, NaiveDate, EventView)>, shared: &[EventView]| {
            let mut all: Vec<EventView> = own.into_iter().map(|(.., e)| e).collect();
            all.extend(shared.iter().cloned());
            all.sort_by(|a, b| key(a).cmp(&key(b)));
            all
        };
        let mut past = merge(past, &shared.past);
        past.reverse();
        (merge(next, &shared.next), past)
    }

    fn contact(&self, contact: &Contact) -> ContactView {
        let phone = self.opt(contact.phone.as_ref()).map(|p| unbroken(&p));
        ContactView {
            name: Some(self.text(&contact.name)),
            post: self.opt(contact.post.as_ref()),
            organisation: self.opt(contact.organisation.as_ref()),
            dial: phone.as_deref().and_then(dial),
            phone,
            email: self.opt(contact.email.as_ref()),
            note: None,
        }
    }
}

/// A telephone number stays on one line.
fn unbroken(phone: &str) -> String {
    phone.replace(' ', "\u{a0}")
}

fn held(target: &Target) -> Option<usize> {
    match target {
        Target::Attachment(i) => Some(*i),
        _ => None,
    }
}

fn key(event: &EventView) -> (&str, &str) {
    (
        event.date.as_ref().map_or("", |d| d.iso.as_str()),
        &event.title,
    )
}

fn pick<K: PartialEq + Copy>(found: &[(K, PaperView)], wanted: K) -> Vec<PaperView> {
    found
        .iter()
        .filter(|(kind, _)| *kind == wanted)
        .map(|(_, view)| view.clone())
        .collect()
}

/// An address on the net that may stand in a link.
fn web(text: &str) -> Option<&str> {
    let text = text.trim();
    let good = ["https://", "http://"]
        .iter()
        .any(|s| text.to_lowercase().starts_with(s))
        && !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>')
        });
    good.then_some(text)
}

/// The type of a file by its address, where it has one.
fn extension_of(href: &str) -> Option<&str> {
    let path = href.split(['?', '#']).next()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let lower = extension.to_lowercase();
    super::names::PERMITTED
        .contains(&lower.as_str())
        .then_some(extension)
}

/// A model with nothing in it: a tab's texts belong to no site.
fn empty_model() -> Model {
    Model {
        site: Site::default(),
        documents: Vec::new(),
        attachments: Vec::new(),
        sections: Vec::<Arc<str>>::new(),
        addresses: Vec::new(),
        links: BTreeMap::new(),
        anchors: Vec::new(),
    }
}
