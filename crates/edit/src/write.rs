//! How values are written.
//!
//! Takes a value and one that it should look like; gives the text of it, on several levels of caution: what a person
//! would write, the same without an end of line after a block, and everything in double quotes. Must not know where it
//! goes beyond its column.

use crate::Value;
use crate::locate::{Kind, Node, Style};

/// The levels, from what reads best to what is surest.
pub(crate) const LEVELS: [Level; 3] = [Level::Fair, Level::Stripped, Level::Quoted];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Fair,
    Stripped,
    Quoted,
}

/// Longer lists and maps are not written on one line.
const SHORT: usize = 100;

/// Who writes, and how.
#[derive(Clone, Copy)]
pub(crate) struct Pen<'t> {
    pub newline: &'t str,
    pub level: Level,
}

impl Pen<'_> {
    fn line(&self, column: usize) -> String {
        format!("{}{}", self.newline, " ".repeat(column))
    }

    /// A value behind a dash or a colon at `column`, with the space before it.
    pub(crate) fn behind(
        &self,
        value: &Value,
        like: Option<&Node>,
        column: usize,
        dash: bool,
    ) -> String {
        match value {
            Value::Text(_) | Value::Bare(_) => {
                format!(" {}", self.scalar(value, like, Some(column)))
            }
            _ if prefers_flow(value, like) => format!(" {}", self.inline(value, like)),
            Value::Map(_) if dash => format!(" {}", self.block(value, like, column + 2)),
            Value::List(_) if dash => format!(" {}", self.inline(value, like)),
            _ => format!(
                "{}{}",
                self.line(column + 2),
                self.block(value, like, column + 2)
            ),
        }
    }

    /// A list or a map over several lines; the first begins where the caller has put it.
    pub(crate) fn block(&self, value: &Value, like: Option<&Node>, column: usize) -> String {
        let lines: Vec<String> = match value {
            Value::Map(entries) => entries
                .iter()
                .map(|(k, v)| self.entry(k, v, child(like, k), column))
                .collect(),
            Value::List(items) => items
                .iter()
                .map(|item| format!("-{}", self.behind(item, first(like), column, true)))
                .collect(),
            scalar => vec![self.scalar(scalar, like, None)],
        };
        lines.join(&self.line(column))
    }

    /// `key: value`.
    pub(crate) fn entry(
        &self,
        key: &str,
        value: &Value,
        like: Option<&Node>,
        column: usize,
    ) -> String {
        format!("{}:{}", name(key), self.behind(value, like, column, false))
    }

    /// A value between brackets.
    pub(crate) fn inline(&self, value: &Value, like: Option<&Node>) -> String {
        match value {
            Value::List(items) => {
                let items = items.iter().map(|i| self.inline(i, first(like)));
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Value::Map(entries) => {
                let entries = entries
                    .iter()
                    .map(|(k, v)| self.inline_entry(k, v, child(like, k)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            scalar => self.scalar(scalar, like, None),
        }
    }

    pub(crate) fn inline_entry(&self, key: &str, value: &Value, like: Option<&Node>) -> String {
        format!("{}: {}", name(key), self.inline(value, like))
    }

    /// A scalar; over several lines where it stands in a block at a column.
    pub(crate) fn scalar(
        &self,
        value: &Value,
        like: Option<&Node>,
        block: Option<usize>,
    ) -> String {
        let (text, bare) = match value {
            Value::Text(text) => (text, false),
            Value::Bare(text) => (text, true),
            _ => return String::new(),
        };
        if self.level == Level::Quoted {
            return double(text);
        }
        let (style, sort) = match like.map(|n| &n.kind) {
            Some(Kind::Scalar { text, style }) => (Some(*style), Some(Sort::of(text))),
            _ => (None, None),
        };
        if let Some(column) = block {
            let folded = style == Some(Style::Folded);
            let blocks = matches!(style, Some(Style::Literal | Style::Folded));
            if (blocks || text.contains('\n'))
                && let Some(lines) = self.lines(text, folded, column + 2)
            {
                let mark = if folded && fits_folded(text) {
                    ">"
                } else {
                    "|"
                };
                let strip = if self.level == Level::Stripped {
                    "-"
                } else {
                    ""
                };
                return format!("{mark}{strip}{lines}");
            }
        }
        let own = Sort::of(text);
        let free = bare || own == Sort::Word || sort == Some(own);
        let plain = free && is_plain(text, block.is_none());
        match style {
            Some(Style::Plain) if plain => text.clone(),
            Some(Style::Single) if !text.chars().any(|c| c.is_control()) => {
                format!("'{}'", text.replace('\'', "''"))
            }
            None if plain && (bare || is_slug(text)) => text.clone(),
            _ if bare && plain && style != Some(Style::Double) => text.clone(),
            _ => double(text),
        }
    }

    /// The lines of a block scalar, each with what ends the line before it; `None` where they would be read otherwise.
    pub(crate) fn lines(&self, text: &str, folded: bool, column: usize) -> Option<String> {
        let bare = text.trim_end_matches('\n');
        let odd = |c: char| c != '\n' && c != '\t' && (c.is_control() || is_break(c));
        let begins = bare.trim_start_matches('\n');
        if bare.is_empty() || begins.starts_with([' ', '\t']) || bare.chars().any(odd) {
            return None;
        }
        let folded = folded && fits_folded(text);
        let mut out = String::new();
        for (i, line) in bare.split('\n').enumerate() {
            if folded && i > 0 && !line.is_empty() {
                out.push_str(self.newline);
            }
            out.push_str(self.newline);
            if !line.is_empty() {
                out.push_str(&" ".repeat(column));
                out.push_str(line);
            }
        }
        Some(out)
    }
}

/// Folded lines that begin with a space are not folded; one that is empty is an end of line.
pub(crate) fn fits_folded(text: &str) -> bool {
    let bare = text.trim_end_matches('\n');
    !bare.starts_with('\n') && !bare.split('\n').any(|l| l.starts_with([' ', '\t']))
}

fn child<'n>(like: Option<&'n Node>, key: &str) -> Option<&'n Node> {
    let parts = like?.parts().iter();
    parts
        .filter(|p| p.key.as_deref() == Some(key))
        .map(|p| &p.value)
        .next()
}

fn first(like: Option<&Node>) -> Option<&Node> {
    match &like?.kind {
        Kind::List { items, .. } => items.first().map(|i| &i.value),
        _ => None,
    }
}

fn prefers_flow(value: &Value, like: Option<&Node>) -> bool {
    let short = |v: &Value| match v {
        Value::Text(t) | Value::Bare(t) if !t.contains('\n') => Some(t.chars().count()),
        _ => None,
    };
    let lengths: Option<Vec<usize>> = match value {
        Value::List(items) => items.iter().map(short).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(k, v)| Some(k.len() + 2 + short(v)?))
            .collect(),
        _ => return false,
    };
    let Some(lengths) = lengths else {
        return false;
    };
    match like {
        _ if lengths.is_empty() => true,
        Some(like) if !like.parts().is_empty() => like.is_flow(),
        _ => lengths.iter().sum::<usize>() <= SHORT,
    }
}

