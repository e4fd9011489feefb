//! Random registries, random members of each class, both directions.

use proptest::prelude::*;

use super::ids;
use crate::Recognizer;
use crate::redact::Wording;
use crate::registry::{ProtectedSchool, Registry};

/// A made-up root: three syllables, so that it is no everyday word.
fn root() -> impl Strategy<Value = String> {
    let syllable = ("[бвгдзклмнпрстх]", "[аиоуя]");
    (syllable, syllable, syllable, "[влмнр]")
        .prop_map(|(a, b, c, end)| format!("{}{}{}{}{}{}{end}", a.0, a.1, b.0, b.1, c.0, c.1))
}

fn capital(word: &str) -> String {
    let mut c = word.chars();
    c.next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(c)
        .collect()
}

fn kind() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("СОШ", "школа"),
        ("ООШ", "основная школа"),
        ("средняя общеобразовательная школа", "СОШ"),
        ("СОШ", "средняя школа"),
    ])
}

/// Hides a word as files and people do.
fn disguise(word: &str, how: usize) -> String {
    match how % 8 {
        0 => word.to_uppercase(),
        1 => word.to_lowercase(),
        2 => word
            .chars()
            .map(|c| match c {
                'а' => 'a',
                'о' => 'o',
                'с' => 'c',
                'р' => 'p',
                'у' => 'y',
                c => c,
            })
            .collect(),
        3 => word.chars().flat_map(|c| [c, '\u{ad}']).collect(),
        4 => word.chars().flat_map(|c| [c, '\u{200b}']).collect(),
        5 => word
            .chars()
            .map(|c| format!("{c} "))
            .collect::<String>()
            .trim_end()
            .to_string(),
        6 => {
            let n = word.chars().count() / 2;
            word.chars()
                .enumerate()
                .flat_map(|(i, c)| if i == n { vec!['-', '\n', c] } else { vec![c] })
                .collect()
        }
        _ => word.to_string(),
    }
}

const TABLE: [(&str, &str); 14] = [
    ("я", "ya"),
    ("х", "kh"),
    ("ц", "ts"),
    ("ж", "zh"),
    ("ш", "sh"),
    ("у", "u"),
    ("ы", "y"),
    ("й", "y"),
    ("з", "z"),
    ("в", "v"),
    ("г", "g"),
    ("д", "d"),
    ("ю", "yu"),
    ("ь", ""),
];

