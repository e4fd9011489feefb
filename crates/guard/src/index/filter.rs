//! Sixteen kilobytes that tell nearly every word off, whatever the size of the registry.
//!
//! Takes stems while the index is built, and hashes of a word's first letters; says whether a stem may begin so. Must not
//! say «no» where one does.

use super::hash;

const BITS: usize = 1 << 17;
/// Letters that are asked about at once.
pub(super) const HEAD: usize = 5;

fn bit(h: u64) -> (usize, u64) {
    let n = (h >> 40) as usize % BITS;
    (n / 64, 1 << (n % 64))
}

/// Which words cannot begin with any stem, told by their first letters.
pub(super) struct Filter {
    bits: Box<[u64]>,
    /// Lengths of the stems that are shorter than [`HEAD`].
    pub short: u32,
}

impl Default for Filter {
    fn default() -> Self {
        Filter {
            bits: vec![0; BITS / 64].into(),
            short: 0,
        }
    }
}

impl Filter {
    pub(super) fn add(&mut self, stem: &[u8]) {
        let (word, mask) = bit(hash(stem.get(..HEAD).unwrap_or(stem)));
        if let Some(w) = self.bits.get_mut(word) {
            *w |= mask;
        }
        if stem.len() < HEAD {
            self.short |= 1 << stem.len();
        }
    }

    pub(super) fn maybe(&self, h: u64) -> bool {
        let (word, mask) = bit(h);
        self.bits.get(word).is_some_and(|w| w & mask != 0)
    }
}
