//! The head of an order: takes the lines above its clauses, gives letterhead, day, number, place, subject and reason. A day
//! that cannot be read is taken from elsewhere in the document, with a doubt.

use chrono::NaiveDate;

use super::doubt::Doubts;
use super::line::{Line, Origin, is_letterhead, stamp_begins};
use super::order::Order;
use super::parts::{act, is_command};
use super::words::{day, days, fold, is_capitals, month_number, one_line};
use crate::carrier::blocks::{Align, At};
use crate::diag::catalog::import as say;

pub(super) fn head_fields(
    head: &[Line],
    order: &mut Order,
    elsewhere: &[&str],
    file: usize,
    doubts: &mut Doubts,
) {
    let act_at = head.iter().position(|l| act(&l.text).is_some());
    order.act = act_at
        .and_then(|a| head.get(a))
        .and_then(|l| act(&l.text))
        .unwrap_or("приказ")
        .to_owned();
    // «УТВЕРЖДЕНО приказом управления от … № …» above «ПОЛОЖЕНИЕ» is no letterhead: it says who issued it, and when.
    let above = head.get(..act_at.unwrap_or(0)).unwrap_or_default();
    let stamped = above.iter().position(stamp_begins).unwrap_or(above.len());
    let stamp = above.get(stamped..).unwrap_or_default();
    let letterhead: Vec<&str> = above
        .iter()
        .take(stamped)
        .map(|l| l.text.as_str())
        .filter(|t| day(t).is_none())
        .collect();
    // «АДМИНИСТРАЦИЯ … РАЙОНА» above «УПРАВЛЕНИЕ ОБРАЗОВАНИЯ»: one body under another, each in lines of its own.
    let mut bodies: Vec<String> = Vec::new();
    for line in &letterhead {
        match bodies.last_mut() {
            Some(last) if !is_letterhead(&fold(line)) || line.starts_with(['«', '"']) => {
                last.push(' ');
                last.push_str(line);
            }
            _ => bodies.push((*line).to_owned()),
        }
    }
    if bodies.len() > 1 {
        let mut plain = bodies.iter().map(|b| super::section::plain(b));
        let first = plain.next().unwrap_or_default();
        let rest = plain.map(|b| lowered(&b));
        order.issuer = Some(
            std::iter::once(first)
                .chain(rest)
                .collect::<Vec<_>>()
                .join(", "),
        );
    }
    if !letterhead.is_empty() {
        order.letterhead = Some(letterhead.join(" "));
    }
    let mut subject: Vec<&str> = Vec::new();
    let mut basis: Vec<String> = Vec::new();
    // Whether the reason has begun: everything behind it belongs to it.
    let mut reasoned = false;
    if !stamp.is_empty() {
        let text: Vec<&str> = stamp.iter().map(|l| l.text.trim()).collect();
        let text = one_line(&text.join(" "));
        date_and_number(&text, order);
        order.issuer = approver(&text);
        basis.push(text);
    }
    let mut damaged: Option<(String, At)> = None;
    for (index, line) in head.iter().enumerate() {
        let text = line.text.trim();
        if Some(index) < act_at {
            if order.date.is_none() {
                date_and_number(text, order);
            }
            continue;
        }
        if is_command(text) && text.chars().filter(|c| c.is_alphabetic()).count() <= 16 {
            continue;
        }
        // What leads to the command gives the reason, whatever words it begins with.
        let leads = !subject.is_empty()
            && !begins_subject(text)
            && text.chars().next().is_some_and(char::is_uppercase)
            && (is_command(text) || head.get(index + 1).is_some_and(|l| is_command(&l.text)));
        if reasoned || leads || is_preamble(text) {
            reasoned = true;
            basis.push(without_command(text));
            continue;
        }
        // The day may stand below the subject too: «О плане», «12 марта 2024 г. № 5».
        if is_dated(text) && date_and_number(text, order) {
            continue;
        }
        if subject.is_empty()
            && order.issuer.is_none()
            && order.letterhead.is_none()
            && let Some(issuer) = body_named(text)
        {
            order.issuer = Some(issuer);
            continue;
        }
        if order.act == "протокол" && !subject.is_empty() {
            // Under what was met about stand the day, the place and who was there.
            let folded = fold(text);
            let dated = folded.starts_with("от ")
                || text.starts_with(['«', '"'])
                || text.starts_with(|c: char| c.is_ascii_digit());
            if dated && text.chars().count() < 90 && date_and_number(text, order) {
                let place = text.split('\t').map(str::trim).find(|part| is_place(part));
                order.place = order.place.take().or(place.map(str::to_owned));
                continue;
            }
            if folded.starts_with("место") && order.place.is_none() {
                let place = text.split_once(':').map(|(_, place)| place.trim());
                order.place = place.filter(|p| !p.is_empty()).map(str::to_owned);
                if order.place.is_some() {
                    continue;
                }
            }
            if MET.iter().any(|label| folded.starts_with(label)) {
                reasoned = true;
                basis.push(text.to_owned());
                continue;
            }
        }
        if begins_subject(text) || !subject.is_empty() || is_small_subject(text, line) {
            subject.push(text);
            continue;
        }
        let rest = if Some(index) == act_at {
            after_act(text)
        } else {
            text
        };
        let short = text.chars().count() < 90;
        let met = ["заседани", "совещани", "собрани"];
        if order.act == "протокол" && met.iter().any(|w| fold(text).starts_with(w)) {
            subject.push(text);
            continue;
        }
        if short && date_and_number(rest, order) {
            continue;
        }
        if short && order.date.is_none() && words_year(text) {
            damaged = Some((text.to_owned(), line.at));
            continue;
        }
        if Some(index) == act_at {
            continue;
        }
        if is_place(text) && order.place.is_none() {
            order.place = Some(text.to_owned());
        } else if short && is_capitals(text) && order.subject.is_empty() {
            // A title in capitals that does not begin with «Об»: it is what the act is about.
            subject.push(text);
        } else if !text.chars().all(|c| !c.is_alphanumeric()) {
            basis.push(text.to_owned());
        }
    }
    order.subject = one_line(&subject.join(" "));
    // A reader of pages may have put the line of the day behind the subject: «… по проекту г. Лугов 12 ноября 2025 г.»
    if order.date.is_none()
        && let Some(at) = dated_from(&order.subject, order.act == "протокол")
    {
        let line = order.subject.split_off(at);
        order.subject.truncate(order.subject.trim_end().len());
        date_and_number(&line, order);
    }
    let basis = basis
        .join("\n")
        .trim()
        .trim_end_matches([',', ':'])
        .trim()
        .to_owned();
    order.basis = (!basis.is_empty()).then_some(basis);
    if order.date.is_none() {
        guess(order, damaged, elsewhere, file, doubts);
    }
}

