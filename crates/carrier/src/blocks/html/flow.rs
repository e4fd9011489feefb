//! Paragraphs of a page: takes its nodes, gives blocks. A block of the page ends the paragraph before it, whatever
//! element it is; everything else only changes how letters look.

use std::collections::BTreeSet;

use super::super::gather::Gather;
use super::super::numbers::Style;
use super::super::{Align, Block, Limits, Noted, Paragraph, Part, symbols};
use super::css::{Look, Sheet, is_heading};
use super::sink::{MAX_DEPTH, Node, Page};

/// Elements that say nothing to a reader.
const SILENT: [&str; 14] = [
    "head", "script", "style", "title", "template", "noscript", "xml", "select", "textarea",
    "iframe", "object", "svg", "button", "#comment",
];
/// Elements that stand within a line.
const WITHIN: [&str; 30] = [
    "a", "abbr", "b", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label",
    "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr", "o:p",
];
const RIGHT_TABS: usize = 4;

/// How everything in an element looks.
#[derive(Debug, Clone, Default)]
pub(super) struct Context {
    bold: bool,
    align: Align,
    indent: bool,
    hidden: bool,
    blanks: bool,
    heading: Option<u8>,
    level: u8,
    /// Letters belong to the number of the paragraph.
    number: bool,
    part: Part,
    depth: u32,
    /// Signs of which font.
    font: String,
}

/// A paragraph as it grows.
#[derive(Debug, Default)]
struct Line {
    text: String,
    number: String,
    letters: usize,
    bold: usize,
    /// A blank comes next, if something follows on the same line.
    blank: bool,
    hidden: bool,
    context: Option<Context>,
    new_page: bool,
}

/// An open list.
struct List {
    /// None for bullets.
    style: Option<Style>,
    next: i64,
}

pub(super) struct Walk<'p> {
    pub page: &'p Page,
    pub sheet: &'p Sheet,
    pub gather: Gather,
    lists: Vec<List>,
    /// The label of an item that nothing was read of yet, and its level.
    label: Option<(String, u8)>,
    running: BTreeSet<String>,
    /// The mark of the note that is being read.
    mark: Option<String>,
}

impl<'p> Walk<'p> {
    pub(super) fn new(page: &'p Page, sheet: &'p Sheet, limits: &Limits) -> Self {
        Walk {
            page,
            sheet,
            gather: Gather::new(limits, false),
            lists: Vec::new(),
            label: None,
            running: BTreeSet::new(),
            mark: None,
        }
    }

    pub(super) fn document(&mut self, out: &mut Vec<Block>) {
        self.flow(0, &Context::default(), out);
    }

    /// Reads all that is in a node.
    pub(super) fn flow(&mut self, index: usize, context: &Context, out: &mut Vec<Block>) {
        let mut line = Line::default();
        self.inside(index, context, &mut line, out);
        self.finish(&mut line, out);
    }

    fn inside(&mut self, index: usize, context: &Context, line: &mut Line, out: &mut Vec<Block>) {
        let page = self.page;
        let Some(node) = page.node(index) else { return };
        if context.depth > MAX_DEPTH {
            self.gather.note(Noted::Cut);
            return;
        }
        for child in &node.children {
            if self.gather.left == 0 {
                return;
            }
            let Some(node) = page.node(*child) else {
                continue;
            };
            if node.name().is_empty() {
                self.words(&node.text, context, line);
            } else {
                self.element(*child, node, context, line, out);
            }
        }
    }

    /// The look of what is in an element.
    pub(super) fn within(&self, look: &Look, context: &Context) -> Context {
        Context {
            bold: look.bold.unwrap_or(context.bold),
            align: look.align.unwrap_or(context.align),
            indent: look.indent.unwrap_or(context.indent),
            hidden: context.hidden || look.hidden == Some(true),
            blanks: look.blanks.unwrap_or(context.blanks),
            number: context.number || look.number == Some(true),
            heading: look.outline.or(context.heading),
            level: look.level.unwrap_or(context.level),
            depth: context.depth + 1,
            ..context.clone()
        }
    }

