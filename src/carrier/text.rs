//! Plain text: takes text, gives its paragraphs, and what encodings inside it say (addresses, escapes, entities,
//! Base64). Paragraphs keep their line breaks, since words are hyphenated over them.

use super::ctx::{At, Ctx, Lines, pieces};
use super::entities::{self, NONE};
use super::{address, html, script};
use crate::passage::Role;

/// The shortest word that is looked at as Base64.
const MIN_ENCODED: usize = 16;

/// Reads paragraphs, which end at empty lines.
pub(super) fn plain(ctx: &mut Ctx<'_>, part: &str, text: &str, role: Role) {
    let mut lines = Lines::new(text);
    let max = ctx.limits.max_fragment_bytes;
    let mut start = None;
    let mut at = 0;
    let mut paragraph = |ctx: &mut Ctx<'_>, from: usize, to: usize| {
        let Some(body) = text.get(from..to) else {
            return;
        };
        pieces(body, max, |offset, piece| {
            let place = lines.at(from + offset);
            let piece = piece.trim_end();
            ctx.emit(part, role, piece, place);
            extras(ctx, part, piece, place);
            if has_markup(piece) {
                html::embedded(ctx, part, piece, true, place);
            }
        });
    };
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if let Some(from) = start.take() {
                paragraph(ctx, from, at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
        at += line.len();
    }
    if let Some(from) = start {
        paragraph(ctx, from, at);
    }
}

/// What a text says in an encoding inside the encoding.
pub(super) fn extras(ctx: &mut Ctx<'_>, part: &str, text: &str, at: At) {
    let bytes = text.as_bytes();
    if memchr::memchr3(b'%', b'\\', b'&', bytes).is_none()
        && !address::has_punycode(text)
        && !has_long_word(text)
    {
        return;
    }
    for word in text.split_ascii_whitespace() {
        let percent = word.contains('%');
        if percent || word.contains("xn--") {
            let decoded = if percent {
                address::percent(word)
            } else {
                None
            };
            let plain = decoded.as_deref().unwrap_or(word);
            let resolved = address::punycode_hosts(plain);
            if decoded.is_some() || resolved.is_some() {
                ctx.emit(
                    part,
                    Role::Address,
                    resolved.as_deref().unwrap_or(plain),
                    at,
                );
            }
        }
        if word.len() >= MIN_ENCODED {
            let core = word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '=');
            if let Some(data) = core
                .find("data:")
                .and_then(|i| core.get(i..))
                .filter(|d| d.contains(','))
            {
                address::data(ctx, part, data);
            } else {
                address::maybe_base64(ctx, part, core);
            }
        }
    }
    if text.contains("\\u") || text.contains("\\x") {
        let decoded = script::unescape(text);
        if decoded != text {
            ctx.emit(part, Role::Hidden, &decoded, at);
        }
    }
    if text.contains('&') {
        let decoded = entities::decoded(text, &NONE);
        if decoded != text {
            ctx.emit(part, Role::Hidden, &decoded, at);
        }
    }
}

/// Whether there is a word long enough to be something encoded.
fn has_long_word(text: &str) -> bool {
    if text.len() < MIN_ENCODED {
        return false;
    }
    let mut run = 0;
    text.bytes().any(|b| {
        run = if b.is_ascii_graphic() { run + 1 } else { 0 };
        run >= MIN_ENCODED
    })
}

/// Whether there is a tag or a comment in the text.
pub(super) fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'>', bytes).is_some()
        && memchr::memchr_iter(b'<', bytes).any(|at| {
            bytes
                .get(at + 1)
                .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
        })
}
