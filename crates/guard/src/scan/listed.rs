//! Names without a word for a school that stand in a list, in a record or as a title: what makes each of them one.
//!
//! Takes a part; answers whether names in it are of schools, and adds mentions of a plan's lines.

use super::super::context::Evidence;
use super::super::fold::{Beginnings, begins};
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, settlement};
use super::super::phrase::{By, Item};
use super::super::place;
use super::super::rule::Rule;
use super::super::token::flag;
use super::{Run, heads};
use glasno_passage::Role;

/// Beginnings of words that head a column of kinds.
const SORTS: Beginnings = Beginnings::new("тип вид категор");

impl Run<'_> {
    /// «kind: СОШ, shortName: Приречная»: a field that holds only a kind of school stands near.
    pub(super) fn kind_beside(&self, n: usize) -> bool {
        // Nearly every fragment falls at this question.
        let name = self.d.parts.get(n).is_some_and(|p| {
            p.places.is_empty()
                && (p.first..p.end).any(|i| {
                    self.token(i).is_some_and(|t| {
                        t.is(flag::CAPITAL)
                            && self.d.stream.hits(t).iter().any(|h| h.role == Hit::Adj)
                    })
                })
        });
        let near = n.saturating_sub(4)..(n + 5).min(self.d.parts.len());
        let row = |r: Role| match r {
            Role::Cell { table, row, .. } => Some((table, row)),
            _ => None,
        };
        let own = self.d.parts.get(n).and_then(|p| row(p.role));
        name && self.d.parts.get(near).unwrap_or_default().iter().any(|q| {
            // The kind in another row is another thing's.
            if let (Some(a), Some(b)) = (own, row(q.role))
                && a.0 == b.0
                && a.1 != b.1
            {
                return false;
            }
            let mut kind = false;
            let plain = (q.first..q.end).all(|i| {
                self.token(i).is_some_and(|t| {
                    kind |= t.lexed(Kind::Type)
                        && t.lex.is_some_and(|l| {
                            !matches!(l.value, class::OTHER | class::KINDERGARTEN)
                        });
                    !t.is_word()
                        || matches!(t.kind(), Some(Kind::Type | Kind::TypeAdj | Kind::Legal))
                })
            });
            kind && plain && !matches!(q.role, Role::Path | Role::Address)
        })
    }

    /// «Приречная» alone as a title or a sheet's name, in a document that speaks of schools.
    pub(super) fn titled(&self, n: usize) -> bool {
        let Some(p) = self.d.parts.get(n) else {
            return false;
        };
        let title = matches!(p.role, Role::Title | Role::Heading(_) | Role::Attribute);
        // Nearly every fragment falls at this question.
        let name = title
            && p.places.is_empty()
            && (p.first..p.end).any(|i| {
                self.token(i).is_some_and(|t| {
                    let word = self.d.stream.word(t);
                    t.is(flag::CAPITAL)
                        && !t.is(flag::LATIN)
                        && t.len() >= 8
                        && !t.lexed(Kind::Plain)
                        && self.d.stream.hits(t).iter().any(|h| h.role == Hit::Adj)
                        && (super::super::fold::ends(word, "ая")
                            || super::super::fold::ends(word, "яя"))
                })
            });
        if !name {
            return false;
        }
        let near = n.saturating_sub(3)..(n + 4).min(self.d.parts.len());
        let other = self.d.parts.get(near).unwrap_or_default().iter().any(|q| {
            (q.first..q.end).any(|i| {
                self.token(i)
                    .is_some_and(|t| matches!(t.kind(), Some(Kind::Street | Kind::Object)))
            })
        });
        !other
            && self.d.stream.tokens.iter().any(|t| {
                t.lexed(Kind::Type)
                    && !t.is(flag::LATIN)
                    && t.lex
                        .is_some_and(|l| !matches!(l.value, class::OTHER | class::KINDERGARTEN))
            })
    }

    /// «Приречная — 12 ноября» under a district's heading, «Приречная — Луговой район — выезд»: the word for a school
    /// left out in a plan.
    pub(super) fn name_before_dash(&mut self, n: usize) {
        let Some(p) = self.d.parts.get(n).filter(|p| p.role == Role::Text) else {
            return;
        };
        let (first, end) = (p.first, p.end);
        for i in first..end {
            if i == first || self.token(i).is_some_and(|t| t.is(flag::NEWLINE)) {
                self.line_before_dash(n, i, end);
            }
        }
    }

    fn line_before_dash(&mut self, n: usize, first: usize, end: usize) {
        // «Усть-Приречная»: two tokens.
        let last = first
            + usize::from(
                self.token(first + 1)
                    .is_some_and(|t| t.is_word() && t.is(flag::HYPHEN)),
            );
        let dash = last + 1 == end
            || self.token(last + 1).is_some_and(|t| {
                t.is(flag::DASH | flag::NEWLINE) || t.mark(',') || t.mark(':') || t.is_number()
            });
        let Some(t) = self.token(first).copied().filter(|t| {
            dash && t.is_word() && t.is(flag::CAPITAL) && !t.lexed(Kind::Plain) && t.has_hits()
        }) else {
            return;
        };
        let word = self.d.stream.word(self.token(last).unwrap_or(&t));
        let feminine = super::super::fold::ends(word, "ая") || super::super::fold::ends(word, "яя");
        if !feminine || self.used.get(first).copied().unwrap_or(true) {
            return;
        }
        let district = |m: &place::Mention| m.kind == settlement::DISTRICT;
        let own = self.d.places.partition_point(|m| m.from <= last);
        let beside = self
            .d
            .places
            .get(own)
            .is_some_and(|m| m.from == last + 1 && district(m));
        let above = self
            .d
            .parts
            .get(..n)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(40)
            .find(|q| matches!(q.role, Role::Heading(_)) || q.only_place)
            .is_some_and(|q| {
                q.only_place
                    && self
                        .d
                        .places
                        .get(q.places.clone())
                        .unwrap_or_default()
                        .iter()
                        .any(district)
            });
        if !(beside || above) {
            return;
        }
        let more = (last - first) as u16;
        let hits = self.readings(&t, |h| {
            h.role == Hit::Adj
                && h.more <= more
                && self
                    .d
                    .model
                    .variants
                    .get(h.owner as usize)
                    .is_some_and(|v| {
                        self.d.evidence(v.school, first, last, &[], &[]) == Evidence::Here
                    })
        });
        if !hits.is_empty() {
            self.lone(Rule::NameBeforeDash, first, last, hits, false);
        }
    }

    /// Whether a short fragment stands in a column or a list headed by a word for schools.
    pub(super) fn list_of_schools(&self, n: usize) -> bool {
        let Some(p) = self.d.parts.get(n) else {
            return false;
        };
        match p.role {
            Role::Cell {
                table, row, column, ..
            } => self.heads.schools.above((table, column), row, n),
            Role::Text => {
                for q in self.d.parts[..n].iter().rev().take(60) {
                    match q.role {
                        // «Школы города», and below it «Ключевой»
                        Role::Heading(_) if q.only_place => {}
                        Role::Heading(_) => return heads::lists_schools(&self.d, q),
                        Role::Text if q.words > 4 => {
                            let plural = (q.first..q.end).any(|i| {
                                self.token(i).is_some_and(|t| {
                                    t.lexed(Kind::Type)
                                        && t.lex.is_some_and(|l| l.forms.plural_only())
                                })
                            });
                            let colon = q
                                .end
                                .checked_sub(1)
                                .and_then(|e| self.token(e))
                                .is_some_and(|t| t.mark(':'));
                            return colon && plural && heads::lists_schools(&self.d, q);
                        }
                        Role::Text if heads::lists_schools(&self.d, q) => return true,
                        Role::Text => {}
                        _ => return false,
                    }
                }
                false
            }
            _ => false,
        }
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
                    w.is_word()
                        && (w.lexed(Kind::Object)
                            || w.lex.is_some_and(|l| {
                                l.kind == Kind::Type
                                    && matches!(l.value, class::OTHER | class::KINDERGARTEN)
                            }))
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
