//! JavaScript and CSS: takes source text, gives its string literals (escapes resolved, `"a" + "b"` joined), and
//! the rest of the code with its comments and identifiers. Must not try to run or really parse it: where a
//! quote is misread, what was taken for code is still handed on.

use crate::ctx::{Ctx, Way};
use crate::decode::escapes::{css_unescape, unescape};
use crate::place::{Place, Stand, Written, offset_in, pieces};
use glasno_passage::Role;

/// After how many bytes code is handed on at the next literal.
const CODE_PIECE: usize = 2000;

/// Reads a script or a style sheet.
pub(super) fn read(ctx: &mut Ctx<'_>, part: &str, source: &str, role: Role, mut lines: Place<'_>) {
    let bytes = source.as_bytes();
    let whole = lines.clone();
    let mut code = Written::default();
    let mut literal: Option<Written> = None;
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
            code.copy(source.get(at..).unwrap_or_default(), at, &mut lines);
            break;
        };
        code.copy(
            source.get(at..at + step).unwrap_or_default(),
            at,
            &mut lines,
        );
        at += step;
        let quote = rest.get(step).copied().unwrap_or_default();
        if quote == b'/' {
            let end = comment_end(bytes, at).unwrap_or(at + 1);
            if end > at + 1 {
                let comment = source.get(at..end).unwrap_or_default();
                let (at, turns) = lines.run(at, comment);
                ctx.emit(part, Role::Hidden, comment, Stand { at, turns: &turns });
                code.text.push(' ');
            } else {
                code.put("/", at, &mut lines);
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
            code.text.push(char::from(quote));
            at += 1;
            continue;
        };
        let place = lines.at(at + 1);
        let inner = source.get(at + 1..end).unwrap_or_default();
        // Languages join strings in many ways, some by standing beside each other; a list has commas.
        let between = code.text.get(since..).unwrap_or_default().trim();
        let joined = matches!(
            between,
            "" | "+" | "." | "&" | ".." | "||" | "\\" | "+ \\" | "~" | "<>"
        );
        if !(joined && literal.as_ref().is_some_and(|l| l.text.len() < 1 << 20)) {
            finish(ctx, part, literal.take());
        }
        let text = literal.get_or_insert_default();
        text.decode(inner, at + 1, &mut lines, unescape);
        if let Some(css) = css_unescape(inner) {
            ctx.emit(part, Role::Attribute, &css, place);
        }
        // Code is handed on in pieces short enough for their places to be of use.
        if code.text.len() > CODE_PIECE {
            finish(ctx, part, literal.take());
            rest_of_code(ctx, part, &code, role);
            code.clear();
        }
        code.text.push(' ');
        since = code.text.len();
        at = end + 1;
    }
    finish(ctx, part, literal.take());
    if !source.is_ascii() || source.contains("\\u") {
        ctx.again(Way::Flows, part, source, whole.clone());
    }
    char_codes(ctx, part, source, &whole);
    rest_of_code(ctx, part, &code, role);
}

fn rest_of_code(ctx: &mut Ctx<'_>, part: &str, code: &Written, role: Role) {
    let place = || code.stand().over(&code.text);
    bare_addresses(ctx, part, &code.text, place());
    let mut decoded = Written::default();
    decoded.decode(&code.text, 0, &mut place(), unescape);
    let mut places = decoded.stand().over(&decoded.text);
    let max = ctx.limits.max_fragment_bytes;
    pieces(&decoded.text, max, |_, piece| {
        let piece = piece.trim();
        let (at, turns) = places.run(offset_in(&decoded.text, piece), piece);
        ctx.emit(part, role, piece, Stand { at, turns: &turns })
    });
    if let Some(css) = css_unescape(&code.text) {
        ctx.emit(part, role, &css, code.at);
    }
}

fn finish(ctx: &mut Ctx<'_>, part: &str, literal: Option<Written>) {
    let Some(literal) = literal else { return };
    let (text, stand) = (&literal.text, literal.stand());
    ctx.again(Way::Value, part, text, stand.over(text));
    if text.contains("\\u") {
        ctx.emit(part, Role::Attribute, &unescape(text), stand.at);
    }
}

/// `url(…)` without quotes, as style sheets have it.
fn bare_addresses(ctx: &mut Ctx<'_>, part: &str, code: &str, mut place: Place<'_>) {
    let mut rest = code;
    while let Some(found) = rest.find("url(") {
        rest = rest.get(found + 4..).unwrap_or_default();
        let end = rest.find(')').unwrap_or(rest.len());
        let address = rest.get(..end).unwrap_or_default();
        let at = place.at(offset_in(code, address));
        ctx.again(Way::Address, part, address, at);
        rest = rest.get(end..).unwrap_or_default();
    }
}

/// `String.fromCharCode(1055, 0x440)` and its newer kin.
fn char_codes(ctx: &mut Ctx<'_>, part: &str, source: &str, whole: &Place<'_>) {
    for name in [
        "fromCharCode(",
        "fromCodePoint(",
        "fromCharCode.apply(null,",
    ] {
        let mut rest = source;
        let mut place = whole.clone();
        while let Some(at) = rest.find(name) {
            rest = rest.get(at + name.len()..).unwrap_or_default();
            let place = place.at(offset_in(source, rest));
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
            ctx.emit(part, Role::Attribute, &text, place);
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
