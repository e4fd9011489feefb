//! The quotes round a name: takes a text and the place of a name in it, gives the place with the quotes that it cuts.

use std::ops::Range;

const OPEN: [char; 5] = ['«', '„', '“', '"', '\''];
const CLOSE: [char; 5] = ['»', '“', '”', '"', '\''];

/// Takes in the quotes that a span cuts, and drops the blanks at its ends.
pub(super) fn widen(text: &str, mut span: Range<usize>) -> Range<usize> {
    for _ in 0..3 {
        let inner = text.get(span.clone()).unwrap_or_default();
        let before = text.get(..span.start).and_then(|t| t.chars().next_back());
        let after = text.get(span.end..).and_then(|t| t.chars().next());
        let opened = inner.chars().filter(|c| matches!(c, '«' | '„')).count()
            + inner.matches('"').count() % 2
            + inner.chars().filter(|c| *c == '“').count();
        let closed = inner.chars().filter(|c| matches!(c, '»' | '”')).count();
        let is_open = before.is_some_and(|c| OPEN.contains(&c));
        let is_close = after.is_some_and(|c| CLOSE.contains(&c));
        if is_close && (opened > closed || is_open) {
            span.end += after.map_or(0, char::len_utf8);
            if opened <= closed {
                span.start -= before.map_or(0, char::len_utf8);
            }
        } else if is_open
            && (closed > opened || inner.ends_with('"') && inner.matches('"').count() % 2 == 1)
        {
            span.start -= before.map_or(0, char::len_utf8);
        } else {
            break;
        }
    }
    // The dot of the last initial, unless it ends the sentence too.
    let tail: Vec<char> = text
        .get(span.clone())
        .unwrap_or_default()
        .chars()
        .rev()
        .take(2)
        .collect();
    let initial = tail.first().is_some_and(|c| c.is_uppercase())
        && tail.get(1).is_some_and(|c| !c.is_alphanumeric());
    if initial && let Some(rest) = text.get(span.end..).and_then(|t| t.strip_prefix('.')) {
        let next = rest.trim_start_matches([' ', '\u{a0}']).chars().next();
        if next.is_some_and(|c| !c.is_uppercase() && c != '\n') {
            span.end += 1;
        }
    }
    span
}
