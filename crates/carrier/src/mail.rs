//! Calendars, visiting cards and mail: takes bytes (lines are folded before letters are decoded, so a fold may
//! cut a letter), gives values with quoted-printable, Base64, escapes and RFC 2047 words resolved; parts of a
//! message are read as files of their own.

use std::collections::BTreeMap;

use super::ctx::{At, Ctx, inside};
use super::{Format, address, any, encoding, html, text};
use glasno_passage::Role;

/// One line after unfolding.
struct Line {
    bytes: Vec<u8>,
    number: u32,
}

/// iCalendar and vCard.
pub(super) fn calendar(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let wide;
    let bytes = if bytes.contains(&0) {
        wide = encoding::decode(bytes, None).text.into_owned();
        wide.as_bytes()
    } else {
        bytes
    };
    let mut table = Table {
        id: ctx.next_table(),
        row: None,
        columns: BTreeMap::new(),
    };
    for line in unfold(bytes) {
        property(ctx, part, &line, &mut table);
    }
}

/// Events and cards are rows, so that what one property says is known to belong to the others.
struct Table {
    id: u32,
    row: Option<u32>,
    columns: BTreeMap<String, u32>,
}

impl Table {
    fn role(&mut self, name: &str) -> Role {
        let Some(row) = self.row else {
            return if name == "X-WR-CALNAME" {
                Role::Title
            } else {
                Role::Text
            };
        };
        let next = u32::try_from(self.columns.len()).unwrap_or(u32::MAX);
        let column = match self.columns.get(name) {
            Some(column) => *column,
            None if self.columns.len() < 1000 => {
                *self.columns.entry(name.to_owned()).or_insert(next)
            }
            None => next,
        };
        Role::Cell {
            table: self.id,
            row,
            column,
            head: false,
        }
    }
}

fn unfold(bytes: &[u8]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut soft = false;
    for (number, raw) in bytes.split(|b| *b == b'\n').enumerate() {
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        match (raw, lines.last_mut()) {
            ([b' ' | b'\t', rest @ ..], Some(last)) => last.bytes.extend_from_slice(rest),
            (_, Some(last)) if soft => {
                // A soft line break of quoted-printable, as vCard 2.1 has it.
                last.bytes.pop();
                last.bytes.extend_from_slice(raw);
            }
            _ => lines.push(Line {
                bytes: raw.to_vec(),
                number: u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1),
            }),
        }
        soft = raw.ends_with(b"=")
            && lines.last().is_some_and(|l| {
                let head = l.bytes.get(..200).unwrap_or(&l.bytes).to_ascii_lowercase();
                memchr::memmem::find(&head, b"quoted-printable").is_some()
            });
    }
    lines
}

fn property(ctx: &mut Ctx<'_>, part: &str, line: &Line, table: &mut Table) {
    let at: At = Some((line.number, 1));
    // The colon that ends the name stands outside quoted parameters.
    let mut quoted = false;
    let colon = line.bytes.iter().position(|b| {
        quoted ^= *b == b'"';
        !quoted && *b == b':'
    });
    let Some(colon) = colon else {
        for text in encoding::short(&line.bytes) {
            ctx.emit(part, Role::Text, &text, at);
        }
        return;
    };
    let (head, value) = line.bytes.split_at(colon);
    let value = value.get(1..).unwrap_or_default();
    let head = encoding::decode(head, None).text.into_owned();
    let upper = head.to_uppercase();
    let name = upper.split(';').next().unwrap_or_default();
    if name == "BEGIN" {
        if matches!(
            value.to_ascii_uppercase().trim_ascii(),
            b"VEVENT" | b"VTODO" | b"VJOURNAL" | b"VCARD"
        ) {
            table.row = Some(table.row.map_or(0, |r| r.saturating_add(1)));
        }
        return begin(ctx, part, value);
    }
    if name.starts_with("X-") && !table.columns.contains_key(name) {
        ctx.emit(part, Role::Hidden, name, at);
    }
    let role = table.role(name);
    if let Some((_, parameters)) = head.split_once(';') {
        ctx.emit(part, Role::Attribute, parameters, at);
    }
    if upper.contains("ENCODING=QUOTED-PRINTABLE") {
        let decoded = quoted_printable(value, false);
        let charset = parameter(&upper, "CHARSET=");
        let text = encoding::labelled(&decoded, &charset);
        ctx.emit(part, role, &unescape(&text), at);
        return;
    }
    if upper.contains("ENCODING=B") {
        if let Some(bytes) = std::str::from_utf8(value).ok().and_then(address::base64) {
            let inner = inside(
                part,
                &upper
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect::<String>(),
            );
            ctx.spend(bytes.len());
            ctx.deeper(&inner, |ctx| {
                any(ctx, &inner, "", &bytes);
            });
            return;
        }
        ctx.unreadable(part, super::Reason::Malformed);
    }
    for text in encoding::short(value) {
        let text = unescape(&text);
        if text.contains("</") || text.contains("/>") {
            html::embedded(ctx, part, &text, false, at);
        } else if text.contains("://") || text.starts_with("data:") || text.starts_with("mailto:") {
            address::emit(ctx, part, &text, at);
        } else {
            ctx.emit(part, role, &text, at);
            text::extras(ctx, part, &text, at);
        }
    }
}

