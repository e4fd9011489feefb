//! Styles that stand on the elements themselves, so that they survive a host that strips or overrides style sheets.
//!
//! Takes the tab's style sheet and markup that this program made; gives the markup with `style` attributes that no
//! rule of the host can change, without ids, and the rest of the sheet. Only flat rules move: `:where(.g500) p` and
//! `.g500-card`; what cannot stand on an element (`@media`, `:hover`) stays in the sheet.

use std::collections::BTreeMap;

/// What stands before a tag's name in the sheet.
const INSIDE: &str = ":where(.g500) ";

/// A style sheet taken apart.
#[derive(Debug, Clone, Default)]
pub struct Styles {
    tags: BTreeMap<String, String>,
    classes: BTreeMap<String, String>,
    /// The rules that cannot stand on an element.
    pub rest: String,
    /// The whole sheet.
    pub sheet: String,
}

impl Styles {
    /// Takes a sheet apart.
    pub fn parse(sheet: &str) -> Self {
        let mut styles = Styles {
            sheet: sheet.to_owned(),
            ..Styles::default()
        };
        let text = without_comments(sheet);
        let mut rest = text.as_str();
        while let Some(open) = rest.find('{') {
            let selector = rest.get(..open).unwrap_or("").trim();
            let Some(close) = closing(rest, open) else {
                break;
            };
            let body = rest.get(open + 1..close).unwrap_or("");
            styles.rule(selector, body);
            rest = rest.get(close + 1..).unwrap_or("");
        }
        styles
    }

    fn rule(&mut self, selector: &str, body: &str) {
        let flat = |part: &str| {
            let plain = |s: &str| {
                !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            };
            match part.strip_prefix(INSIDE) {
                Some(tag) => plain(tag),
                None => part.strip_prefix('.').is_some_and(plain),
            }
        };
        let parts: Vec<&str> = selector.split(',').map(str::trim).collect();
        if selector.starts_with('@') || !parts.iter().all(|p| flat(p)) {
            self.rest
                .push_str(&format!("{selector}{{{}}}\n", body.trim()));
            return;
        }
        let declarations = important(body);
        for part in parts {
            let (map, name) = match part.strip_prefix(INSIDE) {
                Some(tag) => (&mut self.tags, tag),
                None => (&mut self.classes, part.trim_start_matches('.')),
            };
            map.entry(name.to_owned())
                .or_default()
                .push_str(&declarations);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.classes.is_empty()
    }

    /// What stands on an element: first everything of the host is undone, then the tag's rules, then its classes'.
    fn of(&self, tag: &str, classes: &str) -> String {
        let mut style = String::from("all:revert!important;");
        if let Some(rules) = self.tags.get(tag) {
            style.push_str(rules);
        }
        for class in classes.split_ascii_whitespace() {
            if let Some(rules) = self.classes.get(class) {
                style.push_str(rules);
            }
        }
        last_wins(&style)
    }
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(open) = rest.find("/*") {
        out.push_str(rest.get(..open).unwrap_or(""));
        let after = rest.get(open + 2..).unwrap_or("");
        rest = after
            .find("*/")
            .and_then(|end| after.get(end + 2..))
            .unwrap_or("");
    }
    out.push_str(rest);
    out
}

/// The brace that closes the one at `open`.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (i, c) in text.get(open..)?.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(open + i);
                }
            }
            _ => {}
        }
    }
    None
}

fn important(body: &str) -> String {
    body.split(';')
        .filter_map(|d| d.split_once(':'))
        .map(|(name, value)| format!("{}:{}!important;", name.trim(), value.trim()))
        .collect()
}

/// Of declarations of one property the last stays. Shorthands come before what they hold, so their order is kept.
fn last_wins(style: &str) -> String {
    let all: Vec<(&str, &str)> = style.split(';').filter_map(|d| d.split_once(':')).collect();
    let mut out = String::with_capacity(style.len());
    for (i, (name, value)) in all.iter().enumerate() {
        if all.iter().skip(i + 1).any(|(n, _)| n == name) {
            continue;
        }
        out.push_str(&format!("{name}:{value};"));
    }
    out
}

