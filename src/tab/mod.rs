//! A school's «Проект 500+» tab: for one school alone, or for every school of a region.
//!
//! Takes a school's folder and the operator's public documents ([`Book`](crate::site::Book)); gives for each school a
//! folder in four forms and an archive. Steps: `folder` reads one school's sources; `shared` makes what all tabs
//! have in common, once; `rule` says who may be named in this tab; `content` makes everything public and ready to
//! print; `forms` writes the four forms; `run` goes from school to school, holding one at a time. `check` reads a
//! tab that is online. Must not let one school's folder into another's tab.

pub mod check;
pub mod content;
pub mod folder;
pub mod forms;
pub mod inline;
pub mod jobs;
pub mod lacks;
pub mod lay;
pub mod names;
pub mod options;
pub mod page;
pub mod render;
pub mod rule;
pub mod run;
pub mod shared;
pub mod source;
pub mod view;
