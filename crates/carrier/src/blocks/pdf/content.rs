//! What is drawn on a page: takes its content, gives letters with their places, ruling lines, and which part of the
//! structure each letter belongs to. Must not decide what belongs together.

use std::rc::Rc;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::decode::encoding;
use crate::pdf::font::{Font, Fonts};
use crate::pdf::{Budget, Matrix, UNIT, lookup, multiply};
use crate::scan::Blind;

const MAX_FORMS: u32 = 500;
const MAX_FORM_DEPTH: u32 = 8;
/// What a letter costs, in bytes of what may be unpacked.
const LETTER: usize = 64;
/// Pages with more letters or lines are cut.
const MAX_LETTERS: usize = 200_000;
const MAX_RULES: usize = 50_000;
const MAX_IMAGES: usize = 200;
/// A filled area that is no wider than this many points is a line.
const THIN: f32 = 3.0;

/// One letter, as its page is turned to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    /// Where it begins and ends along its line, and its base line.
    pub x0: f32,
    pub x1: f32,
    pub y: f32,
    pub size: f32,
    pub bold: bool,
    /// Quarter turns against the page: 0 for text that is read without turning the head.
    pub turn: u8,
    /// The part of the structure.
    pub mark: Mark,
    text: (usize, usize),
}

impl Letter {
    /// The letter of turned text as it stands when the head is turned.
    pub(super) fn straight(&self) -> Letter {
        let (x0, y) = turned(self.x0, self.y, self.turn);
        Letter {
            x0,
            x1: x0 + (self.x1 - self.x0),
            y,
            turn: 0,
            ..*self
        }
    }
}

/// What a letter says of its place in the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    #[default]
    None,
    /// Ornaments, page numbers, running heads.
    Artifact,
    Id(i64),
}

/// A line that parts cells: upright or level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub level: bool,
    /// Its own place: y of a level line, x of an upright one.
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// A picture that a page paints, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Painted {
    pub id: ObjectId,
    pub matrix: Matrix,
}

/// What was recognised on the pictures of a page.
#[derive(Debug, Default)]
pub(super) struct Recognised {
    pub any: bool,
    pub unsure: Vec<String>,
    pub blind: Option<Blind>,
}

/// All that a page shows.
#[derive(Default)]
pub(super) struct Drawn {
    pub letters: Vec<Letter>,
    text: String,
    pub rules: Vec<Rule>,
    pub picture: bool,
    /// The pictures of the page.
    pub images: Vec<Painted>,
    pub recognised: Recognised,
    pub unmapped: bool,
    /// Text that runs in another direction than most.
    pub turned: bool,
    pub cut: bool,
    /// The program that made the document writes the blank at which it breaks a line.
    pub blanks: bool,
}

impl Drawn {
    pub(super) fn text(&self, letter: &Letter) -> &str {
        let (from, to) = letter.text;
        self.text.get(from..to).unwrap_or_default()
    }

    /// Whether any letter is drawn.
    pub(super) fn said(&self) -> bool {
        self.letters.iter().any(|l| !self.text(l).trim().is_empty())
    }

    /// Draws a line that parts cells, if it is one.
    pub(super) fn rule(&mut self, a: (f32, f32), b: (f32, f32)) {
        let (w, h) = ((a.0 - b.0).abs(), (a.1 - b.1).abs());
        if self.rules.len() >= MAX_RULES || ![a.0, a.1, b.0, b.1].iter().all(|n| n.is_finite()) {
            return;
        }
        if h <= THIN && h <= w {
            self.rules.push(Rule {
                level: true,
                at: (a.1 + b.1) / 2.0,
                from: a.0.min(b.0),
                to: a.0.max(b.0),
            });
        }
        if w <= THIN && w <= h {
            self.rules.push(Rule {
                level: false,
                at: (a.0 + b.0) / 2.0,
                from: a.1.min(b.1),
                to: a.1.max(b.1),
            });
        }
    }

    /// Draws a letter that was recognised.
    pub(super) fn letter(&mut self, letter: char, at: (f32, f32), width: f32, size: f32, turn: u8) {
        let fits = size > 0.0 && [at.0, at.1, width, size].iter().all(|n| n.is_finite());
        if !fits || self.letters.len() >= MAX_LETTERS {
            self.cut |= fits;
            return;
        }
        let start = self.text.len();
        self.text.push(letter);
        self.letters.push(Letter {
            x0: at.0,
            x1: at.0 + width,
            y: at.1,
            size,
            bold: false,
            turn,
            mark: Mark::None,
            text: (start, self.text.len()),
        });
    }

