//! The guard of the registry as it will be: takes what was found, gives the registry's new text where schools are new, and
//! the guard that hides names. Must not let a document through whose list cannot be entered.

use super::doubt::Doubts;
use super::found::{File, Found};
use super::line::Origin;
use super::list::School;
use super::names::Names;
use super::{Options, Outcome, Stopped, registry, section, words};
use crate::batch::{self as write, Over};
use crate::diag::catalog::import as say;
use crate::diag::{Finding, Location};
use crate::protection::Guarding;
use std::path::PathBuf;

pub(super) fn registry_path(options: &Options) -> PathBuf {
    options
        .registry
        .clone()
        .unwrap_or_else(|| options.root.join(registry::PATH))
}

/// The guard of the registry as it will be, and the registry's file where schools are new.
pub(super) fn guard(
    options: &Options,
    files: &[File],
    low: Vec<(School, Origin)>,
    lined: Vec<bool>,
    doubts: &mut Doubts,
    outcome: &mut Outcome,
) -> Result<(Option<write::File>, Names), Stopped> {
    let path = registry_path(options);
    let sealed = crate::registry::crypt::sealed_beside(&path).exists();
    let territory = files.iter().find_map(|f| {
        let order = f.order.as_ref()?;
        section::territory(
            &[
                order.letterhead.as_deref().unwrap_or_default(),
                &order.subject,
            ],
            order.place.as_deref(),
        )
    });
    let here = territory.filter(|t| !t.region).map(|t| t.name);
    let mut schools: Vec<School> = Vec::new();
    let mut public: Vec<School> = Vec::new();
    let mut told: Vec<(Origin, usize)> = Vec::new();
    for file in files {
        for found in file.segments.iter().flat_map(|s| &s.found) {
            match found {
                Found::Protected {
                    schools: list,
                    title,
                } => {
                    told.push((
                        Origin {
                            file: file.index,
                            at: title.at,
                        },
                        list.len(),
                    ));
                    schools.extend(list.iter().cloned());
                }
                Found::Public { schools: list, .. } => public.extend(list.iter().cloned()),
                _ => {}
            }
        }
    }
    for school in schools.iter_mut().chain(&mut public) {
        if school.municipality.is_none() && !told.is_empty() {
            school.municipality.clone_from(&here);
        }
    }
    let load = || {
        Guarding::load(
            &options.root,
            options.registry.as_deref(),
            options.today,
            options.ask,
        )
    };
    let old_guard = (sealed || path.exists())
        .then(load)
        .and_then(|(guard, _)| guard);
    // The lists themselves may hold what a sentence calls by a shorter name.
    let listed = registry::merge("", None, &schools, &[])
        .ok()
        .and_then(|m| crate::registry::parse(registry::PATH, &m.text?).0)
        .map(Guarding::new);
    // What the registry knows already needs no guess.
    let mut named: Vec<(School, Origin)> = Vec::new();
    for (mut school, origin) in low {
        let known = [&old_guard, &listed]
            .into_iter()
            .flatten()
            .any(|g| g.mask(&school.name) != school.name);
        let twice = named.iter().any(|(s, _)| s.name == school.name)
            || schools
                .iter()
                .any(|s| words::letters(&s.name) == words::letters(&school.name));
        if !known && !twice {
            school.municipality.clone_from(&here);
            named.push((school, origin));
        }
    }
    schools.extend(named.iter().map(|(s, _)| s.clone()));
    if schools.is_empty() && public.is_empty() {
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    }
    if sealed {
        let registry = old_guard.as_ref().map(Guarding::registry);
        let merged = registry::merge("", registry, &schools, &[])?;
        outcome.known = merged.known;
        if merged.added > 0 {
            return Err(Box::new(Finding::new(
                &say::REGISTRY_SEALED,
                Location::file(registry::PATH),
            )));
        }
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    }
    let old = match crate::plain::read(&path, crate::source::MAX_TEXT) {
        Ok(bytes) if bytes.is_empty() => String::new(),
        Ok(bytes) => crate::source::decode(bytes, &registry::PATH.into())?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            registry::empty(registry::NO_LIST)
        }
        // A list that is there and cannot be read is never written over.
        Err(error) => {
            let at = Location::file(registry::PATH);
            let finding = Finding::new(&crate::diag::catalog::source::UNREADABLE, at);
            return Err(Box::new(finding.arg("why", crate::source::why(&error))));
        }
    };
    let (read, _) = crate::registry::parse(registry::PATH, &old);
    let merged = registry::merge(&old, read.as_ref(), &schools, &public)?;
    outcome.added = merged.added;
    outcome.known = merged.known;
    let first = schools.len() - named.len();
    for ((_, origin), id) in named.iter().zip(merged.ids.iter().skip(first)) {
        if let Some(id) = id {
            doubts.add(&say::NAMED_LOW, *origin, &[("id", id)]);
        }
    }
    for (origin, count) in told {
        let count = count.to_string();
        doubts.add(&say::REGISTRY_ADDED, origin, &[("n", &count)]);
    }
    let Some(text) = merged.text else {
        return Ok((
            None,
            Names {
                guarding: old_guard,
                lined,
            },
        ));
    };
    let (read, findings) = crate::registry::parse(registry::PATH, &text);
    let Some(read) = read else {
        let finding = findings.into_iter().find(Finding::is_error);
        return Err(Box::new(finding.unwrap_or_else(|| {
            Finding::new(&say::REGISTRY_SHAPE, Location::file(registry::PATH))
        })));
    };
    let shown = match options.registry {
        Some(_) => path
            .strip_prefix(&options.root)
            .map(|p| p.to_string_lossy().replace('\\', "/"))
            .unwrap_or_else(|_| path.display().to_string()),
        None => registry::PATH.to_owned(),
    };
    let file = write::File {
        path: shown,
        text,
        over: Over::Grown,
    };
    Ok((
        Some(file),
        Names {
            guarding: Some(Guarding::new(read)),
            lined,
        },
    ))
}
