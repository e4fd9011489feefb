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

/// A term, what is recorded of it, whether it has a line in the calendar and one on the timeline, and how it stands on
/// each of [`DAYS`] where progress is kept.
type Stands = (&'static str, &'static str, bool, bool, [&'static str; 4]);

const DAYS: [&str; 4] = ["2025-03-01", "2025-07-01", "2025-12-20", "2026-02-01"];

#[rustfmt::skip]
const STATES: [Stands; 16] = [
    ("\"до 25.03.2025\"", "", true, true, ["due-soon", "overdue", "overdue", "overdue"]),
    ("\"до 25.03.2025\"", "{date: 2025-03-20, text: \"Справка\"}", true, true, ["due-soon", "done", "done", "done"]),
    ("\"до 10.03.2025\"", "", true, true, ["due-soon", "overdue", "overdue", "overdue"]),
    // A record of tomorrow.
    ("\"до 10.03.2025\"", "{date: 2025-07-02, text: \"Завтра\"}", true, true, ["due-soon", "overdue", "done", "done"]),
    // A quarter missed, a June missed, a June done.
    ("\"ежеквартально\"", "{date: 2025-03-28, text: \"Встреча\"}", true, true, [
        "under-way: under-way upcoming upcoming upcoming", "overdue: done overdue under-way upcoming",
        "overdue: done overdue overdue due-soon", "overdue: done overdue overdue overdue"]),
    ("\"июнь, декабрь 2025\"", "", true, true,
        ["upcoming: upcoming upcoming", "overdue: overdue upcoming", "overdue: overdue due-soon", "overdue: overdue overdue"]),
    ("\"июнь, декабрь 2025\"", "{date: 2025-06-20, text: \"Июнь\"}", true, true,
        ["upcoming: upcoming upcoming", "under-way: done upcoming", "due-soon: done due-soon", "overdue: done overdue"]),
    // A misprint, a rhythm without times, a stretch.
    ("{text: \"до 31.01.2025\", sic: true}", "", false, false, ["under-way", "under-way", "under-way", "no-record"]),
    ("\"постоянно\"", "", false, false, ["under-way", "under-way", "under-way", "overdue"]),
    ("\"май – август 2025\"", "", false, true, ["upcoming", "under-way", "overdue", "overdue"]),
    // What is counted from an event.
    ("\"в течение 5 рабочих дней со дня совещания\"", "", false, false, ["none", "none", "none", "none"]),
    ("\"в течение 5 рабочих дней со дня совещания\"", "{date: 2025-06-01, text: \"Отчёт\"}", false, false,
        ["none", "done", "done", "done"]),
    ("\"по мере необходимости\"", "", false, false, ["under-way", "under-way", "under-way", "no-record"]),
    // Due today; a record that is a sample; a day of the month after.
    ("\"до 01.03.2025\"", "", true, true, ["due-soon", "overdue", "overdue", "overdue"]),
    ("\"до 10.03.2025\"", "{sample: true, date: 2025-03-01, text: \"Выдумка\"}", true, true,
        ["due-soon", "overdue", "overdue", "overdue"]),
    ("\"ежеквартально, до 10 числа месяца, следующего за отчётным\"", "{date: 2025-04-09, text: \"Справка\"}", true, true, [
        "under-way: under-way upcoming upcoming upcoming", "due-soon: done due-soon under-way upcoming",
        "overdue: done overdue overdue due-soon", "overdue: done overdue overdue overdue"]),
];

/// A section with a row for each of [`STATES`].
fn of_all_states(kept: bool) -> Place {
    let place = Place::new();
    let progress = if kept { "progress: kept\n" } else { "" };
    place.write(
        "content/svod-2025/section.yaml",
        format!("kind: section\ntitle: \"Свод\"\nsummary: \"Строка на каждое состояние.\"\nperiod: {{from: 2025-01-01, to: 2025-12-31}}\nowner: \"Управление\"\nlevel: municipality\nterritory: \"Рябиновый район\"\n{progress}"),
    );
    place.write(
        "content/svod-2025/bodies.yaml",
        "kind: bodies\nbodies:\n  - {id: u, name: \"Управление\"}\n",
    );
    let mut rows = String::from(
        "kind: roadmap\ntitle: \"Свод\"\nplan: {from: 2025-01-01, to: 2025-12-31}\nsections:\n  - title: \"Всё\"\n    rows:\n",
    );
    for (n, (period, done, ..)) in STATES.iter().enumerate() {
        let no = n + 1;
        rows.push_str(&format!("      - no: \"{no}\"\n        measure: \"Дело {no}-е\"\n        period: {period}\n        responsible: [\"Управление\"]\n"));
        if !done.is_empty() {
            rows.push_str(&format!("        done: {done}\n"));
        }
    }
    place.write("content/svod-2025/roadmap.yaml", rows);
    place
}

/// What stands between two words, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = text.split_once(from).map_or("", |(_, rest)| rest);
    rest.split_once(to).map_or(rest, |(own, _)| own)
}

/// The words after each `is-` of a class that begins so.
fn classes<'a>(html: &'a str, class: &str) -> Vec<&'a str> {
    let all = html.split(class).skip(1);
    all.map(|rest| rest.split(['"', ' ']).next().unwrap_or(""))
        .collect()
}

