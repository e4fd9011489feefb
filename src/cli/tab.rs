//! `glasno new tab`, `glasno tab build`, `glasno tab check`.
//!
//! Asks, shows how far the run has come, prints what came of it. Must not make anything of a tab.

use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde_json::json;

use super::args::{AnswerArgs, Format, NewArgs, RoleArg, TabBuildArgs, TabCheckArgs, YesNo};
use super::words::say;
use super::{FOUND, OK, status};
use crate::diag::message::fill;
use crate::diag::{Findings, Lang, print, sarif};
use crate::tab::check;
use crate::tab::lay::{self, Answers};
use crate::tab::options::{Options, Which};
use crate::tab::run::{self, Outcome, Watch};

/// Lays a school's folder.
pub(super) fn new(args: &NewArgs, lang: Lang) -> u8 {
    let folder = args.file.clone().unwrap_or_else(|| PathBuf::from("."));
    let answers = answers(&args.tab, lang);
    match lay::lay(&folder, &answers) {
        Ok(written) => {
            let path = folder.display().to_string();
            let done = say(
                lang,
                "Готово: {path} ({files}).\nДальше:\n  1. Откройте school.yaml в Блокноте и допишите, что знаете.\n  2. Положите документы в папку documents и впишите их в school.yaml.\n  3. Соберите вкладку: glasno tab build {path}",
                "Made {path} ({files}).\nNext:\n  1. Open school.yaml and fill in what you know.\n  2. Put documents into documents and list them in school.yaml.\n  3. Build the tab: glasno tab build {path}",
            );
            let args = [("path", path), ("files", written.join(", "))];
            anstream::println!("{}", fill(done, &args));
            OK
        }
        Err(finding) => {
            let findings: Findings = [*finding].into_iter().collect();
            let plain = |text: &str| text.to_owned();
            let _ = print::human(&findings, lang, &plain, &mut anstream::stderr());
            status(&findings, false)
        }
    }
}

/// Answers from the arguments; the others are asked, unless nobody is there to answer.
fn answers(args: &AnswerArgs, lang: Lang) -> Answers {
    let given = args.name.is_some() || args.role.is_some();
    let ask = std::io::stdin().is_terminal() || !given;
    let mut answers = Answers {
        name: args.name.clone(),
        municipality: args.municipality.clone(),
        mentor: args.role == Some(RoleArg::Mentor),
        named: args.named.map(|n| n == YesNo::Yes),
        curator: args.curator.clone(),
        phone: args.phone.clone(),
        email: args.email.clone(),
        site: args.site.clone(),
    };
    if !ask {
        return answers;
    }
    anstream::println!(
        "{}",
        say(
            lang,
            "Несколько вопросов. Не знаете ответа — просто нажмите Enter.",
            "A few questions. If you do not know, just press Enter.",
        )
    );
    let mut lines = std::io::stdin().lock().lines();
    let mut question = |ru: &'static str, en: &'static str| -> Option<String> {
        anstream::print!("{} ", say(lang, ru, en));
        let _ = std::io::stdout().flush();
        let line = lines.next()?.ok()?;
        Some(line.trim().to_owned()).filter(|l| !l.is_empty())
    };
    let yes = |text: &str| matches!(text.to_lowercase().chars().next(), Some('д' | 'y' | '2'));
    let mut text = |value: &mut Option<String>, ru, en| {
        if value.is_none() {
            *value = question(ru, en);
        }
    };
    text(&mut answers.name, "Название школы:", "School's name:");
    text(
        &mut answers.municipality,
        "Район или город:",
        "District or city:",
    );
    if args.role.is_none() {
        let mut role = None;
        text(
            &mut role,
            "Роль: 1 — участница, 2 — наставник:",
            "Role: 1 participant, 2 mentor:",
        );
        answers.mentor = role
            .as_deref()
            .is_some_and(|r| matches!(r.to_lowercase().chars().next(), Some('2' | 'н' | 'm')));
    }
    if answers.named.is_none() {
        let mut named = None;
        text(
            &mut named,
            "Можно называть школу на её вкладке? да / нет:",
            "May the school be named in its tab? yes / no:",
        );
        answers.named = named.as_deref().map(yes);
    }
    text(
        &mut answers.curator,
        "Куратор (фамилия, имя, отчество):",
        "Curator's name:",
    );
    text(&mut answers.phone, "Телефон школы:", "School's phone:");
    text(&mut answers.email, "Почта школы:", "School's e-mail:");
    text(&mut answers.site, "Сайт школы:", "School's site:");
    anstream::println!();
    answers
}

