//! One source, open on the desk: its text, its tree, and what its places are.
//!
//! Takes a file; gives places by lines, fields by places, and the text with changes. Must not write.

use std::path::Path;
use std::sync::Arc;

use super::files;
use super::wrong::Wrong;
use crate::document::front;
use crate::document::yaml::{self, Node, Origin, Value};
use crate::edit::{self, Change, Step, Tree, markdown};
use crate::kinds::Kind;
use crate::kinds::blank::Blank;
use crate::kinds::shape::{Described, Field, Shape, Shown, Type, Words};
use crate::kinds::stage::{SourceMarkup, SourceText};
use crate::source::{FileKind, SourceFile};

/// An open source.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub path: String,
    pub text: String,
    pub hash: String,
    pub is_text: bool,
    pub node: Node,
    pub tree: Tree,
    pub blank: &'static Blank,
}

impl Sheet {
    pub(super) fn open(root: &Path, path: &str) -> Result<Self, Wrong> {
        let text = files::text(&files::place(root, path)?)?;
        Sheet::of(path, text)
    }

    pub(super) fn of(path: &str, text: String) -> Result<Self, Wrong> {
        let is_text = path.ends_with(".md");
        if !is_text && !path.ends_with(".yaml") && !path.ends_with(".yml") {
            return Err(Wrong::Form);
        }
        let shared: Arc<str> = path.into();
        let bare = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let (fields, first_line) = match is_text {
            true => {
                let split = front::split(&shared, bare).map_err(|_| Wrong::Form)?;
                (split.fields, split.fields_line)
            }
            false => (bare, 0),
        };
        let (node, _) = yaml::parse(Origin {
            path: &shared,
            text: fields,
            first_line,
        });
        let node = node.ok_or(Wrong::Form)?;
        let tree = tree(&node);
        let word = match edit::at(&tree, &[Step::Key("kind".into())]) {
            Some(Tree::Text(word)) => word.as_str(),
            _ if path.starts_with("content/site.y") => "site",
            _ => return Err(Wrong::Form),
        };
        Ok(Sheet {
            path: path.to_owned(),
            hash: files::hash(text.as_bytes()),
            is_text,
            blank: Blank::of(word.trim()).ok_or(Wrong::Form)?,
            node,
            tree,
            text,
        })
    }

    pub(super) fn kind(&self) -> Option<Kind> {
        self.blank.kind()
    }

    /// Folder of its section.
    pub(super) fn section(&self) -> &str {
        let mut parts = self.path.split('/').skip(1);
        match (parts.next(), parts.next()) {
            (Some(section), Some(_)) => section,
            _ => "",
        }
    }

    pub(super) fn body(&self) -> &str {
        markdown::body(&self.text).unwrap_or("")
    }

    pub(super) fn at(&self, place: &[Step]) -> Option<&Tree> {
        edit::at(&self.tree, place)
    }

    /// The text with changes, one after the other.
    pub(super) fn with(&self, changes: &[Edit]) -> Result<String, Wrong> {
        let mut text = self.text.clone();
        for change in changes {
            text = match change {
                Edit::Body(body) => markdown::set_body(&text, body)?,
                Edit::Field(change) if self.is_text => markdown::apply(&text, change, &parse)?,
                Edit::Field(change) => edit::apply(&text, change, &parse)?,
            };
        }
        Ok(text)
    }

    /// As a file that can be read with `text` in it.
    pub(super) fn file(&self) -> SourceFile {
        SourceFile {
            path: self.path.as_str().into(),
            full: self.path.as_str().into(),
            kind: match self.is_text {
                true => FileKind::Markdown,
                false => FileKind::Yaml,
            },
            modified: None,
            len: 0,
        }
    }

