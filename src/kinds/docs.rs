//! `docs/sources.md`: what is written by hand stands in `sources.md` beside this file, the rest comes from the
//! descriptions. `GLASNO_BLESS=1 cargo test --lib kinds::docs` writes it anew.

use std::fmt::Write;

use super::blank::{Blank, SECTION};
use super::common::{AttachedForm, Done, Person};
use super::head::HeadForm;
use super::sample;
use super::shape::{Shape, Shaped, Words};
use super::stage::Source;
use super::{Kind, registry, site};

const TEMPLATE: &str = include_str!("sources.md");

/// The whole page.
fn sources() -> String {
    let forms = [
        Person::<Source>::SHAPE,
        Done::<Source>::SHAPE,
        AttachedForm::SHAPE,
    ];
    let mut page = TEMPLATE
        .replace("{tree}", tree().trim_end())
        .replace("{common}", common().trim_end())
        .replace("{kinds}", kinds().trim_end())
        .replace("{site}", part(&site::BLANK).trim_end())
        .replace("{registry}", part(&registry::BLANK).trim_end());
    for shape in forms {
        page = page.replace(&format!("{{form:{}}}", shape.name), &form(shape));
    }
    page
}

/// The folders, with the files of all kinds.
fn tree() -> String {
    let mut tree = String::from("content/\n");
    let mut line = |depth: usize, path: &str, about: &str| {
        let path = format!("{}{path}", "  ".repeat(depth));
        let _ = writeln!(tree, "{path:<31} {about}");
    };
    let below = |blank: &'static Blank| blank.file.trim_start_matches("content/");
    line(1, below(&site::BLANK), &lowered(site::BLANK.about));
    line(1, below(&registry::BLANK), &lowered(registry::BLANK.about));
    line(
        1,
        "<раздел>/",
        "имя папки — адрес раздела: строчные латинские буквы, цифры, дефис",
    );
    for blank in Kind::each().map(Kind::blank) {
        let file = blank.file.trim_start_matches(SECTION);
        let extension = if blank.text.is_some() { "md" } else { "yaml" };
        let path = match file.split_once('/') {
            Some((folder, _)) => format!("{folder}/*.{extension}"),
            None => file.to_owned(),
        };
        line(2, &path, &lowered(blank.about));
    }
    line(
        2,
        "files/",
        "вложения (публикуются те, на которые есть ссылка)",
    );
    tree
}

fn common() -> String {
    let mut table = String::from("| поле | что это |\n|---|---|\n");
    for field in HeadForm::SHAPE.fields {
        let words: Vec<String> = match field.is.words() {
            Some(Words::Kind) => Kind::each().map(|k| format!("`{}`", k.word())).collect(),
            _ => Vec::new(),
        };
        let example = match field.example {
            [] => String::new(),
            ["…"] => String::new(),
            _ => format!(": `{}: {}`", field.name, sample::inline(field)),
        };
        let more = match words.is_empty() {
            true => example,
            false => format!(": {}", words.join(", ")),
        };
        let _ = writeln!(table, "| `{}` | {}{more} |", field.name, field.means);
    }
    table
}

/// The fields of a form in one sentence.
fn form(shape: &Shape) -> String {
    let fields = shape
        .fields
        .iter()
        .map(|f| format!("`{}` — {}", f.name, f.means));
    fields.collect::<Vec<_>>().join("; ")
}

/// A kind's part: all of its fields.
fn part(blank: &Blank) -> String {
    section(
        &format!("## {}: {}", blank.word, lowered(blank.about)),
        &format!("`{}`", blank.file),
        blank,
    )
}

fn section(heading: &str, place: &str, blank: &Blank) -> String {
    let fence = if blank.text.is_some() { "" } else { "yaml" };
    let mut text = format!(
        "{heading}\n{place}\n```{fence}\n{}```\n",
        sample::full(blank)
    );
    if !blank.notes.is_empty() {
        let _ = writeln!(text, "{}", blank.notes);
    }
    text
}

fn lowered(about: &str) -> String {
    let mut letters = about.chars();
    let first = letters.next().map(|c| c.to_lowercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn kinds() -> String {
    let mut parts: Vec<String> = Kind::each()
        .filter(|kind| !kind.is_text())
        .map(|kind| part(kind.blank()))
        .collect();
    // Texts have the same fields: one part for all of them.
    let texts: Vec<&Blank> = Kind::each()
        .filter(|k| k.is_text())
        .map(Kind::blank)
        .collect();
    if let [first, ..] = texts[..] {
        let words: Vec<&str> = texts.iter().map(|blank| blank.word).collect();
        let places: Vec<String> = texts
            .iter()
            .map(|b| format!("- `{}` — {}: `{}`", b.word, lowered(b.about), b.file))
            .collect();
        let all = Blank {
            own: None,
            ..*first
        };
        parts.push(section(
            &format!("## {} (Markdown)", words.join(", ")),
            &places.join("\n"),
            &all,
        ));
    }
    parts.join("\n")
}

#[test]
fn the_documentation_is_what_the_descriptions_say() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sources.md");
    let now = sources();
    if std::env::var_os("GLASNO_BLESS").is_some() {
        std::fs::write(&file, &now).expect("docs/sources.md is written");
    }
    let then = std::fs::read_to_string(&file).expect("docs/sources.md");
    assert!(
        now == then.replace("\r\n", "\n"),
        "docs/sources.md is not what the descriptions say; write it anew: GLASNO_BLESS=1 cargo test --lib kinds::docs"
    );
}
