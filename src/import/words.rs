//! Words as import compares them: takes text, gives it folded, and the small shapes that documents are made of
//! (numbers of clauses, names with initials, days, years). Must not change what is written out: folding is for
//! comparing alone.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::text::dates::month_named;

/// Latin letters that look like Russian ones.
const LOOK_ALIKE: [(char, char); 12] = [
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('k', 'к'),
    ('m', 'м'),
    ('o', 'о'),
    ('p', 'р'),
    ('t', 'т'),
    ('x', 'х'),
    ('y', 'у'),
];

/// Lower case, ё as е, one blank between words, one kind of dash, no quotes, Latin look-alikes in Russian words made
/// Russian.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let russian = word.chars().any(is_cyrillic);
        for c in word.chars().flat_map(char::to_lowercase) {
            match c {
                'ё' => out.push('е'),
                '«' | '»' | '"' | '„' | '“' | '”' | '\'' | '*' => {}
                '–' | '—' | '‑' | '−' | '‐' => out.push('-'),
                'º' | '°' => out.push('o'),
                '\u{ad}' | '\u{200b}' => {}
                c if russian && c.is_ascii_alphabetic() => {
                    out.push(
                        LOOK_ALIKE
                            .iter()
                            .find(|(l, _)| *l == c)
                            .map_or(c, |(_, r)| *r),
                    );
                }
                c => out.push(c),
            }
        }
    }
    out.trim().to_owned()
}

/// Letters of Russian and its neighbours.
pub(super) fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52f}').contains(&c)
}

/// The same, and the Latin capitals and letters that somebody or a recogniser has put in their place.
fn looks_cyrillic(c: char) -> bool {
    is_cyrillic(c)
        || LOOK_ALIKE
            .iter()
            .any(|(latin, _)| *latin == c.to_ascii_lowercase())
}

/// Text as it is written out: composed, one blank between words, no invisible marks; lines stay lines.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.nfc().collect::<String>().split('\n') {
        let mut bare = String::with_capacity(line.len());
        for c in line.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}'
                | '\u{200e}' | '\u{200f}' => {}
                c if c.is_whitespace() || c == '\u{a0}' || c.is_control() => {
                    if !bare.is_empty() && !bare.ends_with(' ') {
                        bare.push(' ');
                    }
                }
                c => bare.push(c),
            }
        }
        let bare = bare.trim_end();
        if !bare.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(bare);
        }
    }
    out
}

/// The lines of a text as one.
pub(super) fn one_line(text: &str) -> String {
    text.split('\n')
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// A number or mark that opens a paragraph as printed, and the rest: `2.1.`, `4)`, `а)`, `IV.`, `–`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked<'a> {
    pub mark: &'a str,
    pub kind: Mark,
    pub rest: &'a str,
}

/// What sort of mark it is; the numbers for those that are numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// `1.`, `2.3`, `4.10.`
    Dotted(Vec<u32>),
    /// `1)`
    Bracket(u32),
    /// `а)`
    Letter(char),
    /// `IV.`
    Roman(u32),
    /// `–`
    Dash,
}

