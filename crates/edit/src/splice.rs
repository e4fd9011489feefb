//! One step of a change as a range of bytes and what comes in its place.
//!
//! Takes a text, a step and the tree that must come out; tries the ways of writing it until one is read as that tree,
//! with all the comments that are not part of what is taken away. Must not give a text that was not read again.

use std::ops::Range;

use crate::intent::Single;
use crate::locate::{Found, Kind, Node, Part, Style, given_indent, locate};
use crate::place::{Seen, Sheet};
use crate::write::{LEVELS, Level, Pen};
use crate::{Parse, Refused, Step, Tree, Value};

/// A range and what comes in its place.
struct Splice {
    at: Range<usize>,
    new: String,
    /// Comments that begin here go with what they belong to.
    drops: Range<usize>,
}

impl Splice {
    fn new(at: Range<usize>, new: impl Into<String>) -> Self {
        Splice {
            drops: at.start..at.start,
            at,
            new: new.into(),
        }
    }
}

/// Makes a step.
pub(crate) fn apply(
    text: &str,
    step: &Single,
    after: &Tree,
    parse: Parse<'_>,
) -> Result<String, Refused> {
    let found = locate(text)?;
    let sheet = Sheet::new(text);
    let splices = match step {
        Single::Replace { at, to } => replace(&sheet, &found, at, to)?,
        Single::Add {
            at,
            key,
            value,
            behind,
        } => add(&sheet, &found, at, key, value, *behind)?,
        Single::Insert { at, index, value } => insert(&sheet, &found, at, *index, value)?,
        Single::Remove { at } => remove(&sheet, &found, at)?,
        Single::Move { at, from, to } => vec![shift(&sheet, &found, at, *from, *to)?],
    };
    for splice in splices {
        let (Some(head), Some(tail)) = (text.get(..splice.at.start), text.get(splice.at.end..))
        else {
            continue;
        };
        let new = [head, &splice.new, tail].concat();
        if parse(&new).as_ref() == Some(after) && keeps(text, &found, &splice, &new) {
            return Ok(new);
        }
    }
    Err(Refused::NotAsIntended)
}

/// Whether all comments are still there.
fn keeps(text: &str, found: &Found, splice: &Splice, new: &str) -> bool {
    let Ok(now) = locate(new) else {
        return false;
    };
    let words = |text: &'_ str, at: &Range<usize>| text.get(at.clone()).unwrap_or("").to_owned();
    let kept = found.comments.iter();
    let mut had: Vec<String> = kept
        .filter(|at| !splice.drops.contains(&at.start))
        .map(|at| words(text, at))
        .collect();
    let mut has: Vec<String> = now.comments.iter().map(|at| words(new, at)).collect();
    had.sort();
    has.sort();
    had == has
}

fn replace(
    sheet: &Sheet<'_>,
    found: &Found,
    at: &[Step],
    to: &Value,
) -> Result<Vec<Splice>, Refused> {
    let Some(seen) = found.see(at) else {
        return match at.is_empty() && found.root.is_none() {
            true => Ok(begin(sheet, to)),
            false => Err(Refused::NoPlace),
        };
    };
    let Some(part) = seen.part.and_then(|(c, i)| c.parts().get(i)) else {
        let block = |level| pen(sheet, level).block(to, Some(seen.node), 0);
        return Ok(LEVELS
            .into_iter()
            .map(|level| Splice {
                drops: seen.node.at.clone(),
                ..Splice::new(seen.node.at.clone(), block(level))
            })
            .collect());
    };
    let node = seen.node;
    let column = sheet.column(part.start);
    let scalar = matches!(to, Value::Text(_) | Value::Bare(_));
    let mut splices = Vec::new();
    if scalar && !seen.inside_flow {
        splices.extend(same_block(sheet, node, to, column));
    }
    for level in LEVELS {
        let pen = pen(sheet, level);
        if seen.inside_flow {
            let new = pen.inline(to, Some(node));
            splices.push(match node.at.is_empty() {
                true => Splice::new(node.at.clone(), format!(" {new}")),
                false => Splice {
                    drops: node.at.clone(),
                    ..Splice::new(node.at.clone(), new)
                },
            });
            continue;
        }
        let new = pen.behind(to, Some(node), column, part.key.is_none());
        splices.push(over(sheet, part, &new));
    }
    Ok(splices)
}

