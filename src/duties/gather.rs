//! Assignments of orders, decisions of meetings, measures of roadmaps, and what schools' tabs lack.

use chrono::NaiveDate;

use super::{Item, ItemKind, Proof, Sieve, State, TabLacks, Time, Who, blank, sign, times};
use crate::disclosure::{Public, PublicText};
use crate::kinds::common::{Done, Responsible};
use crate::kinds::order::Order;
use crate::kinds::roadmap::{Roadmap, Row};
use crate::kinds::term::Term;
use crate::kinds::{Body, DocIndex, Kind};
use crate::progress::{Asked, Record, Standing, Status, label};
use crate::site::book::{Book, Part};
use crate::site::{cards, format, listed};
use crate::text::{excerpt, loose};

/// A text on one line, without the signs of typography.
fn line(text: &str) -> String {
    loose(&excerpt(text, usize::MAX)).replace('\u{a0}', " ")
}

/// Everything of a section that was laid upon somebody.
pub(super) fn part(book: &Book, part: &Part, sieve: &mut Sieve) {
    for i in part.of(Kind::Order).iter().chain(part.of(Kind::Protocol)) {
        let Some(document) = book.documents.get(*i).filter(|d| !d.head.sample) else {
            continue;
        };
        match &document.body {
            // What an act laid upon somebody ends with the act.
            Body::Order(order) if order.is_repealed(book.today) => {}
            Body::Order(order) => assignments(book, part, *i, order, sieve),
            Body::Protocol(protocol) => {
                for (anchor, decision) in protocol.decisions() {
                    let Some(by) = &decision.by else {
                        continue;
                    };
                    let standing = book.decision(*i, decision);
                    let found = || Found {
                        kind: ItemKind::Assignment,
                        document: *i,
                        id: format!("{}-{}", anchor, sign(decision.what.plain())),
                        what: line(decision.what.plain()),
                        who: decision.who.iter().map(|r| who(book, *i, r)).collect(),
                        basis: format!(
                            "{}, решение {}",
                            line(&book.title(*i)),
                            decision.no.as_deref().unwrap_or("без номера")
                        ),
                        line: decision.at.line,
                        records: decision.done.iter().collect(),
                        row: None,
                    };
                    put(book, part, Some(by), standing, None, sieve, found);
                }
            }
            _ => {}
        }
    }
    for i in part.of(Kind::Roadmap) {
        if let (Some(roadmap), false) = (book.roadmap(*i), book.is_sample(*i)) {
            measures(book, part, *i, roadmap, sieve);
        }
    }
}

fn assignments(book: &Book, part: &Part, i: DocIndex, order: &Order<Public>, sieve: &mut Sieve) {
    for (anchor, clause, assignment) in order.assignments() {
        // What no day is set for asks for nothing on a day.
        let Some(by) = &assignment.by else {
            continue;
        };
        let standing = book.assignment(i, assignment);
        let found = || {
            let text = format!(
                "{} {}",
                assignment.who.printed.raw(),
                assignment.what.plain()
            );
            Found {
                kind: ItemKind::Assignment,
                document: i,
                id: format!("{anchor}-{}", sign(&text)),
                what: line(assignment.what.plain()),
                who: vec![who(book, i, &assignment.who)],
                basis: format!("{}, {}", line(&book.title(i)), line(&clause)),
                line: assignment.at.line,
                records: book.records(assignment),
                row: book.row_of(assignment).map(|(roadmap, n, _)| (roadmap, n)),
            }
        };
        put(book, part, Some(by), standing, None, sieve, found);
    }
}