#[test]
fn states_agree_in_page_data_timeline_calendar_duties_and_report() {
    let words = |state: &str| match state {
        "done" => "выполнено",
        "overdue" => "срок прошёл",
        "no-record" => "нет записи",
        "due-soon" => "скоро срок",
        "under-way" => "идёт",
        "upcoming" => "предстоит",
        _ => "",
    };
    for kept in [true, false] {
        let place = of_all_states(kept);
        for (at, day) in DAYS.into_iter().enumerate() {
            place.must_build(&["--today", day]);
            let read = |name: &str| place.read(&format!("output/site/svod-2025/{name}"));
            let page = read("roadmap/index.html");
            let picture = between(&page, "<svg class=\"timeline\"", "</svg>").to_owned();
            let table = read("roadmap/data.csv");
            let data: serde_json::Value =
                serde_json::from_str(&read("roadmap/data.json")).expect("JSON");
            let calendar = read("calendar/events.ics")
                .replace("\r\n ", "")
                .replace('\u{a0}', " ");
            let run = place.run(
                "duties",
                &["--section", "svod-2025", "--format", "json", "--today", day],
            );
            let duties: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
            let run = place.run(
                "report",
                &[
                    "--section",
                    "svod-2025",
                    "--from",
                    "2025-01-01",
                    "--to",
                    "2026-01-31",
                    "--today",
                    day,
                ],
            );
            assert_eq!(run.status, Some(0), "{}", run.said());
            let signed = place.read("output/report/signed/svod-2025-2025-01-01-2026-01-31.html");
            let reported = |title: &str| {
                between(&signed, &format!(">{title}</h2>"), "<h2").replace('\u{a0}', " ")
            };
            for (n, (period, _, dated, drawn, states)) in STATES.iter().enumerate() {
                let no = n + 1;
                let want = match kept {
                    true => states[at].to_owned(),
                    false => states[at].replace("overdue", "no-record"),
                };
                let said = format!("row {no}, {period}, on {day}, kept {kept}");
                let (whole, times) = want.split_once(": ").unwrap_or((&want, ""));
                let times: Vec<&str> = times.split_whitespace().collect();
                let each = if times.is_empty() {
                    vec![whole]
                } else {
                    times.clone()
                };
                // Data for programs and for people.
                let row = &data["rows"][n];
                assert_eq!(
                    row["status"].as_str().unwrap_or("none"),
                    whole,
                    "data.json: {said}"
                );
                let listed = row["occurrences"].as_array().cloned().unwrap_or_default();
                let listed: Vec<&str> =
                    listed.iter().filter_map(|o| o["status"].as_str()).collect();
                assert_eq!(listed, times, "data.json: {said}");
                let line = table.lines().find(|l| {
                    l.trim_start_matches('\u{feff}')
                        .starts_with(&format!("{no};"))
                });
                assert_eq!(
                    line.and_then(|l| l.rsplit(';').next()),
                    Some(words(whole)),
                    "data.csv: {said}"
                );
                // The page.
                let html = between(&page, &format!("data-no=\"{no}\""), "</tr>");
                let shown = between(html.split('>').next().unwrap_or(""), "data-status=\"", "\"");
                assert_eq!(
                    shown,
                    if whole == "none" { "" } else { whole },
                    "page: {said}"
                );
                let listed = between(html, "class=\"occurrences\"", "</details>");
                assert_eq!(classes(listed, "class=\"status is-"), times, "page: {said}");
                // The timeline.
                let line = between(
                    &picture,
                    &format!("<a class=\"tl-row\" href=\"#r-{no}\">"),
                    "</a>",
                );
                assert_eq!(!line.is_empty(), *drawn, "timeline: {said}");
                if *drawn {
                    assert_eq!(
                        classes(line, "class=\"tl-bar is-"),
                        each,
                        "timeline: {said}"
                    );
                    let told = between(line, "<title>", "</title>");
                    assert!(
                        told.ends_with(&format!(": {}", words(whole))),
                        "timeline: {told}, {said}"
                    );
                }
                // Duties: each time in its order; the calendar and the report by the same words.
                let own = format!("svod-2025/roadmap/1-{no}");
                let items: Vec<&serde_json::Value> = duties["items"]
                    .as_array()
                    .expect("items")
                    .iter()
                    .filter(|i| {
                        i["id"]
                            .as_str()
                            .is_some_and(|id| id == own || id.starts_with(&format!("{own}/")))
                    })
                    .collect();
                assert_eq!(items.len(), each.len(), "duties: {said}");
                for (item, state) in items.iter().zip(&each) {
                    let due = item["due"].as_str();
                    let soon = chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").expect("a day")
                        + chrono::Days::new(30);
                    let near = due.is_some_and(|due| due <= &*soon.to_string());
                    let duty = match *state {
                        "done" => "done",
                        "overdue" => "late",
                        "no-record" => "no-record",
                        _ if near => "due",
                        _ => "upcoming",
                    };
                    assert_eq!(item["state"], duty, "duties: {said}");
                    let what = item["what"].as_str().expect("words").replace('\u{a0}', " ");
                    let marked = calendar
                        .lines()
                        .any(|l| l.ends_with(&format!("Срок по дорожной карте: {what}")));
                    assert_eq!(
                        marked,
                        *dated && *state != "done",
                        "calendar: {what}, {said}"
                    );
                    for (title, state) in [
                        ("Что сделано", &["done"][..]),
                        ("Просрочено", &["late"]),
                        ("Срок прошёл, записи нет", &["no-record"]),
                        ("Предстоит до конца периода", &["due", "upcoming"]),
                    ] {
                        let told = reported(title).contains(&format!("{what}<"));
                        // What has no day is in a report once it is done.
                        let wanted = state.contains(&duty) && (due.is_some() || duty == "done");
                        assert_eq!(told, wanted, "report, «{title}»: {what}, {said}");
                    }
                }
            }
        }
    }
}
