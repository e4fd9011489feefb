//! The table's own examples, and how far a place reaches.

use chrono::NaiveDate;

use super::rules::{NO, RULES};
use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 10, day).expect("a day")
}

fn watch() -> Watch {
    let section = Section {
        words: "Яблонская область".into(),
        alone: None,
    };
    let visit = Hidden {
        days: vec![(day(14), day(14))],
        group: None,
    };
    let village = ["пихтов".to_owned()];
    Watch::new(Known {
        areas: vec![
            (0, "Кедровый район"),
            (1, "Луговой район"),
            (2, "город Ключевой"),
        ],
        villages: vec![(0, &village)],
        hidden: BTreeMap::from([(0, visit)]),
        sections: BTreeMap::from([("kray".into(), section)]),
        public: vec![("МАОУ «Рябиновая СОШ»", Some(0))],
        others: BTreeSet::from([1, 2]),
    })
}

fn told_of(pieces: &[Piece<'_>], days: &[NaiveDate]) -> Vec<&'static str> {
    let whose = Whose {
        section: "kray",
        days,
        story: true,
    };
    let told = watch().judge(whose, pieces);
    told.into_iter().map(|t| t.rule.entry.code).collect()
}

fn told(text: &str) -> Vec<&'static str> {
    let pieces = [Piece {
        text,
        role: Role::Text,
        record: 0,
    }];
    told_of(&pieces, &[])
}

#[test]
fn each_rule_finds_its_examples() {
    for rule in RULES {
        for text in rule.yes {
            assert_eq!(told(text).first(), Some(&rule.entry.code), "{text}");
        }
    }
}

#[test]
fn innocent_texts_are_not_touched() {
    for text in NO {
        assert_eq!(told(text), Vec::<&str>::new(), "{text}");
    }
}

#[test]
fn the_day_of_the_text_itself_counts() {
    let pieces = |text| {
        [Piece {
            text,
            role: Role::Title,
            record: 0,
        }]
    };
    let road = pieces("Дорога до Кедрового района");
    assert_eq!(told_of(&road, &[day(14)]), ["disclosure.place-day"]);
    assert_eq!(told_of(&road, &[day(15)]), ["disclosure.place-day"]);
    assert!(told_of(&road, &[day(20)]).is_empty());
    assert!(told_of(&pieces("Кедровый район отметил юбилей"), &[day(14)]).is_empty());
}

#[test]
fn records_say_nothing_of_each_other_and_rows_have_a_head() {
    let text = |text, record| Piece {
        text,
        role: Role::Text,
        record,
    };
    let apart = [text("Школы-участницы", 1), text("Кедровый район", 2)];
    assert!(told_of(&apart, &[]).is_empty());
    let cell = |text, row, column| Piece {
        text,
        role: Role::Cell {
            table: 0,
            row,
            column,
            head: false,
        },
        record: 0,
    };
    let table = [
        cell("Муниципалитет", 0, 0),
        cell("Число школ-участниц", 0, 1),
        cell("Луговой район", 1, 0),
        cell("6", 1, 1),
        cell("Кедровый район", 2, 0),
        cell("1", 2, 1),
    ];
    assert_eq!(told_of(&table, &[]), ["disclosure.place-participant"]);
    let bare = [
        cell("Школа", 0, 0),
        cell("Район", 0, 1),
        cell("школа-участница", 1, 0),
        cell("Кедровый", 1, 1),
        cell("низкий", 1, 2),
    ];
    assert_eq!(told_of(&bare, &[]), ["disclosure.place-participant"]);
    let other = [
        cell("Муниципалитет", 0, 0),
        cell("Выезд", 1, 0),
        cell("Луговой район", 1, 1),
        cell("Кедровый район", 2, 1),
    ];
    assert!(told_of(&other, &[]).is_empty());
}
