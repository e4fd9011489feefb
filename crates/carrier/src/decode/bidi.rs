//! The marks of direction that markup stands for: an element or a style that shows its letters from right to left is
//! written as Unicode's own marks. Must not reorder anything: whoever reads the text follows the marks.

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