    fn element(
        &mut self,
        index: usize,
        node: &Node,
        context: &Context,
        line: &mut Line,
        out: &mut Vec<Block>,
    ) {
        let name = node.name();
        if SILENT.contains(&name) || name.starts_with("v:") || name.starts_with("w:") {
            return;
        }
        let look = self.sheet.look(node);
        let mut inner = self.within(&look, context);
        match name {
            "br" if look.page == Some(true) => {
                self.finish(line, out);
                self.gather.pages.turn();
            }
            "br" => {
                if !inner.hidden {
                    line.text.push('\n');
                    line.blank = false;
                }
            }
            "del" => self.gather.note(Noted::Revisions),
            "ins" => {
                self.gather.note(Noted::Revisions);
                self.inside(index, &inner, line, out);
            }
            "img" if inner.hidden => {}
            "img" => self.gather.note(Noted::Picture),
            "math" => self.gather.note(Noted::Formula),
            "hr" => self.finish(line, out),
            "table" => {
                self.finish(line, out);
                if !inner.hidden {
                    self.table(index, &inner, out);
                } else if !self.page.text(index).trim().is_empty() {
                    self.gather.note(Noted::HiddenText);
                }
            }
            "ul" | "ol" | "menu" | "dir" => {
                self.finish(line, out);
                self.list(node, &inner, line, out);
            }
            "a" if is_note(node, &look) => self.reference(index, &inner, line),
            "a" if node
                .attribute("class")
                .is_some_and(|c| c.contains("msocom")) =>
            {
                self.gather.note(Noted::Comments);
            }
            "span" if look.remark == Some(true) => self.gather.note(Noted::Comments),
            "span" if look.tabs.is_some() => {
                line.text.push_str(&"\t".repeat(look.tabs.unwrap_or(1)));
                line.blank = false;
            }
            _ if WITHIN.contains(&name) => {
                if let Some(face) = node.attribute("face") {
                    face.clone_into(&mut inner.font);
                }
                self.inside(index, &inner, line, out);
            }
            _ => {
                self.finish(line, out);
                self.block(index, node, &look, inner, line, out);
            }
        }
    }

    fn block(
        &mut self,
        index: usize,
        node: &Node,
        look: &Look,
        mut inner: Context,
        line: &mut Line,
        out: &mut Vec<Block>,
    ) {
        if look.page == Some(true) {
            self.gather.pages.turn();
        }
        let name = node.name();
        if is_heading(name) {
            inner.heading = name.get(1..).and_then(|l| l.parse().ok());
        }
        let title = node.attribute("title").unwrap_or_default();
        let id = node.attribute("id").unwrap_or_default();
        match (look.part.as_deref(), title) {
            (Some("comment-list" | "comment"), _) => {
                self.gather.note(Noted::Comments);
                return;
            }
            (Some("header" | "footer"), _) | (_, "header" | "footer") => inner.part = Part::Running,
            (Some("footnote" | "endnote"), _) => {
                self.note(index, &inner, out);
                return;
            }
            _ if id.starts_with("sdfootnote") || id.starts_with("sdendnote") => {
                self.note(index, &inner, out);
                return;
            }
            _ => {}
        }
        line.context = Some(inner.clone());
        self.inside(index, &inner, line, out);
        self.finish(line, out);
    }

    fn list(&mut self, node: &Node, context: &Context, line: &mut Line, out: &mut Vec<Block>) {
        let style = (node.name() == "ol").then(|| match node.attribute("type") {
            Some("a") => Style::LowerCounted,
            Some("A") => Style::UpperCounted,
            Some("i") => Style::LowerRoman,
            Some("I") => Style::UpperRoman,
            _ => Style::Decimal,
        });
        let start = node.attribute("start").and_then(|s| s.trim().parse().ok());
        self.lists.push(List {
            style,
            next: start.unwrap_or(1),
        });
        for child in &node.children {
            let Some(item) = self.page.node(*child) else {
                continue;
            };
            match item.name() {
                "li" => self.item(*child, item, context, line, out),
                "" => self.words(&item.text, context, line),
                _ => self.element(*child, item, context, line, out),
            }
        }
        self.finish(line, out);
        self.lists.pop();
    }

    fn item(
        &mut self,
        index: usize,
        item: &Node,
        context: &Context,
        line: &mut Line,
        out: &mut Vec<Block>,
    ) {
        self.finish(line, out);
        let look = self.sheet.look(item);
        let mut inner = self.within(&look, context);
        let level = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        inner.level = level;
        let value = item.attribute("value").and_then(|v| v.trim().parse().ok());
        if let Some(list) = self.lists.last_mut()
            && !inner.hidden
        {
            let number = value.unwrap_or(list.next);
            list.next = number.saturating_add(1);
            let label = match list.style {
                Some(style) => format!("{}.", style.show(number)),
                None => "•".to_owned(),
            };
            self.label = Some((label, level));
        }
        line.context = Some(inner.clone());
        self.inside(index, &inner, line, out);
        self.finish(line, out);
        if let Some((label, level)) = self.label.take() {
            // Nothing but the number is displayed.
            let paragraph = Paragraph {
                number: Some(label),
                level,
                ..Paragraph::default()
            };
            self.gather.push(paragraph, out);
        }
    }

