//! Cuts the words of a period into tokens with character offsets.
//!
//! Takes any text; gives numbers (a day and a year in words too), folded words and the few signs that matter. Must not
//! fail: what is no part of the grammar becomes [`Kind::Other`], for the reader to point at.

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
            // «__.__.2025»: a day that nobody wrote in.
            '_' if chars.get(i) == Some(&'_') => {
                while chars.get(i) == Some(&'_') {
                    i += 1;
                }
                Kind::Other
            }
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
                // «15.00–17.00»: behind an hour and a dash stands another one.
                let hours = matches!(
                    out.as_slice(),
                    [.., before, dash] if before.kind == Kind::Time && dash.kind == Kind::Dash
                );
                let joined = tight
                    && !hours
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
    numbers_in_words(long_forms(out))
}

/// «в теч.», «т.г.», «с. г.» in full.
fn long_forms(all: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(all.len());
    let mut rest = all.as_slice();
    while let Some((token, mut after)) = rest.split_first() {
        let mut token = token.clone();
        const DAYS: [(&str, &str); 7] = [
            ("пн", "понедельник"),
            ("вт", "вторник"),
            ("ср", "среда"),
            ("чт", "четверг"),
            ("пт", "пятница"),
            ("сб", "суббота"),
            ("вс", "воскресенье"),
        ];
        if let Kind::Word(word) = &token.kind
            && let Some((_, day)) = DAYS.iter().find(|(short, _)| short == word)
        {
            token.kind = Kind::Word((*day).to_owned());
            if let [dot, behind @ ..] = after
                && dot.kind == Kind::Dot
            {
                after = behind;
            }
        }
        if let (Kind::Word(word), [dot, behind @ ..]) = (&token.kind, after)
            && matches!(dot.kind, Kind::Dot | Kind::Slash)
        {
            let year = matches!(behind, [Token { kind: Kind::Word(g), .. }, ..] if g == "г");
            let long = match word.as_str() {
                "теч" => Some("течение"),
                "т" | "с" if year => Some("текущего"),
                _ => None,
            };
            if let Some(long) = long {
                token.kind = Kind::Word(long.to_owned());
                after = behind;
            }
        }
        out.push(token);
        rest = after;
    }
    out
}

/// «двадцать пятого», «две тысячи двадцать шестого» as numbers. The first four alone stay words, for they also count
/// quarters, halves and weeks.
fn numbers_in_words(all: Vec<Token>) -> Vec<Token> {
    let word = |token: &Token| match &token.kind {
        Kind::Word(word) => word.clone(),
        _ => String::new(),
    };
    let mut out: Vec<Token> = Vec::with_capacity(all.len());
    let mut rest = all.as_slice();
    while let Some(first) = rest.first() {
        let said: Vec<String> = rest.iter().take(4).map(word).collect();
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let number = match said.as_slice() {
            ["две", "тысячи", tail @ ..] => {
                below_hundred(tail).map(|(n, used)| (2000 + n, 4, used + 2))
            }
            tail => below_hundred(tail)
                .filter(|(n, _)| (5..32).contains(n))
                .map(|(n, used)| (n, 2, used)),
        };
        let Some((value, digits, used)) = number else {
            out.push(first.clone());
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        let end = rest.get(used - 1).map_or(first.at.end, |t| t.at.end);
        out.push(Token {
            kind: Kind::Num(value, digits),
            at: first.at.start..end,
            tight: first.tight,
        });
        rest = rest.get(used..).unwrap_or_default();
    }
    out
}

/// An ordinal at the beginning of the words, as days and years are told: «пятого», «тридцать первое».
fn below_hundred(said: &[&str]) -> Option<(u32, usize)> {
    const ONES: [&str; 20] = [
        "",
        "перв",
        "втор",
        "трет",
        "четверт",
        "пят",
        "шест",
        "седьм",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "двенадцат",
        "тринадцат",
        "четырнадцат",
        "пятнадцат",
        "шестнадцат",
        "семнадцат",
        "восемнадцат",
        "девятнадцат",
    ];
    const TENS: [(&str, &str); 8] = [
        ("двадцать", "двадцат"),
        ("тридцать", "тридцат"),
        ("сорок", "сороков"),
        ("пятьдесят", "пятидесят"),
        ("шестьдесят", "шестидесят"),
        ("семьдесят", "семидесят"),
        ("восемьдесят", "восьмидесят"),
        ("девяносто", "девяност"),
    ];
    let ordinal = |word: &str, stem: &str| {
        !stem.is_empty()
            && matches!(
                word.strip_prefix(stem),
                Some("ое" | "ого" | "ому" | "ом" | "ье" | "ьего" | "ьему" | "ьем")
            )
    };
    let one = |word: &str| (1..20u32).zip(&ONES[1..]).find(|(_, s)| ordinal(word, s));
    let first = said.first()?;
    if let Some((n, _)) = one(first) {
        return Some((n, 1));
    }
    let (n, (cardinal, _)) = (2..10u32)
        .zip(TENS)
        .find(|(_, (cardinal, stem))| first == cardinal || ordinal(first, stem))?;
    if *first != cardinal {
        return Some((n * 10, 1));
    }
    let (last, _) = one(said.get(1)?).filter(|(last, _)| *last < 10)?;
    Some((n * 10 + last, 2))
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
