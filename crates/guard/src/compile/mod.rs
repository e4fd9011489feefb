//! Puts a registry together to a [`Model`]: schools, places, people and identifiers into one index.
//!
//! Takes a [`Registry`]; gives a [`Model`]. Must not look at any text but the registry's.

mod identifiers;
mod names;
mod people;

use std::collections::HashMap;

use super::backstop::{self, Wall};
use super::hash::Fx;
use super::model::{Model, School};
use super::registry::Registry;
use names::{Compiler, tokens};

impl Model {
    /// Compiles a registry. Linear in its size.
    pub(crate) fn compile(registry: &Registry) -> Model {
        let mut c = Compiler::new();
        let mut people = Vec::new();
        let mut ids = identifiers::Collected::default();
        let mut single = Vec::new();
        for m in &registry.municipalities {
            let at = c.place(&m.name, None);
            if m.schools == Some(1) {
                single.extend(at);
            }
        }
        for s in &registry.protected {
            let at = c.schools.len() as u32;
            let municipality = s
                .municipality
                .as_ref()
                .and_then(|m| c.place(m.expose(), None));
            let place = s
                .settlement
                .as_ref()
                .and_then(|m| c.place(m.expose(), None));
            c.schools.push(School {
                id: Some(s.id.clone()),
                municipality,
                settlement: place,
            });
            let named = s.settlement.is_some();
            c.second = s
                .settlement
                .as_ref()
                .and_then(|m| c.place_words(m.expose()))
                .and_then(|(_, words)| words.get(1).cloned());
            for text in [Some(&s.name), s.full_name.as_ref()]
                .into_iter()
                .flatten()
                .chain(&s.aliases)
            {
                c.variant(at, text.expose(), named);
            }
            if let Some(text) = &s.settlement
                && let Some(place) = place
                && let Some(words) = c.place_words(text.expose())
            {
                c.settle(at, s.name.expose(), place, words);
            }
            c.second = None;
            for person in &s.people {
                people::compile(&mut c, at, person.expose(), &mut people);
            }
            for (kind, value) in &s.identifiers {
                identifiers::compile(&mut c, at, *kind, value.expose(), &mut ids);
            }
        }
        for s in &registry.public {
            let at = c.schools.len() as u32;
            let municipality = s.municipality.as_ref().and_then(|m| c.place(m, None));
            let place = s.settlement.as_ref().and_then(|m| c.place(m, None));
            c.schools.push(School {
                id: None,
                municipality,
                settlement: place,
            });
            for text in std::iter::once(&s.name)
                .chain(&s.full_name)
                .chain(&s.aliases)
            {
                c.variant(at, text, s.settlement.is_some());
            }
            if let Some(text) = &s.settlement
                && let Some(place) = place
                && let Some(words) = c.place_words(text)
            {
                c.settle(at, &s.name, place, words);
            }
        }
        let mut numbers: HashMap<u32, Vec<u32>, Fx> = HashMap::default();
        for (i, v) in c.variants.iter().enumerate() {
            if let Some(n) = v.number.filter(|_| !v.derived) {
                numbers.entry(n).or_default().push(i as u32);
            }
        }
        let mut kinds: HashMap<u16, Vec<u32>, Fx> = HashMap::default();
        for (i, v) in c.variants.iter().enumerate().filter(|(_, v)| !v.derived) {
            for class in &v.classes {
                kinds.entry(*class).or_default().push(i as u32);
            }
        }
        ids.finish(&mut c);
        c.misspelt.seal();
        let wall = wall(registry, &c);
        Model {
            schools: c.schools,
            variants: c.variants,
            places: c.places,
            people,
            literals: ids.literals,
            addresses: ids.addresses,
            digits: ids.digits,
            numbers,
            index: c.builder.build(),
            misspelt: c.misspelt,
            fathers: c.fathers,
            kinds,
            acronyms: c.acronyms,
            regions: c.regions,
            single,
            lexicon: c.lexicon,
            wall,
        }
    }
}

/// The second wall of the same registry: its names, and the words that others have too.
fn wall(registry: &Registry, c: &Compiler) -> Wall {
    let mut wall = backstop::Builder::default();
    let mut name = |text: &str, school: Option<u32>| {
        wall.name(&tokens(&c.lexicon, &c.empty, text), school);
    };
    for (at, s) in (0..).zip(&registry.protected) {
        let texts = std::iter::once(&s.name)
            .chain(&s.full_name)
            .chain(&s.aliases);
        texts.for_each(|text| name(text.expose(), Some(at)));
        s.municipality.iter().for_each(|m| name(m.expose(), None));
    }
    for s in &registry.public {
        let texts = std::iter::once(&s.name)
            .chain(&s.full_name)
            .chain(&s.aliases);
        texts
            .chain(&s.municipality)
            .for_each(|text| name(text, None));
    }
    for m in &registry.municipalities {
        name(&m.name, None);
    }
    wall.build()
}
