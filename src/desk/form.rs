//! The form of a part of a source, made from what its kind says of its fields.
//!
//! Takes an open source and a place in it; gives HTML. Must not know a kind: whatever a field is, its description says.

use super::change::{BODY, shown};
use super::html::{attr, esc, link, notice, to};
use super::look;
use super::sheet::{Sheet, place, words as place_words};
use super::wrong::Wrong;
use super::{Desk, Ground, Page, Parameter};
use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::edit::{Step, Tree};
use crate::kinds::shape::{Field, Shown, Type, Words};

/// What fields of a form may be chosen from.
#[derive(Default)]
pub(super) struct Lists {
    bodies: Vec<String>,
    /// Id and title.
    documents: Vec<(String, String)>,
    /// Path from the section and title.
    paths: Vec<(String, String)>,
}

/// Fields in the making.
pub(super) struct Form<'a> {
    /// `None` for a document that is not there yet.
    pub sheet: Option<&'a Sheet>,
    pub at: Vec<Step>,
    pub lang: Lang,
    pub notes: Vec<(String, String)>,
    pub back: String,
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
        let fields = match new {
            true => {
                let field = sheet.field(&at).ok_or(Wrong::Gone)?;
                let shape = field.is.shape().ok_or(Wrong::Form)?;
                shape.fields.iter().collect()
            }
            false => {
                sheet.at(&at).ok_or(Wrong::Gone)?;
                sheet.fields(&at).ok_or(Wrong::Gone)?
            }
        };
        if !new && !matches!(sheet.at(&at), Some(Tree::Map(_))) {
            return Err(Wrong::Form);
        }
        let own = ground.findings.iter().filter(|f| *f.location.path == *path);
        let notes: Vec<(String, String)> = own
            .filter(|f| {
                let line = f.location.span.map_or(1, |s| s.line);
                new || at.is_empty() || sheet.at_line(line).starts_with(&at)
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
        body.push_str(&form.fields(&fields, "", new));
        if sheet.is_text && at.is_empty() && !new {
            body.push_str(&form.body(sheet.body()));
        }
        body.push_str(&form.buttons(new, removable(&sheet, &at)));
        body.push_str("</form>");
        body.push_str(&datalists(&lists(&sheet, ground)));
        Ok(Page {
            status: 200,
            title: name(&sheet, &at, new, lang),
            body,
        })
    }
}

