//! Russian endings: which forms a word of a paradigm has, and what an ending says about case and number.
//!
//! Takes the part of a word after its stem; gives [`Forms`], a set of case-and-number pairs. Must not hold words,
//! only endings and the rules that choose a paradigm from a nominative.

mod endings;

use std::sync::LazyLock;

use super::fold::enc;
use super::translit::skeleton;
use endings::{
    ADJ, ADJ_F, ADJ_M, ADJ_N, ADJ_PL, FIXED, NOUN_A, NOUN_C, NOUN_O, NOUN_PL, SOFT_F, SURNAME_C,
    SURNAME_F, SURNAME_M,
};

/// The six cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrammaticalCase {
    Nominative,
    Genitive,
    Dative,
    Accusative,
    Instrumental,
    Prepositional,
}

impl GrammaticalCase {
    pub const ALL: [GrammaticalCase; 6] = [
        GrammaticalCase::Nominative,
        GrammaticalCase::Genitive,
        GrammaticalCase::Dative,
        GrammaticalCase::Accusative,
        GrammaticalCase::Instrumental,
        GrammaticalCase::Prepositional,
    ];
}

/// A set of (case, number): bits 0–5 the singular, 6–11 the plural.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Forms(pub u16);

impl Forms {
    pub(crate) const ANY: Forms = Forms(0xFFF);
    pub(crate) const SINGULAR: u16 = 0x3F;
    pub(crate) const PLURAL: u16 = 0xFC0;

    /// Letters n g d a i p, capitals for the plural.
    pub(crate) const fn of(letters: &str) -> Forms {
        let bytes = letters.as_bytes();
        let mut bits = 0;
        let mut i = 0;
        while i < bytes.len() {
            bits |= match bytes[i] {
                b'n' => 1,
                b'g' => 2,
                b'd' => 4,
                b'a' => 8,
                b'i' => 16,
                b'p' => 32,
                b'N' => 64,
                b'G' => 128,
                b'D' => 256,
                b'A' => 512,
                b'I' => 1024,
                b'P' => 2048,
                _ => 0,
            };
            i += 1;
        }
        Forms(bits)
    }

    pub(crate) fn has(self, letters: &str) -> bool {
        self.0 & Forms::of(letters).0 != 0
    }

    pub(crate) fn and(self, other: Forms) -> Forms {
        Forms(self.0 & other.0)
    }

    /// Whether it can be read only as a plural.
    pub(crate) fn plural_only(self) -> bool {
        self.0 & Forms::SINGULAR == 0 && self.0 & Forms::PLURAL != 0
    }

    /// The case, where all readings of the given number agree on it.
    pub(crate) fn case(self, plural: bool) -> Option<GrammaticalCase> {
        let bits = if plural {
            self.0 >> 6
        } else {
            self.0 & Forms::SINGULAR
        };
        (bits.count_ones() == 1)
            .then(|| {
                GrammaticalCase::ALL
                    .get(bits.trailing_zeros() as usize)
                    .copied()
            })
            .flatten()
    }
}

/// Stems with the paradigm each bends by.
pub(crate) type Stems = Vec<(Vec<u8>, Para)>;

/// How a word bends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Para {
    /// Приречн|ая
    Adj,
    /// Сосновк|а, Зар|я
    NounA,
    /// Иванов|о, Усть|е
    NounO,
    /// Яр, Ключ, Октябр|ь
    NounC,
    /// Дубк|и, Луг|а
    NounPl,
    /// Сызран|ь
    SoftF,
    /// Рябов|∅
    SurnameM,
    /// Рябов|а
    SurnameF,
    /// Мельник|∅, Коваль: a man's surname on a consonant
    SurnameC,
    /// Ткаченко, Белых: never bends
    Fixed,
    /// an abbreviation: exact
    Exact,
    /// Зарецк|ий, a man's surname
    AdjM,
    /// Зарецк|ая, a woman's
    AdjF,
    /// Приречн|ое
    AdjN,
    /// Боров|ые
    AdjPl,
}

const COUNT: usize = 15;

type Table = Vec<(Box<[u8]>, Forms)>;

