//! MathML of a page as the parts of a formula.

use glasno_editions::Formula;

use super::markup::{Element, Node};

/// Signs between two things, which have room on both sides.
const BETWEEN: &str = "=+−-×·⋅÷<>≤≥≈≠±→/";

/// The formula of an element.
pub(super) fn read(element: &Element) -> Formula {
    Formula::Row(row(element))
}

fn row(element: &Element) -> Vec<Formula> {
    let mut parts: Vec<Formula> = Vec::new();
    for child in &element.children {
        match child {
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(text) => parts.push(Formula::Text(text.clone())),
            Node::Element(element) => parts.extend(part(element, parts.is_empty())),
        }
    }
    parts
}

/// The `n`-th part of an element, as one.
fn child(element: &Element, n: usize) -> Box<Formula> {
    let elements = element.children.iter().filter_map(|child| match child {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    let mut found = match elements.skip(n).take(1).next() {
        Some(element) => part(element, true),
        None => Vec::new(),
    };
    Box::new(match found.len() {
        1 => found.remove(0),
        _ => Formula::Row(found),
    })
}

fn part(element: &Element, first: bool) -> Vec<Formula> {
    let one = |formula| vec![formula];
    match &*element.name {
        "mi" | "mn" | "mtext" => one(Formula::Text(spaced(&element.text()))),
        "mo" => {
            let sign: String = element
                .text()
                .chars()
                // Multiplication and application that nobody sees.
                .filter(|c| !matches!(c, '\u{2061}'..='\u{2064}'))
                .collect();
            let sign = sign.trim();
            let between = sign.chars().count() == 1 && BETWEEN.contains(sign) && !first;
            match (sign.is_empty(), between) {
                (true, _) => Vec::new(),
                (_, true) => one(Formula::Text(format!(" {sign} "))),
                (_, false) => one(Formula::Text(sign.to_owned())),
            }
        }
        "mspace" => one(Formula::Text(" ".into())),
        "mphantom" => Vec::new(),
        "mfrac" => one(Formula::Fraction(child(element, 0), child(element, 1))),
        "msub" => one(Formula::Scripts(
            child(element, 0),
            Some(child(element, 1)),
            None,
        )),
        "msup" => one(Formula::Scripts(
            child(element, 0),
            None,
            Some(child(element, 1)),
        )),
        "msubsup" => one(Formula::Scripts(
            child(element, 0),
            Some(child(element, 1)),
            Some(child(element, 2)),
        )),
        "munder" => one(Formula::Limits(
            child(element, 0),
            Some(child(element, 1)),
            None,
        )),
        "mover" => one(Formula::Limits(
            child(element, 0),
            None,
            Some(child(element, 1)),
        )),
        "munderover" => one(Formula::Limits(
            child(element, 0),
            Some(child(element, 1)),
            Some(child(element, 2)),
        )),
        "msqrt" => one(Formula::Root(Box::new(read(element)))),
        "mroot" => one(Formula::Root(child(element, 0))),
        "mtr" => {
            let mut parts = row(element);
            parts.push(Formula::Text("; ".into()));
            parts
        }
        "mtd" => {
            let mut parts = row(element);
            parts.push(Formula::Text(" ".into()));
            parts
        }
        _ => row(element),
    }
}

/// Spaces of a formula's words hold; a line may end there.
fn spaced(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
