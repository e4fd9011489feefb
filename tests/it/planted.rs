//! Names of the registry planted in every kind of source and field: none of them comes out anywhere.

use std::collections::BTreeMap;

use crate::place::{Place, Run, tree};

/// Names of the small site's registry, in lower case: what must not be found in anything that the program makes.
const SECRETS: [&str; 4] = ["васильковск", "ромашкинск", "огурцов", "капустин"];

const SCHOOL: &str = "МБОУ «Васильковская СОШ»";
const PERSON: &str = "Огурцова Жанна Ильинична";

/// Places to plant names in; the file says how it is to be read.
const SPOTS: &str = include_str!("../fixtures/planted.txt");

/// Which secret stands in `bytes`, whatever its case.
fn leaks(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes)
        .to_lowercase()
        .replace(['\u{a0}', '\u{ad}'], " ");
    SECRETS.iter().find(|s| text.contains(**s)).copied()
}

/// No secret is in what was printed or made. What the finding is about is not printed here either.
fn assert_clean(what: &str, run: &Run, made: &BTreeMap<String, Vec<u8>>) {
    assert!(
        leaks(run.out.as_bytes()).is_none(),
        "{what}: stdout holds a name"
    );
    assert!(
        leaks(run.err.as_bytes()).is_none(),
        "{what}: stderr holds a name"
    );
    for (path, bytes) in made {
        assert!(
            leaks(path.as_bytes()).is_none(),
            "{what}: a path holds a name"
        );
        assert!(leaks(bytes).is_none(), "{what}: {path} holds a name");
    }
}

fn plant(name: &str, half: usize) {
    let spots = SPOTS.lines().filter(|line| !line.starts_with('#'));
    for spot in spots.skip(half).step_by(2) {
        let [what, file, from, to] = spot.split(" ¦ ").collect::<Vec<_>>()[..] else {
            panic!("four parts are needed: {spot}");
        };
        let place = Place::new();
        let to = to.replace("{}", name).replace('⏎', "\n");
        place.edit_first(&format!("content/{file}"), from, &to);
        let format = ["text", "json"][half];
        let run = place.build(&["--format", format]);
        let known = matches!(run.status, Some(0 | 1));
        assert!(known, "{what}: status {:?}", run.status);
        assert_clean(what, &run, &tree(&place.path("output")));
    }
}

/// School and head at once: half the builds, and what hides one must not show the other.
#[test]
fn names_in_every_field_1() {
    plant(&format!("{SCHOOL}, {PERSON}"), 0);
}

#[test]
fn names_in_every_field_2() {
    plant(&format!("{SCHOOL}, {PERSON}"), 1);
}

/// The search itself finds what it is there to find.
#[test]
fn search_sees_the_names() {
    for name in [
        SCHOOL,
        PERSON,
        "мбоу \"ВАСИЛЬКОВСКАЯ\u{a0}СОШ\"",
        "Огурцовой",
    ] {
        assert!(leaks(name.as_bytes()).is_some(), "{name}");
    }
    assert!(leaks("Васильки в поле".as_bytes()).is_none());
}

/// Other ways of writing the same name.
#[test]
fn name_in_other_letters_and_quotes() {
    for name in [
        "мбоу \"васильковская сош\"",
        "МБОУ  «ВАСИЛЬКОВСКАЯ  СОШ»",
        "Васильковская школа",
        "Муниципальное бюджетное общеобразовательное учреждение «Васильковская средняя общеобразовательная школа»",
        "МБОУ „Ромашкинская СОШ“",
    ] {
        let place = Place::new();
        place.append(
            "content/primer-2025/news/start.md",
            &format!("\nЕщё: {name}.\n"),
        );
        let run = place.build(&[]);
        assert_clean(name, &run, &tree(&place.path("output")));
    }
}

/// A name in the name of a file or folder.
#[test]
fn name_in_file_names() {
    for file in [
        "content/primer-2025/news/Васильковская школа.md",
        "content/primer-2025/files/МБОУ Васильковская СОШ.csv",
        "content/Васильковская школа/section.yaml",
    ] {
        let place = Place::new();
        place.write(file, "---\nkind: news\ntitle: \"Новость\"\n---\nТекст.\n");
        for format in ["text", "json"] {
            let run = place.build(&["--format", format]);
            assert_clean(file, &run, &tree(&place.path("output")));
        }
    }
}

/// A theme may hold a name too; the audit sees the final bytes.
#[test]
fn name_in_the_theme() {
    for (file, text) in [
        (
            "themes/default/templates/partials/footer.html",
            "<footer><p>МБОУ «Васильковская СОШ»</p></footer>\n",
        ),
        (
            "themes/default/assets/dop.css",
            "/* МБОУ «Васильковская СОШ» */\n",
        ),
        ("themes/default/assets/dop.js", "// Васильковская школа\n"),
    ] {
        let place = Place::new();
        place.write(file, text);
        let run = place.build(&["--format", "json"]);
        assert_clean(file, &run, &tree(&place.path("output")));
        assert_eq!(run.status, Some(1), "{file}");
        assert!(
            run.codes()
                .iter()
                .all(|code| code.starts_with("disclosure.")),
            "{file}: {:?}",
            run.codes()
        );
        for finding in run.findings() {
            assert_eq!(finding["subject"], "r-01");
        }
    }
}

/// A school named by its id in a schedule is a participant school and nothing else.
#[test]
fn school_by_its_id_is_a_neutral_word() {
    let place = Place::new();
    let run = place.must_build(&[]);
    let made = tree(&place.path("output"));
    assert_clean("by id", &run, &made);
    let page = &place.site()["primer-2025/schedules/desant/index.html"];
    let page = String::from_utf8_lossy(page).to_lowercase();
    assert!(page.contains("школа-участница"));
    assert!(!page.contains("r-01"));
}

/// Without a registry, or with one that cannot be read, nothing is known to be harmless: no value is shown.
#[test]
fn nothing_is_quoted_without_a_registry() {
    for broken in [false, true] {
        let place = Place::new();
        place.edit(
            "content/primer-2025/orders/12-od.yaml",
            "type: приказ",
            &format!("type: '{SCHOOL}'"),
        );
        place.append(
            "content/primer-2025/roadmap.yaml",
            &format!("'{SCHOOL}': да\n"),
        );
        if broken {
            place.append("content/private/registry.yaml", "  - {id: [\n");
        } else {
            place.remove("content/private/registry.yaml");
        }
        for format in ["text", "json"] {
            let run = place.build(&["--format", format]);
            assert_eq!(run.status, Some(1), "{format}");
            assert_clean(format, &run, &tree(&place.path("output")));
        }
    }
}

/// The text of a withheld annex has no place to stand in.
#[test]
fn withheld_annex_cannot_hold_a_list() {
    let place = Place::new();
    place.edit(
        "content/primer-2025/orders/12-od.yaml",
        "withheld: {basis:",
        "withheld: {schools: ['МБОУ «Васильковская СОШ»'], basis:",
    );
    let run = place.build(&[]);
    assert_eq!(run.status, Some(1));
    assert_clean("annex", &run, &tree(&place.path("output")));
}
