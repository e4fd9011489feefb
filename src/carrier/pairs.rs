//! Records of «key: value» lines (YAML, TOML, INI, cards): takes a paragraph of plain text, gives each record as a row
//! of a table whose heads are the keys, beside the text itself. Must not judge keys or values.

use super::ctx::{At, Ctx};
use crate::passage::Role;

const MAX_KEY: usize = 60;
const MAX_VALUE: usize = 300;
const MAX_COLUMNS: usize = 60;

/// One line: a key, its value, and whether it begins a record.
struct Pair<'a> {
    line: usize,
    key: &'a str,
    value: String,
    opens: bool,
}

/// Gives the records of a paragraph that has some.
pub(super) fn records(ctx: &mut Ctx<'_>, part: &str, text: &str, at: At) {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let mut opens = true;
    for (line, raw) in text.lines().enumerate() {
        let body = raw.trim();
        // «[school]» of INI, «[[schools]]» of TOML
        if body.starts_with('[') && body.ends_with(']') && !body.contains([',', '"']) {
            opens = true;
            continue;
        }
        let (item, body) = match body.strip_prefix("- ") {
            Some(rest) => (true, rest.trim_start()),
            None => (false, body),
        };
        match pair(body) {
            Some((key, value)) => {
                let opens = std::mem::take(&mut opens) || item;
                pairs.push(Pair {
                    line,
                    key,
                    value: bare(value).to_owned(),
                    opens,
                });
            }
            // «- 14» below «numbers:»
            None if item && body.len() <= 40 => {
                if let Some(last) = pairs.last_mut().filter(|p| p.value.len() < MAX_VALUE) {
                    if !last.value.is_empty() {
                        last.value.push_str(", ");
                    }
                    last.value.push_str(bare(body));
                }
            }
            None => {}
        }
    }
    if pairs.iter().filter(|p| !p.value.is_empty()).count() > 1 {
        emit(ctx, part, &pairs, at);
    }
}

fn emit(ctx: &mut Ctx<'_>, part: &str, pairs: &[Pair<'_>], at: At) {
    let mut table = ctx.next_table();
    let mut keys: Vec<&str> = Vec::new();
    let mut said: Vec<bool> = Vec::new();
    let mut row = 0u32;
    for p in pairs {
        let place = at.map(|(l, _)| (l.saturating_add(u32::try_from(p.line).unwrap_or(0)), 1));
        let known = keys.iter().position(|k| *k == p.key);
        let again = known.and_then(|c| said.get(c).copied()).unwrap_or(false);
        if p.opens || again {
            row = row.saturating_add(1);
            said.iter_mut().for_each(|s| *s = false);
        }
        let column = match known {
            Some(c) => c,
            None if keys.len() < MAX_COLUMNS => {
                keys.push(p.key);
                said.push(false);
                keys.len() - 1
            }
            None => continue,
        };
        let at = u32::try_from(column).unwrap_or(u32::MAX);
        let cell = |row: u32, head: bool| Role::Cell {
            table,
            row,
            column: at,
            head,
        };
        if known.is_none() {
            ctx.emit(part, cell(0, true), p.key, place);
        }
        if p.value.is_empty() {
            // What a key holds in the lines below is a table of its own.
            table = ctx.next_table();
            (keys.clear(), said.clear());
            row = 1;
            continue;
        }
        ctx.emit(part, cell(row.max(1), false), &p.value, place);
        if let Some(s) = said.get_mut(column) {
            *s = true;
        }
    }
}

/// The key and value of a line.
fn pair(line: &str) -> Option<(&str, &str)> {
    let at = line.find([':', '='])?;
    let (key, rest) = line.split_at_checked(at)?;
    let sign = rest.chars().next()?;
    let value = rest.get(1..)?;
    // «10:30», «http://…» and «a==b» are no keys.
    let parted = value.is_empty() || value.starts_with([' ', '\t']) || sign == '=';
    let key = key.trim().trim_matches(['"', '\'']);
    let named = key.len() <= MAX_KEY
        && key.starts_with(char::is_alphabetic)
        && key.split_whitespace().count() <= 4
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '№' | '/'));
    (parted && named && value.len() <= MAX_VALUE && !value.starts_with('=')).then_some((key, value))
}

/// A value without its quotes, brackets and comma.
fn bare(value: &str) -> &str {
    value
        .trim()
        .trim_end_matches([',', ';'])
        .trim_matches(['"', '\'', '[', ']'])
        .trim()
}
