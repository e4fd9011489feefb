//! What `duties:` of a section asks: news by the month, parts, and that what happens is shown in time.
//!
//! What is a sample counts for nothing. These duties need no record: whether they are met can be seen.

use chrono::{Datelike, Months, NaiveDate};

use super::gather::{address, who};
use super::{Item, ItemKind, Proof, Sieve, State, Who, blank, sign};
use crate::disclosure::{Public, PublicText};
use crate::kinds::schedule::ScheduleType;
use crate::kinds::section::{Duty, Part as Wanted, Within};
use crate::kinds::{Body, DocIndex, Kind};
use crate::progress::Record;
use crate::site::book::{Book, Part};
use crate::site::listed;
use crate::text::dates;
use crate::text::loose;
use crate::workdays::Calendar;

/// A section that runs longer than this is a slip in its years.
const MOST_MONTHS: usize = 240;

/// The duties of a section.
pub(super) fn part(book: &Book, part: &Part, sieve: &mut Sieve) {
    let Some(section) = book.section(part) else {
        return;
    };
    for duty in &section.duties {
        let asked = Asked {
            book,
            part,
            duty,
            who: duty
                .who
                .as_ref()
                .or(section.operator.as_ref())
                .or(section.owner.as_ref())
                .map(|r| who(book, part.home, r)),
        };
        if let Some(least) = duty.news_per_month {
            asked.news(least, sieve);
        }
        for wanted in &duty.parts {
            asked.present(*wanted, sieve);
        }
        if let Some(within) = duty.update_within {
            asked.updates(within, sieve);
        }
    }
}

struct Asked<'b> {
    book: &'b Book,
    part: &'b Part,
    duty: &'b Duty<Public>,
    who: Option<Who>,
}

