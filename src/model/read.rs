//! One file becomes one document.
//!
//! Takes a file's path and text; gives the document and every finding of that file. Files are independent of each
//! other here, so that they can be read in parallel and again one by one.

use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Finding, Location, Span};
use crate::document::decode::{Cx, Decode, Fields};
use crate::document::front;
use crate::document::yaml::{self, Node, Origin};
use crate::kinds::fields::FromFields;
use crate::kinds::head::HeadForm;
use crate::kinds::ids::{Folder, Id, SourcePath};
use crate::kinds::shape::Shaped;
use crate::kinds::site::Site;
use crate::kinds::stage::At;
use crate::kinds::template;
use crate::kinds::{Body, Document, Kind, Source, SourceText};
use crate::source::{FileKind, SourceFile};

/// What a file turned out to be.
#[derive(Debug)]
pub enum Read {
    Site(Box<Site>),
    Document(Box<Document<Source>>),
    /// Nothing usable; the findings say why.
    Nothing,
}

/// Reads one YAML or Markdown file.
pub fn read(file: &SourceFile, text: &str) -> (Read, Vec<Finding>) {
    match file.kind {
        FileKind::Yaml => {
            let origin = Origin {
                path: &file.path,
                text,
                first_line: 0,
            };
            with_fields(file, origin, None)
        }
        FileKind::Markdown => match front::split(&file.path, text) {
            Ok(split) => {
                let origin = Origin {
                    path: &file.path,
                    text: split.fields,
                    first_line: split.fields_line,
                };
                let body = SourceText {
                    text: crate::text::loose(split.body).into(),
                    at: Span::new(split.body_line + 1, 1, 1),
                    sic: None,
                };
                with_fields(file, origin, Some(body))
            }
            Err(finding) => (Read::Nothing, vec![*finding]),
        },
        FileKind::Attachment => (Read::Nothing, Vec::new()),
    }
}

fn with_fields(
    file: &SourceFile,
    origin: Origin<'_>,
    text: Option<SourceText>,
) -> (Read, Vec<Finding>) {
    let (node, findings) = yaml::parse(origin);
    let mut cx = Cx::new(origin);
    cx.findings = findings;
    let Some(node) = node else {
        return (Read::Nothing, cx.findings);
    };
    if &*file.path == "content/site.yaml" || &*file.path == "content/site.yml" {
        let site = Site::decode(&node, "site", &mut cx);
        untouched(&node, &mut cx);
        let read = site.map_or(Read::Nothing, |s| Read::Site(Box::new(s)));
        return (read, cx.findings);
    }
    let suspected = template::suspected(origin.text);
    let body = text
        .as_ref()
        .filter(|t| template::suspected(&t.text))
        .cloned();
    let document = Fields::of(&node, HeadForm::SHAPE.names, &mut cx)
        .and_then(|fields| document(file, fields, text, &mut cx));
    // A draft is still being written.
    if !document.as_ref().is_some_and(|d| d.head.draft) {
        if suspected {
            untouched(&node, &mut cx);
        }
        if let Some(body) = &body
            && let Some(words) = template::untouched(&body.text)
        {
            let line = body
                .text
                .split(words)
                .next()
                .map_or(0, |t| t.matches('\n').count());
            let line = body.at.line + u32::try_from(line).unwrap_or(0);
            cx.say(&form::UNTOUCHED, Span::new(line, 1, 1), |x| {
                x.arg("value", words.lines().next().unwrap_or_default())
            });
        }
    }
    let read = document.map_or(Read::Nothing, |d| Read::Document(Box::new(d)));
    (read, cx.findings)
}

/// Says where a template's words were left.
fn untouched(node: &Node, cx: &mut Cx<'_>) {
    template::each_text(node, &mut |text, node| {
        if let Some(words) = template::untouched(text) {
            cx.say(&form::UNTOUCHED, node.at, |x| {
                x.arg("value", words.lines().next().unwrap_or_default())
            });
        }
    });
}

fn document(
    file: &SourceFile,
    mut fields: Fields<'_>,
    text: Option<SourceText>,
    cx: &mut Cx<'_>,
) -> Option<Document<Source>> {
    let form = HeadForm::from_fields(&fields, cx)?;
    let kind = kind(form.kind.as_ref()?, text.is_some(), cx)?;
    let section = section(file, form.at, cx)?;
    let id = form.id.clone().or_else(|| id(file, &fields, cx));
    let titled = form.title.is_some() || !kind.about().titled;
    if !titled {
        cx.say(&form::MISSING_FIELD, form.at, |x| x.arg("field", "title"));
    }
    fields.and(kind.shape().names);
    let body = Body::read(kind, text, &fields, cx);
    fields.finish(cx);
    Some(Document {
        head: form.head(SourcePath::new(file.path.clone()), section, id?, kind),
        body: body?,
    })
}

fn kind(kind: &At<Kind>, is_text: bool, cx: &mut Cx<'_>) -> Option<Kind> {
    let At { is: kind, at } = *kind;
    if kind.is_text() != is_text {
        let form = if kind.is_text() {
            "Markdown (.md)"
        } else {
            "YAML (.yaml)"
        };
        cx.say(&messages::WRONG_FORM, at, |x| {
            x.arg("kind", kind.word()).arg("form", form)
        });
        return None;
    }
    Some(kind)
}

fn section(file: &SourceFile, at: Span, cx: &mut Cx<'_>) -> Option<Folder> {
    let Some(name) = file.section() else {
        cx.say(&messages::SITE_OUTSIDE, at, |x| x);
        return None;
    };
    let folder = Folder::new(name);
    if folder.is_none() {
        let at = Location::file(format!("content/{name}"));
        let finding = Finding::new(&messages::BAD_FOLDER, at).arg("value", name);
        cx.findings.push(finding);
    }
    folder
}

/// The id that the file's name gives, where the file gives no other.
fn id(file: &SourceFile, fields: &Fields<'_>, cx: &mut Cx<'_>) -> Option<Id> {
    if fields.node("id").is_some() {
        return None;
    }
    let id = Id::new(file.stem());
    if id.is_none() {
        let at = Location::file(file.path.clone());
        let finding = Finding::new(&messages::BAD_FILE_NAME, at).arg("value", file.stem());
        cx.findings.push(finding);
    }
    id
}
