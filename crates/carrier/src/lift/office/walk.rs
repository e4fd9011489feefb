//! The XML of office documents, whichever standard it follows: takes one part's text, gives its paragraphs (runs
//! joined, revisions in both readings, hidden text apart), cells, headings, and attributes that hold words.

use std::collections::{BTreeMap, BTreeSet};

use super::formula;
use crate::ctx::{Ctx, Way};
use crate::decode::base64::base64;
use crate::decode::bidi;
use crate::decode::entities::{self, Definitions, NONE};
use crate::decode::markup::{Attributes, Lexer, Token, local};
use crate::decode::raised::{follows_number, lowered, raised};
use crate::decode::words;
use crate::place::inside;
use crate::shape::Grid;
use glasno_passage::Role;

const MAX_NESTED: usize = 64;

/// Which styles of a document are headings.
#[derive(Default)]
pub(super) struct Styles(BTreeMap<String, u8>);

impl Styles {
    pub(super) fn read(text: &str) -> Self {
        let mut all = Styles::default();
        let mut lexer = Lexer::new(text, false);
        let mut id = String::new();
        while let Some((_, token)) = lexer.next() {
            let Token::Start {
                name, attributes, ..
            } = token
            else {
                continue;
            };
            match local(name) {
                "style" => id = attribute(attributes, "styleId").unwrap_or_default(),
                "name" => {
                    let name = attribute(attributes, "val")
                        .unwrap_or_default()
                        .to_lowercase();
                    if let Some(level) = heading_level(&name) {
                        all.0.insert(id.clone(), level);
                    }
                }
                "outlineLvl" => {
                    let level = attribute(attributes, "val").and_then(|v| v.parse::<u8>().ok());
                    if let Some(level) = level.filter(|l| *l < 9) {
                        all.0.insert(id.clone(), level + 1);
                    }
                }
                _ => {}
            }
        }
        all
    }

    fn level(&self, style: &str) -> Option<u8> {
        self.0
            .get(style)
            .copied()
            .or_else(|| heading_level(&style.to_lowercase()))
    }
}

fn heading_level(name: &str) -> Option<u8> {
    if matches!(name, "title" | "название" | "заголовок") {
        return Some(1);
    }
    let tail = name
        .strip_prefix("heading")
        .or_else(|| name.strip_prefix("заголовок"))?;
    tail.trim_matches([' ', '_'])
        .parse()
        .ok()
        .filter(|l| (1..=9).contains(l))
}

/// The decoded value of the attribute with this local name.
pub(super) fn attribute(attributes: &str, wanted: &str) -> Option<String> {
    Attributes(attributes)
        .find(|(name, _)| local(name) == wanted)
        .map(|(_, value)| entities::decoded(value, &NONE).into_owned())
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    /// As a reader sees it, revisions accepted.
    text: String,
    /// As it was before the revisions.
    original: String,
    revised: bool,
    /// Hidden runs.
    hidden: String,
    /// Codes of fields.
    code: String,
    /// Holds digits that are set small behind a number.
    marked: bool,
    heading: Option<u8>,
}

/// A cell whose spans are not known yet.
struct Pending {
    columns: u32,
    rows: u32,
    merge: Merge,
    head: bool,
}

#[derive(PartialEq)]
enum Merge {
    None,
    Start,
    Continue,
}

struct Walk<'a, 'c, 's> {
    ctx: &'c mut Ctx<'s>,
    part: &'a str,
    styles: &'a Styles,
    paragraphs: Vec<Paragraph>,
    grids: Vec<Grid>,
    pending: Option<Pending>,
    /// Open elements that decide what becomes of text: deleted, inserted, titles of slides.
    deleted: u32,
    inserted: u32,
    vanish: bool,
    /// The run is raised or lowered right behind a digit: «112¹» is no number 1121.
    raised: bool,
    slide_title: bool,
    header_rows: u32,
    /// Text outside paragraphs, and the element it stands in.
    loose: String,
    element: String,
    /// Everything here is about the document and not in it.
    properties: bool,
    /// White space between elements is a space in ODF, and layout of the source elsewhere.
    odf: bool,
    seen: BTreeSet<String>,
}

