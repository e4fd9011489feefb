//! Fonts: takes TrueType, OpenType, WOFF and WOFF 2, gives the texts of the `name` table and of whatever is no
//! drawing. What its glyphs look like no program tells: a font is a picture, for a person to look at.

use flate2::read::ZlibDecoder;

use super::runs;
use crate::ctx::{As, Ctx};
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::{Place, inside};
use glasno_passage::Role;

const MAX_FONTS: usize = 64;

/// Tables of outlines, measures and rules: numbers, and as many as there are glyphs.
const GLYPHS: &[&[u8; 4]] = &[
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"OS/2", b"cvt ", b"fpgm", b"glyf", b"loca",
    b"prep", b"VORG", b"gasp", b"hdmx", b"kern", b"LTSH", b"VDMX", b"vhea", b"vmtx", b"BASE",
    b"GDEF", b"GPOS", b"GSUB", b"avar", b"fvar", b"gvar", b"HVAR", b"MVAR", b"STAT", b"VVAR",
    b"cvar", b"COLR", b"CPAL",
];

/// The tags that WOFF 2 writes as one number.
#[rustfmt::skip]
const WOFF2_TAGS: [&[u8; 4]; 63] = [
    b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"glyf", b"loca", b"prep",
    b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern", b"LTSH", b"PCLT", b"VDMX", b"vhea", b"vmtx", b"BASE",
    b"GDEF", b"GPOS", b"GSUB", b"EBSC", b"JSTF", b"MATH", b"CBDT", b"CBLC", b"COLR", b"CPAL", b"SVG ", b"sbix", b"acnt",
    b"avar", b"bdat", b"bloc", b"bsln", b"cvar", b"fdsc", b"feat", b"fmtx", b"fvar", b"gvar", b"hsty", b"just", b"lcar",
    b"mort", b"morx", b"opbd", b"prop", b"trak", b"Zapf", b"Silf", b"Glat", b"Gloc", b"Feat", b"Sill",
];

/// Reads a font. Which letter its glyphs look like is for a person to see.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    ctx.picture(part, bytes);
    names_of(ctx, part, bytes);
}

/// Reads what a font says in words.
pub(super) fn names_of(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    match bytes.get(..4) {
        Some(b"wOF2") => woff2(ctx, part, bytes),
        Some(b"wOFF") => woff(ctx, part, bytes),
        Some(b"ttcf") => {
            let count = word(bytes, 8).unwrap_or(0);
            if count > MAX_FONTS {
                ctx.unreadable(part, Reason::TooManyEntries);
            }
            for i in 0..count.min(MAX_FONTS) {
                if let Some(offset) = word(bytes, 12 + 4 * i) {
                    directory(ctx, part, bytes, offset);
                }
            }
        }
        _ => directory(ctx, part, bytes, 0),
    }
}

/// One table, unpacked.
fn table(ctx: &mut Ctx<'_>, part: &str, tag: &[u8], data: &[u8]) {
    match tag {
        b"name" => names(ctx, part, data),
        b"SVG " => ctx.nested(part, "SVG", data),
        tag if GLYPHS.iter().any(|known| tag == *known) => {}
        _ => runs::emit(ctx, part, Role::Hidden, data),
    }
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..at.checked_add(4)?)?.first_chunk()?;
    usize::try_from(u32::from_be_bytes(*four)).ok()
}

fn half(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at.checked_add(2)?)?.first_chunk()?;
    Some(usize::from(u16::from_be_bytes(*two)))
}

fn directory(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], at: usize) {
    let Some(count) = half(bytes, at.saturating_add(4)) else {
        ctx.unreadable(part, Reason::Malformed);
        return;
    };
    for i in 0..count {
        let entry = at.saturating_add(12 + 16 * i);
        if let (Some(tag), Some(offset), Some(len)) = (
            bytes.get(entry..entry.saturating_add(4)),
            word(bytes, entry + 8),
            word(bytes, entry + 12),
        ) {
            let data = bytes.get(offset..offset.saturating_add(len));
            table(ctx, part, tag, data.unwrap_or_default());
        }
    }
}

