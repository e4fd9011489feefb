//! Assignments proposed from clauses: who, what, by when. Takes clauses, puts a proposal into those that order somebody to
//! do something. Must not propose where no addressee is named.

use super::doubt::Doubts;
use super::line::Origin;
use super::order::{Assignment, Clause};
use super::words::{fold, month_number, one_line};
use crate::diag::catalog::import as say;
use crate::period::{self, Plan};

/// Proposes what a clause orders: the addressee in the dative before a verb, and the deadline in its words.
pub(super) fn assign(
    clause: &mut Clause,
    above: Option<&str>,
    plan: Option<&Plan>,
    file: usize,
    doubts: &mut Doubts,
) {
    let own = addressee(&clause.text);
    let (who, what) = match (&own, above) {
        (Some((who, what)), _) => (Some(who.clone()), what.clone()),
        (None, Some(who)) if begins_with_verb(&clause.text) => {
            (Some(who.to_owned()), clause.text.clone())
        }
        _ => (None, String::new()),
    };
    let heads = !clause.clauses.is_empty();
    if let Some(who) = &who
        && !heads
        && !what.is_empty()
    {
        let what = one_line(&what);
        // It may stand between the addressee and the verb.
        let by = deadline(&what, plan).or_else(|| deadline(&clause.text, plan));
        let what = what
            .trim_end_matches(['.', ';', ','])
            .trim_start_matches(['-', '–', '—', ' '])
            .trim()
            .to_owned();
        clause.assignment = Some(Assignment {
            who: who.clone(),
            what,
            by,
        });
        doubts.add(
            &say::ASSIGNMENT,
            Origin {
                file,
                at: clause.at,
            },
            &[],
        );
    }
    let who = who.or_else(|| above.map(str::to_owned));
    for inner in &mut clause.clauses {
        assign(inner, who.as_deref(), plan, file, doubts);
    }
}

/// «Отделу общего образования довести…» → the addressee as printed, and what is ordered.
fn addressee(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let first = text.split([' ', ',']).next()?;
    let recommends = ["Рекомендовать ", "Поручить ", "Предложить ", "Обязать "];
    let (body, prefix) = match recommends.iter().find_map(|p| text.strip_prefix(p)) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let second = text.split([' ', ',']).nth(1).unwrap_or_default();
    if !prefix
        && !is_dative(first)
        && !are_many(first, second)
        && super::words::person(text).is_none()
    {
        return None;
    }
    // Up to the colon, or to the first verb.
    let mut at = 0;
    for (start, word) in words_at(body) {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        if start > 0 && is_infinitive(bare) {
            let who = body
                .get(..start)?
                .trim()
                .trim_end_matches([':', ',', '-', '–'])
                .trim();
            return (!who.is_empty() && who.chars().count() < 300).then(|| {
                (
                    who_only(who),
                    body.get(start..).unwrap_or_default().to_owned(),
                )
            });
        }
        at = start + word.len();
        if word.ends_with(':') {
            let who = body.get(..at)?.trim().trim_end_matches(':').trim();
            return Some((
                who_only(who),
                body.get(at..).unwrap_or_default().trim().to_owned(),
            ));
        }
    }
    let _ = at;
    None
}

/// Without the deadline that may stand between addressee and verb.
fn who_only(who: &str) -> String {
    let cut = [
        " в срок",
        " до ",
        " не позднее ",
        " еже",
        " в течение ",
        " постоянно",
        " незамедлительно",
    ]
    .iter()
    .filter_map(|w| who.find(w))
    .min();
    // «в трёхдневный срок», «в 2 квартале»
    let within = who.match_indices(" в ").map(|(at, _)| at).find(|at| {
        let rest: Vec<&str> = who
            .get(at + " в ".len()..)
            .unwrap_or_default()
            .split(' ')
            .collect();
        rest.get(1).is_some_and(|w| w.starts_with("срок"))
            || rest.first().is_some_and(|w| {
                w.contains(|c: char| c.is_ascii_digit()) || month_number(w).is_some()
            })
    });
    let cut = cut.into_iter().chain(within).min();
    cut.and_then(|at| who.get(..at))
        .unwrap_or(who)
        .trim()
        .trim_end_matches([',', '('])
        .trim()
        .to_owned()
}

fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(' ').map(move |word| {
        let at = from;
        from += word.len() + 1;
        (at, word)
    })
}

