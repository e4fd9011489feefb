//! What running text says in an encoding inside its encoding: addresses, escapes, references, Base64, UTF-7, strings in
//! pieces. Takes the text, gives each decoded reading beside it.

use std::borrow::Cow;

use crate::ctx::{Ctx, Way};
use crate::decode::entities::{self, NONE};
use crate::decode::escapes::unescape;
use crate::decode::percent::percent;
use crate::decode::punycode::{has_punycode, punycode_hosts};
use crate::place::{Place, Written, offset_in};
use glasno_passage::Role;

/// The shortest word that is looked at as Base64.
const MIN_ENCODED: usize = 16;

/// What a text says in an encoding inside the encoding.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str, place: Place<'_>) {
    let bytes = text.as_bytes();
    let strings = memchr::memchr2(b'"', b'\'', bytes).is_some()
        && memchr::memchr3(b'\n', b'+', b'|', bytes).is_some();
    if memchr::memchr3(b'%', b'\\', b'&', bytes).is_none()
        && memchr::memchr2(b'{', b'~', bytes).is_none()
        && !strings
        && !has_punycode(text)
        && !has_long_word(text)
    {
        return;
    }
    let mut here = place.clone();
    for word in text.split_ascii_whitespace() {
        let coded = word.contains('%');
        if coded || word.contains("xn--") {
            let decoded = if coded { percent(word) } else { None };
            let plain = decoded.as_deref().unwrap_or(word);
            let resolved = punycode_hosts(plain);
            if decoded.is_some() || resolved.is_some() {
                let at = here.at(offset_in(text, word));
                let said = resolved.as_deref().unwrap_or(plain);
                ctx.emit(part, Role::Address, said, at);
            }
        }
        if word.len() >= MIN_ENCODED {
            let at = here.at(offset_in(text, word));
            let core = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '=');
            if let Some(data) = core
                .find("data:")
                .and_then(|i| core.get(i..))
                .filter(|d| d.contains(','))
            {
                ctx.again(Way::Address, part, data, at);
            } else {
                ctx.again(Way::Base64, part, core, at);
            }
        }
    }
    if text.contains('+') && seven(text).is_some() {
        let mut out = Written::default();
        out.decode(text, 0, &mut place.clone(), |line| {
            seven(line).map_or(Cow::Borrowed(line), Cow::Owned)
        });
        ctx.emit(part, Role::Hidden, &out.text, out.stand());
    }
    // Both are looked at once more for what is written in escapes.
    let joined = joined(text, place.clone());
    if let Some(joined) = &joined {
        ctx.emit(part, Role::Hidden, &joined.text, joined.stand());
    }
    let place = || match &joined {
        Some(joined) => joined.stand().over(&joined.text),
        None => place.clone(),
    };
    let text = joined.as_ref().map_or(text, |joined| &joined.text);
    let mut decoded = |decode: &dyn Fn(&str) -> Cow<'_, str>| {
        let mut out = Written::default();
        out.decode(text, 0, &mut place(), decode);
        if out.text != text {
            ctx.emit(part, Role::Hidden, &out.text, out.stand());
        }
    };
    if text.contains("\\u") || text.contains("\\x") {
        decoded(&|line| unescape(line));
    }
    if text.contains('&') {
        decoded(&|line| entities::decoded(line, &NONE));
    }
}

