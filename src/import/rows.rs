//! What a row of a plan is: a heading, a measure, the rest of the row above, a note. Takes the row with its neighbours and
//! the measure above it. Must not change anything.

use super::fields::Fields;
use super::plan::{Measure, is_open, starts_small};
use super::table::{Cover, Head, Row, Table, is_column_numbers};
use super::words::{Mark, fold, is_capitals, is_number_cell, letters, marked, number_parts};

pub(super) enum Kind {
    Skip,
    Section,
    Continuation,
    Note,
    Measure,
}

/// A table whose rows are told apart.
pub(super) struct Rows<'a> {
    pub table: &'a Table,
    pub head: &'a Head,
    pub fields: &'a Fields,
    /// The measure above the row in hand, in the same section.
    pub last: Option<&'a Measure>,
    pub depths: &'a Depths,
}

/// How many rows there are for each depth of numbers, bare and with cells beside their words.
#[derive(Debug, Default)]
pub(super) struct Depths(std::collections::BTreeMap<usize, (usize, usize)>);

impl Depths {
    pub(super) fn of(rows: &[&Row], fields: &Fields) -> Depths {
        let mut out = Depths::default();
        let Some(no) = fields.no else { return out };
        let beside: Vec<usize> = fields
            .period_columns()
            .into_iter()
            .chain(fields.responsible.iter().copied())
            .collect();
        for row in rows.iter().filter(|r| is_number_cell(r.own(no))) {
            let count = out.0.entry(number_parts(row.own(no)).len()).or_default();
            match beside.iter().any(|c| !row.read(*c).is_empty()) {
                true => count.1 += 1,
                false => count.0 += 1,
            }
        }
        out
    }

    /// Whether most rows of this depth are measures, so that a bare one is too: one with rows under it.
    fn measures(&self, depth: usize) -> bool {
        self.0.get(&depth).is_some_and(|(bare, full)| full >= bare)
    }
}

