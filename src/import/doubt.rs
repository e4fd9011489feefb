//! What a person has to look at after an import: takes kinds of findings with places in the original, gives findings
//! that name both that place and the line of the written file. Must not repair anything.

use super::line::Origin;
use crate::carrier::blocks::At;
use crate::diag::catalog::{Entry, import as say};
use crate::diag::{Finding, Lang, Location, Span};

/// One thing to be told.
#[derive(Debug, Clone)]
pub(super) struct Doubt {
    pub entry: &'static Entry,
    pub origin: Origin,
    pub args: Vec<(&'static str, String)>,
}

#[derive(Debug, Default)]
pub(super) struct Doubts {
    pub all: Vec<Doubt>,
}

impl Doubts {
    pub(super) fn add(
        &mut self,
        entry: &'static Entry,
        origin: Origin,
        args: &[(&'static str, &str)],
    ) {
        let args = args.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        self.all.push(Doubt {
            entry,
            origin,
            args,
        });
    }

    /// Tells words that were left out: all of them, as far as a reader goes on reading.
    pub(super) fn left(&mut self, origin: Origin, text: &str) {
        let text = crate::text::excerpt(text, 600);
        self.add(&say::LEFT_TEXT, origin, &[("value", &text)]);
    }

    /// Takes the words out of doubts that stand where `secret` says: in lists of protected schools.
    pub(super) fn silence(&mut self, secret: impl Fn(&Origin) -> bool) {
        for doubt in self.all.iter_mut().filter(|d| secret(&d.origin)) {
            for (_, value) in doubt.args.iter_mut().filter(|(name, _)| *name == "value") {
                *value = "…".to_owned();
            }
        }
    }

    /// The findings. `files` are the names of what was imported; `written` says which line of which file came from a
    /// place in the original.
    pub(super) fn findings(&self, files: &[String], written: &[Written]) -> Vec<Finding> {
        self.all
            .iter()
            .map(|doubt| {
                let name = files.get(doubt.origin.file).map_or("", String::as_str);
                let location = match nearest(doubt.origin, written) {
                    Some((path, line)) => Location::at(path, Span::new(line, 1, 1)),
                    None => Location::file(name),
                };
                let mut finding = Finding::new(doubt.entry, location)
                    .arg("from", place(name, doubt.origin.at, Lang::Ru))
                    .arg("from_en", place(name, doubt.origin.at, Lang::En));
                finding.args.extend(doubt.args.iter().cloned());
                finding
            })
            .collect()
    }
}

/// A file that was written, with the places in the original of its lines.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub path: String,
    /// In the order of lines.
    pub lines: Vec<(u32, Origin)>,
}

/// The line that came from the very cell, else from its row, else from the same paragraph.
fn nearest(origin: Origin, written: &[Written]) -> Option<(&str, u32)> {
    let same: [fn(&At, &At) -> bool; 3] = [
        |a, b| a == b,
        |a, b| a.table != 0 && a.table == b.table && a.row == b.row && a.page == b.page,
        |a, b| a.table == b.table && a.line == b.line && a.line != 0,
    ];
    same.iter().find_map(|same| {
        written.iter().find_map(|file| {
            file.lines
                .iter()
                .find(|(_, o)| o.file == origin.file && same(&o.at, &origin.at))
                .map(|(line, _)| (file.path.as_str(), *line))
        })
    })
}

/// «plan.docx, с. 2, табл. 1, строка 14, графа 3»
pub(super) fn place(name: &str, at: At, lang: Lang) -> String {
    let words = match lang {
        Lang::Ru => ["с.", "табл.", "строка", "графа", "абзац"],
        Lang::En => ["p.", "table", "row", "column", "paragraph"],
    };
    let paragraph = if at.table == 0 || at.row == 0 {
        at.line
    } else {
        0
    };
    let numbers = [at.page, at.table, at.row, at.cell, paragraph];
    let mut out = name.to_owned();
    for (word, number) in words.iter().zip(numbers).filter(|(_, n)| *n > 0) {
        out.push_str(&format!(", {word} {number}"));
    }
    out
}
