//! One paragraph while it is read. Takes nothing; gives the type that `flow` begins and `inline` fills.

/// The text of a paragraph as it grows.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// Letters and digits, and how many of them are bold.
    pub letters: usize,
    pub bold: usize,
    /// The page on which each part between page breaks begins, and whether the page begins with it.
    pub pages: Vec<(u32, bool)>,
    /// Something was read of the part at hand.
    pub begun: bool,
    /// Some of it is hidden.
    pub hidden: bool,
}
