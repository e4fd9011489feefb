//! A page saved by an office program as it is displayed: takes HTML, gives its blocks. What Word keeps beside the text
//! is told apart: numbers of lists, notes, remarks, deleted text, what is not displayed.
//!
//! `sink` makes the tree, `css` says how things look, `flow` walks over paragraphs, `table` over rows and cells.

mod css;
mod flow;
mod sink;
mod table;

#[cfg(test)]
mod tests;

use super::{Blocks, Limits, Reason};
use css::Sheet;
use flow::Walk;
use sink::Page;

/// A plan of a thousand rows takes five megabytes.
const MAX_BYTES: usize = 32 << 20;

/// Reads a page.
pub(super) fn read(source: &str, limits: &Limits) -> Result<Blocks, Reason> {
    if source.len() > MAX_BYTES {
        return Err(Reason::TooLarge);
    }
    let page = Page::read(source)?;
    let mut sheet = Sheet::default();
    for style in page.all("style") {
        sheet.read(&page.text(style));
    }
    let mut walk = Walk::new(&page, &sheet, limits);
    let mut blocks = Vec::new();
    walk.document(&mut blocks);
    Ok(Blocks {
        blocks,
        notes: walk.gather.notes(),
    })
}
