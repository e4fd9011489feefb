//! RTF: takes bytes, gives paragraphs and cells with `\'xx` and `\uN` decoded; pictures and embedded objects are
//! read as what they are. Text in every group is read, shown or not.

use crate::ctx::{Ctx, Way};
use crate::decode::{encoding, hex};
use crate::place::inside;
use crate::shape::Grid;
use glasno_passage::Role;

#[derive(Clone, Copy)]
struct Group {
    /// How many bytes stand in for a `\u` character.
    skip: u32,
    /// The group holds hexadecimal data.
    data: bool,
    hidden: bool,
}

struct Walk<'a, 'c, 's> {
    ctx: &'c mut Ctx<'s>,
    part: &'a str,
    label: String,
    text: String,
    /// Bytes of the document's code page, waiting to be decoded together.
    bytes: Vec<u8>,
    hex: Vec<u8>,
    stack: Vec<Group>,
    group: Group,
    skip: u32,
    high: Option<u16>,
    /// What stands before the group that is hidden, to be continued behind it.
    before: String,
    /// The table that is open: rows follow each other, and text outside of them ends it.
    table: Option<Grid>,
    in_row: bool,
}

/// Reads a document.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, bytes: &[u8]) {
    let cyrillic = memchr::memmem::find(bytes, b"\\fcharset204").is_some();
    let stated = memchr::memmem::find(bytes, b"\\ansicpg").and_then(|i| {
        let digits: Vec<u8> = bytes
            .get(i + 8..)?
            .iter()
            .copied()
            .take_while(u8::is_ascii_digit)
            .take(5)
            .collect();
        String::from_utf8(digits).ok()
    });
    let label = match stated.as_deref() {
        Some("866") => "ibm866".to_owned(),
        Some("10007") => "x-mac-cyrillic".to_owned(),
        Some("65001") => "utf-8".to_owned(),
        Some(page) if !cyrillic => format!("windows-{page}"),
        None if begins(bytes, b"\\mac") => "x-mac-cyrillic".to_owned(),
        None if begins(bytes, b"\\pc") => "ibm866".to_owned(),
        _ => "windows-1251".to_owned(),
    };
    let group = Group {
        skip: 1,
        data: false,
        hidden: false,
    };
    let mut walk = Walk {
        ctx,
        part,
        label,
        text: String::new(),
        bytes: Vec::new(),
        hex: Vec::new(),
        stack: Vec::new(),
        group,
        skip: 0,
        high: None,
        before: String::new(),
        table: None,
        in_row: false,
    };
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        at += 1;
        match b {
            b'{' => {
                if walk.stack.len() < 10_000 {
                    walk.stack.push(walk.group);
                }
            }
            b'}' => walk.close(),
            b'\\' => at = walk.control(bytes, at),
            b'\r' | b'\n' => {}
            b => walk.byte(b),
        }
    }
    if walk.group.hidden {
        walk.flush();
        walk.text = std::mem::take(&mut walk.before);
        walk.group.hidden = false;
    }
    walk.flush();
    walk.end_table();
    walk.data();
}

/// Whether a control word stands in the first few, where a document names its character set.
fn begins(bytes: &[u8], word: &[u8]) -> bool {
    let head = bytes.get(..32).unwrap_or(bytes);
    memchr::memmem::find(head, word).is_some()
}

