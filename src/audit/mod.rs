//! The last wall: every artifact's final bytes and path are searched before anything is published.
//!
//! Takes artifacts and an [`Auditor`]; gives [`Audited`] or findings. Must not trust that redaction took place, and
//! must not let anything pass that it could not read.

pub mod explain;
pub mod inspect;

pub mod exceptions;
pub mod memory;
mod reason;
mod record;
pub mod review;

use crate::artifact::{Artifact, SitePath};
use crate::diag::catalog::{carrier, disclosure as messages};
use crate::diag::{Finding, Location, Severity, Span};
use crate::disclosure::indirect::Told;
use exceptions::{Answer, ContextHash, Exceptions, Question};
use inspect::Inspection;
use review::Reviews;

/// An artifact that the audit has cleared. Only this module can make one, and `publish` takes nothing else.
#[derive(Debug)]
pub struct Audited(Artifact);

impl Audited {
    pub fn artifact(&self) -> &Artifact {
        &self.0
    }

    /// The artifact itself, to be shown in the preview.
    pub fn into_artifact(self) -> Artifact {
        self.0
    }

    /// The same bytes at another path: only the path has to be searched.
    pub fn copy(&self, path: SitePath, auditor: &dyn Auditor) -> (Option<Audited>, Vec<Finding>) {
        let (cleared, findings) = clear(
            Artifact {
                path,
                bytes: Vec::new(),
            },
            auditor,
        );
        let copy = cleared.map(|Audited(Artifact { path, .. })| {
            Audited(Artifact {
                path,
                bytes: self.0.bytes.clone(),
            })
        });
        (copy, findings)
    }
}

/// Searches final bytes for protected names.
pub trait Auditor: Sync {
    /// What is wrong with a file of this path and these bytes; nothing when it may be published.
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding>;
    /// The same, and whether there was nothing in it that anybody had to weigh: no sighting, picture or unreadable part.
    fn verdict(&self, path: &str, bytes: &[u8]) -> Verdict {
        Verdict {
            findings: self.audit(path, bytes),
            spotless: false,
        }
    }
    /// What else than the bytes and the guard a verdict rests on.
    fn basis(&self) -> Option<blake3::Hash> {
        None
    }
    /// The same where the schools `own` (ids of the registry) may be named: in their own tab.
    fn audit_except(&self, path: &str, bytes: &[u8], own: &[&str]) -> Vec<Finding> {
        let mut findings = self.audit(path, bytes);
        findings.retain(|f| !f.subject.as_deref().is_some_and(|id| own.contains(&id)));
        findings
    }
}

/// What an [`Auditor`] says of a file.
#[derive(Debug, Default)]
pub struct Verdict {
    pub findings: Vec<Finding>,
    /// The bytes alone clear the file, whatever was reviewed.
    pub spotless: bool,
}

/// Clears an artifact, or says why not. Warnings come with it.
pub fn clear(artifact: Artifact, auditor: &dyn Auditor) -> (Option<Audited>, Vec<Finding>) {
    let findings = auditor.audit(artifact.path.as_str(), &artifact.bytes);
    let cleared = !findings.iter().any(Finding::is_error);
    (cleared.then_some(Audited(artifact)), findings)
}

/// What people have looked at and recorded.
#[derive(Debug, Default)]
pub struct Reviewed {
    pub exceptions: Exceptions,
    pub reviews: Reviews,
}

/// Findings for what an inspection saw. A path that itself names a school is masked by the caller when it prints.
pub fn findings(path: &str, inspection: &Inspection, reviewed: &Reviewed) -> Vec<Finding> {
    let shown = |part: &str| match part {
        "" => path.to_owned(),
        part => format!("{path}!{part}"),
    };
    let mut findings = Vec::new();
    for s in &inspection.sightings {
        let answer = reviewed.exceptions.answer(Question {
            artifact: path,
            context: s.context,
            schools: &s.schools,
            certain: s.reason.is_none(),
        });
        if answer == Answer::Excepted {
            continue;
        }
        let location = Location {
            path: shown(&s.at.part).into(),
            span: s
                .at
                .line
                .map(|line| Span::new(line, s.at.column.unwrap_or(1), 1)),
        };
        let finding = match &s.reason {
            None => Finding::new(&messages::NAME, location),
            Some(reason) => Finding::new(&messages::AMBIGUOUS, location)
                .arg("reason", reason)
                .arg("context", s.context),
        };
        findings.push(finding.arg("class", &s.class).subject(s.id.clone()));
    }
    for s in &inspection.placed {
        let location = Location {
            path: shown(&s.at.part).into(),
            span: s
                .at
                .line
                .map(|line| Span::new(line, s.at.column.unwrap_or(1), 1)),
        };
        let span = &s.told;
        findings.extend(told(path, span, s.context, location, &reviewed.exceptions));
    }
    findings.extend(unseen(path, inspection, &reviewed.reviews, shown));
    for unreadable in &inspection.outcome.unreadable {
        let entry = reason::entry(unreadable.reason);
        findings.push(
            Finding::new(entry, Location::file(shown(&unreadable.part)))
                .arg("part", named(path, &unreadable.part))
                .severity(Severity::Error),
        );
    }
    for part in &inspection.outcome.blind {
        findings.push(
            Finding::new(&carrier::BLIND, Location::file(shown(part)))
                .arg("part", named(path, part)),
        );
    }
    if inspection.outcome.location {
        findings.push(Finding::new(
            &messages::LOCATION,
            Location::file(path.to_owned()),
        ));
    }
    findings
}

/// The finding for a place that is told in a file or source, unless it was reviewed.
pub fn told(
    path: &str,
    told: &Told,
    context: ContextHash,
    location: Location,
    exceptions: &Exceptions,
) -> Option<Finding> {
    let answer = exceptions.answer(Question {
        artifact: path,
        context,
        schools: &[],
        certain: false,
    });
    let instead = told.instead.as_deref().unwrap_or("…");
    (answer != Answer::Excepted).then(|| {
        Finding::new(told.rule.entry, location)
            .arg("instead", instead)
            .arg("context", context)
    })
}

/// Pictures that nobody has recorded a look at, in one finding.
fn unseen(
    path: &str,
    inspection: &Inspection,
    reviews: &Reviews,
    shown: impl Fn(&str) -> String,
) -> Option<Finding> {
    let open: Vec<_> = inspection
        .outcome
        .pictures
        .iter()
        .filter(|picture| !reviews.covers(&picture.hash))
        .collect();
    let whole = inspection.whole.iter().any(|hash| reviews.covers(hash));
    match open.as_slice() {
        _ if whole => None,
        [] => None,
        [picture] => Some(
            Finding::new(&carrier::PICTURE, Location::file(shown(&picture.part)))
                .arg("part", named(path, &picture.part))
                .arg("hash", picture.hash.to_hex()),
        ),
        many => Some(
            Finding::new(&carrier::PICTURES, Location::file(path.to_owned()))
                .arg("part", named(path, ""))
                .arg("n", many.len()),
        ),
    }
}

/// The part, or the file's own name where it is the file itself.
fn named<'a>(path: &'a str, part: &'a str) -> &'a str {
    if part.is_empty() {
        path.rsplit('/').next().unwrap_or(path)
    } else {
        part
    }
}
