//! A template's text as the engine reads it: text, outputs `{{ … }}` and tags `{% … %}` with their words.
//!
//! Takes a template; gives its outputs and tags in order. Follows the engine's own reading to the letter (Tera 2.4), so
//! that nothing that it runs is overlooked; gives nothing at all for a text that the engine would refuse.

/// What stands between two braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Output,
    Tag,
}

/// One output or tag.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    pub kind: Kind,
    /// Bytes of the whole, braces included.
    pub start: usize,
    pub end: usize,
    /// Written `-}}` or `-%}`: the blank after it goes.
    pub trims: bool,
    pub tokens: Vec<Token<'t>>,
}

/// A word, a string with its quotes, a number or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'t> {
    pub text: &'t str,
    pub at: usize,
}

impl Token<'_> {
    pub(super) fn is_word(&self) -> bool {
        self.text
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
    }
}

impl Piece<'_> {
    pub(super) fn first(&self) -> &str {
        self.tokens.first().map_or("", |t| t.text)
    }
}

/// `None` where the text cannot be a template.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(found) = opening(text.get(at..)?) {
        let start = at + found;
        let rest = text.get(start..)?;
        let inside = start + 2 + usize::from(rest.as_bytes().get(2) == Some(&b'-'));
        let after = text.get(inside..)?;
        if rest.starts_with("{#") {
            at = inside + after.find("#}")? + 2;
            continue;
        }
        if rest.starts_with("{%")
            && let Some(body) = named_tag(after, "raw")
        {
            at = end_of_raw(text, inside + body)?;
            continue;
        }
        let (kind, close) = match rest.starts_with("{{") {
            true => (Kind::Output, "}}"),
            false => (Kind::Tag, "%}"),
        };
        let (tokens, end, trims) = tokens(text, inside, close)?;
        pieces.push(Piece {
            kind,
            start,
            end,
            trims,
            tokens,
        });
        at = end;
    }
    Some(pieces)
}

fn opening(text: &str) -> Option<usize> {
    let starts = |pair: &[u8]| matches!(pair, b"{{" | b"{%" | b"{#");
    text.as_bytes().windows(2).position(starts)
}

/// The length of `raw %}` or `endraw %}` where `text`, after the opening brace, is that tag.
fn named_tag(text: &str, name: &str) -> Option<usize> {
    let blank = |c: char| c.is_ascii_whitespace();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let rest = rest.trim_start_matches(blank).strip_prefix(name)?;
    let rest = rest.trim_start_matches(blank);
    let rest = rest.strip_prefix('-').unwrap_or(rest).strip_prefix("%}")?;
    Some(text.len() - rest.len())
}

fn end_of_raw(text: &str, mut at: usize) -> Option<usize> {
    loop {
        at += text.get(at..)?.find("{%")? + 2;
        if let Some(len) = named_tag(text.get(at..)?, "endraw") {
            return Some(at + len);
        }
    }
}

/// The tokens up to `close`, the byte after it, and whether it trims.
fn tokens<'t>(text: &'t str, mut at: usize, close: &str) -> Option<(Vec<Token<'t>>, usize, bool)> {
    let mut tokens = Vec::new();
    loop {
        let rest = text.get(at..)?;
        let blank = rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_ascii_whitespace())
                .len();
        let (at_token, rest) = (at + blank, rest.get(blank..)?);
        if let Some(after) = rest.strip_prefix('-')
            && after.starts_with(close)
        {
            return Some((tokens, at_token + 1 + close.len(), true));
        }
        if rest.starts_with(close) {
            return Some((tokens, at_token + close.len(), false));
        }
        let len = token(rest)?;
        tokens.push(Token {
            text: rest.get(..len)?,
            at: at_token,
        });
        at = at_token + len;
    }
}

/// How long the token is with which `rest` begins.
fn token(rest: &str) -> Option<usize> {
    const PAIRS: [&[u8]; 9] = [
        b"//", b"**", b"==", b"!=", b">=", b"<=", b"</", b"?.", b"?[",
    ];
    let bytes = rest.as_bytes();
    let first = *bytes.first()?;
    if bytes.starts_with(b"...") {
        return Some(3);
    }
    if PAIRS.iter().any(|pair| bytes.starts_with(pair)) {
        return Some(2);
    }
    match first {
        b'\'' | b'"' | b'`' => string(bytes, first),
        b'0'..=b'9' => {
            let mut point = false;
            let number = |b: &&u8| match **b {
                b'.' if !point => {
                    point = true;
                    true
                }
                b => b.is_ascii_digit(),
            };
            Some(bytes.iter().take_while(number).count())
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
            let word = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
            Some(bytes.iter().take_while(word).count())
        }
        b if b"+-*/%!.,:~|=><()[]{}@".contains(&b) => Some(1),
        _ => None,
    }
}

fn string(bytes: &[u8], quote: u8) -> Option<usize> {
    let mut escaped = false;
    for (i, byte) in bytes.iter().enumerate().skip(1) {
        match *byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b if b == quote => return Some(i + 1),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<Vec<String>> {
        let words = |p: &Piece<'_>| {
            p.tokens
                .iter()
                .map(|t| t.text)
                .collect::<Vec<_>>()
                .join(" ")
        };
        Some(pieces(text)?.iter().map(words).collect())
    }

    #[test]
    fn outputs_and_tags_are_found_and_nothing_else() {
        let text =
            "a {# {{ x }} #}{%- raw %}{{ y }}{% endraw -%}b{{ a.b|f(x=\"}}\") -}}{% if a </* %}";
        let all = ["a . b | f ( x = \"}}\" )", "if a </ *"];
        assert_eq!(words(text), Some(all.map(str::to_owned).to_vec()));
        let text = "{% for x in [1, 2.5] %}{{-`a\\`b`}}{{ <c d={e} /> }}";
        let all = ["for x in [ 1 , 2.5 ]", "`a\\`b`", "< c d = { e } / >"];
        assert_eq!(words(text), Some(all.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_is_no_template_gives_nothing() {
        for text in [
            "{{ a",
            "{% raw %}{{ b }}",
            "{# c",
            "{{ 'd }}",
            "{{ ф }}",
            "{% a # %}",
        ] {
            assert!(pieces(text).is_none(), "{text}");
        }
    }
}
