//! Words that point back to a village, or key to one: «педагоги из Приречного …: в их школе», «в Приречном. Учителя
//! показали уроки», «шифры: Ш-2 — Приречное», «сельская (Приречное)», «пятая, в Светлом».
//!
//! Takes phrases without a name, and sentences; adds mentions, all ambiguous. Must not look beyond a paragraph.

use super::super::fold::{Beginnings, begins, ends, reads};
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, settlement};
use super::super::mention::Reason;
use super::super::phrase::{By, Item, Phrase};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;

/// Beginnings of words for those who teach and learn.
const FOLK: Beginnings = Beginnings::new(&[
    "педагог",
    "учител",
    "ученик",
    "школьник",
    "старшекласс",
    "директор",
]);

/// Whose school: of those the sentence began with.
const WHOSE: &[&str] = &["их", "своей", "свою", "своя", "нашей", "нашу", "наша"];

/// Beginnings of words that head a key to codes.
const KEY: Beginnings = Beginnings::new(&["шифр", "расшифр", "ключ", "обознач"]);

/// Codes that stand for schools by what they say.
const CODES: &[&str] = &["шнор", "шнро", "шнсу", "оо", "ш"];

/// How far back the village may be.
const BACK: usize = 30;

impl Run<'_> {
    fn word_is(&self, i: usize, any: &[&str]) -> bool {
        self.token(i)
            .is_some_and(|t| t.is_word() && any.iter().any(|w| reads(self.d.stream.word(t), w)))
    }

    /// The village that a place names, as readings.
    pub(super) fn village_item(&self, n: usize, from: usize, to: usize) -> Option<Item> {
        let m = self.d.places.get(n)?;
        if matches!(m.kind, settlement::DISTRICT | settlement::CITY) {
            return None;
        }
        let hits = self.villages(m);
        (!hits.is_empty()).then_some(Item::new(By::Settlement, from, to, hits))
    }

    /// «Педагоги из Приречного не доехали до семинара: в их школе …»
    pub(super) fn their_school(&mut self, p: &Phrase) {
        let plain = p.items.is_empty()
            && p.places.is_empty()
            && !p.forms.plural_only()
            && !p.foreign
            && !p.broken_number
            && !self.used.get(p.anchor).copied().unwrap_or(true);
        let whose = p
            .from
            .checked_sub(1)
            .is_some_and(|b| self.word_is(b, WHOSE));
        if !plain || !whose {
            return;
        }
        let Some(part) = self.d.parts.get(self.d.part_of(p.anchor)) else {
            return;
        };
        let first = part.first.max(p.from.saturating_sub(BACK));
        let sentence = (first..p.from)
            .rev()
            .find(|i| boundary(self.d.stream, *i))
            .unwrap_or(first);
        let mut places = part.places.clone().filter(|n| {
            self.d.places.get(*n).is_some_and(|m| {
                m.from > sentence && m.to < p.from && m.kind != settlement::DISTRICT
            })
        });
        let (Some(n), None) = (places.next(), places.next()) else {
            return;
        };
        let at = self.d.places.get(n).map_or(0, |m| m.from);
        let folk = at >= 2
            && self.starts(at - 2, FOLK)
            && self.word_is(at - 1, &["из", "с", "со"])
            && !(at..p.from).any(|i| {
                self.used.get(i).copied().unwrap_or(true)
                    || self.token(i).is_some_and(|t| t.lexed(Kind::Type))
            });
        if !folk {
            return;
        }
        if let Some(item) = self.village_item(n, p.from, p.to) {
            let mut q = p.clone();
            q.places.push(n);
            q.items.push(item);
            self.marked(Rule::TheirSchool, q, Reason::NameAlone);
        }
    }

    /// What one word of a sentence says of a village without a word for a school.
    pub(super) fn points_back(&mut self, i: usize, from: usize) {
        let Some(t) = self.token(i) else { return };
        match t.kind() {
            Some(Kind::TypeAdj) => self.sort_in_brackets(i, from),
            Some(Kind::Ordinal | Kind::Cardinal) => self.numbered_there(i, from),
            None if t.is_number() => {
                // «5-я, в Светлом»: a number without the ending of an ordinal is none.
                let coded = t.is(flag::HYPHEN);
                let suffixed = self
                    .token(i + 1)
                    .is_some_and(|n| n.is_word() && n.is(flag::HYPHEN | flag::GLUED));
                if coded {
                    self.key_of_codes(i, from);
                }
                if suffixed {
                    self.numbered_there(i, from);
                }
            }
            _ => {}
        }
    }

    fn numbered_there(&mut self, i: usize, from: usize) {
        self.ordinal_in_place(i, from);
        self.ordinal_of_town(i, from);
    }

    /// «Гостей встретили в Приречном. Учителя показали три урока.»
    pub(super) fn teachers_there(&mut self, i: usize) {
        if !self.token(i).is_some_and(|t| t.is(flag::CAPITAL)) || !self.starts(i, FOLK) {
            return;
        }
        let acted = self.token(i + 1).is_some_and(|n| {
            n.is_word()
                && !n.is(flag::CAPITAL)
                && n.lex.is_none()
                && ["ли", "лись", "ют", "ят", "ают", "ил", "ал"]
                    .iter()
                    .any(|e| ends(self.d.stream.word(n), e))
        });
        if !acted || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let Some(part) = self.d.parts.get(self.d.part_of(i)) else {
            return;
        };
        let last = part
            .places
            .clone()
            .rev()
            .find(|n| self.d.places.get(*n).is_some_and(|m| m.to < i));
        let Some(n) = last else { return };
        let Some(m) = self.d.places.get(n).cloned() else {
            return;
        };
        let near = i - m.to <= 8 && (m.to + 1..i).all(|k| !boundary(self.d.stream, k));
        let other = (m.to + 1..i).any(|k| self.used.get(k).copied().unwrap_or(true));
        if !near || other || !m.locative || m.weak {
            return;
        }
        if let Some(item) = self.village_item(n, i, i) {
            self.synthetic_at(Rule::TeachersThere, class::ANY, i, i, vec![item], vec![n]);
        }
    }

    /// «Шифры: ШНОР-2 — Приречное»
    fn key_of_codes(&mut self, i: usize, from: usize) {
        let code = i
            .checked_sub(1)
            .filter(|c| *c >= from)
            .and_then(|c| self.token(c));
        let Some(code) = code.filter(|c| c.is_word() && c.is(flag::CAPITAL) && c.len() <= 5) else {
            return;
        };
        let said = CODES.iter().any(|w| reads(self.d.stream.word(code), w))
            || (from.max(i.saturating_sub(40))..i).any(|k| self.starts(k, KEY));
        let mark = self
            .token(i + 1)
            .is_some_and(|n| n.mark(':') || n.mark('=') || n.mark('('));
        let at = i + 1 + usize::from(mark);
        let dash = mark || self.token(at).is_some_and(|n| n.is(flag::DASH));
        let n = self.d.places.partition_point(|m| m.from < at);
        let Some(m) = self.d.places.get(n).filter(|m| m.from == at).cloned() else {
            return;
        };
        let whole = self.token(m.to + 1).is_none_or(|x| {
            !x.is_word() || x.is(flag::NEWLINE) || boundary(self.d.stream, m.to + 1)
        });
        if !said || !dash || !whole || self.used.get(m.name).copied().unwrap_or(true) {
            return;
        }
        if let Some(item) = self.village_item(n, m.from, m.to) {
            self.synthetic_at(
                Rule::KeyOfCodes,
                class::ANY,
                m.from,
                m.to,
                vec![item],
                vec![n],
            );
        }
    }

    /// «две школы: сельская (Приречное) и …»
    fn sort_in_brackets(&mut self, i: usize, from: usize) {
        let Some((t, l)) = self.token(i).and_then(|t| Some((*t, t.lex?))) else {
            return;
        };
        let word = self.d.stream.word(&t);
        let sort = matches!(l.value, class::SOSH | class::OOSH | class::NOSH)
            || ["сельск", "поселков"].iter().any(|w| begins(word, w));
        let feminine = ["ая", "ой", "ую"].iter().any(|e| ends(word, e));
        let bracket = self.token(i + 1).is_some_and(|b| b.mark('('));
        if !sort || !feminine || !bracket || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let n = self.d.places.partition_point(|m| m.from < i + 2);
        let Some(m) = self.d.places.get(n).filter(|m| m.from == i + 2).cloned() else {
            return;
        };
        let closed = self.token(m.to + 1).is_some_and(|b| b.mark(')'));
        // «сельская (Приречное) библиотека», «библиотека сельская (Приречное)»
        let noun = |k: usize| {
            self.token(k).is_some_and(|x| {
                x.is_word()
                    && !x.is(flag::NEWLINE | flag::DASH)
                    && !matches!(x.kind(), Some(Kind::Prep | Kind::Conj))
            })
        };
        let after = m.to + 2;
        let before = i.checked_sub(1).filter(|b| *b >= from);
        let owned = noun(after) && !boundary(self.d.stream, after) || before.is_some_and(noun);
        if !closed || owned || !self.speaks_of_schools(i) {
            return;
        }
        if let Some(item) = self.village_item(n, i, m.to) {
            let class = if l.value == 0 { class::SCHOOL } else { l.value };
            self.synthetic_at(Rule::SortInBrackets, class, i, m.to, vec![item], vec![n]);
        }
    }

    /// «основная — пятая, в Светлом»: the number of the school that stands there.
    fn ordinal_in_place(&mut self, i: usize, from: usize) {
        let Some((value, end, true)) = self.number_at(i) else {
            return;
        };
        let word = self
            .token(end)
            .map(|t| self.d.stream.word(t))
            .unwrap_or_default();
        let feminine = self.token(i).is_some_and(Token::is_number)
            || ["ая", "ой", "ую", "ья", "ьей", "ью"]
                .iter()
                .any(|e| ends(word, e));
        let comma = usize::from(self.token(end + 1).is_some_and(|t| t.mark(',')));
        let at = end + 1 + comma;
        let prep = self.word_is(at, &["в", "во", "на"]);
        let n = self.d.places.partition_point(|m| m.from <= at);
        let there = self.d.places.get(n).is_some_and(|m| {
            m.from == at + 1 && !m.known.is_empty() && m.kind != settlement::DISTRICT
        });
        if !feminine || !prep || !there || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        let sort = (from..i).any(|k| {
            self.token(k).is_some_and(|t| {
                t.lexed(Kind::TypeAdj)
                    && ["ая", "ой", "ую"]
                        .iter()
                        .any(|e| ends(self.d.stream.word(t), e))
                    || t.lexed(Kind::Type)
            })
        });
        if !sort || !self.speaks_of_schools(i) {
            return;
        }
        let item = Item::new(By::Ordinal(value), i, end, Vec::new());
        self.synthetic_at(
            Rule::OrdinalInPlace,
            class::ANY,
            i,
            end,
            vec![item],
            vec![n],
        );
    }

    /// «Ключевская четырнадцатая опять в списке: школа …»: the town's adjective and the number, in one gender.
    fn ordinal_of_town(&mut self, i: usize, from: usize) {
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
                ["ая", "ой", "ую", "ья", "ьей", "ью", "я", "й"]
                    .iter()
                    .any(|e| ends(self.d.stream.word(t), e))
            })
        };
        // «Ключевская четырнадцатая больница»
        let noun = self.token(end + 1).is_some_and(|n| {
            n.is_word()
                && !boundary(self.d.stream, end + 1)
                && (n
                    .lex
                    .is_some_and(|l| !matches!(l.kind, Kind::Prep | Kind::Conj | Kind::Plain))
                    || ends(self.d.stream.word(n), "а"))
        });
        if noun
            || !feminine(town)
            || !feminine(last)
            || value <= 3 && !self.speaks_of_schools(i)
            || self.used.get(i).copied().unwrap_or(true)
        {
            return;
        }
        let item = Item::new(By::Ordinal(value), b, end, Vec::new());
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
