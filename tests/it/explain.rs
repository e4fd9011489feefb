//! `audit --explain`, and what an official does who has a school head's name.

use serde_json::Value;

use crate::place::{Place, Run, program, run};

const REGISTRY: &str = "content/private/registry.yaml";
/// What the explanation must not hold, in lower case.
const SECRETS: [&str; 3] = ["васильковск", "огурцов", "ромашкин"];

fn explain(place: &Place, file: &str, format: &str) -> Run {
    let mut command = program();
    command
        .args(["audit", "--explain", "--format", format, "--registry"])
        .arg(place.path(REGISTRY))
        .arg(place.path(file));
    run(&mut command)
}

#[test]
fn every_place_is_explained_and_no_name_is_told() {
    let place = Place::new();
    place.write(
        "note.txt",
        "Семинар прошёл.\n\nУчаствовала Васильковская СОШ.\n\nВасильковская СОШ № 2 и Васильковская СОШ, г. Заозёрск.\n\n\
         Выступила Огурцова С. Т.\n\nРомашкинская библиотека открыта.\n",
    );
    let run = explain(&place, "note.txt", "json");
    assert_eq!(run.status, Some(1), "{}", run.said());
    let told = run.out.to_lowercase() + &run.err.to_lowercase();
    assert!(SECRETS.iter().all(|s| !told.contains(s)), "{told}");
    let all: Value = serde_json::from_str(&run.out).expect("one JSON object");
    let rows: Vec<String> = all["explain"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|e| {
            assert!(e["rules"].as_array().is_some_and(|r| !r.is_empty()), "{e}");
            assert!(e["evidence"].is_array() && e["path"].is_string(), "{e}");
            let word = |key: &str| e[key].as_str().unwrap_or("-").to_owned();
            let words = ["subject", "verdict", "reason"].map(word).join(" ");
            format!("{}:{} {words}", e["line"], e["column"])
        })
        .collect();
    assert_eq!(
        rows,
        [
            "3:13 r-01 named -",
            "5:1 r-01 cleared another-number",
            "5:25 r-01 ambiguous other-place",
            "7:11 r-01 cleared another-person",
            "9:1 r-02 cleared no-school-near",
        ]
    );
    let text = explain(&place, "note.txt", "text").out;
    let cleared = "снято: другие инициалы, имя или отчество (person)";
    assert!(text.contains(cleared), "{text}");
    let told = text.to_lowercase();
    assert!(SECRETS.iter().all(|s| !told.contains(s)), "{text}");
}

/// She is not «руководитель школы-участницы, главный специалист»: the text stays, and the audit asks.
#[test]
fn an_official_with_the_name_of_a_head_can_be_excepted() {
    let place = Place::new();
    place.write(
        "content/primer-2025/news/seminar.md",
        "---\nkind: news\ntitle: \"Семинар\"\ndate: 2025-02-14\npublished: 2025-02-14\n---\n\
         Семинар открыла Огурцова Ж. И., главный специалист управления образования.\n\nПриказ подписала Ж.И. Огурцова.\n",
    );
    let first = place.build(&["--format", "json"]);
    assert_eq!(first.status, Some(1), "{}", first.said());
    let mut exceptions = String::new();
    for finding in first.findings() {
        let code = finding["code"].as_str().unwrap_or_default();
        if !code.starts_with("disclosure.") {
            continue;
        }
        assert_eq!(code, "disclosure.ambiguous", "{finding}");
        let context = finding["hint"]
            .as_str()
            .and_then(|h| h.split_once("context: "))
            .and_then(|(_, rest)| rest.get(..32))
            .expect("a fingerprint");
        let entry = format!(
            "- artifact: {}\n  context: {context}\n  school: r-01\n  who: Лугова Н. П.\n  why: однофамилица\n  until: 2026-05-31\n",
            finding["path"]
        );
        if !exceptions.contains(&entry) {
            exceptions.push_str(&entry);
        }
    }
    place.write("content/private/exceptions.yaml", exceptions);
    place.must_build(&[]);
    let page = place.site()["primer-2025/news/seminar/index.html"].clone();
    let page = String::from_utf8(page)
        .expect("text")
        .replace('\u{a0}', " ");
    let kept = "Семинар открыла Огурцова Ж. И., главный специалист";
    assert!(page.contains(kept), "{page}");
    assert!(!page.contains("уководитель школы-участницы"), "{page}");
}

