//! What a registry is compiled to: schools and the wordings of their names, places, people, identifiers, and the index
//! that finds them. Takes and decides nothing: `compile` makes it, the steps of the recogniser read it.

use std::collections::HashMap;

use super::backstop::Wall;
use super::hash::Fx;
use super::index::{Index, Pat};
use super::lexicon::Lexicon;
use super::misspelt::Misspelt;
use super::registry::{IdentifierKind, SchoolId};

/// Letters from which a place's name is long enough for a slip to be told from another name.
pub(crate) const LONG_PLACE: usize = 7;

/// A school, protected or public.
pub(crate) struct School {
    /// `None` for a public school.
    pub id: Option<SchoolId>,
    /// The municipality and the settlement, as places.
    pub municipality: Option<u32>,
    pub settlement: Option<u32>,
}

/// One wording of a school's name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variant {
    pub school: u32,
    /// The kinds of school it may be called.
    pub classes: Vec<u16>,
    pub number: Option<u32>,
    pub adjective: bool,
    /// The adjective is an everyday word: «Центральная».
    pub plain: bool,
    pub proper: bool,
    pub namesake: bool,
    /// Initials of the namesake, where the name gives them.
    pub initials: Vec<u8>,
    /// Made from the settlement, not from a name.
    pub derived: bool,
}

/// A municipality or settlement.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub kind: u16,
}

/// Everything compiled.
pub(crate) struct Model {
    pub schools: Vec<School>,
    pub variants: Vec<Variant>,
    pub places: Vec<Place>,
    pub people: Vec<Person>,
    pub literals: Vec<Literal>,
    pub addresses: Vec<Address>,
    /// Digits of phones, INN and OGRN (hashed) to a school and class.
    pub digits: HashMap<u64, (u32, IdentifierKind, bool), Fx>,
    pub numbers: HashMap<u32, Vec<u32>, Fx>,
    /// Variants by the kind of school they name.
    pub kinds: HashMap<u16, Vec<u32>, Fx>,
    /// First letters of a name's adjective (hashed) to variants: «ЮДСОШ».
    pub acronyms: HashMap<u64, Vec<u32>, Fx>,
    /// Places with one school alone.
    pub single: Vec<u32>,
    /// Adjectives of the regions that the registry itself speaks of.
    pub regions: Vec<Pat>,
    pub index: Index,
    pub misspelt: Misspelt,
    /// Stems of patronymics (hashed) to persons.
    pub fathers: HashMap<u64, Vec<u32>, Fx>,
    pub lexicon: Lexicon,
    pub wall: Wall,
}

/// A person as compiled.
pub(crate) struct Person {
    pub school: u32,
    pub given: Vec<Pat>,
    pub patronymic: Vec<Pat>,
    /// Both as they are cut short.
    pub cuts: [Vec<Pat>; 2],
    /// First letters of given name and patronymic.
    pub initials: [u8; 2],
}

/// An e-mail address or site: letters and digits alone, hashed.
pub(crate) struct Literal {
    pub school: u32,
    pub kind: IdentifierKind,
}

/// A street and house.
pub(crate) struct Address {
    pub school: u32,
    pub house: u64,
    pub suffix: Vec<u8>,
}
