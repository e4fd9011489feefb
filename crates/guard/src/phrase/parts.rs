//! Names in parts: «Южно-» before a name, a first part cut short or shared by two names, a blank inside a name.
//!
//! Takes a phrase being read to the left; gives the readings of the parts put together. Must not judge them.

use super::super::fold::enc;
use super::super::index::{Hit, Role};
use super::super::lexicon::Kind;
use super::super::morph::{Forms, adjective_stem};
use super::super::place::is_capital;
use super::super::token::{Token, flag};
use super::{By, Reader};

impl Reader<'_> {
    pub(super) fn first_part_cut(&self, l: usize, t: &Token) -> Option<(usize, Vec<Hit>)> {
        let slash = l
            .checked_sub(1)
            .is_some_and(|p| self.t(p).is_some_and(|m| m.mark('/')));
        let at = l.checked_sub(1 + usize::from(slash))?;
        let first = self.t(at)?;
        let short = first.is_word()
            && is_capital(first)
            && self.s.word(first).len() <= 3
            && (slash || t.is(flag::DOT))
            && t.frag == first.frag
            && !t.is(flag::NEWLINE | flag::LATIN)
            && is_capital(t);
        if !short {
            return None;
        }
        let whole = [self.s.word(first), self.s.word(t)].concat();
        let mut out = Vec::new();
        self.model.index.lookup(&whole, false, &mut out);
        out.retain(|h| h.role == Role::Adj && h.more == 0);
        (!out.is_empty()).then_some((at, out))
    }

    /// «Ново- и Старокувшинская школы»: the first part before the joint, with the ending of the adjective after it.
    pub(super) fn shared_ending(&mut self, joint: usize) -> Option<usize> {
        let first = joint.checked_sub(1)?;
        let (t, j, last) = (*self.t(first)?, *self.t(joint)?, *self.t(joint + 1)?);
        let part = t.is_word()
            && is_capital(&t)
            && (2..=9).contains(&self.s.word(&t).len())
            && j.is(flag::HYPHEN | flag::DASH)
            && !j.is(flag::NEWLINE);
        if !part || self.p.items.iter().any(|i| i.from == first) {
            return self
                .p
                .items
                .iter()
                .any(|i| i.from == first)
                .then_some(first);
        }
        // The ending is borrowed from the last adjective of the enumeration.
        let donor = (joint + 1..=joint + 6)
            .take_while(|i| *i < self.p.anchor)
            .find(|i| {
                self.t(*i).is_some_and(|d| {
                    d.is_word()
                        && self.s.word(d).len() >= 6
                        && adjective_stem(self.s.word(d)).is_some()
                })
            })
            .and_then(|i| self.t(i))
            .copied()
            .filter(|_| last.is_word())?;
        let head = self.s.word(&t).to_vec();
        let tail = self.s.word(&donor).to_vec();
        let mut out = Vec::new();
        for cut in 2..tail.len().saturating_sub(4) {
            let whole = [head.as_slice(), tail.get(cut..).unwrap_or_default()].concat();
            self.model.index.lookup(&whole, false, &mut out);
            out.retain(|h| Self::adjectival(h) && h.more == 0);
            if !out.is_empty() {
                break;
            }
        }
        if out.is_empty() {
            return None;
        }
        let forms = out.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
        self.add(By::Adjective, first, first, out, forms);
        self.edge = first;
        Some(first)
    }

    /// «(вересовская)», «(не камышетская, а вересовская)»: adjectives of places in brackets after a name; gives the
    /// token after them.
    pub(super) fn whose(&mut self, bracket: usize) -> Option<usize> {
        let mut owners = Vec::new();
        let mut not = false;
        let mut any = false;
        for i in bracket + 1..bracket + 8 {
            let t = *self.t(i)?;
            if t.mark(')') {
                self.p.adjective_places.append(&mut owners);
                return any.then_some(i + 1);
            }
            if !t.is_word() {
                not = false;
                continue;
            }
            let word = self.s.word(&t);
            if super::super::fold::reads(word, "не") {
                not = true;
                continue;
            }
            if super::super::fold::reads(word, "а") || t.lexed(Kind::Conj) {
                continue;
            }
            let feminine = crate::fold::ends_any(word, "ая яя ой ую");
            let mut places = self.hits(i, |h| {
                matches!(h.role, Role::Place | Role::PlaceAdj) && h.more == 0
            });
            // A district bends as its own word does: «Вересовский».
            if feminine && let Some((stem, _)) = adjective_stem(word) {
                for e in ["ий", "ый", "ой"] {
                    let whole = [stem.as_slice(), &enc(e)].concat();
                    self.model.index.lookup(&whole, false, &mut places);
                }
                places.retain(|h| matches!(h.role, Role::Place | Role::PlaceAdj) && h.more == 0);
            }
            if !feminine || places.is_empty() {
                return None;
            }
            if !not {
                any = true;
                owners.extend(places.iter().map(|h| h.owner));
            }
        }
        None
    }

    /// A first part glued by a hyphen that the registry's name does not have.
    pub(super) fn longer_name(&self, l: usize) -> bool {
        let Some(t) = self.t(l) else { return false };
        let Some(p) = l.checked_sub(1).and_then(|p| self.t(p)) else {
            return false;
        };
        t.is(flag::HYPHEN)
            && !t.is(flag::LATIN)
            && p.is_word()
            && p.lex
                .is_none_or(|x| matches!(x.kind, Kind::Plain | Kind::Ordinal))
            && p.frag == t.frag
    }

    /// Readings of two neighbouring words as one.
    pub(super) fn joined(&self, a: usize, b: usize) -> Vec<Hit> {
        let (Some(x), Some(y)) = (self.t(a), self.t(b)) else {
            return Vec::new();
        };
        let latin = x.is(flag::LATIN);
        if !(x.is_word() && y.is_word())
            || x.frag != y.frag
            || y.is(flag::LATIN) != latin
            || x.lex.is_some() && self.s.word(x).len() > 3
        {
            return Vec::new();
        }
        let word = [self.s.word(x), self.s.word(y)].concat();
        let key = if latin {
            super::super::translit::skeleton(&word)
        } else {
            word
        };
        let mut out = Vec::new();
        self.model.index.lookup(&key, latin, &mut out);
        out.retain(Self::adjectival);
        out
    }
}