fn latin(word: &str) -> String {
    word.to_lowercase()
        .chars()
        .map(|c| {
            let s = c.to_string();
            TABLE.iter().find(|(r, _)| *r == s).map_or_else(
                || {
                    let plain = "абеиклмнопрстф"
                        .chars()
                        .zip("abeiklmnoprstf".chars())
                        .find(|(r, _)| *r == c);
                    plain.map_or(s.clone(), |(_, l)| l.to_string())
                },
                |(_, l)| (*l).to_string(),
            )
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_adjective_is_found(root in root(), kind in kind(), ending in prop::sample::select(vec!["ая", "ой", "ую"]), how in 0usize..8) {
        let adjective = format!("{}ск", capital(&root));
        let r = Recognizer::new(&Registry::of([ProtectedSchool::new("x", &format!("МБОУ «{adjective}ая {}»", kind.0)).municipality("Яблонский район")]));
        let name = disguise(&format!("{adjective}{ending}"), how);
        let text = format!("Вчера в работе участвовала {name} {} и её ученики.", kind.1);
        prop_assert_eq!(ids(&r.scan_text(&text)), ["x"], "{}", text);
        let slug = format!("{}-{}", latin(&format!("{adjective}ая")), latin("сош"));
        prop_assert_eq!(ids(&r.scan_text(&slug)), ["x"], "{}", slug);
        for other in [format!("{adjective}ая библиотека"), format!("{adjective}ое сельское поселение"), format!("улица {adjective}ая")] {
            prop_assert!(r.scan_text(&other).is_empty(), "{}", other);
        }
    }

    #[test]
    fn a_number_is_found_in_its_city(root in root(), other in root(), n in 5u32..180, sign in prop::sample::select(vec![" № ", " №", " N ", " No. ", " ", " номер ", " №\u{a0}", "-"])) {
        prop_assume!(root != other);
        let (city, other) = (format!("{}ск", capital(&root)), format!("{}град", capital(&other)));
        let r = Recognizer::new(&Registry::of([ProtectedSchool::new("x", &format!("МАОУ СОШ № {n}")).municipality(&format!("город {city}"))]));
        for text in [format!("школа{sign}{n} города {city}а"), format!("СОШ{sign}{n}, г. {city}"), format!("В городе {city} лучшей стала школа{sign}{n}.")] {
            prop_assert_eq!(ids(&r.scan_text(&text)), ["x"], "{}", text);
        }
        for text in [format!("школа{sign}{n} города {other}а"), format!("В городе {other} лучшей стала школа{sign}{n}."), format!("школа{sign}{} города {city}а", n + 1), format!("{n} школ города {city}а"), format!("приказ № {n} по городу {city}у, школы")] {
            prop_assert!(r.scan_text(&text).is_empty(), "{}", text);
        }
    }

    #[test]
    fn a_namesake_and_a_settlement_are_found(root in root(), place in root()) {
        prop_assume!(root != place);
        let (surname, village) = (format!("{}ов", capital(&root)), format!("{}ово", capital(&place)));
        let r = Recognizer::new(&Registry::of([
            ProtectedSchool::new("n", &format!("МБОУ СОШ имени Героя Советского Союза П. К. {surname}а")).municipality("Вишнёвский район"),
            ProtectedSchool::new("s", &format!("МБОУ ООШ села {village}")).municipality("Яблонский район"),
        ]));
        for text in [format!("СОШ имени {surname}а"), format!("школе им. П.К. {surname}а"), format!("в школе {surname}а П. К.")] {
            prop_assert_eq!(ids(&r.scan_text(&text)), ["n"], "{}", text);
        }
        for text in [format!("школа села {village}"), format!("школа в {}е", &village[..village.len() - 2]), format!("ООШ с. {village}")] {
            prop_assert_eq!(ids(&r.scan_text(&text)), ["s"], "{}", text);
        }
        for text in [format!("улица {surname}а"), format!("библиотека имени {surname}а"), format!("школа имени А. Б. {surname}а"), format!("клуб села {village}")] {
            prop_assert!(r.scan_text(&text).is_empty(), "{}", text);
        }
    }

    #[test]
    fn a_person_is_found_with_right_initials_only(root in root(), female in any::<bool>()) {
        let stem = format!("{}ов", capital(&root));
        let (full, forms, other) = if female {
            (format!("{stem}а Анна Петровна"), vec![format!("{stem}ой А. П."), format!("А.П. {stem}у"), format!("Анне Петровне {stem}ой")], vec![format!("{stem}а С. П."), format!("{stem} А. П."), format!("{stem}а Анна Ильинична")])
        } else {
            (format!("{stem} Пётр Ильич"), vec![format!("{stem}ым П. И."), format!("П.И. {stem}у"), format!("Петру Ильичу {stem}у")], vec![format!("{stem} С. П."), format!("{stem}ой П. И."), format!("{stem} Пётр Семёнович")])
        };
        let r = Recognizer::new(&Registry::of([ProtectedSchool::new("x", "МБОУ «Кувшинская СОШ»").person(&full)]));
        for text in forms {
            prop_assert_eq!(ids(&r.scan_text(&text)), ["x"], "{}", text);
        }
        for text in other {
            prop_assert!(r.scan_text(&text).is_empty(), "{}", text);
        }
    }

    #[test]
    fn any_text_is_survived_and_redaction_is_clean(text in "(\\PC|[а-яА-Я №«»\\-0-9.,\n]|Кувшинская |СОШ |школа |№ 14 |и |имени ){0,60}") {
        let r = super::recognizer();
        for m in r.scan_text(&text) {
            prop_assert!(text.get(m.span.clone()).is_some());
        }
        let (once, _) = r.redact_text(&text, &Wording::default());
        prop_assert!(r.scan_text(&once).is_empty(), "{} -> {}", text, once);
        prop_assert_eq!(r.redact_text(&once, &Wording::default()).0, once);
    }
}
