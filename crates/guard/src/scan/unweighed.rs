//! Names that no rule has weighed, in a text that speaks of schools: «Жалоба одна — Приречная», «Семнадцатая имени
//! Громобоева», «остальные лицеи, «Горизонт» просит».
//!
//! Takes a document whose phrases are judged; adds mentions, all ambiguous. Clears only what the word itself belongs
//! to: a thing, a person, a longer name.

use std::ops::Range;

use super::super::context::Part;
use super::super::fold::{Beginnings, ends};
use super::super::index::{Hit as Reading, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::place::{self, boundary, is_capital};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::{Run, not_school};
use glasno_passage::Role;

/// How far, in words and marks, a text speaks of schools round a word for one.
const NEAR: usize = 80;

/// Beginnings of words for those who teach and learn.
const FOLK: Beginnings = Beginnings::new(&[
    "педагог",
    "учител",
    "ученик",
    "учениц",
    "учащ",
    "обучающ",
    "школьник",
    "старшекласс",
    "девятикласс",
    "воспитанник",
    "выпускник",
    "кадет",
    "гимназист",
    "лицеист",
    "директор",
    "завуч",
]);

/// A post that only a school has.
const POSTS: Beginnings = Beginnings::new(&["завуч"]);

/// Beginnings of words that head a key to codes.
const KEY: Beginnings = Beginnings::new(&["шифр", "расшифр", "шнор", "шнро", "шнсу"]);

/// Beginnings of words right before a school's title.
const CALLED: Beginnings =
    Beginnings::new(&["назван", "наименован", "именем", "именован", "частн"]);

/// Of them those that need no word for a school.
const PRIVATE: Beginnings = Beginnings::new(&["частн"]);

/// Beginnings of prepositions that only pass a place by.
const PASSING: Beginnings = Beginnings::new(&[
    "у",
    "из",
    "от",
    "через",
    "под",
    "между",
    "около",
    "возле",
    "к",
    "по",
]);

impl Run<'_> {
    pub(super) fn unweighed(&mut self) {
        let mut schools = std::mem::take(&mut self.speaks);
        schools.retain(|k| self.token(*k).is_some_and(|t| !t.is(flag::LATIN)));
        let mut next = 0;
        for n in 0..self.d.parts.len() {
            let Some(p) = self.d.parts.get(n) else {
                continue;
            };
            let (role, first, end, tells) = (p.role, p.first, p.end, p.tells);
            if !tells || matches!(role, Role::Path | Role::Address) {
                continue;
            }
            let mut known = None;
            for i in first..end {
                while schools.get(next).is_some_and(|k| *k < i) {
                    next += 1;
                }
                let before = next.checked_sub(1).and_then(|k| schools.get(k));
                let near = |k: Option<&usize>| k.is_some_and(|k| k.abs_diff(i) <= NEAR);
                let telling = |t: &Token| {
                    t.has_hits() && is_capital(t)
                        || matches!(t.kind(), Some(Kind::Ordinal | Kind::Cardinal))
                };
                if self.token(i).is_some_and(telling)
                    && !self.weighed(i)
                    && !*known.get_or_insert_with(|| self.cell_of_other(n))
                {
                    let said = near(before) || near(schools.get(next));
                    self.left_name(i, first, said);
                    let ordinal =
                        |t: &Token| matches!(t.kind(), Some(Kind::Ordinal | Kind::Cardinal));
                    if near(before) && self.token(i).is_some_and(ordinal) {
                        self.left_ordinal(i, before.copied());
                    }
                }
            }
            for i in first..end {
                if self.token(i).is_some_and(|t| t.lexed(Kind::Named)) && !self.weighed(i) {
                    self.left_namesake(i);
                }
            }
            let (part, at) = (first..end, n);
            for n in self.d.parts.get(n).map_or(0..0, |p| p.places.clone()) {
                let m = self.d.places.get(n).cloned();
                let village =
                    |m: &place::Mention| !matches!(m.kind, settlement::DISTRICT | settlement::CITY);
                if let Some(m) = m.filter(village)
                    && let Some(item) = self.village_item(n, m.from, m.to)
                    && !*known.get_or_insert_with(|| self.cell_of_other(at))
                {
                    self.left_village(m.name, item, vec![n], &part, &schools);
                }
            }
            for i in part.clone() {
                if let Some(item) = self.bare_village(i, first)
                    && !*known.get_or_insert_with(|| self.cell_of_other(at))
                {
                    self.left_village(i, item, Vec::new(), &part, &schools);
                }
            }
        }
    }

    /// A cell whose column or row is of things that are no schools.
    fn cell_of_other(&self, n: usize) -> bool {
        let Some(Role::Cell {
            table, column, row, ..
        }) = self.d.parts.get(n).map(|p| p.role)
        else {
            return false;
        };
        let thing = |p: &Part| (p.first..p.end).any(|i| self.token(i).is_some_and(not_school));
        let near = n.saturating_sub(8)..(n + 9).min(self.d.parts.len());
        let mut row = self.d.parts.get(near).unwrap_or_default().iter().filter(
            |q| matches!(q.role, Role::Cell { table: t, row: r, .. } if t == table && r == row),
        );
        row.any(|q| q.words <= 2 && thing(q)) || self.head_of(table, column, n).is_some_and(thing)
    }

    fn weighed(&self, i: usize) -> bool {
        let said = |list: &[bool]| list.get(i).copied().unwrap_or(true);
        said(&self.judged) || said(&self.used)
    }

    fn left_name(&mut self, i: usize, first: usize, said: bool) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        if !is_capital(&t) || !t.has_hits() || t.is(flag::LATIN) || t.lexed(Kind::Plain) {
            return;
        }
        let follows = |h: &Reading| self.goes_on(i, h, 3);
        let title = t.is(flag::QUOTE);
        let word = self.d.stream.word(&t);
        let feminine = ["ая", "яя", "ой", "ей", "ую", "юю"]
            .iter()
            .any(|e| ends(word, e));
        let adjectives = self.readings(&t, |h| h.role == Hit::Adj && feminine && follows(h));
        let titles = self.readings(&t, |h| h.role == Hit::Proper && title && follows(h));
        let (by, hits) = if adjectives.is_empty() {
            (By::Proper, titles)
        } else {
            (By::Adjective, adjectives)
        };
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let end = i + more;
        let title = by == By::Proper;
        let private = title && i > first && self.starts(i - 1, PRIVATE);
        let said = said
            || private
            || self.folk_before(i, first)
            || title && self.village_behind(end, &hits);
        if !said || self.of_another(i, end, first, title) {
            return;
        }
        let mut items = vec![Item::bent(by, i, end, hits, Forms::of("n"))];
        items.extend(self.ordinal_before(i));
        self.synthetic_of(Rule::NameApart, class::ANY, i, end, items);
    }

    /// «Учителя показали три урока»: those who teach begin a sentence and do something.
    fn acted(&self, i: usize) -> bool {
        let acts = |n: &Token| {
            let past = ["ли", "лись", "ют", "ят", "ил", "ал"];
            let word = self.d.stream.word(n);
            n.is_word()
                && !n.is(flag::CAPITAL)
                && n.lex.is_none()
                && past.iter().any(|e| ends(word, e))
        };
        self.starts(i, FOLK) && self.token(i + 1).is_some_and(acts)
    }

    /// «ученики из «Горизонта»», «директор Приречной», «завуч, Приречное»: those who teach and learn right before.
    fn folk_before(&self, i: usize, first: usize) -> bool {
        let at = |n: usize| i.checked_sub(n).filter(|k| *k >= first);
        let joint = |k: usize| {
            self.token(k)
                .is_some_and(|t| t.mark(',') || t.mark('(') || t.lexed(Kind::Prep))
        };
        let head = |k: usize| {
            self.token(k)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Role)))
        };
        at(1).is_some_and(|k| self.starts(k, FOLK) || head(k))
            || at(1).is_some_and(joint) && at(2).is_some_and(|k| self.starts(k, FOLK))
    }

    /// ««Родничок» (Приречное)», «в «Родничке» из Приречного»: the title's own village right behind.
    fn village_behind(&self, end: usize, hits: &[Reading]) -> bool {
        let n = self.d.places.partition_point(|m| m.from <= end);
        let place = self.d.places.get(n).filter(|m| m.from <= end + 2);
        let school = |h: &Reading| {
            self.d
                .model
                .variants
                .get(h.owner as usize)
                .map(|v| v.school)
        };
        place.is_some_and(|m| {
            let villages = self.villages(m);
            villages
                .iter()
                .any(|v| hits.iter().any(|h| school(h) == school(v)))
        })
    }

    /// «Выступили гости из седьмого лицея. Девятый опоздал»: a number that agrees with the kind said last.
    fn left_ordinal(&mut self, i: usize, kind: Option<usize>) {
        let sort = kind
            .and_then(|k| self.token(k)?.lex)
            .filter(|l| l.kind == Kind::Type);
        let Some((value, end, true)) = self.number_at(i).filter(|n| n.0 > 3 && sort.is_some())
        else {
            return;
        };
        let class = sort.map_or(class::ANY, |l| l.value);
        let masculine = matches!(class, class::LYCEUM | class::BOARDING | class::CADET);
        let endings: &[&str] = if masculine {
            &["ый", "ого", "ому", "ым", "ом"]
        } else {
            &["ая", "ой", "ую"]
        };
        let word = self
            .token(end)
            .map(|t| self.d.stream.word(t))
            .unwrap_or_default();
        let signed = i
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| b.mark('№') || b.is_number());
        if signed || !endings.iter().any(|e| ends(word, e)) || !self.ends_phrase(end) {
            return;
        }
        let item = Item::new(By::Ordinal(value), i, end, Vec::new());
        self.synthetic_of(Rule::NumberApart, class, i, end, vec![item]);
    }

    /// ««Семнадцатая» имени Громобоева»: the number for the school.
    fn left_namesake(&mut self, i: usize) {
        let Some(at) = i.checked_sub(1).filter(|b| !self.weighed(*b)) else {
            return;
        };
        let ordinal = self
            .token(at)
            .and_then(|t| t.lex)
            .filter(|l| l.kind == Kind::Ordinal);
        let from = at.saturating_sub(2);
        let Some((value, from, _)) = ordinal.and_then(|_| {
            (from..=at).find_map(|k| {
                self.number_at(k)
                    .filter(|n| n.1 == at)
                    .map(|n| (n.0, k, n.1))
            })
        }) else {
            return;
        };
        let surname = (i + 1..i + 5).find_map(|k| {
            let hits = self.readings(self.token(k)?, |h| h.role == Hit::Namesake && h.more == 0);
            (!hits.is_empty()).then_some((k, hits))
        });
        if let Some((k, hits)) = surname {
            let number = Item::new(By::Number(value), from, at, Vec::new());
            let name = Item::bent(By::Namesake, i, k, hits, Forms::of("n"));
            self.synthetic_of(Rule::NamesakeApart, class::ANY, from, k, vec![number, name]);
        }
    }

    /// «Жалоба одна — Приречное», «в Приречном учителя показали уроки»: the village for its school.
    fn left_village(
        &mut self,
        name: usize,
        m: Item,
        places: Vec<usize>,
        part: &Range<usize>,
        schools: &[usize],
    ) {
        let (first, end) = (part.start, part.end);
        let capital = |i: usize| {
            self.token(i)
                .is_some_and(|t| is_capital(t) && !t.is(flag::LATIN) || !t.is_word())
        };
        // «В. Тальцы» is another village.
        let longer = m.from == name
            && m.from
                .checked_sub(1)
                .and_then(|b| self.token(b))
                .is_some_and(|b| b.len() == 1 && is_capital(b))
            && self.token(m.from).is_some_and(|t| t.is(flag::DOT));
        if self.weighed(name) || !(name..=m.to).all(capital) || longer {
            return;
        }
        let sentence = |at: usize| {
            let from = (first..at).rev().find(|i| boundary(self.d.stream, *i));
            let to = (at + 1..end).find(|i| boundary(self.d.stream, *i));
            from.unwrap_or(first)..to.unwrap_or(end)
        };
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
            self.starts(k, PASSING) && self.token(k).is_some_and(|t| t.lexed(Kind::Prep))
        });
        let whose = lead.and_then(|k| k.checked_sub(1));
        let folk = whose.is_some_and(|k| self.starts(k, POSTS));
        if passing && !folk && !whose.is_some_and(|k| self.starts(k, FOLK)) {
            return;
        }
        let own = sentence(m.to);
        let before = own.start.checked_sub(1).filter(|b| *b > first);
        let from = before.map_or(own.start, |b| sentence(b - 1).start);
        let school = schools.get(schools.partition_point(|k| *k < from));
        let keyed = own.clone().any(|k| self.starts(k, KEY));
        let said = school.is_some_and(|k| *k < own.end)
            || keyed
            || folk
            || self.acted(own.end)
            || self.folk_before(m.from, first) && !passing;
        if !said
            || own
                .clone()
                .any(|i| !(m.from..=m.to).contains(&i) && self.token(i).is_some_and(not_school))
        {
            return;
        }
        let (from, to) = (m.from, m.to);
        self.synthetic_at(Rule::VillageApart, class::ANY, from, to, vec![m], places);
    }

    /// «Жалоба одна — Приречное»: a village that no preposition or kind announces.
    fn bare_village(&self, i: usize, first: usize) -> Option<Item> {
        let t = self
            .token(i)
            .filter(|t| t.has_hits() && is_capital(t) && t.lex.is_none())?;
        let n = self.d.places.partition_point(|m| m.to < i);
        let placed = self.d.places.get(n).is_some_and(|m| m.from <= i);
        if placed || t.is(flag::LATIN | flag::QUOTE) || boundary(self.d.stream, i) {
            return None;
        }
        let hits = self.readings(t, |h| h.role == Hit::Topo && self.goes_on(i, h, 3));
        let end = i + hits.iter().map(|h| usize::from(h.more)).max()?;
        (!self.of_another(i, end, first, false)).then(|| Item::new(By::Settlement, i, end, hits))
    }

    /// Whether the words belong to a thing that is no school, to a person, or to a longer name.
    fn of_another(&self, i: usize, end: usize, first: usize, title: bool) -> bool {
        // «В. Приречная», but «В Приречной …»
        let letter = |k: usize| {
            let one = |t: &Token| t.is_word() && t.len() == 1 && t.is(flag::CAPITAL);
            self.token(k).is_some_and(one) && self.token(k + 1).is_some_and(|n| n.is(flag::DOT))
        };
        let before = i
            .checked_sub(1)
            .filter(|b| *b >= first)
            .and_then(|b| self.token(b));
        let before = before.filter(|b| b.is_word());
        let after = self
            .token(end + 1)
            .filter(|a| a.is_word() && !boundary(self.d.stream, end + 1));
        let owner = before.is_some_and(|b| {
            let governs = matches!(
                b.kind(),
                Some(Kind::Prep | Kind::Conj | Kind::Role | Kind::Governs | Kind::Unit)
            );
            let named = is_capital(b) && b.lex.is_none() && !boundary(self.d.stream, i - 1);
            letter(i - 1)
                || matches!(b.kind(), Some(Kind::Settlement | Kind::House))
                || not_school(b)
                || title && !governs && !boundary(self.d.stream, i) && !self.starts(i - 1, CALLED)
                || !title && named && !boundary(self.d.stream, i)
        });
        let joined = |t: &Token| t.is(flag::HYPHEN) && t.is(flag::CAPITAL);
        let noun = after.is_some_and(|a| {
            not_school(a)
                || letter(end + 1)
                || joined(a)
                || !title
                    && !self.not_its_noun(end)
                    && !self.heads_nothing(end)
                    && !a.is(flag::DASH)
        });
        let longer = self.token(i).is_some_and(joined) && before.is_some();
        // «Библиотеки: Приречная, Луговая; школы: …»: the list belongs to the nearest thing before it.
        let start = (first..i)
            .rev()
            .find(|k| boundary(self.d.stream, *k))
            .unwrap_or(first);
        let thing = (start..i).rev().find_map(|k| {
            let t = self.token(k)?;
            (t.lexed(Kind::Type) || not_school(t)).then(|| not_school(t))
        });
        owner || noun || longer || thing == Some(true)
    }
}
