//! The second wall, which asks one question: does a word that only one protected school has in its name stand near a
//! word for a school, with a capital, and neither reported nor cleared by the rules?
//!
//! It shares nothing with the rules but the cutting of a text into words: it has its own stems, endings and few lists of
//! words. Takes the words of a text; gives the places, all of them doubtful. Clears only what the word itself belongs to:
//! another thing («библиотека», «улица»), or a person. Must not hold a name: stems are kept as hashes.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::fold::enc;
use super::hash::{Fx, step};
use super::token::{Stream, Token, What, flag};
use glasno_passage::Role;

/// Shorter stems are parts of too many words.
const SHORTEST: usize = 5;
/// A stem that is looked for inside a word, and the shortest such word.
const LONG_STEM: usize = 8;
const GLUED_FROM: usize = 13;
/// How far, in words and marks, the word for a school may stand.
const NEAR: usize = 5;

/// Beginnings of words for a school, and whole words.
const SCHOOL: &str = "школ гимнази прогимнази лице интернат общеобразовательн";
const SCHOOL_WHOLE: &str = "сош оош нош сш ош шк цо оу оо мбоу маоу мкоу моу мобу моау гбоу";
/// The same for what is no school, though it may bear the same adjective.
const THING: &str = "библиотек улиц район округ поселен сельсовет волост област администрац больниц амбулатор поликлиник аптек \
    церк церков станци станиц остановк площад набережн переул проезд детск дошкольн музыкальн спортивн художествен воскресн \
    лагер ферм фабрик завод шахт дорог трасс подстанц электростанц пещер долин плотин мост ярмарк фестивал турнир";
const THING_WHOLE: &str = "край края крае клуб клуба клубе дом дома доме музей музея музее храм храма река реки реке реку рекой озеро \
    озера озере пруд гора горы горе сад сада саду линия линии ул пер ст ао ооо сдк дк фап цдо доу мдоу мбдоу дши дюсш";
/// Words before the name of somebody.
const NAMED: &str = "имени им имя";

/// How a word of a name bends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bends {
    /// «Приречная»: as «школа» does, so that the village «Приречное» is another word.
    Feminine,
    /// «Приречный», «Приречное»
    Masculine,
    /// «Горизонт»
    Noun,
    /// «Громобоева» after «имени»: only after «имени».
    Bearer,
}

impl Bends {
    /// Endings, besides none at all for nouns and persons.
    fn endings(self) -> &'static str {
        match self {
            Bends::Feminine => "ая яя ой ей ую юю ою ею",
            Bends::Masculine => "ый ий ой ое ее ого его ому ему ым им ом ем",
            Bends::Noun => "а я о е ь й у ю ы и ом ем ой ей ам ям ах ях ами ями ов ев",
            Bends::Bearer => "а я ой ей ого его ых их ы и",
        }
    }

    fn fits(self, ending: &[u8]) -> bool {
        let bare = ending.is_empty() && matches!(self, Bends::Noun | Bends::Bearer);
        bare || is_one_of(ending, self.endings())
    }

    /// The stem of a word as it stands in a name, and how it bends.
    fn of(word: &[u8], bearer: bool) -> (&[u8], Self) {
        let stem = |endings: &str| {
            let mut endings = endings.split_whitespace().map(enc);
            let ending = endings.find(|e| word.ends_with(e))?;
            word.get(..word.len() - ending.len())
        };
        if bearer {
            let endings = Bends::Bearer.endings();
            return (stem(endings).unwrap_or(word), Bends::Bearer);
        }
        let feminine = stem("ая яя").map(|s| (s, Bends::Feminine));
        let masculine = || stem("ый ий ое ее").map(|s| (s, Bends::Masculine));
        let noun = || (stem("а я о е ь й ы и").unwrap_or(word), Bends::Noun);
        feminine.or_else(masculine).unwrap_or_else(noun)
    }
}

/// The stems of one registry.
#[derive(Default)]
pub(crate) struct Wall {
    stems: HashMap<u64, (u32, Bends), Fx>,
    /// First letters of the stems that are looked for inside words.
    openings: HashSet<u64, Fx>,
}

/// Collects the words of all names.
#[derive(Default)]
pub(crate) struct Builder {
    /// Stems with the protected school that has them; `None` where others have them too.
    stems: BTreeMap<Vec<u8>, Option<(u32, Bends)>>,
}

fn hash(stem: &[u8]) -> u64 {
    stem.iter().fold(0, |h, b| step(h, *b))
}

fn is_one_of(word: &[u8], list: &str) -> bool {
    list.split_whitespace().any(|w| word == enc(w))
}

fn begins(word: &[u8], list: &str) -> bool {
    list.split_whitespace().any(|w| word.starts_with(&enc(w)))
}

