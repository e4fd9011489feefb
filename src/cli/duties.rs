//! `glasno duties`: what is due, late, done, without a record, and who acts.
//!
//! Reads the sources, prints the list. Must not work out a state.

use std::io::Write;

use super::args::{DutiesArgs, DutiesFormat};
use super::{OK, sources};
use crate::diag::Lang;
use crate::duties::{Wanted, collect, print as show};
use crate::tab::lacks;

pub(super) fn duties(args: &DutiesArgs, lang: Lang) -> u8 {
    let loaded = match sources::read(&args.root, args.today(), args.registry.clone(), lang) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let wanted = Wanted {
        section: args.section.clone(),
        until: args.until,
    };
    if let Some(name) = &args.section
        && let Err(code) = sources::section(name, &loaded, lang)
    {
        return code;
    }
    let tabs = lacks::all(&args.root, &loaded);
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
    let _ = out.write_all(loaded.guarding.mask(&text).as_bytes());
    OK
}
