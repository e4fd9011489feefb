//! Phrases about schools: a word for a school with the names, numbers, namesakes and places that belong to it.
//!
//! Takes the token stream and the places; gives [`Phrase`]s. Anchored at a word for a kind of school (or a legal
//! form), it reads outwards as long as the tokens fit. Must not ask which school it is.

mod bracket;
mod left;
mod numbers;
mod parts;
mod resume;
mod right;
mod slip;

use resume::placed;
pub(crate) use resume::{bearing, resume, resume_named};

use super::index::{Hit, Role};
use super::lexicon::{Kind, class, settlement};
use super::mention::{Certainty, Reason};
use super::model::Model;
use super::morph::{Forms, is_in};
use super::place::{self};
use super::rule::Rule;
use super::token::{Stream, Token, What, flag};
use super::translit::skeleton;

/// What may identify a school inside a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Adjective,
    Settlement,
    Proper,
    Namesake,
    Number(u32),
    /// A number that may be an everyday ordinal: «первая школа».
    Ordinal(u32),
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// «№ 2», «СОШ-2», «2-я»: a name's number and nothing else.
    Signed,
    /// «вторая»
    Spelt,
    /// «СОШ 2», «СОШ2»: it may count, or be a mark.
    Bare,
}

/// One thing that may identify a school: tokens from..=to.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub by: By,
    pub from: usize,
    pub to: usize,
    pub hits: Vec<Hit>,
    pub forms: Forms,
    pub sign: Sign,
    /// The number goes on: «14а», «14/2».
    pub broken: bool,
}

impl Item {
    /// What is read in a form that tells nothing of its case.
    pub(crate) fn new(by: By, from: usize, to: usize, hits: Vec<Hit>) -> Self {
        Item::bent(by, from, to, hits, Forms::ANY)
    }

    /// What is read in a form of its own.
    pub(crate) fn bent(by: By, from: usize, to: usize, hits: Vec<Hit>, forms: Forms) -> Self {
        Item {
            by,
            from,
            to,
            hits,
            forms,
            sign: Sign::Signed,
            broken: false,
        }
    }
}

/// A phrase: tokens from..=to.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    pub anchor: usize,
    pub from: usize,
    pub to: usize,
    pub class: u16,
    /// The kind is an abbreviation or a legal form stands by: surely a name.
    pub formal: bool,
    pub forms: Forms,
    pub items: Vec<Item>,
    /// Places that belong to the phrase, as indices.
    pub places: Vec<usize>,
    /// Those of them that only a comma joins to it: where it is, or something else.
    pub beside: Vec<usize>,
    /// An adjective of some other place stands before the kind: «Дальнегорская школа № 14».
    pub foreign: bool,
    /// «имени» with a name that no school of the registry has.
    pub other_namesake: bool,
    /// Letters of initials beside the namesake.
    pub initials: Vec<u8>,
    /// The number belongs to another thing: «14а», «14/2».
    pub broken_number: bool,
    /// Cities whose adjective is used: «ключевская школа № 14».
    pub adjective_places: Vec<u32>,
    /// «school-14» may be a word of program code.
    pub english: bool,
    /// The last token that was read, places included.
    pub end: usize,
    /// The rule that made the phrase, where no word for a school anchors it.
    pub rule: Option<Rule>,
    /// Why what it names is doubtful whatever the words say.
    pub doubt: Option<Reason>,
}

impl Phrase {
    /// Whether anything but a number tells the school.
    pub(crate) fn is_named(&self) -> bool {
        let number = |i: &Item| matches!(i.by, By::Number(_) | By::Ordinal(_));
        self.items.iter().any(|i| !number(i))
    }

    /// The rule by which one of its items could mean a school.
    pub(crate) fn rule_of(&self, item: &Item) -> Rule {
        let read = match item.by {
            By::Adjective | By::Proper | By::Namesake if item.hits.iter().all(Hit::is_slip) => {
                Rule::NearName
            }
            By::Adjective => Rule::KindAdjective,
            By::Proper => Rule::KindTitle,
            By::Settlement => Rule::SettlementSchool,
            By::Namesake => Rule::Namesake,
            By::Number(_) => Rule::KindNumber,
            By::Ordinal(_) => Rule::KindOrdinal,
        };
        self.rule.unwrap_or(read)
    }

    /// What would be certain, in the light of [`Phrase::doubt`].
    pub(crate) fn doubtful(&self, certainty: Certainty) -> Certainty {
        match (certainty, self.doubt) {
            (Certainty::Certain, Some(reason)) => Certainty::Ambiguous(reason),
            _ => certainty,
        }
    }
}

