//! JSON, one value or one a line: takes text, gives keys and values with escapes resolved. Objects in a list are
//! rows of a table, so that what one member says is known to belong to the others. Broken JSON
//! is read all the same, piece by piece.

use std::collections::BTreeSet;

use crate::ctx::{Ctx, Way};
use crate::decode::escapes::unescape;
use crate::decode::markup::has_markup;
use crate::place::{At, Place};
use glasno_passage::Role;

const MAX_FRAMES: usize = 2048;

#[derive(Clone, Copy)]
struct Frame {
    object: bool,
    table: u32,
    row: u32,
    column: u32,
    key_next: bool,
    /// A list in a list, which is a row of cells; and whether a text stands in it.
    row_of_cells: bool,
    said: bool,
    /// The present key, where it is a number that does not count the members.
    number: Option<u16>,
    /// Keys met so far.
    members: u32,
}

/// Reads a file, or what stands in something else.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str, mut lines: Place<'_>) {
    let bytes = source.as_bytes();
    let mut keys: BTreeSet<u64> = BTreeSet::new();
    let mut heads: BTreeSet<(u32, u32, u64)> = BTreeSet::new();
    let top = Frame {
        object: false,
        table: ctx.next_table(),
        row: 0,
        column: 0,
        key_next: false,
        row_of_cells: false,
        said: false,
        number: None,
        members: 0,
    };
    let mut frames = vec![top];
    let mut surplus = 0usize;
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let here = frames.last().copied().unwrap_or(top);
        match b {
            b'{' | b'[' => {
                if b == b'['
                    && here.object
                    && let Some(list) = numbers(source.get(at + 1..).unwrap_or_default())
                {
                    let place = lines.at(at);
                    ctx.emit(part, role(here), &list, place);
                }
                if frames.len() >= MAX_FRAMES {
                    surplus += 1;
                } else {
                    let mut frame = open(ctx, here, b == b'{');
                    if b == b'{'
                        && let Some(number) = here.number
                    {
                        numbered(ctx, part, &mut frame, number, lines.at(at));
                    }
                    frame.row_of_cells &= frames.len() > 1;
                    frames.push(frame);
                }
                at += 1;
            }
            b'}' | b']' => {
                if surplus > 0 {
                    surplus -= 1;
                } else if frames.len() > 1 {
                    let closed = frames.pop();
                    if let (Some(parent), Some(closed)) = (frames.last_mut(), closed) {
                        if parent.object && closed.object && parent.number.is_none() {
                            parent.column = closed.column;
                        }
                        // One value a line: each is a row.
                        if frames.len() == 1 {
                            step(frames.last_mut());
                        }
                    }
                }
                at += 1;
            }
            b',' => {
                step(frames.last_mut());
                at += 1;
            }
            b':' => {
                if let Some(f) = frames.last_mut() {
                    f.key_next = false;
                }
                at += 1;
            }
            b'"' => {
                let end = string_end(bytes, at + 1);
                let raw = source.get(at + 1..end).unwrap_or_default();
                let value = unescape(raw);
                let place = lines.at(at + 1);
                if here.object && here.key_next {
                    if let Some(f) = frames.last_mut() {
                        f.number = key_number(&value, f.members);
                        f.members = f.members.saturating_add(1);
                    }
                    if keys.len() < 10_000 && keys.insert(hash(&value)) || keys.len() >= 10_000 {
                        ctx.again(Way::Value, part, &value, place);
                    }
                    // What a member is called is the head of its column.
                    if heads.len() < 10_000
                        && value.len() <= 64
                        && heads.insert((here.table, here.column, hash(&value)))
                    {
                        let role = Role::Cell {
                            table: here.table,
                            row: 0,
                            column: here.column,
                            head: true,
                        };
                        ctx.emit(part, role, &value, place);
                    }
                } else {
                    if let Some(f) = frames.last_mut() {
                        f.said = f.row_of_cells;
                    }
                    string(ctx, part, &value, role(here), place);
                }
                at = end + 1;
            }
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            _ => {
                let len = bytes
                    .get(at..)
                    .unwrap_or_default()
                    .iter()
                    .position(|b| {
                        matches!(b, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\n')
                    })
                    .unwrap_or(bytes.len() - at);
                let raw = source.get(at..at + len).unwrap_or_default().trim();
                let digits = raw.bytes().filter(u8::is_ascii_digit).count();
                let number = digits > 0
                    && raw.bytes().all(|b| {
                        b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E')
                    });
                let place = lines.at(at);
                if number {
                    // The numbers of a row matter beside words; of coordinates there are millions.
                    if here.object || digits >= 5 || here.said {
                        ctx.emit(part, role(here), raw, place);
                    }
                } else if !matches!(raw, "true" | "false" | "null") {
                    ctx.emit(part, Role::Text, &unescape(raw), place);
                }
                at += len.max(1);
            }
        }
    }
}