impl Builder {
    /// A name of a school; `school` where it is protected. Words of municipalities and public schools are nobody's.
    pub(crate) fn name(&mut self, stream: &Stream, school: Option<u32>) {
        let mut bearers = false;
        for (i, t) in stream.tokens.iter().enumerate() {
            let word = stream.word(t);
            bearers |= is_one_of(word, NAMED);
            let capital = |k: usize| {
                let t = stream.get(k).filter(|t| t.is_word() && t.is(flag::CAPITAL));
                t.is_some_and(|t| !t.is(flag::ALL_CAPS) && t.len() > 1 && !is_school(stream, t))
            };
            // Of a bearer's names the last tells him: «Ивана Ильича Громобоева»; of «Каменный Яр» no word is one school's.
            let part = capital(i + 1) || !bearers && i > 0 && capital(i - 1);
            // «Усть-Приречная»: both parts together, as where blanks are lost.
            let first = i.checked_sub(1).and_then(|b| stream.get(b));
            let joined = first.filter(|b| t.is(flag::HYPHEN) && b.is_word() && b.is(flag::CAPITAL));
            let whole = joined.map(|b| [stream.word(b), word].concat());
            if !t.is_word()
                || !t.is(flag::CAPITAL)
                || t.lex.is_some()
                || part && (whole.is_none() || capital(i + 1))
            {
                continue;
            }
            let (stem, bends) = Bends::of(whole.as_deref().unwrap_or(word), bearers);
            if stem.len() < SHORTEST {
                continue;
            }
            let own = school.map(|s| (s, bends));
            self.stems
                .entry(stem.to_vec())
                .and_modify(|old| {
                    if old.map(|o| o.0) != school {
                        *old = None;
                    }
                })
                .or_insert(own);
        }
    }

    pub(crate) fn build(self) -> Wall {
        let sole = |(stem, own): (Vec<u8>, Option<_>)| Some((hash(&stem), own?));
        let opening = |(stem, own): (&Vec<u8>, &Option<(u32, Bends)>)| {
            let feminine = own.is_some_and(|o| o.1 == Bends::Feminine);
            stem.get(..LONG_STEM).filter(|_| feminine).map(hash)
        };
        Wall {
            openings: self.stems.iter().filter_map(opening).collect(),
            stems: self.stems.into_iter().filter_map(sole).collect(),
        }
    }
}

impl Wall {
    /// Tokens that may name a school, with the school. `judged` tells what the rules have reported or cleared.
    pub(crate) fn find(
        &self,
        stream: &Stream,
        roles: &[Role],
        judged: &[bool],
    ) -> Vec<(usize, u32)> {
        (stream.tokens.iter().enumerate())
            .filter(|(i, t)| t.is_word() && !judged.get(*i).is_some_and(|j| *j))
            .filter_map(|(i, t)| {
                let named = t
                    .is(flag::CAPITAL)
                    .then(|| self.school(stream, i, t))
                    .flatten();
                Some((i, named.or_else(|| self.glued(stream, t))?))
            })
            .filter(|(i, _)| {
                let inside = || stream.get(*i).is_some_and(|t| holds_school(stream.word(t)));
                (near_school(stream, roles, *i, NEAR) || inside()) && !another_thing(stream, *i)
            })
            .filter(|(i, (_, bends))| *bends != Bends::Noun || titled(stream, roles, *i))
            .map(|(i, (school, _))| (i, school))
            .collect()
    }

    /// Whether a word is long enough to hold a stem among other letters, and means nothing.
    pub(crate) fn may_hold(t: &Token) -> bool {
        t.is_word() && usize::from(t.len()) >= GLUED_FROM && t.lex.is_none() && !t.has_hits()
    }

    /// «изПриречнойсредней»: a stem of some length inside a long word that means nothing.
    fn glued(&self, stream: &Stream, t: &Token) -> Option<(u32, Bends)> {
        if !Self::may_hold(t) {
            return None;
        }
        let word = stream.word(t);
        (0..word.len() - LONG_STEM).find_map(|from| {
            let opening = word.get(from..from + LONG_STEM).map(hash);
            opening.filter(|o| self.openings.contains(o))?;
            let mut hash = 0;
            word.iter().skip(from).enumerate().find_map(|(n, b)| {
                hash = step(hash, *b);
                let found = self.stems.get(&hash).filter(|_| n + 1 >= LONG_STEM)?;
                (found.1 == Bends::Feminine).then_some(*found)
            })
        })
    }

    /// Whether a stem lies inside a long word.
    pub(crate) fn holds(&self, stream: &Stream, t: &Token) -> bool {
        self.glued(stream, t).is_some()
    }

    /// Whether a word may be a form of a stem, wherever it stands.
    pub(crate) fn knows(&self, word: &[u8]) -> bool {
        (0..4).any(|cut| {
            let stem = word.len().checked_sub(cut).filter(|n| *n >= SHORTEST);
            let stem = stem.and_then(|n| word.get(..n));
            stem.is_some_and(|stem| self.stems.contains_key(&hash(stem)))
        })
    }

