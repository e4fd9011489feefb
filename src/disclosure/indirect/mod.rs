//! Places that schedules do not print, told by other texts: «директор школы-участницы, Кедровый район».
//!
//! Takes what is coarsened anywhere ([`Watch`]) and the texts of a document or file, as they will be published; gives a
//! [`Told`] for each place beside which a [`rules::Rule`] finds a school of the project, a visit or a day of one. A place that
//! cannot be told from an innocent one is told too. Steps: look for names (`places`), cut the text (`text`), read what stands
//! beside each (`patterns`, `days`), ask the table (`rules`). Must not change a text: cutting one member out of a list
//! would show by the gap which it was.

mod days;
mod patterns;
mod places;
pub mod rules;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;

use crate::passage::Role;
use patterns::{Lexicon, Signal};
use places::{How, Mention, Names};
use rules::{Need, RULES, Rule};
pub use text::Piece;
use text::{Sentence, Text, Word};

/// How many sentences to either side of a place are read with it.
const AROUND: usize = 3;
/// How many words to either side stand beside a place.
const BESIDE: usize = 4;
/// A sentence of no more words than this beside the place says nothing alone: its neighbours count as its own.
const BARE: usize = 2;

/// A municipality that is not printed as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// First and last day of the visits there.
    pub days: Vec<(NaiveDate, NaiveDate)>,
    /// What schedules print instead, where that is not the territory.
    pub group: Option<Box<str>>,
}

/// A section, as far as places go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The territory's name.
    pub words: Box<str>,
    /// The municipality that the whole section is about.
    pub alone: Option<usize>,
}

/// What is not printed anywhere on the site, and how it is called.
#[derive(Default)]
pub struct Watch {
    names: Names,
    hidden: BTreeMap<usize, Hidden>,
    sections: BTreeMap<Box<str>, Section>,
    public: Vec<Public>,
    /// Municipalities that no protected school lies in: a list that names these too tells nothing.
    others: BTreeSet<usize>,
    lexicon: Option<Lexicon>,
}

/// Shows how much, not what.
impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Watch({})", self.hidden.len())
    }
}

/// A school that may be named.
#[derive(Debug, PartialEq, Eq)]
struct Public {
    stems: Vec<String>,
    area: Option<usize>,
}

/// Whose texts are read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Whose<'a> {
    pub section: &'a str,
    /// The days that the text is of.
    pub days: &'a [NaiveDate],
    /// One story: its title speaks of all of it.
    pub story: bool,
}

/// A place that tells too much.
#[derive(Debug, Clone)]
pub struct Told {
    pub piece: usize,
    /// Bytes of the piece.
    pub span: Range<usize>,
    pub rule: &'static Rule,
    /// What to write instead.
    pub instead: Option<Box<str>>,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.entry.code)
    }
}

