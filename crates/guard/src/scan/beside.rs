//! A title or a post with the school's own village beside it, and rows of a table that say they are of no school:
//! «в «Родничке» из Приречного», «завуч, Приречное», «Приречная | библиотека».
//!
//! Takes a token or a part; adds mentions, all ambiguous. A village is believed only where it is the same school's.

use super::super::fold::{Beginnings, begins};
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::flag;
use super::{Run, not_school};
use glasno_passage::Role;

/// Posts that only a school has.
const POSTS: Beginnings = Beginnings::new(&["завуч"]);
/// Beginnings of words that head a column of kinds.
const SORTS: Beginnings = Beginnings::new(&["тип", "вид", "категор"]);

impl Run<'_> {
    /// A title or a post at token `i`, of the sentence that begins at `from`.
    pub(super) fn beside_its_village(&mut self, i: usize, from: usize) {
        // Nearly every word falls at this question.
        let Some(t) = self.token(i) else { return };
        if self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        if t.is(flag::QUOTE) && t.has_hits() {
            self.title_of_village(i, from);
        } else if matches!(t.kind(), Some(Kind::Role | Kind::Governs)) {
            self.post_of_village(i);
        }
    }

    /// «Казачок» (В. Лощина), «в «Казачке» из Весёлой Лощины».
    fn title_of_village(&mut self, i: usize, from: usize) {
        let Some(t) = self.token(i).copied().filter(|t| {
            t.is(flag::QUOTE) && t.is(flag::CAPITAL) && t.has_hits() && !t.is(flag::LATIN)
        }) else {
            return;
        };
        let hits = self.readings(&t, |h| h.role == Hit::Proper && self.goes_on(i, h, 3));
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let end = i + more;
        // «ансамбль «Казачок»»: what is quoted after a noun of its own is that noun's.
        let owned = i
            .checked_sub(1)
            .filter(|b| *b >= from)
            .and_then(|b| self.token(b))
            .is_some_and(|b| {
                b.is_word()
                    && !matches!(b.kind(), Some(Kind::Prep | Kind::Conj))
                    && !boundary(self.d.stream, i)
            });
        let joint = self.token(end + 1).is_some_and(|j| {
            j.mark('(')
                || j.mark(',')
                || j.lexed(Kind::Prep)
                    && ["из", "в", "во"]
                        .iter()
                        .any(|w| super::super::fold::reads(self.d.stream.word(j), w))
        });
        if owned || !joint || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let n = self.d.places.partition_point(|m| m.from < end + 1);
        let Some(m) = self
            .d
            .places
            .get(n)
            .filter(|m| m.from <= end + 2 && m.kind != settlement::DISTRICT)
            .cloned()
        else {
            return;
        };
        let villages = self.villages(&m);
        let school = |v: u32| self.d.model.variants.get(v as usize).map(|v| v.school);
        let hits: Vec<_> = hits
            .into_iter()
            .filter(|h| {
                usize::from(h.more) == more
                    && villages.iter().any(|v| school(v.owner) == school(h.owner))
            })
            .collect();
        if hits.is_empty() {
            return;
        }
        let item = Item::bent(By::Proper, i, end, hits, Forms::of("n"));
        self.synthetic_at(
            Rule::TitleOfVillage,
            class::ANY,
            i,
            end,
            vec![item],
            vec![n],
        );
    }

    /// «завуч, Приречное», «завуч из Приречного»: a post that no house of culture has.
    fn post_of_village(&mut self, i: usize) {
        if !self.starts(i, POSTS) {
            return;
        }
        let at = i
            + 1
            + usize::from(
                self.token(i + 1)
                    .is_some_and(|t| t.mark(',') || t.mark('(') || t.lexed(Kind::Prep)),
            );
        let n = self.d.places.partition_point(|m| m.from < at);
        let Some(m) = self
            .d
            .places
            .get(n)
            .filter(|m| m.from == at && !boundary(self.d.stream, i + 1))
            .cloned()
        else {
            return;
        };
        if matches!(m.kind, settlement::DISTRICT | settlement::CITY)
            || self.used.get(m.name).copied().unwrap_or(true)
            || self.token(m.to + 1).is_some_and(not_school)
            || self.sentence_goes_on(i, m.to)
        {
            return;
        }
        let hits = self.villages(&m);
        if hits.is_empty() {
            return;
        }
        let item = Item::new(By::Settlement, m.from, m.to, hits);
        self.synthetic_at(
            Rule::PostOfVillage,
            class::SCHOOL,
            m.from,
            m.to,
            vec![item],
            vec![n],
        );
    }

    /// «Завуч, Поляны цветут»: after a comma the village must end its line or clause.
    fn sentence_goes_on(&self, post: usize, last: usize) -> bool {
        self.token(post + 1).is_some_and(|t| t.mark(','))
            && self.token(last + 1).is_some_and(|t| {
                t.is_word()
                    && !t.is(flag::NEWLINE | flag::DASH)
                    && !boundary(self.d.stream, last + 1)
            })
    }

    /// «Приречная | библиотека» under «Вид»: the row says that it is of no school.
    pub(super) fn row_of_other(&self, n: usize) -> bool {
        let Some(Role::Cell { table, row, .. }) = self.d.parts.get(n).map(|p| p.role) else {
            return false;
        };
        let near = n.saturating_sub(8)..(n + 9).min(self.d.parts.len());
        near.clone().any(|k| {
            let Some(q) = self.d.parts.get(k).filter(|q| k != n && q.words <= 3) else {
                return false;
            };
            let Role::Cell {
                table: t,
                row: r,
                column,
                ..
            } = q.role
            else {
                return false;
            };
            t == table
                && r == row
                && self.token(q.first).is_some_and(|w| {
                    w.is_word() && (w.lexed(Kind::Object) || w.lex.is_some_and(other_type))
                })
                && self.head_of(table, column, k).is_some_and(|h| {
                    (h.first..h.end).any(|i| {
                        self.token(i)
                            .is_some_and(|t| t.is_word() && SORTS.fit(self.d.stream.word(t)))
                    })
                })
        })
    }

    /// «Рубеж-2023»: a year makes a title an event's.
    pub(super) fn yearly(&self, item: &Item) -> bool {
        item.by == By::Proper
            && self.token(item.to + 1).is_some_and(|n| {
                n.is_number() && n.is(flag::HYPHEN) && (1990..2100).contains(&n.value)
            })
    }

    /// «школа первая, Приречная»: the ordinal before an adjective set off by a comma is its number.
    pub(super) fn ordinal_before(&self, i: usize) -> Option<Item> {
        let comma = i
            .checked_sub(1)
            .filter(|c| self.token(*c).is_some_and(|t| t.mark(',')))?;
        let at = comma.checked_sub(1)?;
        let t = self.token(at).filter(|t| t.lexed(Kind::Ordinal))?;
        let school = at
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| begins(self.d.stream.word(b), "школ"));
        let value = t.lex.map_or(0, |l| u32::from(l.value));
        school.then_some(Item::new(By::Number(value), at, at, Vec::new()))
    }
}

fn other_type(l: super::super::lexicon::Lex) -> bool {
    l.kind == Kind::Type && matches!(l.value, class::OTHER | class::KINDERGARTEN)
}
