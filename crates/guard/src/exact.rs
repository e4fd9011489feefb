//! Exact names of the registry in text, whatever their case, quotes and blanks.
//!
//! Takes the registry and texts; gives where a name stands. It shares no rule with the recogniser, so that a fault
//! there is not a fault here: only what Unicode says of characters (`ignorable`, `shown`). Must not print a name.

use crate::ignorable::is_ignorable;
use crate::shown::Shown;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::recent::Recent;
use crate::registry::Registry;

/// The names, ready to be searched for.
pub struct Exact {
    searcher: Option<AhoCorasick>,
    /// For each name, in the order of the searcher's patterns.
    names: Vec<Name>,
    /// Bytes of the shortest name; no text folds to more bytes of a name than it has itself.
    shortest: usize,
    /// First words of the names.
    openings: Openings,
    /// Tells it from every other of the process.
    number: u64,
}

/// Texts without a name that one thread has met lately.
const REMEMBERED: usize = 1 << 12;

static NUMBERS: AtomicU64 = AtomicU64::new(1);

thread_local! {
    static NAMELESS: RefCell<Recent<()>> = const { RefCell::new(Recent::new(REMEMBERED)) };
}

/// One name of the registry.
#[derive(Default)]
struct Name {
    /// The schools that bear it: namesakes share one.
    bearers: Vec<String>,
    person: bool,
    /// No other school is likely to have it: it has no number, and no school that may be named bears it.
    own: bool,
    /// One word that does not say that it is a school's: «Горизонт».
    word: bool,
}

/// Beginnings of words for a school.
const SCHOOLS: [&str; 8] = [
    "школ",
    "гимнази",
    "лице",
    "интернат",
    "сош",
    "оош",
    "нош",
    "центр",
];

/// A name in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<'a> {
    /// Bytes of the text.
    pub span: std::ops::Range<usize>,
    /// The school named there.
    pub id: &'a str,
    pub person: bool,
    /// Whether the name alone tells the school, whatever stands round it.
    pub own: bool,
}

impl Exact {
    pub fn new(registry: &Registry) -> Self {
        let mut names: BTreeMap<Vec<u8>, Name> = BTreeMap::new();
        for school in &registry.protected {
            let mut add = |value: &str, person: bool| {
                let folded = fold(value, |_, _| {});
                // A short word alone would be found in other words.
                if String::from_utf8_lossy(&folded).chars().count() >= 6 {
                    let own = !folded.iter().any(u8::is_ascii_digit);
                    let text = String::from_utf8_lossy(&folded);
                    let word =
                        !person && !text.contains(' ') && !SCHOOLS.iter().any(|s| text.contains(s));
                    let name = names.entry(folded).or_default();
                    let id = school.id.as_str();
                    if !name.bearers.iter().any(|b| b == id) {
                        name.bearers.push(id.to_owned());
                    }
                    (name.person, name.own, name.word) = (person, own, word);
                }
            };
            add(school.name.expose(), false);
            school.full_name.iter().for_each(|s| add(s.expose(), false));
            school.aliases.iter().for_each(|s| add(s.expose(), false));
            school.people.iter().for_each(|s| add(s.expose(), true));
        }
        for school in &registry.public {
            let spellings = std::iter::once(&school.name)
                .chain(&school.full_name)
                .chain(&school.aliases);
            for spelling in spellings {
                if let Some(name) = names.get_mut(&fold(spelling, |_, _| {})) {
                    name.own = false;
                }
            }
        }
        let (patterns, names): (Vec<Vec<u8>>, Vec<Name>) = names.into_iter().unzip();
        let searcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            // Two bytes in nearly every Russian word are the rarest there are: a search for them first costs double.
            .prefilter(false)
            .build(&patterns)
            .ok()
            .filter(|_| !patterns.is_empty());
        let shortest = patterns.iter().map(Vec::len).min().unwrap_or(0);
        let openings = Openings::of(&patterns);
        Exact {
            searcher,
            names,
            shortest,
            openings,
            number: NUMBERS.fetch_add(1, Ordering::Relaxed),
        }
    }

