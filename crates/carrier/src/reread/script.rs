//! JavaScript and CSS: takes source text, gives its string literals (escapes resolved, `"a" + "b"` joined), and
//! the rest of the code with its comments and identifiers. Must not try to run or really parse it: where a
//! quote is misread, what was taken for code is still handed on.

use crate::ctx::{Ctx, Way};
use crate::decode::escapes::{css_unescape, unescape};
use crate::place::{At, Place, pieces};
use glasno_passage::Role;

/// After how many bytes code is handed on at the next literal.
const CODE_PIECE: usize = 2000;

/// Reads a script or a style sheet.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str, role: Role, mut lines: Place<'_>) {
    let bytes = source.as_bytes();
    let mut code = String::new();
    let mut code_at = lines.at(0);
    let mut literal: Option<(String, At)> = None;
    // Where the code since the last literal begins, in `code`.
    let mut since = 0;
    // Up to where each kind of quote is known to stand alone: looking again would take quadratic time.
    let mut alone = [0usize; 3];
    let mut at = 0;
    while at < bytes.len() {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(step) = rest
            .iter()
            .position(|b| matches!(b, b'"' | b'\'' | b'`' | b'/'))
        else {
            code.push_str(source.get(at..).unwrap_or_default());
            break;
        };
        code.push_str(source.get(at..at + step).unwrap_or_default());
        at += step;
        let quote = rest.get(step).copied().unwrap_or_default();
        if quote == b'/' {
            let end = comment_end(bytes, at).unwrap_or(at + 1);
            if end > at + 1 {
                let place = lines.at(at);
                let comment = source.get(at..end).unwrap_or_default();
                ctx.emit(part, Role::Hidden, comment, place);
                code.push(' ');
            } else {
                code.push('/');
            }
            at = end;
            continue;
        }
        let slot = alone.get_mut(match quote {
            b'"' => 0,
            b'\'' => 1,
            _ => 2,
        });
        let end = match slot {
            Some(alone) if at < *alone => None,
            Some(alone) => literal_end(bytes, at, quote)
                .map_err(|line| *alone = line)
                .ok(),
            None => None,
        };
        let Some(end) = end else {
            code.push(char::from(quote));
            at += 1;
            continue;
        };
        let place = lines.at(at);
        let inner = source.get(at + 1..end).unwrap_or_default();
        // Languages join strings in many ways, some by standing beside each other; a list has commas.
        let between = code.get(since..).unwrap_or_default().trim();
        let joined = matches!(
            between,
            "" | "+" | "." | "&" | ".." | "||" | "\\" | "+ \\" | "~" | "<>"
        );
        match &mut literal {
            Some((text, _)) if joined && text.len() < 1 << 20 => text.push_str(&unescape(inner)),
            _ => {
                finish(ctx, part, literal.take());
                literal = Some((unescape(inner).into_owned(), place));
            }
        }
        if let Some(css) = css_unescape(inner) {
            ctx.emit(part, Role::Attribute, &css, place);
        }
        // Code is handed on in pieces short enough for their places to be of use.
        if code.len() > CODE_PIECE {
            finish(ctx, part, literal.take());
            rest_of_code(ctx, part, &code, role, code_at);
            code.clear();
            code_at = place;
        }
        code.push(' ');
        since = code.len();
        at = end + 1;
    }
    finish(ctx, part, literal.take());
    if !source.is_ascii() || source.contains("\\u") {
        ctx.again(Way::Flows, part, source, code_at);
    }
    char_codes(ctx, part, source);
    rest_of_code(ctx, part, &code, role, code_at);
}

fn rest_of_code(ctx: &mut Ctx<'_>, part: &str, code: &str, role: Role, at: At) {
    bare_addresses(ctx, part, code, at);
    let decoded = unescape(code);
    let max = ctx.limits.max_fragment_bytes;
    pieces(&decoded, max, |_, piece| {
        ctx.emit(part, role, piece.trim(), at)
    });
    if let Some(css) = css_unescape(code) {
        ctx.emit(part, role, &css, at);
    }
}

fn finish(ctx: &mut Ctx<'_>, part: &str, literal: Option<(String, At)>) {
    let Some((text, at)) = literal else { return };
    ctx.again(Way::Value, part, &text, at);
    if text.contains("\\u") {
        ctx.emit(part, Role::Attribute, &unescape(&text), at);
    }
}

/// `url(…)` without quotes, as style sheets have it.
fn bare_addresses(ctx: &mut Ctx<'_>, part: &str, code: &str, at: At) {
    let mut rest = code;
    while let Some(found) = rest.find("url(") {
        rest = rest.get(found + 4..).unwrap_or_default();
        let end = rest.find(')').unwrap_or(rest.len());
        ctx.again(Way::Address, part, rest.get(..end).unwrap_or_default(), at);
        rest = rest.get(end..).unwrap_or_default();
    }
}

/// `String.fromCharCode(1055, 0x440)` and its newer kin.
fn char_codes(ctx: &mut Ctx<'_>, part: &str, source: &str) {
    for name in [
        "fromCharCode(",
        "fromCodePoint(",
        "fromCharCode.apply(null,",
    ] {
        let mut rest = source;
        while let Some(at) = rest.find(name) {
            rest = rest.get(at + name.len()..).unwrap_or_default();
            let listed = |c: char| c.is_ascii_hexdigit() || " \n,x[]".contains(c);
            let end = rest.find(|c| !listed(c)).unwrap_or(rest.len());
            let (list, tail) = rest.split_at(end);
            rest = tail;
            let text: String = list
                .split([',', '[', ']', ' ', '\n'])
                .filter_map(|n| {
                    let n = n.trim();
                    let hex = n.strip_prefix("0x").map(|h| u32::from_str_radix(h, 16));
                    hex.unwrap_or_else(|| n.parse()).ok()
                })
                .filter_map(char::from_u32)
                .collect();
            ctx.emit(part, Role::Attribute, &text, None);
        }
    }
}

fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'/' => {
            let rest = bytes.get(at..)?;
            // `http://` in unquoted CSS is no comment, though nothing is lost if it is taken for one.
            Some(memchr::memchr(b'\n', rest).map_or(bytes.len(), |i| at + i))
        }
        b'*' => {
            let rest = bytes.get(at + 2..)?;
            Some(memchr::memmem::find(rest, b"*/").map_or(bytes.len(), |i| at + 2 + i + 2))
        }
        _ => None,
    }
}

/// Where the literal that opens at `at` closes; else where its line ends first.
fn literal_end(bytes: &[u8], at: usize, quote: u8) -> Result<usize, usize> {
    let mut i = at + 1;
    loop {
        match bytes.get(i) {
            None => return Err(bytes.len()),
            Some(b'\\') => i += 1,
            Some(b'\n') if quote != b'`' => return Err(i),
            Some(b) if *b == quote => return Ok(i),
            Some(_) => {}
        }
        i += 1;
    }
}
