//! Tokens: words, numbers and marks of a carrier's text, each with its place and its possible meanings.
//!
//! Takes fragments; gives one stream of [`Token`]s over all of them. Repairs what hides a word: soft hyphens and
//! zero-width characters, look-alike letters, hyphenation, letter spacing, words run together. A repair is made
//! only where it yields a known word. Must not decide what a name means.

mod disguise;
mod memo;
mod mend;
mod replay;
mod run;

use super::fold::{Fold, fold, is_cyr, lookalike};
use super::index::{Hit, Index};
use super::lexicon::{Kind, Lex, Lexicon};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Word,
    Number,
    /// A mark; quotes, hyphens, underscores and dots are not marks but flags of their neighbours.
    Mark(char),
    /// The end of a fragment.
    Break,
}

/// What stands between a token and the one before it, and how the token is written.
pub(crate) mod flag {
    pub(crate) const SPACE: u16 = 1;
    pub(crate) const NEWLINE: u16 = 2;
    /// A hyphen without spaces.
    pub(crate) const HYPHEN: u16 = 4;
    /// A dash with a space on some side.
    pub(crate) const DASH: u16 = 8;
    pub(crate) const QUOTE: u16 = 16;
    /// A dot right after the token before.
    pub(crate) const DOT: u16 = 32;
    pub(crate) const UNDERSCORE: u16 = 64;
    pub(crate) const APOSTROPHE: u16 = 128;
    /// Begins with a capital.
    pub(crate) const CAPITAL: u16 = 256;
    pub(crate) const ALL_CAPS: u16 = 512;
    pub(crate) const LATIN: u16 = 1024;
    /// Cut out of a longer run of letters and digits.
    pub(crate) const GLUED: u16 = 2048;
    /// Put together from spaced or broken letters.
    pub(crate) const MENDED: u16 = 4096;
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub frag: u32,
    pub start: u32,
    pub end: u32,
    off: u32,
    len: u16,
    pub flags: u16,
    pub what: What,
    /// The number's value; 0 for words.
    pub value: u64,
    pub lex: Option<Lex>,
    hit: u32,
    hits: u16,
}

/// The stream and what it refers to.
#[derive(Default)]
pub(crate) struct Stream {
    pub tokens: Vec<Token>,
    letters: Vec<u8>,
    hits: Vec<Hit>,
}

impl Stream {
    pub(crate) fn word(&self, t: &Token) -> &[u8] {
        self.letters
            .get(t.off as usize..t.off as usize + usize::from(t.len))
            .unwrap_or_default()
    }

    pub(crate) fn hits(&self, t: &Token) -> &[Hit] {
        self.hits
            .get(t.hit as usize..t.hit as usize + usize::from(t.hits))
            .unwrap_or_default()
    }

    pub(crate) fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }
}

impl Token {
    /// How many letters it has.
    pub(crate) fn len(&self) -> u16 {
        self.len
    }

