//! Random changes of the shipped sources, as forms make them: nothing else of a file changes, and undo gives back its bytes.

use std::path::Path;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::sheet::{Edit, Sheet, parse, words};
use super::{Desk, change, files};
use crate::diag::Lang;
use crate::edit::{self, Change, Step, Tree};
use crate::kinds::shape::{Type, Words};
use crate::workdays::Day;

/// Numbers from a seed: the same for the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

fn sources() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let all = walkdir::WalkDir::new(root.join("content")).sort_by_file_name();
    let below = |path: &Path| {
        let path = path
            .strip_prefix(root)
            .ok()?
            .to_string_lossy()
            .replace('\\', "/");
        let source = path.ends_with(".yaml") || path.ends_with(".md");
        (source && !path.contains("private")).then_some(path)
    };
    all.into_iter()
        .flatten()
        .filter_map(|e| below(e.path()))
        .collect()
}

/// Places of all maps.
fn maps(tree: &Tree, at: Vec<Step>, out: &mut Vec<Vec<Step>>) {
    match tree {
        Tree::Map(entries) => {
            out.push(at.clone());
            for (key, value) in entries {
                let mut below = at.clone();
                below.push(Step::Key(key.clone()));
                maps(value, below, out);
            }
        }
        Tree::List(items) => {
            for (i, item) in items.iter().enumerate() {
                let mut below = at.clone();
                below.push(Step::Item(i));
                maps(item, below, out);
            }
        }
        _ => {}
    }
}

/// Places of all lists of two and more, with the number of their items.
fn lists_of(tree: &Tree, at: Vec<Step>, out: &mut Vec<(Vec<Step>, usize)>) {
    let mut below = |step: Step, value: &Tree| {
        lists_of(value, [at.clone(), vec![step]].concat(), out);
    };
    match tree {
        Tree::Map(entries) => {
            for (key, value) in entries {
                below(Step::Key(key.clone()), value);
            }
        }
        Tree::List(items) => {
            for (i, item) in items.iter().enumerate() {
                below(Step::Item(i), item);
            }
            if items.len() > 1 {
                out.push((at, items.len()));
            }
        }
        _ => {}
    }
}

/// The tree without one place.
fn without(tree: &Tree, at: &[Step]) -> Tree {
    let Some((step, rest)) = at.split_first() else {
        return Tree::Null;
    };
    match (tree, step) {
        (Tree::Map(entries), Step::Key(key)) => {
            let kept = entries
                .iter()
                .filter(|(k, _)| !(rest.is_empty() && k == key));
            let entry = |(k, v): &(String, Tree)| match k == key {
                true => (k.clone(), without(v, rest)),
                false => (k.clone(), v.clone()),
            };
            Tree::Map(kept.map(entry).collect())
        }
        (Tree::List(items), Step::Item(n)) => {
            let item = |(i, v): (usize, &Tree)| match i == *n {
                true => without(v, rest),
                false => v.clone(),
            };
            Tree::List(items.iter().enumerate().map(item).collect())
        }
        _ => tree.clone(),
    }
}

fn comments(sheet: &Sheet) -> Vec<String> {
    let text = match sheet.is_text {
        true => sheet.text.split("---\n").nth(1).unwrap_or(""),
        false => &sheet.text,
    };
    edit::comments(text).unwrap_or_default()
}

