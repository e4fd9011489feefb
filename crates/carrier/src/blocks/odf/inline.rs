//! What stands in a paragraph of an OpenDocument text: takes it, gives the text that is displayed, and which of it is
//! bold or hidden. Runs of blanks in the file are one, as the format has it.

use super::super::tree::{Element, Item};
use super::super::{Block, Noted, Part, symbols};
use super::flow::{Walk, is_hidden};
use super::line::Line;
use super::styles::Style;

const MAX_BLANKS: usize = 1000;

impl Walk<'_> {
    /// Reads what is in `parent`, as `style` has it.
    pub(super) fn inline(&mut self, parent: Element<'_>, style: &Style, line: &mut Line) {
        for item in parent.items() {
            let element = match item {
                Item::Text(text) => {
                    self.words(&text, style, line);
                    continue;
                }
                Item::Element(element) => element,
            };
            match element.name() {
                "span" => {
                    let name = element.attribute("style-name");
                    let own = self.styles.get("text", name.as_deref());
                    let inner = Style {
                        bold: own.bold.or(style.bold),
                        hidden: own.hidden.or(style.hidden),
                        font: own.font.or_else(|| style.font.clone()),
                        ..Style::default()
                    };
                    self.inline(element, &inner, line);
                }
                "s" => {
                    let count: usize = element.number("c").unwrap_or(1);
                    self.put(&" ".repeat(count.min(MAX_BLANKS)), style, line);
                }
                "tab" => self.put("\t", style, line),
                "line-break" => self.put("\n", style, line),
                "soft-page-break" => self.gather.pages.turn(),
                "note" => self.footnote(element, style, line),
                "annotation" => self.gather.note(Noted::Comments),
                "hidden-text" | "hidden-paragraph" if is_hidden(element) => {
                    line.hidden = true;
                    line.gone |= element.name() == "hidden-paragraph";
                }
                "ruby" => {
                    if let Some(base) = element.child("ruby-base") {
                        self.inline(base, style, line);
                    }
                }
                "change" | "change-start" | "change-end" => self.gather.note(Noted::Revisions),
                // Its label is asked for where the paragraph is counted.
                "number" | "annotation-end" | "tracked-changes" | "bookmark" | "script"
                | "event-listeners" => {}
                "frame" | "g" | "custom-shape" | "rect" | "ellipse" | "line" | "control" => {
                    self.drawn(element);
                }
                // Fields and references hold what they show; links and remarks on meaning hold text.
                _ => self.inline(element, style, line),
            }
        }
    }

    fn words(&mut self, text: &str, style: &Style, line: &mut Line) {
        let mut out = String::with_capacity(text.len());
        let mut blank = line.blank;
        let font = style.font.as_deref().unwrap_or_default();
        for letter in text.chars() {
            match letter {
                ' ' | '\t' | '\n' | '\r' => blank = true,
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                letter => {
                    let begins = out.is_empty()
                        && (line.text.is_empty() || line.text.ends_with([' ', '\n', '\t']));
                    if std::mem::take(&mut blank) && !begins {
                        out.push(' ');
                    }
                    let special = symbols::is_private(letter) || symbols::is_symbolic(font);
                    let sign = special.then(|| symbols::sign(font, letter)).flatten();
                    if sign.is_none() && symbols::is_private(letter) {
                        self.gather.note(Noted::Unmapped);
                    }
                    out.push(sign.unwrap_or(letter));
                }
            }
        }
        line.blank = false;
        self.put(&out, style, line);
        line.blank = blank;
    }

    fn put(&mut self, text: &str, style: &Style, line: &mut Line) {
        if style.hidden == Some(true) {
            line.hidden |= !text.trim().is_empty();
            return;
        }
        if std::mem::take(&mut line.blank) && !line.text.is_empty() {
            line.text.push(' ');
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        line.letters += letters;
        if style.bold == Some(true) {
            line.bold += letters;
        }
        line.text.push_str(text);
        if !text.trim().is_empty() && !std::mem::replace(&mut line.begun, true) {
            line.page = self.gather.pages.shown();
            line.new_page = self.gather.pages.read();
        }
    }

    fn footnote(&mut self, note: Element<'_>, style: &Style, line: &mut Line) {
        let mark = note.child("note-citation").map(|c| {
            let label = c.attribute("label");
            label.map_or_else(|| c.text(), |l| l.into_owned())
        });
        let mark: String = mark.unwrap_or_default().trim().chars().take(20).collect();
        self.put(&format!("[^{mark}]"), style, line);
        let Some(body) = note.child("note-body") else {
            return;
        };
        let at = self.gather.here();
        let mut all = Vec::new();
        self.aside(at, |walk| walk.flow(body, &mut all));
        for block in all {
            if let Block::Paragraph(mut paragraph) = block {
                paragraph.part = Part::Footnote(mark.clone());
                self.below.push(Block::Paragraph(paragraph));
            }
        }
    }

    /// Pictures, and the text of boxes and shapes among them.
    pub(super) fn drawn(&mut self, element: Element<'_>) {
        match element.name() {
            "text-box" => self.boxed(element),
            "image" => self.gather.note(Noted::Picture),
            "object" | "object-ole" => {
                let formula = element.child("math").is_some();
                self.gather.note(if formula {
                    Noted::Formula
                } else {
                    Noted::Picture
                });
            }
            "custom-shape" | "rect" | "ellipse" | "line" if element.child("p").is_some() => {
                self.boxed(element);
            }
            _ => {
                for child in element.children() {
                    self.drawn(child);
                }
            }
        }
    }
}