/// The small numbers of a list that holds nothing else: «4, 17, 42» belongs to the member it is the value of.
fn numbers(rest: &str) -> Option<String> {
    let head = rest.get(..rest.floor_char_boundary(400)).unwrap_or(rest);
    let (list, _) = head.split_once(']')?;
    let mut out = String::new();
    for one in list.split(',') {
        let one = one.trim().trim_matches('"');
        if one.is_empty() || one.len() > 3 || !one.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(one);
    }
    Some(out)
}

/// «{"31": {"город": …}}»: a key that is a number, unless the keys count the members.
fn key_number(key: &str, before: u32) -> Option<u16> {
    let number: u16 = key
        .parse()
        .ok()
        .filter(|n| *n > 0 && key.len() <= 3 && !key.starts_with(['0', '+']))?;
    let n = u32::from(number);
    (n != before && n != before.saturating_add(1)).then_some(number)
}

/// The number that a key gives is a field of the thing under it, as if it were called so.
fn numbered(ctx: &mut Ctx<'_>, part: &str, frame: &mut Frame, number: u16, at: At) {
    frame.table = ctx.next_table();
    frame.row = 0;
    frame.column = 1;
    for (row, text) in [(0, "№".to_owned()), (1, number.to_string())] {
        let role = Role::Cell {
            table: frame.table,
            row,
            column: 0,
            head: row == 0,
        };
        ctx.emit(part, role, &text, at);
    }
}

fn open(ctx: &mut Ctx<'_>, parent: Frame, object: bool) -> Frame {
    let (table, row, column) = match (parent.object, object) {
        // A member that is itself an object continues its parent's row.
        (true, true) => (parent.table, parent.row, parent.column),
        // A list in an object is a table of its own.
        (true, false) => (ctx.next_table(), 0, 0),
        // A list or an object in a list is a row of it.
        (false, true) if !parent.row_of_cells => (parent.table, parent.row, 0),
        (false, true) => (ctx.next_table(), 0, 0),
        (false, false) if !parent.row_of_cells => (parent.table, parent.row, 0),
        (false, false) => (ctx.next_table(), 0, 0),
    };
    Frame {
        object,
        table,
        row,
        column,
        key_next: object,
        row_of_cells: !parent.object && !object && !parent.row_of_cells,
        said: false,
        number: None,
        members: 0,
    }
}

fn step(frame: Option<&mut Frame>) {
    if let Some(f) = frame {
        if f.object || f.row_of_cells {
            f.column = f.column.saturating_add(1);
            f.key_next = f.object;
        } else {
            f.row = f.row.saturating_add(1);
        }
    }
}

fn role(frame: Frame) -> Role {
    if frame.object || frame.row_of_cells {
        Role::Cell {
            table: frame.table,
            row: frame.row.saturating_add(u32::from(frame.object)),
            column: frame.column,
            head: false,
        }
    } else {
        Role::Attribute
    }
}

fn string(ctx: &mut Ctx<'_>, part: &str, value: &str, role: Role, at: At) {
    let bytes = value.as_bytes();
    let first = bytes.trim_ascii_start().first();
    let whole = (matches!(first, Some(b'{' | b'[')) && value.contains('"'))
        || bytes
            .get(..5)
            .is_some_and(|s| s.eq_ignore_ascii_case(b"data:"))
        || has_markup(value);
    if whole {
        ctx.again(Way::Value, part, value, at);
        if value.contains('\\') {
            ctx.again(Way::Encoded, part, value, at);
        }
    } else {
        ctx.emit(part, role, value, at);
        ctx.again(Way::Encoded, part, value, at);
    }
}

fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(i) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        let i = i + at;
        if bytes.get(i) == Some(&b'"') {
            return i;
        }
        at = i + 2;
    }
    bytes.len()
}

fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    })
}