/// What a [`Watch`] is made from.
#[derive(Default)]
pub struct Known<'a> {
    pub areas: Vec<(usize, &'a str)>,
    /// Municipality and village of protected schools, as stems.
    pub villages: Vec<(usize, &'a [String])>,
    pub hidden: BTreeMap<usize, Hidden>,
    pub sections: BTreeMap<Box<str>, Section>,
    /// Name and municipality of schools that may be named.
    pub public: Vec<(&'a str, Option<usize>)>,
    pub others: BTreeSet<usize>,
}

impl Watch {
    pub fn new(known: Known<'_>) -> Self {
        let hidden = &known.hidden;
        let villages = known
            .villages
            .into_iter()
            .filter(|(a, _)| hidden.contains_key(a));
        let public = known.public.into_iter().filter_map(|(name, area)| {
            let stems = public_stems(name);
            (!stems.is_empty()).then_some(Public { stems, area })
        });
        Watch {
            names: Names::new(known.areas, villages),
            public: public.collect(),
            lexicon: (!known.hidden.is_empty()).then(Lexicon::new),
            hidden: known.hidden,
            sections: known.sections,
            others: known.others,
        }
    }

    /// Nothing is hidden, so nothing can be told.
    pub fn is_idle(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Whether both look for the same names, so that what one heard the other would have heard.
    pub fn hears_as(&self, other: &Watch) -> bool {
        self.names == other.names
    }

    /// Stands for all that it tells, in what is remembered between runs.
    pub fn key(&self) -> Option<blake3::Hash> {
        (!self.is_idle()).then(|| {
            let mut hasher = blake3::Hasher::new();
            self.names.feed(&mut hasher);
            let rest = (&self.hidden, &self.sections, &self.public, &self.others);
            hasher.update(format!("{rest:?}").as_bytes());
            hasher.finalize()
        })
    }

    /// Whether a text may name a place at all.
    pub fn hears(&self, text: &str) -> bool {
        self.names.may_stand_in(text, &mut String::new())
    }

    /// Everything in these texts that tells a place.
    pub fn judge(&self, whose: Whose<'_>, pieces: &[Piece<'_>]) -> Vec<Told> {
        let Some(lexicon) = &self.lexicon else {
            return Vec::new();
        };
        let mut buffer = String::new();
        let here: Vec<bool> = pieces
            .iter()
            .map(|p| self.names.may_stand_in(p.text, &mut buffer))
            .collect();
        if !here.contains(&true) {
            return Vec::new();
        }
        let text = Text::new(pieces);
        let named = self.named(&text);
        Reading {
            watch: self,
            section: self.sections.get(whose.section),
            whose,
            pieces,
            text: &text,
            named: &named,
            lexicon,
            signals: vec![None; text.sentences.len()],
        }
        .all(&here)
    }

    /// For each word the school that may be named whose name it is part of, as its position and one.
    fn named(&self, text: &Text) -> Vec<usize> {
        let mut named = vec![0; text.words.len()];
        for sentence in &text.sentences {
            for at in sentence.words.clone() {
                for (n, school) in self.public.iter().enumerate() {
                    let end = at + school.stems.len();
                    let words = text
                        .words
                        .get(at..end.min(sentence.words.end))
                        .unwrap_or_default();
                    let same = words.len() == school.stems.len()
                        && words
                            .iter()
                            .zip(&school.stems)
                            .all(|(w, s)| inflects(&w.folded, s));
                    if same {
                        named
                            .iter_mut()
                            .skip(at)
                            .take(words.len())
                            .for_each(|x| *x = n + 1);
                    }
                }
            }
        }
        named
    }
}

const LEGAL: &[&str] = &[
    "мбоу",
    "маоу",
    "мкоу",
    "моу",
    "мобу",
    "гбоу",
    "гкоу",
    "гаоу",
    "гоу",
    "чоу",
    "фгкоу",
    "мао",
    "мбу",
];

/// The words of a public school's name without its legal form.
fn public_stems(name: &str) -> Vec<String> {
    let piece = Piece {
        text: name,
        role: Role::Text,
        record: 0,
    };
    let words = Text::new(&[piece]).words.into_iter().map(|w| w.folded);
    words.filter(|w| !LEGAL.contains(&w.as_str())).collect()
}

/// Whether a word is a form of another.
fn inflects(word: &str, of: &str) -> bool {
    let length = of.chars().count();
    let kept = length.saturating_sub(if length > 5 {
        2
    } else {
        usize::from(length > 4)
    });
    let stem: &str = of
        .char_indices()
        .nth(kept)
        .map_or(of, |(at, _)| of.get(..at).unwrap_or(of));
    word.strip_prefix(stem)
        .is_some_and(|rest| rest.chars().count() <= if length > 4 { 3 } else { 0 })
}

/// One text being read.
struct Reading<'a> {
    watch: &'a Watch,
    section: Option<&'a Section>,
    whose: Whose<'a>,
    pieces: &'a [Piece<'a>],
    text: &'a Text,
    named: &'a [usize],
    lexicon: &'a Lexicon,
    /// Of each sentence, once asked for.
    signals: Vec<Option<u32>>,
}

