//! One school's tab, made public and ready to print.
//!
//! Takes the school's sources, the shared views and the tab's rule; gives the [`TabView`] and the list of files that go
//! with it. Every text of the school passes through `disclosure` with the tab's rule; must not print a source value.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::folder::{Folder, Held};
use super::names::Names;
use super::rule::Rule;
use super::shared::{Shared, block, dial, newest};
use super::source::{Contact, Level, Paper, Role, SchoolFile, Stage};
use super::view::{
    ContactView, EventView, GroupView, NewsView, PaperView, PartView, ProjectView,
    RoadmapSectionView, RoadmapView, RowView, SchoolView, TabView,
};
use crate::disclosure::{self, Places, Public, PublicText, Redactor};
use crate::model::period::Status;
use crate::model::roadmap::Roadmap;
use crate::model::section::{Publisher, Site};
use crate::model::{Attachment, Body, Document, Model, SourceText, Target};
use crate::site::view::EvidenceView;
use crate::site::{book, format};

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
                .and_then(|f| f.show_empty)
                .or(common.and_then(|f| f.show_empty))
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
                    school.details.push((label, self.text(text)));
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
                let about = disclosure::setting_markup(about, &self.model, self.rule);
                block(about.html().to_owned(), about.block())
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
        let phone = self.opt(contact.phone.as_ref());
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

    /// The roadmap and the news, which are documents of their own.
    fn written(&mut self, view: &mut TabView) {
        let Some(folder) = self.sources.folder else {
            return;
        };
        // Names come first: links inside the texts are printed by the names of their files.
        for (i, document) in folder.news.iter().enumerate() {
            let Body::Text(text) = &document.body else {
                continue;
            };
            for attached in &text.attachments {
                if let Some(Target::Attachment(held)) = &attached.link.target {
                    let title = self.text(&attached.title);
                    self.give(*held, &title, "Новости");
                }
            }
            let _ = i;
        }
        let mut linked: Vec<usize> = folder.links.values().filter_map(held).collect();
        if let Some(Document {
            body: Body::Roadmap(roadmap),
            ..
        }) = &folder.roadmap
        {
            let proofs = roadmap
                .rows()
                .filter_map(|(_, row)| row.done.as_ref()?.link.as_ref()?.target.as_ref());
            linked.extend(proofs.filter_map(held));
        }
        for place in linked {
            let stem = folder.held.get(place).map_or("", |h| h.stem.as_str());
            // A file's own name may give a school away where its title would not.
            let title = match self.rule.redact(stem, &[]) {
                None => stem.to_owned(),
                Some(_) => "dokument".to_owned(),
            };
            self.give(place, &title, "Новости");
        }
        self.model.attachments = folder
            .held
            .iter()
            .enumerate()
            .map(|(i, held)| Attachment {
                path: held.path.clone(),
                full: held.full.clone(),
                len: held.len,
                address: match self.given.get(&i).and_then(|p| self.files.get(*p)) {
                    Some(file) => format!("files/{}", file.name).into(),
                    None => Box::from(""),
                },
            })
            .collect();
        self.model.links = folder.links.clone();
        if let Some(document) = &folder.roadmap {
            let (public, _) =
                disclosure::disclose(document, 0, &self.model, &Places::new(), self.rule);
            if let Body::Roadmap(roadmap) = &public.body {
                view.roadmap = Some(self.roadmap(&public, roadmap));
            }
        }
        for (i, document) in folder.news.iter().enumerate() {
            let (public, _) =
                disclosure::disclose(document, i + 1, &self.model, &Places::new(), self.rule);
            let Body::Text(text) = &public.body else {
                continue;
            };
            let files = text
                .attachments
                .iter()
                .map(|a| {
                    let title = a.title.print();
                    let (href, format) = self.target(a.link.target.as_ref(), &title, "Новости");
                    PaperView {
                        title,
                        href,
                        format,
                        ..PaperView::default()
                    }
                })
                .collect();
            view.news.push(NewsView {
                title: public
                    .head
                    .title
                    .as_ref()
                    .map(PublicText::print)
                    .unwrap_or_default(),
                date: text.date.or(public.head.published).map(format::date),
                html: block(text.body.html().to_owned(), text.body.block()),
                files,
            });
        }
    }

    fn roadmap(&self, document: &Document<Public>, roadmap: &Roadmap<Public>) -> RoadmapView {
        let state = |row: &crate::model::roadmap::Row<Public>| {
            format::state_on(
                row.period.as_ref(),
                row.done.is_some(),
                roadmap.plan.as_ref(),
                self.sources.today,
                self.sources.due_soon_days,
            )
        };
        let states: Vec<Option<Status>> = roadmap.rows().map(|(_, row)| state(row)).collect();
        let sections = roadmap
            .sections
            .iter()
            .map(|section| RoadmapSectionView {
                title: section.title.as_ref().map(|t| match &section.no {
                    Some(no) => format!("{} {}", no.print(), t.print()),
                    None => t.print(),
                }),
                rows: section
                    .rows
                    .iter()
                    .map(|row| {
                        let state = state(row);
                        RowView {
                            no: row.no.as_deref().map(str::to_owned),
                            html: row.measure.html().to_owned(),
                            period: row.period.as_ref().map(|p| p.printed.print()),
                            responsible: (!row.responsible.is_empty()).then(|| {
                                let names: Vec<String> =
                                    row.responsible.iter().map(|r| r.printed.print()).collect();
                                names.join(", ")
                            }),
                            result: row
                                .result
                                .as_ref()
                                .or(row.indicator.as_ref())
                                .map(|r| crate::text::typograph(r.plain()).into_owned()),
                            status: state.map(Status::word),
                            status_key: state.map(Status::as_str),
                            evidence: row.done.as_ref().map(|done| EvidenceView {
                                text: done
                                    .text
                                    .as_ref()
                                    .map_or_else(|| "Подтверждение".to_owned(), PublicText::print),
                                href: done.link.as_ref().and_then(|l| l.target.as_ref()).and_then(
                                    |t| {
                                        disclosure::address(&self.model, t)
                                            .and_then(|h| self.safe(&h))
                                    },
                                ),
                                date: done.date.map(format::date),
                            }),
                        }
                    })
                    .collect(),
            })
            .collect();
        RoadmapView {
            title: document
                .head
                .title
                .as_ref()
                .map(PublicText::print)
                .unwrap_or_default(),
            progress: book::progress(&states),
            sections,
        }
    }

    /// The parts in their order, with the day of the last change of each.
    fn parts(&self, view: &TabView) -> Vec<PartView> {
        let folder = self.sources.folder;
        let file = folder.map(|f| &f.file);
        let shared = self.sources.shared;
        let updated = file.and_then(|f| f.updated);
        let papers = file
            .into_iter()
            .flat_map(|f| f.documents.iter().map(|p| p.published.max(p.date)));
        let norms = file
            .into_iter()
            .flat_map(|f| f.normative.iter().map(|p| p.published.max(p.date)));
        let news = folder
            .into_iter()
            .flat_map(|f| f.news.iter())
            .map(|d| match &d.body {
                Body::Text(text) => text.date.max(d.head.published).max(d.head.updated),
                _ => d.head.published,
            });
        let roadmap = folder
            .and_then(|f| f.roadmap.as_ref())
            .map(|d| d.head.updated.max(d.head.published));
        // The operator's rows are counted anew for the day of the build.
        let counted = shared.region.as_ref().map(|_| self.sources.today);
        let events = file
            .into_iter()
            .flat_map(|f| f.events.iter())
            .map(|_| updated);
        let no_papers = |groups: &[GroupView]| groups.iter().all(|g| g.items.is_empty());
        let part = |key, title, folder, empty, updated| PartView {
            key,
            title,
            folder,
            empty,
            updated,
        };
        vec![
            part(
                "about",
                "О проекте",
                "",
                view.project.title.is_empty(),
                newest([updated]),
            ),
            part(
                "normative",
                "Нормативные документы",
                "normativnye-dokumenty",
                no_papers(&view.normative),
                newest(norms.chain([shared.orders_day])),
            ),
            part(
                "documents",
                "Документы школы",
                "dokumenty-shkoly",
                no_papers(&view.documents),
                newest(papers),
            ),
            part(
                "roadmap",
                "Дорожная карта",
                "dorozhnaya-karta",
                view.roadmap.is_none() && view.region.is_none(),
                newest(roadmap.into_iter().chain([counted])),
            ),
            part(
                "events",
                "Мероприятия",
                "meropriyatiya",
                view.next.is_empty() && view.past.is_empty(),
                newest(events),
            ),
            part(
                "news",
                "Новости",
                "novosti",
                view.news.is_empty() && view.region_news.is_empty(),
                newest(news.chain([shared.news_day])),
            ),
            part(
                "contacts",
                "Куратор и контакты",
                "kontakty",
                view.curator.is_none()
                    && view.coordinator.is_none()
                    && view.operator.is_none()
                    && view.school.details.is_empty(),
                newest([updated]),
            ),
            part(
                "links",
                "Полезные ссылки",
                "ssylki",
                view.links.is_empty(),
                None,
            ),
        ]
    }
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
    let nothing = || SourceText {
        text: Box::from(""),
        at: crate::diag::Span::new(1, 1, 1),
        sic: None,
    };
    Model {
        site: Site {
            title: nothing(),
            short_title: None,
            description: None,
            base_url: Box::from("/"),
            publisher: Publisher::default(),
            k: 0,
            due_soon_days: 0,
            sections: Vec::new(),
            theme: None,
            neutral: Vec::new(),
            regions: Vec::new(),
        },
        documents: Vec::new(),
        attachments: Vec::new(),
        sections: Vec::<Arc<str>>::new(),
        addresses: Vec::new(),
        links: BTreeMap::new(),
        anchors: Vec::new(),
    }
}
