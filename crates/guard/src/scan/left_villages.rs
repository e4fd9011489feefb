//! Villages that stand for their schools in a text that speaks of schools: «Жалоба одна — Приречное», «В Приречном
//! учителя показали уроки», «пихтовцы сдали первыми».
//!
//! Takes a document whose phrases are judged; adds mentions, all ambiguous. Clears what the village's own clause gives to
//! something else: a thing, a way, an event, an address, a longer name.

use std::ops::Range;

use super::super::fold::Beginnings;
use super::super::index::{Hit as Reading, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::{Forms, adjective_stem};
use super::super::phrase::{By, Item};
use super::super::place::{self, boundary, is_capital, passes_by};
use super::super::rule::Rule;
use super::super::token::{Token, What, flag};
use super::Run;
use super::spoken::{FOLK, Spoken};

/// Beginnings of words that head a key to codes.
const KEY: Beginnings = Beginnings::new("шифр расшифр шнор шнро шнсу");

/// Beginnings of words for ways between villages, and for what happens and stands in them besides schools.
pub(super) const ELSEWHERE: Beginnings = Beginnings::new(
    "маршрут автобус рейс подвоз паром концерт праздник ярмарк жител сход почт цена цены фельдшер мост \
    паводок выбор урожа ансамбл",
);

impl Run<'_> {
    /// «Жалоба одна — Приречное», «в Приречном учителя показали уроки»: the village for its school.
    pub(super) fn left_village(
        &mut self,
        name: usize,
        m: Item,
        places: Vec<usize>,
        part: &Range<usize>,
        spoken: &Spoken,
    ) {
        let (first, end) = (part.start, part.end);
        let capital = |i: usize| {
            self.token(i)
                .is_some_and(|t| is_capital(t) && !t.is(flag::LATIN) || !t.is_word())
                || self.small_after_preposition(name, m.to)
        };
        // «В. Тальцы» is another village.
        let longer = m.from == name
            && m.from
                .checked_sub(1)
                .and_then(|b| self.token(b))
                .is_some_and(|b| b.len() == 1 && is_capital(b))
            && self.token(m.from).is_some_and(|t| t.is(flag::DOT));
        if self.weighed(name)
            || !(name..=m.to).all(capital)
            || longer
            || self.goes_on_from_line_before(name, first)
        {
            return;
        }
        let stops = |i: usize| boundary(self.d.stream, i);
        let from = (first..m.to).rev().find(|i| stops(*i)).unwrap_or(first);
        let own = from..(m.to + 1..end).find(|i| stops(*i)).unwrap_or(end);
        // «посылки из Приречного, Лугового»: where something came from.
        let lead = (first..m.from).rev().find(|k| {
            let n = self.d.places.partition_point(|p| p.to < *k);
            let placed = self.d.places.get(n).is_some_and(|p| p.from <= *k);
            !placed
                && !self
                    .token(*k)
                    .is_some_and(|t| t.mark(',') || t.lexed(Kind::Conj) && !t.lexed(Kind::Prep))
        });
        let passing = lead.is_some_and(|k| {
            self.token(k)
                .is_some_and(|t| t.lexed(Kind::Prep) && passes_by(self.d.stream.word(t)))
        });
        let whose = lead.and_then(|k| k.checked_sub(1));
        let folk = whose.is_some_and(|k| self.starts(k, FOLK)) || spoken.in_range(&own);
        if passing && !folk {
            return;
        }
        let mut m = m;
        m.hits.retain(|h| self.sole_of_village(h));
        let said =
            !m.hits.is_empty() && spoken.near(name) || own.clone().any(|k| self.starts(k, KEY));
        // «Посёлок Зелёный. Библиотека, почта»: the next sentence says what of it.
        let alone = (m.to + 1 - m.from) + 2 >= own.len();
        let next = own.end..(own.end + 1..end).find(|i| stops(*i)).unwrap_or(end);
        let elsewhere = |i: usize| self.starts(i, ELSEWHERE) || alone && self.is_thing(i);
        if !said
            || self.thing_in_clause(&m, &own)
            || own.clone().any(|i| self.starts(i, ELSEWHERE))
            || alone && next.into_iter().any(elsewhere)
        {
            return;
        }
        let (from, to) = (m.from, m.to);
        let places = self.with_its_district(places);
        self.synthetic_at(Rule::VillageApart, class::ANY, from, to, vec![m], places);
    }

    /// «Пихтовцы сдали первыми»: who is called by the school or its village.
    pub(super) fn left_folk(&mut self, i: usize, spoken: &Spoken) {
        let Some(t) = self.token(i).filter(|t| t.has_hits() && t.lex.is_none()) else {
            return;
        };
        // «Лобастовка» is written with a capital, «пихтовцы» need none.
        let written = |h: &Reading| is_capital(t) || h.forms.0 & Forms::PLURAL != 0 && t.len() > 6;
        let own = |h: &Reading| {
            let v = self.d.model.variants.get(h.owner as usize);
            v.is_some_and(|v| v.number.is_none() && (!v.derived || self.sole_of_village(h)))
        };
        let hits = self.readings(t, |h| h.role == Hit::Folk && own(h) && written(h));
        if !hits.is_empty() && !self.weighed(i) && spoken.near(i) {
            let item = Item::bent(By::Adjective, i, i, hits, Forms::of("n"));
            self.synthetic_of(Rule::PeopleByAdjective, class::ANY, i, i, vec![item]);
        }
    }

    /// Whether a village has one school: it has no number, and the village is no town.
    pub(super) fn sole_of_village(&self, h: &Reading) -> bool {
        let v = self.d.model.variants.get(h.owner as usize);
        let place = v.and_then(|v| self.d.model.schools.get(v.school as usize)?.settlement);
        let kind = place
            .and_then(|p| self.d.model.places.get(p as usize))
            .map(|p| p.kind);
        v.is_some_and(|v| v.number.is_none()) && kind != Some(settlement::CITY)
    }

    /// A village's place with the district beside it: «Луговой район, с. Приречное».
    fn with_its_district(&self, mut places: Vec<usize>) -> Vec<usize> {
        let Some(n) = places.first().copied() else {
            return places;
        };
        let near = |a: &place::Mention, b: &place::Mention| b.from.saturating_sub(a.to) <= 2;
        for k in [n.checked_sub(1), Some(n + 1)].into_iter().flatten() {
            if let (Some(a), Some(b)) = (self.d.places.get(n.min(k)), self.d.places.get(n.max(k)))
                && near(a, b)
                && [a, b].iter().any(|m| m.kind == settlement::DISTRICT)
            {
                places.push(k);
            }
        }
        places
    }

    /// Whether something that is no school stands in the village's own clause, or heads the list that it stands in.
    fn thing_in_clause(&self, m: &Item, sentence: &Range<usize>) -> bool {
        let mark = |i: &usize| {
            self.token(*i)
                .is_some_and(|t| [',', ';', '(', ')'].iter().any(|c| t.mark(*c)))
        };
        let school = |i: usize| self.token(i).is_some_and(|t| t.lexed(Kind::Type));
        // «с. Приречное, ул. Садовая»: an address.
        let street = |i: usize| {
            self.token(i)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Street | Kind::House)))
        };
        let from = (sentence.start..m.from).rev().find(mark);
        let from = from.unwrap_or(sentence.start);
        let to = (m.to + 1..sentence.end).find(mark).unwrap_or(sentence.end);
        let head = (sentence.start..m.from)
            .rev()
            .find(|i| self.is_thing(*i) || school(*i));
        let own = |i: &usize| !(m.from..=m.to).contains(i);
        // «Приречное (клуб)»
        let open = self.token(m.to + 1).is_some_and(|t| t.mark('('));
        let bracket = m.to + 2..m.to + if open { 5 } else { 2 };
        (from..to)
            .filter(own)
            .chain(bracket.take_while(|i| !mark(i)))
            .any(|i| self.is_thing(i))
            || head.is_some_and(|k| self.is_thing(k))
            || (m.to + 2..m.to + 4).any(street)
    }

    /// «Нижние», and in the next line of subtitles «Тальцы».
    fn goes_on_from_line_before(&self, i: usize, first: usize) -> bool {
        let word = |k: &usize| self.token(*k).is_some_and(Token::is_word);
        let before = (first.saturating_sub(60)..first).rev().find(word);
        before
            .filter(|_| !(first..i).any(|k| word(&k)))
            .is_some_and(|k| {
                let alone = self.token(k + 1).is_some_and(|n| n.what == What::Break);
                self.token(k).is_some_and(|b| {
                    alone && is_capital(b) && adjective_stem(self.d.stream.word(b)).is_some()
                })
            })
    }

    /// «кто едет в тёплый луг?»: a long name in small letters, as in a chat.
    fn small_after_preposition(&self, i: usize, to: usize) -> bool {
        let letters: u16 = (i..=to).filter_map(|k| self.token(k)).map(Token::len).sum();
        let before = i.checked_sub(1).and_then(|b| self.token(b));
        letters >= 8 && before.is_some_and(|b| b.lexed(Kind::Prep)) && self.small(i)
    }

    fn small(&self, i: usize) -> bool {
        self.token(i)
            .is_some_and(|t| !t.is(flag::CAPITAL) && t.lex.is_none())
    }

    /// «Жалоба одна — Приречное»: a village that no preposition or kind announces.
    pub(super) fn bare_village(&self, i: usize, first: usize) -> Option<Item> {
        let t = self
            .token(i)
            .filter(|t| t.has_hits() && (is_capital(t) || self.small(i)) && t.lex.is_none())?;
        let n = self.d.places.partition_point(|m| m.to < i);
        let placed = self.d.places.get(n).is_some_and(|m| m.from <= i);
        if placed || t.is(flag::LATIN | flag::QUOTE) || boundary(self.d.stream, i) {
            return None;
        }
        let hits = self.readings(t, |h| h.role == Hit::Topo && self.goes_on(i, h, 3));
        let end = i + hits.iter().map(|h| usize::from(h.more)).max()?;
        (!self.of_another(i, end, first, false, false))
            .then(|| Item::new(By::Settlement, i, end, hits))
    }
}
