//! The order in which letters are shown: takes a text with marks of direction, gives it as a reader sees it, by Unicode's
//! bidirectional algorithm. Texts without such marks are shown as they stand.

use unicode_bidi::BidiInfo;

use crate::place::{Stand, Written};
use glasno_passage::Turn;

/// From here letters run from right to left, whatever they are; and where that ends.
pub(crate) const OVERRIDE: &str = "\u{202e}";
pub(crate) const END: &str = "\u{202c}";

/// Whether a style turns letters round.
pub(crate) fn styled(style: &str) -> bool {
    let bytes = style.as_bytes();
    // `bidi-override` and `isolate-override`, in whatever case.
    memchr::memchr_iter(b'-', bytes).any(|at| {
        let word = bytes.get(at + 1..at + 9);
        word.is_some_and(|w| w.eq_ignore_ascii_case(b"override"))
    })
}

/// Whether a mark of direction stands in the text.
pub(crate) fn marked(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(0xe2, 0xd8, bytes).any(|at| match bytes.get(at..at + 3) {
        Some([0xe2, 0x80, last]) => matches!(last, 0x8e | 0x8f | 0xaa..=0xae),
        Some([0xe2, 0x81, last]) => matches!(last, 0xa6..=0xa9),
        Some([0xd8, 0x9c, _]) => true,
        _ => bytes.get(at..at + 2) == Some(&[0xd8, 0x9c]),
    })
}

/// The text as it is shown, where that is another than it is written.
pub(crate) fn shown(text: &str, stand: Stand<'_>) -> Option<Written> {
    let info = BidiInfo::new(text, None);
    // Where each piece begins, as it is shown and as it is written.
    let mut begins: Vec<(usize, usize)> = Vec::new();
    let mut out = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let piece = text.get(run.clone()).unwrap_or_default();
            begins.push((out.len(), run.start));
            match levels.get(run.start).is_some_and(|l| l.is_rtl()) {
                true => out.extend(piece.chars().rev()),
                false => out.push_str(piece),
            }
        }
    }
    if out == text {
        return None;
    }
    let mut place = stand.over(text);
    begins.sort_by_key(|(_, there)| *there);
    let placed = begins.into_iter().filter_map(|(offset, there)| {
        let (line, column) = place.at(there)?;
        Some(Turn {
            offset,
            line,
            column,
        })
    });
    let mut turns: Vec<Turn> = placed.collect();
    turns.sort_by_key(|turn| turn.offset);
    Some(Written {
        text: out,
        at: stand.at,
        turns,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> String {
        let out = shown(text, Stand::default()).map_or(text.to_owned(), |w| w.text);
        out.chars().filter(|c| !marked(&c.to_string())).collect()
    }

    #[test]
    fn marks_of_direction_are_followed() {
        for (written, read) in [
            ("\u{202e}ШОС яаничерирП", "Приречиная СОШ"),
            ("Приречная \u{202e}ШОС\u{202c}, урок", "Приречная СОШ, урок"),
            (
                "\u{2067}СОШ\u{200f} \u{200f}Приречная\u{2069}",
                "Приречная СОШ",
            ),
            ("Приречная СОШ\u{200e}", "Приречная СОШ"),
            ("в\u{202e}\nвторая", "в\nвторая"),
        ] {
            assert!(marked(written), "{written:?}");
            assert!(
                seen(written).contains(read),
                "{written:?}: {:?}",
                seen(written)
            );
        }
        assert!(!marked("«Школа» — № 5, “x” и ещё…"));
    }
}
