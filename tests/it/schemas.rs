//! JSON Schemas: what a build takes is right by them, and what is wrong in form is wrong by them too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::place::{Place, Run, program, repository, run, tree};

const BASE: &str = "mem:///schema/";

/// Every schema that the program writes, by the name of its file.
static SCHEMAS: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| {
    let place = Place::empty();
    let run = run(program().arg("schema").arg(place.path("schema")));
    assert_eq!(run.status, Some(0), "{}", run.said());
    let schemas: BTreeMap<String, Value> = tree(&place.path("schema"))
        .into_iter()
        .map(|(name, bytes)| (name, serde_json::from_slice(&bytes).expect("JSON")))
        .collect();
    let mut registry = Registry::new();
    for (name, schema) in &schemas {
        let uri = format!("{BASE}{name}");
        registry = registry.add(uri, schema.clone()).expect("an address");
    }
    let registry = registry.prepare().expect("schemas");
    let validator = |(name, schema): (&String, &Value)| {
        assert_eq!(
            schema["$schema"], "https://json-schema.org/draft/2020-12/schema",
            "{name}"
        );
        jsonschema::meta::validate(schema).expect("a schema by its own schema");
        let validator = jsonschema::options()
            .with_base_uri(format!("{BASE}{name}"))
            .with_registry(&registry)
            .build(schema)
            .expect("a schema");
        (name.clone(), validator)
    };
    schemas.iter().map(validator).collect()
});

/// The fields of a source as a YAML reader of any editor sees them; `None` for what is no YAML.
fn fields(path: &str, text: &str) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let yaml = match path.ends_with(".md") {
        true => text.strip_prefix("---\n")?.split("\n---\n").next()?,
        false => text,
    };
    let mut options = serde_saphyr::Options::default();
    options.strict_booleans = true;
    serde_saphyr::from_str_with_options(yaml, options).ok()
}

/// What is wrong with a source by the schema that an editor would take.
fn wrong(path: &str, fields: &Value) -> Vec<String> {
    let kind = fields["kind"].as_str().unwrap_or("");
    let name = match path.rsplit('/').next() {
        Some("site.yaml") => "site.json".to_owned(),
        Some("registry.yaml") => "registry.json".to_owned(),
        Some("school.yaml") => "school.json".to_owned(),
        Some(name) if name.ends_with(".md") => format!("{kind}.json"),
        _ => "source.json".to_owned(),
    };
    let schema = SCHEMAS.get(&name).unwrap_or(&SCHEMAS["source.json"]);
    schema
        .iter_errors(fields)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect()
}

/// YAML and Markdown sources below a folder, with their text; a link is no source of its own.
fn sources(place: &std::path::Path) -> Vec<(String, String)> {
    let files = walkdir::WalkDir::new(place).sort_by_file_name();
    files
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| {
            let ending = entry.path().extension();
            ending.is_some_and(|e| e == "yaml" || e == "md")
        })
        .filter_map(|entry| {
            let text = std::fs::read_to_string(entry.path()).ok()?;
            let below = entry.path().strip_prefix(place).ok()?;
            Some((below.to_string_lossy().replace('\\', "/"), text))
        })
        .collect()
}

/// Findings that tell what is wrong in form: the schema must tell it too.
const FORM: [&str; 13] = [
    "annex.state",
    "field.address",
    "field.bool",
    "field.choice",
    "field.date",
    "field.empty",
    "field.id",
    "field.missing",
    "field.number",
    "field.unknown",
    "field.within",
    "kind.form",
    "roadmap.empty",
];

/// Whether a finding tells what is wrong in form.
fn is_form(path: &str, code: &str) -> bool {
    // A link elsewhere may be a path, which a schema cannot follow.
    let address = code == "field.link" && path == "content/site.yaml";
    FORM.contains(&code) || code.starts_with("field.not-") || address
}