struct Tables {
    cyrillic: [Table; COUNT],
    latin: [Table; COUNT],
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let all = [
        ADJ, NOUN_A, NOUN_O, NOUN_C, NOUN_PL, SOFT_F, SURNAME_M, SURNAME_F, SURNAME_C, FIXED,
        FIXED, ADJ_M, ADJ_F, ADJ_N, ADJ_PL,
    ];
    let make = |latin: bool| {
        all.map(|rows| {
            let mut table: Table = Vec::new();
            for (ending, forms) in rows {
                let mut e = enc(ending);
                if latin {
                    e = skeleton(&e);
                }
                let forms = Forms::of(forms);
                match table.iter_mut().find(|(t, _)| **t == *e) {
                    Some((_, f)) => f.0 |= forms.0,
                    None => table.push((e.into(), forms)),
                }
            }
            table
        })
    };
    Tables {
        cyrillic: make(false),
        latin: make(true),
    }
});

impl Para {
    /// What the ending says, or `None` when the paradigm has no such ending.
    pub(crate) fn ending(self, rest: &[u8], latin: bool) -> Option<Forms> {
        let tables = if latin {
            &TABLES.latin
        } else {
            &TABLES.cyrillic
        };
        let table = tables.get_table(self);
        table.iter().find(|(e, _)| **e == *rest).map(|(_, f)| *f)
    }
}

trait GetTable {
    fn get_table(&self, para: Para) -> &Table;
}

impl GetTable for [Table; COUNT] {
    fn get_table(&self, para: Para) -> &Table {
        &self[para as usize % COUNT]
    }
}

fn cut(word: &[u8], n: usize) -> Vec<u8> {
    word[..word.len().saturating_sub(n)].to_vec()
}

/// How many letters an ending has.
fn spelt(ending: &str) -> usize {
    ending.chars().count()
}

fn ends(word: &[u8], any: &str) -> bool {
    any.split(' ')
        .any(|e| word.len() > spelt(e) + 1 && super::fold::ends(word, e))
}

/// Endings of adjectives by their last letter, а first; the longest of each before the shorter.
static ADJ_ENDINGS: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut by_last: Vec<Table> = vec![Table::new(); 32];
    for (ending, forms) in ADJ {
        let ending = enc(ending);
        let last = ending
            .last()
            .map_or(0, |b| usize::from(b.saturating_sub(0xE0)));
        if let Some(table) = by_last.get_mut(last) {
            table.retain(|(e, _)| **e != *ending);
            table.push((ending.into(), Forms::of(forms)));
        }
    }
    for table in &mut by_last {
        table.sort_by_key(|(e, _)| std::cmp::Reverse(e.len()));
    }
    by_last
});

/// How many letters the ending of an adjective has, and what it says.
fn adjective_ending(word: &[u8]) -> Option<(usize, Forms)> {
    let last = usize::from(word.last()?.checked_sub(0xE0)?);
    ADJ_ENDINGS
        .get(last)?
        .iter()
        .find(|(e, _)| word.len() >= e.len() + 3 && word.ends_with(e))
        .map(|(e, f)| (e.len(), *f))
}

/// The stem of an adjective in any form, where the word looks like one.
pub(crate) fn adjective_stem(word: &[u8]) -> Option<(Vec<u8>, Forms)> {
    adjective_ending(word).map(|(n, f)| (cut(word, n), f))
}

/// Whether the word looks like an adjective in some form.
pub(crate) fn is_adjective(word: &[u8]) -> bool {
    adjective_ending(word).is_some()
}

const VOWELS: &str = "аеиоуыэюя";

pub(crate) fn is_vowel(b: u8) -> bool {
    is_in(b, VOWELS)
}

pub(crate) fn is_in(b: u8, letters: &str) -> bool {
    letters
        .chars()
        .any(|c| super::fold::cyrillic(c).is_some_and(|(l, _)| l == b))
}

