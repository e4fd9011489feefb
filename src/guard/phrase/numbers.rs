//! Numbers and namesakes after a word for a school.

use super::super::index::Role;
use super::super::lexicon::{Kind, class, ordinal_suffix};
use super::super::morph::{Forms, is_in};
use super::super::place::{boundary, is_capital};
use super::super::token::{Token, What, flag};
use super::{By, Item, Reader};

impl Reader<'_> {
    /// Rank, initials, names; the surname decides.
    pub(super) fn namesake(&mut self, start: usize, explicit: bool) -> Option<usize> {
        let mut i = start;
        let mut found = false;
        let mut initials = Vec::new();
        let mut last = start;
        while i < start + 12 {
            let Some(t) = self.t(i).copied() else { break };
            if t.what == What::Break
                || i > start && boundary(self.s, i) && self.s.word(self.t(i - 1)?).len() > 3
            {
                break;
            }
            let word = self.s.word(&t);
            if t.is_word() && word.len() == 1 && (is_capital(&t) || found) {
                if !is_capital(&t) {
                    break;
                }
                initials.push(word[0]);
                last = i;
                i += 1;
                continue;
            }
            let (hits, end) = self.whole(i, self.hits(i, |h| h.role == Role::Namesake));
            if !hits.is_empty() && (explicit || is_capital(&t) || t.is(flag::LATIN)) && !found {
                let from = if explicit { start - 1 } else { start };
                self.add(By::Namesake, from, end, hits, Forms::ANY);
                found = true;
                last = end;
                i = end + 1;
                continue;
            }
            if t.is_word()
                && (t.lexed(Kind::Rank)
                    || is_capital(&t)
                        && t.lex.is_none_or(|l| l.kind == Kind::Plain)
                        && !found
                        && self.place_starting(i).is_none())
            {
                // A full first name gives its initial.
                if is_capital(&t) && !t.lexed(Kind::Rank) {
                    initials.push(word[0]);
                }
                last = i;
                i += 1;
                continue;
            }
            // «им. адм. Громобоева»
            let short = t.is_word() && !is_capital(&t) && !found && (2..=5).contains(&word.len());
            if short
                && self
                    .t(i + 1)
                    .is_some_and(|n| n.is(flag::DOT) && n.is_word())
            {
                i += 1;
                continue;
            }
            if t.is_number() && explicit && !found {
                i += 1;
                continue;
            }
            break;
        }
        if found {
            self.p.initials = initials;
            self.p.to = self.p.to.max(last);
            if let Some(item) = self.p.items.iter_mut().rev().find(|x| x.by == By::Namesake) {
                item.to = item.to.max(last);
            }
            return Some(last + 1);
        }
        if explicit {
            self.p.other_namesake = true;
            self.p.to = self.p.to.max(last);
            return Some(i);
        }
        None
    }

    /// «№ 14», «№№ 3, 5 и 14», «№ 3–7», «14», «номер четырнадцать».
    pub(super) fn numbers(&mut self, start: usize) -> Option<usize> {
        let mut i = start;
        let mut any = false;
        let mut prior = 0;
        let mut next_to_read = None;
        let many = self.plural();
        loop {
            let from = i;
            let mut signs = 0;
            while self.t(i).is_some_and(|t| {
                t.mark('№') || t.lexed(Kind::NumSign) || t.is_word() && self.letter_n(i, t)
            }) && signs < 4
            {
                signs += 1;
                i += 1;
            }
            let Some(t) = self.t(i).copied() else { break };
            if t.what == What::Break {
                break;
            }
            let (value, mut end) = if t.is_number() {
                (u32::try_from(t.value).unwrap_or(0), i)
            } else if matches!(t.kind(), Some(Kind::Cardinal | Kind::Ordinal)) && (signs > 0 || any)
            {
                self.spelled(i)
            } else {
                break;
            };
            // «всего школ – 14»: what is in the genitive plural is counted.
            let goes_on = self
                .t(i + 1)
                .is_some_and(|n| n.mark(',') || n.lexed(Kind::Conj))
                && self.t(i + 2).is_some_and(Token::is_number)
                || self.t(i + 1).is_some_and(Token::is_number);
            let dash = t.is(flag::DASH) && t.is_number();
            let counted = signs == 0 && !any && (dash || self.p.forms.plural_only() && !goes_on);
            if value == 0 && !any && signs == 0 || counted {
                break;
            }
            let next = self.t(end + 1).copied();
            // «14а», «14/2», «14.03», «14:30», «14 %»
            let decimal = next.is_some_and(|n| {
                n.is_number() && n.is(flag::DOT) && !n.is(flag::SPACE)
                    || n.mark(':') && self.t(end + 2).is_some_and(Token::is_number)
                    || n.mark('%')
            });
            if decimal && signs == 0 || value > 9999 {
                break;
            }
            // «приказ школы № 14 от 01.02.2025»
            let document =
                self.p.from.checked_sub(1).and_then(|b| self.kind(b)) == Some(Kind::Document);
            let dated = next.is_some_and(|n| n.lexed(Kind::Prep))
                && self.t(end + 2).is_some_and(Token::is_number);
            if document && dated && !any && self.p.class == class::SCHOOL {
                break;
            }
            let slash = next.is_some_and(|n| n.mark('/') && !n.is(flag::SPACE))
                && self
                    .t(end + 2)
                    .is_some_and(|n| n.is_number() && !n.is(flag::SPACE))
                && signs > 0;
            let letter = next.is_some_and(|n| {
                n.is_word() && n.is(flag::GLUED) && self.s.word(&n).len() == 1 && !n.is(flag::LATIN)
            });
            let suffix = next.is_some_and(|n| {
                n.is_word()
                    && n.is(flag::HYPHEN | flag::GLUED)
                    && ordinal_suffix(self.s.word(&n)).is_some()
            });
            if suffix {
                end += 1;
            }
            let after = self.t(end + 1).copied();
            let unit = after.is_some_and(|n| n.is_word() && !boundary(self.s, end + 1) && (matches!(n.kind(), Some(Kind::Unit | Kind::Month)) || matches!(n.lex, Some(l) if matches!(l.kind, Kind::District | Kind::Settlement | Kind::Object | Kind::Type | Kind::Region | Kind::Legal) && l.forms.has("G") && l.forms.0 & Forms::SINGULAR == 0) || is_in(self.s.word(&n).first().copied().unwrap_or(0), "г") && self.s.word(&n).len() == 1 && !self.t(end + 2).is_some_and(is_capital)));
            if unit && (signs == 0) {
                break;
            }
            if any && signs == 0 && !many {
                // «в школе № 3, 14 учеников»: the list of a single school goes on only by «и», and not into a noun.
                let noun =
                    after.is_some_and(|n| n.is_word() && !n.is(flag::CAPITAL) && n.lex.is_none());
                let comma = self.t(from - 1).is_some_and(|m| m.mark(','));
                if noun || comma && after.is_some_and(|n| n.is_word() && n.lex.is_none()) {
                    break;
                }
            } else if any && signs == 0 {
                let noun = after.is_some_and(|n| {
                    n.is_word()
                        && !n.is(flag::CAPITAL)
                        && n.lex.is_none()
                        && n.is(flag::SPACE)
                        && !boundary(self.s, end + 1)
                        && self.t(from - 1).is_some_and(|m| m.mark(','))
                });
                if noun && self.p.class != class::SCHOOL {
                    break;
                }
            }
            if slash || letter && !suffix {
                self.p.broken_number = true;
                self.p.to = self.p.to.max(end + 1);
                any = true;
                prior = value;
                i = if slash { end + 3 } else { end + 2 };
            } else if self.p.class == class::ANY
                && signs == 0
                && !any
                && !self
                    .t(start)
                    .is_some_and(|x| x.is(flag::HYPHEN | flag::GLUED | flag::QUOTE))
                && !self.p.formal
            {
                break;
            } else {
                self.add(By::Number(value), from, end, Vec::new(), Forms::ANY);
                any = true;
                // A range gives every number in it.
                let to = self
                    .t(end + 1)
                    .copied()
                    .filter(|n| n.is_number() && n.is(flag::HYPHEN | flag::DASH));
                if let Some(n) = to.filter(|n| {
                    n.value > u64::from(value)
                        && n.value - u64::from(value) <= 60
                        && (many || signs > 1)
                }) {
                    let hi = u32::try_from(n.value).unwrap_or(value);
                    for v in value + 1..=hi {
                        self.p.items.push(Item {
                            by: By::Number(v),
                            from,
                            to: end + 1,
                            hits: Vec::new(),
                            forms: Forms::ANY,
                        });
                    }
                    if let Some(first) = self.p.items.iter_mut().find(|x| x.from == from) {
                        first.to = end + 1;
                    }
                    self.p.to = self.p.to.max(end + 1);
                    end += 1;
                }
                prior = value;
                i = end + 1;
            }
            next_to_read = Some(i);
            // Does the list go on?
            let mut k = i;
            let mut joint = false;
            while self
                .t(k)
                .is_some_and(|x| x.mark(',') || x.mark(';') || x.mark('/') || x.lexed(Kind::Conj))
                && k < i + 2
            {
                joint = true;
                k += 1;
            }
            let number_next = self
                .t(k)
                .is_some_and(|x| x.is_number() || x.mark('№') || x.lexed(Kind::NumSign));
            let dots = self.t(k).is_some_and(|x| x.is_number() && x.is(flag::DOT));
            if !joint || !number_next || dots || boundary(self.s, k) {
                break;
            }
            i = k;
        }
        let _ = prior;
        if any { next_to_read } else { None }
    }

    pub(super) fn spelled(&self, i: usize) -> (u32, usize) {
        let value = |i: usize| {
            self.t(i)
                .and_then(|t| t.lex)
                .filter(|l| matches!(l.kind, Kind::Cardinal | Kind::Ordinal))
                .map(|l| u32::from(l.value))
        };
        let mut total = 0;
        let mut end = i;
        let mut last = u32::MAX;
        let mut j = i;
        while let Some(v) = value(j) {
            let fits = last == u32::MAX
                || (last >= 100 && v < 100)
                || ((20..100).contains(&last) && v < 10);
            if !fits {
                break;
            }
            total += v;
            last = v;
            end = j;
            j += 1;
        }
        (total, end)
    }
}
