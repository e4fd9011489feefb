//! Names of files as school engines take them: ASCII, lower case, of the types that may be uploaded.
//!
//! Takes public titles; gives names that do not repeat. Must not see a title before the guard has.

use std::collections::BTreeSet;

use crate::text::slug;

/// Types of files that engines of schools' sites take.
pub const PERMITTED: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "odt", "rtf", "jpg", "jpeg", "png", "zip",
];

/// Longest name without its extension.
const MOST: usize = 60;

/// Gives each file a name of its own.
#[derive(Debug, Default)]
pub struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// `profil-riskov.pdf` for a title and an extension.
    pub fn give(&mut self, title: &str, extension: &str) -> String {
        let mut stem = slug(title);
        if stem.len() > MOST {
            let cut = stem.get(..MOST).unwrap_or("");
            stem = cut
                .rsplit_once('-')
                .map_or(cut, |(head, _)| head)
                .to_owned();
        }
        if stem.is_empty() {
            stem = "dokument".to_owned();
        }
        let extension = if extension == "jpeg" {
            "jpg"
        } else {
            extension
        };
        let mut name = format!("{stem}.{extension}");
        let mut n = 1;
        while !self.taken.insert(name.clone()) {
            n += 1;
            name = format!("{stem}-{n}.{extension}");
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ascii_short_and_single() {
        let mut names = Names::default();
        assert_eq!(names.give("Рисковый профиль", "pdf"), "riskovyy-profil.pdf");
        assert_eq!(
            names.give("Рисковый профиль", "pdf"),
            "riskovyy-profil-2.pdf"
        );
        assert_eq!(names.give("«…»", "jpeg"), "dokument.jpg");
        let long = names.give(&"Очень длинное название документа ".repeat(9), "docx");
        assert!(long.len() <= MOST + 5 && long.ends_with(".docx"), "{long}");
    }
}
