//! A roadmap's dates as a picture, and what of them is no part of a picture: lists.
//!
//! Takes the roadmap on its way to a page; gives the picture for a desk, a list by month for a phone, the measures of the
//! whole plan in one group, and in words what has no day. Nothing is shown outside the plan.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::Sheet;
use crate::diag::message::plural;
use crate::disclosure::Public;
use crate::draw;
use crate::kinds::Kind;
use crate::kinds::roadmap::Row;
use crate::kinds::term::Term;
use crate::progress::{Status, label};
use crate::site::format;
use crate::site::view::Link;
use crate::text::{dates, typograph};

/// The dates of a roadmap.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TimelineView {
    /// SVG with its own title and description; none where every measure lasts all the time or has no day.
    picture: Option<String>,
    months: Vec<MonthView>,
    /// «В течение всего плана: 9 мероприятий», and these.
    whole_words: Option<String>,
    whole: Vec<Link>,
    /// «У 3 мероприятий срок не назван днями.»
    rest: Vec<String>,
}

/// What happens in a month.
#[derive(Debug, Clone, Serialize)]
struct MonthView {
    title: String,
    /// This month is over.
    past: bool,
    /// The first that is not.
    open: bool,
    /// `note` holds the days, in words.
    items: Vec<StretchView>,
}

#[derive(Debug, Clone, Serialize)]
struct StretchView {
    href: String,
    title: String,
    days: String,
    /// Of a state: key and word; empty where nothing is said.
    key: String,
    word: String,
}

/// Days of a measure, or of one of the times that it recurs.
struct Stretch {
    from: Option<NaiveDate>,
    to: NaiveDate,
    state: Option<Status>,
    of: Option<String>,
}

/// A share of the plan's days, in hundredths, from which a measure lasts all the time.
const WHOLE: i64 = 90;

