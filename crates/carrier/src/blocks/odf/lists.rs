//! Numbers of lists in an OpenDocument text: takes the definitions of lists and their items in order, gives the number
//! the program displays before each. A list goes on where it says so, else it begins anew.

use std::collections::BTreeMap;

use super::super::numbers::Style;
use super::super::symbols;
use super::super::tree::Element;

const LEVELS: usize = 10;
const MAX_LABEL: usize = 200;

/// One level of a list.
#[derive(Debug, Clone)]
pub(super) struct Level {
    kind: Kind,
    start: i64,
}

#[derive(Debug, Clone)]
enum Kind {
    Bullet(String),
    Number {
        style: Style,
        prefix: String,
        suffix: String,
        /// How many levels the number shows.
        shown: usize,
        /// The whole label, with `%2%` for the number of the second level.
        format: Option<String>,
    },
}

/// The levels of a definition.
pub(super) fn levels(definition: Element<'_>) -> Vec<Option<Level>> {
    let mut out: Vec<Option<Level>> = vec![None; LEVELS];
    for element in definition.children() {
        let at = element
            .number::<usize>("level")
            .and_then(|l| l.checked_sub(1));
        let Some(place) = at.and_then(|at| out.get_mut(at)) else {
            continue;
        };
        let text = |name: &str| -> String {
            let value = element.attribute(name).unwrap_or_default();
            value.chars().take(MAX_LABEL).collect()
        };
        let kind = match element.name() {
            "list-level-style-bullet" => {
                let font = element
                    .child("text-properties")
                    .and_then(|p| p.attribute("font-name"))
                    .unwrap_or_default();
                let drawn = text("bullet-char");
                let seen = drawn.chars().map(|c| match c {
                    c if symbols::is_private(c) => symbols::sign(&font, c).unwrap_or('•'),
                    c => c,
                });
                Kind::Bullet(seen.collect())
            }
            "list-level-style-image" => Kind::Bullet("•".into()),
            "list-level-style-number" | "outline-level-style" => Kind::Number {
                style: number_style(
                    &text("num-format"),
                    element
                        .attribute("num-letter-sync")
                        .is_some_and(|s| s == "true"),
                ),
                prefix: text("num-prefix"),
                suffix: text("num-suffix"),
                shown: element.number("display-levels").unwrap_or(1),
                format: element
                    .attribute("num-list-format")
                    .map(|f| f.chars().take(MAX_LABEL).collect()),
            },
            _ => continue,
        };
        *place = Some(Level {
            kind,
            start: element.number("start-value").unwrap_or(1),
        });
    }
    out
}

fn number_style(format: &str, doubled: bool) -> Style {
    match format {
        "" => Style::None,
        "1" => Style::Decimal,
        "I" => Style::UpperRoman,
        "i" => Style::LowerRoman,
        "A" if doubled => Style::UpperLetter,
        "a" if doubled => Style::LowerLetter,
        "A" => Style::UpperCounted,
        "a" => Style::LowerCounted,
        "①, ②, ③, ..." => Style::Circled,
        "01, 02, 03, ..." => Style::Padded(2),
        "001, 002, 003, ..." => Style::Padded(3),
        "0001, 0002, 0003, ..." => Style::Padded(4),
        _ if format.contains("(ru)") => {
            let doubled = format.contains("Бб") || format.contains("бб");
            match (format.starts_with('А'), doubled) {
                (true, true) => Style::UpperRussian,
                (true, false) => Style::UpperRussianCounted,
                (false, true) => Style::LowerRussian,
                (false, false) => Style::LowerRussianCounted,
            }
        }
        _ => Style::Decimal,
    }
}

type Counters = [Option<i64>; LEVELS];

/// How far each list has counted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    counters: Vec<Counters>,
    by_id: BTreeMap<String, usize>,
    by_style: BTreeMap<String, usize>,
    /// Of headings.
    outline: Counters,
}

impl Lists {
    /// Begins or goes on with a list: gives its place among the counters.
    pub(super) fn open(&mut self, list: Element<'_>, style: &str) -> usize {
        let goes_on = list
            .attribute("continue-list")
            .and_then(|id| self.by_id.get(id.as_ref()).copied())
            .or_else(|| {
                let stated = list.attribute("continue-numbering")?;
                (stated == "true").then(|| self.by_style.get(style).copied())?
            });
        let at = goes_on.unwrap_or_else(|| {
            self.counters.push(Counters::default());
            self.counters.len() - 1
        });
        if let Some(id) = list.attribute("id") {
            self.by_id.insert(id.into_owned(), at);
        }
        self.by_style.insert(style.to_owned(), at);
        at
    }

    /// Counts one more item and gives its label.
    pub(super) fn next(
        &mut self,
        at: usize,
        level: usize,
        start: Option<i64>,
        levels: &[Option<Level>],
    ) -> Option<String> {
        count(self.counters.get_mut(at)?, level, start, levels)
    }

    /// Counts one more heading.
    pub(super) fn heading(&mut self, level: usize, levels: &[Option<Level>]) -> Option<String> {
        count(&mut self.outline, level, None, levels)
    }
}

fn count(
    counters: &mut Counters,
    level: usize,
    start: Option<i64>,
    levels: &[Option<Level>],
) -> Option<String> {
    let find = |at: usize| levels.get(at).and_then(Option::as_ref);
    let begin = |at: usize| find(at).map_or(1, |l| l.start);
    let counter = counters.get_mut(level)?;
    *counter = Some(match (start, *counter) {
        (Some(start), _) => start,
        (None, Some(n)) => n.saturating_add(1),
        (None, None) => begin(level),
    });
    for counter in counters.iter_mut().skip(level + 1) {
        *counter = None;
    }
    let show = |at: usize| {
        let number = counters.get(at).copied().flatten();
        match find(at).map(|l| &l.kind) {
            Some(Kind::Number { style, .. }) => style.show(number.unwrap_or_else(|| begin(at))),
            _ => String::new(),
        }
    };
    let label = match &find(level)?.kind {
        Kind::Bullet(sign) => sign.clone(),
        Kind::Number {
            style: Style::None, ..
        } => String::new(),
        Kind::Number {
            format: Some(format),
            ..
        } => {
            let mut out = String::new();
            for (piece, index) in format.split('%').zip(0usize..) {
                let at = piece.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                match at.filter(|_| index % 2 == 1) {
                    Some(at) => out.push_str(&show(at)),
                    None => out.push_str(piece),
                }
            }
            out
        }
        Kind::Number {
            prefix,
            suffix,
            shown,
            ..
        } => {
            let first = (level + 1).saturating_sub((*shown).max(1));
            let numbers: Vec<String> = (first..=level)
                .map(show)
                .filter(|n| !n.is_empty())
                .collect();
            format!("{prefix}{}{suffix}", numbers.join("."))
        }
    };
    let label = label.trim();
    (!label.is_empty()).then(|| label.to_owned())
}
