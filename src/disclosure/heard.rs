//! The texts of a document as they were made public, kept where they name a place.
//!
//! Takes each text on its way from `Source` to `Public`; gives pieces that a [`Watch`] judges, and where in the source
//! a place of theirs stands. Most documents name no place: of those nothing is kept. Must not hold a text that is not public.

use std::ops::Range;
use std::sync::Arc;

use super::indirect::{Piece, Watch};
use crate::diag::Span;
use crate::document::markdown::{self, Heading};
use crate::passage::Role;

/// One public text.
#[derive(Debug, Clone)]
struct Line {
    text: Arc<str>,
    role: Role,
    record: u32,
    at: Span,
    headings: Box<[Heading]>,
    /// As written, where that has other lines.
    raw: Option<Box<str>>,
}

/// The public texts of one document, in their order.
#[derive(Debug, Default)]
pub struct Heard {
    lines: Vec<Line>,
    any: bool,
    /// The record that is open, how many there were, and how deep in it the reading is.
    record: u32,
    records: u32,
    depth: u32,
    title: bool,
    deaf: bool,
}

impl Heard {
    /// Whether no text names a place.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// What was heard, without what no place was named in.
    pub(super) fn closed(self) -> Self {
        if self.any { self } else { Heard::default() }
    }

    pub(super) fn title(&mut self, title: bool) {
        self.title = title;
    }

    /// What is heard now is printed in another way, or not at all.
    pub(super) fn deaf(&mut self, deaf: bool) {
        self.deaf = deaf;
    }

    /// All until [`Heard::end`] belongs together.
    pub(super) fn begin(&mut self) {
        if self.depth == 0 {
            self.records += 1;
            self.record = self.records;
        }
        self.depth += 1;
    }

    pub(super) fn end(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.record = 0;
        }
    }

    pub(super) fn hear(
        &mut self,
        watch: &Watch,
        text: &Arc<str>,
        headings: &[Heading],
        raw: &str,
        at: Span,
    ) {
        if self.deaf || text.trim().is_empty() {
            return;
        }
        let names = watch.hears(text);
        self.any |= names;
        self.lines.push(Line {
            text: text.clone(),
            role: if self.title { Role::Title } else { Role::Text },
            record: self.record,
            at,
            headings: headings.into(),
            raw: (names && raw != &**text).then(|| raw.into()),
        });
    }

    /// The pieces, each with its text's position and where in that text it begins.
    pub fn pieces(&self) -> (Vec<Piece<'_>>, Vec<(usize, usize)>) {
        let (mut pieces, mut places) = (Vec::new(), Vec::new());
        let mut table = 0;
        for (n, line) in self.lines.iter().enumerate() {
            let mut from = 0;
            let mut row = None;
            let mut headings = line.headings.iter().peekable();
            for text in line.text.split('\n') {
                let role = match headings.peek() {
                    Some(h) if h.title == text => {
                        let level = h.level;
                        headings.next();
                        Role::Heading(level)
                    }
                    _ => line.role,
                };
                let mut say = |text, at, role| {
                    pieces.push(Piece {
                        text,
                        role,
                        record: line.record,
                    });
                    places.push((n, at));
                };
                if text.contains('\t') {
                    let this = row.map_or(0, |r: u32| r + 1);
                    table += u32::from(row.is_none());
                    row = Some(this);
                    let mut at = from;
                    for (column, cell) in (0..).zip(text.split('\t')) {
                        let role = Role::Cell {
                            table,
                            row: this,
                            column,
                            head: this == 0,
                        };
                        say(cell, at, role);
                        at += cell.len() + 1;
                    }
                } else {
                    row = None;
                    say(text, from, role);
                }
                from += text.len() + 1;
            }
        }
        (pieces, places)
    }

    /// Where in the source a stretch of a text stands. Markup has been taken out of the text, so its first word is
    /// counted in both.
    pub fn place(&self, (line, from): (usize, usize), span: Range<usize>) -> Span {
        let Some(line) = self.lines.get(line) else {
            return Span::default();
        };
        let at = from + span.start;
        let raw = line.raw.as_deref().unwrap_or(&line.text);
        let text = line.text.get(at..from + span.end).unwrap_or_default();
        let word = text.split(' ').next().unwrap_or_default();
        if word.is_empty() {
            return line.at;
        }
        let before = line
            .text
            .get(..at)
            .unwrap_or_default()
            .matches(word)
            .count();
        // Where fewer are left than were counted, the last.
        let found = raw
            .match_indices(word)
            .map(|(at, _)| at)
            .take(before + 1)
            .last();
        found.map_or(line.at, |offset| markdown::place(raw, offset, line.at))
    }
}
