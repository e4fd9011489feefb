//! What every reader of running text keeps while it reads: where it is, which page, what must be told, how much may
//! still be taken. Knows no format.

use super::{At, Block, Limits, Note, Noted, Paragraph};

/// Remarks beyond this many say nothing new.
const MAX_NOTES: usize = 5_000;

/// The running state of a reader.
pub(super) struct Gather {
    pub notes: Vec<Note>,
    /// Paragraphs and cells that may still be taken.
    pub left: u64,
    pub pages: Pages,
    /// Where everything stands that is no paragraph of the text itself.
    pub place: Option<At>,
    /// How many cells, boxes or notes are open.
    pub inside: u32,
    tables: u32,
    paragraphs: u32,
}

/// Which page is being read, as far as the format tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pages {
    pub number: u32,
    pub known: bool,
    /// Nothing has been read of this page.
    pub fresh: bool,
    /// Somebody's page break was read, and the program's own mark of it was not yet.
    typed: bool,
}

impl Pages {
    /// A break that somebody typed.
    pub(super) fn typed(&mut self) {
        self.turn();
        self.typed = true;
    }

    /// The mark a program leaves where a page began when it last laid the document out, behind typed breaks too.
    pub(super) fn laid_out(&mut self) {
        if !std::mem::take(&mut self.typed) {
            self.turn();
        }
    }

    /// A page ends here.
    pub(super) fn turn(&mut self) {
        self.number = self.number.saturating_add(1);
        self.fresh = true;
    }

    /// Something was read: whether a page begins with it.
    pub(super) fn read(&mut self) -> bool {
        self.typed = false;
        std::mem::take(&mut self.fresh)
    }

    /// The page to be told; 0 where it is not known.
    pub(super) fn shown(&self) -> u32 {
        if self.known { self.number } else { 0 }
    }
}

impl Gather {
    /// The beginning; `known` when the document says where its pages end.
    pub(super) fn new(limits: &Limits, known: bool) -> Self {
        Gather {
            notes: Vec::new(),
            left: limits.max_fragments,
            pages: Pages {
                number: 1,
                known,
                ..Pages::default()
            },
            place: None,
            inside: 0,
            tables: 0,
            paragraphs: 0,
        }
    }

    /// Where the paragraph at hand stands.
    pub(super) fn here(&self) -> At {
        let page = self.pages.shown();
        match self.place {
            Some(place) => At { page, ..place },
            None => At {
                page,
                line: self.paragraphs.saturating_add(1),
                ..At::default()
            },
        }
    }

    /// The place of the next table.
    pub(super) fn table(&mut self) -> At {
        self.tables = self.tables.saturating_add(1);
        At {
            page: self.pages.shown(),
            table: self.tables,
            ..At::default()
        }
    }

    pub(super) fn note(&mut self, what: Noted) {
        self.note_at(what, self.here());
    }

    pub(super) fn note_at(&mut self, what: Noted, at: At) {
        let note = Note { what, at };
        let known = self.notes.iter().rev().take(8).any(|n| *n == note);
        if !known && self.notes.len() < MAX_NOTES {
            self.notes.push(note);
        }
    }

    /// Counts one more paragraph or cell.
    pub(super) fn take(&mut self) {
        self.left = self.left.saturating_sub(1);
    }

    /// Hands a paragraph on with its place, unless nothing of it is displayed.
    pub(super) fn push(&mut self, mut paragraph: Paragraph, out: &mut Vec<Block>) {
        if paragraph.text.is_empty() && paragraph.number.is_none() {
            return;
        }
        paragraph.at = At {
            page: paragraph.at.page,
            ..self.here()
        };
        if self.place.is_none() {
            self.paragraphs = self.paragraphs.saturating_add(1);
        }
        self.take();
        out.push(Block::Paragraph(paragraph));
    }

    /// The remarks, and the last of them where not everything was taken.
    pub(super) fn notes(mut self) -> Vec<Note> {
        if self.left == 0 {
            self.notes.push(Note {
                what: Noted::Cut,
                at: At::default(),
            });
        }
        self.notes
    }
}
