//! Blocks below one another, as pieces that pages are filled with.
//!
//! Takes blocks and a width; gives lines and tables in their order, and builds the tree of tags beside them. Must not
//! know pages. A tag holds slots: what is painted for a slot is told to the tag when it is painted.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use self::table::Laid;
use crate::font::Fonts;
use crate::formula;
use crate::lines::{Colour, Frag, Line, Style, Words};
use crate::tree::{Block, Inline, Item, Run, Script, Table, inline_into};

pub(crate) mod table;

/// A tag of the tree with what it holds.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) tag: TagKind,
    pub(crate) children: Vec<Child>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Child {
    Node(usize),
    Slot(usize),
}

/// Where words lead.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) target: String,
    pub(crate) words: String,
    /// Of its annotations.
    pub(crate) slot: usize,
}

/// A heading for the outline.
#[derive(Debug)]
pub(crate) struct Mark {
    pub(crate) level: u8,
    pub(crate) words: String,
}

/// What stands below one another on a page.
#[derive(Debug)]
pub(crate) struct Piece {
    /// Room above it, unless it begins a page.
    pub(crate) above: f32,
    pub(crate) height: f32,
    /// It must not end a page.
    pub(crate) keep: bool,
    pub(crate) x: f32,
    /// A bar stands beside it.
    pub(crate) bar: Option<f32>,
    /// The heading that begins here.
    pub(crate) mark: Option<usize>,
    pub(crate) body: Body,
}

#[derive(Debug)]
pub(crate) enum Body {
    Line(Line),
    Table(Box<Laid>),
}

/// What surrounds blocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    pub(crate) x: f32,
    pub(crate) width: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    /// Within a cell: tables have no room there.
    pub(crate) cell: bool,
    /// The tag above.
    pub(crate) node: usize,
}

/// The tree of tags while pieces are made.
pub(crate) struct Maker {
    pub(crate) fonts: &'static Fonts,
    pub(crate) nodes: Vec<Node>,
    pub(crate) slots: usize,
    pub(crate) links: Vec<Link>,
    pub(crate) marks: Vec<Mark>,
    levels: Levels,
}

/// Levels of headings without holes: none is more than one below the last.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Levels(u8);

impl Levels {
    /// The level of the next heading.
    pub(crate) fn next(&mut self, level: u8) -> u8 {
        self.0 = level.clamp(1, self.0.saturating_add(1)).min(6);
        self.0
    }
}

/// Room between paragraphs, in parts of the size.
const BETWEEN: f32 = 0.5;

impl Maker {
    /// The first node stands for the document.
    pub(crate) fn new(fonts: &'static Fonts) -> Self {
        let mut maker = Maker {
            fonts,
            nodes: Vec::new(),
            slots: 0,
            links: Vec::new(),
            marks: Vec::new(),
            levels: Levels::default(),
        };
        maker.nodes.push(Node {
            tag: Tag::Part.into(),
            children: Vec::new(),
        });
        maker
    }

    pub(crate) fn node(&mut self, above: usize, tag: impl Into<TagKind>) -> usize {
        let node = self.nodes.len();
        self.nodes.push(Node {
            tag: tag.into(),
            children: Vec::new(),
        });
        self.child(above, Child::Node(node));
        node
    }

    pub(crate) fn slot(&mut self, above: usize) -> usize {
        let slot = self.slots;
        self.slots += 1;
        self.child(above, Child::Slot(slot));
        slot
    }

    fn child(&mut self, above: usize, child: Child) {
        if let Some(node) = self.nodes.get_mut(above) {
            node.children.push(child);
        }
    }

