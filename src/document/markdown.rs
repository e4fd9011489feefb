//! Markdown as events, checked, and written out as HTML by this program's own writer.
//!
//! Takes the text of a body or a cell; gives findings ([`check`]) or HTML ([`html()`]). Text runs can be rewritten on the
//! way, block by block, so that a name split by emphasis is seen whole. Raw HTML never passes. Formulas become MathML.
//! Must not know what a link leads to: the caller resolves it.

mod html;
mod printed;

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::decode::Cx;
use crate::diag::Span;
use crate::diag::catalog::{document as messages, source as reading};
use crate::math;
use crate::text::control;

/// A replacement in a run of text: bytes and what comes instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    pub range: Range<usize>,
    pub with: String,
}

fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(text, options)
}

/// Whether `text` is one line that Markdown would leave as it is.
pub fn is_plain(text: &str) -> bool {
    let first = text.trim_start().as_bytes().first();
    let starts = matches!(
        first,
        Some(b'-' | b'+' | b'>' | b'#' | b':' | b'=' | b'0'..=b'9')
    );
    !starts
        && !text.bytes().any(|b| {
            matches!(
                b,
                b'\n'
                    | b'*'
                    | b'_'
                    | b'`'
                    | b'['
                    | b']'
                    | b'<'
                    | b'\\'
                    | b'&'
                    | b'$'
                    | b'|'
                    | b'~'
                    | b'^'
            )
        })
}

/// One destination of a link or picture, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub text: String,
    /// Byte offset in the Markdown.
    pub at: usize,
    /// Characters of the whole link on its first line.
    pub width: u32,
    pub picture: bool,
}

/// Says what the text must not hold, and returns where its links lead. `at` is the place of the text's beginning; `prose`
/// tells a text of its own, in which signs of Markdown vanish, from a cell or clause, in which they are printed.
pub fn check(text: &str, at: Span, prose: bool, cx: &mut Cx<'_>) -> Vec<Destination> {
    let mut destinations = Vec::new();
    if is_plain(text) {
        return destinations;
    }
    let mut alt: Option<(usize, bool)> = None;
    let mut comment = false;
    let mut item = None;
    for (event, range) in parser(text).into_offset_iter() {
        // The source holds none as it is, but Markdown can spell one: `&#7;`.
        if let Event::Text(words) | Event::Code(words) = &event
            && let Some((_, character)) = control::first(words)
        {
            let at = place(text, range.start, at);
            let named = control::named(character);
            cx.say(&reading::CONTROL, at, |f| f.arg("character", named));
        }
        if let Some(begun) = item.take()
            && matches!(event, Event::End(TagEnd::Item))
        {
            cx.say(&messages::MD_EMPTY_ITEM, place(text, begun, at), |f| f);
        }
        match event {
            Event::Start(Tag::Item) if prose => item = Some(range.start),
            Event::Start(Tag::BlockQuote(_)) if prose => {
                let quoted = text.get(range.clone()).unwrap_or("").lines().next();
                let said = quoted.unwrap_or("").trim();
                let number = said.trim_start_matches(['>', ' ']);
                if number.starts_with(|c: char| c.is_ascii_digit()) {
                    cx.say(&messages::MD_QUOTE, place(text, range.start, at), |f| {
                        f.arg("value", said)
                    });
                }
            }
            // An HTML block comes line by line.
            Event::Html(html) | Event::InlineHtml(html) => {
                let shown = !is_comment(&html, &mut comment);
                if shown {
                    let mut span = place(text, range.start, at);
                    span.width = u32::try_from(html.trim_end().chars().count()).unwrap_or(1);
                    cx.say(&messages::MD_HTML, span, |f| f);
                }
            }
            Event::InlineMath(tex) | Event::DisplayMath(tex) => {
                if let Err(error) = math::mathml(&tex, false) {
                    let dollars = text.get(range.start..).unwrap_or("");
                    let dollars = dollars.len() - dollars.trim_start_matches('$').len();
                    let mut span = place(text, range.start + dollars, at);
                    if !tex.contains('\n') {
                        let shift = |n: usize| u32::try_from(n).unwrap_or(0);
                        span.column += shift(error.at.start);
                        span.width = shift(error.at.len().max(1));
                    }
                    super::formula::say(&error, span, cx);
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => destinations.push(Destination {
                text: dest_url.to_string(),
                at: range.start,
                width: width(text, &range),
                picture: false,
            }),
            // A picture is loaded by itself: whoever keeps it elsewhere would learn of every reader.
            Event::Start(Tag::Image { dest_url, .. }) if dest_url.contains(':') => {
                let mut span = place(text, range.start, at);
                span.width = width(text, &range);
                cx.say(&messages::MD_PICTURE_ELSEWHERE, span, |f| {
                    f.arg("value", &dest_url)
                });
                alt = Some((range.start, false));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                destinations.push(Destination {
                    text: dest_url.to_string(),
                    at: range.start,
                    width: width(text, &range),
                    picture: true,
                });
                alt = Some((range.start, false));
            }
            Event::Start(Tag::Table(columns)) => {
                let rows = text.get(range.clone()).unwrap_or("");
                let mut from = range.start;
                for row in rows.split_inclusive('\n') {
                    if cells(row) > columns.len() {
                        cx.say(&messages::MD_CELLS, place(text, from, at), |f| {
                            f.arg("columns", columns.len())
                        });
                    }
                    from += row.len();
                }
            }
            Event::Text(words) => {
                if let Some((_, said)) = &mut alt {
                    *said |= !words.trim().is_empty();
                }
            }
            Event::End(TagEnd::Image) => {
                if let Some((start, false)) = alt.take() {
                    cx.say(&messages::MD_IMAGE, place(text, start, at), |f| f);
                }
            }
            _ => {}
        }
    }
    destinations
}

/// How many cells a row of a table is written with.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let row = match row.strip_suffix('|') {
        Some(inner) if !inner.ends_with('\\') => inner,
        _ => row,
    };
    let mut cells = 1;
    let mut escaped = false;
    for c in row.chars() {
        cells += usize::from(c == '|' && !escaped);
        escaped = c == '\\' && !escaped;
    }
    cells
}