struct Reader<'a> {
    model: &'a Model,
    s: &'a Stream,
    places: &'a [place::Mention],
    p: Phrase,
    /// The leftmost adjective of an enumeration being read.
    edge: usize,
}

const REACH: usize = 40;

/// Reads the phrase anchored at token `at`.
pub(crate) fn read(
    model: &Model,
    stream: &Stream,
    places: &[place::Mention],
    at: usize,
) -> Option<Phrase> {
    let t = stream.get(at)?;
    let lex = t.lex?;
    // Words of the kind after the anchor.
    let mut after = 1;
    let kind_value = match lex.kind {
        // «лиц.», «гимн.»: without the dot they are other words.
        Kind::Type
            if lex.forms == Forms::ANY
                && crate::fold::reads_any(stream.word(t), "лиц гимн инт")
                && !stream.get(at + 1).is_some_and(|n| {
                    n.is(flag::DOT) && !n.is(flag::NEWLINE) && n.what != What::Break
                }) =>
        {
            return None;
        }
        Kind::Type => lex.value,
        Kind::Legal if coded(stream, at) || administrative(stream, at) => return None,
        Kind::Legal => class::ANY,
        Kind::Centre => {
            let next = stream.get(at + 1)?;
            let short = crate::fold::reads_any(stream.word(next), "обр образ");
            if !next.lexed(Kind::Education) && !short {
                if !educational(stream, at) {
                    return None;
                }
                after = 0;
            }
            class::CENTRE
        }
        _ => return None,
    };
    // A branch is a school's only when the school is named after it.
    if lex.kind == Kind::Type && super::fold::begins(stream.word(t), "филиал") {
        let of = stream.get(at + 1).and_then(Token::lex_kind);
        if !matches!(
            of,
            Some(Kind::Legal | Kind::Type | Kind::TypeAdj | Kind::LegalAdj)
        ) || stream.get(at + 1).is_some_and(|t| {
            t.lex
                .is_some_and(|l| l.value == class::KINDERGARTEN || l.value == class::OTHER)
        }) {
            return None;
        }
    }
    // «co_36»: a centre in a file's name, not a gas or a company.
    if t.is(flag::LATIN) && stream.word(t) == b"co" {
        let joined = flag::UNDERSCORE | flag::HYPHEN;
        let number = stream
            .get(at + 1)
            .is_some_and(|n| n.is_number() && n.is(joined));
        // «CO-4-klyuchevoy»: a town right behind.
        let town = stream.get(at + 2).is_some_and(|n| {
            n.is(flag::HYPHEN | flag::UNDERSCORE)
                && stream.hits(n).iter().any(|h| h.role == Role::Place)
        });
        if !number || t.is(flag::CAPITAL) && !town {
            return None;
        }
    }
    // «дом-интернат» is no school.
    let before = at.checked_sub(1).and_then(|p| stream.get(p));
    if t.is(flag::HYPHEN)
        && kind_value == class::BOARDING
        && before.is_some_and(|b| b.is_word() && b.lexed(Kind::House))
    {
        return None;
    }
    let raw = stream.word(t);
    // «school-14», `org_4`, `int4`
    let english =
        t.is(flag::LATIN) && (raw.starts_with(b"school") || [&b"org"[..], b"int"].contains(&raw));
    let short = lex.forms == Forms::ANY;
    let mut r = Reader {
        model,
        s: stream,
        places,
        p: Phrase {
            anchor: at,
            from: at,
            to: at,
            class: kind_value,
            formal: short || lex.kind == Kind::Legal,
            forms: lex.forms,
            items: Vec::new(),
            places: Vec::new(),
            beside: Vec::new(),
            foreign: false,
            other_namesake: false,
            initials: Vec::new(),
            broken_number: false,
            adjective_places: Vec::new(),
            english,
            end: at,
            rule: None,
            doubt: None,
        },
        edge: usize::MAX,
    };
    if lex.kind == Kind::Centre {
        r.p.to = at + after;
    }
    r.compound_kind();
    r.left();
    r.title_before_dash();
    r.right();
    r.for_whom();
    // «посёлок, корпус 2»: a building, unless something says «кадетский» or names it.
    let numbered = |i: &Item| matches!(i.by, By::Number(_) | By::Ordinal(_));
    if super::fold::begins(raw, "корпус") && !r.p.formal && r.p.items.iter().all(numbered) {
        let cadet = |i: usize| {
            stream
                .get(i)
                .and_then(|t| t.lex)
                .is_some_and(|l| l.kind == Kind::TypeAdj && l.value == class::CADET)
        };
        if !(at.saturating_sub(4)..at + 4).any(cadet) {
            return None;
        }
    }
    Some(r.p)
}

