//! Schools' numbers stay private: what comes out of them is to the digit what a spreadsheet makes of them, and nothing
//! that is published tells a school, though years, districts and news lie beside one another.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::place::{Place, Run, repository};

const INDICATORS: &str = "content/primer-2025/indicators.yaml";
const REGISTRY: &str = "content/private/registry.yaml";
const TABLE: &str = "content/private/monitoring/2022.csv";
const DATA: &str = "output/site/primer-2025/indicators/data.json";

/// The small site with forty schools in its registry.
fn forty() -> Place {
    let place = Place::new();
    let text = place.read(REGISTRY);
    let schools: String = (3..=40)
        .map(|n| format!("  - {{id: r-{n:02}, name: \"МБОУ «Выдуманная-{n} СОШ»\", municipality: \"Рябиновый район\"}}\n"))
        .collect();
    let text = text.replace("public:\n", &format!("{schools}public:\n"));
    place.write(REGISTRY, text.replace("schools: 14", "schools: 80"));
    place
}

/// One indicator with the columns «баз» and «все», and the target given.
fn share(place: &Place, target: &str) {
    place.write(
        INDICATORS,
        format!(
            "kind: indicators\ntitle: \"Показатели\"\ngroups:\n  - title: \"Результаты\"\n    indicators:\n      - name: \"Доля достигших базового уровня\"\n        formula: 'D = \\frac{{Ч_{{баз}}}}{{Ч}} \\cdot 100'\n        dynamics: 'DD = D_{{2022}} - D_{{2021}}'\n        variables:\n          - {{symbol: 'Ч_{{баз}}', meaning: \"достигшие\", data: \"баз\"}}\n          - {{symbol: 'Ч', meaning: \"все\", data: \"все\"}}\n        target: \"{target}\"\n        unit: \"%\"\npublished: 2025-01-15\n"
        ),
    );
}

/// Years, and the schools that have a line in each.
type Years = [(u32, std::ops::RangeInclusive<usize>)];

/// A table of these schools: 7 of 10 in each, one more of ten for every year after the first.
fn table(years: &Years) -> String {
    let mut text = "школа;дата;баз;все\n".to_owned();
    for (n, (year, schools)) in years.iter().enumerate() {
        for school in schools.clone() {
            text += &format!("r-{school:02};{year};{};10\n", 7 + n);
        }
    }
    text
}

fn built(place: &Place) -> Run {
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    run
}

fn values(place: &Place) -> Vec<Value> {
    let data: Value = serde_json::from_str(&place.read(DATA)).expect("JSON");
    data["indicators"][0]["values"]
        .as_array()
        .expect("values")
        .clone()
}

/// «2021: 70», «2022: -» for what is withheld.
fn shown(place: &Place) -> Vec<String> {
    let words = |v: &Value| {
        let period = v["period"].as_str().unwrap_or("?").to_owned();
        match v["value"].as_f64() {
            Some(number) => format!("{period}: {number}"),
            None => format!(
                "{period}: {}",
                if v["withheld"] == true { "-" } else { "?" }
            ),
        }
    };
    values(place).iter().map(words).collect()
}

fn places(run: &Run) -> Vec<String> {
    let whole: Value = serde_json::from_str(&run.out).expect("JSON");
    let list = whole["findings"].as_array().cloned().unwrap_or_default();
    let own = list.iter().filter(|f| {
        f["code"]
            .as_str()
            .is_some_and(|c| c.starts_with("monitoring."))
    });
    own.map(|f| {
        let path = f["path"]
            .as_str()
            .unwrap_or("")
            .rsplit('/')
            .next()
            .unwrap_or("");
        format!(
            "{} {path}:{}:{}",
            f["code"].as_str().unwrap_or(""),
            f["line"],
            f["column"]
        )
    })
    .collect()
}

