//! XML of any kind, feeds and SVG among them: takes text, gives what stands in elements, attributes, comments,
//! instructions and declarations. Pieces of one sentence are joined; elements beside each other are not.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::outlines::Outlines;
use crate::ctx::{Ctx, Way};
use crate::decode::bidi;
use crate::decode::entities::{self, Definitions};
use crate::decode::markup::{Attributes, Lexer, Token, local};
use crate::outcome::Reason;
use crate::place::{Place, Stand, Written, offset_in};
use crate::shape;
use glasno_passage::Role;

/// Elements that never end a piece of text, wherever they stand.
const INLINE: &[&str] = &[
    "tspan", "textPath", "tref", "b", "i", "em", "strong", "u", "span", "sub", "sup", "font",
    "emphasis", "a",
];

/// Names are words too; each is given once, up to this many.
const MAX_NAMES: usize = 10_000;

/// How deep records are looked for, and how long a member may be.
const MAX_RECORDS_DEPTH: usize = 256;
const MAX_MEMBER: usize = 300;

/// Reads a document.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str, mut lines: Place<'_>) {
    let mut lexer = Lexer::new(text, false);
    let mut own = Definitions::default();
    let mut fields: Option<shape::Records> = None;
    let mut buffer = Buffer {
        styled: bidi::styled(text),
        ..Buffer::default()
    };
    // How deep the walk is, and how deep the element that the buffered text belongs to.
    let (mut depth, mut owner) = (0usize, 0usize);
    let mut element = "";
    let mut names = BTreeSet::new();
    let mut records = Records::default();
    let mut drawn = Drawn::default();
    let mut outlines = Outlines::default();
    while let Some((at, token)) = lexer.next() {
        match token {
            Token::Text(raw) => {
                outlines.text(raw);
                let mut raw = raw;
                if buffer.line.text.is_empty() {
                    raw = raw.trim_ascii_start();
                    if raw.is_empty() {
                        continue;
                    }
                    owner = depth;
                    buffer.element = element.to_owned();
                }
                let from = offset_in(text, raw);
                entities::pieces(raw, &own, |step, piece| {
                    buffer.line.copy(piece, from + step, &mut lines);
                });
            }
            Token::Cdata(raw) => {
                let raw = match buffer.line.text.is_empty() {
                    true => raw.trim_ascii_start(),
                    false => raw,
                };
                if buffer.line.text.is_empty() {
                    owner = depth;
                    buffer.element = element.to_owned();
                }
                let from = offset_in(text, raw);
                buffer.line.copy(raw, from, &mut lines);
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
                let inline = INLINE.contains(&local);
                if !inline && (buffer.line.text.trim().is_empty() || owner != depth) {
                    records.leaf(buffer.take(ctx, part));
                }
                if !inline {
                    records.sibling(ctx, part, local);
                }
                if local == "br" {
                    buffer.line.text.push('\n');
                }
                outlines.start(local, attributes);
                if local == "text" {
                    drawn.place(ctx, part, attributes);
                }
                let there = &mut Source {
                    text,
                    lines: &mut lines,
                    own: &own,
                };
                read_attributes(ctx, part, local, attributes, there, &mut fields);
                if !empty {
                    depth += 1;
                    element = local;
                    if !inline {
                        records.open(local);
                    }
                }
            }
            Token::End { name, rest } => {
                ctx.emit(part, Role::Hidden, rest, None);
                let inline = INLINE.contains(&local(name));
                if local(name) == "text" {
                    drawn.text(&buffer.line);
                }
                if depth == owner && !inline {
                    records.leaf(buffer.take(ctx, part));
                }
                if !inline {
                    records.close(ctx, part);
                }
                depth = depth.saturating_sub(1);
                if inline {
                    owner = owner.min(depth);
                }
            }
            Token::Comment(raw) | Token::Instruction(raw) => {
                let mut said = Written::default();
                let (raw, from) = (raw.trim(), offset_in(text, raw.trim()));
                said.decode(raw, from, &mut lines, |line| entities::decoded(line, &own));
                if said.text.contains('<') {
                    ctx.markup(part, &said.text, true, said.stand().over(&said.text));
                } else {
                    ctx.emit(part, Role::Hidden, &said.text, said.stand());
                }
            }
            Token::Declaration(raw) => {
                own = Definitions::read(raw);
                let mut said = Written::default();
                let from = offset_in(text, raw);
                said.decode(raw, from, &mut lines, |line| entities::decoded(line, &own));
                ctx.emit(part, Role::Hidden, &said.text, said.stand());
            }
        }
        if buffer.line.text.len() > ctx.limits.max_fragment_bytes {
            buffer.flush(ctx, part);
        }
    }
    buffer.flush(ctx, part);
    records.finish(ctx, part);
    drawn.flush(ctx, part);
    if outlines.is_picture() {
        ctx.picture(part, text.as_bytes());
    }
    if own.exhausted() {
        ctx.unreadable(part, Reason::Bomb);
    }
}

