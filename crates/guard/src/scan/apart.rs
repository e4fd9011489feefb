//! Names that stand apart from the word for a school, but in its sentence: «Приречная, как и любая сельская школа»,
//! «школы города: пятая и седьмая», «школа, носящая имя …», «интернат, расположенный в селе …».
//!
//! Takes the parts of a document whose phrases are read; adds mentions. Must not look beyond one sentence.

use super::super::context::tells;
use super::super::fold::{Beginnings, reads};
use super::super::index::Role as Hit;
use super::super::lexicon::{Kind, class, ordinal_suffix, settlement};
use super::super::morph::Forms;
use super::super::phrase::{self, By, Phrase};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{Token, What, flag};
use super::Run;
use glasno_passage::Role;

/// A sentence longer than this is no sentence but a dump.
const LONG: usize = 80;

/// Beginnings of words that say where something is.
const LOCATED: Beginnings = Beginnings::new(
    "располож находит находящ размещ стоит стоящ действу работает работающ построен открыт есть имеет \
    функционир",
);

/// Beginnings of words that give a school its name or number.
const BEARS: Beginnings = Beginnings::new(
    "носит носящ носив носил присво удосто получи дано дали имеет имеющ под назван значит",
);

/// Beginnings of words before a school's title.
const CALLED: Beginnings = Beginnings::new("назван наименован имен именован");

/// Beginnings of «общеобразовательная».
const GENERAL: Beginnings = Beginnings::new("общеобразоват");

