//! Context: whether the place that the text speaks of is the school's, another, or unknown.
//!
//! Takes the places found and the roles of fragments; answers for one school and one phrase. The nearest word
//! decides: in the phrase, in the sentence, in the table's row, in the heading above, in the document.

use super::index::Role as Hit;
use super::lexicon::{Kind, settlement};
use super::model::Model;
use super::place::{self, boundary};
use super::token::{Stream, Token, What, flag};
use glasno_passage::Role;

/// What the context says of a school's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Evidence {
    /// Another place stands in the phrase itself.
    There,
    /// The sentence, the row or the heading speaks of another district.
    Led,
    /// It speaks of another town or village.
    LedToTown,
    /// The document is about another place.
    Elsewhere,
    /// Another place stands in the sentence, but may have nothing to do with the school.
    Aside,
    Unknown,
    /// The text speaks of the school's own place.
    Here,
}

/// Which places decide: those of the school, other towns and villages, other districts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Own,
    Town,
    District,
}

impl Weight {
    /// What it says where the sentence, the row or the heading leads to the school.
    fn leading(self) -> Evidence {
        match self {
            Weight::Own => Evidence::Here,
            Weight::Town => Evidence::LedToTown,
            Weight::District => Evidence::Led,
        }
    }

    fn or(self, against: Evidence) -> Evidence {
        match self {
            Weight::Own => Evidence::Here,
            _ => against,
        }
    }
}

impl Evidence {
    pub(crate) fn speaks_against(self) -> bool {
        matches!(self, Evidence::There | Evidence::Led | Evidence::LedToTown)
    }
}

/// One fragment's tokens and places.
pub(crate) struct Part {
    pub role: Role,
    pub first: usize,
    pub end: usize,
    /// Places of this fragment, as a range of the list.
    pub places: std::ops::Range<usize>,
    /// Nothing but a place: a district's row or line above its schools.
    pub only_place: bool,
    pub words: usize,
    /// Holds a reading of the registry, a number, or a word that tells one school from another: without any of these
    /// nothing in it can name a school whose kind is left out.
    pub tells: bool,
}

/// Whether a token can be what tells one school from another.
pub(crate) fn tells(t: &Token) -> bool {
    t.has_hits()
        || t.is_number()
        || t.mark('№')
        || matches!(
            t.kind(),
            Some(Kind::TypeAdj | Kind::Ordinal | Kind::Cardinal | Kind::NumSign)
        )
}

/// A carrier's tokens with its places.
pub(crate) struct Document<'a> {
    pub model: &'a Model,
    pub stream: &'a Stream,
    pub parts: Vec<Part>,
    pub places: Vec<place::Mention>,
    /// Places that belong to some school's phrase.
    pub claimed: Vec<bool>,
    /// Cities whose adjectives stand before words for a school: «ключевские школы».
    pub adjectives: Vec<u32>,
}

const DISTRICT: u16 = settlement::DISTRICT;

impl<'a> Document<'a> {
    pub(crate) fn new(model: &'a Model, stream: &'a Stream, roles: &[Role]) -> Self {
        let mut parts = Vec::with_capacity(roles.len());
        let mut places: Vec<place::Mention> = Vec::new();
        let mut first = 0;
        let mut words = 0;
        let mut roles = roles.iter();
        for (i, t) in stream.tokens.iter().enumerate() {
            match t.what {
                What::Break => {}
                What::Word | What::Number => {
                    words += 1;
                    continue;
                }
                What::Mark(_) => continue,
            }
            let Some(role) = roles.next() else { break };
            let from = places.len();
            places.extend(place::find(model, stream, first..i));
            let words = std::mem::take(&mut words);
            let named: usize = places[from..].iter().map(|m| m.to + 1 - m.from).sum();
            parts.push(Part {
                role: *role,
                first,
                end: i,
                places: from..places.len(),
                only_place: named > 0 && words <= named + 1,
                words,
                tells: (first..i).any(|n| stream.get(n).is_some_and(tells)),
            });
            first = i + 1;
        }
        let claimed = vec![false; places.len()];
        let mut d = Document {
            model,
            stream,
            parts,
            places,
            claimed,
            adjectives: Vec::new(),
        };
        d.place_columns();
        d
    }

