//! XML as a tree: takes the text of a part, gives its elements and texts for readers that look back and ahead. Names
//! are local ones, since programs choose their prefixes freely. Must not grow beyond its limits of nodes and depth.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;

use super::Reason;

/// About 160 MB of nodes.
const MAX_NODES: usize = 4_000_000;
/// Readers go down by calling themselves.
const MAX_DEPTH: usize = 256;
const NONE: u32 = u32::MAX;

/// The name of a node that is text, and of one that is a reference to be resolved (`&amp;`).
const TEXT: &str = "";
const REFERENCE: &str = "&";

struct Node<'a> {
    name: &'a str,
    /// The attributes as they stand, or the text.
    raw: &'a str,
    first: u32,
    next: u32,
}

/// One part.
pub(super) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
}

impl<'a> Tree<'a> {
    /// Reads `source`.
    ///
    /// # Errors
    /// It is no XML, or larger or deeper than is looked at.
    pub(super) fn read(source: &'a str) -> Result<Self, Reason> {
        let source = source.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(source);
        let mut tree = Tree {
            nodes: vec![Node {
                name: TEXT,
                raw: "",
                first: NONE,
                next: NONE,
            }],
        };
        // The open elements, each with its last child so far.
        let mut open: Vec<(u32, u32)> = vec![(0, NONE)];
        loop {
            let from = reader.buffer_position();
            let event = reader.read_event().map_err(|_| Reason::Malformed)?;
            let whole = span(source, from, reader.buffer_position());
            match event {
                Event::Start(_) => {
                    if open.len() > MAX_DEPTH {
                        return Err(Reason::TooDeep);
                    }
                    let (name, raw) = tag(whole);
                    let index = tree.push(&mut open, name, raw)?;
                    open.push((index, NONE));
                }
                Event::Empty(_) => {
                    let (name, raw) = tag(whole);
                    tree.push(&mut open, name, raw)?;
                }
                Event::End(_) => {
                    open.pop();
                }
                Event::Text(_) => {
                    tree.push(&mut open, TEXT, whole)?;
                }
                Event::CData(_) => {
                    let inner = whole.strip_prefix("<![CDATA[").unwrap_or(whole);
                    let inner = inner.strip_suffix("]]>").unwrap_or(inner);
                    tree.push(&mut open, TEXT, inner)?;
                }
                Event::GeneralRef(_) => {
                    tree.push(&mut open, REFERENCE, whole)?;
                }
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                // Entities of its own making: nothing that office programs write.
                Event::DocType(_) => {}
                Event::Eof => break,
            }
        }
        if open.len() > 1 {
            return Err(Reason::Malformed);
        }
        Ok(tree)
    }

    fn push(
        &mut self,
        open: &mut [(u32, u32)],
        name: &'a str,
        raw: &'a str,
    ) -> Result<u32, Reason> {
        if self.nodes.len() >= MAX_NODES {
            return Err(Reason::TooLarge);
        }
        let index = u32::try_from(self.nodes.len()).map_err(|_| Reason::TooLarge)?;
        self.nodes.push(Node {
            name,
            raw,
            first: NONE,
            next: NONE,
        });
        if let Some((parent, last)) = open.last_mut() {
            let before = std::mem::replace(last, index);
            let (node, first) = if before == NONE {
                (*parent, true)
            } else {
                (before, false)
            };
            if let Some(node) = usize::try_from(node)
                .ok()
                .and_then(|n| self.nodes.get_mut(n))
            {
                if first {
                    node.first = index;
                } else {
                    node.next = index;
                }
            }
        }
        Ok(index)
    }

    /// The outermost element.
    pub(super) fn root(&self) -> Option<Element<'_>> {
        let document = Element {
            tree: self,
            index: 0,
        };
        document.children().next()
    }

    /// Every element in the order of the text.
    pub(super) fn all(&self) -> impl Iterator<Item = Element<'_>> {
        (0u32..)
            .zip(&self.nodes)
            .filter(|(_, n)| !matches!(n.name, TEXT | REFERENCE))
            .map(|(index, _)| Element { tree: self, index })
    }

    fn node(&self, index: u32) -> Option<&Node<'a>> {
        usize::try_from(index).ok().and_then(|i| self.nodes.get(i))
    }
}

fn span(source: &str, from: u64, to: u64) -> &str {
    let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    source.get(at(from)..at(to)).unwrap_or_default()
}

/// The local name and the attributes of a start tag.
fn tag(whole: &str) -> (&str, &str) {
    let inner = whole.strip_prefix('<').unwrap_or(whole);
    let inner = inner.strip_suffix('>').unwrap_or(inner);
    let inner = inner.strip_suffix('/').unwrap_or(inner);
    let end = inner
        .find(|c: char| c.is_ascii_whitespace())
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(end);
    (local(name), attributes)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Element<'t> {
    tree: &'t Tree<'t>,
    index: u32,
}

