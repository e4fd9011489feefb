//! The tab's templates, compiled once for all schools.
//!
//! Takes the theme and a school's view; gives the markup of parts, pages and lists. Must not know where it goes.

use serde::Serialize;
use tera::Value;

use super::inline::Styles;
use super::view::TabView;
use crate::diag::catalog::{render as theme_messages, tab as messages};
use crate::diag::{Finding, Location};
use crate::render::templates::{Given, Templates};
use crate::theme::Theme;

const SHEET: &str = "tab.css";

/// Compiled templates and the style sheet.
pub struct Renderer {
    templates: Templates,
    pub styles: Styles,
}

/// One school's view as the engine takes it, made once for all forms.
pub struct Ready(Given);

impl Renderer {
    /// Compiles the theme's tab templates.
    pub fn new(theme: &Theme) -> Result<Self, Vec<Finding>> {
        let sheet = theme.tab.get(SHEET);
        let sheet = match sheet.map(|file| std::str::from_utf8(&file.bytes)) {
            Some(Ok(text)) => text,
            Some(Err(_)) => {
                let at = Location::file(sheet.map_or("", |file| &*file.path));
                return Err(vec![Finding::new(&theme_messages::TEMPLATE_ENCODING, at)]);
            }
            None => "",
        };
        let styles = Styles::parse(sheet);
        if styles.is_empty() {
            let at = Location::file("themes/default/tab/tab.css");
            return Err(vec![Finding::new(&messages::TEMPLATE_STYLE, at)]);
        }
        let files = theme.tab.iter().filter(|(name, _)| *name != SHEET);
        let templates = Templates::new(files, "themes/default/tab")?;
        Ok(Renderer { templates, styles })
    }

    /// Takes a school's view.
    pub fn ready(&self, view: &TabView) -> Result<Ready, Box<Finding>> {
        let given = Given::new(view);
        given
            .map(Ready)
            .map_err(|e| self.templates.fault("blocks.html", &e))
    }

    /// Renders a template with the school's view and what this form adds. `level` is that of the tab's own heading.
    pub fn write(
        &self,
        template: &str,
        ready: &Ready,
        level: u8,
        more: &[(&'static str, &dyn Plain)],
    ) -> Result<String, Box<Finding>> {
        let mut given = ready.0.clone();
        for (name, level) in [("h1", level), ("h2", level + 1), ("h3", level + 2)] {
            given.put(name.to_owned(), Value::from(level));
        }
        for (name, value) in more {
            given.put((*name).to_owned(), value.value());
        }
        let bytes = self.templates.render(template, &given)?;
        // Templates and values are text, so what comes of them is.
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// A value that a form adds for its template.
pub trait Plain {
    fn value(&self) -> Value;
}

impl<T: Serialize> Plain for T {
    fn value(&self) -> Value {
        Value::from_serializable(self)
    }
}