impl Asked<'_> {
    fn item(&self, kind: ItemKind, id: &str) -> Item {
        // Two duties of one sort rest on different grounds.
        let basis = self.duty.basis.as_ref().map_or("", PublicText::raw);
        let id = format!(
            "{}/{}/{id}/{}",
            self.part.folder,
            kind.as_str(),
            sign(basis)
        );
        Item {
            who: self.who.iter().cloned().collect(),
            basis: loose(basis),
            line: self.duty.at.line,
            ..blank(self.book, self.part, kind, id)
        }
    }

    /// The project's days, else those of its roadmap.
    fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let own = self.book.section(self.part).and_then(|s| s.period);
        own.or_else(|| {
            let plan = self.book.plan(self.part.roadmap?)?;
            Some((plan.from, plan.to))
        })
    }

    /// Documents of a kind that are no samples, with their days.
    fn real(&self, kind: Kind) -> impl Iterator<Item = (DocIndex, Option<NaiveDate>)> + '_ {
        let list = self.part.of(kind).iter().copied();
        let real = list.filter(|i| !self.book.is_sample(*i));
        real.map(|i| (i, self.book.documents.get(i).and_then(|d| listed::day(d))))
    }

    fn shown(&self, i: DocIndex, date: Option<NaiveDate>) -> Proof {
        Proof {
            text: loose(&self.book.title(i)).replace('\u{a0}', " "),
            link: Some(address(self.book, i)),
            date,
        }
    }

    /// News are counted by the month; a month of which less than half belongs to the project asks for nothing.
    fn news(&self, least: u32, sieve: &mut Sieve) {
        let Some((from, to)) = self.days() else {
            return;
        };
        let mut begin = from.with_day(1);
        for _ in 0..MOST_MONTHS {
            let Some(first) = begin.filter(|first| *first <= to) else {
                return;
            };
            let Some(next) = first.checked_add_months(Months::new(1)) else {
                return;
            };
            let last = next.pred_opt().unwrap_or(first);
            begin = Some(next);
            let inside = (to.min(last) - from.max(first)).num_days() + 1;
            if inside * 2 < (last - first).num_days() + 1 {
                continue;
            }
            let mut proof: Vec<Proof> = self
                .real(Kind::News)
                .filter(|(_, day)| day.is_some_and(|day| first <= day && day <= last))
                .map(|(i, day)| self.shown(i, day))
                .collect();
            proof.sort_by_key(|p| p.date);
            let done = proof.len() >= least as usize;
            let state = State::seen(done, Some(last), self.book.today);
            if !sieve.asks(state, Some(last)) {
                continue;
            }
            let month = dates::month_name(first.month());
            sieve.items.push(Item {
                what: format!(
                    "Новости за {month} {} года: нужно не менее {least}, опубликовано {}",
                    first.year(),
                    proof.len()
                ),
                from: Some(first),
                due: Some(last),
                state,
                proof,
                ..self.item(ItemKind::News, &first.format("%Y-%m").to_string())
            });
        }
    }

    fn present(&self, wanted: Wanted, sieve: &mut Sieve) {
        let schedule = |i: DocIndex| match self.book.documents.get(i).map(|d| &d.body) {
            Some(Body::Schedule(schedule)) => Some(schedule.schedule_type),
            _ => None,
        };
        let (kind, sort) = match wanted {
            Wanted::Orders => (Kind::Order, None),
            Wanted::Roadmap => (Kind::Roadmap, None),
            Wanted::Visits => (Kind::Schedule, Some(ScheduleType::Visits)),
            Wanted::Internships => (Kind::Schedule, Some(ScheduleType::Internships)),
            Wanted::Consultations => (Kind::Schedule, Some(ScheduleType::Consultations)),
            Wanted::Seminars => (Kind::Seminar, None),
            Wanted::Indicators => (Kind::Indicators, None),
            Wanted::Groups => (Kind::Group, None),
            Wanted::Protocols => (Kind::Protocol, None),
            Wanted::News => (Kind::News, None),
            Wanted::Materials => (Kind::Material, None),
        };
        let found = self
            .real(kind)
            .find(|(i, _)| sort.is_none_or(|sort| schedule(*i) == Some(sort)));
        let due = self.duty.by.as_ref().and_then(|by| by.to);
        let words = wanted.words();
        let state = State::seen(found.is_some(), due, self.book.today);
        if !sieve.asks(state, due) {
            return;
        }
        sieve.items.push(Item {
            what: match found {
                Some(_) => format!("Часть раздела есть: {words}"),
                None => format!("Нет части раздела: {words}"),
            },
            due,
            state,
            proof: found
                .map(|(i, day)| self.shown(i, day))
                .into_iter()
                .collect(),
            ..self.item(ItemKind::Part, wanted.key())
        });
    }

    /// What happened must be seen in time: an order and a protocol published, materials after a seminar and after a
    /// measure that is recorded as done.
    fn updates(&self, within: Within, sieve: &mut Sieve) {
        let book = self.book;
        for kind in [Kind::Order, Kind::Protocol] {
            for (i, day) in self.real(kind) {
                let Some(head) = book.documents.get(i).map(|d| &d.head) else {
                    continue;
                };
                // A day of publication that nobody knows says nothing.
                let (Some(day), Some(published)) = (day, head.published) else {
                    continue;
                };
                let due = self.due(within, day);
                if !sieve.asks(State::Done, due) {
                    continue;
                }
                let title = loose(&book.title(i)).replace('\u{a0}', " ");
                let what = format!("Опубликовать: {title}");
                let mut item = self.update(within, day, due, what, &head.id);
                item.state = State::Done;
                item.path = head.path.file().clone();
                item.line = head.at.line;
                item.proof = vec![self.shown(i, Some(published))];
                if item.due.is_some_and(|due| published > due) {
                    let late = format!("опубликовано {}, позже срока", dates::short(published));
                    item.note = Some(match item.note.take() {
                        Some(note) => format!("{late}; {note}"),
                        None => late,
                    });
                }
                sieve.items.push(item);
            }
        }
        for (i, day) in self.real(Kind::Seminar) {
            let (Some(document), Some(day)) = (book.documents.get(i), day) else {
                continue;
            };
            let Body::Seminar(seminar) = &document.body else {
                continue;
            };
            let last = seminar.date.to.unwrap_or(day);
            let mut proof = self.tied(document.head.row.as_ref().and_then(|r| r.target), last, i);
            if !seminar.materials.is_empty() {
                proof.push(self.shown(i, None));
            }
            let due = self.due(within, last);
            let state = State::seen(!proof.is_empty(), due, book.today);
            if !sieve.asks(state, due) {
                continue;
            }
            let title = loose(&book.title(i)).replace('\u{a0}', " ");
            let what = format!("Материалы после события: {title}");
            sieve.items.push(Item {
                path: document.head.path.file().clone(),
                line: document.head.at.line,
                state,
                proof,
                ..self.update(within, last, due, what, &document.head.id)
            });
        }
        let Some(roadmap) = self.part.roadmap.filter(|i| !book.is_sample(*i)) else {
            return;
        };
        let (Some(document), Some(body)) = (book.documents.get(roadmap), book.roadmap(roadmap))
        else {
            return;
        };
        for (n, (s, row)) in body.rows().enumerate() {
            let no = row.no.as_deref().map(|no| no.trim_end_matches('.'));
            for done in &row.done {
                let (true, Some(day)) = (Record::from(done).counts(book.today), done.date) else {
                    continue;
                };
                let mut proof = self.tied(Some((roadmap, n)), day, roadmap);
                if let Some(target) = done.proof().and_then(|l| l.target.as_ref()) {
                    let link = book.target(target);
                    proof.push(Proof {
                        text: done
                            .text
                            .as_ref()
                            .map_or_else(|| "подтверждение".to_owned(), |t| t.raw().to_owned()),
                        link: link
                            .map(|l| crate::site::format::local_href(&l, &book.settings.base_url)),
                        date: Some(day),
                    });
                }
                let due = self.due(within, day);
                let state = State::seen(!proof.is_empty(), due, book.today);
                if !sieve.asks(state, due) {
                    continue;
                }
                let id = no.map_or_else(|| sign(row.measure.plain()), str::to_owned);
                let words = crate::text::excerpt(row.measure.plain(), 120);
                let what = format!("Материалы о выполненном: {words}");
                let id = format!("{}-{}-{id}-{day}", document.head.id, s + 1);
                sieve.items.push(Item {
                    path: document.head.path.file().clone(),
                    line: done.at.line,
                    state,
                    proof,
                    ..self.update(within, day, due, what, &id)
                });
            }
        }
    }

    /// News, materials and protocols of a row that are not older than a day.
    fn tied(&self, row: Option<(DocIndex, usize)>, day: NaiveDate, but: DocIndex) -> Vec<Proof> {
        let tied = row.and_then(|row| self.book.on_rows.get(&row));
        let tied = tied
            .into_iter()
            .flatten()
            .filter(|i| **i != but && !self.book.is_sample(**i));
        tied.filter_map(|i| {
            let document = self.book.documents.get(*i)?;
            let told = matches!(
                document.head.kind,
                Kind::News | Kind::Material | Kind::Protocol
            );
            let own = listed::day(document).filter(|own| told && *own >= day)?;
            Some(self.shown(*i, Some(own)))
        })
        .collect()
    }

    fn due(&self, within: Within, from: NaiveDate) -> Option<NaiveDate> {
        let days = within.days?;
        Some(match within.working {
            true => self.book.settings.workdays.after(from, days),
            false => Calendar::later(from, days),
        })
    }

    fn update(
        &self,
        within: Within,
        from: NaiveDate,
        due: Option<NaiveDate>,
        what: String,
        id: &str,
    ) -> Item {
        let calendar = &self.book.settings.workdays;
        let last = due.unwrap_or(from).year();
        let years = (from.year()..=last).filter(|y| within.working && !calendar.knows(*y));
        let unknown: Vec<String> = years.map(|y| y.to_string()).collect();
        Item {
            what,
            from: Some(from),
            due,
            note: (!unknown.is_empty()).then(|| {
                let years = if unknown.len() > 1 { "годы" } else { "год" };
                format!(
                    "производственный календарь за {} {years} не задан (working_calendar в site.yaml): переносы выходных не учтены",
                    unknown.join(", ")
                )
            }),
            ..self.item(ItemKind::Update, id)
        }
    }
}
