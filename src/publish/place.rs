//! Where things lie in the output folder, and how their paths are shown.
//!
//! Takes the `--out` folder; gives the paths of areas, records and working folders. Must not touch the disk.

use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// A folder below `--out` that is replaced whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Area {
    /// What only the operator reads.
    Report,
    /// The schools' tabs.
    Tabs,
    /// What is uploaded.
    Site,
}

impl Area {
    /// The site comes last: once it is swapped nothing may fail any more.
    pub(super) const ALL: [Area; 3] = [Area::Report, Area::Tabs, Area::Site];

    pub(super) fn name(self) -> &'static str {
        match self {
            Area::Report => "report",
            Area::Tabs => "tabs",
            Area::Site => "site",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.name() == name)
    }
}

/// The output folder: its absolute path for work, and the path the user gave for messages.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub out: PathBuf,
    shown: PathBuf,
}

impl Place {
    pub(super) fn new(out: &Path) -> std::io::Result<Self> {
        Ok(Place {
            // Absolute, because the standard library lifts Windows' limit of 260 characters only for such paths.
            out: std::path::absolute(out)?,
            shown: out.to_owned(),
        })
    }

    /// The path as the user knows it, `/`-separated on every system.
    pub(super) fn show(&self, path: &Path) -> String {
        let shown = match path.strip_prefix(&self.out) {
            Ok(rest) if rest.as_os_str().is_empty() => self.shown.clone(),
            Ok(rest) => self.shown.join(rest),
            Err(_) => path.to_owned(),
        };
        shown.to_string_lossy().replace(MAIN_SEPARATOR, "/")
    }

    pub(super) fn area(&self, area: Area) -> PathBuf {
        self.out.join(area.name())
    }

    pub(super) fn state(&self) -> PathBuf {
        self.out.join(".glasno")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.state().join("lock")
    }

    /// The record of what is published in the area.
    pub(super) fn manifest(&self, area: Area) -> PathBuf {
        self.state().join(format!("{}.manifest", area.name()))
    }

    /// The record of what is about to be published there; it exists only round a swap.
    pub(super) fn next(&self, area: Area) -> PathBuf {
        self.state().join(format!("{}.manifest.next", area.name()))
    }

    /// Where a tree is kept of which nobody knows whose it is.
    pub(super) fn kept(&self, area: Area, number: u32) -> PathBuf {
        self.out.join(format!("{}.kept-{number}", area.name()))
    }

    pub(super) fn staging(&self, number: u32) -> PathBuf {
        self.state().join(format!("staging-{number}"))
    }

    pub(super) fn journal(&self, number: u32) -> PathBuf {
        self.state().join(format!("journal-{number}"))
    }
}