impl Run<'_> {
    /// All sentences that speak of schools.
    pub(super) fn apart(&mut self) {
        for n in 0..self.d.parts.len() {
            let p = &self.d.parts[n];
            let (role, first, end) = (p.role, p.first, p.end);
            if !p.tells || matches!(role, Role::Path | Role::Address) {
                continue;
            }
            let mut from = first;
            while from < end {
                let to = (from + 1..end)
                    .find(|i| boundary(self.d.stream, *i))
                    .unwrap_or(end);
                if to - from <= LONG {
                    self.sentence(from, to);
                }
                from = to;
            }
        }
    }

    fn sentence(&mut self, from: usize, to: usize) {
        let kinds: Vec<usize> = (from..to)
            .filter(|i| self.token(*i).is_some_and(school_word))
            .collect();
        if kinds.is_empty() {
            // Nearly every sentence: what follows begins with a word that tells something, but for who is spoken of first.
            if !(from..to).any(|i| self.token(i).is_some_and(tells)) {
                return;
            }
            for i in from..to {
                if self.says_nothing(i, from) {
                    continue;
                }
                self.kind_left_out(i, from);
                self.number_of_kind(i);
                self.kind_of_village(i);
                self.nickname(i);
                self.people_by_adjective(i, from);
                self.ordinal_of_town(i, from);
            }
            return;
        }
        let bears = (from..to).any(|i| self.starts(i, BEARS));
        for i in from..to {
            if self.used.get(i).copied().unwrap_or(true) || self.says_nothing(i, from) {
                continue;
            }
            self.kind_left_out(i, from);
            self.number_of_kind(i);
            self.kind_of_village(i);
            self.number_apart(i, from, &kinds);
            if bears {
                self.bearer(i, from, to, &kinds);
            }
            self.nickname(i);
            self.people_by_adjective(i, from);
            self.ordinal_of_town(i, from);
        }
    }

    /// Whether nothing can begin at a word: it and the next are plain, and the one before is no name.
    fn says_nothing(&self, i: usize, from: usize) -> bool {
        let plain = |k: usize| {
            self.token(k).is_none_or(|t| {
                t.lex.is_none()
                    && !t.has_hits()
                    && !t.is_number()
                    && !t.is(flag::CAPITAL | flag::QUOTE)
                    && t.len() != 1
            })
        };
        plain(i) && plain(i + 1) && !(i > from && self.token(i - 1).is_some_and(Token::has_hits))
    }

    pub(super) fn starts(&self, i: usize, any: Beginnings) -> bool {
        self.token(i)
            .is_some_and(|t| t.is_word() && any.fit(self.d.stream.word(t)))
    }

    /// Whether something that is no school stands between two tokens.
    fn parted(&self, a: usize, b: usize) -> bool {
        let (a, b) = (a.min(b), a.max(b));
        (a + 1..b).any(|i| {
            self.token(i).is_some_and(|t| {
                matches!(
                    t.kind(),
                    Some(Kind::Object | Kind::Street | Kind::OtherAdj | Kind::OtherGen)
                ) || t.lex.is_some_and(|l| {
                    l.kind == Kind::Type
                        && (l.value == class::KINDERGARTEN || l.value == class::OTHER)
                })
            })
        })
    }

    /// Whether no noun follows that the word could belong to.
    pub(super) fn ends_phrase(&self, i: usize) -> bool {
        let Some(n) = self.token(i + 1) else {
            return true;
        };
        !n.is_word()
            || boundary(self.d.stream, i + 1)
            || n.is(flag::DASH)
            || matches!(n.kind(), Some(Kind::Prep | Kind::Conj))
            || n.lexed(Kind::TypeAdj) && self.heads_nothing(i + 1)
    }

    /// A number in digits or words, and its last token.
    pub(super) fn number_at(&self, i: usize) -> Option<(u32, usize, bool)> {
        let t = self.token(i)?;
        if t.is_number() {
            let value = u32::try_from(t.value)
                .ok()
                .filter(|v| *v > 0 && *v < 1000)?;
            let next = self.token(i + 1)?;
            let feminine = next.is_word()
                && next.is(flag::HYPHEN | flag::GLUED)
                && ordinal_suffix(self.d.stream.word(next)).is_some()
                && crate::fold::reads_any(self.d.stream.word(next), "я й ю ой ая ую");
            return Some(if feminine {
                (value, i + 1, true)
            } else {
                (value, i, false)
            });
        }
        let (mut value, mut end, mut last) = (0u32, i, u32::MAX);
        let mut ordinal = false;
        let mut k = i;
        while let Some(l) = self
            .token(k)
            .and_then(|t| t.lex)
            .filter(|l| matches!(l.kind, Kind::Cardinal | Kind::Ordinal) && !ordinal)
        {
            let v = u32::from(l.value);
            if !(last == u32::MAX || last >= 100 && v < 100 || last >= 20 && v < 10) {
                break;
            }
            ordinal = l.kind == Kind::Ordinal;
            value += v;
            last = v;
            end = k;
            k += 1;
        }
        (value > 0).then_some((value, end, ordinal))
    }

    /// «Среди школ города выделяется четырнадцатая», «школы с 11-й по 16-ю», «школа, что носит номер семь».
    fn number_apart(&mut self, i: usize, from: usize, kinds: &[usize]) {
        let named = i > from
            && self
                .token(i)
                .is_some_and(|t| t.lexed(Kind::NumSign) || t.mark('№'))
            && self.starts(i - 1, BEARS);
        let at = if named { i + 1 } else { i };
        let Some((value, end, ordinal)) = self.number_at(at) else {
            return;
        };
        if !(named || ordinal)
            || i > from
                && !named
                && self
                    .token(i - 1)
                    .is_some_and(|b| b.mark('№') || b.is_number())
        {
            return;
        }
        let Some(k) = kinds.iter().copied().rev().find(|k| *k < i) else {
            return;
        };
        let plural = self
            .token(k)
            .and_then(|t| t.lex)
            .is_some_and(|l| l.forms.0 & Forms::PLURAL != 0);
        let counted = (k + 1..i).any(|j| {
            self.token(j).is_some_and(|t| {
                matches!(t.kind(), Some(Kind::Unit | Kind::Month | Kind::Document))
            })
        });
        if counted || self.parted(k, i) || !(named || plural) {
            return;
        }
        let word = self
            .token(end)
            .map(|t| self.d.stream.word(t))
            .unwrap_or_default();
        let feminine = named
            || self.token(at).is_some_and(Token::is_number)
            || crate::fold::ends_any(word, "ая ой ую яя ья ьей ью");
        if !feminine {
            return;
        }
        // «с 11-й по 16-ю»
        let mut last = end;
        let mut values = vec![value];
        if self
            .token(end + 1)
            .is_some_and(|t| t.lexed(Kind::Prep) && reads(self.d.stream.word(t), "по"))
            && let Some((high, stop, true)) = self.number_at(end + 2)
            && high > value
            && high - value <= 60
        {
            values.extend(value + 1..=high);
            last = stop;
        }
        if !(self.ends_phrase(last) || named) {
            return;
        }
        let items = values
            .into_iter()
            .map(|v| phrase::Item::new(By::Ordinal(v), i, last, Vec::new()))
            .collect();
        self.synthetic_of(Rule::NumberApart, class::SCHOOL, i, last, items);
    }

    /// «Школе присвоено имя …», «Имя … носит школа».
    fn bearer(&mut self, i: usize, from: usize, to: usize, kinds: &[usize]) {
        let name = ["имя", "именем", "имени", "имена", "именами"]
            .iter()
            .any(|w| {
                self.token(i)
                    .is_some_and(|t| reads(self.d.stream.word(t), w))
            })
            // «школа, названная в честь братьев Громобоевых»
            || i > from
                && self.token(i).is_some_and(|t| reads(self.d.stream.word(t), "честь"))
                && self.token(i - 1).is_some_and(|b| b.lexed(Kind::Prep))
                && (i.saturating_sub(4).max(from)..i).any(|k| self.starts(k, CALLED));
        let Some(kind) = kinds
            .iter()
            .copied()
            .min_by_key(|k| k.abs_diff(i))
            .filter(|k| name && !self.parted(*k, i))
        else {
            return;
        };
        let other = (from..i).any(|k| {
            self.token(k)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Object | Kind::Street)))
        });
        let bears = !other
            && (i.saturating_sub(6).max(from)..(i + 10).min(to)).any(|k| self.starts(k, BEARS));
        if !bears {
            return;
        }
        if let Some(p) = phrase::bearing(self.d.model, self.d.stream, &self.d.places, kind, i) {
            let mut last = p;
            last.rule = Some(Rule::NamesakeGiven);
            self.phrase(&last);
            while let Some(next) =
                phrase::resume_named(self.d.model, self.d.stream, &self.d.places, &last)
            {
                self.phrase(&next);
                last = next;
            }
        }
    }

    /// «Интернат, расположенный в селе Приречное»: the place after the kind.
    pub(super) fn before_its_place(&mut self, p: &Phrase) {
        if p.forms.plural_only()
            || !p.places.is_empty()
            || p.foreign
            || p.other_namesake
            || p.broken_number
            // «общеобразовательная организация, расположенная в селе …» is a school, «организация» may be none.
            || p.class == class::ANY
                && !(p.from.saturating_sub(1)..=p.to).any(|i| self.starts(i, GENERAL))
        {
            return;
        }
        let Some(n) = self
            .d
            .places
            .iter()
            .position(|m| m.from > p.to)
            .filter(|n| self.d.places[*n].from <= p.to + 9)
        else {
            return;
        };
        let m = self.d.places[n].clone();
        let between = p.to + 1..m.from;
        let whole = !between.clone().any(|i| {
            boundary(self.d.stream, i) || self.token(i).is_none_or(|t| t.what == What::Break)
        }) && !boundary(self.d.stream, m.from);
        // «начальная школа, что в Приречном»
        let that = self.token(p.to + 1).is_some_and(|t| t.mark(','))
            && self
                .token(p.to + 2)
                .is_some_and(|t| reads(self.d.stream.word(t), "что"));
        let located = that || between.clone().any(|i| self.starts(i, LOCATED));
        if !whole || !located || !m.locative || self.parted(p.to, m.from) {
            return;
        }
        if m.kind == settlement::DISTRICT || m.kind == settlement::CITY {
            return;
        }
        let Some(t) = self.token(m.name) else { return };
        let words = m.to + 1 - m.name;
        let hits = self.readings(t, |h| h.role == Hit::Topo && usize::from(h.more) < words);
        if hits.is_empty() {
            return;
        }
        // The place goes with the words for the school: left alone it would name the school again.
        let mut q = p.clone();
        q.places.push(n);
        q.to = m.to;
        q.items
            .push(phrase::Item::new(By::Settlement, p.from, m.to, hits));
        q.rule = Some(Rule::SchoolThenPlace);
        self.phrase(&q);
    }
}

pub(super) fn school_word(t: &Token) -> bool {
    t.lex.is_some_and(|l| {
        l.kind == Kind::Type && l.value != class::KINDERGARTEN && l.value != class::OTHER
    })
}
