//! Formats of numbers in a workbook: takes a stored number and the code of its format, gives what the cell shows.
//! The decimal sign
//! is the dot of the file: which one is set depends on who looks.

use super::token::Token;

/// The format a built-in number stands for; none for those that the workbook defines itself.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    Some(match id {
        0 => "General",
        1 => "0",
        2 => "0.00",
        3 | 37 | 38 => "#,##0",
        4 | 39 | 40 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 | 48 => "0.00E+00",
        12 | 13 => "# ?/?",
        14 | 27..=31 | 36 | 50..=58 => "dd.mm.yyyy",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18..=21 | 32..=35 => "h:mm",
        22 => "dd.mm.yyyy h:mm",
        45..=47 => "[h]:mm:ss",
        49 => "@",
        _ => return None,
    })
}

/// Codes are not longer than this, nor numbers written out with more places.
const MAX_CODE: usize = 255;
const MAX_PLACES: usize = 30;

/// A number as its cell shows it; `early` where days count from 1904.
pub(super) fn show(value: f64, code: &str, early: bool) -> String {
    let sections = sections(code);
    let conditions: Vec<Option<bool>> = sections.iter().map(|s| condition(s, value)).collect();
    let choice = match sections.len() {
        0 => return general(value),
        _ if conditions.iter().any(Option::is_some) => conditions
            .iter()
            .position(|c| *c == Some(true))
            .or_else(|| conditions.iter().position(Option::is_none))
            .unwrap_or(0),
        1 => 0,
        2 => usize::from(value < 0.0),
        _ if value > 0.0 => 0,
        _ => 1 + usize::from(value == 0.0),
    };
    let tokens = tokens(sections.get(choice).copied().unwrap_or_default());
    if tokens.iter().any(|t| matches!(t, Token::Time(..))) {
        return super::time::show(value, &tokens, early).unwrap_or_else(|| general(value));
    }
    let plain = tokens
        .iter()
        .any(|t| matches!(t, Token::General | Token::Other | Token::Text));
    if plain {
        return framed(&tokens, &general(value));
    }
    if !tokens.iter().any(|t| matches!(t, Token::Place(_))) {
        // Nothing but words, or nothing at all (`;;;` hides).
        return framed(&tokens, "");
    }
    let sign = value < 0.0 && (choice == 0 || conditions.iter().any(Option::is_some));
    number(value.abs(), &tokens, sign)
}

/// A text in a format that adds words to it.
pub(super) fn show_text(text: &str, code: &str) -> String {
    let sections = sections(code);
    let Some(last) = sections.last().filter(|s| s.contains('@')) else {
        return text.to_owned();
    };
    framed(&tokens(last), text)
}

