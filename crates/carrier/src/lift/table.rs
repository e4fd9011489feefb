//! CSV and its kin: takes text, gives its cells; the first row is the head. The separator is told by counting.

use crate::ctx::{As, Ctx, Way};
use crate::decode::markup::has_markup;
use crate::outcome::Reason;
use crate::place::{Place, Stand, broken, offset_in};
use crate::shape::Rows;
use glasno_passage::Role;

const MAX_COLUMNS: usize = 50_000;

/// Reads a table of values.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str) {
    let whole = source;
    let source = source.strip_prefix("sep=").map_or(source, |rest| {
        rest.get(2..).unwrap_or_default().trim_start()
    });
    let mut lines = Place::own(whole);
    let base = offset_in(whole, source);
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
        let position = record.position().map_or(0, csv::Position::byte);
        let from = usize::try_from(position).unwrap_or(usize::MAX);
        let raw = source.get(from..).unwrap_or_default();
        let raw = raw.trim_start_matches(['\r', '\n']);
        let mut fields = Fields { raw, delimiter };
        for (column, cell) in record.iter().enumerate() {
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            let role = Role::Cell {
                table,
                row,
                column,
                head: !cell.trim().is_empty() && rows.head(row),
            };
            let field = fields.next().map_or(source.len(), |f| offset_in(source, f));
            let blank = cell.len() - cell.trim_start().len();
            let cell = cell.trim();
            let at = lines.at(base + field + blank);
            let turns = broken(at, cell);
            let stand = Stand { at, turns: &turns };
            ctx.emit(part, role, cell, stand);
            if has_markup(cell) {
                ctx.markup(part, cell, true, stand.over(cell));
            } else {
                ctx.again(Way::Encoded, part, cell, stand.over(cell));
            }
        }
        row = row.saturating_add(1);
    }
}

/// The fields of a record as they are written, from their first letter on: a quoted one goes over lines.
struct Fields<'a> {
    raw: &'a str,
    delimiter: u8,
}

impl<'a> Iterator for Fields<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let raw = self.raw;
        let bytes = raw.as_bytes();
        let mut quoted = bytes.first() == Some(&b'"');
        let begin = usize::from(quoted);
        let mut end = begin;
        while let Some(b) = bytes.get(end).filter(|b| quoted || **b != self.delimiter) {
            if *b == b'"' && begin == 1 {
                quoted = !quoted;
            } else if *b == b'\n' && !quoted {
                break;
            }
            end += 1;
        }
        self.raw = raw.get(end + 1..).unwrap_or_default();
        raw.get(begin..)
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
