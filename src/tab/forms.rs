//! The four forms of a tab: pages, one file, a fragment to paste, a pack for an engine that uploads files.
//!
//! Takes a school's view; gives files, one at a time, to a sink. All four are made of the same view by the same
//! blocks. Documents are read when their turn comes and held no longer.

use std::sync::Arc;

use base64::Engine as _;
use serde::Serialize;

use super::content::TabFile;
use super::inline;
use super::render::{Ready, Renderer};
use super::view::{PartView, TabView};
use crate::artifact::{Artifact, SitePath};
use crate::diag::catalog::{render as theme_messages, source as reading};
use crate::diag::{Finding, Location};

/// Folder of form (a).
pub const PAGES: &str = "pages";
/// Form (b).
pub const SINGLE: &str = "odnim-fajlom.html";
/// Form (c).
pub const FRAGMENT: &str = "vstavka.html";
/// Folder of form (d).
pub const PACK: &str = "gosweb";
/// What is uploaded from it.
pub const UPLOAD: &str = "zagruzit";

/// One file of a tab.
pub struct Piece {
    pub artifact: Artifact,
    /// Where the same bytes lie once more.
    pub copy: Option<SitePath>,
    /// The source it is, for findings.
    pub origin: Option<Arc<str>>,
}

/// Where a form's files go.
pub type Sink<'s> = dyn FnMut(Piece) -> Result<(), Box<Finding>> + 's;

/// A link of the menu of pages.
#[derive(Serialize)]
struct MenuLink {
    title: &'static str,
    href: String,
    current: bool,
}

/// Writes all four forms. `base` is the address at which the school's files will lie, if it is known.
pub fn write(
    renderer: &Renderer,
    view: &TabView,
    files: &[TabFile],
    base: Option<&str>,
    sink: &mut Sink<'_>,
) -> Result<(), Box<Finding>> {
    let ready = renderer.ready(view)?;
    let slashed = base.map(|b| format!("{}/", b.trim_end_matches('/')));
    pages(renderer, &ready, view, sink)?;
    let beside = slashed.clone().unwrap_or_else(|| format!("{PAGES}/files/"));
    let all: Vec<&PartView> = shown(view).collect();
    single(renderer, &ready, &all, files, &beside, sink)?;
    let fragment = fragment(renderer, &ready, &all)?;
    sink(text(FRAGMENT, based(&fragment, &beside))?)?;
    let uploaded = slashed.unwrap_or_else(|| format!("{UPLOAD}/"));
    sink(text(
        &format!("{PACK}/{FRAGMENT}"),
        based(&fragment, &uploaded),
    )?)?;
    checklist(renderer, &ready, files, base, sink)?;
    for file in files {
        document(file, sink)?;
    }
    Ok(())
}

/// Parts that are not left out.
fn shown(view: &TabView) -> impl Iterator<Item = &PartView> {
    view.parts.iter().filter(|p| view.show_empty || !p.empty)
}

fn pages(
    renderer: &Renderer,
    ready: &Ready,
    view: &TabView,
    sink: &mut Sink<'_>,
) -> Result<(), Box<Finding>> {
    for part in shown(view) {
        let root = if part.folder.is_empty() { "" } else { "../" };
        let menu: Vec<MenuLink> = shown(view)
            .map(|p| MenuLink {
                title: p.title,
                href: match p.folder {
                    "" => format!("{root}index.html"),
                    folder => format!("{root}{folder}/index.html"),
                },
                current: p.key == part.key,
            })
            .collect();
        let html = renderer.write(
            "page.html",
            ready,
            // The part's own heading is the page's first.
            0,
            &[("part", &part), ("menu", &menu), ("root", &root)],
        )?;
        let path = match part.folder {
            "" => format!("{PAGES}/index.html"),
            folder => format!("{PAGES}/{folder}/index.html"),
        };
        sink(text(&path, based(&html, &format!("{root}files/")))?)?;
    }
    sink(text(
        &format!("{PAGES}/tab.css"),
        renderer.styles.sheet.clone(),
    )?)
}

