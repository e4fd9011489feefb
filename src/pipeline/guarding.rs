//! The guard of one run: registry, redaction, audit, decisions on places.
//!
//! Takes the registry's file; gives the [`Redactor`] and [`Auditor`] that the stages work with. Without a registry
//! there is no guard and so no run.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use chrono::NaiveDate;

use crate::audit::exact::Exact;
use crate::audit::exceptions::Exceptions;
use crate::audit::explain::{self, Explained};
use crate::audit::inspect::{self, Inspection};
use crate::audit::memory;
use crate::audit::review::Reviews;
use crate::audit::{Auditor, Reviewed, Verdict, findings};
use crate::carrier::{self, Limits};
use crate::diag::catalog::{disclosure as messages, model as model_messages};
use crate::diag::{Finding, Findings, Location};
use crate::disclosure::coarsen::{self, Decision};
use crate::disclosure::{Redacted, Redactor};
use crate::guard::redact::{self, CaseForms, Wording};
use crate::guard::{Mention, Recognizer};
use crate::model::Model;
use crate::model::section::Site;
use crate::passage::{Fragment, Locator, Role};
use crate::registry::crypt::{self, Keys};
use crate::registry::{self, Registry};

/// How often one text is redacted, at most.
const ROUNDS: usize = 64;

/// Asks a person for the passphrase of an encrypted registry; `None` where there is nobody to ask.
pub type Ask = fn() -> Option<String>;

/// Registry and everything made from it.
pub struct Guarding {
    registry: Registry,
    recognizer: Recognizer,
    exact: Exact,
    wording: Wording,
    limits: Limits,
    reviewed: Reviewed,
    /// Names that tell their school by themselves count in any context.
    strict: bool,
    /// Of the registry's text; stays in memory.
    text: Option<blake3::Hash>,
}

impl Guarding {
    /// Reads the registry, open or encrypted, and what was reviewed; `None` with a finding when there is no registry.
    pub fn load(
        root: &Path,
        file: Option<&Path>,
        today: NaiveDate,
        ask: Ask,
    ) -> (Option<Self>, Vec<Finding>) {
        let private = root.join("content").join("private");
        let default = private.join("registry.yaml");
        let path = file.unwrap_or(&default);
        let shown = match file {
            Some(file) => file.display().to_string().replace('\\', "/"),
            None => "content/private/registry.yaml".to_owned(),
        };
        let sealed = crypt::sealed_beside(path);
        if !path.exists() && !sealed.exists() {
            let entry = match file {
                Some(_) => &messages::NO_REGISTRY_FILE,
                None => &model_messages::NO_REGISTRY,
            };
            let missing = Finding::new(entry, Location::file(shown.clone())).arg("path", shown);
            return (None, vec![missing]);
        }
        let identity = std::env::var_os(crypt::IDENTITY_VARIABLE).map(Into::into);
        let ask = || crypt::Passphrase::new(ask()?);
        let keys = Keys::new(identity, &|name| std::env::var(name).ok(), Some(&ask));
        let loaded = match crypt::load(path, &keys) {
            Ok(loaded) => loaded,
            Err(finding) => return (None, vec![*finding]),
        };
        let (registry, mut findings) = registry::parse(&shown, &loaded.text);
        let Some(registry) = registry else {
            return (None, findings);
        };
        let mut guarding = Guarding::new(registry);
        guarding.text = Some(blake3::hash(loaded.text.as_bytes()));
        let beside = match file {
            Some(file) => file.parent().unwrap_or(Path::new(".")).to_owned(),
            None => private,
        };
        let mut read = |name: &str| {
            let bytes = std::fs::read(beside.join(name)).ok()?;
            let shown = format!("content/private/{name}");
            match crate::source::decode(bytes, &shown.as_str().into()) {
                Ok(text) => Some((shown, text)),
                Err(finding) => {
                    findings.push(*finding);
                    None
                }
            }
        };
        let (exceptions, reviews) = (read("exceptions.yaml"), read("reviews.yaml"));
        if let Some((shown, text)) = exceptions {
            let (exceptions, found) = Exceptions::parse(&shown, &text, today);
            guarding.reviewed.exceptions = exceptions;
            findings.extend(found);
        }
        if let Some((shown, text)) = reviews {
            let (reviews, found) = Reviews::parse(&shown, &text, today);
            guarding.reviewed.reviews = reviews;
            findings.extend(found);
        }
        (Some(guarding), findings)
    }

