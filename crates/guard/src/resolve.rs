//! Resolves a phrase: which protected schools it can mean, given its attributes, its context and the public
//! schools that may be named.
//!
//! Must not read tokens except through the phrase and the context.

use super::context::{Document, Evidence};
use super::index::{Hit, Role};
use super::lexicon::{Kind, class, settlement};
use super::mention::{Certainty, Class, Reason};
use super::model::Variant;
use super::phrase::{By, Item, Phrase, Sign};
use super::place::{NAMESAKE, boundary};
use super::token::flag;
use super::verdict::ClearReason;
use crate::registry::SchoolId;

/// The outcome for one item of a phrase.
pub(crate) struct Outcome {
    pub schools: Vec<SchoolId>,
    pub class: Class,
    pub certainty: Certainty,
}

/// How one item was judged: what is found, and each further school of the registry that it could mean with the reason
/// that cleared it.
#[derive(Default)]
pub(crate) struct Judged {
    pub outcome: Option<Outcome>,
    pub cleared: Vec<(u32, ClearReason)>,
    pub evidence: Vec<&'static str>,
}

/// How well the kind said fits the kind registered: 0 not at all, 3 exactly.
fn kind_fits(said: u16, registered: &[u16]) -> u8 {
    registered
        .iter()
        .map(|r| kind_pair(said, *r))
        .max()
        .unwrap_or(0)
}

fn kind_pair(said: u16, registered: u16) -> u8 {
    use class::*;
    let ordinary = |c| matches!(c, SOSH | OOSH | NOSH | SCHOOL);
    match (said, registered) {
        (a, b) if a == b => 3,
        (OTHER, _) | (_, OTHER) => 0,
        (KINDERGARTEN, ANY) | (ANY, KINDERGARTEN) => 1,
        (KINDERGARTEN, _) | (_, KINDERGARTEN) => 0,
        (ANY, _) | (_, ANY) => 2,
        (SCHOOL, b) if ordinary(b) => 2,
        (a, SCHOOL) if ordinary(a) => 2,
        (SCHOOL, _) => 1,
        (a, SCHOOL) => u8::from(matches!(
            a,
            CENTRE | BOARDING | CADET | EVENING | SPECIAL | COMPLEX
        )),
        (a, b) if ordinary(a) && ordinary(b) => 1,
        (BOARDING, SPECIAL | CADET) | (SPECIAL | CADET, BOARDING) => 1,
        (COMPLEX, CENTRE) | (CENTRE, COMPLEX) => 1,
        _ => 0,
    }
}

/// Whether a kind is a school's own, and neither a centre's nor a kindergarten's.
fn is_school(kind: u16) -> bool {
    use class::*;
    !matches!(kind, OTHER | KINDERGARTEN | CENTRE | COMPLEX | ANY)
}

struct Candidate {
    school: u32,
    kind: u8,
    place: Evidence,
    number_missing: bool,
    /// A number without its sign stands beside, which may be another school's.
    number_beside: bool,
    plain: bool,
    by: Class,
    /// An adjective made of the namesake's surname.
    bearer: bool,
}

/// The numbers of a phrase that a name in it may have.
struct Numbers {
    /// With their sign: «№ 2», «СОШ-2», «2-я».
    signed: Vec<u32>,
    /// In words: «вторая».
    spelt: Vec<u32>,
    /// Without a sign: «СОШ 2», which may count.
    bare: Vec<u32>,
}

impl Numbers {
    fn of(d: &Document<'_>, p: &Phrase, item: &Item) -> Self {
        let mut numbers = Numbers {
            signed: Vec::new(),
            spelt: Vec::new(),
            bare: Vec::new(),
        };
        for i in &p.items {
            let (By::Number(n) | By::Ordinal(n)) = i.by else {
                continue;
            };
            if dated(d, i) || of_another(p, item, i) {
                continue;
            }
            // «№ 4а» is another than № 4.
            let n = if i.broken { u32::MAX } else { n };
            match i.sign {
                Sign::Signed => numbers.signed.push(n),
                Sign::Spelt => numbers.spelt.push(n),
                Sign::Bare => numbers.bare.push(n),
            }
        }
        numbers
    }

    fn has(&self, n: u32) -> bool {
        [&self.signed, &self.spelt, &self.bare]
            .iter()
            .any(|list| list.contains(&n))
    }

    fn none(&self) -> bool {
        self.signed.is_empty() && self.spelt.is_empty() && self.bare.is_empty()
    }
}