/// What an element holds.
pub(super) enum Item<'t> {
    Element(Element<'t>),
    Text(Cow<'t, str>),
}

impl<'t> Element<'t> {
    /// Without its prefix.
    pub(super) fn name(self) -> &'t str {
        self.tree.node(self.index).map_or("", |n| n.name)
    }

    /// Whether both are the same element of one tree.
    pub(super) fn is(self, other: Element<'_>) -> bool {
        self.index == other.index
    }

    /// Elements and texts in it, in order.
    pub(super) fn items(self) -> impl Iterator<Item = Item<'t>> {
        let mut at = self.tree.node(self.index).map_or(NONE, |n| n.first);
        std::iter::from_fn(move || {
            let node = self.tree.node(at)?;
            let index = std::mem::replace(&mut at, node.next);
            Some(match node.name {
                TEXT => Item::Text(lines(node.raw)),
                REFERENCE => Item::Text(resolved(node.raw)),
                _ => Item::Element(Element {
                    tree: self.tree,
                    index,
                }),
            })
        })
    }

    /// The elements in it.
    pub(super) fn children(self) -> impl Iterator<Item = Element<'t>> {
        self.items().filter_map(|item| match item {
            Item::Element(element) => Some(element),
            Item::Text(_) => None,
        })
    }

    /// The first element of that name in it.
    pub(super) fn child(self, name: &str) -> Option<Element<'t>> {
        self.children().find(|c| c.name() == name)
    }

    /// An attribute by its local name.
    pub(super) fn attribute(self, name: &str) -> Option<Cow<'t, str>> {
        let raw = self.tree.node(self.index)?.raw;
        if raw.is_empty() {
            return None;
        }
        let mut attributes = Attributes::new(raw, 0);
        attributes.with_checks(false);
        for attribute in attributes.flatten() {
            if local(attribute.key.into_inner()) == name {
                return Some(match attribute.value {
                    Cow::Borrowed(value) => unescape(value).unwrap_or(Cow::Borrowed(value)),
                    Cow::Owned(value) => {
                        Cow::Owned(unescape(&value).map(Cow::into_owned).unwrap_or(value))
                    }
                });
            }
        }
        None
    }

    /// The attribute `val`, in which most properties stand.
    pub(super) fn val(self) -> Option<Cow<'t, str>> {
        self.attribute("val")
    }

    /// The attribute as a number.
    pub(super) fn number<N: std::str::FromStr>(self, name: &str) -> Option<N> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// `val` of the child of that name.
    pub(super) fn value(self, child: &str) -> Option<Cow<'t, str>> {
        self.child(child)?.val()
    }

    /// All text below it.
    pub(super) fn text(self) -> String {
        let mut out = String::new();
        self.visit(&mut |element| {
            for item in element.items() {
                if let Item::Text(text) = item {
                    out.push_str(&text);
                }
            }
            true
        });
        out
    }

    /// Calls `each` for this element and those below it that are not under one for which `each` has said no.
    pub(super) fn visit(self, each: &mut dyn FnMut(Element<'t>) -> bool) {
        if each(self) {
            for child in self.children() {
                child.visit(each);
            }
        }
    }

    /// Whether an element of one of these names is below it.
    pub(super) fn holds(self, names: &[&str]) -> bool {
        let mut found = false;
        self.visit(&mut |element| {
            found |= element.index != self.index && names.contains(&element.name());
            !found
        });
        found
    }
}

/// Line ends as XML has them.
fn lines(raw: &str) -> Cow<'_, str> {
    if raw.contains('\r') {
        Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(raw)
    }
}

/// What a reference such as `&amp;` or `&#1074;` stands for; an unknown one stays.
fn resolved(raw: &str) -> Cow<'_, str> {
    let name = raw.trim_start_matches('&').trim_end_matches(';');
    if let Some(digits) = name.strip_prefix('#') {
        let code = match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        let letter = code.ok().and_then(char::from_u32);
        return Cow::Owned(letter.map(String::from).unwrap_or_default());
    }
    Cow::Borrowed(resolve_predefined_entity(name).unwrap_or(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_texts_and_references() {
        let source = "<?xml version=\"1.0\"?><w:a x:id='1' b=\"&lt;2\">т<c/>&amp;&#1074;<![CDATA[<d>]]></w:a>";
        let tree = Tree::read(source).unwrap();
        let root = tree.root().unwrap();
        assert_eq!(root.name(), "a");
        assert_eq!(root.attribute("id").as_deref(), Some("1"));
        assert_eq!(root.attribute("b").as_deref(), Some("<2"));
        assert_eq!(root.text(), "т&в<d>");
        assert!(root.child("c").is_some() && root.holds(&["c"]) && !root.holds(&["a"]));
    }

    #[test]
    fn what_is_broken_or_deep_is_refused() {
        assert!(matches!(Tree::read("<a><b></a>"), Err(Reason::Malformed)));
        assert!(matches!(Tree::read("<a>"), Err(Reason::Malformed)));
        let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
        assert!(matches!(Tree::read(&deep), Err(Reason::TooDeep)));
    }
}
