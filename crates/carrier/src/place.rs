//! Where something stands: the name of a part inside a container, lines and columns, and how a long text is cut. Takes
//! texts and offsets; must not know any format.

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
        let chars = rest.iter().filter(|b| (**b & 0xC0) != 0x80).count();
        self.column = self
            .column
            .saturating_add(u32::try_from(chars).unwrap_or(u32::MAX));
        self.done = offset;
        Some((self.line, self.column))
    }
}

/// Places are known only in the carrier's own text; what was decoded out of it stands where it was found.
pub(crate) enum Place<'a> {
    Own(Lines<'a>),
    Fixed(At),
}

impl<'a> Place<'a> {
    pub(crate) fn own(text: &'a str) -> Self {
        Place::Own(Lines::new(text))
    }

    pub(crate) fn at(&mut self, offset: usize) -> At {
        match self {
            Place::Own(lines) => lines.at(offset),
            Place::Fixed(at) => *at,
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
