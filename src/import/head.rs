//! The head of an order: takes the lines above its clauses, gives letterhead, day, number, place, subject and reason. A day
//! that cannot be read is taken from elsewhere in the document, with a doubt.

use chrono::NaiveDate;

use super::doubt::Doubts;
use super::line::{Line, Origin};
use super::order::Order;
use super::parts::{act, is_command};
use super::words::{day, days, fold, is_capitals, month_number, one_line};
use crate::carrier::blocks::At;
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
    let letterhead: Vec<&str> = head
        .iter()
        .take(act_at.unwrap_or(0))
        .map(|l| l.text.as_str())
        .filter(|t| day(t).is_none())
        .collect();
    if !letterhead.is_empty() {
        order.letterhead = Some(letterhead.join(" "));
    }
    let mut subject: Vec<&str> = Vec::new();
    let mut basis: Vec<String> = Vec::new();
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
        if !basis.is_empty() || leads || is_preamble(text) {
            basis.push(without_command(text));
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
            if MET.iter().any(|label| folded.starts_with(label)) {
                basis.push(text.to_owned());
                continue;
            }
        }
        if begins_subject(text) || !subject.is_empty() {
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
        rest.replace_range(range, " ");
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
    let word = text.split(' ').count() <= 2
        && text.chars().count() < 30
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | ' '))
        && text.chars().any(char::is_lowercase);
    named && text.chars().count() < 60 || word
}
