//! `glasno build` and `glasno check`.

use std::io::Write;
use std::sync::Arc;

use serde_json::json;

use super::args::{BuildArgs, Format};
use super::{OK, status, words};
use crate::diag::{Lang, print, sarif};
use crate::pipeline::progress::meter;
use crate::pipeline::{self, Loaded, Options, Outcome, Progress};

/// The exit status of a program that was told to end: 128 and the signal's number.
const INTERRUPTED: i32 = 130;

/// Runs the pipeline and prints what came of it.
pub(super) fn build(args: &BuildArgs, publish: bool, lang: Lang) -> u8 {
    // Whoever ends the program waits for a swap: between its two halves there may be no site.
    let _ = ctrlc::set_handler(|| crate::publish::outside(|| std::process::exit(INTERRUPTED)));
    let progress = Arc::<Progress>::default();
    // A script that reads JSON gets nothing else, wherever its errors go.
    let meter = (args.common.format == Format::Text).then(|| meter(&progress, lang));
    let reports = |loaded: &Loaded| crate::tab::lacks::reports(&args.root, loaded);
    let options = Options {
        root: args.root.clone(),
        out: args.out.clone(),
        today: args.common.today(),
        registry: args.common.registry.clone(),
        strict: args.common.strict,
        publish,
        ask: super::ask_passphrase,
        progress,
    };
    let outcome = pipeline::run(&options, &reports);
    drop(meter);
    let code = status(&outcome.findings, args.common.strict);
    match args.common.format {
        Format::Json => json(&outcome, publish, lang),
        Format::Sarif => {
            let text = sarif::sarif(&outcome.findings, lang, &masker(&outcome));
            let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        }
        Format::Text => text(&outcome, code, publish, lang),
    }
    code
}

/// Masks protected values in everything that is printed. Without a registry nothing is known to mask, so source
/// lines, which could hold a name, are left out by the caller.
fn masker(outcome: &Outcome) -> impl Fn(&str) -> String + '_ {
    |text: &str| match &outcome.guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    }
}

/// How many schools were guarded.
fn guarded(outcome: &Outcome) -> usize {
    let guarding = outcome.guarding.as_ref();
    guarding.map_or(0, |g| g.registry().protected.len())
}

fn json(outcome: &Outcome, publish: bool, lang: Lang) {
    let published = outcome.published.as_ref();
    let summary = [
        ("errors", json!(outcome.findings.errors())),
        ("warnings", json!(outcome.findings.warnings())),
        ("protected", json!(guarded(outcome))),
        ("sources", json!(outcome.files)),
        ("pages", json!(outcome.pages)),
        ("published", json!(publish && published.is_some())),
        ("added", json!(published.map_or(0, |p| p.added))),
        ("changed", json!(published.map_or(0, |p| p.changed))),
        ("removed", json!(published.map_or(0, |p| p.removed))),
        ("reused", json!(outcome.reused)),
        ("again", json!(outcome.again)),
    ];
    let text = print::json(&outcome.findings, &summary, lang, &masker(outcome));
    let mut out = std::io::stdout().lock();
    // A reader that has gone away is no fault of the run.
    let _ = writeln!(out, "{}", text.trim_end());
}

fn text(outcome: &Outcome, code: u8, publish: bool, lang: Lang) {
    let mut err = anstream::stderr();
    let _ = print::human(&outcome.findings, lang, &masker(outcome), &mut err);
    // Without a guard a finding says so.
    let guarded = match outcome.guarding {
        Some(_) => words::guarded(guarded(outcome), lang) + "\n",
        None => String::new(),
    };
    if code == OK {
        let line = match (&outcome.published, publish) {
            (Some(p), _) => words::built(outcome.pages, p.added, p.changed, p.removed, lang),
            (None, _) => words::checked(outcome.pages, lang),
        };
        anstream::println!("{guarded}{line}");
        if outcome.again > 0 {
            anstream::println!("{}", words::again(outcome.again, lang));
        }
        if let Some(index) = &outcome.index {
            anstream::println!("{}", words::open(&index.display().to_string(), lang));
        }
    } else {
        anstream::eprintln!("{guarded}{}", words::stopped(publish, lang));
    }
}