/// The name of a component: one of the format's own words, unless somebody made it up.
fn begin(ctx: &mut Ctx<'_>, part: &str, value: &[u8]) {
    for text in encoding::short(value) {
        ctx.emit(part, Role::Hidden, &text, None);
    }
}

fn parameter(head: &str, name: &str) -> String {
    head.find(name)
        .and_then(|i| head.get(i + name.len()..))
        .map(|v| {
            v.trim_start_matches('"')
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
                .collect()
        })
        .unwrap_or_default()
}

/// `\n`, `\,`, `\;`, `\\`.
fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        match (escaped, c) {
            (true, 'n' | 'N') => out.push('\n'),
            (false, '\\') => {
                escaped = true;
                continue;
            }
            (_, c) => out.push(c),
        }
        escaped = false;
    }
    out
}

/// Decodes quoted-printable; `word` for RFC 2047, where `_` is a space.
fn quoted_printable(bytes: &[u8], word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&b, tail)) = rest.split_first() {
        rest = tail;
        match (b, tail) {
            (b'=', [b'\r', b'\n', after @ ..]) | (b'=', [b'\n', after @ ..]) => rest = after,
            (b'=', [a, c, after @ ..]) => match (address::hex(*a), address::hex(*c)) {
                (Some(hi), Some(lo)) => {
                    out.push(hi * 16 + lo);
                    rest = after;
                }
                _ => out.push(b),
            },
            (b'_', _) if word => out.push(b' '),
            _ => out.push(b),
        }
    }
    out
}

/// A mail message, or one part of it.
pub(super) fn message(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    if bytes.starts_with(b"From ") {
        return mailbox(ctx, part, bytes);
    }
    let (head, body) = split_head(bytes);
    let mut kind = String::new();
    let mut transfer = String::new();
    let mut name = String::new();
    for line in unfold_headers(head) {
        for text in encoding::short(&line.bytes) {
            let decoded = words(&text);
            let role = if text
                .get(..8)
                .is_some_and(|s| s.eq_ignore_ascii_case("subject:"))
            {
                Role::Title
            } else {
                Role::Attribute
            };
            ctx.emit(part, role, &decoded, Some((line.number, 1)));
            text::extras(ctx, part, &decoded, None);
        }
        let text = String::from_utf8_lossy(&line.bytes).into_owned();
        let whole = continued(&text);
        if !whole.is_empty() {
            address::path(ctx, part, &whole);
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
            ctx.unreadable(part, super::Reason::Malformed);
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
        match address::base64(&text) {
            Some(bytes) => bytes,
            None => {
                ctx.unreadable(part, super::Reason::Malformed);
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
            message(ctx, &inner, &body);
        } else if lower.contains("text/html") {
            html::read(ctx, &inner, &encoding::labelled(&body, &charset));
        } else if lower.is_empty() || lower.contains("text/plain") {
            text::plain(
                ctx,
                &inner,
                &encoding::labelled(&body, &charset),
                Role::Text,
            );
        } else {
            let format = any(ctx, &inner, &name, &body);
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
        ctx.deeper(&inner, |ctx| message(ctx, &inner, rest));
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
                last.bytes.extend_from_slice(raw.trim_ascii_start());
            }
            _ => lines.push(Line {
                bytes: raw.to_vec(),
                number: u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1),
            }),
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
                text::plain(ctx, part, &text, Role::Hidden);
            }
        } else if ctx.entry(part) {
            let inner = inside(part, &index.to_string());
            ctx.deeper(&inner, |ctx| message(ctx, &inner, piece));
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
                    address::base64(data)
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
