//! What the rules say of a place, kept: mentions, and verdicts where they are asked for.
//!
//! Takes tokens with what a rule made of them; gives mentions in bytes of their fragments. Must not weigh anything itself.

use std::ops::Range;

use super::{Hit, Run, quotes};
use crate::identifiers;
use crate::index;
use crate::mention::{Certainty, Class, Mention, Number};
use crate::morph::GrammaticalCase;
use crate::people;
use crate::phrase::{self, Phrase};
use crate::registry::{IdentifierKind, SchoolId};
use crate::resolve::Judged;
use crate::rule::Rule;
use crate::token::{What, flag};
use crate::verdict::{ClearReason, Trace, Verdict};

impl Run<'_> {
    /// Keeps the verdicts on one item of a phrase.
    pub(super) fn record(&mut self, p: &Phrase, item: &phrase::Item, judged: &Judged) {
        if self.trace.is_none() {
            return;
        }
        let rule = p.rule_of(item);
        if let Some(o) = &judged.outcome {
            let verdict = p.doubtful(o.certainty).into();
            for school in &o.schools {
                let evidence = judged.evidence.clone();
                self.note(item.from, item.to, school.clone(), rule, evidence, verdict);
            }
        }
        for (school, reason) in &judged.cleared {
            let id = self.id_of(*school);
            if let Some(id) = id {
                let verdict = Verdict::Cleared(*reason);
                self.note(item.from, item.to, id, rule, Vec::new(), verdict);
            }
        }
    }

    pub(super) fn note(
        &mut self,
        from: usize,
        to: usize,
        school: SchoolId,
        rule: Rule,
        evidence: Vec<&'static str>,
        verdict: Verdict,
    ) {
        let spans = self.spans(from, to, from);
        if let (Some(trace), Some((fragment, span))) = (&mut self.trace, spans.into_iter().next()) {
            trace.push(Trace {
                fragment,
                span,
                school,
                rule,
                evidence,
                verdict,
            });
        }
    }

    pub(super) fn id_of(&self, school: u32) -> Option<SchoolId> {
        self.d.model.schools.get(school as usize)?.id.clone()
    }

    pub(super) fn identifier(&mut self, f: &identifiers::Found, certainty: Certainty) {
        let class = match f.kind {
            IdentifierKind::Inn => Class::Inn,
            IdentifierKind::Ogrn => Class::Ogrn,
            IdentifierKind::Phone => Class::Phone,
            IdentifierKind::Email => Class::Email,
            IdentifierKind::Site => Class::Site,
            IdentifierKind::Address => Class::Address,
        };
        let rule = match f.kind {
            IdentifierKind::Inn => Rule::Inn,
            IdentifierKind::Ogrn => Rule::Ogrn,
            IdentifierKind::Phone => Rule::Phone,
            IdentifierKind::Email => Rule::Email,
            IdentifierKind::Site => Rule::Site,
            IdentifierKind::Address => Rule::Address,
        };
        self.found(f.school, f.from, f.to, class, certainty, None, rule);
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one mention")]
    pub(super) fn found(
        &mut self,
        school: u32,
        from: usize,
        to: usize,
        class: Class,
        certainty: Certainty,
        case: Option<GrammaticalCase>,
        rule: Rule,
    ) {
        let Some(id) = self.id_of(school).filter(|_| !self.is_off(rule)) else {
            return;
        };
        for j in self.judged.iter_mut().take(to + 1).skip(from) {
            *j = true;
        }
        self.note(from, to, id.clone(), rule, Vec::new(), certainty.into());
        for (fragment, span) in self.spans(from, to, from) {
            self.out.push(Mention {
                fragment,
                span,
                schools: vec![id.clone()],
                class,
                certainty,
                case,
                number: Number::Singular,
                whole: None,
            });
        }
    }

    /// A head's surname that another has, or that tells nobody.
    pub(super) fn nobody(&mut self, i: usize, hit: index::Hit, reason: ClearReason) {
        let Some(person) = self.d.model.people.get(hit.owner as usize) else {
            return;
        };
        if reason == ClearReason::SurnameAlone && hit.more == 0 {
            self.surnames.push((i, person.school));
        }
        let school = self.id_of(person.school);
        if let Some(id) = school.filter(|_| self.trace.is_some()) {
            let verdict = Verdict::Cleared(reason);
            self.note(i, i, id, Rule::Person, Vec::new(), verdict);
        }
    }

    /// Words of the registry's names that no rule has weighed: nothing by them speaks of a school.
    pub(super) fn leftovers(&mut self) {
        if self.trace.is_none() {
            return;
        }
        for i in 0..self.d.stream.tokens.len() {
            let Some(t) = self.token(i).copied() else {
                continue;
            };
            if self.judged.get(i).copied().unwrap_or(true) {
                continue;
            }
            for hit in self.readings(&t, |_| true) {
                let rule = match hit.role {
                    Hit::Adj => Rule::KindAdjective,
                    Hit::Proper => Rule::KindTitle,
                    Hit::Namesake => Rule::Namesake,
                    Hit::Topo if t.is(flag::CAPITAL) => Rule::SettlementSchool,
                    _ => continue,
                };
                let variant = self.d.model.variants.get(hit.owner as usize);
                if let Some(id) = variant.and_then(|v| self.id_of(v.school)) {
                    let verdict = Verdict::Cleared(ClearReason::NoSchoolNear);
                    self.note(i, i, id, rule, Vec::new(), verdict);
                }
            }
        }
    }

    pub(super) fn person(&mut self, f: &people::Found, rule: Rule) {
        let certainty = f.doubt.map_or(Certainty::Certain, Certainty::Ambiguous);
        let case = f
            .forms
            .case(false)
            .or_else(|| self.governed(f.from, f.forms));
        self.found(f.school, f.from, f.to, Class::Person, certainty, case, rule);
    }

    /// Bytes of tokens from..=to in their one fragment.
    pub(super) fn span(&self, from: usize, to: usize) -> Option<(usize, Range<usize>)> {
        let (a, b) = (self.token(from)?, self.token(to)?);
        (a.frag == b.frag && a.start <= b.end)
            .then_some((a.frag as usize, a.start as usize..b.end as usize))
    }

    /// The same, one for each fragment touched, quotes included; the fragment of `main` first.
    pub(super) fn spans(&self, from: usize, to: usize, main: usize) -> Vec<(usize, Range<usize>)> {
        let mut out: Vec<(usize, Range<usize>)> = Vec::new();
        for i in from..=to {
            let Some(t) = self.token(i).filter(|t| t.what != What::Break) else {
                continue;
            };
            let f = t.frag as usize;
            match out.last_mut() {
                Some((g, r)) if *g == f => r.end = r.end.max(t.end as usize),
                _ => out.push((f, t.start as usize..t.end as usize)),
            }
        }
        for (f, r) in &mut out {
            if let Some(fragment) = self.fragments.get(*f) {
                *r = quotes::widen(&fragment.text, r.clone());
            }
        }
        let main = self.token(main).map_or(0, |t| t.frag as usize);
        out.sort_by_key(|(f, _)| *f != main);
        out
    }

    /// Order, and no mention inside another of the same school.
    pub(super) fn finish(mut self) -> Vec<Mention> {
        self.out.sort_by(|a, b| {
            (
                a.fragment,
                a.span.start,
                std::cmp::Reverse(a.span.end),
                a.certainty,
                a.class,
            )
                .cmp(&(
                    b.fragment,
                    b.span.start,
                    std::cmp::Reverse(b.span.end),
                    b.certainty,
                    b.class,
                ))
        });
        let mut kept: Vec<Mention> = Vec::with_capacity(self.out.len());
        for m in self.out {
            // «школы № 9–17»: one place names several.
            let same = |k: &&mut Mention| {
                k.fragment == m.fragment && k.span == m.span && k.certainty == m.certainty
            };
            if let Some(k) = kept.iter_mut().rev().take(8).find(same) {
                k.schools.extend(m.schools);
                k.schools.sort();
                k.schools.dedup();
                continue;
            }
            let inside = kept.iter().rev().take(8).any(|k| k.covers(&m));
            if !inside {
                kept.push(m);
            }
        }
        kept
    }
}
