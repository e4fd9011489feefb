//! XML of any kind, feeds and SVG among them: takes text, gives what stands in elements, attributes, comments,
//! instructions and declarations. Pieces of one sentence are joined; elements beside each other are not.

use std::collections::BTreeSet;

use super::ctx::{At, Ctx, Lines, Place};
use super::entities::{self, Definitions};
use super::lexer::{Attributes, Lexer, Token};
use super::{Reason, address, html, office, script};
use crate::passage::Role;

/// Elements that never end a piece of text, wherever they stand.
const INLINE: &[&str] = &[
    "tspan", "textPath", "tref", "b", "i", "em", "strong", "u", "span", "sub", "sup", "font",
    "emphasis", "a",
];

/// Names are words too; each is given once, up to this many.
const MAX_NAMES: usize = 10_000;

/// Reads a document.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str) {
    let head = text.get(..text.floor_char_boundary(8192)).unwrap_or(text);
    if office::is_flat(head) {
        office::flat(ctx, part, text);
        return;
    }
    let mut lines = Lines::new(text);
    let mut lexer = Lexer::new(text, false);
    let mut own = Definitions::default();
    let mut buffer = Buffer::default();
    // How deep the walk is, and how deep the element that the buffered text belongs to.
    let (mut depth, mut owner) = (0usize, 0usize);
    let mut element = "";
    let mut names = BTreeSet::new();
    while let Some((at, token)) = lexer.next() {
        match token {
            Token::Text(raw) => {
                if buffer.text.is_empty() {
                    if raw.trim_ascii().is_empty() {
                        continue;
                    }
                    owner = depth;
                    buffer.at = lines.at(at + raw.len() - raw.trim_ascii_start().len());
                    buffer.element = element.to_owned();
                }
                entities::decode(raw, &mut buffer.text, true, &own);
            }
            Token::Cdata(raw) => {
                if buffer.text.is_empty() {
                    owner = depth;
                    buffer.at = lines.at(at);
                    buffer.element = element.to_owned();
                }
                buffer.text.push_str(raw);
            }
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                let local = local(name);
                let place = lines.at(at);
                if names.len() < MAX_NAMES && names.insert(name) {
                    ctx.emit(part, Role::Hidden, name, place);
                }
                for (name, _) in Attributes(attributes) {
                    if names.len() < MAX_NAMES && names.insert(name) {
                        ctx.emit(part, Role::Hidden, name, place);
                    }
                }
                // A child inside running text is a part of it; a child before any text begins its own.
                if !INLINE.contains(&local) && (buffer.text.trim().is_empty() || owner != depth) {
                    buffer.flush(ctx, part);
                }
                if local == "br" {
                    buffer.text.push('\n');
                }
                read_attributes(ctx, part, attributes, place, &own);
                if !empty {
                    depth += 1;
                    element = local;
                }
            }
            Token::End { name, rest } => {
                ctx.emit(part, Role::Hidden, rest, None);
                let inline = INLINE.contains(&local(name));
                if depth == owner && !inline {
                    buffer.flush(ctx, part);
                }
                depth = depth.saturating_sub(1);
                if inline {
                    owner = owner.min(depth);
                }
            }
            Token::Comment(raw) | Token::Instruction(raw) => {
                let at = lines.at(at);
                let text = entities::decoded(raw, &own);
                if text.contains('<') {
                    html::embedded(ctx, part, &text, true, at);
                } else {
                    ctx.emit(part, Role::Hidden, text.trim(), at);
                }
            }
            Token::Declaration(raw) => {
                own = Definitions::read(raw);
                let text = entities::decoded(raw, &own);
                let at = lines.at(at);
                ctx.emit(part, Role::Hidden, &text, at);
            }
        }
        if buffer.text.len() > ctx.limits.max_fragment_bytes {
            buffer.flush(ctx, part);
        }
    }
    buffer.flush(ctx, part);
    if own.exhausted() {
        ctx.unreadable(part, Reason::Bomb);
    }
}

#[derive(Default)]
struct Buffer {
    text: String,
    at: At,
    element: String,
}

impl Buffer {
    fn flush(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        let text = self.text.trim();
        if !text.is_empty() {
            let markup = text.contains("</")
                || text.contains("/>")
                || (text.contains('<') && text.contains('>'));
            match self.element.as_str() {
                "script" | "style" => {
                    script::read(ctx, part, text, Role::Hidden, Place::Fixed(self.at))
                }
                _ if markup => html::embedded(ctx, part, text, false, self.at),
                "title" => ctx.emit(part, Role::Title, text, self.at),
                "link" | "guid" | "url" | "loc" | "id" | "uri" => {
                    address::emit(ctx, part, text, self.at)
                }
                _ => {
                    ctx.emit(part, Role::Text, text, self.at);
                    super::text::extras(ctx, part, text, self.at);
                }
            }
        }
        self.text.clear();
        self.at = None;
    }
}

/// The name of an element or attribute without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn read_attributes(ctx: &mut Ctx<'_>, part: &str, raw: &str, at: At, own: &Definitions) {
    for (name, value) in Attributes(raw) {
        if value.is_empty() || name.starts_with("xmlns") {
            continue;
        }
        let value = entities::decoded(value, own);
        match local(name) {
            "href" | "src" | "url" | "link" | "action" | "Target" => {
                address::emit(ctx, part, &value, at)
            }
            "d" | "points" | "transform" | "viewBox" => {}
            n if n.starts_with("on") && value.contains('(') => {
                script::read(ctx, part, &value, Role::Hidden, Place::Fixed(at))
            }
            _ => html::attribute(ctx, part, &value, at),
        }
    }
}
