//! What each change does to the bytes; and random changes of the files that the program ships.

#![expect(
    clippy::disallowed_methods,
    reason = "reads the files of this repository"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use proptest::prelude::*;

use crate::{Change, Refused, Step, Tree, Value, apply, comments, markdown, parse};

fn path(words: &str) -> Vec<Step> {
    let step = |w: &str| match w.parse() {
        Ok(n) => Step::Item(n),
        Err(_) => Step::Key(w.into()),
    };
    words.split_whitespace().map(step).collect()
}

fn set(at: &str, to: Value) -> Change {
    Change::Set {
        at: path(at),
        to,
        order: Vec::new(),
    }
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

fn bare(words: &str) -> Value {
    Value::Bare(words.into())
}

fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|i| text(i)).collect())
}

fn map(entries: &[(&str, Value)]) -> Value {
    let entry = |(k, v): &(&str, Value)| ((*k).to_owned(), v.clone());
    Value::Map(entries.iter().map(entry).collect())
}

fn insert(at: &str, index: usize, value: Value) -> Change {
    Change::Insert {
        at: path(at),
        index,
        value,
    }
}

fn remove(at: &str) -> Change {
    Change::Remove { at: path(at) }
}

#[track_caller]
fn becomes(old: &str, change: &Change, new: &str) {
    let done = apply(old, change, &parse).unwrap_or_else(|e| panic!("{e}: {change:?} of\n{old}"));
    assert_eq!(done, new, "{change:?}");
    let unix = |t: &str| t.replace('\n', "\r\n");
    assert_eq!(
        apply(&unix(old), change, &parse).as_deref(),
        Ok(&*unix(new)),
        "with CRLF: {change:?}"
    );
}

#[test]
fn scalars_keep_their_form_and_what_stands_around() {
    for (old, value, new) in [
        ("a: x  # до\nb: 1\n", text("зед"), "a: зед  # до\nb: 1\n"),
        (
            "a:   \"x\" # до\n",
            text("Да: нет"),
            "a:   \"Да: нет\" # до\n",
        ),
        ("a: 'x'\n", text("д'Артаньян"), "a: 'д''Артаньян'\n"),
        ("a: x\n", text("да"), "a: \"да\"\n"),
        ("a: x\n", text("2024-03-01"), "a: \"2024-03-01\"\n"),
        ("a: 2024-02-01\n", text("2024-03-01"), "a: 2024-03-01\n"),
        ("a: x\n", text("1.10"), "a: \"1.10\"\n"),
        ("a: x\n", text("0x1F"), "a: \"0x1F\"\n"),
        ("a: x\n", bare("2024-03-01"), "a: 2024-03-01\n"),
        ("a: x\n", text("а\tб"), "a: \"а\\tб\"\n"),
        ("a: x\n", text("а: б"), "a: \"а: б\"\n"),
        ("a: x\n", text("а #б"), "a: \"а #б\"\n"),
        ("a: x\n", text("- а"), "a: \"- а\"\n"),
        ("a: x\n", text("сказал \"да\""), "a: сказал \"да\"\n"),
        ("a: x\n", text(""), "a: \"\"\n"),
        (
            "a: x # до\nb: y\n",
            text("раз\nдва"),
            "a: | # до\n  раз\n  два\nb: y\n",
        ),
        (
            "a: | # до\n  раз\n  два\n\nb: y\n",
            text("три"),
            "a: | # до\n  три\n\nb: y\n",
        ),
        (
            "a: |-\n    раз\n\n    два\n# к b\nb: y\n",
            text("три\n\nдва"),
            "a: |-\n    три\n\n    два\n# к b\nb: y\n",
        ),
        (
            "a: >\n  раз\n  два\n\n  три\nb: y\n",
            text("раз два\nчетыре"),
            "a: >\n  раз два\n\n  четыре\nb: y\n",
        ),
        (
            "a: |\n  раз\nb: y\n",
            text(" с отступом\nдва"),
            "a: \" с отступом\\nдва\"\nb: y\n",
        ),
        ("a:\nb: y\n", text("новый"), "a: \"новый\"\nb: y\n"),
        (
            "a: # до\nb: y\n",
            text("новый"),
            "a: \"новый\" # до\nb: y\n",
        ),
        ("a: ~\nb: y\n", bare("3"), "a: 3\nb: y\n"),
        (
            "a: {b: x, c: y} # до\n",
            map(&[("b", text("z")), ("c", text("y"))]),
            "a: {b: z, c: y} # до\n",
        ),
        (
            "a: [x, y] # до\n",
            list(&["x", "z, и"]),
            "a: [x, \"z, и\"] # до\n",
        ),
        (
            "a: слово\n  и ещё\nb: y\n",
            text("слово"),
            "a: слово\nb: y\n",
        ),
        (
            "a: \"раз\n  два\"\nb: y\n",
            text("раз"),
            "a: \"раз\"\nb: y\n",
        ),
        (
            "a:\n  # о списке\n  - x # до\n  - y\nb: y\n",
            list(&["x", "z"]),
            "a:\n  # о списке\n  - x # до\n  - \"z\"\nb: y\n"
                .replace("\"z\"", "z")
                .leak(),
        ),
    ] {
        becomes(old, &set("a", value), new);
    }
}