fn woff(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    if word(bytes, 8) != Some(bytes.len()) {
        ctx.unreadable(part, Reason::Stowaway);
    }
    let count = half(bytes, 12).unwrap_or(0);
    for i in 0..count {
        let entry = 44 + 20 * i;
        if let (Some(tag), Some(offset), Some(packed), Some(full)) = (
            bytes.get(entry..entry + 4),
            word(bytes, entry + 4),
            word(bytes, entry + 8),
            word(bytes, entry + 12),
        ) {
            let data = bytes
                .get(offset..offset.saturating_add(packed))
                .unwrap_or_default();
            if GLYPHS.iter().any(|known| tag == *known) {
                continue;
            }
            if packed < full {
                let data = ctx.inflate(part, ZlibDecoder::new(data), packed);
                table(ctx, part, tag, &data);
            } else {
                table(ctx, part, tag, data);
            }
        }
    }
    if let (Some(offset), Some(len)) = (word(bytes, 24), word(bytes, 28))
        && len > 0
    {
        let data = bytes
            .get(offset..offset.saturating_add(len))
            .unwrap_or_default();
        let text = ctx.inflate(part, ZlibDecoder::new(data), len);
        let text = encoding::decode(&text, None).text;
        ctx.text(As::Xml, &inside(part, "metadata"), &text, Place::own(&text));
    }
    if let (Some(offset), Some(len)) = (word(bytes, 36), word(bytes, 40))
        && len > 0
    {
        let extra = bytes.get(offset..offset.saturating_add(len));
        runs::emit(ctx, part, Role::Hidden, extra.unwrap_or_default());
    }
}

/// WOFF 2: all tables are packed together.
fn woff2(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    if word(bytes, 8) != Some(bytes.len()) || word(bytes, 44) != Some(0) {
        ctx.unreadable(part, Reason::Stowaway);
    }
    if bytes.get(4..8) == Some(b"ttcf") {
        ctx.unreadable(part, Reason::Unsupported);
        return;
    }
    let Some((tables, at)) = tables2(bytes) else {
        ctx.unreadable(part, Reason::Malformed);
        return;
    };
    let packed = word(bytes, 20).unwrap_or(0);
    let data = bytes.get(at..at.saturating_add(packed)).unwrap_or_default();
    let data = ctx.inflate(part, brotli(data), packed);
    let mut from = 0usize;
    for (tag, len) in tables {
        let to = from.saturating_add(len);
        table(ctx, part, &tag, data.get(from..to).unwrap_or_default());
        from = to;
    }
    // Bytes behind the last table are in none.
    if let Some(tail) = data.get(from..).filter(|tail| !tail.is_empty()) {
        ctx.stowaway(part, tail);
    }
    if let (Some(offset), Some(len)) = (word(bytes, 28), word(bytes, 32))
        && len > 0
    {
        let data = bytes.get(offset..offset.saturating_add(len));
        let text = ctx.inflate(part, brotli(data.unwrap_or_default()), len);
        let text = encoding::decode(&text, None).text;
        ctx.text(As::Xml, &inside(part, "metadata"), &text, Place::own(&text));
    }
}

fn brotli(packed: &[u8]) -> impl std::io::Read {
    brotli_decompressor::Decompressor::new(packed, 4096)
}

/// A tag and a length.
type Table = ([u8; 4], usize);

/// The tables of WOFF 2 with their lengths as they are packed, and where the directory ends.
fn tables2(bytes: &[u8]) -> Option<(Vec<Table>, usize)> {
    let mut at = 48;
    let mut all = Vec::new();
    for _ in 0..half(bytes, 12)? {
        let flags = *bytes.get(at)?;
        at += 1;
        let tag = match WOFF2_TAGS.get(usize::from(flags & 0x3f)) {
            Some(tag) => **tag,
            None => {
                at += 4;
                *bytes.get(at - 4..at)?.first_chunk()?
            }
        };
        let mut len = base128(bytes, &mut at)?;
        let version = flags >> 6;
        let changed = match &tag {
            b"glyf" | b"loca" => version != 3,
            _ => version != 0,
        };
        if changed {
            len = base128(bytes, &mut at)?;
        }
        all.push((tag, len));
    }
    Some((all, at))
}

fn base128(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0usize;
    for _ in 0..5 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value = value.checked_mul(128)? | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn names(ctx: &mut Ctx<'_>, part: &str, table: &[u8]) {
    let (count, base) = (half(table, 2).unwrap_or(0), half(table, 4).unwrap_or(0));
    for i in 0..count {
        let record = 6 + 12 * i;
        let (Some(platform), Some(len), Some(offset)) = (
            half(table, record),
            half(table, record + 8),
            half(table, record + 10),
        ) else {
            break;
        };
        let from = base + offset;
        let raw = table.get(from..from + len).unwrap_or_default();
        if platform == 1 {
            for text in encoding::short(raw) {
                ctx.emit(part, Role::Hidden, &text, None);
            }
        } else {
            ctx.emit(part, Role::Hidden, &encoding::utf16(raw, true), None);
        }
    }
}
