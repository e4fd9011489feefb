//! The words of templates: what a new source says until somebody has written what it should.
//!
//! Takes the text of a value; gives the words in it that nobody has replaced. A new source marks its free text with
//! `‹…›`; examples that were copied out of comments or the documentation carry no mark and are known as they stand, by
//! the invented places, hosts and people of the descriptions. Must not know where a value stands.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::blank::{Blank, MARKS};
use super::sample;
use crate::document::yaml::{self, Node, Origin, Value};

/// What every invented value of an example has: no person, place or host of the world is called so.
const INVENTED: &[&str] = &[
    "example.ru",
    "Примерн",
    "Образцов",
    "Фамилия",
    "(000) 000-00-00",
];

/// No example on one line is longer, in bytes.
const LONGEST: usize = 400;

/// Whether a whole text could hold a template's words: a quick look before a careful one.
pub fn suspected(text: &str) -> bool {
    text.contains(MARKS.0) || INVENTED.iter().any(|word| text.contains(word))
}

/// Which words of a value are a template's; `None` where all of them are somebody's own.
pub fn untouched(text: &str) -> Option<&str> {
    if let Some(from) = text.find(MARKS.0) {
        let rest = text.get(from..).unwrap_or_default();
        if let Some(to) = rest.find(MARKS.1) {
            return rest.get(..to + MARKS.1.len_utf8());
        }
    }
    let bare = text.trim();
    if bare.len() > LONGEST {
        return None;
    }
    let invented = INVENTED.iter().any(|word| bare.contains(word)) && examples().contains(bare);
    invented.then_some(bare)
}

/// Values of all descriptions that name what is invented, as YAML reads them.
fn examples() -> &'static BTreeSet<String> {
    static EXAMPLES: OnceLock<BTreeSet<String>> = OnceLock::new();
    EXAMPLES.get_or_init(|| {
        let mut found = BTreeSet::new();
        for blank in Blank::each() {
            let text = sample::full(blank);
            let fields = match text
                .strip_prefix("---\n")
                .and_then(|t| t.split_once("---\n"))
            {
                Some((fields, _)) => fields,
                None => &text,
            };
            let path = Arc::from(blank.file);
            let origin = Origin {
                path: &path,
                text: fields,
                first_line: 0,
            };
            // Fields in comments are examples too: read once more with all of them open.
            let open = opened(fields);
            let trees = [
                yaml::parse(origin).0,
                yaml::parse(Origin {
                    text: &open,
                    ..origin
                })
                .0,
            ];
            for node in trees.iter().flatten() {
                each_text(node, &mut |text, _| {
                    if INVENTED.iter().any(|word| text.contains(word)) {
                        found.insert(text.trim().to_owned());
                    }
                });
            }
        }
        found
    })
}

/// The same with fields in comments as fields.
fn opened(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        match bare.strip_prefix("# ") {
            Some(field)
                if field.contains(": ") && field.starts_with(|c: char| c.is_ascii_lowercase()) =>
            {
                out.push_str(line.get(..indent).unwrap_or_default());
                out.push_str(field);
            }
            Some(_) => {}
            None => out.push_str(line),
        }
        out.push('\n');
    }
    out
}

/// Calls for every scalar of a tree.
pub fn each_text<'n>(node: &'n Node, visit: &mut dyn FnMut(&'n str, &'n Node)) {
    match &node.value {
        Value::Scalar(scalar) => visit(&scalar.text, node),
        Value::List(items) => items.iter().for_each(|item| each_text(item, visit)),
        Value::Map(fields) => fields.iter().for_each(|(_, value)| each_text(value, visit)),
        Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_invented_examples_are_a_templates_words() {
        assert_eq!(untouched("‹План работы›"), Some("‹План работы›"));
        assert_eq!(untouched("План ‹чего› на год"), Some("‹чего›"));
        for text in [
            "https://example.ru/",
            "Примерный район",
            "Фамилия И. О.",
            "+7 (000) 000-00-00",
            "obr@example.ru",
        ] {
            assert_eq!(untouched(text), Some(text));
        }
    }

    #[test]
    fn words_of_people_are_not() {
        for text in [
            "Примерная основная образовательная программа",
            "https://podderzhka.example.ru/",
            "Управление образования",
            "План мероприятий на 2025 год",
            "Фамилия указана в заявлении",
            "5 ‹ 7",
            "Мероприятие",
        ] {
            assert_eq!(untouched(text), None, "{text}");
        }
    }

    #[test]
    fn every_blank_marks_something() {
        for blank in Blank::each() {
            assert!(sample::new(blank, "").contains(MARKS.0), "{}", blank.word);
        }
    }
}
