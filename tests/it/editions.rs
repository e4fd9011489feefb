//! Files to take away: which of them there are, that pages lead to them, and that they say what the pages say.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lopdf::Object;

use crate::place::{Place, program, repository, run, tree};

/// The repository's own content, with all kinds that are given out as files.
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

fn text(path: &str) -> &'static str {
    let bytes = SITE.get(path).unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is no text"))
}

/// Pages of kinds that are given out, with the names of their files.
fn pages() -> Vec<(&'static str, Vec<String>)> {
    let kinds = ["order", "roadmap", "schedule", "seminar", "indicators"];
    let of = |path: &'static String| {
        let folder = path.strip_suffix("index.html")?;
        let page = text(path);
        let kind = kinds
            .iter()
            .find(|kind| page.contains(&format!("<body class=\"kind-{kind}\"")))?;
        // A view with fewer rows is no document of its own.
        if page.contains("noindex") {
            return None;
        }
        let own = folder.trim_end_matches('/').rsplit('/').next()?;
        let mut names = vec![format!("{own}.pdf"), format!("{own}.docx")];
        if matches!(*kind, "roadmap" | "schedule" | "indicators") {
            names.extend([format!("{own}.xlsx"), "data.csv".to_owned()]);
        }
        Some((folder, names))
    };
    SITE.keys().filter_map(of).collect()
}

/// Words without the room between them, and without the hyphens that end lines.
fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{ad}' | '\u{a0}'))
        .collect()
}

fn pdf(bytes: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(bytes).expect("a PDF")
}

fn words(bytes: &[u8]) -> String {
    let pdf = pdf(bytes);
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    bare(&pdf.extract_text(&pages).expect("text"))
}

#[test]
fn every_page_leads_to_its_files_and_says_how_large_they_are() {
    let pages = pages();
    assert!(pages.len() > 20, "{}", pages.len());
    for (folder, names) in pages {
        let page = text(&format!("{folder}index.html"));
        for name in names {
            let bytes = SITE
                .get(&format!("{folder}{name}"))
                .unwrap_or_else(|| panic!("{folder}{name}"));
            let kind = name.rsplit('.').next().unwrap_or("").to_uppercase();
            let link = page
                .split("<p class=\"downloads\">")
                .nth(1)
                .and_then(|rest| rest.split("</p>").next())
                .unwrap_or_else(|| panic!("{folder} says nothing of files"));
            assert!(
                link.contains(&format!("{name}\">{kind}")),
                "{folder}{name}: {link}"
            );
            let size = (bytes.len() as f64 / 1024.0).round().max(1.0);
            let said = link.contains(&format!("{size}\u{a0}КБ"));
            assert!(said || bytes.len() < 1024, "{name} {size}: {link}");
        }
    }
}

#[test]
fn a_roadmap_as_a_file_has_all_rows_in_their_words() {
    for section in ["tula-2024", "molchanovo-2023"] {
        let folder = format!("{section}/roadmap/");
        let said = words(&SITE[&format!("{folder}roadmap.pdf")]);
        let data: serde_json::Value =
            serde_json::from_str(text(&format!("{folder}data.json"))).expect("JSON");
        for row in data["rows"].as_array().expect("rows") {
            // The page's typography sets no-break spaces and dashes; the letters are the order's.
            let letters =
                |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
            let measure = letters(row["measure"].as_str().expect("a measure"));
            assert!(letters(&said).contains(&measure), "{section}: {measure}");
        }
    }
}

/// The text of an office file's part.
fn part(bytes: &[u8], name: &str) -> String {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(bytes));
    let mut archive = archive.expect("an archive");
    let mut file = archive.by_name(name).expect("the part");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut file, &mut text).expect("UTF-8");
    // Runs of one word may be parts of it.
    text.split('<')
        .filter_map(|t| t.split_once('>'))
        .map(|(_, t)| t)
        .collect()
}

