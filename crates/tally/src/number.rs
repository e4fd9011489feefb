//! Exact numbers, so that a value does not depend on who divides first: fractions of whole numbers.
//!
//! Takes words such as «12,5» and «1 234»; gives fractions and their decimals. What does not fit is `None`, never a
//! number that is nearly right.

use std::cmp::Ordering;

/// A fraction in its lowest terms; the denominator is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Number {
    over: i128,
    under: i128,
}

/// Digits of a number that people write.
const DIGITS: usize = 18;

impl Number {
    pub const ZERO: Number = Number { over: 0, under: 1 };

    pub fn whole(n: i64) -> Self {
        Number {
            over: i128::from(n),
            under: 1,
        }
    }

    /// «12», «12,5», «12.5», «1 234». No sign: what schools count is never below zero.
    pub fn parse(text: &str) -> Option<Self> {
        let plain: String = text
            .chars()
            .filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}'))
            .collect();
        let (whole, part) = plain.split_once([',', '.']).unwrap_or((&plain, ""));
        let digits = format!("{whole}{part}");
        let plain_digits = !whole.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        if !plain_digits || digits.len() > DIGITS || (part.is_empty() && plain.len() > whole.len())
        {
            return None;
        }
        let under = 10i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        Self::new(digits.parse().ok()?, under)
    }

    fn new(over: i128, under: i128) -> Option<Self> {
        if under == 0 {
            return None;
        }
        let by = gcd(over.unsigned_abs(), under.unsigned_abs());
        let by = i128::try_from(by).ok().filter(|by| *by > 0)?;
        let sign = if under < 0 { -1 } else { 1 };
        Some(Number {
            over: (over / by).checked_mul(sign)?,
            under: (under / by).checked_mul(sign)?,
        })
    }

    pub fn is_zero(self) -> bool {
        self.over == 0
    }

    pub fn plus(self, other: Self) -> Option<Self> {
        let over = self.over.checked_mul(other.under)?;
        let more = other.over.checked_mul(self.under)?;
        Self::new(
            over.checked_add(more)?,
            self.under.checked_mul(other.under)?,
        )
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Number {
            over: other.over.checked_neg()?,
            under: other.under,
        })
    }

    pub fn times(self, other: Self) -> Option<Self> {
        let over = self.over.checked_mul(other.over)?;
        Self::new(over, self.under.checked_mul(other.under)?)
    }

    /// `None` for a division by nothing too.
    pub fn by(self, other: Self) -> Option<Self> {
        let over = self.over.checked_mul(other.under)?;
        Self::new(over, self.under.checked_mul(other.over)?)
    }

    /// Rounded to so many decimals, halves away from zero, as spreadsheets do.
    pub fn rounded(self, decimals: u32) -> Option<Self> {
        let scale = 10i128.checked_pow(decimals)?;
        let doubled = self.over.checked_mul(scale)?.checked_mul(2)?;
        let half = if self.over < 0 {
            -self.under
        } else {
            self.under
        };
        let whole = doubled.checked_add(half)? / self.under.checked_mul(2)?;
        Self::new(whole, scale)
    }

    /// The nearest binary number, for drawing.
    #[allow(clippy::cast_precision_loss)]
    pub fn near(self) -> f64 {
        self.over as f64 / self.under as f64
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let one = self.over.checked_mul(other.under)?;
        Some(one.cmp(&other.over.checked_mul(self.under)?))
    }
}

fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let half = Number::parse("12,5").unwrap();
        assert_eq!(Number::parse("12.50"), Some(half));
        assert_eq!(Number::parse("1\u{a0}234"), Some(Number::whole(1234)));
        for wrong in [
            "",
            "-1",
            "12,",
            ",5",
            "1,2,3",
            "пять",
            "5 %",
            "1e3",
            "9999999999999999999",
        ] {
            assert_eq!(Number::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        let of = |a: i64, b: i64| Number::whole(a).by(Number::whole(b)).unwrap();
        let rounded = |n: Number| n.rounded(1).unwrap().near();
        assert_eq!(rounded(of(57, 20)), 2.9);
        assert_eq!(rounded(of(-57, 20)), -2.9);
        assert_eq!(rounded(of(1, 3)), 0.3);
        assert_eq!(rounded(of(2, 3)), 0.7);
        assert_eq!(of(1, 2).by(Number::ZERO), None);
        assert!(of(1, 3) < of(1, 2));
    }
}
