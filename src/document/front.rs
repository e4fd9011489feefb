//! Splits a Markdown file into its front matter and its text.
//!
//! Takes the text of the file; gives both halves with the line on which each begins, or a finding. Must not parse them.

use std::sync::Arc;

use crate::diag::catalog::document as messages;
use crate::diag::{Finding, Location, Span};

/// The two halves of a Markdown file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'a> {
    pub fields: &'a str,
    /// Lines of the file before `fields`.
    pub fields_line: u32,
    pub body: &'a str,
    /// Lines of the file before `body`.
    pub body_line: u32,
}

/// Splits at the `---` lines.
pub fn split<'a>(path: &Arc<str>, text: &'a str) -> Result<Split<'a>, Box<Finding>> {
    let says = |entry, line: u32| {
        let at = Location::at(path.clone(), Span::new(line, 1, 3));
        Box::new(Finding::new(entry, at))
    };
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" {
        return Err(says(&messages::NO_FRONT_MATTER, 1));
    }
    let mut offset = first.len();
    for (line, count) in lines.zip(2..) {
        if line.trim_end() == "---" {
            return Ok(Split {
                fields: &text[first.len()..offset],
                fields_line: 1,
                body: &text[offset + line.len()..],
                body_line: count,
            });
        }
        offset += line.len();
    }
    Err(says(&messages::FRONT_MATTER_OPEN, 1))
}