/// Stems and paradigms of a noun or place name from its nominative.
pub(crate) fn noun(word: &[u8]) -> Stems {
    if word.len() < 3 {
        return vec![(word.to_vec(), Para::NounC)];
    }
    if ends(word, "ое ее ая яя ый ий ой ые ие") && word.len() > 4 {
        let para = if ends(word, "ое ее") {
            Para::AdjN
        } else if ends(word, "ая яя") {
            Para::AdjF
        } else if ends(word, "ые ие") {
            Para::AdjPl
        } else {
            Para::AdjM
        };
        let mut out = vec![(cut(word, 2), para)];
        // «Сорочий»: Сорочьего
        if para == Para::AdjM && ends(word, "чий жий ший сий вий бий зий") {
            out.push(([&cut(word, 2)[..], &enc("ь")].concat(), Para::AdjM));
        }
        return out;
    }
    if let Some(forms) = numeral(word) {
        return forms.map(|f| (enc(f), Para::Exact)).collect();
    }
    let mut out = Vec::new();
    // «Медвежье»: Медвежьего; «Лисьи»: Лисьих
    if ends(word, "ье") {
        out.push((cut(word, 1), Para::AdjN));
    } else if ends(word, "ьи") {
        out.push((cut(word, 1), Para::AdjPl));
    }
    let last = word[word.len() - 1];
    if is_in(last, "ая") {
        out.push((cut(word, 1), Para::NounA));
    } else if is_in(last, "ое") {
        out.push((cut(word, 1), Para::NounO));
    } else if is_in(last, "ыи") {
        out.push((cut(word, 1), Para::NounPl));
        if ends(word, "ки") {
            let mut g = cut(word, 2);
            for v in ["ок", "ек"] {
                g.truncate(word.len() - 2);
                g.extend(enc(v));
                out.push((g.clone(), Para::Exact));
            }
        }
    } else if is_in(last, "ь") {
        out.push((cut(word, 1), Para::NounC));
        out.push((cut(word, 1), Para::SoftF));
    } else if is_in(last, "й") {
        out.push((cut(word, 1), Para::NounC));
    } else {
        out.push((word.to_vec(), Para::NounC));
        if ends(word, "ок ек ец") {
            let mut s = cut(word, 2);
            s.push(last);
            out.push((s, Para::NounC));
        }
    }
    out
}

/// The forms of a numeral that begins a name («Три Острова»), digits included.
pub(crate) fn numeral(word: &[u8]) -> Option<impl Iterator<Item = &'static str> + use<>> {
    const NUMERALS: &[&str] = &[
        "два двух двум двумя 2",
        "две двух двум двумя 2",
        "три трех трем тремя 3",
        "четыре четырех четырем четырьмя 4",
        "пять пяти пятью 5",
        "шесть шести шестью 6",
        "семь семи семью 7",
        "восемь восьми восемью 8",
        "девять девяти девятью 9",
        "десять десяти десятью 10",
    ];
    NUMERALS.iter().map(|forms| forms.split(' ')).find(|forms| {
        forms
            .clone()
            .next()
            .is_some_and(|f| super::fold::reads(word, f))
    })
}

/// Stems of what a numeral counts, in any case of either: «Острова» of «Три Острова».
pub(crate) fn counted(word: &[u8]) -> Stems {
    let mut out = noun(word);
    for ending in ["ов", "ев", "ей", "а", "я", "ы", "и"] {
        if ends(word, ending) {
            out.push((cut(word, spelt(ending)), Para::NounPl));
            break;
        }
    }
    out
}

/// Stems of a school's own name («Горизонт»): as a noun, but only in its own number.
pub(crate) fn title(word: &[u8]) -> Stems {
    if ends(word, "ие ье") {
        return vec![(cut(word, 1), Para::NounO)];
    }
    let singular = |p| if p == Para::NounC { Para::SurnameC } else { p };
    let mut out: Stems = noun(word)
        .into_iter()
        .map(|(s, p)| (s, singular(p)))
        .collect();
    // «Сияние» is no adjective, though it ends like one.
    if ends(word, "ие") {
        out.push((cut(word, 1), Para::NounO));
    }
    out
}

/// First parts that names of villages share, and that people cut short.
const FIRST_PARTS: &[&str] = &[
    "старо",
    "ново",
    "верхне",
    "нижне",
    "средне",
    "северо",
    "южно",
    "западно",
    "восточно",
    "красно",
    "бело",
    "черно",
    "мало",
    "больше",
    "велико",
    "усть",
    "верх",
];

/// What follows a first part that names of villages share: «луговская» of «новолуговская».
pub(crate) fn after_first_part(word: &[u8]) -> Option<&[u8]> {
    FIRST_PARTS.iter().find_map(|first| {
        let n = spelt(first);
        (super::fold::begins(word, first) && word.len() >= n + 5).then(|| word.get(n..))?
    })
}

/// «С.-Луговская», «Ст.-Луговская» for «Старолуговская»: stems with the first part cut short.
pub(crate) fn shortened(stem: &[u8]) -> Vec<Vec<u8>> {
    let mut out = Vec::new();
    for first in FIRST_PARTS {
        let first = enc(first);
        let Some(rest) = stem.strip_prefix(first.as_slice()).filter(|r| r.len() >= 5) else {
            continue;
        };
        for n in 1..first.len() {
            out.push([&first[..n], rest].concat());
        }
    }
    out
}

