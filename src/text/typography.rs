//! Quotes, dashes and spaces that do not break.
//!
//! Takes plain text (no markup); gives the same words in Russian typography. Running it twice changes nothing.
//! Must not touch addresses, e-mail and text in backticks, and must not drop or add a word: only spaces, quotes,
//! hyphens between spaces and three dots change, and «№5» gets its space.

use std::borrow::Cow;

use super::{HYPHEN, JOINER, NBSP};

/// Words that do not stay at the end of a line.
const SHORT: [&str; 34] = [
    "в", "во", "на", "с", "со", "о", "об", "обо", "к", "ко", "и", "а", "у", "по", "из", "от", "до",
    "за", "не", "ни", "но", "да", "или", "для", "при", "без", "под", "над", "про", "то", "же",
    "их", "её", "я",
];
/// A word longer than this may leave a word of three letters behind on its line.
const LONG: usize = 10;
/// Words that do not begin a line.
const PARTICLES: [&str; 6] = ["же", "ли", "бы", "ж", "ль", "б"];
/// Abbreviations that stay with what they introduce.
const ABBREVIATIONS: [&str; 22] = [
    "г", "гор", "с", "п", "пп", "пос", "д", "ул", "пр", "им", "ст", "ч", "гл", "стр", "рис",
    "табл", "прил", "кв", "т", "тел", "каб", "ауд",
];

/// Words that stay with the number after them.
const NUMBERED: [&str; 22] = [
    "приложение",
    "приложения",
    "приложению",
    "приложении",
    "приложением",
    "пункт",
    "пункта",
    "пункте",
    "пунктом",
    "пункты",
    "раздел",
    "раздела",
    "разделе",
    "таблица",
    "таблице",
    "таблицы",
    "рисунок",
    "глава",
    "главы",
    "статья",
    "статьи",
    "строка",
];

/// Puts `text` into Russian typography.
pub fn typograph(text: &str) -> Cow<'_, str> {
    // Letters and digits alone; 0xD0 and 0xD1 lead Russian letters, other leads may be marks.
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, 0x80..=0xBF | 0xD0 | 0xD1);
    if text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    bound(text).unwrap_or_else(|| whole(text))
}

/// The same for a text of letters, digits and usual marks in which nothing but spaces can change, as nearly all are:
/// without taking it apart into characters. `None` for any other.
fn bound(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    if !has_gaps(bytes)? {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::new();
    let (mut kept, mut word, mut at) = (0, 0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let (len, parts) = match rest {
            [b' ' | b'\t'..=b'\r' | b'(' | b'[', ..] => (1, true),
            [0xC2, mark, ..] => (2, matches!(mark, 0xA0 | 0xAB)),
            [0xE2, 0x80, 0x9E, ..] => (3, true),
            [0xE2, ..] => (3, false),
            [0..0x80, ..] => (1, false),
            _ => (2, false),
        };
        if rest.first() == Some(&b' ') && word < at && holds(text, word, at) {
            if kept == 0 {
                out.reserve(text.len() + 16);
            }
            out.push_str(text.get(kept..at)?);
            out.push(NBSP);
            kept = at + 1;
        }
        at += len;
        if parts {
            word = at;
        }
    }
    if kept == 0 {
        return Some(Cow::Borrowed(text));
    }
    out.push_str(text.get(kept..)?);
    Some(Cow::Owned(out))
}

/// Whether a text has spaces; `None` where there is anything else to be done to it, or to be left alone in it.
fn has_gaps(bytes: &[u8]) -> Option<bool> {
    let mut gaps = false;
    let (mut at, mut before) = (0, 0u8);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        at += match rest {
            [b'"' | b'`' | b'@' | b'w' | b'W', ..] | [b'.', b'.', ..] => return None,
            // `mailto:`, `https:`
            [b':', ..] if before.is_ascii_alphabetic() => return None,
            [b'-', ..] if matches!(before, b' ' | 0xA0) => return None,
            [b' ', ..] => {
                gaps = true;
                1
            }
            [0..0x80, ..] => 1,
            [0xD0 | 0xD1, ..] => 2,
            // nbsp, « and »
            [0xC2, 0xA0 | 0xAB | 0xBB, ..] => 2,
            // –, —, “, „, …
            [0xE2, 0x80, 0x93 | 0x94 | 0x9C | 0x9E | 0xA6, ..] => 3,
            // № and § that have their spaces
            [0xE2, 0x84, 0x96, b' ' | 0xC2, ..] => 3,
            [0xC2, 0xA7, b' ' | 0xC2, ..] => 2,
            _ => return None,
        };
        before = at
            .checked_sub(1)
            .and_then(|last| bytes.get(last))
            .copied()?;
    }
    Some(gaps)
}