/// Builds tabs.
pub(super) fn build(args: &TabBuildArgs, lang: Lang) -> u8 {
    let which = match (&args.school, args.all) {
        (Some(id), _) => Which::One(id.clone()),
        (None, true) => Which::All(args.shard),
        (None, false) => Which::Root,
    };
    let terminal = std::io::stderr().is_terminal() && args.common.format == Format::Text;
    let progress = Progress {
        shown: Mutex::new(None),
        terminal,
        lang,
    };
    let outcome = run::run(
        &Options {
            root: args.root.clone(),
            out: args.out.clone(),
            today: args.common.today(),
            registry: args.common.registry.clone(),
            base: args.base.clone(),
            which,
            ask: super::ask_passphrase,
        },
        &progress,
    );
    progress.end();
    let code = match status(&outcome.findings, args.common.strict) {
        OK if outcome.skipped > 0 => FOUND,
        code => code,
    };
    let mask = |text: &str| match &outcome.guarding {
        Some(guarding) => guarding.mask(text),
        None => text.to_owned(),
    };
    match args.common.format {
        Format::Sarif => {
            let text = sarif::sarif(&outcome.findings, lang, &mask);
            let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        }
        Format::Json => {
            let summary = [
                ("errors", json!(outcome.findings.errors())),
                ("warnings", json!(outcome.findings.warnings())),
                ("made", json!(outcome.made)),
                ("skipped", json!(outcome.skipped)),
                ("removed", json!(outcome.removed)),
                ("files", json!(outcome.files)),
                ("bytes", json!(outcome.bytes)),
                ("packed", json!(outcome.packed)),
            ];
            let text = print::json(&outcome.findings, &summary, lang, &mask);
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{}", text.trim_end());
        }
        Format::Text => {
            let _ = print::human(&outcome.findings, lang, &mask, &mut anstream::stderr());
            anstream::println!("{}", told(&outcome, args, lang));
        }
    }
    code
}

fn told(outcome: &Outcome, args: &TabBuildArgs, lang: Lang) -> String {
    let size = crate::text::file_size(outcome.bytes + outcome.packed);
    let out = args.out.clone().unwrap_or_else(|| args.root.join("output"));
    let at = |folder: &Path| folder.display().to_string();
    let values = [
        ("made", outcome.made.to_string()),
        ("skipped", outcome.skipped.to_string()),
        ("size", size),
        ("out", at(&out.join("tabs"))),
        (
            "folder",
            outcome.folder.as_deref().map(at).unwrap_or_default(),
        ),
    ];
    let mut text = fill(
        say(
            lang,
            "Готово: {made|вкладка|вкладки|вкладок}, {size} с архивами — {out}",
            "Made: {made|tab|tabs}, {size} with archives, in {out}",
        ),
        &values,
    );
    if outcome.skipped > 0 {
        text.push_str(&fill(
            say(
                lang,
                "\nНе сделано: {skipped|вкладка|вкладки|вкладок}; прежние остались как были.",
                "\nNot made: {skipped|tab|tabs}; earlier ones are untouched.",
            ),
            &values,
        ));
    }
    if outcome.folder.is_some() {
        text.push_str(&fill(
            say(
                lang,
                "\nПосмотреть: {folder}/odnim-fajlom.html\nДля Госвеба начните с {folder}/gosweb/poryadok.html\nПроверить: glasno tab check {folder}/pages",
                "\nTo see it: {folder}/odnim-fajlom.html\nFor Gosweb begin with {folder}/gosweb/poryadok.html\nTo check it: glasno tab check {folder}/pages",
            ),
            &values,
        ));
    }
    text
}

/// A line that grows, on a terminal alone.
struct Progress {
    shown: Mutex<Option<usize>>,
    terminal: bool,
    lang: Lang,
}

impl Progress {
    fn show(&self, done: usize, total: usize) {
        if !self.terminal || total < 2 {
            return;
        }
        let percent = (done * 100).checked_div(total).unwrap_or(100);
        let mut shown = self
            .shown
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if shown.is_some_and(|s| s >= percent) {
            return;
        }
        *shown = Some(percent);
        let filled = percent * 30 / 100;
        let bar = format!("{}{}", "█".repeat(filled), "░".repeat(30 - filled));
        let of = say(self.lang, "школ", "schools");
        let mut err = anstream::stderr().lock();
        let _ = write!(err, "\r{bar} {percent} % · {done}/{total} {of}");
        let _ = err.flush();
    }

    fn end(&self) {
        let shown = self
            .shown
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if shown.is_some() {
            anstream::eprintln!();
        }
    }
}

impl Watch for Progress {
    fn begin(&self, total: usize) {
        self.show(0, total);
    }

    fn done(&self, done: usize, total: usize) {
        self.show(done, total);
    }
}

/// Checks a tab that is online.
pub(super) fn check(args: &TabCheckArgs, lang: Lang) -> u8 {
    let outcome = check::check(&args.path, args.common.today());
    let code = status(&outcome.findings, args.common.strict);
    // Without a registry nothing is known to mask; what is checked here is online already.
    let plain = |text: &str| text.to_owned();
    match args.common.format {
        Format::Sarif => {
            let text = sarif::sarif(&outcome.findings, lang, &plain);
            let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
        }
        Format::Json => {
            let summary = [
                ("errors", json!(outcome.findings.errors())),
                ("warnings", json!(outcome.findings.warnings())),
                ("pages", json!(outcome.pages)),
                ("documents", json!(outcome.documents)),
            ];
            let text = print::json(&outcome.findings, &summary, lang, &plain);
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{}", text.trim_end());
        }
        Format::Text => {
            let _ = print::human(&outcome.findings, lang, &plain, &mut anstream::stderr());
            let values = [
                ("pages", outcome.pages.to_string()),
                ("documents", outcome.documents.to_string()),
            ];
            let done = say(
                lang,
                "Проверено: {pages|страница|страницы|страниц}, {documents|документ|документа|документов}.",
                "Checked: {pages|page|pages}, {documents|document|documents}.",
            );
            anstream::println!("{}", fill(done, &values));
        }
    }
    code
}
