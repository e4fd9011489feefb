//! Calendars and visiting cards: takes bytes, gives values with quoted-printable, Base64 and escapes resolved. Events and
//! cards are rows of a table.

use std::collections::BTreeMap;

use super::lines::{Line, parameter, quoted_printable};
use crate::ctx::{Ctx, Way};
use crate::decode::base64::base64;
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::{At, Written, inside};
use glasno_passage::Role;

/// iCalendar and vCard.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
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
            ([b' ' | b'\t', rest @ ..], Some(last)) => last.fold(rest, number, 2),
            (_, Some(last)) if soft => {
                // A soft line break of quoted-printable, as vCard 2.1 has it.
                last.bytes.pop();
                last.fold(raw, number, 1);
            }
            _ => lines.push(Line::new(raw, number)),
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
        if let Some(bytes) = std::str::from_utf8(value).ok().and_then(base64) {
            let inner = inside(
                part,
                &upper
                    .chars()
                    .take_while(char::is_ascii_alphanumeric)
                    .collect::<String>(),
            );
            ctx.spend(bytes.len());
            ctx.unpacked(&inner, "", &bytes);
            return;
        }
        ctx.unreadable(part, Reason::Malformed);
    }
    let placed = line.written(colon + 1, |text| unescape(text).into());
    let readings = match placed {
        Some(written) => vec![written],
        None => Vec::from_iter(encoding::short(value).into_iter().map(|text| Written {
            text: unescape(&text),
            at,
            turns: Vec::new(),
        })),
    };
    for reading in readings {
        let (text, stand) = (&reading.text, reading.stand());
        if text.contains("</") || text.contains("/>") {
            ctx.markup(part, text, false, stand.over(text));
        } else if text.contains("://") || text.starts_with("data:") || text.starts_with("mailto:") {
            ctx.again(Way::Address, part, text, stand.at);
        } else {
            ctx.emit(part, role, text, stand);
            ctx.again(Way::Encoded, part, text, stand.over(text));
        }
    }
}

/// The name of a component: one of the format's own words, unless somebody made it up.
fn begin(ctx: &mut Ctx<'_>, part: &str, value: &[u8]) {
    for text in encoding::short(value) {
        ctx.emit(part, Role::Hidden, &text, None);
    }
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
