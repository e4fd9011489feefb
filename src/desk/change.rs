//! What a person entered, as changes of a source; and where it goes when somebody else has changed the file meanwhile.
//!
//! Takes the values of a form by field; gives edits, or says what stands there now. Must not write.

use serde_json::{Map, Value as Json};

use super::sheet::{Edit, Inside, Sheet, below};
use super::wrong::Wrong;
use crate::document::decode::parse_date;
use crate::edit::{Change, Step, Tree, Value};
use crate::kinds::shape::{Field, Type, Words};
use crate::text::slug;

/// The text below the fields of a Markdown file.
pub(super) const BODY: &str = "=body";
/// The name of a column that has none yet.
pub(super) const NEW: &str = "+";

/// The values of a form.
pub(super) type Values = Map<String, Json>;

/// Changes of the part at a place.
pub(super) fn edits(sheet: &Sheet, at: &[Step], values: &Values) -> Result<Vec<Edit>, Wrong> {
    let mut edits = Vec::new();
    let mut gone: Vec<Vec<Step>> = Vec::new();
    for (name, value) in values {
        if name == BODY {
            let body = value.as_str().ok_or(Wrong::Asked)?;
            edits.push(Edit::Body(body.to_owned()));
            continue;
        }
        let (mut full, field) = field(sheet, at, name)?;
        if let Some(Step::Key(key)) = full.last_mut()
            && key == NEW
        {
            *key = free_name(sheet, value.as_str().unwrap_or(""));
        }
        match entered(field, value)? {
            Some(to) => edits.push(Edit::Field(Change::Set {
                order: order(sheet, &full),
                at: full,
                to,
            })),
            None if sheet.at(&full).is_some() => gone.push(full),
            None => {}
        }
    }
    // From the end: what goes before an item would move it.
    gone.sort();
    let gone = gone.into_iter().rev();
    edits.extend(gone.map(|at| Edit::Field(Change::Remove { at })));
    Ok(edits)
}

/// A name for a new column that no other has.
fn free_name(sheet: &Sheet, heading: &str) -> String {
    let stem: String = slug(heading).chars().take(30).collect();
    let stem = match stem.trim_matches('-') {
        "" => "grafa",
        stem => stem,
    };
    let taken = sheet.columns();
    let mut names = std::iter::once(stem.to_owned()).chain((2..).map(|n| format!("{stem}-{n}")));
    names
        .find(|name| !taken.contains(&name.as_str()))
        .unwrap_or_default()
}

/// A new part of the list at a place, behind all others.
pub(super) fn new_part(sheet: &Sheet, list: &[Step], values: &Values) -> Result<Vec<Edit>, Wrong> {
    let field = sheet.field(list).ok_or(Wrong::Asked)?;
    let shape = field.is.shape().ok_or(Wrong::Asked)?;
    let value = new_map(&Inside::of(field.is), values)?;
    let change = match sheet.at(list) {
        Some(Tree::List(items)) => Change::Insert {
            at: list.to_vec(),
            index: items.len(),
            value,
        },
        // One that stood alone becomes the first of two.
        Some(old @ Tree::Map(_)) if field.alone => Change::Set {
            at: list.to_vec(),
            to: Value::List(vec![written(shape.fields, old), value]),
            order: Vec::new(),
        },
        Some(Tree::Null) | None => Change::Set {
            at: list.to_vec(),
            to: match field.alone {
                true => value,
                false => Value::List(vec![value]),
            },
            order: order(sheet, list),
        },
        _ => return Err(Wrong::Form),
    };
    Ok(vec![Edit::Field(change)])
}

