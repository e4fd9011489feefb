//! Text that may be published. Nothing outside `disclosure` can make it.
//!
//! Takes text of the stage `Source`; gives text in which the guard's replacements have been made. Printing adds
//! typography; [`PublicText::raw`] is the text as in the original, for data files. A site of ten thousand roadmaps lies
//! in memory as these types while it is previewed, so they are small: short texts are kept once ([`Pool`]), and the
//! HTML of text without markup is made when a page wants it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Disclose, Guarded};
use crate::diag::Span;
use crate::document::markdown::{self, Edit, Heading, Host};
use crate::kinds::ids::is_number;
use crate::kinds::shape::{Described, Type};
use crate::kinds::stage::SourceNumber;
use crate::kinds::{SchoolRef, SourceMarkup, SourceText};
use crate::text::{slug, typograph};

/// Short texts that many documents repeat (bodies, periods, results), each kept once. Holds public text alone: what
/// goes in has been through the guard.
#[derive(Debug, Default)]
pub struct Pool {
    /// Several, so that threads seldom wait for each other.
    shelves: [Mutex<HashSet<Arc<str>>>; 16],
    hasher: RandomState,
}

impl Pool {
    /// Longer texts, in bytes, are hardly ever the same.
    const SHORT: usize = 160;

    fn text(&self, text: &str) -> Arc<str> {
        let place = usize::try_from(self.hasher.hash_one(text) % 16).unwrap_or(0);
        match self.shelves.get(place) {
            Some(shelf) if text.len() <= Self::SHORT => {
                let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(known) = shelf.get(text) {
                    return known.clone();
                }
                let new: Arc<str> = text.into();
                shelf.insert(new.clone());
                new
            }
            _ => text.into(),
        }
    }

    /// Forgets what no document holds any more.
    pub fn sweep(&self) {
        for shelf in &self.shelves {
            let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
            shelf.retain(|text| Arc::strong_count(text) > 1);
        }
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        let count = |s: &Mutex<HashSet<_>>| s.lock().map_or(0, |s| s.len());
        self.shelves.iter().map(count).sum()
    }
}

/// One line of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicText {
    text: Arc<str>,
    // Seldom there, so one pointer.
    sic: Option<Box<Box<str>>>,
}

impl PublicText {
    /// As written, for data files.
    pub fn raw(&self) -> &str {
        &self.text
    }

    /// With Russian typography, for pages.
    pub fn print(&self) -> String {
        typograph(&self.text).into_owned()
    }

    /// The note on a mistake of the original.
    pub fn sic(&self) -> Option<&str> {
        self.sic.as_deref().map(|note| &**note)
    }
}

/// Text with markup. Addresses inside the site begin with `site:/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMarkup {
    plain: Arc<str>,
    /// `None` for words alone, as most cells are.
    rich: Option<Box<Rich>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rich {
    /// `None` where the words hold no markup.
    html: Option<Box<str>>,
    headings: Vec<Heading>,
    block: bool,
    sic: Option<Box<str>>,
}

impl PublicMarkup {
    /// Safe HTML with `site:/` addresses.
    pub fn html(&self) -> Cow<'_, str> {
        match self.rich.as_ref().and_then(|r| r.html.as_deref()) {
            Some(html) => Cow::Borrowed(html),
            None => match typograph(&self.plain) {
                Cow::Borrowed(text) => markdown::escape(text),
                Cow::Owned(text) => Cow::Owned(markdown::escape(&text).into_owned()),
            },
        }
    }

    /// The words alone, for data files and descriptions.
    pub fn plain(&self) -> &str {
        &self.plain
    }

    pub fn headings(&self) -> &[Heading] {
        self.rich.as_ref().map_or(&[], |r| &r.headings)
    }

    pub fn block(&self) -> bool {
        self.rich.as_ref().is_some_and(|r| r.block)
    }

    pub fn sic(&self) -> Option<&str> {
        self.rich.as_ref()?.sic.as_deref()
    }
}

/// A school that may not be told from any other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicSchool {
    word: Arc<str>,
}

impl PublicSchool {
    /// «школа-участница»
    pub fn word(&self) -> &str {
        &self.word
    }
}

/// A number as printed. Where it is more than a number, it has been through the guard as any text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicNumber(Box<str>);

