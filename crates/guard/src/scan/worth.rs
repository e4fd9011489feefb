//! Whether a text could name anybody at all: most cannot, and need not be read by any rule.
//!
//! Takes the tokens of a text, when all repairs of words are made; says «no» where none of them stands for anything that
//! the compiled registry holds: neither a stem, nor one with a slip in it, nor two words that make one, nor a number, code,
//! address, patronymic, acronym, or word of the second wall. What it asks is the registry's own tables and never the rules,
//! so that a rule that is added needs nothing here as long as it begins with one of these. Must not say «no» where a rule
//! would find something; a «yes» may be wrong.

use std::cell::RefCell;

use super::super::backstop::Wall;
use super::super::fold::{enc, is_cyr, unfold};
use super::super::identifiers::strip_code;
use super::super::index::hash;
use super::super::lexicon::Kind;
use super::super::model::Model;
use super::super::morph::adjective_stem;
use super::super::people::father;
use super::super::token::{Stream, Token, What, flag};
use super::super::translit::skeleton;
use super::acronym;

/// Something in the registry answers to the word.
const ANSWERED: u8 = 1;
/// It may be the first part of a name.
const HEAD: u8 = 2;

/// The most letters of a word, or of two and the joint, that are remembered.
const LETTERS: usize = 42;
const PLACES: usize = 1 << 13;
/// No code of an identifier has more digits.
const DIGITS: usize = 15;
/// Numbers from here on are nobody's.
const NUMBERS: u64 = 1000;

#[derive(Clone, Copy)]
struct Known {
    owner: u32,
    len: u8,
    says: u8,
    letters: [u8; LETTERS],
}

const UNKNOWN: Known = Known {
    owner: 0,
    len: 0,
    says: 0,
    letters: [0; LETTERS],
};

thread_local! {
    /// What words were found to say, one a place; a newer takes over. Compared letter by letter, and held for each
    /// recogniser alone.
    static SAID: RefCell<Vec<Known>> = const { RefCell::new(Vec::new()) };
}

/// What was found of a word, remembered; `find` works it out. A question beside the usual one is told by a sign before the
/// word that no word has in it. `owner` is the recogniser's number.
pub(super) fn remembered(owner: u32, word: &[u8], find: impl FnOnce() -> u8) -> u8 {
    with_said(|said| remember(said, owner, word, find))
}

fn with_said<T>(work: impl FnOnce(&mut [Known]) -> T) -> T {
    SAID.with_borrow_mut(|said| {
        if said.is_empty() {
            said.resize(PLACES, UNKNOWN);
        }
        work(said)
    })
}

fn remember(said: &mut [Known], owner: u32, word: &[u8], find: impl FnOnce() -> u8) -> u8 {
    let place = (hash(word) >> 40) as usize % PLACES;
    let (Some(known), Ok(len)) = (said.get_mut(place), u8::try_from(word.len())) else {
        return find();
    };
    if known.owner == owner && known.len == len && known.letters.get(..word.len()) == Some(word) {
        return known.says;
    }
    let says = find();
    if let Some(letters) = known.letters.get_mut(..word.len()) {
        letters.copy_from_slice(word);
        (known.owner, known.len, known.says) = (owner, len, says);
    }
    says
}

/// Whether any rule could find something in the tokens. `owner` tells the registry of `model` from every other there was.
pub(super) fn worth(model: &Model, stream: &Stream, owner: u32) -> bool {
    with_said(|said| {
        let mut reading = Reading {
            model,
            owner,
            said,
            lowest: u64::MAX,
            highest: 0,
            digits: Vec::new(),
        };
        let mut before = None;
        let any = stream.tokens.iter().any(|t| {
            let any = reading.answered(stream, t, before);
            if t.is_word() {
                before = Some(t);
            }
            any
        });
        any || reading.numbered()
    })
}

struct Reading<'a> {
    model: &'a Model,
    owner: u32,
    said: &'a mut [Known],
    /// Of the numbers that a school could have.
    lowest: u64,
    highest: u64,
    /// Of the numbers that follow one another without a word between them.
    digits: Vec<u8>,
}

