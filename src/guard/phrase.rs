//! Phrases about schools: a word for a school with the names, numbers, namesakes and places that belong to it.
//!
//! Takes the token stream and the places; gives [`Phrase`]s. Anchored at a word for a kind of school (or a legal
//! form), it reads outwards as long as the tokens fit. Must not ask which school it is.

use super::index::{Hit, Role};
use super::lexicon::{Kind, class, ordinal_suffix, settlement};
use super::morph::{Forms, adjective_stem, is_in};
use super::names::Model;
use super::place::{self, boundary, is_capital};
use super::token::{Stream, Token, What, flag};
use super::translit::skeleton;

/// What may identify a school inside a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Adjective,
    Settlement,
    Proper,
    Namesake,
    Number(u32),
    /// A number that may be an everyday ordinal: «первая школа».
    Ordinal(u32),
}

/// One thing that may identify a school: tokens from..=to.
#[derive(Debug, Clone)]
pub struct Item {
    pub by: By,
    pub from: usize,
    pub to: usize,
    pub hits: Vec<Hit>,
    pub forms: Forms,
}

/// A phrase: tokens from..=to.
#[derive(Debug, Clone)]
pub struct Phrase {
    pub anchor: usize,
    pub from: usize,
    pub to: usize,
    pub class: u16,
    /// The kind is an abbreviation or a legal form stands by: surely a name.
    pub formal: bool,
    pub forms: Forms,
    pub items: Vec<Item>,
    /// Places that belong to the phrase, as indices.
    pub places: Vec<usize>,
    /// An adjective of some other place stands before the kind: «Дальнегорская школа № 14».
    pub foreign: bool,
    /// «имени» with a name that no school of the registry has.
    pub other_namesake: bool,
    /// Letters of initials beside the namesake.
    pub initials: Vec<u8>,
    /// The number belongs to another thing: «14а», «14/2».
    pub broken_number: bool,
    /// Cities whose adjective is used: «ключевская школа № 14».
    pub adjective_places: Vec<u32>,
}

struct Reader<'a> {
    model: &'a Model,
    s: &'a Stream,
    places: &'a [place::Mention],
    p: Phrase,
    /// The leftmost adjective of an enumeration being read.
    edge: usize,
}

const REACH: usize = 40;

/// Reads the phrase anchored at token `at`.
pub fn read(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    at: usize,
) -> Option<Phrase> {
    let t = stream.get(at)?;
    let lex = t.lex?;
    let kind_value = match lex.kind {
        Kind::Type => lex.value,
        Kind::Legal => class::ANY,
        Kind::Centre => {
            let next = stream.get(at + 1)?;
            if !next.lexed(Kind::Education) {
                return None;
            }
            class::CENTRE
        }
        _ => return None,
    };
    let short = lex.forms == Forms::ANY;
    let mut r = Reader {
        model,
        s: stream,
        places,
        p: Phrase {
            anchor: at,
            from: at,
            to: at,
            class: kind_value,
            formal: short || lex.kind == Kind::Legal,
            forms: lex.forms,
            items: Vec::new(),
            places: Vec::new(),
            foreign: false,
            other_namesake: false,
            initials: Vec::new(),
            broken_number: false,
            adjective_places: Vec::new(),
        },
        edge: usize::MAX,
    };
    if lex.kind == Kind::Centre {
        r.p.to = at + 1;
    }
    r.compound_kind();
    r.left();
    r.right();
    Some(r.p)
}

