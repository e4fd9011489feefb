//! The guard of one registry: both searches, and the neutral words for what they find.
//!
//! Takes text; gives it without protected names, or masked for messages. Redacting goes on until the recogniser finds
//! nothing more, then the exact search looks behind it. Must not say what it has replaced, only whose it was.

use std::borrow::Cow;
use std::ops::Range;

use super::exact::Exact;
use super::mention::{Certainty, Mention, Reason};
use super::redact::{self, Wording};
use super::registry::Registry;
use super::scan::Recognizer;
use glasno_passage::{Fragment, Locator, Role};

/// How often one text is redacted, at most.
const ROUNDS: usize = 64;

/// A text with neutral words in the place of protected names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redacted {
    pub text: String,
    /// For each replacement the registry id (never a name) and how the name was written: a class of the guard.
    pub notes: Vec<(String, &'static str)>,
}

/// Both searches of one registry. Cheap to share between threads.
pub struct Guard {
    recognizer: Recognizer,
    exact: Exact,
    wording: Wording,
    strict: bool,
}

impl Guard {
    /// The guard of a registry, for what is about to be published.
    pub fn new(registry: &Registry) -> Self {
        Guard {
            recognizer: Recognizer::new(registry),
            exact: Exact::new(registry),
            wording: Wording::default(),
            strict: true,
        }
    }

    /// The same guard for files that are not about to be published here: another school's namesake is weighed by its
    /// place alone.
    #[must_use]
    pub fn for_any_files(mut self) -> Self {
        self.strict = false;
        self
    }

    /// Names that tell their school by themselves count in any context.
    pub fn is_strict(&self) -> bool {
        self.strict
    }

    /// The search that weighs context.
    pub fn recognizer(&self) -> &Recognizer {
        &self.recognizer
    }

    /// The search that knows no context.
    pub fn exact(&self) -> &Exact {
        &self.exact
    }

    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// The neutral words, to be changed before anything is redacted.
    pub fn wording_mut(&mut self) -> &mut Wording {
        &mut self.wording
    }

    /// The text without protected names, or `None` where it names none; `around` is text that stands near it and helps to
    /// decide (the other cells of a row). Schools of `own` may be named.
    pub fn redact(&self, text: &str, around: &[&str], own: &[&str]) -> Option<Redacted> {
        let mut current = Cow::Borrowed(text);
        let mut notes = Vec::new();
        // Replacing one name can bring another to light: the next of a list that no grammar holds. It ends, since what
        // is replaced is not replaced again; the bound is for texts made to take long, and the audit looks again.
        for _ in 0..ROUNDS {
            let mut mentions = self.mentions(&current, around, own);
            mentions.retain(|m| !Self::is_left(m));
            if mentions.is_empty() {
                break;
            }
            let (out, replaced) = redact::redact(&current, &mentions, &self.wording);
            for r in replaced {
                for school in &r.schools {
                    notes.push((school.as_str().to_owned(), r.class.as_str()));
                }
            }
            if out == *current {
                break;
            }
            current = Cow::Owned(out);
        }
        if let Some(out) = self.without_exact(&current, around, own, &mut notes) {
            current = Cow::Owned(out);
        }
        (!notes.is_empty()).then(|| Redacted {
            text: current.into_owned(),
            notes,
        })
    }

    /// What has to be replaced in a text.
    fn mentions(&self, text: &str, around: &[&str], own: &[&str]) -> Vec<Mention> {
        let mut fragments: Vec<Fragment<'_>> = (0..).zip(around).map(|(n, t)| cell(t, n)).collect();
        let last = fragments.len();
        fragments.push(match around {
            [] => Fragment {
                text: Cow::Borrowed(text),
                role: Role::Text,
                at: Locator::default(),
                turns: Cow::default(),
            },
            _ => cell(text, u32::try_from(last).unwrap_or(0)),
        });
        let mut mentions: Vec<_> = self
            .recognizer
            .scan(&fragments)
            .into_iter()
            .filter(|m| m.fragment == last)
            .collect();
        keep_own(&mut mentions, own);
        mentions.retain(|m| !self.is_neutral(text, &m.span));
        mentions
    }

    /// Whether a name is left for a person to decide: one who may be an official of the same name is no «руководитель
    /// школы». The audit stops what holds it.
    fn is_left(m: &Mention) -> bool {
        m.certainty == Certainty::Ambiguous(Reason::OtherPost)
    }

