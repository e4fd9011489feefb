//! How the rows, assignments and decisions of a book stand, and how many of each state there are.
//!
//! Takes the book; gives standings, counts and what a page shows of records. The states themselves are
//! [`crate::progress`]'s; here is only what belongs together: which records serve what, and on what ground a section
//! stands. One record serves a row and the assignment of an order that the row fulfils.

use chrono::NaiveDate;

use super::book::{Book, Part};
use super::format;
use super::view::{EvidenceView, OccurrenceView, Progress, StatusView};
use crate::disclosure::{Public, PublicText};
use crate::kinds::common::Done;
use crate::kinds::order::Assignment;
use crate::kinds::protocol::Decision;
use crate::kinds::roadmap::{Roadmap, Row};
use crate::kinds::section::Keeping;
use crate::kinds::term::Term;
use crate::kinds::{DocIndex, Kind};
use crate::period::Plan;
use crate::progress::{Asked, Ground, Record, Standing, Status, label, standing};

impl Book {
    /// Whether the operator of a section undertakes to record what is done. An archived one raises no alarm.
    pub fn keeps(&self, part: &Part) -> bool {
        self.section(part)
            .is_some_and(|s| s.progress == Some(Keeping::Kept) && !s.archived)
    }

    /// On what ground the states of a document are told.
    pub fn ground<'a>(&self, document: DocIndex, plan: Option<&'a Plan>) -> Ground<'a> {
        Ground {
            today: self.today,
            due_soon_days: self.due_soon_days,
            kept: self.part(document).is_some_and(|part| self.keeps(part)),
            plan,
        }
    }

    /// How every row of a roadmap stands, in the printed order. A sample has no states: it is about nobody.
    pub fn standings(&self, document: DocIndex) -> Vec<Option<Standing>> {
        let Some(roadmap) = self.roadmap(document) else {
            return Vec::new();
        };
        let ground = self.ground(document, roadmap.plan.as_ref());
        let sample = self.is_sample(document);
        let rows = roadmap.rows();
        rows.map(|(_, row)| of(row.period.as_ref(), row.done.iter(), &ground).filter(|_| !sample))
            .collect()
    }

    /// The states alone.
    pub fn states(&self, document: DocIndex) -> Vec<Option<Status>> {
        let all = self.standings(document).into_iter();
        all.map(|s| s.map(|s| s.status)).collect()
    }

    /// How far a roadmap has come.
    pub fn progress(&self, document: DocIndex) -> Progress {
        let Some(roadmap) = self.roadmap(document) else {
            return Progress::default();
        };
        count(&self.states(document), self.is_recorded(document, roadmap))
    }

    /// Whether anything may be said of how much is done: somebody records it.
    pub fn is_recorded(&self, document: DocIndex, roadmap: &Roadmap<Public>) -> bool {
        let kept = self.part(document).is_some_and(|part| self.keeps(part));
        !self.is_sample(document)
            && (kept || roadmap.rows().any(|(_, row)| any_counts(row, self.today)))
    }

    pub fn is_sample(&self, document: DocIndex) -> bool {
        self.documents.get(document).is_some_and(|d| d.head.sample)
    }

    /// The row by which an assignment is carried out.
    pub fn row_of(
        &self,
        assignment: &Assignment<Public>,
    ) -> Option<(DocIndex, usize, &Row<Public>)> {
        let (roadmap, n) = assignment.row.as_ref()?.target?;
        let (_, row) = self.roadmap(roadmap)?.rows().nth(n)?;
        Some((roadmap, n, row))
    }

    /// The records of an assignment: its own, and those of its row.
    pub fn records<'b>(&'b self, assignment: &'b Assignment<Public>) -> Vec<&'b Done<Public>> {
        let row = self.row_of(assignment);
        let of_row = row.into_iter().flat_map(|(_, _, row)| row.done.iter());
        assignment.done.iter().chain(of_row).collect()
    }

    /// How an assignment of an order stands. Without a deadline it has no state, unless it is recorded.
    pub fn assignment(
        &self,
        document: DocIndex,
        assignment: &Assignment<Public>,
    ) -> Option<Standing> {
        let ground = self.ground(document, None);
        let records = self.records(assignment);
        of(assignment.by.as_ref(), records, &ground).filter(|_| !self.is_sample(document))
    }

    /// How a decision of a meeting stands.
    pub fn decision(&self, document: DocIndex, decision: &Decision<Public>) -> Option<Standing> {
        let ground = self.ground(document, None);
        of(decision.by.as_ref(), decision.done.iter(), &ground)
            .filter(|_| !self.is_sample(document))
    }
}

