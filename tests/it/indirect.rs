//! Places that schedules do not print, told by other texts: where it is said, and that nothing is published.

use crate::place::Place;

const REGISTRY: &str = r#"protected:
  - {id: r-01, name: "МБОУ «Васильковская СОШ»", municipality: "Кедровый район", settlement: "село Васильково"}
  - {id: r-02, name: "МБОУ «Ромашкинская СОШ»", municipality: "Луговой район"}
public:
  - {name: "МАОУ СОШ № 103", municipality: "город Зарянск"}
municipalities:
  - {name: "Кедровый район", schools: 2}
  - {name: "Луговой район", schools: 14}
  - {name: "Степной район", schools: 20}
  - {name: "город Зарянск", schools: 30}
"#;

const SECTION: &str = r#"kind: section
title: "Проект края"
territory: "Зарянский край"
level: region
summary: "Документы и сроки."
published: 2025-01-15
"#;

const SCHEDULE: &str = r#"kind: schedule
type: visits
title: "График посещений"
rows:
  - {date: "14.02.2025", municipality: "Кедровый район", school: r-01, theme: "Разбор уроков"}
  - {date: "21.02.2025", municipality: "Луговой район", school: r-02, theme: "Разбор уроков"}
published: 2025-01-20
"#;

fn site() -> Place {
    let place = Place::empty();
    place
        .write("content/private/registry.yaml", REGISTRY)
        .write(
            "content/site.yaml",
            "title: \"Поддержка\"\nbase_url: \"https://obrazec.example/\"\npublisher: {name: \"УО\"}\nk: 3\nsections: [kray]\n",
        )
        .write("content/kray/section.yaml", SECTION)
        .write("content/kray/schedules/desant.yaml", SCHEDULE);
    place
}

fn news(title: &str, date: &str, body: &str) -> String {
    format!("---\nkind: news\ntitle: \"{title}\"\ndate: {date}\npublished: {date}\n---\n{body}\n")
}

/// Code, file and line of what was found beside the schedule.
fn told(place: &Place) -> Vec<(String, String, u64)> {
    let run = place.build(&["--format", "json"]);
    let found = run.findings();
    let told: Vec<_> = found
        .iter()
        .filter(|f| {
            f["code"]
                .as_str()
                .is_some_and(|c| c.starts_with("disclosure.place-"))
        })
        .map(|f| {
            let text = |name: &str| f[name].as_str().unwrap_or_default().to_owned();
            (text("code"), text("path"), f["line"].as_u64().unwrap_or(0))
        })
        .collect();
    assert_eq!(
        run.status,
        Some(i32::from(!told.is_empty())),
        "{}",
        run.said()
    );
    assert_eq!(
        told.is_empty(),
        place.path("output/site/index.html").exists()
    );
    told
}

#[test]
fn each_carrier_of_words_is_read() {
    let story = "content/kray/news/n.md";
    let cases: &[(&str, String, &str, u64)] = &[
        (
            story,
            news("Итоги", "2025-03-01", "Первый абзац.\n\nДиректор школы-участницы, Кедровый район, рассказала о планах."),
            "disclosure.place-participant",
            9,
        ),
        (
            story,
            news("Единственная школа Кедрового района", "2025-03-01", "Подробности позже."),
            "disclosure.place-only",
            3,
        ),
        (
            story,
            news("Дорога до Кедрового района", "2025-02-14", "Ехали два часа."),
            "disclosure.place-day",
            3,
        ),
        (
            story,
            news("Итоги", "2025-03-01", "| Район | Школ-участниц |\n|---|---|\n| Степной район | 4 |\n| Кедровый район | 1 |"),
            "disclosure.place-participant",
            10,
        ),
        (
            "content/kray/seminars/s.yaml",
            "kind: seminar\ntitle: \"Семинар\"\ndate: \"20.02.2025\"\nspeakers:\n  - {name: \"Лунина А. Б.\", post: \"директор школы-участницы, Кедровый район\"}\npublished: 2025-02-01\n".into(),
            "disclosure.place-participant",
            5,
        ),
    ];
    for (path, text, code, line) in cases {
        let place = site();
        place.write(path, text);
        let expected = ((*code).to_owned(), (*path).to_owned(), *line);
        assert_eq!(told(&place), [expected], "{text}");
    }
}

#[test]
fn an_attachment_is_read_and_again_when_the_schedule_changes() {
    let place = site();
    place
        .write("content/kray/files/itogi.csv", "дата;место\n21.03;Кедровый район\n")
        .write(
            "content/kray/materials/m.md",
            "---\nkind: material\ntitle: \"Итоги\"\npublished: 2025-02-01\nattachments:\n  - {file: \"../files/itogi.csv\", title: \"Таблица\"}\n---\nСм. файл.\n",
        );
    assert!(told(&place).is_empty());
    // Its bytes were cleared, but a visit takes place on that day now.
    place.edit(
        "content/kray/schedules/desant.yaml",
        "14.02.2025",
        "21.03.2025",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(
        run.codes().contains(&"disclosure.place-day".to_owned()),
        "{}",
        run.said()
    );
}

#[test]
fn what_tells_nothing_is_published_and_a_reviewed_place_too() {
    let place = site();
    let path = "content/kray/news/n.md";
    place.write(
        path,
        news("Кедровый район отметил юбилей", "2025-02-14", "Праздник прошёл в доме культуры.\n\nИнститут провёл в Кедровом районе семинар для партнёров."),
    );
    assert!(told(&place).is_empty());
    place.write(
        path,
        news(
            "Итоги",
            "2025-03-01",
            "Школы-участницы ждут весны. Кедровый район славится кедрами.",
        ),
    );
    let run = place.check(&["--format", "json"]);
    let hint = run.findings()[0]["hint"]
        .as_str()
        .expect("a hint")
        .to_owned();
    let context = hint
        .split("context: ")
        .nth(1)
        .and_then(|h| h.split(')').next())
        .expect("a fingerprint");
    assert!(hint.contains("Зарянский край"), "{hint}");
    place.write(
        "content/private/exceptions.yaml",
        format!("- artifact: {path}\n  context: {context}\n  who: Лунина А. Б.\n  why: о природе района\n  until: 2025-12-31\n"),
    );
    let run = place.check(&["--format", "json"]);
    assert_eq!(
        (run.status, run.codes()),
        (Some(0), Vec::new()),
        "{}",
        run.said()
    );
}