fn is_infinitive(word: &str) -> bool {
    let low = word.to_lowercase();
    let count = low.chars().count();
    // «девять», «двадцать», «печать»
    let noun = ["вять", "сять", "дцать"]
        .iter()
        .any(|end| low.ends_with(end))
        || low == "печать";
    count >= 5
        && !noun
        && (low.ends_with("ить")
            || low.ends_with("ать")
            || low.ends_with("ять")
            || low.ends_with("еть")
            || low.ends_with("ести")
            || low.ends_with("овать")
            || low.ends_with("ться")
            || low.ends_with("уть"))
        && word.chars().next().is_some_and(char::is_lowercase)
        || matches!(low.as_str(), "довести" | "обеспечить" | "провести")
}

fn begins_with_verb(text: &str) -> bool {
    text.split(' ').take(8).any(|w| {
        let bare = w.trim_matches(|c: char| !c.is_alphabetic());
        let low: String = bare.chars().flat_map(char::to_lowercase).collect();
        is_infinitive(&low)
    })
}

/// «Тьюторам …», «Классным руководителям …»: the dative of many, which begins nothing else.
fn are_many(first: &str, second: &str) -> bool {
    let many = |word: &str| word.ends_with("ам") || word.ends_with("ям");
    let long = first.chars().count() >= 5 && first.chars().next().is_some_and(char::is_uppercase);
    long && (many(first) || (first.ends_with("ым") || first.ends_with("им")) && many(second))
}

/// Words that name an addressee in the dative.
pub(super) fn is_dative(word: &str) -> bool {
    const WORDS: [&str; 46] = [
        "отделу",
        "управлению",
        "департаменту",
        "министерству",
        "комитету",
        "руководителям",
        "руководителю",
        "директорам",
        "директору",
        "начальнику",
        "начальникам",
        "заместителю",
        "заместителям",
        "школе",
        "школам",
        "оператору",
        "региональному",
        "муниципальному",
        "муниципальным",
        "специалистам",
        "специалисту",
        "методистам",
        "методисту",
        "координатору",
        "координаторам",
        "кураторам",
        "куратору",
        "центру",
        "институту",
        "ректору",
        "заведующему",
        "заведующим",
        "образовательным",
        "общеобразовательным",
        "органам",
        "организациям",
        "главному",
        "главным",
        "ведущему",
        "педагогам",
        "учителям",
        "рабочей",
        "членам",
        "тьюторам",
        "наставникам",
        "администратору",
    ];
    let folded = fold(word);
    let adjective = word.chars().next().is_some_and(char::is_uppercase)
        && (folded.ends_with("ому") || folded.ends_with("ему"));
    adjective
        || WORDS.contains(&folded.as_str())
        || (word.starts_with("ГА")
            || word.starts_with("МКУ")
            || word.starts_with("МБУ")
            || word.starts_with("ГБУ")
            || word.starts_with("МАУ"))
            && word.chars().all(|c| c.is_uppercase())
}

