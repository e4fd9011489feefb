//! What may not stand beside a place that schedules do not print, as a table.
//!
//! Each rule has an id, which is the finding's code, what must be read near the place or around it, and texts in which
//! it holds and in which none does: these are its tests.

use super::patterns::Signal;
use crate::diag::Entry;
use crate::diag::catalog::indirect as say;

/// Where something must be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Need {
    /// A few words from the place.
    Beside(Signal),
    /// In the sentence or the row of the place.
    Near(Signal),
    /// A few sentences off, in the heading, the title or the table's head too.
    Around(Signal),
    /// A day on which a row of that municipality takes place, in the sentence or the row.
    Day,
    /// The text itself is of such a day.
    Today,
}

/// One rule; any of `when` suffices, and of each all that it names.
pub struct Rule {
    pub entry: &'static Entry,
    pub(super) when: &'static [&'static [Need]],
    /// Texts of a section in which Кедровый район is not printed and has a visit on 14 October 2024.
    pub yes: &'static [&'static str],
}

use Need::{Around, Beside, Day, Near, Today};
use Signal::{
    All, Few, Help, Journey, Lesson, Method, Only, Participant, Project, Road, School, Support,
    Teaching, Travel, We,
};

pub(super) static RULES: &[Rule] = &[
    Rule {
        entry: &say::ONLY,
        when: &[
            &[Around(Only)],
            &[Near(Few), Around(Help)],
            &[Near(Few), Near(Project)],
        ],
        yes: &[
            "В Кедровом районе это единственная школа с бассейном.",
            "Одна из двух школ района начинает путь. Кедровый район ждёт.",
            "Кедровый район: 2 из 2",
            "В Кедровом районе помощь получат две школы.",
        ],
    },
    Rule {
        entry: &say::PARTICIPANT,
        when: &[&[Around(Participant)]],
        yes: &[
            "Директор школы-участницы, Кедровый район",
            "Кедровый р-н: школа с низкими образовательными результатами",
            "Учителя из кедровской глубинки: их школа второй год в проекте 500+.",
        ],
    },
    Rule {
        entry: &say::EVERY,
        when: &[&[Near(All), Around(Help)], &[Near(All), Near(Project)]],
        yes: &["Все школы Кедрового района сопровождает методист."],
    },
    Rule {
        entry: &say::DAY,
        when: &[
            &[Day],
            &[Today, Around(School)],
            &[Today, Around(Teaching)],
            &[Today, Around(Help)],
            &[Today, Around(Travel)],
            &[Today, Around(Road)],
            &[Today, Around(Journey)],
            &[Today, Around(We)],
        ],
        yes: &[
            "14 октября, Кедровый район",
            "14.10.2024 встречались в Кедровом районе",
        ],
    },
    Rule {
        entry: &say::VISIT,
        when: &[
            &[Near(Journey)],
            &[Near(Travel), Around(Help)],
            &[Near(Travel), Near(Project)],
            &[Near(Road), Around(Help)],
            &[Near(Road), Around(School)],
            &[Near(Road), Around(Teaching)],
            &[Near(Road), Near(Project)],
            &[Near(Travel), Around(School), Around(We)],
            &[Near(Travel), Around(Teaching), Around(We)],
            &[Near(Travel), Near(Lesson)],
            &[Near(Method), Near(Lesson)],
        ],
        yes: &[
            "выезд, Кедровый район, акт подписан",
            "Дорога до Кедрового района заняла два часа. Методисты довольны.",
            "Методисты посмотрели уроки в Кедровом районе.",
            "Наша команда побывала в Кедровом районе на уроках.",
        ],
    },
    Rule {
        entry: &say::SCHOOL,
        when: &[
            &[Beside(School)],
            &[Near(School), Around(Help)],
            &[Near(School), Around(Journey)],
            &[Near(Support)],
        ],
        yes: &[
            "Кедровый район: гимназия подтянула математику. Сопровождаем её второй год.",
            "Директор, Кедровый район",
            "Кураторы Кедрового района сдали отчёты.",
        ],
    },
];

/// Texts in which no rule may hold.
#[cfg(test)]
pub(super) const NO: &[&str] = &[
    "Кедровый район отметил юбилей.",
    "Кедровый район: на дороге к райцентру завершён ремонт.",
    "Глава Кедрового района вручил медали четырём семьям.",
    "Институт развития образования провёл в Кедровом районе семинар для партнёров.",
    "Все школы Кедрового района, как и всего края, пишут ВПР по единому графику.",
    "Директор одной из школ-участниц рассказала о педсовете.",
    "Занятия отменяются в Кедровом и Луговом районах с 1-го по 4-й класс.",
    "Ученица из Кедрового района — участница конкурса чтецов.",
    "В Кедровом районе открылась спортивная школа.",
    "На форуме работали стенды всех муниципалитетов: Кедрового района, Лугового района.",
    "МАОУ «Рябиновая СОШ» Кедрового района проводит мастер-классы для методистов.",
    "Семинар для школ-участниц области прошёл в Кедровом районе.",
    "Учителя Кедрового района получили награды.",
    "Методисты провели семинар для учителей Кедрового района.",
    "В Кедровом районе строят школу на 300 мест.",
    "Выпускники школ Кедрового района сдали экзамены.",
    "Глава посетил новую школу в Кедровом районе.",
];
