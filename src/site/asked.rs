//! What the templates of a theme name of a view, so that costly parts are made only where some template asks for them.
//!
//! Takes the texts of templates; answers for the name of a part. Must not say «no» where a template could reach a part in any
//! way: a view that is handed on as a whole, gone through or written out counts as asked for all.

use std::collections::BTreeSet;

/// The parts of views that templates name; everything where that cannot be told.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `None`: any.
    parts: Option<BTreeSet<String>>,
}

/// How templates call what they are given as a whole.
const WHOLE: &[u8] = b"__tera_context";
const VIEW: &[u8] = b"view";

impl Asked {
    /// Of the texts of all templates.
    pub fn of<'t>(templates: impl Iterator<Item = &'t [u8]>) -> Self {
        let mut parts = BTreeSet::new();
        for text in templates {
            if memchr::memmem::find(text, WHOLE).is_some() || !named(text, &mut parts) {
                return Asked::default();
            }
        }
        Asked { parts: Some(parts) }
    }

    /// Whether some template may ask for this part of its view.
    pub fn has(&self, part: &str) -> bool {
        self.parts.as_ref().is_none_or(|p| p.contains(part))
    }
}

/// Adds each `view.part` of a template; false where the view stands alone.
fn named(text: &[u8], parts: &mut BTreeSet<String>) -> bool {
    let letter = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    memchr::memmem::find_iter(text, VIEW).all(|at| {
        let before = at.checked_sub(1).and_then(|b| text.get(b));
        let behind = text.get(at + VIEW.len()..).unwrap_or_default();
        if before.is_some_and(letter) || behind.first().is_some_and(letter) {
            return true;
        }
        let Some(rest) = behind.strip_prefix(b".") else {
            return keeps_its_name(text, at);
        };
        let name = rest.iter().take_while(|b| letter(b)).count();
        let name = rest.get(..name).unwrap_or_default();
        parts.insert(String::from_utf8_lossy(name).into_owned());
        !name.is_empty()
    })
}

/// Whether the view that stands alone at `at` is only handed on under its own name: `view={view}`, and in the head of the
/// component that takes it.
fn keeps_its_name(text: &[u8], at: usize) -> bool {
    const HANDED: &[u8] = b"view={view}";
    let (before, from) = text.split_at(at);
    let inner = HANDED.len() - VIEW.len() - 1;
    let handed = from.starts_with(HANDED)
        || at
            .checked_sub(inner)
            .and_then(|n| text.get(n..))
            .is_some_and(|t| t.starts_with(HANDED));
    let tag = memchr::memmem::rfind(before, b"{%").and_then(|n| before.get(n + 2..));
    let head = tag.is_some_and(|tag| {
        let tag = tag.strip_prefix(b"-").unwrap_or(tag).trim_ascii_start();
        tag.starts_with(b"component ") && memchr::memmem::find(tag, b"%}").is_none()
    });
    handed || head
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(texts: &[&str]) -> Asked {
        Asked::of(texts.iter().map(|t| t.as_bytes()))
    }

    #[test]
    fn parts_that_no_template_names_are_not_asked_for() {
        let some = asked(&[
            "{{ view.body | safe }}",
            "{% for s in view.sections %}{% endfor %} overview viewport",
        ]);
        assert!(some.has("body") && some.has("sections"));
        assert!(!some.has("timeline"));
        let handed = asked(&[
            "<m.table m={m} view={view} />{%- component table(m, view) -%}{{ view.rows }}",
        ]);
        assert!(handed.has("rows") && !handed.has("timeline"));
    }

    #[test]
    fn a_view_that_is_used_as_a_whole_is_asked_for_all() {
        for text in [
            "{% set v = view %}",
            "{% for k, v in view %}{% endfor %}",
            "{{ view | json_encode }}",
            "{{ view[key] }}",
            "{{ __tera_context }}",
            "{{ view . timeline }}",
        ] {
            assert!(asked(&["{{ view.body }}", text]).has("timeline"), "{text}");
        }
        assert!(Asked::default().has("timeline"));
    }
}