#[derive(Default)]
struct Buffer {
    line: Written,
    element: String,
    /// A style in the document turns letters round, of whichever elements.
    styled: bool,
}

impl Buffer {
    /// Gives a text that may be one member of a record; anything else is handed on at once.
    fn take(&mut self, ctx: &mut Ctx<'_>, part: &str) -> Option<Leaf> {
        let text = self.line.text.trim_end();
        let special = matches!(
            self.element.as_str(),
            "title" | "link" | "guid" | "url" | "loc" | "id" | "uri" | "script" | "style"
        );
        if text.is_empty() || text.len() > MAX_MEMBER || text.contains('<') || special {
            self.flush(ctx, part);
            return None;
        }
        self.turned(ctx, part);
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        Some(Leaf {
            name: std::mem::take(&mut self.element),
            line,
        })
    }

    fn turned(&self, ctx: &mut Ctx<'_>, part: &str) {
        if self.styled {
            let turned = [bidi::OVERRIDE, &self.line.text].concat();
            ctx.emit(part, Role::Hidden, &turned, self.line.at);
        }
    }

    fn flush(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        self.turned(ctx, part);
        let text = self.line.text.trim_end();
        if !text.is_empty() {
            let stand = self.line.stand();
            let markup = text.contains("</")
                || text.contains("/>")
                || (text.contains('<') && text.contains('>'));
            match self.element.as_str() {
                "script" | "style" => {
                    ctx.again(Way::Script(Role::Hidden), part, text, stand.over(text));
                }
                _ if markup => ctx.markup(part, text, false, stand.over(text)),
                "title" => ctx.emit(part, Role::Title, text, stand),
                "link" | "guid" | "url" | "loc" | "id" | "uri" => {
                    ctx.again(Way::Address, part, text, stand.at);
                }
                _ => {
                    ctx.emit(part, Role::Text, text, stand);
                    ctx.again(Way::Encoded, part, text, stand.over(text));
                }
            }
        }
        self.line.clear();
    }
}

/// Texts of a drawing that stand on one line, each placed on its own.
#[derive(Default)]
struct Drawn {
    line: Written,
    texts: usize,
    height: String,
}

impl Drawn {
    /// A text begins; on another line it ends what was drawn before.
    fn place(&mut self, ctx: &mut Ctx<'_>, part: &str, attributes: &str) {
        let mut height = "";
        for (name, value) in Attributes(attributes) {
            match name {
                "y" => height = value,
                "transform" if height.is_empty() => {
                    let inner = value.trim_end_matches(')');
                    height = inner.rsplit([' ', ',', '(']).next().unwrap_or(inner);
                }
                _ => {}
            }
        }
        if height != self.height || self.line.text.len() > 1 << 16 {
            self.flush(ctx, part);
            self.height.clear();
            self.height.push_str(height);
        }
    }

