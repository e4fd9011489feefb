//! Digits set small behind a number: takes them as digits, gives them as marks, and back. Must not decide what is set
//! small.

const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// Digits as marks of notes are printed: «112<sup>1</sup>» is no number 1121.
pub(crate) fn raised(text: &str) -> String {
    let one = |c: char| c.to_digit(10).and_then(|d| RAISED.get(d as usize).copied());
    text.chars().map(|c| one(c).unwrap_or(c)).collect()
}

/// The same digits on the line.
pub(crate) fn lowered(text: &str) -> String {
    let one = |c: char| RAISED.iter().position(|r| *r == c);
    let digit = |n: usize| char::from_digit(u32::try_from(n).unwrap_or(0), 10);
    text.chars()
        .map(|c| one(c).and_then(digit).unwrap_or(c))
        .collect()
}

/// Whether what is set small here would be read as more digits of a number.
pub(crate) fn follows_number(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}