/// The text with what was cut into pieces put together: strings beside each other (`"При" + "речная"`, and on two
/// lines without any sign), lines that end in a backslash, and what TeX writes into words. `None` where it has none.
fn joined(text: &str, mut place: Place<'_>) -> Option<Written> {
    let mut out = Written::default();
    let (mut rest, mut changed) = (text, false);
    while let Some(at) = rest.find(['"', '\'', '\\', '{', '}', '~', '%']) {
        let (before, tail) = rest.split_at(at);
        out.copy(before, offset_in(text, before), &mut place);
        let sign = tail.as_bytes().first().copied().unwrap_or_default();
        let after = tail.get(1..).unwrap_or_default();
        rest = after;
        let next = after.chars().next().unwrap_or(' ');
        match sign {
            b'"' | b'\'' => match gap(after, char::from(sign)) {
                Some(behind) => {
                    rest = behind;
                    changed = true;
                }
                None => out.text.push(char::from(sign)),
            },
            b'\\' if next == '\n' || next == '\r' => {
                rest = after.trim_start();
                changed = true;
            }
            // `\-`, `\/` and `\,` of TeX, its commands, and the line break of subtitles.
            b'\\' if matches!(next, '-' | '/') => {
                rest = after.get(1..).unwrap_or_default();
                changed = true;
            }
            b'\\' if matches!(next, ',' | ';' | ' ') || after.starts_with('N') => {
                out.text.push(' ');
                rest = after.get(1..).unwrap_or_default();
                changed = true;
            }
            b'\\' => out.text.push('\\'),
            b'{' | b'}' => changed = true,
            b'~' => {
                out.text.push('\u{a0}');
                changed = true;
            }
            _ if next == '\n' && out.text.ends_with(char::is_alphanumeric) => {
                rest = after.trim_start();
                changed = true;
            }
            _ => out.text.push('%'),
        }
    }
    out.copy(rest, offset_in(text, rest), &mut place);
    changed.then_some(out)
}

/// The text read as UTF-7 (`+BB8EQAQ4-`), where that gives Cyrillic letters.
fn seven(text: &str) -> Option<String> {
    if !text.contains('+') {
        return None;
    }
    let digit = |b: u8| -> Option<u32> {
        Some(u32::from(match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        }))
    };
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut any) = (text, false);
    while let Some(at) = rest.find('+') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let body = tail.get(1..).unwrap_or_default();
        let len = body.bytes().take_while(|b| digit(*b).is_some()).count();
        let mut units: Vec<u16> = Vec::new();
        let (mut bits, mut held) = (0u32, 0u32);
        for d in body.bytes().take(len).filter_map(digit) {
            held = (held << 6 | d) & 0x3F_FFFF;
            bits += 6;
            if bits >= 16 {
                bits -= 16;
                units.push(u16::try_from(held >> bits & 0xFFFF).unwrap_or(0));
            }
        }
        let letters = units.iter().filter(|u| (0x400..0x460).contains(*u)).count();
        if letters > 0 && letters == units.len() {
            any = true;
            out.push_str(&String::from_utf16_lossy(&units));
            let after = body.get(len..).unwrap_or_default();
            rest = after.strip_prefix('-').unwrap_or(after);
        } else {
            out.push('+');
            rest = body;
        }
    }
    out.push_str(rest);
    any.then_some(out)
}

/// What stands behind the next string, where only a sign of joining or a line's end parts it from this one.
fn gap(after: &str, quote: char) -> Option<&str> {
    let behind = after.trim_start_matches([' ', '\t', '\r', '\n', '+', '.', '&', '|', '\\']);
    let between = after.get(..after.len() - behind.len())?;
    let parted = between.len() < 200 && !between.trim_matches([' ', '\t']).is_empty();
    behind.strip_prefix(quote).filter(|_| parted)
}

/// Whether there is a word long enough to be something encoded.
fn has_long_word(text: &str) -> bool {
    if text.len() < MIN_ENCODED {
        return false;
    }
    let bytes = text.as_bytes();
    let graphic = |b: &&u8| b.is_ascii_graphic();
    // A long run has a byte at each step of its length: what stands between the steps need not be looked at.
    (MIN_ENCODED - 1..bytes.len())
        .step_by(MIN_ENCODED)
        .any(|at| {
            let (before, after) = bytes.split_at(at);
            let after = after.iter().take(MIN_ENCODED).take_while(graphic).count();
            let before = before.iter().rev().take(MIN_ENCODED).take_while(graphic);
            after > 0 && before.count() + after >= MIN_ENCODED
        })
}