    /// Turns the page so that most of its letters run from left to right.
    pub(super) fn upright(&mut self) {
        let mut counts = [0usize; 4];
        for letter in &self.letters {
            if let Some(count) = counts.get_mut(usize::from(letter.turn)) {
                *count += 1;
            }
        }
        let most = (0u8..4)
            .max_by_key(|t| (counts.get(usize::from(*t)).copied(), 4 - t))
            .unwrap_or(0);
        for letter in &mut self.letters {
            let (x, y) = turned(letter.x0, letter.y, most);
            letter.x1 = x + (letter.x1 - letter.x0);
            (letter.x0, letter.y) = (x, y);
            letter.turn = (letter.turn + 4 - most) % 4;
            self.turned |= letter.turn != 0;
        }
        for rule in &mut self.rules {
            let ends = |r: &Rule| match r.level {
                true => ((r.from, r.at), (r.to, r.at)),
                false => ((r.at, r.from), (r.at, r.to)),
            };
            let ((ax, ay), (bx, by)) = ends(rule);
            let ((ax, ay), (bx, by)) = (turned(ax, ay, most), turned(bx, by, most));
            *rule = match (ax - bx).abs() > (ay - by).abs() {
                true => Rule {
                    level: true,
                    at: (ay + by) / 2.0,
                    from: ax.min(bx),
                    to: ax.max(bx),
                },
                false => Rule {
                    level: false,
                    at: (ax + bx) / 2.0,
                    from: ay.min(by),
                    to: ay.max(by),
                },
            };
        }
    }
}

