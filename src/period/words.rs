//! The words periods are made of, and those a whole period may open with.
//!
//! Takes folded words; must not look at places in the text beyond naming the token that is not understood.

use std::ops::Range;

use super::PeriodKind;
use super::token::{Kind, Token};

const MONTHS: [&[&str]; 12] = [
    &["январь", "января", "январе", "январю", "январем", "янв"],
    &[
        "февраль",
        "февраля",
        "феврале",
        "февралю",
        "февралем",
        "фев",
        "февр",
    ],
    &["март", "марта", "марте", "марту", "мартом", "мар"],
    &["апрель", "апреля", "апреле", "апрелю", "апрелем", "апр"],
    &["май", "мая", "мае", "маю", "маем"],
    &["июнь", "июня", "июне", "июню", "июнем", "июн"],
    &["июль", "июля", "июле", "июлю", "июлем", "июл"],
    &["август", "августа", "августе", "августу", "августом", "авг"],
    &[
        "сентябрь",
        "сентября",
        "сентябре",
        "сентябрю",
        "сентябрем",
        "сен",
        "сент",
    ],
    &[
        "октябрь",
        "октября",
        "октябре",
        "октябрю",
        "октябрем",
        "окт",
    ],
    &[
        "ноябрь",
        "ноября",
        "ноябре",
        "ноябрю",
        "ноябрем",
        "ноя",
        "нояб",
    ],
    &[
        "декабрь",
        "декабря",
        "декабре",
        "декабрю",
        "декабрем",
        "дек",
    ],
];

/// 1 to 12 for the name of a month in any case, or its abbreviation.
pub(super) fn month(word: &str) -> Option<u32> {
    let index = MONTHS.iter().position(|forms| forms.contains(&word))?;
    u32::try_from(index + 1).ok()
}

pub(super) fn season(word: &str) -> Option<(u32, u32)> {
    match word {
        "зима" | "зимой" | "зимы" | "зиму" | "зиме" => Some((0, 2)),
        "весна" | "весной" | "весны" | "весну" | "весне" => Some((3, 5)),
        "лето" | "летом" | "лета" | "лету" => Some((6, 8)),
        "осень" | "осенью" | "осени" => Some((9, 11)),
        _ => None,
    }
}

/// «начало», «середина», «конец» of a month or year.
pub(super) fn third(word: &str) -> Option<u32> {
    match word {
        "начало" | "начале" | "начала" | "началу" => Some(1),
        "середина" | "середине" | "середины" | "середину" => {
            Some(2)
        }
        "конец" | "конце" | "конца" | "концу" => Some(3),
        _ => None,
    }
}

pub(super) fn ordinal(word: &str) -> Option<u32> {
    let stem = |s: &str| {
        !weekday(word)
            && word
                .strip_prefix(s)
                .is_some_and(|end| end.chars().count() <= 3)
    };
    if stem("перв") {
        Some(1)
    } else if stem("втор") {
        Some(2)
    } else if stem("трет") {
        Some(3)
    } else if stem("четверт") {
        Some(4)
    } else {
        None
    }
}

pub(super) fn is_ordinal_ending(word: &str) -> bool {
    matches!(
        word,
        "й" | "ый"
            | "ий"
            | "я"
            | "ая"
            | "е"
            | "ое"
            | "ые"
            | "го"
            | "ого"
            | "м"
            | "ом"
            | "му"
            | "ому"
            | "ой"
    )
}

pub(super) fn is_quarter(word: &str) -> bool {
    word == "кв"
        || word
            .strip_prefix("квартал")
            .is_some_and(|end| end.chars().count() <= 2)
}

pub(super) fn is_year(word: &str) -> bool {
    matches!(
        word,
        "г" | "гг" | "год" | "года" | "году" | "годы" | "годов" | "годах" | "годом"
    )
}

pub(super) fn is_school(word: &str) -> bool {
    word == "уч" || word.starts_with("учебн")
}

