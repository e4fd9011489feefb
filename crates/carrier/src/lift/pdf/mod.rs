//! PDF: takes bytes, gives the text of each page, and every string elsewhere in the document: properties, notes,
//! outlines, form fields, alternative texts, scripts; embedded files and XMP are read as what they are. Pictures,
//! and pages that show something but say nothing, are for a person to look at.

mod layout;
mod page;

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::runs;
use crate::ctx::{As, Ctx, Way};
use crate::decode::encoding;
use crate::decode::markup::has_markup;
use crate::format::Format;
use crate::outcome::Reason;
use crate::pdf::{MAX_STREAM, font, load};
use crate::place::{Place, inside};
use crate::sniff;
use glasno_passage::Role;

const MAX_REVISIONS: usize = 8;
/// Larger pictures are not unpacked to see whether they are one.
const MAX_PICTURE: usize = 1 << 20;

/// Reads a document, and the revisions it still holds.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let Some(document) = load(bytes) else {
        let encrypted = memchr::memmem::find(bytes, b"/Encrypt").is_some();
        ctx.unreadable(
            part,
            if encrypted {
                Reason::Encrypted
            } else {
                Reason::Malformed
            },
        );
        return;
    };
    // What opens without a password is decrypted by now, and nobody is kept from reading it.
    if document.is_encrypted() || document.trailer.has(b"Encrypt") {
        ctx.unreadable(part, Reason::Encrypted);
        return;
    }
    if document.xref_recovery.is_some() {
        // Opened all the same, by guessing: what was lost is not known.
        ctx.unreadable(part, Reason::Malformed);
    }
    contents(ctx, part, &document, bytes);
    // What a later revision replaced still stands in the file.
    let ends: Vec<usize> = memchr::memmem::find_iter(bytes, b"%%EOF")
        .map(|at| at + 5)
        .collect();
    let earlier = ends.len().saturating_sub(1);
    if earlier > MAX_REVISIONS {
        ctx.unreadable(part, Reason::TooManyEntries);
    }
    for (i, end) in ends.iter().take(earlier.min(MAX_REVISIONS)).enumerate() {
        if let Some(old) = bytes.get(..*end).and_then(load) {
            contents(
                ctx,
                &inside(part, &format!("revision {}", i + 1)),
                &old,
                bytes,
            );
        }
    }
    let tail = ends
        .last()
        .and_then(|end| bytes.get(*end..))
        .unwrap_or_default();
    if tail.iter().any(|b| *b != 0 && !b.is_ascii_whitespace()) {
        ctx.stowaway(part, tail);
    }
    comments(ctx, part, bytes);
}

/// How many pages a document has; `None` for what is no readable PDF.
pub(crate) fn pages(bytes: &[u8]) -> Option<u32> {
    const MOST: usize = 100_000;
    let document = load(bytes)?;
    let pages = document.page_iter().take(MOST).count();
    u32::try_from(pages).ok().filter(|n| *n > 0)
}

/// Lines that begin with `%`: a place for remarks that programs never show.
fn comments(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    for line in bytes.split(|b| matches!(b, b'\n' | b'\r')).take(100_000) {
        if let Some(said) = line.strip_prefix(b"%") {
            remark(ctx, part, said);
        }
    }
}

/// The same in what a page is drawn by, where a remark may stand behind an operator.
fn remarks(ctx: &mut Ctx<'_>, part: &str, content: &[u8]) {
    let mut rest = content;
    while let Some(at) = memchr::memchr(b'%', rest) {
        let said = rest.get(at + 1..).unwrap_or_default();
        let end = memchr::memchr2(b'\n', b'\r', said).unwrap_or(said.len());
        let (said, after) = said.split_at(end);
        remark(ctx, part, said);
        rest = after;
    }
}

fn remark(ctx: &mut Ctx<'_>, part: &str, said: &[u8]) {
    let letters = said
        .iter()
        .filter(|b| b.is_ascii_alphabetic() || **b >= 0x80);
    if said.len() < 2000
        && !said.starts_with(b"PDF-")
        && !said.starts_with(b"%EOF")
        && letters.count() > 5
        && let Ok(said) = std::str::from_utf8(said)
    {
        ctx.emit(part, Role::Hidden, said, None);
    }
}