#[test]
fn keys_come_in_their_place_and_go_alone() {
    let order: Vec<String> = ["no", "measure", "period", "done"].map(Into::into).into();
    let add = |at: &str, to| Change::Set {
        at: path(at),
        to,
        order: order.clone(),
    };
    let rows = "rows:\n  # первая\n  - no: \"1\"\n    measure: |\n      раз\n      два\n    done: {date: 2025-01-01} # есть\n\n  # вторая\n  - no: \"2\"\n";
    becomes(
        rows,
        &add("rows 0 period", text("май")),
        &rows.replace("два\n", "два\n    period: \"май\"\n"),
    );
    becomes(
        rows,
        &add("rows 1 measure", text("Раз\nдва")),
        &format!("{rows}    measure: |\n      Раз\n      два\n"),
    );
    becomes(
        rows,
        &add(
            "rows 1 done",
            map(&[("date", bare("2025-02-01")), ("text", text("Есть: да"))]),
        ),
        &format!("{rows}    done: {{date: 2025-02-01, text: \"Есть: да\"}}\n"),
    );
    becomes(
        rows,
        &remove("rows 0 no"),
        &rows.replace("no: \"1\"\n    ", ""),
    );
    becomes(
        rows,
        &remove("rows 0 done"),
        &rows.replace("    done: {date: 2025-01-01} # есть\n", ""),
    );
    becomes("a: 1\nb: {c: 1, d: 2}", &remove("b d"), "a: 1\nb: {c: 1}");
    becomes("a: 1\nb: {c: 1, d: 2}", &remove("b"), "a: 1");
    becomes("a: {c: 1}\n", &remove("a c"), "a: {}\n");
    becomes("a: {c: 1}\n", &set("a no", text("x")), "a: {c: 1, no: x}\n");
    becomes("# пусто\n", &set("no", text("x")), "# пусто\nno: x\n");
    becomes("a:\n", &set("a b", text("x")), "a: {b: x}\n");
    becomes("b: 1\n", &set("a b", text("x")), "b: 1\na: {b: x}\n");
}

