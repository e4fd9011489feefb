//! What `audit --explain` prints besides the findings: one line, or one JSON object, for each place and school.
//!
//! Takes what the audit explained; gives text and JSON. Must not print a path without masking it.

use serde_json::{Value, json};

use crate::audit::explain::Explained;
use crate::diag::Lang;
use crate::diag::catalog::word;

/// One explained place and the file it stands in, as the file is shown.
pub(super) type Line = (String, Explained);

/// As the contract has it.
pub(super) fn values(lines: &[Line], mask: &dyn Fn(&str) -> String) -> Vec<Value> {
    let value = |(path, e): &Line| {
        json!({
            "path": mask(path),
            "line": e.line,
            "column": e.column,
            "subject": e.subject,
            "rules": e.rules,
            "evidence": e.evidence,
            "verdict": e.verdict,
            "reason": e.reason,
        })
    };
    lines.iter().map(value).collect()
}

/// «news.txt:3:12  r-01  снято: другие инициалы, имя или отчество (person)»
pub(super) fn text(lines: &[Line], lang: Lang, mask: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for (path, e) in lines {
        out.push_str(&mask(path));
        for n in [e.line, e.column].into_iter().flatten() {
            out.push(':');
            out.push_str(&n.to_string());
        }
        let verdict = said(lang, "verdict", e.verdict);
        out.push_str(&format!("  {}  {verdict}", e.subject));
        if let Some(reason) = e.reason {
            let area = match e.verdict {
                "cleared" => "clear",
                _ => "reason",
            };
            out.push_str(": ");
            out.push_str(said(lang, area, reason));
        }
        let marks: Vec<&str> = e.rules.iter().chain(&e.evidence).copied().collect();
        out.push_str(&format!(" ({})\n", marks.join(", ")));
    }
    out
}

/// The catalogue's words for a stable one, or that itself.
fn said(lang: Lang, area: &str, name: &'static str) -> &'static str {
    word(lang, &format!("@{area}-{name}")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::{ClearReason, Reason};

    /// Whatever the guard may say has words in both languages.
    #[test]
    fn every_reason_has_its_words() {
        let clears = ClearReason::ALL.map(|r| format!("@clear-{}", r.as_str()));
        let doubts = Reason::ALL.map(|r| format!("@reason-{}", r.as_str()));
        for name in clears.iter().chain(&doubts) {
            for lang in [Lang::Ru, Lang::En] {
                assert!(word(lang, name).is_some(), "{name}");
            }
        }
    }
}
