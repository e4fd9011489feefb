//! The word «школа» left out after its adjective: «Приречная основная», «шестая средняя», «начальная в Приречном».
//!
//! Takes a word of a sentence; adds mentions, all ambiguous. Must not look beyond the sentence.

use super::super::fold::{ends, reads};
use super::super::index::{Hit as Found, Role as Hit};
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::Forms;
use super::super::phrase::{self, By};
use super::super::place::{self, boundary, is_capital};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;
use super::unweighed::acts;

/// Words that end as a noun might.
const ADVERBS: &[&str] = &[
    "снова",
    "всегда",
    "пока",
    "когда",
    "тогда",
    "сегодня",
    "вчера",
    "завтра",
    "сама",
    "одна",
    "готова",
    "должна",
    "рада",
    "уже",
    "еще",
    "тоже",
    "если",
    "или",
    "опять",
    "вся",
    "кто",
    "никогда",
    "нужна",
];

impl Run<'_> {
    /// «Приречная основная»: the word «школа» left out after its adjective.
    pub(super) fn kind_left_out(&mut self, i: usize, from: usize) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        // The kind first: it is rare, and clears nearly every word.
        let kind = self.token(i + 1).is_some_and(|n| {
            n.lexed(Kind::TypeAdj)
                && n.lex
                    .is_some_and(|l| matches!(l.value, class::SOSH | class::OOSH | class::NOSH))
                && !n.is(flag::CAPITAL)
                && !boundary(self.d.stream, i + 1)
        });
        if !kind {
            return;
        }
        let word = self.d.stream.word(&t);
        let feminine = crate::fold::ends_any(word, "ая яя ой ей ую");
        // «Приречная и Луговая основные ждут уголь»
        let plural = self
            .token(i + 1)
            .and_then(|n| n.lex)
            .is_some_and(|l| l.forms.plural_only());
        let verb = self
            .token(i + 2)
            .is_some_and(|n| n.is_word() && acts(self.d.stream.word(n)));
        let several = plural && verb;
        // «в приреченской средней»: so long a name of the registry is no chance word.
        let unmistakable = word.len() >= if t.has_hits() { 9 } else { 12 };
        if !feminine
            || !(is_capital(&t) || unmistakable)
            || !(self.ends_phrase(i + 1) || self.not_its_noun(i + 1) || several)
        {
            return;
        }
        let owned = i
            .checked_sub(1)
            .filter(|b| *b >= from)
            .and_then(|b| self.token(b))
            .is_some_and(|b| matches!(b.kind(), Some(Kind::Street | Kind::Settlement)));
        let mut hits = self.readings(&t, |h| h.role == Hit::Adj && h.more == 0);
        if !t.has_hits() && t.lex.is_none() && !t.is(flag::LATIN) {
            hits = self.d.model.misspelt.near(word, |r| r == Hit::Adj);
        }
        if !owned && !hits.is_empty() {
            self.lone(Rule::KindLeftOut, i, i, hits, false);
            let mut k = i;
            while plural && k >= from + 2 && self.joins(k - 1) {
                k -= 2;
                let named = |h: &Found| h.role == Hit::Adj && h.more == 0;
                let hits = self
                    .token(k)
                    .map(|t| self.readings(t, named))
                    .unwrap_or_default();
                if hits.is_empty() {
                    break;
                }
                self.lone(Rule::KindLeftOut, k, k, hits, false);
            }
        }
    }

    pub(super) fn joins(&self, i: usize) -> bool {
        self.token(i)
            .is_some_and(|t| t.mark(',') || t.lexed(Kind::Conj))
    }

    /// «о Приречной основной речь шла»: the word after the adjective at `i` is a noun in another case, or a verb.
    pub(super) fn not_its_noun(&self, i: usize) -> bool {
        let (Some(a), Some(n)) = (self.token(i), self.token(i + 1)) else {
            return false;
        };
        let (a, w) = (self.d.stream.word(a), self.d.stream.word(n));
        let oblique = crate::fold::ends_any(a, "ой ей");
        let direct = crate::fold::ends_any(a, "ая яя ую юю");
        let fits: &[&str] = if oblique {
            &["и", "ы", "е", "ой", "ей", "ью", "ии"]
        } else {
            &["а", "я", "ь", "у", "ю"]
        };
        let verb = crate::fold::ends_any(w, "лась ется ится ла ает ит ют")
            || ADVERBS.iter().any(|a| reads(w, a));
        n.is_word()
            && !n.is(flag::CAPITAL | flag::HYPHEN)
            && n.lex
                .is_none_or(|l| matches!(l.kind, Kind::OtherGen | Kind::Role | Kind::Governs))
            && !n.has_hits()
            && (oblique || direct)
            && (verb || !fits.iter().any(|e| ends(w, e)))
    }

    /// «малокомплектная начальная в Приречном», «основная села Приречное».
    pub(super) fn kind_of_village(&mut self, i: usize) {
        let Some(l) = self
            .token(i)
            .filter(|t| t.lexed(Kind::TypeAdj))
            .and_then(|t| t.lex)
        else {
            return;
        };
        let feminine = ["ая", "ой", "ую", "яя", "ей", "юю"].iter().any(|e| {
            self.token(i)
                .is_some_and(|t| ends(self.d.stream.word(t), e))
        });
        let usual = matches!(l.value, class::SOSH | class::OOSH | class::NOSH);
        if !feminine || self.used.get(i).copied().unwrap_or(true) {
            return;
        }
        // «вечерняя Ключевого», «ключевская вечерняя»: the only one of its kind.
        if matches!(l.value, class::EVENING | class::SPECIAL | class::CADET) {
            let towns = self.towns_before(i);
            if self.ends_phrase(i) || self.names_place(i + 1) {
                let mut p = Self::made(Rule::SoleKind, l.value, i, i, Vec::new(), Vec::new());
                p.adjective_places = towns;
                self.sole_of_its_kind(&p);
            }
            return;
        }
        let at = i + 1 + usize::from(self.token(i + 1).is_some_and(|t| t.lexed(Kind::Prep)));
        let comma = usize::from(i > 0 && self.token(i - 1).is_some_and(|t| t.mark(',')));
        // «начальная в Приречном», «в Приречном начальная», «Приречное, начальная»
        let behind = |m: &&place::Mention| m.from == at && !boundary(self.d.stream, i + 1);
        let before = |m: &&place::Mention| m.to + 1 + comma == i && self.ends_phrase(i);
        let n = self.d.places.partition_point(|m| m.from < at);
        let beside = [Some(n), n.checked_sub(1)].into_iter().flatten();
        let placed = |n: usize| {
            Some((
                n,
                self.d
                    .places
                    .get(n)
                    .filter(|m| behind(m) || before(m))?
                    .clone(),
            ))
        };
        let Some((n, m)) = beside.filter(|_| usual).find_map(placed) else {
            return;
        };
        let goes_on = self.token(m.to + 1).is_some_and(|t| {
            t.is_word()
                && !boundary(self.d.stream, m.to + 1)
                && !t.lexed(Kind::Prep)
                && !t.lexed(Kind::Conj)
        });
        let from_there = self
            .token(i + 1)
            .is_some_and(|t| reads(self.d.stream.word(t), "из"));
        if matches!(m.kind, settlement::DISTRICT | settlement::CITY)
            || m.from == at
                && (!(m.locative || from_there || m.kind == settlement::VILLAGE) || goes_on)
        {
            return;
        }
        let hits = self.villages(&m);
        if hits.is_empty() {
            return;
        }
        let (from, to) = (i.min(m.from), i.max(m.to));
        let item = phrase::Item::new(By::Settlement, from, to, hits);
        self.synthetic_at(Rule::KindOfVillage, l.value, from, to, vec![item], vec![n]);
    }

    /// «шестая основная», «7-я средняя и 12-я»: number and kind without the word «школа», in the school's own place.
    pub(super) fn number_of_kind(&mut self, i: usize) {
        if self.used.get(i).copied().unwrap_or(true)
            || !self.token(i).is_some_and(|t| {
                t.is_number() || matches!(t.kind(), Some(Kind::Ordinal | Kind::Cardinal))
            })
        {
            return;
        }
        let Some((value, end, true)) = self.number_at(i) else {
            return;
        };
        let word = self
            .token(end)
            .map(|t| self.d.stream.word(t))
            .unwrap_or_default();
        let feminine = self.token(i).is_some_and(Token::is_number)
            || crate::fold::ends_any(word, "ая ой ую яя ья ьей ью");
        let kind = self
            .token(end + 1)
            .filter(|n| !n.is(flag::CAPITAL) && !boundary(self.d.stream, end + 1))
            .and_then(|n| n.lex)
            .filter(|l| {
                l.kind == Kind::TypeAdj
                    && matches!(
                        l.value,
                        class::SOSH
                            | class::OOSH
                            | class::NOSH
                            | class::CADET
                            | class::EVENING
                            | class::SPECIAL
                    )
                    && l.forms.0 & Forms::SINGULAR != 0
            });
        // «вторая вечерняя Ключевого»
        let placed = self
            .d
            .places
            .get(self.d.places.partition_point(|m| m.from < end + 2));
        let placed = placed.is_some_and(|m| m.from == end + 2 && !m.known.is_empty());
        let Some(kind) = kind.filter(|_| feminine && (placed || self.ends_phrase(end + 1))) else {
            return;
        };
        let item = phrase::Item::new(By::Ordinal(value), i, end, Vec::new());
        self.synthetic_of(Rule::NumberOfKind, kind.value, i, end + 1, vec![item]);
    }
}
