//! HTML: takes a page's text, gives what a reader sees, block by block and cell by cell, and what only a machine
//! sees: attributes, comments, scripts, styles, templates, embedded pages. Inline tags inside a word join it.
//! Must not follow links.

mod attributes;
mod fields;
mod names;

use super::outlines::Outlines;
use crate::ctx::{As, Ctx, Way};
use crate::decode::bidi;
use crate::decode::entities::{self, NONE};
use crate::decode::markup::{Lexer, Token, has_markup};
use crate::decode::raised::{follows_number, lowered, raised};
use crate::decode::words;
use crate::place::{At, Place, Stand, Written, offset_in};
use crate::shape::Grid;
use attributes::Found;
use fields::Fields;
use glasno_passage::Role;
use names::{Kind, element, lower};

const MAX_TABLES: usize = 32;
const MAX_ASIDES: usize = 256;
/// Letters placed one by one, beyond which they are a word whose order is seen and not stored.
const MAX_LETTERS: usize = 5;

struct Page<'a, 'c, 's> {
    ctx: &'c mut Ctx<'s>,
    part: &'a str,
    source: &'a str,
    lines: Place<'a>,
    line: Written,
    heading: u8,
    title: bool,
    preformatted: u32,
    /// Inside of what is raised or lowered right behind a digit: its own digits are no more of that number.
    raised: bool,
    /// The line has such digits.
    marked: bool,
    thead: bool,
    /// Everything is hidden (the page is a comment, a template…).
    all_hidden: bool,
    /// How many `svg` and `math` are open: in them self-closing tags close, and titles hold markup.
    foreign: u32,
    /// Open elements that stand aside from the line of text, innermost last.
    asides: Vec<Aside>,
    /// Open elements that turn the order of their letters round, innermost last, and how many of each name.
    turned: Vec<(String, u32)>,
    /// Of the drawing that is open, and where it begins.
    outlines: Outlines,
    drawing: usize,
    /// How many letters stand in elements that are placed one by one, and whether the last one was.
    letters: usize,
    placed: bool,
    /// A style on the page turns letters round, of whichever elements.
    styled: bool,
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
        source: text,
        lines,
        line: Written::default(),
        heading: 0,
        title: false,
        preformatted: 0,
        raised: false,
        marked: false,
        thead: false,
        all_hidden: hidden,
        foreign: 0,
        asides: Vec::new(),
        turned: Vec::new(),
        outlines: Outlines::default(),
        drawing: 0,
        letters: 0,
        placed: false,
        styled: bidi::styled(text),
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
                let place = page.within(t);
                page.ctx.again(Way::Script(Role::Hidden), part, t, place);
            }
            Token::Instruction(t) | Token::Declaration(t) => page.aside(t),
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
    before: Written,
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

    /// The places of a slice of the page.
    fn within<'t>(&mut self, slice: &'t str) -> Place<'t> {
        self.lines.within(offset_in(self.source, slice), slice)
    }

    /// Hands on a slice of the page that no reader sees.
    fn aside(&mut self, slice: &str) {
        let text = slice.trim();
        let (at, turns) = self.lines.run(offset_in(self.source, text), text);
        let stand = Stand { at, turns: &turns };
        self.ctx.emit(self.part, Role::Hidden, text, stand);
    }

    fn chars(&mut self, raw: &str, at: usize) {
        if self.line.text.is_empty() {
            if raw.trim_ascii_start().is_empty() {
                return;
            }
            for _ in &self.turned {
                self.line.put(bidi::OVERRIDE, at, &mut self.lines);
            }
        }
        if self.foreign > 0 {
            self.outlines.text(raw);
        }
        if std::mem::take(&mut self.placed) {
            let mut letters = raw.trim().chars();
            let alone = letters.next().is_some_and(char::is_alphabetic);
            self.letters += usize::from(alone && letters.next().is_none());
        }
        if memchr::memchr(b'&', raw.as_bytes()).is_some() {
            entities::pieces(raw, &NONE, |from, piece| self.append(piece, at + from));
        } else {
            self.append(raw, at);
        }
        if self.line.text.len() > self.ctx.limits.max_fragment_bytes {
            self.flush();
        }
    }

    /// Appends with runs of white space made one space, as a browser shows them.
    fn append(&mut self, piece: &str, at: usize) {
        if self.raised && piece.bytes().any(|b| b.is_ascii_digit()) {
            self.marked = true;
            self.line.put(&raised(piece), at, &mut self.lines);
            return;
        }
        if self.preformatted > 0 {
            self.line.copy(piece, at, &mut self.lines);
            return;
        }
        // What stands in a piece may have been put together itself.
        let pieced = matches!(self.lines, Place::Along(_));
        let (mut rest, mut turned) = (piece, true);
        while !rest.is_empty() {
            let end = rest
                .bytes()
                .position(|b| b.is_ascii_whitespace())
                .unwrap_or(rest.len());
            let (word, tail) = rest.split_at(end);
            if !word.is_empty() {
                let there = at + piece.len() - rest.len();
                if std::mem::take(&mut turned) || pieced {
                    self.line.copy(word, there, &mut self.lines);
                } else {
                    self.line.text.push_str(word);
                }
            }
            rest = tail.trim_ascii_start();
            let blank = tail.len() - rest.len();
            turned |= blank > 1 || tail.starts_with('\n');
            let text = &mut self.line.text;
            if blank > 0 && !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        }
    }

    fn flush(&mut self) {
        if self.line.text.is_empty() {
            return;
        }
        let role = self.role();
        let line = std::mem::take(&mut self.line);
        let (text, stand) = (line.text.trim_ascii_end(), line.stand());
        self.ctx.emit(self.part, role, text, stand);
        if std::mem::take(&mut self.marked) {
            // Whoever sets half of a number small still prints all of it.
            self.ctx
                .emit(self.part, Role::Hidden, &lowered(text), stand.at);
        }
        if self.preformatted == 0
            && text.contains('\n')
            && let Some(whole) = words::mended(text)
        {
            self.ctx.emit(self.part, Role::Hidden, &whole, stand.at);
        }
        self.ctx
            .again(Way::Encoded, self.part, text, stand.over(text));
        if self.styled {
            let turned = [bidi::OVERRIDE, text].concat();
            self.ctx.emit(self.part, Role::Hidden, &turned, stand.at);
        }
        self.fields.text(self.ctx, self.part, text, stand);
        if self.preformatted > 0 && text.contains('\n') {
            self.ctx
                .again(Way::Drawn, self.part, text, stand.over(text));
        }
        if let Some(grid) = self.grids.last_mut() {
            grid.note(text, stand);
        }
        self.line = line;
        self.line.clear();
        self.labelled = 0;
    }

    fn comment(&mut self, text: &str, at: usize) {
        if text.contains('<') {
            let place = self.within(text);
            self.ctx.markup(self.part, text, true, place);
        } else if text.contains('&') {
            let at = self.place(at);
            let text = entities::decoded(text, &NONE);
            self.ctx.emit(self.part, Role::Hidden, text.trim(), at);
        } else {
            self.aside(text);
        }
    }

    fn raw_text(&mut self, kind: Raw, text: &str, at: usize) {
        let place = self
            .lines
            .clone()
            .within(offset_in(self.source, text), text);
        match kind {
            Raw::Json => self.ctx.text(As::Json, self.part, text, place),
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
            let line = self.line.text.get(self.labelled..).unwrap_or_default();
            self.fields
                .start(self.ctx, self.part, lower, attributes, line, at);
            self.labelled = self.line.text.len();
        }
        let closed = empty && self.foreign > 0;
        if self.foreign > 0 {
            self.outlines.start(lower, attributes);
            if lower == "symbol" {
                self.outlines = Outlines::default();
            }
        }
        self.placed = found.placed;
        if !closed && kind != Kind::Void {
            self.turn_round(lower, found.rtl && (found.turned || lower == "bdo"));
        }
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
            "br" if !self.line.text.is_empty() => self.line.text.push('\n'),
            "q" => self.line.put("«", at, &mut self.lines),
            "svg" | "math" if !empty => {
                if self.foreign == 0 {
                    (self.outlines, self.drawing) = (Outlines::default(), at);
                    self.outlines.start(lower, attributes);
                }
                self.foreign += 1;
            }
            _ if closed => {}
            "sup" | "sub" => {
                self.raised = follows_number(&self.line.text);
            }
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
            self.line.put("»", at, &mut self.lines);
        }
        self.turn_back(lower);
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
            "symbol" => self.drawn(at),
            "svg" | "math" => {
                if self.foreign == 1 {
                    self.drawn(at);
                }
                self.foreign = self.foreign.saturating_sub(1);
            }
            "sup" | "sub" => self.raised = false,
            "title" => self.title = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = 0,
            "pre" | "textarea" | "xmp" | "plaintext" => {
                self.preformatted = self.preformatted.saturating_sub(1)
            }
            "thead" => self.thead = false,
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

    /// A drawing ends.
    fn drawn(&mut self, end: usize) {
        if std::mem::take(&mut self.outlines).is_picture() {
            let drawing = self.source.get(self.drawing..end).unwrap_or_default();
            self.ctx.picture(self.part, drawing.as_bytes());
        }
    }

    /// An element begins; `turned` where it shows its letters in reverse.
    fn turn_round(&mut self, name: &str, turned: bool) {
        if let Some((_, open)) = self.turned.last_mut().filter(|(n, _)| n == name) {
            *open = open.saturating_add(1);
        } else if turned && self.turned.len() < MAX_ASIDES {
            self.turned.push((name.to_owned(), 1));
            if !self.line.text.is_empty() {
                self.line.text.push_str(bidi::OVERRIDE);
            }
        }
    }

    fn turn_back(&mut self, name: &str) {
        let Some((_, open)) = self.turned.last_mut().filter(|(n, _)| n == name) else {
            return;
        };
        *open -= 1;
        if *open == 0 {
            self.turned.pop();
            if !self.line.text.is_empty() {
                self.line.text.push_str(bidi::END);
            }
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
            before: std::mem::take(&mut self.line),
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
            self.line = aside.before;
        }
    }

    fn finish(&mut self) {
        while !self.asides.is_empty() {
            self.step_back();
        }
        self.flush();
        while let Some(mut grid) = self.grids.pop() {
            grid.end(self.ctx, self.part);
        }
        if self.letters > MAX_LETTERS {
            self.ctx.picture(self.part, self.source.as_bytes());
        }
    }
}
