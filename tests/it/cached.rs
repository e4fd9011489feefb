//! What a build keeps for the next one: the second build gives what a clean one would, to the byte, and searches only
//! what changed.

use std::fs;

use serde_json::Value;

use crate::place::{Place, assert_same, tree};

const NEWS: &str = "content/primer-2025/news/start.md";
const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const ORDER: &str = "content/primer-2025/orders/12-od.yaml";
const SITE: &str = "content/site.yaml";
const REGISTRY: &str = "content/private/registry.yaml";
const TEMPLATE: &str = "themes/default/templates/group.html";
const RECORD: &str = "output/.glasno/cleared";

/// Builds in place, with what is remembered, and elsewhere, with nothing: both must say and give the same.
fn same_as_clean(place: &Place, words: &[&str]) -> usize {
    let clean = Place::empty();
    let out = clean.root().to_string_lossy().into_owned();
    let mut json = vec!["--format", "json"];
    json.extend(words);
    let mut apart = json.clone();
    apart.extend(["--out", &out]);
    let (here, there) = (place.build(&json), place.build(&apart));
    assert_eq!(here.status, there.status, "{}", here.said());
    let read = |out: &str| -> Value { serde_json::from_str(out).expect("JSON") };
    let (here, there) = (read(&here.out), read(&there.out));
    assert_eq!(here["findings"], there["findings"]);
    assert_eq!(there["summary"]["reused"], 0);
    if here["summary"]["published"] == true {
        assert_same(&place.site(), &tree(&clean.path("site")));
    }
    usize::try_from(here["summary"]["reused"].as_u64().expect("a count")).expect("a count")
}

#[test]
fn whatever_is_edited_the_result_is_that_of_a_clean_build() {
    let place = Place::new();
    assert_eq!(same_as_clean(&place, &[]), 0);
    let all = same_as_clean(&place, &[]);
    assert!(all > 20, "{all} files are known");
    place.edit(NEWS, "Проект начался", "Проект продолжается");
    let but_news = same_as_clean(&place, &[]);
    assert!(but_news < all && but_news > all / 2, "{but_news} of {all}");
    // Broken, mended: what was known before is still known.
    place.edit(ORDER, "subject:", "subjekt:");
    same_as_clean(&place, &[]);
    place.edit(ORDER, "subjekt:", "subject:");
    assert_eq!(same_as_clean(&place, &[]), all);
    place.edit_first(ROADMAP, "measure: \"", "measure: \"Новое: ");
    same_as_clean(&place, &[]);
    place.edit_first(SITE, "title: \"", "title: \"Иначе: ");
    same_as_clean(&place, &[]);
    place.write(
        TEMPLATE,
        "{% extends \"base.html\" %}{% block content %}<p>Иначе</p>{% endblock %}",
    );
    same_as_clean(&place, &[]);
    place.remove(NEWS);
    same_as_clean(&place, &[]);
    // Another day changes what is due.
    same_as_clean(&place, &["--today", "2025-09-01"]);
    same_as_clean(&place, &["--today", "2025-03-01"]);
}

#[test]
fn another_registry_trusts_nothing() {
    let place = Place::new();
    place.must_build(&[]);
    place.append(REGISTRY, "\n");
    assert_eq!(same_as_clean(&place, &[]), 0);
    assert!(same_as_clean(&place, &[]) > 0);
}

#[test]
fn a_name_that_enters_the_registry_is_found_in_pages_that_were_clear() {
    let place = Place::new();
    place.append(
        NEWS,
        "\nЗанятия прошли хорошо, спасибо Журавлёвой Ираиде Фоминичне.\n",
    );
    place.must_build(&[]);
    place.must_build(&[]);
    place.edit_first(
        REGISTRY,
        "protected:\n",
        "protected:\n  - id: r-99\n    name: \"МБОУ «Кувшинская СОШ»\"\n    municipality: \"Дальний район\"\n    people: [\"Журавлёва Ираида Фоминична\"]\n",
    );
    place.must_build(&[]);
    for (path, bytes) in place.site() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("Ираид"), "{path}");
    }
}

#[test]
fn what_is_remembered_may_be_damaged_deleted_or_forged() {
    let place = Place::new();
    place.must_build(&[]);
    let record = fs::read(place.path(RECORD)).expect("a record");
    let all = same_as_clean(&place, &[]);
    assert!(all > 0);
    for spoilt in [
        &b""[..],
        b"glasno cleared 1\nseal 00\n",
        &record[..record.len() / 2],
    ] {
        place.write(RECORD, spoilt);
        assert_eq!(same_as_clean(&place, &[]), 0);
    }
    place.remove(RECORD);
    assert_eq!(same_as_clean(&place, &[]), 0);
    // With another secret nobody can say that files are clear.
    place.write("content/private/cache.key", [1; 32]);
    assert_eq!(same_as_clean(&place, &[]), 0);
}

#[test]
fn a_published_page_that_somebody_changed_is_made_anew() {
    let place = Place::new();
    place.must_build(&[]);
    let page = "output/site/primer-2025/index.html";
    let good = place.read(page);
    place.write(
        page,
        good.replace("</main>", "<p>МБОУ «Приречная СОШ»</p></main>"),
    );
    same_as_clean(&place, &[]);
    assert_eq!(place.read(page), good);
}

#[test]
fn what_is_kept_holds_nothing_of_the_registry() {
    let place = Place::new();
    place.must_build(&[]);
    let record = place.read(RECORD);
    for line in record.lines() {
        let plain = line.is_ascii()
            && (line.starts_with("glasno cleared ")
                || line.starts_with("seal ")
                || line.split(' ').count() == 3);
        assert!(plain, "{line}");
    }
    let registry = fs::read(place.path(REGISTRY)).expect("a registry");
    assert!(!record.contains(&*blake3_hex(&registry)));
}

/// The plain hash of a file would let a guess of it be confirmed.
fn blake3_hex(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
