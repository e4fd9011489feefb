//! Records: takes keys and values as a reader meets them, gives each record as a row of a table whose heads are the
//! keys. Must not judge keys or values.

use std::borrow::Cow;

use crate::ctx::Ctx;
use crate::place::{At, Stand};
use glasno_passage::Role;

const MAX_VALUE: usize = 300;
const MAX_COLUMNS: usize = 60;

/// Rows of pairs that are being given: a key that comes again begins the next.
pub(crate) struct Records {
    table: u32,
    row: u32,
    /// Keys in the order of their columns, and whether the present row has a value for each.
    keys: Vec<(String, bool)>,
}

impl Records {
    pub(crate) fn new(ctx: &mut Ctx<'_>) -> Self {
        Records {
            table: ctx.next_table(),
            row: 1,
            keys: Vec::new(),
        }
    }

    /// Begins a row.
    pub(crate) fn next(&mut self) {
        if self.keys.iter().any(|(_, said)| *said) {
            self.row = self.row.saturating_add(1);
            self.keys.iter_mut().for_each(|(_, said)| *said = false);
        }
    }

    /// Gives a pair as a cell below its head; false where there are too many keys.
    pub(crate) fn pair<'s>(
        &mut self,
        ctx: &mut Ctx<'_>,
        part: &str,
        key: &str,
        value: &str,
        stand: impl Into<Stand<'s>>,
    ) -> bool {
        let stand = stand.into();
        let known = self.keys.iter().position(|(k, _)| k == key);
        let again = known
            .and_then(|c| self.keys.get(c))
            .is_some_and(|(_, said)| *said);
        if again {
            self.next();
        }
        let n = known.unwrap_or(self.keys.len());
        if n >= MAX_COLUMNS {
            return false;
        }
        let column = u32::try_from(n).unwrap_or(u32::MAX);
        let (table, row) = (self.table, self.row);
        let cell = |row: u32, head: bool| Role::Cell {
            table,
            row,
            column,
            head,
        };
        if known.is_none() {
            self.keys.push((key.to_owned(), false));
            ctx.emit(part, cell(0, true), key, stand.at);
        }
        if !value.is_empty() {
            ctx.emit(part, cell(row, false), value, stand);
            if let Some((_, said)) = self.keys.get_mut(n) {
                *said = true;
            }
        }
        true
    }
}

/// Gives the attributes of one element (`data-type="СШ" data-num="43"`) as a record, where one is a number and another
/// has Russian letters: none of them names anything by itself.
pub(crate) fn attributes(ctx: &mut Ctx<'_>, part: &str, fields: &[(&str, Cow<'_, str>)], at: At) {
    let number = |v: &str| {
        let v = v.trim_start_matches(['№', ' ']);
        (1..=4).contains(&v.len()) && v.bytes().all(|b| b.is_ascii_digit())
    };
    let numbered = fields.iter().any(|(_, v)| number(v));
    let worded = fields.iter().any(|(_, v)| !v.is_ascii());
    if !numbered || !worded {
        return;
    }
    let mut records = Records::new(ctx);
    for (key, value) in fields.iter().filter(|(_, v)| v.len() <= MAX_VALUE) {
        records.pair(
            ctx,
            part,
            key.strip_prefix("data-").unwrap_or(key),
            value,
            at,
        );
    }
}
