//! HTML: takes a page's text, gives what a reader sees, block by block and cell by cell, and what only a machine
//! sees: attributes, comments, scripts, styles, templates, embedded pages. Inline tags inside a word join it.
//! Must not follow links.

mod attributes;
mod fields;
mod names;

use crate::ctx::{As, Ctx, Way};
use crate::decode::entities::{self, NONE};
use crate::decode::markup::{Lexer, Token, has_markup};
use crate::place::{At, Place};
use crate::shape::Grid;
use attributes::Found;
use fields::Fields;
use glasno_passage::Role;
use names::{Kind, element, lower};

const MAX_TABLES: usize = 32;
const MAX_ASIDES: usize = 256;

struct Page<'a, 'c, 's> {
    ctx: &'c mut Ctx<'s>,
    part: &'a str,
    lines: Place<'a>,
    text: String,
    text_at: At,
    raw: String,
    heading: u8,
    title: bool,
    preformatted: u32,
    thead: bool,
    /// Everything is hidden (the page is a comment, a template…).
    all_hidden: bool,
    /// How many `svg` and `math` are open: in them self-closing tags close, and titles hold markup.
    foreign: u32,
    /// Open elements that stand aside from the line of text, innermost last.
    asides: Vec<Aside>,
    reversed: Option<String>,
    grids: Vec<Grid>,
    fields: Fields,
    /// How much of the text before a field was its label.
    labelled: usize,
    seen: Box<[u64; 256]>,
}

/// Reads a page, or a piece of one; all of it is `hidden` where it stands in something that no reader sees.
pub(super) fn read<'a>(
    ctx: &mut Ctx<'_>,
    part: &'a str,
    text: &'a str,
    lines: Place<'a>,
    hidden: bool,
) {
    let mut page = Page {
        ctx,
        part,
        lines,
        text: String::new(),
        text_at: None,
        raw: String::new(),
        heading: 0,
        title: false,
        preformatted: 0,
        thead: false,
        all_hidden: hidden,
        foreign: 0,
        asides: Vec::new(),
        reversed: None,
        grids: Vec::new(),
        fields: Fields::default(),
        labelled: 0,
        seen: Box::new([0; 256]),
    };
    let mut lexer = Lexer::new(text, true);
    let mut raw: Option<Raw> = None;
    while let Some((at, token)) = lexer.next() {
        match token {
            Token::Text(t) => match raw.take() {
                Some(kind) => page.raw_text(kind, t, at),
                None => page.chars(t, at),
            },
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                raw = page.start(name, attributes, empty, at);
                if raw.is_some() {
                    lexer.raw_until(name);
                }
                continue;
            }
            Token::End { name, rest } => page.end(name, rest, at),
            Token::Comment(t) => page.comment(t, at),
            Token::Cdata(t) => page.chars(t, at),
            Token::Declaration(t) if t.eq_ignore_ascii_case("doctype html") => {}
            Token::Instruction(t) if t.starts_with("php") || t.starts_with('=') => {
                let at = page.place(at);
                page.ctx.again(Way::Script(Role::Hidden), part, t, at);
            }
            Token::Instruction(t) | Token::Declaration(t) => {
                let at = page.place(at);
                page.ctx.emit(part, Role::Hidden, t, at);
            }
        }
        raw = None;
    }
    page.finish();
}

/// An element that is not part of the line of text it stands in: hidden, a control, a frame.
struct Aside {
    name: String,
    /// How many of its name are open.
    open: u32,
    before: String,
    before_at: At,
    hidden: bool,
}

/// What stands in an element whose content is not markup.
enum Raw {
    Json,
    Script,
    Style,
    /// A template kept in a script element.
    Html,
    Text,
}