#[test]
fn forty_schools_give_the_indicators_of_1028_to_the_digit_of_a_spreadsheet() {
    let place = forty();
    let fixtures = repository().join("tests/fixtures");
    let read = |path: &str| std::fs::read_to_string(repository().join(path)).expect("a file");
    let printed = read("content/tyumen-city-2021/indicators.yaml").replace("order: \"1028\"\n", "");
    let (mut own, mut letter, mut text) = (0, 0, String::new());
    for line in printed.lines() {
        if line.contains("- name:") {
            (own, letter) = (own + 1, 0);
        }
        if line.contains("- {symbol:") {
            letter += 1;
            let open = line.strip_suffix('}').expect("a variable on one line");
            text += &format!("{open}, data: \"п{own:02}-{letter}\"}}\n");
        } else {
            text += &format!("{line}\n");
        }
    }
    place.write(INDICATORS, text + "published: 2025-01-15\n");
    place.write(
        TABLE,
        std::fs::read(fixtures.join("monitoring.csv")).expect("the table"),
    );
    let run = built(&place);
    assert_eq!(places(&run), [""; 0]);
    let data: Value = serde_json::from_str(&place.read(DATA)).expect("JSON");
    let list = data["indicators"].as_array().expect("indicators");
    let computed = read("tests/fixtures/monitoring-computed.csv");
    let mut seen = 0;
    for line in computed.lines().skip(1) {
        let cells: Vec<&str> = line.split(';').collect();
        let n: usize = cells[0].trim_start_matches('п').parse().expect("a number");
        let values = list[n - 1]["values"].as_array().expect("values");
        let number = |cell: &str| cell.replace(',', ".").parse::<f64>().ok();
        let own = |year: &str| {
            let found = values.iter().find(|v| v["period"] == year);
            found.unwrap_or_else(|| panic!("{line}: {year}"))
        };
        assert_eq!(own("2021")["value"].as_f64(), number(cells[1]), "{line}");
        assert_eq!(own("2022")["value"].as_f64(), number(cells[2]), "{line}");
        if !cells[3].is_empty() {
            assert_eq!(
                own("2022")["difference"].as_f64(),
                number(cells[3]),
                "{line}"
            );
        }
        seen += 1;
    }
    assert_eq!(seen, 40);
    let page = place.read("output/site/primer-2025/indicators/index.html");
    for words in [
        "<td class=\"num\">2,9</td>",
        "К&nbsp;прошлому году",
        "достигнута",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let csv = place.read("output/site/primer-2025/indicators/data.csv");
    assert!(csv.contains("2022") && csv.contains("2,9"));
    // The operator alone sees schools, by id.
    let report = place.read("output/report/monitoring.csv");
    assert!(report.contains("r-40") && report.contains("опубликован"));
    for (path, bytes) in place.site() {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("r-40") && !text.contains("п01-1"), "{path}");
    }
}

#[test]
fn value_target_and_the_year_before_stand_side_by_side() {
    let place = forty();
    share(&place, "не менее 75 %");
    place.write(TABLE, table(&[(2021, 1..=12), (2022, 1..=12)]));
    built(&place);
    let values = values(&place);
    assert_eq!(shown(&place), ["2021: 70", "2022: 80"]);
    assert_eq!(values[0]["met"], false);
    assert_eq!(
        (&values[1]["met"], &values[1]["difference"]),
        (&Value::from(true), &Value::from(10.0))
    );
    share(&place, "положительная динамика");
    built(&place);
    let page = place.read("output/site/primer-2025/indicators/index.html");
    assert!(page.contains("+10") && page.contains("достигнута"));
}

#[test]
fn nothing_published_tells_fewer_than_k_schools() {
    let place = forty();
    share(&place, "100 %");
    place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
    let cases: [(&Years, &[&str], &str); 5] = [
        (&[(2021, 1..=4)], &["2021: -"], "few"),
        // One school joins: the difference of the years would be its own.
        (
            &[(2021, 1..=12), (2022, 1..=13)],
            &["2021: 70", "2022: -"],
            "tells",
        ),
        // One leaves.
        (
            &[(2021, 1..=12), (2022, 2..=12)],
            &["2021: 70", "2022: -"],
            "tells",
        ),
        // Two leave and two join: none of both is told.
        (
            &[(2021, 1..=12), (2022, 3..=14)],
            &["2021: 70", "2022: -"],
            "tells",
        ),
        (
            &[(2021, 1..=12), (2022, 1..=17)],
            &["2021: 70", "2022: 80"],
            "",
        ),
    ];
    for (years, wanted, code) in cases {
        place.write(TABLE, table(years));
        let run = built(&place);
        assert_eq!(shown(&place), wanted, "{years:?}");
        let told = places(&run);
        assert_eq!(
            told.iter()
                .filter(|t| t.starts_with(&format!("monitoring.{code} ")))
                .count(),
            usize::from(!code.is_empty()),
            "{told:?}"
        );
        let page = place.read("output/site/primer-2025/indicators/index.html");
        assert_eq!(
            page.contains("не\u{a0}публикуется") || page.contains("не публикуется"),
            !code.is_empty()
        );
    }
    // Nine schools have nothing to divide by: the share is that of one.
    let mut text = "школа;дата;баз;все\n".to_owned();
    for school in 1..=10 {
        let (own, all) = if school == 1 { (3, 10) } else { (0, 0) };
        text += &format!("r-{school:02};2022;{own};{all}\n");
    }
    place.write(TABLE, &text);
    built(&place);
    assert_eq!(shown(&place), ["2022: -"]);
    // One school is nearly all.
    let text = text.replace(";0;0", ";1;1").replace(";3;10", ";300;1000");
    place.write(TABLE, text);
    let run = built(&place);
    assert_eq!(shown(&place), ["2022: -"]);
    assert!(
        places(&run)
            .iter()
            .any(|t| t.starts_with("monitoring.large "))
    );
}

