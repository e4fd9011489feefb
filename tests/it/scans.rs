//! Scans: pages that are pictures, read by the real Tesseract (`tests/setup.sh` installs it).

use std::path::Path;
use std::process::{Command, Stdio};

use crate::place::{Place, Run, TODAY, program, run};

/// A page of one bit a dot: a plan with lines round its cells, rendered from HTML at 144 dots an inch.
const SCAN: &[u8] = include_bytes!("../import/skan.png");
const SCHOOL: &str = "МБОУ «Кувшинская СОШ»";

/// Installs the recogniser where the machine can.
fn recogniser() {
    let there = || {
        let mut ask = Command::new("tesseract");
        ask.arg("--list-langs").stderr(Stdio::null());
        let said = ask.output().map(|o| o.stdout).unwrap_or_default();
        String::from_utf8_lossy(&said).lines().any(|l| l == "rus")
    };
    if !there() {
        let setup = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/setup.sh");
        let _ = Command::new("sh").arg(setup).arg("tesseract").status();
        assert!(
            there(),
            "install tesseract with Russian: tests/setup.sh tesseract"
        );
    }
}

fn place() -> Place {
    let place = Place::empty();
    place.write(
        "content/site.yaml",
        "title: \"Проба\"\nbase_url: \"https://example.org/\"\nsections: [razdel]\n",
    );
    place.write(
        "content/private/registry.yaml",
        format!("protected:\n  - id: r-01\n    name: \"{SCHOOL}\"\n    municipality: \"Яблонный район\"\n"),
    );
    place
}

/// The chunks of a PNG by their kind.
fn chunks(png: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut out = Vec::new();
    let mut at = 8;
    while let Some(head) = png.get(at..at + 8) {
        let length = u32::from_be_bytes(head[..4].try_into().expect("four")) as usize;
        out.push((&head[4..8], &png[at + 8..at + 8 + length]));
        at += length + 12;
    }
    out
}

