//! `glasno` turns the sources of an education department's project into its public information section,
//! and lets no protected school's name out.
//!
//! Data flows one way: `source` → `document` → `model` → `disclosure` → `site` → `render` → `audit` →
//! `publish`; [`pipeline`](crate) is the only caller of these stages. See `docs/architecture.md`.

pub mod diag;
pub mod guard;
pub mod passage;
pub mod registry;
