//! From what was written to what may be read: the only way from the stage `Source` to the stage `Public`.
//!
//! Takes documents and a [`Redactor`]; gives the same documents in which no text can hold a protected name that the
//! guard knows, no school can be told from another, and withheld annexes have nothing but their legal basis.
//! [`PublicText`] and [`PublicMarkup`] have no constructor outside this room. Must not be bypassed.

pub mod coarsen;
mod convert;
pub mod heard;
pub mod indirect;
pub mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Span;
use crate::document::markdown::{Edit, Heading};
pub use crate::guard::Redacted;
use crate::kinds::{DocIndex, Document, Source, Stage, Target};
use crate::model::Model;
use heard::Heard;
use indirect::Watch;
pub use text::{Pool, PublicMarkup, PublicNumber, PublicSchool, PublicText};

/// As it may be published.
#[derive(Debug, Clone, Copy)]
pub enum Public {}

impl Stage for Public {
    type Text = PublicText;
    type Markup = PublicMarkup;
    type School = PublicSchool;
    type Number = PublicNumber;
    type Written = ();
}

/// Finds protected names. Implemented by the guard.
pub trait Redactor: Sync {
    /// The text without protected names, or `None` where it names none; `around` is text that stands near it and
    /// helps to decide (the other cells of a row).
    fn redact(&self, text: &str, around: &[&str]) -> Option<Redacted>;
    /// The same where the schools `own` (ids of the registry) may be named: in their own tab. What does not know how
    /// names nobody.
    fn redact_except(&self, text: &str, around: &[&str], own: &[&str]) -> Option<Redacted> {
        let _ = own;
        self.redact(text, around)
    }
    /// The words that stand for a school in schedules.
    fn school_word(&self) -> &str;
}

/// One replacement, for the operator's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub path: Arc<str>,
    pub at: Span,
    pub id: String,
    pub class: &'static str,
}

/// Where a schedule's row may say it takes place: see [`crate::disclosure`]'s coarsening.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Place {
    /// As written.
    #[default]
    AsWritten,
    /// A larger area instead.
    Coarser(Box<str>),
    /// Nothing at all.
    Hidden,
}

/// Decisions on the places of schedule rows: (document, row) → place.
pub type Places = BTreeMap<(DocIndex, usize), Place>;

/// What converting one document needs, and what it leaves behind.
pub struct Guarded<'a> {
    pub(crate) redactor: &'a dyn Redactor,
    pub(crate) pool: &'a Pool,
    pub(crate) model: &'a Model,
    pub(crate) places: &'a Places,
    pub(crate) watch: Option<&'a Watch>,
    pub(crate) document: DocIndex,
    pub(crate) path: Arc<str>,
    /// Words around the text in hand.
    pub(crate) around: Vec<String>,
    pub(crate) replacements: Vec<Replacement>,
    pub(crate) heard: Heard,
}

