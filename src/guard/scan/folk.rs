//! People of a school named by its village: «педагоги с. Приречное», «приречные учителя».
//!
//! Takes a word for such people; adds mentions. The adjective of a district or town says no school.

use super::super::fold::{Beginnings, enc, ends};
use super::super::index::Role as Hit;
use super::super::lexicon::settlement;
use super::super::morph::{Forms, adjective_stem};
use super::super::phrase::{self, By};
use super::super::place::boundary;
use super::super::token::{Token, flag};
use super::Run;

/// Beginnings of words for those who teach and learn.
const FOLK: Beginnings = Beginnings::new(&[
    "педагог",
    "учител",
    "ученик",
    "учени",
    "учащ",
    "обучающ",
    "школьник",
    "директор",
]);

impl Run<'_> {
    /// «педагоги с. Приречное»: people of a school named by its village.
    pub(super) fn people_of_village(&mut self, i: usize) {
        let n = self.d.places.partition_point(|m| m.from <= i);
        let Some(m) = self.d.places.get(n).filter(|m| m.from == i + 1) else {
            return;
        };
        if m.kind != settlement::VILLAGE
            || !self.starts(i, FOLK)
            || self.used.get(m.name).copied().unwrap_or(true)
        {
            return;
        }
        let m = m.clone();
        let Some(t) = self.token(m.name) else { return };
        let hits: Vec<_> = self
            .d
            .stream
            .hits(t)
            .iter()
            .copied()
            .filter(|h| h.role == Hit::Topo && usize::from(h.more) <= m.to - m.name)
            .collect();
        if hits.is_empty() {
            return;
        }
        let item = phrase::Item {
            by: By::Settlement,
            from: m.from,
            to: m.to,
            hits,
            forms: Forms::ANY,
        };
        self.synthetic(m.from, m.to, vec![item]);
    }

    /// «Приречные учителя», «приреченские школьники»: people of a school by the adjective of its village.
    pub(super) fn people_by_adjective(&mut self, i: usize, from: usize) {
        const PEOPLE: Beginnings = Beginnings::new(&[
            "учител",
            "педагог",
            "школьник",
            "ученик",
            "учени",
            "старшекласс",
            "девятикласс",
            "выпускник",
            "первокласс",
            "второкласс",
            "третьекласс",
            "пятикласс",
            "шестикласс",
            "семикласс",
            "восьмикласс",
            "десятикласс",
        ]);
        let Some(b) = i.checked_sub(1).filter(|b| *b >= from) else {
            return;
        };
        let Some(t) = self.token(b).copied().filter(Token::has_hits) else {
            return;
        };
        if !self.starts(i, PEOPLE)
            || t.is(flag::LATIN)
            || t.lex.is_some()
            || boundary(self.d.stream, i)
            || self.used.get(b).copied().unwrap_or(true)
        {
            return;
        }
        let word = self.d.stream.word(&t);
        let plural = ["ие", "ые", "их", "ых", "им", "ым", "ими", "ыми"]
            .iter()
            .any(|e| ends(word, e));
        let Some((stem, _)) = adjective_stem(word).filter(|_| plural) else {
            return;
        };
        // The adjective of a district or city says no school.
        let wide = |p: u32| {
            self.d
                .model
                .places
                .get(p as usize)
                .is_some_and(|p| p.kind != settlement::VILLAGE)
        };
        let mut places = Vec::new();
        for e in ["ий", "ый", "ой"] {
            let whole = [stem.as_slice(), &enc(e)].concat();
            self.d.model.index.lookup(&whole, false, &mut places);
        }
        if places
            .iter()
            .any(|h| matches!(h.role, Hit::Place | Hit::PlaceAdj) && wide(h.owner))
        {
            return;
        }
        let hits: Vec<_> = self
            .d
            .stream
            .hits(&t)
            .iter()
            .copied()
            .filter(|h| matches!(h.role, Hit::Adj | Hit::Derived) && h.more == 0)
            .filter(|h| {
                self.d
                    .model
                    .variants
                    .get(h.owner as usize)
                    .is_some_and(|v| {
                        v.number.is_none() && !v.plain && !(v.namesake && h.role == Hit::Derived)
                    })
            })
            .collect();
        if hits.is_empty() {
            return;
        }
        let item = phrase::Item {
            by: By::Adjective,
            from: b,
            to: b,
            hits,
            forms: Forms::of("n"),
        };
        self.synthetic(b, i, vec![item]);
    }
}
