//! Paragraphs, lists and tables in the order a reader meets them: takes an element that holds them, gives blocks.

use std::collections::BTreeSet;

use super::super::gather::Gather;
use super::super::tree::Element;
use super::super::{Align, At, Block, Limits, Noted, Paragraph, Part};
use super::line::Line;
use super::lists::Lists;
use super::styles::{Style, Styles};

/// Tabs at the beginning of a line that put it to the right.
const RIGHT_TABS: usize = 4;

/// What is known while a text is walked over.
pub(super) struct Walk<'d> {
    pub styles: &'d Styles,
    pub gather: Gather,
    /// Texts of heads and feet that were handed on.
    pub running: BTreeSet<String>,
    /// Text boxes of the paragraph at hand.
    pub boxes: Vec<Block>,
    /// Notes to be handed on behind the block at hand.
    pub below: Vec<Block>,
    lists: Lists,
}

/// The list that is open, if any.
#[derive(Clone, Default)]
struct Open {
    style: String,
    /// Its place among the counters.
    at: usize,
    /// From 0; none outside lists.
    level: Option<usize>,
}

impl<'d> Walk<'d> {
    pub(super) fn new(text: Element<'_>, styles: &'d Styles, limits: &Limits) -> Self {
        let known = text.holds(&["soft-page-break"]);
        Walk {
            styles,
            gather: Gather::new(limits, known),
            running: BTreeSet::new(),
            boxes: Vec::new(),
            below: Vec::new(),
            lists: Lists::default(),
        }
    }

    /// Reads what stands aside of the text, everything in it at one place.
    pub(super) fn aside(&mut self, at: At, read: impl FnOnce(&mut Self)) {
        let boxes = std::mem::take(&mut self.boxes);
        let place = self.gather.place.replace(at);
        self.gather.inside += 1;
        read(self);
        self.gather.inside -= 1;
        self.gather.place = place;
        self.boxes = boxes;
    }

    /// Reads the paragraphs and tables in `parent`.
    pub(super) fn flow(&mut self, parent: Element<'_>, out: &mut Vec<Block>) {
        self.blocks(parent, &Open::default(), out);
    }

