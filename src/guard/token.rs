//! Tokens: words, numbers and marks of a carrier's text, each with its place and its possible meanings.
//!
//! Takes fragments; gives one stream of [`Token`]s over all of them. Repairs what hides a word: soft hyphens and
//! zero-width characters, look-alike letters, hyphenation, letter spacing, words run together. A repair is made
//! only where it yields a known word. Must not decide what a name means.

use super::fold::{Fold, fold, is_cyr, lookalike};
use super::index::{Hit, Index};
use super::lexicon::{Kind, Lex, Lexicon, looks_legal};
use super::morph::Forms;
use super::translit::{skeleton, skeleton_x};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Word,
    Number,
    /// A mark; quotes, hyphens, underscores and dots are not marks but flags of their neighbours.
    Mark(char),
    /// The end of a fragment.
    Break,
}

/// What stands between a token and the one before it, and how the token is written.
pub mod flag {
    pub const SPACE: u16 = 1;
    pub const NEWLINE: u16 = 2;
    /// A hyphen without spaces.
    pub const HYPHEN: u16 = 4;
    /// A dash with a space on some side.
    pub const DASH: u16 = 8;
    pub const QUOTE: u16 = 16;
    /// A dot right after the token before.
    pub const DOT: u16 = 32;
    pub const UNDERSCORE: u16 = 64;
    pub const APOSTROPHE: u16 = 128;
    /// Begins with a capital.
    pub const CAPITAL: u16 = 256;
    pub const ALL_CAPS: u16 = 512;
    pub const LATIN: u16 = 1024;
    /// Cut out of a longer run of letters and digits.
    pub const GLUED: u16 = 2048;
    /// Put together from spaced or broken letters.
    pub const MENDED: u16 = 4096;
}

#[derive(Debug, Clone, Copy)]
pub struct Token {
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
pub struct Stream {
    pub tokens: Vec<Token>,
    letters: Vec<u8>,
    hits: Vec<Hit>,
}

impl Stream {
    pub fn word(&self, t: &Token) -> &[u8] {
        self.letters
            .get(t.off as usize..t.off as usize + usize::from(t.len))
            .unwrap_or_default()
    }

    pub fn hits(&self, t: &Token) -> &[Hit] {
        self.hits
            .get(t.hit as usize..t.hit as usize + usize::from(t.hits))
            .unwrap_or_default()
    }

    pub fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }
}

impl Token {
    pub fn is(&self, flags: u16) -> bool {
        self.flags & flags != 0
    }

    pub fn kind(&self) -> Option<Kind> {
        self.lex.map(|l| l.kind)
    }

    pub fn lexed(&self, kind: Kind) -> bool {
        self.kind() == Some(kind)
    }

    pub fn mark(&self, c: char) -> bool {
        self.what == What::Mark(c)
    }

    pub fn has_hits(&self) -> bool {
        self.hits > 0
    }

    pub fn is_word(&self) -> bool {
        self.what == What::Word
    }

    pub fn is_number(&self) -> bool {
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

/// Makes tokens; one for a whole carrier.
pub struct Tokenizer<'a> {
    index: &'a Index,
    lexicon: &'a Lexicon,
    pub out: Stream,
    word: Vec<Letter>,
    scratch: Vec<u8>,
    pre: u16,
    frag: u32,
    /// Single letters in a row, for letter spacing.
    singles: usize,
    slug: bool,
}

impl<'a> Tokenizer<'a> {
    pub fn new(index: &'a Index, lexicon: &'a Lexicon) -> Self {
        Tokenizer {
            index,
            lexicon,
            out: Stream::default(),
            word: Vec::new(),
            scratch: Vec::new(),
            pre: 0,
            frag: 0,
            singles: 0,
            slug: false,
        }
    }

