//! Findings for the overlay and the bar: the same words as in the terminal.
//!
//! Takes findings and the view whose guard masks them; gives JSON. Must not let a source line out when there is no
//! guard that could mask it.

use serde_json::{Value, json};

use super::view::View;
use crate::diag::{Finding, Findings, Lang, print};

/// How many findings an overlay shows.
pub(super) const SHOWN: usize = 50;

/// One finding with its place and the text that the terminal prints for it.
pub(super) fn finding(finding: &Finding, lang: Lang, view: &View) -> Value {
    let mut finding = finding.clone();
    if view.guarding.is_none() {
        finding.line_text = None;
    }
    let mask = |text: &str| view.mask(text);
    let span = finding.location.span;
    json!({
        "severity": finding.severity.as_str(),
        "code": finding.code(),
        "path": mask(&finding.location.path),
        "line": span.map(|s| s.line),
        "column": span.map(|s| s.column),
        "text": text(finding, lang, &mask),
    })
}

/// The terminal's words without its colours and without the closing count.
fn text(finding: Finding, lang: Lang, mask: &dyn Fn(&str) -> String) -> String {
    let one: Findings = [finding].into_iter().collect();
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let _ = print::human(&one, lang, mask, &mut out);
    let out = String::from_utf8_lossy(&out).into_owned();
    let plain = anstream::adapter::strip_str(&out).to_string();
    match plain.trim_end().rsplit_once("\n\n") {
        Some((text, _count)) => text.to_owned(),
        None => plain,
    }
}
