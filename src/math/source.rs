//! Makes a formula as the orders print it readable for the converter.
//!
//! Takes LaTeX; gives LaTeX in which Russian words and signs stand in `\text{}`, indices that mix words and
//! numbers are one text, `₂₀₂₂` is an index, and a bare `%` is no comment. Keeps a map back to the original.

use std::ops::Range;

/// The text for the converter; `map` gives for each of its bytes the character of the original.
pub(super) struct Prepared {
    pub text: String,
    map: Vec<usize>,
    length: usize,
}

impl Prepared {
    /// Where a range of bytes stands in the formula as written, in characters.
    pub(super) fn original(&self, bytes: &Range<usize>) -> Range<usize> {
        let place = |byte: usize| self.map.get(byte).copied().unwrap_or(self.length);
        let start = place(bytes.start);
        let last = bytes.end.max(bytes.start + 1) - 1;
        let end = if last >= self.map.len() {
            self.length
        } else {
            place(last) + 1
        };
        start..end.max(start)
    }

    fn push(&mut self, text: &str, from: usize) {
        self.text.push_str(text);
        self.map.resize(self.text.len(), from);
    }

    fn push_char(&mut self, c: char, from: usize) {
        self.push(c.encode_utf8(&mut [0; 4]), from);
    }
}

/// Commands whose argument is words already.
const TEXT_COMMANDS: [&str; 8] = [
    "text",
    "textrm",
    "textbf",
    "textit",
    "textup",
    "mbox",
    "mathrm",
    "operatorname",
];

pub(super) fn prepare(latex: &str) -> Prepared {
    let chars: Vec<char> = latex.chars().collect();
    let at = |i: usize| chars.get(i).copied();
    let mut out = Prepared {
        text: String::with_capacity(latex.len() * 2),
        map: Vec::new(),
        length: chars.len(),
    };
    let mut i = 0;
    while let Some(c) = at(i) {
        let start = i;
        match c {
            '\\' => {
                i += 1;
                while at(i).is_some_and(char::is_alphabetic) {
                    i += 1;
                }
                if i == start + 1 {
                    i += 1;
                }
                let name: String = chars
                    .get(start + 1..i.min(chars.len()))
                    .unwrap_or(&[])
                    .iter()
                    .collect();
                if TEXT_COMMANDS.contains(&name.as_str()) && at(i) == Some('{') {
                    i = closing(&chars, i).map_or(chars.len(), |end| end + 1);
                }
                for index in start..i.min(chars.len()) {
                    out.push_char(at(index).unwrap_or(' '), index);
                }
            }
            '_' | '^' => {
                out.push_char(c, start);
                i += 1;
                if at(i) == Some('{')
                    && let Some(end) = closing(&chars, i)
                    && let Some(words) = label(chars.get(i + 1..end).unwrap_or(&[]))
                {
                    out.push("{\\text{", i);
                    for (index, word) in words {
                        out.push_char(word, i + 1 + index);
                    }
                    out.push("}}", end);
                    i = end + 1;
                }
            }
            '%' => {
                out.push("\\%", start);
                i += 1;
            }
            '–' | '—' | '−' => {
                out.push("-", start);
                i += 1;
            }
            '₀'..='₉' => {
                out.push("_{", start);
                while let Some(digit) = at(i).and_then(subscript) {
                    out.push_char(digit, i);
                    i += 1;
                }
                out.push("}", i - 1);
            }
            _ if is_russian(c) => {
                out.push("{\\text{", start);
                while let Some(next) = at(i).filter(|c| is_russian(*c) || is_mark(*c)) {
                    out.push_char(next, i);
                    i += 1;
                }
                out.push("}}", i - 1);
            }
            _ => {
                out.push_char(if c == '\u{a0}' { '~' } else { c }, start);
                i += 1;
            }
        }
    }
    out
}

fn subscript(c: char) -> Option<char> {
    let offset = u32::from(c).checked_sub(u32::from('₀'))?;
    char::from_digit(offset, 10)
}

fn is_russian(c: char) -> bool {
    matches!(c, '\u{400}'..='\u{52f}' | '№' | '«' | '»')
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Index of the brace that closes the one at `open`.
fn closing(chars: &[char], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (index, c) in chars.iter().enumerate().skip(open) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(index);
                }
            }
            _ => {}
        }
    }
    None
}

/// An index that is a label («нач\ 1-4») rather than a formula, as text with its places.
fn label(inside: &[char]) -> Option<Vec<(usize, char)>> {
    if !inside.iter().any(|c| is_russian(*c)) {
        return None;
    }
    let mut out: Vec<(usize, char)> = Vec::with_capacity(inside.len());
    for (index, c) in inside.iter().copied().enumerate() {
        let before = index.checked_sub(1).and_then(|i| inside.get(i)).copied();
        let after = inside.get(index + 1).copied();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match c {
            '\\' if matches!(after, Some(' ' | ',')) => {}
            ' ' | '\u{a0}' | '~' => {
                if !matches!(out.last(), Some((_, '\u{a0}'))) {
                    out.push((index, '\u{a0}'));
                }
            }
            ',' if before == Some('\\') => out.push((index, '\u{a0}')),
            '-' if digit(before) && digit(after) => out.push((index, '–')),
            '-' | '–' | '.' | ',' | '/' => out.push((index, c)),
            _ if c.is_alphanumeric() || is_russian(c) || is_mark(c) => out.push((index, c)),
            _ => return None,
        }
    }
    Some(out)
}
