//! Resolves a phrase: which protected schools it can mean, given its attributes, its context and the public
//! schools that may be named.
//!
//! Must not read tokens except through the phrase and the context.

use super::context::{Document, Evidence};
use super::index::{Hit, Role};
use super::lexicon::{Kind, class, settlement};
use super::mention::{Certainty, Class, Reason};
use super::model::Variant;
use super::phrase::{By, Item, Phrase};
use super::place::boundary;
use super::token::flag;
use crate::registry::SchoolId;

/// The outcome for one item of a phrase.
pub(crate) struct Outcome {
    pub schools: Vec<SchoolId>,
    pub class: Class,
    pub certainty: Certainty,
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

struct Candidate {
    school: u32,
    kind: u8,
    place: Evidence,
    number_missing: bool,
    plain: bool,
    by: Class,
    /// An adjective made of the namesake's surname.
    bearer: bool,
}

/// Decides one item. `None`: no finding.
pub(crate) fn item(d: &Document<'_>, p: &Phrase, item: &Item) -> Option<Outcome> {
    let numbers: Vec<u32> = p
        .items
        .iter()
        .filter_map(|i| match i.by {
            By::Number(n) | By::Ordinal(n) if !dated(d, i) && !of_another(p, item, i) => Some(n),
            _ => None,
        })
        .collect();
    let mut list: Vec<Candidate> = Vec::new();
    let mut consider = |v: &Variant, by: Class| {
        if let Some(c) = candidate(d, p, item, v, &numbers, by) {
            match list.iter_mut().find(|x| x.school == c.school) {
                Some(x)
                    if (c.place, !c.number_missing, c.kind)
                        > (x.place, !x.number_missing, x.kind) =>
                {
                    *x = c
                }
                Some(_) => {}
                None => list.push(c),
            }
        }
    };
    match item.by {
        By::Number(n) | By::Ordinal(n) => {
            if p.foreign || p.broken_number && numbers.len() == 1 {
                return None;
            }
            // An adjective or settlement that the registry knows takes the number with it.
            let led = p
                .items
                .iter()
                .any(|i| matches!(i.by, By::Adjective | By::Proper));
            if led {
                return None;
            }
            for v in d.model.numbers.get(&n).into_iter().flatten() {
                if let Some(v) = d.model.variants.get(*v as usize) {
                    consider(v, Class::Number);
                }
            }
        }
        _ => {
            if p.broken_number {
                return None;
            }
            for h in &item.hits {
                let by = match h.role {
                    Role::Adj | Role::Proper | Role::Abbreviation => Class::Name,
                    Role::Derived | Role::Topo => Class::Settlement,
                    Role::Namesake => Class::Namesake,
                    _ => continue,
                };
                if let Some(v) = d.model.variants.get(h.owner as usize) {
                    consider(v, by);
                }
            }
        }
    }
    choose(d, p, item, list)
}

/// «Приречная, Луговая № 1 СОШ»: a number before the kind is that of the adjective right before it.
fn of_another(p: &Phrase, item: &Item, number: &Item) -> bool {
    item.by == By::Adjective
        && item.to < number.from
        && number.to < p.anchor
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
    numbers: &[u32],
    by: Class,
) -> Option<Candidate> {
    let kind = kind_fits(p.class, &v.classes);
    if kind == 0 {
        return None;
    }
    let mut place = d.evidence(v.school, p.from, p.to, &p.places, &p.adjective_places);
    if (other_region(d, p) || guests_from_region(d, p))
        && d.attached(v.school, &p.places, &p.adjective_places) != Evidence::Here
    {
        place = Evidence::There;
    }
    let mut number_missing = false;
    match item.by {
        By::Number(_) => {
            // A number inside a name of its own: «Верхнелуговская СОШ № 2» is not every № 2.
            if v.adjective && !v.plain && place != Evidence::Here {
                number_missing = true;
            }
        }
        By::Ordinal(_) => {
            if place != Evidence::Here || kind < 2 {
                return None;
            }
        }
        _ => match (v.number, numbers) {
            (Some(_), []) => number_missing = item.by != By::Namesake,
            (Some(n), list) if !list.contains(&n) => return None,
            (None, [_, ..]) => {
                // A numbered sibling; a list of numbers after a name belongs to other schools.
                return None;
            }
            _ => {}
        },
    }
    if p.other_namesake && v.namesake {
        return None;
    }
    if item.by == By::Namesake && !v.initials.is_empty() && !p.initials.is_empty() {
        let clash = p.initials.iter().zip(&v.initials).any(|(a, b)| {
            a != b
                && super::translit::skeleton(&[*a]).first()
                    != super::translit::skeleton(&[*b]).first()
        });
        if clash {
            return None;
        }
    }
    // Many schools of one place under an adjective in the plural are no one school.
    // «Кувшинские гимназисты»: many people of one school.
    let people = d.stream.get(p.anchor).is_some_and(|t| {
        ["гимназист", "лицеист"]
            .iter()
            .any(|w| super::fold::begins(d.stream.word(t), w))
    });
    let plural_name =
        matches!(item.by, By::Adjective | By::Settlement) && item.forms.plural_only() && !people;
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
    let plural_of_place = item.by == By::Settlement && p.forms.plural_only() && !one_of_each;
    if (plural_name || plural_of_place) && numbers.is_empty() {
        return None;
    }
    Some(Candidate {
        school: v.school,
        kind,
        place,
        number_missing,
        plain: v.plain,
        by,
        bearer: by == Class::Settlement && v.namesake,
    })
}

fn choose(d: &Document<'_>, p: &Phrase, item: &Item, list: Vec<Candidate>) -> Option<Outcome> {
    let public = |c: &Candidate| {
        d.model
            .schools
            .get(c.school as usize)
            .is_none_or(|s| s.id.is_none())
    };
    let mut own: Vec<&Candidate> = list
        .iter()
        .filter(|c| !public(c) && c.place != Evidence::There)
        .collect();
    // A name of its own is meant before an adjective made of a bearer's surname.
    if list
        .iter()
        .any(|c| c.by == Class::Name && c.place != Evidence::There)
    {
        own.retain(|c| !c.bearer);
    }
    let others: Vec<&Candidate> = list
        .iter()
        .filter(|c| public(c) && c.place != Evidence::There)
        .collect();
    let numbered = matches!(item.by, By::Number(_) | By::Ordinal(_));
    if numbered {
        own.retain(|c| c.place != Evidence::Elsewhere && (!p.english || c.place == Evidence::Here));
    }
    if numbered && hosted(d, item) {
        own.retain(|c| c.place == Evidence::Here);
        if in_other_town(d, item) {
            return None;
        }
    }
    own.retain(|c| !c.plain || everyday_name_is_meant(d, p, item, c));
    let slip = !item.hits.is_empty() && item.hits.iter().all(Hit::is_slip);
    if slip {
        // A slip is believed only where nothing speaks against it, and where no other school is as near.
        own.retain(|c| matches!(c.place, Evidence::Here | Evidence::Unknown));
        if !others.is_empty() {
            return None;
        }
    }
    let best = own.iter().map(|c| c.place).max()?;
    if best == Evidence::Here {
        own.retain(|c| c.place == Evidence::Here);
    }
    let full = own.iter().any(|c| !c.number_missing);
    if full {
        own.retain(|c| !c.number_missing);
    }
    let kind = own.iter().map(|c| c.kind).max().unwrap_or(0);
    own.retain(|c| c.kind == kind);
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
        if rival > mine {
            return None;
        }
        // A name of its own outweighs an adjective made of the other school's village.
        let made = own.iter().all(|c| c.by == Class::Settlement);
        let named = others.iter().any(|o| {
            (o.place == Evidence::Here, !o.number_missing, o.kind) == rival && o.by == Class::Name
        });
        if rival == mine && made && named && item.by == By::Adjective {
            return None;
        }
        if rival == mine {
            reason = Some(Reason::PublicNamesake);
        }
    }
    let missing = own.iter().all(|c| c.number_missing);
    if missing && numbered && best != Evidence::Here && p.items.len() > 1 {
        return None;
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
    if kind == 1 {
        reason = reason.or(Some(Reason::OtherKind));
    }
    let mut schools: Vec<SchoolId> = own
        .iter()
        .filter_map(|c| d.model.schools.get(c.school as usize)?.id.clone())
        .collect();
    schools.sort();
    schools.dedup();
    let class = own.iter().map(|c| c.by).min()?;
    Some(Outcome {
        schools,
        class,
        certainty: reason.map_or(Certainty::Certain, Certainty::Ambiguous),
    })
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
                    && ["ru", "com", "org", "net", "su", "edu", "info", "рф"]
                        .iter()
                        .any(|w| super::fold::reads(d.stream.word(t), w))
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
