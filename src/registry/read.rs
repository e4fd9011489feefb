//! Reads `registry.yaml` into a [`Registry`], collecting every finding of the file.
//!
//! Takes the path (for findings) and the text. Must not quote a value: the reader's own error texts can hold a
//! piece of the file, so only their places are used.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_saphyr::Spanned;

use super::{
    IdentifierKind, Municipality, ProtectedSchool, PublicSchool, Registry, SchoolId, Secret,
    id_is_valid, inn_is_valid, ogrn_is_valid,
};
use crate::diag::catalog::{document as words, registry as say};
use crate::diag::{Entry, Finding, Location, Span};
use crate::guard::proof::Field;
use crate::kinds::template;

type Text = Spanned<Option<String>>;

/// A mapping read key by key, so that an unknown key is found with its place and does not end the reading.
#[derive(Default)]
struct Fields {
    at: Option<serde_saphyr::Location>,
    texts: Vec<(&'static str, Text)>,
    lists: Vec<(&'static str, Vec<Text>)>,
    maps: Vec<(&'static str, BTreeMap<String, Text>)>,
    identifiers: Vec<Fields>,
    unknown: Vec<(String, serde_saphyr::Location, &'static [&'static str])>,
}

/// Which keys a mapping of the registry may have.
trait Shape {
    const TEXTS: &'static [&'static str];
    const LISTS: &'static [&'static str] = &[];
    /// Any names with values.
    const MAPS: &'static [&'static str] = &[];
    const ALL: &'static [&'static str];
}

struct Protected;
impl Shape for Protected {
    const TEXTS: &'static [&'static str] =
        &["id", "name", "full_name", "municipality", "settlement"];
    const LISTS: &'static [&'static str] = &["aliases", "people"];
    const ALL: &'static [&'static str] = &[
        "id",
        "name",
        "full_name",
        "municipality",
        "settlement",
        "aliases",
        "people",
        "identifiers",
    ];
}

struct Identifiers;
impl Shape for Identifiers {
    const TEXTS: &'static [&'static str] = &["inn", "ogrn", "phone", "email", "site", "address"];
    const ALL: &'static [&'static str] = Self::TEXTS;
}

struct Public;
impl Shape for Public {
    const TEXTS: &'static [&'static str] = &["name", "full_name", "municipality", "settlement"];
    const LISTS: &'static [&'static str] = &["aliases"];
    const ALL: &'static [&'static str] =
        &["name", "full_name", "municipality", "settlement", "aliases"];
}

struct Counts;
impl Shape for Counts {
    const TEXTS: &'static [&'static str] = &["name", "schools"];
    const MAPS: &'static [&'static str] = &["kinds"];
    const ALL: &'static [&'static str] = &["name", "schools", "kinds"];
}

struct Of<S>(Fields, std::marker::PhantomData<S>);

impl<'de, S: Shape> Deserialize<'de> for Of<S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys<S>(std::marker::PhantomData<S>);
        impl<'de, S: Shape> Visitor<'de> for Keys<S> {
            type Value = Of<S>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Of<S>, A::Error> {
                let mut fields = Fields::default();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    fields.at.get_or_insert(key.referenced);
                    let name = S::ALL.iter().find(|k| **k == key.value).copied();
                    match name {
                        Some("identifiers") => {
                            if let Some(of) = map.next_value::<Option<Of<Identifiers>>>()? {
                                fields.identifiers.push(of.0);
                            }
                        }
                        Some(k) if S::LISTS.contains(&k) => {
                            let list = map.next_value::<Option<Vec<Text>>>()?;
                            fields.lists.push((k, list.unwrap_or_default()));
                        }
                        Some(k) if S::MAPS.contains(&k) => {
                            let map = map.next_value::<Option<BTreeMap<String, Text>>>()?;
                            fields.maps.push((k, map.unwrap_or_default()));
                        }
                        Some(k) if S::TEXTS.contains(&k) => {
                            fields.texts.push((k, map.next_value()?));
                        }
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            fields.unknown.push((key.value, key.referenced, S::ALL));
                        }
                    }
                }
                Ok(Of(fields, std::marker::PhantomData))
            }
        }
        deserializer.deserialize_map(Keys::<S>(std::marker::PhantomData))
    }
}

/// The top of the file.
#[derive(Default)]
struct Top {
    protected: Vec<Spanned<Of<Protected>>>,
    public: Vec<Spanned<Of<Public>>>,
    municipalities: Vec<Spanned<Of<Counts>>>,
    /// Why there is nobody to guard, where somebody has said so.
    empty: Option<Text>,
    unknown: Vec<(String, serde_saphyr::Location, &'static [&'static str])>,
}

