//! `glasno review`: shows files that no program can read, asks who has looked, records it. Must not clear anything itself.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use super::args::ReviewArgs;
use super::words::say;
use super::{FOUND, OK, REFUSED, status};
use crate::child;
use crate::diag::message::fill;
use crate::diag::{Findings, Lang, print};
use crate::protection::{Guarding, review};
use crate::source;

/// Looks at each file in turn.
pub(super) fn review(args: &ReviewArgs, lang: Lang) -> u8 {
    let common = &args.common;
    let first = args.files.first().and_then(|f| std::path::absolute(f).ok());
    let root = match first.as_deref().and_then(source::root_of) {
        Some(root) => root.to_owned(),
        None => PathBuf::from("."),
    };
    let mut findings = Findings::new();
    let (guarding, found) = Guarding::load(
        &root,
        common.registry.as_deref(),
        common.today(),
        super::ask_passphrase,
    );
    findings.extend(found.into_iter().filter(|f| f.is_error()));
    let Some(guarding) = guarding else {
        let hidden = |text: &str| text.to_owned();
        let _ = print::human(&findings, lang, &hidden, &mut anstream::stderr());
        return status(&findings, false);
    };
    let mask = |text: &str| guarding.mask(text);
    let mut who = args.who.clone();
    let mut left = 0;
    for file in &args.files {
        match review::look(file, &root, &guarding) {
            Err(found) => findings.extend(found),
            Ok(look) if look.pictures == 0 => told(
                lang,
                "{path}: смотреть нечего — текст этого файла программа читает сама",
                "{path}: nothing to look at, the program reads this file itself",
                &mask(&look.path),
            ),
            Ok(look) if look.recorded => told(
                lang,
                "{path}: просмотр уже записан",
                "{path}: a review is recorded already",
                &mask(&look.path),
            ),
            Ok(look) => {
                if !args.no_open && child::browse(&look.full.display().to_string()).is_err() {
                    told(
                        lang,
                        "Откройте сами: {path}",
                        "Open it yourself: {path}",
                        &mask(&look.path),
                    );
                }
                let Some(name) = answered(&mut who, args, &root, lang, &mask(&look.path)) else {
                    left += 1;
                    told(
                        lang,
                        "{path}: просмотр не записан",
                        "{path}: no review was recorded",
                        &mask(&look.path),
                    );
                    continue;
                };
                match review::record(&look, &name, common.today(), args.note.as_deref()) {
                    Ok(()) => told(
                        lang,
                        "{path}: просмотр записан в content/private/reviews.yaml",
                        "{path}: the review is recorded in content/private/reviews.yaml",
                        &mask(&look.path),
                    ),
                    Err(found) => findings.extend(found),
                }
            }
        }
    }
    findings.sort();
    let _ = print::human(&findings, lang, &mask, &mut anstream::stderr());
    match status(&findings, false) {
        OK if left > 0 && !std::io::stdin().is_terminal() => REFUSED,
        OK if left > 0 => FOUND,
        code => code,
    }
}

fn told(lang: Lang, ru: &'static str, en: &'static str, path: &str) {
    anstream::println!("{}", fill(say(lang, ru, en), &[("path", path.to_owned())]));
}

/// Who has looked and found no school named; `None` where nobody says so.
fn answered(
    who: &mut Option<String>,
    args: &ReviewArgs,
    root: &std::path::Path,
    lang: Lang,
    path: &str,
) -> Option<String> {
    if args.yes {
        return who.clone();
    }
    let mut lines = std::io::stdin().lines();
    let mut ask = |question: String| -> Option<String> {
        anstream::print!("{question} ");
        let _ = std::io::stdout().flush();
        Some(lines.next()?.ok()?.trim().to_owned())
    };
    let question = say(
        lang,
        "{path}: вы посмотрели весь файл, и школы в нём не названы и не показаны (вывеска, бланк, печать)? да / нет:",
        "{path}: have you looked through the whole file, and is no school named or shown in it (sign, letterhead, stamp)? yes / no:",
    );
    let answer = ask(fill(question, &[("path", path.to_owned())]))?;
    if !matches!(answer.to_lowercase().chars().next(), Some('д' | 'y')) {
        return None;
    }
    if who.is_none() {
        let last = review::last_reviewer(root);
        let question = match &last {
            Some(last) => fill(
                say(lang, "Кто смотрел? [{who}]", "Who looked? [{who}]"),
                &[("who", last.clone())],
            ),
            None => say(
                lang,
                "Кто смотрел (фамилия и инициалы)?",
                "Who looked (name)?",
            )
            .to_owned(),
        };
        *who = Some(ask(question)?).filter(|n| !n.is_empty()).or(last);
    }
    who.clone()
}