fn measures(book: &Book, part: &Part, i: DocIndex, roadmap: &Roadmap<Public>, sieve: &mut Sieve) {
    let title = basis(book, i);
    for (n, ((s, row), standing)) in roadmap.rows().zip(book.standings(i)).enumerate() {
        let found = || {
            let number = row.no.as_deref().map(|no| no.trim_end_matches('.'));
            Found {
                kind: ItemKind::Measure,
                document: i,
                id: match number {
                    Some(no) => format!("{}-{no}", s + 1),
                    None => format!("{}-{}", s + 1, sign(row.measure.plain())),
                },
                what: line(row.measure.plain()),
                who: row.responsible.iter().map(|r| who(book, i, r)).collect(),
                basis: match number {
                    Some(no) => format!("{title}, строка {no}"),
                    None => title.clone(),
                },
                line: row.at.line,
                records: row.done.iter().collect(),
                row: Some((i, n)),
            }
        };
        let (term, end) = (row.period.as_ref(), plan_end(roadmap, row));
        put(book, part, term, standing, end, sieve, found);
    }
}

/// The last day that bounds a row whose own words bound nothing.
fn plan_end(roadmap: &Roadmap<Public>, row: &Row<Public>) -> Option<NaiveDate> {
    let term = row.period.as_ref()?;
    let open = term.printed.sic().is_some() || (term.from.is_none() && term.to.is_none());
    let counted = Asked::from(term).is_counted();
    roadmap.plan.filter(|_| open && !counted).map(|p| p.to)
}

/// What a roadmap rests on: its order, else its own title.
fn basis(book: &Book, i: DocIndex) -> String {
    let head = book.documents.get(i).map(|d| &d.head);
    let order = head.and_then(|h| h.order.as_ref()).and_then(|r| r.target);
    let annex = head.and_then(|h| h.annex.as_ref()).map(PublicText::raw);
    match (order, annex) {
        (Some(order), Some(annex)) => format!("{}, приложение № {annex}", line(&book.title(order))),
        (Some(order), None) => line(&book.title(order)),
        (None, _) => line(&book.title(i)),
    }
}

pub(super) fn who(book: &Book, document: DocIndex, r: &Responsible<Public>) -> Who {
    let body = cards::body(book, document, r);
    Who {
        printed: line(r.printed.raw()),
        body: (!body.id.is_empty()).then(|| (body.id, line(&body.name))),
    }
}

/// What the operator is told of a term whose event has no day yet.
const COUNTED: &str = "срок считается от события: когда его день известен, допишите последний день: {text: \"…\", to: ГГГГ-ММ-ДД}";

/// What a duty says, before its times are told apart.
struct Found<'b> {
    kind: ItemKind,
    document: DocIndex,
    id: String,
    what: String,
    who: Vec<Who>,
    basis: String,
    line: u32,
    records: Vec<&'b Done<Public>>,
    /// The row by whose documents it might be proved.
    row: Option<(DocIndex, usize)>,
}

/// Puts every time of a duty where it belongs; what it says is asked for once, and only where a time of it is kept.
fn put<'b>(
    book: &Book,
    part: &Part,
    term: Option<&Term<Public>>,
    standing: Option<Standing>,
    plan_end: Option<NaiveDate>,
    sieve: &mut Sieve,
    found: impl Fn() -> Found<'b>,
) {
    let note = match standing {
        Some(_) => None,
        None => Some(COUNTED.to_owned()),
    };
    let counted = term.is_some_and(|t| Asked::from(t).is_counted());
    // It is owed all the same: when, is known with the event.
    let Some(standing) = standing.or(counted.then_some(Standing {
        status: Status::Upcoming,
        occurrences: Vec::new(),
        astray: Vec::new(),
    })) else {
        return;
    };
    let sound = term.filter(|t| t.printed.sic().is_none());
    let from = sound.and_then(|t| t.from);
    let to = sound.and_then(|t| t.to).or(plan_end);
    let mut known = None;
    for time in &times(&standing, from, to) {
        let state = State::of(time.status, time.due, book.today);
        if sieve.asks(state, time.due) {
            let found = known.get_or_insert_with(&found);
            let item = found.item(book, part, time, state);
            sieve.items.extend(item.map(|item| Item {
                note: note.clone(),
                ..item
            }));
        }
    }
}

