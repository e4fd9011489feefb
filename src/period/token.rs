//! Cuts the words of a period into tokens with character offsets.
//!
//! Takes any text; gives numbers, folded words and the few signs that matter. Must not fail: what is no
//! part of the grammar becomes [`Kind::Other`], for the reader to point at.

use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// Value and how many digits it was written with: `09` and `9` differ in a date.
    Num(u32, usize),
    /// Lower case, ё as е, composed, Latin look-alikes inside a Russian word made Russian.
    Word(String),
    Roman(u32),
    Dash,
    Dot,
    Comma,
    Slash,
    Open,
    Close,
    /// A time of day, `10:00`; it never changes the period.
    Time,
    Other,
}

#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    /// In characters of the whole text.
    pub at: Range<usize>,
    /// No space before it.
    pub tight: bool,
}

/// Reads all of `text`.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<Token> = Vec::new();
    let mut i = 0;
    let mut tight = false;
    while let Some(&c) = chars.get(i) {
        let start = i;
        i += 1;
        let kind = match c {
            _ if c.is_whitespace() || is_noise(c) => {
                if c.is_whitespace() {
                    tight = false;
                }
                continue;
            }
            '0'..='9' => {
                let mut value = 0u32;
                let mut end = start;
                while let Some(d) = chars.get(end).and_then(|c| c.to_digit(10)) {
                    value = value.saturating_mul(10).saturating_add(d);
                    end += 1;
                }
                // «в 15.00», «10-00»: no month is called so.
                let joined = tight
                    && matches!(
                        out.last().map(|t| &t.kind),
                        Some(Kind::Dot | Kind::Dash | Kind::Slash)
                    );
                if let (false, Some(stop)) = (joined, clock(&chars, value, end)) {
                    i = stop;
                    out.push(Token {
                        kind: Kind::Time,
                        at: start..i,
                        tight,
                    });
                    tight = true;
                    continue;
                }
                i = end;
                // «20242026 гг.»: the dash between two years was lost.
                let (first, last) = (value / 10_000, value % 10_000);
                let years = |y: u32| (1900..2200).contains(&y);
                if end - start == 8 && years(first) && years(last) && first < last {
                    for (kind, at) in [
                        (Kind::Num(first, 4), start..start + 4),
                        (Kind::Dash, start + 4..start + 4),
                    ] {
                        out.push(Token { kind, at, tight });
                    }
                    Kind::Num(last, 4)
                } else {
                    Kind::Num(value, end - start)
                }
            }
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => Kind::Dash,
            '.' | '…' => Kind::Dot,
            ',' | ';' => Kind::Comma,
            '/' => Kind::Slash,
            '(' | '[' => Kind::Open,
            ')' | ']' => Kind::Close,
            ':' => match (out.last().map(|t| &t.kind), chars.get(i)) {
                (Some(Kind::Num(hour, _)), Some(next)) if *hour < 25 && next.is_ascii_digit() => {
                    let begin = out.pop().map_or(start, |t| t.at.start);
                    while chars
                        .get(i)
                        .is_some_and(|c| c.is_ascii_digit() || *c == ':')
                    {
                        i += 1;
                    }
                    out.push(Token {
                        kind: Kind::Time,
                        at: begin..i,
                        tight,
                    });
                    continue;
                }
                _ => Kind::Other,
            },
            _ if c.is_alphabetic() => {
                while chars
                    .get(i)
                    .is_some_and(|c| c.is_alphabetic() || is_mark(*c) || *c == '\u{ad}')
                {
                    i += 1;
                }
                word(&chars, start..i)
            }
            _ => Kind::Other,
        };
        out.push(Token {
            kind,
            at: start..i,
            tight,
        });
        tight = true;
    }
    out
}

/// The end of a time of day whose hour ends at `end`: «15.00», «9.30», «10-00».
fn clock(chars: &[char], hour: u32, end: usize) -> Option<usize> {
    let sign = chars.get(end).filter(|c| matches!(c, '.' | '-'))?;
    let minutes: Vec<u32> = chars
        .get(end + 1..)?
        .iter()
        .map_while(|c| c.to_digit(10))
        .collect();
    let [tens, ones] = minutes[..] else {
        return None;
    };
    let minute = tens * 10 + ones;
    let no_month = minute == 0 || (*sign == '.' && (13..60).contains(&minute));
    let alone = !matches!(chars.get(end + 3), Some('.' | '-' | '/'))
        || chars.get(end + 4).is_none_or(|c| !c.is_ascii_digit());
    (hour < 25 && no_month && alone).then_some(end + 3)
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Quotes, emphasis and invisible characters that printing and scanning leave behind.
fn is_noise(c: char) -> bool {
    matches!(
        c,
        '«' | '»' | '"' | '„' | '“' | '”' | '*' | '_' | '\u{ad}' | '\u{200b}'
            ..='\u{200f}' | '\u{2060}' | '\u{feff}'
    ) || is_mark(c)
}

fn word(chars: &[char], at: Range<usize>) -> Kind {
    let raw = chars.get(at).unwrap_or(&[]);
    let mut text = String::with_capacity(raw.len() * 2);
    for &c in raw {
        match c {
            '\u{306}' if text.ends_with('и') => {
                text.pop();
                text.push('й');
            }
            'ё' | 'Ё' => text.push('е'),
            '\u{ad}' => {}
            _ if is_mark(c) => {}
            _ => text.extend(c.to_lowercase()),
        }
    }
    if let Some(n) = roman(&text) {
        return Kind::Roman(n);
    }
    let russian = text.chars().any(|c| ('а'..='я').contains(&c));
    if russian || matches!(text.as_str(), "c" | "k") {
        text = text.chars().map(look_alike).collect();
    }
    Kind::Word(text)
}

fn look_alike(c: char) -> char {
    const PAIRS: [(char, char); 10] = [
        ('a', 'а'),
        ('e', 'е'),
        ('o', 'о'),
        ('p', 'р'),
        ('c', 'с'),
        ('x', 'х'),
        ('y', 'у'),
        ('k', 'к'),
        ('m', 'м'),
        ('t', 'т'),
    ];
    PAIRS
        .iter()
        .find(|(latin, _)| *latin == c)
        .map_or(c, |(_, russian)| *russian)
}

fn roman(word: &str) -> Option<u32> {
    let word: String = word
        .chars()
        .map(|c| if c == 'і' || c == 'ⅰ' { 'i' } else { c })
        .collect();
    match word.as_str() {
        "i" => Some(1),
        "ii" | "ⅱ" => Some(2),
        "iii" | "ⅲ" => Some(3),
        "iv" | "ⅳ" => Some(4),
        _ => None,
    }
}
