//! The index of word stems: from a word of the text to what in the registry it may stand for.
//!
//! Holds hashes of stems, never the stems, so that no name lies in memory here. A small filter answers «none» for
//! nearly every word, whatever the size of the registry. Must not know grammar beyond [`Para`].

mod filter;

use std::collections::{HashMap, HashSet};

use filter::{Filter, HEAD};

use super::fold::{by_ear, is_cyr};
use super::hash::{Fx, step};
use super::morph::{Forms, Para};
use super::translit::skeleton;

/// What a stem stands for; the owner is an index into the list that the role names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// The adjective of a school's name. Owner: variant.
    Adj,
    /// An adjective made of the school's settlement. Owner: variant.
    Derived,
    /// Those who live or learn there: «приреченцы». Owner: variant.
    Folk,
    /// The settlement, or one guessed from the adjective. Owner: variant.
    Topo,
    /// A school's own name that is a noun. Owner: variant.
    Proper,
    /// The adjective cut short: «Приречн.» Owner: variant.
    Abbreviation,
    /// Owner: variant.
    Namesake,
    /// A municipality or settlement. Owner: place.
    Place,
    /// An adjective made of a city or village. Owner: place.
    PlaceAdj,
    /// Owner: person.
    Surname,
    /// A street's name. Owner: address.
    Street,
}

/// One further word of a name of several words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pat {
    hash: u64,
    len: u16,
    para: Para,
}

impl Pat {
    pub(crate) fn new(stem: &[u8], para: Para) -> Self {
        Pat {
            hash: hash(stem),
            len: stem.len() as u16,
            para,
        }
    }

    /// Whether a folded word is a form of it.
    pub(crate) fn matches(self, word: &[u8], latin: bool) -> Option<Forms> {
        let n = usize::from(self.len);
        let (head, rest) = word.split_at_checked(n)?;
        if hash(head) == self.hash {
            self.para.ending(rest, latin)
        } else {
            None
        }
    }
}

/// The order is the index's: readings of one stem lie by role, then by owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    role: Role,
    owner: u32,
    para: Para,
    /// Which of [`Index::rests`]; the first is empty.
    rest: u32,
}

/// The further words of a name, each in its spellings.
type Rest = Box<[Box<[Pat]>]>;

/// A word of the text that may stand for something in the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub role: Role,
    pub owner: u32,
    pub forms: Forms,
    /// How many further words belong to the name, and which entry holds their patterns.
    pub more: u16,
    entry: u32,
}

impl Hit {
    /// A reading that other rules made: an acronym, a kind of which there is one.
    pub(crate) fn made(role: Role, owner: u32, forms: Forms) -> Self {
        Hit {
            role,
            owner,
            forms,
            more: 0,
            entry: u32::MAX - 1,
        }
    }

    /// A reading that was not looked up in the index: a name with a slip in it.
    pub(crate) fn near(role: Role, owner: u32, forms: Forms) -> Self {
        Hit {
            role,
            owner,
            forms,
            more: 0,
            entry: u32::MAX,
        }
    }

    /// Whether it is such a reading.
    pub(crate) fn is_slip(&self) -> bool {
        self.entry == u32::MAX
    }
}

/// The built index.
pub(crate) struct Index {
    filter: Filter,
    map: HashMap<u64, (u32, u32), Fx>,
    entries: Vec<Entry>,
    rests: Vec<Rest>,
    /// Variants by the place that their school stands in.
    settled: HashMap<u32, Vec<u32>, Fx>,
    /// Names of several words whose first may be cut short: «Кр. Маяк».
    cut: HashMap<u64, (u32, u32), Fx>,
    literals: HashMap<u64, u32, Fx>,
    /// First two letters of all literals.
    heads: Box<[u64]>,
    /// What literals begin with, whole ones too.
    begun: HashSet<u64, Fx>,
    /// What Cyrillic stems begin with, whole ones too: a part of each hash, so that they take little room.
    stems: HashSet<u32, Fx>,
    /// Whether some name begins with a number in digits: «3 Острова».
    digits: bool,
}

