//! Remembers words that mean nothing to the registry, so that the commonest words of a text are worked out once.
//!
//! Takes a word as it is written, in bytes; gives its folded letters and its class in the lexicon. A place holds one
//! word, a newer one takes it over: memory is bounded whatever is read. Only words that became one token without a
//! reading in the registry are held, each compared byte for byte, so an answer is what the long way would give. Must
//! not hold a word of the registry, and must not outlive a change of it: every recogniser has a number of its own.

use std::cell::RefCell;

use super::super::fold::{Fold, fold};
use super::super::lexicon::Lex;
use super::disguise::is_key;
use super::{Letter, Tokenizer, What, flag};

/// The longest word that is held, as written.
pub(super) const LONGEST: usize = 48;
/// The most letters that are held.
pub(super) const LETTERS: usize = 24;
const PLACES: usize = 1 << 13;
/// How far a word typed in the other keyboard layout is looked for.
const LAYOUT: usize = super::disguise::LONGEST;
/// The flags that tell how a word is written, not what stands before it.
const WRITTEN: u16 = flag::CAPITAL | flag::ALL_CAPS | flag::LATIN;

#[derive(Clone, Copy)]
struct Held {
    owner: u32,
    written: u8,
    count: u8,
    slug: bool,
    flags: u16,
    lex: Option<Lex>,
    bytes: [u8; LONGEST],
    letters: [u8; LETTERS],
}

const EMPTY: Held = Held {
    owner: 0,
    written: 0,
    count: 0,
    slug: false,
    flags: 0,
    lex: None,
    bytes: [0; LONGEST],
    letters: [0; LETTERS],
};

/// What is known of a word.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    pub flags: u16,
    pub lex: Option<Lex>,
    pub count: u8,
    pub letters: [u8; LETTERS],
}

thread_local! {
    static WORDS: RefCell<Vec<Held>> = const { RefCell::new(Vec::new()) };
}

/// Where a word is held.
#[derive(Clone, Copy)]
pub(super) struct Place(usize);

/// The place of a word.
pub(super) fn place(written: &[u8], slug: bool) -> Place {
    let mut hash = u64::from(slug);
    let (chunks, rest) = written.as_chunks::<8>();
    let mut add = |word: u64| {
        hash = (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    };
    for chunk in chunks {
        add(u64::from_le_bytes(*chunk));
    }
    add(rest
        .iter()
        .fold(rest.len() as u64, |n, b| n << 8 | u64::from(*b)));
    Place((hash >> 40) as usize % PLACES)
}

/// What is known of a word, where it is held.
pub(super) fn known(at: Place, owner: u32, written: &[u8], slug: bool) -> Option<Plain> {
    WORDS.with_borrow(|words| {
        let held = words.get(at.0)?;
        let same = held.owner == owner
            && usize::from(held.written) == written.len()
            && held.slug == slug
            && held.bytes.get(..written.len()) == Some(written);
        same.then_some(Plain {
            flags: held.flags,
            lex: held.lex,
            count: held.count,
            letters: held.letters,
        })
    })
}

/// Holds a word. Words that are too long are not held.
pub(super) fn hold(
    at: Place,
    owner: u32,
    written: &[u8],
    slug: bool,
    flags: u16,
    lex: Option<Lex>,
    letters: &[u8],
) {
    let mut held = Held {
        owner,
        slug,
        flags,
        lex,
        ..EMPTY
    };
    let (Some(bytes), Some(room)) = (
        held.bytes.get_mut(..written.len()),
        held.letters.get_mut(..letters.len()),
    ) else {
        return;
    };
    bytes.copy_from_slice(written);
    room.copy_from_slice(letters);
    held.written = written.len() as u8;
    held.count = letters.len() as u8;
    WORDS.with_borrow_mut(|words| {
        if words.is_empty() {
            words.resize(PLACES, EMPTY);
        }
        if let Some(place) = words.get_mut(at.0) {
            *place = held;
        }
    });
}

/// Marks a folded word put together from two; no text is written with it.
const JOINED: u8 = 0xFF;

/// Whether a Latin word put together from two is held as one that says nothing; `None` for a long one.
pub(super) struct Joined {
    at: Place,
    key: [u8; LONGEST],
    len: usize,
}

impl Joined {
    pub(super) fn new(left: &[u8], right: &[u8]) -> Option<Self> {
        let mut key = [0; LONGEST];
        let len = left.len() + right.len() + 1;
        let [mark, room @ ..] = &mut key;
        *mark = JOINED;
        room.get_mut(..left.len())?.copy_from_slice(left);
        room.get_mut(left.len()..left.len() + right.len())?
            .copy_from_slice(right);
        let at = place(key.get(..len)?, false);
        Some(Joined { at, key, len })
    }

    fn written(&self) -> &[u8] {
        self.key.get(..self.len).unwrap_or_default()
    }

    pub(super) fn says_nothing(&self, owner: u32) -> bool {
        known(self.at, owner, self.written(), false).is_some()
    }

    pub(super) fn hold(&self, owner: u32) {
        hold(self.at, owner, self.written(), false, 0, None, &[]);
    }
}

/// The letters of a word that stands alone, and how many bytes decide what they mean.
struct Run {
    /// Bytes of the letters.
    letters: usize,
    /// Bytes that count: marks behind a Latin word may be letters of the other keyboard layout.
    written: usize,
}

/// A run of letters of one alphabet without marks over them, behind which a word surely ends.
fn run(bytes: &[u8]) -> Option<Run> {
    let first = bytes.first()?;
    let letters;
    let mut written;
    if first.is_ascii_alphabetic() {
        letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        written = letters;
        if bytes.get(letters).is_some_and(|b| is_key(*b)) {
            let keys = bytes.iter().take(LAYOUT).take_while(|b| is_key(**b));
            written = keys.count().max(letters);
        }
    } else {
        let (pairs, _) = bytes.as_chunks::<2>();
        letters = 2 * pairs.iter().take_while(|pair| is_letter(**pair)).count();
        written = letters;
    }
    let fits = letters > 0 && written <= LONGEST && ends(bytes.get(letters..)?);
    fits.then_some(Run { letters, written })
}

/// А–я, Ё, ё in UTF-8.
fn is_letter(pair: [u8; 2]) -> bool {
    matches!(
        pair,
        [0xD0, 0x81 | 0x90..=0xBF] | [0xD1, 0x80..=0x8F | 0x91]
    )
}

/// Whether what follows ends a word and cannot be read as part of it: no digit, escape, apostrophe, hidden character.
fn ends(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b' ' | b'\n' | b'\r' | b'\t' | b'-' | b'_', ..] => true,
        [b'.' | b',' | b':' | b';' | b'?' | b'"' | b'/' | b'#', ..] => true,
        [
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'*' | b'~',
            ..,
        ] => true,
        // Before a letter these may stand for one: «Кувшинск@я».
        [b'!' | b'|' | b'@' | b'+', rest @ ..] => rest
            .first()
            .is_none_or(|b| b.is_ascii() && !b.is_ascii_alphanumeric()),
        // nbsp, « and »
        [0xC2, 0xA0 | 0xAB | 0xBB, ..] => true,
        // dashes, quotes, dots
        [0xE2, 0x80, 0x93 | 0x94 | 0x9C..=0x9E | 0xA6, ..] => true,
        // №
        [0xE2, 0x84, 0x96, ..] => true,
        _ => false,
    }
}

