//! Names of schools and places: numbers, adjectives, namesakes.
//!
//! Takes a wording of the registry; enters what it holds into the index. A school may have several variants (name, full
//! name, aliases), each with the attributes that its wording holds. Must not look at any text but the registry's.

mod namesake;
mod settled;

use std::collections::{BTreeMap, HashMap, HashSet};

use settled::in_one_word;

use crate::fold::enc;
use crate::hash::Fx;
use crate::index::{Builder, Index, Pat, Role, hash};
use crate::lexicon::{Kind, Lexicon, class, settlement};
use crate::misspelt::Misspelt;
use crate::model::{LONG_PLACE, Place, School, Variant};
use crate::morph::{self, Para, adjective_stem, is_adjective, is_in};
use crate::token::{Stream, Token, Tokenizer, flag};

/// One of those whose name a school bears.
#[derive(Debug, Default)]
struct Bearer {
    words: Vec<Vec<u8>>,
    initials: Vec<u8>,
}

/// A name taken apart.
#[derive(Debug, Default)]
struct Parts {
    class: u16,
    number: Option<u32>,
    /// Words of the adjective, folded, in the form of the name.
    adjective: Vec<Vec<u8>>,
    plain: Vec<Vec<u8>>,
    proper: Vec<Vec<u8>>,
    bearers: Vec<Bearer>,
    settlement: Option<(u16, Vec<Vec<u8>>)>,
    district: Vec<Vec<u8>>,
}

pub(super) struct Compiler {
    pub lexicon: Lexicon,
    pub empty: Index,
    pub builder: Builder,
    pub misspelt: Misspelt,
    pub fathers: HashMap<u64, Vec<u32>, Fx>,
    pub acronyms: HashMap<u64, Vec<u32>, Fx>,
    pub regions: Vec<Pat>,
    /// The last word of the present school's settlement, where it has several.
    pub second: Option<Vec<u8>>,
    slips: HashSet<(u32, Role, Para, u64), Fx>,
    place_keys: BTreeMap<(u16, Vec<u8>), u32>,
    pub schools: Vec<School>,
    pub variants: Vec<Variant>,
    pub places: Vec<Place>,
}

/// Tokens of one short text of the registry.
pub(super) fn tokens(lexicon: &Lexicon, empty: &Index, text: &str) -> Stream {
    let mut t = Tokenizer::new(empty, lexicon);
    t.fragment(0, text, false);
    t.out
}

fn glue(words: &[Vec<u8>]) -> Vec<u8> {
    words.concat()
}

