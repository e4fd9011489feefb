//! What protects a run: the registry, the guard made from it, and what people have reviewed.
//!
//! Takes the registry's file (`load`); gives the [`Redactor`] and [`Auditor`] that the stages work with, decisions on
//! places, and masks messages. Without a registry there is no protection and so no run. How a name is found and what
//! takes its place is the guard's; how a run is done is the pipeline's.

mod auditor;
mod key;
mod load;
mod picture;
mod places;
mod redactor;
pub mod review;
mod wording;

use std::collections::BTreeSet;

use crate::audit::{Auditor, Reviewed};
use crate::carrier::Limits;
use crate::carrier::scan::Eye;
use crate::diag::Finding;
use crate::disclosure::Redactor;
use crate::disclosure::coarsen::{self, Decision};
use crate::guard::Guard;
use crate::model::Model;
use crate::registry::{self, Depth, Places, Registry};

pub use auditor::OfSection;
pub use load::Ask;
pub use picture::clean_picture;

/// Registry and everything made from it.
pub struct Guarding {
    registry: Registry,
    guard: Guard,
    limits: Limits,
    reviewed: Reviewed,
    eye: Option<Box<dyn Eye>>,
    /// Of the registry's text; stays in memory.
    text: Option<blake3::Hash>,
}

impl Guarding {
    /// The protection of a registry.
    pub fn new(registry: Registry) -> Self {
        Guarding {
            guard: Guard::new(&registry),
            registry,
            limits: Limits::default(),
            reviewed: Reviewed::default(),
            eye: None,
            text: None,
        }
    }

    /// Whether the registry's strings do what they are there for; `path` names its file in findings.
    pub fn prove(&self, path: &str, places: &[Places], depth: Depth) -> Vec<Finding> {
        registry::prove(path, &self.registry, places, &self.guard, depth)
    }

    /// The same for files that are not about to be published here: another school's namesake is weighed by its place
    /// alone.
    #[must_use]
    pub fn for_any_files(mut self) -> Self {
        self.guard = self.guard.for_any_files();
        self
    }

    /// The same, which reads pictures by somebody's eye.
    #[must_use]
    pub fn with_eye(mut self, eye: Box<dyn Eye>) -> Self {
        self.eye = Some(eye);
        self
    }

    /// What was recorded and not needed, once every file has been audited.
    pub fn unused(&self) -> Vec<Finding> {
        let mut unused = self.reviewed.exceptions.close();
        unused.extend(self.reviewed.reviews.unused());
        unused
    }

    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Ids of the protected schools.
    pub fn ids(&self) -> BTreeSet<String> {
        self.registry
            .protected
            .iter()
            .map(|s| s.id.as_str().to_owned())
            .collect()
    }

    /// Which places of schedules are made coarser.
    pub fn places(&self, model: &Model) -> Decision {
        coarsen::decide(model, &self.registry)
    }

    pub fn redactor(&self) -> &dyn Redactor {
        self
    }

    pub fn auditor(&self) -> &dyn Auditor {
        self
    }

    /// The text with every protected value replaced by its id, for messages.
    pub fn mask(&self, text: &str) -> String {
        self.guard.mask(text)
    }
}
