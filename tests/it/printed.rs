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

/// A PDF of so many pages, each with a line of text.
fn pdf(pages: usize) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    for n in 0..pages {
        let text = "BT /F1 12 Tf 72 720 Td (Order) Tj ET";
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {} 0 R>>",
            5 + 2 * n
        ));
        objects.push(format!(
            "<</Length {}>>stream\n{text}\nendstream",
            text.len()
        ));
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", n + 1).bytes());
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!(
            "trailer<</Size {}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n",
            objects.len() + 1
        )
        .bytes(),
    );
    out
}

#[test]
fn an_act_of_any_type_shows_its_signed_file() {
    let place = Place::new();
    place.write(
        "content/primer-2025/orders/3-r.yaml",
        r#"kind: order
type: решение
issuer: "УО"
date: 2025-02-03
number: "б/н"
subject: "О плане"
clauses: [{no: "1.", text: "Одобрить."}]
original: "../files/Решение № 3.pdf"
annexes:
  - {no: "1", title: "Форма отчёта", file: [{file: "../files/forma.csv", title: "Форма"}]}
published: 2025-02-04
"#,
    );
    place.write("content/primer-2025/files/Решение № 3.pdf", pdf(2));
    place.write("content/primer-2025/files/forma.csv", "a;b\n");
    place.must_build(&[]);
    let page = place
        .read("output/site/primer-2025/orders/3-r/index.html")
        .replace('\u{a0}', " ");
    for words in [
        "Решение от 03.02.2025 № б/н",
        "Подписанный документ",
        "primer-2025/files/reshenie-3.pdf",
        "2 страницы",
        "files/forma.csv",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(
        place
            .path("output/site/primer-2025/files/reshenie-3.pdf")
            .exists()
    );
}

#[test]
fn awkward_names_of_files_are_published_in_latin_letters() {
    let place = Place::new();
    let names = [
        ("Программа № 5 (итог).csv", "programma-5-itog.csv"),
        ("план+график#1 100%.csv", "plan-grafik-1-100.csv"),
        ("и\u{306}од.csv", "yod.csv"),
    ];
    let mut list = String::new();
    for (name, _) in names {
        place.write(&format!("content/primer-2025/files/{name}"), "a;b\n");
        // Written in one piece, whatever the system made of it.
        let name = name.replace("и\u{306}", "й");
        list.push_str(&format!(
            "  - {{file: \"../files/{name}\", title: \"Файл\"}}\n"
        ));
    }
    place.write("content/primer-2025/files/Отчёт.CSV", "a;b\n");
    place.write("content/primer-2025/files/отчет.csv", "c;d\n");
    list.push_str("  - {file: \"../files/Отчёт.CSV\", title: \"Отчёт\"}\n");
    list.push_str("  - {file: \"../files/отчет.csv\", title: \"Отчёт\"}\n");
    place.write(
        "content/primer-2025/materials/fajly.md",
        format!("---\nkind: material\ntitle: \"Файлы\"\npublished: 2025-02-01\nattachments:\n{list}---\n[ещё раз](../files/Программа%20№%205%20\\(итог\\).csv)\n"),
    );
    place.must_build(&[]);
    let site = place.site();
    let reports: Vec<&String> = site.keys().filter(|p| p.contains("files/otchet")).collect();
    assert_eq!(reports.len(), 2, "{reports:?}");
    for (_, published) in names {
        let path = format!("primer-2025/files/{published}");
        assert!(site.contains_key(&path), "{path}: {:?}", site.keys());
    }
}

#[test]
fn files_that_lie_there_by_mistake_are_told() {
    let place = Place::new();
    place.write("content/primer-2025/roadmap-3.yaml.txt", "kind: roadmap\n");
    place.write("content/primer-2025/files/~$plan.docx", "x");
    place.write("content/primer-2025/files/.~lock.plan.ods#", "x");
    place.write("content/primer-2025/files/pusto.csv", "");
    place.write(
        "content/primer-2025/materials/pusto.md",
        "---\nkind: material\ntitle: \"Пусто\"\npublished: 2025-02-01\nattachments:\n  - {file: \"../files/pusto.csv\", title: \"Пусто\"}\n---\nТекст.\n",
    );
    let run = place.build(&["--format", "json"]);
    let mut codes = run.codes();
    codes.sort();
    assert_eq!(
        codes,
        ["file.empty", "source.lock", "source.lock", "source.txt"],
        "{}",
        run.said()
    );
    assert_eq!(run.status, Some(1));
    assert!(
        run.out.contains("переименуйте его в «roadmap-3.yaml»"),
        "{}",
        run.out
    );
}

/// A site with one more document, built; the text of its page.
fn page_of(path: &str, yaml: &str) -> String {
    let place = Place::new();
    place.write(&format!("content/primer-2025/{path}.yaml"), yaml);
    place.must_build(&[]);
    let page = format!("output/site/primer-2025/{path}/index.html");
    place.read(&page).replace('\u{a0}', " ")
}

#[test]
fn schedules_have_columns_and_types_of_their_own() {
    let page = page_of(
        "schedules/sobesedovaniya",
        r#"kind: schedule
type: interviews
title: "Собеседования в феврале"
word: "График итоговых собеседований"
columns: {date: "Дата", grade: "Класс", theme: "Предмет", who: "Эксперт"}
rows:
  - {date: "12 февраля 2025", grade: "9 «А»", theme: "Русский язык", who: "Речной В. Г.", time: "10-00"}
  - {date: "каждый вторник", grade: "11", theme: "Математика"}
note: "Резервный день – 12 марта."
published: 2025-02-01
"#,
    );
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at(">Класс<") < at(">Предмет<") && at(">Предмет<") < at(">Эксперт<"));
    for words in [
        "График итоговых собеседований",
        "9 «А»",
        "Речной В. Г.",
        "10-00",
        ">Время<",
        "Резервный день",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn a_column_of_schools_has_its_own_field() {
    let place = Place::new();
    place.write(
        "content/primer-2025/schedules/testy.yaml",
        "kind: schedule\ntype: tests\ntitle: \"Работы\"\ncolumns: {date: \"Дата\", theme: \"Работа\", oo: \"Наименование ОО\"}\nrows:\n  - {date: \"12 февраля 2025\", theme: \"Русский язык\", oo: \"Луговая\"}\npublished: 2025-02-01\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.codes().contains(&"schedule.place".to_owned()),
        "{}",
        run.said()
    );
}

#[test]
fn programmes_of_two_days_have_sessions_and_talks() {
    let page = page_of(
        "seminars/kampanii",
        r#"kind: seminar
title: "Семинар «Кампании»"
date: "21 – 22 марта 2025 г."
agenda:
  - {day: "21 марта. Четверг"}
  - {time: "9.30", title: "Регистрация"}
  - time: "10.30 – 12.00"
    title: "Заседание 1"
    lead: "Звёздный К. Л."
    place: "Малый зал"
    talks:
      - {no: "1.", speaker: "Лунина А. Б.", title: "Итоги"}
      - {no: "3.", speaker: "Речной В. Г."}
  - {day: "22 марта", title: "Второй день"}
published: 2025-03-01
"#,
    );
    for words in [
        "21 марта. Четверг",
        "Заседание 1",
        "Звёздный К. Л.",
        "Малый зал",
        "3.",
        "Речной В. Г.",
        "Второй день",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn groups_have_phones_totals_and_members_without_a_name() {
    let page = page_of(
        "groups/otvetstvennye",
        r#"kind: group
title: "Ответственные лица"
columns: {role: "Роль", name: "ФИО", post: "Должность", phone: "Телефон", room: "Кабинет"}
members:
  - {role: "Куратор", name: "Звёздный К. Л.", post: "начальник", phone: "8(000)226-51-00", room: "12"}
  - {role: "Исполнители", post: "Главы муниципалитетов", note: "по согласованию", collective: true}
total: "Итого: 15 человек"
published: 2025-02-01
"#,
    );
    for words in [
        "tel:+70002265100",
        ">Кабинет<",
        "Главы муниципалитетов",
        "Итого: 15 человек",
        "по согласованию",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains("2 участника"));
}

#[test]
fn indicators_have_plans_and_school_years() {
    let place = Place::new();
    place.write(
        "content/primer-2025/indicators.yaml",
        r#"kind: indicators
title: "Показатели"
groups:
  - title: "Стратегия"
    indicators:
      - {name: "По учебным годам", unit: "%", base: "70 %", planned: {2020/2021: 75, 2021/2022: 80}, values: {2020/2021: 75.2, 2021/2022: 77.5}}
      - {name: "Охват", unit: "%", values: {2010: "78,7%", 2011: "79,9%", итого: "85%"}}
      - {name: "Объекты", values: {2008: 114, 2015: 56, 2020: "-"}}
published: 2025-01-15
"#,
    );
    place.must_build(&[]);
    let page = place
        .read("output/site/primer-2025/indicators/index.html")
        .replace('\u{a0}', " ");
    for words in [
        "2020/2021",
        "77,5",
        ">План<",
        ">Факт<",
        "Базовое значение",
        "78,7%",
        "итого",
        ">-<",
        "+2,3",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn printed_markers_and_lines_stay() {
    let (page, data, _) = roadmap(
        r#"plan: {from: 2025-01-01, to: 2025-12-31}
columns: {measure: "Мероприятие", indicator: "Показатель", result: "Результат"}
rows:
  - no: "1"
    measure: |
      Внести изменения:
      1) дополнить пункт 3;
      3) исключить пункт 5;
      4) считать **утратившим силу**.
    indicator: "> 75 %"
    result: "-"
  - no: "2"
    measure: |
      Утвердить:
      а) план;
      – график выездов;
      • перечень.
    indicator: "+"
    result: "1. Приказ"
"#,
    );
    let said =
        |row: usize, field: &str| data["rows"][row][field].as_str().expect("text").to_owned();
    assert_eq!(
        said(0, "measure"),
        "Внести изменения:\n1) дополнить пункт 3;\n3) исключить пункт 5;\n4) считать утратившим силу."
    );
    assert_eq!(
        said(1, "measure"),
        "Утвердить:\nа) план;\n– график выездов;\n• перечень."
    );
    assert_eq!(
        (said(0, "indicator"), said(0, "result")),
        ("> 75 %".to_owned(), "-".to_owned())
    );
    assert_eq!(
        (said(1, "indicator"), said(1, "result")),
        ("+".to_owned(), "1. Приказ".to_owned())
    );
    for words in [
        "<li>3) исключить пункт 5;</li>",
        "<strong>утратившим силу</strong>",
        "<li>– график выездов;</li>",
        "<li>• перечень.</li>",
        "&gt; 75 %",
        ">1. Приказ<",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn footnotes_of_cells_have_ids_of_their_own_and_no_cell_is_lost() {
    let (page, _, _) = roadmap(
        r#"rows:
  - measure: "Отчёт[^1]\n\n[^1]: годовой"
  - measure: "Справка[^1]\n\n[^1]: краткая"
"#,
    );
    let ids: Vec<&str> = page
        .split(" id=\"fn-")
        .skip(1)
        .filter_map(|p| p.split('"').next())
        .collect();
    assert_eq!(ids.len(), 2, "{ids:?}");
    assert_ne!(ids[0], ids[1]);
    for id in ids {
        assert!(page.contains(&format!("href=\"#fn-{id}\"")), "{id}");
    }
    let place = Place::new();
    place.write(
        "content/primer-2025/documents/tablica.md",
        "---\nkind: document\ntitle: \"Таблица\"\npublished: 2025-02-01\n---\n| а | б |\n|---|---|\n| 1 | 2 |\n| 1 | `x\\|y` |\n| 1 | 2 | 3 |\n",
    );
    let run = place.build(&["--format", "json"]);
    let codes = run.codes();
    assert_eq!(codes, ["markdown.cells"], "{}", run.said());
}

#[test]
fn a_text_of_its_own_keeps_its_numbers_and_lines() {
    let place = Place::new();
    let body = |text: &str| {
        format!("---\nkind: document\ntitle: \"Порядок\"\npublished: 2025-02-01\n---\n{text}\n")
    };
    let file = "content/primer-2025/documents/poryadok.md";
    place.write(
        file,
        body("Порядок такой:\nа) первое,\nб) второе;\n– третье.\n\n1) один\n2) два\n4) четыре\n   1. внутри\n   3. третий\n5) пять\n\n3. три\n4. четыре"),
    );
    place.must_build(&["--strict"]);
    let page = place.read("output/site/primer-2025/documents/poryadok/index.html");
    for part in [
        "Порядок такой:<br>а) первое,<br>б) второе;<br>– третье.",
        "<ol class=\"brackets\"><li>один</li><li>два</li></ol><ol class=\"brackets\" start=\"4\"><li>четыре<ol><li>внутри</li></ol><ol start=\"3\"><li>третий</li></ol></li><li>пять</li></ol>",
        "<ol start=\"3\"><li>три</li><li>четыре</li></ol>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    place.write(
        file,
        body("> 75 % школ\n\n> Сказано: учиться\n\n- один\n-\n- три"),
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(
        run.codes(),
        ["markdown.lost", "markdown.lost"],
        "{}",
        run.said()
    );
    place.write(file, body("\\> 75 % школ\n\n- один\n- \\-"));
    place.must_build(&["--strict"]);
}

#[test]
fn every_kind_has_a_page_that_lists_it() {
    for count in [1, 7, 40] {
        let place = Place::new();
        for n in 2..=count {
            let year = 2020 + n % 3;
            place.write(
                &format!("content/primer-2025/maps/m{n}.yaml"),
                format!("kind: roadmap\ntitle: \"План {n}\"\nplan: {{from: {year}-01-01, to: {year}-12-31}}\nrows:\n  - {{measure: \"Отчёт\", period: \"май\"}}\npublished: 2025-01-15\n"),
            );
        }
        place.must_build(&[]);
        let list = place.read("output/site/primer-2025/roadmaps/index.html");
        assert_eq!(list.matches("class=\"card\"").count(), count, "{count}");
        let home = place.read("output/site/primer-2025/index.html");
        let to_list = home.contains("href=\"../primer-2025/roadmaps/\"");
        assert_eq!(to_list, count > 1, "{count}");
        if count > 1 {
            let page = place.read("output/site/primer-2025/roadmaps/m2/index.html");
            let crumbs = page
                .split("class=\"crumbs\"")
                .nth(1)
                .and_then(|p| p.split("</nav>").next());
            assert!(crumbs.expect("a trail").contains("primer-2025/roadmaps/\""));
            assert!(list.contains("2022") && list.contains("2025"));
        }
    }
}

/// The addresses that a part of a page leads to, from the root.
fn leads(page: &str, part: &str, from: &str) -> Vec<String> {
    let (_, rest) = page
        .split_once(part)
        .unwrap_or_else(|| panic!("{from} has no {part}"));
    let (inside, _) = rest.split_once("</nav>").expect("it ends");
    let links = inside
        .split("href=\"")
        .skip(1)
        .filter_map(|l| l.split('"').next());
    let depth = from.matches('/').count();
    links
        .map(|link| match link.strip_prefix("./") {
            Some(rest) => rest.to_owned(),
            None => {
                assert!(link.matches("../").count() == depth, "{from}: {link}");
                link.replace("../", "")
            }
        })
        .collect()
}

#[test]
fn trails_and_menus_lead_right_with_one_seven_and_forty_of_a_kind() {
    for count in [1, 7, 40] {
        let place = Place::new();
        for n in 1..=count {
            let write = |path: &str, text: String| {
                place.write(&format!("content/primer-2025/{path}"), text);
            };
            let day = format!("published: 2025-01-{:02}", 1 + n % 28);
            write(
                &format!("orders/p{n}.yaml"),
                format!(
                    "kind: order\ntype: приказ\nissuer: \"Управление образования\"\ndate: 2025-01-10\nnumber: \"{n}-п\"\nsubject: \"О плане {n}\"\nclauses:\n  - {{no: \"1.\", text: \"Утвердить.\"}}\n{day}\n"
                ),
            );
            write(
                &format!("schedules/g{n}.yaml"),
                format!(
                    "kind: schedule\ntype: visits\ntitle: \"График {n}\"\nrows:\n  - {{date: \"14.02.2025\", theme: \"Встреча\"}}\n{day}\n"
                ),
            );
            write(
                &format!("seminars/s{n}.yaml"),
                format!("kind: seminar\ntitle: \"Семинар {n}\"\ndate: \"20.03.2025\"\n{day}\n"),
            );
            write(
                &format!("groups/k{n}.yaml"),
                format!(
                    "kind: group\ntitle: \"Состав {n}\"\nmembers:\n  - {{name: \"Лунина А. Б.\"}}\n{day}\n"
                ),
            );
            write(
                &format!("news/n{n}.md"),
                format!(
                    "---\nkind: news\ntitle: \"Новость {n}\"\ndate: 2025-01-20\n{day}\n---\nТекст.\n"
                ),
            );
            write(
                &format!("materials/m{n}.md"),
                format!("---\nkind: material\ntitle: \"Материал {n}\"\n{day}\n---\nТекст.\n"),
            );
        }
        place.must_build(&[]);
        let site = place.site();
        let pages = site.iter().filter_map(|(path, bytes)| {
            let folder = path.strip_suffix("index.html")?;
            Some((folder, String::from_utf8_lossy(bytes)))
        });
        for (folder, page) in pages.filter(|(folder, _)| folder.starts_with("primer-2025/")) {
            let trail = leads(&page, "class=\"crumbs\"", folder);
            assert_eq!(
                trail.first().map(String::as_str),
                Some(""),
                "{folder}: {trail:?}"
            );
            let menu = leads(&page, "class=\"section-nav", folder);
            assert!(menu.len() > 8, "{folder}: {menu:?}");
            let mut once = menu.clone();
            once.sort();
            once.dedup();
            assert!(once.len() >= menu.len() - 1, "{folder}: {menu:?}");
            for link in trail.iter().chain(&menu) {
                assert!(
                    site.contains_key(&format!("{link}index.html")),
                    "{folder}: {link}"
                );
            }
            // Where the trail ends, the page is listed; a view of a page with fewer rows is no page of its own.
            if page.contains("noindex") {
                continue;
            }
            let last = trail.last().expect("a trail");
            if last.matches('/').count() > 1 && folder.starts_with(&**last) {
                let list = String::from_utf8_lossy(&site[&format!("{last}index.html")]);
                let own = format!("{folder}\"");
                assert!(list.contains(&own), "{folder} is not on {last}");
            }
        }
    }
}

#[test]
fn a_folder_named_private_is_private_in_a_section_too() {
    let place = Place::new();
    place.write("content/primer-2025/private/tajna.csv", "а;б\n1;2\n");
    place.write(
        "content/primer-2025/private/news/tajna.md",
        "---\nkind: news\ntitle: \"Тайна\"\ndate: 2025-01-20\npublished: 2025-01-20\n---\nТайна.\n",
    );
    let run = place.must_build(&["--format", "json"]);
    assert!(run.codes().is_empty(), "{}", run.said());
    for (name, bytes) in place.site() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!name.contains("tajna") && !text.contains("Тайна"), "{name}");
    }
    place.append(
        "content/primer-2025/news/start.md",
        "\n[Таблица](../private/tajna.csv)\n",
    );
    let run = place.check(&["--format", "json"]);
    assert_eq!(run.codes(), ["file.private"], "{}", run.said());
}

#[test]
fn events_keep_their_uids_and_read_printed_times() {
    let place = Place::new();
    let schedule = |rows: &str| {
        format!(
            "kind: schedule\ntype: meetings\ntitle: \"Совещания\"\nrows:\n{rows}published: 2025-02-01\n"
        )
    };
    let one = "  - {date: \"12.03.2025\", time: \"с 10-00 до 13-00\", theme: \"Первое\"}\n";
    let two = "  - {date: \"10.03.2025\", time: \"15-00\", theme: \"Второе\"}\n";
    let month = "  - {date: \"апрель 2025\", time: \"10:00\", theme: \"Без дня\"}\n";
    let ics = |rows: &str| {
        place.write(
            "content/primer-2025/schedules/soveschaniya.yaml",
            schedule(rows),
        );
        place.must_build(&[]);
        place.read("output/site/primer-2025/calendar/events.ics")
    };
    let event = |ics: &str, title: &str| -> String {
        let events = ics.split("BEGIN:VEVENT").skip(1);
        let mut found = events.filter(|e| e.contains(title));
        found.next().expect("an event").to_owned()
    };
    let uid = |event: &str| {
        event
            .split("UID:")
            .nth(1)
            .and_then(|u| u.split("\r\n").next())
            .expect("a UID")
            .to_owned()
    };
    let before = ics(one);
    let after = ics(&format!("{two}{one}{month}"));
    let (was, is) = (event(&before, "Первое"), event(&after, "Первое"));
    assert_eq!(uid(&was), uid(&is));
    assert_ne!(uid(&is), uid(&event(&after, "Второе")));
    assert!(
        is.contains("DTSTART:20250312T100000\r\nDTEND:20250312T130000"),
        "{is}"
    );
    assert!(!after.contains("Без дня"), "{after}");
    place.write(
        "content/primer-2025/schedules/soveschaniya.yaml",
        schedule("  - {date: \"12.03.2025\", time: \"25:70\", theme: \"Раз\"}\n  - {date: \"12.03.2025\", time: \"13:00–10:00\", theme: \"Два\"}\n"),
    );
    let run = place.build(&["--format", "json"]);
    let codes = run.codes();
    assert!(
        codes.contains(&"time.invalid".to_owned()) && codes.contains(&"time.order".to_owned()),
        "{codes:?}"
    );
}
