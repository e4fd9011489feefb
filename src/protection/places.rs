//! Places that the texts of a document tell though schedules do not print them.
//!
//! Takes what was heard of it; gives findings where its source stands, without those that were reviewed.

use super::Guarding;
use crate::audit::{self, exceptions};
use crate::diag::{Finding, Location};
use crate::disclosure::heard::Heard;
use crate::disclosure::indirect::{Watch, Whose};

impl Guarding {
    /// What the texts of one document tell.
    pub fn told(&self, watch: &Watch, whose: Whose<'_>, path: &str, heard: &Heard) -> Vec<Finding> {
        let (pieces, places) = heard.pieces();
        let told = watch.judge(whose, &pieces).into_iter();
        let findings = told.filter_map(|told| {
            let piece = pieces.get(told.piece)?;
            let place = places.get(told.piece)?;
            let context = exceptions::context_hash(piece.text, told.span.clone(), &[]);
            let location = Location::at(path, heard.place(*place, told.span.clone()));
            audit::told(path, &told, context, location, &self.reviewed.exceptions)
        });
        findings.collect()
    }
}
