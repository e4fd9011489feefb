//! What a settlement gives to a school's name, and a name to its settlement: takes an adjective or a place, gives stems
//! for the index. Must not look at any text but the registry's.

use super::{Compiler, nominative};
use crate::fold::enc;
use crate::index::Role;
use crate::lexicon::settlement;
use crate::model::Variant;
use crate::morph::{Para, adjective_stem};

impl Compiler {
    /// «Ковшовская» without a settlement: Ковшово, Ковшовка.
    pub(super) fn guess_settlement(
        &mut self,
        school: u32,
        class: &u16,
        number: Option<u32>,
        stem: &[u8],
    ) {
        let at = self.variants.len() as u32;
        let mut stems = vec![stem.to_vec()];
        for suffix in ["ск", "енск", "инск", "овск", "евск", "н"] {
            let s = enc(suffix);
            if stem.len() > s.len() + 3 && stem.ends_with(&s) {
                stems.push(stem[..stem.len() - s.len()].to_vec());
            }
        }
        for s in &stems {
            let own = s.len() == stem.len();
            let paras: &[Para] = if own {
                &[Para::Adj]
            } else {
                &[
                    Para::NounO,
                    Para::NounA,
                    Para::NounPl,
                    Para::NounC,
                    Para::Adj,
                ]
            };
            for para in paras {
                self.builder.add(Role::Topo, at, s, *para, &[]);
            }
            if !own {
                for k in ["к", "ск"] {
                    let with = [s.clone(), enc(k)].concat();
                    self.builder.add(
                        Role::Topo,
                        at,
                        &with,
                        if k == "к" { Para::NounA } else { Para::Adj },
                        &[],
                    );
                    if k == "к" {
                        self.builder.add(Role::Topo, at, &with, Para::NounPl, &[]);
                    }
                }
            }
        }
        self.variants.push(Variant {
            school,
            classes: Self::classes(*class, ""),
            number,
            derived: true,
            ..Variant::default()
        });
    }

    /// «пихтовцы» by «пихтовская».
    pub(super) fn folk(&mut self, variant: u32, adjective: &[u8]) {
        let sk = enc("ск");
        if let Some(stem) = adjective
            .strip_suffix(sk.as_slice())
            .filter(|s| s.len() > 4)
        {
            let stem = [stem, &enc("ц")].concat();
            self.builder
                .add(Role::Folk, variant, &stem, Para::NounPl, &[]);
        }
    }

    /// A school has its settlement's name, and the adjectives made of it, besides its own.
    pub(in crate::compile) fn settle(
        &mut self,
        school: u32,
        name: &str,
        place: u32,
        (kind, words): (u16, Vec<Vec<u8>>),
    ) {
        if kind == settlement::CITY {
            return;
        }
        let words = nominative(&words);
        let p = self.parts(name);
        let at = self.variants.len() as u32;
        self.variants.push(Variant {
            school,
            classes: Self::classes(p.class, name),
            number: p.number,
            derived: true,
            ..Variant::default()
        });
        self.builder.settle(at, place);
        for stem in self.derive(&words) {
            self.folk(at, &stem);
            // A district has no adjectives of its own.
            if kind == settlement::DISTRICT {
                self.builder.add(Role::Derived, at, &stem, Para::Adj, &[]);
            }
        }
        if let [one] = words.as_slice()
            && let Some((stem, _)) = adjective_stem(one)
        {
            self.builder.add(Role::Derived, at, &stem, Para::Adj, &[]);
        }
    }
}

/// «Новоберёзовка» for «Новая Берёзовка».
pub(super) fn in_one_word(words: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let [first, last] = words else {
        return Vec::new();
    };
    let Some((stem, _)) = adjective_stem(first).filter(|_| last.len() >= 4) else {
        return Vec::new();
    };
    ["о", "е"]
        .iter()
        .map(|link| [stem.clone(), enc(link), last.clone()].concat())
        .collect()
}
