//! Redaction: puts neutral words in the place of a mention, in its case and number.
//!
//! Takes text and its mentions; gives the text without them and the list of replacements. Must not print a name.

mod wording;

use std::ops::Range;

use super::mention::{Class, Mention, Number};
use super::registry::SchoolId;
use super::scan::Recognizer;
pub use wording::{CaseForms, Wording};

/// One replacement: where it stood in the text that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub schools: Vec<SchoolId>,
    pub span: Range<usize>,
    pub class: Class,
}

fn replacement<'w>(m: &Mention, wording: &'w Wording, plural: bool) -> &'w str {
    match m.class {
        Class::Name | Class::Number | Class::Namesake | Class::Settlement => {
            let forms = if plural || m.number == Number::Plural {
                &wording.schools
            } else {
                &wording.school
            };
            forms.get(m.case)
        }
        Class::Person => wording.person.get(m.case),
        _ => &wording.identifier,
    }
}

/// «Рябова А. П., главный специалист»: the dot behind the last initial goes with it where the sentence goes on.
fn dot_of_initial(text: &str, span: &Range<usize>, class: Class) -> usize {
    let mut letters = text.get(span.clone()).unwrap_or_default().chars().rev();
    let initial = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|c| !c.is_alphanumeric());
    let rest = text.get(span.end..).unwrap_or_default().strip_prefix('.');
    let next = rest.and_then(|rest| rest.trim_start_matches([' ', '\u{a0}']).chars().next());
    let goes_on = next.is_some_and(|c| c.is_lowercase() || ",;:)»—–".contains(c));
    usize::from(class == Class::Person && initial && goes_on)
}

/// Replaces the given mentions of one fragment's text.
pub fn redact(text: &str, mentions: &[Mention], wording: &Wording) -> (String, Vec<Replacement>) {
    let mut spans: Vec<(Range<usize>, &Mention, bool)> = mentions
        .iter()
        .map(|m| match &m.whole {
            Some(whole) => (whole.clone(), m, true),
            None => (m.span.clone(), m, false),
        })
        .filter(|(s, _, _)| text.get(s.clone()).is_some())
        .collect();
    spans.sort_by_key(|(s, m, _)| (s.start, std::cmp::Reverse(s.end), m.certainty));
    let mut out = String::with_capacity(text.len());
    let mut done: Vec<Replacement> = Vec::new();
    let mut at = 0;
    for (span, m, plural) in spans {
        if span.start < at {
            // Overlaps the one before: what sticks out goes with it.
            if let Some(last) = done.last_mut() {
                for s in &m.schools {
                    if !last.schools.contains(s) {
                        last.schools.push(s.clone());
                    }
                }
                last.span.end = last.span.end.max(span.end);
            }
            at = at.max(span.end);
            continue;
        }
        out.push_str(text.get(at..span.start).unwrap_or_default());
        let word = replacement(m, wording, plural);
        let starts = out
            .trim_end()
            .chars()
            .next_back()
            .is_none_or(|c| matches!(c, '.' | '!' | '?'));
        let was_capital = text
            .get(span.clone())
            .and_then(|t| t.chars().find(|c| c.is_alphanumeric()))
            .is_some_and(char::is_uppercase);
        if word.starts_with("шк")
            && [" с ", "\u{a0}с ", " с\u{a0}"]
                .iter()
                .any(|s| out.ends_with(s))
            || matches!(out.as_str(), "с " | "С ")
        {
            let blank = out.pop();
            out.push('о');
            out.extend(blank);
        }
        if out.chars().next_back().is_some_and(char::is_alphanumeric) {
            out.push(' ');
        }
        if starts && was_capital {
            let mut chars = word.chars();
            out.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            out.push_str(chars.as_str());
        } else {
            out.push_str(word);
        }
        if text
            .get(span.end..)
            .and_then(|t| t.chars().next())
            .is_some_and(char::is_alphanumeric)
        {
            out.push(' ');
        }
        at = span.end + dot_of_initial(text, &span, m.class);
        done.push(Replacement {
            schools: m.schools.clone(),
            span,
            class: m.class,
        });
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out, done)
}

impl Recognizer {
    /// Replaces every mention in plain prose; the result scans clean.
    pub fn redact_text(&self, text: &str, wording: &Wording) -> (String, Vec<Replacement>) {
        let (mut out, done) = redact(text, &self.scan_text(text), wording);
        for _ in 0..3 {
            let left = self.scan_text(&out);
            if left.is_empty() {
                break;
            }
            out = redact(&out, &left, wording).0;
        }
        (out, done)
    }
}
