//! Kinds, numbers and names in cells of their own: «СОШ | 14 | Ключевой», «с. Приречное | школа», «номер ОО».
//!
//! Takes phrases without a name whose cell holds only a kind of school; adds mentions. What a column holds is told by
//! the nearest cell of words above.

use super::super::context::Part;
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{self, By, Phrase};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;
use glasno_passage::Role;

impl Run<'_> {
    /// A kind of school alone in a cell, its settlement in the cell beside.
    pub(super) fn in_its_row(&mut self, p: &Phrase) {
        let part = self.d.part_of(p.anchor);
        let Some(here) = self.d.parts.get(part) else {
            return;
        };
        let Role::Cell { table, row, .. } = here.role else {
            return;
        };
        let own: usize = (p.from..=p.to)
            .filter(|i| self.token(*i).is_some_and(Token::is_word))
            .count();
        if here.words > own + 1 || p.forms.plural_only() || here.places.start < here.places.end {
            return;
        }
        let mut q = p.clone();
        for other in self.d.parts[part.saturating_sub(12)..].iter().take(24) {
            if !matches!(other.role, Role::Cell { table: t, row: r, .. } if t == table && r == row)
                || other.words > 5
            {
                continue;
            }
            for n in other.places.clone() {
                q.places.push(n);
                let m = &self.d.places[n];
                let hits = self.villages(m);
                if !hits.is_empty() && other.only_place && m.kind != settlement::DISTRICT {
                    q.items
                        .push(phrase::Item::new(By::Settlement, p.anchor, p.anchor, hits));
                }
            }
        }
        self.names_beside(part, &mut q);
        self.number_of_row(part, &mut q);
        if !q.items.is_empty() {
            q.rule = Some(Rule::RowOfCells);
            self.phrase(&q);
        }
    }

    /// The cell after the kind: its number under «Номер», or its own name.
    pub(super) fn names_beside(&self, part: usize, q: &mut Phrase) {
        let Some(Role::Cell {
            table, row, column, ..
        }) = self.d.parts.get(part).map(|p| p.role)
        else {
            return;
        };
        let cell = |list: &'_ [Part], at: Option<u32>| {
            list.iter()
                .find(|o| {
                    matches!(o.role, Role::Cell { table: t, row: r, column: c, .. } if t == table && r == row && Some(c) == at)
                })
                .map(|o| (o.first, o.end, o.words))
        };
        // «номер ОО; тип»: the number stands before the kind.
        if let Some((first, _, 1)) = cell(
            self.d
                .parts
                .get(part.saturating_sub(4)..part)
                .unwrap_or_default(),
            column.checked_sub(1),
        ) && let Some(t) = self.token(first).filter(|t| t.is_number())
            && self.number_before(table, column - 1, part)
        {
            q.items.push(phrase::Item::new(
                By::Number(u32::try_from(t.value).unwrap_or(0)),
                first,
                first,
                Vec::new(),
            ));
        }
        let Some((first, end, words)) = cell(
            self.d
                .parts
                .get(part..(part + 4).min(self.d.parts.len()))
                .unwrap_or_default(),
            Some(column + 1),
        ) else {
            return;
        };
        let at =
            (first..end).find(|i| self.token(*i).is_some_and(|t| t.is_word() || t.is_number()));
        let Some((i, t)) = at.and_then(|i| Some((i, self.token(i)?))) else {
            return;
        };
        // In a record the head stands right before its cell, and after the kind.
        let own = self.d.part_of(i);
        if t.is_number() && words == 1 && self.headed_number(table, column + 1, own) {
            let value = u32::try_from(t.value).unwrap_or(0);
            // Without a head the number may count: only in the school's own place.
            let headed = self.head_of(table, column + 1, own).is_some();
            q.items.push(phrase::Item::bent(
                if headed {
                    By::Number(value)
                } else {
                    By::Ordinal(value)
                },
                i,
                i,
                Vec::new(),
                Forms::ANY,
            ));
        }
        // «СОШ | адмирала В. Н. Громобоева» under «имя»
        let honoured = words <= 7 && self.heads.honours.above((table, column + 1), row, part);
        if honoured {
            let named = (first..end).find_map(|k| {
                let hits: Vec<_> = self
                    .d
                    .stream
                    .hits(self.token(k)?)
                    .iter()
                    .copied()
                    .filter(|h| h.role == Hit::Namesake && h.more == 0)
                    .collect();
                (!hits.is_empty()).then_some((k, hits))
            });
            if let Some((k, hits)) = named {
                q.items.push(phrase::Item::bent(
                    By::Namesake,
                    first,
                    k,
                    hits,
                    Forms::of("n"),
                ));
                return;
            }
        }
        if t.is_word() && words <= 4 {
            for (role, by) in [
                (Hit::Proper, By::Proper),
                (Hit::Namesake, By::Namesake),
                (Hit::Adj, By::Adjective),
            ] {
                let hits = self.readings(t, |h| h.role == role && usize::from(h.more) < words);
                let fits = role != Hit::Namesake && t.is(flag::CAPITAL);
                if !hits.is_empty() && fits {
                    q.items
                        .push(phrase::Item::bent(by, i, i, hits, Forms::of("n")));
                    break;
                }
            }
        }
    }

    /// The nearest cell above, in the same column, that heads it: words and no number.
    pub(super) fn head_of(&self, table: u32, column: u32, before: usize) -> Option<&Part> {
        self.d
            .parts
            .get(..before)
            .unwrap_or_default()
            .iter()
            .rev()
            .take(3000)
            .find(|q| {
                matches!(q.role, Role::Cell { table: t, column: c, .. } if t == table && c == column)
                    && (q.first..q.end).any(|i| self.token(i).is_some_and(|t| t.is_word() || t.mark('№')))
                    && !(q.first..q.end).any(|i| self.token(i).is_some_and(Token::is_number))
                    // A town over all columns heads none of them.
                    && !q.only_place
            })
    }

    /// Whether the column's head says «номер» and does not count the rows; a column without a head is asked too.
    pub(super) fn headed_number(&self, table: u32, column: u32, before: usize) -> bool {
        let Some(q) = self.head_of(table, column, before) else {
            return true;
        };
        (q.first..q.end).any(|i| {
            self.token(i)
                .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign))
        }) && !(q.first..q.end).any(|i| self.token(i).is_some_and(|t| t.mark('/')))
    }

    /// Whether the column's head says that its numbers are of schools: «номер ОО», «№ школы», but not «№».
    pub(super) fn number_before(&self, table: u32, column: u32, before: usize) -> bool {
        let Some(q) = self.head_of(table, column, before) else {
            return false;
        };
        let sign = (q.first..q.end).any(|i| {
            self.token(i)
                .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign))
        });
        let spelled = (q.first..q.end).any(|i| {
            self.token(i)
                .is_some_and(|t| t.lexed(Kind::NumSign) && self.d.stream.word(t).len() >= 5)
        });
        let school = (q.first..q.end).any(|i| {
            self.token(i)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Type | Kind::Legal)))
        });
        sign && (school || spelled && q.words == 1)
            && !(q.first..q.end).any(|i| self.token(i).is_some_and(|t| t.mark('/')))
    }

    /// A row that begins with «Школа №»: the bare numbers in it are names.
    pub(super) fn number_row(&self, n: usize) -> bool {
        let Some(Role::Cell {
            table, row, column, ..
        }) = self.d.parts.get(n).map(|p| p.role)
        else {
            return false;
        };
        let first = n
            .checked_sub(column as usize)
            .filter(|_| column > 0)
            .and_then(|k| self.d.parts.get(k));
        first.is_some_and(|q| {
            matches!(q.role, Role::Cell { table: t, row: r, column: 0, .. } if t == table && r == row)
                && q.words <= 3
                && !(q.first..q.end).any(|i| self.token(i).is_some_and(Token::is_number))
                && (q.first..q.end).any(|i| {
                    self.token(i)
                        .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign))
                        && super::heads::of_school(&self.d, i)
                })
        })
    }

    /// «с. Приречное | начальная» under «Школа»: the word for a school is in the head.
    pub(super) fn kind_under_head(&mut self, n: usize) {
        let Some(p) = self.d.parts.get(n).filter(|p| p.words == 1) else {
            return;
        };
        let Role::Cell { table, row, .. } = p.role else {
            return;
        };
        let Some((i, value)) = (p.first..p.end).find_map(|i| {
            let l = self.token(i)?.lex?;
            (l.kind == Kind::TypeAdj
                && matches!(
                    l.value,
                    class::SOSH | class::OOSH | class::NOSH | class::EVENING
                ))
            .then_some((i, l.value))
        }) else {
            return;
        };
        if self.used.get(i).copied().unwrap_or(true) || !self.list_of_schools(n) {
            return;
        }
        let from = n.saturating_sub(12);
        let beside = self.d.parts.get(from..(n + 12).min(self.d.parts.len()));
        let places: Vec<usize> = beside
            .unwrap_or_default()
            .iter()
            .filter(|q| {
                q.only_place
                    && matches!(q.role, Role::Cell { table: t, row: r, .. } if t == table && r == row)
            })
            .flat_map(|q| q.places.clone())
            .collect();
        let hits: Vec<_> = places
            .iter()
            .filter_map(|k| self.d.places.get(*k))
            .filter(|m| !matches!(m.kind, settlement::DISTRICT | settlement::CITY))
            .flat_map(|m| self.villages(m))
            .collect();
        if hits.is_empty() {
            return;
        }
        let item = phrase::Item::new(By::Settlement, i, i, hits);
        self.synthetic_at(Rule::KindUnderHead, value, i, i, vec![item], places);
    }

    /// A column headed «№ школы»: its bare numbers are names.
    pub(super) fn number_column(&self, n: usize) -> bool {
        let Some(Role::Cell {
            table, row, column, ..
        }) = self.d.parts.get(n).map(|p| p.role)
        else {
            return false;
        };
        self.heads.numbered_schools.above((table, column), row, n)
    }
}
