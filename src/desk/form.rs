//! The form of a part of a source, made from what its kind says of its fields.
//!
//! Takes an open source and a place in it; gives HTML. Must not know a kind: whatever a field is, its description says.

use super::change::{BODY, shown};
use super::html::{attr, esc, link, to};
use super::sheet::{Sheet, words as place_words};
use crate::diag::Lang;
use crate::diag::catalog::desk as words;
use crate::edit::{Step, Tree};
use crate::kinds::shape::{Field, Shown, Type, Words};

/// Fields in the making.
pub(super) struct Form<'a> {
    /// `None` for a document that is not there yet.
    pub sheet: Option<&'a Sheet>,
    pub at: Vec<Step>,
    pub lang: Lang,
    pub notes: Vec<(String, String)>,
    pub back: String,
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
            (true, Some(Tree::Text(text))) => self.several(field, name, std::slice::from_ref(text)),
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
        (_, Some(example)) if example.starts_with(['{', '[', '|', '…']) => String::new(),
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
