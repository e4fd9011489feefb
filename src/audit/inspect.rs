//! Reads a file in whatever carrier it comes and tells which protected schools it names.
//!
//! Takes a path and bytes; gives mentions with their places, pictures and unreadable parts. Two engines look at the same
//! fragments: the recogniser, and exact names ([`crate::guard::exact`]), so that a fault in one is not a fault in both.

use std::ops::Range;

use crate::audit::exceptions::{ContextHash, context_hash};
use crate::carrier::scan::Eye;
use crate::carrier::{self, Limits, Outcome};
use crate::disclosure::indirect::{Piece, Told, Watch, Whose};
use crate::guard::exact::Hit;
use crate::guard::{Certainty, Guard};
use crate::passage::{Fragment, Locator, Role, Turn};
use crate::registry::SchoolId;
use crate::theme;

/// One place at which a school can be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    pub id: String,
    /// Word for the class, as the catalogue knows it: `@class-number`.
    pub class: String,
    /// Word for the reason, where the context leaves a doubt.
    pub reason: Option<String>,
    pub at: Locator,
    /// Where its last letter stands.
    pub to: Locator,
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
    /// Of a file with pictures: the hash of its bytes, and of what of them is published. A review of the whole file
    /// is a review of each of them.
    pub whole: Vec<blake3::Hash>,
}

impl Inspection {
    /// Whether there is nothing to weigh: the bytes alone clear the file.
    pub fn is_spotless(&self) -> bool {
        let Outcome {
            format: _,
            pictures,
            unreadable,
            blind,
            location,
        } = &self.outcome;
        self.sightings.is_empty()
            && self.placed.is_empty()
            && pictures.is_empty()
            && unreadable.is_empty()
            && blind.is_empty()
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
    eye: Option<&dyn Eye>,
) -> Inspection {
    let mut gathered = Gathered::default();
    let mut outcome = carrier::read_seen(path, bytes, limits, eye, &mut |f| gathered.add(f));
    outcome.pictures.retain(|p| !theme::is_built_in(&p.hash));
    let fragments = gathered.fragments();
    let mut sightings: Vec<Sighting> = Vec::new();
    let (mentions, cleared) = guard.recognizer().examine(&fragments);
    // Where the recogniser has read a name and weighed its context, a search that knows no context adds nothing.
    let judged: Vec<(usize, Range<usize>)> = mentions
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
                at: fragment.place(mention.span.start),
                to: last(fragment, &mention.span),
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
            sightings.push(Sighting {
                id: id.to_owned(),
                class: "@class-exact".to_owned(),
                reason: None,
                at: fragment.place(span.start),
                to: last(fragment, &span),
                context: context_hash(&fragment.text, span, &[]),
                schools: vec![SchoolId::new(id)],
            });
        }
    }
    once(&mut sightings);
    let whole = match outcome.pictures.is_empty() {
        true => Vec::new(),
        false => whole(bytes),
    };
    Inspection {
        sightings,
        placed: watching.map_or_else(Vec::new, |w| placed(&fragments, w)),
        outcome,
        whole,
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
            at: fragment.place(told.span.start),
            context: context_hash(&fragment.text, told.span.clone(), &[]),
            told,
        })
    });
    placed.collect()
}

/// What a review of a file may have been recorded of.
fn whole(bytes: &[u8]) -> Vec<blake3::Hash> {
    let mut hashes = vec![blake3::hash(bytes)];
    if let Ok(clean) = carrier::strip_image_metadata(bytes) {
        hashes.push(blake3::hash(&clean));
    }
    hashes
}

fn last(fragment: &Fragment<'_>, span: &Range<usize>) -> Locator {
    let before = span.end.saturating_sub(1).max(span.start);
    fragment.place(fragment.text.floor_char_boundary(before))
}

/// Leaves one sighting of each place: what stands there may be read in several ways (a line, a cell, a value). One that
/// leaves no doubt goes before others. Where the carrier has no lines, places cannot be told apart, and each stays unless
/// it repeats another to the word.
fn once(sightings: &mut Vec<Sighting>) {
    sightings.sort_by(|a, b| {
        let key = |s: &Sighting| (s.at.line, s.at.column, s.reason.is_some());
        a.id.cmp(&b.id)
            .then_with(|| a.at.part.cmp(&b.at.part))
            .then_with(|| key(a).cmp(&key(b)))
    });
    sightings.dedup_by(|next, kept| {
        let beside = next.id == kept.id && next.at.part == kept.at.part;
        let (begin, end) = (
            (next.at.line, next.at.column),
            (kept.to.line, kept.to.column),
        );
        if !beside {
            return false;
        }
        if next.at.line.is_none() {
            return next == kept;
        }
        let same = begin <= end;
        if same && next.reason.is_none() && kept.reason.is_some() {
            std::mem::swap(next, kept);
        }
        same
    });
}

/// The fragments of one carrier, their texts and turns each in one piece of memory.
#[derive(Default)]
pub(super) struct Gathered {
    text: String,
    turns: Vec<Turn>,
    all: Vec<(Range<usize>, Range<usize>, Role, Locator)>,
}

impl Gathered {
    pub(super) fn add(&mut self, fragment: Fragment<'_>) {
        let (text, turns) = (self.text.len(), self.turns.len());
        self.text.push_str(&fragment.text);
        self.turns.extend_from_slice(&fragment.turns);
        let (text, turns) = (text..self.text.len(), turns..self.turns.len());
        self.all.push((text, turns, fragment.role, fragment.at));
    }

    pub(super) fn fragments(&self) -> Vec<Fragment<'_>> {
        let one =
            |(text, turns, role, at): &(Range<usize>, Range<usize>, Role, Locator)| Fragment {
                text: self.text.get(text.clone()).unwrap_or_default().into(),
                role: *role,
                at: at.clone(),
                turns: self.turns.get(turns.clone()).unwrap_or_default().into(),
            };
        self.all.iter().map(one).collect()
    }
}