fn width(text: &str, range: &Range<usize>) -> u32 {
    let marked = text.get(range.clone()).unwrap_or("");
    let line = marked.lines().next().unwrap_or("");
    u32::try_from(line.chars().count()).unwrap_or(1)
}

/// Line and column of a byte of a text that begins at `at`. Exact for text that begins its own lines.
pub fn place(text: &str, offset: usize, at: Span) -> Span {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").chars().count();
    let narrow = |n: usize| u32::try_from(n).unwrap_or(0);
    let column = if line == 0 {
        at.column + narrow(column)
    } else {
        narrow(column) + 1
    };
    Span::new(at.line + narrow(line), column, 1)
}

/// Whether a piece of HTML is a comment or part of one, or closes what was told when it opened. `inside` holds whether
/// a comment is open, from piece to piece.
fn is_comment(html: &str, inside: &mut bool) -> bool {
    let html = html.trim();
    let begins = *inside || html.starts_with("<!--");
    *inside = begins && !html.contains("-->");
    begins || html.is_empty() || html.starts_with("</")
}

/// What the writer asks of its caller.
pub trait Host {
    /// The address to print for a destination; `None` drops the link and keeps its words.
    fn link(&mut self, destination: &str) -> Option<String>;
    /// Edits for a run of text.
    fn edits(&mut self, text: &str) -> Vec<Edit>;
    /// Typography of a piece of text.
    fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str>;
    /// An anchor for a heading.
    fn anchor(&mut self, heading: &str) -> String;
    /// What ids of footnotes begin with, so that they are unique on a page of many texts.
    fn place(&self) -> String {
        String::new()
    }
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 for the outermost heading of a body: the page's own title is 1.
    pub level: u8,
    pub title: String,
    pub anchor: String,
}

/// HTML and what else a page wants to know of its text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    pub html: String,
    /// The text alone, blocks parted by line breaks.
    pub plain: String,
    pub headings: Vec<Heading>,
    /// Holds more than one paragraph, or a list, table, heading.
    pub block: bool,
}

/// The words of a text that holds no markup, edited by the host; `None` for any other.
pub fn plain(text: &str, host: &mut dyn Host) -> Option<String> {
    let text = text.trim();
    is_plain(text).then(|| apply(text, &host.edits(text)).into_owned())
}

