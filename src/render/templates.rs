//! Templates, compiled with their counting points, and run within limits.
//!
//! Takes the files of a theme; gives bytes for a template and its context, or a finding at the place in the template,
//! as its author wrote it. The one room that calls the engine. Must not know what a template is for.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::limits::{self, Limit};
use super::points::{self, Counted};
use crate::diag::catalog::render as messages;
use crate::diag::{Finding, Location, Span};
use crate::theme::ThemeFile;

/// Templates include each other this deep at most.
const INCLUDES: usize = 8;

/// What the engine says when components are nested deeper than twenty.
const TANGLED: &str = "Maximum render recursion depth for components exceeded.";

/// The templates, compiled.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, Source>,
    /// Stands before the name of a template that the theme lacks.
    folder: &'static str,
}

struct Source {
    path: String,
    counted: Option<Counted>,
}

/// What a template is given, weighed once.
#[derive(Clone)]
pub struct Given {
    context: Context,
    weight: u64,
}

impl Given {
    /// # Errors
    /// The engine's own: something in `value` has no form in templates.
    pub fn new(value: &impl Serialize) -> Result<Self, tera::Error> {
        let value = Value::try_from_serializable(value)?;
        let mut given = Given {
            context: Context::new(),
            weight: 0,
        };
        for (key, value) in value.into_map().unwrap_or_default() {
            if let Some(key) = key.as_str() {
                given.put(key.to_owned(), value);
            }
        }
        Ok(given)
    }

    /// Adds a value.
    pub fn put(&mut self, key: String, value: Value) {
        let weight = limits::weight(&value, u64::MAX / 2);
        self.weight = self.weight.saturating_add(weight);
        self.context.insert_value(key, value);
    }
}

