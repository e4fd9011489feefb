//! What the theme's pages print of the values that cost most to make.
//!
//! Takes the templates' texts; tells of each kind of page whether it may use a timeline, the list of all sections or
//! the machine-readable data. Must err on the side of yes: a value that is asked for is never left out.

use std::collections::{BTreeMap, BTreeSet};

/// What the templates ask for, by kind of page; a kind that is not known asks for everything.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    kinds: BTreeMap<String, BTreeSet<&'static str>>,
}

impl Wanted {
    pub const TIMELINE: &str = "timeline";
    pub const SECTIONS: &str = "site.sections";
    pub const JSON_LD: &str = "json_ld";

    /// Reads templates: name below `templates/`, text.
    pub fn of<'a>(templates: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let texts: BTreeMap<&str, &str> = templates.collect();
        let kinds = texts
            .keys()
            .filter_map(|name| name.strip_suffix(".html"))
            .filter(|kind| !kind.contains('/'))
            .map(|kind| (kind.to_owned(), asked(kind, &texts)))
            .collect();
        Wanted { kinds }
    }

    /// Whether a page of this kind may print the value.
    pub fn asks(&self, kind: &str, value: &str) -> bool {
        self.kinds.get(kind).is_none_or(|all| all.contains(value))
    }
}

/// Values named in the page's template and in all that it leads to. Components belong to every page.
fn asked(kind: &str, by_name: &BTreeMap<&str, &str>) -> BTreeSet<&'static str> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<&str> = by_name
        .keys()
        .copied()
        .filter(|name| name.starts_with("components/") || name.strip_suffix(".html") == Some(kind))
        .collect();
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            let text = by_name.get(name).copied().unwrap_or("");
            open.extend(by_name.keys().filter(|n| {
                text.contains(&format!("\"{n}\"")) || text.contains(&format!("'{n}'"))
            }));
        }
    }
    let texts = || reached.iter().filter_map(|name| by_name.get(name));
    let all = [Wanted::TIMELINE, Wanted::SECTIONS, Wanted::JSON_LD];
    // A value reached by its name as a string, or a whole view handed on, may be any. A component sees what it is
    // handed and nothing else.
    let own = |name: &&&str| !name.starts_with("components/");
    let mut pages = reached
        .iter()
        .filter(own)
        .filter_map(|name| by_name.get(name));
    if pages.any(|text| is_opaque(text)) {
        return all.into();
    }
    all.into_iter()
        .filter(|value| texts().any(|text| text.contains(value)))
        .collect()
}

/// Whether the template uses `site`, `page` or `view` in another way than `site.title`.
fn is_opaque(text: &str) -> bool {
    text.contains("tera_context")
        || code(text).any(|code| {
            ["site", "page", "view"].iter().any(|object| {
                code.match_indices(object).any(|(at, _)| {
                    let before = code.get(..at).and_then(|t| t.chars().next_back());
                    let after = code
                        .get(at + object.len()..)
                        .and_then(|t| t.trim_start().chars().next());
                    let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
                    !before.is_some_and(|c| word(c) || matches!(c, '.' | '"' | '/' | '#'))
                        && !after.is_some_and(|c| word(c) || c == '.')
                })
            })
        })
}

/// What stands in `{{ … }}` and `{% … %}`.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .filter(|part| part.starts_with('%') || text.contains("{{"))
        .map(|part| part.split("%}").next().unwrap_or(part))
        .map(|part| part.split("}}").next().unwrap_or(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(files: &[(&str, &str)]) -> Wanted {
        Wanted::of(files.iter().copied())
    }

    #[test]
    fn what_a_page_leads_to_counts() {
        let w = wanted(&[
            (
                "base.html",
                "{% for s in site.sections %}{{ s.title }}{% endfor %}",
            ),
            (
                "roadmap.html",
                "{% extends \"base.html\" %}{{ view.timeline | safe }}",
            ),
            ("plain.html", "<p>{{ page.title }}</p>"),
        ]);
        assert!(w.asks("roadmap", Wanted::TIMELINE) && w.asks("roadmap", Wanted::SECTIONS));
        assert!(!w.asks("roadmap", Wanted::JSON_LD) && !w.asks("plain", Wanted::SECTIONS));
        assert!(w.asks("unknown", Wanted::JSON_LD));
    }

    #[test]
    fn a_value_handed_on_whole_may_be_any() {
        for text in [
            "{{ <menu of={site} /> }}",
            "{% set v = view %}{{ v.timeline }}",
            "{{ page[key] }}",
            "{{ __tera_context }}",
        ] {
            let w = wanted(&[("page.html", text)]);
            assert!(w.asks("page", Wanted::SECTIONS), "{text}");
        }
        let w = wanted(&[("page.html", "<p class=\"site page\">{{ view.body }}</p>")]);
        assert!(!w.asks("page", Wanted::SECTIONS));
    }

    #[test]
    fn the_built_in_theme_asks_for_all_it_prints() {
        let (theme, _) = crate::theme::load(std::path::Path::new("."), None);
        let w = theme.wanted();
        assert!(w.asks("roadmap", Wanted::TIMELINE));
        assert!(w.asks("material", Wanted::SECTIONS) && w.asks("material", Wanted::JSON_LD));
    }
}
