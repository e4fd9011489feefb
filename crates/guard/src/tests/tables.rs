//! Larger tables, kept as text: single lines that leak or do not, and carriers of several fragments.

use super::{ids, part, recognizer};
use glasno_passage::{Fragment, Role};

pub(super) const LEAK: &str = include_str!("cases/leak.txt");
pub(super) const CLEAN: &str = include_str!("cases/clean.txt");
pub(super) const CONTEXT: &str = include_str!("cases/context.txt");

pub(super) fn rows(text: &str) -> impl Iterator<Item = (&str, String)> {
    text.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(|l| l.split_once('|'))
        .map(|(want, t)| (if want == "-" { "" } else { want }, t.replace("\\n", "\n")))
}

#[test]
fn lines() {
    let r = recognizer();
    let mut wrong = Vec::new();
    for (want, text) in rows(LEAK).chain(rows(CLEAN)) {
        let got = ids(&r.scan_text(&text));
        let right = if want.is_empty() {
            got.is_empty()
        } else {
            got.iter().any(|g| g == want)
        };
        if !right {
            wrong.push(format!("{want}: {text} -> {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn role(code: &str) -> Role {
    match code.as_bytes() {
        [b'H', n] => Role::Heading(n - b'0'),
        [b'C', r, c] => Role::Cell {
            table: 0,
            row: u32::from(r - b'0'),
            column: u32::from(c - b'0'),
            head: *r == b'0',
        },
        b"P" => Role::Path,
        b"A" => Role::Address,
        b"t" => Role::Title,
        b"a" => Role::Attribute,
        b"h" => Role::Hidden,
        _ => Role::Text,
    }
}

/// A document of several fragments, each led by its role: `H2>Луговой район||T>Приречная — 12 ноября`.
pub(super) fn fragments(text: &str) -> Vec<Fragment<'_>> {
    text.split("||")
        .filter_map(|f| f.split_once('>'))
        .map(|(c, t)| part(role(c), t))
        .collect()
}

#[test]
fn carriers() {
    let r = recognizer();
    let mut wrong = Vec::new();
    for (want, text) in rows(CONTEXT) {
        let got = ids(&r.scan(&fragments(&text))).join(",");
        if got != want {
            wrong.push(format!("{want}: {text} -> {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