/// The mark at the beginning of `text`.
pub(super) fn marked(text: &str) -> Option<Marked<'_>> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    if matches!(
        first,
        '-' | '–' | '—' | '•' | '·' | '−' | '\u{f0b7}' | '▪' | '●' | '○' | '*' | 'o'
    ) {
        let rest = text.get(first.len_utf8()..)?;
        // A letter «o» is a mark only where it stands apart; a dash before a number may be a minus.
        if first == 'o' && !rest.starts_with([' ', '\t'])
            || rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let mark = text.get(..first.len_utf8())?;
        return Some(Marked {
            mark,
            kind: Mark::Dash,
            rest: rest.trim_start(),
        });
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '.' || c == ')'))
        .unwrap_or(text.len());
    let run = text.get(..end)?;
    // «1.Утвердить», «1)план»: the number ends at its last dot or bracket.
    let digits = run
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(run.len());
    let head = run.get(..digits)?;
    if !head.is_empty() && head.starts_with(|c: char| c.is_ascii_digit()) {
        let behind = text.get(digits..)?;
        if let Some(rest) = behind.strip_prefix(')') {
            let number = head
                .trim_end_matches('.')
                .parse()
                .ok()
                .filter(|n: &u32| *n < 1000)?;
            let mark = text.get(..=digits)?;
            return Some(Marked {
                mark,
                kind: Mark::Bracket(number),
                rest: rest.trim_start(),
            });
        }
        let parts: Option<Vec<u32>> = head
            .trim_end_matches('.')
            .split('.')
            .map(|p| p.parse().ok().filter(|_| p.len() <= 3))
            .collect();
        let parts = parts.filter(|p| p.len() <= 5)?;
        let spaced = behind.is_empty() || behind.starts_with(char::is_whitespace);
        let capital = behind.starts_with(|c: char| c.is_uppercase() || c == '«' || c == '"');
        let good = head.ends_with('.')
            && (spaced || capital || behind.starts_with(char::is_alphabetic))
            || parts.len() > 1 && spaced;
        // «15.06 – 30.06» and «2024. год» begin no clause.
        let day = parts.len() >= 2
            && !head.ends_with('.')
            && behind.trim_start().starts_with(['-', '–', '—', '.']);
        if good && !day {
            return Some(Marked {
                mark: head,
                kind: Mark::Dotted(parts),
                rest: behind.trim_start(),
            });
        }
        return None;
    }
    let mut chars = run.chars();
    let letter = chars.next()?;
    if chars.next() == Some(')') && is_cyrillic(letter) && letter.is_lowercase() {
        let length = letter.len_utf8() + 1;
        return Some(Marked {
            mark: text.get(..length)?,
            kind: Mark::Letter(letter),
            rest: text.get(length..)?.trim_start(),
        });
    }
    let bare = run.split(['.', ')']).next()?;
    if let Some(value) = roman(bare)
        && run.len() > bare.len()
    {
        let length = bare.len() + 1;
        return Some(Marked {
            mark: text.get(..length)?,
            kind: Mark::Roman(value),
            rest: text.get(length..)?.trim_start(),
        });
    }
    None
}

/// A Roman number in Latin capitals, or in the Russian ones that look like them.
pub(super) fn roman(text: &str) -> Option<u32> {
    let mut total = 0i64;
    let mut last = 0;
    let mut count = 0;
    for c in text.chars().rev() {
        let value = match c {
            'I' | 'І' => 1,
            'V' | 'У' if c == 'V' => 5,
            'X' | 'Х' => 10,
            'Ⅰ' => 1,
            'Ⅱ' => 2,
            'Ⅲ' => 3,
            'Ⅳ' => 4,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
        count += 1;
    }
    (count > 0 && count <= 6)
        .then(|| u32::try_from(total).ok())
        .flatten()
        .filter(|n| (1..40).contains(n))
}

/// Whether a cell holds a printed number and nothing else: `1`, `2.3.`, `21.10`, `4)`, `IV`, `3-а`.
pub(super) fn is_number_cell(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 12 {
        return false;
    }
    let bare = text.trim_end_matches(['.', ')', ',']).trim_end();
    if !bare.is_empty() && roman(bare).is_some() {
        return true;
    }
    let mut parts = bare.split(['.', ' ']).filter(|p| !p.is_empty());
    let digits = |p: &str| {
        let d: String = p.chars().take_while(char::is_ascii_digit).collect();
        let rest: Vec<char> = p.chars().skip(d.len()).collect();
        (1..=3).contains(&d.len())
            && match rest.as_slice() {
                [] => true,
                [c] => c.is_alphabetic(),
                ['-', c] => c.is_alphabetic(),
                _ => false,
            }
    };
    parts.clone().count() >= 1 && parts.clone().count() <= 5 && parts.all(digits)
}

/// The values of a printed number: `21.3.` is 21, 3.
pub(super) fn number_parts(text: &str) -> Vec<u32> {
    text.split(['.', ' ', ')'])
        .filter_map(|p| {
            let digits: String = p.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect()
}

/// A surname with initials, either way round, at the beginning of `text`; what it is long.
pub(super) fn person(text: &str) -> Option<usize> {
    let text = text.trim_start_matches(' ');
    let words: Vec<(usize, &str)> = spans(text).take(8).collect();
    let first = words.first()?.1;
    // «В.В. Ефремова», «В. В. Ефремова», «В.В.Ефремова»
    if let Some(rest) = initials(text) {
        let rest_text = text.get(rest..)?.trim_start();
        let skipped = text.len() - rest_text.len();
        let name: String = rest_text
            .chars()
            .take_while(|c| c.is_alphabetic() || matches!(c, '-' | '‑'))
            .collect();
        if is_surname(&name) {
            return Some(skipped + name.len());
        }
        return None;
    }
    let surname = first.trim_end_matches([',', '.', ';']);
    if !is_surname(surname) || first.len() != surname.len() {
        return None;
    }
    let behind = text.get(first.len()..)?;
    let gap = behind.len() - behind.trim_start().len();
    // «Губина С.А.»
    if let Some(length) = initials(behind.trim_start()) {
        return Some(first.len() + gap + length);
    }
    // «Пряжина Елена Николаевна»
    let given = words.get(1)?.1;
    let father = words.get(2)?;
    let bare = father.1.trim_end_matches([',', '.', ';', ':', ')']);
    if is_surname(given) && is_patronymic(bare) {
        return Some(father.0 + bare.len());
    }
    // «Рашид Мамед оглы»
    let last = words.get(3)?;
    let son = last.1.trim_end_matches([',', '.', ';', ':', ')']);
    if is_surname(given)
        && is_surname(bare)
        && bare.len() == father.1.len()
        && ["оглы", "кызы"].contains(&son)
    {
        return Some(last.0 + son.len());
    }
    None
}

/// The words of a text with the byte at which each begins.
fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(char::is_whitespace).filter_map(move |word| {
        let at = from;
        from += word.len()
            + text
                .get(from + word.len()..)
                .and_then(|r| r.chars().next())
                .map_or(0, char::len_utf8);
        (!word.is_empty()).then_some((at, word))
    })
}

/// How long the initials at the beginning of `text` are.
fn initials(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut count = 0;
    loop {
        let rest = text.get(at..)?;
        let bare = rest.trim_start_matches(' ');
        let mut chars = bare.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), Some('.')) if letter.is_uppercase() && looks_cyrillic(letter) => {
                at += rest.len() - bare.len() + letter.len_utf8() + 1;
                count += 1;
                if count == 2 {
                    return Some(at);
                }
            }
            _ => return None,
        }
    }
}

