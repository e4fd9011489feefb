//! One file becomes one document.
//!
//! Takes a file's path and text; gives the document and every finding of that file. Files are independent of each
//! other here, so that they can be read in parallel and again one by one.

use std::sync::Arc;

use super::common::Head;
use super::section::{self, Site};
use super::stage::{Source, SourceText};
use super::{Body, Document, events, indicators, is_slug, order, roadmap};
use crate::diag::catalog::{document as form, model as messages};
use crate::diag::{Finding, Location, Span};
use crate::document::decode::{Cx, Fields, choice};
use crate::document::front;
use crate::document::yaml::{self, Origin};
use crate::kinds::*;
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
    let head = head(file, section.into(), kind, &mut f, cx);
    let body = body(kind, text, &mut f, cx);
    let titled = head.as_ref().is_some_and(|h| h.title.is_some());
    if !titled && kind.about().titled && head.is_some() {
        let at = f.at;
        cx.say(&form::MISSING_FIELD, at, |x| x.arg("field", "title"));
    }
    f.finish(cx);
    Some(Document {
        head: head?,
        body: body?,
    })
}

macro_rules! bodies {
    (
        yaml { $($kind:ident $word:ident $about:ident, $($body:ident)::+, $($read:ident)::+;)* }
        markdown { $($text:ident $text_word:ident $text_about:ident;)* }
    ) => {
        /// Reads what a kind has beside the common fields.
        fn body(
            kind: Kind,
            text: Option<SourceText>,
            f: &mut Fields<'_>,
            cx: &mut Cx<'_>,
        ) -> Option<Body<Source>> {
            match kind {
                $(Kind::$kind => $($read)::+(f, cx).map(Body::$kind),)*
                $(Kind::$text)|* => text.map(|text| Body::Text(section::text(text, f, cx))),
            }
        }
    };
}
each_kind!(bodies);

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
    section: Arc<str>,
    kind: Kind,
    f: &mut Fields<'_>,
    cx: &mut Cx<'_>,
) -> Option<Head<Source>> {
    let id_node = f.node("id");
    let given: Option<Box<str>> = f.opt("id", cx);
    let id: Box<str> = given.unwrap_or_else(|| file.stem().into());
    let mut good = true;
    if !is_slug(&id) {
        match id_node {
            Some(node) => cx.say(&form::BAD_ID, node.at, |x| x.arg("value", &id)),
            None => {
                let at = Location::file(file.path.clone());
                cx.findings
                    .push(Finding::new(&messages::BAD_FILE_NAME, at).arg("value", &id));
            }
        }
        good = false;
    }
    let address_at = f.node("address").map_or(f.at, |n| n.at);
    let address: Option<Box<str>> = f.opt("address", cx);
    if let Some(address) = &address {
        let inner = address.strip_prefix('/').and_then(|a| a.strip_suffix('/'));
        if !inner.is_some_and(|a| a.split('/').all(is_slug)) {
            cx.say(&form::BAD_ADDRESS, address_at, |x| x.arg("value", address));
            good = false;
        }
    }
    let head = Head {
        path: file.path.clone(),
        section,
        id,
        kind,
        at: f.at,
        title: f.opt("title", cx),
        description: f.opt("description", cx),
        published: f.opt("published", cx),
        updated: f.opt("updated", cx),
        order: f.opt("order", cx),
        annex: f.opt("annex", cx),
        row: f.opt("row", cx),
        sample: f.opt("sample", cx).unwrap_or(false),
        draft: f.opt("draft", cx).unwrap_or(false),
        address,
    };
    good.then_some(head)
}
