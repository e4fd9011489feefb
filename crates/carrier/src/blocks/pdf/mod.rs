//! PDF: takes bytes, gives paragraphs and tables as its pages show them. A tagged document says itself what is a table
//! and a cell; in any other the lines round the cells tell, or the white between them. A page that is a picture gives
//! a note and nothing else unless somebody reads it ([`Eye`]).
//!
//! Steps: `content` runs each page's operations and keeps letters and ruling lines; `tagged` follows the structure, or
//! `seen` has the pictures read that are pages;
//! `flow` reads each page with `ruled` and `spaced` for tables; `line` puts letters together to words and paragraphs.

mod content;
mod flow;
mod line;
mod ruled;
mod seen;
mod spaced;
mod tagged;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use lopdf::ObjectId;

use self::content::{Drawn, Recognised};
use self::line::{Line, Words};
use self::ruled::Ruled;
use super::gather::Gather;
use super::{At, Block, Blocks, Limits, Noted, Paragraph, Part};
use crate::outcome::Reason;
use crate::pdf::font::Fonts;
use crate::pdf::{self, Budget};
use crate::scan::{Eye, Seen};

const MAX_PAGES: usize = 5_000;

/// What may still be unpacked.
struct Left<'a> {
    limits: &'a Limits,
    spent: u64,
}

impl Budget for Left<'_> {
    fn allowance(&self, packed: usize) -> u64 {
        let ratio = (packed as u64)
            .saturating_mul(self.limits.max_ratio)
            .max(1 << 20);
        self.limits
            .max_inflated
            .saturating_sub(self.spent)
            .min(ratio)
    }

    fn spend(&mut self, bytes: usize) {
        self.spent = self.spent.saturating_add(bytes as u64);
    }
}

/// Reads a document.
pub(super) fn read(bytes: &[u8], limits: &Limits, eye: Option<&dyn Eye>) -> Result<Blocks, Reason> {
    let encrypted = memchr::memmem::find(bytes, b"/Encrypt").is_some();
    let document = pdf::load(bytes).ok_or(if encrypted {
        Reason::Encrypted
    } else {
        Reason::Malformed
    })?;
    if document.is_encrypted() {
        return Err(Reason::Encrypted);
    }
    let mut fonts = Fonts::default();
    let mut left = Left { limits, spent: 0 };
    let ids: Vec<ObjectId> = document.page_iter().take(MAX_PAGES).collect();
    if ids.is_empty() {
        return Err(Reason::Malformed);
    }
    let mut pages: Vec<Drawn> = Vec::new();
    for id in &ids {
        let mut page = content::page(&document, *id, &mut fonts, &mut left);
        if let Some(eye) = eye
            && !page.said()
        {
            seen::see(&document, &mut page, eye, &mut left);
        }
        page.upright();
        pages.push(page);
        if left.spent > limits.max_inflated {
            return Err(Reason::Bomb);
        }
    }
    Ok(put_together(
        pages,
        limits,
        |pages, ruled, words, gather| tagged::read(&document, &ids, pages, ruled, words, gather),
    ))
}

/// Reads pictures, each of them a page, once they are recognised.
pub(super) fn recognised(pages: &[Seen], limits: &Limits) -> Blocks {
    let mut pages: Vec<Drawn> = pages.iter().take(MAX_PAGES).map(seen::page).collect();
    pages.iter_mut().for_each(Drawn::upright);
    put_together(pages, limits, |_, _, _, _| None)
}

/// What the structure of a document says, where it has one.
type Structured = Option<Vec<Block>>;

/// Pages as blocks.
fn put_together(
    mut pages: Vec<Drawn>,
    limits: &Limits,
    structure: impl FnOnce(&[Drawn], &[Vec<Ruled>], &Words, &mut Gather) -> Structured,
) -> Blocks {
    let blanks = line::blanks(&pages);
    pages.iter_mut().for_each(|p| p.blanks = blanks);
    let mut gather = Gather::new(limits, true);
    for (number, page) in (1u32..).zip(&pages) {
        let at = At {
            page: number,
            ..At::default()
        };
        if !page.said() && page.picture {
            gather.note_at(Noted::NoText, at);
        }
        let Recognised { any, unsure, blind } = &page.recognised;
        if *any {
            gather.note_at(Noted::Recognised(unsure.join(" ")), at);
        }
        if let Some(why) = blind {
            gather.note_at(Noted::Blind(*why), at);
        }
        if page.unmapped {
            gather.note_at(Noted::Unmapped, at);
        }
        if page.cut {
            gather.note_at(Noted::Cut, at);
        }
    }
    let ruled: Vec<Vec<Ruled>> = pages.iter().map(|p| ruled::tables(&p.rules)).collect();
    let lines: Vec<Line> = pages
        .iter()
        .zip(&ruled)
        .flat_map(|(page, tables)| flow::lines(page, tables))
        .collect();
    let words = Words::of(lines.iter());
    let structured = structure(&pages, &ruled, &words, &mut gather);
    let drawn = ruled.iter().flatten().any(|t| t.columns > 2 && t.rows > 2);
    let has_table = |blocks: &[Block]| blocks.iter().any(|b| matches!(b, Block::Table(_)));
    let mut blocks = match structured {
        Some(blocks) if has_table(&blocks) || !drawn => blocks,
        _ => {
            let notes = std::mem::take(&mut gather.notes);
            gather = Gather::new(limits, true);
            gather.notes = notes;
            gather
                .notes
                .retain(|n| n.what != Noted::Picture && n.what != Noted::Nested);
            let mut out = Vec::new();
            for ((number, page), tables) in (1u32..).zip(&pages).zip(&ruled) {
                gather.pages.number = number;
                gather.pages.fresh = number > 1;
                flow::Flow {
                    drawn: page,
                    words: &words,
                }
                .read(tables, &mut gather, &mut out);
            }
            out
        }
    };
    running(&mut blocks, pages.len());
    if gather.left == 0 {
        gather.note(Noted::Cut);
    }
    Blocks {
        blocks,
        notes: gather.notes(),
    }
}

/// What stands first or last on most pages is their head or foot.
fn running(blocks: &mut [Block], pages: usize) {
    if pages < 2 {
        return;
    }
    let mut ends: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let page = match block {
            Block::Paragraph(p) => p.at.page,
            Block::Table(g) => g.at.page,
        };
        ends.entry(page).or_insert((index, index)).1 = index;
    }
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for index in ends.values().flat_map(|(a, b)| [*a, *b]) {
        if let Some(Block::Paragraph(p)) = blocks.get(index) {
            // The number of a page changes; that of an annex says which one it is.
            let counted = p.text.contains("://") || p.text.to_lowercase().contains("стр");
            let text: String = match counted {
                true => p.text.chars().filter(|c| !c.is_ascii_digit()).collect(),
                false => p.text.clone(),
            };
            counts.entry(text).or_default().push(index);
        }
    }
    for all in counts
        .values()
        .filter(|all| all.len() > 1 && all.len() * 2 > pages)
    {
        for index in all {
            if let Some(Block::Paragraph(Paragraph { part, .. })) = blocks.get_mut(*index) {
                *part = Part::Running;
            }
        }
    }
}
