//! Reviews of pictures and scans, which no program here can read: `content/private/reviews.yaml`.
//!
//! Takes the file's text and the day; gives [`Reviews`], which say whether a picture was looked at by its content's
//! hash. Must not go by a file's name: another picture under the old name is another picture.
//!
//! ```yaml
//! - hash: 9b1f…            # BLAKE3 of the picture, or of the whole file, all 64 digits, as in the report
//!   file: scan-2.png       # for the reader
//!   who: Лугова Н. П.
//!   when: 2026-02-10
//!   note: школы не названы
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;

use super::record;
use crate::diag::catalog::vault as say;
use crate::diag::{Finding, Location, Span};
use crate::document::decode::{Cx, Fields};

const KNOWN: &[&str] = &["hash", "file", "who", "when", "note"];

/// One picture that a person has looked at.
#[derive(Debug)]
struct Review {
    at: Span,
    used: AtomicBool,
}

/// The pictures that were looked at. May be asked from many threads.
#[derive(Debug, Default)]
pub struct Reviews {
    path: Arc<str>,
    /// By the hash's digits in lower case.
    entries: BTreeMap<Box<str>, Review>,
}

impl Reviews {
    /// Reads the file. An entry with an error is not among the reviews.
    pub fn parse(path: &str, text: &str, today: NaiveDate) -> (Reviews, Vec<Finding>) {
        let path: Arc<str> = path.into();
        let read = |f: Fields<'_>, cx: &mut Cx<'_>| review(f, today, cx);
        let (rows, mut findings) = record::list(&path, text, KNOWN, read);
        let mut entries: BTreeMap<Box<str>, Review> = BTreeMap::new();
        for (hash, at) in rows {
            if let Some(first) = entries.get(&hash) {
                let place = Location::at(path.clone(), at);
                let line = first.at.line;
                findings.push(Finding::new(&say::REVIEW_DUPLICATE, place).arg("line", line));
                continue;
            }
            let used = AtomicBool::new(false);
            entries.insert(hash, Review { at, used });
        }
        (Reviews { path, entries }, findings)
    }

    /// Whether the picture with this hash was looked at; marks the entry as used.
    pub fn covers(&self, hash: &blake3::Hash) -> bool {
        let found = self.entries.get(hash.to_hex().as_str());
        if let Some(review) = found {
            review.used.store(true, Ordering::Relaxed);
        }
        found.is_some()
    }

    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// A warning for every review that no published picture asked for, in the order of the file.
    pub fn unused(&self) -> Vec<Finding> {
        let mut places: Vec<Span> = self
            .entries
            .values()
            .filter(|review| !review.used.load(Ordering::Relaxed))
            .map(|review| review.at)
            .collect();
        places.sort();
        let at = |span| Location::at(self.path.clone(), span);
        places
            .into_iter()
            .map(|span| Finding::new(&say::REVIEW_UNUSED, at(span)))
            .collect()
    }
}

/// A record as a person would write it.
#[derive(Debug, Clone)]
pub struct Record {
    pub hash: blake3::Hash,
    /// For whoever reads the records.
    pub file: String,
    pub who: String,
    pub when: NaiveDate,
    pub note: Option<String>,
}

/// The text of the records with one more; what was there stays as it is.
pub fn with(text: &str, record: &Record) -> String {
    let mut out = text.to_owned();
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    let mut line = |start: &str, value: &str| {
        let safe: String = value
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let safe = safe.trim().replace('\\', "\\\\").replace('"', "\\\"");
        out.push_str(&format!("{start}: \"{safe}\"\n"));
    };
    line("- hash", &record.hash.to_hex());
    line("  file", &record.file);
    line("  who", &record.who);
    line("  when", &record.when.to_string());
    if let Some(note) = &record.note {
        line("  note", note);
    }
    out
}

fn review(mut f: Fields<'_>, today: NaiveDate, cx: &mut Cx<'_>) -> Option<(Box<str>, Span)> {
    let hash = record::hash(&mut f, "hash", blake3::OUT_LEN * 2, cx);
    let file: Option<Box<str>> = f.req("file", cx);
    let who: Option<Box<str>> = f.req("who", cx);
    let day = f.node("when").map(|node| node.at);
    let when: Option<NaiveDate> = f.req("when", cx);
    let _: Option<Box<str>> = f.opt("note", cx);
    let at = f.at;
    f.finish(cx);
    if when.is_some_and(|when| when > today) {
        cx.say(&say::REVIEW_FUTURE, day.unwrap_or(at), |x| x);
    }
    let (_, _, _) = (file?, who?, when?);
    Some((hash?, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: &str = "2026-02-10";

    fn read(yaml: &str) -> (Reviews, Vec<String>) {
        let (reviews, found) = Reviews::parse("content/private/r.yaml", yaml, DAY.parse().unwrap());
        assert!(found.iter().all(|f| f.line_text.is_none()));
        (reviews, found.iter().map(|f| format!("{f:?}")).collect())
    }

    fn entry(hash: &str, when: &str) -> String {
        format!("- hash: {hash}\n  file: a.png\n  who: Н. П. Лугова\n  when: {when}\n")
    }

    #[test]
    fn a_picture_is_known_by_its_content() {
        let (one, two) = (blake3::hash(b"one"), blake3::hash(b"two"));
        let rows = [two, one].map(|h| entry(&h.to_hex().to_uppercase(), DAY));
        let (reviews, said) = read(&rows.concat());
        assert!(said.is_empty() && reviews.len() == 2);
        assert!(!reviews.covers(&blake3::hash(b"three")));
        let places =
            |r: &Reviews| -> Vec<String> { r.unused().iter().map(|f| format!("{f:?}")).collect() };
        let unused = [
            "reviews.unused@content/private/r.yaml:1:3",
            "reviews.unused@content/private/r.yaml:5:3",
        ];
        assert_eq!(places(&reviews), unused);
        assert!(reviews.covers(&one));
        assert_eq!(places(&reviews), unused[..1]);
    }

    #[test]
    fn a_wrong_review_is_none() {
        let hash = blake3::hash(b"one");
        let digits = hash.to_hex().to_string();
        let good = entry(&digits, DAY);
        for (yaml, code) in [
            (
                entry(&digits[..32], DAY),
                "private.hash@content/private/r.yaml:1:9",
            ),
            (
                entry(&digits, "2026-02-11"),
                "reviews.future@content/private/r.yaml:4:9",
            ),
            (entry(&digits, "вчера"), "field.date"),
            (good.replace("file: a.png", "file:"), "field.empty"),
            (good.replace("  who: Н. П. Лугова\n", ""), "field.missing"),
            (good.replace("who", "whom"), "field.missing"),
            ("hash: 1".to_owned(), "private.not-a-list"),
        ] {
            let (reviews, said) = read(&yaml);
            assert!(!reviews.covers(&hash), "{yaml}");
            assert!(said[0].starts_with(code), "{said:?}");
        }
        let (reviews, said) = read(&format!("{good}{good}"));
        assert!(reviews.covers(&hash));
        assert_eq!(said, ["reviews.duplicate@content/private/r.yaml:5:3"]);
    }
}
