//! Schools' tabs through the program itself: a newcomer's way, a region, planted names, pairs, broken folders, checks.
//!
//! Every school, person and place here is invented.

// Tests look at what was written, wherever it lies.
#![allow(clippy::disallowed_methods)]

mod checked;
mod kit;
mod newcomer;
mod region;
mod rules;
