//! Dates and times of a workbook: takes a number of days and the pieces of a code, gives what the cell shows. Day first
//! with the whole year, whatever order the code has: it says what is meant, and how it is set depends on who looks.

use super::token::Token;

const MONTHS: [(&str, &str, &str); 12] = [
    ("январь", "января", "янв"),
    ("февраль", "февраля", "фев"),
    ("март", "марта", "мар"),
    ("апрель", "апреля", "апр"),
    ("май", "мая", "май"),
    ("июнь", "июня", "июн"),
    ("июль", "июля", "июл"),
    ("август", "августа", "авг"),
    ("сентябрь", "сентября", "сен"),
    ("октябрь", "октября", "окт"),
    ("ноябрь", "ноября", "ноя"),
    ("декабрь", "декабря", "дек"),
];

/// A stored number as a date or a time.
pub(super) fn show(value: f64, tokens: &[Token], early: bool) -> Option<String> {
    // Up to the year 9999.
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let seconds = (value * 86_400.0).round() as i64;
    let (serial, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(serial, early);
    let has = |letter: char| {
        tokens
            .iter()
            .any(|t| matches!(t, Token::Time(l, _) if *l == letter))
    };
    // `m` beside hours or seconds means minutes.
    let mut minutes = vec![false; tokens.len()];
    let times: Vec<(usize, char)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, t)| match t {
            Token::Time(letter, _) => Some((at, *letter)),
            _ => None,
        })
        .collect();
    for pair in times.windows(2) {
        if let [(a, left), (b, right)] = pair {
            if matches!(left, 'h') && *right == 'm' {
                minutes.get_mut(*b).map(|m| *m = true)?;
            }
            if *left == 'm' && *right == 's' {
                minutes.get_mut(*a).map(|m| *m = true)?;
            }
        }
    }
    let month_of = |at: usize| {
        matches!(tokens.get(at), Some(Token::Time('m', _)))
            && !minutes.get(at).copied().unwrap_or(false)
    };
    let widest = (0..tokens.len())
        .filter(|at| month_of(*at))
        .filter_map(|at| match tokens.get(at) {
            Some(Token::Time(_, count)) => Some(*count),
            _ => None,
        })
        .max();
    let clock = has('h') || has('s') || minutes.contains(&true);
    let mut out = String::new();
    if let (Some(width), true, true) = (widest, has('d'), has('y'))
        && width <= 2
    {
        out = format!("{day:02}.{month:02}.{year}");
        // Midnight is what programs store that know of days only.
        if clock && second > 0 {
            out.push_str(&format!(" {:02}:{:02}", second / 3600, second / 60 % 60));
        }
        return Some(out);
    }
    let names = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Time('y', _) => out.push_str(&year.to_string()),
            Token::Time('d', count) => match count {
                1 => out.push_str(&day.to_string()),
                2 => out.push_str(&format!("{day:02}")),
                // The day of the week.
                _ => {}
            },
            Token::Time('m', count) if month_of(at) => match count {
                1 => out.push_str(&month.to_string()),
                2 => out.push_str(&format!("{month:02}")),
                3 => out.push_str(names.2),
                _ if has('d') => out.push_str(names.1),
                _ => out.push_str(names.0),
            },
            Token::Time('m', _) => out.push_str(&format!("{:02}", second / 60 % 60)),
            Token::Time('h', count) => {
                let hours = second / 3600;
                // Hours that go on counting over days stand in brackets, and are all there is.
                let hours = if has('d') || has('y') || widest.is_some() {
                    hours
                } else {
                    hours + serial * 24
                };
                if *count > 1 {
                    out.push_str(&format!("{hours:02}"));
                } else {
                    out.push_str(&hours.to_string());
                }
            }
            Token::Time('s', _) => out.push_str(&format!("{:02}", second % 60)),
            Token::Literal(text) => out.push_str(text),
            // Not that of fractions of a second.
            Token::Point if !matches!(tokens.get(at + 1), Some(Token::Place(_))) => out.push('.'),
            _ => {}
        }
    }
    Some(out.trim().trim_matches(',').trim().to_owned())
}

/// The date of a serial day.
fn date(serial: i64, early: bool) -> (i64, i64, i64) {
    // 1900 counts as a leap year there, so days before March are one off.
    let days = if early {
        serial + 1462
    } else if serial < 60 {
        serial + 1
    } else {
        serial
    };
    // From 30 December 1899 to the first of March of the year 0, and then by cycles of 400 years.
    let days = days + 693_899;
    let (cycle, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let in_month = day - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    (year + cycle * 400 + carry, month, in_month)
}

#[cfg(test)]
mod tests {
    use super::super::format::{built_in, show};

    #[test]
    fn dates_day_first_with_the_whole_year() {
        for code in ["dd.mm.yyyy", "m/d/yy", "[$-419]dd/mm/yyyy;@", "YYYY-MM-DD"] {
            assert_eq!(show(45_782.0, code, false), "05.05.2025", "{code}");
        }
        assert_eq!(show(45_782.0, built_in(14).unwrap(), false), "05.05.2025");
        assert_eq!(show(44_320.0, "dd.mm.yyyy", true), "05.05.2025");
        assert_eq!(show(1.0, "dd.mm.yyyy", false), "01.01.1900");
        assert_eq!(show(59.0, "dd.mm.yyyy", false), "28.02.1900");
        assert_eq!(show(61.0, "dd.mm.yyyy", false), "01.03.1900");
        assert_eq!(show(36_585.0, "dd.mm.yyyy", false), "29.02.2000");
        assert_eq!(show(45_782.625, "dd.mm.yy h:mm", false), "05.05.2025 15:00");
    }

    #[test]
    fn months_in_words_and_times() {
        assert_eq!(
            show(45_782.0, "[$-FC19]d mmmm yyyy \"г.\";@", false),
            "5 мая 2025 г."
        );
        assert_eq!(show(45_782.0, "[$-419]mmmm yyyy;@", false), "май 2025");
        assert_eq!(show(45_782.0, "d-mmm-yy", false), "5-май-2025");
        assert_eq!(show(45_782.0, "dd.mm", false), "05.05");
        assert_eq!(show(0.5, "h:mm", false), "12:00");
        assert_eq!(show(1.25, "[h]:mm:ss", false), "30:00:00");
        assert_eq!(show(0.5, "h:mm AM/PM", false), "12:00");
        assert_eq!(show(3.0, "\"дни\" 0", false), "дни 3");
    }
}