    /// The names in `text`, from its beginning to its end.
    pub fn find(&self, text: &str) -> Vec<Hit<'_>> {
        self.find_except(text, &[])
    }

    /// The same without the names that one of `own` bears; in the text as it is stored, and as it is drawn.
    pub fn find_except(&self, text: &str, own: &[&str]) -> Vec<Hit<'_>> {
        let mut found = self.search(text, own);
        if let Some(shown) = Shown::of(text) {
            for mut hit in self.search(&shown.text, own) {
                hit.span = shown.stored(&hit.span);
                if !found
                    .iter()
                    .any(|h| h.span.start < hit.span.end && hit.span.start < h.span.end)
                {
                    found.push(hit);
                }
            }
            found.sort_by_key(|h| h.span.start);
        }
        found
    }

    fn search(&self, text: &str, own: &[&str]) -> Vec<Hit<'_>> {
        let Some(searcher) = &self.searcher else {
            return Vec::new();
        };
        if text.len() < self.shortest {
            return Vec::new();
        }
        let nameless = NAMELESS.with_borrow(|texts| {
            let slot = texts.slot(text, self.number);
            slot.is_some_and(|slot| texts.get(slot, text, self.number).is_some())
        });
        if nameless {
            return Vec::new();
        }
        let folded = fold(text, |_, _| {});
        if !self.openings.any_in(&folded) || !searcher.is_match(&folded) {
            NAMELESS.with_borrow_mut(|texts| {
                if let Some(slot) = texts.slot(text, self.number) {
                    texts.came(slot, text, self.number, || ());
                }
            });
            return Vec::new();
        }
        // Places are needed for the few texts that hold a name.
        let mut places = Vec::with_capacity(text.len() + 1);
        let folded = fold(text, |at, len| places.extend(std::iter::repeat_n(at, len)));
        searcher
            .find_iter(&folded)
            .filter(|m| is_word(&folded, m.start(), m.end()))
            .filter_map(|m| {
                let name = self.names.get(m.pattern().as_usize())?;
                if name.bearers.iter().any(|id| own.contains(&id.as_str())) {
                    return None;
                }
                let start = *places.get(m.start())?;
                let last = m.end().checked_sub(1).and_then(|i| places.get(i));
                let end = last
                    .and_then(|at| Some(at + text.get(*at..)?.chars().next()?.len_utf8()))
                    .unwrap_or(text.len());
                if name.word && !stands_for_itself(text, start..end) {
                    return None;
                }
                Some(Hit {
                    span: start..end,
                    id: name.bearers.first()?,
                    person: name.person,
                    own: name.own,
                })
            })
            .collect()
    }
}

/// The first words of all names: a name can stand only where one of them does. Asked first, since the search for
/// thousands of names at once walks through more memory than lies near the processor.
struct Openings {
    /// Told by a few bits of the word's hash.
    likely: Box<[u64]>,
    words: HashSet<u64>,
    /// Some name begins with a mark.
    any: bool,
}

const LIKELY_BITS: usize = 1 << 17;

impl Openings {
    fn of(names: &[Vec<u8>]) -> Self {
        let mut openings = Openings {
            likely: vec![0; LIKELY_BITS / 64].into(),
            words: HashSet::new(),
            any: false,
        };
        for name in names {
            let mut first = None;
            words(name, |start, hash| {
                first.get_or_insert((start, hash));
                false
            });
            match first {
                Some((0, hash)) => {
                    let bit = Self::bit(hash);
                    if let Some(word) = openings.likely.get_mut(bit / 64) {
                        *word |= 1 << (bit % 64);
                    }
                    openings.words.insert(hash);
                }
                _ => openings.any = true,
            }
        }
        openings
    }

