//! A finished document is dropped: it is shown beside what it becomes, with its doubts one by one, and then written.
//!
//! Takes a file's bytes; keeps them in a folder of this run until they are accepted or another comes. What an import
//! makes and doubts is the import's. Must not show a name that the registry would take in.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::html::{attr, esc, notice};
use super::label::named;
use super::sheet::{Inside, Sheet};
use super::wrong::Wrong;
use super::{Desk, Ground, Page, Parameter};
use crate::carrier::{Limits, blocks};
use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::edit::Tree;
use crate::import::{self, Outcome};
use crate::kinds;

/// Longer originals are shown up to here.
const SHOWN: usize = 3000;

/// A file that was dropped, until it is let go.
pub(super) struct Dropped {
    folder: PathBuf,
    pub file: PathBuf,
}

impl Dropped {
    /// Keeps bytes under a name in a folder that nobody else has.
    pub(super) fn new(name: &str, bytes: &[u8]) -> Result<Self, Wrong> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(|e| Wrong::System(e.to_string()))?;
        let mark = blake3::hash(&random).to_hex();
        let folder = std::env::temp_dir().join(format!("glasno-{mark}"));
        let name = name
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or("")
            .trim_start_matches('.');
        if name.is_empty()
            || name
                .chars()
                .any(|c| c.is_control() || ":*?\"<>|".contains(c))
        {
            return Err(Wrong::Asked);
        }
        let failed = |e: std::io::Error| Wrong::system(&e);
        closed(&folder).map_err(failed)?;
        let dropped = Dropped {
            file: folder.join(name),
            folder,
        };
        std::fs::write(&dropped.file, bytes).map_err(failed)?;
        Ok(dropped)
    }
}

/// A new folder that no other user of the machine can open.
#[cfg(unix)]
fn closed(folder: &std::path::Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(folder)
}

/// As above: the folder for what is temporary is each user's own in Windows.
#[cfg(not(unix))]
fn closed(folder: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir(folder)
}

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Desk {
    /// The page on which a document is dropped.
    pub(super) fn bring(&self, ground: &Ground<'_>) -> Page {
        let lang = self.lang;
        let title = words::BRING.of(lang).to_owned();
        let title_of = |folder: &str| {
            let book = &ground.loaded?.book;
            let part = book.parts.iter().find(|p| *p.folder == *folder)?;
            Some(crate::site::head::short_title(book, part))
        };
        let options: String = self
            .folders()
            .iter()
            .map(|folder| {
                let said = title_of(folder).unwrap_or_else(|| folder.clone());
                format!("<option value=\"{}\">{}</option>", attr(folder), esc(&said))
            })
            .collect();
        let body = format!(
            "<h1>{}</h1>{}<form data-bring><div class=\"field\"><label for=\"section\">{}</label>\
             <select id=\"section\" name=\"section\">{options}</select></div>\
             <div class=\"field drop\"><label for=\"file\">{}</label><input type=\"file\" id=\"file\" name=\"file\" \
             accept=\".docx,.odt,.xlsx,.ods,.pdf,.html,.htm,.txt,.md\"></div>\
             <p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p></form><div data-brought></div>",
            esc(&title),
            notice("", words::BRING_HOW.of(lang)),
            esc(words::SECTION.of(lang)),
            esc(words::FILE.of(lang)),
        );
        Page {
            status: 200,
            title,
            body,
        }
    }

    /// Folders that hold a section.
    pub(super) fn folders(&self) -> Vec<String> {
        let mut found: Vec<String> = std::fs::read_dir(self.root.join("content"))
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.path().join("section.yaml").is_file())
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        found.sort();
        found
    }

    fn imported(&self, dropped: &Dropped, section: &str, dry_run: bool) -> Outcome {
        import::run(&import::Options {
            files: vec![dropped.file.clone()],
            root: self.root.clone(),
            section: section.to_owned(),
            registry: self.registry.clone(),
            today: self.day.now(),
            force: false,
            dry_run,
            ask: self.ask,
            ocr: false,
        })
    }

    /// Reads a document that was dropped, and shows what would become of it.
    pub(super) fn read(&self, parameter: Parameter<'_>, bytes: Vec<u8>) -> Result<Value, Wrong> {
        let lang = self.lang;
        let name = parameter("name").ok_or(Wrong::Asked)?;
        let section = parameter("section").ok_or(Wrong::Asked)?;
        if !kinds::is_slug(&section) || section == "private" {
            return Err(Wrong::Asked);
        }
        let dropped = Dropped::new(&name, &bytes)?;
        let outcome = self.imported(&dropped, &section, true);
        let errors = outcome.findings.errors();
        let doubts: String = outcome
            .findings
            .iter()
            .map(|f| {
                let sort = if f.is_error() { "error" } else { "warning" };
                let text = match f.hint(lang).filter(|hint| !hint.is_empty()) {
                    Some(hint) => format!("{} — {hint}", f.message(lang)),
                    None => f.message(lang),
                };
                let text = outcome.mask(&text);
                let place = match f.location.span {
                    Some(span) => format!("{}:{}", f.location.path, span.line),
                    None => f.location.path.to_string(),
                };
                format!(
                    "<li class=\"{sort}\"><label><input type=\"checkbox\" data-doubt> {}</label> <span class=\"hint\">{}</span></li>",
                    esc(text.trim()),
                    esc(&outcome.mask(&place))
                )
            })
            .collect();
        let mut result = String::new();
        for document in &outcome.documents {
            result.push_str(&format!("<h3>{}</h3>", esc(&outcome.mask(&document.path))));
            if let Ok(sheet) = Sheet::of(&document.path, document.text.clone()) {
                let inside = sheet.inside(&[]).unwrap_or_default();
                result.push_str(&outcome.mask(&read_back(&sheet, &sheet.tree, &inside, lang)));
            }
        }
        let accept = match errors {
            0 => format!(
                "<p class=\"buttons\"><button type=\"button\" data-accept>{}</button></p>",
                esc(words::ACCEPT.of(lang))
            ),
            _ => notice("error", words::NOT_ACCEPTED.of(lang)),
        };
        let html = format!(
            "<section class=\"card\"><h2>{}</h2><ol class=\"doubts\">{doubts}</ol>{accept}<p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p></section>\
             <div class=\"sides\"><section><h2>{}</h2><div class=\"scroll\" tabindex=\"0\">{}</div></section>\
             <section><h2>{}</h2><div class=\"scroll\" tabindex=\"0\">{result}</div></section></div>",
            esc(match doubts.is_empty() {
                true => words::NO_DOUBTS.of(lang),
                false => words::DOUBTS.of(lang),
            }),
            esc(words::ORIGINAL.of(lang)),
            outcome.mask(&original(&name, &bytes)),
            esc(words::RESULT.of(lang)),
        );
        let mut session = self.session();
        session.brought = Some((dropped, section));
        Ok(json!({"html": html, "errors": errors}))
    }

    /// Writes what was shown.
    pub(super) fn accept(&self, _: &Value) -> Result<Value, Wrong> {
        let brought = self.session().brought.take();
        let (dropped, section) = brought.ok_or(Wrong::Nothing)?;
        let outcome = self.imported(&dropped, &section, false);
        if !outcome.written {
            let said = outcome.findings.iter().filter(|f| f.is_error());
            let said = said.map(|f| (String::new(), outcome.mask(&f.message(self.lang))));
            return Err(Wrong::Findings(said.collect()));
        }
        Ok(json!({"saved": true, "next": "/"}))
    }
}

