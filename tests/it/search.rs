//! The index of the search: made of public texts alone, whole, and the same whatever was built before.

use serde_json::Value;

use crate::place::{Place, assert_same};

const NEWS: &str = "content/primer-2025/news/start.md";

/// All texts and words of the index.
fn index(place: &Place) -> (String, Vec<String>) {
    let (mut texts, mut words) = (String::new(), Vec::new());
    for (name, bytes) in place.site() {
        let Some(name) = name.strip_prefix("search/") else {
            continue;
        };
        let text = String::from_utf8(bytes).expect("UTF-8");
        if name.starts_with("texts") {
            texts.push_str(&text);
        } else if name.starts_with("words") {
            let file: Value = serde_json::from_str(&text).expect("JSON");
            words.extend(file.as_object().expect("an object").keys().cloned());
        }
    }
    (texts, words)
}

#[test]
fn every_page_is_in_it_with_its_words_and_no_secret() {
    let place = Place::new();
    place.edit_first(
        NEWS,
        "Проект начался",
        "Проект начался, директор Огурцова Жанна Ильинична рада",
    );
    place.must_build(&[]);
    let (texts, words) = index(&place);
    for name in place.site().keys() {
        let Some(page) = name.strip_suffix("index.html") else {
            continue;
        };
        let own = ["", "search/", "sitemap/"].contains(&page);
        let view = page.matches('/').count() > 3 || page.contains("/roadmap/");
        assert!(
            own || view || texts.contains(&format!("\"/{page}\"")),
            "{page}"
        );
    }
    assert!(words.contains(&"проект".to_owned()), "{words:?}");
    assert!(words.contains(&"12-од".to_owned()), "{words:?}");
    assert!(!words.iter().any(|w| w.starts_with("огурц")));
    assert!(words.is_sorted());
}

#[test]
fn a_draft_is_not_found_and_an_edit_gives_what_a_clean_build_gives() {
    let place = Place::new();
    place.must_build(&[]);
    place.edit_first(NEWS, "Проект начался", "Дирижабль прилетел");
    place.must_build(&[]);
    let (again, _) = (place.site(), ());
    assert!(index(&place).1.contains(&"дирижабл".to_owned()));
    place.remove("output").must_build(&[]);
    assert_same(&again, &place.site());
    place.edit_first(NEWS, "---\n", "---\ndraft: true\n");
    place.must_build(&[]);
    assert!(!index(&place).1.contains(&"дирижабл".to_owned()));
}
