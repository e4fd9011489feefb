//! Fonts of a PDF: takes a font's dictionary, gives what its codes mean and how wide they are. A font whose codes
//! lead to glyphs only is reported as unmapped: its text can be seen and not read.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::Budget;
use crate::decode::{encoding, hex};

/// The meaning of codes.
pub(crate) struct Font {
    /// How many bytes a code takes.
    pub wide: bool,
    unicode: BTreeMap<u32, String>,
    ranges: Vec<(u32, u32, u32)>,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
    pub unmapped: bool,
    /// Its letters are drawings of its own (Type 3): what they look like is not what they are called.
    pub drawn: bool,
    /// One byte a letter and no map: old Russian programs put Cyrillic letters where the encoding has others.
    pub one_byte: bool,
    /// Its name says so.
    pub bold: bool,
}

/// Fonts that were read already, by object, and names that were given already.
#[derive(Default)]
pub(crate) struct Fonts {
    known: BTreeMap<ObjectId, std::rc::Rc<Font>>,
    names: BTreeSet<Vec<u8>>,
}

impl Fonts {
    pub(crate) fn get(
        &mut self,
        budget: &mut dyn Budget,
        document: &Document,
        object: &Object,
    ) -> Option<std::rc::Rc<Font>> {
        let id = object.as_reference().ok();
        if let Some(font) = id.and_then(|id| self.known.get(&id)) {
            return Some(font.clone());
        }
        let dictionary = document.dereference(object).ok()?.1.as_dict().ok()?;
        let font = std::rc::Rc::new(Font::read(budget, document, dictionary));
        if let Some(id) = id {
            self.known.insert(id, font.clone());
        }
        Some(font)
    }

    /// Whether a name is seen for the first time.
    pub(crate) fn new_name(&mut self, name: &[u8]) -> bool {
        self.names.len() < 100_000 && self.names.insert(name.to_vec())
            || self.names.len() >= 100_000
    }

    /// Any one font of the document that can read these codes.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Font> {
        self.known.values().map(AsRef::as_ref)
    }
}

impl Font {
    fn read(budget: &mut dyn Budget, document: &Document, dictionary: &Dictionary) -> Self {
        let is = |kind: &[u8]| {
            let subtype = dictionary.get(b"Subtype").and_then(Object::as_name);
            subtype.is_ok_and(|n| n == kind)
        };
        let wide = is(b"Type0");
        let mut font = Font {
            wide,
            unicode: BTreeMap::new(),
            ranges: Vec::new(),
            widths: BTreeMap::new(),
            default_width: if wide { 1000.0 } else { 500.0 },
            unmapped: false,
            drawn: is(b"Type3") || dictionary.has(b"CharProcs"),
            one_byte: !wide,
            bold: dictionary
                .get(b"BaseFont")
                .and_then(Object::as_name)
                .is_ok_and(|n| memchr::memmem::find(n, b"Bold").is_some()),
        };
        font.read_widths(document, dictionary);
        let map = dictionary
            .get_deref(b"ToUnicode", document)
            .and_then(Object::as_stream)
            .ok();
        if !wide {
            font.simple(document, dictionary);
        }
        if let Some(map) = map {
            let limit = usize::try_from(budget.allowance(map.content.len()))
                .unwrap_or(usize::MAX)
                .min(16 << 20);
            if let Ok(data) = map.get_plain_content_with_limit(limit) {
                budget.spend(data.len());
                font.read_map(&data);
                font.unmapped = false;
                font.one_byte = false;
            }
        }
        // Other encodings have codes of several lengths.
        if wide {
            let name = dictionary
                .get(b"Encoding")
                .and_then(Object::as_name)
                .unwrap_or_default();
            let two_bytes = [&b"Identity"[..], b"UCS2", b"UTF16"]
                .iter()
                .any(|k| memchr::memmem::find(name, k).is_some());
            if !two_bytes {
                font.unmapped = true;
            }
        }
        font
    }

    /// The codes of a shown string.
    pub(crate) fn codes(&self, bytes: &[u8]) -> Vec<u32> {
        if self.wide {
            bytes
                .chunks(2)
                .map(|p| p.iter().fold(0, |v, b| (v << 8) | u32::from(*b)))
                .collect()
        } else {
            bytes.iter().map(|b| u32::from(*b)).collect()
        }
    }

