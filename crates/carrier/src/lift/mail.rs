//! Mail: takes bytes (lines are folded before letters are decoded, so a fold may cut a letter), gives headers and parts
//! with quoted-printable, Base64 and RFC 2047 words resolved; parts of a message are read as files of their own.

use std::borrow::Cow;

use super::lines::{Line, parameter, quoted_printable};
use crate::ctx::{As, Ctx, Way};
use crate::decode::base64::base64;
use crate::decode::encoding;
use crate::format::Format;
use crate::outcome::Reason;
use crate::place::{Place, Written, inside};
use glasno_passage::Role;

/// A mail message, or one part of it.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    if bytes.starts_with(b"From ") {
        return mailbox(ctx, part, bytes);
    }
    let (head, body) = split_head(bytes);
    let mut kind = String::new();
    let mut transfer = String::new();
    let mut name = String::new();
    for line in unfold_headers(head) {
        // A word in an encoding of its own may be cut by a fold.
        let whole = |text: &str| !text.contains("=?");
        let placed = line.written(0, Cow::Borrowed).filter(|w| whole(&w.text));
        let readings = match placed {
            Some(written) => vec![written],
            None => Vec::from_iter(encoding::short(&line.bytes).iter().map(|text| Written {
                text: words(text),
                at: Some((line.number, 1)),
                turns: Vec::new(),
            })),
        };
        for reading in readings {
            let (text, stand) = (&reading.text, reading.stand());
            let role = if text
                .get(..8)
                .is_some_and(|s| s.eq_ignore_ascii_case("subject:"))
            {
                Role::Title
            } else {
                Role::Attribute
            };
            ctx.emit(part, role, text, stand);
            ctx.again(Way::Encoded, part, text, stand.over(text));
        }
        let text = String::from_utf8_lossy(&line.bytes).into_owned();
        let whole = continued(&text);
        if !whole.is_empty() {
            ctx.again(Way::Path, part, &whole, None);
        }
        let lower = text.to_ascii_lowercase();
        if lower.starts_with("content-type:") {
            kind = text;
        } else if lower.starts_with("content-transfer-encoding:") {
            transfer = lower;
        } else if lower.starts_with("content-disposition:") {
            name = words(&text);
        }
    }
    let lower = kind.to_ascii_lowercase();
    if lower.contains("multipart/") {
        let boundary = boundary(&kind);
        if boundary.is_empty() {
            ctx.unreadable(part, Reason::Malformed);
        }
        multipart(ctx, part, body, &boundary);
        return;
    }
    let body = if transfer.contains("base64") {
        let text: String = body
            .iter()
            .filter(|b| b.is_ascii())
            .map(|b| char::from(*b))
            .collect();
        match base64(&text) {
            Some(bytes) => bytes,
            None => {
                ctx.unreadable(part, Reason::Malformed);
                return;
            }
        }
    } else if transfer.contains("quoted-printable") {
        quoted_printable(body, false)
    } else {
        body.to_vec()
    };
    ctx.spend(body.len());
    let inner = inside(part, "body");
    let charset = parameter(&lower, "charset=");
    ctx.deeper(&inner, |ctx| {
        if lower.contains("message/rfc822") {
            read(ctx, &inner, &body);
        } else if lower.contains("text/html") {
            let text = encoding::labelled(&body, &charset);
            ctx.text(As::Page { hidden: false }, &inner, &text, Place::own(&text));
        } else if lower.is_empty() || lower.contains("text/plain") {
            let text = encoding::labelled(&body, &charset);
            ctx.text(As::Plain(Role::Text), &inner, &text, Place::own(&text));
        } else {
            let format = ctx.file(&inner, &name, &body);
            debug_assert!(format != Format::Empty || body.is_empty());
        }
    });
}

/// A parameter written in numbered pieces (RFC 2231): `filename*0*=…; filename*1=…`.
fn continued(header: &str) -> String {
    let pieces = header.split(';').filter_map(|piece| {
        let (name, value) = piece.split_once('=')?;
        let (_, number) = name.trim().split_once('*')?;
        let number = number.trim_end_matches('*');
        let value = value.trim().trim_matches('"');
        number.parse::<u16>().ok()?;
        // The first piece begins with its encoding and language.
        Some(value.splitn(3, '\'').last().unwrap_or(value))
    });
    pieces.collect()
}