fn name(key: &str) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    let plain = !key.is_empty() && key.chars().all(word) && !key.starts_with('-');
    match plain && !matches!(key, "null" | "Null" | "NULL" | "true" | "false") {
        true => key.to_owned(),
        false => double(key),
    }
}

/// What the readers of this world take a bare word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Empty,
    Truth,
    Number,
    Date,
}

impl Sort {
    fn of(text: &str) -> Sort {
        let low = text.to_lowercase();
        let truths = [
            "true", "false", "yes", "no", "on", "off", "y", "n", "да", "нет",
        ];
        if matches!(&*low, "" | "~" | "null") {
            return Sort::Empty;
        }
        if truths.contains(&&*low) {
            return Sort::Truth;
        }
        let day: Vec<&str> = text.splitn(3, '-').collect();
        let digits = |t: &&str| t.bytes().next().is_some_and(|b| b.is_ascii_digit());
        if day.len() == 3 && day.iter().all(digits) {
            return Sort::Date;
        }
        // Also hexadecimal, binary, sexagesimal, with separators, infinite: whatever begins like a number.
        let number = low.trim_start_matches(['+', '-', '.']);
        let begins = number.bytes().next().is_some_and(|b| b.is_ascii_digit());
        let like = |c: char| c.is_ascii_hexdigit() || "._:+-xobn,".contains(c);
        if (begins && low.chars().all(like)) || matches!(number, "inf" | "nan") {
            return Sort::Number;
        }
        Sort::Word
    }
}

fn is_slug(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"_-./".contains(&b);
    Sort::of(text) == Sort::Word && text.bytes().all(fits) && !text.starts_with(['-', '.'])
}

/// Ends a line for some readers.
fn is_break(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Whether it may stand without quotes.
fn is_plain(text: &str, flow: bool) -> bool {
    let first = text.chars().next().unwrap_or(' ');
    let odd = |c: char| c.is_control() || is_break(c);
    text.trim() == text
        && !text.is_empty()
        && !"-?:,[]{}#&*!|>'\"%@`=".contains(first)
        && !text.starts_with("...")
        && !text.chars().any(odd)
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(flow && text.contains([',', '[', ']', '{', '}', ':']))
}

pub(crate) fn double(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || is_break(c) => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
