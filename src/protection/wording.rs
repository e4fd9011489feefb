//! The neutral words of the site's settings: takes them, gives them to the guard.

use super::Guarding;
use crate::kinds::site::Site;

impl Guarding {
    /// Takes the neutral words of the site's settings.
    #[must_use]
    pub fn with_wording(mut self, site: &Site) -> Self {
        let (forms, given) = (&mut self.guard.wording_mut().school, &site.neutral);
        for (form, words) in [
            (&mut forms.nominative, &given.nominative),
            (&mut forms.genitive, &given.genitive),
            (&mut forms.dative, &given.dative),
            (&mut forms.accusative, &given.accusative),
            (&mut forms.instrumental, &given.instrumental),
            (&mut forms.prepositional, &given.prepositional),
            (&mut forms.indeclinable, &given.indeclinable),
        ] {
            if let Some(words) = words {
                *form = words.text.to_string();
            }
        }
        self
    }
}
