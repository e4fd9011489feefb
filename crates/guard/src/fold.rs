//! Folds characters: what a reader takes for the same letter becomes the same byte.
//!
//! Gives each character a [`Fold`]. A folded word is a run of bytes: Cyrillic letters as `0xE0..=0xFF` (`а` to
//! `я`, `ё` as `е`), Latin letters and digits as ASCII in lower case. Must not know words.

use super::ignorable::is_ignorable;
use std::sync::LazyLock;
use unicode_normalization::char::{decompose_canonical, decompose_compatible};
use unicode_security::skeleton;

/// What a character is to the tokenizer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fold {
    /// A letter or digit as a folded byte; whether it is a capital.
    Letter(u8, bool),
    /// A letter that only looks Cyrillic, already read as the Cyrillic byte.
    Lookalike(u8, bool),
    Digit(u8),
    /// A mark over the letter before: breve makes `и` into `й`.
    Breve,
    /// Invisible, or a mark that changes nothing.
    Skip,
    Space,
    Newline,
    Quote,
    /// `'` and its kin: a quote, or a soft sign inside a transliterated word.
    Apostrophe,
    Hyphen,
    NumSign,
    /// Anything else.
    Other(char),
}

/// `а` to `я` as the folded byte; `ё` is `е`.
pub(crate) const fn cyrillic(c: char) -> Option<(u8, bool)> {
    let u = c as u32;
    match u {
        0x410..=0x42F => Some(((u - 0x410) as u8 + 0xE0, true)),
        0x430..=0x44F => Some(((u - 0x430) as u8 + 0xE0, false)),
        0x401 => Some((0xE5, true)),
        0x451 => Some((0xE5, false)),
        _ => None,
    }
}

/// A folded byte as its character.
pub(crate) fn unfold(b: u8) -> char {
    match b {
        0xE0..=0xFF => char::from_u32(0x430 + u32::from(b - 0xE0)).unwrap_or('?'),
        _ => b as char,
    }
}

/// «Каэнсар» for «Каенсар»: the word with «е» for «э», which the ear does not tell apart inside a word.
pub(crate) fn by_ear(word: &[u8]) -> Option<Vec<u8>> {
    const E: (u8, u8) = (0xFD, 0xE5);
    let inner = word.get(1..)?;
    (word.len() >= 4 && inner.contains(&E.0)).then(|| {
        let first = word.first().copied();
        let rest = inner.iter().map(|b| if *b == E.0 { E.1 } else { *b });
        first.into_iter().chain(rest).collect()
    })
}

/// The folded bytes of a plain word: letters and digits alone.
pub(crate) fn enc(word: &str) -> Vec<u8> {
    word.chars()
        .filter_map(|c| match fold(c) {
            Fold::Letter(b, _) | Fold::Lookalike(b, _) | Fold::Digit(b) => Some(b),
            _ => None,
        })
        .collect()
}

/// The folded bytes of a plain small-letter spelling in this program's own tables: Cyrillic or ASCII letters alone.
fn spelling(plain: &str) -> impl DoubleEndedIterator<Item = u8> + '_ {
    plain
        .chars()
        .map(|c| cyrillic(c).map_or(c as u8, |(b, _)| b))
}

/// Whether a folded word is written as `plain`.
pub(crate) fn reads(word: &[u8], plain: &str) -> bool {
    word.iter().copied().eq(spelling(plain))
}

/// Whether a folded word begins as `plain`.
pub(crate) fn begins(word: &[u8], plain: &str) -> bool {
    let mut word = word.iter();
    spelling(plain).all(|b| word.next() == Some(&b))
}

/// Whether a folded word ends as `plain`.
pub(crate) fn ends(word: &[u8], plain: &str) -> bool {
    let mut word = word.iter().rev();
    spelling(plain).rev().all(|b| word.next() == Some(&b))
}

/// Whether a folded word is written as one of `plain`, which a blank parts.
pub(crate) fn reads_any(word: &[u8], plain: &str) -> bool {
    plain.split(' ').any(|one| reads(word, one))
}