    pub(crate) fn is(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    pub(crate) fn kind(&self) -> Option<Kind> {
        self.lex.map(|l| l.kind)
    }

    pub(crate) fn lex_kind(&self) -> Option<Kind> {
        self.kind()
    }

    pub(crate) fn lexed(&self, kind: Kind) -> bool {
        self.kind() == Some(kind)
    }

    pub(crate) fn mark(&self, c: char) -> bool {
        self.what == What::Mark(c)
    }

    pub(crate) fn has_hits(&self) -> bool {
        self.hits > 0
    }

    pub(crate) fn is_word(&self) -> bool {
        self.what == What::Word
    }

    pub(crate) fn is_number(&self) -> bool {
        self.what == What::Number
    }
}

#[derive(Clone, Copy)]
struct Letter {
    byte: u8,
    upper: bool,
    at: u32,
    end: u32,
}

/// A number in square brackets right behind a word: the mark of a footnote; gives its bytes.
fn bracketed_mark(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.chars().next_back()?;
    let inside = text.get(at + 1..)?;
    let end = inside.find(']').filter(|end| *end <= 4)?;
    let digits = inside.get(..end)?.trim_start_matches('^');
    let number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let behind = before.is_alphanumeric() || before == ')' || matches!(fold(before), Fold::Quote);
    (number && behind && !inside.get(end + 1..)?.starts_with('(')).then_some(end + 2)
}

/// «sha384-…» in a page's own markup: a digest of exactly its length says nothing; gives its bytes.
fn digest(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let sorts = [("sha256-", 44), ("sha384-", 64), ("sha512-", 88)];
    let (name, long) = sorts.into_iter().find(|(name, _)| rest.starts_with(name))?;
    let value = rest.get(name.len()..name.len() + long)?.as_bytes();
    let of = |f: fn(&u8) -> bool| value.iter().any(f);
    let base64 = |b: &u8| b.is_ascii_alphanumeric() || b"+/=".contains(b);
    let mixed = of(u8::is_ascii_digit) && of(u8::is_ascii_lowercase) && of(u8::is_ascii_uppercase);
    (mixed && value.iter().all(base64)).then_some(name.len() + long)
}

/// «¹», «²»: mostly the mark of a footnote.
fn raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

/// «ш» and «и».
const SH: u8 = 0xF8;
const I: u8 = 0xE8;

/// Makes tokens; one for a whole carrier.
pub(crate) struct Tokenizer<'a> {
    index: &'a Index,
    lexicon: &'a Lexicon,
    pub out: Stream,
    word: Vec<Letter>,
    scratch: Vec<u8>,
    pre: u16,
    frag: u32,
    /// Single letters in a row, for letter spacing, and the token they begin with.
    singles: usize,
    singles_at: usize,
    slug: bool,
    /// Whose words may be remembered; `None` where none are.
    owner: Option<u32>,
    /// Where the word ended that was taken whole last.
    after: usize,
    /// Whether the fragment has a word typed in the other keyboard layout.
    typed: bool,
}

impl<'a> Tokenizer<'a> {
    pub(crate) fn new(index: &'a Index, lexicon: &'a Lexicon) -> Self {
        Tokenizer {
            index,
            lexicon,
            out: Stream::default(),
            word: Vec::new(),
            scratch: Vec::new(),
            pre: 0,
            frag: 0,
            singles: 0,
            singles_at: 0,
            slug: false,
            owner: None,
            after: usize::MAX,
            typed: false,
        }
    }

    /// The same for one registry, which `owner` tells from every other there was: words that mean nothing to it are
    /// remembered from text to text.
    pub(crate) fn remembering(index: &'a Index, lexicon: &'a Lexicon, owner: u32) -> Self {
        Tokenizer {
            owner: Some(owner),
            ..Tokenizer::new(index, lexicon)
        }
    }