/// The document as it was handed in, as far as it is text and tables.
fn original(name: &str, bytes: &[u8]) -> String {
    let limits = Limits {
        max_bytes: 50 << 20,
        max_inflated: 200 << 20,
        max_fragments: 2_000_000,
        ..Limits::default()
    };
    let Ok(read) = blocks::blocks(name, bytes, &limits) else {
        return String::new();
    };
    let mut out = String::new();
    for block in read.blocks.iter().take(SHOWN) {
        match block {
            blocks::Block::Paragraph(paragraph) => {
                out.push_str(&format!("<p>{}</p>", esc(&line(paragraph))));
            }
            blocks::Block::Table(grid) => {
                out.push_str("<table>");
                for row in &grid.rows {
                    out.push_str("<tr>");
                    for cell in &row.cells {
                        let lines: Vec<String> = cell.paragraphs.iter().map(line).collect();
                        out.push_str(&format!(
                            "<td colspan=\"{}\" rowspan=\"{}\">{}</td>",
                            cell.columns,
                            cell.rows,
                            esc(&lines.join("\n"))
                        ));
                    }
                    out.push_str("</tr>");
                }
                out.push_str("</table>");
            }
        }
    }
    out
}

/// A paragraph with the number that it is displayed with.
fn line(paragraph: &blocks::Paragraph) -> String {
    match &paragraph.number {
        Some(number) => format!("{number} {}", paragraph.text),
        None => paragraph.text.clone(),
    }
}

/// What was read, with the names of the fields.
fn read_back(sheet: &Sheet, tree: &Tree, inside: &Inside, lang: Lang) -> String {
    match tree {
        Tree::Null => String::new(),
        Tree::Text(text) => esc(text).replace('\n', "<br>"),
        Tree::List(items) => {
            let items: String = items
                .iter()
                .map(|item| format!("<li>{}</li>", read_back(sheet, item, inside, lang)))
                .collect();
            format!("<ul>{items}</ul>")
        }
        Tree::Map(entries) => {
            let entries: String = entries
                .iter()
                .filter(|(key, _)| key != "kind")
                .map(|(key, value)| {
                    let field = inside.field(key);
                    let label = match field.filter(|f| !f.name.is_empty()) {
                        Some(field) => named(field, lang).0,
                        None => sheet.heading(key).unwrap_or(key).to_owned(),
                    };
                    let below = field.map_or_else(Inside::default, |f| Inside::of(f.is));
                    format!(
                        "<div><dt>{}</dt><dd>{}</dd></div>",
                        esc(&label),
                        read_back(sheet, value, &below, lang)
                    )
                })
                .collect();
            format!("<dl>{entries}</dl>")
        }
    }
}

/// Shown by a picture's address.
pub(super) fn picture(path: &str) -> Option<&'static str> {
    let ending = path.rsplit('.').next()?.to_lowercase();
    Some(match ending.as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => return None,
    })
}
