//! Pairs: «key: value» lines (YAML, TOML, INI, cards), braces of YAML and scripts. Takes them as they stand, gives each record as a row of a table whose heads are the keys. Must not judge keys or values.

use crate::ctx::Ctx;
use crate::decode::escapes::unescape;
use crate::place::{At, Place, offset_in};
use crate::shape::Records;

const MAX_KEY: usize = 60;
const MAX_VALUE: usize = 300;

/// One line: where it stands, a key, its value, and whether it begins a record.
struct Pair<'a> {
    at: At,
    key: &'a str,
    value: String,
    opens: bool,
}

/// Gives the records of a paragraph that has some.
pub(super) fn records(ctx: &mut Ctx<'_>, part: &str, text: &str, mut place: Place<'_>) {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let mut opens = true;
    for raw in text.lines() {
        let body = raw.trim();
        // «[item]» of INI, «[[items]]» of TOML
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
                let value = bare(value);
                pairs.push(Pair {
                    at: place.at(offset_in(text, value)),
                    key,
                    value: value.to_owned(),
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
        emit(ctx, part, &pairs);
    }
}

fn emit(ctx: &mut Ctx<'_>, part: &str, pairs: &[Pair<'_>]) {
    let mut records = Records::new(ctx);
    for p in pairs {
        if p.opens {
            records.next();
        }
        if records.pair(ctx, part, p.key, &p.value, p.at) && p.value.is_empty() {
            // What a key holds in the lines below is a table of its own.
            records = Records::new(ctx);
        }
    }
}

/// Longer braces hold more than the fields of one thing.
const MAX_FLOW: usize = 1000;

/// Gives the records that stand in braces (`{type: СОШ, number: 17}` of YAML, objects of a script).
pub(super) fn flows(ctx: &mut Ctx<'_>, part: &str, text: &str, mut place: Place<'_>) {
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
            let at = place.at(offset_in(text, value));
            records.pair(ctx, part, key, &unescape(value), at);
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
