//! Characters that no page, feed or data file may hold: they cannot be seen, and XML has no way to write them.
//!
//! Takes text; gives the first of them and where it stands. A line break and a tab are ordinary.

/// The first control character: its byte offset, and the character.
pub fn first(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|(_, c)| is_control(*c))
}

/// As a person finds it in a table of characters: `U+0007`.
pub fn named(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

fn is_control(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Line and paragraph separators, and what is no character at all.
        '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}' => true,
        c => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_be_shown_is_found() {
        assert_eq!(first("строка\n\tвторая — «школа» № 5"), None);
        assert_eq!(first("аб\u{7}в"), Some((4, '\u{7}')));
        for c in [
            '\0', '\r', '\u{b}', '\u{7f}', '\u{85}', '\u{2028}', '\u{ffff}',
        ] {
            assert_eq!(first(&format!("x{c}")), Some((1, c)), "{}", named(c));
        }
    }
}
