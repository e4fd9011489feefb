//! What is said of a part that cannot be read.
//!
//! Takes the carrier's reason; gives the catalogue's entry. Must not decide anything.

use crate::carrier::Reason;
use crate::diag::catalog::{Entry, carrier as messages};

/// The message that explains this reason.
pub(super) fn entry(reason: Reason) -> &'static Entry {
    match reason {
        Reason::Unknown => &messages::UNKNOWN,
        Reason::Unsupported => &messages::UNSUPPORTED,
        Reason::Encrypted => &messages::ENCRYPTED,
        Reason::Malformed => &messages::MALFORMED,
        Reason::TooLarge => &messages::TOO_LARGE,
        Reason::Bomb => &messages::BOMB,
        Reason::TooDeep => &messages::TOO_DEEP,
        Reason::TooManyEntries => &messages::TOO_MANY_ENTRIES,
        Reason::TooManyFragments => &messages::TOO_MANY_FRAGMENTS,
        Reason::Overlap => &messages::OVERLAP,
        Reason::Stowaway => &messages::STOWAWAY,
        Reason::Unmapped => &messages::UNMAPPED,
        Reason::Legacy => &messages::LEGACY,
    }
}
