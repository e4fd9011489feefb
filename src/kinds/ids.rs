//! Words of documents that are the same in both stages because they have no room for free text: ids, folders,
//! addresses; and the paths of sources, which no page can print.
//!
//! Takes text; gives a checked value or nothing. What cannot be checked so must be a text of its stage instead.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use crate::artifact::SitePath;
use crate::diag::catalog::document as messages;
use crate::document::decode::{Cx, Decode, scalar};
use crate::document::yaml::Node;

/// Lower-case ASCII letters, digits and single hyphens, and no name that Windows keeps for itself: what may stand in
/// an address.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 80
        && text
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && !crate::artifact::is_reserved(text)
}

/// Whether a printed number is nothing but a number: digits, single letters, Roman numerals and the signs between
/// them. Too short for a name, an e-mail or a telephone.
pub fn is_number(text: &str) -> bool {
    const LONGEST: usize = 16;
    const DIGITS: usize = 6;
    // Letters between signs could spell a word.
    const LETTERS: usize = 2;
    let roman = |c: char| "IVXLC".contains(c);
    let letter = |c: &char| c.is_alphabetic() && !roman(*c);
    let part = |part: &str| {
        part.bytes().all(|b| b.is_ascii_digit())
            || part.chars().all(roman)
            || part.chars().all(|c| letter(&c)) && part.chars().count() == 1
    };
    text.chars().count() <= LONGEST
        && text.bytes().filter(u8::is_ascii_digit).count() <= DIGITS
        && text.chars().filter(letter).count() <= LETTERS
        // A telephone of a village is no longer than that: 2-14-35.
        && text.matches('-').count() <= 1
        && text.split([' ', '.', '(', ')', '-', '/']).all(part)
}

/// A document or a body within its section: a slug. The empty default stands for none.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Box<str>);

impl Id {
    /// `None` for what may not stand in an address.
    pub fn new(text: &str) -> Option<Self> {
        is_slug(text).then(|| Id(text.into()))
    }
}

/// A section's folder: one part of a [`SitePath`]. The empty default is no section's.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Folder(Arc<str>);

impl Folder {
    /// `None` for what may not stand in an address.
    pub fn new(text: &str) -> Option<Self> {
        let good = !text.contains('/') && SitePath::new(text).is_some();
        good.then(|| Folder(text.into()))
    }

    pub fn shared(&self) -> &Arc<str> {
        &self.0
    }
}

/// A page's own address: slugs between slashes, `/tula-2024/glavnoe/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Box<str>);

impl Address {
    /// `None` for anything else.
    pub fn new(text: &str) -> Option<Self> {
        let inner = text.strip_prefix('/')?.strip_suffix('/')?;
        inner.split('/').all(is_slug).then(|| Address(text.into()))
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Decode for Id {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = scalar(node, field, cx)?.text.trim();
        let id = Id::new(text);
        if id.is_none() {
            cx.say(&messages::BAD_ID, node.at, |x| x.arg("value", text));
        }
        id
    }
}

impl Decode for Folder {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = scalar(node, field, cx)?.text.trim();
        let folder = Folder::new(text);
        if folder.is_none() {
            cx.say(&messages::BAD_ID, node.at, |x| x.arg("value", text));
        }
        folder
    }
}

impl Decode for Address {
    fn decode(node: &Node, field: &str, cx: &mut Cx<'_>) -> Option<Self> {
        let text = scalar(node, field, cx)?.text.trim();
        let address = Address::new(text);
        if address.is_none() {
            cx.say(&messages::BAD_ADDRESS, node.at, |x| x.arg("value", text));
        }
        address
    }
}

macro_rules! reads_as_text {
    ($($name:ident),*) => {
        $(impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        })*
    };
}

reads_as_text!(Id, Folder, Address);

/// Where a source lies. It may hold any word, so it neither prints itself nor reads as text: who wants it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    pub fn new(path: Arc<str>) -> Self {
        SourcePath(path)
    }

    /// For findings and for what only the operator reads; never for a page.
    pub fn file(&self) -> &Arc<str> {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_and_nothing_else() {
        for good in [
            "", "1", "1.", "21.1.3.", "4)", "а)", "1.а", "IV.", "2.1-2", "(12)", "16/1",
        ] {
            assert!(is_number(good), "{good}");
        }
        for bad in [
            "Приречная",
            "с о ш",
            "1. СОШ",
            "8 (000) 000",
            "2-14-35",
            "12-34-56",
            "а.б.в.",
            "раздел 1",
            "№ 5",
        ] {
            assert!(!is_number(bad), "{bad}");
        }
    }

    #[test]
    fn checked_words_hold_no_free_text() {
        assert!(Id::new("12-od").is_some() && Id::new("Приказ 12").is_none());
        assert!(Folder::new("tula_2024").is_some());
        assert!(Folder::new("a/b").is_none() && Folder::new("Тула 2024").is_none());
        assert!(Address::new("/tula-2024/glavnoe/").is_some());
        for bad in ["", "/", "//", "/a", "a/", "/a//b/", "/Главное/"] {
            assert!(Address::new(bad).is_none(), "{bad}");
        }
    }
}