    /// Cells of a column headed «Муниципалитет», «Район», «Город» hold places even without their kind.
    fn place_columns(&mut self) {
        let mut columns: Vec<(u32, u32)> = Vec::new();
        for p in &self.parts {
            let Role::Cell {
                table,
                row,
                column,
                head,
            } = p.role
            else {
                continue;
            };
            if head || row == 0 {
                let place_word = (p.first..p.end).any(|i| {
                    self.stream.get(i).is_some_and(|t| {
                        matches!(t.kind(), Some(Kind::District | Kind::Settlement)) || {
                            let w = self.stream.word(t);
                            crate::fold::begins_any(
                                w,
                                "муницип террит мсу населен municip city town locality district",
                            )
                        }
                    })
                });
                let school_word = (p.first..p.end).any(|i| {
                    self.stream
                        .get(i)
                        .is_some_and(|t| matches!(t.kind(), Some(Kind::Type | Kind::Legal)))
                });
                if place_word && !school_word {
                    columns.push((table, column));
                }
            }
        }
        if columns.is_empty() {
            return;
        }
        let mut extra: Vec<(usize, place::Mention)> = Vec::new();
        for (n, p) in self.parts.iter().enumerate() {
            let Role::Cell {
                table,
                row,
                column,
                head,
            } = p.role
            else {
                continue;
            };
            if head
                || row == 0
                || !columns.contains(&(table, column))
                || !p.places.is_empty()
                || p.words == 0
                || p.words > 4
            {
                continue;
            }
            // `district="lugovskoy"`: a code has no capitals.
            let code = |t: &Token| t.is(flag::LATIN) && t.is_word() && p.words == 1;
            let Some(t) = self
                .stream
                .get(p.first)
                .filter(|t| place::is_capital(t) || code(t))
            else {
                continue;
            };
            let known = self
                .stream
                .hits(t)
                .iter()
                .filter(|h| h.role == Hit::Place)
                .map(|h| h.owner)
                .collect();
            extra.push((
                n,
                place::Mention {
                    from: p.first,
                    to: p.end.saturating_sub(1),
                    name: p.first,
                    known,
                    kind: 0,
                    locative: true,
                    weak: false,
                },
            ));
        }
        // The new places lie in parts that had none: one pass rebuilds the list in order.
        let mut extra = extra.into_iter().peekable();
        let mut old = std::mem::take(&mut self.places).into_iter();
        for (k, p) in self.parts.iter_mut().enumerate() {
            let count = p.places.len();
            let start = self.places.len();
            self.places.extend(old.by_ref().take(count));
            if let Some((_, m)) = extra.next_if(|(n, _)| *n == k) {
                self.places.push(m);
                p.only_place = true;
            }
            p.places = start..self.places.len();
        }
        self.claimed = vec![false; self.places.len()];
    }

    /// Whether a place mention is the school's: yes, no, or no telling.
    fn fits(&self, m: &place::Mention, school: u32) -> Option<bool> {
        let s = self.model.schools.get(school as usize)?;
        let kind = |p: Option<u32>| {
            p.and_then(|p| self.model.places.get(p as usize))
                .map(|p| p.kind)
        };
        let own = |p: Option<u32>| p.is_some_and(|p| m.known.contains(&p));
        if own(s.settlement) {
            return Some(true);
        }
        if own(s.municipality) {
            return (m.kind == DISTRICT || kind(s.municipality) != Some(DISTRICT) || m.kind == 0)
                .then_some(true);
        }
        let topo = self.stream.get(m.name).is_some_and(|t| {
            self.stream.hits(t).iter().any(|h| {
                h.role == Hit::Topo
                    && self
                        .model
                        .variants
                        .get(h.owner as usize)
                        .is_some_and(|v| v.school == school)
            })
        });
        if topo && m.kind != DISTRICT {
            return Some(true);
        }
        if m.kind == DISTRICT {
            return match kind(s.municipality) {
                // An unknown district may lie inside the school's city.
                Some(settlement::CITY) if m.known.is_empty() => None,
                Some(_) => Some(false),
                None => None,
            };
        }
        if s.settlement.is_some() {
            return Some(false);
        }
        match kind(s.municipality) {
            Some(settlement::CITY) => Some(false),
            Some(_) if m.known.is_empty() && m.kind != settlement::CITY => None,
            Some(_) => Some(false),
            None => None,
        }
    }

