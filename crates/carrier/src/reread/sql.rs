//! Dumps of databases: takes SQL, gives the rows of its `INSERT` and `COPY` statements as cells of a table, with
//! escapes and hexadecimal strings resolved. The statements themselves are read as text elsewhere. Must not hold more
//! than one value at a time.

use crate::ctx::{Ctx, Way};
use crate::decode::markup::has_markup;
use crate::decode::{encoding, hex};
use crate::place::{Place, Stand, Written, offset_in};
use glasno_passage::Role;

/// Values of one row that are looked at.
const MAX_COLUMNS: u32 = 2000;

const LONGEST_NAME: usize = 256;

/// Words of a statement before the one that matters: `INSERT LOW_PRIORITY IGNORE INTO`.
const WORDS_BETWEEN: usize = 4;

/// Reads the rows of all statements that put any in.
pub(super) fn rows(ctx: &mut Ctx<'_>, part: &str, source: &str, mut lines: Place<'_>) {
    let mut at = 0;
    while let Some((word, end)) = statement(source, at) {
        at = end;
        let mut reader = Reader {
            source,
            at: end,
            table: 0,
            row: 0,
        };
        // A statement that breaks off is not begun again inside: that would take its length squared.
        let _whole = match word {
            Statement::Insert => reader.insert(ctx, part, &mut lines),
            Statement::Copy => reader.copy(ctx, part, &mut lines),
        };
        at = at.max(reader.at);
    }
}

#[derive(Clone, Copy)]
enum Statement {
    Insert,
    Copy,
}

/// The next statement that holds rows: which, and where its first word ends.
fn statement(source: &str, from: usize) -> Option<(Statement, usize)> {
    const WORDS: [(&[u8], Statement); 3] = [
        (b"insert", Statement::Insert),
        (b"replace", Statement::Insert),
        (b"copy", Statement::Copy),
    ];
    let bytes = source.as_bytes();
    let mut before = from.checked_sub(1).and_then(|b| bytes.get(b)).copied();
    for (i, b) in bytes.get(from..)?.iter().enumerate() {
        let starts =
            before.is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b';' | b'(' | b'/'));
        before = Some(*b);
        if !starts || !matches!(b | 0x20, b'i' | b'r' | b'c') {
            continue;
        }
        for (word, statement) in &WORDS {
            let (start, end) = (from + i, from + i + word.len());
            let here = bytes
                .get(start..end)
                .is_some_and(|w| w.eq_ignore_ascii_case(word));
            if here && bytes.get(end).is_some_and(u8::is_ascii_whitespace) {
                return Some((*statement, end));
            }
        }
    }
    None
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    table: u32,
    row: u32,
}