impl Templates {
    /// Compiles all templates of `files`; every one that is wrong is told.
    ///
    /// # Errors
    /// Findings at the places in the templates.
    pub fn new<'f>(
        files: impl Iterator<Item = (&'f String, &'f ThemeFile)>,
        folder: &'static str,
    ) -> Result<Self, Vec<Finding>> {
        let mut findings = Vec::new();
        let mut texts = Vec::new();
        let mut number = 1;
        let mut templates = Templates {
            tera: Tera::new(),
            sources: BTreeMap::new(),
            folder,
        };
        for (name, file) in files {
            let at = |span| Location {
                path: file.path.as_str().into(),
                span,
            };
            let Ok(text) = std::str::from_utf8(&file.bytes) else {
                findings.push(Finding::new(&messages::TEMPLATE_ENCODING, at(None)));
                continue;
            };
            let counted = match points::count(text, number) {
                Some(Ok(counted)) => {
                    number = counted.next();
                    Some(counted)
                }
                Some(Err(refused)) => {
                    let finding = Finding::new(&messages::TEMPLATE_REFUSED, at(Some(refused.at)));
                    findings.push(finding.arg("what", refused.what));
                    continue;
                }
                // The engine says below what is wrong.
                None => None,
            };
            let compiled = counted.as_ref().map_or(text, |c| &c.text).to_owned();
            texts.push((name.clone(), compiled));
            let path = file.path.clone();
            templates
                .sources
                .insert(name.clone(), Source { path, counted });
        }
        // A template that was refused would be missed by those that include it.
        if findings.is_empty() {
            limits::register(&mut templates.tera);
            if let Err(error) = templates.tera.add_raw_templates(texts) {
                findings.push(templates.finding(&error, None));
            } else {
                findings.extend(templates.uncounted());
                findings.extend(templates.too_deep());
            }
        }
        if findings.is_empty() {
            Ok(templates)
        } else {
            Err(findings)
        }
    }

    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Runs a template.
    ///
    /// # Errors
    /// A finding at the place where the template failed or was stopped.
    pub fn render(&self, name: &str, given: &Given) -> Result<Vec<u8>, Box<Finding>> {
        let (made, mut limit, point) = limits::within(given.weight, |mut page| {
            let made = self.tera.render_to(name, &given.context, &mut page);
            made.map(|()| page.into_bytes())
        });
        let tangled = |e: &tera::Error| matches!(e.kind(), ErrorKind::Msg(m) if m == TANGLED);
        if made.as_ref().is_err_and(tangled) {
            limit = Some(Limit::Components);
        }
        match (made, limit) {
            (Ok(bytes), None) => Ok(bytes),
            (Err(error), None) => Err(self.fault(name, &error)),
            (made, Some(limit)) => {
                let told = made.err().map(|e| self.finding(&e, Some(name)).location);
                let told = told.filter(|at| at.span.is_some());
                let at = told.unwrap_or_else(|| self.point(point, name));
                let finding = Finding::new(&messages::TEMPLATE_LIMIT, at);
                Err(Box::new(finding.arg("why", limit.word())))
            }
        }
    }

    /// The place of a counting point.
    fn point(&self, number: usize, name: &str) -> Location {
        let at = self.sources.values().find_map(|source| {
            let span = source.counted.as_ref()?.point(number)?;
            Some(Location::at(source.path.as_str(), span))
        });
        at.unwrap_or_else(|| Location::file(self.path(name)))
    }

    /// What went wrong before a template ran, such as a context that it cannot be given.
    pub fn fault(&self, name: &str, error: &tera::Error) -> Box<Finding> {
        Box::new(self.finding(error, Some(name)))
    }

    /// Where a template lies, for findings.
    pub fn path(&self, name: &str) -> String {
        match self.sources.get(name) {
            Some(source) => source.path.clone(),
            None => format!("{}/{name}", self.folder),
        }
    }

    /// The engine read as a template what was not read here: then nothing in it would be counted.
    fn uncounted(&self) -> Vec<Finding> {
        let missed = self.sources.values().filter(|s| s.counted.is_none());
        missed
            .map(|source| {
                let at = Location::file(source.path.clone());
                Finding::new(&messages::TEMPLATE_REFUSED, at).arg("what", "@template-unread")
            })
            .collect()
    }

    /// Chains of includes cost the machine's stack, which no point counts. The engine has refused circles.
    fn too_deep(&self) -> Option<Finding> {
        let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.sources.keys() {
            self.depth(name, &mut depths);
        }
        let (name, _) = depths.into_iter().find(|(_, depth)| *depth > INCLUDES)?;
        let source = self.sources.get(name)?;
        let span = source.counted.as_ref()?.includes.first().map(|(_, at)| *at);
        let at = Location {
            path: source.path.as_str().into(),
            span,
        };
        Some(Finding::new(&messages::TEMPLATE_LIMIT, at).arg("why", "@limit-includes"))
    }

    fn depth<'t>(&'t self, name: &'t str, known: &mut BTreeMap<&'t str, usize>) -> usize {
        if let Some(depth) = known.get(name) {
            return *depth;
        }
        known.insert(name, 0);
        let includes = self.sources.get(name).and_then(|s| s.counted.as_ref());
        let includes = includes.map(|c| &c.includes).into_iter().flatten();
        let below = includes.map(|(name, _)| 1 + self.depth(name, known)).max();
        let depth = below.unwrap_or(0);
        known.insert(name, depth);
        depth
    }

    /// The engine's error as a finding at its place.
    fn finding(&self, error: &tera::Error, template: Option<&str>) -> Finding {
        let (name, place, why) = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let at = (report.span().start_line, report.span().start_col);
                let name = Some(report.filename().to_owned()).filter(|n| !n.is_empty());
                (name, Some(at), report.message().to_owned())
            }
            _ => told(error),
        };
        // Without a place, the first template that the text names is the one to look into.
        let named = || {
            let mut quoted = why.split(['\'', '`', '"']).skip(1).step_by(2);
            quoted
                .find(|name| self.sources.contains_key(*name))
                .map(str::to_owned)
        };
        let name = name
            .or_else(|| template.map(str::to_owned))
            .or_else(named)
            .unwrap_or_default();
        let counted = self.sources.get(&name).and_then(|s| s.counted.as_ref());
        let span = place.map(|(line, column)| match counted {
            Some(counted) => counted.place(line, column),
            None => {
                let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                Span::new(narrow(line), narrow(column).saturating_add(1), 1)
            }
        });
        let at = Location {
            path: self.path(&name).into(),
            span,
        };
        Finding::new(&messages::TEMPLATE, at).arg("why", why)
    }
}

/// The template, the place (line from 1, column from 0) and the words of an error that is told as text.
fn told(error: &tera::Error) -> (Option<String>, Option<(usize, usize)>, String) {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        source = inner.source();
    }
    let why = text
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with("-->") && !l.contains('|'))
        .map(|l| l.strip_prefix("error: ").unwrap_or(l))
        .collect::<Vec<_>>()
        .join(" ");
    let (name, place) = arrow(&text).unzip();
    (name, place, why)
}

/// Finds `--> [name:line:column]` in an error's text.
fn arrow(text: &str) -> Option<(String, (usize, usize))> {
    let arrow = text.split("-->").nth(1)?;
    let spot = arrow.split_whitespace().next()?.trim_matches(['[', ']']);
    let mut parts = spot.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let line = parts.next()?.parse().ok()?;
    let name = parts.next()?.to_owned();
    Some((name, (line, column.saturating_sub(1))))
}
