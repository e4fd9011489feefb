//! Streets and houses weighed against their surroundings: the same street and house stand in many villages.
//!
//! Takes a street's hit; adds a mention where the place is the school's, or nothing tells.

use super::super::context::Evidence;
use super::super::identifiers;
use super::super::index::{Hit as Found, Role as Hit};
use super::super::lexicon::{Kind, class};
use super::super::mention::{Certainty, Class, Reason};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;

impl Run<'_> {
    pub(super) fn address(&mut self, i: usize, hit: Found) {
        let Some((f, street)) = identifiers::address_at(self.d.model, self.d.stream, i, hit) else {
            return;
        };
        if self.other_village(&f) {
            return;
        }
        let part = self.d.part_of(f.from);
        let near: Vec<usize> = self
            .d
            .parts
            .get(part)
            .map(|p| {
                p.places
                    .clone()
                    .filter(|n| {
                        self.d.places[*n].from.abs_diff(f.to) < 14
                            || self.d.places[*n].to.abs_diff(f.from) < 14
                    })
                    .collect()
            })
            .unwrap_or_default();
        let before: Vec<usize> = near
            .iter()
            .copied()
            .filter(|n| self.d.places[*n].to < f.from)
            .collect();
        let near = if before.is_empty() { near } else { before };
        match self.d.evidence(f.school, f.from, f.to, &near, &[]) {
            Evidence::Here => self.identifier(&f, Certainty::Certain),
            Evidence::Unknown if street => {
                self.identifier(&f, Certainty::Ambiguous(Reason::NoPlace))
            }
            _ => {}
        }
    }

    /// «интернат на Плотинной», «на улице Плотинной, в школе»: a school that only its street tells.
    pub(super) fn on_street(&mut self, i: usize) {
        let plain = |t: &Token| t.lex.is_none() && t.is(flag::CAPITAL) && !t.is(flag::LATIN);
        let Some(t) = self.token(i).filter(|t| plain(t) && !self.weighed(i)) else {
            return;
        };
        let hits = self.readings(t, |h| h.role == Hit::Street && self.goes_on(i, h, 3));
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let end = i + more;
        let joint = |k: usize| {
            self.token(k)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Prep | Kind::Street)) || t.mark(','))
        };
        let on = |k: usize| {
            self.token(k)
                .is_some_and(|t| matches!(t.kind(), Some(Kind::Prep | Kind::Street)))
        };
        let free = |k: &usize| {
            let sort = self
                .token(*k)
                .and_then(|t| t.lex)
                .filter(|l| l.kind == Kind::Type);
            sort.is_some_and(|l| !matches!(l.value, class::OTHER | class::KINDERGARTEN))
                && !self.used.get(*k).copied().unwrap_or(true)
                && !self
                    .token(k + 1)
                    .is_some_and(|n| n.mark('№') || n.is_number() || n.is(flag::QUOTE))
        };
        let before = (i.saturating_sub(4)..i)
            .rev()
            .find(|k| !joint(*k))
            .filter(free);
        let after = (end + 1..end + 4).find(|k| !joint(*k)).filter(free);
        let Some(k) = before
            .or(after)
            .filter(|_| i.checked_sub(1).is_some_and(on))
        else {
            return;
        };
        let (from, to) = (k.min(i), k.max(end));
        let owner = |h: &Found| {
            self.d
                .model
                .addresses
                .get(h.owner as usize)
                .map(|a| a.school)
        };
        let mut schools: Vec<u32> = hits.iter().filter_map(owner).collect();
        schools.dedup();
        schools.retain(|s| {
            let place = self.d.evidence(*s, from, to, &[], &[]);
            matches!(place, Evidence::Here | Evidence::Unknown)
        });
        let doubt = Certainty::Ambiguous(Reason::NoPlace);
        let ids: Vec<_> = schools.iter().filter_map(|s| self.id_of(*s)).collect();
        if let Some(first) = schools.first() {
            let before = self.out.len();
            self.found(*first, from, to, Class::Address, doubt, None, Rule::Street);
            for m in self.out.iter_mut().skip(before) {
                m.schools.clone_from(&ids);
            }
        }
    }

    /// «Еловка, ул. Школьная, 2»: the settlement right before the street is none that the registry knows.
    pub(super) fn other_village(&self, f: &identifiers::Found) -> bool {
        let comma = f.from.checked_sub(1).and_then(|c| self.token(c));
        let name = f.from.checked_sub(2).and_then(|n| self.token(n));
        // «пос. Мирный Луг, Садовая, 9»: a place of several words is judged as a place.
        if f.from >= 2
            && self
                .d
                .places
                .iter()
                .any(|m| m.to + 2 == f.from && m.name < m.to)
        {
            return false;
        }
        let village = self
            .d
            .model
            .schools
            .get(f.school as usize)
            .is_some_and(|s| s.settlement.is_some());
        village
            && comma.is_some_and(|c| c.mark(','))
            && name.is_some_and(|n| {
                n.is_word()
                    && n.is(flag::CAPITAL)
                    && n.lex.is_none()
                    && self.d.stream.word(n).len() >= 3
                    && !self
                        .d
                        .stream
                        .hits(n)
                        .iter()
                        .any(|h| self.is_place_of(h, f.school))
            })
    }

    pub(super) fn is_place_of(&self, h: &Found, school: u32) -> bool {
        let s = self.d.model.schools.get(school as usize);
        match h.role {
            Hit::Topo => self
                .d
                .model
                .variants
                .get(h.owner as usize)
                .is_some_and(|v| v.school == school),
            Hit::Place => {
                s.is_some_and(|s| s.settlement == Some(h.owner) || s.municipality == Some(h.owner))
            }
            _ => false,
        }
    }
}
