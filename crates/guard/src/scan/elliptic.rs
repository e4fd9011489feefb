//! Schools of which only a part is said, since the rest stands before: «гимназия № 1, а также № 5», «СОШ № 42 и её
//! подопечная, № 17», «ЦО: 1-й, 9-й», «Школы района: с. Приречное; д. Луговая», «ООШ деревень: Луговая».
//!
//! Takes the words for schools of a fragment and what follows them; adds mentions. A number is believed only in the
//! school's own place, and every finding is ambiguous. Must not look beyond the fragment.

use super::super::lexicon::{Kind, class, ordinal_suffix};
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;
use glasno_passage::Role;

/// How far before a bare number the word for a school may stand, in tokens.
const BACK: usize = 60;
/// How far after a word for schools the colon of their list may stand.
const HEAD: usize = 16;
/// Longer lists are read to here.
const MOST: usize = 60;

impl Run<'_> {
    /// All fragments that have words for schools.
    pub(super) fn elliptic(&mut self) {
        for n in 0..self.d.parts.len() {
            let Some(p) = self.d.parts.get(n) else { return };
            if !p.tells || matches!(p.role, Role::Path | Role::Address) {
                continue;
            }
            let (first, end) = (p.first, p.end);
            let kinds: Vec<usize> = (first..end).filter(|i| self.school_kind(*i)).collect();
            for k in &kinds {
                self.ordinals_after(*k, end);
                self.villages_after(*k, end);
            }
            if !kinds.is_empty() {
                self.bare_signs(first, end, &kinds);
            }
        }
    }

    fn school_kind(&self, i: usize) -> bool {
        self.token(i).is_some_and(|t| match t.lex {
            Some(l) if l.kind == Kind::Type => {
                !matches!(l.value, class::OTHER | class::KINDERGARTEN)
            }
            Some(l) => l.kind == Kind::Centre,
            None => false,
        })
    }

    fn class_of(&self, k: usize) -> u16 {
        match self.token(k).and_then(|t| t.lex) {
            Some(l) if l.kind == Kind::Centre => class::CENTRE,
            Some(l) => l.value,
            None => class::SCHOOL,
        }
    }

    /// «№ 5» that nothing governs, after a school that has its number: of the same kind.
    fn bare_signs(&mut self, first: usize, end: usize, kinds: &[usize]) {
        for i in first + 1..end {
            if !self.token(i).is_some_and(|t| t.mark('№')) {
                continue;
            }
            let at = i + 1;
            let Some(t) = self.token(at).copied() else {
                return;
            };
            let plain = t.is_number()
                && (1..1000).contains(&t.value)
                && !self.used.get(at).copied().unwrap_or(true);
            // «гимназия № 2», and in another line «Орлов О. О., № 5»
            let line = (first..=i)
                .rev()
                .find(|j| self.token(*j).is_some_and(|t| t.is(flag::NEWLINE)));
            let inside = line.filter(|j| *j < i).unwrap_or(first);
            if !plain || !self.opens_clause(i) || self.goes_on_otherwise(at) {
                continue;
            }
            let Some(k) = kinds
                .iter()
                .copied()
                .rev()
                .find(|k| (inside..i).contains(k))
            else {
                continue;
            };
            let numbered =
                (k + 1..(k + 6).min(i)).any(|j| self.token(j).is_some_and(Token::is_number));
            // «Центр образования, № 6»
            let own = (k + 1..i).all(|j| {
                self.token(j)
                    .is_some_and(|t| t.mark(',') || t.lexed(Kind::Education))
            });
            if i - k > BACK || !(numbered || own) {
                continue;
            }
            // «школы города № 12, № 47»: a list goes on, wherever it is.
            let goes_on = (k + 1..i)
                .rev()
                .take_while(|j| !self.token(*j).is_some_and(Token::is_number))
                .all(|j| {
                    self.token(j)
                        .is_some_and(|t| t.mark(',') || t.lexed(Kind::Conj))
                });
            let value = u32::try_from(t.value).unwrap_or(0);
            // «школы Южнограда № 12, № 47» say where they are.
            let placed = (k + 1..i).any(|j| {
                self.token(j)
                    .is_some_and(|t| t.is_word() && t.is(flag::CAPITAL))
            });
            let by = if numbered && goes_on && !placed {
                By::Number(value)
            } else {
                By::Ordinal(value)
            };
            let item = Item::new(by, i, at, Vec::new());
            let class = self.class_of(k);
            self.synthetic_of(Rule::MeantAgain, class, i, at, vec![item]);
        }
    }

    /// Nothing that a number sign could belong to stands before it.
    fn opens_clause(&self, i: usize) -> bool {
        let Some(b) = i.checked_sub(1).and_then(|b| self.token(b)) else {
            return true;
        };
        boundary(self.d.stream, i)
            || self
                .token(i)
                .is_some_and(|t| t.is(flag::NEWLINE | flag::DASH))
            || b.mark(',')
            || b.mark(';')
            || b.lexed(Kind::Conj)
            || super::super::fold::reads(self.d.stream.word(b), "также")
    }

    /// «№ 17-п», «№ 5/2», «№ 3 от 01.02», «№ 17.1»: no school's number.
    pub(super) fn goes_on_otherwise(&self, at: usize) -> bool {
        self.token(at + 1).is_some_and(|n| {
            n.mark('/')
                || n.is(flag::GLUED)
                || n.is(flag::HYPHEN) && !n.is(flag::SPACE)
                || n.is_number() && n.is(flag::DOT) && !n.is(flag::SPACE)
                || n.lexed(Kind::Prep) && self.token(at + 2).is_some_and(Token::is_number)
                // «№ 2 в рейтинге»: a rank.
                || n.lexed(Kind::Prep)
                    && self.token(at + 2).is_some_and(|r| {
                        crate::fold::begins_any(self.d.stream.word(r), "рейтинг списк очеред таблиц перечн зачет област")
                    })
        })
    }

    /// «ЦО: 1-й, 9-й», «гимназии: 1-я и 5-я»
    fn ordinals_after(&mut self, k: usize, end: usize) {
        if !self.token(k + 1).is_some_and(|t| t.mark(':')) {
            return;
        }
        let mut items = Vec::new();
        let mut i = k + 2;
        while i + 1 < end && items.len() < MOST {
            let (Some(t), Some(suffix)) = (self.token(i), self.token(i + 1)) else {
                break;
            };
            let ordinal = t.is_number()
                && (1..1000).contains(&t.value)
                && suffix.is_word()
                && suffix.is(flag::HYPHEN | flag::GLUED)
                && ordinal_suffix(self.d.stream.word(suffix)).is_some();
            if !ordinal {
                break;
            }
            items.push(Item::new(
                By::Ordinal(u32::try_from(t.value).unwrap_or(0)),
                i,
                i + 1,
                Vec::new(),
            ));
            i += 2;
            i += usize::from(
                self.token(i)
                    .is_some_and(|t| t.mark(',') || t.mark(';') || t.lexed(Kind::Conj)),
            );
        }
        if let (Some(a), Some(b)) = (items.first(), items.last()) {
            let (from, to, class) = (a.from, b.to, self.class_of(k));
            self.synthetic_of(Rule::ListOfNumbers, class, from, to, items);
        }
    }

    /// Villages in a list that a word for schools heads.
    fn villages_after(&mut self, k: usize, end: usize) {
        let many = self
            .token(k)
            .and_then(|t| t.lex)
            .is_some_and(|l| l.forms.0 & Forms::PLURAL != 0);
        let colon = (k + 1..end.min(k + 1 + HEAD))
            .take_while(|i| !boundary(self.d.stream, *i))
            .find(|i| self.token(*i).is_some_and(|t| t.mark(':')));
        // «СОШ сёл: …» says of what; «СОШ: …» may begin anything.
        let Some(colon) = colon.filter(|c| many && *c > k + 1) else {
            return;
        };
        let mut last = colon;
        let from = self.d.places.partition_point(|m| m.from <= colon);
        let mut n = from;
        let mut found = Vec::new();
        while let Some(m) = self.d.places.get(n).filter(|m| m.to < end) {
            // «1) с. Приречное;», «Приречное, Луговая»
            let between = (last + 1..m.from).all(|i| {
                self.token(i).is_some_and(|t| {
                    t.is_number()
                        || [',', ';', ')', '('].iter().any(|c| t.mark(*c))
                        || t.lexed(Kind::Conj)
                        || self.school_kind(i)
                })
            });
            let closed = self.token(m.to + 1).is_none_or(|t| {
                !t.is_word()
                    || t.is(flag::NEWLINE)
                    || t.lexed(Kind::Conj)
                    || boundary(self.d.stream, m.to + 1)
            });
            if !between || !closed {
                break;
            }
            // «пгт Ключевой (СОШ)»: the kind beside it decides by itself.
            let own_kind =
                self.token(m.to + 1).is_some_and(|t| t.mark('(')) && self.school_kind(m.to + 2);
            if !own_kind {
                found.push(n);
            }
            last = m.to;
            n += 1;
        }
        for n in found {
            let Some((name, from, to)) = self.d.places.get(n).map(|m| (m.name, m.from, m.to))
            else {
                return;
            };
            if self.used.get(name).copied().unwrap_or(true) {
                continue;
            }
            if let Some(item) = self.village_item(n, from, to) {
                self.synthetic_at(
                    Rule::VillagesOfKind,
                    self.class_of(k),
                    from,
                    to,
                    vec![item],
                    vec![n],
                );
            }
        }
    }
}
