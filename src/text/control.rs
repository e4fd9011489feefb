//! Characters that no page, feed or data file may hold: they cannot be seen, and XML has no way to write them.
//!
//! Takes text; gives the first of them and where it stands. A line break and a tab are ordinary.

/// The first control character: its byte offset, and the character.
pub fn first(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    // Nearly every byte is passed by the table alone.
    while let Some(next) = bytes
        .get(from..)?
        .iter()
        .position(|b| SUSPECT[usize::from(*b)])
    {
        let at = from + next;
        let c = text.get(at..)?.chars().next()?;
        if is_control(c) {
            return Some((at, c));
        }
        from = at + c.len_utf8();
    }
    None
}

/// Bytes that are such a character, or may lead one.
const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(b, 0..0x20 | 0x7F | 0xC2 | 0xE2 | 0xEF) && !matches!(b, 0x09 | 0x0A);
        b += 1;
    }
    table
};

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
    fn every_character_is_judged_as_it_is_alone() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let found = first(&format!("я—{c}ю")).map(|(_, c)| c);
            assert_eq!(found, Some(c).filter(|c| is_control(*c)), "{}", named(c));
        }
    }

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