    fn school(&self, stream: &Stream, i: usize, t: &Token) -> Option<(u32, Bends)> {
        let word = stream.word(t);
        (0..4).find_map(|cut| {
            let at = word.len().checked_sub(cut).filter(|n| *n >= SHORTEST)?;
            let (stem, ending) = word.split_at(at);
            let (school, bends) = self.stems.get(&hash(stem))?;
            let fits = bends.fits(ending) && (*bends != Bends::Bearer || bears(stream, i));
            fits.then_some((*school, *bends))
        })
    }
}

/// Whether the word stands after «имени», which is no other thing's: «лекторий имени …».
fn bears(stream: &Stream, i: usize) -> bool {
    let word = |k: usize| stream.get(k).map(|t| stream.word(t));
    let named = |k: &usize| word(*k).is_some_and(|w| is_one_of(w, NAMED));
    let at = (i.saturating_sub(4)..i).find(named);
    let owner = |at: usize| at.checked_sub(1).and_then(|b| stream.get(b));
    let another = |o: &Token| o.is_word() && !o.is(flag::CAPITAL) && !is_school(stream, o);
    at.is_some_and(|at| !owner(at).is_some_and(another))
}

fn is_school(stream: &Stream, t: &Token) -> bool {
    let word = stream.word(t);
    t.is_word() && (begins(word, SCHOOL) || is_one_of(word, SCHOOL_WHOLE))
}

/// «вПриречнойшколевсё»: the word for a school is in the same long word.
fn holds_school(word: &[u8]) -> bool {
    let stems = SCHOOL.split_whitespace().map(enc);
    word.len() >= GLUED_FROM
        && stems
            .into_iter()
            .any(|stem| word.windows(stem.len()).any(|w| w == stem))
}

/// Whether a word for a school stands near: in the fragment itself, or in the cell before or after it in its row.
fn near_school(stream: &Stream, roles: &[Role], i: usize, near: usize) -> bool {
    let Some(own) = stream.get(i).map(|t| t.frag) else {
        return false;
    };
    let row = |frag: u32| match roles.get(frag as usize) {
        Some(Role::Cell { table, row, .. }) => Some((*table, *row)),
        _ => None,
    };
    let beside = |t: &Token| t.frag == own || row(own).is_some() && row(t.frag) == row(own);
    let reach = |range: &mut dyn Iterator<Item = usize>| {
        range
            .map_while(|k| stream.get(k).filter(|t| beside(t)))
            .take(near)
            .any(|t| is_school(stream, t))
    };
    reach(&mut (0..i).rev()) || reach(&mut (i + 1..stream.tokens.len()))
}

/// A noun may be any noun, but in quotes that no other noun owns, or right beside the word for a school.
fn titled(stream: &Stream, roles: &[Role], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| stream.get(b));
    let owned = before.is_some_and(|b| b.is_word() && b.len() > 1 && !is_school(stream, b));
    let quoted = stream.get(i).is_some_and(|t| t.is(flag::QUOTE));
    quoted && !owned || near_school(stream, roles, i, 1)
}

/// Whether the word belongs to something else: «Приречная библиотека», «ул. Приречная», «Приречная Н. И.»,
/// «Верхне-Приречная», «библиотеки: Лесная, Приречная».
fn another_thing(stream: &Stream, i: usize) -> bool {
    let word = |k: usize| {
        let t = stream.get(k).filter(|t| t.what == What::Word)?;
        Some((t, stream.word(t)))
    };
    let capital = |k: usize| word(k).is_some_and(|(t, _)| t.is(flag::CAPITAL));
    let thing = |k: usize| {
        word(k).is_some_and(|(t, w)| {
            begins(w, THING)
                || is_one_of(w, THING_WHOLE)
                || t.is(flag::ALL_CAPS) && k == i + 1 && !is_school(stream, t)
        })
    };
    let initial = |k: usize| {
        word(k).is_some_and(|(_, w)| w.len() == 1)
            && capital(k)
            && stream.get(k + 1).is_some_and(|n| n.is(flag::DOT))
    };
    let joined = |k: usize| capital(k) && word(k).is_some_and(|(t, _)| t.is(flag::HYPHEN));
    let between = |k: usize| word(k).is_some_and(|(t, _)| !capital(k) && !is_school(stream, t));
    // Back over the list that it stands in: «школы района: …», but «библиотеки: …».
    let mark = |k: usize| stream.get(k).is_some_and(|t| t.mark(',') || t.mark(':'));
    let school = |k: usize| stream.get(k).is_some_and(|t| is_school(stream, t));
    let mut list = (i.saturating_sub(60)..i).rev();
    let head = list.find(|k| thing(*k) || !(capital(*k) || mark(*k)));
    thing(i + 1)
        || between(i + 1) && thing(i + 2)
        || initial(i + 1)
        || joined(i + 1)
        || i > 0 && (joined(i) && word(i - 1).is_some() || thing(i - 1) || initial(i - 1))
        || head.is_some_and(|k| thing(k) && !(k > 0 && school(k - 1)))
}
