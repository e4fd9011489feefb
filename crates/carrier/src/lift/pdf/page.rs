//! What a page of a PDF says: takes its content, gives lines of text. Words are put together from where their
//! letters stand, since programs place each piece on its own and write no spaces.

use std::collections::BTreeSet;
use std::rc::Rc;

use encoding_rs::WINDOWS_1251;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::layout::Layout;
use super::{text_string, unpacked};
use crate::ctx::{Ctx, Way};
use crate::outcome::Reason;
use crate::pdf::font::{Font, Fonts};
use crate::pdf::{Matrix, UNIT, lookup, multiply};
use glasno_passage::Role;

const MAX_FORMS: u32 = 2000;
/// What a letter costs, in bytes of what may be inflated.
const LETTER: usize = 64;
const MAX_FORM_DEPTH: u32 = 8;

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
}

struct Page<'a, 'c, 's, 'f> {
    ctx: &'c mut Ctx<'s>,
    part: &'a str,
    document: &'a Document,
    fonts: &'f mut Fonts,
    shown: &'f mut BTreeSet<ObjectId>,
    text: String,
    /// The same with letters of one byte read as Cyrillic, and whether that makes a difference.
    cyrillic: String,
    differs: bool,
    /// Where the last letter ended, and how large it was.
    pen: Option<(f32, f32, f32)>,
    layout: Layout,
    said: bool,
    painted: bool,
    unmapped: bool,
    /// Letters of a font that draws its own were shown.
    drawn: bool,
    forms: u32,
}

/// Reads one page.
pub(super) fn read(
    ctx: &mut Ctx<'_>,
    part: &str,
    document: &Document,
    id: ObjectId,
    fonts: &mut Fonts,
    shown: &mut BTreeSet<ObjectId>,
    whole: &[u8],
) {
    let mut content = Vec::new();
    for id in document.get_page_contents(id) {
        if let Ok(stream) = document.get_object(id).and_then(Object::as_stream)
            && let Some(data) = unpacked(ctx, part, stream)
        {
            content.extend_from_slice(&data);
            content.push(b'\n');
        }
    }
    let mut resources: Vec<&Dictionary> = Vec::new();
    if let Ok((own, inherited)) = document.get_page_resources(id) {
        resources.extend(own);
        resources.extend(
            inherited
                .iter()
                .filter_map(|id| document.get_dictionary(*id).ok()),
        );
    }
    let mut page = Page {
        ctx,
        part,
        document,
        fonts,
        shown,
        text: String::new(),
        cyrillic: String::new(),
        differs: false,
        pen: None,
        layout: Layout::default(),
        said: false,
        painted: false,
        unmapped: false,
        drawn: false,
        forms: 0,
    };
    page.run(&content, &resources, UNIT, 0);
    page.flush();
    std::mem::take(&mut page.layout).emit(page.ctx, part);
    let (said, painted, unmapped) = (page.said, page.painted, page.unmapped);
    let drawn = page.drawn;
    if unmapped {
        ctx.unreadable(part, Reason::Unmapped);
    }
    if painted && !said || drawn {
        ctx.picture(part, whole);
    }
}

/// A form that no page was seen to use.
pub(super) fn form(
    ctx: &mut Ctx<'_>,
    part: &str,
    document: &Document,
    stream: &Stream,
    fonts: &mut Fonts,
) {
    let mut shown = BTreeSet::new();
    let mut page = Page {
        ctx,
        part,
        document,
        fonts,
        shown: &mut shown,
        text: String::new(),
        cyrillic: String::new(),
        differs: false,
        pen: None,
        layout: Layout::default(),
        said: false,
        painted: false,
        unmapped: false,
        drawn: false,
        forms: 0,
    };
    page.form(stream, &[], UNIT, 0);
    page.flush();
    std::mem::take(&mut page.layout).emit(page.ctx, part);
    if page.unmapped {
        page.ctx.unreadable(part, Reason::Unmapped);
    }
    if page.drawn {
        page.ctx.picture(part, &stream.content);
    }
}

