//! What calendars, visiting cards and mail write alike: lines that are folded, quoted-printable, parameters. Takes bytes
//! (a fold may cut a letter), gives lines and values.

use crate::decode::hex;

/// One line after unfolding.
pub(super) struct Line {
    pub(super) bytes: Vec<u8>,
    pub(super) number: u32,
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