/// A map of what was entered, in the order of its fields.
pub(super) fn new_map(inside: &Inside, values: &Values) -> Result<Value, Wrong> {
    let mut entries: Vec<(String, Value)> = Vec::new();
    for field in &inside.fields {
        let below = format!("{}.", field.name);
        let inner: Values = values
            .iter()
            .filter_map(|(k, v)| Some((k.strip_prefix(&below)?.to_owned(), v.clone())))
            .collect();
        let value = match (values.get(field.name), field.is.shape()) {
            (Some(value), _) => entered(field, value)?,
            (None, Some(_)) if !inner.is_empty() => Some(new_map(&Inside::of(field.is), &inner)?)
                .filter(|m| *m != Value::Map(Vec::new())),
            _ => None,
        };
        if let Some(value) = value {
            entries.push((field.name.to_owned(), value));
        }
    }
    // Columns of the office's own come behind.
    for (name, value) in values {
        let described = inside.fields.iter().any(|f| f.name == *name);
        if let (false, false, Some(field)) = (described, name.contains('.'), inside.field(name))
            && let Some(value) = entered(field, value)?
        {
            entries.push((name.clone(), value));
        }
    }
    Ok(Value::Map(entries))
}

/// What stands in a source, to be written again.
fn written(fields: &'static [Field], tree: &Tree) -> Value {
    match tree {
        Tree::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|(k, v)| {
                    let field = fields.iter().find(|f| f.name == *k);
                    let value = match (v, field) {
                        (Tree::Text(t), Some(f)) => word(f, t),
                        (v, f) => {
                            let below = f.and_then(|f| f.is.shape()).map(|s| s.fields);
                            written(below.unwrap_or(&[]), v)
                        }
                    };
                    (k.clone(), value)
                })
                .collect(),
        ),
        Tree::List(items) => Value::List(items.iter().map(|i| written(fields, i)).collect()),
        Tree::Text(text) => Value::Text(text.clone()),
        Tree::Null => Value::Bare(String::new()),
    }
}

fn field(sheet: &Sheet, at: &[Step], name: &str) -> Result<(Vec<Step>, &'static Field), Wrong> {
    let full = below(at, name);
    let field = sheet.field(&full).ok_or(Wrong::Asked)?;
    // A name of the office's own is one that stands there, or that the table's columns have.
    let own = match full.last() {
        Some(Step::Key(key)) if field.name.is_empty() => {
            key == NEW || sheet.columns().contains(&key.as_str()) || sheet.at(&full).is_some()
        }
        _ => true,
    };
    match own {
        true => Ok((full, field)),
        false => Err(Wrong::Asked),
    }
}

/// The names of the fields beside one, in their order.
fn order(sheet: &Sheet, at: &[Step]) -> Vec<String> {
    let above = at.split_last().map_or(&[][..], |(_, above)| above);
    let fields = sheet.fields(above).unwrap_or_default();
    fields.iter().map(|f| f.name.to_owned()).collect()
}

/// A value as it is written; `None` where nothing was entered.
fn entered(field: &Field, value: &Json) -> Result<Option<Value>, Wrong> {
    match value {
        Json::Null => Ok(None),
        Json::Bool(yes) => Ok(yes.then(|| Value::Bare("true".to_owned()))),
        Json::String(text) if text.trim().is_empty() => Ok(None),
        // Words with what is to be said of them: «so it is printed».
        Json::Object(values) => {
            field.is.shape().ok_or(Wrong::Asked)?;
            new_map(&Inside::of(field.is), values).map(Some)
        }
        Json::Array(pairs) if matches!(field.is, Type::Pairs(..)) => entered_pairs(field, pairs),
        Json::String(text) => Ok(Some(word(field, text))),
        Json::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Json::as_str).collect();
            let texts = texts.ok_or(Wrong::Asked)?.into_iter();
            let words: Vec<Value> = texts
                .filter(|t| !t.trim().is_empty())
                .map(|t| word(field, t))
                .collect();
            Ok((!words.is_empty()).then_some(Value::List(words)))
        }
        _ => Err(Wrong::Asked),
    }
}

