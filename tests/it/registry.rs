//! The registry proves itself, is made from lists, and says how many schools it guards. No run tells a name.

use serde_json::{Value, json};

use crate::place::{Place, Run, TODAY, program, run};

const REGISTRY: &str = "content/private/registry.yaml";

fn check(place: &Place) -> Run {
    let mut command = program();
    command.args(["registry", "check", "--format", "json"]);
    run(command.arg(place.root())).without(place.root())
}

fn import(place: &Place, file: &str, text: &str, words: &[&str]) -> Run {
    place.write(file, text);
    let mut command = program();
    command.args(["registry", "import"]).arg(place.path(file));
    command
        .arg(place.root())
        .args(["--today", TODAY])
        .args(words);
    run(&mut command).without(place.root())
}

/// Code, line and id of each finding.
fn told(run: &Run) -> Vec<(String, u64, String)> {
    let of = |f: &Value| {
        (
            f["code"].as_str().unwrap_or("").to_owned(),
            f["line"].as_u64().unwrap_or(0),
            f["subject"].as_str().unwrap_or("").to_owned(),
        )
    };
    run.findings().iter().map(of).collect()
}

#[test]
fn strings_that_would_not_protect_are_told_by_id_and_line() {
    let place = Place::empty();
    place.write(
        REGISTRY,
        "protected:\n- id: r-01\n  name: \"МБОУ «Кувшинская СОШ»\"\n  aliases:\n  - Родничок\n  - Школа\n  people:\n  - Рябова\n  identifiers:\n    phone: \"нет\"\n    address: \"ул. Мира\"\n- id: r-02\n  name: МБОУ СОШ\n",
    );
    let run = check(&place);
    assert_eq!(run.status, Some(1), "{}", run.said());
    let want = [
        ("registry.unrecognised-name", 6, "r-01"),
        ("registry.everyday-person", 8, "r-01"),
        ("registry.unrecognised-identifier", 10, "r-01"),
        ("registry.unrecognised-address", 11, "r-01"),
        ("registry.unrecognised", 13, "r-02"),
    ];
    let said: Value = serde_json::from_str(&run.out).expect("json");
    let summary = json!({"errors": 1, "warnings": 4, "protected": 2});
    assert_eq!(said["summary"], summary, "{}", run.out);
    let want = want.map(|(code, line, id)| (code.to_owned(), line, id.to_owned()));
    assert_eq!(told(&run), want);
    for name in ["увшинск", "Родничок", "Рябов", "МБОУ СОШ"] {
        assert!(!run.out.contains(name), "{name}: {}", run.out);
    }
}

/// What the check finds stops a build and an audit as well.
#[test]
fn every_load_proves_the_registry() {
    let place = Place::new();
    place.edit(
        REGISTRY,
        "name: \"МБОУ «Ромашкинская СОШ»\"",
        "name: \"МБОУ СОШ\"",
    );
    place.edit(REGISTRY, "    settlement: \"деревня Ромашкино\"\n", "");
    place.write("o.txt", "Слова.");
    let audited = {
        let mut command = program();
        command.args(["audit", "--format", "json", "--registry"]);
        command.arg(place.path(REGISTRY)).arg(place.path("o.txt"));
        run(&mut command)
    };
    for run in [place.check(&["--format", "json"]), audited] {
        assert_eq!(run.status, Some(1), "{}", run.said());
        assert_eq!(run.codes(), ["registry.unrecognised"], "{}", run.out);
    }
}

#[test]
fn a_build_says_how_many_schools_it_guards() {
    let place = Place::new();
    for (words, said) in [
        (&[][..], "Под защитой: 2\u{a0}школы.\n"),
        (&["--lang", "en"], "Guarded: 2\u{a0}schools.\n"),
    ] {
        let run = place.check(words);
        assert!(run.out.starts_with(said), "{}", run.said());
    }
    let run = place.check(&["--format", "json"]);
    let said: Value = serde_json::from_str(&run.out).expect("json");
    assert_eq!(said["summary"]["protected"], 2);
}

#[test]
fn a_table_becomes_the_registry() {
    let place = Place::empty();
    let list = "№;Краткое наименование;Полное наименование;Населённый пункт;Руководитель;ИНН;Телефон\n\
        Луговой район;;;;;;\n\
        1;МБОУ «Кувшинская СОШ»;Муниципальное бюджетное общеобразовательное учреждение «Кувшинская средняя общеобразовательная школа»;село Кувшинское;Рябова Анна Петровна;7707083893;8 (000) 212-14-35\n\
        2;МКОУ «Заозёрненская ООШ»;;деревня Заозёрная;Саркисян Ашот Левонович;7707083894;\n\
        Кедровый район;;;;;;\n\
        3;МБОУ СОШ № 17;;;;;\n";
    let words = ["--format", "json"];
    let shown = import(
        &place,
        "spisok.csv",
        list,
        &["--format", "json", "--dry-run"],
    );
    assert_eq!(shown.status, Some(0), "{}", shown.said());
    assert!(!place.path(REGISTRY).exists());
    let run = import(&place, "spisok.csv", list, &words);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let said: Value = serde_json::from_str(&run.out).expect("json");
    assert_eq!(
        said["registry"],
        json!({"added": 3, "known": 0}),
        "{}",
        run.out
    );
    assert!(
        run.codes().contains(&"import.number-wrong".to_owned()),
        "{}",
        run.out
    );
    let registry = place.read(REGISTRY);
    for line in [
        "- id: r-01\n    name: \"МБОУ «Кувшинская СОШ»\"\n    full_name: \"Муниципальное бюджетное",
        "municipality: \"Луговой район\"\n    settlement: \"село Кувшинское\"",
        "people: [\"Рябова Анна Петровна\"]",
        "inn: \"7707083893\"",
        "- id: r-03\n    name: \"МБОУ СОШ № 17\"\n    municipality: \"Кедровый район\"",
    ] {
        assert!(registry.contains(line), "{line} in\n{registry}");
    }
    assert!(!registry.contains("7707083894"));
    let checked = check(&place);
    assert_eq!(checked.status, Some(0), "{}", checked.said());
    for run in [shown, run, checked] {
        for name in ["увшинск", "аозёрнен", "Рябов", "7707083"] {
            assert!(!run.out.contains(name) && !run.err.contains(name), "{name}");
        }
    }
}

