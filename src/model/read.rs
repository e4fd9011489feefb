//! One file becomes one document.
//!
//! Takes a file's path and text; gives the document and every finding of that file. Files are independent of each
//! other here, so that they can be read in parallel and again one by one.

use super::common::{Head, Kind};
use super::section::{self, Site, TextDocument};
use super::stage::{Source, SourceMarkup, SourceText};
use super::{Body, Document, events, indicators, order, roadmap};
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Finding, Location, Span};
use crate::document::decode::{Cx, Decode, Fields, choice};
use crate::document::front;
use crate::document::yaml::{self, Origin};
use crate::kinds::ids::{Folder, Id, SourcePath};
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
                    text: split.body.into(),
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
        let site = section::site(&node, &mut cx);
        let read = site.map_or(Read::Nothing, |s| Read::Site(Box::new(s)));
        return (read, cx.findings);
    }
    let document = Fields::of(&node, "kind, title, …", &mut cx)
        .and_then(|fields| document(file, fields, text, &mut cx));
    let read = document.map_or(Read::Nothing, |d| Read::Document(Box::new(d)));
    (read, cx.findings)
}

fn document(
    file: &SourceFile,
    mut f: Fields<'_>,
    text: Option<SourceText>,
    cx: &mut Cx<'_>,
) -> Option<Document<Source>> {
    let kind = kind(&mut f, text.is_some(), cx)?;
    let Some(section) = file.section() else {
        let at = f.at;
        cx.say(&messages::SITE_OUTSIDE, at, |x| x);
        return None;
    };
    let Some(section) = Folder::new(section) else {
        let at = Location::file(format!("content/{section}"));
        let finding = Finding::new(&messages::BAD_FOLDER, at).arg("value", section);
        cx.findings.push(finding);
        return None;
    };
    let head = head(file, section, kind, &mut f, cx);
    let body = match (kind, text) {
        (Kind::Section, _) => section::section(&mut f, cx).map(Body::Section),
        (Kind::Bodies, _) => section::bodies(&mut f, cx).map(Body::Bodies),
        (Kind::Order, _) => order::read(&mut f, cx).map(Body::Order),
        (Kind::Roadmap, _) => roadmap::read(&mut f, cx).map(Body::Roadmap),
        (Kind::Schedule, _) => events::schedule(&mut f, cx).map(Body::Schedule),
        (Kind::Seminar, _) => events::seminar(&mut f, cx).map(Body::Seminar),
        (Kind::Indicators, _) => indicators::read(&mut f, cx).map(Body::Indicators),
        (Kind::Group, _) => section::group(&mut f, cx).map(Body::Group),
        (_, Some(body)) => Some(Body::Text(TextDocument {
            body: SourceMarkup(body),
            date: f.opt("date", cx),
            category: f.opt("category", cx),
            attachments: f.list("attachments", cx),
        })),
        (_, None) => None,
    };
    let titled = head.as_ref().is_some_and(|h| h.title.is_some());
    if !titled && !matches!(kind, Kind::Order | Kind::Bodies) && head.is_some() {
        let at = f.at;
        cx.say(&form::MISSING_FIELD, at, |x| x.arg("field", "title"));
    }
    f.finish(cx);
    Some(Document {
        head: head?,
        body: body?,
    })
}

fn kind(f: &mut Fields<'_>, is_text: bool, cx: &mut Cx<'_>) -> Option<Kind> {
    let node = f.node("kind");
    let Some(node) = node else {
        f.req::<Box<str>>("kind", cx);
        return None;
    };
    let kind = choice(node, "kind", Kind::ALL, cx)?;
    if kind.is_text() != is_text {
        let form = if kind.is_text() {
            "Markdown (.md)"
        } else {
            "YAML (.yaml)"
        };
        cx.say(&messages::WRONG_FORM, node.at, |x| {
            x.arg("kind", kind.word()).arg("form", form)
        });
        return None;
    }
    Some(kind)
}

fn head(
    file: &SourceFile,
    section: Folder,
    kind: Kind,
    f: &mut Fields<'_>,
    cx: &mut Cx<'_>,
) -> Option<Head<Source>> {
    let given = f.node("id").map(|node| Id::decode(node, "id", cx));
    let id = given.unwrap_or_else(|| {
        let id = Id::new(file.stem());
        if id.is_none() {
            let at = Location::file(file.path.clone());
            let finding = Finding::new(&messages::BAD_FILE_NAME, at).arg("value", file.stem());
            cx.findings.push(finding);
        }
        id
    });
    let (at, address) = (f.at, f.opt("address", cx));
    let texts = (f.opt("title", cx), f.opt("description", cx));
    let dates = (f.opt("published", cx), f.opt("updated", cx));
    let references = (f.opt("order", cx), f.opt("annex", cx), f.opt("row", cx));
    let (sample, draft) = (f.opt("sample", cx), f.opt("draft", cx));
    Some(Head {
        path: SourcePath::new(file.path.clone()),
        section,
        id: id?,
        kind,
        at,
        title: texts.0,
        description: texts.1,
        published: dates.0,
        updated: dates.1,
        order: references.0,
        annex: references.1,
        row: references.2,
        sample: sample.unwrap_or(false),
        draft: draft.unwrap_or(false),
        address,
    })
}
