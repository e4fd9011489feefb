//! Whole fragments that come again: their tokens are copied instead of being read anew.
//!
//! Takes the fragment of a tokenizer that remembers; gives its tokens, if the same text was read before and nothing in it
//! stands for anything in the registry. Must not hold a text with a reading in the registry.

use std::cell::RefCell;

use super::{Token, Tokenizer};
use crate::recent::Recent;

/// Texts held by one thread.
const PLACES: usize = 1 << 12;
/// The most tokens of one text.
const TOKENS: usize = 80;

struct Tokens {
    /// Places of their letters are counted from the first.
    tokens: Box<[Token]>,
    letters: Box<[u8]>,
}

thread_local! {
    static TEXTS: RefCell<Recent<Tokens>> = const { RefCell::new(Recent::new(PLACES)) };
}

/// Where a fragment begins in the stream.
#[derive(Clone, Copy)]
pub(super) struct Begin {
    tokens: usize,
    letters: usize,
    hits: usize,
}

fn salt(owner: u32, slug: bool) -> u64 {
    u64::from(owner) << 1 | u64::from(slug)
}

impl Tokenizer<'_> {
    pub(super) fn begin(&self) -> Begin {
        Begin {
            tokens: self.out.tokens.len(),
            letters: self.out.letters.len(),
            hits: self.out.hits.len(),
        }
    }

    /// Puts the tokens of a text that is held after those there are; false where it is not held.
    pub(super) fn replayed(&mut self, text: &str) -> bool {
        let Some(salt) = self.owner.map(|owner| salt(owner, self.slug)) else {
            return false;
        };
        TEXTS.with_borrow(|texts| {
            let held = texts
                .slot(text, salt)
                .and_then(|slot| texts.get(slot, text, salt));
            let Some(held) = held else {
                return false;
            };
            let (off, hit) = (self.out.letters.len() as u32, self.out.hits.len() as u32);
            self.out.letters.extend_from_slice(&held.letters);
            self.out.tokens.extend(held.tokens.iter().map(|t| Token {
                frag: self.frag,
                off: t.off + off,
                hit,
                ..*t
            }));
            true
        })
    }

    /// Holds the text whose tokens begin at `begin`, if it says nothing to the registry.
    pub(super) fn keep_fragment(&self, text: &str, begin: Begin) {
        let Some(salt) = self.owner.map(|owner| salt(owner, self.slug)) else {
            return;
        };
        let tokens = self.out.tokens.get(begin.tokens..).unwrap_or_default();
        if self.out.hits.len() > begin.hits
            || tokens.len() > TOKENS
            || tokens.iter().any(Token::has_hits)
        {
            return;
        }
        TEXTS.with_borrow_mut(|texts| {
            let Some(slot) = texts.slot(text, salt) else {
                return;
            };
            texts.came(slot, text, salt, || Tokens {
                tokens: tokens
                    .iter()
                    .map(|t| Token {
                        off: t.off - begin.letters as u32,
                        ..*t
                    })
                    .collect(),
                letters: self
                    .out
                    .letters
                    .get(begin.letters..)
                    .unwrap_or_default()
                    .into(),
            });
        });
    }
}
