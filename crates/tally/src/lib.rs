//! Indicators out of the numbers of schools: formulas as orders print them, exact values, and which of these may be
//! published so that no school can be told from what is published.
//!
//! Takes LaTeX, numbers and sets of schools; gives values and decisions. Must not read files, and must not know what a
//! school is called: a school is a number here.

mod formula;
mod number;
mod release;
#[cfg(test)]
mod tests_attack;

pub use formula::{Fault, Formula, normal};
pub use number::{Number, Written, written};
pub use release::{Cell, Column, Decision, Set, decide};
