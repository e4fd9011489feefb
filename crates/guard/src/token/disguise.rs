//! Letters written as something else: character references and escapes left in plain text, words typed in the other
//! keyboard layout, lines without capitals.
//!
//! Every reading is taken only where it yields a letter or a known word.

use super::super::fold::{cyrillic, enc, is_cyr, reads};
use super::super::lexicon::Kind;
use super::super::translit::skeleton;
use super::{Letter, Token, Tokenizer, What, flag};

/// The keys of the Russian layout, by the Latin character on them.
const KEYS: &[(u8, char)] = &[
    (b'q', 'й'),
    (b'w', 'ц'),
    (b'e', 'у'),
    (b'r', 'к'),
    (b't', 'е'),
    (b'y', 'н'),
    (b'u', 'г'),
    (b'i', 'ш'),
    (b'o', 'щ'),
    (b'p', 'з'),
    (b'[', 'х'),
    (b']', 'ъ'),
    (b'{', 'х'),
    (b'}', 'ъ'),
    (b'a', 'ф'),
    (b's', 'ы'),
    (b'd', 'в'),
    (b'f', 'а'),
    (b'g', 'п'),
    (b'h', 'р'),
    (b'j', 'о'),
    (b'k', 'л'),
    (b'l', 'д'),
    (b';', 'ж'),
    (b':', 'ж'),
    (b'\'', 'э'),
    (b'z', 'я'),
    (b'x', 'ч'),
    (b'c', 'с'),
    (b'v', 'м'),
    (b'b', 'и'),
    (b'n', 'т'),
    (b'm', 'ь'),
    (b',', 'б'),
    (b'<', 'б'),
    (b'.', 'ю'),
    (b'>', 'ю'),
    (b'`', 'е'),
    (b'~', 'е'),
];

/// The folded letter on each key; 0 where there is none.
const LETTERS: [u8; 128] = {
    let mut table = [0; 128];
    let mut i = 0;
    while i < KEYS.len() {
        let (k, c) = KEYS[i];
        if let Some((letter, _)) = cyrillic(c) {
            table[k as usize] = letter;
            table[k.to_ascii_uppercase() as usize] = letter;
        }
        i += 1;
    }
    table
};

/// The most bytes that are read as a word in the other layout.
pub(super) const LONGEST: usize = 40;

/// The letter that a symbol is drawn or used for: «Кувшинск@я».
pub(super) fn symbol(c: char) -> Option<u8> {
    let letter = match c {
        '@' => 'а',
        '$' | '¢' | '©' => 'с',
        '€' => 'е',
        '¥' => 'у',
        '|' | '!' => 'и',
        '^' => 'л',
        '+' => 'т',
        _ => return None,
    };
    cyrillic(letter).map(|(b, _)| b)
}

fn key(b: u8) -> Option<u8> {
    LETTERS.get(usize::from(b)).copied().filter(|l| *l != 0)
}

/// Whether the key types a letter in the Russian layout.
pub(super) fn is_key(b: u8) -> bool {
    key(b).is_some()
}