impl Reading<'_> {
    fn all(mut self, here: &[bool]) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        let text = self.text;
        for (n, sentence) in text.sentences.iter().enumerate() {
            if !here.get(sentence.piece).copied().unwrap_or(false) {
                continue;
            }
            let words = text.words.get(sentence.words.clone()).unwrap_or_default();
            let whole = self
                .pieces
                .get(sentence.piece)
                .is_some_and(|p| p.text.len() <= 80);
            for mut mention in self.watch.names.find(words, whole) {
                mention.words.start += sentence.words.start;
                mention.words.end += sentence.words.start;
                if let Some(rule) = self.weigh(n, sentence, &mention) {
                    self.tell(&mut told, sentence, &mention, rule);
                }
            }
        }
        told
    }

    fn tell(
        &self,
        told: &mut Vec<Told>,
        sentence: &Sentence,
        mention: &Mention,
        rule: &'static Rule,
    ) {
        let words = self
            .text
            .words
            .get(mention.words.clone())
            .unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return;
        };
        let group = self
            .watch
            .hidden
            .get(&mention.area)
            .and_then(|h| h.group.clone());
        told.push(Told {
            piece: sentence.piece,
            span: first.span.start..last.span.end,
            rule,
            instead: group.or_else(|| self.section.map(|s| s.words.clone())),
        });
    }

    /// The rule that holds for a place, if it is hidden here and nothing clears it.
    fn weigh(&mut self, n: usize, sentence: &Sentence, mention: &Mention) -> Option<&'static Rule> {
        let hidden = self.watch.hidden.get(&mention.area)?;
        let alone = self.section.is_some_and(|s| s.alone == Some(mention.area));
        let is_public = mention
            .words
            .clone()
            .any(|w| self.named.get(w).is_some_and(|s| *s > 0));
        if alone || is_public || self.region_itself(mention) {
            return None;
        }
        let reach = match mention.how {
            How::Named => AROUND,
            How::Derived => 1,
        };
        let near = self.near(n, sentence, mention);
        let around = self.around(n, sentence, &near, reach);
        let (mut close, mut wide) = (0, 0);
        for s in &near {
            close |= self.signals_of(*s);
        }
        for s in &around {
            wide |= self.signals_of(*s);
        }
        wide |= close;
        if self.cleared(sentence, mention, close) {
            return None;
        }
        let beside = self.beside(sentence, mention) | if self.is_cell(n) { close } else { 0 };
        let holds = |need: &Need| match need {
            Need::Beside(signal) => beside & signal.bit() != 0,
            Need::Near(signal) => close & signal.bit() != 0,
            Need::Around(signal) => wide & signal.bit() != 0,
            Need::Day => near.iter().any(|s| self.says_day(*s, hidden)),
            Need::Today => {
                let meets = |day: &NaiveDate| hidden.days.iter().any(|d| days::meets(*d, *day));
                mention.how == How::Named && self.whose.days.iter().any(meets)
            }
        };
        RULES
            .iter()
            .find(|rule| rule.when.iter().any(|all| all.iter().all(holds)))
    }

    /// «томские школы» in a section about Томская область.
    fn region_itself(&self, mention: &Mention) -> bool {
        let word = self
            .text
            .words
            .get(mention.words.start)
            .map_or("", |w| w.folded.as_str());
        let alike = |t: &str| {
            let (a, b) = (t.to_lowercase().replace('ё', "е"), word);
            let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
            common >= 4 && common + 3 >= a.chars().count()
        };
        mention.how == How::Derived
            && self
                .section
                .is_some_and(|s| s.words.split(' ').next().is_some_and(alike))
    }

    /// What the words next to the place say.
    fn beside(&self, sentence: &Sentence, mention: &Mention) -> u32 {
        let from = mention
            .words
            .start
            .saturating_sub(BESIDE)
            .max(sentence.words.start);
        let to = (mention.words.end + BESIDE).min(sentence.words.end);
        self.read(from..to)
    }

    fn read(&self, range: Range<usize>) -> u32 {
        let words = self.text.words.get(range.clone()).unwrap_or_default();
        let named = self.named.get(range).unwrap_or_default().iter();
        let named: Vec<bool> = named.map(|s| *s > 0).collect();
        self.lexicon.signals(words, &named)
    }

    fn signals_of(&mut self, n: usize) -> u32 {
        if let Some(Some(known)) = self.signals.get(n) {
            return *known;
        }
        let range = self.text.sentences.get(n).map_or(0..0, |s| s.words.clone());
        let found = self.read(range);
        if let Some(slot) = self.signals.get_mut(n) {
            *slot = Some(found);
        }
        found
    }

    fn role(&self, sentence: usize) -> Option<Role> {
        let piece = self.text.sentences.get(sentence)?.piece;
        self.pieces.get(piece).map(|p| p.role)
    }

    fn record(&self, sentence: usize) -> Option<u32> {
        let piece = self.text.sentences.get(sentence)?.piece;
        self.pieces.get(piece).map(|p| p.record)
    }

    /// The sentence, the row of a cell, and the neighbours of a sentence that holds little but the place.
    fn near(&self, n: usize, sentence: &Sentence, mention: &Mention) -> BTreeSet<usize> {
        let mut near = BTreeSet::from([n]);
        let role = self.role(n);
        if let Some(Role::Cell { table, row, .. }) = role {
            near.extend(self.sentences_where(
                n,
                |r| matches!(r, Role::Cell { table: t, row: r, .. } if t == table && r == row),
            ));
            return near;
        }
        if sentence.words.len() <= mention.words.len() + BARE {
            let record = self.record(n);
            let beside = [n.checked_sub(1), Some(n + 1)].into_iter().flatten();
            near.extend(beside.filter(|s| self.record(*s) == record && !self.is_cell(*s)));
        }
        near
    }

    fn is_cell(&self, n: usize) -> bool {
        matches!(self.role(n), Some(Role::Cell { .. }))
    }

    /// Sentences of roles that `fits` says yes to, going both ways from `n` as long as they follow one another or stand
    /// in the same table.
    fn sentences_where(&self, n: usize, fits: impl Fn(Role) -> bool) -> Vec<usize> {
        let table = match self.role(n) {
            Some(Role::Cell { table, .. }) => Some(table),
            _ => None,
        };
        let same = |s: &usize| matches!(self.role(*s), Some(Role::Cell { table: t, .. }) if Some(t) == table);
        let back = (0..n).rev().take_while(same);
        let forward = (n + 1..self.text.sentences.len()).take_while(same);
        back.chain(forward)
            .filter(|s| self.role(*s).is_some_and(&fits))
            .collect()
    }

    fn around(
        &self,
        n: usize,
        sentence: &Sentence,
        near: &BTreeSet<usize>,
        reach: usize,
    ) -> BTreeSet<usize> {
        let mut around = near.clone();
        let record = self.record(n);
        let count = self.text.sentences.len();
        if self.is_cell(n) {
            // The table's head: a marked one, or its first row.
            around.extend(self.sentences_where(
                n,
                |r| matches!(r, Role::Cell { head, row, .. } if head || row == 0),
            ));
        } else {
            let free = |s: &usize| self.record(*s) == record && !self.is_cell(*s);
            around.extend((n.saturating_sub(reach)..n).filter(free));
            around.extend((n + 1..(n + 1 + reach).min(count)).filter(free));
        }
        // The last heading of each level above.
        let mut level = u8::MAX;
        for s in (0..n).rev() {
            if let Some(Role::Heading(l)) = self.role(s)
                && l < level
                && self.record(s) == record
            {
                level = l;
                around.insert(s);
            }
            if level <= 1 {
                break;
            }
        }
        if self.whose.story {
            let first = self.pieces.get(sentence.piece).map(|p| p.record);
            let titles = (0..count).take_while(|s| *s <= n + 1).filter(|s| {
                matches!(self.role(*s), Some(Role::Title | Role::Path)) && self.record(*s) == first
            });
            around.extend(titles);
        }
        around
    }

    fn says_day(&self, n: usize, hidden: &Hidden) -> bool {
        let range = self.text.sentences.get(n).map_or(0..0, |s| s.words.clone());
        let words = self.text.words.get(range).unwrap_or_default();
        let said = days::said(words);
        said.iter()
            .any(|day| hidden.days.iter().any(|d| day.meets(*d)))
    }

    /// What leaves a place without meaning: a public school by whose name it stands, a list of places most of which are
    /// not the project's, a meeting of schools of the whole region.
    fn cleared(&self, sentence: &Sentence, mention: &Mention, close: u32) -> bool {
        let has = |signal: Signal| close & signal.bit() != 0;
        if self.public_beside(sentence, mention) {
            return true;
        }
        let words = self
            .text
            .words
            .get(sentence.words.clone())
            .unwrap_or_default();
        let many = |w: &Word| {
            matches!(
                &*w.folded,
                "школ"
                    | "школам"
                    | "школами"
                    | "школах"
                    | "участниц"
                    | "участницам"
                    | "шнор"
            )
        };
        let one = |w: &Word| {
            matches!(
                &*w.folded,
                "школа" | "школы" | "школу" | "школе" | "школой" | "участница"
            )
        };
        let several = words.iter().any(many) && !words.iter().any(one);
        if several && has(Signal::Event) && has(Signal::Regional) {
            return true;
        }
        if several && has(Signal::Event) && self.public_of(sentence, mention.area) {
            return true;
        }
        // «как и всего края»: what holds everywhere.
        let everywhere = words.windows(3).any(|w| match w {
            [a, b, c] => {
                a.folded == "как"
                    && b.folded == "и"
                    && matches!(
                        &*c.folded,
                        "всего" | "все" | "всех" | "во" | "вся" | "другие" | "других"
                    )
            }
            _ => false,
        });
        everywhere && has(Signal::All) || self.whole_list(sentence)
    }

    /// A school that may be named stands right beside, and lies there: «МАОУ СОШ № 3 (Луговой район)».
    fn public_beside(&self, sentence: &Sentence, mention: &Mention) -> bool {
        let of = |word: usize| {
            let school = self.named.get(word).copied()?.checked_sub(1)?;
            self.watch.public.get(school)?.area
        };
        let filler = |word: usize| {
            self.text.words.get(word).is_some_and(|w| {
                w.folded.chars().count() <= 2
                    || LEGAL.contains(&w.folded.as_str())
                    || [
                        "город",
                        "район",
                        "муниципал",
                        "округ",
                        "област",
                        "село",
                        "села",
                    ]
                    .iter()
                    .any(|k| w.folded.starts_with(k))
            })
        };
        let back = (sentence.words.start..mention.words.start)
            .rev()
            .find(|w| !filler(*w) || of(*w).is_some());
        let forward =
            (mention.words.end..sentence.words.end).find(|w| !filler(*w) || of(*w).is_some());
        [back, forward]
            .into_iter()
            .flatten()
            .any(|w| of(w) == Some(mention.area))
    }

    fn public_of(&self, sentence: &Sentence, area: usize) -> bool {
        sentence.words.clone().any(|w| {
            let school = self.named.get(w).copied().and_then(|n| n.checked_sub(1));
            school
                .and_then(|n| self.watch.public.get(n))
                .is_some_and(|p| p.area == Some(area))
        })
    }

    /// A list that holds every municipality without a protected school, and there are some: the region's whole list.
    fn whole_list(&self, sentence: &Sentence) -> bool {
        let words = self
            .text
            .words
            .get(sentence.words.clone())
            .unwrap_or_default();
        let listed: BTreeSet<usize> = self
            .watch
            .names
            .find(words, false)
            .into_iter()
            .map(|m| m.area)
            .collect();
        self.watch.others.len() >= 2 && self.watch.others.is_subset(&listed)
    }
}
