//! The guard: recognises a protected school in Russian text, in whatever form people write it.
//!
//! Takes a [`Registry`](crate::registry::Registry) and [`Fragment`](glasno_passage::Fragment)s; gives
//! [`Mention`]s: which school, where, in which grammatical case, how certain. The steps: characters are folded
//! (`fold`), made into tokens with a meaning (`token`, `lexicon`, `index`), places are found (`place`), phrases
//! about schools are parsed (`phrase`) and resolved against the registry with their context (`resolve`); people
//! and identifiers have their own steps. Must not read files, and must not put a name into anything it returns.

mod backstop;
mod context;
mod fold;
mod hash;
mod identifiers;
mod index;
mod lexicon;
mod mention;
mod misspelt;
mod morph;
mod names;
mod people;
mod phrase;
mod place;
mod punycode;
pub mod recent;
pub mod redact;
pub mod registry;
mod resolve;
mod rule;
mod scan;
mod token;
mod translit;
mod verdict;

pub use mention::{Certainty, Class, Mention, Number, Reason};
pub use morph::GrammaticalCase;
pub use rule::Rule;
pub use scan::Recognizer;
pub use verdict::{ClearReason, Trace, Verdict};

#[cfg(test)]
mod tests;
