//! What a run of tabs is asked for. Takes and decides nothing.

use std::path::PathBuf;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::protection::Ask;

/// One machine's part of the work that several share: «2/8». Parts are dealt out like cards, so that each has as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    number: usize,
    of: usize,
}

impl Shard {
    /// Whether the school at this place of the list is done here.
    pub fn takes(self, place: usize) -> bool {
        place % self.of == self.number - 1
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&number).then_some(Shard { number, of })
        });
        numbers.ok_or_else(|| "1/8, 2/8, … 8/8".to_owned())
    }
}

/// Whose tabs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Of all schools, or of one machine's part of them.
    All(Option<Shard>),
    One(String),
    /// As the root tells: a school's own folder, or nobody.
    Root,
}

#[derive(Debug, Clone)]
pub struct Options {
    pub root: PathBuf,
    pub out: Option<PathBuf>,
    pub today: NaiveDate,
    pub registry: Option<PathBuf>,
    pub base: Option<String>,
    pub which: Which,
    /// For the passphrase of an encrypted registry.
    pub ask: Ask,
}

#[cfg(test)]
mod tests {
    use super::Shard;

    #[test]
    fn every_school_is_done_in_one_part() {
        for of in 1..5 {
            let parts: Vec<Shard> = (1..=of)
                .filter_map(|n| format!("{n}/{of}").parse().ok())
                .collect();
            assert_eq!(parts.len(), of);
            for place in 0..10 {
                let takers = parts.iter().filter(|p| p.takes(place));
                assert_eq!(takers.count(), 1);
            }
        }
        for wrong in ["", "1", "0/3", "4/3", "1/0", "a/b", "-1/2", "1/2/3"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
