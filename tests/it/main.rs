//! Tests that run the program as people run it: on a copied site, edited, built again.
//!
//! Takes the built binary and `tests/fixtures/small.txt`; looks only at what the program prints, returns and writes.
//! Must not call the library: what is promised to users is promised of the program.

// Tests look at what was written, wherever it lies.
#![allow(clippy::disallowed_methods)]

mod acknowledged;
mod bad_files;
mod bad_form;
mod bad_meaning;
mod begin;
mod cached;
mod contract;
mod corpus;
mod duties;
mod editions;
mod explain;
mod import;
mod indirect;
mod inert;
mod killing;
mod machines;
mod monitoring;
mod originals;
mod place;
mod plain;
mod planted;
mod printed;
mod protocol;
mod publishing;
mod registry;
mod report;
mod review;
mod said;
mod scaffolds;
#[cfg(unix)]
mod scans;
mod schemas;
mod search;
mod template_limits;
mod themes;
mod usage;
