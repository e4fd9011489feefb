//! Markup as a tree.
//!
//! Takes what this program's own writers of HTML and MathML made; gives elements and their words.

use crate::carrier::html::{Attributes, Lexer, Token};

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Element(Element),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| &**value)
    }

    /// The nearest elements of a name within it.
    pub(super) fn below(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Node::Element(element) = child {
                match element.name == name {
                    true => found.push(element),
                    false => found.extend(element.below(name)),
                }
            }
        }
        found
    }

    /// Its words.
    pub(super) fn text(&self) -> String {
        let words = self.children.iter().map(|child| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) => element.text(),
        });
        words.collect()
    }
}

/// Deeper than any page goes.
const DEEPEST: usize = 200;

/// The tree of a piece of markup.
pub(super) fn parse(html: &str) -> Element {
    let mut open = vec![Element::default()];
    let close = |open: &mut Vec<Element>| {
        if open.len() > 1
            && let Some(done) = open.pop()
            && let Some(above) = open.last_mut()
        {
            above.children.push(Node::Element(done));
        }
    };
    let mut lexer = Lexer::new(html, true);
    while let Some((_, token)) = lexer.next() {
        match token {
            Token::Text(text) | Token::Cdata(text) => {
                if let Some(above) = open.last_mut() {
                    above.children.push(Node::Text(decoded(text)));
                }
            }
            Token::Start {
                name,
                attributes,
                empty,
            } => {
                let read = Attributes(attributes)
                    .map(|(name, value)| (name.to_ascii_lowercase(), decoded(value)));
                open.push(Element {
                    name: name.to_ascii_lowercase(),
                    attributes: read.collect(),
                    children: Vec::new(),
                });
                if empty || matches!(name, "br" | "hr" | "img" | "mspace") || open.len() > DEEPEST {
                    close(&mut open);
                }
            }
            Token::End { name, .. } => {
                if open
                    .iter()
                    .skip(1)
                    .any(|e| e.name.eq_ignore_ascii_case(name))
                {
                    while open
                        .last()
                        .is_some_and(|e| !e.name.eq_ignore_ascii_case(name))
                    {
                        close(&mut open);
                    }
                    close(&mut open);
                }
            }
            Token::Comment(_) | Token::Instruction(_) | Token::Declaration(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

/// Text without entities; those that the writers of markup here use.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let known = named.and_then(|(name, after)| {
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                "nbsp" => '\u{a0}',
                name => {
                    let number = name.strip_prefix('#')?;
                    let code = match number.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                        None => number.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, after))
        });
        match known {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}