/// Whether the space at `at` holds the word that begins at `word` to the next.
fn holds(text: &str, word: usize, at: usize) -> bool {
    let (Some(left), Some(rest)) = (text.get(word..at), text.get(at + 1..)) else {
        return false;
    };
    let mut bytes = rest.as_bytes().windows(2);
    let end = bytes.position(|pair| matches!(pair, [b' ' | b'\t'..=b'\r', _] | [0xC2, 0xA0]));
    let Some(right) = rest.get(..end.unwrap_or(rest.len())) else {
        return false;
    };
    let right = right.trim_end();
    let (Some(last), Some(first)) = (left.as_bytes().last(), right.as_bytes().first()) else {
        return false;
    };
    let letters = left.chars().take(4).count();
    if letters < 4 && is_short(left) && (letters < 3 || right.chars().count() <= LONG) {
        return true;
    }
    // What else may hold: a number, a mark or an abbreviation on the left, a number, a mark, a particle or initials on
    // the right. The last bytes of № and § are those of a few capitals too.
    let told = matches!(last, b'0'..=b'9' | b'.' | 0x96 | 0xA7)
        || matches!(first, b'0'..=b'9' | b'%' | 0xE2)
        || !right.chars().nth(2).is_some_and(char::is_alphanumeric)
        || right.len() <= 14 && right.contains('.');
    if !told {
        return false;
    }
    // With what stands behind the word before: it may be counted.
    let before = text.get(..word).unwrap_or_default();
    let from = before.char_indices().nth_back(1).map_or(0, |(i, _)| i);
    let near = text.get(from..at + 1 + right.len()).unwrap_or_default();
    let chars: Vec<char> = near.chars().collect();
    let space = text.get(from..at).map_or(0, |t| t.chars().count());
    binds(&chars, space)
}

/// Whether a word of at most three letters does not stay at the end of a line.
fn is_short(word: &str) -> bool {
    let mut lower = ['\0'; 3];
    let letters = word.chars().flat_map(char::to_lowercase);
    let mut count = 0;
    for (place, c) in lower.iter_mut().zip(letters) {
        *place = c;
        count += 1;
    }
    let lower = lower.get(..count).unwrap_or_default();
    SHORT.iter().any(|w| w.chars().eq(lower.iter().copied()))
}

/// All that can be done to a text.
fn whole(text: &str) -> Cow<'_, str> {
    // A number with an unbreakable hyphen is not found by whoever types it, nor with a joiner in it.
    let mut chars: Vec<char> = text
        .chars()
        .filter(|c| *c != JOINER)
        .map(|c| if c == HYPHEN { '-' } else { c })
        .collect();
    let mut fixed = protected(&chars);
    // Each step runs only where it has something to look at: most texts are a few plain words.
    if chars.iter().any(|c| is_quote(*c)) {
        chars = quotes(chars, &fixed);
    }
    if text.contains("...") {
        (chars, fixed) = dots(&chars, &fixed);
    }
    chars = dashes(chars, &fixed);
    if text.contains(['№', '§']) {
        (chars, fixed) = number_signs(&chars, &fixed);
    }
    chars = spaces(chars, &fixed);
    let out: String = chars.into_iter().collect();
    if out == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(out)
    }
}

fn at(chars: &[char], index: usize) -> Option<char> {
    chars.get(index).copied()
}

fn before(chars: &[char], index: usize) -> Option<char> {
    index.checked_sub(1).and_then(|i| at(chars, i))
}

fn is_space(c: char) -> bool {
    c == ' ' || c == NBSP
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '„' | '“' | '”')
}

