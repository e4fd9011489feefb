//! Who answers: takes the cells of responsible bodies, gives each body named in them, and the directory that knows all
//! their spellings. Must not put two spellings together unless the document itself does.

use std::collections::BTreeMap;

use super::cells::is_collective;
use super::line::Origin;
use super::yaml::{Fields, Node};
use crate::guard::spelling::spelling;
use crate::text::slug;

/// The directory of a section while it grows.
#[derive(Debug, Default)]
pub(super) struct Directory {
    bodies: Vec<Body>,
    /// Folded spelling → position among the bodies; `None` for one that an existing directory knows.
    known: BTreeMap<String, Option<usize>>,
    /// Abbreviations and what the document says they stand for.
    meant: BTreeMap<String, String>,
    pub added: usize,
}

#[derive(Debug)]
struct Body {
    name: String,
    short: Option<String>,
    aliases: Vec<String>,
    origin: Origin,
}

impl Directory {
    /// Takes in what a directory that is there already spells.
    pub(super) fn knows(&mut self, spelled: &str) {
        self.known.insert(spelling(spelled), None);
    }

    /// Remembers that the document calls something by a shorter name.
    pub(super) fn means(&mut self, short: &str, long: &str) {
        self.meant
            .entry(spelling(short))
            .or_insert_with(|| long.to_owned());
    }

    /// Enters a spelling.
    pub(super) fn enter(&mut self, printed: &str, origin: Origin) {
        let key = spelling(printed);
        if key.is_empty() || self.known.contains_key(&key) {
            return;
        }
        self.added += 1;
        // «ГАОУ ДПО «ИРО»» beside «ИРО»: what stands in quotes is the name itself.
        let core = quoted_abbreviation(printed).map(spelling);
        if let Some(core) = &core
            && let Some(Some(at)) = self.known.get(core).copied()
            && let Some(body) = self.bodies.get_mut(at)
        {
            body.aliases.push(printed.to_owned());
            self.known.insert(key, Some(at));
            return;
        }
        let at = self.bodies.len();
        let mut body = Body {
            name: printed.to_owned(),
            short: None,
            aliases: Vec::new(),
            origin,
        };
        if let Some(long) = self.meant.get(&key)
            && spelling(long) != key
            && !self.known.contains_key(&spelling(long))
        {
            body.name = long.clone();
            body.short = Some(printed.to_owned());
            self.known.insert(spelling(long), Some(at));
        }
        if let (Some(core), Some(bare)) = (core, quoted_abbreviation(printed))
            && !self.known.contains_key(&core)
        {
            body.short = Some(bare.to_owned());
            self.known.insert(core, Some(at));
        }
        self.known.insert(key, Some(at));
        self.bodies.push(body);
    }

    /// Enters a body under its name, with the form in which a sentence names it.
    pub(super) fn enter_as(&mut self, name: &str, printed: &str, origin: Origin) {
        self.enter(name, origin);
        let key = spelling(printed);
        if self.known.contains_key(&key) {
            return;
        }
        let at = self.known.get(&spelling(name)).copied().flatten();
        match at.and_then(|a| self.bodies.get_mut(a)) {
            Some(body) => {
                body.aliases.push(printed.to_owned());
                self.known.insert(key, at);
                self.added += 1;
            }
            // A directory that is there knows the name, but not this form of it: an entry of its own.
            None => self.enter(printed, origin),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bodies.is_empty()
    }

    /// The bodies as items of `bodies:`; `taken` are ids that are in use.
    pub(super) fn nodes(&self, taken: &[String]) -> Vec<Node> {
        let mut ids: Vec<String> = taken.to_vec();
        self.bodies
            .iter()
            .map(|body| {
                let base = id(body.short.as_deref().unwrap_or(&body.name));
                let mut name = base.clone();
                let mut number = 1;
                while ids.contains(&name) {
                    number += 1;
                    name = format!("{base}-{number}");
                }
                ids.push(name.clone());
                let mut fields = Fields::default();
                fields.add("id", Node::Bare(name));
                fields.text("name", &body.name);
                fields.opt("short", body.short.as_deref());
                if !body.aliases.is_empty() {
                    fields.add(
                        "aliases",
                        Node::Flow(body.aliases.iter().map(Node::text).collect()),
                    );
                }
                if is_collective(&body.name) {
                    fields.add("collective", Node::Bare("true".into()));
                }
                fields.map().from(body.origin)
            })
            .collect()
    }
}

fn id(name: &str) -> String {
    let slug = slug(name);
    let mut out = String::new();
    for part in slug.split('-').filter(|p| !p.is_empty()) {
        if out.len() + part.len() > 40 && !out.is_empty() {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(part.get(..part.len().min(40)).unwrap_or(part));
    }
    if crate::kinds::is_slug(&out) {
        out
    } else {
        format!("organ-{out}").trim_end_matches('-').to_owned()
    }
}

/// The abbreviation in quotes that a name ends in.
fn quoted_abbreviation(text: &str) -> Option<&str> {
    let open = text.find(['«', '"'])?;
    let first = text.get(open..)?.chars().next()?;
    let inner = text
        .get(open + first.len_utf8()..)?
        .trim_end_matches(['»', '"', ' ', '.']);
    let good = inner.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && inner
            .chars()
            .all(|c| c.is_uppercase() || matches!(c, ' ' | '-'));
    (good && open > 0).then_some(inner)
}

/// The words that a directory of abbreviations is made of: `«Институт развития» (далее – ИР)`.
pub(super) fn abbreviations(text: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (at, _) in text.match_indices("(далее") {
        let behind = text.get(at..).unwrap_or_default();
        let Some(end) = behind.find(')') else {
            continue;
        };
        let inside = behind.get("(далее".len()..end).unwrap_or_default();
        let short = inside
            .trim_start_matches([' ', '-', '–', '—', ':'])
            .trim()
            .trim_matches(['«', '»', '"']);
        let before = text.get(..at).unwrap_or_default().trim_end();
        let Some(closed) = before.strip_suffix(['»', '"']) else {
            continue;
        };
        let Some(open) = closed.rfind(['«', '"']) else {
            continue;
        };
        let first = closed
            .get(open..)
            .and_then(|t| t.chars().next())
            .map_or(1, char::len_utf8);
        let long = closed.get(open + first..).unwrap_or_default().trim();
        if !short.is_empty()
            && short.chars().count() <= 40
            && long.chars().count() > short.chars().count()
        {
            out.push((short.to_owned(), long.to_owned()));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet_where_the_document_joins_them() {
        let mut directory = Directory::default();
        directory.enter("ИРО", Origin::default());
        directory.enter("ГАОУ ДПО «ИРО»", Origin::default());
        directory.enter("Управление образования", Origin::default());
        directory.enter("управление образования.", Origin::default());
        assert_eq!(directory.bodies.len(), 2);
        assert_eq!(directory.bodies[0].aliases, ["ГАОУ ДПО «ИРО»"]);
        assert_eq!(
            abbreviations("институт «Областной институт развития» (далее – ОИР) и"),
            [("ОИР".to_owned(), "Областной институт развития".to_owned())]
        );
    }
}