    /// The innermost part that begins at or before a line: an item that is a map, or the whole.
    pub(super) fn at_line(&self, line: u32) -> Vec<Step> {
        let (mut place, mut best) = (Vec::new(), Vec::new());
        let mut node = &self.node;
        loop {
            let next = match &node.value {
                Value::Map(entries) => entries
                    .iter()
                    .rfind(|(key, _)| key.at.line <= line)
                    .map(|(key, value)| (Step::Key(key.name.to_string()), value)),
                Value::List(items) => {
                    let mut items = items.iter().enumerate();
                    let last = items.rfind(|(_, item)| item.at.line <= line);
                    last.map(|(i, item)| (Step::Item(i), item))
                }
                _ => None,
            };
            let Some((step, value)) = next else {
                return best;
            };
            let item = matches!(step, Step::Item(_));
            place.push(step);
            if item && matches!(value.value, Value::Map(_)) {
                best.clone_from(&place);
            }
            node = value;
        }
    }

    /// What may stand at a place that is a map.
    pub(super) fn inside(&self, place: &[Step]) -> Option<Inside> {
        let mut inside = Inside {
            fields: self.blank.fields().collect(),
            rest: (self.blank.shape)().rest,
        };
        let mut field: Option<&'static Field> = None;
        for step in place {
            match step {
                Step::Key(key) => {
                    let found = inside.field(key)?;
                    field = Some(found);
                    inside = Inside::of(found.is);
                }
                Step::Item(_) => {
                    field?;
                }
            }
        }
        Some(inside)
    }

    /// The fields that are described of a place that is a map.
    pub(super) fn fields(&self, place: &[Step]) -> Option<Vec<&'static Field>> {
        self.inside(place).map(|inside| inside.fields)
    }

    /// The field at a place.
    pub(super) fn field(&self, place: &[Step]) -> Option<&'static Field> {
        let keys = place.iter().rposition(|s| matches!(s, Step::Key(_)))?;
        let Step::Key(name) = place.get(keys)? else {
            return None;
        };
        self.inside(place.get(..keys)?)?.field(name)
    }

    /// The printed heading of a further column, by the name that the source has for it.
    pub(super) fn heading(&self, name: &str) -> Option<&str> {
        match self.at(&[Step::Key("columns".into()), Step::Key(name.to_owned())]) {
            Some(Tree::Text(words)) => Some(words),
            _ => None,
        }
    }

    /// The names of all columns that the document gives headings to.
    pub(super) fn columns(&self) -> Vec<&str> {
        match self.at(&[Step::Key("columns".into())]) {
            Some(Tree::Map(entries)) => entries.iter().map(|(key, _)| &**key).collect(),
            _ => Vec::new(),
        }
    }

    /// The node at a place.
    pub(super) fn node(&self, place: &[Step]) -> Option<&Node> {
        place
            .iter()
            .try_fold(&self.node, |node, step| match (&node.value, step) {
                (Value::Map(entries), Step::Key(key)) => entries
                    .iter()
                    .find(|(k, _)| *k.name == **key)
                    .map(|(_, v)| v),
                (Value::List(items), Step::Item(i)) => items.get(*i),
                _ => None,
            })
    }
}

/// What may stand in a map.
#[derive(Debug, Default)]
pub(super) struct Inside {
    pub fields: Vec<&'static Field>,
    /// What fields of names of the office's own hold, where there may be any.
    pub rest: Option<Type>,
}

impl Inside {
    pub(super) fn of(is: Type) -> Self {
        match (is, is.shape()) {
            (Type::Pairs(_, values), _) => Inside {
                fields: Vec::new(),
                rest: Some(Type::Words(values)),
            },
            (_, Some(Shape { fields, rest, .. })) => Inside {
                fields: fields.iter().collect(),
                rest: *rest,
            },
            _ => Inside::default(),
        }
    }

    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        let described = self.fields.iter().find(|f| f.name == name).copied();
        described.or_else(|| self.rest.map(own))
    }
}