/// Names and values, as two words each.
fn entered_pairs(field: &Field, pairs: &[Json]) -> Result<Option<Value>, Wrong> {
    let inside = Inside::of(field.is);
    let mut entries: Vec<(String, Value)> = Vec::new();
    for pair in pairs {
        let words: Option<Vec<&str>> = match pair {
            Json::Array(words) => words.iter().map(|w| w.as_str().map(str::trim)).collect(),
            _ => None,
        };
        let Some([name, value]) = words.as_deref() else {
            return Err(Wrong::Asked);
        };
        if let (false, false, Some(own)) = (name.is_empty(), value.is_empty(), inside.field(name)) {
            entries.push(((*name).to_owned(), word(own, value)));
        }
    }
    Ok((!entries.is_empty()).then_some(Value::Map(entries)))
}

fn word(field: &Field, text: &str) -> Value {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    match field.is.words() {
        Some(Words::Date) => Value::Bare(match parse_date(text) {
            Some(day) => day.format("%Y-%m-%d").to_string(),
            None => text.to_owned(),
        }),
        Some(
            Words::Flag
            | Words::Whole
            | Words::Decimal
            | Words::Year
            | Words::Id
            | Words::Address
            | Words::Document
            | Words::School
            | Words::Kind
            | Words::Choice(_),
        ) => Value::Bare(text.to_owned()),
        _ => Value::Text(text.to_owned()),
    }
}

/// Where the part that was at a place of `base` is now, if nobody else has changed what is to be changed; else what
/// stands there now.
pub(super) fn merged(
    base: &Sheet,
    now: &Sheet,
    at: &[Step],
    values: &Values,
) -> Result<Vec<Step>, Wrong> {
    let old = base.at(at).ok_or(Wrong::Asked)?;
    if now.at(at) == Some(old) {
        return body_stays(base, now, values).map(|()| at.to_vec());
    }
    // It was moved, or others came before it.
    if let Some((Step::Item(_), list)) = at.split_last()
        && let Some(Tree::List(items)) = now.at(list)
    {
        let mut same = items.iter().enumerate().filter(|(_, item)| *item == old);
        if let (Some((i, _)), None) = (same.next(), same.next()) {
            let mut moved = list.to_vec();
            moved.push(Step::Item(i));
            return Ok(moved);
        }
    }
    // Other fields of the same part were changed.
    let count = |sheet: &Sheet| -> Vec<usize> {
        (0..at.len())
            .filter_map(|n| match sheet.at(at.get(..n)?)? {
                Tree::List(items) => Some(items.len()),
                _ => None,
            })
            .collect()
    };
    let named = |sheet: &Sheet, name: &str| {
        let full = below(at, name);
        // An item is what it is among the others.
        let item = full.iter().position(|s| matches!(s, Step::Item(_)));
        let list = item.filter(|i| *i >= at.len()).unwrap_or(full.len());
        sheet.at(full.get(..list)?).cloned()
    };
    let mut theirs = Vec::new();
    for name in values.keys().filter(|n| *n != BODY) {
        let stands = named(now, name);
        if stands != named(base, name) {
            theirs.push((name.clone(), shown(stands.as_ref())));
        }
    }
    let known = match (old, now.at(at)) {
        (Tree::Map(had), Some(Tree::Map(has))) => {
            // The same part still says most of what it said.
            let same = had.iter().filter(|e| has.contains(e)).count();
            at.is_empty() || 2 * same >= had.len()
        }
        _ => false,
    };
    if theirs.is_empty() && known && count(base) == count(now) {
        return body_stays(base, now, values).map(|()| at.to_vec());
    }
    Err(Wrong::Changed(theirs))
}

fn body_stays(base: &Sheet, now: &Sheet, values: &Values) -> Result<(), Wrong> {
    match values.contains_key(BODY) && base.body() != now.body() {
        true => Err(Wrong::Changed(vec![(BODY.into(), now.body().into())])),
        false => Ok(()),
    }
}

