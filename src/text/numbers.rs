//! Numbers as Russian readers write them: a comma before the fraction, thin groups, a real minus.

use super::NBSP;
use crate::diag::message::plural;

/// «1,6», «12 500», «−3»; at most six digits of fraction, none that are zero.
pub fn format_decimal(value: f64) -> String {
    if !value.is_finite() {
        return "—".to_owned();
    }
    let rounded = format!("{:.6}", value.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let fraction = fraction.trim_end_matches('0');
    let zero = fraction.is_empty() && whole == "0";
    let mut out = String::with_capacity(rounded.len() + 4);
    if value < 0.0 && !zero {
        out.push('−');
    }
    // Four digits stand together, as years and short counts do.
    let grouped = whole.len() > 4;
    for (index, digit) in whole.chars().enumerate() {
        if grouped && index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(NBSP);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

/// A difference with its sign: «+1,6», «−3», «0».
pub fn format_signed(value: f64) -> String {
    let text = format_decimal(value);
    if value > 0.0 && text != "0" {
        format!("+{text}")
    } else {
        text
    }
}

/// «512 байт», «240 КБ», «1,5 МБ».
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["КБ", "МБ", "ГБ", "ТБ"];
    if bytes < 1024 {
        return format!("{bytes}{NBSP}{}", plural(bytes, &["байт", "байта", "байт"]));
    }
    let mut size = bytes as f64 / 1024.0;
    let mut unit = 0;
    while size >= 1023.5 && unit + 1 < UNITS.len() {
        size /= 1024.0;
        unit += 1;
    }
    // A tenth matters for «1,5 МБ», not for «240 КБ».
    let shown = if size < 9.95 && unit > 0 {
        (size * 10.0).round() / 10.0
    } else {
        size.round()
    };
    format!(
        "{}{NBSP}{}",
        format_decimal(shown),
        UNITS.get(unit).copied().unwrap_or("ТБ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_russian() {
        for (value, text) in [
            (1.6, "1,6"),
            (-3.0, "−3"),
            (0.1 + 0.2, "0,3"),
            (2025.0, "2025"),
            (12500.0, "12\u{a0}500"),
            (1234567.5, "1\u{a0}234\u{a0}567,5"),
            (-0.0, "0"),
            (f64::NAN, "—"),
            (-0.000_000_1, "0"),
        ] {
            assert_eq!(format_decimal(value), text);
        }
        assert_eq!(
            (format_signed(1.6), format_signed(-2.5), format_signed(0.0)),
            ("+1,6".into(), "−2,5".into(), "0".into())
        );
    }

    #[test]
    fn sizes_are_rounded_as_people_say_them() {
        for (bytes, text) in [
            (0, "0\u{a0}байт"),
            (2, "2\u{a0}байта"),
            (1024, "1\u{a0}КБ"),
            (245_760, "240\u{a0}КБ"),
            (1_048_575, "1\u{a0}МБ"),
            (1_572_864, "1,5\u{a0}МБ"),
            (25_000_000, "24\u{a0}МБ"),
            (u64::MAX, "16\u{a0}777\u{a0}216\u{a0}ТБ"),
        ] {
            assert_eq!(file_size(bytes), text);
        }
    }
}
