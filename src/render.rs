//! Pages become files.
//!
//! Takes a page's view and the theme; gives an [`Artifact`]. Rendering is a pure function of both, so it runs in
//! parallel. Must not read content or know where files go.

mod lexer;
mod limits;
mod points;
pub mod templates;

use crate::artifact::{Artifact, SitePath};
use crate::diag::catalog::render as messages;
use crate::diag::{Finding, Location};
use crate::site::head::Full;
use crate::theme::Theme;
use templates::{Given, Templates};

/// The templates, compiled.
pub struct Renderer {
    templates: Templates,
    /// Of all templates.
    hash: blake3::Hash,
}

impl Renderer {
    /// Compiles all templates; every one that is wrong is told.
    pub fn new(theme: &Theme) -> Result<Self, Vec<Finding>> {
        let mut hasher = blake3::Hasher::new();
        for (name, file) in &theme.templates {
            hasher.update(&(name.len() as u64).to_le_bytes());
            hasher.update(name.as_bytes());
            hasher.update(&(file.bytes.len() as u64).to_le_bytes());
            hasher.update(&file.bytes);
        }
        Ok(Renderer {
            templates: Templates::new(theme.templates.iter(), "themes/default/templates")?,
            hash: hasher.finalize(),
        })
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
        if !self.templates.has(&template) {
            let at = Location::file(self.templates.path(&template));
            return Err(Box::new(
                Finding::new(&messages::TEMPLATE_MISSING, at).arg("name", &template),
            ));
        }
        let given = Given::new(full).map_err(|e| self.templates.fault(&template, &e))?;
        Ok(Artifact {
            path: page_path(&full.page.address)?,
            bytes: self.templates.render(&template, &given)?,
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
