//! Names written with one slip of the hand: a letter wrong, missing, doubled, or two that changed places.
//!
//! Takes the stems of the registry's longer names; answers which of them a word is one slip away from. Holds hashes
//! of a stem's deletions, never the stem. Is asked only about words that stand where a school's name stands and mean
//! nothing as they are, so ordinary words cost nothing. Must not decide whether a slip is meant.

use super::fold::enc;
use super::hash::step;
use super::index::{Hit, Role, hash};
use super::morph::{Forms, Para};

/// Shorter stems are one slip away from too many words.
const SHORTEST: usize = 7;
const LONGEST: usize = 40;
/// A surname is looked at only beside its bearer's own names.
const SHORTEST_SURNAME: usize = 5;
/// Where no letter is left out.
const WHOLE: u8 = u8::MAX;
/// Where two neighbours have changed places.
const SWAPPED: u8 = u8::MAX - 1;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    hash: u64,
    /// The letter left out, or [`WHOLE`], or [`SWAPPED`].
    without: u8,
    /// Letters of the stem.
    len: u8,
    first: u8,
    role: Role,
    owner: u32,
    para: Para,
}

/// Shorter words have too many of their outline.
const SHORTEST_OUTLINE: usize = 9;

/// The deletion neighbourhoods of all longer stems, in order of their hashes, and the outlines of adjectives.
#[derive(Default)]
pub(crate) struct Misspelt {
    entries: Vec<Entry>,
    outlines: Vec<Entry>,
}

/// The hash of a word in which letters are one that a machine reads for each other: «Лихтовснал» for «Пихтовская».
fn outline(word: impl IntoIterator<Item = u8>) -> u64 {
    let one = |b: u8| match b {
        // й, к, л, н, п, я as и
        0xE9 | 0xEA | 0xEB | 0xED | 0xEF | 0xFF => 0xE8,
        // с, е as о
        0xF1 | 0xE5 => 0xEE,
        // щ, ц as ш
        0xF9 | 0xF6 => 0xF8,
        // ъ, ы as ь
        0xFA | 0xFB => 0xFC,
        b => b,
    };
    // A word's first letter is large, and larger letters are misread less.
    let first = |n: usize, b: u8| n == 0 && matches!(b, 0xEA | 0xFF);
    word.into_iter()
        .enumerate()
        .fold(0, |h, (n, b)| step(h, if first(n, b) { b } else { one(b) }))
}

impl Misspelt {
    /// Adds a stem; [`Misspelt::seal`] must follow before it is asked.
    pub(super) fn add(&mut self, role: Role, owner: u32, stem: &[u8], para: Para) {
        let whole = match para {
            // A noun is held without its ending.
            Para::Adj => stem.len(),
            _ => stem.len() + 1,
        };
        let shortest = match role {
            Role::Surname => SHORTEST_SURNAME,
            _ => SHORTEST,
        };
        if whole < shortest || stem.len() > LONGEST {
            return;
        }
        let entry = Entry {
            hash: hash(stem),
            without: WHOLE,
            len: stem.len() as u8,
            first: stem.first().copied().unwrap_or(0),
            role,
            owner,
            para,
        };
        self.entries.push(entry);
        if para == Para::Adj && stem.len() + 2 >= SHORTEST_OUTLINE {
            self.outlines.extend(["ая", "ой", "ую"].map(|e| Entry {
                hash: outline(stem.iter().copied().chain(enc(e))),
                len: stem.len() as u8 + 2,
                ..entry
            }));
        }
        let mut changed = stem.to_vec();
        for i in 1..stem.len() {
            let mut less = stem.to_vec();
            less.remove(i);
            self.entries.push(Entry {
                hash: hash(&less),
                without: i as u8,
                ..entry
            });
            if i + 1 < stem.len() && stem.get(i) != stem.get(i + 1) {
                changed.swap(i, i + 1);
                self.entries.push(Entry {
                    hash: hash(&changed),
                    without: SWAPPED,
                    ..entry
                });
                changed.swap(i, i + 1);
            }
        }
    }

