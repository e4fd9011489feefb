//! What is told while there is no guard: the registry is missing, unreadable or wrong, so nothing can be masked.
//!
//! Takes findings; leaves of each what cannot hold a name: its sentence, the place, the folder. File names and values
//! are left out. Must not touch findings about the registry itself, which never repeat what it says, nor those about what
//! was asked on the command line.

use crate::diag::Finding;

/// Stands for what is left out.
const OUT: &str = "…";

/// Names that this program gives, not a person: what any section has.
const OURS: &[&str] = &[
    "content",
    "private",
    "themes",
    "site",
    "section",
    "bodies",
    "roadmap",
    "indicators",
    "orders",
    "roadmaps",
    "schedules",
    "seminars",
    "groups",
    "news",
    "materials",
    "documents",
    "pages",
    "files",
];

/// Arguments whose values are words of the program: names of fields, sizes, reasons of the system.
const PLAIN: &[&str] = &[
    "field", "got", "kind", "form", "why", "encoding", "size", "limit", "n", "root",
];

/// Takes out of a finding whatever a person wrote.
pub fn hide(finding: &mut Finding) {
    let code = finding.code();
    if code.starts_with("registry.") || code.starts_with("system.") {
        return;
    }
    let about_fields = code.starts_with("field.");
    finding.line_text = None;
    finding.location.path = path(&finding.location.path).into();
    for (name, value) in &mut finding.args {
        // A field that nobody knows is a word of its author.
        let told = PLAIN.contains(name) && (*name != "field" || value.is_ascii())
            || value.starts_with('@')
            || value.chars().all(|c| c.is_ascii_digit())
            || about_fields && matches!(*name, "known" | "nearest") && value.is_ascii();
        if !told {
            OUT.clone_into(value);
        }
    }
}

/// A path without the names that people gave to files. The section's folder stays: the operator must find the place,
/// and it stands in every public address.
pub fn path(path: &str) -> String {
    let depth = path.split('/').count();
    let shown = path.split('/').enumerate().map(|(i, part)| {
        let (stem, ending) = match part.rsplit_once('.') {
            Some((stem, ending)) if i + 1 == depth && ending.len() <= 8 => (stem, ending),
            _ => (part, ""),
        };
        let section = i == 1 && i + 1 < depth;
        match (section || OURS.contains(&stem), ending) {
            (true, _) => part.to_owned(),
            (false, "") => OUT.to_owned(),
            (false, ending) => format!("{OUT}.{ending}"),
        }
    });
    shown.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::path;

    #[test]
    fn names_that_people_gave_are_left_out() {
        for (from, to) in [
            ("content/site.yaml", "content/site.yaml"),
            ("content/a-2025/news/shkola.md", "content/a-2025/news/….md"),
            ("content/a-2025/roadmap.yaml", "content/a-2025/roadmap.yaml"),
            ("content/a-2025/Школа/x y.pdf", "content/a-2025/…/….pdf"),
            ("content/shkola", "content/…"),
        ] {
            assert_eq!(path(from), to);
        }
    }
}
