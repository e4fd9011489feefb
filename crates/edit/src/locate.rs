//! Where everything stands in a text.
//!
//! Takes a text; gives a tree with the byte ranges of all values, and the comments. Granit's events say what there is
//! and where scalars are; the rest is found between them. Must refuse what could not be edited safely.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span, StructureStyle};

use crate::{Refused, Tree};

/// Deeper nesting than this is refused.
const MAX_DEPTH: usize = 64;

/// A text with the places in it.
pub(crate) struct Found {
    /// `None` where there is nothing but comments.
    pub root: Option<Node>,
    /// In order; each from its `#` to the end of its line.
    pub comments: Vec<Range<usize>>,
}

/// A value and the bytes in which it is written. What is empty has an empty range behind its colon or dash.
#[derive(Debug)]
pub(crate) struct Node {
    pub at: Range<usize>,
    pub kind: Kind,
}

#[derive(Debug)]
pub(crate) enum Kind {
    Null,
    Scalar { text: String, style: Style },
    List { flow: bool, items: Vec<Part> },
    Map { flow: bool, entries: Vec<Part> },
}

/// An item, or an entry.
#[derive(Debug)]
pub(crate) struct Part {
    /// Where it begins: at its dash, its key, or its value.
    pub start: usize,
    /// Where the value is looked for: behind the dash or the colon, else where it begins.
    pub behind: usize,
    pub key: Option<String>,
    pub value: Node,
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Plain,
    Single,
    Double,
    Literal,
    Folded,
}

impl Found {
    pub(crate) fn tree(&self) -> Tree {
        self.root.as_ref().map_or(Tree::Null, Node::tree)
    }
}

impl Node {
    fn tree(&self) -> Tree {
        match &self.kind {
            Kind::Null => Tree::Null,
            Kind::Scalar { text, style } => Tree::Text(match style {
                // How many empty lines end a block is a matter of writing.
                Style::Literal | Style::Folded => text.trim_end_matches('\n').to_owned(),
                _ => text.clone(),
            }),
            Kind::List { items, .. } => Tree::List(items.iter().map(|i| i.value.tree()).collect()),
            Kind::Map { entries, .. } => Tree::Map(
                entries
                    .iter()
                    .map(|e| (e.key.clone().unwrap_or_default(), e.value.tree()))
                    .collect(),
            ),
        }
    }
}

/// Reads a text.
pub(crate) fn locate(text: &str) -> Result<Found, Refused> {
    let options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
        emit_comments: false,
    };
    let mut finder = Finder {
        text,
        events: Parser::new_from_str_with_options(text, options),
        comments: Vec::new(),
    };
    let mut root = None;
    let mut documents = 0;
    let mut end = usize::from(text.starts_with('\u{feff}')) * '\u{feff}'.len_utf8();
    loop {
        let (event, span) = finder.next()?;
        match event {
            Event::StreamStart | Event::DocumentEnd => {}
            Event::DocumentStart(explicit, version) => {
                documents += 1;
                if documents > 1 || version.is_some() {
                    return Err(Refused::Unreadable);
                }
                if explicit {
                    end = finder.blank(end)?;
                    if finder.text.get(end..end + 3) != Some("---") {
                        return Err(Refused::Unreadable);
                    }
                    end += 3;
                }
            }
            Event::StreamEnd => break,
            event => {
                let node = finder.node(event, span, end, -1, false)?;
                end = node.at.end;
                root = match node.kind {
                    Kind::Null => None,
                    _ => Some(node),
                };
            }
        }
    }
    end = finder.blank(end)?;
    // The mark of a document's end.
    if text.get(end..end + 3) == Some("...") && finder.column(end) == 0 {
        end = finder.blank(end + 3)?;
    }
    if text.get(end..).is_some_and(|rest| !rest.is_empty()) {
        return Err(Refused::Unreadable);
    }
    Ok(Found {
        root,
        comments: finder.comments,
    })
}

/// How much deeper a block stands than its name, where the line of its mark says so: `|2`.
pub(crate) fn given_indent(header: &str) -> Option<usize> {
    let marks = header.split([' ', '\t', '#']).next()?;
    let digit = marks.chars().find_map(|c| c.to_digit(10))?;
    usize::try_from(digit).ok()
}