/// A term of a school year: «четверть».
pub(super) fn is_term(word: &str) -> bool {
    word.strip_prefix("четверт")
        .is_some_and(|end| matches!(end, "ь" | "и" | "ью" | "ей" | "ям"))
}

/// A week of a month.
pub(super) fn is_week(word: &str) -> bool {
    matches!(word, "неделя" | "неделе" | "неделю" | "недели")
}

/// Words that say how sure the others are, and change nothing.
pub(super) fn is_hedge(word: &str) -> bool {
    matches!(
        word,
        "включительно"
            | "включ"
            | "ориентировочно"
            | "предварительно"
            | "примерно"
            | "предположительно"
            | "планово"
    )
}

/// Nouns after which «до конца …» means the end of the plan.
pub(super) fn is_plan_noun(word: &str) -> bool {
    matches!(
        word,
        "года"
            | "году"
            | "период"
            | "периода"
            | "срок"
            | "срока"
            | "времени"
            | "время"
            | "проекта"
            | "программы"
            | "плана"
            | "карты"
            | "реализации"
            | "действия"
            | "выполнения"
            | "всего"
            | "всей"
            | "данного"
            | "настоящего"
            | "календарного"
            | "отчетного"
            | "текущего"
            | "дорожной"
            | "весь"
            | "год"
    ) || is_school(word)
}

pub(super) fn is(token: &Token, word: &str) -> bool {
    matches!(&token.kind, Kind::Word(w) if w == word)
}

/// «далее», «затем»: what follows says how the work goes on.
pub(super) fn is_further(token: &Token) -> bool {
    is(token, "далее") || is(token, "затем") || is(token, "впоследствии")
}

fn text(tokens: &[Token], index: usize) -> &str {
    match tokens.get(index).map(|t| &t.kind) {
        Some(Kind::Word(word)) => word,
        _ => "",
    }
}

/// Whether the words count from the end of something.
pub(super) fn is_afterwards(tokens: &[Token]) -> bool {
    match text(tokens, 0) {
        "после" => true,
        "по" => ["итог", "результат", "окончани", "завершени", "истечени"]
            .iter()
            .any(|stem| text(tokens, 1).starts_with(stem)),
        _ => false,
    }
}

/// Without «срок исполнения:» and, where an end is told, without «со дня подписания».
pub(super) fn without_label(mut tokens: Vec<Token>) -> Vec<Token> {
    if matches!(text(&tokens, 0), "срок" | "сроки") {
        let noun = matches!(
            text(&tokens, 1),
            "исполнения" | "выполнения" | "проведения" | "реализации"
        );
        let sign = tokens.get(1 + usize::from(noun)).map(|t| &t.kind);
        let mark = matches!(sign, Some(Kind::Other | Kind::Dash));
        let rest = 1 + usize::from(noun) + usize::from(mark);
        if (noun || mark) && rest < tokens.len() {
            tokens.drain(..rest);
        }
    }
    if matches!(text(&tokens, 0), "с" | "со")
        && matches!(text(&tokens, 1), "момента" | "дня" | "даты")
    {
        let end = (2..tokens.len()).find(|i| {
            matches!(text(&tokens, *i), "по" | "до") && tokens.get(i + 1).is_some_and(is_dated)
        });
        if let Some(end) = end {
            tokens.drain(..end);
        }
    }
    tokens
}