/// Judges one item.
pub(crate) fn item(d: &Document<'_>, p: &Phrase, item: &Item) -> Judged {
    let mut met: Vec<(&Variant, Class)> = Vec::new();
    let numbered = matches!(item.by, By::Number(_) | By::Ordinal(_));
    match item.by {
        By::Number(n) | By::Ordinal(n) => {
            let variants = d.model.numbers.get(&n).into_iter().flatten();
            met.extend(
                variants
                    .filter_map(|v| d.model.variants.get(*v as usize))
                    .map(|v| (v, Class::Number)),
            );
        }
        _ => {
            for h in &item.hits {
                let by = match h.role {
                    Role::Adj | Role::Proper | Role::Abbreviation => Class::Name,
                    Role::Derived | Role::Topo | Role::Folk => Class::Settlement,
                    Role::Namesake => Class::Namesake,
                    _ => continue,
                };
                if let Some(v) = d.model.variants.get(h.owner as usize) {
                    met.push((v, by));
                }
            }
        }
    }
    let mut judged = Judged::default();
    let mut list: Vec<Candidate> = Vec::new();
    if numbered {
        met.retain(|(v, _)| {
            let reason = number_cleared(d, p, item, v);
            reason.map(|r| judged.clear(d, v.school, r)).is_none()
        });
    }
    let numbers = Numbers::of(d, p, item);
    for (v, by) in met {
        match candidate(d, p, item, v, &numbers, by) {
            Ok(c) => match list.iter_mut().find(|x| x.school == c.school) {
                Some(x) if c.weight() > x.weight() => *x = c,
                Some(_) => {}
                None => list.push(c),
            },
            Err(reason) => judged.clear(d, v.school, reason),
        }
    }
    judged
        .cleared
        .retain(|(s, _)| !list.iter().any(|c| c.school == *s));
    choose(d, p, item, list, &mut judged);
    judged
}

impl Judged {
    /// A school that may be named anyway needs no reason.
    fn clear(&mut self, d: &Document<'_>, school: u32, reason: ClearReason) {
        if protected(d, school) && !self.cleared.iter().any(|(s, _)| *s == school) {
            self.cleared.push((school, reason));
        }
    }
}

impl Candidate {
    fn weight(&self) -> (Evidence, bool, bool, u8) {
        (
            self.place,
            !self.number_missing,
            !self.number_beside,
            self.kind,
        )
    }
}

fn protected(d: &Document<'_>, school: u32) -> bool {
    d.model
        .schools
        .get(school as usize)
        .is_some_and(|s| s.id.is_some())
}

/// What clears a number before its place is weighed.
fn number_cleared(d: &Document<'_>, p: &Phrase, item: &Item, v: &Variant) -> Option<ClearReason> {
    if item.broken {
        return Some(ClearReason::AnotherNumber);
    }
    if p.foreign {
        return Some(ClearReason::AnotherPlace);
    }
    // «Пятая гимназистка» counts pupils.
    if item.sign != Sign::Signed && item.to < p.anchor && pupils(d, p) {
        return Some(ClearReason::EverydayWord);
    }
    // An adjective or title that the registry knows takes the number with it, but for that of the school's own town.
    let own = |i: &Item| {
        let s = d.model.schools.get(v.school as usize);
        let town = s
            .map(|s| [s.municipality, s.settlement])
            .unwrap_or_default();
        let hits = d.stream.get(i.from).map(|t| d.stream.hits(t));
        (hits.into_iter().flatten())
            .any(|h| h.role == Role::PlaceAdj && town.contains(&Some(h.owner)))
    };
    p.items
        .iter()
        .any(|i| i.by == By::Proper || i.by == By::Adjective && !own(i))
        .then_some(ClearReason::AnotherName)
}

/// «Приречная, Луговая № 1 СОШ», «школы: Приречная, Луговая № 1»: a number is that of the adjective right before it.
fn of_another(p: &Phrase, item: &Item, number: &Item) -> bool {
    item.by == By::Adjective
        && item.to < number.from
        && (number.to < p.anchor || item.from > p.anchor)
        && p.items
            .iter()
            .any(|i| i.by == By::Adjective && item.to < i.from && i.to < number.from)
}

