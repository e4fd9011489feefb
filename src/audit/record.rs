//! Reads the operator's private records (exceptions, reviews): YAML lists of small entries.
//!
//! Takes the text of a file; gives its entries and located findings. Must not quote it: a reason or a name of a file
//! may repeat what the registry protects, so findings carry neither the line nor any word of a value.

use std::sync::Arc;

use crate::diag::Finding;
use crate::diag::catalog::vault as say;
use crate::document::decode::{Cx, Fields, describe};
use crate::document::yaml::{self, Node, Origin, Value};

/// Stands in a message where the record's own words would.
const UNSAID: &str = "…";

/// Decodes every entry with `entry`, which is given a context to note findings in.
pub(super) fn list<T>(
    path: &Arc<str>,
    text: &str,
    known: &'static [&'static str],
    mut entry: impl FnMut(Fields<'_>, &mut Cx<'_>) -> Option<T>,
) -> (Vec<T>, Vec<Finding>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let origin = Origin {
        path,
        text,
        first_line: 0,
    };
    let (root, syntax) = yaml::parse(origin);
    let mut cx = Cx::new(origin);
    cx.findings = syntax;
    let words = known.join(", ");
    let mut entries = Vec::new();
    for node in root.as_ref().map_or(&[][..], |n| nodes(n, &words, &mut cx)) {
        if let Some(fields) = Fields::of(node, known, &mut cx) {
            let before = cx.findings.len();
            let read = entry(fields, &mut cx);
            // An entry with any error does not hold: half an exception is none.
            let sound = !cx.findings.iter().skip(before).any(Finding::is_error);
            entries.extend(read.filter(|_| sound));
        }
    }
    for finding in &mut cx.findings {
        hush(finding, known);
    }
    (entries, cx.findings)
}

fn nodes<'n>(root: &'n Node, known: &str, cx: &mut Cx<'_>) -> &'n [Node] {
    match &root.value {
        Value::List(nodes) => nodes,
        Value::Null => &[],
        other => {
            let got = describe(other);
            cx.say(&say::NOT_A_LIST, root.at, |f| {
                f.arg("got", got).arg("known", known)
            });
            &[]
        }
    }
}

/// Takes out whatever the record itself says.
fn hush(finding: &mut Finding, known: &[&str]) {
    finding.line_text = None;
    for (name, value) in &mut finding.args {
        let ours = match *name {
            "value" => false,
            "field" | "key" | "nearest" => known.contains(&value.as_str()) || value.is_empty(),
            _ => true,
        };
        if !ours {
            UNSAID.clone_into(value);
        }
    }
}

/// A fingerprint: hexadecimal digits, at least `least` and at most those of a whole one, in lower case.
pub(super) fn hash(
    fields: &mut Fields<'_>,
    name: &'static str,
    least: usize,
    cx: &mut Cx<'_>,
) -> Option<Box<str>> {
    let at = fields.node(name).map(|node| node.at);
    let text: Box<str> = fields.req(name, cx)?;
    let good = (least..=blake3::OUT_LEN * 2).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_hexdigit());
    if !good {
        cx.say(&say::BAD_HASH, at.unwrap_or_default(), |f| {
            f.arg("field", name).arg("least", least)
        });
        return None;
    }
    Some(text.to_ascii_lowercase().into())
}

/// A path in one spelling: `/`-separated, without `./` or a slash before it.
pub(super) fn path(text: &str) -> String {
    let text = text.trim().replace('\\', "/");
    let parts: Vec<&str> = text
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    parts.join("/")
}
