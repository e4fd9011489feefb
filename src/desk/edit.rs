//! The page on which a part of a source is changed: where one is, the form, what its fields may be chosen from.
//!
//! Takes the address of a page and a line, or a source and a place; gives the page. Must not know what a field is.

use super::form::Form;
use super::html::{attr, esc, link, notice, to};
use super::label::{self, named, summary};
use super::look;
use super::sheet::{Inside, Sheet, place, words as place_words};
use super::wrong::Wrong;
use super::{Desk, Ground, Page, Parameter};
use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::edit::{Step, Tree};

/// What fields of a form may be chosen from.
#[derive(Default)]
struct Lists {
    bodies: Vec<String>,
    /// Id and title.
    documents: Vec<(String, String)>,
    /// Path from the section and title.
    paths: Vec<(String, String)>,
}

impl Desk {
    /// A part of a source, to be changed.
    pub(super) fn edit(
        &self,
        parameter: Parameter<'_>,
        ground: &Ground<'_>,
    ) -> Result<Page, Wrong> {
        let lang = self.lang;
        let address = parameter("page").filter(|p| p.starts_with('/') && !p.starts_with("//"));
        let path = match (parameter("path"), &address) {
            (Some(path), _) => path,
            (None, Some(address)) => source_of(address, ground).ok_or(Wrong::Gone)?,
            _ => return Err(Wrong::Asked),
        };
        let sheet = self.open(&path)?;
        let mut at = match (parameter("at"), parameter("line")) {
            (Some(at), _) => place(&at),
            (None, Some(line)) => sheet.at_line(line.parse().unwrap_or(1)),
            _ => Vec::new(),
        };
        let mut new = parameter("new").is_some();
        if let Some(field) = parameter("add") {
            at.push(Step::Key(field));
            new = true;
        }
        let asked = parameter("back").unwrap_or_default();
        let anchor = if asked.starts_with('#') { &asked } else { "" };
        let own = asked.starts_with('/') && !asked.starts_with("//");
        let back = own
            .then(|| asked.clone())
            .or_else(|| Some(format!("{}{}{anchor}", ground.site, address.clone()?)))
            .or_else(|| Some(format!("{}{}", ground.site, address_of(&path, ground)?)))
            .unwrap_or_else(|| "/".to_owned());
        let inside = match new {
            true => {
                let field = sheet.field(&at).ok_or(Wrong::Gone)?;
                field.is.shape().ok_or(Wrong::Form)?;
                Inside::of(field.is)
            }
            false => {
                sheet.at(&at).ok_or(Wrong::Gone)?;
                sheet.inside(&at).ok_or(Wrong::Gone)?
            }
        };
        if !new && !matches!(sheet.at(&at), Some(Tree::Map(_))) {
            return Err(Wrong::Form);
        }
        let own = ground.findings.iter().filter(|f| *f.location.path == *path);
        let notes: Vec<(String, String)> = own
            .filter(|f| {
                let line = f.location.span.map_or(1, |s| s.line);
                // What is not there yet has nothing wrong with it.
                !new && (at.is_empty() || sheet.at_line(line).starts_with(&at))
            })
            .map(|f| (look::field_of(&sheet, &at, f), look::told(f, ground, lang)))
            .collect();
        let form = Form {
            sheet: Some(&sheet),
            at: at.clone(),
            lang,
            notes,
            back: back.clone(),
        };
        let mut body = trail(&sheet, &at, &back, lang);
        body.push_str(&format!("<h1>{}</h1>", esc(&name(&sheet, &at, new, lang))));
        if parameter("made").is_some() {
            body.push_str(&notice("good", words::MADE.of(lang)));
        }
        for (field, text) in &form.notes {
            if field.is_empty() {
                body.push_str(&notice("warning", text));
            }
        }
        body.push_str(&format!(
            "<form data-desk data-path=\"{}\" data-at=\"{}\" data-hash=\"{}\" data-back=\"{}\"{}>",
            attr(&path),
            attr(&place_words(&at)),
            sheet.hash,
            attr(&back),
            if new { " data-new" } else { "" },
        ));
        body.push_str(&form.fields(&inside, "", new));
        if sheet.is_text && at.is_empty() && !new {
            body.push_str(&form.body(sheet.body()));
        }
        body.push_str(&form.buttons(new, removable(&sheet, &at), moves(&sheet, &at)));
        body.push_str("</form>");
        body.push_str(&datalists(&lists(&sheet, ground)));
        Ok(Page {
            status: 200,
            title: name(&sheet, &at, new, lang),
            body,
        })
    }
}

