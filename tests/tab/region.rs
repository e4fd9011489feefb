//! A region: names planted everywhere, folders kept apart, a broken one, archives, single rebuilds.

use std::fs;
use std::path::Path;

use crate::kit::{docx, folder, glasno, portal, put, registry, tree, unpack};

const FIRST: [&str; 5] = ["Верхне", "Ново", "Старо", "Мало", "Больше"];
const SECOND: [&str; 10] = [
    "лумпинск",
    "кадрошск",
    "шимолинск",
    "туглимск",
    "ербинецк",
    "вистрюмск",
    "оглинск",
    "пажвинск",
    "речмотск",
    "сульбинск",
];

/// Id, name, and the word that gives the school away, in lower case.
fn schools(count: usize) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for first in FIRST {
        for second in SECOND {
            let id = format!("s-{:02}", all.len() + 1);
            let word = format!("{first}{second}");
            let name = format!("МБОУ «{word}ая СОШ»");
            all.push((id, name, word.to_lowercase()));
        }
    }
    all.truncate(count);
    all
}

fn build(root: &Path, more: &[&str]) -> crate::kit::Ran {
    let mut args = vec!["tab", "build", "--today", "2025-03-10"];
    args.extend(more);
    glasno(root, &args)
}

/// A region in which every school's texts name every other school.
fn planted(root: &Path, count: usize) -> Vec<(String, String, String)> {
    let all = schools(count);
    let pairs: Vec<(String, String)> = all.iter().map(|(i, n, _)| (i.clone(), n.clone())).collect();
    portal(root, &registry(&pairs));
    let names = |own: &str| -> Vec<&str> {
        all.iter()
            .filter(|(id, ..)| id != own)
            .map(|(_, n, _)| n.as_str())
            .collect()
    };
    for (id, name, _) in &all {
        let others = names(id);
        let pick = |i: usize| others[i % others.len()];
        let yaml = format!(
            "name: \"{name}\"\nrole: participant\npublish_own_name: true\nmunicipality: \"Район у {}\"\naddress: \"рядом {}\"\n\
             curator: {{name: \"Ветрова Анна\", post: \"учитель, {}\", organisation: \"{}\"}}\n\
             coordinator: {{name: \"Седых Ян\", post: \"бывший директор {}\"}}\n\
             normative:\n  - {{level: school, title: \"Договор с {}\", file: documents/a.docx, note: \"стороны: {}\"}}\n\
             documents:\n  - {{stage: risk-profile, title: \"Профиль {}\", file: documents/a.docx}}\n\
             events:\n  - {{date: 2025-04-10, title: \"Встреча с {}\", place: \"{}\"}}\n\
             links:\n  - {{title: \"Сайт {}\", link: \"https://example.org/\"}}\n",
            pick(0), pick(1), pick(2), pick(3), pick(4), pick(5), pick(6), pick(7), pick(8), pick(9), pick(10),
        ).replace("МБОУ «", "МБОУ '").replace("СОШ»", "СОШ'").replace(&name.replace("МБОУ «", "МБОУ '").replace("СОШ»", "СОШ'"), name);
        put(&folder(root, id).join("school.yaml"), yaml);
        put(
            &folder(root, id).join("documents/a.docx"),
            docx(&format!(
                "Метка{id} {}",
                "Текст документа школы. ".repeat(9)
            )),
        );
        let mut news = format!(
            "---\nkind: news\ntitle: \"Гости: {}\"\ndate: 2025-02-03\n---\nМетка{id}. ",
            pick(11).replace(['«', '»'], "")
        );
        for other in &others {
            news.push_str(&format!(
                "Приезжали учителя {other}. Спасибо, **{}**!\n\n",
                other.to_uppercase()
            ));
        }
        put(&folder(root, id).join("news/gosti.md"), news);
        let mut rows = String::new();
        for (n, other) in others.iter().take(8).enumerate() {
            rows.push_str(&format!("  - {{no: \"{}\", measure: \"Совместный урок с {other}\", period: \"Март 2025\", result: \"Отчёт {other}\"}}\n", n + 1));
        }
        put(
            &folder(root, id).join("roadmap.yaml"),
            format!(
                "kind: roadmap\ntitle: \"Карта школы вместе с {}\"\nplan: {{from: 2025-01-01, to: 2025-12-31}}\nrows:\n{rows}",
                pick(12)
            ),
        );
    }
    let mut shared = String::from("section: oblast-2025\nnormative:\n");
    let mut news = String::from("---\nkind: news\ntitle: \"Обзор\"\ndate: 2025-02-01\n---\n");
    for (_, name, _) in &all {
        shared.push_str(&format!(
            "  - {{level: federal, title: \"Письмо о {name}\", link: \"https://example.org/\"}}\n"
        ));
        news.push_str(&format!("Работает {name}.\n\n"));
    }
    put(&root.join("content/private/tabs/shared.yaml"), shared);
    put(&root.join("content/oblast-2025/news/obzor.md"), news);
    all
}

