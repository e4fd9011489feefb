//! The report that a head signs: how far a section has come in a period, what was done and by what that is shown, what
//! is late or without a record, indicators, news and events.
//!
//! Takes the book, the duties of the section and, for the service edition alone, what is known school by school; gives
//! one tree of a document ([`glasno_editions::Document`]), from which HTML, DOCX and PDF are made. States are those of
//! pages and duties. The public edition holds nothing but public texts; schools stand in the service edition by their
//! ids. Must not work out a state, and must not read or write a file.

pub mod html;
mod tables;

use chrono::{Datelike, NaiveDate};
use glasno_editions::{Block, Document};

use crate::duties::{Duties, Item, ItemKind, State};
use crate::monitoring::service::Line;
use crate::site::book::{Book, Part};
use crate::site::head::short_title;
use crate::text::{dates, loose};

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Period {
    fn holds(self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| self.from <= day && day <= self.to)
    }
}

/// What only the service edition has.
#[derive(Debug, Clone, Default)]
pub struct Service {
    /// Schools' numbers.
    pub numbers: Vec<Line>,
}

/// Everything that a report is made of.
pub struct Asked<'a> {
    pub book: &'a Book,
    pub part: &'a Part,
    /// Of this section.
    pub duties: &'a Duties,
    pub period: Period,
    pub service: Option<&'a Service>,
}

impl Asked<'_> {
    /// Measures, assignments and decisions that fall into the period: by their day, or by a record's.
    fn items(&self) -> Vec<&Item> {
        let own = self.duties.items.iter().filter(|i| {
            let laid = matches!(i.kind, ItemKind::Assignment | ItemKind::Measure);
            laid && (self.period.holds(i.due) || self.recorded(i))
        });
        own.collect()
    }

    fn recorded(&self, item: &Item) -> bool {
        item.state == State::Done && item.proof.iter().any(|p| self.period.holds(p.date))
    }

    fn of_kinds(&self, kinds: &[ItemKind]) -> Vec<&Item> {
        let own = self.duties.items.iter().filter(|i| kinds.contains(&i.kind));
        own.filter(|i| i.due.is_none() || self.period.holds(i.due))
            .collect()
    }
}

/// The whole report.
pub fn report(asked: &Asked<'_>) -> Document {
    let Period { from, to } = asked.period;
    let book = asked.book;
    let title = format!(
        "Отчёт о ходе проекта: {}",
        plain(&short_title(book, asked.part))
    );
    let span = format!("{} — {}", dates::short(from), dates::short(to));
    let mut blocks = vec![
        Block::heading(1, title.clone()),
        Block::text(format!(
            "За период {span}. Состояние на {}.",
            plain(&dates::long(book.today))
        )),
    ];
    if asked.service.is_some() {
        blocks.push(Block::Note(vec![Block::text(
            "Служебный экземпляр: школы обозначены id из реестра. Не публикуется.",
        )]));
    }
    blocks.extend(tables::totals(asked));
    blocks.extend(tables::roadmaps(asked));
    blocks.extend(tables::bodies(asked));
    blocks.extend(tables::done(asked));
    blocks.extend(tables::open(asked));
    blocks.extend(tables::indicators(asked));
    blocks.extend(tables::happened(asked));
    if let Some(service) = asked.service {
        blocks.extend(tables::service(asked, service));
    }
    let publisher = book.settings.publisher_name.as_ref();
    let year = u16::try_from(book.today.year()).unwrap_or(0);
    let number = |n: u32| u8::try_from(n).unwrap_or(0);
    Document {
        foot: format!("{title}, {span}"),
        title,
        publisher: publisher.map_or_else(String::new, |p| p.raw().to_owned()),
        date: Some((year, number(book.today.month()), number(book.today.day()))),
        blocks,
        ..Document::default()
    }
}

/// Without the signs that only a page needs.
fn plain(text: &str) -> String {
    loose(text).replace('\u{a0}', " ")
}