impl Tokenizer<'_> {
    /// Takes a word that stands alone, from memory where it is held. Gives how many bytes it took; `None` for what
    /// needs the long way, because of what stands before or behind it.
    pub(super) fn alone(&mut self, text: &str, at: usize) -> Option<usize> {
        let owner = self.owner?;
        // What may be the rest of the word before it: `"При"` and `"речная"` on two lines.
        let quoted = flag::QUOTE | flag::NEWLINE;
        if self.pre & flag::UNDERSCORE != 0 || self.pre & quoted == quoted {
            return None;
        }
        let bytes = text.as_bytes().get(at..)?;
        if self.typed && bytes.first().is_some_and(u8::is_ascii) && self.typed_before(text) {
            return None;
        }
        let Run { letters, written } = run(bytes)?;
        let key = bytes.get(..written)?;
        let end = (at + letters) as u32;
        let place = place(key, self.slug);
        if let Some(plain) = known(place, owner, key, self.slug) {
            if plain.flags & flag::CAPITAL != 0 && self.may_be_compound() {
                return None;
            }
            if self.pre & flag::HYPHEN != 0 && self.mended(text.get(at..at + letters)?, at, &plain)
            {
                self.after = at + letters;
                return Some(letters);
            }
            self.recall(&plain, at as u32, end);
            self.after = at + letters;
            return Some(letters);
        }
        let run = bytes.get(..letters)?;
        let latin = run.first()?.is_ascii();
        let capital = matches!(run, [b'A'..=b'Z', ..] | [0xD0, 0x81 | 0x90..=0xAF, ..]);
        if capital && self.may_be_compound() {
            return None;
        }
        if latin && let Some(n) = self.wrong_layout(text, at) {
            return Some(n);
        }
        let before = self.out.tokens.len();
        self.spell(text.get(at..at + letters)?, at);
        self.flush();
        self.after = at + letters;
        self.keep(before, place, owner, key, at as u32, end);
        Some(letters)
    }

    /// Whether the word before could be the first part of a name in two words.
    fn may_be_compound(&self) -> bool {
        self.pre & flag::SPACE != 0
            && self
                .out
                .tokens
                .last()
                .is_some_and(|t| t.is_word() && t.is(flag::CAPITAL) && t.len <= 10)
    }

    /// Plain letters into the word being read.
    fn spell(&mut self, letters: &str, at: usize) {
        for (i, c) in letters.char_indices() {
            if let Fold::Letter(byte, upper) = fold(c) {
                self.word.push(Letter {
                    byte,
                    upper,
                    at: (at + i) as u32,
                    end: (at + i + c.len_utf8()) as u32,
                });
            }
        }
    }

    /// Whether a word that is held is the rest of the one before it, broken at a hyphen; then it has been joined.
    fn mended(&mut self, letters: &str, at: usize, plain: &Plain) -> bool {
        self.spell(letters, at);
        let word = std::mem::take(&mut self.word);
        let token = self.out.tokens.len();
        let mended = self.mend(&word, plain.flags & flag::LATIN != 0);
        self.word = word;
        self.word.clear();
        if mended {
            self.count_single(usize::from(plain.count), token);
        }
        mended
    }

    /// The token of a word that is held.
    fn recall(&mut self, plain: &Plain, start: u32, end: u32) {
        let index = self.out.tokens.len();
        self.push(What::Word, start, end, plain.flags);
        let count = usize::from(plain.count);
        if let Some(t) = self.out.tokens.last_mut() {
            t.len = u16::from(plain.count);
            t.lex = plain.lex;
        }
        self.out
            .letters
            .extend_from_slice(plain.letters.get(..count).unwrap_or_default());
        self.count_single(count, index);
    }

    /// Holds the word just read, if it is one token that says nothing.
    fn keep(&mut self, before: usize, at: Place, owner: u32, key: &[u8], start: u32, end: u32) {
        let Some(t) = self.out.tokens.last().copied() else {
            return;
        };
        let plain = self.out.tokens.len() == before + 1
            && t.is_word()
            && !t.has_hits()
            && (t.start, t.end) == (start, end)
            && !t.is(flag::MENDED | flag::GLUED);
        let letters = self.out.word(&t);
        let latin = key.first().is_some_and(u8::is_ascii);
        let whole = if latin {
            letters.len() == (end - start) as usize
        } else {
            letters.len() * 2 == (end - start) as usize
        };
        if plain && whole && t.is(flag::LATIN) == latin {
            hold(at, owner, key, self.slug, t.flags & WRITTEN, t.lex, letters);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Tokenizer;
    use crate::model::Model;
    use crate::registry::{ProtectedSchool, Registry};

    const PIECES: &[&str] = &[
        "школа",
        "Школы",
        "СОШ",
        "Приречная",
        "приречной",
        "При",
        "речная",
        "Верхне",
        "Луговская",
        "Верхнелуговская",
        "Prirechnaya",
        "school",
        "sosh",
        "Ghbhtxyfz",
        "ghbhtxyfz",
        "pfhtxyfz",
        "container",
        "fooBar",
        "в",
        "и",
        "с",
        "а",
        "ё",
        "Ёлка",
        " ",
        " ",
        " ",
        " ",
        "-",
        "_",
        ".",
        ",",
        ";",
        "[",
        "'",
        "`",
        "\"",
        "«",
        "»",
        "\u{a0}",
        "\u{ad}",
        "\n",
        "№",
        "14",
        "&#1055;",
        "!",
        "|",
        "+",
        "$",
        "приречнск",
        "Луговск",
        "ая",
        "Приречнская",
        "Приречнська",
        "Луговська",
        "%D0%9F",
        "=",
        "/",
        "@",
        "\u{301}",
        "…",
        "—",
        "а́",
        "o",
        "х",
        "общеобразовательного",
    ];

    proptest! {
        #[test]
        fn what_is_remembered_is_what_the_long_way_gives(
            picks in prop::collection::vec(0..PIECES.len(), 1..40),
            slug in any::<bool>(),
        ) {
            let registry = Registry::of([
                ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»"),
                ProtectedSchool::new("r-2", "МБОУ «Верхнелуговская СОШ»"),
            ]);
            let model = Model::compile(&registry);
            let text: String = picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
            let mut plain = Tokenizer::new(&model.index, &model.lexicon);
            plain.fragment(0, &text, slug);
            plain.fragment(1, &text, slug);
            plain.fragment(2, &text, slug);
            // The second time all words are remembered that can be, the third time the whole text.
            let mut remembering = Tokenizer::remembering(&model.index, &model.lexicon, u32::MAX);
            remembering.fragment(0, &text, slug);
            remembering.fragment(1, &text, slug);
            remembering.fragment(2, &text, slug);
            let told = |t: &Tokenizer<'_>| -> Vec<String> {
                t.out.tokens.iter().map(|x| {
                    format!("{:?} {:?} {:?}", (x.frag, x.start, x.end, x.flags, x.what, x.value), x.lex,
                        (t.out.word(x), t.out.hits(x)))
                }).collect()
            };
            prop_assert_eq!(told(&plain), told(&remembering));
        }
    }
}
