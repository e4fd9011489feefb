//! What fields, kinds, choices, days and parts are called on the desk's pages.
//!
//! Takes descriptions and values; gives words. Descriptions are written in Russian: in English a field is called by the
//! name that sources have for it. Must not know a page.

use chrono::NaiveDate;

use super::change::shown;
use crate::diag::Lang;
use crate::document::decode::parse_date;
use crate::edit::Tree;
use crate::kinds::Kind;
use crate::kinds::blank::Blank;
use crate::kinds::shape::{Choice, Field, Type, Words};
use crate::text::dates;

/// The name of a field for people, and what else is said of it.
pub(super) fn named(field: &Field, lang: Lang) -> (String, String) {
    let example = example(field).map(|e| format!("«{e}»"));
    if lang == Lang::En {
        return (plain(field.name), example.unwrap_or_default());
    }
    let cut = field.means.find([';', ':']).unwrap_or(field.means.len());
    let (head, rest) = field.means.split_at(cut);
    let (label, aside) = match head.split_once(", ") {
        Some((label, aside)) if head.chars().count() > 48 => (label, aside),
        _ => (head, ""),
    };
    let label = match label {
        "" => field.name.to_owned(),
        label => capital(label),
    };
    let rest = rest.trim_start_matches([';', ':']).trim();
    // What is written in a file is no help in a form.
    let rest = if rest.starts_with(['[', '{']) {
        ""
    } else {
        rest
    };
    let said: Vec<&str> = [aside, rest, example.as_deref().unwrap_or("")]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    (label, said.join("; "))
}

/// How a field may be filled in, as people write.
fn example(field: &Field) -> Option<String> {
    let example = *field.example.first()?;
    match field.is.words()? {
        Words::Flag | Words::Choice(_) => None,
        _ if example.starts_with(['{', '[', '|', '…']) => None,
        Words::Date => parse_date(example).map(dates::short),
        _ => Some(example.to_owned()),
    }
}

/// «news_per_month» as people write it.
fn plain(name: &str) -> String {
    capital(&name.replace(['_', '-'], " "))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// One of a fixed set of words.
pub(super) fn choice(choice: &Choice, lang: Lang) -> String {
    match (choice.means, lang) {
        ("", _) | (_, Lang::En) => plain(choice.word),
        (means, Lang::Ru) => capital(means),
    }
}

/// What a source is.
pub(super) fn sort(blank: &Blank, lang: Lang) -> String {
    match (lang, blank.kind()) {
        (Lang::En, _) => plain(blank.word),
        (Lang::Ru, Some(kind)) => kind.about().words.one.to_owned(),
        (Lang::Ru, None) => blank.about.to_owned(),
    }
}

/// What a new one of a kind is.
pub(super) fn offered(kind: Kind, lang: Lang) -> String {
    match lang {
        Lang::Ru => kind.blank().about.to_owned(),
        Lang::En => plain(kind.word()),
    }
}

/// All of a kind.
pub(super) fn all_of(kind: Kind, lang: Lang) -> String {
    match lang {
        Lang::Ru => kind.about().words.list.to_owned(),
        Lang::En => plain(kind.word()),
    }
}

/// A day in words.
pub(super) fn day(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Ru => dates::long(day),
        Lang::En => day.format("%-d %B %Y").to_string(),
    }
}

/// Whether the field names bodies of the directory.
pub(super) fn by_body(field: &Field) -> bool {
    match field.is {
        Type::Either(Words::Line, shape) => shape().names.contains(&"body"),
        _ => matches!(field.name, "owner" | "operator" | "body" | "who"),
    }
}

/// Whether the items of a list have forms of their own: those that are maps, or are written as maps when there is more to
/// say than words.
pub(super) fn in_parts(field: &Field) -> bool {
    let plain = field.example.first().map(|e| !e.starts_with('{'));
    match (field.is, field.is.shape()) {
        (Type::Map(_), _) => true,
        (_, Some(shape)) => {
            !plain.unwrap_or(shape.field("sic").is_some() || shape.fields.len() < 3)
        }
        (_, None) => false,
    }
}

/// A part in a line.
pub(super) fn summary(tree: &Tree) -> String {
    let text = |key: &str| match tree {
        Tree::Map(entries) => entries
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| shown(Some(v)))
            .filter(|t| !t.is_empty()),
        _ => None,
    };
    let number = text("no").or_else(|| text("number"));
    // A day or an hour alone tells no row from another.
    let when = text("date").or_else(|| text("time"));
    let keys = [
        "title", "measure", "name", "text", "what", "topic", "theme", "post", "day", "body", "file",
    ];
    let words = keys.iter().find_map(|k| text(k));
    let words = match (&when, words) {
        (_, Some(words)) => words,
        (Some(_), None) => String::new(),
        (None, None) => shown(Some(tree)),
    };
    let said: Vec<String> = [number, when, Some(words)]
        .into_iter()
        .flatten()
        .filter(|t| !t.is_empty())
        .collect();
    let line = crate::text::excerpt(&said.join(" ").replace('\n', " "), 110);
    if line.trim().is_empty() {
        "…".to_owned()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::parse;

    #[test]
    fn a_field_is_called_as_people_call_it() {
        let field = |kind: &str, name: &str| {
            let blank = Blank::of(kind).expect("a kind");
            blank.fields().find(|f| f.name == name).expect("a field")
        };
        let published = field("news", "published");
        assert!(named(published, Lang::Ru).1.contains("15.01.2025"));
        assert_eq!(named(published, Lang::En).0, "Published");
        // Nothing of how a file is written.
        let kinds = Blank::each().filter(|b| b.word != "registry");
        for blank in kinds {
            for field in blank.fields() {
                let (label, hint) = named(field, Lang::Ru);
                assert!(!label.is_empty(), "{} {}", blank.word, field.name);
                assert!(
                    !hint.contains("«…»") && !hint.starts_with(['[', '{']),
                    "{hint}"
                );
                let (label, _) = named(field, Lang::En);
                assert!(label.is_ascii(), "{label}");
            }
        }
        assert!(in_parts(field("group", "members")) && in_parts(field("seminar", "agenda")));
        assert!(!in_parts(field("seminar", "organizers")));
    }

    #[test]
    fn a_row_is_told_from_the_next() {
        let line = |text: &str| summary(&parse(text).expect("a tree"));
        assert_eq!(
            line("date: 14.04.2025\ntheme: Диагностика\n"),
            "14.04.2025 Диагностика"
        );
        assert_eq!(line("no: \"1.\"\nmeasure: Дело\n"), "1. Дело");
        assert_eq!(line("post: методист\n"), "методист");
    }
}
