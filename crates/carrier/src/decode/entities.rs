//! Character references: takes text with `&…;`, gives it without. Must not expand what a document defines
//! beyond a fixed size (nested definitions are the oldest bomb there is).

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use memchr::memchr;

/// What a document type declaration defines.
#[derive(Default)]
pub(crate) struct Definitions {
    values: BTreeMap<String, String>,
    /// How many bytes the values have grown the text by.
    used: AtomicUsize,
}

/// Beyond this, definitions stand for nothing any more.
const MAX_EXPANDED: usize = 16 << 20;

/// Of a document that defines nothing.
pub(crate) static NONE: Definitions = Definitions {
    values: BTreeMap::new(),
    used: AtomicUsize::new(0),
};

impl Definitions {
    /// Reads `<!ENTITY name "value">` out of a declaration. Values may use earlier names; what grows beyond
    /// 4 KB is cut.
    pub(crate) fn read(declaration: &str) -> Self {
        let mut all = Definitions::default();
        for piece in declaration.split("<!ENTITY").skip(1).take(1000) {
            let piece = piece.trim_start().trim_start_matches('%').trim_start();
            let Some((name, rest)) = piece.split_once(char::is_whitespace) else {
                continue;
            };
            let rest = rest.trim_start();
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let Some(value) = rest.get(1..).and_then(|r| r.split(quote).next()) else {
                continue;
            };
            let mut decoded = String::new();
            for piece in value.split_inclusive(';') {
                if decoded.len() > 4096 {
                    break;
                }
                decode(piece, &mut decoded, true, &all);
            }
            decoded.truncate(decoded.floor_char_boundary(4096));
            all.values.insert(name.to_owned(), decoded);
        }
        all
    }

    /// Whether the text grew beyond what is read.
    pub(crate) fn exhausted(&self) -> bool {
        self.used.load(Ordering::Relaxed) > MAX_EXPANDED
    }

    fn value(&self, name: &str) -> Option<&str> {
        let value = self.values.get(name)?;
        self.used.fetch_add(value.len(), Ordering::Relaxed);
        (!self.exhausted()).then_some(value)
    }
}

/// Appends `raw` to `out`, with references resolved; `html` allows all of HTML's names.
pub(crate) fn decode(raw: &str, out: &mut String, html: bool, own: &Definitions) {
    let mut rest = raw;
    while let Some(amp) = memchr(b'&', rest.as_bytes()) {
        let (before, tail) = rest.split_at(amp);
        out.push_str(before);
        rest = match reference(tail, out, html, own) {
            Some(len) => tail.get(len..).unwrap_or_default(),
            None => {
                out.push('&');
                tail.get(1..).unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
}

/// Gives `raw` piece by piece, with the byte each begins at: what stands between references as it is, and what each
/// reference stands for.
pub(crate) fn pieces(raw: &str, own: &Definitions, mut each: impl FnMut(usize, &str)) {
    let (mut at, mut held) = (0, String::new());
    while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
        let amp = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        let (before, tail) = rest.split_at(amp);
        if !before.is_empty() {
            each(at, before);
        }
        at += amp;
        held.clear();
        match reference(tail, &mut held, true, own) {
            Some(len) => {
                each(at, &held);
                at += len;
            }
            None if !tail.is_empty() => {
                each(at, "&");
                at += 1;
            }
            None => {}
        }
    }
}

/// `raw` with references resolved, borrowed where there are none.
pub(crate) fn decoded<'a>(raw: &'a str, own: &Definitions) -> std::borrow::Cow<'a, str> {
    if memchr(b'&', raw.as_bytes()).is_none() {
        return raw.into();
    }
    let mut out = String::with_capacity(raw.len());
    decode(raw, &mut out, true, own);
    out.into()
}

/// Resolves the reference at the beginning of `tail`; gives the bytes it took.
fn reference(tail: &str, out: &mut String, html: bool, own: &Definitions) -> Option<usize> {
    let bytes = tail.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes, out);
    }
    let len = bytes
        .iter()
        .skip(1)
        .take(40)
        .take_while(|b| {
            b.is_ascii_alphanumeric() || (**b >= 0x80) || matches!(b, b'_' | b'-' | b'.')
        })
        .count();
    let len = if tail.is_char_boundary(len + 1) {
        len
    } else {
        0
    };
    let name = tail.get(1..len + 1).filter(|n| !n.is_empty())?;
    let closed = bytes.get(len + 1) == Some(&b';');
    if closed {
        if let Some(value) = own.value(name) {
            out.push_str(value);
            return Some(len + 2);
        }
        let known = match name {
            "amp" => Some("&"),
            "lt" => Some("<"),
            "gt" => Some(">"),
            "quot" => Some("\""),
            "apos" => Some("'"),
            "nbsp" => Some("\u{a0}"),
            "laquo" => Some("«"),
            "raquo" => Some("»"),
            "shy" => Some("\u{ad}"),
            _ if html => named(tail.get(..len + 2)?),
            _ => None,
        };
        if let Some(value) = known {
            out.push_str(value);
            return Some(len + 2);
        }
    }
    if !html {
        return None;
    }
    let name = name.get(..name.bytes().take_while(u8::is_ascii_alphanumeric).count())?;
    // The longest of the names that HTML reads without a semicolon too.
    for end in (2..=name.len().min(6)).rev() {
        if let Some(value) = tail.get(..end + 1).and_then(named) {
            out.push_str(value);
            return Some(end + 1);
        }
    }
    None
}

/// One of HTML's names, from its ampersand on.
fn named(reference: &str) -> Option<&'static str> {
    let value = htmlize::ENTITIES.get(reference.as_bytes())?;
    std::str::from_utf8(value).ok()
}

fn numeric(bytes: &[u8], out: &mut String) -> Option<usize> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let radix = if hex { 16 } else { 10 };
    let mut value = 0u32;
    let mut at = start;
    while let Some(digit) = bytes.get(at).and_then(|b| char::from(*b).to_digit(radix)) {
        value = value.saturating_mul(radix).saturating_add(digit);
        at += 1;
    }
    if at == start {
        return None;
    }
    if bytes.get(at) == Some(&b';') {
        at += 1;
    }
    let c = match value {
        0 => None,
        // Browsers read this range as windows-1252.
        0x80..=0x9f => {
            let byte = [u8::try_from(value).unwrap_or(b'?')];
            encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&byte)
                .0
                .chars()
                .next()
        }
        v => char::from_u32(v),
    };
    out.push(c.unwrap_or('\u{fffd}'));
    Some(at)
}