/// The same of its beginning.
pub(crate) fn begins_any(word: &[u8], plain: &str) -> bool {
    plain.split(' ').any(|one| begins(word, one))
}

/// The same of its end.
pub(crate) fn ends_any(word: &[u8], plain: &str) -> bool {
    plain.split(' ').any(|one| ends(word, one))
}

/// Beginnings of words, with a set of their first letters that tells most words off at once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Beginnings {
    all: &'static str,
    first: u32,
}

impl Beginnings {
    /// Of spellings in small Cyrillic letters without «ё», with a blank between them.
    pub(crate) const fn new(all: &'static str) -> Self {
        let bytes = all.as_bytes();
        let (mut first, mut i) = (0, 0);
        while i + 1 < bytes.len() {
            if i == 0 || bytes[i - 1] == b' ' {
                // а–п are D0 B0–BF, р–я are D1 80–8F.
                let letter = match (bytes[i], bytes[i + 1]) {
                    (0xD0, b @ 0xB0..=0xBF) => b - 0xB0,
                    (0xD1, b @ 0x80..=0x8F) => b - 0x80 + 16,
                    _ => panic!("a beginning is spelt in small Cyrillic letters"),
                };
                first |= 1 << letter;
            }
            i += 1;
        }
        Beginnings { all, first }
    }

    /// Whether a folded word begins as one of them.
    pub(crate) fn fit(self, word: &[u8]) -> bool {
        word.first()
            .is_some_and(|b| is_cyr(*b) && self.first & (1 << (b - 0xE0)) != 0)
            && self.all.split(' ').any(|plain| begins(word, plain))
    }
}

pub(crate) fn is_cyr(b: u8) -> bool {
    b >= 0xE0
}

/// Folds one character.
pub(crate) fn fold(c: char) -> Fold {
    if c.is_ascii() {
        return match c as u8 {
            b @ (b'a'..=b'z') => Fold::Letter(b, false),
            b @ (b'A'..=b'Z') => Fold::Letter(b + 32, true),
            b @ (b'0'..=b'9') => Fold::Digit(b),
            b'\n' | b'\r' => Fold::Newline,
            b' ' | b'\t' | 0x0B | 0x0C => Fold::Space,
            b'"' => Fold::Quote,
            b'\'' | b'`' => Fold::Apostrophe,
            b'-' => Fold::Hyphen,
            _ => Fold::Other(c),
        };
    }
    if let Some((b, upper)) = cyrillic(c) {
        return Fold::Letter(b, upper);
    }
    match c {
        '\u{306}' => Fold::Breve,
        '°' => Fold::Skip,
        c if is_ignorable(c) => Fold::Skip,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{2b0}'..='\u{2b8}' => Fold::Skip,
        '\u{85}' | '\u{2028}' | '\u{2029}' => Fold::Newline,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Fold::Space
        }
        '«' | '»' | '“' | '”' | '„' | '‟' | '‹' | '›' | '＂' | '〝' | '〞' | '❝' | '❞' | '″'
        | 'ˮ' => Fold::Quote,
        '‘' | '’' | '‚' | '‛' | 'ʹ' | 'ʺ' | '′' | '´' | 'ʼ' | 'ʻ' | 'ʽ' | '＇' => {
            Fold::Apostrophe
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '¬' | '﹣' | '－' | '⁃' | '˗' => {
            Fold::Hyphen
        }
        '№' => Fold::NumSign,
        _ => strange(c),
    }
}

