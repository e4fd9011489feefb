//! What a school wrote in documents of their own: its roadmap, its news; and the days on which parts changed.
//!
//! Takes the folder's documents; gives views, made public by the tab's rule. Must not give a file a name that the guard
//! has not seen.

use super::{Maker, held};
use crate::disclosure::{self, Places, Pool, Public, PublicText, Redactor};
use crate::kinds::common::Done;
use crate::kinds::roadmap::Roadmap;
use crate::kinds::{Body, Document, Target};
use crate::model::Attachment;
use crate::progress::{Ground, Record, Status};
use crate::site::view::EvidenceView;
use crate::site::{format, progress};
use crate::tab::shared::{block, newest};
use crate::tab::view::{
    GroupView, NewsView, PaperView, PartView, RoadmapSectionView, RoadmapView, RowView, TabView,
};

impl Maker<'_> {
    /// The roadmap and the news, which are documents of their own.
    pub(super) fn written(&mut self, view: &mut TabView) {
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
                .flat_map(|(_, row)| &row.done)
                .filter(|done| done.date.is_none_or(|day| day <= self.sources.today))
                .filter_map(|done| done.proof()?.target.as_ref());
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
                modified: None,
                pages: None,
                address: match self.given.get(&i).and_then(|p| self.files.get(*p)) {
                    Some(file) => format!("files/{}", file.name).into(),
                    None => Box::from(""),
                },
            })
            .collect();
        self.model.links = folder.links.clone();
        let (places, pool) = (Places::new(), Pool::default());
        if let Some(document) = &folder.roadmap {
            let (model, rule) = (&self.model, self.rule);
            let public =
                disclosure::disclose(document, 0, model, &places, None, rule, &pool).document;
            if let Body::Roadmap(roadmap) = &public.body {
                view.roadmap = Some(self.roadmap(&public, roadmap));
            }
        }
        for (i, document) in folder.news.iter().enumerate() {
            let (model, rule) = (&self.model, self.rule);
            let public =
                disclosure::disclose(document, i + 1, model, &places, None, rule, &pool).document;
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
                html: block(text.body.html().into_owned(), text.body.block()),
                files,
            });
        }
    }

    fn roadmap(&self, document: &Document<Public>, roadmap: &Roadmap<Public>) -> RoadmapView {
        // Nobody undertakes to keep a school's own roadmap for the operator.
        let ground = Ground {
            today: self.sources.today,
            due_soon_days: self.sources.due_soon_days,
            kept: false,
            plan: roadmap.plan.as_ref(),
        };
        let state = |row: &crate::kinds::roadmap::Row<Public>| {
            progress::of(row.period.as_ref(), row.done.iter(), &ground).map(|s| s.status)
        };
        let shown = |row: &crate::kinds::roadmap::Row<Public>| {
            let mut records = row.done.iter().rev();
            let seen = |d: &&Done<Public>| Record::from(*d).is_shown(ground.today);
            records.find(seen).cloned()
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
                            html: row.measure.html().into_owned(),
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
                            evidence: shown(row).map(|done| EvidenceView {
                                text: done
                                    .text
                                    .as_ref()
                                    .map_or_else(|| "Подтверждение".to_owned(), PublicText::print),
                                href: done.proof().and_then(|l| l.target.as_ref()).and_then(|t| {
                                    disclosure::address(&self.model, t).and_then(|h| self.safe(&h))
                                }),
                                date: done.date.map(format::date),
                                sample: done.sample,
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
            progress: progress::count(
                &states,
                roadmap.rows().any(|(_, row)| {
                    row.done
                        .iter()
                        .any(|d| Record::from(d).counts(ground.today))
                }),
            ),
            sections,
        }
    }

    /// The parts in their order, with the day of the last change of each.
    pub(super) fn parts(&self, view: &TabView) -> Vec<PartView> {
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