/// What a page of the desk calls a part.
fn name(sheet: &Sheet, at: &[Step], new: bool, lang: Lang) -> String {
    let whole = || label::sort(sheet.blank, lang);
    match (new, sheet.field(at)) {
        (true, Some(field)) => format!(
            "{}: {}",
            words::NEW_PART.of(lang),
            named(field, lang).0.to_lowercase()
        ),
        (_, None) => match sheet.at(&[Step::Key("title".into())]) {
            Some(Tree::Text(title)) => format!("{}: {title}", whole()),
            _ => whole(),
        },
        (false, Some(_)) => sheet.at(at).map(summary).unwrap_or_else(whole),
    }
}

/// The way from the whole document to a part.
fn trail(sheet: &Sheet, at: &[Step], back: &str, lang: Lang) -> String {
    let mut steps = vec![link("/", words::TODAY.of(lang))];
    if back != "/" {
        steps.push(link(back, words::PAGE.of(lang)));
    }
    for n in 0..at.len() {
        let above = at.get(..n).unwrap_or(&[]);
        if let Some(tree @ Tree::Map(_)) = sheet.at(above) {
            let words = place_words(above);
            let href = to("/edit", &[("path", &sheet.path), ("at", &words)]);
            let text = match n {
                0 => name(sheet, &[], false, lang),
                _ => summary(tree),
            };
            steps.push(link(&href, &crate::text::excerpt(&text, 50)));
        }
    }
    format!(
        "<nav class=\"trail\" aria-label=\"{}\">{}</nav>",
        attr(words::WAY.of(lang)),
        steps.join(" › ")
    )
}

/// Whether an item has others before it, and behind it.
fn moves(sheet: &Sheet, at: &[Step]) -> (bool, bool) {
    match at.split_last() {
        Some((Step::Item(i), list)) => match sheet.at(list) {
            Some(Tree::List(items)) => (*i > 0, i + 1 < items.len()),
            _ => (false, false),
        },
        _ => (false, false),
    }
}

fn removable(sheet: &Sheet, at: &[Step]) -> bool {
    match at.last() {
        None => sheet.kind().is_some_and(|k| !k.about().single),
        Some(Step::Item(_)) => true,
        Some(Step::Key(_)) => sheet.field(at).is_some_and(|f| !f.required),
    }
}

/// What a source's fields may be chosen from.
fn lists(sheet: &Sheet, ground: &Ground<'_>) -> Lists {
    let mut lists = Lists::default();
    let Some(book) = ground.loaded.map(|l| &l.book) else {
        return lists;
    };
    let Some(part) = book.parts.iter().find(|p| *p.folder == *sheet.section()) else {
        return lists;
    };
    if let Some(bodies) = book.bodies(part) {
        lists.bodies = bodies
            .bodies
            .iter()
            .map(|b| b.name.raw().to_owned())
            .collect();
    }
    let folder = format!("content/{}/", part.folder);
    let up = "../".repeat(sheet.path.trim_start_matches(&folder).matches('/').count());
    for (i, document) in book.documents.iter().enumerate() {
        let path = document.head.path.file();
        let Some(below) = path.strip_prefix(&*folder) else {
            continue;
        };
        let title = book.title(i);
        if !document.head.kind.about().single {
            lists
                .documents
                .push((document.head.id.to_string(), title.clone()));
        }
        lists.paths.push((format!("{up}{below}"), title));
    }
    for attachment in &book.attachments {
        if let Some(below) = attachment.path.strip_prefix(&*folder) {
            lists.paths.push((format!("{up}{below}"), String::new()));
        }
    }
    lists
}

fn datalists(lists: &Lists) -> String {
    let pairs = |id: &str, items: &[(String, String)]| {
        let options: String = items
            .iter()
            .map(|(value, title)| {
                format!("<option value=\"{}\">{}</option>", attr(value), esc(title))
            })
            .collect();
        format!("<datalist id=\"{id}\">{options}</datalist>")
    };
    let bodies: Vec<(String, String)> = lists
        .bodies
        .iter()
        .map(|b| (b.clone(), String::new()))
        .collect();
    pairs("bodies", &bodies) + &pairs("documents", &lists.documents) + &pairs("paths", &lists.paths)
}

/// The source of the page at an address.
fn source_of(address: &str, ground: &Ground<'_>) -> Option<String> {
    let book = &ground.loaded?.book;
    if address == "/" {
        return Some("content/site.yaml".to_owned());
    }
    let i = book
        .addresses
        .iter()
        .position(|a| a.as_deref() == Some(address))?;
    Some(book.documents.get(i)?.head.path.file().to_string())
}

/// The address of a source's page; of what has none, that of its section.
pub(super) fn address_of(path: &str, ground: &Ground<'_>) -> Option<String> {
    let book = &ground.loaded?.book;
    let i = book
        .documents
        .iter()
        .position(|d| **d.head.path.file() == *path)?;
    let own = book.addresses.get(i)?.as_deref();
    let home = || book.addresses.get(book.part(i)?.home)?.as_deref();
    own.or_else(home).map(str::to_owned)
}