    pub(super) fn seal(&mut self) {
        self.entries.sort_unstable();
        self.entries.dedup();
        self.entries.shrink_to_fit();
        self.outlines.sort_unstable();
        self.outlines.dedup();
    }

    fn with(&self, hash: u64) -> impl Iterator<Item = &Entry> {
        let from = self.entries.partition_point(|e| e.hash < hash);
        self.entries
            .iter()
            .skip(from)
            .take_while(move |e| e.hash == hash)
    }

    /// What a Cyrillic word is one slip away from, as hits of the given roles.
    pub(crate) fn near(&self, word: &[u8], want: impl Fn(Role) -> bool) -> Vec<Hit> {
        let mut out = self.one_slip(word, &want);
        let mut alike = Vec::new();
        // «Светицкая» for «Светитская»: written as it is heard.
        const HEARD: &[(&[u8], &[u8])] = &[
            (&[0xF6, 0xEA], &[0xF2, 0xF1, 0xEA]),
            (&[0xF2, 0xF1, 0xEA], &[0xF6, 0xEA]),
            (&[0xF6, 0xEA], &[0xE4, 0xF1, 0xEA]),
            (&[0xF9], &[0xF1, 0xF7]),
            (&[0xF1, 0xF7], &[0xF9]),
        ];
        for (heard, written) in HEARD {
            if !out.is_empty() {
                break;
            }
            let Some(at) = word.windows(heard.len()).position(|w| w == *heard) else {
                continue;
            };
            let (head, rest) = word.split_at(at);
            let rest = rest.get(heard.len()..).unwrap_or_default();
            let spelt = [head, *written, rest].concat();
            for ending in 0..=3 {
                let Some((stem, rest)) = spelt
                    .len()
                    .checked_sub(ending)
                    .and_then(|n| spelt.split_at_checked(n))
                else {
                    continue;
                };
                for e in self.with(hash(stem)) {
                    if e.without == WHOLE
                        && usize::from(e.len) == stem.len()
                        && want(e.role)
                        && let Some(forms) = e.para.ending(rest, false)
                    {
                        add(&mut out, Hit::near(e.role, e.owner, forms));
                    }
                }
            }
        }
        let read = outline(word.iter().copied());
        let from = self.outlines.partition_point(|e| e.hash < read);
        let read = self
            .outlines
            .iter()
            .skip(from)
            .take_while(|e| e.hash == read);
        for e in read.filter(|e| out.is_empty() && want(e.role) && usize::from(e.len) == word.len())
        {
            alike.push(Hit::near(e.role, e.owner, Forms::ANY));
        }
        alike.into_iter().for_each(|hit| add(&mut out, hit));
        out
    }

