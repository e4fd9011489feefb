//! Prints findings: for people with the source line and a caret, or as one JSON object for scripts.
//!
//! Takes sorted findings, a language and a mask that replaces protected names; gives text. Every text goes through
//! the mask before it is cut or measured. Must not print the line of a disclosure finding, nor let a control
//! character of a source reach the terminal.
//!
//! Why this is not `annotate-snippets`: it computes the printed line and column from the text it is given, so a line
//! that was masked, or cut out of a file of one huge line, would be reported at the wrong place; and it takes one
//! such report at a time, without folding or a count at the end.

mod excerpt;
mod json;
pub mod meter;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::catalog::words::{Words, words};
use super::message::fill;
use super::{Finding, Findings, Lang, Severity};
pub use json::{explained, json};

/// How many findings of one code are shown before the rest is only counted.
const SHOWN_PER_CODE: usize = 50;

const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const PLACE: Style = Style::new().bold();
const QUIET: Style = AnsiColor::BrightBlack.on_default();
const ADVICE: Style = AnsiColor::Cyan.on_default().bold();

/// Writes findings for people, with ANSI styles: the caller's stream decides whether they stay.
///
/// # Errors
/// Only what `out` returns.
pub fn human(
    findings: &Findings,
    lang: Lang,
    mask: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = words(lang);
    let mut shown: BTreeMap<&'static str, usize> = BTreeMap::new();
    for finding in findings.iter() {
        let count = shown.entry(finding.code()).or_default();
        *count += 1;
        if *count <= SHOWN_PER_CODE {
            one(finding, lang, words, mask, out)?;
            writeln!(out)?;
        }
    }
    for (code, count) in &shown {
        if let Some(rest) = count.checked_sub(SHOWN_PER_CODE).filter(|rest| *rest > 0) {
            let args = [("n", rest.to_string()), ("code", (*code).to_owned())];
            writeln!(out, "{}\n", fill(words.folded, &args))?;
        }
    }
    let counts: Vec<String> = [
        (findings.errors(), words.errors, ERROR),
        (findings.warnings(), words.warnings, WARNING),
    ]
    .into_iter()
    .filter(|(n, ..)| *n > 0)
    .map(|(n, template, style)| {
        let text = fill(template, &[("n", n.to_string())]);
        format!("{style}{text}{style:#}")
    })
    .collect();
    if counts.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", counts.join(", "))
}

fn one(
    finding: &Finding,
    lang: Lang,
    words: &Words,
    mask: &dyn Fn(&str) -> String,
    out: &mut dyn Write,
) -> io::Result<()> {
    let say = |text: &str| excerpt::harmless(&mask(text));
    let (word, style) = match finding.severity {
        Severity::Error => (words.error, ERROR),
        Severity::Warning => (words.warning, WARNING),
    };
    let path = say(&finding.location.path);
    if !path.is_empty() {
        write!(out, "{PLACE}{path}:")?;
        if let Some(span) = finding.location.span {
            write!(out, "{}:{}:", span.line, span.column)?;
        }
        write!(out, "{PLACE:#} ")?;
    }
    let message = indent(&say(&finding.message(lang)));
    write!(out, "{style}{word}{style:#}: {message} ")?;
    match &finding.subject {
        Some(id) => writeln!(
            out,
            "{QUIET}[{}: {}]{QUIET:#}",
            finding.code(),
            excerpt::harmless(id)
        )?,
        None => writeln!(out, "{QUIET}[{}]{QUIET:#}", finding.code())?,
    }
    if let Some((span, text)) = finding.location.span.zip(quotable(finding)) {
        let excerpt = excerpt::cut(text, span, mask);
        let number = span.line.to_string();
        let margin = " ".repeat(number.len());
        writeln!(out, "  {QUIET}{number} │{QUIET:#} {}", excerpt.line)?;
        if let Some((offset, width)) = excerpt.caret {
            let caret = "^".repeat(width);
            let blank = " ".repeat(offset);
            writeln!(
                out,
                "  {margin} {QUIET}│{QUIET:#} {blank}{style}{caret}{style:#}"
            )?;
        }
    }
    if let Some(hint) = finding.hint(lang) {
        let hint = indent(&say(&hint));
        writeln!(out, "  {ADVICE}{}:{ADVICE:#} {hint}", words.what_to_do)?;
    }
    Ok(())
}

/// The line to show. A disclosure finding has none, whatever it was given.
fn quotable(finding: &Finding) -> Option<&str> {
    let disclosure = finding.code().starts_with("disclosure.");
    finding.line_text.as_deref().filter(|_| !disclosure)
}

fn indent(text: &str) -> String {
    text.replace('\n', "\n    ")
}
