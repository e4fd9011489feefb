//! Municipalities and villages in running text.
//!
//! Takes the names that the registry and the schedules give; finds them in words in any case: «Луговой район», «в Луговом
//! и Заозёрном районах», «Луговой р-н», a cell that says «Луговой» alone, a town's name by itself, and what is derived
//! from either («луговчане», «луговская глубинка»). Must not judge what stands beside.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::text::{Word, fold};
use crate::guard::area::{Class, name};

/// How a place is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    /// By its name.
    Named,
    /// By a word made from its name: it tells, but not by itself.
    Derived,
}

/// One place in a text: the municipality, and words of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub area: usize,
    pub words: Range<usize>,
    pub how: How,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Spelling {
    area: usize,
    stems: Vec<Box<str>>,
    class: Class,
    adjective: bool,
    /// What its people's name begins with.
    root: Option<Box<str>>,
    /// A village of the municipality, not the municipality itself.
    village: bool,
}

/// All names that are looked for.
#[derive(Default)]
pub(super) struct Names {
    spellings: Vec<Spelling>,
    finder: Option<AhoCorasick>,
}

/// Shows how many: villages of protected schools are among them.
impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Names({})", self.spellings.len())
    }
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        self.spellings == other.spellings
    }
}

// `~`: any word that so begins, with no more than a few letters after it.
const FILLING: &[&str] = &["муниципальн~", "городск~", "сельск~", "мо", "образовани~"];
const VILLAGE: &[&str] = &[
    "с",
    "село~",
    "села",
    "селе",
    "д",
    "дер",
    "деревн~",
    "п",
    "пос",
    "поселк~",
    "поселок",
    "пгт",
    "рп",
    "ст",
    "станиц~",
    "х",
    "хутор~",
    "аул~",
    "г",
    "гор",
    "город~",
];
const STREET: &[&str] = &[
    "ул",
    "улиц~",
    "пер",
    "переул~",
    "пр",
    "пр-т",
    "просп~",
    "площад~",
    "шоссе",
    "тракт~",
    "бульвар~",
];
/// After these the word is a region's, not a town's: «Томской области».
const REGION: &[&str] = &[
    "област~",
    "обл",
    "край",
    "края",
    "крае",
    "краю",
    "краем",
    "республик~",
    "регион~",
];
const CITY: &[&str] = &["г", "гор", "го", "город~"];
const DISTRICT: &[&str] = &[
    "район~",
    "р-н~",
    "округ~",
    "улус~",
    "кожуун~",
    "аймак~",
    "мр",
    "муо",
    "м-р",
];

/// Whether a word says what kind of municipality stands beside it, and which.
fn kind(word: &str) -> Option<Class> {
    if word == "мо" {
        return Some(Class::Unsaid);
    }
    if begins(word, CITY, 3) {
        return Some(Class::City);
    }
    begins(word, DISTRICT, 3).then_some(Class::District)
}

fn begins(word: &str, stems: &[&str], ending: usize) -> bool {
    stems.iter().any(|s| match s.strip_suffix('~') {
        Some(stem) => word
            .strip_prefix(stem)
            .is_some_and(|rest| rest.chars().count() <= ending),
        None => word == *s,
    })
}