/// What stands behind the word of the act on its line.
fn after_act(text: &str) -> &str {
    let at = text
        .find(['№', '«'])
        .or_else(|| text.find("от "))
        .or_else(|| text.find(|c: char| c.is_ascii_digit()));
    at.and_then(|a| text.get(a..)).unwrap_or("")
}

/// Takes day, number and place out of a line that holds nothing else; false when it holds neither.
fn date_and_number(text: &str, order: &mut Order) -> bool {
    let mut rest = text.to_owned();
    let mut found = false;
    if order.date.is_none()
        && let Some((range, date)) = day(&rest).or_else(|| day_in_words(&rest))
    {
        order.date = Some(date);
        found = true;
        // «12 ноября 2025 г.»: the word for the year goes with it.
        let behind = rest.get(range.end..).unwrap_or_default();
        let words = behind.trim_start_matches(['»', ' ']);
        let length = ["года", "год", "г."]
            .iter()
            .find(|w| words.starts_with(**w))
            .map_or(0, |w| behind.len() - words.len() + w.len());
        // «2025 г. Лугов» names a town.
        let town = words
            .strip_prefix("г.")
            .and_then(|r| r.trim_start().chars().next())
            .is_some_and(char::is_uppercase);
        let length = if town { 0 } else { length };
        rest.replace_range(range.start..range.end + length, " ");
    }
    if order.number.is_none()
        && let Some(at) = rest.find(['№', 'N'])
        && rest
            .get(at..)
            .is_some_and(|r| r.chars().any(|c| c.is_ascii_digit()))
    {
        let sign = rest
            .get(at..)
            .and_then(|r| r.chars().next())
            .map_or(1, char::len_utf8);
        let behind = rest.get(at + sign..).unwrap_or_default().to_owned();
        let number: String = behind
            .trim_start()
            .split(' ')
            .next()
            .unwrap_or_default()
            .trim_matches(['_', ',', ';'])
            .to_owned();
        if !number.is_empty() {
            let from = at;
            let to = at
                + sign
                + (behind.len() - behind.trim_start().len())
                + behind
                    .trim_start()
                    .split(' ')
                    .next()
                    .unwrap_or_default()
                    .len();
            // «22 - осн»: the number goes on behind a blank.
            rest.replace_range(from..to.min(rest.len()), " ");
            order.number = Some(number);
            found = true;
        }
    }
    if found {
        let left = one_line(&rest);
        let left = left
            .trim_start_matches("от ")
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
            .trim();
        let left = left
            .trim_start_matches("от ")
            .trim_start_matches("года")
            .trim_start_matches("г. ")
            .trim();
        let place = rest
            .trim()
            .contains("г. ")
            .then(|| rest.find("г. ").and_then(|a| rest.get(a..)))
            .flatten()
            .map(str::trim);
        let place = place
            .filter(|p| is_place(p))
            .map(str::to_owned)
            .or_else(|| is_place(left).then(|| left.to_owned()));
        if order.place.is_none() {
            order.place = place;
        }
    }
    found
}

