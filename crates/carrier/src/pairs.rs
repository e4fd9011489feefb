//! Records: «key: value» lines (YAML, TOML, INI, cards), braces of YAML and scripts, attributes of an element. Takes them as
//! they stand, gives each record as a row of a table whose heads are the keys. Must not judge keys or values.

use std::borrow::Cow;

use super::ctx::{At, Ctx};
use glasno_passage::Role;

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
    if pairs.len() > 1 && pairs.iter().any(|p| !p.value.is_empty()) {
        emit(ctx, part, &pairs, at);
    }
}

fn emit(ctx: &mut Ctx<'_>, part: &str, pairs: &[Pair<'_>], at: At) {
    let mut records = Records::new(ctx);
    for p in pairs {
        let place = at.map(|(l, _)| (l.saturating_add(u32::try_from(p.line).unwrap_or(0)), 1));
        if p.opens {
            records.next();
        }
        if records.pair(ctx, part, p.key, &p.value, place) && p.value.is_empty() {
            // What a key holds in the lines below is a table of its own.
            records = Records::new(ctx);
        }
    }
}

/// Gives the attributes of one element (`data-type="СШ" data-num="43"`) as a record, where one is a number and another
/// has Russian letters: none of them names anything by itself.
pub(super) fn attributes(ctx: &mut Ctx<'_>, part: &str, fields: &[(&str, Cow<'_, str>)], at: At) {
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

/// Rows of pairs that are being given: a key that comes again begins the next.
pub(super) struct Records {
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
    pub(crate) fn pair(
        &mut self,
        ctx: &mut Ctx<'_>,
        part: &str,
        key: &str,
        value: &str,
        at: At,
    ) -> bool {
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
            ctx.emit(part, cell(0, true), key, at);
        }
        if !value.is_empty() {
            ctx.emit(part, cell(row, false), value, at);
            if let Some((_, said)) = self.keys.get_mut(n) {
                *said = true;
            }
        }
        true
    }
}

/// Longer braces hold more than the fields of one thing.
const MAX_FLOW: usize = 1000;

/// Gives the records that stand in braces (`{type: СОШ, number: 17}` of YAML, objects of a script).
pub(super) fn flows(ctx: &mut Ctx<'_>, part: &str, text: &str, at: At) {
    let mut records: Option<Records> = None;
    let mut open = None;
    for i in memchr::memchr2_iter(b'{', b'}', text.as_bytes()) {
        if text.as_bytes().get(i) == Some(&b'{') {
            open = Some(i + 1);
            continue;
        }
        let inner = open
            .take()
            .and_then(|from| text.get(from..i))
            .filter(|inner| inner.len() <= MAX_FLOW);
        let fields: Vec<(&str, &str)> = inner
            .map(|inner| split(inner, ',').filter_map(field).collect())
            .unwrap_or_default();
        if fields.len() < 2 {
            continue;
        }
        let records = records.get_or_insert_with(|| Records::new(ctx));
        records.next();
        for (key, value) in fields {
            records.pair(ctx, part, key, &super::script::unescape(value), at);
        }
    }
}

/// What a mark parts, outside quotes.
fn split(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let mut quote = None;
    text.split(move |c: char| {
        match quote {
            Some(q) if c == q => quote = None,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && c == mark
    })
}

fn field(text: &str) -> Option<(&str, &str)> {
    let key = split(text, ':').next()?;
    let value = text.get(key.len() + 1..)?;
    let key = key.trim().trim_matches(['"', '\'', '`']);
    let named = key.len() <= MAX_KEY
        && key.starts_with(char::is_alphabetic)
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'));
    (named && value.len() <= MAX_VALUE).then_some((key, bare(value).trim_matches('`')))
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
