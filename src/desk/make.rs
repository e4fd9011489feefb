//! New documents, files that are attached, pictures that somebody has looked at, schools for the registry.
//!
//! Takes what was entered or dropped; writes it where such a thing lies. Must not show the registry, and must not keep a
//! file that names a school.

use std::path::Path;

use serde_json::{Value, json};

use super::change::{self, BODY, Values};
use super::form::Form;
use super::html::{attr, esc, link, notice, to};
use super::label;
use super::look;
use super::part::{stop_on_errors, told};
use super::sheet::{Edit, Inside, Sheet};
use super::wrong::Wrong;
use super::{Desk, Ground, Page, Parameter, files, text};
use crate::diag::catalog::{carrier, desk as words};
use crate::diag::message::fill;
use crate::edit::{Change, Step};
use crate::import;
use crate::kinds::blank::Blank;
use crate::kinds::shape::Field;
use crate::kinds::{self, Kind};
use crate::protection::review;
use crate::start::List;
use crate::text::slug;

/// No name of a file is longer.
const NAME: usize = 60;

/// Fields that a new document is asked for at once, beside those that every new one of its kind has.
fn asked(blank: &'static Blank) -> Inside {
    let head = |f: &&'static Field| blank.head.iter().any(|(name, _)| *name == f.name);
    let own = |f: &&'static Field| match blank.own {
        Some(own) => own.contains(&f.name),
        None => (blank.shape)().names.contains(&f.name),
    };
    let published = |f: &&'static Field| blank.published.is_some() && f.name == "published";
    let fields = blank.fields();
    Inside {
        fields: fields
            .filter(|f| head(f) || own(f) || published(f))
            .collect(),
        rest: None,
    }
}

impl Desk {
    /// The form of a new document, or the choice of its kind.
    pub(super) fn fresh(
        &self,
        parameter: Parameter<'_>,
        ground: &Ground<'_>,
    ) -> Result<Page, Wrong> {
        let lang = self.lang;
        let section = parameter("section").unwrap_or_default();
        if !kinds::is_slug(&section) || section == "private" {
            return Err(Wrong::Asked);
        }
        let title = words::NEW_DOCUMENT.of(lang).to_owned();
        let Some(kind) = parameter("kind").as_deref().and_then(Kind::of) else {
            let offered = Kind::each().filter(|k| !k.about().single);
            let items: String = offered
                .map(|kind| {
                    let href = to("/new", &[("section", &section), ("kind", kind.word())]);
                    format!("<li>{}</li>", link(&href, &label::offered(kind, lang)))
                })
                .collect();
            return Ok(Page {
                status: 200,
                body: format!("<h1>{}</h1><ul class=\"kinds\">{items}</ul>", esc(&title)),
                title,
            });
        };
        let _ = ground;
        let form = Form {
            sheet: None,
            at: Vec::new(),
            lang,
            notes: Vec::new(),
            back: "/".to_owned(),
        };
        let mut body = format!(
            "<h1>{}: {}</h1>",
            esc(&title),
            esc(&label::offered(kind, lang))
        );
        body.push_str(&format!(
            "<form data-desk data-new data-kind=\"{}\" data-section=\"{}\" data-back=\"/\">",
            kind.word(),
            attr(&section)
        ));
        body.push_str(&form.fields(&asked(kind.blank()), "", true));
        if kind.is_text() {
            body.push_str(&form.body(""));
        }
        body.push_str(&form.buttons(true, false, (false, false)));
        body.push_str("</form>");
        Ok(Page {
            status: 200,
            title,
            body,
        })
    }

    /// The text of a new document.
    fn drafted(&self, said: &Value, ground: &Ground<'_>) -> Result<(Sheet, Values), Wrong> {
        let kind = Kind::of(text(said, "kind")).ok_or(Wrong::Asked)?;
        let section = text(said, "section");
        if kind.about().single || !kinds::is_slug(section) || section == "private" {
            return Err(Wrong::Asked);
        }
        let Some(Value::Object(values)) = said.get("values") else {
            return Err(Wrong::Asked);
        };
        let start = match kind.is_text() {
            true => format!("---\nkind: {}\n---\n", kind.word()),
            false => format!("kind: {}\n", kind.word()),
        };
        let path = self.free_path(kind, section, values, ground)?;
        let sheet = Sheet::of(&path, start)?;
        let mut edits = Vec::new();
        let fields: Vec<&'static Field> = kind.blank().fields().collect();
        let order: Vec<String> = fields.iter().map(|f| f.name.to_owned()).collect();
        for field in fields {
            let own: Values = values
                .iter()
                .filter(|(k, _)| *k == field.name || k.starts_with(&format!("{}.", field.name)))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            let one = Inside {
                fields: vec![field],
                rest: None,
            };
            let made = change::new_map(&one, &own)?;
            if let crate::edit::Value::Map(entries) = made {
                for (key, value) in entries {
                    edits.push(Edit::Field(Change::Set {
                        at: vec![Step::Key(key)],
                        to: value,
                        order: order.clone(),
                    }));
                }
            }
        }
        if let Some(body) = values.get(BODY).and_then(Value::as_str)
            && !body.trim().is_empty()
        {
            edits.push(Edit::Body(body.to_owned()));
        }
        let text = sheet.with(&edits)?;
        Ok((Sheet::of(&path, text)?, values.clone()))
    }

