//! Names with a slip of the hand in them, beside a word for a school.
//!
//! Asked only about a word that stands right where a name stands and means nothing as it is written: a word of the
//! lexicon, another school's name or a known place is never taken for a slip.

use super::super::index::{Hit, Role};
use super::super::lexicon::Kind;
use super::super::morph::Forms;
use super::super::place::{boundary, is_capital};
use super::super::token::{Token, flag};
use super::{By, Reader};

/// Letters from which a word in small letters is too long to be anything else.
const UNMISTAKABLE: usize = 10;

impl Reader<'_> {
    /// A word that may be a slip: it says nothing else.
    fn meaningless(&self, t: &Token) -> bool {
        t.is_word()
            && t.lex.is_none()
            && !t.has_hits()
            && !t.is(flag::LATIN)
            && (is_capital(t) || self.s.word(t).len() >= UNMISTAKABLE)
    }

    fn near(&self, word: &[u8], want: &[Role]) -> Vec<Hit> {
        self.model.misspelt.near(word, |r| want.contains(&r))
    }

    /// «Кувшинксая школа», «Усть-Камышенская СОШ»: gives the first token of the name.
    pub(super) fn slip_before(&mut self, l: usize, t: &Token) -> Option<usize> {
        if l + 1 != self.p.from || !self.meaningless(t) {
            return None;
        }
        let mut from = l;
        let mut hits = Vec::new();
        let first = l.checked_sub(1).and_then(|p| self.t(p)).copied();
        if t.is(flag::HYPHEN)
            && let Some(p) = first.filter(|p| p.is_word() && p.frag == t.frag && is_capital(p))
        {
            let whole = [self.s.word(&p), self.s.word(t)].concat();
            hits = self.near(&whole, &[Role::Adj]);
            from = l - 1;
        } else if !t.is(flag::HYPHEN) {
            hits = self.near(self.s.word(t), &[Role::Adj]);
        }
        if hits.is_empty() {
            return None;
        }
        let forms = hits.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
        self.add(By::Adjective, from, l, hits, forms);
        Some(from)
    }

    /// «школа Кувшинксая», «лицей «Гаризонт»»: gives the token after the name.
    pub(super) fn slip_after(&mut self, r: usize, t: &Token) -> Option<usize> {
        let near = r == self.p.to + 1 || t.is(flag::QUOTE);
        if !near || !self.meaningless(t) || !self.p.items.is_empty() {
            return None;
        }
        let other = self.t(r + 1).is_some_and(|n| {
            matches!(
                n.kind(),
                Some(
                    Kind::Object
                        | Kind::District
                        | Kind::Street
                        | Kind::Region
                        | Kind::Settlement
                        | Kind::OtherAdj
                )
            ) && !boundary(self.s, r + 1)
                && !n.is(flag::QUOTE)
        });
        if other {
            return None;
        }
        let hits = self.near(self.s.word(t), &[Role::Adj, Role::Proper]);
        let by = match hits.first()?.role {
            Role::Proper => By::Proper,
            _ => By::Adjective,
        };
        let forms = hits.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
        self.add(by, r, r, hits, forms);
        Some(r + 1)
    }

    /// «имени Грамобоева»: the namesake among tokens from..=to.
    pub(super) fn slip_of_namesake(&mut self, from: usize, to: usize) -> Option<usize> {
        for i in from..=to {
            let Some(t) = self.t(i).copied().filter(|t| self.meaningless(t)) else {
                continue;
            };
            if self.longer_after(i) {
                continue;
            }
            let hits = self.near(self.s.word(&t), &[Role::Namesake]);
            if !hits.is_empty() {
                self.add(By::Namesake, from.saturating_sub(1), i, hits, Forms::ANY);
                return Some(i);
            }
        }
        None
    }
}
