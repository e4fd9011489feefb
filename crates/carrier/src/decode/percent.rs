//! Percent-encoding: takes text, gives it decoded, over and over where somebody encoded twice. Must not take bytes of no
//! certain encoding for one text: then all readings are given.

use std::borrow::Cow;

use percent_encoding::percent_decode;

use super::{encoding, hex};

/// Percent-decoding, repeated while it changes anything; `None` where there is nothing to decode.
pub(crate) fn percent(raw: &str) -> Option<String> {
    percent_all(raw).map(|mut all| all.swap_remove(0))
}

pub(crate) fn percent_all(raw: &str) -> Option<Vec<String>> {
    let mut bytes = percent_once(raw.as_bytes())?;
    for _ in 0..4 {
        match percent_once(&bytes) {
            Some(next) => bytes = next,
            None => break,
        }
    }
    Some(encoding::short(&bytes))
}

pub(crate) fn percent_once(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memchr(b'%', bytes)?;
    let units = code_units(bytes);
    let decoded: Cow<'_, [u8]> = percent_decode(units.as_deref().unwrap_or(bytes)).into();
    match decoded {
        Cow::Owned(decoded) => Some(decoded),
        Cow::Borrowed(_) => units,
    }
}

/// The old `%u0431` of JavaScript's escape(), which no standard has.
fn code_units(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    let mut changed = false;
    while let Some((&b, tail)) = rest.split_first() {
        rest = tail;
        if b == b'%'
            && let [b'u' | b'U', digits @ ..] = tail
            && let Some(c) = digits.get(..4).and_then(code_unit)
        {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            rest = digits.get(4..).unwrap_or_default();
            changed = true;
            continue;
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
