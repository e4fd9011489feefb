//! One source file, parsed but not yet understood.
//!
//! Takes text; gives a YAML tree with the place of every key and value ([`yaml`]), a reader over it that collects
//! every finding at once ([`decode`]), the two halves of a Markdown file ([`front`]) and its events ([`markdown`]).
//! Must not know the kinds of documents.

pub mod decode;
pub mod formula;
pub mod front;
pub mod markdown;
pub mod yaml;