fn is_surname(word: &str) -> bool {
    let mut chars = word.chars();
    chars
        .next()
        .is_some_and(|c| c.is_uppercase() && looks_cyrillic(c))
        && word.chars().filter(|c| is_cyrillic(*c)).count() >= 2
        && !is_preposition(word)
        && word
            .chars()
            .all(|c| looks_cyrillic(c) || matches!(c, '-' | '‑'))
        && (word.chars().skip(1).any(char::is_lowercase) || word.chars().count() >= 4)
}

/// «От И.И. …», «По А.Б. …» begin no name; «Ли», «Пак» and «Гай» are surnames.
fn is_preposition(word: &str) -> bool {
    const SHORT: [&str; 16] = [
        "от", "по", "на", "за", "до", "об", "из", "ко", "со", "во", "не", "но", "да", "их", "им",
        "ее",
    ];
    SHORT.contains(&fold(word).as_str())
}

fn is_patronymic(word: &str) -> bool {
    let low = word.to_lowercase();
    // «Ильич», «Кузьмич», «Лукич», «Фомич», «Никитич».
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let short = ["ьич", "мич", "кич", "тич", "ввич"];
    if capital && short.iter().any(|end| low.ends_with(end)) {
        return true;
    }
    [
        "вич",
        "вна",
        "чна",
        "вича",
        "вны",
        "вичу",
        "вне",
        "вну",
        "вичем",
        "вной",
        "чны",
        "чну",
        "оглы",
        "кызы",
    ]
    .iter()
    .any(|end| low.ends_with(end))
}

/// A day written in figures or words: where it stands in `text` (bytes) and which it is.
pub(super) fn day(text: &str) -> Option<(std::ops::Range<usize>, NaiveDate)> {
    days(text).into_iter().next()
}

/// All days of a text.
pub(super) fn days(text: &str) -> Vec<(std::ops::Range<usize>, NaiveDate)> {
    // Numbers and words with their places; quotes, dots and blanks between them do not matter.
    let mut tokens: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    let mut start: Option<(usize, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let class = if c.is_ascii_digit() {
            Some(true)
        } else if c.is_alphabetic() {
            Some(false)
        } else {
            None
        };
        match (start, class) {
            (Some((_, digits)), Some(now)) if digits == now => {}
            (Some((from, _)), _) => {
                tokens.push((from..at, text.get(from..at).unwrap_or_default()));
                start = class.map(|now| (at, now));
            }
            (None, Some(now)) => start = Some((at, now)),
            (None, None) => {}
        }
    }
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(window) = tokens.get(at..at + 3) {
        let [(a, day), (b, month), (c, year)] = window else {
            break;
        };
        let near = |l: &std::ops::Range<usize>, r: &std::ops::Range<usize>| {
            text.get(l.end..r.start).is_some_and(|gap| {
                gap.len() <= 12
                    && gap
                        .chars()
                        .all(|c| c.is_whitespace() || ".»«\"”“„_'’/-–".contains(c))
            })
        };
        let number: Option<u32> = day.parse().ok().filter(|_| day.len() <= 2);
        let month: Option<u32> = match month.parse() {
            Ok(number) if month.len() <= 2 => Some(number),
            _ => month_number(month),
        };
        let full: Option<i32> = year.parse().ok().filter(|_| year.len() == 4);
        if near(a, b)
            && near(b, c)
            && let (Some(day), Some(month), Some(year)) = (number, month, full)
            && (1990..2100).contains(&year)
            && let Some(date) = NaiveDate::from_ymd_opt(year, month, day)
        {
            out.push((a.start..c.end, date));
            at += 3;
            continue;
        }
        at += 1;
    }
    out
}