/// «1 этап – до 1 марта; 2 этап: до 1 июня», «I этап (сентябрь)»: which stage a time belongs to is no time. Only where a
/// time follows each.
pub(super) fn without_stages(tokens: Vec<Token>) -> Vec<Token> {
    let number = |t: &Token| match t.kind {
        Kind::Num(n, digits) => digits == 1 && (1..=9).contains(&n),
        Kind::Roman(n) => (1..=9).contains(&n),
        _ => false,
    };
    let sign = |t: &Token| matches!(t.kind, Kind::Dash | Kind::Other);
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut i = 0;
    while let Some(t) = tokens.get(i) {
        let labelled = number(t)
            && matches!(text(&tokens, i + 1), "этап" | "этапа" | "этапе")
            && tokens.get(i + 2).is_some_and(sign)
            && tokens.len() > i + 3
            && out.last().is_none_or(|l| l.kind == Kind::Comma);
        if labelled {
            i += 3;
        } else {
            out.push(t.clone());
            i += 1;
        }
    }
    out
}

/// How often, with the number of tokens that say it.
pub(super) fn recurrence(tokens: &[Token]) -> Option<(PeriodKind, usize)> {
    let first = text(tokens, 0);
    let single = match first {
        "ежедневно" => Some(PeriodKind::Daily),
        "еженедельно" => Some(PeriodKind::Weekly),
        "ежемесячно" => Some(PeriodKind::Monthly),
        "ежеквартально" | "поквартально" => Some(PeriodKind::Quarterly),
        "ежеполугодно" => Some(PeriodKind::HalfYearly),
        "ежегодно" => Some(PeriodKind::Yearly),
        "постоянно" | "круглогодично" | "систематически" | "регулярно" | "непрерывно" => {
            Some(PeriodKind::Constant)
        }
        _ => None,
    };
    if let Some(kind) = single {
        return Some((kind, 1));
    }
    if first == "на"
        && matches!(text(tokens, 1), "постоянной" | "регулярной" | "системной")
        && text(tokens, 2) == "основе"
    {
        return Some((PeriodKind::Constant, 3));
    }
    if first == "по" {
        let kind = match text(tokens, 1) {
            word if word.ends_with("ам") && weekday(word) => Some(PeriodKind::Weekly),
            "полугодиям" => Some(PeriodKind::HalfYearly),
            "четвертям" | "кварталам" => Some(PeriodKind::Quarterly),
            "месяцам" => Some(PeriodKind::Monthly),
            "неделям" => Some(PeriodKind::Weekly),
            _ => None,
        };
        return kind.map(|kind| (kind, 2));
    }
    if weekday(first) && tokens.iter().all(|t| !is_dated(t)) {
        return Some((PeriodKind::Weekly, 1));
    }
    if first.starts_with("кажд")
        || matches!(
            first,
            "раз"
                | "один"
                | "одного"
                | "два"
                | "двух"
                | "три"
                | "трех"
                | "четыре"
                | "четырех"
                | "дважды"
                | "трижды"
        )
        || number(tokens, 0)
    {
        return every(tokens, first.starts_with("кажд"));
    }
    None
}

fn number(tokens: &[Token], index: usize) -> bool {
    matches!(tokens.get(index).map(|t| &t.kind), Some(Kind::Num(..)))
}