/// A word without what changes from case to case.
fn stem(word: &str) -> &str {
    let cut = match word.chars().count() {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    let kept = word.chars().count() - cut;
    word.char_indices()
        .nth(kept)
        .map_or(word, |(at, _)| word.get(..at).unwrap_or(word))
}

fn adjective(word: &str) -> Option<&str> {
    ["ый", "ий", "ой", "ое", "ее", "ая", "ие", "ые"]
        .iter()
        .find_map(|e| word.strip_suffix(e))
        .filter(|rest| rest.chars().count() >= 3)
}

/// What the names of its people and the adjective of a place begin with.
fn root(last: &str) -> Option<Box<str>> {
    let base = adjective(last)
        .unwrap_or_else(|| last.trim_end_matches(['а', 'о', 'е', 'я', 'и', 'ы', 'ь', 'й']));
    let base = base.strip_suffix("ск").unwrap_or(base);
    let base = match base.strip_suffix('н') {
        Some(less) if adjective(last).is_some() && less.chars().count() >= 4 => less,
        _ => base,
    };
    (base.chars().count() >= 4).then(|| base.into())
}

/// Whether what follows a root makes people or an adjective of it.
fn derives(rest: &str) -> bool {
    let rest = rest.trim_start_matches(['ь', 'о', 'е', 'и', 'н']);
    ["чан", "ц", "ян", "анин", "анк"]
        .iter()
        .any(|s| rest.starts_with(s))
        && rest.chars().count() <= 7
        || rest.starts_with("ск") && rest.chars().count() <= 5
        || rest.starts_with("овск") && rest.chars().count() <= 7
}

impl Names {
    /// `areas`: names by position; `villages`: municipality and stems of a village.
    pub(super) fn new<'a>(
        areas: impl IntoIterator<Item = (usize, &'a str)>,
        villages: impl IntoIterator<Item = (usize, &'a [String])>,
    ) -> Self {
        let mut names = Names::default();
        for (area, text) in areas {
            names.add(area, text);
        }
        for (area, stems) in villages {
            let parts = stems
                .iter()
                .flat_map(|s| s.split('-'))
                .filter(|s| !s.is_empty());
            let stems: Vec<Box<str>> = parts.map(Into::into).collect();
            if stems.iter().map(|s| s.chars().count()).sum::<usize>() >= 3 {
                names.spellings.push(Spelling {
                    area,
                    stems,
                    class: Class::Unsaid,
                    adjective: false,
                    root: None,
                    village: true,
                });
            }
        }
        names
            .spellings
            .sort_by(|a, b| (a.area, &a.stems).cmp(&(b.area, &b.stems)));
        names.spellings.dedup();
        let first = names.spellings.iter().flat_map(|s| {
            let first = s.stems.first().map(AsRef::as_ref);
            first.into_iter().chain(s.root.as_deref())
        });
        // Too many names for an automaton: then every text is looked at.
        names.finder = AhoCorasick::new(first).ok();
        names
    }

    fn add(&mut self, area: usize, text: &str) {
        let name = name(text);
        let words: Vec<&str> = name
            .core
            .split([' ', '-'])
            .filter(|w| kind(w).is_none())
            .collect();
        let Some(last) = words.last() else { return };
        if words.iter().map(|w| w.chars().count()).sum::<usize>() < 3 {
            return;
        }
        self.spellings.push(Spelling {
            area,
            class: name.class,
            adjective: adjective(last).is_some(),
            root: root(last),
            village: false,
            stems: words.iter().map(|w| stem(w).into()).collect(),
        });
    }

    /// Stands for all of them.
    pub(super) fn feed(&self, hasher: &mut blake3::Hasher) {
        hasher.update(format!("{:?}", self.spellings).as_bytes());
    }

    /// Whether a text may hold one of the names; `buffer` is used again and again.
    pub(super) fn may_stand_in(&self, text: &str, buffer: &mut String) -> bool {
        if self.spellings.is_empty() {
            return false;
        }
        fold(text, buffer);
        self.finder.as_ref().is_none_or(|f| f.is_match(&*buffer))
    }

    /// The places of a run of words. `whole`: the run is a cell or a field of its own.
    pub(super) fn find(&self, words: &[Word], whole: bool) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for at in 0..words.len() {
            for s in &self.spellings {
                if let Some(mention) = self.fits(s, words, at, whole)
                    && !found.iter().any(|m| {
                        m.area == mention.area
                            && m.words.start < mention.words.end
                            && mention.words.start < m.words.end
                    })
                {
                    found.push(mention);
                }
            }
        }
        found
    }

    fn fits(&self, s: &Spelling, words: &[Word], at: usize, whole: bool) -> Option<Mention> {
        let word = |i: usize| words.get(i).map_or("", |w| w.folded.as_str());
        let mention = |end: usize, how| Mention {
            area: s.area,
            words: at..end,
            how,
        };
        let end = at + s.stems.len();
        let same = s.stems.iter().zip(at..).all(|(stem, i)| {
            let rest = word(i).strip_prefix(&**stem);
            rest.is_some_and(|r| r.chars().count() <= 3)
        });
        let before = |n: usize| at.checked_sub(n).map_or("", word);
        // «Тюмен ской области»: an ending that a line break or a scan tore off.
        let torn_region = begins(word(end), &["ск~"], 4) && begins(word(end + 1), REGION, 4);
        let after_region = torn_region || begins(word(end), REGION, 4);
        if same && !after_region {
            let street = begins(before(1), STREET, 3) || begins(word(end), STREET, 3);
            if s.village {
                let called = begins(before(1), VILLAGE, 2);
                let district =
                    kind(word(end)).is_some() || kind(before(1)) == Some(Class::District);
                let capital = words.get(at).is_some_and(|w| w.capital);
                let named = called || capital && !street && !district;
                return named.then(|| mention(end, How::Named));
            }
            let (one, said) = self.kind_beside(words, at, end);
            if let Some(class) = said {
                return self
                    .class_fits(s, class)
                    .then(|| mention(one.max(end), How::Named));
            }
            let capital = words.get(at).is_some_and(|w| w.capital);
            let parted =
                words.get(end - 1).is_none_or(|w| w.parted) || matches!(word(end), "и" | "или");
            let named = match s.adjective && (s.class != Class::City || s.stems.len() == 1) {
                // A word that qualifies what follows is no name: «Кедровый орех».
                true => parted && (at > 0 || whole && words.len() <= 2 || end == words.len()),
                false => true,
            };
            // «Тюмен ской»: half of a word that a line break or a scan tore.
            let last = s.stems.last().map_or("", |stem| &**stem);
            let torn = last.chars().count() > 3 && word(end - 1) == last;
            if capital && named && !street && !torn && self.only_of(s) {
                return Some(mention(end, How::Named));
            }
            // «таллыкульские учителя»
            if s.adjective && s.stems.last().is_some_and(|l| l.ends_with("ск")) && !street {
                return Some(mention(end, How::Derived));
            }
        }
        let root = s
            .root
            .as_deref()
            .filter(|_| s.stems.len() == 1 || same_but_last(s, words, at))?;
        let last = at + s.stems.len() - 1;
        let rest = word(last).strip_prefix(root)?;
        let after = word(last + 1);
        let derived = derives(rest)
            && !after_region
            && !begins(after, REGION, 4)
            && !begins(after, STREET, 3);
        derived.then(|| mention(last + 1, How::Derived))
    }

    /// Where the name with the word for its kind ends, and the kind: beside it, past a filling word, or at the end or
    /// the beginning of a list.
    fn kind_beside(&self, words: &[Word], at: usize, end: usize) -> (usize, Option<Class>) {
        let word = |i: usize| words.get(i).map_or("", |w| w.folded.as_str());
        let filling = |w: &str| begins(w, FILLING, 4);
        let mut next = end;
        while next < end + 2 && filling(word(next)) && kind(word(next)).is_none() {
            next += 1;
        }
        // «Луговой городской округ»
        if let Some(class) = kind(word(next)) {
            return (next + 1, Some(class));
        }
        let mut before = at;
        while before > 0 && at - before < 2 && filling(word(before - 1)) {
            before -= 1;
        }
        if let Some(class) = before.checked_sub(1).and_then(|b| kind(word(b))) {
            return (end, Some(class));
        }
        let listed = |w: &Word| w.capital || matches!(&*w.folded, "и" | "или" | "а" | "также");
        let forward = words
            .iter()
            .skip(end)
            .take(24)
            .take_while(|w| listed(w))
            .count();
        if let Some(class) = kind(word(end + forward)).filter(|_| forward < 24) {
            return (end, Some(class));
        }
        let back = words
            .iter()
            .take(at)
            .rev()
            .take(24)
            .take_while(|w| listed(w))
            .count();
        (end, at.checked_sub(back + 1).and_then(|w| kind(word(w))))
    }

    /// «город Луговой» is not «Луговой район», where both are known.
    fn class_fits(&self, s: &Spelling, class: Class) -> bool {
        let alike = |other: &&Spelling| !other.village && other.stems == s.stems;
        s.class == class
            || class == Class::Unsaid
            || s.class == Class::Unsaid
            || !self
                .spellings
                .iter()
                .filter(alike)
                .any(|o| o.class == class)
    }

    /// A name without a word for its kind means the town where there is one of that name.
    fn only_of(&self, s: &Spelling) -> bool {
        let alike =
            |other: &&Spelling| !other.village && other.area != s.area && other.stems == s.stems;
        s.class == Class::City
            || !self
                .spellings
                .iter()
                .filter(alike)
                .any(|o| o.class == Class::City)
    }
}

fn same_but_last(s: &Spelling, words: &[Word], at: usize) -> bool {
    let first = s.stems.iter().zip(words.get(at..).unwrap_or_default());
    first
        .take(s.stems.len() - 1)
        .all(|(stem, w)| w.folded.starts_with(&**stem))
}

#[cfg(test)]
mod tests {
    use super::super::text::{Piece, Text};
    use super::*;
    use crate::passage::Role;

    fn found(text: &str) -> Vec<(usize, How)> {
        let areas = [
            (0, "Кедровый район"),
            (1, "город Верхнереченск"),
            (2, "Усть-Карский район"),
            (3, "Сылахский улус"),
            (4, "Луговой район"),
            (5, "город Луговой"),
        ];
        let village = ["пихтов".to_owned()];
        let names = Names::new(areas, [(0, &village[..])]);
        let piece = Piece {
            text,
            role: Role::Text,
            record: 0,
        };
        let cut = Text::new(&[piece]);
        assert!(names.may_stand_in(text, &mut String::new()) || cut.words.is_empty());
        let mentions = names.find(&cut.words, true);
        mentions.into_iter().map(|m| (m.area, m.how)).collect()
    }

    #[test]
    fn a_place_in_any_case() {
        use How::{Derived, Named};
        for (text, expected) in [
            ("дорога до Кедрового района", &[(0, Named)][..]),
            ("КЕДРОВЫЙ Р-Н", &[(0, Named)]),
            ("Кедровом муниципальном округе", &[(0, Named)]),
            (
                "в Кедровом и Усть-Карском районах",
                &[(0, Named), (2, Named)],
            ),
            ("районы: Кедровый, Усть-Карский", &[(0, Named), (2, Named)]),
            ("Кедровый", &[(0, Named)]),
            ("1;школа-участница;Кедровый;низкий", &[(0, Named)]),
            ("кедровый орех", &[]),
            ("кедровчане", &[(0, Derived)]),
            ("из кедровской глубинки", &[(0, Derived)]),
            ("управление образования Верхнереченска", &[(1, Named)]),
            ("верхнереченские школы", &[(1, Derived)]),
            ("в Сылахском улусе", &[(3, Named)]),
            ("сылахцы", &[(3, Derived)]),
            ("Луговой район", &[(4, Named)]),
            ("в городе Луговом", &[(5, Named)]),
            ("ул. Луговая", &[]),
            ("Верхнеречен ской области", &[]),
            ("в Пихтовке", &[(0, Named)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