impl Sheet<'_> {
    pub(super) fn timeline(&self) -> Option<TimelineView> {
        let (roadmap, book) = (self.roadmap, self.book);
        let stretches: Vec<Vec<Stretch>> = roadmap
            .rows()
            .enumerate()
            .map(|(n, (_, row))| self.stretches(n, row))
            .collect();
        let (from, to) = match roadmap.plan {
            Some(plan) => (plan.from, plan.to),
            None => {
                let days = || stretches.iter().flatten();
                (
                    days().map(|s| s.from.unwrap_or(s.to)).min()?,
                    days().map(|s| s.to).max()?,
                )
            }
        };
        let plan = (to - from).num_days() + 1;
        let mut view = TimelineView {
            picture: None,
            months: Vec::new(),
            whole_words: None,
            whole: Vec::new(),
            rest: Vec::new(),
        };
        let (mut undated, mut outside, mut misprinted, mut drawn) = (0, 0, 0, 0);
        let mut sections: Vec<draw::Section> = Vec::new();
        let mut at_days = Vec::new();
        let mut last_section = None;
        for (n, (s, row)) in roadmap.rows().enumerate() {
            let own = stretches.get(n).map_or(&[][..], Vec::as_slice);
            if own.is_empty() {
                match row.period.as_ref().is_some_and(is_misprinted) {
                    true => misprinted += 1,
                    false => undated += 1,
                }
                continue;
            }
            let inside: Vec<&Stretch> = own
                .iter()
                .filter(|x| x.to >= from && x.from.unwrap_or(x.to) <= to)
                .collect();
            if inside.is_empty() {
                outside += 1;
                continue;
            }
            let href = format!("#{}", self.anchors[n]);
            let no = row.no.as_deref().map(str::trim).unwrap_or("");
            let measure = format::shorten(&typograph(row.measure.plain()), 120);
            let words = match no {
                "" => measure.clone(),
                no => format!("{no} {measure}"),
            };
            if let [only] = inside.as_slice()
                && only.from.is_some_and(|begin| {
                    let days = (only.to.min(to) - begin.max(from)).num_days() + 1;
                    days * 100 >= plan * WHOLE
                })
            {
                view.whole.push(Link {
                    title: words,
                    href,
                    ..Link::default()
                });
                continue;
            }
            drawn += 1;
            let printed = row.period.as_ref().map(|term| term.printed.print());
            for stretch in &inside {
                at_days.push((
                    stretch.from.unwrap_or(stretch.to).max(from),
                    stretch.to,
                    StretchView {
                        href: href.clone(),
                        title: words.clone(),
                        days: stretch
                            .of
                            .clone()
                            .or_else(|| printed.clone())
                            .unwrap_or_default(),
                        key: stretch.state.map_or("", Status::as_str).to_owned(),
                        word: stretch.state.map_or("", Status::word).to_owned(),
                    },
                ));
            }
            let state = self.state(n).map(|state| format!(": {}", state.word()));
            if last_section != Some(s) {
                last_section = Some(s);
                let title = roadmap
                    .sections
                    .get(s)
                    .and_then(|section| section.title.as_ref());
                sections.push(draw::Section {
                    title: format::print_opt(title).unwrap_or_default(),
                    lines: Vec::new(),
                });
            }
            if let Some(section) = sections.last_mut() {
                section.lines.push(draw::Line {
                    said: format!(
                        "{words} — {}{}",
                        printed.as_deref().unwrap_or_default(),
                        state.unwrap_or_default()
                    ),
                    words,
                    href,
                    bars: inside
                        .iter()
                        .map(|x| draw::Bar {
                            from: x.from.map(|begin| begin.max(from)),
                            to: x.to.min(to),
                            status: x.state.map_or("under-way", Status::as_str).to_owned(),
                            mark: x.of.is_some(),
                        })
                        .collect(),
                });
            }
        }
        view.months = months(at_days, book.today);
        if !view.whole.is_empty() {
            let count = format::parts(Kind::Roadmap, view.whole.len());
            view.whole_words = Some(format!("Весь срок плана: {count}"));
        }
        view.rest.extend(told(undated, "срок не\u{a0}назван днями"));
        view.rest
            .extend(told(misprinted, "срок напечатан с\u{a0}ошибкой"));
        view.rest.extend(told(outside, "дни лежат вне срока плана"));
        if !sections.is_empty() {
            view.picture = Some(draw::timeline(&draw::TimelineInput {
                id_prefix: "timeline".to_owned(),
                title: format!("Сроки: {}", book.title(self.document)),
                desc: format!(
                    "На шкале {} по разделам; те же сроки — в таблице ниже.",
                    format::parts(Kind::Roadmap, drawn)
                ),
                from,
                to,
                today: book.today,
                sections,
            }));
        }
        (drawn + view.whole.len() > 0).then_some(view)
    }

    /// The days of a row: of each time that it recurs, or of the whole.
    fn stretches(&self, n: usize, row: &Row<Public>) -> Vec<Stretch> {
        // Days that are a mistake of the original bind nobody, here as in the calendar.
        let Some(term) = row.period.as_ref().filter(|term| !is_misprinted(term)) else {
            return Vec::new();
        };
        let standing = self.standing(n);
        let times = standing.map_or(&[][..], |s| &s.occurrences);
        if times.is_empty() {
            let whole = term.to.map(|to| Stretch {
                from: term.from,
                to,
                state: standing.map(|s| s.status),
                of: None,
            });
            return whole.into_iter().collect();
        }
        let times = times.iter().map(|o| Stretch {
            from: o.from,
            to: o.to,
            state: Some(o.status),
            of: Some(label(o.from, o.to)),
        });
        times.collect()
    }
}

fn is_misprinted(term: &Term<Public>) -> bool {
    term.printed.sic().is_some()
}

/// «У 3 мероприятий …»
fn told(n: usize, what: &str) -> Option<String> {
    let word = plural(n as u64, &["мероприятия", "мероприятий", "мероприятий"]);
    (n > 0).then(|| format!("У\u{a0}{n}\u{a0}{word} {what}."))
}

/// Stretches by the month in which each begins.
fn months(
    mut stretches: Vec<(NaiveDate, NaiveDate, StretchView)>,
    today: NaiveDate,
) -> Vec<MonthView> {
    stretches.sort_by_key(|(from, to, _)| (*from, *to));
    let mut months: Vec<MonthView> = Vec::new();
    for (from, _, item) in stretches {
        let title = dates::month_title(from.year(), from.month());
        if months.last().is_none_or(|m| m.title != title) {
            months.push(MonthView {
                title,
                past: (from.year(), from.month()) < (today.year(), today.month()),
                open: false,
                items: Vec::new(),
            });
        }
        if let Some(month) = months.last_mut() {
            month.items.push(item);
        }
    }
    if let Some(next) = months.iter_mut().find(|m| !m.past) {
        next.open = true;
    }
    months
}
