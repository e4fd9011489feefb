//! Styles of an OpenDocument file: takes the styles of both its parts, gives what of them changes what is read. The
//! same name may mean one thing in the text and another in the heads of pages, so each part has a book of its own.

use std::collections::BTreeMap;

use super::super::Align;
use super::super::tree::{Element, Tree};
use super::lists::{Level, levels};

const MAX_CHAIN: usize = 32;
/// An indent of this many twips (7 cm) puts a paragraph into the right half of the page.
const RIGHT_HALF: i64 = 3960;

/// What a style states, with all that it stands on.
#[derive(Debug, Clone, Default)]
pub(super) struct Style {
    pub parent: Option<String>,
    pub align: Option<Align>,
    pub indent: Option<i64>,
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    /// A page begins before it, or behind it.
    pub breaks_before: Option<bool>,
    pub breaks_after: Option<bool>,
    pub list: Option<String>,
    pub outline: Option<u8>,
    /// Of a sheet: whether it is shown.
    pub shown: Option<bool>,
    /// Of a column, in twips.
    pub width: Option<i64>,
    pub font: Option<String>,
    pub title: bool,
}

/// The styles that one part sees.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<(String, String), Style>,
    lists: BTreeMap<String, Vec<Option<Level>>>,
    /// The numbers of headings.
    pub outline: Vec<Option<Level>>,
}

impl Styles {
    /// `parts` in order; styles that were made in passing are taken of the last alone.
    pub(super) fn read(parts: &[&Tree<'_>]) -> Self {
        let mut out = Styles::default();
        for (part, behind) in parts.iter().zip((0..parts.len()).rev()) {
            for group in part.root().into_iter().flat_map(Element::children) {
                let own =
                    group.name() == "styles" || group.name() == "automatic-styles" && behind == 0;
                if own {
                    out.group(group);
                }
            }
        }
        out
    }

    fn group(&mut self, group: Element<'_>) {
        for element in group.children() {
            match element.name() {
                "style" => {
                    let family = element.attribute("family").unwrap_or_default();
                    if let Some(name) = element.attribute("name") {
                        let key = (family.into_owned(), name.into_owned());
                        self.all.insert(key, style(element));
                    }
                }
                "list-style" => {
                    if let Some(name) = element.attribute("name") {
                        self.lists.insert(name.into_owned(), levels(element));
                    }
                }
                "outline-style" => self.outline = levels(element),
                _ => {}
            }
        }
    }

    /// A style of a family by its name.
    pub(super) fn get(&self, family: &str, name: Option<&str>) -> Style {
        let mut out = Style::default();
        let mut next = name.map(str::to_owned);
        for _ in 0..MAX_CHAIN {
            let Some(name) = next.take() else { break };
            let Some(style) = self.all.get(&(family.to_owned(), name)) else {
                break;
            };
            out.align = out.align.or(style.align);
            out.indent = out.indent.or(style.indent);
            out.bold = out.bold.or(style.bold);
            out.hidden = out.hidden.or(style.hidden);
            out.breaks_before = out.breaks_before.or(style.breaks_before);
            out.breaks_after = out.breaks_after.or(style.breaks_after);
            out.list = out.list.or_else(|| style.list.clone());
            out.outline = out.outline.or(style.outline);
            out.shown = out.shown.or(style.shown);
            out.width = out.width.or(style.width);
            out.font = out.font.or_else(|| style.font.clone());
            out.title |= style.title;
            next.clone_from(&style.parent);
        }
        out
    }

    pub(super) fn list(&self, name: &str) -> &[Option<Level>] {
        self.lists.get(name).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Style {
    /// To which side a paragraph is moved.
    pub(super) fn side(&self) -> Align {
        match self.align.unwrap_or_default() {
            Align::Start if self.indent.is_some_and(|i| i >= RIGHT_HALF) => Align::End,
            align => align,
        }
    }
}

fn style(element: Element<'_>) -> Style {
    let owned = |name: &str| element.attribute(name).map(|v| v.into_owned());
    let mut out = Style {
        parent: owned("parent-style-name"),
        list: owned("list-style-name"),
        outline: element.number("default-outline-level").filter(|l| *l > 0),
        ..Style::default()
    };
    let name = owned("display-name").or_else(|| owned("name"));
    out.title = matches!(name.as_deref(), Some("Title" | "Заглавие" | "Название"));
    // A page of another kind begins a page.
    if element
        .attribute("master-page-name")
        .is_some_and(|m| !m.is_empty())
    {
        out.breaks_before = Some(true);
    }
    for part in element.children() {
        let attribute = |name: &str| part.attribute(name);
        match part.name() {
            "paragraph-properties" => {
                out.align = attribute("text-align").map(|a| match a.as_ref() {
                    "center" => Align::Center,
                    "end" | "right" => Align::End,
                    _ => Align::Start,
                });
                out.indent = attribute("margin-left").and_then(|m| twips(&m));
                if let Some(before) = attribute("break-before") {
                    out.breaks_before = Some(before == "page");
                }
                out.breaks_after = attribute("break-after").map(|b| b == "page");
            }
            "text-properties" => {
                out.bold = attribute("font-weight")
                    .map(|w| w == "bold" || w.parse::<u32>().is_ok_and(|w| w >= 600));
                out.hidden = attribute("display").map(|d| d == "none");
                out.font = attribute("font-name").map(|f| f.into_owned());
            }
            "table-properties" => {
                out.shown = attribute("display").map(|d| d != "false");
                if let Some(before) = attribute("break-before") {
                    out.breaks_before = Some(before == "page");
                }
            }
            "table-column-properties" => {
                out.width = attribute("column-width").and_then(|w| twips(&w));
            }
            _ => {}
        }
    }
    out
}

/// A length such as `2.5cm` in twips.
fn twips(length: &str) -> Option<i64> {
    let length = length.trim();
    let end = length.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = length.split_at(end);
    let number: f64 = number.parse().ok()?;
    let points = match unit {
        "cm" => 28.346_457,
        "mm" => 2.834_645_7,
        "in" => 72.0,
        "pt" => 1.0,
        "pc" => 12.0,
        "px" => 0.75,
        _ => return None,
    };
    let twips = number * points * 20.0;
    (twips.abs() < 1e9).then_some(twips.round() as i64)
}