    /// The characters a code stands for; none when nobody knows.
    pub(crate) fn text(&self, code: u32, out: &mut String) -> bool {
        if let Some(text) = self.unicode.get(&code) {
            out.push_str(text);
            return true;
        }
        for (from, to, first) in &self.ranges {
            if (*from..=*to).contains(&code)
                && let Some(c) = char::from_u32(first.saturating_add(code - from))
            {
                out.push(c);
                return true;
            }
        }
        false
    }

    /// The advance of a code, in thousandths.
    pub(crate) fn width(&self, code: u32) -> f32 {
        self.widths
            .get(&code)
            .copied()
            .unwrap_or(self.default_width)
    }

    fn read_widths(&mut self, document: &Document, dictionary: &Dictionary) {
        let deref = |o: &Object| {
            document
                .dereference(o)
                .map(|d| d.1.clone())
                .unwrap_or(Object::Null)
        };
        if !self.wide {
            let first = dictionary
                .get_deref(b"FirstChar", document)
                .and_then(Object::as_i64)
                .unwrap_or(0);
            if let Ok(widths) = dictionary
                .get_deref(b"Widths", document)
                .and_then(Object::as_array)
            {
                for (i, w) in widths.iter().take(256).enumerate() {
                    if let (Ok(code), Ok(w)) =
                        (u32::try_from(first + i as i64), deref(w).as_float())
                    {
                        self.widths.insert(code, w);
                    }
                }
            }
            return;
        }
        let Some(descendant) = dictionary
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|a| a.first())
            .map(deref)
        else {
            return;
        };
        let Ok(descendant) = descendant.as_dict() else {
            return;
        };
        if let Ok(width) = descendant
            .get_deref(b"DW", document)
            .and_then(Object::as_float)
        {
            self.default_width = width;
        }
        let Ok(list) = descendant
            .get_deref(b"W", document)
            .and_then(Object::as_array)
        else {
            return;
        };
        let mut items = list.iter().map(deref);
        while let (Some(first), Some(second)) = (items.next(), items.next()) {
            let Ok(first) = first.as_i64() else { return };
            if let Ok(widths) = second.as_array() {
                for (i, w) in widths.iter().enumerate() {
                    if let (Ok(code), Ok(w)) =
                        (u32::try_from(first + i as i64), deref(w).as_float())
                    {
                        self.widths.insert(code, w);
                    }
                }
            } else if let (Ok(last), Some(Ok(w))) =
                (second.as_i64(), items.next().map(|w| w.as_float()))
            {
                for code in (first..=last).take(65_536) {
                    if let Ok(code) = u32::try_from(code) {
                        self.widths.insert(code, w);
                    }
                }
            }
        }
    }

    /// Codes of one byte: the named encoding, with its differences.
    fn simple(&mut self, document: &Document, dictionary: &Dictionary) {
        let embedded = dictionary
            .get_deref(b"FontDescriptor", document)
            .and_then(Object::as_dict)
            .is_ok_and(|d| d.has(b"FontFile") || d.has(b"FontFile2") || d.has(b"FontFile3"));
        let stated = dictionary.has(b"Encoding");
        // An embedded font with an encoding of its own can draw any letter for any code.
        self.unmapped = embedded && !stated;
        if let Ok(encoding) = dictionary.get_font_encoding_with_limit(document, 1 << 20)
            && !matches!(encoding, lopdf::Encoding::UnicodeMapEncoding(_))
        {
            for code in 0..=255u8 {
                if let Ok(text) = encoding.bytes_to_string(&[code])
                    && !text.is_empty()
                {
                    self.unicode.insert(u32::from(code), text);
                }
            }
        }
        if self.unicode.is_empty() {
            for code in b' '..=b'~' {
                self.unicode
                    .insert(u32::from(code), char::from(code).to_string());
            }
        }
        let differences = dictionary
            .get_deref(b"Encoding", document)
            .and_then(Object::as_dict)
            .and_then(|d| d.get_deref(b"Differences", document))
            .and_then(Object::as_array);
        let Ok(differences) = differences else { return };
        let mut code = 0u32;
        for item in differences {
            match item {
                Object::Integer(n) => code = u32::try_from(*n).unwrap_or(0),
                Object::Name(name) => {
                    match glyph(&String::from_utf8_lossy(name)) {
                        Some(c) => {
                            self.unicode.insert(code, c.to_string());
                        }
                        // A number says nothing; any other name is one of the usual Latin letters, and where it
                        // is not, the letter is missed when it is used.
                        None if numbered(name) => {
                            self.unicode.remove(&code);
                        }
                        None => {}
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// A `ToUnicode` map.
    fn read_map(&mut self, data: &[u8]) {
        let mut tokens = Tokens { data, at: 0 };
        let mut hold: Vec<Vec<u8>> = Vec::new();
        while let Some(token) = tokens.next() {
            match token {
                Token::Hex(bytes) => hold.push(bytes),
                Token::Open => {
                    // A range with one target for each of its codes.
                    let from = hold.iter().rev().nth(1).map(|b| code(b));
                    let mut next = from.unwrap_or(0);
                    while let Some(Token::Hex(target)) = tokens.next() {
                        self.unicode.insert(next, utf16(&target));
                        next = next.saturating_add(1);
                    }
                    hold.clear();
                }
                Token::Word(b"begincodespacerange" | b"beginbfchar" | b"beginbfrange") => {
                    hold.clear()
                }
                // How long codes are is for the font to say: programs often get it wrong here.
                Token::Word(b"endcodespacerange") => hold.clear(),
                Token::Word(b"endbfchar") => {
                    for pair in hold.chunks_exact(2) {
                        if let [from, to] = pair {
                            self.unicode.insert(code(from), utf16(to));
                        }
                    }
                    hold.clear();
                }
                Token::Word(b"endbfrange") => {
                    for triple in hold.chunks_exact(3) {
                        if let [from, to, target] = triple {
                            self.range(code(from), code(to), target);
                        }
                    }
                    hold.clear();
                }
                Token::Word(_) => {}
            }
            if hold.len() == 3 && self.ranges.len() > 100_000 {
                return;
            }
        }
    }

    fn range(&mut self, from: u32, to: u32, target: &[u8]) {
        let text = utf16(target);
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if to >= from => {
                self.unicode.insert(from, c.to_string());
                if to > from {
                    self.ranges.push((from, to, u32::from(c)));
                }
            }
            _ => {
                self.unicode.insert(from, text);
            }
        }
    }
}

fn code(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |v, b| (v << 8) | u32::from(*b))
}

fn utf16(bytes: &[u8]) -> String {
    if let [one] = bytes {
        return char::from(*one).to_string();
    }
    encoding::utf16(bytes, true)
}

/// Whether a glyph is called by a number (`g12`, `cid34`), as programs do that keep its letter to themselves.
fn numbered(name: &[u8]) -> bool {
    let digits = name.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    digits > 0 && name.len() - digits <= 5
}

/// Glyph names that stand for Cyrillic letters or spell a code point.
fn glyph(name: &str) -> Option<char> {
    let name = name.split('.').next().unwrap_or(name);
    if let Some(number) = name
        .strip_prefix("afii")
        .and_then(|n| n.parse::<u32>().ok())
    {
        let value = match number {
            10017..=10022 => 0x410 + number - 10017,
            10023 => 0x401,
            10024..=10049 => 0x416 + number - 10024,
            10065..=10070 => 0x430 + number - 10065,
            10071 => 0x451,
            10072..=10097 => 0x436 + number - 10072,
            61352 => 0x2116,
            _ => return None,
        };
        return char::from_u32(value);
    }
    let digits = name
        .strip_prefix("uni")
        .filter(|d| d.len() == 4)
        .or_else(|| name.strip_prefix('u').filter(|d| d.len() >= 4));
    digits
        .and_then(|d| u32::from_str_radix(d, 16).ok())
        .and_then(char::from_u32)
}

enum Token<'a> {
    Hex(Vec<u8>),
    Open,
    Word(&'a [u8]),
}

struct Tokens<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.data.get(self.at..)?;
            let b = *rest.first()?;
            match b {
                b'<' if rest.get(1) != Some(&b'<') => {
                    let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
                    self.at += end + 1;
                    let digits: Vec<u8> =
                        rest.get(1..end)?.iter().copied().filter_map(hex).collect();
                    return Some(Token::Hex(
                        digits
                            .chunks(2)
                            .map(|p| p.iter().fold(0, |v, d| (v << 4) | d))
                            .collect(),
                    ));
                }
                b'[' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b']' => {
                    self.at += 1;
                    return Some(Token::Word(b"]"));
                }
                b'%' => self.at += memchr::memchr(b'\n', rest).map_or(rest.len(), |i| i + 1),
                b if b.is_ascii_alphabetic() => {
                    let len = rest
                        .iter()
                        .take_while(|b| b.is_ascii_alphanumeric())
                        .count();
                    self.at += len;
                    return rest.get(..len).map(Token::Word);
                }
                _ => self.at += 1,
            }
        }
    }
}
