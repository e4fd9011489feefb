//! Pages become files.
//!
//! Takes a page's view and the theme; gives an [`Artifact`]. Rendering is a pure function of both, so it runs in
//! parallel. Must not read content or know where files go.

use crate::artifact::{Artifact, SitePath};
use crate::diag::catalog::render as messages;
use crate::diag::{Finding, Location, Span};
use crate::site::head::Full;
use crate::theme::Theme;

/// The templates, compiled.
pub struct Renderer {
    tera: tera::Tera,
    /// Of all templates.
    hash: blake3::Hash,
    paths: std::collections::BTreeMap<String, String>,
}

impl Renderer {
    /// Compiles all templates; every one that is wrong is told.
    pub fn new(theme: &Theme) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut sources = Vec::new();
        let mut hasher = blake3::Hasher::new();
        let mut paths = std::collections::BTreeMap::new();
        for (name, file) in &theme.templates {
            paths.insert(name.clone(), file.path.clone());
            hasher.update(&(name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
            hasher.update(&(file.bytes.len() as u64).to_le_bytes());
            hasher.update(&file.bytes);
            match std::str::from_utf8(&file.bytes) {
                Ok(text) => sources.push((name.as_str(), text)),
                Err(_) => findings.push(Finding::new(
                    &messages::TEMPLATE_ENCODING,
                    Location::file(file.path.clone()),
                )),
            }
        }
        let mut tera = tera::Tera::new();
        if let Err(error) = tera.add_raw_templates(sources) {
            findings.push(template_error(&error, None, &paths));
        }
        if findings.is_empty() {
            Ok(Renderer {
                tera,
                hash: hasher.finalize(),
                paths,
            })
        } else {
            Err(findings)
        }
    }

    /// The hash of everything that a page is made from: the same recipe makes the same bytes. `None` where the view
    /// cannot be written down.
    pub fn recipe(&self, full: &Full) -> Option<blake3::Hash> {
        let view = serde_json::to_vec(full).ok()?;
        let mut hasher = blake3::Hasher::new_keyed(self.hash.as_bytes());
        hasher.update(&view);
        Some(hasher.finalize())
    }

    /// Renders one page.
    pub fn page(&self, full: &Full) -> Result<Artifact, Box<Finding>> {
        let template = format!("{}.html", full.page.kind);
        if !self.tera.contains_template(&template) {
            let at = Location::file(format!("themes/default/templates/{template}"));
            return Err(Box::new(
                Finding::new(&messages::TEMPLATE_MISSING, at).arg("name", &template),
            ));
        }
        let fails =
            |error: &tera::Error| Box::new(template_error(error, Some(&template), &self.paths));
        let context = tera::Context::from_serialize(full).map_err(|e| fails(&e))?;
        let mut bytes = Vec::with_capacity(16 * 1024);
        self.tera
            .render_to(&template, &context, &mut bytes)
            .map_err(|e| fails(&e))?;
        Ok(Artifact {
            path: page_path(&full.page.address)?,
            bytes,
        })
    }
}

/// `/a/b/` → `a/b/index.html`; `/404.html` stays a file.
pub fn page_path(address: &str) -> Result<SitePath, Box<Finding>> {
    let below = address.trim_start_matches('/');
    let file = if below.is_empty() || below.ends_with('/') {
        format!("{below}index.html")
    } else {
        below.to_owned()
    };
    site_path(&file)
}

/// A path below the site's root, or a finding.
pub fn site_path(path: &str) -> Result<SitePath, Box<Finding>> {
    SitePath::new(path).ok_or_else(|| {
        Box::new(
            Finding::new(&messages::BAD_PATH, Location::file(path.to_owned())).arg("path", path),
        )
    })
}

/// Tera tells `file:line:column` in its first lines; that place becomes the finding's.
fn template_error(
    error: &tera::Error,
    template: Option<&str>,
    paths: &std::collections::BTreeMap<String, String>,
) -> Finding {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    // Without a place, the first template that the text names is the one to look into.
    let named = || {
        let mut quoted = text.split(['\'', '`', '"']).skip(1).step_by(2);
        quoted
            .find(|name| paths.contains_key(*name))
            .map(str::to_owned)
    };
    let fallback = || {
        template
            .map(str::to_owned)
            .or_else(named)
            .unwrap_or_default()
    };
    let (name, span) = place(&text).unwrap_or_else(|| (fallback(), None));
    let path = paths
        .get(&name)
        .cloned()
        .unwrap_or_else(|| format!("themes/default/templates/{name}"));
    let why = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with("-->") && !l.contains('|'))
        .map(|l| l.strip_prefix("error: ").unwrap_or(l))
        .collect::<Vec<_>>()
        .join(" ");
    Finding::new(
        &messages::TEMPLATE,
        Location {
            path: path.into(),
            span,
        },
    )
    .arg("why", why)
}

/// Finds `name:line:column` in an error's text.
fn place(text: &str) -> Option<(String, Option<Span>)> {
    let arrow = text.split("-->").nth(1)?;
    let spot = arrow.split_whitespace().next()?.trim_matches(['[', ']']);
    let mut parts = spot.rsplitn(3, ':');
    let column = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let name = parts.next()?.to_owned();
    Some((name, Some(Span::new(line, column, 1))))
}
