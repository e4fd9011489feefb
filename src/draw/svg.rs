//! Writes SVG text: elements with escaped attributes and words.
//!
//! Takes plain values; gives markup. Numbers are rounded to a tenth, so that output does not hang on arithmetic.

use std::fmt::Write as _;

/// A picture in the making.
pub(super) struct Svg {
    out: String,
    open: Vec<&'static str>,
}

/// An attribute's value.
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Svg {
    /// Opens the picture: its class and role (`img`, or `group` where parts of it answer), `width` × `height` units, its title and description under ids that begin with `prefix`.
    pub(super) fn new(
        (class, role): (&str, &str),
        prefix: &str,
        size: (f64, f64),
        title: &str,
        desc: &str,
    ) -> Self {
        let mut svg = Self {
            out: String::with_capacity(4096),
            open: Vec::new(),
        };
        let (title_id, desc_id) = (format!("{prefix}-title"), format!("{prefix}-desc"));
        let view = format!("0 0 {} {}", number(size.0), number(size.1));
        svg.start(
            "svg",
            &[
                ("class", class.into()),
                ("viewBox", view.as_str().into()),
                ("role", role.into()),
                ("aria-labelledby", title_id.as_str().into()),
                ("aria-describedby", desc_id.as_str().into()),
            ],
        );
        svg.words("title", &[("id", title_id.as_str().into())], title);
        svg.words("desc", &[("id", desc_id.as_str().into())], desc);
        svg
    }

    pub(super) fn start(&mut self, name: &'static str, attributes: &[(&str, Value<'_>)]) {
        self.tag(name, attributes);
        self.out.push('>');
        self.open.push(name);
    }

    pub(super) fn end(&mut self) {
        if let Some(name) = self.open.pop() {
            let _ = write!(self.out, "</{name}>");
        }
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        self.tag(name, attributes);
        self.out.push_str("/>");
    }

    pub(super) fn words(&mut self, name: &str, attributes: &[(&str, Value<'_>)], text: &str) {
        self.tag(name, attributes);
        self.out.push('>');
        escape(&mut self.out, text);
        let _ = write!(self.out, "</{name}>");
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.end();
        }
        self.out
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, Value<'_>)]) {
        let _ = write!(self.out, "<{name}");
        for (key, value) in attributes {
            let _ = write!(self.out, " {key}=\"");
            match value {
                Value::Text(text) => escape(&mut self.out, text),
                Value::Number(n) => self.out.push_str(&number(*n)),
            }
            self.out.push('"');
        }
    }
}

/// At most one decimal, no `-0`, no NaN.
pub(super) fn number(n: f64) -> String {
    let n = if n.is_finite() {
        (n * 10.0).round() / 10.0 + 0.0
    } else {
        0.0
    };
    format!("{n}")
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Not even a reference may name these in XML.
            c if c.is_control() && !matches!(c, '\t' | '\n') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}
