//! Each reason that clears, with what it clears and with what comes close and must stay a finding.

use std::collections::BTreeSet;

use super::{ids, part, recognizer};
use crate::registry::{ProtectedSchool as P, Registry};
use crate::{Certainty, ClearReason, Reason, Recognizer, Verdict};
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
