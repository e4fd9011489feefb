//! How much work one carrier may cost: takes nothing, gives the bounds that every reader asks for before it
//! allocates or inflates. Must not know any format.

/// Bounds on one call of [`super::read`]. What goes beyond them is reported as unreadable, never skipped in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The largest file that is looked at.
    pub max_bytes: u64,
    /// All inflated bytes of one carrier together, nested containers included.
    pub max_inflated: u64,
    /// How many times larger than its compressed form one entry may become (beyond the first megabyte).
    pub max_ratio: u64,
    /// How deep containers, `data:` addresses and embedded documents may be nested.
    pub max_depth: u32,
    /// All entries of archives and office packages together.
    pub max_entries: u64,
    /// All fragments of one carrier together.
    pub max_fragments: u64,
    /// The longest fragment of plain text, in bytes; longer paragraphs are cut at a line end or a space.
    pub max_fragment_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 256 << 20,
            max_inflated: 512 << 20,
            max_ratio: 250,
            max_depth: 8,
            max_entries: 50_000,
            max_fragments: 20_000_000,
            max_fragment_bytes: 1 << 20,
        }
    }
}
