//! What the operator is told of records: those that wait for their day, prove nothing, or belong to no time.
//!
//! Takes the book; gives findings, each at its record. Samples are nobody's records and nothing is told of them.

use super::book::Book;
use crate::diag::catalog::model as messages;
use crate::diag::{Finding, Location};
use crate::disclosure::Public;
use crate::kinds::common::Done;
use crate::kinds::indicators::Indicator;
use crate::kinds::order::{Clause, Order, OrderState};
use crate::kinds::{Body, DocIndex};
use crate::progress::{Record, Standing, label};

/// Findings of all records of a book.
pub fn records(book: &Book) -> Vec<Finding> {
    let mut told = Told {
        book,
        findings: Vec::new(),
    };
    for part in &book.parts {
        for i in part.pages() {
            told.document(i, book.keeps(part));
        }
    }
    told.findings
}

struct Told<'b> {
    book: &'b Book,
    findings: Vec<Finding>,
}

impl Told<'_> {
    fn document(&mut self, i: DocIndex, kept: bool) {
        let Some(document) = self.book.documents.get(i).filter(|d| !d.head.sample) else {
            return;
        };
        match &document.body {
            Body::Roadmap(roadmap) => {
                let recorded = roadmap
                    .rows()
                    .enumerate()
                    .filter(|(_, (_, row))| !row.done.is_empty());
                let rows: Vec<_> = recorded.map(|(n, (_, row))| (n, row)).collect();
                if rows.is_empty() {
                    return;
                }
                let standings = self.book.standings(i);
                for (n, row) in rows {
                    let standing = standings.get(n).and_then(Option::as_ref);
                    self.list(i, &row.done, standing, kept);
                }
            }
            Body::Indicators(indicators) => {
                let all = indicators.all();
                let first = |x: &Indicator<Public>| {
                    let ahead = x.values.iter().find(|v| v.is_ahead(self.book.today));
                    ahead.map(|value| (x.at, value.period.raw().to_owned()))
                };
                let path = document.head.path.file();
                let found = all.filter_map(first).map(|(at, year)| {
                    let finding =
                        Finding::new(&messages::VALUE_AHEAD, Location::at(path.clone(), at));
                    finding.arg("year", year)
                });
                self.findings.extend(found);
            }
            Body::Order(order) => {
                self.changes(i, order);
                self.clauses(i, &order.clauses, kept);
            }
            Body::Protocol(protocol) => {
                for (_, decision) in protocol.decisions() {
                    let standing = self.book.decision(i, decision);
                    self.list(i, &decision.done, standing.as_ref(), kept);
                }
            }
            _ => {}
        }
    }

    /// What one act says of another, the other must say too.
    fn changes(&mut self, i: DocIndex, order: &Order<Public>) {
        let book = self.book;
        let of = |d: DocIndex| match book.documents.get(d).map(|d| &d.body) {
            Some(Body::Order(order)) => Some(order),
            _ => None,
        };
        let Some(head) = book.documents.get(i).map(|d| &d.head) else {
            return;
        };
        let own = [
            (&order.amends, OrderState::Amended),
            (&order.repeals, OrderState::Repealed),
        ];
        for (list, state) in own {
            for reference in list {
                let Some(other) = reference.target.filter(|d| *d != i).and_then(of) else {
                    continue;
                };
                let status = other.status.as_ref();
                // What was changed may have been repealed by another act since.
                let said = status.is_some_and(|s| s.state >= state);
                if !said {
                    let at = Location::at(head.path.file().clone(), reference.at);
                    let finding = Finding::new(&messages::ORDER_NOT_TOLD, at);
                    self.findings
                        .push(finding.arg("state", state.key()).arg("id", &head.id));
                }
            }
        }
        let Some(by) = order.status.as_ref().and_then(|s| s.by.as_ref()) else {
            return;
        };
        let state = order.status.as_ref().map(|s| s.state);
        let Some(other) = by.target.filter(|d| *d != i).and_then(of) else {
            return;
        };
        if other.is_repealed(book.today) {
            let at = Location::at(head.path.file().clone(), by.at);
            let finding = Finding::new(&messages::ORDER_BY_REPEALED, at);
            self.findings
                .push(finding.arg("state", state.map_or("", OrderState::key)));
        }
        let list = match state {
            Some(OrderState::Repealed) => &other.repeals,
            _ => &other.amends,
        };
        if !list.iter().any(|r| r.target == Some(i)) {
            let at = Location::at(head.path.file().clone(), by.at);
            let field = match state {
                Some(OrderState::Repealed) => "repeals",
                _ => "amends",
            };
            let finding = Finding::new(&messages::ORDER_NOT_NAMED, at);
            self.findings
                .push(finding.arg("field", field).arg("id", &head.id));
        }
    }

    fn clauses(&mut self, i: DocIndex, clauses: &[Clause<Public>], kept: bool) {
        for clause in clauses {
            for assignment in &clause.assignments {
                if !assignment.done.is_empty() {
                    // Its own records come first among those that count for it.
                    let standing = self.book.assignment(i, assignment);
                    self.list(i, &assignment.done, standing.as_ref(), kept);
                }
            }
            self.clauses(i, &clause.clauses, kept);
        }
    }

    fn list(
        &mut self,
        i: DocIndex,
        done: &[Done<Public>],
        standing: Option<&Standing>,
        kept: bool,
    ) {
        let Some(head) = self.book.documents.get(i).map(|d| &d.head) else {
            return;
        };
        for (n, record) in done.iter().enumerate().filter(|(_, d)| !d.sample) {
            let at = || Location::at(head.path.file().clone(), record.at);
            if !record.is_proved() {
                let entry = match kept {
                    true => &messages::RECORD_UNPROVED,
                    false => &messages::NO_EVIDENCE,
                };
                self.findings.push(Finding::new(entry, at()));
            }
            if let (false, Some(day)) =
                (Record::from(record).is_shown(self.book.today), record.date)
            {
                let day = day.format("%d.%m.%Y");
                let finding = Finding::new(&messages::RECORD_AHEAD, at());
                self.findings.push(finding.arg("day", day));
            }
            if let Some(standing) = standing.filter(|s| s.astray.contains(&n)) {
                let first = standing.occurrences.first();
                let times = first.map_or_else(String::new, |o| label(o.from, o.to));
                let finding = Finding::new(&messages::RECORD_ASTRAY, at());
                self.findings
                    .push(finding.arg("times", times.replace('\u{a0}', " ")));
            }
        }
    }
}