    /// A name that no file of the folder has: from the day and the title.
    fn free_path(
        &self,
        kind: Kind,
        section: &str,
        values: &Values,
        ground: &Ground<'_>,
    ) -> Result<String, Wrong> {
        let value = |name: &str| values.get(name).and_then(Value::as_str).unwrap_or("");
        let number = value("number");
        let title = match (kind.about().titled, number) {
            (false, number) if !number.is_empty() => number,
            _ => value("title"),
        };
        let mut stem = self::stem(title, ground, kind.word());
        let day = crate::document::decode::parse_date(match value("published") {
            "" => value("date"),
            day => day,
        });
        if let (Some(day), true) = (day, kind.about().stream.is_some()) {
            stem = format!("{}-{stem}", day.format("%Y-%m-%d"));
        }
        let folder = match kind.about().folder {
            "" => "pages",
            folder => folder,
        };
        let ending = if kind.is_text() { "md" } else { "yaml" };
        self.free(&format!("content/{section}/{folder}"), &stem, ending)
    }

    /// A path below `folder` at which nothing is.
    fn free(&self, folder: &str, stem: &str, ending: &str) -> Result<String, Wrong> {
        for n in 1..1000 {
            let number = if n == 1 {
                String::new()
            } else {
                format!("-{n}")
            };
            let path = format!("{folder}/{stem}{number}.{ending}");
            if !files::place(&self.root, &path)?.exists() {
                return Ok(path);
            }
        }
        Err(Wrong::There)
    }

    pub(super) fn look_at_new(&self, said: &Value, ground: &Ground<'_>) -> Result<Value, Wrong> {
        let (sheet, values) = self.drafted(said, ground)?;
        let notes = look::notes(None, &sheet, &[], &values, ground, self.lang);
        Ok(json!({"notes": told(&notes)}))
    }

    /// Writes a new document.
    pub(super) fn make(&self, said: &Value, ground: &Ground<'_>) -> Result<Value, Wrong> {
        let (sheet, values) = self.drafted(said, ground)?;
        stop_on_errors(None, &sheet, &[], &values, ground, self)?;
        let what = fill(
            words::DID_MAKE.of(self.lang),
            &[("path", sheet.path.clone())],
        );
        let path = sheet.path.clone();
        self.write(
            what,
            vec![(path.clone(), None, Some(sheet.text.into_bytes()))],
        )?;
        let next = to("/edit", &[("path", &path), ("made", "1")]);
        Ok(json!({"saved": true, "path": path, "next": next}))
    }

    /// Keeps a file that was dropped, beside the others of its section.
    pub(super) fn attach(
        &self,
        parameter: Parameter<'_>,
        bytes: Vec<u8>,
        ground: &Ground<'_>,
    ) -> Result<Value, Wrong> {
        let name = parameter("name").ok_or(Wrong::Asked)?;
        let source = parameter("path").unwrap_or_default();
        let section = match parameter("section") {
            Some(section) => section,
            None => source.split('/').nth(1).unwrap_or("").to_owned(),
        };
        if !kinds::is_slug(&section) || section == "private" || bytes.is_empty() {
            return Err(Wrong::Asked);
        }
        let guarding = ground.guarding.ok_or(Wrong::Gone)?;
        let (stem, ending) = name.rsplit_once('.').ok_or(Wrong::Asked)?;
        let ending = ending.to_lowercase();
        if ending.len() > 5 || !ending.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(Wrong::Asked);
        }
        let stem = self::stem(stem, ground, "fajl");
        let path = self.free(&format!("content/{section}/files"), &stem, &ending)?;
        let what = fill(words::DID_ATTACH.of(self.lang), &[("path", path.clone())]);
        self.write(what, vec![(path.clone(), None, Some(bytes))])?;
        let full = files::place(&self.root, &path)?;
        let wait = match review::look(&full, &self.root, guarding) {
            Ok(look) => look.pictures > 0 && !look.recorded,
            Err(found) => {
                self.undo()?;
                let said = found
                    .iter()
                    .map(|f| (String::new(), look::told(f, ground, self.lang)));
                return Err(Wrong::Findings(said.collect()));
            }
        };
        let folder = format!("content/{section}/");
        let up = "../".repeat(source.trim_start_matches(&folder).matches('/').count());
        let below = path.strip_prefix(&folder).unwrap_or(&path);
        Ok(json!({"path": path, "link": format!("{up}{below}"), "review": wait}))
    }

    /// Records that a person has looked at a file.
    pub(super) fn review(&self, said: &Value, ground: &Ground<'_>) -> Result<Value, Wrong> {
        let who = text(said, "who").trim();
        if who.is_empty() {
            return Err(Wrong::Said(words::WHO_LOOKED.of(self.lang).to_owned()));
        }
        let full = files::place(&self.root, text(said, "path"))?;
        let guarding = ground.guarding.ok_or(Wrong::Gone)?;
        let wrong = |found: Vec<crate::diag::Finding>| {
            let said = found
                .iter()
                .map(|f| (String::new(), look::told(f, ground, self.lang)));
            Wrong::Findings(said.collect())
        };
        let look = review::look(&full, &self.root, guarding).map_err(wrong)?;
        if look.pictures > 0 && !look.recorded {
            review::record(&look, who, self.day.now(), None).map_err(wrong)?;
        }
        Ok(json!({"saved": true}))
    }

    /// Enters schools into the registry: one a line. They are not shown again.
    pub(super) fn school(&self, said: &Value) -> Result<Value, Wrong> {
        let names = text(said, "names");
        if names.trim().is_empty() {
            return Err(Wrong::Asked);
        }
        let dropped = super::bring::Dropped::new("spisok.txt", names.as_bytes())?;
        let outcome = import::list(&import::Listing {
            files: vec![dropped.file.clone()],
            root: self.root.clone(),
            registry: self.registry.clone(),
            today: self.day.now(),
            dry_run: false,
            ask: self.ask,
        });
        if !outcome.written && outcome.added == 0 && outcome.known == 0 {
            let said = outcome.findings.iter().filter(|f| f.is_error());
            let said = said.map(|f| (String::new(), outcome.mask(&f.message(self.lang))));
            return Err(Wrong::Findings(said.collect()));
        }
        let args = [
            ("added", outcome.added.to_string()),
            ("known", outcome.known.to_string()),
        ];
        Ok(json!({"saved": true, "told": fill(words::ENTERED.of(self.lang), &args)}))
    }
}

