//! YAML text as a tree in which every key and value knows its line and column.
//!
//! Takes the text of one document; gives a [`Node`] and findings: syntax, a key used twice, an anchor, more than one
//! document. Must not interpret scalars beyond what YAML's own null is; must bound depth and size.

use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as RawSpan};

use crate::diag::catalog::{document as messages, source as reading};
use crate::diag::{Entry, Finding, Location, Span};
use crate::text::control;

/// Deeper nesting than this is refused; the deepest document of this project needs ten levels.
const MAX_DEPTH: usize = 64;
/// More values than this in one file are refused.
const MAX_NODES: usize = 2_000_000;

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub at: Span,
    pub value: Value,
}

/// What a value is. Scalars stay text: `1.10` is a row number, not 1.1.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    pub text: Box<str>,
    pub style: Style,
}

/// How a scalar is written: decides how far into the line its text begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Plain,
    Quoted,
    Block,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    pub name: Box<str>,
    pub at: Span,
}

/// Where the text came from, to place findings.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    pub path: &'a Arc<str>,
    pub text: &'a str,
    /// Lines of the file before `text`: the front matter of a Markdown file begins at its second line.
    pub first_line: u32,
}

impl Origin<'_> {
    /// A finding at `at`. Its line is quoted when all findings are known: see `source::quote`.
    pub fn finding(&self, entry: &'static Entry, at: Span) -> Finding {
        Finding::new(entry, Location::at(self.path.clone(), at))
    }

    /// The text of a line, numbered as in the file. Walks the text: for syntax errors, which end the reading.
    fn line(&self, line: u32) -> &str {
        let index = line.saturating_sub(self.first_line + 1) as usize;
        self.text.lines().nth(index).unwrap_or("")
    }

    /// The last line at or above `line` on which a double quote stays open, and the column of that quote.
    fn open_quote(&self, line: u32) -> Option<Span> {
        let last = line.saturating_sub(self.first_line) as usize;
        let mut found = None;
        for (i, text) in self.text.lines().take(last).enumerate() {
            let bare = text.replace("\\\"", "\0\0").replace("\\\\", "\0\0");
            let count = bare.matches('"').count();
            if count % 2 == 1 {
                let column = bare
                    .chars()
                    .collect::<Vec<_>>()
                    .iter()
                    .rposition(|c| *c == '"');
                let number = narrow(i + 1) + self.first_line;
                found = column.map(|c| Span::new(number, narrow(c) + 1, 1));
            }
        }
        found
    }
}

/// Parses one YAML document. No tree means a finding: an empty text is null, so that its reader says what is missing.
pub fn parse(origin: Origin<'_>) -> (Option<Node>, Vec<Finding>) {
    let options = granit_parser::options! {
        block_nesting_limit: MAX_DEPTH,
        flow_nesting_limit: MAX_DEPTH,
        emit_comments: false,
    };
    let mut builder = Builder {
        events: Parser::new_from_str_with_options(origin.text, options),
        origin,
        findings: Vec::new(),
        nodes: 0,
    };
    let mut root = builder.document();
    if root.is_none() && builder.findings.is_empty() {
        root = Some(Node {
            at: Span::new(origin.first_line + 1, 1, 1),
            value: Value::Null,
        });
    }
    (root, builder.findings)
}

struct Builder<'a> {
    events: Parser<'a, granit_parser::StrInput<'a>>,
    origin: Origin<'a>,
    findings: Vec<Finding>,
    nodes: usize,
}

/// Marks that reading has stopped; the finding is already noted.
struct Stop;