/// A field that no kind names: the office does.
const OWN: Field = Field {
    name: "",
    required: false,
    many: false,
    alone: false,
    is: Type::Words(Words::Line),
    means: "",
    example: &[],
    shown: Shown::Plain,
};
static OWN_WORDS: Field = OWN;
static OWN_NUMBER: Field = Field {
    is: Type::Words(Words::Whole),
    ..OWN
};
static OWN_TEXT: Field = Field {
    is: <SourceText as Described>::TYPE,
    ..OWN
};
static OWN_MARKUP: Field = Field {
    is: <SourceMarkup as Described>::TYPE,
    ..OWN
};

fn own(is: Type) -> &'static Field {
    match is {
        Type::Either(Words::Markdown, _) => &OWN_MARKUP,
        Type::Either(..) => &OWN_TEXT,
        Type::Words(Words::Whole) => &OWN_NUMBER,
        _ => &OWN_WORDS,
    }
}

/// The place of a field that a form names.
pub(super) fn below(at: &[Step], name: &str) -> Vec<Step> {
    let mut full = at.to_vec();
    full.extend(place(name));
    full
}

/// A change of a source.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    Field(Change),
    Body(String),
}

/// How the program reads the fields of a source: `None` where something is wrong with their form.
pub(super) fn parse(text: &str) -> Option<Tree> {
    let path: Arc<str> = "".into();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, findings) = yaml::parse(Origin {
        path: &path,
        text,
        first_line: 0,
    });
    match findings.is_empty() {
        true => node.as_ref().map(tree),
        false => None,
    }
}

fn tree(node: &Node) -> Tree {
    match &node.value {
        Value::Null => Tree::Null,
        Value::Scalar(scalar) => Tree::Text(scalar.text.to_string()),
        Value::List(items) => Tree::List(items.iter().map(tree).collect()),
        Value::Map(entries) => {
            let entry = |(k, v): &(yaml::Key, Node)| (k.name.to_string(), tree(v));
            Tree::Map(entries.iter().map(entry).collect())
        }
    }
}

/// A place in words: `sections.0.rows.3`.
pub(super) fn place(words: &str) -> Vec<Step> {
    let step = |word: &str| match word.parse() {
        Ok(n) => Step::Item(n),
        Err(_) => Step::Key(word.to_owned()),
    };
    words
        .split('.')
        .filter(|w| !w.is_empty())
        .map(step)
        .collect()
}

/// The words of a place.
pub(super) fn words(place: &[Step]) -> String {
    let word = |step: &Step| match step {
        Step::Key(key) => key.clone(),
        Step::Item(n) => n.to_string(),
    };
    place.iter().map(word).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "kind: roadmap\ntitle: \"План\"\nsections:\n  - title: \"Первый\"\n    rows:\n      - no: \"1\"\n        measure: |\n          Раз\n          два\n        done: {date: 2025-01-02}\n      - no: \"2\"\n        measure: \"Три\"\n";

    #[test]
    fn a_line_leads_to_the_part_around_it() {
        let sheet = Sheet::of("content/a/roadmap.yaml", PLAN.into()).expect("a sheet");
        for (line, at) in [
            (1, ""),
            (4, "sections.0"),
            (6, "sections.0.rows.0"),
            (9, "sections.0.rows.0"),
            (11, "sections.0.rows.1"),
            (99, "sections.0.rows.1"),
        ] {
            assert_eq!(words(&sheet.at_line(line)), at, "{line}");
        }
        let names = |at: &str| -> Vec<&str> {
            let fields = sheet.fields(&place(at)).unwrap_or_default();
            fields.iter().map(|f| f.name).collect()
        };
        assert!(names("").contains(&"plan") && names("").contains(&"title"));
        assert!(names("sections.0.rows.0").contains(&"responsible"));
        assert!(names("sections.0.rows.0.done").contains(&"date"));
        assert_eq!(
            sheet.field(&place("sections.0.rows.0")).map(|f| f.name),
            Some("rows")
        );
    }
}