/// A value with the space before it, in place of the value of a part.
fn over(sheet: &Sheet<'_>, part: &Part, new: &str) -> Splice {
    let node = &part.value;
    let nested = !node.is_flow() && !node.parts().is_empty();
    let end = match nested {
        true => node
            .parts()
            .last()
            .map_or(node.at.end, |last| sheet.tail(last)),
        false => node.at.end.max(part.behind),
    };
    let lines = new.contains('\n');
    // A remark stands behind the value, or behind the mark of a block.
    let block = matches!(
        node.kind,
        Kind::Scalar {
            style: Style::Literal | Style::Folded,
            ..
        }
    );
    let (remark, end) = match (block, nested) {
        (true, _) => {
            let header = sheet.slice(node.at.start..sheet.line_end(node.at.start));
            let from = header.find('#').map_or(header.len(), |mark| {
                header.get(..mark).unwrap_or("").trim_end().len()
            });
            (header.get(from..).unwrap_or("").trim_end(), end)
        }
        (false, true) => ("", end),
        (false, false) if lines => {
            let remark = sheet.remark(end);
            (remark, end + remark.len())
        }
        _ => ("", end),
    };
    let new = match new.split_once(sheet.newline) {
        Some((first, rest)) => format!("{first}{remark}{}{rest}", sheet.newline),
        None => format!("{new}{remark}"),
    };
    // As many spaces as there were stay, where the value begins on the same line.
    let gap = sheet.slice(part.behind..node.at.start.max(part.behind));
    let keeps_gap = !gap.is_empty() && gap.bytes().all(|b| b == b' ') && new.starts_with(' ');
    let (start, new) = match keeps_gap {
        true => (node.at.start, new.trim_start_matches(' ').to_owned()),
        false => (part.behind, new),
    };
    Splice {
        drops: match nested {
            true => part.behind..end,
            false => start..start,
        },
        at: start..end,
        new,
    }
}

/// A block scalar with its header and its indentation, where it stays one.
fn same_block(sheet: &Sheet<'_>, node: &Node, to: &Value, above: usize) -> Option<Splice> {
    let Kind::Scalar { style, .. } = &node.kind else {
        return None;
    };
    let folded = *style == Style::Folded;
    let (Value::Text(text) | Value::Bare(text)) = to else {
        return None;
    };
    if !matches!(style, Style::Literal | Style::Folded)
        || folded && !crate::write::fits_folded(text)
    {
        return None;
    }
    let written = sheet.slice(node.at.clone());
    let (header, body) = written.split_once('\n')?;
    let header = header.trim_end_matches('\r');
    let column = match given_indent(header) {
        Some(own) => above + own,
        None => {
            let line = body.lines().find(|l| !l.trim().is_empty())?;
            line.len() - line.trim_start_matches(' ').len()
        }
    };
    let lines = pen(sheet, Level::Fair).lines(text, folded, column)?;
    Some(Splice::new(node.at.clone(), format!("{header}{lines}")))
}

/// The first value of a text that has none.
fn begin(sheet: &Sheet<'_>, to: &Value) -> Vec<Splice> {
    let end = sheet.text.len();
    let open = !sheet.text.is_empty() && !sheet.text.ends_with('\n');
    let before = if open { sheet.newline } else { "" };
    let new = |level| {
        let block = pen(sheet, level).block(to, None, 0);
        format!("{before}{block}{}", sheet.newline)
    };
    let splice = |level| Splice::new(end..end, new(level));
    LEVELS.into_iter().map(splice).collect()
}

fn add(
    sheet: &Sheet<'_>,
    found: &Found,
    at: &[Step],
    key: &str,
    value: &Value,
    behind: Option<usize>,
) -> Result<Vec<Splice>, Refused> {
    let seen = found.see(at).ok_or(Refused::NoPlace)?;
    let like = neighbour(&seen, found, at).and_then(|n| {
        let parts = n.parts().iter();
        let mut same = parts.filter(|p| p.key.as_deref() == Some(key));
        same.next().map(|p| &p.value)
    });
    let index = behind.map_or(0, |b| b + 1);
    part(sheet, &seen, index, &|pen, flow, column| match flow {
        true => pen.inline_entry(key, value, like),
        false => pen.entry(key, value, like, column),
    })
}

/// The item before or behind the one that is changed: what is new in one looks as in the other.
fn neighbour<'f>(seen: &Seen<'_>, found: &'f Found, at: &[Step]) -> Option<&'f Node> {
    seen.part?;
    let (last, above) = at.split_last()?;
    let Step::Item(number) = last else {
        return None;
    };
    let items = found.see(above)?.node.parts();
    let near = number
        .checked_sub(1)
        .and_then(|n| items.get(n))
        .or(items.get(number + 1))?;
    Some(&near.value)
}

