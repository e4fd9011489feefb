//! Bytes in which only runs of letters can be seen: takes bytes of no known format, gives the runs. Must not be taken
//! for reading them: whoever calls this reports what could not be read.

use crate::ctx::Ctx;
use crate::decode::encoding;
use glasno_passage::Role;

const MIN_RUN: usize = 4;

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

/// How much of an unreadable file is looked at, at its beginning and at its end.
const SALVAGED: usize = 4 << 20;

/// Hands on what can be seen in a file that is refused all the same: who has to decide about it should be told.
pub(super) fn salvage(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let half = ctx.salvage(bytes.len().min(2 * SALVAGED)).div_ceil(2);
    let head = bytes.get(..half).unwrap_or(bytes);
    emit(ctx, part, Role::Hidden, head);
    let tail = bytes.len().saturating_sub(half).max(head.len());
    let tail = bytes.get(tail..).unwrap_or_default();
    emit(ctx, part, Role::Hidden, tail);
}