/// A PDF whose only page is the scan: a PNG's data is what PDF calls a predictor.
fn pdf(png: &[u8]) -> Vec<u8> {
    let chunks = chunks(png);
    let of = |kind: &[u8]| chunks.iter().find(|c| c.0 == kind).expect("a chunk").1;
    let number = |at: usize| u32::from_be_bytes(of(b"IHDR")[at..at + 4].try_into().expect("four"));
    let (width, height, data) = (number(0), number(4), of(b"IDAT"));
    let content = "q 600 0 0 294 0 500 cm /I Do Q";
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    let mut object = |head: String, data: Option<&[u8]>| {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{head}\n", places.len()).bytes());
        if let Some(data) = data {
            out.extend(b"stream\n");
            out.extend(data);
            out.extend(b"\nendstream\n");
        }
        out.extend(b"endobj\n");
    };
    object("<</Type/Catalog/Pages 2 0 R>>".into(), None);
    object("<</Type/Pages/Count 1/Kids[3 0 R]>>".into(), None);
    object("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 842]/Resources<</XObject<</I 5 0 R>>>>/Contents 4 0 R>>".into(), None);
    object(
        format!("<</Length {}>>", content.len()),
        Some(content.as_bytes()),
    );
    object(
        format!(
            "<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 1/Columns {width}>>/Length {}>>",
            data.len()
        ),
        Some(data),
    );
    let table = out.len();
    let count = places.len() + 1;
    out.extend(format!("xref\n0 {count}\n0000000000 65535 f \n").bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!("trailer\n<</Size {count}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    out
}

fn import(place: &Place, name: &str, bytes: &[u8], words: &[&str]) -> Run {
    let file = place.path(name);
    std::fs::write(&file, bytes).expect("the file");
    let mut command = program();
    command.arg("import").arg(&file).arg(place.root());
    command.args(["--section", "razdel", "--today", TODAY, "--format", "json"]);
    let run = run(command.args(words)).without(place.root());
    std::fs::remove_file(&file).expect("the file");
    run
}

#[test]
fn a_scanned_plan_becomes_rows_that_are_to_be_read_over() {
    recogniser();
    for (name, bytes) in [("План.png", SCAN.to_vec()), ("План.pdf", pdf(SCAN))] {
        let place = place();
        let run = import(&place, name, &bytes, &["--ocr"]);
        assert_eq!(run.status, Some(0), "{name}: {}", run.said());
        place.must_build(&[]);
        let data = place.read("output/site/razdel/roadmap/data.json");
        let data: serde_json::Value = serde_json::from_str(&data).expect("data");
        let rows = data["rows"].as_array().expect("rows");
        let said: Vec<[&str; 3]> = rows
            .iter()
            .map(|r| {
                [
                    r["no"].as_str().unwrap_or("—"),
                    r["period"]["text"].as_str().unwrap_or("—"),
                    r["responsible"][0].as_str().unwrap_or("—"),
                ]
            })
            .collect();
        let wanted = [
            ["1.", "январь 2025", "Управление образования"],
            ["2.", "до 20.02.2025", "Методический центр"],
            ["3.", "март 2025", "Методический центр"],
            ["4.", "ежеквартально", "Методический центр"],
        ];
        assert_eq!(said, wanted, "{name}");
        assert_eq!(rows[3]["section"], "Раздел 2. Работа на местах", "{name}");
        // Each line is to be read over, and the listed school is named nowhere.
        let lines = run.codes();
        let marked = lines.iter().filter(|c| *c == "import.recognised").count();
        assert!(marked >= 6, "{name}: {lines:?}");
        for (path, bytes) in crate::place::tree(place.root()) {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                path.starts_with("content/private/") || !text.contains("увшинск"),
                "{name}: {path}"
            );
        }
    }
}

#[test]
fn without_being_asked_nothing_is_recognised() {
    let place = place();
    let picture = import(&place, "План.png", SCAN, &[]);
    assert_eq!(picture.status, Some(1), "{}", picture.said());
    assert!(picture.out.contains("--ocr"), "{}", picture.out);
    let scan = import(&place, "План.pdf", &pdf(SCAN), &[]);
    assert_eq!(scan.status, Some(1), "{}", scan.said());
    assert!(scan.out.contains("--ocr"), "{}", scan.out);
}

#[test]
fn what_to_install_is_told() {
    let place = place();
    let file = place.path("План.png");
    std::fs::write(&file, SCAN).expect("the file");
    let mut command = program();
    command.arg("import").arg(&file).arg(place.root());
    command.args(["--section", "razdel", "--today", TODAY, "--ocr"]);
    command.env("GLASNO_TESSERACT", place.path("nowhere"));
    let run = run(&mut command).without(place.root());
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(
        run.err.contains("tesseract-ocr-rus") && run.err.contains("Windows"),
        "{}",
        run.err
    );
    assert!(!place.path("content/razdel").exists());
}

#[test]
fn an_audit_reads_pictures_and_clears_none() {
    recogniser();
    let place = place();
    place.write("sait/foto.png", SCAN);
    place.write("sait/plan.pdf", pdf(SCAN));
    let audit = |words: &[&str]| {
        let mut command = program();
        command.arg("audit").args(words);
        command.args(["--format", "json", "--today", TODAY, "--registry"]);
        command.arg(place.path("content/private/registry.yaml"));
        run(command.arg(place.path("sait"))).without(place.root())
    };
    let plain = audit(&[]);
    assert_eq!(plain.status, Some(0), "{}", plain.said());
    let read = audit(&["--ocr"]);
    assert_eq!(read.status, Some(1), "{}", read.said());
    let found = read.findings();
    let named: Vec<&str> = found
        .iter()
        .filter(|f| f["code"] == "disclosure.name" && f["subject"] == "r-01")
        .filter_map(|f| f["path"].as_str())
        .collect();
    assert!(
        named.iter().any(|p| p.contains("foto.png"))
            && named.iter().any(|p| p.contains("plan.pdf")),
        "{named:?}"
    );
    // Recognition helps and clears nothing: both still wait for a person.
    let open = found
        .iter()
        .filter(|f| f["code"] == "carrier.picture")
        .count();
    assert!(open >= 2, "{}", read.said());
    assert!(!read.said().contains("увшинск"), "{}", read.said());
}
