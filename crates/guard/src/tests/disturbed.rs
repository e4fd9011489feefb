//! Every leak of the tables once more, with something beside it that says nothing of the school: a footnote, a number, a
//! quantity, a date, another town, a person, words of an office. It must stay found.

use std::fmt::Write as _;

use super::{ids, leak, part, recognizer, tables};
use crate::mention::Class;
use glasno_passage::Role;

/// What is put before and after the mention.
const BESIDE: &[(&str, &str, &str)] = &[
    ("mark", "", "¹"),
    ("mark", "", "[1]"),
    ("mark", "", "*"),
    ("mark", "", "<1>"),
    ("number", "", " 212"),
    ("number", "", " 12"),
    ("number", "", "\t25"),
    ("number", "", " 25 76 4,5"),
    ("number", "7. ", ""),
    ("number", "3) ", ""),
    ("number", "1 ", " 2 Еловская ООШ 3"),
    ("quantity", "", " 12 учителей"),
    ("quantity", "", " — 24 ученика"),
    ("quantity", "", " (31 чел.)"),
    ("quantity", "", " 30,5 %"),
    ("quantity", "", ": 4 участника"),
    ("quantity", "Всего 14 школ, из них ", ""),
    ("quantity", "охвачено 310 детей: ", ""),
    ("date", "", " 2024-2028"),
    ("date", "", " 2025 год"),
    ("date", "", " 14 марта"),
    ("date", "", ", 14.03.2025"),
    ("date", "12.04.2025 ", ""),
    ("date", "", " (до 15 мая)"),
    ("words", "с педагогическим коллективом ", ""),
    (
        "words",
        "Программа согласована с методическим объединением ",
        "",
    ),
    ("words", "под научным руководством ", ""),
    ("words", "вместе с родительским комитетом ", ""),
    ("words", "по итогам выезда представлен опыт: ", ""),
    (
        "words",
        "слово было предоставлено ",
        " спортивным залом довольна",
    ),
    ("words", "", " летом открыла музыкальный класс"),
    ("town", "Педагоги города Южнограда и ", ""),
    ("town", "Методисты из Южнограда посетили: ", ""),
    ("town", "Делегация выехала из города Южноград в ", ""),
    ("town", "", ", г. Южноград"),
    ("town", "", " и библиотека города Южноград"),
    ("town", "", " съездила в Южноград"),
    ("town", "", " — место проведения: г. Южноград"),
    ("town", "Новотроицк, музей; ", ""),
    ("person", "В. Иванова, ", ""),
    ("person", "О. В. Петрова, ", ""),
    (
        "person",
        "Выступили: А. Сидоров, лицей № 9; К. Белова, ",
        "",
    ),
    ("person", "", ", Н. П. Зимина"),
    ("person", "", " (Зимина Н. П.)"),
    ("institution", "Библиотека и ", ""),
    ("institution", "Дом культуры, ", ""),
    ("institution", "", ", музей"),
    ("institution", "", " и детский сад"),
    ("institution", "Музыкальная школа № 9, ", ""),
    ("unseen", "", "\u{200b}"),
    ("unseen", "\u{2066}", "\u{2069}"),
    ("unseen", "\u{feff}", ""),
];

/// What stands in a school's own phrase and says which it is.
fn told(class: Class) -> bool {
    matches!(
        class,
        Class::Name | Class::Number | Class::Namesake | Class::Settlement
    )
}

#[test]
fn what_stands_beside_a_name_hides_it_not() {
    let r = recognizer();
    let leaks: Vec<(&str, String)> = leak::LEAKS
        .iter()
        .flat_map(|(id, texts)| texts.iter().map(move |t| (*id, (*t).to_owned())))
        .chain(tables::rows(tables::LEAK))
        .collect();
    let mut table: Vec<(&str, usize, usize)> = Vec::new();
    let mut lines = String::new();
    for (sort, before, after) in BESIDE {
        for (id, text) in &leaks {
            let found = r.scan_text(text);
            let mine = found
                .iter()
                .find(|m| told(m.class) && m.schools.iter().any(|s| s.as_str() == *id));
            let Some(m) = mine.filter(|m| m.whole.is_none()) else {
                continue;
            };
            let (head, rest) = text.split_at(m.span.start);
            let (name, tail) = rest.split_at(m.span.end - m.span.start);
            if !before.is_empty() && !head.trim().is_empty()
                || !after.is_empty() && !tail.trim().is_empty()
            {
                continue;
            }
            let changed = format!("{head}{before}{name}{after}{tail}");
            let hit = ids(&r.scan_text(&changed)).iter().any(|f| f == id);
            match table.iter_mut().find(|(s, _, _)| s == sort) {
                Some(row) => (row.1, row.2) = (row.1 + 1, row.2 + usize::from(hit)),
                None => table.push((sort, 1, usize::from(hit))),
            }
            if !hit {
                let _ = writeln!(lines, "{sort} {id}: {changed}");
            }
        }
    }
    let (all, held) = table.iter().fold((0, 0), |t, r| (t.0 + r.1, t.1 + r.2));
    println!("{lines}{table:?} {held} of {all}");
    assert!(held * 1000 >= all * 990, "{lines}{table:?} {held} of {all}");
    let _ = part(Role::Text, "");
}
