//! `glasno duties`: what is due, late, done, without a record, and who acts.
//!
//! Reads the sources, prints the list. Must not work out a state.

use std::io::Write;
use std::sync::Arc;

use super::args::{DutiesArgs, DutiesFormat};
use super::{OK, status};
use crate::diag::{Finding, Findings, Lang, print};
use crate::duties::{Wanted, collect, print as show};
use crate::pipeline::{self, Options, Outcome, Progress};
use crate::tab::lacks;

pub(super) fn duties(args: &DutiesArgs, lang: Lang) -> u8 {
    let mut outcome = Outcome::default();
    let options = Options {
        root: args.root.clone(),
        out: None,
        today: args.today(),
        registry: args.registry.clone(),
        strict: false,
        publish: false,
        ask: super::ask_passphrase,
        progress: Arc::<Progress>::default(),
    };
    let loaded = pipeline::load(&options, &mut outcome);
    // Warnings are told when the portal is built.
    let findings: Findings = outcome
        .findings
        .into_iter()
        .filter(Finding::is_error)
        .collect();
    let code = status(&findings, false);
    let mask = |text: &str| match &outcome.guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    let _ = print::human(&findings, lang, &mask, &mut anstream::stderr());
    let Some(loaded) = loaded.filter(|_| code == OK) else {
        return code.max(super::FOUND);
    };
    let wanted = Wanted {
        section: args.section.clone(),
        until: args.until,
    };
    if let Some(section) = &args.section
        && !loaded.book.parts.iter().any(|p| *p.folder == **section)
    {
        let known: Vec<&str> = loaded.book.parts.iter().map(|p| &*p.folder).collect();
        let known = known.join(", ");
        let said = match lang {
            Lang::Ru => format!("раздела «{section}» нет; есть: {known}"),
            Lang::En => format!("there is no section {section}; there are: {known}"),
        };
        anstream::eprintln!("{}", mask(&said));
        return super::REFUSED;
    }
    let tabs = lacks::all(&options.root, &loaded);
    let duties = collect(&loaded.book, &tabs, &wanted);
    let host = loaded.book.settings.host();
    let text = match args.format {
        DutiesFormat::Text => show::text(&duties, lang == Lang::En),
        DutiesFormat::Json => show::to_json(&duties),
        DutiesFormat::Ics => show::calendar(duties.items.iter(), "Обязанности", duties.today, host),
        DutiesFormat::Html => show::page(&duties),
    };
    let mut out = std::io::stdout().lock();
    // A reader that has gone away is no fault of the run.
    let _ = out.write_all(mask(&text).as_bytes());
    code
}
