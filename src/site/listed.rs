//! How a document stands in lists and links: its title, the word for what it is, its day.
//!
//! Takes one public document; gives words and days. Must not need another document.

use chrono::{Datelike, NaiveDate};

use crate::disclosure::Public;
use crate::kinds::Grouping;
use crate::kinds::body::on_body;
use crate::kinds::{Document, Head};

/// What differs between kinds: their bodies implement it in `site::kinds`.
pub trait Listed {
    /// The title of a document that was given none.
    fn title(&self) -> Option<String> {
        None
    }

    /// The same on a card, where it stands among others.
    fn card_title(&self) -> Option<String> {
        self.title()
    }

    /// What this document is, where its kind alone says too little.
    fn word(&self) -> Option<&'static str> {
        None
    }

    /// The day by which it stands in lists.
    fn day(&self, head: &Head<Public>) -> Option<NaiveDate> {
        head.published
    }

    /// Its heading in an index that groups by what documents say of themselves.
    fn group(&self) -> Option<String> {
        None
    }
}

fn listed(document: &Document<Public>) -> &dyn Listed {
    on_body!(&document.body, body => body)
}

/// Title of a document's page.
pub fn title(document: &Document<Public>) -> String {
    let own = document.head.title.as_ref().map(|t| t.print());
    own.or_else(|| listed(document).title())
        .unwrap_or_else(|| document.head.id.to_string())
}

/// Title of a document's card.
pub fn card_title(document: &Document<Public>) -> String {
    let own = document.head.title.as_ref().map(|t| t.print());
    own.or_else(|| listed(document).card_title())
        .unwrap_or_else(|| document.head.id.to_string())
}

/// «Приказ», «Новость», «Дорожная карта»
pub fn kind_word(document: &Document<Public>) -> &'static str {
    let kind = document.head.kind.about().words.one;
    listed(document).word().unwrap_or(kind)
}

/// The day by which a document stands in lists.
pub fn day(document: &Document<Public>) -> Option<NaiveDate> {
    listed(document).day(&document.head)
}

/// The heading under which an index shows a document; empty where there is none.
pub fn group(document: &Document<Public>, by: Grouping) -> String {
    let heading = match by {
        Grouping::One => None,
        Grouping::Year => day(document).map(|d| d.year().to_string()),
        Grouping::Own => listed(document).group(),
    };
    heading.unwrap_or_default()
}

/// Newest first where the kind wants it, then by id, so that the order is total.
pub fn order(a: &Document<Public>, b: &Document<Public>) -> std::cmp::Ordering {
    let by_day = if a.head.kind.about().newest_first {
        day(b).cmp(&day(a))
    } else {
        std::cmp::Ordering::Equal
    };
    by_day.then_with(|| a.head.id.cmp(&b.head.id))
}
