//! Paragraphs and tables in the order a reader meets them: takes an element that holds them, gives blocks.

use std::collections::{BTreeMap, BTreeSet};

use super::super::gather::Gather;
use super::super::tree::{Element, Tree};
use super::super::{Align, At, Block, Limits, Noted, Paragraph, Part};
use super::line::Line;
use super::numbering::Numbering;
use super::styles::{Set, Styles, Whole, on};

/// Tabs at the beginning of a line that put it to the right.
const RIGHT_TABS: usize = 4;

/// What is known while a document is walked over.
pub(super) struct Walk<'d> {
    pub styles: &'d Styles,
    pub numbering: Numbering,
    /// Foot notes and end notes by their ids.
    pub footnotes: BTreeMap<String, Element<'d>>,
    pub endnotes: BTreeMap<String, Element<'d>>,
    /// Texts of heads and feet that were handed on.
    pub running: BTreeSet<String>,
    pub gather: Gather,
    /// Text boxes of the paragraph at hand.
    pub boxes: Vec<Block>,
    /// Foot and end notes to be read behind the block at hand: whether an end note, its id, its mark, its place.
    pub awaited: Vec<(bool, String, String, At)>,
    pub marks: [i64; 2],
    /// Open fields: whether their instruction is still being read.
    pub fields: Vec<bool>,
    /// Every field that begins ends too.
    pub balanced: bool,
    /// What each section's first page begins with, in order.
    sections: std::vec::IntoIter<bool>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(
        document: &Tree<'d>,
        styles: &'d Styles,
        numbering: Numbering,
        limits: &Limits,
    ) -> Self {
        let (mut known, mut open) = (false, 0i64);
        let mut sections = Vec::new();
        let mut look = |element: Element<'_>| {
            match element.name() {
                "lastRenderedPageBreak" => known = true,
                "fldChar" => match element.attribute("fldCharType").as_deref() {
                    Some("begin") => open += 1,
                    Some("end") => open -= 1,
                    _ => {}
                },
                "sectPr" => {
                    let kind = element.value("type");
                    sections.push(kind.is_none_or(|k| k != "continuous" && k != "nextColumn"));
                }
                _ => {}
            }
            element.name() != "sectPrChange"
        };
        if let Some(root) = document.root() {
            root.visit(&mut look);
        }
        let mut sections = sections.into_iter();
        sections.next();
        Walk {
            styles,
            numbering,
            footnotes: BTreeMap::new(),
            endnotes: BTreeMap::new(),
            running: BTreeSet::new(),
            gather: Gather::new(limits, known),
            boxes: Vec::new(),
            awaited: Vec::new(),
            marks: [0, 0],
            fields: Vec::new(),
            balanced: open == 0,
            sections,
        }
    }

    /// Reads what stands aside of the text: fields and boxes of its own, and everything in it at one place.
    pub(super) fn aside(&mut self, at: At, read: impl FnOnce(&mut Self)) {
        let fields = std::mem::take(&mut self.fields);
        let boxes = std::mem::take(&mut self.boxes);
        let place = self.gather.place.replace(at);
        self.gather.inside += 1;
        read(self);
        self.gather.inside -= 1;
        self.gather.place = place;
        self.boxes = boxes;
        self.fields = fields;
    }

    /// Reads the paragraphs and tables in `parent`.
    pub(super) fn flow(&mut self, parent: Element<'_>, out: &mut Vec<Block>) {
        let mut carried = None;
        self.blocks(parent, out, &mut carried);
        if let Some((line, set)) = carried {
            self.finish(line, &set, out);
        }
    }

    fn blocks(
        &mut self,
        parent: Element<'_>,
        out: &mut Vec<Block>,
        carried: &mut Option<(Line, Properties)>,
    ) {
        for element in parent.children() {
            if self.gather.left == 0 {
                return;
            }
            match element.name() {
                "p" => self.paragraph(element, out, carried),
                "tbl" => {
                    if let Some((line, set)) = carried.take() {
                        self.finish(line, &set, out);
                    }
                    self.table(element, out);
                    self.notes_below(out);
                }
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.blocks(content, out, carried);
                    }
                }
                "customXml" | "smartTag" => self.blocks(element, out, carried),
                "ins" | "moveTo" => {
                    self.gather.note(Noted::Revisions);
                    self.blocks(element, out, carried);
                }
                "del" | "moveFrom" => self.gather.note(Noted::Revisions),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks(chosen, out, carried);
                    }
                }
                "oMathPara" | "oMath" => {
                    let mut line = Line::default();
                    self.formula(element, &mut line);
                    self.finish(line, &Properties::default(), out);
                }
                _ => {}
            }
        }
    }

    fn paragraph(
        &mut self,
        element: Element<'_>,
        out: &mut Vec<Block>,
        carried: &mut Option<(Line, Properties)>,
    ) {
        let properties = Properties::read(element.child("pPr"), self.styles, &self.numbering);
        if properties.set.breaks == Some(true) && !self.gather.pages.fresh {
            self.gather.pages.typed();
        }
        let mut line = carried.take().map(|c| c.0).unwrap_or_default();
        self.inline(element, &properties, &mut line);
        if properties.mark_deleted {
            self.gather.note(Noted::Revisions);
        }
        if properties.mark_inserted {
            self.gather.note(Noted::Revisions);
        }
        let joins = properties.mark_deleted || properties.mark_hidden || properties.drop_cap;
        if properties.ends_section {
            self.finish(line, &properties, out);
            if self.sections.next().unwrap_or(true) {
                self.gather.pages.typed();
            }
        } else if joins {
            *carried = Some((line, properties));
        } else {
            self.finish(line, &properties, out);
        }
    }

    /// Puts a paragraph together, counts it, and hands it on unless nothing of it is displayed.
    fn finish(&mut self, line: Line, properties: &Properties, out: &mut Vec<Block>) {
        let tabs = line.text.chars().take_while(|c| *c == '\t').count();
        let spaces = line.text.chars().take_while(|c| *c == ' ').count();
        // A page break in the middle parts it for whoever looks at it.
        let mut parts = line.text.split('\u{c}').map(str::trim);
        let text = parts.next().unwrap_or_default();
        let vanished =
            line.text.trim().is_empty() && (properties.mark_hidden || properties.mark_deleted);
        if line.hidden {
            self.gather.note(Noted::HiddenText);
        }
        let (number, level) = match &properties.list {
            Some((list, level)) if !vanished => {
                let label = self.numbering.next(list, *level);
                (label.filter(|_| !properties.mark_hidden), *level)
            }
            _ => (None, 0),
        };
        let boxes = std::mem::take(&mut self.boxes);
        out.extend(boxes);
        let side = properties.set.side();
        let moved = side == Align::Start && (tabs >= RIGHT_TABS || spaces >= RIGHT_TABS * 6);
        let mut paragraph = Paragraph {
            bold: line.letters > 0 && line.letters == line.bold,
            text: text.to_owned(),
            number,
            level,
            heading: properties.heading,
            align: if moved { Align::End } else { side },
            part: if properties.frame {
                Part::Box
            } else {
                Part::Body
            },
            ..Paragraph::default()
        };
        let mut pages = line.pages.iter();
        if !text.is_empty() {
            let first = pages.next().copied().unwrap_or_default();
            (paragraph.at.page, paragraph.new_page) = first;
        } else if paragraph.number.is_some() {
            paragraph.at.page = self.gather.pages.shown();
            paragraph.new_page = self.gather.pages.read();
        }
        self.gather.push(paragraph.clone(), out);
        paragraph.number = None;
        for text in parts.filter(|p| !p.is_empty()) {
            let first = pages.next().copied().unwrap_or_default();
            (paragraph.at.page, paragraph.new_page) = first;
            paragraph.text = text.to_owned();
            self.gather.push(paragraph.clone(), out);
        }
        self.notes_below(out);
    }

    /// Foot and end notes that the block before has referred to.
    fn notes_below(&mut self, out: &mut Vec<Block>) {
        if self.gather.inside > 0 {
            return;
        }
        for (end, id, mark, at) in std::mem::take(&mut self.awaited) {
            let notes = if end { &self.endnotes } else { &self.footnotes };
            let Some(found) = notes.get(&id).copied() else {
                continue;
            };
            let mut all = Vec::new();
            self.aside(at, |walk| walk.flow(found, &mut all));
            for block in all {
                if let Block::Paragraph(mut paragraph) = block {
                    paragraph.part = Part::Footnote(mark.clone());
                    // A mark that somebody typed stands before the words too.
                    if let Some(rest) = paragraph.text.strip_prefix(mark.as_str()) {
                        paragraph.text = rest.trim_start().to_owned();
                    }
                    out.push(Block::Paragraph(paragraph));
                }
            }
        }
        // A note inside a note is none.
        self.awaited.clear();
    }

    /// The text of a box or a frame.
    pub(super) fn boxed(&mut self, content: Element<'_>) {
        let mut all = Vec::new();
        let at = self.gather.here();
        let own = self.gather.place.is_none();
        self.aside(at, |walk| {
            if own {
                walk.gather.place = None;
            }
            walk.flow(content, &mut all);
        });
        for block in &mut all {
            if let Block::Paragraph(paragraph) = block
                && paragraph.part == Part::Body
            {
                paragraph.part = Part::Box;
            }
        }
        self.boxes.extend(all);
    }
}