    /// Blocks as pieces.
    pub(crate) fn flow(&mut self, blocks: &[Block], around: Around, out: &mut Vec<Piece>) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => self.heading(*level, text, around, out),
                Block::Paragraph(text) => self.paragraph(text, around, false, out),
                Block::Centred(text) => self.paragraph(text, around, true, out),
                Block::List(items) => self.list(items, around, out),
                Block::Table(table) if around.cell => self.flattened(table, around, out),
                Block::Table(table) => self.table(table, around, out),
                Block::Pairs(pairs) if around.cell => {
                    self.flattened(&Table::of_pairs(pairs), around, out);
                }
                Block::Pairs(pairs) => self.table(&Table::of_pairs(pairs), around, out),
                Block::Note(blocks) => {
                    let from = out.len();
                    let inner = Around {
                        x: around.x + 10.0,
                        width: around.width - 10.0,
                        ..around
                    };
                    self.flow(blocks, inner, out);
                    for piece in out.iter_mut().skip(from) {
                        piece.bar.get_or_insert(around.x);
                    }
                }
            }
        }
    }

    fn style(&self, around: Around, slot: usize) -> Style {
        Style {
            bold: around.bold,
            slant: false,
            size: around.size,
            rise: 0.0,
            colour: Colour::Ink,
            slot,
            link: None,
        }
    }

    /// The words of a line, with a slot for each stretch under one tag.
    pub(crate) fn words(&mut self, text: &[Inline], around: Around, node: usize) -> Words {
        let mut words = Words::default();
        let mut plain = None;
        for part in text {
            match part {
                Inline::Break => words.push_break(),
                Inline::Run(run) => {
                    let style = match run.target() {
                        Some(target) => {
                            plain = None;
                            self.linked(run, target, around, node)
                        }
                        None => {
                            let slot = *plain.get_or_insert_with(|| self.slot(node));
                            self.style(around, slot)
                        }
                    };
                    words.push(&run.text, handed(run, style), self.fonts);
                }
                Inline::Formula(formula) => {
                    plain = None;
                    let alt = formula.linear();
                    let node = self.node(node, Tag::Formula(Some(alt)));
                    let slot = self.slot(node);
                    let style = self.style(around, slot);
                    for boxed in formula::boxes(formula, style, self.fonts) {
                        words.push_box(boxed);
                    }
                }
            }
        }
        words
    }

    fn linked(&mut self, run: &Run, target: &str, around: Around, node: usize) -> Style {
        let link = self.node(node, Tag::Link);
        let slot = self.slot(link);
        let annotations = self.slot(link);
        self.links.push(Link {
            target: target.to_owned(),
            words: match run.text.trim() {
                "" => target.to_owned(),
                words => words.to_owned(),
            },
            slot: annotations,
        });
        Style {
            colour: Colour::Link,
            link: Some(self.links.len() - 1),
            ..self.style(around, slot)
        }
    }

    fn paragraph(&mut self, text: &[Inline], around: Around, centred: bool, out: &mut Vec<Piece>) {
        let node = self.node(around.node, Tag::P);
        let words = self.words(text, around, node);
        let above = around.size * BETWEEN;
        self.put(&words, around, above, centred, out);
    }

    fn put(
        &mut self,
        words: &Words,
        around: Around,
        above: f32,
        centred: bool,
        out: &mut Vec<Piece>,
    ) {
        let lines = words.lines(around.width, around.size, self.fonts);
        let count = lines.len();
        for (n, line) in lines.into_iter().enumerate() {
            let spare = (around.width - line.width).max(0.0);
            out.push(Piece {
                above: if n == 0 { above } else { 0.0 },
                height: line.height,
                // Neither the first nor the last line of a paragraph stands alone.
                keep: count > 1 && (n == 0 || n + 2 == count),
                x: around.x + if centred { spare / 2.0 } else { 0.0 },
                bar: None,
                mark: None,
                body: Body::Line(line),
            });
        }
    }

    fn heading(&mut self, level: u8, text: &[Inline], around: Around, out: &mut Vec<Piece>) {
        let mut said = String::new();
        inline_into(text, &mut said);
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        if said.is_empty() {
            return;
        }
        let level = self.levels.next(level);
        let size = match level {
            1 => around.size * 1.7,
            2 => around.size * 1.35,
            3 => around.size * 1.15,
            _ => around.size,
        };
        let inner = Around {
            size,
            bold: true,
            ..around
        };
        let level_tag = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
        let node = self.node(around.node, Tag::Hn(level_tag, Some(said.clone())));
        let words = self.words(text, inner, node);
        let from = out.len();
        self.put(&words, inner, size * 1.1, false, out);
        for piece in out.iter_mut().skip(from) {
            piece.keep = true;
        }
        if let Some(first) = out.get_mut(from) {
            first.mark = Some(self.marks.len());
            self.marks.push(Mark { level, words: said });
        }
    }

    fn list(&mut self, items: &[Item], around: Around, out: &mut Vec<Piece>) {
        if items.is_empty() {
            return;
        }
        let numbering = match items.iter().find_map(|i| i.marker.chars().next()) {
            Some(c) if c.is_ascii_digit() => ListNumbering::Decimal,
            Some(c) if c.is_alphabetic() => ListNumbering::LowerAlpha,
            Some(_) => ListNumbering::Disc,
            None => ListNumbering::None,
        };
        let list = self.node(around.node, Tag::L(numbering));
        let wide = |item: &Item| self.fonts.width(&item.marker, around.bold, around.size);
        let widest = items.iter().map(wide).fold(0.0, f32::max);
        let hang = match widest > 0.0 {
            true => (widest + around.size * 0.5).clamp(around.size * 1.6, around.width * 0.3),
            false => 0.0,
        };
        for item in items {
            let node = self.node(list, Tag::LI);
            let marker = (!item.marker.is_empty()).then(|| {
                let label = self.node(node, Tag::Lbl);
                let slot = self.slot(label);
                // A space parts it from the words for those who read the text alone.
                let text = format!("{} ", item.marker);
                Frag::all(&text, self.style(around, slot), self.fonts)
            });
            let body = self.node(node, Tag::LBody);
            let from = out.len();
            let inner = Around {
                x: around.x + hang,
                width: around.width - hang,
                node: body,
                ..around
            };
            self.flow(&item.blocks, inner, out);
            let Some(marker) = marker else { continue };
            let first = out.get_mut(from);
            let own = first.is_some_and(|piece| matches!(piece.body, Body::Line(_)));
            if !own {
                let line = Line {
                    ascent: around.size * 0.98,
                    height: around.size * 1.36,
                    ..Line::default()
                };
                let piece = Piece {
                    above: around.size * BETWEEN,
                    height: line.height,
                    keep: out.len() > from,
                    x: around.x + hang,
                    bar: None,
                    mark: None,
                    body: Body::Line(line),
                };
                out.insert(from, piece);
            }
            if let Some(Piece {
                body: Body::Line(line),
                x,
                ..
            }) = out.get_mut(from)
            {
                let back = *x - around.x;
                let marks = marker.into_iter().map(|mut frag| {
                    frag.x -= back;
                    frag
                });
                line.frags.splice(0..0, marks);
            }
        }
    }

    fn table(&mut self, table: &Table, around: Around, out: &mut Vec<Piece>) {
        let Some(laid) = table::lay(self, table, around) else {
            return;
        };
        out.push(Piece {
            above: around.size * 0.8,
            height: 0.0,
            keep: false,
            x: around.x,
            bar: None,
            mark: None,
            body: Body::Table(Box::new(laid)),
        });
    }

    /// A table where there is no room for one: a paragraph a row.
    fn flattened(&mut self, table: &Table, around: Around, out: &mut Vec<Piece>) {
        for row in table.head.iter().chain(&table.rows) {
            for (n, cell) in row.cells.iter().enumerate() {
                let inner = Around {
                    bold: around.bold || cell.head || n < table.row_heads,
                    ..around
                };
                self.flow(&cell.blocks, inner, out);
            }
        }
    }
}

/// The style of a run within its surroundings.
fn handed(run: &Run, style: Style) -> Style {
    let (size, rise) = match run.script {
        Some(Script::Raised) => (style.size * 0.7, style.size * 0.35),
        Some(Script::Lowered) => (style.size * 0.7, -style.size * 0.15),
        None => (style.size, 0.0),
    };
    Style {
        bold: style.bold || run.bold,
        slant: run.italic,
        size,
        rise,
        ..style
    }
}
