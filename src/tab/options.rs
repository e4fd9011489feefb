//! What a run of tabs is asked for. Takes and decides nothing.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::protection::Ask;

/// Whose tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    All,
    One(String),
    /// As the root tells: a school's own folder, or nobody.
    Root,
}

#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    pub out: Option<PathBuf>,
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    pub base: Option<String>,
    pub which: Which,
    /// For the passphrase of an encrypted registry.
    pub ask: Ask,
}