impl Deref for PublicNumber {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl Disclose for SourceNumber {
    type Out = PublicNumber;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicNumber {
        if is_number(&self.text) {
            return PublicNumber(self.text.clone());
        }
        let edits = g.edits(&self.text, self.at);
        let text: Arc<str> = markdown::apply(&self.text, &edits).into();
        g.hear(&text, &[], &self.text, self.at);
        PublicNumber((&*text).into())
    }
}

/// A field is described once, for both stages.
macro_rules! described {
    ($($public:ident as $source:ident;)*) => {
        $(impl Described for $public {
            const TYPE: Type = $source::TYPE;
        })*
    };
}

described! {
    PublicText as SourceText;
    PublicMarkup as SourceMarkup;
    PublicNumber as SourceNumber;
    PublicSchool as SchoolRef;
}

impl Disclose for SourceText {
    type Out = PublicText;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicText {
        let edits = g.edits(&self.text, self.at);
        let sic = self.sic.as_deref().map(|note| {
            let edits = g.edits(note, self.at);
            Box::new(markdown::apply(note, &edits).into())
        });
        let text = g.pool.text(&markdown::apply(&self.text, &edits));
        g.hear(&text, &[], &self.text, self.at);
        PublicText { text, sic }
    }
}

impl Disclose for SourceMarkup {
    type Out = PublicMarkup;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicMarkup {
        let sic = self.sic.as_deref().map(|note| {
            let edits = g.edits(note, self.at);
            markdown::apply(note, &edits).into()
        });
        let mut host = Writing {
            guarded: g,
            at: self.at,
            apart: !self.prose,
            anchors: BTreeMap::new(),
        };
        if let Some(plain) = markdown::plain(&self.text, &mut host) {
            let rich = sic.map(|sic| Rich {
                html: None,
                headings: Vec::new(),
                block: false,
                sic: Some(sic),
            });
            let plain = g.pool.text(&plain);
            g.hear(&plain, &[], &self.text, self.at);
            return PublicMarkup {
                plain,
                rich: rich.map(Box::new),
            };
        }
        let written = match self.prose {
            true => markdown::html(&self.text, &mut host),
            false => markdown::cell(&self.text, &mut host),
        };
        let plain = g.pool.text(&written.plain);
        g.hear(&plain, &written.headings, &self.text, self.at);
        PublicMarkup {
            plain,
            rich: Some(Box::new(Rich {
                html: Some(written.html.into()),
                headings: written.headings,
                block: written.block,
                sic,
            })),
        }
    }
}

impl Disclose for SchoolRef {
    type Out = PublicSchool;

    fn disclose(&self, g: &mut Guarded<'_>) -> PublicSchool {
        PublicSchool {
            word: g.pool.text(g.redactor.school_word()),
        }
    }
}

struct Writing<'g, 'a> {
    guarded: &'g mut Guarded<'a>,
    at: Span,
    /// One text of many on its page.
    apart: bool,
    anchors: BTreeMap<String, usize>,
}

impl Host for Writing<'_, '_> {
    fn link(&mut self, destination: &str) -> Option<String> {
        self.guarded.link(destination)
    }

    fn edits(&mut self, text: &str) -> Vec<Edit> {
        self.guarded.edits(text, self.at)
    }

    fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        typograph(text)
    }

    fn place(&self) -> String {
        match self.apart {
            true => format!("{}-{}-", self.at.line, self.at.column),
            false => String::new(),
        }
    }

    fn anchor(&mut self, heading: &str) -> String {
        let base = match format!("{}{}", self.place(), slug(heading)) {
            s if s.is_empty() => "razdel".to_owned(),
            s => s,
        };
        let mut count = self.anchors.get(&base).copied().unwrap_or(0);
        // «Раздел» printed twice must not take the place of «Раздел 2».
        loop {
            count += 1;
            let anchor = match count {
                1 => base.clone(),
                n => format!("{base}-{n}"),
            };
            if count == 1 || !self.anchors.contains_key(&anchor) {
                self.anchors.insert(base, count);
                self.anchors.entry(anchor.clone()).or_insert(1);
                return anchor;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::markdown::Edit;

    struct Nobody;

    impl Host for Nobody {
        fn link(&mut self, _: &str) -> Option<String> {
            None
        }
        fn edits(&mut self, _: &str) -> Vec<Edit> {
            Vec::new()
        }
        fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
            typograph(text)
        }
        fn anchor(&mut self, _: &str) -> String {
            String::new()
        }
    }

    #[test]
    fn html_that_is_made_later_is_the_same() {
        let texts = [
            "Справка",
            " в школе и \"дома\" - до 5 мая ",
            "5 > 4",
            "**важно**",
            "",
            "1. пункт",
        ];
        for text in texts {
            let now = markdown::html(text, &mut Nobody);
            let Some(plain) = markdown::plain(text, &mut Nobody) else {
                continue;
            };
            let later = PublicMarkup {
                plain: plain.as_str().into(),
                rich: None,
            };
            assert_eq!((later.html().into_owned(), plain), (now.html, now.plain));
        }
    }

    #[test]
    fn a_pool_keeps_short_texts_once_and_forgets_them() {
        let pool = Pool::default();
        let (a, b) = (pool.text("Справка"), pool.text("Справка"));
        assert!(Arc::ptr_eq(&a, &b));
        let long = "я".repeat(Pool::SHORT);
        assert!(!Arc::ptr_eq(&pool.text(&long), &pool.text(&long)));
        pool.sweep();
        assert_eq!(pool.len(), 1);
        drop((a, b));
        pool.sweep();
        assert_eq!(pool.len(), 0);
    }
}
