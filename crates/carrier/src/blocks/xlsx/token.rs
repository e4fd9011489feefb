//! What a format code of a workbook is made of. Takes nothing; gives the pieces that `format` cuts and `time` reads.

/// A piece of a code.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Place(char),
    Point,
    /// A comma among places.
    Comma,
    Percent,
    /// An exponent or a fraction, which nobody asks to be written as it is.
    Other,
    /// A run of one letter: `yyyy`, `mm`.
    Time(char, usize),
    /// The text of the cell.
    Text,
    General,
}