/// The variant of an alternative that is displayed.
pub(super) fn chosen(alternative: Element<'_>) -> Option<Element<'_>> {
    const KNOWN: [&str; 10] = [
        "txbxContent",
        "blip",
        "chart",
        "relIds",
        "r",
        "t",
        "p",
        "tbl",
        "oMath",
        "wsp",
    ];
    let choice = alternative.child("Choice").filter(|c| c.holds(&KNOWN));
    choice.or_else(|| alternative.child("Fallback"))
}

/// What the properties of a paragraph come to.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub whole: Whole,
    set: Set,
    heading: Option<u8>,
    list: Option<(String, u8)>,
    mark_deleted: bool,
    mark_inserted: bool,
    mark_hidden: bool,
    ends_section: bool,
    frame: bool,
    drop_cap: bool,
}

impl Properties {
    fn read(element: Option<Element<'_>>, styles: &Styles, numbering: &Numbering) -> Self {
        let style = element.and_then(|e| e.value("pStyle"));
        let whole = styles.paragraph(style.as_deref()).clone();
        let own = Set::read(element);
        let mut heading = whole.heading;
        if let Some(level) = own.outline {
            heading = Some(level + 1).filter(|l| *l <= 9);
        }
        let direct = own.list.is_some();
        let set = own.over(&whole.set);
        // List 0 takes the number of the style away.
        let list = set.list.clone().filter(|l| l != "0").map(|list| {
            let styled = numbering.level_of(&list, &whole.chain).filter(|_| !direct);
            let level = styled.or(set.level).unwrap_or(0);
            (list, level)
        });
        let mark = element.and_then(|e| e.child("rPr"));
        let has = |name: &str| mark.is_some_and(|m| m.child(name).is_some());
        let hidden = mark.and_then(|m| m.child("vanish")).map(on);
        let frame = element.and_then(|e| e.child("framePr"));
        let drop_cap = frame
            .and_then(|f| f.attribute("dropCap"))
            .is_some_and(|d| d != "none");
        Properties {
            heading,
            list,
            mark_deleted: has("del") || has("moveFrom"),
            mark_inserted: has("ins") || has("moveTo"),
            mark_hidden: hidden.or(whole.look.hidden).unwrap_or(false),
            ends_section: element.is_some_and(|e| e.child("sectPr").is_some()),
            frame: frame.is_some() && !drop_cap,
            drop_cap,
            set,
            whole,
        }
    }
}
