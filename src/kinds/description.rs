//! What can be said of a kind of documents.
//!
//! Takes nothing; gives the types of which [`super`] makes one [`Description`] for each kind. Must not know a kind.

/// A kind of documents, as far as it can be said in data. What needs a function stands with the pages of the kind, in
/// `site::kinds`.
#[derive(Debug)]
pub struct Description {
    pub words: Words,
    pub page: PageAt,
    /// Folder of its pages and of its index, below the section; empty where they lie in the section itself.
    pub folder: &'static str,
    /// The id of the section's main document of this kind, which lies at `/section/id/` whatever its folder.
    pub main: Option<&'static str>,
    /// One in each section, known by its kind: no reference names its id.
    pub single: bool,
    /// Must have a title of its own.
    pub titled: bool,
    pub menu: Option<Menu>,
    /// How its index groups documents; `None` where it has no index.
    pub index: Option<Grouping>,
    /// Lists show the newest first; otherwise they go by id.
    pub newest_first: bool,
    /// Set where documents follow one another like news.
    pub stream: Option<Stream>,
    /// Its documents give events to the calendar.
    pub events: bool,
    /// Its pages stand on the site map.
    pub on_map: bool,
    /// Place of its documents among the first cards on the section's home.
    pub cards: Option<u8>,
    /// Stands under «Ещё в разделе» on the section's home, in the order of the menu.
    pub more: bool,
    pub places: Places,
}

/// What most kinds have in common: a description names what differs.
pub(super) const PLAIN: Description = Description {
    words: Words {
        one: "",
        list: "",
        intro: "",
        parts: None,
        needed: ("", ""),
    },
    page: PageAt::Folder,
    folder: "",
    main: None,
    single: false,
    titled: true,
    menu: None,
    index: None,
    newest_first: false,
    stream: None,
    events: false,
    on_map: true,
    cards: None,
    more: false,
    places: Places::None,
};

/// How pages and findings speak of a kind.
#[derive(Debug)]
pub struct Words {
    /// «Дорожная карта»: one document, on cards.
    pub one: &'static str,
    /// «Дорожные карты»: heading of the index, also in trails and on the site map.
    pub list: &'static str,
    /// What the index is for, in a sentence.
    pub intro: &'static str,
    /// «участник», «участника», «участников»: what is counted in a document.
    pub parts: Option<[&'static str; 3]>,
    /// «нужен приказ», “an order”: what should have stood where something else does.
    pub needed: (&'static str, &'static str),
}

/// Where a document's page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAt {
    /// It has none.
    Nowhere,
    /// `/section/`
    Section,
    /// `/section/folder/id/`
    Folder,
}

/// An entry of the section's menu.
#[derive(Debug)]
pub struct Menu {
    /// Smaller comes first; [`super::CALENDAR`] stands among them.
    pub place: u8,
    /// Its title above a single document, and above several.
    pub one: &'static str,
    pub many: &'static str,
    /// A single document is what the entry leads to, though there is an index.
    pub straight: bool,
}

/// What an index puts under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Everything, without a heading.
    One,
    Year,
    /// What the document itself says: a category, a type.
    Own,
}

/// Documents that come one after another: they have a feed, each leads to the one before and after, and the newest stand
/// on the homes of portal and section.
#[derive(Debug)]
pub struct Stream {
    /// The type of schema.org.
    pub schema: &'static str,
}

/// What documents of a kind have to do with the decision how coarsely places are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    None,
    /// They tell in which land the places of others lie.
    Land,
    /// Their own places are made coarser.
    Rows,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::kinds::{CALENDAR, Kind};

    /// Asserts that no two kinds have the same value.
    fn distinct<T: Ord + std::fmt::Debug>(of: impl Fn(&'static Description) -> Option<T>) {
        let mut seen = BTreeSet::new();
        for value in Kind::each().filter_map(|kind| of(kind.about())) {
            let again = format!("{value:?} twice");
            assert!(seen.insert(value), "{again}");
        }
    }

    #[test]
    fn no_two_kinds_meet_at_one_place() {
        distinct(|about| Some(about.folder).filter(|folder| !folder.is_empty()));
        distinct(|about| about.main);
        distinct(|about| about.cards);
        distinct(|about| Some(about.menu.as_ref()?.place));
        let calendar = |kind: Kind| {
            kind.about()
                .menu
                .as_ref()
                .is_some_and(|m| m.place == CALENDAR)
        };
        assert!(!Kind::each().any(calendar));
    }

    #[test]
    fn every_kind_is_described_whole() {
        for kind in Kind::each() {
            let (about, word) = (kind.about(), kind.word());
            assert_eq!(Kind::of(word), Some(kind));
            let words = &about.words;
            for said in [words.one, words.list, words.needed.0, words.needed.1] {
                assert!(!said.is_empty(), "{word}");
            }
            let indexed = about.index.is_some();
            // An index lies in a folder, says what it is for, and is reached by the menu.
            assert!(!indexed || !about.folder.is_empty(), "{word}");
            assert!(!indexed || !words.intro.is_empty(), "{word}");
            assert!(!indexed || about.menu.is_some(), "{word}");
            // A feed lies beside an index.
            assert!(indexed || about.stream.is_none(), "{word}");
            assert!(about.single || about.page == PageAt::Folder, "{word}");
        }
    }
}