/// The same list as offices send it: a table of Word, a sheet of Excel.
#[test]
fn word_and_excel_become_the_registry() {
    let rows = [
        [
            "№",
            "Краткое наименование",
            "Муниципалитет",
            "ФИО директора",
        ],
        [
            "1",
            "МБОУ «Кувшинская СОШ»",
            "Луговой район",
            "Рябова Анна Петровна",
        ],
        [
            "2",
            "МКОУ «Заозёрненская ООШ»",
            "Кедровый район",
            "Саркисян Ашот Левонович",
        ],
    ];
    let package = |parts: &[(&str, String)]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, zip::write::SimpleFileOptions::default())
                .expect("a part");
            std::io::Write::write_all(&mut zip, text.as_bytes()).expect("its text");
        }
        zip.finish().expect("a package").into_inner()
    };
    let all = |row: &dyn Fn(usize, &str) -> String, around: [&str; 2]| -> String {
        let one = |(n, cells): (usize, &[&str; 4])| {
            let cells: Vec<String> = cells.iter().map(|c| row(n, c)).collect();
            format!("{}{}{}", around[0], cells.concat(), around[1])
        };
        rows.iter().enumerate().map(one).collect()
    };
    let word = all(
        &|_, c| format!("<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>"),
        ["<w:tr>", "</w:tr>"],
    );
    let excel = all(
        &|_, c| format!("<c t=\"inlineStr\"><is><t>{c}</t></is></c>"),
        ["<row>", "</row>"],
    );
    let word = package(&[(
        "word/document.xml",
        format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Список школ с низкими результатами</w:t></w:r></w:p><w:tbl>{word}</w:tbl></w:body></w:document>"
        ),
    )]);
    let excel = package(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Лист1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".to_owned(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>".to_owned(),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{excel}</sheetData></worksheet>"),
        ),
    ]);
    for (name, bytes) in [("spisok.docx", word), ("spisok.xlsx", excel)] {
        let place = Place::empty();
        let file = place.path(name);
        std::fs::write(&file, bytes).expect("the list");
        let run = crate::place::run(
            crate::place::program()
                .args(["registry", "import"])
                .arg(&file)
                .arg(place.root())
                .args(["--format", "json"]),
        );
        assert_eq!(run.status, Some(0), "{name}: {}", run.said());
        let said: Value = serde_json::from_str(&run.out).expect("json");
        assert_eq!(said["registry"], json!({"added": 2, "known": 0}), "{name}");
        let registry = place.read(REGISTRY);
        for part in [
            "name: \"МБОУ «Кувшинская СОШ»\"\n    municipality: \"Луговой район\"",
            "people: [\"Саркисян Ашот Левонович\"]",
        ] {
            assert!(registry.contains(part), "{name}: {part} in\n{registry}");
        }
        assert!(
            !run.out.contains("увшинск") && !run.err.contains("увшинск"),
            "{name}"
        );
    }
}

#[test]
fn lines_are_a_list_too_and_what_is_known_is_left() {
    let place = Place::empty();
    place.write(
        REGISTRY,
        "# Наш реестр\nprotected:\n- id: r-05\n  name: \"МБОУ «Кувшинская СОШ»\"\n",
    );
    let list = "Список школ с низкими результатами\n\nЛуговой район\n\n\
        Просим обеспечить участие общеобразовательных организаций района.\n\
        1. МБОУ «Кувшинская СОШ»\n\
        2. МКОУ «Заозёрненская ООШ», д. Заозёрная, директор Саркисян Ашот Левонович, тел. 8 (000) 212-14-35, zaoz@shkola.example\n";
    let run = import(&place, "spisok.txt", list, &["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let said: Value = serde_json::from_str(&run.out).expect("json");
    assert_eq!(
        said["registry"],
        json!({"added": 1, "known": 1}),
        "{}",
        run.out
    );
    let registry = place.read(REGISTRY);
    assert!(
        registry.starts_with("# Наш реестр\nprotected:\n- id: r-05\n"),
        "{registry}"
    );
    for part in [
        "name: \"МКОУ «Заозёрненская ООШ»\"",
        "municipality: \"Луговой район\"",
        "settlement: \"д. Заозёрная\"",
        "people: [\"Саркисян Ашот Левонович\"]",
        "phone: \"8 (000) 212-14-35\"",
        "email: \"zaoz@shkola.example\"",
    ] {
        assert!(registry.contains(part), "{part} in\n{registry}");
    }
}

#[test]
fn without_schools_or_with_an_encrypted_registry_nothing_is_written() {
    let place = Place::empty();
    let run = import(
        &place,
        "a.txt",
        "Здесь ничего нет.\n",
        &["--format", "json"],
    );
    assert_eq!(run.codes(), ["import.no-schools"], "{}", run.out);
    assert_eq!(run.status, Some(1));
    place.write(&format!("{REGISTRY}.age"), "age-encryption.org/v1\n");
    let run = import(
        &place,
        "b.txt",
        "1. СОШ № 7\n2. СОШ № 9\n",
        &["--format", "json"],
    );
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(!place.path(REGISTRY).exists());
}
