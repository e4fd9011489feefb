//! A Word document as it is displayed: takes the package, gives its blocks. Changes are read as accepted, numbers of
//! lists as Word counts them, hidden text is left out, text boxes stand before the paragraph they hang on.
//!
//! `styles` says how things look, `numbering` counts, `flow` walks over paragraphs, `inline` over what is in one,
//! `table` over rows and cells, `math` writes formulas.

mod flow;
mod inline;
mod line;
mod math;
mod numbering;
mod styles;
mod table;

use std::collections::BTreeMap;

use super::package::Package;
use super::tree::{Element, Tree};
use super::{Block, Blocks, Limits, Part, Reason};
use crate::scan::{Eye, Seen};
use flow::Walk;
use numbering::Numbering;
use styles::Styles;

/// More heads and feet than this are not looked at.
const MAX_RUNNING: usize = 100;
const MAX_PICTURES: usize = 500;

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Blocks, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let main = package
        .relations("")
        .into_iter()
        .find(|r| r.kind == "officeDocument")
        .map_or_else(|| "word/document.xml".to_owned(), |r| r.target);
    let source = package.part(&main)?.ok_or(Reason::Malformed)?;
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    let mut sources: BTreeMap<&str, String> = BTreeMap::new();
    for relation in package.relations(&main) {
        let kind = ["styles", "numbering", "footnotes", "endnotes", "settings"]
            .into_iter()
            .find(|k| *k == relation.kind);
        if let Some(kind) = kind {
            if let Some(source) = package.part(&relation.target)? {
                sources.entry(kind).or_insert(source);
            }
        } else if matches!(relation.kind.as_str(), "header" | "footer")
            && parts.len() < MAX_RUNNING
            && let Some(source) = package.part(&relation.target)?
        {
            parts.insert(relation.id, source);
        }
    }
    let tree = |kind: &str| match sources.get(kind) {
        Some(source) => Tree::read(source).map(Some),
        None => Ok(None),
    };
    let styles = tree("styles")?.map_or_else(Styles::default, |t| Styles::read(&t));
    let numbering =
        tree("numbering")?.map_or_else(Numbering::default, |t| Numbering::read(&t, &styles));
    let (footnotes, endnotes) = (tree("footnotes")?, tree("endnotes")?);
    let even = tree("settings")?.is_some_and(|t| {
        let mut all = t.root().into_iter().flat_map(Element::children);
        all.any(|e| e.name() == "evenAndOddHeaders" && styles::on(e))
    });
    let document = Tree::read(&source)?;
    let mut walk = Walk::new(&document, &styles, numbering, limits);
    walk.footnotes = footnotes.as_ref().map(by_id).unwrap_or_default();
    walk.endnotes = endnotes.as_ref().map(by_id).unwrap_or_default();
    let mut blocks = Vec::new();
    let running = running(&document, even);
    for id in running.iter().filter(|r| r.1).map(|r| &r.0) {
        if let Some(source) = parts.get(id) {
            walk.running(&Tree::read(source)?, &mut blocks);
        }
    }
    if let Some(body) = document.root().and_then(|r| r.child("body")) {
        walk.flow(body, &mut blocks);
    }
    for id in running.iter().filter(|r| !r.1).map(|r| &r.0) {
        if let Some(source) = parts.get(id) {
            walk.running(&Tree::read(source)?, &mut blocks);
        }
    }
    Ok(Blocks {
        blocks,
        notes: walk.gather.notes(),
    })
}

/// What is recognised on the pictures of a document, in the order of their parts.
pub(super) fn pictures(bytes: &[u8], limits: &Limits, eye: &dyn Eye) -> Result<Vec<Seen>, Reason> {
    let mut package = Package::open(bytes, limits)?;
    let mut out = Vec::new();
    for name in package
        .names_below("word/media/")
        .into_iter()
        .take(MAX_PICTURES)
    {
        let Some(picture) = package.bytes(&name)? else {
            continue;
        };
        out.extend(eye.look(&picture).unwrap_or_default());
    }
    Ok(out)
}

fn by_id<'t>(tree: &'t Tree<'_>) -> BTreeMap<String, Element<'t>> {
    tree.root()
        .into_iter()
        .flat_map(Element::children)
        .filter_map(|e| Some((e.attribute("id")?.into_owned(), e)))
        .collect()
}

/// Heads (true) and feet (false) that are shown on some page, by the id of their relation.
fn running(document: &Tree<'_>, even: bool) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let mut look = |section: Element<'_>| {
        if section.name() != "sectPr" {
            return section.name() != "sectPrChange";
        }
        let first = section.child("titlePg").is_some_and(styles::on);
        for reference in section.children() {
            let head = match reference.name() {
                "headerReference" => true,
                "footerReference" => false,
                _ => continue,
            };
            let shown = match reference.attribute("type").as_deref() {
                Some("first") => first,
                Some("even") => even,
                _ => true,
            };
            if let Some(id) = reference.attribute("id").filter(|_| shown)
                && !out.iter().any(|o| o.0 == id)
            {
                out.push((id.into_owned(), head));
            }
        }
        false
    };
    if let Some(root) = document.root() {
        root.visit(&mut look);
    }
    out
}

impl Walk<'_> {
    /// The head or foot of pages: what says something, once.
    fn running(&mut self, tree: &Tree<'_>, out: &mut Vec<Block>) {
        let Some(root) = tree.root() else { return };
        let mut all = Vec::new();
        self.aside(super::At::default(), |walk| walk.flow(root, &mut all));
        for block in all {
            let Block::Paragraph(mut paragraph) = block else {
                continue;
            };
            paragraph.part = Part::Running;
            let words = paragraph.text.chars().any(char::is_alphabetic);
            if words && self.running.insert(paragraph.text.clone()) {
                out.push(Block::Paragraph(paragraph));
            }
        }
    }
}

#[cfg(test)]
mod tests;
