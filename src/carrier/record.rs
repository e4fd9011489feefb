//! Elements whose attributes are the fields of one thing (`data-type="СШ" data-num="43"`): takes the attributes,
//! gives them as the head and the row of a table, since none of them names anything by itself.

use std::borrow::Cow;

use super::ctx::{At, Ctx};
use crate::passage::Role;

/// The longest field that is one of a record's.
const LONGEST: usize = 80;
const MOST: usize = 16;

/// The fields met so far.
#[derive(Default)]
pub(super) struct Record<'a> {
    fields: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Record<'a> {
    /// Adds a field; those too long for one are left out.
    pub fn add(&mut self, name: &'a str, value: Cow<'a, str>) {
        if value.len() <= LONGEST && self.fields.len() < MOST {
            self.fields.push((name, value));
        }
    }

    /// Hands the fields on, where one is a number and another has Russian letters.
    pub fn emit(&self, ctx: &mut Ctx<'_>, part: &str, at: At) {
        let number = |v: &str| {
            let v = v.trim_start_matches(['№', ' ']);
            (1..=4).contains(&v.len()) && v.bytes().all(|b| b.is_ascii_digit())
        };
        let numbered = self.fields.iter().any(|(_, v)| number(v));
        let worded = self.fields.iter().any(|(_, v)| !v.is_ascii());
        if !numbered || !worded {
            return;
        }
        let table = ctx.next_table();
        for (row, head) in [(0, true), (1, false)] {
            for (column, (name, value)) in (0..).zip(&self.fields) {
                let role = Role::Cell {
                    table,
                    row,
                    column,
                    head,
                };
                let name = name.strip_prefix("data-").unwrap_or(name);
                ctx.emit(part, role, if head { name } else { value }, at);
            }
        }
    }
}
