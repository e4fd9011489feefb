//! The index of word stems: from a word of the text to what in the registry it may stand for.
//!
//! Holds hashes of stems, never the stems, so that no name lies in memory here. A small filter answers «none» for
//! nearly every word, whatever the size of the registry. Must not know grammar beyond [`Para`].

use std::collections::HashMap;

use super::hash::{Fx, step};
use super::morph::{Forms, Para};
use super::translit::skeleton;

/// What a stem stands for; the owner is an index into the list that the role names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The adjective of a school's name. Owner: variant.
    Adj,
    /// An adjective made of the school's settlement. Owner: variant.
    Derived,
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
pub struct Pat {
    hash: u64,
    len: u16,
    para: Para,
}

impl Pat {
    pub fn new(stem: &[u8], para: Para) -> Self {
        Pat {
            hash: hash(stem),
            len: stem.len() as u16,
            para,
        }
    }

    /// Whether a folded word is a form of it.
    pub fn matches(self, word: &[u8], latin: bool) -> Option<Forms> {
        let n = usize::from(self.len);
        let (head, rest) = word.split_at_checked(n)?;
        if hash(head) == self.hash {
            self.para.ending(rest, latin)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    role: Role,
    owner: u32,
    para: Para,
    rest: Box<[Vec<Pat>]>,
}

/// A word of the text that may stand for something in the registry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    pub role: Role,
    pub owner: u32,
    pub forms: Forms,
    /// How many further words belong to the name, and which entry holds their patterns.
    pub more: u16,
    entry: u32,
}

impl Hit {
    /// A reading that other rules made: an acronym, a kind of which there is one.
    pub fn made(role: Role, owner: u32, forms: Forms) -> Self {
        Hit {
            role,
            owner,
            forms,
            more: 0,
            entry: u32::MAX - 1,
        }
    }

    /// A reading that was not looked up in the index: a name with a slip in it.
    pub fn near(role: Role, owner: u32, forms: Forms) -> Self {
        Hit {
            role,
            owner,
            forms,
            more: 0,
            entry: u32::MAX,
        }
    }

    /// Whether it is such a reading.
    pub fn is_slip(&self) -> bool {
        self.entry == u32::MAX
    }
}

const BITS: usize = 1 << 17;
const HEAD: usize = 5;

/// The built index.
pub struct Index {
    filter: Box<[u64]>,
    short: u32,
    map: HashMap<u64, (u32, u32), Fx>,
    entries: Vec<Entry>,
    literals: HashMap<u64, u32, Fx>,
    /// First two letters of all literals.
    heads: Box<[u64]>,
    /// Whether some name begins with a number in digits: «3 Острова».
    digits: bool,
}

/// Collects stems before the index is built.
#[derive(Default)]
pub struct Builder {
    items: Vec<(u64, usize, u64, Entry)>,
    literals: HashMap<u64, u32, Fx>,
    heads: Vec<[u8; 2]>,
    digits: bool,
}

pub fn hash(stem: &[u8]) -> u64 {
    stem.iter().fold(0, |h, b| step(h, *b))
}

/// «созвезди|е»: before a vowel the skeleton has no `i`.
fn without_i(latin: &[u8]) -> &[u8] {
    latin.strip_suffix(b"i").unwrap_or(latin)
}

fn bit(h: u64) -> (usize, u64) {
    let n = (h >> 40) as usize % BITS;
    (n / 64, 1 << (n % 64))
}

impl Builder {
    /// Adds a stem, in Cyrillic and in its Latin skeleton.
    pub fn add(
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
        let pats: Box<[Vec<Pat>]> = rest
            .iter()
            .map(|alts| {
                alts.iter()
                    .flat_map(|(s, p)| {
                        let latin = skeleton(s);
                        let worn = Pat::new(without_i(&latin), *p);
                        [Pat::new(s, *p), Pat::new(&latin, *p), worn]
                    })
                    .collect()
            })
            .collect();
        self.push(
            stem,
            Entry {
                role,
                owner,
                para,
                rest: pats.clone(),
            },
        );
        let latin = skeleton(stem);
        if latin != stem && latin.len() >= 3 {
            let entry = Entry {
                role,
                owner,
                para,
                rest: pats,
            };
            let worn = without_i(&latin);
            if worn.len() < latin.len() && worn.len() >= 4 {
                self.push(worn, entry.clone());
            }
            self.push(&latin, entry);
        }
    }