/// Writes a cell or clause as printed; see `printed`.
pub fn cell(text: &str, host: &mut dyn Host) -> Written {
    if printed::needs_markdown(text) {
        return html(text, host);
    }
    if let Some(plain) = plain(text, host) {
        return words(plain, host);
    }
    let mut events = printed::events(text);
    rewrite(&mut events, host);
    let block = is_block(&events);
    html::write(&events, host, block, html::Lists::Printed)
}

fn words(plain: String, host: &mut dyn Host) -> Written {
    Written {
        html: escape(&host.text(&plain)).into_owned(),
        plain,
        headings: Vec::new(),
        block: false,
    }
}

/// Writes Markdown as HTML. A single paragraph is written without its `<p>`.
pub fn html(text: &str, host: &mut dyn Host) -> Written {
    if let Some(plain) = plain(text, host) {
        return words(plain, host);
    }
    let (mut events, brackets) = printed::prose(text);
    rewrite(&mut events, host);
    let block = is_block(&events);
    html::write(&events, host, block, html::Lists::Marked(&brackets))
}

/// Whether there is more than one paragraph.
fn is_block(events: &[Event<'_>]) -> bool {
    let paragraphs = events
        .iter()
        .filter(|e| matches!(e, Event::Start(Tag::Paragraph)))
        .count();
    let others = events.iter().any(|e| {
        matches!(
            e,
            Event::Start(
                Tag::List(_)
                    | Tag::Table(_)
                    | Tag::Heading { .. }
                    | Tag::BlockQuote(_)
                    | Tag::CodeBlock(_)
                    | Tag::DefinitionList
                    | Tag::FootnoteDefinition(_)
            ) | Event::Rule
        )
    });
    paragraphs > 1 || others
}

/// Lets the host edit the text of each block as one run, and puts the edits back into its pieces.
fn rewrite(events: &mut [Event<'_>], host: &mut dyn Host) {
    let mut start = 0;
    while start < events.len() {
        let end = events[start..]
            .iter()
            .position(is_border)
            .map_or(events.len(), |i| start + i);
        rewrite_run(&mut events[start..end], host);
        start = end + 1;
    }
}

fn is_border(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => !is_inline(tag),
        Event::End(tag) => !matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Rule => true,
        _ => false,
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

fn rewrite_run(events: &mut [Event<'_>], host: &mut dyn Host) {
    let mut joined = String::new();
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    for (i, event) in events.iter().enumerate() {
        let begin = joined.len();
        match event {
            Event::Text(t) | Event::Code(t) => joined.push_str(t),
            Event::SoftBreak | Event::HardBreak => joined.push(' '),
            _ => continue,
        }
        pieces.push((i, begin..joined.len()));
    }
    if joined.trim().is_empty() {
        return;
    }
    let edits = host.edits(&joined);
    if edits.is_empty() {
        return;
    }
    for (i, range) in pieces {
        let mut local: Vec<Edit> = Vec::new();
        for edit in &edits {
            let from = edit.range.start.max(range.start);
            let to = edit.range.end.min(range.end);
            if from >= to {
                continue;
            }
            // The first piece that an edit touches carries the new words, the others lose theirs.
            let carries = edit.range.start >= range.start;
            local.push(Edit {
                range: from - range.start..to - range.start,
                with: if carries {
                    edit.with.clone()
                } else {
                    String::new()
                },
            });
        }
        if local.is_empty() {
            continue;
        }
        let text = &joined[range];
        let changed = CowStr::from(apply(text, &local).into_owned());
        events[i] = match &events[i] {
            Event::Code(_) => Event::Code(changed),
            _ => Event::Text(changed),
        };
    }
}

/// The text with the edits made; edits must not overlap.
pub fn apply<'t>(text: &'t str, edits: &[Edit]) -> Cow<'t, str> {
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| (e.range.start, e.range.end));
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in sorted {
        if edit.range.start < done {
            continue;
        }
        out.push_str(text.get(done..edit.range.start).unwrap_or(""));
        out.push_str(&edit.with);
        done = edit.range.end;
    }
    out.push_str(text.get(done..).unwrap_or(""));
    Cow::Owned(out)
}

/// Text as HTML text or attribute value.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|b| matches!(b, b'<' | b'>' | b'&' | b'"')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Heading level on the page for a level of the text, given the text's outermost level.
pub fn page_level(level: HeadingLevel, outermost: HeadingLevel) -> u8 {
    (level as u8 - outermost as u8 + 2).min(6)
}
