//! `glasno schema`: JSON Schemas for editors, and settings by which VS Code finds them.
//!
//! Takes a folder; writes the schemas into it, over older ones. Must not change what others wrote: settings that are
//! there are added to only where that cannot harm them.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::args::SchemaArgs;
use super::{FOUND, OK, REFUSED, words};
use crate::diag::Lang;
use crate::kinds::blank::{Blank, SECTION};
use crate::kinds::schema;
use crate::kinds::shape::Shaped;
use crate::tab::source::SchoolFile;
use crate::{plain, source};

/// Where schemas lie below ROOT unless another folder is named.
pub(super) const FOLDER: &str = ".glasno/schema";
const SETTINGS: &str = ".vscode/settings.json";
const KEY: &str = "yaml.schemas";

/// Writes all schemas.
pub(super) fn schema(args: &SchemaArgs, lang: Lang) -> u8 {
    let folder = args.folder.clone().unwrap_or_else(|| PathBuf::from(FOLDER));
    let files = all();
    for (name, schema) in &files {
        let file = folder.join(name);
        if let Err(error) = write(&file, schema) {
            let shown = file.display().to_string();
            anstream::eprintln!("{}", words::not_created(&shown, &error, lang));
            return REFUSED;
        }
    }
    let shown = folder.display().to_string();
    anstream::println!("{}", words::schemas(files.len(), &shown, lang));
    if args.vscode {
        return settings(&shown.replace('\\', "/"), lang);
    }
    OK
}

/// Writes the schema of one sort of file below ROOT, unless it is there: an editor that is sent to a file that does not
/// exist complains.
pub(super) fn provide(root: &Path, blank: &Blank) {
    let file = root.join(FOLDER).join(name(blank));
    if !file.exists() {
        // A new source is none the worse for it.
        let _ = write(&file, &schema::of(blank));
    }
}

/// The file of a blank's schema.
pub(super) fn name(blank: &Blank) -> String {
    format!("{}.json", blank.word)
}

fn all() -> Vec<(String, Value)> {
    let mut files: Vec<(String, Value)> = Blank::each()
        .map(|blank| (name(blank), schema::of(blank)))
        .collect();
    files.push(("source.json".to_owned(), schema::of_any()));
    let school = schema::of_shape(SchoolFile::SHAPE, "Вкладка «500+»: о школе");
    files.push(("school.json".to_owned(), school));
    files
}

fn write(file: &Path, schema: &Value) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut text = serde_json::to_string_pretty(schema)?;
    text.push('\n');
    fs::write(file, text)
}

/// Which files which schema describes. A document's kind is what it says, so one schema holds for all of them.
fn mapping(folder: &str) -> Map<String, Value> {
    let mut sources: Vec<String> = Vec::new();
    for blank in Blank::each() {
        if let Some(below) = blank.file.strip_prefix(SECTION)
            && let Some(stem) = below.strip_suffix(".yaml")
        {
            sources.push(match stem.rsplit_once('/') {
                Some((inner, _)) => format!("content/*/{inner}/**/*.yaml"),
                None => format!("content/*/{stem}*.yaml"),
            });
        }
    }
    let of = |name: &str| format!("{folder}/{name}.json");
    [
        (of("site"), json!("content/site.yaml")),
        (of("registry"), json!("content/private/registry.yaml")),
        (of("source"), json!(sources)),
        (
            of("school"),
            json!(["school.yaml", "content/private/tabs/**/school.yaml"]),
        ),
    ]
    .into_iter()
    .collect()
}

/// Makes or extends the settings of VS Code in the present folder.
fn settings(folder: &str, lang: Lang) -> u8 {
    let file = Path::new(SETTINGS);
    let ours = mapping(folder);
    let whole = json!({KEY: ours});
    let read = plain::read(file, source::MAX_TEXT)
        .and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other));
    let (text, existed) = match read {
        Ok(text) => (text, true),
        Err(error) if error.kind() == ErrorKind::NotFound => (String::new(), false),
        Err(error) => {
            anstream::eprintln!("{}", words::not_created(SETTINGS, &error, lang));
            return REFUSED;
        }
    };
    let new = if existed {
        match added(&text, &ours) {
            Added::There => {
                anstream::println!("{}", words::settings_there(SETTINGS, lang));
                return OK;
            }
            Added::With(text) => text,
            Added::ByHand => {
                let shown = serde_json::to_string_pretty(&whole).unwrap_or_default();
                anstream::eprintln!("{}\n{shown}", words::settings_by_hand(SETTINGS, lang));
                return FOUND;
            }
        }
    } else {
        format!(
            "{}\n",
            serde_json::to_string_pretty(&whole).unwrap_or_default()
        )
    };
    let written = fs::create_dir_all(".vscode")
        .and_then(|()| fs::File::create(file))
        .and_then(|mut out| out.write_all(new.as_bytes()));
    match written {
        Ok(()) => {
            anstream::println!("{}", words::settings_written(SETTINGS, lang));
            OK
        }
        Err(error) => {
            anstream::eprintln!("{}", words::not_created(SETTINGS, &error, lang));
            REFUSED
        }
    }
}

#[derive(Debug, PartialEq)]
enum Added {
    /// Everything is there already.
    There,
    /// The settings with ours added; not a letter of the others has changed.
    With(String),
    /// They have comments, or schemas of their own: a person must add ours.
    ByHand,
}

fn added(text: &str, ours: &Map<String, Value>) -> Added {
    let Ok(Value::Object(theirs)) = serde_json::from_str(text) else {
        return Added::ByHand;
    };
    match theirs.get(KEY) {
        Some(Value::Object(schemas)) if ours.iter().all(|(k, v)| schemas.get(k) == Some(v)) => {
            return Added::There;
        }
        Some(_) => return Added::ByHand,
        None => {}
    }
    let Some((before, after)) = text.trim_end().rsplit_once('}') else {
        return Added::ByHand;
    };
    let value = serde_json::to_string_pretty(ours).unwrap_or_default();
    let comma = if theirs.is_empty() { "" } else { "," };
    let new = format!(
        "{}{comma}\n  \"{KEY}\": {}\n}}{after}\n",
        before.trim_end(),
        value.replace('\n', "\n  ")
    );
    let mut expected = theirs;
    expected.insert(KEY.to_owned(), Value::Object(ours.clone()));
    match serde_json::from_str::<Value>(&new) {
        Ok(Value::Object(read)) if read == expected => Added::With(new),
        _ => Added::ByHand,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_others_stay() {
        let ours = mapping(FOLDER);
        let Added::With(new) = added("{\n  \"editor.tabSize\": 2\n}\n", &ours) else {
            panic!("nothing was added");
        };
        assert!(new.starts_with("{\n  \"editor.tabSize\": 2,\n  \"yaml.schemas\": {\n"));
        assert_eq!(added(&new, &ours), Added::There);
        assert!(matches!(added("{}", &ours), Added::With(_)));
        for text in [
            "{\n  // comment\n  \"a\": 1\n}",
            "{\"a\": 1,}",
            "[]",
            "",
            "{\"yaml.schemas\": {\"other.json\": \"*.yaml\"}}",
        ] {
            assert_eq!(added(text, &ours), Added::ByHand, "{text}");
        }
    }
}
