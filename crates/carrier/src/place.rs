//! Where something stands: the name of a part inside a container, lines and columns, and how a long text is cut. Takes
//! texts and offsets; must not know any format.

use std::borrow::Cow;

use glasno_passage::Turn;

/// 1-based line and column, where the carrier has lines.
pub(crate) type At = Option<(u32, u32)>;

/// Joins the names of a container and of what lies in it.
pub(crate) fn inside(part: &str, name: &str) -> String {
    if part.is_empty() {
        name.to_owned()
    } else {
        format!("{part}/{name}")
    }
}

/// Turns byte offsets, asked for in rising order, into lines and columns.
#[derive(Clone, Copy)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    done: usize,
    line: u32,
    column: u32,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Lines {
            text,
            done: 0,
            line: 1,
            column: 1,
        }
    }

    /// The same for a text that begins at `at`.
    fn from(text: &'a str, at: At) -> Self {
        let (line, column) = at.unwrap_or((1, 1));
        Lines {
            line,
            column,
            ..Lines::new(text)
        }
    }

    /// The place of byte `offset`. An offset before the last one asked for gives the last place again.
    pub(crate) fn at(&mut self, offset: usize) -> At {
        let bytes = self.text.as_bytes();
        let Some(step) = bytes.get(self.done..offset) else {
            return Some((self.line, self.column));
        };
        let rest = match memchr::memrchr(b'\n', step) {
            Some(last) => {
                let newlines = memchr::memchr_iter(b'\n', step).count();
                self.line = self
                    .line
                    .saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
                self.column = 1;
                step.get(last + 1..).unwrap_or_default()
            }
            None => step,
        };
        self.column = self.column.saturating_add(letters(rest));
        self.done = offset;
        Some((self.line, self.column))
    }
}

/// Where a text stands: its beginning, and where it goes on elsewhere than behind the character before.
#[derive(Clone, Copy, Default)]
pub(crate) struct Stand<'a> {
    pub(crate) at: At,
    pub(crate) turns: &'a [Turn],
}

impl<'a> Stand<'a> {
    /// The places of the text that stands so.
    pub(crate) fn over(self, text: &'a str) -> Place<'a> {
        match self.at {
            Some(_) => Place::Along(Along::new(text, self.at, Cow::Borrowed(self.turns))),
            None => Place::Fixed(None),
        }
    }
}

impl From<At> for Stand<'_> {
    fn from(at: At) -> Self {
        Stand { at, turns: &[] }
    }
}

/// A text whose places are known turn by turn, asked for in rising order.
#[derive(Clone)]
pub(crate) struct Along<'a> {
    text: &'a str,
    turns: Cow<'a, [Turn]>,
    next: usize,
    done: usize,
    here: (u32, u32),
}

impl<'a> Along<'a> {
    fn new(text: &'a str, at: At, turns: Cow<'a, [Turn]>) -> Self {
        Along {
            text,
            turns,
            next: 0,
            done: 0,
            here: at.unwrap_or((1, 1)),
        }
    }

    fn at(&mut self, offset: usize) -> At {
        while let Some(turn) = self.turns.get(self.next).filter(|t| t.offset <= offset) {
            self.here = (turn.line, turn.column);
            self.done = turn.offset;
            self.next += 1;
        }
        if let Some(step) = self.text.as_bytes().get(self.done..offset) {
            self.here.1 = self.here.1.saturating_add(letters(step));
            self.done = offset;
        }
        Some(self.here)
    }
}

/// How many letters begin in these bytes.
fn letters(bytes: &[u8]) -> u32 {
    let begun = bytes.iter().filter(|b| (**b & 0xC0) != 0x80).count();
    u32::try_from(begun).unwrap_or(u32::MAX)
}

/// The places of a text: its own lines, those of what it was put together from, or one for all of it, where it was
/// decoded out of something.
#[derive(Clone)]
pub(crate) enum Place<'a> {
    Own(Lines<'a>),
    Along(Along<'a>),
    Fixed(At),
}

impl<'a> Place<'a> {
    pub(crate) fn own(text: &'a str) -> Self {
        Place::Own(Lines::new(text))
    }

    /// The place of a byte, asked for in rising order.
    pub(crate) fn at(&mut self, offset: usize) -> At {
        match self {
            Place::Own(lines) => lines.at(offset),
            Place::Along(along) => along.at(offset),
            Place::Fixed(at) => *at,
        }
    }

    /// Where `slice` stands, which begins at byte `from` of the text.
    pub(crate) fn run(&mut self, from: usize, slice: &str) -> (At, Vec<Turn>) {
        let at = self.at(from);
        let turns = match self {
            Place::Own(_) => broken(at, slice),
            Place::Along(along) => {
                let inside = |t: &&Turn| t.offset < from.saturating_add(slice.len());
                let later = along.turns.get(along.next..).unwrap_or_default();
                let later = later.iter().take_while(inside).map(|t| Turn {
                    offset: t.offset.saturating_sub(from),
                    ..*t
                });
                later.collect()
            }
            Place::Fixed(_) => Vec::new(),
        };
        (at, turns)
    }

    /// The places of `slice`, which begins at byte `from` of the text.
    pub(crate) fn within<'b>(&mut self, from: usize, slice: &'b str) -> Place<'b> {
        if let Place::Own(lines) = self {
            let at = lines.at(from);
            return Place::Own(Lines::from(slice, at));
        }
        match self.run(from, slice) {
            (None, _) => Place::Fixed(None),
            (at, _) if matches!(self, Place::Fixed(_)) => Place::Fixed(at),
            (at, turns) => Place::Along(Along::new(slice, at, Cow::Owned(turns))),
        }
    }
}