/// «каждый месяц», «раз в квартал», «не реже 2 раз в год», «каждую среду».
fn every(tokens: &[Token], each: bool) -> Option<(PeriodKind, usize)> {
    for index in 0..tokens.len().min(7) {
        // «раз в 2 недели», «раз в три года»
        let counted =
            |i: usize| number(tokens, i) || matches!(text(tokens, i), "две" | "два" | "три");
        let before = index
            .checked_sub(1)
            .map(|i| if counted(i) { i.saturating_sub(1) } else { i });
        let after = before.is_some_and(|i| text(tokens, i) == "в");
        let times = tokens
            .iter()
            .take(index)
            .enumerate()
            .any(|(i, _)| matches!(text(tokens, i), "раз" | "раза" | "дважды" | "трижды"));
        if !(each || (after && times)) {
            continue;
        }
        let word = text(tokens, index);
        let kind = if word.starts_with("месяц") {
            PeriodKind::Monthly
        } else if is_quarter(word) || is_term(word) {
            PeriodKind::Quarterly
        } else if word.starts_with("полугоди") || word == "полгода" {
            PeriodKind::HalfYearly
        } else if is_year(word) {
            PeriodKind::Yearly
        } else if word.starts_with("недел") || weekday(word) {
            PeriodKind::Weekly
        } else if word == "день" {
            PeriodKind::Daily
        } else {
            continue;
        };
        // «каждый первый вторник месяца» is monthly: the wider word rules.
        if kind == PeriodKind::Weekly && text(tokens, index + 1).starts_with("месяц") {
            return Some((PeriodKind::Monthly, index + 2));
        }
        let before = tokens.get(..index).unwrap_or_default();
        if each && kind == PeriodKind::Weekly {
            // «каждый второй четверг» may be each other week, «второй и четвёртый» are those of a month.
            let picked = |t: &Token| matches!(&t.kind, Kind::Word(w) if ordinal(w).is_some());
            let last = |t: &Token| matches!(&t.kind, Kind::Word(w) if w.starts_with("последн"));
            let kind = match before.iter().filter(|t| picked(t)).count() {
                _ if before.iter().any(last) => PeriodKind::Monthly,
                0 => kind,
                1 => PeriodKind::Schedule,
                _ => PeriodKind::Monthly,
            };
            return Some((kind, index + 1));
        }
        let kind = if each {
            kind
        } else {
            counted_kind(before, kind)
        };
        return Some((kind, index + 1));
    }
    None
}

/// The rhythm of «2 раза в год» or «раз в три месяца»; `Schedule` where no kind has it.
fn counted_kind(before: &[Token], unit: PeriodKind) -> PeriodKind {
    let value = |t: &Token| match &t.kind {
        Kind::Num(n, _) => Some(*n),
        Kind::Word(w) => match w.as_str() {
            "дважды" | "два" | "две" | "двух" => Some(2),
            "трижды" | "три" | "трех" => Some(3),
            "четыре" | "четырех" => Some(4),
            "шесть" | "шести" => Some(6),
            _ => None,
        },
        _ => None,
    };
    let each = before
        .iter()
        .rposition(|t| is(t, "в"))
        .unwrap_or(before.len());
    let (times, units) = before.split_at(each);
    let times = times.iter().find_map(value).unwrap_or(1);
    let units = units.iter().find_map(value).unwrap_or(1);
    match (unit, times, units) {
        (_, 1, 1) | (PeriodKind::Weekly | PeriodKind::Daily, _, 1) => unit,
        (PeriodKind::Yearly, 2, 1) | (PeriodKind::Monthly, 1, 6) => PeriodKind::HalfYearly,
        (PeriodKind::Yearly, 4, 1)
        | (PeriodKind::HalfYearly, 2, 1)
        | (PeriodKind::Monthly, 1, 3) => PeriodKind::Quarterly,
        (PeriodKind::Yearly, 12, 1) | (PeriodKind::Quarterly, 3, 1) => PeriodKind::Monthly,
        (PeriodKind::Monthly, 1, 12) => PeriodKind::Yearly,
        _ => PeriodKind::Schedule,
    }
}

pub(super) fn weekday(word: &str) -> bool {
    matches!(word, "пн" | "вт" | "ср" | "чт" | "пт" | "сб" | "вс")
        || [
            "понедельник",
            "вторник",
            "сред",
            "четверг",
            "пятниц",
            "суббот",
            "воскресень",
        ]
        .iter()
        .any(|stem| {
            word.strip_prefix(stem)
                .is_some_and(|end| end.chars().count() <= 2)
        })
}

/// Whether a token belongs to a date.
pub(super) fn is_dated(token: &Token) -> bool {
    match &token.kind {
        Kind::Num(..) | Kind::Roman(_) => true,
        Kind::Word(w) => {
            month(w).is_some() || ordinal(w).is_some() || season(w).is_some() || third(w).is_some()
        }
        _ => false,
    }
}

