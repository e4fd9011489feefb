//! Each rule finds its examples, and nobody else finds them for it: `rules.txt` holds them, and the reference for
//! operators is made of it.

use super::{part, registry, tables};
use crate::{Recognizer, Rule, Verdict};
use glasno_passage::{Fragment, Role};

const RULES: &str = include_str!("../rules.txt");
/// The page that is made of the rules.
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guard-rules.md");

struct Entry<'a> {
    id: &'a str,
    finds: &'a str,
    /// The school and the text in which it is found.
    yes: Vec<(&'a str, &'a str)>,
    no: Vec<&'a str>,
}

fn entries() -> Vec<Entry<'static>> {
    let mut out: Vec<Entry<'_>> = Vec::new();
    for line in RULES
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        if let Some((id, finds)) = line.strip_prefix('[').and_then(|l| l.split_once("] ")) {
            let (yes, no) = Default::default();
            out.push(Entry { id, finds, yes, no });
            continue;
        }
        let entry = out.last_mut().expect("a rule before its examples");
        match (
            line.strip_prefix("+ ").and_then(|l| l.split_once(' ')),
            line.strip_prefix("- "),
        ) {
            (Some(yes), _) => entry.yes.push(yes),
            (_, Some(no)) => entry.no.push(no),
            _ => panic!("{line}"),
        }
    }
    out
}

fn fragments(text: &str) -> Vec<Fragment<'_>> {
    if text.contains('>') {
        return tables::fragments(text);
    }
    vec![part(Role::Text, text)]
}

/// The rules that find a school in a text.
fn found(r: &Recognizer, text: &str, school: Option<&str>) -> Vec<&'static str> {
    let traces = r.explain(&fragments(text)).into_iter();
    let of = |id: &str| school.is_none_or(|s| s == id);
    traces
        .filter(|t| !matches!(t.verdict, Verdict::Cleared(_)) && of(t.school.as_str()))
        .map(|t| t.rule.id())
        .collect()
}

#[test]
fn every_rule_finds_its_examples_and_leaves_the_others() {
    let mut wrong = Vec::new();
    let mut r = Recognizer::new(&registry());
    let all = entries();
    let ids: Vec<&str> = all.iter().map(|e| e.id).collect();
    let wanted: Vec<&str> = Rule::ALL.iter().map(|r| r.id()).collect();
    assert_eq!(ids, wanted, "rules.txt has each rule once, in order");
    for (entry, rule) in all.iter().zip(Rule::ALL) {
        assert!(
            !entry.yes.is_empty() && !entry.no.is_empty(),
            "{}",
            entry.id
        );
        for (school, text) in &entry.yes {
            r.off = None;
            let by = found(&r, text, Some(school));
            r.off = Some(*rule);
            if !by.contains(&entry.id) || found(&r, text, Some(school)).contains(&entry.id) {
                wrong.push(format!("{}: + {school} {text}: {by:?}", entry.id));
            }
        }
        r.off = None;
        for text in &entry.no {
            if found(&r, text, None).contains(&entry.id) {
                wrong.push(format!("{}: - {text}", entry.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A text as it is shown on the page.
fn shown(text: &str) -> String {
    let parts = text.split("||").map(|p| match p.split_once('>') {
        Some((_, t)) if text.contains('>') => t,
        _ => p,
    });
    format!("«{}»", parts.collect::<Vec<_>>().join(" ⏎ "))
}

/// Set `GLASNO_WRITE_DOCS` to write the page anew.
#[test]
fn the_page_of_the_rules_is_in_step() {
    let mut page = "# Правила защиты\n\nСделано из `crates/guard/src/rules.txt`; правило называет `glasno audit --explain`. Что снимает подозрение — в [guard.md](guard.md).\n\n\
         | правило | что находит | находит | не находит |\n|---|---|---|---|\n"
        .to_owned();
    for e in entries() {
        let yes: Vec<String> = e.yes.iter().map(|(_, t)| shown(t)).collect();
        let no: Vec<String> = e.no.iter().map(|t| shown(t)).collect();
        page += &format!(
            "| `{}` | {} | {} | {} |\n",
            e.id,
            e.finds,
            yes.join("<br>"),
            no.join("<br>")
        );
    }
    if std::env::var_os("GLASNO_WRITE_DOCS").is_some() {
        std::fs::write(PAGE, &page).expect("the page is written");
    }
    let there = std::fs::read_to_string(PAGE)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(
        there == page,
        "docs/guard-rules.md is old: set GLASNO_WRITE_DOCS and run the test once"
    );
}
