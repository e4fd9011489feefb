//! The formats, one file each: a file's bytes become fragments.
//!
//! Takes a path, bytes and the context; gives fragments to the context. What a reader finds that is not its own (a
//! file in it, a page in a cell, an address) goes back to the context: no format knows another, nor the readings of
//! `reread`.

mod archive;
mod biff;
mod calendar;
mod cells;
mod font;
mod html;
mod image;
mod json;
mod lines;
mod mail;
mod markdown;
mod office;
mod ole;
mod outlines;
mod package;
mod pdf;
pub(crate) use pdf::pages as pdf_pages;
mod plain;
mod rtf;
mod runs;
mod table;
mod xml;

use crate::ctx::{As, Ctx, Way};
use crate::decode::encoding;
use crate::format::Format;
use crate::outcome::Reason;
use crate::place::Place;
use crate::sniff;
use glasno_passage::Role;

/// Reads bytes of any format that stand at `part` under the name `name`.
pub(crate) fn file(ctx: &mut Ctx<'_>, part: &str, name: &str, bytes: &[u8]) -> Format {
    let format = sniff::sniff(name, bytes);
    known(ctx, part, name, bytes, format);
    format
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
        Format::Calendar => calendar::read(ctx, part, bytes),
        Format::Mail => mail::read(ctx, part, bytes),
        Format::Unsupported => {
            ctx.unreadable(part, Reason::Unsupported);
            runs::salvage(ctx, part, bytes);
        }
        Format::Unknown => {
            ctx.unreadable(part, Reason::Unknown);
            // Programs that unpack themselves are archives to everybody who looks at their end.
            if !archive::appended(ctx, part, bytes) {
                runs::salvage(ctx, part, bytes);
            }
        }
        _ => textual(ctx, part, bytes, format),
    }
}

/// Reads formats that are text once their encoding is known.
fn textual(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], format: Format) {
    let decoded = encoding::decode(bytes, encoding::declared(bytes, format));
    let source = decoded.text.as_ref();
    let place = Place::own(source);
    match format {
        Format::Html => text(ctx, As::Page { hidden: false }, part, source, place),
        Format::Xml | Format::Svg => text(ctx, As::Xml, part, source, place),
        Format::Json => text(ctx, As::Json, part, source, place),
        Format::Script | Format::Css => ctx.again(Way::Script(Role::Hidden), part, source, place),
        Format::Csv => table::read(ctx, part, source),
        Format::Markdown => markdown::read(ctx, part, source),
        _ => {
            text(ctx, As::Plain(Role::Text), part, source, place);
            ctx.again(Way::Rows, part, source, Place::own(source));
        }
    }
    for other in &decoded.alternatives {
        text(ctx, As::Plain(Role::Hidden), part, other, Place::own(other));
    }
}

/// Reads a text whose format is known.
pub(crate) fn text(ctx: &mut Ctx<'_>, kind: As, part: &str, source: &str, place: Place<'_>) {
    match kind {
        As::Page { hidden } => html::read(ctx, part, source, place, hidden),
        As::Xml => {
            let head = source
                .get(..source.floor_char_boundary(8192))
                .unwrap_or(source);
            if office::is_flat(head) {
                office::flat(ctx, part, source);
            } else {
                xml::read(ctx, part, source, place);
            }
        }
        As::Json => json::read(ctx, part, source, place),
        As::Plain(role) => plain::read(ctx, part, source, role, place),
    }
}