impl Reading<'_> {
    /// Whether something answers to a token, or to it and the word before.
    fn answered(&mut self, stream: &Stream, t: &Token, before: Option<&Token>) -> bool {
        if t.has_hits() {
            return true;
        }
        let word = stream.word(t);
        match t.what {
            What::Number => self.number(word, t.value) || self.model.index.begins_literal(word),
            What::Word => {
                self.digits.clear();
                self.counts(t, word)
                    || self.says(word) & ANSWERED != 0
                    || Wall::may_hold(t) && self.model.wall.holds(stream, t)
                    || before.is_some_and(|b| self.together(stream, b, t))
            }
            What::Mark(_) | What::Break => false,
        }
    }

    /// A number of a school, or digits of a code, however it is cut.
    fn number(&mut self, word: &[u8], value: u64) -> bool {
        if (1..NUMBERS).contains(&value) {
            self.lowest = self.lowest.min(value);
            self.highest = self.highest.max(value);
        }
        if self.model.digits.is_empty() {
            return false;
        }
        if word.len() > DIGITS {
            self.digits.clear();
            return false;
        }
        // A code begins with a number, so only there are its digits counted from.
        self.digits.push(0);
        self.digits.extend_from_slice(word);
        let surplus = self.digits.len().saturating_sub(4 * DIGITS);
        self.digits.drain(..surplus);
        let mut all = [0; DIGITS];
        let mut from = DIGITS;
        for digit in self.digits.iter().rev() {
            if *digit != 0 {
                let Some(place) = from.checked_sub(1).and_then(|n| all.get_mut(n)) else {
                    break;
                };
                *place = *digit;
                from -= 1;
                continue;
            }
            let code = all.get(from..).unwrap_or_default();
            if self.model.digits.contains_key(&hash(strip_code(code))) {
                return true;
            }
        }
        false
    }

    /// A word for a number, or a number in Roman figures.
    fn counts(&self, t: &Token, word: &[u8]) -> bool {
        let figure = |b: &u8| {
            matches!(b, b'i' | b'v' | b'x' | b'l' | b'c') || matches!(unfold(*b), 'х' | 'с' | 'и')
        };
        let said = matches!(t.kind(), Some(Kind::Cardinal | Kind::Ordinal));
        let written = t.is(flag::ALL_CAPS | flag::CAPITAL) && word.iter().all(figure);
        (said || written && (word.len() > 1 || t.is(flag::LATIN))) && !self.model.numbers.is_empty()
    }

    /// Whether a school has one of the numbers, or one between them: «школы с 11-й по 16-ю».
    fn numbered(&self) -> bool {
        let within = self.lowest..=self.highest;
        let mut numbers = self.model.numbers.keys();
        numbers.any(|n| within.contains(&u64::from(*n)))
    }

    /// Whether two words that follow one another make a name: «При-» «речная», «Кув. шинская», «Ново- и …».
    fn together(&mut self, stream: &Stream, before: &Token, t: &Token) -> bool {
        let latin = before.is(flag::LATIN);
        if latin != t.is(flag::LATIN) {
            return false;
        }
        let (left, right) = (stream.word(before), stream.word(t));
        if latin {
            let joined = t.is(flag::HYPHEN | flag::UNDERSCORE | flag::GLUED | flag::SPACE)
                || t.flags & 0xFF == 0;
            return joined && before.frag == t.frag && self.pair(left, right);
        }
        let hyphen = t.is(flag::HYPHEN) && before.is(flag::CAPITAL);
        let head = self.says(left) & HEAD != 0;
        let apart = t.is(flag::HYPHEN | flag::DASH) && before.is(flag::CAPITAL) && left.len() > 1;
        let model = self.model;
        head && apart
            || (head || hyphen)
                && self.whole(left, right, |whole| {
                    let mut hits = Vec::new();
                    model.index.lookup(whole, false, &mut hits);
                    !hits.is_empty() || hyphen && !model.misspelt.near(whole, |_| true).is_empty()
                })
    }

    /// The same of two Latin words, which meet again and again in addresses and classes.
    fn pair(&mut self, left: &[u8], right: &[u8]) -> bool {
        let model = self.model;
        self.whole(left, right, |whole| {
            let mut hits = Vec::new();
            model.index.lookup(&skeleton(whole), true, &mut hits);
            !hits.is_empty()
        })
    }

    /// Whether something answers to two words put together. Pairs meet again as words do.
    fn whole(&mut self, left: &[u8], right: &[u8], answers: impl Fn(&[u8]) -> bool) -> bool {
        // No word has this sign in it.
        const JOINT: u8 = b'+';
        let mut key = [0; LETTERS];
        let length = left.len() + right.len() + 1;
        let Some([joint, rest @ ..]) = key.get_mut(..length) else {
            return answers(&[left, right].concat());
        };
        *joint = JOINT;
        let (first, second) = rest.split_at_mut(left.len());
        first.copy_from_slice(left);
        second.copy_from_slice(right);
        let key = key.get(..length).unwrap_or_default();
        let found = self.remember(key, || {
            u8::from(answers(key.get(1..).unwrap_or_default())) * ANSWERED
        });
        found & ANSWERED != 0
    }

    /// What a word says by itself.
    fn says(&mut self, word: &[u8]) -> u8 {
        let model = self.model;
        self.remember(word, || {
            let answered = u8::from(answers(model, word)) * ANSWERED;
            answered | (u8::from(model.index.begins_stem(word)) * HEAD)
        })
    }

    fn remember(&mut self, word: &[u8], find: impl FnOnce() -> u8) -> u8 {
        remember(self.said, self.owner, word, find)
    }
}

/// Whether anything in the registry answers to a word: itself, with a slip, as another form of it.
fn answers(model: &Model, word: &[u8]) -> bool {
    let latin = !word.first().is_some_and(|b| is_cyr(*b));
    let mut hits = Vec::new();
    let mut found = |word: &[u8]| {
        model.index.lookup(word, latin, &mut hits);
        !hits.is_empty()
    };
    if model.index.begins_literal(word) {
        return true;
    }
    if latin {
        return found(&skeleton(word)) || found(word);
    }
    // «вересовская» of «Вересовский район»
    let bent = adjective_stem(word).is_some_and(|(stem, _)| {
        let mut endings = ["ий", "ый", "ой"].iter();
        endings.any(|e| found(&[stem.as_slice(), &enc(e)].concat()))
    });
    bent || found(word)
        || father::stem(word).is_some_and(|stem| model.fathers.contains_key(&hash(stem)))
        || acronym::letters(word)
            .is_some_and(|(letters, _)| model.acronyms.contains_key(&hash(letters)))
        || model.wall.knows(word)
        || !model.misspelt.near(word, |_| true).is_empty()
}
