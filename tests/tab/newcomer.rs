//! From an empty folder to a finished tab, as the guide tells it.

use std::collections::BTreeSet;
use std::fs;

use crate::kit::{docx, glasno, put, tree, unpack};

fn laid() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    let ran = glasno(
        home.path(),
        &[
            "new",
            "tab",
            "shkola",
            "--name",
            "МБОУ «Лумпинская СОШ»",
            "--role",
            "participant",
            "--named",
            "yes",
            "--municipality",
            "Шимолинский район",
            "--curator",
            "Ветрова Анна Львовна",
            "--phone",
            "+7 (000) 123-45-67",
        ],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    home
}

#[test]
fn an_empty_folder_becomes_a_finished_tab() {
    let home = laid();
    let school = home.path().join("shkola");
    // The first build works before anything is filled in.
    let ran = glasno(
        home.path(),
        &["tab", "build", "shkola", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    // What tells nothing yet is told, in each form, and the day of its states is no event gone by.
    for form in ["pages", "odnim-fajlom.html"] {
        let tab = format!("shkola/output/tabs/vkladka/{form}");
        let ran = glasno(
            home.path(),
            &["tab", "check", &tab, "--today", "2025-09-10"],
        );
        assert_eq!(ran.code, 1, "{form}: {ran:?}");
        assert!(
            ran.err.contains("«Документы школы» пуста"),
            "{form}: {ran:?}"
        );
        assert!(!ran.err.contains("[tab.past]"), "{form}: {ran:?}");
    }

    // Then the school fills in what it has.
    put(
        &school.join("documents/profil.docx"),
        docx(&"Рисковый профиль школы за год. ".repeat(9)),
    );
    put(
        &school.join("documents/prikaz.docx"),
        docx(&"Приказ о рабочей группе школы. ".repeat(9)),
    );
    let path = school.join("school.yaml");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace(
            "# curator: {name: \"Фамилия Имя Отчество\", post: \"должность\", phone: \"\", email: \"\"}",
            "curator: {name: \"Лугина Вера Павловна\", post: \"методист\"}",
        )
        .replace("documents: []", "documents:\n  - {stage: risk-profile, title: \"Рисковый профиль школы\", date: 2025-02-03, file: documents/profil.docx}")
        .replace("normative: []", "normative:\n  - {level: school, title: \"Приказ о рабочей группе\", number: \"7\", date: 2025-01-20, file: prikaz.docx}")
        .replace("links: []", "links:\n  - {title: \"Сайт проекта\", link: \"https://portal.example/a?b=1&c=2\"}")
        .replace("events: []", "events:\n  - {date: 2025-04-10, time: \"14:00\", title: \"Методический день\", place: \"актовый зал\"}");
    fs::write(&path, text).unwrap();
    for name in ["roadmap.yaml", "news/novost.md"] {
        let path = school.join(name);
        let text = fs::read_to_string(&path)
            .unwrap()
            .replace("draft: true\n", "");
        fs::write(&path, text).unwrap();
    }
    let ran = glasno(
        home.path(),
        &["tab", "build", "shkola", "--today", "2025-03-10"],
    );
    assert_eq!(ran.code, 0, "{ran:?}");

    let made = tree(&school.join("output/tabs/vkladka"));
    for name in [
        "odnim-fajlom.html",
        "vstavka.html",
        "gosweb/poryadok.html",
        "gosweb/vstavka.html",
        "gosweb/zagruzit/riskovyy-profil-shkoly.docx",
        "pages/index.html",
        "pages/files/prikaz-o-rabochey-gruppe.docx",
    ] {
        assert!(made.contains_key(name), "{name}: {:?}", made.keys());
    }
    let said = [
        "Лумпинская СОШ",
        "Ветрова",
        "Рисковый профиль",
        "Методический день",
        "Анализ рискового профиля",
        "Школа начала работу",
        "отсутствует",
    ];
    for form in ["odnim-fajlom.html", "vstavka.html"] {
        let html = String::from_utf8(made[form].clone()).unwrap();
        for words in said {
            assert!(html.contains(words), "{form}: {words}");
        }
        assert!(html.len() < 300 * 1024);
    }
    let pages: String = made
        .iter()
        .filter(|(n, _)| n.starts_with("pages/") && n.ends_with(".html"))
        .map(|(_, b)| String::from_utf8_lossy(b).into_owned())
        .collect();
    for words in said {
        assert!(pages.contains(words), "pages: {words}");
    }
    // Every local link of the pages leads to a file.
    for (name, bytes) in made.iter().filter(|(n, _)| n.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        for href in html
            .split("href=\"")
            .skip(1)
            .filter_map(|t| t.split('"').next())
        {
            if href.contains(':') || href.starts_with('#') {
                continue;
            }
            let folder = school.join("output/tabs/vkladka").join(name);
            assert!(
                folder.parent().unwrap().join(href).is_file(),
                "{name}: {href}"
            );
        }
    }
    let archive = unpack(&fs::read(school.join("output/tabs/vkladka.zip")).unwrap());
    let packed: BTreeSet<&str> = archive
        .keys()
        .filter(|n| !n.contains('!'))
        .map(|n| n.trim_start_matches("vkladka-500/"))
        .collect();
    assert_eq!(packed, made.keys().map(String::as_str).collect());

    let ran = glasno(
        home.path(),
        &[
            "tab",
            "check",
            "shkola/output/tabs/vkladka/pages",
            "--today",
            "2025-03-10",
        ],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("2\u{a0}документа"), "{ran:?}");
}

#[test]
fn a_fragment_brings_nothing_that_a_host_strips() {
    let home = laid();
    let ran = glasno(
        home.path(),
        &[
            "tab",
            "build",
            "shkola",
            "--today",
            "2025-03-10",
            "--base",
            "https://shkola.example/500",
        ],
    );
    assert_eq!(ran.code, 0, "{ran:?}");
    let html =
        fs::read_to_string(home.path().join("shkola/output/tabs/vkladka/vstavka.html")).unwrap();
    for word in [
        "<style", "<script", " id=", "href=\"#", "<html", "<body", "<main", "<h1", "site:/",
        "onclick",
    ] {
        assert!(!html.contains(word), "{word}");
    }
    assert!(html.matches("class=").count() == 1 && html.contains("class=\"g500\""));
    // Every element carries its own style.
    let elements = html.matches('<').count() - html.matches("</").count();
    assert_eq!(html.matches("style=\"").count(), elements);
}

#[test]
fn questions_are_asked_when_nothing_is_given() {
    use std::io::Write as _;
    let home = tempfile::tempdir().unwrap();
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["new", "tab"])
        .current_dir(home.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let answers = "МБОУ «Оглинская \"малая\" СОШ»\nШимолинский район\n2\nда\nВетрова Анна\n\n\n\n";
    child
        .stdin
        .take()
        .unwrap()
        .write_all(answers.as_bytes())
        .unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let text = fs::read_to_string(home.path().join("school.yaml")).unwrap();
    assert!(
        text.contains("role: mentor") && text.contains("publish_own_name: true"),
        "{text}"
    );
    let ran = glasno(home.path(), &["tab", "build", "--today", "2025-03-10"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    // A second time nothing is written over.
    let ran = glasno(home.path(), &["new", "tab", "--name", "x"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert_eq!(
        fs::read_to_string(home.path().join("school.yaml")).unwrap(),
        text
    );
}

#[test]
fn a_school_that_did_not_agree_is_not_named_by_its_own_tab() {
    let home = tempfile::tempdir().unwrap();
    put(
        &home.path().join("school.yaml"),
        "name: \"МБОУ «Лумпинская СОШ»\"\nrole: participant\nmunicipality: \"Шимолинский район\"\nevents:\n  - {date: 2025-04-10, title: \"День открытых дверей в Лумпинской СОШ\"}\n",
    );
    let ran = glasno(home.path(), &["tab", "build", "--today", "2025-03-10"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    for (name, bytes) in tree(&home.path().join("output/tabs/vkladka")) {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("лумпинск"), "{name}");
    }
}

#[test]
fn pictures_of_the_news_lie_inside_the_one_file() {
    let home = tempfile::tempdir().unwrap();
    put(
        &home.path().join("school.yaml"),
        "name: \"МБОУ «Лумпинская СОШ»\"\nrole: mentor\n",
    );
    put(
        &home.path().join("news/a.md"),
        "---\nkind: news\ntitle: \"Фото\"\ndate: 2025-02-03\n---\n![Урок](../documents/foto.png)\n",
    );
    put(&home.path().join("documents/foto.png"), crate::kit::PNG);
    let ran = glasno(home.path(), &["tab", "build", "--today", "2025-03-10"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.err.contains("tab.unreviewed"), "{ran:?}");
    let made = tree(&home.path().join("output/tabs/vkladka"));
    let html = |name: &str| String::from_utf8_lossy(&made[name]).into_owned();
    assert!(html("odnim-fajlom.html").contains("src=\"data:image/png;base64,iVBOR"));
    assert!(html("vstavka.html").contains("src=\"pages/files/foto.png\""));
    assert!(made.contains_key("gosweb/zagruzit/foto.png"));
}
