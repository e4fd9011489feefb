//! Check digits of the taxpayer's number (ИНН) and the state registration number (ОГРН), and the form of an id.
//!
//! Takes the number as written, spaces and dashes allowed; says whether its check digits are right.

/// Whether an id may name a folder and stand in an address: lower-case Latin letters, digits and hyphens between them.
pub fn id_is_valid(text: &str) -> bool {
    let good = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=80).contains(&text.len())
        && text.bytes().all(good)
        && text.split('-').all(|part| !part.is_empty())
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_digit(10))
        .collect()
}

fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11 % 10
}

/// Ten digits (organisation) or twelve (person) with right check digits.
pub fn inn_is_valid(text: &str) -> bool {
    let Some(d) = digits(text) else { return false };
    match d.as_slice() {
        [.., last] if d.len() == 10 => weighted(&d, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) == *last,
        [.., a, b] if d.len() == 12 => {
            weighted(&d, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == *a
                && weighted(&d, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == *b
        }
        _ => false,
    }
}

/// Thirteen digits (organisation) or fifteen (entrepreneur) with a right check digit.
pub fn ogrn_is_valid(text: &str) -> bool {
    let Some(d) = digits(text) else { return false };
    let Some((last, head)) = d.split_last() else {
        return false;
    };
    let modulus = match d.len() {
        13 => 11,
        15 => 13,
        _ => return false,
    };
    let number = head.iter().fold(0u64, |n, d| n * 10 + u64::from(*d));
    (number % modulus) % 10 == u64::from(*last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids() {
        for good in ["r-01", "r", "shkola-7-a"] {
            assert!(id_is_valid(good), "{good}");
        }
        for bad in [
            "", "R-01", "../r", "a/b", "а-1", "a--b", "-a", "a-", "a.b", "a b",
        ] {
            assert!(!id_is_valid(bad), "{bad}");
        }
    }

    #[test]
    fn check_digits() {
        assert!(inn_is_valid("7707083893"));
        assert!(inn_is_valid("77 0708-3893"));
        assert!(!inn_is_valid("7707083894"));
        assert!(inn_is_valid("500100732259"));
        assert!(!inn_is_valid("500100732258"));
        assert!(ogrn_is_valid("1027700132195"));
        assert!(!ogrn_is_valid("1027700132196"));
        assert!(!ogrn_is_valid(""));
        assert!(!inn_is_valid("77070838a3"));
    }
}
