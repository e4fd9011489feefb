//! Exact names of the registry in text, whatever their case, quotes and blanks.
//!
//! Takes the registry and texts; gives where a name stands. It shares no code with the recogniser, so that a fault
//! there is not a fault here. Must not print a name.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::registry::Registry;

/// The names, ready to be searched for.
pub struct Exact {
    searcher: Option<AhoCorasick>,
    /// For each name the schools that bear it: namesakes share one.
    ids: Vec<Vec<String>>,
}

impl Exact {
    pub fn new(registry: &Registry) -> Self {
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for school in &registry.protected {
            let mut add = |value: &str| {
                let folded = fold(value, |_, _| {});
                // A short word alone would be found in other words.
                if folded.chars().count() >= 6 {
                    let bearers = names.entry(folded).or_default();
                    let id = school.id.as_str();
                    if !bearers.iter().any(|b| b == id) {
                        bearers.push(id.to_owned());
                    }
                }
            };
            add(school.name.expose());
            school.full_name.iter().for_each(|s| add(s.expose()));
            school.aliases.iter().for_each(|s| add(s.expose()));
            school.people.iter().for_each(|s| add(s.expose()));
        }
        let (patterns, ids): (Vec<String>, Vec<Vec<String>>) = names.into_iter().unzip();
        let searcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .ok()
            .filter(|_| !patterns.is_empty());
        Exact { searcher, ids }
    }

    /// Byte ranges in `text` and the id of the school named there.
    pub fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
        self.find_except(text, &[])
    }

    /// The same without the names that one of `own` bears.
    pub fn find_except(&self, text: &str, own: &[&str]) -> Vec<(std::ops::Range<usize>, &str)> {
        let Some(searcher) = &self.searcher else {
            return Vec::new();
        };
        let folded = fold(text, |_, _| {});
        if !searcher.is_match(&folded) {
            return Vec::new();
        }
        // Places are needed for the few texts that hold a name.
        let mut places = Vec::with_capacity(text.len() + 1);
        let folded = fold(text, |at, len| places.extend(std::iter::repeat_n(at, len)));
        searcher
            .find_iter(&folded)
            .filter(|m| is_word(&folded, m.start(), m.end()))
            .filter_map(|m| {
                let bearers = self.ids.get(m.pattern().as_usize())?;
                if bearers.iter().any(|id| own.contains(&id.as_str())) {
                    return None;
                }
                let start = *places.get(m.start())?;
                let last = m.end().checked_sub(1).and_then(|i| places.get(i));
                let end = last
                    .and_then(|at| Some(at + text.get(*at..)?.chars().next()?.len_utf8()))
                    .unwrap_or(text.len());
                Some((start..end, bearers.first()?.as_str()))
            })
            .collect()
    }
}

/// Whether no letter or digit touches the match.
fn is_word(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// Lower case, ё as е, no quotes, single blanks. `each` is told, for every character of the result, the byte of the
/// text it came from and its length.
fn fold(text: &str, mut each: impl FnMut(usize, usize)) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for (at, c) in text.char_indices() {
        let mut put = |c: char| {
            // Runs of blanks fold to one.
            if c == ' ' && blank {
                return;
            }
            blank = c == ' ';
            out.push(c);
            each(at, c.len_utf8());
        };
        match c {
            'а'..='я' => put(c),
            'А'..='Я' => put(char::from_u32(u32::from(c) + 32).unwrap_or(c)),
            '«' | '»' | '"' | '„' | '“' | '”' | '\u{ad}' | '\u{200b}' | '\u{2060}' => {}
            // Pages print numbers with a hyphen on which lines do not break.
            '\u{2010}' | '\u{2011}' => put('-'),
            c if c.is_whitespace() => put(' '),
            c if c.is_ascii() => put(c.to_ascii_lowercase()),
            c => c
                .to_lowercase()
                .for_each(|c| put(if c == 'ё' { 'е' } else { c })),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::ProtectedSchool;

    #[test]
    fn names_are_found_in_any_case_and_quotes() {
        let registry = Registry::of([ProtectedSchool::new("r-1", "МБОУ «Приречная СОШ»")]);
        let exact = Exact::new(&registry);
        let text = "посещение мбоу  \"приречная\u{a0}СОШ\" состоится";
        let found = exact.find(text);
        assert_eq!(found.len(), 1);
        assert_eq!(&text[found[0].0.clone()], "мбоу  \"приречная\u{a0}СОШ");
        let registry = Registry::of([ProtectedSchool::new("r-2", "Приречная СОШ-2")]);
        assert_eq!(
            Exact::new(&registry).find("Приречная СОШ\u{2011}2").len(),
            1
        );
        assert!(exact.find("МБОУ «Заречная СОШ»").is_empty());
    }
}