/// The deadline in the words of a clause: the longest run from «до …», «не позднее …», «ежемесячно» that is a period.
pub(super) fn deadline(text: &str, plan: Option<&Plan>) -> Option<String> {
    const BEGIN: [&str; 17] = [
        "в срок до ",
        "до ",
        "не позднее ",
        "в срок не позднее ",
        "ежеквартально",
        "ежемесячно",
        "еженедельно",
        "ежегодно",
        "в течение ",
        "постоянно",
        "к ",
        "в период с ",
        "с ",
        "в срок с ",
        "в срок ",
        "со дня ",
        "по ",
    ];
    let mut best: Option<(usize, String)> = None;
    for begin in BEGIN {
        for (at, _) in text.match_indices(begin) {
            let edge = text
                .get(..at)
                .and_then(|b| b.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric());
            if !edge {
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            // What is to be done is no part of when.
            let words: Vec<&str> = rest
                .split(' ')
                .take_while(|w| !is_infinitive(w.trim_matches(|c: char| !c.is_alphabetic())))
                .collect();
            let most = if begin == "постоянно" { 1 } else { 9 };
            for count in (1..=words.len().min(most)).rev() {
                let phrase = words.get(..count).unwrap_or_default().join(" ");
                let phrase = phrase.trim_end_matches([',', ';', ':', ')']);
                let bare = phrase.trim_end_matches('.').trim();
                // The dot of «25 мая 2025 г.» belongs to the word.
                let phrase = match bare.strip_suffix("г") {
                    Some(year)
                        if year.ends_with([' ', '.'])
                            || year.ends_with(|c: char| c.is_ascii_digit()) =>
                    {
                        phrase.get(..bare.len() + 1).unwrap_or(bare)
                    }
                    _ => bare,
                };
                // «отчёт по 3 кварталу» names no day.
                if begin == "по "
                    && !words.get(1).is_some_and(|w| w.contains('.'))
                    && words.get(2).is_none_or(|w| month_number(w).is_none())
                {
                    continue;
                }
                let telling = phrase.chars().any(|c| c.is_ascii_digit())
                    || begin.starts_with("еже")
                    || begin.starts_with("постоянно")
                    || fold(phrase).contains("года")
                    || fold(phrase).contains("год");
                let read = telling.then(|| period::parse(phrase, plan).ok()).flatten();
                if read.is_some()
                    && best
                        .as_ref()
                        .is_none_or(|(length, _)| phrase.len() > *length)
                {
                    best = Some((phrase.len(), phrase.to_owned()));
                    break;
                }
            }
        }
    }
    // «(приложение № 2)» behind the day is no part of it.
    best.map(|(_, phrase)| match phrase.find(" (") {
        Some(at) => phrase.get(..at).unwrap_or(&phrase).to_owned(),
        None => phrase,
    })
}

/// The addressee in the nominative, as a directory names a body; as printed where its form is not known.
pub(super) fn nominative(dative: &str) -> String {
    const FORMS: [(&str, &str); 44] = [
        ("отделу", "отдел"),
        ("управлению", "управление"),
        ("департаменту", "департамент"),
        ("министерству", "министерство"),
        ("комитету", "комитет"),
        ("руководителям", "руководители"),
        ("руководителю", "руководитель"),
        ("директорам", "директора"),
        ("директору", "директор"),
        ("начальнику", "начальник"),
        ("начальникам", "начальники"),
        ("заместителю", "заместитель"),
        ("заместителям", "заместители"),
        ("школе", "школа"),
        ("школам", "школы"),
        ("оператору", "оператор"),
        ("региональному", "региональный"),
        ("муниципальному", "муниципальный"),
        ("муниципальным", "муниципальные"),
        ("специалистам", "специалисты"),
        ("специалисту", "специалист"),
        ("методистам", "методисты"),
        ("методисту", "методист"),
        ("координатору", "координатор"),
        ("координаторам", "координаторы"),
        ("кураторам", "кураторы"),
        ("куратору", "куратор"),
        ("центру", "центр"),
        ("институту", "институт"),
        ("ректору", "ректор"),
        ("заведующему", "заведующий"),
        ("заведующим", "заведующие"),
        ("образовательным", "образовательные"),
        ("общеобразовательным", "общеобразовательные"),
        ("органам", "органы"),
        ("организациям", "организации"),
        ("главному", "главный"),
        ("главным", "главные"),
        ("ведущему", "ведущий"),
        ("педагогам", "педагоги"),
        ("учителям", "учителя"),
        ("членам", "члены"),
        ("тьюторам", "тьюторы"),
        ("наставникам", "наставники"),
    ];
    // «Отделу общего образования (Серова О.Н.)»: who heads it now is no part of its name.
    let dative = match dative.split_once(" (") {
        Some((name, rest))
            if rest.ends_with(')')
                && super::words::person(rest.trim_end_matches(')')).is_some() =>
        {
            name
        }
        _ => dative,
    };
    let mut out: Vec<String> = Vec::new();
    let mut changing = true;
    for word in dative.split(' ') {
        let low = word.to_lowercase();
        let found = changing
            .then(|| FORMS.iter().find(|(d, _)| *d == low))
            .flatten();
        match found {
            Some((_, form)) => {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                let mut chars = form.chars();
                let first: String = chars
                    .next()
                    .map(|c| {
                        if capital {
                            c.to_uppercase().collect()
                        } else {
                            c.to_string()
                        }
                    })
                    .unwrap_or_default();
                out.push(format!("{first}{}", chars.as_str()));
            }
            None => match changing.then(|| adjective(word)).flatten() {
                Some(form) => out.push(form),
                None => {
                    changing = matches!(low.as_str(), "и" | "или");
                    out.push(word.to_owned());
                }
            },
        }
    }
    out.join(" ")
}

/// «Методическому» → «Методический»
fn adjective(dative: &str) -> Option<String> {
    let stem = dative.strip_suffix("ому")?;
    let soft = stem.ends_with(['к', 'г', 'х', 'ж', 'ш', 'щ', 'ч']);
    Some(format!("{stem}{}", if soft { "ий" } else { "ый" }))
}