#[test]
fn no_tab_names_another_protected_school_and_none_holds_another_folder() {
    let home = tempfile::tempdir().unwrap();
    let all = planted(home.path(), 50);
    let ran = build(home.path(), &["--all"]);
    assert_eq!(
        ran.code,
        0,
        "{}\n{}",
        ran.out,
        ran.err.chars().take(3000).collect::<String>()
    );
    for (id, _, own) in &all {
        let archive = fs::read(home.path().join(format!("output/tabs/{id}.zip"))).unwrap();
        let mut files = unpack(&archive);
        files.extend(tree(&home.path().join("output/tabs").join(id)));
        let mut named = false;
        for (name, bytes) in &files {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for (other, _, word) in &all {
                if other == id {
                    named |= text.contains(word.as_str());
                    continue;
                }
                assert!(!text.contains(word.as_str()), "{id}/{name} names {other}");
                assert!(
                    !text.contains(&format!("метка{other}")),
                    "{id}/{name} holds {other}"
                );
            }
        }
        assert!(named, "{own} is not in its own tab");
    }
    for (_, _, word) in &all {
        assert!(!ran.err.to_lowercase().contains(word.as_str()));
    }
}

#[test]
fn a_document_that_names_another_school_stops_that_tab_alone() {
    let home = tempfile::tempdir().unwrap();
    let all = planted(home.path(), 4);
    let ran = build(home.path(), &["--all"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let before = tree(&home.path().join("output/tabs/s-02"));
    let (_, other, word) = &all[0];
    put(
        &folder(home.path(), "s-02").join("documents/a.docx"),
        docx(&format!("Отчёт. Здесь названа {other}.")),
    );
    put(
        &folder(home.path(), "s-03").join("school.yaml"),
        "name: [не так\n",
    );
    put(
        &folder(home.path(), "s-04").join("news/novaya.md"),
        "---\nkind: news\ntitle: \"Свежая\"\ndate: 2025-03-01\n---\nТекст.\n",
    );
    let ran = build(home.path(), &["--all"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.out.contains("Не сделано: 2\u{a0}"), "{ran:?}");
    assert!(
        ran.err.contains("[disclosure.name: s-01]")
            && ran.err.contains("content/private/tabs/s-03/school.yaml"),
        "{ran:?}"
    );
    assert!(!ran.err.to_lowercase().contains(word.as_str()), "{ran:?}");
    // The broken ones are as they were, the others are new.
    assert_eq!(before, tree(&home.path().join("output/tabs/s-02")));
    assert!(
        tree(&home.path().join("output/tabs/s-04"))["odnim-fajlom.html"]
            .windows(12)
            .any(|w| w == "Свежая".as_bytes())
    );
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    let home = tempfile::tempdir().unwrap();
    planted(home.path(), 6);
    for out in ["a", "b"] {
        let ran = build(home.path(), &["--all", "--out", out]);
        assert_eq!(ran.code, 0, "{ran:?}");
    }
    let a = tree(&home.path().join("a/tabs"));
    assert!(a == tree(&home.path().join("b/tabs")));
    assert!(
        a.contains_key("s-01.zip") && a.contains_key("maou-sosh-84/vstavka.html"),
        "{:?}",
        a.keys()
    );
}

#[test]
fn one_school_is_built_again_without_touching_the_others() {
    let home = tempfile::tempdir().unwrap();
    planted(home.path(), 4);
    assert_eq!(build(home.path(), &["--all"]).code, 0);
    let before = tree(&home.path().join("output/tabs"));
    put(
        &folder(home.path(), "s-01").join("news/novaya.md"),
        "---\nkind: news\ntitle: \"Свежая\"\ndate: 2025-03-01\n---\nТекст.\n",
    );
    let ran = build(home.path(), &["--school", "s-01"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let after = tree(&home.path().join("output/tabs"));
    for (name, bytes) in &before {
        assert_eq!(
            name.starts_with("s-01"),
            after[name] != *bytes || name.starts_with("s-01"),
            "{name}"
        );
    }
    assert_ne!(before["s-01.zip"], after["s-01.zip"]);
    // A school that left the registry loses its tab; the portal is built beside the tabs.
    fs::remove_dir_all(folder(home.path(), "s-04")).unwrap();
    let path = home.path().join("content/private/registry.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let kept: String = text
        .lines()
        .filter(|l| !l.contains("s-04"))
        .map(|l| format!("{l}\n"))
        .collect();
    fs::write(&path, kept).unwrap();
    let ran = build(home.path(), &["--all"]);
    assert!(
        !home.path().join("output/tabs/s-04.zip").exists(),
        "{ran:?}"
    );
    assert!(home.path().join("output/tabs/s-03.zip").exists());
    let ran = build(home.path(), &["--school", "s-44"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.err.contains("tab.unknown-school"), "{ran:?}");
}

#[test]
fn a_file_that_the_program_did_not_make_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    planted(home.path(), 3);
    assert_eq!(build(home.path(), &["--all"]).code, 0);
    let foreign = home.path().join("output/tabs/s-01/pages/zametki.txt");
    put(&foreign, "моё");
    let ran = build(home.path(), &["--all"]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(ran.err.contains("system.foreign"), "{ran:?}");
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "моё");
    let ran = glasno(home.path(), &["build", "--today", "2025-03-10"]);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_is_refused() {
    let home = tempfile::tempdir().unwrap();
    planted(home.path(), 3);
    let theirs = folder(home.path(), "s-02").join("documents/a.docx");
    let ours = folder(home.path(), "s-01").join("documents/a.docx");
    fs::remove_file(&ours).unwrap();
    std::os::unix::fs::symlink(theirs, &ours).unwrap();
    let path = folder(home.path(), "s-03").join("school.yaml");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("documents/a.docx", "../s-02/documents/a.docx");
    fs::write(&path, text).unwrap();
    let ran = build(home.path(), &["--all"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(
        ran.err.contains("tab.file-outside") && ran.out.contains("Не сделано: 2\u{a0}"),
        "{ran:?}"
    );
    assert!(home.path().join("output/tabs/s-02.zip").exists());
}

/// Several machines make a part each; put together it is what one makes.
#[test]
fn parts_of_several_machines_make_the_whole() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    planted(root, 7);
    let whole = root.join("whole");
    let one = build(root, &["--all", "--out", "whole"]);
    let parts = root.join("parts");
    for part in ["1/3", "2/3", "3/3"] {
        let ran = build(root, &["--all", "--shard", part, "--out", part]);
        assert_eq!(ran.code, one.code, "{part}: {}", ran.err);
        for tab in fs::read_dir(root.join(part).join("tabs"))
            .unwrap()
            .filter_map(Result::ok)
        {
            let to = parts.join(tab.file_name());
            assert!(!to.exists(), "made twice");
            fs::create_dir_all(&parts).unwrap();
            fs::rename(tab.path(), to).unwrap();
        }
    }
    assert_eq!(tree(&parts), tree(&whole.join("tabs")));
    // The next run of a part leaves what the others have made.
    build(root, &["--all", "--shard", "2/3", "--out", "whole"]);
    assert_eq!(tree(&parts), tree(&whole.join("tabs")));
}
