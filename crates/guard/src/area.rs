//! Municipalities by any of their spellings.
//!
//! Takes names as editors write them; gives one position for each municipality. «Луговой р-н» and «Луговой
//! муниципальный район» are one, «город Луговой» is another. Must not guess where a name fits two.

use std::collections::BTreeMap;
use std::fmt;

use crate::registry::{ProtectedSchool, Secret};
use crate::spelling::spelling;

/// A city and the district round it often share a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    District,
    City,
    Unsaid,
}

/// A name without the words for what it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    pub core: String,
    pub class: Class,
}

const CITY: &[&str] = &[
    "г",
    "гор",
    "го",
    "город",
    "города",
    "городе",
    "городской",
    "городского",
    "городском",
];
const DISTRICT: &[&str] = &[
    "район",
    "района",
    "районе",
    "районом",
    "р-н",
    "р-на",
    "р-не",
    "рн",
    "мр",
    "округ",
    "округа",
    "округе",
    "округом",
    "улус",
    "улуса",
    "улусе",
    "улусом",
    "кожуун",
    "кожууна",
    "кожууне",
    "аймак",
    "аймака",
    "аймаке",
];
const FILLING: &[&str] = &[
    "муниципальный",
    "муниципального",
    "муниципальном",
    "муниципальному",
    "муниципальное",
    "образование",
    "мо",
    "м",
];
const REGION: &[&str] = &["область", "области", "обл", "край", "края", "республика"];

/// Words of a text in folded spelling; hyphens stay inside words.
pub fn words(text: &str) -> Vec<String> {
    spelling(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .map(|w| w.trim_matches('-'))
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether the word says that a municipality stands beside it.
pub fn is_kind(word: &str) -> bool {
    CITY.contains(&word) || DISTRICT.contains(&word)
}

/// Takes a municipality's name apart.
pub fn name(text: &str) -> Name {
    let mut core: Vec<String> = Vec::new();
    let mut class = Class::Unsaid;
    for word in words(text) {
        let w = word.as_str();
        if CITY.contains(&w) {
            class = Class::City;
        } else if DISTRICT.contains(&w) {
            if class == Class::Unsaid {
                class = Class::District;
            }
        } else if REGION.contains(&w) && core.len() > 1 {
            // «Луговой район Яблонской области»: the region adds nothing.
            core.pop();
        } else if !FILLING.contains(&w) {
            core.push(word);
        }
    }
    if core.is_empty() {
        return Name {
            core: spelling(text),
            class: Class::Unsaid,
        };
    }
    Name {
        core: core.join(" "),
        class,
    }
}

/// Every municipality that the registry or a row names, numbered.
#[derive(Default)]
pub struct Areas {
    names: Vec<(Box<str>, Name)>,
    stems: Vec<Vec<String>>,
    by_core: BTreeMap<String, Vec<usize>>,
}

/// Shows how many: a municipality may stand in the registry alone.
impl fmt::Debug for Areas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Areas({})", self.names.len())
    }
}

impl Areas {
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// As first written.
    pub fn written(&self, area: usize) -> &str {
        self.names.get(area).map_or("", |(written, _)| written)
    }

    /// The municipality that a name means, if it can mean but one.
    pub fn find(&self, text: &str) -> Option<usize> {
        self.find_name(&name(text))
    }

    fn find_name(&self, wanted: &Name) -> Option<usize> {
        let same = self.by_core.get(&wanted.core)?;
        let of = |class: Class| {
            same.iter()
                .copied()
                .find(|i| self.names.get(*i).is_some_and(|(_, n)| n.class == class))
        };
        if let Some(exact) = of(wanted.class) {
            return Some(exact);
        }
        match (wanted.class, same.as_slice()) {
            (Class::Unsaid, [only]) => Some(*only),
            (Class::Unsaid, _) => None,
            _ => of(Class::Unsaid),
        }
    }

    pub fn find_or_add(&mut self, text: &str) -> usize {
        let name = name(text);
        if let Some(found) = self.find_name(&name) {
            return found;
        }
        let at = self.names.len();
        self.by_core.entry(name.core.clone()).or_default().push(at);
        self.stems.push(name.core.split(' ').map(stem).collect());
        self.names.push((text.trim().into(), name));
        at
    }