/// The turns of a text that keeps the lines of its carrier.
pub(crate) fn broken(at: At, text: &str) -> Vec<Turn> {
    let Some((line, _)) = at else {
        return Vec::new();
    };
    let ends = memchr::memchr_iter(b'\n', text.as_bytes());
    (1u32..)
        .zip(ends)
        .map(|(n, end)| Turn {
            offset: end + 1,
            line: line.saturating_add(n),
            column: 1,
        })
        .collect()
}

/// At which byte of `outer` a slice of it begins.
pub(crate) fn offset_in(outer: &str, inner: &str) -> usize {
    let offset = inner.as_ptr().addr().wrapping_sub(outer.as_ptr().addr());
    offset.min(outer.len())
}

/// The places of a text's lines, for whoever asks out of order.
pub(crate) struct Table<'a> {
    text: &'a str,
    lines: Vec<(usize, At)>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(text: &'a str, mut place: Place<'_>) -> Self {
        let begins = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        let begins = std::iter::once(0).chain(begins);
        Table {
            text,
            lines: begins.map(|from| (from, place.at(from))).collect(),
        }
    }

    /// The place of a slice of the text.
    pub(crate) fn of(&self, slice: &str) -> At {
        let offset = offset_in(self.text, slice);
        let line = self.lines.partition_point(|l| l.0 <= offset);
        let (from, at) = *self.lines.get(line.checked_sub(1)?)?;
        let step = self.text.as_bytes().get(from..offset).unwrap_or_default();
        at.map(|(line, column)| (line, column.saturating_add(letters(step))))
    }
}

/// A text that is being written from pieces of another, with the places of its pieces.
#[derive(Default)]
pub(crate) struct Written {
    pub(crate) text: String,
    pub(crate) at: At,
    pub(crate) turns: Vec<Turn>,
}

impl Written {
    pub(crate) fn stand(&self) -> Stand<'_> {
        Stand {
            at: self.at,
            turns: &self.turns,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.turns.clear();
        self.at = None;
    }

    /// What is written next stands at byte `there` of the source.
    pub(crate) fn turn(&mut self, there: usize, place: &mut Place<'_>) {
        let Some((line, column)) = place.at(there) else {
            return;
        };
        let offset = self.text.len();
        if offset == 0 {
            self.at = Some((line, column));
        } else if self.at.is_some() {
            self.turns.push(Turn {
                offset,
                line,
                column,
            });
        }
    }

    /// A text with the places it stands at.
    pub(crate) fn add(&mut self, text: &str, Stand { at, turns }: Stand<'_>) {
        let behind = self.text.len();
        match at {
            Some(_) if behind == 0 => self.at = at,
            Some((line, column)) if self.at.is_some() => self.turns.push(Turn {
                offset: behind,
                line,
                column,
            }),
            _ => {}
        }
        let turns = turns.iter().take_while(|t| t.offset < text.len());
        self.turns.extend(turns.map(|t| Turn {
            offset: t.offset + behind,
            ..*t
        }));
        self.text.push_str(text);
    }

    /// A piece of the source as it stands there.
    pub(crate) fn copy(&mut self, piece: &str, there: usize, place: &mut Place<'_>) {
        if !piece.is_empty() {
            let (at, turns) = place.run(there, piece);
            self.add(piece, Stand { at, turns: &turns });
        }
    }

    /// What stands for byte `there` of the source, decoded.
    pub(crate) fn put(&mut self, text: &str, there: usize, place: &mut Place<'_>) {
        if !text.is_empty() {
            self.turn(there, place);
            self.text.push_str(text);
        }
    }

    /// A piece of the source, decoded line by line.
    pub(crate) fn decode<'t>(
        &mut self,
        piece: &'t str,
        there: usize,
        place: &mut Place<'_>,
        decode: impl Fn(&'t str) -> Cow<'t, str>,
    ) {
        let mut from = 0;
        for line in piece.split_inclusive('\n') {
            self.put(&decode(line), there + from, place);
            from += line.len();
        }
    }
}

/// Cuts `text` into pieces of at most `max` bytes, at line ends or spaces where there are any.
pub(crate) fn pieces(text: &str, max: usize, mut each: impl FnMut(usize, &str)) {
    let mut start = 0;
    while let Some(rest) = text.get(start..) {
        if rest.len() <= max.max(64) {
            each(start, rest);
            return;
        }
        let mut end = rest.floor_char_boundary(max.max(64));
        let head = rest.get(..end).unwrap_or(rest);
        if let Some(cut) = memchr::memrchr(b'\n', head.as_bytes())
            .or_else(|| memchr::memrchr(b' ', head.as_bytes()))
            .filter(|cut| *cut > end / 2)
        {
            end = cut + 1;
        }
        each(start, rest.get(..end).unwrap_or(rest));
        start += end;
    }
}

impl From<At> for Place<'_> {
    fn from(at: At) -> Self {
        Place::Fixed(at)
    }
}
