//! `glasno report`: the report that a head signs, as HTML, DOCX and PDF.
//!
//! Reads the sources, makes the three files, has each of them audited, and writes all of them or none. The service
//! edition, which knows schools by their ids, goes below `output/report/` and nowhere else. Must not work out a state.

use std::path::PathBuf;

use glasno_editions::{Document, docx, pdf};

use super::args::ReportArgs;
use super::{OK, REFUSED, sources};
use crate::artifact::{Artifact, SitePath};
use crate::audit;
use crate::diag::{Finding, Findings, Lang};
use crate::duties::{Wanted, collect};
use crate::monitoring::service;
use crate::pipeline::Loaded;
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
    let loaded = match sources::read(&args.root, args.today(), args.registry.clone(), lang) {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    if let Err(code) = sources::section(&args.section, &loaded, lang) {
        return code;
    }
    let Some(document) = document(args, &loaded) else {
        return REFUSED;
    };
    let tell =
        |findings: &Findings| sources::tell(findings, lang, &|text| loaded.guarding.mask(text));
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