fn single(
    renderer: &Renderer,
    ready: &Ready,
    parts: &[&PartView],
    files: &[TabFile],
    base: &str,
    sink: &mut Sink<'_>,
) -> Result<(), Box<Finding>> {
    let body = renderer.write(
        "blocks.html",
        ready,
        1,
        &[("shown", &parts), ("tag", &"main")],
    )?;
    let body = inline::inline(&body, &renderer.styles);
    let html = renderer.write(
        "single.html",
        ready,
        1,
        &[("body", &body), ("rest", &renderer.styles.rest)],
    )?;
    sink(text(SINGLE, based(&pictured(html, files)?, base))?)
}

/// Puts the pictures themselves in the place of their addresses.
fn pictured(mut html: String, files: &[TabFile]) -> Result<String, Box<Finding>> {
    for file in files {
        let kind = match file.held.extension.as_str() {
            "jpg" | "jpeg" => "jpeg",
            "png" => "png",
            _ => continue,
        };
        let address = format!("src=\"site:/files/{}\"", file.name);
        if html.contains(&address) {
            let coded = base64::engine::general_purpose::STANDARD.encode(bytes(file)?);
            html = html.replace(
                &address,
                &format!("src=\"data:image/{kind};base64,{coded}\""),
            );
        }
    }
    Ok(html)
}

fn fragment(
    renderer: &Renderer,
    ready: &Ready,
    parts: &[&PartView],
) -> Result<String, Box<Finding>> {
    // The host's page has a heading of its own.
    let body = renderer.write(
        "blocks.html",
        ready,
        2,
        &[("shown", &parts), ("tag", &"div")],
    )?;
    Ok(inline::inline(body.trim(), &renderer.styles))
}

/// One line of the checklist.
#[derive(Serialize)]
struct Upload<'a> {
    name: &'a str,
    title: &'a str,
    part: &'a str,
    size: String,
}

fn checklist(
    renderer: &Renderer,
    ready: &Ready,
    files: &[TabFile],
    base: Option<&str>,
    sink: &mut Sink<'_>,
) -> Result<(), Box<Finding>> {
    let uploads: Vec<Upload<'_>> = files
        .iter()
        .map(|f| Upload {
            name: &f.name,
            title: &f.title,
            part: f.part,
            size: crate::text::file_size(f.held.len),
        })
        .collect();
    let html = renderer.write(
        "checklist.html",
        ready,
        1,
        &[("uploads", &uploads), ("base", &base), ("upload", &UPLOAD)],
    )?;
    sink(text(&format!("{PACK}/poryadok.html"), html)?)
}

/// The file's bytes as they are published: a picture without what its camera wrote into it.
fn bytes(file: &TabFile) -> Result<Vec<u8>, Box<Finding>> {
    let source = crate::source::SourceFile {
        path: file.held.path.clone(),
        full: file.held.full.clone(),
        kind: crate::source::FileKind::Attachment,
        modified: None,
        len: file.held.len,
    };
    let bytes = crate::source::read_bytes(&source)?;
    if bytes.is_empty() {
        let at = Location::file(file.held.path.clone());
        return Err(Box::new(Finding::new(&reading::EMPTY, at)));
    }
    crate::protection::clean_picture(&file.held.path, bytes)
}

/// A document goes to the pages and to the pack, under the same name.
fn document(file: &TabFile, sink: &mut Sink<'_>) -> Result<(), Box<Finding>> {
    let bytes = bytes(file)?;
    sink(Piece {
        artifact: Artifact {
            path: site_path(&format!("{PAGES}/files/{}", file.name))?,
            bytes,
        },
        copy: Some(site_path(&format!("{PACK}/{UPLOAD}/{}", file.name))?),
        origin: Some(file.held.path.clone()),
    })
}

/// Puts the form's base in the place of the files' own address.
fn based(html: &str, base: &str) -> String {
    html.replace(
        "\"site:/files/",
        &format!("\"{}", crate::document::markdown::escape(base)),
    )
}

fn text(path: &str, text: String) -> Result<Piece, Box<Finding>> {
    Ok(Piece {
        artifact: Artifact {
            path: site_path(path)?,
            bytes: text.into_bytes(),
        },
        copy: None,
        origin: None,
    })
}

fn site_path(path: &str) -> Result<SitePath, Box<Finding>> {
    SitePath::new(path).ok_or_else(|| {
        let at = Location::file(path.to_owned());
        Box::new(Finding::new(&theme_messages::BAD_PATH, at).arg("path", path))
    })
}
