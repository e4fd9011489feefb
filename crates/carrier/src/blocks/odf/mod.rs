//! OpenDocument texts and sheets as they are displayed: takes the package, gives its blocks. What was deleted with
//! tracking stands in a place of its own there and is not read.
//!
//! `styles` says how things look, `lists` counts, `flow` walks over paragraphs, `inline` over what is in one, `table`
//! over the tables of a text, `sheet` over those of a workbook.

mod flow;
mod inline;
mod line;
mod lists;
mod sheet;
mod styles;
mod table;

#[cfg(test)]
mod tests;

use super::package::Package;
use super::tree::{Element, Tree};
use super::{At, Block, Blocks, Limits, Part, Reason};
use flow::Walk;
use styles::Styles;

/// Reads a text or a workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Blocks, Reason> {
    let mut package = Package::open(bytes, limits)?;
    if package
        .part("META-INF/manifest.xml")?
        .is_some_and(|m| m.contains("encryption-data"))
    {
        return Err(Reason::Encrypted);
    }
    let source = package.part("content.xml")?.ok_or(Reason::Unsupported)?;
    let looks = package.part("styles.xml")?;
    let content = Tree::read(&source)?;
    let looks = looks.as_deref().map(Tree::read).transpose()?;
    let body = content
        .root()
        .and_then(|r| r.child("body"))
        .ok_or(Reason::Malformed)?;
    let parts: Vec<&Tree<'_>> = looks.iter().chain([&content]).collect();
    let styles = Styles::read(&parts);
    if let Some(book) = body.child("spreadsheet") {
        return Ok(sheet::read(book, &styles, limits));
    }
    let text = body.child("text").ok_or(Reason::Unsupported)?;
    let mut walk = Walk::new(text, &styles, limits);
    let (mut blocks, mut feet) = (Vec::new(), Vec::new());
    let of_pages = Styles::read(&looks.iter().collect::<Vec<_>>());
    let pages = looks.iter().flat_map(Tree::all);
    for page in pages.filter(|e| e.name() == "master-page") {
        for part in page.children() {
            let shown = part.attribute("display").is_none_or(|d| d != "false");
            let out = match part.name() {
                "header" | "header-first" | "header-left" if shown => &mut blocks,
                "footer" | "footer-first" | "footer-left" if shown => &mut feet,
                _ => continue,
            };
            walk.running(part, &of_pages, limits, out);
        }
    }
    walk.flow(text, &mut blocks);
    blocks.append(&mut feet);
    Ok(Blocks {
        blocks,
        notes: walk.gather.notes(),
    })
}

impl Walk<'_> {
    /// The head or foot of pages: what says something, once.
    fn running(
        &mut self,
        part: Element<'_>,
        styles: &Styles,
        limits: &Limits,
        out: &mut Vec<Block>,
    ) {
        let mut all = Vec::new();
        let mut own = Walk::new(part, styles, limits);
        own.gather.left = self.gather.left;
        own.aside(At::default(), |walk| walk.flow(part, &mut all));
        self.gather.left = own.gather.left;
        for block in all {
            if let Block::Paragraph(mut paragraph) = block {
                paragraph.part = Part::Running;
                let words = paragraph.text.chars().any(char::is_alphabetic);
                if words && self.running.insert(paragraph.text.clone()) {
                    out.push(Block::Paragraph(paragraph));
                }
            }
        }
    }
}
