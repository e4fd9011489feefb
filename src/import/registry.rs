//! Schools of lists enter the registry: takes its text and schools, gives the text with new entries and what is known
//! already. Must not change an entry that is there, and must not put a name into a finding.

use super::list::School;
use super::yaml::quoted;
use crate::diag::catalog::import as say;
use crate::diag::{Finding, Location};
use crate::registry::{Registry, inn_is_valid, ogrn_is_valid};

/// The registry with the schools of the documents in it.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// The whole text, where something is new.
    pub text: Option<String>,
    pub added: usize,
    pub known: usize,
    /// Ids given to the new schools, in their order; `None` for those that were known.
    pub ids: Vec<Option<String>>,
}

/// Folded for comparison: letters and digits alone.
fn key(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect()
}

/// Enters schools. `old` is the registry's text, empty where there is none; `read` what it says.
pub(super) fn merge(
    old: &str,
    read: Option<&Registry>,
    schools: &[School],
    public: &[School],
) -> Result<Merged, Box<Finding>> {
    let mut merged = Merged::default();
    let mut names: Vec<(String, Option<String>)> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for school in read.map_or(&[][..], |r| &r.protected) {
        ids.push(school.id.as_str().to_owned());
    }
    for school in read.map_or(&[][..], |r| &r.public) {
        open.push(key(&school.name));
    }
    let mut items = String::new();
    let mut number = ids.len();
    for school in schools {
        let (name, place) = (key(&school.name), school.municipality.as_deref().map(key));
        let held = read.is_some_and(|r| r.holds(&school.name, school.municipality.as_deref()));
        let same = held
            || names
                .iter()
                .any(|(n, p)| *n == name && (p.is_none() || place.is_none() || *p == place));
        if same {
            merged.known += 1;
            merged.ids.push(None);
            continue;
        }
        let mut id;
        loop {
            number += 1;
            id = format!("r-{number:02}");
            if !ids.contains(&id) {
                break;
            }
        }
        ids.push(id.clone());
        names.push((name, place));
        entry(&mut items, Some(&id), school);
        merged.ids.push(Some(id));
        merged.added += 1;
    }
    let mut others = String::new();
    for school in public {
        let name = key(&school.name);
        let held = read.is_some_and(|r| r.holds(&school.name, None));
        if held || open.contains(&name) || names.iter().any(|(n, _)| *n == name) {
            continue;
        }
        open.push(name);
        entry(&mut others, None, school);
    }
    if items.is_empty() && others.is_empty() {
        return Ok(merged);
    }
    let mut text = old.replace("\r\n", "\n");
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for (name, items) in [("protected", &items), ("public", &others)] {
        if !items.is_empty() {
            if name == "protected" {
                text = filled(&text);
            }
            text = insert(&text, name, items).ok_or_else(|| {
                Box::new(Finding::new(&say::REGISTRY_SHAPE, Location::file(PATH)))
            })?;
        }
    }
    merged.text = Some(text);
    Ok(merged)
}

/// The registry's text without its word that it is empty.
fn filled(text: &str) -> String {
    text.split_inclusive('\n')
        .filter(|line| !line.starts_with("empty:"))
        .collect()
}

/// Why a registry that an import had to make is empty.
pub(super) const NO_LIST: &str = "в документах, из которых сделан раздел, перечня школ нет";

/// A registry of no school, and why.
pub(crate) fn empty(why: &str) -> String {
    let why = quoted(why);
    format!(
        "# Школы, которые нельзя называть. Эта папка никогда не публикуется.\nprotected: []\nempty: {why}\n"
    )
}

/// The registry's text with the number of a municipality's schools; `None` where its form is not edited.
pub(super) fn counted(old: &str, place: &str, schools: u32) -> Option<String> {
    use crate::edit::{self, Change, Step, Tree, Value, at};
    let list = vec![Step::Key("municipalities".to_owned())];
    let tree = edit::parse(old)?;
    let items = match at(&tree, &list) {
        Some(Tree::List(items)) => items.as_slice(),
        _ => &[],
    };
    let named = |item: &Tree| match at(item, &[Step::Key("name".to_owned())]) {
        Some(Tree::Text(name)) => key(name) == key(place),
        _ => false,
    };
    let number = Value::Bare(schools.to_string());
    let entry = || {
        Value::Map(vec![
            ("name".to_owned(), Value::Text(place.to_owned())),
            ("schools".to_owned(), number.clone()),
        ])
    };
    let change = match items.iter().position(named) {
        Some(i) => Change::Set {
            at: [list, vec![Step::Item(i), Step::Key("schools".to_owned())]].concat(),
            to: number,
            order: vec!["name".to_owned()],
        },
        None if items.is_empty() => Change::Set {
            at: list,
            to: Value::List(vec![entry()]),
            order: vec!["protected".to_owned(), "public".to_owned()],
        },
        None => Change::Insert {
            at: list,
            index: items.len(),
            value: entry(),
        },
    };
    edit::apply(old, &change, &edit::parse).ok()
}

/// Where the registry lies.
pub(crate) const PATH: &str = "content/private/registry.yaml";