    /// A name that tells its school by itself goes, whatever the place beside it seems to say.
    fn without_exact(
        &self,
        text: &str,
        around: &[&str],
        own: &[&str],
        notes: &mut Vec<(String, &'static str)>,
    ) -> Option<String> {
        if !self.strict {
            return None;
        }
        let mut hits = self.exact.find_except(text, own);
        if hits.iter().any(|h| h.person) {
            let mut left = self.mentions(text, around, own);
            left.retain(Self::is_left);
            hits.retain(|h| {
                !left
                    .iter()
                    .any(|m| m.span.start < h.span.end && h.span.start < m.span.end)
            });
        }
        let mut out: Option<String> = None;
        for hit in hits.iter().rev().filter(|h| h.own) {
            let forms = if hit.person {
                &self.wording.person
            } else {
                &self.wording.school
            };
            out.get_or_insert_with(|| text.to_owned())
                .replace_range(hit.span.clone(), &forms.indeclinable);
            notes.push((hit.id.to_owned(), "exact"));
        }
        out
    }

    /// Whether a place lies within the neutral word that stands there. Beside a cell with a name its «школа» is read as
    /// that school's; put in its own place it would only grow. A wording that names a school itself is not neutral.
    fn is_neutral(&self, text: &str, span: &Range<usize>) -> bool {
        let forms = [&self.wording.school, &self.wording.schools];
        forms.iter().flat_map(|forms| forms.all()).any(|form| {
            span.len() <= form.len()
                && text
                    .get(span.start..span.start + form.len())
                    .is_some_and(|there| there.to_lowercase() == form.to_lowercase())
                && self.recognizer.scan_text(form).is_empty()
        })
    }

    /// The text with every protected value replaced by its id, for messages.
    pub fn mask(&self, text: &str) -> String {
        let mut out = self.recognizer.mask(text).into_owned();
        let left: Vec<_> = self
            .exact
            .find(&out)
            .into_iter()
            .map(|hit| (hit.span, format!("[{}]", hit.id)))
            .collect();
        if left.is_empty() {
            return out;
        }
        for (range, id) in left.into_iter().rev() {
            out.replace_range(range, &id);
        }
        self.recognizer.mask(&out).into_owned()
    }
}

/// A text among others of one row.
fn cell(text: &str, column: u32) -> Fragment<'_> {
    Fragment {
        text: Cow::Borrowed(text),
        role: Role::Cell {
            table: 0,
            row: 0,
            column,
            head: false,
        },
        at: Locator::default(),
        turns: Cow::default(),
    }
}

/// Drops the mentions of schools that may be named. An enumeration that loses a member is replaced name by name.
fn keep_own(mentions: &mut Vec<Mention>, own: &[&str]) {
    if own.is_empty() {
        return;
    }
    let wholes: Vec<_> = mentions
        .iter()
        .filter(|m| m.is_of(own))
        .filter_map(|m| m.whole.clone())
        .collect();
    mentions.retain(|m| !m.is_of(own));
    for mention in mentions {
        if mention.whole.as_ref().is_some_and(|w| wholes.contains(w)) {
            mention.whole = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::ProtectedSchool;

    /// Each round put the neutral word into the place of its own «школа»: «школа-участница-участница-участница».
    #[test]
    fn a_neutral_word_is_not_replaced_again() {
        let school =
            ProtectedSchool::new("k", "МБОУ «Кувшинская СОШ»").municipality("Яблонский район");
        let guard = Guard::new(&Registry::of([school]));
        let redact = |text: &str| guard.redact(text, &["Кувшинская"], &[]).map(|r| r.text);
        let once = redact("СОШ участвует").unwrap_or_default();
        assert_eq!(once, "Школа-участница участвует");
        assert_eq!(redact(&once), None);
    }

    /// Each number that goes lets the next line be read. After three rounds the rest stood as written, and the audit
    /// refused the page.
    #[test]
    fn a_list_without_grammar_is_redacted_to_its_end() {
        let schools = ["Гимназия № 3", "Школа-интернат № 5"].map(|name| {
            ProtectedSchool::new(name, &format!("МБОУ «{name}»")).municipality("город Златополь")
        });
        let guard = Guard::new(&Registry::of(schools));
        let text = format!("школа \"20,25-03-12\n{}", "5-03-12\n".repeat(150));
        let once = guard.redact(&text, &[], &[]).map(|r| r.text);
        let once = once.unwrap_or_default();
        assert!(
            !once.is_empty() && guard.redact(&once, &[], &[]).is_none(),
            "{once}"
        );
    }
}
