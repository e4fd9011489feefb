//! What was worked out for the texts met lately: menus, headings and cells come again on page after page, and in every
//! form of a document.
//!
//! Takes a text and what a reader found in it; gives it back when the same text comes again, compared byte for byte.
//! A text is held from its second coming on, a newer one takes over the place of an older: memory is bounded
//! whatever is read. Must not be given a text that names a school.

/// Longer texts seldom come again.
const LONGEST: usize = 600;

struct Held<T> {
    text: Box<str>,
    salt: u64,
    value: T,
}

struct Place<T> {
    /// Of the text that came last and is not held.
    hash: u64,
    held: Option<Held<T>>,
}

/// A table of as many places as it was made with.
pub(crate) struct Recent<T> {
    places: Vec<Place<T>>,
    size: usize,
}

/// Where a text is held, or could be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    at: usize,
    hash: u64,
}

impl<T> Recent<T> {
    /// An empty table of `size` places, which takes its memory with the first text.
    pub(crate) const fn new(size: usize) -> Self {
        Recent {
            places: Vec::new(),
            size,
        }
    }

    /// The place of a text; `salt` tells whose it is. `None` for one that is too long.
    pub(crate) fn slot(&self, text: &str, salt: u64) -> Option<Slot> {
        if text.len() > LONGEST {
            return None;
        }
        let mut hash = salt;
        let mut add = |word: u64| {
            hash = (hash.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        };
        let (chunks, rest) = text.as_bytes().as_chunks::<8>();
        for chunk in chunks {
            add(u64::from_le_bytes(*chunk));
        }
        add(rest
            .iter()
            .fold(rest.len() as u64, |n, b| n << 8 | u64::from(*b)));
        let at = (hash >> 32) as usize % self.size.max(1);
        Some(Slot { at, hash })
    }

    /// What is held of a text.
    pub(crate) fn get(&self, slot: Slot, text: &str, salt: u64) -> Option<&T> {
        let held = self.places.get(slot.at)?.held.as_ref()?;
        (held.salt == salt && *held.text == *text).then_some(&held.value)
    }

    /// Notes that a text has come; what `value` gives is held if it is not the first time.
    pub(crate) fn came(&mut self, slot: Slot, text: &str, salt: u64, value: impl FnOnce() -> T) {
        if self.places.is_empty() {
            let empty = || Place {
                hash: 0,
                held: None,
            };
            self.places.resize_with(self.size, empty);
        }
        let Some(place) = self.places.get_mut(slot.at) else {
            return;
        };
        if place.hash != slot.hash {
            place.hash = slot.hash;
            return;
        }
        place.held = Some(Held {
            text: text.into(),
            salt,
            value: value(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_held_from_its_second_coming_for_its_owner_alone() {
        let mut recent = Recent::new(16);
        let text = "Дорожные карты";
        let slot = recent.slot(text, 1).expect("short");
        recent.came(slot, text, 1, || 7);
        assert_eq!(recent.get(slot, text, 1), None);
        recent.came(slot, text, 1, || 7);
        assert_eq!(recent.get(slot, text, 1), Some(&7));
        assert_eq!(recent.get(slot, text, 2), None);
        assert_eq!(recent.get(slot, "Дорожная карта", 1), None);
        assert!(recent.slot(&"а".repeat(LONGEST), 1).is_none());
    }
}
