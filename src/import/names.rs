//! Protected names leave the words that are written: takes the guard of the registry as it will be, gives texts with
//! neutral words. Where there is no registry nothing is hidden.

use crate::disclosure::Redactor as _;
use crate::pipeline::Guarding;

/// The guard, and which files were read line by line.
#[derive(Default)]
pub(super) struct Names {
    pub guarding: Option<Guarding>,
    pub lined: Vec<bool>,
}

impl Names {
    /// The text without protected names, and how many there were.
    pub(super) fn hide(&self, text: &str, around: &[&str]) -> (String, usize) {
        let Some(guarding) = self.guarding.as_ref().filter(|_| !text.is_empty()) else {
            return (text.to_owned(), 0);
        };
        let (mut out, mut count) = match guarding.redact(text, around) {
            Some(redacted) => (redacted.text, redacted.notes.len()),
            None => (text.to_owned(), 0),
        };
        // The words alone must not tell either: the written file is read without its neighbours too.
        if !around.is_empty()
            && let Some(again) = guarding.redact(&out, &[])
        {
            count += again.notes.len();
            out = again.text;
        }
        (out, count)
    }

    /// Whether a file's cells may have lost their line breaks.
    pub(super) fn lined(&self, file: usize) -> bool {
        self.lined.get(file).copied().unwrap_or(false)
    }

    /// The text for a message.
    pub(super) fn mask(&self, text: &str) -> String {
        self.guarding
            .as_ref()
            .map_or_else(|| text.to_owned(), |g| g.mask(text))
    }
}