fn sections(code: &str) -> Vec<&str> {
    let code = code
        .get(..code.floor_char_boundary(MAX_CODE))
        .unwrap_or(code);
    let mut out = Vec::new();
    let (mut from, mut quoted, mut bracket, mut escaped) = (0, false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            ';' if !quoted && !bracket => {
                out.push(code.get(from..at).unwrap_or_default());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(code.get(from..).unwrap_or_default());
    out
}

/// Whether a section that is for certain numbers only (`[<100]0`) is for this one.
fn condition(section: &str, value: f64) -> Option<bool> {
    section.split('[').skip(1).find_map(|part| {
        let inside = part.split(']').next()?;
        let end = inside.find(|c| !"<>=".contains(c))?;
        let (sign, number) = inside.split_at(end);
        let limit: f64 = number.trim().parse().ok()?;
        Some(match sign {
            "<" => value < limit,
            "<=" => value <= limit,
            ">" => value > limit,
            ">=" => value >= limit,
            "=" => value == limit,
            "<>" => value != limit,
            _ => return None,
        })
    })
}

fn tokens(section: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = section.chars().peekable();
    let literal = |out: &mut Vec<Token>, text: &str| match out.last_mut() {
        Some(Token::Literal(last)) => last.push_str(text),
        _ => out.push(Token::Literal(text.to_owned())),
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                let text: String = chars.by_ref().take_while(|c| *c != '"').collect();
                literal(&mut out, &text);
            }
            '\\' => {
                if let Some(next) = chars.next() {
                    literal(&mut out, next.encode_utf8(&mut [0; 4]));
                }
            }
            // As wide as the next letter, or filled with it.
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if let Some(currency) = inside.strip_prefix('$') {
                    let sign = currency.split('-').next().unwrap_or_default();
                    if !sign.is_empty() {
                        literal(&mut out, sign);
                    }
                } else if let Some(letter) = inside.chars().next().map(|c| c.to_ascii_lowercase())
                    && "hms".contains(letter)
                    && inside.chars().all(|c| c.to_ascii_lowercase() == letter)
                {
                    out.push(Token::Time(letter, inside.len()));
                }
            }
            '0' | '#' | '?' => out.push(Token::Place(c)),
            '.' if matches!(chars.peek(), Some('0' | '#' | '?'))
                || matches!(out.last(), Some(Token::Place(_))) =>
            {
                out.push(Token::Point);
            }
            ',' if matches!(out.last(), Some(Token::Place(_) | Token::Comma)) => {
                out.push(Token::Comma);
            }
            '%' => out.push(Token::Percent),
            '@' => out.push(Token::Text),
            'G' | 'g'
                if chars
                    .clone()
                    .take(6)
                    .collect::<String>()
                    .eq_ignore_ascii_case("eneral") =>
            {
                chars.by_ref().take(6).for_each(drop);
                out.push(Token::General);
            }
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => out.push(Token::Other),
            '/' if matches!(out.last(), Some(Token::Place(_))) => out.push(Token::Other),
            'A' | 'a' if section.to_ascii_lowercase().contains("am/pm") => {
                chars.by_ref().take(4).for_each(drop);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
                let letter = c.to_ascii_lowercase();
                let mut count = 1;
                while chars
                    .next_if(|n| n.to_ascii_lowercase() == letter)
                    .is_some()
                {
                    count += 1;
                }
                out.push(Token::Time(letter, count));
            }
            c => literal(&mut out, c.encode_utf8(&mut [0; 4])),
        }
    }
    out
}

/// The words of a format round what it shows.
fn framed(tokens: &[Token], inner: &str) -> String {
    let mut out = String::new();
    let mut inner = Some(inner);
    for token in tokens {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            _ => out.push_str(inner.take().unwrap_or_default()),
        }
    }
    out.push_str(inner.unwrap_or_default());
    out.trim().to_owned()
}

