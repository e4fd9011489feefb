//! A saved page of any engine as a reader sees it: lines of text, headings, links, dates.
//!
//! Takes bytes; gives a [`Page`]. Knows no engine: classes and ids are nothing to it. Must not fail on bad markup.

use chrono::NaiveDate;

use crate::carrier::html::{self, Attributes, Lexer, Token};
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

/// Elements whose content no reader sees as text of the page.
const UNSEEN: &[&str] = &["script", "style", "noscript", "template", "title"];

impl Page {
    /// Reads what a browser saved or an engine made.
    pub fn read(bytes: &[u8]) -> Page {
        let html = html::text(bytes);
        let mut page = Page::default();
        let mut lexer = Lexer::new(&html, true);
        let mut link: Option<(usize, String)> = None;
        let mut unseen = false;
        while let Some((_, token)) = lexer.next() {
            let was_unseen = std::mem::take(&mut unseen);
            match token {
                Token::Text(_) if was_unseen => {}
                Token::Text(text) | Token::Cdata(text) => page.words(text),
                Token::Start {
                    name, attributes, ..
                } => {
                    if UNSEEN.iter().any(|u| name.eq_ignore_ascii_case(u)) {
                        lexer.raw_until(name);
                        unseen = true;
                        continue;
                    }
                    page.begin(name, attributes, &mut link);
                }
                Token::End { name, .. } => {
                    page.block(name);
                    if name.eq_ignore_ascii_case("a") {
                        page.close(link.take());
                    }
                }
                Token::Comment(_) | Token::Instruction(_) | Token::Declaration(_) => {}
            }
        }
        page.close(link);
        page.lines();
        page
    }

    fn begin(&mut self, name: &str, attributes: &str, link: &mut Option<(usize, String)>) {
        self.block(name);
        let attribute = |wanted: &str| {
            Attributes(attributes)
                .find(|(name, _)| name.eq_ignore_ascii_case(wanted))
                .map(|(_, value)| html::plain(value.trim()).into_owned())
        };
        match name.to_ascii_lowercase().as_str() {
            "a" => *link = attribute("href").map(|h| (self.text.len(), h)),
            "time" => {
                let stated = attribute("datetime");
                let day = stated
                    .as_deref()
                    .and_then(|d| d.get(..10))
                    .and_then(parse_date);
                self.dates.extend(day.map(|d| (self.text.len(), d)));
            }
            "img" => {
                if let Some(alt) = attribute("alt") {
                    self.words(&alt);
                }
            }
            _ => {}
        }
    }

    fn block(&mut self, name: &str) {
        let block = BLOCKS.iter().any(|b| name.eq_ignore_ascii_case(b));
        if block && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn words(&mut self, raw: &str) {
        for word in html::plain(raw).split_whitespace() {
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
