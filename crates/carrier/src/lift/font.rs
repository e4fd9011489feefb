//! Fonts: takes TrueType, OpenType, WOFF and WOFF 2, gives the texts of the `name` table where it can be read.
//! WOFF 2 packs its tables with Brotli; its names stay unread, its extra blocks are refused.

use flate2::read::ZlibDecoder;

use super::runs;
use crate::ctx::{As, Ctx};
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::{Place, inside};
use glasno_passage::Role;

/// Reads a font.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    match bytes.get(..4) {
        Some(b"wOF2") => {
            let extra = [28usize, 40]
                .iter()
                .any(|at| word(bytes, *at).is_none_or(|len| len != 0));
            if extra || word(bytes, 8) != Some(bytes.len()) {
                ctx.unreadable(part, Reason::Stowaway);
            }
        }
        Some(b"wOFF") => woff(ctx, part, bytes),
        Some(b"ttcf") => {
            let count = word(bytes, 8).unwrap_or(0).min(64);
            for i in 0..count {
                if let Some(offset) = word(bytes, 12 + 4 * i) {
                    directory(ctx, part, bytes, offset);
                }
            }
        }
        _ => directory(ctx, part, bytes, 0),
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
        if bytes.get(entry..entry.saturating_add(4)) == Some(b"name")
            && let (Some(offset), Some(len)) = (word(bytes, entry + 8), word(bytes, entry + 12))
        {
            names(
                ctx,
                part,
                bytes
                    .get(offset..offset.saturating_add(len))
                    .unwrap_or_default(),
            );
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
        if bytes.get(entry..entry + 4) != Some(b"name") {
            continue;
        }
        if let (Some(offset), Some(packed), Some(full)) = (
            word(bytes, entry + 4),
            word(bytes, entry + 8),
            word(bytes, entry + 12),
        ) {
            let data = bytes
                .get(offset..offset.saturating_add(packed))
                .unwrap_or_default();
            if packed < full {
                let table = ctx.inflate(part, ZlibDecoder::new(data), packed);
                names(ctx, part, &table);
            } else {
                names(ctx, part, data);
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

fn names(ctx: &mut Ctx<'_>, part: &str, table: &[u8]) {
    let (count, base) = (half(table, 2).unwrap_or(0), half(table, 4).unwrap_or(0));
    for i in 0..count.min(2000) {
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
