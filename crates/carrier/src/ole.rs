//! Office documents of before 2007 (and any other bytes in which only runs of letters can be seen): takes bytes,
//! gives the runs. Since their order and completeness is not certain, a document is also reported as legacy.

use std::io::Cursor;

use super::ctx::{Ctx, inside};
use super::{Reason, encoding, office};
use glasno_passage::Role;

const MIN_RUN: usize = 4;

/// Reads a compound file.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    ctx.unreadable(part, Reason::Legacy);
    let Ok(mut file) = cfb::CompoundFile::open(Cursor::new(bytes)) else {
        ctx.unreadable(part, Reason::Malformed);
        emit(ctx, part, Role::Text, bytes);
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
                    office::biff::read(ctx, &inner, &data);
                }
                emit(ctx, &inner, Role::Text, &data);
            }
            Err(_) => ctx.unreadable(&inner, Reason::Malformed),
        }
    }
}

/// How much is looked at in one step, and how much of it again in the next.
const WINDOW: usize = 1 << 20;
const OVERLAP: usize = 4 << 10;

/// Hands on the runs of letters in unknown bytes.
pub(super) fn emit(ctx: &mut Ctx<'_>, part: &str, role: Role, bytes: &[u8]) {
    let mut from = 0;
    while let Some(rest) = bytes.get(from..) {
        let window = rest.get(..WINDOW).unwrap_or(rest);
        for text in runs(window) {
            ctx.emit(part, role, &text, None);
        }
        if window.len() == rest.len() {
            return;
        }
        from += WINDOW - OVERLAP;
    }
}

/// Runs of letters: UTF-16 on either parity and byte order, UTF-8, and one byte a letter.
fn runs(bytes: &[u8]) -> Vec<String> {
    let mut all = Vec::new();
    for parity in 0..2 {
        for big_endian in [false, true] {
            wide(
                bytes.get(parity..).unwrap_or_default(),
                big_endian,
                &mut all,
            );
        }
    }
    let mut from = None;
    for (at, b) in bytes.iter().enumerate().chain([(bytes.len(), &0)]) {
        let printable = matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n' | 0x80..=0xff);
        match (from, printable) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                let run = bytes.get(start..at).unwrap_or_default();
                if run.len() >= MIN_RUN
                    && run
                        .iter()
                        .filter(|b| b.is_ascii_alphanumeric() || **b >= 0x80)
                        .count()
                        * 2
                        > run.len()
                {
                    all.push(encoding::decode(run, None).text.into_owned());
                }
                from = None;
            }
            _ => {}
        }
    }
    all
}

/// Runs of letters of two bytes.
fn wide(bytes: &[u8], big_endian: bool, all: &mut Vec<String>) {
    let (mut run, mut letters) = (String::new(), 0usize);
    for pair in bytes.chunks_exact(2) {
        let unit = match *pair {
            [a, b] if big_endian => u16::from_be_bytes([a, b]),
            [a, b] => u16::from_le_bytes([a, b]),
            _ => 0,
        };
        let kept = matches!(unit, 9 | 10 | 13 | 32..=126 | 0xa0..=0xff | 0x400..=0x45f | 0x2010..=0x2030 | 0x2116);
        match char::from_u32(u32::from(unit)).filter(|_| kept) {
            Some(c) => {
                letters += usize::from(c.is_alphanumeric());
                run.push(c);
            }
            None => {
                if letters >= MIN_RUN {
                    all.push(std::mem::take(&mut run));
                }
                run.clear();
                letters = 0;
            }
        }
    }
    if letters >= MIN_RUN {
        all.push(run);
    }
}
