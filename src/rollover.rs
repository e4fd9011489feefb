//! Next year's section from this year's: what stays of it, and nothing of what happened.
//!
//! Takes the folder of a section; gives the files of the next one as texts: the section itself, its bodies and groups,
//! and of its roadmaps the rows that come again (monthly, quarterly, «июнь, декабрь», «постоянно»), without records.
//! Years move on, days of publication and orders of the old year go; what tells of the old year in sentences stays as
//! remarks, so that it is at hand and not published. A misprinted period of the old document gets the new plan's year.
//! What people wrote stays letter by letter: files are cut by lines, not written anew. Must not overwrite anything.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use chrono::Datelike;

use crate::kinds::roadmap::Row;
use crate::kinds::{Body, Source};
use crate::model::read::{self, Read};
use crate::period::PeriodKind;
use crate::source::{FileKind, SourceFile, is_private};

/// A file of the new section: path below its folder, and text.
pub type File = (String, String);

/// Fields of the head that belong to the old year alone.
const GONE: &[&str] = &[
    "published",
    "updated",
    "order",
    "annex",
    "address",
    "archived",
    "follows",
];
/// Fields of the head that tell of the old year in sentences.
const TOLD: &[&str] = &["about", "note", "basis"];
/// What stands above such a field.
const REMARK: &str =
    "# О прежнем годе; перепишите и уберите знаки «#», чтобы это появилось на сайте:";

/// Fields whose years move on.
const MOVED: &[&str] = &[
    "title",
    "short_title",
    "description",
    "summary",
    "plan",
    "period",
    "from",
    "to",
    "text",
];

