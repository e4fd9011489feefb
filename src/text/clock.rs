//! Times of day as programmes print them: «10:00–13:00», «с 10-00 до 13-00», «9.30».
//!
//! Takes text; gives times, or what is wrong with them. Must not take a date for a time: «24.03».

use chrono::NaiveTime;

/// A beginning, and an end where one is printed.
pub type Times = (NaiveTime, Option<NaiveTime>);

/// What is wrong with printed times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// `25:70`
    NoSuchTime(String),
    /// «13:00–10:00»
    Backwards,
}

/// The times of a text that are right.
pub fn times(text: &str) -> Option<Times> {
    read(text).ok().flatten()
}

/// The times of a text; `None` where it names none.
pub fn read(text: &str) -> Result<Option<Times>, Wrong> {
    let mut found = Vec::new();
    for (words, hour, minute) in written(text) {
        match NaiveTime::from_hms_opt(hour, minute, 0) {
            Some(time) => found.push(time),
            // «до 24:00»
            None if (hour, minute) == (24, 0) => {
                found.extend(NaiveTime::from_hms_opt(23, 59, 0));
            }
            None => return Err(Wrong::NoSuchTime(words)),
        }
    }
    match found[..] {
        [] => Ok(None),
        [from] => Ok(Some((from, None))),
        [from, to, ..] if to > from => Ok(Some((from, Some(to)))),
        [..] => Err(Wrong::Backwards),
    }
}

/// Each pair of numbers that is written as a time: as printed, its hour, its minute.
fn written(text: &str) -> Vec<(String, u32, u32)> {
    let chars: Vec<char> = text.chars().collect();
    let digits = |from: usize| {
        chars
            .iter()
            .skip(from)
            .take_while(|c| c.is_ascii_digit())
            .count()
    };
    let number = |from: usize, count: usize| -> Option<u32> {
        let part: String = chars.iter().skip(from).take(count).collect();
        part.parse().ok()
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let count = digits(at);
        if count == 0 {
            at += 1;
            continue;
        }
        let sign = chars.get(at + count).copied();
        let minutes = digits(at + count + 1);
        let end = at + count + 1 + minutes;
        let joined = |c: Option<&char>| matches!(c, Some('.' | '-' | ':'));
        // A third number makes it a date.
        let longer =
            joined(chars.get(end)) && digits(end + 1) > 0 && chars.get(end) == sign.as_ref();
        let time = matches!(sign, Some(':' | '.' | '-')) && count <= 2 && minutes == 2 && !longer;
        if let (true, Some(hour), Some(minute)) =
            (time, number(at, count), number(at + count + 1, 2))
        {
            found.push((chars.iter().skip(at).take(end - at).collect(), hour, minute));
            at = end;
        } else {
            at += count;
            // The rest of a date or telephone is no time either.
            while joined(chars.get(at)) && digits(at + 1) > 0 {
                at += 1 + digits(at + 1);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_printed() {
        let show = |text: &str| match read(text) {
            Ok(None) => "-".to_owned(),
            Ok(Some((from, to))) => {
                let to = to.map_or("-".to_owned(), |t| t.format("%H:%M").to_string());
                format!("{} {to}", from.format("%H:%M"))
            }
            Err(wrong) => format!("{wrong:?}"),
        };
        for (text, want) in [
            ("10:00–13:00", "10:00 13:00"),
            ("с 10-00 до 13-00", "10:00 13:00"),
            ("9.30 – 18.00", "09:30 18:00"),
            ("15-00", "15:00 -"),
            ("10.00 час.", "10:00 -"),
            ("в 8:05", "08:05 -"),
            ("до 24:00", "23:59 -"),
            ("по расписанию", "-"),
            ("24.03.2025", "-"),
            ("2-14-35", "-"),
            ("25:70", "NoSuchTime(\"25:70\")"),
            ("13:00–10:00", "Backwards"),
        ] {
            assert_eq!(show(text), want, "{text}");
        }
    }
}