const TOP: &[&str] = &["protected", "public", "municipalities", "empty"];

impl<'de> Deserialize<'de> for Top {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Top;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a mapping")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Top, A::Error> {
                let mut top = Top::default();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    match key.value.as_str() {
                        "protected" => {
                            top.protected = map.next_value::<Option<_>>()?.unwrap_or_default();
                        }
                        "public" => top.public = map.next_value::<Option<_>>()?.unwrap_or_default(),
                        "municipalities" => {
                            top.municipalities = map.next_value::<Option<_>>()?.unwrap_or_default();
                        }
                        "empty" => top.empty = Some(map.next_value()?),
                        _ => {
                            map.next_value::<IgnoredAny>()?;
                            top.unknown.push((key.value, key.referenced, TOP));
                        }
                    }
                }
                Ok(top)
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

fn span(at: serde_saphyr::Location) -> Option<Span> {
    let line = u32::try_from(at.line()).ok().filter(|l| *l > 0)?;
    Some(Span::new(line, u32::try_from(at.column()).unwrap_or(1), 1))
}

struct Reader<'a> {
    path: &'a str,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    fn at(&mut self, entry: &'static Entry, at: Option<serde_saphyr::Location>) -> &mut Finding {
        let mut location = Location::file(self.path);
        location.span = at.and_then(span);
        self.findings.push(Finding::new(entry, location));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    fn unknown(&mut self, keys: &[(String, serde_saphyr::Location, &'static [&'static str])]) {
        for (key, at, known) in keys {
            let nearest = known
                .iter()
                .min_by_key(|k| strsim::damerau_levenshtein(k, key))
                .copied()
                .unwrap_or_default();
            // A key that is no plain word may be a value that lost its indentation: it is not quoted.
            let shown =
                if key.len() <= 24 && key.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
                    key.as_str()
                } else {
                    "…"
                };
            let finding = self.at(&say::UNKNOWN_FIELD, Some(*at));
            finding.args.push(("field", shown.to_string()));
            finding.args.push(("nearest", nearest.to_string()));
            finding.args.push(("known", known.join(", ")));
        }
    }

    fn text(&mut self, fields: &Fields, key: &str) -> Option<(String, serde_saphyr::Location)> {
        let (_, spanned) = fields.texts.iter().find(|(k, _)| *k == key)?;
        let value = spanned.value.as_ref()?.trim();
        self.own(value, spanned.referenced);
        (!value.is_empty()).then(|| (value.to_string(), spanned.referenced))
    }

    /// Tells of a template's words that stand there still.
    fn own(&mut self, value: &str, at: serde_saphyr::Location) {
        if template::untouched(value).is_some() {
            let finding = self.at(&words::UNTOUCHED, Some(at));
            finding.args.push(("value", "…".to_owned()));
        }
    }

    fn list(&mut self, fields: &Fields, key: &str) -> Vec<(String, serde_saphyr::Location)> {
        let all = fields.lists.iter().filter(|(k, _)| *k == key);
        let mut found = Vec::new();
        for text in all.flat_map(|(_, list)| list) {
            let value = text.value.as_deref().unwrap_or_default().trim();
            self.own(value, text.referenced);
            if !value.is_empty() {
                found.push((value.to_string(), text.referenced));
            }
        }
        found
    }
}

/// A name folded for comparison: letters and digits alone, lower case, ё as е.
fn key(name: &str) -> String {
    name.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .map(|c| if c == 'ё' { 'е' } else { c })
        .collect()
}

/// Where the strings of one protected school stand.
pub type Places = Vec<(Field, Span)>;

/// What a file says.
#[derive(Default)]
pub struct Read {
    /// `None` when an error makes it unfit to guard with; the findings then say why, and never quote a value.
    pub registry: Option<Registry>,
    /// Of each protected school, in the registry's order.
    pub places: Vec<Places>,
    pub findings: Vec<Finding>,
}

/// Reads `registry.yaml` without the places of its strings.
pub fn parse(path: &str, text: &str) -> (Option<Registry>, Vec<Finding>) {
    let read = read(path, text);
    (read.registry, read.findings)
}

