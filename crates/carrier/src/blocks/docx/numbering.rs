//! Automatic numbers of a Word document: takes `numbering.xml` and the items of lists in their order, gives the number
//! that Word displays before each. Counters belong to the abstract list, so a paragraph between two items, or another
//! list on the same definition, does not restart them.

use std::collections::{BTreeMap, BTreeSet};

use super::super::numbers::Style;
use super::super::symbols;
use super::super::tree::{Element, Tree};
use super::styles::{Look, Styles};

const LEVELS: usize = 9;
/// A label is not longer than this: it is repeated for each item.
const MAX_LABEL: usize = 200;

#[derive(Debug, Clone)]
struct Level {
    start: i64,
    format: Format,
    text: String,
    /// Which level restarts it; 0 for none.
    restart: Option<usize>,
    /// All numbers of the label in figures.
    legal: bool,
    /// The style of paragraphs that are items of this level.
    style: Option<String>,
    look: Look,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Format {
    Number(Style),
    Bullet,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// It is defined by the style of lists of that name.
    elsewhere: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: [Option<i64>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: BTreeMap<String, Abstract>,
    lists: BTreeMap<String, List>,
    counters: BTreeMap<String, [Option<i64>; LEVELS]>,
    /// Levels of lists whose own start was used.
    started: BTreeSet<(String, usize)>,
}

impl Numbering {
    pub(super) fn read(tree: &Tree<'_>, styles: &Styles) -> Self {
        let mut all = Numbering::default();
        for element in tree.root().into_iter().flat_map(Element::children) {
            match element.name() {
                "abstractNum" => {
                    if let Some(id) = element.attribute("abstractNumId") {
                        all.definitions.insert(id.into_owned(), definition(element));
                    }
                }
                "num" => {
                    if let Some(id) = element.attribute("numId") {
                        all.lists.insert(id.into_owned(), list(element));
                    }
                }
                _ => {}
            }
        }
        // A definition may be that of a style of lists, which leads to a list, which leads to the definition.
        let resolved: Vec<(String, String)> = all
            .lists
            .iter()
            .filter_map(|(id, list)| {
                let style = all.definitions.get(&list.definition)?.elsewhere.as_ref()?;
                let other = all.lists.get(styles.list(style)?)?;
                Some((id.clone(), other.definition.clone()))
            })
            .collect();
        for (id, definition) in resolved {
            if let Some(list) = all.lists.get_mut(&id) {
                list.definition = definition;
            }
        }
        all
    }

    /// The level that a style of paragraphs stands for in a list.
    pub(super) fn level_of(&self, list: &str, chain: &[String]) -> Option<u8> {
        let list = self.lists.get(list)?;
        let definition = self.definitions.get(&list.definition)?;
        chain.iter().find_map(|style| {
            (0u8..).zip(&definition.levels).find_map(|(index, level)| {
                let linked = level.as_ref()?.style.as_ref()?;
                (linked == style).then_some(index)
            })
        })
    }

    /// Counts one more item and gives its label; nothing when none is displayed.
    pub(super) fn next(&mut self, id: &str, level: u8) -> Option<String> {
        let level = usize::from(level).min(LEVELS - 1);
        let list = self.lists.get(id)?;
        let definition = self.definitions.get(&list.definition)?;
        let find = |at: usize| {
            let own = list.levels.get(at).and_then(Option::as_ref);
            own.or_else(|| definition.levels.get(at).and_then(Option::as_ref))
        };
        let start = |at: usize| {
            let own = list.starts.get(at).copied().flatten();
            own.unwrap_or_else(|| find(at).map_or(1, |l| l.start))
        };
        let counters = self.counters.entry(list.definition.clone()).or_default();
        let restarts = list.starts.get(level).is_some_and(Option::is_some)
            && self.started.insert((id.to_owned(), level));
        if let Some(counter) = counters.get_mut(level) {
            *counter = match *counter {
                Some(n) if !restarts => Some(n.saturating_add(1)),
                _ => Some(start(level)),
            };
        }
        for (at, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let by = find(at).and_then(|l| l.restart);
            if by.is_none_or(|by| level < by) {
                *counter = None;
            }
        }
        let own = find(level)?;
        if own.look.hidden == Some(true) {
            return None;
        }
        if own.format == Format::Bullet {
            return bullet(own);
        }
        let mut label = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let at = (letter == '%')
                .then(|| letters.peek().and_then(|c| c.to_digit(10)))
                .flatten()
                .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            let Some(at) = at else {
                label.push(letter);
                continue;
            };
            letters.next();
            let number = counters
                .get(at)
                .copied()
                .flatten()
                .unwrap_or_else(|| start(at));
            match find(at).map(|l| l.format) {
                Some(Format::Number(Style::None)) | None => {}
                Some(Format::Number(style)) if !own.legal => label.push_str(&style.show(number)),
                Some(_) => label.push_str(&number.to_string()),
            }
        }
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

/// A bullet as a reader sees it, whatever font draws it.
fn bullet(level: &Level) -> Option<String> {
    let font = level.look.font.as_deref().unwrap_or_default();
    let signs: String = level
        .text
        .chars()
        .map(|c| {
            let special = symbols::is_private(c) || symbols::is_symbolic(font);
            // Courier's small letter serves as a hollow bullet.
            match c {
                'o' if font.to_ascii_lowercase().starts_with("courier") => '○',
                c if special => symbols::sign(font, c).unwrap_or('•'),
                c => c,
            }
        })
        .collect();
    let signs = signs.trim();
    (!signs.is_empty()).then(|| signs.to_owned())
}

fn definition(element: Element<'_>) -> Abstract {
    let mut out = Abstract {
        elsewhere: element.value("numStyleLink").map(|v| v.into_owned()),
        ..Abstract::default()
    };
    for element in element.children().filter(|e| e.name() == "lvl") {
        let at: Option<usize> = element.number("ilvl");
        if let Some(place) = at.and_then(|at| out.levels.get_mut(at)) {
            *place = Some(level(element));
        }
    }
    out
}

fn list(element: Element<'_>) -> List {
    let mut out = List {
        definition: element
            .value("abstractNumId")
            .unwrap_or_default()
            .into_owned(),
        ..List::default()
    };
    for change in element.children().filter(|e| e.name() == "lvlOverride") {
        let Some(at) = change.number::<usize>("ilvl").filter(|at| *at < LEVELS) else {
            continue;
        };
        if let Some(place) = out.starts.get_mut(at) {
            *place = change.child("startOverride").and_then(|s| s.number("val"));
        }
        if let Some(place) = out.levels.get_mut(at) {
            *place = change.child("lvl").map(level);
        }
    }
    out
}

fn level(element: Element<'_>) -> Level {
    // A custom format hides in an alternative that older programs do not read.
    let format = element.child("numFmt").or_else(|| {
        let choice = element.child("AlternateContent")?.child("Choice")?;
        choice.child("numFmt")
    });
    Level {
        start: element
            .child("start")
            .and_then(|s| s.number("val"))
            .unwrap_or(0),
        format: format.map_or(Format::Number(Style::Decimal), number_format),
        text: element
            .value("lvlText")
            .unwrap_or_default()
            .chars()
            .take(MAX_LABEL)
            .collect(),
        restart: element.child("lvlRestart").and_then(|r| r.number("val")),
        legal: element.child("isLgl").is_some_and(super::styles::on),
        style: element.value("pStyle").map(|v| v.into_owned()),
        look: Look::read(element.child("rPr")),
    }
}

fn number_format(element: Element<'_>) -> Format {
    Format::Number(match element.val().unwrap_or_default().as_ref() {
        "bullet" => return Format::Bullet,
        "none" => Style::None,
        "decimalZero" => Style::Padded(2),
        "upperRoman" => Style::UpperRoman,
        "lowerRoman" => Style::LowerRoman,
        "upperLetter" => Style::UpperLetter,
        "lowerLetter" => Style::LowerLetter,
        "russianUpper" => Style::UpperRussian,
        "russianLower" => Style::LowerRussian,
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Style::Circled,
        "chicago" => Style::Marks,
        "custom" => {
            let example = element.attribute("format").unwrap_or_default();
            let digits = example.chars().take_while(char::is_ascii_digit).count();
            Style::Padded(u8::try_from(digits.clamp(1, 9)).unwrap_or(1))
        }
        _ => Style::Decimal,
    })
}
