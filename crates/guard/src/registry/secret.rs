//! A protected value that shows itself to nobody by accident.
//!
//! Takes a value and the id of its school; Display, Debug and Serialize give the id. The value is wiped when it
//! is dropped. Must not implement `Deref`, `AsRef` or comparison with text: `expose` is the one way in, and open
//! to this crate alone.

use std::fmt;

use zeroize::Zeroizing;

use super::SchoolId;

/// A name, address or other value of a protected school.
#[derive(Clone)]
pub struct Secret {
    id: SchoolId,
    value: Zeroizing<String>,
}

impl Secret {
    pub fn new(id: SchoolId, value: &str) -> Self {
        Secret {
            id,
            value: Zeroizing::new(value.to_string()),
        }
    }

    /// The school it belongs to.
    pub fn id(&self) -> &SchoolId {
        &self.id
    }

    /// The value itself: for the recogniser and for nothing that prints.
    pub(crate) fn expose(&self) -> &str {
        &self.value
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.id)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.id)
    }
}

impl serde::Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_shows_only_the_id() {
        let s = Secret::new(SchoolId::new("r-01"), "МБОУ «Кувшинская СОШ»");
        assert_eq!(s.to_string(), "[r-01]");
        assert_eq!(format!("{s:?}"), "[r-01]");
        assert_eq!(
            serde_json::to_string(&s).ok().as_deref(),
            Some("\"[r-01]\"")
        );
        assert!(s.expose().contains("Кувшинская"));
    }
}
