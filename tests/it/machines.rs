//! What other programs read: calendars and feeds of sections and of the portal, with the zone of the territory, acts cited as
//! printed; open data as the methodical recommendations 3.0 ask for, for a portal that wants them, of public documents alone.

use crate::place::Place;

const SITE: &str = "content/site.yaml";
const FOLDER: &str = "output/site/opendata";
const OWN: &str = "opendata:\n  inn: \"1234567894\"\n  person: \"Лунина Анна Борисовна\"\n  terms: \"Свободно, со ссылкой на источник\"\n";
const SECTION: &str = "content/primer-2025/section.yaml";

#[test]
fn hours_stand_in_the_zone_of_the_territory() {
    let place = Place::new();
    place.must_build(&[]);
    let bare = place.read("output/site/primer-2025/calendar/events.ics");
    assert!(!bare.contains("VTIMEZONE"), "{bare}");
    place.edit_first(SECTION, "territory:", "timezone: Asia/Tomsk\nterritory:");
    place.must_build(&[]);
    for file in ["primer-2025/calendar/events.ics", "events.ics"] {
        let text = place.read(&format!("output/site/{file}"));
        assert!(
            text.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Tomsk\r\n"),
            "{file}: {text}"
        );
        assert!(
            text.contains("DTSTART;TZID=Asia/Tomsk:2025"),
            "{file}: {text}"
        );
    }
}

#[test]
fn the_portal_has_a_feed_and_a_calendar_that_programs_follow() {
    let place = Place::new();
    place.must_build(&[]);
    let home = place.read("output/site/index.html");
    for wanted in [
        "href=\"./feed.xml\"",
        "href=\"./events.ics\"",
        "href=\"webcal://",
    ] {
        assert!(home.contains(wanted), "{wanted}");
    }
    assert!(
        place
            .read("output/site/feed.xml")
            .contains("/primer-2025/news/start/")
    );
    let calendar = place.read("output/site/primer-2025/calendar/index.html");
    assert!(calendar.contains("class=\"month-grid\""));
    assert!(calendar.contains("href=\"webcal://"));
}

#[test]
fn clauses_are_cited_as_printed() {
    let place = Place::new();
    let clause = |no: &str, below: &str| {
        format!(
            "{{no: \"{no}\", text: \"Сделать.\", assignments: [{{who: \"Школы-участницы\", what: \"сделать\"}}]{below}}}"
        )
    };
    let letter = clause("а)", "");
    let inner = clause("2.1.", "");
    let outer = clause("7.", &format!(", clauses: [{inner}, {letter}]"));
    place.edit_first(
        "content/primer-2025/orders/12-od.yaml",
        "clauses:\n",
        &format!("clauses:\n  - {outer}\n"),
    );
    place.must_build(&[]);
    let page = place.read("output/site/primer-2025/orders/12-od/index.html");
    for wanted in [">п.\u{a0}7<", ">п.\u{a0}2.1<", ">подп.\u{a0}«а» п.\u{a0}7<"] {
        assert!(page.contains(wanted), "{wanted}");
    }
}

fn codes(more: &str) -> Vec<String> {
    let place = Place::new();
    place.append(SITE, more);
    let run = place.check(&["--format", "json"]);
    run.codes()
}