    /// The municipality that a protected school lies in.
    pub fn home(&mut self, school: &ProtectedSchool) -> Option<usize> {
        let municipality = school.municipality.as_ref()?;
        Some(self.find_or_add(municipality.expose()))
    }

    /// Whether the text names the municipality, in any case, beside a word such as «район».
    pub fn told(&self, area: usize, text: &str) -> bool {
        let Some(stems) = self.stems.get(area) else {
            return false;
        };
        let words = words(text);
        let kind = |at: Option<usize>| at.and_then(|i| words.get(i)).is_some_and(|w| is_kind(w));
        let filling = |at: Option<usize>| {
            at.and_then(|i| words.get(i))
                .is_some_and(|w| FILLING.contains(&w.as_str()))
        };
        words.windows(stems.len()).enumerate().any(|(at, window)| {
            let (before, after) = (at.checked_sub(1), Some(at + stems.len()));
            let same = window.iter().zip(stems).all(|(w, s)| inflected(w, s));
            same && (kind(before)
                || kind(after)
                || (filling(before) && kind(at.checked_sub(2)))
                || (filling(after) && kind(Some(at + stems.len() + 1))))
        })
    }
}

/// The name of a village or town, to be found in running text.
pub struct Settlement(Vec<String>);

/// Shows nothing: it is part of what is protected.
impl fmt::Debug for Settlement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Settlement")
    }
}

const SETTLEMENT: &[&str] = &[
    "с",
    "село",
    "села",
    "селе",
    "селом",
    "д",
    "дер",
    "деревня",
    "деревни",
    "деревне",
    "п",
    "пос",
    "поселок",
    "поселка",
    "поселке",
    "пгт",
    "рп",
    "ст",
    "станица",
    "станицы",
    "станице",
    "х",
    "хутор",
    "хутора",
    "хуторе",
    "аул",
    "аула",
    "ауле",
    "г",
    "город",
    "города",
    "городе",
    "поселение",
    "поселения",
    "поселении",
];

impl Settlement {
    /// Where a protected school stands; `None` where nothing is left beside words such as «село», or the place is the municipality's own city.
    pub fn of(school: &ProtectedSchool) -> Option<Self> {
        let municipality = school.municipality.as_ref().map(Secret::expose);
        Self::new(school.settlement.as_ref()?.expose(), municipality)
    }

    fn new(text: &str, municipality: Option<&str>) -> Option<Self> {
        let core: Vec<String> = words(text)
            .into_iter()
            .filter(|w| !SETTLEMENT.contains(&w.as_str()) && !FILLING.contains(&w.as_str()))
            .collect();
        let city = municipality
            .map(name)
            .is_some_and(|m| m.core == core.join(" "));
        (!core.is_empty() && !city).then(|| Settlement(core.iter().map(|w| stem(w)).collect()))
    }

    /// What its words begin with, for whoever looks for many at once. Part of what is protected: never to be printed.
    pub fn stems(&self) -> &[String] {
        &self.0
    }

    /// Whether the text names it. `bare`: even without a word such as «село» beside it.
    pub fn told(&self, text: &str, bare: bool) -> bool {
        let words = words(text);
        let kind = |at: Option<usize>| {
            at.and_then(|i| words.get(i))
                .is_some_and(|w| SETTLEMENT.contains(&w.as_str()))
        };
        words.windows(self.0.len()).enumerate().any(|(at, window)| {
            window.iter().zip(&self.0).all(|(w, s)| inflected(w, s))
                && (bare || kind(at.checked_sub(1)) || kind(Some(at + self.0.len())))
        })
    }
}

/// Whether a word has the stem and no more than an ending after it.
fn inflected(word: &str, stem: &str) -> bool {
    word.strip_prefix(stem)
        .is_some_and(|ending| ending.chars().count() <= 3)
}

/// A word without what changes from case to case.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    let cut = match length {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    word.chars().take(length - cut).collect()
}
