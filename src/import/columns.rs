//! What a column of a table holds: takes its printed head and its cells, gives a role. Heads are told by their words
//! first; a column without a telling head by what most of its cells look like. Must not look at other columns, except
//! to give a role that only one column can have to the one that fits best.

use super::words::{day, fold, is_number_cell, person, years};
use crate::period;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    No,
    Measure,
    Period,
    /// Where a period begins and ends, in columns of their own.
    Start,
    Finish,
    /// A column for a part of the year, in which a mark says that the measure falls into it.
    Part(Part),
    Responsible,
    Indicator,
    Result,
    /// What was done, why, anything beside the plan.
    Remark,
    Stage,
    Time,
    Place,
    Audience,
    Theme,
    Form,
    Speaker,
    School,
    /// The name as in the charter, beside a shorter one.
    FullName,
    Municipality,
    /// A village or town.
    Settlement,
    Person,
    Post,
    Duty,
    Phone,
    Email,
    Site,
    Address,
    Inn,
    Ogrn,
    Unit,
    Formula,
    Source,
    Frequency,
    Target,
    Base,
    Group,
    /// A value for a year, or for the first of two: base, plan, fact.
    Value(i32),
    /// A head that says nothing known.
    Other,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Quarter(u8),
    Month(u8),
    Half(u8),
    Year(i32),
}

/// Words of heads in the order in which they decide: what stands first wins, for «срок реализации мероприятия» is a
/// period and «ответственный за мероприятие» a body.
const WORDS: &[(Role, &str)] = &[
    (
        Role::Start,
        "дата начала|срок начала|начало реализации|плановое начало|начало|нач.",
    ),
    (
        Role::Finish,
        "дата окончания|срок окончания|окончание|завершение|дата завершения|плановое окончание|конец",
    ),
    (
        Role::FullName,
        "полное наименование|полное название|наименование по уставу",
    ),
    (
        Role::Settlement,
        "населенный пункт|населенного пункта|нас. пункт|нп",
    ),
    (Role::Inn, "инн"),
    (Role::Ogrn, "огрн"),
    (
        Role::Phone,
        "телефон|контактный тел|тел.|контактные данные|контакты",
    ),
    (
        Role::Email,
        "эл. почта|электронная почта|электронный адрес|электронной почты|e-mail|email|эл. адрес|почта",
    ),
    (Role::Site, "официальный сайт|адрес сайта|сайт"),
    (
        Role::Remark,
        "отметка о|отметка об|примечание|примечания|отметки|дата исполнения факт|фактическ",
    ),
    (Role::Frequency, "периодичность"),
    (Role::Time, "время|часы|время проведения"),
    (
        Role::Responsible,
        "ответственн|отв.|исполнител|соисполнител|кто проводит|кто отвечает|организатор|кому|кто",
    ),
    (
        Role::Period,
        "срок|дата|даты|период|время проведения|когда|месяц|дни проведения|число",
    ),
    (
        Role::Formula,
        "формула|расчет|методика расчета|порядок расчета|методы сбора",
    ),
    (Role::Source, "источник"),
    (Role::Unit, "ед. изм|ед.изм|единица изм|единицы изм|единица"),
    (
        Role::Base,
        "базовое значение|базовый показатель|исходное значение|базовый уровень",
    ),
    (
        Role::Target,
        "целевое значение|целевой показатель|плановое значение|значение индикатора|пороговое",
    ),
    (
        Role::Result,
        "результат|ожидаем|итог|продукт|выход|эффект|отчетный документ|отчетные материалы|форма отчет|форма представления|подтвержда",
    ),
    (
        Role::Indicator,
        "показател|индикатор|критери|наличие документа|вид документа|документ|контрольн",
    ),
    (
        Role::Place,
        "место проведения|место|площадка|где проводится",
    ),
    (
        Role::Audience,
        "категори|целевая аудитория|участник|контингент|для кого|аудитория|классы|класс",
    ),
    (
        Role::Speaker,
        "выступающ|докладчик|спикер|ведущ|модератор|лектор|преподавател",
    ),
    (Role::Post, "должност"),
    (Role::Duty, "роль|статус в|функции|обязанност|полномочия"),
    (
        Role::Person,
        "фио|ф.и.о|ф. и. о|фамилия|куратор|методист|специалист|тьютор|консультант|эксперт|состав|член",
    ),
    (
        Role::School,
        "краткое наименование|сокращенное наименование|краткое название|образовательной организации|образовательная организация|образовательного учреждения|образовательное учреждение|общеобразовательн|наименование оо|наименование школы|наименование оу|школа|школы|оо|оу|учреждение|наименование организации|организация",
    ),
    (
        Role::Municipality,
        "муниципал|район|территория|мо|мсу|городской округ|округ",
    ),
    (Role::Address, "адрес"),
    (Role::Stage, "этап|раздел|направление|блок|модуль"),
    (Role::Theme, "тема|тематика|вопрос|предмет|темы|повестка"),
    (Role::Form, "форма|формат|вид мероприятия|вид работы"),
    (
        Role::Measure,
        "мероприят|что сделать|что делать|поручени|содержание|меры|мера|действи|виды деятельности|вид деятельности|виды работ|работы|задачи|задача|шаги|наименование|дела, события|перечень|направления деятельности|направления работы",
    ),
    (Role::Group, "группа показателей"),
];

