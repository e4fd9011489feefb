//! Words that are no words as they stand, and what they were meant to be: «Кув/шин/ская», «К-у-в-ш-и-н-с-к-а-я»,
//! «Кув6инская», «Кувшинска школа», «Кувшинская гимназея», «Кувшинской г-зии», «в 85-ке».
//!
//! Takes the tokens of a text; gives what to write in their stead. The text is then read once more as a whole, by all
//! rules, and what that adds is doubtful. So no rule needs to know how a name may be spoilt, and nothing is mended here
//! that is not a name of the registry, a word for a school beside one, or a number. Must not weigh anything.

use std::ops::Range;

use super::super::fold::{begins, enc, ends_any, is_cyr, reads_any, unfold};
use super::super::index::Role as Hit;
use super::super::lexicon::Kind;
use super::super::model::Model;
use super::super::token::{Stream, Token, What, flag};
use super::worth::remembered;

/// What to write in the stead of some bytes of a fragment.
pub(super) struct Edit {
    pub fragment: usize,
    pub span: Range<usize>,
    pub text: String,
}

/// Shorter words are parts of too many others, or too much like them.
const SHORTEST: usize = 6;
const LONGEST: usize = 40;
/// Of so many letters the first may be the wrong one.
const LONG: usize = 10;
/// The most pieces that one word is cut into.
const PIECES: usize = 24;
/// Words for a school in their forms.
const SCHOOLS: &str = "школа школы школе школу школой гимназия гимназии гимназию гимназией лицей лицея лицею лицеем лицее \
    интернат интерната интернату интернатом интернате";
/// What else begins as they do, and what is meant.
const MORE: &[(&str, &str)] = &[
    ("сош", "СОШ"),
    ("эсош", "СОШ"),
    ("школ", "школа"),
    ("гимназ", "гимназия"),
    ("интернат", "интернат"),
];
/// Ends of an adjective whose middle is left out: «Кувш-кая».
const TAILS: &str = "ая кая ская нская ой кой ской нской ую кую скую ий кий ский ого кого ского";
/// Ends of a number's nickname: «85-ка».
const NICK: &str = "ка ки ке ку кой";

/// Roles that make a word a name of a school or its place.
fn names(role: Hit) -> bool {
    !matches!(role, Hit::Surname | Hit::Street | Hit::Folk)
}

/// `owner` tells the registry of `model` from every other there was.
pub(super) fn edits(model: &Model, stream: &Stream, owner: u32) -> Vec<Edit> {
    let reading = Reading {
        model,
        stream,
        owner,
    };
    let mut out: Vec<Edit> = Vec::new();
    let mut i = 0;
    while let Some(t) = stream.get(i) {
        let found = reading.at(i, t);
        if let Some((to, text)) = found
            && let Some(last) = stream.get(to)
            && last.frag == t.frag
        {
            out.push(Edit {
                fragment: t.frag as usize,
                span: t.start as usize..last.end as usize,
                text,
            });
            i = to;
        }
        i += 1;
    }
    out
}

struct Reading<'a> {
    model: &'a Model,
    stream: &'a Stream,
    owner: u32,
}

/// Signs before words of which it is remembered that nothing comes of them: with one slip, with a letter put in here, with
/// another ending. No word has them in it.
const SLIP: u8 = b'?';
const PUT_IN: u8 = b'_';
const ENDING: u8 = b'=';

/// A folded word as it is printed.
fn written(word: &[u8], upper: bool) -> String {
    let letters = word.iter().map(|b| unfold(*b)).enumerate();
    letters
        .flat_map(|(n, c)| {
            let capital = (n == 0 && upper).then(|| c.to_uppercase());
            let small = capital.is_none().then_some(c);
            capital.into_iter().flatten().chain(small)
        })
        .collect()
}