/// «СОШ_2025», «СОШ_01_02_2025»: a year or day in a file's name.
fn dated(d: &Document<'_>, item: &Item) -> bool {
    let joined = flag::UNDERSCORE | flag::HYPHEN | flag::DOT | flag::GLUED;
    let Some(t) = d.stream.get(item.from).filter(|t| t.is_number()) else {
        return false;
    };
    let year = |n: u64| (1990..2100).contains(&n);
    let next = |i: usize| {
        d.stream
            .get(i)
            .filter(|n| n.is_number() && n.is(joined))
            .map(|n| n.value)
    };
    t.is(joined) && year(t.value)
        || t.is(joined) && next(item.from + 1).is_some() && next(item.from + 2).is_some_and(year)
}

fn candidate(
    d: &Document<'_>,
    p: &Phrase,
    item: &Item,
    v: &Variant,
    numbers: &Numbers,
    by: Class,
) -> Result<Candidate, ClearReason> {
    let kind = kind_fits(p.class, &v.classes);
    // «Приречный лицей» where the registry has «Приречная гимназия»: nobody else has the name.
    let sure = !item.hits.iter().all(Hit::is_slip);
    let own = by == Class::Name && item.by == By::Adjective && numbers.none() && sure;
    if kind == 0 && !(own && is_school(p.class) && v.classes.iter().any(|c| is_school(*c))) {
        return Err(if p.class == class::OTHER {
            ClearReason::NoSchool
        } else {
            ClearReason::AnotherKind
        });
    }
    let mut place = d.evidence(v.school, p.from, p.to, &p.places, &p.adjective_places);
    if d.attached(v.school, &p.places, &p.adjective_places) != Evidence::Here {
        if other_region(d, p) || place == Evidence::Led && one_of_its_own(d, p) {
            place = Evidence::There;
        } else if guests_from_region(d, p) {
            place = place.min(Evidence::Led);
        }
    }
    // «Приречная СОШ, г. Ключевой»: after a comma it may be where something takes place.
    if place == Evidence::There && p.adjective_places.is_empty() && !p.beside.is_empty() {
        let mut own = p.places.clone();
        own.retain(|n| !p.beside.contains(n));
        place = match d.attached(v.school, &own, &[]) {
            Evidence::Unknown => d.beside(v.school, &p.beside),
            sure => sure,
        };
    }
    let mut number_missing = false;
    let mut number_beside = false;
    match (item.by, v.number) {
        // A number inside a name of its own: «Верхнелуговская СОШ № 2» is not every № 2.
        (By::Number(_), _) => number_missing = v.adjective && !v.plain && place != Evidence::Here,
        (By::Ordinal(_), _) => {
            let open = place == Evidence::Aside && p.rule.is_some();
            if place != Evidence::Here && !(open && d.speaks_of_its_place(v.school)) {
                return Err(ClearReason::AnotherPlace);
            }
            if kind < 2 {
                return Err(ClearReason::AnotherKind);
            }
        }
        (_, Some(n)) if !numbers.has(n) => {
            if !numbers.signed.is_empty() || !numbers.spelt.is_empty() {
                return Err(ClearReason::AnotherNumber);
            }
            number_missing = item.by != By::Namesake || !numbers.none();
        }
        (_, None) => {
            // A numbered sibling; a list of numbers after a name belongs to other schools.
            if !numbers.signed.is_empty() {
                return Err(ClearReason::AnotherNumber);
            }
            // Nowhere are so many schools of one name.
            number_beside =
                !numbers.spelt.is_empty() || numbers.bare.iter().any(|n| (1..100).contains(n));
        }
        _ => {}
    }
    if p.other_namesake && v.namesake {
        return Err(ClearReason::AnotherPerson);
    }
    if item.by == By::Namesake && !v.initials.is_empty() && !p.initials.is_empty() {
        let clash = p.initials.iter().zip(&v.initials).any(|(a, b)| {
            a != b
                && super::translit::skeleton(&[*a]).first()
                    != super::translit::skeleton(&[*b]).first()
        });
        if clash {
            return Err(ClearReason::AnotherPerson);
        }
    }
    if many(d, p, item) && numbers.none() {
        return Err(ClearReason::ManySchools);
    }
    Ok(Candidate {
        school: v.school,
        kind,
        place,
        number_missing,
        number_beside,
        plain: v.plain,
        by,
        bearer: by == Class::Settlement && v.namesake,
    })
}

/// «гимназисты»
fn pupils(d: &Document<'_>, p: &Phrase) -> bool {
    d.stream
        .get(p.anchor)
        .is_some_and(|t| crate::fold::begins_any(d.stream.word(t), "гимназист лицеист"))
}

