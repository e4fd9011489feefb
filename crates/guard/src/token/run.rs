//! Words out of runs of letters and digits.
//!
//! Takes the letters of one run; gives its tokens with their meanings: where a run is several words, or a word in
//! disguise, the reading that yields a known word. Must not look beyond the run.

use super::{Letter, Tokenizer, What, flag};
use crate::fold::{by_ear, is_cyr, lookalike};
use crate::lexicon::{Kind, Lex, looks_legal};
use crate::morph::Forms;
use crate::translit::{skeleton, skeleton_x, skeletons_abroad};

impl Tokenizer<'_> {
    pub(super) fn run(&mut self, word: &[Letter]) {
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
        if !(dig || cyr && lat) {
            return self.plain(word, lat, 0);
        }
        // «Nо 14» with a Cyrillic letter.
        if let [n, o] = word
            && n.byte == b'n'
            && o.byte == 0xEE
        {
            return self.plain(&[*n, Letter { byte: b'o', ..*o }], true, 0);
        }
        // «СОШ1» is no «СОШи»: digits behind a whole word are a number.
        let letters = word.iter().position(|l| l.byte.is_ascii_digit());
        let numbered = letters.filter(|n| {
            let (head, tail) = word.split_at(*n);
            *n > 1
                && tail.iter().all(|l| l.byte.is_ascii_digit())
                && head.iter().all(|l| is_cyr(l.byte))
        });
        let numbered = numbered.is_some_and(|n| self.known(word.get(..n).unwrap_or_default()));
        // Look-alikes first: a known word settles it.
        if !numbered && self.disguised(word) {
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
                // «СОШN14»: the sign of a number.
                let sign = part.split_last().filter(|(n, before)| {
                    n.byte == b'n'
                        && i < word.len()
                        && before.len() > 1
                        && before.iter().all(|l| is_cyr(l.byte))
                });
                if let Some((_, before)) = sign {
                    self.plain(before, false, glued);
                } else if !self.disguised(part) {
                    self.fallback(part);
                }
            } else {
                self.plain(part, !is_cyr(part[0].byte), glued);
            }
            start = i;
        }
    }

    /// A mixed word that is no known word in disguise: read as Cyrillic all the same.
    pub(super) fn fallback(&mut self, part: &[Letter]) {
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

    pub(super) fn disguised(&mut self, word: &[Letter]) -> bool {
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

    pub(super) fn fill(&mut self, word: &[Letter]) {
        self.scratch.clear();
        self.scratch.extend(word.iter().map(|l| l.byte));
    }

    /// Whether a word (all Cyrillic, or all Latin) means something.
    pub(super) fn known(&mut self, word: &[Letter]) -> bool {
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

    pub(super) fn plain(&mut self, word: &[Letter], latin: bool, glued: u16) {
        if !latin && let Some(read) = self.latin_layout(word) {
            return self.word_token(&read, glued);
        }
        if word.len() >= 3 {
            let humps = word
                .windows(2)
                .filter(|w| !w[0].upper && w[1].upper)
                .count();
            if humps > 0 && !self.known(word) {
                return self.humps(word, latin, glued);
            }
            if (latin || self.slug || word.len() >= 9 && self.holds_kind(word))
                && word.len() >= 6
                && !self.known(word)
                && (self.glued_words(word))
            {
                return;
            }
            if latin && word.len() >= 3 && !self.known(word) {
                // A whole word in look-alike letters.
                // «May» is a month before it is «МАУ».
                let shouted = word.iter().all(|l| l.upper);
                let written = word.len() > 4 || shouted;
                if written && word.iter().any(|l| l.upper) && self.disguised(word) {
                    return;
                }
            }
        }
        self.word_token(word, glued);
    }

    pub(super) fn number(&mut self, word: &[Letter]) {
        let (start, end) = (word[0].at, word[word.len() - 1].end);
        self.push(What::Number, start, end, 0);
        let off = self.out.letters.len();
        self.out.letters.extend(word.iter().map(|l| l.byte));
        let value = word.iter().take(19).fold(0u64, |n, l| {
            n.saturating_mul(10)
                .saturating_add(u64::from(l.byte - b'0'))
        });
        let hit = self.out.hits.len();
        if word.len() <= 2 && self.index.knows_digits() {
            self.fill(word);
            self.index.lookup(&self.scratch, false, &mut self.out.hits);
        }
        if let Some(t) = self.out.tokens.last_mut() {
            t.off = off as u32;
            t.len = word.len().min(255) as u16;
            t.value = value;
            t.hit = hit as u32;
            t.hits = (self.out.hits.len() - hit) as u16;
        }
    }

    pub(super) fn word_token(&mut self, word: &[Letter], extra: u16) {
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
        // `"При"` and `"речная"` on two lines: one string of a program.
        let quoted = flag::QUOTE | flag::NEWLINE;
        if self.pre & quoted == quoted
            && self.pre & !(quoted | flag::SPACE) == 0
            && !first.upper
            && self.join(word, latin)
        {
            return;
        }
        let long = word.len() >= 3 && self.out.tokens.last().is_some_and(|t| t.len >= 3);
        if self.pre == flag::UNDERSCORE && long && self.join(word, latin) {
            return;
        }
        // «Верхне Луговская»: the name is held in one piece.
        if self.pre & flag::SPACE != 0
            && self.pre & !(flag::SPACE | flag::DASH | flag::HYPHEN | flag::DOT) == 0
            && first.upper
            && self.compound(word, latin)
        {
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
    pub(super) fn mean(&mut self, off: usize, latin: bool, caps: bool) {
        let hit = self.out.hits.len();
        let lex;
        if latin {
            let raw = self.out.letters.get(off..).unwrap_or_default().to_vec();
            let key = skeleton(&raw);
            lex = if raw.len() > 1 {
                // «OOSch» wears down to two letters, which «os» has too; «xsi», which each file of Word has, to those of «кши».
                let short = key.len() <= 2 && raw.len() <= 3;
                let markup = raw.len() <= 4 && raw.iter().any(|b| matches!(b, b'x' | b'q'));
                self.lexicon.get(&key).filter(|l| {
                    l.kind != Kind::Type
                        || !markup && (!short || raw == b"co" || raw == b"ssh" && caps)
                })
            } else {
                None
            };
            self.index.lookup(&key, true, &mut self.out.hits);
            let found = self.out.hits.len();
            if let Some(other) = skeleton_x(&raw) {
                self.index.lookup(&other, true, &mut self.out.hits);
            }
            if self.out.hits.len() == found && raw.len() > 5 {
                for other in skeletons_abroad(&raw) {
                    self.index.lookup(&other, true, &mut self.out.hits);
                }
            }
            // Literals (parts of addresses) are held as they are written.
            if raw != key {
                self.index.lookup(&raw, false, &mut self.out.hits);
            }
        } else {
            let word = self.out.letters.get(off..).unwrap_or_default();
            // «ок» in small letters is a nod, «ОК» a sort of school.
            let nod = word == [0xEE, 0xEA] && !caps;
            let known = self.lexicon.get(word).filter(|_| !nod);
            lex = known.or_else(|| {
                looks_legal(word, caps).then_some(Lex {
                    kind: Kind::Legal,
                    value: 0,
                    forms: Forms::ANY,
                })
            });
            self.index.lookup(word, false, &mut self.out.hits);
            if self.out.hits.len() == hit
                && let Some(other) = by_ear(word)
            {
                self.index.lookup(&other, false, &mut self.out.hits);
            }
            if self.out.hits.len() == hit && lex.is_none() {
                self.kindred(off);
            }
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
}