/// 1 to 12 for a month's name in any case.
pub(super) fn month_number(word: &str) -> Option<u32> {
    month_named(&fold(word))
}

/// The years named in a text, in its order.
pub(super) fn years(text: &str) -> Vec<i32> {
    let mut out = Vec::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        // «20242026» is two years whose dash was lost.
        let found: Vec<i32> = match digits.len() {
            4 => digits.parse().ok().into_iter().collect(),
            8 => [digits.get(..4), digits.get(4..)]
                .into_iter()
                .flatten()
                .filter_map(|d| d.parse().ok())
                .collect(),
            _ => Vec::new(),
        };
        let good = found.iter().all(|y| (1995..2100).contains(y));
        if good {
            out.extend(found);
        }
        digits.clear();
    }
    out
}

/// Letters alone, in lower case: to compare «П Р И К А З» with «приказ».
pub(super) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphabetic()).collect()
}

/// Whether a text is set in capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    let count = text.chars().filter(|c| c.is_alphabetic()).count();
    count >= 3
        && text
            .chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_open_paragraphs() {
        let mark = |t: &'static str| marked(t).map(|m| (m.mark, m.rest));
        assert_eq!(mark("1. Утвердить"), Some(("1.", "Утвердить")));
        assert_eq!(mark("2.1.Мера"), Some(("2.1.", "Мера")));
        assert_eq!(mark("4.10 Мера"), Some(("4.10", "Мера")));
        assert_eq!(mark("1) план"), Some(("1)", "план")));
        assert_eq!(mark("а) план"), Some(("а)", "план")));
        assert_eq!(mark("IV. Этап"), Some(("IV.", "Этап")));
        assert_eq!(mark("– план"), Some(("–", "план")));
        assert_eq!(mark("15.06 - 30.06.2020"), None);
        assert_eq!(mark("2024 год"), None);
        assert_eq!(mark("100 % учителей"), None);
        assert_eq!(mark("В.В. Иванова"), None);
    }

    #[test]
    fn people_with_initials_or_in_full() {
        let name = |t: &'static str| person(t).and_then(|n| t.get(..n));
        assert_eq!(name("Ветрова С.А., методист"), Some("Ветрова С.А."));
        assert_eq!(name("С. А. Ветрова"), Some("С. А. Ветрова"));
        assert_eq!(name("С.А.Ветрова – куратор"), Some("С.А.Ветрова"));
        assert_eq!(
            name("Ветрова Светлана Андреевна, методист"),
            Some("Ветрова Светлана Андреевна")
        );
        assert_eq!(name("Управление образования"), None);
    }

    #[test]
    fn days_in_all_ways_of_writing() {
        let iso = |t: &str| day(t).map(|d| d.1.to_string()).unwrap_or_default();
        assert_eq!(iso("от « 13 » февраля 2024"), "2024-02-13");
        assert_eq!(iso("от «09» 08.2021 № 10"), "2021-08-09");
        assert_eq!(iso("9 августа 2021 г."), "2021-08-09");
        assert_eq!(iso("21.03.2023г.№ 91"), "2023-03-21");
        assert_eq!(iso("31.09.2025"), "");
    }

    #[test]
    fn numbers_in_cells() {
        for good in ["1", "2.3.", "21.10", "4)", "IV", "3-а", "1 . 2"] {
            assert!(is_number_cell(good), "{good}");
        }
        for bad in ["2024", "май", "15.06.2020", "", "100%"] {
            assert!(!is_number_cell(bad), "{bad}");
        }
    }

    #[test]
    fn look_alikes_meet() {
        assert_eq!(fold("Nº п/п"), fold("No п/п"));
        assert_eq!(fold("COШ"), "сош");
        assert_eq!(letters("П Р И К А З"), "приказ");
    }
}
