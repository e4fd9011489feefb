//! `glasno import`: prints what an import made and what has to be looked at. Must not read a document itself.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::{Format, ImportArgs, RegistryImport};
use super::status;
use crate::diag::message::fill;
use crate::diag::{Lang, print, sarif};
use crate::import::{self, Listing, Options, Outcome};

/// Imports documents.
pub(super) fn import(args: &ImportArgs, lang: Lang) -> u8 {
    let (files, root) = files_and_root(&args.files);
    let outcome = import::run(&Options {
        files,
        root,
        section: args.section.clone(),
        registry: args.common.registry.clone(),
        today: args.common.today(),
        force: args.force,
        dry_run: args.dry_run,
        ask: super::ask_passphrase,
        ocr: args.ocr,
    });
    print(&outcome, args.common.format, lang, || {
        told(&outcome, args.dry_run, lang)
    })
}

/// Enters the schools of lists into the registry.
pub(super) fn schools(args: &RegistryImport, lang: Lang) -> u8 {
    let (files, root) = files_and_root(&args.files);
    let outcome = import::list(&Listing {
        files,
        root,
        registry: args.common.registry.clone(),
        today: args.common.today(),
        dry_run: args.dry_run,
        ask: super::ask_passphrase,
    });
    print(&outcome, args.common.format, lang, || {
        entered(&outcome, args.dry_run, lang)
    })
}

/// The last path is the project's folder when it is one.
fn files_and_root(given: &[PathBuf]) -> (Vec<PathBuf>, PathBuf) {
    match given {
        [files @ .., last] if !files.is_empty() && last.is_dir() => (files.to_vec(), last.clone()),
        files => (files.to_vec(), PathBuf::from(".")),
    }
}

fn print(outcome: &Outcome, format: Format, lang: Lang, told: impl Fn() -> String) -> u8 {
    let mask = |text: &str| outcome.mask(text);
    match format {
        Format::Sarif => {
            let text = sarif::sarif(&outcome.findings, lang, &mask);
            let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        }
        Format::Json => {
            let _ = writeln!(std::io::stdout().lock(), "{}", report(outcome, lang));
        }
        Format::Text => {
            let _ = print::human(&outcome.findings, lang, &mask, &mut anstream::stderr());
            anstream::print!("{}", told());
        }
    }
    status(&outcome.findings, false)
}

fn entered(outcome: &Outcome, dry_run: bool, lang: Lang) -> String {
    let args = [
        ("added", outcome.added.to_string()),
        ("known", outcome.known.to_string()),
    ];
    let counts = match lang {
        Lang::Ru => "Новых школ: {added}, уже были в реестре: {known}.\n",
        Lang::En => "New schools: {added}, known already: {known}.\n",
    };
    let last = match (lang, outcome.written, dry_run) {
        (Lang::Ru, true, _) => "Реестр записан. Сверьте его со списком: glasno registry check\n",
        (Lang::En, true, _) => "Written. Compare it with the list: glasno registry check\n",
        (Lang::Ru, false, true) => "Ничего не записано: это только показ.\n",
        (Lang::En, false, true) => "Nothing was written: this only shows what would be.\n",
        (Lang::Ru, false, false) => "Ничего не записано.\n",
        (Lang::En, false, false) => "Nothing was written.\n",
    };
    fill(counts, &args) + last
}

/// `{"documents":[…],"registry":{…},"findings":[…]}`
fn report(outcome: &Outcome, lang: Lang) -> String {
    let mask = |text: &str| outcome.mask(text);
    let documents: Vec<Value> = outcome
        .documents
        .iter()
        .map(|d| {
            json!({
                "kind": d.kind,
                "path": mask(&d.path),
                "from": {"file": mask(&d.file), "page": d.page, "table": d.table},
                "rows": d.rows,
            })
        })
        .collect();
    let printed = print::json(&outcome.findings, &[], lang, &mask);
    let findings = serde_json::from_str::<Value>(&printed)
        .ok()
        .and_then(|v| v.get("findings").cloned());
    json!({
        "documents": documents,
        "files": outcome.copied.iter().map(|p| mask(p)).collect::<Vec<_>>(),
        "registry": {"added": outcome.added, "known": outcome.known},
        "findings": findings.unwrap_or_else(|| json!([])),
        "summary": {
            "errors": outcome.findings.errors(),
            "warnings": outcome.findings.warnings(),
            "written": outcome.written,
        },
    })
    .to_string()
}

fn told(outcome: &Outcome, dry_run: bool, lang: Lang) -> String {
    let mut out = String::new();
    for document in &outcome.documents {
        let values = [
            ("path", outcome.mask(&document.path)),
            ("rows", document.rows.to_string()),
        ];
        let line = match lang {
            Lang::Ru => "  {path} — {rows|строка|строки|строк}\n",
            Lang::En => "  {path}: {rows|row|rows}\n",
        };
        out.push_str(&fill(line, &values));
    }
    for path in &outcome.copied {
        let line = match lang {
            Lang::Ru => "  {path} — сам документ\n",
            Lang::En => "  {path}: the document itself\n",
        };
        out.push_str(&fill(line, &[("path", outcome.mask(path))]));
    }
    let last = match (lang, outcome.written, dry_run) {
        (Lang::Ru, true, _) => {
            "Записано. Прочтите отмеченные места и соберите сайт: glasno build\n"
        }
        (Lang::En, true, _) => {
            "Written. Read the places named above, then build the site: glasno build\n"
        }
        (Lang::Ru, false, true) => "Ничего не записано: это только показ.\n",
        (Lang::En, false, true) => "Nothing was written: this only shows what would be.\n",
        (Lang::Ru, false, false) => "Ничего не записано.\n",
        (Lang::En, false, false) => "Nothing was written.\n",
    };
    out.push_str(last);
    out
}