impl Form<'_> {
    fn value(&self, name: &str) -> Option<&Tree> {
        let sheet = self.sheet?;
        let mut full = self.at.clone();
        full.extend(name.split('.').map(|w| Step::Key(w.to_owned())));
        sheet.at(&full)
    }

    /// Fields with something in them, or that must have it, then the others folded.
    pub(super) fn fields(&self, fields: &[&'static Field], prefix: &str, new: bool) -> String {
        let (mut first, mut rest) = (String::new(), String::new());
        for field in fields {
            if field.shown == Shown::Never || (prefix.is_empty() && field.name == "kind") {
                continue;
            }
            let name = format!("{prefix}{}", field.name);
            let value = self.value(&name).filter(|_| !new);
            let there = value.is_some_and(|v| *v != Tree::Null);
            let html = self.field(field, &name, value, new);
            // What a new one has from the beginning is asked for at once.
            if there || field.required || field.alone || field.shown.is_live() {
                first.push_str(&html);
            } else {
                rest.push_str(&html);
            }
        }
        if !rest.is_empty() {
            let more = esc(words::MORE_FIELDS.of(self.lang));
            rest = format!("<details class=\"more\"><summary>{more}</summary>{rest}</details>");
        }
        first + &rest
    }

    fn field(&self, field: &'static Field, name: &str, value: Option<&Tree>, new: bool) -> String {
        let maps = |v: &Tree| match v {
            Tree::List(items) => items.iter().any(|i| matches!(i, Tree::Map(_))),
            Tree::Map(_) => true,
            _ => false,
        };
        let shape = field.is.shape();
        match (field.many, value) {
            (true, value) if shape.is_some() && value.is_some_and(maps) => {
                self.parts(field, name, value)
            }
            (true, None) if field.is.words().is_none() => match new {
                true => String::new(),
                false => self.parts(field, name, None),
            },
            (true, Some(Tree::Null)) if field.is.words().is_none() => self.parts(field, name, None),
            (true, Some(Tree::List(items))) => {
                let texts: Vec<String> = items.iter().map(|i| shown(Some(i))).collect();
                self.several(field, name, &texts)
            }
            (true, Some(Tree::Text(text))) => self.several(field, name, &[text.clone()]),
            (true, None | Some(Tree::Null)) => self.several(field, name, &[]),
            (false, Some(Tree::Map(_))) if shape.is_some() => self.inside(field, name, new),
            (false, None | Some(Tree::Null)) if field.is.words().is_none() => match shape {
                Some(_) if name.matches('.').count() < 2 => self.inside(field, name, new),
                _ => String::new(),
            },
            (false, Some(Tree::Text(text))) => self.one(field, name, text),
            (false, None | Some(Tree::Null)) => self.one(field, name, ""),
            _ => self.elsewhere(field, name, value),
        }
    }

    /// Label, input, hint, and a place for what is said of it.
    fn framed(&self, field: &Field, name: &str, sort: &str, input: &str) -> String {
        let (label, hint) = named(field);
        let id = attr(name);
        let must = match field.required {
            true => format!(
                " <span class=\"must\">({})</span>",
                words::MUST.of(self.lang)
            ),
            false => String::new(),
        };
        let said: String = self
            .notes
            .iter()
            .filter(|(of, _)| !of.is_empty() && (name == of || name.starts_with(&format!("{of}."))))
            .map(|(_, text)| format!("<span class=\"warning\">{}</span>", esc(text)))
            .collect();
        let hint = format!("<p class=\"hint\" id=\"h-{id}\">{}</p>", esc(&hint));
        let label = match sort {
            "list" => format!("<p class=\"label\" id=\"l-{id}\">{}{must}</p>", esc(&label)),
            _ => format!("<label for=\"f-{id}\">{}{must}</label>", esc(&label)),
        };
        format!(
            "<div class=\"field\" data-field=\"{id}\" data-sort=\"{sort}\">{label}{hint}{input}\
             <p class=\"said\" id=\"s-{id}\" role=\"status\">{said}</p></div>"
        )
    }

    fn one(&self, field: &Field, name: &str, text: &str) -> String {
        let id = attr(name);
        let about = format!("id=\"f-{id}\" aria-describedby=\"h-{id} s-{id}\"");
        let sort = field.is.words();
        let input = match sort {
            Some(Words::Flag) => {
                let yes = matches!(&*text.to_lowercase(), "true" | "да" | "yes");
                let check = if yes { " checked" } else { "" };
                format!("<input type=\"checkbox\" {about}{check}>")
            }
            Some(Words::Choice(choices)) => {
                let mut options = String::from("<option value=\"\"></option>");
                let known = choices.iter().any(|c| c.word == text);
                for choice in choices {
                    let picked = if choice.word == text { " selected" } else { "" };
                    let means = match choice.means {
                        "" => choice.word.to_owned(),
                        means => format!("{} — {means}", choice.word),
                    };
                    options.push_str(&format!(
                        "<option value=\"{}\"{picked}>{}</option>",
                        attr(choice.word),
                        esc(&means)
                    ));
                }
                if !known && !text.is_empty() {
                    options.push_str(&format!("<option selected>{}</option>", esc(text)));
                }
                format!("<select {about}>{options}</select>")
            }
            Some(Words::Markdown) => area(&about, text, 3),
            Some(Words::Line) if text.contains('\n') || text.chars().count() > 70 => {
                area(&about, text, 2)
            }
            _ => self.input(field, &about, text),
        };
        let sort = match sort {
            Some(Words::Flag) => "flag",
            Some(Words::Link) => "link",
            _ => "one",
        };
        let drop = match sort {
            "link" => format!(
                "<p class=\"drop\"><label>{} <input type=\"file\" data-for=\"f-{id}\"></label></p>",
                esc(words::DROP_FILE.of(self.lang))
            ),
            _ => String::new(),
        };
        self.framed(field, name, sort, &(input + &drop))
    }

    fn input(&self, field: &Field, about: &str, text: &str) -> String {
        let list = match field.is.words() {
            Some(Words::Document) => " list=\"documents\"",
            Some(Words::Link) => " list=\"paths\"",
            Some(Words::Line) if by_body(field) => " list=\"bodies\"",
            _ => "",
        };
        // Days are shown as people write them.
        let text = match field.is.words() {
            Some(Words::Date) => crate::document::decode::parse_date(text)
                .map_or_else(|| text.to_owned(), crate::text::dates::short),
            _ => text.to_owned(),
        };
        let mode = match field.is.words() {
            Some(Words::Whole | Words::Year) => " inputmode=\"numeric\"",
            _ => "",
        };
        format!(
            "<input type=\"text\" {about} value=\"{}\"{list}{mode} autocomplete=\"off\">",
            attr(&text)
        )
    }

    /// Several words: one line each, and one more.
    fn several(&self, field: &Field, name: &str, texts: &[String]) -> String {
        let id = attr(name);
        let line = |text: &str| {
            let about = format!("aria-labelledby=\"l-{id}\" aria-describedby=\"h-{id} s-{id}\"");
            let input = match text.contains('\n') {
                true => area(&about, text, 2),
                false => self.input(field, &about, text),
            };
            format!("<li>{input}</li>")
        };
        let mut lines: String = texts.iter().map(|t| line(t)).collect();
        lines.push_str(&line(""));
        let more = esc(words::ONE_MORE.of(self.lang));
        let input = format!(
            "<ul class=\"several\">{lines}</ul><button type=\"button\" class=\"quiet\" data-more>{more}</button>"
        );
        self.framed(field, name, "list", &input)
    }

    /// The fields of a map inside.
    fn inside(&self, field: &'static Field, name: &str, new: bool) -> String {
        let Some(shape) = field.is.shape() else {
            return String::new();
        };
        let (label, _) = named(field);
        let fields: Vec<&'static Field> = shape.fields.iter().collect();
        let inner = self.fields(&fields, &format!("{name}."), new);
        let there = self.value(name).is_some() || field.shown.is_live() || field.required;
        match there {
            true => format!(
                "<fieldset><legend>{}</legend>{inner}</fieldset>",
                esc(&label)
            ),
            false => format!(
                "<details class=\"more\"><summary>{}</summary><fieldset><legend>{}</legend>{inner}</fieldset></details>",
                esc(&label),
                esc(&label)
            ),
        }
    }

    /// Parts that have forms of their own.
    fn parts(&self, field: &Field, name: &str, value: Option<&Tree>) -> String {
        let Some(sheet) = self.sheet else {
            return String::new();
        };
        let (label, _) = named(field);
        let mut full = self.at.clone();
        full.extend(name.split('.').map(|w| Step::Key(w.to_owned())));
        let to_part = |at: &[Step], new: bool| {
            let at = place_words(at);
            let mut values = vec![("path", sheet.path.as_str()), ("at", at.as_str())];
            if new {
                values.push(("new", "1"));
            }
            to("/edit", &values)
        };
        let mut items = String::new();
        match value {
            Some(Tree::List(all)) => {
                for (i, item) in all.iter().enumerate() {
                    let mut at = full.clone();
                    at.push(Step::Item(i));
                    items.push_str(&match item {
                        Tree::Map(_) => {
                            format!("<li>{}</li>", link(&to_part(&at, false), &summary(item)))
                        }
                        words => format!("<li>{}</li>", esc(&summary(words))),
                    });
                }
            }
            Some(one @ Tree::Map(_)) => {
                items.push_str(&format!(
                    "<li>{}</li>",
                    link(&to_part(&full, false), &summary(one))
                ));
            }
            _ => {}
        }
        format!(
            "<section class=\"parts\"><h2>{}</h2><ol>{items}</ol><p>{}</p></section>",
            esc(&label),
            link(&to_part(&full, true), words::ADD.of(self.lang)),
        )
    }

    /// What this form cannot change.
    fn elsewhere(&self, field: &Field, name: &str, value: Option<&Tree>) -> String {
        let (label, _) = named(field);
        format!(
            "<div class=\"field still\" data-still=\"{}\"><p class=\"label\">{}</p><p>{}</p><p class=\"hint\">{}</p></div>",
            attr(name),
            esc(&label),
            esc(&shown(value)),
            esc(words::ELSEWHERE.of(self.lang)),
        )
    }

    pub(super) fn body(&self, text: &str) -> String {
        format!(
            "<div class=\"field\" data-field=\"{BODY}\" data-sort=\"one\"><label for=\"f-body\">{}</label>\
             <p class=\"hint\" id=\"h-body\">{}</p>{}<p class=\"drop\"><label>{} <input type=\"file\" \
             data-for=\"f-body\" data-insert></label></p><p class=\"said\" role=\"status\"></p></div>",
            esc(words::BODY.of(self.lang)),
            esc(words::BODY_HINT.of(self.lang)),
            area("id=\"f-body\" aria-describedby=\"h-body\"", text, 14),
            esc(words::DROP_FILE.of(self.lang)),
        )
    }

    pub(super) fn buttons(&self, new: bool, removable: bool) -> String {
        let lang = self.lang;
        let save = if new { words::ADD } else { words::SAVE };
        let remove = match removable && !new {
            true => format!(
                "<button type=\"button\" class=\"remove\" data-remove>{}</button>\
                 <button type=\"button\" class=\"quiet\" data-move=\"up\">{}</button>\
                 <button type=\"button\" class=\"quiet\" data-move=\"down\">{}</button>",
                esc(words::REMOVE.of(lang)),
                esc(words::UP.of(lang)),
                esc(words::DOWN.of(lang)),
            ),
            false => String::new(),
        };
        format!(
            "<p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p><p class=\"buttons\"><button type=\"submit\">{}</button>{}{remove}</p>",
            esc(save.of(lang)),
            link(&self.back, words::BACK.of(lang)),
        )
    }
}