/// Messages one behind the other, each headed by a line that begins with `From `.
fn mailbox(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let mark = b"\nFrom ";
    let ends = memchr::memmem::find_iter(bytes, mark).chain([bytes.len()]);
    let mut from = 0;
    for (index, end) in ends.enumerate() {
        if !ctx.entry(part) {
            return;
        }
        let piece = bytes.get(from..end).unwrap_or_default();
        from = end.saturating_add(1);
        let line = memchr::memchr(b'\n', piece).unwrap_or(piece.len());
        let (first, rest) = piece.split_at(line);
        let inner = inside(part, &format!("message {}", index + 1));
        for text in encoding::short(first) {
            ctx.emit(&inner, Role::Hidden, &text, None);
        }
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        ctx.deeper(&inner, |ctx| read(ctx, &inner, rest));
    }
}

fn split_head(bytes: &[u8]) -> (&[u8], &[u8]) {
    let crlf = memchr::memmem::find(bytes, b"\r\n\r\n").map(|i| (i, i + 4));
    let lf = memchr::memmem::find(bytes, b"\n\n").map(|i| (i, i + 2));
    let cut = match (crlf, lf) {
        (Some(a), Some(b)) => Some(if a.0 < b.0 { a } else { b }),
        (a, b) => a.or(b),
    };
    match cut {
        Some((end, from)) => (
            bytes.get(..end).unwrap_or_default(),
            bytes.get(from..).unwrap_or_default(),
        ),
        None => (bytes, &[]),
    }
}

fn unfold_headers(head: &[u8]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for (number, raw) in head.split(|b| *b == b'\n').enumerate() {
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        match lines.last_mut() {
            Some(last) if raw.starts_with(b" ") || raw.starts_with(b"\t") => {
                last.bytes.push(b' ');
                let rest = raw.trim_ascii_start();
                let blank = raw.len() - rest.len();
                last.fold(
                    rest,
                    number,
                    u32::try_from(blank).unwrap_or(u32::MAX).saturating_add(1),
                );
            }
            _ => lines.push(Line::new(raw, number)),
        }
    }
    lines
}

fn boundary(kind: &str) -> String {
    let lower = kind.to_ascii_lowercase();
    let Some(rest) = lower.find("boundary=").and_then(|i| kind.get(i + 9..)) else {
        return String::new();
    };
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => rest
            .split([';', ' '])
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned(),
    }
}

fn multipart(ctx: &mut Ctx<'_>, part: &str, body: &[u8], boundary: &str) {
    let mark = format!("--{boundary}");
    let mut from = 0;
    let cuts: Vec<usize> = memchr::memmem::find_iter(body, mark.as_bytes())
        .take(10_000)
        .chain([body.len()])
        .collect();
    for (index, cut) in cuts.into_iter().enumerate() {
        let piece = body.get(from..cut).unwrap_or_default();
        let piece = if index == 0 { piece } else { skip_line(piece) };
        from = cut.saturating_add(mark.len());
        if index == 0 || !piece.iter().any(u8::is_ascii_alphanumeric) {
            // The preamble is text that no mail program shows.
            for text in encoding::short(piece) {
                ctx.text(As::Plain(Role::Hidden), part, &text, Place::own(&text));
            }
        } else if ctx.entry(part) {
            let inner = inside(part, &index.to_string());
            ctx.deeper(&inner, |ctx| read(ctx, &inner, piece));
        }
    }
}

fn skip_line(piece: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', piece)
        .and_then(|i| piece.get(i + 1..))
        .unwrap_or_default()
}

/// RFC 2047 words (`=?utf-8?B?…?=`) and RFC 2231 values; words beside each other are one.
fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut after_word = false;
    while let Some(start) = rest.find("=?") {
        let before = rest.get(..start).unwrap_or_default();
        let tail = rest.get(start + 2..).unwrap_or_default();
        // Words are short; what is longer is none.
        let near = tail.get(..tail.floor_char_boundary(4096)).unwrap_or(tail);
        let mut fields = near.splitn(3, '?');
        let (charset, kind, data) = (fields.next(), fields.next(), fields.next());
        let decoded = match (charset, kind, data.and_then(|d| d.split_once("?="))) {
            (Some(charset), Some(kind), Some((data, after))) => {
                let bytes = if kind.eq_ignore_ascii_case("b") {
                    base64(data)
                } else {
                    Some(quoted_printable(data.as_bytes(), true))
                };
                bytes.map(|b| {
                    (
                        encoding::labelled(&b, charset.split('*').next().unwrap_or_default()),
                        near.len() - after.len(),
                    )
                })
            }
            _ => None,
        };
        if !(after_word && before.trim().is_empty()) {
            out.push_str(before);
        }
        match decoded {
            Some((word, after)) => {
                out.push_str(&word);
                rest = tail.get(after..).unwrap_or_default();
                after_word = true;
            }
            None => {
                out.push_str("=?");
                rest = tail;
                after_word = false;
            }
        }
    }
    out.push_str(rest);
    out
}