struct Finder<'t> {
    text: &'t str,
    events: Parser<'t, granit_parser::StrInput<'t>>,
    comments: Vec<Range<usize>>,
}

impl<'t> Finder<'t> {
    fn next(&mut self) -> Result<(Event<'t>, Span), Refused> {
        match self.events.next_event() {
            Some(Ok(pair)) => Ok(pair),
            Some(Err(_)) => Err(Refused::Unreadable),
            None => Ok((
                Event::StreamEnd,
                Span::empty(granit_parser::Marker::new(0, 1, 0)),
            )),
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The next byte that is neither white nor in a comment; notes the comments.
    fn blank(&mut self, mut at: usize) -> Result<usize, Refused> {
        loop {
            match self.byte(at) {
                Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
                Some(b'#') => {
                    let rest = self.text.get(at..).ok_or(Refused::Unreadable)?;
                    let line = rest.split(['\n']).next().unwrap_or("");
                    let end = at + line.trim_end_matches('\r').len();
                    if self.comments.last().is_none_or(|last| last.start < at) {
                        self.comments.push(at..end);
                    }
                    at = end;
                }
                _ => return Ok(at),
            }
        }
    }

    /// Looks ahead like [`Self::blank`] without noting.
    fn peek(&mut self, at: usize) -> Result<usize, Refused> {
        let noted = self.comments.len();
        let found = self.blank(at);
        self.comments.truncate(noted);
        found
    }

    /// The node whose first event was read. It is looked for from `from` on; `column` is that of the block around it.
    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        from: usize,
        column: isize,
        flow: bool,
    ) -> Result<Node, Refused> {
        match event {
            Event::Scalar(text, style, 0, None) => self.scalar(&text, style, span, from, column),
            Event::SequenceStart(style, 0, None) => {
                let flow = flow || style == StructureStyle::Flow;
                self.list(from, column, flow)
            }
            Event::MappingStart(style, 0, None) => {
                let flow = flow || style == StructureStyle::Flow;
                self.map(from, column, flow)
            }
            _ => Err(Refused::Unreadable),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        span: Span,
        from: usize,
        column: isize,
    ) -> Result<Node, Refused> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let kind = Kind::Scalar {
            text: text.to_owned(),
            style,
        };
        let range = span.byte_range().ok_or(Refused::Unreadable)?;
        if style == Style::Plain && (text.is_empty() || range.is_empty()) {
            return Ok(Node {
                at: from..from,
                kind: Kind::Null,
            });
        }
        let start = self.blank(from)?;
        let at = match style {
            Style::Literal | Style::Folded => self.block(start, column)?,
            _ => {
                let written = self.text.get(range.clone()).ok_or(Refused::Unreadable)?;
                let end = range.start + written.trim_end().len();
                let first = match style {
                    Style::Single => self.byte(start) == Some(b'\''),
                    Style::Double => self.byte(start) == Some(b'"'),
                    _ => true,
                };
                if range.start != start || !first {
                    return Err(Refused::Unreadable);
                }
                start..end
            }
        };
        let kind = match kind {
            Kind::Scalar {
                text,
                style: Style::Plain,
            } if matches!(&*text, "~" | "null" | "Null" | "NULL") => Kind::Null,
            kind => kind,
        };
        Ok(Node { at, kind })
    }

    /// The lines of a block scalar, from its `|` on, without the end of the last one.
    fn block(&mut self, start: usize, column: isize) -> Result<Range<usize>, Refused> {
        let rest = self.text.get(start..).ok_or(Refused::Unreadable)?;
        let mut lines = rest.split_inclusive('\n');
        let header = lines.next().unwrap_or("");
        let words = header.trim_end();
        if !words.starts_with(['|', '>']) {
            return Err(Refused::Unreadable);
        }
        if let Some(mark) = words.find('#') {
            self.comments.push(start + mark..start + words.len());
        }
        let mut end = start + words.len();
        let mut offset = start + header.len();
        let mut indent = match (given_indent(words), usize::try_from(column)) {
            (Some(own), Ok(above)) => Some(above + own),
            (Some(_), Err(_)) => return Err(Refused::Unreadable),
            (None, _) => None,
        };
        for line in lines {
            let bare = line.trim_end_matches(['\n', '\r']);
            let spaces = bare.len() - bare.trim_start_matches(' ').len();
            let blank = bare.len() == spaces;
            if !blank {
                let least = usize::try_from(column + 1).unwrap_or(0);
                if spaces < *indent.get_or_insert(spaces.max(least)) {
                    break;
                }
            }
            let long = indent.is_some_and(|indent| spaces > indent);
            if !blank || long {
                end = offset + bare.len();
            }
            offset += line.len();
        }
        Ok(start..end)
    }

    fn column(&self, at: usize) -> isize {
        let before = self.text.get(..at).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("");
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        isize::try_from(line.chars().count()).unwrap_or(isize::MAX)
    }

    fn expect(&mut self, from: usize, byte: u8) -> Result<usize, Refused> {
        let at = self.blank(from)?;
        match self.byte(at) == Some(byte) {
            true => Ok(at),
            false => Err(Refused::Unreadable),
        }
    }

    fn list(&mut self, from: usize, _: isize, flow: bool) -> Result<Node, Refused> {
        let mut items: Vec<Part> = Vec::new();
        let mut end = from;
        let mut start = None;
        if flow {
            let open = self.expect(from, b'[')?;
            start = Some(open);
            end = open + 1;
        }
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            let part = if flow {
                if !items.is_empty() {
                    end = self.expect(end, b',')? + 1;
                }
                let at = self.blank(end)?;
                let value = self.node(event, span, at, -1, true)?;
                // What is empty, or a pair without braces, cannot be told from its neighbours.
                if value.at.is_empty() || value.at.start != at {
                    return Err(Refused::Unreadable);
                }
                Part {
                    start: at,
                    behind: at,
                    key: None,
                    value,
                }
            } else {
                let dash = self.expect(end, b'-')?;
                start = start.or(Some(dash));
                let value = self.node(event, span, dash + 1, self.column(dash), false)?;
                Part {
                    start: dash,
                    behind: dash + 1,
                    key: None,
                    value,
                }
            };
            end = part.value.at.end;
            items.push(part);
        }
        if flow {
            end = self.close(end, b']')?;
        }
        Ok(Node {
            at: start.unwrap_or(from)..end,
            kind: Kind::List { flow, items },
        })
    }