#[test]
fn a_total_does_not_give_back_the_district_beside_it() {
    let place = forty();
    share(&place, "100 %");
    place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
    // The neighbour counts five of the eight: the three others would be the difference.
    let own = place.read(INDICATORS);
    place.write("content/sosed-2024/indicators.yaml", own);
    place.write(
        "content/primer-2025/private/monitoring/all.csv",
        table(&[(2022, 1..=8)]),
    );
    place.write(
        "content/sosed-2024/private/monitoring/own.csv",
        table(&[(2022, 1..=5)]),
    );
    built(&place);
    let of = |section: &str| {
        let text = place.read(&format!("output/site/{section}/indicators/data.json"));
        let data: Value = serde_json::from_str(&text).expect("JSON");
        data["indicators"][0]["values"][0]["value"].clone()
    };
    assert_eq!(
        (of("primer-2025"), of("sosed-2024")),
        (Value::from(70.0), Value::Null)
    );
}

#[test]
fn news_and_written_values_do_not_give_back_what_is_withheld() {
    let place = forty();
    share(&place, "100 %");
    place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
    let mut text = table(&[(2021, 1..=12), (2022, 1..=12)]);
    text += "r-13;2022;3;11\n";
    place.write(TABLE, text);
    place.write(
        "content/primer-2025/news/itogi.md",
        "---\nkind: news\ntitle: \"Итоги года\"\ndate: 2025-02-10\npublished: 2025-02-10\n---\nБазового уровня достигли 75,6 % учеников.\n",
    );
    let told = |run: &Run| {
        places(run)
            .iter()
            .any(|t| t.starts_with("monitoring.told itogi.md:"))
    };
    let run = place.build(&["--format", "json"]);
    assert_eq!((run.status, told(&run)), (Some(1), true), "{}", run.said());
    // Without the sign it may be anything, and elsewhere another share: that is told.
    let news = "content/primer-2025/news/itogi.md";
    place.edit(news, "75,6 %", "75,6 балла из ста: столько у");
    assert!(told(&built(&place)));
    place.edit(news, "75,6 балла", "175,6 балла");
    assert!(!told(&built(&place)));
    // A minute of a meeting tells as much as news.
    place.edit(
        "content/primer-2025/roadmap.yaml",
        "text: \"Приказ издан\"",
        "text: \"Приказ издан, уровень — 75.6%\"",
    );
    assert_eq!(place.build(&[]).status, Some(1));
    place.edit("content/primer-2025/roadmap.yaml", ", уровень — 75.6%", "");
    let own = place.read(INDICATORS);
    place.write(
        INDICATORS,
        own.replace(
            "        unit: \"%\"\n",
            "        unit: \"%\"\n        values: {2022: 75.6}\n",
        ),
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert!(
        places(&run)
            .iter()
            .any(|t| t.starts_with("monitoring.written "))
    );
}

#[test]
fn a_round_share_is_told_however_it_is_written() {
    let place = forty();
    share(&place, "не менее 80 %");
    place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
    let mut text = table(&[(2021, 1..=12), (2022, 1..=12)]);
    text += "r-13;2022;4;5\n";
    place.write(TABLE, text);
    let news = "content/primer-2025/news/itogi.md";
    for (words, status, told) in [
        ("80,0 %", 1, true),
        ("80.00%", 1, true),
        ("80,0 процента", 1, true),
        // A round number is as likely another's: that is told, and stops nothing.
        ("80 %", 0, true),
        ("восемьдесят процентов", 0, true),
        ("80", 0, false),
        ("180,0 %", 0, false),
        ("к 80.01.25", 0, false),
    ] {
        place.write(
            news,
            format!(
                "---\nkind: news\ntitle: \"Итоги года\"\ndate: 2025-02-10\npublished: 2025-02-10\n---\nУ нас {words} учеников.\n"
            ),
        );
        let run = place.build(&["--format", "json"]);
        let found = places(&run);
        let own = found
            .iter()
            .any(|t| t.starts_with("monitoring.told itogi.md:"));
        assert_eq!(
            (run.status, own),
            (Some(status), told),
            "{words}: {}",
            run.said()
        );
        // The target of the indicator is no result.
        assert!(
            !found
                .iter()
                .any(|t| t.starts_with("monitoring.told indicators"))
        );
    }
}

#[test]
fn bad_and_missing_values_are_told_at_their_cells_without_a_word_of_them() {
    let place = forty();
    share(&place, "100 %");
    place.write(
        TABLE,
        "школа;дата;баз;все;лишняя\nr-01;2022;7;десять;1\nВасильковская школа;2022;7;10;1\nr-02;весной;7;10;1\nr-03;2022;;10;1\nr-03;2022;;11;1\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        places(&run),
        [
            "monitoring.column 2022.csv:1:20",
            "monitoring.value 2022.csv:2:13",
            "monitoring.school 2022.csv:3:1",
            "monitoring.date 2022.csv:4:6",
            "monitoring.missing 2022.csv:5:11",
            "monitoring.twice 2022.csv:6:12",
            "monitoring.twice 2022.csv:6:15",
        ]
    );
    for words in ["десять", "Васильковская", "весной"] {
        assert!(!run.out.contains(words), "{words}");
    }
    // What is owed keeps the value back, and nothing else.
    let mut text = table(&[(2021, 1..=12), (2022, 1..=12)]);
    text = text.replace("r-05;2022;8;10", "r-05;2022;;10");
    place.write(TABLE, text);
    let run = built(&place);
    assert_eq!(places(&run), ["monitoring.missing 2022.csv:18:11"]);
    assert_eq!(shown(&place), ["2021: 70"]);
    assert!(
        place
            .read("output/report/monitoring.csv")
            .contains("не посчитан")
    );
    let told: BTreeMap<String, Vec<u8>> = place.site();
    assert!(!told.is_empty());
}

#[test]
fn a_table_may_be_a_list_in_yaml() {
    let place = forty();
    share(&place, "100 %");
    place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
    let line =
        |school: usize| format!("- {{школа: r-{school:02}, дата: 2022-05-31, баз: 7, все: 10}}\n");
    let table = "content/private/monitoring/2022.yaml";
    place.write(table, (1..=12).map(line).collect::<String>());
    built(&place);
    assert_eq!(shown(&place), ["2022: 70"]);
    place.write(
        table,
        (1..=12).map(line).collect::<String>() + "- {школа: Васильковская, дата: 2022, баз: 1, все: 2}\n- {школа: r-13, дата: 2022, баз: семь}\n",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        places(&run),
        [
            "monitoring.school 2022.yaml:13:11",
            "monitoring.missing 2022.yaml:14:3",
            "monitoring.value 2022.yaml:14:34",
        ]
    );
    for words in ["Васильковская", "семь"] {
        assert!(!run.out.contains(words), "{words}");
    }
}

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
}

