//! What stands in brackets after a kind, and a tail that several names of a list share: «центр образования (двадцать
//! первый)», «школа (сменная) № 2», «Усть-Приречная, Луговая № 1 СОШ».
//!
//! Takes a phrase being read; gives the next token to read. Must not read what the brackets only remark on.

use super::super::lexicon::{Kind, class};
use super::super::morph::{Forms, adjective_stem};
use super::super::place::is_capital;
use super::super::token::Token;
use super::{By, Reader};

impl Reader<'_> {
    /// At a bracket right after the kind.
    pub(super) fn bracketed(&mut self, r: usize) -> Option<usize> {
        if r != self.p.to + 1 || !self.p.items.is_empty() {
            return None;
        }
        let first = *self.t(r + 1)?;
        // «Интернат (школа) Приречный»
        if matches!(first.kind(), Some(Kind::TypeAdj | Kind::Type)) && self.t(r + 2)?.mark(')') {
            let value = first.lex.map_or(0, |l| l.value);
            let narrows = first.lexed(Kind::TypeAdj) && value != 0;
            if self.p.class == class::SCHOOL && narrows {
                self.p.class = value;
            }
            self.p.to = r + 2;
            return Some(r + 3);
        }
        if !matches!(first.kind(), Some(Kind::Ordinal | Kind::Cardinal)) {
            return None;
        }
        let (value, end) = self.spelled(r + 1);
        let whole = self.t(end)?.lexed(Kind::Ordinal) && self.t(end + 1)?.mark(')');
        if !whole || self.p.forms.plural_only() {
            return None;
        }
        // A number in a remark: believed only in the school's own place.
        self.add(By::Ordinal(value), r + 1, end, Vec::new(), Forms::ANY);
        Some(end + 2)
    }

    /// «Усть-Приречная, Луговая № 1 СОШ»: the number at `sign` belongs to an adjective that the registry does not know,
    /// and before it another of the same list is known.
    pub(super) fn tail_of_list(&mut self, sign: usize) -> Option<usize> {
        let owner = sign.checked_sub(1)?;
        let joint = self.t(owner.checked_sub(1)?)?;
        let known = owner.checked_sub(2)?;
        let listed = (joint.mark(',') || joint.lexed(Kind::Conj))
            && self.t(owner).is_some_and(|t: &Token| {
                is_capital(t) && t.lex.is_none() && adjective_stem(self.s.word(t)).is_some()
            })
            && !self.hits(known, Self::adjectival).is_empty();
        if !listed {
            return None;
        }
        self.edge = owner;
        Some(owner)
    }
}
