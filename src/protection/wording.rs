//! The neutral words of the site's settings: takes them, gives them to the guard. Words for a case that does not exist are
//! told.

use super::Guarding;
use crate::diag::catalog::disclosure as messages;
use crate::diag::{Finding, Findings, Location};
use crate::guard::redact::CaseForms;
use crate::model::section::Site;

impl Guarding {
    /// Takes the neutral words of the site's settings.
    #[must_use]
    pub fn with_wording(mut self, site: &Site, findings: &mut Findings) -> Self {
        for (case, words) in &site.neutral {
            let text = words.text.to_string();
            let forms: &mut CaseForms = &mut self.guard.wording_mut().school;
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
}
