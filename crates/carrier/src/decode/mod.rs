//! From signs to text: encodings, character references, escapes, tags. Takes bytes or text, gives text or slices of
//! it. Must not know a format as a whole, nor the context in which it is read.

pub(crate) mod base64;
pub(crate) mod bidi;
pub(crate) mod encoding;
pub(crate) mod entities;
pub(crate) mod escapes;
pub(crate) mod markup;
pub(crate) mod percent;
pub(crate) mod punycode;
pub(crate) mod raised;
pub(crate) mod words;

/// The value of a hexadecimal digit.
pub(crate) fn hex(b: u8) -> Option<u8> {
    char::from(b)
        .to_digit(16)
        .and_then(|d| u8::try_from(d).ok())
}
