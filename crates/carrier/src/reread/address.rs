//! Addresses and names of files: takes them as written, gives them percent-decoded (twice over, where somebody
//! encoded twice), with punycode resolved and `data:` unpacked. Must not touch the network.

use std::borrow::Cow;

use crate::ctx::{Ctx, Way};
use crate::decode::base64::base64;
use crate::decode::encoding;
use crate::decode::percent::{percent, percent_all, percent_once};
use crate::decode::punycode::punycode_hosts;
use crate::format::Format;
use crate::outcome::Reason;
use crate::place::{At, inside};
use crate::sniff;
use glasno_passage::Role;

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
        ctx.again(Way::Script(Role::Hidden), part, &code, at);
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

/// A `data:` address: what it holds is a file of its own.
fn data(ctx: &mut Ctx<'_>, part: &str, raw: &str) {
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
                ctx.unreadable(&inside(part, "data:"), Reason::Malformed);
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
    ctx.unpacked(&inner, name, &bytes);
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
        Format::Unknown | Format::Unsupported | Format::Empty => return,
        f if is_text(f) => std::str::from_utf8(&bytes).is_ok_and(readable) || cyrillic_wide(&bytes),
        _ => true,
    };
    if told {
        let inner = inside(part, "base64");
        ctx.spend(bytes.len());
        ctx.unpacked(&inner, "", &bytes);
    }
}

fn is_text(format: Format) -> bool {
    use Format as F;
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