/// A value in a line.
pub(super) fn shown(tree: Option<&Tree>) -> String {
    match tree {
        None | Some(Tree::Null) => String::new(),
        Some(Tree::Text(text)) => text.clone(),
        Some(Tree::List(items)) => {
            let items: Vec<String> = items.iter().map(|i| shown(Some(i))).collect();
            items.join("; ")
        }
        Some(Tree::Map(entries)) => {
            let entries: Vec<String> = entries.iter().map(|(_, v)| shown(Some(v))).collect();
            entries.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::sheet::place;
    use super::*;

    const PLAN: &str = "# план\nkind: roadmap\ntitle: \"План\"\nrows:\n  - no: \"1\"\n    measure: \"Раз\" # до\n    period: \"май 2025\"\n  - no: \"2\"\n    measure: \"Два\"\n    done: {date: 2025-01-02}\n";

    fn sheet(text: &str) -> Sheet {
        Sheet::of("content/a/roadmap.yaml", text.into()).expect("a sheet")
    }

    fn values(json: Json) -> Values {
        json.as_object().cloned().unwrap_or_default()
    }

    #[track_caller]
    fn saved(at: &str, json: Json) -> String {
        let sheet = sheet(PLAN);
        let edits = edits(&sheet, &place(at), &values(json)).expect("edits");
        sheet.with(&edits).expect("a text")
    }

    #[test]
    fn a_form_changes_its_fields_alone() {
        assert_eq!(
            saved("rows.0", json!({"period": "июнь 2025"})),
            PLAN.replace("май", "июнь")
        );
        assert_eq!(
            saved(
                "rows.1",
                json!({"responsible": ["Управление", ""], "done.date": "03.01.2025"})
            ),
            PLAN.replace("\"Два\"\n", "\"Два\"\n    responsible: [\"Управление\"]\n")
                .replace("01-02", "01-03")
        );
        assert_eq!(
            saved("rows.0", json!({"period": ""})),
            PLAN.replace("    period: \"май 2025\"\n", "")
        );
        assert!(
            edits(
                &sheet(PLAN),
                &place("rows.0"),
                &values(json!({"nope": "x"}))
            )
            .is_err()
        );
        let added = new_part(
            &sheet(PLAN),
            &place("rows.1.done"),
            &values(json!({"date": "05.02.2025", "text": "Да: так"})),
        );
        let text = sheet(PLAN).with(&added.expect("edits")).expect("a text");
        assert!(text.ends_with("    done:\n      - {date: 2025-01-02}\n      - {date: 2025-02-05, text: \"Да: так\"}\n"), "{text}");
        let added = new_part(
            &sheet(PLAN),
            &place("rows.0.done"),
            &values(json!({"date": "05.02.2025"})),
        );
        let text = sheet(PLAN).with(&added.expect("edits")).expect("a text");
        assert!(
            text.contains("\"май 2025\"\n    done: {date: 2025-02-05}\n"),
            "{text}"
        );
    }

    #[test]
    fn another_persons_change_is_kept_or_shown() {
        let base = sheet(PLAN);
        let mine = values(json!({"period": "июнь 2025"}));
        let at = place("rows.0");
        let go = |text: &str| merged(&base, &sheet(text), &at, &mine);
        assert_eq!(go(&PLAN.replace("Два", "Три")).expect("a place"), at);
        assert_eq!(go(&PLAN.replace("Раз", "Раз и два")).expect("a place"), at);
        let before = PLAN.replace("rows:\n", "rows:\n  - {no: \"0\", measure: \"Нуль\"}\n");
        assert_eq!(go(&before).expect("a place"), place("rows.1"));
        match go(&PLAN.replace("май", "март")) {
            Err(Wrong::Changed(theirs)) => {
                assert_eq!(theirs, [("period".to_owned(), "март 2025".to_owned())]);
            }
            other => panic!("{other:?}"),
        }
        let gone = PLAN.replace(
            "  - no: \"1\"\n    measure: \"Раз\" # до\n    period: \"май 2025\"\n",
            "",
        );
        assert!(go(&gone).is_err());
    }
}