/// The files of the section that follows `old`; `content` is the folder of all sections.
///
/// # Errors
/// What the system says of a file that cannot be read.
pub fn files(content: &Path, old: &str, new: &str) -> io::Result<Vec<File>> {
    let home = content.join(old);
    let by = years(old, new);
    let mut files = Vec::new();
    for name in ["section.yaml", "bodies.yaml"] {
        if let Some(text) = text(&home.join(name))? {
            let told = if name == "section.yaml" { TOLD } else { &[] };
            let mut kept = cut(&text, &Rows::default(), by, name == "section.yaml", told);
            if name == "section.yaml" {
                kept = format!(
                    "# Раздел сделан из {old}: проверьте сроки, людей и тексты.\n{}follows: {old}\n",
                    ended(kept)
                );
            }
            files.push((name.to_owned(), kept));
        }
    }
    for folder in ["groups", ""] {
        let mut names: Vec<String> = match fs::read_dir(home.join(folder)) {
            Ok(entries) => entries
                .filter_map(Result::ok)
                .filter_map(|e| e.file_name().into_string().ok())
                .filter(|name| name.ends_with(".yaml"))
                .collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        names.sort();
        for name in names {
            let below = if folder.is_empty() {
                name.clone()
            } else {
                format!("{folder}/{name}")
            };
            if matches!(&*below, "section.yaml" | "bodies.yaml") || is_private(Path::new(&below)) {
                continue;
            }
            let Some(text) = text(&home.join(&below))? else {
                continue;
            };
            if folder == "groups" {
                files.push((below, cut(&text, &Rows::default(), 0, false, &[])));
            } else if let Some(rows) = passing(&home.join(&below), old, &below, &text, by) {
                // Whatever describes the old document counts its rows.
                let told = &["description", "about", "note", "basis"];
                files.push((below, cut(&text, &rows, by, true, told)));
            }
        }
    }
    Ok(files)
}

fn text(path: &Path) -> io::Result<Option<String>> {
    match crate::plain::read(path, crate::source::MAX_TEXT) {
        Ok(bytes) => Ok(String::from_utf8(bytes)
            .ok()
            .map(|t| t.replace("\r\n", "\n"))),
        Err(_) if !path.exists() => Ok(None),
        Err(error) => Err(io::Error::other(error.to_string())),
    }
}

fn ended(mut text: String) -> String {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// By how many years the folders' names differ; one where they name none.
fn years(old: &str, new: &str) -> i32 {
    let year = |name: &str| -> Option<i32> {
        let digits = name.rsplit('-').find(|part| part.len() == 4)?;
        digits.parse().ok()
    };
    match (year(old), year(new)) {
        (Some(old), Some(new)) if new > old => new - old,
        _ => 1,
    }
}

/// Rows of a roadmap by the lines on which they begin.
#[derive(Debug, Default)]
struct Rows {
    /// Those that do not come again.
    dropped: BTreeSet<usize>,
    /// Those whose period the old document misprints.
    sic: BTreeSet<usize>,
    /// The year that stands in place of a misprinted one, where the plan has only one.
    year: Option<i32>,
}

/// What becomes of the rows of a roadmap; `None` where the file is none.
fn passing(full: &Path, section: &str, below: &str, text: &str, by: i32) -> Option<Rows> {
    let file = SourceFile {
        path: format!("content/{section}/{below}").into(),
        full: full.to_owned(),
        kind: FileKind::Yaml,
        len: 0,
        modified: None,
    };
    let Read::Document(document) = read::read(&file, text).0 else {
        return None;
    };
    let Body::Roadmap(roadmap) = &document.body else {
        return None;
    };
    let rows: Vec<&Row<Source>> = roadmap.rows().map(|(_, row)| row).collect();
    let mut out = Rows {
        year: roadmap
            .plan
            .filter(|plan| plan.from.year() == plan.to.year())
            .map(|plan| plan.from.year() + by),
        ..Rows::default()
    };
    // A row that heads others stays as long as one of them does.
    let mut stays_below: Option<u8> = None;
    for row in rows.iter().rev() {
        let heads = stays_below.is_some_and(|depth| depth > row.depth);
        if comes_again(row) || heads {
            stays_below = Some(row.depth);
            if row.period.as_ref().is_some_and(|p| p.printed.sic.is_some()) {
                out.sic.insert(row.at.line as usize);
            }
        } else {
            out.dropped.insert(row.at.line as usize);
            if row.depth == 0 {
                stays_below = None;
            }
        }
    }
    Some(out)
}

fn comes_again(row: &Row<Source>) -> bool {
    row.period.as_ref().is_some_and(|term| match term.kind {
        Some(PeriodKind::Months | PeriodKind::Dates | PeriodKind::Deadlines) => {
            term.parts.len() > 1
        }
        Some(PeriodKind::Duration) | None => false,
        Some(kind) => kind.is_open(),
    })
}

/// The text without the rows that are dropped, without records, with its years moved on; `told` are fields of the head
/// that become remarks.
fn cut(text: &str, rows: &Rows, by: i32, moves: bool, told: &[&str]) -> String {
    let mut out = String::with_capacity(text.len());
    // Everything deeper than this belongs to what was dropped.
    let mut below: Option<usize> = None;
    // Everything deeper than this is told of the old year.
    let mut remark = false;
    // How deep the row stands whose period is misprinted, and whether its period has begun.
    let mut sic: Option<usize> = None;
    for (n, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        if let Some(least) = below {
            if bare.is_empty() || indent > least {
                continue;
            }
            below = None;
        }
        if rows.dropped.contains(&(n + 1)) {
            below = Some(indent);
            continue;
        }
        let field = bare
            .trim_start_matches("- ")
            .split(':')
            .next()
            .unwrap_or("");
        if (indent == 0 && GONE.contains(&field)) || matches!(field, "done" | "amended") {
            below = Some(indent);
            continue;
        }
        remark &= bare.is_empty() || indent > 0;
        if indent == 0 && told.contains(&field) {
            remark = true;
            out.push_str(REMARK);
            out.push('\n');
        }
        if remark {
            out.push_str(if bare.is_empty() { "#" } else { "# " });
            out.push_str(line);
            out.push('\n');
            continue;
        }
        if rows.sic.contains(&(n + 1)) {
            sic = Some(indent);
        } else if sic.is_some_and(|row| !bare.is_empty() && indent <= row) {
            sic = None;
        }
        if sic.is_some() && matches!(field, "sic" | "note") {
            continue;
        }
        let gone: &[&str] = match sic {
            Some(_) => &["done", "amended", "sic", "note"],
            None => &["done", "amended"],
        };
        let kept = without(line, gone);
        let period =
            sic.is_some() && (matches!(field, "text" | "period") || bare.starts_with("- {"));
        // Texts that people read through stay as they are.
        let row = bare.starts_with("- {");
        match moves && (row || MOVED.contains(&field)) {
            _ if period => out.push_str(&with_years(&kept, |y| rows.year.unwrap_or(y + by))),
            true => out.push_str(&with_years(&kept, |year| year + by)),
            false => out.push_str(&kept),
        }
        out.push('\n');
    }
    out
}

/// A row on one line without these fields: `done: …`, `amended: …`.
fn without(line: &str, fields: &[&str]) -> String {
    let mut kept = line.to_owned();
    for field in fields {
        let field = format!(", {field}: ");
        while let Some(at) = kept.find(&field) {
            let value = at + field.len();
            let mut depth = 0usize;
            let mut quoted = false;
            let mut end = kept.len();
            for (i, c) in kept.char_indices().skip_while(|(i, _)| *i < value) {
                match c {
                    '"' => quoted = !quoted,
                    '{' | '[' if !quoted => depth += 1,
                    '}' | ']' if !quoted && depth == 0 => {
                        end = i;
                        break;
                    }
                    '}' | ']' if !quoted => depth -= 1,
                    ',' if !quoted && depth == 0 => {
                        end = i;
                        break;
                    }
                    _ => {}
                }
            }
            kept.replace_range(at..end, "");
        }
    }
    kept
}

/// The line with other years: «апрель, октябрь 2025», «2024/2025».
fn with_years(line: &str, other: impl Fn(i32) -> i32) -> String {
    let mut out = String::with_capacity(line.len());
    let mut digits = String::new();
    let flush = |digits: &mut String, out: &mut String| {
        let year = digits
            .parse::<i32>()
            .ok()
            .filter(|y| digits.len() == 4 && (1990..2190).contains(y));
        match year {
            Some(year) => out.push_str(&other(year).to_string()),
            None => out.push_str(digits),
        }
        digits.clear();
    };
    for c in line.chars() {
        if c.is_ascii_digit() {
            digits.push(c);
        } else {
            flush(&mut digits, &mut out);
            out.push(c);
        }
    }
    flush(&mut digits, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_over_go_with_what_stands_under_them() {
        let text = "kind: roadmap\npublished: 2025-01-15\nrows:\n  - no: \"1\"\n    measure: |\n      Раз\n\n      два\n    done: {date: 2025-01-20, text: \"да\"}\n  - {no: \"2\", period: \"июнь, декабрь 2025\", done: {text: \"a, b}\"}, measure: \"Три\"}\n";
        let rows = |dropped: &[usize], sic: &[usize]| Rows {
            dropped: dropped.iter().copied().collect(),
            sic: sic.iter().copied().collect(),
            year: Some(2026),
        };
        assert_eq!(
            cut(text, &rows(&[4], &[]), 1, true, &[]),
            "kind: roadmap\nrows:\n  - {no: \"2\", period: \"июнь, декабрь 2026\", measure: \"Три\"}\n"
        );
        assert!(!cut(text, &rows(&[], &[]), 1, true, &[]).contains("done"));
        assert_eq!(years("raion-2024", "raion-2026"), 2);
        assert_eq!(
            with_years("2024/2025, 12345", |y| y + 1),
            "2025/2026, 12345"
        );
        let misprinted = "rows:\n  - no: \"1\"\n    period:\n      text: \"июнь 2023\"\n      sic: true\n      note: \"Так\"\n    measure: \"Раз\"\n  - {no: \"2\", period: {text: \"май 2023\", sic: true, note: \"Так, в документе\"}}\n";
        assert_eq!(
            cut(misprinted, &rows(&[], &[2, 8]), 1, true, &[]),
            "rows:\n  - no: \"1\"\n    period:\n      text: \"июнь 2026\"\n    measure: \"Раз\"\n  - {no: \"2\", period: {text: \"май 2026\"}}\n"
        );
        let told = "kind: section\nabout: |\n  Приказ № 5.\n\n  Ещё.\nsummary: \"В 2025 году\"\n";
        assert_eq!(
            cut(told, &rows(&[], &[]), 1, true, &["about"]),
            format!(
                "kind: section\n{REMARK}\n# about: |\n#   Приказ № 5.\n#\n#   Ещё.\nsummary: \"В 2026 году\"\n"
            )
        );
    }
}
