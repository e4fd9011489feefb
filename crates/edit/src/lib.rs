//! Changes of a YAML text, and of a Markdown text with front matter, that leave every other byte as it was.
//!
//! Takes a text, a [`Change`] and a parser of the caller's; gives the new text. Comments, order, quoting, blank lines
//! and ends of lines stay. After each step the new text is read again by that parser and must give exactly the tree
//! that was intended, with all comments that are not part of what was taken away; else there is a [`Refused`] and no
//! text. Must not know what a document means, and must not touch the disk.
//!
//! How: granit's events give the byte ranges of scalars; all other places (dashes, colons, brackets, comments, the ends
//! of block scalars) are found between them, for there the text holds nothing else.

mod intent;
mod locate;
pub mod markdown;
mod place;
mod splice;
#[cfg(test)]
mod tests;
mod write;

pub use intent::{Step, Tree, at};

/// What is written anew.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A text, whatever it looks like: `1.10` is quoted, so that no reader takes it for a number.
    Text(String),
    /// A date, a number, a word of a choice: written without quotes where that is possible.
    Bare(String),
    List(Vec<Value>),
    Map(Vec<(String, Value)>),
}

impl Value {
    /// What a parser makes of it.
    pub fn tree(&self) -> Tree {
        match self {
            Value::Text(text) | Value::Bare(text) => Tree::Text(text.clone()),
            Value::List(items) => Tree::List(items.iter().map(Value::tree).collect()),
            Value::Map(entries) => {
                Tree::Map(entries.iter().map(|(k, v)| (k.clone(), v.tree())).collect())
            }
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// Gives a place a value. Of a list or a map that stays one, only what differs is written; a key that is not there
    /// is added, after the last of the keys that stand before it in `order`.
    Set {
        at: Vec<Step>,
        to: Value,
        order: Vec<String>,
    },
    /// Puts an item into the list at a place: `index` items will stand before it.
    Insert {
        at: Vec<Step>,
        index: usize,
        value: Value,
    },
    /// Takes a key or an item away, with the comments inside it and those directly above an item that is not the first.
    Remove { at: Vec<Step> },
    /// Moves an item of the list at a place.
    Move {
        at: Vec<Step>,
        from: usize,
        to: usize,
    },
}

/// Why nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The text is not YAML, or has what is not edited here: anchors, aliases, tags, several documents, keys that are
    /// no plain words.
    Unreadable,
    /// The place is not there, or is no list or map where one is needed.
    NoPlace,
    /// No way of writing it gave the tree that was intended.
    NotAsIntended,
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Refused::Unreadable => "the text has a form that is not edited here",
            Refused::NoPlace => "there is no such place in the text",
            Refused::NotAsIntended => "the text would not be read as it was meant",
        })
    }
}

impl std::error::Error for Refused {}

/// How the caller reads a text: `None` where it is refused.
pub type Parse<'p> = &'p dyn Fn(&str) -> Option<Tree>;

/// The text with a change.
///
/// # Errors
/// The change cannot be made so that the text is read as intended; then there is no text.
pub fn apply(text: &str, change: &Change, parse: Parse<'_>) -> Result<String, Refused> {
    let before = parse(text).ok_or(Refused::Unreadable)?;
    let mut now = text.to_owned();
    let mut tree = before;
    for step in intent::steps(change, &tree)? {
        let after = intent::after(&tree, &step).ok_or(Refused::NoPlace)?;
        now = splice::apply(&now, &step, &after, parse)?;
        tree = after;
    }
    Ok(now)
}

/// What this crate itself reads in a text: for those who have no parser of their own.
pub fn parse(text: &str) -> Option<Tree> {
    locate::locate(text).ok().map(|found| found.tree())
}

/// The comments of a text, in order, each with its `#`.
pub fn comments(text: &str) -> Option<Vec<String>> {
    let found = locate::locate(text).ok()?;
    let words = found.comments.iter().filter_map(|at| text.get(at.clone()));
    Some(words.map(str::to_owned).collect())
}
