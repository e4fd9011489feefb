//! What stands for a protection between two runs: takes a secret, gives a key that is another for another registry,
//! program or way to look. Must not let a guess of the registry be confirmed by who does not hold the secret.

use super::Guarding;
use crate::audit::memory;
use crate::carrier::Limits;

impl Guarding {
    /// Stands for this guard in what is remembered between runs; tells nothing of the registry to who does not hold
    /// `secret`. `None` for a guard that was not read from a file.
    pub fn key(&self, secret: &memory::Key, program: &blake3::Hash) -> Option<memory::Key> {
        // Taken apart, so that a limit that is added is not forgotten here.
        let Limits {
            max_bytes,
            max_inflated,
            max_ratio,
            max_depth,
            max_entries,
            max_fragments,
            max_fragment_bytes,
        } = self.limits;
        let mut hasher = blake3::Hasher::new_keyed(secret);
        hasher.update(program.as_bytes());
        hasher.update(self.text?.as_bytes());
        for number in [
            max_bytes,
            max_inflated,
            max_ratio,
            u64::from(max_depth),
            max_entries,
            max_fragments,
            max_fragment_bytes as u64,
            u64::from(self.guard.is_strict()),
        ] {
            hasher.update(&number.to_le_bytes());
        }
        Some(hasher.finalize().into())
    }
}
