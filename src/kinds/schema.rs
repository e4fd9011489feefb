//! JSON Schemas of sources, for editors: draft 2020-12, described in Russian.
//!
//! Takes a shape; gives its schema. A schema says no more than the form: which fields there are, what sort of value each
//! has, which must be there. What is right in form may still be wrong in meaning, so a build is the last word. Nothing
//! that a build takes may be wrong here.
//!
//! Scalars are whatever YAML makes of them: a text may be read as a number (`number: 293`). A field that may be left out
//! may also be empty.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Kind;
use super::blank::Blank;
use super::head::HeadForm;
use super::shape::{Choose, Field, Shape, Shaped, Type, Words};
use crate::document::decode::ACCEPTED;

const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of one sort of file.
pub fn of(blank: &Blank) -> Value {
    let kind = blank.kind();
    let mut schema = Schema::default();
    let shared: &[Field] = match kind {
        Some(_) => HeadForm::SHAPE.fields,
        None => &[],
    };
    let own = (blank.shape)();
    let mut root = schema.map(shared.iter().chain(own.fields), own.choose, own.rest);
    if let Some(kind) = kind {
        root["properties"]["kind"] = json!({"const": kind.word(), "description": blank.about});
        if kind.about().titled {
            require(&mut root, "title");
        }
    }
    schema.whole(root, blank.about)
}

/// The schema of a file that is no document and has no blank.
pub fn of_shape(shape: &'static Shape, about: &str) -> Value {
    let mut schema = Schema::default();
    let root = schema.map(shape.fields.iter(), shape.choose, shape.rest);
    schema.whole(root, about)
}

/// The schema of any YAML document: its kind says which other one holds.
pub fn of_any() -> Value {
    let kinds: Vec<Kind> = Kind::each().filter(|kind| !kind.is_text()).collect();
    let each = kinds.iter().map(|kind| {
        json!({
            "if": {"properties": {"kind": {"const": kind.word()}}},
            "then": {"$ref": format!("{}.json", kind.word())},
        })
    });
    json!({
        "$schema": DRAFT,
        "title": "Документ раздела",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {
            "description": "вид документа",
            "enum": kinds.iter().map(|kind| kind.word()).collect::<Vec<_>>(),
            "enumDescriptions": kinds.iter().map(|kind| kind.blank().about).collect::<Vec<_>>(),
        }},
        "allOf": each.collect::<Vec<_>>(),
    })
}

/// A schema in the making: the shapes that its fields refer to.
#[derive(Default)]
struct Schema {
    shapes: BTreeMap<&'static str, Value>,
}

impl Schema {
    fn whole(self, mut root: Value, about: &str) -> Value {
        root["$schema"] = json!(DRAFT);
        root["title"] = json!(about);
        root["type"] = json!("object");
        if !self.shapes.is_empty() {
            root["$defs"] = json!(self.shapes);
        }
        root
    }

    /// What holds of a map. It says nothing of other values, so that it may stand beside words.
    fn map<'f>(
        &mut self,
        fields: impl Iterator<Item = &'f Field>,
        choose: Option<Choose>,
        rest: Option<Type>,
    ) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields {
            properties.insert(field.name.to_owned(), self.field(field));
            if field.required {
                required.push(field.name);
            }
        }
        properties.insert(
            ACCEPTED.to_owned(),
            json!({
                "description": "коды предупреждений, с которыми здесь согласны",
                "type": ["string", "array"],
                "items": {"type": "string"},
            }),
        );
        let rest = match rest {
            Some(is) => self.value(is, false).into(),
            None => json!(false),
        };
        let mut map = json!({"properties": properties, "additionalProperties": rest});
        for name in required {
            require(&mut map, name);
        }
        let each = |names: &[&str]| -> Value {
            names
                .iter()
                .map(|name| json!({"required": [name]}))
                .collect()
        };
        match choose {
            Some(Choose::Any(names)) => map["anyOf"] = each(names),
            Some(Choose::One(names)) => map["oneOf"] = each(names),
            None => {}
        }
        map
    }

    fn reference(&mut self, shape: &'static Shape) -> String {
        if !self.shapes.contains_key(shape.name) {
            // There before its fields are looked at: they may lead back to it.
            self.shapes.insert(shape.name, Value::Null);
            let map = self.map(shape.fields.iter(), shape.choose, shape.rest);
            self.shapes.insert(shape.name, map);
        }
        format!("#/$defs/{}", shape.name)
    }

    fn field(&mut self, field: &Field) -> Value {
        let mut schema = if field.many {
            // A single one, if it is words, may stand for the list; an empty one for none.
            let mut single = field
                .is
                .words()
                .map_or_else(Map::new, |words| scalar(words, false));
            if let (true, Some(shape)) = (field.alone, field.is.shape()) {
                // What holds of a map says nothing of a list, so one may stand beside the other.
                add_types(&mut single, &["object"]);
                single.insert("$ref".to_owned(), json!(self.reference(shape)));
            }
            let items: Value = self.value(field.is, true).into();
            if single.contains_key("enum") {
                // The words of a choice would leave no room for a list beside them.
                let list = json!({"type": ["array", "null"], "items": items});
                let either = json!({"anyOf": [Value::Object(single), list]});
                either.as_object().cloned().unwrap_or_default()
            } else {
                add_types(&mut single, &["array", "null"]);
                single.insert("items".to_owned(), items);
                single
            }
        } else {
            self.value(field.is, field.required)
        };
        schema.insert("description".to_owned(), json!(field.means));
        if field.is.words().is_some() && !field.example.is_empty() {
            let plain = field
                .example
                .iter()
                .filter(|e| !e.starts_with(['{', '[', '|']));
            let examples: Vec<&str> = plain.copied().collect();
            if !examples.is_empty() {
                schema.insert("examples".to_owned(), json!(examples));
            }
        }
        schema.into()
    }

    /// One value; `there` where it may not be empty.
    fn value(&mut self, is: Type, there: bool) -> Map<String, Value> {
        let mut schema = is
            .words()
            .map_or_else(Map::new, |words| scalar(words, there));
        if let Some(shape) = is.shape() {
            add_types(&mut schema, &["object"]);
            schema.insert("$ref".to_owned(), json!(self.reference(shape)));
        }
        if let Type::Pairs(names, values) = is {
            add_types(&mut schema, &["object"]);
            if let Some((pattern, why)) = pattern(names) {
                let names =
                    json!({"pattern": format!("^(?:{pattern})$"), "patternErrorMessage": why});
                schema.insert("propertyNames".to_owned(), names);
            }
            let value = scalar(values, true);
            schema.insert("additionalProperties".to_owned(), value.into());
        }
        if !there {
            add_types(&mut schema, &["null"]);
        }
        schema
    }
}

