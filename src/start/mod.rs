//! A section to start from: `content/site.yaml`, the section's own file, its directory of bodies, and the registry.
//!
//! Takes a few answers about the project; gives files that build as they are and say nothing that was not answered. Must not
//! ask, must not write over anything, must not say that a list of schools is there or not when nobody has said so.

mod answers;

use std::path::Path;

pub use answers::{Answers, Level, List, Span, years};

use crate::batch as write;
use crate::diag::catalog::start as say;
use crate::diag::{Finding, Location};
use crate::import::{quoted, registry};
use crate::text::slug;

/// What was laid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The section's folder below `content/`.
    pub section: String,
    /// From the root, with `/`.
    pub files: Vec<String>,
    /// The portal was there already: its settings were left, and the section is not in their list.
    pub portal: bool,
    pub registry: Registry,
}

/// How the registry stands after a section was laid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registry {
    /// It was there already.
    There,
    /// It was laid without a school.
    Empty,
    /// It waits for the list: nothing is built before.
    Awaited,
}

/// Lays a section below `root`.
///
/// # Errors
/// A section of that name is there, its name is no folder's, or the system refuses; then nothing has changed.
pub fn lay(root: &Path, answers: &Answers) -> Result<Laid, Box<Finding>> {
    let section = match &answers.section {
        Some(section) => section.clone(),
        None => folder(answers),
    };
    if !crate::kinds::is_slug(&section) || section == "private" {
        let at = Location::file("content");
        return Err(Box::new(
            Finding::new(&say::FOLDER, at).arg("value", &section),
        ));
    }
    let content = root.join("content");
    let below = |name: &str| format!("content/{section}/{name}");
    if content.join(&section).join("section.yaml").exists() {
        let at = Location::file(below("section.yaml"));
        return Err(Box::new(Finding::new(&say::THERE, at)));
    }
    let portal = ["site.yaml", "site.yml"]
        .iter()
        .any(|name| content.join(name).exists());
    let private = content.join("private");
    let guarded = ["registry.yaml", "registry.yaml.age"]
        .iter()
        .any(|name| private.join(name).exists());
    let mut files = Vec::new();
    let mut add = |path: String, text: String| {
        files.push(write::File::text(path, text, write::Over::New));
    };
    if !portal {
        add("content/site.yaml".to_owned(), site(answers, &section));
    }
    add(below("section.yaml"), about(answers));
    if let Some(owner) = &answers.owner
        && !content.join(&section).join("bodies.yaml").exists()
    {
        add(below("bodies.yaml"), bodies(owner));
    }
    if !guarded && let Some(why) = answers.list.why_empty() {
        add(registry::PATH.to_owned(), registry::empty(why));
    }
    let paths = files.iter().map(|f| f.path.clone()).collect();
    write::write(root, &files).map_err(|(path, error)| {
        let why = crate::source::why(&error);
        Box::new(Finding::new(&say::NOT_WRITTEN, Location::file(path)).arg("why", why))
    })?;
    Ok(Laid {
        section,
        files: paths,
        portal,
        registry: match answers.list {
            _ if guarded => Registry::There,
            List::Kept => Registry::Awaited,
            List::None | List::Unknown => Registry::Empty,
        },
    })
}

/// A folder's name from the territory and the first year.
fn folder(answers: &Answers) -> String {
    let place = slug(&answers.territory);
    let place = if place.is_empty() { "razdel" } else { &place };
    match answers.span {
        Some(span) => format!("{place}-{}", span.first()),
        None => place.to_owned(),
    }
}

/// Lines `name: "value"`, with what they mean; those without a value stay out.
struct Sheet(String);

impl Sheet {
    fn new(kind: &str, schema: &str) -> Self {
        let mut text = format!("# yaml-language-server: $schema={schema}\n");
        if !kind.is_empty() {
            text.push_str(&format!("kind: {kind}\n"));
        }
        Sheet(text)
    }

    fn text(&mut self, name: &str, value: &str) -> &mut Self {
        self.bare(name, &quoted(value))
    }

    fn opt(&mut self, name: &str, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    fn bare(&mut self, name: &str, value: &str) -> &mut Self {
        self.0.push_str(&format!("{name}: {value}\n"));
        self
    }

    fn line(&mut self, line: &str) -> &mut Self {
        self.0.push_str(line);
        self.0.push('\n');
        self
    }
}

fn site(answers: &Answers, section: &str) -> String {
    let mut sheet = Sheet::new("", "../.glasno/schema/site.json");
    sheet.text(
        "title",
        &format!("{}: {}", answers.title(), answers.territory),
    );
    sheet.text("short_title", answers.title());
    match &answers.address {
        Some(address) => sheet.text("base_url", address),
        None => sheet
            .line("# Адрес ещё не известен: впишите его, когда раздел получит место в интернете.")
            .text("base_url", LOCAL),
    };
    if answers.owner.is_some() || answers.phone.is_some() || answers.email.is_some() {
        sheet.line("publisher:");
        sheet
            .opt("  name", answers.owner.as_deref())
            .opt("  phone", answers.phone.as_deref())
            .opt("  email", answers.email.as_deref());
    }
    sheet.line(&format!("sections:\n  - {section}"));
    sheet.0
}

/// Where a site without an address is at home.
const LOCAL: &str = "http://localhost/";

fn about(answers: &Answers) -> String {
    let mut sheet = Sheet::new("section", "../../.glasno/schema/section.json");
    sheet.text("title", answers.title());
    let years = answers.span.map(|span| span.words());
    let place = &answers.territory;
    let short = match &years {
        Some(years) => format!("{place}, {years}"),
        None => place.clone(),
    };
    sheet.text("short_title", &short);
    sheet.text("territory", place);
    sheet.bare("level", answers.level().word());
    sheet.line("# Одно-два предложения о проекте: они стоят на первой странице раздела.");
    sheet.text("summary", &format!("{}: {short}.", answers.title()));
    if let Some(span) = answers.span {
        let (from, to) = (span.from, span.to);
        sheet.bare("period", &format!("{{from: {from}, to: {to}}}"));
    }
    sheet.opt("owner", answers.owner.as_deref());
    if answers.phone.is_some() || answers.email.is_some() {
        sheet.line("contacts:");
        sheet
            .opt("  body", answers.owner.as_deref())
            .opt("  phone", answers.phone.as_deref())
            .opt("  email", answers.email.as_deref());
    }
    sheet.0
}

fn bodies(owner: &str) -> String {
    let mut sheet = Sheet::new("bodies", "../../.glasno/schema/bodies.json");
    let id = slug(owner);
    let id = if id.is_empty() { "vedet" } else { &id };
    sheet.line("bodies:");
    sheet.bare("  - id", id);
    sheet.text("    name", owner);
    sheet.0
}