/// The role that the words of a head tell.
pub(super) fn by_head(head: &str) -> Option<Role> {
    // Where somebody works is no place where something is done.
    let folded = fold(head).replace("место работы", "должность");
    let head = folded.as_str();
    let letters: String = head.chars().filter(|c| c.is_alphanumeric()).collect();
    if head.is_empty() {
        return None;
    }
    if head.starts_with('№') && !head.contains(|c: char| c.is_ascii_digit())
        || matches!(
            letters.as_str(),
            "пп" | "nпп"
                | "noпп"
                | "no"
                | "n"
                | "номер"
                | "noпункта"
                | "nоп"
                | "noп"
                | "nп"
                | "п"
                | "номерпп"
        )
    {
        return Some(Role::No);
    }
    if let Some(part) = part(head) {
        return Some(Role::Part(part));
    }
    // «Дата, время»: a day that may have an hour.
    if head.contains("дата") && head.contains("время") {
        return Some(Role::Period);
    }
    if head.starts_with("группа показателей") || head.starts_with("группы показателей")
    {
        return Some(Role::Group);
    }
    if let Some(year) = value_year(head) {
        return Some(Role::Value(year));
    }
    // A word that stands alone, or that begins the head, tells more than one further on.
    let found = |words: &str| {
        words.split('|').any(|word| {
            head.match_indices(word).any(|(at, _)| {
                let before = head.get(..at).and_then(|b| b.chars().next_back());
                let after = head.get(at + word.len()..).and_then(|a| a.chars().next());
                let begins = before.is_none_or(|c| !c.is_alphanumeric());
                // Short words must end where they end; stems go on.
                let whole = word.chars().count() > 3 || after.is_none_or(|c| !c.is_alphanumeric());
                begins && whole
            })
        })
    };
    if [
        "направление деятельности",
        "направления деятельности",
        "направления работы",
        "наименование мероприятия",
        "мероприятие",
        "мероприятия",
    ]
    .contains(&head)
    {
        return Some(Role::Measure);
    }
    // «Ф.И.О., должность, телефон»: the name stands first in its cells, unless they say who does something.
    let called = ["фио", "ф.и.о", "ф. и. о", "фамилия"];
    if called.iter().any(|w| head.starts_with(w))
        && ![
            "ответствен",
            "исполнит",
            "выступа",
            "доклад",
            "спикер",
            "лектор",
            "преподав",
        ]
        .iter()
        .any(|w| head.contains(w))
    {
        return Some(Role::Person);
    }
    if head.starts_with("показател") || head.starts_with("индикатор") {
        return Some(Role::Indicator);
    }
    WORDS
        .iter()
        .find(|(_, words)| found(words))
        .map(|(role, _)| *role)
}

