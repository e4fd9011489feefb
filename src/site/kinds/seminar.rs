//! Programmes of seminars.

mod edition;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use crate::disclosure::Public;
use crate::kinds::Kind;
use crate::kinds::seminar::Seminar;
use crate::kinds::{DocIndex, Head};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::edition::{Edition, Format, TEXT, root};
use crate::site::files;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Event, Paged, Spot, Wanted, about, fields, items};
use crate::site::texts::{Texts, Words};
use crate::site::view::{AttachmentView, BodyView, Cell, DateView, Link, PeriodView, PersonView};

/// `seminar.html`
#[derive(Debug, Clone, Serialize)]
struct SeminarView {
    date: Option<DateView>,
    period: PeriodView,
    time: Option<String>,
    place: Option<String>,
    link: Option<String>,
    audience: Option<String>,
    organizers: Vec<BodyView>,
    row: Option<Link>,
    agenda: Vec<AgendaItemView>,
    speakers: Vec<PersonView>,
    materials: Vec<AttachmentView>,
    past: bool,
    body: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct AgendaItemView {
    /// A day of the programme begins here.
    day: Option<String>,
    time: Option<String>,
    title: Option<Cell>,
    place: Option<String>,
    lead: Option<String>,
    speaker: Option<String>,
    talks: Vec<TalkView>,
    note: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
struct TalkView {
    /// As printed.
    no: Option<String>,
    time: Option<String>,
    speaker: Option<String>,
    title: Option<Cell>,
    note: Option<String>,
}

impl Listed for Seminar<Public> {
    fn day(&self, _: &Head<Public>) -> Option<NaiveDate> {
        self.date.from.or(self.date.to)
    }
}

impl Seminar<Public> {
    fn view(&self, book: &Book, i: DocIndex, root: &str) -> SeminarView {
        let day = self.date.from.or(self.date.to);
        let last = self.date.to.or(self.date.from);
        SeminarView {
            date: day.map(format::date),
            period: format::period(&self.date),
            time: format::print_opt(self.time.as_ref()),
            place: format::print_opt(self.place.as_ref()),
            link: self
                .link
                .as_ref()
                .and_then(|l| l.target.as_ref())
                .and_then(|t| book.target(t))
                .map(|a| format::local_href(&a, root)),
            audience: format::print_opt(self.audience.as_ref()),
            organizers: self
                .organizers
                .iter()
                .map(|r| cards::body(book, i, r))
                .collect(),
            row: cards::row(book, book.documents[i].head.row.as_ref(), root),
            agenda: self
                .agenda
                .iter()
                .map(|a| AgendaItemView {
                    day: format::print_opt(a.day.as_ref()),
                    time: format::print_opt(a.time.as_ref()),
                    title: a.title.as_ref().map(|t| format::cell(t, root)),
                    place: format::print_opt(a.place.as_ref()),
                    lead: format::print_opt(a.lead.as_ref()),
                    speaker: format::print_opt(a.speaker.as_ref()),
                    talks: a
                        .talks
                        .iter()
                        .map(|talk| TalkView {
                            no: talk.no.as_deref().map(str::to_owned),
                            time: format::print_opt(talk.time.as_ref()),
                            speaker: format::print_opt(talk.speaker.as_ref()),
                            title: talk.title.as_ref().map(|t| format::cell(t, root)),
                            note: format::print_opt(talk.note.as_ref()),
                        })
                        .collect(),
                    note: format::print_opt(a.note.as_ref()),
                })
                .collect(),
            speakers: self.speakers.iter().map(cards::person).collect(),
            materials: self
                .materials
                .iter()
                .filter_map(|a| files::attachment(book, a, root))
                .collect(),
            past: last.is_some_and(|d| d < book.today),
            body: self.about.as_ref().map(|a| format::paragraph(a, root)),
        }
    }
}

impl Paged for Seminar<Public> {
    fn formats(&self) -> &'static [Format] {
        TEXT
    }

    fn edition(&self, book: &Book, i: DocIndex) -> Option<Edition> {
        let view = self.view(book, i, root(book));
        Some(edition::edition(&view, &book.title(i)))
    }

    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let day = self.date.from.or(self.date.to);
        let view = self.view(book, i, &root);
        let last = self.date.to.or(self.date.from);
        let mut event = json!({
            "@type": "EducationEvent",
            "name": book.title(i),
            "startDate": day.map(format::iso),
            "endDate": last.map(format::iso),
        });
        if let (Some(place), Some(map)) = (&view.place, event.as_object_mut()) {
            map.insert("location".into(), json!({"@type": "Place", "name": place}));
        }
        let about = About {
            data: Some(event),
            ..about(book, i)
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let mut out = items(self.agenda.len(), "a", "agenda");
        out.extend(items(self.speakers.len(), "s", "speakers"));
        out.extend(fields(&[
            ("facts", "date"),
            ("about", "about"),
            ("agenda-title", "agenda"),
            ("speakers-title", "speakers"),
            ("materials-title", "materials"),
        ]));
        out
    }

    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts) {
        let parts: [&dyn Words; 5] = [
            &self.date,
            &self.time,
            &self.place,
            &self.audience,
            &self.organizers,
        ];
        texts.passage("", &parts);
        texts.bodies(book, i, &self.organizers);
        if let Some(about) = &self.about {
            texts.prose(about);
        }
        for item in &self.agenda {
            let parts: [&dyn Words; 6] = [
                &item.day,
                &item.time,
                &item.title,
                &item.speaker,
                &item.lead,
                &item.note,
            ];
            texts.passage("", &parts);
            for talk in &item.talks {
                texts.passage(
                    "",
                    &[&talk.no, &talk.time, &talk.speaker, &talk.title, &talk.note],
                );
            }
        }
        texts.passage("", &[&self.speakers]);
        texts.passage("", &[&self.materials]);
    }

    fn summary(&self, _: &Book) -> String {
        let about = self.about.as_ref().map(|a| a.plain().to_owned());
        let audience = self
            .audience
            .as_ref()
            .map(|a| format!("Для кого: {}", a.print()));
        about.or(audience).unwrap_or_default()
    }

    fn events(&self, book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
        let Some(from) = self.date.from.or(self.date.to) else {
            return;
        };
        if !wanted(from, self.date.to.unwrap_or(from)) {
            return;
        }
        events.push(Event {
            from,
            to: self.date.to.filter(|to| *to != from),
            time: format::print_opt(self.time.as_ref()),
            title: book.title(i),
            address: book.address(i).to_owned(),
            kind_word: Kind::Seminar.about().words.one,
            kind: Kind::Seminar.word(),
            place: format::print_opt(self.place.as_ref()),
            sample: book.documents[i].head.sample,
            document: i,
            key: String::new(),
            dated: format::is_dated(self.date.kind),
        });
    }
}