/// «образовательный центр № 9», «центр № 9 (образовательный)».
fn educational(stream: &Stream, at: usize) -> bool {
    let adjective = |i: usize| {
        stream.get(i).is_some_and(|t| {
            t.is_word() && crate::fold::begins_any(stream.word(t), "образовательн obrazovateln")
        })
    };
    let english = at.checked_sub(1).and_then(|b| stream.get(b));
    at.checked_sub(1).is_some_and(adjective)
        || english.is_some_and(|b| b.lexed(Kind::Education) && b.is(flag::LATIN))
        || (at + 2..at + 5).any(|i| stream.get(i).is_some_and(|t| t.mark('(')) && adjective(i + 1))
}

/// A neutral code, «ОО-05»: says nothing of the number of a school.
fn coded(stream: &Stream, at: usize) -> bool {
    stream
        .get(at)
        .is_some_and(|t| crate::fold::reads_any(stream.word(t), "оо оу oo"))
        && stream
            .get(at + 1)
            .is_some_and(|n| n.is_number() && n.is(flag::HYPHEN | flag::DASH))
}

/// «Луговой мун. округ», «Луговой ГО»: a word for a territory, cut short as legal forms are.
fn administrative(stream: &Stream, at: usize) -> bool {
    let reads = |words: &[&str]| {
        stream
            .get(at)
            .is_some_and(|t| words.iter().any(|w| super::fold::reads(stream.word(t), w)))
    };
    let before = at.checked_sub(1).and_then(|b| stream.get(b));
    let masculine = before.is_some_and(|b| {
        b.is_word() && crate::fold::ends_any(stream.word(b), "ий ый ой ого его ому ему ом ем")
    });
    let next = stream.get(at + 1);
    masculine
        && (reads(&["го"]) && !next.is_some_and(|n| n.is_word() && n.is(flag::QUOTE))
            || reads(&["мун", "муницип", "муниципальн"])
                && next.is_some_and(|n| n.lexed(Kind::District)))
}

