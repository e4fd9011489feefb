//! Who may be named in whose tab.

use crate::kit::{folder, glasno, portal, put, registry, tree};

/// A participant and a mentor, both protected, that name each other; gives whether each tab names the other.
fn pair(participant: Option<bool>, mentor: Option<bool>) -> (bool, bool) {
    let home = tempfile::tempdir().unwrap();
    let names = [
        ("s-01".to_owned(), "МБОУ «Лумпинская СОШ»".to_owned()),
        ("s-02".to_owned(), "МБОУ «Кадрошская СОШ»".to_owned()),
    ];
    portal(home.path(), &registry(&names));
    let agrees =
        |flag: Option<bool>| flag.map_or(String::new(), |f| format!("publish_own_name: {f}\n"));
    let school = |me: usize, other: usize, role: &str, flag: Option<bool>| {
        format!(
            "name: \"{}\"\nrole: {role}\n{}partner: {{id: {}, name: \"{}\"}}\nevents:\n  - {{date: 2025-04-10, title: \"Встреча: {} и {}\"}}\n",
            names[me].1,
            agrees(flag),
            names[other].0,
            names[other].1,
            names[me].1,
            names[other].1,
        )
    };
    put(
        &folder(home.path(), "s-01").join("school.yaml"),
        school(0, 1, "participant", participant),
    );
    put(
        &folder(home.path(), "s-02").join("school.yaml"),
        school(1, 0, "mentor", mentor),
    );
    let ran = glasno(
        home.path(),
        &["tab", "build", "--all", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let names = |id: &str, word: &str| {
        tree(&home.path().join("output/tabs").join(id))
            .values()
            .any(|b| String::from_utf8_lossy(b).to_lowercase().contains(word))
    };
    // A school's own name stands there exactly when it agreed.
    assert_eq!(names("s-01", "лумпинск"), participant.unwrap_or(false));
    assert_eq!(names("s-02", "кадрошск"), mentor.unwrap_or(true));
    (names("s-01", "кадрошск"), names("s-02", "лумпинск"))
}

#[test]
fn a_pair_is_named_when_both_agreed_and_not_before() {
    assert_eq!(pair(Some(true), None), (true, true));
    assert_eq!(pair(None, None), (false, false));
    assert_eq!(pair(Some(true), Some(false)), (false, false));
    assert_eq!(pair(Some(false), Some(false)), (false, false));
}

#[test]
fn a_flag_that_cannot_be_read_names_nobody() {
    let home = tempfile::tempdir().unwrap();
    let names = [("s-01".to_owned(), "МБОУ «Лумпинская СОШ»".to_owned())];
    portal(home.path(), &registry(&names));
    put(
        &folder(home.path(), "s-01").join("school.yaml"),
        "name: \"МБОУ «Лумпинская СОШ»\"\nrole: mentor\npublish_own_name: возможно\n",
    );
    let ran = glasno(
        home.path(),
        &["tab", "build", "--all", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(!home.path().join("output/tabs/s-01").exists());
    assert!(home.path().join("output/tabs/maou-sosh-84.zip").exists());
}

#[test]
fn a_participant_without_a_registry_entry_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let names = [("s-01".to_owned(), "МБОУ «Лумпинская СОШ»".to_owned())];
    portal(home.path(), &registry(&names));
    put(
        &folder(home.path(), "s-99").join("school.yaml"),
        "name: \"МБОУ «Кадрошская СОШ»\"\nrole: participant\n",
    );
    let ran = glasno(
        home.path(),
        &["tab", "build", "--all", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("tab.stranger"), "{ran:?}");
}

#[test]
fn a_school_with_a_namesake_is_named_in_its_own_tab() {
    let home = tempfile::tempdir().unwrap();
    let registry = "protected:\n  - {id: s-01, name: \"МБОУ «СОШ № 1»\", municipality: \"город Лумпин\"}\n  - {id: s-02, name: \"МБОУ «СОШ № 1»\", municipality: \"город Кадрош\"}\n  - {id: s-03, name: \"МБОУ «СОШ № 3»\", municipality: \"город Лумпин\"}\n";
    portal(home.path(), registry);
    let school = |named: bool, town: &str| {
        format!(
            "name: \"МБОУ «СОШ № 1»\"\nmunicipality: \"{town}\"\nrole: participant\npublish_own_name: {named}\nevents:\n  - {{date: 2025-04-10, title: \"Встреча школ № 1 и 3\"}}\n  - {{date: 2025-04-11, title: \"Гости из СОШ № 3 города Лумпин\"}}\n"
        )
    };
    put(
        &folder(home.path(), "s-01").join("school.yaml"),
        school(true, "город Лумпин"),
    );
    put(
        &folder(home.path(), "s-02").join("school.yaml"),
        school(false, "город Кадрош"),
    );
    let ran = glasno(
        home.path(),
        &["tab", "build", "--all", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let html = |id: &str| {
        let made = tree(&home.path().join("output/tabs").join(id));
        String::from_utf8_lossy(&made["vstavka.html"]).replace('\u{a0}', " ")
    };
    assert!(html("s-01").contains("МБОУ «СОШ № 1»"), "{}", html("s-01"));
    assert!(!html("s-02").contains("СОШ № 1"));
    for id in ["s-01", "s-02"] {
        assert!(
            !html(id).contains("СОШ № 3") && !html(id).contains("и 3"),
            "{}",
            html(id)
        );
    }
}