    /// Adds a fragment's tokens and a break. In a slug (path, address) words may be run together.
    pub(crate) fn fragment(&mut self, frag: u32, text: &str, slug: bool) {
        self.frag = frag;
        self.slug = slug;
        self.pre = 0;
        self.after = usize::MAX;
        self.typed = false;
        let first = self.out.tokens.len();
        if self.replayed(text) {
            self.across(first);
            return;
        }
        let begin = self.begin();
        let bytes = text.as_bytes();
        let mut i = 0;
        while let Some(&b) = bytes.get(i) {
            if b == b'['
                && let Some(n) = bracketed_mark(text, i)
            {
                self.flush();
                i += n;
                continue;
            }
            if b == b's'
                && self.word.is_empty()
                && let Some(n) = digest(text, i)
            {
                i += n;
                continue;
            }
            if self.word.is_empty()
                && (b.is_ascii_alphabetic() || b == 0xD0 || b == 0xD1)
                && let Some(n) = self.alone(text, i)
            {
                i += n;
                continue;
            }
            let key = matches!(b, b';' | b'[' | b'\'' | b',' | b'.' | b'`')
                && bytes.get(i + 1).is_some_and(u8::is_ascii_alphabetic);
            if (key || b.is_ascii_alphabetic())
                && self.word.is_empty()
                && self.after != i
                && let Some(n) = self.wrong_layout(text, i)
            {
                i += n;
                continue;
            }
            // The two commonest sorts of letters, without decoding.
            if b.is_ascii_alphabetic() {
                self.word.push(Letter {
                    byte: b | 32,
                    upper: b < b'a',
                    at: i as u32,
                    end: i as u32 + 1,
                });
                i += 1;
                continue;
            }
            if b == b' ' {
                self.flush();
                self.pre |= flag::SPACE;
                i += 1;
                continue;
            }
            if (b == 0xD0 || b == 0xD1)
                && let Some(&c) = bytes.get(i + 1)
            {
                let u = (u32::from(b & 0x1F) << 6) | u32::from(c & 0x3F);
                if (0x410..=0x44F).contains(&u) {
                    let upper = u < 0x430;
                    let byte = if upper { u - 0x410 } else { u - 0x430 } as u8 + 0xE0;
                    self.word.push(Letter {
                        byte,
                        upper,
                        at: i as u32,
                        end: i as u32 + 2,
                    });
                    i += 2;
                    continue;
                }
            }
            if matches!(b, b'&' | b'%' | b'\\' | b'=')
                && let Some((c, n)) = disguise::escape(text.get(i..).unwrap_or_default())
            {
                self.char(c, i, n, text);
                i += n;
                continue;
            }
            let Some(c) = text.get(i..).and_then(|t| t.chars().next()) else {
                break;
            };
            let n = c.len_utf8();
            self.char(c, i, n, text);
            i += n;
        }
        self.flush();
        self.spaced();
        let end = text.len() as u32;
        self.push(What::Break, end, end, 0);
        self.raise(first);
        self.short_lookalikes(first);
        self.cut_short(first);
        self.boarding(first);
        self.evening(first);
        self.keep_fragment(text, begin);
        self.across(first);
    }

    /// «СОШ c. Приречное» with a Latin letter: too short to tell its alphabet, it is of that of the word before.
    fn short_lookalikes(&mut self, first: usize) {
        let joined = flag::HYPHEN | flag::UNDERSCORE | flag::GLUED;
        for i in first + 1..self.out.tokens.len() {
            let (before, t) = (self.out.tokens[i - 1], self.out.tokens[i]);
            let alike = t.is_word() && t.is(flag::LATIN) && t.len <= 2 && !t.is(joined);
            let next = self.out.tokens.get(i + 1);
            if !alike
                || !before.is_word()
                || before.is(flag::LATIN)
                || next.is_some_and(|n| n.is(joined) || n.mark('@'))
            {
                continue;
            }
            let upper = t.is(flag::CAPITAL);
            let word = self.out.word(&t);
            let letter = |b: &u8| {
                (b"aceopxy".contains(b) || upper && b"bhkmt".contains(b))
                    .then(|| lookalike(*b, upper, false))
                    .flatten()
            };
            let Some(read) = word
                .iter()
                .map(letter)
                .collect::<Option<Vec<u8>>>()
                .filter(|_| word != b"co")
            else {
                continue;
            };
            let lex = self.lexicon.get(&read);
            let hit = self.out.hits.len();
            self.index.lookup(&read, false, &mut self.out.hits);
            let off = self.out.letters.len();
            self.out.letters.extend(read);
            let hits = (self.out.hits.len() - hit) as u16;
            if let Some(t) = self.out.tokens.get_mut(i) {
                t.flags &= !flag::LATIN;
                (t.off, t.lex, t.hit, t.hits) = (off as u32, lex, hit as u32, hits);
            }
        }
    }