impl<'a> Builder<'a> {
    fn document(&mut self) -> Option<Node> {
        let mut root = None;
        let mut documents = 0;
        loop {
            let Ok((event, span)) = self.next() else {
                return None;
            };
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.say(&messages::YAML_MANY, span);
                        return root;
                    }
                }
                Event::StreamEnd => return root,
                other => match self.node(other, span, 0) {
                    Ok(node) => root = root.or(Some(node)),
                    Err(Stop) => return None,
                },
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, RawSpan), Stop> {
        match self.events.next_event() {
            Some(Ok(pair)) => Ok(pair),
            Some(Err(error)) => {
                let finding = self.syntax(&error);
                self.findings.push(finding);
                Err(Stop)
            }
            None => Ok((
                Event::StreamEnd,
                RawSpan::empty(granit_parser::Marker::new(0, 1, 0)),
            )),
        }
    }

    fn node(&mut self, event: Event<'a>, span: RawSpan, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            self.say(&messages::YAML_TOO_DEEP, span);
            return Err(Stop);
        }
        let at = self.place(span);
        let value = match event {
            Event::Scalar(text, style, anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                self.refuse_control(&text, span);
                scalar(&text, style)
            }
            Event::SequenceStart(_, anchor, ..) => {
                self.refuse_anchor(anchor, span)?;
                let mut items = Vec::new();
                loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        break;
                    }
                    items.push(self.node(event, span, depth + 1)?);
                }
                Value::List(items)
            }
            Event::MappingStart(_, anchor, ..) => {
                self.refuse_anchor(anchor, span)?;
                Value::Map(self.entries(depth)?)
            }
            Event::Alias(_) => {
                self.say(&messages::YAML_ANCHOR, span);
                return Err(Stop);
            }
            _ => Value::Null,
        };
        Ok(Node { at, value })
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<(Key, Node)>, Stop> {
        let mut entries: Vec<(Key, Node)> = Vec::new();
        let mut seen = HashMap::new();
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => return Ok(entries),
                Event::Scalar(text, ..) => Some(Key {
                    name: text.as_ref().into(),
                    at: self.place(span),
                }),
                other => {
                    self.say(&messages::YAML_KEY, span);
                    self.node(other, span, depth + 1)?;
                    None
                }
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span, depth + 1)?;
            let Some(key) = key else { continue };
            if let Some(first) = seen.insert(key.name.clone(), key.at.line) {
                let finding = self
                    .origin
                    .finding(&messages::YAML_DUPLICATE, key.at)
                    .arg("key", &key.name)
                    .arg("line", first);
                self.findings.push(finding);
            } else {
                entries.push((key, value));
            }
        }
    }

    /// The file holds none as it is, but quotes can spell one: `"\u0007"`.
    fn refuse_control(&mut self, text: &str, span: RawSpan) {
        if let Some((_, character)) = control::first(text) {
            let place = self.place(span);
            let finding = self.origin.finding(&reading::CONTROL, place);
            self.findings
                .push(finding.arg("character", control::named(character)));
        }
    }

    fn refuse_anchor(&mut self, anchor: usize, span: RawSpan) -> Result<(), Stop> {
        if anchor == 0 {
            return Ok(());
        }
        // The value begins after the anchor; the anchor is what must go.
        let mut at = self.place(span);
        let before = at.column.saturating_sub(1) as usize;
        let line: Vec<char> = self.origin.line(at.line).chars().take(before).collect();
        if let Some(column) = line.iter().rposition(|c| *c == '&') {
            at = Span::new(at.line, narrow(column) + 1, narrow(line.len() - column));
            let name = line.iter().skip(column).take_while(|c| !c.is_whitespace());
            at.width = narrow(name.count());
        }
        let finding = self.origin.finding(&messages::YAML_ANCHOR, at);
        self.findings.push(finding);
        Err(Stop)
    }

    fn say(&mut self, entry: &'static Entry, span: RawSpan) {
        let finding = self.origin.finding(entry, self.place(span));
        self.findings.push(finding);
    }

    fn place(&self, span: RawSpan) -> Span {
        let start = span.start;
        let width = if span.end.line() == start.line() {
            span.end.col().saturating_sub(start.col())
        } else {
            1
        };
        Span::new(
            narrow(start.line()) + self.origin.first_line,
            narrow(start.col()) + 1,
            narrow(width),
        )
    }

    fn syntax(&self, error: &ScanError) -> Finding {
        let mark = error.marker();
        let at = Span::new(
            narrow(mark.line()) + self.origin.first_line,
            narrow(mark.col()) + 1,
            1,
        );
        use ErrorKind as K;
        let entry: &'static Entry = match error.kind() {
            K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabAtBlockScalarStart
            | K::TabInPlainScalar => &messages::YAML_TAB,
            K::UnclosedQuotedScalar
            | K::DocumentIndicatorInQuotedScalar
            | K::InvalidQuotedScalarIndent
            | K::InvalidTrailingDoubleQuotedScalar
            | K::InvalidTrailingSingleQuotedScalar => &messages::YAML_QUOTE,
            K::UnclosedFlowCollection { .. }
            | K::MisplacedFlowCollectionEnd
            | K::MismatchedFlowCollectionEnd { .. }
            | K::BlockEntryInFlowCollection
            | K::ExpectedFlowMappingSeparator
            | K::ExpectedFlowSequenceSeparator
            | K::InvalidFlowScalarIndent
            | K::UnexpectedEofFlowSequence
            | K::UnexpectedEofFlowMapping
            | K::UnexpectedEofImplicitFlowMapping => &messages::YAML_BRACKET,
            K::UnknownAnchor | K::MissingAnchorOrAliasName | K::AnchorCountOverflow => {
                &messages::YAML_ANCHOR
            }
            K::RecursionLimitExceeded => &messages::YAML_TOO_DEEP,
            K::MappingValueNotAllowed
            | K::InvalidColonPlacement
            | K::SimpleKeyExpected
            | K::InvalidSimpleKey
            | K::MappingKeyNotAllowed => &messages::YAML_COLON,
            K::InvalidIndentation
            | K::InvalidBlockScalarIndent
            | K::ExpectedBlockMappingKey
            | K::ExpectedBlockSequenceEntry
            | K::BlockSequenceEntryNotAllowed => &messages::YAML_INDENT,
            K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape => {
                &messages::YAML_ESCAPE
            }
            K::UnexpectedCharacter { .. } | K::PlainScalarStartsWithDashFlowIndicator => {
                &messages::YAML_CHARACTER
            }
            _ => &messages::YAML_SYNTAX,
        };
        // A tab that indents is told by the parser in several ways; the line itself tells it best.
        let line = self.origin.line(at.line);
        if line.trim_start_matches(' ').starts_with('\t') {
            let column = line.chars().take_while(|c| *c == ' ').count() + 1;
            let at = Span::new(at.line, narrow(column), 1);
            return self.origin.finding(&messages::YAML_TAB, at);
        }
        // A no-break space is seen by nobody, and what it breaks is told a line later at times.
        for number in [at.line, at.line.saturating_sub(1)] {
            let line = self.origin.line(number);
            if let Some(column) = no_break(line) {
                let at = Span::new(number, narrow(column) + 1, 1);
                return self.origin.finding(&messages::YAML_NBSP, at);
            }
        }
        // A quote that is not closed is noticed only where the next one opens or the text ends.
        if std::ptr::eq(entry, &messages::YAML_QUOTE)
            && let Some(opened) = self.origin.open_quote(at.line)
        {
            return self.origin.finding(entry, opened);
        }
        self.origin.finding(entry, at)
    }
}

