//! Published text cut into words and sentences.
//!
//! Takes pieces as they are published; gives words folded so that case, «ё», stress marks and what a reader does not
//! see make no difference, and sentences, each with its neighbours. Must not judge.

use std::ops::Range;

use crate::passage::Role;

/// One run of published text: a paragraph, a heading, a cell, a field.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'t> {
    pub text: &'t str,
    pub role: Role,
    /// Pieces of different records (rows of a roadmap, clauses, speakers) say nothing of each other.
    pub record: u32,
}

/// A word or a number.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub folded: String,
    /// Bytes of the piece.
    pub span: Range<usize>,
    pub capital: bool,
    /// What stands between this word and the next one holds a letter of none: a comma, a bracket, a dash, the end.
    pub parted: bool,
    /// Opens or follows a quotation mark.
    pub quoted: bool,
}

/// Words between two full stops; positions in [`Text::words`].
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub piece: usize,
    pub words: Range<usize>,
}

/// All pieces of one file.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub words: Vec<Word>,
    pub sentences: Vec<Sentence>,
}

/// A character as it is compared; `None` for one that no reader sees.
fn folded(c: char) -> Option<char> {
    match c {
        // Nearly all: without the tables of Unicode.
        'а'..='я' => Some(c),
        '\0'..='\x7f' => Some(c.to_ascii_lowercase()),
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20),
        '\u{ad}'
        | '\u{300}'..='\u{36f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => None,
        'ё' | 'Ё' => Some('е'),
        c => Some(c.to_lowercase().next().unwrap_or(c)),
    }
}

/// The text as it is searched for names, at a fraction of the cost of cutting it into words.
pub(super) fn fold(text: &str, out: &mut String) {
    out.clear();
    let mut last = '\0';
    for c in text.chars() {
        if let Some(c) = joined(last, c) {
            out.pop();
            out.push(c);
            last = c;
        } else if let Some(c) = folded(c) {
            out.push(c);
            last = c;
        }
    }
}

/// «й» may be written as two characters.
fn joined(last: char, c: char) -> Option<char> {
    (c == '\u{306}' && last == 'и').then_some('й')
}

impl Text {
    pub(super) fn new(pieces: &[Piece<'_>]) -> Self {
        let mut text = Text::default();
        for (n, piece) in pieces.iter().enumerate() {
            text.cut(n, piece.text);
        }
        text
    }

    fn cut(&mut self, piece: usize, text: &str) {
        let begin = self.words.len();
        let mut first = begin;
        let mut open = None::<Word>;
        let mut gap = String::new();
        for (at, c) in text.char_indices() {
            let unseen = folded(c).is_none();
            let inner = c.is_alphanumeric()
                || unseen && open.is_some()
                || c == '+' && open.as_ref().is_some_and(|w| number(&w.folded))
                || c == '-'
                    && open
                        .as_ref()
                        .is_some_and(|w| matches!(&*w.folded, "р" | "м" | "г"));
            if !inner {
                if let Some(word) = open.take() {
                    self.words.push(word);
                }
                gap.push(c);
                continue;
            }
            let word = open.get_or_insert_with(|| {
                if ends(
                    &gap,
                    self.words.last().filter(|_| self.words.len() > first),
                    c,
                ) && self.words.len() > first
                {
                    self.sentences.push(Sentence {
                        piece,
                        words: first..self.words.len(),
                    });
                    first = self.words.len();
                }
                let between = gap.chars().any(|c| !c.is_whitespace());
                if let Some(before) = self.words.get_mut(begin..).and_then(|w| w.last_mut()) {
                    before.parted = between;
                }
                let quoted = gap.ends_with(['«', '"', '„', '“']);
                gap.clear();
                Word {
                    folded: String::new(),
                    span: at..at,
                    capital: c.is_uppercase(),
                    parted: true,
                    quoted,
                }
            });
            let last = word.folded.chars().next_back().unwrap_or('\0');
            if let Some(c) = joined(last, c) {
                word.folded.pop();
                word.folded.push(c);
            } else if let Some(c) = folded(c) {
                word.folded.push(c);
            }
            word.span.end = at + c.len_utf8();
        }
        if let Some(word) = open {
            self.words.push(word);
        }
        if let Some(last) = self.words.last_mut() {
            last.parted = true;
        }
        if self.words.len() > first {
            self.sentences.push(Sentence {
                piece,
                words: first..self.words.len(),
            });
        }
    }
}

fn number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a sentence ends between two words, before a word that begins with `next`.
fn ends(gap: &str, before: Option<&Word>, next: char) -> bool {
    if gap.contains(['\n', '!', '?', '…']) {
        return true;
    }
    // «г. Луговой», «А. П. Иванов», «2.3», «14.10»: no end.
    let short = before.is_none_or(|w| w.folded.chars().count() <= 2 || number(&w.folded));
    gap.contains('.')
        && gap.ends_with(|c: char| !c.is_alphanumeric() && c != '.')
        && next.is_uppercase()
        && !short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<String> {
        let piece = Piece {
            text,
            role: Role::Text,
            record: 0,
        };
        let cut = Text::new(&[piece]);
        let words = |s: &Sentence| {
            let words = cut.words[s.words.clone()].iter();
            words
                .map(|w| w.folded.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        };
        cut.sentences.iter().map(words).collect()
    }

    #[test]
    fn words_and_sentences() {
        for (text, expected) in [
            ("Ёлка. Дом", &["елка", "дом"][..]),
            ("в г. Луговом, 14.10", &["в г луговом 14 10"]),
            ("Усть-Карский р-н, 500+", &["усть карский р-н 500+"]),
            (
                "Кед\u{ad}ровыи\u{306} район\nвторой",
                &["кедровый район", "второй"],
            ),
        ] {
            assert_eq!(sentences(text), expected, "{text}");
        }
    }
}