/// Many schools of one place under an adjective in the plural are no one school.
fn many(d: &Document<'_>, p: &Phrase, item: &Item) -> bool {
    // «Кувшинские гимназисты»: many people of one school.
    let plural_name = matches!(item.by, By::Adjective | By::Settlement)
        && item.forms.plural_only()
        && !pupils(d, p);
    // «в школах Берёзового Яра и Малой Речки»: one of each.
    let villages = p.items.iter().filter(|i| i.by == By::Settlement).count();
    let places = p
        .places
        .iter()
        .filter(|n| {
            d.places
                .get(**n)
                .is_some_and(|m| m.kind != settlement::DISTRICT)
        })
        .count();
    let one_of_each = villages > 1 || places > 1;
    let plural_of_place =
        item.by == By::Settlement && p.forms.plural_only() && !one_of_each && !pupils(d, p);
    plural_name || plural_of_place
}

/// Keeps of the candidates what `stays` lets; the others are cleared for `reason`.
fn keep(
    d: &Document<'_>,
    own: &mut Vec<Candidate>,
    judged: &mut Judged,
    reason: ClearReason,
    stays: impl Fn(&Candidate) -> bool,
) {
    own.retain(|c| {
        let stays = stays(c);
        if !stays {
            judged.clear(d, c.school, reason);
        }
        stays
    });
}

fn choose(d: &Document<'_>, p: &Phrase, item: &Item, list: Vec<Candidate>, judged: &mut Judged) {
    let numbered = matches!(item.by, By::Number(_) | By::Ordinal(_));
    let slip = !item.hits.is_empty() && item.hits.iter().all(Hit::is_slip);
    // One school alone has the name, in the registry and among those that may be named.
    let sole = !numbered
        && !slip
        && judged.cleared.is_empty()
        && list.first().is_some_and(|c| {
            protected(d, c.school) && list.iter().all(|x| x.school == c.school && !x.plain)
        });
    // A town that every school of the name is not in tells none of them from the others.
    let town = !numbered && list.iter().all(|c| c.place == Evidence::LedToTown);
    let against = |c: &Candidate| c.place.speaks_against() && !town;
    let named = list.iter().any(|c| c.by == Class::Name && !against(c));
    let (mut own, others): (Vec<Candidate>, Vec<Candidate>) =
        list.into_iter().partition(|c| protected(d, c.school));
    let others: Vec<Candidate> = others.into_iter().filter(|c| !against(c)).collect();
    keep(d, &mut own, judged, ClearReason::AnotherPlace, |c| {
        !against(c) || sole && c.place != Evidence::There
    });
    // A name of its own is meant before an adjective made of a bearer's surname.
    if named {
        keep(d, &mut own, judged, ClearReason::AnotherName, |c| !c.bearer);
    }
    if numbered {
        keep(d, &mut own, judged, ClearReason::AnotherPlace, |c| {
            c.place != Evidence::Elsewhere && (!p.english || c.place == Evidence::Here)
        });
    }
    if numbered && hosted(d, item) {
        let town = in_other_town(d, item);
        keep(d, &mut own, judged, ClearReason::AnotherPlace, |c| {
            c.place == Evidence::Here && !town
        });
    }
    keep(d, &mut own, judged, ClearReason::EverydayWord, |c| {
        !c.plain || everyday_name_is_meant(d, p, item, c)
    });
    if slip {
        // A slip is believed only where nothing speaks against it, and where no other school is as near.
        keep(d, &mut own, judged, ClearReason::AnotherPlace, |c| {
            c.place > Evidence::Led
        });
        keep(d, &mut own, judged, ClearReason::PublicSchool, |_| {
            others.is_empty()
        });
    }
    let Some(best) = own.iter().map(|c| c.place).max() else {
        return;
    };
    if best == Evidence::Here {
        keep(d, &mut own, judged, ClearReason::AnotherPlace, |c| {
            c.place == Evidence::Here
        });
    }
    let full = own.iter().any(|c| !c.number_missing);
    if full {
        keep(d, &mut own, judged, ClearReason::AnotherNumber, |c| {
            !c.number_missing
        });
    }
    let kind = own.iter().map(|c| c.kind).max().unwrap_or(0);
    keep(d, &mut own, judged, ClearReason::AnotherKind, |c| {
        c.kind == kind
    });
    // A town whose name has a slip in it.
    let town = p.places.iter().filter_map(|n| d.places.get(*n)).any(|m| {
        !m.known.is_empty()
            && d.stream
                .get(m.name)
                .is_some_and(|t| !t.is(flag::LATIN) && d.stream.hits(t).is_empty())
            && m.kind != settlement::DISTRICT
    });
    let mut reason = (slip || town).then_some(Reason::Misspelt);
    let rival = others
        .iter()
        .filter(|o| o.place == Evidence::Here || best != Evidence::Here)
        .map(|o| (o.place == Evidence::Here, !o.number_missing, o.kind))
        .max();
    if let Some(rival) = rival {
        let mine = own
            .iter()
            .map(|c| (c.place == Evidence::Here, !c.number_missing, c.kind))
            .max()
            .unwrap_or((false, false, 0));
        // A name of its own outweighs an adjective made of the other school's village.
        let made = own.iter().all(|c| c.by == Class::Settlement);
        let named = others.iter().any(|o| {
            (o.place == Evidence::Here, !o.number_missing, o.kind) == rival && o.by == Class::Name
        });
        let outweighed = rival == mine && made && named && item.by == By::Adjective;
        if rival > mine || outweighed {
            keep(d, &mut own, judged, ClearReason::PublicSchool, |_| false);
            return;
        }
        if rival == mine {
            reason = Some(Reason::PublicNamesake);
        }
    }
    let missing = own.iter().all(|c| c.number_missing);
    if missing && numbered && best != Evidence::Here && p.items.len() > 1 {
        keep(d, &mut own, judged, ClearReason::AnotherName, |_| false);
        return;
    }
    if missing {
        reason = reason.or(Some(if numbered {
            Reason::NoPlace
        } else {
            Reason::NumberMissing
        }));
    }
    if numbered && best != Evidence::Here {
        reason = reason.or(Some(Reason::NoPlace));
    }
    if own.len() > 1 {
        reason = reason.or(Some(Reason::SeveralSchools));
    }
    if kind < 2 {
        reason = reason.or(Some(Reason::OtherKind));
    }
    if matches!(best, Evidence::Led | Evidence::LedToTown) || numbered && best == Evidence::Aside {
        reason = Some(Reason::OtherPlace);
    }
    if own.iter().all(|c| c.number_beside) {
        reason = reason.or(Some(Reason::NumberBeside));
    }
    for c in &own {
        judged.evidence.extend(c.words());
    }
    judged.evidence.sort_unstable();
    judged.evidence.dedup();
    let mut schools: Vec<SchoolId> = own
        .iter()
        .filter_map(|c| d.model.schools.get(c.school as usize)?.id.clone())
        .collect();
    schools.sort();
    schools.dedup();
    let Some(class) = own.iter().map(|c| c.by).min() else {
        return;
    };
    judged.outcome = Some(Outcome {
        schools,
        class,
        certainty: reason.map_or(Certainty::Certain, Certainty::Ambiguous),
    });
}