/// Turns a value of the stage `Source` into its public twin.
pub trait Disclose {
    type Out;
    fn disclose(&self, g: &mut Guarded<'_>) -> Self::Out;
}

/// A document as it may be published, and what was noticed on the way.
pub struct Disclosed {
    pub document: Document<Public>,
    pub replacements: Vec<Replacement>,
    /// Its texts, where they name a place that `watch` knows.
    pub heard: Heard,
}

/// The public twin of one document. `model` resolves links; its own documents are not read.
pub fn disclose(
    source: &Document<Source>,
    document: DocIndex,
    model: &Model,
    places: &Places,
    watch: Option<&Watch>,
    redactor: &dyn Redactor,
    pool: &Pool,
) -> Disclosed {
    let mut guarded = Guarded {
        redactor,
        pool,
        model,
        places,
        watch,
        document,
        path: source.head.path.file().clone(),
        around: Vec::new(),
        replacements: Vec::new(),
        heard: Heard::default(),
    };
    let document = source.disclose(&mut guarded);
    Disclosed {
        document,
        replacements: guarded.replacements,
        heard: guarded.heard.closed(),
    }
}

/// A text of the site's settings, which belong to no document. Links in it are dropped: nothing could resolve them.
pub fn setting<T: Disclose>(text: &T, model: &Model, redactor: &dyn Redactor) -> T::Out {
    let (places, pool) = (Places::new(), Pool::default());
    let mut guarded = Guarded {
        redactor,
        pool: &pool,
        model,
        places: &places,
        watch: None,
        document: usize::MAX,
        path: "content/site.yaml".into(),
        around: Vec::new(),
        replacements: Vec::new(),
        heard: Heard::default(),
    };
    text.disclose(&mut guarded)
}

impl Guarded<'_> {
    /// Edits for one run of text, each noted for the report.
    pub(crate) fn edits(&mut self, text: &str, at: Span) -> Vec<Edit> {
        let around: Vec<&str> = self.around.iter().map(String::as_str).collect();
        let Some(redacted) = self.redactor.redact(text, &around) else {
            return Vec::new();
        };
        self.note(redacted.notes, at);
        vec![difference(text, &redacted.text)]
    }

    /// Keeps a text that is public now, for what it may tell of places.
    pub(crate) fn hear(&mut self, text: &Arc<str>, headings: &[Heading], raw: &str, at: Span) {
        if let Some(watch) = self.watch {
            self.heard.hear(watch, text, headings, raw, at);
        }
    }

    fn note(&mut self, notes: impl IntoIterator<Item = (String, &'static str)>, at: Span) {
        for (id, class) in notes {
            self.replacements.push(Replacement {
                path: self.path.clone(),
                at,
                id,
                class,
            });
        }
    }

    /// The address to print for a link in Markdown: `site:/…` inside the site, as written elsewhere.
    pub(crate) fn link(&mut self, destination: &str) -> Option<String> {
        let key = (self.document, Box::from(destination));
        let target = self.model.links.get(&key)?.clone();
        self.reached(&target, Span::default())
    }

    /// The address of a target, unless it names a school: an address can do so as well as a text.
    pub(crate) fn reached(&mut self, target: &Target, at: Span) -> Option<String> {
        let href = address(self.model, target)?;
        let Some(redacted) = self.redactor.redact(&href, &[]) else {
            return Some(href);
        };
        self.note(redacted.notes, at);
        None
    }
}

/// `site:/…` for pages and files of the site, the address itself for the net.
pub fn address(model: &Model, target: &Target) -> Option<String> {
    match target {
        Target::Document(i, anchor) => {
            let page = model.addresses.get(*i)?.as_deref()?;
            Some(match anchor {
                Some(anchor) => format!("site:{page}#{anchor}"),
                None => format!("site:{page}"),
            })
        }
        Target::Attachment(i) => {
            let attachment = model.attachments.get(*i)?;
            Some(format!("site:/{}", attachment.address))
        }
        Target::Web(href) => Some(href.to_string()),
    }
}

/// The one edit that turns `old` into `new`: all between their common beginning and their common end.
fn difference(old: &str, new: &str) -> Edit {
    let same = |(a, b): &(char, char)| a == b;
    let start: usize = old
        .chars()
        .zip(new.chars())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let (rest_old, rest_new) = (&old[start..], &new[start..]);
    let end: usize = rest_old
        .chars()
        .rev()
        .zip(rest_new.chars().rev())
        .take_while(same)
        .map(|(c, _)| c.len_utf8())
        .sum();
    Edit {
        range: start..old.len() - end,
        with: rest_new[..rest_new.len() - end].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::document::markdown::apply;

    #[test]
    fn a_difference_turns_the_old_text_into_the_new() {
        for (old, new) in [
            ("абв", "абв"),
            ("ааа", "аа"),
            ("", "я"),
            ("в школе А и Б", "в школе и Б"),
            ("жж", ""),
        ] {
            assert_eq!(apply(old, &[difference(old, new)]), new, "{old} → {new}");
        }
    }
}
