//! What every reader shares: takes fragments, refusals and pictures from a reader and hands them on, counting
//! what they cost; has read by others what a reader comes upon and is not its own. Must not know any format: who reads
//! what is told it once, at the top ([`Readers`]).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;

use crate::format::Format;
use crate::limits::Limits;
use crate::outcome::{Outcome, Picture, Reason, Unreadable};
use crate::place::{Place, Stand, inside};
use crate::scan::{Blind, Eye};
use glasno_passage::{Fragment, Locator, Role};

/// How much of what is refused is looked at in one carrier.
const MAX_SALVAGED: usize = 16 << 20;

/// A text of a format that is known from where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum As {
    /// HTML, a page or a piece of one; `hidden` where no reader sees it.
    Page {
        hidden: bool,
    },
    Xml,
    Json,
    /// Text of no other format, its paragraphs in this role.
    Plain(Role),
}

/// A way to look once more at a text that was lifted already.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    /// The path of a file, or the name of an entry.
    Path,
    /// An address, `data:` among them.
    Address,
    /// The free text of an attribute, property or literal.
    Value,
    /// Running text, for what stands in it in some encoding.
    Encoded,
    /// What may be Base64 as a whole.
    Base64,
    /// Source code, its own text in this role.
    Script(Role),
    /// A table that is drawn with blanks, tabs or bars.
    Drawn,
    /// Lines of keys and values.
    Pairs,
    /// Keys and values in braces.
    Flows,
    /// The rows of a database's dump.
    Rows,
}

/// Who reads what.
pub(crate) struct Readers {
    /// Bytes of any format at a part, under a name.
    pub(crate) file: fn(&mut Ctx<'_>, &str, &str, &[u8]) -> Format,
    pub(crate) text: fn(&mut Ctx<'_>, As, &str, &str, Place<'_>),
    pub(crate) again: fn(&mut Ctx<'_>, Way, &str, &str, Place<'_>),
}

/// The running state of one call of [`super::read`].
pub(crate) struct Ctx<'s> {
    pub(crate) limits: &'s Limits,
    pub(crate) outcome: Outcome,
    /// How many containers are open round what is being read.
    depth: u32,
    readers: &'s Readers,
    sink: &'s mut dyn FnMut(Fragment<'_>),
    fragments: u64,
    inflated: u64,
    entries: u64,
    tables: u32,
    salvaged: usize,
    pictures: BTreeSet<[u8; 32]>,
    /// Who reads pictures, where somebody does.
    pub(crate) eye: Option<&'s dyn Eye>,
    looked: BTreeSet<[u8; 32]>,
}

impl crate::pdf::Budget for Ctx<'_> {
    fn allowance(&self, packed: usize) -> u64 {
        Ctx::allowance(self, packed)
    }

    fn spend(&mut self, bytes: usize) {
        Ctx::spend(self, bytes);
    }
}

impl<'s> Ctx<'s> {
    pub(crate) fn new(
        limits: &'s Limits,
        readers: &'s Readers,
        sink: &'s mut dyn FnMut(Fragment<'_>),
    ) -> Self {
        Ctx {
            limits,
            outcome: Outcome::default(),
            depth: 0,
            readers,
            sink,
            fragments: 0,
            inflated: 0,
            entries: 0,
            tables: 0,
            salvaged: 0,
            pictures: BTreeSet::new(),
            eye: None,
            looked: BTreeSet::new(),
        }
    }

    /// Hands one fragment on, unless there is nothing in it that a name could be made of.
    pub(crate) fn emit<'p>(
        &mut self,
        part: &str,
        role: Role,
        text: &str,
        stand: impl Into<Stand<'p>>,
    ) {
        if has_words(text) {
            self.give(part, role, text, stand.into());
        }
    }

    fn give(&mut self, part: &str, role: Role, text: &str, Stand { at, turns }: Stand<'_>) {
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
            turns: Cow::Borrowed(turns),
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

    /// Has a picture read, each once: `file` gives it in a format of its own. What is recognised is text of the part; the
    /// picture stays one that a person has to look at.
    pub(crate) fn look(
        &mut self,
        part: &str,
        bytes: &[u8],
        file: impl FnOnce(&mut Self) -> Result<Vec<u8>, Blind>,
    ) {
        let Some(eye) = self.eye else { return };
        if !self.looked.insert(*blake3::hash(bytes).as_bytes()) {
            return;
        }
        match file(self).and_then(|file| eye.look(&file)) {
            Ok(pages) => {
                for text in pages.iter().flat_map(|page| page.paragraphs()) {
                    self.emit(part, Role::Text, &text, None);
                }
            }
            Err(_) => self.outcome.blind.push(part.to_owned()),
        }
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

    /// Reads bytes of any format that stand at `part` under the name `name`.
    pub(crate) fn file(&mut self, part: &str, name: &str, bytes: &[u8]) -> Format {
        (self.readers.file)(self, part, name, bytes)
    }

    /// Reads what was found inside a container, under its own name and one level deeper.
    pub(crate) fn nested(&mut self, part: &str, name: &str, bytes: &[u8]) {
        let part = inside(part, name);
        self.unpacked(&part, name, bytes);
    }

    /// Reads bytes that were unpacked out of something, as the part that they are.
    pub(crate) fn unpacked(&mut self, part: &str, name: &str, bytes: &[u8]) {
        self.deeper(part, |ctx| {
            ctx.file(part, name, bytes);
        });
    }

    /// Bytes that belong to no part of a format: refused, and read as the file they may be.
    pub(crate) fn stowaway(&mut self, part: &str, bytes: &[u8]) {
        self.unreadable(part, Reason::Stowaway);
        self.nested(part, "tail", bytes);
    }

    /// Reads a text whose format is known.
    pub(crate) fn text(&mut self, kind: As, part: &str, text: &str, place: Place<'_>) {
        (self.readers.text)(self, kind, part, text, place);
    }

    /// Reads HTML that stands in something else, one level deeper.
    pub(crate) fn markup<'p>(
        &mut self,
        part: &str,
        text: &str,
        hidden: bool,
        place: impl Into<Place<'p>>,
    ) {
        let place = place.into();
        self.deeper(part, |ctx| {
            ctx.spend(text.len());
            ctx.text(As::Page { hidden }, part, text, place);
        });
    }

    /// Looks at a text once more.
    pub(crate) fn again<'p>(
        &mut self,
        way: Way,
        part: &str,
        text: &str,
        place: impl Into<Place<'p>>,
    ) {
        (self.readers.again)(self, way, part, text, place.into());
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
