//! Pictures: takes JPEG, PNG, GIF, WebP and TIFF, gives the text beside the pixels (EXIF, XMP, IPTC, comments,
//! text chunks) and whether a place is recorded. The pixels themselves are for a person to look at.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::runs;
use crate::ctx::{As, Ctx, Way};
use crate::decode::{encoding, hex};
use crate::format::Format;
use crate::outcome::Reason;
use crate::place::{Place, inside};
use crate::segments::{color_table, fields, number, scan_end, sub_blocks, tiff_head};
use glasno_passage::Role;

/// Reads a picture.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], format: Format) {
    ctx.picture(part, bytes);
    ctx.look(part, bytes, |_| Ok(bytes.to_vec()));
    let whole = match format {
        Format::Png => png(ctx, part, bytes),
        Format::Jpeg => jpeg(ctx, part, bytes),
        Format::Gif => gif(ctx, part, bytes),
        Format::Webp => webp(ctx, part, bytes),
        _ => {
            exif(ctx, part, bytes);
            Some(bytes.len())
        }
    };
    match whole {
        None => {
            ctx.unreadable(part, Reason::Malformed);
            runs::emit(ctx, part, Role::Hidden, bytes);
        }
        Some(end) => {
            let tail = bytes.get(end..).unwrap_or_default();
            if tail.starts_with(b"\xff\xd8\xff") {
                // Further pictures behind the first, as cameras write them.
                ctx.nested(part, "second", tail);
            } else if tail.iter().any(|b| *b != 0 && !b.is_ascii_whitespace()) {
                ctx.stowaway(part, tail);
            }
        }
    }
}

/// BMP states its own length; an icon may hold PNGs, which hold text.
pub(super) fn bitmap(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    ctx.picture(part, bytes);
    ctx.look(part, bytes, |_| Ok(bytes.to_vec()));
    if bytes.starts_with(b"BM") {
        let end = number(bytes, 2, 4, false).unwrap_or(0).max(14);
        if end != bytes.len() {
            ctx.stowaway(part, bytes.get(end..).unwrap_or_default());
        }
        return;
    }
    let mut end = 0;
    for i in 0..number(bytes, 4, 2, false).unwrap_or(0).min(256) {
        let entry = 6 + 16 * i;
        let (Some(len), Some(from)) = (
            number(bytes, entry + 8, 4, false),
            number(bytes, entry + 12, 4, false),
        ) else {
            ctx.unreadable(part, Reason::Malformed);
            return;
        };
        end = end.max(from.saturating_add(len));
        let data = bytes
            .get(from..from.saturating_add(len))
            .unwrap_or_default();
        if data.starts_with(b"\x89PNG") {
            ctx.nested(part, &format!("image {}", i + 1), data);
        }
    }
    if end != bytes.len() {
        ctx.stowaway(part, bytes.get(end..).unwrap_or_default());
    }
}

fn field(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    for text in encoding::short(bytes) {
        let text = text.trim_matches('\0');
        ctx.emit(part, Role::Attribute, text, None);
        ctx.again(Way::Encoded, part, text, None);
    }
}

fn xmp(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let text = encoding::decode(bytes, None).text;
    if text.contains("GPSL") || text.contains("exif:GPS") {
        ctx.outcome.location = true;
    }
    ctx.text(As::Xml, &inside(part, "XMP"), &text, Place::own(&text));
}

