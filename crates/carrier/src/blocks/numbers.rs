//! How a counter is displayed: takes a number and a way of writing it, gives `4`, `IV`, `г`. Shared by the formats
//! that leave the numbers of lists to the program that shows them.

/// Ways of writing a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    #[default]
    Decimal,
    /// At least so many digits: `01`.
    Padded(u8),
    UpperRoman,
    LowerRoman,
    UpperLetter,
    LowerLetter,
    UpperRussian,
    LowerRussian,
    /// Letters counted like figures once they are used up: `aa`, `ab`.
    UpperCounted,
    LowerCounted,
    UpperRussianCounted,
    LowerRussianCounted,
    /// `①`.
    Circled,
    /// `*`, `†`, `‡`, `§`, then doubled.
    Marks,
    /// Nothing.
    None,
}

/// Without the letters that stand in no list: ё, й, ъ, ь.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";
const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
const MARKS: &str = "*†‡§";
/// Repeated letters of a number that nobody counts to.
const MAX_REPEATS: usize = 20;

impl Style {
    /// The number as it is displayed.
    pub(super) fn show(self, number: i64) -> String {
        match self {
            Style::Decimal => number.to_string(),
            Style::Padded(digits) => format!("{number:0width$}", width = usize::from(digits)),
            Style::UpperRoman => roman(number),
            Style::LowerRoman => roman(number).to_lowercase(),
            Style::UpperLetter => letters(number, LATIN).to_uppercase(),
            Style::LowerLetter => letters(number, LATIN),
            Style::UpperRussian => letters(number, RUSSIAN).to_uppercase(),
            Style::LowerRussian => letters(number, RUSSIAN),
            Style::UpperCounted => counted(number, LATIN).to_uppercase(),
            Style::LowerCounted => counted(number, LATIN),
            Style::UpperRussianCounted => counted(number, RUSSIAN).to_uppercase(),
            Style::LowerRussianCounted => counted(number, RUSSIAN),
            Style::Marks => letters(number, MARKS),
            Style::Circled => match u32::try_from(number) {
                Ok(n @ 1..=20) => char::from_u32(0x245f + n).map_or_else(String::new, String::from),
                _ => number.to_string(),
            },
            Style::None => String::new(),
        }
    }
}

/// a … z, aa, bb …
fn letters(number: i64, alphabet: &str) -> String {
    let Some(index) = usize::try_from(number).ok().and_then(|n| n.checked_sub(1)) else {
        return number.to_string();
    };
    let size = alphabet.chars().count().max(1);
    let repeats = index / size + 1;
    match alphabet.chars().nth(index % size) {
        Some(letter) if repeats <= MAX_REPEATS => letter.to_string().repeat(repeats),
        _ => number.to_string(),
    }
}

/// a … z, aa, ab …
fn counted(number: i64, alphabet: &str) -> String {
    let size = i64::try_from(alphabet.chars().count()).unwrap_or(1).max(2);
    let mut left = number;
    let mut letters: Vec<char> = Vec::new();
    while left > 0 {
        left -= 1;
        let at = usize::try_from(left % size).unwrap_or(0);
        letters.extend(alphabet.chars().nth(at));
        left /= size;
    }
    if letters.is_empty() {
        return number.to_string();
    }
    letters.into_iter().rev().collect()
}

fn roman(number: i64) -> String {
    const STEPS: [(i64, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=32_767).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_displayed() {
        let shown = |style: Style, numbers: &[i64]| {
            let all: Vec<String> = numbers.iter().map(|n| style.show(*n)).collect();
            all.join(" ")
        };
        assert_eq!(
            shown(Style::LowerRussian, &[1, 9, 10, 29, 30]),
            "а и к я аа"
        );
        assert_eq!(shown(Style::UpperRussian, &[27]), "Э");
        assert_eq!(shown(Style::LowerLetter, &[1, 26, 27]), "a z aa");
        assert_eq!(
            shown(Style::UpperRoman, &[4, 9, 14, 1999]),
            "IV IX XIV MCMXCIX"
        );
        assert_eq!(shown(Style::Padded(2), &[7, 12]), "07 12");
        assert_eq!(shown(Style::Circled, &[1, 21]), "① 21");
        assert_eq!(shown(Style::Marks, &[1, 5]), "* **");
        assert_eq!(shown(Style::LowerRoman, &[0]), "0");
        assert_eq!(
            shown(Style::LowerRussianCounted, &[1, 29, 30, 31, 58, 59]),
            "а я аа аб ая ба"
        );
    }
}
