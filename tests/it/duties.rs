//! What offices meet: a quarter missed, a June missed, a record dated tomorrow, a misprint, news one short, an order
//! that is changed. Pages, data, calendars and duties must say the same.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::place::{Place, Run, program, repository, run};

const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const SECTION: &str = "content/primer-2025/section.yaml";
const ORDER: &str = "content/primer-2025/orders/12-od.yaml";

fn data(place: &Place) -> Vec<Value> {
    let text = place.read("output/site/primer-2025/roadmap/data.json");
    let data: Value = serde_json::from_str(&text).expect("JSON");
    data["rows"].as_array().expect("rows").clone()
}

/// The row of a number.
fn row(place: &Place, no: &str) -> Value {
    let rows = data(place);
    let found = rows.iter().find(|row| row["no"] == no);
    found.unwrap_or_else(|| panic!("no row {no}")).clone()
}

/// «no-record: done no-record upcoming»
fn states(row: &Value) -> String {
    let times = row["occurrences"].as_array().cloned().unwrap_or_default();
    let times: Vec<&str> = times.iter().filter_map(|o| o["status"].as_str()).collect();
    let whole = row["status"].as_str().unwrap_or("none");
    format!("{whole}: {}", times.join(" "))
}

fn duties(place: &Place, words: &[&str]) -> Vec<Value> {
    let mut all = vec!["--format", "json"];
    all.extend(words);
    let run = place.run("duties", &all);
    assert_eq!(run.status, Some(0), "{}", run.said());
    let whole: Value = serde_json::from_str(&run.out).expect("one JSON object");
    whole["items"].as_array().expect("items").clone()
}

/// «2025-03-31 late», for every item whose id has these words in it.
fn of(items: &[Value], words: &str) -> Vec<String> {
    let own = items
        .iter()
        .filter(|i| i["id"].as_str().is_some_and(|id| id.contains(words)));
    own.map(|i| {
        let due = i["due"].as_str().unwrap_or("-");
        format!("{due} {}", i["state"].as_str().unwrap_or("-"))
    })
    .collect()
}

fn kept() -> Place {
    let place = Place::new();
    place.append(SECTION, "progress: kept\n");
    place
}

fn messages(run: &Run, code: &str) -> usize {
    run.codes().iter().filter(|c| *c == code).count()
}

#[test]
fn a_quarter_missed_is_late_only_where_progress_is_kept() {
    let done = "        done: {date: 2025-03-28, text: \"Встречи прошли\"}\n";
    for (place, missed, late) in [
        (Place::new(), "no-record", "no-record"),
        (kept(), "overdue", "late"),
    ] {
        place.edit(
            ROADMAP,
            "        period: \"ежеквартально\"\n",
            &format!("        period: \"ежеквартально\"\n{done}"),
        );
        place.must_build(&["--today", "2025-07-10"]);
        let row = row(&place, "1.2.");
        assert_eq!(
            states(&row),
            format!("{missed}: done {missed} under-way upcoming")
        );
        assert_eq!(row["occurrences"][0]["done"]["text"], "Встречи прошли");
        assert_eq!(row["occurrences"][1]["from"], "2025-04-01");
        let items = duties(&place, &["--today", "2025-07-10"]);
        assert_eq!(
            of(&items, "primer-2025/roadmap/1-1.2"),
            [
                "2025-03-31 done",
                &format!("2025-06-30 {late}"),
                "2025-09-30 upcoming",
                "2025-12-31 upcoming"
            ]
        );
        let page = place.read("output/site/primer-2025/roadmap/index.html");
        let alarm = page.contains("is-overdue");
        assert_eq!(alarm, missed == "overdue", "{missed}");
        assert!(page.contains("II\u{a0}квартал\u{a0}2025"));
        let ics = place
            .read("output/site/primer-2025/calendar/events.ics")
            .replace("\r\n ", "")
            .replace('\u{a0}', " ");
        assert!(
            !ics.contains("(I квартал") && ics.contains("II квартал 2025"),
            "{ics}"
        );
        assert!(
            place
                .read("output/report/duties.html")
                .contains("Что и&nbsp;кому делать")
        );
    }
}