fn insert(
    sheet: &Sheet<'_>,
    found: &Found,
    at: &[Step],
    index: usize,
    value: &Value,
) -> Result<Vec<Splice>, Refused> {
    let seen = found.see(at).ok_or(Refused::NoPlace)?;
    let items = seen.node.parts();
    let near = index.checked_sub(1).and_then(|n| items.get(n));
    let like = near.or(items.first()).map(|i| &i.value);
    part(sheet, &seen, index, &|pen, flow, column| match flow {
        true => pen.inline(value, like),
        false => format!("-{}", pen.behind(value, like, column, true)),
    })
}

/// A part comes into a container as number `index`.
fn part(
    sheet: &Sheet<'_>,
    seen: &Seen<'_>,
    index: usize,
    write: &dyn Fn(Pen<'_>, bool, usize) -> String,
) -> Result<Vec<Splice>, Refused> {
    let container = seen.node;
    let parts = container.parts();
    let mut splices = Vec::new();
    for level in LEVELS {
        let pen = pen(sheet, level);
        if container.is_flow() {
            let new = write(pen, true, 0);
            let gap = match parts {
                [first, second, ..] => sheet.slice(first.value.at.end..second.start),
                _ => ", ",
            };
            let usual = gap.contains(',') && gap.bytes().all(|b| b" ,\r\n".contains(&b));
            let gap = if usual { gap } else { ", " };
            let before = index.checked_sub(1).and_then(|i| parts.get(i));
            splices.push(match (before, parts.first()) {
                (Some(before), _) => {
                    let end = before.value.at.end;
                    Splice::new(end..end, format!("{gap}{new}"))
                }
                (None, Some(first)) => Splice::new(first.start..first.start, format!("{new}{gap}")),
                (None, None) => {
                    let open = container.at.start + 1;
                    Splice::new(open..open, new)
                }
            });
            continue;
        }
        let first = parts.first().ok_or(Refused::NoPlace)?;
        let column = sheet.column(first.start);
        let line = format!("{}{}", sheet.newline, " ".repeat(column));
        let new = write(pen, false, column);
        // Parts that stand apart from each other stay so.
        let apart = match parts {
            [.., last, end] => {
                let between = sheet.slice(sheet.tail(last)..end.start);
                let whole = between.rsplit_once('\n').map_or("", |(lines, _)| lines);
                whole.split('\n').skip(1).any(|l| l.trim().is_empty())
            }
            _ => false,
        };
        let space = if apart { sheet.newline } else { "" };
        let before = index.checked_sub(1).and_then(|i| parts.get(i));
        splices.push(match before {
            Some(before) => {
                let end = sheet.tail(before);
                Splice::new(end..end, format!("{space}{line}{new}"))
            }
            None => Splice::new(first.start..first.start, format!("{new}{space}{line}")),
        });
    }
    Ok(splices)
}

fn remove(sheet: &Sheet<'_>, found: &Found, at: &[Step]) -> Result<Vec<Splice>, Refused> {
    let seen = found.see(at).ok_or(Refused::NoPlace)?;
    let (container, number) = seen.part.ok_or(Refused::NoPlace)?;
    let parts = container.parts();
    let part = parts.get(number).ok_or(Refused::NoPlace)?;
    if container.is_flow() {
        return Ok(remove_flow(sheet, container, number, part));
    }
    if parts.len() == 1 {
        let above = at.split_last().map_or(&[][..], |(_, above)| above);
        return empty(sheet, found, above, container, part);
    }
    let head = sheet.head(container, number);
    let tail = sheet.tail(part);
    let drops = head..tail;
    if !sheet.leads(part.start) {
        // It shares its line with a dash: the next one takes its place, or the remark above that.
        let next = parts.get(number + 1).ok_or(Refused::NoPlace)?;
        let between = sheet.slice(tail..next.start);
        let remark = tail + between.len() - between.trim_start().len();
        return Ok([next.start, remark]
            .map(|end| Splice {
                drops: drops.clone(),
                ..Splice::new(part.start..end, "")
            })
            .into());
    }
    let start = sheet.line_start(head);
    let mut end = sheet.next_line(tail);
    let blank_above = start > 0 && sheet.is_blank(sheet.line_start(start - 1));
    while blank_above && end < sheet.text.len() && sheet.is_blank(end) {
        end = sheet.next_line(end);
    }
    // The last line of a text without an end keeps being without one.
    let unended = end == sheet.text.len() && !sheet.text.ends_with('\n');
    let start = match unended && start > 0 {
        true => start - sheet.newline.len(),
        false => start,
    };
    Ok(vec![Splice {
        drops,
        ..Splice::new(start..end, "")
    }])
}

fn remove_flow(sheet: &Sheet<'_>, container: &Node, number: usize, part: &Part) -> Vec<Splice> {
    let parts = container.parts();
    let own = part.start..part.value.at.end;
    let next = parts.get(number + 1).map(|n| own.start..n.start);
    let before = number.checked_sub(1).and_then(|n| parts.get(n));
    let before = before.map(|b| b.value.at.end..own.end);
    let alone = (parts.len() == 1).then(|| container.at.start + 1..container.at.end - 1);
    // Remarks stand around it: no more goes than the value with its comma, and its line where that is all of it.
    let rest = sheet.slice(own.end..sheet.text.len());
    let behind = rest.strip_prefix(',').unwrap_or(rest);
    let behind = match sheet.leads(own.start) {
        true => behind.trim_start_matches(' '),
        false => behind,
    };
    let bare = own.start..sheet.text.len() - behind.len();
    let line = sheet.line_start(own.start)..sheet.next_line(bare.end);
    let whole = sheet.leads(own.start) && sheet.is_blank(bare.end);
    let ways = [alone, next, before, whole.then_some(line), Some(bare)];
    ways.into_iter()
        .flatten()
        .map(|at| Splice {
            drops: own.clone(),
            ..Splice::new(at, "")
        })
        .collect()
}

/// The last part goes: what is left is empty brackets.
fn empty(
    sheet: &Sheet<'_>,
    found: &Found,
    above: &[Step],
    container: &Node,
    part: &Part,
) -> Result<Vec<Splice>, Refused> {
    let brackets = match container.kind {
        Kind::List { .. } => "[]",
        _ => "{}",
    };
    let tail = sheet.tail(part);
    let drops = part.start..tail;
    let holder = found
        .see(above)
        .and_then(|seen| seen.part.and_then(|(c, i)| c.parts().get(i)));
    let Some(holder) = holder else {
        return Ok(vec![Splice {
            drops,
            ..Splice::new(part.start..tail, brackets)
        }]);
    };
    let gap = sheet.slice(holder.behind..part.start);
    // Comments between the name and what stood there stay.
    let between = match gap.rfind('\n') {
        Some(end) => gap.get(..end).unwrap_or("").trim_end_matches('\r'),
        None => "",
    };
    Ok(vec![Splice {
        drops,
        ..Splice::new(holder.behind..tail, format!(" {brackets}{between}"))
    }])
}

/// The texts of the items change places; what stands between them stays.
fn shift(
    sheet: &Sheet<'_>,
    found: &Found,
    at: &[Step],
    from: usize,
    to: usize,
) -> Result<Splice, Refused> {
    let seen = found.see(at).ok_or(Refused::NoPlace)?;
    let list = seen.node;
    let slots: Vec<Range<usize>> = list
        .parts()
        .iter()
        .enumerate()
        .map(|(i, part)| match list.is_flow() {
            true => part.start..part.value.at.end,
            false => sheet.head(list, i)..sheet.tail(part),
        })
        .collect();
    let mut order: Vec<usize> = (0..slots.len()).collect();
    let moved = order.remove(from);
    order.insert(to, moved);
    let (low, high) = (from.min(to), from.max(to));
    let mut new = String::new();
    for (i, slot) in slots.iter().enumerate().take(high + 1).skip(low) {
        let text = order.get(i).and_then(|o| slots.get(*o));
        new.push_str(sheet.slice(text.ok_or(Refused::NoPlace)?.clone()));
        if i < high {
            let next = slots.get(i + 1).ok_or(Refused::NoPlace)?;
            new.push_str(sheet.slice(slot.end..next.start));
        }
    }
    let (first, last) = (slots.get(low), slots.get(high));
    let (first, last) = first.zip(last).ok_or(Refused::NoPlace)?;
    Ok(Splice::new(first.start..last.end, new))
}

fn pen<'t>(sheet: &Sheet<'t>, level: Level) -> Pen<'t> {
    Pen {
        newline: sheet.newline,
        level,
    }
}
