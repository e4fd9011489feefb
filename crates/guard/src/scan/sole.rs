//! A school that its kind alone gives away: the only evening school of a town, the only lyceum of a district.
//!
//! Takes phrases without a name or number; a kind is a name only where the registry knows no other school of that
//! kind in the place that the sentence speaks of. What such a place has outside the registry is not known, so the
//! finding is ambiguous.

use super::super::context::Evidence;
use super::super::index::{Hit, Role};
use super::super::lexicon::{Kind, class, settlement};
use super::super::mention::Reason;
use super::super::morph::{Forms, adjective_stem};
use super::super::phrase::{self, By, Phrase};
use super::super::place::boundary;
use super::super::rule::Rule;
use super::super::token::{What, flag};
use super::Run;

/// How far the place may stand from the kind, in tokens.
const NEAR: usize = 14;

impl Run<'_> {
    pub(super) fn sole_of_its_kind(&mut self, p: &Phrase) {
        let plain = p.items.is_empty()
            && self.one(p)
            && !p.foreign
            && !p.other_namesake
            && !p.broken_number
            && !self.used.get(p.anchor).copied().unwrap_or(true);
        if !plain || self.named_otherwise(p) {
            return;
        }
        let single = |m: Option<u32>| m.is_some_and(|m| self.d.model.single.contains(&m));
        let mut list: Vec<u32> = self
            .d
            .model
            .kinds
            .get(&p.class)
            .cloned()
            .unwrap_or_default();
        // Where there is one school, any word for it will do.
        if !self.d.model.single.is_empty()
            && matches!(
                p.class,
                class::SCHOOL | class::SOSH | class::OOSH | class::GYMNASIUM | class::LYCEUM
            )
        {
            list.extend((0..self.d.model.variants.len() as u32).filter(|v| {
                self.d.model.variants.get(*v as usize).is_some_and(|v| {
                    !v.derived
                        && single(
                            self.d
                                .model
                                .schools
                                .get(v.school as usize)
                                .and_then(|s| s.municipality),
                        )
                })
            }));
        }
        let mut hits: Vec<Hit> = Vec::new();
        let mut school = None;
        for at in list {
            let Some(v) = self.d.model.variants.get(at as usize) else {
                continue;
            };
            let Some(s) = self.d.model.schools.get(v.school as usize) else {
                continue;
            };
            if s.id.is_none() || school.is_some_and(|x| x != v.school) {
                continue;
            }
            let kind = |p: Option<u32>| {
                p.and_then(|p| self.d.model.places.get(p as usize))
                    .map(|p| p.kind)
            };
            let city = kind(s.municipality) != Some(settlement::DISTRICT)
                || kind(s.settlement) == Some(settlement::CITY);
            let rare = match p.class {
                class::EVENING => true,
                class::CADET | class::BOARDING | class::SPECIAL => v.number.is_none(),
                class::LYCEUM | class::GYMNASIUM | class::CENTRE => {
                    v.number.is_none() && (!city || self.only_one(p))
                }
                _ => false,
            };
            if !(rare || single(s.municipality))
                || !self.alone_of_kind(v.school, p.class)
                || !self.spoken_of(v.school, p)
            {
                continue;
            }
            school = Some(v.school);
            hits.push(Hit::made(Role::Derived, at, Forms::ANY));
        }
        if hits.is_empty() {
            return;
        }
        let mut q = p.clone();
        q.items
            .push(phrase::Item::new(By::Namesake, p.from, p.to, hits));
        self.marked(Rule::SoleKind, q, Reason::SoleKind);
    }

    /// Whether the kind is plainly in the singular: «гимназии» may be many.
    fn one(&self, p: &Phrase) -> bool {
        let governed = p
            .from
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| {
                // «тамошней школы»
                let singular = adjective_stem(self.d.stream.word(b))
                    .is_some_and(|(_, f)| f.0 & Forms::PLURAL == 0);
                singular || matches!(b.kind(), Some(Kind::Prep | Kind::Role | Kind::Governs))
            });
        p.forms.0 & Forms::PLURAL == 0
            || p.forms == Forms::ANY
            || governed && !p.forms.plural_only()
            || self.only_one(p)
            // «кадетского корпуса»
            || (p.from..p.anchor).any(|i| {
                self.token(i).and_then(|t| t.lex).is_some_and(|l| {
                    l.kind == Kind::TypeAdj
                        && l.forms != Forms::ANY
                        && l.forms.0 & Forms::PLURAL == 0
                })
            })
    }

    /// A title, number or name that the registry does not know stands by the kind.
    fn named_otherwise(&self, p: &Phrase) -> bool {
        let after = self.token(p.to + 1).is_some_and(|t| {
            t.mark('№')
                || t.is_number() && !t.is(flag::DASH) && p.doubt.is_none()
                || t.is_word() && t.is(flag::QUOTE) && t.is(flag::CAPITAL)
                || t.is_word() && t.is(flag::HYPHEN)
        });
        let before = p
            .from
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|t| t.what == What::Number || t.mark('№'))
            // «1.3. Вечерней школе …»: the number of a clause.
            && !boundary(self.d.stream, p.from);
        after || before
    }

    /// «единственный лицей города»
    fn only_one(&self, p: &Phrase) -> bool {
        (p.from.saturating_sub(2)..p.anchor).any(|i| {
            self.token(i)
                .is_some_and(|t| super::super::fold::begins(self.d.stream.word(t), "единственн"))
        })
    }

    /// Whether the registry knows no other school of this kind in the same municipality.
    fn alone_of_kind(&self, school: u32, class: u16) -> bool {
        let place = |s: u32| {
            self.d
                .model
                .schools
                .get(s as usize)
                .map(|s| s.municipality.or(s.settlement))
        };
        let here = place(school);
        !self
            .d
            .model
            .kinds
            .get(&class)
            .into_iter()
            .flatten()
            .filter_map(|v| self.d.model.variants.get(*v as usize))
            .any(|v| v.school != school && place(v.school) == here)
    }

    /// Whether the fragment speaks of the school's place, whatever others it speaks of.
    pub(super) fn own_place_near(&self, school: u32, i: usize) -> bool {
        let places = self
            .d
            .parts
            .get(self.d.part_of(i))
            .map(|p| p.places.clone());
        places.is_some_and(|mut p| p.any(|n| self.d.attached(school, &[n], &[]) == Evidence::Here))
    }

    /// Whether the sentence or line itself speaks of the school's place.
    fn spoken_of(&self, school: u32, p: &Phrase) -> bool {
        let part = self.d.part_of(p.anchor);
        let near = |n: &usize| {
            self.d
                .places
                .get(*n)
                .is_some_and(|m| m.from.abs_diff(p.to) <= NEAR || m.to.abs_diff(p.from) <= NEAR)
        };
        let beside = self
            .d
            .parts
            .get(part)
            .map(|x| x.places.clone().filter(near).collect::<Vec<_>>())
            .unwrap_or_default();
        let here = beside
            .iter()
            .any(|n| self.d.attached(school, &[*n], &[]) == Evidence::Here);
        // «Луговой район | лицей»: the place in a cell of the same row.
        if beside.is_empty()
            && let Some(x) = self.d.parts.get(part)
            && let glasno_passage::Role::Cell { table, row, .. } = x.role
            && x.words <= 5
        {
            let all = self.d.parts.get(part.saturating_sub(12)..part + 12);
            let all = all
                .or(self.d.parts.get(part.saturating_sub(12)..))
                .unwrap_or_default();
            let places: Vec<usize> = all
                .iter()
                .filter(|q| {
                    q.only_place
                        && matches!(q.role, glasno_passage::Role::Cell { table: t, row: r, .. } if t == table && r == row)
                })
                .flat_map(|q| q.places.clone())
                .collect();
            return self.d.attached(school, &places, &[]) == Evidence::Here;
        }
        let place = self.d.evidence(school, p.from, p.to, &[], &[]);
        if beside.is_empty() && matches!(place, Evidence::Here | Evidence::Aside) {
            return place == Evidence::Here || self.d.speaks_of_its_place(school);
        }
        here || !p.adjective_places.is_empty()
            && self.d.attached(school, &[], &p.adjective_places) == Evidence::Here
    }
}