impl Walk<'_, '_, '_> {
    fn byte(&mut self, b: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.group.data {
            if b.is_ascii_hexdigit() {
                self.hex.push(b);
            }
        } else {
            self.bytes.push(b);
        }
    }

    fn settle(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            if bytes.is_ascii() {
                self.text.extend(bytes.iter().map(|b| char::from(*b)));
            } else {
                self.text.push_str(&encoding::labelled(&bytes, &self.label));
            }
        }
    }

    fn flush(&mut self) {
        self.settle();
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.in_row && !self.group.hidden {
            self.end_table();
        }
        let role = match &self.table {
            _ if self.group.hidden => Role::Hidden,
            Some(table) if self.in_row => table.open_role().unwrap_or(Role::Text),
            _ => Role::Text,
        };
        self.ctx.emit(self.part, role, text, None);
        self.ctx.again(Way::Encoded, self.part, text, None);
        if let Some(table) = self.table.as_mut().filter(|_| !self.group.hidden) {
            table.note(text, None);
        }
    }

    /// A row's definition comes before its cells, and in some files once more behind them.
    fn begin_row(&mut self) {
        if self.in_row {
            return;
        }
        self.flush();
        let table = self.table.get_or_insert_with(|| Grid::new(self.ctx));
        table.row(self.ctx, self.part);
        table.cell(self.ctx, self.part, 1, 1, false);
        self.in_row = true;
    }

    fn end_cell(&mut self) {
        self.flush();
        if let Some(table) = self.table.as_mut().filter(|_| self.in_row) {
            table.cell(self.ctx, self.part, 1, 1, false);
        }
    }

    fn end_row(&mut self) {
        self.flush();
        self.in_row = false;
    }

    fn end_table(&mut self) {
        self.in_row = false;
        if let Some(mut table) = self.table.take() {
            table.end(self.ctx, self.part);
        }
    }

    fn close(&mut self) {
        let Some(outer) = self.stack.pop() else {
            return;
        };
        if self.group.data && !outer.data {
            self.data();
        }
        if self.group.hidden && !outer.hidden {
            self.show();
        }
        self.group = outer;
        self.skip = 0;
    }

    /// Hexadecimal data is a picture or an embedded file.
    fn data(&mut self) {
        let digits = std::mem::take(&mut self.hex);
        if digits.len() < 16 {
            return;
        }
        let data: Vec<u8> = digits
            .chunks_exact(2)
            .filter_map(|p| Some(hex(*p.first()?)? * 16 + hex(*p.get(1)?)?))
            .collect();
        let inner = inside(self.part, "object");
        self.ctx.spend(data.len());
        self.ctx.unpacked(&inner, "", &data);
    }

    /// A control word or symbol; `at` is behind the backslash.
    fn control(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(&first) = rest.first() else {
            return at;
        };
        if !first.is_ascii_alphabetic() {
            match first {
                b'\'' => {
                    if let (Some(hi), Some(lo)) = (
                        rest.get(1).and_then(|b| hex(*b)),
                        rest.get(2).and_then(|b| hex(*b)),
                    ) {
                        if self.skip > 0 {
                            self.skip -= 1;
                        } else {
                            self.bytes.push(hi * 16 + lo);
                        }
                        return at + 3;
                    }
                }
                b'~' => self.push('\u{a0}'),
                b'-' => self.push('\u{ad}'),
                b'_' => self.push('\u{2011}'),
                b'*' => self.hide(),
                b'\n' | b'\r' => self.flush(),
                b => self.byte(b),
            }
            return at + 1;
        }
        let len = rest
            .iter()
            .take(32)
            .take_while(|b| b.is_ascii_alphabetic())
            .count();
        let word = rest.get(..len).unwrap_or_default();
        let tail = rest.get(len..).unwrap_or_default();
        let sign = usize::from(tail.first() == Some(&b'-'));
        let digits = tail
            .iter()
            .skip(sign)
            .take(10)
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number: Option<i64> = tail
            .get(..sign + digits)
            .and_then(|d| std::str::from_utf8(d).ok())
            .and_then(|d| d.parse().ok());
        let mut end = at + len + if number.is_some() { sign + digits } else { 0 };
        if bytes.get(end) == Some(&b' ') {
            end += 1;
        }
        self.word(word, number, bytes, end)
    }

    fn word(&mut self, word: &[u8], number: Option<i64>, bytes: &[u8], end: usize) -> usize {
        match word {
            b"trowd" => self.begin_row(),
            b"cell" | b"nestcell" => self.end_cell(),
            b"row" => self.end_row(),
            b"par" | b"sect" | b"page" | b"nestrow" => self.flush(),
            b"line" => self.push('\n'),
            b"tab" => self.push(' '),
            b"emdash" => self.push('—'),
            b"endash" => self.push('–'),
            b"lquote" => self.push('‘'),
            b"rquote" => self.push('’'),
            b"ldblquote" => self.push('“'),
            b"rdblquote" => self.push('”'),
            b"uc" => {
                self.group.skip = number
                    .and_then(|n| u32::try_from(n).ok())
                    .unwrap_or(1)
                    .min(16)
            }
            b"u" => {
                self.settle();
                // Units above 32767 are written as negative numbers.
                let unit = number
                    .map(|n| n.rem_euclid(65536))
                    .and_then(|n| u16::try_from(n).ok())
                    .unwrap_or(0xfffd);
                match (self.high.take(), unit) {
                    (Some(h), 0xdc00..=0xdfff) => {
                        let c = char::decode_utf16([h, unit]).next().and_then(Result::ok);
                        self.text.extend(c);
                    }
                    (_, 0xd800..=0xdbff) => self.high = Some(unit),
                    (_, unit) => self.text.extend(char::from_u32(u32::from(unit))),
                }
                self.skip = self.group.skip;
            }
            b"v" if number != Some(0) => self.hide(),
            b"v" => self.show(),
            // The code of a field and a note stand inside the sentence that goes on behind them.
            b"fonttbl" | b"info" | b"stylesheet" | b"fldinst" | b"footnote" | b"annotation" => {
                self.hide()
            }
            b"pict" | b"objdata" => {
                self.settle();
                self.group.data = true;
            }
            b"bin" => {
                let len = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                let data = bytes.get(end..end.saturating_add(len)).unwrap_or_default();
                let inner = inside(self.part, "object");
                self.ctx.unpacked(&inner, "", data);
                return end.saturating_add(data.len());
            }
            _ => {}
        }
        end
    }

    fn push(&mut self, c: char) {
        self.settle();
        self.text.push(c);
    }

    fn hide(&mut self) {
        if !self.group.hidden {
            self.settle();
            self.before = std::mem::take(&mut self.text);
            self.group.hidden = true;
        }
    }

    fn show(&mut self) {
        if self.group.hidden {
            self.flush();
            self.text = std::mem::take(&mut self.before);
            self.group.hidden = false;
        }
    }
}