/// Content that nothing refers to: every known font is tried on it.
pub(super) fn orphan(
    ctx: &mut Ctx<'_>,
    part: &str,
    _document: &Document,
    data: &[u8],
    fonts: &mut Fonts,
) {
    let Ok(content) = Content::decode(data) else {
        return;
    };
    for font in fonts.all() {
        let mut text = String::new();
        for operation in &content.operations {
            let mut pending: Vec<&Object> = operation.operands.iter().rev().collect();
            while let Some(object) = pending.pop() {
                match object {
                    Object::String(bytes, _) => {
                        for code in font.codes(bytes) {
                            font.text(code, &mut text);
                        }
                    }
                    Object::Array(items) => pending.extend(items.iter().rev()),
                    _ => {}
                }
            }
            if matches!(
                operation.operator.as_str(),
                "Td" | "TD" | "T*" | "Tm" | "ET"
            ) && !text.ends_with(['\n', ' '])
            {
                text.push('\n');
            }
        }
        ctx.emit(part, Role::Hidden, text.trim(), None);
    }
}

impl Page<'_, '_, '_, '_> {
    fn run(&mut self, data: &[u8], resources: &[&Dictionary], base: Matrix, depth: u32) {
        let Ok(content) = Content::decode(data) else {
            self.ctx.unreadable(self.part, Reason::Malformed);
            return;
        };
        super::remarks(self.ctx, self.part, data);
        if content.operations.is_empty() && data.iter().any(u8::is_ascii_alphanumeric) {
            self.ctx.unreadable(self.part, Reason::Malformed);
        }
        let mut state = State {
            matrix: base,
            font: None,
            size: 1.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (UNIT, UNIT);
        for operation in &content.operations {
            let o = operation.operands.as_slice();
            let number = |i: usize| o.get(i).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
            let next_line =
                |line: &Matrix, x: f32, y: f32| multiply(&[1.0, 0.0, 0.0, 1.0, x, y], line);
            match operation.operator.as_str() {
                "q" if saved.len() < 1000 => saved.push(state.clone()),
                "Q" => {
                    if let Some(s) = saved.pop() {
                        state = s;
                    }
                }
                "cm" => {
                    state.matrix = multiply(
                        &[
                            number(0),
                            number(1),
                            number(2),
                            number(3),
                            number(4),
                            number(5),
                        ],
                        &state.matrix,
                    )
                }
                "BT" => (text, line) = (UNIT, UNIT),
                "Tf" => {
                    state.size = number(1);
                    let font = o
                        .first()
                        .and_then(|n| n.as_name().ok())
                        .and_then(|n| lookup(self.document, resources, b"Font", n));
                    state.font = font.and_then(|f| self.fonts.get(self.ctx, self.document, f));
                }
                "Tc" => state.spacing = number(0),
                "Tw" => state.word_spacing = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = next_line(&line, number(0), number(1));
                    text = line;
                }
                "Tm" => {
                    line = [
                        number(0),
                        number(1),
                        number(2),
                        number(3),
                        number(4),
                        number(5),
                    ];
                    text = line;
                }
                "T*" => {
                    line = next_line(&line, 0.0, -state.leading);
                    text = line;
                }
                "Tj" | "TJ" => self.show(o.first(), &state, &mut text),
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.word_spacing, state.spacing) = (number(0), number(1));
                    }
                    line = next_line(&line, 0.0, -state.leading);
                    text = line;
                    self.show(o.last(), &state, &mut text);
                }
                "Do" => {
                    let object = o
                        .first()
                        .and_then(|n| n.as_name().ok())
                        .and_then(|n| lookup(self.document, resources, b"XObject", n));
                    if let Some(object) = object {
                        self.paint(object, resources, state.matrix, depth);
                    }
                }
                "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "sh" | "BI" | "EI" => {
                    self.painted = true
                }
                "BDC" | "DP" => {
                    for operand in o {
                        super::strings(self.ctx, self.part, self.fonts, operand);
                    }
                }
                _ => {}
            }
        }
    }

    fn paint(&mut self, object: &Object, resources: &[&Dictionary], matrix: Matrix, depth: u32) {
        let Ok((id, Object::Stream(stream))) = self.document.dereference(object) else {
            return;
        };
        let subtype = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .unwrap_or_default();
        if subtype == b"Image" {
            self.painted = true;
            super::look(self.ctx, self.part, self.document, stream);
            // The sweep over all objects reports the picture itself.
            return;
        }
        if let Some(id) = id {
            self.shown.insert(id);
        }
        self.form(stream, resources, matrix, depth);
    }

    fn form(&mut self, stream: &Stream, resources: &[&Dictionary], matrix: Matrix, depth: u32) {
        self.forms += 1;
        if self.forms > MAX_FORMS || depth >= MAX_FORM_DEPTH {
            self.ctx.unreadable(self.part, Reason::TooDeep);
            return;
        }
        let Some(data) = unpacked(self.ctx, self.part, stream) else {
            return;
        };
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict)
            .ok();
        let mut all: Vec<&Dictionary> = own.into_iter().collect();
        all.extend_from_slice(resources);
        let placed = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|a| {
                let numbers: Vec<f32> = a.iter().filter_map(|n| n.as_float().ok()).collect();
                Matrix::try_from(numbers).ok()
            });
        let matrix = placed.map_or(matrix, |m| multiply(&m, &matrix));
        self.run(&data, &all, matrix, depth + 1);
    }

    fn show(&mut self, operand: Option<&Object>, state: &State, text: &mut Matrix) {
        match operand {
            Some(Object::String(bytes, _)) => self.letters(bytes, state, text),
            Some(Object::Array(items)) => {
                for item in items {
                    match item {
                        Object::String(bytes, _) => self.letters(bytes, state, text),
                        other => {
                            let shift = other.as_float().unwrap_or(0.0);
                            advance(text, -shift / 1000.0 * state.size * state.scale);
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn letters(&mut self, bytes: &[u8], state: &State, text: &mut Matrix) {
        let Some(font) = state.font.clone() else {
            if !bytes.is_empty() {
                self.unmapped = true;
                for text in text_string(bytes) {
                    self.text.push_str(&text);
                }
            }
            return;
        };
        self.unmapped |= font.unmapped && !bytes.is_empty();
        self.drawn |= font.drawn && !bytes.is_empty();
        // One stream may be shown by thousands of pages: letters cost too.
        self.ctx.spend(bytes.len().saturating_mul(LETTER));
        for code in font.codes(bytes) {
            let at = multiply(text, &state.matrix);
            let size = state.size.abs() * (at[0].hypot(at[1])).max(at[2].hypot(at[3]));
            self.step(&at, size);
            let before = self.text.len();
            if !font.text(code, &mut self.text) {
                // Many programs leave out the space, which these codes nearly always are.
                if font.wide && matches!(code, 3 | 32) {
                    self.text.push(' ');
                } else {
                    self.unmapped = true;
                }
            }
            let own = self.text.get(before..).unwrap_or_default();
            let width = font.width(code) / 1000.0 * state.size * state.scale;
            self.layout.push(&at, width, size, own);
            match u8::try_from(code) {
                Ok(byte) if font.one_byte && byte >= 0x80 => {
                    let byte = [byte];
                    let (letter, _) = WINDOWS_1251.decode_without_bom_handling(&byte);
                    self.differs |= letter != own;
                    self.cyrillic.push_str(&letter);
                }
                _ => self.cyrillic.push_str(own),
            }
            self.said |= self
                .text
                .get(before..)
                .is_some_and(|t| !t.trim().is_empty());
            let space = if code == 32 && !font.wide {
                state.word_spacing
            } else {
                0.0
            };
            advance(
                text,
                (font.width(code) / 1000.0 * state.size + state.spacing + space) * state.scale,
            );
            let end = multiply(text, &state.matrix);
            self.pen = Some((end[4], end[5], size));
        }
        if self.text.len() > 1 << 20 {
            self.flush();
        }
    }

    /// A gap is a space, another line a line break, one far away a new paragraph. Measured along the line,
    /// which may run in any direction.
    fn step(&mut self, at: &Matrix, size: f32) {
        let Some((last_x, last_y, last_size)) = self.pen else {
            return;
        };
        let [a, b, _, _, x, y] = *at;
        let length = a.hypot(b).max(f32::MIN_POSITIVE);
        let (ux, uy) = (a / length, b / length);
        let (dx, dy) = (x - last_x, y - last_y);
        let (along, across) = (dx * ux + dy * uy, (dy * ux - dx * uy).abs());
        let unit = size.max(last_size).max(0.01);
        if across > unit * 2.5 {
            self.flush();
        } else if across > unit * 0.5 {
            self.text.push('\n');
            self.cyrillic.push('\n');
        } else if (along > unit * 0.18 || along < -unit * 1.5) && !self.text.ends_with([' ', '\n'])
        {
            self.text.push(' ');
            self.cyrillic.push(' ');
        }
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.ctx.emit(self.part, Role::Text, text.trim(), None);
        self.layout.said(text.trim());
        self.ctx.again(Way::Encoded, self.part, text.trim(), None);
        let cyrillic = std::mem::take(&mut self.cyrillic);
        if std::mem::take(&mut self.differs) {
            self.ctx
                .emit(self.part, Role::Hidden, cyrillic.trim(), None);
        }
        self.pen = None;
    }
}

fn advance(text: &mut Matrix, x: f32) {
    *text = multiply(&[1.0, 0.0, 0.0, 1.0, x, 0.0], text);
}