    fn text(&mut self, line: &Written) {
        if !line.text.trim().is_empty() {
            self.texts += 1;
            self.line.add(&line.text, line.stand());
            self.line.text.push(' ');
        }
    }

    fn flush(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        if self.texts > 1 {
            ctx.emit(part, Role::Hidden, &self.line.text, self.line.stand());
        }
        self.line.clear();
        self.texts = 0;
    }
}

/// A text whose element has ended.
struct Leaf {
    name: String,
    line: Written,
}

/// An element that is open.
#[derive(Default)]
struct Frame {
    name: String,
    /// Its place among the elements beside it.
    row: u32,
    /// Of what stands in it: how many children, and how many of them were members of a record.
    children: u32,
    members: u32,
    /// Children of one name follow each other: a list or prose.
    list: bool,
    table: Option<u32>,
    last: String,
}

/// Elements beside each other, each of another name (`<kind>…</kind><name>…</name>`), are one row of a table. Whether
/// they are is told by what follows, so each text waits for the next tag.
#[derive(Default)]
struct Records {
    frames: Vec<Frame>,
    /// Elements that are open deeper than is looked at.
    surplus: usize,
    pending: Option<Leaf>,
    heads: BTreeSet<(u32, u32, String)>,
}

impl Records {
    fn leaf(&mut self, leaf: Option<Leaf>) {
        // What stands in an element belongs to the one round it; the element itself ends next.
        if leaf.is_some() {
            self.pending = leaf;
        }
    }

    /// A further element begins where the last one ended.
    fn sibling(&mut self, ctx: &mut Ctx<'_>, part: &str, name: &str) {
        let Some(frame) = self.frames.last_mut().filter(|_| self.surplus == 0) else {
            self.settle(ctx, part, false);
            return;
        };
        frame.list |= frame.last == name;
        frame.children = frame.children.saturating_add(1);
        let record = !frame.list && !frame.last.is_empty();
        frame.last.clear();
        frame.last.push_str(name);
        self.settle(ctx, part, record);
    }

    fn open(&mut self, name: &str) {
        let row = self.frames.last().map_or(0, |f| f.children);
        if self.frames.len() >= MAX_RECORDS_DEPTH || self.surplus > 0 {
            self.surplus += 1;
            return;
        }
        self.frames.push(Frame {
            name: name.to_owned(),
            row,
            ..Frame::default()
        });
    }

    fn close(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        if self.surplus > 0 {
            self.surplus -= 1;
            self.settle(ctx, part, false);
            return;
        }
        let Some(frame) = self.frames.last() else {
            self.settle(ctx, part, false);
            return;
        };
        // The text of this very element waits on; that of its last child is settled.
        if self.pending.as_ref().is_some_and(|p| p.name == frame.name) && frame.children == 0 {
            self.frames.pop();
            return;
        }
        let record = frame.members > 0 && !frame.list;
        self.settle(ctx, part, record);
        self.frames.pop();
    }

    /// Hands on the text that waits, as a member of the record that is open or as text of its own.
    fn settle(&mut self, ctx: &mut Ctx<'_>, part: &str, record: bool) {
        let Some(leaf) = self.pending.take() else {
            return;
        };
        if leaf.name == "key" {
            // Property lists write what a value is called beside it, in an element of its own.
            ctx.emit(part, Role::Hidden, &leaf.line.text, leaf.line.stand());
            return;
        }
        let role = self.member(ctx, part, &leaf, record);
        let (text, stand) = (&leaf.line.text, leaf.line.stand());
        ctx.emit(part, role, text, stand);
        ctx.again(Way::Encoded, part, text, stand.over(text));
    }