impl Reading<'_> {
    fn token(&self, i: usize) -> Option<&Token> {
        self.stream.get(i)
    }

    /// A word that says nothing.
    fn unknown(&self, t: &Token) -> bool {
        t.is_word() && t.lex.is_none() && !t.has_hits() && !t.is(flag::LATIN)
    }

    fn at(&self, i: usize, t: &Token) -> Option<(usize, String)> {
        match t.what {
            What::Break => None,
            What::Number => self.nicknamed(i).or_else(|| self.pieces(i, t)),
            What::Mark('№') => self.numbered(i),
            What::Mark(_) => self.pieces(i, t),
            What::Word if self.stream.word(t).is_empty() => None,
            What::Word => {
                let found = self.mixed(t).map(|text| (i, text));
                let found = found.or_else(|| self.pieces(i, t));
                let found = found.or_else(|| self.broken(i, t));
                let found = found.or_else(|| self.whole_kind(i, t));
                let found = found.or_else(|| self.misread_sign(i, t));
                let found = found.or_else(|| self.cut_kind(i, t));
                found.or_else(|| {
                    let mended = self.unknown(t).then(|| self.slip(i, t)).flatten()?;
                    Some((i, mended))
                })
            }
        }
    }

    /// Whether a word is a name of the registry, whole.
    fn known(&self, word: &[u8]) -> bool {
        let mut hits = Vec::new();
        if (SHORTEST..=LONGEST).contains(&word.len()) {
            self.model.index.lookup(word, false, &mut hits);
        }
        hits.iter()
            .any(|h| h.more == 0 && names(h.role) && h.role != Hit::Abbreviation)
    }

    /// «Кувшин/ская», «К(у)вшинская», «К-у-в-ш-и-н-с-к-а-я», «Ку6шинская»: pieces with no blank between them that make a
    /// name, once what stands between them is left out or taken for one letter.
    fn pieces(&self, from: usize, t: &Token) -> Option<(usize, String)> {
        let starts = !t.is_word() || !t.is(flag::LATIN) || t.len() == 1;
        let next = self.token(from + 1)?;
        if !starts || next.is(flag::SPACE | flag::NEWLINE) || next.what == What::Break {
            return None;
        }
        // A word goes on in small letters, or is large as a whole.
        let mut end = from + 1;
        while end - from < PIECES
            && let Some(n) = self.token(end)
            && n.frag == t.frag
            && !n.is(flag::SPACE | flag::NEWLINE)
            && n.what != What::Break
            && !matches!(n.what, What::Mark(',' | ';' | ':' | '№' | '#' | '@'))
        {
            end += 1;
        }
        (from + 1..end)
            .rev()
            .filter(|to| self.token(*to).is_some_and(|t| self.piece(t)))
            .find_map(|to| Some((to, self.joined(from, to)?)))
    }

    /// «Устъ-Мрасинский интернат»: two parts with a slip in one of them.
    fn compound(&self, a: &Token, b: &Token, to: usize) -> Option<String> {
        let said = |t: &Token| t.lex.is_some() || t.is(flag::LATIN);
        if said(b) || !a.is(flag::CAPITAL) || !self.school_beside(to) {
            return None;
        }
        let whole = [self.stream.word(a), self.stream.word(b)].concat();
        let found = self.corrected(&whole)?;
        Some(written(&found, true))
    }

    /// The name that a word is one slip away from.
    fn corrected(&self, word: &[u8]) -> Option<Vec<u8>> {
        (word.len() > SHORTEST).then_some(())?;
        self.unless_barren(&[&[SLIP], word], || {
            neighbours(word).find(|w| self.known(w))
        })
    }

    /// What `find` gives, asked only where it is not remembered that nothing comes of it: most words come again and again.
    fn unless_barren(
        &self,
        asked: &[&[u8]],
        find: impl FnOnce() -> Option<Vec<u8>>,
    ) -> Option<Vec<u8>> {
        let mut found = None;
        let mut find = Some(find);
        let mut ask = || find.take().and_then(|find| find());
        let says = remembered(self.owner, &asked.concat(), || {
            found = ask();
            u8::from(found.is_some())
        });
        match says {
            0 => None,
            _ => found.or_else(ask),
        }
    }

    /// «Rувшинская»: one letter of another alphabet, that looks like none of this.
    fn mixed(&self, t: &Token) -> Option<String> {
        let word = self.stream.word(t);
        let mut foreign = (0..word.len()).filter(|n| !word.get(*n).is_some_and(|b| is_cyr(*b)));
        let at = foreign.next().filter(|_| foreign.next().is_none())?;
        let upper = t.is(flag::CAPITAL);
        (word.len() >= SHORTEST).then_some(())?;
        (0xE0..=0xFF).find_map(|letter| {
            let mut whole = word.to_vec();
            *whole.get_mut(at)? = letter;
            self.known(&whole).then(|| written(&whole, upper))
        })
    }

    /// «школа интернат», «школа детский сад»: a kind of two words.
    fn whole_kind(&self, i: usize, t: &Token) -> Option<(usize, String)> {
        let next = self
            .token(i + 1)
            .filter(|n| n.flags & 0xFF == flag::SPACE)?;
        let word = self.stream.word(t);
        if !t.lexed(Kind::Type) || !begins(word, "школ") {
            return None;
        }
        let boarding = begins(self.stream.word(next), "интернат");
        let garden = begins(self.stream.word(next), "детск")
            && self
                .token(i + 2)
                .is_some_and(|n| reads_any(self.stream.word(n), "сад сада саду саде садом"));
        let text = written(word, t.is(flag::CAPITAL));
        match (boarding, garden) {
            (true, _) => Some((i + 1, text + "-интернат")),
            (_, true) => Some((i + 2, text + "-сад")),
            _ => None,
        }
    }

    fn piece(&self, t: &Token) -> bool {
        t.is_word() && !t.is(flag::LATIN)
    }

    fn joined(&self, from: usize, to: usize) -> Option<String> {
        let all = self.stream.tokens.get(from..=to)?;
        // Two whole parts with a hyphen are read as they are.
        let hyphen = |t: &Token| t.is(flag::HYPHEN) && t.flags & 0xFF == flag::HYPHEN;
        if let [a, b] = all
            && a.is_word()
            && b.is_word()
            && hyphen(b)
            && a.len() > 1
            && b.len() > 1
        {
            return self.compound(a, b, to);
        }
        let upper = all.iter().find(|t| t.is_word())?.is(flag::CAPITAL);
        let foreign = |t: &&Token| !self.piece(t);
        let mut word: Vec<u8> = Vec::new();
        let mut gap = None;
        for t in all {
            if self.piece(t) {
                word.extend(self.stream.word(t));
            } else if gap.is_none_or(|g| g == word.len()) {
                gap = Some(word.len());
            } else if !matches!(t.what, What::Mark(_)) {
                return None;
            }
            if word.len() > LONGEST {
                return None;
            }
        }
        let beside = || {
            self.school_beside(to)
                .then(|| self.other_ending(&word))
                .flatten()
        };
        let only_marks = all
            .iter()
            .filter(foreign)
            .all(|t| matches!(t.what, What::Mark(_)));
        let inside = all.first().is_some_and(|t| self.piece(t));
        if only_marks && inside && self.known(&word) {
            return Some(written(&word, upper));
        }
        // «Кувшинск-я школа»
        if only_marks
            && inside
            && let Some(whole) = beside()
        {
            return Some(written(&whole, upper));
        }
        // «Ку6шинская», «|<увшинская»: one letter is written as something else.
        let gap = gap?;
        if word.len() + 1 < SHORTEST + 1 {
            return None;
        }
        let (head, tail) = word.split_at_checked(gap)?;
        let whole = self.unless_barren(&[head, &[PUT_IN], tail], || {
            let mut all = (0xE0..=0xFF).map(|letter| [head, &[letter], tail].concat());
            all.find(|whole| self.known(whole))
        })?;
        Some(written(&whole, upper || gap == 0))
    }

    /// «Кувшин» at the end of a line, «ская» at the beginning of the next.
    /// Or «Кувшин» and «ская» with a blank between them.
    fn broken(&self, i: usize, t: &Token) -> Option<(usize, String)> {
        let next = self.token(i + 1)?;
        let apart = next.flags & 0xFF & !(flag::NEWLINE | flag::SPACE) == 0;
        let cut =
            next.is(flag::NEWLINE | flag::SPACE) && apart && next.is_word() && next.frag == t.frag;
        if !cut || next.is(flag::CAPITAL | flag::LATIN) || !t.is(flag::CAPITAL) {
            return None;
        }
        // «Ближний бор горел»: two words of a village's name are whole as they stand.
        let line =
            next.is(flag::NEWLINE) && !t.is(flag::LATIN) && t.lex.is_none() && next.lex.is_none();
        if !(line || self.unknown(t) && self.unknown(next)) || next.len() < 2 {
            return None;
        }
        let whole = [self.stream.word(t), self.stream.word(next)].concat();
        self.known(&whole).then(|| (i + 1, written(&whole, true)))
    }

    /// Whether the word beside it may be a school's name; behind a comma or at another line it is another's.
    fn named_beside(&self, i: usize) -> bool {
        let name = |k: usize| {
            self.token(k)
                .is_some_and(|t| t.is_word() && self.stream.hits(t).iter().any(|h| names(h.role)))
        };
        let joined = |k: usize| {
            self.token(k)
                .is_some_and(|t| !t.is(flag::NEWLINE | flag::DASH) && t.what != What::Break)
        };
        i > 0 && joined(i) && name(i - 1) || joined(i + 1) && name(i + 1)
    }

    fn school_beside(&self, i: usize) -> bool {
        let school = |k: usize| self.token(k).is_some_and(|t| t.lexed(Kind::Type));
        i > 0 && school(i - 1) || school(i + 1)
    }

    /// «Кувшинской г-зии», «Кувшинская гимн.», «Кувш-кая школа»: the middle or the end of a word is left out.
    fn cut_kind(&self, i: usize, t: &Token) -> Option<(usize, String)> {
        if t.is(flag::LATIN) {
            return None;
        }
        let next = self.token(i + 1)?;
        let word = self.stream.word(t);
        let hyphen = next.is(flag::HYPHEN) && next.is_word() && !next.is(flag::LATIN);
        if hyphen && next.len() <= 5 {
            let tail = self.stream.word(next);
            let left_out = |form: &&str| {
                let form = enc(form);
                word.len() + tail.len() < form.len()
                    && form.starts_with(word)
                    && form.ends_with(tail)
            };
            if (self.named_beside(i) || self.named_beside(i + 1))
                && let Some(form) = SCHOOLS.split_whitespace().find(left_out)
            {
                return Some((i + 1, form.to_owned()));
            }
            let short = word.len() >= 3 && t.is(flag::CAPITAL) && reads_any(tail, TAILS);
            if short && self.school_beside(i + 1) {
                return Some((i + 1, written(word, true) + "."));
            }
        }
        let short = next.is(flag::DOT) && self.unknown(t) && word.len() >= 3;
        let form = short.then(|| {
            let whole = |form: &&str| {
                let form = enc(form);
                word.len() < form.len() && form.starts_with(word)
            };
            SCHOOLS.split_whitespace().find(whole)
        })??;
        self.named_beside(i).then(|| (i, form.to_owned()))
    }

    /// A word for a school with a slip beside a name, or a name with another beside a word for a school.
    fn slip(&self, i: usize, t: &Token) -> Option<String> {
        let word = self.stream.word(t);
        if word.len() < 4 || word.len() > LONGEST {
            return None;
        }
        let upper = t.is(flag::CAPITAL);
        let kind = i > 0 && t.is(flag::HYPHEN) && self.school_beside(i);
        if (kind || self.named_beside(i))
            && let Some(form) = school(word)
        {
            return Some(form.to_owned());
        }
        if word.len() < SHORTEST {
            return None;
        }
        if self.school_beside(i) {
            let found = respelt(word).find(|w| self.known(w));
            let found = found.or_else(|| upper.then(|| self.corrected(word)).flatten());
            if let Some(found) = found.or_else(|| self.other_ending(word)) {
                return Some(written(&found, upper));
            }
        }
        // «школа д. Овсянники»
        if upper
            && i > 1
            && self.school_beside(i - 1)
            && self.token(i - 1).is_some_and(|t| t.lexed(Kind::Settlement))
        {
            return Some(written(&self.corrected(word)?, upper));
        }
        let initials = upper && self.initials(i);
        let near = |w: &[u8]| {
            !self
                .model
                .misspelt
                .near(w, |r| r == Hit::Surname)
                .is_empty()
        };
        if initials && near(word) {
            let found = neighbours(word).find(|w| self.surname(w))?;
            return Some(written(&found, true));
        }
        None
    }

    fn surname(&self, word: &[u8]) -> bool {
        let mut hits = Vec::new();
        self.model.index.lookup(word, false, &mut hits);
        hits.iter().any(|h| h.role == Hit::Surname)
    }

    /// «Толубееваа Р. М.», «Р. М. Толубееваа»
    fn initials(&self, i: usize) -> bool {
        let one = |k: usize| {
            let t = self.token(k).filter(|t| t.is_word() && t.is(flag::CAPITAL));
            t.is_some_and(|t| t.len() == 1 && self.token(k + 1).is_some_and(|n| n.is(flag::DOT)))
        };
        one(i + 1) && one(i + 2) || i > 1 && one(i - 1) && one(i - 2)
    }

    /// «Кувшинска», «Кувшинскоя»: the stem of an adjective with an ending that there is not.
    fn other_ending(&self, word: &[u8]) -> Option<Vec<u8>> {
        let least = word.len().saturating_sub(2).max(SHORTEST);
        self.unless_barren(&[&[ENDING], word], || {
            (least..=word.len()).rev().find_map(|n| {
                let stem = word.get(..n)?;
                let whole = [stem, &[0xE0, 0xFF]].concat();
                let mut hits = Vec::new();
                self.model.index.lookup(&whole, false, &mut hits);
                let adjective = |h: &super::super::index::Hit| {
                    h.more == 0 && matches!(h.role, Hit::Adj | Hit::Derived | Hit::PlaceAdj)
                };
                (ends_any(stem, "к н в") && hits.iter().any(adjective)).then_some(whole)
            })
        })
    }

    /// «в 85-ке», «наша 85ка» in a text that has a word for a school.
    fn nicknamed(&self, i: usize) -> Option<(usize, String)> {
        let (t, next) = (self.token(i)?, self.token(i + 1)?);
        let glued = next.is_word() && next.flags & 0xFF & !flag::HYPHEN == 0;
        let nick = glued && reads_any(self.stream.word(next), NICK) && t.value < 1000;
        let school = |k: usize| {
            let t = self.token(k).filter(|n| n.frag == t.frag);
            t.is_some_and(|t| t.lexed(Kind::Type))
        };
        let told = || (i.saturating_sub(8)..i + 9).any(school);
        (nick && told()).then(|| (i + 1, format!("школа № {}", t.value)))
    }

    /// «СОШ Ха 85», «школа нр. 85»: what is too short to be a word stands for the sign of a number.
    fn misread_sign(&self, i: usize, t: &Token) -> Option<(usize, String)> {
        let before = self.token(i.checked_sub(1)?)?;
        let number = self
            .token(i + 1)
            .filter(|n| n.is_number() && !n.is(flag::NEWLINE))?;
        // «ь» is what a wrong code page makes of many a sign.
        let one = self.stream.word(t) != [0xFC];
        let short = t.lex.is_none() && !t.has_hits() && t.len() <= 2 && one;
        let spaced = !t.is(flag::NEWLINE | flag::HYPHEN | flag::GLUED);
        let sign = before.lexed(Kind::Type) && short && spaced && number.value < 1000;
        sign.then(|| (i, "№".to_owned()))
    }

    /// «№ В5», «№ 8S», «№ (85)»: after the sign of a number.
    fn numbered(&self, i: usize) -> Option<(usize, String)> {
        let bare = |k: usize| {
            self.token(k)
                .filter(|t| t.is_number() && !t.is(flag::SPACE | flag::NEWLINE))
        };
        if self.token(i + 1).is_some_and(|t| t.mark('('))
            && let Some(n) = bare(i + 2)
            && self.token(i + 3).is_some_and(|t| t.mark(')'))
        {
            return Some((i + 3, format!("№ {}", n.value)));
        }
        let digit = |t: &Token| match self.stream.word(t) {
            // в, б, з, о
            [0xE2] if t.is(flag::CAPITAL) => Some(8),
            [0xE1] => Some(6),
            [0xE7] => Some(3),
            [0xEE | b'o'] => Some(0),
            [b's'] => Some(5),
            [b'b'] => Some(8),
            [b'l' | b'i'] => Some(1),
            _ => None,
        };
        let (a, b) = (self.token(i + 1)?, self.token(i + 2)?);
        let glued = b.flags & 0xFF == 0;
        let value = match (a.what, b.what) {
            (What::Word, What::Number) if glued && b.value < 100 => {
                let ten = if b.value < 10 { 10 } else { 100 };
                digit(a)? * ten + b.value
            }
            (What::Number, What::Word) if glued && a.value < 100 && b.is(flag::LATIN) => {
                a.value * 10 + digit(b)?
            }
            _ => return None,
        };
        Some((i + 2, format!("№ {value}")))
    }
}

