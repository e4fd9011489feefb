//! Reviewed exceptions of the audit: `content/private/exceptions.yaml`.
//!
//! Takes the file's text and the day; gives [`Exceptions`], which answer for one doubtful mention at a time and
//! remember which entries were of use. Must not except a mention that leaves no doubt, must not hold past its day,
//! and must not fit a whole folder: an exception is one mention in one file.
//!
//! ```yaml
//! - artifact: tula-2024/news/index.html       # as in the report
//!   context: 5f0c1d…                          # the fingerprint in the report, 32 digits or more
//!   school: r-07                              # the only school it is about; left out: any
//!   who: Лугова Н. П.
//!   why: речь о школе другого района
//!   until: 2026-05-31
//! ```

use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::record;
use crate::diag::catalog::vault as say;
use crate::diag::{Entry, Finding, Location, Span};
use crate::document::decode::{Cx, Fields};
use crate::registry::SchoolId;

const KNOWN: &[&str] = &["artifact", "context", "school", "who", "why", "until"];
/// The fewest digits of a fingerprint: 128 bits.
const LEAST_DIGITS: usize = 32;
/// How many words on either side of a mention its fingerprint covers.
const WORDS: usize = 24;
/// Those words are looked for no further off than this many bytes, so that long texts cost no more than short ones.
const REACH: usize = 4096;
/// Separates the parts of a context under the hash; normalised text never holds it.
const PART: char = '\u{1f}';

/// The fingerprint of a mention with what stands round it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContextHash([u8; LEAST_DIGITS / 2]);

impl fmt::Display for ContextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The fingerprint of the mention at `span` (bytes) of `text`.
///
/// It covers the mention, 24 words on either side of it within the fragment, and `around`: the texts outside the
/// fragment that the guard looked at (headings above, cells beside), in their order. So it stays the same when
/// something else on the page changes, and changes when the words that leave the doubt do.
///
/// Each text is normalised first: Unicode compatibility form; letter case, «ё», stress marks, soft hyphens and
/// zero-width characters dropped; every run of anything but letters and digits is one space. A new line break, other
/// quotes or a no-break space therefore keep the fingerprint. The hash is BLAKE3 of the parts (words before, mention,
/// words after, each text of `around`) joined by U+001F, its first 128 bits. It is meant for the operator's report,
/// not for a public log: whoever guesses a short context can confirm the guess.
pub fn context_hash(text: &str, span: Range<usize>, around: &[&str]) -> ContextHash {
    let start = floor(text, span.start);
    let end = floor(text, span.end).max(start);
    let before = normalise(&text[floor(text, start.saturating_sub(REACH))..start]);
    let mention = normalise(&text[start..end]);
    let after = normalise(&text[end..floor(text, end.saturating_add(REACH))]);
    let last = before.rsplit(' ').take(WORDS).collect::<Vec<_>>();
    let before = last.into_iter().rev().collect::<Vec<_>>().join(" ");
    let after = after.split(' ').take(WORDS).collect::<Vec<_>>().join(" ");
    let mut parts = vec![before, mention, after];
    parts.extend(around.iter().map(|text| normalise(text)));
    let mut hasher = blake3::Hasher::new_derive_key("glasno 2026 audit exceptions: context");
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(PART.to_string().as_bytes());
    }
    let mut hash = [0; LEAST_DIGITS / 2];
    hasher.finalize_xof().fill(&mut hash);
    ContextHash(hash)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters = text
        .chars()
        .filter(|c| !is_unseen(*c))
        .nfkc()
        // A mark that makes no letter of its own is a stress mark.
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    for c in letters {
        if c.is_alphanumeric() {
            out.push(if c == 'ё' { 'е' } else { c });
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Soft hyphen, zero-width characters, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// What the audit asks about.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Path of the file as in the report.
    pub artifact: &'a str,
    pub context: ContextHash,
    /// The schools it could be.
    pub schools: &'a [SchoolId],
    /// Whether the text leaves no doubt.
    pub certain: bool,
}

/// The answer to a [`Question`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is recorded for it: it stays a finding.
    Stands,
    /// Reviewed, and in force.
    Excepted,
    /// Something is recorded, but the mention is certain: it stays a finding, and so does the entry.
    Refused,
}

