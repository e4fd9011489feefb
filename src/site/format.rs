//! Public values as pages print them: cells, periods, statuses, dates, addresses.
//!
//! Takes values of the stage `Public`; gives views. Must not decide what is published.

use chrono::{Datelike, NaiveDate};

use super::book::Book;
use super::view::{Cell, DateView, PeriodView};
use crate::diag::message::plural;
use crate::disclosure::{Public, PublicMarkup, PublicText};
use crate::kinds::Kind;
use crate::kinds::term::Term;
use crate::period::PeriodKind;
use crate::text::dates;

/// Prefix that leads from a page to the site's root: `../../`, `./` for the home page.
pub fn root_of(address: &str) -> String {
    let depth = address
        .trim_matches('/')
        .split('/')
        .filter(|p| !p.is_empty())
        .count();
    if depth == 0 {
        "./".to_owned()
    } else {
        "../".repeat(depth)
    }
}

/// Address of `to` (from the root, `/a/b/`) for a page whose root prefix is `root`.
pub fn href(root: &str, to: &str) -> String {
    let path = to.trim_start_matches('/');
    format!("{root}{path}")
}

/// Resolves the `site:/` addresses of public markup for a page.
pub fn local(html: &str, root: &str) -> String {
    if html.contains("site:/") {
        html.replace("\"site:/", &format!("\"{root}"))
    } else {
        html.to_owned()
    }
}

/// Address as [`crate::disclosure::address`] gives it, for a page.
pub fn local_href(address: &str, root: &str) -> String {
    match address.strip_prefix("site:/") {
        Some(path) => format!("{root}{path}"),
        None => address.to_owned(),
    }
}

pub fn date(date: NaiveDate) -> DateView {
    DateView {
        iso: iso(date),
        text: dates::long(date),
        short: dates::short(date),
        day: date.day().to_string(),
        month: dates::month_short(date.month()).to_owned(),
    }
}

pub fn iso(date: NaiveDate) -> String {
    dates::iso(date)
}

pub fn cell(markup: &PublicMarkup, root: &str) -> Cell {
    Cell {
        html: local(&markup.html(), root),
        block: markup.block(),
        sic: markup.sic().map(str::to_owned),
    }
}

/// Markup as blocks, whatever it was written as.
pub fn paragraph(markup: &PublicMarkup, root: &str) -> String {
    let html = local(&markup.html(), root);
    if markup.block() {
        html
    } else {
        format!("<p>{html}</p>")
    }
}

/// A plain text as a cell.
pub fn text_cell(text: &PublicText) -> Cell {
    Cell {
        html: crate::document::markdown::escape(&text.print()).into_owned(),
        block: false,
        sic: text.sic().map(str::to_owned),
    }
}

pub fn print(text: &PublicText) -> String {
    text.print()
}

pub fn print_opt(text: Option<&PublicText>) -> Option<String> {
    text.map(PublicText::print)
}

pub fn kind_word(kind: Option<PeriodKind>) -> &'static str {
    kind.map_or("unknown", PeriodKind::as_str)
}

/// Whether words name days, and not months or years in which something happens some time.
pub fn is_dated(kind: Option<PeriodKind>) -> bool {
    use PeriodKind::{Date, Dates, Deadline, Deadlines, Range};
    matches!(kind, Some(Date | Dates | Deadline | Deadlines | Range))
}

pub fn period(term: &Term<Public>) -> PeriodView {
    PeriodView {
        text: term.printed.print(),
        kind: kind_word(term.kind).to_owned(),
        from: term.from.map(iso),
        to: term.to.map(iso),
        sic: term.printed.sic().map(str::to_owned),
    }
}

/// «25 мероприятий»: how many a document of a kind holds of what is counted in it.
pub fn parts(kind: Kind, n: usize) -> String {
    let Some(forms) = &kind.about().words.parts else {
        return n.to_string();
    };
    format!("{n}\u{a0}{}", plural(n as u64, forms))
}

/// «25 декабря 2024 — 25 декабря 2025 года», «13 февраля — 31 декабря 2024 года»
pub fn span(from: NaiveDate, to: NaiveDate) -> String {
    let first = dates::day_month(from);
    if from.year() == to.year() {
        format!("{first}\u{a0}— {}", dates::long(to))
    } else {
        format!("{first} {}\u{a0}— {}", from.year(), dates::long(to))
    }
}

/// Whether a project's last day is past.
pub fn ended(period: Option<(NaiveDate, NaiveDate)>, book: &Book) -> bool {
    period.is_some_and(|(_, last)| last < book.today)
}

/// A short description from longer text: whole words, at most `most` characters.
pub fn shorten(text: &str, most: usize) -> String {
    crate::text::excerpt(text, most)
}

/// The address of a Russian number with its code, 8 or +7 and ten digits: `tel:+70000000000`.
pub fn phone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let rest = digits.strip_prefix(['7', '8']).filter(|r| r.len() == 10)?;
    Some(format!("tel:+7{rest}"))
}

/// Sentences behind one another: a point between those that have none.
pub fn sentences(first: &str, second: &str) -> String {
    let end = first.trim_end_matches('»').ends_with(['.', '!', '?', '…']);
    match (first, second) {
        ("", only) | (only, "") => only.to_owned(),
        _ if end => format!("{first} {second}"),
        _ => format!("{first}. {second}"),
    }
}