    fn bit(hash: u64) -> usize {
        (hash >> 40) as usize % LIKELY_BITS
    }

    fn any_in(&self, folded: &[u8]) -> bool {
        let opens = |hash: u64| {
            let bit = Self::bit(hash);
            self.likely
                .get(bit / 64)
                .is_some_and(|w| w & (1 << (bit % 64)) != 0)
                && self.words.contains(&hash)
        };
        let mut found = self.any;
        if !found {
            words(folded, |_, hash| {
                found |= opens(hash);
                !found
            });
        }
        found
    }
}

/// Gives the start and hash of each run of letters and digits, as long as `each` asks for more.
fn words(folded: &[u8], mut each: impl FnMut(usize, u64) -> bool) {
    const NONE: u64 = 0xcbf2_9ce4_8422_2325;
    let mut hash = NONE;
    let mut start = 0;
    let mut at = 0;
    while let Some(&b) = folded.get(at) {
        let (letter, len) = match b {
            0..0x80 => (b.is_ascii_alphanumeric(), 1),
            // А–я and their kin.
            0xD0 | 0xD1 => (true, 2),
            _ => {
                let rest = folded
                    .get(at..(at + 4).min(folded.len()))
                    .unwrap_or_default();
                let c = rest
                    .utf8_chunks()
                    .next()
                    .and_then(|c| c.valid().chars().next());
                c.map_or((false, 1), |c| (c.is_alphanumeric(), c.len_utf8()))
            }
        };
        if letter {
            if hash == NONE {
                start = at;
            }
            for b in folded.get(at..at + len).unwrap_or_default() {
                hash = (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
            }
        } else if hash != NONE {
            if !each(start, hash) {
                return;
            }
            hash = NONE;
        }
        at += len;
    }
    if hash != NONE {
        each(start, hash);
    }
}

/// Whether a name of one word is written as a name, and no other thing bears it: «сборник «Горизонт»», «Горизонт был
/// чист».
fn stands_for_itself(text: &str, span: std::ops::Range<usize>) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let quoted = before.ends_with(['«', '"', '„', '“']);
    let before =
        before.trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?:;—–\n".contains(c));
    let owner: Vec<char> = before
        .chars()
        .rev()
        .take_while(|c| c.is_alphabetic())
        .collect();
    let word: String = owner.iter().rev().flat_map(|c| c.to_lowercase()).collect();
    // «посетила «Горизонт»»
    let verb = ["ла", "ло", "ли", "ся", "сь", "ть", "ет", "ит", "ют", "ят"];
    let thing = owner.len() > 3
        && !verb.iter().any(|e| word.ends_with(e))
        && !SCHOOLS.iter().any(|s| word.starts_with(s));
    let opens = owner.is_empty()
        && after
            .trim_start_matches(' ')
            .starts_with(char::is_alphabetic);
    let name = text.get(span).unwrap_or_default();
    name.starts_with(|c: char| !c.is_lowercase()) && !thing && (quoted || !opens)
}

/// Whether no letter or digit touches the match.
fn is_word(folded: &[u8], start: usize, end: usize) -> bool {
    let text = |part: Option<&[u8]>| String::from_utf8_lossy(part.unwrap_or_default()).into_owned();
    // No character is longer than four bytes.
    let before = text(folded.get(start.saturating_sub(4)..start))
        .chars()
        .next_back();
    let after = text(folded.get(end..(end + 4).min(folded.len())))
        .chars()
        .next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// What each ASCII character folds to; 0 is left out.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut b = 0u8;
    while b < 128 {
        table[b as usize] = match b {
            b'"' => 0,
            b'\t'..=b'\r' | 0x1C..=0x1F => b' ',
            b => b.to_ascii_lowercase(),
        };
        b += 1;
    }
    table
};

