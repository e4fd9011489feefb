//! The sources, read for a command that tells of them: duties, reports.
//!
//! Takes ROOT, the day and the registry's place; gives what was read, or prints why not and gives the exit status. Must not
//! make a page.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{FOUND, OK, REFUSED, status};
use crate::diag::{Finding, Findings, Lang, print};
use crate::pipeline::{self, Loaded, Options, Outcome, Progress};

/// Reads the sources. Errors are printed; warnings are told when the portal is built.
pub(super) fn read(
    root: &Path,
    today: NaiveDate,
    registry: Option<PathBuf>,
    lang: Lang,
) -> Result<Loaded, u8> {
    let mut outcome = Outcome::default();
    let options = Options {
        root: root.to_owned(),
        out: None,
        today,
        registry,
        strict: false,
        publish: false,
        ask: super::ask_passphrase,
        progress: Arc::<Progress>::default(),
    };
    let loaded = pipeline::load(&options, &mut outcome);
    let mask = |text: &str| match &outcome.guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    let errors = outcome.findings.into_iter().filter(Finding::is_error);
    let code = tell(&errors.collect(), lang, &mask);
    loaded.filter(|_| code == OK).ok_or(code.max(FOUND))
}

/// Prints findings; gives the exit status that they call for.
pub(super) fn tell(findings: &Findings, lang: Lang, mask: &dyn Fn(&str) -> String) -> u8 {
    // A terminal that has gone away is no fault of the run.
    let _ = print::human(findings, lang, mask, &mut anstream::stderr());
    status(findings, false)
}

/// The folder of a section that was asked for by name; prints which there are when it is none of them.
pub(super) fn section(name: &str, loaded: &Loaded, lang: Lang) -> Result<(), u8> {
    let parts = &loaded.book.parts;
    if parts.iter().any(|p| *p.folder == *name) {
        return Ok(());
    }
    let known: Vec<&str> = parts.iter().map(|p| &*p.folder).collect();
    let known = known.join(", ");
    let said = match lang {
        Lang::Ru => format!("раздела «{name}» нет; есть: {known}"),
        Lang::En => format!("there is no section {name}; there are: {known}"),
    };
    anstream::eprintln!("{}", loaded.guarding.mask(&said));
    Err(REFUSED)
}