/// Reads one part.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str, styles: &Styles, name: &str) {
    let properties =
        name.starts_with("docprops/") || name == "meta.xml" || name.starts_with("customxml/");
    let mut walk = Walk {
        ctx,
        part,
        styles,
        paragraphs: Vec::new(),
        grids: Vec::new(),
        pending: None,
        deleted: 0,
        inserted: 0,
        vanish: false,
        raised: false,
        slide_title: false,
        header_rows: 0,
        loose: String::new(),
        element: String::new(),
        properties,
        odf: source.contains("urn:oasis:names:tc:opendocument") || name == "content.xml",
        seen: BTreeSet::new(),
    };
    let mut lexer = Lexer::new(source, false);
    let mut definitions = Definitions::default();
    while let Some((_, token)) = lexer.next() {
        match token {
            Token::Text(raw) => {
                let value = entities::decoded(raw, &definitions);
                walk.chars(&value);
            }
            Token::Cdata(raw) => walk.chars(raw),
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                walk.start(name, attributes, empty);
                if empty {
                    walk.end(name);
                }
            }
            Token::End { name, .. } => walk.end(name),
            Token::Comment(raw) | Token::Instruction(raw) => {
                walk.ctx.emit(part, Role::Hidden, raw, None)
            }
            Token::Declaration(raw) => {
                definitions = Definitions::read(raw);
                walk.ctx.emit(part, Role::Hidden, raw, None);
            }
        }
    }
    walk.finish();
}

