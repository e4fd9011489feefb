//! Minutes of a meeting: the document as it is, and beside it who does what by when.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::json;

use crate::disclosure::Public;
use crate::kinds::Kind;
use crate::kinds::protocol::{Decision, Point, Protocol, Speech};
use crate::kinds::{DocIndex, Head};
use crate::site::book::Book;
use crate::site::cards;
use crate::site::files;
use crate::site::format;
use crate::site::head::{About, Full};
use crate::site::listed::Listed;
use crate::site::paged::{Event, Paged, Spot, Wanted, about, fields};
use crate::site::progress;
use crate::site::texts::Texts;
use crate::site::view::{AttachmentView, Cell, DateView, Link, PeriodView, PersonView, StatusView};
use crate::text::typograph;

/// `protocol.html`
#[derive(Debug, Clone, Serialize)]
pub(super) struct ProtocolView {
    /// Empty where it has none.
    pub number: String,
    pub date: DateView,
    pub time: Option<String>,
    pub place: Option<String>,
    /// Whose meeting it was.
    pub body: Option<String>,
    pub group: Option<Link>,
    pub row: Option<Link>,
    pub chair: Option<PersonView>,
    pub secretary: Option<PersonView>,
    pub present: Vec<PersonView>,
    pub attended: Option<String>,
    pub agenda: Vec<PointView>,
    /// Decisions that stand under no point.
    pub decided: Vec<DecisionView>,
    /// «Коротко»: who does what by when.
    pub assignments: Vec<DecisionView>,
    pub materials: Vec<AttachmentView>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct PointView {
    /// As printed; empty where there is none.
    pub no: String,
    pub anchor: String,
    pub title: Cell,
    pub heard: Vec<SpeechView>,
    pub spoke: Vec<SpeechView>,
    pub decided: Vec<DecisionView>,
    pub votes: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct SpeechView {
    pub who: Option<String>,
    pub text: Cell,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct DecisionView {
    /// As printed; empty where there is none.
    pub no: String,
    pub anchor: String,
    pub what: Cell,
    pub who: Vec<WhoView>,
    pub by: Option<PeriodView>,
    pub status: Option<StatusView>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct WhoView {
    pub printed: String,
    /// The full name, where it is another.
    pub full: Option<String>,
    pub note: Option<String>,
}

impl Protocol<Public> {
    /// All decisions with their anchors, in the printed order.
    pub fn decisions(&self) -> impl Iterator<Item = (String, &Decision<Public>)> {
        let of_points = self.agenda.iter().enumerate().flat_map(|(n, point)| {
            let decided = point.decided.iter().enumerate();
            decided.map(move |(m, d)| (format!("{}-{}", decision(n), m + 1), d))
        });
        let alone = self.decided.iter().enumerate();
        of_points.chain(alone.map(|(n, d)| (decision(n), d)))
    }
}

/// Anchor of the `n`-th decision, or what those of the `n`-th point have in common.
fn decision(n: usize) -> String {
    format!("reshenie-{}", n + 1)
}

/// Anchor of the `n`-th point.
fn point(n: usize) -> String {
    format!("vopros-{}", n + 1)
}

impl Listed for Protocol<Public> {
    /// «Протокол № 3 от 12.10.2023»
    fn title(&self) -> Option<String> {
        let number = self.number.as_ref().map(|n| format!(" № {}", n.raw()));
        let title = format!(
            "Протокол{} от {}",
            number.unwrap_or_default(),
            self.date.format("%d.%m.%Y")
        );
        Some(typograph(&title).into_owned())
    }

    fn day(&self, _: &Head<Public>) -> Option<NaiveDate> {
        Some(self.date)
    }
}

impl Paged for Protocol<Public> {
    fn page(&self, book: &Book, i: DocIndex) -> Option<Full> {
        let part = book.part(i)?;
        let root = format::root_of(book.address(i));
        let view = view(self, book, i, &root);
        let about = about(book, i);
        let about = About {
            article: true,
            data: Some(json!({
                "@type": "DigitalDocument",
                "name": book.title(i),
                "dateCreated": format::iso(self.date),
            })),
            ..about
        };
        Some(Full::of(book, Some(part), about, view))
    }

    fn texts(&self, book: &Book, i: DocIndex, texts: &mut Texts) {
        texts.passage("", &[&self.body, &self.place]);
        texts.passage("", &[&self.chair, &self.secretary, &self.present]);
        for (n, p) in self.agenda.iter().enumerate() {
            let at = point(n);
            texts.passage(&at, &[&p.no, &p.title]);
            for s in p.heard.iter().chain(&p.spoke) {
                texts.passage(&at, &[&s.who, &s.text]);
            }
        }
        for (anchor, d) in self.decisions() {
            texts.passage(&anchor, &[&d.no, &d.what, &d.who, &d.by]);
            texts.bodies(book, i, &d.who);
        }
        texts.passage("", &[&self.materials]);
    }

    fn summary(&self, _: &Book) -> String {
        let points: Vec<String> = self.agenda.iter().map(|p| p.title.print()).collect();
        if points.is_empty() {
            return format::parts(Kind::Protocol, self.decided.len());
        }
        points.join("; ")
    }

    fn events(&self, book: &Book, i: DocIndex, wanted: Wanted<'_>, events: &mut Vec<Event>) {
        if !wanted(self.date, self.date) {
            return;
        }
        events.push(Event {
            from: self.date,
            to: None,
            time: format::print_opt(self.time.as_ref()),
            title: book.title(i),
            address: book.address(i).to_owned(),
            kind_word: "Заседание",
            kind: Kind::Protocol.word(),
            place: format::print_opt(self.place.as_ref()),
            sample: book.documents[i].head.sample,
            document: i,
            key: String::new(),
            dated: true,
        });
    }

    fn places(&self, _: &dyn Fn() -> Vec<u32>) -> Vec<(String, Spot)> {
        let points = self.agenda.iter().enumerate();
        points
            .map(|(n, p)| (point(n), Spot::Line(p.at.line)))
            .chain(
                self.decisions()
                    .map(|(anchor, d)| (anchor, Spot::Line(d.at.line))),
            )
            .chain(fields(&[
                ("letterhead", "body"),
                ("facts", "chair"),
                ("agenda-title", "agenda"),
                ("decided-title", "decided"),
                ("signature-chair", "chair"),
                ("signature-secretary", "secretary"),
                ("materials-title", "materials"),
            ]))
            .collect()
    }
}

fn view(protocol: &Protocol<Public>, book: &Book, i: DocIndex, root: &str) -> ProtocolView {
    let decided: Vec<DecisionView> = protocol
        .decisions()
        .map(|(anchor, d)| decision_view(d, anchor, book, i, root))
        .collect();
    let mut rest = decided.iter().cloned();
    let agenda = protocol.agenda.iter().enumerate();
    let agenda: Vec<PointView> = agenda
        .map(|(n, p)| PointView {
            decided: rest.by_ref().take(p.decided.len()).collect(),
            ..point_view(p, point(n), root)
        })
        .collect();
    let alone = rest.collect();
    ProtocolView {
        number: format::print_opt(protocol.number.as_ref()).unwrap_or_default(),
        date: format::date(protocol.date),
        time: format::print_opt(protocol.time.as_ref()),
        place: format::print_opt(protocol.place.as_ref()),
        body: format::print_opt(protocol.body.as_ref()),
        group: protocol
            .group
            .as_ref()
            .and_then(|r| r.target)
            .map(|t| Link {
                title: book.title(t),
                href: format::href(root, book.address(t)),
                ..Link::default()
            }),
        row: cards::row(book, book.documents[i].head.row.as_ref(), root),
        chair: protocol.chair.as_ref().map(cards::person),
        secretary: protocol.secretary.as_ref().map(cards::person),
        present: protocol.present.iter().map(cards::person).collect(),
        attended: format::print_opt(protocol.attended.as_ref()),
        agenda,
        decided: alone,
        assignments: decided
            .into_iter()
            .filter(|d| !d.who.is_empty() || d.by.is_some())
            .collect(),
        materials: protocol
            .materials
            .iter()
            .filter_map(|a| files::attachment(book, a, root))
            .collect(),
    }
}

/// A point without its decisions.
fn point_view(point: &Point<Public>, anchor: String, root: &str) -> PointView {
    let speeches = |list: &[Speech<Public>]| {
        let said = list.iter().map(|s| SpeechView {
            who: format::print_opt(s.who.as_ref()),
            text: format::cell(&s.text, root),
        });
        said.collect()
    };
    PointView {
        no: point.no.as_deref().unwrap_or("").to_owned(),
        anchor,
        title: format::text_cell(&point.title),
        heard: speeches(&point.heard),
        spoke: speeches(&point.spoke),
        decided: Vec::new(),
        votes: format::print_opt(point.votes.as_ref()),
    }
}

fn decision_view(
    d: &Decision<Public>,
    anchor: String,
    book: &Book,
    i: DocIndex,
    root: &str,
) -> DecisionView {
    let term = d.by.as_ref();
    let standing = book.decision(i, d);
    let who = d.who.iter().map(|r| {
        let printed = r.printed.print();
        let full = Some(cards::body(book, i, r).name).filter(|name| *name != printed);
        WhoView {
            printed,
            full,
            note: format::print_opt(r.note.as_ref()),
        }
    });
    DecisionView {
        no: d.no.as_deref().unwrap_or("").to_owned(),
        anchor,
        what: format::cell(&d.what, root),
        who: who.collect(),
        by: term.map(format::period),
        status: progress::status(standing.as_ref(), d.done.iter(), i, book, root),
    }
}
