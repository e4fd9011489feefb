//! The kind of a school, as far as a row of a schedule tells it: «вечерняя», «11 класс».
//!
//! Takes the words of a row, and what the registry says of each municipality; gives the kinds, and how many schools
//! there fit one. A count that nobody gave is none, so that a row whose kind is not counted hides its place. The stage
//! («в начальной школе», «учителя начальных классов») is no kind: every school has it.

use std::collections::BTreeMap;

use crate::guard::area::words;
use crate::guard::spelling::spelling;

/// How a kind is told. The first word is what the registry calls it; `~`: any word that so begins.
struct Told {
    kind: &'static str,
    /// Rows of words that stand together.
    by: &'static [&'static [&'static str]],
}

const TOLD: &[Told] = &[
    Told {
        kind: "вечерняя",
        by: &[
            &["вечерн~", "школ~"],
            &["сменн~", "школ~"],
            &["вечерн~", "сменн~"],
            &["всош"],
        ],
    },
    Told {
        kind: "начальная",
        by: &[
            &["начальная", "школа"],
            &["начальную", "школу"],
            &["школ~", "начальн~"],
            &["начальн~", "школ~", "детск~"],
            &["нош"],
        ],
    },
    Told {
        kind: "основная",
        by: &[
            &["основная", "школа"],
            &["основную", "школу"],
            &["основной", "школой"],
            &["оош"],
            &["девятилетк~"],
        ],
    },
    Told {
        kind: "11 класс",
        by: &[
            &["11", "класс~"],
            &["10", "класс~"],
            &["10-11", "класс~"],
            &["11-х", "класс~"],
            &["11-й", "класс~"],
            &["11-м", "класс~"],
            &["11-е", "класс~"],
            &["10-х", "класс~"],
            &["10", "11", "класс~"],
            &["сош"],
            &["средняя", "школа"],
            &["одиннадцатиклассник~"],
            &["одиннадцатилетк~"],
        ],
    },
    Told {
        kind: "малокомплектная",
        by: &[
            &["малокомплектн~"],
            &["класс-комплект~"],
            &["малочисленн~", "школ~"],
        ],
    },
    Told {
        kind: "интернат",
        by: &[
            &["интернат~"],
            &["школа-интернат"],
            &["школы-интерната"],
            &["школе-интернате"],
            &["школу-интернат"],
        ],
    },
    Told {
        kind: "гимназия",
        by: &[&["гимнази~"]],
    },
    Told {
        kind: "лицей",
        by: &[&["лицей"], &["лицея"], &["лицею"], &["лицеем"], &["лицее"]],
    },
    Told {
        kind: "кадетская",
        by: &[&["кадет~"]],
    },
    Told {
        kind: "коррекционная",
        by: &[&["коррекционн~", "школ~"], &["адаптированн~", "школ~"]],
    },
    Told {
        kind: "национальная",
        by: &[
            &["национальн~", "школ~"],
            &["национальн~", "гимнази~"],
            &["башкирск~", "школ~"],
            &["башкирск~", "гимнази~"],
            &["татарск~", "школ~"],
            &["татарск~", "гимнази~"],
            &["чувашск~", "школ~"],
            &["якутск~", "школ~"],
        ],
    },
];

/// What the registry may call kinds.
pub(super) fn known() -> impl Iterator<Item = &'static str> {
    TOLD.iter().map(|t| t.kind)
}

/// The kinds that a text tells.
pub(super) fn told(text: &str) -> Vec<&'static str> {
    // «Начальная школа: смысловое чтение» is a subject, not where somebody goes.
    let folded = spelling(text);
    let words = words(folded.strip_prefix("начальная школа:").unwrap_or(&folded));
    let fits = |word: &String, of: &&str| match of.strip_suffix('~') {
        Some(stem) => word.starts_with(stem),
        None => word == of,
    };
    let stands = |row: &&[&str]| {
        words.windows(row.len()).any(|window| {
            window
                .iter()
                .zip(row.iter())
                .all(|(word, of)| fits(word, of))
        })
    };
    let kinds = TOLD.iter().filter(|t| t.by.iter().any(&stands));
    kinds.map(|t| t.kind).collect()
}

/// Schools by kind in each municipality: those that could be meant, and those that rows tell of.
#[derive(Debug, Default)]
pub(super) struct Kinds {
    pub counts: BTreeMap<(usize, &'static str), u32>,
    pub shown: BTreeMap<(usize, &'static str), u32>,
}

impl Kinds {
    /// How many schools of the kind a row could mean, though all others were solved; and whether all counts are known.
    pub(super) fn capacity(
        &self,
        kind: &'static str,
        areas: impl IntoIterator<Item = usize>,
    ) -> (i64, bool) {
        let (mut candidates, mut shown, mut known) = (0, 0, true);
        for area in areas {
            let count = self.counts.get(&(area, kind));
            known &= count.is_some();
            candidates += i64::from(count.copied().unwrap_or(0));
            shown += i64::from(self.shown.get(&(area, kind)).copied().unwrap_or(0));
        }
        (candidates - (shown - 1).max(0), known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A kind, what tells it, and what does not.
    const EXAMPLES: &[[&str; 3]] = &[
        [
            "вечерняя",
            "Разбор уроков в вечерней школе",
            "Вечерний сеанс связи, сменная обувь",
        ],
        [
            "начальная",
            "Консультация: начальная школа — детский сад",
            "Математика в начальной школе",
        ],
        [
            "основная",
            "Выезд в основную школу",
            "Основные вопросы школы",
        ],
        [
            "11 класс",
            "Подготовка к экзамену, 11 класс",
            "Уроки в 9 классе",
        ],
        [
            "малокомплектная",
            "Работа в малокомплектной школе",
            "Комплектование классов",
        ],
        ["интернат", "Посещение школы-интерната", "Уроки в школе"],
        ["гимназия", "Уроки в гимназии", "Гимнастика на уроке"],
        ["лицей", "Занятие для лицея", "Лицевой счёт"],
        ["кадетская", "Кадетская школа: план года", "Кадровый вопрос"],
        [
            "коррекционная",
            "Коррекционная школа: разбор программы",
            "Коррекционная работа учителя",
        ],
        [
            "национальная",
            "Урок в татарской гимназии",
            "Урок татарского языка",
        ],
    ];

    #[test]
    fn each_kind_is_told_by_its_words_alone() {
        for [kind, yes, no] in EXAMPLES {
            assert!(told(yes).contains(kind), "{yes}");
            assert!(!told(no).contains(kind), "{no}");
        }
        assert!(known().eq(EXAMPLES.iter().map(|[kind, ..]| *kind)));
    }
}