fn png(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) -> Option<usize> {
    let mut at = 8usize;
    loop {
        let len =
            usize::try_from(u32::from_be_bytes(*bytes.get(at..at + 4)?.first_chunk()?)).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let body = bytes.get(at + 8..(at + 8).checked_add(len)?)?;
        bytes.get(at + 8 + len..at + 12 + len)?;
        match kind {
            b"tEXt" => png_text(ctx, part, body),
            b"zTXt" => {
                let (key, rest) = split_nul(body);
                field(ctx, part, key);
                let packed = rest.get(1..).unwrap_or_default();
                let text = inflate(ctx, part, packed);
                png_value(ctx, part, key, &text);
            }
            b"iTXt" => {
                let (key, rest) = split_nul(body);
                let packed = rest.first() == Some(&1);
                let (language, rest) = split_nul(rest.get(2..).unwrap_or_default());
                let (translated, text) = split_nul(rest);
                for f in [key, language, translated] {
                    field(ctx, part, f);
                }
                if packed {
                    let text = inflate(ctx, part, text);
                    png_value(ctx, part, key, &text);
                } else {
                    png_value(ctx, part, key, text);
                }
            }
            b"iCCP" => {
                let (key, rest) = split_nul(body);
                field(ctx, part, key);
                let packed = rest.get(1..).unwrap_or_default();
                let profile = inflate(ctx, part, packed);
                runs::emit(ctx, part, Role::Hidden, &profile);
            }
            b"eXIf" => exif(ctx, part, body),
            b"IEND" => return Some(at + 12 + len),
            b"IHDR" | b"PLTE" | b"IDAT" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"sBIT"
            | b"bKGD" | b"pHYs" | b"tIME" | b"hIST" | b"acTL" | b"fcTL" | b"fdAT" | b"cICP"
            | b"sPLT" => {}
            _ => runs::emit(ctx, part, Role::Hidden, body),
        }
        at += 12 + len;
    }
}

/// What stands beside a picture is never long.
const MAX_METADATA: u64 = 16 << 20;

fn inflate(ctx: &mut Ctx<'_>, part: &str, packed: &[u8]) -> Vec<u8> {
    let reader = ZlibDecoder::new(packed).take(MAX_METADATA);
    let out = ctx.inflate(part, reader, packed.len());
    if out.len() as u64 == MAX_METADATA {
        ctx.unreadable(part, Reason::Bomb);
    }
    out
}

fn png_text(ctx: &mut Ctx<'_>, part: &str, body: &[u8]) {
    let (key, value) = split_nul(body);
    field(ctx, part, key);
    png_value(ctx, part, key, value);
}

fn png_value(ctx: &mut Ctx<'_>, part: &str, key: &[u8], value: &[u8]) {
    if key.starts_with(b"XML:com.adobe.xmp") {
        xmp(ctx, part, value);
        return;
    }
    field(ctx, part, value);
    if key.starts_with(b"Raw profile type") {
        // A name, a length, and hexadecimal digits.
        let digits: Vec<u8> = value
            .split(|b| *b == b'\n')
            .skip(3)
            .flatten()
            .copied()
            .filter_map(hex)
            .collect();
        let data: Vec<u8> = digits
            .chunks_exact(2)
            .filter_map(|p| Some(p.first()? * 16 + p.get(1)?))
            .collect();
        block(ctx, part, &data);
    }
}

fn split_nul(bytes: &[u8]) -> (&[u8], &[u8]) {
    match memchr::memchr(0, bytes) {
        Some(i) => (
            bytes.get(..i).unwrap_or_default(),
            bytes.get(i + 1..).unwrap_or_default(),
        ),
        None => (bytes, &[]),
    }
}

/// A block of metadata that says itself what it is.
fn block(ctx: &mut Ctx<'_>, part: &str, body: &[u8]) {
    if let Some(tiff) = body
        .strip_prefix(b"Exif\0\0")
        .or_else(|| body.strip_prefix(b"Exif\0"))
    {
        exif(ctx, part, tiff);
    } else if body.starts_with(b"II*\0") || body.starts_with(b"MM\0*") {
        exif(ctx, part, body);
    } else if let Some(packet) = body.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0") {
        xmp(ctx, part, packet);
    } else if body.starts_with(b"<?xpacket") || body.starts_with(b"<x:xmpmeta") {
        xmp(ctx, part, body);
    } else if let Some(resources) = body.strip_prefix(b"Photoshop 3.0\0") {
        photoshop(ctx, part, resources);
    } else if body.starts_with(b"8BIM") {
        photoshop(ctx, part, body);
    } else if !body.starts_with(b"JFIF\0") && !body.starts_with(b"Adobe") {
        runs::emit(ctx, part, Role::Hidden, body);
    }
}