/// A day written in words: «двадцать первого февраля две тысячи двадцать пятого года».
fn day_in_words(text: &str) -> Option<(std::ops::Range<usize>, NaiveDate)> {
    /// The numbers whose words begin so, those that others begin with behind them.
    const WORDS: [(&str, u32); 29] = [
        ("одиннадцат", 11),
        ("двенадцат", 12),
        ("тринадцат", 13),
        ("четырнадцат", 14),
        ("пятнадцат", 15),
        ("шестнадцат", 16),
        ("семнадцат", 17),
        ("восемнадцат", 18),
        ("девятнадцат", 19),
        ("двадцат", 20),
        ("тридцат", 30),
        ("сорок", 40),
        ("пятидесят", 50),
        ("пятьдесят", 50),
        ("шестидесят", 60),
        ("шестьдесят", 60),
        ("перв", 1),
        ("втор", 2),
        ("трет", 3),
        ("четверт", 4),
        ("пят", 5),
        ("шест", 6),
        ("седьм", 7),
        ("восьм", 8),
        ("девят", 9),
        ("десят", 10),
        ("две", 2),
        ("двух", 2),
        ("тысяч", 1000),
    ];
    let number = |word: &str| {
        let word = fold(word);
        let found = WORDS.iter().find(|(w, _)| word.starts_with(w));
        found.map(|(_, n)| *n)
    };
    let sum = |words: &[&str]| -> Option<u32> {
        words.iter().try_fold(0u32, |sum, w| match number(w)? {
            1000 => sum.checked_mul(1000),
            n => sum.checked_add(n),
        })
    };
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .collect();
    let at = words.iter().position(|w| month_number(w).is_some())?;
    let month = words.get(at).and_then(|w| month_number(w))?;
    let said = |w: &&&str| number(w).is_some();
    let before = words.get(..at)?.iter().rev().take_while(said).count();
    let after = words.get(at + 1..)?.iter().take_while(said).count();
    let day = sum(words.get(at - before..at)?)?;
    let year = match after {
        0 => super::words::years(text).first().copied()?,
        _ => i32::try_from(sum(words.get(at + 1..=at + after)?)?).ok()?,
    };
    let date = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year > 1990)?;
    let from = text.find(words.get(at - before)?)?;
    let last = words.get(at + after)?;
    let to = text.rfind(last)? + last.len();
    Some((from..to.max(from), date))
}

/// Whether a line looks like a day whose month or sign is damaged: a number and a year.
fn words_year(text: &str) -> bool {
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|d| !d.is_empty())
        .collect();
    digits
        .iter()
        .any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
        && text.chars().count() < 50
}

/// What begins a line of minutes that tells who met and about what.
const MET: [&str; 9] = [
    "председател",
    "ведущий",
    "секретар",
    "присутств",
    "приглаш",
    "отсутств",
    "повестка",
    "кворум",
    "слушали",
];

/// The day of an order whose own line cannot be read: one that the rest of the document names with the same figures.
fn guess(
    order: &mut Order,
    damaged: Option<(String, At)>,
    elsewhere: &[&str],
    file: usize,
    doubts: &mut Doubts,
) {
    let (text, at) = damaged.unwrap_or((String::new(), order.at));
    let figures: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|d| d.parse().ok())
        .collect();
    let all: Vec<NaiveDate> = elsewhere
        .iter()
        .flat_map(|t| days(t))
        .map(|d| d.1)
        .collect();
    let fits = |d: &&NaiveDate| {
        use chrono::Datelike;
        let year = u32::try_from(d.year()).unwrap_or(0);
        !figures.is_empty() && figures.contains(&year) && figures.contains(&d.day())
    };
    let month = text.split(' ').find_map(month_number);
    // Without a line of its own only a stamp tells the day; a law or a deadline that the text names does not.
    let stamped = || {
        let stamp = |t: &&&str| {
            let folded = fold(t);
            folded.starts_with("утвержд") || folded.starts_with("приложени")
        };
        let of_act = elsewhere.iter().filter(stamp).flat_map(|t| days(t));
        of_act.map(|d| d.1).min()
    };
    let guessed = match text.is_empty() {
        true => stamped(),
        false => all.iter().find(fits).or_else(|| all.iter().min()).copied(),
    };
    order.date = guessed.or_else(|| {
        let year = figures.iter().find(|f| **f > 1990 && **f < 2100)?;
        NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, month.unwrap_or(1), 1)
    });
    if let Some(date) = order.date {
        let shown = crate::text::dates::short(date);
        doubts.add(
            &say::DATE_GUESSED,
            Origin { file, at },
            &[("value", &text), ("date", &shown)],
        );
    }
}

