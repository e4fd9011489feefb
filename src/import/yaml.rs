//! Sources as text: takes values with their places in the original, gives YAML (or a Markdown file with fields) and the
//! line on which each place stands. Must not decide what a field holds.

use std::borrow::Cow;

use super::line::Origin;

/// The name of a field: the model's, or the document's own for a column that the model does not describe.
pub(super) type Key = Cow<'static, str>;

/// A value of a source.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// Words: one line in quotes, several as a block.
    Text(String),
    /// A date, a number, `true`, an id: as it stands.
    Bare(String),
    List(Vec<Node>),
    /// A list of short texts on one line.
    Flow(Vec<Node>),
    Map(Vec<(Key, Node)>),
    /// A map of short values on one line.
    FlowMap(Vec<(Key, Node)>),
    /// The value, and where it came from.
    From(Origin, Box<Node>),
}

impl Node {
    pub(super) fn text(text: impl Into<String>) -> Node {
        Node::Text(text.into())
    }

    pub(super) fn map<K: Into<Key>>(fields: impl IntoIterator<Item = (K, Node)>) -> Node {
        Node::Map(fields.into_iter().map(|(k, v)| (k.into(), v)).collect())
    }

    pub(super) fn flow_map<K: Into<Key>>(fields: impl IntoIterator<Item = (K, Node)>) -> Node {
        Node::FlowMap(fields.into_iter().map(|(k, v)| (k.into(), v)).collect())
    }

    pub(super) fn from(self, origin: Origin) -> Node {
        Node::From(origin, Box::new(self))
    }

    fn is_empty(&self) -> bool {
        match self {
            Node::Text(text) | Node::Bare(text) => text.is_empty(),
            Node::List(items) | Node::Flow(items) => items.is_empty(),
            Node::Map(fields) | Node::FlowMap(fields) => fields.is_empty(),
            Node::From(_, inner) => inner.is_empty(),
        }
    }

    fn inner(&self) -> &Node {
        match self {
            Node::From(_, inner) => inner.inner(),
            other => other,
        }
    }
}

/// Fields in order, empty ones left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub Vec<(Key, Node)>);

impl Fields {
    pub(super) fn new(kind: &str) -> Self {
        Fields(vec![("kind".into(), Node::Bare(kind.to_owned()))])
    }

    pub(super) fn add(&mut self, name: impl Into<Key>, node: Node) -> &mut Self {
        if !node.is_empty() {
            self.0.push((name.into(), node));
        }
        self
    }

    pub(super) fn text(&mut self, name: &'static str, text: &str) -> &mut Self {
        self.add(name, Node::text(text))
    }

    pub(super) fn opt(&mut self, name: &'static str, text: Option<&str>) -> &mut Self {
        self.add(name, Node::text(text.unwrap_or_default()))
    }

    pub(super) fn map(self) -> Node {
        Node::Map(self.0)
    }
}

/// The text of a source, and the lines of places.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub text: String,
    pub lines: Vec<(u32, Origin)>,
    line: u32,
}

/// Writes the fields of a file.
pub(super) fn yaml(fields: &Fields) -> Text {
    let mut out = Text {
        line: 1,
        ..Text::default()
    };
    out.map(&fields.0, 0, false);
    out
}

/// Writes a Markdown file: fields, then its text, whose paragraphs come with their places.
pub(super) fn markdown(fields: &Fields, paragraphs: &[(String, Origin)]) -> Text {
    let mut out = Text {
        line: 1,
        ..Text::default()
    };
    out.push("---\n");
    out.map(&fields.0, 0, false);
    out.push("---\n");
    for (text, origin) in paragraphs {
        out.push("\n");
        out.lines.push((out.line, *origin));
        out.push(text.trim_end());
        out.push("\n");
    }
    out
}

