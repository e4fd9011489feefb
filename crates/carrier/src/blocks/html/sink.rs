//! A page as browsers understand it: takes HTML, whatever its faults, gives a tree. `html5ever` closes what was left
//! open; it is fed in pieces, so that a page too deep or too large is given up in time.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{Attribute, LocalName, Namespace, ParseOpts, QualName, parse_document};

use super::super::Reason;

/// About 300 MB of nodes.
const MAX_NODES: usize = 2_000_000;
/// Readers go down by calling themselves.
pub(super) const MAX_DEPTH: u32 = 256;
/// Bytes that are read before the tree is looked at again.
const PIECE: usize = 32 << 10;

/// A node of a page.
#[derive(Debug)]
pub(super) struct Node {
    name: Option<QualName>,
    attributes: Vec<Attribute>,
    pub children: Vec<usize>,
    parent: Option<usize>,
    depth: u32,
    /// The text of a text node.
    pub text: String,
}

impl Node {
    fn new(name: Option<QualName>, attributes: Vec<Attribute>) -> Self {
        Node {
            name,
            attributes,
            children: Vec::new(),
            parent: None,
            depth: 0,
            text: String::new(),
        }
    }

    /// The name of an element, in small letters; empty for a text.
    pub(super) fn name(&self) -> &str {
        self.name.as_ref().map_or("", |n| &*n.local)
    }

    /// An attribute of an element.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| &*a.name.local == name);
        found.map(|a| &*a.value)
    }

    /// The attribute as a number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// A page; node 0 is the document.
#[derive(Debug)]
pub(super) struct Page {
    nodes: Vec<Node>,
}

impl Page {
    /// Reads a page.
    ///
    /// # Errors
    /// It is larger or deeper than is looked at.
    pub(super) fn read(source: &str) -> Result<Self, Reason> {
        let sink = Sink {
            nodes: RefCell::new(vec![Node::new(None, Vec::new())]),
            fault: Cell::new(None),
        };
        let mut parser = parse_document(sink, ParseOpts::default());
        let mut rest = source;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE).max(1));
            parser.process(StrTendril::from_slice(piece));
            if let Some(reason) = parser.tokenizer.sink.sink.fault.get() {
                return Err(reason);
            }
            rest = after;
        }
        parser.finish()
    }

    pub(super) fn node(&self, index: usize) -> Option<&Node> {
        self.nodes.get(index)
    }

    /// All text below a node.
    pub(super) fn text(&self, index: usize) -> String {
        let mut out = String::new();
        let mut open = vec![index];
        while let Some(node) = open.pop().and_then(|i| self.nodes.get(i)) {
            out.push_str(&node.text);
            open.extend(node.children.iter().rev());
        }
        out
    }

    /// Every node of that name, in order.
    pub(super) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = usize> + 'p {
        let all = self.nodes.iter().enumerate();
        all.filter(move |(_, n)| n.name() == name).map(|(i, _)| i)
    }
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    fault: Cell<Option<Reason>>,
}

impl Sink {
    fn add(&self, node: Node) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() >= MAX_NODES {
            self.fault.set(Some(Reason::TooLarge));
        }
        nodes.push(node);
        nodes.len() - 1
    }

    fn detach(&self, child: usize) {
        let mut nodes = self.nodes.borrow_mut();
        let parent = nodes.get_mut(child).and_then(|n| n.parent.take());
        if let Some(parent) = parent.and_then(|p| nodes.get_mut(p))
            && let Some(at) = parent.children.iter().rposition(|c| *c == child)
        {
            parent.children.remove(at);
        }
    }

    /// Puts a node or a text into `parent`, before the child at `at`.
    fn insert(&self, parent: usize, at: usize, child: NodeOrText<usize>) {
        let child = match child {
            NodeOrText::AppendNode(child) => child,
            NodeOrText::AppendText(text) => {
                let mut nodes = self.nodes.borrow_mut();
                let before = at
                    .checked_sub(1)
                    .and_then(|b| nodes.get(parent)?.children.get(b).copied());
                if let Some(before) = before.and_then(|b| nodes.get_mut(b))
                    && before.name.is_none()
                {
                    before.text.push_str(&text);
                    return;
                }
                drop(nodes);
                let mut node = Node::new(None, Vec::new());
                node.text.push_str(&text);
                self.add(node)
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent).map_or(0, |p| p.depth + 1);
        if depth > MAX_DEPTH {
            self.fault.set(Some(Reason::TooDeep));
        }
        if let Some(node) = nodes.get_mut(child) {
            node.parent = Some(parent);
            node.depth = depth;
        }
        if let Some(parent) = nodes.get_mut(parent) {
            let at = at.min(parent.children.len());
            parent.children.insert(at, child);
        }
    }
}

/// The name of an element, kept apart from the list of nodes that goes on growing.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Result<Page, Reason>;
    type ElemName<'a> = Name;

    fn finish(self) -> Self::Output {
        match self.fault.get() {
            Some(reason) => Err(reason),
            None => Ok(Page {
                nodes: self.nodes.into_inner(),
            }),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Name {
        let nodes = self.nodes.borrow();
        let name = nodes.get(*target).and_then(|n| n.name.clone());
        let none = || QualName::new(None, Namespace::default(), LocalName::default());
        Name(name.unwrap_or_else(none))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        self.add(Node::new(Some(name), attributes))
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        // Of a name, so that no text is added to it.
        let name = QualName::new(None, Namespace::default(), LocalName::from("#comment"));
        self.add(Node::new(Some(name), Vec::new()))
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.create_comment(StrTendril::new())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        let end = self.nodes.borrow().get(*parent).map(|p| p.children.len());
        self.insert(*parent, end.unwrap_or(0), child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        before: &usize,
        child: NodeOrText<usize>,
    ) {
        let parent = self.nodes.borrow().get(*element).and_then(|n| n.parent);
        if parent.is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, x: &usize, y: &usize) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.detach(*child);
        }
        let place = {
            let nodes = self.nodes.borrow();
            let parent = nodes.get(*sibling).and_then(|n| n.parent);
            parent.and_then(|p| {
                let at = nodes.get(p)?.children.iter().rposition(|c| c == sibling)?;
                Some((p, at))
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(node) = nodes.get_mut(*target) {
            for attribute in attributes {
                if !node.attributes.iter().any(|a| a.name == attribute.name) {
                    node.attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let children = nodes
            .get_mut(*node)
            .map(|n| std::mem::take(&mut n.children))
            .unwrap_or_default();
        for child in &children {
            if let Some(child) = nodes.get_mut(*child) {
                child.parent = Some(*new_parent);
            }
        }
        if let Some(parent) = nodes.get_mut(*new_parent) {
            parent.children.extend(children);
        }
    }
}