impl Walk<'_, '_, '_> {
    fn chars(&mut self, value: &str) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            self.loose.push_str(value);
            return;
        };
        match self.element.as_str() {
            "delText" => {
                paragraph.original.push_str(value);
                paragraph.hidden.push_str(value);
                paragraph.revised = true;
            }
            "instrText" | "delInstrText" => paragraph.code.push_str(value),
            // Numbers of layout between the runs of a paragraph.
            "posOffset" | "pctWidth" | "pctHeight" | "align" => {}
            _ => {
                let blank = value.trim().is_empty();
                if blank && !self.odf && self.element != "t" {
                    return;
                }
                let value = if blank && self.odf { " " } else { value };
                let small = self.raised && value.bytes().any(|b| b.is_ascii_digit());
                let set = small.then(|| raised(value));
                let value = set.as_deref().unwrap_or(value);
                paragraph.marked |= small;
                if self.vanish {
                    paragraph.hidden.push_str(value);
                    return;
                }
                if self.deleted > 0 {
                    paragraph.hidden.push_str(value);
                } else {
                    paragraph.text.push_str(value);
                }
                if self.inserted == 0 {
                    paragraph.original.push_str(value);
                } else {
                    paragraph.revised = true;
                }
            }
        }
        if paragraph.text.len() > self.ctx.limits.max_fragment_bytes {
            let heading = paragraph.heading;
            self.flush();
            self.paragraphs.push(Paragraph {
                heading,
                ..Paragraph::default()
            });
        }
    }

    fn both(&mut self, text: &str) {
        if let Some(p) = self.paragraphs.last_mut() {
            p.text.push_str(text);
            p.original.push_str(text);
        }
    }

    /// What follows is set small, which counts right behind a digit.
    fn set_small(&mut self, small: bool) {
        let text = self.paragraphs.last().map(|p| p.text.as_str());
        self.raised = small && text.is_some_and(follows_number);
    }

    fn start(&mut self, name: &str, attributes: &str, empty: bool) {
        self.loose_text();
        let local = local(name);
        self.element.clear();
        self.element.push_str(local);
        match local {
            "p" | "h" | "comment" | "si" if !name.starts_with("presentation:") => {
                self.open_pending();
                if self.paragraphs.len() < MAX_NESTED {
                    let mut paragraph = Paragraph::default();
                    if local == "h" {
                        let level =
                            attribute(attributes, "outline-level").and_then(|v| v.parse().ok());
                        paragraph.heading = Some(level.unwrap_or(1));
                    } else if self.slide_title {
                        paragraph.heading = Some(1);
                    }
                    self.paragraphs.push(paragraph);
                }
            }
            "pStyle" => {
                let level = attribute(attributes, "val").and_then(|s| self.styles.level(&s));
                if let (Some(level), Some(p)) = (level, self.paragraphs.last_mut()) {
                    p.heading = Some(level);
                }
            }
            "br" | "cr" | "line-break" => self.both("\n"),
            "tab" | "s" | "ptab" => self.both(" "),
            // A letter of another font; those of symbol fonts stand in the private area.
            "sym" => {
                let code = attribute(attributes, "char");
                let code = code.and_then(|c| u32::from_str_radix(&c, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.both(c.encode_utf8(&mut [0; 4]));
                }
            }
            "bdo" if attribute(attributes, "val").is_some_and(|v| v == "rtl") => {
                self.both(bidi::OVERRIDE);
            }
            "noBreakHyphen" => self.both("\u{2011}"),
            "softHyphen" => self.both("\u{ad}"),
            "r" => (self.vanish, self.raised) = (false, false),
            "vertAlign" => {
                let small = attribute(attributes, "val").is_some_and(|v| v != "baseline");
                self.set_small(small);
            }
            "rPr" if attribute(attributes, "baseline").is_some_and(|v| v != "0") => {
                self.set_small(true);
            }
            "note-citation" => self.set_small(true),
            "vanish" | "webHidden" => {
                let off = attribute(attributes, "val")
                    .is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"));
                self.vanish = !off;
            }
            "del" | "moveFrom" if !empty => self.deleted += 1,
            "ins" | "moveTo" if !empty => self.inserted += 1,
            "ph" => {
                let kind = attribute(attributes, "type").unwrap_or_default();
                self.slide_title = matches!(kind.as_str(), "title" | "ctrTitle");
            }
            "sp" => self.slide_title = false,
            "table-header-rows" => self.header_rows += 1,
            "tblHeader" => self.header_rows = 1,
            "tbl" | "table" if !empty && self.grids.len() < MAX_NESTED => {
                let grid = Grid::new(self.ctx);
                self.grids.push(grid);
            }
            "tr" | "table-row" => {
                self.open_pending();
                if local == "tr" {
                    self.header_rows = 0;
                }
                if let Some(grid) = self.grids.last_mut() {
                    grid.row(self.ctx, self.part);
                }
            }
            "tc" | "table-cell" => self.cell(local, attributes),
            "covered-table-cell" => {
                if let Some(grid) = self.grids.last_mut() {
                    grid.end_cell(self.ctx, self.part);
                }
            }
            "gridSpan" => {
                if let Some(p) = &mut self.pending {
                    p.columns = attribute(attributes, "val")
                        .and_then(|v| v.parse().ok())
                        .unwrap_or(1);
                }
            }
            "vMerge" => {
                if let Some(p) = &mut self.pending {
                    let start = attribute(attributes, "val").is_some_and(|v| v == "restart");
                    p.merge = if start { Merge::Start } else { Merge::Continue };
                }
            }
            _ => {}
        }
        self.name(name);
        self.attributes(attributes);
    }

    fn cell(&mut self, local: &str, attributes: &str) {
        self.open_pending();
        let number = |wanted: &str| {
            attribute(attributes, wanted)
                .and_then(|v| v.parse::<u32>().ok())
                .unwrap_or(1)
        };
        if local == "table-cell" {
            let columns = number("number-columns-spanned").max(number("number-columns-repeated"));
            let rows = number("number-rows-spanned");
            let head = self.header_rows > 0;
            if let Some(grid) = self.grids.last_mut() {
                grid.cell(self.ctx, self.part, columns, rows, head);
            }
            return;
        }
        let merged =
            |wanted: &str| attribute(attributes, wanted).is_some_and(|v| v == "1" || v == "true");
        let merge = if merged("vMerge") || merged("hMerge") {
            Merge::Continue
        } else if number("rowSpan") > 1 {
            Merge::Start
        } else {
            Merge::None
        };
        // In DrawingML the cells that a span covers follow one by one.
        self.pending = Some(Pending {
            columns: 1,
            rows: number("rowSpan"),
            merge,
            head: false,
        });
    }

    /// Opens the cell that was begun, now that its spans are known.
    fn open_pending(&mut self) {
        let Some(pending) = self.pending.take() else {
            return;
        };
        let Some(grid) = self.grids.last_mut() else {
            return;
        };
        if pending.merge == Merge::Continue {
            grid.continued(self.ctx, self.part, pending.columns);
            return;
        }
        grid.release(pending.columns);
        let head = pending.head || self.header_rows > 0;
        grid.cell(self.ctx, self.part, pending.columns, pending.rows, head);
        if pending.merge == Merge::Start {
            grid.hold();
        }
    }

    fn end(&mut self, name: &str) {
        let local = local(name);
        match local {
            "p" | "h" | "comment" | "si" => self.flush(),
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "ins" | "moveTo" => self.inserted = self.inserted.saturating_sub(1),
            "r" => (self.vanish, self.raised) = (false, false),
            "note-citation" => self.raised = false,
            "bdo" => self.both(bidi::END),
            "tc" | "table-cell" => {
                self.open_pending();
                if let Some(grid) = self.grids.last_mut() {
                    grid.end_cell(self.ctx, self.part);
                }
            }
            "tbl" | "table" => {
                if let Some(mut grid) = self.grids.pop() {
                    grid.end(self.ctx, self.part);
                }
            }
            "table-header-rows" => self.header_rows = self.header_rows.saturating_sub(1),
            _ => {}
        }
        self.loose_text();
        self.element.clear();
    }

    /// Text outside paragraphs: properties, formulas, names.
    fn loose_text(&mut self) {
        let value = std::mem::take(&mut self.loose);
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if matches!(
            self.element.as_str(),
            "binary-data" | "binData" | "binaryData"
        ) {
            if let Some(bytes) = base64(value) {
                let inner = inside(self.part, "binary-data");
                self.ctx.spend(bytes.len());
                self.ctx.unpacked(&inner, "", &bytes);
            }
            return;
        }
        if self.element == "definedName"
            && let Some(text) = formula::constant(value, &|_, _| None)
        {
            self.ctx.emit(self.part, Role::Hidden, &text, None);
        }
        let role = match self.element.as_str() {
            "title" => Role::Title,
            "t" | "v" | "text" => Role::Text,
            _ if self.properties => Role::Attribute,
            _ => Role::Hidden,
        };
        self.ctx.emit(self.part, role, value, None);
        self.ctx.again(Way::Encoded, self.part, value, None);
    }

    fn role(&self, heading: Option<u8>) -> Role {
        if let Some(role) = self.grids.last().and_then(Grid::open_role) {
            role
        } else if let Some(level) = heading {
            Role::Heading(level)
        } else {
            Role::Text
        }
    }

    fn flush(&mut self) {
        let Some(p) = self.paragraphs.pop() else {
            return;
        };
        let role = self.role(p.heading);
        let shown = p.text.trim();
        self.ctx.emit(self.part, role, shown, None);
        if p.marked {
            self.ctx
                .emit(self.part, Role::Hidden, &lowered(shown), None);
        }
        if let Some(whole) = words::mended(shown) {
            self.ctx.emit(self.part, Role::Hidden, &whole, None);
        }
        self.ctx.again(Way::Encoded, self.part, shown, None);
        if let Some(grid) = self.grids.last_mut() {
            grid.note(shown, None);
        }
        if p.revised && p.original.trim() != shown {
            self.ctx
                .emit(self.part, Role::Hidden, p.original.trim(), None);
        }
        self.ctx
            .emit(self.part, Role::Hidden, p.hidden.trim(), None);
        self.ctx.emit(self.part, Role::Hidden, p.code.trim(), None);
        if !p.code.is_empty() {
            self.ctx.again(Way::Encoded, self.part, &p.code, None);
        }
    }

    fn attributes(&mut self, raw: &str) {
        for (name, value) in Attributes(raw) {
            let space = name.starts_with("xmlns");
            self.name(name);
            if value.len() < 3 || !worth(value) {
                continue;
            }
            let short = local(name);
            let mark = short.starts_with("rsid")
                || matches!(short, "paraId" | "textId" | "durableId" | "guid" | "uid");
            if mark && is_mark(value) {
                continue;
            }
            // Fonts, colours and styles stand on every run: each is looked at once.
            if value.len() < 200
                && (self.seen.contains(value)
                    || (self.seen.len() < 20_000 && !self.seen.insert(value.to_owned())))
            {
                continue;
            }
            let value = entities::decoded(value, &NONE);
            match short {
                _ if space => self.ctx.again(Way::Address, self.part, &value, None),
                "Target" | "href" | "src" | "url" => {
                    self.ctx.again(Way::Address, self.part, &value, None)
                }
                "formula" => {
                    let code = value.split_once(":=").map_or(&*value, |(_, code)| code);
                    if let Some(said) = formula::constant(code, &|_, _| None) {
                        self.ctx.emit(self.part, Role::Hidden, &said, None);
                    }
                    self.ctx.again(Way::Value, self.part, &value, None);
                }
                _ => self.ctx.again(Way::Value, self.part, &value, None),
            }
        }
    }

    /// The name of an element or attribute, which may itself say something: each is given once.
    fn name(&mut self, name: &str) {
        let telling = name.len() > 6 || !name.is_ascii();
        if telling && !self.seen.contains(name) {
            self.ctx.emit(self.part, Role::Hidden, name, None);
            if self.seen.len() < 20_000 {
                self.seen.insert(name.to_owned());
            }
        }
    }

    fn finish(&mut self) {
        while !self.paragraphs.is_empty() {
            self.flush();
        }
        self.open_pending();
        while let Some(mut grid) = self.grids.pop() {
            grid.end(self.ctx, self.part);
        }
        self.loose_text();
    }
}

/// Whether a value is one of those by which programs tell pieces apart: hexadecimal digits, with or without braces.
fn is_mark(value: &str) -> bool {
    value
        .bytes()
        .all(|b| b.is_ascii_hexdigit() || matches!(b, b'{' | b'}' | b'-'))
}

/// Whether a value may hold words: a letter beyond hexadecimal ones, or a long number.
pub(super) fn worth(value: &str) -> bool {
    value
        .bytes()
        .any(|b| b >= 0x80 || matches!(b, b'g'..=b'z' | b'G'..=b'Z' | b'&'))
        || value.bytes().filter(u8::is_ascii_digit).count() >= 10
}
