//! Styles of a Word document: takes `styles.xml` and the properties of paragraphs and runs, gives what of them changes
//! what is read: what is hidden, bold, centred, a heading, an item of a list. Knows no text.

use std::collections::BTreeMap;

use super::super::Align;
use super::super::tree::{Element, Tree};

/// A chain of styles longer than this goes round in a circle.
const MAX_CHAIN: usize = 32;
/// An indent of this many twips (7 cm) puts a paragraph into the right half of the page.
const RIGHT_HALF: i64 = 3960;

/// How letters look, as far as it is stated.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Look {
    pub bold: Option<bool>,
    pub hidden: Option<bool>,
    pub font: Option<String>,
}

/// How a paragraph is set, as far as it is stated.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Set {
    pub align: Option<Align>,
    pub indent: Option<i64>,
    /// 0 to 8 for headings, 9 for none.
    pub outline: Option<u8>,
    /// `numId` and `ilvl`.
    pub list: Option<String>,
    pub level: Option<u8>,
    pub breaks: Option<bool>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based: Option<String>,
    look: Look,
    set: Set,
}

/// A style with all that it stands on.
#[derive(Debug, Clone, Default)]
pub(super) struct Whole {
    pub look: Look,
    pub set: Set,
    pub heading: Option<u8>,
    /// The style and those it is based on.
    pub chain: Vec<String>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    whole: BTreeMap<String, Whole>,
    /// What holds for a paragraph without a style.
    normal: Whole,
}

impl Styles {
    pub(super) fn read(tree: &Tree<'_>) -> Self {
        let mut all: BTreeMap<String, Style> = BTreeMap::new();
        let mut default = None;
        let mut base = Style::default();
        for element in tree.root().into_iter().flat_map(Element::children) {
            match element.name() {
                "docDefaults" => {
                    let inside = |outer: &str, inner: &str| element.child(outer)?.child(inner);
                    base.look = Look::read(inside("rPrDefault", "rPr"));
                    base.set = Set::read(inside("pPrDefault", "pPr"));
                }
                "style" => {
                    let Some(id) = element.attribute("styleId") else {
                        continue;
                    };
                    let kind = element.attribute("type");
                    let paragraph = kind.is_none_or(|k| k == "paragraph");
                    if paragraph && element.attribute("default").is_some_and(|d| is_on(&d)) {
                        default = Some(id.clone().into_owned());
                    }
                    let style = Style {
                        name: element.value("name").unwrap_or_default().to_lowercase(),
                        based: element.value("basedOn").map(|b| b.into_owned()),
                        look: Look::read(element.child("rPr")),
                        set: Set::read(element.child("pPr")),
                    };
                    all.insert(id.into_owned(), style);
                }
                _ => {}
            }
        }
        let whole: BTreeMap<String, Whole> =
            all.keys().map(|id| (id.clone(), whole(&all, id))).collect();
        let mut normal = default
            .and_then(|id| whole.get(&id).cloned())
            .unwrap_or_default();
        normal.look = normal.look.over(&base.look);
        normal.set = normal.set.over(&base.set);
        Styles { whole, normal }
    }

    /// The style of a paragraph; an unknown one is the default.
    pub(super) fn paragraph(&self, id: Option<&str>) -> &Whole {
        id.and_then(|id| self.whole.get(id)).unwrap_or(&self.normal)
    }

    /// What a style of letters states.
    pub(super) fn letters(&self, id: &str) -> Option<&Look> {
        self.whole.get(id).map(|w| &w.look)
    }

    /// The list that a style of lists stands for.
    pub(super) fn list(&self, id: &str) -> Option<&str> {
        self.whole.get(id)?.set.list.as_deref()
    }
}

fn whole(all: &BTreeMap<String, Style>, id: &str) -> Whole {
    let mut out = Whole::default();
    let mut next = Some(id.to_owned());
    while let Some(id) = next.take() {
        let Some(style) = all.get(&id) else { break };
        if out.chain.len() >= MAX_CHAIN || out.chain.contains(&id) {
            break;
        }
        out.look = std::mem::take(&mut out.look).over(&style.look);
        out.set = std::mem::take(&mut out.set).over(&style.set);
        if out.heading.is_none() {
            out.heading = heading(&style.name);
        }
        out.chain.push(id);
        next.clone_from(&style.based);
    }
    if let Some(level) = out.set.outline {
        out.heading = Some(level + 1).filter(|l| *l <= 9);
    }
    out
}

/// The level of a heading by the name of its style.
fn heading(name: &str) -> Option<u8> {
    if matches!(name, "title" | "название" | "заголовок") {
        return Some(1);
    }
    let level = name
        .strip_prefix("heading ")
        .or_else(|| name.strip_prefix("заголовок "))?;
    level.parse().ok().filter(|l| (1..=9).contains(l))
}

impl Look {
    pub(super) fn read(properties: Option<Element<'_>>) -> Self {
        let Some(properties) = properties else {
            return Look::default();
        };
        let mut look = Look::default();
        for element in properties.children() {
            match element.name() {
                "b" => look.bold = Some(on(element)),
                "vanish" => look.hidden = Some(on(element)),
                "rFonts" => {
                    let font = element
                        .attribute("ascii")
                        .or_else(|| element.attribute("hAnsi"));
                    look.font = font.map(|f| f.into_owned());
                }
                _ => {}
            }
        }
        look
    }

    /// What is stated here, and below it what is stated there.
    pub(super) fn over(self, below: &Look) -> Look {
        Look {
            bold: self.bold.or(below.bold),
            hidden: self.hidden.or(below.hidden),
            font: self.font.or_else(|| below.font.clone()),
        }
    }
}

impl Set {
    pub(super) fn read(properties: Option<Element<'_>>) -> Self {
        let Some(properties) = properties else {
            return Set::default();
        };
        let mut set = Set::default();
        for element in properties.children() {
            match element.name() {
                "jc" => {
                    set.align = element.val().map(|v| match v.as_ref() {
                        "center" => Align::Center,
                        "right" | "end" => Align::End,
                        _ => Align::Start,
                    });
                }
                "ind" => set.indent = element.number("left").or_else(|| element.number("start")),
                "outlineLvl" => set.outline = element.number("val").map(|l: u8| l.min(9)),
                "numPr" => {
                    set.list = element.value("numId").map(|v| v.into_owned());
                    set.level = element.child("ilvl").and_then(|l| l.number("val"));
                }
                "pageBreakBefore" => set.breaks = Some(on(element)),
                _ => {}
            }
        }
        set
    }

    pub(super) fn over(self, below: &Set) -> Set {
        Set {
            align: self.align.or(below.align),
            indent: self.indent.or(below.indent),
            outline: self.outline.or(below.outline),
            // The level belongs to the list that it stands beside.
            level: if self.list.is_some() {
                self.level
            } else {
                self.level.or(below.level)
            },
            list: self.list.or_else(|| below.list.clone()),
            breaks: self.breaks.or(below.breaks),
        }
    }

    /// To which side it is moved, by alignment or by an indent to the middle of the page.
    pub(super) fn side(&self) -> Align {
        match self.align.unwrap_or_default() {
            Align::Start if self.indent.is_some_and(|i| i >= RIGHT_HALF) => Align::End,
            align => align,
        }
    }
}

/// Whether a switch is on: it is when it stands there without a value.
pub(super) fn on(element: Element<'_>) -> bool {
    element.val().is_none_or(|v| is_on(&v))
}

fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}