/// The word for a school that a word was meant to be.
fn school(word: &[u8]) -> Option<&'static str> {
    let more = MORE.iter().find(|(stem, _)| {
        let stem = enc(stem);
        word.starts_with(&stem) && word.len() <= stem.len() + 5
    });
    let slip = || {
        SCHOOLS.split_whitespace().find(|form| {
            let form = enc(form);
            let long = form.len() >= 5 && word.len() >= 5;
            // «ннтернат»: the longer ones are known without their first letter.
            let first = form.len() > 6 || word.first() == form.first();
            long && first && neighbour(word, &form)
        })
    };
    slip().or(more.map(|m| m.1))
}

/// Whether one letter is wrong, missing, or too much, or two have changed places.
fn neighbour(a: &[u8], b: &[u8]) -> bool {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    match (a, b) {
        ([x, y, a @ ..], [v, w, b @ ..]) if x == w && y == v => a == b,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([_, rest @ ..], b) if rest == b => true,
        (a, [_, rest @ ..]) => rest == a,
        _ => false,
    }
}

/// How else a word may be written: letters said long, the first letter by ear.
fn respelt(word: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    let mut once = word.to_vec();
    once.dedup();
    let drawn = word
        .windows(3)
        .any(|w| w.iter().all(|b| Some(b) == w.first()));
    const HEARD: &[(u8, u8)] = &[
        (0xE0, 0xEE),
        (0xE5, 0xE8),
        (0xE5, 0xFD),
        (0xE1, 0xEF),
        (0xE2, 0xF4),
        (0xE4, 0xF2),
        (0xE3, 0xEA),
        (0xE6, 0xF8),
        (0xE7, 0xF1),
    ];
    let first = word.first().copied();
    let heard = HEARD.iter().filter_map(move |(a, b)| match first {
        Some(f) if f == *a => Some(*b),
        Some(f) if f == *b => Some(*a),
        _ => None,
    });
    let rest = word.get(1..).unwrap_or_default().to_vec();
    let heard = heard.map(move |f| [&[f], rest.as_slice()].concat());
    drawn.then_some(once).into_iter().chain(heard)
}

/// All words one slip away.
fn neighbours(word: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let letters = || 0xE0..=0xFFu8;
    // What begins otherwise is another word, unless it is a long one.
    let first = usize::from(word.len() < LONG);
    (first..=word.len()).flat_map(move |at| {
        let (head, tail) = word.split_at(at);
        let rest = tail.get(1..).map(<[u8]>::to_vec);
        let less = rest.clone().filter(|_| at > 0).map(|r| [head, &r].concat());
        let swapped = match tail {
            [a, b, rest @ ..] => Some([head, &[*b, *a], rest].concat()),
            _ => None,
        };
        let other = rest
            .into_iter()
            .flat_map(move |r| letters().map(move |l| [head, &[l], r.as_slice()].concat()));
        // «Впокровская» is how «Верхнепокровская» is cut short, so that the first letter is but changed.
        let inner = at > 0;
        let longer = letters()
            .filter(move |_| inner)
            .map(move |l| [head, &[l], tail].concat());
        less.into_iter().chain(swapped).chain(other).chain(longer)
    })
}