/// A head that is a part of the year and nothing else: «I кв.», «сентябрь», «2025 год».
fn part(head: &str) -> Option<Part> {
    let bare = head.trim_matches(['.', ' ']);
    if let Some(month) = super::words::month_number(bare) {
        return u8::try_from(month).ok().map(Part::Month);
    }
    let (first, rest) = bare.split_once(' ').unwrap_or((bare, ""));
    let number = first
        .trim_end_matches(['.', '-', 'й'])
        .parse::<u8>()
        .ok()
        .or_else(|| {
            super::words::roman(&first.to_uppercase()).and_then(|n| u8::try_from(n).ok())
        })?;
    if rest.starts_with("кв") && (1..=4).contains(&number) {
        return Some(Part::Quarter(number));
    }
    if rest.starts_with("полугод") && (1..=2).contains(&number) {
        return Some(Part::Half(number));
    }
    None
}

/// A part of the year below a head that says which sort it is: «I» under «Сроки (квартал)», «9» under «Месяц».
pub(super) fn part_under(upper: &str, lower: &str) -> Option<Part> {
    let folded = fold(upper);
    let bare = fold(lower);
    let bare = bare.trim_matches(['.', ' ']);
    let number = bare
        .parse::<u8>()
        .ok()
        .or_else(|| super::words::roman(&bare.to_uppercase()).and_then(|n| u8::try_from(n).ok()))?;
    [
        ("квартал", 4, Part::Quarter as fn(u8) -> Part),
        ("кв.", 4, Part::Quarter),
        ("полугод", 2, Part::Half),
        ("месяц", 12, Part::Month),
    ]
    .into_iter()
    .find(|(word, most, _)| folded.contains(word) && (1..=*most).contains(&number))
    .map(|(_, _, part)| part(number))
}

/// «2024 год», «2024 (факт)», «2023/2024»: a column of values.
fn value_year(head: &str) -> Option<i32> {
    // «18.12.2025» is what a column holds.
    if day(head).is_some() {
        return None;
    }
    let found = years(head);
    let year = *found.first()?;
    let words: String = head.chars().filter(|c| c.is_alphabetic()).collect();
    let plain = [
        "",
        "г",
        "год",
        "гг",
        "учебныйгод",
        "учгод",
        "план",
        "факт",
        "годплан",
        "годфакт",
        "планг",
        "базовоезначение",
        "значение",
        "базовыйгод",
        "фактгод",
        "плангод",
        "года",
        "отчет",
        "годотчет",
        "прогноз",
        "годпрогноз",
        "база",
        "годбаза",
        "базовое",
        "базовый",
        "целевое",
        "цель",
        "целевоезначение",
        "плановое",
        "плановоезначение",
        "фактическое",
        "фактическоезначение",
    ];
    plain.contains(&words.as_str()).then_some(year)
}

/// The first rows of a table are its head when their cells say what columns hold.
pub(super) fn head_score(cells: &[&str]) -> u32 {
    let mut score = 0;
    let mut seen: Vec<Role> = Vec::new();
    for cell in cells.iter().filter(|c| !c.trim().is_empty()) {
        let length = cell.chars().count();
        if length > 160 || is_number_cell(cell) {
            continue;
        }
        if let Some(role) = by_head(cell)
            && !seen.contains(&role)
        {
            seen.push(role);
            // «Срок» says more than a sentence in which the word stands.
            score += if length <= 60 { 2 } else { 1 };
        }
    }
    score
}

/// The share of the filled cells, in hundredths, for which `is` holds.
fn share(cells: &[&str], is: impl Fn(&str) -> bool) -> usize {
    let filled: Vec<&&str> = cells.iter().filter(|c| !c.trim().is_empty()).collect();
    if filled.is_empty() {
        return 0;
    }
    filled.iter().filter(|c| is(c)).count() * 100 / filled.len()
}

