//! What lies over the cells of a sheet: takes its drawing, gives the text of boxes, such as «УТВЕРЖДАЮ», and whether a
//! picture is among it.

use super::super::tree::{Element, Tree};
use super::super::{At, Block, Blocks, Note, Noted, Paragraph, Part};

/// Text in boxes on the sheet, and whether a picture lies there.
pub(super) fn read(tree: &Tree<'_>, at: At, out: &mut Blocks) {
    let (blocks, notes) = (&mut out.blocks, &mut out.notes);
    let mut look = |element: Element<'_>| match element.name() {
        "sp" => {
            let hidden = element.child("nvSpPr").and_then(|p| p.child("cNvPr"));
            if hidden
                .and_then(|p| p.attribute("hidden"))
                .is_some_and(|h| h == "1" || h == "true")
            {
                return false;
            }
            let body = element.child("txBody").into_iter();
            for paragraph in body.flat_map(Element::children).filter(|e| e.name() == "p") {
                let mut text = String::new();
                paragraph.visit(&mut |e| {
                    match e.name() {
                        "t" => text.push_str(&e.text()),
                        "br" => text.push('\n'),
                        _ => {}
                    }
                    true
                });
                if !text.trim().is_empty() {
                    blocks.push(Block::Paragraph(Paragraph {
                        text: text.trim().to_owned(),
                        part: Part::Box,
                        at,
                        ..Paragraph::default()
                    }));
                }
            }
            false
        }
        "pic" | "graphicFrame" => {
            let note = Note {
                what: Noted::Picture,
                at,
            };
            if notes.last() != Some(&note) {
                notes.push(note);
            }
            false
        }
        "Fallback" => false,
        _ => true,
    };
    if let Some(root) = tree.root() {
        root.visit(&mut look);
    }
}
