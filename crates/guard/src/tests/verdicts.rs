//! Each reason that clears, with what it clears and with what comes close and must stay a finding.

use std::collections::BTreeSet;

use super::{ids, part, recognizer};
use crate::registry::{ProtectedSchool as P, Registry};
use crate::{Certainty, Class, ClearReason, Guard, Reason, Recognizer, Verdict};
use glasno_passage::Role;

/// Reason, school, what it clears, what it clears not.
const CLEARS: &[(ClearReason, &str, &[&str], &[&str])] = &[
    (
        ClearReason::AnotherNumber,
        "k",
        &[
            "Кувшинская СОШ № 2",
            "Кувшинская СОШ-2",
            "2-я Кувшинская школа",
        ],
        &[
            "Кувшинская СОШ 212",
            "Кувшинская СОШ¹",
            "Кувшинская СОШ 2024–2028",
            "Кувшинская СОШ 12 учителей",
            "Кувшинская СОШ 30,5 %",
            "1 Кувшинская СОШ 2 Еловская ООШ 3 Лицей",
            "МБОУ «Кувшинская СОШ»¹, город Южноград",
        ],
    ),
    (
        ClearReason::AnotherNumber,
        "c14",
        &["школа № 14а города Златополь", "школа № 14/2 г. Златополь"],
        &[
            "школа № 14 города Златополь, 14а класс",
            "СОШ № 14: 4 участника",
        ],
    ),
    (
        ClearReason::NoSchool,
        "k",
        &["Кувшинская музыкальная школа", "Кувшинская школа искусств"],
        &[
            "с педагогическим коллективом Кувшинской СОШ",
            "с методическим объединением школы села Кувшинское",
            "Кувшинская СОШ спортивным залом довольна",
        ],
    ),
    (
        ClearReason::AnotherKind,
        "c14",
        &["гимназия № 14 города Златополь"],
        &["школа № 14 города Златополь"],
    ),
    (
        ClearReason::AnotherPlace,
        "k",
        &[
            "Кувшинская школа Хвойного района",
            "Кувшинская СОШ (Хвойный район)",
            "в Хвойном районе есть своя Кувшинская СОШ",
        ],
        &[
            "Хвойный район: Кувшинская школа",
            "В Хвойном районе отличилась Кувшинская школа.",
            "Педагоги города Южнограда и Кувшинской СОШ",
            "Кувшинская СОШ, г. Южноград",
            "В. Иванова, Кувшинская СОШ",
        ],
    ),
    (
        ClearReason::AnotherPlace,
        "c14",
        &[
            "школа № 14 города Южноград",
            "Южноград, школа № 14",
            "В городе Южноград лучшей стала школа № 14.",
        ],
        &[
            "Педагоги города Южнограда и школа № 14",
            "школа № 14 съездила в Южноград",
            "О. В. Петрова, школа № 14",
        ],
    ),
    (
        ClearReason::AnotherPerson,
        "pet",
        &["школа имени П. П. Тропинина", "СОШ № 5 имени Сидорова"],
        &["школа имени И. Тропинина", "школа имени Тропинина"],
    ),
    (
        ClearReason::AnotherName,
        "c14",
        &["Кувшинская СОШ № 14"],
        &["СОШ № 14"],
    ),
    (
        ClearReason::ManySchools,
        "k",
        &["Кувшинские школы"],
        &["Кувшинские гимназисты и Кувшинская школа"],
    ),
    (
        ClearReason::EverydayWord,
        "cen",
        &["центральная школа района"],
        &["МБОУ «Центральная СОШ»", "в Центральной школе"],
    ),
];

fn verdicts(r: &Recognizer, id: &str, text: &str) -> BTreeSet<Verdict> {
    r.explain(&[part(Role::Text, text)])
        .into_iter()
        .filter(|t| t.school.as_str() == id)
        .map(|t| t.verdict)
        .collect()
}