/// `&#1055;`, `&#x41f;`, `&nbsp;`, `%D0%9F`, `\u041f`, `=D0=9F` at the start of `text`: the character and its bytes.
pub(super) fn escape(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match bytes {
        [b'&', b'#', rest @ ..] => {
            let hex = matches!(rest.first(), Some(b'x' | b'X'));
            let from = 2 + usize::from(hex);
            let digits = text.get(from..)?;
            let n = digits
                .bytes()
                .take(7)
                .take_while(|b| {
                    if hex {
                        b.is_ascii_hexdigit()
                    } else {
                        b.is_ascii_digit()
                    }
                })
                .count();
            let c = u32::from_str_radix(digits.get(..n)?, if hex { 16 } else { 10 }).ok()?;
            let end = from + n + usize::from(bytes.get(from + n) == Some(&b';'));
            Some((char::from_u32(c).filter(|c| *c >= ' ')?, end))
        }
        [b'&', ..] => [
            ("&nbsp;", ' '),
            ("&shy;", '\u{ad}'),
            ("&laquo;", '«'),
            ("&raquo;", '»'),
            ("&quot;", '"'),
            ("&ndash;", '–'),
            ("&mdash;", '—'),
            ("&numero;", '№'),
            ("&zwnj;", '\u{200c}'),
            ("&zwj;", '\u{200d}'),
            ("&bdquo;", '„'),
            ("&ldquo;", '“'),
        ]
        .iter()
        .find(|(name, _)| text.starts_with(name))
        .map(|(name, c)| (*c, name.len())),
        [b'\\', b'u' | b'U', b'0', b'4', ..] => {
            let c = u32::from_str_radix(text.get(2..6)?, 16).ok()?;
            Some((char::from_u32(c)?, 6))
        }
        [mark @ (b'%' | b'='), a, b, next, c, d, ..] if next == mark => {
            let hex = |a: u8, b: u8| {
                let digit = |b: u8| char::from(b).to_digit(16);
                u8::try_from(digit(a)? * 16 + digit(b)?).ok()
            };
            let pair = [hex(*a, *b)?, hex(*c, *d)?];
            let c = std::str::from_utf8(&pair).ok()?.chars().next()?;
            (c as u32 >= 0x80).then_some((c, 6))
        }
        _ => None,
    }
}

