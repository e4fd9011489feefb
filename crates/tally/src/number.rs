//! Exact numbers, so that a value does not depend on who divides first: fractions of whole numbers.
//!
//! Takes words such as «12,5» and «1 234»; gives fractions and their decimals. What does not fit is `None`, never a
//! number that is nearly right. Of a text ([`written`]) it gives each number as people write it: «12,0 %», «12.00»,
//! «двенадцать процентов».

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

/// A number that stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    pub number: Number,
    /// «12,0», and not «12».
    pub decimals: bool,
    /// «%» or «процентов» follows.
    pub share: bool,
}

/// All numbers of a text, in order.
pub fn written(text: &str) -> Vec<Written> {
    let mut all = figures(text);
    all.extend(in_words(text));
    all
}

fn figures(text: &str) -> Vec<Written> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or("");
        let (words, after) = figure(from);
        let (whole, part) = words.split_once([',', '.']).unwrap_or((words, ""));
        // «01.02.2025» and «1.2.3» are no numbers.
        let chain = after.starts_with(['.', ',']) && after.get(1..).is_some_and(starts_with_digit);
        if let (false, Some(number)) = (chain, Number::parse(words)) {
            all.push(Written {
                number,
                decimals: !part.is_empty() && !whole.is_empty(),
                share: is_share(after),
            });
        }
        rest = match chain {
            true => {
                after.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            }
            false => after,
        };
    }
    all
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The number with which a text begins, its thousands set apart or not, and what follows.
fn figure(text: &str) -> (&str, &str) {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    if end <= 3 {
        while let Some(next) = text
            .get(end..)
            .and_then(|t| t.strip_prefix(['\u{a0}', '\u{202f}', ' ']))
        {
            let gap = text.len() - end - next.len();
            if digits(next) != 3 {
                break;
            }
            end += gap + 3;
        }
    }
    if let Some(part) = text.get(end..).and_then(|t| t.strip_prefix([',', '.'])) {
        let long = digits(part);
        if long > 0 {
            end += 1 + long;
        }
    }
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn is_share(after: &str) -> bool {
    let next = after.trim_start();
    next.starts_with('%') || next.starts_with("процент") || next.starts_with("п. п.")
}

const ONES: [&str; 20] = [
    "ноль",
    "один",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
    "десять",
    "одиннадцать",
    "двенадцать",
    "тринадцать",
    "четырнадцать",
    "пятнадцать",
    "шестнадцать",
    "семнадцать",
    "восемнадцать",
    "девятнадцать",
];
const TENS: [&str; 8] = [
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
];

/// «двенадцать процентов», «сорок два процента»: shares up to a hundred.
fn in_words(text: &str) -> Vec<Written> {
    if !text.contains("процент") {
        return Vec::new();
    }
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .collect();
    let one = |w: &&str| ONES.iter().position(|name| name == w);
    let ten = |w: &&str| TENS.iter().position(|name| name == w).map(|n| 20 + n * 10);
    let shares = words
        .iter()
        .enumerate()
        .filter(|(_, w)| w.starts_with("процент"));
    shares
        .filter_map(|(at, _)| {
            let last = words.get(at.checked_sub(1)?)?;
            let tens = at.checked_sub(2).and_then(|n| words.get(n)).and_then(ten);
            let value = match (one(last), tens) {
                (Some(ones @ 1..=9), Some(tens)) => tens + ones,
                (Some(ones), _) => ones,
                (None, _) if *last == "сто" => 100,
                (None, _) => ten(last)?,
            };
            Some(Written {
                number: Number::whole(i64::try_from(value).ok()?),
                decimals: false,
                share: true,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// «12,5 d %»: the value, `d` for decimals, `%` for a share.
    fn say(text: &str) -> Vec<String> {
        let all = written(text).into_iter().map(|w| {
            let (d, share) = (
                if w.decimals { "d" } else { "" },
                if w.share { "%" } else { "" },
            );
            format!("{}{d}{share}", w.number.near())
        });
        all.collect()
    }

    #[test]
    fn a_share_is_found_however_it_is_written() {
        for (text, found) in [
            ("12 % учеников", "12%"),
            ("12,0 %", "12d%"),
            ("выросло до 12.00%.", "12d%"),
            ("12,0 процента", "12d%"),
            ("Двенадцать процентов", "12%"),
            ("сорок\u{a0}два процента", "42%"),
            ("сто процентов", "100%"),
            ("1 234,5 балла", "1234.5d"),
            ("175,6", "175.6d"),
            ("к 01.02.2025 и по п. 1.2.3", ""),
            ("в 2025 году 12, а не 13", "2025 12 13"),
            ("5 педагогов, 71,4 %", "5 71.4d%"),
        ] {
            assert_eq!(say(text).join(" "), found, "{text}");
        }
    }

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
