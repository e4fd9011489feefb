//! What every reader shares: takes fragments, refusals and pictures from a reader and hands them on, counting
//! what they cost. Must not know any format.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

use super::{Limits, Outcome, Picture, Reason, Unreadable};
use glasno_passage::{Fragment, Locator, Role};

/// How much of what is refused is looked at in one carrier.
const MAX_SALVAGED: usize = 16 << 20;

/// 1-based line and column, where the carrier has lines.
pub(super) type At = Option<(u32, u32)>;

/// The running state of one call of [`super::read`].
pub(super) struct Ctx<'s> {
    pub limits: &'s Limits,
    pub outcome: Outcome,
    /// How many containers are open round what is being read.
    pub depth: u32,
    sink: &'s mut dyn FnMut(Fragment<'_>),
    fragments: u64,
    inflated: u64,
    entries: u64,
    tables: u32,
    salvaged: usize,
    pictures: BTreeSet<[u8; 32]>,
}

impl<'s> Ctx<'s> {
    pub(crate) fn new(limits: &'s Limits, sink: &'s mut dyn FnMut(Fragment<'_>)) -> Self {
        Ctx {
            limits,
            outcome: Outcome::default(),
            depth: 0,
            sink,
            fragments: 0,
            inflated: 0,
            entries: 0,
            tables: 0,
            salvaged: 0,
            pictures: BTreeSet::new(),
        }
    }

    /// Hands one fragment on, unless there is nothing in it that a name could be made of.
    pub(crate) fn emit(&mut self, part: &str, role: Role, text: &str, at: At) {
        if !has_words(text) {
            return;
        }
        self.fragments += 1;
        if self.fragments > self.limits.max_fragments {
            if self.fragments == self.limits.max_fragments + 1 {
                self.unreadable(part, Reason::TooManyFragments);
            }
            return;
        }
        (self.sink)(Fragment {
            text: Cow::Borrowed(text),
            role,
            at: Locator {
                part: part.to_owned(),
                line: at.map(|a| a.0),
                column: at.map(|a| a.1),
            },
        });
    }

    /// Notes that a part cannot be read; each reason is kept once a part.
    pub(crate) fn unreadable(&mut self, part: &str, reason: Reason) {
        let known = &self.outcome.unreadable;
        if known.iter().any(|u| u.reason == reason && u.part == part) || known.len() >= 1000 {
            return;
        }
        self.outcome.unreadable.push(Unreadable {
            part: part.to_owned(),
            reason,
        });
    }

    /// Notes a picture that only a person can clear.
    pub(crate) fn picture(&mut self, part: &str, bytes: &[u8]) {
        let hash = blake3::hash(bytes);
        if !self.pictures.insert(*hash.as_bytes()) {
            return;
        }
        if self.outcome.pictures.len() >= 100_000 {
            self.unreadable(part, Reason::TooManyEntries);
            return;
        }
        self.outcome.pictures.push(Picture {
            part: part.to_owned(),
            hash,
        });
    }

    pub(crate) fn next_table(&mut self) -> u32 {
        let id = self.tables;
        self.tables = self.tables.saturating_add(1);
        id
    }

    /// Counts one more entry of a container; false when there are too many.
    pub(crate) fn entry(&mut self, part: &str) -> bool {
        self.entries += 1;
        if self.entries > self.limits.max_entries {
            self.unreadable(part, Reason::TooManyEntries);
            return false;
        }
        true
    }

    /// How many of `wanted` bytes may still be looked at although they are refused: a file may hold many such parts.
    pub(crate) fn salvage(&mut self, wanted: usize) -> usize {
        let granted = wanted.min(MAX_SALVAGED.saturating_sub(self.salvaged));
        self.salvaged += granted;
        granted
    }

    /// How many bytes may still be inflated from `packed` bytes of input.
    pub(crate) fn allowance(&self, packed: usize) -> u64 {
        let left = self.limits.max_inflated.saturating_sub(self.inflated);
        let ratio = (packed as u64)
            .saturating_mul(self.limits.max_ratio)
            .max(1 << 20);
        left.min(ratio)
    }

    /// Counts bytes that were inflated by somebody else.
    pub(crate) fn spend(&mut self, bytes: usize) {
        self.inflated = self.inflated.saturating_add(bytes as u64);
    }

    /// Reads all of `reader`, which unpacks `packed` bytes. What came before an error is given too: a broken
    /// tail is reported, and still does not hide the head.
    pub(crate) fn inflate(&mut self, part: &str, reader: impl Read, packed: usize) -> Vec<u8> {
        let allowance = self.allowance(packed);
        let mut out = Vec::new();
        let result = reader
            .take(allowance.saturating_add(1))
            .read_to_end(&mut out);
        if result.is_err() {
            self.unreadable(part, Reason::Malformed);
        }
        if out.len() as u64 > allowance {
            self.unreadable(part, Reason::Bomb);
            out.truncate(usize::try_from(allowance).unwrap_or(usize::MAX));
        }
        self.spend(out.len());
        out
    }

    /// Runs `inner` one container deeper, or reports that there are too many.
    pub(crate) fn deeper(&mut self, part: &str, inner: impl FnOnce(&mut Self)) {
        if self.depth >= self.limits.max_depth {
            self.unreadable(part, Reason::TooDeep);
            return;
        }
        if self.inflated > self.limits.max_inflated {
            self.unreadable(part, Reason::Bomb);
            return;
        }
        self.depth += 1;
        inner(self);
        self.depth -= 1;
    }
}

/// Whether there is a letter or a digit, of any script, in the text.
fn has_words(text: &str) -> bool {
    text.bytes().any(|b| b >= 0x80 || b.is_ascii_alphanumeric())
}

/// Joins the names of a container and of what lies in it.
pub(super) fn inside(part: &str, name: &str) -> String {
    if part.is_empty() {
        name.to_owned()
    } else {
        format!("{part}/{name}")
    }
}

/// Turns byte offsets, asked for in rising order, into lines and columns.
pub(super) struct Lines<'a> {
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
pub(super) enum Place<'a> {
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
pub(super) fn pieces(text: &str, max: usize, mut each: impl FnMut(usize, &str)) {
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
