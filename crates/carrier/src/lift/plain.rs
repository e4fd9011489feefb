//! Plain text: takes text, gives its paragraphs, and those without the marks that stand in words. Paragraphs keep their line breaks, since words are hyphenated over them.

use crate::ctx::{Ctx, Way};
use crate::decode::markup::has_markup;
use crate::place::{Place, pieces};
use glasno_passage::Role;

/// Reads paragraphs, which end at empty lines.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str, role: Role, mut lines: Place<'_>) {
    let max = ctx.limits.max_fragment_bytes;
    let mut start = None;
    let mut at = 0;
    let mut paragraph = |ctx: &mut Ctx<'_>, from: usize, to: usize| {
        let Some(body) = text.get(from..to) else {
            return;
        };
        pieces(body, max, |offset, piece| {
            let place = lines.at(from + offset);
            let piece = piece.trim_end();
            ctx.emit(part, role, piece, place);
            ctx.again(Way::Encoded, part, piece, place);
            if let Some(bare) = unmarked(piece) {
                ctx.emit(part, Role::Hidden, &bare, place);
            }
            if let Some(bare) = unquoted(piece) {
                ctx.emit(part, Role::Hidden, &bare, place);
            }
            if has_markup(piece) {
                ctx.markup(part, piece, true, place);
            }
            if piece.contains('\n') {
                ctx.again(Way::Drawn, part, piece, place);
                ctx.again(Way::Pairs, part, piece, place);
                ctx.again(Way::Flows, part, piece, place);
            }
        });
    };
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            if let Some(from) = start.take() {
                paragraph(ctx, from, at);
            }
        } else if start.is_none() {
            start = Some(at);
        }
        at += line.len();
    }
    if let Some(from) = start {
        paragraph(ctx, from, at);
    }
    if text.contains("-->") {
        pieces(&spoken(text), max, |_, piece| {
            ctx.emit(part, Role::Hidden, piece.trim(), None);
        });
    }
}

/// The text without the marks of emphasis and links that light markup puts into words (`*При*\\ речная`,
/// `**При**речная`, `[[При]]речная`). `None` where no mark stands beside a letter.
fn unmarked(text: &str) -> Option<String> {
    let mark = |c: char| matches!(c, '*' | '_' | '\'' | '`' | '=' | '[' | ']' | '#');
    if !text.contains(['*', '_', '\'', '`', '=', '[']) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let (mut changed, mut before) = (false, ' ');
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let run = rest.find(|c| !mark(c)).unwrap_or(rest.len());
        if run == 0 {
            out.push(c);
            before = c;
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        }
        let (marks, tail) = rest.split_at(run);
        // An escaped space ends the mark and is none.
        let tail = tail.strip_prefix("\\ ").unwrap_or(tail);
        let beside = before.is_alphabetic() && tail.starts_with(char::is_alphabetic);
        let around = before.is_alphabetic() || tail.starts_with(char::is_alphabetic);
        if around {
            changed |= beside;
        } else {
            out.push_str(marks);
        }
        rest = tail;
    }
    changed.then_some(out)
}

/// The lines of a letter without the marks of what it quotes (`> > `), which may stand in the middle of a word that
/// goes on in the next line. `None` where nothing is quoted.
fn unquoted(text: &str) -> Option<String> {
    let quoted = |line: &str| line.trim_start().starts_with('>');
    text.lines().filter(|line| quoted(line)).nth(1)?;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(line.trim_start_matches(['>', ' ', '\t']));
    }
    Some(out)
}

/// Subtitles without their times and numbers: a sentence goes on from one to the next.
fn spoken(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let number = line.bytes().all(|b| b.is_ascii_digit());
        let timed = |l: &str| l.contains("-->") && l.starts_with(|c: char| c.is_ascii_digit());
        if timed(line) || number || lines.peek().is_some_and(|next| timed(next.trim())) {
            continue;
        }
        // A name may be coloured, or said by somebody.
        let mut tag = false;
        out.extend(line.chars().filter(|c| {
            let shown = !tag && *c != '<';
            tag = (tag || *c == '<') && *c != '>';
            shown
        }));
        out.push('\n');
    }
    out
}