/// Each of several mentions in one block is told, once and at its own place, and the explanation names the same places.
#[test]
fn each_mention_is_told_at_its_own_place() {
    let place = Place::new();
    let name = "Васильковская СОШ";
    /// A file, its text, and where in it a school is named.
    type Named<'a> = (&'a str, String, &'a [(u64, u64)]);
    let files: [Named<'_>; 9] = [
        (
            "a.md",
            format!("Были {name} и {name},\nи ещё\nМБОУ «{name}».\n"),
            &[(1, 6), (1, 26), (3, 1)],
        ),
        (
            "b.md",
            format!("- {name} 212\n- {name}\n\n| a | b |\n|---|---|\n| x | {name} |\n"),
            &[(1, 3), (2, 3), (6, 7)],
        ),
        (
            "c.html",
            format!("<p>Были<br>{name}<br>\n{name}<img alt=\"{name}\"> и\n<b>{name}</b></p>"),
            &[(1, 12), (2, 1), (2, 28), (3, 4)],
        ),
        (
            "d.yaml",
            format!("a:\n  name: \"МБОУ «{name}»\"\n  place: x\n"),
            &[(2, 9)],
        ),
        (
            "e.txt",
            format!("Школа\tМесто\n{name}\tсело\n{name}\tгород\n"),
            &[(2, 1), (3, 1)],
        ),
        (
            "f.csv",
            format!("имя;кто\n{name};{name}\n\"да\n{name}\";нет\n"),
            &[(2, 1), (2, 19), (4, 1)],
        ),
        (
            "g.json",
            format!("{{\"a\": \"{name}\",\n\"b\": \"один\\n{name}\"}}\n"),
            &[(1, 8), (2, 12)],
        ),
        (
            "h.ics",
            format!(
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:в\n  {name}\nEND:VEVENT\nEND:VCALENDAR\n"
            ),
            &[(4, 3)],
        ),
        (
            "i.xml",
            format!("<r>\n<a>один\n{name}</a>\n<b title=\"{name}\"/></r>\n"),
            &[(3, 1), (4, 11)],
        ),
    ];
    for (file, text, expected) in files {
        place.write(file, &text);
        let run = explain(&place, file, "json");
        let all: Value = serde_json::from_str(&run.out).expect("one JSON object");
        let places = |list: &Value, verdicts: &[&str]| -> Vec<(u64, u64)> {
            let told = list.as_array().expect("an array").iter();
            let told = told.filter(|e| {
                let verdict = e["verdict"].as_str();
                verdict.is_none_or(|v| verdicts.contains(&v))
            });
            told.map(|e| {
                (
                    e["line"].as_u64().unwrap_or(0),
                    e["column"].as_u64().unwrap_or(0),
                )
            })
            .collect()
        };
        let mut found = places(&all["findings"], &[]);
        found.sort_unstable();
        assert_eq!(found, expected, "{file}: {text}");
        let explained = places(&all["explain"], &["named", "ambiguous"]);
        for at in found {
            assert!(
                explained.contains(&at),
                "{file}: {at:?} is not in {explained:?}"
            );
        }
    }
}

/// What a path tells may add findings and takes none away: alone, in a folder and under the name of another town.
#[test]
fn the_same_bytes_are_judged_alike_under_any_path() {
    let place = Place::empty();
    place.write(
        "registry.yaml",
        "protected:\n- {id: a-1, name: МБОУ «Кувшинская СОШ», municipality: Яблонный район, settlement: село Кувшинское}\n\
         - {id: a-2, name: МБОУ «СОШ № 57», municipality: город Златополь}\n\
         - {id: a-3, name: МАОУ «Лицей имени Тростниковой», municipality: город Златополь}\n",
    );
    let texts = [
        "Провели урок в Кувшинской СОШ.\n",
        "В школе № 57 открыли класс.\n\nСОШ № 57 города Златополя.\n",
        "Победил лицей имени Тростниковой, за ним Кувшинская школа.\n",
    ];
    let folders = [
        "",
        "2024/отчёты",
        "город Ветрополь",
        "Дальний район/школы",
        "gorod-vetropol/school-12",
    ];
    for (n, text) in texts.iter().enumerate() {
        for (name, body) in [
            (format!("t{n}.txt"), (*text).to_owned()),
            (
                format!("t{n}.html"),
                format!("<!doctype html><p>{text}</p>"),
            ),
            (format!("t{n}.csv"), format!("кто;что\nдень;{text}")),
        ] {
            let found = |folder: &str| -> Vec<String> {
                let file = format!("{folder}/{name}");
                let file = file.trim_start_matches('/');
                place.write(file, &body);
                let mut command = program();
                command.current_dir(place.root());
                command.args([
                    "audit",
                    "--format",
                    "json",
                    "--registry",
                    "registry.yaml",
                    file,
                ]);
                let run = run(&mut command);
                let all: Value = serde_json::from_str(&run.out).expect("one JSON object");
                let told = all["findings"].as_array().expect("an array").iter();
                let told = told.filter(|f| {
                    f["code"]
                        .as_str()
                        .is_some_and(|c| c.starts_with("disclosure."))
                });
                told.map(|f| format!("{}:{} {}", f["line"], f["column"], f["subject"]))
                    .collect()
            };
            let alone = found("");
            for folder in folders {
                let there = found(folder);
                let lost: Vec<_> = alone.iter().filter(|f| !there.contains(f)).collect();
                assert!(
                    lost.is_empty(),
                    "{folder}/{name}: {lost:?} are lost: {there:?}"
                );
            }
        }
    }
}

/// A file in a PDF is read as one, whatever the dictionary of its stream says.
#[test]
fn what_a_stream_holds_is_read_whatever_it_is_called() {
    let place = Place::new();
    for (n, dictionary) in [
        "/Length1 9",
        "/N 3",
        "/Type/XRef",
        "/Subtype/Type1C",
        "/FunctionType 4",
    ]
    .iter()
    .enumerate()
    {
        let data = "Васильковская СОШ";
        let mut file = String::from("%PDF-1.7\n");
        let mut offsets = Vec::new();
        for object in [
            format!("<<{dictionary}/Length {}>>\nstream\n{data}\nendstream", data.len()),
            "<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]>>".to_owned(),
            "<</Type/Pages/Kids[2 0 R]/Count 1>>".to_owned(),
            "<</Type/Catalog/Pages 3 0 R/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<</F 1 0 R>>>>]>>>>>>".to_owned(),
        ] {
            offsets.push(file.len());
            file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", offsets.len()));
        }
        let table = file.len();
        file.push_str("xref\n0 5\n0000000000 65535 f \n");
        for offset in offsets {
            file.push_str(&format!("{offset:010} 00000 n \n"));
        }
        file.push_str(&format!(
            "trailer\n<</Size 5/Root 4 0 R>>\nstartxref\n{table}\n%%EOF\n"
        ));
        let name = format!("a{n}.pdf");
        place.write(&name, &file);
        let run = explain(&place, &name, "json");
        let named = run.findings().iter().any(|f| f["subject"] == "r-01");
        assert!(named, "{dictionary}: {}", run.said());
    }
}