/// Marks what must stay to the letter.
fn protected(chars: &[char]) -> Vec<bool> {
    let mut fixed = vec![false; chars.len()];
    let mut open: Option<usize> = None;
    for (index, c) in chars.iter().enumerate() {
        match (c, open) {
            ('`', None) => open = Some(index),
            ('`', Some(start)) => {
                mark(&mut fixed, start, index + 1);
                open = None;
            }
            _ => {}
        }
    }
    let ends_address = |c: char| c.is_whitespace() || is_quote(c) || matches!(c, '<' | '>' | '`');
    let mail = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let mut index = 0;
    while index < chars.len() {
        let rest = chars.get(index..).unwrap_or(&[]);
        let starts = |prefix: &str| {
            prefix
                .chars()
                .enumerate()
                .all(|(i, p)| rest.get(i).is_some_and(|c| c.to_ascii_lowercase() == p))
        };
        if at(chars, index) == Some('@') {
            let left = chars
                .get(..index)
                .unwrap_or(&[])
                .iter()
                .rev()
                .take_while(|c| mail(**c))
                .count();
            let right = rest.iter().skip(1).take_while(|c| mail(**c)).count();
            mark(&mut fixed, index - left, index + 1 + right);
        }
        let first = at(chars, index).map(|c| c.to_ascii_lowercase());
        if matches!(first, Some('h' | 'w' | 'm' | 't' | 'f'))
            && !before(chars, index).is_some_and(char::is_alphanumeric)
            && ["http://", "https://", "www.", "mailto:", "tel:", "ftp://"]
                .iter()
                .any(|p| starts(p))
        {
            let length = rest
                .iter()
                .take_while(|c| !ends_address(**c))
                .count()
                .max(1);
            mark(&mut fixed, index, index + length);
            index += length;
            continue;
        }
        index += 1;
    }
    fixed
}

fn mark(fixed: &mut [bool], from: usize, to: usize) {
    let to = to.min(fixed.len());
    if let Some(part) = fixed.get_mut(from..to) {
        part.fill(true);
    }
}

/// Pairs quotes and gives straight and English ones their Russian form; an unpaired one stays.
fn quotes(mut chars: Vec<char>, fixed: &[bool]) -> Vec<char> {
    let mut open: Vec<(usize, char)> = Vec::new();
    // Pairs with whether they are to be changed.
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for index in 0..chars.len() {
        let Some(c) = at(&chars, index).filter(|c| is_quote(*c)) else {
            continue;
        };
        if fixed.get(index).copied().unwrap_or(false) {
            continue;
        }
        let previous = before(&chars, index);
        let opens = previous.is_none_or(|p| {
            p.is_whitespace() || matches!(p, '(' | '[' | '/' | '-' | '–' | '—' | '«' | '„')
        }) || (previous == Some('"')
            && open.last().is_some_and(|(i, _)| *i + 1 == index));
        let followed = at(&chars, index + 1).is_some_and(|n| !n.is_whitespace());
        let top = open.last().copied();
        match (c, top) {
            ('«' | '„', _) => open.push((index, c)),
            ('»', Some((start, '«'))) | ('“', Some((start, '„'))) => {
                open.pop();
                pairs.push((start, index, false));
            }
            ('"', _) if opens && followed => open.push((index, c)),
            ('“', _) => open.push((index, c)),
            ('"', Some((start, '"'))) | ('”', Some((start, '“'))) => {
                open.pop();
                pairs.push((start, index, true));
            }
            _ => {}
        }
    }
    for (start, end, change) in &pairs {
        if !change {
            continue;
        }
        let nested = pairs.iter().any(|(s, e, _)| s < start && end < e);
        let (left, right) = if nested { ('„', '“') } else { ('«', '»') };
        if let Some(c) = chars.get_mut(*start) {
            *c = left;
        }
        if let Some(c) = chars.get_mut(*end) {
            *c = right;
        }
    }
    chars
}

fn dots(chars: &[char], fixed: &[bool]) -> (Vec<char>, Vec<bool>) {
    let (mut out, mut kept) = (
        Vec::with_capacity(chars.len()),
        Vec::with_capacity(chars.len()),
    );
    let mut index = 0;
    while let Some(c) = at(chars, index) {
        let held = fixed.get(index).copied().unwrap_or(false);
        let run = if c == '.' && !held {
            chars.iter().skip(index).take_while(|c| **c == '.').count()
        } else {
            1
        };
        let free = !fixed.iter().skip(index).take(run).any(|f| *f);
        if run == 3 && free {
            out.push('…');
            kept.push(false);
        } else {
            for step in 0..run {
                out.push(c);
                kept.push(fixed.get(index + step).copied().unwrap_or(false));
            }
        }
        index += run;
    }
    (out, kept)
}