/// Whether a line holds a day, perhaps a number and a place, and nothing else.
pub(super) fn is_dated(text: &str) -> bool {
    if text.chars().count() >= 90 {
        return false;
    }
    let Some((range, _)) = day(text).or_else(|| day_in_words(text)) else {
        return false;
    };
    let mut rest = text.to_owned();
    rest.replace_range(range, " ");
    let mut words: Vec<&str> = Vec::new();
    let mut number = false;
    for word in rest.split(' ') {
        if word.starts_with(['№', 'N']) {
            number = word.chars().count() == 1;
        } else if number {
            number = false;
        } else if word.chars().any(char::is_alphanumeric)
            && !["от", "года", "года,", "г.", "г", "г.,"].contains(&word)
        {
            words.push(word);
        }
    }
    words.is_empty() || is_place(&words.join(" "))
}

/// Words with a small first letter.
fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    format!("{first}{}", chars.as_str())
}

/// Where a day at the end of a subject begins, with the place before it.
/// Without a place only minutes are read so: «О семинаре 12 ноября 2025 г.» names the day of a seminar.
fn dated_from(subject: &str, alone: bool) -> Option<usize> {
    let (range, _) = day(subject)?;
    let behind = subject.get(range.end..)?.trim();
    if !matches!(behind, "" | "г." | "г" | "года") {
        return None;
    }
    let before = subject.get(..range.start)?.trim_end();
    if before.is_empty() || before.ends_with("от") || before.ends_with("до") {
        return None;
    }
    let place = ["г. ", "с. ", "п. ", "пгт ", "пос. "]
        .iter()
        .filter_map(|word| before.rfind(word))
        .max()
        .filter(|at| {
            before
                .get(*at..)
                .is_some_and(|place| is_town(place) && place.split(' ').count() <= 3)
        });
    place.or(alone.then_some(range.start))
}

/// Bodies as a title names them behind its act («РЕШЕНИЕ коллегии департамента …»), and as a directory does.
const BODIES: [(&str, &str); 16] = [
    ("коллегии", "Коллегия"),
    ("совета", "Совет"),
    ("комиссии", "Комиссия"),
    ("комитета", "Комитет"),
    ("департамента", "Департамент"),
    ("управления", "Управление"),
    ("министерства", "Министерство"),
    ("администрации", "Администрация"),
    ("правительства", "Правительство"),
    ("отдела", "Отдел"),
    ("думы", "Дума"),
    ("собрания", "Собрание"),
    ("центра", "Центр"),
    ("института", "Институт"),
    ("службы", "Служба"),
    ("школы", "Школа"),
];

/// The body that words begin with in the genitive, in the nominative.
fn body_named(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    let (_, name) = BODIES.iter().find(|(of, _)| *of == first)?;
    (text.chars().count() < 160).then(|| format!("{name} {}", rest.trim()))
}

/// «УТВЕРЖДЕНО приказом управления образования … от 17.01.2025 № 12-од» → «Управление образования …»
fn approver(stamp: &str) -> Option<String> {
    let act = stamp.split(' ').position(|w| {
        ["приказом", "распоряжением", "постановлением", "решением"].contains(&fold(w).as_str())
    })?;
    let words = stamp
        .split(' ')
        .skip(act + 1)
        .take_while(|w| !["от", "№", "N"].contains(w) && !w.contains(|c: char| c.is_ascii_digit()));
    let name = words.collect::<Vec<_>>().join(" ").to_lowercase();
    let cased = words_cased(stamp, &name);
    body_named(&cased).or_else(|| {
        let mut words = cased.splitn(2, ' ');
        let first = fold(words.next()?);
        body_named(&format!("{first} {}", words.next()?))
    })
}

/// The words of `low` as `text` writes them.
fn words_cased(text: &str, low: &str) -> String {
    let from = text.to_lowercase().find(low).unwrap_or(text.len());
    match text.get(from..from + low.len()) {
        Some(found) if found.to_lowercase() == low => found.to_owned(),
        _ => low.to_owned(),
    }
}

