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

impl Run<'_> {
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
                && crate::fold::ends_any(self.d.stream.word(n), "ов ев")
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

    /// «Приречные учителя», «приреченские школьники»: people of a school by the adjective of its village.
    pub(super) fn people_by_adjective(&mut self, i: usize, from: usize) {
        const PEOPLE: Beginnings = Beginnings::new(
            "воспитан гимназист обучающ учащ учител педагог школьник ученик учени старшекласс девятикласс \
    выпускник первокласс второкласс третьекласс пятикласс шестикласс семикласс восьмикласс десятикласс",
        );
        let Some(b) = i.checked_sub(1).filter(|b| *b >= from) else {
            return;
        };
        let Some(t) = self.token(b).copied().filter(Token::has_hits) else {
            return;
        };
        // «Приречные ребята пишут: «Наша школа …»»: children are pupils where a school is spoken of.
        const CHILDREN: Beginnings = Beginnings::new("ребят дети детей подростк малыш");
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
        let plural = crate::fold::ends_any(word, "ие ые их ых им ым ими ыми");
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

    /// «Ключевская четырнадцатая опять в списке: школа …»: the town's adjective and the number, in one gender.
    pub(super) fn ordinal_of_town(&mut self, i: usize, from: usize) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        let Some((value, last, true)) = self.number_at(i) else {
            return;
        };
        let adjective = |k: usize| -> Vec<u32> {
            let hits = self.token(k).map(|t| self.d.stream.hits(t));
            let of_town = hits.unwrap_or_default().iter();
            let of_town = of_town.filter(|h| h.role == Hit::PlaceAdj && h.more == 0);
            of_town.map(|h| h.owner).collect()
        };
        // «ключевская четырнадцатая», «четырнадцатая ключевская»
        let before = i.checked_sub(1).filter(|b| *b >= from);
        let before = before.map(|b| (b, b, last, adjective(b)));
        let after = (last + 1, i, last + 1, adjective(last + 1));
        let mut sides = before.into_iter().chain(std::iter::once(after));
        let Some((town, b, end, owners)) = sides.find(|s| !s.3.is_empty()) else {
            return;
        };
        if t.is_number() && t.is(flag::HYPHEN) {
            return;
        }
        let feminine = |k: usize| {
            self.token(k).is_some_and(|t| {
                crate::fold::ends_any(self.d.stream.word(t), "ая ой ую ья ьей ью я й")
            })
        };
        // «Ключевская четырнадцатая больница»
        let noun = self.token(end + 1).is_some_and(|n| {
            n.is_word()
                && !boundary(self.d.stream, end + 1)
                && (n
                    .lex
                    .is_some_and(|l| !matches!(l.kind, Kind::Prep | Kind::Conj | Kind::Plain))
                    || ends(self.d.stream.word(n), "а") && !ends(self.d.stream.word(n), "ла"))
        });
        if noun
            || !feminine(town)
            || !feminine(last)
            || value <= 3 && !self.speaks_of_schools(i)
            || self.used.get(i).copied().unwrap_or(true)
        {
            return;
        }
        let item = phrase::Item::new(By::Ordinal(value), b, end, Vec::new());
        let mut p = Self::made(
            Rule::OrdinalOfTown,
            class::SCHOOL,
            b,
            end,
            vec![item],
            Vec::new(),
        );
        p.adjective_places = owners;
        self.phrase(&p);
    }

    /// Whether the paragraph has a word for a school.
    fn speaks_of_schools(&self, i: usize) -> bool {
        self.d.parts.get(self.d.part_of(i)).is_some_and(|p| {
            (p.first.max(i.saturating_sub(80))..p.end.min(i + 80)).any(|k| {
                self.token(k).is_some_and(|t| {
                    t.lexed(Kind::Type)
                        && t.lex
                            .is_some_and(|l| !matches!(l.value, class::OTHER | class::KINDERGARTEN))
                })
            })
        })
    }
}