#[test]
fn only_reasons_of_the_list_clear() {
    let r = recognizer();
    let mut wrong = Vec::new();
    for (reason, id, clears, stays) in CLEARS {
        for text in *clears {
            let found = ids(&r.scan_text(text)).iter().any(|f| f == id);
            let verdicts = verdicts(&r, id, text);
            if found || !verdicts.contains(&Verdict::Cleared(*reason)) {
                wrong.push(format!(
                    "{id} {reason:?} clears not: {text} -> {verdicts:?}"
                ));
            }
        }
        for text in *stays {
            if !ids(&r.scan_text(text)).iter().any(|f| f == id) {
                wrong.push(format!("{id} lost: {text} -> {:?}", verdicts(&r, id, text)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_public_school_of_the_very_name_clears() {
    let r = Recognizer::new(
        &Registry::of([P::new("oo", "МБОУ «Ильинская ООШ»").municipality("Яблонский район")])
            .public("МБОУ «Ильинская СОШ»", "Яблонский район"),
    );
    let public = Verdict::Cleared(ClearReason::PublicSchool);
    assert!(verdicts(&r, "oo", "Ильинская СОШ").contains(&public));
    for text in ["Ильинская ООШ", "Ильинская школа"] {
        assert_eq!(ids(&r.scan_text(text)), ["oo"], "{text}");
    }
}

#[test]
fn a_place_beside_a_name_of_its_own_makes_it_doubtful() {
    let r = recognizer();
    for text in [
        "В Хвойном районе отличилась Кувшинская школа.",
        "Кувшинская СОШ, г. Южноград",
    ] {
        let found = r.scan_text(text);
        let doubt = found.iter().map(|m| m.certainty).collect::<Vec<_>>();
        assert_eq!(doubt, [Certainty::Ambiguous(Reason::OtherPlace)], "{text}");
    }
    let homonym = [
        part(Role::Heading(2), "Хвойный район"),
        part(
            Role::Text,
            "Кувшинская СОШ (в районе есть своё село Кувшинское)",
        ),
    ];
    assert_eq!(ids(&r.scan(&homonym)), ["k"]);
}

#[test]
fn a_school_may_have_two_patrons() {
    let r = Recognizer::new(&Registry::of([
        P::new("two", "МБОУ СОШ № 8 им. А. Громобоева и Ю. Светлова")
            .municipality("город Златополь"),
        P::new("pair", "МБОУ «Школа имени Ивана Ладыгина и Петра Ветрова»")
            .municipality("город Златополь"),
    ]));
    for (text, id) in [
        ("МБОУ СОШ № 8 им. А. Громобоева и Ю. Светлова", "two"),
        ("в школе имени Громобоева и Светлова", "two"),
        ("школа имени Светлова", "two"),
        ("школа им. А. Громобоева", "two"),
        ("СОШ № 8 города Златополь", "two"),
        ("школе имени Ветрова и Ладыгина", "pair"),
        ("школа Ладыгина – Ветрова", "pair"),
        ("школа имени Ивана Ладыгина", "pair"),
        ("школа им. П. Ветрова", "pair"),
    ] {
        assert!(ids(&r.scan_text(text)).iter().any(|f| f == id), "{text}");
    }
    for text in ["школа имени П. Громобоева", "школа имени Сидорова"]
    {
        assert!(r.scan_text(text).is_empty(), "{text}");
    }
}

/// Sentences that were published once, with what is read in their place.
#[test]
fn what_stands_beside_a_name_is_left_as_it_is() {
    let guard = Guard::new(&super::registry());
    for (text, want) in [
        (
            "Методисты встретились с педагогическим коллективом Кувшинской СОШ.",
            "Методисты встретились с педагогическим коллективом школы-участницы.",
        ),
        (
            "Программа согласована с методическим объединением Заозёрненской ООШ.",
            "Программа согласована с методическим объединением школы-участницы.",
        ),
        (
            "В семинаре участвовали Кувшинская СОШ 12 учителей, Заозёрненская ООШ 7 учителей.",
            "В семинаре участвовали школа-участница 12 учителей, школа-участница 7 учителей.",
        ),
        (
            "1 Кувшинская СОШ 2 Заозёрненская ООШ 3 Лицей",
            "1 школа-участница 2 школа-участница 3 Лицей",
        ),
        (
            "Программа развития Кувшинской СОШ 2024–2028",
            "Программа развития школы-участницы 2024–2028",
        ),
        (
            "Педагоги города Южнограда и Кувшинской СОШ провели встречу.",
            "Педагоги города Южнограда и ОО — участник проекта провели встречу.",
        ),
        (
            "Выступили: В. Иванова, Кувшинская СОШ; А. Петров, лицей № 9.",
            "Выступили: В. Иванова, школа-участница; А. Петров, лицей № 9.",
        ),
        (
            "г. Южноград\nКувшинская СОШ",
            "г. Южноград\nшкола-участница",
        ),
    ] {
        let redacted = guard.redact(text, &[], &[]).map(|r| r.text);
        assert_eq!(redacted.as_deref(), Some(want));
    }
    // Who may be somebody else is left for a person to decide: the audit stops what names her.
    for text in [
        "Семинар открыла Рябова А. П., главный специалист управления образования.",
        "Начальник управления по образованию А. П. Рябова",
        "Приказ подписала А. П. Рябова.",
        "Выступила Рябова Анна Петровна, начальник отдела.",
    ] {
        assert_eq!(guard.redact(text, &[], &[]), None, "{text}");
        let found = guard.recognizer().scan_text(text);
        let doubts: Vec<_> = found.iter().map(|m| m.certainty).collect();
        assert_eq!(doubts, [Certainty::Ambiguous(Reason::OtherPost)], "{text}");
    }
    for text in [
        "Директор Кувшинской СОШ А. П. Рябова",
        "Рябова Анна Петровна открыла семинар.",
        "А. П. Рябова, директор",
    ] {
        let found = guard.recognizer().scan_text(text);
        assert!(
            found
                .iter()
                .any(|m| m.class == Class::Person && m.certainty == Certainty::Certain),
            "{text}: {found:?}"
        );
    }
}

/// The second wall alone, as if the rules had seen nothing.
#[test]
fn the_second_wall_stands_by_itself() {
    let r = recognizer();
    let wall = |text: &str| -> Vec<String> {
        let found = r.wall_alone(&[part(Role::Text, text)]);
        found.iter().map(ToString::to_string).collect()
    };
    for (text, id) in [
        ("МБОУ «Кувшинская СОШ»", "k"),
        ("педагогам Кувшинской средней школы", "k"),
        ("школы района: Яблонская, Кувшинская", "k"),
        ("Заозёрненская, как и любая ООШ", "zar"),
        ("школа имени Тропинина", "pet"),
        ("лицей «Горизонт»", "lic"),
        ("«Горизонт»: лицей", "lic"),
    ] {
        assert_eq!(wall(text), [id], "{text}");
    }
    for text in [
        "Кувшинская библиотека и школа № 8",
        "школа на Кувшинской улице",
        "ул. Кувшинская, школа № 8",
        "учитель школы Кувшинская Н. И.",
        "Верхне-Кувшинская СОШ",
        "школа и село Кувшинское",
        "библиотеки: Лесная, Кувшинская; школы: Лесная",
        "школьный хор и лекторий имени Тропинина",
        "магазин «Горизонт» у школы",
        "Кувшинская открыта с девяти до шести часов; рядом есть школа",
    ] {
        assert!(wall(text).is_empty(), "{text}: {:?}", wall(text));
    }
}
