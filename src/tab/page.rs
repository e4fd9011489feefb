//! A saved page of any engine as a reader sees it: lines of text, headings, links, dates.
//!
//! Takes bytes; gives a [`Page`]. Knows no engine: classes and ids are nothing to it. Must not fail on bad markup.

use chrono::NaiveDate;

use crate::document::decode::parse_date;
use crate::text::dates;

/// A link and the words after it, where format and size may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    pub at: usize,
    pub href: String,
    pub text: String,
    /// Byte of the page's text at which the link ends.
    pub end: usize,
}

/// What is on a page. Places are bytes of `text`.
#[derive(Debug, Clone, Default)]
pub struct Page {
    pub text: String,
    /// (place, words) of headings and of short lines that could be headings.
    pub titles: Vec<(usize, String)>,
    pub links: Vec<PageLink>,
    /// Dates, machine-readable or in words, in their order.
    pub dates: Vec<(usize, NaiveDate)>,
}

/// A line longer than this is no heading.
const TITLE: usize = 90;

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "td",
    "th",
    "table",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "nav",
    "br",
    "dt",
    "dd",
    "dl",
    "hr",
    "blockquote",
    "option",
    "button",
    "label",
    "form",
];

impl Page {
    pub fn read(bytes: &[u8]) -> Page {
        let html = decode(bytes);
        let mut page = Page::default();
        let mut rest = html.as_str();
        let mut link: Option<(usize, String)> = None;
        while let Some(open) = rest.find('<') {
            page.words(rest.get(..open).unwrap_or(""));
            rest = rest.get(open..).unwrap_or("");
            if let Some(after) = rest.strip_prefix("<!--") {
                rest = after.split_once("-->").map_or("", |(_, r)| r);
                continue;
            }
            let Some(close) = tag_end(rest) else { break };
            let inside = rest.get(1..close).unwrap_or("");
            rest = rest.get(close + 1..).unwrap_or("");
            let name: String = inside
                .trim_start_matches('/')
                .chars()
                .take_while(char::is_ascii_alphanumeric)
                .flat_map(char::to_lowercase)
                .collect();
            let closes = inside.starts_with('/');
            if !closes
                && matches!(
                    name.as_str(),
                    "script" | "style" | "noscript" | "template" | "title"
                )
            {
                rest = after_close(rest, &name);
                continue;
            }
            if BLOCKS.contains(&name.as_str()) && !page.text.ends_with('\n') {
                page.text.push('\n');
            }
            match (name.as_str(), closes) {
                ("a", false) => link = attribute(inside, "href").map(|h| (page.text.len(), h)),
                ("a", true) => page.close(link.take()),
                ("time", false) => {
                    let stated = attribute(inside, "datetime");
                    let day = stated
                        .as_deref()
                        .and_then(|d| d.get(..10))
                        .and_then(parse_date);
                    page.dates.extend(day.map(|d| (page.text.len(), d)));
                }
                ("img", false) => {
                    if let Some(alt) = attribute(inside, "alt") {
                        page.words(&alt);
                    }
                }
                _ => {}
            }
        }
        page.words(rest);
        page.close(link);
        page.lines();
        page
    }

