//! The list of all documents, by section and kind, and the search in it.
//!
//! Takes the state of the site and words that are searched for; gives HTML. Must not read a source: titles are those of
//! the site.

use std::collections::BTreeSet;

use super::html::{attr, esc, link, list, notice, to};
use super::today::card;
use super::{Desk, Ground, Page, Parameter, label};
use crate::diag::catalog::desk as words;
use crate::source;

/// How many documents of one kind a section's card names; the others are found by search.
const LISTED: usize = 60;

/// Words as they are compared: small letters, ё as е.
fn searched(text: &str) -> Vec<String> {
    let low = text.to_lowercase().replace('ё', "е");
    low.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether each of the words stands in a title, be it with another ending: «консультации» finds «график консультаций».
fn holds(title: &str, asked: &[String]) -> bool {
    let own = searched(title);
    asked.iter().all(|word| {
        let count = word.chars().count();
        let stem: String = word
            .chars()
            .take(if count > 5 { count - 2 } else { count })
            .collect();
        own.iter().any(|w| w.starts_with(&stem))
    })
}

impl Desk {
    /// All documents, by section; those whose titles hold the words that are searched for.
    pub(super) fn documents(&self, parameter: Parameter<'_>, ground: &Ground<'_>) -> Page {
        let lang = self.lang;
        let title = words::DOCUMENTS.of(lang).to_owned();
        let wanted = parameter("q").unwrap_or_default();
        let asked = searched(&wanted);
        let mut body = format!(
            "<h1>{}</h1><form method=\"get\" action=\"/documents\" role=\"search\"><label for=\"q\">{}</label>\
             <p class=\"find\"><input type=\"search\" id=\"q\" name=\"q\" value=\"{}\" autocomplete=\"off\">\
             <button type=\"submit\">{}</button></p></form>",
            esc(&title),
            esc(words::FIND.of(lang)),
            attr(&wanted),
            esc(words::FIND_BUTTON.of(lang)),
        );
        let mut found = 0usize;
        if let Some(loaded) = ground.loaded {
            let book = &loaded.book;
            for part in &book.parts {
                let name = crate::site::head::short_title(book, part);
                let mut out = String::new();
                for (kind, all) in &part.kinds {
                    let mut items: Vec<String> = Vec::new();
                    let mut hidden = 0usize;
                    for i in all {
                        let Some(document) = book.documents.get(*i) else {
                            continue;
                        };
                        let path = document.head.path.file();
                        let title = match book.title(*i) {
                            // A directory has no title of its own, and its file's name is none.
                            title if title.is_empty() || title == document.head.id.to_string() => {
                                label::sort(kind.blank(), lang)
                            }
                            title => title,
                        };
                        if !asked.is_empty() && !holds(&title, &asked) {
                            continue;
                        }
                        found += 1;
                        if items.len() >= LISTED {
                            hidden += 1;
                            continue;
                        }
                        let page = match book.addresses.get(*i).and_then(|a| a.as_deref()) {
                            Some(address) => {
                                let href = format!("{}{address}", ground.site);
                                format!(" {}", link(&href, words::PAGE.of(lang)))
                            }
                            None => String::new(),
                        };
                        let edit = link(&to("/edit", &[("path", path)]), &title);
                        items.push(format!("{edit}{page}"));
                    }
                    if items.is_empty() {
                        continue;
                    }
                    out.push_str(&format!("<h3>{}</h3>", esc(&label::all_of(*kind, lang))));
                    out.push_str(&list(&items, 12, words::MORE.of(lang)));
                    if hidden > 0 {
                        let told = words::FIND_MORE
                            .of(lang)
                            .replace("{n}", &hidden.to_string());
                        out.push_str(&format!("<p class=\"hint\">{}</p>", esc(&told)));
                    }
                }
                if !asked.is_empty() && out.is_empty() {
                    continue;
                }
                let new = link(
                    &to("/new", &[("section", &part.folder)]),
                    words::NEW_DOCUMENT.of(lang),
                );
                body.push_str(&card(&part.folder, &name, &format!("<p>{new}</p>{out}")));
            }
        }
        if !asked.is_empty() && found == 0 {
            body.push_str(&notice("none", words::FIND_NONE.of(lang)));
        }
        if asked.is_empty() {
            body.push_str(&self.unread(ground));
            let site = link(
                &to("/edit", &[("path", "content/site.yaml")]),
                words::SETTINGS.of(lang),
            );
            body.push_str(&format!("<p>{site}</p>"));
        }
        Page {
            status: 200,
            title,
            body,
        }
    }

    /// Sources that the site that is shown does not have yet: their errors are to be mended first.
    fn unread(&self, ground: &Ground<'_>) -> String {
        let lang = self.lang;
        let book = ground.loaded.map(|l| &l.book);
        let known: BTreeSet<&str> = book
            .into_iter()
            .flat_map(|book| &book.documents)
            .map(|d| &**d.head.path.file())
            .collect();
        let Ok((files, _)) = source::list(&self.root) else {
            return String::new();
        };
        let items: Vec<String> = files
            .iter()
            .map(|f| &*f.path)
            .filter(|path| path.ends_with(".yaml") || path.ends_with(".md"))
            .filter(|path| path.matches('/').count() > 1 && !known.contains(path))
            .map(|path| link(&to("/edit", &[("path", path)]), &ground.mask(path)))
            .collect();
        match items.is_empty() {
            true => String::new(),
            false => card(
                "unread",
                words::UNREAD.of(lang),
                &list(&items, 30, words::MORE.of(lang)),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_found_by_their_words_in_any_case() {
        let found = |title: &str, words: &str| holds(title, &searched(words));
        assert!(found(
            "График консультаций на 2025 год",
            "консультации график"
        ));
        assert!(found("Приказ от 14.01.2025 № 12-од", "12-ОД"));
        assert!(found("Отчёт о семинаре", "отчет"));
        assert!(!found("График консультаций", "график выездов"));
    }
}
