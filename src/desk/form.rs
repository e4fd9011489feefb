//! The form of a part of a source, made from what its kind says of its fields.
//!
//! Takes an open source and a place in it; gives HTML. Must not know a kind: whatever a field is, its description says.

use super::change::{BODY, NEW, shown};
use super::html::{attr, esc, link, notice, to};
use super::label::{self, named, summary};
use super::sheet::{Inside, Sheet, below, words as place_words};
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
        self.sheet?.at(&below(&self.at, name))
    }

    /// Fields with something in them, or that must have it, then the others folded.
    pub(super) fn fields(&self, inside: &Inside, prefix: &str, new: bool) -> String {
        let (mut first, mut rest) = (String::new(), String::new());
        for field in &inside.fields {
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
        first.push_str(&self.own(inside, prefix, new));
        if !rest.is_empty() {
            let more = esc(words::MORE_FIELDS.of(self.lang));
            rest = format!("<details class=\"more\"><summary>{more}</summary>{rest}</details>");
        }
        first + &rest
    }

    /// Fields of names of the office's own: those that are there, and those of the table's further columns.
    fn own(&self, inside: &Inside, prefix: &str, new: bool) -> String {
        let (Some(rest), Some(sheet)) = (inside.rest, self.sheet) else {
            return String::new();
        };
        // What columns are called; everywhere else, what stands in them.
        let heads = matches!(rest.words(), Some(Words::Line));
        let mut names: Vec<&str> = match (new, heads) {
            (_, true) => Vec::new(),
            (_, false) => sheet.columns(),
        };
        let at = below(&self.at, prefix);
        if let (false, Some(Tree::Map(entries))) = (new, sheet.at(&at)) {
            names.extend(entries.iter().map(|(key, _)| key.as_str()));
        }
        let mut out = String::new();
        let mut seen: Vec<&str> = inside.fields.iter().map(|f| f.name).collect();
        for key in names {
            let plain = !key.contains('.') && key.parse::<usize>().is_err();
            if seen.contains(&key) || !plain || (prefix.is_empty() && key == "kind") {
                continue;
            }
            seen.push(key);
            let Some(field) = inside.field(key) else {
                continue;
            };
            let name = format!("{prefix}{key}");
            let value = self.value(&name).filter(|_| !new);
            let text = match value {
                None | Some(Tree::Null) => "",
                Some(Tree::Text(text)) => text,
                _ => {
                    out.push_str(&self.elsewhere(field, &name, value));
                    continue;
                }
            };
            let about = about(&name);
            let input = match field.is.words() {
                Some(Words::Markdown) => area(&about, text, 2),
                _ => self.input(field, &about, text),
            };
            let label = match heads {
                true => format!("{}: {key}", words::COLUMN.of(self.lang)),
                false => sheet.heading(key).unwrap_or(key).to_owned(),
            };
            out.push_str(&self.framed(field, &name, "one", &input, Some(&label)));
        }
        if heads && !prefix.is_empty() {
            let name = format!("{prefix}{NEW}");
            if let Some(field) = inside.field(NEW) {
                let input = self.input(field, &about(&name), "");
                let label = words::NEW_COLUMN.of(self.lang);
                out.push_str(&self.framed(field, &name, "one", &input, Some(label)));
            }
        }
        out
    }

    fn field(&self, field: &'static Field, name: &str, value: Option<&Tree>, new: bool) -> String {
        if matches!(field.is, Type::Pairs(..)) {
            return self.pairs(field, name, value);
        }
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
            (true, value) if label::in_parts(field) && !matches!(value, Some(Tree::Text(_))) => {
                match new {
                    true => self.later(field),
                    false => self.parts(field, name, value),
                }
            }
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
    fn framed(
        &self,
        field: &Field,
        name: &str,
        sort: &str,
        input: &str,
        own: Option<&str>,
    ) -> String {
        let (label, hint) = match own {
            Some(label) => (label.to_owned(), String::new()),
            None => named(field, self.lang),
        };
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
            "list" | "pairs" => {
                format!("<p class=\"label\" id=\"l-{id}\">{}{must}</p>", esc(&label))
            }
            _ => format!("<label for=\"f-{id}\">{}{must}</label>", esc(&label)),
        };
        // Offered when the words are found wrong: a mistake of the document stays as it is printed.
        let printed = match (sort, field.is.shape()) {
            ("one", Some(shape)) if shape.field("sic").is_some() => format!(
                "<p class=\"printed\" hidden><label class=\"pick\"><input type=\"checkbox\" data-sic> {}</label></p>",
                esc(words::PRINTED_SO.of(self.lang))
            ),
            _ => String::new(),
        };
        // What has several inputs is itself the place that a link names.
        let place = match sort {
            "list" | "pairs" => format!(" id=\"f-{id}\" tabindex=\"-1\""),
            _ => String::new(),
        };
        format!(
            "<div class=\"field\"{place} data-field=\"{id}\" data-sort=\"{sort}\">{label}{hint}{input}\
             <p class=\"said\" id=\"s-{id}\" role=\"status\">{said}</p>{printed}</div>"
        )
    }

    fn one(&self, field: &Field, name: &str, text: &str) -> String {
        let id = attr(name);
        let about = about(name);
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
                    options.push_str(&format!(
                        "<option value=\"{}\"{picked}>{}</option>",
                        attr(choice.word),
                        esc(&label::choice(choice, self.lang))
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
        self.framed(field, name, sort, &(input + &drop), None)
    }

    fn input(&self, field: &Field, about: &str, text: &str) -> String {
        let list = match field.is.words() {
            Some(Words::Document) => " list=\"documents\"",
            Some(Words::Link) => " list=\"paths\"",
            Some(Words::Line) if label::by_body(field) => " list=\"bodies\"",
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
        self.framed(field, name, "list", &input, None)
    }

    /// Names and values of the office's own: one line each, and one more.
    fn pairs(&self, field: &Field, name: &str, value: Option<&Tree>) -> String {
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        match value {
            Some(Tree::Map(entries)) => {
                for (key, value) in entries {
                    let Tree::Text(text) = value else {
                        return self.elsewhere(field, name, Some(&Tree::Map(entries.clone())));
                    };
                    pairs.push((key, text));
                }
            }
            None | Some(Tree::Null) => {}
            _ => return self.elsewhere(field, name, value),
        }
        pairs.push(("", ""));
        let id = attr(name);
        let input = |what: words::Said, text: &str| {
            format!(
                "<input type=\"text\" aria-label=\"{}\" aria-describedby=\"l-{id} h-{id} s-{id}\" value=\"{}\" autocomplete=\"off\">",
                attr(what.of(self.lang)),
                attr(text)
            )
        };
        let lines: String = pairs
            .iter()
            .map(|(key, value)| {
                let (key, value) = (
                    input(words::PAIR_NAME, key),
                    input(words::PAIR_VALUE, value),
                );
                format!("<li class=\"pair\">{key} {value}</li>")
            })
            .collect();
        let more = esc(words::ONE_MORE.of(self.lang));
        let input = format!(
            "<ul class=\"several\">{lines}</ul><button type=\"button\" class=\"quiet\" data-more>{more}</button>"
        );
        self.framed(field, name, "pairs", &input, None)
    }

    /// Parts of what is not there yet.
    fn later(&self, field: &Field) -> String {
        let said = format!(
            "{}: {}",
            named(field, self.lang).0,
            words::LATER.of(self.lang)
        );
        notice("", &said)
    }

    /// The fields of a map inside.
    fn inside(&self, field: &'static Field, name: &str, new: bool) -> String {
        let Some(shape) = field.is.shape() else {
            return String::new();
        };
        let label = esc(&named(field, self.lang).0);
        let inner = self.fields(&Inside::of(field.is), &format!("{name}."), new);
        let there = self.value(name).is_some() || field.shown.is_live() || field.required;
        let set = format!(
            "<fieldset id=\"f-{}\" tabindex=\"-1\"><legend>{label}</legend>{inner}</fieldset>",
            attr(name)
        );
        match there || shape.fields.is_empty() {
            true => set,
            false => {
                format!("<details class=\"more\"><summary>{label}</summary>{set}</details>")
            }
        }
    }

    /// Parts that have forms of their own.
    fn parts(&self, field: &Field, name: &str, value: Option<&Tree>) -> String {
        let Some(sheet) = self.sheet else {
            return String::new();
        };
        let label = named(field, self.lang).0;
        let full = below(&self.at, name);
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
                        // Words alone are mended on the spot.
                        words => {
                            let name = format!("{name}.{i}");
                            let words = shown(Some(words));
                            let label = format!("{label}: {}", i + 1);
                            let input = match words.contains('\n') || words.chars().count() > 70 {
                                true => area(&about(&name), &words, 2),
                                false => self.input(field, &about(&name), &words),
                            };
                            format!(
                                "<li>{}</li>",
                                self.framed(field, &name, "one", &input, Some(&label))
                            )
                        }
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
            "<section class=\"parts\" id=\"f-{}\" tabindex=\"-1\"><h2>{}</h2><ol>{items}</ol><p>{}</p></section>",
            attr(name),
            esc(&label),
            link(&to_part(&full, true), words::ADD.of(self.lang)),
        )
    }

    /// What this form cannot change.
    fn elsewhere(&self, field: &Field, name: &str, value: Option<&Tree>) -> String {
        let label = match field.name {
            "" => name.to_owned(),
            _ => named(field, self.lang).0,
        };
        format!(
            "<div class=\"field still\" id=\"f-{0}\" tabindex=\"-1\" data-still=\"{0}\"><p class=\"label\">{1}</p><p>{2}</p><p class=\"hint\">{3}</p></div>",
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

    /// What can be done with the whole: `moves` is whether an item may go up, and down.
    pub(super) fn buttons(&self, new: bool, removable: bool, moves: (bool, bool)) -> String {
        let lang = self.lang;
        let save = if new { words::ADD } else { words::SAVE };
        let mut remove = String::new();
        if removable && !new {
            let word = esc(words::REMOVE.of(lang));
            remove =
                format!("<button type=\"button\" class=\"remove\" data-remove>{word}</button>");
        }
        for (may, to, word) in [(moves.0, "up", words::UP), (moves.1, "down", words::DOWN)] {
            if may && !new {
                let word = esc(word.of(lang));
                remove.push_str(&format!(
                    "<button type=\"button\" class=\"quiet\" data-move=\"{to}\">{word}</button>"
                ));
            }
        }
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

/// What ties an input to its label, its hint and what is said of it.
fn about(name: &str) -> String {
    let id = attr(name);
    format!("id=\"f-{id}\" aria-describedby=\"h-{id} s-{id}\"")
}