#[test]
fn items_come_go_and_move_with_their_comments() {
    let rows = "rows:\n  # обе\n  - a: 1 # один\n    b: |\n      раз\n  # о второй\n  - a: 2\n    # внутри\n    b: x\nend: 1\n";
    becomes(
        rows,
        &insert("rows", 2, map(&[("a", bare("3")), ("b", text("Три: раз"))])),
        &rows.replace("end:", "  - a: 3\n    b: \"Три: раз\"\nend:"),
    );
    becomes(
        rows,
        &insert("rows", 0, map(&[("a", bare("0")), ("b", text("нуль"))])),
        &rows.replace("  - a: 1", "  - a: 0\n    b: |\n      нуль\n  - a: 1"),
    );
    becomes(
        rows,
        &remove("rows 1"),
        "rows:\n  # обе\n  - a: 1 # один\n    b: |\n      раз\nend: 1\n",
    );
    becomes(
        rows,
        &remove("rows 0"),
        "rows:\n  # обе\n  # о второй\n  - a: 2\n    # внутри\n    b: x\nend: 1\n",
    );
    let moved = Change::Move {
        at: path("rows"),
        from: 1,
        to: 0,
    };
    becomes(
        rows,
        &moved,
        "rows:\n  # обе\n  # о второй\n  - a: 2\n    # внутри\n    b: x\n  - a: 1 # один\n    b: |\n      раз\nend: 1\n",
    );
    becomes(
        "a: [x]\n",
        &insert("a", 1, text("Вы")),
        "a: [x, \"Вы\"]\n".replace("\"Вы\"", "Вы").as_str(),
    );
    becomes(
        "a: [\"А\"]\n",
        &insert("a", 1, text("В")),
        "a: [\"А\", \"В\"]\n",
    );
    becomes("a: []\n", &insert("a", 0, text("В")), "a: [\"В\"]\n");
    becomes(
        "a:\nb: 1\n",
        &insert("a", 0, text("В")),
        "a: [\"В\"]\nb: 1\n",
    );
    becomes("a: [x, y]\n", &remove("a 0"), "a: [y]\n");
    becomes("a: [x, y]\n", &remove("a 1"), "a: [x]\n");
    becomes("a: # о\n  - x\nb: 1\n", &remove("a 0"), "a: [] # о\nb: 1\n");
    becomes(
        "a:\n  - x\n\n  - y\n\n  - z\n",
        &remove("a 1"),
        "a:\n  - x\n\n  - z\n",
    );
    becomes(
        "a:\n  - x\n\n  - y\n",
        &insert("a", 2, text("z")),
        "a:\n  - x\n\n  - y\n\n  - z\n",
    );
    becomes(
        "a:\n  - {b: 1}\n",
        &insert("a", 1, map(&[("b", bare("2"))])),
        "a:\n  - {b: 1}\n  - {b: 2}\n",
    );
    becomes(
        "a:\n- x\n- y",
        &insert("a", 2, text("z")),
        "a:\n- x\n- y\n- z",
    );
    becomes("- - x\n  - y\n", &remove("0 0"), "- - y\n");
}

#[test]
fn what_cannot_be_edited_safely_is_refused() {
    for odd in [
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "? a\n: b\n",
        "a: 1\n---\nb: 1\n",
        "a: 1\na: 2\n",
        "a: [",
    ] {
        let refused = apply(odd, &set("a", text("y")), &parse);
        assert_eq!(refused, Err(Refused::Unreadable), "{odd}");
    }
    let missing = apply("a: 1\n", &set("b 0", text("y")), &parse);
    assert_eq!(missing, Err(Refused::NoPlace));
    // A parser that reads something else stops the change.
    let other = |text: &str| match text.contains("новое") {
        true => Some(Tree::Null),
        false => parse(text),
    };
    let refused = apply("a: 1\n", &set("a", text("новое")), &other);
    assert_eq!(refused, Err(Refused::NotAsIntended));
}