#[test]
fn a_june_missed_does_not_read_as_going_on() {
    let place = kept();
    place.edit(ROADMAP, "апрель, октябрь 2025", "июнь, декабрь");
    place.must_build(&["--today", "2025-07-01"]);
    assert_eq!(states(&row(&place, "2.1.1.")), "overdue: overdue upcoming");
    let items = duties(&place, &["--today", "2025-07-01"]);
    assert_eq!(
        of(&items, "roadmap/2-2.1.1"),
        ["2025-06-30 late", "2025-12-31 upcoming"]
    );
}

#[test]
fn a_record_may_name_its_quarter_and_one_without_evidence_is_told() {
    let place = kept();
    let done = "        done:\n          - {for: \"I квартал 2025\", date: 2025-07-03, text: \"Справка\", link: \"orders/12-od.yaml\"}\n          - {for: \"II квартал 2025\", date: 2025-07-04}\n          - {text: \"Неизвестно когда\"}\n";
    place.edit(
        ROADMAP,
        "        period: \"ежеквартально\"\n",
        &format!("        period: \"ежеквартально\"\n{done}"),
    );
    let run = place.build(&["--today", "2025-07-10", "--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    assert_eq!(
        (
            messages(&run, "done.no-evidence"),
            messages(&run, "done.for")
        ),
        (1, 1)
    );
    let found = row(&place, "1.2.");
    assert_eq!(states(&found), "under-way: done done under-way upcoming");
    let link = found["occurrences"][0]["done"]["link"]
        .as_str()
        .expect("a link");
    assert!(
        link.starts_with("https://") && link.ends_with("/primer-2025/orders/12-od/"),
        "{link}"
    );
}

#[test]
fn a_misprinted_deadline_is_never_late() {
    let place = kept();
    place.edit(
        ROADMAP,
        "period: \"до 25.03.2025\"",
        "period: {text: \"до 25.02.2025\", sic: true}",
    );
    place.must_build(&["--today", "2025-06-01"]);
    assert_eq!(row(&place, "2.1.")["status"], "under-way");
    place.must_build(&["--today", "2026-06-01"]);
    assert_eq!(row(&place, "2.1.")["status"], "no-record");
    let items = duties(&place, &["--today", "2026-06-01"]);
    assert_eq!(
        of(&items, "roadmap/2-2.1").last().map(String::as_str),
        Some("2025-12-31 no-record")
    );
}

#[test]
fn what_is_dated_tomorrow_waits_and_is_told_once() {
    let place = Place::new();
    place.edit(
        ROADMAP,
        "done: {date: 2025-01-20",
        "done: {date: 2025-03-02",
    );
    place.write(
        "content/primer-2025/news/zavtra.md",
        "---\nkind: news\ntitle: \"Завтрашняя\"\ndate: 2025-03-02\npublished: 2025-03-02\nrow: \"1.1.\"\n---\nТекст.\n",
    );
    place.append(
        "content/primer-2025/pages/voprosy.md",
        "\nСм. [новость](../news/zavtra.md).\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    for code in ["date.ahead", "done.ahead", "reference.ahead"] {
        assert_eq!(messages(&run, code), 1, "{code}");
    }
    assert_ne!(row(&place, "1.1.")["status"], "done");
    let hidden = |site: std::collections::BTreeMap<String, Vec<u8>>| {
        let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("Завтрашняя");
        site.iter()
            .filter(|(name, bytes)| name.contains("zavtra") || has(bytes))
            .count()
    };
    assert_eq!(hidden(place.site()), 0);
    let run = place.build(&["--today", "2025-03-02", "--format", "json"]);
    assert_eq!(messages(&run, "date.ahead"), 0);
    assert!(hidden(place.site()) > 3);
    assert_eq!(row(&place, "1.1.")["status"], "done");
}

/// An order of a day that changes the fixture's, with the field by which it does.
fn changing(place: &Place, id: &str, day: &str, field: &str) {
    place.write(
        &format!("content/primer-2025/orders/{id}.yaml"),
        format!("kind: order\ntype: приказ\nissuer: \"УО\"\ndate: {day}\nnumber: \"{id}\"\nsubject: \"О внесении изменений\"\n{field}\nclauses:\n  - {{no: \"1.\", text: \"Изменить план.\"}}\nsigned: {{post: \"Начальник\", name: \"Звёздный К. Л.\"}}\n"),
    );
}

#[test]
fn an_act_minutes_values_and_numbers_of_tomorrow_wait_too() {
    let place = Place::new();
    changing(&place, "15-od", "2025-03-02", "amends: [12-od]");
    place.append(ORDER, "status: {state: amended, by: 15-od}\n");
    place.edit(
        ORDER,
        "text: \"Утвердить план мероприятий (приложение № 1).\"",
        "text: \"Утвердить план мероприятий (приложение № 1).\"\n    amended: {by: 15-od, was: \"Утвердить план.\"}",
    );
    place.write(
        "content/primer-2025/protocols/1.yaml",
        "kind: protocol\nnumber: \"1\"\ndate: 2025-03-02\nagenda:\n  - {title: \"Заветный вопрос\"}\n",
    );
    place.edit(
        "content/primer-2025/indicators.yaml",
        "2024: 98.4}",
        "2024: 98.4, 2026: 99.9}",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    // The order and the minutes each at its place; the two words that lean on the order; the value.
    for (code, times) in [
        ("date.ahead", 2),
        ("reference.ahead", 2),
        ("value.ahead", 1),
    ] {
        assert_eq!(messages(&run, code), times, "{code}: {}", run.said());
    }
    let holds = |words: &str| {
        let has = |bytes: &[u8]| {
            String::from_utf8_lossy(bytes)
                .replace('\u{a0}', " ")
                .contains(words)
        };
        place.site().values().filter(|bytes| has(bytes)).count()
    };
    for words in [
        "О внесении изменений",
        "Заветный вопрос",
        "99,9",
        "99.9",
        "Действует с изменениями",
        "В новой редакции",
    ] {
        assert_eq!(holds(words), 0, "{words}");
    }
    let page = || {
        place
            .read("output/site/primer-2025/orders/12-od/index.html")
            .replace("&nbsp;", " ")
    };
    assert!(page().contains("Новая редакция, ещё не действует") && page().contains("Действует: "));
    // On its day all of it is there; the value waits for its year.
    let run = place.build(&["--today", "2025-03-02", "--format", "json"]);
    assert_eq!(
        (
            messages(&run, "date.ahead"),
            messages(&run, "reference.ahead")
        ),
        (0, 0)
    );
    assert!(holds("О внесении изменений") > 1 && holds("Заветный вопрос") > 0);
    assert!(page().contains("Действует с изменениями") && page().contains("В новой редакции"));
    assert_eq!(holds("99,9"), 0);
    place.must_build(&["--today", "2026-01-02"]);
    assert!(holds("99,9") > 0);
}

#[test]
fn an_act_changed_by_one_that_is_itself_repealed_is_told() {
    let place = Place::new();
    changing(
        &place,
        "15-od",
        "2025-02-10",
        "amends: [12-od]\nstatus: {state: repealed, by: 20-od, date: 2025-02-25}",
    );
    changing(&place, "20-od", "2025-02-20", "repeals: [15-od]");
    place.append(ORDER, "status: {state: amended, by: 15-od}\n");
    let told = |day: &str| {
        let run = place.build(&["--today", day, "--format", "json"]);
        assert_eq!(run.status, Some(0), "{}", run.said());
        assert_eq!(messages(&run, "order.reverse"), 0, "{}", run.said());
        let page = place.read("output/site/primer-2025/orders/12-od/index.html");
        (
            messages(&run, "order.by-repealed"),
            page.contains("сам утратил силу"),
        )
    };
    assert_eq!(told("2025-02-24"), (0, false), "it is repealed on the 25th");
    assert_eq!(told("2025-03-01"), (1, true));
    // Another act has settled it.
    place.edit(
        "content/primer-2025/orders/20-od.yaml",
        "repeals: [15-od]",
        "repeals: [15-od]\namends: [12-od]",
    );
    place.edit(ORDER, "by: 15-od}", "by: 20-od}");
    assert_eq!(told("2025-03-01"), (0, false));
    // What a repealed act laid upon somebody is owed no longer.
    let owed = |place: &Place| of(&duties(place, &[]), "primer-2025/12-od/").len();
    assert_eq!(owed(&place), 1);
    place.edit(
        ORDER,
        "state: amended, by: 20-od",
        "state: repealed, by: 20-od",
    );
    place.edit(
        "content/primer-2025/orders/20-od.yaml",
        "amends: [12-od]",
        "",
    );
    place.edit(
        "content/primer-2025/orders/20-od.yaml",
        "repeals: [15-od]",
        "repeals: [15-od, 12-od]",
    );
    assert_eq!(owed(&place), 0);
}

#[test]
fn what_is_counted_from_an_event_is_owed_without_a_day() {
    let place = kept();
    place.edit(
        ROADMAP,
        "period: \"до 25.03.2025\"",
        "period: \"не позднее 10 рабочих дней после посещения\"",
    );
    for day in ["2025-03-01", "2026-03-01"] {
        place.must_build(&["--today", day]);
        assert_eq!(states(&row(&place, "2.1.")), "none: ");
        let items = duties(&place, &["--today", day]);
        assert_eq!(of(&items, "roadmap/2-2.1/"), Vec::<String>::new());
        let own = items.iter().find(|i| {
            i["id"]
                .as_str()
                .is_some_and(|id| id.ends_with("roadmap/2-2.1"))
        });
        let own = own.expect("it is owed all the same");
        assert_eq!(
            (own["due"].as_str(), own["state"].as_str()),
            (None, Some("upcoming"))
        );
        assert!(
            own["note"]
                .as_str()
                .is_some_and(|n| n.contains("от события")),
            "{own}"
        );
    }
    // The day is known: it has a deadline like any other.
    place.edit(
        ROADMAP,
        "period: \"не позднее 10 рабочих дней после посещения\"",
        "period: {text: \"не позднее 10 рабочих дней после посещения\", to: 2025-03-28}",
    );
    place.must_build(&["--today", "2025-03-29"]);
    assert_eq!(states(&row(&place, "2.1.")), "overdue: ");
}

#[test]
fn one_piece_of_evidence_serves_two_records() {
    let place = kept();
    // The order that approved the group and the programmes' list: one document proves both rows and a quarter.
    place.edit(
        ROADMAP,
        "        period: \"ежеквартально\"\n",
        "        period: \"ежеквартально\"\n        done: {date: 2025-02-14, text: \"Тот же приказ\", link: \"orders/12-od.yaml\"}\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    assert_eq!(messages(&run, "done.no-evidence"), 0, "{}", run.said());
    assert_eq!(states(&row(&place, "1.1.")), "done: ");
    assert!(states(&row(&place, "1.2.")).contains(": done "));
    let items = duties(&place, &[]);
    let proved: Vec<&Value> = items
        .iter()
        .filter(|i| {
            i["proof"][0]["link"]
                .as_str()
                .is_some_and(|l| l.contains("/orders/12-od/"))
        })
        .collect();
    assert_eq!(proved.len(), 2, "{items:#?}");
    assert!(proved.iter().all(|i| i["state"] == "done"));
    let page = place.read("output/site/primer-2025/roadmap/index.html");
    let page = page.replace('\u{a0}', " ");
    assert!(page.contains("Приказ издан") && page.contains("Тот же приказ"));
    // Taken away from one, the other keeps it.
    place.edit(
        ROADMAP,
        ", text: \"Приказ издан\", link: \"orders/12-od.yaml\"}",
        "}",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(messages(&run, "done.no-evidence"), 1, "{}", run.said());
    assert_eq!(
        row(&place, "1.2.")["occurrences"][0]["done"]["text"],
        "Тот же приказ"
    );
}

#[test]
fn samples_make_no_ring_no_count_and_no_colour() {
    let place = Place::new();
    place.edit(
        ROADMAP,
        "done: {date: 2025-01-20",
        "done: {sample: true, date: 2025-01-20",
    );
    place.must_build(&[]);
    assert_eq!(row(&place, "1.1.")["status"], "no-record");
    assert_eq!(row(&place, "1.1.")["done"][0]["sample"], true);
    let page = place.read("output/site/primer-2025/roadmap/index.html");
    assert!(!page.contains("class=\"ring\"") && !page.contains("выполнено 0"));
    assert!(page.contains("Приказ издан") && page.contains("образец"));
}

#[test]
fn one_record_serves_the_row_and_its_assignment() {
    let place = kept();
    place.edit(
        ORDER,
        "- {who: \"Школы-участницы\"",
        "- {row: \"1.1.\", who: \"Школы-участницы\"",
    );
    place.must_build(&[]);
    let items = duties(&place, &[]);
    let done = |kind: &str| {
        items.iter().any(|i| {
            i["kind"] == kind && i["state"] == "done" && i["proof"][0]["text"] == "Приказ издан"
        })
    };
    assert!(done("measure") && done("assignment"), "{items:#?}");
}

#[test]
fn news_one_short_in_march() {
    let place = Place::new();
    place.append(
        SECTION,
        "duties:\n  - {news_per_month: 2, basis: \"приказ № 12-од\", who: \"УО\"}\n  - {parts: [protocols, orders], by: \"до 31.01.2025\"}\n",
    );
    place.write(
        "content/primer-2025/news/mart.md",
        "---\nkind: news\ntitle: \"Мартовская\"\ndate: 2025-03-05\n---\nТекст.\n",
    );
    let items = duties(&place, &["--today", "2025-04-02"]);
    assert_eq!(of(&items, "news/2025-03"), ["2025-03-31 late"]);
    assert_eq!(of(&items, "news/2025-04"), ["2025-04-30 due"]);
    assert_eq!(of(&items, "part/orders"), ["2025-01-31 done"]);
    assert_eq!(of(&items, "part/protocols"), ["2025-01-31 late"]);
    let until = duties(&place, &["--today", "2025-04-02", "--until", "2025-02-28"]);
    assert!(
        until
            .iter()
            .all(|i| i["due"].as_str().is_some_and(|d| d <= "2025-02-28"))
    );
    // Ids stay when other items come and go.
    place.write(
        "content/primer-2025/news/mart-2.md",
        "---\nkind: news\ntitle: \"Вторая\"\ndate: 2025-03-06\n---\nТекст.\n",
    );
    let more = duties(&place, &["--today", "2025-04-02"]);
    let ids = |items: &[Value]| {
        items
            .iter()
            .map(|i| i["id"].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&items), ids(&more));
    assert_eq!(of(&more, "news/2025-03"), ["2025-03-31 done"]);
    let run = place.run("duties", &["--format", "ics", "--today", "2025-04-02"]);
    assert!(
        run.out.starts_with("BEGIN:VCALENDAR") && run.out.contains("UID:primer-2025-news-2025-04")
    );
}

#[test]
fn rows_with_one_number_and_records_of_one_day_are_told_apart() {
    let place = kept();
    place.append(
        SECTION,
        "duties:\n  - {update_within: \"10 рабочих дней\", basis: \"приказ № 12-од\"}\n",
    );
    place.edit(
        ROADMAP,
        "        done: {date: 2025-01-20, text: \"Приказ издан\", link: \"orders/12-od.yaml\"}\n      - no: \"1.2.\"\n",
        "        done: [{date: 2025-01-20, text: \"Утром\", link: \"orders/12-od.yaml\"}, {date: 2025-01-20, text: \"Вечером\"}]\n      - no: \"1.1.\"\n",
    );
    place.edit(
        "content/primer-2025/seminars/ustanovochnyj.yaml",
        "row: \"1.2.\"\n",
        "",
    );
    let items = duties(&place, &["--today", "2025-04-02"]);
    let mut ids: Vec<String> = items.iter().map(|i| i["id"].to_string()).collect();
    ids.sort();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all, "{ids:#?}");
    assert_eq!(of(&items, "update/roadmap-1-1.1-2025-01-20").len(), 2);
}

#[test]
fn a_quarterly_report_is_late_after_the_day_that_the_words_name() {
    let place = kept();
    place.edit(
        ROADMAP,
        "\"ежеквартально\"",
        "\"ежеквартально, до 10 числа месяца, следующего за отчётным\"",
    );
    for (today, state) in [("2025-04-10", "due"), ("2025-04-11", "late")] {
        let items = duties(&place, &["--today", today]);
        assert_eq!(
            of(&items, "1-1.2/2025-03-31"),
            [format!("2025-04-10 {state}")]
        );
        place.must_build(&["--today", today]);
        let whole = states(&row(&place, "1.2."));
        assert_eq!(whole.contains("overdue"), state == "late", "{whole}");
        let calendar = place.read("output/site/primer-2025/calendar/events.ics");
        assert!(calendar.contains("DTSTART;VALUE=DATE:20250410"));
    }
}

#[test]
fn materials_are_owed_after_a_measure_though_no_day_is_set() {
    let place = Place::new();
    place.append(
        SECTION,
        "duties:\n  - {update_within: \"без срока\", basis: \"приказ № 12-од, п. 3\", who: \"УО\"}\n",
    );
    place.edit(
        ROADMAP,
        "        period: \"ежеквартально\"\n",
        "        period: \"ежеквартально\"\n        done: {date: 2025-02-20, text: \"Встречи прошли\"}\n",
    );
    let owed = |place: &Place| {
        let items = duties(place, &[]);
        let own = items.into_iter().filter(|i| {
            i["kind"] == "update" && i["id"].as_str().is_some_and(|id| id.contains("1.2-2025"))
        });
        own.map(|i| (i["due"].is_null(), i["state"].to_string()))
            .collect::<Vec<_>>()
    };
    assert_eq!(owed(&place), [(true, "\"due\"".to_owned())]);
    place.write(
        "content/primer-2025/news/vstrechi.md",
        "---\nkind: news\ntitle: \"Встречи\"\ndate: 2025-02-24\nrow: \"1.2.\"\n---\nТекст.\n",
    );
    assert_eq!(owed(&place), [(true, "\"done\"".to_owned())]);
    place.edit(SECTION, "без срока", "когда-нибудь");
    assert_eq!(
        messages(&place.build(&["--format", "json"]), "field.within"),
        1
    );
}

#[test]
fn an_archived_section_raises_no_alarm() {
    let place = kept();
    place.append(SECTION, "archived: true\n");
    place.must_build(&["--today", "2026-06-01"]);
    assert!(data(&place).iter().all(|row| row["status"] != "overdue"));
    assert!(
        duties(&place, &["--today", "2026-06-01"])
            .iter()
            .all(|i| i["section"] != "primer-2025")
    );
}

#[test]
fn an_order_amended_is_told_on_both_pages() {
    let place = Place::new();
    place.write(
        "content/primer-2025/orders/15-od.yaml",
        "kind: order\ntype: приказ\nissuer: \"УО\"\ndate: 2025-02-10\nnumber: \"15-од\"\nsubject: \"О внесении изменений\"\namends: [12-od]\nclauses:\n  - {no: \"1.\", text: \"Изменить план.\"}\nsigned: {post: \"Начальник\", name: \"Звёздный К. Л.\"}\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(messages(&run, "order.reverse"), 1, "{}", run.said());
    place.append(ORDER, "status: {state: amended, by: 15-od}\n");
    let run = place.build(&["--format", "json"]);
    assert_eq!(
        (run.status, messages(&run, "order.reverse")),
        (Some(0), 0),
        "{}",
        run.said()
    );
    let old = place.read("output/site/primer-2025/orders/12-od/index.html");
    let new = place.read("output/site/primer-2025/orders/15-od/index.html");
    assert!(old.contains("Действует с изменениями") && old.contains("orders/15-od/"));
    assert!(new.contains("Изменяет") && new.contains("orders/12-od/"));
    assert!(
        !new.contains("Действует"),
        "an act without a status says nothing of its force"
    );
}

#[test]
fn a_year_is_rolled_over() {
    let place = Place::new();
    place.edit(ROADMAP, "        period: \"ежеквартально\"\n", "        period: \"ежеквартально\"\n        done: {date: 2025-03-28, text: \"Встречи прошли\"}\n");
    place.edit(
        "content/primer-2025/section.yaml",
        "  Ход работы виден",
        "  План утверждён приказом от 14.01.2025 № 12-од.\n\n  Ход работы виден",
    );
    let roll = |old: &str, new: &str| run(program().args(["rollover", old, new]).arg(place.root()));
    let made = roll("primer-2025", "primer-2026");
    assert_eq!(made.status, Some(0), "{}", made.said());
    let roadmap = place.read("content/primer-2026/roadmap.yaml");
    for gone in ["done", "no: \"1.1.\"", "12-od", "published"] {
        assert!(!roadmap.contains(gone), "{gone}\n{roadmap}");
    }
    assert!(
        roadmap.contains("апрель, октябрь 2026") && roadmap.contains("ежеквартально"),
        "{roadmap}"
    );
    assert!(
        place
            .read("content/primer-2026/section.yaml")
            .contains("follows: primer-2025")
    );
    // What is told of the old year is at hand, and on no page.
    let section = place.read("content/primer-2026/section.yaml");
    assert!(
        section.contains("#   План утверждён приказом от 14.01.2025 № 12-од."),
        "{section}"
    );
    assert_eq!(roll("primer-2025", "primer-2026").status, Some(2));
    place.must_build(&[]);
    let old = place.read("output/site/primer-2025/index.html");
    let new = place.read("output/site/primer-2026/index.html");
    assert!(old.contains("Следующий год") && new.contains("Прошлый год"));
    assert!(old.contains("План утверждён") && !new.contains("План утверждён"));
}

#[test]
fn samples_say_so_in_feeds_and_calendars() {
    let place = Place::new();
    place.write(
        "content/primer-2025/news/vydumka.md",
        "---\nkind: news\nsample: true\ntitle: \"Прошёл день школ\"\ndate: 2025-02-10\npublished: 2025-02-10\n---\nТекст.\n",
    );
    place.must_build(&[]);
    let feed = place.read("output/site/primer-2025/news/feed.xml");
    assert!(
        feed.contains("<title>Образец: Прошёл день школ</title>"),
        "{feed}"
    );
    let marks = |feed: &str| feed.matches("Образец: ").count();
    assert_eq!(marks(&feed), 1, "{feed}");
    let news = place.read("output/site/primer-2025/calendar/events.ics");
    let news = news.replace("\r\n ", "");
    let own = news.lines().find(|l| l.contains("Прошёл день школ"));
    assert!(own.is_none_or(|l| l.contains("Образец")), "{own:?}");
    // Tables that are taken away say it in each row.
    place.append(ROADMAP, "sample: true\n");
    place.must_build(&[]);
    let table = place.read("output/site/primer-2025/roadmap/data.csv");
    let rows = table.lines().filter(|r| r.ends_with(";образец")).count();
    let head = table.lines().next().unwrap_or("");
    assert!(head.ends_with(";Пометка"), "{table}");
    assert_eq!(rows, data(&place).len(), "{table}");
    assert!(
        place
            .read("output/site/primer-2025/roadmap/data.json")
            .contains("\"sample\": true")
    );
}

#[test]
fn what_each_tab_lacks_stands_in_one_table() {
    let place = Place::new();
    place.write(
        "content/private/tabs/r-01/school.yaml",
        "name: \"МБОУ СОШ № 00\"\ncurator: {name: \"Ветрова А. Л.\", post: \"методист\"}\ndocuments:\n  - {stage: risk-profile, title: \"Рисковый профиль\", link: \"https://portal.example/profil.pdf\"}\nupdated: 2025-02-03\n",
    );
    place.must_build(&[]);
    let table = place.read("output/report/tabs.csv").replace('\u{feff}', "");
    let rows: Vec<Vec<&str>> = table.lines().map(|l| l.split(';').collect()).collect();
    let of = |id: &str, column: &str| {
        let at = rows[0]
            .iter()
            .position(|c| c.trim_matches('"').starts_with(column));
        let row = rows
            .iter()
            .find(|r| r[0] == id)
            .unwrap_or_else(|| panic!("{id}\n{table}"));
        row[at.unwrap_or_else(|| panic!("{column}\n{table}"))].to_owned()
    };
    for (column, lacks) in [
        ("рисковый", ""),
        ("концепция", "нет"),
        ("куратор", ""),
        ("ответственный", "нет"),
        ("дата обновления", ""),
    ] {
        assert_eq!(of("r-01", column), lacks, "{column}\n{table}");
    }
    // A school without a folder lacks that, and its name stands nowhere.
    assert!(
        table
            .lines()
            .any(|l| l.starts_with("r-02") && l.contains("school.yaml")),
        "{table}"
    );
    for column in ["рисковый", "мониторинг", "куратор", "дата обновления"]
    {
        assert_eq!(of("r-02", column), "нет", "{column}\n{table}");
    }
    assert!(!table.contains("Ромашкинская") && !table.contains("Васильковская"));
}

/// What the five shipped sections ask of their operators on a day of each.
#[test]
fn duties_of_the_shipped_sections() {
    let mut told = String::new();
    for (section, today) in [
        ("tomsk-region-2020", "2020-09-20"),
        ("tyumen-city-2021", "2021-06-10"),
        ("molchanovo-2023", "2023-05-15"),
        ("tula-2024", "2024-03-01"),
        ("tyumen-region-2025", "2025-02-10"),
    ] {
        let mut command = program();
        command.arg("duties").arg(repository());
        let run = run(command.args(["--section", section, "--today", today]));
        assert_eq!(run.status, Some(0), "{}", run.said());
        told.push_str(&format!("══ {section}, {today}\n{}\n", run.out));
    }
    crate::said::check(module_path!(), "duties_of_the_shipped_sections", &told);
}

/// Five days of each shipped section's years, row by row: due, state on each of the days, which duty, who acts.
///
/// Reviewed against the five orders: every row of every roadmap stands here (27 + 35 + 49 + 67 + 25, Molchanovo's heading
/// «21.» alone has no term), a row of several deadlines once for each; the assignments are those of the clauses that name a
/// day. «31.09.2025», the plan of 2023 in Tula, and what has no day at all are bounded by the plan's last day and never late.
#[test]
fn five_days_of_five_sections() {
    let years: [(&str, [&str; 5]); 5] = [
        (
            "tomsk-region-2020",
            [
                "2020-04-20",
                "2020-07-01",
                "2020-10-15",
                "2021-05-03",
                "2022-01-10",
            ],
        ),
        (
            "tyumen-city-2021",
            [
                "2021-02-15",
                "2021-04-26",
                "2021-08-16",
                "2021-11-16",
                "2022-01-10",
            ],
        ),
        (
            "molchanovo-2023",
            [
                "2023-03-25",
                "2023-05-15",
                "2023-07-03",
                "2023-10-22",
                "2024-01-10",
            ],
        ),
        (
            "tula-2024",
            [
                "2024-02-20",
                "2024-03-08",
                "2024-06-15",
                "2024-12-03",
                "2025-01-10",
            ],
        ),
        (
            "tyumen-region-2025",
            [
                "2024-12-27",
                "2025-02-10",
                "2025-05-12",
                "2025-10-07",
                "2025-12-26",
            ],
        ),
    ];
    let mut told =
        String::from("L late, D due, N no-record, U upcoming, + done, . not there yet\n");
    for (section, days) in years {
        told.push_str(&format!("\n══ {section}: {}\n", days.join(" · ")));
        let mut rows: BTreeMap<(String, String), (String, [char; 5])> = BTreeMap::new();
        for (n, day) in days.iter().enumerate() {
            let mut command = program();
            command.arg("duties").arg(repository());
            let words = ["--section", section, "--today", day, "--format", "json"];
            let run = run(command.args(words));
            assert_eq!(run.status, Some(0), "{}", run.said());
            let whole: Value = serde_json::from_str(&run.out).expect("one JSON object");
            for item in whole["items"].as_array().expect("items") {
                let text = |key: &str| item[key].as_str().unwrap_or("").to_owned();
                let due = item["due"].as_str().unwrap_or("без срока ").to_owned();
                let id = text("id").replacen(&format!("{section}/"), "", 1);
                let list = item["who"].as_array().cloned().unwrap_or_default();
                let who: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                let row = rows
                    .entry((due, id))
                    .or_insert_with(|| (who.join(", "), ['.'; 5]));
                row.1[n] = match &*text("state") {
                    "late" => 'L',
                    "due" => 'D',
                    "no-record" => 'N',
                    "upcoming" => 'U',
                    "done" => '+',
                    other => panic!("{other}"),
                };
            }
        }
        for ((due, id), (who, states)) in rows {
            let states = states.map(String::from).join(" ");
            told.push_str(&format!("{due}  {states}  {id} — {who}\n"));
        }
    }
    crate::said::check(module_path!(), "five_days_of_five_sections", &told);
}
