//! The guard: recognises a protected school in Russian text, in whatever form people write it.
//!
//! Takes a [`Registry`](crate::registry::Registry) and [`Fragment`](glasno_passage::Fragment)s; gives
//! [`Mention`]s: which school, where, in which grammatical case, how certain. A registry is compiled once (`compile`,
//! into a `model`). The steps: characters are folded (`fold`), made into tokens with a meaning (`token`, `lexicon`, `index`), places are found (`place`), phrases
//! about schools are parsed (`phrase`) and resolved against the registry with their context (`resolve`); people
//! and identifiers have their own steps. A second search (`exact`) knows the names alone and shares no rule with the
//! first. [`Guard`] holds both and redacts (`redact`). Must not read files, and must not put a name into anything it
//! returns.

// Tests look at what lies in the tree, wherever it lies.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod area;
mod backstop;
mod compile;
mod context;
pub mod exact;
mod fold;
mod guard;
mod hash;
mod identifiers;
mod ignorable;
mod index;
mod lexicon;
mod mention;
mod misspelt;
mod model;
mod morph;
mod people;
mod phrase;
mod place;
pub mod proof;
mod punycode;
mod recent;
pub mod redact;
pub mod registry;
mod resolve;
mod rule;
mod scan;
mod shown;
pub mod spelling;
mod token;
mod translit;
mod verdict;

pub use guard::{Guard, Redacted};
pub use mention::{Certainty, Class, Mention, Number, Reason};
pub use morph::GrammaticalCase;
pub use rule::Rule;
pub use scan::Recognizer;
pub use verdict::{ClearReason, Trace, Verdict};

#[cfg(test)]
mod tests;
