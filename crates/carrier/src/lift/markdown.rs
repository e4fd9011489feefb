//! Markdown: takes text, turns each block into HTML and reads that, so that emphasis inside words, links, tables,
//! raw HTML and comments are all read as the published page would have them. Front matter is read as text.

use pulldown_cmark::{Event, Options, Parser, Tag, html};

use crate::ctx::{As, Ctx, Way};
use crate::place::{Lines, Place};
use glasno_passage::Role;

/// A document is parsed in pieces of this size: its tree takes a hundred times as much.
const MAX_PIECE: usize = 1 << 20;

/// Reads a document.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str) {
    let mut lines = Lines::new(source);
    let mut from = 0;
    while let Some(rest) = source.get(from..).filter(|r| !r.is_empty()) {
        let mut end = rest.floor_char_boundary(MAX_PIECE);
        if end < rest.len() {
            let head = rest.get(..end).unwrap_or(rest).as_bytes();
            end = memchr::memmem::rfind(head, b"\n\n")
                .or_else(|| memchr::memrchr(b'\n', head))
                .or_else(|| memchr::memrchr(b' ', head))
                .map_or(end, |at| at + 1);
        }
        piece(ctx, part, rest.get(..end).unwrap_or(rest), from, &mut lines);
        from += end;
    }
}

/// Reads a piece of it that begins at byte `base`.
fn piece(ctx: &mut Ctx<'_>, part: &str, source: &str, base: usize, lines: &mut Lines<'_>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    // An escaped space is one that does not break, to some programs; the two are of the same length.
    let source = source.replace("\\ ", "\u{a0}");
    let source = source.as_str();
    let parser = Parser::new_ext(source, options);
    let definitions: Vec<(String, String, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, d)| {
            let title = d.title.as_deref().unwrap_or_default();
            (label.to_owned(), d.dest.to_string(), title.to_owned())
        })
        .collect();
    let mut block: Vec<Event<'_>> = Vec::new();
    let (mut depth, mut from) = (0usize, 0usize);
    let mut metadata = false;
    for (event, range) in parser.into_offset_iter() {
        if depth == 0 {
            from = range.start;
        }
        match &event {
            Event::Start(tag) => {
                metadata |= matches!(tag, Tag::MetadataBlock(_));
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        block.push(event);
        if depth == 0 {
            let at = lines.at(base + from);
            if std::mem::take(&mut metadata) {
                let body: String = block
                    .iter()
                    .filter_map(|e| {
                        if let Event::Text(t) = e {
                            Some(t.as_ref())
                        } else {
                            None
                        }
                    })
                    .collect();
                ctx.emit(part, Role::Attribute, body.trim(), at);
                ctx.again(Way::Encoded, part, &body, at);
                block.clear();
                continue;
            }
            let mut page = String::new();
            html::push_html(&mut page, block.drain(..));
            ctx.text(As::Page { hidden: false }, part, &page, Place::Fixed(at));
        }
    }
    if !block.is_empty() {
        let mut page = String::new();
        html::push_html(&mut page, block.drain(..));
        ctx.text(As::Page { hidden: false }, part, &page, Place::Fixed(None));
    }
    for (label, address, title) in definitions {
        ctx.emit(part, Role::Hidden, &label, None);
        ctx.again(Way::Address, part, &address, None);
        ctx.emit(part, Role::Attribute, &title, None);
    }
}
