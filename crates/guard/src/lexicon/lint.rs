//! The tables of words hold what they say: each word once in its class, in one alphabet, in order; a word that is bent has every
//! case and number. Takes the tables as they are written; must not know what a word is for.

use std::collections::{BTreeMap, BTreeSet};

use super::{ADJECTIVES, FIXED, Forms, Kind, Lexicon, NOUNS};
use super::{adjective_forms, enc, noun_forms};

type Row = &'static (Kind, u16, &'static str);

fn rows() -> impl Iterator<Item = Row> {
    NOUNS.iter().chain(ADJECTIVES).chain(FIXED)
}

/// Words that stand in several classes on purpose: the first table that has them decides, and a class that is asked for
/// by a form of its own («ученики» governs, «ученик» is counted) keeps the forms that the other lacks.
const IN_SEVERAL: &[&str] = &[
    "администрация",
    "великий",
    "выпускник",
    "директор",
    "завуч",
    "квартал",
    "команда",
    "музей",
    "обучающихся",
    "передовой",
    "педагог",
    "педагогов",
    "полный",
    "сельский",
    "советский",
    "территория",
    "ученик",
    "учеников",
    "учителя",
    "учитель",
    "учащихся",
];

#[test]
fn no_word_stands_twice() {
    let mut classes: BTreeMap<&str, Vec<(Kind, u16)>> = BTreeMap::new();
    for (kind, value, words) in rows() {
        for word in words.split_whitespace() {
            classes.entry(word).or_default().push((*kind, *value));
        }
    }
    let mut wrong = Vec::new();
    for (word, readings) in classes {
        let within = (1..readings.len()).any(|i| readings[i..].contains(&readings[i - 1]));
        // The dictionary form bends to the form that is listed beside it: «человек» is its own genitive plural.
        let bent = ["раз", "человек"].contains(&word);
        if within && !bent {
            wrong.push(format!("{word}: twice as {:?}", readings[0]));
        } else if readings.len() > 1 && !within && !IN_SEVERAL.contains(&word) {
            wrong.push(format!("{word}: {readings:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lists_are_in_order_and_words_of_one_alphabet() {
    let mut wrong = Vec::new();
    for (kind, _, words) in rows() {
        let listed: Vec<&str> = words.split(' ').collect();
        let mut sorted = listed.clone();
        sorted.sort_unstable();
        if listed != sorted {
            wrong.push(format!("{kind:?} is not in order: {words}"));
        }
        for word in listed {
            let latin = word.chars().any(|c| c.is_ascii_alphabetic());
            let cyrillic = !word.is_ascii();
            let letters = word.chars().all(|c| c.is_lowercase() || c.is_numeric());
            if word.is_empty() || latin && cyrillic || !letters {
                wrong.push(format!("{kind:?}: «{word}»"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every case of both numbers comes out of the endings, and each of these forms is known as the word's own class or as
/// one that stands before it.
#[test]
fn a_word_that_is_bent_has_every_case_and_number() {
    let lexicon = Lexicon::new();
    let mut wrong = Vec::new();
    let bent = NOUNS
        .iter()
        .map(|row| (row, noun_forms as fn(&str) -> Vec<(String, Forms)>))
        .chain(ADJECTIVES.iter().map(|row| (row, adjective_forms as _)));
    for ((kind, _, words), forms) in bent {
        for word in words.split_whitespace() {
            let mut all = Forms(0);
            for (form, cases) in forms(word) {
                all.0 |= cases.0;
                if lexicon.get(&enc(&form)).is_none() {
                    wrong.push(format!("{kind:?} {word}: «{form}» is not known"));
                }
            }
            if all.0 != Forms::ANY.0 {
                wrong.push(format!("{kind:?} {word}: {:012b}", all.0));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Months stand in texts in the nominative and the genitive, each as often as the other.
#[test]
fn months_are_twelve_in_both_cases() {
    let months: BTreeSet<&str> = rows()
        .filter(|(kind, ..)| *kind == Kind::Month)
        .flat_map(|(_, _, words)| words.split_whitespace())
        .filter(|word| {
            word.chars().count() > 4
                || ["мая", "май", "март", "июнь", "июня", "июль", "июля"].contains(word)
        })
        .collect();
    assert_eq!(months.len(), 24, "{months:?}");
}
