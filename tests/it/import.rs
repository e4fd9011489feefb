//! `glasno import`: finished documents become sources that build as they are.
//!
//! The five source orders are read only where they lie beside the checkout; nothing of them stands here.

use std::path::{Path, PathBuf};

use crate::place::{Place, Run, TODAY, program, run};

/// A site without a section; `registry` where the document brings no list of its own.
fn place(registry: bool) -> Place {
    let place = Place::empty();
    place.write(
        "content/site.yaml",
        "title: \"Проба\"\nbase_url: \"https://example.org/\"\nsections: [razdel]\n",
    );
    if registry {
        place.write(
            "content/private/registry.yaml",
            "protected:\n  - id: r-01\n    name: \"МБОУ «Кувшинская СОШ»\"\n    municipality: \"Яблонный район\"\n",
        );
    }
    place
}

fn import(place: &Place, files: &[&Path], words: &[&str]) -> Run {
    let mut command = program();
    command.arg("import").args(files).arg(place.root());
    command
        .args(["--section", "razdel", "--today", TODAY])
        .args(words);
    run(&mut command).without(place.root())
}

fn own(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/import")
        .join(name)
}

fn rows(place: &Place, address: &str) -> Vec<serde_json::Value> {
    let text = place.read(&format!("output/site/razdel/{address}/data.json"));
    let data: serde_json::Value = serde_json::from_str(&text).expect("data");
    data["rows"].as_array().expect("rows").clone()
}

fn numbers(rows: &[serde_json::Value]) -> Vec<String> {
    rows.iter()
        .map(|r| r["no"].as_str().unwrap_or("—").to_owned())
        .collect()
}