#[test]
fn markdown_changes_in_its_two_halves() {
    let old = "---\ntitle: \"А\" # имя\n---\n\nТекст.\n\n---\n\nЕщё.\n";
    let titled = markdown::apply(old, &set("title", text("Б")), &parse);
    assert_eq!(titled.as_deref(), Ok(&*old.replace("\"А\"", "\"Б\"")));
    assert_eq!(markdown::body(old), Some("Текст.\n\n---\n\nЕщё."));
    let other = markdown::set_body(&old.replace('\n', "\r\n"), "Раз.\n\nДва.");
    let new = "---\r\ntitle: \"А\" # имя\r\n---\r\n\r\nРаз.\r\n\r\nДва.\r\n";
    assert_eq!(other.as_deref(), Ok(new));
    let first = markdown::set_body("---\ntitle: x\n---\n", "Раз.");
    assert_eq!(first.as_deref(), Ok("---\ntitle: x\n---\n\nРаз.\n"));
    assert_eq!(markdown::set_body("Текст", "x"), Err(Refused::Unreadable));
}

/// Numbers from a seed: the same for the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides.max(1)
    }
}

fn sources() -> &'static [(String, String)] {
    static ALL: OnceLock<Vec<(String, String)>> = OnceLock::new();
    ALL.get_or_init(read_sources)
}

fn read_sources() -> Vec<(String, String)> {
    let mut out = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".yaml") || name.ends_with(".md") {
                out.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    out.sort();
    assert!(out.len() > 50);
    out
}

/// All places of a tree with what stands there, by path.
fn flat(tree: &Tree) -> BTreeMap<String, String> {
    fn walk(tree: &Tree, at: String, out: &mut BTreeMap<String, String>) {
        match tree {
            Tree::Null => drop(out.insert(at, "~".into())),
            Tree::Text(text) => drop(out.insert(at, format!("={text}"))),
            Tree::List(items) => {
                out.insert(at.clone(), format!("[{}", items.len()));
                for (i, item) in items.iter().enumerate() {
                    walk(item, format!("{at} {i}"), out);
                }
            }
            Tree::Map(entries) => {
                let keys: Vec<&str> = entries.iter().map(|(k, _)| &**k).collect();
                out.insert(at.clone(), format!("{{{}", keys.join(",")));
                for (key, value) in entries {
                    walk(value, format!("{at} {key}"), out);
                }
            }
        }
    }
    let mut out = BTreeMap::new();
    walk(tree, String::new(), &mut out);
    out
}

const WORDS: [&str; 16] = [
    "Управление образования",
    "да",
    "2024-03-01",
    "1.10",
    "а\tб",
    "срок: май",
    "№ 5 # не комментарий",
    "",
    "раз\nдва\n\nтри",
    "- пункт",
    "«Ёж»",
    "[x, y]",
    "сказал \"да\"",
    "'",
    "раз\n  отступ\n- пункт",
    "null",
];

