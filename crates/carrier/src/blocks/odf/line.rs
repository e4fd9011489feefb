//! One paragraph while it is read. Takes nothing; gives the type that `flow` begins and `inline` fills.

/// The text of a paragraph as it grows.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    /// Letters and digits, and how many of them are bold.
    pub letters: usize,
    pub bold: usize,
    /// Where it begins, and whether a page begins with it.
    pub page: u32,
    pub new_page: bool,
    /// Something was read of it.
    pub begun: bool,
    /// Some of it is hidden.
    pub hidden: bool,
    /// All of it is.
    pub gone: bool,
    /// A blank of the file comes next, if something follows on the same line.
    pub blank: bool,
}
