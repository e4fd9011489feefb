//! What the contract promises of the real content: rows, numbers, periods, addresses, machine-readable data.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::place::{Place, program, repository, run, tree};

/// The repository's own content, built once for all tests here.
static SITE: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let out = Place::empty();
    let mut command = program();
    command
        .arg("build")
        .arg(repository())
        .arg("--out")
        .arg(out.root());
    let run = run(command.args(["--today", "2025-03-01"]));
    assert_eq!(run.status, Some(0), "{}", run.said());
    tree(&out.path("site"))
});

/// Folder of each section and how many rows its order has.
const ROWS: [(&str, usize); 5] = [
    ("tyumen-region-2025", 25),
    ("molchanovo-2023", 49),
    ("tomsk-region-2020", 27),
    ("tyumen-city-2021", 35),
    ("tula-2024", 67),
];

fn text(path: &str) -> &'static str {
    let bytes = SITE.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no text"))
}

fn rows(section: &str) -> Vec<Value> {
    let data: Value =
        serde_json::from_str(text(&format!("{section}/roadmap/data.json"))).expect("JSON");
    data["rows"].as_array().expect("rows").clone()
}

/// The values of `field: …` in the source of a roadmap, where the field begins a row or stands first on its line.
fn printed(section: &str, field: &str) -> Vec<String> {
    let source = repository().join(format!("content/{section}/roadmap.yaml"));
    let source = std::fs::read_to_string(source).expect("the roadmap");
    let mut found = Vec::new();
    let mut sections = false;
    for line in source.lines() {
        // Numbers of the roadmap's own sections stand at its outer level.
        let indent = line.len() - line.trim_start().len();
        sections |= line.starts_with("sections:");
        let is_section = sections && indent <= 2;
        let Some(value) = line
            .trim_start()
            .trim_start_matches("- ")
            .strip_prefix(field)
            .and_then(|rest| rest.strip_prefix(':'))
        else {
            continue;
        };
        let head_of_section = sections && indent == 4 && !line.trim_start().starts_with("- ");
        if !is_section && !head_of_section {
            found.push(value.trim().trim_matches(['"', '\'']).to_owned());
        }
    }
    found
}

#[test]
fn every_roadmap_has_its_rows() {
    for (section, count) in ROWS {
        assert_eq!(rows(section).len(), count, "{section}");
    }
}

