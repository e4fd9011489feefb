//! Where a text speaks of schools: near which words for a school, for those who teach and learn, and for what they do
//! a name that stands alone may be a school's.
//!
//! Takes tokens; answers how far the nearest such word is. Must not look at names.

use super::super::fold::Beginnings;
use super::super::lexicon::Kind;
use super::super::token::{Stream, flag};

/// How far, in words and marks, a text speaks of schools round a word for one.
const NEAR: usize = 80;

/// Beginnings of words for those who teach and learn.
pub(super) const FOLK: Beginnings = Beginnings::new(
    "педагог учител ученик учениц учащ обучающ школьник школьниц старшекласс девятикласс воспитанник \
    выпускник кадет гимназист лицеист директор завуч",
);

/// Beginnings of words for what only schools have and do.
const SCHOOLING: Beginnings = Beginnings::new(
    "участниц лицейск гимназическ двоек двойк аттестат методист школьн урок учительск педсовет \
    педколлектив огэ егэ впр шнор шнро шнсу первокласс одиннадцатикласс четвероклас пятиклас шестиклас \
    семиклас восьмиклас десятиклас",
);

/// The words of a carrier that speak of schools, in order.
pub(super) struct Spoken {
    words: Vec<usize>,
    /// The carrier has named a school of the registry: all of it speaks of them.
    pub everywhere: bool,
}

impl Spoken {
    /// Of the words for `schools` and of all that is theirs.
    pub(super) fn of(stream: &Stream, schools: &[usize], everywhere: bool) -> Self {
        let mut all: Vec<usize> = (stream.tokens.iter().enumerate())
            .filter(|(_, t)| {
                let word = stream.word(t);
                t.is_word() && !t.is(flag::LATIN) && (FOLK.fit(word) || SCHOOLING.fit(word))
            })
            // «ул. Школьная»
            .filter(|(i, t)| {
                let street = |k: Option<usize>| {
                    k.and_then(|k| stream.get(k))
                        .is_some_and(|t| t.lexed(Kind::Street))
                };
                !t.is(flag::CAPITAL) || !street(i.checked_sub(1)) && !street(Some(i + 1))
            })
            .map(|(i, _)| i)
            .chain(schools.iter().copied())
            .collect();
        all.sort_unstable();
        all.dedup();
        Spoken {
            words: all,
            everywhere,
        }
    }

    /// Whether schools are spoken of round token `i`.
    pub(super) fn near(&self, i: usize) -> bool {
        self.everywhere || self.within(i, NEAR)
    }

    pub(super) fn within(&self, i: usize, reach: usize) -> bool {
        let next = self.words.partition_point(|k| *k < i);
        let close = |k: Option<&usize>| k.is_some_and(|k| k.abs_diff(i) <= reach);
        close(self.words.get(next)) || next > 0 && close(self.words.get(next - 1))
    }

    /// Whether one stands in these tokens.
    pub(super) fn in_range(&self, range: &std::ops::Range<usize>) -> bool {
        let next = self.words.partition_point(|k| *k < range.start);
        self.words.get(next).is_some_and(|k| *k < range.end)
    }
}