    fn map(&mut self, from: usize, _: isize, flow: bool) -> Result<Node, Refused> {
        let mut entries: Vec<Part> = Vec::new();
        let mut end = from;
        let mut start = None;
        if flow {
            let open = self.expect(from, b'{')?;
            start = Some(open);
            end = open + 1;
        }
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            if flow && !entries.is_empty() {
                end = self.expect(end, b',')? + 1;
            }
            let at = self.blank(end)?;
            let key = match &event {
                Event::Scalar(text, ..) => text.to_string(),
                _ => return Err(Refused::Unreadable),
            };
            if self.byte(at) == Some(b'?') || entries.iter().any(|e| e.key.as_ref() == Some(&key)) {
                return Err(Refused::Unreadable);
            }
            let written = self.node(event, span, at, -1, flow)?;
            let single = self.text.get(written.at.clone());
            if written.at.is_empty() || single.is_none_or(|s| s.contains('\n')) {
                return Err(Refused::Unreadable);
            }
            let colon = self.expect(written.at.end, b':')?;
            start = start.or(Some(at));
            let (event, span) = self.next()?;
            let column = if flow { -1 } else { self.column(at) };
            let value = self.node(event, span, colon + 1, column, flow)?;
            end = value.at.end;
            entries.push(Part {
                start: at,
                behind: colon + 1,
                key: Some(key),
                value,
            });
        }
        if flow {
            end = self.close(end, b'}')?;
        }
        Ok(Node {
            at: start.unwrap_or(from)..end,
            kind: Kind::Map { flow, entries },
        })
    }

    /// Behind the bracket that closes; a comma may stand before it.
    fn close(&mut self, end: usize, bracket: u8) -> Result<usize, Refused> {
        let mut at = self.peek(end)?;
        if self.byte(at) == Some(b',') {
            self.blank(end)?;
            at += 1;
            return Ok(self.expect(at, bracket)? + 1);
        }
        Ok(self.expect(end, bracket)? + 1)
    }
}