/// When somebody asks for it.
pub(super) fn as_needed(tokens: &[Token]) -> bool {
    let need = |word: &str| {
        [
            "необходимост",
            "потребност",
            "просьб",
            "запрос",
            "требовани",
            "заявк",
            "заявлени",
            "обращени",
            "вызов",
        ]
        .iter()
        .any(|stem| word.starts_with(stem))
    };
    match (text(tokens, 0), text(tokens, 1)) {
        ("по", "мере") | ("в", "случае") => {
            need(text(tokens, 2)) || text(tokens, 2).starts_with("возникновени")
        }
        ("по" | "при", second) => need(second),
        _ => false,
    }
}

/// By a schedule or an agreement that the cell does not give.
pub(super) fn schedule(tokens: &[Token]) -> bool {
    let (first, second) = (text(tokens, 0), text(tokens, 1));
    match first {
        "согласно" | "график" | "графику" | "разово" | "единовременно" | "однократно" => {
            true
        }
        _ if first.starts_with("каникул") || second.starts_with("каникул") => true,
        _ if text(tokens, 2).starts_with("каникул") => true,
        "на" => ["ближайш", "заседани", "педсовет", "совещани"]
            .iter()
            .any(|stem| second.starts_with(stem)),
        "до" => matches!(second, "особого" | "момента" | "полного"),
        "в" if second == "сроки" => !tokens.iter().any(is_dated),
        "в" | "во" => matches!(
            second,
            "соответствии"
                | "согласованные"
                | "согласованный"
                | "установленные"
                | "установленный"
                | "рабочем"
                | "день"
                | "дни"
                | "случае"
                | "ходе"
                | "зависимости"
        ),
        "при" => matches!(
            second,
            "необходимости" | "наличии" | "поступлении" | "проведении"
        ),
        "по" => {
            let by_weekday = second.ends_with("ам") && weekday(second);
            let dated = month(second).is_some() || is_plan_noun(second);
            !(second.is_empty() || by_weekday || dated)
        }
        "после" => month(second).is_none() && !number(tokens, 1) && !second.is_empty(),
        "с" | "со" => matches!(second, "учетом" | "момента" | "дня" | "даты"),
        _ => false,
    }
}

/// What the whole period opens with, and how many tokens that takes. `Err` names a token that is not understood.
pub(super) fn head(tokens: &[Token]) -> Result<Option<(PeriodKind, usize)>, Option<Range<usize>>> {
    if let Some(kind) = day_of_month(tokens) {
        return Ok(Some((kind, tokens.len())));
    }
    // «последний четверг месяца», «1-й и 3-й вторник месяца»
    let has = |test: &dyn Fn(&str) -> bool| {
        tokens
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if test(w)))
    };
    if has(&weekday) && has(&|w| w == "месяца") && !has(&|w| month(w).is_some()) {
        return Ok(Some((PeriodKind::Monthly, tokens.len())));
    }
    if duration(tokens) {
        return Ok(Some((PeriodKind::Duration, tokens.len())));
    }
    let skip =
        usize::from(text(tokens, 0) == "не" && matches!(text(tokens, 1), "реже" | "менее")) * 2;
    let rest = tokens.get(skip..).unwrap_or(&[]);
    if let Some((kind, used)) = recurrence(rest) {
        return Ok(Some((kind, used + skip)));
    }
    if as_needed(tokens) {
        return Ok(Some((PeriodKind::AsNeeded, tokens.len())));
    }
    if schedule(tokens) {
        return Ok(Some((PeriodKind::Schedule, tokens.len().min(2))));
    }
    let opening = match (text(tokens, 0), text(tokens, 1)) {
        ("в", "течение" | "течении" | "период")
        | ("на", "протяжении" | "весь")
        | ("во", "время") => 2,
        ("весь", _) => 1,
        _ => return Ok(None),
    };
    let rest = tokens.get(opening..).unwrap_or(&[]);
    // «в течение года по отдельному графику, не реже раза в месяц»
    let until = (0..rest.len())
        .find(|i| {
            let tail = rest.get(*i..).unwrap_or_default();
            let less = text(tail, 0) == "не" && matches!(text(tail, 1), "реже" | "менее");
            matches!(tail.first().map(|t| &t.kind), Some(Kind::Comma))
                || *i > 0
                    && (less || schedule(tail) || as_needed(tail) || recurrence(tail).is_some())
        })
        .unwrap_or(rest.len());
    let names = rest.get(..until).unwrap_or(rest);
    if names.iter().any(is_dated) {
        return Ok(None);
    }
    match names.iter().find(|t| {
        !matches!(&t.kind, Kind::Word(w) if is_plan_noun(w))
            && !matches!(t.kind, Kind::Dot | Kind::Dash)
    }) {
        Some(strange) => Err(Some(strange.at.clone())),
        None if names.is_empty() => Err(tokens.last().map(|t| t.at.clone())),
        None => Ok(Some((PeriodKind::Throughout, opening + until))),
    }
}

