//! `glasno serve`, and the same with the desk.

use super::args::ServeArgs;
use super::{OK, REFUSED};
use crate::diag::{Findings, Lang, print};
use crate::preview::{self, Options};

/// Serves until it is stopped; with `desk`, sources may be changed from the browser.
pub(super) fn serve(args: &ServeArgs, desk: bool, lang: Lang) -> u8 {
    let begun = preview::run(&Options {
        root: args.root.clone(),
        day: args.common.day(),
        registry: args.common.registry.clone(),
        strict: args.common.strict,
        lang,
        port: args.port,
        open: args.open,
        desk,
        poll: args.poll,
        editor: args.editor.clone(),
        ask: super::ask_passphrase,
    });
    match begun {
        Ok(()) => OK,
        Err(finding) => {
            let findings: Findings = [*finding].into_iter().collect();
            // A terminal that has gone away is no fault of the run.
            let _ = print::human(&findings, lang, &|t| t.to_owned(), &mut anstream::stderr());
            REFUSED
        }
    }
}