/// «Б.-Ярская» for «Берёзоярская», from «Берёзовый Яр»: the part before the settlement's second word cut short.
pub(crate) fn shortened_before(stem: &[u8], second: &[u8]) -> Vec<Vec<u8>> {
    let Some(begin) = second.get(..second.len().min(3)).filter(|b| b.len() >= 2) else {
        return Vec::new();
    };
    let Some(at) = (3..stem.len()).find(|k| stem.get(*k..).is_some_and(|r| r.starts_with(begin)))
    else {
        return Vec::new();
    };
    let rest = stem.get(at..).unwrap_or_default();
    (1..at.min(5))
        .filter_map(|n| Some([stem.get(..n)?, rest].concat()))
        .collect()
}

/// Stems of the adjective made of a surname that stands in the genitive.
pub(crate) fn adjectives_of_bearer(word: &[u8]) -> Vec<Vec<u8>> {
    let with = |base: &[u8], suffix: &str| [base, &enc(suffix)].concat();
    let family = |base: &[u8]| ends(base, "ов ев ин ын");
    if ends(word, "ского цкого") {
        return vec![cut(word, 3)];
    }
    let base = if ends(word, "ой ых") {
        cut(word, 2)
    } else if ends(word, "а я ы и") {
        cut(word, 1)
    } else if ends(word, "ко ло") {
        return vec![with(word, "вск")];
    } else {
        return Vec::new();
    };
    if base.len() < 4 {
        Vec::new()
    } else if family(&base) {
        vec![with(&base, "ск")]
    } else if ends(word, "а") {
        vec![with(&base, "овск")]
    } else {
        vec![with(&base, "евск")]
    }
}

/// Whether the bearer is a woman.
pub(crate) fn is_female_patronymic(word: &[u8]) -> Option<bool> {
    if ends(word, "вна чна шна вны вне вну вной чны чне чну чной")
    {
        Some(true)
    } else if ends(word, "ич ича ичу ичем иче") {
        Some(false)
    } else {
        None
    }
}

/// Whether a word in some case has a surname's suffix.
pub(crate) fn looks_like_surname(word: &[u8]) -> bool {
    ends(
        word,
        "ов ев ин ова ева ина овой евой иной ову еву ину енко ский ская ского ской",
    )
}

/// Stems and paradigms of a surname from its nominative; `female` where the sex is known.
pub(crate) fn surname(word: &[u8], female: Option<bool>) -> Stems {
    let mut out = Vec::new();
    let last = word.last().copied().unwrap_or(0);
    if ends(word, "ых их") || ends(word, "ко аго яго ово") {
        return vec![(word.to_vec(), Para::Fixed)];
    }
    if ends(word, "ова ева ина ына") && female != Some(false) {
        return vec![(cut(word, 1), Para::SurnameF)];
    }
    if ends(word, "ская цкая ая яя") && female != Some(false) {
        return vec![(cut(word, 2), Para::AdjF)];
    }
    if ends(word, "ий ый ой") && female != Some(true) {
        return vec![(cut(word, 2), Para::AdjM)];
    }
    if is_in(last, "ая") {
        out.push((cut(word, 1), Para::NounA));
        out.push((word.to_vec(), Para::Fixed));
    } else if is_in(last, "оеиуюыэ") || female == Some(true) {
        out.push((word.to_vec(), Para::Fixed));
    } else if ends(word, "ов ев ин ын") {
        out.push((word.to_vec(), Para::SurnameM));
    } else {
        let stem = if is_in(last, "ьй") {
            cut(word, 1)
        } else {
            word.to_vec()
        };
        out.push((stem, Para::SurnameC));
        if ends(word, "ец ок ек") {
            let mut s = cut(word, 2);
            s.push(last);
            out.push((s, Para::SurnameC));
        }
    }
    out
}