    fn member(&mut self, ctx: &mut Ctx<'_>, part: &str, leaf: &Leaf, record: bool) -> Role {
        let depth = self.frames.len();
        if !record || depth == 0 {
            return Role::Text;
        }
        let holder = depth.saturating_sub(2);
        let table = match self.frames.get(holder).and_then(|f| f.table) {
            Some(table) => table,
            None => ctx.next_table(),
        };
        if let Some(f) = self.frames.get_mut(holder) {
            f.table = Some(table);
        }
        let Some(frame) = self.frames.last_mut() else {
            return Role::Text;
        };
        let column = frame.members;
        frame.members = column.saturating_add(1);
        let row = frame.row.max(1);
        // What the element is called is the head of its column.
        let head = (table, column, leaf.name.clone());
        if self.heads.len() < MAX_NAMES && self.heads.insert(head) {
            let role = Role::Cell {
                table,
                row: 0,
                column,
                head: true,
            };
            ctx.emit(part, role, &leaf.name, leaf.line.at);
        }
        Role::Cell {
            table,
            row,
            column,
            head: false,
        }
    }

    fn finish(&mut self, ctx: &mut Ctx<'_>, part: &str) {
        self.settle(ctx, part, false);
    }
}

/// The text that is read, its places, and what it defines.
struct Source<'a, 'l, 'p> {
    text: &'a str,
    lines: &'l mut Place<'p>,
    own: &'l Definitions,
}

/// What several attributes of one element say is a record: none of them says it apart from the others
/// (`<item city="Ключевой" type="СОШ" number="14"/>`). What may hold more than words is read on its own all the same.
fn read_attributes(
    ctx: &mut Ctx<'_>,
    part: &str,
    element: &str,
    raw: &str,
    source: &mut Source<'_, '_, '_>,
    fields: &mut Option<shape::Records>,
) {
    let several = Attributes(raw).nth(1).is_some()
        && Attributes(raw).any(|(_, v)| v.contains(char::is_alphabetic));
    if several && let Some(records) = fields {
        records.next();
    }
    for (name, value) in Attributes(raw) {
        let shape = matches!(local(name), "d" | "points" | "transform" | "viewBox");
        if value.is_empty() || shape && is_shape(value) {
            continue;
        }
        if name.starts_with("xmlns") {
            ctx.again(
                Way::Address,
                part,
                value,
                source.lines.at(offset_in(source.text, value)),
            );
            continue;
        }
        let (at, turns) = source.lines.run(offset_in(source.text, value), value);
        let value = entities::decoded(value, source.own);
        let whole = matches!(value, Cow::Borrowed(_));
        let turns = if whole { &*turns } else { &[] };
        let stand = Stand { at, turns };
        if several && value.len() <= MAX_MEMBER {
            let row = fields.get_or_insert_with(|| shape::Records::new(ctx));
            if row.pair(ctx, part, name, &value, stand) && is_plain(&value) {
                continue;
            }
        }
        match local(name) {
            "href" | "src" | "url" | "link" | "action" | "Target" => {
                ctx.again(Way::Address, part, &value, at)
            }
            n if n.starts_with("on") && value.contains('(') => {
                ctx.again(Way::Script(Role::Hidden), part, &value, stand.over(&value))
            }
            // `<район имя="Луговой">`: the element says what the name is of.
            "имя" | "название" | "наименование" | "name" | "title" if !element.is_ascii() =>
            {
                ctx.emit(part, Role::Text, &format!("{value} {element}"), at);
            }
            _ => ctx.again(Way::Value, part, &value, stand.over(&value)),
        }
    }
}

/// Whether a value is what it is called: numbers, letters that stand alone, and the words for turning and moving.
fn is_shape(value: &str) -> bool {
    value.is_ascii()
        && value.split(|c: char| !c.is_ascii_alphabetic()).all(|word| {
            word.len() < 2
                || word.bytes().all(|b| matches!(b, b'z' | b'Z' | b'm' | b'M')) && word.len() < 4
                || matches!(
                    word,
                    "matrix" | "translate" | "scale" | "rotate" | "skewX" | "skewY"
                )
        })
}

/// Whether a value is words and nothing else: no address, markup or escape.
fn is_plain(value: &str) -> bool {
    !value.contains(['/', ':', '(', '%', '&', '<', '\\', '{', '@', '=']) && value.len() < 100
}
