//! The report for the signatory: what stands in it, who may read which edition, and that its files open.

use std::io::Read;

use crate::place::{Place, Run, program, repository, run};

const SECTION: &str = "content/primer-2025/section.yaml";
const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const QUARTER: [&str; 8] = [
    "--section",
    "primer-2025",
    "--from",
    "2025-01-01",
    "--to",
    "2025-03-31",
    "--today",
    "2025-04-10",
];

fn report(place: &Place, more: &[&str]) -> Run {
    let words: Vec<&str> = QUARTER.iter().chain(more).copied().collect();
    place.run("report", &words)
}

fn file(place: &Place, kind: &str, edition: &str) -> std::path::PathBuf {
    place.path(&format!(
        "output/report/signed/primer-2025-2025-01-01-2025-03-31{edition}.{kind}"
    ))
}

fn html(place: &Place, edition: &str) -> String {
    std::fs::read_to_string(file(place, "html", edition)).expect("the report")
}

/// The words of a report of a section that keeps progress, with one record.
fn kept() -> Place {
    let place = Place::new();
    place.append(SECTION, "progress: kept\n");
    place.edit(
        ROADMAP,
        "        period: \"ежеквартально\"\n",
        "        period: \"ежеквартально\"\n        done: {date: 2025-03-28, text: \"Встречи прошли\", link: \"orders/12-od.yaml\"}\n",
    );
    place
}