    /// «Приречная ш/и», «ш-и»: a boarding school.
    fn boarding(&mut self, first: usize) {
        let letter = |t: &Token, out: &Stream, l: u8| {
            t.is_word() && !t.is(flag::LATIN) && out.word(t) == [l]
        };
        let mut i = first;
        while let (Some(t), Some(next)) = (self.out.tokens.get(i), self.out.tokens.get(i + 1)) {
            i += 1;
            if !letter(t, &self.out, SH) {
                continue;
            }
            let slash = next.mark('/') && !next.is(flag::SPACE | flag::NEWLINE);
            let last = self.out.tokens.get(i + usize::from(slash));
            let joined = |l: &Token| !l.is(flag::SPACE | flag::NEWLINE);
            let whole = (slash || next.is(flag::HYPHEN))
                && last.is_some_and(|l| letter(l, &self.out, I) && joined(l));
            if let (true, Some(end)) = (whole, last.map(|l| l.end)) {
                if let Some(t) = self.out.tokens.get_mut(i - 1) {
                    (t.lex, t.end) = (self.lexicon.get(&[SH, I]), end);
                }
                self.out.tokens.drain(i..=i + usize::from(slash));
            }
        }
    }

    /// «В(С)ОШ № 2»: a letter in brackets inside the abbreviation.
    fn evening(&mut self, first: usize) {
        let mut i = first + 1;
        while let Some([before, open, letter, close, after]) = self
            .out
            .tokens
            .get(i - 1..i + 4)
            .and_then(|t| <&[Token; 5]>::try_from(t).ok())
        {
            i += 1;
            if !open.mark('(') || open.is(flag::SPACE) {
                continue;
            }
            let near = |t: &Token| t.is_word() && !t.is(flag::SPACE | flag::NEWLINE);
            let whole = [before, letter, after].map(|t| self.out.word(t)).concat();
            if close.mark(')') && near(letter) && near(after) && letter.len == 1 && whole.len() < 7
            {
                let (lex, end) = (self.lexicon.get(&whole), after.end);
                if lex.is_some_and(|l| l.kind == Kind::Type)
                    && let Some(t) = self.out.tokens.get_mut(i - 2)
                {
                    (t.lex, t.end) = (lex, end);
                    self.out.tokens.drain(i - 1..i + 3);
                }
            }
        }
    }