/// What a reader can search for on a page is in each of its files, word by word.
#[test]
fn files_say_what_their_pages_say() {
    let letters = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let index = SITE
        .iter()
        .filter(|(path, _)| path.starts_with("search/texts"));
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, bytes) in index {
        let texts: serde_json::Value = serde_json::from_slice(bytes).expect(path);
        for text in texts.as_array().expect("texts") {
            let address = text["address"].as_str().expect("an address");
            // What has no place on the page is what lists say of it.
            let pieces = text["pieces"].as_array().expect("pieces").chunks(2);
            let placed = pieces.filter(|piece| piece[0] != "");
            let pieces = placed.filter_map(|piece| piece[1].as_str().map(str::to_owned));
            said.entry(address.trim_start_matches('/').to_owned())
                .or_default()
                .extend(pieces);
        }
    }
    let mut count = 0;
    let mut missing = Vec::new();
    for (folder, names) in pages() {
        for name in names
            .iter()
            .filter(|n| n.ends_with(".pdf") || n.ends_with(".docx"))
        {
            let path = format!("{folder}{name}");
            let own = match name.ends_with(".pdf") {
                true => letters(&words(&SITE[&path])),
                false => letters(&part(&SITE[&path], "word/document.xml")),
            };
            for piece in said
                .get(folder)
                .unwrap_or_else(|| panic!("{folder} is not searched"))
            {
                for word in piece
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|w| !w.is_empty())
                {
                    count += 1;
                    if !own.contains(&letters(word)) {
                        missing.push(format!("{path}: {word} of {piece}"));
                    }
                }
            }
        }
    }
    missing.truncate(10);
    assert!(missing.is_empty(), "{missing:#?}");
    assert!(count > 10_000, "{count} words");
}

/// Every tag with the scope of its heads.
fn tags(pdf: &lopdf::Document) -> Vec<(String, bool)> {
    fn walk(pdf: &lopdf::Document, object: &Object, out: &mut Vec<(String, bool)>) {
        let Ok((_, object)) = pdf.dereference(object) else {
            return;
        };
        match object {
            Object::Array(list) => list.iter().for_each(|o| walk(pdf, o, out)),
            Object::Dictionary(own) => {
                if let Ok(name) = own.get(b"S").and_then(Object::as_name) {
                    let attributes = own.get(b"A").map(|a| format!("{a:?}"));
                    let scoped = attributes.is_ok_and(|a| a.contains("Scope"));
                    out.push((String::from_utf8_lossy(name).into_owned(), scoped));
                }
                if let Ok(below) = own.get(b"K") {
                    walk(pdf, below, out);
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    let root = pdf.catalog().and_then(|c| c.get(b"StructTreeRoot"));
    walk(pdf, root.expect("tags"), &mut out);
    out
}

#[test]
fn every_table_of_a_file_has_heads_with_a_scope() {
    for (path, bytes) in SITE.iter().filter(|(path, _)| path.ends_with(".pdf")) {
        if !path.contains("roadmap") && !path.contains("schedules") && !path.contains("indicators")
        {
            continue;
        }
        let tags = tags(&pdf(bytes));
        let count = |name: &str| tags.iter().filter(|(tag, _)| tag == name).count();
        assert!(count("TH") >= count("Table"), "{path}");
        assert!(
            tags.iter().all(|(tag, scoped)| tag != "TH" || *scoped),
            "{path}: a head without a scope"
        );
        assert_eq!(count("H1"), 1, "{path}");
    }
}

#[test]
fn tables_open_in_russian_excel_by_a_double_click() {
    let table = text("tula-2024/roadmap/data.csv");
    let first = table.lines().next().expect("a head");
    assert!(
        first.starts_with("\u{feff}№;Раздел;Мероприятие;Срок;"),
        "{first}"
    );
}

#[test]
fn a_portal_may_do_without_them() {
    let place = Place::new();
    let made = place.build(&[]);
    assert_eq!(made.status, Some(0), "{}", made.said());
    let with = tree(&place.path("output/site"));
    let files = |site: &BTreeMap<String, Vec<u8>>| {
        let office = |p: &&String| p.ends_with(".docx") || p.ends_with(".xlsx");
        site.keys().filter(office).cloned().collect::<Vec<_>>()
    };
    assert!(!files(&with).is_empty());
    // A second build takes over what the first has made.
    let again = place.build(&[]);
    assert_eq!(again.status, Some(0), "{}", again.said());
    assert!(tree(&place.path("output/site")) == with);
    place.append("content/site.yaml", "\ndownloads: false\n");
    let made = place.build(&[]);
    assert_eq!(made.status, Some(0), "{}", made.said());
    let without = tree(&place.path("output/site"));
    let left: Vec<String> = files(&without);
    assert!(left.iter().all(|p| p.contains("/files/")), "{left:?}");
}
