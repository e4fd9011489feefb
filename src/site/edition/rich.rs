//! Safe markup of a page as blocks of a file.
//!
//! Takes what this program's own writer of HTML made; gives its paragraphs, lists, tables and runs. An element that is
//! not known gives its words. Must not be asked to read anything that people wrote.

use glasno_editions::{Block, Cell, Inline, Item, Row, Run, Script, Table};

use super::formula;
use super::markup::{Element, Node, parse};

/// Markup as blocks.
pub fn blocks(html: &str) -> Vec<Block> {
    if !html.contains(['<', '&']) {
        return match html.trim().is_empty() {
            true => Vec::new(),
            false => vec![Block::text(html.trim())],
        };
    }
    let mut out = Writer::default();
    out.children(&parse(html), Run::default());
    out.flush();
    out.blocks
}

/// One formula of a page.
pub fn mathml(html: &str) -> Inline {
    Inline::Formula(formula::read(&parse(html)))
}

#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    line: Vec<Inline>,
}

impl Writer {
    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        if let Some(Inline::Run(first)) = line.first_mut() {
            first.text = first.text.trim_start_matches([' ', '\n']).to_owned();
        }
        if let Some(Inline::Run(last)) = line.last_mut() {
            last.text = last.text.trim_end_matches([' ', '\n']).to_owned();
        }
        line.retain(|part| !matches!(part, Inline::Run(run) if run.text.is_empty()));
        if !line.is_empty() {
            self.blocks.push(Block::Paragraph(line));
        }
    }

    fn children(&mut self, element: &Element, hand: Run) {
        for child in &element.children {
            match child {
                Node::Text(text) => self.text(text, &hand),
                Node::Element(element) => self.element(element, hand.clone()),
            }
        }
    }

    fn text(&mut self, text: &str, hand: &Run) {
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            match c {
                ' ' | '\n' | '\t' | '\r' if words.ends_with(' ') => {}
                ' ' | '\n' | '\t' | '\r' => words.push(' '),
                c => words.push(c),
            }
        }
        if words != " " || !self.line.is_empty() {
            self.line.push(Inline::Run(Run {
                text: words,
                ..hand.clone()
            }));
        }
    }

    fn inner(element: &Element, hand: Run) -> Vec<Block> {
        let mut inner = Writer::default();
        inner.children(element, hand);
        inner.flush();
        inner.blocks
    }

    fn element(&mut self, element: &Element, hand: Run) {
        match &*element.name {
            "strong" | "b" => self.children(element, Run { bold: true, ..hand }),
            "em" | "i" => self.children(
                element,
                Run {
                    italic: true,
                    ..hand
                },
            ),
            "sup" => {
                let script = Some(Script::Raised);
                self.children(element, Run { script, ..hand });
            }
            "sub" => {
                let script = Some(Script::Lowered);
                self.children(element, Run { script, ..hand });
            }
            "a" => {
                let link = element.attribute("href").map(str::to_owned);
                self.children(element, Run { link, ..hand });
            }
            "br" => self.line.push(Inline::Break),
            "img" => {
                if let Some(alt) = element.attribute("alt").filter(|a| !a.is_empty()) {
                    self.text(
                        &format!("[{alt}]"),
                        &Run {
                            italic: true,
                            ..hand
                        },
                    );
                }
            }
            "math" => self.line.push(Inline::Formula(formula::read(element))),
            "ul" | "ol" => {
                self.flush();
                self.list(element, &hand);
            }
            "table" => {
                self.flush();
                self.blocks.push(Block::Table(table(element)));
            }
            "blockquote" => {
                self.flush();
                self.blocks.push(Block::Note(Self::inner(element, hand)));
            }
            "pre" => {
                self.flush();
                self.blocks.push(Block::text(element.text()));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                let level = element.name.as_bytes().get(1).map_or(2, |b| b - b'0');
                let mut inner = Writer::default();
                inner.children(element, hand);
                self.blocks.push(Block::Heading {
                    level,
                    text: inner.line,
                });
            }
            "div" if element.attribute("class") == Some("footnote") => {
                self.flush();
                self.footnote(element, hand);
            }
            "p" | "div" | "section" | "li" | "dl" | "dt" | "dd" | "hr" => {
                self.flush();
                self.children(element, hand);
                self.flush();
            }
            _ => self.children(element, hand),
        }
    }

    fn list(&mut self, list: &Element, hand: &Run) {
        let mut number: u64 = list
            .attribute("start")
            .and_then(|s| s.parse().ok())
            .unwrap_or(1);
        let class = |name: &str| list.attribute("class").is_some_and(|c| c.contains(name));
        let (printed, bracket) = (class("printed"), class("brackets"));
        let mut items = Vec::new();
        for child in &list.children {
            let Node::Element(element) = child else {
                continue;
            };
            if let Some(own) = element.attribute("value").and_then(|v| v.parse().ok()) {
                number = own;
            }
            items.push(Item {
                marker: match &*list.name {
                    _ if printed => String::new(),
                    "ol" if bracket => format!("{number})"),
                    "ol" => format!("{number}."),
                    _ => "•".to_owned(),
                },
                blocks: Self::inner(element, hand.clone()),
            });
            number = number.saturating_add(1);
        }
        self.blocks.push(Block::List(items));
    }

    /// A note with its number in front.
    fn footnote(&mut self, element: &Element, hand: Run) {
        let mut marker = String::new();
        let mut inner = Writer::default();
        for (n, child) in element.children.iter().enumerate() {
            match child {
                Node::Element(span) if n == 0 && span.name == "span" => marker = span.text(),
                Node::Element(element) => inner.element(element, hand.clone()),
                Node::Text(text) => inner.text(text, &hand),
            }
        }
        inner.flush();
        let item = Item {
            marker,
            blocks: inner.blocks,
        };
        match self.blocks.last_mut() {
            Some(Block::List(items)) if items.iter().all(|i| i.marker.parse::<u32>().is_ok()) => {
                items.push(item);
            }
            _ => self.blocks.push(Block::List(vec![item])),
        }
    }
}