impl Candidate {
    /// What speaks for and against it, in the fixed words of a report.
    fn words(&self) -> impl Iterator<Item = &'static str> {
        let place = match self.place {
            Evidence::Here => "place:own",
            Evidence::Unknown => "place:unsaid",
            Evidence::Elsewhere => "place:another-in-document",
            Evidence::Aside => "place:another-in-sentence",
            Evidence::Led | Evidence::LedToTown => "place:another-spoken-of",
            Evidence::There => "place:another",
        };
        let kind = match self.kind {
            3 => "kind:own",
            2 => "kind:general",
            _ => "kind:akin",
        };
        [place, kind]
            .into_iter()
            .chain(self.number_missing.then_some("number:missing"))
            .chain(self.number_beside.then_some("number:unsigned-beside"))
            .chain(self.plain.then_some("name:everyday-word"))
    }
}

/// «в Хвойном районе есть своя Кувшинская СОШ»
fn one_of_its_own(d: &Document<'_>, p: &Phrase) -> bool {
    p.from
        .checked_sub(1)
        .and_then(|b| d.stream.get(b))
        .is_some_and(|b| b.is_word() && NAMESAKE.fit(d.stream.word(b)))
}

/// «Кувшинская школа Загорской области»: a region that the registry is not of, right after the phrase. A registry that
/// does not tell its region may be of any.
fn other_region(d: &Document<'_>, p: &Phrase) -> bool {
    if d.model.regions.is_empty() {
        return false;
    }
    let end = p.to.max(p.end);
    // «Кувшинская СОШ и Вагранская ООШ Загорской области»
    let joined = d.stream.get(end + 1).is_some_and(|t| t.lexed(Kind::Conj));
    (end + 1..end + if joined { 7 } else { 4 }).any(|i| {
        let (Some(a), Some(b)) = (d.stream.get(i), d.stream.get(i + 1)) else {
            return false;
        };
        b.lexed(Kind::Region)
            && a.is_word()
            && a.is(flag::CAPITAL)
            && !a.is(flag::LATIN)
            && !(end + 1..=i + 1).any(|k| boundary(d.stream, k))
            && (end + 1..i).all(|k| {
                d.stream.get(k).is_some_and(|t| {
                    !t.is_word()
                        || matches!(t.kind(), Some(Kind::Conj | Kind::Type))
                        || t.has_hits()
                })
            })
            && !d
                .model
                .regions
                .iter()
                .any(|r| r.matches(d.stream.word(a), false).is_some())
    })
}