    /// The guard of a registry.
    pub fn new(registry: Registry) -> Self {
        Guarding {
            recognizer: Recognizer::new(&registry),
            exact: Exact::new(&registry),
            registry,
            wording: Wording::default(),
            limits: Limits::default(),
            reviewed: Reviewed::default(),
            strict: true,
            text: None,
        }
    }

    /// The same guard for files that are not about to be published here: another school's namesake is weighed by its
    /// place alone.
    #[must_use]
    pub fn for_any_files(mut self) -> Self {
        self.strict = false;
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

    /// Takes the neutral words of the site's settings.
    #[must_use]
    pub fn with_wording(mut self, site: &Site, findings: &mut Findings) -> Self {
        for (case, words) in &site.neutral {
            let text = words.text.to_string();
            let forms: &mut CaseForms = &mut self.wording.school;
            match &**case {
                "nominative" => forms.nominative = text,
                "genitive" => forms.genitive = text,
                "dative" => forms.dative = text,
                "accusative" => forms.accusative = text,
                "instrumental" => forms.instrumental = text,
                "prepositional" => forms.prepositional = text,
                "indeclinable" => forms.indeclinable = text,
                other => {
                    const KNOWN: &str = "nominative, genitive, dative, accusative, instrumental, prepositional, indeclinable";
                    findings.push(
                        Finding::new(
                            &messages::WORDING,
                            Location::at("content/site.yaml", words.at),
                        )
                        .arg("value", other)
                        .arg("known", KNOWN),
                    );
                }
            }
        }
        self
    }

    /// Stands for this guard in what is remembered between runs; tells nothing of the registry to who does not hold
    /// `secret`. `None` for a guard that was not read from a file.
    pub fn key(&self, secret: &memory::Key, program: &blake3::Hash) -> Option<memory::Key> {
        let mut hasher = blake3::Hasher::new_keyed(secret);
        hasher.update(program.as_bytes());
        hasher.update(self.text?.as_bytes());
        hasher.update(format!("{:?} {}", self.limits, self.strict).as_bytes());
        Some(hasher.finalize().into())
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

    pub fn redactor(&self) -> &dyn Redactor {
        self
    }

    pub fn auditor(&self) -> &dyn Auditor {
        self
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

    /// Searches a file that need not be one of the site's.
    pub fn inspect(&self, path: &str, bytes: &[u8]) -> Inspection {
        self.inspect_except(path, bytes, &[])
    }

    /// Every place of a file where a school could be meant, with the verdict on it.
    pub fn explain(&self, path: &str, bytes: &[u8]) -> Vec<Explained> {
        explain::explain(path, bytes, &self.recognizer, &self.exact, &self.limits)
    }

    fn inspect_except(&self, path: &str, bytes: &[u8], own: &[&str]) -> Inspection {
        let limits = &self.limits;
        inspect::inspect(
            path,
            bytes,
            &self.recognizer,
            &self.exact,
            limits,
            own,
            self.strict,
        )
    }
}

impl Redactor for Guarding {
    fn redact(&self, text: &str, around: &[&str]) -> Option<Redacted> {
        self.redact_except(text, around, &[])
    }

    fn redact_except(&self, text: &str, around: &[&str], own: &[&str]) -> Option<Redacted> {
        let fragment = |text: &str, column: usize, role: Role| Fragment {
            text: Cow::Owned(text.to_owned()),
            role: match role {
                Role::Text if around.is_empty() => Role::Text,
                _ => Role::Cell {
                    table: 0,
                    row: 0,
                    column: u32::try_from(column).unwrap_or(0),
                    head: false,
                },
            },
            at: Locator::default(),
        };
        let mut current = Cow::Borrowed(text);
        let mut notes = Vec::new();
        // Replacing one name can bring another to light: the next of a list that no grammar holds. It ends, since what
        // is replaced is not replaced again; the bound is for texts made to take long, and the audit looks again.
        for _ in 0..ROUNDS {
            let mut fragments: Vec<Fragment<'_>> = around
                .iter()
                .enumerate()
                .map(|(i, t)| fragment(t, i, Role::Text))
                .collect();
            let last = fragments.len();
            fragments.push(fragment(&current, last, Role::Text));
            let mut mentions: Vec<_> = self
                .recognizer
                .scan(&fragments)
                .into_iter()
                .filter(|m| m.fragment == last)
                .collect();
            keep_own(&mut mentions, own);
            mentions.retain(|m| !self.is_neutral(&current, &m.span));
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
        // A name that tells its school by itself goes, whatever the place beside it seems to say.
        let hits = self.exact.find_except(&current, own);
        let hits: Vec<_> = hits.into_iter().filter(|h| self.strict && h.own).collect();
        if !hits.is_empty() {
            let mut out = current.to_string();
            for hit in hits.iter().rev() {
                let forms = if hit.person {
                    &self.wording.person
                } else {
                    &self.wording.school
                };
                out.replace_range(hit.span.clone(), &forms.indeclinable);
                notes.push((hit.id.to_owned(), "exact"));
            }
            current = Cow::Owned(out);
        }
        (!notes.is_empty()).then(|| Redacted {
            text: current.into_owned(),
            notes,
        })
    }

    fn school_word(&self) -> &str {
        &self.wording.school.nominative
    }
}

impl Auditor for Guarding {
    fn audit(&self, path: &str, bytes: &[u8]) -> Vec<Finding> {
        self.verdict(path, bytes).findings
    }

    fn verdict(&self, path: &str, bytes: &[u8]) -> Verdict {
        let inspection = self.inspect(path, bytes);
        Verdict {
            findings: findings(path, &inspection, &self.reviewed),
            spotless: inspection.is_spotless(),
        }
    }

    fn audit_except(&self, path: &str, bytes: &[u8], own: &[&str]) -> Vec<Finding> {
        findings(path, &self.inspect_except(path, bytes, own), &self.reviewed)
    }
}

/// Drops the mentions of schools that may be named. An enumeration that loses a member is replaced name by name.
fn keep_own(mentions: &mut Vec<Mention>, own: &[&str]) {
    if own.is_empty() {
        return;
    }
    let wholes: Vec<_> = mentions
        .iter()
        .filter(|m| inspect::names_own(m, own))
        .filter_map(|m| m.whole.clone())
        .collect();
    mentions.retain(|m| !inspect::names_own(m, own));
    for mention in mentions {
        if mention.whole.as_ref().is_some_and(|w| wholes.contains(w)) {
            mention.whole = None;
        }
    }
}

/// A published picture carries no metadata: neither a place nor a name.
pub fn clean_picture(path: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Box<Finding>> {
    let picture = ["jpg", "jpeg", "png", "gif", "webp"]
        .iter()
        .any(|end| path.to_lowercase().ends_with(&format!(".{end}")));
    if !picture {
        return Ok(bytes);
    }
    carrier::strip_image_metadata(&bytes).map_err(|_| {
        Box::new(
            Finding::new(&messages::UNREADABLE, Location::file(path.to_owned()))
                .arg("why", "@picture-broken")
                .arg("what", "@picture-again"),
        )
    })
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
        let guarding = Guarding::new(Registry::of([school]));
        let redact = |text: &str| guarding.redact(text, &["Кувшинская"]).map(|r| r.text);
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
        let guarding = Guarding::new(Registry::of(schools));
        let text = format!("школа \"20,25-03-12\n{}", "5-03-12\n".repeat(150));
        let once = guarding.redact(&text, &[]).map(|r| r.text);
        let once = once.unwrap_or_default();
        assert!(
            !once.is_empty() && guarding.redact(&once, &[]).is_none(),
            "{once}"
        );
    }
}