/// The fewest schools that are left when any of these sums are added to and taken from one another.
fn fewest(sums: &[BTreeSet<u64>]) -> usize {
    let mut fewest = usize::MAX;
    for choice in 1..5usize.pow(u32::try_from(sums.len()).expect("few")) {
        let mut left: BTreeMap<u64, i64> = BTreeMap::new();
        let mut rest = choice;
        for sum in sums {
            let factor = i64::try_from(rest % 5).expect("small") - 2;
            rest /= 5;
            for school in sum {
                *left.entry(*school).or_default() += factor;
            }
        }
        let told = left.values().filter(|n| **n != 0).count();
        fewest = fewest.min(if told == 0 { usize::MAX } else { told });
    }
    fewest
}

/// Somebody who knows which schools stand in which table, and reads all that is published: totals and the district in
/// them, year beside year, news. He has the exact sums behind every share that is shown, and adds and takes away.
#[test]
fn an_attacker_with_totals_years_and_news_tells_no_school() {
    let (mut open, mut withheld) = (0, 0);
    for seed in 1..=4 {
        let mut dice = Dice(seed);
        let place = forty();
        share(&place, "100 %");
        place.edit("content/site.yaml", "sections:", "k: 5\nsections:");
        let own = place.read(INDICATORS);
        place.write("content/sosed-2024/indicators.yaml", own);
        let mut sets: BTreeMap<(&str, u64), BTreeSet<u64>> = BTreeMap::new();
        let mut schools: BTreeSet<u64> = (1..=16).collect();
        let border = 6 + dice.roll(6);
        let mut texts: BTreeMap<&str, String> = BTreeMap::new();
        for year in 2021..=2023 {
            for _ in 0..dice.roll(4) {
                schools.remove(&(1 + dice.roll(20)));
            }
            for _ in 0..dice.roll(7) {
                schools.insert(17 + dice.roll(24));
            }
            for section in ["primer-2025", "sosed-2024"] {
                let text = texts
                    .entry(section)
                    .or_insert_with(|| "школа;дата;баз;все\n".to_owned());
                for school in schools
                    .iter()
                    .filter(|s| section == "primer-2025" || **s <= border)
                {
                    let all = 20 + dice.roll(30);
                    text.push_str(&format!("r-{school:02};{year};{};{all}\n", dice.roll(all)));
                    sets.entry((section, year)).or_default().insert(*school);
                }
            }
        }
        for (section, text) in &texts {
            place.write(
                &format!("content/{section}/private/monitoring/all.csv"),
                text,
            );
        }
        built(&place);
        // Of the operator's own table: what is withheld.
        let report = place.read("output/report/monitoring.csv");
        let totals: Vec<Vec<&str>> = report
            .lines()
            .map(|l| l.split(';').collect::<Vec<_>>())
            .filter(|l| l.get(3) == Some(&"всего"))
            .collect();
        let hidden: Vec<String> = totals
            .iter()
            .filter(|l| !l[6].contains("опубликован"))
            .map(|l| l[5].to_owned())
            .collect();
        // News that tell it are not published.
        let news = |value: &str| {
            format!(
                "---\nkind: news\ntitle: \"Итоги года\"\ndate: 2025-02-10\npublished: 2025-02-10\n---\nДоля — {value} %.\n"
            )
        };
        for section in ["primer-2025", "sosed-2024"] {
            let of = |l: &&Vec<&str>| {
                l[0] == section && !l[6].contains("опубликован") && l[5].contains(',')
            };
            if let Some(line) = totals.iter().find(of) {
                let path = format!("content/{section}/news/itogi.md");
                place.write(&path, news(line[5]));
                assert_eq!(place.build(&[]).status, Some(1), "{line:?}");
                place.remove(&path);
            }
        }
        place.write("content/primer-2025/news/itogi.md", news("99,9"));
        built(&place);
        let mut sums: Vec<BTreeSet<u64>> = Vec::new();
        let mut shown: Vec<String> = Vec::new();
        for section in ["primer-2025", "sosed-2024"] {
            let text = place.read(&format!("output/site/{section}/indicators/data.json"));
            let data: Value = serde_json::from_str(&text).expect("JSON");
            for value in data["indicators"][0]["values"].as_array().expect("values") {
                let year = value["period"]
                    .as_str()
                    .and_then(|y| y.parse().ok())
                    .expect("a year");
                if let Some(number) = value["value"].as_f64() {
                    sums.push(sets[&(section, year)].clone());
                    shown.push(number.to_string().replace('.', ","));
                    if let Some(more) = value["difference"].as_f64() {
                        shown.push(more.abs().to_string().replace('.', ","));
                    }
                }
            }
        }
        open += sums.len();
        withheld += hidden.len();
        sums.sort();
        sums.dedup();
        assert!(sums.is_empty() || fewest(&sums) >= 5, "{seed}: {sums:?}");
        let secret = hidden
            .iter()
            .filter(|h| h.contains(',') && !shown.contains(h));
        let secret: Vec<[String; 2]> = secret.map(|h| [h.clone(), h.replace(',', ".")]).collect();
        for (path, bytes) in place.site() {
            if ["pdf", "docx", "xlsx", "svg", "woff2", "css", "js"]
                .iter()
                .any(|e| path.ends_with(e))
            {
                continue;
            }
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let ids = schools.iter().map(|s| format!("r-{s:02}"));
            let told = ids.filter(|id| {
                [">", "\"", " ", ";"]
                    .iter()
                    .any(|b| text.contains(&format!("{b}{id}")))
            });
            assert_eq!(told.count(), 0, "{path}");
            for spelled in secret.iter().flatten() {
                assert!(
                    !text.contains(&format!(">{spelled}<"))
                        && !text.contains(&format!("\"value\":{spelled}")),
                    "{path}: {spelled}"
                );
            }
        }
    }
    assert!(
        open >= 8 && withheld >= 4,
        "{open} shown, {withheld} withheld"
    );
}

#[test]
fn a_formula_that_is_no_arithmetic_is_told() {
    let place = forty();
    share(&place, "100 %");
    place.write(TABLE, table(&[(2022, 1..=12)]));
    place.edit(
        INDICATORS,
        r"D = \frac{Ч_{баз}}{Ч} \cdot 100",
        r"D = \sqrt{Ч_{баз}}",
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert_eq!(places(&run), ["monitoring.formula indicators.yaml:6:9"]);
}