/// Letters of the other languages of Russia, as those who have no such keys write them: «мәктәп», «Таллыкүл».
fn native(c: char) -> Option<(u8, bool)> {
    let like = match c {
        'ә' | 'Ә' | 'ӑ' | 'Ӑ' => 'а',
        'ө' | 'Ө' | 'ӧ' | 'Ӧ' => 'о',
        'ү' | 'Ү' | 'ұ' | 'Ұ' | 'ӳ' | 'Ӳ' => 'у',
        'ҡ' | 'Ҡ' | 'қ' | 'Қ' | 'ҝ' | 'Ҝ' => 'к',
        'ғ' | 'Ғ' | 'ҕ' | 'Ҕ' => 'г',
        'ҙ' | 'Ҙ' => 'з',
        'ҫ' | 'Ҫ' => 'с',
        'ң' | 'Ң' | 'ҥ' | 'Ҥ' => 'н',
        'һ' | 'Һ' | 'ҳ' | 'Ҳ' => 'х',
        'җ' | 'Җ' => 'ж',
        'ӗ' | 'Ӗ' => 'е',
        _ => return None,
    };
    cyrillic(like).map(|(b, _)| (b, c.is_uppercase()))
}

/// Letters of other alphabets and styled forms.
fn strange(c: char) -> Fold {
    if let Some((b, upper)) = native(c) {
        return Fold::Letter(b, upper);
    }
    if let Some((b, upper)) = greek(c).or_else(|| kin(c)) {
        return Fold::Lookalike(b, upper);
    }
    let mut first = None;
    let mut breve = false;
    let take = |d: char, first: &mut Option<char>, breve: &mut bool| {
        if first.is_none() {
            *first = Some(d);
        } else if d == '\u{306}' {
            *breve = true;
        }
    };
    decompose_compatible(c, |d| take(d, &mut first, &mut breve));
    if first == Some(c) {
        decompose_canonical(c, |d| take(d, &mut first, &mut breve));
    }
    match first {
        Some(d) if d != c => match fold(d) {
            // Canonical `й` arrives as one character and never comes here; a styled one may.
            Fold::Letter(0xE8, upper) if breve => Fold::Letter(0xE9, upper),
            other => other,
        },
        _ => drawn_like(c).unwrap_or(Fold::Other(c)),
    }
}

/// A letter that Unicode's table of confusables draws as a Russian or Latin one.
fn drawn_like(c: char) -> Option<Fold> {
    static RUSSIAN: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
        let letters = ('а'..='я').chain('А'..='Я');
        let drawn = letters.filter_map(|c| Some((prototype(c)?, c)));
        drawn.collect()
    });
    let drawn = prototype(c).filter(|_| c.is_alphabetic())?;
    let russian = RUSSIAN.iter().find(|(p, _)| *p == drawn);
    match (russian, drawn) {
        (Some((_, like)), _) => cyrillic(*like).map(|(b, upper)| Fold::Lookalike(b, upper)),
        (None, 'a'..='z' | 'A'..='Z') => Some(fold(drawn)),
        _ => None,
    }
}

/// What a character is drawn as, where that is one letter.
fn prototype(c: char) -> Option<char> {
    let mut buffer = [0; 4];
    let mut drawn =
        skeleton(c.encode_utf8(&mut buffer)).filter(|d| !matches!(d, '\u{300}'..='\u{36f}'));
    drawn.next().filter(|_| drawn.next().is_none())
}

/// Greek letters that are drawn or sound like another Russian letter than Unicode's table of confusables says.
fn greek(c: char) -> Option<(u8, bool)> {
    let like = match c {
        'β' => 'в',
        'υ' => 'у',
        'ε' => 'е',
        'Ζ' => 'з',
        'η' => 'п',
        'Ι' | 'ι' => 'и',
        'λ' => 'л',
        'μ' => 'м',
        'Ν' => 'и',
        'ν' => 'в',
        'θ' => 'о',
        'Σ' | 'ς' => 'с',
        'χ' => 'х',
        'Ω' | 'ω' => 'ш',
        _ => return None,
    };
    cyrillic(like).map(|(b, _)| (b, c.is_uppercase()))
}

