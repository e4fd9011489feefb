//! Minutes of meetings: their page, their place among the others, what is wrong in them, what is hidden in them.

use crate::place::{Place, finding, tree};

const PROTOCOL: &str = "content/primer-2025/protocols/2.yaml";
const PAGE: &str = "primer-2025/protocols/2/index.html";
const GOOD: &str = r#"kind: protocol
row: "1.2."
number: "2"
date: 2025-02-20
time: "15:00–16:00"
place: "Малый зал"
body: "Заседание рабочей группы"
group: rabochaya-gruppa
chair: {name: "Звёздный К. Л.", post: "начальник управления образования"}
secretary: {name: "Лунина А. Б.", post: "главный специалист"}
present:
  - {role: "приглашённый", name: "Речной В. Г.", post: "методист", note: "по видеосвязи"}
attended: "14 человек"
agenda:
  - no: "1."
    title: "О встречах в школах"
    heard: [{who: "Лунина А. Б.", text: "о ходе встреч"}]
    spoke: [{who: "Речной В. Г.", text: "предложил памятку"}, "Возражений не было."]
    decided:
      - {no: "1.1.", what: "Принять к сведению."}
      - {no: "1.2.", what: "Подготовить памятку.", who: "Методический центр", by: "до 10 марта"}
      - what: "Провести встречи."
        who: ["УО", {body: "Школы-участницы", note: "по согласованию"}]
        by: "до 25.02.2025"
        done: {date: 2025-02-24, text: "Встречи прошли"}
    votes: "единогласно"
  - "Разное"
decided:
  - {no: "2.", what: "Собраться в марте.", by: "март 2025"}
materials:
  - {title: "Памятка участника", file: "../files/pamyatka.csv"}
published: 2025-02-25
"#;

fn place() -> Place {
    let place = Place::new();
    place.write(PROTOCOL, GOOD);
    place
}

/// The text of a page, without tags, each run of blanks one.
fn text(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&nbsp;", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn page_shows_decisions_with_their_terms() {
    let place = place();
    let run = place.must_build(&["--strict"]);
    assert!(run.err.is_empty(), "{}", run.said());
    let page = place.read(&format!("output/site/{PAGE}"));
    let main = page
        .split("<main")
        .nth(1)
        .and_then(|m| m.split("</main>").next());
    crate::said::check(
        module_path!(),
        "page_shows_decisions_with_their_terms",
        &text(&format!("<main{}", main.expect("a main part"))),
    );
    assert!(page.contains(r#"href="../../../primer-2025/groups/rabochaya-gruppa/""#));
    assert!(page.contains("href=\"../../../primer-2025/roadmap/#"));
    // A date without a year is read by the day of the meeting.
    assert!(page.contains("скоро срок") && page.contains("выполнено"));
}

#[test]
fn others_know_of_it() {
    let place = place();
    place.must_build(&[]);
    let title = "Протокол №\u{a0}2 от\u{a0}20.02.2025";
    for page in [
        "primer-2025/protocols/index.html",
        "primer-2025/calendar/index.html",
        "primer-2025/roadmap/index.html",
        "sitemap/index.html",
    ] {
        let html = place.read(&format!("output/site/{page}"));
        assert!(html.contains(title), "{page}");
        assert!(html.contains("protocols/2/"), "{page}");
    }
}

finding!(decision_without_words, p, {
    p.write(
        PROTOCOL,
        GOOD.replace("{no: \"2.\", what:", "{no: \"2.\", wat:"),
    );
});
finding!(group_of_another_kind, p, {
    p.write(
        PROTOCOL,
        GOOD.replace("group: rabochaya-gruppa", "group: 12-od"),
    );
});
finding!(group_unresolved, p, {
    p.write(
        PROTOCOL,
        GOOD.replace("group: rabochaya-gruppa", "group: rabochaja-gruppa"),
    );
});
finding!(term_not_understood, p, {
    p.write(PROTOCOL, GOOD.replace("до 25.02.2025", "до 30.02.2025"));
});
finding!(done_without_proof, p, {
    p.write(PROTOCOL, GOOD.replace(", text: \"Встречи прошли\"}", "}"));
});

/// Names of the registry, planted in every text of the document at once: it is published, and none is left.
#[test]
fn protected_names_are_replaced() {
    const NAMES: &str = "МБОУ «Васильковская СОШ», Огурцова Жанна Ильинична";
    let spots = [
        "Малый зал",
        "Заседание рабочей группы",
        "начальник управления образования",
        "главный специалист",
        "приглашённый",
        "методист",
        "по видеосвязи",
        "14 человек",
        "О встречах в школах",
        "о ходе встреч",
        "предложил памятку",
        "Возражений не было.",
        "Принять к сведению.",
        "Подготовить памятку.",
        "по согласованию",
        "Встречи прошли",
        "единогласно",
        "Разное",
        "Собраться в марте.",
        "Памятка участника",
    ];
    let mut planted = GOOD.to_owned();
    for spot in spots {
        assert_eq!(GOOD.matches(spot).count(), 1, "{spot}");
        planted = planted.replace(spot, &format!("{spot} {NAMES}"));
    }
    let place = Place::new();
    place.write(PROTOCOL, planted);
    let run = place.must_build(&[]);
    let mut made = tree(&place.path("output"));
    made.insert("said".into(), run.said().into_bytes());
    assert!(made.contains_key(&format!("site/{PAGE}")));
    for (path, bytes) in &made {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for secret in ["васильковск", "огурцов"] {
            assert!(!text.contains(secret), "{path}");
        }
    }
}

/// What was said of a school stays, without its name.
#[test]
fn what_was_said_of_a_school_stays() {
    let place = Place::new();
    let said = "о встрече в школе МБОУ «Васильковская СОШ»";
    place.write(PROTOCOL, GOOD.replace("о ходе встреч", said));
    place.must_build(&[]);
    let page = place.read(&format!("output/site/{PAGE}"));
    let said = text(&page);
    assert!(said.contains("школ") && said.contains("участниц"), "{said}");
    assert!(!page.to_lowercase().contains("васильковск"));
}