/// « - » between words is a dash, between numbers a range.
fn dashes(mut chars: Vec<char>, fixed: &[bool]) -> Vec<char> {
    for index in 1..chars.len() {
        let lone = at(&chars, index) == Some('-')
            && before(&chars, index).is_some_and(is_space)
            && at(&chars, index + 1).is_some_and(is_space)
            && !fixed.get(index).copied().unwrap_or(false);
        if !lone {
            continue;
        }
        let (left, right) = (
            index.checked_sub(2).and_then(|i| at(&chars, i)),
            at(&chars, index + 2),
        );
        // At the start of a line it marks an item of a list.
        let Some(left) = left.filter(|c| !c.is_whitespace()) else {
            continue;
        };
        let numbers = left.is_ascii_digit() && right.is_some_and(|c| c.is_ascii_digit());
        if let Some(c) = chars.get_mut(index) {
            *c = if numbers { '–' } else { '—' };
        }
    }
    chars
}

/// «№5» → «№ 5».
fn number_signs(chars: &[char], fixed: &[bool]) -> (Vec<char>, Vec<bool>) {
    let (mut out, mut kept) = (
        Vec::with_capacity(chars.len() + 4),
        Vec::with_capacity(chars.len() + 4),
    );
    for (index, c) in chars.iter().enumerate() {
        let held = fixed.get(index).copied().unwrap_or(false);
        out.push(*c);
        kept.push(held);
        if matches!(c, '№' | '§')
            && !held
            && at(chars, index + 1).is_some_and(char::is_alphanumeric)
        {
            out.push(NBSP);
            kept.push(false);
        }
    }
    (out, kept)
}

/// Spaces on which a line must not break.
fn spaces(mut chars: Vec<char>, fixed: &[bool]) -> Vec<char> {
    let binds: Vec<usize> = (0..chars.len())
        .filter(|index| {
            at(&chars, *index) == Some(' ') && !fixed.get(*index).copied().unwrap_or(false)
        })
        .filter(|index| binds(&chars, *index))
        .collect();
    for index in binds {
        if let Some(c) = chars.get_mut(index) {
            *c = NBSP;
        }
    }
    chars
}

/// The run without spaces that ends before `index`, without opening quotes and brackets.
fn word_before(chars: &[char], index: usize) -> &[char] {
    let part = chars.get(..index).unwrap_or(&[]);
    let length = part
        .iter()
        .rev()
        .take_while(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '«' | '„' | '"'))
        .count();
    part.get(index - length..).unwrap_or(&[])
}

fn word_after(chars: &[char], index: usize) -> &[char] {
    let part = chars.get(index + 1..).unwrap_or(&[]);
    let length = part.iter().take_while(|c| !c.is_whitespace()).count();
    part.get(..length).unwrap_or(&[])
}

fn lower(word: &[char]) -> String {
    word.iter().flat_map(|c| c.to_lowercase()).collect()
}

/// Whether the word in lower case is one of the list, without making a string of it.
fn is_among(word: &[char], list: &[&str]) -> bool {
    list.iter().any(|w| {
        let mut letters = w.chars();
        word.iter()
            .all(|c| letters.next().is_some_and(|l| l == *c || small(*c) == l))
            && letters.next().is_none()
    })
}

/// The small letter of a letter; nearly all are known without the tables of Unicode.
fn small(c: char) -> char {
    match c {
        'а'..='я' => c,
        'А'..='Я' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        '\0'..='\x7f' => c.to_ascii_lowercase(),
        _ => {
            let mut letters = c.to_lowercase();
            match (letters.next(), letters.next()) {
                (Some(one), None) => one,
                _ => c,
            }
        }
    }
}

