//! The tab's templates, compiled once for all schools.
//!
//! Takes the theme and a school's view; gives the markup of parts, pages and lists. Must not know where it goes.

use serde::Serialize;
use tera::{Context, Tera};

use super::inline::Styles;
use super::view::TabView;
use crate::diag::catalog::{render as theme_messages, tab as messages};
use crate::diag::{Finding, Location};
use crate::theme::Theme;

/// Compiled templates and the style sheet.
pub struct Renderer {
    tera: Tera,
    pub styles: Styles,
}

/// One school's view as the engine takes it, made once for all forms.
pub struct Ready(Context);

impl Ready {
    pub fn new(view: &TabView) -> Result<Self, Box<Finding>> {
        Context::from_serialize(view)
            .map(Ready)
            .map_err(|e| fault("blocks.html", &e))
    }
}

impl Renderer {
    /// Compiles the theme's tab templates.
    pub fn new(theme: &Theme) -> Result<Self, Vec<Finding>> {
        let mut sources = Vec::new();
        let mut sheet = "";
        for (name, file) in &theme.tab {
            let Ok(text) = std::str::from_utf8(&file.bytes) else {
                let at = Location::file(file.path.clone());
                return Err(vec![Finding::new(&theme_messages::TEMPLATE_ENCODING, at)]);
            };
            match name.as_str() {
                "tab.css" => sheet = text,
                name => sources.push((name, text)),
            }
        }
        let styles = Styles::parse(sheet);
        if styles.is_empty() {
            let at = Location::file("themes/default/tab/tab.css");
            return Err(vec![Finding::new(&messages::TEMPLATE_STYLE, at)]);
        }
        let mut tera = Tera::new();
        tera.add_raw_templates(sources)
            .map_err(|e| vec![*fault("blocks.html", &e)])?;
        Ok(Renderer { tera, styles })
    }

    /// Renders a template with the school's view and what this form adds. `level` is that of the tab's own heading.
    pub fn write(
        &self,
        template: &str,
        ready: &Ready,
        level: u8,
        more: &[(&'static str, &dyn Plain)],
    ) -> Result<String, Box<Finding>> {
        let mut context = ready.0.clone();
        context.insert("h1", &level);
        context.insert("h2", &(level + 1));
        context.insert("h3", &(level + 2));
        for (name, value) in more {
            value.put(name, &mut context);
        }
        self.tera
            .render(template, &context)
            .map_err(|e| fault(template, &e))
    }
}

/// A value that a form adds for its template.
pub trait Plain {
    fn put(&self, name: &'static str, context: &mut Context);
}

impl<T: Serialize> Plain for T {
    fn put(&self, name: &'static str, context: &mut Context) {
        context.insert(name, self);
    }
}

fn fault(template: &str, error: &tera::Error) -> Box<Finding> {
    let mut why = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        why.push_str(": ");
        why.push_str(&inner.to_string());
        source = inner.source();
    }
    let at = Location::file(format!("themes/default/tab/{template}"));
    Box::new(Finding::new(&theme_messages::TEMPLATE, at).arg("why", why))
}