/// A number without a format: what is stored, without the noise of its last binary digits.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == value.trunc() && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    let exponent = value.abs().log10().floor();
    if !(-9.0..15.0).contains(&exponent) {
        return format!("{value:E}");
    }
    // Eleven digits are what a cell shows.
    let places = (10.0 - exponent).clamp(0.0, 20.0) as usize;
    let text = format!("{value:.places$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn number(value: f64, tokens: &[Token], sign: bool) -> String {
    let percents = tokens.iter().filter(|t| **t == Token::Percent).count();
    let point = tokens.iter().position(|t| *t == Token::Point);
    let last = tokens
        .iter()
        .rposition(|t| matches!(t, Token::Place(_)))
        .unwrap_or(0);
    // Commas behind the last place divide by a thousand each; one among them parts thousands.
    let scale = tokens
        .iter()
        .skip(last + 1)
        .take_while(|t| **t == Token::Comma)
        .count();
    let grouped = tokens.iter().take(last).any(|t| *t == Token::Comma);
    let mut value = value;
    for _ in 0..percents.min(4) {
        value *= 100.0;
    }
    for _ in 0..scale.min(6) {
        value /= 1000.0;
    }
    let place = |t: &&Token| matches!(t, Token::Place(_));
    let decimals = point.map_or(0, |p| tokens.iter().skip(p).filter(place).count());
    let text = format!("{value:.places$}", places = decimals.min(MAX_PLACES));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let wanted = tokens
        .iter()
        .take(point.unwrap_or(tokens.len()))
        .filter(place)
        .count();
    // Digits that are shown in each place of the whole part: the first takes what is left over.
    let whole: Vec<char> = if whole == "0" {
        Vec::new()
    } else {
        whole.chars().collect()
    };
    let surplus = whole.len().saturating_sub(wanted);
    let missing = wanted.saturating_sub(whole.len());
    let kept = fraction.trim_end_matches('0').len();
    let fraction: Vec<char> = fraction.chars().collect();
    let mut out = String::new();
    let mut before: Vec<char> = Vec::new();
    let (mut seen, mut after) = (0usize, 0usize);
    let mut passed = false;
    let flush = |before: &mut Vec<char>, out: &mut String| {
        let count = before.len();
        for (at, digit) in before.drain(..).enumerate() {
            if grouped && at > 0 && (count - at).is_multiple_of(3) {
                out.push('\u{a0}');
            }
            out.push(digit);
        }
    };
    for token in tokens {
        match token {
            Token::Place(kind) if !passed => {
                if seen == 0 {
                    before.extend(whole.iter().take(surplus));
                }
                match seen
                    .checked_sub(missing)
                    .and_then(|at| whole.get(at + surplus))
                {
                    Some(digit) => before.push(*digit),
                    None if *kind == '0' => before.push('0'),
                    None => {}
                }
                seen += 1;
            }
            Token::Place(kind) => {
                if let Some(digit) = fraction.get(after).filter(|_| *kind == '0' || after < kept) {
                    out.push(*digit);
                }
                after += 1;
            }
            Token::Point => {
                flush(&mut before, &mut out);
                passed = true;
                if kept > 0
                    || tokens
                        .iter()
                        .skip(point.unwrap_or(0))
                        .any(|t| *t == Token::Place('0'))
                {
                    out.push('.');
                }
            }
            Token::Literal(text) => {
                flush(&mut before, &mut out);
                out.push_str(text);
            }
            Token::Percent => {
                flush(&mut before, &mut out);
                out.push('%');
            }
            _ => {}
        }
    }
    flush(&mut before, &mut out);
    let out = out.trim();
    let zero = !out.chars().any(|c| ('1'..='9').contains(&c));
    if sign && !zero {
        format!("-{out}")
    } else {
        out.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_their_code() {
        assert_eq!(show(1.1, "General", false), "1.1");
        assert_eq!(show(1.1, "0.00", false), "1.10");
        assert_eq!(show(0.1 + 0.2, "General", false), "0.3");
        assert_eq!(show(123_456_789_012.0, "General", false), "123456789012");
        assert_eq!(show(0.955, "0%", false), "96%");
        assert_eq!(
            show(1_234_567.5, "#,##0.00", false),
            "1\u{a0}234\u{a0}567.50"
        );
        assert_eq!(show(1_234_567.0, "#,##0,", false), "1\u{a0}235");
        assert_eq!(show(-5.0, "0", false), "-5");
        assert_eq!(show(-5.0, "0;(0)", false), "(5)");
        assert_eq!(show(0.0, "0;-0;\"–\"", false), "–");
        assert_eq!(show(0.0, "#", false), "");
        assert_eq!(show(7.0, "000", false), "007");
        assert_eq!(show(12.5, "0.##", false), "12.5");
        assert_eq!(show(12.0, "0.##", false), "12");
        assert_eq!(show(110.0, "0\\.00", false), "1.10");
        assert_eq!(show(5.0, "0\" баллов\"", false), "5 баллов");
        assert_eq!(show(5.0, "#,##0 [$₽-419]", false), "5 ₽");
        assert_eq!(show(5.0, ";;;", false), "");
        assert_eq!(show(0.5, "# ?/?", false), "0.5");
        let thousands = "[>=1000]0.0,\" тыс.\";[=0]\"нет\";0";
        assert_eq!(show(1500.0, thousands, false), "1.5 тыс.");
        assert_eq!(show(0.0, thousands, false), "нет");
        assert_eq!(show(-7.0, thousands, false), "-7");
        assert_eq!(show_text("Иванова", "@\" *\""), "Иванова *");
        assert_eq!(show_text("1.10", "@"), "1.10");
        assert_eq!(show_text("1.10", "0.00"), "1.10");
    }
}
