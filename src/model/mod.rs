//! Typed documents with checked references.

pub mod period;