    /// Several places at one level: the settlement weighs more than the district.
    fn weigh(&self, mentions: impl Iterator<Item = usize>, school: u32) -> Option<Weight> {
        let (mut near, mut wide) = (None, None);
        for n in mentions {
            let Some(m) = self.places.get(n) else {
                continue;
            };
            let slot = if m.kind == DISTRICT {
                &mut wide
            } else {
                &mut near
            };
            match self.fits(m, school) {
                Some(true) => *slot = Some(true),
                Some(false) if slot.is_none() => *slot = Some(false),
                _ => {}
            }
        }
        match (near, wide) {
            (None, None) => None,
            (_, Some(false)) => Some(Weight::District),
            (Some(false), _) => Some(Weight::Town),
            _ => Some(Weight::Own),
        }
    }

    pub(crate) fn part_of(&self, token: usize) -> usize {
        self.parts
            .partition_point(|p| p.end < token)
            .min(self.parts.len().saturating_sub(1))
    }

    /// Places that belong to the phrase itself, and those of its city adjectives.
    pub(crate) fn attached(&self, school: u32, attached: &[usize], adjectives: &[u32]) -> Evidence {
        if !adjectives.is_empty() {
            let s = self.model.schools.get(school as usize);
            let own = s.is_some_and(|s| {
                [s.municipality, s.settlement]
                    .into_iter()
                    .flatten()
                    .any(|p| adjectives.contains(&p))
            });
            if own {
                return Evidence::Here;
            }
            if attached.is_empty() {
                return Evidence::There;
            }
        }
        self.weigh(attached.iter().copied(), school)
            .map_or(Evidence::Unknown, |w| w.or(Evidence::There))
    }

    /// Places that only a comma joins to the phrase.
    pub(crate) fn beside(&self, school: u32, places: &[usize]) -> Evidence {
        self.weigh(places.iter().copied(), school)
            .map_or(Evidence::Unknown, Weight::leading)
    }

    /// All levels, from the phrase outwards.
    pub(crate) fn evidence(
        &self,
        school: u32,
        from: usize,
        to: usize,
        attached: &[usize],
        adjectives: &[u32],
    ) -> Evidence {
        let first = self.attached(school, attached, adjectives);
        if first != Evidence::Unknown {
            return first;
        }
        let part = self.part_of(from);
        let near = self.in_fragment(school, part, from, to);
        let weak = match near {
            Evidence::Unknown => false,
            Evidence::Elsewhere | Evidence::Aside => true,
            sure => return sure,
        };
        let sure = self
            .in_row(school, part)
            .or_else(|| self.above(school, part));
        if let Some(weight) = sure {
            return weight.leading();
        }
        if weak && self.paragraph_elsewhere(school, part, from) {
            return Evidence::Elsewhere;
        }
        match self.around(school, part, near == Evidence::Aside) {
            // What another paragraph speaks of says nothing against it where the text speaks of its place too.
            Some(weight) if weight != Weight::Own && self.speaks_of_its_place(school) => {
                near.max(Evidence::Aside)
            }
            Some(weight) => weight.or(Evidence::Elsewhere),
            None => near,
        }
    }

    /// Whether anything in the carrier, but for its path, speaks of the school's own place.
    pub(crate) fn speaks_of_its_place(&self, school: u32) -> bool {
        let mut places = self.places.iter().take(2000);
        places.any(|m| {
            self.fits(m, school) == Some(true)
                && (self.parts.get(self.part_of(m.from))).is_some_and(|p| p.role != Role::Path)
        })
    }

