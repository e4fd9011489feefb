//! People of a school named by its village: «педагоги с. Приречное», «приречные учителя».
//!
//! Takes a word for such people; adds mentions. The adjective of a district or town says no school.

use super::super::fold::{Beginnings, begins, enc, ends};
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::{Forms, adjective_stem};
use super::super::phrase::{self, By};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;

/// Beginnings of words for those who teach and learn.
pub(super) const FOLK: Beginnings = Beginnings::new(&[
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
        self.people_of_bare_village(i);
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
        let hits = self.readings(t, |h| {
            h.role == Hit::Topo && usize::from(h.more) <= m.to - m.name
        });
        if hits.is_empty() {
            return;
        }
        let item = phrase::Item::new(By::Settlement, m.from, m.to, hits);
        self.synthetic(Rule::PeopleOfVillage, m.from, m.to, vec![item]);
    }

    /// «школьники Приречного»: the village in the genitive, right after them.
    fn people_of_bare_village(&mut self, i: usize) {
        const PUPILS: Beginnings = Beginnings::new(&["школьник", "старшекласс", "девятикласс"]);
        let Some(t) = self
            .token(i + 1)
            .copied()
            .filter(|t| t.is(flag::CAPITAL) && t.has_hits())
        else {
            return;
        };
        if t.lex.is_some()
            || t.is(flag::QUOTE | flag::LATIN | flag::NEWLINE)
            || boundary(self.d.stream, i + 1)
            || !self.starts(i, PUPILS)
            || self.used.get(i + 1).copied().unwrap_or(true)
        {
            return;
        }
        let hits = self.readings(&t, |h| {
            h.role == Hit::Topo && h.forms.has("g") && self.goes_on(i + 1, h, 2)
        });
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let to = i + 1 + more;
        // «школьники Приречного района», «… Луговой Н. И.»
        let goes_on = self.token(to + 1).is_some_and(|n| {
            n.is_word()
                && !boundary(self.d.stream, to + 1)
                && (n.is(flag::CAPITAL) || n.lexed(Kind::District) || n.lexed(Kind::Object))
        });
        if goes_on {
            return;
        }
        let item = phrase::Item::new(By::Settlement, i + 1, to, hits);
        self.synthetic(Rule::PeopleOfVillage, i + 1, to, vec![item]);
    }

    /// «ключевская «семёрка»»: the number of a school of the town, as a nickname.
    pub(super) fn nickname(&mut self, i: usize) {
        const NICKNAMES: &[(&str, u32)] = &[
            ("двойк", 2),
            ("тройк", 3),
            ("четверк", 4),
            ("пятерк", 5),
            ("шестерк", 6),
            ("семерк", 7),
            ("восьмерк", 8),
            ("девятк", 9),
            ("десятк", 10),
        ];
        let Some(t) = self
            .token(i)
            .copied()
            .filter(|t| t.is(flag::QUOTE) && t.is_word())
        else {
            return;
        };
        let word = self.d.stream.word(&t);
        let Some((_, value)) = NICKNAMES
            .iter()
            .find(|(w, _)| begins(word, w) && word.len() <= w.chars().count() + 2)
        else {
            return;
        };
        let Some((b, before)) = i.checked_sub(1).and_then(|b| Some((b, *self.token(b)?))) else {
            return;
        };
        let owners: Vec<u32> = self
            .d
            .stream
            .hits(&before)
            .iter()
            .filter(|h| h.role == Hit::PlaceAdj && h.more == 0)
            .map(|h| h.owner)
            .collect();
        // «семёрка» гребцов
        let of_people = self.token(i + 1).is_some_and(|n| {
            n.is_word()
                && !boundary(self.d.stream, i + 1)
                && ["ов", "ев"].iter().any(|e| ends(self.d.stream.word(n), e))
        });
        if of_people {
            return;
        }
        let singular = adjective_stem(self.d.stream.word(&before))
            .is_some_and(|(_, f)| f.0 & Forms::SINGULAR != 0);
        if owners.is_empty() || !singular || boundary(self.d.stream, i) {
            return;
        }
        let item = phrase::Item::new(By::Ordinal(*value), b, i, Vec::new());
        let mut p = Self::made(Rule::Nickname, class::SCHOOL, b, i, vec![item], Vec::new());
        p.adjective_places = owners;
        self.phrase(&p);
    }

    /// «кадеты из «Северного щита»»: people of a school by its own name.
    pub(super) fn people_of_title(&mut self, i: usize) {
        const OF: Beginnings = Beginnings::new(&[
            "кадет",
            "учени",
            "учител",
            "педагог",
            "школьник",
            "воспитанник",
            "выпускник",
            "гимназист",
            "лицеист",
            "старшекласс",
            "девятикласс",
        ]);
        let Some(t) = self
            .token(i)
            .copied()
            .filter(|t| t.is(flag::QUOTE) && t.is(flag::CAPITAL) && t.has_hits())
        else {
            return;
        };
        let prep = i
            .checked_sub(2)
            .filter(|_| self.token(i - 1).is_some_and(|p| p.lexed(Kind::Prep)));
        let said = prep
            .or(i.checked_sub(1))
            .is_some_and(|k| self.starts(k, OF));
        if !said || boundary(self.d.stream, i) || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let words = (i..i + 4)
            .take_while(|k| {
                *k == i
                    || self
                        .token(*k)
                        .is_some_and(|t| t.is_word() && !boundary(self.d.stream, *k))
            })
            .count();
        let hits = self.readings(&t, |h| h.role == Hit::Proper && self.goes_on(i, h, words));
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let item = phrase::Item::bent(By::Proper, i, i + more, hits, Forms::of("n"));
        self.synthetic(Rule::PeopleOfTitle, i, i + more, vec![item]);
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
        // «Приречные ребята пишут: «Наша школа …»»: children are pupils where a school is spoken of.
        const CHILDREN: Beginnings = Beginnings::new(&["ребят", "дети", "детей", "подростк"]);
        let pupils = self.starts(i, CHILDREN)
            && (i + 1..i + 13).any(|k| {
                self.token(k).is_some_and(|t| {
                    t.lexed(Kind::Type)
                        && t.lex
                            .is_some_and(|l| !matches!(l.value, class::OTHER | class::KINDERGARTEN))
                })
            });
        if !(pupils || self.starts(i, PEOPLE))
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
        let item = phrase::Item::bent(By::Adjective, b, b, hits, Forms::of("n"));
        self.synthetic(Rule::PeopleByAdjective, b, i, vec![item]);
    }
}