impl Reader<'_> {
    /// «школа для детей с ОВЗ»: a school of its own sort.
    fn for_whom(&mut self) {
        let special = |t: &Token| {
            let word = self.s.word(t);
            super::fold::reads(word, "овз")
                || crate::fold::begins_any(word, "ограниченн умственн интеллектуальн")
        };
        let opens = self.t(self.p.to + 1);
        let opens = opens.is_some_and(|t| super::fold::reads(self.s.word(t), "для"));
        let mut within = (self.p.to + 2..self.p.to + 7)
            .take_while(|k| !place::boundary(self.s, *k))
            .filter_map(|k| self.s.get(k));
        if opens && self.p.class == class::SCHOOL && within.any(special) {
            self.p.class = class::SPECIAL;
        }
    }

    fn t(&self, i: usize) -> Option<&Token> {
        self.s.get(i)
    }

    fn kind(&self, i: usize) -> Option<Kind> {
        self.t(i).and_then(Token::kind)
    }

    fn plural(&self) -> bool {
        self.p.forms.0 & Forms::PLURAL != 0
    }

    /// «школа-интернат», «школа-детский сад», «школы-гимназии».
    fn compound_kind(&mut self) {
        while let Some(n) = self.t(self.p.to + 1) {
            if !n.is(flag::HYPHEN | flag::DASH) || !n.is_word() {
                break;
            }
            match n.lex {
                Some(l) if l.kind == Kind::Type && (n.is(flag::HYPHEN)) => {
                    if !(l.value == class::KINDERGARTEN || l.value == class::SCHOOL) {
                        self.p.class = l.value;
                    }
                    // «ребята школы-интерната»
                    let both = self.p.forms.and(l.forms);
                    if both != Forms(0) {
                        self.p.forms = both;
                    }
                    self.p.to += 1;
                }
                Some(l)
                    if l.kind == Kind::TypeAdj
                        && l.value == class::KINDERGARTEN
                        && self.kind(self.p.to + 2) == Some(Kind::Type) =>
                {
                    self.p.to += 2;
                }
                _ => break,
            }
        }
    }

    fn adjectival(hit: &Hit) -> bool {
        matches!(hit.role, Role::Adj | Role::Derived)
    }

    fn hits(&self, i: usize, want: impl Fn(&Hit) -> bool) -> Vec<Hit> {
        self.t(i)
            .map(|t| self.s.hits(t).iter().copied().filter(|h| want(h)).collect())
            .unwrap_or_default()
    }

    /// The hits whose further words follow, and the last token of the longest.
    fn whole(&self, i: usize, hits: Vec<Hit>) -> (Vec<Hit>, usize) {
        let mut end = i;
        let mut out = Vec::new();
        let longest = hits
            .iter()
            .filter(|h| self.follows(i, h))
            .map(|h| h.more)
            .max()
            .unwrap_or(0);
        for h in hits {
            if h.more == longest && self.follows(i, &h) {
                end = i + usize::from(h.more);
                out.push(h);
            }
        }
        (out, end)
    }

    fn follows(&self, i: usize, h: &Hit) -> bool {
        (0..usize::from(h.more)).all(|n| {
            self.t(i + 1 + n).is_some_and(|t| {
                let latin = t.is(flag::LATIN);
                let w = if latin {
                    skeleton(self.s.word(t))
                } else {
                    self.s.word(t).to_vec()
                };
                (t.is_word() || t.is_number()) && self.model.index.continues(*h, n, &w, latin)
            })
        })
    }

    fn place_ending(&self, i: usize) -> Option<usize> {
        self.places
            .partition_point(|p| p.to < i)
            .in_list(self.places.len())
            .filter(|n| self.places[*n].to == i)
    }

    fn place_starting(&self, i: usize) -> Option<usize> {
        self.places
            .partition_point(|p| p.from < i)
            .in_list(self.places.len())
            .filter(|n| self.places[*n].from == i)
    }

    fn add(&mut self, by: By, from: usize, to: usize, hits: Vec<Hit>, forms: Forms) {
        self.put(Item::bent(by, from, to, hits, forms));
    }

    /// A number as it is written.
    fn add_number(&mut self, by: By, from: usize, to: usize, sign: Sign) {
        self.put(Item {
            sign,
            ..Item::new(by, from, to, Vec::new())
        });
    }

    fn put(&mut self, item: Item) {
        // «Приречная СОШ 212»: what a number without its sign counts is no part of the name.
        let number = matches!(item.by, By::Number(_)) && item.sign == Sign::Bare;
        if !number || item.from < self.p.anchor || !self.p.is_named() {
            self.p.from = self.p.from.min(item.from);
            self.p.to = self.p.to.max(item.to);
        }
        if !self
            .p
            .items
            .iter()
            .any(|i| i.from == item.from && i.by == item.by)
        {
            self.p.items.push(item);
        }
    }

    /// One of several numbers that the same words give.
    fn add_many(&mut self, by: By, from: usize, to: usize) {
        self.p.to = self.p.to.max(to);
        self.p.items.push(Item::new(by, from, to, Vec::new()));
    }

    fn take_place(&mut self, n: usize, grow: bool) {
        if self.p.places.contains(&n) {
            return;
        }
        self.p.places.push(n);
        let m = &self.places[n];
        let (name, from, to) = (m.name, m.from, m.to);
        let small = m.kind != settlement::CITY && m.kind != settlement::DISTRICT;
        if grow || small {
            let hits = self.hits(name, |h| h.role == Role::Topo);
            let (hits, _) = self.whole(name, hits);
            if !hits.is_empty() && small {
                let from = if self
                    .t(from.wrapping_sub(1))
                    .is_some_and(|t| t.lexed(Kind::Prep))
                    && from > self.p.anchor
                {
                    from - 1
                } else {
                    from
                };
                self.add(By::Settlement, from, to, hits, Forms::ANY);
            }
        }
    }
}

trait InList {
    fn in_list(self, len: usize) -> Option<usize>;
}

impl InList for usize {
    fn in_list(self, len: usize) -> Option<usize> {
        (self < len).then_some(self)
    }
}

trait Feminine {
    fn forms_fem(&self, stream: &Stream) -> bool;
}

impl Feminine for Token {
    /// «Приречная» after «школа», against «Приречное», «Приречный».
    fn forms_fem(&self, stream: &Stream) -> bool {
        let w = stream.word(self);
        w.len() > 3 && is_in(w[w.len() - 1], "яюйъ") && (is_in(w[w.len() - 2], "аоуяюе"))
    }
}
