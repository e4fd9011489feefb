//! What the bar tells an editor about a page, and opening a place in the editor.
//!
//! Takes the address of a page; gives JSON: source, lines of blocks, warnings, replacements, drafts. Must not hand
//! anything to a command but a path that is among the sources, checked here.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value, json};

use super::snapshot::Snapshot;
use super::state::Shared;
use super::tell;
use super::view::View;
use crate::child;
use crate::disclosure::Public;
use crate::kinds::{DocIndex, Document};
use crate::pipeline::making::Task;
use crate::site::Page;
use crate::site::paged::{Spot, paged};
use crate::source;

/// What the first page of the portal is made of.
pub(super) const SETTINGS: &str = "content/site.yaml";

/// Everything about the page at an address, `/tula-2024/roadmap/`.
pub(super) fn page(address: &str, shared: &Shared) -> Value {
    let view = shared.view();
    let file = match address.trim_start_matches('/') {
        below if below.is_empty() || below.ends_with('/') => format!("{below}index.html"),
        below => below.to_owned(),
    };
    let made = view.make(&file);
    let document = match &made {
        Some((Task::Page(Page::Document(i) | Page::Filtered(i, _)), _)) => Some(*i),
        _ => None,
    };
    let home = matches!(made, Some((Task::Page(Page::Home), _)));
    let own: Vec<Value> = made
        .iter()
        .flat_map(|(_, made)| &made.findings)
        .map(|f| tell::finding(f, shared.lang, &view))
        .collect();
    let sound = made.as_ref().is_some_and(|(_, m)| m.bytes.is_some());
    let mut told = json!({
        "path": address,
        "exists": made.is_some(),
        "publishable": sound && !view.broken && own.is_empty(),
        "findings": own,
        "editor": shared.editor.is_some(),
        "desk": shared.desk.is_some(),
    });
    let more = match home {
        true => Some(
            json!({"source": SETTINGS, "line": 1, "blocks": [{"anchor": "lead", "field": "description"}]}),
        ),
        false => document.and_then(|i| of_document(i, &view, shared)),
    };
    if let Some(more) = more
        && let (Some(told), Value::Object(more)) = (told.as_object_mut(), more)
    {
        told.extend(more);
    }
    told
}

fn of_document(i: DocIndex, view: &View, shared: &Shared) -> Option<Value> {
    let snapshot = view.snapshot.as_ref()?;
    let document = snapshot.loaded.book.documents.get(i)?;
    let head = &document.head;
    let blocks: Vec<Value> = blocks(document, snapshot)
        .into_iter()
        .map(|(anchor, spot)| match spot {
            Spot::Line(line) => json!({"anchor": anchor, "line": line}),
            Spot::Body(line) => json!({"anchor": anchor, "line": line, "field": "body"}),
            Spot::Part(at) => json!({"anchor": anchor, "at": at}),
            Spot::Field(field) => json!({"anchor": anchor, "field": field}),
        })
        .collect();
    let own = || {
        view.findings
            .iter()
            .filter(|f| f.location.path == *head.path.file())
    };
    let warnings: Vec<Value> = own()
        .take(tell::SHOWN)
        .map(|f| tell::finding(f, shared.lang, view))
        .collect();
    let replaced: Vec<Value> = snapshot
        .loaded
        .replacements
        .iter()
        .filter(|r| r.path == *head.path.file())
        .map(|r| json!({"line": r.at.line, "column": r.at.column, "id": r.id, "class": r.class}))
        .collect();
    let folder = format!("content/{}/", head.section);
    let drafts: Vec<&Arc<str>> = view
        .drafts
        .iter()
        .filter(|path| path.starts_with(&folder))
        .collect();
    Some(json!({
        "source": &**head.path.file(),
        "line": head.at.line,
        "kind": head.kind.word(),
        "sample": head.sample,
        "blocks": blocks,
        "warnings": warnings,
        "cut": own().nth(tell::SHOWN).is_some(),
        "replaced": replaced,
        "drafts": drafts.iter().map(|d| view.mask(d)).collect::<Vec<_>>(),
    }))
}

/// Anchors on a document's page, and where in the source each of them comes from.
fn blocks(document: &Document<Public>, snapshot: &Snapshot) -> Vec<(String, Spot)> {
    paged(document).places(&|| {
        let files = &snapshot.loaded.files;
        let source = files.iter().find(|f| f.path == *document.head.path.file());
        let now = source.and_then(|f| source::read_text(f).ok());
        heading_lines(now.as_deref().unwrap_or(""))
    })
}

/// Lines of a Markdown file that begin a heading with `#`.
fn heading_lines(text: &str) -> Vec<u32> {
    let (mut fence, mut dashes) = (false, 0);
    let mut lines = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let start = line.trim_start();
        if dashes < 2 {
            dashes += usize::from(line.trim_end() == "---");
            continue;
        }
        if start.starts_with("```") || start.starts_with("~~~") {
            fence = !fence;
        }
        let heading = start.trim_start_matches('#');
        let level = start.len() - heading.len();
        let marked = (1..=6).contains(&level) && (heading.is_empty() || heading.starts_with(' '));
        if !fence && marked && line.len() - start.len() < 4 {
            lines.push(number);
        }
    }
    lines
}

/// Opens a place in the editor. `Err` holds the status to answer with.
pub(super) fn open(path: &str, line: u32, column: u32, shared: &Shared) -> Result<(), u16> {
    let editor = shared.editor.as_deref().ok_or(404u16)?;
    let plain = path
        .split('/')
        .all(|part| !part.is_empty() && part != "." && part != "..");
    let below = path.starts_with("content/") || path.starts_with("themes/");
    if !plain || !below || path.contains('\\') || source::is_private(Path::new(path)) {
        return Err(403);
    }
    let root = shared.root.canonicalize().map_err(|_| 404u16)?;
    let full = root.join(path).canonicalize().map_err(|_| 404u16)?;
    if !full.starts_with(&root) || !full.is_file() {
        return Err(403);
    }
    let words = shlex::split(editor).ok_or(500u16)?;
    let shown = full.to_string_lossy();
    let places = words.iter().any(|w| w.contains("{path}"));
    let mut words: Vec<String> = words
        .iter()
        .map(|w| {
            w.replace("{path}", &shown)
                .replace("{line}", &line.to_string())
                .replace("{column}", &column.to_string())
        })
        .collect();
    if !places {
        words.push(format!("{shown}:{line}"));
    }
    let (program, arguments) = words.split_first().ok_or(500u16)?;
    child::start(Command::new(program).args(arguments)).map_err(|_| 500)
}

#[cfg(test)]
mod tests {
    use super::heading_lines;

    #[test]
    fn headings_are_counted_below_the_front_matter_and_outside_of_code() {
        let text =
            "---\ntitle: x\n# не заголовок\n---\n\n## Один\n\n```\n# код\n```\n#нет\n\n### Два\n";
        assert_eq!(heading_lines(text), [6, 13]);
    }
}
