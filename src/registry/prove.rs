//! What the guard's trial of a registry found, as findings with place and advice.
//!
//! Takes the registry as it was read and its guard; gives findings. Must not repeat a string of the registry: its id and
//! line are told, nothing else.

use rayon::prelude::*;

use super::{IdentifierKind, Places, Registry};
use crate::diag::catalog::registry as say;
use crate::diag::{Finding, Location};
use crate::guard::Guard;
pub use crate::guard::proof::Depth;
use crate::guard::proof::{self, Fault, Field, Flaw};

/// Up to so many schools every sentence is tried whenever the registry is read; of more, each string alone, so that a build
/// does not wait: `registry check` tries all.
const SENTENCES_UP_TO: usize = 200;

/// How much is tried when a registry is read.
pub fn at_load(registry: &Registry) -> Depth {
    match registry.protected.len() {
        ..=SENTENCES_UP_TO => Depth::Sentences,
        _ => Depth::Alone,
    }
}

/// Tries every string of a registry; `path` only names the file in findings.
pub fn prove(
    path: &str,
    registry: &Registry,
    places: &[Places],
    guard: &Guard,
    depth: Depth,
) -> Vec<Finding> {
    let found: Vec<Vec<Finding>> = registry
        .protected
        .par_iter()
        .enumerate()
        .map(|(n, school)| {
            let flaws = proof::prove(guard, school, depth);
            let own = places.get(n).map_or(&[][..], Vec::as_slice);
            let told = flaws.into_iter().map(|flaw| {
                let mut location = Location::file(path);
                location.span = own.iter().find(|(f, _)| *f == flaw.field).map(|(_, s)| *s);
                finding(flaw, location).subject(school.id.as_str())
            });
            told.collect()
        })
        .collect();
    found.into_iter().flatten().collect()
}

fn finding(flaw: Flaw, at: Location) -> Finding {
    let (missed, tried) = match flaw.fault {
        Fault::Everyday => {
            let entry = match flaw.field {
                Field::Person(_) => &say::EVERYDAY_PERSON,
                _ => &say::EVERYDAY,
            };
            return Finding::new(entry, at);
        }
        Fault::Nothing => return Finding::new(&say::NOTHING, at),
        Fault::Unseen => (1, 1),
        Fault::Missed { missed, tried } => (missed, tried),
    };
    // What is missed half the time protects as little as what is never found; one sentence is a gap of the guard's.
    let entry = match (missed * 2 >= tried, flaw.field) {
        (false, _) => &say::MISSED,
        (true, Field::Name | Field::FullName | Field::Alias(_)) => &say::UNSEEN,
        (true, Field::Person(_)) => &say::UNSEEN_PERSON,
        (true, Field::Identifier(IdentifierKind::Address)) => &say::UNSEEN_ADDRESS,
        (true, Field::Identifier(_)) => &say::UNSEEN_IDENTIFIER,
    };
    Finding::new(entry, at)
        .arg("field", field(flaw.field))
        .arg("missed", missed)
        .arg("tried", tried)
}

/// The field's name in the file.
fn field(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::FullName => "full_name",
        Field::Alias(_) => "aliases",
        Field::Person(_) => "people",
        Field::Identifier(kind) => IdentifierKind::ALL
            .iter()
            .find(|(_, k)| *k == kind)
            .map_or("identifiers", |(name, _)| name),
    }
}