fn jpeg(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) -> Option<usize> {
    let mut at = 2usize;
    let mut extended = Vec::new();
    loop {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (0xff, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?) else {
            return None;
        };
        at += 2;
        if marker == 0xd9 {
            if !extended.is_empty() {
                xmp(ctx, part, &extended);
            }
            return Some(at);
        }
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let len = usize::from(u16::from_be_bytes(*bytes.get(at..at + 2)?.first_chunk()?));
        let body = bytes.get(at + 2..at + len)?;
        at += len;
        match marker {
            0xfe => field(ctx, part, body),
            0xe1 if body.starts_with(b"http://ns.adobe.com/xmp/extension/\0") => {
                // A packet too long for one segment goes on in the next; offsets only rise in practice.
                extended.extend_from_slice(body.get(75..).unwrap_or_default());
            }
            0xe0..=0xef => block(ctx, part, body),
            0xda => at += scan_end(bytes.get(at..)?),
            _ => {}
        }
    }
}

/// Image resource blocks; 0x0404 holds IPTC.
fn photoshop(ctx: &mut Ctx<'_>, part: &str, resources: &[u8]) {
    let mut rest = resources;
    while let Some(tail) = rest.strip_prefix(b"8BIM") {
        let (Some(id), Some(name)) = (tail.get(..2), tail.get(2).copied().map(usize::from)) else {
            return;
        };
        field(ctx, part, tail.get(3..3 + name).unwrap_or_default());
        let at = 2 + (name + 2) / 2 * 2;
        let Some(len) = tail
            .get(at..at + 4)
            .and_then(|l| l.first_chunk())
            .and_then(|l| usize::try_from(u32::from_be_bytes(*l)).ok())
        else {
            return;
        };
        let data = tail.get(at + 4..).unwrap_or_default();
        let data = data.get(..len).unwrap_or(data);
        match id {
            [0x04, 0x04] => iptc(ctx, part, data),
            // It may hold such blocks itself.
            [0x04, 0x22] => ctx.deeper(part, |ctx| exif(ctx, part, data)),
            [0x04, 0x24] => xmp(ctx, part, data),
            _ => runs::emit(ctx, part, Role::Hidden, data),
        }
        rest = tail
            .get((at + 4).saturating_add(len.saturating_add(len & 1))..)
            .unwrap_or_default();
    }
}

fn iptc(ctx: &mut Ctx<'_>, part: &str, data: &[u8]) {
    let mut rest = data;
    while let [0x1c, _, _, a, b, tail @ ..] = rest {
        let len = usize::from(u16::from_be_bytes([*a, *b]));
        let value = tail.get(..len).unwrap_or(tail);
        field(ctx, part, value);
        rest = tail.get(len..).unwrap_or_default();
    }
    if !rest.is_empty() {
        runs::emit(ctx, part, Role::Hidden, rest);
    }
}

fn gif(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) -> Option<usize> {
    let mut at = 13 + color_table(*bytes.get(10)?);
    loop {
        match bytes.get(at)? {
            0x3b => return Some(at + 1),
            0x2c => at = sub_blocks(bytes, at + 11 + color_table(*bytes.get(at + 9)?))?,
            0x21 => {
                let end = sub_blocks(bytes, at + 2)?;
                let kind = *bytes.get(at + 1)?;
                if kind == 0xff && bytes.get(at + 3..at + 14) == Some(b"XMP DataXMP") {
                    // The packet stands there as it is, without lengths.
                    xmp(ctx, part, bytes.get(at + 14..end)?);
                } else if kind != 0xf9 {
                    field(ctx, part, &joined(bytes.get(at + 2..end)?));
                }
                at = end;
            }
            _ => return None,
        }
    }
}

fn joined(mut blocks: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    while let Some((&len, rest)) = blocks.split_first() {
        let len = usize::from(len);
        out.extend_from_slice(rest.get(..len).unwrap_or(rest));
        blocks = rest.get(len..).unwrap_or_default();
    }
    out
}