/// Whether the schemas agree with what a run of the program found: they refuse each file that is wrong in form, and
/// take each that is not.
pub(crate) fn agree(place: &Place, run: &Run) {
    let mut form = BTreeSet::new();
    for line in run.err.lines() {
        let code = line.rsplit_once('[').and_then(|(_, c)| c.strip_suffix(']'));
        if let (Some(code), Some((path, _))) = (code, line.split_once(':'))
            && is_form(path, code)
        {
            form.insert(path.to_owned());
        }
    }
    // Without a guard no file is named: nothing tells whose findings they are.
    if form.iter().any(|path| path.contains('…')) {
        return;
    }
    for (path, text) in sources(&place.path("content")) {
        let path = format!("content/{path}");
        // What is no YAML, and what lies in no section, no schema is asked about.
        let Some(fields) = fields(&path, &text).filter(|f| !f.is_null()) else {
            continue;
        };
        if path.matches('/').count() == 1 && path != "content/site.yaml" {
            continue;
        }
        let wrong = wrong(&path, &fields);
        assert_eq!(
            form.contains(&path),
            !wrong.is_empty(),
            "{path}: {wrong:?}\n{}",
            run.said()
        );
    }
}

#[test]
fn all_sources_of_this_repository_are_right() {
    let all = sources(&repository().join("content"));
    assert!(all.len() > 50);
    for (path, text) in all {
        let fields = fields(&path, &text).unwrap_or_else(|| panic!("{path} is no YAML"));
        let wrong = wrong(&path, &fields);
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
    }
}

/// What `new` makes is right by the schema to which its first line leads.
#[test]
fn new_sources_lead_to_their_schemas() {
    let place = Place::empty();
    let kinds = [
        ("site", "content/site.yaml"),
        ("registry", "content/private/registry.yaml"),
        ("order", "content/razdel/orders/12-od.yaml"),
        ("roadmap", "content/razdel/roadmap.yaml"),
        ("news", "content/razdel/news/seminar.md"),
    ];
    for (kind, file) in kinds {
        let run = run(program().args(["new", kind]).arg(place.path(file)));
        assert_eq!(run.status, Some(0), "{}", run.said());
        let text = place.read(file);
        let line = text
            .lines()
            .find_map(|l| l.strip_prefix("# yaml-language-server: $schema="));
        let folder = place.path(file);
        let schema = folder
            .parent()
            .expect("a folder")
            .join(line.expect("the line"));
        assert!(schema.is_file(), "{kind}: {}", schema.display());
        let fields = fields(file, &text).expect("YAML");
        assert!(wrong(file, &fields).is_empty(), "{kind}");
    }
}

/// Each line of a new source that is a field in a comment is right without its mark.
#[test]
fn comments_of_new_sources_are_right_too() {
    let mut tried = 0;
    for (kind, file) in crate::scaffolds::KINDS {
        let text = run(program().args(["new", kind])).out;
        let lines: Vec<&str> = text.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            let Some((indent, rest)) = line.split_once("# ") else {
                continue;
            };
            let name = rest.split(':').next().unwrap_or("");
            let field = name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if !indent.trim().is_empty() || !field || !rest.contains(": ") {
                continue;
            }
            let mut open = lines.clone();
            let bare = format!("{indent}{rest}");
            open[n] = &bare;
            let open = open.join("\n") + "\n";
            let fields = fields(file, &open).unwrap_or_else(|| panic!("{kind}: {bare}\n{open}"));
            let wrong = wrong(file, &fields);
            assert!(wrong.is_empty(), "{kind}: {bare}: {wrong:?}");
            tried += 1;
        }
    }
    assert!(tried > 30, "{tried}");
}

/// A field that may be left out may be empty, and a number may stand where a text belongs: a build takes both.
#[test]
fn schemas_take_what_a_build_takes() {
    let place = Place::new();
    let order = "content/primer-2025/orders/12-od.yaml";
    place.edit(order, "place: \"с. Рябиновое\"", "place:\nletterhead: \"\"");
    place.edit(order, "date: 2025-01-14", "date: 14.01.2025");
    place.edit(order, "control: {kept: true}", "control: {kept: Да}");
    let group = "content/primer-2025/groups/rabochaya-gruppa.yaml";
    place.edit(group, "order: 12-od", "order: 12-od\nannex: 1\nupdated:");
    let run = place.check(&[]);
    assert_eq!(run.status, Some(0), "{}", run.said());
    agree(&place, &run);
}
