//! CSV and its kin: takes text, gives its cells; the first row is the head. The separator is told by counting.

use crate::ctx::{As, Ctx, Way};
use crate::decode::markup::has_markup;
use crate::outcome::Reason;
use crate::place::Place;
use crate::shape::Rows;
use glasno_passage::Role;

const MAX_COLUMNS: usize = 50_000;

/// Reads a table of values.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str) {
    let source = source.strip_prefix("sep=").map_or(source, |rest| {
        rest.get(2..).unwrap_or_default().trim_start()
    });
    let delimiter = delimiter(source);
    // Nobody has a table so wide, and a row is held in memory as a whole.
    if source
        .split('\n')
        .any(|line| memchr::memchr_iter(delimiter, line.as_bytes()).count() > MAX_COLUMNS)
    {
        ctx.text(As::Plain(Role::Text), part, source, Place::own(source));
        return;
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(source.as_bytes());
    let table = ctx.next_table();
    let mut record = csv::StringRecord::new();
    let mut row = 0u32;
    let mut rows = Rows::default();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => return,
            Err(_) => {
                ctx.unreadable(part, Reason::Malformed);
                return;
            }
        }
        let line = record.position().and_then(|p| u32::try_from(p.line()).ok());
        for (column, cell) in record.iter().enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let role = Role::Cell {
                table,
                row,
                column,
                head: !cell.trim().is_empty() && rows.head(row),
            };
            let at = line.map(|l| (l, 1));
            ctx.emit(part, role, cell.trim(), at);
            if has_markup(cell) {
                ctx.markup(part, cell, true, at);
            } else {
                ctx.again(Way::Encoded, part, cell, at);
            }
        }
        row = row.saturating_add(1);
    }
}

fn delimiter(source: &str) -> u8 {
    let mut best = (0usize, b',');
    for candidate in [b';', b'\t', b',', b'|'] {
        let mut quoted = false;
        let count = source
            .bytes()
            .take(1 << 15)
            .filter(|b| {
                quoted ^= *b == b'"';
                !quoted && *b == candidate
            })
            .count();
        // Commas stand in sentences and numbers too.
        let weight = if candidate == b',' { count } else { count * 3 };
        if weight > best.0 {
            best = (weight, candidate);
        }
    }
    best.1
}
