//! Names in addresses and names of files, where words are joined and none of them is «школа».
//!
//! Takes a token; adds mentions, or says whether the word is a school's name there. Must not look beyond its step of the path.

use std::ops::Range;

use super::super::fold::ends;
use super::super::index::{Hit as Found, Role as Hit};
use super::super::lexicon::{Kind, class};
use super::super::morph::Forms;
use super::super::phrase::{self, By};
use super::super::rule::Rule;
use super::super::token::{Token, What, flag};
use super::{Run, not_school};

impl Run<'_> {
    /// «sibirskij_schit.jpg»: a title of several words.
    pub(super) fn slug_title(&mut self, i: usize) {
        let Some(t) = self.token(i).copied() else {
            return;
        };
        let whole = |h: &Found| {
            h.role == Hit::Proper
                && h.more > 0
                && h.forms.has("n")
                && self.goes_on(i, h, usize::from(h.more))
        };
        let hits: Vec<Found> = self
            .d
            .stream
            .hits(&t)
            .iter()
            .copied()
            .filter(whole)
            .collect();
        let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() else {
            return;
        };
        let item = phrase::Item::bent(By::Proper, i, i + more, hits, Forms::of("n"));
        self.synthetic(Rule::NameInAddress, i, i + more, vec![item]);
    }

    /// «map?school=prirechnoe»: a village right behind a word for a school.
    pub(super) fn slug_village(&mut self, i: usize, part: Range<usize>) {
        let school = |k: usize| {
            self.token(k).and_then(|t| t.lex).is_some_and(|l| {
                l.kind == Kind::Type && !matches!(l.value, class::OTHER | class::KINDERGARTEN)
            })
        };
        let near = (i.saturating_sub(3).max(part.start)..i).any(school);
        let Some(t) = self.token(i).filter(|_| near && !self.weighed(i)) else {
            return;
        };
        let hits = self.readings(t, |h| {
            h.role == Hit::Topo && self.goes_on(i, h, 3) && self.sole_of_village(h)
        });
        if let Some(more) = hits.iter().map(|h| usize::from(h.more)).max() {
            let item = phrase::Item::new(By::Settlement, i, i + more, hits);
            self.synthetic(Rule::NameInAddress, i, i + more, vec![item]);
        }
    }

    /// In a slug: feminine (as «школа» is), and no other thing in the same step of the path.
    pub(super) fn slug_name(&self, i: usize, t: &Token) -> bool {
        let word = self.d.stream.word(t);
        let feminine =
            t.is(flag::LATIN) && word.ends_with(b"a") || ends(word, "ая") || ends(word, "яя");
        let step = |j: usize| {
            self.token(j).is_some_and(|x| {
                x.what != What::Break && !matches!(x.what, What::Mark('/' | '?' | '&' | ':'))
            })
        };
        // «/stanica-prirechnaya/»: the page of a place.
        let settled = i
            .checked_sub(1)
            .and_then(|b| self.token(b))
            .is_some_and(|b| step(i - 1) && b.lexed(Kind::Settlement));
        let mut others = settled;
        let mut j = i;
        while j > 0 && step(j - 1) && i - j < 6 {
            j -= 1;
            others |= self.token(j).is_some_and(not_school);
        }
        j = i;
        while step(j + 1) && j - i < 6 {
            j += 1;
            others |= self.token(j).is_some_and(not_school);
        }
        // «/prirechnaya-olimpiada/»: the adjective of another noun.
        let noun = self.token(i + 1).is_some_and(|n| {
            step(i + 1)
                && n.is(flag::LATIN)
                && n.is(flag::HYPHEN | flag::UNDERSCORE)
                && n.lex.is_none()
                && !n.has_hits()
                && n.len() >= 5
                && self.d.stream.word(n).ends_with(b"a")
        });
        others |= noun;
        feminine && word.len() >= 6 && !others && !t.lexed(Kind::Plain)
    }
}
