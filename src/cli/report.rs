//! `glasno report`: the report that a head signs, as HTML, DOCX and PDF.
//!
//! Reads the sources, makes the three files, has each of them audited, and writes all of them or none. The service
//! edition, which knows schools by their ids, goes below `output/report/` and nowhere else. Must not work out a state.

use std::path::PathBuf;
use std::sync::Arc;

use glasno_editions::{Document, docx, pdf};

use super::args::ReportArgs;
use super::{OK, REFUSED, status};
use crate::artifact::{Artifact, SitePath};
use crate::audit;
use crate::diag::{Finding, Findings, Lang, print};
use crate::duties::{Wanted, collect};
use crate::monitoring::service;
use crate::pipeline::{self, Loaded, Options, Outcome, Progress};
use crate::publish;
use crate::report::{self, Asked, Period, Service, html};
use crate::tab::lacks;

pub(super) fn report(args: &ReportArgs, lang: Lang) -> u8 {
    let say = |ru: String, en: String| match lang {
        Lang::Ru => ru,
        Lang::En => en,
    };
    let refuse = |text: String| {
        anstream::eprintln!("{text}");
        REFUSED
    };
    if args.from > args.to {
        return refuse(say(
            "--from позже, чем --to".into(),
            "--from is later than --to".into(),
        ));
    }
    if args.service && args.out.is_some() {
        return refuse(say(
            "служебный отчёт пишется только в output/report: уберите --out".into(),
            "the service edition is written below output/report alone: leave --out away".into(),
        ));
    }
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
    let guarding = outcome.guarding.clone();
    let mask = |text: &str| match &guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    let tell = |findings: &Findings| {
        let _ = print::human(findings, lang, &mask, &mut anstream::stderr());
        status(findings, false)
    };
    // Warnings are told when the portal is built.
    let errors = outcome.findings.into_iter().filter(Finding::is_error);
    let code = tell(&errors.collect());
    let Some(loaded) = loaded.filter(|_| code == OK) else {
        return code.max(super::FOUND);
    };
    let Some(document) = document(args, &loaded) else {
        let known: Vec<&str> = loaded.book.parts.iter().map(|p| &*p.folder).collect();
        let (section, known) = (&args.section, known.join(", "));
        return refuse(mask(&say(
            format!("раздела «{section}» нет; есть: {known}"),
            format!("there is no section {section}; there are: {known}"),
        )));
    };
    let files = match files(args, &document) {
        Ok(files) => files,
        Err(error) => {
            return refuse(say(
                format!("отчёт не удалось сделать: {error}"),
                format!("cannot make the report: {error}"),
            ));
        }
    };
    let mut found = Findings::new();
    for (name, bytes) in &files {
        let Some(path) = SitePath::new(name) else {
            continue;
        };
        let bytes = bytes.clone();
        let (_, more) = audit::clear(Artifact { path, bytes }, loaded.guarding.auditor());
        found.extend(more);
    }
    let code = tell(&found.into_iter().filter(Finding::is_error).collect());
    if code != OK {
        return code;
    }
    match write(args, files) {
        Ok(folder) => {
            anstream::println!(
                "{}",
                say(
                    format!("Отчёт записан: {} (html, docx, pdf)", folder.display()),
                    format!("Wrote the report: {} (html, docx, pdf)", folder.display()),
                )
            );
            OK
        }
        Err(finding) => tell(&std::iter::once(*finding).collect()).max(super::FOUND),
    }
}

fn document(args: &ReportArgs, loaded: &Loaded) -> Option<Document> {
    let book = &loaded.book;
    let part = book.parts.iter().find(|p| *p.folder == *args.section)?;
    let tabs = match args.service {
        true => lacks::all(&args.root, loaded),
        false => Vec::new(),
    };
    let wanted = Wanted {
        section: Some(args.section.clone()),
        until: None,
    };
    let duties = collect(book, &tabs, &wanted);
    let service = args.service.then(|| Service {
        numbers: service::lines(&loaded.monitoring),
    });
    Some(report::report(&Asked {
        book,
        part,
        duties: &duties,
        period: Period {
            from: args.from,
            to: args.to,
        },
        service: service.as_ref(),
    }))
}

/// The three files by name.
fn files(
    args: &ReportArgs,
    document: &Document,
) -> Result<Vec<(String, Vec<u8>)>, glasno_editions::Error> {
    let edition = if args.service { "-service" } else { "" };
    let name = format!("{}-{}-{}{edition}", args.section, args.from, args.to);
    Ok(vec![
        (format!("{name}.html"), html::page(document).into_bytes()),
        (format!("{name}.docx"), docx(document)?),
        (format!("{name}.pdf"), pdf(document)?),
    ])
}

fn write(args: &ReportArgs, files: Vec<(String, Vec<u8>)>) -> Result<PathBuf, Box<Finding>> {
    match &args.out {
        Some(folder) => {
            publish::put_reports(folder, &files)?;
            Ok(folder.clone())
        }
        None => publish::add_reports(&args.root.join("output"), &files),
    }
}