    fn in_fragment(&self, school: u32, part: usize, from: usize, to: usize) -> Evidence {
        let Some(p) = self.parts.get(part) else {
            return Evidence::Unknown;
        };
        let sentence_from = (p.first..=from)
            .rev()
            .find(|i| *i > p.first && boundary(self.stream, *i))
            .unwrap_or(p.first);
        let sentence_to = (to + 1..p.end)
            .find(|i| boundary(self.stream, *i))
            .unwrap_or(p.end);
        let free = |n: &usize| !self.claimed.get(*n).copied().unwrap_or(false);
        let before: Vec<usize> = p
            .places
            .clone()
            .filter(|n| self.places[*n].to < from)
            .collect();
        let inside = |n: &usize| self.places[*n].from >= sentence_from;
        // The nearest place before, with a district beside its settlement taken together.
        let nearest = |list: Vec<usize>| -> Vec<usize> {
            let mut out = Vec::new();
            for n in list.into_iter().rev() {
                let joined = out.last().is_none_or(|l: &usize| {
                    self.places[*l].from.saturating_sub(self.places[n].to) <= 2
                });
                if !joined || out.len() == 2 {
                    break;
                }
                out.push(n);
            }
            out
        };
        let group = nearest(
            before
                .iter()
                .copied()
                .filter(|n| inside(n) && free(n))
                .collect(),
        );
        // «Луговой район и Ключевой: …»: either may be meant.
        let either = group.len() == 2 && {
            let (a, b) = (&self.places[group[1]], &self.places[group[0]]);
            (a.to + 1..b.from).any(|i| self.stream.get(i).is_some_and(|t| t.lexed(Kind::Conj)))
        };
        if either
            && group
                .iter()
                .any(|n| self.weigh(std::iter::once(*n), school) == Some(Weight::Own))
        {
            return Evidence::Here;
        }
        if !group.is_empty() {
            let leads = group.iter().any(|n| {
                let m = &self.places[*n];
                // A folder's name leads everything in it.
                let folder =
                    p.role == Role::Path && self.stream.get(m.to + 1).is_some_and(|t| t.mark('/'));
                m.locative && !m.weak
                    || m.from == sentence_from
                    || m.from == sentence_from + 1 && self.came_from(m)
                    || folder
                    || self.leads_to(m.to, from)
            });
            match self.weigh(group.iter().copied(), school) {
                Some(Weight::Own) => return Evidence::Here,
                Some(other) if leads => return other.leading(),
                Some(_) => {
                    // «в Дальнегорске открыта школа № 14», but «гости из Валунска, школа № 14».
                    let there = group.iter().any(|n| self.places[*n].locative);
                    return match self.later(school, p, to, sentence_to) {
                        Evidence::Here => Evidence::Here,
                        _ if there => Evidence::Elsewhere,
                        _ => Evidence::Aside,
                    };
                }
                None => {}
            }
        }
        match self.later(school, p, to, sentence_to) {
            Evidence::Unknown => {}
            e => return e,
        }
        let far = nearest(
            before
                .into_iter()
                .filter(|n| free(n) || !inside(n))
                .collect(),
        );
        // «В Твери школа № 17 и школа № 3»: where a sentence begins, all of it happens.
        let opening = || {
            p.places.clone().find(|n| {
                self.places.get(*n).is_some_and(|m| {
                    m.locative && inside(n) && m.to < from && m.from <= sentence_from + 1
                })
            })
        };
        match self.weigh(far.into_iter(), school) {
            Some(weight) => weight.or(Evidence::Elsewhere),
            None => match self.weigh(opening().into_iter(), school) {
                None | Some(Weight::Own) => Evidence::Unknown,
                Some(_) => Evidence::Elsewhere,
            },
        }
    }

    /// «В Ключевом завершился форум. Гостей принимала школа № 7»: the paragraph itself says where it is, in a place
    /// that the registry knows, before the school is named; what other paragraphs speak of weighs less.
    fn paragraph_elsewhere(&self, school: u32, part: usize, from: usize) -> bool {
        let Some(p) = self.parts.get(part).filter(|p| p.role == Role::Text) else {
            return false;
        };
        let last = p
            .places
            .clone()
            .rev()
            .filter_map(|n| self.places.get(n))
            .find(|m| m.to < from);
        last.is_some_and(|m| {
            m.locative && !m.weak && !m.known.is_empty() && self.fits(m, school) == Some(false)
        })
    }