fn binds(chars: &[char], index: usize) -> bool {
    let (left, right) = (word_before(chars, index), word_after(chars, index));
    let (Some(last), Some(first)) = (left.last().copied(), right.first().copied()) else {
        return false;
    };
    if matches!(last, '№' | '§')
        || matches!(right, ['–'])
        || matches!(first, '—' | '%' | '°' | '₽') && (first == '—' || last.is_ascii_digit())
    {
        return true;
    }
    let marks = right
        .iter()
        .rev()
        .take_while(|c| !c.is_alphanumeric())
        .count();
    let next = right.get(..right.len() - marks).unwrap_or(&[]);
    // «для управленческих» held together would not fit into a narrow column.
    let fits = left.len() < 3 || right.len() <= LONG;
    if left.len() <= 3 && fits && is_among(left, &SHORT) {
        return true;
    }
    if next.len() <= 2 && is_among(next, &PARTICLES) {
        return true;
    }
    if first.is_ascii_digit() && is_among(left, &NUMBERED) {
        return true;
    }
    number_binds(left, right, next) || dotted_binds(chars, index, left, right)
}

/// A number stays with what it counts, and with its own groups of thousands.
fn number_binds(left: &[char], right: &[char], next: &[char]) -> bool {
    let Some(first) = right.first().copied() else {
        return false;
    };
    let digits = left
        .iter()
        .all(|c| c.is_ascii_digit() || matches!(*c, ',' | '.' | '–' | '-' | '−'));
    if !digits || !left.last().is_some_and(char::is_ascii_digit) {
        return false;
    }
    if first.is_alphabetic() {
        let year = is_among(next, &["г", "гг", "года", "году", "год"]);
        // «25.12.2024 в школе»: a date need not hold the words after it.
        let date = left.iter().filter(|c| **c == '.').count() > 1;
        return year || (!date && !is_among(next, &SHORT));
    }
    let plain = |word: &[char], lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&word.len()) && word.iter().all(char::is_ascii_digit)
    };
    let group = right.get(..3).is_some_and(|g| plain(g, 3..=3))
        && !right.get(3).is_some_and(|c| c.is_alphanumeric());
    plain(left, 1..=3) && group
}