impl Rows<'_> {
    pub(super) fn kind(&self, row: &Row, after: &[&Row], before: Option<&Row>) -> Kind {
        let filled = row.filled();
        let Some(first) = filled.first().copied() else {
            return Kind::Skip;
        };
        if is_column_numbers(row) || self.repeats_head(row) {
            return Kind::Skip;
        }
        let text = row.own(first);
        let measure = self.fields.measure;
        let no = self.fields.no;
        let number = no.map_or("", |c| row.own(c));
        let numbered = !number.is_empty() && is_number_cell(number);
        let folded = fold(text);
        let note = folded.starts_with("примечани")
            || text.starts_with('*')
            || folded.starts_with("итого")
            || folded.starts_with("всего");
        let wide = row.cells.get(first).is_some_and(|c| {
            usize::try_from(c.columns).unwrap_or(0) + 1 >= self.table.width.max(3)
        });
        if filled.len() == 1 && note && !numbered && (wide || after.is_empty()) {
            return Kind::Note;
        }
        // «Всего | 150,5 | 170»: sums.
        let sum = folded.starts_with("итого") || folded.starts_with("всего");
        let figures = |c: &&usize| row.own(**c).chars().all(|c| !c.is_alphabetic());
        if sum && !numbered && filled.len() > 1 && filled.iter().skip(1).all(|c| figures(&c)) {
            return Kind::Note;
        }
        // One cell across the table.
        if filled.len() == 1
            && wide
            && !row
                .cells
                .iter()
                .any(|c| c.cover == Cover::Above && !c.text.is_empty())
        {
            return Kind::Section;
        }
        let own = |columns: &[usize]| columns.iter().any(|c| !row.own(*c).is_empty());
        let reads = |columns: &[usize]| columns.iter().any(|c| !row.read(*c).is_empty());
        let period_columns = self.fields.period_columns();
        let timed = own(&period_columns);
        let who = own(&self.fields.responsible);
        let more = own(&self.fields.indicator) || own(&self.fields.result);
        let covered = reads(&period_columns) && !timed || reads(&self.fields.responsible) && !who;
        let said = row.own(measure);
        let bare = !timed && !who && !more && !covered;
        if no.is_some() && !numbered && number.is_empty() {
            return self.unnumbered(row, before, after, [timed, who, more], covered);
        }
        if no == Some(first) && !numbered {
            // Words in the column of numbers, and nothing else: a heading whose cell reached across.
            let rest: Vec<usize> = filled.iter().copied().filter(|c| Some(*c) != no).collect();
            if rest.is_empty() || bare && rest == [measure] && said.is_empty() {
                return Kind::Section;
            }
            if let Some(m) = marked(text)
                && bare
                && !m.rest.is_empty()
            {
                return Kind::Section;
            }
        }
        // A stage with a period of its own, whose rows follow.
        let heads = said.chars().count() < 200 && says_stage(said) && !who && !more && !covered;
        if heads
            && timed
            && filled.len() <= 3
            && after.first().is_some_and(|r| !r.filled().is_empty())
        {
            return Kind::Section;
        }
        if numbered && bare && !said.is_empty() && self.heads_more(row, number, said, after) {
            return Kind::Section;
        }
        if no.is_none() {
            if bare && filled == [measure] {
                let small = starts_small(said);
                let opened = self.last.is_some_and(|m| is_open(&m.measure));
                let heading = row
                    .cells
                    .get(measure)
                    .is_some_and(|c| c.bold || c.columns > 1)
                    || is_capitals(said)
                    || says_stage(said);
                return if heading {
                    Kind::Section
                } else if small && (row.fresh || opened) || row.fresh && opened {
                    Kind::Continuation
                } else if covered {
                    Kind::Measure
                } else {
                    Kind::Section
                };
            }
            if row.fresh && !timed && self.last.is_some() && (said.is_empty() || starts_small(said))
            {
                return Kind::Continuation;
            }
            if said.is_empty() && !timed && self.last.is_some() && !row.covered(measure) {
                return Kind::Continuation;
            }
        }
        // The number's row was cut before its words.
        Kind::Measure
    }

    /// A row without a number in a table that has them.
    fn unnumbered(
        &self,
        row: &Row,
        before: Option<&Row>,
        after: &[&Row],
        [timed, who, more]: [bool; 3],
        covered: bool,
    ) -> Kind {
        let measure = self.fields.measure;
        let said = row.own(measure);
        let filled = row.filled();
        let no_covered = self.fields.no.is_some_and(|c| row.covered(c));
        let last = self.last;
        if said.is_empty() {
            if let Some(first) = filled.first()
                && filled.len() == 1
                && last.is_none()
                && !row.own(*first).is_empty()
            {
                return Kind::Section;
            }
            // A second period or body of the same measure, or the rest of a cell.
            return if last.is_some() {
                Kind::Continuation
            } else {
                Kind::Measure
            };
        }
        let heading = filled == [measure]
            && !covered
            && !no_covered
            && (row
                .cells
                .get(measure)
                .is_some_and(|c| c.bold || c.columns > 1)
                || is_capitals(said)
                || says_stage(said)
                || marked(said).is_some_and(|m| matches!(m.kind, Mark::Roman(_))));
        if heading {
            return Kind::Section;
        }
        let Some(last) = last else {
            return if filled == [measure] && !covered {
                Kind::Section
            } else {
                Kind::Measure
            };
        };
        // «2.5», words alone, «3.1.»: a heading that lost its number.
        if filled == [measure] && !covered && !no_covered {
            let group = |no: &str| number_parts(no).first().copied();
            let deep = |n: &&str| number_parts(n).len() > 1;
            let above = last.no.as_deref().filter(deep).and_then(group);
            let next = after.first().and_then(|r| Some(r.own(self.fields.no?)));
            let below = next.filter(deep).and_then(group);
            if above.is_some() && below.is_some() && above != below {
                return Kind::Section;
            }
        }
        let small = starts_small(said) || marked(said).is_some_and(|m| m.kind == Mark::Dash);
        if row.fresh && small {
            return Kind::Continuation;
        }
        // The row above is not whole yet: each of its printed lines is a row of the table.
        let short = |t: &Option<String>| t.as_deref().is_none_or(is_open);
        let cut = starts_small(said) && (is_open(&last.measure) || short(&last.period));
        if cut && !no_covered {
            return Kind::Continuation;
        }
        if timed {
            // Words of its own and a period of its own: a row of which only the number is missing.
            return Kind::Measure;
        }
        if no_covered {
            return if who {
                Kind::Measure
            } else {
                Kind::Continuation
            };
        }
        if covered {
            return Kind::Measure;
        }
        if small || row.fresh || is_open(&last.measure) || more && !who {
            return Kind::Continuation;
        }
        if who {
            return Kind::Measure;
        }
        let cut =
            before.is_some_and(|b| b.fresh || self.fields.no.is_some_and(|c| b.own(c).is_empty()));
        if cut {
            Kind::Continuation
        } else {
            Kind::Section
        }
    }

    fn repeats_head(&self, row: &Row) -> bool {
        if self.head.to == 0 {
            return false;
        }
        let filled = row.filled();
        let same = filled.iter().filter(|c| {
            let text = letters(row.own(**c));
            !text.is_empty()
                && self
                    .head
                    .texts
                    .get(**c)
                    .is_some_and(|h| letters(h).ends_with(&text))
        });
        filled.len() >= 2 && same.count() * 3 >= filled.len() * 2
    }

    /// Whether a numbered row with words alone is a heading: what follows is numbered under it, or begins anew.
    fn heads_more(&self, row: &Row, number: &str, said: &str, after: &[&Row]) -> bool {
        let own = number_parts(number);
        let roman = own.is_empty();
        let next = after.iter().find_map(|r| {
            let no = self.fields.no.map_or("", |c| r.own(c));
            (!no.is_empty()).then_some(no)
        });
        let below = next.map(number_parts);
        let bold = row
            .cells
            .get(self.fields.measure)
            .is_some_and(|c| c.bold || c.columns > 1);
        if let Some(below) = &below
            && below.len() > own.len()
            && below.starts_with(&own)
        {
            return bold
                || is_capitals(said)
                || says_stage(said)
                || !self.depths.measures(own.len());
        }
        let restarts = below.as_ref().is_some_and(|b| {
            b.last() == Some(&1) && !own.ends_with(&[1]) || roman && b.first() == Some(&1)
        });
        // A measure whose cells are all empty would have lost them; a heading never had any.
        next.is_some() && (roman || bold || restarts || says_stage(said) || is_capitals(said))
    }
}

fn says_stage(text: &str) -> bool {
    let folded = fold(text);
    [
        "этап",
        "раздел",
        "направление",
        "блок",
        "модуль",
        "задача",
        "цель",
        "приоритет",
        "глава",
        "часть",
        "i этап",
        "ii этап",
    ]
    .iter()
    .any(|w| folded.starts_with(w))
        || folded
            .split(' ')
            .take(3)
            .any(|w| w == "этап" || w == "раздел")
}