    /// «Валунск, школа № 18», «гости из Валунска: команды школ № 5 и № 18»: only marks, other schools and words that
    /// govern them stand between a place and the school.
    fn leads_to(&self, place: usize, from: usize) -> bool {
        from - place <= 12
            // «педагоги Валунска и школы № 18»
            && !self.stream.get(place + 1).is_some_and(|t| t.lexed(Kind::Conj))
            && (place + 1..from).all(|i| {
                self.stream.get(i).is_some_and(|t| {
                    matches!(t.what, What::Mark(',' | ':' | '(' | '№') | What::Number)
                        || matches!(
                            t.kind(),
                            Some(
                                Kind::Governs
                                    | Kind::Type
                                    | Kind::NumSign
                                    | Kind::Conj
                                    | Kind::Unit
                                    | Kind::LegalAdj
                                    | Kind::Legal
                                    | Kind::TypeAdj
                            )
                        )
                })
            })
    }

    fn later(&self, school: u32, p: &Part, to: usize, end: usize) -> Evidence {
        let after = p.places.clone().filter(|n| {
            self.places[*n].from > to
                && self.places[*n].from < end
                && !self.claimed.get(*n).copied().unwrap_or(false)
        });
        self.weigh(after.take(1), school)
            .map_or(Evidence::Unknown, |w| w.or(Evidence::Aside))
    }

    fn places_of(&self, part: &Part) -> Vec<usize> {
        part.places
            .clone()
            .filter(|n| !self.claimed.get(*n).copied().unwrap_or(false) || part.only_place)
            .collect()
    }

    /// The same row of the table, or the nearest row above that fills the place's column.
    fn in_row(&self, school: u32, part: usize) -> Option<Weight> {
        let Role::Cell {
            table, row, column, ..
        } = self.parts.get(part)?.role
        else {
            return None;
        };
        let same = |p: &&Part, r: u32| matches!(p.role, Role::Cell { table: t, row: x, .. } if t == table && x == r);
        let window = || self.parts[part.saturating_sub(60)..].iter().take(120);
        let mut found: Vec<usize> = window()
            .filter(|p| same(p, row) && p.first != self.parts[part].first)
            .flat_map(|p| self.places_of(p))
            .collect();
        if let Some(answer) = self.weigh(found.iter().copied(), school) {
            return Some(answer);
        }
        // Rows above: a district set once for several rows.
        for (n, p) in self.parts[..part].iter().enumerate().rev().take(400) {
            let Role::Cell {
                table: t,
                row: r,
                column: c,
                head,
            } = p.role
            else {
                return None;
            };
            if t != table {
                return None;
            }
            let sole = self.sole_cell(n);
            if r < row && p.only_place && (sole || c != column && !head) {
                let filled = !sole && window().any(|q| matches!(q.role, Role::Cell { table: t2, row: r2, column: c2, .. } if t2 == table && r2 == row && c2 == c) && q.words > 0);
                if filled {
                    continue;
                }
                found.extend(self.places_of(p));
                if let Some(answer) = self.weigh(found.iter().copied(), school) {
                    return Some(answer);
                }
            }
        }
        None
    }

    /// Whether a cell is the only one of its row; one that spans columns is repeated in each.
    fn sole_cell(&self, n: usize) -> bool {
        let row = |p: &Part| match p.role {
            Role::Cell { table, row, .. } => Some((table, row)),
            _ => None,
        };
        let Some(own) = self.parts.get(n) else {
            return false;
        };
        let words = |p: &Part| {
            (p.first..p.end)
                .filter_map(|i| self.stream.get(i))
                .map(|t| self.stream.word(t))
        };
        let alike = |p: &&Part| words(p).eq(words(own));
        let same = |p: &&Part| row(p) == row(own);
        let before = self.parts.get(..n).unwrap_or_default().iter().rev();
        let after = self.parts.get(n + 1..).unwrap_or_default().iter();
        before.take_while(same).take(12).all(|p| alike(&p))
            && after.take_while(same).take(12).all(|p| alike(&p))
    }

