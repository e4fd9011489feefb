//! Lifts the readable text out of any file, or says why it cannot be read.
//!
//! Takes a path and bytes; gives fragments in reading order, the pictures that only a person can clear, and the
//! parts that cannot be read (which the caller must refuse: what cannot be read cannot be cleared). Knows no
//! schools. Must not panic on any input, recurse without bound, or allocate from a length that input states.
//!
//! Steps: `sniff` decides the format by content, then by extension; the reader of that format (`lift`) hands
//! fragments to `ctx::Ctx`, which counts what they cost. What it comes upon and is not its own goes back to the
//! context: a file in it, or a text of another format, to `lift`; a text that may say more (an address, a script, a drawn
//! table) to `reread`. `decode` and `shape` are what both stand on: from signs to text, from cells to tables.

// Tests look at what lies in the tree, wherever it lies.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod blocks;
mod ctx;
mod decode;
mod format;
mod lift;
mod limits;
mod outcome;
mod pdf;
mod place;
mod reread;
pub mod scan;
mod segments;
mod shape;
mod sniff;
mod strip;

#[cfg(test)]
mod tests;

/// HTML cut into tokens, for whoever wants to know what stands where on a page.
pub mod html {
    pub use crate::decode::markup::{Attributes, Lexer, Token};

    /// The text of a page, by its mark, what it states of itself, or its letters.
    pub fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
        use crate::decode::encoding::{declared, decode};
        decode(bytes, declared(bytes, crate::Format::Html)).text
    }

    /// Text as a reader sees it: `&nbsp;`, `&#1096;` resolved.
    pub fn plain(raw: &str) -> std::borrow::Cow<'_, str> {
        use crate::decode::entities::{NONE, decoded};
        decoded(raw, &NONE)
    }
}

pub use format::Format;
pub use limits::Limits;
pub use outcome::{Outcome, Picture, Reason, Unreadable};
pub use strip::{StripError, strip_image_metadata};

/// How many pages a PDF has; `None` for what is no readable PDF.
pub fn pdf_pages(bytes: &[u8]) -> Option<u32> {
    lift::pdf_pages(bytes)
}

use ctx::{Ctx, Readers, Way};
use glasno_passage::Fragment;

/// Who reads what a reader comes upon and is not its own.
const READERS: Readers = Readers {
    file: lift::file,
    text: lift::text,
    again: reread::again,
};

/// Hands every fragment of text in the file to `sink`, the path first. Time and memory are bounded by `limits`;
/// whatever could not be read is in the outcome.
pub fn read(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    sink: &mut dyn FnMut(Fragment<'_>),
) -> Outcome {
    read_seen(path, bytes, limits, None, sink)
}

/// The same, where somebody reads pictures: what is recognised on them is text of theirs.
pub fn read_seen(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    eye: Option<&dyn scan::Eye>,
    sink: &mut dyn FnMut(Fragment<'_>),
) -> Outcome {
    let mut ctx = Ctx::new(limits, &READERS, sink);
    ctx.eye = eye;
    ctx.again(Way::Path, "", path, None);
    if bytes.len() as u64 > limits.max_bytes {
        ctx.unreadable("", Reason::TooLarge);
        return ctx.outcome;
    }
    let format = ctx.file("", path, bytes);
    ctx.outcome.format = format;
    ctx.outcome
}
