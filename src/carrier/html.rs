//! HTML: takes a page's text, gives what a reader sees, block by block and cell by cell, and what only a machine
//! sees: attributes, comments, scripts, styles, templates, embedded pages. Inline tags inside a word join it.
//! Must not follow links.

use super::ctx::{At, Ctx, Lines};
use super::entities::{self, Definitions};
use super::grid::Grid;
use super::lexer::{Attributes, Lexer, Token};
use super::{address, json, script};
use crate::passage::Role;

const MAX_TABLES: usize = 32;

/// Elements that end the line of text round them.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "audio",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "embed",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "iframe",
    "input",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noframes",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
    "xmp",
];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "cite",
    "background",
    "data",
    "xlink:href",
    "longdesc",
    "manifest",
    "ping",
    "data-src",
    "data-href",
    "data-url",
    "content-location",
    "codebase",
    "archive",
    "profile",
];

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
    templates: u32,
    /// The element that hides what is in it, and how many of its name are open.
    hidden: Option<(String, u32)>,
    /// Visible text that stands before a hidden inline element, to be continued behind it.
    suspended: Option<(String, At)>,
    reversed: Option<String>,
    grids: Vec<Grid>,
    seen: Box<[u64; 256]>,
}

/// Reads a page, or a piece of one.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str) {
    walk(ctx, part, text, Place::Own(Lines::new(text)), false);
}

/// Reads a page made from a block of something else, which stands at `at`.
pub(super) fn block(ctx: &mut Ctx<'_>, part: &str, text: &str, at: At) {
    walk(ctx, part, text, Place::Fixed(at), false);
}

/// Reads HTML that was decoded out of something else.
pub(super) fn embedded(ctx: &mut Ctx<'_>, part: &str, text: &str, hidden: bool) {
    ctx.deeper(part, |ctx| {
        walk(ctx, part, text, Place::Fixed(None), hidden)
    });
}

fn walk<'a>(ctx: &mut Ctx<'_>, part: &'a str, text: &'a str, lines: Place<'a>, hidden: bool) {
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
        templates: 0,
        hidden: None,
        suspended: None,
        reversed: None,
        grids: Vec::new(),
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
            Token::End(name) => page.end(name, at),
            Token::Comment(t) => page.comment(t, at),
            Token::Cdata(t) => page.chars(t, at),
            Token::Instruction(t) | Token::Declaration(t) => {
                let at = page.place(at);
                page.ctx.emit(part, Role::Hidden, t, at);
            }
        }
        raw = None;
    }
    page.finish();
}