    fn one_slip(&self, word: &[u8], want: &impl Fn(Role) -> bool) -> Vec<Hit> {
        let mut out: Vec<Hit> = Vec::new();
        if self.entries.is_empty() || word.len() < SHORTEST_SURNAME || word.len() > LONGEST {
            return out;
        }
        let mut take = |e: &Entry, rest: &[u8]| {
            if !want(e.role) || word.first() != Some(&e.first) {
                return;
            }
            if let Some(forms) = e.para.ending(rest, false) {
                add(&mut out, Hit::near(e.role, e.owner, forms));
            }
        };
        let mut less = Vec::with_capacity(word.len());
        for ending in 0..=3 {
            let Some((stem, rest)) = word
                .len()
                .checked_sub(ending)
                .and_then(|n| word.split_at_checked(n))
            else {
                continue;
            };
            let whole = hash(stem);
            for e in self.with(whole) {
                // The stem itself with a fitting ending is no slip; it is met elsewhere.
                let slip = e.without != WHOLE || usize::from(e.len) == stem.len();
                if slip {
                    take(e, rest);
                }
            }
            for j in 1..stem.len() {
                less.clear();
                less.extend_from_slice(stem);
                less.remove(j);
                for e in self.with(hash(&less)) {
                    let inserted = e.without == WHOLE && usize::from(e.len) == less.len();
                    // «Сёмкин» is a surname of its own, not «Сёмин» with a slip.
                    let suffixed = e.role == Role::Surname
                        && stem.get(j) == Some(&0xEA)
                        && matches!(stem.get(j + 1..), Some([0xE8, 0xED] | [0xEE, 0xE2]));
                    let inserted = inserted && !suffixed;
                    // «Лесогорск» is no «Лесоторск»: of towns only a vowel is written for another.
                    let vowel = |b: Option<&u8>| {
                        b.is_some_and(|b| {
                            matches!(b, 0xE0 | 0xE5 | 0xE8 | 0xEE | 0xF3 | 0xFB | 0xFD..=0xFF)
                        })
                    };
                    if e.role == Role::Place && !inserted && !vowel(stem.get(j)) {
                        continue;
                    }
                    let replaced = usize::from(e.without) == j && usize::from(e.len) == stem.len();
                    if inserted || replaced {
                        take(e, rest);
                    }
                }
            }
        }
        // «Кувшинсакя»: two letters changed places where stem and ending meet.
        let mut changed = word.to_vec();
        for i in word.len().saturating_sub(4)..word.len() - 1 {
            changed.swap(i, i + 1);
            for ending in 2..=3 {
                let Some((stem, rest)) = changed
                    .len()
                    .checked_sub(ending)
                    .and_then(|n| changed.split_at_checked(n))
                else {
                    continue;
                };
                for e in self.with(hash(stem)) {
                    if e.without == WHOLE && usize::from(e.len) == stem.len() && e.para == Para::Adj
                    {
                        take(e, rest);
                    }
                }
            }
            changed.swap(i, i + 1);
        }
        // «Кувшинскя»: the slip is in the ending of an adjective.
        for ending in 1..=2 {
            let Some((stem, rest)) = word
                .len()
                .checked_sub(ending)
                .and_then(|n| word.split_at_checked(n))
            else {
                continue;
            };
            if rest.last().is_none_or(|b| *b != 0xFF && *b != 0xE9) {
                continue;
            }
            for e in self.with(hash(stem)) {
                let own = e.without == WHOLE && usize::from(e.len) == stem.len();
                if own && e.para == Para::Adj && want(e.role) && word.first() == Some(&e.first) {
                    add(&mut out, Hit::near(e.role, e.owner, Forms::ANY));
                }
            }
        }
        out
    }
}

fn add(out: &mut Vec<Hit>, hit: Hit) {
    match out
        .iter_mut()
        .find(|h| h.role == hit.role && h.owner == hit.owner)
    {
        Some(h) => h.forms.0 |= hit.forms.0,
        None => out.push(hit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_and_no_more() {
        let mut m = Misspelt::default();
        m.add(Role::Adj, 1, &enc("кувшиновск"), Para::Adj);
        m.add(Role::Proper, 2, &enc("горизонт"), Para::SurnameC);
        m.seal();
        let owners = |w: &str| {
            m.near(&enc(w), |_| true)
                .iter()
                .map(|h| h.owner)
                .collect::<Vec<_>>()
        };
        for w in [
            "кувшеновская",
            "кувшновской",
            "куввшиновскую",
            "кувшинвоская",
            "кувшиновксая",
            "кувшиновсая",
            "кувшиновскя",
            "кувшиновсккой",
            "кувшиновсакя",
        ] {
            assert_eq!(owners(w), [1], "{w}");
        }
        for w in [
            "кувшинская",
            "кувшиновка",
            "пувшиновская",
            "кевшеновская",
            "ковшинская",
            "кувшиновна",
            "малиновская",
        ] {
            assert_eq!(owners(w), [] as [u32; 0], "{w}");
        }
        // Read by a machine.
        assert_eq!(owners("кувшнновсная"), [1]);
        assert_eq!(owners("нувшппоеснал"), [] as [u32; 0]);
        assert_eq!(owners("гаризонта"), [2]);
        assert_eq!(owners("гарезонта"), [] as [u32; 0]);
    }
}