/// The head of a letter: the letterhead, day and number, whom it goes to, what it is about, and the greeting.
pub(super) fn letter_fields(head: &[Line], order: &mut Order) {
    order.act = "письмо".to_owned();
    let mut letterhead: Vec<&str> = Vec::new();
    let mut basis: Vec<String> = Vec::new();
    let mut subject: Vec<&str> = Vec::new();
    for line in head {
        let text = line.text.trim();
        let folded = fold(text);
        if folded.starts_with("на №") || folded.starts_with("на n") {
            // «на № ____ от ____» that nobody filled in says nothing.
            if text.contains(|c: char| c.is_ascii_digit()) {
                basis.push(text.to_owned());
            }
            continue;
        }
        if text.chars().count() < 90 && date_and_number(text, order) {
            continue;
        }
        if subject.is_empty() && begins_subject(text) {
            subject.push(text);
            continue;
        }
        let goes_on = !subject.is_empty()
            && basis.is_empty()
            && text.chars().next().is_some_and(char::is_lowercase);
        let small = text.chars().next().is_some_and(char::is_lowercase);
        if goes_on {
            subject.push(text);
        } else if small && let Some(last) = basis.last_mut() {
            last.push(' ');
            last.push_str(text);
        } else if order.date.is_none()
            && order.number.is_none()
            && basis.is_empty()
            && subject.is_empty()
            && line.align != Align::End
            && !super::assign::is_dative(text.split([' ', ',']).next().unwrap_or_default())
        {
            letterhead.push(text);
        } else {
            basis.push(text.to_owned());
        }
    }
    let some = |text: String| (!text.is_empty()).then_some(text);
    order.letterhead = some(letterhead.join(" "));
    order.basis = some(basis.join("\n"));
    order.subject = one_line(&subject.join(" "));
}

/// «о муниципальной службе» in the middle below the title.
fn is_small_subject(text: &str, line: &Line) -> bool {
    let small = text.starts_with("о ") || text.starts_with("об ");
    small && (line.align == Align::Center || line.bold) && !text.ends_with(['.', ';'])
}

fn begins_subject(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    matches!(first, "О" | "Об" | "Обо" | "ОБ" | "«О" | "«Об" | "O")
}

fn is_preamble(text: &str) -> bool {
    const BEGIN: [&str; 28] = [
        "присутств",
        "повестка",
        "во изменение",
        "в дополнение",
        "в развитие",
        "с учетом",
        "по результатам",
        "заслушав",
        "признавая",
        "на основе",
        "в соответствии",
        "на основании",
        "в целях",
        "с целью",
        "во исполнение",
        "руководствуясь",
        "в связи",
        "по итогам",
        "в рамках",
        "для ",
        "учитывая",
        "согласно",
        "во исполнении",
        "исходя",
        "в исполнение",
        "в порядке",
        "принимая",
        "рассмотрев",
    ];
    let folded = fold(text);
    BEGIN.iter().any(|b| folded.starts_with(b))
}

fn without_command(text: &str) -> String {
    let mut text = text.trim().trim_end_matches(':').trim_end();
    // «…, приказываю», also spaced: «п р и к а з ы в а ю»
    for word in [
        "приказываю",
        "ПРИКАЗЫВАЮ",
        "п р и к а з ы в а ю",
        "П Р И К А З Ы В А Ю",
        "обязываю",
        "постановляю",
        "ПОСТАНОВЛЯЮ",
        "Приказываю",
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            text = rest.trim_end();
        }
    }
    text.trim_end_matches([',', ':']).trim_end().to_owned()
}

/// «г. Тюмень», «с. Ручьи», «Томск»
fn is_place(text: &str) -> bool {
    let text = text.trim();
    let word = text.split(' ').count() <= 2
        && text.chars().count() < 30
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | ' '))
        && text.chars().any(char::is_lowercase);
    is_town(text) || word
}

/// «г. Тюмень», «с. Ручьи, Дом культуры»
pub(super) fn is_town(text: &str) -> bool {
    let folded = fold(text);
    let named = [
        "г. ",
        "г.",
        "с. ",
        "с.",
        "пос. ",
        "п. ",
        "пгт ",
        "р.п. ",
        "рп ",
        "ст. ",
        "город ",
        "село ",
        "поселок ",
    ]
    .iter()
    .any(|p| {
        folded.strip_prefix(p).is_some_and(|r| {
            r.chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() && r.chars().count() < 40)
        })
    });
    named && text.chars().count() < 60
}
