//! Lays a school's folder: `school.yaml` from a few answers, a roadmap and a news item to fill in, a place for documents.
//!
//! Takes a folder and answers; gives the names of the files written. Must not write over anything.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::diag::catalog::tab as messages;
use crate::diag::{Finding, Location};

const SCHOOL: &str = include_str!("samples/school.yaml");
const ROADMAP: &str = include_str!("samples/roadmap.yaml");
const NEWS: &str = include_str!("samples/news.md");

/// What is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    pub name: Option<String>,
    pub municipality: Option<String>,
    pub mentor: bool,
    /// Whether the school may be named in its own tab; by its role when not said.
    pub named: Option<bool>,
    pub curator: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub site: Option<String>,
}

/// Writes the folder.
///
/// # Errors
/// `system.*` when a `school.yaml` is there already or the system refuses.
pub fn lay(folder: &Path, answers: &Answers) -> Result<Vec<&'static str>, Box<Finding>> {
    let shown = folder.display().to_string();
    let fail = |e: io::Error| {
        let entry = match e.kind() {
            io::ErrorKind::AlreadyExists => &messages::EXISTS,
            _ => &messages::IO,
        };
        Box::new(
            Finding::new(entry, Location::file(shown.clone()))
                .arg("path", &shown)
                .arg("why", e),
        )
    };
    for below in ["documents", "news"] {
        fs::create_dir_all(folder.join(below)).map_err(fail)?;
    }
    write(folder, "school.yaml", &school(answers)).map_err(fail)?;
    let mut written = vec!["school.yaml"];
    for (name, sample) in [("roadmap.yaml", ROADMAP), ("news/novost.md", NEWS)] {
        match write(folder, name, sample) {
            Ok(()) => written.push(name),
            // A folder that was begun by hand keeps what it has.
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(fail(e)),
        }
    }
    Ok(written)
}

fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(folder.join(name))?;
    file.write_all(text.as_bytes())
}

fn school(answers: &Answers) -> String {
    let line = |field: &str, value: &Option<String>, example: &str| match value {
        Some(value) => format!("{field}: {}", quoted(value)),
        None => format!("# {field}: {}", quoted(example)),
    };
    let curator = match &answers.curator {
        Some(name) => format!("curator: {{name: {}}}", quoted(name)),
        None => "# curator: {name: \"Фамилия Имя Отчество\", post: \"должность\", phone: \"\", email: \"\"}".to_owned(),
    };
    let named = answers.named.unwrap_or(answers.mentor);
    let fields = [
        ("{name}", line("name", &answers.name, "МБОУ СОШ № 00")),
        (
            "{municipality}",
            line("municipality", &answers.municipality, "Район или город"),
        ),
        (
            "{phone}",
            line("phone", &answers.phone, "+7 (000) 000-00-00"),
        ),
        (
            "{email}",
            line("email", &answers.email, "shkola@example.org"),
        ),
        (
            "{site}",
            line("site", &answers.site, "https://example.org/"),
        ),
        (
            "{role}",
            if answers.mentor {
                "mentor"
            } else {
                "participant"
            }
            .to_owned(),
        ),
        ("{named}", named.to_string()),
        ("{curator}", curator),
    ];
    SCHOOL
        .lines()
        .map(|line| {
            let found = fields.iter().find(|(mark, _)| line.ends_with(mark));
            match found {
                Some((mark, text)) => format!("{}\n", line.replace(mark, text)),
                None => format!("{line}\n"),
            }
        })
        .collect()
}

/// A text as YAML takes it in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.trim().chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
