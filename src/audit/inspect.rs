//! Reads a file in whatever carrier it comes and tells which protected schools it names.
//!
//! Takes a path and bytes; gives mentions with their places, pictures and unreadable parts. Two engines look at the same
//! fragments: the recogniser, and exact names ([`crate::guard::exact`]), so that a fault in one is not a fault in both.

use crate::audit::exceptions::{ContextHash, context_hash};
use crate::carrier::{self, Limits, Outcome};
use crate::disclosure::indirect::{Piece, Told, Watch, Whose};
use crate::guard::exact::Hit;
use crate::guard::{Certainty, Guard};
use crate::passage::{Fragment, Locator, Role};
use crate::registry::SchoolId;

/// One place at which a school can be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub id: String,
    /// Word for the class, as the catalogue knows it: `@class-number`.
    pub class: String,
    /// Word for the reason, where the context leaves a doubt.
    pub reason: Option<String>,
    pub at: Locator,
    /// Fingerprint of the text around, for a reviewed exception.
    pub context: ContextHash,
    /// All schools that this one place could mean, this one among them.
    pub schools: Vec<SchoolId>,
}

/// A place that schedules do not print, told here.
#[derive(Debug, Clone)]
pub struct Placed {
    pub told: Told,
    pub at: Locator,
    pub context: ContextHash,
}

/// What of places must not be told, and whose file it is.
#[derive(Debug, Clone, Copy)]
pub struct Watching<'a> {
    pub watch: &'a Watch,
    pub section: &'a str,
}

/// Everything that a file gives away or hides.
#[derive(Debug, Clone, Default)]
pub struct Inspection {
    pub sightings: Vec<Sighting>,
    pub placed: Vec<Placed>,
    pub outcome: Outcome,
}

impl Inspection {
    /// Whether there is nothing to weigh: the bytes alone clear the file.
    pub fn is_spotless(&self) -> bool {
        let Outcome {
            format: _,
            pictures,
            unreadable,
            location,
        } = &self.outcome;
        self.sightings.is_empty()
            && self.placed.is_empty()
            && pictures.is_empty()
            && unreadable.is_empty()
            && !location
    }
}

/// Searches one file. Schools of `own` may be named in it. `strict` is for what is about to be published: a name that
/// tells its school by itself counts even where the recogniser read another school from the place.
pub fn inspect(
    path: &str,
    bytes: &[u8],
    guard: &Guard,
    limits: &Limits,
    own: &[&str],
    watching: Option<Watching<'_>>,
) -> Inspection {
    let mut gathered = Gathered::default();
    let outcome = carrier::read(path, bytes, limits, &mut |f| gathered.add(f));
    let fragments = gathered.fragments();
    let mut sightings: Vec<Sighting> = Vec::new();
    let (mentions, cleared) = guard.recognizer().examine(&fragments);
    // Where the recogniser has read a name and weighed its context, a search that knows no context adds nothing.
    let judged: Vec<(usize, std::ops::Range<usize>)> = mentions
        .iter()
        .map(|m| (m.fragment, m.span.clone()))
        .chain(cleared)
        .collect();
    for mention in mentions {
        if mention.is_of(own) {
            continue;
        }
        let Some(fragment) = fragments.get(mention.fragment) else {
            continue;
        };
        let reason = match mention.certainty {
            Certainty::Certain => None,
            Certainty::Ambiguous(reason) => Some(format!("@reason-{}", reason.as_str())),
        };
        for school in &mention.schools {
            sightings.push(Sighting {
                id: school.as_str().to_owned(),
                class: format!("@class-{}", mention.class.as_str()),
                reason: reason.clone(),
                at: place(fragment, mention.span.start),
                context: context_hash(&fragment.text, mention.span.clone(), &[]),
                schools: mention.schools.clone(),
            });
        }
    }
    for (n, fragment) in fragments.iter().enumerate() {
        for Hit {
            span,
            id,
            own: alone,
            person,
        } in guard.exact().find_except(&fragment.text, own)
        {
            let weighed = judged
                .iter()
                .any(|(f, r)| *f == n && r.start < span.end && span.start < r.end);
            // A person of a head's name may be somebody else, as the post tells.
            if weighed && (person || !(guard.is_strict() && alone)) {
                continue;
            }
            let at = place(fragment, span.start);
            let known = sightings
                .iter()
                .any(|s| s.id == id && s.at.part == at.part && s.at.line == at.line);
            if !known {
                sightings.push(Sighting {
                    id: id.to_owned(),
                    class: "@class-exact".to_owned(),
                    reason: None,
                    context: context_hash(&fragment.text, span, &[]),
                    schools: vec![SchoolId::new(id)],
                    at,
                });
            }
        }
    }
    Inspection {
        sightings,
        placed: watching.map_or_else(Vec::new, |w| placed(&fragments, w)),
        outcome,
    }
}

fn placed(fragments: &[Fragment<'_>], Watching { watch, section }: Watching<'_>) -> Vec<Placed> {
    let piece = |f| {
        let Fragment { text, role, .. }: &Fragment<'_> = f;
        Piece {
            text,
            role: *role,
            record: 0,
        }
    };
    let pieces: Vec<Piece<'_>> = fragments.iter().map(piece).collect();
    let whose = Whose {
        section,
        days: &[],
        story: true,
    };
    let told = watch.judge(whose, &pieces).into_iter();
    let placed = told.filter_map(|told| {
        let fragment = fragments.get(told.piece)?;
        Some(Placed {
            at: place(fragment, told.span.start),
            context: context_hash(&fragment.text, told.span.clone(), &[]),
            told,
        })
    });
    placed.collect()
}

/// The fragments of one carrier, their texts in one piece of memory.
#[derive(Default)]
pub(super) struct Gathered {
    text: String,
    all: Vec<(std::ops::Range<usize>, Role, Locator)>,
}

impl Gathered {
    pub(super) fn add(&mut self, fragment: Fragment<'_>) {
        let from = self.text.len();
        self.text.push_str(&fragment.text);
        self.all
            .push((from..self.text.len(), fragment.role, fragment.at));
    }

    pub(super) fn fragments(&self) -> Vec<Fragment<'_>> {
        let one = |(range, role, at): &(std::ops::Range<usize>, Role, Locator)| Fragment {
            text: self.text.get(range.clone()).unwrap_or_default().into(),
            role: *role,
            at: at.clone(),
        };
        self.all.iter().map(one).collect()
    }
}

/// The place of a byte of a fragment, as far as its carrier has lines.
pub(super) fn place(fragment: &Fragment<'_>, offset: usize) -> Locator {
    let mut at = fragment.at.clone();
    if let Some(line) = at.line {
        let before = fragment.text.get(..offset).unwrap_or("");
        let lines = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or("").chars().count();
        let narrow = |n: usize| u32::try_from(n).unwrap_or(0);
        at.line = Some(line + narrow(lines));
        at.column = match (lines, at.column) {
            (0, Some(column)) => Some(column + narrow(last)),
            (0, None) => None,
            _ => Some(narrow(last) + 1),
        };
    }
    at
}