/// Puts the styles on every element. Ids and links to them go: a host may hold the same ids, or strip them. The markup
/// is this program's own: attributes stand in double quotes and hold no bare `>`.
pub fn inline(html: &str, styles: &Styles) -> String {
    let mut known: BTreeMap<(&str, &str), String> = BTreeMap::new();
    let mut out = String::with_capacity(html.len() * 4);
    let mut rest = html;
    // Whether the open links are kept.
    let mut links: Vec<bool> = Vec::new();
    while let Some(open) = rest.find('<') {
        let Some(close) = rest.get(open..).and_then(|t| t.find('>')).map(|i| open + i) else {
            break;
        };
        out.push_str(rest.get(..open).unwrap_or(""));
        let inside = rest.get(open + 1..close).unwrap_or("");
        let whole = rest.get(open..=close).unwrap_or("");
        rest = rest.get(close + 1..).unwrap_or("");
        if inside.starts_with('!') {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            if name != "a" || links.pop() == Some(true) {
                out.push_str(whole);
            }
            continue;
        }
        let name_end = inside
            .find(|c: char| c.is_whitespace() || c == '/')
            .unwrap_or(inside.len());
        let (name, text) = inside.split_at(name_end);
        let attributes = attributes(text);
        let value = |wanted: &str| {
            let found = attributes.iter().find(|(n, _)| *n == wanted);
            found.and_then(|(_, v)| *v)
        };
        if name == "a" {
            let kept = !value("href").is_some_and(|h| h.starts_with('#'));
            links.push(kept);
            if !kept {
                continue;
            }
        }
        let classes = value("class").unwrap_or("");
        out.push('<');
        out.push_str(name);
        for (attribute, value) in &attributes {
            let ours = matches!(*attribute, "id" | "style" | "data-label" | "tabindex")
                || (*attribute == "class" && classes != "g500");
            match value {
                _ if ours => {}
                Some(value) => out.push_str(&format!(" {attribute}=\"{value}\"")),
                None => out.push_str(&format!(" {attribute}")),
            }
        }
        // Formulas are drawn by the browser's own rules.
        if !is_math(name) {
            let style = known
                .entry((name, classes))
                .or_insert_with(|| styles.of(name, classes));
            let extra = value("style").map(important).unwrap_or_default();
            let style = format!("{style}{extra}");
            out.push_str(&format!(
                " style=\"{}\"",
                style.trim_end_matches(';').replace('"', "'")
            ));
        }
        out.push_str(if text.ends_with('/') { "/>" } else { ">" });
    }
    out.push_str(rest);
    out
}

/// Attributes of an open tag, in their order.
fn attributes(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let mut rest = text.trim().trim_end_matches('/').trim_end();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c == '=' || c.is_whitespace())
            .unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, next) = match after.strip_prefix("=\"") {
            Some(quoted) => match quoted.split_once('"') {
                Some((value, next)) => (Some(value), next),
                None => (Some(quoted), ""),
            },
            None => (None, after.strip_prefix('=').unwrap_or(after)),
        };
        if !name.is_empty() {
            found.push((name, value));
        }
        rest = next.trim_start();
    }
    found
}

fn is_math(tag: &str) -> bool {
    matches!(tag, "math" | "annotation" | "semantics")
        || (tag.starts_with('m')
            && !matches!(tag, "main" | "mark" | "menu" | "meta" | "map" | "meter"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "/* a */ :where(.g500) p, :where(.g500) li { margin: 0; color: #111 }\n\
        .g500-card { color: #222; border: 1px solid }\n@media print { .g500-card { border: 0 } }\n.g500-a:hover { color: red }";

    #[test]
    fn flat_rules_move_and_the_others_stay() {
        let styles = Styles::parse(SHEET);
        assert!(styles.rest.contains("@media print") && styles.rest.contains(":hover"));
        let html = "<p id=\"x\" class=\"g500-card\">а <a href=\"#x\">б</a></p>";
        let out = inline(html, &styles);
        assert_eq!(
            out,
            "<p style=\"all:revert!important;margin:0!important;color:#222!important;border:1px solid!important\">а б</p>"
        );
    }

    #[test]
    fn a_sheet_that_is_cut_short_ends() {
        assert!(Styles::parse(".a { color: red").is_empty());
        assert!(Styles::parse("/* never closed").is_empty());
    }
}