/// Places are known only in the carrier's own text, not in what was decoded out of it.
enum Place<'a> {
    Own(Lines<'a>),
    Fixed(At),
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
        match &mut self.lines {
            Place::Own(lines) => lines.at(offset),
            Place::Fixed(at) => *at,
        }
    }

    fn role(&self) -> Role {
        if self.all_hidden || self.templates > 0 || self.hidden.is_some() {
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
            entities::decode(raw, &mut self.raw, true, &Definitions::default());
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
        if self.hidden.is_none()
            && let Some((before, at)) = self.suspended.take()
        {
            self.text.insert_str(0, &before);
            self.text_at = at;
        }
        if self.text.is_empty() {
            return;
        }
        let role = self.role();
        let text = self.text.trim_ascii_end();
        self.ctx.emit(self.part, role, text, self.text_at);
        if let Some(grid) = self.grids.last_mut() {
            grid.note(text, self.text_at);
        }
        self.text.clear();
        self.text_at = None;
    }

    fn comment(&mut self, text: &str, at: usize) {
        let at = self.place(at);
        if text.contains('<') {
            embedded(self.ctx, self.part, text, true);
        } else {
            let text = entities::decoded(text, &Definitions::default());
            self.ctx.emit(self.part, Role::Hidden, text.trim(), at);
        }
    }

    fn raw_text(&mut self, kind: Raw, text: &str, at: usize) {
        match kind {
            Raw::Json => json::read_at(self.ctx, self.part, text, false),
            Raw::Script => script::read(self.ctx, self.part, text, Role::Hidden),
            Raw::Style => script::read(self.ctx, self.part, text, Role::Hidden),
            Raw::Html => embedded(self.ctx, self.part, text, true),
            Raw::Text => self.chars(text, at),
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
        let block = BLOCKS.binary_search(&lower).is_ok();
        if block {
            self.flush();
        }
        if let Some((hider, depth)) = &mut self.hidden {
            if hider == lower && !empty {
                *depth += 1;
            }
        } else if found.hidden && !is_void(lower) && !empty {
            if block {
                self.flush();
            } else {
                self.suspended = Some((std::mem::take(&mut self.text), self.text_at));
            }
            self.hidden = Some((lower.to_owned(), 1));
        }
        match lower {
            "br" => {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
            }
            "q" => self.text.push('«'),
            "title" => {
                // An SVG inside the page has titles too; they end the same way.
                self.title = true;
                return Some(Raw::Text);
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
            "template" => self.templates += 1,
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

    fn end(&mut self, name: &str, _at: usize) {
        let mut buffer = [0u8; 16];
        let lower = lower(name, &mut buffer);
        if lower == "q" {
            self.text.push('»');
        }
        if BLOCKS.binary_search(&lower).is_ok() || lower == "p" {
            self.flush();
        }
        if let Some((hider, depth)) = &mut self.hidden
            && hider == lower
        {
            *depth -= 1;
            if *depth == 0 {
                self.flush();
                self.hidden = None;
                if let Some((before, at)) = self.suspended.take() {
                    self.text = before;
                    self.text_at = at;
                }
            }
        }
        match lower {
            "title" => self.title = false,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading = 0,
            "pre" | "textarea" | "xmp" | "plaintext" => {
                self.preformatted = self.preformatted.saturating_sub(1)
            }
            "template" => self.templates = self.templates.saturating_sub(1),
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

    fn attributes(&mut self, element: &str, raw: &str, at: usize) -> Found {
        let mut found = Found::default();
        for (name, raw_value) in Attributes(raw) {
            let mut buffer = [0u8; 16];
            let lower = lower(name, &mut buffer);
            if !is_known(lower) && lower.contains(['-', '_']) && self.unseen(name) {
                let at = self.place(at);
                self.ctx.emit(self.part, Role::Hidden, name, at);
            }
            match lower {
                "hidden" => found.hidden = raw_value != "until-found",
                "colspan" => found.columns = raw_value.trim().parse().unwrap_or(1),
                "rowspan" => found.rows = raw_value.trim().parse().unwrap_or(1),
                "dir" => found.rtl = raw_value.eq_ignore_ascii_case("rtl"),
                _ => {}
            }
            if raw_value.is_empty() {
                continue;
            }
            let value = entities::decoded(raw_value, &Definitions::default());
            let value = value.as_ref();
            match lower {
                "type" => found.kind = value.to_ascii_lowercase(),
                "style" => found.hidden |= hides(value),
                _ => {}
            }
            if matches!(
                lower,
                "class"
                    | "id"
                    | "rel"
                    | "type"
                    | "style"
                    | "width"
                    | "height"
                    | "name"
                    | "role"
                    | "lang"
                    | "dir"
                    | "target"
                    | "for"
            ) && !self.unseen(value)
            {
                continue;
            }
            self.value(element, lower, value, at);
        }
        found
    }

    fn value(&mut self, element: &str, name: &str, value: &str, at: usize) {
        let place = self.place(at);
        if name == "srcdoc" {
            embedded(self.ctx, self.part, value, false);
        } else if name == "srcset" || name == "imagesrcset" {
            for one in value.split([',', ' ']).filter(|v| v.len() > 3) {
                address::emit(self.ctx, self.part, one, place);
            }
            if value.contains("data:") {
                address::emit(self.ctx, self.part, value.trim(), place);
            }
        } else if ADDRESSES.contains(&name) {
            address::emit(self.ctx, self.part, value, place);
        } else if name.len() > 2 && name.starts_with("on") && value.contains(['(', '=', '\'']) {
            script::read(self.ctx, self.part, value, Role::Hidden);
        } else if name == "style" {
            if value.contains(['"', '\'', '(', '\\']) {
                script::read(self.ctx, self.part, value, Role::Hidden);
            } else {
                self.ctx.emit(self.part, Role::Attribute, value, place);
            }
        } else {
            attribute(self.ctx, self.part, value, place);
            if element == "meta" && name == "content" && value.to_ascii_lowercase().contains("url=")
            {
                address::emit(self.ctx, self.part, value, place);
            }
        }
    }

    /// Whether this short value has not been seen on this page yet: class names stand on every line.
    fn unseen(&mut self, value: &str) -> bool {
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        for b in value.bytes() {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
        let Some(slot) = self.seen.get_mut((hash >> 32) as usize % 256) else {
            return true;
        };
        let new = *slot != hash;
        *slot = hash;
        new
    }

    fn finish(&mut self) {
        self.flush();
        self.hidden = None;
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

/// A free-text value: it may hold markup, JSON, an encoded address or Base64 itself.
pub(super) fn attribute(ctx: &mut Ctx<'_>, part: &str, value: &str, at: At) {
    let bytes = value.as_bytes();
    match bytes.trim_ascii_start().first() {
        Some(b'{' | b'[') if value.contains('"') => {
            ctx.deeper(part, |ctx| json::read_at(ctx, part, value, false));
            return;
        }
        _ => {}
    }
    if value
        .get(..5)
        .is_some_and(|s| s.eq_ignore_ascii_case("data:"))
    {
        address::data(ctx, part, value);
        return;
    }
    if value.contains("</") || (value.contains('<') && value.contains('>')) {
        embedded(ctx, part, value, false);
        return;
    }
    ctx.emit(part, Role::Attribute, value, at);
    if value.contains('%') || value.contains("xn--") {
        let decoded = address::percent(value);
        let text = decoded.as_deref().unwrap_or(value);
        let resolved = address::punycode_hosts(text);
        if decoded.is_some() || resolved.is_some() {
            ctx.emit(part, Role::Address, resolved.as_deref().unwrap_or(text), at);
        }
    }
    if value.len() >= 16 && !value.contains(' ') {
        address::maybe_base64(ctx, part, value);
    }
}

#[derive(Default)]
struct Found {
    hidden: bool,
    rtl: bool,
    columns: u32,
    rows: u32,
    kind: String,
}

fn lower<'b>(name: &'b str, buffer: &'b mut [u8; 16]) -> &'b str {
    if name.bytes().all(|b| !b.is_ascii_uppercase()) {
        return name;
    }
    match buffer.get_mut(..name.len()) {
        Some(space) => {
            space.copy_from_slice(name.as_bytes());
            space.make_ascii_lowercase();
            std::str::from_utf8(space).unwrap_or(name)
        }
        None => name,
    }
}

fn is_void(name: &str) -> bool {
    matches!(
        name,
        "br" | "img"
            | "input"
            | "meta"
            | "link"
            | "hr"
            | "wbr"
            | "col"
            | "source"
            | "area"
            | "base"
            | "embed"
            | "track"
            | "param"
    )
}

fn is_known(name: &str) -> bool {
    name.starts_with("aria-") || matches!(name, "http-equiv" | "accept-charset")
}

/// Whether a style attribute takes its element out of the text a reader sees.
fn hides(style: &str) -> bool {
    let flat: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase();
    [
        "display:none",
        "visibility:hidden",
        "font-size:0;",
        "font-size:0px",
        "opacity:0;",
    ]
    .iter()
    .any(|h| flat.contains(h))
        || flat.ends_with("font-size:0")
        || flat.ends_with("opacity:0")
}