/// «до 15 числа ежемесячно», «не позднее 5 числа месяца, следующего за отчётным», «до 10 числа каждого квартала».
fn day_of_month(tokens: &[Token]) -> Option<PeriodKind> {
    let each = tokens
        .iter()
        .position(|t| matches!(&t.kind, Kind::Word(w) if w.starts_with("кажд")));
    if let Some((kind, _)) = each.and_then(|i| every(tokens.get(i..).unwrap_or(&[]), true))
        && !tokens
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if month(w).is_some()))
    {
        return Some(kind);
    }
    let day = tokens.iter().position(|t| is(t, "числа"))?;
    let often = (0..tokens.len()).find_map(|i| recurrence(tokens.get(i..i + 1)?));
    let after = tokens.get(day + 1..).unwrap_or(&[]);
    let unit = |test: &dyn Fn(&str) -> bool| {
        after
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if test(w)))
    };
    match often {
        Some((kind, _)) => Some(kind),
        // «числа месяца, следующего за отчётным кварталом»
        None if unit(&is_quarter) => Some(PeriodKind::Quarterly),
        None if unit(&|w| w.starts_with("месяц")) => Some(PeriodKind::Monthly),
        None => None,
    }
}

/// «ежеквартально до 10 числа месяца, следующего за отчётным»: the day of the month after each time by which it is due.
/// Words that do not say which month mean the next one early in a month, and the time's own later on.
pub fn day_after(words: &str) -> Option<u32> {
    let words = words.to_lowercase();
    let before = words
        .split("числа")
        .next()
        .filter(|b| b.len() < words.len())?;
    let last = before
        .trim_end()
        .rsplit(|c: char| !c.is_ascii_digit())
        .next()?;
    let day: u32 = last.parse().ok().filter(|day| (1..=31).contains(day))?;
    (day <= 15 || words.contains("следующ")).then_some(day)
}