/// One entry in force.
#[derive(Debug)]
struct Exception {
    at: Span,
    artifact: Box<str>,
    context: Box<str>,
    school: Option<SchoolId>,
    until: NaiveDate,
    used: AtomicBool,
    refused: AtomicBool,
}

/// The exceptions in force on a day. Answers may be asked from many threads.
#[derive(Debug, Default)]
pub struct Exceptions {
    path: Arc<str>,
    entries: Vec<Exception>,
}

impl Exceptions {
    /// Reads the file. An entry with an error or past its day is not among the exceptions; `until` is its last day.
    pub fn parse(path: &str, text: &str, today: NaiveDate) -> (Exceptions, Vec<Finding>) {
        let path: Arc<str> = path.into();
        let (mut entries, mut findings) = record::list(&path, text, KNOWN, exception);
        let at = |entry: &Exception, what: &'static Entry| {
            Finding::new(what, Location::at(path.clone(), entry.at))
        };
        entries.retain(|entry: &Exception| {
            let expired = entry.until < today;
            if expired {
                let until = entry.until.format("%d.%m.%Y");
                findings.push(at(entry, &say::EXCEPTION_EXPIRED).arg("until", until));
            }
            !expired
        });
        for (index, entry) in entries.iter().enumerate() {
            let earlier = entries.iter().take(index);
            if let Some(first) = earlier.into_iter().find(|e| e.same(entry)) {
                findings.push(at(entry, &say::EXCEPTION_DUPLICATE).arg("line", first.at.line));
            }
        }
        (Exceptions { path, entries }, findings)
    }

    /// How many exceptions are in force.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Answers for one mention and marks the entries that fit. Where the text could mean several schools, each of
    /// them must be excepted: that it is not the one does not say it is not the other.
    pub fn answer(&self, question: Question<'_>) -> Answer {
        if self.entries.is_empty() {
            return Answer::Stands;
        }
        let artifact = record::path(question.artifact);
        let context = question.context.to_string();
        let here: Vec<&Exception> = self
            .entries
            .iter()
            .filter(|e| *e.artifact == *artifact && e.context.starts_with(&context))
            .filter(|e| e.is_about(question.schools))
            .collect();
        if here.is_empty() {
            return Answer::Stands;
        }
        if question.certain {
            here.iter()
                .for_each(|e| e.refused.store(true, Ordering::Relaxed));
            return Answer::Refused;
        }
        here.iter()
            .for_each(|e| e.used.store(true, Ordering::Relaxed));
        let any = here.iter().any(|e| e.school.is_none());
        let all = !question.schools.is_empty()
            && question
                .schools
                .iter()
                .all(|id| here.iter().any(|e| e.school.as_ref() == Some(id)));
        if any || all {
            Answer::Excepted
        } else {
            Answer::Stands
        }
    }

    /// What the audit shows about the entries once every file was asked for: those of no use, and those that would
    /// except a certain mention.
    pub fn close(&self) -> Vec<Finding> {
        let told = self.entries.iter().filter_map(|entry| {
            let what = if entry.refused.load(Ordering::Relaxed) {
                &say::EXCEPTION_CERTAIN
            } else if entry.used.load(Ordering::Relaxed) {
                return None;
            } else {
                &say::EXCEPTION_UNUSED
            };
            Some(Finding::new(
                what,
                Location::at(self.path.clone(), entry.at),
            ))
        });
        told.collect()
    }
}