fn require(map: &mut Value, name: &str) {
    match map["required"].as_array_mut() {
        Some(names) => names.push(json!(name)),
        None => map["required"] = json!([name]),
    }
}

/// Values of these types may stand there too.
fn add_types(schema: &mut Map<String, Value>, more: &[&str]) {
    if let Some(Value::Array(allowed)) = schema.get_mut("enum") {
        if more.contains(&"null") {
            allowed.push(Value::Null);
        }
        return;
    }
    let types = schema.entry("type").or_insert_with(|| json!([]));
    if let Value::Array(types) = types {
        types.extend(more.iter().map(|t| json!(t)));
    }
}

/// What holds of words of one sort; `there` where they may not be empty.
fn scalar(words: Words, there: bool) -> Map<String, Value> {
    let mut schema = Map::new();
    let allowed = match words {
        Words::Choice(choices) => {
            let means: Vec<&str> = choices.iter().map(|c| c.means).collect();
            if means.iter().any(|m| !m.is_empty()) {
                schema.insert("enumDescriptions".to_owned(), json!(means));
            }
            Some(choices.iter().map(|c| c.word).collect())
        }
        Words::Kind => Some(Kind::each().map(Kind::word).collect()),
        _ => None,
    };
    if let Some(mut allowed) = allowed {
        if let (Value::Array(allowed), false) = (&mut allowed, there) {
            allowed.push(json!(""));
        }
        schema.insert("enum".to_owned(), allowed);
        return schema;
    }
    let types: &[&str] = match words {
        Words::Date | Words::Address | Words::Site => &["string"],
        Words::Flag => &["boolean", "string"],
        Words::Whole | Words::Year | Words::Id | Words::Document => &["string", "integer"],
        Words::Decimal => &["string", "number"],
        _ => &["string", "number", "boolean"],
    };
    schema.insert("type".to_owned(), json!(types));
    match pattern(words) {
        Some((pattern, why)) => {
            let empty = if there { "" } else { r"\s*|" };
            let pattern = format!("^(?:{empty}{pattern})$");
            schema.insert("pattern".to_owned(), json!(pattern));
            schema.insert("patternErrorMessage".to_owned(), json!(why));
        }
        None if there => {
            schema.insert("pattern".to_owned(), json!(r"\S"));
            schema.insert("patternErrorMessage".to_owned(), json!("здесь нужен текст"));
        }
        None => {}
    }
    schema
}

/// How words of a sort look when they are text, and what to say where they do not.
fn pattern(words: Words) -> Option<(String, &'static str)> {
    const SLUG: &str = "[a-z0-9]+(?:-[a-z0-9]+)*";
    Some(match words {
        Words::Date => {
            let days = |sep: &str, first: bool| {
                let join = |day: &str, month: &str| match first {
                    true => format!("{day}{sep}{month}"),
                    false => format!("{month}{sep}{day}"),
                };
                [
                    join("(?:0[1-9]|[12][0-9]|3[01])", "(?:0[13578]|1[02])"),
                    join("(?:0[1-9]|[12][0-9]|30)", "(?:0[469]|11)"),
                    join("(?:0[1-9]|[12][0-9])", "02"),
                ]
                .join("|")
            };
            let (iso, russian) = (days("-", false), days(r"\.", true));
            (
                format!(r"\s*(?:[0-9]{{4}}-(?:{iso})|(?:{russian})\.[0-9]{{4}})\s*"),
                "дата пишется так: 2025-01-15",
            )
        }
        Words::Flag => (
            "[Дд][Аа]|[Нн][Ее][Тт]|[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]"
                .to_owned(),
            "здесь нужно true (да) или false (нет)",
        ),
        Words::Whole => ("[0-9]+".to_owned(), "здесь нужно целое число"),
        Words::Year => ("199[0-9]|20[0-9]{2}|2100".to_owned(), "здесь нужен год"),
        Words::Decimal => (
            r"\s*[+-]?[0-9]+(?:[.,][0-9]+)?\s*".to_owned(),
            "здесь нужно число",
        ),
        Words::Id => (
            format!(r"\s*{SLUG}\s*"),
            "строчные латинские буквы, цифры и дефис",
        ),
        Words::Document => (
            format!(r"\s*(?:[a-z0-9._-]+/)?{SLUG}\s*"),
            "id документа: строчные латинские буквы, цифры и дефис",
        ),
        Words::Address => (
            format!(r"\s*/(?:{SLUG}/)+\s*"),
            "адрес начинается и кончается косой чертой: /razdel/stranitsa/",
        ),
        Words::Site => (
            r"https?://\S+\s*".to_owned(),
            "адрес начинается с https:// или http://",
        ),
        _ => return None,
    })
}