/// What is counted from an event that the words do not date: «в 10-дневный срок», «в течение трёх рабочих дней со дня
/// подписания», «за 5 дней до начала», «не позднее следующего рабочего дня», «незамедлительно».
fn duration(tokens: &[Token]) -> bool {
    let has = |test: &dyn Fn(&str) -> bool| {
        tokens
            .iter()
            .any(|t| matches!(&t.kind, Kind::Word(w) if test(w)))
    };
    let (first, second) = (text(tokens, 0), text(tokens, 1));
    if matches!(
        first,
        "незамедлительно" | "немедленно" | "безотлагательно" | "накануне"
    ) {
        return true;
    }
    let long = |w: &str| {
        let ends = ["дневн", "недельн", "месячн", "суточн", "часов"];
        ends.iter().any(|stem| w.contains(stem))
    };
    if has(&|w| w.starts_with("срок")) && has(&long) {
        return true;
    }
    let often = (0..tokens.len()).any(|i| tokens.get(i..).is_some_and(|t| recurrence(t).is_some()))
        && counted_span(tokens, 0).is_none_or(|end| end == 0);
    if often || has(&|w| month(w).is_some() || matches!(w, "раз" | "раза" | "числа")) {
        return false;
    }
    if first == "сразу" || (first == "в" && second == "день" && !text(tokens, 2).is_empty())
    {
        return true;
    }
    // «не позднее следующего рабочего дня», «на следующий день после выезда»
    let next = tokens
        .iter()
        .position(|t| matches!(&t.kind, Kind::Word(w) if w.starts_with("следующ")));
    if next.is_some_and(|i| counted_span(tokens, i + 1).is_some()) {
        return true;
    }
    // «за месяц до начала», «в течение квартала», but not «в течение I квартала»
    let whole = match first {
        "за" | "через" | "спустя" => second == "месяц",
        "в" if matches!(second, "течение" | "течении") => {
            text(tokens, 2) == "квартала"
        }
        _ => false,
    };
    if whole {
        return true;
    }
    (0..tokens.len()).any(|i| {
        let opens = match text(tokens, i) {
            "течение" | "течении" | "за" | "через" | "спустя" | "истечении" | "до" => {
                true
            }
            "позднее" | "позже" | "более" | "свыше" | "ранее" => {
                i > 0 && text(tokens, i - 1) == "не"
            }
            _ => false,
        };
        opens && counted_span(tokens, i + 1).is_some()
    }) || counted_span(tokens, 0).is_some_and(|end| {
        // «5 дней со дня поступления»; how long alone says nothing of when
        end > 1 && matches!(text(tokens, end), "с" | "со" | "после" | "до" | "от")
    })
}

/// Where a length of time that begins at a token ends: «10 рабочих дней», «двух недель», «раб. дн.».
fn counted_span(tokens: &[Token], from: usize) -> Option<usize> {
    const LENGTHS: [&str; 19] = [
        "дня",
        "дней",
        "день",
        "дн",
        "суток",
        "сутки",
        "часа",
        "часов",
        "час",
        "недели",
        "недель",
        "неделю",
        "месяца",
        "месяцев",
        "месяц",
        "минут",
        "минуты",
        "полугода",
        "года",
    ];
    const BETWEEN: [&str; 29] = [
        "рабоч",
        "раб",
        "календарн",
        "учебн",
        "банковск",
        "полн",
        "ближайш",
        "последующ",
        "перв",
        "чем",
        "через",
        "за",
        "х",
        "ти",
        "и",
        "одн",
        "дв",
        "тр",
        "четыр",
        "пят",
        "шест",
        "сем",
        "восьм",
        "девят",
        "десят",
        "одиннадцат",
        "пятнадцат",
        "двадцат",
        "тридцат",
    ];
    for at in from..tokens.len().min(from + 7) {
        match &tokens.get(at)?.kind {
            Kind::Word(w) if w == "года" || w == "месяц" => {
                // «в течение учебного года» is no length.
                let named = ["учебн", "календарн"];
                let before = at.checked_sub(1).map_or("", |i| text(tokens, i));
                let is_length = at > from && !named.iter().any(|stem| before.starts_with(stem));
                return is_length.then_some(at + 1);
            }
            // «раб. дн.»: the dot belongs to the word.
            Kind::Word(w) if LENGTHS.contains(&w.as_str()) => {
                let dotted = tokens.get(at + 1).is_some_and(|t| t.kind == Kind::Dot);
                return Some(at + 1 + usize::from(dotted));
            }
            Kind::Num(n, _) if *n < 1000 => {}
            Kind::Dash | Kind::Dot | Kind::Comma => {}
            Kind::Word(w) if BETWEEN.iter().any(|stem| w.starts_with(stem)) => {}
            _ => return None,
        }
    }
    None
}