fn any_counts(row: &Row<Public>, today: NaiveDate) -> bool {
    row.done.iter().any(|d| Record::from(d).counts(today))
}

/// How what a term asks for stands.
pub fn of<'d>(
    term: Option<&Term<Public>>,
    records: impl IntoIterator<Item = &'d Done<Public>>,
    ground: &Ground<'_>,
) -> Option<Standing> {
    let records: Vec<Record> = records.into_iter().map(Record::from).collect();
    standing(term.map(Asked::from).as_ref(), &records, ground)
}

/// Counts states. A row without a period (one that only heads others) has none and is in the total alone.
pub fn count(states: &[Option<Status>], recorded: bool) -> Progress {
    let count = |wanted| states.iter().filter(|s| **s == Some(wanted)).count();
    let total = states.len();
    let done = count(Status::Done);
    Progress {
        total,
        recorded,
        done,
        overdue: count(Status::Overdue),
        no_record: count(Status::NoRecord),
        due_soon: count(Status::DueSoon),
        under_way: count(Status::UnderWay),
        upcoming: count(Status::Upcoming),
        percent: (done * 100).checked_div(total).unwrap_or(0),
        words: if recorded {
            format!("выполнено {done} из {total}")
        } else {
            format::parts(Kind::Roadmap, total)
        },
    }
}

/// A standing as a page of the book shows it, with its records; `None` where there is neither.
pub fn status<'d>(
    standing: Option<&Standing>,
    records: impl IntoIterator<Item = &'d Done<Public>>,
    document: DocIndex,
    book: &Book,
    root: &str,
) -> Option<StatusView> {
    let href = |done: &Done<Public>| {
        let target = done.proof()?.target.as_ref()?;
        Some(format::local_href(&book.target(target)?, root))
    };
    let sample = book.is_sample(document);
    let shown = view(standing, records, book.today, sample, &href);
    (standing.is_some() || !shown.evidence.is_empty()).then_some(shown)
}

/// A state as a page shows it, with the records that may be seen.
pub fn view<'d>(
    standing: Option<&Standing>,
    records: impl IntoIterator<Item = &'d Done<Public>>,
    today: NaiveDate,
    sample: bool,
    href: &dyn Fn(&Done<Public>) -> Option<String>,
) -> StatusView {
    let records: Vec<&Done<Public>> = records.into_iter().collect();
    let evidence = |done: &Done<Public>| evidence(done, sample, href);
    let mut placed = vec![false; records.len()];
    let occurrences: Vec<OccurrenceView> = standing
        .map_or(&[][..], |s| &s.occurrences)
        .iter()
        .map(|o| OccurrenceView {
            label: label(o.from, o.to),
            from: o.from.map(format::iso),
            to: format::iso(o.to),
            key: o.status.as_str().to_owned(),
            word: o.status.word().to_owned(),
            records: o
                .records
                .iter()
                .filter_map(|n| {
                    *placed.get_mut(*n)? = true;
                    Some(evidence(records.get(*n)?))
                })
                .collect(),
        })
        .collect();
    let rest = records.iter().zip(placed);
    StatusView {
        key: standing.map_or("", |s| s.status.as_str()).to_owned(),
        word: standing.map_or("", |s| s.status.word()).to_owned(),
        evidence: rest
            .filter(|(done, placed)| !placed && Record::from(**done).is_shown(today))
            .map(|(done, _)| evidence(done))
            .collect(),
        occurrences_words: match occurrences.len() {
            0 => String::new(),
            all => {
                let done = occurrences.iter().filter(|o| o.key == "done").count();
                format!("по срокам: {done} из\u{a0}{all}")
            }
        },
        occurrences,
    }
}

fn evidence(
    done: &Done<Public>,
    sample: bool,
    href: &dyn Fn(&Done<Public>) -> Option<String>,
) -> EvidenceView {
    EvidenceView {
        text: done
            .text
            .as_ref()
            .map_or_else(|| "Подтверждение".to_owned(), PublicText::print)
            // A date follows it in the same sentence.
            .trim_end_matches('.')
            .to_owned(),
        href: href(done),
        date: done.date.map(format::date),
        sample: sample || done.sample,
    }
}
