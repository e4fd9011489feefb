//! What a reader sees: the text in visual order, by the Unicode bidirectional algorithm.
//!
//! Takes a text; gives it as it is drawn, with the place of every character, or nothing where it is drawn as it is
//! stored. Must not know names.

use std::ops::Range;

use unicode_bidi::BidiInfo;

/// A text in visual order.
pub(crate) struct Shown {
    pub text: String,
    /// Where each byte of it comes from: bytes of the text as it is stored.
    from: Vec<Range<u32>>,
    /// Stretches of characters that only set a direction.
    controls: Vec<Range<usize>>,
}

impl Shown {
    /// What `text` is drawn as, if that is another order.
    pub(crate) fn of(text: &str) -> Option<Shown> {
        if !directed(text.as_bytes()) {
            return None;
        }
        let info = BidiInfo::new(text, None);
        if !info.has_rtl() {
            return None;
        }
        let mut shown = Shown {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len()),
            controls: Vec::new(),
        };
        for paragraph in &info.paragraphs {
            let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let back = levels.get(run.start).is_some_and(|l| l.is_rtl());
                let chars = text.get(run.clone()).unwrap_or_default().char_indices();
                if back {
                    chars.rev().for_each(|(at, c)| shown.put(run.start + at, c));
                } else {
                    chars.for_each(|(at, c)| shown.put(run.start + at, c));
                }
            }
        }
        for (at, c) in text.char_indices().filter(|(_, c)| sets_direction(*c)) {
            let end = at + c.len_utf8();
            match shown.controls.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => shown.controls.push(at..end),
            }
        }
        Some(shown)
    }

    /// `text` with other words in the stead of some of its bytes, in order.
    pub(crate) fn instead<'a>(
        text: &str,
        edits: impl Iterator<Item = (Range<usize>, &'a str)>,
    ) -> Shown {
        let mut shown = Shown {
            text: String::with_capacity(text.len()),
            from: Vec::with_capacity(text.len()),
            controls: Vec::new(),
        };
        let mut done = 0;
        for (span, other) in edits {
            shown.keep(text, done..span.start);
            shown.text.push_str(other);
            let from = span.start as u32..span.end as u32;
            shown.from.extend(std::iter::repeat_n(from, other.len()));
            done = span.end;
        }
        shown.keep(text, done..text.len());
        shown
    }

    fn keep(&mut self, text: &str, span: Range<usize>) {
        let kept = text.get(span.clone()).unwrap_or_default().char_indices();
        kept.for_each(|(at, c)| self.put(span.start + at, c));
    }

    fn put(&mut self, at: usize, c: char) {
        self.text.push(c);
        let (at, len) = (at as u32, c.len_utf8());
        self.from
            .extend(std::iter::repeat_n(at..at + len as u32, len));
    }

    /// Where a stretch of what is seen is stored, with the marks round it that turn it.
    pub(crate) fn stored(&self, seen: &Range<usize>) -> Range<usize> {
        let of = self.from.get(seen.clone()).unwrap_or_default();
        let start = of.iter().map(|r| r.start as usize).min().unwrap_or(0);
        let end = of.iter().map(|r| r.end as usize).max().unwrap_or(0);
        let before = self.controls.iter().find(|c| c.end == start);
        let after = self.controls.iter().find(|c| c.start == end);
        before.map_or(start, |c| c.start)..after.map_or(end, |c| c.end)
    }
}

/// Whether a text holds what may be written from right to left.
fn directed(bytes: &[u8]) -> bool {
    // Nearly every text falls at this question, which looks at many bytes at once.
    if bytes.iter().fold(0, |most, b| most.max(*b)) < 0xD6 {
        return false;
    }
    let next = |i: usize| bytes.get(i + 1).copied().unwrap_or(0);
    bytes.iter().enumerate().any(|(i, b)| match b {
        0..0xD6 => false,
        // Hebrew to NKo, among them U+061C.
        0xD6..=0xDF => true,
        0xE0 => matches!(next(i), 0xA0..=0xA3),
        0xE2 => match (next(i), next(i + 1)) {
            (0x80, mark) => matches!(mark, 0x8F | 0xAA..=0xAE),
            (0x81, mark) => matches!(mark, 0xA6..=0xA9),
            _ => false,
        },
        // Presentation forms; U+FEFF is none.
        0xEF => {
            matches!(next(i), 0xAC..=0xAF | 0xB9..=0xBA) || next(i) == 0xBB && next(i + 1) != 0xBF
        }
        0xF0 => matches!(next(i), 0x90 | 0x9E),
        _ => false,
    })
}

fn sets_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::Shown;
    use crate::exact::Exact;
    use crate::guard::Guard;
    use crate::registry::{ProtectedSchool, Registry};

    fn seen(text: &str) -> String {
        let shown = Shown::of(text).map_or(text.to_owned(), |s| s.text);
        shown
            .chars()
            .filter(|c| !super::sets_direction(*c))
            .collect()
    }

    #[test]
    fn a_reader_sees_what_was_turned() {
        assert_eq!(seen("в \u{202e}еСерП\u{202c} я"), "в ПреСе я");
        assert_eq!(seen("в Пресе\nи там"), "в Пресе\nи там");
        assert_eq!(
            seen("\u{202e}а\u{202d}бв\u{202c}г\u{202c}\n\u{202e}аб"),
            "гбва\nба"
        );
        // A text of another script does not turn Russian words in it.
        assert_eq!(seen("של школа"), "школа לש");
        assert!(Shown::of("Школа — «№ 5»\u{feff}\u{200e}").is_none());
    }

    /// Turned letter by letter, a name is that name to both searches, and goes with the marks that turn it.
    #[test]
    fn a_turned_name_is_found() {
        let registry = Registry::of([ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»")]);
        let (exact, guard) = (Exact::new(&registry), Guard::new(&registry));
        let name: String = "МБОУ «Приречная СОШ»".chars().rev().collect();
        let text = format!("Работает \u{202e}{name}\u{202c}, как и прежде");
        assert_eq!(exact.find(&text).len(), 1);
        let redacted = guard.redact(&text, &[], &[]).map(|r| r.text);
        let wanted = "Работает школа-участница, как и прежде";
        assert_eq!(redacted.as_deref(), Some(wanted));
    }

    #[test]
    fn the_marks_go_with_what_they_turn() {
        let text = "в \u{202e}аб\u{202c} я";
        let shown = Shown::of(text).expect("turned");
        let at = shown.text.find("ба").expect("seen");
        assert_eq!(&text[shown.stored(&(at..at + 4))], "\u{202e}аб\u{202c}");
    }
}
