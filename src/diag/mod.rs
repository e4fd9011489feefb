//! Findings: what is wrong, where, and what to do about it.
//!
//! Takes a catalogue entry, a place and arguments; gives a [`Finding`] that can be printed for people
//! (Russian or English, with the source line and a caret) or as JSON. Every sentence a person reads lives in
//! [`catalog`]. Must not know any stage of the pipeline, and must not print by itself: see [`mod@print`].

pub mod catalog;
pub mod message;
pub mod print;
pub mod sarif;

use std::fmt;
use std::sync::Arc;

pub use catalog::Entry;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Stops the publication.
    Error,
    /// Does not stop it, unless `--strict` is given.
    Warning,
}

impl Severity {
    /// The word used in `--format json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// The language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Ru,
    En,
}

/// A place in a source: 1-based line and column, the column in characters (not bytes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub line: u32,
    pub column: u32,
    /// How many characters the caret underlines; 0 and 1 mean one.
    pub width: u32,
}

impl Span {
    pub fn new(line: u32, column: u32, width: u32) -> Self {
        Span {
            line,
            column,
            width,
        }
    }
}

/// Path and, where there is one, place inside the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Location {
    /// Relative to ROOT, `/`-separated on every system.
    pub path: Arc<str>,
    pub span: Option<Span>,
}

impl Location {
    pub fn file(path: impl Into<Arc<str>>) -> Self {
        Location {
            path: path.into(),
            span: None,
        }
    }

    pub fn at(path: impl Into<Arc<str>>, span: Span) -> Self {
        Location {
            path: path.into(),
            span: Some(span),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone)]
pub struct Finding {
    pub entry: &'static Entry,
    pub severity: Severity,
    pub location: Location,
    pub args: Vec<(&'static str, String)>,
    /// An argument whose words another room keeps, in Russian and English: part of the program, never of a source.
    own: Option<(&'static str, (&'static str, &'static str))>,
    /// The registry id a disclosure finding is about; never a name.
    pub subject: Option<String>,
    /// The text of the source line, for the caret: shared, as a file may be one line with many findings in it.
    /// Never set on a disclosure finding.
    pub line_text: Option<Arc<str>>,
}

impl Finding {
    pub fn new(entry: &'static Entry, location: Location) -> Self {
        Finding {
            entry,
            severity: entry.severity,
            location,
            args: Vec::new(),
            own: None,
            subject: None,
            line_text: None,
        }
    }

    /// Sets the argument that fills `{name}` in the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// Sets an argument that is said in the reader's language.
    #[must_use]
    pub fn said(mut self, name: &'static str, words: (&'static str, &'static str)) -> Self {
        self.own = Some((name, words));
        self
    }

    #[must_use]
    pub fn subject(mut self, id: impl Into<String>) -> Self {
        self.subject = Some(id.into());
        self
    }

    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    #[must_use]
    pub fn line_text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.line_text = Some(text.into());
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    pub fn code(&self) -> &'static str {
        self.entry.code
    }

    pub fn message(&self, lang: Lang) -> String {
        message::fill(self.entry.text(lang), &self.words(lang))
    }

    pub fn hint(&self, lang: Lang) -> Option<String> {
        let hint = self.entry.hint(lang);
        (!hint.is_empty()).then(|| message::fill(hint, &self.words(lang)))
    }

    /// The arguments with `@word`s in the reader's language.
    fn words(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let own = self.own.map(|(name, (ru, en))| {
            let word = match lang {
                Lang::Ru => ru,
                Lang::En => en,
            };
            (name, word.to_owned())
        });
        self.args
            .iter()
            .map(|(name, value)| match catalog::word(lang, value) {
                Some(word) => (*name, word.to_owned()),
                None => (*name, value.clone()),
            })
            .chain(own)
            .collect()
    }

    /// The order in which findings are shown: by path, place, code.
    pub fn sort_key(&self) -> SortKey<'_> {
        (
            self.location.path.clone(),
            self.location.span,
            self.entry.code,
            &self.args,
        )
    }
}

/// Path, place, code, arguments.
pub type SortKey<'a> = (
    Arc<str>,
    Option<Span>,
    &'static str,
    &'a [(&'static str, String)],
);

/// Debug shows code and place only: arguments can hold source text.
impl fmt::Debug for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.entry.code, self.location.path)?;
        if let Some(s) = self.location.span {
            write!(f, ":{}:{}", s.line, s.column)?;
        }
        Ok(())
    }
}

/// All findings of a run, in the order of their places.
#[derive(Debug, Clone, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    pub fn extend(&mut self, other: impl IntoIterator<Item = Finding>) {
        self.0.extend(other);
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, Finding> {
        self.0.iter_mut()
    }

    /// Keeps those of which `keep` is true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.0.retain(keep);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn errors(&self) -> usize {
        self.0.iter().filter(|f| f.is_error()).count()
    }

    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// Whether these findings stop the publication.
    pub fn stop(&self, strict: bool) -> bool {
        self.errors() > 0 || (strict && !self.is_empty())
    }

    /// Total order, so that two runs print the same.
    pub fn sort(&mut self) {
        self.0.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.0
            .dedup_by(|a, b| a.sort_key() == b.sort_key() && a.subject == b.subject);
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(iter: T) -> Self {
        Findings(iter.into_iter().collect())
    }
}
