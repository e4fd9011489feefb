//! Mending words: hyphenation, letter spacing, words run together, words cut by the end of a fragment.
//!
//! A repair is made only where it yields a known word.

use super::super::fold::is_cyr;
use super::super::fold::lookalike;
use super::super::index::Role;
use super::super::lexicon::Kind;
use super::super::translit::skeleton;
use super::memo::Joined;
use super::{Letter, Token, Tokenizer, What, flag};

/// No word is longer, in letters, as people and files write it. Repairs try every part of what stands together, so
/// without a bound a page of one letter would take the cube of its length.
const LONGEST: usize = 64;

impl Tokenizer<'_> {
    /// «СОШПриречная», «PrirechnayaSosh»: cut where a capital follows a small letter.
    pub(super) fn humps(&mut self, word: &[Letter], latin: bool, glued: u16) {
        let mut cuts = vec![0];
        for i in 1..=word.len() {
            let start = cuts.last().copied().unwrap_or(0);
            // «МБОУКувшинская»: the last capital begins the next word.
            let after_caps = i - start >= 3
                && i + 1 < word.len()
                && !word[i + 1].upper
                && word[start..=i].iter().all(|l| l.upper);
            if i == word.len() || (!word[i - 1].upper && word[i].upper) || after_caps {
                cuts.push(i);
            }
        }
        let mut n = 0;
        while n + 1 < cuts.len() {
            let g = if n > 0 { flag::GLUED } else { glued };
            // «#УстьШатскаяСОШ»: two parts may be one name.
            let pair = cuts
                .get(n + 2)
                .is_some_and(|e| self.known(&word[cuts[n]..*e]));
            let step = 1 + usize::from(pair);
            self.word_or_glued(&word[cuts[n]..cuts[n + step]], latin, g);
            n += step;
        }
    }

    pub(super) fn word_or_glued(&mut self, word: &[Letter], latin: bool, glued: u16) {
        if word.len() >= 6
            && (latin || self.slug || glued != 0)
            && !self.known(word)
            && self.glued_words(word)
        {
            return;
        }
        self.word_token(word, glued);
    }

    /// A sign of a word for a school inside a longer one: «приречнаяшкола».
    pub(super) fn holds_kind(&self, word: &[Letter]) -> bool {
        let has = |run: &[u8]| {
            word.windows(run.len())
                .any(|w| w.iter().map(|l| l.byte).eq(run.iter().copied()))
        };
        // школ, сош, лице, гимн
        has(&[0xF8, 0xEA, 0xEE, 0xEB])
            || has(&[0xF1, 0xEE, 0xF8])
            || has(&[0xEB, 0xE8, 0xF6, 0xE5])
            || has(&[0xE3, 0xE8, 0xEC, 0xED])
    }

    /// «prirechnayasosh», «mbousosh»: cut so that one part is a word about schools and the other is known too. The parts
    /// are cut in their turn, in their order and without recursion: «soshsoshsosh…» may be as long as a file.
    pub(super) fn glued_words(&mut self, word: &[Letter]) -> bool {
        let mut left = vec![word];
        let mut cut = false;
        while let Some(part) = left.pop() {
            let at = match part.len() {
                0..6 if cut => None,
                ..=LONGEST if cut && self.known(part) => None,
                _ => self.glued_at(part),
            };
            match at {
                Some(at) => {
                    let (a, b) = part.split_at(at);
                    left.extend([b, a]);
                    cut = true;
                }
                None if cut => self.word_token(part, flag::GLUED),
                None => return false,
            }
        }
        true
    }

    /// Where the two parts meet. One of them is a word, so it is looked for near the ends only.
    fn glued_at(&mut self, word: &[Letter]) -> Option<usize> {
        let end = word.len().saturating_sub(1);
        let near = 2..end.min(LONGEST + 1);
        let far = near.end.max(word.len().saturating_sub(LONGEST))..end;
        near.chain(far).find(|cut| {
            let (a, b) = word.split_at(*cut);
            (self.about_schools(a) && self.known_or_glued(b))
                || (self.about_schools(b) && self.known_or_glued(a))
        })
    }

    fn about_schools(&mut self, word: &[Letter]) -> bool {
        if !(3..=LONGEST).contains(&word.len()) {
            return false;
        }
        self.fill(word);
        let key = if self.scratch.first().is_some_and(|b| is_cyr(*b)) {
            self.scratch.clone()
        } else {
            skeleton(&self.scratch)
        };
        self.lexicon
            .get(&key)
            .is_some_and(|l| matches!(l.kind, Kind::Type | Kind::Legal))
    }

    fn known_or_glued(&mut self, word: &[Letter]) -> bool {
        word.len() <= LONGEST && self.known(word) || word.len() >= 6 && self.would_glue(word)
    }

    /// Whether it is two known words.
    fn would_glue(&mut self, word: &[Letter]) -> bool {
        let from = word.len().saturating_sub(LONGEST).max(3);
        let to = word.len().saturating_sub(3).min(LONGEST);
        (from..=to).any(|cut| {
            let (a, b) = word.split_at(cut);
            self.known(a) && self.known(b)
        })
    }

    pub(super) fn joined_known(
        &mut self,
        off: usize,
        len: usize,
        word: &[Letter],
        latin: bool,
    ) -> bool {
        self.scratch.clear();
        self.scratch
            .extend_from_slice(self.out.letters.get(off..off + len).unwrap_or_default());
        self.scratch.extend(word.iter().map(|l| l.byte));
        let joined = self
            .owner
            .filter(|_| latin)
            .zip(Joined::new(&self.scratch, &[]));
        if joined
            .as_ref()
            .is_some_and(|(owner, j)| j.says_nothing(*owner))
        {
            return false;
        }
        let key = if latin {
            skeleton(&self.scratch)
        } else {
            std::mem::take(&mut self.scratch)
        };
        let n = self.out.hits.len();
        self.index.lookup(&key, latin, &mut self.out.hits);
        let hit = self.out.hits.len() > n;
        self.out.hits.truncate(n);
        let lex = self.lexicon.get(&key);
        if let Some((owner, joined)) = joined
            && !hit
            && lex.is_none()
        {
            joined.hold(owner);
        }
        if !latin {
            self.scratch = key;
        }
        hit || lex.is_some_and(|l| !matches!(l.kind, Kind::Prep | Kind::Conj | Kind::Plain))
    }

    /// Joins with the word before when the whole is known.
    pub(super) fn join(&mut self, word: &[Letter], latin: bool) -> bool {
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

    /// Whether a token is a name by itself, and not only the beginning of one.
    pub(super) fn named(&self, t: &Token) -> bool {
        self.out
            .hits(t)
            .iter()
            .any(|h| h.role != Role::Abbreviation && h.more == 0)
    }

    pub(super) fn mend(&mut self, word: &[Letter], latin: bool) -> bool {
        if self.pre & flag::QUOTE != 0 {
            return false;
        }
        let broken = self.pre & (flag::NEWLINE | flag::SPACE) != 0;
        // «Старо- и Новолуговская»: the joint is no end of a broken word.
        let joint = word.len() == 1 && broken && self.pre & flag::NEWLINE == 0;
        if !joint && self.join(word, latin) {
            return true;
        }
        if broken {
            self.pre = (self.pre & !flag::HYPHEN) | flag::DASH;
        }
        false
    }

    pub(super) fn compound(&mut self, word: &[Letter], latin: bool) -> bool {
        let Some(t) = self.out.tokens.last() else {
            return false;
        };
        let prefix =
            t.is_word() && t.is(flag::CAPITAL) && !self.named(t) && (2..=10).contains(&t.len);
        let vowel = self
            .out
            .letters
            .last()
            .is_some_and(|b| matches!(b, 0xEE | 0xE5 | b'o' | b'e' | 0xFC));
        prefix && (vowel || word.len() >= 6) && self.join(word, latin)
    }

    /// After a run of single letters: reads «П р и р е ч н а я».
    pub(super) fn spaced(&mut self) {
        let n = std::mem::take(&mut self.singles);
        let first = self.singles_at;
        if first + n > self.out.tokens.len() {
            return;
        }
        if n < 3 {
            return;
        }
        let run: Vec<Token> = self
            .out
            .tokens
            .get(first..first + n)
            .unwrap_or_default()
            .to_vec();
        let dotted = run.iter().skip(1).any(|t| t.is(flag::DOT));
        // Three letters with dots are initials, but «с.о.ш.» is a kind of school.
        let kind = |run: &[Token]| {
            let word: Vec<u8> = run
                .iter()
                .filter_map(|t| self.out.word(t).first().copied())
                .collect();
            self.lexicon
                .get(&word)
                .is_some_and(|l| l.kind == Kind::Type)
        };
        if run.iter().any(|t| !t.is_word() && !t.is_number()) || n == 3 && dotted && !kind(&run) {
            return;
        }
        let russian = run.iter().any(|t| t.is_word() && !t.is(flag::LATIN));
        let letters: Vec<Letter> = run
            .iter()
            .filter_map(|t| {
                let byte = *self.out.word(t).first()?;
                let alike = || lookalike(byte, t.is(flag::CAPITAL), false);
                Some(Letter {
                    byte: (t.is(flag::LATIN) && russian)
                        .then(alike)
                        .flatten()
                        .unwrap_or(byte),
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
        for (a, b) in words {
            let pre = run.get(a).map_or(0, |t| t.flags & 0xFF);
            self.pre = if a > 0 {
                pre & !(flag::HYPHEN | flag::DOT | flag::UNDERSCORE) | flag::SPACE
            } else {
                pre
            };
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
    pub(super) fn segment(&mut self, letters: &[Letter]) -> Vec<(usize, usize)> {
        let gap = |i: usize| letters[i].at - letters[i - 1].end;
        let narrow = (1..letters.len()).map(gap).min().unwrap_or(1);
        let mut words = Vec::new();
        let mut start = 0;
        for i in 1..=letters.len() {
            if i == letters.len()
                || gap(i) > narrow
                // «и П р и р е ч н а я»
                || letters[i].upper && !letters[i - 1].upper
                // «С О Ш и», but not «П р и р е ч н а я»
                || !letters[i].upper && i > start + 1 && letters[start..i].iter().all(|l| l.upper)
                || (letters[i].byte.is_ascii_digit() != letters[i - 1].byte.is_ascii_digit())
            {
                words.push((start, i));
                start = i;
            }
        }
        let mut out = Vec::new();
        let mut found = false;
        let spaced_words = words.len() > 1;
        for (a, b) in words {
            let known = b - a <= LONGEST && self.known_plain(&letters[a..b]);
            if known
                || spaced_words
                    && b - a >= 3
                    && !(a + 3..b.min(a + LONGEST)).any(|e| self.known_plain(&letters[a..e]))
            {
                found |= known && b - a >= 3;
                out.push((a, b));
                continue;
            }
            let mut p = a;
            while p < b {
                let hit = (p + 3..=b.min(p + LONGEST))
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

    pub(super) fn known_plain(&mut self, word: &[Letter]) -> bool {
        let cyr = word.iter().all(|l| is_cyr(l.byte));
        let lat = word.iter().all(|l| l.byte.is_ascii_lowercase());
        (cyr || lat) && self.known(word)
    }

    /// «п. Кр. Маяк», «В. Ключ», «В-Сузгун»: a name's first word cut short is read as if it were whole.
    pub(super) fn cut_short(&mut self, first: usize) {
        for i in first..self.out.tokens.len() {
            let (Some(t), Some(next)) = (self.out.tokens.get(i), self.out.tokens.get(i + 1)) else {
                return;
            };
            let both = [t, next]
                .iter()
                .all(|t| t.is_word() && t.is(flag::CAPITAL) && !t.is(flag::LATIN));
            let apart = next.is(flag::DOT) || next.is(flag::HYPHEN) && t.len <= 2;
            // «в Ст. Актанае» is of no stanitsa where the registry has «Старый Актанай».
            let announces = t.lex.is_some_and(|l| {
                matches!(l.kind, Kind::District | Kind::Type | Kind::Legal)
                    || l.kind == Kind::Settlement && t.len != 2
            });
            if !both || !apart || next.len < 2 || announces {
                continue;
            }
            let (word, next) = (self.out.word(t).to_vec(), self.out.word(next).to_vec());
            let own = self.out.hits(t).to_vec();
            let n = self.out.hits.len();
            self.index.lookup_cut(&word, &next, &mut self.out.hits);
            if self.out.hits.len() == n {
                continue;
            }
            self.out.hits.extend(own);
            let hits = (self.out.hits.len() - n) as u16;
            if let Some(t) = self.out.tokens.get_mut(i) {
                t.hit = n as u32;
                t.hits = hits;
                t.lex = None;
            }
        }
    }

    /// A word broken by the end of a fragment: «При» | «речная».
    pub(super) fn across(&mut self, first: usize) {
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
        if a.is(flag::LATIN) != b.is(flag::LATIN) || self.named(&a) || self.named(&b) {
            return;
        }
        let latin = a.is(flag::LATIN);
        let (left, right) = (self.out.word(&a), self.out.word(&b));
        // A skeleton takes its time, and addresses and classes of a page meet again on every other.
        let joined = self.owner.filter(|_| latin).zip(Joined::new(left, right));
        if joined
            .as_ref()
            .is_some_and(|(owner, j)| j.says_nothing(*owner))
        {
            return;
        }
        let word = [left, right].concat();
        let key = if latin { skeleton(&word) } else { word };
        let n = self.out.hits.len();
        self.index.lookup(&key, latin, &mut self.out.hits);
        let hits = self.out.hits.len() - n;
        if hits == 0 {
            if let Some((owner, joined)) = joined
                && self.lexicon.get(&key).is_none()
            {
                joined.hold(owner);
            }
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
