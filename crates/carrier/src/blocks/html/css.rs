//! What of a page's style sheets changes what is read: takes declarations, gives what is hidden, bold, centred, a
//! number of a list, a page break. Selectors of one element or class are enough: office programs write no others.

use std::collections::BTreeMap;

use super::super::Align;
use super::sink::Node;

/// Sheets longer than this are not looked at to their end.
const MAX_SHEET: usize = 1 << 20;
const MAX_RULES: usize = 20_000;
/// An indent of this many points (7 cm) puts a paragraph into the right half of the page.
const RIGHT_HALF: f64 = 198.0;

/// How an element looks, as far as it is stated.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub align: Option<Align>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    pub indent: Option<bool>,
    pub page: Option<bool>,
    /// Blanks stay as they are.
    pub blanks: Option<bool>,
    /// The number that Word displays before a paragraph.
    pub number: Option<bool>,
    /// The level of a list, from 0.
    pub level: Option<u8>,
    /// The level of a heading.
    pub outline: Option<u8>,
    pub tabs: Option<usize>,
    /// A part of the document: `footnote`, `comment-list`.
    pub part: Option<String>,
    /// A reference to a note, or its mark.
    pub note: Option<bool>,
    /// A sign that stands for a remark.
    pub remark: Option<bool>,
}

impl Look {
    /// What is stated here, and below it what is stated there.
    fn over(self, below: &Look) -> Look {
        Look {
            align: self.align.or(below.align),
            bold: self.bold.or(below.bold),
            hidden: self.hidden.or(below.hidden),
            indent: self.indent.or(below.indent),
            page: self.page.or(below.page),
            blanks: self.blanks.or(below.blanks),
            number: self.number.or(below.number),
            level: self.level.or(below.level),
            outline: self.outline.or(below.outline),
            tabs: self.tabs.or(below.tabs),
            part: self.part.or_else(|| below.part.clone()),
            note: self.note.or(below.note),
            remark: self.remark.or(below.remark),
        }
    }

    fn declarations(source: &str) -> Self {
        let mut look = Look::default();
        for declaration in source.split(';') {
            let Some((name, value)) = declaration.split_once(':') else {
                continue;
            };
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().to_ascii_lowercase();
            let value = value.trim_end_matches("!important").trim();
            match name.as_str() {
                "text-align" => {
                    look.align = Some(match value {
                        "center" => Align::Center,
                        "right" | "end" => Align::End,
                        _ => Align::Start,
                    });
                }
                "font-weight" => {
                    let heavy = value.parse::<u32>().is_ok_and(|w| w >= 600);
                    look.bold = Some(value.starts_with("bold") || heavy);
                }
                "display" => look.hidden = Some(value == "none"),
                "mso-hide" => look.hidden = Some(value == "all"),
                "margin-left" => look.indent = points(value).map(|p| p >= RIGHT_HALF),
                "page-break-before" | "break-before" => {
                    look.page = Some(matches!(value, "always" | "page" | "left" | "right"));
                }
                "white-space" => look.blanks = Some(value.starts_with("pre")),
                "mso-list" => {
                    look.number = Some(value == "ignore");
                    look.level = value.split_ascii_whitespace().find_map(|w| {
                        let level: u8 = w.strip_prefix("level")?.parse().ok()?;
                        level.checked_sub(1)
                    });
                }
                "mso-outline-level" => look.outline = value.parse().ok().filter(|l| *l <= 9),
                "mso-tab-count" => {
                    let count = value.split_ascii_whitespace().next();
                    look.tabs = count.and_then(|c| c.parse().ok()).map(|c: usize| c.min(50));
                }
                "mso-element" => look.part = Some(value.to_owned()),
                "mso-footnote-id" | "mso-endnote-id" => look.note = Some(true),
                "mso-special-character" => look.remark = Some(value == "comment"),
                _ => {}
            }
        }
        look
    }
}

fn points(value: &str) -> Option<f64> {
    let end = value.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = value.split_at(end);
    let number: f64 = number.trim().parse().ok()?;
    Some(match unit {
        "pt" => number,
        "cm" => number * 28.346,
        "mm" => number * 2.8346,
        "in" => number * 72.0,
        "px" => number * 0.75,
        _ => return None,
    })
}

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: BTreeMap<String, Look>,
}