fn contents(ctx: &mut Ctx<'_>, part: &str, document: &Document, whole: &[u8]) {
    let mut fonts = font::Fonts::default();
    let info = document
        .trailer
        .get(b"Info")
        .ok()
        .and_then(|o| o.as_reference().ok());
    if let Some(info) = info.and_then(|id| document.get_dictionary(id).ok()) {
        strings(ctx, part, &mut fonts, &Object::Dictionary(info.clone()));
    } else if let Ok(Object::Dictionary(info)) = document.trailer.get(b"Info") {
        strings(ctx, part, &mut fonts, &Object::Dictionary(info.clone()));
    }
    let mut shown: BTreeSet<ObjectId> = BTreeSet::new();
    for (index, id) in document.page_iter().enumerate() {
        if !ctx.entry(part) {
            return;
        }
        let part = inside(part, &format!("page {}", index + 1));
        shown.extend(document.get_page_contents(id));
        page::read(ctx, &part, document, id, &mut fonts, &mut shown, whole);
    }
    for (id, object) in &document.objects {
        if Some(*id) != info {
            strings(ctx, part, &mut fonts, object);
        }
        if let Object::Stream(stream) = object
            && !shown.contains(id)
        {
            self_contained(ctx, part, document, *id, stream, &mut fonts);
        }
    }
}

/// Streams that no page paints, and those that are files of their own.
fn self_contained(
    ctx: &mut Ctx<'_>,
    part: &str,
    document: &Document,
    id: ObjectId,
    stream: &Stream,
    fonts: &mut font::Fonts,
) {
    let dictionary = &stream.dict;
    let kind = |key: &[u8]| {
        dictionary
            .get(key)
            .and_then(Object::as_name)
            .unwrap_or_default()
            .to_vec()
    };
    let (kind, subtype) = (kind(b"Type"), kind(b"Subtype"));
    let inner = inside(part, &format!("object {}", id.0));
    let is = |kinds: &[&[u8]]| {
        let either = [kind.as_slice(), subtype.as_slice()];
        kinds.iter().any(|k| either.contains(k))
    };
    if is(&[b"Image"]) {
        ctx.picture(&inner, &stream.content);
        // A file may call itself a picture.
        if holds_file(&stream.content) {
            ctx.unpacked(&inner, "", &stream.content);
        } else if let Some(data) = small(ctx, &inner, stream)
            && holds_file(&data)
        {
            ctx.unpacked(&inner, "", &data);
        }
        return;
    }
    let Some(data) = unpacked(ctx, &inner, stream) else {
        return;
    };
    // A map from codes to letters calls itself PostScript by right.
    let map = data.starts_with(b"%!PS-Adobe-3.0 Resource-CMap")
        && memchr::memmem::find(&data, b"begincmap").is_some();
    // What it holds counts, and not what its dictionary says that it is.
    if is(&[b"EmbeddedFile"]) || holds_file(&data) && !map {
        ctx.unpacked(&inner, "", &data);
    } else if sniff::sniff("", &data) == Format::Font {
        super::font::names_of(ctx, &inner, &data);
    } else if is(&[b"Metadata", b"XML"]) {
        let text = encoding::decode(&data, None).text;
        ctx.text(As::Xml, &inner, &text, Place::own(&text));
    } else if is(&[b"Form"]) {
        page::form(ctx, &inner, document, stream, fonts);
    } else if is(&[b"Sound", b"3D", b"U3D", b"PRC"]) {
        ctx.unreadable(&inner, Reason::Unsupported);
    } else if is(&[b"ObjStm"])
        && data
            .trim_ascii_start()
            .first()
            .is_some_and(u8::is_ascii_digit)
    {
        // Its objects are looked at one by one; what stands between them is in no object.
        remarks(ctx, &inner, &data);
    } else if memchr::memmem::find(&data, b"BT").is_some()
        && memchr::memmem::find(&data, b"Tj")
            .or_else(|| memchr::memmem::find(&data, b"TJ"))
            .is_some()
    {
        // Content that no page refers to; its fonts are not known.
        page::orphan(ctx, &inner, document, &data, fonts);
    } else if memchr::memmem::find(&data, b"begincmap").is_some() {
        map_of_letters(ctx, &inner, &data);
    } else if encoding::looks_like_text(&data) {
        other_text(ctx, &inner, &data);
    } else {
        runs::emit(ctx, &inner, Role::Hidden, &data);
    }
}

/// Whether bytes are a file that somebody could take out: not merely text, and no part of how a PDF is drawn.
fn holds_file(data: &[u8]) -> bool {
    !matches!(
        sniff::sniff("", data),
        Format::Empty
            | Format::Font
            | Format::Bitmap
            | Format::Text
            | Format::Json
            | Format::Script
            | Format::Css
            | Format::Csv
            | Format::Markdown
            | Format::Unknown
    )
}

/// The data of a picture that is packed as files are, where it is not large.
fn small(ctx: &mut Ctx<'_>, part: &str, stream: &Stream) -> Option<Vec<u8>> {
    let flate = |name: &[u8]| {
        matches!(
            name,
            b"FlateDecode" | b"Fl" | b"LZWDecode" | b"ASCIIHexDecode" | b"ASCII85Decode"
        )
    };
    let packed = match stream.dict.get(b"Filter") {
        Ok(Object::Name(name)) => flate(name),
        Ok(Object::Array(all)) => all.iter().all(|f| f.as_name().is_ok_and(flate)),
        _ => false,
    };
    if !packed || stream.content.len() > MAX_PICTURE {
        return None;
    }
    unpacked(ctx, part, stream)
}