    /// Adds an e-mail address or site as letters and digits alone.
    pub fn literal(&mut self, owner: u32, text: &[u8]) {
        if let [a, b, ..] = text {
            self.heads.push([*a, *b]);
            self.literals.entry(hash(text)).or_insert(owner);
        }
    }

    fn push(&mut self, stem: &[u8], entry: Entry) {
        let head = hash(stem.get(..HEAD).unwrap_or(stem));
        self.items.push((hash(stem), stem.len(), head, entry));
    }

    pub fn build(mut self) -> Index {
        self.items
            .sort_by_key(|(h, _, _, e)| (*h, e.role, e.owner, e.para as u8));
        self.items.dedup_by(|a, b| {
            a.0 == b.0
                && a.3.role == b.3.role
                && a.3.owner == b.3.owner
                && a.3.para == b.3.para
                && a.3.rest.is_empty()
                && b.3.rest.is_empty()
        });
        let mut index = Index {
            filter: vec![0; BITS / 64].into(),
            short: 0,
            map: HashMap::default(),
            entries: Vec::with_capacity(self.items.len()),
            literals: self.literals,
            heads: vec![0; 1024].into(),
            digits: self.digits,
        };
        for [a, b] in self.heads {
            let n = usize::from(a) << 8 | usize::from(b);
            if let Some(w) = index.heads.get_mut(n / 64) {
                *w |= 1 << (n % 64);
            }
        }
        for (h, len, head, entry) in self.items {
            let (word, mask) = bit(head);
            if let Some(w) = index.filter.get_mut(word) {
                *w |= mask;
            }
            if len < HEAD {
                index.short |= 1 << len;
            }
            let at = index.entries.len() as u32;
            index.entries.push(entry);
            index.map.entry(h).or_insert((at, 0)).1 += 1;
        }
        index
    }
}

impl Index {
    pub fn empty() -> Self {
        Builder::default().build()
    }

    /// Whether numbers in digits may be names.
    pub fn knows_digits(&self) -> bool {
        self.digits
    }

    /// Whether some literal begins with these two letters.
    pub fn literal_head(&self, text: &[u8]) -> bool {
        let [a, b, ..] = text else { return true };
        let n = usize::from(*a) << 8 | usize::from(*b);
        self.heads
            .get(n / 64)
            .is_some_and(|w| w & (1 << (n % 64)) != 0)
    }

    /// The literal that reads exactly so.
    pub fn literal(&self, text: &[u8]) -> Option<u32> {
        self.literals.get(&hash(text)).copied()
    }

    fn maybe(&self, h: u64) -> bool {
        let (word, mask) = bit(h);
        self.filter.get(word).is_some_and(|w| w & mask != 0)
    }

    /// All readings of a folded word (for Latin words: of its skeleton), appended to `out`.
    pub fn lookup(&self, word: &[u8], latin: bool, out: &mut Vec<Hit>) {
        let mut h = 0;
        let mut open = false;
        for (i, b) in word.iter().enumerate() {
            h = step(h, *b);
            let n = i + 1;
            if n < HEAD {
                if self.short & (1 << n) != 0 && self.maybe(h) {
                    self.at(h, word, n, latin, out);
                }
            } else {
                if n == HEAD {
                    open = self.maybe(h);
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
        for i in *start..*start + *count {
            let Some(entry) = self.entries.get(i as usize) else {
                continue;
            };
            if let Some(forms) = entry.para.ending(rest, latin) {
                out.push(Hit {
                    role: entry.role,
                    owner: entry.owner,
                    forms,
                    more: entry.rest.len() as u16,
                    entry: i,
                });
            }
        }
    }

    /// Whether `word` can be further word number `n` of the hit.
    pub fn continues(&self, hit: Hit, n: usize, word: &[u8], latin: bool) -> bool {
        self.entries
            .get(hit.entry as usize)
            .and_then(|e| e.rest.get(n))
            .is_some_and(|alts| alts.iter().any(|p| p.matches(word, latin).is_some()))
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