impl Sheet {
    /// Adds the rules of a sheet.
    pub(super) fn read(&mut self, source: &str) {
        let end = source.floor_char_boundary(MAX_SHEET);
        let source = source.get(..end).unwrap_or(source);
        let source = source.replace("<!--", " ").replace("-->", " ");
        let mut rest = source.as_str();
        while let Some(open) = rest.find('{') {
            let (mut selectors, body) = rest.split_at(open);
            if let Some(end) = selectors.rfind("*/") {
                selectors = selectors.get(end + 2..).unwrap_or_default();
            }
            let body = body.get(1..).unwrap_or_default();
            let close = body.find('}').unwrap_or(body.len());
            let (declarations, after) = body.split_at(close);
            rest = after.get(1..).unwrap_or_default();
            if selectors.trim_start().starts_with('@') {
                continue;
            }
            let look = Look::declarations(declarations);
            if look == Look::default() {
                continue;
            }
            for selector in selectors.split(',') {
                let selector = selector.trim().to_ascii_lowercase();
                let simple =
                    !selector.is_empty() && !selector.contains([' ', '>', ':', '[', '#', '+']);
                if simple && self.rules.len() < MAX_RULES {
                    let known = self.rules.remove(&selector).unwrap_or_default();
                    self.rules.insert(selector, look.clone().over(&known));
                }
            }
        }
    }

    /// How an element looks by itself.
    pub(super) fn look(&self, node: &Node) -> Look {
        let style = node.attribute("style").map(Look::declarations);
        let mut look = style.unwrap_or_default();
        let name = node.name();
        if !self.rules.is_empty()
            && let Some(classes) = node.attribute("class")
        {
            let classes = classes.to_ascii_lowercase();
            for class in classes.split_ascii_whitespace().take(10) {
                for selector in [format!("{name}.{class}"), format!(".{class}")] {
                    if let Some(rule) = self.rules.get(&selector) {
                        look = look.over(rule);
                    }
                }
            }
        }
        let stated = node.attribute("align").map(str::to_ascii_lowercase);
        let align = match stated.as_deref() {
            Some("center" | "middle") => Some(Align::Center),
            Some("right") => Some(Align::End),
            Some("left" | "justify") => Some(Align::Start),
            _ if name == "center" => Some(Align::Center),
            _ => None,
        };
        // What an element says of itself goes before what is said of all of its name: Writer gives every `p` a rule, and
        // means the attribute.
        look.align = look.align.or(align);
        if let Some(rule) = self.rules.get(name) {
            look = look.over(rule);
        }
        if matches!(name, "b" | "strong" | "th") || is_heading(name) {
            look.bold = look.bold.or(Some(true));
        }
        if node.attribute("hidden").is_some() {
            look.hidden = look.hidden.or(Some(true));
        }
        if name == "pre" {
            look.blanks = look.blanks.or(Some(true));
        }
        look
    }
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_that_matter() {
        let look = Look::declarations(
            "font:7.0pt \"Times New Roman\";mso-list:l0 level2 lfo1; TEXT-ALIGN: Center;display:none",
        );
        assert_eq!(look.level, Some(1));
        assert_eq!(look.align, Some(Align::Center));
        assert_eq!(look.hidden, Some(true));
        assert_eq!(Look::declarations("margin-left:9.5cm").indent, Some(true));
        assert_eq!(Look::declarations("mso-list:Ignore").number, Some(true));
    }

    #[test]
    fn rules_of_elements_and_classes() {
        let mut sheet = Sheet::default();
        sheet.read("<!-- /* Style */ @page S {margin:1cm}\np.MsoTitle, li.MsoTitle {text-align:center} .x{font-weight:bold} p > b {display:none} -->");
        assert_eq!(sheet.rules.len(), 3);
        assert_eq!(sheet.rules["p.msotitle"].align, Some(Align::Center));
        assert_eq!(sheet.rules[".x"].bold, Some(true));
    }
}
