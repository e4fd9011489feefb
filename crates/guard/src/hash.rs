//! A quick hash for short folded words, that grows letter by letter. Must not be used where an enemy chooses the keys of
//! a stored map.

/// Builds the hasher of maps whose keys are words of the registry and hashes of them.
pub(crate) type Fx = rustc_hash::FxBuildHasher;

const K: u64 = 0x517c_c1b7_2722_0a95;

/// The hash of the first `n` bytes, for every `n`, step by step.
pub(crate) fn step(hash: u64, byte: u8) -> u64 {
    (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(K)
}