/// Whether the words of a cell are a period, whatever its year.
pub(super) fn is_period(text: &str) -> bool {
    let text = super::words::one_line(text);
    if text.is_empty() || text.chars().count() > 120 || is_number_cell(&text) {
        return false;
    }
    let plan = chrono::NaiveDate::from_ymd_opt(2024, 1, 1)
        .zip(chrono::NaiveDate::from_ymd_opt(2026, 12, 31))
        .map(|(from, to)| period::Plan { from, to });
    period::parse(&text, plan.as_ref()).is_ok()
}

/// Whether a cell names who acts rather than what is done.
pub(super) fn is_body(text: &str) -> bool {
    const WORDS: [&str; 44] = [
        "управлен",
        "департамент",
        "министерств",
        "комитет",
        "отдел",
        "администрац",
        "центр",
        "институт",
        "мку",
        "мбу",
        "мау",
        "гау",
        "гбу",
        "мбоу",
        "маоу",
        "мкоу",
        "руководител",
        "директор",
        "заместител",
        "методист",
        "куратор",
        "оператор",
        "школ",
        "мо",
        "оо",
        "моуо",
        "муо",
        "роо",
        "оу",
        "специалист",
        "педагог",
        "учител",
        "рабочая группа",
        "рмо",
        "гмо",
        "ммо",
        "служб",
        "организац",
        "координатор",
        "наставник",
        "тьютор",
        "начальник",
        "завуч",
        "зам",
    ];
    let folded = fold(text);
    if folded.chars().count() > 300 {
        return false;
    }
    let abbreviation = text.split_whitespace().all(|w| {
        w.chars()
            .filter(|c| c.is_alphabetic())
            .all(char::is_uppercase)
    }) && text.chars().any(char::is_alphabetic);
    abbreviation
        || person(text).is_some()
        || WORDS.iter().any(|w| {
            folded
                .split([' ', ',', '(', '-'])
                .any(|word| word == *w || w.chars().count() > 3 && word.starts_with(w))
        })
}

/// Whether a cell names a school or another educational organisation.
pub(super) fn is_school(text: &str) -> bool {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .collect();
    let kinds = [
        "сош",
        "оош",
        "нош",
        "цо",
        "сошк",
        "мбоу",
        "маоу",
        "мкоу",
        "моу",
        "гбоу",
        "гкоу",
        "гимназия",
        "лицей",
        "школа",
        "школы",
        "мсош",
        "мбсоу",
        "чоу",
        "нош-дс",
        "осош",
        "муоо",
        "кадетский",
        "школа-интернат",
    ];
    // «Руководителям общеобразовательных организаций» names none of them.
    let many = ["ых", "ые", "ым", "ыми"];
    words.iter().any(|w| {
        kinds.contains(w)
            || w.contains("общеобразовательн") && !many.iter().any(|end| w.ends_with(end))
    }) || folded.contains("центр образования")
}

/// The role that most cells of a column tell; `cells` without its head.
pub(super) fn by_cells(cells: &[&str]) -> Option<Role> {
    let filled = cells.iter().filter(|c| !c.trim().is_empty()).count();
    if filled == 0 {
        return None;
    }
    let length = cells.iter().map(|c| c.chars().count()).sum::<usize>() / filled;
    if share(cells, is_number_cell) >= 60 {
        return Some(Role::No);
    }
    if share(cells, is_time) >= 60 {
        return Some(Role::Time);
    }
    if share(cells, is_period) >= 60
        || share(cells, |c| day(c).is_some() && c.chars().count() < 40) >= 60
    {
        return Some(Role::Period);
    }
    if share(cells, |c| person(c).is_some()) >= 60 {
        return Some(Role::Person);
    }
    if share(cells, |c| c.contains('@')) >= 60 {
        return Some(Role::Email);
    }
    if share(cells, is_phone) >= 60 {
        return Some(Role::Phone);
    }
    if length < 140
        && share(cells, |c| {
            is_school(c) && c.chars().count() < 200 && !is_period(c)
        }) >= 70
    {
        return Some(Role::School);
    }
    if share(cells, |c| {
        let folded = fold(c);
        folded.chars().count() < 60
            && ["район", "город ", "г. ", "округ", "г.о."]
                .iter()
                .any(|w| folded.contains(w) || folded.starts_with(w))
    }) >= 60
    {
        return Some(Role::Municipality);
    }
    if length < 160 && share(cells, is_body) >= 70 {
        return Some(Role::Responsible);
    }
    None
}