    fn char(&mut self, c: char, i: usize, n: usize, text: &str) {
        let (at, end) = (i as u32, (i + n) as u32);
        match fold(c) {
            Fold::Letter(byte, upper) | Fold::Lookalike(byte, upper) => self.word.push(Letter {
                byte,
                upper,
                at,
                end,
            }),
            Fold::Digit(_) if raised(c) && self.footnote(text, i) => self.flush(),
            Fold::Digit(byte) => self.word.push(Letter {
                byte,
                upper: false,
                at,
                end,
            }),
            Fold::Breve => {
                if let Some(l) = self.word.last_mut()
                    && l.byte == 0xE8
                {
                    l.byte = 0xE9;
                    l.end = end;
                }
            }
            Fold::Skip => {}
            Fold::Apostrophe => {
                let after = text.get(i + n..).and_then(|t| t.chars().next());
                // «Ust'-Luda»: a soft sign before the hyphen.
                let soft = after == Some('-') && self.word.last().is_some_and(|l| !is_cyr(l.byte));
                let next = soft || after.is_some_and(char::is_alphabetic);
                if !next || self.word.is_empty() {
                    self.flush();
                    self.pre |= flag::APOSTROPHE | flag::QUOTE;
                }
            }
            Fold::Space => {
                self.flush();
                self.pre |= flag::SPACE;
            }
            Fold::Newline => {
                // A soft hyphen or «¬» before the end of a line breaks a word, as a hyphen does.
                let before = text
                    .get(..i)
                    .and_then(|t| t.trim_end_matches(['\r', ' ']).chars().next_back());
                if !self.word.is_empty() && before == Some('\u{ad}') {
                    self.flush();
                    self.pre |= flag::HYPHEN;
                }
                self.flush();
                self.pre |= flag::NEWLINE;
            }
            Fold::Quote => {
                self.flush();
                self.pre |= flag::QUOTE;
            }
            Fold::Hyphen => {
                self.flush();
                let glued = self.pre & (flag::SPACE | flag::NEWLINE) == 0;
                self.pre |= if glued { flag::HYPHEN } else { flag::DASH };
            }
            Fold::NumSign => {
                self.flush();
                self.spaced();
                self.push(What::Mark('№'), at, end, 0);
            }
            Fold::Other('_') => {
                self.flush();
                self.pre |= flag::UNDERSCORE;
            }
            Fold::Other('.' | '…' | '·' | '•') => {
                self.flush();
                self.pre |= flag::DOT;
            }
            Fold::Other('*' | '~' | '\u{fffd}') => self.flush(),
            // «№\ 14», «г\.»: the mark of an escape.
            Fold::Other('\\')
                if text
                    .get(i + n..)
                    .and_then(|t| t.chars().next())
                    .is_some_and(|c| {
                        c == ' '
                            || c.is_ascii_punctuation() && c != '\\'
                            || matches!(fold(c), Fold::Quote)
                    }) =>
            {
                self.flush();
            }
            Fold::Other('#') => {
                self.flush();
                self.spaced();
                // «#14», but not «#школа», «#500плюс».
                let rest = text.get(i + n..).unwrap_or_default().trim_start();
                let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                let number = after.len() < rest.len() && !after.starts_with(char::is_alphabetic);
                self.push(What::Mark(if number { '№' } else { '#' }), at, end, 0);
            }
            Fold::Other(c) => {
                if self.symbol_in_word(c, i, n, text) {
                    return;
                }
                self.flush();
                self.spaced();
                self.push(What::Mark(c), at, end, 0);
            }
        }
    }

    /// Whether a raised digit only marks what stands before it. After the sign of a number it is one, after a unit of
    /// length it belongs to it.
    fn footnote(&self, text: &str, at: usize) -> bool {
        let signed = || {
            self.out
                .tokens
                .last()
                .is_some_and(|t| t.mark('№') || t.lexed(Kind::NumSign))
        };
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        match self.word.as_slice() {
            [] => !signed(),
            // «км²»
            [_] | [_, _] if self.word.iter().all(|l| !l.byte.is_ascii_digit()) => {
                self.word.last().is_none_or(|l| l.byte != 0xEC)
            }
            _ => !before.is_some_and(raised),
        }
    }

    fn push(&mut self, what: What, start: u32, end: u32, flags: u16) {
        // A hyphen that had a space after it is a dash.
        let mut pre = std::mem::take(&mut self.pre);
        if pre & flag::HYPHEN != 0 && pre & (flag::SPACE | flag::NEWLINE) != 0 && what != What::Word
        {
            pre = (pre & !flag::HYPHEN) | flag::DASH;
        }
        self.out.tokens.push(Token {
            frag: self.frag,
            start,
            end,
            off: self.out.letters.len() as u32,
            len: 0,
            flags: flags | pre,
            what,
            value: 0,
            lex: None,
            hit: self.out.hits.len() as u32,
            hits: 0,
        });
    }

    /// Ends the word being read.
    fn flush(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let word = std::mem::take(&mut self.word);
        let len = word.len();
        let at = self.out.tokens.len();
        self.run(&word);
        self.word = word;
        self.word.clear();
        self.count_single(len, at);
    }

    /// Counts words of one letter; a longer one ends their row.
    fn count_single(&mut self, letters: usize, token: usize) {
        if letters == 1 {
            if self.singles == 0 {
                self.singles_at = token;
            }
            self.singles += 1;
        } else {
            self.spaced();
        }
    }
}
