//! A zip, opened: what archives and office packages share. Takes bytes, gives the names and comments in it, and each
//! entry unpacked when it is asked for. Must not trust a length, a name or a checksum: entries that share bytes and
//! bytes that belong to no entry are reported.

use std::io::Cursor;

use zip::{CompressionMethod, ZipArchive};

use super::runs;
use crate::ctx::{Ctx, Way};
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::inside;
use glasno_passage::Role;

/// An opened zip whose directory has been checked.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    pub entries: Vec<Entry>,
}

/// One entry: its name, as first guessed, and its place.
pub(super) struct Entry {
    pub name: String,
    pub index: usize,
    folder: bool,
}

impl<'a> Package<'a> {
    /// Opens a zip and hands on its names and comments. `None` when it cannot be read at all.
    pub(crate) fn open(ctx: &mut Ctx<'_>, part: &str, bytes: &'a [u8]) -> Option<Self> {
        let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
            ctx.unreadable(part, Reason::Malformed);
            return None;
        };
        for text in encoding::short(archive.comment()) {
            ctx.emit(part, Role::Hidden, &text, None);
        }
        let mut entries = Vec::new();
        let mut ranges = Vec::new();
        for index in 0..archive.len() {
            if !ctx.entry(part) {
                return None;
            }
            let Ok(file) = archive.by_index_raw(index) else {
                ctx.unreadable(part, Reason::Malformed);
                continue;
            };
            let names = encoding::short(file.name_raw());
            let start = file.header_start();
            let data = file.data_start().unwrap_or(start);
            ranges.push((start, data.saturating_add(file.compressed_size())));
            if let Some(extra) = file.extra_data() {
                unicode_fields(ctx, part, &extra);
            }
            if !file.comment().is_empty() {
                comment(ctx, part, bytes, file.central_header_start());
                ctx.emit(part, Role::Hidden, file.comment(), None);
            }
            local_header(ctx, part, bytes, start, file.name_raw());
            if file.encrypted() {
                ctx.unreadable(part, Reason::Encrypted);
            }
            let folder = file.is_dir();
            let mut names = names.into_iter();
            let name = names.next().unwrap_or_default();
            ctx.again(Way::Path, part, &name, None);
            for other in names {
                ctx.emit(part, Role::Path, &other, None);
            }
            if !file.encrypted() {
                entries.push(Entry {
                    name,
                    index,
                    folder,
                });
            }
        }
        layout(ctx, part, bytes, ranges, archive.central_directory_start());
        Some(Package { archive, entries })
    }

    /// Unpacks one entry.
    pub(crate) fn unpack(&mut self, ctx: &mut Ctx<'_>, part: &str, entry: &Entry) -> Vec<u8> {
        if entry.folder {
            return Vec::new();
        }
        let part = inside(part, &entry.name);
        match self.archive.by_index(entry.index) {
            Ok(file) => {
                let known = matches!(
                    file.compression(),
                    CompressionMethod::Stored | CompressionMethod::Deflated
                );
                if !known {
                    ctx.unreadable(&part, Reason::Unsupported);
                    return Vec::new();
                }
                let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
                ctx.inflate(&part, file, packed)
            }
            Err(_) => {
                ctx.unreadable(&part, Reason::Unsupported);
                Vec::new()
            }
        }
    }
}

/// The comment of an entry as it stands in the directory: most programs state no encoding for it, and the one that
/// is meant then is theirs to guess.
fn comment(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], header: u64) {
    let Some(header) = usize::try_from(header).ok().and_then(|h| bytes.get(h..)) else {
        return;
    };
    let number = |at: usize| {
        let two = header.get(at..at + 2).and_then(|l| l.first_chunk());
        two.map_or(0, |l| usize::from(u16::from_le_bytes(*l)))
    };
    let from = 46 + number(28) + number(30);
    for text in encoding::short(header.get(from..from + number(32)).unwrap_or_default()) {
        ctx.emit(part, Role::Hidden, &text, None);
    }
}

/// The header before the data names the entry a second time, and some programs believe that one.
fn local_header(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8], start: u64, name: &[u8]) {
    let Some(header) = usize::try_from(start).ok().and_then(|s| bytes.get(s..)) else {
        return;
    };
    let Some(&[a, b, c, d]) = header.get(26..30).and_then(|l| l.first_chunk()) else {
        return;
    };
    let (len, extra) = (
        usize::from(u16::from_le_bytes([a, b])),
        usize::from(u16::from_le_bytes([c, d])),
    );
    let local = header.get(30..30 + len).unwrap_or_default();
    if local != name {
        for text in encoding::short(local) {
            ctx.emit(part, Role::Path, &text, None);
        }
    }
    unicode_fields(
        ctx,
        part,
        header.get(30 + len..30 + len + extra).unwrap_or_default(),
    );
}

/// Names and comments in UTF-8 that stand in extra fields.
fn unicode_fields(ctx: &mut Ctx<'_>, part: &str, extra: &[u8]) {
    let mut rest = extra;
    while let [a, b, c, d, tail @ ..] = rest {
        let (id, len) = (
            u16::from_le_bytes([*a, *b]),
            usize::from(u16::from_le_bytes([*c, *d])),
        );
        let body = tail.get(..len).unwrap_or(tail);
        if matches!(id, 0x7075 | 0x6375) {
            let text = String::from_utf8_lossy(body.get(5..).unwrap_or_default()).into_owned();
            ctx.emit(part, Role::Path, &text, None);
        } else if !matches!(
            id,
            0x0001 | 0x000a | 0x5455 | 0x7875 | 0x5855 | 0xcafe | 0xa220 | 0xd935
        ) {
            runs::emit(ctx, part, Role::Hidden, body);
        }
        rest = tail.get(len..).unwrap_or_default();
    }
}

/// Entries must not share bytes, and no bytes may lie between them.
fn layout(
    ctx: &mut Ctx<'_>,
    part: &str,
    bytes: &[u8],
    mut ranges: Vec<(u64, u64)>,
    directory: u64,
) {
    ranges.sort_unstable();
    let mut end = 0u64;
    for (from, to) in ranges.into_iter().chain([(directory, directory)]) {
        if from < end {
            ctx.unreadable(part, Reason::Overlap);
            return;
        }
        // A data descriptor takes up to 24 bytes.
        let gap = usize::try_from(end)
            .ok()
            .zip(usize::try_from(from).ok())
            .and_then(|(a, b)| bytes.get(a..b));
        if from - end > 24 && gap.is_none_or(|g| g.iter().any(|b| *b != 0)) {
            ctx.unreadable(part, Reason::Stowaway);
            runs::salvage(ctx, part, gap.unwrap_or_default());
        }
        end = to.max(end);
    }
    let tail = memchr::memmem::rfind(bytes, b"PK\x05\x06").and_then(|at| {
        let comment = bytes.get(at + 20..at + 22)?.first_chunk()?;
        bytes.get(at + 22 + usize::from(u16::from_le_bytes(*comment))..)
    });
    if tail.is_none_or(|t| t.iter().any(|b| *b != 0)) {
        ctx.stowaway(part, tail.unwrap_or_default());
    }
}