impl Desk {
    /// Enters into the registry how many schools a municipality has.
    pub(super) fn count(&self, said: &Value) -> Result<Value, Wrong> {
        let place = text(said, "place").trim();
        let number = text(said, "number").trim().parse().ok();
        let number = number.filter(|n| (1..100_000).contains(n));
        let (Some(number), false) = (number, place.is_empty()) else {
            return Err(Wrong::Said(words::COUNT_HOW.of(self.lang).to_owned()));
        };
        import::counted(&self.root, self.registry.as_deref(), place, number)
            .map_err(|f| Wrong::Said(f.message(self.lang)))?;
        let args = [("place", place.to_owned()), ("n", number.to_string())];
        Ok(json!({"saved": true, "told": fill(words::COUNTED.of(self.lang), &args)}))
    }

    /// Makes a registry of no school: somebody has said that there is no list.
    pub(super) fn no_schools(&self) -> Result<Value, Wrong> {
        let why = List::None.why_empty().unwrap_or_default();
        import::none(&self.root, self.registry.as_deref(), why)
            .map_err(|f| Wrong::Said(f.message(self.lang)))?;
        Ok(json!({"saved": true}))
    }
}

/// Words for the name of a file, which is published too: no school is in them.
fn stem(words: &str, ground: &Ground<'_>, otherwise: &str) -> String {
    let neutral = ground
        .guarding
        .and_then(|g| Some(g.redactor().redact(words, &[])?.text));
    let stem: String = slug(neutral.as_deref().unwrap_or(words))
        .chars()
        .take(NAME)
        .collect();
    match stem.trim_matches('-') {
        "" => otherwise.to_owned(),
        stem if ground.mask(stem) != stem => otherwise.to_owned(),
        stem => stem.to_owned(),
    }
}

/// Whether a finding waits for a person to look.
pub(super) fn waits_for_eyes(finding: &crate::diag::Finding) -> bool {
    finding.code() == carrier::PICTURE.code
}

/// What a person has to do with a picture: look, and say so.
pub(super) fn eyes(path: &str, root: &Path, lang: crate::diag::Lang) -> String {
    let href = to("/file", &[("path", path)]);
    let who = review::last_reviewer(root).unwrap_or_default();
    let picture = ["png", "jpg", "jpeg", "gif", "webp"]
        .iter()
        .any(|e| path.to_lowercase().ends_with(&format!(".{e}")));
    let shown = match picture {
        true => format!("<img src=\"{}\" alt=\"\">", attr(&href)),
        false => link(&href, path),
    };
    format!(
        "<details class=\"eyes\"><summary>{}</summary>{shown}{}<form data-review=\"{}\"><label>{} \
         <input type=\"text\" name=\"who\" value=\"{}\" required></label> <button type=\"submit\">{}</button>\
         <p class=\"outcome\" role=\"alert\"></p></form></details>",
        esc(words::LOOK_AT.of(lang)),
        notice("", words::LOOK_HOW.of(lang)),
        attr(path),
        esc(words::WHO.of(lang)),
        attr(&who),
        esc(words::LOOKED.of(lang)),
    )
}
