//! Calendars and feeds: of sections and of the portal, with the zone of the territory, and acts cited as printed.

use crate::place::Place;

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
