//! Reading a phrase to the left of its anchor: adjectives, ordinals, numbers before the kind, legal forms.

use super::super::index::{Hit, Role};
use super::super::lexicon::{Kind, class, ordinal_suffix, settlement};
use super::super::mention::Reason;
use super::super::morph::{Forms, adjective_stem, is_adjective};
use super::super::place::{boundary, is_capital};
use super::super::token::{Token, What, flag};
use super::{By, Item, REACH, Reader, Sign};

impl Reader<'_> {
    pub(super) fn left(&mut self) {
        let Some(mut l) = self.p.anchor.checked_sub(1) else {
            return;
        };
        // «Горизонт» – лицей
        if self.t(self.p.anchor).is_some_and(|t| t.is(flag::DASH))
            && self.titles_before(self.p.anchor)
        {
            return;
        }
        // «Горизонт», лицей; «Северный щит (кадетская школа)»
        let kind = self.p.anchor - usize::from(self.kind(l) == Some(Kind::TypeAdj));
        if let Some(mark) = kind.checked_sub(1)
            && self
                .t(mark)
                .is_some_and(|m| m.mark(',') || m.mark('(') || m.mark(':'))
            && self.titles_before(mark)
        {
            return;
        }
        // «Ключевой, 19, СОШ»: a place, a number and the kind.
        if let Some(place) = kind.checked_sub(4)
            && self.t(kind - 1).is_some_and(|m| m.mark(','))
            && self.t(kind - 3).is_some_and(|m| m.mark(','))
            && self.place_ending(place).is_some()
            && let Some(n) = self.t(kind - 2).copied().filter(|n| n.is_number())
        {
            let value = u32::try_from(n.value).unwrap_or(0);
            self.add(
                By::Ordinal(value),
                kind - 2,
                kind - 2,
                Vec::new(),
                Forms::ANY,
            );
            return;
        }
        let mut skipped = 0;
        let mut crossed = false;
        let floor = self.p.anchor.saturating_sub(REACH);
        loop {
            let cut = self.t(l + 1).is_some_and(|n| n.is(flag::DOT))
                && !self.hits(l, |h| h.role == Role::Abbreviation).is_empty();
            if l < floor || !cut && boundary(self.s, l + 1) && !self.cross_left(l, &mut crossed) {
                break;
            }
            let Some(t) = self.t(l).copied() else { break };
            if t.what == What::Break {
                let Some(n) = l.checked_sub(1) else { break };
                l = n;
                if !self.t(l).is_some_and(|t| t.is_word())
                    || self.hits(l, Self::adjectival).is_empty()
                        && self.kind(l) != Some(Kind::TypeAdj)
                {
                    break;
                }
                continue;
            }
            let next = match self.left_token(l, &t, &mut skipped) {
                Some(n) => n,
                None => break,
            };
            let Some(n) = next.checked_sub(1) else { break };
            l = n;
        }
    }

    /// «Горизонт» – лучший лицей города
    pub(super) fn title_before_dash(&mut self) {
        if !self.p.items.is_empty() {
            return;
        }
        for k in (self.p.anchor.saturating_sub(3)..self.p.anchor).rev() {
            let Some(t) = self.t(k).copied() else { return };
            if !t.is_word() || t.is(flag::CAPITAL) || adjective_stem(self.s.word(&t)).is_none() {
                return;
            }
            if t.is(flag::DASH) {
                self.titles_before(k);
                return;
            }
        }
    }

    /// A name may end the cell or block before the one that begins with the kind.
    pub(super) fn cross_left(&self, l: usize, crossed: &mut bool) -> bool {
        let edge = self
            .t(l)
            .is_some_and(|t| t.what == What::Break && !t.is(flag::DOT))
            && l + 1 == self.p.from;
        if edge && !*crossed && self.p.items.is_empty() {
            *crossed = true;
            return true;
        }
        // Right after the crossing the break itself is the boundary.
        *crossed && self.t(l + 1).is_some_and(|t| t.what == What::Break)
    }

    /// Reads one step to the left; gives the leftmost token it took.
    pub(super) fn left_token(&mut self, l: usize, t: &Token, skipped: &mut u32) -> Option<usize> {
        if let Some(n) = self.place_ending(l) {
            // «село Приречное, школа» does not come here; «в селе Приречном школа» does.
            let m = &self.places[n];
            let (from, to) = (m.from, m.to);
            // «в Кувшинсой школе»: taken for an unknown place by its capital alone.
            if m.weak
                && let Some(from) = self.slip_before(l, t)
            {
                return Some(from);
            }
            // «Ст. Луговская СОШ»: «Старолуговская», where no such stanitsa is known.
            if m.known.is_empty()
                && let Some((from, cut)) = self.first_part_cut(l, t)
            {
                let forms = cut.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
                self.add(By::Adjective, from, l, cut, forms);
                return Some(from);
            }
            let m = &self.places[n];
            if (m.kind == settlement::DISTRICT || m.from != m.to || m.locative)
                && (self.hits(to, Self::adjectival).is_empty() || from != to)
            {
                // «в Ключевом Приречная СОШ», «г. Ключевой¶Приречная СОШ»: where it takes place.
                let there = m.kind != settlement::DISTRICT;
                self.p.beside.extend(there.then_some(n));
                self.take_place(n, true);
                return None;
            }
        }
        let near_list =
            |r: &Self| (r.edge == l + 1 || r.p.items.iter().any(|i| i.from == l + 1)) && l > 0;
        match t.kind() {
            Some(Kind::TypeAdj) => {
                let v = t.lex.map_or(0, |x| x.value);
                if v != 0 && !(self.p.class == class::BOARDING || self.p.class == class::CENTRE) {
                    let own = matches!(self.p.class, class::SCHOOL | class::ANY)
                        || v == class::EVENING
                        || v == class::KINDERGARTEN;
                    if own && !(self.p.class == class::EVENING || self.p.class == class::SPECIAL) {
                        self.p.class = v;
                    }
                }
                let name = self.hits(l, Self::adjectival);
                if !name.is_empty() && t.is(flag::CAPITAL) {
                    self.add(By::Adjective, l, l, name, Forms::ANY);
                }
                self.p.from = l;
                return Some(l);
            }
            Some(Kind::LegalAdj) => {
                self.p.from = l;
                return Some(l);
            }
            Some(Kind::Legal) => {
                self.p.from = l;
                self.p.formal = true;
                return Some(l);
            }
            // «с педагогическим коллективом Приречной СОШ»: only what stands beside the kind is the kind's.
            Some(Kind::OtherAdj)
                if !(l + 1..self.p.anchor).all(|i| {
                    matches!(
                        self.kind(i),
                        Some(Kind::TypeAdj | Kind::LegalAdj | Kind::OtherAdj)
                    )
                }) =>
            {
                return None;
            }
            Some(Kind::OtherAdj) => {
                // A word of the name, where the registry says so.
                let name = self.hits(l, Self::adjectival);
                if name.is_empty() || self.p.class == class::SCHOOL {
                    self.p.class = class::OTHER;
                } else {
                    let forms = name.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
                    self.add(By::Adjective, l, l, name, forms);
                }
                self.p.from = l;
                return Some(l);
            }
            Some(Kind::Ordinal) => return self.left_ordinal(l),
            Some(Kind::Conj) if self.shared_ending(l).is_some() => return self.shared_ending(l),
            Some(Kind::Conj) if near_list(self) => {
                return (self.list_goes_on(l - 1) && self.same_sort(l - 1)).then_some(l);
            }
            // «в четырнадцатой и в седьмой школах»
            Some(Kind::Prep)
                if near_list(self)
                    && l > 1
                    && self.kind(l - 1) == Some(Kind::Conj)
                    && self.list_goes_on(l - 2)
                    && self.same_sort(l - 2) =>
            {
                return Some(l - 1);
            }
            Some(Kind::Settlement) if t.is(flag::LATIN) => return Some(l),
            Some(Kind::Street | Kind::Settlement) => return None,
            _ => {}
        }
        // «Громобоева имени школа»
        if l + 1 == self.p.from
            && let Some(start) = self.named_before(l)
        {
            return Some(start);
        }
        if (t.mark(',') || t.mark('(')) && self.p.items.is_empty() && self.titles_before(l) {
            return None;
        }
        if t.lexed(Kind::Cardinal) && self.p.items.is_empty() && l + 1 == self.p.from {
            // «в Приречном две школы» counts them.
            let counts = t.lex.is_some_and(|x| (2..=4).contains(&x.value));
            let titles = l
                .checked_sub(1)
                .and_then(|b| self.t(b))
                .is_some_and(|b| b.mark(',') || b.is(flag::QUOTE));
            if counts && !titles && self.p.forms.has("g") {
                return None;
            }
            return Some(l);
        }
        if t.mark(',')
            && let Some(from) = self.shared_ending(l)
        {
            return Some(from);
        }
        if t.mark(',') || t.mark('/') {
            return (near_list(self) && self.list_goes_on(l - 1) && self.same_sort(l - 1))
                .then_some(l);
        }
        // «шестая (СОШ)»
        if t.mark('(')
            && l + 1 == self.p.anchor
            && self.p.items.is_empty()
            && self.t(l + 2).is_some_and(|n| n.mark(')'))
            && let Some(ordinal) = l
                .checked_sub(1)
                .filter(|n| self.kind(*n) == Some(Kind::Ordinal))
        {
            return self.left_ordinal(ordinal);
        }
        // «Перспектива (гимназия)»
        if t.mark('(')
            && l + 1 == self.p.anchor
            && self.t(l + 2).is_some_and(|n| n.mark(')'))
            && let Some(name) = l
                .checked_sub(1)
                .filter(|n| self.t(*n).is_some_and(is_capital))
        {
            let own = self.hits(name, |h| h.role == Role::Proper && h.more == 0);
            if !own.is_empty() {
                self.add(By::Proper, name, name, own, Forms::ANY);
                return Some(name);
            }
        }
        // «вечерняя (сменная) школа»
        if t.mark(')') && l.checked_sub(1).and_then(|p| self.kind(p)) == Some(Kind::TypeAdj)
            || t.mark('(') && self.kind(l + 1) == Some(Kind::TypeAdj)
        {
            return Some(l);
        }
        if t.is_number() {
            return self.left_number(l, l);
        }
        if !t.is_word() {
            return None;
        }
        if ordinal_suffix(self.s.word(t))
            .filter(|_| t.is(flag::HYPHEN | flag::GLUED))
            .is_some()
        {
            let n = l.checked_sub(1)?;
            if let Some(x) = self.t(n).filter(|x| x.is_number()) {
                let value = u32::try_from(x.value).ok()?;
                let forms = ordinal_suffix(self.s.word(t)).unwrap_or(Forms::ANY);
                self.add(By::Number(value), n, l, Vec::new(), forms);
                return Some(n);
            }
        }
        let hits = self.hits(l, |h| {
            Self::adjectival(h)
                || h.role == Role::PlaceAdj
                || h.role == Role::Proper
                || h.role == Role::Topo
        });
        let street = l
            .checked_sub(1)
            .is_some_and(|p| matches!(self.kind(p), Some(Kind::Street)));
        if street {
            return None;
        }
        let cut: Vec<Hit> = self.hits(l, |h| h.role == Role::Abbreviation);
        if !cut.is_empty()
            && l + 1 == self.p.from
            && self.t(l + 1).is_some_and(|n| n.is(flag::DOT))
            && is_capital(t)
            && !hits.iter().any(Self::adjectival)
        {
            self.add(By::Adjective, l, l, cut, Forms::ANY);
            return Some(l);
        }
        let own: Vec<Hit> = hits.iter().copied().filter(Self::adjectival).collect();
        // A name of two adjectives is met at its last word.
        if let Some(p) = l.checked_sub(1) {
            let (pair, end) = self.whole(p, self.hits(p, |h| h.role == Role::Adj && h.more > 0));
            if !pair.is_empty() && end == l {
                let forms = pair[0].forms;
                self.add(By::Adjective, p, l, pair, forms);
                return Some(p);
            }
        }
        // «Б. Ярская», «Ст.Луговская», «Б/Ярская»: the first part cut short.
        if let Some((from, cut)) = self.first_part_cut(l, t) {
            let forms = cut.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
            self.add(By::Adjective, from, l, cut, forms);
            return Some(from);
        }
        if !own.is_empty() {
            let (own, _) = self.whole(l, own);
            // «Южно-» before «Ковшовская» makes another name.
            if self.longer_name(l) {
                self.p.foreign = true;
                return None;
            }
            if !own.is_empty() {
                let forms = own.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
                self.add(By::Adjective, l, l, own, forms);
                return Some(l);
            }
        }
        let cities: Vec<u32> = hits
            .iter()
            .filter(|h| h.role == Role::PlaceAdj)
            .map(|h| h.owner)
            .collect();
        if !cities.is_empty() {
            self.p.adjective_places.extend(cities);
            self.p.from = l;
            return Some(l);
        }
        // «Сосновка школа», «Перспектива лицей»
        let nouns: Vec<Hit> = hits
            .iter()
            .copied()
            .filter(|h| matches!(h.role, Role::Proper | Role::Topo) && h.more == 0)
            .collect();
        if !nouns.is_empty()
            && l + 1 == self.p.from
            && (is_capital(t) || t.is(flag::LATIN))
            && (t.flags & (flag::LATIN | flag::QUOTE) != 0
                || nouns.iter().any(|h| h.role == Role::Proper))
        {
            let by = if nouns.iter().any(|h| h.role == Role::Proper) {
                By::Proper
            } else {
                By::Settlement
            };
            self.add(by, l, l, nouns, Forms::ANY);
            return Some(l);
        }
        // A stray blank inside the name: «Кувшин ская школа».
        if let Some(p) = l
            .checked_sub(1)
            .filter(|_| l + 1 == self.p.from && t.lex.is_none() && t.is(flag::SPACE))
        {
            let joined = self.joined(p, l);
            if !joined.is_empty() {
                self.add(By::Adjective, p, l, joined, Forms::ANY);
                return Some(p);
            }
        }
        if let Some(from) = self.slip_before(l, t) {
            return Some(from);
        }
        let adjective = adjective_stem(self.s.word(t));
        if let Some((stem, forms)) = adjective {
            if is_capital(t) && t.lex.is_none() && !boundary(self.s, l)
                || is_capital(t) && super::super::fold::ends(&stem, "ск")
            {
                // Another school of the list, or the school of another place.
                let listed = self
                    .p
                    .items
                    .iter()
                    .any(|i| matches!(i.by, By::Adjective) && i.from > l);
                if !listed {
                    self.p.foreign = true;
                }
                self.edge = l;
                let _ = forms;
                return Some(l);
            }
            if !t.is(flag::CAPITAL) || t.lexed(Kind::Plain) {
                *skipped += 1;
                self.edge = l;
                // «новая школа» may follow a name, but belongs to no span unless one does.
                return (*skipped <= 2).then_some(l);
            }
        }
        None
    }

    /// «Имени М. А. Громобоева школа»: the whole namesake before the kind.
    fn named_before(&mut self, l: usize) -> Option<usize> {
        if self.hits(l, |h| h.role == Role::Namesake).is_empty() {
            return None;
        }
        let named = (l.saturating_sub(8)..l)
            .rev()
            .find(|i| self.kind(*i) == Some(Kind::Named))?;
        let owned = named
            .checked_sub(1)
            .is_some_and(|b| self.t(b).is_some_and(|t| t.is_word()) && !boundary(self.s, named));
        if owned {
            return None;
        }
        let (from, to) = (self.p.from, self.p.to);
        let after = self.namesake(named + 1, true)?;
        if after != l + 1 {
            self.p.items.clear();
            self.p.other_namesake = false;
            self.p.initials.clear();
            (self.p.from, self.p.to) = (from, to);
            return None;
        }
        Some(named)
    }

    /// «Горизонт», лицей; «Орион» и «Сияние», две гимназии; «Приречная», школа.
    fn titles_before(&mut self, comma: usize) -> bool {
        let mut l = comma;
        let mut any = false;
        while let Some(p) = l.checked_sub(1) {
            let Some(t) = self.t(p).copied() else { break };
            if boundary(self.s, l) || t.what == What::Break {
                break;
            }
            let joint = t.mark(',') || t.lexed(Kind::Conj);
            if joint {
                l = p;
                continue;
            }
            let bracketed = l == comma && self.t(comma).is_some_and(|c| c.mark('('));
            if !t.is_word() || !is_capital(&t) && !bracketed {
                break;
            }
            // The name begins at a quote, up to four words before.
            let Some(start) = (p.saturating_sub(3)..=p).rev().find(|i| {
                self.t(*i)
                    .is_some_and(|x| x.is(flag::QUOTE) && is_capital(x))
            }) else {
                // «Горизонт, лицей»: without quotes only as the first word of all.
                let found = (p.saturating_sub(3)..=p).find_map(|b| {
                    let hits = self.hits(b, |h| h.role == Role::Proper && h.forms.has("n"));
                    let (hits, end) = self.whole(b, hits);
                    let listed = b
                        .checked_sub(1)
                        .is_some_and(|c| self.t(c).is_some_and(|c| c.mark(',')));
                    let opens =
                        boundary(self.s, b) || listed && self.t(comma).is_some_and(|c| c.mark(','));
                    (!hits.is_empty() && end == p && opens).then_some((b, hits))
                });
                if let Some((b, hits)) = found.filter(|_| !any && l == comma) {
                    self.add(By::Proper, b, p, hits, Forms::ANY);
                    any = true;
                }
                break;
            };
            let closed = self.t(p + 1).is_some_and(|x| x.is(flag::QUOTE));
            // What is quoted after a noun of its own is that noun's: «ансамбль «Сияние»».
            let owner = start
                .checked_sub(1)
                .and_then(|b| self.t(b))
                .is_some_and(|b| {
                    b.is_word()
                        && !b.lexed(Kind::Conj)
                        && !b.lexed(Kind::Prep)
                        && !boundary(self.s, start)
                        && !self
                            .t(start)
                            .is_some_and(|x| x.is(flag::NEWLINE) && x.is(flag::DASH))
                });
            if !closed || owner {
                break;
            }
            let found = self.hits(start, |h| {
                matches!(h.role, Role::Proper) || h.role == Role::Adj
            });
            let (found, end) = self.whole(start, found);
            if end == p && !found.is_empty() {
                let by = if found.iter().any(|h| h.role == Role::Proper) {
                    By::Proper
                } else {
                    By::Adjective
                };
                self.add(by, start, end, found, Forms::ANY);
                any = true;
            }
            l = start;
        }
        any
    }

    pub(super) fn list_goes_on(&self, n: usize) -> bool {
        let Some(t) = self.t(n) else { return false };
        if t.is_number()
            || ordinal_suffix(self.s.word(t)).is_some() && t.is(flag::HYPHEN | flag::GLUED)
        {
            return true;
        }
        t.is_word()
            && is_adjective(self.s.word(t))
            && (!self.hits(n, Self::adjectival).is_empty()
                || is_capital(t)
                || t.lexed(Kind::Ordinal))
    }

    /// «СОШ № 1, Приречная школа»: a number before a name belongs to another school.
    fn same_sort(&self, n: usize) -> bool {
        !self.t(n).is_some_and(Token::is_number)
            || self.p.items.is_empty()
            || self.p.items.iter().any(|i| matches!(i.by, By::Number(_)))
    }

    pub(super) fn left_ordinal(&mut self, l: usize) -> Option<usize> {
        let lex = self.t(l)?.lex?;
        let mut value = u32::from(lex.value);
        let mut from = l;
        if value < 100
            && let Some(p) = l
                .checked_sub(1)
                .and_then(|p| self.t(p))
                .filter(|p| p.lexed(Kind::Cardinal))
        {
            let tens = u32::from(p.lex.map_or(0, |x| x.value));
            if value < 10 && (20..100).contains(&tens) && tens.is_multiple_of(10)
                || tens >= 100 && tens.is_multiple_of(100)
            {
                value += tens;
                from = l - 1;
            }
        }
        // «сто двадцать пятая»
        if value < 100
            && let Some(p) = from
                .checked_sub(1)
                .and_then(|p| self.t(p))
                .filter(|p| p.lexed(Kind::Cardinal))
        {
            let hundreds = u32::from(p.lex.map_or(0, |x| x.value));
            if from < l && hundreds >= 100 {
                value += hundreds;
                from -= 1;
            }
        }
        // «первая школа» is said of any; boarding and special schools are few, and their numbers are small.
        let few = matches!(
            self.p.class,
            class::BOARDING | class::SPECIAL | class::EVENING | class::CADET
        );
        let by = if value <= 3 && !self.p.formal && !few {
            By::Ordinal(value)
        } else {
            By::Number(value)
        };
        self.put(Item {
            sign: Sign::Spelt,
            ..Item::bent(by, from, l, Vec::new(), lex.forms)
        });
        Some(from)
    }

    /// Digits before the kind: «№ 14 школа», «14 школа», but not «14 школ».
    pub(super) fn left_number(&mut self, number: usize, to: usize) -> Option<usize> {
        let t = *self.t(number)?;
        let value = u32::try_from(t.value).ok()?;
        let before = number.checked_sub(1).and_then(|p| self.t(p)).copied();
        if before.is_some_and(|b| b.is_word()) && t.is(flag::DOT) {
            // «рис. 14 Школа», but «Ключевой. 14 школа»
            let sentence = boundary(self.s, number)
                && (self.s.word(&before.unwrap_or(t)).len() > 4
                    || number
                        .checked_sub(1)
                        .and_then(|l| self.place_ending(l))
                        .is_some());
            if !sentence {
                return None;
            }
        }
        let signed = before.is_some_and(|b| b.mark('№') || b.lexed(Kind::NumSign));
        let list = self
            .p
            .items
            .iter()
            .find(|i| i.from > number && matches!(i.by, By::Number(_)))
            .map(|i| i.sign);
        if signed {
            let sign = number - 1;
            let owner = sign.checked_sub(1).and_then(|p| self.t(p));
            let other = owner.is_some_and(|o| {
                o.is_word()
                    && !boundary(self.s, sign)
                    && self
                        .hits(sign - 1, |h| {
                            Self::adjectival(h) || h.role == Role::PlaceAdj
                        })
                        .is_empty()
                    && !matches!(
                        o.kind(),
                        Some(
                            Kind::Prep
                                | Kind::Legal
                                | Kind::Type
                                | Kind::Conj
                                | Kind::TypeAdj
                                | Kind::Role
                                | Kind::Governs
                                | Kind::LegalAdj
                        )
                    )
            });
            // «приказ от 25.12.2024 № 120 МБОУ …»: the number of a document.
            let dated = owner.is_some_and(|o| {
                o.is_number()
                    && !boundary(self.s, sign)
                    && !self.p.items.iter().any(|i| i.from == sign)
            });
            let led = (number + 1..self.p.anchor)
                .any(|i| matches!(self.kind(i), Some(Kind::Legal | Kind::LegalAdj)));
            if other && let Some(owner) = self.tail_of_list(sign) {
                return Some(owner);
            }
            if other || dated || led && list.is_none() {
                return None;
            }
            self.add(By::Number(value), sign, to, Vec::new(), Forms::ANY);
            return Some(sign);
        }
        if let Some(sign) = list {
            self.add_number(By::Number(value), number, to, sign);
            return Some(number);
        }
        // «кабинет 14 школы», but «ученик 5 класса 14 школы»; «аудитория 14 школы № 42»
        let owned = before.is_some_and(|b| {
            b.lexed(Kind::Unit)
                && !number
                    .checked_sub(2)
                    .and_then(|p| self.t(p))
                    .is_some_and(|p| p.is_number() || p.is_word() && p.is(flag::GLUED))
        });
        let other = !self.plural()
            && self
                .t(self.p.anchor + 1)
                .is_some_and(|n| n.mark('№') || n.lexed(Kind::NumSign));
        if owned || other {
            return None;
        }
        if number + 1 != self.p.anchor || value == 0 || value > 999 {
            return None;
        }
        let of_place = self.place_starting(self.p.to + 1).is_some();
        if self.p.formal {
            // «14 СОШ» counts as often as it names; of its own town, or where it begins a line or cell, it may be the school.
            let joined = before.is_some_and(|b| b.is_number() || b.mark('.') || b.mark('/'));
            let may = self.p.class != class::ANY
                && !joined
                && (of_place || boundary(self.s, number) && !t.is(flag::DOT));
            if may {
                // A whole line or cell holds nothing that could be counted.
                let alone = boundary(self.s, number)
                    && (self.t(self.p.to + 1).is_none() || boundary(self.s, self.p.to + 1));
                let by = if alone {
                    By::Number(value)
                } else {
                    By::Ordinal(value)
                };
                self.add_number(by, number, to, Sign::Bare);
                self.p.doubt = Some(Reason::NumberBeside);
                return Some(number);
            }
            return None;
        }
        if before.is_some_and(|b| b.is_number() || b.mark('.') || b.mark('/'))
            || t.is(flag::DOT) && !t.is(flag::SPACE)
        {
            return None;
        }
        let form = self.p.forms;
        let (ones, teens) = (value % 10, (11..=14).contains(&(value % 100)));
        let governed = before.is_some_and(|b| {
            b.lexed(Kind::Governs)
                || b.lexed(Kind::Role)
                || b.lexed(Kind::Prep)
                    && crate::fold::reads_any(self.s.word(&b), "из у от для до возле около")
        });
        // «7 районов и 21 школы»
        let counted = before.is_some_and(|b| b.lexed(Kind::Conj))
            && number >= 3
            && self.t(number - 2).is_some_and(Token::is_word)
            && self.t(number - 3).is_some_and(Token::is_number);
        // No place has so many gymnasiums: «анкеты сдала 21 гимназия».
        let rare = matches!(self.p.class, class::GYMNASIUM | class::LYCEUM)
            && value > 4
            && form.has("n")
            && !form.has("g")
            && !self.t(self.p.to + 1).is_some_and(|n| n.lexed(Kind::Conj))
            && !before.is_some_and(|b| {
                crate::fold::begins_any(
                    self.s.word(&b),
                    "работа действ насчит всего есть имее откр",
                )
            });
        if rare && !counted && ones == 1 && !teens {
            self.add_number(By::Ordinal(value), number, to, Sign::Bare);
            return Some(number);
        }
        // «41 школа Приволенска» may count them.
        if of_place && form.has("n") && !form.has("g") && !counted && ones == 1 && !teens {
            self.add_number(By::Ordinal(value), number, to, Sign::Bare);
            self.p.doubt = Some(Reason::NumberBeside);
            return Some(number);
        }
        let ordinal = if form.plural_only() || counted {
            false
        } else if form.has("n") && !form.has("g") {
            ones != 1 || teens
        } else if form.has("g") {
            governed || teens || !(2..=4).contains(&ones)
        } else {
            ones != 1 || teens
        };
        if !ordinal {
            return None;
        }
        self.add_number(By::Number(value), number, to, Sign::Bare);
        Some(number)
    }
}
