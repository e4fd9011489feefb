//! Whom the guard protects: the schools that must not be named, those that may be, and how many schools there are.
//!
//! Takes values one by one; gives a [`Registry`]. A protected value lives in a [`Secret`], which shows only the
//! school's id. Must not know the file that a registry is read from, nor how a name is recognised in text.

mod digits;
mod secret;

use std::fmt;
use std::sync::Arc;

use crate::spelling::spelling;

pub use digits::{id_is_valid, inn_is_valid, ogrn_is_valid};
pub use secret::Secret;

/// The opaque name of a protected school: the only thing about it that a report may print.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolId(Arc<str>);

impl SchoolId {
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        SchoolId(id.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl serde::Serialize for SchoolId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Display for SchoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SchoolId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an identifier identifies by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdentifierKind {
    Inn,
    Ogrn,
    Phone,
    Email,
    Site,
    Address,
}

impl IdentifierKind {
    pub const ALL: [(&'static str, IdentifierKind); 6] = [
        ("inn", IdentifierKind::Inn),
        ("ogrn", IdentifierKind::Ogrn),
        ("phone", IdentifierKind::Phone),
        ("email", IdentifierKind::Email),
        ("site", IdentifierKind::Site),
        ("address", IdentifierKind::Address),
    ];
}

/// A school that must not be named. Debug shows the id alone.
#[derive(Clone)]
pub struct ProtectedSchool {
    pub id: SchoolId,
    pub name: Secret,
    pub full_name: Option<Secret>,
    pub municipality: Option<Secret>,
    pub settlement: Option<Secret>,
    pub aliases: Vec<Secret>,
    pub people: Vec<Secret>,
    pub identifiers: Vec<(IdentifierKind, Secret)>,
}

impl ProtectedSchool {
    /// A school with a name and nothing else, to be filled field by field.
    pub fn new(id: &str, name: &str) -> Self {
        let id = SchoolId::new(id);
        ProtectedSchool {
            name: Secret::new(id.clone(), name),
            id,
            full_name: None,
            municipality: None,
            settlement: None,
            aliases: Vec::new(),
            people: Vec::new(),
            identifiers: Vec::new(),
        }
    }

    fn secret(&self, value: &str) -> Secret {
        Secret::new(self.id.clone(), value)
    }

    #[must_use]
    pub fn full_name(mut self, value: &str) -> Self {
        self.full_name = Some(self.secret(value));
        self
    }

    #[must_use]
    pub fn municipality(mut self, value: &str) -> Self {
        self.municipality = Some(self.secret(value));
        self
    }

    #[must_use]
    pub fn settlement(mut self, value: &str) -> Self {
        self.settlement = Some(self.secret(value));
        self
    }

    #[must_use]
    pub fn alias(mut self, value: &str) -> Self {
        self.aliases.push(self.secret(value));
        self
    }

    #[must_use]
    pub fn person(mut self, value: &str) -> Self {
        self.people.push(self.secret(value));
        self
    }

    #[must_use]
    pub fn identifier(mut self, kind: IdentifierKind, value: &str) -> Self {
        self.identifiers.push((kind, self.secret(value)));
        self
    }
}

impl fmt::Debug for ProtectedSchool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ProtectedSchool({})", self.id)
    }
}

/// A school that may be named: partner, mentor, base school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicSchool {
    pub name: String,
    pub full_name: Option<String>,
    pub municipality: Option<String>,
    pub settlement: Option<String>,
    pub aliases: Vec<String>,
}

/// A municipality with its public count of schools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Municipality {
    pub name: String,
    pub schools: Option<u32>,
    /// How many of them are of a kind: «вечерняя», «11 класс».
    pub kinds: Vec<(String, u32)>,
}

/// Everything the guard knows.
#[derive(Clone, Default)]
pub struct Registry {
    pub protected: Vec<ProtectedSchool>,
    pub public: Vec<PublicSchool>,
    pub municipalities: Vec<Municipality>,
}

impl fmt::Debug for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Registry({} protected, {} public, {} municipalities)",
            self.protected.len(),
            self.public.len(),
            self.municipalities.len()
        )
    }
}

impl Registry {
    /// A registry put together in code.
    pub fn of(protected: impl IntoIterator<Item = ProtectedSchool>) -> Self {
        Registry {
            protected: protected.into_iter().collect(),
            ..Registry::default()
        }
    }

    /// The protected school of this name, however it is spelt.
    pub fn called(&self, name: &str) -> Option<&SchoolId> {
        let name = spelling(name);
        self.protected
            .iter()
            .find(|s| spelling(s.name.expose()) == name)
            .map(|s| &s.id)
    }

    /// Whether a school of this name, by any name that its entry gives, is protected there; a place that either side
    /// leaves open fits every other.
    pub fn holds(&self, name: &str, municipality: Option<&str>) -> bool {
        let plain = |t: &str| -> String {
            let letters = spelling(t);
            letters.chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let (name, place) = (plain(name), municipality.map(plain));
        self.protected.iter().any(|school| {
            let own = school.municipality.as_ref().map(|m| plain(m.expose()));
            let here = own.is_none() || place.is_none() || own == place;
            let names = school.full_name.iter().chain(&school.aliases);
            here && names
                .chain([&school.name])
                .any(|n| plain(n.expose()) == name)
        })
    }

    /// Adds a school that may be named.
    #[must_use]
    pub fn public(mut self, name: &str, municipality: &str) -> Self {
        self.public.push(PublicSchool {
            name: name.to_string(),
            municipality: (!municipality.is_empty()).then(|| municipality.to_string()),
            ..PublicSchool::default()
        });
        self
    }

    /// Adds a municipality and how many schools it has.
    #[must_use]
    pub fn municipality(mut self, name: &str, schools: u32) -> Self {
        self.municipalities.push(Municipality {
            name: name.to_string(),
            schools: Some(schools),
            kinds: Vec::new(),
        });
        self
    }
}
