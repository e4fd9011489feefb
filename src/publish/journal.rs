//! The journal of one run: what it is about to write, and that it is about to swap.
//!
//! Each line is on disk before the deed it announces, so that whoever comes after a kill knows every file that
//! this run can have made. Must not be trusted for anything but names: what lies where is looked up.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::Path;

use super::disk::{self, Out};
use super::place::Area;

const HEAD: &str = "glasno journal 1\n";

/// An open journal.
#[derive(Debug)]
pub(super) struct Journal(Out);

impl Journal {
    /// Starts a journal; `AlreadyExists` when the number is taken.
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let mut file = Out::new(path)?;
        file.write_all(HEAD.as_bytes()).inspect_err(|_| {
            let _ = disk::remove_file(path);
        })?;
        Ok(Journal(file))
    }

    /// Announces a file of the new tree.
    pub(super) fn staged(&mut self, area: Area, path: &str) -> io::Result<()> {
        self.0
            .write_all(format!("n {}/{path}\n", area.name()).as_bytes())
    }

    /// Announces the swap of an area, and names the files of the tree that goes.
    pub(super) fn swap<'a>(
        &mut self,
        area: Area,
        old: impl Iterator<Item = &'a String>,
    ) -> io::Result<()> {
        let name = area.name();
        let mut text = String::new();
        for path in old {
            text.push_str(&format!("o {name}/{path}\n"));
        }
        text.push_str(&format!("s {name}\n"));
        self.0.write_all(text.as_bytes())
    }

    /// Announces that nobody knows which files of the tree that goes are ours: it is kept.
    pub(super) fn keep(&mut self, area: Area) -> io::Result<()> {
        self.0.write_all(format!("k {}\n", area.name()).as_bytes())
    }

    pub(super) fn settle(&self) -> io::Result<()> {
        self.0.sync()
    }
}

/// What a journal found on disk tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Every file the run can have made or moved: `site/index.html`.
    pub names: HashSet<String>,
    pub swaps: Vec<Area>,
    /// Areas whose old tree is kept.
    pub kept: Vec<Area>,
}

impl Told {
    /// Reads a journal. A line cut short by a kill announced nothing that was done.
    pub(super) fn read(path: &Path) -> io::Result<Self> {
        let text = disk::read(path, u64::MAX)?;
        let text = String::from_utf8_lossy(&text);
        let mut told = Told::default();
        let whole = text.rfind('\n').map_or("", |end| &text[..end]);
        for line in whole.lines().skip(1) {
            match line.split_once(' ') {
                Some(("n" | "o", name)) => {
                    told.names.insert(name.to_owned());
                }
                Some(("s", name)) => told.swaps.extend(Area::named(name)),
                Some(("k", name)) => told.kept.extend(Area::named(name)),
                _ => {}
            }
        }
        Ok(told)
    }

    /// Whether `path` in a staging folder (`site/index.html`, `site.old/index.html`) is one of ours.
    pub(super) fn knows(&self, path: &str) -> bool {
        match path.split_once('/') {
            Some((area, rest)) => match area.strip_suffix(".old") {
                Some(area) => self.names.contains(&format!("{area}/{rest}")),
                None => self.names.contains(path),
            },
            None => false,
        }
    }
}
