//! Archives: takes zip, gzip and tar, gives the names and comments in them and each entry as a file of its own.
//! Must not trust a length, a name or a checksum: bytes that belong to no entry, and what inflates beyond the limits
//! are reported.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::package::Package;
use super::runs;
use crate::ctx::{Ctx, Way};
use crate::decode::encoding;
use crate::outcome::Reason;
use crate::place::inside;
use glasno_passage::Role;

/// Reads the zip at the end of something else, if there is one.
pub(super) fn appended(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) -> bool {
    // The end of the directory, with the longest comment there can be.
    let end = bytes
        .get(bytes.len().saturating_sub(22 + 65_535)..)
        .unwrap_or_default();
    let found = memchr::memmem::rfind(end, b"PK\x05\x06").is_some()
        && ZipArchive::new(Cursor::new(bytes)).is_ok();
    if found {
        zip(ctx, part, bytes);
    }
    found
}

/// A zip that is no office document.
pub(super) fn zip(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let Some(mut package) = Package::open(ctx, part, bytes) else {
        return;
    };
    for entry in std::mem::take(&mut package.entries) {
        let data = package.unpack(ctx, part, &entry);
        ctx.nested(part, &entry.name, &data);
    }
}

/// gzip, with all of its members.
pub(super) fn gzip(ctx: &mut Ctx<'_>, part: &str, name: &str, bytes: &[u8]) {
    let mut rest = bytes;
    let mut all = Vec::new();
    let mut inner_name = None;
    while rest.starts_with(b"\x1f\x8b") {
        if !ctx.entry(part) {
            return;
        }
        let mut decoder = flate2::bufread::GzDecoder::new(rest);
        let data = ctx.inflate(part, &mut decoder, rest.len());
        if let Some(header) = decoder.header() {
            for text in header.filename().map(encoding::short).unwrap_or_default() {
                ctx.again(Way::Path, part, &text, None);
                inner_name.get_or_insert(text);
            }
            for text in header.comment().map(encoding::short).unwrap_or_default() {
                ctx.emit(part, Role::Hidden, &text, None);
            }
            let extra = header.extra().unwrap_or_default();
            runs::emit(ctx, part, Role::Hidden, extra);
        }
        all.extend_from_slice(&data);
        let left = decoder.into_inner();
        if left.len() >= rest.len() {
            break;
        }
        rest = left;
        if all.len() as u64 >= ctx.limits.max_inflated {
            return;
        }
    }
    if rest.iter().any(|b| *b != 0) {
        ctx.stowaway(part, rest);
    }
    let name = inner_name.unwrap_or_else(|| without_suffix(name));
    ctx.nested(part, &name, &all);
}

/// What a packed file is called once it is unpacked.
fn without_suffix(name: &str) -> String {
    let file = name.rsplit('/').next().unwrap_or(name);
    let lower = file.to_ascii_lowercase();
    let stem = |cut: usize| file.get(..file.len().saturating_sub(cut)).unwrap_or(file);
    if lower.ends_with(".svgz") {
        format!("{}.svg", stem(5))
    } else if lower.ends_with(".tgz") {
        format!("{}.tar", stem(4))
    } else {
        stem(if lower.ends_with(".gz") { 3 } else { 0 }).to_owned()
    }
}

/// tar.
pub(super) fn tar(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let mut archive = tar::Archive::new(bytes);
    let Ok(entries) = archive.entries() else {
        ctx.unreadable(part, Reason::Malformed);
        return;
    };
    let mut end = 0u64;
    for entry in entries {
        let Ok(mut entry) = entry else {
            ctx.unreadable(part, Reason::Malformed);
            return;
        };
        if !ctx.entry(part) {
            return;
        }
        let mut name = String::new();
        let path = entry.path_bytes().into_owned();
        for text in encoding::short(&path) {
            ctx.again(Way::Path, part, &text, None);
            if name.is_empty() {
                name = text;
            }
        }
        for bytes in [
            entry.link_name_bytes().map(|l| l.into_owned()),
            entry.header().username_bytes().map(<[u8]>::to_vec),
            entry.header().groupname_bytes().map(<[u8]>::to_vec),
        ]
        .into_iter()
        .flatten()
        {
            for text in encoding::short(&bytes) {
                ctx.emit(part, Role::Hidden, &text, None);
            }
        }
        if let Ok(Some(extensions)) = entry.pax_extensions() {
            for extension in extensions.flatten() {
                for text in encoding::short(extension.value_bytes()) {
                    ctx.emit(part, Role::Hidden, &text, None);
                }
            }
        }
        let size = entry.size();
        end = entry.raw_file_position().saturating_add(size);
        let packed = usize::try_from(size).unwrap_or(usize::MAX).min(bytes.len());
        if entry.header().entry_type().is_gnu_sparse() {
            ctx.unreadable(&inside(part, &name), Reason::Unsupported);
            continue;
        }
        let data = ctx.inflate(&inside(part, &name), entry.by_ref().take(size), packed);
        ctx.nested(part, &name, &data);
    }
    let tail = usize::try_from(end)
        .ok()
        .and_then(|e| bytes.get(e..))
        .unwrap_or_default();
    if tail.iter().any(|b| *b != 0) {
        ctx.stowaway(part, tail);
    }
}