fn area(about: &str, text: &str, least: usize) -> String {
    let lines = text
        .lines()
        .map(|l| 1 + l.chars().count() / 70)
        .sum::<usize>();
    let rows = (lines + 1).clamp(least, 24);
    // A line break directly behind the tag would be lost.
    format!(
        "<textarea {about} rows=\"{rows}\">\n{}</textarea>",
        esc(text)
    )
}

/// The name of a field for people, and what else is said of it.
pub(super) fn named(field: &Field) -> (String, String) {
    let cut = field.means.find([';', ':']).unwrap_or(field.means.len());
    let (head, rest) = field.means.split_at(cut);
    let (label, aside) = match head.split_once(", ") {
        Some((label, aside)) if head.chars().count() > 48 => (label, aside),
        _ => (head, ""),
    };
    let mut letters = label.chars();
    let label: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_else(|| field.name.to_owned());
    let rest = rest.trim_start_matches([';', ':']).trim();
    let example = match (field.is.words(), field.example.first()) {
        (Some(Words::Flag | Words::Choice(_)), _) | (None, _) | (_, None) => String::new(),
        (_, Some(example)) if example.starts_with(['{', '[', '|']) => String::new(),
        (_, Some(example)) => format!("«{example}»"),
    };
    let said: Vec<&str> = [aside, rest, &example]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    (label, said.join("; "))
}

