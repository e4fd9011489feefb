//! Addresses and names of files: takes them as written, gives them percent-decoded (twice over, where somebody
//! encoded twice), with punycode resolved and `data:` unpacked. Must not touch the network.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};

use super::ctx::{At, Ctx, Place, inside};
use super::{any, encoding, sniff};
use glasno_passage::Role;

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_allow_trailing_bits(true)
    .with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::STANDARD, LENIENT);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&base64::alphabet::URL_SAFE, LENIENT);

/// The path of a file, or the name of an entry.
pub(super) fn path(ctx: &mut Ctx<'_>, part: &str, path: &str) {
    for text in variants(path) {
        ctx.emit(part, Role::Path, &text, None);
    }
}

/// An address in an attribute or a link.
pub(super) fn emit(ctx: &mut Ctx<'_>, part: &str, raw: &str, at: At) {
    let raw = raw.trim();
    if raw.is_empty() || raw == "#" {
        return;
    }
    if scheme(raw, "data:") {
        data(ctx, part, raw);
        return;
    }
    if scheme(raw, "javascript:") {
        let code = percent(raw).unwrap_or_else(|| raw.to_owned());
        super::script::read(ctx, part, &code, Role::Hidden, Place::Fixed(at));
        return;
    }
    let spaced = spaces(raw);
    for text in variants(&spaced) {
        ctx.emit(part, Role::Address, &text, at);
    }
}

/// In the query of an address a plus stands for a space.
fn spaces(raw: &str) -> Cow<'_, str> {
    if memchr::memchr(b'+', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    match raw.split_once('?') {
        Some((path, query)) => Cow::Owned(format!("{path}?{}", query.replace('+', " "))),
        _ => Cow::Borrowed(raw),
    }
}

/// Everything an address says once decoded: as a rule one text; more where encodings leave it open.
fn variants(raw: &str) -> Vec<Cow<'_, str>> {
    let mut all: Vec<Cow<'_, str>> = match percent_all(raw) {
        None => vec![Cow::Borrowed(raw)],
        Some(decoded) => decoded.into_iter().map(Cow::Owned).collect(),
    };
    for text in &mut all {
        if let Some(resolved) = punycode_hosts(text) {
            *text = Cow::Owned(resolved);
        }
    }
    all
}

fn scheme(raw: &str, scheme: &str) -> bool {
    raw.get(..scheme.len())
        .is_some_and(|s| s.eq_ignore_ascii_case(scheme))
}

/// Percent-decoding, repeated while it changes anything; `None` where there is nothing to decode.
pub(super) fn percent(raw: &str) -> Option<String> {
    percent_all(raw).map(|mut all| all.swap_remove(0))
}

fn percent_all(raw: &str) -> Option<Vec<String>> {
    let mut bytes = percent_once(raw.as_bytes())?;
    for _ in 0..4 {
        match percent_once(&bytes) {
            Some(next) => bytes = next,
            None => break,
        }
    }
    Some(encoding::short(&bytes))
}

fn percent_once(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'%', bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut changed = false;
    while let Some((&b, tail)) = rest.split_first() {
        rest = tail;
        if b == b'%' {
            if let [a, c, after @ ..] = tail
                && let (Some(hi), Some(lo)) = (hex(*a), hex(*c))
            {
                out.push(hi * 16 + lo);
                rest = after;
                changed = true;
                continue;
            }
            // The old `%u0431` of JavaScript's escape().
            if let [b'u' | b'U', digits @ ..] = tail
                && let Some(c) = digits.get(..4).and_then(code_unit)
            {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                rest = digits.get(4..).unwrap_or_default();
                changed = true;
                continue;
            }
        }
        out.push(b);
    }
    changed.then_some(out)
}

fn code_unit(digits: &[u8]) -> Option<char> {
    let value = digits
        .iter()
        .try_fold(0u32, |v, d| Some(v * 16 + u32::from(hex(*d)?)))?;
    char::from_u32(value)
}

pub(super) fn hex(b: u8) -> Option<u8> {
    char::from(b)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}

/// Whether there is a label in punycode, in either case.
pub(super) fn has_punycode(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'-', bytes).any(|at| {
        bytes.get(at + 1) == Some(&b'-')
            && at >= 2
            && bytes
                .get(at - 2..at)
                .is_some_and(|x| x.eq_ignore_ascii_case(b"xn"))
    })
}

/// The text with every `xn--` label resolved, or `None` where there is none.
pub(super) fn punycode_hosts(text: &str) -> Option<String> {
    if !has_punycode(text) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let label_char = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = rest.find(|c| !label_char(c)).unwrap_or(rest.len());
        if len == 0 {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (label, tail) = rest.split_at(len);
        let decoded = label
            .get(4..)
            .filter(|_| scheme(label, "xn--"))
            .and_then(punycode);
        out.push_str(decoded.as_deref().unwrap_or(label));
        rest = tail;
    }
    Some(out)
}

