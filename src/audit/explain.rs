//! Why the guard says what it says: every place of a file where a school of the registry could be meant.
//!
//! Takes a path and bytes; gives rules, evidence and verdict for each place and school. Must not hold a name.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::audit::inspect::Gathered;
use crate::carrier::{self, Limits};
use crate::guard::{Guard, Mention, Verdict};

/// One place and one school that could be meant there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Path of the part inside the file; empty for the file itself.
    pub part: String,
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// Id of the school.
    pub subject: String,
    /// Ids of the rules that weighed the place.
    pub rules: Vec<&'static str>,
    /// Fixed words for what spoke for and against.
    pub evidence: Vec<&'static str>,
    /// `named`, `ambiguous` or `cleared`.
    pub verdict: &'static str,
    pub reason: Option<&'static str>,
}

/// The rule of the search for exact names, which shares no code with the others.
const EXACT: &str = "exact-name";

/// Judges one file as [`super::inspect::inspect`] does and keeps every verdict. Where several rules weigh one place, the
/// gravest verdict stands.
pub fn explain(path: &str, bytes: &[u8], guard: &Guard, limits: &Limits) -> Vec<Explained> {
    let mut gathered = Gathered::default();
    carrier::read(path, bytes, limits, &mut |f| gathered.add(f));
    let fragments = gathered.fragments();
    // A finding stands where the whole mention begins, not where the word does by which it was recognised.
    let mut whole: BTreeMap<usize, Vec<Mention>> = BTreeMap::new();
    for mention in guard.recognizer().scan(&fragments) {
        whole.entry(mention.fragment).or_default().push(mention);
    }
    let begin = |n: usize, span: &Range<usize>, school: &str| {
        let mentions = whole.get(&n).map_or(&[][..], Vec::as_slice);
        let covers = |m: &&Mention| {
            m.span.start < span.end
                && span.start < m.span.end
                && m.schools.iter().any(|s| s.as_str() == school)
        };
        mentions
            .iter()
            .find(covers)
            .map_or(span.start, |m| m.span.start)
    };
    // By fragment, place in it and school.
    let mut all: BTreeMap<(usize, usize, String), (Verdict, Explained)> = BTreeMap::new();
    let mut add =
        |n: usize, at: usize, subject: &str, rule, evidence: &[&'static str], verdict: Verdict| {
            let Some(fragment) = fragments.get(n) else {
                return;
            };
            let locator = fragment.place(at);
            let fresh = || {
                let explained = Explained {
                    part: locator.part,
                    line: locator.line,
                    column: locator.column,
                    subject: subject.to_owned(),
                    rules: Vec::new(),
                    evidence: Vec::new(),
                    verdict: verdict.as_str(),
                    reason: verdict.reason(),
                };
                (verdict, explained)
            };
            let (gravest, one) = all.entry((n, at, subject.to_owned())).or_insert_with(fresh);
            if verdict < *gravest {
                *gravest = verdict;
                (one.verdict, one.reason) = (verdict.as_str(), verdict.reason());
            }
            if !one.rules.contains(&rule) {
                one.rules.push(rule);
            }
            for word in evidence {
                if !one.evidence.contains(word) {
                    one.evidence.push(word);
                }
            }
        };
    for t in guard.recognizer().explain(&fragments) {
        let school = t.school.as_str();
        add(
            t.fragment,
            begin(t.fragment, &t.span, school),
            school,
            t.rule.id(),
            &t.evidence,
            t.verdict,
        );
    }
    for (n, fragment) in fragments.iter().enumerate() {
        for hit in guard.exact().find(&fragment.text) {
            let verdict = Verdict::Named;
            add(n, begin(n, &hit.span, hit.id), hit.id, EXACT, &[], verdict);
        }
    }
    all.into_values().map(|(_, one)| one).collect()
}