fn table(element: &Element) -> Table {
    let mut table = Table::default();
    for row in element.below("tr") {
        let mut all_heads = true;
        let mut cells = Vec::new();
        for child in &row.children {
            let Node::Element(own) = child else { continue };
            let head = own.name == "th";
            all_heads &= head;
            let span = |name: &str| {
                let given = own.attribute(name).and_then(|v| v.parse().ok());
                given.unwrap_or(1usize).clamp(1, 100)
            };
            cells.push(Cell {
                head,
                columns: span("colspan"),
                rows: span("rowspan"),
                ..Cell::of(Writer::inner(own, Run::default()))
            });
        }
        let row = Row { cells };
        match all_heads && table.rows.is_empty() && !row.cells.is_empty() {
            true => table.head.push(row),
            false => table.rows.push(row),
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use glasno_editions::plain;

    use super::*;

    #[test]
    fn words_keep_their_markers_and_places() {
        let html = "<p>Первое&nbsp;слово, <strong>второе</strong> &lt;и&gt;<br>третье</p>\
                    <ol start=\"3\"><li>три<ul class=\"printed\"><li>– под</li></ul></li><li>четыре</li></ol>\
                    <table><thead><tr><th scope=\"col\">А</th></tr></thead><tbody><tr><td data-label=\"А\">1</td></tr></tbody></table>\
                    <div class=\"footnote\" id=\"fn-1\"><span>1</span><p>сноска</p></div>";
        let said = plain(&blocks(html));
        assert_eq!(
            said,
            "Первое\u{a0}слово, второе <и>\nтретье\n3. три\n– под\n4. четыре\nА\n1\n1 сноска"
        );
    }

    #[test]
    fn formulas_are_read() {
        let Ok(html) = crate::math::mathml("Д = \\frac{Ч_{1}}{Ч} \\times 100\\%", true) else {
            panic!("a formula");
        };
        let Inline::Formula(formula) = mathml(&html) else {
            panic!("a formula");
        };
        assert_eq!(formula.linear(), "Д = (Ч_1) / Ч × 100%");
    }
}