impl<'s> Reader<'s> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.space();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// A word or a quoted name.
    fn name(&mut self) -> Option<&'s str> {
        self.space();
        let close = match self.peek()? {
            b'`' => Some(b'`'),
            b'"' => Some(b'"'),
            b'[' => Some(b']'),
            _ => None,
        };
        let rest = self.source.get(self.at..)?;
        let (name, taken) = match close {
            Some(close) => {
                let rest = rest.get(1..)?;
                let bytes = rest.as_bytes();
                let n = memchr::memchr(close, bytes.get(..LONGEST_NAME).unwrap_or(bytes))?;
                (rest.get(..n)?, n + 2)
            }
            None => {
                let n = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(rest.len());
                (rest.get(..n)?, n)
            }
        };
        self.at += taken;
        (!name.is_empty()).then_some(name)
    }

    fn skip_to(&mut self, word: &str) -> Option<()> {
        for _ in 0..WORDS_BETWEEN {
            if self.name()?.eq_ignore_ascii_case(word) {
                return Some(());
            }
        }
        None
    }

    /// `схема`.`таблица`, and the names of its columns as the head of the table.
    fn head(&mut self, ctx: &mut Ctx<'_>, part: &str, lines: &mut Place<'_>) -> Option<()> {
        self.name()?;
        while self.take(b'.').is_some() {
            self.name()?;
        }
        self.table = ctx.next_table();
        if self.take(b'(').is_none() {
            return Some(());
        }
        for column in 0..MAX_COLUMNS {
            let at = lines.at(self.at);
            let name = self.name()?;
            ctx.emit(part, self.role(column, true), name, at);
            if self.take(b',').is_none() {
                break;
            }
        }
        self.take(b')')?;
        self.row = 1;
        Some(())
    }

    fn role(&self, column: u32, head: bool) -> Role {
        Role::Cell {
            table: self.table,
            row: self.row,
            column,
            head,
        }
    }

    /// `INTO таблица (столбцы) VALUES (…), (…)`.
    fn insert(&mut self, ctx: &mut Ctx<'_>, part: &str, lines: &mut Place<'_>) -> Option<()> {
        self.skip_to("into")?;
        self.head(ctx, part, lines)?;
        self.skip_to("values")?;
        while self.take(b'(').is_some() {
            for column in 0..MAX_COLUMNS {
                let value = self.value(lines)?;
                let role = self.role(column, false);
                cell(ctx, part, role, &value.text, value.stand());
                if self.take(b',').is_none() {
                    break;
                }
            }
            self.take(b')')?;
            self.row = self.row.saturating_add(1);
            if self.take(b',').is_none() {
                break;
            }
        }
        Some(())
    }

    /// A string with its escapes resolved, bytes as the text they are, or whatever else stands there.
    fn value(&mut self, lines: &mut Place<'_>) -> Option<Written> {
        self.space();
        let from = self.at;
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'\'' => {
                    let before = self.source.get(from..self.at)?;
                    let text = self.quoted(lines)?;
                    if before.eq_ignore_ascii_case("x") {
                        return Some(Written {
                            text: unpacked(&text.text),
                            at: text.at,
                            turns: Vec::new(),
                        });
                    }
                    // E'…', N'…', _utf8'…'
                    if before.len() <= 12 && !before.contains(['(', ' ']) {
                        return Some(text);
                    }
                    continue;
                }
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                b',' | b')' if depth == 0 => break,
                _ => {}
            }
            self.at += 1;
        }
        let plain = self.source.get(from..self.at)?.trim_end();
        let mut value = Written::default();
        match plain.get(..2) {
            Some("0x" | "0X") => value.put(&unpacked(plain.get(2..)?), from, lines),
            _ => value.copy(plain, from, lines),
        }
        Some(value)
    }

    fn quoted(&mut self, lines: &mut Place<'_>) -> Option<Written> {
        let mut out = Written::default();
        let mut rest = self.source.get(self.at + 1..)?.char_indices().peekable();
        let begin = self.at + 1;
        let mut turned = true;
        while let Some((i, c)) = rest.next() {
            if std::mem::take(&mut turned) {
                out.turn(begin + i, lines);
            }
            match c {
                '\'' if rest.peek().is_some_and(|(_, c)| *c == '\'') => {
                    rest.next();
                    out.text.push('\'');
                }
                '\'' => {
                    self.at = begin + i + 1;
                    return Some(out);
                }
                '\\' => match rest.next()?.1 {
                    'n' => out.text.push('\n'),
                    'r' => {}
                    't' => out.text.push('\t'),
                    '0' => out.text.push(' '),
                    c => out.text.push(c),
                },
                c => {
                    turned = c == '\n';
                    out.text.push(c);
                }
            }
        }
        self.at = self.source.len();
        None
    }

    /// `таблица (столбцы) FROM stdin;` and lines of values set apart by tabs, to `\.`.
    fn copy(&mut self, ctx: &mut Ctx<'_>, part: &str, lines: &mut Place<'_>) -> Option<()> {
        self.head(ctx, part, lines)?;
        if !self.name()?.eq_ignore_ascii_case("from") || !self.name()?.eq_ignore_ascii_case("stdin")
        {
            return None;
        }
        self.at += self.source.get(self.at..)?.find('\n')? + 1;
        loop {
            let line = self.source.get(self.at..)?.lines().next()?;
            if line == "\\." {
                return Some(());
            }
            for (column, value) in (0..MAX_COLUMNS).zip(line.split('\t')) {
                let at = lines.at(offset_in(self.source, value));
                let value = value.replace("\\n", "\n").replace("\\t", "\t");
                cell(ctx, part, self.role(column, false), &value, at.into());
            }
            self.row = self.row.saturating_add(1);
            self.at += line.len() + 1;
        }
    }
}

fn cell(ctx: &mut Ctx<'_>, part: &str, role: Role, value: &str, stand: Stand<'_>) {
    ctx.emit(part, role, value, stand);
    if has_markup(value) {
        ctx.markup(part, value, true, stand.over(value));
    } else {
        ctx.again(Way::Encoded, part, value, stand.over(value));
    }
}

/// Hexadecimal digits as the text that they stand for.
fn unpacked(digits: &str) -> String {
    let (pairs, _) = digits.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs
        .iter()
        .map(|[a, b]| Some(hex(*a)? << 4 | hex(*b)?))
        .collect();
    match bytes {
        Some(bytes) if !bytes.is_empty() => encoding::decode(&bytes, None).text.into_owned(),
        _ => digits.to_owned(),
    }
}