/// The lines of a map from codes to letters that are more than codes.
fn map_of_letters(ctx: &mut Ctx<'_>, part: &str, data: &[u8]) {
    let text = encoding::decode(data, None).text;
    let coded = |line: &&str| {
        let code = |c: char| c.is_ascii_hexdigit() || "<>[] \t".contains(c);
        !line.chars().all(code)
    };
    let said: Vec<&str> = text.lines().filter(coded).collect();
    ctx.emit(part, Role::Hidden, &said.join("\n"), None);
}

/// Forms in XML, scripts, and whatever else is text.
fn other_text(ctx: &mut Ctx<'_>, part: &str, data: &[u8]) {
    match sniff::sniff("", data) {
        Format::Xml | Format::Html | Format::Svg => ctx.unpacked(part, "", data),
        _ => {
            let text = encoding::decode(data, None).text;
            ctx.again(Way::Script(Role::Hidden), part, &text, None);
        }
    }
}

/// A stream's data, or a refusal.
fn unpacked(ctx: &mut Ctx<'_>, part: &str, stream: &Stream) -> Option<Vec<u8>> {
    let allowance = ctx.allowance(stream.content.len()).min(MAX_STREAM);
    let allowance = usize::try_from(allowance).unwrap_or(usize::MAX);
    match stream.get_plain_content_with_limit(allowance) {
        Ok(data) => {
            ctx.spend(data.len());
            Some(data)
        }
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            ctx.unreadable(part, Reason::Bomb);
            None
        }
        Err(_) => {
            ctx.unreadable(part, Reason::Malformed);
            None
        }
    }
}

/// Every string and telling name in an object.
fn strings(ctx: &mut Ctx<'_>, part: &str, fonts: &mut font::Fonts, object: &Object) {
    let mut pending: Vec<(&[u8], &Object)> = vec![(b"", object)];
    while let Some((key, object)) = pending.pop() {
        match object {
            Object::String(bytes, _) => string(ctx, part, key, bytes),
            Object::Array(items) => pending.extend(items.iter().rev().map(|o| (key, o))),
            Object::Dictionary(d) => entries(d, &mut pending),
            Object::Stream(s) => entries(&s.dict, &mut pending),
            Object::Name(bytes) => name(ctx, part, fonts, bytes),
            _ => {}
        }
        if let Object::Dictionary(d) | Object::Stream(lopdf::Stream { dict: d, .. }) = object {
            for (key, _) in d {
                name(ctx, part, fonts, key);
            }
        }
    }
}

/// A name: most are the format's own words; each long one is given once.
fn name(ctx: &mut Ctx<'_>, part: &str, fonts: &mut font::Fonts, bytes: &[u8]) {
    if bytes.len() > 5 && fonts.new_name(bytes) {
        for text in encoding::short(bytes) {
            ctx.emit(part, Role::Hidden, &text, None);
        }
    }
}

fn entries<'o>(dictionary: &'o Dictionary, pending: &mut Vec<(&'o [u8], &'o Object)>) {
    let from = pending.len();
    pending.extend(dictionary.iter().map(|(k, v)| (k.as_slice(), v)));
    if let Some(added) = pending.get_mut(from..) {
        added.reverse();
    }
}

fn string(ctx: &mut Ctx<'_>, part: &str, key: &[u8], bytes: &[u8]) {
    for text in text_string(bytes) {
        match key {
            b"Title" => ctx.emit(part, Role::Title, &text, None),
            b"URI" | b"F" | b"UF" => ctx.again(Way::Address, part, &text, None),
            b"JS" => ctx.again(Way::Script(Role::Hidden), part, &text, None),
            _ => {
                // Identifiers and checksums are bytes, not words.
                let odd = text
                    .chars()
                    .filter(|c| c.is_control() || *c == '\u{fffd}')
                    .count();
                if odd * 4 > text.chars().count() {
                    continue;
                }
                if has_markup(&text) {
                    // A note may be written in the markup of pages.
                    ctx.markup(part, &text, true, None);
                } else {
                    ctx.emit(part, Role::Attribute, &text, None);
                    ctx.again(Way::Encoded, part, &text, None);
                }
            }
        }
    }
}

/// A text string: UTF-16 or UTF-8 by mark, else one byte a letter; what looks like Russian is read so.
fn text_string(bytes: &[u8]) -> Vec<String> {
    if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]) || bytes.is_ascii() {
        return vec![encoding::decode(bytes, None).text.into_owned()];
    }
    encoding::short(bytes)
}
