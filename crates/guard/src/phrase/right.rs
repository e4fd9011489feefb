//! Reading a phrase to the right of its anchor: numbers, names, namesakes, places.

use super::super::fold::Beginnings;
use super::super::index::Role;
use super::super::lexicon::{Kind, class, settlement};
use super::super::morph::{Forms, is_adjective, is_in, looks_like_surname};
use super::super::place::{boundary, is_capital};
use super::super::token::{Token, What, flag};
use super::{By, Feminine, REACH, Reader};

/// Beginnings of words for those whom a school is for.
const CHILDREN: Beginnings = Beginnings::new("дет обуча учащ сирот школьн слаб глух незряч");

impl Reader<'_> {
    pub(super) fn right(&mut self) {
        let mut r = self.p.to + 1;
        let end = r + REACH;
        while r < end {
            let Some(t) = self.t(r).copied() else { break };
            if t.what == What::Break {
                if self.p.items.is_empty()
                    && r == self.p.to + 1
                    && !t.is(flag::DOT)
                    && self.opens_with_name(r + 1)
                {
                    r += 1;
                    continue;
                }
                break;
            }
            if r > 0 && self.t(r - 1).is_some_and(|p| p.what != What::Break) && boundary(self.s, r)
            {
                break;
            }
            match self.right_token(r, &t) {
                Some(n) => {
                    r = n;
                    self.p.end = self.p.end.max(r.saturating_sub(1));
                }
                None => break,
            }
        }
    }

    pub(super) fn opens_with_name(&self, r: usize) -> bool {
        self.t(r).is_some_and(|t| t.mark('№'))
            || !self.hits(r, Self::adjectival).is_empty()
                && self.t(r).is_some_and(is_capital)
                && self
                    .t(r + 1)
                    .is_none_or(|n| n.what == What::Break || !n.is_word())
    }

    /// Reads one step to the right; gives the next token to read.
    pub(super) fn right_token(&mut self, r: usize, t: &Token) -> Option<usize> {
        if let Some(n) = self.place_starting(r) {
            let m = self.places[n].clone();
            // «школа Приречная» is a name, though Приречная may be a village too.
            let adjective_only = m.from == m.to
                && !self.hits(r, Self::adjectival).is_empty()
                && self.p.items.is_empty()
                && t.forms_fem(self.s);
            if !adjective_only {
                self.take_place(n, true);
                return Some(m.to + 1);
            }
        }
        // «н-р 4»
        if super::super::fold::reads(self.s.word(t), "н")
            && self.t(r + 1).is_some_and(|n| {
                n.is(flag::HYPHEN) && super::super::fold::reads(self.s.word(n), "р")
            })
            && self.t(r + 2).is_some_and(Token::is_number)
        {
            return self.numbers(r + 2);
        }
        if t.mark('№') || t.lexed(Kind::NumSign) || self.letter_n(r, t) {
            return self.numbers(r);
        }
        if t.is_number() && t.has_hits() {
            let (topo, end) = self.whole(r, self.hits(r, |h| h.role == Role::Topo && h.more > 0));
            if !topo.is_empty() {
                self.add(By::Settlement, r, end, topo, Forms::ANY);
                return Some(end + 1);
            }
        }
        if t.is_number() {
            return self.numbers(r);
        }
        // «Ключевой (школы): 2, 13, 18»
        let opened = self
            .p
            .from
            .checked_sub(1)
            .and_then(|b| self.t(b))
            .is_some_and(|b| b.mark('('));
        let series = |i: usize| {
            self.t(i).is_some_and(Token::is_number)
                && self
                    .t(i + 1)
                    .is_some_and(|n| n.mark(',') || n.lexed(Kind::Conj))
                && self.t(i + 2).is_some_and(Token::is_number)
        };
        if t.mark(')')
            && opened
            && r == self.p.to + 1
            && self.p.items.is_empty()
            && self.plural()
            && self
                .t(r + 1)
                .is_some_and(|n| n.mark(':') || n.is(flag::DASH))
            && (series(r + 2) || series(r + 1))
        {
            return self.numbers(
                r + if self.t(r + 1).is_some_and(Token::is_number) {
                    1
                } else {
                    2
                },
            );
        }
        // «школ 5 и 9 (Дальнегорск), 12 и 14 (Ключевой)»: a town that the registry does not know, as the next is one.
        if t.mark('(')
            && self.p.items.iter().all(|i| matches!(i.by, By::Number(_)))
            && !self.p.items.is_empty()
            && self
                .t(r + 1)
                .is_some_and(|n| is_capital(n) && n.lex.is_none() && !n.has_hits())
            && self.t(r + 2).is_some_and(|n| n.mark(')'))
            && self.t(r + 3).is_some_and(|n| n.mark(',') || n.mark(';'))
            && super::placed(self.s, self.places, r + 4)
        {
            self.p.foreign = true;
            return None;
        }
        if t.mark('(')
            && !self.p.items.is_empty()
            && let Some(next) = self.whose(r)
        {
            return Some(next);
        }
        if t.mark('(')
            && let Some(next) = self.bracketed(r)
        {
            return Some(next);
        }
        if t.mark('(') || t.mark(')') || t.mark('[') || t.mark(']') {
            let close = t.mark(')') || t.mark(']');
            // «гимназия (имени Громобоева), г. Ключевой»
            let named = !close && self.kind(r + 1) == Some(Kind::Named);
            let closes = close
                && (!self.p.places.is_empty()
                    || self
                        .p
                        .items
                        .last()
                        .is_some_and(|i| i.by == By::Namesake && i.to + 1 == r));
            return (closes
                || named
                || self.place_starting(r + 1).is_some()
                || !close && (self.opens_with_name(r + 1)))
            .then_some(r + 1);
        }
        // «школа-участница № 14», «школы-участницы: Приречная»
        if r == self.p.to + 1
            && t.is_word()
            && t.is(flag::HYPHEN)
            && t.lex.is_none()
            && !t.is(flag::CAPITAL | flag::LATIN)
            && !t.has_hits()
            && self
                .t(r + 1)
                .is_some_and(|n| !n.is_word() && n.what != What::Break)
            // «школа-участница 3 чел.»: who has no name has no number either, but for its sign.
            && (self.plural() || !self.t(r + 1).is_some_and(Token::is_number))
        {
            return Some(r + 1);
        }
        if t.mark(':') && self.p.items.is_empty() && self.kind(r + 1) == Some(Kind::Named) {
            return Some(r + 1);
        }
        if t.mark(':')
            && self.p.items.is_empty()
            && (self
                .t(r + 1)
                .is_some_and(|n| n.mark('№') || n.lexed(Kind::NumSign)))
        {
            return self.numbers(r + 1);
        }
        // «школы города: 19, 20 и 22», but not «школы города: 19 из 40»
        let listed = self.t(r + 1).is_some_and(Token::is_number)
            && self
                .t(r + 2)
                .is_some_and(|n| n.mark(',') || n.lexed(Kind::Conj))
            && self.t(r + 3).is_some_and(Token::is_number);
        if t.mark(':') && self.p.items.is_empty() && self.plural() && listed {
            return self.numbers(r + 1);
        }
        // «Ключевой;СОШ;014;да»: fields of a line.
        let field = |i: usize| self.t(i).is_some_and(|m| m.mark(';') || m.mark('|'));
        if field(r)
            && r == self.p.to + 1
            && self.p.items.is_empty()
            && let Some(n) = self.t(r + 1).copied().filter(Token::is_number)
            && field(r + 2)
        {
            // A number without its sign may count: only in the school's own place.
            let value = u32::try_from(n.value).ok()?;
            self.add(By::Ordinal(value), r + 1, r + 1, Vec::new(), Forms::ANY);
            return Some(r + 2);
        }
        // `('Ключевой', 'СОШ', 14)`: values of a program.
        if t.mark(',')
            && t.is(flag::QUOTE)
            && r == self.p.to + 1
            && self.p.items.is_empty()
            && let Some(n) = self.t(r + 1).copied().filter(Token::is_number)
            && self
                .t(r + 2)
                .is_some_and(|m| m.mark(')') || m.mark(',') || m.mark(']'))
        {
            let value = u32::try_from(n.value).ok()?;
            self.add(By::Ordinal(value), r + 1, r + 1, Vec::new(), Forms::ANY);
            return Some(r + 2);
        }
        if t.mark(',') || t.mark(':') || t.mark(';') || t.mark('/') {
            return self.after_mark(r, t);
        }
        if !t.is_word() {
            return None;
        }
        // «школа В. Н. Громобоева»: an initial, not a preposition.
        if self.s.word(t).len() == 1
            && t.is(flag::CAPITAL)
            && r == self.p.to + 1
            && self
                .t(r + 1)
                .is_some_and(|n| n.is(flag::DOT) && is_capital(n))
            && self.rank_run(r)
        {
            return self.namesake(r, false);
        }
        // «shkola v Starom Yare»
        let latin_prep = t.is(flag::LATIN)
            && r == self.p.to + 1
            && crate::fold::reads_any(self.s.word(t), "v vo na iz");
        if latin_prep && self.place_starting(r + 1).is_some() {
            return Some(r + 1);
        }
        // «secondary school of the village of Beryozovy Yar»
        if self.p.english
            && self.p.items.is_empty()
            && r <= self.p.to + 5
            && t.is(flag::LATIN)
            && crate::fold::reads_any(self.s.word(t), "of the in village town settlement")
        {
            return Some(r + 1);
        }
        match t.kind() {
            Some(Kind::Prep) if self.kind(r + 1) == Some(Kind::NumSign) => return Some(r + 1),
            // «интернат для ветеранов»
            Some(Kind::Prep)
                if r == self.p.to + 1
                    && self.p.items.is_empty()
                    && super::super::fold::reads(self.s.word(t), "для")
                    && !self.t(r + 1).is_some_and(|t| CHILDREN.fit(self.s.word(t))) =>
            {
                self.p.class = class::OTHER;
                return None;
            }
            // «гимназисты из третьей»
            Some(Kind::Prep)
                if super::super::fold::reads(self.s.word(t), "из")
                    && self.p.items.is_empty()
                    && self.t(self.p.anchor).is_some_and(|a| {
                        crate::fold::begins_any(self.s.word(a), "гимназист лицеист")
                    })
                    && self.kind(r + 1) == Some(Kind::Ordinal) =>
            {
                let (value, end) = self.spelled(r + 1);
                let feminine = self
                    .t(end)
                    .is_some_and(|l| crate::fold::ends_any(self.s.word(l), "ой ей"));
                let noun = self
                    .t(end + 1)
                    .is_some_and(|n| n.is_word() && !boundary(self.s, end + 1));
                if !feminine || noun {
                    return None;
                }
                self.add(By::Ordinal(value), r, end, Vec::new(), Forms::ANY);
                return Some(end + 1);
            }
            // «школа в честь братьев Громобоевых»
            Some(Kind::Prep)
                if self
                    .t(r + 1)
                    .is_some_and(|n| super::super::fold::reads(self.s.word(n), "честь")) =>
            {
                return self.namesake(r + 2, true);
            }
            Some(Kind::Prep) if self.plural() && self.number_range(r).is_some() => {
                return self.number_range(r).map(|(low, high, end)| {
                    for v in low..=high {
                        self.add_many(By::Number(v), r + 1, end);
                    }
                    end + 1
                });
            }
            Some(Kind::Ordinal) if r == self.p.to + 1 && t.lex.is_some_and(|l| l.value > 3) => {
                let (value, end) = self.spelled(r);
                if self
                    .t(end + 1)
                    .is_some_and(|n| n.is_word() && n.lex.is_none() && !n.is(flag::CAPITAL))
                    && !boundary(self.s, end + 1)
                {
                    return None;
                }
                self.add(By::Number(value), r, end, Vec::new(), Forms::ANY);
                return Some(end + 1);
            }
            Some(Kind::Cardinal) if r == self.p.to + 1 => {
                let (value, end) = self.spelled(r);
                let name = self.t(end + 1).is_none_or(|n| !n.is_word())
                    || self.place_starting(end + 1).is_some();
                if !name || self.p.forms.plural_only() {
                    return None;
                }
                self.add(By::Number(value), r, end, Vec::new(), Forms::ANY);
                return Some(end + 1);
            }
            Some(Kind::Prep) => {
                let p = self.place_starting(r + 1);
                if let Some(n) = p {
                    self.take_place(n, true);
                    return Some(self.places[n].to + 1);
                }
                let topo = self.hits(r + 1, |h| h.role == Role::Topo);
                let (topo, end) = self.whole(r + 1, topo);
                let last = end + 1;
                let noun_follows = self.t(r + 1).is_some_and(|x| is_adjective(self.s.word(x)))
                    && self.t(last).is_some_and(|n| {
                        n.is_word()
                            && !boundary(self.s, last)
                            && matches!(
                                n.kind(),
                                Some(Kind::Object | Kind::District | Kind::Street | Kind::Region)
                            )
                    });
                if !topo.is_empty() && self.t(r + 1).is_some_and(is_capital) && !noun_follows {
                    let village = self
                        .t(r)
                        .map(|p| self.s.word(p).to_vec())
                        .is_some_and(|w| w.len() <= 2);
                    if village {
                        self.add(By::Settlement, r, end, topo, Forms::ANY);
                        return Some(end + 1);
                    }
                }
                return None;
            }
            Some(Kind::Named) => return self.namesake(r + 1, true),
            Some(Kind::Rank) if self.rank_run(r) => return self.namesake(r, false),
            // «школа бр. Громобоевых»: a rank cut short may be another word.
            _ if !t.is(flag::CAPITAL)
                && (2..=5).contains(&self.s.word(t).len())
                && self
                    .t(r + 1)
                    .is_some_and(|n| n.is(flag::DOT) && is_capital(n))
                && !self.hits(r + 1, |h| h.role == Role::Namesake).is_empty() =>
            {
                return self.namesake(r, false);
            }
            // «школа искусств», «школа юных натуралистов», but not «СОШ спортивным залом довольна».
            Some(Kind::OtherGen | Kind::OtherAdj)
                if !t.is(flag::CAPITAL | flag::HYPHEN | flag::DASH)
                    && r == self.p.to + 1
                    && t.lex.is_some_and(|l| l.forms.has("gG"))
                    && (!self.p.formal || self.p.items.is_empty())
                    && self.p.items.iter().all(|i| i.to < self.p.anchor) =>
            {
                self.p.class = class::OTHER;
                return None;
            }
            Some(Kind::TypeAdj)
                if !t.is(flag::CAPITAL) && r == self.p.to + 1 && self.p.items.is_empty() =>
            {
                let v = t.lex.map_or(0, |x| x.value);
                if v != 0 && self.p.class == class::SCHOOL {
                    self.p.class = v;
                }
                // «школа детский сад», «школа средняя общеобразовательная»
                return Some(r + 1);
            }
            // «в школах Берёзового Яра и Малой Речки»
            Some(Kind::Conj)
                if self.plural()
                    && self
                        .p
                        .items
                        .last()
                        .is_some_and(|i| i.by == By::Settlement && i.to + 1 == r)
                    && self.place_starting(r + 1).is_some() =>
            {
                return Some(r + 1);
            }
            Some(Kind::Conj) => {
                let last = self.p.items.last()?;
                let adjective = matches!(last.by, By::Adjective) && last.to + 1 == r;
                return (adjective && self.list_goes_on(r + 1)).then_some(r + 1);
            }
            Some(Kind::Type | Kind::Legal) if self.p.class == class::ANY => return None,
            _ => {}
        }
        self.right_name(r, t)
    }

    /// «школы с 18 по 21»: the first number, the last, and where it ends.
    fn number_range(&self, r: usize) -> Option<(u32, u32, usize)> {
        let word = |i: usize, w: &str| {
            self.t(i)
                .is_some_and(|t| super::super::fold::reads(self.s.word(t), w))
        };
        let skip = |i: usize| i + usize::from(self.t(i).is_some_and(|t| t.mark('№')));
        if !(word(r, "с") || word(r, "со")) {
            return None;
        }
        // «с третьей по шестую»: feminine, as «школа» is, and not «с третьего по шестой урок».
        let read = |i: usize, ends: &[&str]| -> Option<(u64, usize)> {
            let t = self.t(i)?;
            if t.is_number() {
                return Some((t.value, i));
            }
            let (value, end) = self.spelled(i);
            let last = self.t(end).filter(|l| l.lexed(Kind::Ordinal))?;
            let fits = ends
                .iter()
                .any(|e| super::super::fold::ends(self.s.word(last), e));
            fits.then_some((u64::from(value), end))
        };
        let (low, a) = read(skip(r + 1), &["ой", "ей"])?;
        if !(word(a + 1, "по") || word(a + 1, "до")) {
            return None;
        }
        let (high, b) = read(skip(a + 2), &["ую", "ью", "ой", "ей"])?;
        let counted = self.t(b + 1).is_some_and(|n| {
            n.mark(':')
                || n.is_number()
                || matches!(n.kind(), Some(Kind::Unit | Kind::Month))
                || n.is_word() && n.is(flag::HYPHEN | flag::GLUED)
                || n.is_word()
                    && self.s.word(n).len() == 1
                    && !self.t(b + 2).is_some_and(is_capital)
        });
        (!counted && low > 0 && high > low && high - low <= 60 && high < 1000).then_some((
            low as u32,
            high as u32,
            b,
        ))
    }

    /// «N», and what readers of scans make of «№»: «NЬ», «ЛЪ», «Ne».
    pub(super) fn letter_n(&self, r: usize, t: &Token) -> bool {
        const MISREAD: &[&str] = &[
            "иь", "иъ", "ие", "лъ", "ль", "ле", "ne", "ng", "ns", "nq", "jve", "jvo",
        ];
        let word = self.s.word(t);
        let one = word.len() == 1 && matches!(word[0], b'n' | 0xED | b'h');
        let misread =
            t.is(flag::CAPITAL) && MISREAD.iter().any(|m| super::super::fold::reads(word, m));
        let number = |n: &Token| n.is_number() || n.mark('№');
        let digits = || self.disguised_number(r + 1).is_some();
        t.is_word()
            && (one || misread)
            && (self.t(r + 1).is_some_and(number) || misread && digits())
    }

    pub(super) fn rank_run(&self, r: usize) -> bool {
        (r..r + 8).any(|i| !self.hits(i, |h| h.role == Role::Namesake).is_empty())
    }

    pub(super) fn after_mark(&mut self, r: usize, t: &Token) -> Option<usize> {
        if let Some(n) = self.place_starting(r + 1).filter(|_| t.mark(',')) {
            if self.p.items.is_empty() {
                // «Школа, с. Приречное»: nothing else before or between.
                let m = &self.places[n];
                let opens = boundary(self.s, self.p.from)
                    || self
                        .p
                        .from
                        .checked_sub(1)
                        .and_then(|b| self.t(b))
                        .is_some_and(|b| b.mark(':'));
                let bare = opens
                    && r == self.p.to + 1
                    && m.kind == settlement::VILLAGE
                    && !m.locative
                    && !self.p.forms.plural_only();
                return bare.then_some(r + 1);
            }
            // «Ключевой: СОШ № 14, Луговой: СОШ № 3»: the place opens the next group.
            let opens = self
                .t(self.places[n].to + 1)
                .is_some_and(|x| x.mark(':') || x.is(flag::DASH));
            if opens {
                return None;
            }
            // A place after a comma is the school's unless another school follows it.
            let after = self.places[n].to + 1;
            let next_school = self.t(after).is_some_and(|x| {
                matches!(x.kind(), Some(Kind::Type | Kind::Legal | Kind::TypeAdj))
            }) && !boundary(self.s, after);
            let own = !next_school && !self.places[n].locative;
            self.p.beside.extend(own.then_some(n));
            return own.then_some(r + 1);
        }
        let last = self.p.items.last();
        let adjective = last.is_some_and(|l| matches!(l.by, By::Adjective) && l.to + 1 == r)
            || t.mark(':') && self.p.items.is_empty();
        (adjective
            && self.list_goes_on(r + 1)
            && !self.hits(r + 1, Self::adjectival).is_empty()
            && self
                .t(r + 2)
                .is_none_or(|n| !n.is_word() || boundary(self.s, r + 2) || n.lexed(Kind::Conj)))
        .then_some(r + 1)
    }

    /// A word after the kind that may be a name.
    pub(super) fn right_name(&mut self, r: usize, t: &Token) -> Option<usize> {
        if r == self.p.to + 1
            && let Some(value) = self.roman(r, t)
        {
            self.add(By::Number(value), r, r, Vec::new(), Forms::ANY);
            return Some(r + 1);
        }
        let named = is_capital(t) || t.is(flag::LATIN) || t.is(flag::QUOTE) || self.p.formal;
        let adjectives = self.hits(r, Self::adjectival);
        if !adjectives.is_empty() && named {
            let (hits, end) = self.whole(r, adjectives);
            let head = self.t(end + 1);
            let other = head.is_some_and(|h| {
                let slug = h.is(flag::HYPHEN | flag::UNDERSCORE);
                let object = matches!(
                    h.kind(),
                    Some(
                        Kind::Object
                            | Kind::District
                            | Kind::Street
                            | Kind::Region
                            | Kind::Settlement
                            | Kind::OtherAdj
                    )
                ) || !slug
                    && matches!(h.kind(), Some(Kind::TypeAdj | Kind::LegalAdj))
                    && self
                        .t(end + 2)
                        .is_some_and(|x| matches!(x.kind(), Some(Kind::Object | Kind::District)));
                // «1 Приречная СОШ 2 Луговая ООШ»: it has a kind of its own.
                let next =
                    self.p.is_named() && matches!(h.kind(), Some(Kind::Type | Kind::TypeAdj));
                (object || next) && !boundary(self.s, end + 1) && !h.is(flag::QUOTE)
            });
            if !hits.is_empty() && !other && !self.longer_name(r) && !(self.longer_after(end)) {
                let forms = hits.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
                self.add(By::Adjective, r, end, hits, forms);
                return Some(end + 1);
            }
        }
        let proper = self.hits(r, |h| h.role == Role::Proper);
        let (proper, end) = self.whole(r, proper);
        // «гимназия созвездие» in small letters: only as an apposition, right after the kind.
        let apposed = r == self.p.to + 1
            && t.lex.is_none()
            && self.s.word(t).len() >= 5
            && proper.iter().any(|h| h.forms.has("n"));
        if !proper.is_empty() && (named || apposed) {
            self.add(By::Proper, r, end, proper, Forms::ANY);
            return Some(end + 1);
        }
        let namesakes = self.hits(r, |h| h.role == Role::Namesake);
        if (!namesakes.is_empty()
            || self.s.word(t).len() == 1 && t.is(flag::CAPITAL) && self.rank_run(r))
            && is_capital(t)
        {
            return self.namesake(r, false);
        }
        if !namesakes.is_empty()
            && r == self.p.to + 1
            && t.lex.is_none()
            && looks_like_surname(self.s.word(t))
            && self.p.items.is_empty()
        {
            self.add(By::Namesake, r, r, namesakes, Forms::ANY);
            return Some(r + 1);
        }
        // «школа Ивана Тропинина»
        let first_name = is_capital(t) && t.lex.is_none() && !t.is(flag::ALL_CAPS);
        if first_name
            && r == self.p.to + 1
            && self.t(r + 1).is_some_and(is_capital)
            && !boundary(self.s, r + 1)
            && (!self.hits(r + 1, |h| h.role == Role::Namesake).is_empty()
                || self.t(r + 2).is_some_and(is_capital)
                    && !boundary(self.s, r + 2)
                    && !self.hits(r + 2, |h| h.role == Role::Namesake).is_empty()
                    && self
                        .t(r + 1)
                        .is_some_and(|n| crate::fold::ends_any(self.s.word(n), "вича ича вны чны")))
        {
            return self.namesake(r, false);
        }
        let topo = self.hits(r, |h| h.role == Role::Topo);
        let (topo, end) = self.whole(r, topo);
        if !topo.is_empty() && (is_capital(t) || t.is(flag::LATIN)) {
            let head = self.t(end + 1);
            let other = head.is_some_and(|h| {
                matches!(
                    h.kind(),
                    Some(Kind::Object | Kind::District | Kind::Street | Kind::Region)
                ) && !boundary(self.s, end + 1)
            });
            if !other {
                self.add(By::Settlement, r, end, topo, Forms::ANY);
                return Some(end + 1);
            }
        }
        let cities: Vec<u32> = self
            .hits(r, |h| h.role == Role::PlaceAdj)
            .iter()
            .map(|h| h.owner)
            .collect();
        if !cities.is_empty() && named {
            self.p.adjective_places.extend(cities);
            return Some(r + 1);
        }
        if let Some(next) = self.slip_after(r, t) {
            return Some(next);
        }
        // Someone else's name, right after the kind or the number.
        if is_capital(t)
            && t.lex.is_none()
            && r == self.p.to + 1
            && !t.is(flag::QUOTE)
            && self.s.word(t).len() > 2
            && !t.is(flag::ALL_CAPS)
            && !self.p.items.is_empty()
            && self.p.places.is_empty()
            && self.elsewhere(r, t)
        {
            self.p.foreign = true;
        }
        None
    }

    /// «школа № 14 Дальнегорска»: a place in the genitive, and not a person («школы № 14 Сидорова И. П.»).
    pub(super) fn elsewhere(&self, r: usize, t: &Token) -> bool {
        let w = self.s.word(t);
        let genitive = is_in(w[w.len() - 1], "аяыи") && !looks_like_surname(w);
        let person = self.t(r + 1).is_some_and(|n| {
            is_capital(n) && !boundary(self.s, r + 1)
                || n.is_word() && self.s.word(n).len() == 1 && n.is(flag::CAPITAL)
        });
        genitive && !person
    }

    pub(super) fn longer_after(&self, end: usize) -> bool {
        self.t(end + 1).is_some_and(|n| {
            n.is_word()
                && n.is(flag::HYPHEN)
                && n.is(flag::CAPITAL)
                && n.lex.is_none()
                && !n.is(flag::LATIN)
        })
    }
}