impl Compiler {
    pub(super) fn new() -> Self {
        Compiler {
            lexicon: Lexicon::new(),
            empty: Index::empty(),
            builder: Builder::default(),
            misspelt: Misspelt::default(),
            fathers: HashMap::default(),
            acronyms: HashMap::default(),
            regions: Vec::new(),
            second: None,
            slips: HashSet::default(),
            place_keys: BTreeMap::new(),
            schools: Vec::new(),
            variants: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Takes a name apart.
    fn parts(&self, text: &str) -> Parts {
        let stream = tokens(&self.lexicon, &self.empty, text);
        let t = &stream.tokens;
        let mut p = Parts::default();
        let mut adj_class = 0;
        let mut sequence: Vec<Vec<u8>> = Vec::new();
        let mut other: Vec<Vec<u8>> = Vec::new();
        let mut i = 0;
        while let Some(tok) = t.get(i) {
            let word = stream.word(tok).to_vec();
            i += 1;
            let next = t.get(i);
            if tok.is_number() {
                if p.number.is_none() && p.bearers.is_empty() {
                    p.number = u32::try_from(tok.value).ok();
                }
                continue;
            }
            if !tok.is_word() {
                continue;
            }
            let letter = word.len() == 1 && !tok.is(flag::CAPITAL) && is_in(word[0], "сдпгх");
            if letter && next.is_some_and(|n| n.is_word() && n.is(flag::CAPITAL) && n.is(flag::DOT))
            {
                let kind = if is_in(word[0], "г") {
                    settlement::CITY
                } else {
                    settlement::VILLAGE
                };
                i = self.in_name_settlement(&mut p, &stream, i, kind);
                continue;
            }
            let Some(lex) = tok.lex else {
                let place = next.is_some_and(|n| n.lexed(Kind::District));
                if place {
                    p.district = vec![word];
                    continue;
                }
                // «Сибирский щит»: a title whose noun has no capital.
                let closed = t
                    .get(i + 1)
                    .is_none_or(|n| !n.is_word() || n.is(flag::QUOTE));
                if tok.is(flag::QUOTE)
                    && tok.is(flag::CAPITAL)
                    && adjective_stem(&word).is_some()
                    && closed
                    && p.proper.is_empty()
                    && let Some(n) = next.filter(|n| {
                        n.is_word() && n.lex.is_none() && !n.is(flag::CAPITAL | flag::QUOTE)
                    })
                    && adjective_stem(stream.word(n)).is_none()
                {
                    p.proper = vec![word.clone(), stream.word(n).to_vec()];
                }
                self.name_word(&mut p, &mut sequence, tok, next, word, &stream);
                continue;
            };
            match lex.kind {
                Kind::Type => {
                    let class = lex.value;
                    let nursery = class == class::KINDERGARTEN;
                    // «школа – детский сад» is a school first.
                    if nursery && p.class != 0 {
                        continue;
                    }
                    if p.class == class::KINDERGARTEN {
                        p.class = class;
                        adj_class = if adj_class == class::KINDERGARTEN {
                            class::NOSH
                        } else {
                            adj_class
                        };
                    }
                    if class == class::BOARDING && tok.is(flag::HYPHEN) {
                        p.class = class::BOARDING;
                    } else if p.class == 0 || (p.class == class::SCHOOL && class != class::SCHOOL) {
                        p.class = class;
                    }
                }
                Kind::TypeAdj
                    if lex.value == class::KINDERGARTEN && (p.class != 0 || adj_class != 0) => {}
                Kind::TypeAdj if lex.value != 0 && adj_class != class::EVENING => {
                    adj_class = lex.value;
                }
                Kind::OtherAdj => other.push(word),
                Kind::Centre if next.is_some_and(|n| n.lexed(Kind::Education)) => {
                    p.class = class::CENTRE;
                    i += 1;
                }
                Kind::Centre
                    if i >= 2
                        && t.get(i - 2).is_some_and(|b| {
                            crate::fold::begins(stream.word(b), "образовательн")
                        }) =>
                {
                    p.class = class::CENTRE;
                }
                Kind::Named => {
                    i = self.namesake(&mut p, &stream, i);
                }
                Kind::Settlement if next.is_some_and(|n| n.is_word() && n.is(flag::CAPITAL)) => {
                    i = self.in_name_settlement(&mut p, &stream, i, lex.value);
                }
                Kind::District => {
                    if let Some(n) =
                        next.filter(|n| n.is_word() && n.is(flag::CAPITAL) && n.lex.is_none())
                    {
                        p.district = vec![stream.word(n).to_vec()];
                        i += 1;
                    }
                }
                Kind::Plain | Kind::Rank | Kind::OtherGen if tok.is(flag::CAPITAL) => {
                    if next.is_some_and(|n| n.lexed(Kind::District)) {
                        p.district = vec![word];
                    } else if is_adjective(&word)
                        && next.is_some_and(|n| {
                            n.is_word()
                                && n.is(flag::CAPITAL)
                                && n.lex.is_none()
                                && adjective_stem(stream.word(n)).is_none()
                        })
                    {
                        sequence.push(word);
                    } else {
                        p.plain.push(word);
                    }
                }
                Kind::Ordinal => p.number = p.number.or(Some(u32::from(lex.value))),
                Kind::Prep
                | Kind::Conj
                | Kind::Legal
                | Kind::LegalAdj
                | Kind::NumSign
                | Kind::TypeAdj
                | Kind::Region => {}
                _ if tok.is(flag::CAPITAL) => {
                    self.name_word(&mut p, &mut sequence, tok, next, word, &stream);
                }
                _ => {}
            }
        }
        // «Мореходный кадетский корпус» is a school and has a name; a «музыкальная школа» is none.
        if matches!(p.class, 0 | class::SCHOOL) && !other.is_empty() {
            adj_class = class::OTHER;
        } else if p.adjective.is_empty() && p.proper.is_empty() {
            p.adjective = other;
        }
        // A name of several words that is not an adjective.
        if !sequence.is_empty() && p.proper.is_empty() {
            p.proper = sequence;
        }
        if p.class == 0 || p.class == class::SCHOOL {
            if adj_class != 0 {
                p.class = adj_class;
            }
        } else if adj_class == class::SPECIAL
            || (adj_class == class::KINDERGARTEN && p.class != class::NOSH)
            || adj_class == class::OTHER
        {
            p.class = adj_class;
        }
        p
    }

    fn name_word(
        &self,
        p: &mut Parts,
        sequence: &mut Vec<Vec<u8>>,
        tok: &Token,
        next: Option<&Token>,
        word: Vec<u8>,
        stream: &Stream,
    ) {
        let letter = word.len() == 1;
        if letter
            || !tok.is(flag::CAPITAL) && !tok.is(flag::MENDED)
            || (tok.is(flag::ALL_CAPS) && word.len() <= 4)
        {
            return;
        }
        // «Усть-Ладожская»: whatever stands before the hyphen is a part of the adjective.
        let first_part = sequence.is_empty()
            && next
                .is_some_and(|n| n.is_word() && n.is(flag::HYPHEN) && is_adjective(stream.word(n)));
        // «Сияние» is a noun: a school has no adjective in the plural.
        let noun = ["ие", "ые"].iter().any(|e| crate::fold::ends(&word, e));
        match adjective_stem(&word) {
            None if first_part => p.adjective.push(word),
            Some(_) if !noun => p.adjective.push(word),
            _ if noun => {
                sequence.append(&mut p.adjective);
                sequence.push(word);
            }
            _ => {
                if is_in(*word.last().unwrap_or(&0), "ое")
                    && word.len() <= 8
                    && p.adjective.is_empty()
                    && sequence.is_empty()
                {
                    // «Верхне Луговская», «Южно-Ковшовская»: a first part waits for its adjective.
                    p.adjective.push(word);
                } else {
                    // «Приречная школа «Родничок»» has both.
                    let title = tok.is(flag::QUOTE);
                    if !p.adjective.is_empty() && p.proper.is_empty() && !title {
                        sequence.append(&mut p.adjective);
                    }
                    sequence.push(word);
                }
            }
        }
    }

    /// «имени А. Громобоева и Ю. Светлова»: each of them.
    fn namesake(&self, p: &mut Parts, stream: &Stream, mut i: usize) -> usize {
        let mut bearers = vec![Bearer::default()];
        while let Some(tok) = stream.get(i) {
            let Some(now) = bearers.last_mut() else { break };
            let word = stream.word(tok);
            let next_cap = stream
                .get(i + 1)
                .is_some_and(|n| n.is_word() && n.is(flag::CAPITAL) && stream.word(n).len() != 1);
            let named = !now.words.is_empty();
            match tok.kind() {
                _ if tok.is_number() => {}
                _ if tok.mark('(') => break,
                _ if tok.mark(',') && named => {
                    if !stream.get(i + 1).is_some_and(|n| n.is(flag::CAPITAL)) {
                        break;
                    }
                    bearers.push(Bearer::default());
                }
                _ if !tok.is_word() => {}
                Some(Kind::Conj) if named => bearers.push(Bearer::default()),
                Some(Kind::Settlement | Kind::District | Kind::Region | Kind::Type) => break,
                Some(Kind::Rank) => {}
                _ if word.len() == 1 => {
                    // «г. Ключевой» after a namesake is a place, «Г. Петров» an initial.
                    if !tok.is(flag::CAPITAL) && next_cap {
                        break;
                    }
                    now.initials.push(word[0]);
                }
                _ if tok.is(flag::CAPITAL) => {
                    if tok.is(flag::DASH) && named {
                        bearers.push(Bearer::default());
                    }
                    if let Some(now) = bearers.last_mut() {
                        now.words.push(word.to_vec());
                    }
                }
                _ => {}
            }
            i += 1;
        }
        // «имени Ивана и Петра Громобоевых»: the first is called by his first name alone.
        let full = |b: &Bearer| b.words.len() > 1;
        let whole: Vec<bool> = (0..bearers.len())
            .map(|n| {
                bearers.get(n).is_some_and(|b| {
                    full(b) || !b.initials.is_empty() || !bearers.get(n + 1).is_some_and(full)
                })
            })
            .collect();
        let kept = bearers.into_iter().zip(whole);
        p.bearers = kept
            .filter(|(b, whole)| *whole && !b.words.is_empty())
            .map(|(b, _)| b)
            .collect();
        i
    }

    fn in_name_settlement(&self, p: &mut Parts, stream: &Stream, mut i: usize, kind: u16) -> usize {
        let mut words = Vec::new();
        while let Some(tok) = stream.get(i) {
            let fits = tok.is_word()
                && tok.is(flag::CAPITAL)
                && words.len() < 3
                && !matches!(
                    tok.kind(),
                    Some(Kind::District | Kind::Type | Kind::Legal | Kind::Region)
                );
            let district = stream.get(i + 1).is_some_and(|n| n.lexed(Kind::District));
            if !fits || district {
                break;
            }
            words.push(stream.word(tok).to_vec());
            i += 1;
        }
        if !words.is_empty() && p.settlement.is_none() {
            p.settlement = Some((kind, words));
        }
        i
    }

    /// A place written in the registry: kind and words.
    pub(super) fn place_words(&self, text: &str) -> Option<(u16, Vec<Vec<u8>>)> {
        let stream = tokens(&self.lexicon, &self.empty, text);
        let mut kind = 0;
        let mut words = Vec::new();
        for (i, tok) in stream.tokens.iter().enumerate() {
            if tok.mark(',') || tok.mark('(') {
                if !words.is_empty() {
                    break;
                }
                continue;
            }
            if !tok.is_word() {
                continue;
            }
            let word = stream.word(tok);
            match tok.lex {
                // «посёлок Кордон»: the second such word is the name.
                Some(l)
                    if l.kind == Kind::Settlement
                        && !(tok.is(flag::CAPITAL) && kind != 0 && word.len() > 3) =>
                {
                    kind = if kind == settlement::DISTRICT {
                        kind
                    } else {
                        l.value
                    };
                }
                Some(l) if l.kind == Kind::District => {
                    kind = settlement::DISTRICT;
                }
                Some(l)
                    if matches!(
                        l.kind,
                        Kind::LegalAdj | Kind::Region | Kind::Prep | Kind::Education | Kind::Legal
                    ) => {}
                Some(l) if l.kind == Kind::TypeAdj && !tok.is(flag::CAPITAL) && kind == 0 => {
                    kind = settlement::DISTRICT;
                }
                _ if word.len() == 1 && tok.flags & flag::CAPITAL == 0 => {
                    kind = match crate::fold::unfold(word[0]) {
                        'г' => settlement::CITY,
                        _ => settlement::VILLAGE,
                    };
                }
                _ if tok.is(flag::CAPITAL)
                    || i == 0 && !stream.get(1).is_some_and(|n| n.lexed(Kind::Settlement)) =>
                {
                    words.push(word.to_vec());
                }
                _ => {}
            }
        }
        (!words.is_empty()).then_some((kind, words))
    }

    /// Registers a place and its forms; the same place twice is one place.
    pub(super) fn place(
        &mut self,
        text: &str,
        in_name: Option<(u16, Vec<Vec<u8>>)>,
    ) -> Option<u32> {
        let (kind, words) = match in_name {
            Some(p) => p,
            None => self.place_words(text)?,
        };
        let words = nominative(&words);
        let key = (kind, glue(&words));
        if let Some(at) = self.place_keys.get(&key) {
            return Some(*at);
        }
        let at = self.places.len() as u32;
        self.places.push(Place { kind });
        self.place_keys.insert(key, at);
        self.name(Role::Place, at, &words, morph::noun);
        for whole in in_one_word(&words) {
            self.name(Role::Place, at, &[whole], morph::noun);
        }
        if words.len() > 1 {
            // «Усть-Лада» is mended into one word.
            self.name(Role::Place, at, &[glue(&words)], morph::noun);
        }
        // «г. Златаполь»: a slip in the name of a town, where its kind stands by.
        if let [one] = words.as_slice()
            && kind != settlement::DISTRICT
            && one.len() >= LONG_PLACE
        {
            let stems = match adjective_stem(one) {
                Some((stem, _)) => vec![(stem, Para::Adj)],
                None => morph::noun(one),
            };
            for (stem, para) in stems {
                self.misspelt.add(Role::Place, at, &stem, para);
            }
        }
        if kind != settlement::DISTRICT {
            for stem in self.derive(&words) {
                self.builder.add(Role::PlaceAdj, at, &stem, Para::Adj, &[]);
            }
        }
        Some(at)
    }

    fn derive(&self, words: &[Vec<u8>]) -> Vec<Vec<u8>> {
        let Some((last, head)) = words.split_last() else {
            return Vec::new();
        };
        let stems = morph::adjectives_of(last);
        let Some(first) = head.first() else {
            return stems;
        };
        let stem = adjective_stem(first).map_or_else(|| first.clone(), |(s, _)| s);
        let mut out = Vec::new();
        for link in ["о", "е", ""] {
            for s in &stems {
                out.push([stem.clone(), enc(link), s.clone()].concat());
            }
        }
        out
    }

    /// Adds a name of one or more words under a role.
    fn name(&mut self, role: Role, owner: u32, words: &[Vec<u8>], bend: fn(&[u8]) -> morph::Stems) {
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let counted = morph::numeral(first).is_some();
        let bent = |w: &Vec<u8>| if counted { morph::counted(w) } else { bend(w) };
        let rest: Vec<Vec<(Vec<u8>, Para)>> = rest.iter().map(bent).collect();
        for (stem, para) in bend(first) {
            self.builder.add(role, owner, &stem, para, &rest);
        }
    }

    /// «Кедровогорская область» in an address: the region that the registry is of.
    pub(super) fn region(&mut self, stream: &Stream) {
        for pair in stream.tokens.windows(2) {
            if let [a, b] = pair
                && b.lexed(Kind::Region)
                && a.is_word()
                && a.is(flag::CAPITAL)
                && let Some((stem, _)) = adjective_stem(stream.word(a))
                && self.regions.len() < 8
                && !self
                    .regions
                    .iter()
                    .any(|r| r.matches(stream.word(a), false).is_some())
            {
                self.regions.push(Pat::new(&stem, Para::Adj));
            }
        }
    }

    /// A stem that may be misspelt; the same in another wording of the school's name is not held twice.
    fn slip(&mut self, role: Role, school: u32, variant: u32, stem: &[u8], para: Para) {
        if self.slips.insert((school, role, para, hash(stem))) {
            self.misspelt.add(role, variant, stem, para);
        }
    }

    /// The kinds that a name tells: «коррекционная школа-интернат» is called by either.
    fn classes(class: u16, name: &str) -> Vec<u16> {
        let mut all = vec![if class == 0 { class::ANY } else { class }];
        let name = name.to_lowercase();
        let both = [
            ("интернат", class::BOARDING),
            ("коррекционн", class::SPECIAL),
            ("кадетск", class::CADET),
        ];
        if both.iter().any(|(_, c)| *c == class) {
            let more = both
                .iter()
                .filter(|(word, c)| *c != class && name.contains(word));
            all.extend(more.map(|(_, c)| *c));
        }
        all
    }

    pub(super) fn variant(&mut self, school: u32, text: &str, has_settlement: bool) {
        let p = self.parts(text);
        let at = self.variants.len() as u32;
        self.variants.push(Variant::default());
        let mut v = Variant {
            school,
            classes: Self::classes(p.class, text),
            number: p.number,
            ..Variant::default()
        };
        let mut adjective = p.adjective;
        // A first part that never met its adjective is a name by itself.
        if adjective.len() == 1
            && adjective
                .first()
                .is_some_and(|w| adjective_stem(w).is_none())
        {
            let words = std::mem::take(&mut adjective);
            v.proper = true;
            self.name(Role::Proper, at, &words, morph::title);
        }
        let identified = !adjective.is_empty()
            || !p.proper.is_empty()
            || !p.bearers.is_empty()
            || p.number.is_some()
            || p.settlement.is_some();
        if !p.plain.is_empty()
            && (!identified
                || !adjective.is_empty()
                || p.number.is_some() && p.settlement.is_none() && p.bearers.is_empty())
            && p.proper.is_empty()
        {
            v.plain = adjective.is_empty();
            let mut all = p.plain;
            all.append(&mut adjective);
            adjective = all;
        }
        if let Some((last, head)) = adjective.split_last() {
            v.adjective = true;
            for letters in acronyms(head, last, self.second.as_deref()) {
                self.acronyms.entry(hash(&letters)).or_default().push(at);
            }
            if let Some((stem, _)) = adjective_stem(last) {
                if head.is_empty() {
                    self.builder.add(Role::Adj, at, &stem, Para::Adj, &[]);
                    self.folk(at, &stem);
                    self.slip(Role::Adj, school, at, &stem, Para::Adj);
                    let grown = self.second.as_deref();
                    let grown = grown.map(|s| morph::shortened_before(&stem, s));
                    for short in morph::shortened(&stem)
                        .into_iter()
                        .chain(grown.unwrap_or_default())
                    {
                        self.builder.add(Role::Adj, at, &short, Para::Adj, &[]);
                    }
                    for n in 4..=stem.len() {
                        self.builder
                            .add(Role::Abbreviation, at, &stem[..n], Para::Exact, &[]);
                    }
                } else {
                    // In one piece («Южно-Ковшовская» is joined by the tokenizer), and word by word.
                    let piece = [glue(head), stem.clone()].concat();
                    self.slip(Role::Adj, school, at, &piece, Para::Adj);
                    self.builder.add(
                        Role::Adj,
                        at,
                        &[glue(head), stem.clone()].concat(),
                        Para::Adj,
                        &[],
                    );
                    let first = glue(head);
                    for n in 1..first.len() {
                        let short = [&first[..n], &stem].concat();
                        self.builder.add(Role::Adj, at, &short, Para::Adj, &[]);
                    }
                    for n in first.len() + 4..=first.len() + stem.len() {
                        let short = [first.clone(), stem.clone()].concat();
                        self.builder
                            .add(Role::Abbreviation, at, &short[..n], Para::Exact, &[]);
                    }
                    if head.iter().all(|w| is_adjective(w)) {
                        self.name(Role::Adj, at, &adjective, |w| {
                            adjective_stem(w)
                                .map(|(s, _)| (s, Para::Adj))
                                .into_iter()
                                .collect()
                        });
                    }
                }
                let whole = [glue(head), stem].concat();
                if !v.plain && !has_settlement {
                    self.guess_settlement(school, &p.class, p.number, &whole);
                }
            }
        }
        if !p.proper.is_empty() {
            v.proper = true;
            self.name(Role::Proper, at, &p.proper, morph::title);
            if let [one] = p.proper.as_slice() {
                // «горизонтовцы»
                if !morph::is_in(one.last().copied().unwrap_or(0), "аеиоуыэюяьй") {
                    let stem = [one.as_slice(), &enc("овц")].concat();
                    self.builder.add(Role::Folk, at, &stem, Para::NounPl, &[]);
                }
                for (stem, para) in morph::title(one) {
                    self.slip(Role::Proper, school, at, &stem, para);
                }
            }
        }
        let mut bearers = p.bearers.into_iter();
        if let Some(first) = bearers.next() {
            self.add_namesake(at, first, &mut v);
        }
        // Each further one makes a wording of its own: his initials are not the other's.
        for other in bearers {
            let at = self.variants.len() as u32;
            let mut further = v.clone();
            self.add_namesake(at, other, &mut further);
            self.variants.push(further);
        }
        if let Some(n) = p
            .settlement
            .clone()
            .filter(|_| self.schools[school as usize].settlement.is_none())
        {
            let place = self.place("", Some(n.clone()));
            if let Some(place) = place {
                self.settle(school, text, place, n);
            }
            if let Some(s) = self.schools.get_mut(school as usize) {
                s.settlement = place;
            }
        }
        if !p.district.is_empty() && self.schools[school as usize].municipality.is_none() {
            let place = self.place("", Some((settlement::DISTRICT, p.district)));
            if let Some(s) = self.schools.get_mut(school as usize) {
                s.municipality = place;
            }
        }
        if let Some(slot) = self.variants.get_mut(at as usize) {
            *slot = v;
        }
    }
}

/// The first letters by which a name is cut short: of its words, and of the parts grown together in one.
fn acronyms(head: &[Vec<u8>], last: &[u8], village: Option<&[u8]>) -> Vec<Vec<u8>> {
    let mut whole: Vec<u8> = head.iter().filter_map(|w| w.first().copied()).collect();
    whole.extend(last.first());
    let mut out = vec![whole];
    if head.is_empty()
        && let Some(second) = morph::after_first_part(last)
            .or(village)
            .and_then(<[u8]>::first)
    {
        out.push([last.first().copied().unwrap_or(0), *second].to_vec());
    }
    out
}

/// Words of a place as its name is in the nominative: «Лугового района» is rare in a registry, but happens.
fn nominative(words: &[Vec<u8>]) -> Vec<Vec<u8>> {
    words
        .iter()
        .map(|w| {
            for (from, to) in [("ого", "ый"), ("его", "ий")] {
                let from = enc(from);
                if w.len() > from.len() + 3 && w.ends_with(&from) {
                    return [&w[..w.len() - from.len()], &enc(to)].concat();
                }
            }
            w.clone()
        })
        .collect()
}