/// Initials stay with each other and the surname, abbreviations with their noun.
fn dotted_binds(chars: &[char], index: usize, left: &[char], right: &[char]) -> bool {
    let initials = |word: &[char]| {
        !word.is_empty()
            && word.len() <= 6
            && word
                .chunks(2)
                .all(|pair| matches!(pair, [letter, '.'] if letter.is_uppercase()))
    };
    let name = |word: &[char]| {
        word.len() > 1
            && word.first().is_some_and(|c| c.is_uppercase())
            && word.iter().all(|c| c.is_alphabetic() || *c == '-')
            && word.iter().any(|c| c.is_lowercase())
    };
    let right_name = right.first().is_some_and(|c| c.is_uppercase());
    let bare = match right.split_last() {
        Some((',' | ';' | ')' | ':', rest)) => rest,
        _ => right,
    };
    if initials(left) && right_name || name(left) && initials(bare) {
        return true;
    }
    let Some(('.', stem)) = left.split_last().map(|(dot, stem)| (*dot, stem)) else {
        return false;
    };
    let stem = lower(stem);
    if stem == "т"
        && matches!(
            lower(right).chars().next(),
            Some('д' | 'п' | 'е' | 'к' | 'ч')
        )
        && right.get(1) == Some(&'.')
    {
        return true;
    }
    // «в 2024 г. Школы …»: there the sentence may break.
    let counted = index
        .checked_sub(left.len())
        .and_then(|start| start.checked_sub(1))
        .filter(|gap| at(chars, *gap).is_some_and(is_space));
    let counted = counted
        .and_then(|gap| before(chars, gap))
        .is_some_and(|c| c.is_ascii_digit());
    !counted
        && ABBREVIATIONS.contains(&stem.as_str())
        && right
            .first()
            .is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_quote(*c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same(text: &str, want: &str) {
        assert_eq!(typograph(text).replace(NBSP, "_"), want);
    }

    #[test]
    fn spaces_hold_what_belongs_together() {
        same("приказ № 5 и №1028", "приказ №_5 и_№_1028");
        same(
            "не менее 25 школ в 14 районах",
            "не_менее 25_школ в_14_районах",
        );
        same(
            "16 ч, 20 апреля 2024 г. в школе",
            "16_ч, 20_апреля 2024_г. в_школе",
        );
        same("100 % от 12 500 детей", "100_% от_12_500_детей");
        same("до 25.12.2024 по району", "до_25.12.2024 по_району");
        same(
            "Лугова М. А., Полев Н.П.; А. Б. Озёрная",
            "Лугова_М._А., Полев_Н.П.; А._Б._Озёрная",
        );
        same(
            "г. Тюмень, п. 4.4, и т. д. всё же",
            "г._Тюмень, п._4.4, и_т._д. всё_же",
        );
        same("В 2024 г. Школы участвуют", "В_2024_г. Школы участвуют");
    }

    #[test]
    fn numbers_are_found_as_they_are_typed() {
        same("распоряжение № 293-р", "распоряжение №_293-р");
        same("распоряжение № 293\u{2011}р", "распоряжение №_293-р");
        same("2–\u{2060}3 урока, ФСН ОО-1", "2–3_урока, ФСН ОО-1");
        same(
            "школы-участницы (приложение 1)",
            "школы-участницы (приложение_1)",
        );
        same(
            "для школ, для управленческих",
            "для_школ, для управленческих",
        );
        same("info-2@example.org", "info-2@example.org");
    }

    #[test]
    fn quotes_are_russian() {
        same("\"Росток\"", "«Росток»");
        same(
            "проект \"Школа \"Росток\" и мы\"",
            "проект «Школа „Росток“ и_мы»",
        );
        same("“Росток”", "«Росток»");
        same("«Школа „Росток“»", "«Школа „Росток“»");
        same("ООО \"Школа «Росток»\"", "ООО «Школа «Росток»»");
        same("5\" и непарная \"кавычка", "5\" и_непарная \"кавычка");
    }

    #[test]
    fn dashes_and_dots() {
        same("Проект - это", "Проект_— это");
        same("Проект — это", "Проект_— это");
        same("15.06 - 30.06", "15.06_– 30.06");
        same("- пункт\n- пункт", "- пункт\n- пункт");
        same("Продолжение...", "Продолжение…");
        same("научно-методический", "научно-методический");
    }

    #[test]
    fn addresses_and_code_stay() {
        for text in [
            "https://example.org/a...b\u{a0}x",
            "info@example.org",
            "`a - \"b\"`",
        ] {
            assert!(matches!(typograph(text), Cow::Borrowed(_)), "{text}");
        }
        same(
            "смотрите \"https://example.org/№5\"",
            "смотрите «https://example.org/№5»",
        );
    }

    fn near() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "\"",
            "«",
            "»",
            "„",
            "“",
            "”",
            " ",
            " ",
            " ",
            "\u{a0}",
            "-",
            "–",
            "—",
            "\u{2011}",
            "\u{2060}",
            "приложение",
            "...",
            ".",
            ",",
            "№",
            "5",
            "12",
            "500",
            "в",
            "не",
            "же",
            "г.",
            "года",
            "С.",
            "А.",
            "Губерния",
            "школ",
            "%",
            "`",
            "http://",
            "www.",
            "a@b.ru",
            "@",
            "(",
            ")",
            "\n",
            "т.",
            "д.",
            "ё",
            "§",
        ]);
        prop::collection::vec(piece, 0..16).prop_map(|p| p.concat())
    }

    fn stable(text: &str) -> Result<(), TestCaseError> {
        let once = typograph(text).into_owned();
        prop_assert_eq!(typograph(&once).into_owned(), once.clone());
        let words = |s: &str| {
            s.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        };
        prop_assert_eq!(words(text), words(&once));
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn the_short_way_gives_what_the_long_one_does(text in near()) {
            if let Some(bound) = bound(&text) {
                prop_assert_eq!(bound, whole(&text));
            }
        }

        #[test]
        fn the_short_way_gives_what_the_long_one_does_for_words(text in "([а-яА-Яa-vё]{1,4}|[А-Я]\\.|[0-9]{1,4}| |  | |\u{a0}|\n|«|»|\\(|,|\\.|№ |% | — |—| же| стр\\.| глава|-){0,14}") {
            if let Some(bound) = bound(&text) {
                prop_assert_eq!(bound, whole(&text));
            }
        }

        #[test]
        fn twice_is_once(text in any::<String>()) { stable(&text)?; }

        #[test]
        fn twice_is_once_for_what_matters(text in near()) { stable(&text)?; }
    }
}