    fn words(&mut self, raw: &str) {
        for word in entities(raw).split_whitespace() {
            if !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if raw.ends_with(char::is_whitespace) && !self.text.ends_with(['\n', ' ']) {
            self.text.push(' ');
        }
    }

    fn close(&mut self, link: Option<(usize, String)>) {
        if let Some((at, href)) = link {
            let text = self.text.get(at..).unwrap_or("").trim().to_owned();
            self.links.push(PageLink {
                at,
                href,
                text,
                end: self.text.len(),
            });
        }
    }

    /// Finds what could be headings, and dates in words.
    fn lines(&mut self) {
        let mut at = 0;
        let mut dates = Vec::new();
        for line in self.text.split_inclusive('\n') {
            let words = line.trim();
            if !words.is_empty() && words.chars().count() <= TITLE {
                self.titles.push((at, words.to_owned()));
            }
            dates.extend(dates_in(line).into_iter().map(|(i, d)| (at + i, d)));
            at += line.len();
        }
        self.dates.extend(dates);
        self.dates.sort();
        self.dates.dedup();
    }
}

/// Dates of a line: `14.02.2025`, «14 февраля 2025».
fn dates_in(line: &str) -> Vec<(usize, NaiveDate)> {
    let mut found = Vec::new();
    let mut at = 0;
    let words: Vec<(usize, &str)> = line
        .split_inclusive(|c: char| c.is_whitespace())
        .map(|w| {
            let start = at;
            at += w.len();
            (
                start,
                w.trim()
                    .trim_matches(['(', ')', ',', ';', ':', '«', '»', '.']),
            )
        })
        .collect();
    for (i, (at, word)) in words.iter().enumerate() {
        if let Some(date) = parse_date(word) {
            found.push((*at, date));
            continue;
        }
        let (Some((_, month)), Some((_, year))) = (words.get(i + 1), words.get(i + 2)) else {
            continue;
        };
        let month = month.to_lowercase();
        let number = (1..=12).find(|m| dates::month_of(*m) == month);
        if let (Some(month), Ok(day), Ok(year)) = (number, word.parse(), year.parse())
            && let Some(date) = NaiveDate::from_ymd_opt(year, month, day)
        {
            found.push((*at, date));
        }
    }
    found
}

/// UTF-8, or the encoding of older engines.
fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::WINDOWS_1251.decode(bytes).0.into_owned(),
    }
}

/// The `>` that ends the tag at the beginning of `text`; quotes may hold others.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (i, b) in text.bytes().enumerate() {
        match (quote, b) {
            (None, b'>') => return Some(i),
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(q), b) if q == b => quote = None,
            _ => {}
        }
    }
    text.find('>')
}

fn after_close<'t>(text: &'t str, name: &str) -> &'t str {
    let wanted = format!("</{name}");
    let mut from = 0;
    while let Some(at) = text
        .get(from..)
        .and_then(|t| t.find("</"))
        .map(|i| from + i)
    {
        let found = text.get(at..at + wanted.len());
        if found.is_some_and(|f| f.eq_ignore_ascii_case(&wanted)) {
            return text.get(at..).unwrap_or("");
        }
        from = at + 2;
    }
    ""
}

fn attribute(inside: &str, wanted: &str) -> Option<String> {
    let mut rest = inside;
    while let Some(at) = rest.to_ascii_lowercase().find(wanted) {
        let before = rest.get(..at)?.chars().next_back();
        let after = rest.get(at + wanted.len()..)?.trim_start();
        rest = rest.get(at + wanted.len()..)?;
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            continue;
        };
        if !before.is_some_and(char::is_whitespace) {
            continue;
        }
        let value = match value.chars().next()? {
            q @ ('"' | '\'') => value.get(1..)?.split(q).next()?,
            _ => value.split(char::is_whitespace).next()?,
        };
        return Some(entities(value.trim()));
    }
    None
}

/// The entities that engines write.
fn entities(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    const KNOWN: &[(&str, &str)] = &[
        ("&nbsp;", "\u{a0}"),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ];
    KNOWN
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_any_engine_is_read() {
        let html = "<title>Т</title><script>var a='<h1>нет</h1>'</script><H2 class=x>Новости</H2>\
            <p>Обновлено <b>14&nbsp;февраля 2025</b> года</p><a href='f.pdf'>План</a> (PDF, 20 КБ)<!-- <a href=z> -->";
        let page = Page::read(html.as_bytes());
        assert!(page.titles.iter().any(|(_, t)| t == "Новости"), "{page:?}");
        assert!(!page.text.contains("нет"));
        assert_eq!(page.links.len(), 1);
        assert_eq!(page.links[0].href, "f.pdf");
        assert!(page.text.contains("(PDF, 20 КБ)"));
        assert_eq!(page.dates.len(), 1, "{:?}", page.dates);
    }

    #[test]
    fn bad_markup_ends() {
        for html in [
            "<",
            "<a",
            "<a href=",
            "<script>",
            "<!--",
            "</",
            "<a href='x",
            "&",
            "<time datetime=\"20250\u{445}\">",
        ] {
            let _ = Page::read(html.as_bytes());
        }
    }
}
