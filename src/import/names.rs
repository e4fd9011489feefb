//! Protected names leave the words that are written: takes the guard of the registry as it will be, gives texts with
//! neutral words. Where there is no registry nothing is hidden.

use crate::disclosure::Redactor as _;
use crate::protection::Guarding;

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
        // «ШНОР-Луговская СОШ»: a name hangs on the word before it.
        let apart = unhung(text);
        let text = match &apart {
            Some(apart) if guarding.redact(apart, around).is_some() => apart.as_str(),
            _ => text,
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

    /// The word for a school, where the text named nothing else.
    pub(super) fn school_word(&self, text: &str, hidden: &str) -> Option<&str> {
        let left = |word: &str| word.chars().any(char::is_alphanumeric) && hidden.contains(word);
        let whole = text != hidden && !text.split(' ').any(left);
        self.guarding
            .as_ref()
            .filter(|_| whole)
            .map(|g| g.redactor().school_word())
    }

    /// The id of the protected school that a cell names.
    pub(super) fn id_of(&self, text: &str, around: &[&str]) -> Option<String> {
        let guarding = self.guarding.as_ref()?;
        if self.hide(text, around).1 == 0 {
            return None;
        }
        let masked = guarding.mask(text);
        let ids = guarding.registry().protected.iter();
        ids.map(|s| s.id.as_str().to_owned())
            .filter(|id| masked.contains(id.as_str()) && !text.contains(id.as_str()))
            .max_by_key(String::len)
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

/// The text with blanks about each hyphen between an abbreviation and a name; nothing where there is none.
fn unhung(text: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    for (i, c) in chars.iter().enumerate() {
        let at = |i: Option<usize>| i.and_then(|i| chars.get(i)).copied().unwrap_or(' ');
        let capitals = at(i.checked_sub(1)).is_uppercase() && at(i.checked_sub(2)).is_uppercase();
        let name = at(Some(i + 1)).is_uppercase() && at(Some(i + 2)).is_lowercase();
        if matches!(c, '-' | '–' | '—') && capitals && name {
            found = true;
            out.push_str(" – ");
        } else {
            out.push(*c);
        }
    }
    found.then_some(out)
}