    /// Headings above, and lines that hold only a place.
    fn above(&self, school: u32, part: usize) -> Option<Weight> {
        let mut level = u8::MAX;
        let in_table = matches!(self.parts.get(part)?.role, Role::Cell { .. });
        for p in self.parts[..part].iter().rev().take(3000) {
            let counts = match p.role {
                Role::Heading(l) if l < level => {
                    level = l;
                    true
                }
                Role::Text if level == u8::MAX => p.only_place && (!in_table || p.words <= 6),
                _ => false,
            };
            if counts && let Some(answer) = self.weigh(self.places_of(p).into_iter(), school) {
                return Some(answer);
            }
        }
        None
    }

    /// «гости из Валунска»: where somebody is from, not where the text is.
    fn came_from(&self, m: &place::Mention) -> bool {
        m.from
            .checked_sub(1)
            .and_then(|b| self.stream.get(b))
            .is_some_and(|b| {
                b.lexed(Kind::Prep) && crate::fold::reads_any(self.stream.word(b), "из от")
            })
    }

    /// The nearest text before, the title and path, then the whole document, `without` the fragment itself or with it.
    fn around(&self, school: u32, part: usize, without: bool) -> Option<Weight> {
        // The same bytes mean the same under any path: what it says may name a school, and clears none.
        let in_path = |p: &Part| p.role == Role::Path;
        let named = self.parts.get(part).is_some_and(in_path);
        let counts = |p: &Part, weight: &Weight| *weight == Weight::Own || named || !in_path(p);
        for p in self.parts[..part].iter().rev().take(6) {
            let said = self.places_of(p).into_iter().rev();
            let said = said.filter(|n| !self.places.get(*n).is_some_and(|m| self.came_from(m)));
            if let Some(answer) = self.weigh(said.take(2), school).filter(|w| counts(p, w)) {
                return Some(answer);
            }
        }
        for p in self
            .parts
            .iter()
            .filter(|p| matches!(p.role, Role::Title | Role::Path))
        {
            let answer = self.weigh(self.places_of(p).into_iter(), school);
            if let Some(answer) = answer.filter(|w| counts(p, w)) {
                return Some(answer);
            }
        }
        // A bounded look: a long document cannot make every phrase dear. Places that belong to some school say
        // less than those the document itself speaks of.
        let left_out = self
            .parts
            .get(part)
            .filter(|_| without)
            .map_or(0..0, |p| p.places.clone());
        let all = || {
            (0..self.places.len().min(2000))
                .filter(|n| !self.places[*n].weak && !left_out.contains(n))
        };
        let own = |n: &usize| !self.claimed.get(*n).copied().unwrap_or(false);
        let fits = |list: &mut dyn Iterator<Item = usize>| -> Option<Weight> {
            let fits: Vec<bool> = list
                .filter_map(|n| {
                    let place = &self.places[n];
                    let within = || self.parts.get(self.part_of(place.from));
                    let fits = self.fits(place, school)?;
                    (fits || named || !within().is_some_and(in_path)).then_some(fits)
                })
                .collect();
            if fits.is_empty() {
                None
            } else if fits.contains(&true) {
                Some(Weight::Own)
            } else {
                Some(Weight::Town)
            }
        };
        // Where some other school is says nothing against one in another paragraph.
        let here = self.parts.get(part).map_or(0..0, |p| p.places.clone());
        fits(&mut all().filter(own))
            .or_else(|| fits(&mut all().filter(|n| here.contains(n))))
            .or_else(|| fits(&mut all()).filter(|w| *w == Weight::Own))
            .or_else(|| {
                let s = self.model.schools.get(school as usize)?;
                let own = |p: Option<u32>| p.is_some_and(|p| self.adjectives.contains(&p));
                (own(s.settlement) || own(s.municipality)).then_some(Weight::Own)
            })
    }
}