/// Everything under `content/` but `private/`, and the published site.
fn published(place: &Place) -> String {
    let mut out = String::new();
    for (path, bytes) in crate::place::tree(place.root()) {
        if !path.starts_with("content/private/") {
            out.push_str(&path);
            out.push('\n');
            out.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    out
}

#[test]
fn an_order_with_its_list_and_plan() {
    let place = place(false);
    let file = own("prikaz-i-plan.txt");
    let run = import(&place, &[&file], &["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.out).expect("json");
    assert_eq!(
        said["registry"],
        serde_json::json!({"added": 2, "known": 0})
    );
    let kinds: Vec<&str> = said["documents"]
        .as_array()
        .expect("documents")
        .iter()
        .filter_map(|d| d["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["roadmap", "order"]);
    let codes = run.codes();
    for code in [
        "import.registry-added",
        "import.masked",
        "import.period",
        "import.look-alike",
        "import.note",
        "import.left-out",
        "import.hyphen",
        "import.assignment",
    ] {
        assert!(codes.iter().any(|c| c == code), "{code}: {codes:?}");
    }
    assert!(
        !run.out.contains("увшинск") && !run.out.contains("льхов"),
        "{}",
        run.out
    );

    let order = place.read("content/razdel/orders/57-od.yaml");
    for line in [
        "date: 2025-03-14",
        "number: \"57-од\"",
        "place: \"г. Ключевой\"",
        "subject: \"О поддержке школ с низкими образовательными результатами в 2025 году\"",
        "no: \"1)\"",
        "no: \"а)\"",
        "by: \"до 01.04.2025\"",
        "by: \"не позднее 15.05.2025\"",
        "by: \"ежеквартально\"",
        "kept: true",
        "signed: {post: \"Начальник управления\", name: \"О.П. Ветрова\"}",
        "withheld: {basis:",
        "document: \"roadmap\"",
        "№ 58-од",
    ] {
        assert!(order.contains(line), "{line} in\n{order}");
    }
    let registry = place.read("content/private/registry.yaml");
    assert!(
        registry.contains("Кувшинская СОШ")
            && registry.contains("Мосалыгина Тамара Юрьевна")
            && registry.contains("phone:")
    );

    place.must_build(&[]);
    let rows = rows(&place, "roadmap");
    assert_eq!(numbers(&rows), ["1.", "2.", "3.", "4.", "4.1."]);
    let text = |row: usize, field: &str| rows[row][field].as_str().unwrap_or("").to_owned();
    assert!(
        text(0, "measure").contains("школ") && text(0, "measure").contains("собеседование"),
        "{rows:#?}"
    );
    assert_eq!(rows[2]["period"]["text"], "июнь, август 2025");
    assert_eq!(
        rows[2]["responsible"],
        serde_json::json!(["Методический центр"])
    );
    assert_eq!(rows[1]["period"]["text"], "до 31.06.2025");
    assert_eq!(text(4, "section"), "Итоги");
    let all = published(&place);
    for name in ["увшинск", "льхов", "Мосалыгин", "Рябов"] {
        assert!(!all.contains(name), "{name}");
    }
}

#[test]
fn what_is_there_stays() {
    let place = place(false);
    let file = own("prikaz-i-plan.txt");
    assert_eq!(import(&place, &[&file], &["--dry-run"]).status, Some(0));
    assert!(!place.path("content/razdel").exists() && !place.path("content/private").exists());
    assert_eq!(import(&place, &[&file], &[]).status, Some(0));
    place.append("content/razdel/roadmap.yaml", "# правка\n");
    let before = crate::place::tree(place.root());
    let run = import(&place, &[&file], &["--format", "json"]);
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(run.codes().contains(&"import.exists".to_owned()));
    assert_eq!(crate::place::tree(place.root()), before);
    // Another plan of the same section has a name of its own.
    place.write(
        "other.md",
        "# План второго этапа на 2026 год\n\n| № | Мероприятие | Срок | Ответственный |\n|---|---|---|---|\n| 1 | Встреча | март 2026 | Методисты |\n",
    );
    let other = place.path("other.md");
    let run = import(&place, &[&other], &["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    assert!(
        place
            .read("content/razdel/roadmap-2.yaml")
            .contains("Встреча")
    );
    let run = import(&place, &[&other], &["--format", "json"]);
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(!place.path("content/razdel/roadmap-3.yaml").exists());
    let run = import(&place, &[&file], &["--force", "--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let said: serde_json::Value = serde_json::from_str(&run.out).expect("json");
    assert_eq!(
        said["registry"],
        serde_json::json!({"added": 0, "known": 2})
    );
    assert!(
        place
            .read("content/razdel/roadmap.yaml.bak")
            .contains("# правка")
    );
    assert!(
        !place
            .read("content/razdel/roadmap.yaml")
            .contains("# правка")
    );
    place.must_build(&[]);
}

#[test]
fn a_second_order_joins_the_section() {
    let place = place(true);
    place.write("one.md", "# План мероприятий на 2025 год\n\n| № | Мероприятие | Срок | Ответственный |\n|---|---|---|---|\n| 1 | Семинар | май | Методический центр |\n");
    place.write("two.md", "**ПРИКАЗ**\n\nот 12.05.2025 № 4\n\nО семинаре\n\nПРИКАЗЫВАЮ:\n\n1. Отделу кадров провести семинар до 20.05.2025.\n\nНачальник О.П. Ветрова\n");
    assert_eq!(
        import(&place, &[&place.path("one.md")], &[]).status,
        Some(0)
    );
    let run = import(&place, &[&place.path("two.md")], &[]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    assert!(
        place
            .read("content/razdel/bodies.yaml")
            .contains("Отдел кадров")
    );
    place.must_build(&[]);
    assert_eq!(numbers(&rows(&place, "roadmap")), ["1"]);
}

#[test]
fn what_cannot_be_read_is_told() {
    let place = place(true);
    place
        .write("empty.txt", "")
        .write("picture.png", [0x89, b'P', b'N', b'G', 13, 10, 26, 10])
        .write("letter.txt", "Здравствуйте!\n");
    for (name, status, code) in [
        ("empty.txt", 1, "source.empty"),
        ("picture.png", 1, "import.unreadable"),
        ("letter.txt", 1, "import.nothing"),
        ("no.txt", 1, "import.unreadable"),
    ] {
        let run = import(&place, &[&place.path(name)], &["--format", "json"]);
        assert_eq!(run.status, Some(status), "{name}: {}", run.said());
        assert_eq!(run.codes(), [code], "{name}");
    }
    let mut command = program();
    command
        .arg("import")
        .arg(own("prikaz-i-plan.txt"))
        .arg(place.root())
        .args(["--section", "Раздел 1"]);
    assert_eq!(run(&mut command).status, Some(1));
    assert!(!place.path("content/razdel").exists());
}

/// A Word file of this text in its body, its parts stored as they are or packed.
fn word(body: &[&[u8]], packed: bool) -> Vec<u8> {
    use std::io::Write;
    let method = if packed {
        zip::CompressionMethod::Deflated
    } else {
        zip::CompressionMethod::Stored
    };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", options)
        .expect("a part");
    zip.write_all(b"<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>")
        .expect("its head");
    for piece in body {
        zip.write_all(piece).expect("its text");
    }
    zip.write_all(b"</w:body></w:document>").expect("its end");
    zip.finish().expect("a package").into_inner()
}

/// A row of a table in Word.
fn row_of(cells: &[&str]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|c| format!("<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>"))
        .collect();
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// Sixty megabytes, and a small file that unpacks to hundreds: refused at once, long before the suite's patience ends, and
/// within an address space in which nothing like them could be read whole.
#[test]
fn files_beyond_all_measure_are_refused() {
    let place = place(true);
    let line =
        "<w:p><w:r><w:t>Провести совещание с руководителями школ</w:t></w:r></w:p>".repeat(1000);
    let mega = (1 << 20) / line.len() + 1;
    let large = vec![line.as_bytes(); 60 * mega];
    let bomb = vec![line.as_bytes(); 400 * mega];
    for (name, bytes) in [
        ("large.docx", word(&large, false)),
        ("bomb.docx", word(&bomb, true)),
    ] {
        place.write(name, bytes);
        let begun = std::time::Instant::now();
        let run = import(&place, &[&place.path(name)], &["--format", "json"]);
        assert_eq!(run.status, Some(1), "{name}: {}", run.said());
        assert_eq!(run.codes(), ["import.unreadable"], "{name}");
        assert!(begun.elapsed().as_secs() < 120, "{name}");
        assert!(!place.path("content/razdel").exists());
        #[cfg(target_os = "linux")]
        {
            let mut command = std::process::Command::new("sh");
            command.args(["-c", "ulimit -v 2500000 && exec \"$@\"", "sh"]);
            command.arg(env!("CARGO_BIN_EXE_glasno")).arg("import");
            command.arg(place.path(name)).arg(place.root());
            command.args(["--section", "razdel", "--format", "json"]);
            let bounded = crate::place::run(&mut command);
            assert_eq!(
                bounded.codes(),
                ["import.unreadable"],
                "{name}: {}",
                bounded.said()
            );
        }
    }
}

/// Four hundred rows come out whole, and soon.
#[test]
fn a_plan_of_four_hundred_rows() {
    let place = place(true);
    let mut table =
        String::from("<w:p><w:r><w:t>План мероприятий на 2025 год</w:t></w:r></w:p><w:tbl>");
    table.push_str(&row_of(&["№", "Мероприятие", "Срок", "Ответственный"]));
    for n in 1..=400u32 {
        let day = format!("до {:02}.{:02}.2025", n % 28 + 1, n % 12 + 1);
        let measure = format!("Совещание {n} с руководителями школ");
        table.push_str(&row_of(&[
            &n.to_string(),
            &measure,
            &day,
            "Методический центр",
        ]));
    }
    table.push_str("</w:tbl>");
    place.write("plan.docx", word(&[table.as_bytes()], true));
    let begun = std::time::Instant::now();
    let run = import(&place, &[&place.path("plan.docx")], &["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    // Two seconds of an optimised program on a machine that does nothing else; here neither holds.
    assert!(begun.elapsed().as_secs() < 60);
    place.must_build(&[]);
    let rows = rows(&place, "roadmap");
    assert_eq!(rows.len(), 400);
    assert_eq!(rows[399]["no"], "400");
    assert_eq!(rows[399]["period"]["to"], "2025-05-09");
}

/// The five orders, as they lie: rows, numbers in printed order, sections, members.
#[test]
fn the_five_source_orders() {
    let orders = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/orders");
    let Ok(list) = std::fs::read_dir(&orders) else {
        eprintln!("пропущено: исходных приказов рядом с проектом нет");
        return;
    };
    let mut files: Vec<PathBuf> = list
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let shipped = [
        "tyumen-region-2025",
        "molchanovo-2023",
        "tomsk-region-2020",
        "tyumen-city-2021",
        "tula-2024",
    ];
    let counts = [25, 49, 27, 35, 67];
    let whole = Place::empty();
    crate::place::copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("content"),
        &whole.path("content"),
    );
    whole.must_build(&[]);
    for ((file, section), count) in files.iter().zip(shipped).zip(counts) {
        let place = place(!["tyumen-region-2025", "tula-2024"].contains(&section));
        let run = import(&place, &[file], &[]);
        assert_eq!(run.status, Some(0), "{section}: {}", run.said());
        place.must_build(&[]);
        let got = rows(&place, "roadmap");
        let data: serde_json::Value =
            serde_json::from_str(&whole.read(&format!("output/site/{section}/roadmap/data.json")))
                .expect("data");
        let want = data["rows"].as_array().expect("rows").clone();
        assert_eq!(got.len(), count, "{section}");
        assert_eq!(numbers(&got), numbers(&want), "{section}");
        let facts = |row: &serde_json::Value| {
            let p = &row["period"];
            [
                p["text"].clone(),
                p["kind"].clone(),
                p["from"].clone(),
                p["to"].clone(),
            ]
        };
        let same = got
            .iter()
            .zip(&want)
            .filter(|(g, w)| facts(g) == facts(w))
            .count();
        assert!(
            same * 100 >= count * 98,
            "{section}: {same} of {count} periods"
        );
        let members = match section {
            "molchanovo-2023" => 5,
            "tomsk-region-2020" => 13,
            _ => continue,
        };
        let group = place.read("content/razdel/groups/rabochaya-gruppa.yaml");
        assert_eq!(group.matches("\n  - ").count(), members, "{section}");
    }
}

/// Python makes them (`tests/import`), the program imports and builds each, and a script counts the rows that came out right.
#[test]
fn documents_of_many_offices() {
    let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join("import")
        .join("score.py");
    let mut said = Vec::new();
    for python in ["python3", "python", "py"] {
        let run = std::process::Command::new(python)
            .arg(&script)
            .arg(env!("CARGO_BIN_EXE_glasno"))
            .env("PYTHONUTF8", "1")
            .output();
        match run {
            Ok(run) if run.status.success() => return,
            Ok(run) => said.push(format!(
                "{python}: {}{}",
                String::from_utf8_lossy(&run.stdout),
                String::from_utf8_lossy(&run.stderr)
            )),
            Err(error) => said.push(format!("{python}: {error}")),
        }
    }
    panic!("{}", said.join("\n"));
}
