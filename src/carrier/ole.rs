//! Office documents of before 2007 (and any other bytes in which only runs of letters can be seen): takes bytes,
//! gives the runs. Since their order and completeness is not certain, a document is also reported as legacy.

use std::io::Cursor;

use super::ctx::{Ctx, inside};
use super::{Reason, encoding, office};
use crate::passage::Role;

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
            let tail = bytes.get(parity..).unwrap_or_default();
            let text = encoding::utf16(tail, big_endian);
            let keep = |c: char| matches!(c, ' '..='~' | '\u{a0}'..='\u{ff}' | '\u{400}'..='\u{45f}' | '\u{2010}'..='\u{2030}' | '№' | '\r' | '\n' | '\t');
            collect(&text, keep, &mut all);
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

fn collect(text: &str, keep: impl Fn(char) -> bool, all: &mut Vec<String>) {
    for run in text.split(|c| !keep(c)) {
        let letters = run
            .chars()
            .filter(|c| c.is_alphanumeric())
            .take(MIN_RUN)
            .count();
        if letters >= MIN_RUN {
            all.push(run.to_owned());
        }
    }
}
