//! What no reader sees: takes a character, tells whether text looks the same without it.
//!
//! Source: Unicode 16.0, DerivedCoreProperties.txt, Default_Ignorable_Code_Point (U+180E included, as of old), and the
//! interlinear annotation marks U+FFF9–FFFB, which nothing draws either. A table and nothing else, so that both
//! searches may use it. Must not hold marks that change a letter.

/// Whether nothing is drawn in its place.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::is_ignorable;
    use crate::exact::Exact;
    use crate::registry::{ProtectedSchool, Registry};
    use crate::scan::Recognizer;

    /// A name with any of them in its middle stays that name to both searches.
    #[test]
    fn a_name_is_read_through_all_of_them() {
        let registry = Registry::of([ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»")]);
        let (recognizer, exact) = (Recognizer::new(&registry), Exact::new(&registry));
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            if !is_ignorable(c) || (c > '\u{e01ff}') {
                continue;
            }
            let text = format!("Учителя МБОУ «При{c}речная СОШ» провели урок");
            assert!(!recognizer.scan_text(&text).is_empty(), "{c:?}");
            assert!(!exact.find(&text).is_empty(), "{c:?}");
        }
    }
}
