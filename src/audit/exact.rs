//! Exact names of the registry in text, whatever their case, quotes and blanks.
//!
//! Takes the registry and texts; gives where a name stands. It shares no code with the recogniser, so that a fault
//! there is not a fault here. Must not print a name.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::registry::Registry;

/// The names, ready to be searched for.
pub struct Exact {
    searcher: Option<AhoCorasick>,
    ids: Vec<String>,
}

impl Exact {
    pub fn new(registry: &Registry) -> Self {
        let mut patterns = Vec::new();
        let mut ids = Vec::new();
        for school in &registry.protected {
            let mut add = |value: &str| {
                let folded = fold(value, |_, _| {});
                // A short word alone would be found in other words.
                if folded.chars().count() >= 6 {
                    patterns.push(folded);
                    ids.push(school.id.as_str().to_owned());
                }
            };
            add(school.name.expose());
            school.full_name.iter().for_each(|s| add(s.expose()));
            school.aliases.iter().for_each(|s| add(s.expose()));
            school.people.iter().for_each(|s| add(s.expose()));
        }
        let searcher = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .ok()
            .filter(|_| !patterns.is_empty());
        Exact { searcher, ids }
    }

    /// Byte ranges in `text` and the id of the school named there.
    pub fn find(&self, text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
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
                let start = *places.get(m.start())?;
                let end = places.get(m.end()).copied().unwrap_or(text.len());
                Some((start..end, self.ids.get(m.pattern().as_usize())?.as_str()))
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
            '«' | '»' | '"' | '„' | '“' | '”' | '\u{ad}' | '\u{200b}' => {}
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
        assert!(exact.find("МБОУ «Заречная СОШ»").is_empty());
    }
}
