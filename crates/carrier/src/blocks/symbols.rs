//! Letters of fonts that draw signs in their place (Symbol, Wingdings): takes a letter and its font, gives the sign a
//! reader sees. Must say when nobody knows.

/// The sign that `letter` of `font` looks like; none when the table does not say. Word keeps such letters at U+F000
/// and above; below that only the font tells.
pub(super) fn sign(font: &str, letter: char) -> Option<char> {
    let code = u32::from(letter);
    let code = if (0xf000..=0xf0ff).contains(&code) {
        code - 0xf000
    } else {
        code
    };
    let font = font.to_ascii_lowercase();
    if font.contains("wingdings") {
        return wingdings(code);
    }
    if font == "symbol" || font.is_empty() || font.contains("opensymbol") {
        return symbol(code);
    }
    // Bullets of lists in a text font, as converters leave them.
    symbol(code).filter(|_| (0xf000..=0xf0ff).contains(&u32::from(letter)))
}

/// Whether a font draws signs instead of letters.
pub(super) fn is_symbolic(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.contains("wingdings") || font.contains("webdings")
}

/// Whether a letter means something in its own font only.
pub(super) fn is_private(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

fn symbol(code: u32) -> Option<char> {
    const GREEK: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ";
    const SMALL: &str = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ";
    Some(match code {
        0x41..=0x5a => GREEK.chars().nth(usize::try_from(code - 0x41).ok()?)?,
        0x61..=0x7a => SMALL.chars().nth(usize::try_from(code - 0x61).ok()?)?,
        0x22 => '∀',
        0x24 => '∃',
        0x27 => '∋',
        0x2a => '∗',
        0x2d => '−',
        0x40 => '≅',
        0x5c => '∴',
        0x5e => '⊥',
        0x20..=0x3f | 0x5b | 0x5d | 0x5f | 0x7b..=0x7d => char::from_u32(code)?,
        0x7e => '∼',
        0xa0 => '€',
        0xa3 => '≤',
        0xa5 => '∞',
        0xa7 => '♣',
        0xa8 => '♦',
        0xa9 => '♥',
        0xaa => '♠',
        0xab => '↔',
        0xac => '←',
        0xad => '↑',
        0xae => '→',
        0xaf => '↓',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb5 => '∝',
        0xb6 => '∂',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xba => '≡',
        0xbb => '≈',
        0xbc => '…',
        0xc5 => '⊕',
        0xc6 => '∅',
        0xc7 => '∩',
        0xc8 => '∪',
        0xce => '∈',
        0xcf => '∉',
        0xd0 => '∠',
        0xd1 => '∇',
        0xd2 => '®',
        0xd3 => '©',
        0xd4 => '™',
        0xd5 => '∏',
        0xd6 => '√',
        0xd7 => '⋅',
        0xd8 => '¬',
        0xd9 => '∧',
        0xda => '∨',
        0xde => '⇒',
        0xe5 => '∑',
        0xf2 => '∫',
        _ => return None,
    })
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x20 => ' ',
        0x28 => '☎',
        0x2a => '✉',
        0x6c => '●',
        0x6d => '❍',
        0x6e => '■',
        0x6f | 0x70 | 0x71 | 0x72 | 0xa8 => '☐',
        0x73..=0x75 => '◆',
        0x76 => '❖',
        0x77..=0x79 => '▪',
        0x9e | 0x9f => '•',
        0xa1 => '○',
        0xa7 => '▪',
        0xab => '★',
        0xb7 => '•',
        0xd8 => '➢',
        0xe0 | 0xe8 => '→',
        0xdf => '←',
        0xf0 => '⇨',
        0xfb | 0xfd => '☒',
        0xfc => '✓',
        0xfe => '☑',
        0x80 => '⓪',
        0x81..=0x8a => char::from_u32(0x2460 + code - 0x81)?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_usual_fonts() {
        assert_eq!(sign("Symbol", '\u{f0b7}'), Some('•'));
        assert_eq!(sign("Wingdings", '\u{f0fc}'), Some('✓'));
        assert_eq!(sign("Wingdings", 'l'), Some('●'));
        assert_eq!(sign("Symbol", 'a'), Some('α'));
        assert_eq!(sign("Symbol", '\u{f0b3}'), Some('≥'));
        assert_eq!(sign("Times New Roman", '\u{f02d}'), Some('−'));
        assert_eq!(sign("Times New Roman", 'a'), None);
        assert_eq!(sign("Webdings", '\u{f000}'), None);
    }
}