const TEXTS: [&str; 8] = [
    "Управление образования",
    "да",
    "1.10",
    "раз: два # три",
    "Первая строка\n\n- пункт\n- «ещё»",
    "2025-03-01",
    "сказал \"нет\"",
    "а\tб",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forms_change_what_they_say_and_undo_gives_back_the_bytes(seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let all = sources();
        let path = &all[dice.roll(all.len())];
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let root = tempfile::tempdir().unwrap();
        files::write(&root.path().join(path), &bytes).unwrap();
        let day = chrono::NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
        let desk = Desk::new(root.path().to_owned(), None, Day::Given(day), Lang::Ru, || None);
        let sheet = desk.open(path).unwrap();
        let mut places = Vec::new();
        maps(&sheet.tree, Vec::new(), &mut places);
        let mut changed = 0;
        for _ in 0..6 {
            let now = Sheet::open(root.path(), path).unwrap();
            let at = &places[dice.roll(places.len())];
            let (Some(inside), Some(Tree::Map(entries))) = (now.inside(at), now.at(at)) else { continue };
            let described = inside.fields.iter().map(|f| f.name.to_owned());
            let mut names: Vec<String> = described.collect();
            // Columns of the office's own, where a table may have any.
            if inside.rest.is_some() {
                names.extend(entries.iter().map(|(key, _)| key.clone()).filter(|k| !k.contains('.') && k.parse::<usize>().is_err()));
                names.extend(now.columns().into_iter().map(str::to_owned));
            }
            names.retain(|name| name != "kind" && inside.field(name).is_some_and(|f| f.is.words().is_some() || matches!(f.is, Type::Pairs(..))));
            if names.is_empty() {
                continue;
            }
            let name = &names[dice.roll(names.len())];
            let field = inside.field(name).unwrap();
            let text = TEXTS[dice.roll(TEXTS.len())];
            let value = match (field.many, dice.roll(5)) {
                (_, 0) => Value::Null,
                _ if matches!(field.is, Type::Pairs(..)) => json!([["2024", "7"], ["Луговой район", text]]),
                (_, 1) if field.is.shape().is_some_and(|s| s.field("sic").is_some()) => json!({"text": text, "sic": true}),
                (true, _) => json!([text, TEXTS[dice.roll(TEXTS.len())]]),
                (false, _) if matches!(field.is.words(), Some(Words::Flag)) => json!(true),
                (false, _) => json!(text),
            };
            let mut full = at.clone();
            full.push(Step::Key(name.clone()));
            let mut values = Map::new();
            values.insert(name.clone(), value.clone());
            // A map loses the comments inside it when words take its place; so does a list.
            let plain = matches!(now.at(&full), None | Some(Tree::Null | Tree::Text(_)));
            let edits = change::edits(&now, at, &values).unwrap();
            let text = now.with(&edits).unwrap_or_else(|e| panic!("{path} {}: {e:?} {value}", words(&full)));
            let after = Sheet::of(path, text.clone()).unwrap();
            prop_assert_eq!(without(&now.tree, &full), without(&after.tree, &full), "{} {}", path, words(&full));
            prop_assert_eq!(now.body(), after.body());
            if plain {
                prop_assert_eq!(comments(&now), comments(&after), "{} {}", path, words(&full));
            }
            let read = match after.is_text { true => edit::markdown::fields(&text, &parse), false => parse(&text) };
            prop_assert_eq!(read.as_ref(), Some(&after.tree));
            if text != now.text {
                desk.put(crate::diag::catalog::desk::DID_CHANGE, &now, text).unwrap();
                changed += 1;
            }
        }
        // Items go and move, and nothing but their list is another.
        for _ in 0..3 {
            let now = Sheet::open(root.path(), path).unwrap();
            let mut lists = Vec::new();
            lists_of(&now.tree, Vec::new(), &mut lists);
            if lists.is_empty() {
                continue;
            }
            let (list, count) = &lists[dice.roll(lists.len())];
            let (one, other) = (dice.roll(*count), dice.roll(*count));
            let gone = dice.roll(2) == 0;
            let change = match gone {
                true => Change::Remove { at: [list.clone(), vec![Step::Item(one)]].concat() },
                false => Change::Move { at: list.clone(), from: one, to: other },
            };
            let text = now.with(&[Edit::Field(change)]).unwrap();
            let after = Sheet::of(path, text.clone()).unwrap();
            prop_assert_eq!(without(&now.tree, list), without(&after.tree, list), "{} {}", path, words(list));
            let (mut old, mut new) = (comments(&now), comments(&after));
            if !gone {
                old.sort();
                new.sort();
                prop_assert_eq!(old, new, "{} {}", path, words(list));
            }
            if text != now.text {
                desk.put(crate::diag::catalog::desk::DID_MOVE, &now, text).unwrap();
                changed += 1;
            }
        }
        for _ in 0..changed {
            desk.undo().unwrap();
        }
        prop_assert_eq!(std::fs::read(root.path().join(path)).unwrap(), bytes);
    }
}