fn some_value(dice: &mut Dice) -> Value {
    let word = |dice: &mut Dice| text(WORDS[dice.roll(WORDS.len())]);
    match dice.roll(6) {
        0 => Value::List((0..dice.roll(4)).map(|_| word(dice)).collect()),
        1 => map(&[("text", word(dice)), ("date", bare("2025-02-03"))]),
        _ => word(dice),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// On every shipped file: what is read differs in the intended place alone, comments stay, and taking the change
    /// back by its opposite gives the same tree.
    #[test]
    fn random_changes_of_the_shipped_files(seed in any::<u64>(), crlf in any::<bool>()) {
        let mut dice = Dice(seed);
        let all = sources();
        let (name, whole) = &all[dice.roll(all.len())];
        let whole = if crlf { whole.replace('\n', "\r\n") } else { whole.clone() };
        let md = name.ends_with(".md");
        let read = |t: &str| if md { markdown::fields(t, &parse) } else { parse(t) };
        for _ in 0..4 {
            let before = read(&whole).unwrap();
            let places: Vec<String> = flat(&before).into_keys().filter(|k| !k.is_empty()).collect();
            let place = &places[dice.roll(places.len())];
            let steps = path(place);
            // A key with a space, or one that is a number, is no word of these paths.
            let Some(old) = crate::at(&before, &steps).cloned() else { continue };
            let change = match (&old, dice.roll(3)) {
                (Tree::List(items), 0) => Change::Insert { at: steps, index: dice.roll(items.len() + 1), value: some_value(&mut dice) },
                (Tree::List(items), 1) if items.len() > 1 => Change::Move { at: steps, from: dice.roll(items.len()), to: dice.roll(items.len()) },
                (_, 2) => Change::Remove { at: steps },
                _ => Change::Set { at: steps, to: some_value(&mut dice), order: Vec::new() },
            };
            let done = if md { markdown::apply(&whole, &change, &parse) } else { apply(&whole, &change, &parse) };
            let new = done.unwrap_or_else(|e| panic!("{name}: {e}: {change:?}"));
            let after = read(&new).unwrap();
            let within = match &change {
                Change::Remove { .. } => place.rsplit_once(' ').map_or("", |(above, _)| above),
                _ => place,
            };
            let (had, has) = (flat(&before), flat(&after));
            let outside = |k: &&String| !(k.as_str() == within || k.starts_with(&format!("{within} ")));
            let left: Vec<_> = had.iter().filter(|(k, _)| outside(k)).collect();
            let right: Vec<_> = has.iter().filter(|(k, _)| outside(k)).collect();
            prop_assert_eq!(left, right, "{}: {:?}", name, &change);
            prop_assert!(!crlf || new.matches('\n').count() == new.matches("\r\n").count());
            if let (Change::Set { to, .. }, Tree::Text(_) | Tree::Null) = (&change, &old) {
                prop_assert_eq!(crate::at(&after, &path(place)), Some(&to.tree()));
                // The bytes that differ lie within the lines of the value.
                let front = whole.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
                let back = whole.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
                let back = back.min(whole.len() - front).min(new.len() - front);
                let mid = whole.get(front..whole.len() - back).unwrap_or("");
                let written = match &old { Tree::Text(t) => t.lines().count().max(1), _ => 1 };
                prop_assert!(mid.matches('\n').count() <= 2 * written, "{}: {:?} changed {:?}", name, &change, mid);
            }
            if !md && !matches!(change, Change::Remove { .. }) && matches!(old, Tree::Text(_) | Tree::Null) {
                prop_assert_eq!(comments(&whole), comments(&new));
            }
        }
    }

    /// Any text as a value, in any form of place.
    #[test]
    fn any_text_is_read_back(words in "\\PC{0,12}|[ \\t\\n:#\\-\\[\\]{},&*!|>'\"%@`a-zа-я0-9.?]{0,16}", form in 0usize..6) {
        let olds = ["a: x # до\nb: 1\n", "a: 'x'\n", "a: \"x\"\n", "a: |\n  x\nb: 1\n", "a: >-\n  x\n", "a: [x, {b: x}]\n"];
        let places = ["a", "a", "a", "a", "a", "a 1 b"];
        let value = words.trim_end_matches('\n');
        let done = apply(olds[form], &set(places[form], text(value)), &parse);
        let new = done.unwrap_or_else(|e| panic!("{e}: {value:?} in {}", olds[form]));
        let tree = parse(&new).unwrap();
        prop_assert_eq!(crate::at(&tree, &path(places[form])), Some(&Tree::Text(value.into())));
    }
}

/// Forms in which people and other programs write files, each with what is awkward in it.
const ODD: [&str; 18] = [
    // What stands between things.
    "\u{feff}# первая строка\nkind: x\n\n\n# о списке\nrows:\n\n  # до первого\n  - a: 1\n\n  # между\n\n  - a: 2 # за\n    # внутри\n    b: \"да\"\n  # после\nend: 1\n# последняя\n",
    // Spaces at the ends of lines, and lines of spaces.
    "a: x   \nb:   \n  - x  \n   \n  - y\t\nc: |  \n  раз  \n   \n  два\nd: 1   # до  \n",
    // Tabs before remarks and between words.
    "a: x\t# до\nb:\ty\nc: [x,\ty]\nd: {e:\t1}\n",
    // Blocks with marks of their own.
    "a: |2\n   раз\n  два\nb: |+\n  раз\n\nc: >-\n  раз\n  два\n\n  три\n\nd: |1-\n раз\ne: y\n",
    // A block at the end, with and without an end of line.
    "a: 1\nb: |\n  раз\n\n  два",
    "a: 1\nb: |+\n  раз\n\n\n",
    // Brackets over several lines, with remarks and commas at the end.
    "a: [\n  x, # один\n  \"y\",\n  # перед\n  {b: 1, c: [2, 3]},\n]\nb: {\n  c: 1, # раз\n  d: {e: \"x\"}\n}\nc: 1\n",
    "a: {b: [], c: {}, d: \"\", e: ''}\n",
    // Words over several lines.
    "a: раз\n  два\n\n  три # до\nb: 'раз\n  два'\nc: \"раз\\\n  два\"\n",
    // Lists as deep as their name.
    "rows:\n- a: 1\n  b:\n  - x\n  -\n    - y\n- a: 2\n- x\nend: 1\n",
    "- x\n- - y\n  - z\n-\n  a: 1\n-   b: 2\n    c: 3\n",
    // Names in quotes, names with spaces.
    "\"a b\": 1\n'c': x\nд ё: y\n№ 5: z\n",
    // A beginning, and an end.
    "--- # начало\na: 1\nb:\n  - x\n...\n# после\n",
    "---\n\na: 1\n",
    // Four spaces, and eight.
    "a:\n    b:\n            - c: 1\n              d: x\n            - c: 2\n    e: y\n",
    // Nothing where something could be.
    "a:\nb: ~\nc: null\nd:   # пусто\n  # и ещё\ne:\n  - \n  - x\n  -\n",
    // Remarks in columns of their own.
    "a:\n  - x\n# без отступа\n  - y\n        # далеко\n  - z\nb:\n  c: 1\n# у края\n  d: 2\n",
    // A list of maps in one line each.
    "rows:\n  - {a: 1, b: \"x, y\"} # раз\n  - {a: 2}\n  - {a: 3, b: [x]}\n",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever form a file has, only the lines of what was changed differ, comments stay, and ends of lines are as they were.
    #[test]
    fn random_changes_of_odd_files(seed in any::<u64>(), crlf in any::<bool>()) {
        let mut dice = Dice(seed);
        let whole = ODD[dice.roll(ODD.len())];
        let whole = if crlf { whole.replace('\n', "\r\n") } else { whole.to_owned() };
        let before = parse(&whole).unwrap();
        let mut places = Vec::new();
        every(&before, &mut Vec::new(), &mut places);
        let at = places[dice.roll(places.len())].clone();
        let old = crate::at(&before, &at).unwrap().clone();
        let change = match (&old, dice.roll(4)) {
            (Tree::List(items), 0) => Change::Insert { at: at.clone(), index: dice.roll(items.len() + 1), value: some_value(&mut dice) },
            (Tree::List(items), 1) if items.len() > 1 => Change::Move { at: at.clone(), from: dice.roll(items.len()), to: dice.roll(items.len()) },
            (Tree::Map(_), 0 | 1) => {
                let mut at = at.clone();
                at.push(Step::Key("новое".into()));
                Change::Set { at, to: some_value(&mut dice), order: Vec::new() }
            }
            (_, 2) => Change::Remove { at: at.clone() },
            _ => Change::Set { at: at.clone(), to: some_value(&mut dice), order: Vec::new() },
        };
        let new = match apply(&whole, &change, &parse) {
            Ok(new) => new,
            // A list in place of words, or words in place of a list, may find no room among remarks.
            Err(Refused::NotAsIntended) if matches!(&change, Change::Set { to, .. } if other_sort(&old, to)) => return Ok(()),
            Err(e) => return Err(TestCaseError::fail(format!("{e}: {change:?} of\n{whole}"))),
        };
        prop_assert!(!crlf || new.matches('\n').count() == new.matches("\r\n").count(), "{:?} made\n{:?}", &change, &new);
        prop_assert_eq!(new.starts_with('\u{feff}'), whole.starts_with('\u{feff}'));
        let found = crate::locate::locate(&whole).unwrap();
        let seen = found.see(&at).unwrap();
        if let (Change::Set { at: set, .. }, Tree::Text(_)) = (&change, &old) && *set == at {
            prop_assert_eq!(comments(&whole), comments(&new), "{:?} made\n{}", &change, &new);
            // Nothing before the value differs, and behind it nothing but its remark.
            let range = seen.node.at.clone();
            let behind = whole[range.end..].find('\n').map_or("", |n| &whole[range.end + n..]);
            prop_assert!(new.starts_with(whole[..range.start].trim_end()), "{:?} made\n{}", &change, &new);
            prop_assert!(new.ends_with(behind), "{:?} made\n{}", &change, &new);
        }
        if matches!(change, Change::Insert { .. } | Change::Move { .. }) || matches!(&change, Change::Set { at: set, .. } if *set != at) {
            let (mut had, mut has) = (comments(&whole).unwrap(), comments(&new).unwrap());
            had.sort();
            has.sort();
            prop_assert_eq!(had, has);
        }
    }
}

fn other_sort(old: &Tree, new: &Value) -> bool {
    matches!(old, Tree::List(_) | Tree::Map(_)) || matches!(new, Value::List(_) | Value::Map(_))
}

/// The ways to all places but the whole.
fn every(tree: &Tree, at: &mut Vec<Step>, out: &mut Vec<Vec<Step>>) {
    let mut below = |step: Step, tree: &Tree| {
        at.push(step);
        out.push(at.clone());
        every(tree, at, out);
        at.pop();
    };
    match tree {
        Tree::List(items) => items
            .iter()
            .enumerate()
            .for_each(|(i, t)| below(Step::Item(i), t)),
        Tree::Map(entries) => entries
            .iter()
            .for_each(|(k, t)| below(Step::Key(k.clone()), t)),
        _ => {}
    }
}

#[test]
fn odd_forms_stay_as_they_are() {
    // A block whose mark says how deep it stands.
    becomes(
        "a: |2\n   раз\n  два\nb: 1\n",
        &set("a", text("раз\nтри")),
        "a: |2\n  раз\n  три\nb: 1\n",
    );
    // Empty lines behind a block that keeps them.
    becomes(
        "a: |+\n  раз\n\nb: 1\n",
        &set("a", text("два")),
        "a: |+\n  два\n\nb: 1\n",
    );
    // The mark of an end, and what stands behind it.
    becomes(
        "--- # начало\na: 1\n...\n# после\n",
        &set("a", bare("2")),
        "--- # начало\na: 2\n...\n# после\n",
    );
    // Remarks between brackets, and behind the first name of an item.
    let brackets = "a: [\n  x, # один\n  # о втором\n  y\n]\n";
    becomes(
        brackets,
        &remove("a 0"),
        "a: [\n  # один\n  # о втором\n  y\n]\n",
    );
    becomes(
        brackets,
        &remove("a 1"),
        "a: [\n  x, # один\n  # о втором\n]\n",
    );
    becomes(
        "rows:\n  - a: 1 # за\n    # внутри\n    b: 2\n",
        &remove("rows 0 a"),
        "rows:\n  - # внутри\n    b: 2\n",
    );
}

#[test]
fn every_odd_file_is_read() {
    for odd in ODD {
        assert!(parse(odd).is_some(), "{odd}");
        assert!(parse(&odd.replace('\n', "\r\n")).is_some(), "CRLF {odd}");
    }
}
