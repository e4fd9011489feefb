//! The last wall: every artifact's final bytes and path are searched before anything is published.
//!
//! Takes artifacts; gives [`Audited`] or findings. Must not trust that redaction took place, and must not let
//! anything pass that it could not read.

pub mod exceptions;
mod record;
pub mod review;

use crate::artifact::Artifact;

/// An artifact that the audit has cleared. Only this module can make one, and `publish` takes nothing else.
#[derive(Debug)]
pub struct Audited(Artifact);

impl Audited {
    pub fn artifact(&self) -> &Artifact {
        &self.0
    }
}