impl Tokenizer<'_> {
    /// Whether the symbol at `i` stands for a letter of a known word; if so, the letter joins the word being read.
    pub(super) fn symbol_in_word(&mut self, c: char, i: usize, n: usize, text: &str) -> bool {
        let rest = text.get(i + n..).unwrap_or_default();
        if c == '|' {
            return self.stroke_in_word(rest);
        }
        let Some(byte) = symbol(c) else { return false };
        let begun = self.word.iter().any(|l| is_cyr(l.byte));
        let goes_on = rest.chars().next().is_some_and(|c| cyrillic(c).is_some());
        // At the end of a word only what is no mark of a sentence.
        if !(goes_on || begun && matches!(c, '@' | '$')) || self.word.len() > 40 {
            return false;
        }
        let letter = |byte: u8| Letter {
            byte,
            upper: false,
            at: i as u32,
            end: (i + n) as u32,
        };
        let mut whole = self.word.clone();
        whole.push(letter(byte));
        for c in rest.chars().take(40) {
            match cyrillic(c)
                .map(|(b, _)| b)
                .or_else(|| symbol(c).filter(|_| goes_on))
            {
                Some(b) => whole.push(letter(b)),
                None => break,
            }
        }
        // «Усть-Шуй$кая»: known only together with the part before the hyphen.
        let joined = |t: &mut Self| {
            let last = t.out.tokens.last().copied();
            last.filter(|l| l.is_word() && t.pre == flag::HYPHEN && !l.is(flag::LATIN))
                .is_some_and(|l| t.joined_known(l.off as usize, usize::from(l.len), &whole, false))
        };
        if whole.len() < 5 || !(self.known_plain(&whole) || joined(self)) {
            return false;
        }
        self.word.push(letter(byte));
        true
    }

    /// «Приреч|ная»: a stroke that cuts a known word.
    fn stroke_in_word(&mut self, rest: &str) -> bool {
        let small = |c: char| cyrillic(c).filter(|(_, upper)| !upper);
        if self.word.len() < 3 || !self.word.iter().all(|l| is_cyr(l.byte)) {
            return false;
        }
        let mut whole = self.word.clone();
        whole.extend(
            rest.chars()
                .map_while(small)
                .take(40)
                .map(|(byte, upper)| Letter {
                    byte,
                    upper,
                    at: 0,
                    end: 0,
                }),
        );
        whole.len() >= self.word.len() + 2 && self.known_plain(&whole)
    }

    /// «Кувшинська школа», «Кувшинської школи»: the name in Ukrainian; the word's letters lie at `off`.
    pub(super) fn kindred(&mut self, off: usize) {
        const KINDRED: &[(&str, &str)] = &[
            ("а", "ая"),
            ("ои", "ой"),
            ("ий", "ой"),
            ("у", "ую"),
            ("ою", "ою"),
            ("ого", "ого"),
            ("ому", "ому"),
            ("им", "им"),
            ("их", "их"),
            ("ими", "ими"),
            ("е", "ое"),
            ("и", "ие"),
        ];
        let word = self.out.letters.get(off..).unwrap_or_default();
        let from = word.len().saturating_sub(6);
        let soft = |w: &[u8]| matches!(w, [0xF1 | 0xF6, 0xFC, 0xEA]);
        let tail = word.get(from..).unwrap_or_default();
        let Some(at) = tail.windows(3).position(soft).map(|p| from + p + 1) else {
            return;
        };
        let Some((stem, rest)) = word.split_at_checked(at + 2) else {
            return;
        };
        let Some((_, ending)) = KINDRED.iter().find(|(e, _)| reads(rest, e)) else {
            return;
        };
        let mut read = stem.to_vec();
        read.remove(at);
        read.extend(enc(ending));
        let found = self.out.hits.len();
        self.index.lookup(&read, false, &mut self.out.hits);
        // «Кленівська»: a closed syllable has «і» where Russian has «о» or «е».
        if let Some(vowel) = at.checked_sub(3)
            && read.get(vowel) == Some(&0xE8)
            && self.out.hits.len() == found
        {
            for other in [0xEE, 0xE5] {
                if let Some(b) = read.get_mut(vowel) {
                    *b = other;
                }
                self.index.lookup(&read, false, &mut self.out.hits);
            }
        }
    }

    /// A word that was typed with the Latin layout on: reads it in Cyrillic and gives its length in bytes.
    pub(super) fn wrong_layout(&mut self, text: &str, at: usize) -> Option<usize> {
        let rest = text.as_bytes().get(at..)?;
        self.scratch.clear();
        let typed = rest.iter().take(LONGEST).map_while(|b| key(*b));
        self.scratch.extend(typed);
        let mut end = self.scratch.len();
        while end >= 3 {
            let capitals = rest
                .iter()
                .take(end)
                .all(|b| b.is_ascii_uppercase() || !b.is_ascii_alphabetic());
            if self.layout_word(end, capitals || self.typed_before(text)) {
                let typed = rest.get(..end)?;
                let name = skeleton(&typed.to_ascii_lowercase());
                if self.lexicon.get(&name).is_some() {
                    return None;
                }
                let letters = typed.iter().enumerate().filter_map(|(i, b)| {
                    Some(Letter {
                        byte: key(*b)?,
                        upper: b.is_ascii_uppercase(),
                        at: (at + i) as u32,
                        end: (at + i) as u32 + 1,
                    })
                });
                self.word = letters.collect();
                self.typed = true;
                return Some(end);
            }
            // Marks at the end may be marks.
            if rest.get(end - 1).is_some_and(u8::is_ascii_alphabetic) {
                break;
            }
            end -= 1;
        }
        None
    }

    /// Whether the word before was typed in the other layout: then a short one after it was too.
    pub(super) fn typed_before(&self, text: &str) -> bool {
        self.typed
            && self.out.tokens.last().is_some_and(|t| {
                t.is_word()
                    && !t.is(flag::LATIN)
                    && t.frag == self.frag
                    && t.len >= 4
                    && text
                        .as_bytes()
                        .get(t.start as usize)
                        .is_some_and(|b| is_key(*b))
            })
    }

    /// Whether the first letters read in the other layout are a name or a kind of school; a short one in capitals, as
    /// «CJI» for «СОШ» is.
    fn layout_word(&mut self, end: usize, capitals: bool) -> bool {
        let key = self.scratch.get(..end).unwrap_or_default();
        let n = self.out.hits.len();
        self.index.lookup(key, false, &mut self.out.hits);
        let hit = self.out.hits.len() > n && key.len() >= 5;
        self.out.hits.truncate(n);
        let school = self.lexicon.get(key).is_some_and(|l| match l.kind {
            Kind::Type => key.len() >= if capitals { 3 } else { 4 },
            Kind::Legal => key.len() >= 4 && capitals,
            _ => false,
        });
        hit || school
    }

    /// «зкшкусртфнф»: a transliterated name typed with the Russian layout on; the word's letters as Latin ones.
    pub(super) fn latin_layout(&mut self, word: &[Letter]) -> Option<Vec<Letter>> {
        // Nearly every transliterated name has an `a` or `o`, whose keys are rare letters in Russian.
        let rare = |l: &Letter| matches!(l.byte, 0xF4 | 0xF9);
        if word.len() < 6 || !word.iter().any(rare) || !word.iter().all(|l| is_cyr(l.byte)) {
            return None;
        }
        let read: Vec<Letter> = word
            .iter()
            .filter_map(|l| {
                let (k, _) = KEYS.iter().find(|(k, c)| {
                    k.is_ascii_lowercase() && cyrillic(*c).is_some_and(|(b, _)| b == l.byte)
                })?;
                Some(Letter { byte: *k, ..*l })
            })
            .collect();
        (read.len() == word.len() && self.known(&read)).then_some(read)
    }

    /// Names in a line, or in a chain of words, that has no capital at all: there a small letter says nothing.
    pub(super) fn raise(&mut self, first: usize) {
        let mut line = first;
        for i in first..self.out.tokens.len() {
            let Some(t) = self.out.tokens.get(i) else {
                break;
            };
            if t.is(flag::NEWLINE) || t.what == What::Break {
                self.raise_line(line, i);
                line = i;
            }
        }
        let joined = flag::UNDERSCORE | flag::HYPHEN;
        let mut chain = first;
        for i in first + 1..self.out.tokens.len() {
            let Some(t) = self.out.tokens.get(i) else {
                break;
            };
            let goes_on = t.is(joined) && !t.is(flag::SPACE | flag::NEWLINE);
            if !goes_on {
                if i - chain > 1 {
                    self.raise_line(chain, i);
                }
                chain = i;
            }
        }
    }

    fn raise_line(&mut self, from: usize, to: usize) {
        let line = self.out.tokens.get(from..to).unwrap_or_default();
        let school = |t: &Token| {
            t.lex
                .is_some_and(|l| matches!(l.kind, Kind::Type | Kind::Legal))
        };
        // «<Р. Сухих> в ключевом вторая школа»: who speaks is no part of what is said.
        let speaker = line
            .iter()
            .rposition(|t| t.is(flag::CAPITAL))
            .filter(|at| *at < 4)
            .filter(|at| line.get(at + 1).is_some_and(|t| t.mark('>')))
            .map_or(0, |at| at + 2);
        let line = line.get(speaker..).unwrap_or_default();
        if line.iter().any(|t| t.is(flag::CAPITAL)) || !line.iter().any(school) {
            return;
        }
        // «в зелёном доле школа»: the further words of a name too.
        let mut further = 0;
        for i in from + speaker..to {
            let Some(t) = self.out.tokens.get(i) else {
                break;
            };
            let more = self.out.hits(t).iter().map(|h| h.more).max();
            let named = more.is_some() && t.lex.is_none();
            let capital = t.is_word() && (named || further > 0 && t.lex.is_none());
            further = if named {
                more.unwrap_or(0).max(further)
            } else {
                further.saturating_sub(1)
            };
            if capital && let Some(t) = self.out.tokens.get_mut(i) {
                t.flags |= flag::CAPITAL;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_letters() {
        for (text, c, n) in [
            ("&#1055;р", 'П', 7),
            ("&#x41F;р", 'П', 7),
            ("%D0%9F%D1", 'П', 6),
            ("=D0=9F", 'П', 6),
            ("\\u041fx", 'П', 6),
            ("&nbsp;", ' ', 6),
        ] {
            assert_eq!(escape(text), Some((c, n)), "{text}");
        }
        assert_eq!(escape("& Co"), None);
        assert_eq!(escape("50% от"), None);
    }
}