impl Found<'_> {
    fn item(&self, book: &Book, part: &Part, time: &Time, state: State) -> Option<Item> {
        let head = &book.documents.get(self.document)?.head;
        let mut id = format!("{}/{}/{}", part.folder, head.id, self.id);
        let mut what = self.what.clone();
        if let Some((to, _)) = &time.own {
            id.push_str(&format!("/{to}"));
            let label = label(time.from, *to).replace('\u{a0}', " ");
            what.push_str(&format!(" ({label})"));
        }
        let own = time.own.as_ref().map(|(_, records)| records.as_slice());
        let records = self.records_of(book, own);
        let proved = records.iter().filter(|d| d.is_proved());
        Some(Item {
            what,
            who: self.who.clone(),
            from: time.from,
            due: time.due,
            state,
            unproved: state == State::Done && records.iter().any(|d| !d.is_proved()),
            proof: proved.map(|d| proof(book, d)).collect(),
            proposed: match state {
                State::Done => Vec::new(),
                _ => self.proposed(book, time),
            },
            basis: self.basis.clone(),
            path: head.path.file().clone(),
            line: self.line,
            ..blank(book, part, self.kind, id)
        })
    }

    /// The records that count, of one time where it recurs.
    fn records_of(&self, book: &Book, own: Option<&[usize]>) -> Vec<&Done<Public>> {
        let counted = self.records.iter().enumerate();
        counted
            .filter(|(n, _)| own.is_none_or(|own| own.contains(n)))
            .map(|(_, d)| *d)
            .filter(|d| Record::from(*d).counts(book.today))
            .collect()
    }

    /// Published documents that are tied to the row and fall into the time.
    fn proposed(&self, book: &Book, time: &Time) -> Vec<Proof> {
        let Some(tied) = self.row.and_then(|row| book.on_rows.get(&row)) else {
            return Vec::new();
        };
        let documents = tied.iter().filter(|d| !book.is_sample(**d));
        documents
            .filter_map(|d| {
                let document = book.documents.get(*d)?;
                let day = listed::day(document);
                let early = day.zip(time.from).is_some_and(|(day, from)| day < from);
                let late = day.zip(time.due).is_some_and(|(day, due)| day > due);
                let ahead = day.is_some_and(|day| day > book.today);
                (!ahead && !(time.own.is_some() && (early || late))).then(|| Proof {
                    text: format!("{}: {}", listed::kind_word(document), line(&book.title(*d))),
                    link: Some(address(book, *d)),
                    date: day,
                })
            })
            .collect()
    }
}

pub(super) fn address(book: &Book, i: DocIndex) -> String {
    format::href(&book.settings.base_url, book.address(i))
}

fn proof(book: &Book, done: &Done<Public>) -> Proof {
    let target = done.proof().and_then(|l| l.target.as_ref());
    let link = target.and_then(|t| book.target(t));
    Proof {
        text: done
            .text
            .as_ref()
            .map_or_else(|| "подтверждение".to_owned(), |t| line(t.raw())),
        link: link.map(|l| format::local_href(&l, &book.settings.base_url)),
        date: done.date,
    }
}

/// What the tabs of the section's schools lack, one duty for each school.
pub(super) fn tabs(book: &Book, part: &Part, tabs: &[TabLacks], sieve: &mut Sieve) {
    let first = book.parts.first().map(|p| &*p.folder);
    for tab in tabs {
        let own = tab.section.as_deref().or(first);
        if own != Some(&*part.folder) {
            continue;
        }
        let done = tab.lacks.is_empty();
        let state = State::seen(done, None, book.today);
        if !sieve.asks(state, None) {
            continue;
        }
        sieve.items.push(Item {
            what: match done {
                true => format!("Вкладка школы {}: всё на месте", tab.school),
                false => format!(
                    "Вкладка школы {}: нет — {}",
                    tab.school,
                    tab.lacks.join(", ")
                ),
            },
            who: vec![Who {
                printed: format!("школа {}", tab.school),
                body: None,
            }],
            state,
            basis: "вкладка «500+» школы".to_owned(),
            path: tab.path.clone(),
            ..blank(
                book,
                part,
                ItemKind::Tab,
                format!("{}/tabs/{}", part.folder, tab.school),
            )
        });
    }
}
