//! The guard of the registry as it will be: takes what was found, gives the registry's new text where schools are new, and
//! the guard that hides names. Must not let a document through whose list cannot be entered.

use super::doubt::Doubts;
use super::found::{File, Found};
use super::line::Origin;
use super::list::{self, Purpose, School};
use super::names::Names;
use super::{Options, Outcome, Stopped, columns, registry, section, words};
use crate::batch::{self as write, Over};
use crate::diag::catalog::import as say;
use crate::diag::{Finding, Location};
use crate::protection::Guarding;
use std::path::{Path, PathBuf};

pub(super) fn registry_path(options: &Options) -> PathBuf {
    place(options).path()
}

fn place(options: &Options) -> Place<'_> {
    Place {
        root: &options.root,
        registry: options.registry.as_deref(),
    }
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
    // Schools that only a schedule names, by their places among `schools`.
    let mut visited: Vec<(Origin, std::ops::Range<usize>)> = Vec::new();
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
                // Who is visited because of low results is protected as one of the list.
                Found::Schedule { title, schedule }
                    if list::purpose(&title.text) == Purpose::Protected =>
                {
                    let first = schools.len();
                    for day in &schedule.days {
                        let Some(name) = day.school.clone().filter(|n| columns::is_school(n))
                        else {
                            continue;
                        };
                        if !schools.iter().any(|s| s.name == name) && !list::is_any_school(&name) {
                            schools.push(School {
                                name,
                                municipality: day.municipality.clone(),
                                at: day.at,
                                ..School::default()
                            });
                        }
                    }
                    let origin = Origin {
                        file: file.index,
                        at: title.at,
                    };
                    visited.push((origin, first..schools.len()));
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
    let entered = enter(&place(options), old_guard, &schools, &public)?;
    outcome.added = entered.added;
    outcome.known = entered.known;
    let first = schools.len() - named.len();
    for ((_, origin), id) in named.iter().zip(entered.ids.iter().skip(first)) {
        if let Some(id) = id {
            doubts.add(&say::NAMED_LOW, *origin, &[("id", id)]);
        }
    }
    if !sealed {
        for (origin, count) in told {
            let count = count.to_string();
            doubts.add(&say::REGISTRY_ADDED, origin, &[("n", &count)]);
        }
        for (origin, range) in visited {
            let ids = entered.ids.get(range).unwrap_or_default();
            let count = ids.iter().flatten().count();
            if count > 0 {
                let count = count.to_string();
                doubts.add(&say::REGISTRY_ADDED, origin, &[("n", &count)]);
            }
        }
    }
    Ok((
        entered.file,
        Names {
            guarding: entered.guarding,
            lined,
        },
    ))
}

/// Where a registry lies.
pub(super) struct Place<'a> {
    pub root: &'a Path,
    pub registry: Option<&'a Path>,
}

impl Place<'_> {
    pub(super) fn path(&self) -> PathBuf {
        match self.registry {
            Some(path) => path.to_owned(),
            None => self.root.join(registry::PATH),
        }
    }

    /// As it is named to people, and below the root as it is written.
    pub(super) fn shown(&self) -> String {
        match self.registry {
            Some(path) => path.strip_prefix(self.root).map_or_else(
                |_| path.display().to_string(),
                |p| p.to_string_lossy().replace('\\', "/"),
            ),
            None => registry::PATH.to_owned(),
        }
    }
}

/// A registry that schools have entered.
pub(super) struct Entered {
    pub added: usize,
    pub known: usize,
    /// Ids given to the new schools; `None` for those that were known.
    pub ids: Vec<Option<String>>,
    /// The registry's file, where anything is new.
    pub file: Option<write::File>,
    /// Its guard with the new schools.
    pub guarding: Option<Guarding>,
}

/// Enters schools into the registry that is there, or makes one. Nothing can be added to an encrypted one.
pub(super) fn enter(
    place: &Place<'_>,
    guarding: Option<Guarding>,
    schools: &[School],
    public: &[School],
) -> Result<Entered, Stopped> {
    let path = place.path();
    if crate::registry::crypt::sealed_beside(&path).exists() {
        let registry = guarding.as_ref().map(Guarding::registry);
        let merged = registry::merge("", registry, schools, &[])?;
        if merged.added > 0 {
            return Err(Box::new(Finding::new(
                &say::REGISTRY_SEALED,
                Location::file(place.shown()),
            )));
        }
        return Ok(Entered {
            added: 0,
            known: merged.known,
            ids: merged.ids,
            file: None,
            guarding,
        });
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
    let merged = registry::merge(&old, read.as_ref(), schools, public)?;
    let (file, guarding) = match merged.text {
        None => (None, guarding),
        Some(text) => {
            let (read, findings) = crate::registry::parse(registry::PATH, &text);
            let Some(read) = read else {
                let finding = findings.into_iter().find(Finding::is_error);
                return Err(Box::new(finding.unwrap_or_else(|| {
                    Finding::new(&say::REGISTRY_SHAPE, Location::file(registry::PATH))
                })));
            };
            let file = write::File::text(place.shown(), text, Over::Grown);
            (Some(file), Some(Guarding::new(read)))
        }
    };
    Ok(Entered {
        added: merged.added,
        known: merged.known,
        ids: merged.ids,
        file,
        guarding,
    })
}
