//! Markdown files with front matter between two `---` lines.
//!
//! Takes the whole text; gives it with a change of its fields, or with another body. Must not understand Markdown.

use crate::{Change, Parse, Refused, Tree};

/// The front matter and the body, as byte ranges.
fn split(text: &str) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut offset = 0;
    let mut fields = None;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_prefix('\u{feff}').unwrap_or(line);
        let dashes = bare.trim_end() == "---";
        let begin = offset;
        offset += line.len();
        match fields {
            None if dashes => fields = Some(offset),
            None => return None,
            Some(start) if dashes => return Some((start..begin, offset..text.len())),
            Some(_) => {}
        }
    }
    None
}

/// The text with a change of its front matter.
///
/// # Errors
/// There is no front matter, or the change cannot be made so that it is read as intended.
pub fn apply(text: &str, change: &Change, parse: Parse<'_>) -> Result<String, Refused> {
    let (fields, _) = split(text).ok_or(Refused::Unreadable)?;
    let old = text.get(fields.clone()).ok_or(Refused::Unreadable)?;
    let new = crate::apply(old, change, parse)?;
    let head = text.get(..fields.start).ok_or(Refused::Unreadable)?;
    let tail = text.get(fields.end..).ok_or(Refused::Unreadable)?;
    let whole = [head, &new, tail].concat();
    // A line of dashes in a block would end the front matter.
    let (again, _) = split(&whole).ok_or(Refused::NotAsIntended)?;
    match whole.get(again) == Some(&new) {
        true => Ok(whole),
        false => Err(Refused::NotAsIntended),
    }
}

/// The fields, as the caller reads them.
pub fn fields(text: &str, parse: Parse<'_>) -> Option<Tree> {
    let (fields, _) = split(text)?;
    parse(text.get(fields)?)
}

/// The body without the empty lines around it.
pub fn body(text: &str) -> Option<&str> {
    let (_, body) = split(text)?;
    Some(text.get(body)?.trim())
}

/// The text with another body. Empty lines around it stay.
///
/// # Errors
/// There is no front matter.
pub fn set_body(text: &str, new: &str) -> Result<String, Refused> {
    let (_, range) = split(text).ok_or(Refused::Unreadable)?;
    let old = text.get(range.clone()).ok_or(Refused::Unreadable)?;
    let newline = match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|l| l.ends_with('\r')) => "\r\n",
        _ => "\n",
    };
    let lines: Vec<&str> = new
        .trim()
        .split('\n')
        .map(|l| l.trim_end_matches('\r'))
        .collect();
    let new = lines.join(newline);
    let core = old.trim();
    let whole = match core.is_empty() {
        true => {
            let head = text.get(..range.start).unwrap_or("");
            let open = if head.ends_with('\n') { "" } else { newline };
            format!("{head}{open}{newline}{new}{newline}")
        }
        false => {
            let start = range.start + (old.len() - old.trim_start().len());
            let head = text.get(..start).unwrap_or("");
            let tail = text.get(start + core.len()..).unwrap_or("");
            [head, &new, tail].concat()
        }
    };
    match body(&whole) == Some(new.trim()) {
        true => Ok(whole),
        false => Err(Refused::NotAsIntended),
    }
}
