//! `glasno` turns the sources of an education department's project into its public information section,
//! and lets no protected school's name out.
//!
//! Data flows one way: `source` → `document` → `model` → `disclosure` → `site` → `render` → `audit` →
//! `publish`; [`pipeline`](crate) is the only caller of these stages. See `docs/architecture.md`.

// Tests look at what was written, wherever it lies.
#![cfg_attr(test, allow(clippy::disallowed_methods))]

pub mod artifact;
pub mod audit;
mod batch;
mod child;
pub mod cli;
pub mod desk;
pub mod diag;
pub mod disclosure;
pub mod document;
pub mod draw;
mod dumps;
pub mod duties;
mod eye;
pub mod feed;
pub mod import;
pub mod inert;
pub mod kinds;
pub mod math;
pub mod model;
pub mod monitoring;
pub mod period;
pub mod pipeline;
pub mod plain;
pub mod preview;
pub mod progress;
pub mod protection;
pub mod publish;
pub mod registry;
pub mod render;
pub mod report;
pub mod rollover;
pub mod site;
pub mod source;
pub mod start;
pub mod tab;
pub mod text;
pub mod theme;
mod tree;
pub mod workdays;

pub use glasno_carrier as carrier;
pub use glasno_edit as edit;
pub use glasno_guard as guard;
pub use glasno_passage as passage;