/// Collects stems before the index is built.
#[derive(Default)]
pub(crate) struct Builder {
    items: Vec<(u64, Entry)>,
    rests: Vec<Rest>,
    settled: HashMap<u32, Vec<u32>, Fx>,
    cut: Vec<(u64, Entry)>,
    filter: Filter,
    literals: HashMap<u64, u32, Fx>,
    heads: Vec<[u8; 2]>,
    begun: HashSet<u64, Fx>,
    stems: HashSet<u32, Fx>,
    digits: bool,
}

pub(crate) fn hash(stem: &[u8]) -> u64 {
    stem.iter().fold(0, |h, b| step(h, *b))
}

/// The hashes of all that a word begins with.
fn beginnings(word: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let grow = |h: &mut u64, b: &u8| {
        *h = step(*h, *b);
        Some(*h)
    };
    word.iter().scan(0, grow)
}

fn short(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// «созвезди|е»: before a vowel the skeleton has no `i`.
fn without_i(latin: &[u8]) -> &[u8] {
    latin.strip_suffix(b"i").unwrap_or(latin)
}

/// Letters that are left of a word that is cut short, at most.
const LONGEST_CUT: usize = 6;

/// What is left of the first word, and how the second begins.
fn cut_key(first: &[u8], second: &[u8]) -> Option<u64> {
    let second = second.get(..2)?;
    Some(second.iter().fold(step(hash(first), 0), |h, b| step(h, *b)))
}

impl Builder {
    /// Adds a stem, in Cyrillic and in its Latin skeleton.
    pub(crate) fn add(
        &mut self,
        role: Role,
        owner: u32,
        stem: &[u8],
        para: Para,
        rest: &[Vec<(Vec<u8>, Para)>],
    ) {
        if stem.is_empty() {
            return;
        }
        self.digits |= stem.first().is_some_and(u8::is_ascii_digit);
        // «Подьячевская», «Под'ячевская» for «Подъячевская»: the signs are confused and left out.
        const HARD: u8 = 0xFA;
        const SOFT: u8 = 0xFC;
        if stem.contains(&HARD) {
            let soft: Vec<u8> = stem
                .iter()
                .map(|b| if *b == HARD { SOFT } else { *b })
                .collect();
            let none: Vec<u8> = stem.iter().copied().filter(|b| *b != HARD).collect();
            self.add(role, owner, &soft, para, rest);
            self.add(role, owner, &none, para, rest);
        }
        let entry = Entry {
            role,
            owner,
            para,
            rest: self.rest(rest),
        };
        self.push(stem, entry);
        if let (Role::Place | Role::Adj, [next, ..]) = (role, rest) {
            self.cut(stem, next, entry);
        }
        let latin = skeleton(stem);
        if latin != stem && latin.len() >= 3 {
            let worn = without_i(&latin);
            if worn.len() < latin.len() && worn.len() >= 4 {
                self.push(worn, entry);
            }
            self.push(&latin, entry);
        }
    }

    /// Whatever is read as the place is read as the settlement of this variant too, its adjectives as made of it.
    pub(crate) fn settle(&mut self, variant: u32, place: u32) {
        self.settled.entry(place).or_default().push(variant);
    }

    /// Adds an e-mail address or site as letters and digits alone.
    pub(crate) fn literal(&mut self, owner: u32, text: &[u8]) {
        if let [a, b, ..] = text {
            self.heads.push([*a, *b]);
            self.literals.entry(hash(text)).or_insert(owner);
            self.begun.extend(beginnings(text));
        }
    }

    fn rest(&mut self, words: &[Vec<(Vec<u8>, Para)>]) -> u32 {
        if self.rests.is_empty() {
            self.rests.push(Rest::default());
        }
        if words.is_empty() {
            return 0;
        }
        let patterns = |alts: &Vec<(Vec<u8>, Para)>| {
            alts.iter()
                .flat_map(|(s, p)| {
                    let latin = skeleton(s);
                    let worn = Pat::new(without_i(&latin), *p);
                    [Pat::new(s, *p), Pat::new(&latin, *p), worn]
                })
                .collect()
        };
        self.rests.push(words.iter().map(patterns).collect());
        (self.rests.len() - 1) as u32
    }

    fn cut(&mut self, stem: &[u8], next: &[(Vec<u8>, Para)], entry: Entry) {
        let Some((next, _)) = next.first() else {
            return;
        };
        for n in 1..stem.len().min(LONGEST_CUT + 1) {
            if let Some(key) = cut_key(&stem[..n], next) {
                self.cut.push((key, entry));
            }
        }
    }

    fn push(&mut self, stem: &[u8], entry: Entry) {
        self.filter.add(stem);
        if stem.first().is_some_and(|b| is_cyr(*b)) {
            self.stems.extend(beginnings(stem).map(short));
        }
        self.items.push((hash(stem), entry));
    }

    pub(crate) fn build(mut self) -> Index {
        self.items.sort_unstable();
        self.items.dedup();
        let mut index = Index {
            filter: self.filter,
            map: HashMap::default(),
            entries: Vec::with_capacity(self.items.len()),
            rests: self.rests,
            settled: self.settled,
            cut: HashMap::default(),
            literals: self.literals,
            heads: vec![0; 1024].into(),
            begun: self.begun,
            stems: self.stems,
            digits: self.digits,
        };
        for [a, b] in self.heads {
            let n = usize::from(a) << 8 | usize::from(b);
            if let Some(w) = index.heads.get_mut(n / 64) {
                *w |= 1 << (n % 64);
            }
        }
        for same in self.items.chunk_by(|a, b| a.0 == b.0) {
            let at = index.entries.len() as u32;
            index.entries.extend(same.iter().map(|(_, entry)| entry));
            if let Some((hash, _)) = same.first() {
                index.map.insert(*hash, (at, same.len() as u32));
            }
        }
        self.cut.sort_unstable();
        self.cut.dedup();
        for same in self.cut.chunk_by(|a, b| a.0 == b.0) {
            let at = index.entries.len() as u32;
            index.entries.extend(same.iter().map(|(_, entry)| entry));
            if let Some((key, _)) = same.first() {
                index.cut.insert(*key, (at, same.len() as u32));
            }
        }
        index
    }
}

impl Index {
    pub(crate) fn empty() -> Self {
        Builder::default().build()
    }

    /// Whether numbers in digits may be names.
    pub(crate) fn knows_digits(&self) -> bool {
        self.digits
    }

    /// Whether some literal begins with these two letters.
    pub(crate) fn literal_head(&self, text: &[u8]) -> bool {
        let [a, b, ..] = text else { return true };
        let n = usize::from(*a) << 8 | usize::from(*b);
        self.heads
            .get(n / 64)
            .is_some_and(|w| w & (1 << (n % 64)) != 0)
    }

    /// Whether some literal begins so.
    pub(crate) fn begins_literal(&self, text: &[u8]) -> bool {
        !self.begun.is_empty() && self.begun.contains(&hash(text))
    }

    /// Whether some stem in Cyrillic letters begins so; in a few cases in which none does, too.
    pub(crate) fn begins_stem(&self, text: &[u8]) -> bool {
        self.stems.contains(&short(hash(text)))
    }

    /// The literal that reads exactly so.
    pub(crate) fn literal(&self, text: &[u8]) -> Option<u32> {
        self.literals.get(&hash(text)).copied()
    }

    fn rest(&self, entry: &Entry) -> &[Box<[Pat]>] {
        self.rests
            .get(entry.rest as usize)
            .map_or(&[], |rest| &**rest)
    }

    /// All readings of a folded word (for Latin words: of its skeleton), appended to `out`.
    pub(crate) fn lookup(&self, word: &[u8], latin: bool, out: &mut Vec<Hit>) {
        let mut h = 0;
        let mut open = false;
        for (i, b) in word.iter().enumerate() {
            h = step(h, *b);
            let n = i + 1;
            if n < HEAD {
                if self.filter.short & (1 << n) != 0 && self.filter.maybe(h) {
                    self.at(h, word, n, latin, out);
                }
            } else {
                if n == HEAD {
                    open = self.filter.maybe(h);
                }
                if !open {
                    return;
                }
                self.at(h, word, n, latin, out);
            }
        }
    }

    fn at(&self, h: u64, word: &[u8], n: usize, latin: bool, out: &mut Vec<Hit>) {
        let rest = &word[n..];
        // The longest ending has three letters, four in Latin.
        if rest.len() > 4 {
            return;
        }
        let Some((start, count)) = self.map.get(&h) else {
            return;
        };
        let first = out.len();
        let mut settled = false;
        for i in *start..*start + *count {
            let forms = |entry: &Entry| entry.para.ending(rest, latin);
            settled |= self.read(i, forms, out);
        }
        if settled && let Some(new) = out.get_mut(first..) {
            new.sort_by_key(|hit| (hit.role, hit.owner));
        }
    }

    /// Adds what an entry stands for; whether schools in a place are among it.
    fn read(&self, at: u32, forms: impl Fn(&Entry) -> Option<Forms>, out: &mut Vec<Hit>) -> bool {
        let Some(entry) = self.entries.get(at as usize) else {
            return false;
        };
        let Some(forms) = forms(entry) else {
            return false;
        };
        let hit = Hit {
            role: entry.role,
            owner: entry.owner,
            forms,
            more: self.rest(entry).len() as u16,
            entry: at,
        };
        let role = match entry.role {
            Role::Place => Some(Role::Topo),
            Role::PlaceAdj => Some(Role::Derived),
            _ => None,
        };
        let variants = role.and_then(|_| self.settled.get(&hit.owner));
        let before = out.len();
        for (variant, role) in variants.into_iter().flatten().zip(std::iter::repeat(role)) {
            out.extend(role.map(|role| Hit {
                role,
                owner: *variant,
                ..hit
            }));
        }
        let settled = out.len() > before;
        out.push(hit);
        settled
    }

    /// Readings of the first word of a name, cut short before `next`: «Кр. Маяк», «В. Ключ».
    pub(crate) fn lookup_cut(&self, word: &[u8], next: &[u8], out: &mut Vec<Hit>) {
        let found = cut_key(word, next).and_then(|key| self.cut.get(&key));
        let Some((start, count)) = found else {
            return;
        };
        let first = out.len();
        for i in *start..*start + *count {
            self.read(i, |_| Some(Forms::ANY), out);
        }
        let mut kept = first;
        for k in first..out.len() {
            let hit = out[k];
            if hit.more == 1 && self.continues(hit, 0, next, false) {
                out[kept] = hit;
                kept += 1;
            }
        }
        out.truncate(kept);
        if let Some(new) = out.get_mut(first..) {
            new.sort_by_key(|hit| (hit.role, hit.owner));
        }
    }

    /// Whether `word` can be further word number `n` of the hit.
    pub(crate) fn continues(&self, hit: Hit, n: usize, word: &[u8], latin: bool) -> bool {
        self.entries
            .get(hit.entry as usize)
            .and_then(|e| self.rest(e).get(n))
            .is_some_and(|alts| {
                let fits = |w: &[u8]| alts.iter().any(|p| p.matches(w, latin).is_some());
                fits(word) || !latin && by_ear(word).is_some_and(|w| fits(&w))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::enc;
    use super::*;

    #[test]
    fn stems_are_found_in_both_alphabets() {
        let mut b = Builder::default();
        b.add(Role::Adj, 7, &enc("кувшинск"), Para::Adj, &[]);
        b.add(Role::Topo, 3, &enc("яр"), Para::NounC, &[]);
        let index = b.build();
        let find = |w: &str, latin: bool| {
            let mut out = Vec::new();
            let w = enc(w);
            index.lookup(&if latin { skeleton(&w) } else { w }, latin, &mut out);
            out.iter().map(|h| (h.role, h.owner)).collect::<Vec<_>>()
        };
        assert_eq!(find("Кувшинской", false), [(Role::Adj, 7)]);
        assert_eq!(find("kuvshinskaya", true), [(Role::Adj, 7)]);
        assert_eq!(find("яре", false), [(Role::Topo, 3)]);
        assert!(find("кувшин", false).is_empty());
        assert!(find("яркий", false).is_empty());
    }
}