/// Whether the field names bodies of the directory.
fn by_body(field: &Field) -> bool {
    match field.is {
        Type::Either(Words::Line, shape) => shape().names.contains(&"body"),
        _ => matches!(field.name, "owner" | "operator" | "body" | "who"),
    }
}

/// A part in a line.
fn summary(tree: &Tree) -> String {
    let text = |key: &str| match tree {
        Tree::Map(entries) => entries
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, v)| shown(Some(v)))
            .filter(|t| !t.is_empty()),
        _ => None,
    };
    let number = text("no").or_else(|| text("number"));
    let keys = [
        "title", "measure", "name", "text", "what", "topic", "date", "body", "file",
    ];
    let words = keys
        .iter()
        .find_map(|k| text(k))
        .unwrap_or_else(|| shown(Some(tree)));
    let line = match number {
        Some(number) => format!("{number} {words}"),
        None => words,
    };
    let line = crate::text::excerpt(&line.replace('\n', " "), 110);
    if line.trim().is_empty() {
        "…".to_owned()
    } else {
        line
    }
}

/// What a page of the desk calls a part.
fn name(sheet: &Sheet, at: &[Step], new: bool, lang: Lang) -> String {
    let whole = || match sheet.kind() {
        Some(kind) => kind.about().words.one.to_owned(),
        None => sheet.blank.about.to_owned(),
    };
    match (new, sheet.field(at)) {
        (true, Some(field)) => format!(
            "{}: {}",
            words::NEW_PART.of(lang),
            named(field).0.to_lowercase()
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