/// RFC 3492, for one label without its prefix.
fn punycode(label: &str) -> Option<String> {
    if label.len() > 256 {
        return None;
    }
    let (basic, tail) = label.rsplit_once('-').unwrap_or(("", label));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias, mut first) = (128u32, 0u32, 72u32, true);
    let mut digits = tail.bytes().peekable();
    while digits.peek().is_some() {
        let (old, mut weight, mut k) = (i, 1u32, 36u32);
        loop {
            let digit = match digits.next()? {
                b @ b'a'..=b'z' => u32::from(b - b'a'),
                b @ b'A'..=b'Z' => u32::from(b - b'A'),
                b @ b'0'..=b'9' => u32::from(b - b'0') + 26,
                _ => return None,
            };
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let len = u32::try_from(out.len()).ok()? + 1;
        let mut delta = (i - old) / if first { 700 } else { 2 };
        first = false;
        delta += delta / len;
        k = 0;
        while delta > 455 {
            delta /= 35;
            k += 36;
        }
        bias = k + 36 * delta / (delta + 38);
        n = n.checked_add(i / len)?;
        i %= len;
        let at = usize::try_from(i).ok()?;
        if at > out.len() {
            return None;
        }
        out.insert(at, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

/// A `data:` address: what it holds is a file of its own.
pub(super) fn data(ctx: &mut Ctx<'_>, part: &str, raw: &str) {
    let Some((head, body)) = raw.get(5..).and_then(|r| r.split_once(',')) else {
        ctx.emit(part, Role::Address, raw, None);
        return;
    };
    ctx.emit(part, Role::Address, head, None);
    let head = head.to_ascii_lowercase();
    let bytes = if head.contains("base64") {
        match base64(&percent(body).unwrap_or_else(|| body.to_owned())) {
            Some(bytes) => bytes,
            None => {
                ctx.unreadable(&inside(part, "data:"), super::Reason::Malformed);
                return;
            }
        }
    } else {
        percent_once(body.as_bytes()).unwrap_or_else(|| body.as_bytes().to_vec())
    };
    let name = match head.split(';').next().unwrap_or_default().trim() {
        "text/html" | "application/xhtml+xml" => "data:.html",
        "image/svg+xml" => "data:.svg",
        "application/json" | "application/ld+json" => "data:.json",
        "text/css" => "data:.css",
        "text/csv" => "data:.csv",
        "text/javascript" | "application/javascript" => "data:.js",
        "text/calendar" => "data:.ics",
        "text/markdown" => "data:.md",
        "text/xml" | "application/xml" => "data:.xml",
        _ => "data:",
    };
    let inner = inside(part, "data:");
    ctx.spend(bytes.len());
    ctx.deeper(&inner, |ctx| {
        any(ctx, &inner, name, &bytes);
    });
}

/// Base64 of either alphabet, spaces ignored.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let clean: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    STANDARD
        .decode(&clean)
        .or_else(|_| URL_SAFE.decode(&clean))
        .ok()
}

/// A long string that might be Base64 of text or of a known format; anything else is a hash or a key.
pub(super) fn maybe_base64(ctx: &mut Ctx<'_>, part: &str, text: &str) {
    let text = text.trim();
    let shaped = text.len() >= 16
        && text.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=' | b'\n' | b'\r')
        });
    // Three bytes in a row of any text give a capital more often than not; addresses and hashes have none.
    if !shaped || !text.bytes().any(|b| b.is_ascii_uppercase()) {
        return;
    }
    let Some(bytes) = base64(text) else { return };
    let format = sniff::sniff("", &bytes);
    let told = match format {
        super::Format::Unknown | super::Format::Unsupported | super::Format::Empty => return,
        f if is_text(f) => std::str::from_utf8(&bytes).is_ok_and(readable) || cyrillic_wide(&bytes),
        _ => true,
    };
    if told {
        let inner = inside(part, "base64");
        ctx.spend(bytes.len());
        ctx.deeper(&inner, |ctx| {
            any(ctx, &inner, "", &bytes);
        });
    }
}

fn is_text(format: super::Format) -> bool {
    use super::Format as F;
    matches!(
        format,
        F::Html
            | F::Xml
            | F::Svg
            | F::Json
            | F::Text
            | F::Markdown
            | F::Csv
            | F::Script
            | F::Css
            | F::Mail
    )
}

fn readable(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !c.is_whitespace())
}

fn cyrillic_wide(bytes: &[u8]) -> bool {
    let text = encoding::decode(bytes, None).text;
    let russian = text
        .chars()
        .filter(|c| ('\u{400}'..='\u{45f}').contains(c))
        .count();
    russian * 2 > text.chars().count()
}
