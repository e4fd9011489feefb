//! Pieces of the desk's pages. Takes texts; gives HTML in which they are texts. Must not know what is shown.

use crate::document::markdown::escape;

/// A text in HTML.
pub(super) fn esc(text: &str) -> String {
    escape(text).into_owned()
}

/// A text in an attribute.
pub(super) fn attr(text: &str) -> String {
    escape(text).replace('"', "&quot;").replace('\n', "&#10;")
}

/// A sentence that stands out: `error`, `good`, `guard`.
pub(super) fn notice(sort: &str, text: &str) -> String {
    format!("<p class=\"notice {sort}\">{}</p>", esc(text))
}

pub(super) fn link(href: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", attr(href), esc(text))
}

/// An address of the desk with values behind the `?`.
pub(super) fn to(path: &str, values: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (i, (name, value)) in values.iter().enumerate() {
        out.push(if i == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        let escaped =
            percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
        out.push_str(&escaped.to_string());
    }
    out
}

/// A list with at most `most` items, the others folded.
pub(super) fn list(items: &[String], most: usize, more: &str) -> String {
    let ul = |items: &[String]| {
        let items: String = items.iter().map(|i| format!("<li>{i}</li>")).collect();
        format!("<ul>{items}</ul>")
    };
    match items.split_at_checked(most) {
        Some((first, rest)) if !rest.is_empty() => format!(
            "{}<details><summary>{}: {}</summary>{}</details>",
            ul(first),
            esc(more),
            rest.len(),
            ul(rest)
        ),
        _ => ul(items),
    }
}