impl Exception {
    fn same(&self, other: &Exception) -> bool {
        self.artifact == other.artifact
            && self.school == other.school
            && (self.context.get(..LEAST_DIGITS) == other.context.get(..LEAST_DIGITS))
    }

    fn is_about(&self, schools: &[SchoolId]) -> bool {
        self.school.as_ref().is_none_or(|id| schools.contains(id))
    }
}

fn exception(mut f: Fields<'_>, cx: &mut Cx<'_>) -> Option<Exception> {
    let place = f.node("artifact").map(|node| node.at);
    let artifact: Option<Box<str>> = f.req("artifact", cx);
    let context = record::hash(&mut f, "context", LEAST_DIGITS, cx);
    let school: Option<Box<str>> = f.opt("school", cx);
    let who: Option<Box<str>> = f.req("who", cx);
    let why: Option<Box<str>> = f.req("why", cx);
    let until: Option<NaiveDate> = f.req("until", cx);
    let at = f.at;
    f.finish(cx);
    let artifact = artifact?;
    if artifact.contains(['*', '?']) || artifact.ends_with(['/', '\\']) {
        cx.say(&say::EXCEPTION_PATTERN, place.unwrap_or(at), |x| x);
    }
    let (_, _) = (who?, why?);
    Some(Exception {
        at,
        artifact: record::path(&artifact).into(),
        context: context?,
        school: school.map(SchoolId::new),
        until: until?,
        used: AtomicBool::new(false),
        refused: AtomicBool::new(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Lang;

    const TEXT: &str = "В школе № 14 прошёл семинар.";
    /// Fixed for ever: a change of it would void every recorded exception.
    const HASH: &str = "55530df902d8e63e9e91837c115eef19";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(yaml: &str) -> (Exceptions, Vec<String>) {
        let (all, found) = Exceptions::parse("content/private/e.yaml", yaml, day("2026-02-01"));
        for finding in &found {
            for lang in [Lang::Ru, Lang::En] {
                let said = format!("{} {:?}", finding.message(lang), finding.hint(lang));
                assert!(!said.contains("Кувшинск"), "{said}");
                let filled = finding.code().starts_with("yaml.") || !said.contains('{');
                assert!(filled, "{said}");
            }
            assert!(finding.line_text.is_none());
        }
        (all, found.iter().map(|f| format!("{f:?}")).collect())
    }

    fn hash() -> ContextHash {
        let at = TEXT.find("школе").unwrap();
        context_hash(TEXT, at..at + "школе № 14".len(), &["Новости"])
    }

    fn entry(context: &str, school: &str, until: &str) -> String {
        format!(
            "- artifact: ./tula-2024/index.html\n  context: {context}\n  school: {school}\n  who: Н. П. Лугова\n  \
             why: другой район\n  until: {until}\n"
        )
    }

    fn ask(all: &Exceptions, schools: &[&str], certain: bool) -> Answer {
        let schools: Vec<SchoolId> = schools.iter().map(|s| SchoolId::new(*s)).collect();
        all.answer(Question {
            artifact: "tula-2024/index.html",
            context: hash(),
            schools: &schools,
            certain,
        })
    }

    #[test]
    fn a_fingerprint_keeps_through_typography_and_changes_with_words() {
        let of = |text: &str, mention: &str, around: &[&str]| {
            let at = text.find(mention).unwrap();
            context_hash(text, at..at + mention.len(), around)
        };
        let same = of(
            "в\u{a0}школе\n№\u{202f}14 прошел «се\u{ad}ми\u{301}нар»",
            "школе\n№\u{202f}14",
            &["НОВОСТИ "],
        );
        assert_eq!(same, hash());
        assert_ne!(of(TEXT, "школе № 14", &[]), hash());
        assert_ne!(of(TEXT, "школе № 14", &["Новости", "x"]), hash());
        assert_ne!(of(TEXT, "№ 14", &["Новости"]), hash());
        assert_ne!(
            of("В школе № 14 прошёл концерт.", "школе № 14", &["Новости"]),
            hash()
        );
        let far = |word: &str| format!("{TEXT} {} {word}", "слово ".repeat(WORDS));
        assert_eq!(of(&far("один"), "№ 14", &[]), of(&far("два"), "№ 14", &[]));
        // Any range is taken, even one that is none of the text's.
        context_hash("щ", 1..9, &[]);
        context_hash("", Range { start: 5, end: 2 }, &[]);
        assert_eq!(hash().to_string(), HASH);
    }

    #[test]
    fn an_exception_holds_for_its_mention_until_its_day() {
        let context = hash().to_string();
        let (all, said) = read(&entry(&context.to_uppercase(), "r-07", "2026-02-01"));
        assert_eq!((all.len(), said.len()), (1, 0));
        assert_eq!(all.close()[0].code(), "exceptions.unused");
        assert_eq!(ask(&all, &["r-08"], false), Answer::Stands);
        assert_eq!(ask(&all, &["r-07", "r-08"], false), Answer::Stands);
        assert_eq!(ask(&all, &[], false), Answer::Stands);
        assert_eq!(ask(&all, &["r-07"], false), Answer::Excepted);
        assert!(all.close().is_empty());
        assert_eq!(ask(&all, &["r-07"], true), Answer::Refused);
        assert_eq!(all.close()[0].code(), "exceptions.certain");
        assert!(all.close()[0].is_error());

        let (all, said) = read(&entry(&context, "r-07", "31.01.2026"));
        assert!(all.is_empty());
        assert_eq!(said, ["exceptions.expired@content/private/e.yaml:1:3"]);
        let (all, _) = read(&entry(&format!("{context}0011"), "~", "2026-03-01"));
        assert_eq!(ask(&all, &["r-07", "r-08"], false), Answer::Excepted);
    }

    #[test]
    fn each_school_it_could_be_needs_its_exception() {
        let context = hash().to_string();
        let one = |id| entry(&context, id, "2026-03-01");
        let (all, said) = read(&format!("{}{}", one("r-07"), one("r-08")));
        assert!(said.is_empty());
        assert_eq!(ask(&all, &["r-08", "r-07"], false), Answer::Excepted);
        assert_eq!(ask(&all, &["r-08", "r-07", "r-09"], false), Answer::Stands);
        let (_, said) = read(&format!("{}{}", one("r-07"), one("r-07")));
        assert_eq!(said, ["exceptions.duplicate@content/private/e.yaml:7:3"]);
    }

    #[test]
    fn a_wrong_entry_does_not_hold_and_is_not_quoted() {
        let context = hash().to_string();
        let good = entry(&context, "r-07", "2026-03-01");
        for (from, to, code) in [
            ("who: Н. П. Лугова", "who:", "field.empty"),
            ("  why: другой район\n", "", "field.missing"),
            ("2026-03-01", "Кувшинская", "field.date"),
            ("why:", "Кувшинская:", "field.missing"),
            ("school:", "schol:", "field.unknown"),
            (
                "./tula-2024/index.html",
                "tula-2024/*",
                "exceptions.pattern",
            ),
            ("./tula-2024/index.html", "tula-2024/", "exceptions.pattern"),
            (&context, "Кувшинская", "private.hash"),
            (&context, &context[1..], "private.hash"),
        ] {
            let (all, said) = read(&good.replace(from, to));
            assert!(all.is_empty(), "{to}");
            assert!(said[0].starts_with(code), "{said:?} {code}");
        }
        for text in ["", "\u{feff}# пусто\n", "[]"] {
            assert!(read(text).1.is_empty());
        }
        for text in [
            "a: [",
            "Кувшинская: 1\nКувшинская: 2",
            "- Кувшинская",
            "Кувшинская",
        ] {
            let (all, said) = read(text);
            assert!(all.is_empty() && !said.is_empty(), "{text}");
        }
    }
}