fn webp(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) -> Option<usize> {
    let size = usize::try_from(u32::from_le_bytes(*bytes.get(4..8)?.first_chunk()?)).ok()?;
    let end = size.checked_add(8).filter(|e| *e <= bytes.len())?;
    let mut at = 12usize;
    while at < end {
        let len = usize::try_from(u32::from_le_bytes(
            *bytes.get(at + 4..at + 8)?.first_chunk()?,
        ))
        .ok()?;
        let body = bytes.get(at + 8..(at + 8).checked_add(len)?)?;
        match bytes.get(at..at + 4)? {
            b"EXIF" | b"XMP " => block(ctx, part, body),
            b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP" => {}
            _ => runs::emit(ctx, part, Role::Hidden, body),
        }
        at = at + 8 + len + (len & 1);
    }
    Some(end)
}

fn exif(ctx: &mut Ctx<'_>, part: &str, tiff: &[u8]) {
    let Some((big, first)) = tiff_head(tiff) else {
        ctx.unreadable(part, Reason::Malformed);
        runs::emit(ctx, part, Role::Hidden, tiff);
        return;
    };
    let mut pending = vec![first];
    let mut seen = Vec::new();
    // Fields may share bytes; honest ones hardly do.
    let mut left = tiff.len().saturating_mul(4);
    while let Some(at) = pending.pop() {
        if at == 0 || seen.contains(&at) || seen.len() >= 64 {
            continue;
        }
        seen.push(at);
        let Some((all, next)) = fields(tiff, at, big) else {
            ctx.unreadable(part, Reason::Malformed);
            runs::emit(ctx, part, Role::Hidden, tiff);
            return;
        };
        pending.push(next);
        for f in all {
            let Some(rest) = left.checked_sub(f.value.len()) else {
                ctx.unreadable(part, Reason::Overlap);
                return;
            };
            left = rest;
            match f.tag {
                0x8769 | 0xa005 | 0x014a => pending.extend(
                    (0..f.value.len() / 4)
                        .take(16)
                        .filter_map(|i| number(f.value, 4 * i, 4, big)),
                ),
                0x8825 => {
                    ctx.outcome.location = true;
                    pending.extend(number(f.value, 0, 4, big));
                }
                0x9c9b..=0x9c9f => ctx.emit(
                    part,
                    Role::Attribute,
                    encoding::utf16(f.value, false).trim_matches('\0'),
                    None,
                ),
                0x9286 | 0x001b | 0x001c => comment(ctx, part, f.value, big),
                700 => xmp(ctx, part, f.value),
                33723 => iptc(ctx, part, f.value),
                34377 => photoshop(ctx, part, f.value),
                // Pixels and colour profiles.
                0x0111 | 0x0117 | 0x0144 | 0x0145 | 0x8773 | 0x0201 | 0x0202 => {}
                _ if matches!(f.kind, 2 | 129) => field(ctx, part, f.value),
                _ if matches!(f.kind, 1 | 6 | 7) && f.value.len() >= 4 => {
                    runs::emit(ctx, part, Role::Hidden, f.value)
                }
                _ => {}
            }
        }
    }
}

/// A text that names its encoding in eight bytes.
fn comment(ctx: &mut Ctx<'_>, part: &str, value: &[u8], big: bool) {
    match value.strip_prefix(b"UNICODE\0") {
        Some(text) => {
            ctx.emit(
                part,
                Role::Attribute,
                encoding::utf16(text, big).trim_matches('\0'),
                None,
            );
            ctx.emit(
                part,
                Role::Attribute,
                encoding::utf16(text, !big).trim_matches('\0'),
                None,
            );
            field(ctx, part, text);
        }
        None => {
            let text = [&b"ASCII\0\0\0"[..], b"JIS\0\0\0\0\0", &[0; 8]]
                .iter()
                .find_map(|p| value.strip_prefix(*p))
                .unwrap_or(value);
            field(ctx, part, text);
        }
    }
}
