//! `glasno import`: prints what an import made and what has to be looked at. Must not read a document itself.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::args::{Format, ImportArgs};
use super::status;
use crate::diag::message::fill;
use crate::diag::{Lang, print, sarif};
use crate::import::{self, Options, Outcome};

/// Imports documents.
pub(super) fn import(args: &ImportArgs, lang: Lang) -> u8 {
    let mut files = args.files.clone();
    // The last path is the project's folder when it is one.
    let root = match files.last() {
        Some(last) if files.len() > 1 && last.is_dir() => files.pop().unwrap_or_default(),
        _ => PathBuf::from("."),
    };
    let outcome = import::run(&Options {
        files,
        root,
        section: args.section.clone(),
        registry: args.common.registry.clone(),
        today: args.common.today(),
        force: args.force,
        dry_run: args.dry_run,
        ask: super::ask_passphrase,
    });
    let code = status(&outcome.findings, false);
    let mask = |text: &str| outcome.mask(text);
    match args.common.format {
        Format::Sarif => {
            let text = sarif::sarif(&outcome.findings, lang, &mask);
            let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        }
        Format::Json => {
            let _ = writeln!(std::io::stdout().lock(), "{}", report(&outcome, lang));
        }
        Format::Text => {
            let _ = print::human(&outcome.findings, lang, &mask, &mut anstream::stderr());
            anstream::print!("{}", told(&outcome, args, lang));
        }
    }
    code
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

fn told(outcome: &Outcome, args: &ImportArgs, lang: Lang) -> String {
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
    let last = match (lang, outcome.written, args.dry_run) {
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