    fn blocks(&mut self, parent: Element<'_>, open: &Open, out: &mut Vec<Block>) {
        for element in parent.children() {
            if self.gather.left == 0 {
                return;
            }
            match element.name() {
                "p" | "h" => self.paragraph(element, None, out),
                "list" => self.list(element, open, out),
                "numbered-paragraph" => self.blocks(element, open, out),
                "table" => {
                    self.table(element, out);
                    self.notes_below(out);
                }
                "section" => {
                    let hidden = match element.attribute("display").as_deref() {
                        Some("none") => true,
                        Some("condition") => is_hidden(element),
                        _ => false,
                    };
                    if hidden {
                        self.gather.note(Noted::HiddenText);
                    } else {
                        self.blocks(element, open, out);
                    }
                }
                "tracked-changes" if element.children().next().is_some() => {
                    self.gather.note(Noted::Revisions);
                }
                "soft-page-break" => self.gather.pages.turn(),
                "index-body" | "index-title" | "table-of-content" | "illustration-index"
                | "table-index" | "object-index" | "user-index" | "alphabetical-index"
                | "bibliography" => self.blocks(element, open, out),
                "frame" | "g" | "custom-shape" | "rect" | "line" | "a" | "ellipse" => {
                    self.drawn(element);
                    out.append(&mut self.boxes);
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: Element<'_>, outer: &Open, out: &mut Vec<Block>) {
        let style = list.attribute("style-name");
        let style = style.map_or_else(|| outer.style.clone(), |s| s.into_owned());
        let open = match outer.level {
            Some(level) => Open {
                style,
                at: outer.at,
                level: Some(level + 1),
            },
            None => Open {
                at: self.lists.open(list, &style),
                style,
                level: Some(0),
            },
        };
        for item in list.children() {
            match item.name() {
                "list-item" => self.item(item, &open, out),
                "list-header" => self.blocks(item, &open, out),
                _ => {}
            }
        }
    }

    fn item(&mut self, item: Element<'_>, open: &Open, out: &mut Vec<Block>) {
        let mut first = true;
        for element in item.children() {
            match element.name() {
                "p" | "h" if first => {
                    self.paragraph(element, Some((item, open)), out);
                    first = false;
                }
                "p" | "h" => self.paragraph(element, None, out),
                "list" => {
                    // An item that begins with a list is only its frame.
                    first = false;
                    self.list(element, open, out);
                }
                "soft-page-break" => self.gather.pages.turn(),
                _ => {}
            }
        }
    }

    /// The number of an item, in the list it stands in or that its own style asks for.
    fn number(&mut self, item: Element<'_>, open: &Open, style: &Style) -> Option<String> {
        let name = item
            .attribute("style-override")
            .map(|s| s.into_owned())
            .or_else(|| Some(open.style.clone()).filter(|s| !s.is_empty()))
            .or_else(|| style.list.clone())
            .unwrap_or_default();
        let counted = self.lists.next(
            open.at,
            open.level.unwrap_or(0),
            item.number("start-value"),
            self.styles.list(&name),
        );
        written(item).or(counted)
    }

    fn paragraph(
        &mut self,
        element: Element<'_>,
        item: Option<(Element<'_>, &Open)>,
        out: &mut Vec<Block>,
    ) {
        let name = element.attribute("style-name");
        let style = self.styles.get("paragraph", name.as_deref());
        self.page_before(&style);
        let mut line = Line::default();
        self.inline(element, &style, &mut line);
        if line.gone {
            line.text.clear();
        }
        if line.hidden {
            self.gather.note(Noted::HiddenText);
        }
        let text = line.text.trim();
        let boxes = std::mem::take(&mut self.boxes);
        out.extend(boxes);
        let vanished = text.is_empty() && line.hidden;
        let heading =
            (element.name() == "h").then(|| element.number("outline-level").unwrap_or(1u8));
        let level = item.and_then(|(_, open)| open.level).unwrap_or(0);
        let number = match (item, heading) {
            _ if vanished => None,
            (Some((item, open)), _) => self.number(item, open, &style),
            (None, Some(level)) => {
                let level = usize::from(level.saturating_sub(1));
                self.lists.heading(level, &self.styles.outline)
            }
            (None, None) => None,
        };
        // An empty heading is only room on the page.
        let number = number.filter(|_| item.is_some() || !text.is_empty());
        let heading = heading.or(style.outline).or(style.title.then_some(1));
        let tabs = line.text.chars().take_while(|c| *c == '\t').count();
        let side = style.side();
        let moved = side == Align::Start && tabs >= RIGHT_TABS;
        let mut paragraph = Paragraph {
            bold: line.letters > 0 && line.letters == line.bold,
            text: text.to_owned(),
            level: u8::try_from(level).unwrap_or(u8::MAX),
            number: written(element).or(number),
            heading: heading.filter(|l| (1..=9).contains(l)),
            align: if moved { Align::End } else { side },
            part: Part::Body,
            new_page: line.new_page,
            ..Paragraph::default()
        };
        paragraph.at.page = line.page;
        if text.is_empty() && paragraph.number.is_some() {
            paragraph.at.page = self.gather.pages.shown();
            paragraph.new_page = self.gather.pages.read();
        }
        self.gather.push(paragraph, out);
        self.notes_below(out);
        if style.breaks_after == Some(true) && self.gather.inside == 0 {
            self.gather.pages.turn();
        }
    }

    /// A page that begins with what has this style.
    pub(super) fn page_before(&mut self, style: &Style) {
        let breaks = style.breaks_before == Some(true) && self.gather.inside == 0;
        if breaks && !self.gather.pages.fresh {
            self.gather.pages.turn();
        }
    }

    /// Notes that the block before has referred to.
    fn notes_below(&mut self, out: &mut Vec<Block>) {
        if self.gather.inside == 0 {
            out.append(&mut self.below);
        }
    }

    /// The text of a box.
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

/// The number that was written out with an item or a heading.
fn written(element: Element<'_>) -> Option<String> {
    let number = element.child("number")?.text();
    let number = number.trim();
    (!number.is_empty()).then(|| number.to_owned())
}

/// Whether a part that a condition hides was hidden last.
pub(super) fn is_hidden(element: Element<'_>) -> bool {
    element.attribute("is-hidden").is_some_and(|h| h == "true")
}
