//! What real documents say and how: it is published as printed, on pages and in data.

use crate::place::Place;

const MAP: &str = "content/primer-2025/roadmap-2.yaml";

/// A site with a further roadmap, built; its page and its data.
fn roadmap(yaml: &str) -> (String, serde_json::Value, String) {
    let place = Place::new();
    place.write(
        MAP,
        format!("kind: roadmap\ntitle: \"Второй план\"\n{yaml}"),
    );
    let run = place.must_build(&[]);
    let folder = "output/site/primer-2025/roadmaps/roadmap-2";
    let data = serde_json::from_str(&place.read(&format!("{folder}/data.json")));
    let page = place
        .read(&format!("{folder}/index.html"))
        .replace('\u{a0}', " ");
    (page, data.expect("JSON"), run.err)
}

/// Kind, first and last day of each row.
fn periods(data: &serde_json::Value) -> Vec<String> {
    let rows = data["rows"].as_array().expect("rows");
    let day = |v: &serde_json::Value| v.as_str().unwrap_or("-").to_owned();
    rows.iter()
        .map(|row| {
            let p = &row["period"];
            format!("{} {} {}", day(&p["kind"]), day(&p["from"]), day(&p["to"]))
        })
        .collect()
}

#[test]
fn a_heading_gives_its_year_to_bare_months() {
    let (_, data, said) = roadmap(
        r#"plan: {from: 2024-09-01, to: 2026-05-31}
columns: {measure: "Мероприятие", period: "Срок"}
sections:
  - title: "2024-2025 учебный год"
    rows:
      - {no: "1", measure: "Семинар", period: "февраль"}
      - {no: "2", measure: "Отчёт", period: "до 25 мая"}
  - title: "2025-2026 учебный год"
    rows:
      - {no: "3", measure: "Семинар", period: "февраль"}
      - {no: "4", measure: "Отчёт", period: "до 25 мая"}
      - {no: "5", measure: "Итоги", period: "июнь"}
"#,
    );
    assert_eq!(
        periods(&data),
        [
            "month 2025-02-01 2025-02-28",
            "deadline - 2025-05-25",
            "month 2026-02-01 2026-02-28",
            "deadline - 2026-05-25",
            "month 2026-06-01 2026-06-30",
        ]
    );
    assert!(!said.contains("period.assumed"), "{said}");
}

#[test]
fn a_line_with_a_year_alone_stands_above_the_sections_that_follow() {
    let (page, data, said) = roadmap(
        r#"plan: {from: 2024-01-01, to: 2025-12-31}
sections:
  - {title: "2024 год", rows: []}
  - title: "Система работы"
    rows:
      - {measure: "Утверждение модели", period: "Январь - февраль"}
  - {title: "2025 год"}
  - title: "Система работы"
    rows:
      - {measure: "Мониторинг", period: "Январь - февраль"}
      - {measure: "Посещения", period: "в течение года"}
"#,
    );
    assert_eq!(
        periods(&data),
        [
            "range 2024-01-01 2024-02-29",
            "range 2025-01-01 2025-02-28",
            "throughout 2025-01-01 2025-12-31",
        ]
    );
    assert!(page.contains("2024 год") && page.contains("2025 год"));
    assert!(!said.contains("period.assumed"), "{said}");
}

#[test]
fn an_assumed_year_is_told() {
    let place = Place::new();
    place.write(
        MAP,
        r#"kind: roadmap
title: "Второй план"
plan: {from: 2024-09-01, to: 2026-05-31}
rows:
  - {measure: "Семинар", period: "февраль"}
  - {measure: "Отчёт", period: "август"}
"#,
    );
    let run = place.build(&["--format", "json"]);
    let told: Vec<_> = run
        .codes()
        .into_iter()
        .filter(|c| c == "period.assumed")
        .collect();
    assert_eq!(told.len(), 1, "{}", run.said());
    assert!(run.out.contains("принят 2025"), "{}", run.out);
}

#[test]
fn stages_have_periods_and_headings_stand_under_headings() {
    let (page, data, _) = roadmap(
        r#"plan: {from: 2012-09-28, to: 2013-08-31}
columns: {measure: "Мероприятия", period: "Сроки", responsible: "Ответственные"}
sections:
  - no: "I."
    title: "Этап подготовки"
    period: "ноябрь 2012 – май 2013г."
    note: "этап открытый"
    sections:
      - no: "1."
        title: "Организационные мероприятия"
        rows:
          - {no: "1.1.", measure: "Распределить функции", period: "до 25 ноября", responsible: ["Н.Е. Берёзкин", "Директор школы", "УО/Методический центр"]}
note: "* для школ, которые вошли позже"
"#,
    );
    let row = &data["rows"][0];
    assert_eq!(row["section"], "Организационные мероприятия");
    assert_eq!(
        row["headings"],
        serde_json::json!(["Этап подготовки", "Организационные мероприятия"])
    );
    assert_eq!(
        row["responsible"],
        serde_json::json!(["Н.Е. Берёзкин", "Директор школы", "УО/Методический центр"])
    );
    assert_eq!(periods(&data), ["deadline - 2012-11-25"]);
    for words in [
        "ноябрь 2012",
        "этап открытый",
        "для школ, которые вошли позже",
        "Этап подготовки",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn further_columns_and_columns_of_two_days_are_kept() {
    let (page, data, _) = roadmap(
        r#"plan: {from: 2025-01-01, to: 2025-12-31}
columns: {stage: "Наименование этапа", measure: "Дела", classes: "Классы", start: "Плановое начало", finish: "Плановое окончание"}
rows:
  - {no: "1", stage: "Подготовка", measure: "Линейка", classes: "5–9", start: 2025-03-20, finish: "30 декабря"}
  - {no: "2", measure: "Подъём флага", start: "1 сентября"}
"#,
    );
    assert_eq!(
        periods(&data),
        ["range 2025-03-20 2025-12-30", "range 2025-09-01 -"]
    );
    assert_eq!(data["rows"][0]["period"]["text"], "20.03.2025 – 30 декабря");
    assert_eq!(
        data["rows"][0]["further"],
        serde_json::json!([{"column": "Наименование этапа", "text": "Подготовка"}, {"column": "Классы", "text": "5–9"}])
    );
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("Наименование этапа") < at("Дела") && at("Дела") < at("Классы"));
    assert!(page.contains("20.03.2025") && page.contains("Плановое окончание"));
}

#[test]
fn marked_quarters_are_a_period() {
    let (page, data, _) = roadmap(
        r#"plan: {from: 2011-01-01, to: 2011-12-31}
columns: {measure: "Мероприятие", q1: "I квартал", q2: "II квартал", q3: "III квартал", q4: "IV квартал"}
rows:
  - {measure: "Принять постановление", q1: "+", q3: "+"}
  - {measure: "Отчёт", q4: "х"}
"#,
    );
    assert_eq!(
        periods(&data),
        [
            "months 2011-01-01 2011-09-30",
            "range 2011-10-01 2011-12-31"
        ]
    );
    assert_eq!(data["rows"][0]["period"]["text"], "I квартал, III квартал");
    assert!(page.contains("IV квартал"));
}

#[test]
fn a_column_that_is_all_but_a_known_one_is_told() {
    let place = Place::new();
    place.write(
        MAP,
        "kind: roadmap\ntitle: \"Второй план\"\ncolumns: {measure: \"Дело\", perod: \"Срок\"}\nrows:\n  - {measure: \"Отчёт\", perod: \"май\"}\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1), "{}", run.said());
    assert!(
        run.codes().contains(&"field.unknown".to_owned()),
        "{:?}",
        run.codes()
    );
}