/// A place on a page that is turned back by so many quarters.
fn turned(x: f32, y: f32, quarters: u8) -> (f32, f32) {
    match quarters {
        1 => (y, -x),
        2 => (-x, -y),
        3 => (-y, x),
        _ => (x, y),
    }
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

/// A piece of marked content: its part of the structure, and the words that stand for its letters.
struct Marked {
    mark: Option<Mark>,
    words: Option<String>,
}

struct Reader<'a, 'b> {
    document: &'a Document,
    fonts: &'b mut Fonts,
    budget: &'b mut dyn Budget,
    out: Drawn,
    marks: Vec<Marked>,
    /// Corners of the path in hand.
    path: Vec<Vec<(f32, f32)>>,
    forms: u32,
}

/// Reads one page, as it lies.
pub(super) fn page(
    document: &Document,
    id: ObjectId,
    fonts: &mut Fonts,
    budget: &mut dyn Budget,
) -> Drawn {
    let mut reader = Reader {
        document,
        fonts,
        budget,
        out: Drawn::default(),
        marks: Vec::new(),
        path: Vec::new(),
        forms: 0,
    };
    let mut content = Vec::new();
    for id in document.get_page_contents(id) {
        if let Ok(stream) = document.get_object(id).and_then(Object::as_stream) {
            content.extend_from_slice(&reader.unpacked(stream));
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
    reader.run(&content, &resources, UNIT, 0);
    reader.out
}

impl Reader<'_, '_> {
    fn unpacked(&mut self, stream: &Stream) -> Vec<u8> {
        let allowance = self
            .budget
            .allowance(stream.content.len())
            .min(crate::pdf::MAX_STREAM);
        let allowance = usize::try_from(allowance).unwrap_or(usize::MAX);
        match stream.get_plain_content_with_limit(allowance) {
            Ok(data) => {
                self.budget.spend(data.len());
                data
            }
            Err(_) => {
                self.out.cut = true;
                Vec::new()
            }
        }
    }

    fn run(&mut self, data: &[u8], resources: &[&Dictionary], base: Matrix, depth: u32) {
        let Ok(content) = Content::decode(data) else {
            self.out.cut = true;
            return;
        };
        let mut state = State {
            matrix: base,
            font: None,
            size: 1.0,
            spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut saved: Vec<State> = Vec::new();
        let (mut text, mut line) = (UNIT, UNIT);
        for operation in &content.operations {
            let o = operation.operands.as_slice();
            let number = |i: usize| o.get(i).and_then(|n| n.as_float().ok()).unwrap_or(0.0);
            let six = || [0, 1, 2, 3, 4, 5].map(number);
            let next_line =
                |line: &Matrix, x: f32, y: f32| multiply(&[1.0, 0.0, 0.0, 1.0, x, y], line);
            match operation.operator.as_str() {
                "q" if saved.len() < 1000 => saved.push(state.clone()),
                "Q" => {
                    if let Some(s) = saved.pop() {
                        state = s;
                    }
                }
                "cm" => state.matrix = multiply(&six(), &state.matrix),
                "BT" => (text, line) = (UNIT, UNIT),
                "Tf" => {
                    state.size = number(1);
                    let font = o
                        .first()
                        .and_then(|n| n.as_name().ok())
                        .and_then(|n| lookup(self.document, resources, b"Font", n));
                    state.font = font.and_then(|f| self.fonts.get(self.budget, self.document, f));
                }
                "Tc" => state.spacing = number(0),
                "Tw" => state.word_spacing = number(0),
                "Tz" => state.scale = number(0) / 100.0,
                "TL" => state.leading = number(0),
                "Ts" => state.rise = number(0),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -number(1);
                    }
                    line = next_line(&line, number(0), number(1));
                    text = line;
                }
                "Tm" => {
                    line = six();
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
                "BI" | "EI" => self.out.picture = true,
                "BMC" | "BDC" => self.open(o, resources),
                "EMC" => {
                    self.marks.pop();
                }
                "m" => self.path.push(vec![place(&state, number(0), number(1))]),
                "l" => self.corner(&state, number(0), number(1)),
                "c" => self.corner(&state, number(4), number(5)),
                "v" | "y" => self.corner(&state, number(2), number(3)),
                "h" => self.close(),
                "re" => {
                    let (x, y, w, h) = (number(0), number(1), number(2), number(3));
                    let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)];
                    self.path
                        .push(corners.map(|(x, y)| place(&state, x, y)).to_vec());
                }
                "S" => self.stroke(),
                "s" => {
                    self.close();
                    self.stroke();
                }
                "f" | "F" | "f*" => self.fill(),
                "B" | "B*" | "b" | "b*" => self.stroke(),
                "n" => self.path.clear(),
                _ => {}
            }
        }
    }

    /// Begins marked content.
    fn open(&mut self, operands: &[Object], resources: &[&Dictionary]) {
        let tag = operands.first().and_then(|n| n.as_name().ok());
        let properties = operands.get(1).and_then(|p| match p {
            Object::Name(name) => {
                let object = lookup(self.document, resources, b"Properties", name)?;
                self.document.dereference(object).ok()?.1.as_dict().ok()
            }
            other => other.as_dict().ok(),
        });
        let id = properties.and_then(|p| p.get(b"MCID").and_then(Object::as_i64).ok());
        let words = properties
            .and_then(|p| p.get(b"ActualText").and_then(Object::as_str).ok())
            .map(|bytes| encoding::decode(bytes, None).text.into_owned());
        let mark = match (id, tag) {
            (Some(id), _) => Some(Mark::Id(id)),
            (None, Some(b"Artifact")) => Some(Mark::Artifact),
            _ => None,
        };
        if self.marks.len() < 1000 {
            self.marks.push(Marked { mark, words });
        }
    }

    fn corner(&mut self, state: &State, x: f32, y: f32) {
        if let Some(last) = self.path.last_mut()
            && last.len() < 1000
        {
            last.push(place(state, x, y));
        }
    }

    fn close(&mut self) {
        if let Some(last) = self.path.last_mut()
            && let Some(first) = last.first().copied()
        {
            last.push(first);
        }
    }

    fn rule(&mut self, a: (f32, f32), b: (f32, f32)) {
        self.out.rule(a, b);
    }

    fn stroke(&mut self) {
        for corners in std::mem::take(&mut self.path) {
            for pair in corners.windows(2) {
                if let [a, b] = pair {
                    self.rule(*a, *b);
                }
            }
        }
    }

    /// A thin area is a line; any other is a background.
    fn fill(&mut self) {
        for corners in std::mem::take(&mut self.path) {
            let all = |pick: fn(&(f32, f32)) -> f32, better: fn(f32, f32) -> f32| {
                corners.iter().map(pick).reduce(better)
            };
            if let (Some(x0), Some(x1), Some(y0), Some(y1)) = (
                all(|c| c.0, f32::min),
                all(|c| c.0, f32::max),
                all(|c| c.1, f32::min),
                all(|c| c.1, f32::max),
            ) && (x1 - x0 <= THIN || y1 - y0 <= THIN)
            {
                let (x, y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
                if x1 - x0 <= y1 - y0 {
                    self.rule((x, y0), (x, y1));
                }
                if y1 - y0 <= x1 - x0 {
                    self.rule((x0, y), (x1, y));
                }
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
            self.out.picture = true;
            if let Some(id) = id
                && self.out.images.len() < MAX_IMAGES
            {
                self.out.images.push(Painted { id, matrix });
            }
            return;
        }
        self.forms += 1;
        if subtype != b"Form" || depth >= MAX_FORM_DEPTH || self.forms > MAX_FORMS {
            return;
        }
        let own = stream
            .dict
            .get_deref(b"Resources", self.document)
            .and_then(Object::as_dict)
            .ok();
        let mut all: Vec<&Dictionary> = own.into_iter().collect();
        all.extend(resources);
        let mut form = UNIT;
        if let Ok(numbers) = stream
            .dict
            .get_deref(b"Matrix", self.document)
            .and_then(Object::as_array)
        {
            for (slot, n) in form.iter_mut().zip(numbers) {
                *slot = n.as_float().unwrap_or(*slot);
            }
        }
        let data = self.unpacked(stream);
        self.run(&data, &all, multiply(&form, &matrix), depth + 1);
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
            self.out.unmapped |= !bytes.is_empty();
            return;
        };
        self.budget.spend(bytes.len().saturating_mul(LETTER));
        let mark = self.marks.iter().rev().find_map(|m| m.mark);
        for code in font.codes(bytes) {
            let raised = multiply(&[1.0, 0.0, 0.0, 1.0, 0.0, state.rise], text);
            let at = multiply(&raised, &state.matrix);
            let length = at[0].hypot(at[1]);
            let size = state.size.abs() * length.max(at[2].hypot(at[3]));
            let start = self.out.text.len();
            // Words that stand for the letters are said once, with the first of them.
            match self.marks.iter_mut().rev().find_map(|m| m.words.as_mut()) {
                Some(words) => self.out.text.push_str(&std::mem::take(words)),
                None if !font.text(code, &mut self.out.text) => {
                    if font.wide && matches!(code, 3 | 32) {
                        self.out.text.push(' ');
                    } else {
                        self.out.unmapped = true;
                        self.out.text.push('\u{fffd}');
                    }
                }
                None => {}
            }
            self.out.unmapped |= font.unmapped;
            let width = font.width(code) / 1000.0 * state.size * state.scale;
            let space = if code == 32 && !font.wide {
                state.word_spacing
            } else {
                0.0
            };
            advance(
                text,
                (font.width(code) / 1000.0 * state.size + state.spacing + space) * state.scale,
            );
            let end = self.out.text.len();
            if end == start || !(length > 0.0 && size > 0.0 && size.is_finite()) {
                continue;
            }
            if self.out.letters.len() >= MAX_LETTERS {
                self.out.cut = true;
                return;
            }
            let angle = at[1].atan2(at[0]).to_degrees();
            let turn = ((angle / 90.0).round() as i64).rem_euclid(4);
            let turn = u8::try_from(turn).unwrap_or(0);
            // As if the letter stood upright: where it begins, and how far it reaches along its line.
            self.out.letters.push(Letter {
                x0: at[4],
                x1: at[4] + width * length,
                y: at[5],
                size,
                bold: font.bold,
                turn,
                mark: mark.unwrap_or_default(),
                text: (start, end),
            });
        }
    }
}

fn place(state: &State, x: f32, y: f32) -> (f32, f32) {
    let at = multiply(&[1.0, 0.0, 0.0, 1.0, x, y], &state.matrix);
    (at[4], at[5])
}

fn advance(text: &mut Matrix, x: f32) {
    *text = multiply(&[1.0, 0.0, 0.0, 1.0, x, 0.0], text);
}