impl Page<'_, '_, '_> {
    fn place(&mut self, offset: usize) -> At {
        self.lines.at(offset)
    }

    fn role(&self) -> Role {
        if self.all_hidden || self.asides.iter().any(|a| a.hidden) {
            Role::Hidden
        } else if self.title {
            Role::Title
        } else if let Some(role) = self.grids.last().and_then(Grid::open_role) {
            role
        } else if self.heading > 0 {
            Role::Heading(self.heading)
        } else {
            Role::Text
        }
    }

    fn chars(&mut self, raw: &str, at: usize) {
        if self.text.is_empty() {
            let trimmed = raw.trim_ascii_start();
            if trimmed.is_empty() {
                return;
            }
            self.text_at = self.place(at + raw.len() - trimmed.len());
        }
        let from = self.text.len();
        if memchr::memchr(b'&', raw.as_bytes()).is_some() {
            self.raw.clear();
            entities::decode(raw, &mut self.raw, true, &NONE);
            let decoded = std::mem::take(&mut self.raw);
            self.append(&decoded);
            self.raw = decoded;
        } else {
            self.append(raw);
        }
        if let Some(reversed) = &mut self.reversed {
            reversed.push_str(self.text.get(from..).unwrap_or_default());
        }
        if self.text.len() > self.ctx.limits.max_fragment_bytes {
            self.flush();
        }
    }

    /// Appends with runs of white space made one space, as a browser shows them.
    fn append(&mut self, raw: &str) {
        if self.preformatted > 0 {
            self.text.push_str(raw);
            return;
        }
        let mut rest = raw;
        while !rest.is_empty() {
            let end = rest
                .bytes()
                .position(|b| b.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            self.text.push_str(word);
            rest = tail.trim_ascii_start();
            if rest.len() < tail.len() && !self.text.is_empty() && !self.text.ends_with([' ', '\n'])
            {
                self.text.push(' ');
            }
        }
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let role = self.role();
        let text = self.text.trim_ascii_end();
        self.ctx.emit(self.part, role, text, self.text_at);
        self.ctx.again(Way::Encoded, self.part, text, self.text_at);
        self.fields.text(self.ctx, self.part, text, self.text_at);
        if self.preformatted > 0 && text.contains('\n') {
            self.ctx.again(Way::Drawn, self.part, text, self.text_at);
        }
        if let Some(grid) = self.grids.last_mut() {
            grid.note(text, self.text_at);
        }
        self.text.clear();
        self.text_at = None;
        self.labelled = 0;
    }

    fn comment(&mut self, text: &str, at: usize) {
        let at = self.place(at);
        if text.contains('<') {
            self.ctx.markup(self.part, text, true, at);
        } else {
            let text = entities::decoded(text, &NONE);
            self.ctx.emit(self.part, Role::Hidden, text.trim(), at);
        }
    }

    fn raw_text(&mut self, kind: Raw, text: &str, at: usize) {
        let place = self.place(at);
        match kind {
            Raw::Json => self
                .ctx
                .text(As::Json, self.part, text, Place::Fixed(place)),
            Raw::Script | Raw::Style => {
                self.ctx
                    .again(Way::Script(Role::Hidden), self.part, text, place);
            }
            Raw::Html => self.ctx.markup(self.part, text, true, place),
            Raw::Text => {
                self.chars(text, at);
                if has_markup(text) {
                    self.ctx.markup(self.part, text, true, place);
                }
            }
        }
    }

    fn start(&mut self, name: &str, attributes: &str, empty: bool, at: usize) -> Option<Raw> {
        let mut buffer = [0u8; 16];
        let lower = lower(name, &mut buffer);
        let found = if attributes.trim_ascii().is_empty() {
            Found::default()
        } else {
            self.attributes(lower, attributes, at)
        };
        let kind = element(lower);
        let block = kind == Kind::Block;
        if kind == Kind::Other && self.unseen(name) {
            let at = self.place(at);
            self.ctx.emit(self.part, Role::Hidden, name, at);
        }
        if block {
            self.flush();
        }
        if matches!(lower, "dl" | "dt" | "dd" | "input" | "select" | "option") {
            let at = self.place(at);
            let line = self.text.get(self.labelled..).unwrap_or_default();
            self.fields
                .start(self.ctx, self.part, lower, attributes, line, at);
            self.labelled = self.text.len();
        }
        let closed = empty && self.foreign > 0;
        if matches!(lower, "rt" | "rp") {
            self.end_reading();
        }
        if let Some(aside) = self.asides.last_mut().filter(|a| a.name == lower) {
            aside.open += u32::from(!closed);
        } else if (found.hidden || kind == Kind::Aside)
            && !closed
            && kind != Kind::Void
            && lower != "hr"
        {
            self.step_aside(lower, found.hidden || lower == "template");
        }
        match lower {
            "br" if !self.text.is_empty() => self.text.push('\n'),
            "q" => self.text.push('«'),
            "svg" | "math" if !empty => self.foreign += 1,
            _ if closed => {}
            "title" => {
                self.title = true;
                return (self.foreign == 0).then_some(Raw::Text);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.heading = lower.as_bytes().get(1).map_or(1, |b| b - b'0');
            }
            "pre" | "textarea" | "xmp" | "plaintext" => {
                self.preformatted += 1;
                if lower != "pre" {
                    return Some(Raw::Text);
                }
            }
            "script" => {
                return Some(match found.kind.as_str() {
                    k if k.contains("json") => Raw::Json,
                    k if k.contains("template") || k.contains("html") || k.contains("x-") => {
                        Raw::Html
                    }
                    _ => Raw::Script,
                });
            }
            "style" => return Some(Raw::Style),
            "iframe" | "noembed" | "noframes" => return Some(Raw::Html),
            "bdo" if found.rtl => self.reversed = Some(String::new()),
            "table" if self.grids.len() < MAX_TABLES => {
                let grid = Grid::new(self.ctx);
                self.grids.push(grid);
            }
            "thead" => self.thead = true,
            "tbody" | "tfoot" => self.thead = false,
            "tr" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.row(self.ctx, self.part);
                }
            }
            "td" | "th" => {
                let head = lower == "th" || self.thead;
                if let Some(grid) = self.grids.last_mut() {
                    grid.cell(self.ctx, self.part, found.columns, found.rows, head);
                }
            }
            _ => {}
        }
        None
    }

    fn end(&mut self, name: &str, rest: &str, at: usize) {
        let mut buffer = [0u8; 16];
        let lower = lower(name, &mut buffer);
        let kind = element(lower);
        if !rest.is_empty() || (kind == Kind::Other && self.unseen(name)) {
            let at = self.place(at);
            self.ctx.emit(self.part, Role::Hidden, name, at);
            self.ctx.again(Way::Value, self.part, rest, at);
        }
        if lower == "q" {
            self.text.push('»');
        }
        if kind == Kind::Block {
            self.flush();
        }
        if matches!(lower, "dt" | "dd" | "option" | "select") {
            self.fields.end(lower);
        }
        if lower == "ruby" {
            self.end_reading();
        }
        if let Some(aside) = self.asides.last_mut().filter(|a| a.name == lower) {
            aside.open -= 1;
            if aside.open == 0 {
                self.step_back();
            }
        }
        match lower {
            "svg" | "math" => self.foreign = self.foreign.saturating_sub(1),
            "title" => self.title = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = 0,
            "pre" | "textarea" | "xmp" | "plaintext" => {
                self.preformatted = self.preformatted.saturating_sub(1)
            }
            "thead" => self.thead = false,
            "bdo" => {
                if let Some(text) = self.reversed.take() {
                    let text: String = text.chars().rev().collect();
                    self.ctx.emit(self.part, Role::Hidden, &text, None);
                }
            }
            "td" | "th" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.end_cell(self.ctx, self.part);
                }
            }
            "table" => {
                if let Some(mut grid) = self.grids.pop() {
                    grid.end(self.ctx, self.part);
                }
            }
            _ => {}
        }
    }

    /// Sets the line of text aside, to be continued behind the element that begins here.
    fn step_aside(&mut self, name: &str, hidden: bool) {
        if self.asides.len() >= MAX_ASIDES {
            return;
        }
        self.asides.push(Aside {
            name: name.to_owned(),
            open: 1,
            before: std::mem::take(&mut self.text),
            before_at: self.text_at.take(),
            hidden,
        });
    }

    /// The reading over a word (`<rt>`), whose end may be left out.
    fn end_reading(&mut self) {
        if self
            .asides
            .last()
            .is_some_and(|a| matches!(a.name.as_str(), "rt" | "rp"))
        {
            self.step_back();
        }
    }

    fn step_back(&mut self) {
        self.flush();
        if let Some(aside) = self.asides.pop() {
            self.text = aside.before;
            self.text_at = aside.before_at;
        }
    }

    fn finish(&mut self) {
        while !self.asides.is_empty() {
            self.step_back();
        }
        self.flush();
        if let Some(text) = self.reversed.take() {
            let text: String = text.chars().rev().collect();
            self.ctx.emit(self.part, Role::Hidden, &text, None);
        }
        while let Some(mut grid) = self.grids.pop() {
            grid.end(self.ctx, self.part);
        }
    }
}
