//! Writes Markdown events as HTML: semantic tables, headings with anchors, footnotes, MathML.
//!
//! Takes events whose text has been rewritten; gives [`Written`]. Everything that is not markup made here is escaped.

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::{Heading, Host, Written, escape, page_level};
use crate::math;

/// What stands before the items of lists.
#[derive(Clone, Copy)]
pub(super) enum Lists<'a> {
    /// The markers stand in their texts, as printed.
    Printed,
    /// Bullets and numbers; a list that one of these events begins has its numbers before a bracket.
    Marked(&'a [usize]),
}

struct Writer<'h> {
    host: &'h mut dyn Host,
    out: Written,
    outermost: HeadingLevel,
    block: bool,
    lists: Lists<'h>,
    /// The event that is written.
    now: usize,
    /// What ids of footnotes begin with.
    place: String,
    in_head: bool,
    column: usize,
    aligns: Vec<Alignment>,
    /// Headings of the open table's columns: on a phone each cell carries its own.
    labels: Vec<String>,
    label_from: usize,
    /// Where the open heading's HTML and text begin.
    heading: Option<(usize, String)>,
    /// Text of the open picture's description.
    alt: Option<String>,
    /// Whether each open link is written.
    links: Vec<bool>,
    footnotes: Vec<String>,
}