/// Lower case, ё as е, no quotes, single blanks. `each` is told, for every character of the result, the byte of the
/// text it came from and its length.
fn fold(text: &str, mut each: impl FnMut(usize, usize)) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        if let Some(&folded) = ASCII.get(usize::from(b)) {
            // Runs of blanks fold to one.
            if folded != 0 && !(folded == b' ' && out.last() == Some(&b' ')) {
                out.push(folded);
                each(at, 1);
            }
            at += 1;
            continue;
        }
        let letter = match (b, bytes.get(at + 1)) {
            (0xD0, Some(c @ 0x90..=0x9F)) => Some([0xD0, c + 0x20]),
            (0xD0, Some(c @ 0xA0..=0xAF)) => Some([0xD1, c - 0x20]),
            (0xD0, Some(c @ 0xB0..=0xBF)) => Some([0xD0, *c]),
            (0xD1, Some(c @ 0x80..=0x8F)) => Some([0xD1, *c]),
            _ => None,
        };
        if let Some(letter) = letter {
            out.extend_from_slice(&letter);
            each(at, 2);
            at += 2;
            continue;
        }
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else {
            break;
        };
        match c {
            '«' | '»' | '„' | '“' | '”' => {}
            c if is_ignorable(c) => {}
            c if c.is_whitespace() => {
                if out.last() != Some(&b' ') {
                    out.push(b' ');
                    each(at, 1);
                }
            }
            // Pages print numbers with a hyphen on which lines do not break.
            '\u{2010}' | '\u{2011}' => {
                out.push(b'-');
                each(at, 1);
            }
            c => {
                for c in c.to_lowercase() {
                    let c = if c == 'ё' { 'е' } else { c };
                    let mut buffer = [0; 4];
                    let folded = c.encode_utf8(&mut buffer).as_bytes();
                    out.extend_from_slice(folded);
                    each(at, folded.len());
                }
            }
        }
        at += c.len_utf8();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::ProtectedSchool;

    proptest::proptest! {
        /// The first words let through whatever the search would find.
        #[test]
        fn no_name_is_passed_over(picks in proptest::collection::vec(0..PIECES.len(), 1..12)) {
            let registry = Registry::of([
                ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»").person("Рябова Анна Петровна"),
                ProtectedSchool::new("r-2", "14 Ключевого").alias("Приречная-2 школа"),
                ProtectedSchool::new("r-3", "«Лицей-Ё» города"),
            ]);
            let exact = Exact::new(&registry);
            let text: String = picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
            let folded = fold(&text, |_, _| {});
            let searcher = exact.searcher.as_ref().expect("names");
            let plain = searcher
                .find_iter(&folded)
                .filter(|m| is_word(&folded, m.start(), m.end()))
                .count();
            proptest::prop_assert_eq!(exact.find(&text).len(), plain, "{}", text);
        }
    }

    const PIECES: &[&str] = &[
        "МБОУ ",
        "«Приречная СОШ»",
        "приречная",
        " сош",
        "Рябова ",
        "Анна Петровна",
        "14 ",
        "Ключевого",
        "Приречная-2 ",
        "школа",
        "лицей-ё",
        " города",
        "—",
        "…",
        " ",
        ",",
        "(",
        "x",
        "1",
        "\u{ad}",
        "é",
        "№",
        "\n",
    ];

    #[test]
    fn names_are_found_in_any_case_and_quotes() {
        let registry = Registry::of([ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»")]);
        let exact = Exact::new(&registry);
        let text = "посещение мбоу  \"приречная\u{a0}СОШ\" состоится";
        let found = exact.find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].span.clone()], "мбоу  \"приречная\u{a0}СОШ");
        let registry = Registry::of([ProtectedSchool::new("r-2", "Приречная СОШ-2")]);
        assert_eq!(
            Exact::new(&registry).find("Приречная СОШ\u{2011}2").len(),
            1
        );
        assert!(exact.find("МБОУ «Заречная СОШ»").is_empty());
    }
}