/// Reads `registry.yaml`. `path` only names the file in findings.
pub fn read(path: &str, text: &str) -> Read {
    let mut r = Reader {
        path,
        findings: Vec::new(),
    };
    let nothing = |findings| Read {
        findings,
        ..Read::default()
    };
    if text.trim().is_empty() {
        r.at(&say::EMPTY, None);
        return nothing(r.findings);
    }
    let mut options = serde_saphyr::Options::default();
    options.with_snippet = false;
    if let Some(budget) = options.budget.as_mut() {
        budget.max_nodes = 4_000_000;
        budget.max_events = 12_000_000;
        budget.max_anchors = 0;
    }
    let top: Top = match serde_saphyr::from_str_with_options(text, options) {
        Ok(top) => top,
        Err(error) => {
            r.at(&say::SYNTAX, error.location());
            return nothing(r.findings);
        }
    };
    r.unknown(&top.unknown);
    let mut registry = Registry::default();
    let mut places: Vec<Places> = Vec::new();
    let mut ids: BTreeMap<String, u64> = BTreeMap::new();
    let mut names: BTreeMap<(String, String), serde_saphyr::Location> = BTreeMap::new();
    for spanned in &top.protected {
        let fields = &spanned.value.0;
        let at = fields.at.unwrap_or(spanned.referenced);
        r.unknown(&fields.unknown);
        let id = r.text(fields, "id");
        let name = r.text(fields, "name");
        let Some((id, id_at)) = id else {
            r.at(&say::NO_ID, Some(at));
            continue;
        };
        // Never quoted: it may be the very name that it should stand for.
        if !id_is_valid(&id) {
            r.at(&say::BAD_ID, Some(id_at));
            continue;
        }
        let Some((name, name_at)) = name else {
            r.at(&say::NO_NAME, Some(at)).subject = Some(id);
            continue;
        };
        if let Some(line) = ids.get(&id) {
            let line = *line;
            let finding = r.at(&say::DUPLICATE_ID, Some(id_at));
            finding.args.push(("line", line.to_string()));
            finding.subject = Some(id.clone());
        }
        ids.insert(id.clone(), id_at.line());
        let mut school = ProtectedSchool::new(&id, &name);
        let sid = SchoolId::new(id.as_str());
        let mut own = Places::new();
        let mut secret = |field: Option<Field>, (value, at): (String, serde_saphyr::Location)| {
            own.extend(field.zip(span(at)));
            Secret::new(sid.clone(), &value)
        };
        secret(Some(Field::Name), (name.clone(), name_at));
        school.full_name = r
            .text(fields, "full_name")
            .map(|t| secret(Some(Field::FullName), t));
        let municipality = r.text(fields, "municipality");
        let place = municipality.as_ref().map(|(m, _)| key(m));
        names.insert((key(&name), place.unwrap_or_default()), name_at);
        school.municipality = municipality.map(|t| secret(None, t));
        school.settlement = r.text(fields, "settlement").map(|t| secret(None, t));
        for (i, alias) in r.list(fields, "aliases").into_iter().enumerate() {
            school.aliases.push(secret(Some(Field::Alias(i)), alias));
        }
        for (i, person) in r.list(fields, "people").into_iter().enumerate() {
            school.people.push(secret(Some(Field::Person(i)), person));
        }
        for inner in &fields.identifiers {
            r.unknown(&inner.unknown);
            for (k, kind) in IdentifierKind::ALL {
                let Some((value, value_at)) = r.text(inner, k) else {
                    continue;
                };
                let wrong = match kind {
                    IdentifierKind::Inn if !inn_is_valid(&value) => Some(&say::WRONG_INN),
                    IdentifierKind::Ogrn if !ogrn_is_valid(&value) => Some(&say::WRONG_OGRN),
                    _ => None,
                };
                if let Some(entry) = wrong {
                    r.at(entry, Some(value_at)).subject = Some(id.clone());
                }
                let value = secret(Some(Field::Identifier(kind)), (value, value_at));
                school.identifiers.push((kind, value));
            }
        }
        places.push(own);
        registry.protected.push(school);
    }
    for spanned in &top.public {
        let fields = &spanned.value.0;
        let at = fields.at.unwrap_or(spanned.referenced);
        r.unknown(&fields.unknown);
        let Some((name, name_at)) = r.text(fields, "name") else {
            r.at(&say::NO_NAME, Some(at));
            continue;
        };
        let municipality = r.text(fields, "municipality").map(|t| t.0);
        let same = (
            key(&name),
            municipality.as_deref().map(key).unwrap_or_default(),
        );
        if let Some(line) = names.get(&same).map(|l| l.line()) {
            let finding = r.at(&say::PROTECTED_AND_PUBLIC, Some(name_at));
            finding.args.push(("line", line.to_string()));
        }
        registry.public.push(PublicSchool {
            name,
            full_name: r.text(fields, "full_name").map(|t| t.0),
            municipality,
            settlement: r.text(fields, "settlement").map(|t| t.0),
            aliases: r
                .list(fields, "aliases")
                .into_iter()
                .map(|(t, _)| t)
                .collect(),
        });
    }
    for spanned in &top.municipalities {
        let fields = &spanned.value.0;
        r.unknown(&fields.unknown);
        let Some((name, _)) = r.text(fields, "name") else {
            r.at(&say::NO_NAME, fields.at);
            continue;
        };
        let count = r.text(fields, "schools");
        let schools = count.as_ref().and_then(|(n, _)| n.parse().ok());
        if let (Some((_, at)), None) = (&count, schools) {
            r.at(&say::WRONG_COUNT, Some(*at));
        }
        let mut kinds = Vec::new();
        for (kind, count) in fields.maps.iter().flat_map(|(_, map)| map) {
            let number = count.value.as_deref().map(str::trim).map(str::parse);
            match number {
                Some(Ok(number)) => kinds.push((kind.clone(), number)),
                _ => drop(r.at(&say::WRONG_COUNT, Some(count.referenced))),
            }
        }
        registry.municipalities.push(Municipality {
            name,
            schools,
            kinds,
        });
    }
    let said = top
        .empty
        .filter(|why| why.value.as_ref().is_some_and(|w| !w.trim().is_empty()));
    match (top.protected.is_empty(), said) {
        (true, None) => {
            r.at(&say::EMPTY, None);
        }
        (true, Some(why)) => {
            r.at(&say::UNGUARDED, Some(why.referenced));
        }
        (false, Some(why)) => {
            r.at(&say::NOT_EMPTY, Some(why.referenced));
        }
        (false, None) => {}
    }
    let unfit = r.findings.iter().any(Finding::is_error);
    Read {
        registry: (!unfit).then_some(registry),
        places,
        findings: r.findings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;

    fn codes(text: &str) -> Vec<String> {
        let (_, findings) = parse("content/private/registry.yaml", text);
        findings
            .iter()
            .map(|f| format!("{f:?}").replace("@content/private/registry.yaml", ""))
            .collect()
    }

    #[test]
    fn a_whole_registry_is_read() {
        let (registry, findings) = parse(
            "r.yaml",
            "protected:\n  - id: r-01\n    name: \"МБОУ «Кувшинская СОШ»\"\n    municipality: \"Яблонский район\"\n    settlement: село Кувшинское\n    aliases: [\"Кувшинская школа\"]\n    people: [Рябова Анна Петровна]\n    identifiers: {inn: 7707083893, ogrn: '1027700132195', phone: \"+7 (34567) 2-14-35\"}\npublic:\n  - {name: \"МАОУ СОШ № 42\", municipality: \"город Ясный\"}\nmunicipalities:\n  - {name: \"Яблонский район\", schools: 14, kinds: {вечерняя: 1, 11 класс: 9}}\n",
        );
        assert_eq!(findings.len(), 0, "{findings:?}");
        let registry = registry.unwrap_or_default();
        assert_eq!(registry.protected.len(), 1);
        assert_eq!(registry.protected[0].identifiers.len(), 3);
        // A number without quotes is kept as it is written.
        let guard = crate::guard::Recognizer::new(&registry);
        assert_eq!(guard.scan_text("ИНН 7707083893").len(), 1);
        assert_eq!(registry.municipalities[0].schools, Some(14));
        let kinds = [("11 класс".to_owned(), 9), ("вечерняя".to_owned(), 1)];
        assert_eq!(registry.municipalities[0].kinds, kinds);
    }

    #[test]
    fn findings_are_located_and_come_all_at_once() {
        let text = "protected:\n  - id: a\n    name: Кувшинская СОШ\n    identifiers: {inn: '7707083894', ogrn: '1'}\n  - id: a\n    name: Б\n    setlement: В\n  - name: Г\n  - id: d\npublic:\n  - {name: \"Кувшинская СОШ\"}\n";
        assert_eq!(
            codes(text),
            [
                "registry.inn:4:24",
                "registry.ogrn:4:44",
                "registry.unknown-field:7:5",
                "registry.duplicate-id:5:9",
                "registry.no-id:8:5",
                "registry.no-name:9:5",
                "registry.protected-and-public:11:12",
            ]
        );
        let (registry, findings) = parse("r", text);
        assert!(registry.is_none());
        for f in &findings {
            for lang in [Lang::Ru, Lang::En] {
                let all = format!("{} {:?}", f.message(lang), f.hint(lang));
                assert!(!all.contains("увшинск") && !all.contains("7707"), "{all}");
            }
            assert!(f.line_text.is_none());
        }
        assert!(findings[2].message(Lang::Ru).contains("settlement"));
    }

    #[test]
    fn broken_and_empty_files() {
        assert_eq!(codes(" \n"), ["registry.empty"]);
        assert_eq!(codes("protected: []\n"), ["registry.empty"]);
        assert_eq!(codes("protected:\n  - id: [\n").len(), 1);
        assert!(codes("protected:\n\t- id: 1\n")[0].starts_with("registry.syntax:2"));
    }
}