/// «Делегация приехала из Загорской области. Кувшинская школа …», «команды из Загорской области: школы № 3 и № 5»: the
/// paragraph speaks of guests from a region, and of no place of the registry since.
fn guests_from_region(d: &Document<'_>, p: &Phrase) -> bool {
    if d.model.regions.is_empty() {
        return false;
    }
    let Some(part) = d.parts.get(d.part_of(p.from)) else {
        return false;
    };
    let from = part.first.max(p.from.saturating_sub(60));
    let Some(region) = (from..p.from).rev().find(|i| {
        let word = |k: usize, w: &str| {
            d.stream
                .get(k)
                .is_some_and(|t| t.is_word() && super::fold::reads(d.stream.word(t), w))
        };
        *i >= from + 2
            && d.stream.get(*i).is_some_and(|t| t.lexed(Kind::Region))
            && d.stream.get(i - 1).is_some_and(|a| {
                a.is(flag::CAPITAL)
                    && !d
                        .model
                        .regions
                        .iter()
                        .any(|r| r.matches(d.stream.word(a), false).is_some())
            })
            && word(i - 2, "из")
    }) else {
        return false;
    };
    !part.places.clone().any(|n| {
        d.places
            .get(n)
            .is_some_and(|m| m.from > region && m.to < p.from && !m.known.is_empty())
    })
}

/// «sosh5-yugnt.ru»: a site or mailbox with a number and something more, which is as good as another place.
fn hosted(d: &Document<'_>, item: &Item) -> bool {
    let glued = flag::HYPHEN | flag::UNDERSCORE | flag::DOT;
    let joined = |i: usize| {
        d.stream
            .get(i)
            .filter(|t| t.is(glued) && !t.is(flag::SPACE | flag::NEWLINE | flag::DASH))
    };
    let more = joined(item.to + 1).is_some_and(|t| {
        // «sosh5-sol»: two letters more than a kind are a town's, or a camp that is no school.
        t.is(flag::LATIN)
            && !(t.lexed(Kind::Type) && t.lex.is_some_and(|l| l.value != class::OTHER))
    });
    let host = (item.to + 2..item.to + 7)
        .take_while(|i| {
            joined(*i).is_some()
                || d.stream
                    .get(*i)
                    .is_some_and(|t| t.mark('@') || t.is(flag::LATIN) && t.flags & 0xFF == 0)
        })
        .filter_map(|i| d.stream.get(i))
        .any(|t| {
            t.mark('@')
                || t.is(flag::DOT)
                    && crate::fold::reads_any(d.stream.word(t), "ru com org net su edu info рф")
        });
    more && host
}

/// «lyceum12-dalnegorsk.ru»: the site says its town, which the registry does not know.
fn in_other_town(d: &Document<'_>, item: &Item) -> bool {
    d.stream.get(item.to + 1).is_some_and(|t| {
        let w = d.stream.word(t);
        t.is(flag::LATIN)
            && t.is(flag::HYPHEN | flag::UNDERSCORE)
            && w.len() >= 5
            && [&b"sk"[..], b"ck", b"grad", b"burg", b"pol"]
                .iter()
                .any(|e| w.ends_with(e))
            && !d.stream.hits(t).iter().any(|h| h.role == Role::Place)
    })
}

/// «Центральная школа»: a name when it is written as one or stands in its own place.
fn everyday_name_is_meant(d: &Document<'_>, p: &Phrase, item: &Item, c: &Candidate) -> bool {
    if p.formal
        || c.place == Evidence::Here && d.stream.get(item.from).is_some_and(|t| t.is(flag::CAPITAL))
    {
        return true;
    }
    d.stream.get(item.from).is_some_and(|t| {
        t.is(flag::QUOTE) && t.is(flag::CAPITAL)
            || t.is(flag::CAPITAL) && !boundary(d.stream, item.from)
    })
}