    /// Adds a fragment's tokens and a break. In a slug (path, address) words may be run together.
    pub fn fragment(&mut self, frag: u32, text: &str, slug: bool) {
        self.frag = frag;
        self.slug = slug;
        self.pre = 0;
        let first = self.out.tokens.len();
        let bytes = text.as_bytes();
        let mut i = 0;
        while let Some(&b) = bytes.get(i) {
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
        self.across(first);
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
                let next = text
                    .get(i + n..)
                    .and_then(|t| t.chars().next())
                    .is_some_and(char::is_alphabetic);
                if !(next && !self.word.is_empty()) {
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
            Fold::Other('#') => {
                self.flush();
                self.push(What::Mark('№'), at, end, 0);
            }
            Fold::Other(c) => {
                self.flush();
                self.push(What::Mark(c), at, end, 0);
            }
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
        self.run(&word);
        self.word = word;
        self.word.clear();
        if len == 1 {
            self.singles += 1;
        } else {
            self.spaced();
        }
    }

    fn run(&mut self, word: &[Letter]) {
        let (mut cyr, mut lat, mut dig) = (false, false, false);
        for l in word {
            match l.byte {
                b'0'..=b'9' => dig = true,
                b'a'..=b'z' => lat = true,
                _ => cyr = true,
            }
        }
        if dig && !cyr && !lat {
            return self.number(word);
        }
        if !dig && !(cyr && lat) {
            return self.plain(word, lat, 0);
        }
        // Look-alikes first: a known word settles it.
        if self.disguised(word) {
            return;
        }
        // Then cut between letters and digits.
        let mut start = 0;
        for i in 1..=word.len() {
            let same = |a: &Letter, b: &Letter| a.byte.is_ascii_digit() == b.byte.is_ascii_digit();
            if word.get(i).is_some_and(|l| same(l, &word[i - 1])) {
                continue;
            }
            let part = &word[start..i];
            let glued = if start > 0 { flag::GLUED } else { 0 };
            if part[0].byte.is_ascii_digit() {
                self.number(part);
                if let Some(t) = self.out.tokens.last_mut() {
                    t.flags |= glued;
                }
            } else if part.iter().any(|l| is_cyr(l.byte)) && part.iter().any(|l| !is_cyr(l.byte)) {
                if !self.disguised(part) {
                    self.fallback(part);
                }
            } else {
                self.plain(part, !is_cyr(part[0].byte), glued);
            }
            start = i;
        }
    }

    /// A mixed word that is no known word in disguise: read as Cyrillic all the same.
    fn fallback(&mut self, part: &[Letter]) {
        let read: Vec<Letter> = part
            .iter()
            .map(|l| Letter {
                byte: if is_cyr(l.byte) {
                    l.byte
                } else {
                    lookalike(l.byte, l.upper, false).unwrap_or(l.byte)
                },
                ..*l
            })
            .collect();
        self.word_token(&read, 0);
    }

    fn disguised(&mut self, word: &[Letter]) -> bool {
        for second in [false, true] {
            let mut read = Vec::with_capacity(word.len());
            for l in word {
                let byte = if is_cyr(l.byte) {
                    Some(l.byte)
                } else {
                    lookalike(l.byte, l.upper, second)
                };
                let Some(byte) = byte else { return false };
                read.push(Letter { byte, ..*l });
            }
            if self.known(&read) {
                self.word_token(&read, 0);
                return true;
            }
        }
        false
    }

    fn fill(&mut self, word: &[Letter]) {
        self.scratch.clear();
        self.scratch.extend(word.iter().map(|l| l.byte));
    }

    /// Whether a word (all Cyrillic, or all Latin) means something.
    fn known(&mut self, word: &[Letter]) -> bool {
        self.fill(word);
        let cyr = self.scratch.first().is_some_and(|b| is_cyr(*b));
        let key = if cyr {
            std::mem::take(&mut self.scratch)
        } else {
            skeleton(&self.scratch)
        };
        let n = self.out.hits.len();
        self.index.lookup(&key, !cyr, &mut self.out.hits);
        let hit = self.out.hits.len() > n;
        self.out.hits.truncate(n);
        hit || (key.len() > 1
            && self
                .lexicon
                .get(&key)
                .is_some_and(|l| !matches!(l.kind, Kind::Prep | Kind::Conj)))
    }

    fn plain(&mut self, word: &[Letter], latin: bool, glued: u16) {
        if word.len() >= 3 {
            let humps = word
                .windows(2)
                .filter(|w| !w[0].upper && w[1].upper)
                .count();
            if humps > 0 && !self.known(word) {
                return self.humps(word, latin, glued);
            }
            if (latin || self.slug)
                && word.len() >= 6
                && !self.known(word)
                && (self.glued_words(word))
            {
                return;
            }
            if latin && word.len() >= 3 && !self.known(word) {
                // A whole word in look-alike letters.
                if word.iter().any(|l| l.upper) && self.disguised(word) {
                    return;
                }
            }
        }
        self.word_token(word, glued);
    }

    /// «СОШПриречная», «PrirechnayaSosh»: cut where a capital follows a small letter.
    fn humps(&mut self, word: &[Letter], latin: bool, glued: u16) {
        let mut start = 0;
        for i in 1..=word.len() {
            let cut = i == word.len() || (!word[i - 1].upper && word[i].upper);
            if cut {
                let g = if start > 0 { flag::GLUED } else { glued };
                self.word_or_glued(&word[start..i], latin, g);
                start = i;
            }
        }
    }

    fn word_or_glued(&mut self, word: &[Letter], latin: bool, glued: u16) {
        if word.len() >= 6
            && (latin || self.slug || glued != 0)
            && !self.known(word)
            && self.glued_words(word)
        {
            return;
        }
        self.word_token(word, glued);
    }

    /// «prirechnayasosh», «mbousosh»: cut so that one part is a word about schools and the other is known too.
    fn glued_words(&mut self, word: &[Letter]) -> bool {
        for cut in 2..word.len() - 1 {
            let (a, b) = word.split_at(cut);
            let school = |t: &mut Self, w: &[Letter]| {
                t.fill(w);
                let key = if t.scratch.first().is_some_and(|b| is_cyr(*b)) {
                    t.scratch.clone()
                } else {
                    skeleton(&t.scratch)
                };
                w.len() >= 3
                    && t.lexicon
                        .get(&key)
                        .is_some_and(|l| matches!(l.kind, Kind::Type | Kind::Legal))
            };
            if (school(self, a) && (self.known(b) || (b.len() >= 6 && self.would_glue(b))))
                || (school(self, b) && (self.known(a) || (a.len() >= 6 && self.would_glue(a))))
            {
                self.word_or_glued(a, true, flag::GLUED);
                self.word_or_glued(b, true, flag::GLUED);
                return true;
            }
        }
        false
    }

    fn would_glue(&mut self, word: &[Letter]) -> bool {
        (2..word.len() - 1).any(|cut| {
            let (a, b) = word.split_at(cut);
            a.len() >= 3 && b.len() >= 3 && self.known(a) && self.known(b)
        })
    }

    fn number(&mut self, word: &[Letter]) {
        let (start, end) = (word[0].at, word[word.len() - 1].end);
        self.push(What::Number, start, end, 0);
        let off = self.out.letters.len();
        self.out.letters.extend(word.iter().map(|l| l.byte));
        let value = word.iter().take(19).fold(0u64, |n, l| {
            n.saturating_mul(10)
                .saturating_add(u64::from(l.byte - b'0'))
        });
        if let Some(t) = self.out.tokens.last_mut() {
            t.off = off as u32;
            t.len = word.len().min(255) as u16;
            t.value = value;
        }
    }

    fn word_token(&mut self, word: &[Letter], extra: u16) {
        let (Some(first), Some(last)) = (word.first(), word.last()) else {
            return;
        };
        let mut flags = extra;
        if first.upper {
            flags |= flag::CAPITAL;
        }
        let caps = word.iter().filter(|l| l.upper).count();
        if caps == word.len() && word.len() > 1 {
            flags |= flag::ALL_CAPS;
        }
        let latin = !is_cyr(first.byte);
        if latin {
            flags |= flag::LATIN;
        }
        // Hyphenation: the word before, broken at the end of its line.
        if self.pre & flag::HYPHEN != 0 && self.mend(word, latin) {
            return;
        }
        // «Верхне Луговская»: the name is held in one piece.
        if self.pre == flag::SPACE && first.upper && self.compound(word, latin) {
            return;
        }
        self.push(What::Word, first.at, last.end, flags);
        let off = self.out.letters.len();
        self.out
            .letters
            .extend(word.iter().take(64).map(|l| l.byte));
        let caps = flags & flag::ALL_CAPS != 0;
        self.mean(off, latin, caps);
    }

    /// Gives the last token its meaning; its letters lie at `off`.
    fn mean(&mut self, off: usize, latin: bool, caps: bool) {
        let hit = self.out.hits.len();
        let lex;
        if latin {
            let raw = self.out.letters.get(off..).unwrap_or_default().to_vec();
            let key = skeleton(&raw);
            lex = if raw.len() > 1 {
                self.lexicon.get(&key).filter(|_| key.len() > 1)
            } else {
                None
            };
            self.index.lookup(&key, true, &mut self.out.hits);
            if let Some(other) = skeleton_x(&raw) {
                self.index.lookup(&other, true, &mut self.out.hits);
            }
            // Literals (parts of addresses) are held as they are written.
            if raw != key {
                self.index.lookup(&raw, false, &mut self.out.hits);
            }
        } else {
            let word = self.out.letters.get(off..).unwrap_or_default();
            let known = self.lexicon.get(word);
            lex = known.or_else(|| {
                looks_legal(word, caps).then_some(Lex {
                    kind: Kind::Legal,
                    value: 0,
                    forms: Forms::ANY,
                })
            });
            self.index.lookup(word, false, &mut self.out.hits);
        }
        let (len, hits) = (self.out.letters.len() - off, self.out.hits.len() - hit);
        if let Some(t) = self.out.tokens.last_mut() {
            t.off = off as u32;
            t.len = len as u16;
            t.lex = lex;
            t.hit = hit as u32;
            t.hits = hits.min(usize::from(u16::MAX)) as u16;
        }
    }

    fn joined_known(&mut self, off: usize, len: usize, word: &[Letter], latin: bool) -> bool {
        self.scratch.clear();
        self.scratch
            .extend_from_slice(self.out.letters.get(off..off + len).unwrap_or_default());
        self.scratch.extend(word.iter().map(|l| l.byte));
        let key = if latin {
            skeleton(&self.scratch)
        } else {
            self.scratch.clone()
        };
        let n = self.out.hits.len();
        self.index.lookup(&key, latin, &mut self.out.hits);
        let hit = self.out.hits.len() > n;
        self.out.hits.truncate(n);
        hit || self
            .lexicon
            .get(&key)
            .is_some_and(|l| !matches!(l.kind, Kind::Prep | Kind::Conj | Kind::Plain))
    }

    /// Joins with the word before when the whole is known.
    fn join(&mut self, word: &[Letter], latin: bool) -> bool {
        let Some(t) = self.out.tokens.last().copied() else {
            return false;
        };
        if !t.is_word() || t.frag != self.frag || t.is(flag::LATIN) != latin {
            return false;
        }
        let (off, len) = (t.off as usize, usize::from(t.len));
        if off + len != self.out.letters.len() || !self.joined_known(off, len, word, latin) {
            return false;
        }
        self.pre = 0;
        self.out.letters.extend(word.iter().map(|l| l.byte));
        let end = word.last().map_or(t.end, |l| l.end);
        if let Some(t) = self.out.tokens.last_mut() {
            t.end = end;
            t.flags |= flag::MENDED;
        }
        self.mean(off, latin, t.is(flag::ALL_CAPS));
        true
    }

    fn mend(&mut self, word: &[Letter], latin: bool) -> bool {
        if self.pre & flag::QUOTE != 0 {
            return false;
        }
        let broken = self.pre & (flag::NEWLINE | flag::SPACE) != 0;
        if self.join(word, latin) {
            return true;
        }
        if broken {
            self.pre = (self.pre & !flag::HYPHEN) | flag::DASH;
        }
        false
    }

    fn compound(&mut self, word: &[Letter], latin: bool) -> bool {
        let Some(t) = self.out.tokens.last() else {
            return false;
        };
        let prefix = t.is_word() && t.is(flag::CAPITAL) && t.hits == 0 && (2..=10).contains(&t.len);
        let vowel = self
            .out
            .letters
            .last()
            .is_some_and(|b| matches!(b, 0xEE | 0xE5 | b'o' | b'e' | 0xFC));
        prefix && vowel && self.join(word, latin)
    }

    /// After a run of single letters: reads «П р и р е ч н а я».
    fn spaced(&mut self) {
        let n = std::mem::take(&mut self.singles);
        // The token that ended the run has already been added, unless the fragment ended.
        let tail = usize::from(
            self.out
                .tokens
                .last()
                .is_some_and(|t| usize::from(t.len) > 1),
        );
        let Some(first) = self.out.tokens.len().checked_sub(n + tail) else {
            return;
        };
        if n < 4 {
            return;
        }
        let run: Vec<Token> = self
            .out
            .tokens
            .get(first..first + n)
            .unwrap_or_default()
            .to_vec();
        if run.iter().any(|t| !t.is_word() && !t.is_number()) {
            return;
        }
        let letters: Vec<Letter> = run
            .iter()
            .filter_map(|t| {
                Some(Letter {
                    byte: *self.out.word(t).first()?,
                    upper: t.is(flag::CAPITAL),
                    at: t.start,
                    end: t.end,
                })
            })
            .collect();
        let words = self.segment(&letters);
        if words.is_empty() {
            return;
        }
        let after: Vec<Token> = self.out.tokens.drain(first..).skip(n).collect();
        let mut pre = run.first().map_or(0, |t| t.flags & 0xFF);
        for (a, b) in words {
            self.pre = pre;
            pre = flag::SPACE;
            let part = letters.get(a..b).unwrap_or_default();
            if part.iter().all(|l| l.byte.is_ascii_digit()) {
                self.number(part);
            } else {
                self.word_token(part, flag::MENDED);
            }
        }
        self.pre = 0;
        self.out.tokens.extend(after);
    }

    /// Cuts a row of letters into known words: by wide gaps, else by the longest known word at each place.
    fn segment(&mut self, letters: &[Letter]) -> Vec<(usize, usize)> {
        let gap = |i: usize| letters[i].at - letters[i - 1].end;
        let narrow = (1..letters.len()).map(gap).min().unwrap_or(1);
        let mut words = Vec::new();
        let mut start = 0;
        for i in 1..=letters.len() {
            if i == letters.len()
                || gap(i) > narrow
                || (letters[i].byte.is_ascii_digit() != letters[i - 1].byte.is_ascii_digit())
            {
                words.push((start, i));
                start = i;
            }
        }
        let mut out = Vec::new();
        let mut found = false;
        for (a, b) in words {
            if self.known_plain(&letters[a..b]) {
                found |= b - a >= 3;
                out.push((a, b));
                continue;
            }
            let mut p = a;
            while p < b {
                let hit = (p + 3..=b)
                    .rev()
                    .find(|e| self.known_plain(&letters[p..*e]));
                match hit {
                    Some(e) => {
                        found = true;
                        out.push((p, e));
                        p = e;
                    }
                    None => {
                        match out.last_mut() {
                            Some((_, e)) if *e == p && p > a && !found => *e = p + 1,
                            _ => out.push((p, p + 1)),
                        }
                        p += 1;
                    }
                }
            }
        }
        if found { out } else { Vec::new() }
    }

    fn known_plain(&mut self, word: &[Letter]) -> bool {
        let cyr = word.iter().all(|l| is_cyr(l.byte));
        let lat = word.iter().all(|l| l.byte.is_ascii_lowercase());
        (cyr || lat) && self.known(word)
    }

    /// A word broken by the end of a fragment: «При» | «речная».
    fn across(&mut self, first: usize) {
        let Some(break_at) = first.checked_sub(1) else {
            return;
        };
        let (Some(a), Some(b)) = (
            break_at
                .checked_sub(1)
                .and_then(|i| self.out.tokens.get(i))
                .copied(),
            self.out.tokens.get(first).copied(),
        ) else {
            return;
        };
        let edge = self
            .out
            .tokens
            .get(break_at)
            .is_some_and(|t| t.what == What::Break && t.flags & 0xFF & !flag::HYPHEN == 0);
        if !edge
            || !a.is_word()
            || !b.is_word()
            || b.is(flag::CAPITAL) && !b.is(flag::ALL_CAPS)
            || b.flags & 0xFF != 0
            || b.start > 0
        {
            return;
        }
        if a.is(flag::LATIN) != b.is(flag::LATIN) || a.hits > 0 || b.hits > 0 {
            return;
        }
        let mut word = self.out.word(&a).to_vec();
        word.extend_from_slice(self.out.word(&b));
        let latin = a.is(flag::LATIN);
        let key = if latin { skeleton(&word) } else { word };
        let n = self.out.hits.len();
        self.index.lookup(&key, latin, &mut self.out.hits);
        let hits = self.out.hits.len() - n;
        if hits == 0 {
            return;
        }
        // Both halves carry the meaning: whichever is looked at, the name is seen.
        for i in [break_at - 1, first] {
            if let Some(t) = self.out.tokens.get_mut(i) {
                t.hit = n as u32;
                t.hits = hits as u16;
                t.lex = None;
                t.flags |= flag::MENDED;
            }
        }
    }
}
