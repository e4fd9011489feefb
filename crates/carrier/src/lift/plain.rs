//! Plain text: takes text, gives its paragraphs, and those without the marks that stand in words. Paragraphs keep their line breaks, since words are hyphenated over them.

use crate::ctx::{Ctx, Way};
use crate::decode::markup::has_markup;
use crate::place::{Place, Stand, Written, offset_in, pieces};
use glasno_passage::Role;

/// Reads paragraphs, which end at empty lines.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, text: &str, role: Role, mut lines: Place<'_>) {
    let max = ctx.limits.max_fragment_bytes;
    let whole = lines.clone();
    let mut start = None;
    let mut at = 0;
    let mut paragraph = |ctx: &mut Ctx<'_>, from: usize, to: usize| {
        let Some(body) = text.get(from..to) else {
            return;
        };
        pieces(body, max, |offset, piece| {
            let piece = piece.trim_end();
            let (at, turns) = lines.run(from + offset, piece);
            let stand = Stand { at, turns: &turns };
            let place = || stand.over(piece);
            ctx.emit(part, role, piece, stand);
            ctx.again(Way::Encoded, part, piece, place());
            let bare = [unmarked(piece, place()), unquoted(piece, place())];
            for bare in bare.into_iter().flatten() {
                ctx.emit(part, Role::Hidden, &bare.text, bare.stand());
            }
            if has_markup(piece) {
                ctx.markup(part, piece, true, place());
            }
            if piece.contains('\n') {
                ctx.again(Way::Drawn, part, piece, place());
                ctx.again(Way::Pairs, part, piece, place());
                ctx.again(Way::Flows, part, piece, place());
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
        let spoken = spoken(text, whole);
        let mut place = spoken.stand().over(&spoken.text);
        pieces(&spoken.text, max, |from, piece| {
            let (at, turns) = place.run(from, piece);
            let stand = Stand { at, turns: &turns };
            ctx.emit(part, Role::Hidden, piece.trim_end(), stand);
        });
    }
}

/// The text without the marks of emphasis and links that light markup puts into words (`*При*\\ речная`,
/// `**При**речная`, `[[При]]речная`). `None` where no mark stands beside a letter.
fn unmarked(text: &str, mut place: Place<'_>) -> Option<Written> {
    let mark = |c: char| matches!(c, '*' | '_' | '\'' | '`' | '=' | '[' | ']' | '#');
    if !text.contains(['*', '_', '\'', '`', '=', '[']) {
        return None;
    }
    let mut out = Written::default();
    let (mut changed, mut before) = (false, ' ');
    let mut rest = text;
    while !rest.is_empty() {
        let words = rest.find(mark).unwrap_or(rest.len());
        let (bare, tail) = rest.split_at(words);
        out.copy(bare, offset_in(text, bare), &mut place);
        before = bare.chars().next_back().unwrap_or(before);
        let run = tail.find(|c| !mark(c)).unwrap_or(tail.len());
        let (marks, tail) = tail.split_at(run);
        // An escaped space ends the mark and is none.
        let tail = tail.strip_prefix("\\ ").unwrap_or(tail);
        let beside = before.is_alphabetic() && tail.starts_with(char::is_alphabetic);
        let around = before.is_alphabetic() || tail.starts_with(char::is_alphabetic);
        if around {
            changed |= beside;
        } else {
            out.copy(marks, offset_in(text, marks), &mut place);
        }
        rest = tail;
    }
    changed.then_some(out)
}

/// The lines of a letter without the marks of what it quotes (`> > `), which may stand in the middle of a word that
/// goes on in the next line. `None` where nothing is quoted.
fn unquoted(text: &str, mut place: Place<'_>) -> Option<Written> {
    let quoted = |line: &str| line.trim_start().starts_with('>');
    text.lines().filter(|line| quoted(line)).nth(1)?;
    let mut out = Written::default();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches(['>', ' ', '\t']);
        out.copy(bare, offset_in(text, bare), &mut place);
    }
    Some(out)
}

/// Subtitles without their times and numbers: a sentence goes on from one to the next.
fn spoken(text: &str, mut place: Place<'_>) -> Written {
    let mut out = Written::default();
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
        for piece in line.split_inclusive(['<', '>']) {
            let words = piece.trim_end_matches(['<', '>']);
            if !tag {
                out.copy(words, offset_in(text, words), &mut place);
            }
            tag = piece.ends_with('<') || tag && !piece.ends_with('>');
        }
        out.text.push('\n');
    }
    out
}