    /// A reference to a note, or the mark before the note itself.
    fn reference(&mut self, index: usize, context: &Context, line: &mut Line) {
        let text = self.page.text(index);
        let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']'));
        let mark: String = bare.chars().take(20).collect();
        if mark.is_empty() {
            return;
        }
        match &mut self.mark {
            Some(own) if own.is_empty() => *own = mark,
            Some(_) => {}
            None => self.put(&format!("[^{mark}]"), context, line),
        }
    }

    fn note(&mut self, index: usize, context: &Context, out: &mut Vec<Block>) {
        let before = self.mark.replace(String::new());
        let mut all = Vec::new();
        self.flow(index, context, &mut all);
        let mark = std::mem::replace(&mut self.mark, before).unwrap_or_default();
        for mut block in all {
            if let Block::Paragraph(paragraph) = &mut block {
                paragraph.part = Part::Footnote(mark.clone());
            }
            out.push(block);
        }
    }

    fn words(&mut self, text: &str, context: &Context, line: &mut Line) {
        if context.hidden {
            line.hidden |= !text.trim().is_empty();
            return;
        }
        if context.number {
            line.number.push_str(text.trim());
            return;
        }
        if context.blanks {
            let plain: String = text.chars().filter(|c| *c != '\r').collect();
            self.put(&plain, context, line);
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut blank = line.blank;
        for letter in text.chars() {
            match letter {
                ' ' | '\t' | '\n' | '\r' | '\u{c}' => blank = true,
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                letter => {
                    let begins = out.is_empty()
                        && (line.text.is_empty() || line.text.ends_with(['\n', '\t']));
                    if std::mem::take(&mut blank) && !begins {
                        out.push(' ');
                    }
                    let font = &context.font;
                    let special = symbols::is_private(letter) || symbols::is_symbolic(font);
                    let sign = special.then(|| symbols::sign(font, letter)).flatten();
                    out.push(sign.unwrap_or(letter));
                }
            }
        }
        line.blank = false;
        self.put(&out, context, line);
        line.blank = blank;
    }

    fn put(&mut self, text: &str, context: &Context, line: &mut Line) {
        if std::mem::take(&mut line.blank) && !line.text.is_empty() {
            line.text.push(' ');
        }
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        line.letters += letters;
        if context.bold {
            line.bold += letters;
        }
        if !text.trim().is_empty() {
            line.new_page |= self.gather.pages.read();
            if line.context.is_none() {
                line.context = Some(context.clone());
            }
        }
        line.text.push_str(text);
    }

    /// Ends the paragraph at hand and hands it on, if anything of it is displayed.
    fn finish(&mut self, line: &mut Line, out: &mut Vec<Block>) {
        let line = std::mem::take(line);
        if line.hidden {
            self.gather.note(Noted::HiddenText);
        }
        let text = line.text.trim();
        let number = line.number.trim();
        if text.is_empty() && number.is_empty() {
            return;
        }
        let context = line.context.unwrap_or_default();
        let (label, level) = match self.label.take().filter(|_| number.is_empty()) {
            Some((label, level)) => (Some(label), level),
            None => (None, context.level),
        };
        let label = label.or_else(|| (!number.is_empty()).then(|| shown(number)));
        let tabs = line.text.chars().take_while(|c| *c == '\t').count();
        let right = context.align == Align::Start && (context.indent || tabs >= RIGHT_TABS);
        let paragraph = Paragraph {
            text: text.to_owned(),
            number: label,
            level,
            heading: context.heading.filter(|l| (1..=9).contains(l)),
            align: if right { Align::End } else { context.align },
            bold: line.letters > 0 && line.letters == line.bold,
            new_page: line.new_page,
            part: context.part,
            ..Paragraph::default()
        };
        if paragraph.part == Part::Running {
            let words = paragraph.text.chars().any(char::is_alphabetic);
            if !words || !self.running.insert(paragraph.text.clone()) {
                return;
            }
        }
        self.gather.push(paragraph, out);
    }
}

/// A number or a bullet as Word displays it: letters of Symbol and Wingdings are bullets.
fn shown(number: &str) -> String {
    let bullet = |c: char| match c {
        c if symbols::is_private(c) => symbols::sign("", c).unwrap_or('•'),
        '·' | '§' | 'Ø' | 'ü' | 'v' | 'q' => '•',
        'o' => '○',
        c => c,
    };
    let mut letters = number.chars();
    match (letters.next(), letters.next()) {
        (Some(only), None) => bullet(only).to_string(),
        _ => number.to_owned(),
    }
}

fn is_note(node: &Node, look: &Look) -> bool {
    let class = node.attribute("class").unwrap_or_default();
    look.note == Some(true) || class.starts_with("sdfootnote") || class.starts_with("sdendnote")
}