#[test]
fn register_passport_structure_and_data_have_the_names_that_are_asked_for() {
    let place = Place::new();
    let set = "sets:\n    - of: primer-2025/roadmap\n      title: \"План мероприятий, 2025\"\n      keywords: [\"школы\", \"план\"]\n    - {of: primer-2025/indicators, name: pokazateli}\n    - sosed-2024/roadmap\n";
    place.append(SITE, &format!("{OWN}  {set}"));
    place.edit_first(
        "content/primer-2025/roadmap.yaml",
        "order:",
        "updated: 2025-02-10\norder:",
    );
    place.must_build(&[]);

    let base = "https://obrazec.example/opendata";
    let list = place.read(&format!("{FOLDER}/list.csv"));
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(
        lines,
        [
            "property,title,value,format".to_owned(),
            "standardversion,Версия методических рекомендаций,http://opendata.gosmonitor.ru/standard/3.0,".to_owned(),
            format!("1234567894-primer-2025-roadmap,\"План мероприятий, 2025\",{base}/1234567894-primer-2025-roadmap/meta.csv,csv"),
            format!("1234567894-pokazateli,Показатели,{base}/1234567894-pokazateli/meta.csv,csv"),
            format!("1234567894-sosed-2024-roadmap,План-график на 2024 год,{base}/1234567894-sosed-2024-roadmap/meta.csv,csv"),
        ]
    );

    let own = format!("{FOLDER}/1234567894-primer-2025-roadmap");
    let meta = place.read(&format!("{own}/meta.csv"));
    let data = "data-20250210-structure-20250115";
    let at = format!("{base}/1234567894-primer-2025-roadmap");
    for wanted in [
        "property,value".to_owned(),
        "standardversion,http://opendata.gosmonitor.ru/standard/3.0".to_owned(),
        "identifier,1234567894-primer-2025-roadmap".to_owned(),
        "title,\"План мероприятий, 2025\"".to_owned(),
        "creator,Управление образования".to_owned(),
        "created,20250115".to_owned(),
        "modified,20250210".to_owned(),
        "subject,\"школы, план\"".to_owned(),
        "format,csv".to_owned(),
        "provenance,Обновление сведений".to_owned(),
        "valid,20260210".to_owned(),
        "publishername,Лунина Анна Борисовна".to_owned(),
        "publisherphone,+7 (000) 100-20-30".to_owned(),
        "publishermbox,uo@obrazec.example".to_owned(),
        format!("{data},{at}/{data}.csv"),
        format!("structure-20250115,{at}/structure-20250115.csv"),
    ] {
        assert!(meta.lines().any(|l| l == wanted), "{wanted}\n{meta}");
    }
    assert!(!meta.starts_with('\u{feff}'));

    let structure = place.read(&format!("{own}/structure-20250115.csv"));
    assert!(structure.starts_with(
        "field name,english description,russian description,format\r\nno,number of the row,№,string\r\n"
    ));
    let fields: Vec<&str> = structure
        .lines()
        .skip(1)
        .filter_map(|l| l.split(',').next())
        .collect();
    let table = place.read(&format!("{own}/{data}.csv"));
    assert_eq!(table.lines().next(), Some(&*fields.join(",")));
    assert!(table.contains("\r\n2.1.,Помощь школам,Посетить уроки,до 25.03.2025,,2025-03-25,,Справки,Методический центр\r\n"), "{table}");

    let page = place.read(&format!("{own}/index.html"));
    for wanted in [
        "typeof=\"foaf:Document\"",
        "property=\"dc:identifier\">1234567894-primer-2025-roadmap<",
        "\"@type\":\"Dataset\"",
        "href=\"../../opendata/1234567894-primer-2025-roadmap/meta.csv\"",
        "href=\"../../primer-2025/roadmap/\"",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
    let register = place.read(&format!("{FOLDER}/index.html"));
    assert!(register.contains("\"@type\":\"DataCatalog\"") && register.contains("list.csv"));
    assert!(
        place
            .read("output/site/index.html")
            .contains("href=\"./opendata/\"")
    );
    assert!(
        place
            .read("output/site/sitemap.xml")
            .contains("/opendata/1234567894-pokazateli/<")
    );
}

#[test]
fn a_portal_that_does_not_ask_has_none_and_one_that_names_no_sets_gives_every_table() {
    let place = Place::new();
    place.must_build(&[]);
    assert!(!place.path(FOLDER).exists());
    assert!(!place.read("output/site/index.html").contains("opendata"));
    place.append(SITE, OWN);
    // What is invented is no data, and what has no day cannot be told to be new.
    place.edit_first(
        "content/primer-2025/schedules/desant.yaml",
        "type:",
        "sample: true\ntype:",
    );
    place.edit_first(
        "content/sosed-2024/roadmap.yaml",
        "published: 2024-02-01\n",
        "",
    );
    let run = place.must_build(&["--format", "json"]);
    assert_eq!(run.codes(), ["opendata.day"]);
    let list = place.read(&format!("{FOLDER}/list.csv"));
    let sets: Vec<&str> = list
        .lines()
        .skip(2)
        .filter_map(|l| l.split(',').next())
        .collect();
    assert_eq!(
        sets,
        [
            "1234567894-primer-2025-roadmap",
            "1234567894-primer-2025-konsultacii",
            "1234567894-primer-2025-stazhirovki",
            "1234567894-primer-2025-indicators"
        ]
    );
    // The data are the plan's: they do not change with the day.
    let before = place.site();
    place.must_build(&["--today", "2025-12-30"]);
    let after = place.site();
    for (name, bytes) in &before {
        if name.starts_with("opendata/") && name.ends_with(".csv") {
            assert!(after.get(name) == Some(bytes), "{name}");
        }
    }
}

#[test]
fn what_a_passport_lacks_and_what_is_no_set_are_told() {
    assert_eq!(
        codes("opendata: {inn: \"1234567894\", terms: \"Свободно\"}\n"),
        ["opendata.passport"]
    );
    // What the owner allows is nothing to be assumed.
    assert_eq!(
        codes("opendata: {inn: \"1234567894\", person: \"Лунина А. Б.\"}\n"),
        ["opendata.passport"]
    );
    // A wrong check digit, the guide's zeros left as they are, a number that is no plain one.
    for inn in ["1234567895", "0000000000", "12-34567894"] {
        assert_eq!(
            codes(&format!(
                "opendata: {{inn: \"{inn}\", person: \"Лунина А. Б.\", terms: \"Свободно\"}}\n"
            )),
            ["field.inn"]
        );
    }
    let sets = |list: &str| codes(&format!("{OWN}  sets: {list}\n"));
    assert_eq!(sets("[primer-2025/net]"), ["opendata.set"]);
    assert_eq!(sets("[primer-2025/12-od]"), ["opendata.set"]);
    assert_eq!(
        sets("[{of: primer-2025/roadmap, name: \"План\"}]"),
        ["opendata.name"]
    );
    assert_eq!(
        sets("[{of: primer-2025/roadmap, name: plan}, {of: sosed-2024/roadmap, name: plan}]"),
        ["opendata.name"]
    );
    let place = Place::new();
    place.edit_first(
        SITE,
        "  phone: \"+7 (000) 100-20-30\"\n  email: \"uo@obrazec.example\"\n",
        "",
    );
    place.append(SITE, OWN);
    let run = place.check(&[]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.err.contains("поля phone") && run.err.contains("поля email"),
        "{}",
        run.err
    );
    assert!(run.err.contains("content/site.yaml:"), "{}", run.err);
}

#[test]
fn the_register_of_schools_holds_for_it_too() {
    let place = Place::new();
    place.append(
        SITE,
        "opendata:\n  inn: \"1234567894\"\n  person: \"Огурцова Жанна Ильинична\"\n  terms: \"Свободно\"\n  sets:\n    - {of: primer-2025/roadmap, title: \"План Васильковской школы\", change: \"Васильковская СОШ\"}\n",
    );
    let run = place.build(&[]);
    for (name, bytes) in place.site() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("Огурцов") && !text.contains("Васильков"),
            "{name}: {}",
            run.said()
        );
    }
}
