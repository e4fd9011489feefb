//! The bearer of a name: «имени Громобоева», «школа имени И. И. Громобоева».
//!
//! Takes the words after «имени»; enters the surname in all its cases, and the adjective that people make of it.

use super::{Bearer, Compiler};
use crate::fold::enc;
use crate::index::Role;
use crate::model::Variant;
use crate::morph::{self, Para};

impl Compiler {
    pub(super) fn add_namesake(&mut self, at: u32, bearer: Bearer, v: &mut Variant) {
        v.namesake = true;
        v.initials = bearer.initials;
        let words = &bearer.words;
        let patronymic = |w: &Vec<u8>| morph::is_female_patronymic(w).is_some();
        let which = match words.iter().position(patronymic) {
            // Ивана Ильича Петрова, Петрова Ивана Ильича
            Some(i) if i + 1 < words.len() => words.len() - 1,
            Some(_) => 0,
            None => words.len() - 1,
        };
        let Some(word) = words.get(which) else { return };
        if v.initials.is_empty() && words.len() > 1 {
            v.initials = words
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != which)
                .filter_map(|(_, w)| w.first().copied())
                .collect();
        }
        for (stem, para) in from_genitive(word) {
            self.builder.add(Role::Namesake, at, &stem, para, &[]);
            self.slip(Role::Namesake, v.school, at, &stem, para);
        }
        // «Громобоевская школа» for «школа имени Громобоева»
        for stem in morph::adjectives_of_bearer(word) {
            self.builder.add(Role::Derived, at, &stem, Para::Adj, &[]);
            self.folk(at, &stem);
            // «Громобоевка»
            if let Some(short) = stem.strip_suffix(enc("ск").as_slice()) {
                let short = [short, &enc("к")].concat();
                self.builder.add(Role::Folk, at, &short, Para::NounA, &[]);
            }
        }
    }
}

/// Stems of a word that stands in the genitive: a namesake after «имени».
fn from_genitive(word: &[u8]) -> Vec<(Vec<u8>, Para)> {
    let cut = |n: usize| word[..word.len().saturating_sub(n)].to_vec();
    let ends = |e: &str| {
        let e = enc(e);
        word.len() > e.len() + 2 && word.ends_with(&e)
    };
    let mut out = vec![(word.to_vec(), Para::Exact)];
    if ends("ого") || ends("его") {
        out.push((cut(3), Para::Adj));
    } else if ends("ой") || ends("ей") {
        out.push((cut(2), Para::SurnameF));
        out.push((cut(2), Para::Adj));
        out.push((cut(2), Para::NounA));
    } else if ends("ов") || ends("ев") {
        out.push((cut(2), Para::NounPl));
    } else if ends("ых") || ends("их") {
        out.push((cut(2), Para::Adj));
        out.push((word.to_vec(), Para::Fixed));
    } else if ends("а") {
        out.push((cut(1), Para::SurnameM));
        out.push((cut(1), Para::SurnameC));
    } else if ends("я") {
        out.push((cut(1), Para::SurnameC));
    } else if ends("ы") || ends("и") {
        out.push((cut(1), Para::NounA));
    }
    out
}