impl Reader<'_> {
    fn t(&self, i: usize) -> Option<&Token> {
        self.s.get(i)
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.t(i).and_then(Token::kind)
    }

    fn plural(&self) -> bool {
        self.p.forms.0 & Forms::PLURAL != 0
    }

    /// «школа-интернат», «школа-детский сад», «школы-гимназии».
    fn compound_kind(&mut self) {
        while let Some(n) = self.t(self.p.to + 1) {
            if !n.is(flag::HYPHEN | flag::DASH) || !n.is_word() {
                break;
            }
            match n.lex {
                Some(l) if l.kind == Kind::Type && (n.is(flag::HYPHEN)) => {
                    if !(l.value == class::KINDERGARTEN || l.value == class::SCHOOL) {
                        self.p.class = l.value;
                    }
                    self.p.to += 1;
                }
                Some(l)
                    if l.kind == Kind::TypeAdj
                        && l.value == class::KINDERGARTEN
                        && self.kind(self.p.to + 2) == Some(Kind::Type) =>
                {
                    self.p.to += 2;
                }
                _ => break,
            }
        }
    }

    fn adjectival(hit: &Hit) -> bool {
        matches!(hit.role, Role::Adj | Role::Derived)
    }

    fn hits(&self, i: usize, want: impl Fn(&Hit) -> bool) -> Vec<Hit> {
        self.t(i)
            .map(|t| self.s.hits(t).iter().copied().filter(|h| want(h)).collect())
            .unwrap_or_default()
    }

    /// The hits whose further words follow, and the last token of the longest.
    fn whole(&self, i: usize, hits: Vec<Hit>) -> (Vec<Hit>, usize) {
        let mut end = i;
        let mut out = Vec::new();
        let longest = hits
            .iter()
            .filter(|h| self.follows(i, h))
            .map(|h| h.more)
            .max()
            .unwrap_or(0);
        for h in hits {
            if h.more == longest && self.follows(i, &h) {
                end = i + usize::from(h.more);
                out.push(h);
            }
        }
        (out, end)
    }

    fn follows(&self, i: usize, h: &Hit) -> bool {
        (0..usize::from(h.more)).all(|n| {
            self.t(i + 1 + n).is_some_and(|t| {
                let latin = t.is(flag::LATIN);
                let w = if latin {
                    skeleton(self.s.word(t))
                } else {
                    self.s.word(t).to_vec()
                };
                t.is_word() && self.model.index.continues(*h, n, &w, latin)
            })
        })
    }

    fn place_ending(&self, i: usize) -> Option<usize> {
        self.places
            .partition_point(|p| p.to < i)
            .into_iter_ok(self.places.len())
            .filter(|n| self.places[*n].to == i)
    }

    fn place_starting(&self, i: usize) -> Option<usize> {
        self.places
            .partition_point(|p| p.from < i)
            .into_iter_ok(self.places.len())
            .filter(|n| self.places[*n].from == i)
    }

    fn add(&mut self, by: By, from: usize, to: usize, hits: Vec<Hit>, forms: Forms) {
        self.p.from = self.p.from.min(from);
        self.p.to = self.p.to.max(to);
        if !self.p.items.iter().any(|i| i.from == from && i.by == by) {
            self.p.items.push(Item {
                by,
                from,
                to,
                hits,
                forms,
            });
        }
    }

    fn take_place(&mut self, n: usize, grow: bool) {
        if self.p.places.contains(&n) {
            return;
        }
        self.p.places.push(n);
        let m = &self.places[n];
        let (name, from, to) = (m.name, m.from, m.to);
        let small = m.kind != settlement::CITY && m.kind != settlement::DISTRICT;
        if grow || small {
            let hits = self.hits(name, |h| h.role == Role::Topo);
            let (hits, _) = self.whole(name, hits);
            if !hits.is_empty() && small {
                let from = if self
                    .t(from.wrapping_sub(1))
                    .is_some_and(|t| t.lexed(Kind::Prep))
                    && from > self.p.anchor
                {
                    from - 1
                } else {
                    from
                };
                self.add(By::Settlement, from, to, hits, Forms::ANY);
            }
        }
    }

    fn left(&mut self) {
        let Some(mut l) = self.p.anchor.checked_sub(1) else {
            return;
        };
        let mut skipped = 0;
        let mut crossed = false;
        let floor = self.p.anchor.saturating_sub(REACH);
        loop {
            if l < floor || boundary(self.s, l + 1) && !self.cross_left(l, &mut crossed) {
                break;
            }
            let Some(t) = self.t(l).copied() else { break };
            if t.what == What::Break {
                let Some(n) = l.checked_sub(1) else { break };
                l = n;
                if !self.t(l).is_some_and(|t| t.is_word())
                    || self.hits(l, Self::adjectival).is_empty()
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

    /// A name may end the cell or block before the one that begins with the kind.
    fn cross_left(&self, l: usize, crossed: &mut bool) -> bool {
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
    fn left_token(&mut self, l: usize, t: &Token, skipped: &mut u32) -> Option<usize> {
        if let Some(n) = self.place_ending(l) {
            // «село Приречное, школа» does not come here; «в селе Приречном школа» does.
            let m = &self.places[n];
            let (from, to) = (m.from, m.to);
            if m.kind == settlement::DISTRICT || m.from != m.to || m.locative {
                if self.hits(to, Self::adjectival).is_empty() || from != to {
                    self.take_place(n, true);
                    return None;
                }
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
            Some(Kind::OtherAdj) => {
                self.p.class = class::OTHER;
                self.p.from = l;
                return Some(l);
            }
            Some(Kind::Ordinal) => return self.left_ordinal(l),
            Some(Kind::Conj) if near_list(self) => return self.list_goes_on(l - 1).then_some(l),
            Some(Kind::Street | Kind::Settlement) => return None,
            _ => {}
        }
        if t.mark(',') {
            return (near_list(self) && self.list_goes_on(l - 1)).then_some(l);
        }
        if t.is_number() {
            return self.left_number(l, l);
        }
        if !t.is_word() {
            return None;
        }
        if let Some(_) = ordinal_suffix(self.s.word(t)).filter(|_| t.is(flag::HYPHEN | flag::GLUED))
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
        if !own.is_empty() {
            let (own, _) = self.whole(l, own);
            // «Южно-» before «Дубровинская» makes another name.
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
            && t.flags & (flag::LATIN | flag::QUOTE) != 0
        {
            let by = if nouns.iter().any(|h| h.role == Role::Proper) {
                By::Proper
            } else {
                By::Settlement
            };
            self.add(by, l, l, nouns, Forms::ANY);
            return Some(l);
        }
        let adjective = adjective_stem(self.s.word(t));
        if let Some((stem, forms)) = adjective {
            if is_capital(t) && t.lex.is_none() && !boundary(self.s, l)
                || is_capital(t) && stem.ends_with(&super::fold::enc("ск"))
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

    /// A first part glued by a hyphen that the registry's name does not have.
    fn longer_name(&self, l: usize) -> bool {
        let Some(t) = self.t(l) else { return false };
        let Some(p) = l.checked_sub(1).and_then(|p| self.t(p)) else {
            return false;
        };
        t.is(flag::HYPHEN)
            && !t.is(flag::LATIN)
            && p.is_word()
            && p.lex
                .is_none_or(|x| matches!(x.kind, Kind::Plain | Kind::Ordinal))
            && p.frag == t.frag
    }

    fn list_goes_on(&self, n: usize) -> bool {
        let Some(t) = self.t(n) else { return false };
        if t.is_number()
            || ordinal_suffix(self.s.word(t)).is_some() && t.is(flag::HYPHEN | flag::GLUED)
        {
            return true;
        }
        t.is_word()
            && adjective_stem(self.s.word(t)).is_some()
            && (!self.hits(n, Self::adjectival).is_empty()
                || is_capital(t)
                || t.lexed(Kind::Ordinal))
    }

    fn left_ordinal(&mut self, l: usize) -> Option<usize> {
        let lex = self.t(l)?.lex?;
        let mut value = u32::from(lex.value);
        let mut from = l;
        if value < 10
            && let Some(p) = l
                .checked_sub(1)
                .and_then(|p| self.t(p))
                .filter(|p| p.lexed(Kind::Cardinal))
        {
            let tens = u32::from(p.lex.map_or(0, |x| x.value));
            if tens >= 20 && tens.is_multiple_of(10) {
                value += tens;
                from = l - 1;
            }
        }
        let by = if value <= 3 && !self.p.formal {
            By::Ordinal(value)
        } else {
            By::Number(value)
        };
        self.add(by, from, l, Vec::new(), lex.forms);
        Some(from)
    }

    /// Digits before the kind: «№ 14 школа», «14 школа», but not «14 школ».
    fn left_number(&mut self, number: usize, to: usize) -> Option<usize> {
        let t = *self.t(number)?;
        let value = u32::try_from(t.value).ok()?;
        let before = number.checked_sub(1).and_then(|p| self.t(p)).copied();
        let signed = before.is_some_and(|b| b.mark('№') || b.lexed(Kind::NumSign));
        let list = self
            .p
            .items
            .iter()
            .any(|i| i.from > number && matches!(i.by, By::Number(_)));
        if signed {
            let sign = number - 1;
            let owner = sign.checked_sub(1).and_then(|p| self.t(p));
            let other = owner.is_some_and(|o| {
                o.is_word()
                    && !boundary(self.s, sign)
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
            if other {
                return None;
            }
            self.add(By::Number(value), sign, to, Vec::new(), Forms::ANY);
            return Some(sign);
        }
        if list {
            self.add(By::Number(value), number, to, Vec::new(), Forms::ANY);
            return Some(number);
        }
        if number + 1 != self.p.anchor || self.p.formal || value == 0 || value > 999 {
            // «14 СОШ» counts as often as it names.
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
                    && ["из", "у", "от", "для", "до", "возле", "около"]
                        .iter()
                        .any(|w| *super::fold::enc(w) == *self.s.word(&b))
        });
        let ordinal = if form.plural_only() {
            false
        } else if form.has("n") && !form.has("g") {
            ones != 1 || teens
        } else if form.has("g") {
            governed || !((2..=4).contains(&ones) && !teens)
        } else {
            ones != 1 || teens
        };
        if !ordinal {
            return None;
        }
        self.add(By::Number(value), number, to, Vec::new(), Forms::ANY);
        Some(number)
    }

    fn right(&mut self) {
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
                Some(n) => r = n,
                None => break,
            }
        }
    }

    fn opens_with_name(&self, r: usize) -> bool {
        self.t(r).is_some_and(|t| t.mark('№'))
            || !self.hits(r, Self::adjectival).is_empty()
                && self.t(r).is_some_and(is_capital)
                && self
                    .t(r + 1)
                    .is_none_or(|n| n.what == What::Break || !n.is_word())
    }

    /// Reads one step to the right; gives the next token to read.
    fn right_token(&mut self, r: usize, t: &Token) -> Option<usize> {
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
        if t.mark('№') || t.lexed(Kind::NumSign) || self.letter_n(r, t) {
            return self.numbers(r);
        }
        if t.is_number() {
            return self.numbers(r);
        }
        if t.mark('(') || t.mark(')') || t.mark('[') || t.mark(']') {
            let close = t.mark(')') || t.mark(']');
            return (close && !self.p.places.is_empty()
                || self.place_starting(r + 1).is_some()
                || !close && (self.opens_with_name(r + 1)))
            .then_some(r + 1);
        }
        if t.mark(',') || t.mark(':') || t.mark(';') || t.mark('/') {
            return self.after_mark(r, t);
        }
        if !t.is_word() {
            return None;
        }
        match t.kind() {
            Some(Kind::Prep) => {
                let p = self.place_starting(r + 1);
                if let Some(n) = p {
                    self.take_place(n, true);
                    return Some(self.places[n].to + 1);
                }
                let topo = self.hits(r + 1, |h| h.role == Role::Topo);
                let (topo, end) = self.whole(r + 1, topo);
                let last = end + 1;
                let noun_follows = self
                    .t(r + 1)
                    .is_some_and(|x| adjective_stem(self.s.word(x)).is_some())
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
            Some(Kind::OtherGen | Kind::OtherAdj)
                if !t.is(flag::CAPITAL) && self.p.items.iter().all(|i| i.to < self.p.anchor) =>
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

    fn letter_n(&self, r: usize, t: &Token) -> bool {
        t.is_word()
            && self.s.word(t).len() == 1
            && matches!(self.s.word(t)[0], b'n' | 0xED | b'h')
            && self.t(r + 1).is_some_and(|n| n.is_number() || n.mark('№'))
    }

    fn rank_run(&self, r: usize) -> bool {
        (r..r + 8).any(|i| !self.hits(i, |h| h.role == Role::Namesake).is_empty())
    }

    fn after_mark(&mut self, r: usize, t: &Token) -> Option<usize> {
        if let Some(n) = self.place_starting(r + 1).filter(|_| t.mark(',')) {
            if self.p.items.is_empty() {
                return None;
            }
            // A place after a comma is the school's unless another school follows it.
            let after = self.places[n].to + 1;
            let next_school = self.t(after).is_some_and(|x| {
                matches!(x.kind(), Some(Kind::Type | Kind::Legal | Kind::TypeAdj))
            }) && !boundary(self.s, after);
            return (!next_school && !self.places[n].locative).then_some(r + 1);
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
    fn right_name(&mut self, r: usize, t: &Token) -> Option<usize> {
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
                object && !boundary(self.s, end + 1) && !h.is(flag::QUOTE)
            });
            if !hits.is_empty() && !other && !self.longer_name(r) && !(self.longer_after(end)) {
                let forms = hits.iter().fold(Forms(0), |f, h| Forms(f.0 | h.forms.0));
                self.add(By::Adjective, r, end, hits, forms);
                return Some(end + 1);
            }
        }
        let proper = self.hits(r, |h| h.role == Role::Proper);
        let (proper, end) = self.whole(r, proper);
        if !proper.is_empty() && named {
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
    fn elsewhere(&self, r: usize, t: &Token) -> bool {
        let w = self.s.word(t);
        let genitive = is_in(w[w.len() - 1], "аяыи") && !super::morph::looks_like_surname(w);
        let person = self.t(r + 1).is_some_and(|n| {
            is_capital(n) && !boundary(self.s, r + 1)
                || n.is_word() && self.s.word(n).len() == 1 && n.is(flag::CAPITAL)
        });
        genitive && !person
    }

    fn longer_after(&self, end: usize) -> bool {
        self.t(end + 1).is_some_and(|n| {
            n.is_word()
                && n.is(flag::HYPHEN)
                && n.is(flag::CAPITAL)
                && n.lex.is_none()
                && !n.is(flag::LATIN)
        })
    }

    /// Rank, initials, names; the surname decides.
    fn namesake(&mut self, start: usize, explicit: bool) -> Option<usize> {
        let mut i = start;
        let mut found = false;
        let mut initials = Vec::new();
        let mut last = start;
        while i < start + 12 {
            let Some(t) = self.t(i).copied() else { break };
            if t.what == What::Break
                || i > start && boundary(self.s, i) && self.s.word(self.t(i - 1)?).len() > 3
            {
                break;
            }
            let word = self.s.word(&t);
            if t.is_word() && word.len() == 1 && (is_capital(&t) || found) {
                if !is_capital(&t) {
                    break;
                }
                initials.push(word[0]);
                last = i;
                i += 1;
                continue;
            }
            let (hits, end) = self.whole(i, self.hits(i, |h| h.role == Role::Namesake));
            if !hits.is_empty() && (is_capital(&t) || t.is(flag::LATIN)) && !found {
                let from = if explicit { start - 1 } else { start };
                self.add(By::Namesake, from, end, hits, Forms::ANY);
                found = true;
                last = end;
                i = end + 1;
                continue;
            }
            if t.is_word()
                && (t.lexed(Kind::Rank)
                    || is_capital(&t)
                        && t.lex.is_none_or(|l| l.kind == Kind::Plain)
                        && !found
                        && self.place_starting(i).is_none())
            {
                // A full first name gives its initial.
                if is_capital(&t) && !t.lexed(Kind::Rank) {
                    initials.push(word[0]);
                }
                last = i;
                i += 1;
                continue;
            }
            if t.is_number() && explicit && !found {
                i += 1;
                continue;
            }
            break;
        }
        if found {
            self.p.initials = initials;
            self.p.to = self.p.to.max(last);
            if let Some(item) = self.p.items.iter_mut().rev().find(|x| x.by == By::Namesake) {
                item.to = item.to.max(last);
            }
            return Some(last + 1);
        }
        if explicit {
            self.p.other_namesake = true;
            self.p.to = self.p.to.max(last);
            return Some(i);
        }
        None
    }

    /// «№ 14», «№№ 3, 5 и 14», «№ 3–7», «14», «номер четырнадцать».
    fn numbers(&mut self, start: usize) -> Option<usize> {
        let mut i = start;
        let mut any = false;
        let mut prior = 0;
        let mut next_to_read = None;
        let many = self.plural();
        loop {
            let from = i;
            let mut signs = 0;
            while self.t(i).is_some_and(|t| {
                t.mark('№') || t.lexed(Kind::NumSign) || t.is_word() && self.letter_n(i, t)
            }) && signs < 4
            {
                signs += 1;
                i += 1;
            }
            let Some(t) = self.t(i).copied() else { break };
            if t.what == What::Break {
                break;
            }
            let (value, mut end) = if t.is_number() {
                (u32::try_from(t.value).unwrap_or(0), i)
            } else if matches!(t.kind(), Some(Kind::Cardinal | Kind::Ordinal)) && (signs > 0 || any)
            {
                self.spelled(i)
            } else {
                break;
            };
            if value == 0 && !any && signs == 0 {
                break;
            }
            let next = self.t(end + 1).copied();
            // «14а», «14/2», «14.03», «14:30», «14 %»
            let decimal = next.is_some_and(|n| {
                n.is_number() && n.is(flag::DOT) && !n.is(flag::SPACE)
                    || n.mark(':') && self.t(end + 2).is_some_and(Token::is_number)
                    || n.mark('%')
            });
            if decimal && signs == 0 || value > 9999 {
                break;
            }
            let slash = next.is_some_and(|n| n.mark('/') && !n.is(flag::SPACE))
                && self
                    .t(end + 2)
                    .is_some_and(|n| n.is_number() && !n.is(flag::SPACE))
                && signs > 0;
            let letter = next.is_some_and(|n| {
                n.is_word() && n.is(flag::GLUED) && self.s.word(&n).len() == 1 && !n.is(flag::LATIN)
            });
            let suffix = next.is_some_and(|n| {
                n.is_word()
                    && n.is(flag::HYPHEN | flag::GLUED)
                    && ordinal_suffix(self.s.word(&n)).is_some()
            });
            if suffix {
                end += 1;
            }
            let after = self.t(end + 1).copied();
            let unit = after.is_some_and(|n| n.is_word() && !boundary(self.s, end + 1) && (matches!(n.kind(), Some(Kind::Unit | Kind::Month)) || matches!(n.lex, Some(l) if matches!(l.kind, Kind::District | Kind::Settlement | Kind::Object | Kind::Type | Kind::Region | Kind::Legal) && l.forms.has("G") && l.forms.0 & Forms::SINGULAR == 0) || is_in(self.s.word(&n).first().copied().unwrap_or(0), "г") && self.s.word(&n).len() == 1 && !self.t(end + 2).is_some_and(is_capital)));
            if unit && (signs == 0) {
                break;
            }
            if any && signs == 0 && !many {
                // «в школе № 3, 14 учеников»: the list of a single school goes on only by «и», and not into a noun.
                let noun =
                    after.is_some_and(|n| n.is_word() && !n.is(flag::CAPITAL) && n.lex.is_none());
                let comma = self.t(from - 1).is_some_and(|m| m.mark(','));
                if noun || comma && after.is_some_and(|n| n.is_word() && n.lex.is_none()) {
                    break;
                }
            } else if any && signs == 0 {
                let noun = after.is_some_and(|n| {
                    n.is_word()
                        && !n.is(flag::CAPITAL)
                        && n.lex.is_none()
                        && n.is(flag::SPACE)
                        && !boundary(self.s, end + 1)
                        && self.t(from - 1).is_some_and(|m| m.mark(','))
                });
                if noun && self.p.class != class::SCHOOL {
                    break;
                }
            }
            if slash || letter && !suffix {
                self.p.broken_number = true;
                self.p.to = self.p.to.max(end + 1);
                any = true;
                prior = value;
                i = if slash { end + 3 } else { end + 2 };
            } else if self.p.class == class::ANY
                && signs == 0
                && !any
                && !self
                    .t(start)
                    .is_some_and(|x| x.is(flag::HYPHEN | flag::GLUED | flag::QUOTE))
                && !self.p.formal
            {
                break;
            } else {
                self.add(By::Number(value), from, end, Vec::new(), Forms::ANY);
                any = true;
                // A range gives every number in it.
                let to = self
                    .t(end + 1)
                    .copied()
                    .filter(|n| n.is_number() && n.is(flag::HYPHEN | flag::DASH));
                if let Some(n) = to.filter(|n| {
                    n.value > u64::from(value)
                        && n.value - u64::from(value) <= 60
                        && (many || signs > 1)
                }) {
                    let hi = u32::try_from(n.value).unwrap_or(value);
                    for v in value + 1..=hi {
                        self.p.items.push(Item {
                            by: By::Number(v),
                            from,
                            to: end + 1,
                            hits: Vec::new(),
                            forms: Forms::ANY,
                        });
                    }
                    if let Some(first) = self.p.items.iter_mut().find(|x| x.from == from) {
                        first.to = end + 1;
                    }
                    self.p.to = self.p.to.max(end + 1);
                    end += 1;
                }
                prior = value;
                i = end + 1;
            }
            next_to_read = Some(i);
            // Does the list go on?
            let mut k = i;
            let mut joint = false;
            while self
                .t(k)
                .is_some_and(|x| x.mark(',') || x.mark(';') || x.mark('/') || x.lexed(Kind::Conj))
                && k < i + 2
            {
                joint = true;
                k += 1;
            }
            let number_next = self
                .t(k)
                .is_some_and(|x| x.is_number() || x.mark('№') || x.lexed(Kind::NumSign));
            let dots = self.t(k).is_some_and(|x| x.is_number() && x.is(flag::DOT));
            if !joint || !number_next || dots || boundary(self.s, k) {
                break;
            }
            i = k;
        }
        let _ = prior;
        if any { next_to_read } else { None }
    }

    fn spelled(&self, i: usize) -> (u32, usize) {
        let value = |i: usize| {
            self.t(i)
                .and_then(|t| t.lex)
                .filter(|l| matches!(l.kind, Kind::Cardinal | Kind::Ordinal))
                .map(|l| u32::from(l.value))
        };
        let mut total = 0;
        let mut end = i;
        let mut last = u32::MAX;
        let mut j = i;
        while let Some(v) = value(j) {
            let fits = last == u32::MAX
                || (last >= 100 && v < 100)
                || (last >= 20 && last < 100 && v < 10);
            if !fits {
                break;
            }
            total += v;
            last = v;
            end = j;
            j += 1;
        }
        (total, end)
    }
}

trait IndexOk {
    fn into_iter_ok(self, len: usize) -> Option<usize>;
}

impl IndexOk for usize {
    fn into_iter_ok(self, len: usize) -> Option<usize> {
        (self < len).then_some(self)
    }
}

trait Feminine {
    fn forms_fem(&self, stream: &Stream) -> bool;
}

impl Feminine for Token {
    /// «Приречная» after «школа», against «Приречное», «Приречный».
    fn forms_fem(&self, stream: &Stream) -> bool {
        let w = stream.word(self);
        w.len() > 3 && is_in(w[w.len() - 1], "яюйъ") && (is_in(w[w.len() - 2], "аоуяюе"))
    }
}