#[test]
fn numbers_are_as_printed_and_in_the_printed_order() {
    for (section, _) in ROWS {
        let built: Vec<String> = rows(section)
            .iter()
            .filter_map(|row| row["no"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(built, printed(section, "no"), "{section}");
    }
}

#[test]
fn rows_have_the_fields_of_the_contract() {
    const FIELDS: [&str; 8] = [
        "no",
        "section",
        "measure",
        "period",
        "indicator",
        "result",
        "responsible",
        "status",
    ];
    for (section, _) in ROWS {
        let data: Value =
            serde_json::from_str(text(&format!("{section}/roadmap/data.json"))).expect("JSON");
        assert!(data["title"].is_string(), "{section}");
        assert!(!data["order"].is_null(), "{section}");
        for row in rows(section) {
            let row = row.as_object().expect("an object");
            for field in FIELDS {
                assert!(row.contains_key(field), "{section}: no {field}");
            }
            assert!(row["measure"].as_str().is_some_and(|m| !m.is_empty()));
            assert!(row["responsible"].is_array() || row["responsible"].is_null());
        }
    }
}

#[test]
fn periods_are_typed() {
    let is_date = |v: &Value| {
        v.is_null()
            || v.as_str().is_some_and(|d| {
                d.len() == 10
                    && d.bytes().enumerate().all(|(i, b)| match i {
                        4 | 7 => b == b'-',
                        _ => b.is_ascii_digit(),
                    })
            })
    };
    for (section, count) in ROWS {
        let mut dated = 0;
        for row in rows(section) {
            let period = &row["period"];
            if period.is_null() {
                continue;
            }
            assert!(period["text"].as_str().is_some_and(|t| !t.is_empty()));
            assert!(
                period["kind"].as_str().is_some_and(|k| !k.is_empty()),
                "{section}: {row}"
            );
            assert!(
                is_date(&period["from"]) && is_date(&period["to"]),
                "{section}: {row}"
            );
            if let (Some(from), Some(to)) = (period["from"].as_str(), period["to"].as_str()) {
                assert!(from <= to, "{section}: {row}");
            }
            dated += usize::from(!period["to"].is_null() || !period["from"].is_null());
        }
        assert!(
            dated * 2 > count,
            "{section}: only {dated} rows of {count} have dates"
        );
    }
}

#[test]
fn each_row_is_an_element_of_the_page() {
    for (section, _) in ROWS {
        let page = text(&format!("{section}/roadmap/index.html"));
        let marked: Vec<&str> = page
            .split("data-no=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let data: Vec<String> = rows(section)
            .iter()
            .filter_map(|row| row["no"].as_str().map(str::to_owned))
            .collect();
        let named: Vec<&str> = marked.into_iter().filter(|no| !no.is_empty()).collect();
        assert_eq!(named, data, "{section}");
    }
}

#[test]
fn table_for_spreadsheets_has_the_same_rows() {
    for (section, count) in ROWS {
        let table = text(&format!("{section}/roadmap/data.csv"));
        let table = table.trim_start_matches('\u{feff}');
        let delimiter = if table.lines().next().is_some_and(|l| l.contains(';')) {
            b';'
        } else {
            b','
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .from_reader(table.as_bytes());
        let records: Vec<_> = reader.records().map(|r| r.expect("a record")).collect();
        assert_eq!(records.len(), count, "{section}");
    }
}

#[test]
fn addresses_are_lower_case_latin_and_end_in_a_slash() {
    for path in SITE.keys() {
        assert!(
            path.bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/')),
            "{path}"
        );
        if path.ends_with(".html") {
            assert!(path.ends_with("index.html") || path == "404.html", "{path}");
        }
    }
    for address in text("sitemap.xml")
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
    {
        assert!(
            address.ends_with('/') && !address.contains("/index"),
            "{address}"
        );
        let below = address.splitn(4, '/').nth(3).unwrap_or("");
        assert!(
            SITE.contains_key(&format!("{below}index.html")),
            "{address}"
        );
    }
}

#[test]
fn nothing_private_or_half_made_is_published() {
    for path in SITE.keys() {
        assert!(
            !path.contains("private") && !path.contains("registry"),
            "{path}"
        );
        assert!(!path.ends_with(".yaml") && !path.ends_with(".md"), "{path}");
        assert!(!path.contains("/."), "{path}");
    }
}

/// Every link inside the site leads to a file, and every anchor to an element.
#[test]
fn inner_links_lead_somewhere() {
    let mut wrong = Vec::new();
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for part in ["href=\"", "src=\""] {
            for target in page.split(part).skip(1).filter_map(|r| r.split('"').next()) {
                let target = target.replace("&amp;", "&");
                if target.contains(':') || target.starts_with("//") {
                    continue;
                }
                let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
                let file = file.split('?').next().unwrap_or("");
                let full = resolve(path, file);
                let full = if file.is_empty() { path.clone() } else { full };
                match SITE.get(&full) {
                    None => wrong.push(format!("{path} → {target}")),
                    Some(bytes) if !anchor.is_empty() => {
                        let id = format!("id=\"{anchor}\"");
                        if !String::from_utf8_lossy(bytes).contains(&id) {
                            wrong.push(format!("{path} → {target}"));
                        }
                    }
                    Some(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn resolve(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        from.split('/')
            .collect::<Vec<_>>()
            .split_last()
            .map_or(Vec::new(), |(_, r)| r.to_vec())
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let last = parts.last().copied().unwrap_or("");
    if target.ends_with('/') || !last.contains('.') {
        parts.push("index.html");
    }
    parts.join("/")
}