impl Text {
    fn push(&mut self, text: &str) {
        self.line += u32::try_from(text.matches('\n').count()).unwrap_or(0);
        self.text.push_str(text);
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.text.push_str("  ");
        }
    }

    /// `first`: the first key stands on a line that has begun already, behind a dash.
    fn map(&mut self, fields: &[(Key, Node)], depth: usize, first: bool) {
        let mut begun = first;
        for (name, node) in fields.iter().filter(|(_, n)| !n.is_empty()) {
            if !begun {
                self.indent(depth);
            }
            begun = false;
            self.push(name);
            self.push(":");
            self.value(node, depth);
        }
    }

    /// What stands behind `name:`.
    fn value(&mut self, node: &Node, depth: usize) {
        match node {
            Node::From(origin, inner) => {
                self.lines.push((self.line, *origin));
                self.value(inner, depth);
            }
            Node::Map(fields) => {
                self.push("\n");
                self.map(fields, depth + 1, false);
            }
            Node::List(items) => {
                self.push("\n");
                for item in items.iter().filter(|i| !i.is_empty()) {
                    self.indent(depth + 1);
                    self.push("-");
                    self.item(item, depth + 1);
                }
            }
            Node::Text(text) if text.contains('\n') => {
                self.push(" ");
                self.block(text, depth + 1);
            }
            other => {
                self.push(" ");
                self.flow(other);
                self.push("\n");
            }
        }
    }

    /// What stands behind the dash of an item.
    fn item(&mut self, node: &Node, depth: usize) {
        match node {
            Node::From(origin, inner) => {
                self.lines.push((self.line, *origin));
                self.item(inner, depth);
            }
            Node::Map(fields) => {
                self.push(" ");
                self.map(fields, depth + 1, true);
            }
            other => self.value(other, depth),
        }
    }

    fn block(&mut self, text: &str, depth: usize) {
        // Blanks at a line's beginning would be read as deeper indentation.
        self.push("|\n");
        for line in text.lines() {
            let line = line.trim();
            if line.is_empty() {
                self.push("\n");
                continue;
            }
            self.indent(depth);
            self.push(line);
            self.push("\n");
        }
    }

    fn flow(&mut self, node: &Node) {
        match node {
            Node::Text(text) => {
                let quoted = quoted(text);
                self.push(&quoted);
            }
            Node::Bare(text) => self.push(text),
            Node::Flow(items) | Node::List(items) => {
                self.push("[");
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        self.push(", ");
                    }
                    self.flow(item);
                }
                self.push("]");
            }
            Node::Map(fields) | Node::FlowMap(fields) => {
                self.push("{");
                let mut begun = false;
                for (name, node) in fields.iter().filter(|(_, n)| !n.is_empty()) {
                    if begun {
                        self.push(", ");
                    }
                    begun = true;
                    self.push(name);
                    self.push(": ");
                    self.flow(node.inner());
                }
                self.push("}");
            }
            Node::From(origin, inner) => {
                self.lines.push((self.line, *origin));
                self.flow(inner);
            }
        }
    }
}

/// A text as YAML takes it in double quotes.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Text in which Markdown sees only what printed lists and paragraphs have: every other mark is escaped.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        let formula = line.matches('$').count() >= 2 && line.contains('\\');
        let opens = line.trim_start();
        if opens.starts_with(['#', '>', '+', '=', '~', '|']) {
            out.push('\\');
        }
        let stars =
            line.matches('*').count() > 1 || line.starts_with("* ") || line.starts_with('*');
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            let next = chars.peek().copied();
            let escape = !formula
                && match c {
                    '<' => next
                        .is_some_and(|n| n.is_ascii_alphabetic() || matches!(n, '/' | '!' | '?')),
                    '*' => stars,
                    '`' | '\\' | '$' => true,
                    '_' => next == Some('_') || out.ends_with('_') || line.matches('_').count() > 1,
                    '[' => line.contains("](") || line.contains("[^"),
                    '~' => next == Some('~'),
                    '&' => {
                        next.is_some_and(|n| n.is_ascii_alphabetic() || n == '#')
                            && line.contains(';')
                    }
                    _ => false,
                };
            if escape
                && !(out.ends_with('\\')
                    && out.len() > 1
                    && opens.starts_with(c)
                    && out.matches('\\').count() == 1)
            {
                out.push('\\');
            }
            out.push(c);
        }
        if lines.peek().is_some() {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_lists_and_blocks() {
        let mut fields = Fields::new("roadmap");
        fields.text("title", "План «А»");
        fields.add("empty", Node::text(""));
        fields.add(
            "rows",
            Node::List(vec![
                Node::map([
                    ("no", Node::text("1.")),
                    ("measure", Node::text("Мера:\n- раз;\n- два")),
                    (
                        "responsible",
                        Node::Flow(vec![Node::text("А"), Node::text("Б")]),
                    ),
                ])
                .from(Origin::default()),
                Node::map([(
                    "period",
                    Node::map([
                        ("text", Node::text("31.09.2025")),
                        ("sic", Node::Bare("true".into())),
                    ]),
                )]),
            ]),
        );
        let text = yaml(&fields);
        assert_eq!(
            text.text,
            "kind: roadmap\ntitle: \"План «А»\"\nrows:\n  - no: \"1.\"\n    measure: |\n      Мера:\n      - раз;\n      - два\n    responsible: [\"А\", \"Б\"]\n  - period:\n      text: \"31.09.2025\"\n      sic: true\n"
        );
        assert_eq!(text.lines, [(4, Origin::default())]);
    }

    #[test]
    fn marks_that_markdown_would_take_are_escaped() {
        assert_eq!(escaped("10 * 2"), "10 * 2");
        assert_eq!(escaped("*сноска* и *ещё*"), "\\*сноска\\* и \\*ещё\\*");
        assert_eq!(escaped("цена 5$ и <b>"), "цена 5\\$ и \\<b>");
        assert_eq!(escaped("# 5"), "\\# 5");
        assert_eq!(escaped("доля < 5"), "доля < 5");
        assert_eq!(escaped("«___» ______"), "«\\_\\_\\_» \\_\\_\\_\\_\\_\\_");
    }
}
