//! Markdown: takes text, turns each block into HTML and reads that, so that emphasis inside words, links, tables,
//! raw HTML and comments are all read as the published page would have them. Front matter is read as text.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, html};

use crate::ctx::{As, Ctx, Way};
use crate::place::{Lines, Stand, broken};
use glasno_passage::{Role, Turn};

/// A document is parsed in pieces of this size: its tree takes a hundred times as much.
const MAX_PIECE: usize = 1 << 20;

/// Reads a document.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str) {
    let mut lines = Lines::new(source);
    let mut from = 0;
    while let Some(rest) = source.get(from..).filter(|r| !r.is_empty()) {
        let mut end = rest.floor_char_boundary(MAX_PIECE);
        if end < rest.len() {
            let head = rest.get(..end).unwrap_or(rest).as_bytes();
            end = memchr::memmem::rfind(head, b"\n\n")
                .or_else(|| memchr::memrchr(b'\n', head))
                .or_else(|| memchr::memrchr(b' ', head))
                .map_or(end, |at| at + 1);
        }
        piece(ctx, part, rest.get(..end).unwrap_or(rest), from, &mut lines);
        from += end;
    }
}

/// Reads a piece of it that begins at byte `base`.
fn piece(ctx: &mut Ctx<'_>, part: &str, source: &str, base: usize, lines: &mut Lines<'_>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    // An escaped space is one that does not break, to some programs; the two are of the same length.
    let source = source.replace("\\ ", "\u{a0}");
    let source = source.as_str();
    let parser = Parser::new_ext(source, options);
    let definitions: Vec<(String, String, String)> = parser
        .reference_definitions()
        .iter()
        .map(|(label, d)| {
            let title = d.title.as_deref().unwrap_or_default();
            (label.to_owned(), d.dest.to_string(), title.to_owned())
        })
        .collect();
    let mut block: Vec<(Event<'_>, Range<usize>)> = Vec::new();
    let (mut depth, mut from) = (0usize, 0usize);
    let mut metadata = false;
    for (event, range) in parser.into_offset_iter() {
        if depth == 0 {
            from = range.start;
        }
        match &event {
            Event::Start(tag) => {
                metadata |= matches!(tag, Tag::MetadataBlock(_));
                depth += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        block.push((event, range));
        if depth == 0 {
            if std::mem::take(&mut metadata) {
                let first = block.iter().find(|(e, _)| matches!(e, Event::Text(_)));
                let begins = first.map_or(from, |(_, range)| range.start);
                let mut body = String::new();
                for (event, _) in block.drain(..) {
                    if let Event::Text(text) = event {
                        body.push_str(&text);
                    }
                }
                let body = body.trim_end();
                let at = lines.at(base + begins);
                let turns = broken(at, body);
                let stand = Stand { at, turns: &turns };
                ctx.emit(part, Role::Attribute, body, stand);
                ctx.again(Way::Encoded, part, body, stand.over(body));
                continue;
            }
            page(ctx, part, source, &mut block, base, lines);
        }
    }
    page(ctx, part, source, &mut block, base, lines);
    for (label, address, title) in definitions {
        ctx.emit(part, Role::Hidden, &label, None);
        ctx.again(Way::Address, part, &address, None);
        ctx.emit(part, Role::Attribute, &title, None);
    }
}

/// Reads the events of a block as the page they make.
fn page(
    ctx: &mut Ctx<'_>,
    part: &str,
    source: &str,
    block: &mut Vec<(Event<'_>, Range<usize>)>,
    base: usize,
    lines: &mut Lines<'_>,
) {
    if block.is_empty() {
        return;
    }
    let traced = RefCell::new(Traced {
        source,
        ..Traced::default()
    });
    let events = block.drain(..).map(|(event, range)| {
        traced.borrow_mut().begin(&event, range);
        event
    });
    // Writing into a string does not fail.
    let _ = html::write_html_fmt(Writer(&traced), events);
    let Traced { page, marks, .. } = traced.into_inner();
    let mut marks = marks.into_iter().map(|(here, there)| {
        let (line, column) = lines.at(base + there).unwrap_or((1, 1));
        Turn {
            offset: here,
            line,
            column,
        }
    });
    let first = marks.next();
    let turns: Vec<Turn> = marks.collect();
    let stand = Stand {
        at: first.map(|t| (t.line, t.column)),
        turns: &turns,
    };
    ctx.text(As::Page { hidden: false }, part, &page, stand.over(&page));
}

/// A page that is being written, and at which byte of it stands which of the source.
#[derive(Default)]
struct Traced<'a> {
    source: &'a str,
    page: String,
    marks: Vec<(usize, usize)>,
    /// Where in the source the next text of the event stands, while the event is words of the source.
    there: Option<usize>,
}

impl Traced<'_> {
    fn begin(&mut self, event: &Event<'_>, range: Range<usize>) {
        let words = match event {
            Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                // Behind the marks round it, where it has any.
                let own = self.source.get(range.clone()).unwrap_or_default();
                Some(range.start + own.find(&**t).unwrap_or(0))
            }
            _ => None,
        };
        self.marks
            .push((self.page.len(), words.unwrap_or(range.start)));
        self.there = words;
    }

    fn write(&mut self, text: &str) {
        if let Some(there) = &mut self.there {
            let tag = text.starts_with('<') && self.source.get(*there..*there + 1) != Some("<");
            let escape = matches!(text, "&amp;" | "&lt;" | "&gt;");
            if !tag {
                // A line of the page is one of the source; an escape stands for one sign.
                self.marks.push((self.page.len(), *there));
                let ends = memchr::memchr_iter(b'\n', text.as_bytes());
                let (here, from) = (self.page.len(), *there);
                self.marks
                    .extend(ends.map(|end| (here + end + 1, from + end + 1)));
                *there += if escape { 1 } else { text.len() };
            }
        }
        self.page.push_str(text);
    }
}

struct Writer<'t, 'a>(&'t RefCell<Traced<'a>>);

impl fmt::Write for Writer<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.borrow_mut().write(text);
        Ok(())
    }
}
