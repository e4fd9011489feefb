//! Lines, and what belongs to a part of a block, around the places that were found.
//!
//! Takes a text with its places; gives where a part begins and ends when the comments that are its own are counted in.
//! Must not change anything.

use std::ops::Range;

use crate::Step;
use crate::locate::{Found, Kind, Node, Part};

/// A text that is looked at line by line.
#[derive(Clone, Copy)]
pub(crate) struct Sheet<'t> {
    pub text: &'t str,
    /// How its lines end.
    pub newline: &'t str,
}

/// A value that is looked for, and where it stands.
pub(crate) struct Seen<'n> {
    pub node: &'n Node,
    /// The container and the number in it; `None` for the whole.
    pub part: Option<(&'n Node, usize)>,
    /// Whether it stands between brackets.
    pub inside_flow: bool,
}

impl Node {
    pub(crate) fn parts(&self) -> &[Part] {
        match &self.kind {
            Kind::List { items, .. } => items,
            Kind::Map { entries, .. } => entries,
            _ => &[],
        }
    }

    pub(crate) fn is_flow(&self) -> bool {
        matches!(
            self.kind,
            Kind::List { flow: true, .. } | Kind::Map { flow: true, .. }
        )
    }

    fn find(&self, step: &Step) -> Option<usize> {
        match (&self.kind, step) {
            (Kind::List { items, .. }, Step::Item(i)) => (*i < items.len()).then_some(*i),
            (Kind::Map { entries, .. }, Step::Key(key)) => {
                entries.iter().position(|e| e.key.as_ref() == Some(key))
            }
            _ => None,
        }
    }
}

impl Found {
    pub(crate) fn see(&self, path: &[Step]) -> Option<Seen<'_>> {
        let mut seen = Seen {
            node: self.root.as_ref()?,
            part: None,
            inside_flow: false,
        };
        for step in path {
            let number = seen.node.find(step)?;
            seen = Seen {
                node: &seen.node.parts().get(number)?.value,
                inside_flow: seen.inside_flow || seen.node.is_flow(),
                part: Some((seen.node, number)),
            };
        }
        Some(seen)
    }
}

impl<'t> Sheet<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let first = text.find('\n').unwrap_or(0);
        let newline = match text.get(..first) {
            Some(line) if line.ends_with('\r') => "\r\n",
            _ => "\n",
        };
        Sheet { text, newline }
    }

    pub(crate) fn slice(&self, at: Range<usize>) -> &'t str {
        self.text.get(at).unwrap_or("")
    }

    pub(crate) fn line_start(&self, at: usize) -> usize {
        let before = self.slice(0..at);
        before.rfind('\n').map_or(0, |n| n + 1)
    }

    /// The end of the line, before what ends it.
    pub(crate) fn line_end(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        let line = rest.split('\n').next().unwrap_or("");
        at + line.trim_end_matches('\r').len()
    }

    /// The beginning of the next line, or the end of the text.
    pub(crate) fn next_line(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        rest.find('\n').map_or(self.text.len(), |n| at + n + 1)
    }

    pub(crate) fn column(&self, at: usize) -> usize {
        let before = self.slice(self.line_start(at)..at);
        before
            .strip_prefix('\u{feff}')
            .unwrap_or(before)
            .chars()
            .count()
    }

    /// Whether nothing stands before it on its line.
    pub(crate) fn leads(&self, at: usize) -> bool {
        self.slice(self.line_start(at)..at)
            .bytes()
            .all(|b| b == b' ')
    }

    pub(crate) fn is_blank(&self, line: usize) -> bool {
        self.slice(line..self.line_end(line)).trim().is_empty()
    }

    /// The comment that stands behind a value on its line, with the space before it.
    pub(crate) fn remark(&self, at: usize) -> &'t str {
        let rest = self.slice(at..self.line_end(at));
        match rest.trim_start().starts_with('#') {
            true => rest.trim_end(),
            false => "",
        }
    }

    /// The end of a part of a block, with the comment behind it.
    pub(crate) fn tail(&self, part: &Part) -> usize {
        let end = last(&part.value).max(part.behind);
        end + self.remark(end).len()
    }

    /// The beginning of a part of a block, with the comments directly above it. What stands above the first is about
    /// them all.
    pub(crate) fn head(&self, container: &Node, number: usize) -> usize {
        let parts = container.parts();
        let Some(part) = parts.get(number) else {
            return 0;
        };
        let before = number.checked_sub(1).and_then(|n| parts.get(n));
        let (Some(before), true) = (before, self.leads(part.start)) else {
            return part.start;
        };
        let least = self.tail(before);
        let column = self.column(part.start);
        let mut start = part.start;
        let mut line = self.line_start(start);
        while line > least {
            let above = self.line_start(line - 1);
            let words = self.slice(above..self.line_end(above));
            let spaces = words.len() - words.trim_start_matches(' ').len();
            if above < least || spaces != column || !words.trim_start().starts_with('#') {
                break;
            }
            start = above + spaces;
            line = above;
        }
        start
    }
}

/// Where the last byte of a value is: a block list ends where its last item does.
fn last(node: &Node) -> usize {
    match node.parts().last() {
        Some(part) if !node.is_flow() => last(&part.value).max(part.behind),
        _ => node.at.end,
    }
}
