//! Warnings that are acknowledged where they stand, and what is told of spaces that are none.

use std::path::Path;

use crate::place::{Place, run};

const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const NEWS: &str = "content/primer-2025/news/start.md";

fn codes(place: &Place) -> Vec<String> {
    let run = place.check(&["--format", "json"]);
    let all: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    let findings = all["findings"].as_array().expect("a list").iter();
    findings
        .map(|f| f["code"].as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn a_warning_is_silent_where_it_is_acknowledged() {
    let place = Place::new();
    place.edit_first(NEWS, "published: 2025-01-20", "published: 2025-09-20");
    assert_eq!(codes(&place), ["date.ahead"]);
    place.edit_first(NEWS, "kind: news\n", "kind: news\naccepted: done.ahead\n");
    assert_eq!(codes(&place), ["date.ahead"], "another code is no answer");
    place.edit_first(
        NEWS,
        "accepted: done.ahead",
        "accepted: [done.ahead, date.ahead]",
    );
    assert_eq!(codes(&place), [""; 0]);
    assert_eq!(place.check(&["--strict"]).status, Some(0));
}

#[test]
fn errors_cannot_be_acknowledged_and_codes_are_known() {
    let place = Place::new();
    place.edit_first(
        NEWS,
        "kind: news\n",
        "kind: news\naccepted: [such.code, field.unknown]\nsuch: field\n",
    );
    let codes = codes(&place);
    assert!(codes.contains(&"accepted.unknown".to_owned()), "{codes:?}");
    assert!(codes.contains(&"field.unknown".to_owned()), "{codes:?}");
}

#[test]
fn a_no_break_space_is_named() {
    let place = Place::new();
    place.append(ROADMAP, "note:\u{a0}text\nmore: [\n");
    let codes = codes(&place);
    assert!(
        codes.contains(&"yaml.no-break-space".to_owned()),
        "{codes:?}"
    );
}

#[test]
fn the_shipped_content_says_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut check = crate::place::program();
    check
        .arg("check")
        .arg(root)
        .args(["--strict", "--today", "2025-03-10"]);
    let run = run(&mut check);
    assert_eq!(run.status, Some(0), "{}", run.said());
}
