//! Heads of schools, as the registry has them.
//!
//! Takes a full name, or a surname with initials; enters the surname in all its cases and gives the [`Person`].

use super::names::{Compiler, tokens};
use crate::fold::enc;
use crate::index::{Pat, Role, hash};
use crate::model::Person;
use crate::morph::{self, Para, is_in};
use crate::people::father;
use crate::token::flag;
use crate::translit::skeleton;

/// Stems of a given name.
fn given_name(word: &[u8]) -> Vec<(Vec<u8>, Para)> {
    let n = word.len();
    let mut out = morph::noun(word);
    out.push((word.to_vec(), Para::Exact));
    // Григорий bends as a noun
    if n > 3 && is_in(word[n - 1], "й") {
        out.push((word[..n - 1].to_vec(), Para::NounC));
    }
    // Пётр, Павел, Лев: the vowel that comes and goes
    if n >= 3 && is_in(word[n - 2], "е") && is_in(word[n - 1], "лв") {
        let mut s = word[..n - 2].to_vec();
        if is_in(word[n - 1], "в") {
            s.extend(enc("ь"));
        }
        s.push(word[n - 1]);
        out.push((s, Para::NounC));
    }
    out
}

pub(super) fn compile(c: &mut Compiler, school: u32, text: &str, people: &mut Vec<Person>) {
    let stream = tokens(&c.lexicon, &c.empty, text);
    let mut words: Vec<(Vec<u8>, bool)> = Vec::new();
    for t in &stream.tokens {
        // A post or a remark after a comma is no part of the name.
        if t.mark(',') || t.mark('(') {
            break;
        }
        if t.is_word() && t.is(flag::CAPITAL) {
            words.push((stream.word(t).to_vec(), t.is(flag::HYPHEN)));
        }
    }
    let patronymic = (1..words.len())
        .find(|i| morph::is_female_patronymic(&words[*i].0).is_some() && words[*i].0.len() > 4);
    let mut surname: Vec<Vec<u8>> = Vec::new();
    let mut given: Option<Vec<u8>> = None;
    let mut father: Option<Vec<u8>> = None;
    let mut second: Option<Vec<u8>> = None;
    let full: Vec<usize> = (0..words.len()).collect();
    let given_at = patronymic.map(|p| p - 1);
    let given_at = given_at.map(|g| if g > 0 && words[g].1 { g - 1 } else { g });
    for i in full {
        let (w, hyphen) = &words[i];
        if Some(i) == patronymic {
            father = Some(w.clone());
        } else if Some(i) == given_at {
            given = Some(w.clone());
        } else if w.len() == 1 {
            if given.is_none() {
                given = Some(w.clone())
            } else {
                father = Some(w.clone())
            }
        } else if given_at.is_some_and(|g| i == g + 1) && *hyphen {
            second = Some(w.clone());
        } else if surname.is_empty() || *hyphen {
            surname.push(w.clone());
        } else if given.is_none() {
            given = Some(w.clone());
        }
    }
    if surname.is_empty() {
        return;
    }
    let female = father
        .as_ref()
        .filter(|f| f.len() > 1)
        .and_then(|f| morph::is_female_patronymic(f));
    let at = people.len() as u32;
    let rest: Vec<Vec<(Vec<u8>, Para)>> = surname[1..]
        .iter()
        .map(|w| morph::surname(w, female))
        .collect();
    for (stem, para) in morph::surname(&surname[0], female) {
        c.builder.add(Role::Surname, at, &stem, para, &rest);
        if rest.is_empty() {
            c.misspelt.add(Role::Surname, at, &stem, para);
        }
        if surname.len() > 1 {
            // In «Дюма-Рябов» the first part may not bend.
            c.builder
                .add(Role::Surname, at, &surname[0], Para::Exact, &rest);
        }
    }
    let pats = |w: &Option<Vec<u8>>, bend: fn(&[u8]) -> morph::Stems| -> Vec<Pat> {
        w.iter()
            .filter(|w| w.len() > 1)
            .flat_map(|w| bend(w))
            .flat_map(|(s, p)| [Pat::new(&s, p), Pat::new(&skeleton(&s), p)])
            .collect()
    };
    if let Some(stem) = father.as_deref().and_then(father::stem) {
        c.fathers.entry(hash(stem)).or_default().push(at);
    }
    let first = |w: &Option<Vec<u8>>| w.as_ref().and_then(|w| w.first()).copied().unwrap_or(0);
    people.push(Person {
        school,
        initials: [first(&given), first(&father)],
        cuts: [beginnings(given.as_ref()), beginnings(father.as_ref())],
        given: [pats(&given, given_name), pats(&second, given_name)].concat(),
        patronymic: pats(&father, |w| {
            let mut v = morph::noun(w);
            if morph::is_female_patronymic(w) == Some(true) {
                v.push((w[..w.len() - 1].to_vec(), Para::SurnameF));
            }
            v
        }),
    });
}

/// The beginnings of a name that people write with a dot.
fn beginnings(word: Option<&Vec<u8>>) -> Vec<Pat> {
    let word = word.map(Vec::as_slice).unwrap_or_default();
    (2..=6)
        .take_while(|n| n + 1 < word.len())
        .filter_map(|n| word.get(..n))
        .map(|cut| Pat::new(cut, Para::Exact))
        .collect()
}
