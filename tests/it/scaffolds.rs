//! `glasno new`: what it makes is right as it is.

use crate::place::{Place, program, run};

/// Kinds, where their files belong, and the folder `RAZDEL` of a section.
pub(crate) const KINDS: [(&str, &str); 15] = [
    ("site", "content/site.yaml"),
    ("registry", "content/private/registry.yaml"),
    ("section", "content/razdel/section.yaml"),
    ("bodies", "content/razdel/bodies.yaml"),
    ("order", "content/razdel/orders/12-od.yaml"),
    ("roadmap", "content/razdel/roadmap.yaml"),
    ("schedule", "content/razdel/schedules/poseshcheniya.yaml"),
    ("seminar", "content/razdel/seminars/ustanovochnyj.yaml"),
    ("group", "content/razdel/groups/gruppa.yaml"),
    ("protocol", "content/razdel/protocols/1.yaml"),
    ("indicators", "content/razdel/indicators.yaml"),
    ("news", "content/razdel/news/seminar.md"),
    ("material", "content/razdel/materials/pamyatka.md"),
    ("document", "content/razdel/documents/model.md"),
    ("page", "content/razdel/pages/voprosy.md"),
];

fn create(place: &Place, kind: &str, file: &str) {
    let path = place.path(file);
    let run = run(program().arg("new").arg(kind).arg(&path)).without(place.root());
    assert_eq!(run.status, Some(0), "{}", run.said());
    assert!(path.is_file());
}

/// What a person does with a sample: writes own words where the template's stand.
fn fill(place: &Place, file: &str) {
    let own = [
        ("https://example.ru/", "https://podderzhka.example/"),
        ("Примерный район", "Рябиновый район"),
        ("Фамилия И. О.", "Лугина О. П."),
        ("И. О. Фамилия", "О. П. Лугина"),
        ("село Примерное", "село Заречное"),
        ("МБОУ «Примерная СОШ»", "МБОУ «Кувшинская СОШ»"),
        ("МАОУ СОШ № 100", "МАОУ СОШ № 42"),
        ("город Образцов", "город Ключевой"),
    ];
    let mut text = place.read(file).replace(['‹', '›'], "");
    for (template, own) in own {
        text = text.replace(template, own);
    }
    place.write(file, text);
}

/// A site made of nothing but samples that were filled in is built without a word of complaint.
#[test]
fn samples_make_a_site() {
    let place = Place::empty();
    for (kind, file) in KINDS {
        create(&place, kind, file);
        fill(&place, file);
    }
    place.edit("content/site.yaml", "sections: []", "sections: [razdel]");
    let run = place.must_build(&["--strict"]);
    assert!(run.err.is_empty(), "{}", run.said());
}

/// Each sample alone, added to a section that has bodies of its own: only bodies can be unknown there. As it was laid, it
/// is a finding at the words that nobody has replaced; a draft may keep them.
#[test]
fn each_sample_fits_into_a_site_once_it_is_filled_in() {
    for (kind, file) in KINDS {
        if [
            "site",
            "registry",
            "section",
            "bodies",
            "roadmap",
            "indicators",
        ]
        .contains(&kind)
        {
            continue;
        }
        let place = Place::new();
        let file = file.replace("razdel", "primer-2025");
        let _ = std::fs::remove_file(place.path(&file));
        create(&place, kind, &file);
        let run = place.check(&["--format", "json"]);
        assert_eq!(run.status, Some(1), "{kind}: {}", run.said());
        let untouched = run.findings();
        assert!(
            untouched
                .iter()
                .all(|f| f["path"] == file.as_str() && f["line"].as_u64() > Some(2)),
            "{kind}: {}",
            run.said()
        );
        assert!(
            untouched.iter().any(|f| f["code"] == "template.untouched"),
            "{kind}: {}",
            run.said()
        );
        fill(&place, &file);
        let run = place.check(&["--format", "json"]);
        assert_eq!(run.status, Some(0), "{kind}: {}", run.said());
        assert!(run.findings().is_empty(), "{kind}: {}", run.said());
    }
}

#[test]
fn a_draft_may_keep_the_words_of_its_template() {
    let place = Place::new();
    let file = "content/primer-2025/news/seminar.md";
    let _ = std::fs::remove_file(place.path(file));
    create(&place, "news", file);
    place.edit(file, "kind: news\n", "kind: news\ndraft: true\n");
    let run = place.check(&["--format", "json"]);
    assert_eq!(run.status, Some(0), "{}", run.said());
}

#[test]
fn sample_is_printed_without_a_file() {
    for (kind, _) in KINDS {
        let run = run(program().args(["new", kind]));
        assert_eq!(run.status, Some(0));
        assert!(run.out.contains('#') && run.err.is_empty(), "{kind}");
    }
}

#[test]
fn sample_never_takes_the_place_of_a_file() {
    let place = Place::new();
    let path = place.path("content/primer-2025/roadmap.yaml");
    let before = place.read("content/primer-2025/roadmap.yaml");
    let run = run(program().args(["new", "roadmap"]).arg(&path)).without(place.root());
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.said(), @r##"
status 2
── stderr
файл PLACE/content/primer-2025/roadmap.yaml уже есть; укажите другое имя
"##);
    assert_eq!(place.read("content/primer-2025/roadmap.yaml"), before);
}