/// Where a no-break space stands for one that YAML needs: in the indentation, behind a dash, around a colon.
fn no_break(line: &str) -> Option<usize> {
    let letters: Vec<char> = line.chars().collect();
    letters.iter().enumerate().position(|(n, c)| {
        let before = letters.get(..n).unwrap_or(&[]);
        let marks = |c: &char| c.is_whitespace() || *c == '-';
        let after_colon = before.iter().rev().find(|c| !c.is_whitespace()) == Some(&':');
        let before_colon = letters.get(n + 1) == Some(&':');
        *c == '\u{a0}' && (before.iter().all(marks) || after_colon || before_colon)
    })
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    let style = match style {
        ScalarStyle::Plain => Style::Plain,
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
    };
    if style == Style::Plain && matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Value::Null;
    }
    let text = if style == Style::Block {
        text.trim_end_matches('\n')
    } else {
        text
    };
    Value::Scalar(Scalar {
        text: text.into(),
        style,
    })
}

fn narrow(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document without a word was left out without a word.
    #[test]
    fn what_is_empty_is_null() {
        let path: Arc<str> = "a.yaml".into();
        for text in ["", "\n", "# Школы\n", "...", "---\n", "---\n---\n"] {
            let origin = Origin {
                path: &path,
                text,
                first_line: 1,
            };
            let (root, findings) = parse(origin);
            assert!(
                root.is_some() || !findings.is_empty(),
                "{text:?} is refused without a finding"
            );
            if let Some(root) = root {
                assert_eq!(root.value, Value::Null, "{text:?}");
            }
        }
    }
}