/// Adjectives that people make of a place name: stems before the ending.
pub(crate) fn adjectives_of(word: &[u8]) -> Vec<Vec<u8>> {
    let mut bases: Vec<Vec<u8>> = Vec::new();
    let (stem, para) = noun(word)
        .into_iter()
        .next()
        .unwrap_or((word.to_vec(), Para::NounC));
    bases.push(stem.clone());
    let last = stem.last().copied().unwrap_or(0);
    let before = stem
        .len()
        .checked_sub(2)
        .and_then(|i| stem.get(i))
        .copied()
        .unwrap_or(0);
    if is_in(last, "к") {
        // Сосновка, Дубки, Озёрки: with and without the suffix
        bases.push(cut(&stem, 1));
        if !is_vowel(before) {
            let mut b = cut(&stem, 1);
            b.extend(enc("оч"));
            bases.push(b);
        }
        if ends(word, "ок ек") {
            let mut b = cut(&stem, 2);
            b.push(last);
            bases.push(b);
        }
    }
    if matches!(para, Para::AdjN | Para::AdjF | Para::AdjM | Para::AdjPl) && is_in(last, "н") {
        // Приречное: приреченский
        bases.push(cut(&stem, 1));
    }
    // Яркай: яркайский
    if para == Para::NounC && ends(word, "й") {
        bases.push(word.to_vec());
    }
    if is_in(last, "г") {
        let mut b = cut(&stem, 1);
        b.extend(enc("ж"));
        bases.push(b);
    }
    if is_in(last, "ц") {
        let mut b = cut(&stem, 1);
        b.extend(enc("ч"));
        bases.push(b);
    }
    let mut out = Vec::new();
    // Синегорск: синегорский
    if ends(&stem, "ск цк") {
        out.push(stem.clone());
    }
    for base in bases {
        if base.len() < 2 {
            continue;
        }
        for suffix in [
            "ск",
            "ьск",
            "енск",
            "инск",
            "овск",
            "евск",
            "цк",
            "нск",
            "анск",
            "янск",
            "ненск",
        ] {
            let mut s = base.clone();
            s.extend(enc(suffix));
            out.push(s);
        }
    }
    out.sort();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(word: &str, list: &[(Vec<u8>, Para)]) -> bool {
        let w = enc(word);
        list.iter().any(|(s, p)| {
            w.strip_prefix(s.as_slice())
                .is_some_and(|r| p.ending(r, false).is_some())
        })
    }

    #[test]
    fn surnames_bend_by_their_own_rules() {
        for (name, female, yes, no) in [
            (
                "Рябов",
                Some(false),
                "Рябов Рябова Рябову Рябовым Рябове",
                "Рябовой Рябово",
            ),
            (
                "Рябова",
                Some(true),
                "Рябова Рябовой Рябову",
                "Рябов Рябовым Рябове",
            ),
            ("Ткаченко", Some(true), "Ткаченко", "Ткаченка"),
            (
                "Мельник",
                Some(false),
                "Мельник Мельника Мельнику Мельником Мельнике",
                "Мельничный",
            ),
            ("Мельник", Some(true), "Мельник", "Мельника"),
            (
                "Зарецкая",
                Some(true),
                "Зарецкая Зарецкой Зарецкую",
                "Заречный",
            ),
            ("Черных", None, "Черных", "Черный"),
            (
                "Кравец",
                Some(false),
                "Кравец Кравца Кравцу Кравцом",
                "Кравцова",
            ),
            (
                "Саркисян",
                Some(false),
                "Саркисяна Саркисяну Саркисяном",
                "Саркисянка",
            ),
        ] {
            let list = surname(&enc(name), female);
            for w in yes.split(' ') {
                assert!(forms(w, &list), "{name}: {w}");
            }
            for w in no.split(' ') {
                assert!(!forms(w, &list), "{name}: {w}");
            }
        }
    }

    #[test]
    fn places_bend_and_make_adjectives() {
        for (name, yes, adj) in [
            ("Кувшинское", "Кувшинское Кувшинского Кувшинском", ""),
            (
                "Ольховка",
                "Ольховка Ольховки Ольховке Ольховкой",
                "ольховск",
            ),
            ("Дубки", "Дубки Дубков Дубках Дубкам", "дубковск"),
            ("Горки", "Горки Горок Горках", "горкинск"),
            ("Усолье", "Усолье Усолья Усолью", "усольск"),
            ("Ясное", "Ясное Ясном", "ясненск"),
            ("Луга", "Луга Луги Луге", "лужск"),
            ("Бугорок", "Бугорок Бугорка Бугорке", "бугорковск"),
        ] {
            let list = noun(&enc(name));
            for w in yes.split(' ') {
                assert!(forms(w, &list), "{name}: {w}");
            }
            assert!(
                adj.is_empty() || adjectives_of(&enc(name)).contains(&enc(adj)),
                "{name}: {adj}"
            );
        }
    }

    #[test]
    fn forms_know_their_case() {
        assert_eq!(
            Para::Adj
                .ending(&enc("ую"), false)
                .and_then(|f| f.case(false)),
            Some(GrammaticalCase::Accusative)
        );
        assert_eq!(
            Para::Adj.ending(&skeleton(&enc("ая")), true),
            Some(Forms::of("na").and(Forms::of("n")))
        );
    }
}