fn entry(out: &mut String, id: Option<&str>, school: &School) {
    let mut first = true;
    let mut field = |name: &str, value: String| {
        out.push_str(if first { "  - " } else { "    " });
        first = false;
        out.push_str(&format!("{name}: {value}\n"));
    };
    if let Some(id) = id {
        field("id", id.to_owned());
    }
    field("name", quoted(&school.name));
    if let Some(name) = school.full_name.as_ref().filter(|n| **n != school.name) {
        field("full_name", quoted(name));
    }
    if let Some(place) = &school.municipality {
        field("municipality", quoted(place));
    }
    if let Some(place) = &school.settlement {
        field("settlement", quoted(place));
    }
    if id.is_none() {
        return;
    }
    if !school.people.is_empty() {
        let people: Vec<String> = school.people.iter().map(|p| quoted(p)).collect();
        field("people", format!("[{}]", people.join(", ")));
    }
    let good: Vec<String> = school
        .identifiers
        .iter()
        .filter(|(kind, value)| guards(kind, value))
        .map(|(kind, value)| format!("{kind}: {}", quoted(value)))
        .collect();
    if !good.is_empty() {
        field("identifiers", format!("{{{}}}", good.join(", ")));
    }
}

/// Whether an identifier is of use: a number with wrong check digits guards nothing, and stops every build.
pub(super) fn guards(kind: &str, value: &str) -> bool {
    match kind {
        "inn" => inn_is_valid(value),
        "ogrn" => ogrn_is_valid(value),
        _ => true,
    }
}

/// Puts items at the end of a top-level list, or makes the list.
fn insert(text: &str, name: &str, items: &str) -> Option<String> {
    let mut at = 0;
    let mut found: Option<(usize, usize)> = None;
    let mut end = text.len();
    for line in text.split_inclusive('\n') {
        let here = at;
        at += line.len();
        let top = line.chars().next().is_some_and(|c| c.is_alphabetic());
        if let Some(rest) = line.strip_prefix(name).and_then(|r| r.strip_prefix(':')) {
            let value = rest.split('#').next().unwrap_or("").trim();
            match value {
                "" => found = Some((here, at)),
                // An empty list on the line gives way to the items below it.
                "[]" | "null" | "~" => {
                    let mut out = text.get(..here)?.to_owned();
                    out.push_str(&format!("{name}:\n{items}"));
                    out.push_str(text.get(at..)?);
                    return Some(out);
                }
                _ => return None,
            }
        } else if found.is_some() && top {
            end = here;
            break;
        }
    }
    let Some((_, begin)) = found else {
        return Some(format!("{text}{name}:\n{items}"));
    };
    // Items stand as deep as those that are there.
    let block = text.get(begin..end)?;
    let depth = block
        .lines()
        .find(|l| l.trim_start().starts_with("- "))
        .map_or(2, |l| l.len() - l.trim_start().len());
    let shifted: String = items
        .lines()
        .map(|l| {
            format!(
                "{}{}\n",
                " ".repeat(depth),
                l.strip_prefix("  ").unwrap_or(l)
            )
        })
        .collect();
    // Comments and blank lines before the next key stay with it.
    let mut end = begin + block.trim_end().len();
    if end < text.len() {
        end += 1;
    }
    let mut out = text.get(..end)?.to_owned();
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out.push_str(&shifted);
    out.push_str(text.get(end..)?);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn school(name: &str, place: Option<&str>) -> School {
        School {
            name: name.into(),
            municipality: place.map(str::to_owned),
            ..School::default()
        }
    }

    #[test]
    fn new_schools_are_entered_and_known_ones_left() {
        let old = "# реестр\nprotected:\n- id: r-01\n  name: \"МБОУ «Кувшинская СОШ»\"\n  municipality: \"Луговой район\"\n\n# открытые\npublic:\n- {name: \"МАОУ СОШ № 42\"}\n";
        let (read, _) = crate::registry::parse("r", old);
        let lists = [
            school("МБОУ Кувшинская СОШ", Some("Луговой район")),
            school("МБОУ «Ольховая СОШ»", Some("Луговой район")),
        ];
        let merged =
            merge(old, read.as_ref(), &lists, &[school("МАОУ СОШ № 43", None)]).expect("merged");
        assert_eq!((merged.added, merged.known), (1, 1));
        let text = merged.text.expect("text");
        let (read, findings) = crate::registry::parse("r", &text);
        assert!(findings.is_empty(), "{findings:?} {text}");
        let read = read.expect("registry");
        assert_eq!((read.protected.len(), read.public.len()), (2, 2));
        assert_eq!(read.protected[1].id.as_str(), "r-02");
        assert!(text.starts_with("# реестр\nprotected:\n- id: r-01\n"));
    }

    #[test]
    fn a_registry_is_made_where_there_is_none() {
        let merged = merge("", None, &[school("СОШ № 7", None)], &[]).expect("merged");
        assert_eq!(
            merged.text.as_deref(),
            Some("protected:\n  - id: r-01\n    name: \"СОШ № 7\"\n")
        );
        let merged =
            merge("protected: []\n", None, &[school("СОШ № 7", None)], &[]).expect("merged");
        assert_eq!(
            merged.text.as_deref(),
            Some("protected:\n  - id: r-01\n    name: \"СОШ № 7\"\n")
        );
    }
}
