//! Lifts the readable text out of any file, or says why it cannot be read.
//!
//! Takes a path and bytes; gives fragments in reading order, the pictures that only a person can clear, and the
//! parts that cannot be read (which the caller must refuse: what cannot be read cannot be cleared). Knows no
//! schools. Must not panic on any input, recurse without bound, or allocate from a length that input states.
//!
//! Steps: `sniff` decides the format by content, then by extension; the reader of that format hands fragments
//! to `ctx::Ctx`, which counts what they cost; containers come back to `any` for each of their parts.

mod address;
mod archive;
pub mod blocks;
mod columns;
mod ctx;
mod encoding;
mod entities;
mod font;
mod grid;
mod html;
mod image;
mod json;
mod lexer;
mod limits;
mod mail;
mod markdown;
mod office;
mod ole;
mod pairs;
mod pdf;
mod rtf;
mod script;
mod sniff;
mod sql;
mod strip;
mod table;
mod text;
mod xml;

#[cfg(test)]
mod tests;

pub use limits::Limits;
pub use sniff::Format;
pub use strip::{StripError, strip_image_metadata};

use ctx::{Ctx, Place, inside};
use glasno_passage::{Fragment, Role};

/// A picture that text cannot clear: it needs a review recorded by its content hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The part of the carrier it stands in; empty when the file itself is the picture.
    pub part: String,
    /// Of the picture's own bytes; for a page of a PDF, of the whole file.
    pub hash: blake3::Hash,
}

/// Why a part cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// No known format, and no text either.
    Unknown,
    /// A known format that nothing here reads (sound, film, databases, rarer archives).
    Unsupported,
    /// Protected by a password.
    Encrypted,
    /// Damaged, or written so that its parts contradict each other.
    Malformed,
    /// Larger than the limits allow.
    TooLarge,
    /// Inflates beyond the limits.
    Bomb,
    /// Nested deeper than the limits allow.
    TooDeep,
    /// More entries than the limits allow.
    TooManyEntries,
    /// More fragments than the limits allow.
    TooManyFragments,
    /// Entries of an archive share bytes.
    Overlap,
    /// Bytes that belong to no part of the format: something may be hidden there.
    Stowaway,
    /// Text whose letters cannot be told from its glyphs.
    Unmapped,
    /// A format of before 2007, of which only runs of letters can be seen.
    Legacy,
}

/// A part that cannot be read, and must therefore not be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The part of the carrier; empty when it is the file itself.
    pub part: String,
    pub reason: Reason,
}

/// What was found beside the fragments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    pub format: Format,
    pub pictures: Vec<Picture>,
    pub unreadable: Vec<Unreadable>,
    /// Some picture in it records where it was taken.
    pub location: bool,
}

/// Hands every fragment of text in the file to `sink`, the path first. Time and memory are bounded by `limits`;
/// whatever could not be read is in the outcome.
pub fn read(
    path: &str,
    bytes: &[u8],
    limits: &Limits,
    sink: &mut dyn FnMut(Fragment<'_>),
) -> Outcome {
    let mut ctx = Ctx::new(limits, sink);
    address::path(&mut ctx, "", path);
    if bytes.len() as u64 > limits.max_bytes {
        ctx.unreadable("", Reason::TooLarge);
        return ctx.outcome;
    }
    let format = any(&mut ctx, "", path, bytes);
    ctx.outcome.format = format;
    ctx.outcome
}

/// Reads bytes of any format that stand at `part` under the name `name`.
fn any(ctx: &mut Ctx<'_>, part: &str, name: &str, bytes: &[u8]) -> Format {
    let format = sniff::sniff(name, bytes);
    known(ctx, part, name, bytes, format);
    format
}

/// Reads what was found inside a container, under its own name and one level deeper.
fn nested(ctx: &mut Ctx<'_>, part: &str, name: &str, bytes: &[u8]) {
    let part = inside(part, name);
    ctx.deeper(&part, |ctx| {
        any(ctx, &part, name, bytes);
    });
}

fn known(ctx: &mut Ctx<'_>, part: &str, name: &str, bytes: &[u8], format: Format) {
    match format {
        Format::Empty => {}
        Format::Zip => archive::zip(ctx, part, bytes),
        Format::Docx | Format::Xlsx | Format::Pptx | Format::Odf => {
            office::read(ctx, part, bytes, format);
        }
        Format::Gzip => archive::gzip(ctx, part, name, bytes),
        Format::Tar => archive::tar(ctx, part, bytes),
        Format::Pdf => pdf::read(ctx, part, bytes),
        Format::Ole => ole::read(ctx, part, bytes),
        Format::Png | Format::Jpeg | Format::Gif | Format::Webp | Format::Tiff => {
            image::read(ctx, part, bytes, format);
        }
        Format::Bitmap => image::bitmap(ctx, part, bytes),
        Format::Font => font::read(ctx, part, bytes),
        Format::Rtf => rtf::read(ctx, part, bytes),
        Format::Calendar => mail::calendar(ctx, part, bytes),
        Format::Mail => mail::message(ctx, part, bytes),
        Format::Unsupported => {
            ctx.unreadable(part, Reason::Unsupported);
            salvage(ctx, part, bytes);
        }
        Format::Unknown => {
            ctx.unreadable(part, Reason::Unknown);
            // Programs that unpack themselves are archives to everybody who looks at their end.
            if !archive::appended(ctx, part, bytes) {
                salvage(ctx, part, bytes);
            }
        }
        _ => textual(ctx, part, bytes, format),
    }
}

/// How much of an unreadable file is looked at, at its beginning and at its end.
const SALVAGED: usize = 4 << 20;

/// Hands on what can be seen in a file that is refused all the same: who has to decide about it should be told.
fn salvage(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let half = ctx.salvage(bytes.len().min(2 * SALVAGED)).div_ceil(2);
    let head = bytes.get(..half).unwrap_or(bytes);
    ole::emit(ctx, part, Role::Hidden, head);
    let tail = bytes.len().saturating_sub(half).max(head.len());
    let tail = bytes.get(tail..).unwrap_or_default();
    ole::emit(ctx, part, Role::Hidden, tail);
}

/// Bytes that belong to no part of a format: refused, and read as the file they may be.
fn stowaway(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    ctx.unreadable(part, Reason::Stowaway);
    nested(ctx, part, "tail", bytes);
}

/// Reads formats that are text once their encoding is known.
fn textual(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], format: Format) {
    let decoded = encoding::decode(bytes, encoding::declared(bytes, format));
    let text = decoded.text.as_ref();
    match format {
        Format::Html => html::read(ctx, part, text),
        Format::Xml | Format::Svg => xml::read(ctx, part, text),
        Format::Json => json::read(ctx, part, text),
        Format::Script | Format::Css => {
            script::read(ctx, part, text, Role::Hidden, Place::own(text))
        }
        Format::Csv => table::read(ctx, part, text),
        Format::Markdown => markdown::read(ctx, part, text),
        _ => {
            text::plain(ctx, part, text, Role::Text);
            sql::rows(ctx, part, text);
        }
    }
    for other in &decoded.alternatives {
        text::plain(ctx, part, other, Role::Hidden);
    }
}
