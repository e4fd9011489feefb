//! Redaction: puts neutral words in the place of a mention, in its case and number.
//!
//! Takes text and its mentions; gives the text without them and the list of replacements. Must not print a name.

use std::ops::Range;

use super::mention::{Class, Mention, Number};
use super::morph::GrammaticalCase;
use super::scan::Recognizer;
use crate::registry::SchoolId;

/// Words that stand for a school in one number: six cases and a form that fits any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseForms {
    pub nominative: String,
    pub genitive: String,
    pub dative: String,
    pub accusative: String,
    pub instrumental: String,
    pub prepositional: String,
    /// Where the case is not known.
    pub indeclinable: String,
}

impl CaseForms {
    fn of(words: [&str; 7]) -> Self {
        let [n, g, d, a, i, p, x] = words.map(str::to_string);
        CaseForms {
            nominative: n,
            genitive: g,
            dative: d,
            accusative: a,
            instrumental: i,
            prepositional: p,
            indeclinable: x,
        }
    }

    /// All of them.
    pub fn all(&self) -> [&str; 7] {
        [
            &self.nominative,
            &self.genitive,
            &self.dative,
            &self.accusative,
            &self.instrumental,
            &self.prepositional,
            &self.indeclinable,
        ]
    }

    fn get(&self, case: Option<GrammaticalCase>) -> &str {
        match case {
            Some(GrammaticalCase::Nominative) => &self.nominative,
            Some(GrammaticalCase::Genitive) => &self.genitive,
            Some(GrammaticalCase::Dative) => &self.dative,
            Some(GrammaticalCase::Accusative) => &self.accusative,
            Some(GrammaticalCase::Instrumental) => &self.instrumental,
            Some(GrammaticalCase::Prepositional) => &self.prepositional,
            None => &self.indeclinable,
        }
    }
}

/// The neutral wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub school: CaseForms,
    pub schools: CaseForms,
    pub person: CaseForms,
    pub identifier: String,
}

impl Default for Wording {
    fn default() -> Self {
        Wording {
            school: CaseForms::of([
                "школа-участница",
                "школы-участницы",
                "школе-участнице",
                "школу-участницу",
                "школой-участницей",
                "школе-участнице",
                "ОО — участник проекта",
            ]),
            schools: CaseForms::of([
                "школы-участницы",
                "школ-участниц",
                "школам-участницам",
                "школы-участницы",
                "школами-участницами",
                "школах-участницах",
                "ОО — участники проекта",
            ]),
            person: CaseForms::of([
                "руководитель школы-участницы",
                "руководителя школы-участницы",
                "руководителю школы-участницы",
                "руководителя школы-участницы",
                "руководителем школы-участницы",
                "руководителе школы-участницы",
                "руководитель школы-участницы",
            ]),
            identifier: "[сведения не публикуются]".to_string(),
        }
    }
}

/// One replacement: where it stood in the text that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub schools: Vec<SchoolId>,
    pub span: Range<usize>,
    pub class: Class,
}

const OPEN: [char; 5] = ['«', '„', '“', '"', '\''];
const CLOSE: [char; 5] = ['»', '“', '”', '"', '\''];

/// Takes in the quotes that a span cuts, and drops the blanks at its ends.
pub(super) fn widen(text: &str, mut span: Range<usize>) -> Range<usize> {
    for _ in 0..3 {
        let inner = text.get(span.clone()).unwrap_or_default();
        let before = text.get(..span.start).and_then(|t| t.chars().next_back());
        let after = text.get(span.end..).and_then(|t| t.chars().next());
        let opened = inner.chars().filter(|c| matches!(c, '«' | '„')).count()
            + inner.matches('"').count() % 2
            + inner.chars().filter(|c| *c == '“').count();
        let closed = inner.chars().filter(|c| matches!(c, '»' | '”')).count();
        let is_open = before.is_some_and(|c| OPEN.contains(&c));
        let is_close = after.is_some_and(|c| CLOSE.contains(&c));
        if is_close && (opened > closed || is_open) {
            span.end += after.map_or(0, char::len_utf8);
            if opened <= closed {
                span.start -= before.map_or(0, char::len_utf8);
            }
        } else if is_open
            && (closed > opened || inner.ends_with('"') && inner.matches('"').count() % 2 == 1)
        {
            span.start -= before.map_or(0, char::len_utf8);
        } else {
            break;
        }
    }
    // The dot of the last initial, unless it ends the sentence too.
    let tail: Vec<char> = text
        .get(span.clone())
        .unwrap_or_default()
        .chars()
        .rev()
        .take(2)
        .collect();
    let initial = tail.first().is_some_and(|c| c.is_uppercase())
        && tail.get(1).is_some_and(|c| !c.is_alphanumeric());
    if initial && let Some(rest) = text.get(span.end..).and_then(|t| t.strip_prefix('.')) {
        let next = rest.trim_start_matches([' ', '\u{a0}']).chars().next();
        if next.is_some_and(|c| !c.is_uppercase() && c != '\n') {
            span.end += 1;
        }
    }
    span
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
        at = span.end;
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