#[test]
fn a_quarter_is_reported_with_its_evidence() {
    let place = kept();
    let run = report(&place, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let text = html(&place, "");
    for words in [
        "<h1>Отчёт о ходе проекта",
        "За период 01.01.2025 — 31.03.2025. Состояние на 10 апреля 2025 года.",
        "Дорожные карты по разделам",
        "По исполнителям за период",
        "28.03.2025: <a href=\"https://obrazec.example/primer-2025/orders/12-od/\">Встречи прошли</a>",
        "Доля выпускников, получивших аттестат",
        "98,4 %",
        "<thead><tr><th scope=\"col\">",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("id из реестра"));
    // States are those of the page and of the duties.
    place.must_build(&["--today", "2025-04-10"]);
    let page = place.read("output/site/primer-2025/roadmap/index.html");
    assert_eq!(
        page.contains("is-overdue"),
        text.contains("<h2>Просрочено</h2>\n<div")
    );
    // A build swaps the folder of reports and keeps what a person asked for.
    assert_eq!(html(&place, ""), text);
    assert!(place.path("output/report/duties.html").is_file());
}

#[test]
fn word_and_pdf_open_and_say_the_same() {
    let place = kept();
    let run = report(&place, &[]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let docx = std::fs::File::open(file(&place, "docx", "")).expect("DOCX");
    let mut document = String::new();
    zip::ZipArchive::new(docx)
        .expect("an archive")
        .by_name("word/document.xml")
        .expect("its text")
        .read_to_string(&mut document)
        .expect("UTF-8");
    assert!(document.contains("w:tblHeader") && document.contains("Встречи прошли"));
    let pdf = lopdf::Document::load(file(&place, "pdf", "")).expect("PDF");
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    assert!(!pages.is_empty());
    let catalog = pdf.catalog().expect("a catalogue");
    assert!(catalog.get(b"StructTreeRoot").is_ok() && catalog.get(b"Outlines").is_ok());
}

/// A year of many pages: every table has its heads on each page, every page its number, every part its heading.
#[test]
fn a_long_report_can_be_read_from_any_page() {
    let out = tempfile::tempdir().expect("a folder");
    let mut command = program();
    command.arg("report").arg(repository()).args([
        "--section",
        "molchanovo-2023",
        "--from",
        "2023-01-01",
        "--to",
        "2023-12-31",
        "--today",
        "2024-01-10",
    ]);
    let run = run(command.arg("--out").arg(out.path()));
    assert_eq!(run.status, Some(0), "{}", run.said());
    let file = |kind: &str| {
        out.path()
            .join(format!("molchanovo-2023-2023-01-01-2023-12-31.{kind}"))
    };
    let pdf = lopdf::Document::load(file("pdf")).expect("PDF");
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    assert!(pages.len() > 4, "{}", pages.len());
    for page in &pages {
        let text = pdf.extract_text(&[*page]).expect("its text");
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let number = format!("{page}/{}", pages.len());
        assert!(bare.contains(&number), "{number}: {text}");
        let heads = ["Основание", "Исполнитель", "Название", "Новость"];
        assert!(heads.iter().any(|h| text.contains(h)), "{page}: {text}");
    }
    let docx = std::fs::File::open(file("docx")).expect("DOCX");
    let mut archive = zip::ZipArchive::new(docx).expect("an archive");
    let mut part = |name: &str| {
        let mut text = String::new();
        let mut found = archive.by_name(name).expect("a part");
        found.read_to_string(&mut text).expect("UTF-8");
        text
    };
    let document = part("word/document.xml");
    let tables = document.matches("<w:tbl>").count();
    // The totals are pairs of words and have no head.
    assert_eq!(document.matches("<w:tblHeader/>").count(), tables - 1);
    assert!(tables > 3);
    assert_eq!(document.matches("w:val=\"Heading1\"").count(), 1);
    assert!(document.matches("w:val=\"Heading2\"").count() > 7);
    let foot = part("word/footer1.xml");
    assert!(
        foot.contains(" PAGE ") && foot.contains("NUMPAGES"),
        "{foot}"
    );
    // On a phone each row is a card that says what its cells are.
    let html = std::fs::read_to_string(file("html")).expect("HTML");
    assert!(html.contains("<td data-head=\"Срок\">") && html.contains("@bottom-right"));
}

#[test]
fn the_service_edition_knows_schools_by_id_and_stays_below_report() {
    let place = kept();
    place.write(
        "content/private/monitoring/2024.csv",
        "школа;год;баз;все\nr-01;2024;7;10\nr-02;2024;3;10\n",
    );
    let own = place.read("content/primer-2025/indicators.yaml");
    let own = own
        .replace(
            "meaning: \"число получивших аттестат\"",
            "meaning: \"число получивших аттестат\", data: \"баз\"",
        )
        .replace(
            "meaning: \"число выпускников\"",
            "meaning: \"число выпускников\", data: \"все\"",
        )
        .replace("values: {2023: 97.1, 2024: 98.4}", "values: {2023: 97.1}");
    place.write("content/primer-2025/indicators.yaml", own);
    assert_eq!(report(&place, &[]).status, Some(0));
    let public = html(&place, "");
    assert!(public.contains("не публикуется") && !public.contains("r-01"));
    let run = report(&place, &["--service"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let service = html(&place, "-service");
    for words in [
        "Служебный экземпляр",
        "r-01",
        "70",
        "не публикуется: мало школ",
        "Обязанности по публикации",
    ] {
        assert!(service.contains(words), "{words}");
    }
    let outside = place.path("отчёты");
    let outside = outside.to_str().expect("UTF-8");
    assert_eq!(
        report(&place, &["--service", "--out", outside]).status,
        Some(2)
    );
    assert!(!place.path("отчёты").exists());
    assert_eq!(report(&place, &["--out", outside]).status, Some(0));
    assert_eq!(std::fs::read_dir(outside).expect("a folder").count(), 3);
    // What is uploaded has none of it.
    place.must_build(&[]);
    for (path, bytes) in place.site() {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("Служебный экземпляр"),
            "{path}"
        );
    }
}

#[test]
fn what_is_asked_wrongly_is_refused() {
    let place = Place::new();
    let run = |words: &[&str]| place.run("report", words).status;
    let days = ["--from", "2025-01-01", "--to", "2025-03-31"];
    let with =
        |more: &[&'static str]| -> Vec<&'static str> { days.iter().chain(more).copied().collect() };
    assert_eq!(run(&with(&["--section", "net-takogo"])), Some(2));
    assert_eq!(run(&days), Some(2));
    assert_eq!(
        run(&[
            "--section",
            "primer-2025",
            "--from",
            "2025-04-01",
            "--to",
            "2025-03-31"
        ]),
        Some(2)
    );
    place.edit(ROADMAP, "апрель, октябрь 2025", "31.09.2025");
    assert_eq!(run(&with(&["--section", "primer-2025"])), Some(1));
    assert!(!place.path("output/report").exists());
}