/// The same of other Cyrillic alphabets and of Latin outside ASCII.
fn kin(c: char) -> Option<(u8, bool)> {
    let like = match c {
        'і' | 'І' | 'ї' | 'Ї' | 'ӏ' | 'Ӏ' | 'ı' => 'и',
        'ј' | 'Ј' => 'й',
        'є' | 'Є' | 'ɛ' => 'е',
        'ґ' | 'Ґ' => 'г',
        'ѕ' | 'Ѕ' => 'с',
        'һ' | 'Һ' => 'н',
        'ҡ' | 'Ҡ' => 'к',
        'ә' | 'Ә' => 'а',
        'ҳ' => 'х',
        'ҷ' | 'Ҷ' => 'ч',
        'ѵ' | 'Ѵ' => 'у',
        // The Belarusian letter stands where Russian has `в`.
        'ў' | 'Ў' => 'в',
        'ѣ' | 'Ѣ' => 'е',
        'ƅ' | 'Ƅ' => 'в',
        'ᴩ' => 'р',
        'ᴧ' => 'л',
        'ԁ' => 'д',
        'ᴀ' => 'а',
        'ᴇ' => 'е',
        _ => return None,
    };
    cyrillic(like).map(|(b, _)| (b, c.is_uppercase()))
}

/// The Cyrillic letter that a Latin letter or a digit is drawn like; `second` gives the other reading.
pub(crate) fn lookalike(b: u8, upper: bool, second: bool) -> Option<u8> {
    let c = match (b, upper) {
        (b'a', _) => 'а',
        (b'b', true) => 'в',
        (b'b', false) => {
            if second {
                'б'
            } else {
                'ь'
            }
        }
        (b'c', _) => 'с',
        (b'e', _) => 'е',
        (b'g', _) => 'д',
        (b'h', _) => 'н',
        (b'i', _) => 'и',
        (b'j', _) => 'й',
        (b'k', _) => 'к',
        (b'l', _) => {
            if second {
                'и'
            } else {
                'л'
            }
        }
        (b'm', true) => 'м',
        (b'm', false) => {
            if second {
                'т'
            } else {
                'м'
            }
        }
        (b'n', true) => 'и',
        (b'n', false) => {
            if second {
                'н'
            } else {
                'п'
            }
        }
        (b'o', _) => 'о',
        (b'p', _) => 'р',
        (b'r', true) => 'я',
        (b'r', false) => 'г',
        (b's', _) => 'с',
        (b't', _) => 'т',
        (b'u', _) => {
            if second {
                'у'
            } else {
                'и'
            }
        }
        (b'v', _) => 'в',
        (b'w', _) => 'ш',
        (b'x', _) => 'х',
        (b'y', _) => 'у',
        (b'z', _) => 'з',
        (b'0', _) => 'о',
        (b'1', _) => 'и',
        (b'3', _) => 'з',
        (b'4', _) => 'ч',
        (b'6', _) => 'б',
        (b'8', _) => 'в',
        (b'9', _) => 'я',
        _ => return None,
    };
    cyrillic(c).map(|(b, _)| b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_in_many_dresses() {
        for c in ['а', 'А', 'α', 'Α', 'ӑ', 'ᴀ', 'Ꭺ', '𐊠'] {
            assert!(
                matches!(fold(c), Fold::Letter(0xE0, _) | Fold::Lookalike(0xE0, _)),
                "{c}"
            );
        }
        for c in ['օ', 'ᴏ', 'ο', 'ⲟ', 'ഠ'] {
            assert!(matches!(fold(c), Fold::Lookalike(0xEE, _)), "{c}");
        }
        assert_eq!(fold('ё'), Fold::Letter(0xE5, false));
        assert_eq!(fold('й'), Fold::Letter(0xE9, false));
        assert_eq!(fold('𝐒'), Fold::Letter(b's', true));
        assert_eq!(fold('č'), Fold::Letter(b'c', false));
        assert_eq!(fold('１'), Fold::Digit(b'1'));
        assert_eq!(fold('\u{ad}'), Fold::Skip);
        assert_eq!(enc("Ёлка-14").len(), 6);
    }
}
