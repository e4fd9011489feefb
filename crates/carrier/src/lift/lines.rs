//! What calendars, visiting cards and mail write alike: lines that are folded, quoted-printable, parameters. Takes bytes
//! (a fold may cut a letter), gives lines and values.

use std::borrow::Cow;

use crate::decode::hex;
use crate::place::{Stand, Written};
use glasno_passage::Turn;

/// One line after unfolding.
pub(super) struct Line {
    pub(super) bytes: Vec<u8>,
    pub(super) number: u32,
    /// Where what was folded goes on: the byte, its line and its column.
    pub(super) folds: Vec<Turn>,
}

impl Line {
    pub(super) fn new(bytes: &[u8], number: usize) -> Self {
        Line {
            bytes: bytes.to_vec(),
            number: u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1),
            folds: Vec::new(),
        }
    }

    /// Goes on with line `number`, of which the first letters are left out.
    pub(super) fn fold(&mut self, rest: &[u8], number: usize, column: u32) {
        self.folds.push(Turn {
            offset: self.bytes.len(),
            line: u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1),
            column,
        });
        self.bytes.extend_from_slice(rest);
    }

    /// The line as it stands, with its places, from byte `from` on, and read by `read`; none where it is no UTF-8.
    pub(super) fn written<'t>(
        &'t self,
        from: usize,
        read: impl Fn(&'t str) -> Cow<'t, str>,
    ) -> Option<Written> {
        let text = std::str::from_utf8(self.bytes.get(from..)?).ok()?;
        let head = self.bytes.get(..from)?;
        let column = head.iter().filter(|b| (**b & 0xC0) != 0x80).count();
        let begins = Some((
            self.number,
            u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
        ));
        let turn = |t: &Turn| Turn {
            offset: t.offset.saturating_sub(from),
            ..*t
        };
        let turns: Vec<Turn> = self.folds.iter().map(turn).collect();
        let mut place = Stand {
            at: begins,
            turns: &turns,
        }
        .over(text);
        let mut out = Written::default();
        // A fold may cut a letter, and an escape: what is cut is read with the piece before.
        let mut start = 0;
        for turn in &turns {
            let end = text.ceil_char_boundary(turn.offset);
            let piece = text.get(start..end).unwrap_or_default();
            if piece.ends_with('\\') || end <= start {
                continue;
            }
            out.put(&read(piece), start, &mut place);
            start = end;
        }
        out.put(&read(text.get(start..)?), start, &mut place);
        Some(out)
    }
}

/// The value of a parameter in a head, from its name and sign on.
pub(super) fn parameter(head: &str, name: &str) -> String {
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

/// Decodes quoted-printable; `word` for RFC 2047, where `_` is a space.
pub(super) fn quoted_printable(bytes: &[u8], word: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((&b, tail)) = rest.split_first() {
        rest = tail;
        match (b, tail) {
            (b'=', [b'\r', b'\n', after @ ..]) | (b'=', [b'\n', after @ ..]) => rest = after,
            (b'=', [a, c, after @ ..]) => match (hex(*a), hex(*c)) {
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
