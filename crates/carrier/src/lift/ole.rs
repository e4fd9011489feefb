//! Office documents of before 2007: takes bytes, gives the cells of a workbook and the runs of letters of the rest.
//! Since their order and completeness is not certain, a document is also reported as legacy.

use std::io::Cursor;

use super::{biff, runs};
use crate::ctx::Ctx;
use crate::outcome::Reason;
use crate::place::inside;
use glasno_passage::Role;

/// Reads a compound file.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    ctx.unreadable(part, Reason::Legacy);
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        ctx.unreadable(part, Reason::Malformed);
        runs::emit(ctx, part, Role::Text, bytes);
        return;
    };
    let mut streams = Vec::new();
    for entry in file.walk() {
        if !ctx.entry(part) {
            return;
        }
        ctx.emit(part, Role::Path, entry.name(), None);
        if matches!(entry.name(), "EncryptedPackage" | "EncryptionInfo") {
            ctx.unreadable(part, Reason::Encrypted);
        }
        if entry.is_stream() {
            streams.push(entry.path().to_path_buf());
        }
    }
    for path in streams {
        let inner = inside(part, path.to_string_lossy().trim_start_matches('/'));
        match file.open_stream(&path) {
            Ok(stream) => {
                let data = ctx.inflate(&inner, stream, bytes.len());
                if matches!(
                    path.file_name().and_then(|n| n.to_str()),
                    Some("Workbook" | "Book")
                ) {
                    biff::read(ctx, &inner, &data);
                }
                runs::emit(ctx, &inner, Role::Text, &data);
            }
            Err(_) => ctx.unreadable(&inner, Reason::Malformed),
        }
    }
}