/// Writes the events of one text.
pub(super) fn write(
    events: &[Event<'_>],
    host: &mut dyn Host,
    block: bool,
    lists: Lists<'_>,
) -> Written {
    let place = host.place();
    let outermost = events
        .iter()
        .filter_map(|e| match e {
            Event::Start(Tag::Heading { level, .. }) => Some(*level),
            _ => None,
        })
        .min()
        .unwrap_or(HeadingLevel::H2);
    let mut writer = Writer {
        host,
        out: Written {
            block,
            ..Written::default()
        },
        outermost,
        block,
        lists,
        now: 0,
        place,
        in_head: false,
        column: 0,
        aligns: Vec::new(),
        labels: Vec::new(),
        label_from: 0,
        heading: None,
        alt: None,
        links: Vec::new(),
        footnotes: Vec::new(),
    };
    for (now, event) in events.iter().enumerate() {
        writer.now = now;
        writer.event(event);
    }
    let mut out = writer.out;
    out.plain.truncate(out.plain.trim_end().len());
    out
}

impl Writer<'_> {
    fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    fn event(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.push("<code>");
                self.push(&escape(text));
                self.push("</code>");
                self.out.plain.push_str(text);
            }
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => {
                self.push("<br>");
                self.out.plain.push('\n');
            }
            Event::Rule => self.push("<hr>"),
            Event::InlineMath(tex) => self.formula(tex, false),
            Event::DisplayMath(tex) => self.formula(tex, true),
            Event::FootnoteReference(name) => {
                let number = self.footnote(name);
                let place = self.place.clone();
                self.push(&format!(
                    "<sup id=\"fnref-{place}{number}\"><a href=\"#fn-{place}{number}\" aria-label=\"сноска {number}\">{number}</a></sup>"
                ));
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(alt) = &mut self.alt {
            alt.push_str(text);
            return;
        }
        let nice = self.host.text(text);
        self.out.html.push_str(&escape(&nice));
        self.out.plain.push_str(text);
        if let Some((_, title)) = &mut self.heading {
            title.push_str(&nice);
        }
    }

    fn formula(&mut self, tex: &str, display: bool) {
        // A formula that cannot be read was told as a finding before; here its source stands in for it.
        match math::mathml(tex, display) {
            Ok(mathml) => self.push(&mathml),
            Err(_) => {
                let source = format!("<code>{}</code>", escape(tex));
                self.push(&source);
            }
        }
        self.out.plain.push_str(tex);
    }

    fn footnote(&mut self, name: &str) -> usize {
        if let Some(i) = self.footnotes.iter().position(|n| n == name) {
            return i + 1;
        }
        self.footnotes.push(name.to_owned());
        self.footnotes.len()
    }

    fn start(&mut self, tag: &Tag<'_>) {
        // A list within an item follows its words without a paragraph's end.
        if matches!(tag, Tag::List(_))
            && !self.out.plain.is_empty()
            && !self.out.plain.ends_with('\n')
        {
            self.out.plain.push('\n');
        }
        match tag {
            Tag::Paragraph if self.block => self.push("<p>"),
            Tag::Paragraph => {}
            Tag::Heading { level, .. } => {
                let _ = level;
                self.heading = Some((self.out.html.len(), String::new()));
            }
            Tag::BlockQuote(_) => self.push("<blockquote>"),
            Tag::CodeBlock(kind) => {
                let class = match kind {
                    CodeBlockKind::Fenced(lang) if !lang.is_empty() => {
                        format!(" class=\"language-{}\"", escape(lang))
                    }
                    _ => String::new(),
                };
                self.push(&format!("<pre tabindex=\"0\"><code{class}>"));
            }
            Tag::List(None) => self.push(match self.lists {
                Lists::Printed => "<ul class=\"printed\">",
                Lists::Marked(_) => "<ul>",
            }),
            Tag::List(Some(n)) => {
                let bracket = match self.lists {
                    Lists::Marked(brackets) if brackets.contains(&self.now) => {
                        " class=\"brackets\""
                    }
                    _ => "",
                };
                let start = match n {
                    1 => String::new(),
                    n => format!(" start=\"{n}\""),
                };
                self.push(&format!("<ol{bracket}{start}>"));
            }
            Tag::Item => self.push("<li>"),
            Tag::DefinitionList => self.push("<dl>"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(aligns) => {
                self.aligns.clone_from(aligns);
                self.labels.clear();
                self.push("<table class=\"cards\" role=\"table\">");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.push("<thead role=\"rowgroup\"><tr role=\"row\">");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr role=\"row\">");
            }
            Tag::TableCell => {
                let align = match self.aligns.get(self.column) {
                    Some(Alignment::Right) => " class=\"num\"",
                    Some(Alignment::Center) => " class=\"mid\"",
                    _ => "",
                };
                let open = if self.in_head {
                    self.label_from = self.out.plain.len();
                    format!("<th scope=\"col\" role=\"columnheader\"{align}>")
                } else {
                    let label = self.labels.get(self.column).map_or("", String::as_str);
                    format!("<td role=\"cell\" data-label=\"{}\"{align}>", escape(label))
                };
                self.push(&open);
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<s>"),
            Tag::Link { dest_url, .. } => {
                let href = self.host.link(dest_url);
                if let Some(href) = &href {
                    let open = format!("<a href=\"{}\">", escape(href));
                    self.push(&open);
                }
                self.links.push(href.is_some());
            }
            Tag::Image { dest_url, .. } => {
                let href = self.host.link(dest_url);
                self.alt = Some(String::new());
                let open = format!(
                    "<img src=\"{}\" loading=\"lazy\" alt=\"",
                    escape(&href.unwrap_or_default())
                );
                self.push(&open);
            }
            Tag::FootnoteDefinition(name) => {
                let number = self.footnote(name);
                let place = self.place.clone();
                self.push(&format!(
                    "<div class=\"footnote\" id=\"fn-{place}{number}\"><span>{number}</span>"
                ));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if self.block {
                    self.push("</p>");
                }
                self.out.plain.push('\n');
            }
            TagEnd::Heading(level) => {
                let Some((start, title)) = self.heading.take() else {
                    return;
                };
                let level = page_level(level, self.outermost);
                let anchor = self.host.anchor(&title);
                let inner = self.out.html.split_off(start);
                self.push(&format!("<h{level} id=\"{anchor}\">{inner}</h{level}>"));
                self.out.plain.push('\n');
                self.out.headings.push(Heading {
                    level,
                    title,
                    anchor,
                });
            }
            TagEnd::BlockQuote(_) => self.push("</blockquote>"),
            TagEnd::CodeBlock => self.push("</code></pre>"),
            TagEnd::List(ordered) => self.push(if ordered { "</ol>" } else { "</ul>" }),
            TagEnd::Item => {
                self.push("</li>");
                if !self.out.plain.ends_with('\n') {
                    self.out.plain.push('\n');
                }
            }
            TagEnd::DefinitionList => self.push("</dl>"),
            TagEnd::DefinitionListTitle => self.push("</dt>"),
            TagEnd::DefinitionListDefinition => self.push("</dd>"),
            TagEnd::Table => self.push("</tbody></table>"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.push("</tr></thead><tbody role=\"rowgroup\">");
                self.out.plain.push('\n');
            }
            TagEnd::TableRow => {
                self.push("</tr>");
                self.out.plain.push('\n');
            }
            TagEnd::TableCell => {
                self.column += 1;
                if self.in_head {
                    let label = self
                        .out
                        .plain
                        .get(self.label_from..)
                        .unwrap_or("")
                        .to_owned();
                    self.labels.push(label);
                }
                let close = if self.in_head { "</th>" } else { "</td>" };
                self.push(close);
                self.out.plain.push('\t');
            }
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</s>"),
            TagEnd::Link => {
                let written = self.links.pop();
                if written == Some(true) {
                    self.push("</a>");
                }
            }
            TagEnd::Image => {
                if let Some(alt) = self.alt.take() {
                    let alt = escape(&alt).into_owned();
                    self.push(&alt);
                    self.push("\">");
                }
            }
            TagEnd::FootnoteDefinition => self.push("</div>"),
            _ => {}
        }
    }
}