/// «10.00», «10:00 – 11:30», «09-30»
pub(super) fn is_time(text: &str) -> bool {
    let bare: String = fold(text).chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare
        .trim_end_matches("час.")
        .trim_end_matches("ч.")
        .trim_start_matches("с");
    let mut parts = bare
        .split("до")
        .flat_map(|p| p.split('-'))
        .filter(|p| !p.is_empty());
    let one = |p: &str| {
        let digits: Vec<&str> = p.split([':', '.']).filter(|d| !d.is_empty()).collect();
        match digits.as_slice() {
            [h, m] => {
                h.parse::<u8>().is_ok_and(|h| h < 25)
                    && m.len() == 2
                    && m.parse::<u8>().is_ok_and(|m| m < 60)
            }
            _ => false,
        }
    };
    let count = parts.clone().count();
    // «09-30» is one time whose sign is a dash.
    (1..=2).contains(&count) && parts.all(one)
        || bare.split('-').map(str::len).eq([2, 2])
            && bare
                .split('-')
                .all(|p| p.parse::<u8>().is_ok_and(|n| n < 60))
}

/// Digits, and what stands between those of a phone.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (5..=24).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-()–,;.доб".contains(c))
        && day(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_many_offices() {
        for (head, role) in [
            ("№ п/п", Role::No),
            ("Nº ⊓/⊓", Role::No),
            ("Мероприятие", Role::Measure),
            ("Наименование мероприятия", Role::Measure),
            (
                "Содержание деятельности и примерный план мероприятий",
                Role::Measure,
            ),
            ("Сроки реализации мероприятия", Role::Period),
            ("Дата проведения", Role::Period),
            (
                "Ответственный исполнитель/ соисполнители",
                Role::Responsible,
            ),
            ("Исполнители", Role::Responsible),
            ("Наличие документа / показатель", Role::Indicator),
            ("Показатель реализации", Role::Indicator),
            ("Ожидаемые результаты", Role::Result),
            ("Плановое начало", Role::Start),
            ("Плановое окончание", Role::Finish),
            ("Отметка о выполнении", Role::Remark),
            ("III кв.", Role::Part(Part::Quarter(3))),
            ("сентябрь", Role::Part(Part::Month(9))),
            ("Муниципальный район", Role::Municipality),
            ("Наименование образовательной организации", Role::School),
            ("ФИО руководителя", Role::Person),
            ("2024 год", Role::Value(2024)),
            ("Группа показателей", Role::Group),
        ] {
            assert_eq!(by_head(head), Some(role), "{head}");
        }
        assert_eq!(by_head("Разное"), None);
    }

    #[test]
    fn cells_tell_what_a_head_does_not() {
        assert_eq!(by_cells(&["1.1", "1.2", ""]), Some(Role::No));
        assert_eq!(
            by_cells(&["Январь 2025", "в течение года", "до 15.05.2025"]),
            Some(Role::Period)
        );
        assert_eq!(
            by_cells(&["Управление образования", "МКУ «Центр»"]),
            Some(Role::Responsible)
        );
        assert_eq!(by_cells(&["10.00-10.30", "11:00"]), Some(Role::Time));
    }
}
