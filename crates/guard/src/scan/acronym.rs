//! Acronyms that people make of one school's name: «УКСОШ» for «Усть-Кувшинская СОШ», «КШИ» with a letter before it.
//!
//! An acronym fits many names; it is believed only where the text speaks of the school's own place.

use super::super::context::Evidence;
use super::super::fold::ends;
use super::super::index::{Hit, Role, hash};
use super::super::lexicon::class;
use super::super::morph::Forms;
use super::super::phrase::{self, By};
use super::super::rule::Rule;
use super::super::token::{Token, flag};
use super::Run;

/// Ends of acronyms, the longer before those they end in, with the kind of school each names.
const ENDS: &[(&str, u16)] = &[
    ("осош", class::OTHER),
    ("сош", class::SOSH),
    ("оош", class::OOSH),
    ("нош", class::NOSH),
    ("ксш", class::OTHER),
    ("кши", class::BOARDING),
    ("кшк", class::CADET),
    ("ши", class::BOARDING),
];

impl Run<'_> {
    pub(super) fn acronyms(&mut self) {
        for i in 0..self.d.stream.tokens.len() {
            let Some(t) = self.token(i).copied().filter(acronym) else {
                continue;
            };
            let Some((letters, class)) = letters(self.d.stream.word(&t)) else {
                continue;
            };
            let Some(owners) = self.d.model.acronyms.get(&hash(letters)) else {
                continue;
            };
            // A number with its sign makes it somebody else's, unless the name has it.
            let signed = self.token(i + 1).is_some_and(|n| n.mark('№'));
            let number = self
                .token(i + 2)
                .filter(|n| signed && n.is_number())
                .map(|n| n.value);
            let end_at = if number.is_some() { i + 2 } else { i };
            let hits: Vec<Hit> = owners
                .iter()
                .filter(|v| {
                    self.d.model.variants.get(**v as usize).is_some_and(|v| {
                        v.number.map(u64::from) == number
                            && (self.d.evidence(v.school, i, i, &[], &[]) == Evidence::Here
                                || self.own_place_near(v.school, i))
                    })
                })
                .map(|v| Hit::made(Role::Abbreviation, *v, Forms::ANY))
                .collect();
            let taken = self.used.get(i).copied().unwrap_or(true);
            if hits.is_empty() || taken || signed && number.is_none() {
                continue;
            }
            let item = phrase::Item::bent(By::Proper, i, end_at, hits, Forms::of("n"));
            let mut items = vec![item];
            items.extend(number.map(|n| {
                phrase::Item::new(
                    By::Number(u32::try_from(n).unwrap_or(0)),
                    end_at,
                    end_at,
                    Vec::new(),
                )
            }));
            self.synthetic_of(Rule::Acronym, class, i, end_at, items);
        }
    }
}

/// The letters of a name before the end of an acronym, and the kind of school that the end names.
pub(super) fn letters(word: &[u8]) -> Option<(&[u8], u16)> {
    let (end, class) = ENDS.iter().find(|(e, _)| ends(word, e))?;
    let n = word.len() - end.chars().count();
    let letters = word.get(..n).filter(|l| (1..=3).contains(&l.len()))?;
    Some((letters, *class))
}

fn acronym(t: &Token) -> bool {
    t.is_word() && t.is(flag::ALL_CAPS) && t.lex.is_none() && !t.is(flag::LATIN) && !t.has_hits()
}
