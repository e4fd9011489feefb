//! Stems that a search index keeps: «теплологовск» beside «школ» and «отчет», all in small letters.
//!
//! Takes parts of one word; adds mentions, all ambiguous. A stem is a name only in a list of such words that has one
//! for a school.

use super::super::fold::{enc, reads};
use super::super::index::Role as Hit;
use super::super::lexicon::Kind;
use super::super::morph::Forms;
use super::super::phrase::{By, Item};
use super::super::rule::Rule;
use super::super::token::flag;
use super::Run;

/// What stemmers make of words for a school.
const SCHOOLS: &[&str] = &["школ", "гимназ", "лице", "сош", "оош", "нош", "интернат"];

impl Run<'_> {
    /// `found`: tokens that are a name's stem, each alone in its part.
    pub(super) fn stems(&mut self, found: &[usize]) {
        if found.is_empty() {
            return;
        }
        let school = self.d.parts.iter().any(|p| {
            p.words == 1
                && self.token(p.first).is_some_and(|t| {
                    !t.is(flag::CAPITAL) && SCHOOLS.iter().any(|w| reads(self.d.stream.word(t), w))
                })
        });
        if !school {
            return;
        }
        for i in found.iter().copied() {
            let hits = self
                .token(i)
                .map(|t| self.d.stream.hits(t).to_vec())
                .unwrap_or_default()
                .into_iter()
                .filter(|h| matches!(h.role, Hit::Abbreviation | Hit::Adj) && h.more == 0)
                .collect();
            let item = Item::bent(By::Adjective, i, i, hits, Forms::of("n"));
            self.synthetic(Rule::StemAlone, i, i, vec![item]);
        }
    }

    /// Whether the word at `i` is a name's stem to its last letter.
    pub(super) fn whole_stem(&self, i: usize) -> bool {
        let Some(t) = self.token(i) else { return false };
        let cut = t.has_hits()
            && !t.is(flag::CAPITAL | flag::LATIN)
            && t.lex.is_none_or(|l| l.kind == Kind::Plain)
            && t.len() >= 6
            && self
                .d
                .stream
                .hits(t)
                .iter()
                .any(|h| h.role == Hit::Abbreviation);
        if self.used.get(i).copied().unwrap_or(true) {
            return false;
        }
        // «тундринская» in small letters beside «сош»: an index that keeps whole words.
        let word = self.d.stream.word(t);
        let whole = !t.is(flag::CAPITAL | flag::LATIN)
            && t.lex.is_none()
            && t.len() >= 8
            && super::super::fold::ends(word, "ая")
            && self
                .d
                .stream
                .hits(t)
                .iter()
                .any(|h| h.role == Hit::Adj && h.more == 0);
        if whole {
            return true;
        }
        if !cut {
            return false;
        }
        let whole = [self.d.stream.word(t), &enc("ая")].concat();
        let mut out = Vec::new();
        self.d.model.index.lookup(&whole, false, &mut out);
        out.iter().any(|h| h.role == Hit::Adj && h.more == 0)
    }
}
