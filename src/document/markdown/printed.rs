//! Cells and clauses as printed: every line is a line, every marker stays as it is.
//!
//! Takes the text of a cell; gives Markdown events in which «1)», «3)», «а)», «–» and «> 75 %» are text, lines with such
//! markers are items of lists without markers of their own, and emphasis, links and formulas are what they are elsewhere.
//! What only Markdown can say (tables, footnotes, code) is left to Markdown. A text of its own ([`prose`]) is Markdown, but
//! its numbers and lines stay as well.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{is_inline, parser};

/// The events of a text of its own, and which of them begin a list that is counted «1)» and not «1.».
///
/// Markdown counts a list on from its first number; here a number that does not follow begins a list of its own. A line with
/// a marker that Markdown does not know («а)», «–», «•») does not run on from the one before.
pub(super) fn prose(text: &str) -> (Vec<Event<'_>>, Vec<usize>) {
    let mut out = Vec::new();
    let mut brackets = Vec::new();
    // The number that comes next in each open list, where it has numbers.
    let mut open: Vec<Option<u64>> = Vec::new();
    for (event, range) in parser(text).into_offset_iter() {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => continue,
            Event::SoftBreak => {
                let next = text.get(range.end..).and_then(|rest| rest.lines().next());
                out.push(match next.is_some_and(|line| is_marked(line.trim())) {
                    true => Event::HardBreak,
                    false => Event::SoftBreak,
                });
                continue;
            }
            Event::Start(Tag::List(first)) => {
                open.push(first);
                if number(text, &range).is_some_and(|(_, bracket)| bracket) {
                    brackets.push(out.len());
                }
            }
            Event::End(TagEnd::List(_)) => {
                open.pop();
            }
            Event::Start(Tag::Item) => {
                if let Some(Some(next)) = open.last_mut() {
                    if let Some((own, bracket)) = number(text, &range).filter(|(n, _)| n != next) {
                        out.push(Event::End(TagEnd::List(true)));
                        if bracket {
                            brackets.push(out.len());
                        }
                        out.push(Event::Start(Tag::List(Some(own))));
                        *next = own;
                    }
                    *next = next.saturating_add(1);
                }
            }
            _ => {}
        }
        out.push(event);
    }
    (out, brackets)
}

/// The number that an item of a list begins with, and whether a bracket follows it.
fn number(text: &str, item: &Range<usize>) -> Option<(u64, bool)> {
    let written = text.get(item.clone())?.trim_start();
    let end = written.find(|c: char| !c.is_ascii_digit())?;
    let (digits, rest) = written.split_at_checked(end)?;
    let bracket = rest.starts_with(')');
    let number = digits.parse().ok()?;
    (bracket || rest.starts_with('.')).then_some((number, bracket))
}

/// Whether a text holds what only Markdown can say.
pub(super) fn needs_markdown(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        let rule = |c: char| matches!(c, '|' | '-' | ':' | ' ');
        line.starts_with("```")
            || line.starts_with("~~~")
            || line.starts_with("$$")
            || line.starts_with('[') && line.contains("]:")
            || line.contains("|") && line.contains("--") && line.chars().all(rule)
    })
}

/// The events of a text, block by block.
pub(super) fn events(text: &str) -> Vec<Event<'static>> {
    let mut out = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            block.push(line);
            continue;
        }
        write(&block, &mut out);
        block.clear();
    }
    out
}

/// One block of lines: a paragraph, and lists of two or more lines with markers.
fn write(block: &[&str], out: &mut Vec<Event<'static>>) {
    let mut items: Vec<(bool, Vec<&str>)> = Vec::new();
    for line in block {
        let marked = is_marked(line);
        match items.last_mut() {
            Some((_, lines)) if !marked => lines.push(line),
            _ => items.push((marked, vec![line])),
        }
    }
    let list = items.iter().filter(|(marked, _)| *marked).count() > 1;
    if !list {
        let lines: Vec<&str> = block.to_vec();
        paragraph(&lines, out);
        return;
    }
    let mut open = false;
    for (marked, lines) in &items {
        if *marked && !open {
            out.push(Event::Start(Tag::List(None)));
            open = true;
        }
        if *marked {
            out.push(Event::Start(Tag::Item));
            inline(lines, out);
            out.push(Event::End(TagEnd::Item));
        } else {
            paragraph(lines, out);
        }
    }
    if open {
        out.push(Event::End(TagEnd::List(false)));
    }
}

fn paragraph(lines: &[&str], out: &mut Vec<Event<'static>>) {
    if lines.is_empty() {
        return;
    }
    out.push(Event::Start(Tag::Paragraph));
    inline(lines, out);
    out.push(Event::End(TagEnd::Paragraph));
}

/// What stands in lines, each on a line of its own.
fn inline(lines: &[&str], out: &mut Vec<Event<'static>>) {
    let text: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    let text = text.join("\n");
    for event in parser(&text) {
        match event {
            Event::SoftBreak => out.push(Event::HardBreak),
            Event::Start(ref tag) if !is_inline(tag) => {}
            Event::End(tag)
                if !matches!(
                    tag,
                    TagEnd::Emphasis
                        | TagEnd::Strong
                        | TagEnd::Strikethrough
                        | TagEnd::Link
                        | TagEnd::Image
                ) => {}
            Event::Html(_) | Event::InlineHtml(_) | Event::Rule => {}
            event => out.push(event.into_static()),
        }
    }
}

/// A line whose beginning means nothing to Markdown.
fn escaped(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits).unwrap_or(("", line));
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    let sign = line.starts_with(['-', '+', '>', '#', '=', ':', '~'])
        || line.starts_with("* ")
        || line.chars().all(|c| matches!(c, '*' | '_' | ' '));
    match sign && !line.is_empty() {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

/// Whether a line begins with a printed marker: «1)», «1.2.», «а)», «–», «•».
fn is_marked(line: &str) -> bool {
    let Some((marker, rest)) = line.split_once([' ', '\u{a0}', '\t']) else {
        return false;
    };
    if rest.trim().is_empty() {
        return false;
    }
    if matches!(
        marker,
        "-" | "–" | "—" | "•" | "▪" | "·" | "*" | "+" | "●" | "○" | "■" | "✓"
    ) {
        return true;
    }
    let Some(inner) = marker.strip_suffix([')', '.']) else {
        return false;
    };
    let letter = {
        let mut letters = inner.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    let number = inner
        .split('.')
        .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (letter && marker.ends_with(')')) || number
}
